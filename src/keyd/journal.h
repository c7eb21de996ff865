/* The agent's own journal: key acts, chained, kept until the host's audit has taken them in (rules: keys 9).
 * Must not hold a share, a key or a name; custodians and tenants stand by id.
 * Used by agent*.c, serve.c. Format: docs/formats.md. */
#ifndef KEYD_JOURNAL_H
#define KEYD_JOURNAL_H

#include "base/mode.h"
#include "wire/wire.h"

#define JOURNAL_MAX 2000 /* acts that nobody has taken in; the last place says that more happened */

typedef struct Journal Journal;

/* Reads what stands at path, or begins anew. A record that was cut in the writing is left out; a chain that does not hold is
 * kept up to there, and that it was broken is recorded. Errors: E_MODE (of another mode), E_NO_MEMORY, E_IO, E_TOO_LARGE. */
MUST_USE Err journal_open(const char *path, Mode mode, int64_t now, Journal **ret_journal);
void journal_close(Journal *journal);

/* Adds an act. It is remembered also when it cannot be written. error: E_OK when the act succeeded.
 * Errors: E_TOO_LARGE (full: dropped), those of the file. */
MUST_USE Err journal_add(Journal *journal, JournalEvent event, enum err_id error, Id subject, int64_t now);

/* The oldest records after `after`, at most JOURNAL_RECORDS. */
uint32_t journal_read(const Journal *journal, uint64_t after, JournalRecord ret_records[static JOURNAL_RECORDS]);
/* Records up to seq stand in the host's audit: they are left out. Errors: those of the file. */
MUST_USE Err journal_taken(Journal *journal, uint64_t seq);

#endif
