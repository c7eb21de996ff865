/* A log on its way: who takes part, what time it is there, and what the policy says of each act.
 * Must not write to a database.
 * Used by the acts of the room seed. */
#include "service/seed/making.h"

#include "domain/lifecycle.h"
#include "service/log/ask.h"

#define FIRST_MINUTE (8 * 60)
#define MINUTES (7 * 60)
#define MINUTE_MS 60000
#define DAY_ROOM 16

Actor seed_actor(const SeedMaking *making, uint32_t who)
{
    const ParticipantRow *row = &making->log->people[who];

    return (Actor){.tenant = making->town->tenant,
                   .store = making->town->store,
                   .person = row->person,
                   .role = (enum Role)row->role,
                   .unit = row->unit,
                   .grant = making->town->grant,
                   .now = making->now};
}

Err seed_line(SeedMaking *making, const Actor *actor, Act act)
{
    SeedLog *log = making->log;
    AuditLine line = service_line(actor, act, OBJECT_LOG, log->log.id);

    if (log->line_count == making->lines_room)
        return fail(E_INTERNAL);
    TRY(world_id(making->service.world, &line.request));
    log->lines[log->line_count++] = (SeedLine){.line = line, .entries = log->entry_count};
    return ok();
}

/* As log_decide asks, over what stands in memory. */
static Err ask(SeedMaking *making, const SeedAct *act, const Actor *actor, Ask *ret_ask)
{
    size_t mark = arena_mark(making->keep);
    Actor seen_from = *actor;
    LogQuestion question = {.standing = &making->standing, .actor = actor, .settings = &making->town->settings, .act = act->act};
    Ask asked, in_unit;

    making->standing.own = (ParticipantRows){.items = &making->log->people[act->who], .count = 1};
    TRY(log_ask(&question, making->keep, &asked));
    if (!id_is_none(act->unit)) {
        seen_from.unit = act->unit;
        question.actor = &seen_from;
        TRY(log_ask(&question, making->keep, &in_unit));
        asked.flags = (asked.flags & ~(Flags)FLAG_IN_CONSENT) | (in_unit.flags & (Flags)FLAG_IN_CONSENT);
    }
    asked.flags |= act->flags | age_flags(making->birth, oslo_day(making->now));
    arena_rewind(making->keep, mark);
    *ret_ask = asked;
    return ok();
}

Err seed_act(SeedMaking *making, const SeedAct *act, Actor *ret_actor)
{
    Actor actor = seed_actor(making, act->who);
    Ask asked;

    TRY(ask(making, act, &actor, &asked));
    if (policy_decide(asked) != WHY_ALLOWED)
        return fail(E_FORBIDDEN);
    TRY(seed_line(making, &actor, act->act));
    *ret_actor = actor;
    return ok();
}

/* ---- fields ---- */

Err seed_put(SeedMaking *making, Values *values, FieldKey key, Str text)
{
    Fault fault = FAULT_FINE;
    Str canonical = STR_NONE;

    TRY(field_check(field_at(key), text, making->keep, &fault, &canonical));
    values_put(values, key, canonical);
    return fault == FAULT_FINE ? ok() : fail(E_INVALID);
}

Err seed_put_day(SeedMaking *making, Values *values, FieldKey key, Day day)
{
    Buf buf = buf_new(making->keep, DAY_ROOM);
    Str text;

    buf_add_day(&buf, day);
    TRY(buf_done(&buf, &text));
    return seed_put(making, values, key, text);
}

Err seed_put_code(SeedMaking *making, Values *values, FieldKey key, uint16_t code)
{
    return seed_put(making, values, key, code_text(code));
}

Err seed_put_id(SeedMaking *making, Values *values, FieldKey key, Id id)
{
    char text[ID_TEXT + 1];

    id_to_text(id, text);
    return seed_put(making, values, key, str_from_c(text));
}

/* ---- time ---- */

void seed_move(SeedMaking *making, Day day)
{
    unsigned weekday = day_weekday(day);
    Day work_day = weekday > 4 ? day - (Day)(weekday - 4) : day;
    int64_t wanted = oslo_time(work_day, FIRST_MINUTE + seed_below(&making->random, MINUTES));

    making->now = wanted > making->now + MINUTE_MS ? wanted : making->now + MINUTE_MS;
}
