/* Turns epochs. A turn may be cut anywhere: the key file has both epochs from before the first key is wrapped anew until the service
 * says that none is left under the former one.
 * Must not answer before every copy of the key file says so.
 * Called by the agent's table. */
#include "keyd/agent_epochs.h"

#include "keyd/agent_heads.h"
#include "keyd/agent_journal.h"
#include "keyd/agent_sealed.h"
#include "keyd/sealed.h"

#define NO_BAD_ONE UINT32_MAX

static Err find(const Agent *agent, Id tenant, size_t *ret_at)
{
    *ret_at = key_file_find(agent->file, tenant);
    return *ret_at < agent->file->municipality_count ? ok() : fail(E_NOT_FOUND);
}

static void tell(Turn *turn, const Municipality *municipality)
{
    buf_add_u32(turn->reply, municipality->epoch);
    buf_add_u32(turn->reply, municipality->former_epoch);
    buf_add_u64(turn->reply, (uint64_t)municipality->turned_at);
}

Err agent_epoch(Turn *turn)
{
    Id tenant = turn_id(turn);
    size_t at = 0;

    TRY(cursor_done(turn->body));
    TRY(find(turn->agent, tenant, &at));
    tell(turn, &turn->agent->municipalities[at]);
    return ok();
}

/* Into the file and onto the disk; only then is it what the agent goes by. */
static Err keep(Agent *agent, size_t at, const Municipality *next)
{
    const KeyFileMunicipality before = agent->file->municipalities[at];
    Err kept = key_file_put_municipality(agent->options.crypto, &agent->root, agent->file, next);

    if (is_ok(kept))
        kept = agent_write_file(agent);
    if (is_ok(kept))
        agent->municipalities[at] = *next;
    else
        agent->file->municipalities[at] = before;
    return kept;
}

static Err turn_one(Agent *agent, size_t at, int64_t now)
{
    AUTO(municipality_wipe) Municipality next = agent->municipalities[at];
    const SealedFor former = {.kind = SEALED_EPOCH, .id = next.tenant, .epoch = next.epoch, .made_at = now};

    if (sealed_count(agent->file, SEALED_EPOCH, &next.tenant) >= EPOCHS_KEPT_MAX)
        return fail(E_BUDGET);
    TRY(municipality_turn(agent->options.crypto, now, &next));
    TRY(sealed_put(agent->options.crypto, agent->file, &former, &next.former_key));
    Err kept = keep(agent, at, &next);
    if (!is_ok(kept))
        *sealed_find(agent->file, SEALED_EPOCH, next.tenant, next.former_epoch) = (SealedKey){0};
    return kept;
}

/* One that is being turned is told and not begun again. */
Err agent_epoch_turn(Turn *turn)
{
    Agent *agent = turn->agent;
    Id tenant = turn_id(turn);
    size_t at = 0;

    TRY(cursor_done(turn->body));
    TRY(find(agent, tenant, &at));
    if (agent->municipalities[at].former_epoch == 0) {
        TRY(turn_one(agent, at, turn->now));
        agent_note(agent, JOURNAL_EPOCH_TURNED, E_OK, tenant);
    }
    tell(turn, &agent->municipalities[at]);
    return ok();
}

/* Said twice is said once. */
Err agent_epoch_done(Turn *turn)
{
    Agent *agent = turn->agent;
    Id tenant = turn_id(turn);
    uint32_t present = cursor_u32(turn->body);
    int64_t destroy_at = (int64_t)cursor_u64(turn->body);
    size_t at = 0;

    TRY(cursor_done(turn->body));
    TRY(find(agent, tenant, &at));
    if (destroy_at < turn->now + EPOCH_KEPT_LEAST_MS || destroy_at > turn->now + EPOCH_KEPT_MOST_MS)
        return fail(E_RANGE);
    AUTO(municipality_wipe) Municipality next = agent->municipalities[at];
    if (present != next.epoch)
        return fail(E_RANGE);
    if (next.former_epoch == 0)
        return ok();
    SealedKey *former = sealed_find(agent->file, SEALED_EPOCH, tenant, next.former_epoch);
    if (!former)
        return fail(E_INTERNAL);
    municipality_turned(&next);
    former->destroy_at = destroy_at;
    Err kept = keep(agent, at, &next);
    if (!is_ok(kept))
        former->destroy_at = 0;
    TRY(kept);
    agent_sealed_changed(agent);
    agent_note(agent, JOURNAL_EPOCH_DONE, E_OK, tenant);
    return ok();
}

static Err rewrap(Turn *turn, ScopePlace *place, WrappedKey *ret_wrapped)
{
    const Crypto *crypto = turn->agent->options.crypto;
    AUTO(scope_wipe) Scope scope = {0};

    place->kind = (ScopeKind)cursor_u8(turn->body);
    place->id = turn_id(turn);
    Err opened = scope_open(crypto, place, cursor_bytes(turn->body, WRAPPED_BYTES), &scope);
    if (opened.id == E_MALFORMED || opened.id == E_STALE)
        return fail(E_FORGED);
    TRY(opened);
    return scope_wrap(crypto, place, &scope, ret_wrapped);
}

/* It tells nothing, so it needs no grant. All or none: the first that does not open is named. */
Err agent_rewrap_many(Turn *turn)
{
    ScopePlace place = {0};
    WrappedKey *wrapped = NULL;
    uint32_t bad = NO_BAD_ONE;

    Id tenant = turn_id(turn);
    uint32_t count = cursor_u16(turn->body);
    if (turn->body->failed || count < 1 || count > REWRAP_MAX)
        return fail(E_MALFORMED);
    TRY(agent_municipality(turn->agent, tenant, &place.municipality));
    TRY(ARENA_NEW(turn->keep, WrappedKey, count, &wrapped));
    for (uint32_t i = 0; i < count && bad == NO_BAD_ONE; i++) {
        Err wrapping = rewrap(turn, &place, &wrapped[i]);
        if (wrapping.id == E_FORGED)
            bad = i;
        else
            TRY(wrapping);
    }
    buf_add_u32(turn->reply, bad);
    uint32_t given = bad == NO_BAD_ONE ? count : 0;
    for (uint32_t i = 0; i < given; i++)
        wire_add_wrapped(turn->reply, &wrapped[i]);
    buf_add_zeros(turn->reply, (size_t)(REWRAP_MAX - given) * WRAPPED_REPLY_BYTES);
    return ok();
}
