/* Inside of the agent, for the files of this folder.
 * Must not be copied: it holds the keys, in memory of its own.
 * Used by agent*.c. */
#ifndef KEYD_AGENT_PRIV_H
#define KEYD_AGENT_PRIV_H

#include "crypto/shamir.h"
#include "keyd/agent.h"
#include "keyd/grants.h"
#include "keyd/journal.h"

typedef struct GivenShare {
    Id custodian;
    Share share;
} GivenShare;

/* From where a database's lines are counted, so that no head is taken for the newest that is longer than it can be. */
typedef struct HeadBegin {
    uint64_t size;
    int64_t at; /* 0: none was shown */
} HeadBegin;

struct Agent {
    AgentOptions options;
    AgentShield shield;
    SecretKind memory; /* what this struct stands in */
    Grants *grants;
    KeyFile *file;
    size_t spoilt;
    Journal *journal;    /* NULL: none is kept (tests of single parts) */
    bool journal_failed; /* the last act could not be written down */
    const char *clock_path; /* where the moved time of a test is kept; NULL: nowhere */
    /* The open attempt. */
    GivenShare given[CUSTODIANS_MAX];
    uint8_t given_count;
    int64_t given_since;
    /* All zero while sealed. */
    bool unsealed;
    RootKeys root;
    Key head_seed;
    Municipality municipalities[MUNICIPALITIES_MAX]; /* in the order of the file */
    bool head_shown[MUNICIPALITIES_MAX];             /* as new as the newest head, since unsealing; else no grants */
    bool head_refused[MUNICIPALITIES_MAX];           /* an older one was, or one that no database grows to; noted once */
    HeadBegin head_begins[MUNICIPALITIES_MAX];       /* at the first head shown since unsealing */
    int64_t destroy_next;                            /* when the first sealed key of the file is to be destroyed; 0: none */
};

/* One message on its way. */
typedef struct Turn {
    Agent *agent;
    Cursor *body;
    Buf *reply;
    Arena *keep;
    int64_t now; /* 0 when the clock cannot be trusted */
} Turn;

/* Handlers read their body, refuse, and append their reply. E_TRUNCATED and E_MALFORMED end the connection. */
typedef Err Handler(Turn *turn);

Id turn_id(Turn *turn);
/* Errors: E_NOT_FOUND. */
MUST_USE Err agent_municipality(const Agent *agent, Id tenant, const Municipality **ret_municipality);

#endif
