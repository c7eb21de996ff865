/* Logs that a person or a unit has left behind, and how they get to another unit.
 * Must not open anything sealed.
 * Called by service. */
#include "store/moving/moving.h"

#include "domain/policy/permit.h"
#include "store/rights.h"
#include "store/log_rows.h"

SHAPE(log, LOG, LogRow);
SHAPE(log_plain, LOG_PLAIN, LogRow);
SHAPE(entry_lived, ENTRY_LIVED, EntryRow);
SHAPE(participant_plain, PARTICIPANT_PLAIN, ParticipantRow);

#define PAGE_MAX 500

static Err max_ok(const LogsAfter *page)
{
    return page->max >= 1 && page->max <= PAGE_MAX ? ok() : fail(E_RANGE);
}

Err store_logs_unheld(Tx *tx, const LogsAfter *page, Arena *keep, LogRows *ret_rows)
{
    const Value parameters[] = {value_number(page->now), value_number(page->no), value_number(page->max)};

    TRY(max_ok(page));
    return TX_ROWS(tx, SQL_LOGS_UNHELD, parameters, &shape_log_plain, keep, ret_rows);
}

Err store_logs_naming_unit(Tx *tx, const LogsAfter *page, Arena *keep, LogRows *ret_rows)
{
    const Value parameters[] = {value_id(&page->unit), value_number(page->no), value_number(page->max)};

    TRY(max_ok(page));
    return TX_ROWS(tx, SQL_LOGS_NAMING_UNIT, parameters, &shape_log_plain, keep, ret_rows);
}

Err store_logs_passive(Tx *tx, const Permit *permit, const PassivePage *page, Arena *keep, LogRows *ret_rows)
{
    const Value parameters[] = {value_number(page->passive_at), value_number(page->no), value_number(page->max), value_id(&page->unit)};

    if (!permit || !permit_is_made(permit))
        return fail(E_FORBIDDEN);
    if (page->max < 1 || page->max > PAGE_MAX)
        return fail(E_RANGE);
    return TX_ROWS(tx, id_is_none(page->unit) ? SQL_LOGS_PASSIVE : SQL_LOGS_PASSIVE_OF_UNIT, parameters, &shape_log, keep, ret_rows);
}

Err store_log_lived(Tx *tx, int64_t log_no, Arena *keep, EntryRows *ret_rows)
{
    const Value parameters[] = {value_number(log_no << 24), value_number((log_no + 1) << 24)};
    return TX_ROWS(tx, SQL_LOG_LIVED, parameters, &shape_entry_lived, keep, ret_rows);
}

Err store_batons_count(Tx *tx, Id holder, Id unit, int64_t *ret_count)
{
    const Value parameters[] = {value_id(&holder), value_id(&unit)};
    return tx_number(tx, SQL_LOGS_HELD_BY, parameters, ret_count);
}

Err store_unit_is_empty(Tx *tx, Id unit, int64_t now, bool *ret_empty)
{
    const Value parameters[] = {value_id(&unit), value_number(now)};
    int64_t empty = 0;

    TRY(tx_number(tx, SQL_UNIT_IS_EMPTY, parameters, &empty));
    *ret_empty = empty != 0;
    return ok();
}

/* A place as it is, and as it becomes. */
typedef struct PlaceNow {
    ParticipantRow former, now;
} PlaceNow;

static Err read_place(Tx *tx, Id row, PlaceNow *ret_place)
{
    const Value parameter = value_id(&row);

    if (!tx->writing)
        return fail(E_INTERNAL);
    Err read = tx_row(tx, ASKS(SQL_PARTICIPANT_BY_ID, &parameter), &shape_participant_plain, NULL, &ret_place->former);
    if (read.id == E_NOT_FOUND)
        return fail(E_STALE);
    TRY(read);
    ret_place->now = ret_place->former;
    return ok();
}

static Err put_place(Tx *tx, enum sql sql, const Value *parameters, const PlaceNow *place)
{
    TRY(log_row_changed(tx, sql, parameters, TABLE_PARTICIPANT));
    return rights_move(tx, ONE_RIGHT(.person = place->former.person, .table = TABLE_PARTICIPANT, .former = &place->former,
                                     .now = &place->now));
}

Err store_participant_move(Tx *tx, Id row, Id unit)
{
    const Value parameters[] = {value_id(&row), value_id(&unit)};
    PlaceNow place = {0};

    TRY(read_place(tx, row, &place));
    place.now.unit = unit;
    return put_place(tx, SQL_PARTICIPANT_MOVE, parameters, &place);
}

Err store_participant_end(Tx *tx, Id row, int64_t at)
{
    const Value parameters[] = {value_id(&row), value_number(at)};
    PlaceNow place = {0};

    TRY(read_place(tx, row, &place));
    place.now.to_at = at;
    return put_place(tx, SQL_PARTICIPANT_END, parameters, &place);
}

Err store_consent_unit_move(Tx *tx, Id row, Id unit)
{
    const Value parameters[] = {value_id(&row), value_id(&unit)};
    return log_row_changed(tx, SQL_CONSENT_UNIT_MOVE, parameters, TABLE_CONSENT_UNIT);
}
