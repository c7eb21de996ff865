/* One answer for each consent, and everything else from these answers.
 * Must not let a consent count whose giver has left, has withdrawn it, or has given a newer one.
 * Called by service. */
#include "domain/consent.h"

#include "domain/clocks.h"

#define GRACE_MAX 30

/* The newest consent of whoever gave this one. */
static bool is_newest(const Consents *consents, uint32_t index)
{
    const ConsentGiven *own = &consents->items[index];

    for (uint32_t i = 0; i < consents->count; i++) {
        const ConsentGiven *other = &consents->items[i];
        bool newer = i > index ? other->given_at >= own->given_at : other->given_at > own->given_at;
        if (newer && id_equal(other->giver, own->giver))
            return false;
    }
    return true;
}

/* The giver's participation where it has ended; NULL while they take part. */
static const ConsentGiver *left(const Consents *consents, Id giver, int64_t now)
{
    for (uint32_t i = 0; i < consents->giver_count; i++)
        if (id_equal(consents->givers[i].id, giver) && period_has_ended(consents->givers[i].part, now))
            return &consents->givers[i];
    return NULL;
}

enum ConsentWorth consents_worth(const Consents *consents, uint32_t index, int64_t now)
{
    const ConsentGiven *consent = &consents->items[index];
    Day today = oslo_day(now);

    if (!is_newest(consents, index))
        return CONSENT_REPLACED;
    const ConsentGiver *gone = left(consents, consent->giver, now);
    if (gone)
        return consent->withdrawn && consent->withdrawn_at >= gone->part.to_at ? CONSENT_SET_ASIDE : CONSENT_LEFT;
    if (consent->withdrawn)
        return CONSENT_WITHDRAWN;
    if (oslo_day(consent->given_at) > today)
        return CONSENT_TO_COME;
    return period_last_day(consent->ends_at) < today ? CONSENT_OVER : CONSENT_COUNTS;
}

bool consents_stands(const Consents *consents, uint32_t index, int64_t now)
{
    enum ConsentWorth worth = consents_worth(consents, index, now);

    return worth == CONSENT_COUNTS || worth == CONSENT_TO_COME || worth == CONSENT_OVER;
}

uint32_t consents_required(const Consents *consents, int64_t now)
{
    uint32_t givers = 0;

    for (uint32_t i = 0; i < consents->count; i++)
        givers += is_newest(consents, i) && consents_worth(consents, i, now) != CONSENT_SET_ASIDE;
    if (givers < consents->required)
        return consents->required;
    return givers > 0 ? givers : 1;
}

bool consents_settled(const Consents *consents, int64_t now)
{
    bool aside = false;

    for (uint32_t i = 0; i < consents->count; i++) {
        enum ConsentWorth worth = consents_worth(consents, i, now);
        if (worth == CONSENT_LEFT)
            return false;
        aside = aside || worth == CONSENT_SET_ASIDE;
    }
    return aside;
}

bool consents_to_settle(const Consents *consents, int64_t now)
{
    bool left = false, counting = false;

    for (uint32_t i = 0; i < consents->count; i++) {
        enum ConsentWorth worth = consents_worth(consents, i, now);
        left = left || (worth == CONSENT_LEFT && !consents->items[i].withdrawn);
        counting = counting || worth == CONSENT_COUNTS;
    }
    return left && counting;
}

bool consents_rest_on(const Consents *consents, Id giver)
{
    for (uint32_t i = 0; i < consents->count; i++)
        if (id_equal(consents->items[i].giver, giver))
            return true;
    return false;
}

/* Whether the grace runs after a consent that held once: from its last day, or from the day on which its giver left, whichever
 * came first. A withdrawal has none, whatever came after it. */
static bool in_grace(const Consents *consents, uint32_t index, int64_t now, unsigned grace_days)
{
    const ConsentGiven *consent = &consents->items[index];
    const ConsentGiver *gone = left(consents, consent->giver, now);
    enum ConsentWorth worth = consents_worth(consents, index, now);
    Day last = period_last_day(consent->ends_at);

    if ((worth != CONSENT_OVER && worth != CONSENT_LEFT) || consent->withdrawn || oslo_day(consent->given_at) > oslo_day(now))
        return false;
    if (gone && oslo_day(gone->part.to_at) - 1 < last)
        last = oslo_day(gone->part.to_at) - 1;
    return oslo_day(now) <= last + (Day)(grace_days > GRACE_MAX ? GRACE_MAX : grace_days);
}

Flags consents_flags(const Consents *consents, int64_t now, unsigned grace_days)
{
    uint32_t counting = 0, over = 0;

    for (uint32_t i = 0; i < consents->count; i++) {
        enum ConsentWorth worth = consents_worth(consents, i, now);
        counting += worth == CONSENT_COUNTS;
        over += in_grace(consents, i, now, grace_days);
    }
    uint32_t required = consents_required(consents, now);
    if (counting >= required)
        return 0;
    return counting + over >= required ? (Flags)FLAG_CONSENT_INVALID | FLAG_IN_GRACE : FLAG_CONSENT_INVALID;
}

static bool names(const Consents *consents, Id consent, Id unit)
{
    for (uint32_t i = 0; i < consents->unit_count; i++)
        if (id_equal(consents->units[i].consent, consent) && id_equal(consents->units[i].unit, unit))
            return true;
    return false;
}

bool consents_name(const Consents *consents, Id unit, int64_t now)
{
    for (uint32_t i = 0; i < consents->count; i++) {
        enum ConsentWorth worth = consents_worth(consents, i, now);
        bool missing = worth == CONSENT_LEFT || worth == CONSENT_WITHDRAWN;
        if (worth != CONSENT_REPLACED && worth != CONSENT_SET_ASIDE && (missing || !names(consents, consents->items[i].id, unit)))
            return false;
    }
    return consents->count > 0 && !id_is_none(unit);
}

static bool stands_among(const Id *units, uint32_t count, Id unit)
{
    for (uint32_t i = 0; i < count; i++)
        if (id_equal(units[i], unit))
            return true;
    return false;
}

uint32_t consents_units(const Consents *consents, int64_t now, Id *room)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < consents->unit_count; i++) {
        Id unit = consents->units[i].unit;
        if (!stands_among(room, count, unit) && consents_name(consents, unit, now))
            room[count++] = unit;
    }
    return count;
}

int64_t consents_first_end(const Consents *consents, int64_t now)
{
    int64_t first = INT64_MAX;

    for (uint32_t i = 0; i < consents->count; i++) {
        if (consents_stands(consents, i, now) && consents->items[i].ends_at < first)
            first = consents->items[i].ends_at;
    }
    return first;
}

int64_t consents_first_left(const Consents *consents, int64_t now)
{
    int64_t first = INT64_MAX;

    for (uint32_t i = 0; i < consents->count; i++) {
        const ConsentGiven *consent = &consents->items[i];
        bool missing = consents_worth(consents, i, now) == CONSENT_LEFT && !consent->withdrawn;
        const ConsentGiver *gone = missing ? left(consents, consent->giver, now) : NULL;
        if (gone && gone->part.to_at < first)
            first = gone->part.to_at;
    }
    return first;
}

/* The day of a withdrawal is the one that stands in the log; of one that was taken while the log was held only the moment is known. */
static Day taken_on(const Consents *consents, const ConsentGiven *withdrawn)
{
    for (uint32_t i = 0; i < consents->taken_count; i++)
        if (id_equal(consents->taken[i].giver, withdrawn->giver) && consents->taken[i].at == withdrawn->withdrawn_at)
            return consents->taken[i].on;
    return oslo_day(withdrawn->withdrawn_at);
}

/* They took back, the whole or one service, on a day after this one. */
static bool taken_after(const Consents *consents, Id giver, Day day)
{
    for (uint32_t i = 0; i < consents->taken_count; i++)
        if (id_equal(consents->taken[i].giver, giver) && consents->taken[i].on > day)
            return true;
    for (uint32_t i = 0; i < consents->count; i++) {
        const ConsentGiven *own = &consents->items[i];
        if (own->withdrawn && id_equal(own->giver, giver) && taken_on(consents, own) > day)
            return true;
    }
    return false;
}

int64_t consents_given_at(const Consents *consents, Id giver, int64_t at)
{
    if (taken_after(consents, giver, oslo_day(at)))
        return 0;
    for (uint32_t i = 0; i < consents->count; i++) {
        const ConsentGiven *other = &consents->items[i];
        if (!id_equal(other->giver, giver) || other->given_at < at)
            continue;
        if (oslo_day(other->given_at) != oslo_day(at))
            return 0;
        at = other->given_at + 1;
    }
    return at;
}

/* ---- before it is one ---- */

/* -1: one of them does not say; else whether both say the same. */
static int agrees(const Values *one, const Values *other, FieldKey key)
{
    Str a = values_at(one, key), b = values_at(other, key);

    return a.length == 0 || b.length == 0 ? -1 : str_equal(a, b);
}

bool consent_same_child(const Values *one, const Values *other)
{
    int number = agrees(one, other, CHILD_NATIONAL_ID);

    if (number >= 0)
        return number == 1;
    return agrees(one, other, CHILD_NAME) == 1 && agrees(one, other, CHILD_BIRTH_DATE) != 0;
}

bool consent_from_values(const Values *values, ConsentGiven *ret_given)
{
    Day given_on, valid_to;

    if (!values_day(values, CONSENT_GIVEN_ON, &given_on) || !values_day(values, CONSENT_VALID_TO, &valid_to))
        return false;
    *ret_given = (ConsentGiven){.given_at = oslo_time(given_on, 0), .ends_at = period_end_of(valid_to)};
    return true;
}

Day consent_longest(Day given_on, unsigned months)
{
    const Settings settings = {.values = {[SETTING_CONSENT_LIFETIME] = (int32_t)months}};

    return clock_day(CLOCK_CONSENT_LONGEST, given_on, &settings);
}

Day consent_proposed(Day given_on, unsigned months)
{
    return consent_longest(given_on, months) - 1;
}

Day consent_last_day(Day given_on, Day until, unsigned months)
{
    Day longest = consent_longest(given_on, months);

    return until < longest ? until : longest;
}

bool consent_within(const ConsentGiven *given, unsigned months)
{
    return period_last_day(given->ends_at) <= consent_longest(oslo_day(given->given_at), months);
}

unsigned consent_days(Day given_on, Day until, Day today, unsigned months)
{
    unsigned faults = 0;

    faults |= given_on > today ? CONSENT_DAYS_TO_COME : 0u;
    faults |= given_on != 0 && consent_longest(given_on, months) < today ? CONSENT_DAYS_OLD : 0u;
    faults |= until != 0 && until < today ? CONSENT_DAYS_OVER : 0u;
    faults |= until > consent_longest(today, months) ? CONSENT_DAYS_LONG : 0u;
    return faults;
}
