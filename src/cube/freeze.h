/* Makes a publication of one family: masks, and a certificate for each number that must not be found out.
 * Must not show what it could not certify: it shows less instead, down to nothing.
 * Called by service, as a job; the two families may be frozen at the same time, each in an arena of its own. */
#ifndef CUBE_FREEZE_H
#define CUBE_FREEZE_H

#include "cube/cube.h"

#define CUBE_SEED_BYTES 32

/* How far it is, in thousandths: called by cube_freeze in its own thread, before each step and often within the long ones. It may fall
 * back when something could not be certified and is tried with less. An error ends the freeze, and nothing is given out. */
typedef struct CubeProgress {
    void *self;
    Err (*told)(void *self, uint32_t thousandths);
} CubeProgress;

typedef struct CubeFreeze {
    CubeFacts facts;
    CubeOptions options;
    Str ledger;       /* of the newest publication before this one; empty for the first */
    Str certificates; /* likewise */
    uint8_t seed[CUBE_SEED_BYTES]; /* random, used once and wiped by the caller: the same seed gives the same publication */
    CubeProgress progress;         /* told may be NULL */
} CubeFreeze;

/* What came of it, for the operator: numbers of cells, none of them a count. */
typedef struct CubeFigures {
    uint32_t offered;      /* numbers that could be asked for */
    uint32_t shown;
    uint32_t sensitive;    /* numbers with a certificate */
    uint32_t certificates;
    uint32_t dropped;      /* breakdowns that were not shown because they could not be certified */
} CubeFigures;

/* A publication of the facts up to freeze->facts.dims.last, in keep; scratch is used up. Its certificates have been verified.
 * Errors: E_RANGE (a fact or the dimensions are not as cube.h says), E_FORGED (the facts of an earlier publication do not give the
 * numbers of its ledger, or the ledger and the certificates do not belong together), E_MALFORMED, E_TRUNCATED (ledger,
 * certificates), E_NO_MEMORY, E_INTERNAL (it would not verify: nothing may be published), that of progress.told. */
MUST_USE Err cube_freeze(const CubeFreeze *freeze, Arena *scratch, Arena *keep, CubePublication *ret_publication,
                         CubeFigures *ret_figures);

#endif
