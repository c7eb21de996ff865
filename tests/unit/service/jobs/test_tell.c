/* What people are told of a log besides its own clocks: deadlines and meetings in time, and what others do in it; never what they did
 * themselves, and never of a log that they do not see.
 * Must not leave a process behind.
 * Called by meson test. */
#include "place.h"

#include "domain/notices.h"
#include "domain/procedures.h"
#include "service/acts/actor.h"
#include "service/acts/child.h"
#include "service/acts/entry.h"
#include "service/acts/guardian.h"
#include "service/acts/guardian_end.h"
#include "service/acts/procedure.h"
#include "service/reading/inbox.h"
#include "service/reading/open.h"

/* A log with a guardian, a teacher who was let in, and a child who was not. */
typedef struct Scene {
    Place place;
    Actor teacher, guardian;
    Id log, holds, teaches, guards; /* participations */
    Day first;
} Scene;

static LogView view_of(Scene *scene)
{
    LogView view = {0};
    Why why;

    scene->place.holder.request = town_id(&scene->place.town);
    EXPECT_OK(log_open(&(LogReader){&scene->place.town.service, &scene->place.holder, scene->place.town.arena}, scene->log,
                       OPENING_NONE, &why, &view));
    return view;
}

static void scene_begin(Scene *scene)
{
    Place *place = &scene->place;
    CreatedLog created = {0};
    TownLog made;

    place_begin(place);
    scene->first = today(place);
    scene->teacher = town_staff(&place->town, STR("Lærer Lærersen"), ROLE_ACTOR, place->town.unit);
    town_log(&place->town, &made);
    log_set(&made.log.child, "birth_date", town_day(&place->town, -3650));
    log_set(&made.guardian.consent, "valid_to", town_day(&place->town, 364));
    place->holder.request = town_id(&place->town);
    EXPECT_OK(log_create(&place->town.service, &place->holder, &made.log, place->town.arena, &created));
    scene->log = created.log;
    place->holder.request = town_id(&place->town);
    EXPECT_OK(log_actor_add(&place->town.service, &place->holder, scene->log, scene->teacher.role_row, &scene->teaches));
    const LogView view = view_of(scene);
    for (uint32_t i = 0; i < view.people_count; i++) {
        const LogPerson *person = &view.people[i];
        if (person->role == ROLE_GUARDIAN) {
            scene->guards = person->participant;
            scene->guardian = town_actor(&place->town, person->person, ROLE_GUARDIAN, (Id){0});
        }
        if (person->role == ROLE_RELAY_HOLDER)
            scene->holds = person->participant;
    }
}

static void scene_end(Scene *scene)
{
    place_end(&scene->place);
}

#define SCENE(name)                   \
    AUTO(scene_end) Scene name = {0}; \
    scene_begin(&name)

static uint32_t told(Scene *scene, const Actor *actor, NoticeId notice)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    InboxRows rows = {0};
    uint32_t count = 0;

    EXPECT_OK(store_read(scene->place.town.store, &tx));
    EXPECT_OK(store_inbox(tx, &(InboxPage){.person = actor->person, .max = 200}, scene->place.town.arena, &rows));
    for (uint32_t i = 0; i < rows.count; i++)
        count += rows.items[i].event == notice && id_equal(rows.items[i].object, scene->log);
    return count;
}

static bool waits(Scene *scene, Actor *actor, NoticeId notice)
{
    InboxItems items = {0};
    bool found = false;

    town_grant(&scene->place.town, actor);
    actor->now = scene->place.town.now;
    EXPECT_OK(inbox_waiting(&(LogReader){&scene->place.town.service, actor, scene->place.town.arena}, &items));
    for (uint32_t i = 0; i < items.count; i++)
        found = found || items.items[i].notice == notice;
    return found;
}

static void night(Scene *scene, int days)
{
    go_to(&scene->place, scene->first, days);
    run_life(&scene->place, JOB_DONE);
}

static Id add(Scene *scene, Actor *actor, const Values *values)
{
    Id entry = {{0}};

    town_grant(&scene->place.town, actor);
    actor->now = scene->place.town.now;
    actor->request = town_id(&scene->place.town);
    EXPECT_OK(log_entry_add(&scene->place.town.service, actor, scene->log, values, &entry));
    return entry;
}

static Str text_of(Scene *scene, Id id)
{
    Str text = STR_NONE;

    EXPECT_OK(log_id_text(id, scene->place.town.arena, &text));
    return text;
}

static Str day_text(Scene *scene, int days)
{
    Str text = STR_NONE;

    EXPECT_OK(log_day_text(scene->first + days, scene->place.town.arena, &text));
    return text;
}

static Values measure(Scene *scene, Id responsible, int deadline)
{
    Values values = {.kind = kind_of(KIND_MEASURE)};

    log_set(&values, "category", STR("1"));
    log_set(&values, "arena", STR("1"));
    log_set(&values, "description", STR("Lese høyt"));
    log_set(&values, "responsible", text_of(scene, responsible));
    log_set(&values, "deadline", day_text(scene, deadline));
    log_set(&values, "state", STR("1"));
    return values;
}

static Values note(const char *kind)
{
    Values values = {.kind = kind_of(KIND_NOTE)};

    log_set(&values, "note_kind", str_from_c(kind));
    log_set(&values, "text", STR("Det gikk fint."));
    return values;
}

static void correct(Scene *scene, Id entry, uint32_t version, const Values *values)
{
    Actor *holder = &scene->place.holder;

    holder->request = town_id(&scene->place.town);
    EXPECT_OK(log_entry_correct(&scene->place.town.service, holder, &(EntryVersion){scene->log, entry, version}, values));
}

static Err try_act(Scene *scene, Actor *actor, const char *act, const Values *asked)
{
    Deed deed = {.service = &scene->place.town.service, .actor = actor, .log = scene->log, .opening = OPENING_SUPERVISION, .asked = asked};
    Why why;

    town_grant(&scene->place.town, actor);
    actor->now = scene->place.town.now;
    actor->proved_at = actor->now;
    actor->request = town_id(&scene->place.town);
    EXPECT_OK(procedure_from_str(str_from_c(act), &deed.procedure));
    return procedure_carry_out(&deed, &why);
}

static void act(Scene *scene, Actor *actor, const char *code, const Values *asked)
{
    EXPECT_OK(try_act(scene, actor, code, asked));
}

/* ---- dates ---- */

TEST(a_deadline_is_told_seven_days_and_one_day_before_and_each_week_after_it_to_whoever_answers_for_the_measure)
{
    SCENE(s);
    Values values = measure(&s, s.teaches, 20);
    Id entry = add(&s, &s.place.holder, &values);

    night(&s, 12);
    EXPECT(told(&s, &s.teacher, NOTICE_DEADLINE_IN_7) == 0);
    night(&s, 13);
    EXPECT(told(&s, &s.teacher, NOTICE_DEADLINE_IN_7) == 1 && told(&s, &s.place.holder, NOTICE_DEADLINE_IN_7) == 0);
    EXPECT(told(&s, &s.guardian, NOTICE_DEADLINE_IN_7) == 0 && told(&s, &s.place.manager, NOTICE_DEADLINE_IN_7) == 0);
    night(&s, 19);
    EXPECT(told(&s, &s.teacher, NOTICE_DEADLINE_IN_1) == 1);
    night(&s, 20);
    EXPECT(told(&s, &s.teacher, NOTICE_DEADLINE_OVER) == 0);
    night(&s, 21);
    EXPECT(told(&s, &s.teacher, NOTICE_DEADLINE_OVER) == 1 && waits(&s, &s.teacher, NOTICE_DEADLINE_OVER));
    night(&s, 27);
    EXPECT(told(&s, &s.teacher, NOTICE_DEADLINE_OVER) == 1);
    night(&s, 28);
    EXPECT(told(&s, &s.teacher, NOTICE_DEADLINE_OVER) == 2);
    night(&s, 50); /* 35, 42 and 49 were missed */
    EXPECT(told(&s, &s.teacher, NOTICE_DEADLINE_OVER) == 5);
    values_put(&values, MEASURE_STATE, code_text(MEASURE_STATE_DONE));
    correct(&s, entry, 1, &values);
    EXPECT(!waits(&s, &s.teacher, NOTICE_DEADLINE_OVER));
    night(&s, 70);
    EXPECT(told(&s, &s.teacher, NOTICE_DEADLINE_OVER) == 5);
}

TEST(a_deadline_that_is_moved_is_told_of_its_new_day_and_of_no_day_that_has_passed)
{
    SCENE(s);
    Values values = measure(&s, s.teaches, 20);
    Id entry = add(&s, &s.place.holder, &values);

    night(&s, 13);
    log_set(&values, "deadline", day_text(&s, 18));
    correct(&s, entry, 1, &values);
    night(&s, 16);
    EXPECT(told(&s, &s.teacher, NOTICE_DEADLINE_IN_7) == 1 && told(&s, &s.teacher, NOTICE_DEADLINE_IN_1) == 0);
    night(&s, 17);
    EXPECT(told(&s, &s.teacher, NOTICE_DEADLINE_IN_1) == 1);
    log_set(&values, "deadline", day_text(&s, 60));
    correct(&s, entry, 2, &values);
    night(&s, 53);
    EXPECT(told(&s, &s.teacher, NOTICE_DEADLINE_IN_7) == 2 && told(&s, &s.teacher, NOTICE_DEADLINE_OVER) == 0);
}

TEST(where_whoever_answers_for_a_measure_has_left_its_deadline_is_told_to_the_holder)
{
    SCENE(s);
    Actor *holder = &s.place.holder;
    Values values = measure(&s, s.teaches, 20);

    (void)add(&s, holder, &values);
    holder->request = town_id(&s.place.town);
    EXPECT_OK(log_participant_end(&s.place.town.service, holder, s.log, s.teaches));
    night(&s, 21);
    EXPECT(told(&s, &s.teacher, NOTICE_DEADLINE_OVER) == 0 && told(&s, holder, NOTICE_DEADLINE_OVER) == 1);
    EXPECT(waits(&s, holder, NOTICE_DEADLINE_OVER));
}

TEST(a_meeting_is_told_the_day_before_to_those_who_are_to_come_and_a_week_after_it_the_holder_is_asked_for_the_minutes)
{
    SCENE(s);
    Values values = {.kind = kind_of(KIND_MEETING)};
    Str time = STR_NONE, day = day_text(&s, 10);

    EXPECT_OK(str_format(s.place.town.arena, &time, "%.*sT14:00", STR_ARGS(day)));
    values_put(&values, MEETING_TIME, time);
    values_put(&values, MEETING_PARTICIPANTS, text_of(&s, s.guards));
    Id entry = add(&s, &s.place.holder, &values);
    night(&s, 9);
    EXPECT(told(&s, &s.guardian, NOTICE_MEETING_SOON) == 1 && told(&s, &s.teacher, NOTICE_MEETING_SOON) == 0);
    night(&s, 16);
    EXPECT(told(&s, &s.place.holder, NOTICE_MINUTES_MISSING) == 0);
    night(&s, 17);
    EXPECT(told(&s, &s.place.holder, NOTICE_MINUTES_MISSING) == 1 && told(&s, &s.guardian, NOTICE_MINUTES_MISSING) == 0);
    EXPECT(waits(&s, &s.place.holder, NOTICE_MINUTES_MISSING));
    values_put(&values, MEETING_SUMMARY, STR("Vi ble enige."));
    correct(&s, entry, 1, &values);
    EXPECT(!waits(&s, &s.place.holder, NOTICE_MINUTES_MISSING));
}

TEST(a_log_that_is_passive_tells_of_no_deadline)
{
    SCENE(s);
    Values values = measure(&s, s.teaches, 20), asked = {.kind = kind_of(KIND_CLOSING)};

    (void)add(&s, &s.place.holder, &values);
    values_put(&asked, CLOSING_REASON, STR("1"));
    act(&s, &s.place.holder, "log_close", &asked);
    night(&s, 40);
    EXPECT(told(&s, &s.teacher, NOTICE_DEADLINE_IN_7) == 0 && told(&s, &s.teacher, NOTICE_DEADLINE_OVER) == 0);
}

/* ---- what somebody did ---- */

TEST(a_note_is_told_to_the_others_who_read_the_log_and_not_to_its_author_nor_to_a_child_who_was_not_let_in)
{
    SCENE(s);
    Values values = note("1"), bright = note("2");
    GuardianCode code;

    (void)add(&s, &s.teacher, &values);
    EXPECT(told(&s, &s.teacher, NOTICE_NEW_NOTE) == 0);
    EXPECT(told(&s, &s.guardian, NOTICE_NEW_NOTE) == 1 && told(&s, &s.place.holder, NOTICE_NEW_NOTE) == 1);
    EXPECT(told(&s, &s.place.manager, NOTICE_NEW_NOTE) == 0 && told(&s, &s.place.admin, NOTICE_NEW_NOTE) == 0);
    s.place.holder.request = town_id(&s.place.town);
    EXPECT_OK(log_child_let_in(&s.place.town.service, &s.place.holder, s.log, s.place.town.arena, &code));
    (void)add(&s, &s.guardian, &bright);
    EXPECT(told(&s, &s.guardian, NOTICE_BRIGHT_MOMENT) == 0 && told(&s, &s.teacher, NOTICE_BRIGHT_MOMENT) == 1);
    const LogView view = view_of(&s);
    for (uint32_t i = 0; i < view.people_count; i++) {
        const Actor child = {.person = view.people[i].person};
        if (view.people[i].role == ROLE_CHILD)
            EXPECT(told(&s, &child, NOTICE_BRIGHT_MOMENT) == 1 && told(&s, &child, NOTICE_NEW_NOTE) == 0);
    }
}

TEST(a_note_that_is_corrected_or_removed_is_not_told_again)
{
    SCENE(s);
    Values values = note("1");
    Actor *holder = &s.place.holder;
    Id entry = add(&s, holder, &values);

    correct(&s, entry, 1, &values);
    holder->request = town_id(&s.place.town);
    EXPECT_OK(log_entry_remove(&s.place.town.service, holder, &(EntryVersion){s.log, entry, 2}, STR("Skrevet i feil logg")));
    EXPECT(told(&s, &s.guardian, NOTICE_NEW_NOTE) == 1);
}

TEST(a_log_that_is_set_passive_or_opened_again_is_told_to_those_who_see_it_then)
{
    SCENE(s);
    Values asked = {.kind = kind_of(KIND_CLOSING)};

    values_put(&asked, CLOSING_REASON, STR("1"));
    act(&s, &s.place.manager, "log_close", &asked);
    EXPECT(told(&s, &s.place.manager, NOTICE_MADE_PASSIVE) == 0 && told(&s, &s.place.holder, NOTICE_MADE_PASSIVE) == 1);
    EXPECT(told(&s, &s.guardian, NOTICE_MADE_PASSIVE) == 1 && told(&s, &s.teacher, NOTICE_MADE_PASSIVE) == 0);
    act(&s, &s.place.manager, "log_reopen", NULL);
    EXPECT(told(&s, &s.place.holder, NOTICE_REOPENED) == 1 && told(&s, &s.teacher, NOTICE_REOPENED) == 1);
    EXPECT(told(&s, &s.guardian, NOTICE_REOPENED) == 1 && told(&s, &s.place.manager, NOTICE_REOPENED) == 0);
}

static Values withdrawal(Scene *scene)
{
    Values asked = {.kind = kind_of(KIND_WITHDRAWAL)};

    values_put(&asked, WITHDRAWAL_GIVER, text_of(scene, scene->guards));
    values_put(&asked, WITHDRAWAL_ON, town_day(&scene->place.town, 0));
    values_put(&asked, WITHDRAWAL_METHOD, STR("2"));
    values_put(&asked, WITHDRAWAL_OF, code_text(WITHDRAWAL_ALL));
    return asked;
}

TEST(a_consent_that_is_renewed_or_withdrawn_is_told_to_the_others)
{
    SCENE(s);
    Values renewal = {.kind = kind_of(KIND_RENEWAL)};

    values_put(&renewal, RENEWAL_VALID_TO, day_text(&s, 300));
    act(&s, &s.guardian, "consent_give", &renewal);
    EXPECT(told(&s, &s.guardian, NOTICE_CONSENT_RENEWED) == 0 && told(&s, &s.place.holder, NOTICE_CONSENT_RENEWED) == 1);
    EXPECT(told(&s, &s.teacher, NOTICE_CONSENT_RENEWED) == 1);
    const Values asked = withdrawal(&s);
    act(&s, &s.place.holder, "withdrawal_record", &asked);
    EXPECT(told(&s, &s.place.manager, NOTICE_CONSENT_WITHDRAWN) == 1 && told(&s, &s.guardian, NOTICE_CONSENT_WITHDRAWN) == 1);
    EXPECT(told(&s, &s.place.holder, NOTICE_CONSENT_WITHDRAWN) == 0 && told(&s, &s.teacher, NOTICE_CONSENT_WITHDRAWN) == 0);
}

/* ---- what is not asked any more ---- */

TEST(a_task_to_renew_a_consent_does_not_wait_any_more_when_a_death_is_recorded)
{
    SCENE(s);
    Values death = {.kind = kind_of(KIND_DEATH)};

    night(&s, 364 - 30);
    EXPECT(waits(&s, &s.place.holder, NOTICE_CONSENT_ENDS_IN_30));
    values_put(&death, DEATH_DIED_ON, town_day(&s.place.town, -1));
    act(&s, &s.place.holder, "death_record", &death);
    EXPECT(!waits(&s, &s.place.holder, NOTICE_CONSENT_ENDS_IN_30) && !waits(&s, &s.guardian, NOTICE_CONSENT_ENDS_IN_30));
    EXPECT(!waits(&s, &s.place.holder, NOTICE_QUIET));
}

TEST(a_log_in_its_grace_tells_those_who_see_no_more_than_that_there_is_one_that_a_death_is_recorded)
{
    SCENE(s);
    Values death = {.kind = kind_of(KIND_DEATH)};
    LogView view = {0};
    Why why;

    place_set(&s.place, SETTING_CONSENT_GRACE, 10);
    night(&s, 363);
    values_put(&death, DEATH_DIED_ON, town_day(&s.place.town, -1));
    act(&s, &s.place.holder, "death_record", &death);
    night(&s, 366);
    town_grant(&s.place.town, &s.guardian);
    s.guardian.now = s.place.town.now;
    s.guardian.request = town_id(&s.place.town);
    EXPECT_OK(log_open(&(LogReader){&s.place.town.service, &s.guardian, s.place.town.arena}, s.log, OPENING_NONE, &why, &view));
    EXPECT(view.summary.stub && view.summary.renewing && view.summary.died);
}

TEST(a_passive_log_that_was_prolonged_early_reminds_nobody_any_more)
{
    SCENE(s);
    Values asked = {.kind = kind_of(KIND_CLOSING)}, prolonging = {.kind = kind_of(KIND_PROLONGING)};

    values_put(&asked, CLOSING_REASON, STR("1"));
    act(&s, &s.place.holder, "log_close", &asked);
    go_to(&s.place, day_add_months(s.first, 1), 0);
    run_life(&s.place, JOB_DONE);
    EXPECT(told(&s, &s.place.manager, NOTICE_PASSIVE_FOR_1) == 1);
    go_to(&s.place, day_add_months(s.first, 2), 0);
    values_put(&prolonging, PROLONGING_REASON, STR("Saken er ikke avgjort."));
    act(&s, &s.place.admin, "passive_prolong", &prolonging);
    go_to(&s.place, day_add_months(s.first, 12), 0);
    run_life(&s.place, JOB_DONE);
    EXPECT(told(&s, &s.place.manager, NOTICE_PASSIVE_FOR_3) == 0 && told(&s, &s.place.manager, NOTICE_PASSIVE_FOR_11) == 0);
}

TEST(nobody_is_offered_to_settle_who_must_consent_while_nobody_has_left)
{
    SCENE(s);
    const Procedure *settling = NULL;

    EXPECT_OK(procedure_from_str(STR("consenters_record"), &settling));
    EXPECT(!view_of(&s).is[settling->when]);
    EXPECT_ERR(try_act(&s, &s.place.holder, "consenters_record", NULL), E_INVALID);
}

RUN_TESTS("told")
