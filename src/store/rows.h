/* The rows of the databases as structs, one per table, in the order of their columns.
 * Must not hold anything opened: what is called sealed is ciphertext, and stays so here.
 * Used by store and by those who call it (service, jobs, cube, cli).
 *
 * House rules for every row: times are UTC milliseconds and 0 means "none" or "not ended"; the all-zero Id means "none";
 * an empty Str means "none". Numbers of roles, acts, states and kinds are those of domain/. Text and bytes that a read
 * returns live in the arena given to it. Public ids are random (base/world.h) and made by the caller before sealing. */
#ifndef STORE_ROWS_H
#define STORE_ROWS_H

#include "base/hash.h"
#include "base/id.h"
#include "store/list.h"
#include "store/rows_statistics.h"

#include "store/rows_crossing.h"

/* ---- a municipality: settings, units, people ---- */

typedef struct SettingRow {
    Str name;             /* 1..64 bytes */
    Str value;            /* at most 64 KiB; plain, or sealed by its owner */
    uint32_t version;     /* 1.. */
} SettingRow;
STORE_LIST(SettingRow, SettingRows);

typedef struct UnitRow {
    Id id;
    uint8_t kind;
    Id parent;
    Str sealed;           /* name, organisation number, contact */
    uint32_t version;
    int64_t closed_at;
} UnitRow;
STORE_LIST(UnitRow, UnitRows);

typedef struct PersonRow {
    Id id;
    Str login_index;      /* 16 bytes, unique; empty: cannot sign in by name */
    uint8_t state;
    Str sealed;           /* name and contact */
    Str secret;           /* credentials */
    uint32_t version;
    int64_t created_at;
    int64_t last_totp_step;
    Hash rights;          /* kept by the store: what the person's roles and places in logs add up to (store/proofs.h) */
} PersonRow;
STORE_LIST(PersonRow, PersonRows);

typedef struct RoleRow {
    Id id;
    Id person;
    uint8_t role;
    Id unit;
    int64_t from_at;
    int64_t to_at;
    Id appointed_by;
} RoleRow;
STORE_LIST(RoleRow, RoleRows);

typedef struct EnrolmentRow {
    Hash code_hash;
    Id person;
    int64_t expires_at;
    int64_t used_at;
} EnrolmentRow;

/* ---- volatile rows: not part of the chain, lost without harm ---- */

typedef struct SessionRow {
    Hash token_hash;
    Id person;
    Id role_row;
    uint8_t role;
    Id unit;
    Id grant;
    int64_t created_at;
    int64_t touched_at;
    int64_t ends_at;
    Str form_secret;      /* at most 64 bytes */
    Str wizard_key;       /* at most 64 bytes; empty: no wizard under way */
    int64_t proved_at;    /* when the person last gave a code, or was let in by a demo */
} SessionRow;
STORE_LIST(SessionRow, SessionRows);

typedef struct FormKeyRow {
    Hash hash;
    Hash content;         /* what was in the form, by its token (service/session/form_token.h) */
    int64_t at;
    Str answer_location;  /* empty while the first answer is still being made */
    uint16_t status;
} FormKeyRow;

typedef struct DraftRow {
    Id id;
    int64_t log_no;
    Id person;
    uint16_t kind;
    Id entry;             /* the entry corrected, or none */
    int64_t at;
    Str sealed;
} DraftRow;
STORE_LIST(DraftRow, DraftRows);

typedef struct BackoffRow {
    Id key;               /* keyed hash of an account; never of a name in the clear */
    uint32_t failures;
    int64_t until_at;
} BackoffRow;

/* How far a job is in this database. Whoever runs one takes it first, for a time: of several servers one runs it. */
typedef struct JobRow {
    Str name;             /* 1..64 bytes */
    int64_t done_to;      /* the moment up to which it is done; 0: never */
    Id runner;            /* who has it in hand; none: nobody */
    int64_t until_at;     /* and until when; of nobody: not to be tried before */
} JobRow;

/* A unit asked for a log that it does not know of (rules: transfer 8). The same row whether there is one or not; whom it is about
 * stands nowhere. */
typedef struct BlindRequestRow {
    Id id;
    Id person;            /* who asked */
    Id unit;              /* for which unit */
    uint16_t reason;      /* a code of BLIND_REASON */
    int64_t at;
    Id log;               /* that was found; none: there is none */
    int64_t told_at;      /* when its manager was told, if there is one; 0: not looked at yet */
} BlindRequestRow;
STORE_LIST(BlindRequestRow, BlindRequestRows);

/* A consent is asked for before there is a log. Of whom it is stands nowhere until somebody has said yes. */
typedef struct InvitationRow {
    Id id;                /* the scope of its key too, once there is one */
    Id maker;             /* who will hold the log */
    Id role_row;          /* the role in which they asked */
    Id unit;
    Id log;               /* another guardian of a log that there is; none: the log is made of it */
    Str units;            /* those proposed besides, 16 bytes each */
    uint8_t required;     /* how many must say yes */
    int64_t made_at;
    int64_t expires_at;
    Str sealed;           /* what those who have said yes have typed; empty: nobody has */
    uint32_t version;
} InvitationRow;
STORE_LIST(InvitationRow, InvitationRows);

/* One person who is asked: an account that was made for it and does not say whose it is, or one that was there. */
typedef struct InvitedRow {
    Id id;
    Id invitation;
    Id person;
    Id maker;             /* of the invitation */
    int64_t said_at;      /* when they said yes; 0: they have not answered */
    int64_t expires_at;
} InvitedRow;
STORE_LIST(InvitedRow, InvitedRows);

/* An archive report that is ordered and made by a job: whose, in which session, and how far it is. */
typedef struct ReportOrderRow {
    Id id;
    Id log;
    Hash session;         /* token_hash of the session in which it was ordered: nothing is opened for anybody else */
    Id person;
    uint8_t language;     /* REPORT_LANGUAGE_x */
    int64_t ordered_at;
    uint32_t tries;
    uint8_t phase;        /* REPORT_PHASE_x; 0 while it waits */
    uint32_t done, total; /* of that phase */
    uint16_t failed;      /* REPORT_FAILED_x: it is not tried again; 0: it is to be made */
} ReportOrderRow;
STORE_LIST(ReportOrderRow, ReportOrderRows);

/* The archive report of a log, sealed under a key of its own; it outlives the log. Its bytes stand in parts of their own. */
typedef struct ReportRow {
    Id id;                /* the scope of its key too */
    Id log;
    int64_t log_no;
    Id made_by;
    uint8_t made_role;
    int64_t made_at;
    Hash content;         /* of what it was made of (service/report/content.h) */
    Hash sha256;          /* of the whole package, opened */
    int64_t size;         /* of the same */
    uint32_t parts;
    int64_t destroy_on;   /* R1, 00:00 of the day in Norway; 0: its log is not purged */
    Hash sealed_sha256;   /* of its parts as they are stored, one after the other; zeros: made before that was kept */
} ReportRow;
STORE_LIST(ReportRow, ReportRows);

/* ---- keys ---- */

/* Where scopes are found by a text. While an epoch is turned each stands at one of the two; else both are the same. */
typedef struct ScopeIndex {
    uint8_t present[ID_BYTES];
    uint8_t former[ID_BYTES];
} ScopeIndex;

typedef struct ScopeKeyRow {
    Id scope;             /* id of the log or person, or the register's */
    uint8_t kind;
    uint32_t epoch;
    Str wrapped;
    Str blind_index;      /* 16 bytes or empty; not unique: a second log for the same child is allowed */
    Str inner;            /* the sealed inner index (rules: keys 8) or empty */
    uint32_t version;
} ScopeKeyRow;
STORE_LIST(ScopeKeyRow, ScopeKeyRows);

/* ---- a log and what is in it ---- */

/* Plain columns only: what the policy must know before it can give a Permit. */
typedef struct LogRow {
    int64_t no;               /* 1..2^38; given by the store */
    Id id;
    uint32_t display;         /* 10000000..99999999, random, unique */
    uint8_t state;
    uint64_t flags;           /* the stored flags of domain; those that follow from dates are never stored */
    Id unit;
    Id holder;
    uint32_t access_version;  /* grows with state, consent and participants */
    int64_t created_at;
    int64_t last_activity_at;
    uint32_t next_seq;        /* kept by the store */
    int64_t wake_on;          /* UTC ms of the first day on which a rule must look (rules: clocks 11) */
    uint8_t closed_reason;
    int64_t passive_at;       /* when it became passive; 0 while it is active, and in rows from before the column */
    int64_t looked_to;        /* whatever fell due up to then has been carried out; 0: since it was created */
    Str header;               /* sealed child's name, level, next step; empty unless a Permit opened it */
    uint32_t header_version;
    Hash head;                /* HMAC made by service over store_log_digest */
} LogRow;
STORE_LIST(LogRow, LogRows);

/* One version of an entry. The primary key is log_no << 24 | sequence, so that a log lies together on disk. */
typedef struct EntryRow {
    int64_t no;           /* given by the store */
    Id id;                /* of this version */
    int64_t log_no;
    uint16_t kind;
    Id entry;             /* id of the first version; equal to id in the first */
    uint32_t version;     /* 1.. */
    Id supersedes;        /* id of the version replaced, or none */
    Id author;
    uint8_t author_role;
    Id author_unit;
    int64_t at;
    int64_t due;          /* a date as UTC ms, or 0 */
    bool removed;
    Str sealed;
} EntryRow;
STORE_LIST(EntryRow, EntryRows);

typedef struct ParticipantRow {
    Id id;
    int64_t log_no;
    Id person;
    uint8_t role;
    uint16_t service;
    Id unit;
    int64_t from_at;
    int64_t to_at;
    bool let_in;
    Str sealed;
    uint32_t version;
} ParticipantRow;
STORE_LIST(ParticipantRow, ParticipantRows);

typedef struct ConsentRow {
    Id id;
    int64_t log_no;
    Id participant;       /* the guardian or young person who gave it */
    uint8_t method;
    int64_t given_at;
    int64_t valid_to;
    int64_t withdrawn_at;
    Str sealed;
    uint32_t version;
} ConsentRow;
STORE_LIST(ConsentRow, ConsentRows);

/* A unit that one consent names. */
typedef struct ConsentUnitRow {
    Id id;
    int64_t log_no;
    Id consent;
    Id unit;
} ConsentUnitRow;
STORE_LIST(ConsentUnitRow, ConsentUnitRows);

typedef struct DocumentRow {
    Id id;
    int64_t log_no;
    uint8_t media;
    Hash sha256;          /* over the sealed bytes (the plain document's stands sealed in its consent); kept by the store */
    int64_t size;         /* of the sealed bytes; kept by the store */
    Str sealed;           /* empty in lists */
} DocumentRow;
STORE_LIST(DocumentRow, DocumentRows);

typedef struct InboxRow {
    Id id;
    Id person;
    uint16_t event;
    Id object;
    int64_t at;
    int64_t read_at;
    int64_t due;          /* of what was told; one person is told of it once. 0: an act told it */
    int64_t done_at;      /* of a task: when its cause was gone */
    bool mailed;          /* a mail is put beside it; not stored, and the same for every row of a notice (domain/notices.h) */
} InboxRow;
STORE_LIST(InboxRow, InboxRows);

/* What a person does not want to be told: set of 1 << notice, as they chose it; which may be is said by domain/notices.h. */
typedef struct SilenceRow {
    Id person;
    int64_t notices;
} SilenceRow;

/* A mail that a notice wants, until it is sent, the notice is read, or its time is over. */
typedef struct OutboxRow {
    Id id;                /* the notice's */
    Id person;
    uint16_t template;    /* the notice */
    int64_t at;
} OutboxRow;
STORE_LIST(OutboxRow, OutboxRows);

/* ---- how a log ends ---- */

/* One order to delete a log. It outlives the log: the certificate is made of it. */
typedef struct DeletionRow {
    Id id;
    Id log;
    int64_t log_no;
    uint32_t display;     /* the log's public number */
    Id unit;              /* that had the log when it was ordered */
    uint8_t scenario;     /* a code of DELETION_CAUSE */
    uint16_t ground;      /* a code of ARCHIVE_GROUND; 0 where it was archived */
    uint8_t archive;      /* a code of ARCHIVE */
    Id report;            /* that was archived; none where it was not */
    Hash report_hash;
    Id requested_by;      /* who asked for the deletion, and never approves it; none: nobody did */
    Id ordered_by;
    int64_t ordered_at;
    Id approved_by;
    int64_t approved_at;  /* T0; 0: it waits for somebody */
    Id stopped_by;
    int64_t stopped_at;
    int64_t purge_at;     /* when the purge is due; 0 before T0 */
    int64_t purged_at;    /* T1; 0 until then */
    int64_t confirmed_at; /* T2, once the last backup has died */
    int64_t pause_ms;     /* for so long a hold made the purge wait */
    uint32_t version;     /* 1.. */
} DeletionRow;
STORE_LIST(DeletionRow, DeletionRows);

/* A log is on its way to another unit, or has gone there. What was said on the way stands in entries of the log: by this row the unit
 * that is asked is found, and what the former one left. */
typedef struct TransferRow {
    Id id;
    Id log;
    Id from;              /* the unit that had the log */
    Id to;
    Str units;            /* what the consents shall name besides, 16 bytes each */
    uint8_t step;         /* a TransferStep (domain/transfer.h) */
    Id proposed_by;
    int64_t proposed_at;  /* as of the entry that proposes it */
    int64_t on_at;        /* the day for which it was proposed */
    Id ended_by;          /* who accepted it, or called it off */
    int64_t ended_at;
    int64_t segment;      /* the number of the entry that ends what the former unit wrote; 0: it is not done */
    Hash hash;            /* of what stands before it */
    uint32_t version;
} TransferRow;
STORE_LIST(TransferRow, TransferRows);

/* What an order has come to: the pauses, what was removed, and the signed certificate once the purge is done. */
typedef struct CertificateRow {
    Id id;                /* the order's */
    Id log;
    int64_t paused_at;    /* since when something makes the purge wait; 0: nothing does */
    int64_t paused_ms;    /* what waited before */
    uint8_t told;         /* an alarm, or a breach, was told: 1, 2 */
    Str removed;          /* how many of each kind (store/ending/purge.h), u32 each; empty: the log is not purged yet */
    Str body;             /* the certificate; empty until T1 */
    Str signature;        /* of the key agent */
    uint32_t version;     /* 1.. */
} CertificateRow;

/* ---- evidence ---- */

enum audit_outcome { AUDIT_ALLOWED = 1, AUDIT_REFUSED = 2, AUDIT_FAILED = 3 };

/* What a caller says of an act. Codes and ids only: no text of anybody fits in a line. */
typedef struct AuditLine {
    int64_t at;
    Id request;           /* the same in every line of one request, and when it is retried */
    Id person;            /* none: nobody was signed in, or the system */
    uint8_t role;
    Id unit;
    uint16_t act;
    uint8_t object_kind;
    Id object;
    enum audit_outcome outcome;
    uint16_t reason;
    uint32_t amount;      /* "listed n"; 0 otherwise */
    Hash head;            /* the log's head when a log was touched, else zeros */
} AuditLine;

typedef struct AuditRow {
    int64_t seq;          /* writer id << 40 | 1.. without a gap */
    AuditLine line;
    uint32_t changes;     /* number of rows changed together with this line */
    Hash previous;
    Hash hash;
} AuditRow;
STORE_LIST(AuditRow, AuditRows);

typedef struct HeadSignatureRow {
    int64_t seq;          /* the newest line of the signer's own chain */
    Hash hash;
    int64_t at;
    Str signature;
    Str covers;           /* chains and ledger, as store_head gave them */
} HeadSignatureRow;

/* ---- the host ---- */

typedef struct MunicipalityRow {
    Id id;                /* the tenant */
    Str number;           /* 4 digits; may change by reform */
    Str name;
    uint8_t state;
    int64_t created_at;
    uint32_t version;
} MunicipalityRow;
STORE_LIST(MunicipalityRow, MunicipalityRows);

#endif
