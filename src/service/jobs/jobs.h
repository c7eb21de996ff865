/* Jobs of databases: which there are, whether one is due, and how it is run once, whoever comes first.
 * Must not run on a thread of its own, nor decide about a log: life.c does.
 * Called by serve's thread and by the command `jobs`. Rule: clocks 16. */
#ifndef SERVICE_JOBS_JOBS_H
#define SERVICE_JOBS_JOBS_H

#include "domain/jobs.h"
#include "service/service.h"

typedef struct JobCounts {
    uint32_t looked;  /* logs, or what the job looks at */
    uint32_t changed; /* rows removed, or logs in which something was carried out */
    uint32_t failed;
    uint32_t closed;  /* logs that became passive by it */
    uint32_t told;    /* rows put into inboxes */
} JobCounts;

/* Who hears of a run. */
typedef struct JobHearer {
    void *self;
    /* After each step: how far it is. Errors: E_STOPPED ends the run; what was done stays done. */
    Err (*tell)(void *self, const JobCounts *counts);
    /* Waits so many milliseconds beside a service that answers. NULL: nobody is answered meanwhile. */
    void (*rest)(void *self, int ms);
    /* A log for which it failed. The run goes on with the others, and the job is tried again. */
    void (*failed)(void *self, Id tenant, Id log, Err error);
} JobHearer;

typedef struct JobOrder {
    JobId job;
    Id tenant;      /* none: the host's database */
    bool at_once;   /* though it is not due, or is to be tried later */
    bool begins;    /* it is begun, and what takes long is left for the next time: somebody waits for an answer */
    bool dry;       /* looks, and changes nothing */
    Id by;          /* the Unix user who asked (sys/user.h), for the audit; none: it was due */
    const JobHearer *hearer;
} JobOrder;

enum JobEnd {
    JOB_NOT_DUE,   /* it is done up to now */
    JOB_ELSEWHERE, /* another server has it; or it failed and waits, and was not asked for at once */
    JOB_DONE,
    JOB_AGAIN,     /* it failed for some, or was only begun, and is tried again */
};

/* Name, times and words of a job. Errors: E_RANGE; E_NOT_FOUND (no job of this code). */
typedef struct Job {
    const char *code;
    enum JobWhen when;
    enum JobOf of;
    const char *words;
} Job;
MUST_USE Err job_of(JobId id, Job *ret_job);
MUST_USE Err job_by_code(Str code, JobId *ret_id);
/* The newest moment at which such a job was due. */
int64_t job_due(enum JobWhen when, int64_t now);
/* How far it is in a database. */
MUST_USE Err job_stands(Service *service, JobId id, Id tenant, Arena *keep, JobRow *ret_row);

/* Runs it in one database if it is due: taken in a transaction with an end, so that of several servers one runs it; one line for
 * each run of a day's job. Errors: what ended it before its end (E_SEALED, E_NO_AGENT, E_BUDGET, E_STOPPED, those of the store): it
 * is tried again. */
MUST_USE Err job_run(Service *service, const JobOrder *order, enum JobEnd *ret_end, JobCounts *ret_counts);

/* A run on its way, for the job's own function. */
typedef struct JobRun {
    Service *service;
    const JobOrder *order;
    Store *store;
    int64_t now, due;
    Id request;        /* of the run's line */
    JobRow row;        /* as it was taken */
    JobCounts counts;
    bool more;         /* there is more of it to do: it is tried again */
} JobRun;
/* After each step: tells how far it is, and keeps the job in hand. Errors: E_STOPPED, E_BUSY (another has taken it over). */
MUST_USE Err job_step(JobRun *run);
/* It failed for one log: counted and told, and the run goes on with the others. Errors: that one, where the next would fail as well. */
MUST_USE Err job_failed(JobRun *run, Id log, Err error);

#endif
