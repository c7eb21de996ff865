/* Encodes, authenticates and wraps what stands in the key file.
 * Must not touch the disk (key_file_disk.c does).
 * Called by keyd and init. */
#include "keyd/key_file.h"

#include <string.h>

#define FORMAT 3
#define FORMAT_ONE_EPOCH 2 /* without sealed keys and the epoch before; names were found under the index key of the epoch */
#define FORMAT_UNCOUNTED 1 /* and without the numbers of scopes made: they begin at none */
#define MAGIC "SLKEYS"
#define ASSOCIATED_BYTES 22

typedef enum Wrapping { WRAPPING_MUNICIPALITY = 1, WRAPPING_SEED = 2 } Wrapping;

void root_keys_wipe(RootKeys *keys)
{
    crypto_wipe(keys, sizeof *keys);
}

Err root_keys_derive(const Crypto *crypto, const Key *root, RootKeys *ret_keys)
{
    AUTO(root_keys_wipe) RootKeys keys = {0};
    TRY(crypto_derive(crypto, root, LABEL_STORE, &keys.store));
    TRY(crypto_derive(crypto, root, LABEL_FILE, &keys.file));
    *ret_keys = keys;
    return ok();
}

static void add_custodian(Buf *buf, const Custodian *custodian)
{
    buf_add_bytes(buf, custodian->id.bytes, ID_BYTES);
    buf_add_u8(buf, custodian->index);
    buf_add_bytes(buf, custodian->share_hash, HASH_BYTES);
    wire_add_text(buf, str_from_bytes(custodian->name, custodian->name_length), CUSTODIAN_NAME_MAX);
}

static void add_municipality(Buf *buf, const KeyFileMunicipality *row, uint8_t format)
{
    buf_add_bytes(buf, row->tenant.bytes, ID_BYTES);
    buf_add_u32(buf, row->epoch);
    buf_add_bytes(buf, row->wrapped, (size_t)row->keys * KEY_BYTES + WRAP_OVERHEAD);
    buf_add_bytes(buf, row->head.database.bytes, ID_BYTES);
    buf_add_u64(buf, row->head.size);
    buf_add_bytes(buf, row->head.root, sizeof row->head.root);
    buf_add_u64(buf, (uint64_t)row->head.at);
    if (format == FORMAT_UNCOUNTED)
        return;
    buf_add_u32(buf, row->made.logs);
    buf_add_u32(buf, row->made.persons);
    if (format == FORMAT_ONE_EPOCH)
        return;
    buf_add_u32(buf, row->former_epoch);
    buf_add_u64(buf, (uint64_t)row->turned_at);
}

static void add_sealed(Buf *buf, const SealedKey *sealed)
{
    buf_add_u8(buf, sealed->kind);
    buf_add_bytes(buf, sealed->id.bytes, ID_BYTES);
    buf_add_u32(buf, sealed->epoch);
    buf_add_u64(buf, (uint64_t)sealed->made_at);
    buf_add_u64(buf, (uint64_t)sealed->destroy_at);
    buf_add_bytes(buf, sealed->box, sizeof sealed->box);
}

/* Everything but checksum and MAC, in the file's own format. */
static void add_body(Buf *buf, const KeyFile *file)
{
    buf_add(buf, STR(MAGIC));
    buf_add_u8(buf, file->format);
    buf_add_u8(buf, (uint8_t)file->mode);
    buf_add_u8(buf, file->threshold);
    buf_add_u8(buf, file->custodian_count);
    buf_add_u16(buf, file->municipality_count);
    buf_add_u64(buf, file->sequence);
    buf_add_bytes(buf, file->set.bytes, ID_BYTES);
    buf_add_bytes(buf, file->head_public, sizeof file->head_public);
    buf_add_bytes(buf, file->recovery_public, sizeof file->recovery_public);
    buf_add_bytes(buf, file->head_seed, sizeof file->head_seed);
    if (file->format > FORMAT_ONE_EPOCH)
        buf_add_u16(buf, file->sealed_places);
    for (size_t i = 0; i < file->custodian_count; i++)
        add_custodian(buf, &file->custodians[i]);
    for (size_t i = 0; i < file->municipality_count; i++)
        add_municipality(buf, &file->municipalities[i], file->format);
    for (size_t i = 0; i < file->sealed_places; i++)
        add_sealed(buf, &file->sealed[i]);
}

static Err body_mac(const Crypto *crypto, const RootKeys *keys, Str body, uint8_t ret_mac[static HASH_BYTES])
{
    return crypto_hmac(crypto, &keys->file, &body, 1, ret_mac);
}

static Err wrap_anew(const Crypto *crypto, const RootKeys *keys, KeyFile *file)
{
    AUTO(municipality_wipe) Municipality municipality = {0};

    for (size_t at = 0; at < file->municipality_count; at++) {
        if (file->municipalities[at].keys == MUNICIPALITY_KEYS)
            continue;
        TRY(key_file_get_municipality(crypto, keys, file, at, &municipality));
        TRY(key_file_put_municipality(crypto, keys, file, &municipality));
    }
    return ok();
}

Err key_file_encode(const Crypto *crypto, const RootKeys *keys, KeyFile *file, Arena *keep, Str *ret_bytes)
{
    uint8_t checksum[HASH_BYTES];
    Buf buf = buf_new(keep, KEY_FILE_MAX);
    Str content;

    TRY(wrap_anew(crypto, keys, file));
    file->format = FORMAT;
    add_body(&buf, file);
    TRY(buf_done(&buf, &content));
    TRY(body_mac(crypto, keys, content, file->mac));
    buf_add_bytes(&buf, file->mac, sizeof file->mac);
    TRY(buf_done(&buf, &content));
    TRY(sha256(content, checksum));
    buf_add_bytes(&buf, checksum, sizeof checksum);
    return buf_done(&buf, ret_bytes);
}

Err key_file_verify(const Crypto *crypto, const RootKeys *keys, const KeyFile *file)
{
    AUTO(arena_freep) Arena *arena = NULL;
    uint8_t mac[HASH_BYTES];
    Str body;

    TRY(arena_new(4 * KEY_FILE_MAX, &arena));
    Buf buf = buf_new(arena, KEY_FILE_MAX);
    add_body(&buf, file);
    TRY(buf_done(&buf, &body));
    TRY(body_mac(crypto, keys, body, mac));
    return crypto_equal(mac, file->mac, sizeof mac) ? ok() : fail(E_FORGED);
}

static Err read_custodian(Cursor *cursor, Custodian *ret_custodian)
{
    Str name;
    cursor_copy(cursor, ret_custodian->id.bytes, ID_BYTES);
    ret_custodian->index = cursor_u8(cursor);
    cursor_copy(cursor, ret_custodian->share_hash, HASH_BYTES);
    TRY(wire_read_text(cursor, CUSTODIAN_NAME_MAX, &name));
    if (!utf8_valid(name) || ret_custodian->index < 1 || ret_custodian->index > CUSTODIANS_MAX)
        return fail(E_MALFORMED);
    ret_custodian->name_length = (uint8_t)name.length;
    if (name.length)
        memcpy(ret_custodian->name, name.data, name.length);
    return ok();
}

static void read_municipality(Cursor *cursor, uint8_t format, KeyFileMunicipality *ret_row)
{
    cursor_copy(cursor, ret_row->tenant.bytes, ID_BYTES);
    ret_row->epoch = cursor_u32(cursor);
    ret_row->keys = format > FORMAT_ONE_EPOCH ? MUNICIPALITY_KEYS : MUNICIPALITY_KEYS_BEFORE;
    cursor_copy(cursor, ret_row->wrapped, (size_t)ret_row->keys * KEY_BYTES + WRAP_OVERHEAD);
    ret_row->head.tenant = ret_row->tenant;
    cursor_copy(cursor, ret_row->head.database.bytes, ID_BYTES);
    ret_row->head.size = cursor_u64(cursor);
    cursor_copy(cursor, ret_row->head.root, sizeof ret_row->head.root);
    ret_row->head.at = (int64_t)cursor_u64(cursor);
    if (format == FORMAT_UNCOUNTED)
        return;
    ret_row->made.logs = cursor_u32(cursor);
    ret_row->made.persons = cursor_u32(cursor);
    if (format == FORMAT_ONE_EPOCH)
        return;
    ret_row->former_epoch = cursor_u32(cursor);
    ret_row->turned_at = (int64_t)cursor_u64(cursor);
}

static Err read_sealed(Cursor *cursor, SealedKey *ret_sealed)
{
    ret_sealed->kind = cursor_u8(cursor);
    cursor_copy(cursor, ret_sealed->id.bytes, ID_BYTES);
    ret_sealed->epoch = cursor_u32(cursor);
    ret_sealed->made_at = (int64_t)cursor_u64(cursor);
    ret_sealed->destroy_at = (int64_t)cursor_u64(cursor);
    cursor_copy(cursor, ret_sealed->box, sizeof ret_sealed->box);
    return ret_sealed->kind <= SEALED_BACKUP ? ok() : fail(E_MALFORMED);
}

static Err read_body(Cursor *cursor, KeyFile *file)
{
    Str magic = cursor_bytes(cursor, sizeof MAGIC - 1);
    file->format = cursor_u8(cursor);
    file->mode = (Mode)cursor_u8(cursor);
    file->threshold = cursor_u8(cursor);
    file->custodian_count = cursor_u8(cursor);
    file->municipality_count = cursor_u16(cursor);
    file->sequence = cursor_u64(cursor);
    if (cursor->failed || !str_equal(magic, STR(MAGIC)) || file->format < FORMAT_UNCOUNTED || file->format > FORMAT)
        return fail(E_MALFORMED);
    if (file->mode < MODE_PRODUCTION || file->mode > MODE_TEST || file->threshold < 1 ||
        file->custodian_count < file->threshold || file->custodian_count > CUSTODIANS_MAX ||
        file->municipality_count > MUNICIPALITIES_MAX)
        return fail(E_MALFORMED);
    cursor_copy(cursor, file->set.bytes, ID_BYTES);
    cursor_copy(cursor, file->head_public, sizeof file->head_public);
    cursor_copy(cursor, file->recovery_public, sizeof file->recovery_public);
    cursor_copy(cursor, file->head_seed, sizeof file->head_seed);
    file->sealed_places = file->format > FORMAT_ONE_EPOCH ? cursor_u16(cursor) : 0;
    if (file->sealed_places > SEALED_KEYS_MAX)
        return fail(E_MALFORMED);
    for (size_t i = 0; i < file->custodian_count; i++)
        TRY(read_custodian(cursor, &file->custodians[i]));
    for (size_t i = 0; i < file->municipality_count; i++)
        read_municipality(cursor, file->format, &file->municipalities[i]);
    for (size_t i = 0; i < file->sealed_places; i++)
        TRY(read_sealed(cursor, &file->sealed[i]));
    cursor_copy(cursor, file->mac, sizeof file->mac);
    return cursor_done(cursor);
}

/* The checksum finds a torn write while the agent is still sealed; the MAC finds a forger. */
Err key_file_decode(Str bytes, KeyFile *ret_file)
{
    uint8_t checksum[HASH_BYTES];
    if (bytes.length < HASH_BYTES || bytes.length > KEY_FILE_MAX)
        return fail(E_TRUNCATED);
    Str content = str_slice(bytes, 0, bytes.length - HASH_BYTES);
    TRY(sha256(content, checksum));
    if (memcmp(checksum, bytes.data + content.length, sizeof checksum) != 0)
        return fail(E_MALFORMED);
    memset(ret_file, 0, sizeof *ret_file);
    Cursor cursor = cursor_new(content);
    return read_body(&cursor, ret_file);
}

/* kind u8 | mode u8 | tenant 16 | epoch u32 */
static Str associated_data(Wrapping wrapping, Mode mode, Id tenant, uint32_t epoch, uint8_t bytes[static ASSOCIATED_BYTES])
{
    bytes[0] = (uint8_t)wrapping;
    bytes[1] = (uint8_t)mode;
    memcpy(bytes + 2, tenant.bytes, ID_BYTES);
    for (int i = 0; i < 4; i++)
        bytes[18 + i] = (uint8_t)(epoch >> (24 - 8 * i));
    return str_from_bytes(bytes, ASSOCIATED_BYTES);
}

Err key_file_put_seed(const Crypto *crypto, const RootKeys *keys, KeyFile *file, const Key *seed)
{
    uint8_t bytes[ASSOCIATED_BYTES];
    Str associated = associated_data(WRAPPING_SEED, file->mode, (Id){0}, 0, bytes);
    TRY(signature_public(seed, file->head_public));
    return crypto_wrap(crypto, &keys->store, associated, str_from_bytes(seed->bytes, KEY_BYTES), file->head_seed);
}

Err key_file_get_seed(const Crypto *crypto, const RootKeys *keys, const KeyFile *file, Key *ret_seed)
{
    uint8_t bytes[ASSOCIATED_BYTES];
    Str associated = associated_data(WRAPPING_SEED, file->mode, (Id){0}, 0, bytes);
    return crypto_unwrap(crypto, &keys->store, associated, str_from_bytes(file->head_seed, sizeof file->head_seed),
                         ret_seed->bytes);
}

size_t key_file_find(const KeyFile *file, Id tenant)
{
    size_t at = 0;
    while (at < file->municipality_count && !id_equal(file->municipalities[at].tenant, tenant))
        at++;
    return at;
}

Err key_file_put_municipality(const Crypto *crypto, const RootKeys *keys, KeyFile *file, const Municipality *municipality)
{
    uint8_t bytes[ASSOCIATED_BYTES];
    Key plain[MUNICIPALITY_KEYS] = {municipality->key,        municipality->permanent_index, municipality->epoch_index,
                                    municipality->name_index, municipality->former_key,      municipality->former_index};
    size_t at = key_file_find(file, municipality->tenant);

    if (at == MUNICIPALITIES_MAX)
        return fail(E_TOO_LARGE);
    KeyFileMunicipality row = file->municipalities[at];
    row.tenant = row.head.tenant = municipality->tenant;
    row.epoch = municipality->epoch;
    row.former_epoch = municipality->former_epoch;
    row.turned_at = municipality->turned_at;
    row.keys = MUNICIPALITY_KEYS;
    Str associated = associated_data(WRAPPING_MUNICIPALITY, file->mode, row.tenant, row.epoch, bytes);
    Err wrapped = crypto_wrap(crypto, &keys->store, associated, str_from_bytes(plain, sizeof plain), row.wrapped);
    crypto_wipe(plain, sizeof plain);
    TRY(wrapped);
    file->municipalities[at] = row;
    if (at == file->municipality_count)
        file->municipality_count++;
    return ok();
}

Err key_file_get_municipality(const Crypto *crypto, const RootKeys *keys, const KeyFile *file, size_t at,
                              Municipality *ret_municipality)
{
    uint8_t bytes[ASSOCIATED_BYTES];
    Key plain[MUNICIPALITY_KEYS] = {0};
    const KeyFileMunicipality *row = &file->municipalities[at];
    Str associated = associated_data(WRAPPING_MUNICIPALITY, file->mode, row->tenant, row->epoch, bytes);

    const Str wrapped = str_from_bytes(row->wrapped, (size_t)row->keys * KEY_BYTES + WRAP_OVERHEAD);
    TRY(crypto_unwrap(crypto, &keys->store, associated, wrapped, plain));
    *ret_municipality = (Municipality){
        .tenant = row->tenant,
        .mode = file->mode,
        .epoch = row->epoch,
        .key = plain[0],
        .permanent_index = plain[1],
        .epoch_index = plain[2],
        .name_index = row->keys == MUNICIPALITY_KEYS ? plain[3] : plain[2],
        .turned_at = row->turned_at,
        .former_epoch = row->former_epoch,
        .former_key = plain[4],
        .former_index = plain[5],
    };
    crypto_wipe(plain, sizeof plain);
    return ok();
}
