/* Counters and marks in one hashed table, whose size follows from the number of municipalities.
 * Must not fail open: a full table refuses.
 * Called by grants.c. */
#include "keyd/ceilings.h"

#include <stdlib.h>
#include <string.h>

#define BUCKET 16
#define SLOTS_AT_LEAST 65536u
#define ROOM_STEP 16u
#define SLOTS_EACH 8192u /* of a municipality's day; tests/unit/keyd/test_day.c lives through one */

typedef struct Ceiling {
    const char *name;
    uint32_t acts;
    Per per;
    int64_t window;
    bool distinct;
    uint32_t least;
    uint32_t thousandths;
    ShareOf of;
    uint32_t most;
} Ceiling;

#define X(name_, acts_, per_, window_, distinct_, least_, thousandths_, of_, most_)                                     \
    {.name = (name_), .acts = (acts_), .per = (per_), .window = (window_), .distinct = (distinct_), .least = (least_), \
     .thousandths = (thousandths_), .of = (of_), .most = (most_)},
static const Ceiling table[] = {CEILINGS(X)};
#undef X

/* Another ceiling that a test has set; the table's own while set is false. */
typedef struct Setting {
    bool set;
    uint32_t ceiling;
} Setting;

/* A counter of (row, subject), or the mark that (row, subject, object) was counted in the window that ends then. */
typedef struct Slot {
    uint64_t key;  /* short hash under a random key; 0 is a free slot */
    uint64_t what; /* end of the window, UTC ms, and in the lowest COUNT_BITS the count */
} Slot;

#define COUNT_BITS 22
#define COUNT_TOP ((1u << COUNT_BITS) - 1)

struct Ceilings {
    uint8_t hash_key[16];
    Setting settings[COUNT_OF(table)];
    uint32_t buckets;
    Slot *slots; /* BUCKET in each bucket */
};

static int64_t slot_ends(const Slot *slot)
{
    return (int64_t)(slot->what >> COUNT_BITS);
}

static uint32_t slot_count(const Slot *slot)
{
    return (uint32_t)(slot->what & COUNT_TOP);
}

static Slot slot_of(uint64_t key, int64_t ends, uint32_t count)
{
    return (Slot){.key = key, .what = (uint64_t)ends << COUNT_BITS | (count < COUNT_TOP ? count : COUNT_TOP)};
}

uint32_t ceilings_room(uint32_t municipalities)
{
    return (municipalities + ROOM_STEP - 1) / ROOM_STEP * ROOM_STEP;
}

static uint32_t slots_for(uint32_t municipalities)
{
    return SLOTS_AT_LEAST + SLOTS_EACH * ceilings_room(municipalities);
}

size_t ceilings_bytes(uint32_t municipalities)
{
    return sizeof(Ceilings) + slots_for(municipalities) * sizeof(Slot);
}

Err ceilings_new(const Crypto *crypto, uint32_t municipalities, Ceilings **ret_ceilings)
{
    Ceilings *ceilings = calloc(1, sizeof *ceilings);
    if (!ceilings)
        return fail(E_NO_MEMORY);
    ceilings->buckets = slots_for(municipalities) / BUCKET;
    ceilings->slots = calloc((size_t)ceilings->buckets * BUCKET, sizeof *ceilings->slots);
    Err keyed = ceilings->slots ? crypto_random(crypto, ceilings->hash_key, sizeof ceilings->hash_key) : fail(E_NO_MEMORY);
    if (!is_ok(keyed)) {
        ceilings_free(ceilings);
        return keyed;
    }
    *ret_ceilings = ceilings;
    return ok();
}

void ceilings_free(Ceilings *ceilings)
{
    if (ceilings)
        free(ceilings->slots);
    free(ceilings);
}

void ceilings_clear(Ceilings *ceilings)
{
    memset(ceilings->slots, 0, (size_t)ceilings->buckets * BUCKET * sizeof *ceilings->slots);
}

/* ---- the table of ceilings ---- */

/* Its position; COUNT_OF(table) when there is none. */
static size_t find(Str name)
{
    size_t at = 0;

    while (at < COUNT_OF(table) && !str_equal(name, str_from_c(table[at].name)))
        at++;
    return at;
}

bool ceilings_has(Str name)
{
    return find(name) < COUNT_OF(table);
}

Err ceilings_set(Ceilings *ceilings, Str name, uint32_t ceiling)
{
    size_t at = find(name);

    if (at == COUNT_OF(table))
        return fail(E_NOT_FOUND);
    ceilings->settings[at] = (Setting){.set = true, .ceiling = ceiling};
    return ok();
}

static uint32_t scopes_of(ShareOf of, ScopesMade made)
{
    switch (of) {
    case OF_NOTHING:
        return 0;
    case OF_LOGS:
        return made.logs;
    case OF_PERSONS:
        return made.persons;
    }
    return 0;
}

static uint32_t ceiling_at(const Ceilings *ceilings, size_t row, ScopesMade made)
{
    const Ceiling *ceiling = &table[row];

    if (ceilings->settings[row].set)
        return ceilings->settings[row].ceiling;
    uint64_t share = (uint64_t)scopes_of(ceiling->of, made) * ceiling->thousandths / 1000;
    if (share < ceiling->least)
        share = ceiling->least;
    return share < ceiling->most ? (uint32_t)share : ceiling->most;
}

Err ceilings_at(const Ceilings *ceilings, Str name, ScopesMade made, uint32_t *ret_ceiling)
{
    size_t at = find(name);

    if (at == COUNT_OF(table))
        return fail(E_NOT_FOUND);
    *ret_ceiling = ceiling_at(ceilings, at, made);
    return ok();
}

/* ---- the table of counts ---- */

static uint64_t key_of(const Ceilings *ceilings, size_t row, Id subject, const Id *object)
{
    uint8_t bytes[1 + 2 * ID_BYTES] = {(uint8_t)row};
    memcpy(bytes + 1, subject.bytes, ID_BYTES);
    if (object)
        memcpy(bytes + 1 + ID_BYTES, object->bytes, ID_BYTES);
    uint64_t key = crypto_short_hash(ceilings->hash_key, str_from_bytes(bytes, object ? sizeof bytes : 1 + ID_BYTES));
    return key ? key : 1;
}

/* Every key has two buckets, by one half of it each, and goes into the emptier one: so the table fills evenly. */
static Slot *bucket_of(const Ceilings *ceilings, uint64_t key, int half)
{
    uint32_t part = (uint32_t)(key >> (32 * half));
    return &ceilings->slots[(uint64_t)part * ceilings->buckets / (UINT64_C(1) << 32) * BUCKET];
}

/* The slot of key, or one that is free or whose window has passed, or NULL: all are in use. */
static Slot *slot_for(const Ceilings *ceilings, uint64_t key, int64_t now)
{
    Slot *unused[2] = {NULL, NULL};
    int room[2] = {0, 0};

    for (int half = 0; half < 2; half++) {
        Slot *bucket = bucket_of(ceilings, key, half);
        for (size_t i = 0; i < BUCKET; i++) {
            if (bucket[i].key == key)
                return &bucket[i];
            if (slot_ends(&bucket[i]) > now)
                continue;
            room[half]++;
            unused[half] = &bucket[i];
        }
    }
    return room[0] >= room[1] ? unused[0] : unused[1];
}

Err ceilings_grow(Ceilings *ceilings, uint32_t municipalities, int64_t now)
{
    Ceilings larger = *ceilings;

    larger.buckets = slots_for(municipalities) / BUCKET;
    if (larger.buckets <= ceilings->buckets)
        return ok();
    larger.slots = calloc((size_t)larger.buckets * BUCKET, sizeof *larger.slots);
    if (!larger.slots)
        return fail(E_NO_MEMORY);
    for (size_t i = 0; i < (size_t)ceilings->buckets * BUCKET; i++) {
        const Slot *slot = &ceilings->slots[i];
        Slot *place = slot_ends(slot) > now ? slot_for(&larger, slot->key, now) : NULL;
        if (place)
            *place = *slot;
    }
    free(ceilings->slots);
    *ceilings = larger;
    return ok();
}

/* ---- counting ---- */

static Id subject_of(Per per, const Use *use)
{
    switch (per) {
    case PER_GRANT:
        return use->grant;
    case PER_PERSON:
        return use->person;
    case PER_MUNICIPALITY:
        return use->tenant;
    }
    return (Id){0};
}

static bool concerns(const Ceiling *ceiling, const Use *use)
{
    if (!(ceiling->acts & 1u << use->act) || (ceiling->distinct && id_is_none(use->object)))
        return false;
    return ceiling->per == PER_MUNICIPALITY || !id_is_none(subject_of(ceiling->per, use));
}

/* Looks (take false) or takes. Taking after a look that was fine can only fail when two keys compete for the last slot of
 * their buckets; the answer is the refusal either way. */
static Err row_spend(Ceilings *ceilings, size_t row, const Use *use, bool take)
{
    const Ceiling *ceiling = &table[row];
    Id subject = subject_of(ceiling->per, use);
    uint64_t key = key_of(ceilings, row, subject, NULL);
    Slot *counter = slot_for(ceilings, key, use->now);
    if (!counter)
        return fail(E_BUDGET);
    bool running = counter->key == key && slot_ends(counter) > use->now;
    Slot next = running ? *counter : slot_of(key, use->now + ceiling->window, 0);

    if (ceiling->distinct && take)
        *counter = next; /* claims the slot, before the mark looks for one */
    uint64_t mark_key = ceiling->distinct ? key_of(ceilings, row, subject, &use->object) : 0;
    Slot *mark = ceiling->distinct ? slot_for(ceilings, mark_key, use->now) : NULL;
    if (ceiling->distinct && !mark)
        return fail(E_BUDGET);
    if (mark && mark->key == mark_key && slot_ends(mark) == slot_ends(&next))
        return ok();
    uint32_t limit = ceiling_at(ceilings, row, use->made);
    if (use->amount > limit || slot_count(&next) > limit - use->amount)
        return fail(E_BUDGET);
    if (!take)
        return ok();
    *counter = slot_of(key, slot_ends(&next), slot_count(&next) + use->amount);
    if (mark)
        *mark = slot_of(mark_key, slot_ends(&next), 0);
    return ok();
}

Err ceilings_spend(Ceilings *ceilings, const Use *use)
{
    for (int take = 0; take < 2; take++)
        for (size_t row = 0; row < COUNT_OF(table); row++)
            if (concerns(&table[row], use))
                TRY(row_spend(ceilings, row, use, take == 1));
    return ok();
}
