/* When the list of staff was confirmed last, and that it is now: a register's own setting, and a line.
 * Must not show a name.
 * Called by web, api and the job `staff`. Rule: rest 11. */
#include "service/people/confirmed.h"

#include "domain/period.h"

#define CONFIRMED "staff_list_confirmed"
#define SCRATCH_CAP ((size_t)256 << 10)
#define NUMBER_ROOM 24

static Err read_confirmed(Tx *tx, Arena *scratch, int64_t *ret_at, uint32_t *ret_version)
{
    SettingRow row = {0};

    *ret_at = 0;
    *ret_version = 0;
    Err read = store_setting(tx, STR(CONFIRMED), scratch, &row);
    if (read.id == E_NOT_FOUND)
        return ok();
    TRY(read);
    *ret_version = row.version;
    return num_parse(row.value, 0, INT64_MAX, ret_at);
}

Err staff_confirmed_at(Tx *tx, int64_t now, Arena *scratch, int64_t *ret_at)
{
    RoleRows admins = {0};
    uint32_t version = 0;
    int64_t at = 0;

    TRY(read_confirmed(tx, scratch, &at, &version));
    if (at == 0) {
        TRY(store_roles_held(tx, ROLE_MUNICIPALITY_ADMIN, now, scratch, &admins));
        for (uint32_t i = 0; i < admins.count; i++)
            at = at == 0 || period_has_begun(PERIOD_OF(&admins.items[i]), at) ? admins.items[i].from_at : at;
    }
    *ret_at = at;
    return ok();
}

static Err may_confirm(const Actor *actor)
{
    const Ask ask = {.act = ACT_STAFF_LIST_CONFIRM, .role = actor->role,
                     .relation = actor->role == ROLE_MUNICIPALITY_ADMIN ? RELATION_MUNICIPALITY : RELATION_NONE};
    Why why = policy_decide(ask);

    return why == WHY_ALLOWED ? ok() : service_refuse(actor, ACT_STAFF_LIST_CONFIRM, OBJECT_NONE, (Id){0}, why);
}

typedef struct Confirming {
    const Actor *actor;
    Arena *scratch;
    AuditLine line;
} Confirming;

static Err confirm_work(Tx *tx, void *context)
{
    const Confirming *confirming = context;
    Buf text = buf_new(confirming->scratch, NUMBER_ROOM);
    uint32_t version = 0;
    int64_t at = 0;
    Str value;

    TRY(read_confirmed(tx, confirming->scratch, &at, &version));
    buf_format(&text, "%lld", (long long)confirming->actor->now);
    TRY(buf_done(&text, &value));
    TRY(store_audit(tx, &confirming->line));
    return store_setting_put(tx, STR(CONFIRMED), value, version);
}

Err staff_confirm(const Actor *actor)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    Confirming confirming = {.actor = actor};

    TRY(may_confirm(actor));
    TRY(arena_new(SCRATCH_CAP, &scratch));
    confirming.scratch = scratch;
    confirming.line = service_line(actor, ACT_STAFF_LIST_CONFIRM, OBJECT_NONE, (Id){0});
    return service_write(actor, confirm_work, &confirming);
}
