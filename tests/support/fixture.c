/* Makes and removes a whole installation for one test.
 * Must not leave a process or a folder behind.
 * Called by tests of service. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "service/municipality/founding.h"
#include "service/prover.h"
#include "service/session/enrol.h"
#include "service/session/memory.h"
#include "store/sqlite/sqlite.h"
#include "support/fixture.h"

static void need(Err err, const char *what)
{
    if (is_ok(err))
        return;
    fprintf(stderr, "fixture: %s: %s (%s:%u)\n", what, err_name(err.id), err.file, err.line);
    abort();
}

/* The clock stands still between two calls of fixture_advance: a busy machine must not end a wait that is being tested. */
static Err standing_now(void *self, int64_t *ret_now)
{
    const Fixture *fixture = self;

    *ret_now = fixture->began + fixture->later;
    return ok();
}

static Err real_random(void *self, void *ret_bytes, size_t length)
{
    const Fixture *fixture = self;

    return world_random(&fixture->agent.world, ret_bytes, length);
}

static void make_municipality(Fixture *fixture)
{
    Values person = {.kind = kind_of(KIND_STAFF_PERSON)};

    person.text[0] = STR("Kari Kommune");
    person.text[1] = FIXTURE_USER_NAME;
    NewMunicipality municipality = {.number = STR("9901"), .name = STR("Prøvevik"), .person = &person};
    need(municipality_create(&fixture->service, &municipality, &fixture->tenant, &fixture->code), "municipality");
}

void fixture_begin(Fixture *fixture)
{
    StoresOptions options = {.driver = fixture->driver ? fixture->driver : sqlite_driver(), .world = &fixture->world};

    test_agent_start(&fixture->agent);
    need(world_now(&fixture->agent.world, &fixture->began), "time");
    fixture->world = (World){.self = fixture, .now = standing_now, .random = real_random};
    bool in_memory = fixture->in_memory && access("/dev/shm", W_OK) == 0;
    snprintf(fixture->folder, sizeof fixture->folder, "%s/stafettlogg-test-XXXXXX", in_memory ? "/dev/shm" : "/tmp");
    if (!mkdtemp(fixture->folder))
        need(fail(E_IO), "folder");
    options.place = str_from_c(fixture->folder);
    options.prover = service_prover(fixture->agent.keys);
    need(arena_new((size_t)32 << 20, &fixture->arena), "arena");
    fixture->service = (Service){.keys = fixture->agent.keys, .world = &fixture->world, .mode = MODE_TEST};
    need(sessions_new(fixture->agent.crypto, &fixture->service.sessions), "sessions");
    need(stores_open(&options, &fixture->service.stores), "databases");
    make_municipality(fixture);
}

Str fixture_totp(Fixture *fixture, Str code, int64_t steps)
{
    uint8_t secret[TOTP_SECRET_BYTES];
    char digits[7];
    int64_t now = 0;
    Str text = STR_NONE;
    EnrolmentCodes codes;

    need(enrolment_codes_read(code, fixture->arena, &codes), "code");
    need(sessions_totp_secret(fixture->service.sessions, codes.secrets[0], secret), "secret");
    need(world_now(&fixture->world, &now), "time");
    need(totp_code(secret, now / TOTP_STEP_MS + steps, digits), "digits");
    need(str_copy(fixture->arena, str_from_c(digits), &text), "memory");
    return text;
}

void fixture_enrol(Fixture *fixture)
{
    Str code = str_from_c(fixture->code.text);
    Str field = STR_NONE;

    need(session_enrol(&fixture->service, fixture->tenant, &(Enrolling){code, FIXTURE_USER_NAME, FIXTURE_PASSWORD,
                       fixture_totp(fixture, code, -1)}, &field),
         "enrolment");
}

void fixture_advance(Fixture *fixture, int64_t by_ms)
{
    fixture->later += by_ms;
    need(keys_clock_advance(fixture->service.keys, by_ms), "the agent's clock");
}

void fixture_end(Fixture *fixture)
{
    char command[TEST_PATH + 16];

    stores_closep(&fixture->service.stores);
    sessions_freep(&fixture->service.sessions);
    arena_freep(&fixture->arena);
    test_agent_stop(&fixture->agent);
    snprintf(command, sizeof command, "rm -rf -- %s", fixture->folder);
    if (fixture->folder[0] && system(command) != 0)
        abort();
}
