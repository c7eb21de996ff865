/* How a command tells a failure, reads its options, and gets its clock and algorithms.
 * Must not know what a command does.
 * Called by the commands and by the table of them. */
#include "cli/command/command.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "sys/file.h"
#include "sys/world.h"

/* What the running command has said of its failure. */
static struct {
    const char *name;
    bool told;
} running;

void command_begins(const char *name)
{
    running.name = name;
}

bool command_has_told(void)
{
    return running.told;
}

Err told(Err error, const char *format, ...)
{
    va_list arguments;

    fprintf(stderr, "stafettlogg %s: ", running.name ? running.name : "");
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    running.told = true;
    return error;
}

Err about(const char *what, const char *name, Err error)
{
    static const char *const words[E_COUNT] = {
        [E_NOT_FOUND] = "there is none",
        [E_FORBIDDEN] = "no right to it; it must belong to the user who runs this, and be closed to others",
        [E_DUPLICATE] = "it exists already, and nothing was changed",
        [E_DISK_FULL] = "the disk is full",
        [E_SCHEMA] = ("it is of another version than this program, or holds triggers or views of somebody else; a newer program "
                      "brings an older version forward, an older one never back"),
        [E_TOO_LARGE] = "it is larger than its limit",
        [E_NO_AGENT] = "no answer; does it run, and may this user connect to it?",
    };
    return running.told || !words[error.id] ? error : told(error, "%s %s: %s", what, name, words[error.id]);
}

Err folder_stands(const char *path)
{
    char folder[PATH_MAX];
    int length = snprintf(folder, sizeof folder, "%s", path);

    if (length < 0 || (size_t)length >= sizeof folder)
        return fail(E_TOO_LARGE);
    const char *name = dirname(folder);
    return access(name, X_OK) == 0 ? ok() : about("folder", name, err_from_errno(errno));
}

Err tools_open(Tools *ret_tools)
{
    clock_init(&ret_tools->clock, false);
    ret_tools->world = world_real(&ret_tools->clock);
    return crypto_new(&ret_tools->world, &ret_tools->crypto);
}

void tools_close(Tools *tools)
{
    crypto_freep(&tools->crypto);
}

int64_t option_number(const char *option, const char *text, int64_t minimum, int64_t maximum)
{
    int64_t number = 0;
    if (is_ok(num_parse(str_from_c(text), minimum, maximum, &number)))
        return number;
    fprintf(stderr, "%s must be a whole number from %lld to %lld\n", option, (long long)minimum, (long long)maximum);
    exit(err_exit(E_USAGE));
}

int64_t option_account(const char *option, const char *text, Err (*find)(const char *name, int64_t *ret_number))
{
    int64_t number = 0;
    if (is_ok(find(text, &number)))
        return number;
    fprintf(stderr, "%s: there is no such user or group\n", option);
    exit(err_exit(E_USAGE));
}
