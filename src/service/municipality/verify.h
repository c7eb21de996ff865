/* Compares a whole database with its chain, its signed heads and the agent's newest head, and lets the agent open each
 * sealed value without giving anything away.
 * Must not change anything, need a grant, or show content.
 * Called by cli (stafettlogg verify). Rules: keys 12, reading-and-writing 4-6. */
#ifndef SERVICE_MUNICIPALITY_VERIFY_H
#define SERVICE_MUNICIPALITY_VERIFY_H

#include "service/service.h"
#include "store/verify/verify.h"

typedef struct VerifyTo {
    void *self;
    void (*progress)(void *self, uint64_t done, uint64_t total); /* lines and rows; may be NULL */
    void (*found)(void *self, const Finding *finding);
    OtherLedgers others; /* besides the one of the stores; none: no other server works on these databases */
} VerifyTo;

/* Who opens values and knows the heads: the agent, or custodians who came together for a restore. */
typedef struct VerifyKeys {
    void *self;
    Err (*check)(void *self, const KeyCheck *check); /* as keys_check */
    Mode mode;
    const uint8_t *head_public; /* 32 bytes */
    AuditHead known;            /* the newest head, asked before; size 0: none is looked for */
} VerifyKeys;

/* The same without an agent. */
MUST_USE Err verify_with(Stores *stores, Id tenant, const VerifyKeys *keys, const VerifyTo *to, VerifyResult *ret_result);

/* The municipality's database, or the host's (tenant none). The agent must be unsealed. service->stores may be open for
 * reading only. Findings are told and counted, and are no Err. Errors: E_SEALED, E_NO_AGENT, those of the store. */
MUST_USE Err verify_database(Service *service, Id tenant, const VerifyTo *to, VerifyResult *ret_result);

/* The result as a line of the host's audit: who asked, which municipality (none: all), amount is the number of findings. */
MUST_USE Err verify_record(Service *service, Id by, Id tenant, uint32_t findings);

#endif
