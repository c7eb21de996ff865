/* Makes keys of backups, and destroys sealed keys whose time is over.
 * Must not keep a backup's key outside its box.
 * Called by the agent's table and its tick. */
#include "keyd/agent_sealed.h"

#include "keyd/agent_heads.h"
#include "keyd/agent_journal.h"
#include "keyd/sealed.h"

void agent_sealed_changed(Agent *agent)
{
    agent->destroy_next = sealed_next(agent->file);
}

Err agent_backup_new(Turn *turn)
{
    Agent *agent = turn->agent;
    AUTO(key_wipe) Key key = {0};
    const Id backup = turn_id(turn);
    const int64_t destroy_at = (int64_t)cursor_u64(turn->body);
    const SealedFor what = {.kind = SEALED_BACKUP, .id = backup, .made_at = turn->now, .destroy_at = destroy_at};

    TRY(cursor_done(turn->body));
    if (destroy_at <= turn->now || destroy_at > turn->now + BACKUP_KEPT_MAX_MS || id_is_none(backup))
        return fail(E_RANGE);
    if (sealed_count(agent->file, SEALED_BACKUP, NULL) >= BACKUPS_MAX)
        return fail(E_TOO_LARGE);
    TRY(crypto_key_new(agent->options.crypto, &key));
    TRY(sealed_put(agent->options.crypto, agent->file, &what, &key));
    Err written = agent_write_file(agent);
    if (!is_ok(written)) {
        *sealed_find(agent->file, SEALED_BACKUP, backup, 0) = (SealedKey){0};
        return written;
    }
    agent_sealed_changed(agent);
    agent_note(agent, JOURNAL_BACKUP_KEY, E_OK, backup);
    buf_add_bytes(turn->reply, key.bytes, KEY_BYTES);
    return ok();
}

/* From a place in the file on; the last page goes on nowhere. */
Err agent_backup_list(Turn *turn)
{
    const KeyFile *file = turn->agent->file;
    BackupKey found[BACKUPS_LISTED] = {0};
    uint32_t at = cursor_u32(turn->body), count = 0;

    TRY(cursor_done(turn->body));
    for (; at < file->sealed_places && count < BACKUPS_LISTED; at++) {
        const SealedKey *sealed = &file->sealed[at];
        if (sealed->kind == SEALED_BACKUP)
            found[count++] = (BackupKey){.backup = sealed->id, .made_at = sealed->made_at, .destroy_at = sealed->destroy_at};
    }
    buf_add_u32(turn->reply, at < file->sealed_places ? at : 0);
    buf_add_u16(turn->reply, (uint16_t)count);
    for (uint32_t i = 0; i < BACKUPS_LISTED; i++) {
        buf_add_bytes(turn->reply, found[i].backup.bytes, ID_BYTES);
        buf_add_u64(turn->reply, (uint64_t)found[i].made_at);
        buf_add_u64(turn->reply, (uint64_t)found[i].destroy_at);
    }
    return ok();
}

/* One write for all of them; each has its line. */
static Err destroy(Agent *agent, int64_t now)
{
    KeyFile *file = agent->file;
    Id gone[JOURNAL_RECORDS];
    SealedKey before[JOURNAL_RECORDS];
    size_t places[JOURNAL_RECORDS], count = 0;

    for (size_t i = 0; i < file->sealed_places && count < COUNT_OF(gone); i++) {
        SealedKey *sealed = &file->sealed[i];
        if (sealed->kind == SEALED_NONE || sealed->destroy_at == 0 || sealed->destroy_at > now)
            continue;
        before[count] = *sealed;
        places[count] = i;
        gone[count++] = sealed->id;
        *sealed = (SealedKey){0};
    }
    Err written = agent_write_file(agent);
    for (size_t i = 0; i < count; i++) {
        if (is_ok(written))
            agent_note(agent, JOURNAL_KEY_DESTROYED, E_OK, gone[i]);
        else
            file->sealed[places[i]] = before[i];
    }
    return written;
}

void agent_sealed_destroy(Agent *agent, int64_t now)
{
    while (agent->unsealed && agent->destroy_next > 0 && agent->destroy_next <= now) {
        if (!is_ok(destroy(agent, now)))
            return;
        agent_sealed_changed(agent);
    }
}
