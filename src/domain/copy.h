/* The copy that is offered to the family before a deletion: from when, and for how long (rules: deletion 1).
 * Must not know who may take it: policy does.
 * Used by service. */
#ifndef DOMAIN_COPY_H
#define DOMAIN_COPY_H

#include "base/calendar.h"
#include "domain/states.h"
#include "domain/values.h"

/* What an offer follows from; days of 0 are none. */
typedef struct CopyOffer {
    bool adult;     /* whom the log is about is of age */
    Day of_age;     /* on this day */
    Day passive_on; /* since when the log is passive */
    Day offered_on; /* when the manager supported a deletion, or one was decided on */
} CopyOffer;

/* header: KIND_HEADER, or the child's entry where nothing was offered. passive_at: UTC ms, 0 where the log is not passive. */
CopyOffer copy_offer(const Values *header, int64_t passive_at, Day today);
/* The day on which a copy was offered: to an adult when the log is passive and they are of age; else as somebody offered it. 0: none is. */
Day copy_from(const CopyOffer *offer);
/* The first day on which it is offered no longer; 0 where none is. */
Day copy_end(const CopyOffer *offer);
/* FLAG_COPY_OPEN while it is. */
Flags copy_flags(const CopyOffer *offer, Day today);

#endif
