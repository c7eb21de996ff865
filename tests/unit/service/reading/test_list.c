/* Lists of logs, and who has seen a log; with a real database and a real key agent.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "domain/clocks.h"
#include "service/acts/actor.h"
#include "service/acts/create.h"
#include "service/acts/procedure.h"
#include "service/reading/find.h"
#include "service/reading/list.h"
#include "service/reading/open.h"
#include "service/reading/seen.h"
#include "support/log_fixture.h"

#define TOWN(name)                       \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

TEST(nobody_lists_the_logs_of_others)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor colleague = town_staff(&town, STR("Kollega"), ROLE_RELAY_HOLDER, town.unit);
    Actor manager = town_staff(&town, STR("Annen Leder"), ROLE_ORG_MANAGER, town.other_unit);
    LogSummaries logs = {0};

    (void)town_create(&town, &holder);
    EXPECT_OK(log_list(&town.service, &colleague, town.arena, &logs));
    EXPECT(logs.count == 0);
    EXPECT_OK(log_list(&town.service, &manager, town.arena, &logs));
    EXPECT(logs.count == 0);
}

TEST(a_custodian_has_no_list)
{
    TOWN(town);
    Actor custodian = town_actor(&town, town_id(&town), ROLE_CUSTODIAN, (Id){0});
    LogSummaries logs = {0};

    EXPECT_ERR(log_list(&town.service, &custodian, town.arena, &logs), E_FORBIDDEN);
}

TEST(the_holder_lists_their_logs_by_name)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id first = town_create(&town, &holder), second = town_create(&town, &holder);
    LogSummaries logs = {0};

    EXPECT_OK(log_list(&town.service, &holder, town.arena, &logs));
    EXPECT(logs.count == 2);
    EXPECT_STR(logs.items[0].child_name, "Canary Kanarifugl");
    EXPECT(!logs.items[0].stub && logs.items[0].state == STATE_ACTIVE);
    EXPECT(id_equal(logs.items[0].id, first) || id_equal(logs.items[0].id, second));
    EXPECT(town_lines(&town, first).count == 1);
}

TEST(a_manager_sees_that_the_log_is_there_but_no_name_before_a_reason_is_given)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor manager = town_staff(&town, STR("Leder"), ROLE_ORG_MANAGER, town.unit);
    LogSummaries logs = {0};

    (void)town_create(&town, &holder);
    EXPECT_OK(log_list(&town.service, &manager, town.arena, &logs));
    EXPECT(logs.count == 1 && logs.items[0].stub && logs.items[0].child_name.length == 0);
}

TEST(a_log_that_is_shut_to_somebody_stands_in_their_list_as_closed_for_thirty_days)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor teacher = town_staff(&town, STR("Larer Laresen"), ROLE_ACTOR, town.unit);
    Id log = town_create(&town, &holder), participant;
    const int64_t end = clock_due(CLOCK_LEFT_END, town.now, NULL);
    LogSummaries logs = {0};

    EXPECT_OK(log_actor_add(&town.service, &holder, log, teacher.role_row, &participant));
    holder.request = town_id(&town);
    EXPECT_OK(log_participant_end(&town.service, &holder, log, participant));
    teacher.now = end - 1;
    EXPECT_OK(log_list(&town.service, &teacher, town.arena, &logs));
    EXPECT(logs.count == 1 && logs.items[0].shut && logs.items[0].child_name.length == 0);
    EXPECT_STR(logs.items[0].unit_name, "Solsikke skole");
    teacher.now = end;
    teacher.request = town_id(&town);
    EXPECT_OK(log_list(&town.service, &teacher, town.arena, &logs));
    EXPECT(logs.count == 0);
}

TEST(the_holder_of_a_log_that_was_set_passive_finds_it_in_their_list_as_closed_for_thirty_days)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Deed deed = {.service = &town.service, .actor = &holder, .log = town_create(&town, &holder)};
    const int64_t end = clock_due(CLOCK_LEFT_END, town.now, NULL);
    Values asked = {.kind = kind_of(KIND_CLOSING)};
    LogSummaries logs = {0};
    Why why;

    values_put(&asked, CLOSING_REASON, STR("1"));
    deed.asked = &asked;
    EXPECT_OK(procedure_from_str(STR("log_close"), &deed.procedure));
    EXPECT_OK(procedure_carry_out(&deed, &why));
    holder.request = town_id(&town);
    holder.now = end - 1;
    EXPECT_OK(log_list(&town.service, &holder, town.arena, &logs));
    EXPECT(logs.count == 1 && logs.items[0].shut && logs.items[0].child_name.length == 0);
    holder.now = end;
    holder.request = town_id(&town);
    EXPECT_OK(log_list(&town.service, &holder, town.arena, &logs));
    EXPECT(logs.count == 0);
}

TEST(on_the_day_of_eighteen_the_log_leaves_the_lists_of_guardian_and_holder)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    CreatedLog created;
    LogSummaries logs = {0};
    TownLog made;
    LogView view;
    Why why;

    town_log(&town, &made);
    log_set(&made.log.child, "birth_date", town_day(&town, -6560));
    EXPECT_OK(log_create(&town.service, &holder, &made.log, town.arena, &created));
    EXPECT_OK(log_open(&(LogReader){&town.service, &holder, town.arena}, created.log, OPENING_NONE, &why, &view));
    Actor guardian = town_actor(&town, view.people[1].person, ROLE_GUARDIAN, (Id){0});
    EXPECT_OK(log_list(&town.service, &guardian, town.arena, &logs));
    EXPECT(logs.count == 1 && logs.items[0].child_name.length > 0);
    guardian.now = holder.now = town.now + 30 * DAY_MS;
    EXPECT_OK(log_list(&town.service, &guardian, town.arena, &logs));
    EXPECT(logs.count == 0);
    EXPECT_OK(log_list(&town.service, &holder, town.arena, &logs));
    EXPECT(logs.count == 0);
}

TEST(a_stranger_may_not_see_who_has_seen)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor stranger = town_staff(&town, STR("Fremmed Fugl"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    LogSeen seen = {0};
    Why why;

    EXPECT_ERR(log_seen(&(LogReader){&town.service, &stranger, town.arena}, &(LogSeenWish){.log = log}, &why, &seen), E_NOT_FOUND);
    EXPECT(seen.items == NULL && seen.count == 0);
}

TEST(who_has_seen_names_everybody_who_opened_it_with_the_reason_and_no_refusal)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor manager = town_staff(&town, STR("Leder Ledersen"), ROLE_ORG_MANAGER, town.unit);
    Actor stranger = town_staff(&town, STR("Fremmed Fugl"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    LogSeen seen = {0};
    LogView view;
    Why why;

    EXPECT_ERR(log_open(&(LogReader){&town.service, &stranger, town.arena}, log, OPENING_NONE, &why, &view), E_NOT_FOUND);
    EXPECT_OK(log_open(&(LogReader){&town.service, &manager, town.arena}, log, OPENING_COMPLAINT, &why, &view));
    EXPECT_OK(log_seen(&(LogReader){&town.service, &holder, town.arena}, &(LogSeenWish){.log = log}, &why, &seen));
    EXPECT(seen.count == 2 && seen.before == 0 && !seen.nameless);
    EXPECT_STR(seen.items[0].name, "Leder Ledersen");
    EXPECT(seen.items[0].reason == OPENING_COMPLAINT && seen.items[0].role == ROLE_ORG_MANAGER);
    EXPECT_STR(seen.items[1].name, "Stafett Holder");
    EXPECT(seen.items[1].act == ACT_LOG_CREATE && (seen.items[1].acts.bits[0] >> ACT_ACCESS_LIST_READ & 1));
}

/* Somebody who is refused again and again: many lines in one work. */
static Err refusals(Tx *tx, void *context)
{
    const AuditLine *line = context;

    for (int i = 0; i < 50; i++)
        TRY(store_audit(tx, line));
    return ok();
}

TEST(whoever_is_refused_a_thousand_times_keeps_nobody_from_opening_the_log)
{
    TOWN(town);
    AUTO(arena_freep) Arena *small = NULL;
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor stranger = town_staff(&town, STR("Fremmed Fugl"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    AuditLine line = service_line(&stranger, ACT_LOG_READ, OBJECT_LOG, log);
    LogSeen seen = {0};
    LogView view;
    Why why;

    line.outcome = AUDIT_REFUSED;
    for (int i = 0; i < 24; i++)
        EXPECT_OK(store_write(town.store, refusals, &line));
    EXPECT_OK(arena_new((size_t)512 << 10, &small));
    EXPECT_OK(log_open(&(LogReader){&town.service, &holder, small}, log, OPENING_NONE, &why, &view));
    EXPECT(view.seen_count == 1);
    EXPECT_OK(log_seen(&(LogReader){&town.service, &holder, small}, &(LogSeenWish){.log = log}, &why, &seen));
    EXPECT(seen.count == 1);
}

static uint32_t display_of(Town *town, const Actor *holder)
{
    LogSummaries logs = {0};

    EXPECT_OK(log_list(&town->service, holder, town->arena, &logs));
    EXPECT(logs.count == 1);
    return logs.items[0].display;
}

TEST(a_number_leads_nobody_to_a_log_that_they_may_not_know_and_an_administrator_to_the_log)
{
    AUTO(town_end) Town town = {0};
    town_begin(&town);
    Actor holder = town_staff(&town, STR("Holder Holdersen"), ROLE_RELAY_HOLDER, town.unit);
    Actor stranger = town_staff(&town, STR("Fremmed Fremmed"), ROLE_ACTOR, town.other_unit);
    Actor admin = town_staff(&town, STR("Admin Admin"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    Id log = town_create(&town, &holder);
    uint32_t display = display_of(&town, &holder);
    Id found = {0};

    EXPECT_ERR(log_find(&(LogReader){&town.service, &stranger, town.arena}, display, &found), E_NOT_FOUND);
    EXPECT_ERR(log_find(&(LogReader){&town.service, &admin, town.arena}, display + 1, &found), E_NOT_FOUND);
    EXPECT(id_is_none(found));
    admin.request = town_id(&town);
    EXPECT_OK(log_find(&(LogReader){&town.service, &admin, town.arena}, display, &found));
    EXPECT(id_equal(found, log));
}

RUN_TESTS("log_list")
