/* By which way a log comes to its end, and what an order waits for.
 * Run by meson test. */
#include "support/test.h"

#include "domain/deletion.h"

TEST(what_should_never_have_been_is_deleted_as_a_mistake_whatever_else_holds)
{
    const DeletionFacts facts = {.flags = FLAG_MISTAKE | FLAG_OF_AGE | (Flags)FLAG_ASKED, .died = true, .granted = true, .wished = true};

    EXPECT(deletion_cause(&facts) == CAUSE_MISTAKE && deletion_supported(&facts));
}

TEST(a_log_of_an_adult_ends_as_theirs_whatever_others_asked_before)
{
    DeletionFacts facts = {.flags = FLAG_OF_AGE, .granted = true, .wished = true};

    EXPECT(deletion_cause(&facts) == CAUSE_OF_AGE && deletion_supported(&facts));
    facts.flags |= (Flags)FLAG_ASKED;
    EXPECT(deletion_cause(&facts) == CAUSE_ADULT_ASKED && deletion_supported(&facts));
}

TEST(the_manager_is_asked_for_support_where_holder_or_family_asked_and_nowhere_else)
{
    DeletionFacts holder = {.wished = true}, family = {.granted = true, .wished = true}, kept = {.flags = 0}, dead = {.died = true, .wished = true};

    EXPECT(deletion_cause(&holder) == CAUSE_HOLDER_ASKED && !deletion_supported(&holder));
    EXPECT(deletion_cause(&family) == CAUSE_FAMILY_ASKED && !deletion_supported(&family));
    EXPECT(deletion_cause(&kept) == CAUSE_KEPT && deletion_supported(&kept));
    EXPECT(deletion_cause(&dead) == CAUSE_DEATH && deletion_supported(&dead));
    holder.flags = family.flags = FLAG_SUPPORTED;
    EXPECT(deletion_supported(&holder) && deletion_supported(&family));
}

TEST(a_log_that_lost_its_consent_ends_by_that_where_nobody_asked)
{
    for (unsigned closed = CLOSING_NONE; closed <= CLOSING_CONSENT_AGE; closed++) {
        const DeletionFacts facts = {.closed = closed};
        EXPECT(deletion_cause(&facts) == (closing_loses_consent(closed) ? CAUSE_CONSENT_ENDED : CAUSE_KEPT));
    }
}

TEST(the_ending_itself_is_no_content_that_a_decision_must_be_as_new_as)
{
    static const KindId ending[] = {KIND_ARCHIVE_DECISION, KIND_DELETION_ORDER, KIND_DELETION_STOP, KIND_STOP_WISH, KIND_COPY,
                                    KIND_SUPPORT, KIND_TRANSFER, KIND_TRANSFER_YES, KIND_TRANSFER_DECISION, KIND_TRANSFER_END,
                                    KIND_TRANSFER_DONE};
    unsigned count = 0;

    for (unsigned kind = KIND_NONE + 1; kind < KIND_LIMIT; kind++)
        count += kind_is_of_ending((KindId)kind);
    EXPECT(count == COUNT_OF(ending));
    for (size_t i = 0; i < COUNT_OF(ending); i++)
        EXPECT(kind_is_of_ending(ending[i]));
}

TEST(a_legal_hold_is_no_content_either_and_everything_else_that_is_written_is)
{
    unsigned count = 0;

    for (unsigned kind = KIND_NONE + 1; kind < KIND_LIMIT; kind++)
        count += !kind_is_of_ending((KindId)kind) && !kind_is_archived((KindId)kind);
    EXPECT(count == 2 && !kind_is_archived(KIND_LEGAL_HOLD) && !kind_is_archived(KIND_LEGAL_HOLD_END));
    EXPECT(kind_is_archived(KIND_NOTE) && kind_is_archived(KIND_PROLONGING) && !kind_is_archived(KIND_COPY));
}

TEST(the_last_backup_that_shows_it_is_of_the_thirtieth_day_after_the_purge_in_norway)
{
    const Day purged = day_from_date((Date){2026, 12, 1});

    EXPECT(deletion_last_day(oslo_time(purged, 0)) == day_from_date((Date){2026, 12, 31}));
    EXPECT(deletion_last_day(oslo_time(purged, 0) - 1) == day_from_date((Date){2026, 12, 30}));
}

static FieldKey wrong(unsigned archive, unsigned ground, Flags flags, Fault *ret_fault)
{
    Values values = {.kind = kind_of(KIND_ARCHIVE_DECISION)};

    values_put(&values, ARCHIVE_DECISION_ARCHIVE, code_text(archive));
    values_put(&values, ARCHIVE_DECISION_GROUND, ground ? code_text(ground) : STR_NONE);
    return archive_decision_wrong(&values, flags, ret_fault);
}

TEST(nothing_is_archived_on_a_ground_and_by_mistake_only_what_was_marked_so)
{
    Fault fault = FAULT_FINE;

    EXPECT(wrong(ARCHIVE_NONE, ARCHIVE_GROUND_PLAN, 0, &fault) == FIELD_NONE && fault == FAULT_FINE);
    EXPECT(wrong(ARCHIVE_NONE, CODE_NONE, FLAG_MISTAKE, &fault) == ARCHIVE_DECISION_GROUND && fault == FAULT_MISSING);
    EXPECT(wrong(ARCHIVE_MISTAKE, CODE_NONE, 0, &fault) == ARCHIVE_DECISION_ARCHIVE && fault == FAULT_BAD_CODE);
    EXPECT(wrong(ARCHIVE_MISTAKE, ARCHIVE_GROUND_PLAN, FLAG_MISTAKE, &fault) == ARCHIVE_DECISION_GROUND);
    EXPECT(wrong(ARCHIVE_MISTAKE, CODE_NONE, FLAG_MISTAKE, &fault) == FIELD_NONE);
}

TEST(what_is_archived_by_a_report_needs_no_ground)
{
    Fault fault = FAULT_FINE;

    EXPECT(wrong(ARCHIVE_REPORT, CODE_NONE, 0, &fault) == FIELD_NONE && fault == FAULT_FINE);
    EXPECT(wrong(ARCHIVE_REPORT, ARCHIVE_GROUND_PLAN, 0, &fault) == ARCHIVE_DECISION_GROUND && fault == FAULT_BAD_CODE);
}

RUN_TESTS("deletion")
