/* Years of invented lives, carried out by the services and compared with a model: what a life is here, and what is done with one.
 * Must not know a rule.
 * Included by test_time_travel.c and the files beside it. */
#ifndef TESTS_JOBS_TRAVEL_H
#define TESTS_JOBS_TRAVEL_H

#include "place.h"

#include "domain/notices.h"
#include "store/ending/deletion.h"

#define LOGS_MAX 256
#define GUARDIANS 2
#define LINE_MAX 256
#define WORDS 6
#define NOON 720
#define ROLES_TOLD 4
#define WRITTEN_MAX 256
#define MINUTE_MS ((int64_t)60000)
#define SLACK_MS (10 * MINUTE_MS) /* how long the work of a moment may take here */

/* One log as the trace last said it is. */
typedef struct Life {
    Id log, participants[GUARDIANS], people[GUARDIANS];
    Actor guardian; /* the first */
    Actor child;
    Day birth;
    int guardians;
    char state[24], reason[32], flags[96], readers[32];
    uint32_t told[NOTICE_COUNT][ROLES_TOLD]; /* how often something is told, to each */
    struct Dated {
        Id entry;
        char what[16]; /* "FO 2027-03-01" */
    } written[WRITTEN_MAX]; /* measures and meetings by the model's number */
    int written_count;
    Id holder;   /* participation */
    int64_t no;
    bool deleted;
    DeletionRow ended;
} Life;

typedef struct Travel {
    Place place;
    Life lives[LOGS_MAX];
    bool knows[NOTICE_COUNT]; /* what the model knows how to tell */
    int line;
    Day day;     /* the last one whose night has done its work */
    uint32_t epoch; /* of the keys, before what is due next */
    uint32_t purged, waited, confirmed, forgotten, refused;
} Travel;

/* What is read beside the one that the program has. */
static inline void same(const Travel *travel, const char *what, const char *model, const char *program)
{
    if (strcmp(model, program) != 0)
        fprintf(stderr, "line %d of the trace: %s is %s by the model, and %s\n", travel->line, what, model, program);
    EXPECT(strcmp(model, program) == 0);
}

static inline Day day_of_word(const char *word)
{
    Day day = 0;

    EXPECT_OK(day_parse(str_from_c(word), &day));
    return day;
}

/* ---- travel_acts.c: what people do ---- */

bool travel_is(const char *name, const char *other);
/* A log begins with its people, as a line of the trace says. */
void travel_begin(Travel *travel, Life *life, char *words[WORDS]);
/* Something that somebody does; whether it was taken. */
Err travel_act(Travel *travel, Life *life, const char *name, const char *argument);

/* ---- travel_state.c: what is so afterwards ---- */

void travel_compare(Travel *travel, Life *life, char *words[WORDS]);
NoticeId travel_notice(const char *code);
void travel_told(Travel *travel, Life *life, char *words[WORDS], bool by_clock);
void travel_compare_told(Travel *travel, const Life *life);
/* What is left of a log that was purged. */
void travel_compare_gone(Travel *travel, const Life *life);
DeletionRow travel_order(Travel *travel, const Life *life);
uint32_t travel_reports(Travel *travel, const Life *life);

#endif
