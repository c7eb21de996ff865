/* Seals keys of backups and former epochs to the recovery key, each bound to its place.
 * Must not leave a part of a destroyed one.
 * Called by the agent, recover.c, replace.c. */
#include "keyd/sealed.h"

#include <string.h>

#define ASSOCIATED_BYTES 40

/* "stafettlogg-sealed" | kind u8 | mode u8 | id 16 | epoch u32 */
static Str associated_data(Mode mode, const SealedKey *sealed, uint8_t bytes[static ASSOCIATED_BYTES])
{
    static const char label[] = "stafettlogg-sealed";
    uint8_t *to = bytes + sizeof label - 1;

    memcpy(bytes, label, sizeof label - 1);
    *to++ = sealed->kind;
    *to++ = (uint8_t)mode;
    memcpy(to, sealed->id.bytes, ID_BYTES);
    to += ID_BYTES;
    for (int i = 0; i < 4; i++)
        *to++ = (uint8_t)(sealed->epoch >> (24 - 8 * i));
    return str_from_bytes(bytes, ASSOCIATED_BYTES);
}

static Err seal(const Crypto *crypto, const KeyFile *file, const Key *key, SealedKey *sealed)
{
    uint8_t bytes[ASSOCIATED_BYTES];
    const Str associated = associated_data(file->mode, sealed, bytes);

    return box_seal(crypto, file->recovery_public, associated, str_from_bytes(key->bytes, KEY_BYTES), sealed->box);
}

SealedKey *sealed_find(KeyFile *file, SealedKind kind, Id id, uint32_t epoch)
{
    for (size_t i = 0; i < file->sealed_places; i++) {
        SealedKey *sealed = &file->sealed[i];
        if (sealed->kind == kind && id_equal(sealed->id, id) && sealed->epoch == epoch)
            return sealed;
    }
    return NULL;
}

static size_t free_place(const KeyFile *file)
{
    size_t at = 0;

    while (at < file->sealed_places && file->sealed[at].kind != SEALED_NONE)
        at++;
    return at;
}

Err sealed_put(const Crypto *crypto, KeyFile *file, const SealedFor *what, const Key *key)
{
    SealedKey sealed = {.kind = (uint8_t)what->kind, .id = what->id, .epoch = what->epoch, .made_at = what->made_at,
                        .destroy_at = what->destroy_at};
    const size_t at = free_place(file);

    if (sealed_find(file, what->kind, what->id, what->epoch))
        return fail(E_DUPLICATE);
    if (at == SEALED_KEYS_MAX)
        return fail(E_TOO_LARGE);
    TRY(seal(crypto, file, key, &sealed));
    file->sealed[at] = sealed;
    if (at == file->sealed_places)
        file->sealed_places++;
    return ok();
}

uint32_t sealed_count(const KeyFile *file, SealedKind kind, const Id *id)
{
    uint32_t count = 0;

    for (size_t i = 0; i < file->sealed_places; i++)
        count += file->sealed[i].kind == kind && (!id || id_equal(file->sealed[i].id, *id));
    return count;
}

int64_t sealed_next(const KeyFile *file)
{
    int64_t next = 0;

    for (size_t i = 0; i < file->sealed_places; i++) {
        const SealedKey *sealed = &file->sealed[i];
        if (sealed->kind != SEALED_NONE && sealed->destroy_at > 0 && (next == 0 || sealed->destroy_at < next))
            next = sealed->destroy_at;
    }
    return next;
}

Err sealed_open(const Crypto *crypto, Mode mode, const Key *recovery, const SealedKey *sealed, Key *ret_key)
{
    uint8_t bytes[ASSOCIATED_BYTES];

    return box_open(crypto, recovery, associated_data(mode, sealed, bytes), str_from_bytes(sealed->box, sizeof sealed->box),
                    ret_key->bytes);
}

Err sealed_move(const Crypto *crypto, const Key *former_recovery, KeyFile *file)
{
    for (size_t i = 0; i < file->sealed_places; i++) {
        AUTO(key_wipe) Key key = {0};
        if (file->sealed[i].kind == SEALED_NONE)
            continue;
        TRY(sealed_open(crypto, file->mode, former_recovery, &file->sealed[i], &key));
        TRY(seal(crypto, file, &key, &file->sealed[i]));
    }
    return ok();
}
