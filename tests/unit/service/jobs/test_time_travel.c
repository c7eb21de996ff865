/* Years of invented lives, carried out by the services and compared with what a model says that was written apart from them
 * (tests/model/life.py): state, reason, flags, readers, and who is told what on which day; and how a log ends: what is refused, when it
 * is purged and what is left of it, when its last backup has died and its report is gone.
 * Must not know a rule: it only carries out and compares.
 * Called by meson test, with a few logs for two years, and by make soak with more (TRAVEL="--logs 200 --days 7305 --seed 7"). */
#include "travel.h"

#include "keys/epochs.h"

/* ---- the trace ---- */

static void set(Travel *travel, const char *name, int32_t value)
{
    for (Setting setting = 0; setting < SETTING_COUNT; setting++)
        if (strcmp(setting_rule(setting).code, name) == 0 && setting_rule(setting).initial != value)
            place_set(&travel->place, setting, value);
}

/* Whether it was due. */
static bool run(Travel *travel, JobId job)
{
    const JobOrder order = {.job = job, .tenant = travel->place.town.tenant};
    enum JobEnd end = JOB_NOT_DUE;
    JobCounts counts = {0};

    EXPECT_OK(job_run(&travel->place.town.service, &order, &end, &counts));
    EXPECT(counts.failed == 0 && (end == JOB_DONE || end == JOB_AGAIN || end == JOB_NOT_DUE));
    return end != JOB_NOT_DUE;
}

/* To that moment, where it is not later already. */
static void no_earlier(Place *place, int64_t wanted)
{
    int64_t now = 0;

    EXPECT_OK(moved_now(place, &now));
    if (wanted > now)
        place_at(place, wanted);
}

/* Each night on the way does its work. */
static void nights(Travel *travel, int64_t to)
{
    static const JobId jobs[] = {JOB_LIFE, JOB_OVER, JOB_EPOCH, JOB_DELETION};

    for (; oslo_time(travel->day + 1, 1) <= to; travel->day++) {
        no_earlier(&travel->place, oslo_time(travel->day + 1, 1));
        for (size_t i = 0; i < COUNT_OF(jobs); i++)
            run(travel, jobs[i]);
    }
}

static uint32_t epoch_of(Travel *travel)
{
    Epochs epochs = {0};

    EXPECT_OK(keys_epoch(travel->place.town.agent.keys, travel->place.town.tenant, &epochs));
    return epochs.present;
}

/* Then it is noon of the day, and what is done each minute was done. */
static void go_on(Travel *travel, Day to)
{
    int64_t noon = oslo_time(to, NOON);

    nights(travel, noon);
    if (noon <= travel->place.town.now)
        return;
    no_earlier(&travel->place, noon);
    run(travel, JOB_DELETION);
    travel->epoch = epoch_of(travel);
}

/* "2027-03-01T11:00", in UTC. */
static int64_t moment_of(const char *text)
{
    char day[11];

    snprintf(day, sizeof day, "%.10s", text);
    return (int64_t)(day_of_word(day) - DAY_1970) * DAY_MS + (atoi(text + 11) * 60 + atoi(text + 14)) * MINUTE_MS;
}

/* A minute before it is due nothing has been purged, though the job looked. */
static void soon(Travel *travel, const Life *life, int64_t moment)
{
    nights(travel, moment - MINUTE_MS);
    no_earlier(&travel->place, moment - MINUTE_MS);
    run(travel, JOB_DELETION);
    EXPECT(row_of(&travel->place, life->log).state == STATE_DELETION_ORDERED && travel_order(travel, life).purged_at == 0);
    travel_compare_told(travel, life);
    travel->epoch = epoch_of(travel);
}

/* The job looks at that moment; where it has in this minute already, before what was done in it, a minute later. */
static void look(Travel *travel, int64_t moment)
{
    no_earlier(&travel->place, moment);
    if (run(travel, JOB_DELETION))
        return;
    place_at(&travel->place, travel->place.town.now + MINUTE_MS);
    EXPECT(run(travel, JOB_DELETION));
}

static void waits(Travel *travel, const Life *life, int64_t moment)
{
    travel->waited++;
    look(travel, moment);
    EXPECT(row_of(&travel->place, life->log).state == STATE_DELETION_ORDERED && travel_order(travel, life).purged_at == 0);
}

/* T1: the rows are gone at that moment, and it is recorded when the keys have turned. */
static void purge(Travel *travel, Life *life, char *words[WORDS])
{
    static const char *const archives[] = {"-", "report", "none", "mistake"};
    const int64_t moment = moment_of(words[2]);
    const int64_t pause = atoi(words[4]) * MINUTE_MS;
    const DeletionRow order = travel_order(travel, life);

    EXPECT(order.archive < COUNT_OF(archives) && travel_is(archives[order.archive], words[3]));
    look(travel, moment);
    life->deleted = true;
    travel->purged++;
    life->ended = order;
    travel_compare_gone(travel, life);
    if (travel_order(travel, life).purged_at == 0) {
        no_earlier(&travel->place, moment + 60 * MINUTE_MS);
        run(travel, JOB_DELETION);
    }
    life->ended = travel_order(travel, life);
    if (life->ended.purged_at < moment || life->ended.purged_at > moment_of(words[5]) + SLACK_MS)
        fprintf(stderr, "line %d of the trace: T1 is %lld minutes after the moment\n", travel->line,
                (long long)((life->ended.purged_at - moment) / MINUTE_MS));
    EXPECT(life->ended.purged_at >= moment && life->ended.purged_at <= moment_of(words[5]) + SLACK_MS);
    EXPECT(llabs(life->ended.pause_ms - pause) <= SLACK_MS);
    EXPECT(epoch_of(travel) > travel->epoch);
    EXPECT(travel_reports(travel, life) == (travel_is(words[3], "report") ? 1 : 0) && life->ended.confirmed_at == 0);
}

/* T2: at the first moment of that day, and never before. */
static void confirmed_on(Travel *travel, const Life *life, Day day)
{
    const int64_t at = travel_order(travel, life).confirmed_at, from = oslo_time(day, 0);

    if (at < from || at > from + SLACK_MS)
        fprintf(stderr, "line %d of the trace: T2 was confirmed at %lld, by the model at %lld\n", travel->line, (long long)at, (long long)from);
    EXPECT(at >= from && at <= from + SLACK_MS);
    travel->confirmed++;
}

static void compare_report(Travel *travel, const Life *life, uint32_t wanted)
{
    uint32_t count = travel_reports(travel, life);

    if (count != wanted)
        fprintf(stderr, "line %d of the trace: of the deleted log %u reports are kept, by the model %u\n", travel->line, count, wanted);
    EXPECT(count == wanted);
    travel->forgotten += wanted == 0 ? 1 : 0;
}

/* What the model says of a log that ends; false: the line says something else. */
static bool ending(Travel *travel, Life *life, char *words[WORDS])
{
    if (travel_is(words[0], "soon"))
        soon(travel, life, moment_of(words[2]));
    else if (travel_is(words[0], "waits"))
        waits(travel, life, moment_of(words[2]));
    else if (travel_is(words[0], "purge"))
        purge(travel, life, words);
    else
        return false;
    return true;
}

/* Nothing of the log is another because of what was tried. */
static void refused(Travel *travel, Life *life, char *words[WORDS])
{
    const LogRow before = row_of(&travel->place, life->log);
    Err done = travel_act(travel, life, words[3], words[4]);
    const LogRow after = row_of(&travel->place, life->log);

    if (is_ok(done))
        fprintf(stderr, "line %d of the trace: %s was taken, and by the model it is refused\n", travel->line, words[3]);
    EXPECT(!is_ok(done));
    EXPECT(after.state == before.state && after.flags == before.flags && memcmp(&after.head, &before.head, sizeof after.head) == 0);
    travel->refused++;
}

static void acted(Travel *travel, Life *life, char *words[WORDS])
{
    Err done = travel_act(travel, life, words[3], words[4]);

    if (!is_ok(done))
        fprintf(stderr, "line %d of the trace: %s was refused: %s at %s:%d\n", travel->line, words[3], err_name(done.id), done.file, done.line);
    EXPECT_OK(done);
}

/* What is so on a day, at noon. */
static void on_a_day(Travel *travel, Life *life, char *words[WORDS])
{
    const Day day = day_of_word(words[2]);

    travel->day = travel->day == 0 ? day : travel->day;
    go_on(travel, day);
    if (travel_is(words[0], "log"))
        travel_begin(travel, life, words);
    else if (travel_is(words[0], "told") || travel_is(words[0], "said"))
        travel_told(travel, life, words, words[0][0] == 't');
    else if (travel_is(words[0], "after"))
        travel_compare(travel, life, words);
    else if (travel_is(words[0], "refused"))
        refused(travel, life, words);
    else if (travel_is(words[0], "confirmed"))
        confirmed_on(travel, life, day);
    else if (travel_is(words[0], "kept") || travel_is(words[0], "forgotten"))
        compare_report(travel, life, words[0][0] == 'k' ? 1 : 0);
    else if (travel_is(words[0], "event"))
        acted(travel, life, words);
    else
        EXPECT(travel_is(words[0], "day"));
}

static void follow(Travel *travel, char *words[WORDS])
{
    Life *life = NULL;

    if (strcmp(words[0], "setting") == 0) {
        set(travel, words[1], atoi(words[2]));
        return;
    }
    if (strcmp(words[0], "notice") == 0) {
        EXPECT(travel_notice(words[1]) != NOTICE_NONE);
        travel->knows[travel_notice(words[1])] = true;
        return;
    }
    EXPECT(atoi(words[1]) < LOGS_MAX);
    life = &travel->lives[atoi(words[1])];
    if (!ending(travel, life, words))
        on_a_day(travel, life, words);
}

/* The last word is the rest of the line. */
static void cut(char *line, char *words[WORDS])
{
    static char nothing[] = "";
    char *rest = line;

    line[strcspn(line, "\n")] = 0;
    for (size_t i = 0; i < WORDS; i++) {
        words[i] = rest ? rest : nothing;
        rest = rest ? strchr(rest, ' ') : NULL;
        if (rest && i + 1 < WORDS)
            *rest++ = 0;
    }
}

static FILE *trace_of(const char *chosen)
{
    char command[LINE_MAX];

    snprintf(command, sizeof command, "python3 tests/model/life.py trace %s", chosen);
    FILE *trace = popen(command, "r");
    EXPECT(trace != NULL);
    return trace;
}

static void travel_through(const char *chosen)
{
    Travel *travel = calloc(1, sizeof *travel);
    FILE *trace = trace_of(chosen);
    char line[LINE_MAX], *words[WORDS];

    place_begin(&travel->place);
    while (fgets(line, sizeof line, trace)) {
        travel->line++;
        cut(line, words);
        follow(travel, words);
    }
    EXPECT(pclose(trace) == 0 && travel->line > 100);
    for (int i = 0; i < LOGS_MAX; i++)
        if (travel->lives[i].guardians > 0)
            travel_compare_told(travel, &travel->lives[i]);
    if (getenv("TRAVEL"))
        fprintf(stderr, "%d lines: %u logs purged, %u had waited, %u last backups, %u reports gone, %u refused\n", travel->line,
                travel->purged, travel->waited, travel->confirmed, travel->forgotten, travel->refused);
    place_end(&travel->place);
    free(travel);
}

TEST(two_years_of_invented_lives_go_as_a_model_says_that_was_written_apart)
{
    const char *more = getenv("TRAVEL");

    if (more) {
        travel_through(more);
        return;
    }
    travel_through("--logs 12 --days 760 --seed 40");
    travel_through("--logs 12 --days 760 --seed 102");
}

RUN_TESTS("time travel")
