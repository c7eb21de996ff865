/* The databases in verbs of the domain: one per municipality and one of the host, each read in snapshots and written in turn.
 * Must not open anything sealed, decide a right, read a clock, or show SQL to anyone.
 * Called by service, jobs, cube and cli; built in main, which chooses the driver.
 *
 * Rules for every function here
 *   - Times come from the caller. Text and bytes read live in `keep`. Outputs are untouched on failure.
 *   - A Tx from store_read reads one snapshot; only the Tx given to a work of store_write may also write
 *     (else E_INTERNAL).
 *   - E_NOT_FOUND: no such row. E_STALE: the row's version (or access_version) has moved on.
 *     E_DUPLICATE: a unique value exists already; the work may go on and try another.
 *   - What could be anybody's content takes a Permit and gives rows of that Permit's log only: no permit, no rows
 *     (E_FORBIDDEN). */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/world.h"
#include "store/rows.h"

typedef struct Driver Driver;   /* sqlite_driver() or postgres_driver(); chosen in main */
typedef struct Stores Stores;   /* all databases of one installation */
typedef struct Store Store;     /* one database; owned by its Stores */
typedef struct Tx Tx;           /* a snapshot, or a work's savepoint */
typedef struct Permit Permit;   /* domain/policy/permit.h */
typedef struct LedgerWatch LedgerWatch; /* store/ledger/file.h */

/* ================================ registry ================================ */

/* What a row that gives power carries with it: a MAC over its digest, under a key that no database has. Without it whoever can
 * write the database could sign in as anybody. */
typedef struct Prover {
    Err (*prove)(void *self, Id tenant, const Hash *digest, Hash *ret_proof);
    void *self;           /* outlives the Stores */
} Prover;

typedef struct StoresOptions {
    const Driver *driver;
    Str place;            /* SQLite: a data folder that exists. PostgreSQL: a connection string. */
    const World *world;   /* when a migration was run; outlives the Stores */
    Prover prover;        /* safe for all threads; its error is that of whoever reads or writes such a row */
    const char *ledger[2]; /* the file of what ended, and a second place for it (docs/rules/deletion.md 10); NULL: there is none */
    uint16_t writer;      /* this host's writer id in the audit chain; 0 where there is one host */
    uint32_t readers;     /* connections for reading over all databases, at most 512; 0 means as many as the driver and the handles allow */
} StoresOptions;

/* Opens the host's database, creates it where there is none, migrates it, and starts the writer's thread.
 * Errors: E_SCHEMA when a database is newer than this program, E_STORE, E_DISK_FULL, E_NO_MEMORY. */
MUST_USE Err stores_open(const StoresOptions *options, Stores **ret_stores);

/* The databases as they are, through read-only connections, beside the process that writes: nothing is created, migrated
 * or locked. store_write and stores_create give E_INTERNAL. Errors: E_NOT_FOUND (no host's database), E_SCHEMA (a
 * database is not of this program's version), E_STORE, E_NO_MEMORY. */
MUST_USE Err stores_open_reading(const StoresOptions *options, Stores **ret_stores);

/* Lets waiting works finish, closes every database. No Tx may be open. stores_close(NULL) is fine. */
void stores_close(Stores *stores);
void stores_closep(Stores **stores);

/* Makes a municipality's empty database. Errors: E_DUPLICATE. */
MUST_USE Err stores_create(Stores *stores, Id tenant);

/* A municipality's database, opened and migrated on first use. Errors: E_NOT_FOUND, E_SCHEMA. */
MUST_USE Err store_of(Stores *stores, Id tenant, Store **ret_store);
Store *store_host(Stores *stores);

/* ================================ writing and reading ================================ */

/* Runs work on the writer's thread, in a savepoint from its first change on, and returns when its transaction is durable.
 * Works of many callers share one commit. An Err of work undoes what this work did, and is returned.
 * A work that changed rows and wrote no audit line is undone: E_INTERNAL. A work must not call store_write or
 * store_read, wait, or do anything but compute and call this header.
 * Errors: work's; E_BUSY when too much waits; E_DISK_FULL, E_STORE: nothing was written; E_UNKNOWN_OUTCOME: ask
 * store_request_known before trying again with the same request id. */
MUST_USE Err store_write(Store *store, Err (*work)(Tx *tx, void *context), void *context);

/* A snapshot for one thread. Keep it short: it holds a connection of the pool.
 * Errors: E_BUSY when every connection was in use for 10 seconds. store_read_end(NULL) is fine; store_read_endp leaves NULL. */
MUST_USE Err store_read(Store *store, Tx **ret_tx);
/* What is asked next is the snapshot's last question, and ends it. Whatever is asked after that sees a later moment. */
void store_read_last(Tx *tx);
/* What several servers of one database do one after the other: until the snapshot is ended no other server is here in it. Nothing is
 * read in it: another one, begun afterwards, shows all that they did. *ret_tx is NULL where one process alone has the database, which
 * sees to it by itself. Errors: as store_read; E_STORE when another server has been at it for 10 seconds. */
MUST_USE Err store_read_alone(Store *store, Tx **ret_tx);
void store_read_end(Tx *tx);
void store_read_endp(Tx **tx);

/* ================================ audit ================================ */

/* Adds a line to the work's end of the chain. Everything the work changes hangs on its first line.
 * Lines are numbered, chained and stored when the work ends. A refusal's or a reading's line is a work of its own. */
MUST_USE Err store_audit(Tx *tx, const AuditLine *line);

/* True when a line of ours with this request id is stored: the act happened, although its answer was lost. */
MUST_USE Err store_request_known(Tx *tx, Id request, bool *ret_known);

/* Bit n set means act n is wanted, 256 acts. */
typedef struct ActSet {
    uint64_t bits[4];
} ActSet;
/* Lines, newest first. */
typedef struct AuditPage {
    Id of;                /* an object, or a person */
    const ActSet *acts;   /* of an object: which are wanted */
    int64_t before_seq;   /* older than this one; 0: from the newest */
    uint32_t max;         /* 1..500 */
} AuditPage;
/* Lines about one object. */
MUST_USE Err store_audit_of_object(Tx *tx, const AuditPage *page, Arena *keep, AuditRows *ret_rows);
/* The same, of acts that were carried out only: however often somebody is refused, the memory and the number of statements
 * stay those of one page. */
MUST_USE Err store_audit_seen(Tx *tx, const AuditPage *page, Arena *keep, AuditRows *ret_rows);
/* Of those that tell how a person's account was taken into use the newest that was carried out and the newest that was refused,
 * newest first: however often somebody tries, the other is found. Errors: E_FORGED when one of them is not ours. */
MUST_USE Err store_audit_enrolments(Tx *tx, Id person, Arena *keep, AuditRows *ret_rows);
/* Lines of one person's acts, of every kind. */
MUST_USE Err store_audit_of_person(Tx *tx, const AuditPage *page, Arena *keep, AuditRows *ret_rows);
MUST_USE Err store_audit_all(Tx *tx, int64_t before_seq, uint32_t max, Arena *keep, AuditRows *ret_rows);

/* The newest line of this host's chain. *ret_seq 0 and zeros while the chain is empty. */
MUST_USE Err store_audit_head(Tx *tx, int64_t *ret_seq, Hash *ret_hash);

/* Where all chains of a database stand: what keyd signs. size 0: no line was ever written. */
typedef struct StoreHead {
    int64_t seq;    /* newest line of this host's chain, and its hash */
    Hash hash;
    uint64_t size;  /* lines of all chains together; lines that were cut off at their age count */
    Hash root;      /* over covers */
    Str covers;
} StoreHead;
/* Errors: E_FORGED for a line without a hash. */
MUST_USE Err store_head(Tx *tx, Arena *keep, StoreHead *ret_head);
/* The ledger has all that ended in this database up to now. Asked before the snapshot in which a head is read, so that a head is
 * never told over a ledger that has still to be caught up with. Errors: those of store_write. */
MUST_USE Err store_record(Store *store);
/* Every line of the ledger in order; none where there is no ledger. Errors: E_FORGED, after the last good line. */
MUST_USE Err store_ledger_each(Stores *stores, const LedgerWatch *watch);
MUST_USE Err store_head_signature_insert(Tx *tx, const HeadSignatureRow *row);
MUST_USE Err store_head_signature_newest(Tx *tx, Arena *keep, HeadSignatureRow *ret_row);

/* ================================ settings, units, people ================================ */

MUST_USE Err store_setting(Tx *tx, Str name, Arena *keep, SettingRow *ret_row);
MUST_USE Err store_settings(Tx *tx, Arena *keep, SettingRows *ret_rows);
/* version: the one read, 0 for a new setting. Errors: E_STALE. */
MUST_USE Err store_setting_put(Tx *tx, Str name, Str value, uint32_t version);

MUST_USE Err store_unit_insert(Tx *tx, const UnitRow *row);
/* row->version is the one read; stored is version + 1. Errors: E_STALE. */
MUST_USE Err store_unit_update(Tx *tx, const UnitRow *row);
MUST_USE Err store_unit_by_id(Tx *tx, Id id, Arena *keep, UnitRow *ret_row);
MUST_USE Err store_units(Tx *tx, Arena *keep, UnitRows *ret_rows);

/* Errors: E_DUPLICATE for a login_index in use. */
MUST_USE Err store_person_insert(Tx *tx, const PersonRow *row);
/* Errors: E_STALE, E_DUPLICATE. */
MUST_USE Err store_person_update(Tx *tx, const PersonRow *row);
/* The account and its roles, sessions, drafts, inbox and enrolments are gone. roles: all of theirs, as this work has read them; NULL:
 * it reads them. Errors: E_NOT_FOUND. */
MUST_USE Err store_person_delete(Tx *tx, Id id, const RoleRows *roles);
MUST_USE Err store_person_by_id(Tx *tx, Id id, Arena *keep, PersonRow *ret_row);
MUST_USE Err store_person_by_login(Tx *tx, Str login_index, Arena *keep, PersonRow *ret_row);
/* Persons with a role in unit at now. */
MUST_USE Err store_persons_of_unit(Tx *tx, Id unit, int64_t now, Arena *keep, PersonRows *ret_rows);
/* All persons, in the order of their ids, after `after` (none: from the start), at most max. */
MUST_USE Err store_persons(Tx *tx, Id after, uint32_t max, Arena *keep, PersonRows *ret_rows);
/* Accepts a TOTP step once: it must be greater than the last. Errors: E_REPLAYED. */
MUST_USE Err store_person_totp_used(Tx *tx, Id id, int64_t step);

/* A new right: the person's open codes end with it, in whose hands they may be (rules: sign-in 3). */
MUST_USE Err store_role_insert(Tx *tx, const RoleRow *row);
/* A role is never edited, only ended; its sessions go with it. Errors: E_STALE when it has ended already. */
typedef struct GrantRows {
    struct GrantRow {
        Id grant;
    } *items;
    uint32_t count;
} GrantRows;
/* *ret_grants: of those sessions, for the key agent to forget. */
MUST_USE Err store_role_end(Tx *tx, Id id, int64_t to_at, Arena *keep, GrantRows *ret_grants);
MUST_USE Err store_role_by_id(Tx *tx, Id id, RoleRow *ret_row);
/* With those that have ended, oldest first. */
MUST_USE Err store_roles_of_person(Tx *tx, Id person, Arena *keep, RoleRows *ret_rows);
MUST_USE Err store_roles_of_unit(Tx *tx, Id unit, Arena *keep, RoleRows *ret_rows);
/* Everyone who holds this role at now, in any unit. */
MUST_USE Err store_roles_held(Tx *tx, uint8_t role, int64_t now, Arena *keep, RoleRows *ret_rows);
/* Every role of now that a log of this unit is under: the administrators', and the unit's managers'. Of nobody else there a row is read:
 * a night asks this for each log. */
MUST_USE Err store_roles_over_log(Tx *tx, Id unit, int64_t now, Arena *keep, RoleRows *ret_rows);

/* All roles and places in logs of one person, with those that have ended, oldest first; of places the plain columns. */
typedef struct PersonRights {
    RoleRows roles;
    ParticipantRows places;
} PersonRights;
/* Exactly those that were given: when one is missing, one too many or a former one, nothing is. Errors: E_NOT_FOUND for somebody who
 * has no account; E_FORGED, told in the log of the process. */
MUST_USE Err store_rights(Tx *tx, Id person, Arena *keep, PersonRights *ret_rights);

MUST_USE Err store_enrolment_insert(Tx *tx, const EnrolmentRow *row);
/* Two at once: the row by which a code is found, and that of one right which it is worth. Errors: E_DUPLICATE. */
MUST_USE Err store_enrolment_insert_both(Tx *tx, const EnrolmentRow *code, const EnrolmentRow *worth);
MUST_USE Err store_enrolment_by_code(Tx *tx, const Hash *code_hash, EnrolmentRow *ret_row);
/* Errors: E_REPLAYED when it was used before. */
MUST_USE Err store_enrolment_use(Tx *tx, const Hash *code_hash, int64_t now);
/* A new code takes the place of all former ones. Deleting what is not there is fine. */
MUST_USE Err store_enrolments_delete_of_person(Tx *tx, Id person);

/* ================================ volatile: no audit line asked ================================ */

MUST_USE Err store_session_insert(Tx *tx, const SessionRow *row);
MUST_USE Err store_session_by_token(Tx *tx, const Hash *token_hash, Arena *keep, SessionRow *ret_row);
MUST_USE Err store_sessions_of_person(Tx *tx, Id person, Arena *keep, SessionRows *ret_rows);
MUST_USE Err store_session_touch(Tx *tx, const Hash *token_hash, int64_t now);
/* An empty key ends the wizard. */
MUST_USE Err store_session_wizard(Tx *tx, const Hash *token_hash, Str wizard_key);
/* It goes on as another one, or is ended by its person: it must be there. Form keys outlive the session: a replayed form gets its
 * first answer. Errors: E_NOT_FOUND. */
MUST_USE Err store_session_take(Tx *tx, const Hash *token_hash);
MUST_USE Err store_sessions_delete_of_person(Tx *tx, Id person);

/* Claims a form's key for the work in hand, with its answer where that is known already.
 * Errors: E_REPLAYED (then read its first answer). */
MUST_USE Err store_form_claim(Tx *tx, const FormKeyRow *row);
MUST_USE Err store_form_answer(Tx *tx, const Hash *hash, Str location, uint16_t status);
MUST_USE Err store_form_by_hash(Tx *tx, const Hash *hash, Arena *keep, FormKeyRow *ret_row);

/* One draft per log, person, kind and entry; the newest replaces the former (which keeps its id: *ret_id). */
MUST_USE Err store_draft_put(Tx *tx, const DraftRow *row, Id *ret_id);
MUST_USE Err store_drafts(Tx *tx, const Permit *permit, Arena *keep, DraftRows *ret_rows); /* the permit's person's own */
MUST_USE Err store_draft_delete(Tx *tx, int64_t log_no, Id person, uint16_t kind, Id entry);

MUST_USE Err store_backoff(Tx *tx, Id key, BackoffRow *ret_row); /* zeros when there is none */
MUST_USE Err store_backoff_put(Tx *tx, const BackoffRow *row);
MUST_USE Err store_backoff_clear(Tx *tx, Id key);

/* ================================ keys ================================ */

/* Errors: E_BUSY when the epoch that it is wrapped under is not the newest any more: wrap it again. */
MUST_USE Err store_scope_insert(Tx *tx, const ScopeKeyRow *row);
MUST_USE Err store_scope(Tx *tx, Id scope, Arena *keep, ScopeKeyRow *ret_row);
/* Scopes that are found there; none is an empty list. Errors: E_FORGED for one that was not written here. */
MUST_USE Err store_scopes_by_index(Tx *tx, const ScopeIndex *index, Arena *keep, ScopeKeyRows *ret_rows);
/* Re-wrapped: epoch, wrapped, blind_index and inner are replaced. Errors: E_STALE; E_BUSY, as for a new one. */
MUST_USE Err store_scope_update(Tx *tx, const ScopeKeyRow *row);
/* It is noted as store_destroyed does. */
MUST_USE Err store_scope_delete(Tx *tx, Id scope);
/* Something was destroyed of which a disk may keep what a key still opens: the epoch is turned in the next night (rules: keys 5). To be
 * called by what erases a document and keeps its log's key. */
MUST_USE Err store_destroyed(Tx *tx);

/* ================================ logs ================================ */

/* Gives the number: *ret_no. Errors: E_DUPLICATE for a display number in use (draw another). */
MUST_USE Err store_log_insert(Tx *tx, const LogRow *row, int64_t *ret_no);

/* What the policy needs before it can decide; no content, so no permit. header and head stay empty. */
MUST_USE Err store_log_by_id(Tx *tx, Id id, LogRow *ret_row);
MUST_USE Err store_log_by_no(Tx *tx, int64_t no, LogRow *ret_row);
/* By the number that people see. */
MUST_USE Err store_log_by_display(Tx *tx, uint32_t display, LogRow *ret_row);

/* Changes state, flags, unit, holder, wake_on, closed_reason, passive_at; access_version grows by one.
 * Errors: E_STALE when row->access_version is not the stored one. */
MUST_USE Err store_log_update(Tx *tx, const LogRow *row);
/* Puts a flag into the row of a log that is forged. Where that row itself is not what the newest line of a change left, or that
 * line is not ours, the change does not stand in the chain: verify goes on to name it. */
MUST_USE Err store_log_hold(Tx *tx, const LogRow *row, uint64_t flag);
/* Of a log that is held: a consent is withdrawn, which is always taken, and the log's own row is this one from now on, in the chain
 * as above; its head is not renewed. Errors: E_STALE when it was withdrawn before, or is of another log. */
MUST_USE Err store_log_withdraw_held(Tx *tx, const LogRow *row, Id consent, int64_t at);
/* The last write of every work that touched the log. */
MUST_USE Err store_log_head_put(Tx *tx, int64_t no, const Hash *head);

/* Logs with headers, newest activity first. */
typedef struct LogPage {
    int64_t now;            /* of a person: who takes part at this time */
    int64_t left_since;     /* and whoever has left after this time; 0: nobody */
    Id unit;                /* of a unit: which */
    const LogRow *before;   /* the last row of the page before, or NULL */
    uint32_t max;           /* 1..500 */
} LogPage;
/* Logs in which the permit's person takes part or which they hold. The work grows with their own logs only. */
MUST_USE Err store_logs_of_person(Tx *tx, const Permit *permit, const LogPage *page, Arena *keep, LogRows *ret_rows);
/* Logs owned by a unit. */
MUST_USE Err store_logs_of_unit(Tx *tx, const Permit *permit, const LogPage *page, Arena *keep, LogRows *ret_rows);
/* Logs whose wake_on is at or before day, in the order of wake_on and number; without headers (jobs). The work grows with those
 * that are due. */
typedef struct WakingPage {
    int64_t day;
    int64_t after_wake;   /* of the last row of the page before; 0: from the start */
    int64_t after_no;
    uint32_t max;         /* 1..500 */
} WakingPage;
MUST_USE Err store_logs_waking(Tx *tx, const WakingPage *page, Arena *keep, LogRows *ret_rows);
/* Number of logs per state of a unit (none: of all units). counts has 8 places. */
MUST_USE Err store_logs_count(Tx *tx, Id unit, uint32_t ret_counts[static 8]);

/* What the policy needs to know about one person and one log: the person's participations, everybody's that have an end, and
 * every consent with the units it names. Plain columns only (sealed is empty). */
typedef struct LogStanding {
    LogRow log;
    ParticipantRows own;
    ParticipantRows gone;           /* of anybody: ended, or with an end to come; and the child's */
    ConsentRows consents;
    ConsentUnitRows consent_units;
    TransferRows transfers;         /* the newest first; only where the service asks for them (service/log/ask.h) */
    bool forged;                    /* it is not what this service wrote last, or the log is held: nothing is opened by it */
    int64_t unheld_since;           /* when the holder's role ended; 0: it has not. Who gains by it asks store_rights: no proof was */
} LogStanding;

/* What one row adds to the digest of its log, as it is hashed. */
typedef struct RowMark {
    uint8_t table;
    Id id;
    Hash digest;
} RowMark;
typedef struct RowMarks {
    RowMark *items;
    uint32_t count;
} RowMarks;
/* Those of a whole log, in the order of the digest. Rows of entries are never changed, only added. */
typedef struct LogMarks {
    RowMark log;
    RowMarks entries;
    RowMarks rest;   /* people, consents and documents */
} LogMarks;

/* Everything in the permit's log, in one scan, with the digest that its head is made of.
 * Service checks the head before it opens a single row. */
typedef struct LogContent {
    LogRow log;                     /* with header and head */
    EntryRows entries;              /* all versions, in order of writing */
    ParticipantRows participants;   /* with those that have ended */
    ConsentRows consents;
    ConsentUnitRows consent_units;
    DocumentRows documents;         /* without their bytes */
    Hash digest;
    uint32_t rows;                  /* number of rows under the digest */
    ScopeKeyRow scope;              /* the log's key; zeros when there is none */
    LogMarks marks;                 /* of which the digest was made */
} LogContent;
MUST_USE Err store_log_content(Tx *tx, const Permit *permit, Arena *keep, LogContent *ret_content);

/* The digest alone: SHA-256 over all tracked rows of the log in canonical order, its own columns without head.
 * Called in the work, after the last change and before store_log_head_put. */
MUST_USE Err store_log_digest(Tx *tx, int64_t no, Hash *ret_digest, uint32_t *ret_rows);

/* Gives row->no its number from the log. The first version: entry equals id, version 1, no supersedes.
 * A correction: version one more than the newest of entry, supersedes the newest. Errors: E_STALE when another
 * correction came first. Appending never conflicts. */
MUST_USE Err store_entry_append(Tx *tx, const EntryRow *row, int64_t *ret_no);
MUST_USE Err store_entry_by_id(Tx *tx, const Permit *permit, Id id, Arena *keep, EntryRow *ret_row);
/* The id of the newest entry of a kind. Nothing of it is read, so there is no permit: an act that is asked about names it before
 * it is permitted. Errors: E_NOT_FOUND. */
MUST_USE Err store_entry_last(Tx *tx, int64_t log_no, uint16_t kind, Arena *keep, Id *ret_entry);
/* All versions of one entry, oldest first. */
MUST_USE Err store_entry_versions(Tx *tx, const Permit *permit, Id entry, Arena *keep, EntryRows *ret_rows);
/* In order of writing. */
MUST_USE Err store_entries(Tx *tx, const Permit *permit, Arena *keep, EntryRows *ret_rows);

/* access_version of the log grows with each of these. */
/* A new right: the person's open codes end with it. */
MUST_USE Err store_participant_insert(Tx *tx, const ParticipantRow *row);
/* An account that nobody signs in with yet and its first place in a log, which is all that its rights add up to; it has no codes.
 * Errors: E_DUPLICATE. */
MUST_USE Err store_participant_insert_first(Tx *tx, const PersonRow *person, const ParticipantRow *row);
/* A place that ends: as it was read in the log, and with its end and what is sealed for its next version. */
typedef struct PlaceEnd {
    const ParticipantRow *former;
    ParticipantRow over;
} PlaceEnd;
/* Places that end in one work, and one that begins as by store_participant_insert; NULL: none does. */
typedef struct PlaceMoves {
    const PlaceEnd *ends;
    uint32_t end_count;
    const ParticipantRow *begins;
} PlaceMoves;
/* All in a few statements. Errors: E_STALE when a place that ends is not as it was read; E_DUPLICATE. */
MUST_USE Err store_places_move(Tx *tx, const PlaceMoves *moves);
/* Changes to_at, let_in and sealed. Errors: E_STALE. */
MUST_USE Err store_participant_update(Tx *tx, const ParticipantRow *row);
MUST_USE Err store_participants(Tx *tx, const Permit *permit, Arena *keep, ParticipantRows *ret_rows);
/* A person's own participations in all logs, also ended ones; plain columns. */
MUST_USE Err store_participations(Tx *tx, Id person, Arena *keep, ParticipantRows *ret_rows);

/* units: one row each; log_no and consent are set from row. access_version grows. */
MUST_USE Err store_consent_insert(Tx *tx, const ConsentRow *row, const ConsentUnitRow *units, uint32_t unit_count);
/* Both leave what was given as it is: the sealed consent says what it named. access_version grows.
 * Errors: E_STALE when it was withdrawn before. */
MUST_USE Err store_consent_withdraw(Tx *tx, Id id, int64_t at);
/* It names the unit of this row no more. */
MUST_USE Err store_consent_unit_withdraw(Tx *tx, Id row);
MUST_USE Err store_consents(Tx *tx, const Permit *permit, Arena *keep, ConsentRows *ret_rows,
                            ConsentUnitRows *ret_units);

/* row->sealed is at most 11 MiB. */
MUST_USE Err store_document_insert(Tx *tx, const DocumentRow *row);
/* Errors: E_FORGED when the bytes are not those that were stored. */
MUST_USE Err store_document(Tx *tx, const Permit *permit, Id id, Arena *keep, DocumentRow *ret_row);
MUST_USE Err store_documents(Tx *tx, const Permit *permit, Arena *keep, DocumentRows *ret_rows); /* without bytes */

/* ================================ the host's own ================================ */

/* Errors: E_DUPLICATE for a number in use. */
MUST_USE Err store_municipality_insert(Tx *tx, const MunicipalityRow *row);
MUST_USE Err store_municipality_update(Tx *tx, const MunicipalityRow *row); /* Errors: E_STALE */
MUST_USE Err store_municipality_by_id(Tx *tx, Id id, Arena *keep, MunicipalityRow *ret_row);
MUST_USE Err store_municipality_by_number(Tx *tx, Str number, Arena *keep, MunicipalityRow *ret_row);
MUST_USE Err store_municipalities(Tx *tx, Arena *keep, MunicipalityRows *ret_rows); /* by name */

/* ================================ operation ================================ */

/* How often works of this process were committed to one database: grows when something may have been written. */
uint64_t store_commits(Store *store);

/* Figures for selfcheck, tests and bench. */
typedef struct StoreFigures {
    uint64_t works, commits, failed_commits;
    uint32_t databases_known;  /* kept in memory, open or not */
    uint32_t databases_open, writing_connections, reading_connections;
    uint32_t warm_connections; /* of the reading ones: with prepared statements */
} StoreFigures;
void stores_figures(Stores *stores, StoreFigures *ret_figures);

/* Moves what waits in the write-ahead log into the database and empties it, so that nothing deleted stays behind in it.
 * Waits for readers for a moment only. Errors: E_BUSY while a long read stands in the way: it is tried again by
 * stores_purge_waiting. PostgreSQL: vacuums the tables whose rows are erased. */
MUST_USE Err store_purge_remains(Store *store);
/* The same once more for every open database where it failed, or where it is not known what an earlier process left behind.
 * Returns in how many something still remains. */
uint32_t stores_purge_waiting(Stores *stores);

#endif
