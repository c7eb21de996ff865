/* Numbers below those that can be asked for: an organisation and a severity, an organisation, a quarter and an outcome. None is shown,
 * but the numbers of two sides may leave no way for their meeting to be empty: of 6 facts 4 are of one organisation and 3 of one
 * severity, so at least one is of both.
 * Must not miss one: whatever does not stand in the list can be nothing as the facts are.
 * Used by freeze and verify. */
#ifndef CUBE_DEEP_H
#define CUBE_DEEP_H

#include "cube/search.h"

#define DEEP_ANY UINT16_MAX

/* Two or more sides have a value, the others are DEEP_ANY. */
typedef struct Deep {
    uint16_t values[CUBE_SIDES];
    uint16_t period;
    uint32_t category; /* or all */
    uint32_t number;   /* what the facts give */
} Deep;

typedef struct Deeps {
    Deep *items;
    uint32_t count;
} Deeps;

/* All that are sensitive and that the entries do not let be nothing. Errors: E_NO_MEMORY. */
MUST_USE Err deep_find(const Work *work, Arena *keep, Deeps *ret_deeps);
/* How few facts there may be, in data with these entries: 0 when none need be. */
uint32_t deep_least(const Star *star, const int32_t *entries, const Deep *deep);
/* Finds a certificate with which it is nothing, unless there is one; *ret_certified: now there is. Errors: E_NO_MEMORY. */
MUST_USE Err deep_certify(Search *search, const Deep *deep, bool *ret_certified);
/* One that was found is nothing with the certificate's changes of the entries, which are put back. */
bool deep_is_nothing(const Star *star, int32_t *entries, const Deep *deep, const Certificate *certificate);

#endif
