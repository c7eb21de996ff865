/* Who has seen a log: openings and not lines, and who of the family is named to whom.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "service/reading/seen.h"

#include "service/acts/candidates.h"
#include "service/log/hold.h"
#include "service/reading/open.h"
#include "support/log_fixture.h"

#define TOWN(name)                  \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

#define MINUTE_MS ((int64_t)60000)

typedef struct Case {
    Actor holder, guardian, admin;
    Id log;
} Case;

static void opens(Town *town, const Case *here, Actor *actor, Opening reason)
{
    LogView view = {0};
    Why why;

    actor->request = town_id(town);
    EXPECT_OK(log_open(&(LogReader){&town->service, actor, town->arena}, here->log, reason, &why, &view));
}

static Case a_case(Town *town)
{
    Case made = {.holder = town_staff(town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town->unit)};
    LogView view = {0};
    Why why;

    made.admin = town_staff(town, STR("Kommune Admin"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    made.log = town_create(town, &made.holder);
    EXPECT_OK(log_open(&(LogReader){&town->service, &made.holder, town->arena}, made.log, OPENING_NONE, &why, &view));
    for (uint32_t i = 0; i < view.people_count; i++)
        if (view.people[i].role == ROLE_GUARDIAN)
            made.guardian = town_actor(town, view.people[i].person, ROLE_GUARDIAN, (Id){0});
    return made;
}

static void minutes_pass(Town *town, Case *here, int minutes)
{
    Actor *everybody[] = {&here->holder, &here->guardian, &here->admin};

    town->now += minutes * MINUTE_MS;
    for (size_t i = 0; i < COUNT_OF(everybody); i++)
        everybody[i]->now = town->now;
}

static LogSeen seen_by(Town *town, const Case *here, Actor *actor, Opening reason)
{
    LogSeen seen = {0};
    Why why;

    actor->request = town_id(town);
    EXPECT_OK(log_seen(&(LogReader){&town->service, actor, town->arena}, &(LogSeenWish){.log = here->log, .reason = reason}, &why, &seen));
    return seen;
}

static bool did(const Seen *seen, Act act)
{
    return seen->acts.bits[act / 64] >> (act % 64) & 1;
}

TEST(what_one_person_opens_within_half_an_hour_is_one_opening_and_the_audit_keeps_each_line)
{
    TOWN(town);
    Case here = a_case(&town);

    minutes_pass(&town, &here, 60);
    int64_t began = town.now;
    for (int i = 0; i < 6; i++, minutes_pass(&town, &here, 5))
        opens(&town, &here, &here.guardian, OPENING_NONE);
    minutes_pass(&town, &here, -1);
    uint32_t lines = town_lines(&town, here.log).count;
    LogSeen seen = seen_by(&town, &here, &here.guardian, OPENING_NONE);
    EXPECT(seen.count == 2 && seen.items[0].at == began && seen.items[0].role == ROLE_GUARDIAN);
    EXPECT(did(&seen.items[0], ACT_LOG_READ) && did(&seen.items[0], ACT_ACCESS_LIST_READ));
    EXPECT(seen.items[1].act == ACT_LOG_CREATE && did(&seen.items[1], ACT_LOG_READ));
    EXPECT(town_lines(&town, here.log).count == lines + 1 && lines == 8);
}

TEST(half_an_hour_later_another_person_or_another_reason_is_another_opening)
{
    TOWN(town);
    Case here = a_case(&town);

    minutes_pass(&town, &here, 60);
    opens(&town, &here, &here.guardian, OPENING_NONE);
    opens(&town, &here, &here.holder, OPENING_NONE);
    opens(&town, &here, &here.admin, OPENING_COMPLAINT);
    opens(&town, &here, &here.admin, OPENING_SUPERVISION);
    minutes_pass(&town, &here, 30);
    opens(&town, &here, &here.guardian, OPENING_NONE);
    EXPECT(seen_by(&town, &here, &here.guardian, OPENING_NONE).count == 6);
}

TEST(the_page_of_a_log_shows_the_newest_openings_and_not_the_newest_lines)
{
    TOWN(town);
    Case here = a_case(&town);
    LogView view = {0};
    Why why;

    minutes_pass(&town, &here, 60);
    opens(&town, &here, &here.guardian, OPENING_NONE);
    for (int i = 0; i < 5; i++)
        opens(&town, &here, &here.holder, OPENING_NONE);
    here.holder.request = town_id(&town);
    EXPECT_OK(log_open(&(LogReader){&town.service, &here.holder, town.arena}, here.log, OPENING_NONE, &why, &view));
    EXPECT(view.seen_count == 3);
    EXPECT(view.seen[0].role == ROLE_RELAY_HOLDER && view.seen[1].role == ROLE_GUARDIAN && view.seen[2].role == ROLE_RELAY_HOLDER);
}

TEST(looking_at_who_could_be_let_in_lets_nobody_in_and_no_line_says_so)
{
    TOWN(town);
    Case here = a_case(&town);
    LogCandidates candidates;

    here.holder.request = town_id(&town);
    EXPECT_OK(log_candidates(&(LogReader){&town.service, &here.holder, town.arena}, here.log, ACT_PARTICIPANT_ADD, &candidates));
    const AuditRows lines = town_lines(&town, here.log);
    for (uint32_t i = 0; i < lines.count; i++)
        EXPECT(lines.items[i].line.act != ACT_PARTICIPANT_ADD);
}

static uint32_t named(const LogSeen *seen, bool family)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < seen->count; i++)
        count += role_is_family(seen->items[i].role) == family && seen->items[i].name.length > 0;
    return count;
}

TEST(an_administrator_reads_every_list_and_the_names_of_the_family_only_with_a_reason)
{
    TOWN(town);
    Case here = a_case(&town);

    opens(&town, &here, &here.guardian, OPENING_NONE);
    LogSeen seen = seen_by(&town, &here, &here.admin, OPENING_NONE);
    EXPECT(seen.nameless && seen.count == 3 && named(&seen, true) == 0 && named(&seen, false) == 2);
    for (uint32_t i = 0; i < seen.count; i++)
        EXPECT(!role_is_family(seen.items[i].role) || id_is_none(seen.items[i].person));
    seen = seen_by(&town, &here, &here.admin, OPENING_COMPLAINT);
    EXPECT(!seen.nameless && named(&seen, true) == 1);
    const AuditLine line = town_lines(&town, here.log).items[0].line;
    EXPECT(line.act == ACT_ACCESS_NAMES_READ && line.reason == OPENING_COMPLAINT);
    EXPECT(named(&(LogSeen){0}, true) == 0);
    seen = seen_by(&town, &here, &here.guardian, OPENING_NONE);
    EXPECT(!seen.nameless && named(&seen, true) == 1);
}

TEST(an_administrator_reads_the_list_of_a_held_log_and_no_names_of_the_family_even_with_a_reason)
{
    TOWN(town);
    Case here = a_case(&town);

    EXPECT_OK(log_hold(&here.admin, here.log));
    LogSeen seen = seen_by(&town, &here, &here.admin, OPENING_COMPLAINT);
    EXPECT(seen.nameless && seen.count > 0 && named(&seen, true) == 0);
}

RUN_TESTS("log_seen")
