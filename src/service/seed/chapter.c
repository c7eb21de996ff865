/* What happens next in a log: drawn from what stands in it.
 * Must not decide who may; an act that is refused is a mistake here.
 * Called by the story. */
#include "service/seed/chapter.h"

#include "service/seed/effects.h"
#include "service/seed/words.h"
#include "service/seed/write.h"

#define HOLDER 0
#define DATETIME_ROOM 20
#define PEOPLE_ROOM (SEED_PEOPLE_MAX * (ID_TEXT + 1))

static SeedRandom *random_of(SeedChapter *chapter)
{
    return &chapter->making->random;
}

static uint16_t draw_code(SeedChapter *chapter, CodeList list)
{
    Codes codes = codes_of(list);

    return codes.items[seed_below(random_of(chapter), codes.count)];
}

static Day today(const SeedChapter *chapter)
{
    return oslo_day(chapter->making->now);
}

/* Somebody who takes part: the holder most often. */
static uint32_t draw_person(SeedChapter *chapter)
{
    uint32_t drawn = seed_below(random_of(chapter), 2 * chapter->making->log->people_count);

    return drawn < chapter->making->log->people_count ? drawn : HOLDER;
}

static bool is_family(const SeedChapter *chapter, uint32_t who)
{
    return chapter->making->log->people[who].role == ROLE_GUARDIAN;
}

/* ---- entries ---- */

static Err write_level(SeedChapter *chapter)
{
    SeedMaking *making = chapter->making;
    Values values = {.kind = kind_of(KIND_LEVEL)};
    Id entry;

    chapter->level = 1u + (making->log->people_count > 3 ? 1u : 0u) + (seed_below(&making->random, 5) == 0 ? 1u : 0u);
    TRY(seed_put_code(making, &values, LEVEL_LEVEL, (uint16_t)chapter->level));
    TRY(seed_put(making, &values, LEVEL_REASON, seed_sentence(&making->random, TOPIC_LEVEL)));
    TRY(seed_put_day(making, &values, LEVEL_DATE, today(chapter)));
    return seed_write(making, HOLDER, &values, &entry);
}

static Err write_attention(SeedChapter *chapter)
{
    SeedMaking *making = chapter->making;
    Values values = {.kind = kind_of(KIND_ATTENTION)};
    uint16_t category = draw_code(chapter, CODES_ATTENTION);

    TRY(seed_put_code(making, &values, ATTENTION_CATEGORY, category));
    TRY(seed_put_code(making, &values, ATTENTION_SEVERITY, draw_code(chapter, CODES_SEVERITY)));
    TRY(seed_put_day(making, &values, ATTENTION_DATE, today(chapter)));
    TRY(seed_put(making, &values, ATTENTION_DESCRIPTION, seed_attention_text(category)));
    TRY(seed_put(making, &values, ATTENTION_DISCUSSED_GUARDIANS, VALUE_YES));
    TRY(seed_put_day(making, &values, ATTENTION_DISCUSSED_GUARDIANS_ON, today(chapter)));
    return seed_write(making, HOLDER, &values, &chapter->attention);
}

static Err write_goal(SeedChapter *chapter)
{
    SeedMaking *making = chapter->making;
    Values values = {.kind = kind_of(KIND_GOAL)};

    TRY(seed_put(making, &values, GOAL_TEXT, seed_sentence(&making->random, TOPIC_GOAL)));
    TRY(seed_put_id(making, &values, GOAL_ATTENTION, chapter->attention));
    TRY(seed_put_day(making, &values, GOAL_TARGET_DATE, today(chapter) + 60 + (Day)seed_below(&making->random, 120)));
    return seed_write(making, HOLDER, &values, &chapter->goal);
}

static Err measure_values(SeedChapter *chapter, uint16_t category, uint32_t who, Values *ret_values)
{
    SeedMaking *making = chapter->making;
    Values values = {.kind = kind_of(KIND_MEASURE)};

    TRY(seed_put_code(making, &values, MEASURE_CATEGORY, category));
    TRY(seed_put_code(making, &values, MEASURE_ARENA, draw_code(chapter, CODES_ARENA)));
    TRY(seed_put(making, &values, MEASURE_DESCRIPTION, seed_measure_text(category)));
    TRY(seed_put_id(making, &values, MEASURE_RESPONSIBLE, making->log->people[who].id));
    TRY(seed_put_day(making, &values, MEASURE_START, today(chapter)));
    TRY(seed_put_day(making, &values, MEASURE_DEADLINE, today(chapter) + 28 + (Day)seed_below(&making->random, 70)));
    TRY(seed_put_code(making, &values, MEASURE_STATE, MEASURE_STATE_RUNNING));
    TRY(seed_put_id(making, &values, MEASURE_GOAL, chapter->goal));
    TRY(seed_put_id(making, &values, MEASURE_ATTENTION, chapter->attention));
    *ret_values = values;
    return ok();
}

static Err write_measure(SeedChapter *chapter)
{
    uint16_t category = draw_code(chapter, CODES_MEASURE);
    uint32_t who = draw_person(chapter);
    Values values;
    Id entry;

    TRY(measure_values(chapter, category, who, &values));
    TRY(seed_write(chapter->making, HOLDER, &values, &entry));
    chapter->measures[chapter->measure_count++] = (SeedMeasure){.entry = entry, .category = category, .who = who};
    return ok();
}

/* The measure is over: the holder says so in its entry. */
static Err end_measure(SeedChapter *chapter, uint32_t at, uint16_t outcome)
{
    SeedMaking *making = chapter->making;
    Values values = *seed_says(making->log, chapter->measures[at].entry);

    TRY(seed_put_code(making, &values, MEASURE_STATE, outcome == OUTCOME_WANTED ? MEASURE_STATE_DONE : MEASURE_STATE_STOPPED));
    seed_move(making, today(chapter));
    TRY(seed_correct(making, chapter->measures[at].entry, &values));
    chapter->measures[at] = chapter->measures[--chapter->measure_count];
    return ok();
}

static Err write_evaluation(SeedChapter *chapter)
{
    SeedMaking *making = chapter->making;
    Values values = {.kind = kind_of(KIND_EVALUATION)};
    uint32_t at = seed_below(&making->random, chapter->measure_count);
    const SeedMeasure *measure = &chapter->measures[at];
    uint16_t outcome = seed_outcome(&making->random, measure->category);
    Id entry;

    TRY(seed_put_id(making, &values, EVALUATION_MEASURE, measure->entry));
    TRY(seed_put_code(making, &values, EVALUATION_OUTCOME, outcome));
    TRY(seed_put_day(making, &values, EVALUATION_DATE, today(chapter)));
    TRY(seed_put(making, &values, EVALUATION_TEXT, seed_outcome_text(outcome)));
    /* Families are asked, and the holder writes. */
    TRY(seed_write(making, is_family(chapter, measure->who) ? HOLDER : measure->who, &values, &entry));
    return seed_outcome_ends(outcome) ? end_measure(chapter, at, outcome) : ok();
}

static Err put_everybody(SeedMaking *making, Values *values)
{
    Buf buf = buf_new(making->keep, PEOPLE_ROOM);
    Str text;

    for (uint32_t i = 0; i < making->log->people_count; i++) {
        if (i > 0)
            buf_add_char(&buf, '\n');
        buf_add_id(&buf, making->log->people[i].id);
    }
    TRY(buf_done(&buf, &text));
    return seed_put(making, values, MEETING_PARTICIPANTS, text);
}

/* One in four is called for a day to come; of the others the minutes are written on the day itself. */
static Err write_meeting(SeedChapter *chapter)
{
    SeedMaking *making = chapter->making;
    Values values = {.kind = kind_of(KIND_MEETING)};
    Buf buf = buf_new(making->keep, DATETIME_ROOM);
    bool ahead = seed_below(&making->random, 4) == 0;
    Str text;
    Id entry;

    buf_add_datetime(&buf, today(chapter) + (ahead ? 7 : 0), ahead ? 14 * 60 : 8 * 60);
    TRY(buf_done(&buf, &text));
    TRY(seed_put(making, &values, MEETING_TIME, text));
    TRY(seed_put(making, &values, MEETING_PLACE, seed_sentence(&making->random, TOPIC_PLACE)));
    TRY(put_everybody(making, &values));
    TRY(seed_put(making, &values, MEETING_AGENDA, seed_sentence(&making->random, TOPIC_AGENDA)));
    TRY(seed_sentences(&making->random, TOPIC_SUMMARY, making->keep, &text));
    if (!ahead)
        TRY(seed_put(making, &values, MEETING_SUMMARY, text));
    return seed_write(making, HOLDER, &values, &entry);
}

static Err write_note(SeedChapter *chapter)
{
    SeedMaking *making = chapter->making;
    Values values = {.kind = kind_of(KIND_NOTE)};
    uint32_t who = draw_person(chapter), kind = 1 + seed_below(&making->random, 5);
    Str text;
    Id entry;

    if (is_family(chapter, who) && making->town->settings.values[SETTING_GUARDIANS_WRITE] == 0)
        who = HOLDER;
    kind = kind > 3 ? 1 : kind;
    const enum SeedTopic topics[] = {is_family(chapter, who) ? TOPIC_FAMILY_NOTE : TOPIC_NOTE, TOPIC_BRIGHT, TOPIC_VOICE};
    TRY(seed_sentences(&making->random, topics[kind - 1], making->keep, &text));
    TRY(seed_put_code(making, &values, NOTE_KIND, (uint16_t)kind));
    TRY(seed_put(making, &values, NOTE_TEXT, text));
    return seed_write(making, who, &values, &entry);
}

static Err write_resource(SeedChapter *chapter)
{
    SeedMaking *making = chapter->making;
    Values values = {.kind = kind_of(KIND_RESOURCE)};
    Str link;
    Id entry;

    TRY(str_format(making->keep, &link, "https://raad.example/%u", seed_below(&making->random, 1000)));
    TRY(seed_put(making, &values, RESOURCE_TITLE, seed_sentence(&making->random, TOPIC_RESOURCE)));
    TRY(seed_put(making, &values, RESOURCE_LINK, link));
    return seed_write(making, HOLDER, &values, &entry);
}

/* ---- which ---- */

/* What a hundred entries are, when nothing is wanting. */
static const struct {
    Err (*write)(SeedChapter *chapter);
    uint32_t percent;
    bool needs_measure; /* a measure that runs */
    bool adds_measure;
} kinds[] = {
    {.write = write_note, .percent = 37},
    {.write = write_evaluation, .percent = 21, .needs_measure = true},
    {.write = write_measure, .percent = 16, .adds_measure = true},
    {.write = write_meeting, .percent = 9},
    {.write = write_attention, .percent = 6},
    {.write = write_goal, .percent = 5},
    {.write = write_level, .percent = 3},
    {.write = write_resource, .percent = 3},
};

Err seed_next(SeedChapter *chapter)
{
    uint32_t drawn = seed_below(random_of(chapter), 100), at = 0;

    if (chapter->level == 0)
        return write_level(chapter);
    if (id_is_none(chapter->attention))
        return write_attention(chapter);
    if (id_is_none(chapter->goal))
        return write_goal(chapter);
    while (at + 1 < COUNT_OF(kinds) && drawn >= kinds[at].percent)
        drawn -= kinds[at++].percent;
    if (kinds[at].needs_measure && chapter->measure_count == 0)
        return write_measure(chapter);
    if (kinds[at].adds_measure && chapter->measure_count == SEED_OPEN_MAX)
        return write_note(chapter);
    return kinds[at].write(chapter);
}
