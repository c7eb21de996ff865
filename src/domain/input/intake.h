/* What a file of units or of staff says, checked cell by cell before anything is stored (docs/import.md).
 * Must not look anything up: whether a unit exists, or a person is here already, is the service's to find out.
 * Called by service/import. */
#ifndef DOMAIN_INTAKE_H
#define DOMAIN_INTAKE_H

#include "base/calendar.h"
#include "domain/fields.h"
#include "domain/input/csv.h"
#include "domain/roles.h"

#define INTAKE_ROWS_MAX 5000
#define INTAKE_FAULTS_MAX 500

typedef enum IntakeForm { INTAKE_UNITS, INTAKE_STAFF } IntakeForm;

/* Where and what is allowed there. Never repeats the cell: it may be a person's. */
typedef struct IntakeFault {
    uint32_t line;       /* 1.. */
    uint32_t column;     /* 1.. as a spreadsheet counts cells */
    const char *header;  /* the column's name, "" when the fault is about the line or the file */
    const char *allowed; /* constant text */
} IntakeFault;

typedef struct IntakeRow {
    uint32_t line;
    Values values; /* KIND_ORGANISATION or KIND_STAFF_PERSON */
    Str name_key, email_key, unit_key; /* as people read them: what is the same is found by these (text_fold) */
    Str unit;      /* staff: the unit's name or organisation number, empty for the whole municipality */
    Role role;     /* staff */
    uint32_t column; /* 1..: where the unit's organisation number (units), or the unit (staff) stands in the file */
    uint32_t to_column, email_column; /* staff: where the last day and the e-mail stand */
    bool has_from, has_to;
    Day from, to;  /* staff: first and last day */
} IntakeRow;

typedef struct Intake {
    const IntakeRow *rows;
    uint32_t row_count;
    const IntakeFault *faults; /* the first INTAKE_FAULTS_MAX, in the order of the file */
    uint32_t fault_count;
    uint32_t faults_in_all;    /* nothing may be imported unless this is 0 */
} Intake;

/* Reads the whole file. Faults are no Err: they are listed, all of them. Everything lives in keep.
 * Errors: E_NO_MEMORY. */
MUST_USE Err intake_read(IntakeForm form, Str file, Day today, Arena *keep, Intake *ret_intake);

#endif
