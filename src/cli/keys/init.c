/* stafettlogg init: keys, share files and folders of a new installation.
 * Must not make unattended keys for production, nor leave half an installation behind.
 * Called from the table of commands. */
#include <argp.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/keys/shares.h"
#include "sys/file.h"
#include "sys/sandbox.h"

#define SCRATCH ((size_t)256 << 10)

enum { OPTION_UNATTENDED = 256, OPTION_THRESHOLD };

typedef struct Init {
    MakeOptions make;
    const char *data;
    const char *mirror; /* NULL: beside the key file */
    bool unattended;
    uint8_t names;
} Init;

static const struct argp_option options[] = {
    {.name = "mode", .key = 'M', .arg = "MODE", .doc = "production, demo or test; for ever"},
    {.name = "data", .key = 'd', .arg = "DIR", .doc = "the data folder; made when its parent exists"},
    {.name = "mirror", .key = 'm', .arg = "PATH", .doc = "second copy of the key file, best on another disk (default beside it)"},
    {.name = "custodians", .key = 'c', .arg = "N", .doc = "how many get a share (default 3, at most 5)"},
    {.name = "threshold", .key = OPTION_THRESHOLD, .arg = "K", .doc = "how many unseal together (default 2)"},
    {.name = "name", .key = 'n', .arg = "NAME", .doc = "name of the next custodian"},
    {.name = "unattended", .key = OPTION_UNATTENDED, .doc = "make the passphrases too, in files (demo and test only)"},
    {0},
};

static error_t parse(int key, char *text, struct argp_state *state)
{
    Init *init = state->input;
    switch (key) {
    case 'M':
        if (!is_ok(mode_from_str(str_from_c(text), &init->make.mode)))
            argp_error(state, "--mode is production, demo or test");
        return 0;
    case 'd':
        init->data = text;
        return 0;
    case 'm':
        init->mirror = text;
        return 0;
    case 'c':
        init->make.custodians = (uint8_t)option_number("--custodians", text, 1, CUSTODIANS_MAX);
        return 0;
    case OPTION_THRESHOLD:
        init->make.threshold = (uint8_t)option_number("--threshold", text, 1, CUSTODIANS_MAX);
        return 0;
    case 'n':
        if (init->names == CUSTODIANS_MAX)
            argp_error(state, "too many names");
        else
            init->make.names[init->names++] = text;
        return 0;
    case OPTION_UNATTENDED:
        init->unattended = true;
        return 0;
    case ARGP_KEY_END:
        if (init->make.mode == MODE_NONE || !init->data)
            argp_error(state, "--mode and --data are needed");
        if (init->make.threshold > init->make.custodians)
            argp_error(state, "--threshold is more than there are custodians");
        if (init->make.mode == MODE_PRODUCTION && init->make.threshold < 2)
            argp_error(state, "in production at least two custodians unseal together");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static Err in_folder(const char *folder, const char *name, char ret_path[static PATH_MAX])
{
    int length = snprintf(ret_path, PATH_MAX, "%s/%s", folder, name);
    return length < 0 || length >= PATH_MAX ? fail(E_TOO_LARGE) : ok();
}

typedef struct AllShares {
    CustodianShares of[CUSTODIANS_MAX];
} AllShares;

static void all_shares_wipe(AllShares *shares)
{
    crypto_wipe(shares, sizeof *shares);
}

static Err make(const Init *init, const Tools *tools, const KeyFilePlaces *places)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(passwords_freep) Passwords *passwords = NULL;
    AUTO(all_shares_wipe) AllShares shares = {0};
    HandOut hand_out = {.tools = tools, .unattended = init->unattended, .count = init->make.custodians};
    char folder[PATH_MAX];

    for (size_t i = 0; i < places->count; i++)
        TRY(about("key file", places->paths[i], access(places->paths[i], F_OK) == 0 ? fail(E_DUPLICATE) : ok()));
    TRY(arena_new(SCRATCH, &arena));
    TRY(passwords_new(tools->crypto, &passwords));
    TRY(in_folder(init->data, "shares", folder));
    hand_out.folder = folder;
    hand_out.passwords = passwords;
    TRY(hand_out_ask(&hand_out, arena));
    TRY(about("a key file in", init->data, keys_make(tools->crypto, &init->make, places, shares.of)));
    Err written = hand_out_write(&hand_out, shares.of);
    /* Keys whose shares are lost open nothing: better none at all. */
    for (size_t i = 0; i < places->count && !is_ok(written); i++)
        unlink(places->paths[i]);
    return written;
}

static Err folders(const Init *init)
{
    static const char *const names[] = {"keys", "shares"};
    char path[PATH_MAX];
    TRY(folder_stands(init->data));
    TRY(about("folder", init->data, folder_create_private(init->data)));
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        TRY(in_folder(init->data, names[i], path));
        TRY(folder_create_private(path));
    }
    return ok();
}

Err command_init(int argc, char **argv)
{
    static const struct argp argp = {
        .options = options, .parser = parse, .doc = "Makes the keys of a new installation and one share file per custodian."};
    Init init = {.make = {.custodians = 3, .threshold = 2}};
    AUTO(tools_close) Tools tools = {0};
    char key_file[PATH_MAX], mirror[PATH_MAX];

    argp_parse(&argp, argc, argv, 0, NULL, &init);
    if (init.unattended && init.make.mode == MODE_PRODUCTION)
        return told(fail(E_MODE), "--unattended is for demo and test: in production each custodian types a passphrase");
    TRY(sandbox_private_memory());
    TRY(tools_open(&tools));
    TRY(in_folder(init.data, "keys/key-file", key_file));
    TRY(in_folder(init.data, "keys/key-file.mirror", mirror));
    const KeyFilePlaces places = {.paths = {key_file, init.mirror ? init.mirror : mirror}, .count = 2};
    if (init.mirror)
        TRY(folder_stands(init.mirror));
    TRY(folders(&init));
    TRY(make(&init, &tools, &places));
    printf("Keys are made (mode %s). Key file: %s, mirror: %s\n", mode_name(init.make.mode), key_file, places.paths[1]);
    printf("Hand out %s/shares/share-1 ... share-%u and remove them from this machine. Any %u of them unseal.\n", init.data,
           init.make.custodians, init.make.threshold);
    return ok();
}
