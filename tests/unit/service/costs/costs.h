/* What the parts of the test of costs share: how a use case is counted, and the town in which a log is read and written.
 * Must not be included by another test.
 * Each part counts its own use cases, a line each. */
#ifndef TESTS_COSTS_H
#define TESTS_COSTS_H

#include "service/reading/open.h"
#include "support/counting.h"
#include "support/fixture.h"
#include "support/log_fixture.h"

typedef struct Row {
    Cost cost;
    uint64_t commits;
} Row;

/* The driver whose statements are counted: one for all parts. */
const struct Driver *costs_driver(void);
/* Around a use case; the second writes its line. */
void costs_begin(Row *row, const Service *service, Store *store);
void costs_end(Row *row, const Service *service, Store *store, const char *name, Buf *buf);

/* costs_door.c: signing in. costs_log.c: a log, and what is done in and around it. costs_acts.c: each act that one form carries out. */
void count_door(Buf *buf);
void count_acts(Buf *buf);
void count_log(Buf *buf);
void count_claim(Buf *buf);

typedef struct Scene {
    Town town;
    Actor holder, guardian, admin;
    Actor parent; /* of a log that others hold */
    Id elsewhere;
    Id log, entry, measure, participant;
    Actor teacher;
    LogView view;
} Scene;

void set_scene(Scene *scene);

#endif
