/* What serve (and the commands) and the key agent say to each other: fixed-size typed messages, one packet each.
 * Must not hold a length or an offset that comes from outside: every message has one size, known from its type.
 * Used by keys and keyd. Layout: docs/formats.md. */
#ifndef WIRE_WIRE_H
#define WIRE_WIRE_H

#include "base/buf.h"
#include "base/id.h"
#include "base/mode.h"

#define WIRE_VERSION 5
#define WIRE_HEADER 4 /* version u8 | type u8 | error u8 (0 in a request) | zero u8 */
#define WRAPPED_BYTES 98
#define INDEX_BYTES 16
#define INDEX_TEXT_MAX 128
#define HEADERS_MAX 512
#define UNWRAP_MAX 16
#define REWRAP_MAX 256
#define BACKUPS_LISTED 64
#define FACT_BYTES 416       /* a fact in the clear (domain/statistics/facts.h) */
#define FACT_SEALED_BYTES 477 /* and in its box */
#define FACTS_MAX 128
#define PARCEL_HEAD_BYTES 158 /* what a parcel says in clear (parcel/parcel.h) */
#define PARCEL_BOX_BYTES 93
#define CUSTODIANS_MAX 5
#define CUSTODIAN_NAME_MAX 64

/* What a grant is used for. Each has its own ceilings and roles, and gets no more of the key than it needs (rules: keys 11). */
#define PURPOSES(X)                                                    \
    X(READ, 1, "read")       /* whole scope key */                     \
    X(WRITE, 2, "write")     /* whole scope key */                     \
    X(HEADER, 3, "header")   /* header sub-key only */                 \
    X(DRAFT, 4, "draft")     /* draft sub-key only */                  \
    X(JOB, 5, "job")         /* head sub-key only, for a grant of no person */ \
    X(REPORT, 6, "report")   /* whole key of an archive report */       \
    X(SIGN_IN, 7, "sign-in") /* whole key of a person, without grant */ \
    X(IMPORT, 8, "import")   /* look-ups of an import, and whole keys of the persons it finds */ \
    X(JOB_HEADER, 9, "job-header") /* header sub-key only, for a grant of no person */ \
    X(FOLLOW, 10, "follow") /* as job, of a log that follows a unit which was closed */ \
    X(FOLLOW_HEADER, 11, "follow-header") /* as job-header, of the same */ \
    X(FACTS, 12, "facts") /* no key: sealed facts opened for a grant of no person */ \
    X(JOB_FACT, 13, "job-fact") /* fact sub-key only, of a log that is purged, for a grant of no person */ \
    X(TRANSFER, 14, "transfer") /* whole key of what goes to another municipality, and of a parcel that comes */
#define X(name, number, text) PURPOSE_##name = (number),
typedef enum Purpose { PURPOSES(X) } Purpose;
#undef X

typedef enum ScopeKind { SCOPE_LOG = 1, SCOPE_PERSON = 2, SCOPE_REGISTER = 3, SCOPE_PENDING = 4 /* a consent before its log */,
    SCOPE_REPORT = 5 /* an archive report */, SCOPE_TRANSFER = 6 /* what goes to another municipality */ } ScopeKind;

/* What a municipality has a key pair for. The numbers stand in messages only. */
typedef enum PairUse { PAIR_STATISTICS = 1, PAIR_TRANSFER = 2 } PairUse;
typedef enum IndexKind { INDEX_NONE = 0, INDEX_NATIONAL_ID = 1, INDEX_USER_NAME = 2, INDEX_EMAIL = 3 } IndexKind;

/* What something is found by. Its kind is said and never guessed from the text; by nothing: both are zero. */
typedef struct IndexedBy {
    IndexKind kind;
    Str text;
} IndexedBy;

/* A scope key as the database keeps it. */
typedef struct WrappedKey {
    uint8_t bytes[WRAPPED_BYTES]; /* the key and the inner index value, sealed under the municipality key's epoch */
    uint32_t epoch;
    bool has_index;
    uint8_t index[INDEX_BYTES];   /* blind index, zeros without one */
    uint8_t former[INDEX_BYTES];  /* the same in the epoch before while it is turned, else as index */
} WrappedKey;

/* Where a text is found. While an epoch is turned a scope stands at one of the last two; else they are the same. */
typedef struct BlindIndex {
    uint8_t name[INDEX_BYTES];    /* of a user name, in every epoch: what somebody signs in by; zeros for a national id */
    uint8_t present[INDEX_BYTES];
    uint8_t former[INDEX_BYTES];
} BlindIndex;

/* The epochs of a municipality: its keys are wrapped under the present one, and while it is turned those of the former open too. */
typedef struct Epochs {
    uint32_t present;
    uint32_t former;   /* 0: none is being turned */
    int64_t turned_at; /* when the present one began, UTC ms; 0: before that was kept */
} Epochs;

/* A backup's key as the key file has it: sealed to the recovery key. */
typedef struct BackupKey {
    Id backup;
    int64_t made_at;
    int64_t destroy_at; /* UTC ms: from then on nothing opens the backup */
} BackupKey;

/* What the agent signs so that it can be checked without it. The numbers stand in signatures for ever. */
typedef enum DocumentKind { DOCUMENT_CERTIFICATE = 1, DOCUMENT_REPORT = 2, DOCUMENT_BACKUP = 3, DOCUMENT_TRANSFER = 4 } DocumentKind;

typedef struct SignedDocument {
    Id tenant;
    DocumentKind kind;
    uint8_t sha256[32];
} SignedDocument;

/* A signed position of a database: its audit chains and its ledger (rules: reading-and-writing 4). */
typedef struct AuditHead {
    Id tenant;
    Id database;
    uint64_t size;    /* lines of all chains together */
    uint8_t root[32]; /* hash over the heads of all chains and the ledger */
    int64_t at;       /* UTC ms */
} AuditHead;

/* What the agent's journal tells; the numbers stand in it and in the host's audit for ever. */
#define JOURNAL_EVENTS(X)                                                      \
    X(STARTED, 1, "started")           /* sealed */                            \
    X(SHARE, 2, "share")               /* of the custodian: taken or refused */ \
    X(UNSEALED, 3, "unsealed")         /* the last share's custodian */         \
    X(SEALED, 4, "sealed")                                                     \
    X(HEAD_REFUSED, 5, "head-refused") /* of the tenant: an older database */   \
    X(BROKEN, 6, "broken")             /* the journal's chain did not hold */   \
    X(FULL, 7, "full")                 /* more happened than has room */       \
    X(REPLACED, 8, "replaced")         /* the new custodian, in place of a lost one */ \
    X(BUDGET, 9, "budget")             /* in the service's audit only: a ceiling stopped the person */ \
    X(HEAD_ACCEPTED, 10, "head-accepted") /* of the tenant: custodians took another head for the newest */ \
    X(EPOCH_TURNED, 11, "epoch-turned") /* of the tenant: a new epoch has begun, the former still opens */ \
    X(EPOCH_DONE, 12, "epoch-done")    /* of the tenant: the former one has left the agent */ \
    X(BACKUP_KEY, 13, "backup-key")    /* of the backup: made and sealed to the recovery key */ \
    X(KEY_DESTROYED, 14, "key-destroyed") /* of the backup, or of the tenant whose former epoch it was: its time was over */
#define X(name, number, text) JOURNAL_##name = (number),
typedef enum JournalEvent { JOURNAL_EVENTS(X) } JournalEvent;
#undef X

#define JOURNAL_RECORDS 32
#define JOURNAL_RECORD_BYTES 66

/* One act of the agent. seq u64 | at u64 | event u8 | error u8 | subject 16 | hash 32 */
typedef struct JournalRecord {
    uint64_t seq; /* 1, 2, ... */
    int64_t at;   /* UTC ms; 0 when the clock could not be trusted */
    uint8_t event;
    uint8_t error; /* err_id; 0: it succeeded */
    Id subject;    /* custodian or tenant, or none */
    uint8_t hash[32];
} JournalRecord;

/* name, type on the wire, bytes of a request and of a good reply behind the header; a failed reply is the header alone. */
#define MESSAGES(X)                                                                                                   \
    X(STATUS, 1, 0, 88)                                                                                              \
    X(UNSEAL_SHARE, 2, 74, 88)        /* custodian 16 | share 58 */                                                  \
    X(SEAL, 3, 0, 0)                                                                                                 \
    X(GRANT_NEW, 4, 41, 16)           /* tenant | person | role u8 | ends u64 */                                     \
    X(GRANT_END, 5, 16, 0)                                                                                           \
    X(SCOPE_NEW, 6, 179, 167)         /* grant | tenant | kind u8 | scope | index kind u8 | length u8 | text 128 */  \
    X(SCOPE_INDEX, 7, 277, 135)       /* as SCOPE_NEW | wrapped 98 */                                                \
    X(REWRAP_MANY, 8, 29458, 34564)   /* tenant | count u16 | 256 * (kind u8 | scope | wrapped 98) -> bad u32 | 256 wrapped */ \
    X(UNWRAP, 9, 1889, 512)           /* grant | tenant | count u8 | 16 * (purpose u8 | kind u8 | scope | wrapped 98) -> 16 keys */ \
    X(UNWRAP_HEADERS, 10, 58402, 16388) /* grant | tenant | count u16 | 512 * (scope | wrapped) -> bad u32 | 512 keys */ \
    X(BLIND_INDEX, 11, 163, 48)       /* grant | tenant | purpose u8 | kind u8 | length u8 | text 128 */             \
    X(CHECK, 12, 65695, 0)            /* tenant | kind, wrapped, label, mode, table, column, row, version, scope, length, 64 KiB */ \
    X(SIGN_HEAD, 13, 80, 64)          /* tenant | database | size u64 | root 32 | at u64 */                          \
    X(MUNICIPALITY_NEW, 14, 16, 0)                                                                                   \
    X(CLOCK_ADVANCE, 15, 8, 0)                                                                                       \
    X(HEAD_NEWEST, 16, 16, 64)        /* tenant -> database | size u64 | root 32 | at u64 */                         \
    X(JOURNAL_READ, 17, 8, 2114)      /* after u64 -> count u16 | 32 * record 66 */                                  \
    X(JOURNAL_TAKEN, 18, 8, 0)        /* up to u64 */                                                                \
    X(GRANT_TOUCH, 19, 32, 0)         /* grant | tenant */                                                           \
    X(ROW_KEY, 20, 16, 32)            /* tenant -> key: proves rows of its database, opens nothing */                 \
    X(EPOCH, 21, 16, 16)              /* tenant -> present u32 | former u32 | turned at u64 */                        \
    X(EPOCH_TURN, 22, 16, 16)         /* as EPOCH */                                                                 \
    X(EPOCH_DONE, 23, 28, 0)          /* tenant | present u32 | destroy at u64 */                                    \
    X(BACKUP_NEW, 24, 24, 32)         /* backup | destroy at u64 -> key */                                           \
    X(BACKUP_LIST, 25, 4, 2054)       /* from u32 -> next u32 | count u16 | 64 * (backup | made at u64 | destroy at u64) */ \
    X(SIGN_DOCUMENT, 26, 49, 64)      /* tenant | kind u8 | sha256 32 */ \
    X(PAIR_PUBLIC, 27, 17, 32)        /* tenant | use u8 -> public half */                                            \
    X(FACTS_OPEN, 28, 63138, 53252)   /* grant | tenant | count u16 | 128 * (found 16 | sealed 477) -> bad u32 | 128 * fact 416 */ \
    X(PARCEL_OPEN, 29, 299, 32)       /* grant | tenant | transfer | head 158 | box 93 -> the content's key */

#define X(name, number, request, reply) MESSAGE_##name = (number),
typedef enum MessageType { MESSAGES(X) } MessageType;
#undef X

#define WIRE_PACKET_MAX (WIRE_HEADER + 65695)

/* Bytes of a whole request or good reply of this type; 0 for an unknown type. */
size_t wire_request_size(uint8_t type);
size_t wire_reply_size(uint8_t type);

/* Begins a packet in buf. error is E_OK in requests and good replies. */
void wire_begin(Buf *buf, MessageType type, enum err_id error);
/* Checks version, type and exact size of a request; *ret_body starts behind the header.
 * Errors: E_MALFORMED, E_TRUNCATED: the connection must be ended. */
MUST_USE Err wire_request(Str packet, uint8_t *ret_type, Cursor *ret_body);
/* The same for the reply to a request of this type. Errors also: the one that the reply tells. */
MUST_USE Err wire_reply(Str packet, MessageType type, Cursor *ret_body);

/* A wrapped key as it stands in replies: bytes 98 | epoch u32 | has index u8 | index 16 | former index 16. */
#define WRAPPED_REPLY_BYTES 135
void wire_add_wrapped(Buf *buf, const WrappedKey *wrapped);
void wire_read_wrapped(Cursor *cursor, WrappedKey *ret_wrapped);
/* A text in a field of fixed width: length u8 | text, zeros up to room. */
void wire_add_text(Buf *buf, Str text, size_t room);
/* Errors: E_MALFORMED (too long, or not zero behind its end). */
MUST_USE Err wire_read_text(Cursor *cursor, size_t room, Str *ret_text);

void journal_record_write(Buf *buf, const JournalRecord *record);
void journal_record_read(Cursor *cursor, JournalRecord *ret_record);

/* The bytes that are signed: "stafettlogg-head-1" | tenant | database | size u64 | root | at u64. */
#define AUDIT_HEAD_BYTES 98
void audit_head_encode(const AuditHead *head, uint8_t ret_bytes[static AUDIT_HEAD_BYTES]);

/* What a sealed fact is bound to: "stafettlogg-fact-1" | mode u8 | tenant | found. */
typedef struct FactPlace {
    Mode mode;
    Id tenant;
    Id found;
} FactPlace;
#define FACT_ASSOCIATED_BYTES 51
void fact_associated(FactPlace place, uint8_t ret_bytes[static FACT_ASSOCIATED_BYTES]);

/* The bytes that are signed: "stafettlogg-document-1" | kind u8 | tenant | sha256 32. */
#define DOCUMENT_BYTES 71
void signed_document_encode(const SignedDocument *document, uint8_t ret_bytes[static DOCUMENT_BYTES]);

#endif
