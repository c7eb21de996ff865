/* Staff of a unit or of the municipality, and the end of a role.
 * Must not show a name before its line is durable.
 * Called by web and api. */
#ifndef SERVICE_PEOPLE_STAFF_H
#define SERVICE_PEOPLE_STAFF_H

#include "service/service.h"
#include "store/store.h"

typedef struct StaffRole {
    Id role_row;
    Id person;
    Str name;
    Str email;
    enum Role role;
    Id unit;
    int64_t from_at;
    int64_t to_at;   /* 0 = no end */
    bool enrolled;
} StaffRole;

typedef struct StaffRoles {
    const StaffRole *items;
    uint32_t count;
} StaffRoles;

/* Staff with a role in a unit (EL: own unit; KA: any unit, none = org managers of all, and administrators). One line "listed". */
MUST_USE Err people_staff(Service *service, const Actor *actor, Id unit, Arena *keep, StaffRoles *ret_staff);
/* The same in parts, for a page that shows more than this list: its caller writes the line. Whether this actor may see it (a
 * refusal's line is written); its rows, read in a snapshot; and the names, opened when that has ended. */
typedef struct StaffRows {
    RoleRows roles;
    PersonRow *persons;  /* one for each role */
    ScopeKeyRow *scopes;
} StaffRows;
MUST_USE Err staff_may_list(const Actor *actor, Id unit);
MUST_USE Err staff_rows_read(Tx *tx, const Actor *actor, Id unit, Arena *keep, StaffRows *ret_rows);
MUST_USE Err staff_rows_open(Service *service, const Actor *actor, const StaffRows *rows, Arena *keep, StaffRoles *ret_staff);
/* How a role ends. */
typedef struct RoleEnd {
    Id role_row;
    bool takes;     /* whoever ends it stands in for the holder of the logs that it carries (rules: rest 9) */
    int64_t batons; /* as it was refused or carried out: so many */
} RoleEnd;
/* Ends a role now; in force at the person's next request. Errors: E_FORBIDDEN; E_NOT_FOUND; E_PROVE; E_INVALID where it carries the
 * batons of active logs and nobody takes them. */
MUST_USE Err people_role_end(Service *service, const Actor *actor, RoleEnd *end);

#endif
