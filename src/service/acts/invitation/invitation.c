/* A relay holder asks a family for its consent before there is a log: a code for each person who must say yes, and nothing of whom it
 * is about.
 * Must not tell the holder who has said yes, nor how many, before all have.
 * Called by web and api. Rules: consent 3, scenarios 12. */
#include "service/acts/invitation/invitation.h"

#include "domain/clocks.h"
#include "domain/period.h"
#include "service/acts/contact.h"
#include "service/acts/create.h"
#include "service/acts/guardian_rows.h"
#include "service/acts/invitation/invitation_join.h"
#include "service/people/account.h"
#include "service/people/office.h"
#include "service/people/unit_names.h"
#include "store/volatile.h"

#define UNITS_BYTES ((size_t)LOG_UNITS_MAX * ID_BYTES)

static bool is_over(const InvitationRow *row, int64_t now)
{
    return period_has_ended((Period){.to_at = row->expires_at}, now);
}

Err invitation_own(Tx *tx, const Actor *actor, Id invitation, Arena *keep, InvitationRow *ret_row)
{
    InvitationRow row = {0};

    TRY(store_invitation_by_id(tx, invitation, keep, &row));
    if (!id_equal(row.maker, actor->person) || !id_equal(row.role_row, actor->role_row) || is_over(&row, actor->now))
        return fail(E_NOT_FOUND);
    *ret_row = row;
    return ok();
}

bool invitation_answered(const InvitedRows *rows, Id invitation, uint32_t required)
{
    uint32_t said = 0;

    for (uint32_t i = 0; i < rows->count; i++)
        said += id_equal(rows->items[i].invitation, invitation) && rows->items[i].said_at != 0;
    return said == required;
}

Err invitation_units(const InvitationRow *row, Arena *keep, IdList *ret_units)
{
    Cursor cursor = cursor_new(row->units);
    uint32_t count = (uint32_t)(row->units.length / ID_BYTES);
    Id *units = NULL;

    TRY(ARENA_NEW(keep, Id, (size_t)count + 1, &units));
    units[0] = row->unit;
    for (uint32_t i = 1; i <= count; i++)
        cursor_copy(&cursor, units[i].bytes, ID_BYTES);
    *ret_units = (IdList){units, count + 1};
    return scoped_forged_unless_ours(cursor_done(&cursor));
}

static Err may(const Actor *actor, Act act)
{
    Why why = policy_decide((Ask){.act = act, .role = actor->role, .relation = id_is_none(actor->unit) ? RELATION_NONE : RELATION_UNIT});

    return why == WHY_ALLOWED ? ok() : service_refuse(actor, act, OBJECT_NONE, (Id){0}, why);
}

Err invitation_may(const Actor *actor)
{
    return may(actor, ACT_INVITATION_MAKE);
}

/* ---- made ---- */

/* One who is asked: an account that says of nobody who they are. */
typedef struct Asked {
    FamilyAccount account;
    InvitedRow row;
} Asked;

typedef struct Making {
    const Actor *actor;
    Arena *keep;
    InvitationRow row;
    Asked asked[INVITED_MAX];
    uint32_t count;
} Making;

/* Those that are there; the own one takes part in any case and is not named. */
static Err collect_units(const Actor *actor, const InvitationWish *wish, Arena *keep, Str *ret_units)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Buf buf = buf_new(keep, UNITS_BYTES);

    TRY(store_read(actor->store, &tx));
    for (uint32_t i = 0; i < wish->unit_count; i++) {
        UnitRow unit = {0};
        if (id_equal(wish->units[i], actor->unit))
            continue;
        Err found = store_unit_by_id(tx, wish->units[i], keep, &unit);
        if (found.id == E_NOT_FOUND || (is_ok(found) && unit.closed_at != 0))
            return fail(E_INVALID);
        TRY(found);
        buf_add_bytes(&buf, unit.id.bytes, ID_BYTES);
    }
    return buf_done(&buf, ret_units);
}

static Err prepare_asked(Service *service, Making *making, Asked *asked)
{
    const Giver giver = {.actor = making->actor};

    TRY(family_account(service, &giver, (FamilyWish){.kind = KIND_GUARDIAN}, making->keep, &asked->account));
    asked->row = (InvitedRow){.invitation = making->row.id, .person = asked->account.person, .maker = making->actor->person,
                              .expires_at = making->row.expires_at};
    return world_id(service->world, &asked->row.id);
}

static Err not_too_many(Tx *tx, const Making *making)
{
    InvitationRows rows = {0};

    TRY(store_invitations_of_person(tx, making->actor->person, making->keep, &rows));
    return rows.count < INVITATIONS_OPEN_MAX ? ok() : fail(E_RANGE);
}

/* Who may make the log may ask for it; who may let a guardian into one may ask them. */
static Err may_wish(Service *service, const Actor *actor, const InvitationWish *wish, Arena *scratch)
{
    TRY(may(actor, ACT_INVITATION_MAKE));
    if (wish->persons < 1 || wish->persons > INVITED_MAX || wish->unit_count > LOG_UNITS_MAX)
        return fail(E_INVALID);
    if (id_is_none(wish->log))
        return log_create_may(actor);
    TRY(invitation_may_join(service, actor, wish->log, scratch));
    return wish->persons == 1 ? ok() : fail(E_INVALID);
}

static Err make_work(Tx *tx, void *context)
{
    Making *making = context;
    const Giver giver = {.actor = making->actor};
    AuditLine line = service_line(making->actor, ACT_INVITATION_MAKE, OBJECT_INVITATION, making->row.id);

    TRY(store_audit(tx, &line));
    TRY(office_holds(tx, making->actor));
    TRY(not_too_many(tx, making));
    TRY(store_invitation_insert(tx, &making->row));
    for (uint32_t i = 0; i < making->count; i++) {
        Asked *asked = &making->asked[i];
        TRY(family_account_put(tx, &asked->account, &giver, making->keep));
        TRY(store_invited_insert(tx, &asked->row));
        TRY(family_code_put(tx, &asked->account, &giver, asked->row.id, making->keep));
    }
    return ok();
}

Err invitation_make(Service *service, const Actor *actor, const InvitationWish *wish, Arena *keep, InvitationMade *ret_made)
{
    Making making = {.actor = actor, .keep = keep, .count = wish->persons};

    TRY(may_wish(service, actor, wish, keep));
    making.row = (InvitationRow){.maker = actor->person, .role_row = actor->role_row, .unit = actor->unit, .log = wish->log,
                                 .required = (uint8_t)wish->persons, .made_at = actor->now,
                                 .expires_at = clock_due(CLOCK_INVITATION_END, actor->now, NULL), .version = 1};
    TRY(service_makes(service, actor, &making.row.id));
    TRY(collect_units(actor, wish, keep, &making.row.units));
    for (uint32_t i = 0; i < making.count; i++)
        TRY(prepare_asked(service, &making, &making.asked[i]));
    TRY(service_write(actor, make_work, &making));
    ret_made->id = making.row.id;
    ret_made->count = making.count;
    for (uint32_t i = 0; i < making.count; i++)
        ret_made->codes[i] = making.asked[i].account.code;
    return ok();
}

/* ---- shown ---- */

typedef struct Own {
    Service *service; /* needed where units are named */
    const Actor *actor;
    Arena *keep;
    InvitationRows rows;
    InvitedRows asked;
} Own;

static Err read_own(Own *own)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(own->actor->store, &tx));
    TRY(store_invitations_of_person(tx, own->actor->person, own->keep, &own->rows));
    return own->rows.count > 0 ? store_invited_of_maker(tx, own->actor->person, own->keep, &own->asked) : ok();
}

static bool is_shown(const InvitationRow *row, const Actor *actor)
{
    return id_equal(row->role_row, actor->role_row) && !is_over(row, actor->now);
}

static Err state_of(const Own *own, const InvitationRow *row, InvitationState *ret_state)
{
    IdList units = {0};
    Str *names = NULL;

    TRY(invitation_units(row, own->keep, &units));
    TRY(ARENA_NEW(own->keep, Str, units.count, &names));
    TRY(people_unit_names(own->service, own->actor, units, own->keep, names));
    *ret_state = (InvitationState){.id = row->id, .made_at = row->made_at, .expires_at = row->expires_at, .persons = row->required,
                                   .complete = invitation_answered(&own->asked, row->id, row->required),
                                   .log = row->log, .units = names, .unit_count = units.count};
    return ok();
}

Err invitation_list(Service *service, const Actor *actor, Arena *keep, InvitationStates *ret_states)
{
    InvitationState *items = NULL;
    uint32_t count = 0;
    Own own = {.service = service, .actor = actor, .keep = keep};

    TRY(may(actor, ACT_INVITATION_MAKE));
    TRY(read_own(&own));
    TRY(ARENA_NEW(keep, InvitationState, (size_t)own.rows.count + 1, &items));
    for (uint32_t i = 0; i < own.rows.count; i++)
        if (is_shown(&own.rows.items[i], actor))
            TRY(state_of(&own, &own.rows.items[i], &items[count++]));
    *ret_states = (InvitationStates){items, count};
    return ok();
}

Err invitation_complete(const Actor *actor, Arena *scratch, uint32_t *ret_count)
{
    uint32_t count = 0;
    Own own = {.actor = actor, .keep = scratch};

    TRY(read_own(&own));
    for (uint32_t i = 0; i < own.rows.count; i++)
        count += is_shown(&own.rows.items[i], actor) &&
                 invitation_answered(&own.asked, own.rows.items[i].id, own.rows.items[i].required);
    *ret_count = count;
    return ok();
}

/* ---- taken back ---- */

typedef struct Ending {
    const Actor *actor;
    Id invitation;
    Arena *scratch;
} Ending;

static Err end_work(Tx *tx, void *context)
{
    const Ending *ending = context;
    AuditLine line = service_line(ending->actor, ACT_INVITATION_END, OBJECT_INVITATION, ending->invitation);
    InvitationRow row = {0};

    TRY(store_audit(tx, &line));
    TRY(invitation_own(tx, ending->actor, ending->invitation, ending->scratch, &row));
    return store_invitation_end(tx, row.id);
}

Err invitation_end(const Actor *actor, Id invitation, Arena *scratch)
{
    Ending ending = {.actor = actor, .invitation = invitation, .scratch = scratch};

    TRY(may(actor, ACT_INVITATION_END));
    TRY(service_write(actor, end_work, &ending));
    contact_purge(actor->store);
    return ok();
}
