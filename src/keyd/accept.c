/* Puts another newest head into the key file, by the shares of its custodians.
 * Must not look at the database: what it is compared with is what the custodians have looked at.
 * Called by custodian accept-head and tests. */
#include "keyd/accept.h"

#include <stdlib.h>

#include "keyd/join.h"

static Err accept(const Crypto *crypto, const KeyFilePlaces *places, const Acceptance *acceptance, KeyFile *file, AuditHead *former)
{
    const Joining joining = {.given = acceptance->given, .count = acceptance->given_count};
    AUTO(root_keys_wipe) RootKeys keys = {0};
    size_t spoilt = 0;

    TRY(key_file_read(places, file, &spoilt));
    TRY(root_join(crypto, file, &joining, &keys));
    size_t at = key_file_find(file, acceptance->head.tenant);
    if (at == file->municipality_count)
        return fail(E_NOT_FOUND);
    *former = file->municipalities[at].head;
    file->municipalities[at].head = acceptance->head;
    return key_file_write(crypto, &keys, places, file);
}

Err keys_accept_head(const Crypto *crypto, const KeyFilePlaces *places, const Acceptance *acceptance, AuditHead *ret_former)
{
    if (acceptance->head.size == 0)
        return fail(E_RANGE);
    KeyFile *file = calloc(1, sizeof *file);
    if (!file)
        return fail(E_NO_MEMORY);
    Err accepted = accept(crypto, places, acceptance, file, ret_former);
    free(file);
    return accepted;
}
