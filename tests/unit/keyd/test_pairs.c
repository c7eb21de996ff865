/* Key pairs of municipalities: whoever seals needs the public half alone, and nobody but the agent has the other.
 * Must not leave a process behind.
 * Called by meson test. */
#include "asking.h"

#include "keys/epochs.h"
#include "keys/pairs.h"
#include "keys/statistics.h"

static const Id town = {{5}}, other = {{6}};

typedef struct Box {
    Id found;
    uint8_t sealed[FACT_SEALED_BYTES];
    Str bytes;
} Box;

static void seal(TestAgent *a, Id tenant, uint8_t number, Box *ret_box)
{
    uint8_t public_key[32], plain[FACT_BYTES] = {number};

    *ret_box = (Box){.found = {{number}}};
    EXPECT_OK(keys_pair_public(a->keys, tenant, PAIR_STATISTICS, public_key));
    EXPECT_OK(fact_seal(a->crypto, public_key, (FactPlace){MODE_TEST, tenant, ret_box->found}, plain, ret_box->sealed));
    ret_box->bytes = str_from_bytes(ret_box->sealed, FACT_SEALED_BYTES);
}

static Id grant_in_town(TestAgent *a, Id tenant, Id person, uint8_t role)
{
    KeysStatus status = {0};
    Id grant = {0};

    EXPECT_OK(keys_status(a->keys, &status));
    EXPECT_OK(keys_grant_new(a->keys, (GrantWish){.tenant = tenant, .person = person, .role = role, .ends_at = status.now + 60000}, &grant));
    return grant;
}

static Err open_one(TestAgent *a, Id grant, Id tenant, const Box *box)
{
    uint8_t plain[1][FACT_BYTES] = {{0}};
    size_t bad = 9;
    const SealedFacts facts = {.grant = grant, .tenant = tenant, .found = &box->found, .sealed = &box->bytes, .count = 1};

    Err opened = keys_facts_open(a->keys, &facts, plain, &bad);
    EXPECT(!is_ok(opened) || plain[0][0] == box->found.bytes[0]);
    return opened;
}

TEST(facts_are_opened_for_a_grant_of_nobody_and_for_no_person_in_any_role)
{
    UNSEALED(a);
    Box box;
    EXPECT_OK(keys_municipality_new(a.keys, town));
    seal(&a, town, 1, &box);
    for (uint8_t role = 0; role < 12; role++)
        EXPECT_ERR(open_one(&a, grant_in_town(&a, town, (Id){{(uint8_t)(40 + role)}}, role), town, &box), E_RANGE);
    EXPECT_ERR(open_one(&a, grant_in_town(&a, town, nobody, HOLDER), town, &box), E_RANGE);
    EXPECT_ERR(open_one(&a, (Id){{99}}, town, &box), E_NO_GRANT);
    EXPECT_OK(open_one(&a, grant_in_town(&a, town, nobody, 0), town, &box));
}

TEST(a_fact_opens_in_its_municipality_and_at_its_place_and_nowhere_else)
{
    UNSEALED(a);
    Box box;
    EXPECT_OK(keys_municipality_new(a.keys, town));
    EXPECT_OK(keys_municipality_new(a.keys, other));
    seal(&a, town, 1, &box);
    const Id grant = grant_in_town(&a, town, nobody, 0);
    EXPECT_ERR(open_one(&a, grant_in_town(&a, other, nobody, 0), other, &box), E_FORGED);
    EXPECT_ERR(open_one(&a, grant, other, &box), E_NO_GRANT);
    box.found.bytes[0]++;
    EXPECT_ERR(open_one(&a, grant, town, &box), E_FORGED);
    box.found.bytes[0]--;
    box.sealed[FACT_SEALED_BYTES - 1] ^= 1;
    EXPECT_ERR(open_one(&a, grant, town, &box), E_FORGED);
    box.bytes.length--;
    EXPECT_ERR(open_one(&a, grant, town, &box), E_FORGED);
}

TEST(a_pair_is_the_same_in_every_epoch_and_after_the_agent_began_anew)
{
    UNSEALED(a);
    Epochs epochs;
    Box box;
    uint8_t before[32], after[32];
    EXPECT_OK(keys_municipality_new(a.keys, town));
    seal(&a, town, 1, &box);
    EXPECT_OK(keys_pair_public(a.keys, town, PAIR_STATISTICS, before));
    EXPECT_OK(keys_epoch_turn(a.keys, town, &epochs));
    keys_close(a.keys);
    EXPECT_OK(keys_open(&(KeysOptions){.socket = a.socket, .crypto = a.crypto}, &a.keys));
    EXPECT_OK(keys_pair_public(a.keys, town, PAIR_STATISTICS, after));
    EXPECT(memcmp(before, after, sizeof before) == 0);
    EXPECT_OK(open_one(&a, grant_in_town(&a, town, nobody, 0), town, &box));
}

TEST(each_use_and_each_municipality_has_a_pair_of_its_own_that_is_asked_for_once)
{
    UNSEALED(a);
    uint8_t one[32], two[32], three[32];
    EXPECT_OK(keys_municipality_new(a.keys, town));
    EXPECT_OK(keys_municipality_new(a.keys, other));
    EXPECT_OK(keys_pair_public(a.keys, town, PAIR_STATISTICS, one));
    EXPECT_OK(keys_pair_public(a.keys, town, PAIR_TRANSFER, two));
    EXPECT_OK(keys_pair_public(a.keys, other, PAIR_STATISTICS, three));
    EXPECT(memcmp(one, two, 32) != 0 && memcmp(one, three, 32) != 0 && memcmp(two, three, 32) != 0);
    EXPECT_ERR(keys_pair_public(a.keys, town, (PairUse)0, one), E_RANGE);
    EXPECT_ERR(keys_pair_public(a.keys, town, (PairUse)3, one), E_RANGE);
    EXPECT_ERR(keys_pair_public(a.keys, (Id){{77}}, PAIR_TRANSFER, one), E_NOT_FOUND);
    const uint64_t asked = keys_messages(a.keys);
    EXPECT_OK(keys_pair_public(a.keys, town, PAIR_TRANSFER, three));
    EXPECT(keys_messages(a.keys) == asked && memcmp(two, three, 32) == 0);
}

TEST(no_more_facts_are_opened_in_a_day_than_their_ceiling_says)
{
    AUTO(test_agent_stop) TestAgent a = {.options = {.ceilings = {{.name = STR("facts-municipality-day"), .ceiling = 2}}, .ceiling_count = 1}};
    Box box;
    test_agent_start(&a);
    EXPECT_OK(keys_municipality_new(a.keys, town));
    seal(&a, town, 1, &box);
    const Id grant = grant_in_town(&a, town, nobody, 0);
    EXPECT_OK(open_one(&a, grant, town, &box));
    EXPECT_OK(open_one(&a, grant, town, &box));
    EXPECT_ERR(open_one(&a, grant, town, &box), E_BUDGET);
}

TEST(whoever_asks_for_facts_that_do_not_open_has_asked_too)
{
    AUTO(test_agent_stop) TestAgent a = {.options = {.ceilings = {{.name = STR("facts-municipality-day"), .ceiling = 2}}, .ceiling_count = 1}};
    Box box;
    test_agent_start(&a);
    EXPECT_OK(keys_municipality_new(a.keys, town));
    EXPECT_OK(keys_municipality_new(a.keys, other));
    seal(&a, other, 1, &box);
    const Id grant = grant_in_town(&a, town, nobody, 0);
    EXPECT_ERR(open_one(&a, grant, town, &box), E_FORGED);
    EXPECT_ERR(open_one(&a, grant, town, &box), E_FORGED);
    EXPECT_ERR(open_one(&a, grant, town, &box), E_BUDGET);
}

TEST(a_person_who_asks_for_facts_does_not_even_learn_whether_they_would_open)
{
    UNSEALED(a);
    Box box;
    EXPECT_OK(keys_municipality_new(a.keys, town));
    EXPECT_OK(keys_municipality_new(a.keys, other));
    seal(&a, other, 1, &box);
    EXPECT_ERR(open_one(&a, grant_in_town(&a, town, nobody, HOLDER), town, &box), E_RANGE);
}

RUN_TESTS("pairs")
