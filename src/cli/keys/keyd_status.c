/* stafettlogg keyd-status: what the agent says of itself, one "name value" a line.
 * Must not need a grant or a key.
 * Called from the table of commands. */
#include <argp.h>
#include <stdio.h>

#include "cli/command/command.h"
#include "keys/keys.h"
#include "sys/sandbox.h"

static const struct argp_option options[] = {
    {.name = "socket", .key = 's', .arg = "PATH", .doc = "the agent's socket (default " KEYD_SOCKET ")"},
    {0},
};

static error_t parse(int key, char *text, struct argp_state *state)
{
    const char **socket = state->input;
    if (key != 's')
        return ARGP_ERR_UNKNOWN;
    *socket = text;
    return 0;
}

static const char *memory_name(uint8_t memory)
{
    static const char *const names[] = {"plain", "locked", "secret"};
    return names[memory < COUNT_OF(names) ? memory : 0];
}

Err command_keyd_status(int argc, char **argv)
{
    static const struct argp argp = {.options = options, .parser = parse, .doc = "Tells the state of the key agent."};
    const char *socket = KEYD_SOCKET;
    AUTO(tools_close) Tools tools = {0};
    AUTO(keys_closep) Keys *keys = NULL;
    KeysStatus status;

    argp_parse(&argp, argc, argv, 0, NULL, &socket);
    TRY(tools_open(&tools));
    TRY(keys_open(&(KeysOptions){.socket = socket, .crypto = tools.crypto}, &keys));
    TRY(about("key agent", socket, keys_status(keys, &status)));
    printf("state %s\nmode %s\n", status.sealed ? "sealed" : "unsealed", mode_name(status.mode));
    printf("shares %u of %u\ncustodians %u\n", status.shares_given, status.threshold, status.custodians);
    printf("memory %s\ncalls %s\npaths %s\n", memory_name(status.memory),
           sandbox_state_name((SandboxState)status.calls_limited),
           sandbox_state_name((SandboxState)status.paths_limited));
    printf("grants %u\nmunicipalities %u\npublic-key ", status.grants, status.municipalities);
    for (size_t i = 0; i < sizeof status.head_public; i++)
        printf("%02x", status.head_public[i]);
    putchar('\n');
    return ok();
}
