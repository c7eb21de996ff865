/* The municipalities of this installation: public names and numbers, before anybody signs in.
 * Must not tell anything of their people.
 * Called by web, api and cli. Rule: sign-in 2. */
#ifndef SERVICE_MUNICIPALITY_H
#define SERVICE_MUNICIPALITY_H

#include "service/service.h"

/* How far a municipality has come; stands in the host's rows for ever. */
enum MunicipalityState { MUNICIPALITY_BEGUN = 0, MUNICIPALITY_IN_USE = 1 };

typedef struct Municipality {
    Id tenant;
    Str number; /* four digits of today's municipality number */
    Str name;
} Municipality;

typedef struct Municipalities {
    const Municipality *items;
    uint32_t count;
} Municipalities;

/* All that are in use, by name. */
MUST_USE Err municipality_list(Service *service, Arena *keep, Municipalities *ret_list);

/* Errors: E_NOT_FOUND. */
MUST_USE Err municipality_by_number(Service *service, Str number, Arena *keep, Municipality *ret_municipality);
MUST_USE Err municipality_by_id(Service *service, Id tenant, Arena *keep, Municipality *ret_municipality);

#endif
