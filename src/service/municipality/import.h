/* Units and staff from a file: read whole, checked whole, stored whole or not at all (docs/import.md).
 * Must not give a role that a file may not give, nor repeat a cell in a fault.
 * Called by cli (control). Act: ACT_IMPORT, by an operator on the administrator's behalf; it stands in the audit. */
#ifndef SERVICE_MUNICIPALITY_IMPORT_H
#define SERVICE_MUNICIPALITY_IMPORT_H

#include "domain/input/intake.h"
#include "service/people/enrolment_code.h"

typedef struct ImportOrder {
    Id tenant;
    IntakeForm form;
    Str file;     /* UTF-8 or Windows-1252 */
    Id by;        /* who asked, for the audit: a Unix user's identity (sys/user.h), or none */
    bool dry_run; /* everything but storing */
} ImportOrder;

/* A person who is new here, or has a new role and has not enrolled, with the code to hand over in person: shown once, and in the
 * place of all former ones. */
typedef struct ImportedPerson {
    Id id;
    Str name;
    Str email;
    EnrolmentCode code; /* empty in a dry run */
} ImportedPerson;

typedef struct ImportReport {
    const IntakeFault *faults;
    uint32_t fault_count;
    uint32_t faults_in_all;  /* above 0: nothing was stored */
    uint32_t units_new;
    uint32_t units_known;    /* were here already, and stay as they are */
    uint32_t roles_new;
    uint32_t roles_known;
    const ImportedPerson *persons;
    uint32_t person_count;
} ImportReport;

/* Faults are no Err: they are listed. Everything in *ret_report lives in keep. A file may be sent again: what is here
 * already is left alone.
 * Errors: E_NOT_FOUND (no such municipality), E_STALE (somebody appointed one of these people, or added a unit,
 * meanwhile: send it again),
 * E_BUDGET, those of keys and store. */
MUST_USE Err import_file(Service *service, const ImportOrder *order, Arena *keep, ImportReport *ret_report);

#endif
