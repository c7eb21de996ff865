/* Who has seen a log: everybody who opened or wrote in it, a page at a time.
 * Must not show refusals, nor a line before its own is written.
 * Called by web and api. Rules: access 13, reading-and-writing 2. */
#include "service/reading/seen.h"

#include "service/log/enter.h"
#include "service/log/rows.h"
#include "service/log/seen.h"
#include "service/people/news.h"

/* What counts as having been in the log. Lists stand in no log's trail. */
static ActSet acts_seen(void)
{
    ActSet acts = {0};

    for (unsigned act = ACT_NONE + 1; act < ACT_COUNT; act++)
        if (act != ACT_HOLD_SET)
            acts.bits[act / 64] |= UINT64_C(1) << (act % 64);
    return acts;
}

static Err read_page(const Actor *actor, const SeenWish *wish, Arena *keep, AuditRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    return log_seen_lines(tx, wish, keep, ret_rows);
}

/* Once for each person of a page. */
static Err say_anew(const Actor *actor, Seen *seen, uint32_t count, Arena *scratch)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    for (uint32_t i = 0; i < count; i++) {
        AccountNews news = {0};
        bool told = id_is_none(seen[i].person);
        for (uint32_t j = 0; j < i && !told; j++)
            told = id_equal(seen[j].person, seen[i].person);
        if (told)
            continue;
        TRY(account_news(tx, seen[i].person, actor->now, scratch, &news));
        for (uint32_t j = i; j < count; j++)
            seen[j].anew = seen[j].anew || (id_equal(seen[j].person, seen[i].person) && account_was_anew(&news, seen[j].at));
    }
    return ok();
}

Err log_seen(const LogReader *reader, Id log, uint64_t before, const Seen **ret_seen, uint32_t *ret_count)
{
    const Actor *actor = reader->actor;
    Arena *keep = reader->keep;
    const LogWish wish = {.log = log, .act = ACT_ACCESS_LIST_READ, .purpose = PURPOSE_READ};
    const SeenWish page = {.log = log, .acts = acts_seen(), .before = before, .most = LOG_SEEN_PAGE};
    AUTO(log_entered_wipe) LogEntered entered = {0};
    uint32_t people_count = 0;
    LogPerson *people = NULL;
    AuditRows rows = {0};
    Seen *seen = NULL;
    Why why;

    TRY(log_enter(reader, &wish, &why, &entered));
    TRY(log_open_people(&entered, actor->now, keep, &people, &people_count));
    TRY(log_read_line(actor, &entered, keep, 0));
    TRY(read_page(actor, &page, keep, &rows));
    TRY(ARENA_NEW(keep, Seen, (size_t)rows.count + 1, &seen));
    TRY(log_seen_all(&rows, people, people_count, seen));
    TRY(log_seen_name(reader->service, actor, seen, rows.count, keep));
    TRY(say_anew(actor, seen, rows.count, keep));
    *ret_seen = seen;
    *ret_count = rows.count;
    return ok();
}
