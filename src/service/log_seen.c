/* Who has seen a log: everybody who opened or wrote in it, from its audit lines; and the child's full number.
 * Must not show refusals, nor a line before its own is written.
 * Called by web and api. Rules: settled 16, 28. */
#include "service/log_priv.h"

/* How many a log page shows beside the log. */
#define NEWEST 4

/* What counts as having been in the log. Lists stand in no log's trail. */
static ActSet acts_seen(void)
{
    ActSet acts = {0};

    for (unsigned act = ACT_NONE + 1; act < ACT_COUNT; act++)
        if (act != ACT_HOLD_SET)
            acts.bits[act / 64] |= UINT64_C(1) << (act % 64);
    return acts;
}

static Err seen_of(const AuditRow *row, const LogPerson *people, uint32_t people_count, Seen *ret_seen)
{
    Seen seen = {.at = row->line.at, .person = row->line.person, .unit = row->line.unit, .act = (Act)row->line.act,
                 .reason = (Opening)row->line.reason, .line = (uint64_t)row->seq};

    TRY(role_from_u8(row->line.role, &seen.role));
    for (uint32_t i = 0; i < people_count && seen.name.length == 0; i++)
        if (id_equal(people[i].person, seen.person))
            seen.name = people[i].name;
    *ret_seen = seen;
    return ok();
}

/* What is looked for: the newest `most` lines of these acts, before a line. */
typedef struct SeenWish {
    Id log;
    ActSet acts;
    uint64_t before;
    uint32_t most;
} SeenWish;

/* Lines that were allowed: refusals are nobody's reading, and must not make a page longer. */
static Err read_lines(Tx *tx, const SeenWish *wish, Arena *keep, AuditRows *ret_rows)
{
    return store_audit_seen(tx, wish->log, &wish->acts, (int64_t)wish->before, wish->most, keep, ret_rows);
}

static Err seen_all(const AuditRows *rows, const LogPerson *people, uint32_t people_count, Seen *seen)
{
    for (uint32_t i = 0; i < rows->count; i++)
        TRY(seen_of(&rows->items[i], people, people_count, &seen[i]));
    return ok();
}

/* Staff who never took part (administrators, managers) are named from their accounts; an erased one has no name left. */
static Err name_others(Service *service, const Actor *actor, Seen *seen, uint32_t count, Arena *keep)
{
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = 0; j < i && seen[i].name.length == 0; j++)
            if (id_equal(seen[j].person, seen[i].person))
                seen[i].name = seen[j].name;
        if (seen[i].name.length > 0 || id_is_none(seen[i].person))
            continue;
        Err named = person_name(service, actor, seen[i].person, keep, &seen[i].name);
        if (named.id != E_NOT_FOUND)
            TRY(named);
    }
    return ok();
}

static Err read_page(const Actor *actor, const SeenWish *wish, Arena *keep, AuditRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    return read_lines(tx, wish, keep, ret_rows);
}

Err log_seen_read(Tx *tx, Id log, Arena *keep, AuditRows *ret_rows)
{
    SeenWish wish = {.log = log, .most = NEWEST - 1};

    wish.acts.bits[ACT_LOG_READ / 64] = UINT64_C(1) << (ACT_LOG_READ % 64);
    return read_lines(tx, &wish, keep, ret_rows);
}

Err log_seen_newest(Service *service, const Actor *actor, const LogEntered *entered, Arena *keep, LogView *view)
{
    const AuditRows *before = &entered->beside.seen;
    AuditRow own = {.line = service_line(actor, ACT_LOG_READ, OBJECT_LOG, entered->wish.log)};
    Seen *seen = NULL;

    own.line.reason = (uint16_t)entered->wish.opening;
    TRY(ARENA_NEW(keep, Seen, (size_t)before->count + 1, &seen));
    TRY(seen_of(&own, view->people, view->people_count, &seen[0]));
    TRY(seen_all(before, view->people, view->people_count, &seen[1]));
    TRY(name_others(service, actor, seen, before->count + 1, keep));
    view->seen = seen;
    view->seen_count = before->count + 1;
    return ok();
}

Err log_seen(Service *service, const Actor *actor, Id log, uint64_t before, Arena *keep, const Seen **ret_seen,
             uint32_t *ret_count)
{
    const LogWish wish = {.log = log, .act = ACT_ACCESS_LIST_READ, .purpose = PURPOSE_READ};
    const SeenWish page = {.log = log, .acts = acts_seen(), .before = before, .most = LOG_SEEN_PAGE};
    AUTO(log_entered_wipe) LogEntered entered = {0};
    uint32_t people_count = 0;
    LogPerson *people = NULL;
    AuditRows rows = {0};
    Seen *seen = NULL;
    Why why;

    TRY(log_enter(service, actor, &wish, keep, &why, &entered));
    TRY(log_open_people(&entered, actor->now, keep, &people, &people_count));
    TRY(log_read_line(actor, &entered, keep, 0));
    TRY(read_page(actor, &page, keep, &rows));
    TRY(ARENA_NEW(keep, Seen, (size_t)rows.count + 1, &seen));
    TRY(seen_all(&rows, people, people_count, seen));
    TRY(name_others(service, actor, seen, rows.count, keep));
    *ret_seen = seen;
    *ret_count = rows.count;
    return ok();
}

Err log_number_read(Service *service, const Actor *actor, Id log, Arena *keep, Str *ret_number)
{
    const LogWish wish = {.log = log, .act = ACT_NUMBER_READ_FULL, .purpose = PURPOSE_READ};
    AUTO(log_entered_wipe) LogEntered entered = {0};
    Why why;

    TRY(log_enter(service, actor, &wish, keep, &why, &entered));
    TRY(log_read_line(actor, &entered, keep, 0));
    *ret_number = values_get(&entered.child, "national_id");
    return ok();
}
