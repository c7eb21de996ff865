/* A certificate as PDF.
 * Must not say anything that the signed text does not, but names of codes.
 * Called by web. */
#include "report/certificate.h"

#include "domain/codes.h"
#include "domain/log_number.h"
#include "pdf/pdf.h"
#include "report/words.h"

#define PDF_MAX ((size_t)4 << 20)
#define PAIRS_MAX 16
#define WORDS_MAX ((size_t)16 << 10)

/* Names with their values, as far as they are filled. */
typedef struct Pairs {
    const CertificateWords *words;
    Arena *keep;
    PdfPair items[PAIRS_MAX];
    size_t count;
} Pairs;

static Err message_of(const Pairs *pairs, enum msg id, const MsgArgument *arguments, size_t count, Str *ret_text)
{
    Buf words = buf_new(pairs->keep, WORDS_MAX);

    msg_write(&words, pairs->words->language, id, arguments, count);
    return buf_done(&words, ret_text);
}

static void add(Pairs *pairs, enum msg key, Str value)
{
    if (value.length > 0)
        pairs->items[pairs->count++] = (PdfPair){msg(pairs->words->language, key), value};
}

static Err add_code(Pairs *pairs, enum msg key, CodeList list, unsigned code)
{
    Str text = STR_NONE;

    if (code == CODE_NONE)
        return ok();
    TRY(report_code(pairs->words->language, list, code_text(code), pairs->keep, &text));
    add(pairs, key, text);
    return ok();
}

static Err add_id(Pairs *pairs, enum msg key, Id id)
{
    Str text = STR_NONE;

    TRY(report_id_text(id, pairs->keep, &text));
    add(pairs, key, text);
    return ok();
}

/* Their role and the id of their account, and when. */
static Err add_who(Pairs *pairs, enum msg key, const CertificateWho *who)
{
    Str name = STR_NONE, id = STR_NONE, text = STR_NONE;

    TRY(report_word(pairs->words->language, "role", role_code(who->role), pairs->keep, &name));
    TRY(report_id_text(who->person, pairs->keep, &id));
    TRY(str_format(pairs->keep, &name, "%.*s %.*s", STR_ARGS(name), STR_ARGS(id)));
    const MsgArgument arguments[] = {{.name = STR("name"), .type = ARGUMENT_TEXT, .text = name},
                                     {.name = STR("time"), .type = ARGUMENT_MOMENT, .number = who->at}};
    TRY(message_of(pairs, MSG_DECISION_BY, arguments, COUNT_OF(arguments), &text));
    add(pairs, key, text);
    return ok();
}

static Err add_time(Pairs *pairs, enum msg key, int64_t at)
{
    const MsgArgument argument = {.name = STR("time"), .type = ARGUMENT_MOMENT, .number = at};
    Str text = STR_NONE;

    TRY(message_of(pairs, MSG_DECISION_AT, &argument, 1, &text));
    add(pairs, key, text);
    return ok();
}

static Err add_deletion(Pairs *pairs)
{
    const CertificateWords *words = pairs->words;

    TRY(add_id(pairs, MSG_CERTIFICATES_LOG_ID, words->log));
    add(pairs, MSG_DECISION_UNIT, words->unit);
    TRY(add_code(pairs, MSG_DECISION_CAUSE, CODES_DELETION_CAUSE, words->cause));
    TRY(add_code(pairs, MSG_DECISION_ARCHIVE, CODES_ARCHIVE, words->archive));
    TRY(add_code(pairs, MSG_DECISION_GROUND, CODES_ARCHIVE_GROUND, words->ground));
    TRY(add_who(pairs, MSG_DECISION_ORDERED, &words->ordered));
    TRY(add_who(pairs, MSG_DECISION_APPROVED, &words->approved));
    TRY(add_time(pairs, MSG_CERTIFICATES_PURGED, words->purged_at));
    add(pairs, MSG_CERTIFICATES_LAST, words->last);
    return ok();
}

static Err add_removed(const CertificateWords *words, Arena *keep, Pdf *pdf)
{
    PdfPair *pairs = NULL;

    TRY(ARENA_NEW(keep, PdfPair, words->removed_count + 1, &pairs));
    for (size_t i = 0; i < words->removed_count; i++) {
        TRY(report_word(words->language, "purged", words->removed[i].code, keep, &pairs[i].key));
        TRY(str_format(keep, &pairs[i].value, "%u", words->removed[i].rows));
    }
    pdf_heading(pdf, 2, msg(words->language, MSG_CERTIFICATES_REMOVED));
    pdf_pairs(pdf, pairs, words->removed_count);
    pairs[0].key = msg(words->language, MSG_DECISION_FACTS);
    TRY(str_format(keep, &pairs[0].value, "%u", words->facts));
    pdf_pairs(pdf, pairs, 1);
    return ok();
}

static Err title_of(const Pairs *pairs, Str *ret_title)
{
    Str number = STR_NONE;

    TRY(log_number_text(pairs->words->display, pairs->keep, &number));
    const MsgArgument argument = {.name = STR("number"), .type = ARGUMENT_TEXT, .text = number};
    return message_of(pairs, MSG_CERTIFICATES_TITLE, &argument, 1, ret_title);
}

Err certificate_print(const CertificateWords *words, Arena *keep, Str *ret_bytes)
{
    const enum language in = words->language;
    Pairs pairs = {.words = words, .keep = keep};
    AUTO(pdf_freep) Pdf *pdf = NULL;
    Str title = STR_NONE;

    TRY(title_of(&pairs, &title));
    const PdfAbout about = {.title = title, .language = language_tag(in), .label = msg(in, MSG_CERTIFICATES_LABEL),
                            .made = words->municipality, .page = msg(in, MSG_CERTIFICATES_PAGE), .of = msg(in, MSG_CERTIFICATES_OF),
                            .made_at = words->purged_at};
    TRY(pdf_open(&about, PDF_MAX, keep, &pdf));
    pdf_heading(pdf, 1, title);
    TRY(add_deletion(&pairs));
    pdf_pairs(pdf, pairs.items, pairs.count);
    TRY(add_removed(words, keep, pdf));
    pdf_heading(pdf, 2, msg(in, MSG_CERTIFICATES_SIGNED));
    pdf_paragraph(pdf, msg(in, MSG_CERTIFICATES_CHECK));
    pdf_small(pdf, words->file);
    return pdf_finish(pdf, ret_bytes);
}
