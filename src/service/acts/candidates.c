/* Staff who could be let into a log, or take the baton: only from units that the family has said yes to.
 * Must not show a name before its line is durable.
 * Called by web and api. */
#include "service/acts/candidates.h"

#include <stdlib.h>

#include "base/order.h"
#include "domain/consent.h"
#include "domain/period.h"
#include "domain/signin.h"
#include "service/log/enter.h"
#include "service/people/account.h"

#define SCRATCH_CAP ((size_t)64 << 20)

typedef struct Candidates {
    const LogEntered *entered;
    const Actor *actor;
    Arena *keep;
    RoleRow *roles;
    uint32_t count;
} Candidates;

static bool takes_part(const LogEntered *entered, Id person)
{
    for (uint32_t i = 0; i < entered->content.participants.count; i++)
        if (!period_has_end(PERIOD_OF(&entered->content.participants.items[i])) &&
            id_equal(entered->content.participants.items[i].person, person))
            return true;
    return false;
}

static bool could(const LogEntered *entered, const RoleRow *row)
{
    if (row->role == ROLE_RELAY_HOLDER)
        return !id_equal(entered->content.log.holder, row->person);
    return row->role == ROLE_ACTOR && !takes_part(entered, row->person);
}

static bool seen_before(const Candidates *found, const RoleRow *role)
{
    for (uint32_t i = 0; i < found->count; i++)
        if (id_equal(found->roles[i].id, role->id))
            return true;
    return false;
}

static Err add_unit(Candidates *found, Tx *tx, Id unit)
{
    RoleRows rows = {0};
    RoleRow *roles = NULL;

    TRY(store_roles_of_unit(tx, unit, found->keep, &rows));
    TRY(ARENA_NEW(found->keep, RoleRow, (size_t)found->count + rows.count + 1, &roles));
    for (uint32_t i = 0; i < found->count; i++)
        roles[i] = found->roles[i];
    found->roles = roles;
    for (uint32_t i = 0; i < rows.count; i++) {
        const RoleRow *row = &rows.items[i];
        if (period_in_force(PERIOD_OF(row), found->actor->now) && could(found->entered, row) && !seen_before(found, row))
            found->roles[found->count++] = *row;
    }
    return ok();
}

static Err collect(Candidates *found)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    const Consents *consents = &found->entered->consents;
    Id *units = NULL;

    TRY(ARENA_NEW(found->keep, Id, (size_t)consents->unit_count + 1, &units));
    uint32_t count = consents_units(consents, found->actor->now, units);
    TRY(store_read(found->actor->store, &tx));
    for (uint32_t i = 0; i < count; i++)
        TRY(add_unit(found, tx, units[i]));
    return ok();
}

static Err name_all(Service *service, const Candidates *found, LogPerson *people)
{
    Id *ids = NULL;
    Str *names = NULL;

    TRY(ARENA_NEW(found->keep, Id, (size_t)found->count + 1, &ids));
    TRY(ARENA_NEW(found->keep, Str, (size_t)found->count + 1, &names));
    for (uint32_t i = 0; i < found->count; i++)
        ids[i] = found->roles[i].person;
    TRY(people_names(service, found->actor, (IdList){ids, found->count}, found->keep, names));
    for (uint32_t i = 0; i < found->count; i++) {
        people[i].name = names[i];
        ids[i] = found->roles[i].unit;
    }
    TRY(people_unit_names(service, found->actor, (IdList){ids, found->count}, found->keep, names));
    for (uint32_t i = 0; i < found->count; i++)
        people[i].unit_name = names[i];
    return ok();
}

/* Holders last: the list is cut there. */
static int by_unit_and_name(const void *a, const void *b)
{
    const LogPerson *left = a, *right = b;
    int order = (left->role == ROLE_RELAY_HOLDER) - (right->role == ROLE_RELAY_HOLDER);

    order = order ? order : text_order(left->unit_name, right->unit_name);

    return order ? order : text_order(left->name, right->name);
}

static void cut(const LogPerson *people, uint32_t count, LogCandidates *ret_candidates)
{
    uint32_t actors = 0;

    while (actors < count && people[actors].role == ROLE_ACTOR)
        actors++;
    *ret_candidates = (LogCandidates){.actors = {people, actors}, .holders = {&people[actors], count - actors}};
}

Err log_candidates(const LogReader *reader, Id log, Act act, LogCandidates *ret_candidates)
{
    const LogWish wish = {.log = log, .act = act, .purpose = PURPOSE_READ,
                          .opening = act == ACT_HOLDER_APPOINT ? OPENING_HOLDER_REPLACEMENT : OPENING_NONE};
    AUTO(arena_freep) Arena *scratch = NULL;
    AUTO(log_entered_wipe) LogEntered entered = {0};
    Candidates found = {.entered = &entered, .actor = reader->actor, .keep = reader->keep};
    LogPerson *people = NULL;
    Why why;

    TRY(arena_new(SCRATCH_CAP, &scratch));
    TRY(log_enter(&(LogReader){reader->service, reader->actor, scratch}, &wish, &why, &entered));
    TRY(collect(&found));
    TRY(ARENA_NEW(reader->keep, LogPerson, (size_t)found.count + 1, &people));
    for (uint32_t i = 0; i < found.count; i++)
        people[i] = (LogPerson){.participant = found.roles[i].id, .person = found.roles[i].person, .role = (Role)found.roles[i].role,
                                .unit = found.roles[i].unit, .from_at = found.roles[i].from_at};
    TRY(name_all(reader->service, &found, people));
    /* Nobody was let in: what was done is that the log was read. */
    TRY(log_enter_as(reader, &(LogWish){.act = ACT_LOG_READ}, &entered, &why));
    TRY(log_read_line(reader->actor, &entered, scratch, found.count));
    qsort(people, found.count, sizeof *people, by_unit_and_name);
    cut(people, found.count, ret_candidates);
    return ok();
}
