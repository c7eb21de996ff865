/* The logs of the demo, as tables, and their way into the municipality.
 * Must not hold anybody who exists.
 * Used by the command demo. */
#ifndef CLI_DEMO_LOGS_H
#define CLI_DEMO_LOGS_H

#include "cli/demo/demo.h"

/* One entry. fields: "name=value|name=value"; a value that begins with
 *   @  is a day from today, "@-12", moved off the week-end, or a time, "@-12T14:00";
 *   #  is the entry that was named so before, in this log;
 *   &  are participants by the letters of logs.c, "&hv". */
typedef struct DemoEntry {
    char who;         /* letter of a participant */
    KindId kind;
    const char *name; /* or NULL */
    const char *fields;
} DemoEntry;

typedef struct DemoLog {
    const char *key;
    enum DemoPerson holder;
    const char *child;         /* fields of KIND_CHILD */
    const char *guardians[2];  /* fields of KIND_GUARDIAN */
    const char *consent;       /* fields of KIND_CONSENT besides required_persons */
    bool has_document;
    const char *units;         /* letters of units that the consent names */
    const char *actors;        /* letters of those who take part */
    const DemoEntry *entries;
    unsigned count;
    unsigned rounds;           /* how often the entries come, each round a week nearer to today; 0 is once */
} DemoLog;

extern const DemoLog demo_logs[];
extern const unsigned demo_log_count;

/* The logs of texts.c. */
MUST_USE Err demo_make_logs(Demo *demo);

#endif
