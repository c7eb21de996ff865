/* Files of units and staff against a real database and a real key agent: faults first, and nothing stored with one.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "support/test.h"

#include "domain/policy/matrix.h"
#include "gateway/gateway.h"
#include "service/municipality/import.h"
#include "service/session/enrol.h"
#include "store/store.h"
#include "support/between.h"
#include "support/fixture.h"

#define FIXTURE(name)                     \
    AUTO(fixture_end) Fixture name = {0}; \
    fixture_begin(&name)

static ImportReport import(Fixture *fixture, IntakeForm form, Str file, bool dry_run)
{
    const ImportOrder order = {.tenant = fixture->tenant, .form = form, .file = file, .dry_run = dry_run};
    ImportReport report = {0};

    EXPECT_OK(import_file(&fixture->service, &order, fixture->arena, &report));
    return report;
}

#define UNITS_FILE                                \
    STR("navn;tjeneste;organisasjonsnummer\r\n"   \
        "Solbakken skole;skole;\r\n"              \
        "\"Bekken; barnehage\";barnehage;\r\n")

#define STAFF_FILE                                                          \
    STR("navn,e-post,enhet,rolle,fra,til\n"                                 \
        "Eli Leder,eli@example.invalid,Solbakken skole,enhetsleder,,\n"     \
        "Ola Holder,Ola@example.invalid,Solbakken skole,SH,,31.12.2099\n"   \
        "Ola Holder,ola@example.invalid,\"Bekken; barnehage\",AK,,\n")

static uint32_t roles_held(Fixture *fixture, Role role)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    RoleRows rows = {0};
    Store *store = NULL;
    int64_t now = 0;

    EXPECT_OK(world_now(fixture->service.world, &now));
    EXPECT_OK(store_of(fixture->service.stores, fixture->tenant, &store));
    EXPECT_OK(store_read(store, &tx));
    EXPECT_OK(store_roles_held(tx, (uint8_t)role, now, fixture->arena, &rows));
    return rows.count;
}

static uint32_t units_here(Fixture *fixture)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    UnitRows rows = {0};
    Store *store = NULL;

    EXPECT_OK(store_of(fixture->service.stores, fixture->tenant, &store));
    EXPECT_OK(store_read(store, &tx));
    EXPECT_OK(store_units(tx, fixture->arena, &rows));
    return rows.count;
}

TEST(one_fault_and_nothing_of_the_file_is_stored)
{
    FIXTURE(fixture);
    ImportReport report = import(&fixture, INTAKE_UNITS, STR("navn;tjeneste\nSolbakken skole;skole\nBekken;finnes ikke\n"), false);

    EXPECT(report.faults_in_all == 1 && report.units_new == 0);
    EXPECT(report.faults[0].line == 3 && report.faults[0].column == 2);
    EXPECT_STR(str_from_c(report.faults[0].header), "tjeneste");
    EXPECT(units_here(&fixture) == 0);
}

TEST(staff_of_a_unit_that_is_not_here_are_told_by_line_and_column_and_nobody_is_stored)
{
    FIXTURE(fixture);
    import(&fixture, INTAKE_UNITS, STR("navn;tjeneste\nSolbakken skole;skole\n"), false);
    ImportReport report = import(&fixture, INTAKE_STAFF, STAFF_FILE, false);

    EXPECT(report.faults_in_all == 1 && report.person_count == 0);
    EXPECT(report.faults[0].line == 4 && report.faults[0].column == 3);
    EXPECT(roles_held(&fixture, ROLE_ORG_MANAGER) == 0);
}

TEST(an_address_longer_than_what_finds_an_account_is_a_fault)
{
    FIXTURE(fixture);
    Buf file = buf_new(fixture.arena, 512);
    Str text;

    buf_add(&file, STR("navn,e-post,enhet,rolle\nEli Leder,"));
    for (size_t i = 0; i <= INDEX_TEXT_MAX; i++)
        buf_add_char(&file, 'a');
    buf_add(&file, STR("@example.invalid,Solbakken skole,SH\n"));
    EXPECT_OK(buf_done(&file, &text));
    import(&fixture, INTAKE_UNITS, STR("navn;tjeneste\nSolbakken skole;skole\n"), false);
    ImportReport report = import(&fixture, INTAKE_STAFF, text, false);
    EXPECT(report.faults_in_all == 1 && report.faults[0].line == 2 && report.faults[0].column == 2);
}

TEST(a_number_of_another_unit_is_a_fault)
{
    FIXTURE(fixture);
    import(&fixture, INTAKE_UNITS, STR("navn;tjeneste;orgnr\nSolbakken skole;skole;974760673\n"), false);
    ImportReport report = import(&fixture, INTAKE_UNITS, STR("navn;tjeneste;orgnr\nBekken;skole;974760673\n"), false);

    EXPECT(report.faults_in_all == 1 && report.faults[0].line == 2 && report.faults[0].column == 3);
}

TEST(a_dry_run_says_what_would_be_stored_and_stores_nothing)
{
    FIXTURE(fixture);
    ImportReport report = import(&fixture, INTAKE_UNITS, UNITS_FILE, true);

    EXPECT(report.faults_in_all == 0 && report.units_new == 2);
    EXPECT(units_here(&fixture) == 0);
    import(&fixture, INTAKE_UNITS, UNITS_FILE, false);
    report = import(&fixture, INTAKE_STAFF, STAFF_FILE, true);
    EXPECT(report.person_count == 2 && report.roles_new == 3 && report.persons[0].code.text[0] == '\0');
    EXPECT(roles_held(&fixture, ROLE_RELAY_HOLDER) == 0);
}

TEST(people_get_their_roles_and_a_code_each_and_a_file_sent_again_changes_nothing)
{
    FIXTURE(fixture);
    EnrolmentStart start = {0};

    import(&fixture, INTAKE_UNITS, UNITS_FILE, false);
    ImportReport report = import(&fixture, INTAKE_STAFF, STAFF_FILE, false);
    EXPECT(report.faults_in_all == 0 && report.roles_new == 3 && report.person_count == 2);
    EXPECT_STR(report.persons[1].email, "ola@example.invalid");
    EXPECT_OK(session_enrolment_begin(&fixture.service, fixture.tenant, str_from_c(report.persons[1].code.text), fixture.arena,
                                      &start));
    EXPECT(roles_held(&fixture, ROLE_RELAY_HOLDER) == 1 && roles_held(&fixture, ROLE_ACTOR) == 1);

    report = import(&fixture, INTAKE_STAFF, STAFF_FILE, false);
    EXPECT(report.roles_new == 0 && report.roles_known == 3 && report.person_count == 0);
    report = import(&fixture, INTAKE_UNITS, UNITS_FILE, false);
    EXPECT(report.units_new == 0 && report.units_known == 2);
}

#define KARI_FILE STR("navn;epost;enhet;rolle\nKari Kommune;kari.kommune@example.invalid;Solbakken skole;EL\n")

TEST(a_role_for_an_e_mail_that_belongs_to_somebody_of_another_name_is_a_fault)
{
    FIXTURE(fixture);
    import(&fixture, INTAKE_UNITS, UNITS_FILE, false);
    import(&fixture, INTAKE_STAFF, STAFF_FILE, false);
    ImportReport report = import(&fixture, INTAKE_STAFF,
                                 STR("navn,rolle,enhet,e-post\n"
                                     "Kari Ny,SH,Solbakken skole,kari.ny@example.invalid\n"
                                     "Kari Ny Olsen,AK,Solbakken skole,ola@example.invalid\n"), false);

    EXPECT(report.faults_in_all == 1 && report.roles_new == 0 && report.person_count == 0);
    EXPECT(report.faults[0].line == 3 && report.faults[0].column == 4);
    EXPECT_STR(str_from_c(report.faults[0].header), "e-post");
    EXPECT(roles_held(&fixture, ROLE_RELAY_HOLDER) == 1 && roles_held(&fixture, ROLE_ACTOR) == 1);
    report = import(&fixture, INTAKE_STAFF,
                    STR("navn,rolle,enhet,e-post\nOLA  holder,AK,Solbakken skole,OLA@example.invalid\n"), false);
    EXPECT(report.faults_in_all == 0 && report.roles_new == 1);
}

/* Another file, or the page, between the reading of this one and its work. */
typedef struct Meanwhile {
    Fixture *fixture;
    IntakeForm form;
    Str file;
} Meanwhile;

static void imports(void *self)
{
    const Meanwhile *meanwhile = self;
    Service service = meanwhile->fixture->service;
    const ImportOrder order = {.tenant = meanwhile->fixture->tenant, .form = meanwhile->form, .file = meanwhile->file};
    ImportReport report = {0};

    service.world = &meanwhile->fixture->world;
    EXPECT_OK(import_file(&service, &order, meanwhile->fixture->arena, &report));
    EXPECT(report.faults_in_all == 0);
}

/* At the draw of the new row itself: before it come those of the request, and of a person and their code. */
static void expect_stale(Fixture *fixture, IntakeForm form, Str file, Str other)
{
    Meanwhile meanwhile = {.fixture = fixture, .form = form, .file = other};
    Between between = {.act = imports, .self = &meanwhile, .after = form == INTAKE_UNITS ? 1 : 3};
    World world = world_between(fixture->world, &between);
    const ImportOrder order = {.tenant = fixture->tenant, .form = form, .file = file};
    Service service = fixture->service;
    ImportReport report = {0};

    service.world = &world;
    EXPECT_ERR(import_file(&service, &order, fixture->arena, &report), E_STALE);
    EXPECT_OK(import_file(&fixture->service, &order, fixture->arena, &report));
}

TEST(of_two_files_with_one_unit_person_or_role_at_once_the_second_is_sent_again_and_makes_nothing_twice)
{
    FIXTURE(fixture);

    expect_stale(&fixture, INTAKE_UNITS, STR("navn;tjeneste\nSolbakken skole;skole\n"), STR("navn;tjeneste\nSOLBAKKEN skole;skole\n"));
    EXPECT(units_here(&fixture) == 1);
    expect_stale(&fixture, INTAKE_STAFF, STR("navn,e-post,enhet,rolle\nOla Holder,ola@example.invalid,Solbakken skole,SH\n"),
                 STR("navn,e-post,enhet,rolle\nOla Holder,OLA@example.invalid,Solbakken skole,SH\n"));
    EXPECT(roles_held(&fixture, ROLE_RELAY_HOLDER) == 1);
    expect_stale(&fixture, INTAKE_STAFF, STR("navn,e-post,enhet,rolle\nOla Holder,ola@example.invalid,Solbakken skole,AK\n"),
                 STR("navn,e-post,enhet,rolle\nOla Holder,ola@example.invalid,Solbakken skole,AK\n"));
    EXPECT(roles_held(&fixture, ROLE_ACTOR) == 1);
}

TEST(a_person_who_has_enrolled_gets_the_role_and_no_code)
{
    FIXTURE(fixture);

    fixture_enrol(&fixture);
    import(&fixture, INTAKE_UNITS, UNITS_FILE, false);
    ImportReport report = import(&fixture, INTAKE_STAFF, KARI_FILE, false);
    EXPECT(report.roles_new == 1 && report.person_count == 0);
}

TEST(a_person_who_has_not_enrolled_gets_a_new_code_with_a_new_role_and_the_former_is_worth_nothing)
{
    FIXTURE(fixture);
    EnrolmentStart start;

    import(&fixture, INTAKE_UNITS, UNITS_FILE, false);
    ImportReport report = import(&fixture, INTAKE_STAFF, KARI_FILE, false);
    EXPECT(report.roles_new == 1 && report.person_count == 1);
    EXPECT_ERR(session_enrolment_begin(&fixture.service, fixture.tenant, str_from_c(fixture.code.text), fixture.arena, &start),
               E_NOT_FOUND);
    EXPECT_OK(session_enrolment_begin(&fixture.service, fixture.tenant, str_from_c(report.persons[0].code.text), fixture.arena,
                                      &start));
    report = import(&fixture, INTAKE_STAFF, KARI_FILE, false);
    EXPECT(report.roles_new == 0 && report.person_count == 0);
}

#define PERIODS(rows) STR("navn;epost;enhet;rolle;fra;til\n" rows)
#define IDA "Ida Test;ida@example.invalid;"

TEST(a_unit_is_found_by_its_name_as_people_read_it_and_by_its_number)
{
    FIXTURE(fixture);

    import(&fixture, INTAKE_UNITS, STR("navn;tjeneste;orgnr\nSolbakken skole;skole;974760673\n"), false);
    ImportReport report = import(&fixture, INTAKE_UNITS, STR("navn;tjeneste\nSOLBAKKEN  skole;skole\n"), false);
    EXPECT(report.faults_in_all == 0 && report.units_new == 0 && report.units_known == 1 && units_here(&fixture) == 1);
    report = import(&fixture, INTAKE_STAFF, PERIODS(IDA "solbakken Skole;SH;;\n" IDA "974 760 673;AK;;\n"), false);
    EXPECT(report.faults_in_all == 0 && report.roles_new == 2 && report.person_count == 1);
}

TEST(one_role_asked_for_by_name_and_by_number_is_a_fault)
{
    FIXTURE(fixture);

    import(&fixture, INTAKE_UNITS, STR("navn;tjeneste;orgnr\nSolbakken skole;skole;974760673\n"), false);
    ImportReport report = import(&fixture, INTAKE_STAFF, PERIODS(IDA "Solbakken skole;SH;;\n" IDA "974760673;SH;;\n"), false);
    EXPECT(report.faults_in_all == 1 && report.faults[0].line == 3 && roles_held(&fixture, ROLE_RELAY_HOLDER) == 0);
}

/* Roles of that kind, whenever they are in force. */
static RoleRows roles_of(Fixture *fixture, Id person)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    RoleRows rows = {0};
    Store *store = NULL;

    EXPECT_OK(store_of(fixture->service.stores, fixture->tenant, &store));
    EXPECT_OK(store_read(store, &tx));
    EXPECT_OK(store_roles_of_person(tx, person, fixture->arena, &rows));
    return rows;
}

TEST(the_next_period_of_a_role_is_stored_and_access_does_not_end_silently)
{
    FIXTURE(fixture);

    import(&fixture, INTAKE_UNITS, UNITS_FILE, false);
    ImportReport report = import(&fixture, INTAKE_STAFF, PERIODS(IDA "Solbakken skole;SH;;31.07.2090\n"), false);
    Id person = report.persons[0].id;
    report = import(&fixture, INTAKE_STAFF, PERIODS(IDA "Solbakken skole;SH;01.08.2090;31.12.2091\n"), false);
    EXPECT(report.roles_new == 1 && report.roles_known == 0);
    RoleRows rows = roles_of(&fixture, person);
    EXPECT(rows.count == 2 && rows.items[0].to_at == rows.items[1].from_at);
    report = import(&fixture, INTAKE_STAFF, PERIODS(IDA "Solbakken skole;SH;01.08.2090;31.12.2091\n"), false);
    EXPECT(report.roles_new == 0 && report.roles_known == 1);
}

TEST(of_a_period_that_is_partly_held_only_the_rest_is_stored)
{
    FIXTURE(fixture);

    import(&fixture, INTAKE_UNITS, UNITS_FILE, false);
    ImportReport report = import(&fixture, INTAKE_STAFF, PERIODS(IDA "Solbakken skole;SH;01.01.2090;31.12.2090\n"), false);
    Id person = report.persons[0].id;
    report = import(&fixture, INTAKE_STAFF, PERIODS(IDA "Solbakken skole;SH;01.06.2089;30.06.2091\n"), false);
    RoleRows rows = roles_of(&fixture, person);
    EXPECT(report.roles_new == 2 && rows.count == 3);
    for (uint32_t i = 0; i < rows.count; i++)
        for (uint32_t j = 0; j < i; j++)
            EXPECT(rows.items[i].from_at >= rows.items[j].to_at || rows.items[j].from_at >= rows.items[i].to_at);
    report = import(&fixture, INTAKE_STAFF, PERIODS(IDA "Solbakken skole;SH;01.01.2089;\n"), false);
    EXPECT(report.roles_new == 2 && roles_of(&fixture, person).count == 5);
}

TEST(a_file_of_windows_1252_gives_norwegian_letters)
{
    FIXTURE(fixture);

    import(&fixture, INTAKE_UNITS, STR("navn;tjeneste\nBl\xE5skjell barnehage;barnehage\n"), false);
    ImportReport report = import(&fixture, INTAKE_STAFF,
                                 STR("navn;e-post;enhet;rolle\nGr\xF8nn \xC5s;as@example.invalid;Bl\xE5skjell barnehage;akt\xF8r\n"), false);
    EXPECT(report.faults_in_all == 0 && report.person_count == 1);
    EXPECT_STR(report.persons[0].name, "Grønn Ås");
}

RUN_TESTS("import")
