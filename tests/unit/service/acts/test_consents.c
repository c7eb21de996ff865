/* What becomes of consents, with a real database and a real key agent and a clock that is moved.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "service/acts/child.h"
#include "service/acts/guardian.h"
#include "service/acts/guardian_end.h"
#include "service/acts/procedure.h"
#include "service/log/hold.h"
#include "service/reading/open.h"
#include "service/settings.h"
#include "store/inbox.h"
#include "support/answers.h"

#define NUMBER_OF_GUARDIAN STR("03818510046")

#define TOWN(name)                       \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

/* A log with one guardian, whose consent holds for a year. */
typedef struct Scene {
    Town *town;
    Actor holder, manager, guardian;
    Id log, participant;
} Scene;

static Err open_log(Scene *scene, const Actor *actor, Why *ret_why, LogView *ret_view)
{
    return log_open(&(LogReader){&scene->town->service, actor, scene->town->arena}, scene->log, OPENING_NONE, ret_why, ret_view);
}

static void set_scene(Town *town, Scene *scene)
{
    LogView view = {0};
    Why why;

    *scene = (Scene){.town = town};
    scene->holder = town_staff(town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town->unit);
    scene->manager = town_staff(town, STR("Leder Ledersen"), ROLE_ORG_MANAGER, town->unit);
    scene->log = town_create(town, &scene->holder);
    EXPECT_OK(open_log(scene, &scene->holder, &why, &view));
    scene->participant = view.people[1].participant;
    scene->guardian = town_actor(town, view.people[1].person, ROLE_GUARDIAN, (Id){0});
}

#define SCENE(name)  \
    TOWN(town);      \
    Scene name;      \
    set_scene(&town, &name)

static void give_grace(Town *town, int days)
{
    Actor admin = town_staff(town, STR("Kari Kommune"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    Settings seen = {0}, wanted;

    EXPECT_OK(settings_read(&town->service, &admin, &seen));
    wanted = seen;
    wanted.values[SETTING_CONSENT_GRACE] = days;
    EXPECT_OK(settings_change(&town->service, &admin, &seen, &wanted));
}

/* The grants live for eight hours of the agent's clock, which stands: only the requests are of another day. */
static void days_later(Scene *scene, int days)
{
    scene->holder.now = scene->manager.now = scene->guardian.now = scene->town->now + days * DAY_MS;
}

static Err carry_out(Scene *scene, Actor *actor, const char *act, const Values *asked)
{
    Deed deed = {.service = &scene->town->service, .actor = actor, .log = scene->log, .asked = asked};
    Why why;

    actor->request = town_id(scene->town);
    EXPECT_OK(procedure_from_str(str_from_c(act), &deed.procedure));
    deed.about = answered_by(scene->town, actor, deed.procedure, scene->log);
    return procedure_carry_out(&deed, &why);
}

static Err record(Scene *scene, Actor *actor, int given_on, int until, const char *witness)
{
    Values asked = {.kind = kind_of(KIND_RENEWAL)};
    Str giver;

    EXPECT_OK(log_id_text(scene->participant, scene->town->arena, &giver));
    values_put(&asked, RENEWAL_GIVER, giver);
    values_put(&asked, RENEWAL_GIVEN_ON, town_day(scene->town, given_on));
    values_put(&asked, RENEWAL_METHOD, STR("3"));
    values_put(&asked, RENEWAL_WITNESS, str_from_c(witness));
    values_put(&asked, RENEWAL_VALID_TO, town_day(scene->town, until));
    return carry_out(scene, actor, "consent_record", &asked);
}

static Err give(Scene *scene, int until)
{
    Values asked = {.kind = kind_of(KIND_RENEWAL)};

    values_put(&asked, RENEWAL_VALID_TO, town_day(scene->town, until));
    return carry_out(scene, &scene->guardian, "consent_give", &asked);
}

static Err withdraw(Scene *scene)
{
    Values asked = {.kind = kind_of(KIND_WITHDRAWAL)};

    values_put(&asked, WITHDRAWAL_OF, STR("1"));
    return carry_out(scene, &scene->guardian, "consent_withdraw", &asked);
}

static bool reads(Scene *scene, const Actor *actor)
{
    LogView view = {0};
    Why why = WHY_UNDECIDED;

    return is_ok(open_log(scene, actor, &why, &view)) && why == WHY_ALLOWED;
}

static LogRow row_of(Scene *scene)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    LogRow row = {0};

    EXPECT_OK(store_read(scene->town->store, &tx));
    EXPECT_OK(store_log_by_id(tx, scene->log, &row));
    return row;
}

TEST(in_the_grace_a_renewed_consent_opens_the_log_for_everybody_again)
{
    for (int turn = 0; turn < 2; turn++) {
        SCENE(scene);
        give_grace(&town, 14);
        days_later(&scene, 364);
        EXPECT(reads(&scene, &scene.holder) && reads(&scene, &scene.guardian));
        days_later(&scene, 370);
        EXPECT(!reads(&scene, &scene.holder) && !reads(&scene, &scene.guardian));
        EXPECT_OK(turn == 0 ? record(&scene, &scene.holder, 369, 700, "Vitne Vitnesen") : give(&scene, 700));
        EXPECT(reads(&scene, &scene.holder) && reads(&scene, &scene.guardian));
    }
}

TEST(when_the_grace_is_over_the_holder_renews_nothing_and_the_log_stays_shut)
{
    SCENE(scene);
    give_grace(&town, 14);
    days_later(&scene, 364 + 15);
    EXPECT_ERR(record(&scene, &scene.holder, 379, 700, "Vitne Vitnesen"), E_FORBIDDEN);
    EXPECT(!reads(&scene, &scene.holder));
}

TEST(a_consent_is_recorded_with_days_that_can_be_and_a_witness_whatever_door_it_comes_by)
{
    SCENE(scene);
    days_later(&scene, 10);
    EXPECT_ERR(record(&scene, &scene.holder, 9, 300, ""), E_INVALID);
    EXPECT_ERR(record(&scene, &scene.holder, 11, 300, "Vitne Vitnesen"), E_INVALID);
    EXPECT_ERR(record(&scene, &scene.holder, -1, 300, "Vitne Vitnesen"), E_INVALID);
    EXPECT_ERR(record(&scene, &scene.holder, 9, 8, "Vitne Vitnesen"), E_INVALID);
    EXPECT_ERR(record(&scene, &scene.holder, 9, 9, "Vitne Vitnesen"), E_INVALID);
    EXPECT_ERR(record(&scene, &scene.holder, 9, 10 + 400, "Vitne Vitnesen"), E_INVALID);
    EXPECT_ERR(give(&scene, 10 + 400), E_INVALID);
    EXPECT_OK(record(&scene, &scene.holder, 9, 300, "Vitne Vitnesen"));
    EXPECT_ERR(record(&scene, &scene.holder, 8, 300, "Vitne Vitnesen"), E_INVALID);
    EXPECT_OK(record(&scene, &scene.holder, 9, 200, "Vitne Vitnesen"));
    EXPECT_OK(give(&scene, 300));
}

TEST(a_withdrawal_is_one_line_of_its_own_and_one_of_the_closing_and_is_done_once)
{
    SCENE(scene);
    unsigned withdrawn = 0, closed = 0;

    EXPECT_OK(withdraw(&scene));
    EXPECT_ERR(withdraw(&scene), E_INVALID);
    EXPECT(!reads(&scene, &scene.holder) && !reads(&scene, &scene.guardian) && reads(&scene, &scene.manager));
    AuditRows lines = town_lines(&town, scene.log);
    for (uint32_t i = 0; i < lines.count; i++) {
        withdrawn += lines.items[i].line.act == ACT_CONSENT_WITHDRAW && lines.items[i].line.outcome == AUDIT_ALLOWED;
        closed += lines.items[i].line.act == ACT_LOG_CLOSE && lines.items[i].line.outcome == AUDIT_ALLOWED;
    }
    EXPECT(withdrawn == 1 && closed == 1);
}

TEST(a_withdrawal_from_a_held_log_closes_it_that_day_with_the_same_two_lines)
{
    SCENE(scene);
    unsigned withdrawn = 0, closed = 0;

    EXPECT_OK(log_hold(&scene.holder, scene.log));
    days_later(&scene, 20);
    EXPECT_OK(withdraw(&scene));
    const LogRow row = row_of(&scene);
    EXPECT(row.state == STATE_PASSIVE && row.closed_reason == CLOSING_CONSENT_WITHDRAWN && (row.flags & FLAG_HOLD));
    EXPECT(row.passive_at == scene.guardian.now);
    EXPECT(row.wake_on > scene.guardian.now && row.wake_on <= scene.guardian.now + 31 * DAY_MS);
    AuditRows lines = town_lines(&town, scene.log);
    for (uint32_t i = 0; i < lines.count; i++) {
        withdrawn += lines.items[i].line.act == ACT_CONSENT_WITHDRAW && lines.items[i].line.outcome == AUDIT_ALLOWED;
        closed += lines.items[i].line.act == ACT_LOG_CLOSE && lines.items[i].line.outcome == AUDIT_ALLOWED;
    }
    EXPECT(withdrawn == 1 && closed == 1);
}

static uint32_t told_of_withdrawal(Scene *scene, Id person)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    InboxRows rows = {0};
    uint32_t count = 0;

    EXPECT_OK(store_read(scene->holder.store, &tx));
    EXPECT_OK(store_inbox(tx, &(InboxPage){.person = person, .max = 100}, scene->town->arena, &rows));
    for (uint32_t i = 0; i < rows.count; i++)
        count += rows.items[i].event == NOTICE_CONSENT_WITHDRAWN && id_equal(rows.items[i].object, scene->log);
    return count;
}

TEST(a_withdrawal_from_a_held_log_is_told_to_its_holder_and_managers_as_from_any_other)
{
    SCENE(scene);

    EXPECT_OK(log_hold(&scene.holder, scene.log));
    EXPECT_OK(withdraw(&scene));
    EXPECT(told_of_withdrawal(&scene, scene.holder.person) == 1 && told_of_withdrawal(&scene, scene.manager.person) == 1);
    EXPECT(told_of_withdrawal(&scene, scene.guardian.person) == 0);
}

TEST(a_withdrawal_has_no_grace_and_what_is_given_afterwards_opens_nothing_by_itself)
{
    SCENE(scene);
    give_grace(&town, 30);
    EXPECT_OK(withdraw(&scene));
    EXPECT(!reads(&scene, &scene.holder));
    EXPECT_OK(give(&scene, 300));
    EXPECT(!reads(&scene, &scene.holder) && reads(&scene, &scene.manager));
    EXPECT_OK(carry_out(&scene, &scene.manager, "log_reopen", NULL));
    EXPECT(reads(&scene, &scene.holder) && reads(&scene, &scene.guardian));
}

/* ---- what was withdrawn last ---- */

/* A consent of a day that names one service beside the unit that has the log. */
static Err record_with(Scene *scene, Actor *actor, int given_on, Id service)
{
    Values asked = {.kind = kind_of(KIND_RENEWAL)};
    Str giver, unit;

    EXPECT_OK(log_id_text(scene->participant, scene->town->arena, &giver));
    EXPECT_OK(log_id_text(service, scene->town->arena, &unit));
    values_put(&asked, RENEWAL_GIVER, giver);
    values_put(&asked, RENEWAL_GIVEN_ON, town_day(scene->town, given_on));
    values_put(&asked, RENEWAL_METHOD, STR("3"));
    values_put(&asked, RENEWAL_WITNESS, STR("Vitne Vitnesen"));
    values_put(&asked, RENEWAL_VALID_TO, town_day(scene->town, 300));
    values_put(&asked, RENEWAL_UNITS, unit);
    return carry_out(scene, actor, "consent_record", &asked);
}

static Err withdraw_service(Scene *scene, Id service)
{
    Values asked = {.kind = kind_of(KIND_WITHDRAWAL)};
    Str unit;

    EXPECT_OK(log_id_text(service, scene->town->arena, &unit));
    values_put(&asked, WITHDRAWAL_OF, STR("2"));
    values_put(&asked, WITHDRAWAL_UNIT, unit);
    return carry_out(scene, &scene->guardian, "consent_withdraw", &asked);
}

TEST(a_yes_of_a_day_before_a_withdrawal_does_not_overrule_it_and_one_of_its_day_that_is_recorded_later_does)
{
    SCENE(scene);
    days_later(&scene, 10);
    EXPECT_OK(withdraw(&scene));
    EXPECT_ERR(record(&scene, &scene.manager, 9, 300, "Vitne Vitnesen"), E_INVALID);
    days_later(&scene, 12);
    EXPECT_ERR(record(&scene, &scene.manager, 9, 300, "Vitne Vitnesen"), E_INVALID);
    EXPECT_OK(record(&scene, &scene.manager, 10, 300, "Vitne Vitnesen"));
    EXPECT_OK(carry_out(&scene, &scene.manager, "log_reopen", NULL));
    EXPECT(reads(&scene, &scene.holder));
}

TEST(nor_does_an_older_yes_overrule_a_withdrawal_of_one_service)
{
    SCENE(scene);
    days_later(&scene, 10);
    EXPECT_OK(record_with(&scene, &scene.holder, 5, town.other_unit));
    EXPECT_OK(withdraw_service(&scene, town.other_unit));
    EXPECT_ERR(record_with(&scene, &scene.holder, 9, town.other_unit), E_INVALID);
    EXPECT_OK(record_with(&scene, &scene.holder, 10, town.other_unit));
}

/* The same human, known by their number, takes part again with a consent of a day. */
static Err come_back(Scene *scene, int given_on)
{
    TownLog made;
    GuardianCode code;

    town_log(scene->town, &made);
    log_set(&made.guardian.values, "national_id", NUMBER_OF_GUARDIAN);
    log_set(&made.guardian.consent, "given_on", town_day(scene->town, given_on));
    log_set(&made.guardian.consent, "valid_from", town_day(scene->town, given_on));
    log_set(&made.guardian.consent, "valid_to", town_day(scene->town, 300));
    scene->manager.request = town_id(scene->town);
    return log_guardian_add(&scene->town->service, &scene->manager, scene->log, &(JoiningGuardian){.guardian = made.guardian}, &code);
}

TEST(nor_does_one_of_a_guardian_who_left_and_came_back_with_it)
{
    SCENE(scene);
    TownLog made;
    CreatedLog created = {0};
    LogView view = {0};
    Why why;

    town_log(&town, &made);
    log_set(&made.guardian.values, "national_id", NUMBER_OF_GUARDIAN);
    scene.holder.request = town_id(&town);
    EXPECT_OK(log_create(&town.service, &scene.holder, &made.log, town.arena, &created));
    scene.log = created.log;
    EXPECT_OK(open_log(&scene, &scene.holder, &why, &view));
    scene.participant = view.people[1].participant;
    scene.guardian = town_actor(&town, view.people[1].person, ROLE_GUARDIAN, (Id){0});
    days_later(&scene, 10);
    EXPECT_OK(record_with(&scene, &scene.holder, 5, town.other_unit));
    EXPECT_OK(withdraw_service(&scene, town.other_unit));
    days_later(&scene, 12);
    scene.holder.request = town_id(&town);
    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, scene.log, scene.participant));
    EXPECT_ERR(come_back(&scene, 9), E_INVALID);
    EXPECT_OK(come_back(&scene, 12));
}

TEST(one_service_that_is_named_by_no_id_is_not_the_whole)
{
    SCENE(scene);
    Values asked = {.kind = kind_of(KIND_WITHDRAWAL)};
    Str giver;

    EXPECT_ERR(withdraw_service(&scene, (Id){0}), E_INVALID);
    EXPECT_OK(log_id_text(scene.participant, town.arena, &giver));
    values_put(&asked, WITHDRAWAL_GIVER, giver);
    values_put(&asked, WITHDRAWAL_ON, town_day(&town, 0));
    values_put(&asked, WITHDRAWAL_METHOD, STR("3"));
    values_put(&asked, WITHDRAWAL_OF, STR("2"));
    values_put(&asked, WITHDRAWAL_UNIT, STR("00000000000000000000000000000000"));
    EXPECT_ERR(carry_out(&scene, &scene.holder, "withdrawal_record", &asked), E_INVALID);
    EXPECT(reads(&scene, &scene.holder));
}

/* The scene's log is one of a child whose address is protected from now on. */
static void protect(Scene *scene)
{
    CreatedLog created = {0};
    LogView view = {0};
    TownLog made;
    Why why;

    town_log(scene->town, &made);
    log_set(&made.log.child, "protection", STR("2"));
    EXPECT_OK(log_create(&scene->town->service, &scene->holder, &made.log, scene->town->arena, &created));
    scene->log = created.log;
    EXPECT_OK(open_log(scene, &scene->holder, &why, &view));
    scene->participant = view.people[1].participant;
    scene->guardian = town_actor(scene->town, view.people[1].person, ROLE_GUARDIAN, (Id){0});
}

TEST(where_the_childs_address_is_protected_a_guardian_withdraws_the_whole_and_no_answer_tells_a_unit)
{
    SCENE(scene);
    protect(&scene);
    EXPECT_OK(record_with(&scene, &scene.holder, 0, town.other_unit));
    EXPECT_ERR(withdraw_service(&scene, town.other_unit), E_INVALID);
    EXPECT_ERR(withdraw_service(&scene, town.unit), E_INVALID);
    EXPECT(reads(&scene, &scene.holder));
    EXPECT_OK(withdraw(&scene));
}

static Err ask_for_deletion(Scene *scene)
{
    Values asked = {.kind = kind_of(KIND_DELETION_WISH)};

    values_put(&asked, DELETION_WISH_CLOSING, STR("1"));
    values_put(&asked, DELETION_WISH_REASON, STR("Barnet er flyttet."));
    return carry_out(scene, &scene->holder, "deletion_ask", &asked);
}

static Err support(Scene *scene)
{
    Values asked = {.kind = kind_of(KIND_SUPPORT)};

    values_put(&asked, SUPPORT_OPINION, STR("1"));
    values_put(&asked, SUPPORT_REASON, STR("Enig."));
    return carry_out(scene, &scene->manager, "deletion_support", &asked);
}

TEST(a_guardian_who_joins_a_passive_log_leaves_it_as_quiet_as_it_was_and_what_the_holder_wished)
{
    SCENE(scene);
    TownLog made;
    GuardianCode code;

    EXPECT_OK(ask_for_deletion(&scene));
    const int64_t active_at = row_of(&scene).last_activity_at;
    days_later(&scene, 40);
    town_log(&town, &made);
    log_set(&made.guardian.values, "name", STR("Andre Kanarifugl"));
    scene.manager.request = town_id(&town);
    EXPECT_OK(log_guardian_add(&town.service, &scene.manager, scene.log, &(JoiningGuardian){.guardian = made.guardian}, &code));
    EXPECT(row_of(&scene).last_activity_at == active_at);
    EXPECT_OK(support(&scene));
    EXPECT_OK(carry_out(&scene, &scene.manager, "log_reopen", NULL));
    EXPECT(row_of(&scene).last_activity_at == scene.manager.now);
}

TEST(a_log_in_which_a_claim_waits_wakes_for_it_after_a_consent_was_given_again)
{
    for (int turn = 0; turn < 2; turn++) {
        SCENE(scene);
        Values claim = {.kind = kind_of(KIND_CLAIM)};
        EXPECT_OK(carry_out(&scene, &scene.guardian, "claim_file", &claim));
        const int64_t due = row_of(&scene).wake_on;
        EXPECT(due > town.now && due <= town.now + 32 * DAY_MS);
        days_later(&scene, 10);
        EXPECT_OK(turn == 0 ? record(&scene, &scene.holder, 9, 300, "Vitne Vitnesen") : give(&scene, 300));
        EXPECT(row_of(&scene).wake_on == due);
    }
}

/* ---- units that are hidden ---- */

static Err put_closed(Tx *tx, void *row)
{
    return store_unit_update(tx, row);
}

/* Sealed for the version that the update makes. */
static void close_unit(Town *town, Id unit)
{
    Actor admin = town_actor(town, town_id(town), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    UnitRow row = {.id = unit, .kind = 2, .closed_at = town->now, .version = 1};
    Values values = {.kind = kind_of(KIND_ORGANISATION)};
    AUTO(key_wipe) Key key = {0};

    log_set(&values, "name", STR("Nedlagt helsestasjon"));
    EXPECT_OK(register_key(&town->service, &admin, town->arena, &key));
    EXPECT_OK(unit_seal(&(OpenScope){&town->service, town->tenant, &key}, (RowVersion){unit, 2}, &values, town->arena, &row.sealed));
    town_put(town, put_closed, &row);
}

/* How many units the newest consent names, as the holder reads it. */
static unsigned units_named(Scene *scene)
{
    LogView view = {0};
    Str text, unit;
    unsigned count = 0;
    Why why;

    EXPECT_OK(open_log(scene, &scene->holder, &why, &view));
    for (uint32_t i = 0; i < view.consent_count; i++)
        if (view.consents[i].worth == CONSENT_COUNTS)
            for (text = values_at(&view.consents[i].values, CONSENT_UNITS); text.length > 0; count++)
                text = str_cut(text, '\n', &unit);
    return count;
}

TEST(a_guardian_to_whom_units_are_hidden_renews_without_one_that_was_closed)
{
    SCENE(scene);
    CreatedLog created = {0};
    LogView view = {0};
    TownLog made;
    Why why;

    town_log(&town, &made);
    log_set(&made.log.child, "protection", STR("2"));
    made.log.units = &town.other_unit;
    made.log.unit_count = 1;
    EXPECT_OK(log_create(&town.service, &scene.holder, &made.log, town.arena, &created));
    scene.log = created.log;
    EXPECT_OK(open_log(&scene, &scene.holder, &why, &view));
    scene.guardian = town_actor(&town, view.people[1].person, ROLE_GUARDIAN, (Id){0});
    days_later(&scene, 10);
    EXPECT_OK(give(&scene, 200));
    EXPECT(units_named(&scene) == 2);
    close_unit(&town, town.other_unit);
    EXPECT_OK(give(&scene, 300));
    EXPECT(units_named(&scene) == 1);
}

/* A child of so many years who has been let in. */
static Actor child_of(Scene *scene, int years)
{
    CreatedLog created = {0};
    GuardianCode code;
    LogView view = {0};
    Actor child = {0};
    TownLog made;
    Why why;

    town_log(scene->town, &made);
    log_set(&made.log.child, "birth_date", town_day(scene->town, -(years * 366)));
    log_set(&made.log.child, "national_id", STR("27891653005"));
    EXPECT_OK(log_create(&scene->town->service, &scene->holder, &made.log, scene->town->arena, &created));
    scene->log = created.log;
    EXPECT_OK(log_child_let_in(&scene->town->service, &scene->holder, scene->log, scene->town->arena, &code));
    EXPECT_OK(open_log(scene, &scene->holder, &why, &view));
    for (uint32_t i = 0; i < view.people_count; i++)
        if (view.people[i].role == ROLE_CHILD)
            child = town_actor(scene->town, view.people[i].person, ROLE_CHILD, (Id){0});
    return child;
}

TEST(a_young_person_who_is_old_enough_consents_and_withdraws_and_a_younger_one_does_not)
{
    for (int years = 14; years <= 17; years += 3) {
        SCENE(scene);
        scene.guardian = child_of(&scene, years);
        EXPECT(reads(&scene, &scene.guardian));
        EXPECT_ERR(withdraw(&scene), years < 16 ? E_FORBIDDEN : E_INVALID);
        EXPECT_ERR(give(&scene, 300), years < 16 ? E_FORBIDDEN : E_OK);
        EXPECT_ERR(withdraw(&scene), years < 16 ? E_FORBIDDEN : E_OK);
        EXPECT(reads(&scene, &scene.holder) == (years < 16));
    }
}

RUN_TESTS("consents")
