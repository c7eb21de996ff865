/* Whom a notice about a log is for, as rows of their inboxes.
 * Must not put a name or a number into a row, nor tell anybody of what they did themselves.
 * Called by task.c and some acts, and by service/jobs for clocks. */
#include "service/log/tell.h"

#include "base/calendar.h"
#include "domain/lifecycle.h"
#include "domain/period.h"
#include "domain/policy/policy.h"
#include "service/log/dates.h"

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

/* What is told of one log. */
typedef struct Telling {
    const LogReader *reader;
    const LogEntered *entered;
    const LogRow *after;
    Hearers hearers;
    InboxRows rows;
} Telling;

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

/* ---- who stands to the log how ---- */

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

/* Administrators and managers stand in no log: only what is for them asks for them. */
static Err hear_roles(const LogReader *reader, Id unit, Hearers *hearers)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    RoleRows rows = {0};
    Hearer *items = NULL;

    if (id_is_none(unit))
        return ok();
    TRY(store_read(reader->actor->store, &tx));
    TRY(store_roles_over_log(tx, unit, reader->actor->now, reader->keep, &rows));
    TRY(ARENA_NEW(reader->keep, Hearer, (size_t)rows.count + hearers->count + 1, &items));
    for (uint32_t i = 0; i < hearers->count; i++)
        items[i] = hearers->items[i];
    hearers->items = items;
    for (uint32_t i = 0; i < rows.count; i++)
        if (rows.items[i].role == ROLE_MUNICIPALITY_ADMIN || rows.items[i].role == ROLE_ORG_MANAGER)
            hear(hearers, rows.items[i].person, 1u << rows.items[i].role);
    return ok();
}

static Err find_hearers(Telling *telling, LogTellList told)
{
    const LogReader *reader = telling->reader;
    const LogEntered *entered = telling->entered;
    uint32_t roles = 0;

    for (uint32_t i = 0; i < told.count; i++)
        roles |= notice_roles(told.items[i].notice);
    TRY(ARENA_NEW(reader->keep, Hearer, (size_t)entered->content.participants.count + 2, &telling->hearers.items));
    hear(&telling->hearers, entered->content.log.holder, R(RELAY_HOLDER));
    hear_people(entered, reader->actor->now, &telling->hearers);
    if (!(roles & (R(MUNICIPALITY_ADMIN) | R(ORG_MANAGER))))
        return ok();
    TRY(hear_roles(reader, entered->content.log.unit, &telling->hearers));
    return id_equal(told.also, entered->content.log.unit) ? ok() : hear_roles(reader, told.also, &telling->hearers);
}

/* ---- who is told ---- */

/* Those who lose the log from sight in this change, or have lost it before, are not told what is done to it; but its holder is, that
 * it is closed. */
static uint32_t roles_that_see(const Telling *telling)
{
    bool was = telling->entered->content.log.state == STATE_ACTIVE, is = telling->after->state == STATE_ACTIVE;

    return ~((is ? 0u : R(ACTOR)) | (was || is ? 0u : R(RELAY_HOLDER)));
}

static bool is_named(const Telling *telling, const ClockDate *date, Id person)
{
    const ParticipantRows *people = &telling->entered->content.participants;

    for (uint32_t i = 0; i < people->count; i++)
        if (id_equal(people->items[i].person, person) && log_date_is_for(date, people->items[i].id) &&
            period_in_force(PERIOD_OF(&people->items[i]), telling->reader->actor->now))
            return true;
    return false;
}

/* The people of one date, or the log's holder. */
static bool is_for(const Telling *telling, const ClockDate *date, uint32_t roles, const Hearer *hearer)
{
    bool any = false;

    for (uint32_t i = 0; i < telling->hearers.count; i++)
        any = any || ((telling->hearers.items[i].roles & roles) && is_named(telling, date, telling->hearers.items[i].person));
    return any ? is_named(telling, date, hearer->person) : (hearer->roles & R(RELAY_HOLDER)) != 0;
}

static bool hears(const Telling *telling, const LogTold *told, const Notice *notice, const Hearer *hearer)
{
    const ClockDates *dates = &telling->entered->dates;
    uint32_t roles = notice_roles(told->notice);

    if (notice_tells_unit(told->notice) && !policy_names_units(ROLE_GUARDIAN, telling->entered->ask.flags))
        roles &= ~R(GUARDIAN);
    if (notice->clock == CLOCK_NONE)
        roles &= roles_that_see(telling);
    if (!(hearer->roles & roles) || id_equal(hearer->person, telling->reader->actor->person))
        return false;
    if (notice->clock == CLOCK_NONE || !clock_is_of_dates(notice->clock))
        return true;
    for (uint32_t i = 0; i < dates->count; i++)
        if (clock_date_due(notice->clock, &dates->items[i], told->due) && is_for(telling, &dates->items[i], roles, hearer))
            return true;
    return false;
}

static Err add_rows(Telling *telling, const LogTold *told)
{
    Notice notice;

    TRY(notice_of((uint16_t)told->notice, &notice));
    for (uint32_t i = 0; i < telling->hearers.count; i++) {
        InboxRow row = {.person = telling->hearers.items[i].person, .event = (uint16_t)told->notice,
                        .object = telling->entered->wish.log, .at = telling->reader->actor->now, .due = told->due,
                        .mailed = notice_is_mailed((uint16_t)told->notice)};
        if (!hears(telling, told, &notice, &telling->hearers.items[i]))
            continue;
        TRY(world_id(telling->reader->service->world, &row.id));
        telling->rows.items[telling->rows.count++] = row;
    }
    return ok();
}

Err log_tell_rows(const LogReader *reader, const LogEntered *entered, const LogRow *after, LogTellList told, InboxRows *ret_rows)
{
    Telling telling = {.reader = reader, .entered = entered, .after = after};

    if (told.count == 0)
        return ok();
    TRY(find_hearers(&telling, told));
    TRY(ARENA_NEW(reader->keep, InboxRow, (size_t)told.count * telling.hearers.count + 1, &telling.rows.items));
    for (uint32_t i = 0; i < told.count; i++)
        TRY(add_rows(&telling, &told.items[i]));
    *ret_rows = telling.rows;
    return ok();
}
