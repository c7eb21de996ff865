/* Seeded logs on their way into the database: many in one work, each line as the act would have written it.
 * Must not hold more than a work may.
 * Called by the run. */
#include "service/seed/put.h"

#include "store/content.h"
#include "store/entries.h"

#define LINES_AT_ONCE 700

/* The parts that one work writes: from this one on. */
typedef struct Putting {
    const SeedTown *town;
    SeedLog *logs;
    uint32_t count;
    Arena *scratch;
    uint32_t log, part;            /* the first that is not stored */
    uint32_t next_log, next_part;  /* where the next work begins */
} Putting;

static uint32_t lines_before(const SeedLog *log, uint32_t part)
{
    return part > 0 ? log->parts[part - 1].lines : 0;
}

static uint32_t entries_before(const SeedLog *log, uint32_t part)
{
    return part > 0 ? log->parts[part - 1].entries : 0;
}

/* A number that somebody has is drawn again from what follows it: there are ninety million. */
static Err put_row(Tx *tx, SeedLog *log)
{
    Err err = fail(E_DUPLICATE);

    for (unsigned i = 0; i < 8 && err.id == E_DUPLICATE; i++) {
        err = store_log_insert(tx, &log->log, &log->log.no);
        log->log.display += err.id == E_DUPLICATE;
    }
    return err;
}

static Err put_people(Tx *tx, const Putting *putting, const Actor *holder, SeedLog *log)
{
    const Giver giver = {.actor = holder, .log_no = log->log.no};

    for (uint32_t i = 0; i < log->guardian_count; i++)
        TRY(log_guardian_put(tx, &giver, &log->guardians[i], putting->scratch));
    for (uint32_t i = 0; i < log->people_count; i++) {
        log->people[i].log_no = log->log.no;
        if (log->people[i].role != ROLE_GUARDIAN)
            TRY(store_participant_insert(tx, &log->people[i]));
    }
    for (uint32_t i = 0; i < log->renewal_count; i++) {
        ConsentRow *consent = &log->renewals[i]->consent;
        consent->log_no = log->log.no;
        TRY(store_consent_insert(tx, consent, log->renewals[i]->units, log->renewals[i]->unit_count));
    }
    return ok();
}

static Err put_first(Tx *tx, const Putting *putting, SeedLog *log)
{
    const Actor holder = {.now = log->log.created_at};

    log->log.header = log->parts[0].header;
    TRY(store_scope_insert(tx, &log->scope));
    TRY(put_row(tx, log));
    TRY(put_people(tx, putting, &holder, log));
    return log_tell_of_double(tx, &holder, &log->found, putting->scratch);
}

static Err put_lines(Tx *tx, const SeedLog *log, uint32_t part, const Hash *head)
{
    for (uint32_t i = lines_before(log, part); i < log->parts[part].lines; i++) {
        AuditLine line = log->lines[i].line;
        line.head = *head;
        TRY(store_audit(tx, &line));
    }
    return ok();
}

/* The first part's header came with the log's row. */
static Err written(Tx *tx, const SeedLog *log, uint32_t part, Hash *ret_digest, uint32_t *ret_rows)
{
    const LogWritten last = {.no = log->log.no, .last_activity_at = log->log.last_activity_at, .wake_on = log->log.wake_on,
                             .looked_to = log->log.looked_to,
                             .header = log->parts[part].header, .header_version = part};
    LogAfter after;

    TRY(store_log_written(tx, &last, &after));
    *ret_digest = after.digest;
    *ret_rows = after.rows;
    return ok();
}

static Err put_part(Tx *tx, const Putting *putting, SeedLog *log, uint32_t part)
{
    uint32_t rows = 0, from = entries_before(log, part), to = log->parts[part].entries;
    Hash digest, head;

    if (part == 0)
        TRY(put_first(tx, putting, log));
    for (uint32_t i = from; i < to; i++)
        log->entries[i].log_no = log->log.no;
    TRY(store_entries_append(tx, &log->entries[from], to - from));
    TRY(written(tx, log, part, &digest, &rows));
    TRY(log_head(&log->keys, &digest, rows, &head));
    TRY(store_log_head_put(tx, log->log.no, &head));
    return put_lines(tx, log, part, &head);
}

static Err put_work(Tx *tx, void *context)
{
    Putting *putting = context;
    uint32_t lines = 0;

    putting->next_log = putting->log;
    putting->next_part = putting->part;
    while (putting->next_log < putting->count && lines < LINES_AT_ONCE) {
        SeedLog *log = &putting->logs[putting->next_log];
        TRY(put_part(tx, putting, log, putting->next_part));
        lines += log->parts[putting->next_part].lines - lines_before(log, putting->next_part);
        if (++putting->next_part == log->part_count) {
            putting->next_part = 0;
            putting->next_log++;
        }
    }
    return ok();
}

Err seed_put_logs(const SeedTown *town, SeedLog *logs, uint32_t count, Arena *scratch)
{
    Putting putting = {.town = town, .logs = logs, .count = count, .scratch = scratch};

    while (putting.log < count) {
        TRY(store_write(town->store, put_work, &putting));
        putting.log = putting.next_log;
        putting.part = putting.next_part;
    }
    return ok();
}
