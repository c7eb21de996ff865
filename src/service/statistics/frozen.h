/* All facts that a publication counts, in memory: read, hashed, and in the positions of the cube.
 * Must not outlive the freeze or the verification that it is for.
 * Used by freeze.c, verify.c and opening.c; parts by read.c and cli, too. Format: docs/formats.md. */
#ifndef SERVICE_STATISTICS_FROZEN_H
#define SERVICE_STATISTICS_FROZEN_H

#include "cube/cube.h"
#include "domain/statistics/counted.h"
#include "service/service.h"
#include "store/statistics/facts.h"
#include "store/statistics/publications.h"

#define FAMILIES 2 /* attentions, measures: family - 1 */

typedef struct FrozenTag {
    uint8_t bytes[CUBE_TAG_BYTES];
} FrozenTag;

/* In the order of their ids. Those that are new in a publication have tags beside them while it is made. */
typedef struct FrozenFacts {
    FrozenFactRow *items;
    FrozenTag *tags;  /* zeros for those of earlier publications */
    uint32_t count, room;
} FrozenFacts;

/* Room for so many more, in keep: items and tags may lie elsewhere from now on. Errors: E_NO_MEMORY. */
MUST_USE Err frozen_more(FrozenFacts *facts, uint32_t more, Arena *keep);
/* Every one that is published, behind those that stand there, in keep. Errors: those of the store, E_NO_MEMORY. */
MUST_USE Err frozen_read(Tx *tx, Arena *keep, FrozenFacts *facts);
/* By their ids, in place, tags with them. Errors: E_NO_MEMORY. */
MUST_USE Err frozen_sort(FrozenFacts *facts);
/* SHA-256 over those of publications up to this number, in the order of their ids. */
MUST_USE Err frozen_hash(const FrozenFacts *facts, uint32_t number, Hash *ret_hash);

/* Those units of an earlier publication in their places, then the others of now, then those that only facts name; in keep.
 * Errors: E_TOO_LARGE (more than CUBE_ORGANISATIONS_MAX). */
MUST_USE Err frozen_units(Str former, const UnitRows *units, const FrozenFacts *facts, Arena *keep, Str *ret_units);

/* One family of those up to this publication, as the cube counts them. Errors: E_FORGED (a fact of a unit or a code that there is not). */
typedef struct FrozenWish {
    CubeFamily family;
    uint32_t number;       /* of the publication */
    uint16_t first, last;  /* quarters */
    Str units;             /* of the publication, as its lists */
    const Counted *counted;
} FrozenWish;
MUST_USE Err frozen_cube(const FrozenFacts *facts, const FrozenWish *wish, Arena *keep, CubeFacts *ret_facts);
/* The first quarter of any fact, or `last` where there is none. */
uint16_t frozen_first(const FrozenFacts *facts, uint16_t last);

/* A part of both families as it is stored: u32 length of the first | the first | the second; in keep. Errors: E_TOO_LARGE. */
MUST_USE Err parts_join(Str first, Str second, Arena *keep, Str *ret_joined);
/* Errors: E_MALFORMED. */
MUST_USE Err parts_split(Str joined, Str ret_parts[static FAMILIES]);

#endif
