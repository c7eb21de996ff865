/* Two guardians who have said yes: what the tests of consents begin with.
 * Must not read a clock.
 * Included by test_consent.c and test_consent_age.c. */
#ifndef TESTS_CONSENTS_H
#define TESTS_CONSENTS_H

#include "support/test.h"

#include "domain/consent.h"

static const Id mother = {{1}}, father = {{2}}, stranger = {{3}};
static const Id school = {{11}}, health = {{12}}, library = {{13}};
static const Id hers = {{21}}, his = {{22}}, newer = {{23}};

/* Mother and father have said yes to school and health station from 1 January to the end of June 2026; it is March. */
typedef struct Scene {
    ConsentGiven given[3];
    ConsentUnit units[6];
    ConsentGiver givers[2];
    Consents all;
    int64_t now;
} Scene;

static inline int64_t noon(int year, unsigned month, unsigned day)
{
    return oslo_time(day_from_date((Date){year, month, day}), 720);
}

static inline ConsentGiven given_by(Id giver, Id id)
{
    return (ConsentGiven){.id = id, .giver = giver, .given_at = noon(2026, 1, 1),
                          .ends_at = period_end_of(day_from_date((Date){2026, 6, 30}))};
}

#define SCENE(s)                                                                                                 \
    Scene s = {.given = {given_by(mother, hers), given_by(father, his)},                                         \
               .units = {{hers, school}, {hers, health}, {his, health}, {his, school}},                          \
               .now = noon(2026, 3, 1)};                                                                         \
    s.all = (Consents){.items = s.given, .count = 2, .units = s.units, .unit_count = 4, .givers = s.givers}

static inline void leave(Scene *s, Id giver, int64_t at)
{
    s->givers[s->all.giver_count++] = (ConsentGiver){.id = giver, .part = {.from_at = 1, .to_at = at}};
}

/* Another yes of the same person, to the library alone. */
static inline void give_anew(Scene *s, Id giver, int64_t at)
{
    s->given[2] = given_by(giver, newer);
    s->given[2].given_at = at;
    s->units[4] = (ConsentUnit){newer, library};
    s->all.count = 3;
    s->all.unit_count = 5;
}

static inline Flags flags_of(const Scene *s, unsigned grace_days)
{
    return consents_flags(&s->all, s->now, grace_days);
}

#define GRACE ((Flags)FLAG_CONSENT_INVALID | FLAG_IN_GRACE)

#endif
