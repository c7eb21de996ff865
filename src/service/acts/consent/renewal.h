/* A consent is given again: renewed, wider or narrower. What was given before stays; the newest of each person counts.
 * Must not open a passive log again, nor let anybody in whom the consent names anew.
 * Called by the two acts of this room that take one. Rules: consent 5-7, 9, 19. */
#ifndef SERVICE_ACTS_CONSENT_RENEWAL_H
#define SERVICE_ACTS_CONSENT_RENEWAL_H

#include "service/acts/guardian_rows.h"
#include "service/log/deed.h"

/* What somebody says yes to, whoever writes it down. */
typedef struct Renewal {
    Id giver;       /* their participation in the log; of a child that was never let in, and has none, the log */
    unsigned method; /* CONSENT_METHOD_x */
    Day given_on;
    Day until;      /* capped at the longest from given_on */
    Str witness;
    IdList units;   /* beside the one that has the log */
    bool as_before; /* units are those of before, which nobody chose: one that has closed since goes out */
    NewDocument document;
} Renewal;

/* Says in *change what becomes of the log. Errors: E_INVALID when this person takes no part, has consented or withdrawn on
 * a later day (at its field), the days cannot be, a unit is unknown or closed, or a paper is missing. */
MUST_USE Err renewal_make(const Deed *deed, const LogEntered *entered, const Renewal *renewal, LogChange *change);

/* The units that a form names, an id a line. Errors: E_INVALID. */
MUST_USE Err renewal_units(const Deed *deed, Str text, IdList *ret_units);

#endif
