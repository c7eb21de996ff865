/* The table of procedures: every row can be shown and carried out, and its form asks for just what it says.
 * Run by meson test. */
#include "support/test.h"

#include "domain/procedures.h"

TEST(a_text_that_names_no_procedure_finds_none)
{
    const Procedure *procedure = NULL;

    EXPECT_ERR(procedure_from_str(STR(""), &procedure), E_NOT_FOUND);
    EXPECT_ERR(procedure_from_str(STR("note_write"), &procedure), E_NOT_FOUND);
    EXPECT_ERR(procedure_from_str(STR("MEASURE_PROGRESS"), &procedure), E_NOT_FOUND);
    EXPECT(procedure == NULL && procedure_at(PROCEDURE_COUNT) == NULL);
}

TEST(every_row_is_found_by_its_act_which_changes_something)
{
    for (unsigned i = 0; i < PROCEDURE_COUNT; i++) {
        const Procedure *row = procedure_at(i), *found = NULL;
        EXPECT_OK(procedure_from_str(str_from_c(act_code(row->act)), &found));
        EXPECT(found == row && act_effect(row->act) == CHANGE);
    }
}

TEST(an_entry_goes_on_by_a_form_of_its_own_kind_and_never_by_all_of_its_fields)
{
    for (unsigned i = 0; i < PROCEDURE_COUNT; i++) {
        const Procedure *row = procedure_at(i);
        EXPECT(row->of == KIND_NONE || row->removes || (row->asks == row->of && row->fields[0] != FIELD_NONE));
    }
}

TEST(a_form_asks_for_the_chosen_fields_alone_and_for_what_may_not_be_empty_here)
{
    const Procedure *progress = NULL, *minutes = NULL;
    ProcedureForm form;

    EXPECT_OK(procedure_from_str(STR("measure_progress"), &progress));
    procedure_form(progress, &form);
    EXPECT(form.kind.count == 2 && kind_find(&form.kind, STR("deadline")) == 0 && kind_find(&form.kind, STR("state")) == 1);
    EXPECT_OK(procedure_from_str(STR("minutes_write"), &minutes));
    procedure_form(minutes, &form);
    int summary = kind_find(&form.kind, STR("summary"));
    EXPECT(form.kind.count == 2 && summary >= 0 && form.fields[summary].required);
    EXPECT(!field_at(MEETING_SUMMARY)->required);
}

TEST(what_was_read_is_put_over_the_same_fields_and_leaves_the_others)
{
    const Procedure *progress = NULL;
    ProcedureForm form;

    EXPECT_OK(procedure_from_str(STR("measure_progress"), &progress));
    procedure_form(progress, &form);
    procedure_form(progress, &form);
    Values read = {.kind = &form.kind, .text = {STR("2026-12-24"), STR("2")}}, whole = {.kind = kind_of(KIND_MEASURE)};
    values_put(&whole, MEASURE_DESCRIPTION, STR("Leseøkt"));
    values_put(&whole, MEASURE_DEADLINE, STR("2026-12-01"));
    Values asked = procedure_read(&read);
    procedure_put(progress, &asked, &whole);
    EXPECT(str_equal(values_at(&whole, MEASURE_DEADLINE), STR("2026-12-24")));
    EXPECT(str_equal(values_at(&whole, MEASURE_STATE), STR("2")));
    EXPECT(str_equal(values_at(&whole, MEASURE_DESCRIPTION), STR("Leseøkt")));
}

RUN_TESTS("procedures")
