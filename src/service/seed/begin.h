/* How a seeded log begins, and who comes later: child, holder, guardians and their consents, actors; and how it is closed.
 * Must not write to a database.
 * Called by the story. */
#ifndef SERVICE_SEED_BEGIN_H
#define SERVICE_SEED_BEGIN_H

#include "service/seed/making.h"

/* Creates the log at the time in hand, with as many guardians; the consents name the units of these actors too.
 * Errors: E_FORBIDDEN, E_INVALID; those of keys. */
typedef struct SeedBeginning {
    uint32_t guardians;
    const SeedStaff *const *actors;
    uint32_t actor_count;
} SeedBeginning;
MUST_USE Err seed_begin(SeedMaking *making, const SeedBeginning *beginning);
/* Lets an actor in. */
MUST_USE Err seed_let_in(SeedMaking *making, const SeedStaff *actor);
/* The holder records that all guardians said yes once more. */
MUST_USE Err seed_renew(SeedMaking *making);
/* The holder closes the log: its goal is reached. */
MUST_USE Err seed_close(SeedMaking *making);

#endif
