/* Units and appointment against real databases and a real key agent: refusals first.
 * Must not reach into the database but through the service.
 * Run by meson test. */
#include "support/test.h"

#include <threads.h>

#include "service/people/appoint.h"
#include "service/people/code.h"
#include "service/people/overview.h"
#include "service/people/staff.h"
#include "service/people/units.h"
#include "service/session/demo.h"
#include "service/session/enrol.h"
#include "service/session/roles.h"
#include "service/session/sign_in.h"
#include "support/between.h"
#include "support/fixture.h"

#define FIXTURE(name)                     \
    AUTO(fixture_end) Fixture name = {0}; \
    fixture_begin(&name)

static Actor administrator(Fixture *fixture)
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

static Id new_unit(Fixture *fixture, const Actor *actor)
{
    Values values = {.kind = kind_of(KIND_ORGANISATION)};
    Id unit = {0};

    static const char *const names[] = {"Solbakken skole", "Solbakken skole 2", "Solbakken skole 3", "Solbakken skole 4"};
    Err added = ok();

    values.text[2] = STR("1");
    for (size_t i = 0; i < COUNT_OF(names) && (i == 0 || added.id == E_DUPLICATE); i++) {
        values.text[0] = str_from_c(names[i]);
        added = people_unit_add(&fixture->service, actor, &values, &unit, &(FieldKey){FIELD_NONE});
    }
    EXPECT_OK(added);
    return unit;
}

static Values person_called(Str name, Str email)
{
    Values values = {.kind = kind_of(KIND_STAFF_PERSON)};

    values.text[0] = name;
    values.text[1] = email;
    return values;
}

TEST(an_administrator_appoints_neither_relay_holders_nor_themselves)
{
    FIXTURE(fixture);
    Actor actor = administrator(&fixture);
    Values other = person_called(STR("Ola Nordbakk"), STR("ola@example.invalid"));
    Values self = person_called(STR("Kari Kommune"), STR("KARI.kommune@example.invalid"));
    Appointment holder = {.person = &other, .role = ROLE_RELAY_HOLDER, .unit = new_unit(&fixture, &actor), .from_at = actor.now};
    Appointment own = {.person = &self, .role = ROLE_ORG_MANAGER, .unit = holder.unit, .from_at = actor.now};
    EnrolmentCode code;
    Id person;

    EXPECT_ERR(people_appoint(&fixture.service, &actor, &holder, &person, &code), E_FORBIDDEN);
    EXPECT_ERR(people_appoint(&fixture.service, &actor, &own, &person, &code), E_FORBIDDEN);
}

TEST(the_longest_address_that_the_form_takes_is_the_longest_that_finds_an_account)
{
    const Kind *kind = kind_of(KIND_STAFF_PERSON);

    EXPECT(kind->fields[kind_find(kind, STR("email"))].maximum == INDEX_TEXT_MAX);
}

TEST(a_person_who_is_here_already_gets_another_role_and_no_second_account_and_the_newest_code_only)
{
    FIXTURE(fixture);
    Actor actor = administrator(&fixture);
    Values manager = person_called(STR("Eli Leder"), STR("eli@example.invalid"));
    Appointment first = {.person = &manager, .role = ROLE_ORG_MANAGER, .unit = new_unit(&fixture, &actor), .from_at = actor.now};
    Appointment second = first;
    EnrolmentCode code, newer;
    EnrolmentStart start;
    Id person, again;

    EXPECT_OK(people_appoint(&fixture.service, &actor, &first, &person, &code));
    EXPECT(code.text[0] != '\0');
    second.role = ROLE_MUNICIPALITY_ADMIN;
    second.unit = (Id){0};
    EXPECT_OK(people_appoint(&fixture.service, &actor, &second, &again, &newer));
    EXPECT(id_equal(person, again) && newer.text[0] != '\0');
    EXPECT_ERR(session_enrolment_begin(&fixture.service, fixture.tenant, str_from_c(code.text), fixture.arena, &start), E_NOT_FOUND);
    EXPECT_OK(session_enrolment_begin(&fixture.service, fixture.tenant, str_from_c(newer.text), fixture.arena, &start));
}

TEST(nobody_gets_a_role_by_the_e_mail_of_somebody_of_another_name)
{
    FIXTURE(fixture);
    Actor actor = administrator(&fixture);
    Values eli = person_called(STR("Eli Leder"), STR("eli@example.invalid"));
    Values other = person_called(STR("Elin Leder"), STR("eli@example.invalid"));
    Values same = person_called(STR("ELI  leder"), STR("Eli@example.invalid"));
    Appointment appointment = {.person = &eli, .role = ROLE_ORG_MANAGER, .unit = new_unit(&fixture, &actor), .from_at = actor.now - 1};
    EnrolmentCode code;
    Id first, second;

    EXPECT_OK(people_appoint(&fixture.service, &actor, &appointment, &first, &code));
    appointment.person = &other;
    appointment.unit = new_unit(&fixture, &actor);
    EXPECT_ERR(people_appoint(&fixture.service, &actor, &appointment, &second, &code), E_DUPLICATE);
    appointment.person = &same;
    EXPECT_OK(people_appoint(&fixture.service, &actor, &appointment, &second, &code));
    EXPECT(id_equal(first, second));
}

TEST(a_person_who_signs_in_under_another_name_is_still_found_by_e_mail)
{
    FIXTURE(fixture);
    Actor actor = administrator(&fixture);
    Values manager = person_called(STR("Eli Leder"), STR("eli@example.invalid"));
    Appointment first = {.person = &manager, .role = ROLE_ORG_MANAGER, .unit = new_unit(&fixture, &actor), .from_at = actor.now};
    EnrolmentCode code, no_code;
    Id person, again;
    Str field;

    EXPECT_OK(people_appoint(&fixture.service, &actor, &first, &person, &code));
    EXPECT_OK(session_enrol(&fixture.service, fixture.tenant, &(Enrolling){str_from_c(code.text), STR("noe-helt-annet"),
                            FIXTURE_PASSWORD, fixture_totp(&fixture, str_from_c(code.text), 0)}, &field));
    first.unit = new_unit(&fixture, &actor);
    EXPECT_OK(people_appoint(&fixture.service, &actor, &first, &again, &no_code));
    EXPECT(id_equal(person, again) && no_code.text[0] == '\0');
}

TEST(a_role_is_ended_by_the_administrator_and_no_longer_chosen)
{
    FIXTURE(fixture);
    Actor actor = administrator(&fixture);
    Values manager = person_called(STR("Eli Leder"), STR("eli@example.invalid"));
    Appointment first = {.person = &manager, .role = ROLE_ORG_MANAGER, .unit = new_unit(&fixture, &actor), .from_at = actor.now - 1};
    EnrolmentCode code;
    StaffRoles staff;
    Id person;

    EXPECT_ERR(people_role_end(&fixture.service, &actor, &(RoleEnd){.role_row = actor.role_row}), E_FORBIDDEN);
    EXPECT_OK(people_appoint(&fixture.service, &actor, &first, &person, &code));
    EXPECT_OK(people_staff(&fixture.service, &actor, first.unit, fixture.arena, &staff));
    EXPECT(staff.count == 1 && !staff.items[0].enrolled);
    EXPECT_STR(staff.items[0].name, "Eli Leder");
    EXPECT_OK(people_role_end(&fixture.service, &actor, &(RoleEnd){.role_row = staff.items[0].role_row}));
    EXPECT_OK(people_staff(&fixture.service, &actor, (Id){0}, fixture.arena, &staff));
    EXPECT(staff.count == 1 && id_equal(staff.items[0].person, actor.person));
}

TEST(a_unit_is_added_by_the_administrator_only_and_listed_by_name)
{
    FIXTURE(fixture);
    Actor actor = administrator(&fixture);
    Actor family = actor;
    Values values = {.kind = kind_of(KIND_ORGANISATION)};
    Units units;
    Id unit;

    family.role = ROLE_GUARDIAN;
    EXPECT_ERR(people_unit_add(&fixture.service, &family, &values, &unit, &(FieldKey){FIELD_NONE}), E_FORBIDDEN);
    EXPECT_ERR(people_units(&fixture.service, &family, fixture.arena, &units), E_FORBIDDEN);
    unit = new_unit(&fixture, &actor);
    EXPECT_OK(people_units(&fixture.service, &actor, fixture.arena, &units));
    EXPECT(units.count == 1 && id_equal(units.items[0].id, unit));
    EXPECT_STR(units.items[0].name, "Solbakken skole");
}

TEST(a_unit_that_reads_as_one_that_is_here_is_refused_at_the_field_that_says_so)
{
    FIXTURE(fixture);
    Actor actor = administrator(&fixture);
    Values values = {.kind = kind_of(KIND_ORGANISATION)};
    FieldKey taken = FIELD_NONE;
    Id unit;

    new_unit(&fixture, &actor);
    values.text[0] = STR("SOLBAKKEN  Skole");
    values.text[2] = STR("1");
    EXPECT_ERR(people_unit_add(&fixture.service, &actor, &values, &unit, &taken), E_DUPLICATE);
    EXPECT(taken == ORGANISATION_NAME);
    values_put(&values, ORGANISATION_NAME, STR("Bekken"));
    values_put(&values, ORGANISATION_NUMBER, STR("974760673"));
    EXPECT_OK(people_unit_add(&fixture.service, &actor, &values, &unit, &taken));
    values_put(&values, ORGANISATION_NAME, STR("Elva"));
    EXPECT_ERR(people_unit_add(&fixture.service, &actor, &values, &unit, &taken), E_DUPLICATE);
    EXPECT(taken == ORGANISATION_NUMBER);
}

TEST(the_first_page_of_an_administrator_shows_both_lists_and_leaves_both_lines)
{
    FIXTURE(fixture);
    Actor actor = administrator(&fixture);
    Actor holder = actor, family = actor;
    StaffRoles managers;
    AuditRows lines;
    Units units;
    Tx *tx = NULL;

    holder.role = ROLE_RELAY_HOLDER;
    family.role = ROLE_GUARDIAN;
    Id unit = new_unit(&fixture, &actor);
    EXPECT_ERR(people_overview(&fixture.service, &family, fixture.arena, &units, &managers), E_FORBIDDEN);
    EXPECT_ERR(people_overview(&fixture.service, &holder, fixture.arena, &units, &managers), E_FORBIDDEN);
    EXPECT_OK(people_overview(&fixture.service, &actor, fixture.arena, &units, &managers));
    EXPECT(units.count == 1 && id_equal(units.items[0].id, unit));
    EXPECT(managers.count == 1 && id_equal(managers.items[0].person, actor.person));
    EXPECT_OK(store_read(actor.store, &tx));
    EXPECT_OK(store_audit_all(tx, 0, 4, fixture.arena, &lines));
    store_read_end(tx);
    EXPECT(lines.items[0].line.act == ACT_STAFF_LIST_READ && lines.items[0].line.outcome == AUDIT_ALLOWED);
    EXPECT(lines.items[1].line.act == ACT_REGISTER_READ && lines.items[1].line.outcome == AUDIT_ALLOWED);
    EXPECT(lines.items[0].line.amount == 1 && lines.items[1].line.amount == 1);
    EXPECT(lines.items[2].line.act == ACT_STAFF_LIST_READ && lines.items[2].line.outcome == AUDIT_REFUSED);
    EXPECT(lines.items[3].line.act == ACT_REGISTER_READ && lines.items[3].line.outcome == AUDIT_REFUSED);
}

/* Eli manages the unit and has appointed Ola there. */
typedef struct Office {
    Actor admin, manager;
    Id unit, other_unit;
    StaffRole holder;
} Office;

static void appoint(Fixture *fixture, const Actor *actor, Str name, Str email, Role role, Id unit, Id *ret_person)
{
    Values person = person_called(name, email);
    Appointment appointment = {.person = &person, .role = role, .unit = unit, .from_at = actor->now - 1};
    EnrolmentCode code;

    EXPECT_OK(people_appoint(&fixture->service, actor, &appointment, ret_person, &code));
}

static StaffRole role_of(Fixture *fixture, const Actor *actor, Id unit, Id person)
{
    StaffRoles staff = {0};

    EXPECT_OK(people_staff(&fixture->service, actor, unit, fixture->arena, &staff));
    for (uint32_t i = 0; i < staff.count; i++)
        if (id_equal(staff.items[i].person, person))
            return staff.items[i];
    EXPECT(false && "the person has a role here");
    return (StaffRole){0};
}

static void office_begin(Fixture *fixture, Office *office)
{
    Id person = {0};

    office->admin = administrator(fixture);
    office->unit = new_unit(fixture, &office->admin);
    office->other_unit = new_unit(fixture, &office->admin);
    appoint(fixture, &office->admin, STR("Eli Leder"), STR("eli@example.invalid"), ROLE_ORG_MANAGER, office->unit, &person);
    office->manager = office->admin;
    office->manager.person = person;
    office->manager.role = ROLE_ORG_MANAGER;
    office->manager.unit = office->unit;
    office->manager.role_row = role_of(fixture, &office->admin, (Id){0}, person).role_row;
    appoint(fixture, &office->manager, STR("Ola Nordbakk"), STR("ola@example.invalid"), ROLE_RELAY_HOLDER, office->unit, &person);
    office->holder = role_of(fixture, &office->manager, office->unit, person);
}

TEST(a_new_code_is_given_by_nobody_but_whoever_appoints_to_the_role_and_never_to_oneself)
{
    FIXTURE(fixture);
    Office office;
    office_begin(&fixture, &office);
    Actor other = office.manager;
    Actor holder = office.manager;
    StaffCode code;

    other.unit = office.other_unit;
    holder.role = ROLE_RELAY_HOLDER;
    EXPECT_ERR(people_enrolment_code(&fixture.service, &other, office.holder.role_row, fixture.arena, &code), E_FORBIDDEN);
    EXPECT_ERR(people_enrolment_code(&fixture.service, &holder, office.holder.role_row, fixture.arena, &code), E_FORBIDDEN);
    EXPECT_ERR(people_enrolment_code(&fixture.service, &office.manager, office.manager.role_row, fixture.arena, &code),
               E_FORBIDDEN);
}

TEST(a_new_code_takes_the_place_of_the_former_one)
{
    FIXTURE(fixture);
    Office office;
    office_begin(&fixture, &office);
    StaffCode first = {0}, second = {0};
    EnrolmentStart start;

    EXPECT_OK(people_enrolment_code(&fixture.service, &office.manager, office.holder.role_row, fixture.arena, &first));
    EXPECT_STR(first.name, "Ola Nordbakk");
    EXPECT_OK(people_enrolment_code(&fixture.service, &office.manager, office.holder.role_row, fixture.arena, &second));
    EXPECT_ERR(session_enrolment_begin(&fixture.service, fixture.tenant, str_from_c(first.code.text), fixture.arena, &start),
               E_NOT_FOUND);
    EXPECT_OK(session_enrolment_begin(&fixture.service, fixture.tenant, str_from_c(second.code.text), fixture.arena, &start));
}

/* ---- what a code is worth ---- */

static Err enrol_with(Fixture *fixture, Str code, Str user_name, int64_t step)
{
    Str field = STR_NONE;

    Str first = STR_NONE, rest = str_cut(code, ' ', &first);

    (void)rest;
    return session_enrol(&fixture->service, fixture->tenant,
                         &(Enrolling){code, user_name, FIXTURE_PASSWORD, fixture_totp(fixture, first, step)}, &field);
}

TEST(a_managers_code_for_somebody_who_also_works_elsewhere_opens_nothing_without_that_of_the_other_manager)
{
    FIXTURE(fixture);
    Office office;
    office_begin(&fixture, &office);
    Actor other = office.manager;
    StaffCode first = {0}, second = {0};
    Str both = STR_NONE;
    Id person;

    other.unit = office.other_unit;
    appoint(&fixture, &office.admin, STR("Kari Leder"), STR("kari@example.invalid"), ROLE_ORG_MANAGER, office.other_unit, &other.person);
    other.role_row = role_of(&fixture, &office.admin, (Id){0}, other.person).role_row;
    appoint(&fixture, &other, STR("Ola Nordbakk"), STR("ola@example.invalid"), ROLE_ACTOR, office.other_unit, &person);
    EXPECT(id_equal(person, office.holder.person));
    EXPECT_OK(people_enrolment_code(&fixture.service, &office.manager, office.holder.role_row, fixture.arena, &first));
    StaffRole there = role_of(&fixture, &other, office.other_unit, person);
    EXPECT_OK(people_enrolment_code(&fixture.service, &other, there.role_row, fixture.arena, &second));
    EXPECT(!first.whole && !second.whole);
    EXPECT_ERR(enrol_with(&fixture, str_from_c(first.code.text), STR("ola.nordbakk"), -1), E_INVALID);
    EXPECT_ERR(enrol_with(&fixture, str_from_c(second.code.text), STR("ola.nordbakk"), -1), E_INVALID);
    EXPECT_OK(str_format(fixture.arena, &both, "%s %s", first.code.text, second.code.text));
    EXPECT_OK(enrol_with(&fixture, both, STR("ola.nordbakk"), -1));
}

TEST(a_code_that_the_manager_kept_is_worth_nothing_once_the_person_is_made_administrator)
{
    FIXTURE(fixture);
    Office office;
    office_begin(&fixture, &office);
    Values ola = person_called(STR("Ola Nordbakk"), STR("ola@example.invalid"));
    Appointment promotion = {.person = &ola, .role = ROLE_MUNICIPALITY_ADMIN, .from_at = office.admin.now - 1};
    StaffCode kept = {0};
    EnrolmentCode newer = {.text = ""};
    Id person;

    EXPECT_OK(people_enrolment_code(&fixture.service, &office.manager, office.holder.role_row, fixture.arena, &kept));
    EXPECT_OK(people_appoint(&fixture.service, &office.admin, &promotion, &person, &newer));
    EXPECT_ERR(enrol_with(&fixture, str_from_c(kept.code.text), STR("ola.som.ka"), 0), E_NOT_FOUND);
    EXPECT(newer.text[0] != '\0');
}

TEST(an_administrator_becomes_no_holder_by_making_them_a_manager_and_giving_a_code)
{
    FIXTURE(fixture);
    Office office;
    office_begin(&fixture, &office);
    StaffCode code = {0}, first = {0};
    Id person;

    EXPECT_OK(people_enrolment_code(&fixture.service, &office.manager, office.holder.role_row, fixture.arena, &first));
    EXPECT_OK(enrol_with(&fixture, str_from_c(first.code.text), STR("ola.nordbakk"), -1));
    appoint(&fixture, &office.admin, STR("Ola Nordbakk"), STR("ola@example.invalid"), ROLE_ORG_MANAGER, office.other_unit, &person);
    StaffRole manager = role_of(&fixture, &office.admin, (Id){0}, person);
    EXPECT_OK(people_enrolment_code(&fixture.service, &office.admin, manager.role_row, fixture.arena, &code));
    EXPECT_ERR(enrol_with(&fixture, str_from_c(code.code.text), STR("ola.som.er.ka"), 0), E_INVALID);
}

TEST(a_lost_phone_of_somebody_with_two_roles_takes_a_code_of_each_who_gives_one)
{
    FIXTURE(fixture);
    Office office;
    office_begin(&fixture, &office);
    StaffCode first = {0}, of_admin = {0}, of_manager = {0};
    Str both = STR_NONE;
    Id person;

    EXPECT_OK(people_enrolment_code(&fixture.service, &office.manager, office.holder.role_row, fixture.arena, &first));
    EXPECT(first.whole);
    EXPECT_OK(enrol_with(&fixture, str_from_c(first.code.text), STR("ola.nordbakk"), -1));
    appoint(&fixture, &office.admin, STR("Ola Nordbakk"), STR("ola@example.invalid"), ROLE_ORG_MANAGER, office.other_unit, &person);
    StaffRole manager = role_of(&fixture, &office.admin, (Id){0}, person);
    EXPECT_OK(people_enrolment_code(&fixture.service, &office.admin, manager.role_row, fixture.arena, &of_admin));
    EXPECT_OK(people_enrolment_code(&fixture.service, &office.manager, office.holder.role_row, fixture.arena, &of_manager));
    EXPECT_OK(str_format(fixture.arena, &both, "%s %s", of_manager.code.text, of_admin.code.text));
    EXPECT_OK(enrol_with(&fixture, both, STR("ola.nordbakk"), 0));
}

/* ---- two at once ---- */

typedef struct Meanwhile {
    Fixture *fixture;
    Service service; /* of somebody else, in the same house */
    Actor actor;
    Str name, number;
    const Appointment *appointment;
    Err result;
} Meanwhile;

static Values unit_called(Str name, Str number)
{
    Values values = {.kind = kind_of(KIND_ORGANISATION)};

    values.text[0] = name;
    values.text[1] = number;
    values.text[2] = STR("1");
    return values;
}

static void adds_a_unit(void *self)
{
    Meanwhile *meanwhile = self;
    Values values = unit_called(meanwhile->name, meanwhile->number);
    Id unit;

    meanwhile->result = people_unit_add(&meanwhile->service, &meanwhile->actor, &values, &unit, &(FieldKey){FIELD_NONE});
}

static void appoints(void *self)
{
    Meanwhile *meanwhile = self;
    EnrolmentCode code;
    Id person;

    meanwhile->result = people_appoint(&meanwhile->service, &meanwhile->actor, meanwhile->appointment, &person, &code);
}

TEST(of_two_who_add_a_unit_of_one_name_or_number_at_once_one_is_told_at_the_field)
{
    static const struct {
        const char *name, *number, *other_name, *other_number;
        FieldKey taken;
    } cases[] = {
        {"Solbakken skole", "", "SOLBAKKEN  skole", "", ORGANISATION_NAME},
        {"Bekken skole", "974760673", "Bekken barnehage", "974760673", ORGANISATION_NUMBER},
    };
    FIXTURE(fixture);
    Actor actor = administrator(&fixture);
    Units units = {0};

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Meanwhile meanwhile = {.fixture = &fixture, .service = fixture.service, .actor = actor,
                               .name = str_from_c(cases[i].other_name), .number = str_from_c(cases[i].other_number)};
        Between between = {.act = adds_a_unit, .self = &meanwhile};
        World world = world_between(fixture.world, &between);
        Service service = fixture.service;
        Values values = unit_called(str_from_c(cases[i].name), str_from_c(cases[i].number));
        FieldKey taken = FIELD_NONE;
        Id unit;

        service.world = &world;
        EXPECT_ERR(people_unit_add(&service, &actor, &values, &unit, &taken), E_DUPLICATE);
        EXPECT(taken == cases[i].taken);
        EXPECT_OK(meanwhile.result);
        EXPECT_OK(people_units(&fixture.service, &actor, fixture.arena, &units));
        EXPECT(units.count == i + 1);
    }
}

TEST(of_two_who_give_one_role_at_once_one_is_told_that_it_is_held)
{
    FIXTURE(fixture);
    Actor actor = administrator(&fixture);
    Values eli = person_called(STR("Eli Leder"), STR("eli@example.invalid"));
    const Appointment appointment = {.person = &eli, .role = ROLE_ORG_MANAGER, .unit = new_unit(&fixture, &actor),
                                     .from_at = actor.now - 1};
    Meanwhile meanwhile = {.fixture = &fixture, .service = fixture.service, .actor = actor, .appointment = &appointment};
    Between between = {.act = appoints, .self = &meanwhile};
    World world = world_between(fixture.world, &between);
    Service service = fixture.service;
    StaffRoles staff = {0};
    EnrolmentCode code;
    Id person;

    service.world = &world;
    EXPECT_ERR(people_appoint(&service, &actor, &appointment, &person, &code), E_RANGE);
    EXPECT_OK(meanwhile.result);
    EXPECT_ERR(people_appoint(&fixture.service, &actor, &appointment, &person, &code), E_RANGE);
    EXPECT_OK(people_staff(&fixture.service, &actor, appointment.unit, fixture.arena, &staff));
    EXPECT(staff.count == 1);
}

typedef struct Racer {
    Fixture *fixture;
    Actor actor;
    Id unit;
    Str email;
    Id person;
    Err result;
} Racer;

static int race(void *context)
{
    Racer *racer = context;
    Values person = person_called(STR("Dobbel Dag"), racer->email);
    Appointment appointment = {.person = &person, .role = ROLE_ORG_MANAGER, .unit = racer->unit, .from_at = racer->actor.now};
    EnrolmentCode code;

    racer->result = people_appoint(&racer->fixture->service, &racer->actor, &appointment, &racer->person, &code);
    return 0;
}

TEST(two_who_appoint_the_same_person_at_once_make_one_account)
{
    FIXTURE(fixture);
    Actor admin = administrator(&fixture);
    const Id units[] = {new_unit(&fixture, &admin), new_unit(&fixture, &admin), new_unit(&fixture, &admin)};
    Str emails[] = {STR("en@example.invalid"), STR("to@example.invalid"), STR("tre@example.invalid"), STR("fire@example.invalid")};

    for (size_t round = 0; round < COUNT_OF(emails); round++) {
        Racer racers[3];
        thrd_t threads[3];
        for (size_t i = 0; i < 3; i++) {
            racers[i] = (Racer){.fixture = &fixture, .actor = admin, .unit = units[i], .email = emails[round]};
            EXPECT_OK(world_id(fixture.service.world, &racers[i].actor.request));
            EXPECT(thrd_create(&threads[i], race, &racers[i]) == thrd_success);
        }
        for (size_t i = 0; i < 3; i++)
            EXPECT(thrd_join(threads[i], NULL) == thrd_success);
        for (size_t i = 0; i < 3; i++) {
            EXPECT_OK(racers[i].result);
            EXPECT(id_equal(racers[i].person, racers[0].person));
        }
    }
}

/* ---- a role that ends while its bearer is signed in ---- */

TEST(a_role_that_is_ended_gives_nothing_at_the_next_request)
{
    FIXTURE(fixture);
    Office office;
    office_begin(&fixture, &office);
    SessionToken first, second;
    RoleChoices roles;
    Actor holder;

    EXPECT_OK(session_sign_in_demo(&fixture.service, fixture.tenant, office.holder.person, &first));
    EXPECT_OK(session_roles(&fixture.service, fixture.tenant, &first, fixture.arena, &roles));
    EXPECT_OK(session_choose(&fixture.service, fixture.tenant, &first, &roles.items[0], &second));
    EXPECT_OK(session_resume(&fixture.service, fixture.tenant, &second, &holder));
    EXPECT(holder.role == ROLE_RELAY_HOLDER);
    EXPECT_OK(people_role_end(&fixture.service, &office.manager, &(RoleEnd){.role_row = office.holder.role_row}));
    EXPECT_ERR(session_resume(&fixture.service, fixture.tenant, &second, &holder), E_NO_SESSION);
}

RUN_TESTS("people")
