/* What a freeze works on: of each cell its number, whether it is shown, what it costs to mask it, and how low and how high some
 * certificate takes it. While certificates are looked for no mask is taken away, so whatever was certified stays so.
 * Must not decide anything.
 * Used inside cube. */
#ifndef CUBE_WORK_H
#define CUBE_WORK_H

#include "cube/dice.h"
#include "cube/star.h"

/* LOOSE: masked for the sake of others only; it may be shown again as long as no certificate and no line needs the mask. */
enum { CELL_OFFERED = 1, CELL_SHOWN = 2, CELL_BOUND = 4, CELL_SENSITIVE = 8, CELL_DECOY = 16, CELL_LOOSE = 32 };

/* One entry of a certificate: so many more, or fewer, than there are. */
typedef struct Change {
    uint32_t entry;
    int32_t more;
} Change;

/* Alternative data: the true entries and these changes. */
typedef struct Certificate {
    const Change *changes;
    uint32_t count;
} Certificate;

typedef struct Certificates {
    Certificate *items;
    uint32_t count;
    uint32_t room;
} Certificates;

typedef struct Work {
    Star star;
    CubeOptions options;
    const CubeFacts *facts;
    Arena *arena;
    int32_t *entries;   /* what the facts give */
    uint32_t *numbers;  /* of each cell, likewise */
    uint8_t *logs;      /* behind each cell, up to LOGS_ENOUGH */
    uint8_t *flags;     /* CELL_... */
    float *price;       /* of masking the cell; 0 when it is masked */
    uint32_t *lowest, *highest;
    uint32_t spans[CUBE_YEARS_MAX]; /* those of which something is shown, or may be */
    uint32_t span_count;
    Certificates certificates;
} Work;

#define LOGS_ENOUGH 5 /* distinct logs behind a filter; behind one of its alternatives 3 are enough */

/* All fields for the facts; nothing is shown and nothing is bound. Errors: E_RANGE, E_NO_MEMORY. */
MUST_USE Err work_new(const CubeFacts *facts, const CubeOptions *options, Arena *arena, Work *ret_work);

static inline bool work_shows(const Work *work, uint32_t cell)
{
    return work->flags[cell] & CELL_SHOWN;
}
/* Neither for a cell that is bound. */
void work_mask(Work *work, uint32_t cell);
void work_mask_loosely(Work *work, uint32_t cell);
/* How low and how high a certificate has to take a sensitive cell. */
uint32_t work_low_goal(const Work *work, uint32_t cell);
uint32_t work_high_goal(const Work *work, uint32_t cell);
/* Sums of several years of which something is shown; others need no certificates. Room for 2 * CUBE_YEARS_MAX periods, false before. */
void work_find_told(const Work *work, bool *told);
bool work_is_certified(const Work *work, uint32_t cell);

/* Its changes must outlive the list. Errors: E_NO_MEMORY. */
MUST_USE Err certificates_add(Certificates *certificates, Certificate certificate, Arena *arena);

#endif
