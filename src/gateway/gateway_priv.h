/* The server's state, and what one connection's turn is.
 * Must not know what a request means.
 * Used by gateway.c and exchange.c. */
#ifndef GATEWAY_GATEWAY_PRIV_H
#define GATEWAY_GATEWAY_PRIV_H

#include <stdatomic.h>

#include "gateway/compress.h"
#include "gateway/gateway.h"
#include "sys/clock.h"
#include "sys/socket.h"
#include "sys/thread.h"

typedef struct Connection {
    int fd;                  /* -1: a free slot */
    struct Connection *next; /* in the list of free slots */
} Connection;

/* A thread, and what it keeps from request to request. */
typedef struct Worker {
    Gateway *gateway;
    Thread thread;
    Compressor *compressor;
    Arena *request, *head;   /* wiped after each request */
} Worker;

struct Gateway {
    GatewayOptions options;
    GatewayHandler handler;
    int poller;
    int stop_wake;           /* rung by gateway_stop */
    int end_wake;            /* rung once, when the threads shall end */
    Worker *workers;
    Connection *slots;
    atomic_bool draining;    /* each answer is the last of its connection */
    atomic_bool ended;
    atomic_uint sending_large; /* threads that send an answer which may have to wait for its reader */

    Mutex lock;              /* for all below */
    Condition emptied;       /* open_count became 0 */
    int listening;           /* -1 once we are stopping */
    Connection *free_slots;
    uint32_t open_count;
    bool paused;             /* the listener is silent because no slot was free */
};

#endif
