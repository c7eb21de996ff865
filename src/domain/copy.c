/* The days of a copy that is offered before a deletion.
 * Must not read a clock.
 * Called by service. */
#include "domain/copy.h"

#include "domain/clocks.h"

CopyOffer copy_offer(const Values *header, int64_t passive_at, Day today)
{
    bool whole = header->kind && header->kind->id == KIND_HEADER;
    CopyOffer offer = {.passive_on = passive_at > 0 ? oslo_day(passive_at) : 0};
    Day birth = 0;

    if (values_day(header, whole ? HEADER_BIRTH_DATE : CHILD_BIRTH_DATE, &birth)) {
        offer.of_age = clock_day(CLOCK_OF_AGE, birth, NULL);
        offer.adult = today >= offer.of_age;
    }
    if (whole)
        (void)values_day(header, HEADER_COPY_OFFERED_ON, &offer.offered_on);
    return offer;
}

Day copy_from(const CopyOffer *offer)
{
    if (!offer->adult)
        return offer->offered_on;
    return offer->passive_on > offer->of_age ? offer->passive_on : offer->of_age;
}

Day copy_end(const CopyOffer *offer)
{
    Day from = copy_from(offer);

    return from ? clock_day(CLOCK_COPY_END, from, NULL) : 0;
}

Flags copy_flags(const CopyOffer *offer, Day today)
{
    return today < copy_end(offer) ? FLAG_COPY_OPEN : 0;
}
