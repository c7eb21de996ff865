/* The logs whose baton is offered to somebody, for the page where they answer.
 * Must not tell whom a log is about before it is taken: no header is opened.
 * Called by web. Rule: rest 6. */
#ifndef SERVICE_READING_OFFERS_H
#define SERVICE_READING_OFFERS_H

#include "service/log/reader.h"

typedef struct BatonOffer {
    Id log;
    Id holder;        /* who has the baton */
    Str holder_name;
    Id unit;          /* whose log it is */
    Str unit_name;
    int64_t until;    /* the first moment at which the offer is over */
    bool only_declined; /* the log does not take a new holder as it stands */
} BatonOffer;

/* Those that wait for the actor in the role and unit in which they act; the one that ends first comes first. One line, where
 * there is any. Nothing is shown that the actor may not answer; a log whose standing is not what was written is held.
 * Errors: those of reading people's names. */
MUST_USE Err baton_offers(const LogReader *reader, const BatonOffer **ret_offers, uint32_t *ret_count);

#endif
