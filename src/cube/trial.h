/* Alternative data in the making: the true entries, some of them changed, and by how much each cell differs. It costs what the shown
 * cells that differ cost to mask.
 * Must not change the masks before it is kept.
 * Used inside cube. */
#ifndef CUBE_TRIAL_H
#define CUBE_TRIAL_H

#include "cube/work.h"

typedef struct Trial {
    Work *work;
    int32_t *entries;    /* as they would be */
    int32_t *more;       /* of each cell: by how much it differs */
    uint32_t *touched_entries, *touched_cells; /* each once */
    uint8_t *entry_marks, *cell_marks;
    uint32_t entry_count, cell_count;
} Trial;

/* The true data. Errors: E_NO_MEMORY. */
MUST_USE Err trial_new(Work *work, Trial *ret_trial);
void trial_change(Trial *trial, uint32_t entry, int32_t more);
/* What the cell's mask would cost: nothing when it is masked, or differs already. */
float trial_price(const Trial *trial, uint32_t cell);
/* A price that nobody can pay: the cell is bound. */
#define TRIAL_BOUND 1e12F
float trial_cost(const Trial *trial);
/* The true data again. */
void trial_drop(Trial *trial);
/* Masks what differs, writes down a certificate and what it certifies, and drops the trial. Errors: E_NO_MEMORY. */
MUST_USE Err trial_keep(Trial *trial);

#endif
