/* The file that stands in a data folder while it is restored: one line for each database that was made there.
 * Must not hold anything else.
 * Called by installation.c, cli/backup. */
#include "cli/control/unfinished.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "cli/command/command.h"
#include "sys/file.h"

#define FILE_MAX ((size_t)1 << 20)
#define LINE_BYTES (ID_TEXT + 1)

static Err path_of(const char *data, char ret_path[static PATH_MAX])
{
    int length = snprintf(ret_path, PATH_MAX, "%s/" UNFINISHED_FILE, data);

    return length < 0 || length >= PATH_MAX ? fail(E_TOO_LARGE) : ok();
}

Err unfinished_none(const char *data)
{
    char path[PATH_MAX];

    TRY(path_of(data, path));
    if (access(path, F_OK) != 0)
        return ok();
    return told(fail(E_FORBIDDEN), "%s: a restore into it has not come to its end; run it again, with the same folder", data);
}

/* A cut may leave a part of the last line: that database was not begun yet. */
Err unfinished_read(const char *data, Arena *keep, IdList *ret_tenants)
{
    char path[PATH_MAX];
    Str text, line;
    Id *ids = NULL;
    uint32_t count = 0;

    TRY(path_of(data, path));
    TRY(file_read(path, FILE_MAX, keep, &text));
    TRY(ARENA_NEW(keep, Id, text.length / LINE_BYTES + 1, &ids));
    while (text.length >= LINE_BYTES) {
        text = str_cut(text, '\n', &line);
        TRY(id_from_text(line, &ids[count++]));
    }
    *ret_tenants = (IdList){.ids = ids, .count = count};
    return ok();
}

Err unfinished_begin(const char *data)
{
    char path[PATH_MAX];

    TRY(path_of(data, path));
    return file_write(path, STR_NONE, 0600);
}

Err unfinished_makes(const char *data, Id tenant)
{
    char path[PATH_MAX], line[LINE_BYTES + 1];

    TRY(path_of(data, path));
    id_to_text(tenant, line);
    line[ID_TEXT] = '\n';
    return file_append(path, str_from_bytes(line, LINE_BYTES));
}

Err unfinished_end(const char *data)
{
    char path[PATH_MAX];

    TRY(path_of(data, path));
    return file_remove(path);
}
