/* What this process knows of long logs that were entered: the plain columns of their entries and what each adds to the digest.
 * Must not be believed: the head is checked over it each time. Must not hold a key, or anything opened.
 * Made in main (NULL: nothing is kept); used by enter and change. */
#include "service/log/known.h"

#include <stdatomic.h>
#include <string.h>
#include <threads.h>

#define SLOTS 12
#define ENTRIES_FROM 100    /* a shorter log is read as fast */
#define ENTRIES_MOST 10000  /* 2 MiB */
#define BEHIND 16           /* so many entries later it is kept anew */
#define ROOM_TO_GROW 200
#define LOG_CAP ((size_t)8 << 20)

/* Entries are only ever added, behind those that whoever holds it has got: what was got never changes. */
struct KnownLog {
    atomic_uint holders;    /* its slot is one */
    Arena *arena;           /* this lies in it too */
    Id log;
    EntryRow *rows;
    RowMark *marks;
    uint32_t count, room;
    RowMark log_mark;       /* of the log's own row, and what follows the entries in the digest */
    RowMarks rest;
    Hash digest;
    uint32_t digest_rows;
};

typedef struct Slot {
    KnownLog *log;          /* NULL: empty */
    uint64_t used;
} Slot;

struct Known {
    mtx_t lock;             /* of the slots, and of growing */
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
        known_release(known->slots[i].log);
    mtx_destroy(&known->lock);
    arena_free(known->arena);
}

void known_freep(Known **known)
{
    known_free(*known);
    *known = NULL;
}

void known_release(KnownLog *log)
{
    if (log && atomic_fetch_sub(&log->holders, 1) == 1)
        arena_free(log->arena);
}

/* ---- slots ---- */

static Slot *find(Known *known, Id log)
{
    for (size_t i = 0; i < SLOTS; i++)
        if (known->slots[i].log && id_equal(known->slots[i].log->log, log))
            return &known->slots[i];
    return NULL;
}

/* The slot of the log, else an empty one, else the one used longest ago. */
static Slot *place_for(Known *known, Id log)
{
    Slot *place = find(known, log);

    if (place)
        return place;
    place = &known->slots[0];
    for (size_t i = 1; i < SLOTS && place->log; i++)
        if (!known->slots[i].log || known->slots[i].used < place->used)
            place = &known->slots[i];
    return place;
}

KnownLog *known_get(Known *known, Id log, LogContent *ret_content)
{
    KnownLog *found = NULL;

    if (!known)
        return NULL;
    mtx_lock(&known->lock);
    Slot *slot = find(known, log);
    if (slot) {
        slot->used = ++known->turn;
        found = slot->log;
        atomic_fetch_add(&found->holders, 1);
        *ret_content = (LogContent){.entries = {found->rows, found->count}, .digest = found->digest, .rows = found->digest_rows,
                                    .marks = {found->log_mark, {found->marks, found->count}, found->rest}};
    }
    mtx_unlock(&known->lock);
    return found;
}

/* ---- keeping ---- */

/* No text but the child's is kept, and that one sealed as it is. */
static Err add_entry(KnownLog *log, const EntryRow *row, const RowMark *mark)
{
    EntryRow *kept = &log->rows[log->count];

    *kept = *row;
    kept->sealed.data = NULL;
    if (row->kind == KIND_CHILD)
        TRY(str_copy(log->arena, row->sealed, &kept->sealed));
    log->marks[log->count++] = *mark;
    return ok();
}

static Err keep_rest(KnownLog *log, const LogMarks *marks)
{
    RowMarks rest = marks->rest;

    TRY(ARENA_NEW(log->arena, RowMark, (size_t)rest.count + 1, &rest.items));
    if (rest.count > 0)
        memcpy(rest.items, marks->rest.items, rest.count * sizeof *rest.items);
    log->rest = rest;
    return ok();
}

static Err make(const LogContent *content, KnownLog **ret_log)
{
    AUTO(arena_freep) Arena *arena = NULL;
    KnownLog *log = NULL;

    TRY(arena_new(LOG_CAP, &arena));
    TRY(ARENA_NEW(arena, KnownLog, 1, &log));
    log->arena = arena;
    log->log = content->log.id;
    log->room = content->entries.count + ROOM_TO_GROW;
    TRY(ARENA_NEW(arena, EntryRow, log->room, &log->rows));
    TRY(ARENA_NEW(arena, RowMark, log->room, &log->marks));
    for (uint32_t i = 0; i < content->entries.count; i++)
        TRY(add_entry(log, &content->entries.items[i], &content->marks.entries.items[i]));
    TRY(keep_rest(log, &content->marks));
    log->log_mark = content->marks.log;
    log->digest = content->digest;
    log->digest_rows = content->rows;
    atomic_init(&log->holders, 1);
    *ret_log = log;
    (void)TAKE(arena); /* the log has it */
    return ok();
}

static bool is_wanted(Known *known, const LogContent *content)
{
    uint32_t count = content->entries.count;

    if (count < ENTRIES_FROM || count > ENTRIES_MOST)
        return false;
    mtx_lock(&known->lock);
    const Slot *slot = find(known, content->log.id);
    bool wanted = !slot || slot->log->count > count || slot->log->count + BEHIND <= count ||
                  (slot->log->count < count && slot->log->count == slot->log->room);
    mtx_unlock(&known->lock);
    return wanted;
}

void known_put(Known *known, const LogContent *content)
{
    KnownLog *made = NULL;

    /* What cannot be kept is read again. */
    if (!known || !is_wanted(known, content) || !is_ok(make(content, &made)))
        return;
    mtx_lock(&known->lock);
    Slot *place = place_for(known, made->log);
    KnownLog *former = place->log;
    *place = (Slot){.log = made, .used = ++known->turn};
    mtx_unlock(&known->lock);
    known_release(former);
}

/* ---- growing ---- */

static bool same_rest(const RowMarks *a, const RowMarks *b)
{
    return a->count == b->count && (a->count == 0 || memcmp(a->items, b->items, a->count * sizeof *a->items) == 0);
}

static Err grow(KnownLog *log, const LogContent *before, const LogAfter *after)
{
    if (!same_rest(&log->rest, &after->marks.rest))
        TRY(keep_rest(log, &after->marks));
    for (uint32_t i = log->count; i < before->entries.count; i++)
        TRY(add_entry(log, &before->entries.items[i], &before->marks.entries.items[i]));
    for (uint32_t i = 0; i < after->added.count; i++)
        TRY(add_entry(log, &after->added.items[i], &after->marks.entries.items[i]));
    log->log_mark = after->marks.log;
    log->digest = after->digest;
    log->digest_rows = after->rows;
    return ok();
}

void known_grow(Known *known, const LogContent *before, const LogAfter *after)
{
    uint32_t count = before->entries.count + after->added.count;
    Err grown = ok();

    if (!known)
        return;
    mtx_lock(&known->lock);
    Slot *slot = find(known, before->log.id);
    /* Whoever committed later may have been here before. */
    if (slot && slot->log->count <= before->entries.count && slot->log->room >= count)
        grown = grow(slot->log, before, after);
    mtx_unlock(&known->lock);
    if (!is_ok(grown))
        known_drop(known, before->log.id);
}

void known_drop(Known *known, Id log)
{
    KnownLog *former = NULL;

    if (!known)
        return;
    mtx_lock(&known->lock);
    Slot *slot = find(known, log);
    if (slot) {
        former = slot->log;
        *slot = (Slot){0};
    }
    mtx_unlock(&known->lock);
    known_release(former);
}
