/* Seals and opens rows under the key of a scope: of a person, of the register. Units, which every room names, whole.
 * Must not read or write the database but for the register's scope row, nor keep a key.
 * Called by all rooms of service. Rules: keys 3, 4. */
#include "service/seal.h"

#include <string.h>

#include "domain/policy/matrix.h"

#define ENCODED_MAX ((size_t)16 << 10)

static Id id_of_byte(int byte)
{
    Id id;

    memset(id.bytes, byte, sizeof id.bytes);
    return id;
}

Id people_register_scope(void)
{
    return id_of_byte(0x01);
}

Id people_decoy(void)
{
    return id_of_byte(0xFF);
}

static SealContext context_of(const OpenScope *scope, ScopedPlace place)
{
    return (SealContext){
        .mode = scope->service->mode,
        .tenant = scope->tenant,
        .table = (uint8_t)place.table,
        .column = (uint8_t)place.column,
        .row = place.row,
        .version = place.version,
        .scope = place.scope,
    };
}

static ScopedPlace unit_place(RowVersion unit)
{
    return (ScopedPlace){.table = SEAL_TABLE_UNIT, .column = SEAL_COLUMN_NAME, .label = LABEL_DATA, .row = unit.row,
                   .scope = people_register_scope(), .version = unit.version};
}

Err scoped_seal(const OpenScope *scope, ScopedPlace place, Str plain, Arena *keep, Str *ret_sealed)
{
    const Crypto *crypto = keys_crypto(scope->service->keys);
    AUTO(key_wipe) Key key = {0};
    const Sealing sealing = {.key = &key, .context = context_of(scope, place), .padding = PAD_TEXT};

    TRY(crypto_derive(crypto, scope->key, place.label, &key));
    return crypto_seal(crypto, &sealing, plain, keep, ret_sealed);
}

/* A value of a wrong form is no better than one with a wrong tag. */
Err scoped_forged_unless_ours(Err err)
{
    return err.id == E_TRUNCATED || err.id == E_MALFORMED ? fail(E_FORGED) : err;
}

Err scoped_open(const OpenScope *scope, ScopedPlace place, Str sealed, Arena *keep, Str *ret_plain)
{
    const Crypto *crypto = keys_crypto(scope->service->keys);
    AUTO(key_wipe) Key key = {0};
    const Sealing sealing = {.key = &key, .context = context_of(scope, place), .padding = PAD_TEXT};

    TRY(crypto_derive(crypto, scope->key, place.label, &key));
    return scoped_forged_unless_ours(crypto_open(crypto, &sealing, sealed, keep, ret_plain));
}

Err scoped_encode(const Values *values, Arena *keep, Str *ret_plain)
{
    Buf buf = buf_new(keep, ENCODED_MAX);

    values_encode(&buf, values);
    return buf_done(&buf, ret_plain);
}

Err unit_seal(const OpenScope *scope, RowVersion unit, const Values *values, Arena *keep, Str *ret_sealed)
{
    Str plain = STR_NONE;

    TRY(scoped_encode(values, keep, &plain));
    return scoped_seal(scope, unit_place(unit), plain, keep, ret_sealed);
}

Err unit_open(const OpenScope *scope, const UnitRow *row, Arena *keep, Values *ret_values)
{
    Str plain = STR_NONE;
    Values values;

    TRY(scoped_open(scope, unit_place((RowVersion){row->id, row->version}), row->sealed, keep, &plain));
    TRY(scoped_forged_unless_ours(values_decode(plain, &values)));
    if (values.kind->id != KIND_ORGANISATION)
        return fail(E_FORGED);
    *ret_values = values;
    return ok();
}

Err register_key(Service *service, const Actor *actor, Arena *keep, Key *ret_key)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    ScopeKeyRow row = {0};
    Id scope = people_register_scope();

    TRY(store_read(actor->store, &tx));
    TRY(store_scope(tx, scope, keep, &row));
    store_read_endp(&tx);
    return keys_unwrap(service->keys, actor_key(actor, PURPOSE_READ, SCOPE_REGISTER, scope), row.wrapped, ret_key);
}

ScopeKeyRow scope_row(ScopeKind kind, Id scope, const WrappedKey *wrapped, uint32_t version)
{
    return (ScopeKeyRow){
        .scope = scope,
        .kind = (uint8_t)kind,
        .epoch = wrapped->epoch,
        .wrapped = str_from_bytes(wrapped->bytes, WRAPPED_BYTES),
        .blind_index = wrapped->has_index ? str_from_bytes(wrapped->index, INDEX_BYTES) : STR_NONE,
        .version = version,
    };
}

ScopeIndex scope_index_of(const BlindIndex *index)
{
    ScopeIndex found;

    memcpy(found.present, index->present, INDEX_BYTES);
    memcpy(found.former, index->former, INDEX_BYTES);
    return found;
}

ScopeIndex scope_index_beside(const WrappedKey *wrapped)
{
    ScopeIndex found;

    memcpy(found.present, wrapped->index, INDEX_BYTES);
    memcpy(found.former, wrapped->former, INDEX_BYTES);
    return found;
}
