/* How much may be written in a log: what is said of the log itself has room of its own.
 * Must not seal anything: the lengths decide.
 * Called by meson test. */
#include "support/test.h"

#include "service/log/room.h"

#define MIB ((size_t)1 << 20)

static const Id guardian = {{1}}, manager = {{2}};

/* Whether one more entry of a kind fits beside those that stand there: of so many bytes, by one author. */
static Err fits(KindId stands, size_t bytes, Actor actor, KindId kind)
{
    EntryRow row = {.kind = (uint16_t)stands, .author = actor.person, .sealed.length = bytes};
    const LogEntered entered = {.content.entries = {.items = &row, .count = 1}};
    const EntryRow next = {.kind = (uint16_t)kind, .author = actor.person, .sealed.length = 500};

    return log_room(&entered, &actor, &next);
}

TEST(a_full_log_refuses_a_note_and_no_claim_opinion_nor_decision)
{
    static const KindId said[] = {KIND_CLAIM, KIND_OPINION, KIND_DECISION, KIND_RESTRICTION, KIND_LEGAL_HOLD, KIND_PROLONGING};
    const Actor family = {.person = guardian, .role = ROLE_GUARDIAN};

    EXPECT_ERR(fits(KIND_NOTE, 8 * MIB, family, KIND_NOTE), E_TOO_LARGE);
    for (size_t i = 0; i < COUNT_OF(said); i++)
        EXPECT_OK(fits(KIND_NOTE, 8 * MIB, family, said[i]));
}

TEST(what_is_said_of_the_log_takes_no_room_from_what_is_written_in_it_and_only_the_family_is_never_refused)
{
    const Actor leader = {.person = manager, .role = ROLE_ORG_MANAGER}, holder = {.person = manager, .role = ROLE_RELAY_HOLDER};

    EXPECT_OK(fits(KIND_OPINION, 8 * MIB, holder, KIND_NOTE));
    EXPECT_OK(fits(KIND_CLAIM, 8 * MIB, (Actor){.person = guardian, .role = ROLE_GUARDIAN}, KIND_CLAIM));
    EXPECT_ERR(fits(KIND_OPINION, 1 * MIB, leader, KIND_OPINION), E_TOO_LARGE);
}

RUN_TESTS("log_room")
