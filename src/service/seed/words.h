/* What the invented people are called, and what they write.
 * Must not name anybody who exists, nor say more than a log of its kind would.
 * Used by the room seed. */
#ifndef SERVICE_SEED_WORDS_H
#define SERVICE_SEED_WORDS_H

#include "service/seed/random.h"

/* A family name; a whole name is made of a first name and one of these. */
Str seed_family(SeedRandom *random);
/* "Blid Bekk". Lives in keep. */
MUST_USE Err seed_name(SeedRandom *random, Str family, Arena *keep, Str *ret_name);
/* The name of the unit at a place: each its own. */
MUST_USE Err seed_unit_name(uint32_t unit, uint16_t service, Arena *keep, Str *ret_name);

/* What a text is about: the part of the tables. */
enum SeedTopic {
    TOPIC_NOTE, TOPIC_FAMILY_NOTE, TOPIC_BRIGHT, TOPIC_VOICE, TOPIC_GOAL, TOPIC_LEVEL, TOPIC_AGENDA, TOPIC_SUMMARY, TOPIC_PLACE,
    TOPIC_RESOURCE, TOPIC_COUNT,
};
/* One sentence; a constant. */
Str seed_sentence(SeedRandom *random, enum SeedTopic topic);
/* Two of them, most often different. Lives in keep. */
MUST_USE Err seed_sentences(SeedRandom *random, enum SeedTopic topic, Arena *keep, Str *ret_text);
/* By code: what worries, what is done, how it went. Constants; empty for a code that is none. */
Str seed_attention_text(uint16_t category);
Str seed_measure_text(uint16_t category);
Str seed_outcome_text(uint16_t outcome);

#endif
