/* Every answer that anybody can get of a cube, as knowledge of an attacker: sums of the smallest cells with their numbers.
 * Must not look at anything but the shown bytes.
 * Used by dump_cube and the tests. */
#ifndef TESTS_CUBE_DUMP_H
#define TESTS_CUBE_DUMP_H

#include <stdio.h>

#include "cube/answer.h"
#include "cube/star.h"

/* A number as it was read from one page: the period is a year, or as star_span; the quarter a value of CUBE_QUARTER. */
typedef struct Read {
    Place place;
    uint32_t number;
} Read;

typedef struct Reads {
    Read *items;
    size_t count, room;
} Reads;

/* Asks every question on offer, and collects each shown number, again and again where several pages have it. */
void dump_pages(const CubeShown *shown, Reads *reads);
/* What the two rules alone would show of the same questions: the control. */
void dump_rules_alone(const Star *star, const uint32_t *numbers, Reads *reads);
/* The attacker's input: each number once; aborts when two pages tell different ones. */
void dump_knowledge(const Star *star, const Reads *reads, FILE *out);
/* What the attacker is judged by: the smallest cells, and all sums of them that are sensitive. */
void dump_truth(const CubeFacts *facts, FILE *out);

#endif
