/* The ledger beside a database, while that is verified.
 * Must not change either.
 * Called by verify.c. Rule: deletion 10. */
#include "store/verify/ledger_check.h"

#include <string.h>

#define BY_HASH 255 /* no kind of a line */

typedef struct Loading {
    LedgerCheck *check;
    Id tenant;
} Loading;

static Id half_of(const Hash *hash)
{
    Id half;

    memcpy(half.bytes, hash->bytes, ID_BYTES);
    return half;
}

static Err load_line(void *self, const LedgerLine *line)
{
    static const uint8_t none[DIGEST_BYTES] = {1};
    const Loading *loading = self;
    const Id hash = half_of(&line->hash);

    if (!id_equal(line->tenant, loading->tenant))
        return ok();
    if (line->chain >> AUDIT_WRITER_SHIFT == loading->check->writer)
        loading->check->newest = line->chain;
    TRY(rowmap_put(&loading->check->map, BY_HASH, &hash, none, line->chain));
    return rowmap_put(&loading->check->map, line->kind, &line->object, none, line->chain);
}

Err ledger_check_load(const Tx *tx, const OtherLedgers *others, LedgerCheck *ret_check)
{
    const Ledger *ledger = store_ledger(tx->store);
    Loading loading = {ret_check, store_tenant(tx->store)};

    if (!ledger)
        return ok();
    ret_check->there = true;
    ret_check->writer = store_writer(tx->store);
    for (uint32_t i = 0; i <= others->count; i++) {
        Err read = ledger_each(i < others->count ? others->items[i] : ledger, &(LedgerWatch){&loading, load_line});
        ret_check->changed = ret_check->changed || read.id == E_FORGED;
        if (!is_ok(read) && read.id != E_FORGED)
            return read;
    }
    return ok();
}

bool ledger_check_covers(const LedgerCheck *check, int64_t head, const Hash *ledger)
{
    static const Hash none;
    const Id hash = half_of(ledger);

    if (!check->there || head >> AUDIT_WRITER_SHIFT != check->writer || memcmp(ledger, &none, sizeof none) == 0)
        return true;
    return rowmap_find(&check->map, BY_HASH, &hash) != NULL;
}

/* What is not of this host's chain, or newer than the file, is not expected in it. */
static bool is_expected(const LedgerCheck *check, const RowMapEntry *entry)
{
    return check->there && entry->seq < check->newest && entry->seq >> AUDIT_WRITER_SHIFT == check->writer;
}

bool ledger_check_lacks(const LedgerCheck *check, const RowMapEntry *entry)
{
    const LedgerFacts facts = ledger_facts((enum table)entry->table, NULL, false);

    if (!rowmap_is_gone(entry) || facts.count == 0 || !is_expected(check, entry))
        return false;
    return rowmap_find(&check->map, facts.items[0].kind, &entry->key) == NULL;
}

bool ledger_check_row(const LedgerCheck *check, const RowMapEntry *entry, const Value *columns)
{
    const LedgerFacts facts = ledger_facts((enum table)entry->table, columns, true);
    bool lacks = false;

    if (!is_expected(check, entry))
        return false;
    /* A log that was never closed has no line of its state. */
    for (uint32_t i = 0; i < facts.count; i++)
        lacks = lacks || (facts.items[i].kind != LEDGER_LOG_STATE && facts.items[i].kind != LEDGER_LOG_PASSIVE &&
                          rowmap_find(&check->map, facts.items[i].kind, &entry->key) == NULL);
    return lacks;
}
