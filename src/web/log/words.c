/* Titles and names out of an opened log.
 * Must not show more of an entry than one line.
 * Called by the pages of this room and by web/api. */
#include "web/log/words.h"

#include "pages/views.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/words.h"

#define TITLE_POINTS 80

const LogEntry *find_entry(const LogView *log, Id entry)
{
    for (uint32_t i = 0; i < log->entry_count; i++)
        if (id_equal(log->entries[i].entry, entry))
            return &log->entries[i];
    return NULL;
}

const LogEntry *find_reference(const LogView *log, Str text)
{
    Id id;

    return is_ok(id_from_text(text, &id)) ? find_entry(log, id) : NULL;
}

/* The first line, at most TITLE_POINTS code points of it. */
static Err shorten(const Call *call, Str text, Str *ret_short)
{
    size_t points = 0, at = 0;
    Str line;

    (void)str_cut(text, '\n', &line);
    while (at < line.length && points++ < TITLE_POINTS)
        (void)utf8_next(line, &at);
    if (at == text.length) {
        *ret_short = text;
        return ok();
    }
    return str_format(call->arena, ret_short, "%.*s …", STR_ARGS(str_slice(line, 0, at)));
}

Err entry_title(const Call *call, const LogEntry *entry, Str *ret_title)
{
    const Kind *kind = entry->values.kind;

    if (kind->title == FIELD_NONE)
        return word_of(call, "entry.kind", kind->code, ret_title);
    const Field *field = field_at(kind->title);
    Str text = values_at(&entry->values, kind->title);
    if (field->type == FIELD_CODE)
        return code_word(call, field->codes, text, ret_title);
    if (field->type == FIELD_DATETIME) {
        Buf words = buf_new(call->arena, 128);
        text_moment(&words, call->language, moment_of(text));
        return buf_done(&words, ret_title);
    }
    return shorten(call, text, ret_title);
}

static const LogPerson *find_participant(const LogView *log, Str text)
{
    Id id;

    if (!is_ok(id_from_text(text, &id)))
        return NULL;
    for (uint32_t i = 0; i < log->people_count; i++)
        if (id_equal(log->people[i].participant, id))
            return &log->people[i];
    return NULL;
}

static bool holds_entry(const LogView *log, const Field *field, Str item)
{
    const LogEntry *entry = find_reference(log, item);

    return entry && !entry->removed && (!field->refers || entry->values.kind->id == field->refers);
}

static bool holds_all(const LogView *log, const Field *field, Str items)
{
    while (items.length > 0) {
        Str item;
        items = str_cut(items, '\n', &item);
        if (field->type == FIELD_ENTRY ? !holds_entry(log, field, item) : !find_participant(log, item))
            return false;
    }
    return true;
}

int foreign_reference(const LogView *log, const Values *values)
{
    int first = -1;

    for (int i = 0; i < values->kind->count; i++) {
        const Field *field = &values->kind->fields[i];
        if ((field->type != FIELD_ENTRY && field->type != FIELD_PERSON) || values->text[i].length == 0)
            continue;
        if (!holds_all(log, field, values->text[i]))
            return i;
        first = first < 0 ? i : first;
    }
    return first;
}

Err entry_subject(const Call *call, const LogEntry *entry, Str *ret_subject)
{
    Str title = STR_NONE, what = values_at(&entry->values, MEASURE_DESCRIPTION);

    TRY(entry_title(call, entry, &title));
    if (what.length == 0)
        what = values_at(&entry->values, MEETING_AGENDA);
    return str_format(call->arena, ret_subject, "%.*s%s%.*s", STR_ARGS(title), what.length > 0 ? ": " : "", STR_ARGS(what));
}

Err people_words(const Call *call, const LogView *log, Str participants, Str *ret_names)
{
    Buf names = buf_new(call->arena, 65536);

    while (participants.length > 0) {
        Str item;
        participants = str_cut(participants, '\n', &item);
        const LogPerson *person = find_participant(log, item);
        if (!person)
            continue;
        buf_add(&names, names.length > 0 ? STR(", ") : STR_NONE);
        buf_add(&names, person->name);
    }
    return buf_done(&names, ret_names);
}

Err author_words(const Call *call, const LogEntry *entry, Str *ret_author)
{
    if (entry->author_name.length == 0)
        return word_of(call, "role", role_code(entry->author_role), ret_author);
    if (!entry->author_former) {
        *ret_author = entry->author_name;
        return ok();
    }
    return str_format(call->arena, ret_author, "%.*s (%.*s)", STR_ARGS(entry->author_name),
                      STR_ARGS(call_text(call, MSG_PERSON_FORMER)));
}

/* ---- choices ---- */

static Err add_entries(const Call *call, const LogView *log, KindId kind, Options *ret_options)
{
    OptionView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(call->arena, OptionView, log->entry_count + 1, &items));
    for (uint32_t i = 0; i < log->entry_count; i++) {
        const LogEntry *entry = &log->entries[i];
        if (entry->removed || entry->values.kind->id != kind)
            continue;
        Buf id = buf_new(call->arena, ID_TEXT);
        buf_add_id(&id, entry->entry);
        TRY(buf_done(&id, &items[count].value));
        TRY(entry_title(call, entry, &items[count++].label));
    }
    *ret_options = (Options){.items = items, .count = count};
    return ok();
}

static Err add_people(const Call *call, const LogView *log, Options *ret_options)
{
    OptionView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(call->arena, OptionView, log->people_count + 1, &items));
    for (uint32_t i = 0; i < log->people_count; i++) {
        const LogPerson *person = &log->people[i];
        if (person->former)
            continue;
        Buf id = buf_new(call->arena, ID_TEXT);
        buf_add_id(&id, person->participant);
        TRY(buf_done(&id, &items[count].value));
        TRY(role_words(call, person->role, person->unit_name, &items[count].help));
        items[count++].label = person->name;
    }
    *ret_options = (Options){.items = items, .count = count};
    return ok();
}

Err log_choices(const Call *call, const LogView *log, Choices *ret_choices)
{
    Choices choices = {0};

    for (unsigned kind = KIND_ATTENTION; kind <= KIND_MEETING; kind++)
        TRY(add_entries(call, log, (KindId)kind, &choices.entries[kind]));
    TRY(add_people(call, log, &choices.people));
    *ret_choices = choices;
    return ok();
}

Err entry_links(const Call *call, const LogView *log, const LogEntry *entry, Url *ret_history, Url *ret_correct)
{
    if (entry->version > 1 && log_may(log, ACT_HISTORY_READ))
        TRY(log_entry_url(call, log->summary.id, "historikk", entry->entry, ret_history));
    if (entry->may_correct)
        TRY(log_entry_url(call, log->summary.id, "rett", entry->entry, ret_correct));
    return ok();
}

Err log_state_words(const Call *call, const LogSummary *summary, Str *ret_words)
{
    bool goes_on = summary->state == STATE_ACTIVE || summary->state == STATE_PASSIVE;

    if (!goes_on || (!summary->renewing && !summary->restricted))
        return word_of(call, "state", state_code(summary->state), ret_words);
    *ret_words = call_text(call, summary->restricted ? MSG_STUB_STATE_RESTRICTED : MSG_STUB_STATE_RENEWING);
    return ok();
}
