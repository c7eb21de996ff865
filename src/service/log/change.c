/* A change in a log: decided again in the work, over the very rows whose head was checked, and under a new head.
 * Must not renew the head over rows that nobody has checked.
 * Called by the rooms log, reading and acts. */
#include "service/log/change.h"

#include "base/calendar.h"
#include "service/log/enter.h"

#define CONSENT_NOTICE_DAYS 30
#define OF_AGE_NOTICE_DAYS 90
#define FULL_AGE 18

typedef struct Writing {
    const Actor *actor;
    const LogChange *change;
    Str header;
    Arena *scratch;
    Why why;
    Ask ask;
    bool moved;
} Writing;

static Err decide_again(Tx *tx, Writing *writing)
{
    LogStanding standing;
    Permit permit;

    TRY(log_decide(tx, writing->actor, &writing->change->entered->wish, writing->scratch, &standing, &writing->ask, &permit,
                   &writing->why));
    return writing->why == WHY_ALLOWED ? ok() : fail(E_FORBIDDEN);
}

/* The same digest as the one whose head was good: nobody wrote in between, inside or outside this program. */
static Err unchanged(Tx *tx, Writing *writing)
{
    const LogContent *content = &writing->change->entered->content;
    uint32_t rows = 0;
    Hash digest;

    TRY(store_log_digest(tx, content->log.no, &digest, &rows));
    writing->moved = rows != content->rows || !crypto_equal(digest.bytes, content->digest.bytes, sizeof digest.bytes);
    return writing->moved ? fail(E_STALE) : ok();
}

static Err new_head(Tx *tx, const LogEntered *entered, Hash *ret_head)
{
    uint32_t rows = 0;
    Hash digest;

    TRY(store_log_digest(tx, entered->content.log.no, &digest, &rows));
    TRY(log_head(&entered->keys, &digest, rows, ret_head));
    return store_log_head_put(tx, entered->content.log.no, ret_head);
}

static Err write_work(Tx *tx, void *context)
{
    Writing *writing = context;
    const LogEntered *entered = writing->change->entered;
    const LogRow *log = &entered->content.log;
    AuditLine line = service_line(writing->actor, entered->wish.act, OBJECT_LOG, log->id);

    TRY(decide_again(tx, writing));
    TRY(unchanged(tx, writing));
    TRY(writing->change->change(tx, writing->change->context));
    if (writing->change->header)
        TRY(store_log_header_put(tx, log->no, writing->header, log->header_version));
    TRY(store_log_touch(tx, log->no, writing->actor->now, writing->change->wake_on));
    TRY(new_head(tx, entered, &line.head));
    line.reason = (uint16_t)entered->wish.opening;
    TRY(store_audit(tx, &line));
    line.act = (uint16_t)writing->change->also;
    return line.act != ACT_NONE ? store_audit(tx, &line) : ok();
}

Err log_change(const Actor *actor, const LogChange *change, Arena *scratch, bool *ret_moved)
{
    const LogEntered *entered = change->entered;
    Writing writing = {.actor = actor, .change = change, .scratch = scratch};

    if (change->header) {
        LogPlace place = {SEAL_TABLE_LOG, SEAL_COLUMN_HEADER, entered->wish.log, entered->content.log.header_version + 1};
        TRY(log_seal(&entered->keys, place, change->header, scratch, &writing.header));
    }
    Err done = service_write(actor, write_work, &writing);
    *ret_moved = writing.moved;
    if (done.id == E_FORBIDDEN)
        return log_refuse(actor, &entered->wish, writing.why, &writing.ask);
    return done;
}

static Day first_of(Day a, Day b)
{
    return a < b ? a : b;
}

int64_t log_wake(const LogSettings *settings, int64_t now, int64_t consent_to, Str birth_date)
{
    Day today = oslo_day(now);
    Day wake = day_add_months(today, (int)settings->inactivity_months);
    Day end = oslo_day(consent_to);
    Day birth;

    wake = first_of(wake, end - CONSENT_NOTICE_DAYS > today ? end - CONSENT_NOTICE_DAYS : end);
    if (is_ok(day_parse(birth_date, &birth))) {
        Day grown = day_of_age(birth, FULL_AGE);
        Date notice = date_from_day(grown - OF_AGE_NOTICE_DAYS > today ? grown - OF_AGE_NOTICE_DAYS : grown);
        notice.day = 1;
        wake = first_of(wake, day_from_date(notice));
    }
    return oslo_time(wake, 0);
}

static int64_t consent_end(const LogEntered *entered, int64_t otherwise)
{
    int64_t end = INT64_MAX;

    for (uint32_t i = 0; i < entered->content.consents.count; i++) {
        const ConsentRow *row = &entered->content.consents.items[i];
        if (row->withdrawn_at == 0 && row->valid_to < end)
            end = row->valid_to;
    }
    return end == INT64_MAX ? otherwise : end;
}

int64_t log_wake_of(const LogEntered *entered, const Actor *actor)
{
    return log_wake(&entered->settings, actor->now, consent_end(entered, actor->now),
                    values_get(&entered->child, "birth_date"));
}
