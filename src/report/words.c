/* Fields, codes, references and times in words.
 * Must not leave out a value that it cannot name: the value itself stands there then.
 * Called by message and content. */
#include "report/words.h"

#define WORDS_MAX ((size_t)128 << 10)
#define TITLE_POINTS 80

Err report_word(enum language language, const char *prefix, const char *code, Arena *keep, Str *ret_word)
{
    Str key = STR_NONE;

    TRY(str_format(keep, &key, "%s.%s", prefix, code));
    *ret_word = msg_by_key(language, key);
    return ok();
}

Err report_id_text(Id id, Arena *keep, Str *ret_text)
{
    char text[ID_TEXT + 1];

    id_to_text(id, text);
    return str_copy(keep, str_from_c(text), ret_text);
}

Err report_moment(enum language language, int64_t ms, Arena *keep, Str *ret_words)
{
    Buf words = buf_new(keep, 128);

    text_moment(&words, language, (Moment){ms});
    return buf_done(&words, ret_words);
}

Err report_day(enum language language, Day day, Arena *keep, Str *ret_words)
{
    Buf words = buf_new(keep, 128);

    text_day(&words, language, day);
    return buf_done(&words, ret_words);
}

Err report_label(enum language language, const Kind *kind, const Field *field, Arena *keep, Str *ret_label)
{
    Str key = STR_NONE;

    TRY(str_format(keep, &key, "field.%s.%s", kind->code, field->name));
    *ret_label = msg_by_key(language, key);
    return ok();
}

/* The version of an entry that is newest, by the entry's id. */
static const ReportEntry *newest_of(const Report *report, Id entry)
{
    for (uint32_t i = report->entries.count; i > 0; i--)
        if (id_equal(report->entries.items[i - 1].entry, entry))
            return &report->entries.items[i - 1];
    return NULL;
}

static Err reference_words(const Wording *wording, const Field *field, Str item, Str *ret_text)
{
    Id id;

    *ret_text = item;
    if (!is_ok(id_from_text(item, &id)))
        return ok();
    if (field->type == FIELD_ENTRY) {
        const ReportEntry *entry = newest_of(wording->report, id);
        return entry ? report_title(wording, entry, ret_text) : ok();
    }
    const ReportPerson *person = field->type == FIELD_PERSON ? report_person(wording->report, id) : NULL;
    Str name = person ? report_name_of(person) : report_person_name(wording->report, id);
    if (field->type == FIELD_UNIT)
        name = report_unit_name(wording->report, id);
    if (name.length > 0)
        *ret_text = name;
    return ok();
}

static Err time_words(enum language language, Str item, Arena *keep, Str *ret_text)
{
    unsigned minute = 0;
    Day day = 0;

    if (!is_ok(datetime_parse(item, &day, &minute)))
        return ok();
    int64_t at = oslo_time(day, minute);
    return report_moment(language, at == 0 ? 1 : at, keep, ret_text);
}

Err report_code(enum language language, CodeList list, Str code, Arena *keep, Str *ret_text)
{
    Str key = STR_NONE;

    TRY(str_format(keep, &key, "%s.%.*s", codes_of(list).key, STR_ARGS(code)));
    *ret_text = msg_by_key(language, key);
    return ok();
}

static Err item_words(const Wording *wording, const Field *field, Str item, Str *ret_text)
{
    Day day = 0;

    *ret_text = item;
    switch (field->type) {
    case FIELD_CODE:
        return report_code(wording->language, field->codes, item, wording->keep, ret_text);
    case FIELD_YES_NO:
        return report_word(wording->language, "yes_no", str_equal(item, VALUE_YES) ? "1" : "0", wording->keep, ret_text);
    case FIELD_DATE:
        return is_ok(day_parse(item, &day)) ? report_day(wording->language, day, wording->keep, ret_text) : ok();
    case FIELD_DATETIME:
        return time_words(wording->language, item, wording->keep, ret_text);
    case FIELD_ENTRY:
    case FIELD_PERSON:
    case FIELD_UNIT:
        return reference_words(wording, field, item, ret_text);
    case FIELD_TEXT:
    case FIELD_LONG:
    case FIELD_NUMBER:
    case FIELD_LINK:
    case FIELD_EMAIL:
    case FIELD_PHONE:
    case FIELD_NATIONAL_ID:
    case FIELD_ORGANISATION_NUMBER:
    case FIELD_HASH:
        break;
    }
    return ok();
}

Err report_field(const Wording *wording, const Values *values, unsigned at, Str *ret_text)
{
    const Field *field = &values->kind->fields[at];
    Buf words = buf_new(wording->keep, WORDS_MAX);
    Str text = values->text[at];

    *ret_text = STR_NONE;
    if (text.length == 0 || field->class == CLASS_SYSTEM)
        return ok();
    if (!field->multiple)
        return item_words(wording, field, text, ret_text);
    while (text.length > 0) {
        Str item, word = STR_NONE;
        text = str_cut(text, '\n', &item);
        TRY(item_words(wording, field, item, &word));
        buf_add(&words, words.length > 0 ? STR(", ") : STR_NONE);
        buf_add(&words, word);
    }
    return buf_done(&words, ret_text);
}

/* The first line, at most TITLE_POINTS code points of it. */
static Err shorten(Str text, Arena *keep, Str *ret_short)
{
    size_t points = 0, at = 0;
    Str line;

    (void)str_cut(text, '\n', &line);
    while (at < line.length && points++ < TITLE_POINTS)
        (void)utf8_next(line, &at);
    *ret_short = text;
    return at == text.length ? ok() : str_format(keep, ret_short, "%.*s …", STR_ARGS(str_slice(line, 0, at)));
}

Err report_title(const Wording *wording, const ReportEntry *entry, Str *ret_title)
{
    const Kind *kind = entry->values.kind;
    Str word = STR_NONE, title = STR_NONE;

    TRY(report_word(wording->language, "entry.kind", kind->code, wording->keep, &word));
    *ret_title = word;
    if (kind->title == FIELD_NONE || entry->removed)
        return ok();
    TRY(report_field(wording, &entry->values, kind->title & 0xFF, &title));
    TRY(shorten(title, wording->keep, &title));
    return title.length == 0 ? ok() : str_format(wording->keep, ret_title, "%.*s: %.*s", STR_ARGS(word), STR_ARGS(title));
}
