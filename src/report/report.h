/* Everything that is known of a log, as its archive report holds it: opened, whole, and free of the database it came from.
 * Must not be made for anybody but an archive: it holds the numbers of child and guardians, and every version of every entry.
 * Filled by service/report; written and read by this folder. Rules: deletion 5, data 12. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/id.h"
#include "crypto/hash.h"
#include "domain/roles.h"
#include "domain/states.h"
#include "domain/values.h"

/* The form of the data; another one that is read differently gets another number. */
#define REPORT_FORMAT STR("stafettlogg-report-1")

typedef struct ReportHash {
    uint8_t bytes[HASH_BYTES];
} ReportHash;

typedef struct ReportMade {
    Id report;
    int64_t at;
    Id by;
    Str name;             /* of who made it */
    Role role;
    Str language;         /* of the document: "nb", "nn" */
    ReportHash content;   /* the digest of the log that it was made of */
} ReportMade;

typedef struct ReportMunicipality {
    Id id;
    Str number;
    Str name;
} ReportMunicipality;

typedef struct ReportLog {
    Id id;
    int64_t number;       /* of eight digits, that people see */
    enum State state;
    Flags flags;          /* stored ones */
    int64_t created_at, last_activity_at, passive_at;
    int64_t closed_reason; /* CLOSING_x */
    Id unit, holder;
} ReportLog;

/* One participation, present or former. */
typedef struct ReportPerson {
    Id id, person;
    Role role;
    int64_t service;
    Id unit;
    int64_t from_at, to_at;
    bool let_in;
    int64_t version;
    Values values;        /* of KIND_GUARDIAN or KIND_PARTICIPANT */
} ReportPerson;

typedef struct ReportConsent {
    Id id, participant;
    int64_t method;
    int64_t given_at, valid_to, withdrawn_at;
    int64_t version;
    IdList units;         /* that it still names */
    Id document;          /* none: there is none */
    Values values;
} ReportConsent;

/* One version of an entry. */
typedef struct ReportEntry {
    Id id, entry, supersedes;
    int64_t version;
    Id author;
    Role author_role;
    Id author_unit;
    int64_t at, due;
    bool removed;
    Str reason;           /* why it was removed */
    Values values;        /* of a removal: its kind alone */
} ReportEntry;

typedef struct ReportDocument {
    Id id;
    int64_t media;
    int64_t size;         /* of the file */
    ReportHash sha256;    /* of the file */
    Str file;             /* its name in the package */
} ReportDocument;

/* A unit; or a person who takes no part, and is named by their account. */
typedef struct ReportName {
    Id id;
    Str name;
} ReportName;

/* Lists: items, count. */
#define REPORT_LIST(Item, List) \
    typedef struct List {       \
        Item *items;            \
        uint32_t count;         \
    } List
REPORT_LIST(ReportPerson, ReportPeople);
REPORT_LIST(ReportConsent, ReportConsents);
REPORT_LIST(ReportEntry, ReportEntries);
REPORT_LIST(ReportDocument, ReportDocuments);
REPORT_LIST(ReportName, ReportNames);

typedef struct Report {
    Str format;
    ReportMade made;
    ReportMunicipality municipality;
    ReportLog log;
    ReportPeople people;       /* in order of id */
    ReportConsents consents;
    ReportEntries entries;     /* all versions, in order of writing */
    ReportDocuments documents;
    ReportNames units;
    ReportNames names;
} Report;

/* The name of a person as it stands in the report: of a participation, else of an account; empty when it stands nowhere. */
Str report_person_name(const Report *report, Id person);
/* The participation of an id; NULL when there is none. */
const ReportPerson *report_person(const Report *report, Id participant);
Str report_unit_name(const Report *report, Id unit);
/* The name in a participation's values. */
Str report_name_of(const ReportPerson *person);
/* The newest version of the child's details; NULL when there is none. */
const ReportEntry *report_child(const Report *report);

#endif
