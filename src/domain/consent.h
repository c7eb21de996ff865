/* The consents of a log: which of them count, who must consent, which units all of them name, whether they hold.
 * Must not know rows or persons, nor read a clock. Nobody else decides any of this.
 * Used by service. Rules: consent 6-14, scenarios 11, 12, 14. */
#ifndef DOMAIN_CONSENT_H
#define DOMAIN_CONSENT_H

#include "base/id.h"
#include "domain/fields.h"
#include "domain/period.h"
#include "domain/settings.h"
#include "domain/states.h"

/* Which edition of the information page a family is told before it consents. */
#define CONSENT_TEXT_EDITION "2026-1"

/* What one person has said yes to. Times are UTC ms. */
typedef struct ConsentGiven {
    Id id;
    Id giver;         /* their participation in the log */
    int64_t given_at; /* a yes of a day to come does not hold yet */
    int64_t ends_at;  /* the first moment at which it no longer holds */
    bool child;       /* given by the child itself */
    bool withdrawn;
    int64_t withdrawn_at; /* or of one whose giver has left: when it was settled that they need not consent any more */
} ConsentGiven;

/* A unit that one consent names. */
typedef struct ConsentUnit {
    Id consent;
    Id unit;
} ConsentUnit;

/* Since when, and until when, somebody takes part. Needed only of those with an end. */
typedef struct ConsentGiver {
    Id id;
    Period part;
} ConsentGiver;

/* What somebody has taken back, the whole or one service, as it stands in the log. */
typedef struct ConsentTaken {
    Id giver;
    Day on;     /* the day on which they said so */
    int64_t at; /* when it was recorded */
} ConsentTaken;

/* Whose yes is needed, by the age of the child (rules: consent 10, 11). */
enum ConsentOf {
    CONSENT_OF_GUARDIANS, /* before the age; a yes that the child has given already counts from the birthday */
    CONSENT_OF_ALL,       /* the guardians' and the child's */
    CONSENT_OF_CHILD,     /* the child's alone */
    CONSENT_OF_SOME,      /* the age is not known: of these whatever is the most lenient, until it is */
};

/* All consents of one log, in the order in which they were written. */
typedef struct Consents {
    const ConsentGiven *items;
    uint32_t count;
    const ConsentUnit *units;
    uint32_t unit_count;
    const ConsentGiver *givers;
    uint32_t giver_count;
    const ConsentTaken *taken; /* needed only by consents_given_at and consents_follow */
    uint32_t taken_count;
    uint32_t required; /* persons who must consent, where somebody has said how many; never fewer than those who have */
    enum ConsentOf of;
    Day child_from;    /* the birthday from which the child's own counts; 0: not known */
} Consents;

/* Says whose yes is needed today. birth: 0 where it is not known. A log that began when the child had the age began with its yes. Of
 * an adult who has said yes it is theirs alone. */
void consents_at_age(Consents *consents, Day birth, Day begun_on, const Settings *settings, Day today);

/* The newest of the child's own stands, whatever its days are; and its last day is today or later. */
bool consents_child_answered(const Consents *consents, int64_t now);
bool consents_of_child(const Consents *consents, int64_t now);

/* What a consent is worth at a moment. Only one that counts lets anything happen. */
enum ConsentWorth {
    CONSENT_COUNTS,
    CONSENT_REPLACED,  /* the same person has given a newer one */
    CONSENT_LEFT,      /* whoever gave it takes no part any more: it was not withdrawn by them, it is missing */
    CONSENT_WITHDRAWN,
    CONSENT_TO_COME,   /* of a day to come, or of a child who does not have the age yet */
    CONSENT_OVER,      /* its last day has passed */
    CONSENT_SET_ASIDE, /* whoever gave it has left, and it is settled that they need not consent any more */
};

/* Of the consent at a position. Of two that one person gave at the same moment the later in the list is the newer. */
enum ConsentWorth consents_worth(const Consents *consents, uint32_t index, int64_t now);

/* What a withdrawal is about: the newest of somebody who takes part, not withdrawn yet, whatever its days are. */
bool consents_stands(const Consents *consents, uint32_t index, int64_t now);

/* How many persons must consent: whoever has, and at least one. Whoever leaves is still counted until somebody settles who
 * must consent now. */
uint32_t consents_required(const Consents *consents, int64_t now);

/* Who must consent now has been settled since somebody left, and nobody has left since. */
bool consents_settled(const Consents *consents, int64_t now);

/* Somebody whose consent counted has left, another's counts, and who must consent now is not settled yet. */
bool consents_to_settle(const Consents *consents, int64_t now);

/* The log rests on this person: they are one of those who must consent. */
bool consents_rest_on(const Consents *consents, Id giver);

/* FLAG_CONSENT_INVALID and FLAG_IN_GRACE: every person who must consent has one that counts. The grace (0..30 days) runs
 * when the last day has passed and when a guardian has left, never after a withdrawal or where one was never given. */
Flags consents_flags(const Consents *consents, int64_t now, unsigned grace_days);

/* Everybody who must has said yes to the unit: the newest consent of each names it, and none is withdrawn or missing. Days
 * do not matter here: one that is over has shut the whole log already. */
bool consents_name(const Consents *consents, Id unit, int64_t now);

/* A consent that names a unit which was closed may name the unit that came in its place: where nobody has ever named that one, or
 * this consent does. Whoever named it once and does not any more, or took back one service, did not say yes to it; which service that
 * was is not asked, since a job does not read it. Asks taken for its times alone. */
bool consents_follow(const Consents *consents, Id consent, Id into);

/* All such units, each once, in the order of the list. room: as many as there are unit rows. Returns their number. */
uint32_t consents_units(const Consents *consents, int64_t now, Id *room);

/* The first moment at which one of the newest consents that are neither withdrawn nor missing ends; INT64_MAX without any. */
int64_t consents_first_end(const Consents *consents, int64_t now);

/* When the first of those left whose newest consent was good and is missing since; INT64_MAX where nobody has. */
int64_t consents_first_left(const Consents *consents, int64_t now);

/* When somebody gives a consent on the day of at: as its row says it, later than any that they gave on that day, so that it is the
 * newest of theirs. 0 when they gave another, or took one back, the whole or one service, on a later day: what they said last counts.
 * On the day of a withdrawal itself what is recorded after it counts. */
int64_t consents_given_at(const Consents *consents, Id giver, int64_t at);

/* What two people have typed about a child, each for themselves, is of one child: the number where both have it, else name and, where
 * both have it, the day of birth. */
bool consent_same_child(const Values *one, const Values *other);

/* ---- the days of a consent, before it is one ---- */

/* Giving and end as they stand in a KIND_CONSENT; id and giver stay none. False when a day is missing. */
bool consent_from_values(const Values *values, ConsentGiven *ret_given);

/* The last day until which a consent given on a day may hold; months (1..12) is the municipality's setting. The day that a
 * form proposes, and the day that is meant by whoever asks for a later one. */
Day consent_longest(Day given_on, unsigned months);
Day consent_proposed(Day given_on, unsigned months);
Day consent_last_day(Day given_on, Day until, unsigned months);

/* Ends no later than a consent of that day may. */
bool consent_within(const ConsentGiven *given, unsigned months);

/* What is wrong with the days somebody types, as a set; a day of 0 is not asked about. */
enum ConsentDays {
    CONSENT_DAYS_TO_COME = 1, /* given on a day to come */
    CONSENT_DAYS_OLD = 2,     /* given so long ago that it would be over */
    CONSENT_DAYS_OVER = 4,    /* until a day that has passed */
    CONSENT_DAYS_LONG = 8,    /* until a day beyond the longest from today */
};
unsigned consent_days(Day given_on, Day until, Day today, unsigned months);

#endif
