/* Which entries of a log are opened and shown: all of them, what is current, or a page of what is not.
 * Must not leave an entry out of both: what is not current stands on the pages of its section.
 * Called by open.c. */
#include "service/reading/pick.h"

#include <stdlib.h>
#include <string.h>

#include "service/log/rows.h"

/* How many are shown at most although nothing is left to do with them; of what is to be done, more than anybody reads. */
#define ATTENTIONS_SHOWN 10
#define NOTES_SHOWN 10
#define RESOURCES_SHOWN 10
#define LEVELS_SHOWN 12
#define LIFE_SHOWN 12
#define GOALS_SHOWN 10
#define FINISHED_SHOWN 5
#define EVALUATIONS_SHOWN 5
#define HELD_SHOWN 5
#define TO_DO_SHOWN 40

/* ---- one entry ---- */

/* A removed one stands among the notes, with its reason; attentions and resources in their place. */
static enum Section section_of(const LogVersions *entry)
{
    const Kind *kind = kind_of(entry->first->kind);

    if (!kind)
        return SECTION_NONE;
    if (entry->newest->removed && kind->id != KIND_ATTENTION && kind->id != KIND_RESOURCE)
        return SECTION_NOTES;
    return kind->section;
}

static bool is_kind(const LogVersions *entry, KindId kind)
{
    return entry->first->kind == kind && !entry->newest->removed;
}

static Err open_at(LogPick *pick, uint32_t at)
{
    LogEntry *entry = NULL;

    if (pick->opened[at])
        return ok();
    TRY(ARENA_NEW(pick->keep, LogEntry, 1, &entry));
    TRY(log_open_entry(&pick->entered->keys, pick->entered->newest.items[at].newest, pick->keep, entry));
    pick->opened[at] = entry;
    return ok();
}

Err log_pick_show(LogPick *pick, uint32_t at)
{
    TRY(open_at(pick, at));
    pick->shown[at] = true;
    return ok();
}

/* The position of the entry that a field of an opened one refers to; false for none. */
static bool refers_to(const LogPick *pick, uint32_t at, FieldKey field, uint32_t *ret_at)
{
    const LogNewest *newest = &pick->entered->newest;
    Id id;

    if (!is_ok(id_from_text(values_at(&pick->opened[at]->values, field), &id)))
        return false;
    const LogVersions *found = log_newest_find(newest, id);
    if (!found)
        return false;
    *ret_at = (uint32_t)(found - newest->items);
    return true;
}

Err log_pick_new(const LogEntered *entered, int64_t now, Arena *keep, LogPick *ret_pick)
{
    LogPick pick = {.entered = entered, .now = now, .keep = keep};
    size_t count = entered->newest.count;

    TRY(ARENA_NEW(keep, LogEntry *, count + 1, &pick.opened));
    TRY(ARENA_NEW(keep, bool, count + 1, &pick.shown));
    for (size_t i = 0; i <= count; i++)
        pick.opened[i] = NULL;
    memset(pick.shown, 0, (count + 1) * sizeof *pick.shown);
    *ret_pick = pick;
    return ok();
}

Err log_pick_all(LogPick *pick)
{
    for (uint32_t i = 0; i < pick->entered->newest.count; i++)
        TRY(log_pick_show(pick, i));
    return ok();
}

/* ---- what is current ---- */

/* The newest of a section, whatever they hold. */
static Err show_newest(LogPick *pick, enum Section section, uint32_t most)
{
    const LogNewest *newest = &pick->entered->newest;

    for (uint32_t i = newest->count; i-- > 0 && most > 0;) {
        if (section_of(&newest->items[i]) != section)
            continue;
        TRY(log_pick_show(pick, i));
        most--;
    }
    return ok();
}

static Err show_measures(LogPick *pick)
{
    const LogNewest *newest = &pick->entered->newest;
    uint32_t to_do = TO_DO_SHOWN, finished = FINISHED_SHOWN, goal = 0;

    for (uint32_t i = newest->count; i-- > 0;) {
        if (!is_kind(&newest->items[i], KIND_MEASURE))
            continue;
        TRY(open_at(pick, i));
        uint32_t *room = measure_goes_on(&pick->opened[i]->values) ? &to_do : &finished;
        if (*room == 0)
            continue;
        --*room;
        pick->shown[i] = true;
        if (refers_to(pick, i, MEASURE_GOAL, &goal) && is_kind(&newest->items[goal], KIND_GOAL))
            TRY(log_pick_show(pick, goal));
    }
    return ok();
}

/* Goals without a measure that is shown: nobody has begun with the newest of them. */
static Err show_goals(LogPick *pick)
{
    const LogNewest *newest = &pick->entered->newest;
    uint32_t room = GOALS_SHOWN, attention = 0;

    for (uint32_t i = newest->count; i-- > 0;) {
        if (!is_kind(&newest->items[i], KIND_GOAL) || (!pick->shown[i] && room == 0))
            continue;
        room -= room > 0 && !pick->shown[i];
        TRY(log_pick_show(pick, i));
        if (refers_to(pick, i, GOAL_ATTENTION, &attention) && is_kind(&newest->items[attention], KIND_ATTENTION))
            TRY(log_pick_show(pick, attention));
    }
    return ok();
}

static Err show_evaluations(LogPick *pick)
{
    const LogNewest *newest = &pick->entered->newest;
    uint8_t *counts = NULL;
    uint32_t measure = 0;

    TRY(ARENA_NEW(pick->keep, uint8_t, newest->count + 1, &counts));
    memset(counts, 0, newest->count + 1);
    for (uint32_t i = newest->count; i-- > 0;) {
        if (!is_kind(&newest->items[i], KIND_EVALUATION))
            continue;
        TRY(open_at(pick, i));
        if (!refers_to(pick, i, EVALUATION_MEASURE, &measure) || !pick->shown[measure] || counts[measure] == EVALUATIONS_SHOWN)
            continue;
        counts[measure]++;
        pick->shown[i] = true;
    }
    return ok();
}

/* A meeting and its time: canonical texts of times stand in the order of the times. */
typedef struct Meeting {
    Str time;
    uint32_t at;
} Meeting;

static int latest_first(const void *a, const void *b)
{
    const Meeting *left = a, *right = b;

    return str_compare(right->time, left->time);
}

static bool is_coming(const LogPick *pick, const Meeting *meeting)
{
    return meeting_is_coming(&pick->opened[meeting->at]->values, pick->now);
}

static Err show_meetings(LogPick *pick)
{
    const LogNewest *newest = &pick->entered->newest;
    uint32_t count = 0, to_come = TO_DO_SHOWN, held = HELD_SHOWN;
    Meeting *meetings = NULL;

    TRY(ARENA_NEW(pick->keep, Meeting, newest->count + 1, &meetings));
    for (uint32_t i = 0; i < newest->count; i++) {
        if (!is_kind(&newest->items[i], KIND_MEETING))
            continue;
        TRY(open_at(pick, i));
        meetings[count++] = (Meeting){.time = values_at(&pick->opened[i]->values, MEETING_TIME), .at = i};
    }
    qsort(meetings, count, sizeof *meetings, latest_first);
    /* From the earliest to come, and from the latest held. */
    for (uint32_t i = count; i-- > 0 && to_come > 0;)
        if (is_coming(pick, &meetings[i])) {
            pick->shown[meetings[i].at] = true;
            to_come--;
        }
    for (uint32_t i = 0; i < count && held > 0; i++)
        if (!is_coming(pick, &meetings[i])) {
            pick->shown[meetings[i].at] = true;
            held--;
        }
    return ok();
}

Err log_pick_current(LogPick *pick)
{
    TRY(show_newest(pick, SECTION_BAND, 1));
    TRY(show_newest(pick, SECTION_ATTENTIONS, ATTENTIONS_SHOWN));
    TRY(show_newest(pick, SECTION_NOTES, NOTES_SHOWN));
    TRY(show_newest(pick, SECTION_RESOURCES, RESOURCES_SHOWN));
    TRY(show_newest(pick, SECTION_HISTORY, LEVELS_SHOWN));
    TRY(show_newest(pick, SECTION_LIFE, LIFE_SHOWN));
    TRY(show_measures(pick));
    TRY(show_goals(pick));
    TRY(show_evaluations(pick));
    return show_meetings(pick);
}

/* ---- the rest ---- */

Err log_pick_older(LogPick *pick, enum Section section, uint32_t before, uint32_t max, uint32_t *ret_next)
{
    const LogNewest *newest = &pick->entered->newest;
    uint32_t next = 0, count = 0;
    bool *current = pick->shown;

    TRY(ARENA_NEW(pick->keep, bool, (size_t)newest->count + 1, &pick->shown));
    memset(pick->shown, 0, ((size_t)newest->count + 1) * sizeof *pick->shown);
    for (uint32_t i = before > 0 && before < newest->count ? before : newest->count; i-- > 0 && next == 0;) {
        if (current[i] || section_of(&newest->items[i]) != section)
            continue;
        if (count == max)
            next = i + 1;
        else
            TRY(log_pick_show(pick, i));
        count++;
    }
    *ret_next = next;
    return ok();
}

Err log_pick_referred(LogPick *pick, const Values *values)
{
    for (unsigned i = 0; i < values->kind->count; i++) {
        Id id;
        if (values->kind->fields[i].type != FIELD_ENTRY || !is_ok(id_from_text(values->text[i], &id)))
            continue;
        const LogVersions *found = log_newest_find(&pick->entered->newest, id);
        if (found)
            TRY(open_at(pick, (uint32_t)(found - pick->entered->newest.items)));
    }
    return ok();
}

Err log_pick_references(LogPick *pick)
{
    for (uint32_t i = 0; i < pick->entered->newest.count; i++)
        if (pick->shown[i])
            TRY(log_pick_referred(pick, &pick->opened[i]->values));
    return ok();
}

void log_pick_count_folded(const LogPick *pick, uint32_t ret_folded[static SECTION_COUNT])
{
    const LogNewest *newest = &pick->entered->newest;

    memset(ret_folded, 0, SECTION_COUNT * sizeof *ret_folded);
    for (uint32_t i = 0; i < newest->count; i++)
        ret_folded[section_of(&newest->items[i])] += !pick->shown[i];
}
