/* What signing in costs, and what a session does before there is a log.
 * Must not measure time.
 * Called by test_costs.c. */
#include "costs.h"

#include "service/session/form_token.h"
#include "service/session/memory.h"
#include "service/session/roles.h"
#include "service/session/prove.h"
#include "service/session/sign_in.h"
#include "service/session/wizard_state.h"

typedef struct Door {
    Fixture fixture;
    Store *store;
    SessionToken token;
    Actor actor;
    Buf *buf;
} Door;

static void door_resume(Door *door)
{
    EXPECT_OK(session_resume(&door->fixture.service, door->fixture.tenant, &door->token, &door->actor));
}

static Str door_code(Door *door)
{
    fixture_advance(&door->fixture, 60000);
    return fixture_totp(&door->fixture, str_from_c(door->fixture.code.text), 0);
}

static void door_sign_in(Door *door)
{
    Str code = door_code(door);
    EXPECT_OK(session_sign_in(&door->fixture.service, door->fixture.tenant, &(SignIn){FIXTURE_USER_NAME,
                              FIXTURE_PASSWORD, code, STR("192.0.2.1"), STR_NONE}, &door->token));
}

static void door_sign_in_wrongly(Door *door)
{
    SessionToken token;
    EXPECT_ERR(session_sign_in(&door->fixture.service, door->fixture.tenant, &(SignIn){FIXTURE_USER_NAME,
                               STR("et helt annet passord"), STR("000000"), STR("192.0.2.9"), STR_NONE}, &token), E_NO_SESSION);
}

static void door_roles(Door *door)
{
    RoleChoices choices = {0};
    EXPECT_OK(session_roles(&door->fixture.service, door->fixture.tenant, &door->token, door->fixture.arena, &choices));
}

static void door_choose(Door *door)
{
    RoleChoices choices = {0};
    EXPECT_OK(session_roles(&door->fixture.service, door->fixture.tenant, &door->token, door->fixture.arena, &choices));
    EXPECT_OK(session_choose(&door->fixture.service, door->fixture.tenant, &door->token, &choices.items[0], &door->token));
}

static void door_prove(Door *door)
{
    Str code = door_code(door);
    EXPECT_OK(session_prove(&door->fixture.service, door->fixture.tenant, &door->token, code, &door->token));
}

static void door_sign_out(Door *door)
{
    EXPECT_OK(session_sign_out(&door->fixture.service, &door->actor));
}

static void door_wizard_begin(Door *door)
{
    EXPECT_OK(wizard_begin(&door->fixture.service, &door->actor));
}

static void door_wizard_step(Door *door)
{
    WizardOpened opened = {0};
    Str text = STR_NONE;

    EXPECT_OK(wizard_seal(&door->fixture.service, &door->actor, STR("utfylt"), door->fixture.arena, &text));
    EXPECT_OK(wizard_open(&door->fixture.service, &door->actor, text, door->fixture.arena, &opened));
}

static void door_wizard_end(Door *door)
{
    EXPECT_OK(wizard_end(&door->actor));
}

static const struct {
    const char *name;
    void (*run)(Door *door);
} at_the_door[] = {
    {"sign in, wrong", door_sign_in_wrongly},
    {"sign in", door_sign_in},
    {"roles", door_roles},
    {"choose a role, after roles", door_choose},
    {"a code anew", door_prove},
    {"resume", door_resume},
    {"wizard begins", door_wizard_begin},
    {"wizard, a step", door_wizard_step},
    {"wizard ends", door_wizard_end},
    {"sign out", door_sign_out},
};

void count_door(Buf *buf)
{
    Door door = {.fixture.driver = costs_driver(), .buf = buf};

    fixture_begin(&door.fixture);
    fixture_enrol(&door.fixture);
    EXPECT_OK(store_of(door.fixture.service.stores, door.fixture.tenant, &door.store));
    for (size_t i = 0; i < COUNT_OF(at_the_door); i++) {
        Row row;
        costs_begin(&row, &door.fixture.service, door.store);
        at_the_door[i].run(&door);
        costs_end(&row, &door.fixture.service, door.store, at_the_door[i].name, buf);
    }
    fixture_end(&door.fixture);
}
