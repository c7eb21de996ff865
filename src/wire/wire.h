/* What serve (and the commands) and the key agent say to each other: fixed-size typed messages, one packet each.
 * Must not hold a length or an offset that comes from outside: every message has one size, known from its type.
 * Used by keys and keyd. Layout: docs/formats.md. */
#ifndef WIRE_WIRE_H
#define WIRE_WIRE_H

#include "base/buf.h"
#include "base/id.h"

#define WIRE_VERSION 1
#define WIRE_HEADER 4 /* version u8 | type u8 | error u8 (0 in a request) | zero u8 */
#define WRAPPED_BYTES 98
#define INDEX_BYTES 16
#define INDEX_TEXT_MAX 128
#define HEADERS_MAX 512
#define CUSTODIANS_MAX 5
#define CUSTODIAN_NAME_MAX 64

/* What a grant is used for. Each has its own ceilings, and gets no more of the key than it needs (settled 8). */
#define PURPOSES(X)                                                    \
    X(READ, 1, "read")       /* whole scope key */                     \
    X(WRITE, 2, "write")     /* whole scope key */                     \
    X(HEADER, 3, "header")   /* header sub-key only */                 \
    X(DRAFT, 4, "draft")     /* draft sub-key only */                  \
    X(JOB, 5, "job")         /* whole scope key */                     \
    X(REPORT, 6, "report")   /* whole scope key */                     \
    X(SIGN_IN, 7, "sign-in") /* whole key of a person, without grant */ \
    X(IMPORT, 8, "import")   /* blind indexes of an import */
#define X(name, number, text) PURPOSE_##name = (number),
typedef enum Purpose { PURPOSES(X) } Purpose;
#undef X

typedef enum ScopeKind { SCOPE_LOG = 1, SCOPE_PERSON = 2, SCOPE_REGISTER = 3 } ScopeKind;
typedef enum IndexKind { INDEX_NONE = 0, INDEX_NATIONAL_ID = 1, INDEX_USER_NAME = 2 } IndexKind;

/* A scope key as the database keeps it. */
typedef struct WrappedKey {
    uint8_t bytes[WRAPPED_BYTES]; /* the key and the inner index value, sealed under the municipality key's epoch */
    uint32_t epoch;
    bool has_index;
    uint8_t index[INDEX_BYTES];   /* blind index, zeros without one */
} WrappedKey;

/* A signed position of a database: its audit chains and its ledger (settled 18). */
typedef struct AuditHead {
    Id tenant;
    Id database;
    uint64_t size;    /* lines of all chains together */
    uint8_t root[32]; /* hash over the heads of all chains and the ledger */
    int64_t at;       /* UTC ms */
} AuditHead;

/* The bytes that are signed: "stafettlogg-head-1" | tenant | database | size u64 | root | at u64. */
#define AUDIT_HEAD_BYTES 98
void audit_head_encode(const AuditHead *head, uint8_t ret_bytes[static AUDIT_HEAD_BYTES]);

#endif
