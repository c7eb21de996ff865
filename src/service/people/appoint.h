/* Appointment: a role for a person who is here already, or for a new one with a one-time code.
 * Must not make a person twice, let anybody appoint themselves, nor give a role outside the appointer's own unit.
 * Called by web and api. Rules: access 24, sign-in 1, 3. */
#ifndef SERVICE_PEOPLE_APPOINT_H
#define SERVICE_PEOPLE_APPOINT_H

#include "service/people/enrolment_code.h"

typedef struct Appointment {
    const Values *person; /* KIND_STAFF_PERSON: name, e-mail ...; the e-mail finds a person who is here already */
    enum Role role;
    Id unit;
    int64_t from_at;
    int64_t to_at;        /* 0 = no end */
} Appointment;

/* Gives a role. KA appoints org managers (and KA), EL appoints relay holders and actors in the own unit, a command
 * (the control socket) the first KA. Whoever has not enrolled gets a new enrolment code in the place of all former ones, worth
 * what this actor may give; for somebody who has, *ret_code is empty.
 * Nobody appoints themselves. Errors: E_FORBIDDEN; E_RANGE for a period that ends before it begins, or in which the person has this
 * role in this unit already; E_DUPLICATE when the e-mail belongs to somebody of another name here; E_PROVE. */
MUST_USE Err people_appoint(Service *service, const Actor *actor, const Appointment *appointment, Id *ret_person,
                            EnrolmentCode *ret_code);
/* The act that giving or ending a role is, and how the actor stands to a unit. */
Act people_act_of(Role role);
Relation people_relation(const Actor *actor, Id unit);

#endif
