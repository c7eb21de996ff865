/* How persons stand to a log, and what dates make of it: each refusal before its permission.
 * Must not touch the disk.
 * Called by meson test. */
#include "support/test.h"

#include "domain/lifecycle.h"
#include "service/log/ask.h"

static const Id holder = {{1}}, mother = {{2}}, worker = {{3}}, stranger = {{4}};
static const Id school = {{11}}, health = {{12}}, library = {{13}};
static const Id mothers = {{21}}, fathers = {{22}}, consent_one = {{31}}, consent_two = {{32}}, consent_new = {{33}};

typedef struct Scene {
    LogStanding standing;
    ParticipantRow own[2];
    ConsentRow consents[3];
    ConsentUnitRow units[3];
    Settings settings;
    Actor actor;
} Scene;

/* An active log of the school; both parents consented from 1 January 2026 to 30 June 2026, for the health station. */
#define SCENE(s)                                                                                             \
    Scene s = {.actor = {.now = oslo_time(day_of(2026, 3, 1), 600)}};                                        \
    s.standing.log = (LogRow){.id = {{9}}, .state = STATE_ACTIVE, .unit = school, .holder = holder};         \
    s.consents[0] = consent_of(consent_one, mothers);                                                        \
    s.consents[1] = consent_of(consent_two, fathers);                                                        \
    s.units[0] = (ConsentUnitRow){.consent = consent_one, .unit = health};                                   \
    s.units[1] = (ConsentUnitRow){.consent = consent_two, .unit = health};                                   \
    s.standing.own.items = s.own;                                                                            \
    s.standing.consents = (ConsentRows){.items = s.consents, .count = 2};                                    \
    s.standing.consent_units = (ConsentUnitRows){.items = s.units, .count = 2}

static Day day_of(int year, unsigned month, unsigned day)
{
    return day_from_date((Date){.year = year, .month = month, .day = day});
}

static ConsentRow consent_of(Id id, Id participant)
{
    return (ConsentRow){
        .id = id,
        .participant = participant,
        .given_at = oslo_time(day_of(2026, 1, 1), 600),
        .valid_to = oslo_time(day_of(2026, 7, 1), 0),
    };
}

static void act_as(Scene *s, Role role, Id person, Id unit)
{
    s->actor.role = role;
    s->actor.person = person;
    s->actor.unit = unit;
}

/* The person takes part since the new year. */
static void take_part(Scene *s, Role role, Id person, Id unit)
{
    act_as(s, role, person, unit);
    s->own[s->standing.own.count++] = (ParticipantRow){
        .id = {{40}},
        .person = person,
        .role = (uint8_t)role,
        .unit = unit,
        .from_at = oslo_time(day_of(2026, 1, 1), 600),
    };
}

static Ask ask_to(const Scene *s, Act act)
{
    TEST_ARENA(arena);
    Ask ask = {0};
    EXPECT_OK(log_ask(&(LogQuestion){.standing = &s->standing, .actor = &s->actor, .settings = &s->settings, .act = act}, arena, &ask));
    return ask;
}

static Why read_it(const Scene *s)
{
    return policy_decide(ask_to(s, ACT_LOG_READ));
}

TEST(a_stranger_has_no_relation_in_any_role)
{
    SCENE(s);
    for (Role role = ROLE_NONE; role < ROLE_COUNT; role++) {
        if (role == ROLE_MUNICIPALITY_ADMIN)
            continue;
        act_as(&s, role, stranger, library);
        EXPECT(ask_to(&s, ACT_LOG_READ).relation == RELATION_NONE);
        EXPECT(read_it(&s) != WHY_ALLOWED);
    }
}

TEST(a_guardian_reads_but_not_in_another_role)
{
    SCENE(s);
    take_part(&s, ROLE_GUARDIAN, mother, (Id){0});
    act_as(&s, ROLE_ACTOR, mother, health);
    EXPECT(read_it(&s) != WHY_ALLOWED);
    act_as(&s, ROLE_GUARDIAN, mother, (Id){0});
    EXPECT(read_it(&s) == WHY_ALLOWED);
}

TEST(a_participation_that_ended_this_millisecond_gives_nothing)
{
    SCENE(s);
    take_part(&s, ROLE_GUARDIAN, mother, (Id){0});
    s.own[0].to_at = s.actor.now;
    EXPECT(ask_to(&s, ACT_LOG_READ).relation == RELATION_FORMER);
    EXPECT(read_it(&s) != WHY_ALLOWED);
    s.own[0].to_at = s.actor.now + 1;
    EXPECT(read_it(&s) == WHY_ALLOWED);
}

TEST(a_participation_that_has_not_begun_gives_nothing)
{
    SCENE(s);
    take_part(&s, ROLE_GUARDIAN, mother, (Id){0});
    s.own[0].from_at = s.actor.now + 1;
    EXPECT(ask_to(&s, ACT_LOG_READ).relation == RELATION_NONE);
    s.own[0].from_at = s.actor.now;
    EXPECT(read_it(&s) == WHY_ALLOWED);
}

TEST(a_row_of_another_person_gives_nothing)
{
    SCENE(s);
    take_part(&s, ROLE_GUARDIAN, mother, (Id){0});
    act_as(&s, ROLE_GUARDIAN, stranger, (Id){0});
    EXPECT(ask_to(&s, ACT_LOG_READ).relation == RELATION_NONE);
}

TEST(an_actor_takes_part_only_while_every_consent_names_the_unit)
{
    SCENE(s);
    take_part(&s, ROLE_ACTOR, worker, library);
    EXPECT(read_it(&s) != WHY_ALLOWED);
    take_part(&s, ROLE_ACTOR, worker, health);
    EXPECT(read_it(&s) == WHY_ALLOWED);
    s.units[1].unit = library; /* one parent no longer names the health station */
    EXPECT(read_it(&s) != WHY_ALLOWED);
}

TEST(an_actor_does_not_take_part_through_another_unit_of_theirs)
{
    SCENE(s);
    take_part(&s, ROLE_ACTOR, worker, health);
    act_as(&s, ROLE_ACTOR, worker, school);
    EXPECT(read_it(&s) != WHY_ALLOWED);
}

TEST(only_the_holder_reads_as_relay_holder)
{
    SCENE(s);
    take_part(&s, ROLE_RELAY_HOLDER, worker, school);
    EXPECT(ask_to(&s, ACT_LOG_READ).relation == RELATION_FORMER);
    s.standing.log.holder = worker;
    EXPECT(read_it(&s) == WHY_ALLOWED);
}

TEST(a_holder_who_acts_for_another_unit_does_not_hold_the_baton_there)
{
    SCENE(s);
    take_part(&s, ROLE_RELAY_HOLDER, holder, school);
    act_as(&s, ROLE_RELAY_HOLDER, holder, library);
    EXPECT(ask_to(&s, ACT_LOG_READ).relation == RELATION_NONE);
    EXPECT(read_it(&s) != WHY_ALLOWED);
    act_as(&s, ROLE_RELAY_HOLDER, holder, school);
    EXPECT(read_it(&s) == WHY_ALLOWED);
}

TEST(a_manager_answers_for_logs_of_the_own_unit_and_gives_a_reason)
{
    SCENE(s);
    act_as(&s, ROLE_ORG_MANAGER, stranger, health);
    EXPECT(ask_to(&s, ACT_LOG_READ).relation == RELATION_NONE);
    act_as(&s, ROLE_ORG_MANAGER, stranger, school);
    EXPECT(ask_to(&s, ACT_LOG_READ).relation == RELATION_UNIT);
    EXPECT(read_it(&s) == WHY_ASK_REASON);
}

TEST(a_manager_of_no_unit_does_not_answer_for_a_log_of_no_unit)
{
    SCENE(s);
    s.standing.log.unit = (Id){0};
    act_as(&s, ROLE_ORG_MANAGER, stranger, (Id){0});
    EXPECT(ask_to(&s, ACT_LOG_READ).relation == RELATION_NONE);
}

TEST(consent_ends_at_midnight_norwegian_time)
{
    SCENE(s);
    take_part(&s, ROLE_GUARDIAN, mother, (Id){0});
    s.actor.now = oslo_time(day_of(2026, 7, 1), 0);
    EXPECT(ask_to(&s, ACT_LOG_READ).flags & FLAG_CONSENT_INVALID);
    EXPECT(read_it(&s) != WHY_ALLOWED);
    s.actor.now -= 1;
    EXPECT(!(ask_to(&s, ACT_LOG_READ).flags & FLAG_CONSENT_INVALID));
    EXPECT(read_it(&s) == WHY_ALLOWED);
}

TEST(one_withdrawn_consent_is_enough_to_close_the_log)
{
    SCENE(s);
    take_part(&s, ROLE_GUARDIAN, mother, (Id){0});
    s.consents[1].withdrawn_at = s.actor.now - 1;
    EXPECT(read_it(&s) != WHY_ALLOWED);
}

TEST(a_withdrawn_consent_names_no_unit_so_that_an_actor_takes_no_part_any_more)
{
    SCENE(s);
    take_part(&s, ROLE_ACTOR, worker, health);
    EXPECT(ask_to(&s, ACT_LOG_READ).relation == RELATION_PARTICIPANT);
    s.consents[1].withdrawn_at = s.actor.now - 1;
    EXPECT(ask_to(&s, ACT_LOG_READ).relation == RELATION_FORMER);
    EXPECT(!(ask_to(&s, ACT_LOG_READ).flags & FLAG_IN_CONSENT));
    EXPECT(read_it(&s) != WHY_ALLOWED);
}

TEST(a_renewed_consent_replaces_one_that_was_withdrawn)
{
    SCENE(s);
    take_part(&s, ROLE_GUARDIAN, mother, (Id){0});
    s.consents[1].withdrawn_at = s.actor.now - 10;
    s.consents[2] = consent_of(consent_new, fathers);
    s.consents[2].given_at = s.actor.now - 5;
    s.standing.consents.count = 3;
    EXPECT(read_it(&s) == WHY_ALLOWED);
}

TEST(a_log_without_any_consent_is_closed)
{
    SCENE(s);
    take_part(&s, ROLE_GUARDIAN, mother, (Id){0});
    s.standing.consents.count = 0;
    EXPECT(ask_to(&s, ACT_LOG_READ).flags & FLAG_CONSENT_INVALID);
    EXPECT(read_it(&s) != WHY_ALLOWED);
}

TEST(a_log_on_hold_is_closed_to_its_participants)
{
    SCENE(s);
    take_part(&s, ROLE_GUARDIAN, mother, (Id){0});
    s.standing.log.flags = FLAG_HOLD;
    EXPECT(read_it(&s) != WHY_ALLOWED);
}

TEST(a_log_whose_guardian_left_has_no_valid_consent_however_long_the_others_hold)
{
    SCENE(s);
    take_part(&s, ROLE_GUARDIAN, mother, (Id){0});
    EXPECT(!(ask_to(&s, ACT_LOG_READ).flags & FLAG_CONSENT_INVALID));
    s.standing.log.state = STATE_PASSIVE;
    s.standing.log.closed_reason = CLOSING_RESPONSIBILITY_CHANGED;
    EXPECT(ask_to(&s, ACT_LOG_READ).flags & FLAG_CONSENT_INVALID);
}

TEST(a_consent_whose_giver_takes_no_part_any_more_is_a_missing_one_whatever_the_row_of_the_log_says)
{
    SCENE(s);
    ParticipantRow father = {.id = fathers, .role = ROLE_GUARDIAN, .to_at = s.actor.now};
    take_part(&s, ROLE_ACTOR, worker, health);
    s.standing.gone = (ParticipantRows){.items = &father, .count = 1};
    EXPECT(ask_to(&s, ACT_LOG_READ).flags & FLAG_CONSENT_INVALID);
    EXPECT(!(ask_to(&s, ACT_LOG_READ).flags & FLAG_IN_CONSENT));
    EXPECT(ask_to(&s, ACT_LOG_READ).relation == RELATION_FORMER);
    EXPECT(read_it(&s) != WHY_ALLOWED);
    father.to_at = s.actor.now + 1;
    EXPECT(ask_to(&s, ACT_LOG_READ).flags & FLAG_IN_CONSENT);
    EXPECT(read_it(&s) == WHY_ALLOWED);
    father.to_at = s.actor.now;
    father.id = mother; /* of somebody who gave none */
    EXPECT(read_it(&s) == WHY_ALLOWED);
}

TEST(flags_that_follow_from_dates_are_not_believed_when_they_stand_in_the_row)
{
    SCENE(s);
    s.standing.log.flags = FLAG_OWN_CONSENT | FLAG_OF_AGE | FLAG_IN_GRACE;
    act_as(&s, ROLE_GUARDIAN, mother, (Id){0});
    EXPECT(!(ask_to(&s, ACT_LOG_READ).flags & (FLAG_OWN_CONSENT | FLAG_OF_AGE | FLAG_IN_GRACE)));
}

TEST(a_guardian_writes_a_note_only_where_the_municipality_lets_guardians_write)
{
    SCENE(s);
    take_part(&s, ROLE_GUARDIAN, mother, (Id){0});
    EXPECT(policy_decide(ask_to(&s, ACT_NOTE_WRITE)) == WHY_SETTING_OFF);
    s.settings.values[SETTING_GUARDIANS_WRITE] = 1;
    EXPECT(policy_decide(ask_to(&s, ACT_NOTE_WRITE)) == WHY_ALLOWED);
}

TEST(a_child_reads_when_let_in_only)
{
    SCENE(s);
    take_part(&s, ROLE_CHILD, stranger, (Id){0});
    EXPECT(read_it(&s) != WHY_ALLOWED);
    s.own[0].let_in = true;
    EXPECT(read_it(&s) == WHY_ALLOWED);
}

TEST(a_state_that_does_not_exist_is_an_error_and_no_question)
{
    SCENE(s);
    TEST_ARENA(arena);
    Ask ask = {0};
    s.standing.log.state = 200;
    act_as(&s, ROLE_GUARDIAN, mother, (Id){0});
    const LogQuestion question = {.standing = &s.standing, .actor = &s.actor, .settings = &s.settings, .act = ACT_LOG_READ};
    EXPECT_ERR(log_ask(&question, arena, &ask), E_RANGE);
    EXPECT(ask.act == ACT_NONE);
}

RUN_TESTS("log_access")
