/* The key agent as a process: sealed, unsealed, grants, ceilings, restarts and torn files.
 * Must not leave a process behind.
 * Called by meson test. */
#include "support/test.h"

#include "support/agent.h"

#define SEALED(a)                                 \
    AUTO(test_agent_stop) TestAgent a = {0};      \
    KeysStatus status = {0};                      \
    test_agent_start_sealed(&a)

TEST(one_share_leaves_it_sealed)
{
    SEALED(a);
    EXPECT_OK(test_agent_share(&a, 0, &status));
    EXPECT(status.sealed && status.shares_given == 1 && status.threshold == 2 && status.mode == MODE_TEST);
}

TEST(the_same_share_twice_is_refused_and_leaves_it_sealed)
{
    SEALED(a);
    EXPECT_OK(test_agent_share(&a, 0, &status));
    EXPECT_ERR(test_agent_share(&a, 0, &status), E_SAME_CUSTODIAN);
    EXPECT_OK(keys_status(a.keys, &status));
    EXPECT(status.sealed && status.shares_given == 1);
}

TEST(another_custodians_share_under_the_own_name_is_refused)
{
    SEALED(a);
    EXPECT_ERR(keys_unseal_share(a.keys, a.shares[0].custodian, a.shares[1].root, &status), E_WRONG_SHARE);
    EXPECT_OK(test_agent_share(&a, 0, &status));
    EXPECT_ERR(keys_unseal_share(a.keys, a.shares[0].custodian, a.shares[1].root, &status), E_SAME_CUSTODIAN);
    EXPECT_OK(keys_status(a.keys, &status));
    EXPECT(status.sealed);
}

TEST(two_distinct_custodians_unseal_it)
{
    SEALED(a);
    EXPECT_OK(test_agent_share(&a, 1, &status));
    EXPECT_OK(test_agent_share(&a, 2, &status));
    EXPECT(!status.sealed && status.municipalities == 1);
}

RUN_TESTS("agent")
