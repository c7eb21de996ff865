/* Facts put and changed in the work that writes their entry, and what becomes of them when their log ends.
 * Must not open one, nor leave a line about one.
 * Called by service/acts, service/ending. Rules: statistics 2, 3. */
#include "service/statistics/kept.h"

#include "base/calendar.h"
#include "domain/lifecycle.h"
#include "domain/states.h"
#include "domain/statistics/calendar.h"

/* ---- put ---- */

static Err begin(Tx *tx, const FactDeed *deed, uint16_t quarter)
{
    const bool waits = deed->family == FACT_OF_MEASURE;
    const FactRow row = {.id = deed->id, .found = deed->found, .period = waits ? 0 : quarter, .family = (uint8_t)deed->family,
                         .waits = waits, .sealed = deed->sealed};

    return store_fact_insert(tx, &row);
}

/* What was published is found no more. */
static Err change(Tx *tx, const FactDeed *deed, uint16_t quarter, Arena *scratch)
{
    FactRow row;

    Err found = store_fact(tx, deed->found, scratch, &row);
    if (found.id == E_NOT_FOUND)
        return ok();
    TRY(found);
    if (deed->what == FACT_WAITS && !row.waits)
        return ok();
    if (deed->what == FACT_CLOSES && row.waits)
        row.period = quarter;
    if (deed->what == FACT_OPENS)
        row.period = 0;
    row.waits = deed->what == FACT_OPENS || (row.waits && deed->what != FACT_CLOSES);
    row.sealed = deed->sealed;
    return store_fact_replace(tx, &row);
}

static Err put(Tx *tx, const FactDeed *deed, uint16_t quarter, Arena *scratch)
{
    uint32_t gone = 0;

    switch (deed->what) {
    case FACT_BEGINS:
        return begin(tx, deed, quarter);
    case FACT_GOES:
        return store_facts_delete(tx, &deed->found, 1, &gone);
    case FACT_CHANGES:
    case FACT_WAITS:
    case FACT_CLOSES:
    case FACT_OPENS:
        return change(tx, deed, quarter, scratch);
    }
    return fail(E_INTERNAL);
}

Err statistics_facts_put(Tx *tx, const FactDeeds *deeds, Arena *scratch)
{
    for (uint32_t i = 0; i < deeds->count; i++)
        TRY(put(tx, &deeds->items[i], deeds->quarter, scratch));
    return ok();
}

/* ---- all of a log ---- */

static bool is_one(const LogVersions *entry)
{
    return (entry->first->kind == KIND_ATTENTION || entry->first->kind == KIND_MEASURE) && !entry->newest->removed;
}

Err statistics_facts_of_log(const LogEntered *entered, Arena *scratch, FactsFound *ret_found)
{
    FactsFound found = {0};

    TRY(ARENA_NEW(scratch, Id, (size_t)entered->newest.count + 1, &found.items));
    for (uint32_t i = 0; i < entered->newest.count; i++)
        if (is_one(&entered->newest.items[i]))
            TRY(fact_found(entered->keys.crypto, &entered->keys.fact, entered->newest.items[i].first->entry, &found.items[found.count++]));
    *ret_found = found;
    return ok();
}

static uint32_t at_once(const FactsFound *found, uint32_t from)
{
    return found->count - from < FACTS_AT_ONCE ? found->count - from : FACTS_AT_ONCE;
}

Err statistics_facts_forget(Tx *tx, const FactsFound *found)
{
    for (uint32_t from = 0; from < found->count; from += FACTS_AT_ONCE) {
        uint32_t gone = 0;
        TRY(store_facts_delete(tx, found->items + from, at_once(found, from), &gone));
    }
    return ok();
}

static Err count_waiting(Tx *tx, const FactsFound *found, Arena *scratch, uint32_t *ret_count)
{
    *ret_count = 0;
    for (uint32_t from = 0; from < found->count; from += FACTS_AT_ONCE) {
        FactRows rows = {0};
        TRY(store_facts_found(tx, found->items + from, at_once(found, from), scratch, &rows));
        for (uint32_t i = 0; i < rows.count; i++)
            *ret_count += rows.items[i].waits;
    }
    return ok();
}

/* From its row and consents as they are now: the policy's flags are of whoever asks. */
static Err may_feed(Tx *tx, const LogRow *log, bool *ret_feeds)
{
    bool withdrawn = false;

    TRY(store_facts_withdrawn(tx, log->no, &withdrawn));
    *ret_feeds = !withdrawn && log->closed_reason != CLOSING_CONSENT_WITHDRAWN;
    return ok();
}

static bool is_mistake(const LogRow *log)
{
    return (log->flags & (Flags)FLAG_MISTAKE) != 0;
}

Err statistics_facts_staying(Tx *tx, const LogEntered *entered, Arena *scratch, uint32_t *ret_count)
{
    const LogRow *log = &entered->content.log;
    FactsFound found = {0};
    uint32_t waiting = 0;
    bool feeds = false;

    *ret_count = 0;
    if (is_mistake(log))
        return ok();
    TRY(statistics_facts_of_log(entered, scratch, &found));
    TRY(may_feed(tx, log, &feeds));
    if (!feeds)
        TRY(count_waiting(tx, &found, scratch, &waiting));
    *ret_count = found.count - waiting;
    return ok();
}

/* ---- the purge ---- */

static Err found_of_log(Tx *tx, const FactsPurged *purged, FactsFound *ret_found)
{
    FactEntryRows rows = {0};
    FactsFound found = {0};

    TRY(store_fact_entries(tx, purged->log->no, purged->keep, &rows));
    TRY(ARENA_NEW(purged->keep, Id, (size_t)rows.count + 1, &found.items));
    for (uint32_t i = 0; i < rows.count; i++)
        TRY(fact_found(purged->crypto, purged->key, rows.items[i].entry, &found.items[found.count++]));
    *ret_found = found;
    return ok();
}

/* It enters now, with what was said of it last; or is none. */
static Err end_one(Tx *tx, const FactRow *row, bool feeds, uint16_t quarter)
{
    FactRow ended = *row;
    uint32_t gone = 0;

    if (!feeds)
        return store_facts_delete(tx, &row->found, 1, &gone);
    ended.waits = false;
    ended.period = quarter;
    return store_fact_replace(tx, &ended);
}

static Err end_waiting(Tx *tx, const FactsPurged *purged, const FactsFound *found, bool feeds, uint32_t *ret_ended)
{
    const uint16_t quarter = quarter_of(oslo_day(purged->now));

    *ret_ended = 0;
    for (uint32_t from = 0; from < found->count; from += FACTS_AT_ONCE) {
        FactRows rows = {0};
        TRY(store_facts_found(tx, found->items + from, at_once(found, from), purged->keep, &rows));
        for (uint32_t i = 0; i < rows.count; i++) {
            if (!rows.items[i].waits)
                continue;
            TRY(end_one(tx, &rows.items[i], feeds, quarter));
            (*ret_ended)++;
        }
    }
    return ok();
}

Err statistics_facts_at_purge(Tx *tx, const FactsPurged *purged, uint32_t *ret_staying)
{
    FactsFound found = {0};
    uint32_t ended = 0;
    bool feeds = false;

    *ret_staying = 0;
    TRY(found_of_log(tx, purged, &found));
    if (is_mistake(purged->log))
        return statistics_facts_forget(tx, &found);
    TRY(may_feed(tx, purged->log, &feeds));
    TRY(end_waiting(tx, purged, &found, feeds, &ended));
    *ret_staying = feeds ? found.count : found.count - ended;
    return ok();
}
