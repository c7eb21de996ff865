/* The stub of a log: who has one, what it says, and that nothing is left of it to the guardians of an adult.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "service/acts/child.h"
#include "service/acts/procedure.h"
#include "service/log/refused.h"
#include "service/reading/find.h"
#include "service/reading/list.h"
#include "service/reading/open.h"
#include "support/log_fixture.h"

#define TOWN(name)                  \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

/* A log with its holder, guardian and child who was let in; the child is this many days from 18. */
typedef struct Case {
    Actor holder, guardian, child;
    Id log;
    uint32_t display;
} Case;

static LogView view_of(Town *town, const Actor *actor, Id log)
{
    LogView view = {0};
    Why why;

    EXPECT_OK(log_open(&(LogReader){&town->service, actor, town->arena}, log, OPENING_NONE, &why, &view));
    return view;
}

static Case a_case(Town *town, int days_to_eighteen, Str protection)
{
    Case made = {.holder = town_staff(town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town->unit)};
    Date birth = date_from_day(oslo_day(town->now) + days_to_eighteen);
    GuardianCode code;
    CreatedLog created;
    TownLog asked;
    Str born = STR_NONE;

    birth.year -= 18;
    town_log(town, &asked);
    EXPECT_OK(log_day_text(day_from_date(birth), town->arena, &born));
    log_set(&asked.log.child, "birth_date", born);
    log_set(&asked.log.child, "protection", protection);
    log_set(&asked.guardian.consent, "valid_to", town_day(town, 20));
    EXPECT_OK(log_create(&town->service, &made.holder, &asked.log, town->arena, &created));
    made.log = created.log;
    EXPECT_OK(log_child_let_in(&town->service, &made.holder, made.log, town->arena, &code));
    LogView view = view_of(town, &made.holder, made.log);
    made.display = view.summary.display;
    for (uint32_t i = 0; i < view.people_count; i++) {
        const LogPerson *person = &view.people[i];
        if (person->role == ROLE_GUARDIAN)
            made.guardian = town_actor(town, person->person, ROLE_GUARDIAN, (Id){0});
        if (person->role == ROLE_CHILD)
            made.child = town_actor(town, person->person, ROLE_CHILD, (Id){0});
    }
    return made;
}

static void days_pass(Town *town, Case *here, int days)
{
    Actor *everybody[] = {&here->holder, &here->guardian, &here->child};

    town->now += days * DAY_MS;
    for (size_t i = 0; i < COUNT_OF(everybody); i++)
        everybody[i]->now = town->now;
}

typedef struct Found {
    bool page, line, number; /* the stub's page, a line in the list, the way by number */
    Err refused;
    LogView view;
    LogSummary summary;
} Found;

static Found look(Town *town, const Case *here, const Actor *actor)
{
    const LogReader reader = {&town->service, actor, town->arena};
    LogSummaries logs = {0};
    Found found = {0};
    Why why;
    Id log;

    found.refused = log_open_current(&reader, here->log, OPENING_NONE, &why, &found.view);
    found.page = is_ok(found.refused);
    EXPECT_OK(log_list(&town->service, actor, town->arena, &logs));
    found.line = logs.count > 0;
    if (found.line)
        found.summary = logs.items[0];
    found.number = is_ok(log_find(&reader, here->display, &log));
    return found;
}

TEST(a_guardian_keeps_the_stub_to_the_last_day_of_seventeen_and_has_nothing_on_any_path_from_the_first_of_eighteen)
{
    TOWN(town);
    Case here = a_case(&town, 30, STR("1"));

    days_pass(&town, &here, 29); /* the consent is over, and nothing was written since */
    Found found = look(&town, &here, &here.guardian);
    EXPECT(found.page && found.view.summary.stub && found.line && found.number);
    days_pass(&town, &here, 1);
    found = look(&town, &here, &here.guardian);
    EXPECT(!found.page && !found.line && !found.number);
    EXPECT_ERR(found.refused, E_FORBIDDEN);
    EXPECT(found.view.summary.display == 0);
    found = look(&town, &here, &here.child);
    EXPECT(found.page && found.view.summary.stub && found.line);
}

TEST(neither_page_list_nor_number_leads_a_guardian_to_the_active_log_of_an_adult)
{
    TOWN(town);
    Case here = a_case(&town, 10, STR("1"));

    days_pass(&town, &here, 9); /* the consent holds for twenty days */
    Found found = look(&town, &here, &here.guardian);
    EXPECT(found.page && !found.view.summary.stub && found.line && found.number);
    days_pass(&town, &here, 1);
    found = look(&town, &here, &here.guardian);
    EXPECT(!found.page && !found.line && !found.number);
    found = look(&town, &here, &here.child);
    EXPECT(found.page && found.view.summary.stub && found.line && found.number);
}

TEST(a_guardian_of_an_adult_is_told_that_the_active_log_is_shut_and_nobody_who_never_took_part_is)
{
    TOWN(town);
    Case here = a_case(&town, 10, STR("1")), other = a_case(&town, 3000, STR("1"));
    Shut shut = {0};

    days_pass(&town, &here, 9);
    EXPECT_OK(log_is_shut(&(LogReader){&town.service, &here.guardian, town.arena}, here.log, &shut));
    EXPECT(!shut.told);
    days_pass(&town, &here, 1);
    EXPECT_OK(log_is_shut(&(LogReader){&town.service, &here.guardian, town.arena}, here.log, &shut));
    EXPECT(shut.told && shut.unit_name.length == 0);
    days_pass(&town, &other, 0);
    EXPECT_OK(log_is_shut(&(LogReader){&town.service, &other.guardian, town.arena}, here.log, &shut));
    EXPECT(!shut.told);
}

TEST(a_stub_says_what_the_log_is_today_and_names_the_unit_that_answers_for_it)
{
    TOWN(town);
    Case here = a_case(&town, 3000, STR("1"));

    days_pass(&town, &here, 400);
    Found found = look(&town, &here, &here.guardian);
    EXPECT(found.view.summary.stub && found.view.summary.state == STATE_PASSIVE && !found.view.summary.renewing);
    EXPECT_STR(found.view.summary.unit_name, "Solsikke skole");
    EXPECT(found.summary.state == STATE_PASSIVE && found.summary.child_name.length == 0);
    EXPECT(log_may(&found.view, ACT_CONSENT_GIVE) && log_may(&found.view, ACT_CLAIM_FILE) && !log_may(&found.view, ACT_LOG_READ));
}

TEST(the_stub_of_a_protected_child_names_no_unit_to_a_guardian)
{
    for (int protection = 2; protection <= 3; protection++) {
        TOWN(town);
        Case here = a_case(&town, 3000, protection == 2 ? STR("2") : STR("3"));
        days_pass(&town, &here, 400);
        Found found = look(&town, &here, &here.guardian);
        EXPECT(found.view.summary.stub && found.view.protected && found.view.summary.unit_name.length == 0);
        found = look(&town, &here, &here.child);
        EXPECT_STR(found.view.summary.unit_name, "Solsikke skole");
    }
}

TEST(a_child_who_is_kept_out_again_is_told_so_and_sees_the_stub_when_the_log_is_shut)
{
    TOWN(town);
    Case here = a_case(&town, 3000, STR("1"));

    EXPECT_OK(log_child_keep_out(&town.service, &here.holder, here.log, STR("Etter avtale")));
    days_pass(&town, &here, 1);
    Found found = look(&town, &here, &here.child);
    EXPECT(!found.page && !found.number);
    EXPECT_ERR(found.refused, E_FORBIDDEN);
    days_pass(&town, &here, 399);
    found = look(&town, &here, &here.child);
    EXPECT(found.page && found.view.summary.stub);
}

static Shut shut_for(Town *town, const Case *here, const Actor *actor)
{
    Shut shut = {0};

    EXPECT_OK(log_is_shut(&(LogReader){&town->service, actor, town->arena}, here->log, &shut));
    return shut;
}

TEST(the_holder_of_a_log_that_is_shut_is_told_so_and_whom_to_ask_and_a_stranger_nothing)
{
    TOWN(town);
    Case here = a_case(&town, 3000, STR("1"));
    Actor stranger = town_staff(&town, STR("Fremmed Fugl"), ROLE_RELAY_HOLDER, town.unit);

    EXPECT(!shut_for(&town, &here, &here.holder).told);
    days_pass(&town, &here, 400);
    stranger.now = town.now;
    EXPECT(shut_for(&town, &here, &here.holder).told && shut_for(&town, &here, &here.guardian).told);
    EXPECT_STR(shut_for(&town, &here, &here.holder).unit_name, "Solsikke skole");
    EXPECT(shut_for(&town, &here, &here.guardian).unit_name.length == 0);
    EXPECT(!shut_for(&town, &here, &stranger).told && shut_for(&town, &here, &stranger).unit_name.length == 0);
}

RUN_TESTS("log_stub")
