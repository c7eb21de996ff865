/* Scope keys: made, opened for a purpose, looked up, checked.
 * Must not give a key before its ceiling was asked, nor open what was wrapped for another place.
 * Called by the agent's table. */
#include "keyd/agent_scopes.h"

#include "keyd/purposes.h"

#define NO_BAD_ONE UINT32_MAX
#define CHECK_SEALED_MAX 65536

/* The place that a message speaks of. */
typedef struct Place {
    Id tenant;
    ScopePlace of;
} Place;

static Err find_place(Turn *turn, Place *place)
{
    if (place->of.kind < SCOPE_LOG || place->of.kind > SCOPE_TRANSFER)
        return fail(E_MALFORMED);
    return agent_municipality(turn->agent, place->tenant, &place->of.municipality);
}

/* A wrapped value of another form was never made here. One of an epoch that is over was read before it was wrapped anew: whoever
 * asks reads it again. */
static Err open_scope(Turn *turn, const Place *place, Str wrapped, Scope *ret_scope)
{
    Err opened = scope_open(turn->agent->options.crypto, &place->of, wrapped, ret_scope);
    if (opened.id == E_STALE)
        return fail(E_BUSY);
    return opened.id == E_MALFORMED ? fail(E_FORGED) : opened;
}

static Err wrap_into_reply(Turn *turn, const Place *place, const Scope *scope)
{
    WrappedKey wrapped;
    TRY(scope_wrap(turn->agent->options.crypto, &place->of, scope, &wrapped));
    wire_add_wrapped(turn->reply, &wrapped);
    return ok();
}

/* One use, under the ceilings of the grant's municipality, as large as it is now. */
static Use use_of(const Turn *turn, Spend act, const Grant *grant, Id object)
{
    const KeyFile *file = turn->agent->file;
    const size_t at = key_file_find(file, grant->tenant);

    return (Use){.act = act, .tenant = grant->tenant, .person = grant->person, .grant = grant->id, .object = object,
                 .amount = 1, .now = turn->now,
                 .made = at < file->municipality_count ? file->municipalities[at].made : (ScopesMade){0}};
}

static Err spend(Turn *turn, Spend act, const Grant *grant, Id object)
{
    const Use use = use_of(turn, act, grant, object);

    return ceilings_spend(grants_ceilings(turn->agent->grants), &use);
}

#define NATIONAL_ID_DIGITS 11

static bool is_digits(Str text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return true;
}

/* What a scope may be found by. A user name is nothing of it: whoever chose one would be found as somebody else. */
static const bool found_by[][INDEX_EMAIL + 1] = {
    [SCOPE_LOG] = {[INDEX_NONE] = true, [INDEX_NATIONAL_ID] = true},
    [SCOPE_PERSON] = {[INDEX_NONE] = true, [INDEX_NATIONAL_ID] = true, [INDEX_EMAIL] = true},
    [SCOPE_REGISTER] = {[INDEX_NONE] = true},
    [SCOPE_PENDING] = {[INDEX_NONE] = true},
    [SCOPE_REPORT] = {[INDEX_NONE] = true},
    [SCOPE_TRANSFER] = {[INDEX_NONE] = true},
};

/* The look-ups of names are counted otherwise than those of numbers: neither may pass for the other. */
static bool is_of_kind(IndexedBy by)
{
    switch (by.kind) {
    case INDEX_NONE:
        return by.text.length == 0;
    case INDEX_NATIONAL_ID:
        return by.text.length == NATIONAL_ID_DIGITS && is_digits(by.text);
    case INDEX_USER_NAME:
    case INDEX_EMAIL:
        return by.text.length > 0 && !is_digits(by.text);
    }
    return false;
}

typedef struct ScopeRequest {
    Id grant_id;
    Place place;
    IndexedBy by;
} ScopeRequest;

static Err read_scope_request(Turn *turn, ScopeRequest *request)
{
    request->grant_id = turn_id(turn);
    request->place.tenant = turn_id(turn);
    request->place.of.kind = (ScopeKind)cursor_u8(turn->body);
    request->place.of.id = turn_id(turn);
    request->by.kind = (IndexKind)cursor_u8(turn->body);
    return wire_read_text(turn->body, INDEX_TEXT_MAX, &request->by.text);
}

static Err authorise_scope_request(Turn *turn, ScopeRequest *request)
{
    Grant grant;
    TRY(find_place(turn, &request->place));
    if ((size_t)request->by.kind >= COUNT_OF(found_by[0]) || !found_by[request->place.of.kind][request->by.kind] ||
        !is_of_kind(request->by))
        return fail(E_RANGE);
    TRY(grants_find(turn->agent->grants, request->grant_id, request->place.tenant, turn->now, &grant));
    TRY(purpose_makes(request->place.of.kind, grant.role, turn->agent->file->mode));
    return request->by.kind != INDEX_NONE ? spend(turn, SPEND_INDEXED, &grant, request->place.of.id) : ok();
}

/* One scope more, of which ceilings are a share. What goes beyond a day's growth is made and not counted, so that nobody
 * raises the ceilings by making scopes. It stands in the key file when that is written next. */
static void count_made(Turn *turn, const Place *place)
{
    KeyFile *file = turn->agent->file;
    const Grant anybody = {.tenant = place->tenant};
    const Spend act = place->of.kind == SCOPE_LOG ? SPEND_LOG_MADE : SPEND_PERSON_MADE;
    const size_t at = key_file_find(file, place->tenant);

    const bool counts = place->of.kind == SCOPE_LOG || place->of.kind == SCOPE_PERSON;
    if (!counts || at == file->municipality_count || !is_ok(spend(turn, act, &anybody, (Id){0})))
        return;
    ScopesMade *made = &file->municipalities[at].made;
    uint32_t *count = place->of.kind == SCOPE_LOG ? &made->logs : &made->persons;
    *count += *count < UINT32_MAX;
}

Err agent_scope_new(Turn *turn)
{
    ScopeRequest request = {0};
    AUTO(scope_wipe) Scope scope = {0};

    TRY(read_scope_request(turn, &request));
    TRY(cursor_done(turn->body));
    TRY(authorise_scope_request(turn, &request));
    TRY(scope_make(turn->agent->options.crypto, request.place.of.municipality, request.by, &scope));
    TRY(wrap_into_reply(turn, &request.place, &scope));
    buf_add_bytes(turn->reply, scope.key.bytes, KEY_BYTES);
    count_made(turn, &request.place);
    return ok();
}

Err agent_scope_index(Turn *turn)
{
    ScopeRequest request = {0};
    AUTO(scope_wipe) Scope scope = {0};

    TRY(read_scope_request(turn, &request));
    Str wrapped = cursor_bytes(turn->body, WRAPPED_BYTES);
    TRY(cursor_done(turn->body));
    TRY(authorise_scope_request(turn, &request));
    TRY(open_scope(turn, &request.place, wrapped, &scope));
    TRY(scope_set_index(turn->agent->options.crypto, request.place.of.municipality, request.by, &scope));
    return wrap_into_reply(turn, &request.place, &scope);
}

/* Signing in happens before there is a grant: keys of persons only, with a ceiling of its own. A grant that was idle too
 * long opens drafts. */
static Err authorise_unwrap(Turn *turn, Id grant_id, Purpose purpose, const Place *place)
{
    Grants *grants = turn->agent->grants;
    Grant grant = {.tenant = place->tenant};
    Spend act = SPEND_NONE;

    if (purpose == PURPOSE_SIGN_IN)
        return place->of.kind == SCOPE_PERSON && id_is_none(grant_id) ? spend(turn, SPEND_SIGN_IN, &grant, place->of.id)
                                                                   : fail(E_NO_GRANT);
    if (purpose == PURPOSE_DRAFT)
        TRY(grants_find_idle(grants, grant_id, place->tenant, turn->now, &grant));
    else
        TRY(grants_find(grants, grant_id, place->tenant, turn->now, &grant));
    if (purpose_is_nobodys(purpose) && !id_is_none(grant.person))
        return fail(E_RANGE);
    TRY(purpose_opens(purpose, place->of.kind, grant.role, &act));
    return act == SPEND_NONE ? ok() : spend(turn, act, &grant, place->of.id);
}

/* One scope of a question, and what is found there. */
typedef struct Wanted {
    Purpose purpose;
    Place place;
    Scope scope;
    Key key;
} Wanted;

static Err open_wanted(Turn *turn, Id tenant, Wanted *wanted)
{
    wanted->place.tenant = tenant;
    wanted->purpose = (Purpose)cursor_u8(turn->body);
    wanted->place.of.kind = (ScopeKind)cursor_u8(turn->body);
    wanted->place.of.id = turn_id(turn);
    Str wrapped = cursor_bytes(turn->body, WRAPPED_BYTES);
    TRY(find_place(turn, &wanted->place));
    return open_scope(turn, &wanted->place, wrapped, &wanted->scope);
}

/* An import compares persons (authorise_unwrap lets it open nothing else), and is counted by ceilings of its own. */
static Purpose given_for(Purpose purpose)
{
    return purpose == PURPOSE_IMPORT ? PURPOSE_READ : purpose;
}

/* All are opened before the first is counted: what was wrapped elsewhere spends nothing. They are counted one by one, each
 * under its own ceilings, as if each had been asked for alone; a refusal gives none. */
Err agent_unwrap(Turn *turn)
{
    Wanted *wanted = NULL;

    Id grant_id = turn_id(turn);
    Id tenant = turn_id(turn);
    uint32_t count = cursor_u8(turn->body);
    if (turn->body->failed || count < 1 || count > UNWRAP_MAX)
        return fail(E_MALFORMED);
    TRY(ARENA_NEW(turn->keep, Wanted, count, &wanted));
    for (uint32_t i = 0; i < count; i++)
        TRY(open_wanted(turn, tenant, &wanted[i]));
    for (uint32_t i = 0; i < count; i++)
        TRY(authorise_unwrap(turn, grant_id, wanted[i].purpose, &wanted[i].place));
    for (uint32_t i = 0; i < count; i++)
        TRY(scope_key_for(turn->agent->options.crypto, &wanted[i].scope, given_for(wanted[i].purpose), &wanted[i].key));
    for (uint32_t i = 0; i < count; i++)
        buf_add_bytes(turn->reply, wanted[i].key.bytes, KEY_BYTES);
    buf_add_zeros(turn->reply, (size_t)(UNWRAP_MAX - count) * KEY_BYTES);
    return ok();
}

static Err header_key(Turn *turn, Place *place, Key *ret_key)
{
    AUTO(scope_wipe) Scope scope = {0};
    place->of.id = turn_id(turn);
    TRY(open_scope(turn, place, cursor_bytes(turn->body, WRAPPED_BYTES), &scope));
    return scope_key_for(turn->agent->options.crypto, &scope, PURPOSE_HEADER, ret_key);
}

/* All of them as uses, and each log once an hour and a day. */
static Err spend_headers(Turn *turn, const Grant *grant, const Id *logs, uint32_t count)
{
    Ceilings *ceilings = grants_ceilings(turn->agent->grants);
    Use use = use_of(turn, SPEND_HEADER, grant, (Id){0});

    use.amount = count;
    TRY(ceilings_spend(ceilings, &use));
    use.person = use.grant = (Id){0};
    use.amount = 1;
    for (uint32_t i = 0; i < count; i++) {
        use.object = logs[i];
        TRY(ceilings_spend(ceilings, &use));
    }
    return ok();
}

Err agent_unwrap_headers(Turn *turn)
{
    Place place = {.of.kind = SCOPE_LOG};
    Grant grant;
    Key *keys = NULL;
    Id *logs = NULL;
    uint32_t bad = NO_BAD_ONE;
    Spend act;

    Id grant_id = turn_id(turn);
    place.tenant = turn_id(turn);
    uint32_t count = cursor_u16(turn->body);
    if (turn->body->failed || count < 1 || count > HEADERS_MAX)
        return fail(E_MALFORMED);
    TRY(find_place(turn, &place));
    TRY(grants_find(turn->agent->grants, grant_id, place.tenant, turn->now, &grant));
    TRY(purpose_opens(PURPOSE_HEADER, SCOPE_LOG, grant.role, &act));
    TRY(ARENA_NEW(turn->keep, Key, count, &keys));
    TRY(ARENA_NEW(turn->keep, Id, count, &logs));
    for (uint32_t i = 0; i < count && bad == NO_BAD_ONE; i++) {
        Err opened = header_key(turn, &place, &keys[i]);
        if (opened.id == E_FORGED)
            bad = i;
        else
            TRY(opened);
        logs[i] = place.of.id;
    }
    if (bad == NO_BAD_ONE)
        TRY(spend_headers(turn, &grant, logs, count));
    buf_add_u32(turn->reply, bad);
    uint32_t given = bad == NO_BAD_ONE ? count : 0;
    buf_add_bytes(turn->reply, keys, (size_t)given * KEY_BYTES);
    buf_add_zeros(turn->reply, (size_t)(HEADERS_MAX - given) * KEY_BYTES);
    return ok();
}

static Err authorise_look_up(Turn *turn, Id grant_id, Id tenant, Purpose purpose, IndexKind kind)
{
    Grant grant = {.tenant = tenant};
    Spend act;

    if ((kind == INDEX_USER_NAME) != (purpose == PURPOSE_SIGN_IN))
        return fail(E_RANGE);
    if (kind == INDEX_USER_NAME)
        return spend(turn, SPEND_SIGN_IN, &grant, (Id){0});
    TRY(grants_find(turn->agent->grants, grant_id, tenant, turn->now, &grant));
    TRY(purpose_looks_up(purpose, kind, grant.role, &act));
    return spend(turn, act, &grant, (Id){0});
}

Err agent_blind_index(Turn *turn)
{
    const Municipality *municipality;
    BlindIndex index = {0};
    IndexedBy by = {0};

    Id grant_id = turn_id(turn);
    Id tenant = turn_id(turn);
    Purpose purpose = (Purpose)cursor_u8(turn->body);
    by.kind = (IndexKind)cursor_u8(turn->body);
    TRY(wire_read_text(turn->body, INDEX_TEXT_MAX, &by.text));
    TRY(cursor_done(turn->body));
    if (by.kind == INDEX_NONE || !is_of_kind(by))
        return fail(E_RANGE);
    TRY(agent_municipality(turn->agent, tenant, &municipality));
    TRY(authorise_look_up(turn, grant_id, tenant, purpose, by.kind));
    TRY(municipality_index(turn->agent->options.crypto, municipality, by, &index));
    buf_add_bytes(turn->reply, index.name, INDEX_BYTES);
    buf_add_bytes(turn->reply, index.present, INDEX_BYTES);
    buf_add_bytes(turn->reply, index.former, INDEX_BYTES);
    return ok();
}

typedef struct CheckRequest {
    Place place;
    Str wrapped;
    uint8_t label;
    SealContext context;
    Str sealed;
} CheckRequest;

static Err read_check(Turn *turn, CheckRequest *request)
{
    request->place.tenant = turn_id(turn);
    request->place.of.kind = (ScopeKind)cursor_u8(turn->body);
    request->wrapped = cursor_bytes(turn->body, WRAPPED_BYTES);
    request->label = cursor_u8(turn->body);
    request->context.mode = (Mode)cursor_u8(turn->body);
    request->context.table = cursor_u8(turn->body);
    request->context.column = cursor_u8(turn->body);
    request->context.row = turn_id(turn);
    request->context.version = cursor_u32(turn->body);
    request->context.tenant = request->place.tenant;
    request->context.scope = request->place.of.id = turn_id(turn);
    uint32_t length = cursor_u32(turn->body);
    Str room = cursor_bytes(turn->body, CHECK_SEALED_MAX);
    if (length > CHECK_SEALED_MAX || request->label > LABEL_SECRET)
        return fail(E_MALFORMED);
    request->sealed = str_slice(room, 0, length);
    return cursor_done(turn->body);
}

/* Says good or bad and gives nothing away: needs no grant. */
Err agent_check(Turn *turn)
{
    const Crypto *crypto = turn->agent->options.crypto;
    CheckRequest request = {0};
    AUTO(scope_wipe) Scope scope = {0};
    AUTO(key_wipe) Key key = {0};
    Str plain;

    TRY(read_check(turn, &request));
    TRY(find_place(turn, &request.place));
    if (request.context.mode != turn->agent->file->mode)
        return fail(E_FORGED);
    TRY(open_scope(turn, &request.place, request.wrapped, &scope));
    TRY(crypto_derive(crypto, &scope.key, (KeyLabel)request.label, &key));
    Err opened = crypto_open(crypto, &(Sealing){.key = &key, .context = request.context}, request.sealed, turn->keep, &plain);
    return opened.id == E_TRUNCATED || opened.id == E_MALFORMED ? fail(E_FORGED) : opened;
}

/* It opens nothing and proves rows only, so it needs no grant: serve wants it before anybody can sign in. */
Err agent_row_key(Turn *turn)
{
    const Municipality *municipality;
    AUTO(key_wipe) Key key = {0};
    Id tenant = turn_id(turn);

    TRY(cursor_done(turn->body));
    TRY(agent_municipality(turn->agent, tenant, &municipality));
    TRY(municipality_row_key(turn->agent->options.crypto, municipality, &key));
    buf_add_bytes(turn->reply, key.bytes, KEY_BYTES);
    return ok();
}
