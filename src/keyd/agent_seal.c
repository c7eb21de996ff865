/* Sealed and unsealed: shares of distinct custodians, joined, proven and forgotten.
 * Must not keep the root key once its sub-keys are derived, nor count one custodian twice.
 * Called by the agent's table. */
#include <string.h>

#include "keyd/agent_seal.h"

#include "keyd/agent_heads.h"
#include "keyd/agent_journal.h"
#include "keyd/agent_sealed.h"

static void forget_shares(Agent *agent)
{
    crypto_wipe(agent->given, sizeof agent->given);
    agent->given_count = 0;
    agent->given_since = 0;
}

void agent_forget(Agent *agent)
{
    forget_shares(agent);
    agent->unsealed = false;
    root_keys_wipe(&agent->root);
    key_wipe(&agent->head_seed);
    crypto_wipe(agent->municipalities, sizeof agent->municipalities);
    memset(agent->head_shown, 0, sizeof agent->head_shown);
    memset(agent->head_refused, 0, sizeof agent->head_refused);
    memset(agent->head_begins, 0, sizeof agent->head_begins);
    agent->destroy_next = 0;
    if (agent->grants)
        grants_clear(agent->grants);
}

void agent_forget_old_shares(Agent *agent, int64_t now)
{
    if (agent->given_count && now - agent->given_since >= SHARES_WINDOW_MS)
        forget_shares(agent);
}

Err agent_status(Turn *turn)
{
    const Agent *agent = turn->agent;
    Buf *reply = turn->reply;

    buf_add_u8(reply, (uint8_t)agent->file->mode);
    buf_add_u8(reply, !agent->unsealed);
    buf_add_u8(reply, agent->given_count);
    buf_add_u8(reply, agent->file->threshold);
    buf_add_u8(reply, agent->file->custodian_count);
    buf_add_u8(reply, agent->shield.memory);
    buf_add_u8(reply, agent->shield.calls);
    buf_add_u8(reply, agent->shield.paths);
    buf_add_u32(reply, grants_count(agent->grants, turn->now));
    buf_add_u32(reply, agent->file->municipality_count);
    buf_add_u64(reply, (uint64_t)turn->now);
    buf_add_bytes(reply, agent->file->head_public, sizeof agent->file->head_public);
    buf_add_bytes(reply, agent->file->recovery_public, sizeof agent->file->recovery_public);
    return ok();
}

Err agent_seal(Turn *turn)
{
    agent_forget(turn->agent);
    agent_note(turn->agent, JOURNAL_SEALED, E_OK, (Id){0});
    return ok();
}

/* The share must be the very one that this custodian was given. */
static Err check_share(const Agent *agent, Id custodian, Str bytes, Share *ret_share)
{
    uint8_t hash[HASH_BYTES];

    for (size_t i = 0; i < agent->given_count; i++)
        if (id_equal(agent->given[i].custodian, custodian))
            return fail(E_SAME_CUSTODIAN);
    TRY(sha256(bytes, hash));
    for (size_t i = 0; i < agent->file->custodian_count; i++) {
        const Custodian *row = &agent->file->custodians[i];
        if (!id_equal(row->id, custodian) || !crypto_equal(row->share_hash, hash, sizeof hash))
            continue;
        TRY(share_decode(bytes, ret_share));
        bool fits = ret_share->index == row->index && ret_share->threshold == agent->file->threshold &&
                    id_equal(ret_share->set, agent->file->set);
        return fits ? ok() : fail(E_WRONG_SHARE);
    }
    return fail(E_WRONG_SHARE);
}

/* Everything that the root key opens. A wrong join, or a file that someone else wrote, fails here. */
static Err open_file(Agent *agent, const RootKeys *root)
{
    const Crypto *crypto = agent->options.crypto;

    /* What was counted in memory since it was written last is proven by nothing. */
    TRY(key_file_read(&agent->options.places, agent->file, &agent->spoilt));
    if (!is_ok(key_file_verify(crypto, root, agent->file)))
        return fail(E_WRONG_SHARE);
    TRY(key_file_get_seed(crypto, root, agent->file, &agent->head_seed));
    for (size_t at = 0; at < agent->file->municipality_count; at++)
        TRY(key_file_get_municipality(crypto, root, agent->file, at, &agent->municipalities[at]));
    agent->root = *root;
    return ok();
}

static Err join(Agent *agent)
{
    AUTO(key_wipe) Key root = {0};
    AUTO(root_keys_wipe) RootKeys keys = {0};
    Share shares[CUSTODIANS_MAX];

    for (size_t i = 0; i < agent->given_count; i++)
        shares[i] = agent->given[i].share;
    Err joined = shamir_join(shares, agent->given_count, &root);
    crypto_wipe(shares, sizeof shares);
    TRY(joined);
    TRY(root_keys_derive(agent->options.crypto, &root, &keys));
    return open_file(agent, &keys);
}

static Err unseal(Agent *agent)
{
    Err joined = join(agent);
    if (!is_ok(joined)) {
        agent_forget(agent);
        return joined;
    }
    forget_shares(agent);
    agent->unsealed = true;
    agent_sealed_changed(agent);
    /* A copy that was torn or lost is made whole at once; that it fails does not keep the agent closed. */
    if (agent->spoilt &&
        is_ok(key_file_write(agent->options.crypto, &agent->root, &agent->options.places, agent->file)))
        agent->spoilt = 0;
    return ok();
}

Err agent_unseal_share(Turn *turn)
{
    Agent *agent = turn->agent;
    AUTO(share_wipe) Share share = {0};
    Id custodian = turn_id(turn);
    Str bytes = cursor_bytes(turn->body, SHARE_BYTES);

    TRY(cursor_done(turn->body));
    if (agent->unsealed)
        return agent_status(turn);
    Err checked = check_share(agent, custodian, bytes, &share);
    agent_note(agent, JOURNAL_SHARE, checked.id, custodian);
    TRY(checked);
    if (agent->given_count == 0)
        agent->given_since = turn->now;
    agent->given[agent->given_count++] = (GivenShare){.custodian = custodian, .share = share};
    if (agent->given_count == agent->file->threshold) {
        Err unsealed = unseal(agent);
        agent_note(agent, JOURNAL_UNSEALED, unsealed.id, custodian);
        TRY(unsealed);
    }
    return agent_status(turn);
}
