/* Memory of one request or one job: grows to a cap, is never freed singly, is wiped at the end.
 * Must not be shared between threads.
 * Used by every folder. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>
#include "base/err.h"

typedef struct Arena Arena;

/* A new arena that holds at most cap bytes (1 KiB .. 1 GiB). Errors: E_NO_MEMORY. */
MUST_USE Err arena_new(size_t cap, Arena **ret_arena);

/* Wipes and frees everything. arena_free(NULL) is fine. */
void arena_free(Arena *arena);
void arena_freep(Arena **arena);

/* count * size zeroed bytes, aligned for any type. Errors: E_NO_MEMORY past the cap. */
MUST_USE Err arena_alloc(Arena *arena, size_t count, size_t size, void **ret_memory);

/* The same without the zeros, for bytes that are written before they are read: a large answer is not written twice. */
MUST_USE Err arena_alloc_bytes(Arena *arena, size_t length, char **ret_bytes);

/* Convenience for typed memory: TRY(ARENA_NEW(arena, Thing, n, &things)). */
#define ARENA_NEW(arena, Type, count, ret) arena_alloc((arena), (count), sizeof(Type), (void **)(ret))

/* Wipes everything, as for something new of at most cap bytes. One block of ARENA_KEPT bytes at most stays, so that a thread that
 * has many requests after one another does not ask the system for the same memory each time. */
void arena_again(Arena *arena, size_t cap);
#define ARENA_KEPT ((size_t)512 << 10)

/* A mark, and the way back to it: all that was taken since is wiped and may be taken again. */
size_t arena_mark(const Arena *arena);
void arena_rewind(Arena *arena, size_t mark);

/* Bytes in use. */
size_t arena_used(const Arena *arena);

#endif
