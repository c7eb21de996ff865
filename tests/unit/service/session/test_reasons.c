/* A reason that was given for a log: for how long, for whom, and that there is room for the newest only.
 * Must not sleep, and needs neither agent nor database.
 * Run by meson test. */
#include "service/session/reasons.h"

#include "support/test.h"

#define NOW INT64_C(1795478400000)
#define MANY 2000

typedef struct Room {
    Arena *arena;
    Reasons *reasons;
} Room;

static void room_end(Room *room)
{
    reasons_done(room->reasons);
    arena_free(room->arena);
}

static Room room_new(void)
{
    Room room = {0};

    EXPECT_OK(arena_new(1 << 20, &room.arena));
    EXPECT_OK(reasons_new(room.arena, &room.reasons));
    return room;
}

static Id id(unsigned number)
{
    return (Id){{(uint8_t)(number >> 8), (uint8_t)number, 1}};
}

TEST(a_reason_is_nobody_elses_and_no_other_logs)
{
    AUTO(room_end) Room room = room_new();

    reasons_put(room.reasons, id(1), id(2), OPENING_COMPLAINT, NOW);
    EXPECT(reasons_of(room.reasons, id(3), id(2), NOW) == OPENING_NONE);
    EXPECT(reasons_of(room.reasons, id(1), id(3), NOW) == OPENING_NONE);
    EXPECT(reasons_of(room.reasons, id(1), id(2), NOW) == OPENING_COMPLAINT);
}

TEST(a_reason_ends_after_half_an_hour_however_often_it_is_used_and_not_before)
{
    AUTO(room_end) Room room = room_new();

    reasons_put(room.reasons, id(1), id(2), OPENING_COMPLAINT, NOW);
    for (int64_t at = NOW; at < NOW + REASON_MS; at += REASON_MS / 10)
        EXPECT(reasons_of(room.reasons, id(1), id(2), at) == OPENING_COMPLAINT);
    EXPECT(reasons_of(room.reasons, id(1), id(2), NOW + REASON_MS) == OPENING_NONE);
    EXPECT(reasons_of(room.reasons, id(1), id(2), NOW - 1) == OPENING_NONE);
}

TEST(a_newer_reason_takes_the_place_of_the_former)
{
    AUTO(room_end) Room room = room_new();

    reasons_put(room.reasons, id(1), id(2), OPENING_COMPLAINT, NOW);
    reasons_put(room.reasons, id(1), id(2), OPENING_SUPERVISION, NOW + 1);
    EXPECT(reasons_of(room.reasons, id(1), id(2), NOW + 2) == OPENING_SUPERVISION);
}

TEST(of_more_reasons_than_there_is_room_for_the_newest_are_known)
{
    AUTO(room_end) Room room = room_new();

    for (unsigned log = 1; log <= MANY; log++)
        reasons_put(room.reasons, id(1), id(log), OPENING_COMPLAINT, NOW + log);
    EXPECT(reasons_of(room.reasons, id(1), id(1), NOW + MANY) == OPENING_NONE);
    EXPECT(reasons_of(room.reasons, id(1), id(MANY), NOW + MANY) == OPENING_COMPLAINT);
    EXPECT(reasons_of(room.reasons, id(1), id(MANY - 400), NOW + MANY) == OPENING_COMPLAINT);
}

RUN_TESTS("reasons")
