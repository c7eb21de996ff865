/* What the parts of the people and session services share: a person's scope open, their values and credentials sealed.
 * Must not be included outside service/people_*.c, session_*.c, unit_names.c, import.c, municipality_new.c and their tests.
 * Rules: settled 2, 3, 10, 12. */
#ifndef SERVICE_PEOPLE_PRIV_H
#define SERVICE_PEOPLE_PRIV_H

#include "service/people.h"
#include "service/sessions.h"

/* The register's scope (units), and the person whom sign-in opens when a user name is unknown. One of each in every
 * municipality; random ids never take these values. */
Id people_register_scope(void);
Id people_decoy(void);

/* E-mail addresses and user names are looked up in one form: trimmed, ASCII letters small. */
MUST_USE Err people_user_name(Str typed, Arena *keep, Str *ret_name);

/* What a person signs in with. */
typedef struct Credentials {
    PasswordHash password;
    uint8_t totp_secret[TOTP_SECRET_BYTES];
} Credentials;
void credentials_wipe(Credentials *credentials);

/* Seals values (KIND_STAFF_PERSON or KIND_GUARDIAN) and credentials for the row of this id and version, under the
 * person's scope key. Errors: those of crypto_seal. */
MUST_USE Err person_seal(Service *service, Id tenant, Id person, uint32_t version, const Key *scope, const Values *values,
                         Arena *keep, Str *ret_sealed);
MUST_USE Err person_seal_secret(Service *service, Id tenant, Id person, uint32_t version, const Key *scope,
                                const Credentials *credentials, Arena *keep, Str *ret_sealed);
/* Opens them again. Errors: E_FORGED. */
MUST_USE Err person_open(Service *service, Id tenant, const PersonRow *row, const Key *scope, Arena *keep,
                         Values *ret_values);
MUST_USE Err person_open_secret(Service *service, Id tenant, const PersonRow *row, const Key *scope, Arena *keep,
                                Credentials *ret_credentials);

/* A unit's values (KIND_ORGANISATION) under the register's scope key. */
MUST_USE Err unit_seal(Service *service, Id tenant, Id unit, uint32_t version, const Key *scope, const Values *values,
                       Arena *keep, Str *ret_sealed);
MUST_USE Err unit_open(Service *service, Id tenant, const UnitRow *row, const Key *scope, Arena *keep, Values *ret_values);
/* The register's scope key, for a grant. */
MUST_USE Err register_key(Service *service, Id tenant, Store *store, Id grant, Arena *keep, Key *ret_key);

/* The row of a scope key as it is stored. wrapped must live as long as the row. */
ScopeKeyRow scope_row(ScopeKind kind, Id scope, const WrappedKey *wrapped, uint32_t version);

/* SHA-256 of a one-time code, and the code as typed by a person. Errors: E_NOT_FOUND for anything that is no code. */
MUST_USE Err enrolment_code_read(Str typed, Arena *scratch, Id *ret_code);
MUST_USE Err enrolment_code_hash(Id code, Hash *ret_hash);
/* A new code, as text for paper and as the row to store. */
MUST_USE Err enrolment_code_new(Service *service, Id person, int64_t now, Arena *scratch, EnrolmentCode *ret_code,
                                EnrolmentRow *ret_row);

/* The act that giving or ending a role is, and how the actor stands to a unit (people_appoint.c). */
Act people_act_of(Role role);
Relation people_relation(const Actor *actor, Id unit);

#endif
