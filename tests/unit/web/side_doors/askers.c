/* Everybody who may come, and the log as its holder has made it.
 * Must not learn from the service how somebody stands to the log.
 * Called by doors.c and the tests. */
#include "side_doors.h"

#include "service/acts/actor.h"
#include "service/acts/child.h"
#include "service/acts/entry.h"
#include "service/people/staff.h"
#include "service/reading/open.h"

const Asker everybody[EVERYBODY] = {
    {"Klok Elv", ROLE_RELAY_HOLDER, RELATION_PARTICIPANT, 0, {0}, {0}},
    {"Annen Elv", ROLE_RELAY_HOLDER, RELATION_NONE, 0, {0}, {0}},
    {"Innenfor Lind", ROLE_ACTOR, RELATION_PARTICIPANT, 0, {0}, {0}},
    {"Utenfor Lind", ROLE_ACTOR, RELATION_NONE, 0, {0}, {0}},
    {"Tidligere Lind", ROLE_ACTOR, RELATION_FORMER, 0, {0}, {0}},
    {"Varm Bjørk", ROLE_GUARDIAN, RELATION_PARTICIPANT, 0, {0}, {0}},
    {"Blid Bjørk", ROLE_CHILD, RELATION_PARTICIPANT, FLAG_LET_IN | FLAG_KNOWS, {0}, {0}},
    {"Stille Fjell", ROLE_ORG_MANAGER, RELATION_UNIT, 0, {0}, {0}},
    {"Fjern Fjell", ROLE_ORG_MANAGER, RELATION_NONE, 0, {0}, {0}},
    {"Kari Kommune", ROLE_MUNICIPALITY_ADMIN, RELATION_MUNICIPALITY, 0, {0}, {0}},
    {"nobody", ROLE_NONE, RELATION_NONE, 0, {0}, {0}},
};

Str case_day(Case *it, int days)
{
    Buf text = buf_new(it->browser.arena, 16);
    int64_t now = 0;
    Str iso = STR_NONE;

    EXPECT_OK(world_now(&it->browser.fixture.world, &now));
    buf_add_day(&text, oslo_day(now) + days);
    EXPECT_OK(buf_done(&text, &iso));
    return iso;
}

static const char *c_text(Case *it, Str text)
{
    char *copy = NULL;

    EXPECT_OK(str_to_c(it->browser.arena, text, &copy));
    return copy;
}

void case_open(Case *it, const Actor *holder, LogView *view)
{
    Id log;
    Why why;

    EXPECT_OK(id_from_text(str_from_c(it->log), &log));
    EXPECT_OK(log_open(&(LogReader){&it->browser.fixture.service, holder, it->browser.arena}, log, OPENING_NONE, &why, view));
}

static void people_come(Case *it)
{
    Browser *browser = &it->browser;
    Actor admin = browser_become_named(browser, ROLE_MUNICIPALITY_ADMIN, NULL);
    Actor manager = browser_become_named(browser, ROLE_ORG_MANAGER, "Stille Fjell");

    browser_appoint(browser, &admin, ROLE_ORG_MANAGER, browser->other_unit, "Fjern Fjell");
    browser_appoint(browser, &manager, ROLE_RELAY_HOLDER, browser->unit, "Annen Elv");
    browser_appoint(browser, &manager, ROLE_ACTOR, browser->unit, "Innenfor Lind");
    browser_appoint(browser, &manager, ROLE_ACTOR, browser->unit, "Utenfor Lind");
    browser_appoint(browser, &manager, ROLE_ACTOR, browser->unit, "Tidligere Lind");
}

static void log_begins(Case *it)
{
    Browser *browser = &it->browser;
    const char *today = c_text(it, it->today);

    (void)browser_become_named(browser, ROLE_RELAY_HOLDER, "Klok Elv");
    browser_get(browser, "/ny");
    browser_post(browser, "/ny/information", NULL);
    browser_post(browser, "/ny/consent", "required_persons", "1", "valid_to", c_text(it, case_day(it, 200)), NULL);
    browser_post(browser, "/ny/consent", "answer", "1", "method", "1", "given_on", today, "witness", "", NULL);
    browser_post(browser, "/ny/child", "name", "Blid Bjørk", "national_id", "14851650181", "birth_date", "14.05.2016", NULL);
    browser_post(browser, "/ny/guardian", "name", "Varm Bjørk", "relationship", "1", "responsibility", "1", NULL);
    browser_upload(browser, "/ny/create", STR("%PDF-1.7 invented\n%%EOF\n"), NULL);
    EXPECT(browser->status == 303);
    browser_get(browser, "/mine");
    size_t at = browser_finds(browser, "/logg/");
    snprintf(it->log, sizeof it->log, "%.*s", ID_TEXT, browser->page.data + at + strlen("/logg/"));
}

static void write_entry(Case *it, const Actor *holder, Values *values, char *ret_entry)
{
    Id log, entry;

    EXPECT_OK(id_from_text(str_from_c(it->log), &log));
    EXPECT_OK(log_entry_add(&it->browser.fixture.service, holder, log, values, &entry));
    id_to_text(entry, ret_entry);
}

static void entries_come(Case *it, const Actor *holder)
{
    Values note = {.kind = kind_of(KIND_NOTE)}, measure = {.kind = kind_of(KIND_MEASURE)}, meeting = {.kind = kind_of(KIND_MEETING)};
    char own[ID_TEXT + 1];
    LogView view = {0};
    Str time = STR_NONE;

    case_open(it, holder, &view);
    for (uint32_t i = 0; i < view.people_count; i++)
        id_to_text(view.people[i].participant, view.people[i].role == ROLE_GUARDIAN ? it->guardian : own);
    id_to_text(view.consents[0].id, it->consent);
    values_put(&note, NOTE_KIND, STR("1"));
    values_put(&note, NOTE_TEXT, STR("Leser sakte"));
    write_entry(it, holder, &note, it->note);
    values_put(&measure, MEASURE_CATEGORY, STR("10"));
    values_put(&measure, MEASURE_ARENA, STR("1"));
    values_put(&measure, MEASURE_DESCRIPTION, STR("Leser sammen"));
    values_put(&measure, MEASURE_RESPONSIBLE, str_from_c(own));
    values_put(&measure, MEASURE_DEADLINE, case_day(it, 30));
    values_put(&measure, MEASURE_STATE, STR("1"));
    write_entry(it, holder, &measure, it->measure);
    EXPECT_OK(str_format(it->browser.arena, &time, "%.*sT10:00", STR_ARGS(it->today)));
    values_put(&meeting, MEETING_TIME, time);
    write_entry(it, holder, &meeting, it->meeting);
}

/* The one who is inside, the one who was, the one outside, and the child. */
static void team_comes(Case *it, const Actor *holder)
{
    Service *service = &it->browser.fixture.service;
    Actor manager = browser_become_named(&it->browser, ROLE_ORG_MANAGER, "Stille Fjell");
    StaffRoles staff = {0};
    GuardianCode code;
    Id log, participant;

    EXPECT_OK(id_from_text(str_from_c(it->log), &log));
    EXPECT_OK(people_staff(service, &manager, it->browser.unit, it->browser.arena, &staff));
    for (uint32_t i = 0; i < staff.count; i++) {
        const StaffRole *role = &staff.items[i];
        if (str_equal(role->name, STR("Utenfor Lind")))
            id_to_text(role->role_row, it->outside);
        if (str_equal(role->name, STR("Annen Elv")))
            id_to_text(role->role_row, it->next);
        if (!str_equal(role->name, STR("Innenfor Lind")) && !str_equal(role->name, STR("Tidligere Lind")))
            continue;
        EXPECT_OK(log_actor_add(service, holder, log, role->role_row, &participant));
        if (str_equal(role->name, STR("Tidligere Lind")))
            EXPECT_OK(log_participant_end(service, holder, log, participant));
        else
            id_to_text(participant, it->actor);
    }
    EXPECT_OK(log_child_let_in(service, holder, log, it->browser.arena, &code));
}

static void sign_in_all(Case *it)
{
    Browser *browser = &it->browser;

    for (size_t i = 0; i < EVERYBODY; i++) {
        Asker *asker = &it->askers[i];
        *asker = everybody[i];
        browser_forget(browser);
        if (asker->role == ROLE_NONE)
            continue;
        (void)browser_become_named(browser, asker->role, asker->name);
        asker->cookie = browser->cookie;
        browser_get(browser, "/rolle");
        asker->token = browser_hidden(browser, "form_token");
        EXPECT(asker->token.length > 0);
    }
}

void case_begin(Case *it, const Stand *stand)
{
    it->stand = stand;
    it->browser.fixture.in_memory = true;
    browser_begin(&it->browser);
    it->today = case_day(it, 0);
    it->in_time = case_day(it, 100);
    people_come(it);
    log_begins(it);
    Actor holder = browser_become_named(&it->browser, ROLE_RELAY_HOLDER, "Klok Elv");
    entries_come(it, &holder);
    team_comes(it, &holder);
    case_lives(it, &holder);
    sign_in_all(it);
}

void case_end(Case *it)
{
    browser_end(&it->browser);
}

