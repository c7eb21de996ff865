/* Asks the agent about every signed head and every sealed value of a database.
 * Must not keep a key: the agent says good or bad, and nothing else.
 * Called by cli. */
#include "service/municipality/verify.h"

#include <string.h>

#include "domain/policy/matrix.h"
#include "service/seal.h"

#define LOOK_UP_ARENA ((size_t)64 << 10)

/* Where each kind of value is sealed. */
typedef struct Seat {
    SealTable table;
    SealColumn column;
    KeyLabel label;
    ScopeKind scope;
} Seat;

static const Seat seats[SEALED_COUNT] = {
    [SEALED_UNIT] = {SEAL_TABLE_UNIT, SEAL_COLUMN_NAME, LABEL_DATA, SCOPE_REGISTER},
    [SEALED_PERSON] = {SEAL_TABLE_PERSON, SEAL_COLUMN_NAME, LABEL_DATA, SCOPE_PERSON},
    [SEALED_SECRET] = {SEAL_TABLE_PERSON, SEAL_COLUMN_CREDENTIALS, LABEL_SECRET, SCOPE_PERSON},
    [SEALED_HEADER] = {SEAL_TABLE_LOG, SEAL_COLUMN_HEADER, LABEL_HEADER, SCOPE_LOG},
    [SEALED_ENTRY] = {SEAL_TABLE_ENTRY, SEAL_COLUMN_BODY, LABEL_ENTRY, SCOPE_LOG},
    [SEALED_PARTICIPANT] = {SEAL_TABLE_PARTICIPANT, SEAL_COLUMN_BODY, LABEL_ENTRY, SCOPE_LOG},
    [SEALED_CONSENT] = {SEAL_TABLE_CONSENT, SEAL_COLUMN_BODY, LABEL_ENTRY, SCOPE_LOG},
};

typedef struct Verification {
    const VerifyKeys *keys;
    const VerifyTo *to;
    Id tenant;
    Store *store;
    Tx *side;                 /* a snapshot for looking up keys, taken before the one that is verified */
    Arena *arena;
    int64_t held_no;          /* the log whose key was looked up last: its entries stand beside each other; 0: none */
    Id held_scope;
    uint8_t held_wrapped[WRAPPED_BYTES];
} Verification;

static void tell_progress(void *self, uint64_t done, uint64_t total)
{
    const Verification *verification = self;
    if (verification->to->progress)
        verification->to->progress(verification->to->self, done, total);
}

static void tell_finding(void *self, const Finding *finding)
{
    const Verification *verification = self;
    verification->to->found(verification->to->self, finding);
}

static bool head_good(void *self, const HeadSignatureRow *row, uint64_t size, const Hash *root)
{
    const Verification *verification = self;
    AuditHead head = {.tenant = verification->tenant, .database = verification->tenant, .size = size, .at = row->at};
    uint8_t message[AUDIT_HEAD_BYTES];

    memcpy(head.root, root->bytes, sizeof head.root);
    audit_head_encode(&head, message);
    return row->signature.length == SIGNATURE_BYTES &&
           is_ok(signature_verify(verification->keys->head_public, str_from_bytes(message, sizeof message),
                                  (const uint8_t *)row->signature.data));
}

static Err scope_of(Tx *tx, const SealedCell *cell, Arena *keep, ScopeKeyRow *ret_row)
{
    LogRow log;

    switch (seats[cell->kind].scope) {
    case SCOPE_LOG:
        TRY(store_log_by_no(tx, cell->log_no, &log));
        return store_scope(tx, log.id, keep, ret_row);
    case SCOPE_PERSON:
        return store_scope(tx, cell->row, keep, ret_row);
    case SCOPE_REGISTER:
        return store_scope(tx, people_register_scope(), keep, ret_row);
    case SCOPE_REPORT:
    case SCOPE_TRANSFER:
    case SCOPE_PENDING: /* stands in no chain: what is put there opens nothing */
        break;
    }
    return fail(E_INTERNAL);
}

/* A log or person that is newer than the side snapshot is looked for in a fresh one. */
static Err look_up(const Verification *verification, const SealedCell *cell, ScopeKeyRow *ret_row)
{
    AUTO(store_read_endp) Tx *fresh = NULL;
    Err found = scope_of(verification->side, cell, verification->arena, ret_row);

    if (found.id != E_NOT_FOUND)
        return found;
    TRY(store_read(verification->store, &fresh));
    return scope_of(fresh, cell, verification->arena, ret_row);
}

/* The key of a log is looked up once for all of its entries. */
static Err find_scope(Verification *verification, const SealedCell *cell, ScopeKeyRow *ret_row)
{
    const bool of_log = seats[cell->kind].scope == SCOPE_LOG;

    if (of_log && cell->log_no == verification->held_no && cell->log_no != 0) {
        *ret_row = (ScopeKeyRow){.scope = verification->held_scope, .kind = SCOPE_LOG,
                                 .wrapped = str_from_bytes(verification->held_wrapped, WRAPPED_BYTES)};
        return ok();
    }
    TRY(look_up(verification, cell, ret_row));
    if (of_log && ret_row->wrapped.length == WRAPPED_BYTES) {
        verification->held_no = cell->log_no;
        verification->held_scope = ret_row->scope;
        memcpy(verification->held_wrapped, ret_row->wrapped.data, WRAPPED_BYTES);
    }
    return ok();
}

static Err check_under(const Verification *verification, const SealedCell *cell, const ScopeKeyRow *scope)
{
    const Seat *seat = &seats[cell->kind];
    const KeyCheck check = {
        .tenant = verification->tenant,
        .kind = seat->scope,
        .wrapped = scope->wrapped,
        .label = seat->label,
        .context =
            {
                .mode = verification->keys->mode,
                .tenant = verification->tenant,
                .table = (uint8_t)seat->table,
                .column = (uint8_t)seat->column,
                .row = cell->row,
                .version = cell->version,
                .scope = scope->scope,
            },
        .sealed = cell->sealed,
    };
    return verification->keys->check(verification->keys->self, &check);
}

#define READ_AGAIN 3

/* A key may have been wrapped anew since the side snapshot, and the epoch of before be over: it is looked for in a fresh one. Where it
 * stands so still, nobody wrapped it. */
static Err check_cell(Verification *verification, const SealedCell *cell)
{
    ScopeKeyRow scope;

    TRY(find_scope(verification, cell, &scope));
    Err checked = check_under(verification, cell, &scope);
    for (int i = 0; i < READ_AGAIN && checked.id == E_BUSY; i++) {
        AUTO(store_read_endp) Tx *fresh = NULL;
        verification->held_no = 0;
        TRY(store_read(verification->store, &fresh));
        TRY(scope_of(fresh, cell, verification->arena, &scope));
        checked = check_under(verification, cell, &scope);
    }
    return checked.id == E_BUSY ? fail(E_FORGED) : checked;
}

/* A key that is gone, or longer than any we write, is as bad as a wrong tag. */
static Err sealed_good(void *self, const SealedCell *cell, bool *ret_good)
{
    Verification *verification = self;
    size_t mark = arena_mark(verification->arena);
    Err checked = check_cell(verification, cell);

    arena_rewind(verification->arena, mark);
    *ret_good = is_ok(checked);
    bool bad = checked.id == E_FORGED || checked.id == E_NOT_FOUND || checked.id == E_TOO_LARGE;
    return bad ? ok() : checked;
}

static Err verify(Verification *verification, VerifyResult *ret_result)
{
    VerifyWatch watch = {.self = verification, .progress = tell_progress, .found = tell_finding, .head_good = head_good,
                         .sealed_good = sealed_good, .known_size = verification->keys->known.size,
                         .others = verification->to->others};

    memcpy(watch.known_root.bytes, verification->keys->known.root, HASH_BYTES);
    TRY(store_read(verification->store, &verification->side));
    return store_verify(verification->store, &watch, ret_result);
}

Err verify_with(Stores *stores, Id tenant, const VerifyKeys *keys, const VerifyTo *to, VerifyResult *ret_result)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Verification verification = {.keys = keys, .to = to, .tenant = tenant};

    TRY(arena_new(LOOK_UP_ARENA, &arena));
    verification.arena = arena;
    if (id_is_none(tenant))
        verification.store = store_host(stores);
    else
        TRY(store_of(stores, tenant, &verification.store));
    Err verified = verify(&verification, ret_result);
    store_read_end(verification.side);
    return verified;
}

static Err ask_agent(void *self, const KeyCheck *check)
{
    return keys_check(self, check);
}

/* The newest head is asked before the snapshot is taken: what is written meanwhile makes the database newer, never older. */
Err verify_database(Service *service, Id tenant, const VerifyTo *to, VerifyResult *ret_result)
{
    VerifyKeys keys = {.self = service->keys, .check = ask_agent, .mode = service->mode};
    KeysStatus status;

    TRY(keys_status(service->keys, &status));
    keys.head_public = status.head_public;
    TRY(keys_head_newest(service->keys, tenant, &keys.known));
    return verify_with(service->stores, tenant, &keys, to, ret_result);
}

static Err write_result(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

Err verify_record(Service *service, Id by, Id tenant, uint32_t findings)
{
    AuditLine line = {.person = by, .act = ACT_VERIFY, .object_kind = OBJECT_MUNICIPALITY, .object = tenant,
                      .outcome = findings ? AUDIT_FAILED : AUDIT_ALLOWED, .amount = findings};

    TRY(world_now(service->world, &line.at));
    TRY(world_id(service->world, &line.request));
    return store_write(store_host(service->stores), write_result, &line);
}
