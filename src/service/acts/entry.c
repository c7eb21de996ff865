/* What is written in a log: a first version, a correction, a removal.
 * Must not change a row: every act appends.
 * Called by web and api. Rules: access 11, 12, data 4, reading-and-writing 1. */
#include "service/acts/entry.h"

#include "base/calendar.h"
#include "domain/fields.h"
#include "domain/period.h"
#include "service/acts/child_details.h"
#include "service/acts/contact.h"
#include "service/log/header.h"
#include "service/log/refs.h"
#include "service/log/room.h"
#include "service/log/rows.h"
#include "service/log/segment.h"
#include "service/log/task.h"
#include "service/statistics/kept.h"

/* What shall be written, whichever act it is, and how far it has come. */
typedef struct Writing {
    Service *service;
    const Actor *actor;
    Id entry;             /* none: a new one */
    uint32_t version;     /* the one that is replaced; 0 for a new one */
    const Values *typed;
    bool removed;
    const Procedure *goes_on; /* whose fields of typed are put over an entry that goes on; NULL: none does */
    bool child;           /* the child's details are corrected: what follows from them stands in details */
    const Values *values; /* what is sealed */
    LogDetails details;
    EntryRow row;
    FactDeeds facts;      /* what becomes of the facts that it is a part of */
    Arena *scratch;
} Writing;

static Err append(Tx *tx, void *self)
{
    const Writing *writing = self;
    const EntryRow *row = &writing->row;
    int64_t no = 0;

    if (writing->child)
        TRY(log_details_put(tx, writing->actor, &writing->details, writing->scratch));
    if (writing->actor->drafts)
        TRY(store_draft_delete(tx, row->log_no, writing->actor->person, row->kind, writing->entry));
    TRY(statistics_facts_put(tx, &writing->facts, writing->scratch));
    return store_entry_append(tx, row, &no);
}

/* ---- the header ---- */

typedef struct Reader {
    const LogEntered *entered;
    const Writing *writing;
} Reader;

/* The text of an entry that was known without it. */
static Err read_text(const Reader *reader, EntryRow *row)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(reader->writing->actor->store, &tx));
    return store_entry_by_id(tx, &reader->entered->permit, row->id, reader->writing->scratch, row);
}

static Err open_newest(void *self, const EntryRow *row, Values *ret_values)
{
    const Reader *reader = self;
    EntryRow whole = *row;
    LogEntry entry;

    if (!whole.sealed.data)
        TRY(read_text(reader, &whole));
    TRY(log_open_entry(&reader->entered->keys, &whole, reader->writing->scratch, &entry));
    *ret_values = entry.values;
    return ok();
}

static Err header_after(const LogEntered *entered, const Writing *writing, Values *ret_header)
{
    const LogRow *log = &entered->content.log;
    const LogPlace place = {SEAL_TABLE_LOG, SEAL_COLUMN_HEADER, log->id, log->header_version};
    Reader reader = {.entered = entered, .writing = writing};
    Values before;
    LogHeaderChange change = {.before = &before, .entries = &entered->newest, .today = oslo_day(writing->actor->now),
                              .after = {.entry = writing->row.entry, .removed = writing->removed, .values = *writing->values},
                              .open = open_newest, .self = &reader};

    TRY(log_unseal(&entered->keys, (LogSealed){place, KIND_HEADER, log->header}, writing->scratch, &before));
    /* A removal is sealed as the text of a note. */
    if (writing->removed)
        change.after.values = (Values){.kind = kind_of(writing->row.kind)};
    return log_header_renew(&change, writing->scratch, ret_header);
}

/* ---- the row ---- */

static Err make_row(const LogEntered *entered, Writing *writing)
{
    const LogVersions *versions = log_newest_find(&entered->newest, writing->entry);
    const EntryRow *newest = versions ? versions->newest : NULL;
    const Actor *actor = writing->actor;
    EntryRow *row = &writing->row;

    if (writing->version > 0 && !newest)
        return fail(E_NOT_FOUND);
    if (writing->version > 0 && (newest->version != writing->version || newest->removed))
        return fail(E_STALE);
    *row = (EntryRow){
        .log_no = entered->content.log.no,
        .kind = (uint16_t)(newest ? newest->kind : (uint16_t)writing->values->kind->id),
        .entry = writing->entry,
        .version = writing->version + 1,
        .author = actor->person,
        .author_role = (uint8_t)actor->role,
        .author_unit = actor->unit,
        .at = actor->now,
        .removed = writing->removed,
    };
    if (!writing->removed && row->kind != writing->values->kind->id)
        return fail(E_INVALID);
    if (newest) {
        TRY(world_id(writing->service->world, &row->id));
        row->supersedes = newest->id;
    } else {
        TRY(service_makes(writing->service, actor, &row->id));
        row->entry = row->id;
    }
    return log_seal(&entered->keys, (LogPlace){SEAL_TABLE_ENTRY, SEAL_COLUMN_BODY, row->id, row->version}, writing->values,
                    writing->scratch, &row->sealed);
}

static Err details(const LogEntered *entered, Writing *writing)
{
    const LogReader reader = {writing->service, writing->actor, writing->scratch};

    TRY(log_details_make(&reader, entered, writing->typed, &writing->details));
    writing->values = &writing->details.values;
    return ok();
}

/* A note is told to the others; nothing else that is written is. */
static NoticeId tells(const LogEntered *entered, const Writing *writing)
{
    if (entered->wish.act != ACT_NOTE_WRITE)
        return NOTICE_NONE;
    return values_code(writing->values, NOTE_KIND) == NOTE_KIND_BRIGHT_MOMENT ? NOTICE_BRIGHT_MOMENT : NOTICE_NEW_NOTE;
}

/* The entry as it stands, with what was asked put over it. */
static Err go_on(const LogEntered *entered, Writing *writing)
{
    const EntryRow *newest = log_newest(&entered->content.entries, writing->entry);
    Values *values = NULL;
    LogEntry entry;

    if (!newest || newest->removed)
        return fail(newest ? E_STALE : E_NOT_FOUND);
    if (newest->kind != writing->goes_on->of)
        return fail(E_INVALID);
    if (writing->goes_on->needs != FIELD_NONE && values_at(writing->typed, writing->goes_on->needs).length == 0)
        return fail(E_INVALID);
    TRY(ARENA_NEW(writing->scratch, Values, 1, &values));
    TRY(log_open_entry(&entered->keys, newest, writing->scratch, &entry));
    if (procedure_too_early(writing->goes_on, writing->typed, &entry.values, oslo_day(writing->actor->now)) != FIELD_NONE)
        return fail(E_INVALID);
    *values = entry.values;
    procedure_put(writing->goes_on, writing->typed, values);
    writing->values = values;
    return ok();
}

/* What goes on is not refused for what its form does not ask: who answered for it may have left. */
static Err check_references(const Writing *writing, const LogTargets *targets)
{
    Values asked = {.kind = writing->values->kind};

    if (writing->removed)
        return ok();
    if (!writing->goes_on)
        return log_refs_check(writing->values, targets);
    procedure_put(writing->goes_on, writing->values, &asked);
    return log_refs_check(&asked, targets);
}

static Err facts_after(const LogEntered *entered, Writing *writing)
{
    const LogReader reader = {writing->service, writing->actor, writing->scratch};
    Reader opener = {.entered = entered, .writing = writing};
    const FactWritten written = {.row = &writing->row, .values = writing->values, .open = open_newest, .self = &opener};

    return statistics_fact_of(&reader, entered, &written, &writing->facts);
}

static Err prepare(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    Writing *writing = self;
    const LogTargets targets = {.entries = entered->content.entries, .participants = entered->content.participants,
                                .now = writing->actor->now};
    Values *header = NULL;

    writing->scratch = scratch;
    writing->values = writing->typed;
    writing->child = entered->wish.act == ACT_CHILD_WRITE;
    if (writing->child)
        TRY(details(entered, writing));
    if (writing->goes_on)
        TRY(go_on(entered, writing));
    if (!writing->removed && !dates_good(writing->typed, (Written){oslo_day(writing->actor->now), writing->version > 0}))
        return fail(E_INVALID);
    TRY(make_row(entered, writing));
    TRY(log_room(entered, writing->actor, &writing->row));
    TRY(check_references(writing, &targets));
    TRY(facts_after(entered, writing));
    TRY(ARENA_NEW(scratch, Values, 1, &header));
    TRY(header_after(entered, writing, header));
    change->tells = tells(entered, writing);
    const LogHeaderNow now = {.header = header, .child = writing->child ? writing->values : &entered->child};
    return log_change_header(entered, writing->actor, now, scratch, change);
}

/* ---- whose entry, and whose measure ---- */

/* Whether one of the actor's own participations answers for the measure. */
static Err is_responsible(const LogEntered *entered, const Actor *actor, Id measure, Arena *scratch, bool *ret_answers)
{
    const LogVersions *versions = log_newest_find(&entered->newest, measure);
    LogEntry entry;

    if (!versions || versions->first->kind != KIND_MEASURE || versions->newest->removed)
        return ok();
    TRY(log_open_entry(&entered->keys, versions->newest, scratch, &entry));
    for (uint32_t i = 0; i < entered->standing.own.count; i++) {
        const ParticipantRow *own = &entered->standing.own.items[i];
        bool now = period_in_force(PERIOD_OF(own), actor->now);
        *ret_answers = *ret_answers || (now && own->role == actor->role && log_answers_for(&entry.values, own->id));
    }
    return ok();
}

/* An actor evaluates measures that they answer for. */
static Err learn_measure(void *self, const LogEntered *entered, Arena *scratch, LogWish *wish)
{
    const Writing *writing = self;
    bool answers = false;
    Id measure;

    if (is_ok(id_from_text(values_at(writing->typed, EVALUATION_MEASURE), &measure)))
        TRY(is_responsible(entered, writing->actor, measure, scratch, &answers));
    wish->act = log_write_act(KIND_EVALUATION, true);
    wish->flags = answers ? FLAG_OWN : 0;
    return ok();
}

/* What a unit wrote before it gave the log away is not changed by anybody (rules: transfer 4). */
static Flags frozen_flags(const LogEntered *entered, const LogVersions *entry)
{
    return log_is_frozen(entered, entry) ? (Flags)FLAG_FROZEN_SEGMENT : 0u;
}

/* Whose entry it is stands in its first version. */
static Err learn_author(void *self, const LogEntered *entered, Arena *scratch, LogWish *wish)
{
    const Writing *writing = self;
    const LogVersions *entry = log_newest_find(&entered->newest, writing->entry);

    (void)scratch;
    if (!entry)
        return ok();
    bool own = log_is_author(entry, writing->actor);
    wish->flags = (own ? (Flags)FLAG_OWN : 0u) | frozen_flags(entered, entry);
    wish->act = log_change_act(entry, wish->act, own);
    /* The child stands in every log: corrected, never removed. What an act has written is neither. */
    bool kept = log_write_act((KindId)entry->first->kind, false) == ACT_NONE;
    return kept || (entry->first->kind == KIND_CHILD && writing->removed) ? fail(E_INVALID) : ok();
}

/* ---- the acts ---- */

static LogTask task_of(Writing *writing, Id log, Act act)
{
    return (LogTask){.wish = {.log = log, .act = act, .purpose = PURPOSE_WRITE}, .prepare = prepare, .put = append,
                     .self = writing};
}

Err log_entry_add(Service *service, const Actor *actor, Id log, const Values *values, Id *ret_entry)
{
    Writing writing = {.service = service, .actor = actor, .typed = values};
    LogTask task = task_of(&writing, log, log_write_act(values->kind->id, false));
    Why why;

    /* A log has one child, written when it was created; from then on it is corrected. */
    if (task.wish.act == ACT_NONE || values->kind->id == KIND_CHILD)
        return fail(E_INVALID);
    if (values->kind->id == KIND_EVALUATION && actor->role == ROLE_ACTOR)
        task.learn = learn_measure;
    task.wish.adds = task.learn == NULL;
    TRY(log_carry_out(service, actor, &task, &why));
    *ret_entry = writing.row.entry;
    return ok();
}

static Err change_entry(Writing *writing, Id log, Act act)
{
    LogTask task = task_of(writing, log, act);
    Why why;

    task.learn = learn_author;
    if (writing->version == 0)
        return fail(E_INVALID);
    TRY(log_carry_out(writing->service, writing->actor, &task, &why));
    if (!id_is_none(writing->details.protected))
        contact_purge(writing->actor->store);
    return ok();
}

Err log_entry_correct(Service *service, const Actor *actor, const EntryVersion *of, const Values *values)
{
    Writing writing = {.service = service, .actor = actor, .entry = of->entry, .version = of->version, .typed = values};

    return change_entry(&writing, of->log, ACT_ENTRY_CORRECT);
}

Err log_entry_remove(Service *service, const Actor *actor, const EntryVersion *of, Str reason)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str kept = STR_NONE;
    Values values = {.kind = kind_of(KIND_NOTE)};
    Writing writing = {.service = service, .actor = actor, .entry = of->entry, .version = of->version, .typed = &values,
                       .removed = true};

    TRY(arena_new(REASON_ARENA, &arena));
    TRY(reason_take(reason, arena, &kept));
    if (kept.length == 0)
        return fail(E_INVALID);
    values_put(&values, NOTE_KIND, code_text(NOTE_KIND_NOTE));
    values_put(&values, NOTE_TEXT, kept);
    return change_entry(&writing, of->log, ACT_ENTRY_REMOVE);
}

/* What the family wrote is taken away by decision: of nobody else, and not by its author in this way. */
static Err learn_family(void *self, const LogEntered *entered, Arena *scratch, LogWish *wish)
{
    const Writing *writing = self;
    const LogVersions *entry = log_newest_find(&entered->newest, writing->entry);

    (void)scratch;
    if (!entry)
        return ok();
    Act needed = log_change_act(entry, ACT_ENTRY_REMOVE, log_is_author(entry, writing->actor));
    wish->flags = frozen_flags(entered, entry);
    return needed == wish->act ? ok() : fail(E_INVALID);
}

static Err remove_by_decision(const Deed *deed)
{
    Values values = {.kind = kind_of(KIND_NOTE)};
    Writing writing = {.service = deed->service, .actor = deed->actor, .entry = deed->entry, .version = deed->version,
                       .typed = &values, .removed = true};
    LogTask task = task_of(&writing, deed->log, deed->procedure->act);
    Why why;

    values_put(&values, NOTE_KIND, code_text(NOTE_KIND_NOTE));
    values_put(&values, NOTE_TEXT, values_at(deed->asked, REMOVAL_REASON));
    if (writing.version == 0 || values_at(&values, NOTE_TEXT).length == 0)
        return fail(E_INVALID);
    task.learn = learn_family;
    task.wish.opening = deed->opening;
    return log_carry_out(deed->service, deed->actor, &task, &why);
}

static Err learn_frozen(void *self, const LogEntered *entered, Arena *scratch, LogWish *wish)
{
    const Writing *writing = self;
    const LogVersions *entry = log_newest_find(&entered->newest, writing->entry);

    (void)scratch;
    wish->flags = entry ? frozen_flags(entered, entry) : 0u;
    return ok();
}

Err log_entry_go_on(const Deed *deed)
{
    if (deed->procedure->removes)
        return remove_by_decision(deed);

    Writing writing = {.service = deed->service, .actor = deed->actor, .entry = deed->entry, .version = deed->version,
                       .typed = deed->asked, .goes_on = deed->procedure};
    LogTask task = task_of(&writing, deed->log, deed->procedure->act);
    Why why;

    task.learn = learn_frozen;
    return writing.version == 0 ? fail(E_INVALID) : log_carry_out(writing.service, writing.actor, &task, &why);
}
