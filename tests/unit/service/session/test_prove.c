/* A code anew before rights are given or taken (rules: sign-in 14): real database, real key agent.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "support/test.h"

#include "domain/signin.h"
#include "service/people/appoint.h"
#include "service/session/prove.h"
#include "service/session/roles.h"
#include "service/session/sign_in.h"
#include "support/fixture.h"

#define FIXTURE(name)                    \
    AUTO(fixture_end) Fixture name = {0}; \
    fixture_begin(&name)

/* The administrator, signed in and in their role. */
static SessionToken administrator(Fixture *fixture)
{
    SessionToken first, second;
    RoleChoices roles = {0};
    Str code = str_from_c(fixture->code.text);

    fixture_enrol(fixture);
    EXPECT_OK(session_sign_in(&fixture->service, fixture->tenant, &(SignIn){FIXTURE_USER_NAME, FIXTURE_PASSWORD,
                              fixture_totp(fixture, code, 0), STR_NONE, STR_NONE}, &first));
    EXPECT_OK(session_roles(&fixture->service, fixture->tenant, &first, fixture->arena, &roles));
    EXPECT_OK(session_choose(&fixture->service, fixture->tenant, &first, &roles.items[0], &second));
    return second;
}

static Str code_now(Fixture *fixture)
{
    return fixture_totp(fixture, str_from_c(fixture->code.text), 0);
}

static Err appoint(Fixture *fixture, const SessionToken *token)
{
    Values values = {.kind = kind_of(KIND_STAFF_PERSON)};
    EnrolmentCode code;
    Actor actor = {0};
    Id person;

    values.text[0] = STR("Klar Fjord");
    values.text[1] = STR("klar.fjord@example.invalid");
    EXPECT_OK(session_resume(&fixture->service, fixture->tenant, token, &actor));
    Appointment appointment = {.person = &values, .role = ROLE_MUNICIPALITY_ADMIN, .from_at = actor.now};
    return people_appoint(&fixture->service, &actor, &appointment, &person, &code);
}

TEST(whoever_signed_in_ten_minutes_ago_gives_nobody_a_role_without_a_code)
{
    FIXTURE(fixture);
    SessionToken token = administrator(&fixture);

    fixture_advance(&fixture, SIGNIN_PROOF_MS);
    EXPECT_ERR(appoint(&fixture, &token), E_PROVE);
}

TEST(whoever_signed_in_a_little_less_than_ten_minutes_ago_gives_a_role)
{
    FIXTURE(fixture);
    SessionToken token = administrator(&fixture);

    fixture_advance(&fixture, SIGNIN_PROOF_MS - 60000);
    EXPECT_OK(appoint(&fixture, &token));
}

TEST(a_wrong_code_proves_nothing_and_the_session_stays)
{
    FIXTURE(fixture);
    SessionToken token = administrator(&fixture), proved;

    fixture_advance(&fixture, SIGNIN_PROOF_MS);
    EXPECT_ERR(session_prove(&fixture.service, fixture.tenant, &token, STR("000000"), &proved), E_INVALID);
    EXPECT_ERR(session_prove(&fixture.service, fixture.tenant, &token, STR("abc"), &proved), E_INVALID);
    EXPECT_ERR(appoint(&fixture, &token), E_PROVE);
}

TEST(a_right_code_carries_the_session_on_under_a_new_id_and_the_old_one_is_over)
{
    FIXTURE(fixture);
    SessionToken token = administrator(&fixture), proved;
    Actor actor = {0};

    fixture_advance(&fixture, SIGNIN_PROOF_MS);
    EXPECT_OK(session_prove(&fixture.service, fixture.tenant, &token, code_now(&fixture), &proved));
    EXPECT_ERR(session_resume(&fixture.service, fixture.tenant, &token, &actor), E_NO_SESSION);
    EXPECT_OK(session_resume(&fixture.service, fixture.tenant, &proved, &actor));
    EXPECT(actor.role == ROLE_MUNICIPALITY_ADMIN && actor.now - actor.proved_at < 60000);
    EXPECT_OK(appoint(&fixture, &proved));
}

TEST(a_code_proves_once)
{
    FIXTURE(fixture);
    SessionToken token = administrator(&fixture), proved, again;

    fixture_advance(&fixture, SIGNIN_PROOF_MS);
    EXPECT_OK(session_prove(&fixture.service, fixture.tenant, &token, code_now(&fixture), &proved));
    EXPECT_ERR(session_prove(&fixture.service, fixture.tenant, &proved, code_now(&fixture), &again), E_INVALID);
}

TEST(whoever_guesses_codes_in_a_session_that_was_left_open_has_to_wait)
{
    FIXTURE(fixture);
    SessionToken token = administrator(&fixture), proved;

    fixture_advance(&fixture, SIGNIN_PROOF_MS);
    for (int i = 0; i <= BACKOFF_FREE_FAILURES; i++)
        EXPECT_ERR(session_prove(&fixture.service, fixture.tenant, &token, STR("000000"), &proved), E_INVALID);
    EXPECT_ERR(session_prove(&fixture.service, fixture.tenant, &token, code_now(&fixture), &proved), E_BUSY);
    fixture_advance(&fixture, 2000);
    EXPECT_OK(session_prove(&fixture.service, fixture.tenant, &token, code_now(&fixture), &proved));
}

TEST(only_acts_that_give_rights_delete_or_take_data_out_ask_for_a_code)
{
    EXPECT(signin_must_prove(ACT_STAFF_APPOINT, 0, SIGNIN_PROOF_MS));
    EXPECT(!signin_must_prove(ACT_STAFF_APPOINT, 0, SIGNIN_PROOF_MS - 1));
    EXPECT(signin_must_prove(ACT_STAFF_APPOINT, 1, 0));
    EXPECT(signin_must_prove(ACT_GUARDIAN_ADD, 0, SIGNIN_PROOF_MS));
    EXPECT(signin_must_prove(ACT_CHILD_LET_IN, 0, SIGNIN_PROOF_MS));
    EXPECT(signin_must_prove(ACT_PRINT, 0, SIGNIN_PROOF_MS));
    EXPECT(signin_must_prove(ACT_DELETION_APPROVE, 0, SIGNIN_PROOF_MS));
    EXPECT(!signin_must_prove(ACT_LOG_READ, 0, SIGNIN_PROOF_MS));
    EXPECT(!signin_must_prove(ACT_PARTICIPANT_ADD, 0, SIGNIN_PROOF_MS));
    EXPECT(!signin_must_prove(ACT_NOTE_WRITE, 0, SIGNIN_PROOF_MS));
}

RUN_TESTS("prove")
