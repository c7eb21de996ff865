/* The lists that a publication is counted by: what has a place keeps it.
 * Must not need a publication.
 * Run by meson test. */
#include "support/test.h"

#include "domain/statistics/counted.h"

#define LIST(...) ((Codes){.items = (const uint16_t[]){__VA_ARGS__}, .count = sizeof((const uint16_t[]){__VA_ARGS__}) / sizeof(uint16_t)})

static void today(Codes *lists)
{
    static const uint16_t both[] = {1, 2};

    for (unsigned list = 0; list < COUNTED_COUNT; list++)
        lists[list] = (Codes){.items = both, .count = COUNT_OF(both)};
}

static Counted grown(const Counted *former, const Codes *lists)
{
    Counted counted = {0};

    EXPECT_OK(counted_grow(former, lists, &counted));
    return counted;
}

TEST(what_has_a_place_keeps_it_and_what_is_new_comes_behind)
{
    const Counted none = {0};
    Codes lists[COUNTED_COUNT];
    uint8_t place = 0;

    today(lists);
    lists[COUNTED_ATTENTIONS] = LIST(10, 20, 99);
    const Counted first = grown(&none, lists);
    lists[COUNTED_ATTENTIONS] = LIST(10, 15, 99, 101); /* one in the middle, one last, and one that is used no more */
    lists[COUNTED_OUTCOMES] = LIST(1, 2, 3);
    const Counted second = grown(&first, lists);
    static const uint16_t attentions[] = {10, 20, 99, 15, 101}, outcomes[] = {1, 2, 0, 3};
    EXPECT(second.lists[COUNTED_ATTENTIONS].count == 5 && memcmp(second.lists[COUNTED_ATTENTIONS].codes, attentions, sizeof attentions) == 0);
    EXPECT(second.lists[COUNTED_OUTCOMES].count == 4 && memcmp(second.lists[COUNTED_OUTCOMES].codes, outcomes, sizeof outcomes) == 0);
    EXPECT_OK(counted_place(&second, COUNTED_OUTCOMES, 0, &place));
    EXPECT(place == 2);
    EXPECT_ERR(counted_place(&second, COUNTED_ATTENTIONS, 0, &place), E_NOT_FOUND);
    EXPECT_ERR(counted_place(&first, COUNTED_ATTENTIONS, 15, &place), E_NOT_FOUND);
}

TEST(the_lists_of_this_version_have_room_in_a_publication)
{
    const Counted none = {0};
    const Counted now = grown(&none, NULL);

    for (unsigned list = COUNTED_NOTHING + 1; list < COUNTED_COUNT; list++)
        EXPECT(now.lists[list].count >= codes_of(counted_codes((CountedList)list)).count);
}

TEST(they_are_written_as_formats_says_and_read_back)
{
    TEST_ARENA(keep);
    static const uint8_t golden[] = {0, 2, 0, 1, 0, 2, 0, 2, 0, 1, 0, 2, 0, 2, 0, 1, 0, 2, 0, 3, 0, 1, 0, 2, 0, 0, 0, 3, 0, 1, 0, 2, 0, 0};
    const Counted none = {0};
    Codes lists[COUNTED_COUNT];
    Counted back = {0};
    Str bytes = STR_NONE;

    today(lists);
    const Counted counted = grown(&none, lists);
    EXPECT_OK(counted_encode(&counted, keep, &bytes));
    EXPECT(str_equal(bytes, str_from_bytes(golden, sizeof golden)));
    EXPECT_OK(counted_decode(bytes, &back));
    EXPECT(memcmp(&back, &counted, sizeof back) == 0);
}

TEST(what_is_no_list_is_not_read)
{
    static const uint8_t twice[] = {0, 2, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0}, many[] = {0, 65}, more[11] = {0}, few[9] = {0};
    Counted counted = {0};

    EXPECT_ERR(counted_decode(str_from_bytes(twice, sizeof twice), &counted), E_MALFORMED);
    EXPECT_ERR(counted_decode(str_from_bytes(many, sizeof many), &counted), E_MALFORMED);
    EXPECT_ERR(counted_decode(str_from_bytes(more, sizeof more), &counted), E_MALFORMED);
    EXPECT_ERR(counted_decode(str_from_bytes(few, sizeof few), &counted), E_MALFORMED);
}

TEST(a_list_that_has_no_room_is_refused)
{
    uint16_t codes[COUNTED_MAX + 1];
    const Counted none = {0};
    Codes lists[COUNTED_COUNT];
    Counted counted = {0};

    for (uint16_t i = 0; i < COUNT_OF(codes); i++)
        codes[i] = (uint16_t)(i + 1);
    today(lists);
    lists[COUNTED_MEASURES] = (Codes){.items = codes, .count = COUNTED_MAX};
    EXPECT_OK(counted_grow(&none, lists, &counted));
    lists[COUNTED_MEASURES].count++;
    EXPECT_ERR(counted_grow(&none, lists, &counted), E_RANGE);
}

RUN_TESTS("counted")
