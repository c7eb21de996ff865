/* The copies of the key file on the disk.
 * Must not leave fewer than one copy whole, wherever it is cut.
 * Called by keyd and init. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "keyd/key_file_disk.h"
#include "sys/file.h"

#define SCRATCH (4 * KEY_FILE_MAX) /* what grows is copied */

static void key_file_freep(KeyFile **file)
{
    free(*file);
    *file = NULL;
}

Err key_file_lock(const KeyFilePlaces *places, int *ret_fd)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s.lock", places->paths[0]);

    if (length < 0 || (size_t)length >= sizeof path)
        return fail(E_TOO_LARGE);
    return file_lock(path, ret_fd);
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

/* Is there a whole copy of this sequence at path? */
static bool is_current(const char *path, uint64_t sequence, Arena *scratch, KeyFile *room)
{
    Str bytes;
    size_t mark = arena_mark(scratch);
    bool current = is_ok(file_read(path, KEY_FILE_MAX, scratch, &bytes)) && is_ok(key_file_decode(bytes, room)) &&
                   room->sequence == sequence;
    arena_rewind(scratch, mark);
    return current;
}

static Err write_copy(const char *path, Str bytes)
{
    Err written = file_overwrite(path, bytes);
    /* A mirror that was lost is made anew: two copies are the rule. */
    return written.id == E_NOT_FOUND ? file_write(path, bytes, 0600) : written;
}

/* Torn and lagging copies first: while they are written a whole one stands elsewhere. The last whole one is touched only
 * when another has been written. */
static Err write_copies(const KeyFilePlaces *places, const bool *current, Str bytes)
{
    Err first_failure = ok();
    size_t whole = 0;

    for (size_t i = 0; i < places->count; i++)
        whole += current[i];
    for (int turn = 0; turn < 2; turn++)
        for (size_t i = 0; i < places->count; i++) {
            if (current[i] != (turn == 1))
                continue;
            bool last_whole = current[i] && whole < 2 && places->count > 1;
            Err written = last_whole ? fail(E_IO) : write_copy(places->paths[i], bytes);
            if (is_ok(written) && !current[i])
                whole++;
            if (!is_ok(written) && current[i] && !last_whole)
                whole--;
            if (is_ok(first_failure))
                first_failure = written;
        }
    return first_failure;
}

Err key_file_write(const Crypto *crypto, const RootKeys *keys, const KeyFilePlaces *places, KeyFile *file)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(key_file_freep) KeyFile *room = malloc(sizeof *room);
    bool current[KEY_FILE_PLACES_MAX];
    Str bytes;

    if (!room)
        return fail(E_NO_MEMORY);
    TRY(arena_new(SCRATCH, &arena));
    for (size_t i = 0; i < places->count; i++)
        current[i] = is_current(places->paths[i], file->sequence, arena, room);
    file->sequence++;
    TRY(key_file_encode(crypto, keys, file, arena, &bytes));
    return write_copies(places, current, bytes);
}

Err key_file_create(const Crypto *crypto, const RootKeys *keys, const KeyFilePlaces *places, KeyFile *file)
{
    for (size_t i = 0; i < places->count; i++)
        if (access(places->paths[i], F_OK) == 0)
            return fail(E_DUPLICATE);
    return key_file_write(crypto, keys, places, file);
}
