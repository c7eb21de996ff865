/* Makes the header of a log, which lists show: the child's name, the level and the next step.
 * Must not hold anything that a list does not need.
 * Called by the other parts of the log service whenever a write may change it. */
#include "service/log/header.h"

#include "base/calendar.h"
#include "domain/fields.h"

#define STEP_TEXT_MAX 200
#define DATE_LENGTH 10
#define DATE_ROOM 16

typedef struct Step {
    bool found;
    Day due;
    Str text;
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
static Step step_of(const Values *values, Day today)
{
    bool meeting = values->kind->id == KIND_MEETING;
    Str due = str_slice(values_at(values, meeting ? MEETING_TIME : MEASURE_DEADLINE), 0, DATE_LENGTH);
    Step step = {.text = shortened(values_at(values, meeting ? MEETING_AGENDA : MEASURE_DESCRIPTION))};

    if (!meeting && !measure_goes_on(values))
        return step;
    if (!is_ok(day_parse(due, &step.due)))
        return step;
    step.found = !meeting || step.due >= today;
    return step;
}

static Err set_step(Values *header, const Step *step, Arena *keep)
{
    Buf day = buf_new(keep, DATE_ROOM);
    Str due = STR_NONE;

    if (!step->found)
        return ok();
    buf_add_day(&day, step->due);
    TRY(buf_done(&day, &due));
    values_put(header, HEADER_NEXT_STEP, step->text);
    values_put(header, HEADER_NEXT_DUE, due);
    return ok();
}

Err log_header_make(const LogOpened *entries, uint32_t count, Day today, Arena *keep, Values *ret_header)
{
    Values header = {.kind = kind_of(KIND_HEADER)};
    Step first = {0};

    for (uint32_t i = 0; i < count; i++) {
        const Values *values = &entries[i].values;
        if (entries[i].removed)
            continue;
        if (values->kind->id == KIND_CHILD) {
            values_put(&header, HEADER_CHILD_NAME, values_at(values, CHILD_NAME));
            values_put(&header, HEADER_BIRTH_DATE, values_at(values, CHILD_BIRTH_DATE));
        }
        if (values->kind->id == KIND_LEVEL)
            values_put(&header, HEADER_LEVEL, values_at(values, LEVEL_LEVEL));
        Step step = step_of(values, today);
        if (step.found && (!first.found || step.due < first.due))
            first = step;
    }
    if (values_at(&header, HEADER_CHILD_NAME).length == 0)
        return fail(E_INVALID);
    TRY(set_step(&header, &first, keep));
    *ret_header = header;
    return ok();
}
