/* The history of a log's consents: everything that was given, and what was withdrawn, which only grows.
 * Must not leave out what counts no longer, nor name a unit to a guardian who may not know where the child is.
 * Called by web and api. Rules: consent 5, 22. */
#include "service/reading/consents.h"

#include "service/people/unit_names.h"
#include "service/reading/open.h"

#define UNITS_MAX 256

static Err pick_withdrawals(LogPick *pick, void *self)
{
    const LogNewest *newest = &pick->entered->newest;

    (void)self;
    for (uint32_t i = 0; i < newest->count; i++)
        if (newest->items[i].first->kind == KIND_WITHDRAWAL)
            TRY(log_pick_show(pick, i));
    return ok();
}

/* ---- units by name ---- */

/* Those of the sealed consents and withdrawals, each once: a plain row may be gone. */
typedef struct Named {
    Id ids[UNITS_MAX];
    Str names[UNITS_MAX];
    uint32_t count;
} Named;

static void note_units(Named *named, Str text)
{
    while (text.length > 0 && named->count < UNITS_MAX) {
        Str unit = STR_NONE;
        Id id;
        bool known = false;
        text = str_cut(text, '\n', &unit);
        if (!is_ok(id_from_text(unit, &id)))
            continue;
        for (uint32_t i = 0; i < named->count; i++)
            known = known || id_equal(named->ids[i], id);
        if (!known)
            named->ids[named->count++] = id;
    }
}

static Str name_of(const Named *named, Str unit)
{
    Id id;

    for (uint32_t i = 0; i < named->count && is_ok(id_from_text(unit, &id)); i++)
        if (id_equal(named->ids[i], id))
            return named->names[i];
    return STR_NONE;
}

static Err name_units(const LogReader *reader, const LogView *log, Named **ret_named)
{
    Named *named = NULL;

    TRY(ARENA_NEW(reader->keep, Named, 1, &named));
    *named = (Named){0};
    *ret_named = named;
    if (!policy_names_units(reader->actor->role, log->ask.flags))
        return ok();
    for (uint32_t i = 0; i < log->consent_count; i++)
        note_units(named, values_at(&log->consents[i].values, CONSENT_UNITS));
    for (uint32_t i = 0; i < log->entry_count; i++)
        note_units(named, values_at(&log->entries[i].values, WITHDRAWAL_UNIT));
    return people_unit_names(reader->service, reader->actor, (IdList){named->ids, named->count}, reader->keep, named->names);
}

/* ---- both lists ---- */

static Err given_of(const LogReader *reader, const Named *named, LogConsentHistory *history)
{
    ConsentGivenView *given = NULL;

    TRY(ARENA_NEW(reader->keep, ConsentGivenView, (size_t)history->log.consent_count + 1, &given));
    for (uint32_t i = 0; i < history->log.consent_count; i++) {
        Str units = values_at(&history->log.consents[i].values, CONSENT_UNITS);
        Str *names = NULL;
        TRY(ARENA_NEW(reader->keep, Str, (size_t)named->count + 1, &names));
        given[i] = (ConsentGivenView){.consent = &history->log.consents[i], .unit_names = names};
        while (units.length > 0 && given[i].unit_count < named->count) {
            Str unit = STR_NONE;
            units = str_cut(units, '\n', &unit);
            names[given[i].unit_count++] = name_of(named, unit);
        }
    }
    history->given = given;
    return ok();
}

static Str name_of_giver(const LogView *log, Str participant)
{
    Id id;

    for (uint32_t i = 0; i < log->people_count && is_ok(id_from_text(participant, &id)); i++)
        if (id_equal(log->people[i].participant, id))
            return log->people[i].name;
    return STR_NONE;
}

static Err withdrawals_of(const LogReader *reader, const Named *named, LogConsentHistory *history)
{
    const LogView *log = &history->log;
    WithdrawalView *items = NULL;

    TRY(ARENA_NEW(reader->keep, WithdrawalView, (size_t)log->entry_count + 1, &items));
    for (uint32_t i = 0; i < log->entry_count; i++)
        items[history->withdrawal_count++] = (WithdrawalView){
            .entry = &log->entries[i],
            .giver_name = name_of_giver(log, values_at(&log->entries[i].values, WITHDRAWAL_GIVER)),
            .unit_name = name_of(named, values_at(&log->entries[i].values, WITHDRAWAL_UNIT))};
    history->withdrawals = items;
    return ok();
}

Err log_consent_history(const LogReader *reader, Id log, Opening reason, Why *ret_why, LogConsentHistory *ret_history)
{
    LogLook look = {.reader = *reader, .wish = log_look_wish(log, reason), .pick = pick_withdrawals};
    LogConsentHistory history = {0};
    Named *named = NULL;

    look.wish.act = ACT_CONSENT_READ;
    TRY(log_look(&look, ret_why, &history.log));
    TRY(name_units(reader, &history.log, &named));
    TRY(given_of(reader, named, &history));
    TRY(withdrawals_of(reader, named, &history));
    *ret_history = history;
    return ok();
}
