/* Inside of the agent, for the files of this folder.
 * Must not be included elsewhere.
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
    bool head_refused[MUNICIPALITIES_MAX];           /* an older one was; noted once */
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

Handler agent_status, agent_unseal_share, agent_seal;                                /* agent_seal.c */
Handler agent_grant_new, agent_grant_end, agent_municipality_new, agent_clock_advance; /* agent_acts.c */
Handler agent_sign_head, agent_head_newest; /* agent_heads.c */
Handler agent_journal_read, agent_journal_taken; /* agent_journal.c */
Handler agent_scope_new, agent_scope_index, agent_rewrap, agent_unwrap, agent_unwrap_headers, agent_blind_index,
    agent_check; /* agent_scopes.c */

/* Wipes everything that unsealing brought. */
void agent_forget(Agent *agent);
/* An incomplete set of shares that is too old is wiped. */
void agent_forget_old_shares(Agent *agent, int64_t now);

/* A line in the journal. */
void agent_note(Agent *agent, JournalEvent event, enum err_id error, Id subject);
/* False: this database was not shown since unsealing, or an older one was, or that holds for the host's. */
bool agent_head_is_good(const Agent *agent, size_t municipality);
/* The key file with what has changed in agent->file, on every place. */
MUST_USE Err agent_write_file(Agent *agent);

Id turn_id(Turn *turn);
/* Errors: E_NOT_FOUND. */
MUST_USE Err agent_municipality(const Agent *agent, Id tenant, const Municipality **ret_municipality);

#endif
