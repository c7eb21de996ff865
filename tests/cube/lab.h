/* Publications of invented towns, for the tests of the cube.
 * Must be included by tests of the cube only. */
#ifndef TESTS_CUBE_LAB_H
#define TESTS_CUBE_LAB_H

#include "cube/answer.h"
#include "cube/encode.h"
#include "cube/freeze.h"
#include "cube/town.h"
#include "cube/verify.h"
#include "support/test.h"

/* The facts and what was published of them; memory is the arena's. */
typedef struct Lab {
    Arena *arena;
    CubeFreeze freeze;
    CubePublication publication;
    CubeFigures figures;
} Lab;

static inline Arena *lab_arena(void)
{
    Arena *arena = NULL;

    if (!is_ok(arena_new((size_t)512 << 20, &arena)))
        abort();
    return arena;
}

static inline Err lab_freeze(Lab *lab)
{
    AUTO(arena_freep) Arena *scratch = lab_arena();

    return cube_freeze(&lab->freeze, scratch, lab->arena, &lab->publication, &lab->figures);
}

static inline Lab lab_of(Arena *arena, const CubeDims *dims, const CubeFact *facts, size_t count)
{
    return (Lab){.arena = arena, .freeze = {.facts = {*dims, facts, count}, .options = CUBE_OPTIONS, .seed = {1, 2, 3}}};
}

static inline Lab lab_town(Arena *arena, const Town *town)
{
    CubeFact *made = town_facts(town), *facts;

    EXPECT_OK(ARENA_NEW(arena, CubeFact, town->facts, &facts));
    memcpy(facts, made, town->facts * sizeof *facts);
    free(made);
    return lab_of(arena, &town->dims, facts, town->facts);
}

static inline CubeVerdict lab_verify(const Lab *lab, const CubePublication *publication)
{
    AUTO(arena_freep) Arena *scratch = lab_arena();
    CubeVerdict verdict = {0};

    EXPECT_OK(cube_verify(&lab->freeze.facts, publication, lab->freeze.ledger, scratch, &verdict));
    return verdict;
}

static inline CubeShown lab_open(const Lab *lab)
{
    CubeShown shown = {0};

    EXPECT_OK(cube_shown_open(lab->publication.shown, &shown));
    return shown;
}

#endif
