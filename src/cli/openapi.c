/* stafettlogg openapi: the API as the tables describe it.
 * Must not need a database or a key.
 * Called from the table of commands. */
#include <argp.h>
#include <stdio.h>

#include "cli/command/command.h"
#include "web/api/document.h"

#define MEMORY ((size_t)8 << 20)

Err command_openapi(int argc, char **argv)
{
    static const struct argp argp = {.doc = "Prints the description of the API (OpenAPI 3.1)."};
    AUTO(arena_freep) Arena *arena = NULL;
    Str text = STR_NONE;

    argp_parse(&argp, argc, argv, 0, NULL, NULL);
    TRY(arena_new(MEMORY, &arena));
    TRY(api_document(arena, &text));
    return fwrite(text.data, 1, text.length, stdout) == text.length && fflush(stdout) == 0 ? ok() : fail(E_IO);
}
