/* Grants in a hashed table whose size follows from the number of municipalities.
 * Must not give a grant a second life: what was idle too long opens drafts only, until it ends.
 * Called by keyd. */
#include "keyd/grants.h"

#include <stdlib.h>
#include <string.h>

#include "keyd/purposes.h"

#define BUCKET 64
#define PLACES_AT_LEAST 1024u
#define PLACES_EACH 256u /* of a municipality: sessions of eight hours, whether idle or not */

struct Grants {
    Ceilings *ceilings;
    uint32_t buckets;
    Grant *places; /* BUCKET in each bucket; a free one is all zero or has ended */
};

static uint32_t places_for(uint32_t municipalities)
{
    return PLACES_AT_LEAST + PLACES_EACH * ceilings_room(municipalities);
}

size_t grants_bytes(uint32_t municipalities)
{
    return sizeof(Grants) + places_for(municipalities) * sizeof(Grant) + ceilings_bytes(municipalities);
}

Err grants_new(const Crypto *crypto, uint32_t municipalities, Grants **ret_grants)
{
    Grants *grants = calloc(1, sizeof *grants);
    if (!grants)
        return fail(E_NO_MEMORY);
    grants->buckets = places_for(municipalities) / BUCKET;
    grants->places = calloc((size_t)grants->buckets * BUCKET, sizeof *grants->places);
    Err made = grants->places ? ceilings_new(crypto, municipalities, &grants->ceilings) : fail(E_NO_MEMORY);
    if (!is_ok(made)) {
        grants_free(grants);
        return made;
    }
    *ret_grants = grants;
    return ok();
}

void grants_free(Grants *grants)
{
    if (!grants)
        return;
    ceilings_free(grants->ceilings);
    free(grants->places);
    free(grants);
}

Ceilings *grants_ceilings(Grants *grants)
{
    return grants->ceilings;
}

void grants_clear(Grants *grants)
{
    grants_end_all(grants);
    ceilings_clear(grants->ceilings);
}

/* Ids are random: any of their bytes spread them. */
static Grant *bucket_of(const Grants *grants, Id id)
{
    const uint32_t part = (uint32_t)id.bytes[0] << 24 | (uint32_t)id.bytes[1] << 16 | (uint32_t)id.bytes[2] << 8 | id.bytes[3];

    return &grants->places[(size_t)(part % grants->buckets) * BUCKET];
}

static int64_t idle_since(const Grant *grant)
{
    return grant->used_at + (role_of_family(grant->role) ? GRANT_IDLE_FAMILY_MS : GRANT_IDLE_STAFF_MS);
}

/* A free place of the bucket, else that of the grant which has been idle longest, else NULL. */
static Grant *place_in(Grant *bucket, int64_t now)
{
    Grant *idle = NULL;

    for (size_t i = 0; i < BUCKET; i++) {
        if (bucket[i].ends_at <= now)
            return &bucket[i];
        if (idle_since(&bucket[i]) <= now && (!idle || bucket[i].used_at < idle->used_at))
            idle = &bucket[i];
    }
    return idle;
}

Err grants_grow(Grants *grants, uint32_t municipalities, int64_t now)
{
    Grants larger = *grants;

    larger.buckets = places_for(municipalities) / BUCKET;
    if (larger.buckets <= grants->buckets)
        return ok();
    larger.places = calloc((size_t)larger.buckets * BUCKET, sizeof *larger.places);
    Err grown = larger.places ? ceilings_grow(grants->ceilings, municipalities, now) : fail(E_NO_MEMORY);
    if (!is_ok(grown)) {
        free(larger.places);
        return grown;
    }
    for (size_t i = 0; i < (size_t)grants->buckets * BUCKET; i++) {
        const Grant *grant = &grants->places[i];
        Grant *place = grant->ends_at > now ? place_in(bucket_of(&larger, grant->id), now) : NULL;
        if (place)
            *place = *grant;
    }
    free(grants->places);
    *grants = larger;
    return ok();
}

Err grants_add(Grants *grants, Grant grant, int64_t now)
{
    if (grant.ends_at <= now || grant.ends_at - now > GRANT_MAX_MS)
        return fail(E_RANGE);
    Grant *place = place_in(bucket_of(grants, grant.id), now);
    if (!place)
        return fail(E_BUSY);
    const Use use = {.act = SPEND_GRANT, .tenant = grant.tenant, .person = grant.person, .amount = 1, .now = now};
    TRY(ceilings_spend(grants->ceilings, &use));
    grant.used_at = now;
    *place = grant;
    return ok();
}

static Err find(const Grants *grants, Id id, Id tenant, int64_t now, Grant **ret_grant)
{
    if (id_is_none(id))
        return fail(E_NO_GRANT); /* free places of the table look like that */
    Grant *bucket = bucket_of(grants, id);
    for (size_t i = 0; i < BUCKET; i++) {
        if (bucket[i].ends_at <= now || !crypto_equal(bucket[i].id.bytes, id.bytes, ID_BYTES))
            continue;
        if (!id_equal(bucket[i].tenant, tenant))
            return fail(E_NO_GRANT);
        *ret_grant = &bucket[i];
        return ok();
    }
    return fail(E_NO_GRANT);
}

Err grants_find(Grants *grants, Id id, Id tenant, int64_t now, Grant *ret_grant)
{
    Grant *grant = NULL;

    TRY(find(grants, id, tenant, now, &grant));
    if (idle_since(grant) <= now)
        return fail(E_NO_GRANT);
    grant->used_at = now;
    *ret_grant = *grant;
    return ok();
}

Err grants_find_idle(Grants *grants, Id id, Id tenant, int64_t now, Grant *ret_grant)
{
    Grant *grant = NULL;

    TRY(find(grants, id, tenant, now, &grant));
    if (idle_since(grant) > now)
        grant->used_at = now;
    *ret_grant = *grant;
    return ok();
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
    for (size_t i = 0; i < (size_t)grants->buckets * BUCKET; i++)
        if (id_equal(grants->places[i].tenant, tenant))
            grants->places[i] = (Grant){0};
}

void grants_end_all(Grants *grants)
{
    memset(grants->places, 0, (size_t)grants->buckets * BUCKET * sizeof *grants->places);
}

uint32_t grants_count(const Grants *grants, int64_t now)
{
    uint32_t count = 0;

    for (size_t i = 0; i < (size_t)grants->buckets * BUCKET; i++)
        count += grants->places[i].ends_at > now;
    return count;
}
