/* The pages of one log against a whole installation: refusals first, then the same entry written, corrected, overtaken and
 * taken away.
 * Run by meson test. */
#include "support/test.h"

#include <sqlite3.h>
#include <stdio.h>

#include "base/calendar.h"
#include "base/world.h"
#include "domain/roles.h"
#include "support/browser.h"

#define CHILD_NUMBER "14851650181"

typedef struct Case {
    Browser browser;
    char log[64]; /* "/logg/{id}" */
} Case;

static const char *day(Browser *browser, int days)
{
    Buf text = buf_new(browser->arena, 16);
    int64_t now = 0;
    char *written = NULL;
    Str iso;

    EXPECT_OK(world_now(&browser->fixture.world, &now));
    buf_add_day(&text, oslo_day(now) + days);
    EXPECT_OK(buf_done(&text, &iso));
    EXPECT_OK(str_to_c(browser->arena, iso, &written));
    return written;
}

/* The log stands first in the list of whoever made it. */
static void case_begin(Case *it)
{
    Browser *browser = &it->browser;

    browser_begin(browser);
    browser_become(browser, ROLE_RELAY_HOLDER);
    browser_get(browser, "/ny");
    browser_post(browser, "/ny/information", NULL);
    browser_post(browser, "/ny/consent", "required_persons", "1", "valid_to", day(browser, 200), NULL);
    browser_post(browser, "/ny/consent", "answer", "1", "method", "3", "given_on", day(browser, 0), "witness", "Rolig Vind", NULL);
    browser_post(browser, "/ny/child", "name", "Blid Bjørk", "national_id", CHILD_NUMBER, "birth_date", "14.05.2016", NULL);
    browser_post(browser, "/ny/guardian", "name", "Varm Bjørk", "relationship", "1", "responsibility", "1", NULL);
    browser_post(browser, "/ny/create", NULL);
    EXPECT(browser->status == 303);
    browser_get(browser, "/mine");
    size_t at = 0;
    while (!str_starts(str_slice(browser->page, at, SIZE_MAX), STR("/logg/")))
        at++;
    snprintf(it->log, sizeof it->log, "%.*s", 6 + ID_TEXT, browser->page.data + at);
}

/* Every act ends at the sentence that says what was done, on this page. */
static bool leads_to_what_was_done(const Case *it, const char *page)
{
    Str location = it->browser.location, rest = str_slice(location, strlen(page), SIZE_MAX);

    return str_starts(location, str_from_c(page)) && str_equal(rest, STR("#gjort"));
}

static void case_end(Case *it)
{
    browser_end(&it->browser);
}

#define CASE(name)                  \
    AUTO(case_end) Case name = {0}; \
    case_begin(&name)

/* An address under the log. */
static const char *under(Case *it, const char *rest)
{
    char *path = NULL;
    Str text;

    EXPECT_OK(str_format(it->browser.arena, &text, "%s%s", it->log, rest));
    EXPECT_OK(str_to_c(it->browser.arena, text, &path));
    return path;
}

/* The first link of the page on the screen that goes under the log and begins with this word; "" when there is none. */
static const char *link_to(Case *it, const char *word)
{
    Str page = it->browser.page, start = str_from_c(under(it, word));
    char *path = NULL;

    for (size_t at = 0; at < page.length; at++)
        if (str_starts(str_slice(page, at, SIZE_MAX), start)) {
            EXPECT_OK(str_to_c(it->browser.arena, str_slice(page, at, str_find(page, '"', at)), &path));
            return path;
        }
    return "";
}

static void open_log(Case *it)
{
    browser_get(&it->browser, it->log);
    EXPECT(it->browser.status == 200);
}

/* What somebody with the file can do, behind our back. */
static void change_by_hand(Case *it, const char *sql)
{
    char path[200], tenant[ID_TEXT + 1];
    sqlite3 *database = NULL;

    id_to_text(it->browser.fixture.tenant, tenant);
    snprintf(path, sizeof path, "%s/municipality/%s.db", it->browser.fixture.folder, tenant);
    EXPECT(sqlite3_open(path, &database) == SQLITE_OK);
    sqlite3_busy_timeout(database, 5000);
    EXPECT(sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(database);
}

static void write_note(Case *it, const char *text)
{
    open_log(it);
    browser_post(&it->browser, under(it, "/ny/note"), "note_kind", "1", "text", text, NULL);
}

TEST(a_kind_that_is_none_one_that_is_no_entry_and_the_child_cannot_be_written)
{
    static const char *const kinds[] = {"/ny/nothing", "/ny/child", "/ny/consent", "/ny/header", "/ny/participant"};
    CASE(it);

    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        browser_get(&it.browser, under(&it, kinds[i]));
        EXPECT(it.browser.status == 404);
        open_log(&it);
        browser_post(&it.browser, under(&it, kinds[i]), "name", "Blid", NULL);
        EXPECT(it.browser.status == 404 || it.browser.status == 400 || it.browser.status == 403);
    }
}

TEST(a_field_that_the_kind_does_not_have_is_no_form_of_ours)
{
    CASE(it);

    open_log(&it);
    browser_post(&it.browser, under(&it, "/ny/note"), "note_kind", "1", "text", "Hei", "author", "1", NULL);
    EXPECT(it.browser.status == 400);
    open_log(&it);
    EXPECT(!browser_sees(&it.browser, ">Hei<"));
}

TEST(what_is_missing_too_long_or_of_no_code_is_named_at_its_field_and_what_was_typed_stays)
{
    CASE(it);

    browser_get(&it.browser, under(&it, "/ny/attention"));
    browser_post(&it.browser, under(&it, "/ny/attention"), "category", "9999", "severity", "", "date", "29.02.2027",
                 "description", "Leser sakte & <b>strever</b>", NULL);
    EXPECT(it.browser.status == 422 && browser_sees(&it.browser, "<title>Feil: "));
    EXPECT(browser_sees(&it.browser, "href=\"#category\"") && browser_sees(&it.browser, "href=\"#severity\""));
    EXPECT(browser_sees(&it.browser, "href=\"#date\"") && browser_sees(&it.browser, "value=\"29.02.2027\""));
    EXPECT(browser_sees(&it.browser, "Leser sakte &amp; &lt;b&gt;strever&lt;/b&gt;"));
    open_log(&it);
    EXPECT(!browser_sees(&it.browser, "Leser sakte"));
}

TEST(a_measure_may_not_name_somebody_who_is_not_in_the_log)
{
    CASE(it);

    browser_get(&it.browser, under(&it, "/ny/measure"));
    browser_post(&it.browser, under(&it, "/ny/measure"), "category", "10", "arena", "3", "description", "Leseøkt", "responsible",
                 "00000000000000000000000000000001", "deadline", day(&it.browser, 9), "state", "1", NULL);
    EXPECT(it.browser.status == 422 && browser_sees(&it.browser, "href=\"#responsible\"") && browser_sees(&it.browser, "Leseøkt"));
}

TEST(whoever_was_overtaken_sees_both_texts_and_saves_again)
{
    CASE(it);

    write_note(&it, "Første tekst");
    open_log(&it);
    const char *correct = link_to(&it, "/rett/");
    browser_get(&it.browser, correct);
    Str mine = it.browser.page;
    browser_post(&it.browser, link_to(&it, "/rett/"), "note_kind", "1", "text", "Andres tekst", NULL);
    EXPECT(it.browser.status == 303);
    it.browser.page = mine;
    browser_post(&it.browser, link_to(&it, "/rett/"), "note_kind", "1", "text", "Min tekst", NULL);
    EXPECT(it.browser.status == 409 && browser_sees(&it.browser, "Andres tekst") && browser_sees(&it.browser, "Min tekst"));
    browser_post(&it.browser, link_to(&it, "/rett/"), "note_kind", "1", "text", "Vår tekst", NULL);
    EXPECT(it.browser.status == 303);
    open_log(&it);
    EXPECT(browser_sees(&it.browser, "Vår tekst") && !browser_sees(&it.browser, "Andres tekst"));
    browser_get(&it.browser, link_to(&it, "/historikk/"));
    EXPECT(browser_sees(&it.browser, "Første tekst") && browser_sees(&it.browser, "Andres tekst") &&
           browser_sees(&it.browser, "Vår tekst"));
    browser_keep(&it.browser, "log_history");
}

TEST(an_entry_is_not_taken_away_without_a_reason_and_its_reason_stands_in_its_place)
{
    CASE(it);

    write_note(&it, "Skrevet i feil logg");
    open_log(&it);
    browser_get(&it.browser, link_to(&it, "/rett/"));
    browser_post(&it.browser, link_to(&it, "/fjern/"), "removal_reason", " ", NULL);
    EXPECT(it.browser.status == 422 && browser_sees(&it.browser, "href=\"#removal_reason\""));
    EXPECT(browser_sees(&it.browser, "Skrevet i feil logg"));
    browser_post(&it.browser, link_to(&it, "/fjern/"), "removal_reason", "Feil barn", NULL);
    EXPECT(it.browser.status == 303);
    open_log(&it);
    EXPECT(browser_sees(&it.browser, "Feil barn") && !browser_sees(&it.browser, "Skrevet i feil logg"));
}

TEST(a_saved_note_says_once_at_its_place_what_was_done_and_when)
{
    CASE(it);

    open_log(&it);
    browser_post(&it.browser, under(&it, "/ny/note"), "note_kind", "1", "text", "Fine dager", NULL);
    EXPECT(leads_to_what_was_done(&it, it.log));
    browser_follow(&it.browser);
    EXPECT(browser_sees(&it.browser, "id=\"gjort\" tabindex=\"-1\" role=\"status\""));
    EXPECT(browser_sees(&it.browser, "Notatet er lagret kl."));
    /* At its entry, and nowhere else. */
    size_t sentence = browser_finds(&it.browser, "Notatet er lagret");
    EXPECT(sentence > browser_finds(&it.browser, "id=\"notater\"") && sentence < browser_finds(&it.browser, "Fine dager"));
    open_log(&it);
    EXPECT(!browser_sees(&it.browser, "Notatet er lagret") && !browser_sees(&it.browser, "id=\"gjort\""));
}

TEST(a_form_that_is_sent_twice_writes_once_and_leads_to_the_log_both_times)
{
    CASE(it);

    open_log(&it);
    Str page = it.browser.page;
    browser_post(&it.browser, under(&it, "/ny/note"), "note_kind", "1", "text", "En gang", NULL);
    EXPECT(it.browser.status == 303);
    it.browser.page = page;
    browser_post(&it.browser, under(&it, "/ny/note"), "note_kind", "1", "text", "En gang", NULL);
    EXPECT(it.browser.status == 303 && leads_to_what_was_done(&it, it.log));
    open_log(&it);
    unsigned times = 0;
    for (size_t at = 0; at < it.browser.page.length; at++)
        times += str_starts(str_slice(it.browser.page, at, SIZE_MAX), STR(">En gang<"));
    EXPECT(times == 1);
}

TEST(what_was_typed_comes_back_when_the_session_is_gone_and_a_password_never_does)
{
    CASE(it);
    char sign_in[32];

    open_log(&it);
    Str page = it.browser.page;
    browser_forget(&it.browser);
    browser_post(&it.browser, under(&it, "/ny/note"), "note_kind", "1", "text", "Lang tekst fra møtet", NULL);
    EXPECT(it.browser.status == 403 && browser_sees(&it.browser, "Lang tekst fra møtet"));
    snprintf(sign_in, sizeof sign_in, "/k/%s", "0301");
    it.browser.page = page;
    browser_post(&it.browser, sign_in, "user_name", "klok", "password", "hemmelig passord her", "code", "123456", NULL);
    EXPECT(it.browser.status != 200 && !browser_sees(&it.browser, "hemmelig passord her"));
}

TEST(the_whole_number_stands_on_no_page_until_it_is_asked_for)
{
    CASE(it);

    open_log(&it);
    EXPECT(browser_sees(&it.browser, "148516 ") && !browser_sees(&it.browser, CHILD_NUMBER));
    browser_keep(&it.browser, "log");
    browser_post(&it.browser, under(&it, "/nummer"), NULL);
    EXPECT(it.browser.status == 200 && browser_sees(&it.browser, CHILD_NUMBER));
    browser_get(&it.browser, under(&it, "/sett"));
    EXPECT(browser_sees(&it.browser, "Så hele fødselsnummeret"));
}

TEST(an_administrator_gives_a_reason_before_the_log_opens_and_it_stands_in_the_list)
{
    CASE(it);

    browser_become(&it.browser, ROLE_MUNICIPALITY_ADMIN);
    open_log(&it);
    EXPECT(!browser_sees(&it.browser, "Blid Bjørk") && browser_sees(&it.browser, "name=\"grunn\""));
    browser_post(&it.browser, under(&it, "/grunn"), "grunn", "technical_fault", NULL);
    EXPECT(it.browser.status == 422 && browser_sees(&it.browser, "href=\"#grunn\""));
    browser_post(&it.browser, under(&it, "/grunn"), "grunn", "complaint", NULL);
    browser_follow(&it.browser);
    EXPECT(it.browser.status == 200 && browser_sees(&it.browser, "Blid Bjørk") && browser_sees(&it.browser, "Klage"));
    browser_become(&it.browser, ROLE_RELAY_HOLDER);
    browser_get(&it.browser, under(&it, "/sett"));
    EXPECT(browser_sees(&it.browser, "Klage"));
}

TEST(a_reason_from_somebody_who_is_not_asked_for_one_is_not_written_down)
{
    CASE(it);

    browser_get(&it.browser, under(&it, "?grunn=complaint"));
    EXPECT(it.browser.status == 200 && browser_sees(&it.browser, "Blid Bjørk") && !browser_sees(&it.browser, "Klage"));
    browser_get(&it.browser, under(&it, "/sett"));
    EXPECT(!browser_sees(&it.browser, "Klage"));
}

/* ---- the child ---- */

/* Opens the form that corrects what stands about the child. */
static const char *child_form(Case *it)
{
    open_log(it);
    const char *path = link_to(it, "/rett/");
    browser_get(&it->browser, path);
    EXPECT(it->browser.status == 200);
    return path;
}

static const char *child_action(Case *it)
{
    Str text;
    char *action = NULL;

    EXPECT_OK(str_format(it->browser.arena, &text, "%s/child", child_form(it)));
    EXPECT_OK(str_to_c(it->browser.arena, text, &action));
    return action;
}

TEST(a_correction_of_the_child_with_a_wrong_number_or_day_is_refused_at_its_field_and_kept)
{
    CASE(it);
    const char *action = child_action(&it);

    browser_post(&it.browser, action, "name", "", "national_id", "14851650182", "birth_date", "14.05.2016", NULL);
    EXPECT(it.browser.status == 422 && browser_sees(&it.browser, "href=\"#name\"") && browser_sees(&it.browser, "href=\"#national_id\""));
    EXPECT(browser_sees(&it.browser, "value=\"14851650182\""));
    browser_keep(&it.browser, "child_refused");
    browser_post(&it.browser, action, "name", "Blid Bjørk", "national_id", "02013299997", "birth_date", "14.05.2016", NULL);
    EXPECT(it.browser.status == 422 && browser_sees(&it.browser, "href=\"#national_id\""));
    browser_post(&it.browser, action, "name", "Blid Bjørk", "birth_date", "", NULL);
    EXPECT(it.browser.status == 422 && browser_sees(&it.browser, "href=\"#birth_date\""));
    browser_post(&it.browser, action, "name", "Blid Bjørk", "birth_date", "14.05.1996", NULL);
    EXPECT(it.browser.status == 422 && browser_sees(&it.browser, "href=\"#birth_date\"") && browser_sees(&it.browser, "18 år"));
    browser_post(&it.browser, action, "name", "Blid Bjørk", "birth_date", "14.05.2016", "protection", "2", "address", "Skogveien 1",
                 NULL);
    EXPECT(it.browser.status == 422 && browser_sees(&it.browser, "href=\"#address\"") && browser_sees(&it.browser, "Skogveien 1"));
    open_log(&it);
    EXPECT(browser_sees(&it.browser, "148516 ") && link_to(&it, "/historikk/")[0] == '\0');
}

TEST(what_stands_about_the_child_is_corrected_and_the_number_is_on_no_page_on_the_way)
{
    CASE(it);
    const char *action = child_action(&it);

    EXPECT(browser_sees(&it.browser, "value=\"14.05.2016\"") && browser_sees(&it.browser, "La feltet stå tomt"));
    EXPECT(!browser_sees(&it.browser, CHILD_NUMBER) && !browser_sees(&it.browser, "removal_reason"));
    browser_keep(&it.browser, "child_correct");
    browser_post(&it.browser, action, "name", "Blid Lind", "birth_date", "15.05.2016", "living", "6", "address", "Skogveien 1", NULL);
    EXPECT(it.browser.status == 303);
    browser_get(&it.browser, "/mine");
    EXPECT(browser_sees(&it.browser, "Blid Lind") && !browser_sees(&it.browser, "Blid Bjørk"));
    open_log(&it);
    EXPECT(browser_sees(&it.browser, "148516 ") && browser_sees(&it.browser, "Skogveien 1"));
    browser_keep(&it.browser, "log_child");
    browser_get(&it.browser, link_to(&it, "/historikk/"));
    EXPECT(it.browser.status == 200 && browser_sees(&it.browser, "Blid Bjørk") && browser_sees(&it.browser, "148516 "));
    EXPECT(!browser_sees(&it.browser, CHILD_NUMBER));
    browser_keep(&it.browser, "child_history");
    browser_post(&it.browser, action, "name", "Blid Lind", "national_id", "03818510046", "birth_date", "15.05.2016", "version", "2",
                 NULL);
    EXPECT(it.browser.status == 303);
    open_log(&it);
    EXPECT(browser_sees(&it.browser, "038185 ") && !browser_sees(&it.browser, "148516 "));
}

TEST(whoever_was_overtaken_about_the_child_sees_both_texts_and_no_number)
{
    CASE(it);
    const char *action = child_action(&it);
    Str page = it.browser.page;

    browser_post(&it.browser, action, "name", "Blid Lind", "birth_date", "14.05.2016", NULL);
    it.browser.page = page;
    browser_get(&it.browser, it.log);
    browser_post(&it.browser, action, "name", "Blid Gran", "birth_date", "14.05.2016", "version", "1", NULL);
    EXPECT(it.browser.status == 409 && browser_sees(&it.browser, "Blid Lind") && browser_sees(&it.browser, "Blid Gran"));
    EXPECT(!browser_sees(&it.browser, CHILD_NUMBER));
}

TEST(a_guardian_reads_about_the_child_and_corrects_nothing)
{
    CASE(it);
    const char *action = child_action(&it);

    browser_become(&it.browser, ROLE_GUARDIAN);
    open_log(&it);
    EXPECT(link_to(&it, "/rett/")[0] == '\0');
    browser_post(&it.browser, action, "name", "Blid Gran", "birth_date", "14.05.2016", "version", "1", NULL);
    EXPECT(it.browser.status == 403 && browser_sees(&it.browser, "Dette ble ikke lagret") && browser_sees(&it.browser, "Blid Gran"));
}

/* ---- a guardian leaves ---- */

TEST(nobody_but_the_holder_is_asked_whether_a_guardian_shall_leave)
{
    CASE(it);

    browser_get(&it.browser, under(&it, "/deltakere"));
    const char *leave = link_to(&it, "/deltakere/slutt/");
    EXPECT(leave[0] != '\0');
    browser_get(&it.browser, under(&it, "/deltakere/slutt/00000000000000000000000000000001"));
    EXPECT(it.browser.status == 404);
    browser_become(&it.browser, ROLE_GUARDIAN);
    browser_get(&it.browser, leave);
    EXPECT(it.browser.status == 404);
    open_log(&it);
    browser_post(&it.browser, leave, NULL);
    EXPECT(it.browser.status == 403 && browser_sees(&it.browser, "Rollen din gir ikke rett til dette."));
    open_log(&it);
}

TEST(it_is_said_that_the_log_closes_before_a_guardian_leaves_and_then_it_does)
{
    CASE(it);

    browser_become(&it.browser, ROLE_GUARDIAN);
    Str guardian = it.browser.cookie;
    browser_become(&it.browser, ROLE_RELAY_HOLDER);
    browser_get(&it.browser, under(&it, "/deltakere"));
    browser_keep(&it.browser, "participants");
    const char *leave = link_to(&it, "/deltakere/slutt/");
    browser_get(&it.browser, leave);
    EXPECT(it.browser.status == 200 && browser_sees(&it.browser, "Varm Bjørk mister tilgangen"));
    EXPECT(browser_sees(&it.browser, "Loggen blir passiv"));
    EXPECT(browser_sees(&it.browser, ": Avslutt tilgangen – "));
    browser_keep(&it.browser, "guardian_end");
    browser_post(&it.browser, leave, NULL);
    EXPECT(it.browser.status == 303);
    EXPECT(leads_to_what_was_done(&it, "/mine"));
    browser_follow(&it.browser);
    EXPECT(it.browser.status == 200 && !browser_sees(&it.browser, "Blid"));
    EXPECT(browser_sees(&it.browser, "Den foresatte har ikke lenger tilgang kl."));
    browser_get(&it.browser, it.log);
    EXPECT(it.browser.status == 404);
    it.browser.cookie = guardian;
    browser_get(&it.browser, it.log);
    EXPECT(it.browser.status == 403 || it.browser.status == 404);
    browser_become(&it.browser, ROLE_ORG_MANAGER);
    open_log(&it);
    EXPECT(browser_sees(&it.browser, "Varm Bjørk er ikke med lenger"));
    browser_keep(&it.browser, "log_passive");
}

/* ---- levels ---- */

TEST(a_level_is_corrected_from_where_it_stands_and_its_history_is_read_there)
{
    CASE(it);
    char *correct = NULL;

    open_log(&it);
    browser_post(&it.browser, under(&it, "/ny/level"), "level", "2", "reason", "Skolen og helsestasjonen samarbeider.", "date",
                 day(&it.browser, 0), NULL);
    EXPECT(it.browser.status == 303);
    open_log(&it);
    EXPECT(browser_sees(&it.browser, "href=\"#historikk\""));
    EXPECT(link_to(&it, "/historikk/")[0] == '\0');
    const char *path = link_to(&it, "/rett/");
    browser_get(&it.browser, path);
    EXPECT(it.browser.status == 200 && browser_sees(&it.browser, "Skolen og helsestasjonen"));
    Str text;
    EXPECT_OK(str_format(it.browser.arena, &text, "%s/level", path));
    EXPECT_OK(str_to_c(it.browser.arena, text, &correct));
    browser_post(&it.browser, correct, "level", "3", "reason", "Flere tjenester er med.", "date", day(&it.browser, 0), NULL);
    EXPECT(it.browser.status == 303);
    open_log(&it);
    browser_keep(&it.browser, "log_level");
    browser_get(&it.browser, link_to(&it, "/historikk/"));
    EXPECT(it.browser.status == 200 && browser_sees(&it.browser, "Skolen og helsestasjonen") && browser_sees(&it.browser, "Flere tjenester"));
    browser_become(&it.browser, ROLE_GUARDIAN);
    open_log(&it);
    EXPECT(link_to(&it, "/historikk/")[0] != '\0' && link_to(&it, "/rett/")[0] == '\0');
    browser_keep(&it.browser, "log_level_family");
}

TEST(a_held_log_says_so_each_time_and_to_strangers_it_is_not_there)
{
    CASE(it);

    write_note(&it, "Leser sakte");
    change_by_hand(&it, "UPDATE entry SET author_role = author_role + 1");
    for (int i = 0; i < 2; i++) {
        browser_get(&it.browser, it.log);
        EXPECT(it.browser.status == 503 && browser_sees(&it.browser, "Denne loggen er stengt"));
        EXPECT(!browser_sees(&it.browser, "Blid"));
    }
    browser_keep(&it.browser, "log_held");
    browser_get(&it.browser, "/mine");
    EXPECT(it.browser.status == 200 && browser_sees(&it.browser, it.log) && !browser_sees(&it.browser, "Blid"));
    browser_keep(&it.browser, "mine_held");
    browser_forget(&it.browser);
    browser_get(&it.browser, it.log);
    EXPECT(it.browser.status != 503);
}

TEST(a_held_log_says_so_to_programs_too_and_asks_nobody_to_come_back_soon)
{
    CASE(it);
    char documents[80];

    snprintf(documents, sizeof documents, "/api/v1/logs/%s", it.log + sizeof "/logg/" - 1);
    change_by_hand(&it, "UPDATE entry SET author_role = author_role + 1");
    for (int i = 0; i < 2; i++) {
        browser_get(&it.browser, documents);
        EXPECT(it.browser.status == 503 && browser_sees(&it.browser, "\"title\":\"Denne loggen er stengt\""));
        EXPECT(!it.browser.told_to_retry);
    }
    browser_get(&it.browser, it.log);
    EXPECT(it.browser.status == 503 && !it.browser.told_to_retry);
}

TEST(a_log_page_names_nobody_in_its_title)
{
    CASE(it);

    open_log(&it);
    Str page = it.browser.page;
    size_t at = 0;
    while (!str_starts(str_slice(page, at, SIZE_MAX), STR("<title>")))
        at++;
    Str title = str_slice(page, at + 7, str_find(page, '<', at + 7));
    EXPECT(str_starts(title, STR("Logg ")));
    for (size_t i = 0; i < title.length; i++)
        EXPECT(!str_starts(str_slice(title, i, SIZE_MAX), STR("Blid")));
}

static uint32_t count_on_page(const Case *it, const char *text)
{
    Str page = it->browser.page;
    uint32_t count = 0;

    for (size_t at = 0; at < page.length; at++)
        count += str_starts(str_slice(page, at, SIZE_MAX), str_from_c(text));
    return count;
}

TEST(the_newest_notes_stand_on_the_logs_page_and_the_older_ones_where_it_leads)
{
    CASE(it);
    char text[16];

    open_log(&it);
    EXPECT(link_to(&it, "/eldre/note")[0] == '\0');
    for (int i = 1; i <= 12; i++) {
        snprintf(text, sizeof text, "Notat nr %02d", i);
        open_log(&it);
        write_note(&it, text);
    }
    open_log(&it);
    EXPECT(count_on_page(&it, "Notat nr ") == 10 && browser_sees(&it.browser, "Eldre notater (2)"));
    EXPECT(!browser_sees(&it.browser, "Notat nr 02") && browser_sees(&it.browser, "Notat nr 03"));
    browser_keep(&it.browser, "log_long");
    browser_get(&it.browser, link_to(&it, "/eldre/note"));
    EXPECT(it.browser.status == 200 && count_on_page(&it, "Notat nr ") == 2);
    EXPECT(browser_sees(&it.browser, "Notat nr 01") && browser_sees(&it.browser, "Notat nr 02"));
    browser_keep(&it.browser, "log_older");
    browser_get(&it.browser, under(&it, "/eldre/level"));
    EXPECT(it.browser.status == 404);
}

TEST(an_administrator_reads_the_older_notes_for_the_reason_that_opened_the_log_and_for_none_not_at_all)
{
    CASE(it);

    for (int i = 1; i <= 12; i++) {
        open_log(&it);
        write_note(&it, "Hvilte godt");
    }
    browser_become(&it.browser, ROLE_MUNICIPALITY_ADMIN);
    browser_get(&it.browser, under(&it, "/eldre/note"));
    EXPECT(browser_sees(&it.browser, "Hvorfor trenger du å åpne loggen?") && !browser_sees(&it.browser, "Hvilte godt"));
    browser_get(&it.browser, under(&it, "/eldre/note?grunn=technical_fault"));
    EXPECT(browser_sees(&it.browser, "Hvorfor trenger du å åpne loggen?") && !browser_sees(&it.browser, "Hvilte godt"));
    browser_get(&it.browser, under(&it, "?grunn=complaint"));
    EXPECT_STR(str_from_c(link_to(&it, "/eldre/note")), under(&it, "/eldre/note?grunn=complaint"));
    browser_get(&it.browser, link_to(&it, "/eldre/note"));
    EXPECT(it.browser.status == 200 && count_on_page(&it, "Hvilte godt") == 2);
    EXPECT(link_to(&it, "?grunn=complaint")[0] != '\0');
}

RUN_TESTS("log_page")
