/* The lists by whose places the cubes of a publication count: which code stands where (rules: statistics 7). A publication carries its
 * own (docs/formats.md), as its numbers are read and verified when this version's lists have long been others.
 * Must not hold texts for people.
 * Used by service/statistics, figures, web and api. */
#ifndef DOMAIN_STATISTICS_COUNTED_H
#define DOMAIN_STATISTICS_COUNTED_H

#include "base/arena.h"
#include "domain/codes.h"

/* Name, its codes, whether "not stated" has a place in it. In the order in which they are stored: a new one comes last. */
#define COUNTED_LISTS(X)                     \
    X(ATTENTIONS, CODES_ATTENTION, false)    \
    X(SEVERITIES, CODES_SEVERITY, false)     \
    X(MEASURES, CODES_MEASURE, false)        \
    X(OUTCOMES, CODES_OUTCOME, true)         \
    X(MEASURES_FOR, CODES_ATTENTION, true)   /* what a measure was for */

#define X(name, codes, unstated) COUNTED_##name,
typedef enum CountedList { COUNTED_NOTHING, COUNTED_LISTS(X) COUNTED_COUNT } CountedList;
#undef X

#define COUNTED_MAX 64 /* places of a list; CUBE_VALUES_MAX */

typedef struct CountedCodes {
    uint16_t codes[COUNTED_MAX]; /* by place; 0: "not stated" */
    uint16_t count;
} CountedCodes;

typedef struct Counted {
    CountedCodes lists[COUNTED_COUNT];
} Counted;

/* What a list has codes of. CODES_NONE for COUNTED_NOTHING. */
CodeList counted_codes(CountedList list);
/* Those of a former publication in their places (of none: `former` is all zeros), then the codes of `today`, in their order, that are not
 * among them. `today` is by CountedList; NULL: the lists of this version. Errors: E_RANGE (more than COUNTED_MAX). */
MUST_USE Err counted_grow(const Counted *former, const Codes *today, Counted *ret_counted);
/* The place of a code, from 0 on. Errors: E_NOT_FOUND. */
MUST_USE Err counted_place(const Counted *counted, CountedList list, uint16_t code, uint8_t *ret_place);

/* As the publication's row carries them, in `keep`. */
MUST_USE Err counted_encode(const Counted *counted, Arena *keep, Str *ret_bytes);
/* Errors: E_MALFORMED. */
MUST_USE Err counted_decode(Str bytes, Counted *ret_counted);

#endif
