/* An archive report is made of a log: within the request, or, of a long log, ordered, so that a job makes it while the page that
 * follows says how far it is.
 * Must not order another where one is to be made already.
 * Called by service/acts/procedure. Rule: deletion 5. */
#include "service/log/deed.h"
#include "service/report/make.h"
#include "service/session/files.h"
#include "service/session/memory.h"
#include "store/report/orders.h"

#define DOCUMENTS_AT_ONCE ((int64_t)4 << 20) /* bytes of documents that are gathered within a request */

/* ---- made at once ---- */

typedef struct Making {
    ReportStored made;
    Arena *scratch;
} Making;

static Err put(Tx *tx, void *self)
{
    const Making *making = self;

    return report_stored_put(tx, &making->made, making->scratch);
}

/* Making one takes a thread and much memory for a while: few are made at once. */
static Err make_in_turn(const ReportWish *wish, const LogEntered *entered, ReportStored *made)
{
    if (!wish->service->sessions)
        return report_make(wish, entered, made);
    Files *files = sessions_files(wish->service->sessions);
    TRY(files_begin(files, &wish->actor->session, wish->actor->now));
    Err done = report_make(wish, entered, made);
    files_end(files);
    return done;
}

static Err make(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    const ReportWish wish = {.service = deed->service, .actor = deed->actor, .language = values_code(deed->asked, REPORT_WISH_LANGUAGE)};
    Making *making = NULL;

    TRY(ARENA_NEW(deed->scratch, Making, 1, &making));
    making->scratch = deed->scratch;
    TRY(make_in_turn(&wish, entered, &making->made));
    change->put = put;
    change->self = making;
    change->erases = true;
    return ok();
}

/* ---- ordered ---- */

/* Of two who order at once the second comes back to where it is told that one is to be made already. */
static Err put_order(Tx *tx, void *self)
{
    Err ordered = store_report_order_put(tx, self);

    return ordered.id == E_DUPLICATE ? fail(E_STALE) : ordered;
}

static Err none_waits(const Deed *deed)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    ReportOrderRow stands;

    TRY(store_read(deed->actor->store, &tx));
    TRY(store_report_order_of_log(tx, deed->log, deed->scratch, &stands));
    return id_is_none(stands.id) || stands.failed != 0 ? ok() : fail(E_INVALID);
}

static Err order(const Deed *deed, LogChange *change)
{
    ReportOrderRow *row = NULL;

    TRY(none_waits(deed));
    TRY(ARENA_NEW(deed->scratch, ReportOrderRow, 1, &row));
    *row = (ReportOrderRow){.log = deed->log, .session = deed->actor->session, .person = deed->actor->person,
                            .language = (uint8_t)values_code(deed->asked, REPORT_WISH_LANGUAGE), .ordered_at = deed->actor->now};
    TRY(world_id(deed->service->world, &row->id));
    change->put = put_order;
    change->self = row;
    change->as = ACT_ARCHIVE_REPORT_ORDER;
    change->ordered = true;
    return ok();
}

static bool is_long(const ReportMaker *maker, const LogContent *content)
{
    int64_t bytes = 0;

    for (uint32_t i = 0; i < content->documents.count; i++)
        bytes += content->documents.items[i].size;
    return maker && (content->entries.count > maker->entries || bytes > DOCUMENTS_AT_ONCE);
}

Err deed_archive_report_make(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    return is_long(deed->service->reports, &entered->content) ? order(deed, change) : make(deed, entered, change);
}
