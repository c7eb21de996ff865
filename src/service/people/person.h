/* A person's values and credentials, sealed and opened in their own places; and the form in which sign-in names are looked up.
 * Must not read or write the database, nor keep a key.
 * Called by the rooms people, session and municipality. Rules: keys 3, 4, sign-in 1. */
#ifndef SERVICE_PEOPLE_PERSON_H
#define SERVICE_PEOPLE_PERSON_H

#include "crypto/password.h"
#include "crypto/totp.h"
#include "service/seal.h"

/* E-mail addresses and user names are looked up in one form (domain/signin.h signin_name). Errors: E_INVALID for what can be
 * neither, and for what is too long to be indexed. */
MUST_USE Err people_user_name(Str typed, Arena *keep, Str *ret_name);

/* What a person signs in with. */
typedef struct Credentials {
    PasswordHash password;
    uint8_t totp_secret[TOTP_SECRET_BYTES];
} Credentials;

void credentials_wipe(Credentials *credentials);
/* Seals values (KIND_STAFF_PERSON or KIND_GUARDIAN) and credentials for the row of this id and version, under the
 * person's scope key. Errors: those of crypto_seal. */
MUST_USE Err person_seal(const OpenScope *scope, RowVersion person, const Values *values, Arena *keep, Str *ret_sealed);
MUST_USE Err person_seal_secret(const OpenScope *scope, RowVersion person, const Credentials *credentials, Arena *keep,
                                Str *ret_sealed);
/* Opens them again. Errors: E_FORGED. */
MUST_USE Err person_open(const OpenScope *scope, const PersonRow *row, Arena *keep, Values *ret_values);
MUST_USE Err person_open_secret(const OpenScope *scope, const PersonRow *row, Arena *keep, Credentials *ret_credentials);

#endif
