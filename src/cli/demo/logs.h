/* The logs of the demo, as tables, and their way into the municipality.
 * Must not hold anybody who exists.
 * Used by the command demo. */
#ifndef CLI_DEMO_LOGS_H
#define CLI_DEMO_LOGS_H

#include "cli/demo/demo.h"

/* One entry. fields: "name=value|name=value"; a value that begins with
 *   @  is a day from today, "@-12", moved off the week-end, or a time, "@-12T14:00";
 *   #  is the entry that was named so before, in this log;
 *   &  are participants by the letters of logs.c, "&hv";
 *   %  are units by their letters there, "%hp". */
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

#define DEMO_NAMES_MAX 40

/* The log in hand. */
typedef struct DemoMaking {
    Demo *demo;
    const DemoLog *text;
    Id log;
    Id participants[DEMO_PEOPLE];
    Id family[DEMO_PEOPLE]; /* persons, of the positions that are the family's, while another log is in hand */
    const char *names[DEMO_NAMES_MAX];
    Id named[DEMO_NAMES_MAX];
    unsigned name_count;
    Day today; /* what the dates of this round count from */
} DemoMaking;

/* One log with all its entries. Of making the caller gives demo and text; guardians are signed out. */
MUST_USE Err demo_make_log(DemoMaking *making);
/* Who acts by a letter: h the holder, g and f the guardians, b the child, else one of the cast. */
MUST_USE Err demo_who(const DemoMaking *making, char letter, enum DemoPerson *ret_person, Role *ret_role, enum DemoUnit *ret_unit);
/* "name=value|name=value" as values of a kind. */
MUST_USE Err demo_read_fields(const DemoMaking *making, KindId kind, const char *fields, Values *ret_values);
/* Who takes part in it now, as its holder sees it. */
MUST_USE Err demo_know_participants(DemoMaking *making);
/* The logs of texts.c. */
MUST_USE Err demo_make_logs(Demo *demo);

#endif
