/* A session's life: its roles, choosing one, going on, ending, and its form secret.
 * Must not go on with a role that has ended, a session that was idle too long, or one of another municipality.
 * Called by web and api. Rules: sign-in 1, 9, reading-and-writing 2. */
#include "service/session/session.h"

#include <string.h>

#include "domain/period.h"
#include "domain/signin.h"
#include "service/people/rights.h"
#include "service/session/make.h"
#include "store/store.h"
#include "store/volatile.h"

/* Nothing of a session is told to whoever has not got one: every way of not having it is one answer. A row that somebody else
 * wrote is none of ours; the store has told of it. */
static Err no_session(Err err)
{
    return err.id == E_NOT_FOUND || err.id == E_FORGED ? fail(E_NO_SESSION) : err;
}

bool session_takes_part(const ParticipantRow *row, Role role, int64_t now)
{
    bool child = role == ROLE_CHILD && row->let_in && period_has_begun(PERIOD_OF(row), now);

    return row->role == role && (child || (role != ROLE_CHILD && period_in_force(PERIOD_OF(row), now)));
}

static bool takes_part(const ParticipantRows *rows, Role role, int64_t now)
{
    for (uint32_t i = 0; i < rows->count; i++)
        if (session_takes_part(&rows->items[i], role, now))
            return true;
    return false;
}

/* Whether this person holds this role now. */
typedef struct Holding {
    Id person;
    RoleChoice choice;
    int64_t now;
} Holding;

/* Staff hold a role by their row; zeros are none. */
static bool staff_holds(const Holding *asked, const RoleRow *row)
{
    const RoleChoice *choice = &asked->choice;

    return !id_is_none(row->id) && id_equal(row->id, choice->role_row) && id_equal(row->person, asked->person) &&
           row->role == choice->role && id_equal(row->unit, choice->unit) && period_in_force(PERIOD_OF(row), asked->now);
}

/* The family holds theirs by taking part in a log. */
static bool family_takes_part(const Holding *asked, const ParticipantRows *own)
{
    return id_is_none(asked->choice.role_row) && takes_part(own, asked->choice.role, asked->now);
}

/* Or by being asked for a consent, before there is a log. */
static Err is_asked(Tx *tx, const Holding *asked, Arena *scratch, bool *ret_holds)
{
    if (!id_is_none(asked->choice.role_row) || asked->choice.role != ROLE_GUARDIAN)
        return ok();
    return rights_is_asked(tx, asked->person, asked->now, scratch, ret_holds);
}

static Err family_holds(Tx *tx, const Holding *asked, Arena *scratch, bool *ret_holds)
{
    ParticipantRows own = {0};

    TRY(store_participations(tx, asked->person, scratch, &own));
    *ret_holds = family_takes_part(asked, &own);
    return *ret_holds ? ok() : is_asked(tx, asked, scratch, ret_holds);
}

/* Asked when a role is chosen, of all that the person was given: one that has ended and was put back is not taken. With a role that
 * ends its sessions end, so that none is left for one that is put back later. */
static Err role_holds(Tx *tx, const Holding *asked, Arena *scratch, bool *ret_holds)
{
    PersonRights given = {0};
    bool holds = false;

    TRY(store_rights(tx, asked->person, scratch, &given));
    if (role_is_family(asked->choice.role))
        holds = family_takes_part(asked, &given.places);
    if (role_is_family(asked->choice.role) && !holds)
        TRY(is_asked(tx, asked, scratch, &holds));
    for (uint32_t i = 0; i < given.roles.count && !holds; i++)
        holds = staff_holds(asked, &given.roles.items[i]);
    *ret_holds = holds;
    return ok();
}

static SessionTimes times_of(const SessionRow *row)
{
    return (SessionTimes){.created_at = row->created_at, .touched_at = row->touched_at, .ends_at = row->ends_at};
}

static bool is_alive(const SessionRow *row, int64_t now)
{
    return signin_session_alive(times_of(row), (Role)row->role, now);
}

/* Alive but for the time since it was last touched. */
static bool is_idle(const SessionRow *row, int64_t now)
{
    SessionTimes touched = times_of(row);

    touched.touched_at = now;
    return row->role != ROLE_NONE && row->touched_at <= now && !is_alive(row, now) &&
           signin_session_alive(touched, (Role)row->role, now);
}

/* A session that is as `wanted` says, at a time. */
typedef struct SessionWish {
    const SessionToken *token; /* NULL where its hash is known */
    Hash hash;
    bool (*wanted)(const SessionRow *row, int64_t now);
    int64_t now;
} SessionWish;

/* With its role still held by its person. */
static Err find_session(Tx *tx, const SessionWish *wish, Arena *keep, SessionRow *ret_row)
{
    SessionRow row = {0};
    RoleRow role = {0};
    bool holds = true;

    /* But for the family's, whose part in a log is asked for at a later moment then. */
    store_read_last(tx);
    TRY(no_session(store_session_with_role(tx, &wish->hash, keep, &row, &role)));
    if (row.role >= ROLE_COUNT || !wish->wanted(&row, wish->now))
        return fail(E_NO_SESSION);
    const Holding asked = {.person = row.person, .now = wish->now,
                           .choice = {.role_row = row.role_row, .role = (Role)row.role, .unit = row.unit}};
    if (role_is_family(asked.choice.role))
        TRY(family_holds(tx, &asked, keep, &holds));
    else if (asked.choice.role != ROLE_NONE)
        holds = staff_holds(&asked, &role);
    if (!holds)
        return fail(E_NO_SESSION);
    *ret_row = row;
    return ok();
}

static Err become(Resumed *resumed)
{
    const SessionRow *row = &resumed->row;

    if (row->form_secret.length != sizeof resumed->actor.form_secret)
        return fail(E_FORGED);
    memcpy(resumed->actor.form_secret, row->form_secret.data, sizeof resumed->actor.form_secret);
    resumed->actor.person = row->person;
    resumed->actor.role_row = row->role_row;
    resumed->actor.role = (Role)row->role;
    resumed->actor.unit = row->unit;
    resumed->actor.grant = row->grant;
    resumed->actor.session = row->token_hash;
    resumed->actor.proved_at = row->proved_at;
    return ok();
}

static Err resume(Service *service, Id tenant, SessionWish wish, Arena *arena, Resumed *ret_resumed)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Resumed resumed = {0};

    TRY(no_session(session_visitor(service, tenant, &resumed.actor)));
    if (wish.token)
        TRY(session_hash(wish.token, &wish.hash));
    wish.now = resumed.actor.now;
    TRY(store_read(resumed.actor.store, &tx));
    TRY(find_session(tx, &wish, arena, &resumed.row));
    TRY(become(&resumed));
    *ret_resumed = resumed;
    return ok();
}

Err session_resumed(Service *service, Id tenant, const SessionToken *token, Arena *arena, Resumed *ret_resumed)
{
    return resume(service, tenant, (SessionWish){.token = token, .wanted = is_alive}, arena, ret_resumed);
}

Err session_of(Service *service, Id tenant, const Hash *hash, Actor *ret_actor)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Resumed resumed;

    TRY(arena_new(SESSION_ARENA, &arena));
    TRY(resume(service, tenant, (SessionWish){.hash = *hash, .wanted = is_alive}, arena, &resumed));
    *ret_actor = resumed.actor;
    return ok();
}

static Err store_touch(Tx *tx, void *context)
{
    const Resumed *resumed = context;

    return store_session_touch(tx, &resumed->row.token_hash, resumed->actor.now);
}

/* The grant is told as well: whoever reads pages that need no key is not idle. What needs a key says by itself when the
 * grant is gone. */
static Err touch(Service *service, Resumed *resumed)
{
    TRY(store_write(resumed->actor.store, store_touch, resumed));
    Err told = keys_grant_touch(service->keys, resumed->actor.grant, resumed->actor.tenant);
    (void)told;
    return ok();
}

Err session_resume(Service *service, Id tenant, const SessionToken *token, Actor *ret_actor)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Resumed resumed;

    TRY(arena_new(SESSION_ARENA, &arena));
    TRY(resume(service, tenant, (SessionWish){.token = token, .wanted = is_alive}, arena, &resumed));
    if (signin_session_touch_due(times_of(&resumed.row), resumed.actor.now))
        TRY(touch(service, &resumed));
    *ret_actor = resumed.actor;
    return ok();
}

Err session_resume_idle(Service *service, Id tenant, const SessionToken *token, IdleActor *ret_actor)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Resumed resumed;

    TRY(arena_new(SESSION_ARENA, &arena));
    TRY(resume(service, tenant, (SessionWish){.token = token, .wanted = is_idle}, arena, &resumed));
    ret_actor->actor = resumed.actor;
    return ok();
}

Err session_taken(Tx *tx, const SessionRow *row)
{
    return no_session(store_session_take(tx, &row->token_hash));
}

typedef struct Change {
    const Resumed *old;
    const SessionRow *row;
    AuditLine line;
} Change;

static Err store_change(Tx *tx, void *context)
{
    const Change *change = context;

    TRY(store_audit(tx, &change->line));
    TRY(session_taken(tx, &change->old->row));
    return store_session_insert(tx, change->row);
}

/* Every role of a person is theirs to choose: what is asked of the policy is only that it is a role at all. */
static Err may_choose(const Resumed *resumed, const RoleChoice *choice, Arena *scratch)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    bool holds = false;
    Why why = policy_decide((Ask){.act = ACT_ROLE_CHOOSE, .role = choice->role});

    TRY(store_read(resumed->actor.store, &tx));
    const Holding asked = {.person = resumed->row.person, .choice = *choice, .now = resumed->actor.now};
    TRY(role_holds(tx, &asked, scratch, &holds));
    store_read_endp(&tx);
    if (holds && why == WHY_ALLOWED)
        return ok();
    return service_refuse(&resumed->actor, ACT_ROLE_CHOOSE, OBJECT_ROLE, choice->role_row, holds ? why : WHY_ROLE);
}

void session_end_grant(Service *service, Id grant)
{
    Err ended = keys_grant_end(service->keys, grant);
    (void)ended;
}

Err session_choose(Service *service, Id tenant, const SessionToken *token, const RoleChoice *choice,
                   SessionToken *ret_token)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Resumed resumed;
    NewSession session;

    TRY(arena_new(SESSION_ARENA, &arena));
    TRY(resume(service, tenant, (SessionWish){.token = token, .wanted = is_alive}, arena, &resumed));
    TRY(may_choose(&resumed, choice, arena));
    TRY(session_remake(service, &resumed.actor, &resumed.row, choice, &session));
    Change change = {
        .old = &resumed,
        .row = &session.row,
        .line = service_line(&resumed.actor, ACT_ROLE_CHOOSE, OBJECT_ROLE, choice->role_row),
    };
    change.line.role = (uint8_t)choice->role;
    change.line.unit = choice->unit;
    Err stored = store_write(resumed.actor.store, store_change, &change);
    session_end_grant(service, is_ok(stored) ? resumed.row.grant : session.row.grant);
    TRY(stored);
    *ret_token = session.token;
    return ok();
}

static Err store_end(Tx *tx, void *context)
{
    const Actor *actor = context;
    AuditLine line = service_line(actor, ACT_SIGN_OUT, OBJECT_PERSON, actor->person);

    TRY(store_audit(tx, &line));
    Err taken = store_session_take(tx, &actor->session);
    /* It went on under another id at this very moment; whoever leaves shall have left. */
    return taken.id == E_NOT_FOUND ? store_sessions_delete_of_person(tx, actor->person) : taken;
}

Err session_sign_out(Service *service, const Actor *actor)
{
    Actor own = *actor;

    TRY(store_write(actor->store, store_end, &own));
    session_end_grant(service, actor->grant);
    return ok();
}
