/* Scope keys under a municipality's key, and the blind indexes beside them.
 * Must not accept a wrapped key anywhere but at its own place.
 * Called by keyd. */
#include "keyd/vault.h"

#include <assert.h>
#include <string.h>

#define FORMAT 1
#define PLAIN_BYTES (KEY_BYTES + 1 + HASH_BYTES)
#define AT_SEALED 5
#define ASSOCIATED_BYTES 39

static_assert(AT_SEALED + PLAIN_BYTES + WRAP_OVERHEAD == WRAPPED_BYTES, "docs/formats.md");

typedef enum Part { PART_NONE = 0, PART_WHOLE = 1, PART_LABEL = 2 } Part;

/* A row left out is all zero: it gets nothing. */
static const struct {
    Part part;
    KeyLabel label;
} parts_of_purpose[] = {
    [PURPOSE_READ] = {.part = PART_WHOLE},
    [PURPOSE_WRITE] = {.part = PART_WHOLE},
    [PURPOSE_HEADER] = {.part = PART_LABEL, .label = LABEL_HEADER},
    [PURPOSE_DRAFT] = {.part = PART_LABEL, .label = LABEL_DRAFT},
    [PURPOSE_SIGN_IN] = {.part = PART_WHOLE},
    [PURPOSE_REPORT] = {.part = PART_WHOLE},
    [PURPOSE_TRANSFER] = {.part = PART_WHOLE},
    [PURPOSE_JOB] = {.part = PART_LABEL, .label = LABEL_HEAD},
    [PURPOSE_JOB_HEADER] = {.part = PART_LABEL, .label = LABEL_HEADER},
    [PURPOSE_FOLLOW] = {.part = PART_LABEL, .label = LABEL_HEAD},
    [PURPOSE_FOLLOW_HEADER] = {.part = PART_LABEL, .label = LABEL_HEADER},
    [PURPOSE_JOB_FACT] = {.part = PART_LABEL, .label = LABEL_FACT},
};

void scope_wipe(Scope *scope)
{
    crypto_wipe(scope, sizeof *scope);
}

void municipality_wipe(Municipality *municipality)
{
    crypto_wipe(municipality, sizeof *municipality);
}

static void put_u32(uint8_t *to, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(number >> (24 - 8 * i));
}

/* format | mode | tenant | kind | scope | epoch */
static void associated_data(const ScopePlace *place, uint32_t epoch, uint8_t ret_bytes[static ASSOCIATED_BYTES])
{
    const Municipality *municipality = place->municipality;

    ret_bytes[0] = FORMAT;
    ret_bytes[1] = (uint8_t)municipality->mode;
    memcpy(ret_bytes + 2, municipality->tenant.bytes, ID_BYTES);
    ret_bytes[18] = (uint8_t)place->kind;
    memcpy(ret_bytes + 19, place->id.bytes, ID_BYTES);
    put_u32(ret_bytes + 35, epoch);
}

Err municipality_make(const Crypto *crypto, Mode mode, Id tenant, Municipality *ret_municipality)
{
    AUTO(municipality_wipe) Municipality made = {.tenant = tenant, .mode = mode, .epoch = 1};
    TRY(crypto_key_new(crypto, &made.key));
    TRY(crypto_key_new(crypto, &made.permanent_index));
    TRY(crypto_key_new(crypto, &made.epoch_index));
    TRY(crypto_key_new(crypto, &made.name_index));
    *ret_municipality = made;
    return ok();
}

Err municipality_turn(const Crypto *crypto, int64_t now, Municipality *municipality)
{
    AUTO(municipality_wipe) Municipality next = *municipality;

    if (municipality->former_epoch)
        return fail(E_DUPLICATE);
    next.former_epoch = municipality->epoch;
    next.former_key = municipality->key;
    next.former_index = municipality->epoch_index;
    next.epoch++;
    next.turned_at = now;
    TRY(crypto_key_new(crypto, &next.key));
    TRY(crypto_key_new(crypto, &next.epoch_index));
    *municipality = next;
    return ok();
}

void municipality_turned(Municipality *municipality)
{
    municipality->former_epoch = 0;
    key_wipe(&municipality->former_key);
    key_wipe(&municipality->former_index);
}

/* The kind goes first, so that a user name that looks like a number is not found as one. E-mails and user names share one: a
 * name that is somebody's e-mail is taken. */
static Err inner_of(const Crypto *crypto, const Municipality *municipality, IndexedBy by, uint8_t ret_inner[static HASH_BYTES])
{
    const uint8_t kind_byte = by.kind == INDEX_EMAIL ? INDEX_USER_NAME : (uint8_t)by.kind;
    const Str parts[] = {str_from_bytes(&kind_byte, 1), by.text};
    return crypto_hmac(crypto, &municipality->permanent_index, parts, COUNT_OF(parts), ret_inner);
}

static Err outer_of(const Crypto *crypto, const Key *key, const uint8_t inner[static HASH_BYTES],
                    uint8_t ret_index[static INDEX_BYTES])
{
    uint8_t mac[HASH_BYTES];
    const Str part = str_from_bytes(inner, HASH_BYTES);
    TRY(crypto_hmac(crypto, key, &part, 1, mac));
    memcpy(ret_index, mac, INDEX_BYTES);
    return ok();
}

/* Under the present epoch and the former one; under the present one twice when none is being turned. */
static Err outers_of(const Crypto *crypto, const Municipality *municipality, const uint8_t inner[static HASH_BYTES],
                     uint8_t ret_both[static 2 * INDEX_BYTES])
{
    const Key *former = municipality->former_epoch ? &municipality->former_index : &municipality->epoch_index;

    TRY(outer_of(crypto, &municipality->epoch_index, inner, ret_both));
    return outer_of(crypto, former, inner, ret_both + INDEX_BYTES);
}

Err scope_set_index(const Crypto *crypto, const Municipality *municipality, IndexedBy by, Scope *scope)
{
    uint8_t inner[HASH_BYTES] = {0};
    if (by.kind != INDEX_NONE)
        TRY(inner_of(crypto, municipality, by, inner));
    memcpy(scope->inner, inner, sizeof inner);
    scope->has_inner = by.kind != INDEX_NONE;
    return ok();
}

Err scope_make(const Crypto *crypto, const Municipality *municipality, IndexedBy by, Scope *ret_scope)
{
    AUTO(scope_wipe) Scope scope = {0};
    TRY(crypto_key_new(crypto, &scope.key));
    TRY(scope_set_index(crypto, municipality, by, &scope));
    *ret_scope = scope;
    return ok();
}

Err scope_wrap(const Crypto *crypto, const ScopePlace *place, const Scope *scope, WrappedKey *ret_wrapped)
{
    const Municipality *municipality = place->municipality;
    uint8_t associated[ASSOCIATED_BYTES];
    uint8_t plain[PLAIN_BYTES];
    uint8_t indexes[2 * INDEX_BYTES] = {0};
    WrappedKey wrapped = {.epoch = municipality->epoch, .has_index = scope->has_inner};
    AUTO(key_wipe) Key wrap = {0};

    TRY(crypto_derive(crypto, &municipality->key, LABEL_WRAP, &wrap));
    if (scope->has_inner)
        TRY(outers_of(crypto, municipality, scope->inner, indexes));
    memcpy(wrapped.index, indexes, INDEX_BYTES);
    memcpy(wrapped.former, indexes + INDEX_BYTES, INDEX_BYTES);
    associated_data(place, wrapped.epoch, associated);
    memcpy(plain, scope->key.bytes, KEY_BYTES);
    plain[KEY_BYTES] = scope->has_inner;
    memcpy(plain + KEY_BYTES + 1, scope->inner, HASH_BYTES);
    wrapped.bytes[0] = FORMAT;
    put_u32(wrapped.bytes + 1, municipality->epoch);
    Err wrapping = crypto_wrap(crypto, &wrap, str_from_bytes(associated, sizeof associated),
                               str_from_bytes(plain, sizeof plain), wrapped.bytes + AT_SEALED);
    crypto_wipe(plain, sizeof plain);
    TRY(wrapping);
    *ret_wrapped = wrapped;
    return ok();
}

static uint32_t get_u32(const char *from)
{
    uint32_t number = 0;
    for (int i = 0; i < 4; i++)
        number = number << 8 | (uint8_t)from[i];
    return number;
}

Err wrapped_epoch(Str wrapped, uint32_t *ret_epoch)
{
    if (wrapped.length != WRAPPED_BYTES || wrapped.data[0] != FORMAT)
        return fail(E_MALFORMED);
    *ret_epoch = get_u32(wrapped.data + 1);
    return ok();
}

static Err key_of_epoch(const Municipality *municipality, uint32_t epoch, const Key **ret_key)
{
    if (epoch == 0 || epoch > municipality->epoch)
        return fail(E_FORGED);
    if (epoch != municipality->epoch && epoch != municipality->former_epoch)
        return fail(E_STALE);
    *ret_key = epoch == municipality->epoch ? &municipality->key : &municipality->former_key;
    return ok();
}

Err scope_open(const Crypto *crypto, const ScopePlace *place, Str wrapped, Scope *ret_scope)
{
    const Key *of_epoch = NULL;
    uint8_t associated[ASSOCIATED_BYTES];
    uint8_t plain[PLAIN_BYTES];
    AUTO(key_wipe) Key wrap = {0};

    uint32_t epoch = 0;
    TRY(wrapped_epoch(wrapped, &epoch));
    TRY(key_of_epoch(place->municipality, epoch, &of_epoch));
    TRY(crypto_derive(crypto, of_epoch, LABEL_WRAP, &wrap));
    associated_data(place, epoch, associated);
    TRY(crypto_unwrap(crypto, &wrap, str_from_bytes(associated, sizeof associated),
                      str_slice(wrapped, AT_SEALED, wrapped.length), plain));
    memcpy(ret_scope->key.bytes, plain, KEY_BYTES);
    ret_scope->has_inner = plain[KEY_BYTES] != 0;
    memcpy(ret_scope->inner, plain + KEY_BYTES + 1, HASH_BYTES);
    crypto_wipe(plain, sizeof plain);
    return ok();
}

Err municipality_index(const Crypto *crypto, const Municipality *municipality, IndexedBy by, BlindIndex *ret_index)
{
    uint8_t inner[HASH_BYTES];
    uint8_t both[2 * INDEX_BYTES];
    BlindIndex index = {0};

    TRY(inner_of(crypto, municipality, by, inner));
    TRY(outers_of(crypto, municipality, inner, both));
    memcpy(index.present, both, INDEX_BYTES);
    memcpy(index.former, both + INDEX_BYTES, INDEX_BYTES);
    if (by.kind != INDEX_NATIONAL_ID)
        TRY(outer_of(crypto, &municipality->name_index, inner, index.name));
    *ret_index = index;
    return ok();
}

/* What is indexed begins with the number of its kind, so that no index is ever this key. */
Err municipality_row_key(const Crypto *crypto, const Municipality *municipality, Key *ret_key)
{
    return crypto_derive(crypto, &municipality->permanent_index, LABEL_ROW, ret_key);
}

Err municipality_pair(const Crypto *crypto, const Municipality *municipality, PairUse use, Key *ret_private)
{
    static const KeyLabel labels[] = {[PAIR_STATISTICS] = LABEL_STATISTICS, [PAIR_TRANSFER] = LABEL_TRANSFER};

    if (use < PAIR_STATISTICS || use > PAIR_TRANSFER)
        return fail(E_RANGE);
    return crypto_derive(crypto, &municipality->permanent_index, labels[use], ret_private);
}

Err scope_key_for(const Crypto *crypto, const Scope *scope, Purpose purpose, Key *ret_key)
{
    if ((size_t)purpose >= COUNT_OF(parts_of_purpose))
        return fail(E_RANGE);
    switch (parts_of_purpose[purpose].part) {
    case PART_NONE:
        return fail(E_RANGE);
    case PART_WHOLE:
        *ret_key = scope->key;
        return ok();
    case PART_LABEL:
        return crypto_derive(crypto, &scope->key, parts_of_purpose[purpose].label, ret_key);
    }
    return fail(E_INTERNAL);
}
