/* What another municipality will make of a log that goes there.
 * Must not take a guardian who did not say yes to this transfer.
 * Called by crossing.c, and by service/crossing. */
#include "service/acts/transfer/coming.h"

/* The last yes of somebody to this transfer; NULL: none. */
static const ReportEntry *yes_of(const Report *report, Id giver)
{
    for (uint32_t i = report->entries.count; i-- > 0;) {
        const ReportEntry *entry = &report->entries.items[i];
        Id said;
        if (entry->values.kind->id == KIND_TRANSFER)
            return NULL;
        if (entry->values.kind->id == KIND_TRANSFER_YES && is_ok(id_from_text(values_at(&entry->values, TRANSFER_YES_GIVER), &said)) &&
            id_equal(said, giver))
            return entry;
    }
    return NULL;
}

static const ReportConsent *consent_of(const Report *report, Id giver)
{
    for (uint32_t i = report->consents.count; i-- > 0;)
        if (id_equal(report->consents.items[i].participant, giver))
            return &report->consents.items[i];
    return NULL;
}

/* It keeps the last day of the one before, so it may not be given earlier than that one was: a consent may have been renewed since
 * somebody said yes, and the day on a paper may be long ago. */
static Err given_on(const ReportConsent *before, const ReportEntry *yes, Arena *keep, Str *ret_text)
{
    const Day last = oslo_day(before->given_at);
    Day on = 0;

    if (!values_day(&yes->values, TRANSFER_YES_GIVEN_ON, &on))
        return fail(E_INVALID);
    return log_day_text(on < last ? last : on, keep, ret_text);
}

/* It names the unit that takes the log, by what was said to this transfer, and holds as long as the one before. */
static Err words_of(const ReportConsent *before, const ReportEntry *yes, Arena *keep, Values *ret_values)
{
    Values values = {.kind = kind_of(KIND_CONSENT)};
    Str until = STR_NONE, from = STR_NONE;

    TRY(given_on(before, yes, keep, &from));
    TRY(log_day_text(period_last_day(before->valid_to), keep, &until));
    values_put(&values, CONSENT_REQUIRED_PERSONS, values_at(&before->values, CONSENT_REQUIRED_PERSONS));
    values_put(&values, CONSENT_GIVEN_ON, from);
    values_put(&values, CONSENT_METHOD, values_at(&yes->values, TRANSFER_YES_METHOD));
    values_put(&values, CONSENT_WITNESS, values_at(&yes->values, TRANSFER_YES_WITNESS));
    values_put(&values, CONSENT_TEXT_VERSION, STR(CONSENT_TEXT_EDITION));
    values_put(&values, CONSENT_VALID_FROM, from);
    values_put(&values, CONSENT_VALID_TO, until);
    *ret_values = values;
    return ok();
}

Err coming_of(const Report *report, Arena *keep, Coming *ret_coming)
{
    const ReportEntry *child = report_child(report);
    Coming coming = {0};

    if (!child)
        return fail(E_INVALID);
    coming.child = child->values;
    for (uint32_t i = 0; i < report->people.count; i++) {
        const ReportPerson *person = &report->people.items[i];
        const ReportEntry *yes = person->role == ROLE_GUARDIAN ? yes_of(report, person->id) : NULL;
        const ReportConsent *before = consent_of(report, person->id);
        if (!yes || !before)
            continue;
        if (coming.guardian_count == COMING_GUARDIANS_MAX)
            return fail(E_INVALID);
        NewGuardian *guardian = &coming.guardians[coming.guardian_count++];
        *guardian = (NewGuardian){.values = person->values, .paper = values_at(&yes->values, TRANSFER_YES_DOCUMENT_HASH)};
        TRY(words_of(before, yes, keep, &guardian->consent));
    }
    *ret_coming = coming;
    return ok();
}

Err coming_yeses(const Report *report, Arena *keep, TransferYeses *ret_yeses)
{
    TransferYes *yeses = NULL;
    uint32_t count = 0;

    TRY(ARENA_NEW(keep, TransferYes, (size_t)report->people.count + 1, &yeses));
    for (uint32_t i = 0; i < report->people.count; i++) {
        const ReportEntry *yes = yes_of(report, report->people.items[i].id);
        if (yes)
            yeses[count++] = (TransferYes){.giver = report->people.items[i].id, .at = yes->at};
    }
    *ret_yeses = (TransferYeses){yeses, count};
    return ok();
}

Err coming_judge(Service *service, const Report *report, int64_t now, Arena *keep)
{
    const NewLogComes comes = {.state = (uint8_t)report->log.state, .closed_reason = (uint8_t)report->log.closed_reason};
    Coming coming;

    TRY(coming_of(report, keep, &coming));
    const NewLog log = {.child = coming.child, .guardians = coming.guardians, .guardian_count = coming.guardian_count, .comes = &comes};
    return log_comes_judge(service, &log, now);
}
