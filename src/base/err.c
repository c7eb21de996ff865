/* Looks errors up in the one table of err.h.
 * Must not format anything.
 * Called at the edges: web, api, cli, agent. */
#include "base/err.h"

typedef struct ErrRow {
    const char *name;
    const char *text;
    int http;
    int code;
} ErrRow;

#define X(name_, number, http_, code_, text_) [E_##name_] = {.name = #name_, .text = text_, .http = http_, .code = code_},
static const ErrRow rows[E_COUNT] = {ERRS(X)};
#undef X

static const ErrRow *row_of(enum err_id id)
{
    return id < E_COUNT ? &rows[id] : &rows[E_INTERNAL];
}

const char *err_name(enum err_id id)
{
    return row_of(id)->name;
}

int err_http(enum err_id id)
{
    return row_of(id)->http;
}

int err_exit(enum err_id id)
{
    return row_of(id)->code;
}

const char *err_text(enum err_id id)
{
    return row_of(id)->text;
}
