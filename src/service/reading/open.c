/* Opens a log for one person: everything that they may read, once its line is durable; or the stub.
 * Must not hand anything out before log_read_line has said yes.
 * Called by web and api. Rules: access 2, 6, 9, keys 4, reading-and-writing 2. */
#include "service/reading/open.h"

#include "domain/consent.h"
#include "domain/period.h"
#include "service/log/consents.h"
#include "service/log/enter.h"
#include "service/log/lived.h"
#include "service/log/refs.h"
#include "service/log/rows.h"
#include "service/log/seen.h"
#include "service/log/segment.h"
#include "service/log/stub.h"
#include "service/people/account.h"
#include "service/reading/decision.h"

/* Which buttons there are. A right that holds for own entries or for consented units only is shown; use decides. */
static Ask buttons_ask(const LogEntered *entered)
{
    Ask ask = entered->ask;

    ask.flags |= FLAG_OWN | FLAG_IN_CONSENT;
    return ask;
}

static Why why_now(const LogEntered *entered, Act act)
{
    Ask ask = entered->ask;

    ask.act = act;
    return policy_decide(ask);
}

static bool may_now(const LogEntered *entered, Act act, bool own)
{
    Ask ask = entered->ask;

    ask.act = act;
    if (own)
        ask.flags |= FLAG_OWN;
    return policy_decide(ask) == WHY_ALLOWED;
}

/* Whether one of the caller's own participations answers for a measure. */
static bool answers(const LogEntered *entered, const Values *measure)
{
    for (uint32_t i = 0; i < entered->standing.own.count; i++)
        if (log_answers_for(measure, entered->standing.own.items[i].id))
            return true;
    return false;
}

/* What the caller may do with entries of their own [true] and of others [false]. */
typedef struct EntryRights {
    bool correct[2], remove[2];
    bool note;        /* the words of a note of their own */
    bool evaluate[2]; /* [true]: measures that they answer for */
    bool child;       /* the child's details: whoever does not see an address would take it away by saving */
} EntryRights;

static EntryRights entry_rights_of(const LogEntered *entered)
{
    bool evaluate = may_now(entered, ACT_EVALUATION_WRITE, false);

    return (EntryRights){
        .correct = {may_now(entered, ACT_ENTRY_CORRECT, false), may_now(entered, ACT_ENTRY_CORRECT, true)},
        .remove = {may_now(entered, ACT_ENTRY_REMOVE, false), may_now(entered, ACT_ENTRY_REMOVE, true)},
        .note = may_now(entered, ACT_NOTE_CORRECT, true),
        .evaluate = {evaluate || may_now(entered, ACT_OWN_EVALUATION_WRITE, false),
                     evaluate || may_now(entered, ACT_OWN_EVALUATION_WRITE, true)},
        .child = may_now(entered, log_write_act(KIND_CHILD, false), false) && log_shows_address(entered),
    };
}

/* The words of a note are its author's; what the family wrote is removed by itself, else by decision (rules: access 12). */
static void mark_note(const EntryRights *rights, bool own, LogEntry *entry)
{
    entry->may_correct = own && rights->note;
    entry->may_remove = rights->remove[own] && (own || !role_is_family(entry->first_role));
}

/* What the caller may do with each entry; the child stands in every log and is never removed. */
static void mark_rights(const LogEntered *entered, const Actor *actor, LogEntry *entries, uint32_t count)
{
    const EntryRights rights = entry_rights_of(entered);
    const int64_t frozen_before = log_frozen_before(entered);

    for (uint32_t i = 0; i < count; i++) {
        LogEntry *entry = &entries[i];
        bool own = id_equal(entry->first_author, actor->person) && entry->first_role == actor->role;
        bool child = entry->values.kind->id == KIND_CHILD;
        const LogVersions *versions = frozen_before ? log_newest_find(&entered->newest, entry->entry) : NULL;
        entry->frozen = versions && versions->first->no < frozen_before && entry->values.kind->id != KIND_CHILD;
        if (entry->removed || log_write_act(entry->values.kind->id, false) == ACT_NONE)
            continue;
        entry->may_correct = child ? rights.child : rights.correct[own];
        entry->may_remove = !child && rights.remove[own];
        if (entry->values.kind->id == KIND_NOTE)
            mark_note(&rights, own, entry);
        if (entry->frozen)
            entry->may_correct = entry->may_remove = false;
        if (entry->values.kind->id == KIND_MEASURE)
            entry->may_evaluate = rights.evaluate[answers(entered, &entry->values)];
    }
}

/* Which consents count, what they name together, and whether they are good. */
static Err judge_consents(const LogEntered *entered, const Actor *actor, Arena *keep, LogConsent *consents, LogView *view)
{
    Id *units = NULL;

    for (uint32_t i = 0; i < view->consent_count; i++) {
        bool own = log_owns_document(entered, actor, consents, i);
        consents[i].worth = consents_worth(&entered->consents, i, actor->now);
        /* Whoever left withdrew nothing by it. */
        if (consents[i].worth == CONSENT_SET_ASIDE)
            consents[i].withdrawn = false;
        consents[i].may_document = consents[i].has_document && may_now(entered, ACT_CONSENT_DOCUMENT_READ, own);
    }
    TRY(ARENA_NEW(keep, Id, (size_t)entered->consents.unit_count + 1, &units));
    view->consent_required = consents_required(&entered->consents, actor->now);
    view->consented_count = consents_units(&entered->consents, actor->now, units);
    view->consented_units = units;
    view->consent_good = !(entered->ask.flags & FLAG_CONSENT_INVALID);
    return ok();
}

/* What is named after the log's line is durable. */
typedef struct Opened {
    LogPerson *people;
    LogEntry *entries;
    LogConsent *consents;
} Opened;

static bool is_taken(const LogLook *look, const LogPick *pick, uint32_t at)
{
    return pick->opened[at] && (pick->shown[at] || look->beside);
}

/* The shown entries, and those that were opened beside them, in the order of writing. */
static Err take_entries(const LogLook *look, const LogPick *pick, LogView *view, LogEntry **ret_entries)
{
    const LogEntered *entered = pick->entered;
    LogEntry *entries = NULL;
    size_t count = 0;

    for (uint32_t i = 0; i < entered->newest.count; i++)
        count += is_taken(look, pick, i);
    TRY(ARENA_NEW(look->reader.keep, LogEntry, count + 1, &entries));
    for (uint32_t i = 0; i < entered->newest.count; i++) {
        LogEntry *entry = pick->opened[i];
        if (!is_taken(look, pick, i))
            continue;
        if (entry->values.kind->id == KIND_CHILD && !log_shows_address(entered))
            log_hide_address(&entry->values);
        if (!policy_names_units(look->reader.actor->role, entered->ask.flags))
            log_hide_units(&entry->values);
        TRY(log_name_author(entry, entered->newest.items[i].first, (LogPeople){view->people, view->people_count}));
        entries[view->entry_count++] = *entry;
    }
    mark_rights(entered, look->reader.actor, entries, view->entry_count);
    view->entries = *ret_entries = entries;
    log_pick_count_folded(pick, view->folded);
    return ok();
}

static Err open_entries(const LogEntered *entered, const LogLook *look, LogView *view, LogEntry **ret_entries)
{
    LogPick pick;

    TRY(log_pick_new(entered, look->reader.actor->now, look->reader.keep, &pick));
    TRY(look->pick(&pick, look->self));
    return take_entries(look, &pick, view, ret_entries);
}

static Err open_all(const LogEntered *entered, const LogLook *look, LogView *view, Opened *ret_opened)
{
    const LogRow *log = &entered->content.log;
    const LogPlace place = {SEAL_TABLE_LOG, SEAL_COLUMN_HEADER, log->id, log->header_version};
    LogConsent *consents = NULL;
    LogEntry *entries = NULL;
    LogPerson *people = NULL;
    Values header;

    TRY(entered->left ? log_segment_header(entered, look->reader.keep, &header)
                      : log_unseal(&entered->keys, (LogSealed){place, KIND_HEADER, log->header}, look->reader.keep, &header));
    view->left = entered->left;
    view->came = log_lived_last(entered, KIND_TRANSFER_CAME) != NULL;
    TRY(log_summary(log, &header, look->reader.actor->role, &view->summary));
    TRY(log_open_people(entered, look->reader.actor->now, look->reader.keep, &people, &view->people_count));
    /* How people are reached is what stands there today. */
    for (uint32_t i = 0; entered->left && i < view->people_count; i++)
        people[i].contact = (Values){0};
    view->people = people;
    view->unheld_since = entered->standing.unheld_since;
    TRY(log_open_offer(entered, look->reader.actor->now, look->reader.keep, &view->offer));
    TRY(open_entries(entered, look, view, &entries));
    TRY(log_open_consents(entered, (LogPeople){people, view->people_count}, look->reader.keep, &consents,
                          &view->consent_count));
    TRY(judge_consents(entered, look->reader.actor, look->reader.keep, consents, view));
    view->consents = consents;
    view->has_drafts = entered->beside.drafts > 0;
    view->child = entered->child;
    view->number_fixed = log_child_row(entered) != NULL;
    if (!log_shows_address(entered))
        log_hide_address(&view->child);
    view->permit = entered->permit;
    view->flags = log->flags;
    (void)values_day(&header, HEADER_CLAIMED_ON, &view->claimed_on);
    view->decision = values_code(&header, HEADER_DECISION);
    for (unsigned when = WHEN_ANY; when < WHEN_COUNT; when++)
        view->is[when] = log_is(entered, (enum When)when, look->reader.actor->now);
    view->ask = buttons_ask(entered);
    *ret_opened = (Opened){.people = people, .entries = entries, .consents = consents};
    return ok();
}

/* Who stands in for a holder whose role has ended: the managers of the log's unit (rules: rest 9). */
static Err name_stand_ins(const LogReader *reader, LogView *view)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    RoleRows rows = {0};
    Id *persons = NULL;
    Str *names = NULL;

    if (view->unheld_since == 0)
        return ok();
    TRY(store_read(reader->actor->store, &tx));
    TRY(store_roles_of_unit(tx, view->summary.unit, reader->keep, &rows));
    store_read_endp(&tx);
    TRY(ARENA_NEW(reader->keep, Id, (size_t)rows.count + 1, &persons));
    TRY(ARENA_NEW(reader->keep, Str, (size_t)rows.count + 1, &names));
    for (uint32_t i = 0; i < rows.count; i++)
        if (rows.items[i].role == ROLE_ORG_MANAGER && period_in_force(PERIOD_OF(&rows.items[i]), reader->actor->now))
            persons[view->stand_in_count++] = rows.items[i].person;
    TRY(people_names(reader->service, reader->actor, (IdList){persons, view->stand_in_count}, reader->keep, names));
    view->stand_in_ids = persons;
    view->stand_ins = names;
    return ok();
}

/* Managers and administrators take no part: who of them did what with the log, or wrote while they stood in for its holder, is named
 * by their accounts. */
static bool is_named_by_account(const LogEntry *entry, Role role)
{
    return entry->values.kind->section == SECTION_LIFE || role == ROLE_ORG_MANAGER;
}

static Err name_author(const LogReader *reader, const LogEntry *entries, uint32_t count, LogEntry *entry)
{
    for (uint32_t i = 0; i < count && entry->author_name.length == 0; i++)
        if (id_equal(entries[i].author, entry->author))
            entry->author_name = entries[i].author_name;
    entry->author_former = false;
    return entry->author_name.length > 0 ? ok()
        : people_names(reader->service, reader->actor, (IdList){&entry->author, 1}, reader->keep, &entry->author_name);
}

static Err name_authors(const LogReader *reader, const LogView *view, LogEntry *entries)
{
    for (uint32_t i = 0; i < view->entry_count; i++) {
        LogEntry *entry = &entries[i];
        if (entry->author_name.length == 0 && is_named_by_account(entry, entry->author_role))
            TRY(name_author(reader, entries, i, entry));
        if (entry->first_name.length > 0 || !is_named_by_account(entry, entry->first_role))
            continue;
        entry->first_former = false;
        if (id_equal(entry->first_author, entry->author))
            entry->first_name = entry->author_name;
        else
            TRY(people_names(reader->service, reader->actor, (IdList){&entry->first_author, 1}, reader->keep, &entry->first_name));
    }
    return ok();
}

/* What an entry says of a unit is told by its name. */
static Err name_units(const UnitNames *units, Arena *keep, LogView *view)
{
    Str *names = NULL;
    Id *ids = NULL;

    TRY(ARENA_NEW(keep, Id, (size_t)units->count + 1, &ids));
    TRY(ARENA_NEW(keep, Str, (size_t)units->count + 1, &names));
    for (uint32_t i = 0; i < units->count; i++) {
        ids[i] = units->rows[i].id;
        names[i] = unit_names_get(units, ids[i]);
    }
    view->known_units = ids;
    view->known_names = names;
    view->known_count = units->count;
    return ok();
}

/* Names that do not stand in the log: of the units, of those who did something with it, and of administrators who opened it. */
static Err name_all(const LogReader *reader, LogEntered *entered, LogView *view, const Opened *opened)
{
    Service *service = reader->service;
    const Actor *actor = reader->actor;
    Arena *keep = reader->keep;
    UnitNames *units = &entered->beside.units;
    Str *names = NULL;

    if (policy_names_units(actor->role, entered->ask.flags))
        TRY(unit_names_open(service, actor, units, keep));
    view->summary.unit_name = unit_names_get(units, view->summary.unit);
    TRY(name_units(units, keep, view));
    view->offer.unit_name = unit_names_get(units, view->offer.unit);
    for (uint32_t i = 0; i < view->people_count; i++)
        opened->people[i].unit_name = unit_names_get(units, opened->people[i].unit);
    for (uint32_t i = 0; i < view->consent_count; i++) {
        TRY(ARENA_NEW(keep, Str, (size_t)view->consents[i].unit_count + 1, &names));
        for (uint32_t k = 0; k < view->consents[i].unit_count; k++)
            names[k] = unit_names_get(units, view->consents[i].units[k]);
        opened->consents[i].unit_names = names;
    }
    TRY(ARENA_NEW(keep, Str, (size_t)view->consented_count + 1, &names));
    for (uint32_t i = 0; i < view->consented_count; i++)
        names[i] = unit_names_get(units, view->consented_units[i]);
    view->consented_names = names;
    TRY(name_authors(reader, view, opened->entries));
    TRY(name_stand_ins(reader, view));
    bool seen = entered->wish.act == ACT_LOG_READ && log_may(view, ACT_ACCESS_LIST_READ);
    return seen ? log_seen_newest(service, actor, entered, keep, view) : ok();
}

LogWish log_look_wish(Id log, enum Opening reason)
{
    return (LogWish){.log = log, .act = ACT_LOG_READ, .opening = reason, .purpose = PURPOSE_READ, .page = true};
}

/* What may still be done by somebody who sees no more than the stub. */
static Err open_stub(const LogReader *reader, Id log, LogView *ret_view)
{
    const Actor *actor = reader->actor;
    LogView view = {0};
    Consents consents;
    LogStub stub;

    TRY(log_stub(reader, log, false, &stub));
    TRY(log_summary(&stub.entered.standing.log, NULL, actor->role, &view.summary));
    view.summary.died = stub.died;
    log_summary_today(&view.summary, stub.flags);
    view.permit = stub.entered.permit;
    view.flags = stub.entered.standing.log.flags;
    view.is[WHEN_ANY] = true;
    TRY(log_consents_standing(&stub.entered.standing, reader->keep, &consents));
    view.is[WHEN_LEFT] = consents_to_settle(&consents, actor->now);
    view.is[WHEN_UNAGREED] = true;
    view.claimed_on = stub.claimed_on;
    view.decision = stub.decision;
    view.copy_end = stub.flags & FLAG_COPY_OPEN ? copy_end(&stub.copy) : 0;
    if (id_equal(stub.order.log, log))
        log_order_times(&stub.order, &view.order);
    view.ask = buttons_ask(&stub.entered);
    view.protected = stub.flags & FLAG_ADDRESS_PROTECTED;
    TRY(log_read_line(actor, &stub.entered, reader->keep, 0));
    if (policy_names_units(actor->role, stub.flags))
        TRY(people_unit_names(reader->service, actor, (IdList){&view.summary.unit, 1}, reader->keep, &view.summary.unit_name));
    *ret_view = view;
    return ok();
}

Err log_look(const LogLook *look, Why *ret_why, LogView *ret_view)
{
    AUTO(log_entered_wipe) LogEntered entered = {0};
    LogView view = {0};
    Opened opened = {0};

    TRY(log_enter(&look->reader, &look->wish, ret_why, &entered));
    if (!look->take)
        *ret_why = why_now(&entered, ACT_LOG_READ);
    if (*ret_why != WHY_ALLOWED)
        return log_refuse(look->reader.actor, &entered.wish, *ret_why, &entered.ask);
    TRY(log_keys_for_many(&entered.keys));
    TRY(open_all(&entered, look, &view, &opened));
    TRY(look->take ? look->take(look->self, &entered) : log_read_line(look->reader.actor, &entered, look->reader.keep, 0));
    TRY(name_all(&look->reader, &entered, &view, &opened));
    *ret_view = view;
    return ok();
}

static Err open_or_stub(const LogLook *look, Why *ret_why, LogView *ret_view)
{
    Why why = WHY_UNDECIDED;

    Err found = log_look(look, &why, ret_view);
    *ret_why = why;
    if (!is_ok(found) && why == WHY_STUB)
        return open_stub(&look->reader, look->wish.log, ret_view);
    if (!is_ok(found) && why == WHY_DECISION_ONLY)
        return log_open_decision(&look->reader, look->wish.log, ret_view);
    return found;
}

static Err pick_all(LogPick *pick, void *self)
{
    (void)self;
    return log_pick_all(pick);
}

static Err pick_current(LogPick *pick, void *self)
{
    (void)self;
    return log_pick_current(pick);
}

Err log_open(const LogReader *reader, Id log, enum Opening reason, enum Why *ret_why, LogView *ret_view)
{
    const LogLook look = {.reader = *reader, .wish = log_look_wish(log, reason), .pick = pick_all};

    return open_or_stub(&look, ret_why, ret_view);
}

Err log_open_current(const LogReader *reader, Id log, enum Opening reason, enum Why *ret_why, LogView *ret_view)
{
    const LogLook look = {.reader = *reader, .wish = log_look_wish(log, reason), .pick = pick_current};

    return open_or_stub(&look, ret_why, ret_view);
}

/* Whether a form of the one offers entries of the other. */
static bool offers(const Kind *kind, KindId other)
{
    for (uint8_t i = 0; i < kind->count; i++)
        if (kind->fields[i].type == FIELD_ENTRY && kind->fields[i].refers == other)
            return true;
    return false;
}

typedef struct Adding {
    const Kind *kind;
} Adding;

static Err pick_offered(LogPick *pick, void *self)
{
    const LogNewest *newest = &pick->entered->newest;
    const Adding *adding = self;

    for (uint32_t i = 0; i < newest->count; i++)
        if (offers(adding->kind, newest->items[i].first->kind))
            TRY(log_pick_show(pick, i));
    return ok();
}

static bool offers_any(const Kind *kind)
{
    for (uint8_t i = 0; i < kind->count; i++)
        if (kind->fields[i].type == FIELD_ENTRY && kind->fields[i].refers != KIND_NONE)
            return true;
    return false;
}

Err log_open_to_add(const LogReader *reader, Id log, const Kind *kind, enum Why *ret_why, LogView *ret_view)
{
    Adding adding = {kind};
    LogLook look = {.reader = *reader, .wish = log_look_wish(log, OPENING_NONE), .pick = pick_offered, .self = &adding};

    look.wish.adds = !offers_any(kind);
    return open_or_stub(&look, ret_why, ret_view);
}
