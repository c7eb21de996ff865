/* What a publication of statistics is made of (rules: statistics 7 to 16): facts without names come in, numbers and masks go out,
 * and secret proofs that no computation on the numbers leads back. Types only: freeze.h makes a publication, verify.h checks one,
 * answer.h reads what may be read by everybody.
 * Must not know a database, a clock, a person.
 * Used by service and cli; pages read what figures makes of answer.h. */
#ifndef CUBE_CUBE_H
#define CUBE_CUBE_H

#include "base/hash.h"
#include "base/id.h"
#include "domain/suppression.h"

/* A municipality has a cube of each; they share no number. Stored for ever. */
typedef enum CubeFamily { CUBE_ATTENTIONS = 1, CUBE_MEASURES = 2 } CubeFamily;

/* By what a category and a period can be broken down further, by one at a time. The numbers stand in what is stored.
 * LEVEL: severity of an attention, outcome of a measure. ATTENTION: what the measure was for (measures only). */
typedef enum CubeSide { CUBE_WHOLE, CUBE_ORGANISATION, CUBE_QUARTER, CUBE_LEVEL, CUBE_ATTENTION, CUBE_SIDES } CubeSide;

#define CUBE_ORGANISATIONS_MAX 2000
#define CUBE_VALUES_MAX 64 /* categories, levels, attentions: each at most */
#define CUBE_YEARS_MAX 40
#define CUBE_TAG_BYTES 16

/* One fact. All but the tag are positions in the lists of its publication: of the municipality's organisations, of codes ("not stated"
 * among them). What has a place keeps it in every later publication, and what is new comes behind. */
typedef struct CubeFact {
    uint16_t quarter; /* year * 4 + 0..3: when it entered the statistics */
    uint16_t organisation;
    uint8_t category;
    uint8_t level;
    uint8_t attention;            /* measures; else 0 */
    uint8_t tag[CUBE_TAG_BYTES];  /* the same for all facts of one log in this publication; zeros when it was published before */
} CubeFact;

typedef struct CubeDims {
    CubeFamily family;
    uint16_t organisations;
    uint8_t categories;
    uint8_t levels;
    uint8_t attentions;    /* 0 for attentions */
    uint16_t first, last;  /* quarters, year * 4 + 0..3, of all publications up to this one. `first` never changes */
} CubeDims;

typedef struct CubeOptions {
    uint8_t decoys;          /* percent of harmless small numbers that are masked as well; 10 */
    uint16_t fewest_facts;   /* in a year, for more than the municipality's level; 100 */
    bool mask_homogeneous;   /* mask a distribution of an organisation, level, ... in which one category holds all */
} CubeOptions;
#define CUBE_OPTIONS ((CubeOptions){.decoys = 10, .fewest_facts = 100})

/* All facts of one family of a municipality, those of earlier publications among them. */
typedef struct CubeFacts {
    CubeDims dims;
    const CubeFact *facts;
    size_t count;
} CubeFacts;

/* A publication as it is stored. `shown` is all that a process that renders may read. `ledger` holds every number that was ever
 * shown, this time or before. `certificates` is secret: with it the masked numbers can be narrowed down. */
typedef struct CubePublication {
    Str shown;
    Str ledger;
    Str certificates;
} CubePublication;

#endif
