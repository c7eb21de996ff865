/* A report as a document: what the log is, whom it is about, who took part, consents, then every entry by section with its former
 * versions, and the documents that lie beside it.
 * Must not decide how it looks: pdf does.
 * Called by package. */
#include "report/content.h"

#include <stdio.h>

#include "domain/log_number.h"
#include "pdf/pdf.h"
#include "report/words.h"

#define PAIRS_MAX (FIELDS_MAX + 4)

#define TELL_EVERY 25 /* versions of entries */

typedef struct Print {
    const Report *report;
    const ReportWatch *watch;
    uint32_t versions; /* printed so far */
    enum language language;
    Arena *scratch;   /* rewound after each piece: what pdf is given it has read */
    Pdf *pdf;
    PdfPair pairs[PAIRS_MAX];
    size_t count;
    bool *printed;    /* by place: the entry that begins there stands in the document */
} Print;

static Wording wording(const Print *print)
{
    return (Wording){print->report, print->language, print->scratch};
}

static Str word(const Print *print, enum msg id)
{
    return msg(print->language, id);
}

static Err with(const Print *print, enum msg id, const MsgArgument *arguments, size_t count, Str *ret_text)
{
    Buf text = buf_new(print->scratch, 4096);

    msg_write(&text, print->language, id, arguments, count);
    return buf_done(&text, ret_text);
}

static void add(Print *print, Str key, Str value)
{
    if (value.length > 0 && print->count < PAIRS_MAX)
        print->pairs[print->count++] = (PdfPair){key, value};
}

static Err add_moment(Print *print, enum msg key, int64_t ms)
{
    Str text = STR_NONE;

    TRY(report_moment(print->language, ms, print->scratch, &text));
    add(print, word(print, key), text);
    return ok();
}

static void pairs_done(Print *print)
{
    if (print->count > 0)
        pdf_pairs(print->pdf, print->pairs, print->count);
    print->count = 0;
}

/* Every field that people fill in and that is not empty, but for one that stands elsewhere (FIELD_NONE: for none). */
static Err add_values(Print *print, const Values *values, FieldKey but)
{
    const Wording words = wording(print);

    for (unsigned i = 0; i < values->kind->count; i++) {
        Str key = STR_NONE, text = STR_NONE;
        if (but != FIELD_NONE && but == field_key(values->kind, i))
            continue;
        TRY(report_field(&words, values, i, &text));
        if (text.length == 0)
            continue;
        TRY(report_label(print->language, values->kind, &values->kind->fields[i], print->scratch, &key));
        add(print, key, text);
    }
    return ok();
}

/* ---- what it is ---- */

static Err hash_words(const Print *print, ReportHash hash, Str *ret_text)
{
    Buf text = buf_new(print->scratch, (size_t)2 * HASH_BYTES);

    buf_add_hex(&text, str_from_bytes(hash.bytes, HASH_BYTES));
    return buf_done(&text, ret_text);
}

static Err number_words(const Print *print, Str *ret_number)
{
    return log_number_text(print->report->log.number, print->scratch, ret_number);
}

static Err add_log(Print *print)
{
    const ReportLog *log = &print->report->log;
    Str number = STR_NONE, state = STR_NONE, closed = STR_NONE, hash = STR_NONE;
    char code[24];

    TRY(number_words(print, &number));
    add(print, word(print, MSG_REPORT_NUMBER), number);
    add(print, word(print, MSG_REPORT_MUNICIPALITY), print->report->municipality.name);
    add(print, word(print, MSG_REPORT_UNIT), report_unit_name(print->report, log->unit));
    add(print, word(print, MSG_LOG_HOLDER), report_person_name(print->report, log->holder));
    TRY(report_word(print->language, "state", state_code(log->state), print->scratch, &state));
    add(print, word(print, MSG_REPORT_STATE), state);
    TRY(add_moment(print, MSG_REPORT_CREATED, log->created_at));
    TRY(add_moment(print, MSG_PASSIVE_SINCE, log->passive_at));
    if (log->closed_reason != 0) {
        snprintf(code, sizeof code, "%lld", (long long)log->closed_reason);
        TRY(report_word(print->language, "report.closed", code, print->scratch, &closed));
        add(print, word(print, MSG_REPORT_CLOSED), closed);
    }
    TRY(hash_words(print, print->report->made.content, &hash));
    add(print, word(print, MSG_REPORT_CONTENT), hash);
    pairs_done(print);
    return ok();
}

static Err print_child(Print *print)
{
    const ReportEntry *child = report_child(print->report);

    if (!child)
        return ok();
    pdf_heading(print->pdf, 2, word(print, MSG_LOG_CHILD));
    TRY(add_values(print, &child->values, FIELD_NONE));
    pairs_done(print);
    return ok();
}

/* ---- people and consents ---- */

static Err period_words(const Print *print, int64_t at, Str *ret_text)
{
    return at == 0 ? ok() : report_day(print->language, oslo_day(at), print->scratch, ret_text);
}

static Err print_people(Print *print)
{
    const PdfColumn columns[] = {{word(print, MSG_REPORT_NAME), 24, true}, {word(print, MSG_REPORT_ROLE), 18, false},
                                 {word(print, MSG_REPORT_WHERE), 22, false}, {word(print, MSG_REPORT_FROM), 24, false},
                                 {word(print, MSG_REPORT_TO), 24, false}};
    const ReportPeople *people = &print->report->people;

    pdf_heading(print->pdf, 2, word(print, MSG_COPY_PEOPLE));
    pdf_table_begin(print->pdf, columns, COUNT_OF(columns));
    for (uint32_t i = 0; i < people->count; i++) {
        const ReportPerson *person = &people->items[i];
        size_t mark = arena_mark(print->scratch);
        Str role = STR_NONE, from = STR_NONE, to = STR_NONE;
        TRY(report_word(print->language, "role", role_code(person->role), print->scratch, &role));
        TRY(period_words(print, person->from_at, &from));
        TRY(period_words(print, person->to_at, &to));
        pdf_table_row(print->pdf, (const Str[]){report_name_of(person), role, report_unit_name(print->report, person->unit), from, to});
        arena_rewind(print->scratch, mark);
    }
    pdf_table_end(print->pdf);
    return ok();
}

/* What is known of a guardian beside the name. */
static Err print_guardians(Print *print)
{
    const ReportPeople *people = &print->report->people;

    for (uint32_t i = 0; i < people->count; i++) {
        size_t mark = arena_mark(print->scratch);
        if (people->items[i].values.kind->id != KIND_GUARDIAN)
            continue;
        pdf_heading(print->pdf, 3, report_name_of(&people->items[i]));
        TRY(add_values(print, &people->items[i].values, GUARDIAN_NAME));
        pairs_done(print);
        arena_rewind(print->scratch, mark);
    }
    return ok();
}

static Err print_consent(Print *print, const ReportConsent *consent)
{
    const ReportPerson *giver = report_person(print->report, consent->participant);

    pdf_heading(print->pdf, 3, giver ? report_name_of(giver) : word(print, MSG_LOG_CONSENT));
    TRY(add_values(print, &consent->values, FIELD_NONE));
    TRY(add_moment(print, MSG_REPORT_WITHDRAWN, consent->withdrawn_at));
    pairs_done(print);
    return ok();
}

static Err print_consents(Print *print)
{
    const ReportConsents *consents = &print->report->consents;

    if (consents->count > 0)
        pdf_heading(print->pdf, 2, word(print, MSG_CONSENTS_HEADING));
    for (uint32_t i = 0; i < consents->count; i++) {
        size_t mark = arena_mark(print->scratch);
        TRY(print_consent(print, &consents->items[i]));
        arena_rewind(print->scratch, mark);
    }
    return ok();
}

/* ---- entries ---- */

static Err author_words(const Print *print, const ReportEntry *entry, Str *ret_text)
{
    Str role = STR_NONE, at = STR_NONE, name = report_person_name(print->report, entry->author);

    TRY(report_word(print->language, "role", role_code(entry->author_role), print->scratch, &role));
    TRY(report_moment(print->language, entry->at, print->scratch, &at));
    const MsgArgument arguments[] = {{.name = STR("name"), .type = ARGUMENT_TEXT, .text = name.length > 0 ? name : STR("–")},
                                     {.name = STR("role"), .type = ARGUMENT_TEXT, .text = role},
                                     {.name = STR("at"), .type = ARGUMENT_TEXT, .text = at},
                                     {.name = STR("version"), .type = ARGUMENT_NUMBER, .number = entry->version}};
    return with(print, MSG_REPORT_AUTHOR, arguments, COUNT_OF(arguments), ret_text);
}

/* The first long text of a kind: it stands across the page, before the rest. */
static FieldKey text_of(const Kind *kind)
{
    for (unsigned i = 0; i < kind->count; i++)
        if (kind->fields[i].type == FIELD_LONG)
            return field_key(kind, i);
    return FIELD_NONE;
}

static Err print_version(Print *print, const ReportEntry *entry)
{
    FieldKey text = text_of(entry->values.kind);
    size_t mark = arena_mark(print->scratch);
    Str author = STR_NONE;

    TRY(author_words(print, entry, &author));
    pdf_small(print->pdf, author);
    if (entry->removed) {
        add(print, word(print, MSG_ENTRY_REMOVED_BECAUSE), entry->reason);
    } else {
        pdf_paragraph(print->pdf, text == FIELD_NONE ? STR_NONE : values_at(&entry->values, text));
        TRY(add_values(print, &entry->values, text));
    }
    pairs_done(print);
    arena_rewind(print->scratch, mark);
    return ok();
}

/* Where the newest version of the entry stands that begins at `first`. */
static uint32_t newest_at(const ReportEntries *entries, uint32_t first)
{
    uint32_t newest = first;

    for (uint32_t i = first; i < entries->count; i++)
        if (id_equal(entries->items[i].entry, entries->items[first].entry))
            newest = i;
    return newest;
}

static Err tell(Print *print)
{
    if (!print->watch || print->versions++ % TELL_EVERY != 0)
        return ok();
    return print->watch->printed(print->watch->self, print->versions - 1, print->report->entries.count);
}

/* The newest version under the entry's heading, then what it was before, newest first. */
static Err print_entry(Print *print, uint32_t first)
{
    const ReportEntries *entries = &print->report->entries;
    const Wording words = wording(print);
    uint32_t newest = newest_at(entries, first);
    size_t mark = arena_mark(print->scratch);
    Str title = STR_NONE;

    print->printed[first] = true;
    TRY(report_title(&words, &entries->items[newest], &title));
    pdf_heading(print->pdf, 3, title);
    arena_rewind(print->scratch, mark);
    for (uint32_t i = newest + 1; i > first; i--)
        if (id_equal(entries->items[i - 1].entry, entries->items[first].entry)) {
            TRY(tell(print));
            TRY(print_version(print, &entries->items[i - 1]));
        }
    return ok();
}

static bool begins(const Print *print, uint32_t at)
{
    const ReportEntry *entry = &print->report->entries.items[at];
    return id_equal(entry->id, entry->entry) && !print->printed[at];
}

/* Measures stand below the goal that they name now, evaluations below their measure. */
static const FieldKey below[] = {MEASURE_GOAL, EVALUATION_MEASURE};

static bool is_below(const Print *print, uint32_t at, Id above)
{
    const ReportEntries *entries = &print->report->entries;
    const Values *values = &entries->items[newest_at(entries, at)].values;
    Id named;

    for (size_t i = 0; i < COUNT_OF(below); i++) {
        Str text = values_at(values, below[i]);
        if (text.length > 0 && is_ok(id_from_text(text, &named)) && id_equal(named, above))
            return true;
    }
    return false;
}

static Err print_below(Print *print, uint32_t first, unsigned depth)
{
    const ReportEntries *entries = &print->report->entries;

    TRY(print_entry(print, first));
    for (uint32_t i = 0; depth > 0 && i < entries->count; i++)
        if (begins(print, i) && entries->items[i].values.kind->section == SECTION_GOALS &&
            is_below(print, i, entries->items[first].entry))
            TRY(print_below(print, i, depth - 1));
    return ok();
}

/* Goals go before what names none, elsewhere entries stand as they were written; each once. */
static Err print_section(Print *print, enum Section section, enum msg heading)
{
    static const KindId turns[] = {KIND_GOAL, KIND_MEASURE, KIND_NONE};
    const ReportEntries *entries = &print->report->entries;
    bool begun = false;

    for (size_t turn = 0; turn < COUNT_OF(turns); turn++)
        for (uint32_t i = 0; i < entries->count; i++) {
            const Kind *kind = entries->items[i].values.kind;
            if (kind->section != section || (turns[turn] != KIND_NONE && kind->id != turns[turn]) || !begins(print, i))
                continue;
            if (!begun)
                pdf_heading(print->pdf, 2, word(print, heading));
            begun = true;
            TRY(print_below(print, i, section == SECTION_GOALS ? COUNT_OF(below) : 0));
        }
    return ok();
}

/* Each section in the order of a log's page; a kind without one stands with what happened to the log. */
static Err print_entries(Print *print)
{
    static const struct {
        enum Section section;
        enum msg heading;
    } sections[] = {
        {SECTION_ATTENTIONS, MSG_LOG_ATTENTION}, {SECTION_GOALS, MSG_LOG_GOALS},         {SECTION_MEETINGS, MSG_LOG_MEETINGS},
        {SECTION_NOTES, MSG_LOG_NOTES},          {SECTION_RESOURCES, MSG_LOG_RESOURCES}, {SECTION_HISTORY, MSG_LOG_LEVEL},
        {SECTION_LIFE, MSG_LOG_LIFE},            {SECTION_NONE, MSG_REPORT_REST},        {SECTION_BAND, MSG_REPORT_CHILD_HISTORY},
    };

    TRY(ARENA_NEW(print->scratch, bool, (size_t)print->report->entries.count + 1, &print->printed));
    for (size_t i = 0; i < COUNT_OF(sections); i++)
        TRY(print_section(print, sections[i].section, sections[i].heading));
    return ok();
}

/* ---- documents ---- */

static Err print_documents(Print *print)
{
    const PdfColumn columns[] = {{word(print, MSG_REPORT_FILE), 30, true}, {word(print, MSG_REPORT_SIZE), 18, false},
                                 {word(print, MSG_REPORT_SHA256), 52, false}};
    const ReportDocuments *documents = &print->report->documents;

    if (documents->count == 0)
        return ok();
    pdf_heading(print->pdf, 2, word(print, MSG_REPORT_DOCUMENTS));
    pdf_table_begin(print->pdf, columns, COUNT_OF(columns));
    for (uint32_t i = 0; i < documents->count; i++) {
        size_t mark = arena_mark(print->scratch);
        Str size = STR_NONE, hash = STR_NONE;
        TRY(str_format(print->scratch, &size, "%lld", (long long)documents->items[i].size));
        TRY(hash_words(print, documents->items[i].sha256, &hash));
        pdf_table_row(print->pdf, (const Str[]){documents->items[i].file, size, hash});
        arena_rewind(print->scratch, mark);
    }
    pdf_table_end(print->pdf);
    return ok();
}

static Err open_pdf(Print *print, Arena *keep)
{
    const ReportMade *made = &print->report->made;
    Str number = STR_NONE, title = STR_NONE, role = STR_NONE, at = STR_NONE, by = STR_NONE;

    TRY(number_words(print, &number));
    TRY(str_format(print->scratch, &title, "%.*s %.*s", STR_ARGS(word(print, MSG_REPORT_TITLE)), STR_ARGS(number)));
    TRY(report_word(print->language, "role", role_code(made->role), print->scratch, &role));
    TRY(report_moment(print->language, made->at, print->scratch, &at));
    const MsgArgument arguments[] = {{.name = STR("name"), .type = ARGUMENT_TEXT, .text = made->name},
                                     {.name = STR("role"), .type = ARGUMENT_TEXT, .text = role},
                                     {.name = STR("at"), .type = ARGUMENT_TEXT, .text = at}};
    TRY(with(print, MSG_REPORT_MADE, arguments, COUNT_OF(arguments), &by));
    TRY(str_format(print->scratch, &by, "%.*s · %.*s", STR_ARGS(print->report->municipality.name), STR_ARGS(by)));
    const PdfAbout about = {.title = title, .language = made->language, .label = word(print, MSG_COPY_SENSITIVE), .made = by,
                            .page = word(print, MSG_REPORT_PAGE), .of = word(print, MSG_REPORT_OF), .made_at = made->at};
    TRY(pdf_open(&about, REPORT_PDF_MAX, keep, &print->pdf));
    pdf_heading(print->pdf, 1, title);
    return ok();
}

static Err print_all(Print *print, Arena *keep)
{
    TRY(open_pdf(print, keep));
    TRY(add_log(print));
    TRY(print_child(print));
    TRY(print_people(print));
    TRY(print_guardians(print));
    TRY(print_consents(print));
    TRY(print_entries(print));
    return print_documents(print);
}

Err content_print(const Report *report, const ReportWatch *watch, Arena *keep, Str *ret_pdf)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    Print print = {.report = report, .watch = watch};

    TRY(language_from_tag(report->made.language, &print.language));
    TRY(arena_new((size_t)8 << 20, &scratch));
    print.scratch = scratch;
    Err printed = print_all(&print, keep);
    if (is_ok(printed))
        printed = pdf_finish(print.pdf, ret_pdf);
    pdf_free(print.pdf);
    return printed;
}
