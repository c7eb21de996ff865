/* The wizard of a new log against a whole installation: refusals first, and what must leave no byte is looked for in every
 * file of the databases.
 * Run by meson test. */
#include "support/test.h"

#include <pthread.h>
#include <stdio.h>

#include "base/calendar.h"
#include "domain/roles.h"
#include "store/store.h"
#include "support/browser.h"

#define BROWSER(name)                      \
    AUTO(browser_end) Browser name = {0};  \
    browser_begin(&name);                  \
    browser_become(&name, ROLE_RELAY_HOLDER)

#define CHILD_NUMBER "14851650181"
#define GUARDIAN_NUMBER "03818510046"

static uint32_t log_count(Browser *browser)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Store *store = NULL;
    uint32_t counts[8] = {0};

    EXPECT_OK(store_of(browser->fixture.service.stores, browser->fixture.tenant, &store));
    EXPECT_OK(store_read(store, &tx));
    EXPECT_OK(store_logs_count(tx, (Id){0}, counts));
    return counts[0] + counts[1] + counts[2] + counts[3] + counts[4];
}

/* Whether any file of the databases, the journal of changes among them, holds this text as it is. */
static bool on_disk(const Browser *browser, const char *text)
{
    char command[256];

    snprintf(command, sizeof command, "grep -rqaF -e '%s' %s", text, browser->fixture.folder);
    return system(command) == 0;
}

static Str day_text(Browser *browser, int days)
{
    Buf text = buf_new(browser->arena, 16);
    int64_t now = 0;
    Str day = STR_NONE;

    EXPECT_OK(world_now(&browser->fixture.world, &now));
    buf_add_day(&text, oslo_day(now) + days);
    EXPECT_OK(buf_done(&text, &day));
    return day;
}

static const char *day(Browser *browser, int days)
{
    char *text = NULL;

    EXPECT_OK(str_to_c(browser->arena, day_text(browser, days), &text));
    return text;
}

/* ---- the steps ---- */

static void begin(Browser *browser)
{
    browser_get(browser, "/ny");
    browser_post(browser, "/ny/information", NULL);
    EXPECT(browser->status == 200);
}

static void send_scope(Browser *browser, const char *persons)
{
    char unit[ID_TEXT + 1];

    id_to_text(browser->other_unit, unit);
    browser_post(browser, "/ny/consent", "required_persons", persons, "valid_to", day(browser, 200), "units", unit, NULL);
}

static void send_oral(Browser *browser)
{
    browser_post(browser, "/ny/consent", "answer", "1", "method", "3", "given_on", day(browser, -2), "witness", "Rolig Vind", NULL);
}

static void send_paper(Browser *browser)
{
    browser_post(browser, "/ny/consent", "answer", "1", "method", "1", "given_on", day(browser, -1), "witness", "", NULL);
}

static void send_child(Browser *browser)
{
    browser_post(browser, "/ny/child", "name", "Blid Kanarifugl", "national_id", CHILD_NUMBER, "birth_date", "14.05.2016", NULL);
}

static void send_guardian(Browser *browser, const char *name, const char *number)
{
    browser_post(browser, "/ny/guardian", "name", name, "national_id", number, "relationship", "1", "responsibility", "1", NULL);
}

/* One guardian, who said yes in a meeting. */
static void go_to_check(Browser *browser)
{
    begin(browser);
    send_scope(browser, "1");
    send_oral(browser);
    send_child(browser);
    send_guardian(browser, "Varm Kanarifugl", GUARDIAN_NUMBER);
    EXPECT(browser->status == 200 && browser_sees(browser, "action=\"/ny/create\""));
}

/* ---- refusals ---- */

TEST(for_anybody_but_a_relay_holder_there_is_no_wizard)
{
    BROWSER(browser);

    browser_become(&browser, ROLE_ORG_MANAGER);
    browser_get(&browser, "/ny");
    EXPECT(browser.status == 404);
    browser_get(&browser, "/mine");
    browser_post(&browser, "/ny/information", NULL);
    EXPECT(browser.status == 404);
    browser_get(&browser, "/mine");
    browser_post(&browser, "/ny/child", "name", "Blid Kanarifugl", "number", "0", NULL);
    EXPECT(browser.status == 404);
    browser_get(&browser, "/mine");
    browser_post(&browser, "/ny/create", NULL);
    EXPECT(browser.status == 404);
}

TEST(a_kind_that_is_no_step_and_a_step_that_is_none_are_not_found)
{
    BROWSER(browser);

    begin(&browser);
    browser_post(&browser, "/ny/note", "text", "hei", NULL);
    EXPECT(browser.status == 404);
    begin(&browser);
    browser_post(&browser, "/ny/guardian", "number", "0", "name", "Varm", NULL);
    EXPECT(browser.status == 404);
    begin(&browser);
    browser_post(&browser, "/ny/guardian", "number", "5", "name", "Varm", NULL);
    EXPECT(browser.status == 404);
    begin(&browser);
    browser_post(&browser, "/ny/consent", "change", "guardian_9", NULL);
    EXPECT(browser.status == 404);
}

TEST(nobody_comes_to_the_child_before_every_consent_is_given)
{
    BROWSER(browser);

    begin(&browser);
    browser_post(&browser, "/ny/child", "number", "0", "name", "Blid Kanarifugl", NULL);
    EXPECT(browser.status == 200 && browser_sees(&browser, "name=\"required_persons\""));
    send_scope(&browser, "2");
    send_oral(&browser);
    EXPECT(browser_sees(&browser, "Samtykke 2 av 2"));
    browser_post(&browser, "/ny/consent", "change", "child_0", "answer", "", NULL);
    EXPECT(browser_sees(&browser, "Samtykke 2 av 2"));
    browser_post(&browser, "/ny/consent", "change", "guardian_1", "answer", "", NULL);
    EXPECT(browser_sees(&browser, "Samtykke 2 av 2"));
}

TEST(a_consent_without_answer_day_way_or_witness_is_refused_at_each_field)
{
    BROWSER(browser);

    begin(&browser);
    EXPECT(browser_sees(&browser, "steg 2 av 5"));
    browser_keep(&browser, "wizard_scope");
    send_scope(&browser, "1");
    browser_keep(&browser, "wizard_consent");
    browser_post(&browser, "/ny/consent", "answer", "", "given_on", "31.02.2026", "method", "", NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "<title>Feil: "));
    EXPECT(browser_sees(&browser, "href=\"#answer\"") && browser_sees(&browser, "href=\"#given_on\""));
    EXPECT(browser_sees(&browser, "href=\"#method\"") && browser_sees(&browser, "value=\"31.02.2026\""));
    browser_keep(&browser, "wizard_consent_refused");
    browser_post(&browser, "/ny/consent", "answer", "1", "given_on", day(&browser, 1), "method", "3", "witness", "", NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#witness\"") && browser_sees(&browser, "href=\"#given_on\""));
    browser_post(&browser, "/ny/consent", "answer", "1", "given_on", day(&browser, -400), "method", "1", NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#given_on\""));
}

TEST(consent_in_the_app_cannot_be_written_in_by_somebody_else)
{
    BROWSER(browser);

    begin(&browser);
    send_scope(&browser, "1");
    EXPECT(!browser_sees(&browser, "I Stafettlogg, innlogget"));
    browser_post(&browser, "/ny/consent", "answer", "1", "given_on", day(&browser, 0), "method", "2", NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#method\""));
}

TEST(a_scope_with_a_wrong_count_a_foreign_unit_or_a_last_day_out_of_range_is_refused)
{
    BROWSER(browser);
    static const char *const counts[] = {"0", "5", "", "x"};

    begin(&browser);
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        send_scope(&browser, counts[i]);
        EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#required_persons\""));
    }
    browser_post(&browser, "/ny/consent", "required_persons", "1", "valid_to", day(&browser, -1), NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#valid_to\""));
    browser_post(&browser, "/ny/consent", "required_persons", "1", "valid_to", day(&browser, 500), NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#valid_to\""));
    browser_post(&browser, "/ny/consent", "required_persons", "1", "valid_to", day(&browser, 9), "units",
                 "00000000000000000000000000000001", NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#units\""));
}

TEST(a_municipality_that_lets_consents_hold_three_months_gets_none_that_holds_longer)
{
    BROWSER(browser);

    browser_become(&browser, ROLE_MUNICIPALITY_ADMIN);
    browser_get(&browser, "/innstillinger");
    Str seen = browser_hidden(&browser, "seen");
    char *shown = NULL;
    EXPECT_OK(str_to_c(browser.arena, seen, &shown));
    browser_post(&browser, "/innstillinger", "seen", shown, "consent_age_years", "16", "child_decides", "0", "highest_age_years",
                 "18", "consent_lifetime_months", "3",
                 "consent_grace_days", "0", "inactivity_months", "3", "guardians_write", "1", "second_approver", "1", "deletion_delay_hours", "0",
                 "coarse_facts", "0", "publication_quarters", "2", NULL);
    EXPECT(browser.status == 303);
    browser_become(&browser, ROLE_RELAY_HOLDER);
    begin(&browser);
    send_scope(&browser, "1");
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#valid_to\"") && browser_sees(&browser, "3 måneder"));
    browser_post(&browser, "/ny/consent", "required_persons", "1", "valid_to", day(&browser, 80), NULL);
    EXPECT(browser.status == 200);
    browser_post(&browser, "/ny/consent", "answer", "1", "given_on", day(&browser, -100), "method", "1", NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#given_on\""));
}

TEST(a_child_whose_number_is_none_or_real_whose_birth_is_to_come_or_whose_protected_address_is_told_is_refused)
{
    BROWSER(browser);

    begin(&browser);
    send_scope(&browser, "1");
    send_oral(&browser);
    browser_keep(&browser, "wizard_child");
    browser_post(&browser, "/ny/child", "name", "", "national_id", "14851650182", NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#name\"") && browser_sees(&browser, "href=\"#national_id\""));
    browser_keep(&browser, "wizard_child_refused");
    browser_post(&browser, "/ny/child", "name", "Blid", "national_id", "02013299997", "birth_date", "01.02.2016", NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#national_id\""));
    browser_post(&browser, "/ny/child", "name", "Blid", "national_id", CHILD_NUMBER, NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#birth_date\""));
    browser_post(&browser, "/ny/child", "name", "Blid", "birth_date", day(&browser, 3), NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#birth_date\""));
    browser_post(&browser, "/ny/child", "name", "Blid", "protection", "2", "address", "Skogveien 1", NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#address\"") && browser_sees(&browser, "Skogveien 1"));
}

TEST(two_people_cannot_have_one_number)
{
    BROWSER(browser);

    begin(&browser);
    send_scope(&browser, "2");
    send_oral(&browser);
    send_paper(&browser);
    send_child(&browser);
    send_guardian(&browser, "Varm Kanarifugl", CHILD_NUMBER);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#national_id\""));
    send_guardian(&browser, "Varm Kanarifugl", GUARDIAN_NUMBER);
    EXPECT(browser_sees(&browser, "Foresatt 2 av 2"));
    send_guardian(&browser, "Lun Kanarifugl", GUARDIAN_NUMBER);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#national_id\"") && browser_sees(&browser, "Lun Kanarifugl"));
}

TEST(a_text_that_is_far_too_long_is_refused_at_its_field_and_kept)
{
    BROWSER(browser);
    static char name[200001];

    memset(name, 'a', sizeof name - 1);
    begin(&browser);
    send_scope(&browser, "1");
    send_oral(&browser);
    browser_post(&browser, "/ny/child", "name", name, NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#name\""));
    EXPECT(browser.page.length > sizeof name);
    browser_post(&browser, "/ny/child", "name", "Blid Kanarifugl", NULL);
    EXPECT(browser.status == 200 && browser_sees(&browser, "Foresatt 1 av 1"));
}

TEST(a_state_that_was_changed_cut_or_made_by_an_earlier_wizard_begins_anew_and_says_so)
{
    BROWSER(browser);
    char *old = NULL;

    begin(&browser);
    EXPECT_OK(str_to_c(browser.arena, browser_hidden(&browser, "state"), &old));
    browser_post(&browser, "/ny/consent", "state", "AAAA", "required_persons", "1", NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "Ingenting er lagret"));
    browser_keep(&browser, "wizard_over");
    begin(&browser);
    browser_post(&browser, "/ny/consent", "state", old, "required_persons", "1", NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "Ingenting er lagret"));
    go_to_check(&browser);
    browser_post(&browser, "/ny/create", "state", old, NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "Ingenting er lagret"));
    EXPECT(log_count(&browser) == 0);
}

TEST(an_hour_later_what_was_typed_is_gone)
{
    BROWSER(browser);

    go_to_check(&browser);
    for (int i = 0; i < 7; i++) {
        char *state = NULL;
        Str page = browser.page;
        EXPECT_OK(str_to_c(browser.arena, browser_hidden(&browser, "state"), &state));
        fixture_advance(&browser.fixture, INT64_C(10) * 60 * 1000);
        browser_get(&browser, "/mine"); /* the session is kept */
        browser.page = page;
    }
    browser_post(&browser, "/ny/create", NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "Ingenting er lagret"));
    EXPECT(log_count(&browser) == 0);
}

/* ---- a no ---- */

TEST(one_no_ends_it_and_what_was_typed_stands_in_no_file)
{
    BROWSER(browser);

    begin(&browser);
    send_scope(&browser, "2");
    browser_post(&browser, "/ny/consent", "answer", "1", "method", "3", "given_on", day(&browser, -2), "witness",
                 "Vitne Kanarifugl", NULL);
    char *state = NULL;
    EXPECT_OK(str_to_c(browser.arena, browser_hidden(&browser, "state"), &state));
    browser_post(&browser, "/ny/consent", "answer", "0", NULL);
    EXPECT(browser.status == 303);
    EXPECT_STR(browser.location, "/ny/avbrutt");
    browser_follow(&browser);
    EXPECT(browser.status == 200 && browser_sees(&browser, "Ingenting er lagret"));
    browser_keep(&browser, "wizard_denied");
    browser_get(&browser, "/ny");
    browser_post(&browser, "/ny/consent", "state", state, "number", "2", "answer", "1", NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "Ingenting er lagret"));
    EXPECT(!on_disk(&browser, "Kanarifugl"));
}

TEST(whoever_stops_at_the_end_leaves_no_byte_of_what_was_typed)
{
    BROWSER(browser);

    go_to_check(&browser);
    EXPECT(!on_disk(&browser, "Kanarifugl") && !on_disk(&browser, CHILD_NUMBER));
    browser_post(&browser, "/ny/create", "change", "stop", NULL);
    EXPECT(browser.status == 303);
    EXPECT(log_count(&browser) == 0);
    EXPECT(!on_disk(&browser, "Kanarifugl") && !on_disk(&browser, CHILD_NUMBER) && !on_disk(&browser, GUARDIAN_NUMBER));
}

/* The control of the two tests above: what is stored in the clear is found. */
TEST(a_text_that_is_stored_is_found_on_disk)
{
    BROWSER(browser);
    char path[256];

    snprintf(path, sizeof path, "%s/planted", browser.fixture.folder);
    FILE *file = fopen(path, "wb");
    EXPECT(file && fputs("x Kanarifugl x", file) >= 0 && fclose(file) == 0);
    EXPECT(on_disk(&browser, "Kanarifugl"));
}

/* ---- the way through ---- */

TEST(going_back_keeps_what_was_typed_and_a_change_leads_to_the_end_again)
{
    BROWSER(browser);

    begin(&browser);
    send_scope(&browser, "1");
    send_oral(&browser);
    browser_post(&browser, "/ny/child", "name", "Blid Kanarifugl", "national_id", "123", "change", "consent_1", NULL);
    EXPECT(browser.status == 200 && browser_sees(&browser, "value=\"Rolig Vind\""));
    browser_post(&browser, "/ny/consent", "answer", "1", "method", "3", "given_on", day(&browser, -3), "witness", "Rolig Vind", NULL);
    EXPECT(browser.status == 200 && browser_sees(&browser, "value=\"123\"") && browser_sees(&browser, "value=\"Blid Kanarifugl\""));
    send_child(&browser);
    send_guardian(&browser, "Varm Kanarifugl", GUARDIAN_NUMBER);
    browser_post(&browser, "/ny/create", "change", "guardian_1", NULL);
    EXPECT(browser_sees(&browser, "value=\"Varm Kanarifugl\""));
    send_guardian(&browser, "Lun Kanarifugl", GUARDIAN_NUMBER);
    EXPECT(browser_sees(&browser, "action=\"/ny/create\"") && browser_sees(&browser, "Lun Kanarifugl"));
    browser_post(&browser, "/ny/create", "change", "information_0", NULL);
    EXPECT(browser.status == 200 && browser_sees(&browser, "action=\"/ny/information\""));
    browser_post(&browser, "/ny/information", NULL);
    EXPECT(browser_sees(&browser, "action=\"/ny/create\"") && browser_sees(&browser, "Lun Kanarifugl"));
}

TEST(the_check_page_shows_everything_but_the_last_digits_of_a_number)
{
    BROWSER(browser);

    go_to_check(&browser);
    EXPECT(browser_sees(&browser, "Blid Kanarifugl") && browser_sees(&browser, "Varm Kanarifugl"));
    EXPECT(browser_sees(&browser, "Solbakken skole, Helsestasjonen") && browser_sees(&browser, "Rolig Vind"));
    EXPECT(browser_sees(&browser, "148516 ") && !browser_sees(&browser, CHILD_NUMBER));
    EXPECT(!browser_sees(&browser, "name=\"document\""));
    browser_keep(&browser, "wizard_check");
}

TEST(consent_on_paper_needs_a_document_that_is_one)
{
    BROWSER(browser);

    begin(&browser);
    send_scope(&browser, "2");
    send_oral(&browser);
    send_paper(&browser);
    send_child(&browser);
    send_guardian(&browser, "Varm Kanarifugl", GUARDIAN_NUMBER);
    browser_keep(&browser, "wizard_guardian");
    send_guardian(&browser, "Lun Kanarifugl", "");
    EXPECT(browser_sees(&browser, "name=\"document\""));
    browser_upload(&browser, "/ny/create", STR_NONE, NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#document\""));
    browser_upload(&browser, "/ny/create", STR("MZ this is a program"), NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#document\""));
    browser_keep(&browser, "wizard_check_refused");
    EXPECT(log_count(&browser) == 0);
    browser_upload(&browser, "/ny/create", STR("%PDF-1.7 invented\n%%EOF\n"), NULL);
    EXPECT(browser.status == 303);
    browser_follow(&browser);
    EXPECT(browser.status == 200 && browser_sees(&browser, "Engangskode til Varm Kanarifugl"));
    EXPECT(browser_sees(&browser, "Engangskode til Lun Kanarifugl"));
    EXPECT(log_count(&browser) == 1);
    browser_keep(&browser, "wizard_receipt");
    browser_get(&browser, "/mine");
    EXPECT(browser_sees(&browser, "Blid Kanarifugl"));
    EXPECT(!on_disk(&browser, "Kanarifugl") && !on_disk(&browser, CHILD_NUMBER) && !on_disk(&browser, "%PDF-1.7"));
}

TEST(a_form_that_creates_is_carried_out_once_and_leads_to_its_log_when_it_comes_again)
{
    BROWSER(browser);

    go_to_check(&browser);
    Str page = browser.page;
    browser_post(&browser, "/ny/create", NULL);
    EXPECT(browser.status == 303 && str_starts(browser.location, STR("/ny/klar/")));
    Str first = browser.location;
    browser.page = page;
    browser_post(&browser, "/ny/create", NULL);
    EXPECT(browser.status == 303 && str_equal(browser.location, first));
    EXPECT(log_count(&browser) == 1);
}

/* ---- two windows ---- */

static void *create_now(void *browser)
{
    browser_post(browser, "/ny/create", NULL);
    return NULL;
}

/* The same person's next window: what it sees is its own. */
static Browser window_of(const Browser *browser)
{
    Browser window = *browser;

    EXPECT_OK(arena_new((size_t)64 << 20, &window.arena));
    return window;
}

TEST(two_windows_that_create_at_the_same_moment_make_one_log_and_the_later_one_leads_to_it)
{
    BROWSER(browser);
    pthread_t threads[2];

    go_to_check(&browser);
    Browser windows[2] = {window_of(&browser), window_of(&browser)};
    browser_post(&windows[1], "/ny/create", "change", "guardian_1", NULL);
    send_guardian(&windows[1], "Varm Kanarifugl", GUARDIAN_NUMBER);
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        EXPECT(pthread_create(&threads[i], NULL, create_now, &windows[i]) == 0);
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        pthread_join(threads[i], NULL);
    EXPECT(log_count(&browser) == 1);
    EXPECT(windows[0].status == 303 || windows[1].status == 303);
    for (size_t i = 0; i < COUNT_OF(windows); i++) {
        if (windows[i].status != 303)
            EXPECT(windows[i].status == 422 && browser_sees(&windows[i], "Mine logger"));
        else if (!str_starts(windows[i].location, STR("/ny/klar/")))
            EXPECT_STR(windows[i].location, "/mine");
        arena_free(windows[i].arena);
    }
}

TEST(a_window_that_creates_later_than_another_is_told_where_the_log_stands)
{
    BROWSER(browser);

    go_to_check(&browser);
    Browser window = window_of(&browser);
    browser_post(&window, "/ny/create", "change", "guardian_1", NULL);
    send_guardian(&window, "Varm Kanarifugl", GUARDIAN_NUMBER);
    browser_post(&browser, "/ny/create", NULL);
    EXPECT(browser.status == 303);
    browser_post(&window, "/ny/create", NULL);
    EXPECT(window.status == 422 && browser_sees(&window, "Opprettet du loggen i et annet vindu"));
    EXPECT(log_count(&browser) == 1);
    arena_free(window.arena);
}

TEST(the_codes_are_shown_once_and_to_the_session_that_made_the_log)
{
    BROWSER(browser);

    go_to_check(&browser);
    browser_post(&browser, "/ny/create", NULL);
    Str receipt = browser.location;
    Str mine = browser.cookie;
    browser_become(&browser, ROLE_ORG_MANAGER);
    browser.status = 303;
    browser_follow(&browser);
    EXPECT(browser.status == 303 && !browser_sees(&browser, "Engangskode"));
    browser.cookie = mine;
    browser.location = receipt;
    browser.status = 303;
    browser_follow(&browser);
    EXPECT(browser.status == 200 && browser_sees(&browser, "Engangskode til Varm Kanarifugl"));
    browser.location = receipt;
    browser.status = 303;
    browser_follow(&browser);
    EXPECT(browser.status == 303 && str_starts(browser.location, STR("/logg/")));
    browser_follow(&browser);
    EXPECT(browser.status == 200 && !browser_sees(&browser, "Engangskode"));
}

/* How many lines say that the register of units was read. */
static uint32_t register_lines(Browser *browser)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Store *store = NULL;
    AuditRows lines = {0};
    uint32_t count = 0;

    EXPECT_OK(store_of(browser->fixture.service.stores, browser->fixture.tenant, &store));
    EXPECT_OK(store_read(store, &tx));
    EXPECT_OK(store_audit_all(tx, 0, 500, browser->arena, &lines));
    for (uint32_t i = 0; i < lines.count; i++)
        count += lines.items[i].line.act == ACT_REGISTER_READ;
    return count;
}

TEST(a_wizard_reads_which_units_there_are_with_one_line_however_many_steps_it_takes)
{
    BROWSER(browser);
    uint32_t before = register_lines(&browser);

    browser_get(&browser, "/ny");
    browser_post(&browser, "/ny/information", NULL);
    EXPECT(register_lines(&browser) == before + 1);
    browser_post(&browser, "/ny/consent", "required_persons", "1", "valid_to", day(&browser, 300), NULL);
    browser_post(&browser, "/ny/consent", "answer", "1", "method", "3", "given_on", day(&browser, 0), "witness", "Rolig Vind", NULL);
    EXPECT(browser.status == 200 && register_lines(&browser) == before + 1);
}

RUN_TESTS("wizard")
