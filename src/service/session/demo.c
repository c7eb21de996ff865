/* One click per person, where every person is made up.
 * Must not do anything in production: the mode is asked first, in each function.
 * Called by web. */
#include "service/session/demo.h"

#include <stdlib.h>

#include "base/order.h"
#include "domain/period.h"
#include "domain/signin.h"
#include "service/people/found.h"
#include "service/people/person.h"
#include "service/session/demo_names.h"
#include "service/session/make.h"
#include "service/session/memory.h"

#define DEMO_PEOPLE_MAX 100

typedef struct Demo {
    Actor actor;
    Arena *keep;
    PersonRows people;
    DemoChoice *items;
    uint32_t count, room;
} Demo;

static Err demo_begin(Service *service, Id tenant, Actor *ret_actor)
{
    if (service->mode != MODE_DEMO && service->mode != MODE_TEST)
        return fail(E_MODE);
    return session_visitor(service, tenant, ret_actor);
}

static Err open_name(Service *service, Demo *demo, const PersonRow *person, Str *ret_name)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    AUTO(key_wipe) Key key = {0};
    ScopeKeyRow scope = {0};
    Values values;

    TRY(store_read(demo->actor.store, &tx));
    TRY(store_scope(tx, person->id, demo->keep, &scope));
    store_read_endp(&tx);
    TRY(keys_unwrap(service->keys, sign_in_key(demo->actor.tenant, person->id), scope.wrapped, &key));
    TRY(person_open(&(OpenScope){service, demo->actor.tenant, &key}, person, demo->keep, &values));
    *ret_name = person_called(&values);
    return ok();
}

/* The page is shown to anybody: what it asks the agent for would be taken from those who sign in. */
static Err name_of(Service *service, Demo *demo, const PersonRow *person, Str *ret_name)
{
    DemoNames *names = sessions_demo_names(service->sessions);
    Str name = STR_NONE;

    TRY(demo_names_find(names, person, demo->keep, &name));
    if (name.length == 0) {
        demo_names_begin(names);
        Err opened = demo_names_find(names, person, demo->keep, &name);
        if (is_ok(opened) && name.length == 0)
            opened = open_name(service, demo, person, &name);
        if (is_ok(opened))
            demo_names_put(names, person, name);
        demo_names_end(names);
        TRY(opened);
    }
    *ret_name = name;
    return ok();
}

static void add(Demo *demo, Id person, Str name, Role role)
{
    for (uint32_t i = 0; i < demo->count; i++)
        if (id_equal(demo->items[i].person, person) && demo->items[i].role == role)
            return;
    if (demo->count < demo->room)
        demo->items[demo->count++] = (DemoChoice){.person = person, .name = name, .role = role};
}

static Err add_person(Service *service, Demo *demo, const PersonRow *person)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    RoleRows roles = {0};
    ParticipantRows own = {0};
    Str name = STR_NONE;

    TRY(name_of(service, demo, person, &name));
    TRY(store_read(demo->actor.store, &tx));
    TRY(store_roles_of_person(tx, person->id, demo->keep, &roles));
    TRY(store_participations(tx, person->id, demo->keep, &own));
    for (uint32_t i = 0; i < roles.count; i++)
        if (period_in_force(PERIOD_OF(&roles.items[i]), demo->actor.now))
            add(demo, person->id, name, (Role)roles.items[i].role);
    for (uint32_t i = 0; i < own.count; i++)
        if (role_is_family((Role)own.items[i].role))
            add(demo, person->id, name, (Role)own.items[i].role);
    return ok();
}

static Err read_people(Demo *demo)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(demo->actor.store, &tx));
    return store_persons(tx, (Id){0}, DEMO_PEOPLE_MAX, demo->keep, &demo->people);
}

/* By role, then by name: whoever tries the demo looks for a role. */
static int by_role_and_name(const void *a, const void *b)
{
    const DemoChoice *left = a, *right = b;

    return left->role != right->role ? (left->role > right->role) - (left->role < right->role)
                                     : text_order(left->name, right->name);
}

Err session_demo_people(Service *service, Id tenant, Arena *keep, const DemoChoice **ret_people, uint32_t *ret_count)
{
    Demo demo = {.keep = keep, .room = DEMO_PEOPLE_MAX * 2};

    TRY(demo_begin(service, tenant, &demo.actor));
    TRY(ARENA_NEW(keep, DemoChoice, demo.room, &demo.items));
    TRY(read_people(&demo));
    for (uint32_t i = 0; i < demo.people.count; i++)
        TRY(add_person(service, &demo, &demo.people.items[i]));
    qsort(demo.items, demo.count, sizeof *demo.items, by_role_and_name);
    *ret_people = demo.items;
    *ret_count = demo.count;
    return ok();
}

typedef struct DemoStart {
    AuditLine line;
    const SessionRow *row;
} DemoStart;

static Err store_start(Tx *tx, void *context)
{
    const DemoStart *start = context;

    TRY(store_audit(tx, &start->line));
    return store_session_insert(tx, start->row);
}

static Err person_is_here(const Actor *actor, Id person)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(store_read_endp) Tx *tx = NULL;
    PersonRow row = {0};

    TRY(arena_new(SESSION_ARENA, &arena));
    TRY(store_read(actor->store, &tx));
    return store_person_by_id(tx, person, arena, &row);
}

Err session_sign_in_demo(Service *service, Id tenant, Id person, SessionToken *ret_token)
{
    Actor actor;
    NewSession session;
    DemoStart start = {.row = &session.row};

    TRY(demo_begin(service, tenant, &actor));
    TRY(person_is_here(&actor, person));
    TRY(session_make(service, &actor, person, &session));
    start.line = service_line(&actor, ACT_SIGN_IN, OBJECT_PERSON, person);
    start.line.person = person;
    TRY(store_write(actor.store, store_start, &start));
    *ret_token = session.token;
    return ok();
}
