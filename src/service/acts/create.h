/* Creates a log after consent: key, log, child, holder, guardians, consents and document, in one transaction.
 * Must not let anything of child or guardians meet the disk before every check has passed.
 * Called by web and api. Rules: consent 1-6, sign-in 1, reading-and-writing 9, 10. */
#ifndef SERVICE_ACTS_CREATE_H
#define SERVICE_ACTS_CREATE_H

#include "service/acts/guardian_rows.h"

/* A log that came from another municipality: whoever took it named its holder, and what was said there stands. */
typedef struct NewLogComes {
    Id holder;
    uint8_t state;                /* a State */
    uint8_t closed_reason;        /* of a passive one */
    int64_t *ret_no;              /* the log's number, before put */
    /* Seals what else stands in it under its keys; in keep. */
    Err (*seal)(void *self, const LogKeys *keys, Arena *keep);
} NewLogComes;

typedef struct NewLog {
    Values child;                 /* KIND_CHILD */
    const NewGuardian *guardians; /* 1..4; every required person has said yes */
    uint32_t guardian_count;
    const Id *units;              /* units that may take part, besides the holder's own */
    uint32_t unit_count;
    NewDocument document;
    Str wizard;                   /* key of the wizard in which it was typed: used up with the creation; empty: none */
    Values young;                 /* KIND_CONSENT: what a child has said that answers for itself; of no kind: it was not asked */
    bool in_app;                  /* guardians alone have answered: of a child who answers for themselves it is not enough */
    Err (*put)(Tx *tx, void *self); /* what else is done in the same work, behind the rows; NULL: nothing */
    void *self;
    const NewLogComes *comes;     /* NULL: it is made here */
} NewLog;

typedef struct CreatedLog {
    Id log;
    const GuardianCode *codes;    /* one for each guardian */
} CreatedLog;

/* Whether this person may make a log, before anything is opened for it; log_create asks again. Errors: E_FORBIDDEN, with its line. */
MUST_USE Err log_create_may(const Actor *actor);

/* Creates the log, its keys, participants and consents in one transaction. The codes live in keep.
 * Errors: E_FORBIDDEN; E_REFUSED where the child's own yes is needed; E_INVALID when a required consent is missing, expired or longer
 * than the municipality allows, a unit is unknown, or two guardians have
 * one national id; E_MALFORMED and E_MODE for a national id that is none, or not one for this mode; E_REPLAYED when the
 * wizard has made its log already. */
MUST_USE Err log_create(Service *service, const Actor *actor, const NewLog *log, Arena *keep, CreatedLog *ret_created);

/* Whether log_create would take what comes, as far as that hangs on what came; nothing is opened or made. log->comes says how it
 * stands. Errors: those of log_create for what it is given. */
MUST_USE Err log_comes_judge(const Service *service, const NewLog *log, int64_t now);

#endif
