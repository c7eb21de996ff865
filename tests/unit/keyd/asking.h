/* What the tests of the key agent ask it with.
 * Must not start anything: support/agent.h does.
 * Included by the tests of the agent as a process. */
#ifndef TESTS_KEYD_ASKING_H
#define TESTS_KEYD_ASKING_H

#include "support/agent.h"
#include "support/test.h"

#define GRANT_HOURS 8
#define HOLDER 3 /* the role of domain/roles.h that makes logs and opens them */

#define SEALED(a)                                 \
    AUTO(test_agent_stop) TestAgent a = {0};      \
    __attribute__((unused)) KeysStatus status = {0}; \
    test_agent_start_sealed(&a)

#define UNSEALED(a)                          \
    AUTO(test_agent_stop) TestAgent a = {0}; \
    test_agent_start(&a)

static const Id host = {{0}}, somebody = {{7}}, nobody = {{0}};

static inline KeyUse use_of(Id grant, Id tenant, Purpose purpose, Id log)
{
    return (KeyUse){.grant = grant, .tenant = tenant, .kind = SCOPE_LOG, .scope = log, .purpose = purpose};
}

static inline IndexUse look_up(Id grant, Id tenant, Purpose purpose, IndexKind kind)
{
    return (IndexUse){.grant = grant, .tenant = tenant, .kind = kind, .purpose = purpose};
}

static inline Id grant_in(TestAgent *a, Id person, uint8_t role)
{
    KeysStatus status = {0};
    Id grant = {0};
    EXPECT_OK(keys_status(a->keys, &status));
    EXPECT_OK(keys_grant_new(a->keys, (GrantWish){.person = person, .role = role, .ends_at = status.now + GRANT_HOURS * 3600000}, &grant));
    return grant;
}

static inline Id grant_of(TestAgent *a, Id person)
{
    return grant_in(a, person, HOLDER);
}

#endif
