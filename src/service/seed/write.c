/* Entries of a seeded log: written and corrected as the services write and correct them.
 * Must not write to a database, nor take what a form would not take.
 * Called by the story. */
#include "service/seed/write.h"

#include "service/log/refs.h"

#define PARTS_MAX 16

static LogOpened *opened_of(const SeedLog *log, Id entry)
{
    uint32_t firsts = 0;

    for (uint32_t i = 0; i < log->entry_count; i++) {
        const EntryRow *row = &log->entries[i];
        if (row->version == 1 && id_equal(row->entry, entry))
            return &log->opened[firsts];
        firsts += row->version == 1;
    }
    return NULL;
}

const Values *seed_says(const SeedLog *log, Id entry)
{
    const LogOpened *opened = opened_of(log, entry);

    return opened ? &opened->values : NULL;
}

/* An actor evaluates what they answer for, and nothing else. */
static bool answers(const SeedMaking *making, uint32_t who, const Values *values)
{
    const ParticipantRow *row = &making->log->people[who];
    const Values *measure = NULL;
    Id id;

    if (values->kind->id != KIND_EVALUATION || row->role != ROLE_ACTOR)
        return false;
    if (is_ok(id_from_text(values_at(values, EVALUATION_MEASURE), &id)))
        measure = seed_says(making->log, id);
    return measure && log_answers_for(measure, row->id);
}

static Err check_refs(const SeedMaking *making, const Values *values)
{
    const SeedLog *log = making->log;
    ParticipantRow people[SEED_PEOPLE_MAX];
    EntryRows entries = {.items = log->entries, .count = log->entry_count};

    for (uint32_t i = 0; i < log->people_count; i++)
        people[i] = log->people[i];
    const LogTargets targets = {.entries = entries, .participants = {.items = people, .count = log->people_count},
                                .now = making->now};
    return log_refs_check(values, &targets);
}

static Err seal_row(SeedMaking *making, const Actor *actor, const Values *values, EntryRow *row)
{
    SeedLog *log = making->log;

    if (log->entry_count == making->entries_room)
        return fail(E_INTERNAL);
    TRY(check_refs(making, values));
    row->kind = (uint16_t)values->kind->id;
    row->author = actor->person;
    row->author_role = (uint8_t)actor->role;
    row->author_unit = actor->unit;
    row->at = making->now;
    TRY(world_id(making->service.world, &row->id));
    if (row->version == 1)
        row->entry = row->id;
    TRY(log_seal(&log->keys, (LogPlace){SEAL_TABLE_ENTRY, SEAL_COLUMN_BODY, row->id, row->version}, values, making->keep,
                 &row->sealed));
    log->entries[log->entry_count++] = *row;
    log->lines[log->line_count - 1].entries = log->entry_count;
    return ok();
}

Err seed_write(SeedMaking *making, uint32_t who, const Values *values, Id *ret_entry)
{
    bool own = answers(making, who, values);
    const SeedAct act = {.act = log_write_act(values->kind->id, own), .who = who, .flags = own ? FLAG_OWN : 0};
    SeedLog *log = making->log;
    EntryRow row = {.version = 1};
    Actor actor;

    TRY(seed_act(making, &act, &actor));
    TRY(seal_row(making, &actor, values, &row));
    log->opened[log->opened_count++] = (LogOpened){.values = *values};
    log->written++;
    *ret_entry = row.entry;
    return ok();
}

Err seed_correct(SeedMaking *making, Id entry, const Values *values)
{
    const EntryRows rows = {.items = making->log->entries, .count = making->log->entry_count};
    const SeedAct act = {.act = ACT_ENTRY_CORRECT};
    const EntryRow *newest = log_newest(&rows, entry);
    LogOpened *opened = opened_of(making->log, entry);
    Actor actor;

    if (!newest || !opened)
        return fail(E_NOT_FOUND);
    EntryRow row = {.entry = entry, .version = newest->version + 1, .supersedes = newest->id};
    TRY(seed_act(making, &act, &actor));
    TRY(seal_row(making, &actor, values, &row));
    opened->values = *values;
    return ok();
}

Err seed_part(SeedMaking *making)
{
    SeedLog *log = making->log;
    const LogPlace place = {SEAL_TABLE_LOG, SEAL_COLUMN_HEADER, log->log.id, log->part_count + 1};
    SeedPart part = {.lines = log->line_count, .entries = log->entry_count};
    Values header;

    if (!log->parts)
        TRY(ARENA_NEW(making->keep, SeedPart, PARTS_MAX, &log->parts));
    if (log->part_count == PARTS_MAX)
        return fail(E_INTERNAL);
    TRY(log_header_make(log->opened, log->opened_count, oslo_day(making->now), making->keep, &header));
    TRY(log_seal(&log->keys, place, &header, making->keep, &part.header));
    log->parts[log->part_count++] = part;
    return ok();
}
