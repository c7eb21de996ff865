/* Walks the table of keeping.h.
 * Must not hold a rule of its own.
 * Called by over.c and by the command `policy`. */
#include "service/municipality/keeping.h"

#include <assert.h>

typedef struct Row {
    const char *code;
    const char *from;
    int64_t length;
    const char *why;
} Row;

#define X(name, code_, from_, length_, why_) \
    [KEEPING_##name] = {.code = (code_), .from = (from_), .length = (length_), .why = (why_)},
static const Row rows[] = {KEEPINGS(X)};
#undef X
static_assert(COUNT_OF(rows) == KEEPING_COUNT, "every kind has a row");

int64_t keeping_over(Keeping keeping, int64_t now)
{
    return now - rows[keeping].length;
}

void keeping_print(Buf *buf)
{
    buf_add(buf, STR("| row | kept from | for | because |\n|---|---|--:|---|\n"));
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        buf_format(buf, "| %s | %s | %d h | %s |\n", rows[i].code, rows[i].from, (int)(rows[i].length / 3600000), rows[i].why);
}
