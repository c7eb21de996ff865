/* One log that is made whole in memory before anything of it is written.
 * Must not outlive the arena it was made in: everything it points to lives there.
 * Used by the room seed. */
#ifndef SERVICE_SEED_LOG_H
#define SERVICE_SEED_LOG_H

#include "service/acts/child_details.h"
#include "service/log/header.h"
#include "service/log/keys.h"

#define SEED_GUARDIANS_MAX 2
#define SEED_ACTORS_MAX 3
#define SEED_PEOPLE_MAX (1 + SEED_GUARDIANS_MAX + SEED_ACTORS_MAX)
#define SEED_RENEWALS_MAX 32

/* A line of an act, and how many rows of entries stand when it is written. */
typedef struct SeedLine {
    AuditLine line;
    uint32_t entries;
} SeedLine;

/* What is written at once: lines and rows of entries up to these, and the header that is right then. */
typedef struct SeedPart {
    uint32_t lines, entries;
    Str header;
} SeedPart;

typedef struct SeedLog {
    LogKeys keys;
    LogRow log;
    ScopeKeyRow scope;
    LogFound found;
    ParticipantRow people[SEED_PEOPLE_MAX];  /* the holder, the guardians, then actors */
    uint32_t people_count, guardian_count;
    LogGuardian guardians[SEED_GUARDIANS_MAX];
    LogGuardian *renewals[SEED_RENEWALS_MAX]; /* consents that were given anew: only their consent counts */
    uint32_t renewal_count;
    EntryRow *entries;                       /* rows in the order of writing, the child's first */
    uint32_t entry_count;
    LogOpened *opened;                       /* what each entry says now, in the order of their first versions */
    uint32_t opened_count;
    uint32_t written;                        /* entries by people: without the child's and without corrections */
    SeedLine *lines;
    uint32_t line_count;
    SeedPart *parts;
    uint32_t part_count;
    Str child, guardian_name;
} SeedLog;

/* The keys are wiped; everything else is ciphertext, or goes with its arena. */
void seed_log_wipe(SeedLog *log);

#endif
