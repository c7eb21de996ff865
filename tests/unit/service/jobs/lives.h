/* A log that lives in a town whose time is moved, and what was told of it and written about it.
 * Must be included by tests of the jobs only.
 * any_log(&place, 30): its consent holds for so many days. */
#ifndef TESTS_JOBS_LIVES_H
#define TESTS_JOBS_LIVES_H

#include "place.h"

#include "domain/clocks.h"
#include "domain/notices.h"
#include "domain/procedures.h"
#include "service/acts/entry.h"
#include "service/acts/procedure.h"
#include "service/reading/inbox.h"
#include "service/reading/open.h"
#include "store/volatile.h"
#include "support/answers.h"
#include "sys/user.h"

/* A log of a child born on a day, whose consent holds to another. */
static inline Id log_of(Place *place, Str born, Str valid_to)
{
    CreatedLog created = {0};
    TownLog made;

    town_log(&place->town, &made);
    log_set(&made.log.child, "birth_date", born);
    log_set(&made.guardian.consent, "valid_to", valid_to);
    place->holder.request = town_id(&place->town);
    EXPECT_OK(log_create(&place->town.service, &place->holder, &made.log, place->town.arena, &created));
    return created.log;
}

static inline Id any_log(Place *place, int days)
{
    return log_of(place, town_day(&place->town, -3650), town_day(&place->town, days));
}

static inline uint32_t told_of(Place *place, Id person, NoticeId notice, int64_t *ret_due)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    InboxRows rows = {0};
    uint32_t count = 0;

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_inbox(tx, &(InboxPage){.person = person, .max = 100}, place->town.arena, &rows));
    for (uint32_t i = 0; i < rows.count; i++) {
        if (rows.items[i].event != notice)
            continue;
        count++;
        *ret_due = rows.items[i].due;
    }
    return count;
}

static inline uint32_t told(Place *place, Id person, NoticeId notice)
{
    int64_t due = 0;
    return told_of(place, person, notice, &due);
}

static inline uint32_t lines_of(Place *place, Id object, Act act)
{
    const AuditRows lines = town_lines(&place->town, object);
    uint32_t count = 0;

    for (uint32_t i = 0; i < lines.count; i++)
        count += lines.items[i].line.act == act;
    return count;
}

/* Runs that stand in the audit as asked for by somebody. */
static inline uint32_t runs_of(Place *place, Id by)
{
    const AuditRows lines = town_lines(&place->town, (Id){0});
    uint32_t count = 0;

    for (uint32_t i = 0; i < lines.count; i++)
        count += lines.items[i].line.act == ACT_JOB_RUN && id_equal(lines.items[i].line.person, by);
    return count;
}

#endif
