/* Every answer that anybody can get of a cube, as knowledge of an attacker: sums of the smallest cells with their numbers.
 * Must not look at anything but the shown bytes.
 * Used by dump_cube and the tests. */
#ifndef TESTS_CUBE_DUMP_H
#define TESTS_CUBE_DUMP_H

#include <stdio.h>

#include "cube/answer.h"
#include "cube/star.h"

/* What one page told of a number: the period is a year, or as star_span; the quarter a value of CUBE_QUARTER. */
typedef struct Read {
    Place place;
    uint32_t least, most; /* the same where the number itself is shown */
    bool shown;           /* as a number, exact or rounded */
} Read;

typedef struct Reads {
    Read *items;
    size_t count, room;
} Reads;

/* Asks every question on offer, and collects each shown number, again and again where several pages have it. */
void dump_pages(const CubeShown *shown, Reads *reads);
/* What the two rules alone would show of the same questions: the control. */
void dump_rules_alone(const Star *star, const uint32_t *numbers, Reads *reads);
/* What a practice that is common elsewhere would show: nothing of a number below five, every other one rounded to fives. */
void dump_rounded(const Star *star, const uint32_t *numbers, Reads *reads);
/* How many of the numbers above 0 that can be asked for were read, of how many. */
void dump_share(const Star *star, const uint32_t *numbers, const Reads *reads, uint32_t *ret_shown, uint32_t *ret_all);
/* The attacker's input: each number once; aborts when two pages tell different ones. */
void dump_knowledge(const Star *star, const Reads *reads, FILE *out);
/* What the attacker is judged by: the smallest cells, and all sums of them that are sensitive. */
void dump_truth(const CubeFacts *facts, FILE *out);

#endif
