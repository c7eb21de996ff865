/* Who may ask for keys now, and how many: grants and the ceilings that do not depend on anybody's word (rules: keys 11).
 * Must not read a clock: now is an argument. Must not keep anything across a restart.
 * Used by keyd. */
#ifndef KEYD_GRANTS_H
#define KEYD_GRANTS_H

#include "crypto/crypto.h"

#define GRANT_MAX_MS (INT64_C(8) * 3600 * 1000)

typedef struct Grant {
    Id id;
    Id tenant;
    Id person;
    uint8_t role;
    int64_t ends_at;
} Grant;

/* What is counted. */
typedef enum Spend {
    SPEND_READ = 1, /* distinct logs opened to read */
    SPEND_WRITE,    /* distinct logs opened to write */
    SPEND_DRAFT,    /* distinct logs whose draft sub-key was given */
    SPEND_REPORT,   /* distinct logs opened for a report */
    SPEND_JOB,      /* logs opened by jobs */
    SPEND_HEADER,   /* header sub-keys given to lists */
    SPEND_PERSON,   /* keys of persons, given to a grant */
    SPEND_NATIONAL_ID, /* look-ups by national id */
    SPEND_IMPORT,      /* look-ups by an import */
    SPEND_INDEXED,     /* blind indexes made with a new scope or a changed one */
    SPEND_SIGN_IN,     /* keys of persons given, and look-ups made, without a grant */
    SPEND_GRANT,       /* new grants */
} Spend;

typedef enum Per { PER_GRANT = 1, PER_PERSON, PER_MUNICIPALITY } Per;

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

/* name, act, per, window, distinct, ceiling. A window begins with its first use. */
#define CEILINGS(X)                                                                          \
    X("read-grant-minute", SPEND_READ, PER_GRANT, MINUTE_MS, true, 30)                         \
    X("read-grant-hour", SPEND_READ, PER_GRANT, HOUR_MS, true, 120)                            \
    X("read-person-hour", SPEND_READ, PER_PERSON, HOUR_MS, true, 120)                          \
    X("read-person-day", SPEND_READ, PER_PERSON, DAY_MS, true, 400)                            \
    X("read-municipality-hour", SPEND_READ, PER_MUNICIPALITY, HOUR_MS, true, 3000)             \
    X("read-municipality-day", SPEND_READ, PER_MUNICIPALITY, DAY_MS, true, 8000)               \
    X("write-grant-minute", SPEND_WRITE, PER_GRANT, MINUTE_MS, true, 20)                       \
    X("write-grant-hour", SPEND_WRITE, PER_GRANT, HOUR_MS, true, 100)                          \
    X("write-person-hour", SPEND_WRITE, PER_PERSON, HOUR_MS, true, 100)                        \
    X("write-person-day", SPEND_WRITE, PER_PERSON, DAY_MS, true, 300)                          \
    X("write-municipality-hour", SPEND_WRITE, PER_MUNICIPALITY, HOUR_MS, true, 3000)           \
    X("write-municipality-day", SPEND_WRITE, PER_MUNICIPALITY, DAY_MS, true, 8000)             \
    X("draft-grant-hour", SPEND_DRAFT, PER_GRANT, HOUR_MS, true, 60)                         \
    X("draft-person-day", SPEND_DRAFT, PER_PERSON, DAY_MS, true, 200)                        \
    X("report-grant-hour", SPEND_REPORT, PER_GRANT, HOUR_MS, true, 30)                       \
    X("report-person-day", SPEND_REPORT, PER_PERSON, DAY_MS, true, 100)                      \
    X("report-municipality-day", SPEND_REPORT, PER_MUNICIPALITY, DAY_MS, true, 2000)         \
    X("job-municipality-hour", SPEND_JOB, PER_MUNICIPALITY, HOUR_MS, false, 20000)           \
    X("job-municipality-day", SPEND_JOB, PER_MUNICIPALITY, DAY_MS, false, 40000)             \
    X("header-grant-minute", SPEND_HEADER, PER_GRANT, MINUTE_MS, false, 20000)                 \
    X("header-person-hour", SPEND_HEADER, PER_PERSON, HOUR_MS, false, 100000)                  \
    X("header-municipality-hour", SPEND_HEADER, PER_MUNICIPALITY, HOUR_MS, false, 2000000)     \
    X("person-grant-minute", SPEND_PERSON, PER_GRANT, MINUTE_MS, false, 2000)                  \
    X("person-person-hour", SPEND_PERSON, PER_PERSON, HOUR_MS, false, 20000)                   \
    X("person-municipality-hour", SPEND_PERSON, PER_MUNICIPALITY, HOUR_MS, false, 200000)      \
    X("national-id-person-hour", SPEND_NATIONAL_ID, PER_PERSON, HOUR_MS, false, 20)            \
    X("national-id-municipality-day", SPEND_NATIONAL_ID, PER_MUNICIPALITY, DAY_MS, false, 2000) \
    X("import-person-day", SPEND_IMPORT, PER_PERSON, DAY_MS, false, 20000)                     \
    X("import-municipality-day", SPEND_IMPORT, PER_MUNICIPALITY, DAY_MS, false, 40000)         \
    X("indexed-person-day", SPEND_INDEXED, PER_PERSON, DAY_MS, false, 5000)                  \
    X("indexed-municipality-day", SPEND_INDEXED, PER_MUNICIPALITY, DAY_MS, false, 20000)     \
    X("sign-in-municipality-minute", SPEND_SIGN_IN, PER_MUNICIPALITY, MINUTE_MS, false, 300)   \
    X("sign-in-municipality-hour", SPEND_SIGN_IN, PER_MUNICIPALITY, HOUR_MS, false, 6000)      \
    X("grant-person-minute", SPEND_GRANT, PER_PERSON, MINUTE_MS, false, 10)                    \
    X("grant-municipality-minute", SPEND_GRANT, PER_MUNICIPALITY, MINUTE_MS, false, 300)

typedef struct Grants Grants;

/* Errors: E_NO_MEMORY, E_IO. crypto is used here only. */
MUST_USE Err grants_new(const Crypto *crypto, Grants **ret_grants);
void grants_free(Grants *grants);

/* Whether there is a ceiling of this name. */
bool grants_has_ceiling(Str name);
/* Another ceiling by its name; the caller refuses this in production. Errors: E_NOT_FOUND (no such name). */
MUST_USE Err grants_set_ceiling(Grants *grants, Str name, uint32_t ceiling);
/* Forgets every grant and every count (sealing). */
void grants_clear(Grants *grants);

/* id is fresh and random. Errors: E_RANGE (ends in the past, or later than GRANT_MAX_MS from now), E_BUSY (no room; or
 * draw another id), E_BUDGET. */
MUST_USE Err grants_add(Grants *grants, Grant grant, int64_t now);
/* Errors: E_NO_GRANT (unknown, ended, or of another tenant). */
MUST_USE Err grants_find(Grants *grants, Id id, Id tenant, int64_t now, Grant *ret_grant);
/* Ends it; an unknown one is fine. */
void grants_end(Grants *grants, Id id);
/* Ends all of one municipality's, or all; what was counted stays counted. */
void grants_end_tenant(Grants *grants, Id tenant);
void grants_end_all(Grants *grants);
/* Those that have not ended. */
uint32_t grants_count(const Grants *grants, int64_t now);

/* What is to be counted. */
typedef struct GrantUse {
    Spend act;
    const Grant *grant; /* id and person may be none: their rows are passed over then */
    Id object;          /* for distinct ceilings the use is of it, and amount is 1 */
    uint32_t amount;    /* 1..HEADERS_MAX */
    int64_t now;
} GrantUse;

/* Counts it; nothing when refused. Errors: E_BUDGET (also when the table is full: fail closed). */
MUST_USE Err grants_spend(Grants *grants, const GrantUse *use);

#endif
