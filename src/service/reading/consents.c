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
    UnitNames units;
    uint32_t count;
} Named;

static void note_unit(Named *named, Id unit)
{
    for (uint32_t i = 0; i < named->count; i++)
        if (id_equal(named->ids[i], unit))
            return;
    if (named->count < UNITS_MAX)
        named->ids[named->count++] = unit;
}

static void note_units(Named *named, Str text)
{
    while (text.length > 0 && named->count < UNITS_MAX) {
        Str unit = STR_NONE;
        Id id;
        text = str_cut(text, '\n', &unit);
        if (is_ok(id_from_text(unit, &id)))
            note_unit(named, id);
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

static const UnitRow *closed_row(const Named *named, Id unit)
{
    for (uint32_t i = 0; i < named->units.count; i++)
        if (id_equal(named->units.rows[i].id, unit) && named->units.rows[i].closed_at != 0)
            return &named->units.rows[i];
    return NULL;
}

static Err read_units(const LogReader *reader, Named *named)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(reader->actor->store, &tx));
    return unit_names_read(tx, named->ids, named->count, reader->keep, &named->units);
}

/* With those that came in the place of closed ones, which may be closed by now themselves. */
static Err read_all(const LogReader *reader, Named *named)
{
    uint32_t before = 0;

    do {
        before = named->count;
        TRY(read_units(reader, named));
        for (uint32_t i = 0; i < before; i++) {
            const UnitRow *row = closed_row(named, named->ids[i]);
            if (row)
                note_unit(named, row->parent);
        }
    } while (named->count > before);
    TRY(unit_names_open(reader->service, reader->actor, &named->units, reader->keep));
    for (uint32_t i = 0; i < named->count; i++)
        named->names[i] = unit_names_get(&named->units, named->ids[i]);
    return ok();
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
    return read_all(reader, named);
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

static bool is_named(const LogView *log, Id unit)
{
    for (uint32_t i = 0; i < log->consented_count; i++)
        if (id_equal(log->consented_units[i], unit))
            return true;
    return false;
}

static Err closed_of(const LogReader *reader, const Named *named, LogConsentHistory *history)
{
    UnitClosedView *items = NULL;

    TRY(ARENA_NEW(reader->keep, UnitClosedView, (size_t)named->count + 1, &items));
    for (uint32_t i = 0; i < named->count; i++) {
        const UnitRow *row = closed_row(named, named->ids[i]);
        if (row)
            items[history->closed_count++] = (UnitClosedView){.name = named->names[i], .at = row->closed_at,
                .into_name = unit_names_get(&named->units, row->parent), .named = is_named(&history->log, row->parent)};
    }
    history->closed = items;
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
    TRY(closed_of(reader, named, &history));
    *ret_history = history;
    return ok();
}
