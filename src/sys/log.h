/* The log: one logfmt line per event on stderr, with the priority that journald understands.
 * Must not carry text from outside: a field is an id, a number, an error or a word that stands in our own code.
 * Used at the edges only: web, cli, keyd, courier, main. */
#ifndef SYS_LOG_H
#define SYS_LOG_H

#include "base/id.h"

/* Priorities of sd-daemon(3). */
typedef enum LogLevel {
    LOG_LEVEL_ALERT = 1,
    LOG_LEVEL_ERROR = 3,
    LOG_LEVEL_WARNING = 4,
    LOG_LEVEL_NOTICE = 5,
    LOG_LEVEL_INFO = 6,
    LOG_LEVEL_DEBUG = 7,
} LogLevel;

typedef struct LogField {
    const char *key;
    const char *word; /* NULL: the number counts */
    int64_t number;
    const char *file; /* of an error: where it was made */
    char text[ID_TEXT + 1];
} LogField;

LogField log_number(const char *key, int64_t number);
LogField log_id(const char *key, Id id);
/* A constant of ours: a route, a state, a name of a table. Anything else than at most 64 of a-z A-Z 0-9 _ . / : - { } is
 * written as "?", so that a mistake cannot leak a person. */
LogField log_word(const char *key, const char *constant);
/* The error's name and, unless it is E_OK, the line of our source where it was made: "result=STORE at=src/store/writer.c:88". */
LogField log_error(const char *key, Err error);

/* What one line tells. */
typedef struct LogLine {
    LogLevel level;
    const char *event;
    const LogField *fields;
    size_t count;
} LogLine;

/* Writes one line, at once (at most 1 KiB; the rest is cut). Never fails: a log that cannot be written is lost. */
void log_write(const LogLine *told);

/* An alarm that repeats is told once in LOG_AGAIN_MS: true when one about this error is due; *ret_untold: how many were not told
 * since. now: monotonic. Safe for all threads. */
#define LOG_AGAIN_MS ((int64_t)60 * 1000)
bool log_alarm_due(enum err_id about, int64_t now, uint32_t *ret_untold);

/* LOG(LOG_LEVEL_INFO, "request", log_word("route", r), log_number("status", 200)) */
#define LOG(level_, event_, ...)                                                                  \
    log_write(&(const LogLine){.level = (level_), .event = (event_),                              \
                               .fields = (const LogField[]){__VA_ARGS__},                         \
                               .count = sizeof((const LogField[]){__VA_ARGS__}) / sizeof(LogField)})

/* The line that log_write writes, with its end of line, in a caller's buffer; for tests. Returns its length. */
size_t log_line(char *ret_line, size_t room, const LogLine *told);

#endif
