/* The names of units for a page about something that the caller may read: the rows are read in the snapshot that the page is
 * made from, and opened when it has ended.
 * Must not be opened for whoever may not see the units: that is the caller's to ask.
 * Used by the parts of service that show names. */
#ifndef SERVICE_PEOPLE_UNIT_NAMES_H
#define SERVICE_PEOPLE_UNIT_NAMES_H

#include "service/service.h"
#include "store/beside.h"

/* Each unit once, in any order. Zero is a good empty list. */
typedef struct UnitNames {
    ScopeKeyRow scope; /* of the register; empty when there is no unit */
    UnitRow *rows;
    Str *names;        /* one for each row, empty until they are opened */
    uint32_t count;
    Key key;           /* of the register, when it came with another key; wipe it with unit_names_wipe */
    bool has_key;
} UnitNames;

void unit_names_wipe(UnitNames *names);

/* The rows of these units; none and unknown ones are passed over. The list lives in keep. */
MUST_USE Err unit_names_read(Tx *tx, const Id *units, uint32_t count, Arena *keep, UnitNames *ret_names);
/* The same from rows that were read together with others. */
MUST_USE Err unit_names_from(const UnitsFound *found, Arena *keep, UnitNames *ret_names);
/* Opens the names, which live in keep; asks for the register's key when it is not here, and wipes it. Errors: those of keys; E_FORGED. */
MUST_USE Err unit_names_open(Service *service, const Actor *actor, UnitNames *names, Arena *keep);
/* The name of a unit; empty for one that is not in the list, or not opened. */
Str unit_names_get(const UnitNames *names, Id unit);
/* The names of some units, for pages about something that the caller may read: names[i] belongs to units[i], empty for none
 * and for an unknown one. No line: the names of units are public. */
MUST_USE Err people_unit_names(Service *service, const Actor *actor, IdList units, Arena *keep, Str *ret_names);

#endif
