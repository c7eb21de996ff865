/* Acts of the key agent as lines of the host's audit.
 * Must not tell the agent to forget what is not durable here.
 * Called by serve's thread. */
#include "service/municipality/journal.h"

#include <string.h>

typedef struct Batch {
    JournalRecord records[JOURNAL_RECORDS];
    uint32_t count;
} Batch;

/* The same act has the same request id, whenever it is taken in. */
static Id request_of(const JournalRecord *record)
{
    Id request;
    memcpy(request.bytes, record->hash, ID_BYTES);
    return request;
}

static AuditLine line_of(const JournalRecord *record)
{
    bool of_custodian = record->event == JOURNAL_SHARE || record->event == JOURNAL_UNSEALED ||
                        record->event == JOURNAL_REPLACED;
    AuditLine line = {
        .at = record->at,
        .request = request_of(record),
        .act = ACT_KEY_ACT,
        .object = record->subject,
        .outcome = record->error == E_OK ? AUDIT_ALLOWED : AUDIT_FAILED,
        .reason = record->event,
        .amount = (uint32_t)record->seq,
    };

    if (of_custodian) {
        line.person = record->subject;
        line.role = ROLE_CUSTODIAN;
        line.object_kind = OBJECT_CUSTODIAN;
    } else if (record->event == JOURNAL_HEAD_REFUSED || record->event == JOURNAL_HEAD_ACCEPTED) {
        line.object_kind = OBJECT_MUNICIPALITY;
    }
    return line;
}

static Err write_lines(Tx *tx, void *context)
{
    const Batch *batch = context;

    for (uint32_t i = 0; i < batch->count; i++) {
        const AuditLine line = line_of(&batch->records[i]);
        bool known = false;
        TRY(store_request_known(tx, line.request, &known));
        if (!known)
            TRY(store_audit(tx, &line));
    }
    return ok();
}

Err journal_take_in(Service *service, uint32_t *ret_taken)
{
    uint32_t taken = 0;
    Batch batch;

    for (;;) {
        TRY(keys_journal(service->keys, 0, batch.records, &batch.count));
        if (batch.count == 0)
            break;
        TRY(store_write(store_host(service->stores), write_lines, &batch));
        TRY(keys_journal_taken(service->keys, batch.records[batch.count - 1].seq));
        taken += batch.count;
    }
    *ret_taken = taken;
    return ok();
}
