/* The rows of a file as rows of the database: units by name, people by e-mail, roles by both.
 * Must not store anything.
 * Called by import.c. */
#ifndef SERVICE_MUNICIPALITY_IMPORT_ROWS_H
#define SERVICE_MUNICIPALITY_IMPORT_ROWS_H

#include "domain/policy/matrix.h"
#include "service/municipality/import.h"
#include "service/people/found.h"
#include "service/people/units.h"

/* A person in the file, once, however many roles. */
typedef struct ImportPerson {
    Str email; /* as it is looked up */
    const Values *values;
    PersonsFound found;
    bool known;
    bool elses; /* the e-mail belongs to somebody of another name */
    Id id;
    PersonRow row;
    WrappedKey wrapped;
    ScopeKeyRow scope;
    uint32_t roles; /* that the file gives them */
    EnrolmentRow enrolment;
    EnrolmentCode code;
} ImportPerson;

typedef struct Import {
    Service *service;
    const ImportOrder *order;
    Actor actor;
    Arena *keep;
    Intake intake;
    IntakeFault *faults;
    uint32_t fault_count, faults_in_all;
    Key scope_key;       /* the register's */
    UnitRows unit_rows;  /* that are here */
    Units units;
    Str *unit_keys;      /* their names as people read them */
    UnitRow *new_units;
    uint32_t new_unit_count, known_unit_count;
    ImportPerson *persons;
    uint32_t person_count;
    RoleRow *roles;
    uint32_t role_count, known_role_count, role_room;
    RoleRow *wishes;     /* what each row asked for, whether it is here or not */
    uint32_t wish_count;
    bool people_wait;    /* a row has a fault that is seen without them: they are not asked for */
} Import;

/* A person who has something new and has not enrolled gets a code, in the place of all former ones. */
bool import_hands_over(const ImportPerson *person);
/* What the file asks for, as rows ready to be stored; faults are added. Errors: those of keys and store. */
MUST_USE Err import_units(Import *import);
MUST_USE Err import_staff(Import *import);

#endif
