/* The notices, one row each, and what ends a task.
 * Must not hold a rule about one notice in code: what differs is a column, or a column of its clock.
 * Called by service, web and the command `policy notices`. */
#include "domain/notices.h"

#include "domain/roles.h"

static const Notice rows[NOTICE_COUNT] = {
#define X(name, number, code, clock_, kind_, silence_) [NOTICE_##name] = {.clock = CLOCK_##clock_, .kind = (kind_), .silence = (silence_)},
    NOTICES(X)
#undef X
};

#define R(role) (1u << ROLE_##role)
static const uint32_t roles_of[NOTICE_COUNT] = {
#define X(name, first, second, third, fourth) [NOTICE_##name] = R(first) | R(second) | R(third) | R(fourth),
    NOTICE_ROLES(X)
#undef X
};
#undef R

/* What is done when a flag of the log is lifted again. */
static const Flags flags_of[NOTICE_COUNT] = {[NOTICE_ACCESS_ASKED] = FLAG_ACCESS_ASKED,
                                             [NOTICE_DELETION_WAITS] = (Flags)FLAG_APPROVAL_AWAITED | (Flags)FLAG_STOP_ASKED,
                                             [NOTICE_TRANSFER_PENDING] = FLAG_TRANSFER_PENDING};

static const char *const codes[NOTICE_COUNT] = {
#define X(name, number, code, clock, kind, silence) [NOTICE_##name] = (code),
    NOTICES(X)
#undef X
};

Err notice_of(uint16_t number, Notice *ret_notice)
{
    if (number == NOTICE_NONE || number >= NOTICE_COUNT || !codes[number])
        return fail(E_RANGE);
    *ret_notice = rows[number];
    ret_notice->while_set = flags_of[number];
    return ok();
}

const char *notice_code(NoticeId notice)
{
    return notice > NOTICE_NONE && notice < NOTICE_COUNT && codes[notice] ? codes[notice] : "";
}

NoticeId notice_of_clock(ClockId clock)
{
    for (unsigned id = NOTICE_NONE + 1; id < NOTICE_COUNT && clock != CLOCK_NONE; id++)
        if (rows[id].clock == clock)
            return (NoticeId)id;
    return NOTICE_NONE;
}

int64_t notices_silenced(int64_t chosen)
{
    int64_t may_be = 0;

    for (unsigned id = NOTICE_NONE + 1; id < NOTICE_COUNT; id++)
        may_be |= rows[id].silence == MAY_BE_SILENCED ? NOTICE_BIT(id) : 0;
    return chosen & may_be;
}

Err notice_from_str(Str code, NoticeId *ret_notice)
{
    for (unsigned id = NOTICE_NONE + 1; id < NOTICE_COUNT; id++) {
        if (!codes[id] || !str_equal(code, str_from_c(codes[id])))
            continue;
        *ret_notice = (NoticeId)id;
        return ok();
    }
    return fail(E_NOT_FOUND);
}

/* A closing is public, and on its day names the unit. */
bool notice_tells_unit(NoticeId notice)
{
    return notice == NOTICE_UNIT_MOVED;
}

bool notice_is_mailed(uint16_t number)
{
    return number > NOTICE_NONE && number < NOTICE_COUNT && codes[number] && rows[number].silence == MUST_BE_TOLD;
}

uint32_t notice_roles(NoticeId notice)
{
    ClockId clock = rows[notice].clock;

    return clock == CLOCK_NONE ? roles_of[notice] : clock_roles(clock);
}

bool notice_waits(const Notice *notice, int64_t due, const ClockWatch *watch)
{
    if (notice->clock == CLOCK_NONE)
        return notice->while_set ? (watch->flags & notice->while_set) != 0 : watch->state == STATE_ACTIVE;
    return clock_waits(notice->clock, due, watch);
}

void notices_print(Buf *buf)
{
    buf_add(buf, STR("| number | notice | told by | is | may be silenced | is mailed |\n|--:|---|---|---|---|---|\n"));
    for (unsigned id = NOTICE_NONE + 1; id < NOTICE_COUNT; id++) {
        const Notice *row = &rows[id];
        if (!codes[id])
            continue;
        buf_format(buf, "| %u | %s | %s | %s | %s | %s |\n", id, codes[id], row->clock ? clock_code(row->clock) : "an act or a job",
                   row->kind == NOTICE_TASK ? "a task" : "news", row->silence == MAY_BE_SILENCED ? "yes" : "no",
                   notice_is_mailed((uint16_t)id) ? "yes" : "no");
    }
}
