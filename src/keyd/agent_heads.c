/* Heads of the audit chains: signed, remembered, and asked for before anybody gets a grant.
 * Must not sign a head that is older than the newest one.
 * Called by the agent's table. Rule: reading-and-writing 4. */
#include <string.h>

#include "keyd/agent_heads.h"

#include "keyd/agent_journal.h"

/* A database that never had a head needs none. */
static bool is_good(const Agent *agent, size_t at)
{
    return agent->head_shown[at] || agent->file->municipalities[at].head.size == 0;
}

/* The host's database says which municipalities there are: an old one closes all of them. */
bool agent_head_is_good(const Agent *agent, size_t municipality)
{
    size_t host = key_file_find(agent->file, (Id){0});
    return is_good(agent, municipality) && (host == agent->file->municipality_count || is_good(agent, host));
}

static void read_head(Turn *turn, AuditHead *ret_head)
{
    ret_head->tenant = turn_id(turn);
    ret_head->database = turn_id(turn);
    ret_head->size = cursor_u64(turn->body);
    cursor_copy(turn->body, ret_head->root, sizeof ret_head->root);
    ret_head->at = (int64_t)cursor_u64(turn->body);
}

/* May head follow newest? The same one again may. */
static bool follows(const AuditHead *newest, const AuditHead *head)
{
    if (newest->size == 0)
        return true;
    if (!id_equal(newest->database, head->database) || head->size < newest->size)
        return false;
    return head->size > newest->size || memcmp(head->root, newest->root, sizeof head->root) == 0;
}

/* One message that names a giant size would else close the municipality for ever: no head of its own would be as new. */
static bool can_be(Agent *agent, size_t at, const AuditHead *head, int64_t now)
{
    HeadBegin *begin = &agent->head_begins[at];

    if (begin->at == 0)
        *begin = (HeadBegin){.size = agent->file->municipalities[at].head.size, .at = now};
    uint64_t seconds = now > begin->at ? (uint64_t)(now - begin->at) / 1000 : 0;
    uint64_t most = begin->size + HEAD_LINES_AT_ONCE + seconds * HEAD_LINES_A_SECOND;
    return head->size <= most;
}

Err agent_write_file(Agent *agent)
{
    return key_file_write(agent->options.crypto, &agent->root, &agent->options.places, agent->file);
}

/* Remembered on the disk first: a signature that a restart forgets would let an older database in. */
static Err remember(Agent *agent, AuditHead *newest, const AuditHead *head)
{
    const AuditHead before = *newest;
    if (head->size == before.size)
        return ok();
    *newest = *head;
    Err written = agent_write_file(agent);
    if (!is_ok(written))
        *newest = before;
    return written;
}

static void note_refused(Agent *agent, size_t at, Id tenant, enum err_id why)
{
    if (!agent->head_refused[at])
        agent_note(agent, JOURNAL_HEAD_REFUSED, why, tenant);
    agent->head_refused[at] = true;
}

/* Whoever is signed in reads an older database too: they are out at once. */
static void refuse(Agent *agent, size_t at, Id tenant)
{
    agent->head_shown[at] = false;
    note_refused(agent, at, tenant, E_FORGED);
    if (id_is_none(tenant))
        grants_end_all(agent->grants);
    else
        grants_end_tenant(agent->grants, tenant);
}

Err agent_sign_head(Turn *turn)
{
    Agent *agent = turn->agent;
    uint8_t message[AUDIT_HEAD_BYTES];
    uint8_t signature[SIGNATURE_BYTES];
    AuditHead head = {0};

    read_head(turn, &head);
    TRY(cursor_done(turn->body));
    size_t at = key_file_find(agent->file, head.tenant);
    if (at == agent->file->municipality_count)
        return fail(E_NOT_FOUND);
    AuditHead *newest = &agent->file->municipalities[at].head;
    if (!follows(newest, &head)) {
        refuse(agent, at, head.tenant);
        return fail(E_FORGED);
    }
    if (!can_be(agent, at, &head, turn->now)) {
        note_refused(agent, at, head.tenant, E_RANGE);
        return fail(E_RANGE);
    }
    TRY(remember(agent, newest, &head));
    agent->head_shown[at] = true;
    agent->head_refused[at] = false;
    audit_head_encode(&head, message);
    TRY(signature_make(&agent->head_seed, str_from_bytes(message, sizeof message), signature));
    buf_add_bytes(turn->reply, signature, sizeof signature);
    return ok();
}

Err agent_head_newest(Turn *turn)
{
    const Agent *agent = turn->agent;
    Id tenant = turn_id(turn);

    TRY(cursor_done(turn->body));
    size_t at = key_file_find(agent->file, tenant);
    if (at == agent->file->municipality_count)
        return fail(E_NOT_FOUND);
    const AuditHead *head = &agent->file->municipalities[at].head;
    buf_add_bytes(turn->reply, head->database.bytes, ID_BYTES);
    buf_add_u64(turn->reply, head->size);
    buf_add_bytes(turn->reply, head->root, sizeof head->root);
    buf_add_u64(turn->reply, (uint64_t)head->at);
    return ok();
}

/* Whoever has the signature and the public half knows that this agent saw the hash; what it is of, the service says. */
Err agent_sign_document(Turn *turn)
{
    const Municipality *municipality;
    SignedDocument document = {0};
    uint8_t message[DOCUMENT_BYTES];
    uint8_t signature[SIGNATURE_BYTES];

    document.tenant = turn_id(turn);
    document.kind = (DocumentKind)cursor_u8(turn->body);
    cursor_copy(turn->body, document.sha256, sizeof document.sha256);
    TRY(cursor_done(turn->body));
    if (document.kind < DOCUMENT_CERTIFICATE || document.kind > DOCUMENT_TRANSFER)
        return fail(E_RANGE);
    TRY(agent_municipality(turn->agent, document.tenant, &municipality));
    signed_document_encode(&document, message);
    TRY(signature_make(&turn->agent->head_seed, str_from_bytes(message, sizeof message), signature));
    buf_add_bytes(turn->reply, signature, sizeof signature);
    return ok();
}
