/* Archive reports of long logs: ordered in a request, made by the job in the session of whoever ordered them, or said why not.
 * Must not leave a process behind.
 * Called by meson test. Rule: deletion 5. */
#include "lives.h"

#include "service/jobs/reports.h"
#include "service/report/ordered.h"
#include "service/report/taken.h"
#include "service/session/memory.h"
#include "store/report/orders.h"

/* A manager who is signed in, and a log that its holder has closed. */
typedef struct Desk {
    Place place;
    ReportMaker maker;
    SessionRow session;
    Id log;
    uint32_t called;
} Desk;

static void called(void *self)
{
    ((Desk *)self)->called++;
}

static Err put_session(Tx *tx, void *row)
{
    return store_session_insert(tx, row);
}

static Err end_session(Tx *tx, void *row)
{
    return store_session_take(tx, &((const SessionRow *)row)->token_hash);
}

static void sign_in(Desk *desk)
{
    static const uint8_t secret[HASH_BYTES] = {7};
    const Actor *manager = &desk->place.manager;

    desk->session = (SessionRow){.person = manager->person, .role_row = manager->role_row, .role = (uint8_t)manager->role,
                                 .unit = manager->unit, .grant = manager->grant, .created_at = desk->place.town.now,
                                 .touched_at = desk->place.town.now, .ends_at = desk->place.town.now + 3600000,
                                 .form_secret = str_from_bytes(secret, sizeof secret), .proved_at = desk->place.town.now};
    EXPECT_OK(world_random(desk->place.town.service.world, desk->session.token_hash.bytes, HASH_BYTES));
    desk->place.manager.session = desk->session.token_hash;
    town_put(&desk->place.town, put_session, &desk->session);
}

static void desk_begin(Desk *desk, uint32_t entries)
{
    Values closing = {.kind = kind_of(KIND_CLOSING)};
    Why why = WHY_UNDECIDED;
    Deed deed;

    place_begin(&desk->place);
    EXPECT_OK(sessions_new(desk->place.town.agent.crypto, &desk->place.town.service.sessions));
    desk->maker = (ReportMaker){.entries = entries, .ordered = called, .self = desk};
    desk->place.town.service.reports = &desk->maker;
    desk->log = any_log(&desk->place, 300);
    values_put(&closing, CLOSING_REASON, STR("1"));
    desk->place.holder.request = town_id(&desk->place.town);
    deed = (Deed){.service = &desk->place.town.service, .actor = &desk->place.holder, .log = desk->log, .asked = &closing};
    EXPECT_OK(procedure_from_str(STR("log_close"), &deed.procedure));
    EXPECT_OK(procedure_carry_out(&deed, &why));
    sign_in(desk);
}

static void desk_end(Desk *desk)
{
    sessions_free(desk->place.town.service.sessions);
    place_end(&desk->place);
}

#define DESK(name, entries)         \
    AUTO(desk_end) Desk name = {0}; \
    desk_begin(&name, (entries))

static Err make(Desk *desk, bool *ret_ordered)
{
    Values wish = {.kind = kind_of(KIND_REPORT_WISH)};
    Why why = WHY_UNDECIDED;
    Deed deed = {.service = &desk->place.town.service, .actor = &desk->place.manager, .log = desk->log, .asked = &wish};

    values_put(&wish, REPORT_WISH_LANGUAGE, STR("2"));
    desk->place.manager.request = town_id(&desk->place.town);
    EXPECT_OK(procedure_from_str(STR("archive_report_make"), &deed.procedure));
    Err made = procedure_carry_out(&deed, &why);
    *ret_ordered = deed.ordered;
    return made;
}

static void order(Desk *desk)
{
    bool ordered = false;

    EXPECT_OK(make(desk, &ordered));
    EXPECT(ordered);
}

static ReportOrdered stands(Desk *desk)
{
    ReportOrdered ordered = {0};

    EXPECT_OK(report_ordered(&(LogReader){&desk->place.town.service, &desk->place.manager, desk->place.town.arena}, desk->log, &ordered));
    return ordered;
}

static JobCounts run_with(Desk *desk, const JobHearer *hearer, enum err_id wanted)
{
    const JobOrder order = {.job = JOB_REPORTS, .tenant = desk->place.town.tenant, .at_once = true, .hearer = hearer};
    enum JobEnd end = JOB_NOT_DUE;
    JobCounts counts = {0};

    Err ran = job_run(&desk->place.town.service, &order, &end, &counts);
    EXPECT(ran.id == wanted);
    return counts;
}

static JobCounts run(Desk *desk)
{
    return run_with(desk, NULL, E_OK);
}

static bool waits(Desk *desk)
{
    bool any = false;

    EXPECT_OK(report_orders_wait(desk->place.town.store, &any));
    return any;
}

static ReportTold made_of(Desk *desk)
{
    Actor manager = desk->place.manager;
    ReportTold answer = {0};

    manager.looks_into = desk->log;
    manager.reason = OPENING_ARCHIVE_DECISION;
    EXPECT_OK(report_told(&(LogReader){&desk->place.town.service, &manager, desk->place.town.arena}, desk->log, &answer));
    return answer;
}

TEST(of_a_short_log_it_is_made_at_once_and_nobody_is_called)
{
    DESK(desk, 1000);
    bool ordered = true;

    EXPECT_OK(make(&desk, &ordered));
    EXPECT(!ordered && desk.called == 0 && !waits(&desk));
    EXPECT(stands(&desk).made_at != 0 && id_is_none(stands(&desk).order.id));
}

TEST(of_a_long_log_it_is_ordered_and_made_by_the_job_in_the_session_of_whoever_ordered_it)
{
    DESK(desk, 0);
    int64_t due = 0;

    EXPECT(!waits(&desk) && run(&desk).looked == 0);
    order(&desk);
    EXPECT(desk.called == 1 && waits(&desk) && stands(&desk).made_at == 0 && stands(&desk).order.phase == 0);
    EXPECT(told_of(&desk.place, desk.place.manager.person, NOTICE_REPORT_DONE, &due) == 0);
    EXPECT(run(&desk).changed == 1);
    const ReportTold made = made_of(&desk);
    EXPECT(made.is_new && id_equal(made.row.made_by, desk.place.manager.person) && id_is_none(made.order.id));
    EXPECT(!waits(&desk) && id_is_none(stands(&desk).order.id) && stands(&desk).made_at != 0);
    EXPECT(told_of(&desk.place, desk.place.manager.person, NOTICE_REPORT_DONE, &due) == 1);
    EXPECT(run(&desk).looked == 0);
}

TEST(one_that_is_ordered_is_not_ordered_again_before_it_is_made)
{
    DESK(desk, 0);
    bool ordered = false;

    order(&desk);
    EXPECT_ERR(make(&desk, &ordered), E_INVALID);
    EXPECT(!ordered && desk.called == 1);
    EXPECT(run(&desk).changed == 1);
    order(&desk);
    EXPECT(run(&desk).changed == 1);
}

TEST(how_far_it_is_is_told_to_whoever_may_make_one_and_to_nobody_else)
{
    DESK(desk, 0);
    ReportOrdered ordered = {0};

    order(&desk);
    const LogReader holder = {&desk.place.town.service, &desk.place.holder, desk.place.town.arena};
    EXPECT(!is_ok(report_ordered(&holder, desk.log, &ordered)));
    Actor elsewhere = town_staff(&desk.place.town, STR("Annen Leder"), ROLE_ORG_MANAGER, desk.place.town.other_unit);
    const LogReader other = {&desk.place.town.service, &elsewhere, desk.place.town.arena};
    EXPECT_ERR(report_ordered(&other, desk.log, &ordered), E_NOT_FOUND);
}

TEST(whoever_has_signed_out_is_told_why_it_was_not_made_and_orders_it_again)
{
    DESK(desk, 0);
    int64_t due = 0;

    order(&desk);
    town_put(&desk.place.town, end_session, &desk.session);
    EXPECT(run(&desk).changed == 0);
    EXPECT(stands(&desk).order.failed == REPORT_FAILED_SESSION && stands(&desk).made_at == 0 && !waits(&desk));
    EXPECT(told_of(&desk.place, desk.place.manager.person, NOTICE_REPORT_DONE, &due) == 1);
    sign_in(&desk);
    order(&desk);
    EXPECT(run(&desk).changed == 1 && made_of(&desk).is_new);
}

/* ---- stopped and killed ---- */

typedef struct Stopping {
    Desk *desk;
    uint32_t steps, after;
    unsigned phase; /* the last that its row told */
} Stopping;

static Err stop(void *self, const JobCounts *counts)
{
    Stopping *stopping = self;

    (void)counts;
    stopping->phase = stands(stopping->desk).order.phase;
    return ++stopping->steps > stopping->after ? (Err){.id = E_STOPPED} : ok();
}

TEST(stopped_anywhere_in_the_middle_it_is_made_the_next_time)
{
    DESK(desk, 0);
    unsigned furthest = 0;

    order(&desk);
    for (uint32_t after = 0; after < 3; after++) { /* while it is read, written, sealed */
        Stopping stopping = {.desk = &desk, .after = after};
        const JobHearer hearer = {.self = &stopping, .tell = stop};
        run_with(&desk, &hearer, E_STOPPED);
        EXPECT(waits(&desk) && stands(&desk).made_at == 0);
        furthest = stopping.phase > furthest ? stopping.phase : furthest;
    }
    EXPECT(furthest >= REPORT_PHASE_READING);
    EXPECT(run(&desk).changed == 1 && made_of(&desk).is_new);
}

TEST(what_ends_the_service_each_time_is_given_up_and_said)
{
    DESK(desk, 0);
    Stopping stopping = {.desk = &desk};
    const JobHearer hearer = {.self = &stopping, .tell = stop};

    order(&desk);
    for (uint32_t i = 0; i < REPORT_TRIES; i++)
        run_with(&desk, &hearer, E_STOPPED);
    EXPECT(run(&desk).changed == 0);
    EXPECT(stands(&desk).order.failed == REPORT_FAILED_OTHER && !waits(&desk));
    order(&desk);
    EXPECT(run(&desk).changed == 1);
}

TEST(looked_at_only_nothing_is_made)
{
    DESK(desk, 0);
    const JobOrder dry = {.job = JOB_REPORTS, .tenant = desk.place.town.tenant, .at_once = true, .dry = true};
    enum JobEnd end = JOB_NOT_DUE;
    JobCounts counts = {0};

    order(&desk);
    EXPECT_OK(job_run(&desk.place.town.service, &dry, &end, &counts));
    EXPECT(counts.looked == 1 && counts.changed == 0 && waits(&desk) && stands(&desk).order.tries == 0);
}

RUN_TESTS("reports_job")
