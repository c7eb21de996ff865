/* The days of a copy that is offered before a deletion: from when, until when.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "support/test.h"

#include "domain/copy.h"

#define DAY(year, month, day) day_from_date((Date){year, month, day})

static CopyOffer of(const char *birth, const char *offered, int64_t passive_at, Day today)
{
    Values header = {.kind = kind_of(KIND_HEADER)};

    values_put(&header, HEADER_BIRTH_DATE, str_from_c(birth));
    values_put(&header, HEADER_COPY_OFFERED_ON, str_from_c(offered));
    return copy_offer(&header, passive_at, today);
}

TEST(nobody_is_offered_a_copy_by_a_log_that_is_passive_alone)
{
    const Day today = DAY(2026, 11, 20);
    const CopyOffer offer = of("2016-05-14", "", oslo_time(today, 0), today);

    EXPECT(copy_from(&offer) == 0 && copy_end(&offer) == 0 && copy_flags(&offer, today) == 0);
}

TEST(a_copy_is_offered_for_fourteen_days_from_the_day_of_the_offer)
{
    const Day offered = DAY(2026, 11, 20);
    const CopyOffer offer = of("2016-05-14", "2026-11-20", oslo_time(offered - 3, 0), offered);

    EXPECT(copy_flags(&offer, offered) == FLAG_COPY_OPEN);
    EXPECT(copy_flags(&offer, offered + 13) == FLAG_COPY_OPEN);
    EXPECT(copy_flags(&offer, offered + 14) == 0);
}

TEST(an_adult_is_offered_one_from_the_birthday_or_from_when_the_log_became_passive_after_it)
{
    const Day birthday = DAY(2026, 3, 1);
    const CopyOffer before = of("2008-02-29", "", oslo_time(birthday - 100, 0), birthday);
    const CopyOffer later = of("2008-02-29", "", oslo_time(birthday + 400, 0), birthday + 400);
    const CopyOffer young = of("2008-02-29", "", oslo_time(birthday - 100, 0), birthday - 1);

    EXPECT(copy_from(&young) == 0);
    EXPECT(copy_from(&before) == birthday && copy_end(&before) == birthday + 14);
    EXPECT(copy_from(&later) == birthday + 400);
}

TEST(what_was_offered_to_the_guardians_does_not_shorten_what_the_adult_is_offered)
{
    const Day birthday = DAY(2026, 5, 14);
    const CopyOffer offer = of("2008-05-14", "2026-05-01", oslo_time(birthday - 20, 0), birthday);

    EXPECT(copy_end(&offer) == birthday + 14);
}

RUN_TESTS("copy")
