/* What the service does by itself, and when: one row each. The numbers stand in audit lines for ever.
 * Must not say what a job does: service/jobs/jobs.c.
 * Used by service, cli and the tests. Rule: clocks 16. */
#ifndef DOMAIN_JOBS_H
#define DOMAIN_JOBS_H

/* How often. A day begins at 00:00 in Norway. */
enum JobWhen { JOB_EACH_MINUTE, JOB_EACH_HOUR, JOB_EACH_DAY };

/* Whose it is: each server does its own; what stands in a database is done there once, whichever server comes first. */
enum JobOf { JOB_OF_SERVER, JOB_OF_DATABASES, JOB_OF_MUNICIPALITIES };

/* name, number, code, when, whose, words */
#define JOBS(X)                                                                                                                                       \
    X(HEADS, 1, "heads", JOB_EACH_MINUTE, JOB_OF_SERVER, "has heads signed, and takes in the key agent's journal")                                    \
    X(PURGE, 2, "purge", JOB_EACH_MINUTE, JOB_OF_SERVER, "empties what is left of erased rows in the files")                                          \
    X(OVER, 3, "over", JOB_EACH_HOUR, JOB_OF_DATABASES, "removes rows whose time is over")                                                            \
    X(LIFE, 4, "life", JOB_EACH_DAY, JOB_OF_MUNICIPALITIES, "carries out in each log what fell due by the table of clocks")                           \
    X(ASKED, 5, "asked", JOB_EACH_HOUR, JOB_OF_MUNICIPALITIES, "tells managers that a unit asks for a log of theirs")                                 \
    X(STAFF, 6, "staff", JOB_EACH_DAY, JOB_OF_MUNICIPALITIES, "tells of logs without a holder, units without a manager, and a staff list to confirm") \
    X(UNITS, 7, "units", JOB_EACH_HOUR, JOB_OF_MUNICIPALITIES, "moves what is left of closed units to the unit that follows them") \
    X(EPOCH, 8, "epoch", JOB_EACH_DAY, JOB_OF_DATABASES, "turns the epoch of the keys where something was destroyed, or the last turn is long ago") \
    X(BACKUP, 9, "backup", JOB_EACH_DAY, JOB_OF_SERVER, "makes a backup in every place of the register, and removes those whose keys have died") \
    X(DELETION, 10, "deletion", JOB_EACH_MINUTE, JOB_OF_MUNICIPALITIES, "purges logs whose deletion is approved and due, and records it") \
    X(REPORTS, 11, "reports", JOB_EACH_MINUTE, JOB_OF_MUNICIPALITIES, "makes archive reports of long logs that are ordered") \
    X(STATISTICS, 12, "statistics", JOB_EACH_DAY, JOB_OF_MUNICIPALITIES, "writes facts anew, and publishes the statistics that are due") \
    X(CROSSINGS, 13, "crossings", JOB_EACH_MINUTE, JOB_OF_MUNICIPALITIES, "goes on with logs on their way to another municipality")

#define X(name, number, code, when, of, words) JOB_##name = (number),
enum JobId { JOB_NONE = 0, JOBS(X) JOB_COUNT };
#undef X
typedef enum JobId JobId;

#endif
