/* The log: created after consent, listed, opened, written, corrected, and who has seen it.
 * Must not show content before its line is durable, nor tell a stranger that a log exists.
 * Called by web and api. Rules: 2-lifecycle, settled 2, 3, 13-16. */
#ifndef SERVICE_LOG_H
#define SERVICE_LOG_H

#include "service/service.h"

/* What a person's inbox tells; the numbers stand in rows. */
#define INBOX_EVENTS(X) X(POSSIBLE_DOUBLE, 1) /* object: the newer of two logs that seem to be about one child */

#define X(name, number) INBOX_##name = (number),
enum InboxEvent { INBOX_EVENTS(X) };
#undef X

/* ---- creation (scenario 12: until this call nothing about child or guardians has met the disk) ---- */

typedef struct NewGuardian {
    Values values;  /* KIND_GUARDIAN */
    Values consent; /* KIND_CONSENT: method, date, witness, expiry; valid from-to */
} NewGuardian;

typedef struct NewDocument {
    Str bytes;      /* 1 .. 10 MiB; empty when consent was oral */
    uint8_t media;  /* PDF, JPEG or PNG, from its first bytes */
} NewDocument;

typedef struct NewLog {
    Values child;                 /* KIND_CHILD */
    const NewGuardian *guardians; /* 1..4; every required person has said yes */
    uint32_t guardian_count;
    const Id *units;              /* units that may take part, besides the holder's own */
    uint32_t unit_count;
    NewDocument document;
    Str wizard;                   /* key of the wizard in which it was typed: used up with the creation; empty: none */
} NewLog;

typedef struct GuardianCode {
    Str name;
    char code[48];  /* enrolment code, empty when the guardian has an account already */
} GuardianCode;

/* How many months a consent may hold here: a setting of the municipality, 1..12. */
MUST_USE Err log_consent_months(const Actor *actor, Arena *scratch, unsigned *ret_months);

/* Creates the log, its keys, participants and consents in one transaction. *ret_codes lives in keep, one per guardian.
 * Errors: E_FORBIDDEN; E_INVALID when a required consent is missing, expired or longer
 * than the municipality allows, a unit is unknown, or two guardians have
 * one national id; E_MALFORMED and E_MODE for a national id that is none, or not one for this mode; E_REPLAYED when the
 * wizard has made its log already. */
MUST_USE Err log_create(Service *service, const Actor *actor, const NewLog *log, Arena *keep, Id *ret_log,
                        const GuardianCode **ret_codes);

/* ---- lists ---- */

typedef struct LogSummary {
    Id id;
    uint32_t display;     /* 8 digits, the log's public number */
    enum State state;
    Str child_name;       /* from the header; empty when the caller may see the stub only */
    uint8_t level;        /* 1..3, 0 = none yet */
    Str next_step;        /* short text of the next measure or meeting, may be empty */
    int64_t next_due;     /* days since 1970, or -1 */
    bool stub;
    enum Role relation;   /* as what the caller takes part */
    Id unit;              /* responsible */
    Str unit_name;
} LogSummary;

typedef struct LogSummaries {
    const LogSummary *items;
    uint32_t count;
    uint32_t held; /* logs that were closed while listing, because a header was not what was written: an alarm is due */
} LogSummaries;

/* The logs that this person, in this role, takes part in or answers for. Work grows with these only. One line "listed n".
 * Logs that need a reason (EL, KA) are not here: they are reached by number with log_open. */
MUST_USE Err log_list(Service *service, const Actor *actor, Arena *keep, LogSummaries *ret_logs);

/* The log of a display number, when the caller may read it, may after a reason, or may know that it exists. One line.
 * Errors: E_NOT_FOUND for every other number. */
MUST_USE Err log_find(const Actor *actor, uint32_t display, Arena *scratch, Id *ret_log);

/* ---- one log ---- */

typedef struct LogPerson {
    Id participant;
    Id person;
    enum Role role;
    Str name;
    Id unit;       /* none for family */
    Str unit_name;
    int64_t from_at;
    int64_t to_at; /* 0 = now */
    Values contact; /* of a guardian: KIND_GUARDIAN without the national id, and without what the caller may not see of
                     * how they are reached; no kind for everybody else */
    bool closes;    /* the log does, when they leave: it is active and rests on their consent */
} LogPerson;

typedef struct LogEntry {
    Id id;            /* this version */
    Id entry;         /* the first version: the entry's name in URLs */
    uint32_t version;
    Values values;    /* opened; values.kind tells which entry it is. Empty when removed */
    Id author;
    enum Role author_role;
    Str author_name;
    Id author_unit;
    bool author_former;
    int64_t at;
    bool removed;
    Str reason;       /* why it was removed */
    bool may_correct; /* by the caller; of log_open only, and decided again on use */
    bool may_remove;
    bool may_evaluate; /* a measure */
} LogEntry;

typedef struct LogConsent {
    Id id;
    Id participant;   /* who gave it */
    bool left;        /* they do not take part any more: it counts no longer, and was not withdrawn by them */
    Str guardian_name;
    Values values;
    const Id *units;
    const Str *unit_names; /* one for each */
    uint32_t unit_count;
    int64_t valid_to; /* UTC ms: the first moment at which it no longer holds */
    bool has_document;
    bool withdrawn;
} LogConsent;

/* One line of who has been in a log. */
typedef struct Seen {
    int64_t at;
    Id person;
    Str name;
    enum Role role;
    Id unit;
    enum Act act;
    enum Opening reason;
    uint64_t line;   /* audit sequence, for paging */
} Seen;

typedef struct LogView {
    LogSummary summary;
    Permit permit;
    Values child;                 /* national id masked by the caller: domain/numbers.h; without the address where the
                                   * caller may not see it */
    bool number_fixed;            /* the child was let in once, by the number: it stays */
    const LogEntry *entries;      /* newest version of each, oldest entry first */
    uint32_t entry_count;
    const LogPerson *people;      /* present participants first, then former */
    uint32_t people_count;
    const LogConsent *consents;
    uint32_t consent_count;
    ActSet may;                   /* what the caller may do here now, on their own entries where the right is only to those
                                   * (for buttons; decided again on use) */
    bool has_drafts;              /* the caller has typed something here and not sent it */
    const Seen *seen;             /* the newest openings, newest first; empty when the caller may not see them */
    uint32_t seen_count;
} LogView;

/* Opens a log. reason: OPENING_NONE unless the policy asks for one (KA, EL, operators).
 * Errors: E_NOT_FOUND absent, or the caller may not know; E_FORBIDDEN with *ret_view untouched never differs outside;
 * E_INVALID when a reason is needed (*ret_why says WHY_ASK_REASON); E_FORGED the log was closed because a row does not
 * match its head; E_HELD it is closed still; E_BUDGET. With WHY_STUB in *ret_why only the summary is filled. */
MUST_USE Err log_open(Service *service, const Actor *actor, Id log, enum Opening reason, Arena *keep,
                      enum Why *ret_why, LogView *ret_view);

static inline bool log_may(const LogView *view, enum Act act)
{
    return view->may.bits[act / 64] >> (act % 64) & 1;
}

/* Whether the caller may write an entry of this kind here now (for forms; decided again on use). */
bool log_may_write(const LogView *view, KindId kind);
/* Whether anybody writes entries of this kind by themselves: the child, consents and participations come another way. */
bool log_is_written(KindId kind);

/* Adds an entry (first version). values.kind must be one that this role may write. *ret_entry names it.
 * Errors: E_NOT_FOUND/E_FORBIDDEN as log_open; E_INVALID a reference to something outside this log. */
MUST_USE Err log_entry_add(Service *service, const Actor *actor, Id log, const Values *values, Id *ret_entry);

/* A correction: a new version that names the one it replaces. Of the child's entry: without a national id the one that
 * stands is kept; another one finds the log from then on. Errors: E_STALE when `version` is no longer the newest; of the
 * child's also E_MALFORMED, E_MODE (the number) and E_INVALID (a guardian has it, or the child was let in by the former). */
MUST_USE Err log_entry_correct(Service *service, const Actor *actor, Id log, Id entry, uint32_t version, const Values *values);

/* A version that says the entry is removed, with a reason of up to 300 characters. Errors: E_STALE. */
MUST_USE Err log_entry_remove(Service *service, const Actor *actor, Id log, Id entry, uint32_t version, Str reason);

/* All versions of one entry, newest first. One line. */
MUST_USE Err log_entry_history(Service *service, const Actor *actor, Id log, Id entry, Arena *keep,
                               const LogEntry **ret_versions, uint32_t *ret_count);

/* The full national id of the child: its own act, its own line. */
MUST_USE Err log_number_read(Service *service, const Actor *actor, Id log, Arena *keep, Str *ret_number);

/* The consent document, opened. One line. */
MUST_USE Err log_document_read(Service *service, const Actor *actor, Id log, Id consent, Arena *keep, Str *ret_bytes,
                               uint8_t *ret_media);

/* ---- drafts (settled 25): under the log's draft sub-key, shown to their author alone, without a line ---- */

#define LOG_DRAFT_MAX ((size_t)32 << 10)
#define LOG_DRAFT_DAYS 14
#define LOG_DRAFTS_EACH 50 /* of one person in one log */

/* What a draft is of: one per person, log, kind and entry. */
typedef struct DraftOf {
    Id log;
    KindId kind;
    Id entry;  /* the entry that is corrected; none for a new one */
} DraftOf;

/* Keeps text (at most LOG_DRAFT_MAX bytes) in the place of what was kept before. The form's key is not used up.
 * Errors: E_NOT_FOUND/E_FORBIDDEN as log_open; E_TOO_LARGE; E_STALE when another window of the same person kept its own
 * at the same moment; E_BUDGET. */
MUST_USE Err log_draft_keep(Service *service, const Actor *actor, const DraftOf *of, Str text, Arena *scratch);

/* What was kept, and when; empty when there is nothing, or it does not open. One that is LOG_DRAFT_DAYS days old is
 * forgotten instead. */
MUST_USE Err log_draft_find(Service *service, const Actor *actor, const DraftOf *of, Arena *keep, Str *ret_text, int64_t *ret_at);

/* Forgets it; nothing happens when there is none. */
MUST_USE Err log_draft_forget(const Actor *actor, const DraftOf *of, Arena *scratch);

/* ---- participants ---- */

/* Lets a staff member with an active role in a consented unit take part. Errors: E_FORBIDDEN; E_INVALID when the unit is
 * not in the consent's scope. */
MUST_USE Err log_actor_add(Service *service, const Actor *actor, Id log, Id role_row, Id *ret_participant);
MUST_USE Err log_participant_end(Service *service, const Actor *actor, Id log, Id participant);

/* Staff who could be let in: actors of units that every consent names, who do not take part yet. By unit and name; their
 * `participant` is the role that log_actor_add takes. One line. Errors: as log_open. */
MUST_USE Err log_actor_candidates(Service *service, const Actor *actor, Id log, Arena *keep, const LogPerson **ret_people,
                                  uint32_t *ret_count);

/* Another guardian of a log that lives, with their consent. */
typedef struct JoiningGuardian {
    NewGuardian guardian;
    const Id *units;      /* units that may take part, besides the holder's own */
    uint32_t unit_count;
    NewDocument document; /* empty when consent was oral */
} JoiningGuardian;

/* *ret_code: its name lives as long as joining's. Errors: as log_open; E_INVALID when the consent does not hold today, a
 * unit is unknown or closed, the log has four guardians, or this one takes part already (or is the child). E_MALFORMED and
 * E_MODE for a national id. */
MUST_USE Err log_guardian_add(Service *service, const Actor *actor, Id log, const JoiningGuardian *joining,
                              GuardianCode *ret_code);

/* A guardian who has lost the responsibility: loses access at once, phone and e-mail are erased, and so is an account that
 * opens nothing else, from every file of the database. Their consent counts no longer, so that an active log becomes passive
 * in the same transaction (scenarios 11, 14). Errors: as log_open; E_INVALID for anybody but a guardian; E_STALE when it has ended already. */
MUST_USE Err log_guardian_end(Service *service, const Actor *actor, Id log, Id participant);

/* Lets the child in (2-lifecycle: by the holder only). A child who was let in before gets the same account and no code.
 * Errors: as log_open; E_INVALID when the child is in; E_PROVE. */
MUST_USE Err log_child_let_in(Service *service, const Actor *actor, Id log, Arena *keep, GuardianCode *ret_code);

/* Closes the log to the child again. From the municipality's consent age, and when the age is unknown, a reason of up to
 * 300 characters is needed: a right to be heard. Errors: as log_open; E_INVALID (no reason, or too long); E_STALE when the
 * child is not in. */
MUST_USE Err log_child_keep_out(Service *service, const Actor *actor, Id log, Str reason);

/* A new enrolment code for a guardian or the child, in the place of all former ones. Who uses it sets user name, password
 * and authenticator anew, so there is none for an account that opens more than this log.
 * Errors: as log_open; E_INVALID for such an account, and for somebody who does not take part; E_PROVE. */
MUST_USE Err log_family_code(Service *service, const Actor *actor, Id log, Id participant, Arena *keep, GuardianCode *ret_code);

/* ---- who has seen ---- */

#define LOG_SEEN_PAGE 50

/* Everybody who opened or wrote in the log, newest first, LOG_SEEN_PAGE a page; before = line of the last seen, 0 = from the top.
 * This is itself an opening that stands in the list. */
MUST_USE Err log_seen(Service *service, const Actor *actor, Id log, uint64_t before, Arena *keep, const Seen **ret_seen,
                      uint32_t *ret_count);

#endif
