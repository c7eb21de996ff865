/* The part of a log that came from another municipality: stored once as a document of the log, and read from there.
 * Must not be changed by anybody, nor shown before its hash is found to be what its entry says.
 * Called by the other files of this room, web and api. Rules: transfer 4, 6. */
#ifndef SERVICE_CROSSING_PART_H
#define SERVICE_CROSSING_PART_H

#include "parcel/content.h"
#include "report/report.h"
#include "service/log/reader.h"
#include "service/log/view.h"
#include "service/service.h"

/* What came, read: the data are what the hash says; NULL: what they say themselves, which is signed. Errors: E_FORGED, E_MALFORMED. */
typedef struct CrossingPart {
    Report report;
    Str data;
    Str papers[PARCEL_PAPERS_MAX];
    uint32_t paper_count;
} CrossingPart;
MUST_USE Err crossing_part_read(Str content, const Hash *hash, Arena *keep, CrossingPart *ret_part);

/* A part as somebody reads it, on either side. */
typedef struct PartRead {
    Str place;           /* where it came from, or has gone */
    Str hash;            /* hexadecimal, reckoned now */
    bool crossed;        /* false: it has done neither, and nothing else is here */
    bool came;           /* report is what stands in it; false: it is the log itself; the hash is of what stood there when it was decided */
    Report report;
    LogSummary summary;  /* of the log in which it is read */
} PartRead;
/* By whoever reads the log, with a line of their reading. Errors: E_FORGED when it is not what it was; those of log_open. */
MUST_USE Err crossing_part_open(const LogReader *reader, Id log, Opening opening, PartRead *ret_part);

#endif
