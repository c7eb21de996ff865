/* What the agent writes into its journal, and how the host's audit takes it in.
 * Must not stop an act because it could not be written down: it stays in memory.
 * Called by the agent's table and its acts. */
#include "keyd/agent_journal.h"

void agent_note(Agent *agent, JournalEvent event, enum err_id error, Id subject)
{
    int64_t now = 0;

    if (!agent->journal)
        return;
    if (!is_ok(world_now(agent->options.world, &now)))
        now = 0;
    Err added = journal_add(agent->journal, event, error, subject, now);
    agent->journal_failed = !is_ok(added);
}

Err agent_journal_read(Turn *turn)
{
    static const JournalRecord nothing;
    JournalRecord records[JOURNAL_RECORDS];
    uint64_t after = cursor_u64(turn->body);
    uint32_t count = 0;

    TRY(cursor_done(turn->body));
    if (turn->agent->journal)
        count = journal_read(turn->agent->journal, after, records);
    buf_add_u16(turn->reply, (uint16_t)count);
    for (uint32_t i = 0; i < JOURNAL_RECORDS; i++)
        journal_record_write(turn->reply, i < count ? &records[i] : &nothing);
    return ok();
}

Err agent_journal_taken(Turn *turn)
{
    uint64_t seq = cursor_u64(turn->body);

    TRY(cursor_done(turn->body));
    return turn->agent->journal ? journal_taken(turn->agent->journal, seq) : fail(E_NOT_FOUND);
}
