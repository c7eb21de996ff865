/* The child of a log: let in by the holder, and kept out again; and its place where it was never let in.
 * Must not keep a child of consent age out without a reason.
 * Called by web and api. Rule: access 15. */
#include "service/acts/child.h"

#include <string.h>

#include "domain/clocks.h"
#include "domain/fields.h"
#include "domain/lifecycle.h"
#include "domain/period.h"
#include "service/log/rows.h"
#include "service/log/task.h"

typedef struct Letting {
    Service *service;
    const Actor *actor;
    Arena *keep;    /* the name's */
    Arena *scratch;
    Str reason;
    Str name;
    FamilyAccount account;
    ParticipantRow row;
} Letting;

/* ---- in ---- */

/* A log that was begun in the app has its number from the family, and nobody is found by what they say themselves
 * (service/people/found.h): whoever is let in gets an account of this log's own. */
static bool begun_in_app(const LogContent *content)
{
    for (uint32_t i = 0; i < content->consents.count; i++)
        if (content->consents.items[i].method == CONSENT_METHOD_IN_APP &&
            oslo_day(content->consents.items[i].given_at) <= oslo_day(content->log.created_at))
            return true;
    return false;
}

static FamilyWish wish_of(const Values *child, bool own_word)
{
    return (FamilyWish){.kind = KIND_CHILD, .name = values_at(child, CHILD_NAME),
                        .national_id = own_word ? STR_NONE : values_at(child, CHILD_NATIONAL_ID)};
}

static Err prepare_in(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    Letting *work = self;
    const ParticipantRow *row = log_child_row(entered);
    const Giver giver = {.actor = work->actor, .log_no = entered->content.log.no};

    (void)change;
    if (row && !period_has_end(PERIOD_OF(row)))
        return fail(E_INVALID);
    TRY(service_proved(work->actor, ACT_CHILD_LET_IN));
    work->scratch = scratch;
    TRY(str_copy(work->keep, values_at(&entered->child, CHILD_NAME), &work->name));
    TRY(row ? family_account_of(work->service, &giver, row->person, scratch, &work->account)
            : family_account(work->service, &giver, wish_of(&entered->child, begun_in_app(&entered->content)), scratch,
                            &work->account));
    work->row = (ParticipantRow){.log_no = entered->content.log.no, .person = work->account.person, .role = ROLE_CHILD,
                                 .from_at = work->actor->now, .let_in = true, .version = 1};
    TRY(world_id(work->service->world, &work->row.id));
    return log_participant_seal(&entered->keys, work->name, scratch, &work->row);
}

static Err put_in(Tx *tx, void *self)
{
    Letting *work = self;
    const Giver giver = {.actor = work->actor, .log_no = work->row.log_no};

    return family_place_put(tx, &work->account, &giver, &work->row, work->scratch);
}

Err log_child_let_in(Service *service, const Actor *actor, Id log, Arena *keep, GuardianCode *ret_code)
{
    Letting work = {.service = service, .actor = actor, .keep = keep};
    const LogTask task = {.wish = {.log = log, .act = ACT_CHILD_LET_IN, .purpose = PURPOSE_WRITE},
                          .prepare = prepare_in, .put = put_in, .self = &work};
    Why why;

    TRY(log_carry_out(service, actor, &task, &why));
    *ret_code = (GuardianCode){.name = work.name};
    memcpy(ret_code->code, work.account.code.text, sizeof ret_code->code);
    return ok();
}

/* ---- neither ---- */

Err log_child_place(Service *service, const Actor *actor, const ChildOf *of, Arena *keep, ChildPlace *ret_place)
{
    const Giver giver = {.actor = actor, .log_no = of->log_no};
    FamilyWish wish = wish_of(of->child, of->own_word);
    ChildPlace place = {0};

    wish.codeless = true;
    TRY(family_account(service, &giver, wish, keep, &place.account));
    place.row = (ParticipantRow){.log_no = of->log_no, .person = place.account.person, .role = ROLE_CHILD,
                                 .from_at = actor->now, .to_at = actor->now, .version = 1};
    TRY(world_id(service->world, &place.row.id));
    TRY(log_participant_seal(of->keys, wish.name, keep, &place.row));
    *ret_place = place;
    return ok();
}

Err log_child_place_in(Service *service, const Actor *actor, const LogEntered *entered, Arena *keep, ChildPlace *ret_place)
{
    const ChildOf of = {.keys = &entered->keys, .child = &entered->child, .log_no = entered->content.log.no,
                        .own_word = begun_in_app(&entered->content)};

    return log_child_row(entered) ? fail(E_INVALID) : log_child_place(service, actor, &of, keep, ret_place);
}

Err log_child_place_put(Tx *tx, const Actor *actor, const ChildPlace *place, Arena *scratch)
{
    const Giver giver = {.actor = actor, .log_no = place->row.log_no};

    return family_place_put(tx, &place->account, &giver, &place->row, scratch);
}

/* ---- out ---- */

static bool needs_reason(const LogEntered *entered, int64_t now)
{
    Day birth;

    if (!values_day(&entered->child, CHILD_BIRTH_DATE, &birth))
        return true;
    return oslo_day(now) >= clock_day(CLOCK_CONSENT_AGE, birth, &entered->settings);
}

/* The sealed part is bound to the version, so it is sealed again for the one that the update makes. */
static Err prepare_out(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    Letting *work = self;
    const ParticipantRow *row = log_child_row(entered);
    Values values;

    (void)change;
    if (!row || period_has_end(PERIOD_OF(row)))
        return fail(E_STALE);
    if (work->reason.length == 0 && needs_reason(entered, work->actor->now))
        return fail(E_INVALID);
    LogPlace place = {SEAL_TABLE_PARTICIPANT, SEAL_COLUMN_BODY, row->id, row->version};
    TRY(log_unseal(&entered->keys, (LogSealed){place, KIND_PARTICIPANT, row->sealed}, scratch, &values));
    values_put(&values, PARTICIPANT_REASON, work->reason);
    place.version++;
    work->row = *row;
    work->row.to_at = work->actor->now;
    return log_seal(&entered->keys, place, &values, scratch, &work->row.sealed);
}

static Err put_out(Tx *tx, void *self)
{
    const Letting *work = self;
    return store_participant_update(tx, &work->row);
}

Err log_child_keep_out(Service *service, const Actor *actor, Id log, Str reason)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Letting work = {.service = service, .actor = actor};
    const LogTask task = {.wish = {.log = log, .act = ACT_CHILD_KEEP_OUT, .purpose = PURPOSE_WRITE},
                          .prepare = prepare_out, .put = put_out, .self = &work};
    Why why;

    TRY(arena_new(REASON_ARENA, &arena));
    TRY(reason_take(reason, arena, &work.reason));
    return log_carry_out(service, actor, &task, &why);
}
