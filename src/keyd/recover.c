/* Opens what is sealed to the recovery key, for those who joined it.
 * Must not open what is over.
 * Called by restore and tests. */
#include "keyd/recover.h"

#include <stdlib.h>

#include "keyd/join.h"
#include "keyd/sealed.h"
#include "sys/secret.h"

struct Recovery {
    const Crypto *crypto;
    RootKeys root;
    Key recovery;
    KeyFile *file;
};

static void recovery_close(Recovery *recovery)
{
    if (!recovery)
        return;
    free(recovery->file);
    secret_free(recovery, sizeof *recovery);
}

void recovery_closep(Recovery **recovery)
{
    recovery_close(*recovery);
    *recovery = NULL;
}

Err recovery_open(const Crypto *crypto, const KeyFilePlaces *places, const CustodianShares *given, size_t count,
                  Recovery **ret_recovery)
{
    AUTO(recovery_closep) Recovery *recovery = NULL;
    const Joining joining = {.given = given, .count = count};
    void *memory = NULL;
    SecretKind kind;
    size_t spoilt = 0;

    TRY(secret_new(sizeof *recovery, &memory, &kind));
    recovery = memory;
    recovery->crypto = crypto;
    recovery->file = calloc(1, sizeof *recovery->file);
    if (!recovery->file)
        return fail(E_NO_MEMORY);
    TRY(key_file_read(places, recovery->file, &spoilt));
    TRY(root_join(crypto, recovery->file, &joining, &recovery->root));
    TRY(recovery_join(recovery->file, &joining, &recovery->recovery));
    *ret_recovery = TAKE(recovery);
    return ok();
}

const KeyFile *recovery_file(const Recovery *recovery)
{
    return recovery->file;
}

static Err open_sealed(const Recovery *recovery, const SealedFor *what, int64_t now, Key *ret_key)
{
    const SealedKey *sealed = sealed_find(recovery->file, what->kind, what->id, what->epoch);

    if (!sealed || (sealed->destroy_at > 0 && sealed->destroy_at <= now))
        return fail(E_NOT_FOUND);
    return sealed_open(recovery->crypto, recovery->file->mode, &recovery->recovery, sealed, ret_key);
}

Err recovery_backup_key(const Recovery *recovery, Id backup, int64_t now, Key *ret_key)
{
    return open_sealed(recovery, &(SealedFor){.kind = SEALED_BACKUP, .id = backup}, now, ret_key);
}

static Err municipality_of(const Recovery *recovery, Id tenant, Municipality *ret_municipality)
{
    const size_t at = key_file_find(recovery->file, tenant);

    if (at == recovery->file->municipality_count)
        return fail(E_NOT_FOUND);
    return key_file_get_municipality(recovery->crypto, &recovery->root, recovery->file, at, ret_municipality);
}

/* As if it were being turned: the epoch of then opens, the present one wraps. */
static Err open_former(const Recovery *recovery, Municipality *municipality, uint32_t epoch, int64_t now)
{
    const SealedFor what = {.kind = SEALED_EPOCH, .id = municipality->tenant, .epoch = epoch};

    if (epoch == municipality->epoch || epoch == municipality->former_epoch)
        return ok();
    TRY(open_sealed(recovery, &what, now, &municipality->former_key));
    municipality->former_epoch = epoch;
    municipality->former_index = municipality->epoch_index;
    return ok();
}

/* The municipality as it must be for the epoch of then to open. */
static Err open_scope(const Recovery *recovery, const RecoveredScope *scope, int64_t now, Municipality *municipality, Scope *ret_scope)
{
    const ScopePlace place = {.municipality = municipality, .kind = scope->kind, .id = scope->scope};
    uint32_t epoch = 0;

    TRY(municipality_of(recovery, scope->tenant, municipality));
    if (!is_ok(wrapped_epoch(scope->wrapped, &epoch)) || epoch > municipality->epoch)
        return fail(E_FORGED);
    TRY(open_former(recovery, municipality, epoch, now));
    return scope_open(recovery->crypto, &place, scope->wrapped, ret_scope);
}

Err recovery_rewrap(const Recovery *recovery, const RecoveredScope *scope, int64_t now, WrappedKey *ret_wrapped)
{
    AUTO(municipality_wipe) Municipality municipality = {0};
    AUTO(scope_wipe) Scope opened = {0};
    const ScopePlace place = {.municipality = &municipality, .kind = scope->kind, .id = scope->scope};

    TRY(open_scope(recovery, scope, now, &municipality, &opened));
    return scope_wrap(recovery->crypto, &place, &opened, ret_wrapped);
}

Err recovery_scope_key(const Recovery *recovery, const RecoveredScope *scope, int64_t now, Key *ret_key)
{
    AUTO(municipality_wipe) Municipality municipality = {0};
    AUTO(scope_wipe) Scope opened = {0};

    TRY(open_scope(recovery, scope, now, &municipality, &opened));
    *ret_key = opened.key;
    return ok();
}

Err recovery_row_key(const Recovery *recovery, Id tenant, Key *ret_key)
{
    AUTO(municipality_wipe) Municipality municipality = {0};

    TRY(municipality_of(recovery, tenant, &municipality));
    return municipality_row_key(recovery->crypto, &municipality, ret_key);
}
