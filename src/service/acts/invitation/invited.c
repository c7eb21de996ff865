/* Somebody of a family who was asked for their consent before there is a log: takes the code, reads what is asked, says yes or no.
 * Must not show anybody what another has said, nor leave a byte of a no.
 * Called by web and api. Rules: consent 3, scenarios 12.
 *
 * No line of this file says who it was: of a no it would be left. Who has consented stands in the log, once there is one. */
#include "service/acts/invitation/invited.h"

#include "domain/child.h"
#include "domain/consent.h"
#include "domain/input/numbers.h"
#include "domain/lifecycle.h"
#include "domain/period.h"
#include "service/acts/contact.h"
#include "service/acts/guardian_rows.h"
#include "service/acts/invitation/invitation.h"
#include "service/people/office.h"
#include "service/people/unit_names.h"
#include "service/settings.h"
#include "store/volatile.h"

#define ANSWER_ARENA ((size_t)256 << 10)

static Err may(const Actor *actor, Act act)
{
    Why why = policy_decide((Ask){.act = act, .role = actor->role});

    return why == WHY_ALLOWED ? ok() : service_refuse(actor, act, OBJECT_NONE, (Id){0}, why);
}

static AuditLine line_of_nobody(const Actor *actor, Act act, Id invitation)
{
    AuditLine line = service_line(actor, act, OBJECT_INVITATION, invitation);

    line.person = (Id){0};
    line.unit = (Id){0};
    return line;
}

/* Whoever asked must still be there to make the log. */
static Err asker_holds(Tx *tx, const InvitationRow *row, int64_t now)
{
    return office_is_of(tx, row->role_row, row->maker, now);
}

static bool is_open(const InvitedRow *row, int64_t now)
{
    return !period_has_ended((Period){.to_at = row->expires_at}, now);
}

/* ---- what one is asked ---- */

static Err own_row(Tx *tx, const Actor *actor, Id invitation, Arena *scratch, InvitedRow *ret_row)
{
    InvitedRows rows = {0};

    TRY(store_invited_of_person(tx, actor->person, scratch, &rows));
    for (uint32_t i = 0; i < rows.count; i++) {
        if (!id_equal(rows.items[i].invitation, invitation) || !is_open(&rows.items[i], actor->now))
            continue;
        *ret_row = rows.items[i];
        return ok();
    }
    return fail(E_NOT_FOUND);
}

typedef struct Reading {
    const Actor *actor;
    Arena *keep;
    InvitedRows own;
    InvitationRow *rows;
    uint32_t count;
    Settings settings;
} Reading;

/* What has no row any more is passed over, and what nobody could make a log of: but one's own yes is there to be taken back for as long
 * as it is kept. */
static Err read_one(Tx *tx, Reading *reading, InvitedRow *own)
{
    InvitationRow *row = &reading->rows[reading->count];

    if (!is_open(own, reading->actor->now))
        return ok();
    Err read = store_invitation_by_id(tx, own->invitation, reading->keep, row);
    if (is_ok(read) && own->said_at == 0)
        read = asker_holds(tx, row, reading->actor->now);
    if (read.id == E_NOT_FOUND)
        return ok();
    TRY(read);
    reading->own.items[reading->count++] = *own;
    return ok();
}

static Err read_all(Reading *reading)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(reading->actor->store, &tx));
    TRY(store_invited_of_person(tx, reading->actor->person, reading->keep, &reading->own));
    TRY(ARENA_NEW(reading->keep, InvitationRow, (size_t)reading->own.count + 1, &reading->rows));
    for (uint32_t i = 0; i < reading->own.count; i++)
        TRY(read_one(tx, reading, &reading->own.items[i]));
    return reading->count > 0 ? settings_now(tx, reading->keep, &reading->settings) : ok();
}

static Err state_of(Service *service, const Reading *reading, uint32_t at, InvitedState *ret_state)
{
    const InvitationRow *row = &reading->rows[at];
    IdList units = {0};
    Str *names = NULL;

    TRY(invitation_units(row, reading->keep, &units));
    TRY(ARENA_NEW(reading->keep, Str, units.count, &names));
    TRY(people_unit_names(service, reading->actor, units, reading->keep, names));
    *ret_state = (InvitedState){.invitation = row->id, .expires_at = row->expires_at, .persons = row->required,
                                .said = reading->own.items[at].said_at != 0, .joins = !id_is_none(row->log),
                                .units = names, .unit_count = units.count,
                                .months = (unsigned)reading->settings.values[SETTING_CONSENT_LIFETIME],
                                .consent_age = reading->settings.values[SETTING_CONSENT_AGE]};
    return ok();
}

Err invited_list(Service *service, const Actor *actor, Arena *keep, InvitedStates *ret_states)
{
    Reading reading = {.actor = actor, .keep = keep};
    InvitedState *items = NULL;

    TRY(may(actor, ACT_INVITATION_ANSWER));
    TRY(read_all(&reading));
    TRY(ARENA_NEW(keep, InvitedState, (size_t)reading.count + 1, &items));
    for (uint32_t i = 0; i < reading.count; i++)
        TRY(state_of(service, &reading, i, &items[i]));
    *ret_states = (InvitedStates){items, reading.count};
    return ok();
}

Err invited_waits(const Actor *actor, Arena *scratch, bool *ret_waits)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    InvitedRows rows = {0};

    *ret_waits = false;
    TRY(store_read(actor->store, &tx));
    TRY(store_invited_of_person(tx, actor->person, scratch, &rows));
    for (uint32_t i = 0; i < rows.count; i++)
        *ret_waits = *ret_waits || (rows.items[i].said_at == 0 && is_open(&rows.items[i], actor->now));
    return ok();
}

Err invited_state(Service *service, const Actor *actor, Id invitation, Arena *keep, InvitedState *ret_state)
{
    InvitedStates all = {0};

    TRY(invited_list(service, actor, keep, &all));
    for (uint32_t i = 0; i < all.count; i++) {
        if (!id_equal(all.items[i].invitation, invitation))
            continue;
        *ret_state = all.items[i];
        return ok();
    }
    return fail(E_NOT_FOUND);
}

bool invited_is_of_age(const InvitedState *state, const Values *child, Day today)
{
    Day birth;

    return !state->joins && values_day(child, CHILD_BIRTH_DATE, &birth) && consent_age_flags(birth, today, state->consent_age) != 0;
}

/* ---- the code ---- */

typedef struct Taking {
    const Actor *actor;
    EnrolmentCodes codes;
    Arena *scratch;
    InvitedRow row;
} Taking;

/* A code of an account that was made for an invitation, and that nobody has enrolled in. */
static Err find_asked(Tx *tx, Taking *taking)
{
    EnrolmentRow code = {0};
    PersonRow person = {0};
    InvitedRows rows = {0};
    Hash hash;

    TRY(enrolment_code_hash(taking->codes.secrets[0], &hash));
    TRY(store_enrolment_by_code(tx, &hash, &code));
    if (code.used_at != 0 || period_has_ended((Period){.to_at = code.expires_at}, taking->actor->now))
        return fail(E_NOT_FOUND);
    TRY(store_person_by_id(tx, code.person, taking->scratch, &person));
    TRY(store_invited_of_person(tx, code.person, taking->scratch, &rows));
    if (person.login_index.length > 0 || rows.count != 1 || !is_open(&rows.items[0], taking->actor->now) ||
        id_equal(rows.items[0].maker, taking->actor->person))
        return fail(E_NOT_FOUND);
    taking->row = rows.items[0];
    return ok();
}

static Err take_work(Tx *tx, void *context)
{
    Taking *taking = context;

    TRY(find_asked(tx, taking));
    AuditLine line = line_of_nobody(taking->actor, ACT_INVITATION_TAKE, taking->row.invitation);
    const Id made = taking->row.person;
    TRY(store_audit(tx, &line));
    taking->row.person = taking->actor->person;
    TRY(store_invited_update(tx, &taking->row));
    return store_invited_account_end(tx, made);
}

Err invited_take(const Actor *actor, Str code, Arena *scratch, Id *ret_invitation)
{
    Taking taking = {.actor = actor, .scratch = scratch};

    TRY(may(actor, ACT_INVITATION_TAKE));
    TRY(enrolment_codes_read(code, scratch, &taking.codes));
    if (taking.codes.count != 1)
        return fail(E_NOT_FOUND);
    TRY(service_write(actor, take_work, &taking));
    *ret_invitation = taking.row.invitation;
    return ok();
}

/* ---- yes ---- */

typedef struct Answering {
    Service *service;
    const Actor *actor;
    const InvitedYes *yes;
    Arena *scratch;
    InvitedRow own;
    InvitationRow row;
    ScopeKeyRow scope;
    bool first;      /* nobody has said yes before: the key is made now */
    Settings settings;
    Pending pending;
} Answering;

static Err read_asked(Answering *answering, Id invitation)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(answering->actor->store, &tx));
    TRY(own_row(tx, answering->actor, invitation, answering->scratch, &answering->own));
    TRY(store_invitation_by_id(tx, invitation, answering->scratch, &answering->row));
    TRY(asker_holds(tx, &answering->row, answering->actor->now));
    TRY(settings_now(tx, answering->scratch, &answering->settings));
    answering->first = answering->row.sealed.length == 0;
    if (answering->own.said_at != 0)
        return fail(E_NOT_FOUND);
    return answering->first ? ok() : store_scope(tx, invitation, answering->scratch, &answering->scope);
}

static Err check_numbers(const Answering *answering)
{
    Str child = values_at(&answering->yes->child, CHILD_NATIONAL_ID), own = values_at(&answering->yes->guardian, GUARDIAN_NATIONAL_ID);

    if (child.length > 0)
        TRY(national_accept(child, answering->service->mode));
    if (own.length > 0)
        TRY(national_accept(own, answering->service->mode));
    return child.length > 0 && str_equal(child, own) ? fail(E_INVALID) : ok();
}

/* What no log could be made of is refused here, and not when the holder makes it. */
static Err check(const Answering *answering)
{
    const InvitedYes *yes = answering->yes;
    const Day today = oslo_day(answering->actor->now);
    unsigned months = (unsigned)answering->settings.values[SETTING_CONSENT_LIFETIME];

    if (yes->child.kind->id != KIND_CHILD || yes->guardian.kind->id != KIND_GUARDIAN ||
        values_at(&yes->child, CHILD_NAME).length == 0 || values_at(&yes->guardian, GUARDIAN_NAME).length == 0 ||
        child_faults(&yes->child) != 0)
        return fail(E_INVALID);
    if (!dates_good(&yes->child, (Written){.today = today}) || yes->until < today || consent_days(today, yes->until, today, months) != 0)
        return fail(E_INVALID);
    const InvitedState asked = {.joins = !id_is_none(answering->row.log), .consent_age = answering->settings.values[SETTING_CONSENT_AGE]};
    return invited_is_of_age(&asked, &yes->child, today) ? fail(E_REFUSED) : check_numbers(answering);
}

static Err consent_of(const Answering *answering, Values *ret_consent)
{
    const Day today = oslo_day(answering->actor->now);
    unsigned months = (unsigned)answering->settings.values[SETTING_CONSENT_LIFETIME];
    Values values = {.kind = kind_of(KIND_CONSENT)};
    const char digit[] = {(char)('0' + answering->row.required)};
    Str given = STR_NONE, last = STR_NONE, count = STR_NONE;

    TRY(str_copy(answering->scratch, str_from_bytes(digit, sizeof digit), &count));
    TRY(log_day_text(today, answering->scratch, &given));
    TRY(log_day_text(consent_last_day(today, answering->yes->until, months), answering->scratch, &last));
    values_put(&values, CONSENT_REQUIRED_PERSONS, count);
    values_put(&values, CONSENT_GIVEN_ON, given);
    values_put(&values, CONSENT_METHOD, code_text(CONSENT_METHOD_IN_APP));
    values_put(&values, CONSENT_TEXT_VERSION, STR(CONSENT_TEXT_EDITION));
    values_put(&values, CONSENT_VALID_FROM, given);
    values_put(&values, CONSENT_VALID_TO, last);
    *ret_consent = values;
    return ok();
}

static Err make_key(Answering *answering, Key *ret_key)
{
    const KeyUse use = actor_key(answering->actor, PURPOSE_WRITE, SCOPE_PENDING, answering->row.id);
    WrappedKey wrapped;

    if (!answering->first)
        return keys_unwrap(answering->service->keys, use, answering->scope.wrapped, ret_key);
    TRY(keys_scope_new(answering->service->keys, use, (IndexedBy){0}, &wrapped, ret_key));
    answering->scope = scope_row(SCOPE_PENDING, answering->row.id, &wrapped, 1);
    return str_copy(answering->scratch, answering->scope.wrapped, &answering->scope.wrapped);
}

static Err seal(Answering *answering)
{
    AUTO(key_wipe) Key key = {0};
    const OpenScope scope = {answering->service, answering->actor->tenant, &key};
    PendingConsent *own = NULL;
    InvitationRow *row = &answering->row;

    TRY(make_key(answering, &key));
    if (!answering->first)
        TRY(pending_open(&scope, row, answering->scratch, &answering->pending));
    if (answering->pending.count >= row->required)
        return fail(E_NOT_FOUND);
    own = &answering->pending.items[answering->pending.count];
    *own = (PendingConsent){.person = answering->actor->person, .child = answering->yes->child, .guardian = answering->yes->guardian};
    TRY(consent_of(answering, &own->consent));
    if (!pending_fits(&answering->pending, own))
        return fail(E_RANGE);
    answering->pending.count++;
    return pending_seal(&scope, (RowVersion){row->id, row->version + 1}, &answering->pending, answering->scratch, &row->sealed);
}

/* Asked again in the work: the row of before may be over, answered, or gone. */
static Err yes_work(Tx *tx, void *context)
{
    Answering *answering = context;
    AuditLine line = line_of_nobody(answering->actor, ACT_INVITATION_ANSWER, answering->row.id);
    InvitedRow own = {0};

    TRY(store_audit(tx, &line));
    TRY(own_row(tx, answering->actor, answering->row.id, answering->scratch, &own));
    if (own.said_at != 0)
        return fail(E_NOT_FOUND);
    TRY(asker_holds(tx, &answering->row, answering->actor->now));
    TRY(store_invitation_seal(tx, &answering->row));
    if (answering->first)
        TRY(store_scope_insert(tx, &answering->scope));
    own.said_at = answering->actor->now;
    return store_invited_update(tx, &own);
}

Err invited_yes(Service *service, const Actor *actor, Id invitation, const InvitedYes *yes, Arena *scratch)
{
    Answering answering = {.service = service, .actor = actor, .yes = yes, .scratch = scratch};

    TRY(may(actor, ACT_INVITATION_ANSWER));
    TRY(read_asked(&answering, invitation));
    TRY(check(&answering));
    TRY(seal(&answering));
    return service_write(actor, yes_work, &answering);
}

/* ---- no ---- */

typedef struct Denying {
    const Actor *actor;
    Id invitation;
    Arena *scratch;
    bool gone;
} Denying;

static Err no_work(Tx *tx, void *context)
{
    Denying *denying = context;
    AuditLine line = line_of_nobody(denying->actor, ACT_INVITATION_DENY, denying->invitation);
    InvitedRow own = {0};
    PersonRow person = {0};

    TRY(store_audit(tx, &line));
    TRY(own_row(tx, denying->actor, denying->invitation, denying->scratch, &own));
    TRY(store_invitation_end(tx, denying->invitation));
    Err left = store_person_by_id(tx, denying->actor->person, denying->scratch, &person);
    denying->gone = left.id == E_NOT_FOUND;
    return denying->gone ? ok() : left;
}

Err invited_no(Service *service, const Actor *actor, Id invitation, bool *ret_gone)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Denying denying = {.actor = actor, .invitation = invitation};

    TRY(may(actor, ACT_INVITATION_DENY));
    TRY(arena_new(ANSWER_ARENA, &arena));
    denying.scratch = arena;
    TRY(service_write(actor, no_work, &denying));
    contact_purge(actor->store);
    if (denying.gone) {
        Err ended = keys_grant_end(service->keys, actor->grant);
        (void)ended; /* it ends by itself */
    }
    *ret_gone = denying.gone;
    return ok();
}
