/* Codes that a page shows once: to the session that got them, about what it asked for, one time, for ten minutes.
 * Must not need a database.
 * Run by meson test. */
#include "support/test.h"

#include "service/session/memory.h"
#include "service/session/receipt.h"
#include "support/world.h"

typedef struct Desk {
    TestWorld test;
    World world;
    Crypto *crypto;
    Sessions *sessions;
    Service service;
    Arena *arena;
    Actor actor;
} Desk;

static void desk_begin(Desk *desk)
{
    desk->arena = test_arena();
    desk->world = test_world(&desk->test);
    EXPECT_OK(crypto_new(&desk->world, &desk->crypto));
    EXPECT_OK(sessions_new(desk->crypto, &desk->sessions));
    desk->service.sessions = desk->sessions;
    desk->actor = (Actor){.session = {{1}}, .now = 1000000};
}

static void desk_end(Desk *desk)
{
    sessions_free(desk->sessions);
    crypto_free(desk->crypto);
    arena_free(desk->arena);
}

#define DESK(name)                  \
    AUTO(desk_end) Desk name = {0}; \
    desk_begin(&name)

static const Id log_one = {{7}};
static const Id log_two = {{8}};

static void put(Desk *desk, Id about, const char *name)
{
    const ReceiptCode codes[] = {{.name = str_from_c(name), .code = STR("ABCD-EFGH")}, {.name = STR("Varm Bjørk")}};
    const Receipt receipt = {.items = codes, .count = 2};

    EXPECT_OK(receipt_put(&desk->service, &desk->actor, about, &receipt, desk->arena));
}

static Receipt take(Desk *desk, Id about)
{
    Receipt receipt = {0};

    EXPECT_OK(receipt_take(&desk->service, &desk->actor, about, desk->arena, &receipt));
    return receipt;
}

TEST(another_session_sees_no_code_of_ours)
{
    DESK(desk);
    put(&desk, log_one, "Rolig Vind");
    desk.actor.session.bytes[5] ^= 1;
    EXPECT(take(&desk, log_one).count == 0);
}

TEST(a_code_is_shown_once_with_the_name_it_is_for)
{
    DESK(desk);
    put(&desk, log_one, "Rolig Vind");
    Receipt receipt = take(&desk, log_one);

    EXPECT(receipt.count == 2);
    EXPECT_STR(receipt.items[0].name, "Rolig Vind");
    EXPECT_STR(receipt.items[0].code, "ABCD-EFGH");
    EXPECT_STR(receipt.items[1].name, "Varm Bjørk");
    EXPECT(receipt.items[1].code.length == 0);
    EXPECT(take(&desk, log_one).count == 0);
}

TEST(a_page_about_another_log_shows_no_code_of_this_one)
{
    DESK(desk);
    put(&desk, log_one, "Rolig Vind");
    EXPECT(take(&desk, log_two).count == 0);
    EXPECT(take(&desk, (Id){0}).count == 0);
    EXPECT(take(&desk, log_one).count == 2);
}

TEST(a_code_that_nobody_fetched_is_gone_after_ten_minutes)
{
    DESK(desk);
    put(&desk, log_one, "Rolig Vind");
    desk.actor.now += SESSIONS_ONCE_MS;
    EXPECT(take(&desk, log_one).count == 0);
}

TEST(a_newer_code_takes_the_place_of_the_former)
{
    DESK(desk);
    put(&desk, log_one, "Rolig Vind");
    put(&desk, log_one, "Stille Elv");
    EXPECT_STR(take(&desk, log_one).items[0].name, "Stille Elv");
    EXPECT(take(&desk, log_one).count == 0);
}

TEST(when_too_many_wait_the_oldest_goes_and_the_newest_is_there)
{
    DESK(desk);
    for (uint8_t i = 0; i < 100; i++) {
        desk.actor.session.bytes[5] = i;
        desk.actor.now++;
        put(&desk, log_one, "Rolig Vind");
    }
    EXPECT(take(&desk, log_one).count == 2);
    desk.actor.session.bytes[5] = 0;
    EXPECT(take(&desk, log_one).count == 0);
}

TEST(sentences_that_nobody_fetches_push_out_no_code)
{
    DESK(desk);
    put(&desk, log_one, "Rolig Vind");
    for (uint8_t i = 1; i < 100; i++) {
        Hash session = {{i, 9}};
        const OnceKey sentence = {.session = &session, .use = ONCE_DONE};
        EXPECT_OK(sessions_once_put(desk.sessions, sentence, STR("note\n"), ++desk.actor.now));
    }
    EXPECT(take(&desk, log_one).count == 2);
}

TEST(more_codes_than_a_page_shows_are_refused)
{
    DESK(desk);
    const ReceiptCode codes[RECEIPT_CODES_MAX + 1] = {{.name = STR_NONE}};
    const Receipt receipt = {.items = codes, .count = COUNT_OF(codes)};

    EXPECT_ERR(receipt_put(&desk.service, &desk.actor, log_one, &receipt, desk.arena), E_TOO_LARGE);
}

RUN_TESTS("receipt")
