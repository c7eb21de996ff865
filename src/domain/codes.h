/* The code lists (rules: data 10): stable numbers, never reused. Texts stand in the catalogue under "<list>.<number>".
 * Must not hold texts for people.
 * Used by fields, pages, import, statistics. */
#ifndef DOMAIN_CODES_H
#define DOMAIN_CODES_H

#include "base/str.h"

/* One list each, in its predefined order: name, number. */
#define ATTENTION_CODES(C)                                                                                      \
    C(ATTENTION_LANGUAGE, 10) C(ATTENTION_READING, 11) C(ATTENTION_NUMBERS, 12) C(ATTENTION_CONCENTRATION, 13)  \
    C(ATTENTION_INTERPLAY, 20) C(ATTENTION_FRIENDSHIP, 21) C(ATTENTION_BULLYING, 22) C(ATTENTION_FEELINGS, 30)  \
    C(ATTENTION_RESTLESSNESS, 31) C(ATTENTION_WITHDRAWAL, 32) C(ATTENTION_MOTOR_SKILLS, 40)                     \
    C(ATTENTION_SIGHT_HEARING, 41) C(ATTENTION_HEALTH, 42) C(ATTENTION_ABSENCE, 50) C(ATTENTION_TRANSITION, 51) \
    C(ATTENTION_HOME, 60) C(ATTENTION_BREAK_UP, 61) C(ATTENTION_SUBSTANCES, 70) C(ATTENTION_REFUGEE, 80)        \
    C(ATTENTION_OTHER, 99)
#define SEVERITY_CODES(C) C(SEVERITY_WONDER, 1) C(SEVERITY_CONCERN, 2) C(SEVERITY_SERIOUS, 3)
#define LEVEL_CODES(C) C(LEVEL_ONE, 1) C(LEVEL_TWO, 2) C(LEVEL_THREE, 3)
#define MEASURE_CODES(C)                                                                                 \
    C(MEASURE_GROUP, 10) C(MEASURE_INDIVIDUAL, 11) C(MEASURE_ADULT_SUPPORT, 12) C(MEASURE_LANGUAGE, 20)  \
    C(MEASURE_SOCIAL, 21) C(MEASURE_PARENTS, 30) C(MEASURE_TALKS, 31) C(MEASURE_OBSERVATION, 32)         \
    C(MEASURE_REFERRAL, 40) C(MEASURE_NETWORK_MEETING, 41) C(MEASURE_LEISURE, 50) C(MEASURE_ABSENCE, 51) \
    C(MEASURE_TRANSITION, 52) C(MEASURE_ENVIRONMENT, 60) C(MEASURE_OTHER, 99)
#define ARENA_CODES(C) \
    C(ARENA_HOME, 1) C(ARENA_KINDERGARTEN, 2) C(ARENA_SCHOOL, 3) C(ARENA_LEISURE, 4) C(ARENA_OTHER, 9)
#define MEASURE_STATE_CODES(C) \
    C(MEASURE_STATE_PLANNED, 1) C(MEASURE_STATE_RUNNING, 2) C(MEASURE_STATE_DONE, 3) C(MEASURE_STATE_STOPPED, 4)
#define OUTCOME_CODES(C)                                                                         \
    C(OUTCOME_WANTED, 1) C(OUTCOME_SOME, 2) C(OUTCOME_NOT_WANTED, 3) C(OUTCOME_MORE_SERVICES, 4) \
    C(OUTCOME_NOT_CARRIED_OUT, 5) C(OUTCOME_TOO_EARLY, 6)
#define SERVICE_CODES(C)                                                                                             \
    C(SERVICE_KINDERGARTEN, 1) C(SERVICE_SCHOOL, 2) C(SERVICE_AFTER_SCHOOL, 3) C(SERVICE_PPT, 4)                     \
    C(SERVICE_HEALTH_STATION, 5) C(SERVICE_SCHOOL_HEALTH, 6) C(SERVICE_CHILD_WELFARE, 7) C(SERVICE_MENTAL_HEALTH, 8) \
    C(SERVICE_FAMILY_CENTRE, 9) C(SERVICE_SPECIALIST, 10) C(SERVICE_GP, 11) C(SERVICE_LEISURE, 12)                   \
    C(SERVICE_COORDINATOR, 13) C(SERVICE_OTHER, 99)
#define LIVING_CODES(C)                                                                                            \
    C(LIVING_BOTH_PARENTS, 1) C(LIVING_SHARED, 2) C(LIVING_MOTHER, 3) C(LIVING_FATHER, 4) C(LIVING_FOSTER_HOME, 5) \
    C(LIVING_INSTITUTION, 6) C(LIVING_ALONE, 7) C(LIVING_OTHER, 9)
#define PROTECTION_CODES(C) C(PROTECTION_NONE, 1) C(PROTECTION_CONFIDENTIAL, 2) C(PROTECTION_STRICT, 3)
#define RELATIONSHIP_CODES(C)                                                                                         \
    C(RELATIONSHIP_MOTHER, 1) C(RELATIONSHIP_FATHER, 2) C(RELATIONSHIP_CO_MOTHER, 3) C(RELATIONSHIP_FOSTER_PARENT, 4) \
    C(RELATIONSHIP_OTHER, 9)
#define RESPONSIBILITY_CODES(C) C(RESPONSIBILITY_YES, 1) C(RESPONSIBILITY_NO, 2) C(RESPONSIBILITY_UNKNOWN, 3)
#define CONSENT_METHOD_CODES(C) C(CONSENT_METHOD_PAPER, 1) C(CONSENT_METHOD_IN_APP, 2) C(CONSENT_METHOD_ORAL, 3)
#define NOTE_KIND_CODES(C) C(NOTE_KIND_NOTE, 1) C(NOTE_KIND_BRIGHT_MOMENT, 2) C(NOTE_KIND_CHILDS_VOICE, 3)

/* Why people close a log: the stored reasons (lifecycle.h) that are theirs to give. */
#define CLOSING_CODES(C) \
    C(CLOSE_GOAL_REACHED, 1) C(CLOSE_WISH, 2) C(CLOSE_PLAN_TAKES_OVER, 3) C(CLOSE_MOVED, 4) C(CLOSE_NO_ACTIVITY, 7)

/* Who asked for the log to rest. */
#define ASKED_BY_CODES(C) C(ASKED_BY_CHILD, 1) C(ASKED_BY_GUARDIAN, 2) C(ASKED_BY_MUNICIPALITY, 3)
/* How the holder or the manager was told: consent_method without the app, where whoever it is about does it. */
#define RECORDED_CODES(C) C(RECORDED_PAPER, 1) C(RECORDED_ORAL, 3)
/* Of what a consent is withdrawn. */
#define WITHDRAWAL_CODES(C) C(WITHDRAWAL_ALL, 1) C(WITHDRAWAL_SERVICE, 2)
/* Why a unit thinks that there is a log elsewhere. A code and no words: the request must hold nothing about the child. */
#define BLIND_REASON_CODES(C) C(BLIND_REASON_BEGINS_HERE, 1) C(BLIND_REASON_FAMILY_TOLD, 2) C(BLIND_REASON_SERVICE_TOLD, 3)

/* What a manager thinks of a claim, how it is decided, and on which ground it is refused: the first four are those of GDPR article
 * 17(3), the last is none that an adult can be told (rules: scenarios 2). */
#define OPINION_CODES(C) C(OPINION_FOR, 1) C(OPINION_AGAINST, 2)
#define DECISION_CODES(C) \
    C(DECISION_REFUSED, 1) C(DECISION_CORRECTED, 2) C(DECISION_RESTRICTED, 3) C(DECISION_DELETION, 4)
#define GROUND_CODES(C) \
    C(GROUND_DUTY, 1) C(GROUND_HEALTH, 2) C(GROUND_ARCHIVE, 3) C(GROUND_LEGAL_CLAIM, 4) C(GROUND_BEST_FOR_CHILD, 5)

/* What somebody did with the copy that they were offered. */
#define COPY_CODES(C) C(COPY_TAKEN, 1) C(COPY_WAIVED, 2)

/* What became of something that the family said is wrong. */
#define REPLY_CODES(C) C(REPLY_CORRECTED, 1) C(REPLY_STANDS, 2)

/* What becomes of the content when a log is deleted, why nothing of it is archived, and by which way
 * it came to its end: where that is a scenario of the rules, by its number. */
#define ARCHIVE_CODES(C) C(ARCHIVE_REPORT, 1) C(ARCHIVE_NONE, 2) C(ARCHIVE_MISTAKE, 3)
#define ARCHIVE_GROUND_CODES(C) \
    C(ARCHIVE_GROUND_PLAN, 1) C(ARCHIVE_GROUND_ELSEWHERE, 2) C(ARCHIVE_GROUND_EMPTY, 3) C(ARCHIVE_GROUND_ASKED, 4)
#define DELETION_CAUSE_CODES(C)                                                                                    \
    C(CAUSE_OF_AGE, 1) C(CAUSE_ADULT_ASKED, 2) C(CAUSE_FAMILY_ASKED, 3) C(CAUSE_KEPT, 6) C(CAUSE_CONSENT_ENDED, 11) \
    C(CAUSE_HOLDER_ASKED, 13) C(CAUSE_DEATH, 20) C(CAUSE_MISTAKE, 21)

/* In which written form of Norwegian an archive report is made. */
#define REPORT_LANGUAGE_CODES(C) C(REPORT_LANGUAGE_NB, 1) C(REPORT_LANGUAGE_NN, 2)

/* How far a report is that is made by a job, and of what it failed. */
#define REPORT_PHASE_CODES(C) C(REPORT_PHASE_READING, 1) C(REPORT_PHASE_WRITING, 2) C(REPORT_PHASE_SEALING, 3)
#define REPORT_FAILED_CODES(C) \
    C(REPORT_FAILED_LARGE, 1) C(REPORT_FAILED_SESSION, 2) C(REPORT_FAILED_RIGHT, 3) C(REPORT_FAILED_CEILING, 4) C(REPORT_FAILED_OTHER, 5)

/* name, number, key prefix, the codes */
#define CODE_LISTS(X)                                             \
    X(ATTENTION, 1, "attention", ATTENTION_CODES)                 \
    X(SEVERITY, 2, "severity", SEVERITY_CODES)                    \
    X(LEVEL, 3, "level", LEVEL_CODES)                             \
    X(MEASURE, 4, "measure", MEASURE_CODES)                       \
    X(ARENA, 5, "arena", ARENA_CODES)                             \
    X(MEASURE_STATE, 6, "measure_state", MEASURE_STATE_CODES)     \
    X(OUTCOME, 7, "outcome", OUTCOME_CODES)                       \
    X(SERVICE, 8, "service", SERVICE_CODES)                       \
    X(LIVING, 9, "living", LIVING_CODES)                          \
    X(PROTECTION, 10, "protection", PROTECTION_CODES)             \
    X(RELATIONSHIP, 11, "relationship", RELATIONSHIP_CODES)       \
    X(RESPONSIBILITY, 12, "responsibility", RESPONSIBILITY_CODES) \
    X(CONSENT_METHOD, 13, "consent_method", CONSENT_METHOD_CODES) \
    X(NOTE_KIND, 14, "note_kind", NOTE_KIND_CODES)                \
    X(CLOSING, 15, "closing", CLOSING_CODES)                      \
    X(ASKED_BY, 16, "asked_by", ASKED_BY_CODES)                   \
    X(OPINION, 17, "opinion", OPINION_CODES)                      \
    X(DECISION, 18, "decision", DECISION_CODES)                   \
    X(GROUND, 19, "ground", GROUND_CODES) \
    X(RECORDED, 20, "recorded", RECORDED_CODES)                   \
    X(WITHDRAWAL, 21, "withdrawal", WITHDRAWAL_CODES)             \
    X(COPY, 22, "copy", COPY_CODES)                               \
    X(REPLY, 23, "reply", REPLY_CODES)                                               \
    X(BLIND_REASON, 24, "blind_reason", BLIND_REASON_CODES)       \
    X(ARCHIVE, 25, "archive", ARCHIVE_CODES)                      \
    X(ARCHIVE_GROUND, 26, "archive_ground", ARCHIVE_GROUND_CODES) \
    X(DELETION_CAUSE, 27, "deletion_cause", DELETION_CAUSE_CODES) \
    X(REPORT_LANGUAGE, 28, "report_language", REPORT_LANGUAGE_CODES) \
    X(REPORT_PHASE, 29, "report_phase", REPORT_PHASE_CODES)       \
    X(REPORT_FAILED, 30, "report_failed", REPORT_FAILED_CODES)

#define X(name, number, key, LIST) CODES_##name = (number),
enum CodeList { CODES_NONE = 0, CODE_LISTS(X) CODES_COUNT };
#undef X
typedef enum CodeList CodeList;

/* MEASURE_STATE_PLANNED and the like. */
#define C(name, number) name = (number),
#define X(name, number, key, LIST) LIST(C)
enum Code { CODE_NONE = 0, CODE_LISTS(X) };
#undef X
#undef C

typedef struct Codes {
    const char *key;       /* prefix of the message keys */
    const uint16_t *items; /* in predefined order */
    uint32_t count;
} Codes;

/* A list; empty for CODES_NONE and anything unknown. */
Codes codes_of(CodeList list);
bool code_known(CodeList list, uint16_t code);
/* A code as the text that stands in a field ("10"); empty from 100 on. A constant. */
Str code_text(unsigned code);
/* The number that text names ("10"), when it stands in the list. Errors: E_MALFORMED. */
MUST_USE Err code_from_str(CodeList list, Str text, uint16_t *ret_code);

#endif
