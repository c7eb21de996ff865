/* Grants, new municipalities, and the clock of test mode.
 * Must not grant anything over a database whose head was not shown.
 * Called by the agent's table. */
#include <string.h>

#include "keyd/agent_acts.h"

#include "keyd/agent_heads.h"
#include "keyd/agent_journal.h"
#include "sys/clock_file.h"

#define DRAWS 8

Err agent_grant_new(Turn *turn)
{
    Agent *agent = turn->agent;
    Grant grant = {0};
    grant.tenant = turn_id(turn);
    grant.person = turn_id(turn);
    grant.role = cursor_u8(turn->body);
    grant.ends_at = (int64_t)cursor_u64(turn->body);
    TRY(cursor_done(turn->body));

    size_t at = key_file_find(agent->file, grant.tenant);
    if (at == agent->file->municipality_count)
        return fail(E_NOT_FOUND);
    if (!agent_head_is_good(agent, at))
        return fail(E_FORGED);
    /* A bucket of the table may be full: another id has another bucket. */
    Err added = fail(E_BUSY);
    for (int draw = 0; draw < DRAWS && added.id == E_BUSY; draw++) {
        TRY(world_id(agent->options.world, &grant.id));
        added = grants_add(agent->grants, grant, turn->now);
    }
    TRY(added);
    buf_add_bytes(turn->reply, grant.id.bytes, ID_BYTES);
    return ok();
}

/* A session goes on, also where its requests need no key: to find the grant is a use of it. */
Err agent_grant_touch(Turn *turn)
{
    Grant grant;
    Id id = turn_id(turn);
    Id tenant = turn_id(turn);

    TRY(cursor_done(turn->body));
    return grants_find(turn->agent->grants, id, tenant, turn->now, &grant);
}

Err agent_grant_end(Turn *turn)
{
    Id id = turn_id(turn);
    TRY(cursor_done(turn->body));
    grants_end(turn->agent->grants, id);
    return ok();
}

Err agent_municipality_new(Turn *turn)
{
    Agent *agent = turn->agent;
    Id tenant = turn_id(turn);
    TRY(cursor_done(turn->body));

    size_t at = key_file_find(agent->file, tenant);
    if (at < agent->file->municipality_count)
        return fail(E_DUPLICATE);
    if (at == MUNICIPALITIES_MAX)
        return fail(E_TOO_LARGE);
    TRY(grants_grow(agent->grants, (uint32_t)at + 1, turn->now));
    Municipality *made = &agent->municipalities[at];
    TRY(municipality_make(agent->options.crypto, agent->file->mode, tenant, made));
    made->turned_at = turn->now;
    Err written = key_file_put_municipality(agent->options.crypto, &agent->root, agent->file, made);
    if (is_ok(written))
        written = agent_write_file(agent);
    if (!is_ok(written)) {
        agent->file->municipality_count = (uint16_t)at;
        memset(&agent->file->municipalities[at], 0, sizeof agent->file->municipalities[at]);
        crypto_wipe(made, sizeof *made);
    }
    return written;
}

Err agent_clock_advance(Turn *turn)
{
    uint64_t by = cursor_u64(turn->body);
    TRY(cursor_done(turn->body));
    if (turn->agent->file->mode != MODE_TEST || !turn->agent->options.clock)
        return fail(E_MODE);
    if (by > INT64_MAX)
        return fail(E_RANGE);
    TRY(clock_advance(turn->agent->options.clock, (int64_t)by));
    return turn->agent->clock_path ? clock_file_write(turn->agent->clock_path, turn->agent->options.clock) : ok();
}

