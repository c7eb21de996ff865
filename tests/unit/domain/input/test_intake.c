/* Files of units and staff: what is refused, where it is told, and what a good file gives. All names are invented.
 * Must not need a database.
 * Run by meson test. */
#include "support/test.h"

#include "domain/input/intake.h"

#define TODAY day_from_date((Date){2026, 11, 30})

static Intake read_file(Arena *arena, IntakeForm form, const char *file)
{
    Intake intake = {0};
    EXPECT_OK(intake_read(form, str_from_c(file), TODAY, arena, &intake));
    return intake;
}

static bool faults_at(const Intake *intake, uint32_t line, uint32_t column)
{
    for (uint32_t i = 0; i < intake->fault_count; i++)
        if (intake->faults[i].line == line && intake->faults[i].column == column)
            return true;
    return false;
}

TEST(an_empty_file_and_a_file_of_a_header_only_are_refused)
{
    TEST_ARENA(arena);
    EXPECT(read_file(arena, INTAKE_UNITS, "").faults_in_all == 1);
    EXPECT(read_file(arena, INTAKE_UNITS, "navn;tjeneste\n").faults_in_all == 1);
}

TEST(an_unknown_a_doubled_and_a_missing_column_are_told_and_no_row_is_read)
{
    TEST_ARENA(arena);
    Intake intake = read_file(arena, INTAKE_UNITS, "navn;farge;navn\nx;y;z\n");
    EXPECT(intake.faults_in_all == 3);
    EXPECT(faults_at(&intake, 1, 2));
    EXPECT(faults_at(&intake, 1, 3));
    EXPECT(intake.row_count == 0);
}

TEST(every_fault_of_a_file_is_listed_with_line_and_column)
{
    TEST_ARENA(arena);
    Intake intake = read_file(arena, INTAKE_UNITS,
                              "organisasjonsnummer;navn;tjeneste\n123456789;Ask skole;skole\n;;barnehage\n;Lia;sirkus\n");
    EXPECT(intake.faults_in_all == 3);
    EXPECT(faults_at(&intake, 2, 1));
    EXPECT(faults_at(&intake, 3, 2));
    EXPECT(faults_at(&intake, 4, 3));
}

TEST(a_unit_that_stands_twice_is_a_fault)
{
    TEST_ARENA(arena);
    Intake intake = read_file(arena, INTAKE_UNITS, "navn;tjeneste\nAsk skole;skole\nAsk skole;ppt\n");
    EXPECT(faults_at(&intake, 3, 1));
}

TEST(a_unit_that_reads_the_same_stands_twice_however_it_is_written)
{
    TEST_ARENA(arena);
    Intake intake = read_file(arena, INTAKE_UNITS, "navn;tjeneste\nAsk skole;skole\nASK\xC2\xA0 skole;ppt\n");
    EXPECT(faults_at(&intake, 3, 1));
}

#define STAFF "navn;e-post;enhet;rolle;fra;til\n"

TEST(the_same_role_of_a_person_on_one_day_is_a_fault_however_the_address_is_written)
{
    TEST_ARENA(arena);
    Intake intake = read_file(arena, INTAKE_STAFF, STAFF "Ida Test;ida.@example.test;Ask;SH;;\nIda Test;Ida.@Example.test;ask ;SH;;\n");
    EXPECT(faults_at(&intake, 3, 1));
    intake = read_file(arena, INTAKE_STAFF, STAFF "Ida Test;ida@example.test;Ask;SH;;01.02.2027\nIda Test;ida@example.test;Ask;SH;01.02.2027;\n");
    EXPECT(faults_at(&intake, 3, 1));
}

TEST(the_next_period_of_a_role_is_a_row_of_its_own)
{
    TEST_ARENA(arena);
    Intake intake = read_file(arena, INTAKE_STAFF, STAFF "Ida Test;ida@example.test;Ask;SH;;01.02.2027\nIda Test;ida@example.test;Ask;SH;02.02.2027;\n");
    EXPECT(intake.faults_in_all == 0 && intake.row_count == 2);
}

TEST(two_names_with_one_address_are_a_fault_at_the_name)
{
    TEST_ARENA(arena);
    Intake intake = read_file(arena, INTAKE_STAFF, STAFF "Ida Test;felles@example.test;Ask;SH;;\nOle Test;Felles@example.test;Ask;AK;;\n");
    EXPECT(faults_at(&intake, 3, 1) && intake.row_count == 1);
    EXPECT_STR(str_from_c(intake.faults[0].header), "navn");
    intake = read_file(arena, INTAKE_STAFF, STAFF "Ida Test;ida@example.test;Ask;SH;;\nIDA  Test;ida@example.test;Ask;AK;;\n");
    EXPECT(intake.faults_in_all == 0);
}

TEST(a_bad_address_role_or_date_of_staff_is_a_fault)
{
    TEST_ARENA(arena);
    Intake intake = read_file(arena, INTAKE_STAFF,
                              "navn;e-post;enhet;rolle;fra\nIda Test;ida;Ask skole;sjef;31.02.2026\n");
    EXPECT(faults_at(&intake, 2, 2));
    EXPECT(faults_at(&intake, 2, 4));
    EXPECT(faults_at(&intake, 2, 5));
}

TEST(the_file_cannot_make_a_municipality_administrator_an_operator_or_a_guardian)
{
    TEST_ARENA(arena);
    const char *const refused[] = {"kommuneadministrator", "KA", "municipality_admin", "operation_manager", "DL", "foresatt"};
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        Str file = STR_NONE;
        Intake intake = {0};
        EXPECT_OK(str_format(arena, &file, "navn;e-post;enhet;rolle\nIda Test;ida@example.test;Ask;%s\n", refused[i]));
        EXPECT_OK(intake_read(INTAKE_STAFF, file, TODAY, arena, &intake));
        EXPECT(faults_at(&intake, 2, 4));
    }
}

TEST(a_role_that_ends_before_it_begins_is_a_fault)
{
    TEST_ARENA(arena);
    Intake intake = read_file(arena, INTAKE_STAFF,
                              "navn;e-post;enhet;rolle;fra;til\nIda Test;ida@example.test;Ask;SH;02.01.2026;01.01.2026\n");
    EXPECT(faults_at(&intake, 2, 6));
    EXPECT(intake.row_count == 0);
}

TEST(no_fault_repeats_what_stood_in_the_cell)
{
    TEST_ARENA(arena);
    Intake intake = read_file(arena, INTAKE_STAFF, "navn;e-post;enhet;rolle\nIda Test;hemmelig;Ask;SH\n");
    EXPECT(intake.fault_count == 1);
    EXPECT(strstr(intake.faults[0].allowed, "hemmelig") == NULL);
}

TEST(more_faults_than_are_kept_are_still_counted)
{
    TEST_ARENA(arena);
    Buf file = buf_new(arena, 1 << 20);
    Str text = STR_NONE;
    Intake intake = {0};

    buf_add(&file, STR("navn;tjeneste\n"));
    for (int i = 0; i < INTAKE_FAULTS_MAX + 7; i++)
        buf_add(&file, STR("x;sirkus\n"));
    EXPECT_OK(buf_done(&file, &text));
    EXPECT_OK(intake_read(INTAKE_UNITS, text, TODAY, arena, &intake));
    EXPECT(intake.fault_count == INTAKE_FAULTS_MAX);
    EXPECT(intake.faults_in_all == INTAKE_FAULTS_MAX + 7);
}

TEST(a_good_file_of_units_gives_values_with_service_codes)
{
    TEST_ARENA(arena);
    Intake intake = read_file(arena, INTAKE_UNITS,
                              "Organisasjonsnummer;Navn;Tjeneste\n958935420;Ask skole;SKOLE\n;Lia barnehage;1\n");
    EXPECT(intake.faults_in_all == 0);
    EXPECT(intake.row_count == 2);
    EXPECT_STR(values_get(&intake.rows[0].values, "service"), "2");
    EXPECT_STR(values_get(&intake.rows[0].values, "organisation_number"), "958935420");
    EXPECT_STR(values_get(&intake.rows[1].values, "service"), "1");
}

TEST(a_good_file_of_staff_gives_roles_units_and_days)
{
    TEST_ARENA(arena);
    Intake intake = read_file(arena, INTAKE_STAFF,
                              "navn,epost,telefon,enhet,rolle,fra,til\n"
                              "Ida Test,ida@example.test,,Ask skole,AKT\xC3\x98R,01.01.2026,\n"
                              "Ida Test,ida@example.test,,Ask skole,EL,,\n");
    EXPECT(intake.faults_in_all == 0);
    EXPECT(intake.row_count == 2);
    EXPECT(intake.rows[0].role == ROLE_ACTOR);
    EXPECT(intake.rows[0].has_from && !intake.rows[0].has_to);
    EXPECT_STR(intake.rows[0].unit, "Ask skole");
    EXPECT(intake.rows[1].role == ROLE_ORG_MANAGER);
}

RUN_TESTS("intake")
