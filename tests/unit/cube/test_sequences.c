/* Many sequences of publications of small and unlikely data: a few logs with all facts, lists of one, years that begin late, decoys of
 * a third. Each is made and verified; what was shown stays.
 * SEQUENCES=FROM-TO in the environment chooses others, or more.
 * Run by meson test. */
#include <stdio.h>

#include "cube/lab.h"

typedef struct Chance {
    uint64_t state;
} Chance;

/* One of 0..below-1. */
static uint32_t throw(Chance *chance, uint32_t below)
{
    chance->state = chance->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(chance->state >> 33) % below;
}

static CubeDims some_dims(Chance *chance)
{
    CubeFamily family = throw(chance, 2) ? CUBE_MEASURES : CUBE_ATTENTIONS;
    uint16_t first = (uint16_t)(2024 * 4 + throw(chance, 4));

    return (CubeDims){family, (uint16_t)(1 + throw(chance, 5)), (uint8_t)(1 + throw(chance, 8)), (uint8_t)(1 + throw(chance, 4)),
                      (uint8_t)(family == CUBE_MEASURES ? 1 + throw(chance, 5) : 0), first, (uint16_t)(first + throw(chance, 12))};
}

/* The first of a list more often than the others. */
static uint32_t lean(Chance *chance, uint32_t count)
{
    return throw(chance, 1 + throw(chance, count));
}

static CubeFact some_fact(Chance *chance, const CubeDims *dims, uint32_t logs)
{
    return (CubeFact){(uint16_t)(dims->first + throw(chance, (uint32_t)(dims->last - dims->first + 1))),
                      (uint16_t)lean(chance, dims->organisations), (uint8_t)lean(chance, dims->categories),
                      (uint8_t)lean(chance, dims->levels), (uint8_t)(dims->attentions ? lean(chance, dims->attentions) : 0),
                      {(uint8_t)(1 + throw(chance, logs))}};
}

/* The facts up to last; what was published has lost its tags. */
static size_t facts_until(const CubeFact *facts, size_t count, uint16_t last, uint16_t published, CubeFact *ret_facts)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        if (facts[i].quarter > last)
            continue;
        ret_facts[kept] = facts[i];
        if (facts[i].quarter <= published)
            memset(ret_facts[kept].tag, 0, CUBE_TAG_BYTES);
        kept++;
    }
    return kept;
}

static void publish(Lab *lab, Chance *chance, uint64_t sequence)
{
    CubePublication publication = {0};

    lab->freeze.options.fewest_facts = throw(chance, 2) ? (uint16_t)throw(chance, 40) : 100;
    lab->freeze.options.decoys = throw(chance, 2) ? 30 : 10;
    lab->freeze.options.mask_homogeneous = throw(chance, 2);
    lab->freeze.seed[0] = (uint8_t)sequence;
    Err e = lab_freeze(lab);
    publication = lab->publication;
    if (!is_ok(e))
        print_error("sequence %llu: %s\n", (unsigned long long)sequence, err_name(e.id));
    EXPECT_OK(e);
    EXPECT(lab_verify(lab, &publication).fault == CUBE_FAULT_NONE);
}

static void follow(uint64_t sequence)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Chance chance = {sequence * 77777 + 1};
    CubeDims dims = some_dims(&chance);
    size_t count = throw(&chance, throw(&chance, 3) ? 30 : 400);
    uint32_t logs = 1 + throw(&chance, throw(&chance, 2) ? 3 : 200), steps = 1 + throw(&chance, 3);
    uint16_t published = 0;
    CubeFact *facts, *until;

    EXPECT_OK(ARENA_NEW(arena, CubeFact, count + 1, &facts));
    EXPECT_OK(ARENA_NEW(arena, CubeFact, count + 1, &until));
    for (size_t i = 0; i < count; i++)
        facts[i] = some_fact(&chance, &dims, logs);
    Lab lab = lab_of(arena, &dims, until, 0);
    for (uint32_t step = 1; step <= steps; step++) {
        uint16_t last = (uint16_t)(dims.first + (uint32_t)(dims.last - dims.first) * step / steps);
        if (last <= published)
            continue;
        lab.freeze.facts.count = facts_until(facts, count, last, published, until);
        lab.freeze.facts.dims.last = last;
        lab.freeze.ledger = lab.publication.ledger;
        lab.freeze.certificates = lab.publication.certificates;
        publish(&lab, &chance, sequence);
        published = last;
    }
}

TEST(whatever_the_data_are_each_publication_of_a_sequence_is_made_and_verifies)
{
    const char *asked = getenv("SEQUENCES");
    uint64_t from = 0, to = 250;

    if (asked) {
        char *end = NULL;
        from = strtoul(asked, &end, 10);
        to = strtoul(end + 1, NULL, 10);
    }
    for (uint64_t sequence = from; sequence < to; sequence++)
        follow(sequence);
}

RUN_TESTS("sequences")
