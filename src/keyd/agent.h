/* The key agent without its socket: a state, and a table of what answers each message.
 * Must not hand out the root key or a municipality's keys, whatever is asked.
 * Used by keyd/serve.c and tests. Rules: keys 2-9, 11, docs/crypto.md. */
#ifndef KEYD_AGENT_H
#define KEYD_AGENT_H

#include "keyd/key_file_disk.h"
#include "sys/clock.h"
#include "sys/secret.h"

#define SHARES_WINDOW_MS INT64_C(600000) /* an incomplete set of shares is forgotten then */

typedef struct Agent Agent;

typedef struct AgentOptions {
    const Crypto *crypto; /* these must outlive the agent */
    const World *world;
    Clock *clock;         /* moved by CLOCK_ADVANCE in test mode; may be NULL */
    KeyFilePlaces places;
    Mode mode;            /* the only mode that is accepted; MODE_NONE accepts any */
} AgentOptions;

/* What protects the process, as STATUS tells it. */
typedef struct AgentShield {
    uint8_t memory; /* 0 plain, 1 locked, 2 hidden: SecretKind */
    uint8_t calls;  /* SandboxState */
    uint8_t paths;  /* SandboxState */
} AgentShield;

/* A sealed agent over the key file. Errors: E_MODE (the file is of another mode, or has no mirror in production),
 * E_NOT_FOUND, E_MALFORMED (no whole copy), E_NO_MEMORY. */
MUST_USE Err agent_new(const AgentOptions *options, Agent **ret_agent);
/* Wipes all keys. */
void agent_free(Agent *agent);
void agent_freep(Agent **agent);

/* Another ceiling. Errors: E_MODE in production, E_NOT_FOUND (no such name). */
MUST_USE Err agent_set_ceiling(Agent *agent, Str name, uint32_t ceiling);
void agent_set_shield(Agent *agent, AgentShield shield);
Mode agent_mode(const Agent *agent);
/* Copies of the key file that were missing or torn at the start; written anew when unsealed. */
size_t agent_spoilt_copies(const Agent *agent);
/* What kind of memory its keys stay in. */
SecretKind agent_memory(const Agent *agent);
bool agent_is_sealed(const Agent *agent);

/* In mode test the time goes on from what this file keeps, and a moved time is kept there; path outlives the agent. In every
 * other mode the file is neither read nor written. Errors: those of clock_file_read. */
MUST_USE Err agent_open_clock(Agent *agent, const char *path);

/* Keeps a journal of key acts from here on, in this file; the first act is the start. Errors: those of journal_open. */
MUST_USE Err agent_open_journal(Agent *agent, const char *path);
/* True when the last act could not be written into it. */
bool agent_journal_failed(const Agent *agent);

/* To be called now and then: wipes an incomplete set of shares that is too old, and destroys keys whose time is over. */
void agent_tick(Agent *agent);

typedef struct AgentAnswer {
    Str packet;
    uint8_t type; /* of the message that it answers */
    Err error;    /* what it tells, for the log */
} AgentAnswer;

/* The answer to one packet, in keep (which holds keys: wipe it).
 * Errors: E_TRUNCATED, E_MALFORMED: no answer, the connection must be ended. */
MUST_USE Err agent_answer(Agent *agent, Str packet, Arena *keep, AgentAnswer *ret_answer);

#endif
