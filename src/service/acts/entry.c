/* What is written in a log: a first version, a correction, a removal.
 * Must not change a row: every act appends.
 * Called by web and api. Rules: 2-lifecycle, settled 15, 16. */
#include "service/acts/entry.h"

#include "base/calendar.h"
#include "service/acts/child_details.h"
#include "service/log/change.h"
#include "service/log/enter.h"
#include "service/log/header.h"
#include "service/log/refs.h"
#include "service/log/rows.h"
#include "service/log/task.h"

#define SCRATCH_CAP ((size_t)64 << 20)

/* A log is opened whole, and what was written stays: so nobody may write so much that it cannot be opened any more. Sealed
 * bytes of all versions, and for each as many as its frame on the page takes; an ordinary entry has a few hundred. What the
 * holder needs cannot be used up by others. */
#define FRAME_BYTES ((size_t)256)
#define LOG_BYTES_MAX ((size_t)8 << 20)
#define OTHERS_BYTES_MAX ((size_t)4 << 20)
#define AUTHOR_BYTES_MAX ((size_t)1 << 20)

/* What shall be written, whichever act it is. */
typedef struct Wanted {
    Id entry;             /* none: a new one */
    uint32_t version;     /* the one that is replaced; 0 for a new one */
    const Values *values; /* what is sealed */
    bool removed;
    const LogDetails *details; /* of the child's entry; NULL for every other */
} Wanted;

typedef struct Writing {
    const Actor *actor;
    const Wanted *wanted;
    EntryRow row;
    Arena *scratch;
    bool overtaken; /* the log's key was wrapped anew meanwhile */
} Writing;

static Err append(Tx *tx, void *context)
{
    Writing *writing = context;
    int64_t no = 0;

    if (writing->wanted->details) {
        Err put = log_details_put(tx, writing->actor, writing->wanted->details, writing->scratch);
        writing->overtaken = put.id == E_STALE;
        TRY(put);
    }
    return store_entry_append(tx, &writing->row, &no);
}

/* All newest entries as the header sees them, with the new one in its place. */
static Err header_after(const LogEntered *entered, const Actor *actor, const Writing *writing, Arena *scratch, Values *ret_header)
{
    const EntryRows *rows = &entered->content.entries;
    LogOpened *opened = NULL;
    uint32_t count = 0;
    LogEntry entry;

    TRY(ARENA_NEW(scratch, LogOpened, rows->count + 1, &opened));
    for (uint32_t i = 0; i < rows->count; i++) {
        const EntryRow *row = &rows->items[i];
        if (row->version != 1)
            continue;
        if (id_equal(row->entry, writing->row.entry)) {
            opened[count++] = (LogOpened){.values = *writing->wanted->values, .removed = writing->wanted->removed};
            continue;
        }
        TRY(log_open_entry(&entered->keys, log_newest(rows, row->entry), scratch, &entry));
        opened[count++] = (LogOpened){.values = entry.values, .removed = entry.removed};
    }
    if (writing->wanted->version == 0)
        opened[count++] = (LogOpened){.values = *writing->wanted->values};
    return log_header_make(opened, count, oslo_day(actor->now), scratch, ret_header);
}

static Err make_row(Service *service, const Actor *actor, const LogEntered *entered, const Wanted *wanted, Arena *scratch,
                    EntryRow *row)
{
    const EntryRow *newest = log_newest(&entered->content.entries, wanted->entry);

    if (wanted->version > 0 && !newest)
        return fail(E_NOT_FOUND);
    if (wanted->version > 0 && (newest->version != wanted->version || newest->removed))
        return fail(E_STALE);
    *row = (EntryRow){
        .log_no = entered->content.log.no,
        .kind = (uint16_t)(newest ? newest->kind : (uint16_t)wanted->values->kind->id),
        .entry = wanted->entry,
        .version = wanted->version + 1,
        .author = actor->person,
        .author_role = (uint8_t)actor->role,
        .author_unit = actor->unit,
        .at = actor->now,
        .removed = wanted->removed,
    };
    if (!wanted->removed && row->kind != wanted->values->kind->id)
        return fail(E_INVALID);
    TRY(world_id(service->world, &row->id));
    if (newest)
        row->supersedes = newest->id;
    else
        row->entry = row->id;
    return log_seal(&entered->keys, (LogPlace){SEAL_TABLE_ENTRY, SEAL_COLUMN_BODY, row->id, row->version}, wanted->values,
                    scratch, &row->sealed);
}

/* Taking away is always possible. */
static Err check_room(const LogEntered *entered, const Actor *actor, const EntryRow *row)
{
    const EntryRows *rows = &entered->content.entries;
    size_t total = FRAME_BYTES + row->sealed.length, own = total;
    bool holder = actor->role == ROLE_RELAY_HOLDER;

    for (uint32_t i = 0; i < rows->count; i++) {
        size_t bytes = FRAME_BYTES + rows->items[i].sealed.length;
        total += bytes;
        own += id_equal(rows->items[i].author, actor->person) ? bytes : 0;
    }
    bool fits = total <= (holder ? LOG_BYTES_MAX : OTHERS_BYTES_MAX) && (holder || own <= AUTHOR_BYTES_MAX);
    return fits || row->removed ? ok() : fail(E_TOO_LARGE);
}

/* The first moment at which one of the consents that are not withdrawn ends. */
static int64_t consent_end(const ConsentRows *rows)
{
    int64_t end = INT64_MAX;

    for (uint32_t i = 0; i < rows->count; i++)
        if (rows->items[i].withdrawn_at == 0 && rows->items[i].valid_to < end)
            end = rows->items[i].valid_to;
    return end;
}

static Err write_entered(Service *service, const Actor *actor, const LogEntered *entered, const Wanted *wanted, Arena *scratch,
                         Id *ret_entry, bool *ret_moved)
{
    const LogTargets targets = {.entries = entered->content.entries, .participants = entered->content.participants,
                                .now = actor->now};
    const Values *child = wanted->details ? wanted->values : &entered->child;
    Writing writing = {.actor = actor, .wanted = wanted, .scratch = scratch};
    LogChange change = {.entered = entered, .change = append, .context = &writing};
    int64_t end = consent_end(&entered->content.consents);
    Values header;

    TRY(make_row(service, actor, entered, wanted, scratch, &writing.row));
    TRY(check_room(entered, actor, &writing.row));
    if (!wanted->removed)
        TRY(log_refs_check(wanted->values, &targets));
    TRY(header_after(entered, actor, &writing, scratch, &header));
    change.header = &header;
    change.wake_on = log_wake(&entered->settings, actor->now, end == INT64_MAX ? actor->now : end,
                              values_get(child, "birth_date"));
    Err changed = log_change(actor, &change, scratch, ret_moved);
    *ret_moved = *ret_moved || writing.overtaken;
    TRY(changed);
    *ret_entry = writing.row.entry;
    return ok();
}

static Err once(Service *service, const Actor *actor, const LogWish *wish, const Wanted *wanted, Id *ret_entry, bool *ret_moved)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    AUTO(log_entered_wipe) LogEntered entered = {0};
    LogDetails details = {0};
    Wanted whole = *wanted;
    Why why;

    TRY(arena_new(SCRATCH_CAP, &scratch));
    TRY(log_enter(service, actor, wish, scratch, &why, &entered));
    if (wish->act == ACT_CHILD_WRITE) {
        TRY(log_details_make(service, actor, &entered, wanted->values, scratch, &details));
        whole.values = &details.values;
        whole.details = &details;
    }
    return write_entered(service, actor, &entered, &whole, scratch, ret_entry, ret_moved);
}

/* Whoever was overtaken tries again: appending never conflicts (settled 15). */
static Err write_entry(Service *service, const Actor *actor, const LogWish *wish, const Wanted *wanted, Id *ret_entry)
{
    for (int i = 0; i < LOG_TRIES; i++) {
        bool moved = false;
        Err done = once(service, actor, wish, wanted, ret_entry, &moved);
        if (!moved)
            return done;
    }
    return fail(E_BUSY);
}

/* ---- whose entry, and whose measure ---- */

/* What the policy must be told about the entry itself. */
typedef struct Own {
    bool author;    /* wrote the entry's first version */
    bool answers;   /* answers for the measure that is evaluated */
    KindId kind;
} Own;

static Err is_responsible(const LogEntered *entered, const Actor *actor, Id measure, Arena *scratch, bool *ret_answers)
{
    const EntryRow *row = log_newest(&entered->content.entries, measure);
    LogEntry entry;

    if (!row || row->kind != KIND_MEASURE || row->removed)
        return ok();
    TRY(log_open_entry(&entered->keys, row, scratch, &entry));
    for (uint32_t i = 0; i < entered->standing.own.count; i++) {
        const ParticipantRow *own = &entered->standing.own.items[i];
        bool now = own->from_at <= actor->now && (own->to_at == 0 || actor->now < own->to_at);
        *ret_answers = *ret_answers || (now && own->role == actor->role && log_answers_for(&entry.values, own->id));
    }
    return ok();
}

/* Whose entry it is stands in the rows: the log is entered as for reading, and nothing of it is shown. */
static Err own_of(Service *service, const Actor *actor, const LogWish *wish, Id entry, const Values *values, Own *ret_own)
{
    const LogWish look = {.log = wish->log, .act = ACT_LOG_READ, .purpose = PURPOSE_WRITE};
    AUTO(arena_freep) Arena *scratch = NULL;
    AUTO(log_entered_wipe) LogEntered entered = {0};
    Id measure;
    Why why = WHY_UNDECIDED;
    Own own = {0};

    TRY(arena_new(SCRATCH_CAP, &scratch));
    Err looked = log_enter(service, actor, &look, scratch, &why, &entered);
    if (looked.id == E_FORBIDDEN && why == WHY_STUB)
        return log_refuse(actor, wish, why, &(Ask){.act = wish->act, .role = actor->role, .relation = RELATION_FORMER});
    TRY(looked);
    for (uint32_t i = 0; i < entered.content.entries.count; i++) {
        const EntryRow *row = &entered.content.entries.items[i];
        if (row->version == 1 && id_equal(row->entry, entry)) {
            own.author = id_equal(row->author, actor->person) && row->author_role == actor->role;
            own.kind = (KindId)row->kind;
        }
    }
    if (values && is_ok(id_from_text(values_get(values, "measure"), &measure)))
        TRY(is_responsible(&entered, actor, measure, scratch, &own.answers));
    *ret_own = own;
    return ok();
}

Err log_entry_add(Service *service, const Actor *actor, Id log, const Values *values, Id *ret_entry)
{
    const Wanted wanted = {.values = values};
    LogWish wish = {.log = log, .act = log_write_act(values->kind->id, false), .purpose = PURPOSE_WRITE};

    /* A log has one child, written when it was created; from then on it is corrected. */
    if (wish.act == ACT_NONE || values->kind->id == KIND_CHILD)
        return fail(E_INVALID);
    if (values->kind->id == KIND_EVALUATION && actor->role == ROLE_ACTOR) {
        Own own = {0};
        TRY(own_of(service, actor, &wish, (Id){0}, values, &own));
        wish.act = log_write_act(KIND_EVALUATION, true);
        wish.flags = own.answers ? FLAG_OWN : 0;
    }
    return write_entry(service, actor, &wish, &wanted, ret_entry);
}

static Err change_entry(Service *service, const Actor *actor, Id log, Act act, const Wanted *wanted)
{
    LogWish wish = {.log = log, .act = act, .purpose = PURPOSE_WRITE};
    Own own = {0};
    Id entry;

    TRY(own_of(service, actor, &wish, wanted->entry, NULL, &own));
    wish.flags = own.author ? FLAG_OWN : 0;
    /* The child stands in every log: corrected, never removed. */
    if (wanted->removed && own.kind == KIND_CHILD)
        return fail(E_INVALID);
    if (own.kind == KIND_CHILD)
        wish.act = log_write_act(KIND_CHILD, false);
    return write_entry(service, actor, &wish, wanted, &entry);
}

Err log_entry_correct(Service *service, const Actor *actor, Id log, Id entry, uint32_t version, const Values *values)
{
    const Wanted wanted = {.entry = entry, .version = version, .values = values};

    return version == 0 ? fail(E_INVALID) : change_entry(service, actor, log, ACT_ENTRY_CORRECT, &wanted);
}

Err log_entry_remove(Service *service, const Actor *actor, Id log, Id entry, uint32_t version, Str reason)
{
    Values values = {.kind = kind_of(KIND_NOTE)};
    const Wanted wanted = {.entry = entry, .version = version, .values = &values, .removed = true};

    if (version == 0 || !utf8_valid(reason) || utf8_length(reason) > REASON_MAX)
        return fail(E_INVALID);
    log_set(&values, "note_kind", STR("1"));
    log_set(&values, "text", reason);
    return change_entry(service, actor, log, ACT_ENTRY_REMOVE, &wanted);
}
