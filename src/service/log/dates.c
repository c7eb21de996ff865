/* The dates of a log that somebody must be told of, as its header keeps them: deadlines of measures that go on, and meetings without
 * minutes, each with those whom it is for. So that a job need open no entry.
 * Must not hold a text of anybody.
 * Called by the other parts of the log service. */
#include "service/log/dates.h"

#include "domain/fields.h"
#include "domain/period.h"

/* A line is a day, what it is of, the entry, and people: in this order lines stand in the order of their days. */
#define DATE_LENGTH 10
#define DEADLINE "D"
#define MEETING "M"
#define LINE_ROOM (DATE_LENGTH + 2 + (ID_TEXT + 1) * (1 + DATES_PEOPLE_MAX))
#define NO_DATES "-"

typedef struct Lines {
    Str *items;
    uint32_t count;
} Lines;

static Err lines_new(Arena *keep, size_t room, Lines *ret_lines)
{
    *ret_lines = (Lines){0};
    return ARENA_NEW(keep, Str, room + 1, &ret_lines->items);
}

/* ---- written ---- */

static void add_people(Buf *buf, Str people)
{
    Str person = STR_NONE;

    for (unsigned i = 0; i < DATES_PEOPLE_MAX && people.length > 0; i++) {
        people = str_cut(people, '\n', &person);
        buf_add(buf, STR(" "));
        buf_add(buf, person);
    }
}

static bool is_kept(const LogOpened *entry, Day day, Day today)
{
    const Values *values = &entry->values;

    if (values->kind->id == KIND_MEASURE)
        return measure_goes_on(values);
    return values_at(values, MEETING_SUMMARY).length == 0 && today < clock_day(CLOCK_MINUTES_END, day, NULL);
}

/* Nothing where the entry has no such date. */
static Err add_line(const LogOpened *entry, Day today, Arena *keep, Lines *lines)
{
    const Values *values = &entry->values;
    const bool meeting = values->kind->id == KIND_MEETING;
    Str day_text = values_at(values, meeting ? MEETING_TIME : MEASURE_DEADLINE);
    Buf buf = buf_new(keep, LINE_ROOM);
    Day day = 0;

    if (entry->removed || (!meeting && values->kind->id != KIND_MEASURE))
        return ok();
    day_text = str_slice(day_text, 0, DATE_LENGTH);
    if (!is_ok(day_parse(day_text, &day)) || !is_kept(entry, day, today))
        return ok();
    buf_add(&buf, day_text);
    buf_add(&buf, meeting ? STR(MEETING) : STR(DEADLINE));
    buf_add_id(&buf, entry->entry);
    add_people(&buf, values_at(values, meeting ? MEETING_PARTICIPANTS : MEASURE_RESPONSIBLE));
    return buf_done(&buf, &lines->items[lines->count++]);
}

static void sort(const Lines *lines)
{
    for (uint32_t i = 1; i < lines->count; i++) {
        Str line = lines->items[i];
        uint32_t at = i;
        for (; at > 0 && str_compare(lines->items[at - 1], line) > 0; at--)
            lines->items[at] = lines->items[at - 1];
        lines->items[at] = line;
    }
}

static Err joined(const Lines *lines, Arena *keep, Str *ret_text)
{
    Buf buf = buf_new(keep, DATES_MAX * (LINE_ROOM + 1) + 1);

    sort(lines);
    for (uint32_t i = 0; i < lines->count && i < DATES_MAX; i++) {
        buf_add(&buf, i > 0 ? STR("\n") : STR_NONE);
        buf_add(&buf, lines->items[i]);
    }
    if (lines->count == 0)
        buf_add(&buf, STR(NO_DATES));
    return buf_done(&buf, ret_text);
}

Err log_dates_make(const LogOpened *entries, uint32_t count, Day today, Arena *keep, Str *ret_text)
{
    Lines lines;

    TRY(lines_new(keep, count, &lines));
    for (uint32_t i = 0; i < count; i++)
        TRY(add_line(&entries[i], today, keep, &lines));
    return joined(&lines, keep, ret_text);
}

/* ---- read ---- */

static Err parse(Str line, ClockDate *ret_date)
{
    Str kind = str_slice(line, DATE_LENGTH, DATE_LENGTH + 1);
    size_t people = DATE_LENGTH + 1 + ID_TEXT;
    ClockDate date = {.start = str_equal(kind, STR(MEETING)) ? START_OF_MEETING : START_OF_DEADLINE};

    if (!is_ok(day_parse(str_slice(line, 0, DATE_LENGTH), &date.day)) ||
        !is_ok(id_from_text(str_slice(line, DATE_LENGTH + 1, people), &date.entry)))
        return fail(E_FORGED);
    date.people = people < line.length ? str_slice(line, people + 1, line.length) : STR_NONE;
    *ret_date = date;
    return ok();
}

Err log_dates_renew(Str before, const LogOpened *after, Day today, Arena *keep, Str *ret_text)
{
    ClockDate date;
    Lines lines;
    Str line = STR_NONE;

    TRY(lines_new(keep, DATES_MAX + 1, &lines));
    for (Str rest = str_equal(before, STR(NO_DATES)) ? STR_NONE : before; rest.length > 0 && lines.count < DATES_MAX;) {
        rest = str_cut(rest, '\n', &line);
        TRY(parse(line, &date));
        bool over = date.start == START_OF_MEETING && today >= clock_day(CLOCK_MINUTES_END, date.day, NULL);
        if (!over && !id_equal(date.entry, after->entry))
            lines.items[lines.count++] = line;
    }
    TRY(add_line(after, today, keep, &lines));
    return joined(&lines, keep, ret_text);
}

Err log_dates_read(const Values *header, Arena *keep, ClockDates *ret_dates)
{
    Str text = values_at(header, HEADER_DATES), line = STR_NONE;
    ClockDate *items = NULL;
    uint32_t count = 0;

    TRY(ARENA_NEW(keep, ClockDate, DATES_MAX, &items));
    for (Str rest = str_equal(text, STR(NO_DATES)) ? STR_NONE : text; rest.length > 0 && count < DATES_MAX;) {
        rest = str_cut(rest, '\n', &line);
        TRY(parse(line, &items[count++]));
    }
    *ret_dates = (ClockDates){items, count};
    return ok();
}

bool log_date_is_for(const ClockDate *date, Id participant)
{
    Str rest = date->people, person = STR_NONE;
    Id id;

    while (rest.length > 0) {
        rest = str_cut(rest, ' ', &person);
        if (is_ok(id_from_text(person, &id)) && id_equal(id, participant))
            return true;
    }
    return false;
}

static bool is_gone(const ParticipantRows *gone, Id participant, int64_t now)
{
    for (uint32_t i = 0; i < gone->count; i++)
        if (id_equal(gone->items[i].id, participant))
            return !period_in_force(PERIOD_OF(&gone->items[i]), now);
    return false;
}

static bool names_nobody(const ClockDate *date, const ParticipantRows *gone, int64_t now)
{
    Str rest = date->people, person = STR_NONE;
    Id id;

    while (rest.length > 0) {
        rest = str_cut(rest, ' ', &person);
        if (is_ok(id_from_text(person, &id)) && !is_gone(gone, id, now))
            return false;
    }
    return true;
}

bool log_date_is_own(const ClockDate *date, const LogStanding *standing, const Actor *actor)
{
    bool holds = id_equal(standing->log.holder, actor->person);

    for (uint32_t i = 0; i < standing->own.count; i++)
        if (period_in_force(PERIOD_OF(&standing->own.items[i]), actor->now) && log_date_is_for(date, standing->own.items[i].id))
            return true;
    return holds && (date->start == START_OF_MEETING || names_nobody(date, &standing->gone, actor->now));
}
