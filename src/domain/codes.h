/* The code lists of spec 5: stable numbers, never reused. Texts stand in the catalogue under "<list>.<number>".
 * Must not hold texts for people.
 * Used by fields, pages, import, statistics. */
#ifndef DOMAIN_CODES_H
#define DOMAIN_CODES_H

#include "base/str.h"

/* name, key prefix, the numbers in their predefined order */
#define CODE_LISTS(X)                                                                                           \
    X(ATTENTION, "attention", 10, 11, 12, 13, 20, 21, 22, 30, 31, 32, 40, 41, 42, 50, 51, 60, 61, 70, 80, 99)   \
    X(SEVERITY, "severity", 1, 2, 3)                                                                            \
    X(LEVEL, "level", 1, 2, 3)                                                                                  \
    X(MEASURE, "measure", 10, 11, 12, 20, 21, 30, 31, 32, 40, 41, 50, 51, 52, 60, 99)                           \
    X(ARENA, "arena", 1, 2, 3, 4, 9)                                                                            \
    X(MEASURE_STATE, "measure_state", 1, 2, 3, 4)                                                               \
    X(OUTCOME, "outcome", 1, 2, 3, 4, 5, 6)                                                                     \
    X(SERVICE, "service", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 99)                                        \
    X(LIVING, "living", 1, 2, 3, 4, 5, 6, 7, 9)                                                                 \
    X(PROTECTION, "protection", 1, 2, 3)                                                                        \
    X(RELATIONSHIP, "relationship", 1, 2, 3, 4, 9)                                                              \
    X(RESPONSIBILITY, "responsibility", 1, 2, 3)                                                                \
    X(CONSENT_METHOD, "consent_method", 1, 2, 3)                                                                \
    X(NOTE_KIND, "note_kind", 1, 2, 3)

#define X(name, key, ...) CODES_##name,
enum CodeList { CODES_NONE = 0, CODE_LISTS(X) CODES_COUNT };
#undef X
typedef enum CodeList CodeList;

/* Arena: 1 home 2 kindergarten 3 school 4 leisure 9 other. Measure state: 1 planned 2 running 3 done 4 stopped.
 * Service: 1 kindergarten 2 school 3 after-school 4 PPT 5 health station 6 school health service 7 child welfare
 * 8 mental health, substance 9 family centre 10 specialist mental health 11 GP 12 leisure, culture 13 child
 * coordinator 99 other. Living: 1 both parents 2 shared 3 mother 4 father 5 foster home 6 institution 7 alone 9 other.
 * Protection: 1 none 2 confidential 3 strictly confidential. Relationship: 1 mother 2 father 3 co-mother 4 foster
 * parent 9 other. Responsibility: 1 yes 2 no 3 unknown. Consent method: 1 document 2 in the app 3 orally with witness.
 * Note kind: 1 note 2 bright moment 3 the child's voice. The others stand in spec 5. */
typedef struct Codes {
    const char *key;       /* prefix of the message keys */
    const uint16_t *items; /* in predefined order */
    uint32_t count;
} Codes;

/* A list; empty for CODES_NONE and anything unknown. */
Codes codes_of(CodeList list);
bool code_known(CodeList list, uint16_t code);
/* The number that text names ("10"), when it stands in the list. Errors: E_MALFORMED. */
MUST_USE Err code_from_str(CodeList list, Str text, uint16_t *ret_code);

#endif
