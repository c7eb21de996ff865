/* stafettlogg certificate verify FILE: is this the certificate that an installation signed?
 * Must not need a database, the key agent or a network.
 * Called from the table of commands. Rule: deletion 11. */
#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "cli/command/command.h"
#include "service/ending/certificate.h"
#include "sys/file.h"

#define FILE_MAX ((size_t)64 << 10)
#define KEY_TEXT 64 /* digits of a public key */

static const struct argp_option options[] = {
    {.name = "key", .key = 'k', .arg = "HEX|FILE",
     .doc = "the public key of the installation, as `stafettlogg keyd-status` tells it, or a file that holds it"},
    {0},
};

typedef struct Wish {
    const char *key;
    const char *words[2];
    unsigned count;
} Wish;

static error_t parse(int key, char *text, struct argp_state *state)
{
    Wish *wish = state->input;
    switch (key) {
    case 'k':
        wish->key = text;
        return 0;
    case ARGP_KEY_ARG:
        if (wish->count == COUNT_OF(wish->words))
            argp_error(state, "one file at a time");
        wish->words[wish->count++] = text;
        return 0;
    case ARGP_KEY_END:
        if (wish->count != 2 || strcmp(wish->words[0], "verify") != 0)
            argp_error(state, "verify and a file are needed");
        if (!wish->key)
            argp_error(state, "--key is needed");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static Err read_key(const char *option, Arena *arena, uint8_t ret_key[static 32])
{
    Str text = str_from_c(option), line, bytes;

    if (text.length != KEY_TEXT || !is_ok(hex_decode(arena, text, &bytes))) {
        TRY(about("key", option, file_read(option, 4096, arena, &text)));
        str_cut(text, '\n', &line);
        TRY(about("key", option, hex_decode(arena, line, &bytes)));
    }
    if (bytes.length != 32)
        return told(fail(E_MALFORMED), "a public key has 64 hexadecimal digits");
    memcpy(ret_key, bytes.data, 32);
    return ok();
}

static Err run(const Wish *wish)
{
    AUTO(arena_freep) Arena *arena = NULL;
    CertificateRead read;
    uint8_t key[32];
    Str file;

    TRY(arena_new((size_t)1 << 20, &arena));
    TRY(read_key(wish->key, arena, key));
    TRY(about("certificate", wish->words[1], file_read(wish->words[1], FILE_MAX, arena, &file)));
    Err verified = certificate_verify(file, key, &read);
    if (verified.id == E_FORGED)
        return told(verified, "this installation did not sign it, or it was changed");
    if (verified.id == E_MALFORMED)
        return told(verified, "it is no certificate of a deletion");
    TRY(verified);
    printf("%.*s\n", STR_ARGS(read.body));
    fprintf(stderr, "signed by this installation; %s\n",
            read.complete ? "the last backup has died" : "backups may still show the log until t2_planned");
    return ok();
}

Err command_certificate(int argc, char **argv)
{
    static const struct argp argp = {.options = options, .parser = parse, .args_doc = "verify FILE",
                                     .doc = "Tells whether the certificate of a deletion is what the installation signed, and prints it."};
    Wish wish = {0};

    argp_parse(&argp, argc, argv, 0, NULL, &wish);
    return run(&wish);
}
