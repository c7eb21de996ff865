/* stafettlogg report verify: whether the package of an archive report is what was made and signed.
 * Must not need a database, a key or a network, nor print what stands in the report.
 * Called from the table of commands. */
#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "cli/command/command.h"
#include "domain/log_number.h"
#include "keys/documents.h"
#include "report/package.h"
#include "sys/file.h"
#include "sys/sandbox.h"

#define FILE_MAX ((size_t)256 << 20)
#define MEMORY ((size_t)768 << 20)

typedef struct Wish {
    const char *act;
    const char *file;
    uint8_t public[PUBLIC_BYTES];
    bool has_public;
} Wish;

static const struct argp_option options[] = {
    {.name = "key", .key = 'k', .arg = "HEX", .doc = "public key of the installation that must have signed it, as keyd-status tells it"},
    {0},
};

static void read_key(Wish *wish, const char *text, struct argp_state *state)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str bytes = STR_NONE;

    if (!is_ok(arena_new(4096, &arena)) || !is_ok(hex_decode(arena, str_from_c(text), &bytes)) || bytes.length != PUBLIC_BYTES)
        argp_error(state, "--key: 64 digits, as keyd-status tells them");
    else
        memcpy(wish->public, bytes.data, PUBLIC_BYTES);
    wish->has_public = true;
}

static error_t take(int key, char *argument, struct argp_state *state)
{
    Wish *wish = state->input;

    if (key == 'k')
        read_key(wish, argument, state);
    else if (key == ARGP_KEY_ARG && !wish->act)
        wish->act = argument;
    else if (key == ARGP_KEY_ARG && !wish->file)
        wish->file = argument;
    else if (key == ARGP_KEY_END && (!wish->act || strcmp(wish->act, "verify") != 0 || !wish->file))
        argp_error(state, "say verify and a file");
    else if (key == ARGP_KEY_END && !wish->has_public)
        argp_error(state, "say --key: anybody can sign a package with a key of their own");
    else if (key != ARGP_KEY_END)
        return ARGP_ERR_UNKNOWN;
    return 0;
}

static Err check_signature(const Wish *wish, const PackageRead *read)
{
    SignedDocument document = {.tenant = read->signature.tenant, .kind = DOCUMENT_REPORT};

    memcpy(document.sha256, read->list.bytes, HASH_BYTES);
    if (!is_ok(document_signature_check(read->signature.public, &document, read->signature.signature)))
        return told(fail(E_FORGED), "the signature does not fit: the package was not signed as it is");
    if (!id_equal(read->signature.tenant, read->report.municipality.id))
        return told(fail(E_FORGED), "it was signed for another municipality");
    if (memcmp(wish->public, read->signature.public, PUBLIC_BYTES) != 0)
        return told(fail(E_FORGED), "it was signed by another installation");
    return ok();
}

static void print_hex(const char *name, const uint8_t *bytes, size_t length)
{
    printf("%s ", name);
    for (size_t i = 0; i < length; i++)
        printf("%02x", bytes[i]);
    printf("\n");
}

/* Numbers and times only: whoever checks a file need not learn whom it is about. */
static void print_result(const PackageRead *read, Str file, Arena *arena)
{
    const Report *report = &read->report;
    Buf at = buf_new(arena, 64);
    Str made = STR_NONE;
    uint8_t hash[HASH_BYTES];

    buf_add_datetime(&at, oslo_day(report->made.at), oslo_minute(report->made.at));
    if (is_ok(buf_done(&at, &made)))
        printf("report of log %0*lld, made %.*s, %u parts, %u versions of entries, %u documents\n", LOG_NUMBER_DIGITS, (long long)report->log.number,
               STR_ARGS(made), read->parts.count, report->entries.count, report->documents.count);
    if (is_ok(sha256(file, hash)))
        print_hex("sha256", hash, HASH_BYTES);
    print_hex("content", report->made.content.bytes, HASH_BYTES);
    print_hex("key", read->signature.public, PUBLIC_BYTES);
    printf("every part is what was signed\n");
}

static Err verify(const Wish *wish)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str file = STR_NONE, wrong = STR_NONE;
    PackageRead read;

    TRY(arena_new(MEMORY, &arena));
    TRY(about("file", wish->file, file_read(wish->file, FILE_MAX, arena, &file)));
    Err opened = package_read(file, arena, &read, &wrong);
    if (opened.id == E_FORGED)
        return told(opened, "%.*s is not what the list of the package says", STR_ARGS(wrong));
    if (opened.id == E_MALFORMED || opened.id == E_TRUNCATED || opened.id == E_BAD_UTF8)
        return told(opened, "this is no package of an archive report, or it was changed");
    TRY(opened);
    TRY(check_signature(wish, &read));
    print_result(&read, file, arena);
    return ok();
}

Err command_report(int argc, char **argv)
{
    static const struct argp argp = {.options = options, .parser = take, .args_doc = "verify --key=HEX FILE",
        .doc = "Tells whether the package of an archive report is what was made and signed.\v"
               "  verify   checks every part against the list of hashes, and the list against its signature"};
    Wish wish = {0};

    argp_parse(&argp, argc, argv, 0, NULL, &wish);
    TRY(sandbox_private_memory());
    return verify(&wish);
}
