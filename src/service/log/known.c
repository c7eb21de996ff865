/* What this process knows of long logs that were entered: the plain columns of their entries and what each adds to the digest.
 * Must not be believed: the head is checked over it each time. Must not hold a key, or anything opened.
 * Made in main (NULL: nothing is kept); used by enter. */
#include "service/log/known.h"

#include <string.h>
#include <threads.h>

#define SLOTS 12
#define ENTRIES_FROM 100    /* a shorter log is read as fast */
#define ENTRIES_MOST 10000  /* 2 MiB */
#define BEHIND 16           /* so many entries later it is kept anew */
#define SLOT_CAP ((size_t)8 << 20)

typedef struct Slot {
    Id log;
    Arena *arena;           /* NULL: empty */
    EntryRow *rows;
    EntryMark *marks;
    uint32_t count;
    uint64_t used;
} Slot;

struct Known {
    mtx_t lock;
    Arena *arena;
    Slot slots[SLOTS];
    uint64_t turn;
};

Err known_new(Known **ret_known)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Known *known = NULL;

    TRY(arena_new(1 << 16, &arena));
    TRY(ARENA_NEW(arena, Known, 1, &known));
    if (mtx_init(&known->lock, mtx_plain) != thrd_success)
        return fail(E_NO_MEMORY);
    known->arena = TAKE(arena);
    *ret_known = known;
    return ok();
}

void known_free(Known *known)
{
    if (!known)
        return;
    for (size_t i = 0; i < SLOTS; i++)
        arena_free(known->slots[i].arena);
    mtx_destroy(&known->lock);
    arena_free(known->arena);
}

void known_freep(Known **known)
{
    known_free(*known);
    *known = NULL;
}

static Slot *find(Known *known, Id log)
{
    for (size_t i = 0; i < SLOTS; i++)
        if (known->slots[i].arena && id_equal(known->slots[i].log, log))
            return &known->slots[i];
    return NULL;
}

/* The slot of the log, else an empty one, else the one used longest ago. */
static Slot *place_for(Known *known, Id log)
{
    Slot *place = find(known, log);

    for (size_t i = 0; i < SLOTS && !place; i++)
        if (!known->slots[i].arena)
            return &known->slots[i];
    for (size_t i = 0; i < SLOTS && (!place || !id_equal(place->log, log)); i++)
        if (!place || known->slots[i].used < place->used)
            place = &known->slots[i];
    return place;
}

static Err copy(const Slot *slot, Arena *keep, LogContent *ret_content)
{
    LogContent content = {.entries = {.count = slot->count}};
    EntryMark *marks = NULL;

    TRY(ARENA_NEW(keep, EntryRow, slot->count, &content.entries.items));
    TRY(ARENA_NEW(keep, EntryMark, slot->count, &marks));
    memcpy(content.entries.items, slot->rows, slot->count * sizeof *slot->rows);
    memcpy(marks, slot->marks, slot->count * sizeof *marks);
    for (uint32_t i = 0; i < slot->count; i++)
        if (slot->rows[i].sealed.data)
            TRY(str_copy(keep, slot->rows[i].sealed, &content.entries.items[i].sealed));
    content.marks = marks;
    *ret_content = content;
    return ok();
}

Err known_get(Known *known, Id log, Arena *keep, LogContent *ret_content, bool *ret_found)
{
    Err copied = ok();

    *ret_found = false;
    if (!known)
        return ok();
    mtx_lock(&known->lock);
    Slot *slot = find(known, log);
    if (slot) {
        slot->used = ++known->turn;
        copied = copy(slot, keep, ret_content);
        *ret_found = is_ok(copied);
    }
    mtx_unlock(&known->lock);
    return copied;
}

/* No text but the child's is kept, and that one sealed as it is. */
static Err fill(const LogContent *content, Slot *slot)
{
    AUTO(arena_freep) Arena *arena = NULL;
    uint32_t count = content->entries.count;

    TRY(arena_new(SLOT_CAP, &arena));
    TRY(ARENA_NEW(arena, EntryRow, count, &slot->rows));
    TRY(ARENA_NEW(arena, EntryMark, count, &slot->marks));
    memcpy(slot->rows, content->entries.items, count * sizeof *slot->rows);
    memcpy(slot->marks, content->marks, count * sizeof *slot->marks);
    for (uint32_t i = 0; i < count; i++) {
        slot->rows[i].sealed.data = NULL;
        if (slot->rows[i].kind == KIND_CHILD)
            TRY(str_copy(arena, content->entries.items[i].sealed, &slot->rows[i].sealed));
    }
    slot->count = count;
    slot->log = content->log.id;
    slot->arena = TAKE(arena);
    return ok();
}

static bool is_wanted(Known *known, const LogContent *content)
{
    uint32_t count = content->entries.count;

    if (count < ENTRIES_FROM || count > ENTRIES_MOST)
        return false;
    mtx_lock(&known->lock);
    const Slot *slot = find(known, content->log.id);
    bool wanted = !slot || slot->count > count || slot->count + BEHIND <= count;
    mtx_unlock(&known->lock);
    return wanted;
}

void known_put(Known *known, const LogContent *content)
{
    Slot made = {0};

    /* What cannot be kept is read again. */
    if (!known || !is_wanted(known, content) || !is_ok(fill(content, &made)))
        return;
    mtx_lock(&known->lock);
    Slot *place = place_for(known, made.log);
    Arena *former = place->arena;
    made.used = ++known->turn;
    *place = made;
    mtx_unlock(&known->lock);
    arena_free(former);
}

void known_drop(Known *known, Id log)
{
    Arena *former = NULL;

    if (!known)
        return;
    mtx_lock(&known->lock);
    Slot *slot = find(known, log);
    if (slot) {
        former = slot->arena;
        *slot = (Slot){0};
    }
    mtx_unlock(&known->lock);
    arena_free(former);
}
