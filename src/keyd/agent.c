/* The agent's state and its table of messages.
 * Must not answer anything but status, unseal and seal while sealed.
 * Called by serve.c and tests. */
#include "keyd/agent.h"

#include <stdlib.h>
#include <string.h>

#include "keyd/agent_acts.h"
#include "keyd/agent_epochs.h"
#include "keyd/agent_heads.h"
#include "keyd/agent_journal.h"
#include "keyd/agent_pairs.h"
#include "keyd/agent_scopes.h"
#include "keyd/agent_seal.h"
#include "keyd/agent_sealed.h"
#include "sys/clock_file.h"

typedef struct Row {
    Handler *handle;
    bool while_sealed;
    bool without_clock;
} Row;

static const Row rows[] = {
    [MESSAGE_STATUS] = {.handle = agent_status, .while_sealed = true, .without_clock = true},
    [MESSAGE_UNSEAL_SHARE] = {.handle = agent_unseal_share, .while_sealed = true},
    [MESSAGE_SEAL] = {.handle = agent_seal, .while_sealed = true, .without_clock = true},
    [MESSAGE_GRANT_NEW] = {.handle = agent_grant_new},
    [MESSAGE_GRANT_TOUCH] = {.handle = agent_grant_touch},
    [MESSAGE_GRANT_END] = {.handle = agent_grant_end},
    [MESSAGE_SCOPE_NEW] = {.handle = agent_scope_new},
    [MESSAGE_SCOPE_INDEX] = {.handle = agent_scope_index},
    [MESSAGE_REWRAP_MANY] = {.handle = agent_rewrap_many},
    [MESSAGE_UNWRAP] = {.handle = agent_unwrap},
    [MESSAGE_UNWRAP_HEADERS] = {.handle = agent_unwrap_headers},
    [MESSAGE_BLIND_INDEX] = {.handle = agent_blind_index},
    [MESSAGE_CHECK] = {.handle = agent_check},
    [MESSAGE_SIGN_HEAD] = {.handle = agent_sign_head},
    [MESSAGE_MUNICIPALITY_NEW] = {.handle = agent_municipality_new},
    [MESSAGE_HEAD_NEWEST] = {.handle = agent_head_newest, .without_clock = true},
    [MESSAGE_JOURNAL_READ] = {.handle = agent_journal_read, .without_clock = true},
    [MESSAGE_JOURNAL_TAKEN] = {.handle = agent_journal_taken, .without_clock = true},
    [MESSAGE_ROW_KEY] = {.handle = agent_row_key, .without_clock = true},
    [MESSAGE_EPOCH] = {.handle = agent_epoch, .without_clock = true},
    [MESSAGE_EPOCH_TURN] = {.handle = agent_epoch_turn},
    [MESSAGE_EPOCH_DONE] = {.handle = agent_epoch_done},
    [MESSAGE_BACKUP_NEW] = {.handle = agent_backup_new},
    [MESSAGE_BACKUP_LIST] = {.handle = agent_backup_list, .without_clock = true},
    [MESSAGE_SIGN_DOCUMENT] = {.handle = agent_sign_document, .without_clock = true},
    [MESSAGE_PAIR_PUBLIC] = {.handle = agent_pair_public, .without_clock = true},
    [MESSAGE_FACTS_OPEN] = {.handle = agent_facts_open},
    [MESSAGE_PARCEL_OPEN] = {.handle = agent_parcel_open},
    [MESSAGE_CLOCK_ADVANCE] = {.handle = agent_clock_advance, .while_sealed = true},
};

/* One copy in production could be torn by a power cut, and with it every key. */
static Err check_file(const AgentOptions *options, const KeyFile *file)
{
    if (options->mode != MODE_NONE && options->mode != file->mode)
        return fail(E_MODE);
    if (file->mode == MODE_PRODUCTION && (options->places.count < 2 || file->threshold < 2))
        return fail(E_MODE);
    return ok();
}

/* The keys that stay stand in the agent itself. */
static Err agent_room(Agent **ret_agent)
{
    void *memory = NULL;
    SecretKind kind;

    TRY(secret_new(sizeof(Agent), &memory, &kind));
    *ret_agent = memory;
    (*ret_agent)->memory = kind;
    return ok();
}

Err agent_new(const AgentOptions *options, Agent **ret_agent)
{
    AUTO(agent_freep) Agent *agent = NULL;
    TRY(agent_room(&agent));
    agent->file = calloc(1, sizeof *agent->file);
    if (!agent->file)
        return fail(E_NO_MEMORY);
    agent->options = *options;
    TRY(key_file_read(&options->places, agent->file, &agent->spoilt));
    TRY(check_file(options, agent->file));
    TRY(grants_new(options->crypto, agent->file->municipality_count, &agent->grants));
    *ret_agent = TAKE(agent);
    return ok();
}

void agent_free(Agent *agent)
{
    if (!agent)
        return;
    agent_forget(agent);
    if (agent->grants)
        grants_free(agent->grants);
    journal_close(agent->journal);
    free(agent->file);
    secret_free(agent, sizeof *agent);
}

void agent_freep(Agent **agent)
{
    agent_free(*agent);
    *agent = NULL;
}

Err agent_set_ceiling(Agent *agent, Str name, uint32_t ceiling)
{
    if (agent->file->mode == MODE_PRODUCTION)
        return fail(E_MODE);
    return ceilings_set(grants_ceilings(agent->grants), name, ceiling);
}

void agent_set_shield(Agent *agent, AgentShield shield)
{
    agent->shield = shield;
}

Mode agent_mode(const Agent *agent)
{
    return agent->file->mode;
}

size_t agent_spoilt_copies(const Agent *agent)
{
    return agent->spoilt;
}

SecretKind agent_memory(const Agent *agent)
{
    return agent->memory;
}

bool agent_is_sealed(const Agent *agent)
{
    return !agent->unsealed;
}

Err agent_open_clock(Agent *agent, const char *path)
{
    if (agent->file->mode != MODE_TEST || !agent->options.clock)
        return ok();
    TRY(clock_file_read(path, agent->options.clock));
    agent->clock_path = path;
    return ok();
}

Err agent_open_journal(Agent *agent, const char *path)
{
    int64_t now = 0;

    TRY(world_now(agent->options.world, &now));
    TRY(journal_open(path, agent->file->mode, now, &agent->journal));
    agent_note(agent, JOURNAL_STARTED, E_OK, (Id){0});
    return ok();
}

bool agent_journal_failed(const Agent *agent)
{
    return agent->journal_failed;
}

void agent_tick(Agent *agent)
{
    int64_t now;
    if (!is_ok(world_now(agent->options.world, &now)))
        return;
    agent_forget_old_shares(agent, now);
    agent_sealed_destroy(agent, now);
}

Id turn_id(Turn *turn)
{
    Id id = {{0}};
    cursor_copy(turn->body, id.bytes, ID_BYTES);
    return id;
}

Err agent_municipality(const Agent *agent, Id tenant, const Municipality **ret_municipality)
{
    size_t at = key_file_find(agent->file, tenant);
    if (at == agent->file->municipality_count)
        return fail(E_NOT_FOUND);
    *ret_municipality = &agent->municipalities[at];
    return ok();
}

static Err handle(Turn *turn, uint8_t type)
{
    const Row *row = &rows[type];
    Err clock = world_now(turn->agent->options.world, &turn->now);

    if (is_ok(clock))
        agent_forget_old_shares(turn->agent, turn->now);
    if (!turn->agent->unsealed && !row->while_sealed)
        return fail(E_SEALED);
    if (!row->without_clock)
        TRY(clock);
    return row->handle(turn);
}

static Err failed_reply(Arena *keep, uint8_t type, Err error, Str *ret_answer)
{
    Buf reply = buf_new(keep, WIRE_HEADER);
    wire_begin(&reply, (MessageType)type, error.id);
    return buf_done(&reply, ret_answer);
}

Err agent_answer(Agent *agent, Str packet, Arena *keep, AgentAnswer *ret_answer)
{
    uint8_t type;
    Cursor body;

    TRY(wire_request(packet, &type, &body));
    if (type >= COUNT_OF(rows) || !rows[type].handle)
        return fail(E_MALFORMED);
    Buf reply = buf_new(keep, wire_reply_size(type));
    wire_begin(&reply, (MessageType)type, E_OK);
    Turn turn = {.agent = agent, .body = &body, .reply = &reply, .keep = keep};
    Err handled = handle(&turn, type);
    if (handled.id == E_TRUNCATED || handled.id == E_MALFORMED)
        return handled;
    AgentAnswer answer = {.type = type, .error = handled};
    if (is_ok(handled))
        TRY(buf_done(&reply, &answer.packet));
    else
        TRY(failed_reply(keep, type, handled, &answer.packet));
    if (is_ok(handled) && answer.packet.length != wire_reply_size(type))
        return fail(E_INTERNAL);
    *ret_answer = answer;
    return ok();
}
