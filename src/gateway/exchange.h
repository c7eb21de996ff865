/* One turn of a connection.
 * Must not keep anything of a request beyond it.
 * Used by gateway.c. */
#ifndef GATEWAY_EXCHANGE_H
#define GATEWAY_EXCHANGE_H

#include "gateway/gateway_priv.h"

/* Reads one request from fd, has it handled, and answers. False: the connection must be closed. */
bool exchange(const Worker *worker, int fd);

#endif
