/* What the parts of the log service share: the keys of one log, sealing in its place, and who stands how to it.
 * Must not be included outside service/log_*.c and their tests.
 * Rules: settled 2, 3, 15; 2-lifecycle. */
#ifndef SERVICE_LOG_PRIV_H
#define SERVICE_LOG_PRIV_H

#include "domain/lifecycle.h"
#include "domain/settings.h"
#include "service/log.h"
#include "service/people_family.h"
#include "service/unit_names.h"

/* ---- keys and sealing (log_seal.c) ---- */

/* One log open for one request. Declare it AUTO(log_keys_wipe): the keys die with the scope. */
typedef struct LogKeys {
    const Crypto *crypto;
    Mode mode;
    Id tenant;
    Id log;
    Key entry, header, document, head;
} LogKeys;

void log_keys_wipe(LogKeys *keys);
/* Derives the sub-keys from the log's scope key. Errors: E_CRYPTO. */
MUST_USE Err log_keys_derive(const Crypto *crypto, Mode mode, Id tenant, Id log, const Key *scope, LogKeys *ret_keys);

/* Where a sealed value of a log stands. */
typedef struct LogPlace {
    SealTable table;
    SealColumn column;
    Id row;
    uint32_t version;
} LogPlace;

/* Seals the canonical encoding of values under the sub-key of its place; *ret_sealed lives in keep.
 * Errors: E_TOO_LARGE, E_NO_MEMORY, E_CRYPTO. */
MUST_USE Err log_seal(const LogKeys *keys, LogPlace place, const Values *values, Arena *keep, Str *ret_sealed);
/* Opens it again; the kind must be the one expected there.
 * Errors: E_FORGED for anything that was not sealed by us, for this place, as this kind. */
MUST_USE Err log_unseal(const LogKeys *keys, LogPlace place, KindId kind, Str sealed, Arena *keep, Values *ret_values);
/* A consent document, under the document sub-key. version is 1: a document is never changed. */
MUST_USE Err log_seal_document(const LogKeys *keys, Id row, Str bytes, Arena *keep, Str *ret_sealed);
MUST_USE Err log_unseal_document(const LogKeys *keys, Id row, Str sealed, Arena *keep, Str *ret_bytes);

/* The log's head: HMAC over log id, number of rows and the store's digest of all of them (settled 3). */
MUST_USE Err log_head(const LogKeys *keys, const Hash *digest, uint32_t rows, Hash *ret_head);
/* Errors: E_FORGED when head is not what digest and rows give. */
MUST_USE Err log_head_check(const LogKeys *keys, const Hash *digest, uint32_t rows, const Hash *head);

/* ---- who asks (log_access.c) ---- */

/* The municipality's settings that a decision about a log needs. */
typedef struct LogSettings {
    unsigned grace_days;
    bool guardians_write;
    bool print_on;
    unsigned inactivity_months;
    int consent_age;
    unsigned consent_months;
} LogSettings;

/* The question to the policy, from plain columns alone. FLAG_OF_AGE needs the birth date, which is sealed: whoever has
 * opened the log adds age_flags and asks again before showing anything.
 * Consents: valid_to is the first UTC ms at which a consent no longer holds; of several of one person the newest counts,
 * and none of a guardian whose participation has ended.
 * An actor whose unit a valid consent no longer names is as one whose participation has ended (scenario 11).
 * Errors: E_NO_MEMORY. */
MUST_USE Err log_ask(const LogStanding *standing, const Actor *actor, const LogSettings *settings, Act act, Opening opening,
                     Arena *scratch, Ask *ret_ask);

/* The municipality's settings as they stand in this snapshot or work. Errors: E_RANGE for a stored text that no rule allows. */
MUST_USE Err log_settings(Tx *tx, Arena *scratch, LogSettings *ret_settings);

/* ---- the way in (log_enter.c) ---- */

/* What a caller wants with a log. */
typedef struct LogWish {
    Id log;
    Act act;
    Opening opening;
    Purpose purpose;   /* what the key is asked for */
    Flags flags;       /* what only the caller knows: FLAG_OWN and the like */
    Id unit;           /* FLAG_IN_CONSENT is about this unit; none: the actor's own */
    bool page;         /* with what a page shows beside the log */
} LogWish;

/* What a page shows beside the log, from the same snapshot. */
typedef struct LogBeside {
    UnitNames units;   /* of the log, its people and its consents; not opened */
    AuditRows seen;    /* the newest openings before this one */
    uint32_t drafts;   /* of the caller */
} LogBeside;

/* One log read for one act: permitted, its key here, its head good. Nothing of it has been shown yet: its line is missing.
 * Declare it AUTO(log_entered_wipe). */
typedef struct LogEntered {
    LogWish wish;      /* with the flags that the content gave (FLAG_OF_AGE) */
    LogSettings settings;
    LogStanding standing;
    Ask ask;
    Permit permit;
    LogContent content;
    LogBeside beside;  /* when it was wished for */
    Values child;      /* newest KIND_CHILD */
    LogKeys keys;
} LogEntered;

void log_entered_wipe(LogEntered *entered);

/* Decides from the rows of this snapshot or work. *ret_why WHY_ALLOWED: ret_permit is made. An absent log is answered
 * WHY_NO_RELATION with the same statements as one that is forbidden. ret_ask as it was asked. */
MUST_USE Err log_decide(Tx *tx, const Actor *actor, const LogWish *wish, Arena *scratch, LogStanding *ret_standing,
                        Ask *ret_ask, Permit *ret_permit, Why *ret_why);

/* Reads a log for an act. Refusals have their line already. *ret_why is set whenever the policy was asked.
 * One refusal has no line yet: WHY_STUB for ACT_LOG_READ, where the stub is shown instead and has its own.
 * Errors: E_NOT_FOUND, E_FORBIDDEN, E_INVALID (a reason is needed), E_FORGED (the log is held now), E_HELD (it was held
 * before, and the asker may know that it exists), those of keys. */
MUST_USE Err log_enter(Service *service, const Actor *actor, const LogWish *wish, Arena *keep, Why *ret_why,
                       LogEntered *ret_entered);

/* The refusal's line, and the error that tells no more than the asker may know. */
MUST_USE Err log_refuse(const Actor *actor, const LogWish *wish, Why why, const Ask *ask);

/* Closes a log whose rows are not what was written, with its line (settled 3): a log that is held already stays so. */
MUST_USE Err log_hold(const Actor *actor, Id log);

/* The durable line of a reading: decides once more in the work, from rows of that moment. */
MUST_USE Err log_read_line(const Actor *actor, const LogEntered *entered, Arena *scratch, uint32_t amount);

/* ---- the rows of an entered log, opened (log_rows.c) ---- */

/* One version, without its author's name. Errors: E_FORGED. */
MUST_USE Err log_open_entry(const LogKeys *keys, const EntryRow *row, Arena *keep, LogEntry *ret_entry);
/* Whether the caller may see where the family is reached: an act of its own (2-lifecycle, protected addresses). */
bool log_shows_address(const LogEntered *entered);
/* Empties the fields of a child or a guardian that tell where they are reached. */
void log_hide_address(Values *values);
/* The newest version of each entry, in the order in which they were first written, with names. */
MUST_USE Err log_open_entries(const LogEntered *entered, const LogPerson *people, uint32_t people_count, Arena *keep,
                              LogEntry **ret_entries, uint32_t *ret_count);
/* Present participants first, then former; by role: the holder, staff, guardians, the child. */
MUST_USE Err log_open_people(const LogEntered *entered, int64_t now, Arena *keep, LogPerson **ret_people, uint32_t *ret_count);
MUST_USE Err log_open_consents(const LogEntered *entered, const LogPerson *people, uint32_t people_count, Arena *keep,
                               LogConsent **ret_consents, uint32_t *ret_count);
/* Fills in who wrote it. */
void log_name_author(LogEntry *entry, const LogPerson *people, uint32_t count);
/* Plain columns, and the opened header where there is one. Errors: E_FORGED. */
MUST_USE Err log_summary(const LogRow *log, const Values *header, Role relation, LogSummary *ret_summary);

/* The newest openings, for a page that shows a few. */
MUST_USE Err log_seen_read(Tx *tx, Id log, Arena *keep, AuditRows *ret_rows);
/* The same with names, behind this opening, whose line is durable already. */
MUST_USE Err log_seen_newest(Service *service, const Actor *actor, const LogEntered *entered, Arena *keep, LogView *view);

/* The child's participation: one that runs, else one that has ended; NULL when the child was never let in (log_child.c). */
const ParticipantRow *log_child_row(const LogEntered *entered);
/* Whether an active log lives on the consent of this participant: it closes when they leave (log_guardian_end.c). */
bool log_rests_on(const LogEntered *entered, Id participant);

/* ---- writing (log_write.c) ---- */

/* One change in an entered log. change is called in the work, after it was decided again and the rows were found to be
 * those whose head was checked; it may use store verbs only. */
typedef struct LogChange {
    const LogEntered *entered;
    Err (*change)(Tx *tx, void *context);
    void *context;
    const Values *header;  /* NULL: the header stays */
    int64_t wake_on;
    Act also;              /* what follows from it in the same work and has a line of its own, or ACT_NONE */
} LogChange;

/* Carries it out with its line and the new head. *ret_moved: somebody else wrote in between, nothing was changed (E_STALE);
 * enter the log anew and try again. */
MUST_USE Err log_change(const Actor *actor, const LogChange *change, Arena *scratch, bool *ret_moved);
/* A change that follows from what stands in the log: prepared from the entered log, tried anew when somebody else wrote
 * in between. prepare refuses with an Err, and may bring wake_on forward; scratch lives until the change is carried out. */
typedef struct LogTask {
    LogWish wish;
    Err (*prepare)(void *self, const LogEntered *entered, Arena *scratch, int64_t *wake_on);
    Err (*change)(Tx *tx, void *self);
    void *self;
    const Act *also;   /* as prepare has left it; NULL: nothing follows */
} LogTask;
/* *ret_why as log_enter gives it. Errors: those of log_enter and prepare; E_BUSY when it was overtaken again and again. */
MUST_USE Err log_carry_out(Service *service, const Actor *actor, const LogTask *task, Why *ret_why);

/* The next day on which a rule must look at this log, as it stands. */
int64_t log_wake_of(const LogEntered *entered, const Actor *actor);

/* How often a writer that was overtaken tries again. */
#define LOG_TRIES 8

/* The first day, as UTC ms, on which a rule must look at the log: 30 days before a consent ends or its end, inactivity,
 * 90 days before the child is 18 (rounded down to the first of the month: settled 20). */
int64_t log_wake(const LogSettings *settings, int64_t now, int64_t consent_to, Str birth_date);

/* ---- consents and guardians on their way into a log (log_family.c) ---- */

#define LOG_UNITS_MAX 60

/* A guardian and their consent, sealed and ready for a work. */
typedef struct LogGuardian {
    FamilyAccount account;
    ParticipantRow participant;
    ConsentRow consent;
    ConsentUnitRow units[LOG_UNITS_MAX + 1];
    uint32_t unit_count;
} LogGuardian;

/* Where a guardian is put, and what the consent names. */
typedef struct LogFamily {
    const LogKeys *keys;
    const Id *units;
    uint32_t unit_count;
    unsigned consent_months; /* how long a consent may hold: of LogSettings */
    Str document_hash;  /* hexadecimal SHA-256 of the plain document, or empty */
} LogFamily;

/* The days of a consent as the law's question. Errors: E_INVALID. */
MUST_USE Err log_consent_of(const Values *values, Consent *ret_consent);
/* Errors: E_MALFORMED, E_MODE (the national id); E_INVALID; those of keys. */
MUST_USE Err log_guardian_make(Service *service, const Actor *actor, const LogFamily *family, const NewGuardian *guardian,
                               Arena *keep, LogGuardian *ret_guardian);
/* In a work. Errors: E_STALE when an account for the same national id appeared meanwhile. */
MUST_USE Err log_guardian_put(Tx *tx, int64_t log_no, const LogGuardian *guardian, Arena *scratch);
/* A participant's sealed row, KIND_PARTICIPANT: name, unit and the day of beginning. The row's plain columns are set. */
MUST_USE Err log_participant_seal(const LogKeys *keys, Str name, Arena *keep, ParticipantRow *row);
void log_set(Values *values, const char *name, Str text);
MUST_USE Err log_id_text(Id id, Arena *keep, Str *ret_text);
MUST_USE Err log_day_text(Day day, Arena *keep, Str *ret_text);

/* ---- the child's details (log_details.c) ---- */

/* A log on its way to being found by its child's number. */
typedef struct LogFound {
    Id log;
    Str index;                 /* blind, or empty: then nothing is looked for */
    Id notices[LOG_UNITS_MAX]; /* ids for the inboxes of the municipality's administrators */
} LogFound;

MUST_USE Err log_found_make(Service *service, Id log, Str index, LogFound *ret_found);
/* In a work. A second log for one child is written without a word to its holder; the administrators look at it (settled 13). */
MUST_USE Err log_tell_of_double(Tx *tx, const Actor *actor, const LogFound *found, Arena *scratch);

/* The child's entry on its way to a new version, and what follows from it. */
typedef struct LogDetails {
    Values values;             /* whole: with the number that was kept */
    bool has_scope;            /* the log is found by another number from now on */
    ScopeKeyRow scope;
    LogFound found;
    bool has_participant;      /* the child takes part, under another name from now on */
    ParticipantRow participant;
} LogDetails;

/* typed: KIND_CHILD; without a number the one that stands is kept. What it holds lives in keep.
 * Errors: E_FORBIDDEN for whoever does not see the address; E_MALFORMED, E_MODE (the number); E_INVALID (no name; a number
 * that a guardian has; another number for a child who was let in by the former); those of keys. */
MUST_USE Err log_details_make(Service *service, const Actor *actor, const LogEntered *entered, const Values *typed, Arena *keep,
                              LogDetails *ret_details);
/* In a work, beside the entry. Errors: E_STALE when the log's key was wrapped anew meanwhile. */
MUST_USE Err log_details_put(Tx *tx, const Actor *actor, const LogDetails *details, Arena *scratch);

/* ---- what entries refer to (log_refs.c) ---- */

/* What is already in a log, as far as an entry may refer to it. */
typedef struct LogTargets {
    EntryRows entries; /* all versions */
    ParticipantRows participants;
    int64_t now;
} LogTargets;

/* Every reference in values stands in the same log: entries (by the id of their first version) that are not removed and
 * of the kind that the field is named after, and participants (by participant id); who is made responsible takes part
 * now. Errors: E_INVALID. */
MUST_USE Err log_refs_check(const Values *values, const LogTargets *targets);

/* The newest version of an entry, or NULL. entry is the id of its first version. */
const EntryRow *log_newest(const EntryRows *entries, Id entry);

/* The act that writing this kind asks for; ACT_NONE for kinds that are not written as entries. answers: the writer
 * answers for the measure that is evaluated. */
Act log_write_act(KindId kind, bool answers);
/* True when participant stands among the responsible persons of a measure. */
bool log_answers_for(const Values *measure, Id participant);

/* ---- the header (log_header.c) ---- */

/* The newest version of one entry, opened. */
typedef struct LogOpened {
    Values values;
    bool removed;
} LogOpened;

/* The header of a log, from its entries in the order of writing: the child's name, the newest level, the next step. That
 * is the planned or running measure, or the coming meeting, that is due first. A measure past its deadline stays first
 * until it is dealt with; a meeting that is over does not. The texts live in the entries or in keep.
 * Errors: E_INVALID without a child. */
MUST_USE Err log_header_make(const LogOpened *entries, uint32_t count, Day today, Arena *keep, Values *ret_header);

#endif
