/* A change in a log: decided again in the work, over the very rows whose head was checked, and under a new head.
 * Must not renew the head over rows that nobody has checked.
 * Called by the rooms log, reading and acts. */
#ifndef SERVICE_LOG_CHANGE_H
#define SERVICE_LOG_CHANGE_H

#include "domain/clocks.h"
#include "domain/lifecycle.h"
#include "domain/notices.h"
#include "service/log/entered.h"

/* What an act changes in an entered log. */
typedef struct LogChange {
    LogRow log;            /* as it stands, and the next day on which a rule must look at it. Of what an act changes here, state,
                            * flags, unit, holder, closed_reason, passive_at, looked_to and wake_on are stored, and nothing else */
    const Values *header;  /* NULL: the header stays */
    bool erases;           /* what is written over must lie in no file any more: the caller purges */
    bool quiet;            /* nothing that counts as activity, whatever the act: the clock of inactivity runs on (rules: rest 1) */
    bool at_once;          /* a rule must look at it the next time that one looks, whatever the clocks say of the days that come */
    uint16_t reason;       /* of its line, where no opening gives one */
    uint32_t amount;       /* of its line */
    Act as;                /* the act of its line, where that is not the one that was asked for, or ACT_NONE */
    Act also;              /* what follows from it in the same work and has a line of its own, or ACT_NONE */
    Act besides;           /* what else the same form does, with a line before that, or ACT_NONE */
    NoticeId tells;        /* what the others are told of it, or NOTICE_NONE */
    InboxRows told;        /* its rows (service/log/tell.h), put in the same work */
    Err (*put)(Tx *tx, void *self); /* the act's own rows, or NULL; by store verbs only */
    void *self;
    bool ordered;          /* what was asked for is only ordered: a job does it */
    FieldKey wrong;        /* of an act that is refused with E_INVALID: the field that does not fit the log, or FIELD_NONE */
    Fault fault;           /* and why */
} LogChange;

/* Nothing changes yet; in a log that is not active nothing counts as activity but that it is opened again. */
LogChange log_change_none(const LogEntered *entered, const Actor *actor);
/* Carries it out in one work, with its line and the new head: the rows are found to be those whose head was checked, the act
 * is decided again, and only then anything is written. *ret_why says why it was refused now.
 * Errors: E_STALE when somebody else wrote in between: nothing was changed, enter the log anew; those of a refusal; put's. */
MUST_USE Err log_change(const Actor *actor, const LogEntered *entered, const LogChange *change, Arena *scratch, Why *ret_why);
/* The header is this from now on, and the log wakes by its dates, with this child in it. Errors: E_FORGED, E_NO_MEMORY. */
typedef struct LogHeaderNow {
    const Values *header;
    const Values *child;
} LogHeaderNow;
MUST_USE Err log_change_header(const LogEntered *entered, const Actor *actor, LogHeaderNow now, Arena *keep, LogChange *change);
/* The header as the change leaves it so far, for an act that writes something into it. Errors: E_FORGED, E_NO_MEMORY. */
MUST_USE Err log_header_to_change(const LogEntered *entered, Arena *keep, LogChange *change, Values **ret_header);
/* The clocks of a log in which somebody is active now: from birth, activity, the consent that ends first, a guardian who left and
 * the day on which it became passive. An act that starts another one adds it. */
ClockWatch log_clocks(const Settings *settings, const LogRow *log, const Consents *consents, const Values *child, int64_t now);
/* The row of an active log as it becomes passive. */
void log_row_close(LogRow *log, enum Closing reason, int64_t at);
/* The log becomes passive in this change, and its clocks are those of a passive log from now on.
 * Errors: E_RANGE for a state that does not exist. */
MUST_USE Err log_change_close(const LogEntered *entered, const Actor *actor, enum Closing reason, LogChange *change);
/* Stored flags are set and lifted, and the clocks that they start or stop are reckoned with. */
void log_change_flags(const LogEntered *entered, const Actor *actor, Flags set, Flags lifted, LogChange *change);
/* An entry of a kind that starts or moves clocks is written in this change. */
void log_change_lives(const LogEntered *entered, const Actor *actor, KindId kind, LogChange *change);
/* The log's consents are these from now on. */
void log_change_consents(const LogEntered *entered, const Actor *actor, const Consents *consents, LogChange *change);
/* A guardian leaves in this change, whose consent is missing from now on: the log wakes when the grace is over. */
void log_change_leave(const LogEntered *entered, const Actor *actor, LogChange *change);
/* As what stands there tells them alone: nobody is active now. */
ClockWatch log_clocks_quiet(const LogEntered *entered, const LogRow *log, int64_t now);
/* Up to when everything that fell due in the log has been carried out. */
int64_t log_looked_to(const LogRow *log);
/* The same back: it is active, and its clocks start anew. */
MUST_USE Err log_change_reopen(const LogEntered *entered, const Actor *actor, LogChange *change);

#endif
