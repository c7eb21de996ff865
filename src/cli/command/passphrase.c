/* Passphrases from a terminal that shows nothing, or from a private file.
 * Must not read a passphrase from an argument or the environment: others can see those.
 * Called by init, unseal, custodian. */
#include "cli/command/passphrase.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/command/command.h"
#include "sys/file.h"

#define LINE_BYTES 1024
#define CONTROL_C 3

static Err read_line(int fd, char *line, size_t *ret_length)
{
    size_t length = 0;
    for (;;) {
        char c;
        ssize_t got = read(fd, &c, 1);
        if (got < 0)
            return fail(E_IO);
        if (got == 0 || c == '\n')
            break;
        if (c == CONTROL_C)
            return told(fail(E_USAGE), "ended");
        if (length == LINE_BYTES)
            return fail(E_TOO_LARGE);
        line[length++] = c;
    }
    *ret_length = length;
    return ok();
}

Err passphrase_ask(const char *prompt, Arena *keep, Str *ret_line)
{
    struct termios before, hidden;
    char *line = NULL;
    size_t length = 0;

    AUTO(fd_closep) int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 || tcgetattr(fd, &before) != 0)
        return told(fail(E_NOT_FOUND), "a passphrase is asked for on a terminal, and here is none (ssh -t gives one)");
    TRY(ARENA_NEW(keep, char, LINE_BYTES, &line));
    hidden = before;
    /* A signal would end us and leave the terminal mute: Ctrl-C is read as a character. */
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
    if (tcsetattr(fd, TCSAFLUSH, &hidden) != 0)
        return fail(E_IO);
    dprintf(fd, "%s", prompt);
    Err read_it = read_line(fd, line, &length);
    tcsetattr(fd, TCSAFLUSH, &before);
    dprintf(fd, "\n");
    TRY(read_it);
    *ret_line = (Str){.data = line, .length = length};
    return ok();
}

Err passphrase_read(const char *path, Arena *keep, Str *ret_line)
{
    const Str mark = STR("\xEF\xBB\xBF"); /* of UTF-8, as editors on Windows write it */
    Str content, line;

    TRY(file_read(path, LINE_BYTES + 1, keep, &content));
    if (str_starts(content, mark))
        content = str_slice(content, mark.length, content.length);
    str_cut(content, '\n', &line);
    str_cut(line, '\r', ret_line);
    return ok();
}
