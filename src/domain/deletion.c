/* By which way a log comes to its end.
 * Must not read a clock or a row.
 * Called by service. */
#include "domain/deletion.h"

#include "domain/clocks.h"

/* Whatever else somebody has asked for: what should never have been is deleted as a mistake, and a log of an adult as theirs. */
unsigned deletion_cause(const DeletionFacts *facts)
{
    bool adult = (facts->flags & FLAG_OF_AGE) != 0, asked = (facts->flags & (Flags)FLAG_ASKED) != 0;

    if (facts->flags & FLAG_MISTAKE)
        return CAUSE_MISTAKE;
    if (adult && asked)
        return CAUSE_ADULT_ASKED;
    if (facts->died)
        return CAUSE_DEATH;
    if (adult)
        return CAUSE_OF_AGE;
    if (facts->granted)
        return CAUSE_FAMILY_ASKED;
    if (facts->wished)
        return CAUSE_HOLDER_ASKED;
    return closing_loses_consent(facts->closed) ? CAUSE_CONSENT_ENDED : CAUSE_KEPT;
}

bool deletion_supported(const DeletionFacts *facts)
{
    unsigned cause = deletion_cause(facts);

    return (cause != CAUSE_HOLDER_ASKED && cause != CAUSE_FAMILY_ASKED) || (facts->flags & FLAG_SUPPORTED) != 0;
}

Day deletion_last_day(int64_t purged_at)
{
    return clock_day(CLOCK_BACKUP_END, oslo_day(purged_at), NULL) - 1;
}

bool kind_is_of_ending(KindId kind)
{
    return kind == KIND_ARCHIVE_DECISION || kind == KIND_DELETION_ORDER || kind == KIND_DELETION_STOP || kind == KIND_STOP_WISH ||
           kind == KIND_COPY || kind == KIND_SUPPORT || (kind >= KIND_TRANSFER && kind <= KIND_TRANSFER_DONE);
}

bool kind_is_archived(KindId kind)
{
    return !kind_is_of_ending(kind) && kind != KIND_LEGAL_HOLD && kind != KIND_LEGAL_HOLD_END;
}

FieldKey archive_decision_wrong(const Values *decision, Flags flags, Fault *ret_fault)
{
    unsigned archive = values_code(decision, ARCHIVE_DECISION_ARCHIVE), ground = values_code(decision, ARCHIVE_DECISION_GROUND);
    bool mistake = archive == ARCHIVE_MISTAKE, none_asked = mistake || archive == ARCHIVE_REPORT;

    if (mistake && !(flags & FLAG_MISTAKE)) {
        *ret_fault = FAULT_BAD_CODE;
        return ARCHIVE_DECISION_ARCHIVE;
    }
    if (none_asked == (ground == CODE_NONE))
        return FIELD_NONE;
    *ret_fault = none_asked ? FAULT_BAD_CODE : FAULT_MISSING;
    return ARCHIVE_DECISION_GROUND;
}
