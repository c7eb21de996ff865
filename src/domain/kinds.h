/* The kinds of entry and their fields, each described once: form, validation, JSON, sealed encoding and history follow.
 * Must not use an id or a number again: sealed rows name them. A field without .class is spi.
 * Used by service, web, api, report. */
#ifndef DOMAIN_KINDS_H
#define DOMAIN_KINDS_H

#include "base/str.h"
#include "domain/acts.h"
#include "domain/codes.h"

/* name, number, code, the act that writes it, the field that it is named by, the section of a log's page
 * in which it stands */
#define KINDS(X)                                                                  \
    X(ATTENTION, 1, "attention", ATTENTION_WRITE, ATTENTION_CATEGORY, ATTENTIONS) \
    X(GOAL, 2, "goal", GOAL_WRITE, GOAL_TEXT, GOALS)                              \
    X(MEASURE, 3, "measure", MEASURE_WRITE, MEASURE_CATEGORY, GOALS)              \
    X(EVALUATION, 4, "evaluation", EVALUATION_WRITE, EVALUATION_OUTCOME, GOALS)   \
    X(MEETING, 5, "meeting", MEETING_WRITE, MEETING_TIME, MEETINGS)               \
    X(NOTE, 6, "note", NOTE_WRITE, NOTE_TEXT, NOTES)                              \
    X(RESOURCE, 7, "resource", RESOURCE_WRITE, RESOURCE_TITLE, RESOURCES)         \
    X(LEVEL, 8, "level", LEVEL_WRITE, LEVEL_LEVEL, HISTORY)                       \
    X(CONSENT, 9, "consent", NONE, FIELD_NONE, NONE)                              \
    X(PARTICIPANT, 10, "participant", NONE, FIELD_NONE, NONE)                     \
    X(CHILD, 11, "child", CHILD_WRITE, FIELD_NONE, BAND)                          \
    X(GUARDIAN, 12, "guardian", NONE, FIELD_NONE, NONE)                           \
    X(STAFF_PERSON, 13, "staff_person", NONE, FIELD_NONE, NONE)                   \
    X(ORGANISATION, 14, "organisation", NONE, FIELD_NONE, NONE)                   \
    X(HEADER, 15, "header", NONE, FIELD_NONE, NONE)                               \
    /* what an act asks for: never sealed */                                      \
    X(CLOSING, 16, "closing", NONE, FIELD_NONE, NONE)                             \
    /* what happened in the life of a log: written by the act, never corrected nor removed */ \
    X(LEGAL_HOLD, 17, "legal_hold", NONE, FIELD_NONE, LIFE)                       \
    X(LEGAL_HOLD_END, 18, "legal_hold_end", NONE, FIELD_NONE, LIFE)               \
    X(REMOVAL, 19, "removal", NONE, FIELD_NONE, NONE)                             \
    X(CONFIRMATION, 20, "confirmation", NONE, FIELD_NONE, LIFE)                   \
    X(RESTRICTION, 21, "restriction", NONE, FIELD_NONE, LIFE)                     \
    X(RESTRICTION_END, 22, "restriction_end", NONE, FIELD_NONE, LIFE)             \
    X(CLAIM, 23, "claim", NONE, FIELD_NONE, LIFE)                                 \
    X(OPINION, 24, "opinion", NONE, FIELD_NONE, LIFE)                             \
    X(DECISION, 25, "decision", NONE, FIELD_NONE, LIFE)                           \
    X(DELETION_WISH, 26, "deletion_wish", NONE, FIELD_NONE, LIFE)                 \
    X(PROLONGING, 27, "prolonging", NONE, FIELD_NONE, LIFE)                       \
    X(DEATH, 28, "death", NONE, FIELD_NONE, LIFE)                                 \
    /* what became of a consent: written by the act that it is about */           \
    X(WITHDRAWAL, 29, "withdrawal", NONE, FIELD_NONE, NONE)                       \
    X(RENEWAL, 30, "renewal", NONE, FIELD_NONE, NONE)                             \
    /* what the manager thinks of the holder's wish: no opinion on a claim of the family */ \
    X(SUPPORT, 31, "support", NONE, FIELD_NONE, LIFE)                             \
    /* what became of the copy that somebody of the family was offered */         \
    X(COPY, 32, "copy", NONE, FIELD_NONE, LIFE)                                   \
    /* somebody of the family says what is wrong, and is answered */              \
    X(CORRECTION_WISH, 33, "correction_wish", NONE, FIELD_NONE, LIFE)             \
    X(CORRECTION_REPLY, 34, "correction_reply", NONE, FIELD_NONE, LIFE)              \
    /* what a unit asks for a log that it does not know of: the number is never stored */ \
    X(BLIND_REQUEST, 35, "blind_request", NONE, FIELD_NONE, NONE)                 \
    /* somebody who sees the stub asks for access, and what was answered */       \
    X(ACCESS_WISH, 36, "access_wish", NONE, FIELD_NONE, LIFE)                     \
    X(ACCESS_REPLY, 37, "access_reply", NONE, FIELD_NONE, LIFE)                   \
    /* how a log ends: whether its content is archived, that it is to be deleted, and that it is not after all */ \
    X(ARCHIVE_DECISION, 38, "archive_decision", NONE, FIELD_NONE, LIFE)           \
    X(DELETION_ORDER, 39, "deletion_ordered", NONE, FIELD_NONE, LIFE)               \
    X(DELETION_STOP, 40, "deletion_stopped", NONE, FIELD_NONE, LIFE)                 \
    /* somebody of the family asks that it be stopped */                          \
    X(STOP_WISH, 41, "stop_wish", NONE, FIELD_NONE, LIFE)                         \
    /* the log goes to another unit: proposed, said yes to, decided, called off, done; and what the unit that takes it is asked */ \
    X(TRANSFER, 42, "transfer", NONE, FIELD_NONE, LIFE)                           \
    X(TRANSFER_YES, 43, "transfer_yes", NONE, FIELD_NONE, LIFE)                   \
    X(TRANSFER_DECISION, 44, "transfer_decision", NONE, FIELD_NONE, LIFE)         \
    X(TRANSFER_END, 45, "transfer_end", NONE, FIELD_NONE, LIFE)                   \
    X(TRANSFER_DONE, 46, "transfer_done", NONE, FIELD_NONE, LIFE)                 \
    X(TRANSFER_TAKING, 47, "transfer_taking", NONE, FIELD_NONE, NONE) \
    /* what is asked before an archive report is made: never sealed */            \
    X(REPORT_WISH, 48, "report_wish", NONE, FIELD_NONE, NONE) \
    /* the log was made of one that came from another municipality */             \
    X(TRANSFER_CAME, 49, "transfer_came", NONE, FIELD_NONE, LIFE)

#define STATEMENT_MAX 600 /* code points: what somebody says about a claim */
#define REASON_MAX 300 /* code points: why something was taken away, or somebody kept out */

/* Fields by ascending id: name at compile time, id, name in forms and JSON, and the rest of its Field. */
#define FIELDS_OF_ATTENTION(X)                                                                                                \
    X(ATTENTION_CATEGORY, 1, "category", .type = FIELD_CODE, .required = true, .fact = FACT_CATEGORY,                                  \
      .codes = CODES_ATTENTION)                                                                                               \
    X(ATTENTION_SEVERITY, 2, "severity", .type = FIELD_CODE, .required = true, .fact = FACT_GRADE,                                  \
      .codes = CODES_SEVERITY)                                                                                                \
    X(ATTENTION_DATE, 3, "date", .type = FIELD_DATE, .required = true, .fact = FACT_FROM, .start = START_TODAY, .days = DAYS_PAST) \
    X(ATTENTION_DESCRIPTION, 4, "description", .type = FIELD_LONG, .maximum = 600, .required = true)                          \
    X(ATTENTION_DISCUSSED_LEADER, 5, "discussed_leader", .type = FIELD_YES_NO)                                                \
    X(ATTENTION_DISCUSSED_LEADER_ON, 6, "discussed_leader_on", .type = FIELD_DATE, .days = DAYS_PAST)                         \
    X(ATTENTION_DISCUSSED_GUARDIANS, 7, "discussed_guardians", .type = FIELD_YES_NO)                                          \
    X(ATTENTION_DISCUSSED_GUARDIANS_ON, 8, "discussed_guardians_on", .type = FIELD_DATE, .days = DAYS_PAST)                   \
    X(ATTENTION_DISCUSSED_CHILD, 9, "discussed_child", .type = FIELD_YES_NO)                                                  \
    X(ATTENTION_DISCUSSED_CHILD_ON, 10, "discussed_child_on", .type = FIELD_DATE, .days = DAYS_PAST)

#define FIELDS_OF_GOAL(X)                                                            \
    X(GOAL_TEXT, 1, "text", .type = FIELD_LONG, .maximum = 400, .required = true)    \
    X(GOAL_ATTENTION, 2, "attention", .type = FIELD_ENTRY, .refers = KIND_ATTENTION) \
    X(GOAL_TARGET_DATE, 3, "target_date", .type = FIELD_DATE, .days = DAYS_COMING)

#define FIELDS_OF_MEASURE(X)                                                                                            \
    X(MEASURE_CATEGORY, 1, "category", .type = FIELD_CODE, .required = true, .fact = FACT_CATEGORY, .codes = CODES_MEASURE)      \
    X(MEASURE_ARENA, 2, "arena", .type = FIELD_CODE, .required = true, .codes = CODES_ARENA)                            \
    X(MEASURE_DESCRIPTION, 3, "description", .type = FIELD_LONG, .maximum = 600, .required = true)                      \
    X(MEASURE_DIAGNOSIS, 4, "diagnosis", .type = FIELD_TEXT, .maximum = 200)                                            \
    X(MEASURE_RESPONSIBLE, 5, "responsible", .type = FIELD_PERSON, .maximum = 20, .required = true, .multiple = true,   \
      .present = true, .fact = FACT_ACTORS)                                                                                                  \
    X(MEASURE_OTHERS, 6, "others", .type = FIELD_PERSON, .maximum = 20, .multiple = true)                               \
    X(MEASURE_START, 7, "start", .type = FIELD_DATE, .fact = FACT_FROM)                                                      \
    X(MEASURE_DEADLINE, 8, "deadline", .type = FIELD_DATE, .required = true, .fact = FACT_TO, .not_before = MEASURE_START) \
    X(MEASURE_STATE, 9, "state", .type = FIELD_CODE, .required = true, .codes = CODES_MEASURE_STATE,                    \
      .start = START_FIRST)                                                                                             \
    X(MEASURE_GOAL, 10, "goal", .type = FIELD_ENTRY, .refers = KIND_GOAL)                                               \
    X(MEASURE_ATTENTION, 11, "attention", .type = FIELD_ENTRY, .refers = KIND_ATTENTION)

#define FIELDS_OF_EVALUATION(X)                                                                                                \
    X(EVALUATION_MEASURE, 1, "measure", .type = FIELD_ENTRY, .required = true, .refers = KIND_MEASURE)                         \
    X(EVALUATION_OUTCOME, 2, "outcome", .type = FIELD_CODE, .required = true, .fact = FACT_GRADE, .codes = CODES_OUTCOME)            \
    X(EVALUATION_DATE, 3, "date", .type = FIELD_DATE, .required = true, .fact = FACT_ON, .start = START_TODAY, .days = DAYS_PAST) \
    X(EVALUATION_TEXT, 4, "text", .type = FIELD_LONG, .maximum = 600)

#define FIELDS_OF_MEETING(X)                                                                          \
    X(MEETING_TIME, 1, "time", .type = FIELD_DATETIME, .required = true)                              \
    X(MEETING_PLACE, 2, "place", .type = FIELD_TEXT, .maximum = 120)                                  \
    X(MEETING_PARTICIPANTS, 3, "participants", .type = FIELD_PERSON, .maximum = 40, .multiple = true) \
    X(MEETING_AGENDA, 4, "agenda", .type = FIELD_LONG, .maximum = 600)                                \
    X(MEETING_SUMMARY, 5, "summary", .type = FIELD_LONG, .maximum = 4000)

#define FIELDS_OF_NOTE(X)                                                                        \
    X(NOTE_KIND, 1, "note_kind", .type = FIELD_CODE, .required = true, .codes = CODES_NOTE_KIND, \
      .start = START_FIRST)                                                                      \
    X(NOTE_TEXT, 2, "text", .type = FIELD_LONG, .maximum = 2000, .required = true)               \
    X(NOTE_ENTRY, 3, "entry", .type = FIELD_ENTRY)

#define FIELDS_OF_RESOURCE(X)                                                           \
    X(RESOURCE_TITLE, 1, "title", .type = FIELD_TEXT, .maximum = 120, .required = true) \
    X(RESOURCE_LINK, 2, "link", .type = FIELD_LINK, .maximum = 400, .required = true)   \
    X(RESOURCE_TEXT, 3, "text", .type = FIELD_LONG, .maximum = 300)

#define FIELDS_OF_LEVEL(X)                                                                               \
    X(LEVEL_LEVEL, 1, "level", .type = FIELD_CODE, .required = true, .codes = CODES_LEVEL) \
    X(LEVEL_REASON, 2, "reason", .type = FIELD_LONG, .maximum = 300, .required = true)                   \
    X(LEVEL_DATE, 3, "date", .type = FIELD_DATE, .required = true, .start = START_TODAY, .days = DAYS_PAST)

#define FIELDS_OF_CONSENT(X)                                                                                                         \
    X(CONSENT_REQUIRED_PERSONS, 1, "required_persons", .type = FIELD_NUMBER, .maximum = 4, .required = true)                         \
    X(CONSENT_GIVEN_BY, 2, "given_by", .type = FIELD_PERSON)                                                                         \
    X(CONSENT_GIVEN_ON, 3, "given_on", .type = FIELD_DATE, .required = true, .days = DAYS_PAST)                                      \
    X(CONSENT_METHOD, 4, "method", .type = FIELD_CODE, .required = true, .codes = CODES_CONSENT_METHOD)                              \
    X(CONSENT_WITNESS, 5, "witness", .type = FIELD_TEXT, .maximum = 120, .class = CLASS_PII)                                         \
    X(CONSENT_UNITS, 6, "units", .type = FIELD_UNIT, .maximum = 60, .multiple = true)                                                \
    X(CONSENT_TEXT_VERSION, 7, "text_version", .type = FIELD_TEXT, .maximum = 40, .class = CLASS_PUBLIC)                             \
    X(CONSENT_DOCUMENT_HASH, 8, "document_hash", .type = FIELD_HASH, .class = CLASS_SYSTEM)                                          \
    X(CONSENT_VALID_FROM, 9, "valid_from", .type = FIELD_DATE, .required = true, .not_before = CONSENT_GIVEN_ON)                     \
    X(CONSENT_VALID_TO, 10, "valid_to", .type = FIELD_DATE, .required = true, .days = DAYS_COMING, .not_before = CONSENT_VALID_FROM) \
    X(CONSENT_WITHDRAWN_ON, 11, "withdrawn_on", .type = FIELD_DATE, .days = DAYS_PAST, .not_before = CONSENT_GIVEN_ON)               \
    X(CONSENT_WITHDRAWN_BY, 12, "withdrawn_by", .type = FIELD_PERSON)

#define FIELDS_OF_PARTICIPANT(X)                                                                             \
    X(PARTICIPANT_PERSON, 1, "person", .type = FIELD_PERSON, .required = true)                               \
    X(PARTICIPANT_NAME, 2, "name", .type = FIELD_TEXT, .maximum = 120, .required = true, .class = CLASS_PII) \
    X(PARTICIPANT_SERVICE, 3, "service", .type = FIELD_CODE, .codes = CODES_SERVICE)                         \
    X(PARTICIPANT_UNIT, 4, "unit", .type = FIELD_UNIT)                                                       \
    X(PARTICIPANT_FROM_ON, 5, "from_on", .type = FIELD_DATE, .required = true)                               \
    X(PARTICIPANT_TO_ON, 6, "to_on", .type = FIELD_DATE, .not_before = PARTICIPANT_FROM_ON)                  \
    /* why a child of consent age is kept out */                                                             \
    X(PARTICIPANT_REASON, 7, "reason", .type = FIELD_TEXT, .maximum = REASON_MAX)

#define FIELDS_OF_CHILD(X)                                                                              \
    X(CHILD_NAME, 1, "name", .type = FIELD_TEXT, .maximum = 120, .required = true, .class = CLASS_PII)  \
    X(CHILD_NATIONAL_ID, 2, "national_id", .type = FIELD_NATIONAL_ID, .class = CLASS_PII)               \
    X(CHILD_BIRTH_DATE, 3, "birth_date", .type = FIELD_DATE, .class = CLASS_PII, .days = DAYS_OF_MINOR) \
    X(CHILD_LIVING, 4, "living", .type = FIELD_CODE, .codes = CODES_LIVING)                             \
    X(CHILD_ADDRESS, 5, "address", .type = FIELD_TEXT, .maximum = 200, .class = CLASS_PII)              \
    X(CHILD_PHONE, 6, "phone", .type = FIELD_PHONE, .maximum = 30, .class = CLASS_PII)                  \
    X(CHILD_EMAIL, 7, "email", .type = FIELD_EMAIL, .maximum = 254, .class = CLASS_PII)                 \
    X(CHILD_PROTECTION, 8, "protection", .type = FIELD_CODE, .codes = CODES_PROTECTION)                 \
    X(CHILD_LANGUAGES, 9, "languages", .type = FIELD_TEXT, .maximum = 120, .class = CLASS_PII)

#define FIELDS_OF_GUARDIAN(X)                                                                                      \
    X(GUARDIAN_NAME, 1, "name", .type = FIELD_TEXT, .maximum = 120, .required = true, .class = CLASS_PII)          \
    X(GUARDIAN_NATIONAL_ID, 2, "national_id", .type = FIELD_NATIONAL_ID, .class = CLASS_PII)                       \
    X(GUARDIAN_PHONE, 3, "phone", .type = FIELD_PHONE, .maximum = 30, .class = CLASS_PII)                          \
    X(GUARDIAN_EMAIL, 4, "email", .type = FIELD_EMAIL, .maximum = 254, .class = CLASS_PII)                         \
    X(GUARDIAN_RELATIONSHIP, 5, "relationship", .type = FIELD_CODE, .required = true, .codes = CODES_RELATIONSHIP) \
    X(GUARDIAN_RESPONSIBILITY, 6, "responsibility", .type = FIELD_CODE, .required = true,                          \
      .codes = CODES_RESPONSIBILITY)                                                                               \
    X(GUARDIAN_LANGUAGE, 7, "language", .type = FIELD_TEXT, .maximum = 60, .class = CLASS_PII)

/* An account is found by its e-mail: no longer than what the key agent makes an index of (wire/wire.h). */
#define FIELDS_OF_STAFF_PERSON(X)                                                                                          \
    X(STAFF_PERSON_NAME, 1, "name", .type = FIELD_TEXT, .maximum = 120, .required = true, .class = CLASS_PII)              \
    X(STAFF_PERSON_EMAIL, 2, "email", .type = FIELD_EMAIL, .maximum = 128, .required = true, .class = CLASS_PII)           \
    X(STAFF_PERSON_PHONE, 3, "phone", .type = FIELD_PHONE, .maximum = 30, .class = CLASS_PII)                              \
    X(STAFF_PERSON_UNIT, 4, "unit", .type = FIELD_UNIT, .class = CLASS_PII)                                                \
    X(STAFF_PERSON_CONFIDENTIALITY_ON, 5, "confidentiality_on", .type = FIELD_DATE, .class = CLASS_PII, .days = DAYS_PAST) \
    X(STAFF_PERSON_INSTRUCTION_ON, 6, "instruction_on", .type = FIELD_DATE, .class = CLASS_PII, .days = DAYS_PAST)

#define FIELDS_OF_ORGANISATION(X)                                                                                \
    X(ORGANISATION_NAME, 1, "name", .type = FIELD_TEXT, .maximum = 120, .required = true, .class = CLASS_PUBLIC) \
    X(ORGANISATION_NUMBER, 2, "organisation_number", .type = FIELD_ORGANISATION_NUMBER, .class = CLASS_PUBLIC)   \
    X(ORGANISATION_SERVICE, 3, "service", .type = FIELD_CODE, .required = true, .class = CLASS_PUBLIC,           \
      .codes = CODES_SERVICE)                                                                                    \
    X(ORGANISATION_ADDRESS, 4, "address", .type = FIELD_TEXT, .maximum = 200, .class = CLASS_PUBLIC)             \
    X(ORGANISATION_PHONE, 5, "phone", .type = FIELD_PHONE, .maximum = 30, .class = CLASS_PUBLIC)                 \
    X(ORGANISATION_EMAIL, 6, "email", .type = FIELD_EMAIL, .maximum = 254, .class = CLASS_PUBLIC)

#define FIELDS_OF_CLOSING(X) \
    X(CLOSING_REASON, 1, "reason", .type = FIELD_CODE, .required = true, .codes = CODES_CLOSING)

#define FIELDS_OF_LEGAL_HOLD(X) \
    X(LEGAL_HOLD_REASON, 1, "reason", .type = FIELD_LONG, .maximum = REASON_MAX, .required = true)

#define FIELDS_OF_LEGAL_HOLD_END(X) \
    X(LEGAL_HOLD_END_REASON, 1, "reason", .type = FIELD_LONG, .maximum = REASON_MAX, .required = true)

#define FIELDS_OF_REMOVAL(X) \
    X(REMOVAL_REASON, 1, "reason", .type = FIELD_LONG, .maximum = REASON_MAX, .required = true)

#define FIELDS_OF_CONFIRMATION(X) \
    X(CONFIRMATION_REASON, 1, "reason", .type = FIELD_LONG, .maximum = REASON_MAX, .required = true)

#define FIELDS_OF_RESTRICTION(X)                                                                                  \
    X(RESTRICTION_ASKED_BY, 1, "asked_by", .type = FIELD_CODE, .required = true, .codes = CODES_ASKED_BY)         \
    X(RESTRICTION_REASON, 2, "reason", .type = FIELD_LONG, .maximum = STATEMENT_MAX, .required = true)

#define FIELDS_OF_RESTRICTION_END(X)                                                                              \
    X(RESTRICTION_END_TOLD_ON, 1, "told_on", .type = FIELD_DATE, .required = true, .days = DAYS_PAST)             \
    X(RESTRICTION_END_REASON, 2, "reason", .type = FIELD_LONG, .maximum = REASON_MAX, .required = true)

#define FIELDS_OF_CLAIM(X) \
    X(CLAIM_REASON, 1, "reason", .type = FIELD_LONG, .maximum = STATEMENT_MAX)       \
    /* the claimant's own consent is withdrawn by the same act */                    \
    X(CLAIM_WITHDRAWN, 2, "withdrawn", .type = FIELD_YES_NO)

#define FIELDS_OF_OPINION(X)                                                                                \
    X(OPINION_OPINION, 1, "opinion", .type = FIELD_CODE, .required = true, .codes = CODES_OPINION)          \
    X(OPINION_REASON, 2, "reason", .type = FIELD_LONG, .maximum = STATEMENT_MAX, .required = true)

#define FIELDS_OF_DECISION(X)                                                                               \
    X(DECISION_DECISION, 1, "decision", .type = FIELD_CODE, .required = true, .codes = CODES_DECISION)      \
    /* of a refusal */                                                                                      \
    X(DECISION_GROUND, 2, "ground", .type = FIELD_CODE, .codes = CODES_GROUND)                              \
    X(DECISION_REASON, 3, "reason", .type = FIELD_LONG, .maximum = STATEMENT_MAX, .required = true)

#define FIELDS_OF_DELETION_WISH(X)                                                                          \
    X(DELETION_WISH_CLOSING, 1, "closing", .type = FIELD_CODE, .required = true, .codes = CODES_CLOSING)    \
    X(DELETION_WISH_REASON, 2, "reason", .type = FIELD_LONG, .maximum = STATEMENT_MAX, .required = true)

#define FIELDS_OF_PROLONGING(X) \
    X(PROLONGING_REASON, 1, "reason", .type = FIELD_LONG, .maximum = REASON_MAX, .required = true)

#define FIELDS_OF_DEATH(X) \
    X(DEATH_DIED_ON, 1, "died_on", .type = FIELD_DATE, .required = true, .days = DAYS_PAST)

/* giver, of what, and the service where it is one only; from paper or word also the day and how. */
#define FIELDS_OF_WITHDRAWAL(X)                                                                                         \
    X(WITHDRAWAL_GIVER, 1, "giver", .type = FIELD_PERSON, .required = true)                                             \
    X(WITHDRAWAL_ON, 2, "on", .type = FIELD_DATE, .required = true, .start = START_TODAY, .days = DAYS_PAST)            \
    X(WITHDRAWAL_METHOD, 3, "method", .type = FIELD_CODE, .required = true, .codes = CODES_RECORDED)                    \
    X(WITHDRAWAL_OF, 4, "of", .type = FIELD_CODE, .required = true, .codes = CODES_WITHDRAWAL)                          \
    X(WITHDRAWAL_UNIT, 5, "unit", .type = FIELD_UNIT)

/* What is asked of a consent that is given again, wider or narrower; it is stored as a consent. */
#define FIELDS_OF_RENEWAL(X)                                                                                              \
    X(RENEWAL_GIVER, 1, "giver", .type = FIELD_PERSON, .required = true)                                                  \
    X(RENEWAL_GIVEN_ON, 2, "given_on", .type = FIELD_DATE, .required = true, .start = START_TODAY, .days = DAYS_PAST)     \
    X(RENEWAL_METHOD, 3, "method", .type = FIELD_CODE, .required = true, .codes = CODES_RECORDED)                         \
    X(RENEWAL_WITNESS, 4, "witness", .type = FIELD_TEXT, .maximum = 120, .class = CLASS_PII)                              \
    X(RENEWAL_VALID_TO, 5, "valid_to", .type = FIELD_DATE, .required = true, .days = DAYS_COMING, .not_before = RENEWAL_GIVEN_ON) \
    X(RENEWAL_UNITS, 6, "units", .type = FIELD_UNIT, .maximum = 60, .multiple = true)

#define FIELDS_OF_SUPPORT(X)                                                                                \
    X(SUPPORT_OPINION, 1, "opinion", .type = FIELD_CODE, .required = true, .codes = CODES_OPINION)          \
    X(SUPPORT_REASON, 2, "reason", .type = FIELD_LONG, .maximum = STATEMENT_MAX, .required = true)

#define FIELDS_OF_BLIND_REQUEST(X)                                                                              \
    X(BLIND_REQUEST_NATIONAL_ID, 1, "national_id", .type = FIELD_NATIONAL_ID, .required = true, .class = CLASS_PII) \
    X(BLIND_REQUEST_REASON, 2, "reason", .type = FIELD_CODE, .required = true, .codes = CODES_BLIND_REASON)

#define FIELDS_OF_CORRECTION_WISH(X) \
    X(CORRECTION_WISH_WRONG, 1, "wrong", .type = FIELD_LONG, .maximum = STATEMENT_MAX, .required = true)

#define FIELDS_OF_CORRECTION_REPLY(X)                                                                       \
    X(CORRECTION_REPLY_ANSWER, 1, "answer", .type = FIELD_CODE, .required = true, .codes = CODES_REPLY)     \
    X(CORRECTION_REPLY_REASON, 2, "reason", .type = FIELD_LONG, .maximum = STATEMENT_MAX, .required = true)

#define FIELDS_OF_ACCESS_WISH(X) \
    X(ACCESS_WISH_REASON, 1, "reason", .type = FIELD_LONG, .maximum = STATEMENT_MAX, .required = true)

#define FIELDS_OF_ACCESS_REPLY(X) \
    X(ACCESS_REPLY_ANSWER, 1, "answer", .type = FIELD_LONG, .maximum = STATEMENT_MAX, .required = true)

#define FIELDS_OF_ARCHIVE_DECISION(X)                                                                                   \
    X(ARCHIVE_DECISION_ARCHIVE, 1, "archive", .type = FIELD_CODE, .required = true, .codes = CODES_ARCHIVE)             \
    /* of nothing that is archived */                                                                                   \
    X(ARCHIVE_DECISION_GROUND, 2, "ground", .type = FIELD_CODE, .codes = CODES_ARCHIVE_GROUND)                          \
    X(ARCHIVE_DECISION_REASON, 3, "reason", .type = FIELD_LONG, .maximum = REASON_MAX)

#define FIELDS_OF_DELETION_ORDER(X) \
    X(DELETION_ORDER_REASON, 1, "reason", .type = FIELD_LONG, .maximum = REASON_MAX)

#define FIELDS_OF_DELETION_STOP(X) \
    X(DELETION_STOP_REASON, 1, "reason", .type = FIELD_LONG, .maximum = REASON_MAX, .required = true)

#define FIELDS_OF_STOP_WISH(X) \
    X(STOP_WISH_REASON, 1, "reason", .type = FIELD_LONG, .maximum = STATEMENT_MAX)

/* Units are told by those who may be told where the child is: a reader who may not has none of them. */
#define FIELDS_OF_TRANSFER(X)                                                                                 \
    X(TRANSFER_UNIT, 1, "unit", .type = FIELD_UNIT)                                                            \
    X(TRANSFER_UNITS, 2, "units", .type = FIELD_UNIT, .maximum = 60, .multiple = true)                        \
    X(TRANSFER_ON, 3, "on", .type = FIELD_DATE, .required = true, .start = START_TODAY, .days = DAYS_COMING)   \
    X(TRANSFER_MUNICIPALITY, 4, "municipality", .type = FIELD_TEXT, .maximum = 4, .class = CLASS_PUBLIC)                              \
    X(TRANSFER_PLACE, 5, "place", .type = FIELD_TEXT, .maximum = 400, .class = CLASS_PUBLIC)

#define FIELDS_OF_TRANSFER_YES(X)                                                                             \
    X(TRANSFER_YES_GIVER, 1, "giver", .type = FIELD_PERSON, .required = true)                                 \
    X(TRANSFER_YES_GIVEN_ON, 2, "given_on", .type = FIELD_DATE, .required = true, .days = DAYS_PAST)          \
    X(TRANSFER_YES_METHOD, 3, "method", .type = FIELD_CODE, .required = true, .codes = CODES_CONSENT_METHOD)  \
    X(TRANSFER_YES_WITNESS, 4, "witness", .type = FIELD_TEXT, .maximum = 120, .class = CLASS_PII)             \
    X(TRANSFER_YES_DOCUMENT_HASH, 5, "document_hash", .type = FIELD_HASH, .class = CLASS_SYSTEM)

/* No report is made: the log stays one. Why, where somebody wants to say so. */
#define FIELDS_OF_TRANSFER_DECISION(X) \
    X(TRANSFER_DECISION_REASON, 1, "reason", .type = FIELD_LONG, .maximum = REASON_MAX)

#define FIELDS_OF_TRANSFER_END(X) \
    X(TRANSFER_END_REASON, 1, "reason", .type = FIELD_LONG, .maximum = REASON_MAX)

/* What was written until then is the former unit's part, which nobody changes: this is the hash of it. */
#define FIELDS_OF_TRANSFER_DONE(X)                                                  \
    X(TRANSFER_DONE_FROM, 1, "from", .type = FIELD_UNIT)                            \
    X(TRANSFER_DONE_TO, 2, "to", .type = FIELD_UNIT)                                \
    X(TRANSFER_DONE_HASH, 3, "hash", .type = FIELD_HASH, .required = true)          \
    X(TRANSFER_DONE_PLACE, 4, "place", .type = FIELD_TEXT, .maximum = 400, .class = CLASS_PUBLIC)

/* The part that came is a document of the log (MEDIA_PART): `part` is the hash of its bytes, by which it is found. */
#define FIELDS_OF_TRANSFER_CAME(X)                                                                                \
    X(TRANSFER_CAME_PLACE, 1, "place", .type = FIELD_TEXT, .maximum = 400, .required = true, .class = CLASS_PUBLIC) \
    X(TRANSFER_CAME_HASH, 2, "hash", .type = FIELD_HASH, .required = true)                                        \
    X(TRANSFER_CAME_PART, 3, "part", .type = FIELD_HASH, .required = true, .class = CLASS_SYSTEM)

#define FIELDS_OF_TRANSFER_TAKING(X) \
    X(TRANSFER_TAKING_HOLDER, 1, "holder", .type = FIELD_PERSON, .required = true)

#define FIELDS_OF_COPY(X) \
    X(COPY_ANSWER, 1, "answer", .type = FIELD_CODE, .required = true, .codes = CODES_COPY)

#define FIELDS_OF_REPORT_WISH(X) \
    X(REPORT_WISH_LANGUAGE, 1, "language", .type = FIELD_CODE, .required = true, .codes = CODES_REPORT_LANGUAGE, .start = START_FIRST)

#define FIELDS_OF_HEADER(X)                                                                                         \
    X(HEADER_CHILD_NAME, 1, "child_name", .type = FIELD_TEXT, .maximum = 120, .required = true, .class = CLASS_PII) \
    X(HEADER_LEVEL, 2, "level", .type = FIELD_CODE, .codes = CODES_LEVEL)                                           \
    X(HEADER_NEXT_STEP, 3, "next_step", .type = FIELD_TEXT, .maximum = 200)                                         \
    X(HEADER_NEXT_DUE, 4, "next_due", .type = FIELD_DATE)                                                           \
    /* for the rule of age; never shown in a list */                                                                \
    X(HEADER_BIRTH_DATE, 5, "birth_date", .type = FIELD_DATE, .class = CLASS_PII)                                   \
    /* whose step it is: so that a change elsewhere need not look for it again */                                   \
    X(HEADER_NEXT_ENTRY, 6, "next_entry", .type = FIELD_ENTRY, .class = CLASS_SYSTEM)                               \
    /* for the stub: whether it may name the unit; a header that does not say so is of a child who may be protected */ \
    X(HEADER_PROTECTED, 7, "protected", .type = FIELD_YES_NO, .class = CLASS_SYSTEM)                                \
    /* for the stub too: when a claim was filed that nobody has decided yet, and how the last one was decided */    \
    X(HEADER_CLAIMED_ON, 8, "claimed_on", .type = FIELD_DATE, .class = CLASS_SYSTEM)                                \
    X(HEADER_DECISION, 9, "decision", .type = FIELD_CODE, .codes = CODES_DECISION)                                  \
    /* deadlines and meetings, and whom each is for (service/log/dates.h); a header of before has none */           \
    X(HEADER_DATES, 10, "dates", .type = FIELD_LONG, .maximum = 16000, .class = CLASS_SYSTEM)                       \
    /* since when a copy is offered before a deletion */                                                            \
    X(HEADER_COPY_OFFERED_ON, 11, "copy_offered_on", .type = FIELD_DATE, .class = CLASS_SYSTEM)                      \
    /* for lists and the stub: nobody is asked to renew a consent when a death is recorded */                       \
    X(HEADER_DIED, 12, "died", .type = FIELD_YES_NO, .class = CLASS_SYSTEM)

/* What stands in a field of FIELD_YES_NO, and is sent by a form that asks for one of two. */
#define VALUE_YES STR("1")
#define VALUE_NO STR("0")

enum FieldType {
    FIELD_TEXT, FIELD_LONG, FIELD_DATE, FIELD_DATETIME, FIELD_CODE, FIELD_YES_NO, FIELD_ENTRY, FIELD_PERSON, FIELD_NUMBER,
    FIELD_LINK, FIELD_EMAIL, FIELD_PHONE, FIELD_NATIONAL_ID, FIELD_ORGANISATION_NUMBER, FIELD_UNIT, FIELD_HASH,
};

/* Zero is spi: a field that nobody classified is sensitive. */
enum FieldClass { CLASS_SPI = 0, CLASS_PII, CLASS_PUBLIC, CLASS_SYSTEM };

/* What a new form shows before anything is typed. */
enum FieldStart { START_EMPTY = 0, START_TODAY, START_FIRST /* of its codes */ };

/* What a day may be, seen from the day on which it is written. Whatever it is, it lies within 120 years back and 30 ahead. */
enum FieldDays {
    DAYS_ANY = 0,
    DAYS_PAST,    /* today or before */
    DAYS_COMING,  /* today or later when it is first written; a correction may leave it as it was */
    DAYS_OF_MINOR /* the birth of somebody who is not 18 years old: today or before, and 18 years have not gone */
};

/* What a field is in the fact that stays of an entry when its person is gone (domain/statistics/facts.h). No text ever is. */
enum FactPart { FACT_NOTHING = 0, FACT_CATEGORY, FACT_GRADE, FACT_FROM, FACT_TO, FACT_ON, FACT_ACTORS };

typedef struct Field {
    uint8_t id;       /* stable, unique in its kind, 1..255 */
    const char *name; /* form and JSON name; the label's key is "field.<kind>.<name>" */
    enum FieldType type;
    uint16_t maximum; /* code points; for numbers the largest value; for lists the number of items */
    bool required, multiple;
    enum FactPart fact;
    uint8_t refers; /* of an entry: the KindId that it must be of; 0: any */
    bool present;   /* of a person: they must take part now */
    enum FieldClass class;
    CodeList codes;
    enum FieldStart start;
    enum FieldDays days;
    uint16_t not_before; /* of a day: the FieldKey, of the same kind, of another that it may not lie before; 0: none */
} Field;

#define X(name, number, code, act, title, section) KIND_##name = (number),
enum KindId { KIND_NONE = 0, KINDS(X) KIND_LIMIT };
#undef X
typedef enum KindId KindId;

#define FIELDS_MAX 17

/* MEASURE_DEADLINE and the like: the kind, and the field's position in it. */
#define F(key, ...) key,
#define X(name, number, code, act, title, section) name##_BEFORE = ((number) << 8) - 1, FIELDS_OF_##name(F)
enum FieldKey { FIELD_NONE = 0, KINDS(X) };
#undef X
#undef F
typedef enum FieldKey FieldKey;

/* Where an entry stands on a log's page. */
enum Section { SECTION_NONE, SECTION_BAND, SECTION_ATTENTIONS, SECTION_GOALS, SECTION_MEETINGS, SECTION_NOTES, SECTION_RESOURCES,
               SECTION_HISTORY, SECTION_LIFE, SECTION_COUNT };

typedef struct Kind {
    KindId id;
    const char *code;
    const Field *fields; /* by ascending id */
    uint8_t count;       /* 1..FIELDS_MAX */
    Act act;             /* that writes it; ACT_NONE: nobody writes it as an entry */
    FieldKey title;      /* FIELD_NONE: it is named by its kind */
    enum Section section;
} Kind;

/* The kind of a number; NULL when there is none. */
const Kind *kind_of(unsigned id);
/* The kind of a code ("attention"). Errors: E_MALFORMED. */
MUST_USE Err kind_from_str(Str code, const Kind **ret_kind);
/* Position of a field by name, or -1. */
int kind_find(const Kind *kind, Str name);

/* The key of a position in a kind, and the field of a key. */
static inline FieldKey field_key(const Kind *kind, unsigned at)
{
    return (FieldKey)((unsigned)kind->id << 8 | at);
}

static inline const Field *field_at(FieldKey key)
{
    return &kind_of((unsigned)key >> 8)->fields[key & 0xFF];
}

#endif
