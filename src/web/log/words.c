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

/* Whoever wrote it, and as what where that does not go without saying. */
typedef struct Writer {
    Str name;
    Role role;
    bool former, stands_in;
} Writer;

/* A manager writes content only while they stand in for the holder (rules: rest 9). */
static bool stands_in(const LogEntry *entry, Role role)
{
    return role == ROLE_ORG_MANAGER && entry->values.kind->section != SECTION_LIFE;
}

static Err person_words(const Call *call, const Writer *writer, Str *ret_words)
{
    Str as = writer->stands_in ? call_text(call, MSG_PERSON_STANDS_IN) : writer->former ? call_text(call, MSG_PERSON_FORMER) : STR_NONE;

    *ret_words = writer->name;
    if (writer->name.length == 0)
        TRY(word_of(call, "role", role_code(writer->role), ret_words));
    if (as.length == 0 || (writer->name.length == 0 && !writer->stands_in))
        return ok();
    return str_format(call->arena, ret_words, "%.*s (%.*s)", STR_ARGS(*ret_words), STR_ARGS(as));
}

bool entry_is_anothers(const LogEntry *entry)
{
    return !id_equal(entry->first_author, entry->author) || entry->first_role != entry->author_role;
}

Err author_words(const Call *call, const LogEntry *entry, Str *ret_author)
{
    Buf words = buf_new(call->arena, 2048);
    Str first = STR_NONE, now = STR_NONE;

    TRY(person_words(call, &(Writer){entry->first_name, entry->first_role, entry->first_former, stands_in(entry, entry->first_role)},
                     &first));
    if (!entry->removed && !entry_is_anothers(entry)) {
        *ret_author = first;
        return ok();
    }
    TRY(person_words(call, &(Writer){entry->author_name, entry->author_role, entry->author_former, stands_in(entry, entry->author_role)},
                     &now));
    const MsgArgument arguments[] = {{.name = STR("first"), .type = ARGUMENT_TEXT, .text = first},
                                     {.name = STR("name"), .type = ARGUMENT_TEXT, .text = now}};
    msg_write(&words, call->language, entry->removed ? MSG_ENTRY_REMOVED_BY : MSG_ENTRY_CHANGED_BY, arguments, COUNT_OF(arguments));
    return buf_done(&words, ret_author);
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

Err entry_remove_link(const Call *call, const LogView *log, const LogEntry *entry, Url *ret_remove)
{
    return entry->may_remove && !entry->may_correct ? log_entry_url(call, log->summary.id, "rett", entry->entry, ret_remove) : ok();
}

Err log_state_words(const Call *call, const LogSummary *summary, Str *ret_words)
{
    bool goes_on = summary->state == STATE_ACTIVE || summary->state == STATE_PASSIVE;

    /* Shut until a consent is renewed, which nobody does any more. */
    if (summary->shut || (summary->renewing && summary->died)) {
        *ret_words = call_text(call, MSG_STUB_STATE_SHUT);
        return ok();
    }
    if (!goes_on || (!summary->renewing && !summary->restricted))
        return word_of(call, "state", state_code(summary->state), ret_words);
    *ret_words = call_text(call, summary->restricted ? MSG_STUB_STATE_RESTRICTED : MSG_STUB_STATE_RENEWING);
    return ok();
}
