/* A real key agent in a temporary folder, in mode test: AUTO(test_agent_stop) TestAgent agent = {0}; test_agent_start(&agent);
 * Must not be used outside tests. Stops the process (abort) when the agent cannot be made.
 * Used by tests of keyd, service, jobs and cli. */
#ifndef TESTS_AGENT_H
#define TESTS_AGENT_H

#include <sys/types.h>

#include "keyd/make.h"
#include "keyd/serve.h"
#include "keys/scopes.h"
#include "sys/clock.h"

#define TEST_PATH 96

typedef struct TestAgent {
    Mode mode;      /* of its keys; MODE_NONE is test. Set it before the start */
    Keys *keys; /* the client: ask it what you want */
    Crypto *crypto;
    World world;
    Clock clock;
    pid_t process;
    CustodianShares shares[CUSTODIANS_MAX]; /* three custodians, any two of whom unseal */
    KeydOptions options;
    char folder[TEST_PATH];
    char socket[TEST_PATH];
    char key_file[TEST_PATH];
    char mirror[TEST_PATH];
} TestAgent;

/* Makes keys (host only; keys_municipality_new makes more), starts the agent and unseals it. */
void test_agent_start(TestAgent *agent);
/* The same, sealed. Set agent->options.ceilings or .mode before, if wanted. */
void test_agent_start_sealed(TestAgent *agent);
/* Starts the process again over the same files (sealed), after test_agent_kill or an end of its own. */
void test_agent_restart(TestAgent *agent);
/* Gives the share of one custodian (0..2). */
Err test_agent_share(TestAgent *agent, size_t custodian, KeysStatus *ret_status);
void test_agent_unseal(TestAgent *agent);
/* kill -9, and waits for the end. */
void test_agent_kill(TestAgent *agent);
/* Ends everything and removes the folder. */
void test_agent_stop(TestAgent *agent);

#endif
