/* Who may ask for keys now: grants, and what is counted against each (rules: keys 11).
 * Must not read a clock: now is an argument. Must not keep anything across a restart.
 * Used by keyd. */
#ifndef KEYD_GRANTS_H
#define KEYD_GRANTS_H

#include "keyd/ceilings.h"

#define GRANT_MAX_MS (INT64_C(8) * 3600 * 1000)
/* A session ends after a quarter of an hour without a request, one of the family after half an hour; serve says at most a
 * minute later that there was one. After that a grant opens drafts only, so that what was typed can be kept. */
#define GRANT_IDLE_STAFF_MS (16 * MINUTE_MS)
#define GRANT_IDLE_FAMILY_MS (31 * MINUTE_MS)

typedef struct Grant {
    Id id;
    Id tenant;
    Id person;
    uint8_t role;
    int64_t ends_at;
    int64_t used_at;
} Grant;

typedef struct Grants Grants;

/* Room for a day of so many municipalities. Errors: E_NO_MEMORY, E_IO. crypto is used here only. */
MUST_USE Err grants_new(const Crypto *crypto, uint32_t municipalities, Grants **ret_grants);
void grants_free(Grants *grants);
/* Room for more of them; all grants and counts stay. Errors: E_NO_MEMORY. */
MUST_USE Err grants_grow(Grants *grants, uint32_t municipalities, int64_t now);
/* Bytes that so many municipalities take, with their counts. */
size_t grants_bytes(uint32_t municipalities);
/* What is counted, whoever asks. */
Ceilings *grants_ceilings(Grants *grants);

/* Forgets every grant and every count (sealing). */
void grants_clear(Grants *grants);

/* id is fresh and random. It takes the place of one that was idle too long when there is no other. Counts SPEND_GRANT.
 * Errors: E_RANGE (ends in the past, or later than GRANT_MAX_MS from now), E_BUSY (no room; or draw another id), E_BUDGET. */
MUST_USE Err grants_add(Grants *grants, Grant grant, int64_t now);
/* One that is not idle; this is a use of it. Errors: E_NO_GRANT (unknown, ended, idle too long, or of another tenant). */
MUST_USE Err grants_find(Grants *grants, Id id, Id tenant, int64_t now, Grant *ret_grant);
/* The same, also when it was idle too long, which it stays. */
MUST_USE Err grants_find_idle(Grants *grants, Id id, Id tenant, int64_t now, Grant *ret_grant);
/* Ends it; an unknown one is fine. */
void grants_end(Grants *grants, Id id);
/* Ends all of one municipality's, or all; what was counted stays counted. */
void grants_end_tenant(Grants *grants, Id tenant);
void grants_end_all(Grants *grants);
/* Those that have not ended. */
uint32_t grants_count(const Grants *grants, int64_t now);

#endif
