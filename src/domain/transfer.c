/* The steps of a transfer: who must have said yes, what waits, and what is read afterwards.
 * Must not take the yes of somebody who has withdrawn since.
 * Called by service. */
#include "domain/transfer.h"

#include "domain/clocks.h"

static const Act steps[] = {
    ACT_TRANSFER_PROPOSE, ACT_TRANSFER_SEND, ACT_TRANSFER_CONSENT, ACT_TRANSFER_CONSENT_RECORD, ACT_TRANSFER_DECIDE, ACT_TRANSFER_ACCEPT,
    ACT_TRANSFER_CANCEL, ACT_ARCHIVE_DECIDE, ACT_ARCHIVE_REPORT_MAKE, ACT_ARCHIVE_REPORT_READ, ACT_TRANSFER_LEAVE,
};

bool transfer_is_step(Act act)
{
    for (size_t i = 0; i < COUNT_OF(steps); i++)
        if (steps[i] == act)
            return true;
    return false;
}

bool transfer_waits(unsigned step, int64_t proposed_at, int64_t now)
{
    bool open = step == TRANSFER_PROPOSED || step == TRANSFER_AGREED || step == TRANSFER_DECIDED;

    return open && now < clock_due(CLOCK_TRANSFER_END, proposed_at, NULL);
}

bool transfer_is_done(unsigned step)
{
    return step == TRANSFER_ACCEPTED || step == TRANSFER_ACCEPTED_PASSIVE || transfer_is_sent(step);
}

bool transfer_is_sent(unsigned step)
{
    return step == TRANSFER_SENT || step == TRANSFER_SENT_PASSIVE;
}

bool crossing_waits(unsigned step, int64_t proposed_at, int64_t now)
{
    return step == CROSSING_ASKED && now < clock_due(CLOCK_TRANSFER_END, proposed_at, NULL);
}

bool transfer_is_read(int64_t done_at, const Settings *settings, int64_t now)
{
    return now < clock_due(CLOCK_FORMER_UNIT_END, done_at, settings);
}

bool transfer_leaves(Act act)
{
    static const Act looks[] = {ACT_LOG_READ, ACT_HISTORY_READ, ACT_ADDRESS_READ, ACT_NUMBER_READ_FULL};

    for (size_t i = 0; i < COUNT_OF(looks); i++)
        if (looks[i] == act)
            return true;
    return false;
}

bool transfer_asks(const Consents *consents, Id giver, int64_t now)
{
    for (uint32_t i = 0; i < consents->count; i++)
        if (id_equal(consents->items[i].giver, giver) && consents_stands(consents, i, now))
            return consents_rest_on(consents, giver);
    return false;
}

/* When they last took back what they had said yes to; 0: never. */
static int64_t withdrawn_at(const Consents *consents, Id giver)
{
    int64_t last = 0;

    for (uint32_t i = 0; i < consents->count; i++)
        if (id_equal(consents->items[i].giver, giver) && consents->items[i].withdrawn && consents->items[i].withdrawn_at > last)
            last = consents->items[i].withdrawn_at;
    return last;
}

bool transfer_has_yes(const Consents *consents, TransferYeses yeses, Id giver)
{
    const int64_t taken_back = withdrawn_at(consents, giver);

    for (uint32_t i = 0; i < yeses.count; i++)
        if (id_equal(yeses.items[i].giver, giver) && yeses.items[i].at > taken_back)
            return true;
    return false;
}

static int64_t last_given_at(const Consents *consents, Id giver)
{
    int64_t last = 0;

    for (uint32_t i = 0; i < consents->count; i++)
        if (id_equal(consents->items[i].giver, giver) && !consents->items[i].withdrawn && consents->items[i].given_at > last)
            last = consents->items[i].given_at;
    return last;
}

bool transfer_stands(const Consents *consents, int64_t proposed_at, int64_t now)
{
    for (uint32_t i = 0; i < consents->count; i++) {
        const Id giver = consents->items[i].giver;
        const int64_t taken_back = withdrawn_at(consents, giver);
        if (taken_back > proposed_at && last_given_at(consents, giver) <= taken_back)
            return false;
        for (uint32_t k = 0; k < consents->giver_count; k++)
            if (id_equal(consents->givers[k].id, giver) && period_has_ended(consents->givers[k].part, now) &&
                consents->givers[k].part.to_at > proposed_at)
                return false;
    }
    return true;
}

int64_t transfer_said_at(const Consents *consents)
{
    int64_t last = 0;

    for (uint32_t i = 0; i < consents->count; i++) {
        const ConsentGiven *given = &consents->items[i];
        last = given->given_at > last ? given->given_at : last;
        last = given->withdrawn_at > last ? given->withdrawn_at : last;
    }
    return last;
}

bool transfer_agreed(const Consents *consents, TransferYeses yeses, int64_t now)
{
    uint32_t agreed = 0;

    for (uint32_t i = 0; i < consents->count; i++) {
        const Id giver = consents->items[i].giver;
        if (!consents_stands(consents, i, now) || !consents_rest_on(consents, giver))
            continue;
        if (!transfer_has_yes(consents, yeses, giver))
            return false;
        agreed++;
    }
    return agreed > 0 && agreed >= consents_required(consents, now);
}
