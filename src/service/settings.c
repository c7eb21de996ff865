/* Reads and changes the settings of a municipality.
 * Must not change one without a line that holds its old and its new value.
 * Called by web. */
#include "service/settings.h"

#include "domain/settings.h"

#define SETTINGS_ARENA ((size_t)256 << 10)

static Why decide(const Actor *actor, Act act)
{
    Relation relation = role_is_family(actor->role) || role_is_operator(actor->role) ? RELATION_NONE : RELATION_MUNICIPALITY;

    return policy_decide((Ask){.act = act, .role = actor->role, .relation = relation});
}

/* The stored settings, and the version of each (0: never stored). */
typedef struct Stored {
    Settings settings;
    uint32_t versions[SETTING_COUNT];
} Stored;

static Err stored_from(const SettingRows *rows, Stored *ret_stored)
{
    Stored stored = {.settings = settings_default()};

    for (uint32_t i = 0; i < rows->count; i++) {
        Setting setting;
        /* Other parts keep settings of their own under other names. */
        if (!is_ok(setting_from_str(rows->items[i].name, &setting)))
            continue;
        TRY(setting_set(&stored.settings, setting, rows->items[i].value));
        stored.versions[setting] = rows->items[i].version;
    }
    *ret_stored = stored;
    return ok();
}

static Err load(Tx *tx, Arena *scratch, Stored *ret_stored)
{
    SettingRows rows = {0};

    TRY(store_settings(tx, scratch, &rows));
    return stored_from(&rows, ret_stored);
}

static Err load_snapshot(const Actor *actor, Settings *ret_settings)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    AUTO(store_read_endp) Tx *tx = NULL;
    Stored stored;

    TRY(arena_new(SETTINGS_ARENA, &scratch));
    TRY(store_read(actor->store, &tx));
    TRY(load(tx, scratch, &stored));
    *ret_settings = stored.settings;
    return ok();
}

static Err store_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

Err settings_read(Service *service, const Actor *actor, Settings *ret_settings)
{
    AuditLine line = service_line(actor, ACT_SETTINGS_READ, OBJECT_SETTING, (Id){0});
    Why why = decide(actor, ACT_SETTINGS_READ);
    Settings settings;

    (void)service;
    if (why != WHY_ALLOWED)
        return service_refuse(actor, ACT_SETTINGS_READ, OBJECT_SETTING, (Id){0}, why);
    TRY(load_snapshot(actor, &settings));
    TRY(store_write(actor->store, store_line, &line));
    *ret_settings = settings;
    return ok();
}

static void put_number(uint8_t *bytes, uint32_t number)
{
    for (unsigned i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(number >> (24 - 8 * i));
}

Id settings_line_object(Setting setting, int32_t before, int32_t after)
{
    Id object = {0};

    put_number(object.bytes, (uint32_t)setting);
    put_number(object.bytes + 4, (uint32_t)before);
    put_number(object.bytes + 8, (uint32_t)after);
    return object;
}

typedef struct Changing {
    const Actor *actor;
    const Settings *seen;
    const Settings *wanted;
    Arena *scratch;
} Changing;

static Err change_one(Tx *tx, const Changing *changing, const Stored *stored, Setting setting)
{
    int32_t before = changing->seen->values[setting];
    int32_t after = changing->wanted->values[setting];
    AuditLine line = service_line(changing->actor, ACT_SETTINGS_WRITE, OBJECT_SETTING,
                                  settings_line_object(setting, before, after));
    Str value = STR_NONE;

    if (stored->settings.values[setting] != before)
        return fail(E_STALE);
    TRY(store_audit(tx, &line));
    TRY(str_format(changing->scratch, &value, "%d", after));
    return store_setting_put(tx, str_from_c(setting_rule(setting).code), value, stored->versions[setting]);
}

static Err change_all(Tx *tx, void *context)
{
    const Changing *changing = context;
    Stored stored;

    TRY(load(tx, changing->scratch, &stored));
    for (unsigned i = 0; i < SETTING_COUNT; i++)
        if (changing->seen->values[i] != changing->wanted->values[i])
            TRY(change_one(tx, changing, &stored, (Setting)i));
    return ok();
}

static bool differ(const Settings *a, const Settings *b)
{
    for (unsigned i = 0; i < SETTING_COUNT; i++)
        if (a->values[i] != b->values[i])
            return true;
    return false;
}

Err settings_change(Service *service, const Actor *actor, const Settings *seen, const Settings *wanted)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    Changing changing = {.actor = actor, .seen = seen, .wanted = wanted};
    Why why = decide(actor, ACT_SETTINGS_WRITE);

    (void)service;
    if (why != WHY_ALLOWED)
        return service_refuse(actor, ACT_SETTINGS_WRITE, OBJECT_SETTING, (Id){0}, why);
    if (!differ(seen, wanted))
        return ok();
    TRY(arena_new(SETTINGS_ARENA, &scratch));
    changing.scratch = scratch;
    return service_write(actor, change_all, &changing);
}

Err settings_now(Tx *tx, Arena *scratch, Settings *ret_settings)
{
    SettingRows rows = {0};

    TRY(store_settings(tx, scratch, &rows));
    return settings_from(&rows, ret_settings);
}

Err settings_from(const SettingRows *rows, Settings *ret_settings)
{
    Stored stored;

    TRY(stored_from(rows, &stored));
    *ret_settings = stored.settings;
    return ok();
}

static Err one_of_now(const Actor *actor, Arena *scratch, Setting id, int *ret_value)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Settings settings;

    TRY(store_read(actor->store, &tx));
    TRY(settings_now(tx, scratch, &settings));
    *ret_value = settings.values[id];
    return ok();
}

Err log_consent_months(const Actor *actor, Arena *scratch, unsigned *ret_months)
{
    int months = 0;

    TRY(one_of_now(actor, scratch, SETTING_CONSENT_LIFETIME, &months));
    *ret_months = (unsigned)months;
    return ok();
}

Err log_consent_age(const Actor *actor, Arena *scratch, int *ret_years)
{
    return one_of_now(actor, scratch, SETTING_CONSENT_AGE, ret_years);
}
