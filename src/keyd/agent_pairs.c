/* Key pairs of municipalities. They are derived from the key of the municipality that no epoch turns, so that the key file holds no more
 * for them, and each is there as long as its municipality is.
 * Must not open a fact before its ceiling was asked, nor for the grant of a person.
 * Called by the agent's table. */
#include "keyd/agent_pairs.h"

#include "keyd/purposes.h"

#define NO_BAD_ONE UINT32_MAX

/* The public half is no secret, and everything that is sealed to it opens in here only: no grant. */
Err agent_pair_public(Turn *turn)
{
    const Municipality *municipality;
    AUTO(key_wipe) Key private_key = {0};
    uint8_t public_key[32];

    Id tenant = turn_id(turn);
    PairUse use = (PairUse)cursor_u8(turn->body);
    TRY(cursor_done(turn->body));
    TRY(agent_municipality(turn->agent, tenant, &municipality));
    TRY(municipality_pair(turn->agent->options.crypto, municipality, use, &private_key));
    TRY(box_public(&private_key, public_key));
    buf_add_bytes(turn->reply, public_key, sizeof public_key);
    return ok();
}

/* ---- facts ---- */

typedef struct Facts {
    Id tenant;
    uint32_t count;
    Key private_key;
    uint8_t *plain; /* count * FACT_BYTES */
    uint32_t bad;
} Facts;

static void facts_wipe(Facts *facts)
{
    key_wipe(&facts->private_key);
}

/* A grant of nobody, as a job has it, and so many facts more under the ceiling of the municipality. */
static Err authorise(Turn *turn, Id grant_id, const Facts *facts)
{
    const KeyFile *file = turn->agent->file;
    const size_t at = key_file_find(file, facts->tenant);
    Grant grant;

    TRY(grants_find(turn->agent->grants, grant_id, facts->tenant, turn->now, &grant));
    if (!id_is_none(grant.person))
        return fail(E_RANGE);
    TRY(purpose_opens_facts(grant.role));
    const Use use = {.act = SPEND_FACTS, .tenant = facts->tenant, .grant = grant.id, .amount = facts->count, .now = turn->now,
                     .made = at < file->municipality_count ? file->municipalities[at].made : (ScopesMade){0}};
    return ceilings_spend(grants_ceilings(turn->agent->grants), &use);
}

static Err open_one(Turn *turn, const Facts *facts, uint8_t *ret_plain)
{
    const Id found = turn_id(turn);
    const Str sealed = cursor_bytes(turn->body, FACT_SEALED_BYTES);
    uint8_t associated[FACT_ASSOCIATED_BYTES];

    fact_associated((FactPlace){turn->agent->file->mode, facts->tenant, found}, associated);
    return box_open(turn->agent->options.crypto, &facts->private_key, str_from_bytes(associated, sizeof associated), sealed, ret_plain);
}

static Err open_all(Turn *turn, Facts *facts)
{
    for (uint32_t i = 0; i < facts->count; i++) {
        Err opened = open_one(turn, facts, facts->plain + (size_t)i * FACT_BYTES);
        if (opened.id == E_FORGED) {
            facts->bad = i;
            return ok();
        }
        TRY(opened);
    }
    return ok();
}

/* Counted before they are opened, as whoever asks for what does not open has asked, too. */
Err agent_facts_open(Turn *turn)
{
    AUTO(facts_wipe) Facts facts = {.bad = NO_BAD_ONE};
    const Municipality *municipality;

    Id grant_id = turn_id(turn);
    facts.tenant = turn_id(turn);
    facts.count = cursor_u16(turn->body);
    if (turn->body->failed || facts.count < 1 || facts.count > FACTS_MAX)
        return fail(E_MALFORMED);
    TRY(agent_municipality(turn->agent, facts.tenant, &municipality));
    TRY(municipality_pair(turn->agent->options.crypto, municipality, PAIR_STATISTICS, &facts.private_key));
    TRY(arena_alloc(turn->keep, facts.count, FACT_BYTES, (void **)&facts.plain));
    TRY(authorise(turn, grant_id, &facts));
    TRY(open_all(turn, &facts));
    uint32_t given = facts.bad == NO_BAD_ONE ? facts.count : 0;
    buf_add_u32(turn->reply, facts.bad);
    buf_add_bytes(turn->reply, facts.plain, (size_t)given * FACT_BYTES);
    buf_add_zeros(turn->reply, (size_t)(FACTS_MAX - given) * FACT_BYTES);
    return ok();
}

/* ---- parcels ---- */

static Err authorise_parcel(Turn *turn, Id grant_id, Id tenant, Id transfer)
{
    const KeyFile *file = turn->agent->file;
    const size_t at = key_file_find(file, tenant);
    Grant grant;

    TRY(grants_find(turn->agent->grants, grant_id, tenant, turn->now, &grant));
    TRY(purpose_opens_parcel(grant.role));
    const Use use = {.act = SPEND_PARCEL, .tenant = tenant, .person = grant.person, .grant = grant.id, .object = transfer, .amount = 1,
                     .now = turn->now, .made = at < file->municipality_count ? file->municipalities[at].made : (ScopesMade){0}};
    return ceilings_spend(grants_ceilings(turn->agent->grants), &use);
}

/* The head is what the box is bound to: a box that was cut out of another parcel does not open. */
Err agent_parcel_open(Turn *turn)
{
    const Crypto *crypto = turn->agent->options.crypto;
    const Municipality *municipality;
    AUTO(key_wipe) Key private_key = {0};
    AUTO(key_wipe) Key key = {0};

    Id grant_id = turn_id(turn);
    Id tenant = turn_id(turn);
    Id transfer = turn_id(turn);
    Str head = cursor_bytes(turn->body, PARCEL_HEAD_BYTES);
    Str box = cursor_bytes(turn->body, PARCEL_BOX_BYTES);
    TRY(cursor_done(turn->body));
    TRY(agent_municipality(turn->agent, tenant, &municipality));
    TRY(authorise_parcel(turn, grant_id, tenant, transfer));
    TRY(municipality_pair(crypto, municipality, PAIR_TRANSFER, &private_key));
    TRY(box_open(crypto, &private_key, head, box, key.bytes));
    buf_add_bytes(turn->reply, key.bytes, KEY_BYTES);
    return ok();
}
