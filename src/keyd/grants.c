/* Grants and counters in two hashed tables of fixed size.
 * Must not fail open: a full table refuses.
 * Called by keyd. */
#include "keyd/grants.h"

#include <stdlib.h>
#include <string.h>

#define BUCKET 64
#define GRANT_BUCKETS 128
#define SLOT_BUCKETS 2048

typedef struct Ceiling {
    const char *name;
    Spend act;
    Per per;
    int64_t window;
    bool distinct;
    uint32_t ceiling;
} Ceiling;

#define X(name_, act_, per_, window_, distinct_, ceiling_) \
    {.name = (name_), .act = (act_), .per = (per_), .window = (window_), .distinct = (distinct_), .ceiling = (ceiling_)},
static const Ceiling ceilings[] = {CEILINGS(X)};
#undef X

/* A counter of (row, subject), or the mark that (row, subject, object) was counted in the window that ends then. */
typedef struct Slot {
    uint64_t key; /* short hash under a random key; 0 is a free slot */
    int64_t ends;
    uint32_t count;
} Slot;

struct Grants {
    uint8_t hash_key[16];
    uint32_t limits[COUNT_OF(ceilings)];
    Grant grants[GRANT_BUCKETS][BUCKET];
    Slot slots[SLOT_BUCKETS][BUCKET];
};

Err grants_new(const Crypto *crypto, Grants **ret_grants)
{
    Grants *grants = calloc(1, sizeof *grants);
    if (!grants)
        return fail(E_NO_MEMORY);
    Err keyed = crypto_random(crypto, grants->hash_key, sizeof grants->hash_key);
    if (!is_ok(keyed)) {
        free(grants);
        return keyed;
    }
    for (size_t i = 0; i < COUNT_OF(ceilings); i++)
        grants->limits[i] = ceilings[i].ceiling;
    *ret_grants = grants;
    return ok();
}

void grants_free(Grants *grants)
{
    free(grants);
}

/* Its position; COUNT_OF(ceilings) when there is none. */
static size_t find_ceiling(Str name)
{
    size_t at = 0;

    while (at < COUNT_OF(ceilings) && !str_equal(name, str_from_c(ceilings[at].name)))
        at++;
    return at;
}

bool grants_has_ceiling(Str name)
{
    return find_ceiling(name) < COUNT_OF(ceilings);
}

Err grants_set_ceiling(Grants *grants, Str name, uint32_t ceiling)
{
    size_t at = find_ceiling(name);

    if (at == COUNT_OF(ceilings))
        return fail(E_NOT_FOUND);
    grants->limits[at] = ceiling;
    return ok();
}

void grants_clear(Grants *grants)
{
    memset(grants->grants, 0, sizeof grants->grants);
    memset(grants->slots, 0, sizeof grants->slots);
}

static Grant *bucket_of(Grants *grants, Id id)
{
    return grants->grants[id.bytes[0] % GRANT_BUCKETS];
}

Err grants_add(Grants *grants, Grant grant, int64_t now)
{
    if (grant.ends_at <= now || grant.ends_at - now > GRANT_MAX_MS)
        return fail(E_RANGE);
    Grant *bucket = bucket_of(grants, grant.id);
    size_t at = 0;
    while (at < BUCKET && bucket[at].ends_at > now)
        at++;
    if (at == BUCKET)
        return fail(E_BUSY);
    Grant subject = {.tenant = grant.tenant, .person = grant.person};
    const GrantUse use = {.act = SPEND_GRANT, .grant = &subject, .object = grant.person, .amount = 1, .now = now};
    TRY(grants_spend(grants, &use));
    bucket[at] = grant;
    return ok();
}

Err grants_find(Grants *grants, Id id, Id tenant, int64_t now, Grant *ret_grant)
{
    if (id_is_none(id))
        return fail(E_NO_GRANT); /* free places of the table look like that */
    const Grant *bucket = bucket_of(grants, id);
    for (size_t i = 0; i < BUCKET; i++) {
        if (bucket[i].ends_at <= now || !crypto_equal(bucket[i].id.bytes, id.bytes, ID_BYTES))
            continue;
        if (!id_equal(bucket[i].tenant, tenant))
            return fail(E_NO_GRANT);
        *ret_grant = bucket[i];
        return ok();
    }
    return fail(E_NO_GRANT);
}

void grants_end(Grants *grants, Id id)
{
    Grant *bucket = bucket_of(grants, id);
    for (size_t i = 0; i < BUCKET; i++)
        if (crypto_equal(bucket[i].id.bytes, id.bytes, ID_BYTES))
            bucket[i] = (Grant){0};
}

void grants_end_tenant(Grants *grants, Id tenant)
{
    for (size_t bucket = 0; bucket < GRANT_BUCKETS; bucket++)
        for (size_t i = 0; i < BUCKET; i++)
            if (id_equal(grants->grants[bucket][i].tenant, tenant))
                grants->grants[bucket][i] = (Grant){0};
}

void grants_end_all(Grants *grants)
{
    memset(grants->grants, 0, sizeof grants->grants);
}

uint32_t grants_count(const Grants *grants, int64_t now)
{
    uint32_t count = 0;
    for (size_t bucket = 0; bucket < GRANT_BUCKETS; bucket++)
        for (size_t i = 0; i < BUCKET; i++)
            count += grants->grants[bucket][i].ends_at > now;
    return count;
}

static uint64_t key_of(const Grants *grants, size_t row, Id subject, const Id *object)
{
    uint8_t bytes[1 + 2 * ID_BYTES] = {(uint8_t)row};
    memcpy(bytes + 1, subject.bytes, ID_BYTES);
    if (object)
        memcpy(bytes + 1 + ID_BYTES, object->bytes, ID_BYTES);
    uint64_t key = crypto_short_hash(grants->hash_key, str_from_bytes(bytes, object ? sizeof bytes : 1 + ID_BYTES));
    return key ? key : 1;
}

/* The slot of key, or one that is free or whose window has passed, or NULL: all are in use. */
static Slot *slot_for(Grants *grants, uint64_t key, int64_t now)
{
    Slot *bucket = grants->slots[key % SLOT_BUCKETS];
    Slot *unused = NULL;
    for (size_t i = 0; i < BUCKET; i++) {
        if (bucket[i].key == key)
            return &bucket[i];
        if (!unused && bucket[i].ends <= now)
            unused = &bucket[i];
    }
    return unused;
}

static Id subject_of(Per per, const Grant *grant)
{
    switch (per) {
    case PER_GRANT:
        return grant->id;
    case PER_PERSON:
        return grant->person;
    case PER_MUNICIPALITY:
        return grant->tenant;
    }
    return (Id){0};
}

/* The host is tenant zero: its row counts too. */
static bool concerns(const Ceiling *ceiling, const GrantUse *use)
{
    return ceiling->act == use->act &&
           (ceiling->per == PER_MUNICIPALITY || !id_is_none(subject_of(ceiling->per, use->grant)));
}

/* Looks (take false) or takes. Taking after a look that was fine can only fail when two keys compete for the last slot of
 * a bucket; the answer is the refusal either way. */
static Err row_spend(Grants *grants, size_t row, const GrantUse *use, bool take)
{
    const Ceiling *ceiling = &ceilings[row];
    Id subject = subject_of(ceiling->per, use->grant);
    uint64_t key = key_of(grants, row, subject, NULL);
    Slot *counter = slot_for(grants, key, use->now);
    if (!counter)
        return fail(E_BUDGET);
    bool running = counter->key == key && counter->ends > use->now;
    Slot next = running ? *counter : (Slot){.key = key, .ends = use->now + ceiling->window};

    if (ceiling->distinct && take)
        *counter = next; /* claims the slot, before the mark looks for one */
    uint64_t mark_key = ceiling->distinct ? key_of(grants, row, subject, &use->object) : 0;
    Slot *mark = ceiling->distinct ? slot_for(grants, mark_key, use->now) : NULL;
    if (ceiling->distinct && !mark)
        return fail(E_BUDGET);
    if (mark && mark->key == mark_key && mark->ends == next.ends)
        return ok();
    if (use->amount > grants->limits[row] || next.count > grants->limits[row] - use->amount)
        return fail(E_BUDGET);
    if (!take)
        return ok();
    next.count += use->amount;
    *counter = next;
    if (mark)
        *mark = (Slot){.key = mark_key, .ends = next.ends};
    return ok();
}

Err grants_spend(Grants *grants, const GrantUse *use)
{
    for (int take = 0; take < 2; take++)
        for (size_t row = 0; row < COUNT_OF(ceilings); row++)
            if (concerns(&ceilings[row], use))
                TRY(row_spend(grants, row, use, take == 1));
    return ok();
}
