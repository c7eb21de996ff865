/* A unit that closes, and a holder whose role ends: nothing stays behind, nobody works in a log on the way, and each is told once.
 * Must not leave a process behind.
 * Called by meson test. */
#include "place.h"

#include <sqlite3.h>

#include "domain/clocks.h"
#include "domain/notices.h"
#include "service/acts/actor.h"
#include "service/acts/baton/appoint.h"
#include "service/acts/baton/offer.h"
#include "service/acts/entry.h"
#include "service/acts/procedure.h"
#include "service/jobs/unit_close.h"
#include "service/log/hold.h"
#include "service/people/confirmed.h"
#include "service/people/staff.h"
#include "service/people/units.h"
#include "service/reading/list.h"
#include "service/reading/open.h"
#include "store/moving/moving.h"

static Id log_naming(Place *place, const Id *units, uint32_t count)
{
    CreatedLog created = {0};
    TownLog made;

    town_log(&place->town, &made);
    made.log.units = units;
    made.log.unit_count = count;
    place->holder.request = town_id(&place->town);
    EXPECT_OK(log_create(&place->town.service, &place->holder, &made.log, place->town.arena, &created));
    return created.log;
}

static void act_of(Place *place, Actor *actor, Id log, const char *act, const Values *asked)
{
    Deed deed = {.service = &place->town.service, .actor = actor, .log = log, .asked = asked, .opening = OPENING_SUPERVISION};
    Why why;

    actor->request = town_id(&place->town);
    EXPECT_OK(procedure_from_str(str_from_c(act), &deed.procedure));
    EXPECT_OK(procedure_carry_out(&deed, &why));
}

static void close_log(Place *place, Id log)
{
    Values asked = {.kind = kind_of(KIND_CLOSING)};

    log_set(&asked, "reason", STR("1"));
    act_of(place, &place->holder, log, "log_close", &asked);
}

static Err opens(Place *place, Actor *actor, Id log, LogView *ret_view)
{
    Why why;

    actor->request = town_id(&place->town);
    return log_open(&(LogReader){&place->town.service, actor, place->town.arena}, log, OPENING_NONE, &why, ret_view);
}

static Err closes(Place *place, Actor *actor, Id unit, Id into)
{
    actor->request = town_id(&place->town);
    return unit_close(&place->town.service, actor, &(UnitClosing){unit, into});
}

static RoleRows roles_of(Place *place, Id unit)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    RoleRows rows = {0};

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_roles_of_unit(tx, unit, place->town.arena, &rows));
    return rows;
}

/* Whoever has a role in a unit acts there, signed in anew. */
static Actor acting_in(Place *place, const Actor *as, Id unit)
{
    const RoleRows rows = roles_of(place, unit);
    Actor actor = *as;

    actor.unit = unit;
    for (uint32_t i = 0; i < rows.count; i++)
        if (id_equal(rows.items[i].person, as->person) && rows.items[i].role == as->role && rows.items[i].to_at == 0)
            actor.role_row = rows.items[i].id;
    EXPECT(!id_equal(actor.role_row, as->role_row));
    return actor;
}

static bool is_empty(Place *place, Id unit)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    bool empty = false;

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_unit_is_empty(tx, unit, place->town.now + DAY_MS, &empty));
    return empty;
}

static uint32_t told(Place *place, Id person, NoticeId notice)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    InboxRows rows = {0};
    uint32_t count = 0;

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_inbox(tx, &(InboxPage){.person = person, .max = 100}, place->town.arena, &rows));
    for (uint32_t i = 0; i < rows.count; i++)
        count += rows.items[i].event == notice;
    return count;
}

static Id guardian_of(Place *place, Id log)
{
    LogView view = {0};

    EXPECT_OK(opens(place, &place->holder, log, &view));
    for (uint32_t i = 0; i < view.people_count; i++)
        if (view.people[i].role == ROLE_GUARDIAN)
            return view.people[i].person;
    return (Id){0};
}

static void run(Place *place, JobId job)
{
    const JobOrder order = {.job = job, .tenant = place->town.tenant, .at_once = true};
    enum JobEnd end = JOB_NOT_DUE;
    JobCounts counts = {0};

    EXPECT_OK(job_run(&place->town.service, &order, &end, &counts));
    EXPECT(end == JOB_DONE);
}

static uint32_t left_in(Place *place, Id unit)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    LogRows rows = {0};

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_logs_naming_unit(tx, &(LogsAfter){.unit = unit, .max = 500}, place->town.arena, &rows));
    return rows.count;
}

/* ---- a unit closes ---- */

TEST(the_logs_of_a_closed_unit_go_with_its_people_to_the_unit_that_follows_it_active_and_passive)
{
    PLACE(place);
    Id active = log_naming(&place, NULL, 0), passive = log_naming(&place, NULL, 0);
    Id guardian = guardian_of(&place, active);
    Actor leader = town_staff(&place.town, STR("Ny Leder"), ROLE_ORG_MANAGER, place.town.other_unit);
    LogView view = {0};

    close_log(&place, passive);
    EXPECT_OK(closes(&place, &place.admin, place.town.unit, place.town.other_unit));
    EXPECT(id_equal(row_of(&place, active).unit, place.town.other_unit) && id_equal(row_of(&place, passive).unit, place.town.other_unit));
    EXPECT(is_empty(&place, place.town.unit));
    Actor holder = acting_in(&place, &place.holder, place.town.other_unit);
    EXPECT_OK(opens(&place, &holder, active, &view));
    EXPECT(view.consent_good && id_equal(view.summary.unit, place.town.other_unit) && view.unheld_since == 0);
    EXPECT_ERR(opens(&place, &place.holder, active, &view), E_NOT_FOUND);
    EXPECT_OK(opens(&place, &leader, passive, &view));
    EXPECT_ERR(opens(&place, &place.manager, passive, &view), E_NOT_FOUND);
    EXPECT(told(&place, guardian, NOTICE_UNIT_MOVED) == 1 && told(&place, leader.person, NOTICE_UNIT_MOVED) == 0);
}

TEST(what_a_closed_unit_takes_part_in_goes_on_under_the_unit_that_follows_it)
{
    PLACE(place);
    Id third = town_unit(&place.town, STR("Solsikke barnehage"));
    Id log = log_naming(&place, &place.town.other_unit, 1), participant;
    Actor nurse = town_staff(&place.town, STR("Helse Soster"), ROLE_ACTOR, place.town.other_unit);
    LogView view = {0};

    place.holder.request = town_id(&place.town);
    EXPECT_OK(log_actor_add(&place.town.service, &place.holder, log, nurse.role_row, &participant));
    EXPECT_OK(closes(&place, &place.admin, place.town.other_unit, third));
    Actor there = acting_in(&place, &nurse, third);
    EXPECT_OK(opens(&place, &there, log, &view));
    EXPECT(id_equal(view.summary.unit, place.town.unit));
    EXPECT_ERR(opens(&place, &nurse, log, &view), E_NOT_FOUND);
}

TEST(nothing_of_a_closed_unit_is_told_to_the_guardian_of_a_child_with_a_protected_address)
{
    PLACE(place);
    CreatedLog created = {0};
    TownLog made;

    town_log(&place.town, &made);
    log_set(&made.log.child, "protection", STR("2"));
    place.holder.request = town_id(&place.town);
    EXPECT_OK(log_create(&place.town.service, &place.holder, &made.log, place.town.arena, &created));
    Id guardian = guardian_of(&place, created.log);
    EXPECT_OK(closes(&place, &place.admin, place.town.unit, place.town.other_unit));
    EXPECT(id_equal(row_of(&place, created.log).unit, place.town.other_unit));
    EXPECT(told(&place, guardian, NOTICE_UNIT_MOVED) == 0 && told(&place, place.holder.person, NOTICE_UNIT_MOVED) == 1);
}

static void withdraws(Place *place, Id log, Id unit)
{
    Values asked = {.kind = kind_of(KIND_WITHDRAWAL)};
    LogView view = {0};
    char giver[ID_TEXT + 1], service[ID_TEXT + 1];
    Str on = STR_NONE;

    EXPECT_OK(opens(place, &place->holder, log, &view));
    for (uint32_t i = 0; i < view.people_count; i++)
        if (view.people[i].role == ROLE_GUARDIAN)
            id_to_text(view.people[i].participant, giver);
    id_to_text(unit, service);
    EXPECT_OK(log_day_text(today(place), place->town.arena, &on));
    log_set(&asked, "giver", str_from_c(giver));
    log_set(&asked, "on", on);
    log_set(&asked, "method", STR("3"));
    log_set(&asked, "of", STR("2"));
    log_set(&asked, "unit", str_from_c(service));
    act_of(place, &place->holder, log, "withdrawal_record", &asked);
}

TEST(a_unit_that_the_family_has_taken_back_does_not_come_back_for_another_that_closes)
{
    PLACE(place);
    Id third = town_unit(&place.town, STR("Solsikke barnehage"));
    const Id both[] = {place.town.other_unit, third};
    Id log = log_naming(&place, both, 2), participant;
    Actor nurse = town_staff(&place.town, STR("Helse Soster"), ROLE_ACTOR, place.town.other_unit);
    LogView view = {0};

    place.holder.request = town_id(&place.town);
    EXPECT_OK(log_actor_add(&place.town.service, &place.holder, log, nurse.role_row, &participant));
    withdraws(&place, log, third);
    EXPECT_OK(closes(&place, &place.admin, place.town.other_unit, third));
    Actor there = acting_in(&place, &nurse, third);
    EXPECT_ERR(opens(&place, &there, log, &view), E_NOT_FOUND);
    place.holder.now = place.town.now + 60000;
    EXPECT_OK(opens(&place, &place.holder, log, &view));
    for (uint32_t i = 0; i < view.consented_count; i++)
        EXPECT(!id_equal(view.consented_units[i], third));
    for (uint32_t i = 0; i < view.people_count; i++)
        EXPECT(view.people[i].role != ROLE_ACTOR || view.people[i].former);
    EXPECT(is_empty(&place, place.town.other_unit));
}

TEST(a_log_whose_family_has_taken_back_the_unit_that_takes_over_keeps_its_holder_and_lets_nobody_else_in)
{
    PLACE(place);
    Id log = log_naming(&place, &place.town.other_unit, 1);
    Actor nurse = town_staff(&place.town, STR("Helse Soster"), ROLE_ACTOR, place.town.other_unit);
    LogView view = {0};
    Id participant;

    withdraws(&place, log, place.town.other_unit);
    EXPECT_OK(closes(&place, &place.admin, place.town.unit, place.town.other_unit));
    Actor holder = acting_in(&place, &place.holder, place.town.other_unit);
    EXPECT_OK(opens(&place, &holder, log, &view));
    holder.request = town_id(&place.town);
    EXPECT(!is_ok(log_actor_add(&place.town.service, &holder, log, nurse.role_row, &participant)));
}

TEST(a_unit_is_closed_once_by_an_administrator_and_never_into_itself_or_into_one_that_is_closed)
{
    PLACE(place);
    Id third = town_unit(&place.town, STR("Solsikke barnehage"));
    Units units = {0};

    EXPECT_ERR(closes(&place, &place.manager, place.town.unit, place.town.other_unit), E_FORBIDDEN);
    EXPECT_ERR(closes(&place, &place.holder, place.town.unit, place.town.other_unit), E_FORBIDDEN);
    EXPECT_ERR(closes(&place, &place.admin, place.town.unit, place.town.unit), E_INVALID);
    EXPECT_ERR(closes(&place, &place.admin, place.town.unit, town_id(&place.town)), E_INVALID);
    EXPECT_OK(closes(&place, &place.admin, place.town.unit, place.town.other_unit));
    place.admin.request = town_id(&place.town);
    EXPECT_OK(people_units(&place.town.service, &place.admin, place.town.arena, &units));
    EXPECT(units.count == 3 && !units.items[0].closed && !units.items[1].closed && units.items[2].closed);
    EXPECT_STR(units.items[2].name, "Solsikke skole");
    EXPECT_ERR(closes(&place, &place.admin, place.town.unit, third), E_STALE);
    EXPECT_ERR(closes(&place, &place.admin, third, place.town.unit), E_INVALID);
}

TEST(a_log_that_is_held_stays_where_it_is_and_follows_over_units_that_were_closed_meanwhile)
{
    PLACE(place);
    Id third = town_unit(&place.town, STR("Solsikke barnehage"));
    Id log = log_naming(&place, NULL, 0);
    LogRow row = row_of(&place, log);

    EXPECT_OK(log_hold(&place.holder, log));
    EXPECT_OK(closes(&place, &place.admin, place.town.unit, place.town.other_unit));
    EXPECT(id_equal(row_of(&place, log).unit, place.town.unit) && !is_empty(&place, place.town.unit));
    EXPECT_OK(closes(&place, &place.admin, place.town.other_unit, third));
    run(&place, JOB_UNITS);
    EXPECT(row.flags != row_of(&place, log).flags && id_equal(row_of(&place, log).unit, place.town.unit));
}

TEST(logs_that_follow_a_closed_unit_take_nothing_from_what_the_night_may_open)
{
    AUTO(place_end) Place place = {.town.agent.options = {.ceilings = {{.name = STR("job-municipality-day"), .ceiling = 1}},
                                                          .ceiling_count = 1}};
    Id logs[3];

    place_begin(&place);
    for (size_t i = 0; i < COUNT_OF(logs); i++)
        logs[i] = log_naming(&place, NULL, 0);
    EXPECT_OK(closes(&place, &place.admin, place.town.unit, place.town.other_unit));
    for (size_t i = 0; i < COUNT_OF(logs); i++)
        EXPECT(id_equal(row_of(&place, logs[i]).unit, place.town.other_unit));
    EXPECT(is_empty(&place, place.town.unit));
}

TEST(an_administrator_waits_for_a_first_page_of_logs_and_the_job_of_the_hour_takes_the_rest)
{
    PLACE(place);

    for (int i = 0; i < 101; i++)
        (void)log_naming(&place, NULL, 0);
    EXPECT_OK(closes(&place, &place.admin, place.town.unit, place.town.other_unit));
    EXPECT(!is_empty(&place, place.town.unit));
    EXPECT(left_in(&place, place.town.unit) == 1);
    run(&place, JOB_UNITS);
    EXPECT(is_empty(&place, place.town.unit) && left_in(&place, place.town.unit) == 0);
}

TEST(a_closed_unit_takes_no_log_and_nobody_new)
{
    PLACE(place);
    CreatedLog created = {0};
    TownLog made;

    EXPECT_OK(closes(&place, &place.admin, place.town.unit, place.town.other_unit));
    town_log(&place.town, &made);
    place.holder.request = town_id(&place.town);
    EXPECT(!is_ok(log_create(&place.town.service, &place.holder, &made.log, place.town.arena, &created)));
}

/* ---- a role that carries batons ends ---- */

static Err ends(Place *place, Actor *actor, Id role_row, bool takes)
{
    RoleEnd end = {.role_row = role_row, .takes = takes};

    actor->request = town_id(&place->town);
    return people_role_end(&place->town.service, actor, &end);
}

static Err appoints(Place *place, Actor *actor, Id log, const Actor *to)
{
    actor->request = town_id(&place->town);
    return holder_appoint(&place->town.service, actor, log, to->role_row);
}

TEST(a_role_that_carries_a_baton_ends_only_for_a_manager_who_stands_in)
{
    PLACE(place);
    Id log = log_naming(&place, NULL, 0);
    LogView view = {0};

    EXPECT_ERR(ends(&place, &place.manager, place.holder.role_row, false), E_INVALID);
    EXPECT_OK(opens(&place, &place.holder, log, &view));
    EXPECT_ERR(opens(&place, &place.manager, log, &view), E_REASON);
    EXPECT_OK(ends(&place, &place.manager, place.holder.role_row, true));
    EXPECT_OK(opens(&place, &place.manager, log, &view));
    EXPECT(view.ask.relation == RELATION_STANDING_IN && log_may(&view, ACT_NOTE_WRITE) && view.stand_in_count == 1);
    EXPECT_STR(view.stand_ins[0], "Enhet Leder");
    EXPECT(id_equal(view.stand_in_ids[0], place.manager.person));
    for (uint32_t i = 0; i < view.people_count; i++)
        EXPECT(view.people[i].role != ROLE_RELAY_HOLDER || view.people[i].former);
}

TEST(a_passive_log_is_no_baton_and_follows_the_unit)
{
    PLACE(place);
    Id log = log_naming(&place, NULL, 0);

    close_log(&place, log);
    EXPECT_OK(ends(&place, &place.manager, place.holder.role_row, false));
}

TEST(a_role_that_ends_by_its_date_leaves_the_manager_standing_in_from_that_moment)
{
    PLACE(place);
    Id log = log_naming(&place, NULL, 0);
    Actor other = town_staff(&place.town, STR("Annen Leder"), ROLE_ORG_MANAGER, place.town.other_unit);
    LogView view = {0};

    EXPECT_OK(ends(&place, &place.manager, place.holder.role_row, true));
    place.holder.now = place.town.now;
    EXPECT_OK(opens(&place, &place.manager, log, &view));
    EXPECT(view.unheld_since == place.manager.now);
    EXPECT_ERR(opens(&place, &other, log, &view), E_NOT_FOUND);
}

TEST(a_holder_is_appointed_by_the_manager_who_stands_in_once_and_by_nobody_while_there_is_one)
{
    PLACE(place);
    Id log = log_naming(&place, NULL, 0);
    Actor next = town_staff(&place.town, STR("Neste Holder"), ROLE_RELAY_HOLDER, place.town.unit);
    Actor outside = town_staff(&place.town, STR("Utenfor"), ROLE_RELAY_HOLDER, place.town.other_unit);
    Id guardian = guardian_of(&place, log);
    LogView view = {0};

    EXPECT_ERR(appoints(&place, &place.manager, log, &next), E_INVALID);
    EXPECT_OK(ends(&place, &place.manager, place.holder.role_row, true));
    EXPECT_ERR(appoints(&place, &place.admin, log, &next), E_INVALID);
    EXPECT_ERR(appoints(&place, &next, log, &next), E_NOT_FOUND);
    EXPECT_ERR(appoints(&place, &place.manager, log, &outside), E_INVALID);
    EXPECT_ERR(appoints(&place, &place.manager, log, &place.holder), E_INVALID);
    EXPECT_OK(appoints(&place, &place.manager, log, &next));
    EXPECT_ERR(appoints(&place, &place.manager, log, &next), E_INVALID);
    EXPECT_OK(opens(&place, &next, log, &view));
    EXPECT(view.unheld_since == 0);
    EXPECT_ERR(opens(&place, &place.manager, log, &view), E_REASON);
    EXPECT(told(&place, next.person, NOTICE_BATON_PASSED) == 1 && told(&place, guardian, NOTICE_BATON_PASSED) == 1);
}

TEST(an_offer_that_waited_is_over_when_a_holder_is_appointed_and_still_taken_while_the_manager_stands_in)
{
    PLACE(place);
    Id taken = log_naming(&place, NULL, 0), late = log_naming(&place, NULL, 0);
    Actor next = town_staff(&place.town, STR("Neste Holder"), ROLE_RELAY_HOLDER, place.town.unit);
    Actor third = town_staff(&place.town, STR("Tredje Holder"), ROLE_RELAY_HOLDER, place.town.unit);
    LogView view = {0};

    place.holder.request = town_id(&place.town);
    EXPECT_OK(baton_offer(&place.town.service, &place.holder, taken, next.role_row));
    place.holder.request = town_id(&place.town);
    EXPECT_OK(baton_offer(&place.town.service, &place.holder, late, next.role_row));
    EXPECT_OK(ends(&place, &place.manager, place.holder.role_row, true));
    act_of(&place, &next, taken, "baton_accept", NULL);
    EXPECT_OK(opens(&place, &next, taken, &view));
    EXPECT_OK(appoints(&place, &place.manager, late, &third));
    EXPECT_ERR(opens(&place, &next, late, &view), E_NOT_FOUND);
    EXPECT_OK(opens(&place, &third, late, &view));
    EXPECT(id_is_none(view.offer.participant));
}

TEST(where_a_unit_has_no_manager_an_administrator_is_told_and_appoints)
{
    PLACE(place);
    Id log = log_naming(&place, NULL, 0);
    Actor next = town_staff(&place.town, STR("Neste Holder"), ROLE_RELAY_HOLDER, place.town.unit);
    LogView view = {0};

    EXPECT_OK(ends(&place, &place.manager, place.holder.role_row, true));
    EXPECT_OK(ends(&place, &place.admin, place.manager.role_row, false));
    run(&place, JOB_STAFF);
    run(&place, JOB_STAFF);
    EXPECT(told(&place, place.admin.person, NOTICE_UNIT_UNMANAGED) == 1 && told(&place, place.admin.person, NOTICE_HOLDER_MISSING) == 1);
    EXPECT_OK(appoints(&place, &place.admin, log, &next));
    EXPECT_OK(opens(&place, &next, log, &view));
}

TEST(a_role_that_was_taken_away_behind_our_back_gives_no_manager_a_log)
{
    PLACE(place);
    Id log = log_naming(&place, NULL, 0);
    Id elsewhere = town_unit(&place.town, STR("Solsikke barnehage"));
    RoleRow former = {.id = town_id(&place.town), .person = place.holder.person, .role = ROLE_RELAY_HOLDER, .unit = elsewhere,
                      .from_at = place.town.now - 9 * DAY_MS, .to_at = place.town.now - DAY_MS, .appointed_by = place.manager.person};
    char path[160], id[ID_TEXT + 1];
    LogView view = {0};
    sqlite3 *db = NULL;

    town_put(&place.town, put_role, &former);
    id_to_text(place.town.tenant, id);
    snprintf(path, sizeof path, "%s/municipality/%s.db", place.town.folder, id);
    EXPECT(sqlite3_open(path, &db) == SQLITE_OK);
    EXPECT(sqlite3_exec(db, "DELETE FROM role WHERE role=3 AND to_at=0", NULL, NULL, NULL) == SQLITE_OK && sqlite3_changes(db) == 1);
    sqlite3_close(db);
    EXPECT_ERR(opens(&place, &place.manager, log, &view), E_REASON);
    EXPECT(view.ask.relation != RELATION_STANDING_IN);
}

/* ---- the list of staff ---- */

TEST(an_administrator_confirms_the_list_of_staff_every_six_months_and_nobody_else_does)
{
    PLACE(place);
    const Day first = today(&place);

    EXPECT_ERR(staff_confirm(&place.manager), E_FORBIDDEN);
    run(&place, JOB_STAFF);
    EXPECT(told(&place, place.admin.person, NOTICE_STAFF_LIST) == 0);
    place.admin.request = town_id(&place.town);
    EXPECT_OK(staff_confirm(&place.admin));
    go_to(&place, day_add_months(first, 6), -1);
    run(&place, JOB_STAFF);
    EXPECT(told(&place, place.admin.person, NOTICE_STAFF_LIST) == 0);
    go_to(&place, day_add_months(first, 6), 0);
    run(&place, JOB_STAFF);
    run(&place, JOB_STAFF);
    EXPECT(told(&place, place.admin.person, NOTICE_STAFF_LIST) == 1);
}

RUN_TESTS("units_follow")
