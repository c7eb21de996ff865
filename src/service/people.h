/* Units, staff, roles with periods, appointment. KA -> units and EL; EL -> SH and AK in the own unit.
 * Must not create a person twice in one municipality (a human is one account, several roles).
 * Called by web, api, import and cli. Rules: 1-product "Chain of appointment", settled 10, 12. */
#ifndef SERVICE_PEOPLE_H
#define SERVICE_PEOPLE_H

#include "service/service.h"

typedef struct Unit {
    Id id;
    uint16_t service; /* service type code of domain/codes.h */
    Str name;
    Str number;       /* organisation number or empty */
    bool closed;
} Unit;

typedef struct Units {
    const Unit *items;
    uint32_t count;
} Units;

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

/* A one-time code of 128 bits as base32 in groups, to be handed over in person; shown once, stored hashed, 14 days. */
typedef struct EnrolmentCode {
    char text[48];
} EnrolmentCode;

/* The units of the municipality, by name. Open to every staff role (names are needed for scope); one line "listed". */
MUST_USE Err people_units(Service *service, const Actor *actor, Arena *keep, Units *ret_units);

/* The names of some units, for pages about something that the caller may read: names[i] belongs to units[i], empty for none
 * and for an unknown one. No line: the names of units are public. */
MUST_USE Err people_unit_names(Service *service, const Actor *actor, const Id *units, uint32_t count, Arena *keep,
                               Str *ret_names);

/* A new unit (KA). values: KIND_ORGANISATION. */
MUST_USE Err people_unit_add(Service *service, const Actor *actor, const Values *values, Id *ret_unit);

/* Staff with a role in a unit (EL: own unit; KA: any unit, none = org managers of all, and administrators). One line "listed". */
MUST_USE Err people_staff(Service *service, const Actor *actor, Id unit, Arena *keep, StaffRoles *ret_staff);

typedef struct Appointment {
    const Values *person; /* KIND_STAFF_PERSON: name, e-mail ...; the e-mail finds a person who is here already */
    enum Role role;
    Id unit;
    int64_t from_at;
    int64_t to_at;        /* 0 = no end */
} Appointment;

/* Gives a role. KA appoints org managers (and KA), EL appoints relay holders and actors in the own unit, a command
 * (the control socket) the first KA. A new person gets an enrolment code; for a known one *ret_code is empty.
 * Nobody appoints themselves. Errors: E_FORBIDDEN, E_RANGE for a period that ends before it begins; E_PROVE. */
MUST_USE Err people_appoint(Service *service, const Actor *actor, const Appointment *appointment, Id *ret_person,
                            EnrolmentCode *ret_code);

/* A new enrolment code for the bearer of a role, by whoever could appoint them to it, in the place of all former codes. Who
 * uses it sets user name, password and authenticator anew, so a manager gives none to somebody who also works in other
 * units, administers, or has a log of their own family: that is for the municipality's administrator.
 * Errors: E_FORBIDDEN; E_NOT_FOUND; E_INVALID for a role that has ended; E_PROVE. */
MUST_USE Err people_enrolment_code(Service *service, const Actor *actor, Id role_row, Arena *keep, Str *ret_name,
                                   EnrolmentCode *ret_code);

/* Whether this actor adds units and appoints managers; the refusal's line is written. Errors: E_FORBIDDEN. */
MUST_USE Err people_manages_units(const Actor *actor);

/* Ends a role now; in force at the person's next request. Errors: E_FORBIDDEN; E_NOT_FOUND; E_PROVE. */
MUST_USE Err people_role_end(Service *service, const Actor *actor, Id role_row);

/* Display names of persons (staff and family), for lists; unknown or erased persons give an empty Str. names[i] belongs
 * to persons[i]. No line: for pages that have one already. */
MUST_USE Err people_names(Service *service, const Actor *actor, const Id *persons, uint32_t count, Arena *keep, Str *ret_names);

#endif
