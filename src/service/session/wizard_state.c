/* Seals the wizard's state under a key of the session; the associated data names the person and the session.
 * Must not write anything but the key.
 * Called by web. */
#include "service/session/wizard_state.h"

#include <string.h>

#include "domain/policy/matrix.h"

#define TIME_BYTES 8
#define MINUTE_MS ((int64_t)60000)

typedef struct KeyChange {
    const Actor *actor;
    Str key;
} KeyChange;

static Err put_key(Tx *tx, void *context)
{
    const KeyChange *change = context;
    return store_session_wizard(tx, &change->actor->session, change->key);
}

Err wizard_begin(Service *service, const Actor *actor)
{
    AUTO(key_wipe) Key key = {0};
    KeyChange change = {.actor = actor, .key = str_from_bytes(key.bytes, KEY_BYTES)};

    TRY(crypto_key_new(keys_crypto(service->keys), &key));
    return store_write(actor->store, put_key, &change);
}

Err wizard_end(const Actor *actor)
{
    KeyChange change = {.actor = actor, .key = STR_NONE};
    return store_write(actor->store, put_key, &change);
}

Err wizard_use(Tx *tx, const Actor *actor, Str key, Arena *scratch)
{
    SessionRow row = {0};

    TRY(store_session_by_token(tx, &actor->session, scratch, &row));
    if (row.wizard_key.length != KEY_BYTES || key.length != KEY_BYTES || !crypto_equal(row.wizard_key.data, key.data, KEY_BYTES))
        return fail(E_REPLAYED);
    return store_session_wizard(tx, &actor->session, STR_NONE);
}

static Err load_key(const Actor *actor, Arena *scratch, Key *ret_key)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    SessionRow row = {0};

    TRY(store_read(actor->store, &tx));
    TRY(store_session_by_token(tx, &actor->session, scratch, &row));
    if (row.wizard_key.length != KEY_BYTES)
        return fail(E_NOT_FOUND);
    memcpy(ret_key->bytes, row.wizard_key.data, KEY_BYTES);
    return ok();
}

static SealContext context_of(Service *service, const Actor *actor)
{
    SealContext context = {
        .mode = service->mode,
        .tenant = actor->tenant,
        .table = SEAL_TABLE_WIZARD,
        .column = SEAL_COLUMN_BODY,
        .scope = actor->person,
    };
    memcpy(context.row.bytes, actor->session.bytes, ID_BYTES);
    return context;
}

Err wizard_seal(Service *service, const Actor *actor, Str state, Arena *keep, Str *ret_text)
{
    AUTO(key_wipe) Key key = {0};
    const Sealing sealing = {.key = &key, .context = context_of(service, actor), .padding = PAD_TEXT};
    Buf plain = buf_new(keep, WIZARD_STATE_MAX + TIME_BYTES);
    Buf text = buf_new(keep, 2 * WIZARD_STATE_MAX);
    Str bytes = STR_NONE;

    TRY(load_key(actor, keep, &key));
    buf_add_u64(&plain, (uint64_t)actor->now);
    buf_add(&plain, state);
    TRY(buf_done(&plain, &bytes));
    TRY(crypto_seal(keys_crypto(service->keys), &sealing, bytes, keep, &bytes));
    buf_add_base64url(&text, bytes);
    return buf_done(&text, ret_text);
}

Err wizard_open(Service *service, const Actor *actor, Str text, Arena *keep, WizardOpened *ret_opened)
{
    AUTO(key_wipe) Key key = {0};
    const Sealing sealing = {.key = &key, .context = context_of(service, actor), .padding = PAD_TEXT};
    Str bytes = STR_NONE;
    Str used = STR_NONE;

    if (!is_ok(base64url_decode(keep, text, &bytes)))
        return fail(E_FORGED);
    TRY(load_key(actor, keep, &key));
    if (!is_ok(crypto_open(keys_crypto(service->keys), &sealing, bytes, keep, &bytes)))
        return fail(E_FORGED);

    Cursor cursor = cursor_new(bytes);
    int64_t sealed_at = (int64_t)cursor_u64(&cursor);
    if (cursor.failed || actor->now - sealed_at > WIZARD_MINUTES * MINUTE_MS)
        return fail(E_NOT_FOUND);
    TRY(str_copy(keep, str_from_bytes(key.bytes, KEY_BYTES), &used));
    *ret_opened = (WizardOpened){.state = str_slice(bytes, TIME_BYTES, bytes.length), .key = used};
    return ok();
}
