/* What somebody has been told, with the names of those logs alone that they may see now.
 * Must not open an entry, nor believe the inbox about who may see a log.
 * Called by web and api. */
#include "service/reading/inbox.h"

#include "base/calendar.h"
#include "service/log/change.h"
#include "service/log/consents.h"
#include "service/log/dates.h"
#include "service/log/enter.h"
#include "service/log/header.h"
#include "service/log/hold.h"
#include "service/people/confirmed.h"
#include "service/people/office.h"
#include "store/inbox.h"
#include "store/logs.h"

/* One log that notices of the page are about. */
typedef struct About {
    Id id;
    LogRow log;        /* with its header where it opens */
    Permit permit;
    ScopeKeyRow scope;
    bool opens;        /* the reader may see the header */
    bool told;         /* the reader may know that the log exists */
    bool decides;      /* and decides about its deletion, where one is ordered */
    ClockWatch watch;  /* what runs in it, but for what hangs on the birth; of its dates the reader's, when the header is open */
    LogStanding standing;
    bool stands_in;    /* as in LogDecision */
    bool place_waits;  /* of a notice about a unit or the municipality: its cause is there still */
    Str child_name;
} About;

/* What is asked for. */
typedef struct Wanted {
    bool tasks;        /* those that wait, and nothing else */
    InboxBefore before;
} Wanted;

typedef struct Page {
    const LogReader *reader;
    Wanted wanted;
    int64_t without;   /* set of notices that the reader does not want */
    InboxRows rows;
    EntryRows lived;   /* of the logs that tasks of the page are about */
    uint32_t unread;
    Settings settings;
    About *abouts;
    uint32_t count;
    Id forged;         /* the log whose rows, header or key are not what was written */
} Page;

static About *about_of(const Page *page, Id log)
{
    for (uint32_t i = 0; i < page->count; i++)
        if (id_equal(page->abouts[i].id, log))
            return &page->abouts[i];
    return NULL;
}

/* ---- what stands in the database ---- */

/* The entries of one log on which its clocks hang. */
static Err lived_of(const Page *page, int64_t log_no, LogNewest *ret_lived)
{
    LogNewest lived = {0};

    TRY(ARENA_NEW(page->reader->keep, LogVersions, page->lived.count + 1, &lived.items));
    for (uint32_t i = 0; i < page->lived.count; i++) {
        const EntryRow *row = &page->lived.items[i];
        if (row->log_no == log_no)
            log_newest_begin(&lived, row);
    }
    *ret_lived = lived;
    return ok();
}

/* The clocks from which the job reckons too, but for what hangs on the birth. */
static Err watch_of(const Page *page, const LogStanding *standing, About *about)
{
    LogEntered entered = {.wish.act = ACT_HEADER_READ, .content.log = standing->log, .child.kind = kind_of(KIND_CHILD)};

    entered.settings = page->settings;
    TRY(lived_of(page, standing->log.no, &entered.newest));
    TRY(log_consents_standing(standing, page->reader->keep, &entered.consents));
    about->watch = log_clocks_quiet(&entered, &standing->log, page->reader->actor->now);
    /* Where somebody holds it: so long ago that nothing which was told of it waits. */
    clock_start(&about->watch, START_OF_HOLDER_LEFT, standing->unheld_since);
    about->watch.settings = &page->settings;
    return ok();
}

/* A log that is gone, or is held because it is not what was written, is not spoken of. */
static Err look(Tx *tx, Page *page, About *about)
{
    const LogWish header = {.log = about->id, .act = ACT_HEADER_READ, .silent = true};
    LogDecision decision = {.settings = page->settings};

    Err decided = log_decide_under(tx, page->reader->actor, &header, page->reader->keep, &decision);
    if (decided.id == E_FORGED && decision.standing.forged)
        page->forged = about->id;
    TRY(decided);
    if (id_is_none(decision.standing.log.id) || decision.standing.forged)
        return ok();
    about->log = decision.standing.log;
    about->standing = decision.standing;
    about->stands_in = decision.stands_in;
    about->permit = decision.permit;
    about->told = policy_may_tell(decision.ask);
    Ask decides = decision.ask;
    decides.act = ACT_DECISION_READ;
    about->decides = policy_decide(decides) == WHY_ALLOWED;
    /* The agent opens headers to no administrator: they open one log, and say why. */
    about->opens = decision.why == WHY_ALLOWED && page->reader->actor->role != ROLE_MUNICIPALITY_ADMIN;
    return watch_of(page, &decision.standing, about);
}

/* The notice of a row; false for one that a newer program told. */
static bool is_known(const InboxRow *row, Notice *ret_notice)
{
    return is_ok(notice_of(row->event, ret_notice));
}

static bool row_waits(const Page *page, const InboxRow *row)
{
    const About *about = about_of(page, row->object);
    Notice notice;

    if (!about || !is_known(row, &notice) || notice.kind != NOTICE_TASK)
        return false;
    if (row->event == NOTICE_DELETION_WAITS && !about->decides)
        return false;
    return about->told ? notice_waits(&notice, row->due, &about->watch) : about->place_waits;
}

/* What hangs on a date of the log: whether it waits only the header tells. */
static bool may_wait(const Page *page, const InboxRow *row)
{
    Notice notice;

    return row_waits(page, row) || (is_known(row, &notice) && clock_is_of_dates(notice.clock));
}

/* Whether anything that is to be shown is about this log: of what is not, no header is opened. */
static bool is_shown(const Page *page, const About *about)
{
    for (uint32_t i = 0; i < page->rows.count; i++)
        if (id_equal(page->rows.items[i].object, about->id) && (!page->wanted.tasks || may_wait(page, &page->rows.items[i])))
            return true;
    return false;
}

/* A manager is asked to take a log of which they know nothing yet. */
static Err look_asked(Tx *tx, const Page *page, About *about)
{
    const LogWish taking = {.log = about->id, .act = ACT_TRANSFER_ACCEPT, .silent = true};
    LogDecision decision = {.settings = page->settings};

    TRY(log_decide_under(tx, page->reader->actor, &taking, page->reader->keep, &decision));
    about->place_waits = decision.why == WHY_ALLOWED;
    return ok();
}

/* A notice about no log that the reader may know of: a log that they are asked to take; a unit without a manager, or the list of staff,
 * both of an administrator's. */
static Err look_place(Tx *tx, Page *page, const InboxRow *row, About *about)
{
    const Actor *actor = page->reader->actor;
    RoleRows roles = {0};
    int64_t at = 0;

    if (row->event == NOTICE_TRANSFER_PENDING && actor->role == ROLE_ORG_MANAGER && !about->told)
        return look_asked(tx, page, about);
    if (actor->role != ROLE_MUNICIPALITY_ADMIN)
        return ok();
    if (row->event == NOTICE_STAFF_LIST) {
        TRY(staff_confirmed_at(tx, actor->now, page->reader->keep, &at));
        about->place_waits = clock_due(CLOCK_STAFF_LIST, at, NULL) == row->due;
    }
    if (row->event == NOTICE_UNIT_UNMANAGED) {
        TRY(store_roles_of_unit(tx, row->object, page->reader->keep, &roles));
        about->place_waits = !roles_any(&roles, ROLE_ORG_MANAGER, actor->now);
    }
    return ok();
}

static Err read_header(Tx *tx, Page *page, About *about)
{
    about->opens = about->opens && is_shown(page, about);
    if (!about->opens)
        return ok();
    Err read = store_log_header(tx, &about->permit, page->reader->keep, &about->log, &about->scope);
    if (read.id == E_FORGED)
        page->forged = about->id;
    return read;
}

static Err read_inbox(Tx *tx, Page *page)
{
    const LogReader *reader = page->reader;
    const InboxBefore before = page->wanted.before;
    const InboxRow last = {.id = before.id, .at = before.at};
    const InboxPage wish = {.person = reader->actor->person, .without = page->without, .before = before.at != 0 ? &last : NULL,
                            .max = page->wanted.tasks ? INBOX_TASKS : INBOX_PAGE + 1};
    bool tasks = false;
    Notice notice;

    if (page->wanted.tasks)
        TRY(store_inbox_tasks(tx, &wish, reader->keep, &page->rows));
    else
        TRY(store_inbox(tx, &wish, reader->keep, &page->rows));
    for (uint32_t i = 0; i < page->rows.count && !tasks; i++)
        tasks = is_known(&page->rows.items[i], &notice) && notice.kind == NOTICE_TASK;
    return tasks ? store_inbox_lived(tx, &page->rows.items[0], &page->rows.items[page->rows.count - 1], reader->keep, &page->lived)
                 : ok();
}

static Err read_rows(Page *page)
{
    const LogReader *reader = page->reader;
    AUTO(store_read_endp) Tx *tx = NULL;
    SilenceRow silence = {0};

    TRY(store_read(reader->actor->store, &tx));
    TRY(store_silence(tx, reader->actor->person, &silence));
    page->without = notices_silenced(silence.notices);
    TRY(read_inbox(tx, page));
    TRY(store_inbox_unread(tx, reader->actor->person, page->without, &page->unread));
    TRY(settings_now(tx, reader->keep, &page->settings));
    TRY(ARENA_NEW(reader->keep, About, page->rows.count + 1, &page->abouts));
    for (uint32_t i = 0; i < page->rows.count; i++) {
        const Id log = page->rows.items[i].object;
        if (about_of(page, log))
            continue;
        page->abouts[page->count].id = log;
        TRY(look(tx, page, &page->abouts[page->count]));
        TRY(look_place(tx, page, &page->rows.items[i], &page->abouts[page->count++]));
    }
    for (uint32_t i = 0; i < page->count; i++)
        TRY(read_header(tx, page, &page->abouts[i]));
    return ok();
}

/* ---- the headers, in one question ---- */

static Err unwrap(Page *page, Key *keys)
{
    const LogReader *reader = page->reader;
    Str *wrapped = NULL;
    Id *scopes = NULL;
    size_t bad = SIZE_MAX; /* stays so when it is no key of a log that is wrong */
    uint32_t count = 0;

    TRY(ARENA_NEW(reader->keep, Id, page->count + 1, &scopes));
    TRY(ARENA_NEW(reader->keep, Str, page->count + 1, &wrapped));
    for (uint32_t i = 0; i < page->count; i++) {
        if (!page->abouts[i].opens)
            continue;
        scopes[count] = page->abouts[i].id;
        wrapped[count++] = page->abouts[i].scope.wrapped;
    }
    const HeaderKeys wanted = {
        .grant = reader->actor->grant, .tenant = reader->actor->tenant, .scopes = scopes, .wrapped = wrapped, .count = count};
    Err opened = count > 0 ? keys_unwrap_headers(reader->service->keys, wanted, keys, &bad) : ok();
    if (opened.id == E_FORGED && bad < count)
        page->forged = scopes[bad];
    return opened;
}

/* Of the dates in the header those that are the reader's. */
static Err open_dates(const Page *page, const Values *header, About *about)
{
    const Actor *actor = page->reader->actor;
    ClockDates all = {0};
    ClockDate *own = NULL;
    uint32_t count = 0;

    TRY(log_dates_read(header, page->reader->keep, &all));
    TRY(ARENA_NEW(page->reader->keep, ClockDate, (size_t)all.count + 1, &own));
    for (uint32_t i = 0; i < all.count; i++)
        if (log_date_is_own(&all.items[i], &about->standing, actor))
            own[count++] = all.items[i];
    about->watch.dates = (ClockDates){own, count};
    return ok();
}

/* Whoever loses the log on the day of 18 loses its name here too, whether or not a job has been there. */
static Err open_header(const Page *page, const Key *key, About *about)
{
    const LogReader *reader = page->reader;
    AUTO(log_keys_wipe) LogKeys keys = {.crypto = keys_crypto(reader->service->keys), .mode = reader->service->mode,
                                        .tenant = reader->actor->tenant, .log = about->id};
    const LogPlace place = {SEAL_TABLE_LOG, SEAL_COLUMN_HEADER, about->id, about->log.header_version};
    Values header;

    keys.header = *key;
    TRY(log_unseal(&keys, (LogSealed){place, KIND_HEADER, about->log.header}, reader->keep, &header));
    LogWish wish = {.log = about->id, .act = ACT_HEADER_READ, .silent = true, .aged = true, .flags = log_header_flags(&header)};
    LogDecision aged = {.settings = page->settings, .standing = about->standing, .stands_in = about->stands_in};
    (void)values_day(&header, HEADER_BIRTH_DATE, &wish.birth);
    TRY(log_decide_from(reader->actor, &wish, reader->keep, &aged));
    about->told = policy_may_tell(aged.ask);
    if (aged.why != WHY_ALLOWED)
        return ok();
    about->child_name = values_at(&header, HEADER_CHILD_NAME);
    return open_dates(page, &header, about);
}

static Err open_headers(Page *page)
{
    Key *keys = NULL;
    uint32_t next = 0;

    TRY(ARENA_NEW(page->reader->keep, Key, page->count + 1, &keys));
    TRY(unwrap(page, keys));
    Err opened = ok();
    for (uint32_t i = 0; i < page->count && is_ok(opened); i++) {
        if (!page->abouts[i].opens)
            continue;
        opened = open_header(page, &keys[next++], &page->abouts[i]);
        if (opened.id == E_FORGED)
            page->forged = page->abouts[i].id;
    }
    crypto_wipe(keys, page->count * sizeof *keys);
    return opened;
}

/* ---- the page ---- */

/* Of a log that its reader may not know of now, nothing waits for them. */
static InboxItem item_of(const Page *page, const InboxRow *row, const Notice *notice)
{
    const About *about = about_of(page, row->object);
    InboxItem item = {.id = row->id, .notice = (NoticeId)row->event, .at = row->at, .due = row->due, .unread = row->read_at == 0};

    item.task = notice->kind == NOTICE_TASK;
    if (!about)
        return item;
    item.waits = row_waits(page, row);
    if (about->told) {
        item.log = about->id;
        item.display = about->log.display;
        item.unit = about->log.unit;
        item.child_name = about->child_name;
    }
    return item;
}

/* Of several reminders of one cause, a log's consent that ends in 60, 30 and 7 days, the latest waits for all. Dates of a log's
 * entries are each a cause of their own. */
static bool is_said_later(const Page *page, const InboxRow *row, const Notice *notice)
{
    Notice other;

    if (clock_is_of_dates(notice->clock))
        return false;
    for (uint32_t i = 0; i < page->rows.count; i++) {
        const InboxRow *later = &page->rows.items[i];
        if (id_equal(later->object, row->object) && later->due > row->due && is_known(later, &other) &&
            clocks_are_one_cause(notice->clock, other.clock) && row_waits(page, later))
            return true;
    }
    return false;
}

static Err write_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

static Err may_read(const Actor *actor)
{
    const Ask ask = {.act = ACT_INBOX_READ, .role = actor->role};
    Why why = policy_decide(ask);

    return why == WHY_ALLOWED ? ok() : service_refuse(actor, ACT_INBOX_READ, OBJECT_NONE, (Id){0}, why);
}

static Err items_of(const Page *page, InboxItems *ret_items)
{
    const uint32_t max = page->wanted.tasks ? INBOX_TASKS : INBOX_PAGE;
    InboxItems made = {.unread = page->unread, .silenced = page->without, .more = page->rows.count > max};
    InboxItem *items = NULL;
    Notice notice;

    TRY(ARENA_NEW(page->reader->keep, InboxItem, page->rows.count + 1, &items));
    for (uint32_t i = 0; i < page->rows.count && made.count < max; i++) {
        if (!is_known(&page->rows.items[i], &notice))
            continue;
        items[made.count] = item_of(page, &page->rows.items[i], &notice);
        made.count += !page->wanted.tasks || (items[made.count].waits && !is_said_later(page, &page->rows.items[i], &notice));
    }
    made.items = items;
    *ret_items = made;
    return ok();
}

typedef struct Making {
    const LogReader *reader;
    Wanted wanted;
    InboxItems made;
} Making;

static Err read_once(void *self, Id *ret_forged)
{
    Making *making = self;
    Page page = {.reader = making->reader, .wanted = making->wanted};

    Err read = read_rows(&page);
    if (is_ok(read))
        read = open_headers(&page);
    *ret_forged = page.forged;
    TRY(read);
    return items_of(&page, &making->made);
}

static Err read_wanted(const LogReader *reader, Wanted wanted, InboxItems *ret_items)
{
    AuditLine line = service_line(reader->actor, ACT_INBOX_READ, OBJECT_NONE, (Id){0});
    Making making = {.reader = reader, .wanted = wanted};
    uint32_t held = 0;

    TRY(may_read(reader->actor));
    TRY(log_hold_and_read(reader->actor, read_once, &making, &held));
    line.amount = making.made.count;
    if (line.amount > 0)
        TRY(store_write(reader->actor->store, write_line, &line));
    making.made.held = held;
    *ret_items = making.made;
    return ok();
}

Err inbox_read(const LogReader *reader, InboxBefore before, InboxItems *ret_items)
{
    return read_wanted(reader, (Wanted){.before = before}, ret_items);
}

Err inbox_waiting(const LogReader *reader, InboxItems *ret_items)
{
    return read_wanted(reader, (Wanted){.tasks = true}, ret_items);
}

static Err mark_work(Tx *tx, void *context)
{
    const Actor *actor = context;
    AuditLine line = service_line(actor, ACT_INBOX_READ, OBJECT_NONE, (Id){0});

    TRY(store_inbox_read_all(tx, actor->person, actor->now, &line.amount));
    TRY(store_outbox_delete_of_person(tx, actor->person));
    return line.amount > 0 ? store_audit(tx, &line) : ok();
}

Err inbox_mark(const Actor *actor)
{
    Actor marking = *actor;

    TRY(may_read(actor));
    return service_write(actor, mark_work, &marking);
}
