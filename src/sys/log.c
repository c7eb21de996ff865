/* The log on stderr.
 * Must not write text from outside.
 * Called at the edges. */
#include "sys/log.h"

#include <stdatomic.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LINE_MAX_BYTES 1024
#define WORD_MAX 64

LogField log_number(const char *key, int64_t number)
{
    return (LogField){.key = key, .number = number};
}

LogField log_id(const char *key, Id id)
{
    LogField field = {.key = key};
    id_to_text(id, field.text);
    return field;
}

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("_./:-{}", c));
}

static bool is_word(const char *word)
{
    size_t length = word ? strlen(word) : 0;
    if (length == 0 || length > WORD_MAX)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!is_word_char(word[i]))
            return false;
    return true;
}

LogField log_word(const char *key, const char *constant)
{
    return (LogField){.key = key, .word = is_word(constant) ? constant : "?"};
}

/* The compiler names a source as it saw it: from the folder of the build. */
static const char *from_the_root(const char *file)
{
    while (file && strncmp(file, "../", 3) == 0)
        file += 3;
    return file;
}

LogField log_error(const char *key, Err error)
{
    return (LogField){.key = key, .word = err_name(error.id), .number = error.line, .file = from_the_root(error.file)};
}

static int write_field(char *to, size_t room, const LogField *field)
{
    if (field->file)
        return snprintf(to, room, " %s=%s at=%s:%lld", field->key, field->word, field->file, (long long)field->number);
    if (field->word)
        return snprintf(to, room, " %s=%s", field->key, field->word);
    if (field->text[0])
        return snprintf(to, room, " %s=%s", field->key, field->text);
    return snprintf(to, room, " %s=%lld", field->key, (long long)field->number);
}

size_t log_line(char *ret_line, size_t room, const LogLine *told)
{
    size_t last = room - 2; /* room for the end of line */
    int put = snprintf(ret_line, last, "<%d>event=%s", (int)told->level, told->event);
    size_t length = put < 0 ? 0 : (size_t)put;

    for (size_t i = 0; i < told->count && length < last; i++) {
        put = write_field(ret_line + length, last - length, &told->fields[i]);
        length += put < 0 ? 0 : (size_t)put;
    }
    if (length >= last)
        length = last - 1;
    ret_line[length++] = '\n';
    ret_line[length] = 0;
    return length;
}

void log_write(const LogLine *told)
{
    char line[LINE_MAX_BYTES];
    size_t length = log_line(line, sizeof line, told);

    /* One write per line, so that lines of several threads do not mix. */
    ssize_t written = write(STDERR_FILENO, line, length);
    (void)written;
}

/* ---- alarms that repeat ---- */

static _Atomic int64_t told_at[E_COUNT]; /* and one more: 0 is never */
static _Atomic uint32_t untold[E_COUNT];

bool log_alarm_due(enum err_id about, int64_t now, uint32_t *ret_untold)
{
    int64_t last = atomic_load(&told_at[about]);

    if ((last != 0 && now + 1 - last < LOG_AGAIN_MS) || !atomic_compare_exchange_strong(&told_at[about], &last, now + 1)) {
        atomic_fetch_add(&untold[about], 1);
        return false;
    }
    *ret_untold = atomic_exchange(&untold[about], 0);
    return true;
}
