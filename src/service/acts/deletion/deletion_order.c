/* The deletion of a log is ordered: its content is shut from now on, and somebody else approves it; where the municipality has turned
 * that off, the order is T0.
 * Must not delete anything: the purge does, after T0.
 * Called by service/acts/procedure. Rules: deletion 2, 8. */
#include "service/acts/deletion/order.h"
#include "service/log/ending.h"
#include "service/log/header.h"
#include "service/log/lived.h"
#include "service/log/rows.h"
#include "service/report/newest.h"

/* A claim of the family that goes on to its deletion. */
static Err read_granted(const Deed *deed, const LogEntered *entered, bool *ret_granted)
{
    Values header;

    TRY(log_header_open(entered, deed->scratch, &header));
    *ret_granted = values_code(&header, HEADER_DECISION) == DECISION_DELETION &&
                   (entered->content.log.flags & FLAG_SUPPORTED) && log_lived_last(entered, KIND_CLAIM);
    return ok();
}

/* Whoever wrote down that the log be deleted; none where nobody asked for it. */
static Id asked_by(const LogEntered *entered, unsigned cause)
{
    bool claimed = cause == CAUSE_ADULT_ASKED || cause == CAUSE_FAMILY_ASKED;
    const EntryRow *claim = claimed ? log_lived_last(entered, KIND_CLAIM) : NULL;
    const EntryRow *wish = log_is_wished_away(entered) ? log_lived_last(entered, KIND_DELETION_WISH) : NULL;

    return claim ? claim->author : wish ? wish->author : (Id){0};
}

/* The report by which the log is archived; put with the order, or refused where another has taken its place meanwhile. */
static Err name_report(const Deed *deed, const LogEntered *entered, DeletionRow *row)
{
    ReportRow report = {0};

    TRY(report_newest(deed->actor, entered, deed->scratch, &report));
    if (id_is_none(report.id))
        return fail(E_INVALID);
    row->report = report.id;
    row->report_hash = report.sha256;
    return ok();
}

/* What was decided about the content; refused where that does not fit the log any more. */
static Err read_archive(const Deed *deed, const LogEntered *entered, DeletionRow *row)
{
    const EntryRow *decision = log_archive_decision(entered);
    Fault fault = FAULT_FINE;
    LogEntry entry;

    if (!decision)
        return fail(E_INVALID);
    TRY(log_open_entry(&entered->keys, decision, deed->scratch, &entry));
    if (archive_decision_wrong(&entry.values, entered->content.log.flags, &fault) != FIELD_NONE)
        return fail(E_INVALID);
    row->archive = (uint8_t)values_code(&entry.values, ARCHIVE_DECISION_ARCHIVE);
    row->ground = (uint16_t)values_code(&entry.values, ARCHIVE_DECISION_GROUND);
    return row->archive == ARCHIVE_REPORT ? name_report(deed, entered, row) : ok();
}

static Err make(const Deed *deed, const LogEntered *entered, DeletionRow *ret_row)
{
    const LogRow *log = &entered->content.log;
    bool granted = false;
    DeletionRow row = {.log = log->id, .log_no = log->no, .display = log->display, .unit = log->unit,
                       .ordered_by = deed->actor->person, .ordered_at = deed->actor->now, .version = 1};

    TRY(read_archive(deed, entered, &row));
    TRY(read_granted(deed, entered, &granted));
    const DeletionFacts facts = log_deletion_facts(entered, granted);
    row.scenario = (uint8_t)deletion_cause(&facts);
    row.requested_by = asked_by(entered, row.scenario);
    TRY(world_id(deed->service->world, &row.id));
    *ret_row = row;
    return ok();
}

Err deed_deletion_order(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    bool approved = !entered->settings.values[SETTING_SECOND_APPROVER];
    OrderPut *put = NULL;
    DeletionRow row = {0};
    State state = STATE_NONE;

    TRY(state_from_u8(change->log.state, &state));
    TRY(make(deed, entered, &row));
    if (approved)
        order_approve(deed, entered, &row);
    change->log.state = (uint8_t)lifecycle_next(state, EVENT_DELETION_ORDER);
    log_change_flags(entered, deed->actor, approved ? 0 : (Flags)FLAG_APPROVAL_AWAITED, 0, change);
    change->also = approved ? ACT_DELETION_APPROVE : ACT_NONE;
    change->tells = approved ? NOTICE_DELETION_COMES : NOTICE_DELETION_WAITS;
    return order_to_put(deed, &row, true, change, &put);
}
