/* A chain of blocks under one cap. The only caller of malloc, together with the entry points of processes.
 * Must not leave a byte behind: what is given back is wiped first.
 * Called from everywhere. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_BLOCK ((size_t)4096)
#define CAP_MIN ((size_t)1024)
#define CAP_MAX ((size_t)1 << 30)

typedef struct Block {
    struct Block *previous;
    size_t start; /* bytes in use in all earlier blocks */
    size_t used;
    size_t room;
    alignas(max_align_t) unsigned char bytes[];
} Block;

struct Arena {
    Block *newest;
    size_t cap;
};

/* A plain memset before free may be optimised away; a call through a volatile pointer may not. */
static void *(*const volatile wipe)(void *, int, size_t) = memset;

Err arena_new(size_t cap, Arena **ret_arena)
{
    if (cap < CAP_MIN || cap > CAP_MAX)
        return fail(E_RANGE);
    Arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        return fail(E_NO_MEMORY);
    arena->cap = cap;
    *ret_arena = arena;
    return ok();
}

static void drop_newest(Arena *arena)
{
    Block *block = arena->newest;
    arena->newest = block->previous;
    wipe(block->bytes, 0, block->used);
    free(block);
}

void arena_free(Arena *arena)
{
    if (!arena)
        return;
    while (arena->newest)
        drop_newest(arena);
    free(arena);
}

/* What is used after its request is found by the sanitizer only where it was given back. */
#if defined(__SANITIZE_ADDRESS__)
#define KEPT_MAX ((size_t)0)
#else
#define KEPT_MAX ARENA_KEPT
#endif

void arena_again(Arena *arena, size_t cap)
{
    Block *kept = NULL;

    while (arena->newest) {
        Block *block = arena->newest;
        bool larger = block->room <= KEPT_MAX && (!kept || block->room > kept->room);
        if (!larger) {
            drop_newest(arena);
            continue;
        }
        arena->newest = block->previous;
        wipe(block->bytes, 0, block->used);
        free(kept);
        kept = block;
    }
    if (kept)
        *kept = (Block){.room = kept->room};
    arena->newest = kept;
    arena->cap = cap < CAP_MIN ? CAP_MIN : cap > CAP_MAX ? CAP_MAX : cap;
}

void arena_freep(Arena **arena)
{
    arena_free(*arena);
    *arena = NULL;
}

size_t arena_used(const Arena *arena)
{
    return arena->newest ? arena->newest->start + arena->newest->used : 0;
}

static Err add_block(Arena *arena, size_t needed)
{
    size_t used = arena_used(arena);
    size_t room = arena->newest ? arena->newest->room * 2 : FIRST_BLOCK;
    if (room > arena->cap - used)
        room = arena->cap - used;
    if (room < needed)
        room = needed;
    Block *block = malloc(sizeof *block + room);
    if (!block)
        return fail(E_NO_MEMORY);
    *block = (Block){.previous = arena->newest, .start = used, .room = room};
    arena->newest = block;
    return ok();
}

static Err take(Arena *arena, size_t length, void **ret_memory)
{
    size_t bytes = (length + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);

    if (bytes == 0)
        bytes = alignof(max_align_t);
    if (bytes > arena->cap - arena_used(arena))
        return fail(E_NO_MEMORY);
    if (!arena->newest || arena->newest->room - arena->newest->used < bytes)
        TRY(add_block(arena, bytes));

    Block *block = arena->newest;
    *ret_memory = block->bytes + block->used;
    block->used += bytes;
    return ok();
}

Err arena_alloc(Arena *arena, size_t count, size_t size, void **ret_memory)
{
    if (size && count > (CAP_MAX / size))
        return fail(E_NO_MEMORY);
    TRY(take(arena, count * size, ret_memory));
    memset(*ret_memory, 0, count * size);
    return ok();
}

Err arena_alloc_bytes(Arena *arena, size_t length, char **ret_bytes)
{
    if (length > CAP_MAX)
        return fail(E_NO_MEMORY);
    return take(arena, length, (void **)ret_bytes);
}

size_t arena_mark(const Arena *arena)
{
    return arena_used(arena);
}

void arena_rewind(Arena *arena, size_t mark)
{
    while (arena->newest && arena->newest->start >= mark)
        drop_newest(arena);
    Block *block = arena->newest;
    if (block && block->start + block->used > mark) {
        size_t keep = mark - block->start;
        wipe(block->bytes + keep, 0, block->used - keep);
        block->used = keep;
    }
}
