/* An archive report as the service makes it and hands it out: whole, sealed, newest, and as new as the log.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "base/calendar.h"
#include "report/package.h"
#include "service/acts/procedure.h"
#include "service/reading/open.h"
#include "service/report/content.h"
#include "service/report/taken.h"
#include "store/content.h"
#include "store/report/reports.h"
#include "support/answers.h"

#define TOWN(name)                       \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

/* Whoever is there, and a log that its holder has closed. */
typedef struct Cast {
    Actor holder, manager, admin;
    Id log;
} Cast;

static Err carry_out(Town *town, Actor *actor, const char *act, Deed deed)
{
    Why why;

    deed.service = &town->service;
    deed.actor = actor;
    actor->request = town_id(town);
    EXPECT_OK(procedure_from_str(str_from_c(act), &deed.procedure));
    deed.about = answered_by(town, actor, deed.procedure, deed.log);
    return procedure_carry_out(&deed, &why);
}

static void close_log(Town *town, Cast *cast)
{
    Values closing = {.kind = kind_of(KIND_CLOSING)};

    values_put(&closing, CLOSING_REASON, STR("1"));
    EXPECT_OK(carry_out(town, &cast->holder, "log_close", (Deed){.log = cast->log, .asked = &closing}));
}

static Cast cast_of(Town *town)
{
    const Id nowhere = {0};
    Cast cast;

    cast.holder = town_staff(town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town->unit);
    cast.manager = town_staff(town, STR("Enhet Leder"), ROLE_ORG_MANAGER, town->unit);
    cast.admin = town_staff(town, STR("Kommune Admin"), ROLE_MUNICIPALITY_ADMIN, nowhere);
    cast.log = town_create(town, &cast.holder);
    return cast;
}

static Err make(Town *town, Actor *actor, Id log, const char *language)
{
    Values wish = {.kind = kind_of(KIND_REPORT_WISH)};

    values_put(&wish, REPORT_WISH_LANGUAGE, str_from_c(language));
    return carry_out(town, actor, "archive_report_make", (Deed){.log = log, .asked = &wish});
}

/* For a reason, and just signed in. */
static Err take(Town *town, Actor actor, Id log, Opening opening, Str *file)
{
    actor.looks_into = log;
    actor.reason = opening;
    return report_take(&(LogReader){&town->service, &actor, town->arena}, log, file);
}

static PackageRead taken(Town *town, const Actor *actor, Id log)
{
    Str file = STR_NONE, wrong = STR_NONE;
    PackageRead read = {0};

    EXPECT_OK(take(town, *actor, log, OPENING_ARCHIVE_DECISION, &file));
    EXPECT_OK(package_read(file, town->arena, &read, &wrong));
    return read;
}

static ReportTold told(Town *town, Actor actor, Id log)
{
    ReportTold answer = {0};

    actor.looks_into = log;
    actor.reason = OPENING_ARCHIVE_DECISION;
    EXPECT_OK(report_told(&(LogReader){&town->service, &actor, town->arena}, log, &answer));
    return answer;
}

TEST(nobody_makes_a_report_of_an_active_log_nor_does_its_holder_of_a_passive_one)
{
    TOWN(town);
    Cast cast = cast_of(&town);

    EXPECT(!is_ok(make(&town, &cast.manager, cast.log, "1")));
    EXPECT(!is_ok(make(&town, &cast.admin, cast.log, "1")));
    close_log(&town, &cast);
    EXPECT(!is_ok(make(&town, &cast.holder, cast.log, "1")));
}

TEST(a_report_is_handed_out_for_a_reason_to_manager_and_administrator_and_to_nobody_else)
{
    TOWN(town);
    Cast cast = cast_of(&town);
    Str file = STR_NONE;

    close_log(&town, &cast);
    EXPECT_OK(make(&town, &cast.manager, cast.log, "1"));
    EXPECT_ERR(take(&town, cast.manager, cast.log, OPENING_NONE, &file), E_REASON);
    EXPECT_ERR(take(&town, cast.admin, cast.log, OPENING_NONE, &file), E_REASON);
    EXPECT(!is_ok(take(&town, cast.holder, cast.log, OPENING_ARCHIVE_DECISION, &file)));
    Actor other = town_staff(&town, STR("Annen Leder"), ROLE_ORG_MANAGER, town.other_unit);
    EXPECT_ERR(take(&town, other, cast.log, OPENING_ARCHIVE_DECISION, &file), E_NOT_FOUND);
    EXPECT_OK(take(&town, cast.manager, cast.log, OPENING_ARCHIVE_DECISION, &file));
    EXPECT_OK(take(&town, cast.admin, cast.log, OPENING_ARCHIVE_DECISION, &file));
}

TEST(a_report_asks_for_a_code_when_the_last_one_is_old)
{
    TOWN(town);
    Cast cast = cast_of(&town);
    Str file = STR_NONE;

    close_log(&town, &cast);
    EXPECT_OK(make(&town, &cast.manager, cast.log, "1"));
    cast.manager.proved_at -= DAY_MS;
    EXPECT_ERR(take(&town, cast.manager, cast.log, OPENING_ARCHIVE_DECISION, &file), E_PROVE);
}

TEST(a_report_that_was_never_made_is_not_there)
{
    TOWN(town);
    Cast cast = cast_of(&town);
    Str file = STR_NONE;

    close_log(&town, &cast);
    EXPECT(id_is_none(told(&town, cast.manager, cast.log).row.id));
    EXPECT_ERR(take(&town, cast.manager, cast.log, OPENING_ARCHIVE_DECISION, &file), E_NOT_FOUND);
}

TEST(a_report_holds_the_child_every_entry_and_who_made_it)
{
    TOWN(town);
    Cast cast = cast_of(&town);

    close_log(&town, &cast);
    EXPECT_OK(make(&town, &cast.manager, cast.log, "2"));
    PackageRead read = taken(&town, &cast.admin, cast.log);
    const ReportEntry *child = report_child(&read.report);
    EXPECT(child && values_at(&child->values, CHILD_NAME).length > 0 && read.report.entries.count > 0);
    EXPECT_STR(read.report.made.name, "Enhet Leder");
    EXPECT_STR(read.report.made.language, "nn");
    EXPECT(read.report.log.state == STATE_PASSIVE && read.report.people.count >= 2 && read.report.consents.count >= 1);
    EXPECT(id_equal(read.report.municipality.id, town.tenant));
}

TEST(a_report_made_again_takes_the_place_of_the_former_with_its_bytes_and_its_key)
{
    TOWN(town);
    TEST_ARENA(keep);
    Cast cast = cast_of(&town);
    ScopeKeyRow scope;
    Tx *tx = NULL;
    Str sealed;

    close_log(&town, &cast);
    EXPECT_OK(make(&town, &cast.manager, cast.log, "1"));
    Id first = told(&town, cast.manager, cast.log).row.id;
    EXPECT_OK(make(&town, &cast.admin, cast.log, "1"));
    EXPECT(!id_equal(told(&town, cast.manager, cast.log).row.id, first));
    EXPECT_OK(store_read(town.store, &tx));
    EXPECT_ERR(store_report_part(tx, first, 0, keep, &sealed), E_NOT_FOUND);
    EXPECT_ERR(store_scope(tx, first, keep, &scope), E_NOT_FOUND);
    store_read_end(tx);
}

TEST(what_is_written_later_asks_for_a_new_report)
{
    TOWN(town);
    Cast cast = cast_of(&town);
    Values prolonging = {.kind = kind_of(KIND_PROLONGING)};

    close_log(&town, &cast);
    EXPECT_OK(make(&town, &cast.manager, cast.log, "1"));
    EXPECT(told(&town, cast.manager, cast.log).is_new);
    values_put(&prolonging, PROLONGING_REASON, STR("Saken ankes."));
    EXPECT_OK(carry_out(&town, &cast.admin, "passive_prolong", (Deed){.log = cast.log, .asked = &prolonging}));
    EXPECT(!told(&town, cast.manager, cast.log).is_new);
    EXPECT_OK(make(&town, &cast.manager, cast.log, "1"));
    EXPECT(told(&town, cast.admin, cast.log).is_new);
}

/* A legal hold that is set and lifted again. */
static void hold_and_lift(Town *town, Cast *cast)
{
    Values reason = {.kind = kind_of(KIND_LEGAL_HOLD)};
    Actor admin = cast->admin;

    admin.looks_into = cast->log;
    admin.reason = OPENING_COMPLAINT;
    values_put(&reason, LEGAL_HOLD_REASON, STR("En sak i retten."));
    EXPECT_OK(carry_out(town, &admin, "legal_hold_set", (Deed){.log = cast->log, .asked = &reason, .opening = OPENING_COMPLAINT}));
    reason = (Values){.kind = kind_of(KIND_LEGAL_HOLD_END)};
    values_put(&reason, LEGAL_HOLD_END_REASON, STR("Saken er over."));
    EXPECT_OK(carry_out(town, &admin, "legal_hold_lift", (Deed){.log = cast->log, .asked = &reason, .opening = OPENING_COMPLAINT}));
}

TEST(a_legal_hold_that_is_set_and_lifted_makes_no_report_old)
{
    TOWN(town);
    Cast cast = cast_of(&town);

    close_log(&town, &cast);
    EXPECT_OK(make(&town, &cast.manager, cast.log, "1"));
    hold_and_lift(&town, &cast);
    EXPECT(told(&town, cast.admin, cast.log).is_new);
}

/* Decided for the report, and ordered. */
static void order_by_report(Town *town, Cast *cast)
{
    Values decision = {.kind = kind_of(KIND_ARCHIVE_DECISION)}, order = {.kind = kind_of(KIND_DELETION_ORDER)};

    close_log(town, cast);
    EXPECT_OK(make(town, &cast->manager, cast->log, "1"));
    values_put(&decision, ARCHIVE_DECISION_ARCHIVE, STR("1"));
    EXPECT_OK(carry_out(town, &cast->admin, "archive_decide", (Deed){.log = cast->log, .asked = &decision}));
    EXPECT_OK(carry_out(town, &cast->admin, "deletion_order", (Deed){.log = cast->log, .asked = &order}));
}

static Err approve(Town *town, Cast *cast)
{
    return carry_out(town, &cast->manager, "deletion_approve", (Deed){.log = cast->log});
}

TEST(a_legal_hold_between_order_and_approval_asks_for_no_other_report_and_no_other_order)
{
    TOWN(town);
    Cast cast = cast_of(&town);

    order_by_report(&town, &cast);
    hold_and_lift(&town, &cast);
    EXPECT_OK(approve(&town, &cast));
}

/* Of the log as its holder reads it. */
static Actor guardian_of(Town *town, const Cast *cast)
{
    LogView view = {0};
    Why why;

    EXPECT_OK(log_open(&(LogReader){&town->service, &cast->holder, town->arena}, cast->log, OPENING_NONE, &why, &view));
    return town_actor(town, view.people[1].person, ROLE_GUARDIAN, (Id){0});
}

TEST(a_withdrawal_between_order_and_approval_is_taken_and_changes_nothing_of_the_order)
{
    TOWN(town);
    Cast cast = cast_of(&town);
    Actor guardian = guardian_of(&town, &cast);
    Values asked = {.kind = kind_of(KIND_WITHDRAWAL)};

    order_by_report(&town, &cast);
    values_put(&asked, WITHDRAWAL_OF, STR("1"));
    EXPECT_OK(carry_out(&town, &guardian, "consent_withdraw", (Deed){.log = cast.log, .asked = &asked}));
    EXPECT_OK(approve(&town, &cast));
}

RUN_TESTS("archive report of the service")
