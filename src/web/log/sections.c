/* The current entries of a log in their sections: a removed one stands among the notes, with its reason.
 * Must not leave an entry out: whoever reads the log reads all of it, here and where older.c leads.
 * Called by page.c. */
#include "web/log/sections.h"

#include <stdlib.h>

#include "pages/views.h"
#include "web/call/address.h"
#include "web/call/done.h"
#include "web/call/words.h"
#include "text/text.h"
#include "web/form/kind_form.h"
#include "web/form/kind_rows.h"
#include "web/log/acts.h"
#include "web/log/words.h"

/* Which kinds stand where. Level changes stand in the history; the child in the band (frame.c). */
typedef struct Sections {
    Call *call;
    const LogView *log;
    ActsKnown *known;
} Sections;

/* How many entries of a kind stand there: room for that many is enough. */
static uint32_t count_kind(const Sections *in, KindId kind)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < in->log->entry_count; i++)
        count += in->log->entries[i].values.kind->id == kind && !in->log->entries[i].removed;
    return count;
}

static Err id_text(const Sections *in, Id id, Str *ret_text)
{
    Buf text = buf_new(in->call->arena, ID_TEXT);

    buf_add_id(&text, id);
    return buf_done(&text, ret_text);
}

static Err add_tag(const Sections *in, const LogEntry *entry, FieldKey key, enum tag_color color, TagView *ret_tag)
{
    ret_tag->color = color;
    return code_word(in->call, field_at(key)->codes, values_at(&entry->values, key), &ret_tag->text);
}

/* ---- attentions, notes, resources ---- */

static const enum tag_color severity_color[] = {
    [CODE_NONE] = TAG_NEUTRAL, [SEVERITY_WONDER] = TAG_NEUTRAL, [SEVERITY_CONCERN] = TAG_WARNING, [SEVERITY_SERIOUS] = TAG_DANGER};

static Err attention_tags(const Sections *in, const LogEntry *entry, TagView *tags, size_t *ret_count)
{
    unsigned severity = values_code(&entry->values, ATTENTION_SEVERITY);

    TRY(add_tag(in, entry, ATTENTION_CATEGORY, TAG_INFO, &tags[0]));
    TRY(add_tag(in, entry, ATTENTION_SEVERITY, severity_color[severity], &tags[1]));
    *ret_count = 2;
    return ok();
}

static Err note_tags(const Sections *in, const LogEntry *entry, TagView *tags, size_t *ret_count)
{
    if (values_code(&entry->values, NOTE_KIND) == NOTE_KIND_NOTE)
        return ok();
    *ret_count = 1;
    return add_tag(in, entry, NOTE_KIND, TAG_ACCENT, &tags[0]);
}

/* Whom an attention was talked over with: the three pairs of its fields (rules: data 3). */
static Err discussed(const Sections *in, const LogEntry *entry, Str *ret_text)
{
    static const struct {
        FieldKey field, day;
        enum msg text, text_day;
    } rows[] = {
        {ATTENTION_DISCUSSED_LEADER, ATTENTION_DISCUSSED_LEADER_ON, MSG_ITEM_LEADER, MSG_ITEM_LEADER_ON},
        {ATTENTION_DISCUSSED_GUARDIANS, ATTENTION_DISCUSSED_GUARDIANS_ON, MSG_ITEM_GUARDIANS, MSG_ITEM_GUARDIANS_ON},
        {ATTENTION_DISCUSSED_CHILD, ATTENTION_DISCUSSED_CHILD_ON, MSG_ITEM_CHILD, MSG_ITEM_CHILD_ON},
    };
    Buf text = buf_new(in->call->arena, 1024);

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Day day = day_of(values_at(&entry->values, rows[i].day));
        const MsgArgument argument = {.name = STR("day"), .type = ARGUMENT_DAY, .number = day};
        if (!values_yes(&entry->values, rows[i].field))
            continue;
        buf_add(&text, text.length > 0 ? STR(" ") : STR_NONE);
        msg_write(&text, in->call->language, day ? rows[i].text_day : rows[i].text, &argument, 1);
    }
    return buf_done(&text, ret_text);
}

static Err resource_text(const Sections *in, const LogEntry *entry, Str *ret_text)
{
    Str title = values_at(&entry->values, RESOURCE_TITLE);
    Str text = values_at(&entry->values, RESOURCE_TEXT);

    return str_format(in->call->arena, ret_text, "%.*s%s%.*s", STR_ARGS(title), text.length ? "\n" : "", STR_ARGS(text));
}

/* The people and units that what is told of the life of a log may name. */
static Err known_choices(const Sections *in, Choices *ret_choices)
{
    const LogView *log = in->log;
    OptionView *people = NULL, *units = NULL;

    TRY(ARENA_NEW(in->call->arena, OptionView, (size_t)log->people_count + 1, &people));
    TRY(ARENA_NEW(in->call->arena, OptionView, (size_t)log->known_count + 1, &units));
    for (uint32_t i = 0; i < log->people_count; i++) {
        TRY(id_text(in, log->people[i].participant, &people[i].value));
        people[i].label = log->people[i].name;
    }
    for (uint32_t i = 0; i < log->known_count; i++) {
        TRY(id_text(in, log->known_units[i], &units[i].value));
        units[i].label = log->known_names[i];
    }
    *ret_choices = (Choices){.people = {.items = people, .count = log->people_count}, .units = {.items = units, .count = log->known_count}};
    return ok();
}

/* Why stands as it was written; what else was asked for beside it: "Hvem ba om det: Foresatte". */
static Err life_words(const Sections *in, const Values *values, ItemView *item)
{
    Buf beside = buf_new(in->call->arena, 8192);
    Values rest = *values;
    Choices known = {0};
    Rows rows = {0};

    for (unsigned i = 0; i < values->kind->count; i++)
        if (values->kind->fields[i].type == FIELD_LONG) {
            item->text = values->text[i];
            rest.text[i] = STR_NONE;
        }
    TRY(known_choices(in, &known));
    TRY(kind_rows(in->call, &rest, &known, &rows));
    for (size_t i = 0; i < rows.count; i++) {
        buf_add(&beside, i > 0 ? STR(" · ") : STR_NONE);
        buf_add(&beside, rows.items[i].term);
        buf_add(&beside, str_ends(rows.items[i].term, STR("?")) ? STR(" ") : STR(": "));
        buf_add(&beside, rows.items[i].text);
        if (rows.items[i].day != 0)
            text_day(&beside, in->call->language, rows.items[i].day);
    }
    return buf_done(&beside, &item->extra);
}

static Err fill_item(const Sections *in, const LogEntry *entry, TagView *tags, size_t *tag_count, ItemView *item)
{
    const Values *values = &entry->values;

    if (values->kind->id == KIND_ATTENTION) {
        TRY(attention_tags(in, entry, tags, tag_count));
        TRY(discussed(in, entry, &item->extra));
        item->text = values_at(values, ATTENTION_DESCRIPTION);
    } else if (values->kind->id == KIND_RESOURCE) {
        TRY(resource_text(in, entry, &item->text));
        item->link = (Url){values_at(values, RESOURCE_LINK)};
    } else if (values->kind->section == SECTION_LIFE) {
        TRY(word_of(in->call, "entry.kind", values->kind->code, &tags[0].text));
        tags[0].color = TAG_NEUTRAL;
        *tag_count = 1;
        TRY(life_words(in, values, item));
    } else {
        TRY(note_tags(in, entry, tags, tag_count));
        item->text = values_at(values, NOTE_TEXT);
        item->quote = values_code(values, NOTE_KIND) == NOTE_KIND_CHILDS_VOICE;
    }
    return ok();
}

static Err add_item(const Sections *in, const LogEntry *entry, ItemView *item)
{
    TagView *tags = NULL;
    size_t tag_count = 0;

    TRY(ARENA_NEW(in->call->arena, TagView, 2, &tags));
    /* Who wrote it and when stays, also when another has removed it. */
    bool first = entry->removed || entry_is_anothers(entry);
    *item = (ItemView){.at = {first ? entry->first_at : entry->at}, .version = entry->version, .removed = entry->removed,
                       .text = entry->reason};
    TRY(id_text(in, entry->entry, &item->id));
    item->done = done_place(in->call, entry->entry);
    TRY(author_words(in->call, entry, &item->author));
    TRY(entry_links(in->call, in->log, entry, &item->history, &item->correct));
    TRY(entry_remove_link(in->call, in->log, entry, &item->remove));
    TRY(act_links(in->call, in->log, entry, in->known, &item->acts));
    if (entry->removed) {
        tags[0].color = TAG_NEUTRAL;
        TRY(word_of(in->call, "entry.kind", entry->values.kind->code, &tags[0].text));
        tag_count = 1;
    } else {
        TRY(fill_item(in, entry, tags, &tag_count, item));
    }
    item->tags = (TagViews){.items = tags, .count = tag_count};
    return ok();
}

/* What was removed stands among the notes, but for what has a list of its own. */
static enum Section section_of(const LogEntry *entry)
{
    enum Section section = entry->values.kind->section;
    bool listed = section == SECTION_ATTENTIONS || section == SECTION_RESOURCES;

    return entry->removed && !listed ? SECTION_NOTES : section;
}

/* Entries of one section, newest first for notes. */
static Err items_of(const Sections *in, enum Section section, Items *ret_items)
{
    uint32_t total = in->log->entry_count;
    ItemView *items = NULL;
    uint32_t room = 0;
    size_t count = 0;

    for (uint32_t i = 0; i < total; i++)
        room += section_of(&in->log->entries[i]) == section;
    TRY(ARENA_NEW(in->call->arena, ItemView, room, &items));
    for (uint32_t i = 0; i < total; i++) {
        const LogEntry *entry = &in->log->entries[section == SECTION_NOTES ? total - 1 - i : i];
        if (section_of(entry) == section)
            TRY(add_item(in, entry, &items[count++]));
    }
    *ret_items = (Items){.items = items, .count = count};
    return ok();
}

/* ---- goals, measures, evaluations ---- */

static const enum tag_color measure_color[] = {
    [CODE_NONE] = TAG_NEUTRAL,           [MEASURE_STATE_PLANNED] = TAG_NEUTRAL,  [MEASURE_STATE_RUNNING] = TAG_INFO,
    [MEASURE_STATE_DONE] = TAG_SUCCESS,  [MEASURE_STATE_STOPPED] = TAG_WARNING};

/* An id has one spelling only, so texts are compared. */
static bool refers_to(const LogEntry *entry, FieldKey field, Str wanted)
{
    return !entry->removed && wanted.length > 0 && str_equal(values_at(&entry->values, field), wanted);
}

static uint32_t count_references(const Sections *in, FieldKey field, Str wanted)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < in->log->entry_count; i++)
        count += refers_to(&in->log->entries[i], field, wanted);
    return count;
}

static Err add_evaluation(const Sections *in, const LogEntry *entry, EvaluationView *evaluation)
{
    *evaluation = (EvaluationView){.text = values_at(&entry->values, EVALUATION_TEXT),
                                   .day = day_of(values_at(&entry->values, EVALUATION_DATE))};
    TRY(id_text(in, entry->entry, &evaluation->id));
    evaluation->done = done_place(in->call, entry->entry);
    TRY(add_tag(in, entry, EVALUATION_OUTCOME, TAG_NEUTRAL, &evaluation->outcome));
    TRY(author_words(in->call, entry, &evaluation->author));
    return entry_links(in->call, in->log, entry, &evaluation->history, &evaluation->correct);
}

static Err evaluations_of(const Sections *in, Str measure, EvaluationViews *ret_evaluations)
{
    EvaluationView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(in->call->arena, EvaluationView, count_references(in, EVALUATION_MEASURE, measure), &items));
    for (uint32_t i = 0; i < in->log->entry_count; i++)
        if (refers_to(&in->log->entries[i], EVALUATION_MEASURE, measure))
            TRY(add_evaluation(in, &in->log->entries[i], &items[count++]));
    *ret_evaluations = (EvaluationViews){.items = items, .count = count};
    return ok();
}

/* A form for something new that belongs to an entry: /logg/{id}/ny/measure?goal={id}. */
static Err add_url(const Sections *in, FieldKey field, Id entry, Url *ret_url)
{
    char log_text[ID_TEXT + 1], entry_text[ID_TEXT + 1];

    id_to_text(in->log->summary.id, log_text);
    id_to_text(entry, entry_text);
    const Str parts[] = {STR("/logg/"), str_from_bytes(log_text, ID_TEXT), STR("/ny/"), str_from_c(kind_of((unsigned)field >> 8)->code),
                         STR("?"), str_from_c(field_at(field)->name), STR("="), str_from_bytes(entry_text, ID_TEXT)};
    return str_join(in->call->arena, parts, COUNT_OF(parts), &ret_url->text);
}

static Err add_measure(const Sections *in, const LogEntry *entry, MeasureView *measure)
{
    const Values *values = &entry->values;
    Day deadline = day_of(values_at(values, MEASURE_DEADLINE));
    unsigned state = values_code(values, MEASURE_STATE);

    *measure = (MeasureView){.text = values_at(values, MEASURE_DESCRIPTION), .start = day_of(values_at(values, MEASURE_START))};
    measure->due = measure_goes_on(values) ? due_view(in->call, deadline) : (DueView){.day = deadline};
    TRY(id_text(in, entry->entry, &measure->id));
    measure->done = done_place(in->call, entry->entry);
    TRY(act_links(in->call, in->log, entry, in->known, &measure->acts));
    TRY(add_tag(in, entry, MEASURE_STATE, measure_color[state], &measure->state));
    TRY(code_word(in->call, CODES_MEASURE, values_at(values, MEASURE_CATEGORY), &measure->title));
    TRY(code_word(in->call, CODES_ARENA, values_at(values, MEASURE_ARENA), &measure->arena));
    TRY(people_words(in->call, in->log, values_at(values, MEASURE_RESPONSIBLE), &measure->responsible));
    TRY(people_words(in->call, in->log, values_at(values, MEASURE_OTHERS), &measure->others));
    TRY(evaluations_of(in, measure->id, &measure->evaluations));
    if (entry->may_evaluate)
        TRY(add_url(in, EVALUATION_MEASURE, entry->entry, &measure->evaluate));
    return entry_links(in->call, in->log, entry, &measure->history, &measure->correct);
}

static bool belongs_to_a_goal(const Sections *in, const LogEntry *entry)
{
    const LogEntry *goal = find_reference(in->log, values_at(&entry->values, MEASURE_GOAL));

    return goal && !goal->removed;
}

static Err measures_of_goal(const Sections *in, Str goal, MeasureViews *ret_measures)
{
    MeasureView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(in->call->arena, MeasureView, count_references(in, MEASURE_GOAL, goal), &items));
    for (uint32_t i = 0; i < in->log->entry_count; i++)
        if (refers_to(&in->log->entries[i], MEASURE_GOAL, goal))
            TRY(add_measure(in, &in->log->entries[i], &items[count++]));
    *ret_measures = (MeasureViews){.items = items, .count = count};
    return ok();
}

/* Measures whose goal is none, or was taken away. */
static Err loose_measures(const Sections *in, MeasureViews *ret_measures)
{
    MeasureView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(in->call->arena, MeasureView, count_kind(in, KIND_MEASURE), &items));
    for (uint32_t i = 0; i < in->log->entry_count; i++) {
        const LogEntry *entry = &in->log->entries[i];
        if (!entry->removed && entry->values.kind->id == KIND_MEASURE && !belongs_to_a_goal(in, entry))
            TRY(add_measure(in, entry, &items[count++]));
    }
    *ret_measures = (MeasureViews){.items = items, .count = count};
    return ok();
}

static Err add_goal(const Sections *in, const LogEntry *entry, GoalView *goal)
{
    const LogEntry *attention = find_reference(in->log, values_at(&entry->values, GOAL_ATTENTION));

    *goal = (GoalView){.text = values_at(&entry->values, GOAL_TEXT), .due = day_of(values_at(&entry->values, GOAL_TARGET_DATE))};
    TRY(id_text(in, entry->entry, &goal->id));
    goal->done = done_place(in->call, entry->entry);
    if (attention && !attention->removed)
        TRY(entry_title(in->call, attention, &goal->attention));
    TRY(measures_of_goal(in, goal->id, &goal->measures));
    if (log_may(in->log, ACT_MEASURE_WRITE))
        TRY(add_url(in, MEASURE_GOAL, entry->entry, &goal->add_measure));
    return entry_links(in->call, in->log, entry, &goal->history, &goal->correct);
}

static Err goals_of(const Sections *in, GoalViews *ret_goals)
{
    GoalView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(in->call->arena, GoalView, count_kind(in, KIND_GOAL), &items));
    for (uint32_t i = 0; i < in->log->entry_count; i++)
        if (in->log->entries[i].values.kind->id == KIND_GOAL && !in->log->entries[i].removed)
            TRY(add_goal(in, &in->log->entries[i], &items[count++]));
    *ret_goals = (GoalViews){.items = items, .count = count};
    return ok();
}

/* ---- meetings ---- */

static Err add_meeting(const Sections *in, const LogEntry *entry, MeetingView *meeting)
{
    const Values *values = &entry->values;

    *meeting = (MeetingView){
        .at = moment_of(values_at(values, MEETING_TIME)),
        .place = values_at(values, MEETING_PLACE),
        .agenda = values_at(values, MEETING_AGENDA),
        .summary = values_at(values, MEETING_SUMMARY),
    };
    meeting->coming = meeting_is_coming(values, in->call->actor.now);
    TRY(id_text(in, entry->entry, &meeting->id));
    meeting->done = done_place(in->call, entry->entry);
    TRY(act_links(in->call, in->log, entry, in->known, &meeting->acts));
    TRY(people_words(in->call, in->log, values_at(values, MEETING_PARTICIPANTS), &meeting->participants));
    TRY(author_words(in->call, entry, &meeting->author));
    return entry_links(in->call, in->log, entry, &meeting->history, &meeting->correct);
}

static int earliest_first(const void *a, const void *b)
{
    const MeetingView *left = a, *right = b;

    return (left->at.ms > right->at.ms) - (left->at.ms < right->at.ms);
}

static int latest_first(const void *a, const void *b)
{
    return earliest_first(b, a);
}

/* Coming meetings: the next one first. Held ones: the latest first. */
static Err meetings_of(const Sections *in, bool coming, Meetings *ret_meetings)
{
    MeetingView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(in->call->arena, MeetingView, count_kind(in, KIND_MEETING), &items));
    for (uint32_t i = 0; i < in->log->entry_count; i++) {
        const LogEntry *entry = &in->log->entries[i];
        if (entry->removed || entry->values.kind->id != KIND_MEETING ||
            meeting_is_coming(&entry->values, in->call->actor.now) != coming)
            continue;
        TRY(add_meeting(in, entry, &items[count++]));
    }
    qsort(items, count, sizeof *items, coming ? earliest_first : latest_first);
    *ret_meetings = (Meetings){.items = items, .count = count};
    return ok();
}

/* ---- what may be added ---- */

static Err add_link(const Sections *in, KindId id, Url *ret_url)
{
    char log_text[ID_TEXT + 1];
    const Kind *kind = kind_of(id);

    if (!log_may(in->log, kind->act))
        return ok();
    id_to_text(in->log->summary.id, log_text);
    return url_format(in->call->arena, ret_url, "/logg/%s/ny/%s", log_text, kind->code);
}

static Err links_to_add(const Sections *in, PageLog *page)
{
    TRY(add_link(in, KIND_ATTENTION, &page->add_attention));
    TRY(add_link(in, KIND_GOAL, &page->add_goal));
    TRY(add_link(in, KIND_MEASURE, &page->add_measure));
    TRY(add_link(in, KIND_MEETING, &page->add_meeting));
    TRY(add_link(in, KIND_RESOURCE, &page->add_resource));
    return add_link(in, KIND_LEVEL, &page->change_level);
}

Err log_view_entries(Call *call, const LogView *log, PageLog *ret_page)
{
    ActsKnown known = {0};
    const Sections in = {.call = call, .log = log, .known = &known};

    TRY(items_of(&in, SECTION_ATTENTIONS, &ret_page->attentions));
    TRY(goals_of(&in, &ret_page->goals));
    TRY(loose_measures(&in, &ret_page->loose_measures));
    TRY(meetings_of(&in, true, &ret_page->coming));
    TRY(meetings_of(&in, false, &ret_page->meetings));
    TRY(items_of(&in, SECTION_NOTES, &ret_page->notes));
    TRY(items_of(&in, SECTION_RESOURCES, &ret_page->resources));
    TRY(items_of(&in, SECTION_LIFE, &ret_page->life));
    if (call->done.placed)
        ret_page->layout.done = STR_NONE;
    return links_to_add(&in, ret_page);
}
