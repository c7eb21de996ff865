/* An archive report is made of a log: one package, sealed under a key of its own, in the place of those that were made before.
 * Must not be named by a row before all of its bytes are stored.
 * Called by service/acts/procedure. Rule: deletion 5. */
#include "keys/documents.h"
#include "keys/scopes.h"
#include "report/package.h"
#include "service/log/deed.h"
#include "service/report/gather.h"
#include "service/report/sealed.h"
#include "service/seal.h"
#include "service/session/files.h"
#include "service/session/memory.h"
#include "store/report/reports.h"

#include <string.h>

#define MAKING_ARENA ((size_t)256 << 20)

/* What the work puts. */
typedef struct Making {
    ReportRow row;
    WrappedKey wrapped;
    Arena *scratch;
} Making;

/* Those of before are gone with their keys: a log has one report, the newest. */
static Err put(Tx *tx, void *self)
{
    Making *making = self;
    const ScopeKeyRow scope = scope_row(SCOPE_REPORT, making->row.id, &making->wrapped, 1);
    ReportRows former = {0};

    TRY(store_reports_of_log(tx, making->row.log, making->scratch, &former));
    for (uint32_t i = 0; i < former.count; i++)
        TRY(store_report_delete(tx, former.items[i].id));
    TRY(store_scope_insert(tx, &scope));
    return store_report_insert(tx, &making->row);
}

static Err sign(const Deed *deed, const Package *package, PackageSignature *ret_signature)
{
    SignedDocument document = {.tenant = deed->actor->tenant, .kind = DOCUMENT_REPORT};
    PackageSignature signature = {.tenant = deed->actor->tenant};
    KeysStatus status;

    memcpy(document.sha256, package->list.bytes, HASH_BYTES);
    TRY(keys_sign_document(deed->service->keys, &document, signature.signature));
    TRY(keys_status(deed->service->keys, &status));
    memcpy(signature.public, status.head_public, PUBLIC_BYTES);
    *ret_signature = signature;
    return ok();
}

/* The file in pieces, of all that stands in the log. */
static Err make_package(const Deed *deed, LogEntered *entered, Making *making, Arena *arena, PackageFile *ret_file)
{
    const LogReader reader = {deed->service, deed->actor, arena};
    PackageSignature signature;
    Gathered gathered;
    Package package;

    TRY(report_gather(&reader, entered, &gathered));
    gathered.report.made.report = making->row.id;
    gathered.report.made.language = values_code(deed->asked, REPORT_WISH_LANGUAGE) == REPORT_LANGUAGE_NN ? STR("nn") : STR("nb");
    memcpy(making->row.content.bytes, gathered.report.made.content.bytes, HASH_BYTES);
    TRY(package_make(&gathered.report, gathered.documents, arena, &package));
    TRY(sign(deed, &package, &signature));
    return package_finish(&package, &signature, deed->actor->now, arena, ret_file);
}

static Err make(const Deed *deed, LogEntered *entered, Making *making)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(key_wipe) Key key = {0};
    ReportBytes bytes = {.service = deed->service, .actor = deed->actor, .key = &key};
    PackageFile file = {0};
    ReportPut stored;

    TRY(world_id(deed->service->world, &making->row.id));
    bytes.report = making->row.id;
    TRY(arena_new(MAKING_ARENA, &arena));
    TRY(make_package(deed, entered, making, arena, &file));
    TRY(keys_scope_new(deed->service->keys, actor_key(deed->actor, PURPOSE_REPORT, SCOPE_REPORT, making->row.id),
                       indexed_by(INDEX_NONE, STR_NONE), &making->wrapped, &key));
    TRY(report_put(&bytes, file.pieces, file.count, &stored));
    making->row.parts = stored.parts;
    making->row.size = stored.size;
    making->row.sha256 = stored.sha256;
    return ok();
}

/* Making one takes a thread and much memory for a while: few are made at once. */
static Err make_in_turn(const Deed *deed, LogEntered *entered, Making *making)
{
    if (!deed->service->sessions)
        return make(deed, entered, making);
    Files *files = sessions_files(deed->service->sessions);
    TRY(files_begin(files, &deed->actor->session, deed->actor->now));
    Err made = make(deed, entered, making);
    files_end(files);
    return made;
}

Err deed_archive_report_make(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    const LogRow *log = &entered->content.log;
    LogEntered opened = *entered; /* its keys are set up for many here */
    Making *making = NULL;

    TRY(ARENA_NEW(deed->scratch, Making, 1, &making));
    making->scratch = deed->scratch;
    making->row = (ReportRow){.log = log->id, .log_no = log->no, .made_by = deed->actor->person, .made_role = (uint8_t)deed->actor->role,
                              .made_at = deed->actor->now};
    Err made = make_in_turn(deed, &opened, making);
    if (opened.keys.entries != entered->keys.entries)
        opener_free(opened.keys.entries);
    TRY(made);
    change->put = put;
    change->self = making;
    change->erases = true;
    return ok();
}
