/* Fuzz target: whatever the bytes are, a line of the ledger is one of a known kind or none, and written again it has the same bytes.
 * Must not need a file.
 * Built by `make fuzz`; its corpus is replayed by the tests. */
#include <stdlib.h>
#include <string.h>

#include "store/ledger/line.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    AUTO(sha256_freep) Sha256 *sha = NULL;
    uint8_t again[LEDGER_LINE_BYTES];
    LedgerLine line, followed;
    Hash start;

    if (!is_ok(sha256_new(&sha)) || !is_ok(ledger_start(sha, &start)))
        return 0;
    if (!is_ok(ledger_line_read(str_from_bytes(bytes, length), &line)))
        return 0;
    if (length != LEDGER_LINE_BYTES || line.kind == LEDGER_NONE || line.kind >= LEDGER_KIND_LIMIT || line.seq == 0)
        abort();
    if (!is_ok(ledger_line_write(sha, &start, &line, again)) || memcmp(again, bytes, LEDGER_LINE_BYTES - HASH_BYTES) != 0)
        abort();
    if (!is_ok(ledger_line_follow(sha, &start, line.seq, str_from_bytes(again, sizeof again), &followed)))
        abort();
    return 0;
}
