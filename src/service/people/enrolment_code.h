/* One-time codes for the first sign-in: made, hashed, and read as people type them.
 * Must not keep a code: only its hash is stored.
 * Called by the other parts of people, by session and by the import. Rule: sign-in 3. */
#ifndef SERVICE_PEOPLE_ENROLMENT_CODE_H
#define SERVICE_PEOPLE_ENROLMENT_CODE_H

#include "service/service.h"

/* A one-time code of 128 bits as base32 in groups, to be handed over in person; shown once, stored hashed, 14 days. */
typedef struct EnrolmentCode {
    char text[48];
} EnrolmentCode;

/* SHA-256 of a one-time code, and the code as typed by a person. Errors: E_NOT_FOUND for anything that is no code. */
MUST_USE Err enrolment_code_read(Str typed, Arena *scratch, Id *ret_code);
MUST_USE Err enrolment_code_hash(Id code, Hash *ret_hash);
/* Whose code, made when. */
typedef struct EnrolmentWish {
    Id person;
    int64_t now;
} EnrolmentWish;
/* A new code, as text for paper and as the row to store. */
MUST_USE Err enrolment_code_new(Service *service, EnrolmentWish wish, Arena *scratch, EnrolmentCode *ret_code,
                                EnrolmentRow *ret_row);

#endif
