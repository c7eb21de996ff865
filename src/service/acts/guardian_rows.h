/* Guardians and participants on their way into a log: account, participation, consent; sealed, not yet written.
 * Must not write anything outside the work that it is given.
 * Called by create.c, guardian.c, actor.c and child.c. */
#ifndef SERVICE_ACTS_GUARDIAN_ROWS_H
#define SERVICE_ACTS_GUARDIAN_ROWS_H

#include "domain/lifecycle.h"
#include "service/log/keys.h"
#include "service/people/account.h"

typedef struct NewGuardian {
    Values values;  /* KIND_GUARDIAN */
    Values consent; /* KIND_CONSENT: method, date, witness, expiry; valid from-to */
    Str paper;      /* hexadecimal SHA-256 of their own; empty: the family's, where there is one */
    Id account;     /* of one who signed in to consent, and needs no code; none: found by the number, or made */
} NewGuardian;

typedef struct NewDocument {
    Str bytes;      /* 1 .. 10 MiB; empty when consent was oral */
    uint8_t media;  /* PDF, JPEG or PNG, from its first bytes */
} NewDocument;

/* The same on its way into a log: sealed, with the hash that the consent names. */
typedef struct LogPaper {
    DocumentRow row; /* of no bytes when there is none */
    Str hash;        /* hexadecimal SHA-256 of the plain document, or empty */
} LogPaper;

typedef struct GuardianCode {
    Str name;
    char code[48];  /* enrolment code, also for somebody who has an account: nobody learns that from a slip */
} GuardianCode;

#define LOG_UNITS_MAX 60

/* A guardian and their consent, sealed and ready for a work. */
typedef struct LogGuardian {
    FamilyAccount account;
    ParticipantRow participant;
    ConsentRow consent;
    ConsentUnitRow units[LOG_UNITS_MAX + 1];
    uint32_t unit_count;
} LogGuardian;

/* Where a guardian is put and by whom, and what the consent names. */
typedef struct LogFamily {
    const Actor *actor; /* who adds them; NULL when a consent alone is made */
    const LogKeys *keys;
    const Id *units;
    uint32_t unit_count;
    unsigned consent_months; /* how long a consent may hold: a setting */
    int64_t log_no;     /* 0: the log is about to be made */
    Str document_hash;  /* hexadecimal SHA-256 of the plain document, or empty */
} LogFamily;

/* What a consent names: the unit that has the log always takes part, the others must be there. */
typedef struct NamedUnits {
    Id own;
    IdList others;
    bool drop_closed; /* nobody chose them now: one that has closed since goes out */
} NamedUnits;
/* All of them, each other once, the own first. Errors: E_INVALID (too many, none such, closed), those of the store. */
MUST_USE Err log_named_units(Tx *tx, const NamedUnits *named, Arena *keep, IdList *ret_units);

/* Errors: E_MALFORMED, E_MODE (the national id); E_INVALID; those of keys. */
MUST_USE Err log_guardian_make(Service *service, const LogFamily *family, const NewGuardian *guardian, Arena *keep,
                               LogGuardian *ret_guardian);
/* Their consent alone, for the participant that stands in *made: what log_guardian_make makes last. Errors: E_INVALID when it
 * holds longer than the municipality allows. */
MUST_USE Err log_guardian_consent(Service *service, const LogFamily *family, const NewGuardian *guardian, Arena *keep,
                                  LogGuardian *made);
/* Errors: those of keys. */
MUST_USE Err log_paper_make(Service *service, const LogKeys *keys, const NewDocument *document, Arena *keep, LogPaper *ret_paper);
/* In a work. */
MUST_USE Err log_paper_put(Tx *tx, int64_t log_no, const LogPaper *paper);
/* In a work. Errors: E_STALE when an account for the same national id appeared meanwhile. */
MUST_USE Err log_guardian_put(Tx *tx, const Giver *giver, const LogGuardian *guardian, Arena *scratch);
/* A participant's sealed row, KIND_PARTICIPANT: name, unit and the day of beginning. The row's plain columns are set. */
MUST_USE Err log_participant_seal(const LogKeys *keys, Str name, Arena *keep, ParticipantRow *row);
/* The row of a participation that ends now, sealed for its next version. Errors: E_FORGED. */
MUST_USE Err log_participant_over(const LogKeys *keys, const ParticipantRow *row, int64_t now, Arena *keep, ParticipantRow *ret_row);
/* The same beside the row as it was, which is kept where it stands: for places that change together. */
MUST_USE Err log_place_end(const LogKeys *keys, const ParticipantRow *row, int64_t now, Arena *keep, PlaceEnd *ret_end);
MUST_USE Err log_id_text(Id id, Arena *keep, Str *ret_text);
MUST_USE Err log_day_text(Day day, Arena *keep, Str *ret_text);

#endif
