/* Whom a notice about a log is for, as rows of their inboxes.
 * Must not put a name or a number into a row.
 * Called by life.c. */
#include "service/jobs/told.h"

#include "base/calendar.h"
#include "domain/lifecycle.h"
#include "domain/period.h"

#define R(role) (1u << ROLE_##role)

/* Persons who have a role towards the log, each with the roles that they have. */
typedef struct Hearer {
    Id person;
    uint32_t roles;
} Hearer;

typedef struct Hearers {
    Hearer *items;
    uint32_t count;
} Hearers;

static void hear(Hearers *hearers, Id person, uint32_t roles)
{
    if (id_is_none(person))
        return;
    for (uint32_t i = 0; i < hearers->count; i++) {
        if (!id_equal(hearers->items[i].person, person))
            continue;
        hearers->items[i].roles |= roles;
        return;
    }
    hearers->items[hearers->count++] = (Hearer){person, roles};
}

/* A child who does not know of the log is not told of it by a notice; whoever is of age is. */
static void hear_people(const LogEntered *entered, int64_t now, Hearers *hearers)
{
    Day birth = 0;
    bool adult = values_day(&entered->child, CHILD_BIRTH_DATE, &birth) && (age_flags(birth, oslo_day(now)) & FLAG_OF_AGE);

    for (uint32_t i = 0; i < entered->content.participants.count; i++) {
        const ParticipantRow *row = &entered->content.participants.items[i];
        bool child = row->role == ROLE_CHILD;
        if (child ? !row->let_in && !adult : !period_in_force(PERIOD_OF(row), now))
            continue;
        if (row->role == ROLE_ACTOR || child || (row->role == ROLE_GUARDIAN && !adult))
            hear(hearers, row->person, 1u << row->role);
    }
}

static void hear_roles(const RoleRows *rows, Role role, int64_t now, Hearers *hearers)
{
    for (uint32_t i = 0; i < rows->count; i++)
        if (rows->items[i].role == role && period_in_force(PERIOD_OF(&rows->items[i]), now))
            hear(hearers, rows->items[i].person, 1u << role);
}

static Err hearers_of(const Actor *actor, const LogEntered *entered, Arena *keep, Hearers *ret_hearers)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    RoleRows admins = {0}, managers = {0};
    Hearers hearers = {0};

    TRY(store_read(actor->store, &tx));
    TRY(store_roles_held(tx, ROLE_MUNICIPALITY_ADMIN, actor->now, keep, &admins));
    TRY(store_roles_of_unit(tx, entered->content.log.unit, keep, &managers));
    TRY(ARENA_NEW(keep, Hearer, admins.count + managers.count + entered->content.participants.count + 1, &hearers.items));
    hear_roles(&admins, ROLE_MUNICIPALITY_ADMIN, actor->now, &hearers);
    hear_roles(&managers, ROLE_ORG_MANAGER, actor->now, &hearers);
    hear(&hearers, entered->content.log.holder, R(RELAY_HOLDER));
    hear_people(entered, actor->now, &hearers);
    *ret_hearers = hearers;
    return ok();
}

Err told_rows(const LogReader *reader, const LogEntered *entered, TellList told, InboxRows *ret_rows)
{
    Hearers hearers = {0};
    InboxRows rows = {0};

    TRY(hearers_of(reader->actor, entered, reader->keep, &hearers));
    TRY(ARENA_NEW(reader->keep, InboxRow, (size_t)told.count * hearers.count + 1, &rows.items));
    for (uint32_t i = 0; i < told.count; i++) {
        for (uint32_t j = 0; j < hearers.count; j++) {
            InboxRow row = {.person = hearers.items[j].person, .event = (uint16_t)told.items[i].notice, .object = entered->wish.log,
                            .at = reader->actor->now, .due = told.items[i].due};
            if (!(told.items[i].roles & hearers.items[j].roles))
                continue;
            TRY(world_id(reader->service->world, &row.id));
            rows.items[rows.count++] = row;
        }
    }
    *ret_rows = rows;
    return ok();
}

Err told_put(Tx *tx, const InboxRows *rows)
{
    for (uint32_t i = 0; i < rows->count; i++) {
        Err put = store_inbox_insert(tx, &rows->items[i]);
        if (put.id != E_DUPLICATE)
            TRY(put);
    }
    return ok();
}
