/* The host's list of municipalities in memory: a cookie names one, and a made-up one must cost no database anything.
 * Must not say no from a list that is older than HOST_LIST_MS.
 * Kept by memory.c; asked by make.c. Rule: sign-in 17. */
#ifndef SERVICE_SESSION_HOST_LIST_H
#define SERVICE_SESSION_HOST_LIST_H

#include "service/service.h"

#define HOST_LIST_MS ((int64_t)1000)

typedef struct HostList HostList;

/* Lives in keep; nothing is read yet. Errors: E_NO_MEMORY. */
MUST_USE Err host_list_new(Arena *keep, HostList **ret_list);
void host_list_done(HostList *list);

/* Whether this municipality is in use. One that is not listed has the list read again, at most once in HOST_LIST_MS however
 * many ask. Errors: E_NOT_FOUND; those of store. */
MUST_USE Err host_list_has(Service *service, HostList *list, Id tenant);

#endif
