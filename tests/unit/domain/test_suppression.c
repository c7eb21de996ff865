/* The two agreed rules and the stricter one: beside the agreed vectors, and over every small distribution beside the words of the
 * rules, said as what must be true of a mask instead of how one is made.
 * Must not call the rules to judge them.
 * Run by meson test. */
#include "base/json_in.h"
#include "domain/suppression.h"
#include "support/test.h"
#include "sys/file.h"

#define VECTORS "tests/data/statistics/suppression_vectors.json"
#define MOST 12

/* ---- The agreed vectors ---- */

typedef struct Expected {
    bool stated;
    uint32_t shown[MOST];
    uint32_t total;
} Expected;

typedef struct Vector {
    Str name;
    uint32_t registrations;
    size_t alternatives;
    Str order[MOST];
    uint32_t counts[MOST];
    Expected agreed, hardened;
} Vector;

static uint32_t read_count(JsonIn *in)
{
    int64_t number = 0;

    if (json_null(in))
        return MASKED;
    EXPECT_OK(json_number(in, &number));
    return (uint32_t)number;
}

static void read_order(JsonIn *in, Vector *vector)
{
    EXPECT_OK(json_expect(in, '['));
    do
        EXPECT_OK(json_text(in, &vector->order[vector->alternatives++]));
    while (json_comes(in, ','));
    EXPECT_OK(json_expect(in, ']'));
}

/* {"A": 3, ..., "total": 5, "masked_whole": false}: each alternative to its place. */
static void read_numbers(JsonIn *in, const Vector *vector, uint32_t *ret_numbers, uint32_t *ret_total)
{
    EXPECT_OK(json_expect(in, '{'));
    do {
        Str key;
        bool whole;
        EXPECT_OK(json_text(in, &key));
        EXPECT_OK(json_expect(in, ':'));
        if (str_equal(key, STR("masked_whole"))) {
            EXPECT_OK(json_yes_no(in, &whole));
            continue;
        }
        uint32_t number = read_count(in);
        if (str_equal(key, STR("total")))
            *ret_total = number;
        for (size_t i = 0; i < vector->alternatives; i++)
            if (str_equal(key, vector->order[i]))
                ret_numbers[i] = number;
    } while (json_comes(in, ','));
    EXPECT_OK(json_expect(in, '}'));
}

static void read_member(JsonIn *in, Vector *vector)
{
    Str key, text;
    uint32_t none;

    EXPECT_OK(json_text(in, &key));
    EXPECT_OK(json_expect(in, ':'));
    if (str_equal(key, STR("order")))
        read_order(in, vector);
    else if (str_equal(key, STR("filter_total")))
        vector->registrations = read_count(in);
    else if (str_equal(key, STR("counts")))
        read_numbers(in, vector, vector->counts, &none);
    else if (str_equal(key, STR("expected")) || str_equal(key, STR("expected_hardened"))) {
        Expected *expected = str_equal(key, STR("expected")) ? &vector->agreed : &vector->hardened;
        expected->stated = true;
        read_numbers(in, vector, expected->shown, &expected->total);
    } else {
        EXPECT_OK(json_text(in, &text));
        vector->name = str_equal(key, STR("name")) ? text : vector->name;
    }
}

typedef void Rule(Distribution distribution, uint32_t *ret_shown, uint32_t *ret_total);

static void expect_as_agreed(const Vector *vector, const Expected *expected, Rule *rule)
{
    uint32_t shown[MOST], total = 0;
    Distribution distribution = {vector->counts, vector->alternatives, vector->registrations};

    if (!expected->stated)
        return;
    rule(distribution, shown, &total);
    bool same = total == expected->total;
    for (size_t i = 0; i < vector->alternatives; i++)
        same = same && shown[i] == expected->shown[i];
    if (!same)
        print_error("vector %.*s\n", STR_ARGS(vector->name));
    EXPECT(same);
}

TEST(each_agreed_vector_is_masked_as_was_agreed)
{
    TEST_ARENA(arena);
    Str text;
    size_t vectors = 0;

    EXPECT_OK(file_read(VECTORS, 1 << 18, arena, &text));
    JsonIn in = {.text = text, .keep = arena};
    EXPECT_OK(json_expect(&in, '['));
    do {
        Vector vector = {0};
        EXPECT_OK(json_expect(&in, '{'));
        do
            read_member(&in, &vector);
        while (json_comes(&in, ','));
        EXPECT_OK(json_expect(&in, '}'));
        expect_as_agreed(&vector, &vector.agreed, suppress);
        expect_as_agreed(&vector, &vector.hardened, suppress_hardened);
        vectors++;
    } while (json_comes(&in, ','));
    EXPECT(vectors == 38);
}

/* ---- What must be true of a mask. A set of alternatives is a number with a bit for each. ---- */

static bool has(unsigned set, size_t i)
{
    return set >> i & 1;
}

static unsigned all(const Distribution *d)
{
    return (1u << d->alternatives) - 1;
}

static unsigned few(const Distribution *d)
{
    unsigned set = 0;

    for (size_t i = 0; i < d->alternatives; i++)
        set |= (unsigned)(d->counts[i] == 1 || d->counts[i] == 2) << i;
    return set;
}

/* "The lowest of those with 3 or more; of two that are equal the first": nobody else would do better. */
static bool is_the_partner(const Distribution *d, size_t partner)
{
    for (size_t i = 0; i < d->alternatives; i++)
        if (d->counts[i] >= 3 && (d->counts[i] < d->counts[partner] || (d->counts[i] == d->counts[partner] && i < partner)))
            return false;
    return d->counts[partner] >= 3;
}

static bool obeys_the_agreement(const Distribution *d, unsigned set)
{
    unsigned small = few(d), beside = set & ~small;

    if (d->registrations < 5)
        return set == all(d);
    if ((set & small) != small)
        return false;
    if (__builtin_popcount(small) != 1)
        return beside == 0;
    for (size_t i = 0; i < d->alternatives; i++)
        if (is_the_partner(d, i))
            return beside == 1u << i;
    return set == all(d);
}

static uint32_t sum(const Distribution *d, unsigned set)
{
    uint32_t total = 0;

    for (size_t i = 0; i < d->alternatives; i++)
        total += has(set, i) ? d->counts[i] : 0;
    return total;
}

/* What the stricter rule masks beside `least`: nothing is passed over that is lower, and not one more than is needed. */
static bool is_the_least_that_is_enough(const Distribution *d, unsigned least, unsigned set)
{
    unsigned more = set & ~least, shown = all(d) & ~set;
    uint32_t highest = 0;

    for (size_t i = 0; i < d->alternatives; i++)
        for (size_t k = 0; k < d->alternatives; k++)
            if (has(more, i) && has(shown, k) && (d->counts[k] < d->counts[i] || (d->counts[k] == d->counts[i] && k < i)))
                return false;
    for (size_t i = 0; i < d->alternatives; i++)
        if (has(more, i) && d->counts[i] > highest)
            highest = d->counts[i];
    bool enough = sum(d, set) == 0 || sum(d, set) >= 5 || sum(d, shown) == 0;
    bool one_less = sum(d, set) - highest > 0 && sum(d, set) - highest < 5;
    return enough && (more == 0 || one_less);
}

static bool obeys_the_stricter_rule(const Distribution *d, unsigned set)
{
    unsigned least = 0;

    while (!obeys_the_agreement(d, least))
        least++;
    if (least == 0 || d->registrations < 5)
        return set == least;
    for (size_t i = 0; i < d->alternatives; i++)
        least |= (unsigned)(d->counts[i] == 0) << i;
    return (set & least) == least && is_the_least_that_is_enough(d, least, set);
}

/* ---- Every distribution of up to five alternatives with up to eight answers each ---- */

typedef bool Judge(const Distribution *d, unsigned set);

static unsigned masks_of(const Distribution *d, Rule *rule, uint32_t *ret_total)
{
    uint32_t shown[5];
    unsigned set = 0;

    rule(*d, shown, ret_total);
    for (size_t i = 0; i < d->alternatives; i++) {
        set |= (unsigned)(shown[i] == MASKED) << i;
        EXPECT(shown[i] == MASKED || shown[i] == d->counts[i]);
    }
    return set;
}

/* The rule gives the one mask that the judge lets pass. */
static void expect_judged(const Distribution *d, Rule *rule, Judge *judge)
{
    uint32_t total = 0;
    unsigned given = masks_of(d, rule, &total);

    EXPECT(total == (d->registrations < 5 ? MASKED : d->registrations));
    for (unsigned set = 0; set <= all(d); set++)
        EXPECT(judge(d, set) == (set == given));
}

static void every_distribution(void (*check)(const Distribution *d))
{
    uint32_t counts[5];

    for (size_t alternatives = 1; alternatives <= 5; alternatives++) {
        unsigned many = 1;
        for (size_t i = 0; i < alternatives; i++)
            many *= 9;
        for (unsigned number = 0; number < many; number++) {
            unsigned rest = number;
            for (size_t i = 0; i < alternatives; i++, rest /= 9)
                counts[i] = rest % 9;
            Distribution d = {counts, alternatives, 0};
            check(&d);
        }
    }
}

static void check_one_answer_each(const Distribution *d)
{
    Distribution added_up = {d->counts, d->alternatives, sum(d, all(d))};

    expect_judged(&added_up, suppress, obeys_the_agreement);
    expect_judged(&added_up, suppress_hardened, obeys_the_stricter_rule);
}

TEST(every_small_distribution_is_masked_as_the_words_of_the_rules_ask)
{
    every_distribution(check_one_answer_each);
}

static void check_several_answers(const Distribution *d)
{
    for (uint32_t registrations = 3; registrations <= 7; registrations++) {
        Distribution several = {d->counts, d->alternatives, registrations};
        expect_judged(&several, suppress, obeys_the_agreement);
    }
}

TEST(with_several_answers_the_filter_counts_registrations_and_each_alternative_its_answers)
{
    every_distribution(check_several_answers);
}

static void check_a_partner_exists(const Distribution *d)
{
    Distribution added_up = {d->counts, d->alternatives, sum(d, all(d))};
    uint32_t total;

    if (added_up.registrations >= 5 && __builtin_popcount(few(d)) == 1)
        EXPECT(__builtin_popcount(masks_of(&added_up, suppress, &total)) == 2);
}

TEST(with_one_answer_each_a_single_masked_alternative_always_gets_exactly_one_beside_it)
{
    every_distribution(check_a_partner_exists);
}

RUN_TESTS("suppression")
