/* What stands around the entries: whose log it is, level, next step, consents, people, openings, history.
 * Must not show the full identity number: that is an act of its own.
 * Called by page.c. */
#include "web/log/frame.h"

#include <stdlib.h>

#include "domain/input/numbers.h"
#include "domain/lifecycle.h"
#include "pages/pages.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/words.h"
#include "web/form/kind_rows.h"
#include "web/log/words.h"

#define LEVELS 3
#define EVENTS_MAX 12

/* ---- the child ---- */

static Err about_child(Call *call, const LogView *log, Str *ret_about)
{
    Day birth = day_of(values_at(&log->child, CHILD_BIRTH_DATE));
    Day today = oslo_day(call->actor.now);
    Buf about = buf_new(call->arena, 512);

    if (birth != 0 && birth <= today) {
        const MsgArgument argument = {.name = STR("years"), .type = ARGUMENT_NUMBER, .number = age_at(birth, today)};
        msg_write(&about, call->language, MSG_LOG_YEARS, &argument, 1);
        buf_add(&about, log->summary.unit_name.length ? STR(" · ") : STR_NONE);
    }
    buf_add(&about, log->summary.unit_name);
    return buf_done(&about, ret_about);
}

static Str first_name(Str name)
{
    Str first;

    (void)str_cut(name, ' ', &first);
    return first;
}

static Err number_of(Call *call, const LogView *log, PageLog *page)
{
    Buf masked = buf_new(call->arena, 64);

    if (!log_may(log, ACT_NUMBER_READ_FULL))
        return ok();
    buf_add_national_masked(&masked, values_at(&log->child, CHILD_NATIONAL_ID));
    TRY(buf_done(&masked, &page->number_masked));
    page->reveal.token = page->layout.form_token;
    return log_url(call, log->summary.id, "/nummer", &page->reveal.action);
}

/* What else is known of the child; name, number and protection stand elsewhere on the page. */
static Err child_rows(Call *call, const LogView *log, Rows *ret_rows)
{
    static const FieldKey elsewhere[] = {CHILD_NAME, CHILD_NATIONAL_ID, CHILD_PROTECTION};
    Values shown = log->child;

    for (size_t i = 0; i < COUNT_OF(elsewhere); i++)
        values_put(&shown, elsewhere[i], STR_NONE);
    return kind_rows(call, &shown, NULL, ret_rows);
}

static Err child_links(Call *call, const LogView *log, PageLog *page)
{
    for (uint32_t i = 0; i < log->entry_count; i++)
        if (log->entries[i].values.kind->id == KIND_CHILD)
            TRY(entry_links(call, log, &log->entries[i], &page->child_history, &page->child_correct));
    return ok();
}

static Err child_of(Call *call, const LogView *log, PageLog *page)
{
    unsigned protection = values_code(&log->child, CHILD_PROTECTION);

    page->child_name = values_at(&log->child, CHILD_NAME);
    page->child_first_name = first_name(page->child_name);
    TRY(about_child(call, log, &page->about));
    TRY(number_of(call, log, page));
    TRY(child_rows(call, log, &page->child));
    TRY(child_links(call, log, page));
    if (protection == PROTECTION_CONFIDENTIAL || protection == PROTECTION_STRICT)
        TRY(code_word(call, CODES_PROTECTION, code_text(protection), &page->address_protection));
    if (log->summary.state != STATE_ACTIVE) {
        page->state.color = TAG_WARNING;
        TRY(word_of(call, "state", state_code(log->summary.state), &page->state.text));
    }
    return ok();
}

/* ---- level ---- */

/* The newest level of a log, and since when; NULL before the first. */
static const LogEntry *newest_level(const LogView *log)
{
    const LogEntry *newest = NULL;

    for (uint32_t i = 0; i < log->entry_count; i++)
        if (log->entries[i].values.kind->id == KIND_LEVEL && !log->entries[i].removed)
            newest = &log->entries[i];
    return newest;
}

static Err levels_of(Call *call, const LogView *log, PageLog *page)
{
    const LogEntry *level = newest_level(log);
    const unsigned present = level ? values_code(&level->values, LEVEL_LEVEL) : CODE_NONE;
    LevelView *items = NULL;

    TRY(ARENA_NEW(call->arena, LevelView, LEVELS, &items));
    for (unsigned number = LEVEL_ONE; number <= LEVEL_THREE; number++) {
        LevelView *item = &items[number - 1];
        *item = (LevelView){.number = number, .done = number < present, .current = number == present};
        TRY(word_of(call, "level.name", (const char[]){(char)('0' + number), 0}, &item->name));
        if (item->current) {
            item->since = day_of(values_at(&level->values, LEVEL_DATE));
            page->level_name = item->name;
        }
    }
    page->level = present;
    page->levels = (Levels){.items = items, .count = LEVELS};
    return ok();
}

/* ---- next step ---- */

static bool is_next_measure(const LogView *log, const LogEntry *entry)
{
    return !entry->removed && measure_goes_on(&entry->values) && log->summary.next_due > 0 &&
           day_of(values_at(&entry->values, MEASURE_DEADLINE)) == log->summary.next_due;
}

/* The next step leads to evaluating the measure it is about, where the reader may; else to the goals or the meetings. */
static Err next_of(Call *call, const LogView *log, PageLog *page)
{
    if (log->summary.next_step.length == 0)
        return ok();
    page->next_label = log->summary.next_step;
    page->next_due = due_view(call, log->summary.next_due);
    page->next_url = URL("#moter");
    for (uint32_t i = 0; i < log->entry_count; i++) {
        char log_text[ID_TEXT + 1], entry_text[ID_TEXT + 1];
        const LogEntry *entry = &log->entries[i];
        if (!is_next_measure(log, entry))
            continue;
        id_to_text(log->summary.id, log_text);
        id_to_text(entry->entry, entry_text);
        if (entry->may_evaluate)
            return url_format(call->arena, &page->next_url, "/logg/%s/ny/evaluation?measure=%s", log_text, entry_text);
        return url_format(call->arena, &page->next_url, "#e-%s", entry_text);
    }
    return ok();
}

/* ---- consents ---- */

static Err consent_of(Call *call, const LogView *log, const LogConsent *consent, ConsentView *view)
{
    *view = (ConsentView){
        .name = consent->guardian_name,
        .given = day_of(values_at(&consent->values, CONSENT_GIVEN_ON)),
        .valid_to = day_of(values_at(&consent->values, CONSENT_VALID_TO)),
        .withdrawn = consent->withdrawn,
        .left = consent->left,
    };
    TRY(code_word(call, CODES_CONSENT_METHOD, values_at(&consent->values, CONSENT_METHOD), &view->how));
    if (consent->may_document)
        TRY(log_entry_url(call, log->summary.id, "samtykke", consent->id, &view->document));
    return ok();
}

/* The tag beside "Consent": given, or what is wrong with it. */
static void consent_tag(Call *call, const LogView *log, TagView *tag)
{
    tag->color = log->consent_good ? TAG_SUCCESS : TAG_WARNING;
    tag->text = call_text(call, log->consent_good ? MSG_LOG_CONSENT_GIVEN : MSG_LOG_CONSENT_INVALID);
}

/* The units that all have said yes to; nameless where the reader may not know them. */
static Err scope_of(Call *call, const LogView *log, Str *ret_scope)
{
    Buf scope = buf_new(call->arena, 65536);

    for (uint32_t i = 0; i < log->consented_count; i++) {
        Str name = log->consented_names[i];
        buf_add(&scope, scope.length > 0 && name.length > 0 ? STR(", ") : STR_NONE);
        buf_add(&scope, name);
    }
    return buf_done(&scope, ret_scope);
}

static Err consents_of(Call *call, const LogView *log, PageLog *page)
{
    ConsentView *items = NULL;

    TRY(ARENA_NEW(call->arena, ConsentView, log->consent_count + 1, &items));
    for (uint32_t i = 0; i < log->consent_count; i++)
        TRY(consent_of(call, log, &log->consents[i], &items[i]));
    page->consents = (ConsentViews){.items = items, .count = log->consent_count};
    /* The consents went with the log. */
    if (log->left)
        return ok();
    consent_tag(call, log, &page->consent);
    if (log_may(log, ACT_CONSENT_READ))
        TRY(log_url(call, log->summary.id, "/samtykke", &page->all_consents));
    return scope_of(call, log, &page->consent_scope);
}

/* ---- people ---- */

/* "Mor · 900 00 000 · varm@example.invalid" */
static Err contact_of(const Call *call, const Values *contact, Str *ret_contact)
{
    Buf text = buf_new(call->arena, 1024);
    Str words[3] = {0};

    if (!contact->kind)
        return ok();
    TRY(code_word(call, CODES_RELATIONSHIP, values_at(contact, GUARDIAN_RELATIONSHIP), &words[0]));
    words[1] = values_at(contact, GUARDIAN_PHONE);
    words[2] = values_at(contact, GUARDIAN_EMAIL);
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        buf_add(&text, text.length > 0 && words[i].length > 0 ? STR(" · ") : STR_NONE);
        buf_add(&text, words[i]);
    }
    return buf_done(&text, ret_contact);
}

static Err person_of(Call *call, const LogPerson *person, PersonView *view)
{
    *view = (PersonView){
        .name = person->name,
        .holder = person->role == ROLE_RELAY_HOLDER,
        .family = role_is_family(person->role),
        .former = person->former,
    };
    TRY(contact_of(call, &person->contact, &view->contact));
    TRY(pages_initials(call->arena, person->name, &view->initials));
    return role_words(call, person->role, person->unit_name, &view->role);
}

/* Where nobody holds the log its manager does what the holder would; where there is none, that stands there. */
static Err stand_ins_of(Call *call, const LogView *log, PersonView *items, size_t *count, PageLog *page)
{
    uint32_t shown = log->stand_in_count > 0 ? log->stand_in_count : 1;
    const size_t first = *count;

    for (uint32_t i = 0; i < shown; i++) {
        PersonView *view = &items[(*count)++];
        bool named = i < log->stand_in_count && log->stand_ins[i].length > 0;
        *view = (PersonView){.name = named ? log->stand_ins[i] : call_text(call, MSG_PERSON_UNMANAGED), .holder = true,
                             .role = call_text(call, MSG_PERSON_STANDS_IN)};
        if (log->stand_in_count == 0)
            TRY(role_words(call, ROLE_RELAY_HOLDER, STR_NONE, &view->role));
        TRY(pages_initials(call->arena, view->name, &view->initials));
    }
    page->contacts = (People){.items = &items[first], .count = shown};
    page->holder = items[first].name;
    page->holder_is_me = log->stand_in_count > 0 && id_equal(log->stand_in_ids[0], call->actor.person);
    return ok();
}

static Err people_of(Call *call, const LogView *log, PageLog *page)
{
    PersonView *items = NULL;
    PersonView *holder = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(call->arena, PersonView, (size_t)log->people_count + log->stand_in_count + 1, &items));
    TRY(ARENA_NEW(call->arena, PersonView, 1, &holder));
    if (log->unheld_since != 0 && log->summary.state == STATE_ACTIVE)
        TRY(stand_ins_of(call, log, items, &count, page));
    for (uint32_t i = 0; i < log->people_count; i++) {
        const LogPerson *person = &log->people[i];
        if (person->former)
            continue;
        TRY(person_of(call, person, &items[count++]));
        if (person->role != ROLE_RELAY_HOLDER)
            continue;
        *holder = items[count - 1];
        page->contacts = (People){.items = holder, .count = 1};
        page->holder = person->name;
        page->holder_is_me = id_equal(person->person, call->actor.person);
    }
    page->people = (People){.items = items, .count = count};
    page->people_count = (int64_t)count;
    if (log_may(log, ACT_PARTICIPANT_ADD) || log_may(log, ACT_PARTICIPANT_END) || log_may_appoint(log))
        TRY(log_url(call, log->summary.id, "/deltakere", &page->manage_people));
    return ok();
}

static Err openings_of(Call *call, const LogView *log, PageLog *page)
{
    SeenShort *items = NULL;

    TRY(ARENA_NEW(call->arena, SeenShort, log->seen_count + 1, &items));
    for (uint32_t i = 0; i < log->seen_count; i++) {
        items[i] = (SeenShort){.name = log->seen[i].name, .at = {log->seen[i].at}};
        if (items[i].name.length == 0)
            TRY(word_of(call, "role", role_code(log->seen[i].role), &items[i].name));
    }
    page->seen = (SeenShorts){.items = items, .count = log->seen_count};
    return log_may(log, ACT_ACCESS_LIST_READ) ? log_url(call, log->summary.id, "/sett", &page->all_seen) : ok();
}

/* ---- history ---- */

typedef struct Timeline {
    EventView *items;
    size_t count;
} Timeline;

static Err person_event(Call *call, Timeline *timeline, int64_t at, enum msg id, Str name)
{
    EventView *event = &timeline->items[timeline->count++];

    *event = (EventView){.at = {at}};
    return message_with(call, id, "name", name, &event->text);
}

static Err level_events(Call *call, const LogView *log, Timeline *timeline)
{
    for (uint32_t i = 0; i < log->entry_count; i++) {
        const LogEntry *entry = &log->entries[i];
        Str reason = values_at(&entry->values, LEVEL_REASON);
        Str text = STR_NONE;
        if (entry->values.kind->id != KIND_LEVEL || entry->removed)
            continue;
        TRY(code_word(call, CODES_LEVEL, values_at(&entry->values, LEVEL_LEVEL), &text));
        EventView *event = &timeline->items[timeline->count++];
        *event = (EventView){.at = {entry->at}, .key = true};
        TRY(str_format(call->arena, &event->text, "%.*s: %.*s", STR_ARGS(text), STR_ARGS(reason)));
        TRY(entry_links(call, log, entry, &event->history, &event->correct));
    }
    return ok();
}

static Err people_events(Call *call, const LogView *log, Timeline *timeline)
{
    for (uint32_t i = 0; i < log->people_count; i++) {
        const LogPerson *person = &log->people[i];
        if (person->outside)
            continue;
        TRY(person_event(call, timeline, person->from_at, MSG_EVENT_JOINED, person->name));
        if (person->former)
            TRY(person_event(call, timeline, person->to_at, MSG_EVENT_LEFT, person->name));
    }
    return ok();
}

static int newest_first(const void *a, const void *b)
{
    const EventView *left = a, *right = b;

    return (left->at.ms < right->at.ms) - (left->at.ms > right->at.ms);
}

static Err events_of(Call *call, const LogView *log, PageLog *page)
{
    Timeline timeline = {0};

    TRY(ARENA_NEW(call->arena, EventView, log->entry_count + 2 * log->people_count + 1, &timeline.items));
    TRY(people_events(call, log, &timeline));
    TRY(level_events(call, log, &timeline));
    qsort(timeline.items, timeline.count, sizeof *timeline.items, newest_first);
    page->events = (Events){.items = timeline.items,
                            .count = timeline.count < EVENTS_MAX ? timeline.count : EVENTS_MAX};
    return ok();
}

Err log_view_frame(Call *call, const LogView *log, PageLog *ret_page)
{
    TRY(child_of(call, log, ret_page));
    TRY(levels_of(call, log, ret_page));
    TRY(next_of(call, log, ret_page));
    TRY(consents_of(call, log, ret_page));
    TRY(people_of(call, log, ret_page));
    TRY(openings_of(call, log, ret_page));
    return events_of(call, log, ret_page);
}
