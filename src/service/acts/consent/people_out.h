/* The people of services that a consent does not name any more: their participation ends with it.
 * Must not end anybody's of the unit that has the log, nor anything that they have written.
 * Called by the acts of this room. Rules: consent 13, 19. */
#ifndef SERVICE_ACTS_CONSENT_PEOPLE_OUT_H
#define SERVICE_ACTS_CONSENT_PEOPLE_OUT_H

#include "service/log/deed.h"

typedef struct PeopleOut {
    PlaceEnd *rows;
    uint32_t count;
} PeopleOut;

/* The actors of these units who take part now, or will. */
MUST_USE Err people_out_make(const Deed *deed, const LogEntered *entered, IdList units, PeopleOut *ret_out);
MUST_USE Err people_out_put(Tx *tx, const PeopleOut *out);

#endif
