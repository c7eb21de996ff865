/* What a page of statistics is made of.
 * Must not touch anything but the publication's row and its shown bytes.
 * Called by web and api. */
#include "service/statistics/read.h"

#include "domain/statistics/calendar.h"
#include "service/people/unit_names.h"
#include "service/settings.h"
#include "service/statistics/frozen.h"

/* An administrator sees the municipality, a manager their own unit beside it (rules: statistics 13). */
static Why may_read(const Actor *actor)
{
    const Relation relation = actor->role == ROLE_ORG_MANAGER ? RELATION_UNIT : policy_log_relation(actor->role);

    return policy_decide((Ask){.act = ACT_STATISTICS_READ, .role = actor->role, .relation = relation});
}

static Err write_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

static Err read_newest(const Actor *actor, Arena *keep, PublicationRow *ret_row, Str *ret_shown, unsigned *ret_quarters)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Settings settings;

    TRY(store_read(actor->store, &tx));
    TRY(settings_now(tx, keep, &settings));
    *ret_quarters = (unsigned)settings.values[SETTING_PUBLICATION];
    Err found = store_publication_newest(tx, keep, ret_row);
    if (found.id == E_NOT_FOUND)
        return ok();
    TRY(found);
    return store_publication_shown(tx, ret_row, keep, ret_shown);
}

static Err name_units(Service *service, const Actor *actor, Str ids, Arena *keep, StatisticsRead *read)
{
    StatisticsUnit *units = NULL;
    Id *wanted = NULL;
    Str *names = NULL;

    read->unit_count = (uint32_t)(ids.length / ID_BYTES);
    TRY(ARENA_NEW(keep, StatisticsUnit, (size_t)read->unit_count + 1, &units));
    TRY(ARENA_NEW(keep, Id, (size_t)read->unit_count + 1, &wanted));
    TRY(ARENA_NEW(keep, Str, (size_t)read->unit_count + 1, &names));
    for (uint32_t i = 0; i < read->unit_count; i++)
        TRY(id_from_bytes(str_slice(ids, (size_t)i * ID_BYTES, (size_t)(i + 1) * ID_BYTES), &wanted[i]));
    TRY(people_unit_names(service, actor, (IdList){wanted, read->unit_count}, keep, names));
    for (uint32_t i = 0; i < read->unit_count; i++) {
        units[i] = (StatisticsUnit){.id = wanted[i], .name = names[i]};
        if (actor->role == ROLE_ORG_MANAGER && id_equal(wanted[i], actor->unit))
            read->own = (int)i;
    }
    read->units = units;
    return ok();
}

static Err open_shown(Str shown, StatisticsRead *read)
{
    Str parts[FAMILIES];

    TRY(parts_split(shown, parts));
    for (size_t i = 0; i < FAMILIES; i++)
        TRY(cube_shown_open(parts[i], &read->cubes[i]));
    return ok();
}

/* What was written here opens: anything else is somebody else's. */
static Err forged_unless_ours(Err err)
{
    return err.id == E_MALFORMED || err.id == E_TRUNCATED ? fail(E_FORGED) : err;
}

Err statistics_read(Service *service, const Actor *actor, Arena *keep, StatisticsRead *ret_read)
{
    AuditLine line = service_line(actor, ACT_STATISTICS_READ, OBJECT_PUBLICATION, (Id){0});
    StatisticsRead read = {.own = -1};
    PublicationRow row = {0};
    Str shown = STR_NONE;
    unsigned quarters = 0;
    const Why why = may_read(actor);

    if (why != WHY_ALLOWED)
        return service_refuse(actor, ACT_STATISTICS_READ, OBJECT_PUBLICATION, (Id){0}, why);
    TRY(read_newest(actor, keep, &row, &shown, &quarters));
    line.object = row.id;
    TRY(store_write(actor->store, write_line, &line));
    read.next_on = publication_next(row.period, oslo_day(actor->now), quarters);
    read.published = row.number > 0;
    if (read.published) {
        read.number = row.number;
        read.published_at = row.published_at;
        read.last_quarter = row.period;
        TRY(forged_unless_ours(open_shown(shown, &read)));
        TRY(forged_unless_ours(counted_decode(row.lists, &read.counted)));
        TRY(name_units(service, actor, row.units, keep, &read));
    }
    *ret_read = read;
    return ok();
}
