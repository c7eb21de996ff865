/* The rights of a person are what was given: whoever can write the database, but has no key, takes one away for a moment, puts one
 * back with the proof that it had, or adds one.
 * Must not write such a row through the service.
 * Run by meson test. */
#include <sqlite3.h>

#include "support/test.h"

#include <stdio.h>

#include "service/municipality/verify.h"
#include "service/people/account.h"
#include "service/people/appoint.h"
#include "service/people/code.h"
#include "service/people/staff.h"
#include "service/people/units.h"
#include "service/session/demo.h"
#include "service/session/enrol.h"
#include "service/session/roles.h"
#include "service/session/sign_in.h"
#include "support/fixture.h"
#include "store/verify/verify.h"

/* Ola is a holder in one unit, which Eli manages, and an actor in the other, which Kari does. */
typedef struct Office {
    Fixture fixture;
    Actor admin, eli, other;
    Id unit, other_unit, ola;
    StaffCode part; /* of Eli: worth the holder's role alone */
} Office;

static void office_end(Office *office)
{
    fixture_end(&office->fixture);
}

static void by_hand(Office *office, const char *sql)
{
    char path[2 * TEST_PATH], attach[2 * TEST_PATH], tenant[ID_TEXT + 1];
    sqlite3 *database = NULL;

    id_to_text(office->fixture.tenant, tenant);
    snprintf(path, sizeof path, "%s/municipality/%s.db", office->fixture.folder, tenant);
    snprintf(attach, sizeof attach, "ATTACH '%s/kept.db' AS kept", office->fixture.folder);
    EXPECT(sqlite3_open(path, &database) == SQLITE_OK);
    sqlite3_busy_timeout(database, 5000);
    EXPECT(sqlite3_exec(database, attach, NULL, NULL, NULL) == SQLITE_OK);
    EXPECT(sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(database);
}

static Actor signed_in(Fixture *fixture)
{
    Str code = str_from_c(fixture->code.text);
    SessionToken first, second;
    RoleChoices roles;
    Actor actor;

    fixture_enrol(fixture);
    EXPECT_OK(session_sign_in(&fixture->service, fixture->tenant, &(SignIn){FIXTURE_USER_NAME, FIXTURE_PASSWORD,
                              fixture_totp(fixture, code, 0), STR_NONE, STR_NONE}, &first));
    EXPECT_OK(session_roles(&fixture->service, fixture->tenant, &first, fixture->arena, &roles));
    EXPECT_OK(session_choose(&fixture->service, fixture->tenant, &first, &roles.items[0], &second));
    EXPECT_OK(session_resume(&fixture->service, fixture->tenant, &second, &actor));
    return actor;
}

static Id unit_called(Office *office, Str name)
{
    Values values = {.kind = kind_of(KIND_ORGANISATION)};
    Id unit = {0};

    values.text[0] = name;
    values.text[2] = STR("1");
    EXPECT_OK(people_unit_add(&office->fixture.service, &office->admin, &values, &unit, &(FieldKey){FIELD_NONE}));
    return unit;
}

static Id appointed(Office *office, const Actor *by, Str name, Str email, Role role)
{
    Values person = {.kind = kind_of(KIND_STAFF_PERSON)};
    Appointment appointment = {.person = &person, .role = role, .from_at = by->now - 1};
    EnrolmentCode code;
    Id id = {0};

    person.text[0] = name;
    person.text[1] = email;
    appointment.unit = role == ROLE_ORG_MANAGER ? office->unit : by->unit;
    EXPECT_OK(people_appoint(&office->fixture.service, by, &appointment, &id, &code));
    return id;
}

static Id role_row(Office *office, const Actor *actor, Id unit, Id person)
{
    StaffRoles staff = {0};

    EXPECT_OK(people_staff(&office->fixture.service, actor, unit, office->fixture.arena, &staff));
    for (uint32_t i = 0; i < staff.count; i++)
        if (id_equal(staff.items[i].person, person))
            return staff.items[i].role_row;
    EXPECT(false && "the person has a role here");
    return (Id){0};
}

/* Whoever manages this unit, which is the office's from now on. */
static Actor manager_of(Office *office, Id unit, Str name, Str email)
{
    Actor manager = office->admin;

    office->unit = unit;
    manager.person = appointed(office, &office->admin, name, email, ROLE_ORG_MANAGER);
    manager.role = ROLE_ORG_MANAGER;
    manager.unit = unit;
    manager.role_row = role_row(office, &office->admin, (Id){0}, manager.person);
    return manager;
}

static void office_begin(Office *office)
{
    fixture_begin(&office->fixture);
    office->admin = signed_in(&office->fixture);
    office->other_unit = unit_called(office, STR("Skogen barnehage"));
    office->other = manager_of(office, office->other_unit, STR("Kari Leder"), STR("kari@example.invalid"));
    office->eli = manager_of(office, unit_called(office, STR("Solbakken skole")), STR("Eli Leder"), STR("eli@example.invalid"));
    office->ola = appointed(office, &office->eli, STR("Ola Nordbakk"), STR("ola@example.invalid"), ROLE_RELAY_HOLDER);
}

static Id ola_works_elsewhere(Office *office)
{
    EXPECT(id_equal(appointed(office, &office->other, STR("Ola Nordbakk"), STR("ola@example.invalid"), ROLE_ACTOR), office->ola));
    return role_row(office, &office->other, office->other_unit, office->ola);
}

static void part_is_given(Office *office)
{
    EXPECT_OK(people_enrolment_code(&office->fixture.service, &office->eli, role_row(office, &office->eli, office->unit, office->ola),
                                    office->fixture.arena, &office->part));
}

static Err enrol_with_part(Office *office)
{
    Str code = str_from_c(office->part.code.text), field = STR_NONE;

    return session_enrol(&office->fixture.service, office->fixture.tenant,
                         &(Enrolling){code, STR("ola.nordbakk"), FIXTURE_PASSWORD, fixture_totp(&office->fixture, code, -1)}, &field);
}

/* Signs in as Ola, and takes this role. */
static Err choose(Office *office, Role role)
{
    Fixture *fixture = &office->fixture;
    SessionToken first, second;
    RoleChoices roles = {0};

    TRY(session_sign_in_demo(&fixture->service, fixture->tenant, office->ola, &first));
    TRY(session_roles(&fixture->service, fixture->tenant, &first, fixture->arena, &roles));
    for (uint32_t i = 0; i < roles.count; i++)
        if (roles.items[i].role == role)
            return session_choose(&fixture->service, fixture->tenant, &first, &roles.items[i], &second);
    return fail(E_NOT_FOUND);
}

typedef struct Told {
    Id person;
    uint32_t of_person, others;
} Told;

static void tell(void *self, const Finding *finding)
{
    Told *told = self;
    bool is_it = finding->kind == FINDING_RIGHTS_DIFFER && id_equal(finding->row, told->person);

    told->of_person += is_it;
    told->others += !is_it;
}

static Told verified(Office *office)
{
    Told told = {.person = office->ola};
    const VerifyTo to = {.self = &told, .found = tell};
    VerifyResult result;

    EXPECT_OK(verify_database(&office->fixture.service, office->fixture.tenant, &to, &result));
    return told;
}

#define OFFICE(name)                  \
    AUTO(office_end) Office name = {0}; \
    office_begin(&name)

TEST(a_code_for_a_part_enrols_nobody_while_the_row_of_the_rest_is_away)
{
    OFFICE(office);

    ola_works_elsewhere(&office);
    part_is_given(&office);
    by_hand(&office, "CREATE TABLE kept.role AS SELECT * FROM main.role WHERE role=4;DELETE FROM main.role WHERE role=4");
    EXPECT_ERR(enrol_with_part(&office), E_FORGED);
    EXPECT(verified(&office).of_person == 1);
    by_hand(&office, "INSERT INTO main.role SELECT * FROM kept.role");
    EXPECT(verified(&office).of_person == 0 && verified(&office).others == 0);
    EXPECT_ERR(enrol_with_part(&office), E_INVALID);
}

TEST(a_person_whose_whole_row_was_put_back_for_the_moment_gets_their_other_role_no_more)
{
    OFFICE(office);

    by_hand(&office, "CREATE TABLE kept.person AS SELECT * FROM main.person");
    ola_works_elsewhere(&office);
    part_is_given(&office);
    by_hand(&office, "CREATE TABLE kept.role AS SELECT * FROM main.role WHERE role=4;DELETE FROM main.role WHERE role=4;"
                     "REPLACE INTO main.person SELECT * FROM kept.person");
    EXPECT_OK(enrol_with_part(&office));
    by_hand(&office, "INSERT INTO main.role SELECT * FROM kept.role");
    EXPECT_ERR(choose(&office, ROLE_ACTOR), E_FORGED);
    EXPECT(verified(&office).of_person == 1 && verified(&office).others == 0);
}

TEST(a_role_that_ended_and_is_put_back_with_the_proof_it_had_is_not_chosen)
{
    OFFICE(office);
    Id elsewhere = ola_works_elsewhere(&office);

    EXPECT_OK(choose(&office, ROLE_ACTOR));
    by_hand(&office, "CREATE TABLE kept.role AS SELECT * FROM main.role WHERE role=4");
    EXPECT_OK(people_role_end(&office.fixture.service, &office.other, &(RoleEnd){.role_row = elsewhere}));
    EXPECT_ERR(choose(&office, ROLE_ACTOR), E_NOT_FOUND);
    EXPECT_OK(choose(&office, ROLE_RELAY_HOLDER));
    by_hand(&office, "REPLACE INTO main.role SELECT * FROM kept.role");
    EXPECT_ERR(choose(&office, ROLE_ACTOR), E_FORGED);
    EXPECT(verified(&office).of_person == 1);
}

TEST(a_session_of_a_role_that_ended_is_gone_when_the_role_is_put_back)
{
    OFFICE(office);
    Fixture *fixture = &office.fixture;
    Id elsewhere = ola_works_elsewhere(&office);
    SessionToken first, second;
    RoleChoices roles = {0};
    Actor actor, again;

    EXPECT_OK(session_sign_in_demo(&fixture->service, fixture->tenant, office.ola, &first));
    EXPECT_OK(session_roles(&fixture->service, fixture->tenant, &first, fixture->arena, &roles));
    for (uint32_t i = 0; i < roles.count; i++)
        if (roles.items[i].role == ROLE_ACTOR)
            EXPECT_OK(session_choose(&fixture->service, fixture->tenant, &first, &roles.items[i], &second));
    EXPECT_OK(session_resume(&fixture->service, fixture->tenant, &second, &actor));
    by_hand(&office, "CREATE TABLE kept.role AS SELECT * FROM main.role WHERE role=4;"
                     "CREATE TABLE kept.session AS SELECT * FROM main.session");
    EXPECT_OK(people_role_end(&fixture->service, &office.other, &(RoleEnd){.role_row = elsewhere}));
    by_hand(&office, "REPLACE INTO main.role SELECT * FROM kept.role");
    EXPECT_ERR(session_resume(&fixture->service, fixture->tenant, &second, &again), E_NO_SESSION);
    /* With its own row too it opens nothing: the chain has a line that ended the role, and the agent has forgotten what it gave. */
    by_hand(&office, "REPLACE INTO main.session SELECT * FROM kept.session");
    EXPECT_ERR(session_resume(&fixture->service, fixture->tenant, &second, &again), E_NO_SESSION);
    EXPECT_ERR(person_name(&fixture->service, &actor, office.ola, fixture->arena, &(Str){0}), E_NO_GRANT);
}

TEST(a_person_put_back_whole_with_a_role_that_has_ended_chooses_none)
{
    OFFICE(office);
    Id elsewhere = ola_works_elsewhere(&office);

    by_hand(&office, "CREATE TABLE kept.role AS SELECT * FROM main.role WHERE role=4;"
                     "CREATE TABLE kept.person AS SELECT * FROM main.person");
    EXPECT_OK(people_role_end(&office.fixture.service, &office.other, &(RoleEnd){.role_row = elsewhere}));
    by_hand(&office, "REPLACE INTO main.role SELECT * FROM kept.role;REPLACE INTO main.person SELECT * FROM kept.person");
    EXPECT_ERR(choose(&office, ROLE_ACTOR), E_FORGED);
    EXPECT_ERR(choose(&office, ROLE_RELAY_HOLDER), E_FORGED);
}

RUN_TESTS("rights")
