/* The certificate of a deletion as a file: as it was signed, and in words as PDF with the signed text at its end.
 * Must not name anybody: roles, ids, times and numbers.
 * Called through the table of routes. */
#include "web/ending/certificate_file.h"

#include "pdf/pdf.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/words.h"
#include "web/ending/certificates.h"

#define PDF_MAX ((size_t)4 << 20)
#define PAIRS_MAX (16 + PURGED_KINDS)

/* Names with their values, as far as they are filled. */
typedef struct Pairs {
    const Call *call;
    PdfPair items[PAIRS_MAX];
    size_t count;
} Pairs;

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

static void add(Pairs *pairs, enum msg key, Str value)
{
    if (value.length > 0)
        pairs->items[pairs->count++] = (PdfPair){call_text(pairs->call, key), value};
}

static Err add_code(Pairs *pairs, enum msg key, CodeList list, unsigned code)
{
    Str text = STR_NONE;

    TRY(code_word(pairs->call, list, code_text(code), &text));
    add(pairs, key, text);
    return ok();
}

static Err add_id(Pairs *pairs, enum msg key, Id id)
{
    Str text = STR_NONE;
    char hex[ID_TEXT + 1];

    id_to_text(id, hex);
    TRY(str_format(pairs->call->arena, &text, "%s", hex));
    add(pairs, key, text);
    return ok();
}

/* Their role and the id of their account, and when. */
static Err add_who(Pairs *pairs, enum msg key, Role role, Id person, int64_t at)
{
    char hex[ID_TEXT + 1];
    Str name = STR_NONE, text = STR_NONE;

    id_to_text(person, hex);
    TRY(role_words(pairs->call, role, STR_NONE, &name));
    TRY(str_format(pairs->call->arena, &name, "%.*s %s", STR_ARGS(name), hex));
    const MsgArgument arguments[] = {{.name = STR("name"), .type = ARGUMENT_TEXT, .text = name},
                                     {.name = STR("time"), .type = ARGUMENT_MOMENT, .number = at}};
    TRY(message_of(pairs->call, MSG_DECISION_BY, arguments, COUNT_OF(arguments), &text));
    add(pairs, key, text);
    return ok();
}

static Err add_time(Pairs *pairs, enum msg key, int64_t at)
{
    const MsgArgument argument = {.name = STR("time"), .type = ARGUMENT_MOMENT, .number = at};
    Str text = STR_NONE;

    TRY(message_of(pairs->call, MSG_DECISION_AT, &argument, 1, &text));
    add(pairs, key, text);
    return ok();
}

static Err add_deletion(const CertificateView *view, Pairs *pairs)
{
    const DeletionRow *row = &view->item.row;
    Str last = STR_NONE;

    TRY(add_id(pairs, MSG_CERTIFICATES_LOG_ID, row->log));
    add(pairs, MSG_DECISION_UNIT, view->item.unit_name);
    TRY(add_code(pairs, MSG_DECISION_CAUSE, CODES_DELETION_CAUSE, row->scenario));
    TRY(add_code(pairs, MSG_DECISION_ARCHIVE, CODES_ARCHIVE, row->archive));
    TRY(add_code(pairs, MSG_DECISION_GROUND, CODES_ARCHIVE_GROUND, row->ground));
    TRY(add_who(pairs, MSG_DECISION_ORDERED, view->ordered_as, row->ordered_by, row->ordered_at));
    TRY(add_who(pairs, MSG_DECISION_APPROVED, view->approved_as, row->approved_by, row->approved_at));
    TRY(add_time(pairs, MSG_CERTIFICATES_PURGED, row->purged_at));
    TRY(certificate_last(pairs->call, &view->item, &last));
    add(pairs, MSG_CERTIFICATES_LAST, last);
    return ok();
}

static Err add_removed(const Call *call, const CertificateView *view, Pdf *pdf)
{
    static const char *const codes[] = {
#define X(name, code) code,
        PURGE_KINDS(X)
#undef X
    };
    PdfPair pairs[PURGED_KINDS], staying;

    for (size_t i = 0; i < PURGED_KINDS; i++) {
        TRY(word_of(call, "purged", codes[i], &pairs[i].key));
        TRY(str_format(call->arena, &pairs[i].value, "%u", view->removed[i]));
    }
    pdf_heading(pdf, 2, call_text(call, MSG_CERTIFICATES_REMOVED));
    pdf_pairs(pdf, pairs, PURGED_KINDS);
    staying.key = call_text(call, MSG_DECISION_FACTS);
    TRY(str_format(call->arena, &staying.value, "%u", view->facts));
    pdf_pairs(pdf, &staying, 1);
    return ok();
}

static Err write_pdf(Call *call, const CertificateView *view, Str *ret_bytes)
{
    Pairs pairs = {.call = call};
    AUTO(pdf_freep) Pdf *pdf = NULL;
    Str number = STR_NONE, title = STR_NONE;

    TRY(log_number_text(view->item.row.display, call->arena, &number));
    TRY(message_with(call, MSG_CERTIFICATES_TITLE, "number", number, &title));
    const PdfAbout about = {.title = title, .language = language_tag(call->language), .label = call_text(call, MSG_CERTIFICATES_LABEL),
                            .made = call->municipality, .page = call_text(call, MSG_CERTIFICATES_PAGE), .of = call_text(call, MSG_CERTIFICATES_OF),
                            .made_at = view->item.row.purged_at};
    TRY(pdf_open(&about, PDF_MAX, call->arena, &pdf));
    pdf_heading(pdf, 1, title);
    TRY(add_deletion(view, &pairs));
    pdf_pairs(pdf, pairs.items, pairs.count);
    TRY(add_removed(call, view, pdf));
    pdf_heading(pdf, 2, call_text(call, MSG_CERTIFICATES_SIGNED));
    pdf_paragraph(pdf, call_text(call, MSG_CERTIFICATES_CHECK));
    pdf_small(pdf, view->file);
    return pdf_finish(pdf, ret_bytes);
}

Err certificate_pdf(Call *call)
{
    CertificateView view = {0};
    Str bytes = STR_NONE;

    TRY(open_made(call, &view));
    TRY(write_pdf(call, &view, &bytes));
    return sends(call, STR("attachment; filename=\"attest.pdf\""), STR("application/pdf"), bytes);
}
