/* Makes sessions: tokens, form secrets, grants.
 * Must not decide who may have one.
 * Called by the other parts of the session service. */
#include "service/session/make.h"

#include "domain/signin.h"
#include "service/heads.h"
#include "service/session/host_list.h"
#include "service/session/memory.h"

Err session_visitor(Service *service, Id tenant, Actor *ret_actor)
{
    Actor actor = {.tenant = tenant};

    /* A cookie says which municipality: one that this host does not have must not come as far as a database. */
    TRY(host_list_has(service, sessions_host_list(service->sessions), tenant));
    TRY(store_of(service->stores, tenant, &actor.store));
    TRY(world_now(service->world, &actor.now));
    TRY(world_id(service->world, &actor.request));
    *ret_actor = actor;
    return ok();
}

Err session_hash(const SessionToken *token, Hash *ret_hash)
{
    return sha256(str_from_bytes(token->bytes, sizeof token->bytes), ret_hash->bytes);
}

/* Token and form secret are fresh whenever a session begins or changes its role. */
static Err draw(Service *service, NewSession *session)
{
    TRY(world_random(service->world, session->token.bytes, sizeof session->token.bytes));
    TRY(world_random(service->world, session->form_secret, sizeof session->form_secret));
    TRY(session_hash(&session->token, &session->row.token_hash));
    session->row.form_secret = str_from_bytes(session->form_secret, sizeof session->form_secret);
    return ok();
}

static Err grant(Service *service, const Actor *actor, SessionRow *row)
{
    const GrantWish wish = {.tenant = actor->tenant, .person = row->person, .role = row->role, .ends_at = row->ends_at};

    return heads_grant(service, wish, &row->grant);
}

Err session_make(Service *service, const Actor *visitor, Id person, NewSession *session)
{
    session->row = (SessionRow){
        .person = person,
        .created_at = visitor->now,
        .proved_at = visitor->now,
        .touched_at = visitor->now,
        .ends_at = visitor->now + SESSION_WHOLE_MS,
    };
    TRY(draw(service, session));
    return grant(service, visitor, &session->row);
}

Err session_remake(Service *service, const Actor *actor, const SessionRow *old, const RoleChoice *choice,
                   NewSession *session)
{
    session->row = (SessionRow){
        .person = old->person,
        .role_row = choice->role_row,
        .role = (uint8_t)choice->role,
        .unit = choice->unit,
        .created_at = old->created_at,
        .proved_at = old->proved_at,
        .touched_at = actor->now,
        .ends_at = old->ends_at,
    };
    TRY(draw(service, session));
    return grant(service, actor, &session->row);
}
