/* Makes the header of a log, which lists show: the child's name, the level and the next step.
 * Must not hold anything that a list does not need.
 * Called by the other parts of the log service whenever a write may change it. */
#include "service/log/header.h"

#include "base/calendar.h"
#include "domain/fields.h"
#include "domain/lifecycle.h"
#include "service/log/dates.h"

#define STEP_TEXT_MAX 200
#define DATE_LENGTH 10
#define DATE_ROOM 16

typedef struct Step {
    bool found;
    Day due;
    Str text;
    Id entry;
} Step;

/* The text's first code points: never half a letter. */
static Str shortened(Str text)
{
    size_t at = 0;

    for (unsigned n = 0; n < STEP_TEXT_MAX && at < text.length; n++)
        (void)utf8_next(text, &at);
    return str_slice(text, 0, at);
}

/* Times of meetings begin with their date, as every canonical text of the field table. */
static Step step_of(const LogOpened *opened, Day today)
{
    const Values *values = &opened->values;
    bool meeting = values->kind->id == KIND_MEETING;
    Step step = {.entry = opened->entry};

    if (opened->removed || (!meeting && !(values->kind->id == KIND_MEASURE && measure_goes_on(values))))
        return step;
    step.text = shortened(values_at(values, meeting ? MEETING_AGENDA : MEASURE_DESCRIPTION));
    if (!is_ok(day_parse(str_slice(values_at(values, meeting ? MEETING_TIME : MEASURE_DEADLINE), 0, DATE_LENGTH), &step.due)))
        return step;
    step.found = !meeting || meeting_is_on_or_after(values, today);
    return step;
}

static Err set_step(Values *header, const Step *step, Arena *keep)
{
    Buf day = buf_new(keep, DATE_ROOM), id = buf_new(keep, ID_TEXT);
    Str due = STR_NONE, entry = STR_NONE;

    if (step->found) {
        buf_add_day(&day, step->due);
        TRY(buf_done(&day, &due));
        buf_add_id(&id, step->entry);
        TRY(buf_done(&id, &entry));
    }
    values_put(header, HEADER_NEXT_STEP, step->found ? step->text : STR_NONE);
    values_put(header, HEADER_NEXT_DUE, due);
    values_put(header, HEADER_NEXT_ENTRY, entry);
    return ok();
}

static void set_child(Values *header, const LogOpened *child)
{
    values_put(header, HEADER_CHILD_NAME, values_at(&child->values, CHILD_NAME));
    values_put(header, HEADER_BIRTH_DATE, values_at(&child->values, CHILD_BIRTH_DATE));
    values_put(header, HEADER_PROTECTED, child_flags(&child->values) & FLAG_ADDRESS_PROTECTED ? VALUE_YES : VALUE_NO);
}

Flags log_header_flags(const Values *header)
{
    return str_equal(values_at(header, HEADER_PROTECTED), VALUE_NO) ? 0 : FLAG_ADDRESS_PROTECTED;
}

bool log_header_died(const Values *header)
{
    return str_equal(values_at(header, HEADER_DIED), VALUE_YES);
}

/* Of two that are due on one day the one that was written first: the earlier, as both are looked at in that order. */
static void earlier(Step *first, Step step)
{
    if (step.found && (!first->found || step.due < first->due))
        *first = step;
}

Err log_header_make(const LogOpened *entries, uint32_t count, Day today, Arena *keep, Values *ret_header)
{
    Values header = {.kind = kind_of(KIND_HEADER)};
    Step first = {0};
    Str dates = STR_NONE;

    for (uint32_t i = 0; i < count; i++) {
        const LogOpened *entry = &entries[i];
        if (entry->removed)
            continue;
        if (entry->values.kind->id == KIND_CHILD)
            set_child(&header, entry);
        if (entry->values.kind->id == KIND_LEVEL)
            values_put(&header, HEADER_LEVEL, values_at(&entry->values, LEVEL_LEVEL));
        earlier(&first, step_of(entry, today));
    }
    if (values_at(&header, HEADER_CHILD_NAME).length == 0)
        return fail(E_INVALID);
    TRY(set_step(&header, &first, keep));
    TRY(log_dates_make(entries, count, today, keep, &dates));
    values_put(&header, HEADER_DATES, dates);
    *ret_header = header;
    return ok();
}

/* ---- one entry changed ---- */

static bool is_changed(const LogHeaderChange *change, const LogVersions *entry)
{
    return id_equal(entry->first->entry, change->after.entry);
}

/* The entry as it is after the change. */
static Err open_newest(const LogHeaderChange *change, const LogVersions *entry, LogOpened *ret_opened)
{
    LogOpened opened = {.entry = entry->first->entry};

    if (is_changed(change, entry))
        opened = change->after;
    else
        TRY(change->open(change->self, entry->newest, &opened.values));
    *ret_opened = opened;
    return ok();
}

static bool stands(const LogHeaderChange *change, const LogVersions *entry)
{
    return is_changed(change, entry) ? !change->after.removed : !entry->newest->removed;
}

/* A level that changes is the newest, or hides or shows the one before it. */
static Err renew_level(const LogHeaderChange *change, bool is_new, Values *header)
{
    const LogNewest *entries = change->entries;
    LogOpened newest = change->after;
    bool found = is_new;

    for (uint32_t i = entries->count; i-- > 0 && !found;) {
        const LogVersions *entry = &entries->items[i];
        found = entry->first->kind == KIND_LEVEL && stands(change, entry);
        if (found)
            TRY(open_newest(change, entry, &newest));
    }
    values_put(header, HEADER_LEVEL, found ? values_at(&newest.values, LEVEL_LEVEL) : STR_NONE);
    return ok();
}

/* Every step there is: nothing else tells which one comes after the one that is gone. */
static Err look_again(const LogHeaderChange *change, bool is_new, Step *ret_first)
{
    const LogNewest *entries = change->entries;
    Step first = {0};

    for (uint32_t i = 0; i < entries->count; i++) {
        const LogVersions *entry = &entries->items[i];
        LogOpened opened;
        if ((entry->first->kind != KIND_MEASURE && entry->first->kind != KIND_MEETING) || !stands(change, entry))
            continue;
        TRY(open_newest(change, entry, &opened));
        earlier(&first, step_of(&opened, change->today));
    }
    if (is_new)
        earlier(&first, step_of(&change->after, change->today));
    *ret_first = first;
    return ok();
}

/* The step that the header names; *ret_source is the entry that it was taken from, NULL for headers that do not say so. */
static bool step_before(const LogHeaderChange *change, Step *ret_step, const LogVersions **ret_source)
{
    Step step = {.text = values_at(change->before, HEADER_NEXT_STEP)};

    *ret_source = NULL;
    step.found = values_day(change->before, HEADER_NEXT_DUE, &step.due);
    if (step.found && is_ok(id_from_text(values_at(change->before, HEADER_NEXT_ENTRY), &step.entry)))
        *ret_source = log_newest_find(change->entries, step.entry);
    *ret_step = step;
    return step.found;
}

/* A step that was first stays so until it is dealt with, is over, or another one is due earlier: what is added later, or
 * corrected elsewhere, need only be compared with it. */
static Err renew_step(const LogHeaderChange *change, bool is_new, Step *ret_first)
{
    const Step mine = step_of(&change->after, change->today);
    const LogVersions *source = NULL;
    Step first;

    if (!step_before(change, &first, &source)) {
        *ret_first = mine;
        return ok();
    }
    if (!source)
        return look_again(change, is_new, ret_first);
    if (is_changed(change, source) && mine.found && mine.due <= first.due) {
        *ret_first = mine;
        return ok();
    }
    bool over = source->first->kind == KIND_MEETING && first.due < change->today;
    if (is_changed(change, source) || over)
        return look_again(change, is_new, ret_first);
    const LogVersions *own = log_newest_find(change->entries, change->after.entry);
    bool written_before = own && own < source;
    if (mine.found && (mine.due < first.due || (mine.due == first.due && written_before)))
        first = mine;
    *ret_first = first;
    return ok();
}

/* A header of before they were kept: every measure and meeting is looked at once. */
static Err look_for_dates(const LogHeaderChange *change, Arena *keep, Str *ret_dates)
{
    const LogNewest *entries = change->entries;
    LogOpened *opened = NULL;
    uint32_t count = 0;

    TRY(ARENA_NEW(keep, LogOpened, (size_t)entries->count + 1, &opened));
    for (uint32_t i = 0; i < entries->count; i++) {
        const LogVersions *entry = &entries->items[i];
        bool dated = entry->first->kind == KIND_MEASURE || entry->first->kind == KIND_MEETING;
        if (dated && !is_changed(change, entry) && !entry->newest->removed)
            TRY(open_newest(change, entry, &opened[count++]));
    }
    opened[count++] = change->after;
    return log_dates_make(opened, count, change->today, keep, ret_dates);
}

static Err renew_dates(const LogHeaderChange *change, Arena *keep, Str *ret_dates)
{
    Str before = values_at(change->before, HEADER_DATES);

    return before.length == 0 ? look_for_dates(change, keep, ret_dates)
                              : log_dates_renew(before, &change->after, change->today, keep, ret_dates);
}

Err log_header_renew(const LogHeaderChange *change, Arena *keep, Values *ret_header)
{
    bool is_new = log_newest_find(change->entries, change->after.entry) == NULL;
    KindId kind = change->after.values.kind->id;
    Values header = *change->before;
    Step first = {0};
    Str dates = STR_NONE;

    if (kind == KIND_CHILD && !change->after.removed)
        set_child(&header, &change->after);
    if (kind == KIND_LEVEL)
        TRY(renew_level(change, is_new, &header));
    if (values_at(&header, HEADER_CHILD_NAME).length == 0)
        return fail(E_INVALID);
    TRY(renew_step(change, is_new, &first));
    TRY(set_step(&header, &first, keep));
    TRY(renew_dates(change, keep, &dates));
    values_put(&header, HEADER_DATES, dates);
    *ret_header = header;
    return ok();
}
