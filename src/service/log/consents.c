/* Rows as plain structs of the domain.
 * Must not leave out a row: which of them count is the domain's to say.
 * Called by the rooms log, reading and acts. */
#include "service/log/consents.h"

#include <string.h>

#include "domain/period.h"
#include "domain/roles.h"
#include "service/log/rows.h"

/* Let in anew a child has another participation, and is the same: the first by its id stands for all. */
static Id giver_of(const ParticipantRows *people, Id participant, bool *ret_child)
{
    Id first = participant;

    *ret_child = false;
    for (uint32_t i = 0; i < people->count; i++)
        *ret_child = *ret_child || (people->items[i].role == ROLE_CHILD && id_equal(people->items[i].id, participant));
    for (uint32_t i = 0; i < people->count && *ret_child; i++)
        if (people->items[i].role == ROLE_CHILD && memcmp(&people->items[i].id, &first, sizeof first) < 0)
            first = people->items[i].id;
    return first;
}

Err log_consents(const ConsentRows *rows, const ConsentUnitRows *units, const ParticipantRows *people, Arena *keep,
                 Consents *ret_consents)
{
    ConsentGiver *givers = NULL;
    ConsentGiven *given = NULL;
    ConsentUnit *named = NULL;

    TRY(ARENA_NEW(keep, ConsentGiven, (size_t)rows->count + 1, &given));
    TRY(ARENA_NEW(keep, ConsentUnit, (size_t)units->count + 1, &named));
    TRY(ARENA_NEW(keep, ConsentGiver, (size_t)people->count + 1, &givers));
    for (uint32_t i = 0; i < rows->count; i++) {
        const ConsentRow *row = &rows->items[i];
        bool child = false;
        Id giver = giver_of(people, row->participant, &child);
        given[i] = (ConsentGiven){.id = row->id, .giver = giver, .child = child, .given_at = row->given_at,
                                  .ends_at = row->valid_to, .withdrawn = row->withdrawn_at != 0, .withdrawn_at = row->withdrawn_at};
    }
    for (uint32_t i = 0; i < units->count; i++)
        named[i] = (ConsentUnit){.consent = units->items[i].consent, .unit = units->items[i].unit};
    uint32_t giver_count = 0;
    for (uint32_t i = 0; i < people->count; i++)
        if (people->items[i].role != ROLE_CHILD)
            givers[giver_count++] = (ConsentGiver){.id = people->items[i].id, .part = PERIOD_OF(&people->items[i])};
    *ret_consents = (Consents){.items = given, .count = rows->count, .units = named, .unit_count = units->count,
                               .givers = givers, .giver_count = giver_count, .of = CONSENT_OF_SOME};
    return ok();
}

void log_consents_age(Consents *consents, const Values *child, const LogRow *log, const Settings *settings, int64_t now)
{
    Day birth = 0;

    (void)values_day(child, CHILD_BIRTH_DATE, &birth);
    consents_at_age(consents, birth, oslo_day(log->created_at), settings, oslo_day(now));
}

Err log_consents_standing(const LogStanding *standing, Arena *keep, Consents *ret_consents)
{
    return log_consents(&standing->consents, &standing->consent_units, &standing->gone, keep, ret_consents);
}

Err log_consents_taken(const LogEntered *entered, Arena *keep, Consents *consents)
{
    const LogNewest *newest = &entered->newest;
    ConsentTaken *taken = NULL;
    LogEntry entry;

    TRY(ARENA_NEW(keep, ConsentTaken, (size_t)newest->count + 1, &taken));
    for (uint32_t i = 0; i < newest->count; i++) {
        if (newest->items[i].first->kind != KIND_WITHDRAWAL)
            continue;
        TRY(log_open_entry(&entered->keys, newest->items[i].first, keep, &entry));
        ConsentTaken *one = &taken[consents->taken_count++];
        one->at = newest->items[i].first->at;
        if (!is_ok(id_from_text(values_at(&entry.values, WITHDRAWAL_GIVER), &one->giver)) ||
            !values_day(&entry.values, WITHDRAWAL_ON, &one->on))
            return fail(E_FORGED);
    }
    consents->taken = taken;
    return ok();
}
