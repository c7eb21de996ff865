/* The demo's municipality: units, staff, who appoints whom, and everybody's acting.
 * Must not put a row by hand: administrators, managers and holders do what they would do in the pages.
 * Called by demo.c. */
#include <string.h>

#include "cli/command/typed.h"
#include "cli/demo/town.h"
#include "crypto/totp.h"
#include "domain/signin.h"
#include "service/municipality/founding.h"
#include "service/people/appoint.h"
#include "service/people/code.h"
#include "service/people/units.h"
#include "service/session/demo.h"
#include "service/session/enrol.h"
#include "service/session/roles.h"

#define MAIL "@nordvaer.example"

#define X(name, service, text) [DEMO_##name] = {service, text},
static const struct {
    const char *service;
    const char *name;
} unit_texts[DEMO_UNIT_COUNT] = {DEMO_UNITS(X)};
#undef X

#define X(name, text, user) [DEMO_##name] = {text, user MAIL},
static const struct {
    const char *name;
    const char *email;
} staff_texts[DEMO_STAFF_COUNT] = {DEMO_STAFF(X)};
#undef X

/* Who gets which role, by whom; in this order (rules: access 24). */
static const struct {
    enum DemoPerson person;
    Role role;
    enum DemoUnit unit;
    enum DemoPerson by;
    bool lives; /* where there are lives alone */
} appointments[] = {
    {.person = DEMO_SCHOOL_LEADER, .role = ROLE_ORG_MANAGER, .unit = DEMO_SCHOOL, .by = DEMO_ADMIN},
    {.person = DEMO_SERVICE_LEADER, .role = ROLE_ORG_MANAGER, .unit = DEMO_KINDERGARTEN, .by = DEMO_ADMIN},
    {.person = DEMO_SERVICE_LEADER, .role = ROLE_ORG_MANAGER, .unit = DEMO_SCHOOL_HEALTH, .by = DEMO_ADMIN},
    {.person = DEMO_SERVICE_LEADER, .role = ROLE_ORG_MANAGER, .unit = DEMO_PPT, .by = DEMO_ADMIN},
    {.person = DEMO_SERVICE_LEADER, .role = ROLE_ORG_MANAGER, .unit = DEMO_FAMILY_CENTRE, .by = DEMO_ADMIN},
    {.person = DEMO_SERVICE_LEADER, .role = ROLE_ORG_MANAGER, .unit = DEMO_CHILD_WELFARE, .by = DEMO_ADMIN},
    {.person = DEMO_ELV, .role = ROLE_RELAY_HOLDER, .unit = DEMO_SCHOOL, .by = DEMO_SCHOOL_LEADER},
    {.person = DEMO_SNOW, .role = ROLE_RELAY_HOLDER, .unit = DEMO_SCHOOL, .by = DEMO_SCHOOL_LEADER},
    {.person = DEMO_MYR, .role = ROLE_ACTOR, .unit = DEMO_SCHOOL, .by = DEMO_SCHOOL_LEADER},
    {.person = DEMO_HAVN, .role = ROLE_RELAY_HOLDER, .unit = DEMO_KINDERGARTEN, .by = DEMO_SERVICE_LEADER},
    {.person = DEMO_VIND, .role = ROLE_ACTOR, .unit = DEMO_SCHOOL_HEALTH, .by = DEMO_SERVICE_LEADER},
    {.person = DEMO_SJO, .role = ROLE_ACTOR, .unit = DEMO_PPT, .by = DEMO_SERVICE_LEADER},
    {.person = DEMO_SKOG, .role = ROLE_ACTOR, .unit = DEMO_FAMILY_CENTRE, .by = DEMO_SERVICE_LEADER},
    {.person = DEMO_TOPP, .role = ROLE_ACTOR, .unit = DEMO_CHILD_WELFARE, .by = DEMO_SERVICE_LEADER},
    {.person = DEMO_SECOND_ADMIN, .role = ROLE_MUNICIPALITY_ADMIN, .by = DEMO_ADMIN, .lives = true},
};

/* ---- acting ---- */

static Err sign_in(Demo *demo, DemoActing *acting)
{
    if (acting->signed_in)
        return ok();
    TRY(session_sign_in_demo(demo->service, demo->tenant, acting->person, &acting->token));
    acting->signed_in = true;
    return ok();
}

static Err find_choice(Demo *demo, DemoActing *acting, Role role, Id unit, RoleChoice *ret_choice)
{
    RoleChoices roles = {0};

    TRY(sign_in(demo, acting));
    TRY(session_roles(demo->service, demo->tenant, &acting->token, demo->scratch, &roles));
    for (uint32_t i = 0; i < roles.count; i++) {
        if (roles.items[i].role != role || (!id_is_none(unit) && !id_equal(roles.items[i].unit, unit)))
            continue;
        *ret_choice = roles.items[i];
        return ok();
    }
    return fail(E_NOT_FOUND);
}

Err demo_act(Demo *demo, enum DemoPerson person, Role role, enum DemoUnit unit, const Actor **ret_actor)
{
    DemoActing *acting = &demo->people[person];
    Id wanted = demo->units[unit];
    RoleChoice choice;

    TRY(sign_in(demo, acting));
    if (acting->actor.role != role || (!id_is_none(wanted) && !id_equal(acting->actor.unit, wanted))) {
        TRY(find_choice(demo, acting, role, wanted, &choice));
        TRY(session_choose(demo->service, demo->tenant, &acting->token, &choice, &acting->token));
    }
    TRY(session_resume(demo->service, demo->tenant, &acting->token, &acting->actor));
    *ret_actor = &acting->actor;
    return ok();
}

Err demo_leave(Demo *demo, enum DemoPerson person)
{
    DemoActing *acting = &demo->people[person];

    if (acting->signed_in) {
        TRY(session_resume(demo->service, demo->tenant, &acting->token, &acting->actor));
        TRY(session_sign_out(demo->service, &acting->actor));
    }
    *acting = (DemoActing){.person = acting->person};
    return ok();
}

Err demo_role_row(Demo *demo, enum DemoPerson person, Role role, enum DemoUnit unit, Id *ret_row)
{
    RoleChoice choice;

    TRY(find_choice(demo, &demo->people[person], role, demo->units[unit], &choice));
    *ret_row = choice.role_row;
    return ok();
}

/* ---- making ---- */

static Err staff_values(Demo *demo, enum DemoPerson person, Values *ret_values)
{
    *ret_values = (Values){.kind = kind_of(KIND_STAFF_PERSON)};
    TRY(typed_take(ret_values, STAFF_PERSON_NAME, str_from_c(staff_texts[person].name), demo->keep));
    return typed_take(ret_values, STAFF_PERSON_EMAIL, str_from_c(staff_texts[person].email), demo->keep);
}

static Err say_person(Demo *demo, enum DemoPerson person, Role role, enum DemoUnit unit)
{
    const char *unit_name = unit == DEMO_NO_UNIT ? "" : unit_texts[unit].name;

    return demo_say(demo, "people", {"name", staff_texts[person].name}, {"role", role_code(role)}, {"unit", unit_name},
                    {"id", demo_id(demo, demo->people[person].person)}, {"user_name", staff_texts[person].email});
}

static Err say_code(Demo *demo, enum DemoPerson person, const EnrolmentCode *code)
{
    return demo_say(demo, "codes", {"name", staff_texts[person].name}, {"user_name", staff_texts[person].email},
                    {"code", code->text});
}

static Err make_municipality(Demo *demo)
{
    Values person;
    NewMunicipality municipality = {.number = demo->number, .name = demo->name, .person = &person};
    const DemoChoice *choices = NULL;
    char *number = NULL, *name = NULL;
    uint32_t count = 0;
    EnrolmentCode code;

    TRY(staff_values(demo, DEMO_ADMIN, &person));
    TRY(municipality_create(demo->service, &municipality, &demo->tenant, &code));
    TRY(session_demo_people(demo->service, demo->tenant, demo->keep, &choices, &count));
    if (count != 1)
        return fail(E_INTERNAL);
    demo->people[DEMO_ADMIN].person = choices[0].person;
    TRY(str_to_c(demo->keep, demo->number, &number));
    TRY(str_to_c(demo->keep, demo->name, &name));
    TRY(demo_say(demo, "municipalities", {"number", number}, {"name", name}, {"id", demo_id(demo, demo->tenant)}));
    TRY(say_code(demo, DEMO_ADMIN, &code));
    return say_person(demo, DEMO_ADMIN, ROLE_MUNICIPALITY_ADMIN, DEMO_NO_UNIT);
}

static Err make_unit(Demo *demo, enum DemoUnit unit)
{
    Values values = {.kind = kind_of(KIND_ORGANISATION)};
    const Actor *admin = NULL;

    TRY(typed_take(&values, ORGANISATION_NAME, str_from_c(unit_texts[unit].name), demo->keep));
    TRY(typed_take(&values, ORGANISATION_SERVICE, str_from_c(unit_texts[unit].service), demo->keep));
    TRY(demo_act(demo, DEMO_ADMIN, ROLE_MUNICIPALITY_ADMIN, DEMO_NO_UNIT, &admin));
    TRY(people_unit_add(demo->service, admin, &values, &demo->units[unit], &(FieldKey){FIELD_NONE}));
    return demo_say(demo, "units", {"name", unit_texts[unit].name}, {"service", unit_texts[unit].service},
                    {"id", demo_id(demo, demo->units[unit])});
}

/* Signs up as a person would: code, user name, password, first six digits. The digits of the step before are used up, so
 * that those which the authenticator shows now are still good. */
static Err enrol(Demo *demo, enum DemoPerson person, const EnrolmentCode *code)
{
    EnrolmentStart start;
    char digits[7];
    int64_t now = 0;
    Str field = STR_NONE, secret = STR_NONE;
    Buf base32 = buf_new(demo->scratch, 64);
    char *text = NULL;

    TRY(session_enrolment_begin(demo->service, demo->tenant, str_from_c(code->text), demo->scratch, &start));
    TRY(world_now(demo->service->world, &now));
    TRY(totp_code(start.totp_secret, now / TOTP_STEP_MS - 1, digits));
    TRY(session_enrol(demo->service, demo->tenant, &(Enrolling){str_from_c(code->text),
                      str_from_c(staff_texts[person].email), STR(DEMO_PASSWORD), str_from_c(digits)}, &field));
    buf_add_base32(&base32, str_from_bytes(start.totp_secret, sizeof start.totp_secret));
    TRY(buf_done(&base32, &secret));
    TRY(str_to_c(demo->scratch, secret, &text));
    return demo_say(demo, "accounts", {"name", staff_texts[person].name}, {"user_name", staff_texts[person].email},
                    {"password", DEMO_PASSWORD}, {"totp_secret", text});
}

/* As whom: administrators appoint managers and each other. */
static Role appointed_by(size_t row)
{
    bool by_admin = appointments[row].role == ROLE_ORG_MANAGER || appointments[row].role == ROLE_MUNICIPALITY_ADMIN;

    return by_admin ? ROLE_MUNICIPALITY_ADMIN : ROLE_ORG_MANAGER;
}

static bool is_here(const Demo *demo, size_t row)
{
    return demo->lives || !appointments[row].lives;
}

static Err appoint(Demo *demo, size_t row)
{
    enum DemoPerson person = appointments[row].person;
    Role by = appointed_by(row);
    Values values;
    Appointment appointment = {.person = &values, .role = appointments[row].role, .unit = demo->units[appointments[row].unit]};
    const Actor *actor = NULL;
    EnrolmentCode code = {.text = ""};

    TRY(staff_values(demo, person, &values));
    TRY(demo_act(demo, appointments[row].by, by, by == ROLE_ORG_MANAGER ? appointments[row].unit : DEMO_NO_UNIT, &actor));
    appointment.from_at = actor->now;
    TRY(people_appoint(demo->service, actor, &appointment, &demo->people[person].person, &code));
    TRY(say_person(demo, person, appointments[row].role, appointments[row].unit));
    return person == DEMO_ELV ? enrol(demo, person, &code) : ok();
}

static bool is_first(size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (appointments[i].person == appointments[row].person)
            return false;
    return true;
}

static Err hand_over(Demo *demo, size_t row)
{
    enum DemoPerson person = appointments[row].person;
    Role by = appointed_by(row);
    const Actor *actor = NULL;
    StaffCode code = {0};
    Id role_row;

    TRY(demo_role_row(demo, person, appointments[row].role, appointments[row].unit, &role_row));
    TRY(demo_act(demo, appointments[row].by, by, by == ROLE_ORG_MANAGER ? appointments[row].unit : DEMO_NO_UNIT, &actor));
    TRY(people_enrolment_code(demo->service, actor, role_row, demo->scratch, &code));
    return code.whole ? say_code(demo, person, &code.code) : fail(E_INTERNAL);
}

Err demo_hand_over_codes(Demo *demo)
{
    for (size_t row = COUNT_OF(appointments); row-- > 0;) {
        size_t mark = arena_mark(demo->scratch);
        if (is_here(demo, row) && appointments[row].person != DEMO_ELV && is_first(row))
            TRY(hand_over(demo, row));
        arena_rewind(demo->scratch, mark);
    }
    return ok();
}

Err demo_make_town(Demo *demo)
{
    TRY(make_municipality(demo));
    for (int unit = DEMO_NO_UNIT + 1; unit < DEMO_UNIT_COUNT; unit++)
        TRY(make_unit(demo, (enum DemoUnit)unit));
    for (size_t row = 0; row < COUNT_OF(appointments); row++) {
        size_t mark = arena_mark(demo->scratch);
        if (is_here(demo, row))
            TRY(appoint(demo, row));
        arena_rewind(demo->scratch, mark);
    }
    return ok();
}
