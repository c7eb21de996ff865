/* How many keys may be given, whoever asks: ceilings that do not depend on anybody's word (rules: keys 11).
 * Must not read a clock: now is an argument. Must not keep anything across a restart.
 * Used by grants.c and, for the table alone, by cli. */
#ifndef KEYD_CEILINGS_H
#define KEYD_CEILINGS_H

#include "keyd/vault.h"

/* What is counted. */
typedef enum Spend {
    SPEND_NONE = 0,
    SPEND_READ,        /* a log opened to read */
    SPEND_WRITE,       /* a log opened to write */
    SPEND_DRAFT,       /* the draft sub-key of a log */
    SPEND_HEADER,      /* the header sub-key of a log, for a list */
    SPEND_PERSON,      /* the key of a person, to a grant */
    SPEND_NATIONAL_ID, /* a look-up by national id */
    SPEND_IMPORT,      /* a look-up by an import, or the key of a person that it finds */
    SPEND_INDEXED,     /* a blind index made with a new scope or a changed one, or a look-up by e-mail */
    SPEND_SIGN_IN,     /* the key of a person, or a look-up, without a grant */
    SPEND_GRANT,       /* a new grant */
    SPEND_JOB,         /* the header or the head sub-key of a log, for a job */
    SPEND_FOLLOW,      /* the same, of a log that follows a closed unit */
    SPEND_REPORT,      /* the key of an archive report */
    SPEND_FACTS,       /* sealed facts that were opened */
    SPEND_ENDING,      /* the fact sub-key of a log that is purged */
    SPEND_PARCEL,      /* the key of what goes to another municipality, or of a parcel that comes */
    SPEND_LOG_MADE,    /* a new log that counts when shares are reckoned */
    SPEND_PERSON_MADE, /* a new person that does */
    SPEND_COUNT,
} Spend;

typedef enum Per { PER_GRANT = 1, PER_PERSON, PER_MUNICIPALITY } Per;

typedef enum ShareOf { OF_NOTHING = 0, OF_LOGS, OF_PERSONS } ShareOf;

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

#define SPENDS(act) (1u << SPEND_##act)
#define WHOLE_LOG (SPENDS(READ) | SPENDS(WRITE))

/* name, acts, per, window, distinct; then what may be: at least, a share in thousandths of the municipality's scopes, of
 * which kind, at most. A window begins with its first use. What holds a server that was taken over are the rows of the
 * municipality: it can invent persons and grants. Signing in has no share: whoever knows the names of many people could close
 * it for the others with failures, so its ceilings lie above what serve lets strangers try (domain/signin.h). */
#define CEILINGS(X)                                                                                                     \
    X("log-municipality-hour", WHOLE_LOG, PER_MUNICIPALITY, HOUR_MS, true, 150, 250, OF_LOGS, 3000)                     \
    X("log-municipality-day", WHOLE_LOG, PER_MUNICIPALITY, DAY_MS, true, 600, 600, OF_LOGS, 8000)                       \
    X("read-grant-minute", SPENDS(READ), PER_GRANT, MINUTE_MS, true, 30, 0, OF_NOTHING, 30)                             \
    X("read-grant-hour", SPENDS(READ), PER_GRANT, HOUR_MS, true, 60, 100, OF_LOGS, 120)                                 \
    X("read-person-hour", SPENDS(READ), PER_PERSON, HOUR_MS, true, 60, 100, OF_LOGS, 120)                               \
    X("read-person-day", SPENDS(READ), PER_PERSON, DAY_MS, true, 120, 200, OF_LOGS, 400)                                \
    X("write-grant-minute", SPENDS(WRITE), PER_GRANT, MINUTE_MS, true, 20, 0, OF_NOTHING, 20)                           \
    X("write-grant-hour", SPENDS(WRITE), PER_GRANT, HOUR_MS, true, 50, 100, OF_LOGS, 100)                               \
    X("write-person-hour", SPENDS(WRITE), PER_PERSON, HOUR_MS, true, 50, 100, OF_LOGS, 100)                             \
    X("write-person-day", SPENDS(WRITE), PER_PERSON, DAY_MS, true, 100, 150, OF_LOGS, 300)                              \
    X("write-municipality-hour", SPENDS(WRITE), PER_MUNICIPALITY, HOUR_MS, true, 120, 150, OF_LOGS, 2000)               \
    X("write-municipality-day", SPENDS(WRITE), PER_MUNICIPALITY, DAY_MS, true, 400, 400, OF_LOGS, 5000)                 \
    X("draft-grant-hour", SPENDS(DRAFT), PER_GRANT, HOUR_MS, true, 50, 100, OF_LOGS, 60)                                \
    X("draft-person-day", SPENDS(DRAFT), PER_PERSON, DAY_MS, true, 100, 150, OF_LOGS, 200)                              \
    X("draft-municipality-hour", SPENDS(DRAFT), PER_MUNICIPALITY, HOUR_MS, true, 120, 150, OF_LOGS, 2000)               \
    X("draft-municipality-day", SPENDS(DRAFT), PER_MUNICIPALITY, DAY_MS, true, 400, 400, OF_LOGS, 5000)                 \
    X("header-grant-minute", SPENDS(HEADER), PER_GRANT, MINUTE_MS, false, 20000, 0, OF_NOTHING, 20000)                  \
    X("header-person-hour", SPENDS(HEADER), PER_PERSON, HOUR_MS, false, 100000, 0, OF_NOTHING, 100000)                  \
    X("header-municipality-hour", SPENDS(HEADER), PER_MUNICIPALITY, HOUR_MS, true, 1000, 800, OF_LOGS, 20000)           \
    X("header-municipality-day", SPENDS(HEADER), PER_MUNICIPALITY, DAY_MS, true, 2000, 1000, OF_LOGS, 40000)             \
    X("person-grant-minute", SPENDS(PERSON), PER_GRANT, MINUTE_MS, false, 2000, 0, OF_NOTHING, 2000)                    \
    X("person-person-hour", SPENDS(PERSON), PER_PERSON, HOUR_MS, false, 20000, 0, OF_NOTHING, 20000)                    \
    X("person-municipality-hour", SPENDS(PERSON), PER_MUNICIPALITY, HOUR_MS, true, 500, 200, OF_PERSONS, 5000)            \
    X("person-municipality-day", SPENDS(PERSON), PER_MUNICIPALITY, DAY_MS, true, 1500, 600, OF_PERSONS, 20000)            \
    X("national-id-person-hour", SPENDS(NATIONAL_ID), PER_PERSON, HOUR_MS, false, 20, 0, OF_NOTHING, 20)                \
    X("national-id-municipality-hour", SPENDS(NATIONAL_ID), PER_MUNICIPALITY, HOUR_MS, false, 100, 50, OF_LOGS, 500)    \
    X("national-id-municipality-day", SPENDS(NATIONAL_ID), PER_MUNICIPALITY, DAY_MS, false, 300, 100, OF_LOGS, 2000)    \
    X("import-person-day", SPENDS(IMPORT), PER_PERSON, DAY_MS, false, 20000, 0, OF_NOTHING, 20000)                      \
    X("import-municipality-day", SPENDS(IMPORT), PER_MUNICIPALITY, DAY_MS, false, 40000, 0, OF_NOTHING, 40000)          \
    X("import-opened-municipality-day", SPENDS(IMPORT), PER_MUNICIPALITY, DAY_MS, true, 2000, 1000, OF_PERSONS, 20000)  \
    X("indexed-person-day", SPENDS(INDEXED), PER_PERSON, DAY_MS, false, 5000, 0, OF_NOTHING, 5000)                      \
    X("indexed-municipality-day", SPENDS(INDEXED), PER_MUNICIPALITY, DAY_MS, false, 20000, 0, OF_NOTHING, 20000)        \
    X("sign-in-municipality-minute", SPENDS(SIGN_IN), PER_MUNICIPALITY, MINUTE_MS, false, 300, 0, OF_NOTHING, 300)      \
    X("sign-in-municipality-hour", SPENDS(SIGN_IN), PER_MUNICIPALITY, HOUR_MS, false, 6000, 0, OF_NOTHING, 6000)        \
    X("sign-in-opened-municipality-hour", SPENDS(SIGN_IN), PER_MUNICIPALITY, HOUR_MS, true, 3000, 0, OF_NOTHING, 3000)  \
    X("job-municipality-day", SPENDS(JOB), PER_MUNICIPALITY, DAY_MS, true, 1000, 500, OF_LOGS, 15000)                   \
    X("follow-municipality-day", SPENDS(FOLLOW), PER_MUNICIPALITY, DAY_MS, true, 1000, 250, OF_LOGS, 8000)              \
    X("report-person-day", SPENDS(REPORT), PER_PERSON, DAY_MS, true, 50, 20, OF_LOGS, 200)                              \
    X("report-municipality-day", SPENDS(REPORT), PER_MUNICIPALITY, DAY_MS, true, 200, 50, OF_LOGS, 1000)                \
    X("facts-municipality-day", SPENDS(FACTS), PER_MUNICIPALITY, DAY_MS, false, 100000, 50000, OF_LOGS, 3000000)         \
    X("ending-municipality-day", SPENDS(ENDING), PER_MUNICIPALITY, DAY_MS, true, 1000, 1000, OF_LOGS, 20000)             \
    X("parcel-municipality-hour", SPENDS(PARCEL), PER_MUNICIPALITY, HOUR_MS, true, 60, 20, OF_LOGS, 300)                 \
    X("parcel-municipality-day", SPENDS(PARCEL), PER_MUNICIPALITY, DAY_MS, true, 120, 40, OF_LOGS, 600)                  \
    X("grant-person-minute", SPENDS(GRANT), PER_PERSON, MINUTE_MS, false, 10, 0, OF_NOTHING, 10)                        \
    X("grant-municipality-minute", SPENDS(GRANT), PER_MUNICIPALITY, MINUTE_MS, false, 300, 0, OF_NOTHING, 300)          \
    X("log-made-municipality-day", SPENDS(LOG_MADE), PER_MUNICIPALITY, DAY_MS, false, 1000, 100, OF_LOGS, 5000)         \
    X("person-made-municipality-day", SPENDS(PERSON_MADE), PER_MUNICIPALITY, DAY_MS, false, 5000, 100, OF_PERSONS, 20000)

/* One use, and who by. */
typedef struct Use {
    Spend act;
    Id tenant;  /* zero: the host, whose rows count too */
    Id person;  /* none: its rows are passed over */
    Id grant;   /* none: its rows are passed over */
    Id object;  /* what distinct ceilings tell apart, and amount is 1 then; none: those are passed over */
    uint32_t amount;
    ScopesMade made; /* by the tenant */
    int64_t now;     /* UTC ms */
} Use;

typedef struct Ceilings Ceilings;

/* Room for a day of so many municipalities. Errors: E_NO_MEMORY, E_IO. crypto is used here only. */
MUST_USE Err ceilings_new(const Crypto *crypto, uint32_t municipalities, Ceilings **ret_ceilings);
void ceilings_free(Ceilings *ceilings);
/* Room for more of them; what was counted stays counted. Errors: E_NO_MEMORY. */
MUST_USE Err ceilings_grow(Ceilings *ceilings, uint32_t municipalities, int64_t now);
/* Tables grow in steps, since the former stands beside the larger one while it does: how many municipalities have room then. */
uint32_t ceilings_room(uint32_t municipalities);
/* Bytes that so many municipalities take. */
size_t ceilings_bytes(uint32_t municipalities);

/* Whether there is a ceiling of this name. */
bool ceilings_has(Str name);
/* Another ceiling by its name, whatever the municipality's size; the caller refuses this in production.
 * Errors: E_NOT_FOUND (no such name). */
MUST_USE Err ceilings_set(Ceilings *ceilings, Str name, uint32_t ceiling);
/* What the ceiling of this name is for a municipality that has made so many scopes. Errors: E_NOT_FOUND. */
MUST_USE Err ceilings_at(const Ceilings *ceilings, Str name, ScopesMade made, uint32_t *ret_ceiling);
/* Forgets every count. */
void ceilings_clear(Ceilings *ceilings);

/* Counts it; nothing when refused. Errors: E_BUDGET (also when the table is full: fail closed). */
MUST_USE Err ceilings_spend(Ceilings *ceilings, const Use *use);

#endif
