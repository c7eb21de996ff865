/* A unit asks for a log that it does not know of, and what may be seen of that.
 * Must not do, store or say anything else where there is a log than where there is none.
 * Called by web and api. Rule: transfer 8. */
#ifndef SERVICE_ACTS_TRANSFER_BLIND_H
#define SERVICE_ACTS_TRANSFER_BLIND_H

#include "domain/values.h"
#include "service/service.h"
#include "store/request/blind.h"

/* One request, to its sender or to whom it met. */
typedef struct BlindItem {
    int64_t at;
    Day closes_on;   /* the first day on which it is closed */
    bool open;
    Str code;        /* why: of BLIND_REASON, "2" */
    Str unit;        /* that asked, or that a guardian wants it to go to */
    bool of_family;  /* a guardian began it, from the stub */
    Id log;          /* of those that met one: which; none for the sender */
} BlindItem;
typedef struct BlindItems {
    const BlindItem *items;
    uint32_t count;
} BlindItems;

typedef struct BlindLists {
    BlindItems sent; /* by the unit of a holder or manager */
    BlindItems met;  /* logs of the manager's unit; of an administrator: any log of the municipality */
} BlindLists;

/* Sends one: a row and a line, the same whether there is a log, is none, or may not be asked for. values: KIND_BLIND_REQUEST.
 * *ret_too_many: nothing was sent, since the person or the unit has sent as many as they may.
 * Errors: E_INVALID for a number that is none; E_FORBIDDEN, those of keys and store. */
MUST_USE Err blind_request_send(Service *service, const Actor *actor, const Values *values, bool *ret_too_many);
/* The newest, at most 100 of each. One line. Errors: E_FORBIDDEN, those of keys and store. */
MUST_USE Err blind_requests(Service *service, const Actor *actor, Arena *keep, BlindLists *ret_lists);
/* Whether this actor may send one: without a line, and with the line of a refusal. Errors: E_FORBIDDEN. */
bool blind_may_send(const Actor *actor);
MUST_USE Err blind_sends(const Actor *actor);

#endif
