/* stafettlogg init: keys, share files and folders of a new installation.
 * Must not make unattended keys for production, nor leave half an installation behind.
 * Called from the table of commands. */
#include <argp.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "keyd/make.h"
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

static Err file_of(const Init *init, const char *kind, size_t custodian, char ret_path[static PATH_MAX])
{
    char name[64];
    snprintf(name, sizeof name, "shares/%s-%zu", kind, custodian + 1);
    return in_folder(init->data, name, ret_path);
}

static Err generate(const Crypto *crypto, Arena *keep, Str *ret_passphrase)
{
    uint8_t random[20];
    Buf buf = buf_new(keep, 64);
    TRY(crypto_random(crypto, random, sizeof random));
    buf_add_base32(&buf, str_from_bytes(random, sizeof random));
    crypto_wipe(random, sizeof random);
    return buf_done(&buf, ret_passphrase);
}

/* Typed twice, until both are the same and long enough. */
static Err ask(size_t custodian, Arena *keep, Str *ret_passphrase)
{
    for (;;) {
        char prompt[128];
        Str first, again;
        snprintf(prompt, sizeof prompt, "Custodian %zu, choose a passphrase of at least %d characters: ", custodian + 1,
                 PASSWORD_MIN_CODE_POINTS);
        TRY(passphrase_ask(prompt, keep, &first));
        TRY(passphrase_ask("The same once more: ", keep, &again));
        bool fits = str_equal(first, again) && utf8_valid(first) && utf8_length(first) >= PASSWORD_MIN_CODE_POINTS;
        if (fits) {
            *ret_passphrase = first;
            return ok();
        }
        fprintf(stderr, "They differ, or are too short. Please try again.\n");
    }
}

static Err write_share(const Init *init, const Tools *tools, Passwords *passwords, Str passphrase, size_t custodian,
                       const CustodianShares *shares)
{
    char path[PATH_MAX];
    uint8_t bytes[SHARE_FILE_BYTES];

    TRY(share_file_encode(tools->crypto, passwords, passphrase, shares, bytes));
    TRY(file_of(init, "share", custodian, path));
    TRY(file_write(path, str_from_bytes(bytes, sizeof bytes), 0600));
    if (!init->unattended)
        return ok();
    TRY(file_of(init, "passphrase", custodian, path));
    return file_write(path, passphrase, 0600);
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
    Str passphrases[CUSTODIANS_MAX];

    TRY(arena_new(SCRATCH, &arena));
    TRY(passwords_new(tools->crypto, &passwords));
    for (size_t i = 0; i < init->make.custodians; i++)
        TRY(init->unattended ? generate(tools->crypto, arena, &passphrases[i]) : ask(i, arena, &passphrases[i]));
    TRY(keys_make(tools->crypto, &init->make, places, shares.of));
    Err written = ok();
    for (size_t i = 0; i < init->make.custodians && is_ok(written); i++)
        written = write_share(init, tools, passwords, passphrases[i], i, &shares.of[i]);
    /* Keys whose shares are lost open nothing: better none at all. */
    for (size_t i = 0; i < places->count && !is_ok(written); i++)
        unlink(places->paths[i]);
    return written;
}

static Err folders(const Init *init)
{
    static const char *const names[] = {"keys", "shares"};
    char path[PATH_MAX];
    TRY(folder_create_private(init->data));
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
        return fail(E_MODE);
    TRY(sandbox_private_memory());
    TRY(tools_open(&tools));
    TRY(in_folder(init.data, "keys/key-file", key_file));
    TRY(in_folder(init.data, "keys/key-file.mirror", mirror));
    const KeyFilePlaces places = {.paths = {key_file, init.mirror ? init.mirror : mirror}, .count = 2};
    TRY(folders(&init));
    TRY(make(&init, &tools, &places));
    printf("Keys are made (mode %s). Key file: %s, mirror: %s\n", mode_name(init.make.mode), key_file, places.paths[1]);
    printf("Hand out %s/shares/share-1 ... share-%u and remove them from this machine. Any %u of them unseal.\n", init.data,
           init.make.custodians, init.make.threshold);
    return ok();
}
