/* What stays of an attention or a measure when its person is gone: which of their fields, and how it is written down before it is
 * sealed. Pure.
 * Must not hold a text, a diagnosis, or the id of a log or an entry.
 * Used by service/statistics. Rules: statistics 1, 4. Format: docs/formats.md. */
#ifndef DOMAIN_FACTS_H
#define DOMAIN_FACTS_H

#include "base/buf.h"
#include "base/calendar.h"
#include "base/id.h"
#include "domain/values.h"

#define FACT_ACTORS_MAX 20
#define FACT_TAG_BYTES 16
#define FACT_PLAIN_BYTES 416

/* The numbers stand in sealed facts, in rows and in publications for ever. */
typedef enum FactFamily { FACT_OF_ATTENTION = 1, FACT_OF_MEASURE = 2 } FactFamily;

/* Who held the log, or answers for the measure: a kind of service, and until the publication who it is. */
typedef struct FactActor {
    uint16_t service;
    Id person;
} FactActor;

typedef struct Fact {
    FactFamily family;
    Id unit;
    uint16_t category;
    uint16_t grade;     /* of an attention its severity, of a measure its outcome; 0: not evaluated */
    uint16_t attention; /* of a measure: the category of its attention; 0: it has none */
    Day from, to, on;   /* the attention's day; of a measure start, deadline and evaluation; 0: none */
    uint8_t tag[FACT_TAG_BYTES]; /* tells logs apart, and no more; dies with the publication */
    uint32_t actor_count;
    FactActor actors[FACT_ACTORS_MAX];
} Fact;

/* Codes and days of the fields that the field table calls a part of a fact (Field.fact), put into it; others are passed over. */
void fact_take(const Values *values, Fact *fact);
/* The field of a kind that names who answers for it, or FIELD_NONE: whoever knows the log says who they are. */
FieldKey fact_actors_of(KindId kind);
/* Whether a measure with this outcome has come to its end: it becomes a fact. */
bool fact_outcome_closes(unsigned outcome);

/* FACT_PLAIN_BYTES, whatever it holds. */
void fact_encode(const Fact *fact, uint8_t ret_bytes[static FACT_PLAIN_BYTES]);
/* Errors: E_MALFORMED. */
MUST_USE Err fact_decode(const uint8_t bytes[static FACT_PLAIN_BYTES], Fact *ret_fact);

#endif
