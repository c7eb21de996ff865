/* The gate of signing in: who is let in while strangers try without pause. Refusals first.
 * Must not sleep, and needs neither agent nor database.
 * Run by meson test. */
#include "service/session/gate.h"

#include <stdio.h>
#include <string.h>

#include "domain/signin.h"
#include "keyd/ceilings.h"
#include "support/test.h"
#include "support/world.h"

#define BEGIN INT64_C(1795478400000)
#define NAME STR("kari@nordvaer.example")
#define HOUSE STR("192.0.2.1")

typedef struct Door {
    TestWorld test;
    World world;
    Crypto *crypto;
    Arena *arena;
    Gate *gate;
    Id tenant;
} Door;

static void door_end(Door *door)
{
    gate_done(door->gate);
    arena_free(door->arena);
    crypto_freep(&door->crypto);
}

static void door_begin(Door *door)
{
    door->world = test_world(&door->test);
    EXPECT_OK(crypto_new(&door->world, &door->crypto));
    EXPECT_OK(arena_new((size_t)4 << 20, &door->arena));
    EXPECT_OK(gate_new(door->crypto, door->arena, &door->gate));
    door->tenant.bytes[0] = 7;
}

#define DOOR(name)                    \
    AUTO(door_end) Door name = {0};   \
    door_begin(&name)

static Visit visit(const Door *door, Str name, Str address, int64_t now)
{
    return (Visit){.tenant = door->tenant, .user_name = name, .address = address, .now = BEGIN + now};
}

/* One attempt that fails if it is let in. */
static Err attempt(Door *door, const Visit *by, int64_t account_waits)
{
    Guest guest = GUEST_NONE;

    TRY(gate_enter(door->gate, by, &guest));
    EXPECT_OK(gate_failed(door->gate, by, guest, account_waits));
    gate_leave(door->gate, guest);
    return ok();
}

static bool is_let_in(Door *door, const Visit *by)
{
    Guest guest = GUEST_NONE;
    Err entered = gate_enter(door->gate, by, &guest);

    if (is_ok(entered))
        gate_leave(door->gate, guest);
    return is_ok(entered);
}

static Str token(Door *door, const Visit *by)
{
    Str text = STR_NONE;

    EXPECT_OK(gate_token(door->gate, by, door->arena, &text));
    return text;
}

TEST(an_account_that_waits_is_stopped_here_and_its_attempts_make_the_address_wait)
{
    DOOR(door);
    Visit stranger = visit(&door, NAME, HOUSE, 0);
    int64_t until = 0;

    EXPECT_OK(attempt(&door, &stranger, BEGIN + 5000));
    for (int i = 0; i < ADDRESS_FREE_FAILURES + 1; i++)
        EXPECT_ERR(attempt(&door, &stranger, 0), E_BUSY);
    EXPECT_OK(gate_until(door.gate, &stranger, &until));
    EXPECT(until >= BEGIN + 5000);
    Visit other_name = visit(&door, STR("ola@nordvaer.example"), HOUSE, 100);
    EXPECT(!is_let_in(&door, &other_name));
}

TEST(a_browser_that_signed_in_is_let_in_whatever_strangers_do_behind_the_same_address)
{
    DOOR(door);
    Visit own = visit(&door, NAME, HOUSE, 0);

    own.familiar = token(&door, &own);
    for (int i = 0; i < 200; i++) {
        Visit stranger = visit(&door, NAME, HOUSE, i);
        Err tried = attempt(&door, &stranger, BEGIN + 300000);
        EXPECT(is_ok(tried) || tried.id == E_BUSY);
    }
    own.now += 1000;
    EXPECT(is_let_in(&door, &own));
    own.familiar = STR_NONE;
    EXPECT(!is_let_in(&door, &own));
}

TEST(strangers_from_however_many_addresses_have_no_more_than_their_share)
{
    DOOR(door);
    int let_in = 0;

    for (int i = 0; i < 3000; i++) {
        char address[24], name[40];
        snprintf(address, sizeof address, "10.0.%d.%d", i / 250, i % 250);
        snprintf(name, sizeof name, "finnes%d@nordvaer.example", i);
        Visit stranger = visit(&door, str_from_c(name), str_from_c(address), i);
        let_in += is_ok(attempt(&door, &stranger, 0));
    }
    EXPECT(let_in == SIGNIN_FRESH_MINUTE);
    Visit own = visit(&door, NAME, HOUSE, 3000);
    own.familiar = token(&door, &own);
    EXPECT(is_let_in(&door, &own));
}

TEST(addresses_that_failed_do_not_use_up_what_is_there_for_those_that_did_not)
{
    DOOR(door);

    for (int i = 0; i < 2000; i++) {
        char address[24], name[40];
        snprintf(address, sizeof address, "10.0.0.%d", i % 20);
        snprintf(name, sizeof name, "finnes%d@nordvaer.example", i);
        Visit stranger = visit(&door, str_from_c(name), str_from_c(address), i * 10);
        Err tried = attempt(&door, &stranger, 0);
        EXPECT(is_ok(tried) || tried.id == E_BUSY);
    }
    Visit somebody = visit(&door, NAME, STR("198.51.100.7"), 20000);
    EXPECT(is_let_in(&door, &somebody));
}

TEST(whoever_finds_no_place_and_comes_back_at_once_is_counted)
{
    DOOR(door);
    Guest inside[SIGNIN_STRANGERS_AT_ONCE];

    for (int i = 0; i < SIGNIN_STRANGERS_AT_ONCE; i++) {
        char address[24];
        snprintf(address, sizeof address, "10.0.0.%d", i);
        Visit stranger = visit(&door, NAME, str_from_c(address), 0);
        EXPECT_OK(gate_enter(door.gate, &stranger, &inside[i]));
    }
    Visit patient = visit(&door, NAME, STR("10.0.1.1"), 0);
    Visit hasty = visit(&door, NAME, STR("10.0.1.2"), 0);
    EXPECT(!is_let_in(&door, &patient));
    for (int i = 0; i < 4; i++)
        EXPECT(!is_let_in(&door, &hasty));
    for (int i = 0; i < SIGNIN_STRANGERS_AT_ONCE; i++)
        gate_leave(door.gate, inside[i]);
    patient.now += SIGNIN_BACK_MS;
    hasty.now += SIGNIN_BACK_MS;
    Guest guest = GUEST_NONE;
    EXPECT_OK(gate_enter(door.gate, &patient, &guest));
    EXPECT(guest == GUEST_FRESH);
    EXPECT_OK(gate_enter(door.gate, &hasty, &guest));
    EXPECT(guest == GUEST_WORN);
}

TEST(familiar_is_known_by_the_key_of_the_installation_also_in_another_process)
{
    DOOR(first);
    DOOR(second);
    const Key key = {{1, 2, 3}};
    Guest guest = GUEST_NONE;

    gate_keep(first.gate, &key);
    Visit own = visit(&first, NAME, HOUSE, 0);
    own.familiar = token(&first, &own);
    EXPECT_OK(gate_enter(second.gate, &own, &guest));
    EXPECT(guest == GUEST_FRESH);
    gate_keep(second.gate, &key);
    EXPECT_OK(gate_enter(second.gate, &own, &guest));
    EXPECT(guest == GUEST_FAMILIAR);
}

TEST(a_token_is_good_for_its_name_in_its_municipality_for_half_a_year)
{
    DOOR(door);
    Visit own = visit(&door, NAME, HOUSE, 0);
    Guest guest = GUEST_NONE;

    own.familiar = token(&door, &own);
    Visit other = own;
    other.user_name = STR("ola@nordvaer.example");
    EXPECT_OK(gate_enter(door.gate, &other, &guest));
    EXPECT(guest == GUEST_FRESH);
    other = own;
    other.tenant.bytes[0] = 8;
    EXPECT_OK(gate_enter(door.gate, &other, &guest));
    EXPECT(guest == GUEST_FRESH);
    other = own;
    other.now += (SIGNIN_FAMILIAR_DAYS + 2) * INT64_C(86400000);
    EXPECT_OK(gate_enter(door.gate, &other, &guest));
    EXPECT(guest == GUEST_FRESH);
    EXPECT_OK(gate_enter(door.gate, &own, &guest));
    EXPECT(guest == GUEST_FAMILIAR);
}

TEST(a_browser_of_several_people_knows_the_last_of_them)
{
    DOOR(door);
    Str kept = STR_NONE;
    char names[8][40];
    Guest guest = GUEST_NONE;

    for (int i = 0; i < 8; i++) {
        snprintf(names[i], sizeof names[i], "nummer%d@nordvaer.example", i);
        Visit own = visit(&door, str_from_c(names[i]), HOUSE, 0);
        own.familiar = kept;
        kept = token(&door, &own);
    }
    for (int i = 0; i < 8; i++) {
        Visit own = visit(&door, str_from_c(names[i]), HOUSE, 0);
        own.familiar = kept;
        EXPECT_OK(gate_enter(door.gate, &own, &guest));
        gate_leave(door.gate, guest);
        EXPECT((guest == GUEST_FAMILIAR) == (i >= 8 - GATE_TOKENS));
    }
}

TEST(whoever_guesses_in_a_familiar_browser_waits_too)
{
    DOOR(door);
    Visit own = visit(&door, NAME, HOUSE, 0);

    own.familiar = token(&door, &own);
    for (int i = 0; i < BACKOFF_FREE_FAILURES + 1; i++)
        EXPECT_OK(attempt(&door, &own, 0));
    EXPECT_ERR(attempt(&door, &own, 0), E_BUSY);
    own.now += 1000;
    EXPECT(is_let_in(&door, &own));
}

TEST(of_a_flood_one_line_tells_how_many_there_were)
{
    DOOR(door);
    uint32_t untold = 0, lines = 0, more = 0;

    for (int i = 0; i < 10000; i++)
        if (gate_tells(door.gate, door.tenant, BEGIN + i * 100, &untold)) {
            lines++;
            more += untold;
        }
    EXPECT(gate_tells(door.gate, door.tenant, BEGIN + 10000 * 100 + GATE_TELL_MS, &untold));
    EXPECT(lines <= SIGNIN_LINES_HOUR + 3);
    EXPECT(lines + more + untold == 10000);
}

/* What the agent allows without a grant is never used up by strangers: half of it, and more, is for those who are familiar. */
TEST(the_strangers_shares_leave_what_the_agents_ceilings_have_for_those_who_are_familiar)
{
    uint32_t minute = 0, hour = 0;

#define X(name, acts, per, window, distinct, least, share, of, most)                              \
    minute = strcmp(name, "sign-in-municipality-minute") == 0 ? (least) : minute;                 \
    hour = strcmp(name, "sign-in-municipality-hour") == 0 ? (least) : hour;
    CEILINGS(X)
#undef X
    EXPECT(minute > 0 && hour > 0);
    EXPECT(SIGNIN_ASKS * (SIGNIN_FRESH_MINUTE + SIGNIN_WORN_MINUTE) <= (int)minute * 6 / 10);
    EXPECT(SIGNIN_ASKS * (SIGNIN_FRESH_HOUR + SIGNIN_WORN_HOUR) <= (int)hour * 6 / 10);
}

RUN_TESTS("gate")
