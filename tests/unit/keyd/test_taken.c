/* What a server that was taken over gets out of the key agent: it invents persons, roles and grants, and asks for
 * everything under every purpose. The figures stand in docs/crypto.md.
 * Must not raise a ceiling: these are the ones of production.
 * Called by meson test. */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "keyd/agent.h"
#include "support/agent.h"

#define LOGS 1500
#define PERSONS 600
#define HOUR INT64_C(3600000)
#define DAY (24 * HOUR)
#define ROLES_MAX 7
#define GRANTS_IN_VAIN 3 /* refused under as many new grants of new persons: it is the municipality's ceiling */

typedef struct Loot {
    TestAgent agent;
    Id tenant;
    WrappedKey logs[LOGS], persons[PERSONS];
    bool whole[LOGS], draft[LOGS], header[LOGS], person[PERSONS], signed_in[PERSONS], imported[PERSONS];
    Id grant;
    uint32_t invented;
} Loot;

static void loot_end(Loot **loot)
{
    test_agent_stop(&(*loot)->agent);
    free(*loot);
}

static Id numbered(uint8_t kind, uint32_t number)
{
    return (Id){{kind, (uint8_t)(number >> 8), (uint8_t)number}};
}

/* Somebody new, in a role of the attacker's choice. */
static void invent(Loot *loot, uint8_t role)
{
    KeysStatus status = {0};

    EXPECT_OK(keys_status(loot->agent.keys, &status));
    const GrantWish wish = {.tenant = loot->tenant, .person = numbered(9, ++loot->invented), .role = role,
                            .ends_at = status.now + HOUR / 4};
    EXPECT_OK(keys_grant_new(loot->agent.keys, wish, &loot->grant));
}

static KeyUse use_of(const Loot *loot, ScopeKind kind, Purpose purpose, uint32_t number)
{
    const Id none = {{0}};

    return (KeyUse){.grant = purpose == PURPOSE_SIGN_IN ? none : loot->grant, .tenant = loot->tenant, .kind = kind,
                    .scope = numbered((uint8_t)kind, number), .purpose = purpose};
}

static void make_scopes(Loot *loot)
{
    Key key;

    invent(loot, 3);
    for (uint32_t i = 0; i < LOGS; i++)
        EXPECT_OK(keys_scope_new(loot->agent.keys, use_of(loot, SCOPE_LOG, PURPOSE_WRITE, i), (IndexedBy){0}, &loot->logs[i], &key));
    for (uint32_t i = 0; i < PERSONS; i++)
        EXPECT_OK(keys_scope_new(loot->agent.keys, use_of(loot, SCOPE_PERSON, PURPOSE_WRITE, i), (IndexedBy){0}, &loot->persons[i], &key));
}

/* A municipality that has grown over two days: no more than a thousand logs count on each. */
static Loot *loot_begin(void)
{
    Loot *loot = calloc(1, sizeof *loot);

    EXPECT(loot != NULL);
    loot->tenant = (Id){{4}};
    test_agent_start(&loot->agent);
    EXPECT_OK(keys_municipality_new(loot->agent.keys, loot->tenant));
    make_scopes(loot);
    EXPECT_OK(keys_clock_advance(loot->agent.keys, DAY));
    invent(loot, 3);
    for (uint32_t i = 0; i < LOGS / 3; i++) {
        Key key;
        EXPECT_OK(keys_scope_new(loot->agent.keys, use_of(loot, SCOPE_LOG, PURPOSE_WRITE, LOGS + i), (IndexedBy){0},
                                 &(WrappedKey){0}, &key));
    }
    return loot;
}

#define LOOT(l) AUTO(loot_end) Loot *l = loot_begin()

/* One thing to ask for, again and again. */
typedef struct Ask {
    ScopeKind kind;
    Purpose purpose;
    bool *got; /* of each scope, whether its key was given */
} Ask;

/* Asks for the keys that are not here yet until the municipality's ceiling stops it, or it has all. */
static void take_all(Loot *loot, Ask ask, uint8_t role)
{
    const WrappedKey *wrapped = ask.kind == SCOPE_LOG ? loot->logs : loot->persons;
    const uint32_t count = ask.kind == SCOPE_LOG ? LOGS : PERSONS;
    int in_vain = 0;

    invent(loot, role);
    for (uint32_t i = 0; i < count && in_vain < GRANTS_IN_VAIN;) {
        Key key;
        Err given = ask.got[i] ? ok() : keys_unwrap(loot->agent.keys, use_of(loot, ask.kind, ask.purpose, i),
                                                    str_from_bytes(wrapped[i].bytes, WRAPPED_BYTES), &key);
        if (is_ok(given)) {
            in_vain = 0;
            ask.got[i++] = true;
            continue;
        }
        in_vain++;
        invent(loot, role);
    }
}

static void take_hour(Loot *loot)
{
    static const Purpose whole[] = {PURPOSE_READ, PURPOSE_WRITE, PURPOSE_JOB, PURPOSE_JOB_HEADER, PURPOSE_FOLLOW,
                                     PURPOSE_FOLLOW_HEADER, PURPOSE_REPORT, PURPOSE_IMPORT};

    for (size_t i = 0; i < COUNT_OF(whole); i++)
        take_all(loot, (Ask){SCOPE_LOG, whole[i], loot->whole}, 3);
    take_all(loot, (Ask){SCOPE_LOG, PURPOSE_DRAFT, loot->draft}, 3);
    take_all(loot, (Ask){SCOPE_LOG, PURPOSE_HEADER, loot->header}, 3);
    take_all(loot, (Ask){SCOPE_PERSON, PURPOSE_READ, loot->person}, 3);
    take_all(loot, (Ask){SCOPE_PERSON, PURPOSE_SIGN_IN, loot->signed_in}, 3);
    EXPECT_OK(keys_clock_advance(loot->agent.keys, HOUR / 60));
    take_all(loot, (Ask){SCOPE_PERSON, PURPOSE_SIGN_IN, loot->signed_in}, 3);
    take_all(loot, (Ask){SCOPE_PERSON, PURPOSE_IMPORT, loot->imported}, 0);
}

static uint32_t count_of(const bool *got, uint32_t count)
{
    uint32_t all = 0;

    for (uint32_t i = 0; i < count; i++)
        all += got[i];
    return all;
}

TEST(a_taken_server_gets_a_quarter_of_the_logs_an_hour_and_three_fifths_a_day)
{
    LOOT(loot);
    take_hour(loot);
    printf("# in an hour: logs %u, drafts %u, headers %u, persons %u\n", count_of(loot->whole, LOGS),
           count_of(loot->draft, LOGS), count_of(loot->header, LOGS), count_of(loot->person, PERSONS));
    EXPECT(count_of(loot->whole, LOGS) == 375);
    EXPECT(count_of(loot->draft, LOGS) == 225);
    EXPECT(count_of(loot->header, LOGS) == 1200);
    EXPECT(count_of(loot->person, PERSONS) == 500);
    EXPECT(count_of(loot->signed_in, PERSONS) == PERSONS);
    EXPECT(count_of(loot->imported, PERSONS) == PERSONS);
    for (int hour = 1; hour < 24; hour++) {
        EXPECT_OK(keys_clock_advance(loot->agent.keys, HOUR));
        take_hour(loot);
    }
    printf("# in a day: logs %u, drafts %u\n", count_of(loot->whole, LOGS), count_of(loot->draft, LOGS));
    EXPECT(count_of(loot->whole, LOGS) == 900);
    EXPECT(count_of(loot->draft, LOGS) == 600);
}

TEST(a_purpose_that_no_code_uses_opens_nothing_for_any_role)
{
    static const Purpose unused[] = {PURPOSE_REPORT, (Purpose)0, (Purpose)15};
    LOOT(loot);
    Key key;

    for (uint8_t role = 0; role < ROLES_MAX; role++) {
        invent(loot, role);
        for (size_t i = 0; i < COUNT_OF(unused); i++)
            EXPECT_ERR(keys_unwrap(loot->agent.keys, use_of(loot, SCOPE_LOG, unused[i], 0),
                                   str_from_bytes(loot->logs[0].bytes, WRAPPED_BYTES), &key), E_RANGE);
    }
}

RUN_TESTS("taken")
