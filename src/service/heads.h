/* Shows the key agent where each database's audit chains stand, keeps its signatures, and asks for grants only after that.
 * Must not let anybody sign in to a database older than the newest head the agent knows (rules: reading-and-writing 4).
 * Made in main (cli/serve, tests); used by the room session and by serve's thread. */
#ifndef SERVICE_HEADS_H
#define SERVICE_HEADS_H

#include "service/service.h"

/* Safe for all threads. Errors: E_NO_MEMORY. */
MUST_USE Err heads_new(Heads **ret_heads);
void heads_free(Heads *heads);
void heads_freep(Heads **heads);

/* Shows one database (the host's: tenant none) when it was not shown since this process began, or lines were written
 * since. Nothing to show is ok. Errors: E_FORGED (it is older than the newest head: an alarm), those of keys and store. */
MUST_USE Err heads_show(Service *service, Id tenant);

/* Shows the host's database and that of every municipality in use. Each failure is told; the first is returned. */
typedef void HeadFailed(void *self, Id tenant, Err error);
MUST_USE Err heads_show_all(Service *service, HeadFailed *failed, void *self);

/* keys_grant_new, after the databases were shown; once more when the agent has forgotten since.
 * Errors: E_FORGED (an older database), those of keys and store. */
MUST_USE Err heads_grant(Service *service, GrantWish wish, Id *ret_grant);

#endif
