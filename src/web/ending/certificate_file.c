/* The certificate of a deletion as a file: as it was signed, and in words.
 * Must not say anything of it that the document (report/certificate.h) does not.
 * Called through the table of routes. */
#include "web/ending/certificate_file.h"

#include "report/certificate.h"
#include "web/call/answer.h"
#include "web/ending/certificates.h"

static Err open_made(Call *call, CertificateView *ret_view)
{
    TRY(certificate_open(call->service, &call->actor, call->ids[0], call->arena, ret_view));
    return ret_view->file.length > 0 ? ok() : fail(E_NOT_FOUND);
}

static Err sends(Call *call, Str name, Str media, Str bytes)
{
    response_header(call->response, "Content-Disposition", name);
    return call_bytes(call, media, bytes);
}

Err certificate_json(Call *call)
{
    CertificateView view = {0};

    TRY(open_made(call, &view));
    return sends(call, STR("attachment; filename=\"attest.json\""), STR("application/json"), view.file);
}

/* ---- in words ---- */

/* What the page says too. */
static Err words_of(Call *call, const CertificateView *view, CertificateRemoved removed[static PURGED_KINDS], CertificateWords *words)
{
    static const char *const codes[] = {
#define X(name, code) code,
        PURGE_KINDS(X)
#undef X
    };
    const DeletionRow *row = &view->item.row;

    for (size_t i = 0; i < PURGED_KINDS; i++)
        removed[i] = (CertificateRemoved){codes[i], view->removed[i]};
    *words = (CertificateWords){.language = call->language, .municipality = call->municipality, .display = row->display, .log = row->log,
                                .unit = view->item.unit_name, .cause = row->scenario, .archive = row->archive, .ground = row->ground,
                                .ordered = {view->ordered_as, row->ordered_by, row->ordered_at},
                                .approved = {view->approved_as, row->approved_by, row->approved_at}, .purged_at = row->purged_at,
                                .removed = removed, .removed_count = PURGED_KINDS, .facts = view->facts, .file = view->file};
    return certificate_last(call, &view->item, &words->last);
}

Err certificate_pdf(Call *call)
{
    CertificateRemoved removed[PURGED_KINDS];
    CertificateView view = {0};
    CertificateWords words;
    Str bytes = STR_NONE;

    TRY(open_made(call, &view));
    TRY(words_of(call, &view, removed, &words));
    TRY(certificate_print(&words, call->arena, &bytes));
    return sends(call, STR("attachment; filename=\"attest.pdf\""), STR("application/pdf"), bytes);
}
