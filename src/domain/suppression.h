/* The two agreed rules of what is masked in a result (rules: statistics 5, 6), and a stricter one for a number that stands alone.
 * Must not know where counts come from, nor what is drawn of them.
 * Used by cube, as the floor below which nothing is shown (suppress_hardened by its test alone); pages read what cube has frozen. */
#ifndef DOMAIN_SUPPRESSION_H
#define DOMAIN_SUPPRESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What stands in the place of every number that is not shown, whatever the reason. No count is ever so large. */
#define MASKED UINT32_MAX

#define FEWEST_REGISTRATIONS 5 /* R1: a filter with fewer is masked whole */
#define FEWEST_ANSWERS 3       /* R2: an alternative with fewer, and more than none, is masked */

/* The answers to one filter, in the predefined order of the alternatives. "Not stated" is an alternative like the others. */
typedef struct Distribution {
    const uint32_t *counts;
    size_t alternatives;
    uint32_t registrations; /* with one answer each they are the sum of counts; with several they are not */
} Distribution;

/* R1 and R2, exactly. ret_shown has room for every alternative: a number or MASKED. *ret_total is the number of registrations
 * or MASKED. Where R2 masks one alternative and there is none to mask beside it, as can be with several
 * answers per registration, every alternative is masked and the total stays. */
void suppress(Distribution distribution, uint32_t *ret_shown, uint32_t *ret_total);

/* The same, and more: what is masked of an answered filter is nothing or at least five answers, zeros are masked with the first
 * alternative that is. It never shows what suppress masks. */
void suppress_hardened(Distribution distribution, uint32_t *ret_shown, uint32_t *ret_total);

#endif
