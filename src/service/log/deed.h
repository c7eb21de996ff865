/* One procedure being carried out: what was asked, and what each row of the table does to its log.
 * Must not outlive its request.
 * Filled by service/acts/procedure; the functions below stand one in a file, named after the act. */
#ifndef SERVICE_LOG_DEED_H
#define SERVICE_LOG_DEED_H

#include "domain/procedures.h"
#include "service/log/change.h"

typedef struct Deed {
    Service *service;
    Actor *actor;        /* its answer is chosen of the two below when it is known which fits */
    const Procedure *procedure;
    Id log;
    Opening opening;     /* the reason of whoever needs one */
    Id entry;            /* that goes on; none for a procedure about a log */
    uint32_t version;    /* the entry's, as it was seen */
    Id about;            /* what the row answers, as it was shown */
    const Values *asked; /* of the kind that the procedure asks for; NULL where it asks for a yes */
    Str document;        /* that came with it, or empty */
    uint8_t media;       /* of the document */
    FormAnswer here;     /* where it leads when the actor reads the log afterwards */
    FormAnswer away;     /* and when not */
    FormAnswer later;    /* and where it was only ordered */
    Arena *scratch;      /* lives until the change is carried out: for what the deed puts (change->put) */
    FieldKey wrong;      /* as it was refused with E_INVALID: the field that does not fit the log, where it is one */
    Fault fault;
    bool erases;         /* as it was carried out: something must lie in no file any more */
    bool ordered;        /* as it was carried out: a job does the rest */
    bool sees;           /* as it was carried out: the actor reads the log, or its stub, afterwards */
} Deed;

/* What an act about the log does beyond its row: refuses with an Err, or says in *change what becomes of the log. */
#define X(name, code, ...) MUST_USE Err deed_##code(const Deed *deed, const LogEntered *entered, LogChange *change);
LOG_PROCEDURES(X) LAST_PROCEDURES(X) TRANSFER_PROCEDURES(X)
#undef X

#endif
