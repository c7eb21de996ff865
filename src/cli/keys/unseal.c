/* stafettlogg unseal: opens a custodian's share in the custodian's own process and gives it to the agent.
 * Must not hand the passphrase to anyone, nor write the share anywhere.
 * Called from the table of commands. */
#include <argp.h>
#include <stdio.h>

#include "cli/keys/shares.h"
#include "keys/keys.h"
#include "sys/sandbox.h"

typedef struct Unseal {
    const char *socket;
    const char *share;
    const char *passphrase_file;
} Unseal;

static const struct argp_option options[] = {
    {.name = "socket", .key = 's', .arg = "PATH", .doc = "the agent's socket (default " KEYD_SOCKET ")"},
    {.name = "share", .key = 'f', .arg = "FILE", .doc = "your share file"},
    {.name = "passphrase-file", .key = 'p', .arg = "FILE", .doc = "read the passphrase here instead of the terminal"},
    {0},
};

static error_t parse(int key, char *text, struct argp_state *state)
{
    Unseal *unseal = state->input;
    switch (key) {
    case 's':
        unseal->socket = text;
        return 0;
    case 'f':
        unseal->share = text;
        return 0;
    case 'p':
        unseal->passphrase_file = text;
        return 0;
    case ARGP_KEY_END:
        if (!unseal->share)
            argp_error(state, "--share is needed");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static Err open_share(const Unseal *unseal, const Tools *tools, CustodianShares *ret_shares)
{
    AUTO(passwords_freep) Passwords *passwords = NULL;

    TRY(passwords_new(tools->crypto, &passwords));
    return share_read(passwords, tools, unseal->share, unseal->passphrase_file, ret_shares);
}

Err command_unseal(int argc, char **argv)
{
    static const struct argp argp = {.options = options,
                                     .parser = parse,
                                     .doc = "Gives your share to the key agent. When enough different custodians have "
                                            "done so within ten minutes, it is unsealed."};
    Unseal unseal = {.socket = KEYD_SOCKET};
    AUTO(tools_close) Tools tools = {0};
    AUTO(keys_closep) Keys *keys = NULL;
    AUTO(custodian_shares_wipe) CustodianShares shares = {0};
    KeysStatus status;

    argp_parse(&argp, argc, argv, 0, NULL, &unseal);
    TRY(sandbox_private_memory());
    TRY(tools_open(&tools));
    TRY(open_share(&unseal, &tools, &shares));
    TRY(keys_open(&(KeysOptions){.socket = unseal.socket, .crypto = tools.crypto}, &keys));
    TRY(about("key agent", unseal.socket, keys_unseal_share(keys, shares.custodian, shares.root, &status)));
    if (status.sealed)
        printf("Share accepted: %u of %u. The agent is still sealed.\n", status.shares_given, status.threshold);
    else
        printf("The agent is unsealed.\n");
    return ok();
}
