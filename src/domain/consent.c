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
    if (period_last_day(consent->ends_at) < today)
        return CONSENT_OVER;
    return consent->child && consents->of == CONSENT_OF_GUARDIANS ? CONSENT_TO_COME : CONSENT_COUNTS;
}

static bool has_child(const Consents *consents)
{
    for (uint32_t i = 0; i < consents->count; i++)
        if (consents->items[i].child)
            return true;
    return false;
}

void consents_at_age(Consents *consents, Day birth, Day begun_on, const Settings *settings, Day today)
{
    Day from = birth ? clock_day(CLOCK_CONSENT_AGE, birth, settings) : 0;
    bool adult = birth && today >= clock_day(CLOCK_OF_AGE, birth, NULL);
    bool own = has_child(consents);

    consents->child_from = from;
    consents->of = CONSENT_OF_GUARDIANS;
    if (!from || today < from || (!own && (adult || from <= begun_on)))
        return;
    consents->of = adult || settings->values[SETTING_CHILD_DECIDES] ? CONSENT_OF_CHILD : CONSENT_OF_ALL;
}

bool consents_child_answered(const Consents *consents, int64_t now)
{
    for (uint32_t i = 0; i < consents->count; i++)
        if (consents->items[i].child && consents_stands(consents, i, now))
            return true;
    return false;
}

bool consents_of_child(const Consents *consents, int64_t now)
{
    for (uint32_t i = 0; i < consents->count; i++) {
        const ConsentGiven *own = &consents->items[i];
        if (own->child && consents_stands(consents, i, now) && period_last_day(own->ends_at) >= oslo_day(now))
            return true;
    }
    return false;
}

/* Whose it is, they are asked for theirs. */
static bool is_asked(const Consents *consents, uint32_t index)
{
    bool child = consents->items[index].child;

    return consents->of == CONSENT_OF_ALL || child == (consents->of == CONSENT_OF_CHILD);
}

bool consents_stands(const Consents *consents, uint32_t index, int64_t now)
{
    enum ConsentWorth worth = consents_worth(consents, index, now);

    return worth == CONSENT_COUNTS || worth == CONSENT_TO_COME || worth == CONSENT_OVER;
}

uint32_t consents_required(const Consents *consents, int64_t now)
{
    uint32_t givers = 0, child = consents->of == CONSENT_OF_ALL;

    if (consents->of == CONSENT_OF_CHILD)
        return 1;
    for (uint32_t i = 0; i < consents->count; i++)
        givers += !consents->items[i].child && is_newest(consents, i) && consents_worth(consents, i, now) != CONSENT_SET_ASIDE;
    if (givers < consents->required)
        return consents->required + child;
    return (givers > 0 ? givers : 1) + child;
}

bool consents_settled(const Consents *consents, int64_t now)
{
    bool aside = false;

    if (consents->of == CONSENT_OF_CHILD)
        return true;
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
        if (id_equal(consents->items[i].giver, giver) && (is_asked(consents, i) || consents->of == CONSENT_OF_SOME))
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

/* Taken back before the birthday an answer is none: nobody had asked for it yet. */
static bool child_has_answered(const Consents *consents)
{
    for (uint32_t i = 0; i < consents->count; i++) {
        const ConsentGiven *own = &consents->items[i];
        if (own->child && is_newest(consents, i))
            return !own->withdrawn || oslo_day(own->withdrawn_at) >= consents->child_from;
    }
    return false;
}

/* A child that has the age now and has not answered: the days run from the birthday. */
static bool answer_in_grace(const Consents *consents, int64_t now, unsigned grace_days)
{
    bool asked = consents->of == CONSENT_OF_ALL || consents->of == CONSENT_OF_CHILD;

    return asked && !child_has_answered(consents) && consents->child_from &&
           oslo_day(now) < consents->child_from + (Day)(grace_days > GRACE_MAX ? GRACE_MAX : grace_days);
}

/* Of each that it may be, the best. */
static Flags flags_of_some(const Consents *consents, int64_t now, unsigned grace_days)
{
    static const enum ConsentOf each[] = {CONSENT_OF_GUARDIANS, CONSENT_OF_CHILD};
    Flags best = FLAG_CONSENT_INVALID;
    Consents one = *consents;

    for (size_t i = 0; i < COUNT_OF(each); i++) {
        one.of = each[i];
        Flags flags = consents_flags(&one, now, grace_days);
        if (flags == 0 || (flags & FLAG_IN_GRACE && best))
            best = flags;
    }
    return best;
}

Flags consents_flags(const Consents *consents, int64_t now, unsigned grace_days)
{
    uint32_t counting = 0, over = answer_in_grace(consents, now, grace_days);

    if (consents->of == CONSENT_OF_SOME)
        return flags_of_some(consents, now, grace_days);
    for (uint32_t i = 0; i < consents->count; i++) {
        enum ConsentWorth worth = consents_worth(consents, i, now);
        counting += worth == CONSENT_COUNTS && is_asked(consents, i);
        over += is_asked(consents, i) && in_grace(consents, i, now, grace_days);
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

static bool some_name(const Consents *consents, Id unit, int64_t now)
{
    Consents one = *consents;

    one.of = CONSENT_OF_GUARDIANS;
    if (consents_name(&one, unit, now))
        return true;
    one.of = CONSENT_OF_CHILD;
    return consents_name(&one, unit, now);
}

bool consents_name(const Consents *consents, Id unit, int64_t now)
{
    bool any = false;

    if (consents->of == CONSENT_OF_SOME)
        return some_name(consents, unit, now);
    for (uint32_t i = 0; i < consents->count; i++) {
        if (!is_asked(consents, i))
            continue;
        any = true;
        enum ConsentWorth worth = consents_worth(consents, i, now);
        bool missing = worth == CONSENT_LEFT || worth == CONSENT_WITHDRAWN;
        if (worth != CONSENT_REPLACED && worth != CONSENT_SET_ASIDE && (missing || !names(consents, consents->items[i].id, unit)))
            return false;
    }
    return any && !id_is_none(unit);
}

/* What was taken back at a time at which no whole consent was is one service. */
static bool service_taken(const Consents *consents)
{
    for (uint32_t k = 0; k < consents->taken_count; k++) {
        bool whole = false;
        for (uint32_t i = 0; i < consents->count; i++)
            whole = whole || consents->items[i].withdrawn_at == consents->taken[k].at;
        if (!whole)
            return true;
    }
    return false;
}

bool consents_follow(const Consents *consents, Id consent, Id into)
{
    bool refused = service_taken(consents);

    for (uint32_t i = 0; i < consents->unit_count; i++)
        refused = refused || id_equal(consents->units[i].unit, into);
    return !refused || names(consents, consent, into);
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

/* A child's that does not count yet ends too, once it does; where nobody knows the age, what has ended already may not be needed. */
int64_t consents_first_end(const Consents *consents, int64_t now)
{
    int64_t first = INT64_MAX, ahead = INT64_MAX;

    for (uint32_t i = 0; i < consents->count; i++) {
        const ConsentGiven *one = &consents->items[i];
        if (!consents_stands(consents, i, now) || (consents->of == CONSENT_OF_CHILD && !one->child))
            continue;
        first = one->ends_at < first ? one->ends_at : first;
        ahead = one->ends_at < ahead && period_last_day(one->ends_at) >= oslo_day(now) ? one->ends_at : ahead;
    }
    return consents->of == CONSENT_OF_SOME && has_child(consents) && ahead != INT64_MAX ? ahead : first;
}

int64_t consents_first_left(const Consents *consents, int64_t now)
{
    int64_t first = INT64_MAX;

    for (uint32_t i = 0; i < consents->count && consents->of != CONSENT_OF_CHILD; i++) {
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
