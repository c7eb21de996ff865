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

/* ---- the way in ---- */

/* From plain columns: nothing of the log is opened. */
static Err enter_plainly(const LogReader *reader, const LogWish *wish, Why *ret_why, LogEntered *entered)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    LogDecision decision;

    TRY(store_read(reader->actor->store, &tx));
    TRY(log_decide(tx, reader->actor, wish, reader->keep, &decision));
    store_read_end(TAKE(tx));
    *ret_why = decision.why;
    if (decision.why != WHY_ALLOWED)
        return log_refuse(reader->actor, wish, decision.why, &decision.ask);
    entered->wish = *wish;
    entered->settings = decision.settings;
    entered->standing = decision.standing;
    entered->ask = decision.ask;
    entered->permit = decision.permit;
    return ok();
}

static bool names_family(const LogEntered *entered)
{
    Ask ask = entered->ask;

    ask.act = ACT_ACCESS_NAMES_READ;
    return policy_decide(ask) == WHY_ALLOWED;
}

typedef struct Entering {
    LogEntered entered;
    LogPerson *people;
    uint32_t people_count;
    bool nameless;
} Entering;

static void entering_wipe(Entering *entering)
{
    log_entered_wipe(&entering->entered);
}

static Err enter(const LogReader *reader, const LogSeenWish *asked, Why *ret_why, Entering *entering)
{
    LogWish wish = {.log = asked->log, .act = ACT_ACCESS_LIST_READ, .opening = asked->reason, .purpose = PURPOSE_READ};

    wish.opening = log_opening(reader->actor, &wish);
    if (reader->actor->role == ROLE_MUNICIPALITY_ADMIN) {
        TRY(enter_plainly(reader, &wish, ret_why, &entering->entered));
        entering->nameless = !names_family(&entering->entered);
        if (entering->nameless)
            return ok();
        wish.act = ACT_ACCESS_NAMES_READ;
    }
    TRY(log_enter(reader, &wish, ret_why, &entering->entered));
    return log_open_people(&entering->entered, reader->actor->now, reader->keep, &entering->people, &entering->people_count);
}

/* Before anybody is named: a name that may not be read is not opened either. */
static void hide_family(Seen *seen, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!role_is_family(seen[i].role))
            continue;
        seen[i].person = (Id){0};
        seen[i].name = STR_NONE;
    }
}

Err log_seen(const LogReader *reader, const LogSeenWish *wish, Why *ret_why, LogSeen *ret_seen)
{
    const SeenWish page = {.log = wish->log, .acts = acts_seen(), .before = wish->before, .most = LOG_SEEN_PAGE};
    AUTO(entering_wipe) Entering entering = {0};
    Arena *keep = reader->keep;
    LogSeen made = {0};
    AuditRows rows = {0};
    Seen *seen = NULL;

    TRY(enter(reader, wish, ret_why, &entering));
    TRY(log_read_line(reader->actor, &entering.entered, keep, 0));
    TRY(read_page(reader->actor, &page, keep, &rows));
    TRY(ARENA_NEW(keep, Seen, (size_t)rows.count + 1, &seen));
    TRY(log_seen_all(&rows, entering.people, entering.people_count, seen));
    TRY(say_anew(reader->actor, seen, rows.count, keep));
    made.count = log_seen_openings(seen, rows.count);
    made.nameless = entering.nameless;
    if (made.nameless)
        hide_family(seen, made.count);
    TRY(log_seen_name(reader->service, reader->actor, seen, made.count, keep));
    made.items = seen;
    made.before = rows.count == LOG_SEEN_PAGE ? (uint64_t)rows.items[rows.count - 1].seq : 0;
    *ret_seen = made;
    return ok();
}
