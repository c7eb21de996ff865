/* Sealed facts opened for a publication.
 * Must not keep who somebody is: the key of their numbers dies here.
 * Called by freeze.c. */
#include "service/statistics/opening.h"

#include <string.h>

#include "domain/statistics/calendar.h"
#include "domain/statistics/facts.h"
#include "keys/statistics.h"

#define BATCH_ARENA ((size_t)4 << 20)
#define SEEN_PAGE 1000
#define ACTOR_BYTES 6 /* service u16 | number u32 */

typedef struct Numbering {
    const FactsOpening *opening;
    Key secret; /* random: new for each publication, and nowhere else */
    Arena *keep;
} Numbering;

static void numbering_wipe(Numbering *numbering)
{
    key_wipe(&numbering->secret);
}

/* ---- one fact ---- */

static Day coarse(const FactsOpening *opening, Day day)
{
    return day == 0 || !opening->coarse ? day : quarter_first(quarter_of(day));
}

/* The same number for one person in one unit of one publication, and no other. */
static Err number_of(const Numbering *numbering, Id unit, Id person, uint8_t ret_number[static 4])
{
    const Str parts[] = {str_from_bytes(unit.bytes, ID_BYTES), str_from_bytes(person.bytes, ID_BYTES)};
    uint8_t mac[HASH_BYTES];

    TRY(crypto_hmac(keys_crypto(numbering->opening->service->keys), &numbering->secret, parts, COUNT_OF(parts), mac));
    memcpy(ret_number, mac, 4);
    return ok();
}

static Err number_actors(const Numbering *numbering, const Fact *fact, Str *ret_actors)
{
    Buf buf = buf_new(numbering->keep, FACT_ACTORS_MAX * ACTOR_BYTES);

    for (uint32_t i = 0; i < fact->actor_count; i++) {
        uint8_t number[4];
        TRY(number_of(numbering, fact->unit, fact->actors[i].person, number));
        buf_add_u16(&buf, fact->actors[i].service);
        buf_add_bytes(&buf, number, sizeof number);
    }
    return buf_done(&buf, ret_actors);
}

static Err freeze_one(const Numbering *numbering, const FactRow *row, const Fact *fact, FrozenFactRow *ret_row)
{
    const FactsOpening *opening = numbering->opening;
    FrozenFactRow frozen = {.publication = opening->number, .family = (uint8_t)fact->family, .period = row->period,
                            .unit = fact->unit, .category = fact->category, .grade = fact->grade, .attention = fact->attention,
                            .from = coarse(opening, fact->from), .to = coarse(opening, fact->to), .on = coarse(opening, fact->on)};

    if (row->family != (uint8_t)fact->family)
        return fail(E_FORGED);
    TRY(world_id(opening->service->world, &frozen.id));
    TRY(number_actors(numbering, fact, &frozen.actors));
    *ret_row = frozen;
    return ok();
}

/* ---- a batch ---- */

typedef struct Opened {
    Id found[FACTS_MAX];
    Str sealed[FACTS_MAX];
    uint8_t plain[FACTS_MAX][FACT_BYTES];
} Opened;

static_assert(FACT_BYTES == FACT_PLAIN_BYTES, "the agent gives back what was sealed");

/* A fact enters in the quarter in which it is written, and all of a quarter are published at once: one whose quarter is published was put
 * back. */
static Err open_batch(const Numbering *numbering, const FactRows *rows, Arena *scratch, FrozenFacts *facts)
{
    const FactsOpening *opening = numbering->opening;
    Opened *opened = NULL;
    size_t bad = 0;

    TRY(ARENA_NEW(scratch, Opened, 1, &opened));
    for (uint32_t i = 0; i < rows->count; i++) {
        if (rows->items[i].period <= opening->former)
            return fail(E_FORGED);
        opened->found[i] = rows->items[i].found;
        opened->sealed[i] = rows->items[i].sealed;
    }
    const SealedFacts sealed = {.grant = opening->grant, .tenant = opening->tenant, .found = opened->found, .sealed = opened->sealed,
                                .count = rows->count};
    TRY(keys_facts_open(opening->service->keys, &sealed, opened->plain, &bad));
    for (uint32_t i = 0; i < rows->count; i++) {
        Fact fact;
        Err read = fact_decode(opened->plain[i], &fact);
        if (read.id == E_MALFORMED)
            return fail(E_FORGED);
        TRY(read);
        TRY(freeze_one(numbering, &rows->items[i], &fact, &facts->items[facts->count]));
        memcpy(facts->tags[facts->count++].bytes, fact.tag, CUBE_TAG_BYTES);
    }
    return ok();
}

/* ---- all ---- */

static Err add_seen(Sha256 *sha, const FactRow *row)
{
    TRY(sha256_add(sha, str_from_bytes(row->id.bytes, ID_BYTES)));
    return sha256_add(sha, row->sealed);
}

static Err read_batch(const FactsOpening *opening, Id after, Arena *keep, FactRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(opening->store, &tx));
    return store_facts_entered(tx, &(FactPage){.last = opening->last, .after = after, .max = FACTS_MAX}, keep, ret_rows);
}

static Err count_all(const FactsOpening *opening, int64_t *ret_count)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(opening->store, &tx));
    return store_facts_count(tx, opening->last, ret_count);
}

static Err tell(const FactsOpening *opening, uint64_t done, uint64_t of)
{
    return opening->tell ? opening->tell(opening->self, done, of) : ok();
}

Err facts_open(const FactsOpening *opening, Arena *keep, FrozenFacts *facts, Hash *ret_seen)
{
    AUTO(numbering_wipe) Numbering numbering = {.opening = opening, .keep = keep};
    AUTO(sha256_freep) Sha256 *sha = NULL;
    FactRows rows = {0};
    Id after = {{0}};
    int64_t count = 0;
    const uint32_t before = facts->count;

    TRY(count_all(opening, &count));
    TRY(frozen_more(facts, (uint32_t)count + FACTS_MAX, keep));
    TRY(crypto_key_new(keys_crypto(opening->service->keys), &numbering.secret));
    TRY(sha256_new(&sha));
    do {
        AUTO(arena_freep) Arena *scratch = NULL;
        TRY(arena_new(BATCH_ARENA, &scratch));
        TRY(read_batch(opening, after, scratch, &rows));
        if (facts->count + rows.count > facts->room)
            return fail(E_STALE);
        for (uint32_t i = 0; i < rows.count; i++) {
            TRY(add_seen(sha, &rows.items[i]));
            after = rows.items[i].id;
        }
        if (rows.count > 0)
            TRY(open_batch(&numbering, &rows, scratch, facts));
        TRY(tell(opening, facts->count - before, (uint64_t)count));
    } while (rows.count == FACTS_MAX);
    return sha256_done(sha, ret_seen->bytes);
}

Err facts_seen(Tx *tx, uint16_t last, Hash *ret_seen)
{
    AUTO(sha256_freep) Sha256 *sha = NULL;
    FactRows rows = {0};
    Id after = {{0}};

    TRY(sha256_new(&sha));
    do {
        AUTO(arena_freep) Arena *scratch = NULL;
        TRY(arena_new(BATCH_ARENA, &scratch));
        TRY(store_facts_entered(tx, &(FactPage){.last = last, .after = after, .max = SEEN_PAGE}, scratch, &rows));
        for (uint32_t i = 0; i < rows.count; i++) {
            TRY(add_seen(sha, &rows.items[i]));
            after = rows.items[i].id;
        }
    } while (rows.count == SEEN_PAGE);
    return sha256_done(sha, ret_seen->bytes);
}
