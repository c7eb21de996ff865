/* A fact as it is sealed: its bytes are held fast, and nothing else is read as one.
 * Must not change with the code: facts of before are opened by it.
 * Called by meson test. */
#include "support/test.h"

#include "domain/statistics/facts.h"

static Fact a_fact(void)
{
    Fact fact = {.family = FACT_OF_MEASURE, .unit = {{0xA1, 0xA2}}, .category = 21, .grade = 3, .attention = 22, .from = 1, .to = -2, .on = 0x01020304,
                 .tag = {0xB1, 0xB2}, .actor_count = 2};

    fact.actors[0] = (FactActor){.service = 2, .person = {{0xC1}}};
    fact.actors[1] = (FactActor){.service = 99, .person = {{0xC2}}};
    return fact;
}

TEST(a_fact_has_these_bytes)
{
    static const uint8_t head[] = {1, 2, 0xA1, 0xA2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 21, 0, 3, 0, 22, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFE,
                                   1, 2, 3, 4, 0xB1, 0xB2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2, 0xC1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                   0, 0, 99, 0xC2};
    const Fact fact = a_fact();
    uint8_t bytes[FACT_PLAIN_BYTES];

    fact_encode(&fact, bytes);
    EXPECT(memcmp(bytes, head, sizeof head) == 0);
    for (size_t i = sizeof head; i < sizeof bytes; i++)
        EXPECT(bytes[i] == 0);
}

TEST(a_fact_is_read_as_it_was_written)
{
    const Fact fact = a_fact();
    uint8_t bytes[FACT_PLAIN_BYTES], again[FACT_PLAIN_BYTES];
    Fact read;

    fact_encode(&fact, bytes);
    EXPECT_OK(fact_decode(bytes, &read));
    EXPECT(read.family == FACT_OF_MEASURE && read.to == -2 && read.on == 0x01020304 && read.actor_count == 2 && read.actors[1].service == 99);
    fact_encode(&read, again);
    EXPECT(memcmp(bytes, again, sizeof bytes) == 0);
}

TEST(whatever_is_no_fact_is_refused)
{
    static const struct {
        size_t at;
        uint8_t value;
    } wrong[] = {{0, 2}, {1, 0}, {1, 3}, {52, FACT_ACTORS_MAX + 1}, {FACT_PLAIN_BYTES - 1, 1}, {90, 7}};
    const Fact fact = a_fact();
    uint8_t bytes[FACT_PLAIN_BYTES];
    Fact read;

    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        fact_encode(&fact, bytes);
        bytes[wrong[i].at] = wrong[i].value;
        EXPECT_ERR(fact_decode(bytes, &read), E_MALFORMED);
    }
}

TEST(a_measure_is_closed_by_what_was_wanted_or_not_and_by_never_having_been_carried_out)
{
    for (unsigned outcome = 0; outcome < 10; outcome++)
        EXPECT(fact_outcome_closes(outcome) == (outcome == 1 || outcome == 3 || outcome == 5));
}

RUN_TESTS("facts as bytes")
