/* Audit lines of a log as who has seen it, with names.
 * Must not show refusals.
 * Called by reading. Rules: access 13, reading-and-writing 2. */
#include "service/log/seen.h"

#include "service/people/account.h"

static Err seen_of(const AuditRow *row, const LogPerson *people, uint32_t people_count, Seen *ret_seen)
{
    Seen seen = {.at = row->line.at, .person = row->line.person, .unit = row->line.unit, .act = (Act)row->line.act};

    /* Of what the service did by itself the reason is none for an opening. */
    if (row->line.role != ROLE_NONE) {
        TRY(role_from_u8(row->line.role, &seen.role));
        seen.reason = (Opening)row->line.reason;
    }
    if (row->line.act < ACT_COUNT)
        seen.acts.bits[row->line.act / 64] |= UINT64_C(1) << (row->line.act % 64);
    for (uint32_t i = 0; i < people_count && seen.name.length == 0; i++)
        if (id_equal(people[i].person, seen.person))
            seen.name = people[i].name;
    *ret_seen = seen;
    return ok();
}

Err log_seen_lines(Tx *tx, const SeenWish *wish, Arena *keep, AuditRows *ret_rows)
{
    const AuditPage page = {.of = wish->log, .acts = &wish->acts, .before_seq = (int64_t)wish->before, .max = wish->most};

    return store_audit_seen(tx, &page, keep, ret_rows);
}

Err log_seen_all(const AuditRows *rows, const LogPerson *people, uint32_t people_count, Seen *seen)
{
    for (uint32_t i = 0; i < rows->count; i++)
        TRY(seen_of(&rows->items[i], people, people_count, &seen[i]));
    return ok();
}

/* The opening that a later line belongs to. */
static Seen *opening_of(Seen *openings, uint32_t count, const Seen *line)
{
    for (uint32_t i = count; i-- > 0;) {
        Seen *opening = &openings[i];
        bool by_itself = line->role == ROLE_NONE && line->at == opening->at;
        if ((by_itself || !id_is_none(line->person)) && id_equal(opening->person, line->person) && opening->role == line->role &&
            id_equal(opening->unit, line->unit) && opening->reason == line->reason && opening->anew == line->anew &&
            line->at - opening->at < SEEN_OPENING_MS)
            return opening;
    }
    return NULL;
}

static void turn_round(Seen *seen, uint32_t count)
{
    for (uint32_t i = 0; i < count / 2; i++) {
        Seen kept = seen[i];
        seen[i] = seen[count - 1 - i];
        seen[count - 1 - i] = kept;
    }
}

uint32_t log_seen_openings(Seen *seen, uint32_t count)
{
    uint32_t made = 0;

    turn_round(seen, count);
    for (uint32_t i = 0; i < count; i++) {
        Seen *opening = opening_of(seen, made, &seen[i]);
        if (!opening) {
            seen[made++] = seen[i];
            continue;
        }
        for (size_t k = 0; k < COUNT_OF(opening->acts.bits); k++)
            opening->acts.bits[k] |= seen[i].acts.bits[k];
    }
    turn_round(seen, made);
    return made;
}

Err log_seen_name(Service *service, const Actor *actor, Seen *seen, uint32_t count, Arena *keep)
{
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = 0; j < i && seen[i].name.length == 0; j++)
            if (id_equal(seen[j].person, seen[i].person))
                seen[i].name = seen[j].name;
        if (seen[i].name.length > 0 || id_is_none(seen[i].person))
            continue;
        Err named = person_name(service, actor, seen[i].person, keep, &seen[i].name);
        if (named.id != E_NOT_FOUND)
            TRY(named);
    }
    return ok();
}

Err log_seen_newest(Service *service, const Actor *actor, const LogEntered *entered, Arena *keep, LogView *view)
{
    const AuditRows *before = &entered->beside.seen;
    AuditRow own = {.line = service_line(actor, ACT_LOG_READ, OBJECT_LOG, entered->wish.log)};
    Seen *seen = NULL;

    own.line.reason = (uint16_t)entered->wish.opening;
    TRY(ARENA_NEW(keep, Seen, (size_t)before->count + 1, &seen));
    TRY(seen_of(&own, view->people, view->people_count, &seen[0]));
    TRY(log_seen_all(before, view->people, view->people_count, &seen[1]));
    uint32_t openings = log_seen_openings(seen, before->count + 1);
    view->seen_count = openings < LOG_NEWEST_OPENINGS ? openings : LOG_NEWEST_OPENINGS;
    TRY(log_seen_name(service, actor, seen, view->seen_count, keep));
    view->seen = seen;
    return ok();
}
