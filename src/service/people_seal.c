/* Seals and opens persons, credentials and units in their own places; makes and reads one-time codes.
 * Must not read or write the database but for the register's scope row, nor keep a key.
 * Called by the other parts of the people and session services. */
#include "service/people_priv.h"

#include <string.h>

#define ENCODED_MAX ((size_t)16 << 10)
#define ENROLMENT_MS ((int64_t)14 * 24 * 60 * 60 * 1000)
#define CODE_GROUP 4

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

Err people_user_name(Str typed, Arena *keep, Str *ret_name)
{
    Buf buf = buf_new(keep, INDEX_TEXT_MAX);
    Str text = str_trim(typed);

    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        buf_add_char(&buf, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    return buf_done(&buf, ret_name);
}

void credentials_wipe(Credentials *credentials)
{
    crypto_wipe(credentials, sizeof *credentials);
}

/* One place of one row in this municipality. */
typedef struct Place {
    SealTable table;
    SealColumn column;
    KeyLabel label;
    Id row;
    Id scope;
    uint32_t version;
} Place;

static SealContext context_of(const Service *service, Id tenant, Place place)
{
    return (SealContext){
        .mode = service->mode,
        .tenant = tenant,
        .table = (uint8_t)place.table,
        .column = (uint8_t)place.column,
        .row = place.row,
        .version = place.version,
        .scope = place.scope,
    };
}

static Place person_place(Id person, uint32_t version)
{
    return (Place){.table = SEAL_TABLE_PERSON, .column = SEAL_COLUMN_NAME, .label = LABEL_DATA, .row = person,
                   .scope = person, .version = version};
}

static Place secret_place(Id person, uint32_t version)
{
    return (Place){.table = SEAL_TABLE_PERSON, .column = SEAL_COLUMN_CREDENTIALS, .label = LABEL_SECRET, .row = person,
                   .scope = person, .version = version};
}

static Place unit_place(Id unit, uint32_t version)
{
    return (Place){.table = SEAL_TABLE_UNIT, .column = SEAL_COLUMN_NAME, .label = LABEL_DATA, .row = unit,
                   .scope = people_register_scope(), .version = version};
}

static Err seal(Service *service, Id tenant, Place place, const Key *scope, Str plain, Arena *keep, Str *ret_sealed)
{
    const Crypto *crypto = keys_crypto(service->keys);
    SealContext context = context_of(service, tenant, place);
    AUTO(key_wipe) Key key = {0};

    TRY(crypto_derive(crypto, scope, place.label, &key));
    return crypto_seal(crypto, &key, 0, &context, PAD_TEXT, plain, keep, ret_sealed);
}

/* A value of a wrong form is no better than one with a wrong tag. */
static Err forged_unless_ours(Err err)
{
    return err.id == E_TRUNCATED || err.id == E_MALFORMED ? fail(E_FORGED) : err;
}

static Err open_sealed(Service *service, Id tenant, Place place, const Key *scope, Str sealed, Arena *keep, Str *ret_plain)
{
    const Crypto *crypto = keys_crypto(service->keys);
    SealContext context = context_of(service, tenant, place);
    AUTO(key_wipe) Key key = {0};

    TRY(crypto_derive(crypto, scope, place.label, &key));
    return forged_unless_ours(crypto_open(crypto, &key, &context, sealed, keep, ret_plain));
}

static Err encode(const Values *values, Arena *keep, Str *ret_plain)
{
    Buf buf = buf_new(keep, ENCODED_MAX);

    values_encode(&buf, values);
    return buf_done(&buf, ret_plain);
}

Err person_seal(Service *service, Id tenant, Id person, uint32_t version, const Key *scope, const Values *values,
                Arena *keep, Str *ret_sealed)
{
    Str plain = STR_NONE;

    TRY(encode(values, keep, &plain));
    return seal(service, tenant, person_place(person, version), scope, plain, keep, ret_sealed);
}

Err person_seal_secret(Service *service, Id tenant, Id person, uint32_t version, const Key *scope,
                       const Credentials *credentials, Arena *keep, Str *ret_sealed)
{
    Buf buf = buf_new(keep, sizeof *credentials);
    Str plain = STR_NONE;

    buf_add_bytes(&buf, credentials->password.bytes, PASSWORD_BYTES);
    buf_add_bytes(&buf, credentials->totp_secret, TOTP_SECRET_BYTES);
    TRY(buf_done(&buf, &plain));
    return seal(service, tenant, secret_place(person, version), scope, plain, keep, ret_sealed);
}

Err person_open(Service *service, Id tenant, const PersonRow *row, const Key *scope, Arena *keep, Values *ret_values)
{
    Str plain = STR_NONE;
    Values values;

    TRY(open_sealed(service, tenant, person_place(row->id, row->version), scope, row->sealed, keep, &plain));
    TRY(forged_unless_ours(values_decode(plain, &values)));
    if (values.kind->id != KIND_STAFF_PERSON && values.kind->id != KIND_GUARDIAN && values.kind->id != KIND_CHILD)
        return fail(E_FORGED);
    *ret_values = values;
    return ok();
}

Err person_open_secret(Service *service, Id tenant, const PersonRow *row, const Key *scope, Arena *keep,
                       Credentials *ret_credentials)
{
    Str plain = STR_NONE;

    TRY(open_sealed(service, tenant, secret_place(row->id, row->version), scope, row->secret, keep, &plain));
    if (plain.length != PASSWORD_BYTES + TOTP_SECRET_BYTES)
        return fail(E_FORGED);
    memcpy(ret_credentials->password.bytes, plain.data, PASSWORD_BYTES);
    memcpy(ret_credentials->totp_secret, plain.data + PASSWORD_BYTES, TOTP_SECRET_BYTES);
    return ok();
}

Err unit_seal(Service *service, Id tenant, Id unit, uint32_t version, const Key *scope, const Values *values, Arena *keep,
              Str *ret_sealed)
{
    Str plain = STR_NONE;

    TRY(encode(values, keep, &plain));
    return seal(service, tenant, unit_place(unit, version), scope, plain, keep, ret_sealed);
}

Err unit_open(Service *service, Id tenant, const UnitRow *row, const Key *scope, Arena *keep, Values *ret_values)
{
    Str plain = STR_NONE;
    Values values;

    TRY(open_sealed(service, tenant, unit_place(row->id, row->version), scope, row->sealed, keep, &plain));
    TRY(forged_unless_ours(values_decode(plain, &values)));
    if (values.kind->id != KIND_ORGANISATION)
        return fail(E_FORGED);
    *ret_values = values;
    return ok();
}

Err register_key(Service *service, Id tenant, Store *store, Id grant, Arena *keep, Key *ret_key)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    ScopeKeyRow row = {0};
    Id scope = people_register_scope();

    TRY(store_read(store, &tx));
    TRY(store_scope(tx, scope, keep, &row));
    store_read_endp(&tx);
    return keys_unwrap(service->keys, grant, tenant, PURPOSE_READ, SCOPE_REGISTER, scope, row.wrapped, ret_key);
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

Err enrolment_code_read(Str typed, Arena *scratch, Id *ret_code)
{
    Str bytes = STR_NONE;
    Err read = base32_decode(scratch, str_trim(typed), &bytes);

    if (is_ok(read))
        read = id_from_bytes(bytes, ret_code);
    return is_ok(read) || read.id == E_NO_MEMORY ? read : fail(E_NOT_FOUND);
}

Err enrolment_code_hash(Id code, Hash *ret_hash)
{
    return sha256(id_bytes(&code), ret_hash->bytes);
}

Err enrolment_code_new(Service *service, Id person, int64_t now, Arena *scratch, EnrolmentCode *ret_code,
                       EnrolmentRow *ret_row)
{
    EnrolmentRow row = {.person = person, .expires_at = now + ENROLMENT_MS};
    EnrolmentCode code = {0};
    Buf buf = buf_new(scratch, sizeof code.text);
    Str text = STR_NONE;
    size_t at = 0;
    Id secret;

    TRY(world_id(service->world, &secret));
    TRY(enrolment_code_hash(secret, &row.code_hash));
    buf_add_base32(&buf, id_bytes(&secret));
    TRY(buf_done(&buf, &text));
    for (size_t i = 0; i < text.length && at + 2 < sizeof code.text; i++) {
        if (i > 0 && i % CODE_GROUP == 0)
            code.text[at++] = '-';
        code.text[at++] = text.data[i];
    }
    *ret_code = code;
    *ret_row = row;
    return ok();
}
