/* The archive report of a log: what is told of it, and the file that somebody takes.
 * Must not hand a byte out before its line is durable.
 * Called by web and api. Rules: deletion 5, access 27. */
#ifndef SERVICE_REPORT_TAKEN_H
#define SERVICE_REPORT_TAKEN_H

#include "base/calendar.h"
#include "service/log/reader.h"

/* What is told of a report to whoever may take it; nothing of the log is opened for that. */
typedef struct ReportTold {
    ReportRow row;        /* zeros: there is none */
    ReportOrderRow order; /* one that is ordered and not made; zeros: none */
    uint32_t display;     /* the log's number */
    Str made_by;          /* name; empty for an account that is gone */
    bool deleted;         /* the log is */
    bool is_new;          /* it tells all that stands in the log; of a log that lives */
    Day gone_on, backups_gone_on; /* R1, and the day after R2; 0 while the log lives */
} ReportTold;

/* No line but a refusal's. Errors: E_REASON when one must be given; E_NOT_FOUND, E_FORBIDDEN, E_HELD as log_open. */
MUST_USE Err report_told(const LogReader *reader, Id log, ReportTold *ret_told);
/* The whole package, checked, with a line that stands in the list of who has seen the log. Errors: as report_told; E_NOT_FOUND when
 * there is none; E_PROVE where a code is asked for anew; E_FORGED. */
MUST_USE Err report_take(const LogReader *reader, Id log, Str *ret_file);

typedef struct ReportList {
    const ReportTold *items;
    uint32_t count;
} ReportList;
/* Those of logs that are deleted, for an administrator: numbers and times only; one line says how many. Errors: E_FORBIDDEN,
 * with its line. */
MUST_USE Err report_list(const LogReader *reader, ReportList *ret_list);

#endif
