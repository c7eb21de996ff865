/* What opens of a copy of a disk: each wrapped key that lay on it is tried with every key that a copy of the key file has and that
 * custodians who came together join, whatever epoch it says and whatever the clock says.
 * Must never be linked into anything else: it asks no ceiling and no day.
 * Run by tests/scenario/delete_and_prove.py. usage: remnants --key-file PATH --share FILE --passphrase-file FILE ... < LINES
 * A line is "TENANT KIND SCOPE WRAPPED"; the answer to it "SCOPE present", "SCOPE former" or "SCOPE no". */
#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "cli/backup/open.h"
#include "keyd/key_file.h"
#include "sys/file.h"

#define LINE_MAX_BYTES 1024
#define EPOCH_AT 1 /* of a wrapped key: format u8 | epoch u32 */

static const struct argp_child children[] = {{.argp = &custody_argp}, {0}};

static error_t parse(int key, char *text, struct argp_state *state)
{
    (void)text;
    if (key != ARGP_KEY_INIT)
        return ARGP_ERR_UNKNOWN;
    state->child_inputs[0] = state->input;
    return 0;
}

/* A wrapped key, and all that is known of where it belongs. */
typedef struct Piece {
    RecoveredScope scope;
    uint8_t bytes[WRAPPED_BYTES];
} Piece;

static bool opens_as(const Recovery *recovery, Piece *piece, uint32_t epoch)
{
    AUTO(key_wipe) Key key = {0};

    for (int i = 0; i < 4; i++)
        piece->bytes[EPOCH_AT + i] = (uint8_t)(epoch >> (24 - 8 * i));
    return is_ok(recovery_scope_key(recovery, &piece->scope, 0, &key));
}

/* With every former epoch's key that lies in the file. */
static bool opens_as_former(const Recovery *recovery, Piece *piece)
{
    const KeyFile *file = recovery_file(recovery);

    for (uint16_t i = 0; i < file->sealed_places; i++)
        if (file->sealed[i].kind == SEALED_EPOCH && id_equal(file->sealed[i].id, piece->scope.tenant) &&
            opens_as(recovery, piece, file->sealed[i].epoch))
            return true;
    return false;
}

static const char *how(const Recovery *recovery, Piece *piece)
{
    const KeyFile *file = recovery_file(recovery);
    const size_t at = key_file_find(file, piece->scope.tenant);

    if (at < file->municipality_count && opens_as(recovery, piece, file->municipalities[at].epoch))
        return "present";
    return opens_as_former(recovery, piece) ? "former" : "no";
}

static Err read_piece(char *line, Piece *ret_piece, char **ret_scope)
{
    char *rest = NULL;
    const char *tenant = strtok_r(line, " \n", &rest), *kind = strtok_r(NULL, " \n", &rest);
    char *scope = strtok_r(NULL, " \n", &rest), *wrapped = strtok_r(NULL, " \n", &rest);

    if (!tenant || !kind || !scope || !wrapped || strlen(wrapped) != 2 * WRAPPED_BYTES)
        return fail(E_MALFORMED);
    *ret_piece = (Piece){.scope = {.kind = (ScopeKind)(*kind - '0')}};
    for (size_t i = 0; i < WRAPPED_BYTES; i++) {
        unsigned byte = 0;
        if (sscanf(wrapped + 2 * i, "%2x", &byte) != 1)
            return fail(E_MALFORMED);
        ret_piece->bytes[i] = (uint8_t)byte;
    }
    *ret_scope = scope;
    TRY(id_from_text(str_from_c(tenant), &ret_piece->scope.tenant));
    return id_from_text(str_from_c(scope), &ret_piece->scope.scope);
}

static Err try_all(const Recovery *recovery)
{
    char line[LINE_MAX_BYTES];

    while (fgets(line, sizeof line, stdin)) {
        Piece piece;
        char *scope = NULL;
        TRY(read_piece(line, &piece, &scope));
        piece.scope.wrapped = str_from_bytes(piece.bytes, WRAPPED_BYTES);
        printf("%s %s\n", scope, how(recovery, &piece));
    }
    return ok();
}

static Err run(const Custody *custody, const Tools *tools)
{
    AUTO(given_wipe) Given given = {.count = 0};
    AUTO(recovery_closep) Recovery *recovery = NULL;

    TRY(custody_read(custody, tools, &given));
    TRY(recovery_open(tools->crypto, &custody->places, given.shares, given.count, &recovery));
    return try_all(recovery);
}

int main(int argc, char **argv)
{
    static const struct argp argp = {.children = children, .parser = parse};
    Custody custody = {.share_count = 0};
    AUTO(tools_close) Tools tools = {0};

    argp_parse(&argp, argc, argv, 0, NULL, &custody);
    Err done = tools_open(&tools);
    if (is_ok(done))
        done = run(&custody, &tools);
    if (!is_ok(done))
        fprintf(stderr, "remnants: %s (%s:%u)\n", err_name(done.id), done.file, done.line);
    return is_ok(done) ? 0 : 1;
}
