/* Starts and ends real key agents for tests.
 * Must not leave a process or a folder behind.
 * Called by tests. */
#include "support/agent.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/world.h"

#define TRIES 1000
#define TRY_US 5000

static void need(Err err, const char *what)
{
    if (is_ok(err))
        return;
    fprintf(stderr, "test agent: %s: %s (%s:%u)\n", what, err_name(err.id), err.file, err.line);
    abort();
}

static void path(char to[static TEST_PATH], const char *folder, const char *name)
{
    int length = snprintf(to, TEST_PATH, "%s/%s", folder, name);
    need(length > 0 && length < TEST_PATH ? ok() : fail(E_TOO_LARGE), "path");
}

static _Noreturn void serve(const TestAgent *agent)
{
    char log[TEST_PATH];
    path(log, agent->folder, "keyd.log");
    int fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0 || dup2(fd, STDERR_FILENO) < 0 || dup2(fd, STDOUT_FILENO) < 0)
        _exit(err_exit(E_IO));
    /* A test that fails on its way leaves no agent behind. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    Err served = keyd_serve(&agent->options);
    _exit(err_exit(served.id));
}

/* Waits until it answers, or has ended (tests look at that themselves). */
static void wait_for_answer(TestAgent *agent)
{
    KeysStatus status;
    for (int i = 0; i < TRIES; i++) {
        if (is_ok(keys_status(agent->keys, &status)))
            return;
        siginfo_t ended = {0};
        if (waitid(P_PID, (id_t)agent->process, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid)
            return;
        usleep(TRY_US);
    }
    need(fail(E_NO_AGENT), "no answer");
}

void test_agent_restart(TestAgent *agent)
{
    agent->process = fork();
    if (agent->process == 0)
        serve(agent);
    if (agent->process < 0)
        need(fail(E_IO), "fork");
    wait_for_answer(agent);
}

static void make(TestAgent *agent)
{
    const MakeOptions make = {.mode = agent->mode == MODE_NONE ? MODE_TEST : agent->mode, .custodians = 3, .threshold = 2};

    snprintf(agent->folder, sizeof agent->folder, "/tmp/stafettlogg-test-XXXXXX");
    if (!mkdtemp(agent->folder))
        need(fail(E_IO), "folder");
    path(agent->socket, agent->folder, "keyd.sock");
    path(agent->key_file, agent->folder, "keys");
    path(agent->mirror, agent->folder, "keys.mirror");
    agent->options.socket = agent->socket;
    agent->options.places = (KeyFilePlaces){.paths = {agent->key_file, agent->mirror}, .count = 2};
    clock_init(&agent->clock, true);
    agent->world = world_real(&agent->clock);
    need(crypto_new(&agent->world, &agent->crypto), "crypto");
    need(keys_make(agent->crypto, &make, &agent->options.places, agent->shares), "keys");
    need(keys_open(&(KeysOptions){.socket = agent->socket, .crypto = agent->crypto, .timeout_ms = 10000}, &agent->keys),
         "client");
}

void test_agent_start_sealed(TestAgent *agent)
{
    make(agent);
    test_agent_restart(agent);
}

Err test_agent_share(TestAgent *agent, size_t custodian, KeysStatus *ret_status)
{
    const CustodianShares *shares = &agent->shares[custodian];
    return keys_unseal_share(agent->keys, shares->custodian, shares->root, ret_status);
}

void test_agent_unseal(TestAgent *agent)
{
    KeysStatus status;
    need(test_agent_share(agent, 0, &status), "first share");
    need(test_agent_share(agent, 2, &status), "second share");
}

void test_agent_start(TestAgent *agent)
{
    test_agent_start_sealed(agent);
    test_agent_unseal(agent);
}

void test_agent_kill(TestAgent *agent)
{
    if (agent->process <= 0)
        return;
    kill(agent->process, SIGKILL);
    waitpid(agent->process, NULL, 0);
    agent->process = 0;
}

void test_agent_stop(TestAgent *agent)
{
    static const char *const names[] = {"keyd.sock", "keys", "keys.mirror", "keys.lock", "keys.journal", "keys.clock", "keyd.log"};
    char name[TEST_PATH];

    test_agent_kill(agent);
    keys_closep(&agent->keys);
    crypto_freep(&agent->crypto);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        path(name, agent->folder, names[i]);
        unlink(name);
    }
    if (agent->folder[0])
        rmdir(agent->folder);
    memset(agent, 0, sizeof *agent);
}
