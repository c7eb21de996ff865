/* Joins the root key from the shares of those who are left, and hands everything over to a new one.
 * Must not let the former or the new root key outlive this call.
 * Called by custodian replace and tests. */
#include "keyd/replace.h"

#include <string.h>

#include "keyd/join.h"
#include "keyd/sealed.h"
#include "keyd/split.h"

void replaced_wipe(Replaced *replaced)
{
    crypto_wipe(replaced, sizeof *replaced);
}

/* What the former root opens is wrapped under the new one. */
static Err rewrap(const Crypto *crypto, const RootKeys *former, const RootKeys *keys, KeyFile *file)
{
    AUTO(key_wipe) Key seed = {0};
    AUTO(municipality_wipe) Municipality municipality = {0};

    TRY(key_file_get_seed(crypto, former, file, &seed));
    TRY(key_file_put_seed(crypto, keys, file, &seed));
    for (size_t at = 0; at < file->municipality_count; at++) {
        TRY(key_file_get_municipality(crypto, former, file, at, &municipality));
        TRY(key_file_put_municipality(crypto, keys, file, &municipality));
    }
    return ok();
}

static Err put_successor(const Crypto *crypto, const Replacement *replacement, KeyFile *file)
{
    for (size_t i = 0; i < file->custodian_count; i++) {
        Custodian *custodian = &file->custodians[i];
        if (custodian->index != replacement->lost)
            continue;
        TRY(custodian_name(custodian, str_from_c(replacement->name)));
        return crypto_random(crypto, custodian->id.bytes, ID_BYTES);
    }
    return fail(E_NOT_FOUND);
}

/* What is sealed to the former recovery key is sealed to the new one. */
static Err make_anew(const Crypto *crypto, const RootKeys *former, const Key *former_recovery, Replaced *replaced)
{
    AUTO(key_wipe) Key root = {0};
    AUTO(key_wipe) Key recovery = {0};

    TRY(crypto_key_new(crypto, &root));
    TRY(crypto_key_new(crypto, &recovery));
    TRY(box_public(&recovery, replaced->file.recovery_public));
    TRY(sealed_move(crypto, former_recovery, &replaced->file));
    TRY(root_keys_derive(crypto, &root, &replaced->keys));
    TRY(rewrap(crypto, former, &replaced->keys, &replaced->file));
    return split_among(crypto, &root, &recovery, &replaced->file, replaced->shares);
}

static Err replace(const Crypto *crypto, const KeyFilePlaces *places, const Replacement *replacement, Replaced *replaced)
{
    AUTO(root_keys_wipe) RootKeys former = {0};
    AUTO(key_wipe) Key former_recovery = {0};
    size_t spoilt = 0;

    TRY(key_file_read(places, &replaced->file, &spoilt));
    const Joining joining = {.given = replacement->given, .count = replacement->given_count, .lost = replacement->lost};
    TRY(root_join(crypto, &replaced->file, &joining, &former));
    TRY(recovery_join(&replaced->file, &joining, &former_recovery));
    TRY(put_successor(crypto, replacement, &replaced->file));
    return make_anew(crypto, &former, &former_recovery, replaced);
}

Err keys_replace(const Crypto *crypto, const KeyFilePlaces *places, const Replacement *replacement, Replaced *ret_replaced)
{
    memset(ret_replaced, 0, sizeof *ret_replaced);
    Err replaced = replace(crypto, places, replacement, ret_replaced);
    if (!is_ok(replaced))
        replaced_wipe(ret_replaced);
    return replaced;
}
