/* Signing in against real databases and a real key agent: refusals first.
 * Must not sleep: the service's clock is moved instead.
 * Run by meson test. */
#include <sqlite3.h>

#include "support/test.h"

#include <stdio.h>

#include "domain/signin.h"
#include "service/municipality/founding.h"
#include "service/session/demo.h"
#include "service/session/enrol.h"
#include "service/session/roles.h"
#include "service/session/sign_in.h"
#include "support/fixture.h"

#define FIXTURE(name)                     \
    AUTO(fixture_end) Fixture name = {0}; \
    fixture_begin(&name)

static Err sign_in_from(Fixture *fixture, const char *address, int64_t steps, SessionToken *ret_token)
{
    Str code = fixture_totp(fixture, str_from_c(fixture->code.text), steps);

    return session_sign_in(&fixture->service, fixture->tenant, &(SignIn){FIXTURE_USER_NAME, FIXTURE_PASSWORD, code,
                           str_from_c(address), STR_NONE}, ret_token);
}

static Err sign_in(Fixture *fixture, Str user_name, Str password, int64_t steps, SessionToken *ret_token)
{
    Str code = fixture_totp(fixture, str_from_c(fixture->code.text), steps);

    return session_sign_in(&fixture->service, fixture->tenant, &(SignIn){user_name, password, code, STR("192.0.2.1"), STR_NONE},
                           ret_token);
}

static AuditRows lines_of(Fixture *fixture)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Store *store = NULL;
    AuditRows rows = {0};

    EXPECT_OK(store_of(fixture->service.stores, fixture->tenant, &store));
    EXPECT_OK(store_read(store, &tx));
    EXPECT_OK(store_audit_all(tx, 0, 500, fixture->arena, &rows));
    return rows;
}

TEST(a_code_that_is_none_enrols_nobody_and_leaves_a_line)
{
    FIXTURE(fixture);
    EnrolmentStart start;
    uint32_t before = lines_of(&fixture).count;

    EXPECT_ERR(session_enrolment_begin(&fixture.service, fixture.tenant, STR("abcd"), fixture.arena, &start), E_NOT_FOUND);
    EXPECT_ERR(session_enrolment_begin(&fixture.service, fixture.tenant, STR("AAAAAAAAAAAAAAAAAAAAAAAAAA"), fixture.arena,
                                       &start),
               E_NOT_FOUND);
    EXPECT(lines_of(&fixture).count == before + 2);
}

TEST(an_enrolment_code_is_good_for_fourteen_days_and_once)
{
    FIXTURE(fixture);
    EnrolmentStart start;
    Str code = str_from_c(fixture.code.text);

    fixture.later = INT64_C(14) * 24 * 3600 * 1000;
    EXPECT_ERR(session_enrolment_begin(&fixture.service, fixture.tenant, code, fixture.arena, &start), E_NOT_FOUND);
    fixture.later = 0;
    EXPECT_OK(session_enrolment_begin(&fixture.service, fixture.tenant, code, fixture.arena, &start));
    EXPECT(str_equal(start.user_name_hint, FIXTURE_USER_NAME));
    fixture_enrol(&fixture);
    EXPECT_ERR(session_enrolment_begin(&fixture.service, fixture.tenant, code, fixture.arena, &start), E_NOT_FOUND);
}

/* Whoever can write the database, with a file of their own beside it. */
static void by_hand(Fixture *fixture, const char *sql)
{
    char path[2 * TEST_PATH], attach[2 * TEST_PATH], tenant[ID_TEXT + 1];
    sqlite3 *database = NULL;

    id_to_text(fixture->tenant, tenant);
    snprintf(path, sizeof path, "%s/municipality/%s.db", fixture->folder, tenant);
    snprintf(attach, sizeof attach, "ATTACH '%s/kept.db' AS kept", fixture->folder);
    EXPECT(sqlite3_open(path, &database) == SQLITE_OK);
    sqlite3_busy_timeout(database, 5000);
    EXPECT(sqlite3_exec(database, attach, NULL, NULL, NULL) == SQLITE_OK);
    EXPECT(sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(database);
}

TEST(a_used_code_whose_rows_are_put_back_with_their_proofs_enrols_nobody_again)
{
    FIXTURE(fixture);
    EnrolmentStart start;

    by_hand(&fixture, "CREATE TABLE kept.enrolment AS SELECT * FROM main.enrolment");
    fixture.later += 120000;
    fixture_enrol(&fixture);
    fixture.later += 60000;
    by_hand(&fixture, "INSERT INTO main.enrolment SELECT * FROM kept.enrolment");
    EXPECT_ERR(session_enrolment_begin(&fixture.service, fixture.tenant, str_from_c(fixture.code.text), fixture.arena, &start),
               E_NOT_FOUND);
}

TEST(an_enrolment_code_is_read_as_people_copy_and_type_it)
{
    FIXTURE(fixture);
    EnrolmentStart start;
    char typed[4 * sizeof fixture.code.text] = "";
    size_t length = 0;

    /* Small letters, what looks like an O or a B as a digit, a no-break space and an en dash for each hyphen. */
    for (const char *c = fixture.code.text; *c; c++) {
        if (*c == '-')
            length += (size_t)snprintf(typed + length, sizeof typed - length, "\xC2\xA0\xE2\x80\x93");
        else
            typed[length++] = *c == 'O' ? '0' : *c == 'B' ? '8' : *c == 'I' ? '1' : (char)(*c >= 'A' ? *c + 0x20 : *c);
    }
    EXPECT_OK(session_enrolment_begin(&fixture.service, fixture.tenant, str_from_bytes(typed, length), fixture.arena, &start));
}

TEST(whoever_chose_a_password_on_one_keyboard_signs_in_on_another)
{
    const Str composed = STR("tre bl\xC3\xA5 rever over vannet"), decomposed = STR("tre bla\xCC\x8A rever over vannet");
    FIXTURE(fixture);
    Str code = str_from_c(fixture.code.text), field = STR_NONE;
    SessionToken token;

    EXPECT_OK(session_enrol(&fixture.service, fixture.tenant,
                            &(Enrolling){code, FIXTURE_USER_NAME, decomposed, fixture_totp(&fixture, code, -1)}, &field));
    EXPECT_OK(sign_in(&fixture, FIXTURE_USER_NAME, composed, 0, &token));
    EXPECT_OK(sign_in(&fixture, FIXTURE_USER_NAME, decomposed, 1, &token));
}

TEST(a_password_is_measured_as_it_is_kept)
{
    FIXTURE(fixture);
    Str code = str_from_c(fixture.code.text), field = STR_NONE;

    /* Fourteen letters, sixteen code points while they are decomposed. */
    EXPECT_ERR(session_enrol(&fixture.service, fixture.tenant,
                             &(Enrolling){code, FIXTURE_USER_NAME, STR("bla\xCC\x8A" "fuglhoppera\xCC\x8A"),
                                          fixture_totp(&fixture, code, 0)}, &field),
               E_INVALID);
    EXPECT_STR(field, "password");
}

TEST(a_weak_password_or_a_wrong_first_code_does_not_use_the_enrolment_up)
{
    FIXTURE(fixture);
    Str code = str_from_c(fixture.code.text);
    Str field = STR_NONE;

    EXPECT_ERR(session_enrol(&fixture.service, fixture.tenant, &(Enrolling){code, FIXTURE_USER_NAME, STR("kort"),
                             fixture_totp(&fixture, code, 0)}, &field),
               E_INVALID);
    EXPECT_STR(field, "password");
    EXPECT_ERR(session_enrol(&fixture.service, fixture.tenant, &(Enrolling){code, FIXTURE_USER_NAME, FIXTURE_PASSWORD,
                             fixture_totp(&fixture, code, 9)}, &field),
               E_INVALID);
    EXPECT_STR(field, "code");
    fixture_enrol(&fixture);
}

TEST(a_wrong_password_a_wrong_code_and_an_unknown_name_get_one_answer_and_one_line_each)
{
    FIXTURE(fixture);
    SessionToken token;

    fixture_enrol(&fixture);
    uint32_t before = lines_of(&fixture).count;
    EXPECT_ERR(sign_in(&fixture, FIXTURE_USER_NAME, STR("tre raske rev hopper over vannet"), 0, &token), E_NO_SESSION);
    EXPECT_ERR(sign_in(&fixture, FIXTURE_USER_NAME, FIXTURE_PASSWORD, 9, &token), E_NO_SESSION);
    EXPECT_ERR(sign_in(&fixture, STR("ingen@example.invalid"), FIXTURE_PASSWORD, 0, &token), E_NO_SESSION);
    AuditRows rows = lines_of(&fixture);
    EXPECT(rows.count == before + 3);
    for (uint32_t i = 0; i < 3; i++) {
        EXPECT(rows.items[i].line.outcome == AUDIT_REFUSED && rows.items[i].line.act == ACT_SIGN_IN);
        EXPECT(id_is_none(rows.items[i].line.person));
    }
}

TEST(a_code_is_taken_once)
{
    FIXTURE(fixture);
    SessionToken token;

    fixture_enrol(&fixture);
    EXPECT_OK(sign_in(&fixture, FIXTURE_USER_NAME, FIXTURE_PASSWORD, 0, &token));
    EXPECT_ERR(sign_in(&fixture, FIXTURE_USER_NAME, FIXTURE_PASSWORD, 0, &token), E_NO_SESSION);
}

TEST(after_the_fifth_failure_one_waits_and_the_wait_ends_by_itself)
{
    FIXTURE(fixture);
    SessionToken token;

    fixture_enrol(&fixture);
    for (int i = 0; i < 5; i++)
        EXPECT_ERR(sign_in(&fixture, FIXTURE_USER_NAME, FIXTURE_PASSWORD, 9, &token), E_NO_SESSION);
    EXPECT_ERR(sign_in(&fixture, FIXTURE_USER_NAME, FIXTURE_PASSWORD, 0, &token), E_BUSY);
    fixture_advance(&fixture, 60 * 1000);
    EXPECT_OK(sign_in(&fixture, FIXTURE_USER_NAME, FIXTURE_PASSWORD, 0, &token));
}

TEST(a_stranger_who_fails_on_purpose_keeps_nobody_away_from_where_they_have_signed_in_before)
{
    FIXTURE(fixture);
    SessionToken token;

    fixture_enrol(&fixture);
    EXPECT_OK(sign_in_from(&fixture, "192.0.2.1", 0, &token));
    fixture_advance(&fixture, 60 * 1000);
    for (int i = 0; i < 5; i++)
        EXPECT_ERR(sign_in_from(&fixture, "198.51.100.7", 9, &token), E_NO_SESSION);
    EXPECT_ERR(sign_in_from(&fixture, "198.51.100.7", 0, &token), E_BUSY);
    EXPECT_ERR(sign_in_from(&fixture, "203.0.113.9", 0, &token), E_BUSY);
    EXPECT_OK(sign_in_from(&fixture, "192.0.2.1", 0, &token));
}

TEST(at_a_known_address_too_one_waits_after_failures)
{
    FIXTURE(fixture);
    SessionToken token;

    fixture_enrol(&fixture);
    EXPECT_OK(sign_in_from(&fixture, "192.0.2.1", 0, &token));
    fixture_advance(&fixture, 60 * 1000);
    for (int i = 0; i < 5; i++)
        EXPECT_ERR(sign_in_from(&fixture, "192.0.2.1", 9, &token), E_NO_SESSION);
    EXPECT_ERR(sign_in_from(&fixture, "192.0.2.1", 0, &token), E_BUSY);
    fixture_advance(&fixture, 60 * 1000);
    EXPECT_OK(sign_in_from(&fixture, "192.0.2.1", 0, &token));
}

TEST(colleagues_in_one_house_who_fail_now_and_then_do_not_keep_each_other_away)
{
    FIXTURE(fixture);
    SessionToken token;

    fixture_enrol(&fixture);
    for (int i = 0; i < 12; i++) {
        char name[40];
        snprintf(name, sizeof name, "kollega%d@example.invalid", i);
        EXPECT_ERR(sign_in(&fixture, str_from_c(name), FIXTURE_PASSWORD, 0, &token), E_NO_SESSION);
    }
    EXPECT_OK(sign_in(&fixture, FIXTURE_USER_NAME, FIXTURE_PASSWORD, 0, &token));
}

TEST(whoever_guesses_from_one_network_waits_whatever_names_they_try)
{
    FIXTURE(fixture);
    SessionToken token;
    char address[40], name[40];
    int tried = 0;

    fixture_enrol(&fixture);
    for (Err err = fail(E_NO_SESSION); err.id == E_NO_SESSION && tried < 40; tried++) {
        snprintf(address, sizeof address, "2001:db8:1:2::%x", tried + 1);
        snprintf(name, sizeof name, "gjetning%d@example.invalid", tried);
        err = session_sign_in(&fixture.service, fixture.tenant, &(SignIn){str_from_c(name), FIXTURE_PASSWORD,
                              STR("000000"), str_from_c(address), STR_NONE}, &token);
        EXPECT(err.id == E_NO_SESSION || err.id == E_BUSY);
    }
    EXPECT(tried < 40);
}

TEST(codes_are_not_guessed_without_end_either)
{
    FIXTURE(fixture);
    EnrolmentStart start;
    int tried = 0;

    while (tried < 40 && is_ok(session_enrolment_may_try(&fixture.service, STR("198.51.100.7")))) {
        EXPECT_ERR(session_enrolment_begin(&fixture.service, fixture.tenant, STR("AAAA-BBBB"), fixture.arena, &start), E_NOT_FOUND);
        EXPECT_OK(session_enrolment_failed(&fixture.service, STR("198.51.100.7")));
        tried++;
    }
    EXPECT(tried < 40);
    EXPECT_OK(session_enrolment_may_try(&fixture.service, STR("192.0.2.1")));
    fixture_advance(&fixture, 60 * 1000);
    EXPECT_OK(session_enrolment_may_try(&fixture.service, STR("198.51.100.7")));
}

TEST(a_session_goes_from_signing_in_over_a_role_to_its_end)
{
    FIXTURE(fixture);
    SessionToken first, second;
    RoleChoices roles;
    Actor actor;

    fixture_enrol(&fixture);
    EXPECT_OK(sign_in(&fixture, STR(" Kari.Kommune@example.invalid "), FIXTURE_PASSWORD, 0, &first));
    EXPECT_OK(session_resume(&fixture.service, fixture.tenant, &first, &actor));
    EXPECT(actor.role == ROLE_NONE);
    EXPECT_OK(session_roles(&fixture.service, fixture.tenant, &first, fixture.arena, &roles));
    EXPECT(roles.count == 1 && roles.items[0].role == ROLE_MUNICIPALITY_ADMIN);
    RoleChoice stolen = roles.items[0];
    stolen.role = ROLE_RELAY_HOLDER;
    EXPECT_ERR(session_choose(&fixture.service, fixture.tenant, &first, &stolen, &second), E_FORBIDDEN);
    EXPECT_OK(session_choose(&fixture.service, fixture.tenant, &first, &roles.items[0], &second));
    EXPECT_ERR(session_resume(&fixture.service, fixture.tenant, &first, &actor), E_NO_SESSION);
    EXPECT_OK(session_resume(&fixture.service, fixture.tenant, &second, &actor));
    EXPECT(actor.role == ROLE_MUNICIPALITY_ADMIN);
    EXPECT_OK(session_sign_out(&fixture.service, &actor));
    EXPECT_ERR(session_resume(&fixture.service, fixture.tenant, &second, &actor), E_NO_SESSION);
}

TEST(nobody_becomes_anybody_with_one_click_in_production)
{
    FIXTURE(fixture);
    const DemoChoice *people = NULL;
    uint32_t count = 0;
    SessionToken token;

    EXPECT_OK(session_demo_people(&fixture.service, fixture.tenant, fixture.arena, &people, &count));
    EXPECT(count > 0);
    fixture.service.mode = MODE_PRODUCTION;
    EXPECT_ERR(session_sign_in_demo(&fixture.service, fixture.tenant, people[0].person, &token), E_MODE);
    EXPECT_ERR(session_demo_people(&fixture.service, fixture.tenant, fixture.arena, &people, &count), E_MODE);
}

TEST(a_clock_that_is_a_little_ahead_of_the_agents_lets_people_sign_in)
{
    FIXTURE(fixture);
    SessionToken token;

    fixture_enrol(&fixture);
    fixture.later = SESSION_CLOCK_MARGIN_MS - 10000;
    EXPECT_OK(sign_in(&fixture, FIXTURE_USER_NAME, FIXTURE_PASSWORD, 0, &token));
}

TEST(an_idle_session_is_over)
{
    FIXTURE(fixture);
    SessionToken token;
    Actor actor;

    fixture_enrol(&fixture);
    EXPECT_OK(sign_in(&fixture, FIXTURE_USER_NAME, FIXTURE_PASSWORD, 0, &token));
    fixture.later = INT64_C(16) * 60 * 1000;
    EXPECT_ERR(session_resume(&fixture.service, fixture.tenant, &token, &actor), E_NO_SESSION);
}

TEST(only_a_session_that_was_idle_too_long_is_resumed_as_an_idle_one)
{
    FIXTURE(fixture);
    SessionToken first, second, unknown = {{1}};
    RoleChoices roles;
    IdleActor idle;

    fixture_enrol(&fixture);
    EXPECT_OK(sign_in(&fixture, FIXTURE_USER_NAME, FIXTURE_PASSWORD, 0, &first));
    fixture.later = INT64_C(16) * 60 * 1000;
    EXPECT_ERR(session_resume_idle(&fixture.service, fixture.tenant, &first, &idle), E_NO_SESSION); /* no role chosen */
    fixture.later = 0;
    EXPECT_OK(session_roles(&fixture.service, fixture.tenant, &first, fixture.arena, &roles));
    EXPECT_OK(session_choose(&fixture.service, fixture.tenant, &first, &roles.items[0], &second));
    EXPECT_ERR(session_resume_idle(&fixture.service, fixture.tenant, &second, &idle), E_NO_SESSION); /* alive */
    EXPECT_ERR(session_resume_idle(&fixture.service, fixture.tenant, &unknown, &idle), E_NO_SESSION);
    fixture.later = INT64_C(16) * 60 * 1000;
    EXPECT_OK(session_resume_idle(&fixture.service, fixture.tenant, &second, &idle));
    EXPECT(idle.actor.role == ROLE_MUNICIPALITY_ADMIN);
    fixture.later = INT64_C(481) * 60 * 1000;
    EXPECT_ERR(session_resume_idle(&fixture.service, fixture.tenant, &second, &idle), E_NO_SESSION); /* its end */
}

TEST(a_municipality_number_is_taken_once)
{
    FIXTURE(fixture);
    Values person = {.kind = kind_of(KIND_STAFF_PERSON)};
    NewMunicipality again = {.number = STR("9901"), .name = STR("Andrevik"), .person = &person};
    EnrolmentCode code;
    Id tenant;

    EXPECT_ERR(municipality_create(&fixture.service, &again, &tenant, &code), E_DUPLICATE);
}

RUN_TESTS("session")
