/* A question to the key agent and its answer, over a small pool of connections.
 * Must not retry a question whose answer was lost: the caller decides.
 * Used by the files of keys. */
#ifndef KEYS_CALL_H
#define KEYS_CALL_H

#include <stdatomic.h>

#include "keys/keys.h"
#include "keys/pairs.h"
#include "keys/rows.h"
#include "sys/thread.h"

#define CONNECTIONS_MAX 64
#define SOCKET_PATH_BYTES 108

struct Keys {
    const Crypto *crypto;
    Mutex lock; /* guards idle and in_use */
    Condition freed;
    int idle[CONNECTIONS_MAX];
    int idle_count;
    int in_use;
    int connections;
    int timeout_ms;
    char path[SOCKET_PATH_BYTES];
    _Atomic uint64_t messages;
    RowKeys *row_keys;
    PairKeys *pair_keys;
};

/* One question and its answer; the arena wipes both. */
typedef struct Call {
    Arena *arena;
    Buf request;
    MessageType type;
} Call;

/* CALL(call, MESSAGE_SEAL): a question that begins here and ends with its scope, and a cursor `body` for its answer. */
#define CALL(name, message)          \
    AUTO(call_done) Call name = {0}; \
    Cursor body;                     \
    TRY(call_new(message, &name))

MUST_USE Err call_new(MessageType type, Call *ret_call);
void call_done(Call *call);

void call_add_id(Call *call, Id id);
/* A wrapped value of another length was never made by the agent: E_FORGED. */
MUST_USE Err call_add_wrapped(Call *call, Str wrapped);

/* Puts the question; *ret_body is the answer behind its header, until call_done. Errors: those named in keys.h. */
MUST_USE Err call_ask(Keys *keys, Call *call, Cursor *ret_body);

#endif
