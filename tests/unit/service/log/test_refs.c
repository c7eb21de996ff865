/* An entry refers to its own log only, and each kind is written by its own act.
 * Must not touch the disk.
 * Called by meson test. */
#include "support/test.h"

#include "domain/acts.h"
#include "domain/fields.h"
#include "service/log/refs.h"
#include "store/rows.h"

#define ONE "01000000000000000000000000000000"
#define TWO "02000000000000000000000000000000"
#define FOREIGN "0f000000000000000000000000000000"

static EntryRow entry_rows[] = {
    {.id = {{1}}, .entry = {{1}}, .version = 1, .kind = KIND_ATTENTION},
    {.id = {{2}}, .entry = {{2}}, .version = 1, .kind = KIND_MEASURE},
    {.id = {{3}}, .entry = {{1}}, .version = 2, .kind = KIND_ATTENTION},
};
static ParticipantRow participant_rows[] = {
    {.id = {{1}}, .from_at = 100},
    {.id = {{2}}, .from_at = 100, .to_at = 500},
};

static LogTargets targets(void)
{
    return (LogTargets){
        .entries = {.items = entry_rows, .count = COUNT_OF(entry_rows)},
        .participants = {.items = participant_rows, .count = COUNT_OF(participant_rows)},
        .now = 500,
    };
}

static Err check(KindId kind, const char *name, Str text)
{
    LogTargets here = targets();
    Values values = {.kind = kind_of(kind)};
    values.text[kind_find(values.kind, str_from_c(name))] = text;
    return log_refs_check(&values, &here);
}

TEST(an_entry_of_another_log_is_not_referred_to)
{
    EXPECT_ERR(check(KIND_GOAL, "attention", STR(FOREIGN)), E_INVALID);
    EXPECT_OK(check(KIND_GOAL, "attention", STR(ONE)));
}

TEST(a_goal_is_tied_to_an_attention_and_to_nothing_else)
{
    EXPECT_ERR(check(KIND_GOAL, "attention", STR(TWO)), E_INVALID);
    EXPECT_ERR(check(KIND_EVALUATION, "measure", STR(ONE)), E_INVALID);
    EXPECT_OK(check(KIND_EVALUATION, "measure", STR(TWO)));
}

TEST(a_note_may_be_tied_to_an_entry_of_any_kind)
{
    EXPECT_ERR(check(KIND_NOTE, "entry", STR(FOREIGN)), E_INVALID);
    EXPECT_OK(check(KIND_NOTE, "entry", STR(ONE)));
    EXPECT_OK(check(KIND_NOTE, "entry", STR(TWO)));
}

TEST(a_later_version_is_not_the_name_of_an_entry)
{
    EXPECT_ERR(check(KIND_NOTE, "entry", STR("03000000000000000000000000000000")), E_INVALID);
}

TEST(a_removed_entry_is_not_referred_to)
{
    entry_rows[2].removed = true;
    Err err = check(KIND_GOAL, "attention", STR(ONE));
    entry_rows[2].removed = false;
    EXPECT_ERR(err, E_INVALID);
}

TEST(a_text_that_is_no_id_is_no_reference)
{
    EXPECT_ERR(check(KIND_GOAL, "attention", STR("1")), E_INVALID);
    EXPECT_ERR(check(KIND_MEASURE, "responsible", STR("Kari")), E_INVALID);
}

TEST(who_no_longer_takes_part_is_not_made_responsible)
{
    EXPECT_ERR(check(KIND_MEASURE, "responsible", STR(TWO)), E_INVALID);
    EXPECT_ERR(check(KIND_MEASURE, "responsible", STR(ONE "\n" FOREIGN)), E_INVALID);
    EXPECT_OK(check(KIND_MEASURE, "responsible", STR(ONE)));
}

TEST(who_has_left_may_have_been_in_a_meeting)
{
    EXPECT_ERR(check(KIND_MEETING, "participants", STR(FOREIGN)), E_INVALID);
    EXPECT_OK(check(KIND_MEETING, "participants", STR(ONE "\n" TWO)));
}

TEST(the_newest_version_of_an_entry_is_found_and_nothing_for_a_foreign_one)
{
    LogTargets here = targets();
    EXPECT(log_newest(&here.entries, (Id){{15}}) == NULL);
    EXPECT(log_newest(&here.entries, (Id){{1}})->version == 2);
}

TEST(only_those_who_answer_for_a_measure_evaluate_it_as_their_own)
{
    Values measure = {.kind = kind_of(KIND_MEASURE)};
    measure.text[kind_find(measure.kind, STR("responsible"))] = STR(ONE "\n" TWO);
    EXPECT(!log_answers_for(&measure, (Id){{15}}));
    EXPECT(log_answers_for(&measure, (Id){{2}}));
    EXPECT(log_write_act(KIND_EVALUATION, false) == ACT_EVALUATION_WRITE);
    EXPECT(log_write_act(KIND_EVALUATION, true) == ACT_OWN_EVALUATION_WRITE);
    EXPECT(log_write_act(KIND_GOAL, true) == ACT_GOAL_WRITE);
}

TEST(what_is_no_entry_is_not_written_as_one)
{
    EXPECT(log_write_act(KIND_CONSENT, true) == ACT_NONE);
    EXPECT(log_write_act(KIND_HEADER, true) == ACT_NONE);
    EXPECT(log_write_act(KIND_PARTICIPANT, true) == ACT_NONE);
    EXPECT(log_write_act(KIND_LIMIT, true) == ACT_NONE);
}

RUN_TESTS("log_refs")
