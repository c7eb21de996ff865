/* The copies of the key file on the disk.
 * Must not leave fewer than one copy whole, wherever it is cut.
 * Called by keyd and init. */
#include <stdlib.h>
#include <unistd.h>

#include "keyd/key_file.h"
#include "sys/file.h"

#define SCRATCH (2 * KEY_FILE_MAX + ((size_t)64 << 10))

static void key_file_freep(KeyFile **file)
{
    free(*file);
    *file = NULL;
}

Err key_file_read(const KeyFilePlaces *places, KeyFile *ret_file, size_t *ret_spoilt)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(key_file_freep) KeyFile *copy = malloc(sizeof *copy);
    size_t found = 0, whole = 0;

    if (!copy)
        return fail(E_NO_MEMORY);
    TRY(arena_new(SCRATCH, &arena));
    for (size_t i = 0; i < places->count; i++) {
        Str bytes;
        size_t mark = arena_mark(arena);
        Err read = file_read(places->paths[i], KEY_FILE_MAX, arena, &bytes);
        found += read.id != E_NOT_FOUND;
        if (is_ok(read) && is_ok(key_file_decode(bytes, copy))) {
            if (whole == 0 || copy->sequence > ret_file->sequence)
                *ret_file = *copy;
            whole++;
        }
        arena_rewind(arena, mark);
    }
    if (whole == 0)
        return fail(found ? E_MALFORMED : E_NOT_FOUND);
    *ret_spoilt = places->count - whole;
    return ok();
}

Err key_file_write(const Crypto *crypto, const RootKeys *keys, const KeyFilePlaces *places, KeyFile *file)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str bytes;
    Err first_failure = ok();

    TRY(arena_new(SCRATCH, &arena));
    file->sequence++;
    TRY(key_file_encode(crypto, keys, file, arena, &bytes));
    for (size_t i = 0; i < places->count; i++) {
        Err written = file_overwrite(places->paths[i], bytes);
        /* A mirror that was lost is made anew: two copies are the rule. */
        if (written.id == E_NOT_FOUND)
            written = file_write(places->paths[i], bytes, 0600);
        if (is_ok(first_failure))
            first_failure = written;
    }
    return first_failure;
}

Err key_file_create(const Crypto *crypto, const RootKeys *keys, const KeyFilePlaces *places, KeyFile *file)
{
    for (size_t i = 0; i < places->count; i++)
        if (access(places->paths[i], F_OK) == 0)
            return fail(E_DUPLICATE);
    return key_file_write(crypto, keys, places, file);
}
