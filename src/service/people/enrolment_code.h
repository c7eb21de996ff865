/* One-time codes for signing in the first time, or anew: made, stored with what they are worth, and read as people type them.
 * Must not keep a code: only hashes are stored.
 * Called by the other parts of people, by acts, session and the import. Rule: sign-in 3. */
#ifndef SERVICE_PEOPLE_ENROLMENT_CODE_H
#define SERVICE_PEOPLE_ENROLMENT_CODE_H

#include "service/people/rights.h"

/* A one-time code of 128 bits as base32 in groups, to be handed over in person; shown once, stored hashed, 14 days. */
typedef struct EnrolmentCode {
    char text[48]; /* empty: there is none */
    Id secret;
} EnrolmentCode;

/* What a person has on paper: one code, or one from each of those who gave them their rights. */
#define ENROLMENT_CODES_MAX 4
typedef struct EnrolmentCodes {
    Id secrets[ENROLMENT_CODES_MAX];
    uint32_t count;
} EnrolmentCodes;

/* Codes as typed by a person, one after another. Errors: E_NOT_FOUND for anything that is none. */
MUST_USE Err enrolment_codes_read(Str typed, Arena *scratch, EnrolmentCodes *ret_codes);
/* Under which a code is found: SHA-256 of it. */
MUST_USE Err enrolment_code_hash(Id secret, Hash *ret_hash);

/* Whose code, made when. */
typedef struct EnrolmentWish {
    Id person;
    int64_t now;
} EnrolmentWish;
/* A new code, as text for paper and as the row to store. */
MUST_USE Err enrolment_code_new(Service *service, EnrolmentWish wish, Arena *scratch, EnrolmentCode *ret_code,
                                EnrolmentRow *ret_row);

/* In the work, after all rights that are stored in it (each of which ended the codes of before, store.h): stores the code, worth
 * what this giver may give of all that the person may do, and nothing that comes later. Where that is everything the code takes
 * the place of all former ones; else it opens something only together with those of whoever gives the rest. */
MUST_USE Err enrolment_code_put(Tx *tx, const Giver *giver, const EnrolmentCode *code, const EnrolmentRow *row, Arena *scratch);
/* The same for an account that was made in this very work, for this one right of this giver: it has no other, and no code yet. Nobody
 * else knows its id before the work is done, so neither is asked for. */
MUST_USE Err enrolment_code_put_first(Tx *tx, const EnrolmentCode *code, const EnrolmentRow *row, Id right);
/* How many of these rights one of the codes is worth, now. */
MUST_USE Err enrolment_codes_worth(Tx *tx, const EnrolmentCodes *codes, const Rights *rights, int64_t now, uint32_t *ret_count);

#endif
