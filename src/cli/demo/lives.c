/* The lives as a table: when each log was made, and what was done to it since. Day by day in their order, as people would have.
 * Must not hold anybody who exists.
 * Called by demo.c. */
#include "cli/demo/lives.h"

#include <stdio.h>

#include "cli/demo/logs.h"
#include "cli/demo/town.h"
#include "domain/fields.h"
#include "service/acts/baton/offer.h"
#include "service/acts/child.h"
#include "service/acts/procedure.h"
#include "service/jobs/jobs.h"

#define DEEDS_MAX 6
#define NOBODY ' '

typedef struct DemoDeed {
    unsigned before;    /* days before the demo is shown */
    char who;           /* letter, as in logs.h */
    const char *act;    /* its code; or the code of a job, which nobody asks for */
    const char *fields; /* of its form; NULL: it asks for a yes alone */
} DemoDeed;

typedef struct DemoLife {
    unsigned before;
    DemoLog log;
    DemoDeed deeds[DEEDS_MAX]; /* in the order of their days */
} DemoLife;

#define HELD(days) "given_on=@-4|method=3|witness=Bred Ås|valid_from=@-4|valid_to=@+" #days "|text_version=1"
#define ENTRIES(table) .entries = (table), .count = COUNT_OF(table)

/* What each of them begins with. */
static const DemoEntry first_steps[] = {
    {'h', KIND_LEVEL, NULL, "level=1|reason=Vi begynner med det skolen selv kan gjøre.|date=@-3"},
    {'h', KIND_ATTENTION, "først",
     "category=20|severity=1|date=@-3|description=Vil gjerne være med, men vet ikke alltid hvordan.|discussed_guardians=1|"
     "discussed_guardians_on=@-3"},
    {'h', KIND_GOAL, "mål", "text=Har en fast gruppe å være sammen med.|attention=#først|target_date=@+120"},
    {'h', KIND_NOTE, NULL, "note_kind=2|text=Hjalp to yngre elever på turen."},
};

static const DemoLife lives[] = {
    {.before = 95,
     .log = {.key = "quiet", .holder = DEMO_ELV, .consent = HELD(300), .units = "h", .actors = "v",
             .child = "name=Rolig Tjern|birth_date=2015-06-11|living=1",
             .guardians = {"name=Blid Tjern|relationship=1|responsibility=1"}, ENTRIES(first_steps)}},
    {.before = 95,
     .log = {.key = "passive", .holder = DEMO_ELV, .consent = HELD(300), .units = "h", .actors = "v",
             .child = "name=Ferdig Lyng|birth_date=2014-09-02|living=1",
             .guardians = {"name=Myk Lyng|relationship=1|responsibility=1"}, ENTRIES(first_steps)},
     .deeds = {{40, 'h', "log_close", "reason=1"}}},
    {.before = 60,
     .log = {.key = "ending", .holder = DEMO_ELV, .consent = HELD(67), .units = "h", .actors = "v",
             .child = "name=Snart Brekke|birth_date=2016-03-21|living=1",
             .guardians = {"name=Stø Brekke|relationship=2|responsibility=1"}, ENTRIES(first_steps)}},
    {.before = 60,
     .log = {.key = "offered", .holder = DEMO_ELV, .consent = HELD(300), .units = "h", .actors = "v",
             .child = "name=Rask Stafett|birth_date=2015-10-30|living=1",
             .guardians = {"name=Lun Stafett|relationship=1|responsibility=1"}, ENTRIES(first_steps)},
     .deeds = {{10, 'h', "baton_offer", NULL}}},
    {.before = 60,
     .log = {.key = "claimed", .holder = DEMO_ELV, .consent = HELD(300), .units = "h", .actors = "v",
             .child = "name=Var Foss|birth_date=2013-12-05|living=1",
             .guardians = {"name=Bestemt Foss|relationship=1|responsibility=1"}, ENTRIES(first_steps)},
     .deeds = {{24, 'g', "claim_file", "reason=Vi ønsker ikke lenger at dette står skrevet."}}},
    /* Is 16 on the day of the last deed, or a day or two before it. */
    {.before = 60,
     .log = {.key = "sixteen", .holder = DEMO_ELV, .consent = HELD(300), .units = "h", .actors = "v",
             .child = "name=Selvstendig Vik|birth_date=@-5805|living=1",
             .guardians = {"name=Trofast Vik|relationship=2|responsibility=1"}, ENTRIES(first_steps)},
     .deeds = {{30, 'h', "child_let_in", NULL}, {20, 'b', "consent_give", "valid_to=@+200|units=%hs"}}},
    /* To the school, as children go: the family is asked. */
    {.before = 60,
     .log = {.key = "moving", .holder = DEMO_HAVN, .consent = HELD(300), .units = "f", .actors = "k",
             .child = "name=Spent Bekk|birth_date=2020-02-17|living=1",
             .guardians = {"name=Våken Bekk|relationship=1|responsibility=1"}, ENTRIES(first_steps)},
     .deeds = {{2, 'h', "transfer_propose", "unit=%s|on=@+14"}}},
    {.before = 60,
     .log = {.key = "ordered", .holder = DEMO_ELV, .consent = HELD(300), .units = "h", .actors = "v",
             .child = "name=Trygg Hei|birth_date=2014-05-27|living=1",
             .guardians = {"name=Lett Hei|relationship=1|responsibility=1"}, ENTRIES(first_steps)},
     .deeds = {{30, 'h', "log_close", "reason=1"},
               {2, 'a', "archive_decide", "archive=2|ground=1"},
               {2, 'a', "deletion_order", "reason=Hjelpen er avsluttet, og familien er enig."}}},
    {.before = 60,
     .log = {.key = "deleted", .holder = DEMO_ELV, .consent = HELD(300), .units = "h", .actors = "v",
             .child = "name=Glemt Vidde|birth_date=2013-08-08|living=1",
             .guardians = {"name=Rolig Vidde|relationship=1|responsibility=1"}, ENTRIES(first_steps)},
     .deeds = {{30, 'h', "log_close", "reason=1"},
               {5, 'a', "archive_report_make", "language=1"},
               {5, 'a', "archive_decide", "archive=1"},
               {5, 'a', "deletion_order", "reason=Hjelpen er avsluttet."},
               {4, 'd', "deletion_approve", NULL},
               {4, NOBODY, "deletion", NULL}}},
};

/* ---- one deed ---- */

static Err offer_baton(DemoMaking *making, const Actor *holder)
{
    Demo *demo = making->demo;
    Id row;

    TRY(demo_role_row(demo, DEMO_SNOW, ROLE_RELAY_HOLDER, DEMO_SCHOOL, &row));
    return baton_offer(demo->service, holder, making->log, row);
}

static Err let_child_in(DemoMaking *making, const Actor *holder)
{
    GuardianCode code;

    TRY(log_child_let_in(making->demo->service, holder, making->log, making->demo->scratch, &code));
    return demo_know_participants(making);
}

/* As serve does it in the same minute. */
static Err run_job(const Demo *demo, JobId id)
{
    enum JobEnd end = JOB_NOT_DUE;
    JobCounts counts = {0};

    TRY(job_run(demo->service, &(JobOrder){.job = id, .tenant = demo->tenant, .at_once = true}, &end, &counts));
    return end == JOB_DONE ? ok() : fail(E_INTERNAL);
}

static Err carry_out(DemoMaking *making, const DemoDeed *row, const Actor *actor)
{
    Actor own = *actor;
    Values asked;
    Why why = WHY_UNDECIDED;
    ProcedureAsked shown = {0};
    const LogReader reader = {making->demo->service, actor, making->demo->scratch};
    Deed deed = {.service = making->demo->service, .actor = &own, .log = making->log, .asked = &asked,
                 .scratch = making->demo->scratch};

    TRY(procedure_from_str(str_from_c(row->act), &deed.procedure));
    if (row->fields)
        TRY(demo_read_fields(making, deed.procedure->asks, row->fields, &asked));
    else
        deed.asked = NULL;
    TRY(procedure_ask(&reader, &(ProcedureWish){.procedure = deed.procedure, .log = making->log}, &shown));
    deed.about = shown.about;
    return procedure_carry_out(&deed, &why);
}

static Err do_deed(DemoMaking *making, const DemoDeed *row)
{
    enum DemoPerson person;
    enum DemoUnit unit;
    Role role;
    const Actor *actor = NULL;
    Str act = str_from_c(row->act);

    making->today = making->demo->today;
    if (row->who == NOBODY) {
        JobId job = JOB_NONE;
        TRY(job_by_code(act, &job));
        return run_job(making->demo, job);
    }
    TRY(demo_who(making, row->who, &person, &role, &unit));
    TRY(demo_act(making->demo, person, role, unit, &actor));
    if (str_equal(act, STR("baton_offer")))
        return offer_baton(making, actor);
    if (str_equal(act, STR("child_let_in")))
        return let_child_in(making, actor);
    return carry_out(making, row, actor);
}

/* The family of one log at a time. */
static void bring_family(DemoMaking *making)
{
    for (int person = DEMO_GUARDIAN_1; person < DEMO_PEOPLE; person++)
        making->demo->people[person] = (DemoActing){.person = making->family[person]};
}

static Err leave_family(DemoMaking *making)
{
    for (int person = DEMO_GUARDIAN_1; person < DEMO_PEOPLE; person++) {
        making->family[person] = making->demo->people[person].person;
        TRY(demo_leave(making->demo, (enum DemoPerson)person));
    }
    return ok();
}

/* What one log sees on this day. */
static Err live(DemoMaking *making, const DemoLife *life)
{
    Demo *demo = making->demo;

    bring_family(making);
    if (life->before == demo->days_left)
        TRY(demo_make_log(making));
    for (size_t i = 0; i < DEEDS_MAX && life->deeds[i].act; i++)
        if (life->deeds[i].before == demo->days_left)
            TRY(do_deed(making, &life->deeds[i]));
    return leave_family(making);
}

/* ---- day by day ---- */

static Err live_all(Demo *demo, DemoMaking made[static COUNT_OF(lives)])
{
    for (size_t i = 0; i < COUNT_OF(lives); i++) {
        size_t mark = arena_mark(demo->scratch);
        Err lived = live(&made[i], &lives[i]);
        if (!is_ok(lived)) {
            fprintf(stderr, "The log %s stopped %u days before (%s:%u).\n", lives[i].log.key, demo->days_left, lived.file,
                    lived.line);
            return lived;
        }
        arena_rewind(demo->scratch, mark);
    }
    return ok();
}

/* The next day before on which something happens. */
static unsigned next_stop(unsigned days_left)
{
    unsigned next = 0;

    for (size_t i = 0; i < COUNT_OF(lives); i++) {
        if (lives[i].before < days_left && lives[i].before > next)
            next = lives[i].before;
        for (size_t k = 0; k < DEEDS_MAX && lives[i].deeds[k].act; k++)
            if (lives[i].deeds[k].before < days_left && lives[i].deeds[k].before > next)
                next = lives[i].deeds[k].before;
    }
    return next;
}

/* Days as people count them: one on which the clocks change is an hour longer or shorter. */
static int64_t days_ms(Day from, unsigned days)
{
    return oslo_time(from + (Day)days, 0) - oslo_time(from, 0);
}

/* Nobody's session lasts so long. */
static Err go_on(Demo *demo, unsigned to)
{
    int64_t now = 0;

    for (int person = 0; person < DEMO_STAFF_COUNT; person++)
        TRY(demo_leave(demo, (enum DemoPerson)person));
    TRY(installation_advance(demo->installation, days_ms(demo->today, demo->days_left - to)));
    TRY(world_now(demo->service->world, &now));
    demo->today = oslo_day(now);
    demo->days_left = to;
    return ok();
}

Err demo_make_lives(Demo *demo)
{
    DemoMaking made[COUNT_OF(lives)] = {0};

    for (size_t i = 0; i < COUNT_OF(lives); i++)
        made[i] = (DemoMaking){.demo = demo, .text = &lives[i].log};
    for (;;) {
        TRY(live_all(demo, made));
        if (demo->days_left == 0)
            return ok();
        TRY(go_on(demo, next_stop(demo->days_left)));
    }
}
