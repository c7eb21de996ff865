/* The machine's clock is set back: reading, writing and signing in refuse, nothing is written, and all come back by
 * themselves when the clock has caught up. */
#include "support/test.h"

#include "service/heads.h"
#include "service/session/sign_in.h"
#include "support/fixture.h"
#include "sys/clock.h"

/* A machine's clock whose readings we give, judged by the same rule as the real one. */
typedef struct Machine {
    const World *real;
    int64_t set_back; /* ms */
    int64_t latest;
} Machine;

static Err machine_now(void *self, int64_t *ret_now)
{
    Machine *machine = self;
    int64_t reading = 0;

    TRY(world_now(machine->real, &reading));
    TRY(clock_judge(machine->latest, reading - machine->set_back, ret_now));
    machine->latest = *ret_now;
    return ok();
}

static Err machine_random(void *self, void *ret_bytes, size_t length)
{
    return world_random(((const Machine *)self)->real, ret_bytes, length);
}

/* Somebody is signed in; the machine's clock can be set back. */
typedef struct Back {
    Fixture town;
    Machine machine;
    World world;
    Heads *heads;
    SessionToken token;
} Back;

static void back_end(Back *b)
{
    heads_freep(&b->heads);
    fixture_end(&b->town);
}

static Err sign_in(Back *b, int64_t steps, SessionToken *ret_token)
{
    Str code = fixture_totp(&b->town, str_from_c(b->town.code.text), steps);
    return session_sign_in(&b->town.service, b->town.tenant, &(SignIn){FIXTURE_USER_NAME, FIXTURE_PASSWORD, code,
                           STR_NONE, STR_NONE}, ret_token);
}

static void back_begin(Back *b)
{
    fixture_begin(&b->town);
    fixture_enrol(&b->town);
    EXPECT_OK(heads_new(&b->heads));
    b->machine = (Machine){.real = &b->town.world};
    b->world = (World){.self = &b->machine, .now = machine_now, .random = machine_random};
    b->town.service.world = &b->world;
    b->town.service.heads = b->heads;
    EXPECT_OK(sign_in(b, 0, &b->token));
}
#define BACK(b)                  \
    AUTO(back_end) Back b = {0}; \
    back_begin(&b)

static int64_t lines(Back *b)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Store *store = NULL;
    int64_t seq = 0;
    Hash hash;

    EXPECT_OK(store_of(b->town.service.stores, b->town.tenant, &store));
    EXPECT_OK(store_read(store, &tx));
    EXPECT_OK(store_audit_head(tx, &seq, &hash));
    return seq;
}

static Err resume(Back *b)
{
    Actor actor = {0};
    return session_resume(&b->town.service, b->town.tenant, &b->token, &actor);
}

TEST(a_small_step_back_is_only_time_that_stands_still)
{
    BACK(b);
    EXPECT_OK(resume(&b));
    b.machine.set_back = CLOCK_TOLERANCE_MS / 2;
    EXPECT_OK(resume(&b));
}

/* Every request, to read or to write, begins by resuming its session. */
TEST(no_request_goes_on_while_the_clock_is_behind_and_nothing_is_written)
{
    BACK(b);
    SessionToken other;
    int64_t before = lines(&b);
    b.machine.set_back = 3600000;
    EXPECT_ERR(resume(&b), E_CLOCK);
    EXPECT_ERR(sign_in(&b, 1, &other), E_CLOCK);
    EXPECT_ERR(heads_show(&b.town.service, b.town.tenant), E_CLOCK);
    EXPECT(lines(&b) == before);
    EXPECT(err_http(E_CLOCK) == 503);
}

TEST(the_same_session_goes_on_when_the_clock_has_caught_up)
{
    BACK(b);
    SessionToken other;
    b.machine.set_back = 3600000;
    EXPECT_ERR(resume(&b), E_CLOCK);
    b.machine.set_back = 0;
    EXPECT_OK(resume(&b));
    EXPECT_OK(sign_in(&b, 1, &other));
    EXPECT_OK(heads_show(&b.town.service, b.town.tenant));
}

RUN_TESTS("clock_back")
