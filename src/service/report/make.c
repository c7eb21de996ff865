/* An archive report in the making.
 * Must not name it by a row, which its caller does when all of its bytes are stored.
 * Called by service/acts/report and service/jobs. */
#include "service/report/make.h"

#include <string.h>

#include "keys/documents.h"
#include "keys/scopes.h"
#include "report/package.h"
#include "service/report/gather.h"
#include "service/report/sealed.h"
#include "service/seal.h"
#include "store/report/reports.h"

#define MAKING_ARENA ((size_t)256 << 20)

/* A log has one report, the newest. */
Err report_stored_put(Tx *tx, const ReportStored *made, Arena *scratch)
{
    const ScopeKeyRow scope = scope_row(SCOPE_REPORT, made->row.id, &made->wrapped, 1);
    ReportRows former = {0};

    TRY(store_reports_of_log(tx, made->row.log, scratch, &former));
    for (uint32_t i = 0; i < former.count; i++)
        TRY(store_report_delete(tx, former.items[i].id));
    TRY(store_scope_insert(tx, &scope));
    return store_report_insert(tx, &made->row);
}

static Err sign(const ReportWish *wish, const Package *package, PackageSignature *ret_signature)
{
    SignedDocument document = {.tenant = wish->actor->tenant, .kind = DOCUMENT_REPORT};
    PackageSignature signature = {.tenant = wish->actor->tenant};
    KeysStatus status;

    memcpy(document.sha256, package->list.bytes, HASH_BYTES);
    TRY(keys_sign_document(wish->service->keys, &document, signature.signature));
    TRY(keys_status(wish->service->keys, &status));
    memcpy(signature.public, status.head_public, PUBLIC_BYTES);
    *ret_signature = signature;
    return ok();
}

static Err hear_printed(void *self, uint32_t done, uint32_t total)
{
    return report_tell(self, REPORT_PHASE_WRITING, done, total);
}

/* The file in pieces, of all that stands in the log. */
static Err make_package(const ReportWish *wish, LogEntered *entered, ReportStored *made, Arena *arena, PackageFile *ret_file)
{
    const LogReader reader = {wish->service, wish->actor, arena};
    ReportHearer hearer = wish->hearer ? *wish->hearer : (ReportHearer){0};
    const ReportWatch watch = {&hearer, hear_printed};
    PackageSignature signature;
    Gathered gathered;
    Package package;

    TRY(report_gather(&reader, entered, wish->hearer, &gathered));
    gathered.report.made.report = made->row.id;
    gathered.report.made.language = wish->language == REPORT_LANGUAGE_NN ? STR("nn") : STR("nb");
    memcpy(made->row.content.bytes, gathered.report.made.content.bytes, HASH_BYTES);
    TRY(package_make(&gathered.report, gathered.documents, &watch, arena, &package));
    TRY(sign(wish, &package, &signature));
    return package_finish(&package, &signature, wish->actor->now, arena, ret_file);
}

static Err make(const ReportWish *wish, LogEntered *entered, ReportStored *made)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(key_wipe) Key key = {0};
    ReportBytes bytes = {.service = wish->service, .actor = wish->actor, .key = &key};
    PackageFile file = {0};
    ReportPut stored;

    TRY(world_id(wish->service->world, &made->row.id));
    bytes.report = made->row.id;
    TRY(arena_new(MAKING_ARENA, &arena));
    TRY(make_package(wish, entered, made, arena, &file));
    TRY(report_tell(wish->hearer, REPORT_PHASE_SEALING, 0, 1));
    TRY(keys_scope_new(wish->service->keys, actor_key(wish->actor, PURPOSE_REPORT, SCOPE_REPORT, made->row.id),
                       indexed_by(INDEX_NONE, STR_NONE), &made->wrapped, &key));
    TRY(report_put(&bytes, file.pieces, file.count, &stored));
    made->row.parts = stored.parts;
    made->row.size = stored.size;
    made->row.sha256 = stored.sha256;
    made->row.sealed_sha256 = stored.sealed_sha256;
    return ok();
}

Err report_make(const ReportWish *wish, const LogEntered *entered, ReportStored *ret_stored)
{
    const LogRow *log = &entered->content.log;
    LogEntered opened = *entered; /* its keys are set up for many here */
    ReportStored made = {.row = {.log = log->id, .log_no = log->no, .made_by = wish->actor->person, .made_role = (uint8_t)wish->actor->role,
                               .made_at = wish->actor->now}};

    Err done = make(wish, &opened, &made);
    if (opened.keys.entries != entered->keys.entries)
        opener_free(opened.keys.entries);
    TRY(done);
    *ret_stored = made;
    return ok();
}
