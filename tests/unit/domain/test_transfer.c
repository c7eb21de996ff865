/* Who must have said yes to a transfer, until when it waits, and how long the former unit reads its part.
 * Must not read a clock.
 * Called by meson test. */
#include "support/test.h"

#include "domain/clocks.h"
#include "domain/transfer.h"

static const Id mother = {{1}}, father = {{2}}, stranger = {{3}};
static const Id hers = {{21}}, his = {{22}}, again = {{23}};

static int64_t noon(int year, unsigned month, unsigned day)
{
    return oslo_time(day_from_date((Date){year, month, day}), 720);
}

/* Mother and father have said yes to the log until the end of June 2026; it is March. */
typedef struct Scene {
    ConsentGiven given[3];
    Consents all;
    TransferYes yes[3];
    TransferYeses yeses;
    int64_t now;
} Scene;

static ConsentGiven given_by(Id giver, Id id)
{
    return (ConsentGiven){.id = id, .giver = giver, .given_at = noon(2026, 1, 1), .ends_at = period_end_of(day_from_date((Date){2026, 6, 30}))};
}

#define SCENE(s)                                                                                   \
    Scene s = {.given = {given_by(mother, hers), given_by(father, his)}, .now = noon(2026, 3, 1)}; \
    s.all = (Consents){.items = s.given, .count = 2};                                              \
    s.yeses.items = s.yes

static void say_yes(Scene *s, Id giver, int64_t at)
{
    s->yes[s->yeses.count++] = (TransferYes){giver, at};
}

static bool agreed(const Scene *s)
{
    return transfer_agreed(&s->all, s->yeses, s->now);
}

TEST(everybody_who_must_consent_says_yes_to_the_transfer_and_nobody_else_counts)
{
    SCENE(s);

    EXPECT(!agreed(&s));
    say_yes(&s, stranger, noon(2026, 2, 1));
    say_yes(&s, mother, noon(2026, 2, 1));
    EXPECT(!agreed(&s));
    EXPECT(transfer_asks(&s.all, father, s.now) && !transfer_asks(&s.all, stranger, s.now));
    EXPECT(transfer_has_yes(&s.all, s.yeses, mother) && !transfer_has_yes(&s.all, s.yeses, father));
    say_yes(&s, father, noon(2026, 2, 2));
    EXPECT(agreed(&s));
}

TEST(whoever_withdraws_takes_their_yes_back_and_a_consent_that_is_given_again_does_not_bring_it_back)
{
    SCENE(s);

    say_yes(&s, mother, noon(2026, 2, 1));
    say_yes(&s, father, noon(2026, 2, 1));
    s.given[0].withdrawn = true;
    s.given[0].withdrawn_at = noon(2026, 2, 10);
    EXPECT(!agreed(&s) && !transfer_asks(&s.all, mother, s.now));
    s.given[2] = given_by(mother, again);
    s.given[2].given_at = noon(2026, 2, 12);
    s.all.count = 3;
    EXPECT(!agreed(&s) && transfer_asks(&s.all, mother, s.now));
    say_yes(&s, mother, noon(2026, 2, 13));
    EXPECT(agreed(&s));
    EXPECT(transfer_said_at(&s.all) == noon(2026, 2, 12));
}

TEST(it_stands_while_nobody_of_the_family_has_left_or_taken_back_a_consent_since_it_was_proposed)
{
    SCENE(s);
    const int64_t proposed = noon(2026, 2, 1);
    ConsentGiver people[] = {{.id = mother}, {.id = father}, {.id = stranger, .part = {.to_at = noon(2026, 2, 10)}}};

    s.all.givers = people;
    s.all.giver_count = COUNT_OF(people);
    EXPECT(transfer_stands(&s.all, proposed, s.now));
    people[0].part.to_at = noon(2026, 1, 20);
    EXPECT(transfer_stands(&s.all, proposed, s.now));
    people[0].part.to_at = noon(2026, 2, 10);
    EXPECT(!transfer_stands(&s.all, proposed, s.now) && transfer_stands(&s.all, proposed, noon(2026, 2, 9)));
    people[0].part.to_at = 0;
    s.given[1].withdrawn = true;
    s.given[1].withdrawn_at = noon(2026, 2, 10);
    EXPECT(!transfer_stands(&s.all, proposed, s.now));
    s.given[2] = given_by(father, again);
    s.given[2].given_at = noon(2026, 2, 11);
    s.all.count = 3;
    EXPECT(transfer_stands(&s.all, proposed, s.now));
    s.given[1].withdrawn_at = noon(2026, 1, 20);
    EXPECT(transfer_stands(&s.all, proposed, s.now));
}

TEST(a_consent_whose_days_are_over_is_asked_for_a_yes_still)
{
    SCENE(s);

    s.now = noon(2026, 9, 1);
    EXPECT(transfer_asks(&s.all, mother, s.now) && !agreed(&s));
    say_yes(&s, mother, noon(2026, 8, 31));
    say_yes(&s, father, noon(2026, 8, 31));
    EXPECT(agreed(&s));
}

TEST(where_nobody_has_consented_nothing_is_agreed)
{
    SCENE(s);

    s.all.count = 0;
    EXPECT(!agreed(&s));
}

TEST(it_waits_for_thirty_whole_days_and_then_no_longer)
{
    const int64_t proposed = noon(2026, 3, 2), over = oslo_time(day_from_date((Date){2026, 4, 2}), 0);

    for (unsigned step = TRANSFER_PROPOSED; step <= TRANSFER_DECIDED; step++)
        EXPECT(transfer_waits(step, proposed, over - 1) && !transfer_waits(step, proposed, over));
    EXPECT(!transfer_waits(0, proposed, proposed) && !transfer_waits(TRANSFER_ACCEPTED, proposed, proposed) &&
           !transfer_waits(TRANSFER_CALLED_OFF, proposed, proposed) &&
           !transfer_waits(TRANSFER_ACCEPTED_PASSIVE, proposed, proposed));
    EXPECT(transfer_is_done(TRANSFER_ACCEPTED) && transfer_is_done(TRANSFER_ACCEPTED_PASSIVE) && !transfer_is_done(TRANSFER_DECIDED) &&
           !transfer_is_done(TRANSFER_CALLED_OFF));
}

TEST(a_former_unit_reads_for_the_months_of_the_setting)
{
    Settings settings = settings_default();
    const int64_t done = noon(2026, 1, 15), over = oslo_time(day_from_date((Date){2026, 4, 15}), 0);

    EXPECT(transfer_is_read(done, &settings, over - 1) && !transfer_is_read(done, &settings, over));
    settings.values[SETTING_FORMER_UNIT] = 1;
    EXPECT(!transfer_is_read(done, &settings, over - 1));
}

TEST(of_a_part_that_was_given_away_nothing_is_done_but_that_it_is_read)
{
    for (unsigned act = ACT_NONE + 1; act < ACT_COUNT; act++)
        if (transfer_leaves((Act)act))
            EXPECT(act_effect((Act)act) == LOOK && act != ACT_ACCESS_LIST_READ && act != ACT_CONSENT_READ);
    EXPECT(transfer_leaves(ACT_LOG_READ) && !transfer_leaves(ACT_LOG_CLOSE) && !transfer_leaves(ACT_WITHDRAWAL_RECORD));
}

RUN_TESTS("transfer")
