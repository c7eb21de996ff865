/* A whole installation for one test: a real key agent, real databases, one municipality with its first administrator.
 * Must not be used outside tests; every name in it is made up.
 * Used by tests of service: AUTO(fixture_end) Fixture fixture = {0}; fixture_begin(&fixture); */
#ifndef TESTS_FIXTURE_H
#define TESTS_FIXTURE_H

#include "service/people/enrolment_code.h"
#include "support/agent.h"

#define FIXTURE_USER_NAME STR("kari.kommune@example.invalid")
#define FIXTURE_PASSWORD STR("tre raske rev hopper over isen")

typedef struct Fixture {
    const struct Driver *driver; /* NULL: SQLite; set it before fixture_begin */
    bool in_memory; /* its folder, where this host has such a place: for a test of thousands of lines; set it before */
    TestAgent agent;
    Service service;
    Arena *arena;
    World world;
    int64_t began; /* UTC ms when the fixture began, and what was added to it: the clock that the service sees */
    int64_t later;
    Id tenant;
    EnrolmentCode code; /* of the administrator; used up by fixture_enrol */
    char folder[TEST_PATH];
} Fixture;

void fixture_begin(Fixture *fixture);
/* The administrator takes the account into use with the user name and password above. */
void fixture_enrol(Fixture *fixture);
/* Six digits that are right for a code's secret `steps` steps after the present one. */
Str fixture_totp(Fixture *fixture, Str code, int64_t steps);
/* Moves the clocks of the service and of the agent, as `stafettlogg clock advance` does. */
void fixture_advance(Fixture *fixture, int64_t by_ms);
void fixture_end(Fixture *fixture);

#endif
