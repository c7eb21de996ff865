/* A working day of the country's municipalities in the key agent's tables, under a clock that stands until it is moved: who
 * signs in, opens, writes and looks up is refused nothing, under the ceilings of production.
 * Must not need a process. With DAY_OF_ALL=1 (make soak) the day is that of all 357 municipalities; else of every eighth,
 * in tables of that size.
 * Called by meson test and tools/soak.py. */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "keyd/grants.h"

#define COUNTRY 357
#define BYTES_MAX ((size_t)64 << 20)
#define HOURS 8           /* from eight to four */
#define STAFF_EACH_HOUR 5 /* of a municipality: each signs in that hour and works through a list of logs */
#define LOGS_EACH 20
#define FAMILIES 60       /* of a municipality: from six to nine, each its own log */
#define FAMILY_HOURS 3
#define HOLDER 3
#define GUARDIAN 5
#define LIST 40           /* logs whose headers stand in a list */

static Err counted(void *self, void *ret_bytes, size_t length)
{
    uint64_t *state = self;
    for (size_t i = 0; i < length; i++) {
        *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        ((uint8_t *)ret_bytes)[i] = (uint8_t)(*state >> 56);
    }
    return ok();
}

typedef struct Country {
    uint64_t state; /* of the invented randomness */
    World world;
    Crypto *crypto;
    Grants *grants;
    uint32_t municipalities;
    int64_t now;
    uint32_t uses, refused;
} Country;

static void country_end(Country *c)
{
    grants_free(c->grants);
    crypto_free(c->crypto);
}

static void country_begin(Country *c)
{
    const char *all = getenv("DAY_OF_ALL");

    c->municipalities = all ? COUNTRY : COUNTRY / 8;
    c->now = INT64_C(1795266000000);
    c->state = 1;
    c->world = (World){.self = &c->state, .random = counted};
    EXPECT_OK(crypto_new(&c->world, &c->crypto));
    EXPECT_OK(grants_new(c->crypto, c->municipalities, &c->grants));
}

/* Large and small ones: from fifty logs to three thousand. */
static ScopesMade size_of(uint32_t municipality)
{
    const uint32_t logs = 50 + municipality * 7919 % 3000;

    return (ScopesMade){.logs = logs, .persons = logs * 4};
}

static Id numbered(uint8_t kind, uint32_t municipality, uint32_t number)
{
    return (Id){{kind, (uint8_t)(municipality >> 8), (uint8_t)municipality, (uint8_t)(number >> 16), (uint8_t)(number >> 8),
                 (uint8_t)number}};
}

static uint32_t any_of(Country *c, uint32_t count)
{
    uint8_t bytes[4];

    EXPECT_OK(counted(&c->state, bytes, sizeof bytes));
    return ((uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3]) % count;
}

static void note(Country *c, Err done)
{
    c->uses++;
    c->refused += !is_ok(done);
}

static void use(Country *c, Spend act, const Grant *grant, Id object)
{
    const uint32_t municipality = (uint32_t)grant->tenant.bytes[1] << 8 | grant->tenant.bytes[2];
    const Use spent = {.act = act, .tenant = grant->tenant, .person = grant->person, .grant = grant->id, .object = object,
                       .amount = 1, .made = size_of(municipality), .now = c->now};

    note(c, ceilings_spend(grants_ceilings(c->grants), &spent));
}

/* Finds the account, opens the person, and gets a grant; then another when the role is chosen, which ends the first. */
static void sign_in(Country *c, Grant *grant)
{
    const Grant nobody = {.tenant = grant->tenant};

    use(c, SPEND_SIGN_IN, &nobody, (Id){0});
    use(c, SPEND_SIGN_IN, &nobody, grant->person);
    for (int turn = 0; turn < 2; turn++) {
        grants_end(c->grants, grant->id);
        EXPECT_OK(counted(&c->state, grant->id.bytes, ID_BYTES));
        grant->ends_at = c->now + GRANT_MAX_MS;
        note(c, grants_add(c->grants, *grant, c->now));
    }
}

static void see_list(Country *c, const Grant *grant, uint32_t municipality, uint32_t count)
{
    const Grant anybody = {.tenant = grant->tenant};

    for (uint32_t i = 0; i < count; i++)
        use(c, SPEND_HEADER, &anybody, numbered(2, municipality, any_of(c, size_of(municipality).logs)));
}

static void open_log(Country *c, const Grant *grant, uint32_t municipality, bool writes)
{
    const Id log = numbered(2, municipality, any_of(c, size_of(municipality).logs));
    Grant found;

    note(c, grants_find(c->grants, grant->id, grant->tenant, c->now, &found));
    use(c, SPEND_READ, grant, log);
    if (!writes)
        return;
    use(c, SPEND_DRAFT, grant, log);
    use(c, SPEND_WRITE, grant, log);
}

/* The people who come in one hour of one municipality. */
typedef struct Shift {
    Grant grants[FAMILIES / FAMILY_HOURS];
    uint32_t count;
} Shift;

static void begin_shift(Country *c, uint32_t municipality, uint8_t role, uint32_t hour, Shift *shift)
{
    shift->count = role == HOLDER ? STAFF_EACH_HOUR : FAMILIES / FAMILY_HOURS;
    for (uint32_t i = 0; i < shift->count; i++) {
        shift->grants[i] = (Grant){.tenant = numbered(1, municipality, 0), .role = role,
                                   .person = numbered(role, municipality, hour * shift->count + i)};
        sign_in(c, &shift->grants[i]);
        see_list(c, &shift->grants[i], municipality, role == HOLDER ? LIST : 1);
    }
}

static void live_hour(Country *c, uint8_t role, uint32_t hour)
{
    const uint32_t logs = role == HOLDER ? LOGS_EACH : 1;
    Shift *shifts = calloc(c->municipalities, sizeof *shifts);

    EXPECT(shifts != NULL);
    for (uint32_t m = 0; m < c->municipalities; m++)
        begin_shift(c, m, role, hour, &shifts[m]);
    for (uint32_t log = 0; log < logs; log++) {
        for (uint32_t m = 0; m < c->municipalities; m++)
            for (uint32_t i = 0; i < shifts[m].count; i++)
                open_log(c, &shifts[m].grants[i], m, log % 2 == 0);
        c->now += HOUR_MS / logs;
    }
    free(shifts);
}

TEST(a_working_day_of_every_municipality_is_refused_nothing)
{
    AUTO(country_end) Country c = {0};
    country_begin(&c);
    for (uint32_t hour = 0; hour < HOURS; hour++)
        live_hour(&c, HOLDER, hour);
    c.now += 2 * HOUR_MS;
    for (uint32_t hour = 0; hour < FAMILY_HOURS; hour++)
        live_hour(&c, GUARDIAN, hour);
    printf("# %u municipalities, %u uses, %u refused\n", c.municipalities, c.uses, c.refused);
    EXPECT(c.refused == 0);
    EXPECT(c.uses > c.municipalities * 3000);
}

TEST(the_tables_of_the_whole_country_take_less_than_64_mib)
{
    printf("# %zu KiB for 357 municipalities, %zu KiB for one\n", grants_bytes(COUNTRY) >> 10, grants_bytes(1) >> 10);
    EXPECT(grants_bytes(COUNTRY) < BYTES_MAX);
}

TEST(a_new_municipality_has_the_tables_made_larger_now_and_then_and_not_each_time)
{
    uint32_t grown = 0;

    for (uint32_t i = 0; i < COUNTRY; i++)
        grown += grants_bytes(i + 1) > grants_bytes(i);
    EXPECT(grown <= 23);
    EXPECT(grants_bytes(COUNTRY) > grants_bytes(COUNTRY / 2));
}

RUN_TESTS("day")
