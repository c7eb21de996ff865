/* Removes what is over, and counts it.
 * Must not decide how long anything is kept.
 * Called by service/municipality/over.c. */
#include "store/over.h"

#include "store/tx.h"
#include "store/volatile.h"

static Err remove_plain(Tx *tx, enum sql sql, int64_t at, uint32_t *ret_count)
{
    const Value parameter = value_number(at);

    return tx_delete_plain(tx, ASKS(sql, &parameter), ret_count);
}

static Err remove_codes(Tx *tx, enum sql list, int64_t at, uint32_t *ret_count)
{
    const Value parameter = value_number(at);

    return tx_delete_each(tx, ASKS(list, &parameter), SQL_ENROLMENT_DELETE, TABLE_ENROLMENT, ret_count);
}

Err store_sessions_delete_over(Tx *tx, int64_t at, uint32_t *ret_count)
{
    return remove_plain(tx, SQL_SESSIONS_DELETE_OVER, at, ret_count);
}

Err store_forms_delete_over(Tx *tx, int64_t at, uint32_t *ret_count)
{
    return remove_plain(tx, SQL_FORMS_DELETE_OVER, at, ret_count);
}

Err store_codes_delete_used(Tx *tx, int64_t at, uint32_t *ret_count)
{
    return remove_codes(tx, SQL_ENROLMENTS_USED, at, ret_count);
}

Err store_codes_delete_over(Tx *tx, int64_t at, uint32_t *ret_count)
{
    return remove_codes(tx, SQL_ENROLMENTS_OVER, at, ret_count);
}

Err store_waits_delete_over(Tx *tx, int64_t at, uint32_t *ret_count)
{
    return remove_plain(tx, SQL_BACKOFFS_DELETE_OVER, at, ret_count);
}

Err store_drafts_delete_over(Tx *tx, int64_t at, uint32_t *ret_count)
{
    return remove_plain(tx, SQL_DRAFTS_DELETE_OVER, at, ret_count);
}

Err store_blind_delete_over(Tx *tx, int64_t at, uint32_t *ret_count)
{
    return remove_plain(tx, SQL_BLIND_DELETE_OVER, at, ret_count);
}

Err store_outbox_delete_over(Tx *tx, int64_t at, uint32_t *ret_count)
{
    return remove_plain(tx, SQL_OUTBOX_DELETE_OVER, at, ret_count);
}

Err store_destroyed(Tx *tx)
{
    bool any = false;

    return tx_change(tx, SQL_EPOCH_DESTROY, NULL, &any, NULL);
}
