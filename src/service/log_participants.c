/* Who takes part in a log: staff let in and out, another guardian, the child; and the consent's document.
 * Must not let in anybody from a unit that the consents do not name.
 * Called by web and api. Rules: 2-lifecycle, scenario 11, settled 10, 12. */
#include "domain/signin.h"
#include "service/log_priv.h"

#include <string.h>

#define SCRATCH_CAP ((size_t)64 << 20)
#define HASH_TEXT (2 * HASH_BYTES)

static int64_t consent_end(const LogEntered *entered, int64_t otherwise)
{
    int64_t end = INT64_MAX;

    for (uint32_t i = 0; i < entered->content.consents.count; i++) {
        const ConsentRow *row = &entered->content.consents.items[i];
        if (row->withdrawn_at == 0 && row->valid_to < end)
            end = row->valid_to;
    }
    return end == INT64_MAX ? otherwise : end;
}

int64_t log_wake_of(const LogEntered *entered, const Actor *actor)
{
    return log_wake(&entered->settings, actor->now, consent_end(entered, actor->now),
                    values_get(&entered->child, "birth_date"));
}

/* ---- staff ---- */

/* A role that its bearer holds now; anything else is an invalid choice. */
static Err active_role(const Actor *actor, Id role_row, RoleRow *ret_role)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    RoleRow role = {0};

    TRY(store_read(actor->store, &tx));
    Err found = store_role_by_id(tx, role_row, &role);
    if (found.id == E_NOT_FOUND)
        return fail(E_INVALID);
    TRY(found);
    if (role.role != ROLE_ACTOR || !signin_role_in_force(role.from_at, role.to_at, actor->now))
        return fail(E_INVALID);
    *ret_role = role;
    return ok();
}

static Err insert_participant(Tx *tx, void *context)
{
    return store_participant_insert(tx, context);
}

static Err add_once(Service *service, const Actor *actor, const LogWish *wish, const RoleRow *role, Id *ret_participant,
                    bool *ret_moved)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    AUTO(log_entered_wipe) LogEntered entered = {0};
    Why why = WHY_UNDECIDED;
    Str name;

    TRY(arena_new(SCRATCH_CAP, &scratch));
    Err allowed = log_enter(service, actor, wish, scratch, &why, &entered);
    if (why == WHY_NOT_IN_CONSENT && allowed.id == E_FORBIDDEN)
        return fail(E_INVALID);
    TRY(allowed);
    TRY(person_name(service, actor, role->person, scratch, &name));
    ParticipantRow row = {.log_no = entered.content.log.no, .person = role->person, .role = ROLE_ACTOR, .unit = role->unit,
                          .from_at = actor->now, .version = 1};
    const LogChange change = {.entered = &entered, .change = insert_participant, .context = &row,
                              .wake_on = log_wake_of(&entered, actor)};
    TRY(world_id(service->world, &row.id));
    TRY(log_participant_seal(&entered.keys, name, scratch, &row));
    TRY(log_change(actor, &change, scratch, ret_moved));
    *ret_participant = row.id;
    return ok();
}

Err log_actor_add(Service *service, const Actor *actor, Id log, Id role_row, Id *ret_participant)
{
    LogWish wish = {.log = log, .act = ACT_PARTICIPANT_ADD, .purpose = PURPOSE_WRITE};
    RoleRow role = {0};

    TRY(active_role(actor, role_row, &role));
    wish.unit = role.unit;
    for (int i = 0; i < LOG_TRIES; i++) {
        bool moved = false;
        Err done = add_once(service, actor, &wish, &role, ret_participant, &moved);
        if (!moved)
            return done;
    }
    return fail(E_BUSY);
}

static Err update_participant(Tx *tx, void *context)
{
    return store_participant_update(tx, context);
}

/* The sealed part is bound to the version, so it is sealed again for the one that the update makes. */
static Err end_row(const LogEntered *entered, Id participant, const Actor *actor, Arena *scratch, ParticipantRow *ret_row)
{
    for (uint32_t i = 0; i < entered->content.participants.count; i++) {
        ParticipantRow row = entered->content.participants.items[i];
        LogPlace place = {SEAL_TABLE_PARTICIPANT, SEAL_COLUMN_BODY, row.id, row.version};
        Values values;
        if (!id_equal(row.id, participant))
            continue;
        /* Guardians go by their own act; the holder passes the baton on. */
        if (row.role != ROLE_ACTOR)
            return fail(E_INVALID);
        if (row.to_at != 0)
            return fail(E_STALE);
        TRY(log_unseal(&entered->keys, place, KIND_PARTICIPANT, row.sealed, scratch, &values));
        place.version++;
        TRY(log_seal(&entered->keys, place, &values, scratch, &row.sealed));
        row.to_at = actor->now;
        *ret_row = row;
        return ok();
    }
    return fail(E_INVALID);
}

static Err end_once(Service *service, const Actor *actor, const LogWish *wish, Id participant, bool *ret_moved)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    AUTO(log_entered_wipe) LogEntered entered = {0};
    ParticipantRow row = {0};
    Why why;

    TRY(arena_new(SCRATCH_CAP, &scratch));
    TRY(log_enter(service, actor, wish, scratch, &why, &entered));
    TRY(end_row(&entered, participant, actor, scratch, &row));
    const LogChange change = {.entered = &entered, .change = update_participant, .context = &row,
                              .wake_on = log_wake_of(&entered, actor)};
    return log_change(actor, &change, scratch, ret_moved);
}

Err log_participant_end(Service *service, const Actor *actor, Id log, Id participant)
{
    const LogWish wish = {.log = log, .act = ACT_PARTICIPANT_END, .purpose = PURPOSE_WRITE};

    for (int i = 0; i < LOG_TRIES; i++) {
        bool moved = false;
        Err done = end_once(service, actor, &wish, participant, &moved);
        if (!moved)
            return done;
    }
    return fail(E_BUSY);
}

/* ---- the consent's document ---- */

static Err is_document(const Crypto *crypto, Str bytes, Str wanted, Arena *keep, bool *ret_same)
{
    Buf buf = buf_new(keep, HASH_TEXT);
    Str text = STR_NONE;
    Hash hash;

    TRY(crypto_sha256(crypto, &bytes, 1, hash.bytes));
    buf_add_hex(&buf, str_from_bytes(hash.bytes, HASH_BYTES));
    TRY(buf_done(&buf, &text));
    *ret_same = str_equal(text, wanted);
    return ok();
}

static Err hash_of_consent(const LogEntered *entered, Id consent, Arena *keep, Str *ret_hash)
{
    LogConsent *consents = NULL;
    uint32_t count = 0;

    TRY(log_open_consents(entered, NULL, 0, keep, &consents, &count));
    for (uint32_t i = 0; i < count; i++)
        if (id_equal(consents[i].id, consent) && consents[i].has_document) {
            *ret_hash = values_get(&consents[i].values, "document_hash");
            return ok();
        }
    return fail(E_NOT_FOUND);
}

/* A document stands once in a log, although several consents may be on it: it is found by its content. */
static Err find_document(const Actor *actor, const LogEntered *entered, Str wanted, Arena *keep, Str *ret_bytes, uint8_t *ret_media)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    for (uint32_t i = 0; i < entered->content.documents.count; i++) {
        size_t mark = arena_mark(keep);
        DocumentRow row = {0};
        bool same = false;
        Str bytes;
        TRY(store_document(tx, &entered->permit, entered->content.documents.items[i].id, keep, &row));
        TRY(log_unseal_document(&entered->keys, row.id, row.sealed, keep, &bytes));
        TRY(is_document(entered->keys.crypto, bytes, wanted, keep, &same));
        if (same) {
            *ret_bytes = bytes;
            *ret_media = row.media;
            return ok();
        }
        arena_rewind(keep, mark);
    }
    return fail(E_NOT_FOUND);
}

Err log_document_read(Service *service, const Actor *actor, Id log, Id consent, Arena *keep, Str *ret_bytes,
                      uint8_t *ret_media)
{
    const LogWish wish = {.log = log, .act = ACT_CONSENT_DOCUMENT_READ, .purpose = PURPOSE_READ};
    AUTO(log_entered_wipe) LogEntered entered = {0};
    Str hash = STR_NONE, bytes = STR_NONE;
    uint8_t media = 0;
    Why why;

    TRY(log_enter(service, actor, &wish, keep, &why, &entered));
    TRY(hash_of_consent(&entered, consent, keep, &hash));
    TRY(find_document(actor, &entered, hash, keep, &bytes, &media));
    TRY(log_read_line(actor, &entered, keep, 0));
    *ret_bytes = bytes;
    *ret_media = media;
    return ok();
}
