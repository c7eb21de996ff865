/* One row per act and group of roles: what policy.c reads.
 * Must not be used outside policy.
 * Called by policy.c and policy_print.c. */
#ifndef DOMAIN_RULES_H
#define DOMAIN_RULES_H

#include "domain/acts.h"
#include "domain/states.h"

typedef struct Rule {
    Act act;
    uint32_t roles;     /* set of 1 << ROLE_x */
    uint8_t states;     /* set of 1 << STATE_x; STATE_NONE: about no log */
    uint16_t need;      /* any of these CELL_x must stand in the matrix; 0: the matrix is not asked */
    uint32_t relations; /* set of 1 << RELATION_x; 0: the relation that the role has to a log */
    Flags set, clear;   /* flags that must be, and must not be */
    uint16_t openings;  /* only for one of these reasons, a set of 1 << OPENING_x; 0: for any that the role may give */
    bool ask;           /* an opening reason is always needed */
    bool even_stopped;  /* goes on while processing is stopped */
    bool even_held;     /* and while the log is held */
} Rule;

/* Whatever the relation, none at all among them. */
#define RULE_ANYONE 0xFFFFu

/* The table and its length. */
extern const Rule rules[];
extern const size_t rule_count;

#endif
