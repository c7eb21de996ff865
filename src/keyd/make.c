/* Makes root, recovery and host keys, splits what nobody may hold alone, and writes the key file.
 * Must not let the root or the recovery key outlive this call.
 * Called by init and tests. */
#include "keyd/make.h"

#include <stdio.h>
#include <stdlib.h>

#include "keyd/split.h"

void custodian_shares_wipe(CustodianShares *shares)
{
    crypto_wipe(shares, sizeof *shares);
}

static Err check(const MakeOptions *options, const KeyFilePlaces *places)
{
    bool production = options->mode == MODE_PRODUCTION;
    if (options->mode < MODE_PRODUCTION || options->mode > MODE_TEST)
        return fail(E_MODE);
    if (options->threshold < 1 || options->custodians < options->threshold || options->custodians > CUSTODIANS_MAX)
        return fail(E_RANGE);
    return production && (options->threshold < 2 || places->count < 2) ? fail(E_MODE) : ok();
}

static Err name_custodians(const Crypto *crypto, const MakeOptions *options, KeyFile *file)
{
    for (size_t i = 0; i < options->custodians; i++) {
        char usual[32];
        snprintf(usual, sizeof usual, "custodian %zu", i + 1);
        TRY(crypto_random(crypto, file->custodians[i].id.bytes, ID_BYTES));
        TRY(custodian_name(&file->custodians[i], str_from_c(options->names[i] ? options->names[i] : usual)));
    }
    return ok();
}

static Err fill(const Crypto *crypto, const MakeOptions *options, KeyFile *file, RootKeys *ret_keys, CustodianShares *shares)
{
    AUTO(key_wipe) Key root = {0};
    AUTO(key_wipe) Key recovery = {0};
    AUTO(key_wipe) Key seed = {0};
    AUTO(municipality_wipe) Municipality host = {0};

    file->mode = options->mode;
    file->threshold = options->threshold;
    file->custodian_count = options->custodians;
    TRY(crypto_key_new(crypto, &root));
    TRY(crypto_key_new(crypto, &recovery));
    TRY(crypto_key_new(crypto, &seed));
    TRY(box_public(&recovery, file->recovery_public));
    TRY(root_keys_derive(crypto, &root, ret_keys));
    TRY(key_file_put_seed(crypto, ret_keys, file, &seed));
    TRY(municipality_make(crypto, options->mode, (Id){0}, &host));
    TRY(key_file_put_municipality(crypto, ret_keys, file, &host));
    TRY(name_custodians(crypto, options, file));
    return split_among(crypto, &root, &recovery, file, shares);
}

Err keys_make(const Crypto *crypto, const MakeOptions *options, const KeyFilePlaces *places,
              CustodianShares ret_shares[static CUSTODIANS_MAX])
{
    AUTO(root_keys_wipe) RootKeys keys = {0};

    TRY(check(options, places));
    KeyFile *file = calloc(1, sizeof *file);
    if (!file)
        return fail(E_NO_MEMORY);
    Err made = fill(crypto, options, file, &keys, ret_shares);
    if (is_ok(made))
        made = key_file_create(crypto, &keys, places, file);
    free(file);
    return made;
}
