/* What each act on a log costs, in the order in which lives lead to them: the rows of domain/procedures.h, and the baton.
 * Must not measure time, nor leave out a step because it is dear.
 * Called by test_costs.c. */
#include "costs.h"

#include "service/acts/baton/appoint.h"
#include "service/acts/baton/offer.h"
#include "service/acts/procedure.h"
#include "service/people/closing.h"
#include "service/people/confirmed.h"
#include "service/people/staff.h"

#define STEP_MS 1000 /* no two are done at one moment */

/* name: of its line; NULL: it leads to another step and is not counted. who: below. act: of the table, or one of its own (pass: a
 * hundred days do). asks: fields as a form has them; @n: a day, n days from then; %g: the guardian's part, %o: the other unit, %x: the
 * role of a holder there. */
typedef struct Step {
    const char *name;
    char who;
    const char *act;
    const char *asks;
} Step;

static const Step steps[] = {
    {"told to be wrong", 'g', "correction_ask", "wrong=Noe"},
    {"answered", 'h', "correction_answer", "answer=2|reason=Det står riktig."},
    {"consent recorded", 'h', "consent_record", "giver=%g|given_on=@0|method=3|witness=Vitne|valid_to=@300"},
    {"content rests", 'a', "restrict", "asked_by=2|reason=Det er bedt om."},
    {"rests no more", 'a', "restrict_lift", "told_on=@0|reason=Det er avklart."},
    {NULL, 'a', "legal_hold_set", "reason=Sak i retten."},
    {"need not be kept", 'a', "legal_hold_lift", "reason=Saken er over."},
    {NULL, 'g', "claim_file", ""},
    {"opinion on a claim", 'm', "claim_opinion", "opinion=2|reason=Hjelpen går fortsatt."},
    {"claim decided", 'a', "claim_decide", "decision=1|ground=5|reason=Hjelpen går fortsatt."},
    {"baton offered", 'h', "offer", NULL},
    {"baton declined", 'n', "baton_decline", NULL},
    {NULL, 'h', "offer", NULL},
    {"baton taken back", 'h', "baton_withdraw", NULL},
    {NULL, 'h', "offer", NULL},
    {"baton accepted", 'n', "baton_accept", NULL},
    {NULL, 'n', "pass", NULL},
    {"confirmed to stay open", 'n', "activity_confirm", "reason=Vi venter."},
    {"set passive", 'n', "log_close", "reason=1"},
    {"access asked for", 'g', "access_ask", "reason=Jeg vil lese."},
    {"access answered", 'm', "access_answer", "answer=Ta kontakt."},
    {"passive time prolonged", 'a', "passive_prolong", "reason=Saken går."},
    {"opened again", 'm', "log_reopen", NULL},
    {"withdrawal recorded", 'n', "withdrawal_record", "giver=%g|on=@0|method=3|of=1"},
    {NULL, 'h', "another", NULL},
    {"holder asks for deletion", 'h', "deletion_ask", "closing=1|reason=Målet er nådd."},
    {"supported", 'm', "deletion_support", "opinion=1|reason=Enig."},
    {"copy waived", 'g', "copy_waive", NULL},
    {"not to be archived", 'a', "archive_decide", "archive=2|ground=1"},
    {"deletion ordered", 'a', "deletion_order", "reason=Avsluttet."},
    {"asked to stop it", 'g', "stop_ask", "reason=Vent."},
    {"deletion stopped", 'd', "deletion_stop", "reason=Familien ber om det."},
    {NULL, 'a', "archive_decide", "archive=2|ground=1"},
    {NULL, 'a', "deletion_order", "reason=Avsluttet."},
    {"deletion approved", 'd', "deletion_approve", NULL},
    {NULL, 'h', "another", NULL},
    {"transfer proposed", 'h', "transfer_propose", "unit=%o|on=@14"},
    {"transfer agreed to", 'g', "transfer_consent", NULL},
    {"transfer decided", 'm', "transfer_decide", "reason=Greit."},
    {"transfer called off", 'h', "transfer_cancel", "reason=Likevel ikke."},
    {NULL, 'h', "transfer_propose", "unit=%o|on=@14"},
    {"transfer agreed to, recorded", 'h', "transfer_consent_record", "giver=%g|given_on=@0|method=3|witness=Vitne"},
    {NULL, 'm', "transfer_decide", "reason=Greit."},
    {"transfer taken", 'o', "transfer_accept", "holder=%x"},
    {NULL, 'h', "another", NULL},
    {"death recorded", 'h', "death_record", "died_on=@0"},
    {NULL, 'h', "another", NULL},
    {"registered by mistake", 'm', "mistake_mark", NULL},
    {NULL, 'h', "another", NULL},
    {"role with a baton ends", 'm', "role_end", NULL},
    {"holder appointed", 'm', "appoint", NULL},
    {"staff list confirmed", 'a', "staff_confirm", NULL},
    {"unit closed", 'a', "unit_close", NULL}, /* what it leaves follows by a job */
};

typedef struct Cast {
    Scene scene;
    Actor next, manager, other_manager, other_holder, second_admin;
    int64_t begun;
} Cast;

static Actor *who(Cast *cast, char letter)
{
    Scene *scene = &cast->scene;
    const struct {
        char letter;
        Actor *actor;
    } all[] = {{'h', &scene->holder}, {'g', &scene->guardian}, {'a', &scene->admin}, {'n', &cast->next}, {'m', &cast->manager},
               {'o', &cast->other_manager}, {'d', &cast->second_admin}};

    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (all[i].letter == letter)
            return all[i].actor;
    return NULL;
}

static Actor *acting(Cast *cast, char letter)
{
    Actor *actor = who(cast, letter);

    actor->now = actor->proved_at = cast->scene.town.now;
    actor->has_form = true;
    actor->answer = (FormAnswer){.location = STR("/logg"), .status = 303};
    EXPECT_OK(world_random(cast->scene.town.service.world, actor->form.bytes, sizeof actor->form.bytes));
    actor->request = town_id(&cast->scene.town);
    return actor;
}

/* ---- what is asked ---- */

static Id part_of_guardian(const Cast *cast)
{
    for (uint32_t i = 0; i < cast->scene.view.people_count; i++)
        if (cast->scene.view.people[i].role == ROLE_GUARDIAN)
            return cast->scene.view.people[i].participant;
    return (Id){0};
}

static Str value_of(Cast *cast, Str text)
{
    int64_t days = 0;
    Str id = STR_NONE;

    if (str_starts(text, STR("@"))) {
        EXPECT_OK(num_parse(str_slice(text, 1, text.length), 0, 1000, &days));
        return town_day(&cast->scene.town, (int)days);
    }
    if (!str_starts(text, STR("%")))
        return text;
    const Id ids[] = {part_of_guardian(cast), cast->scene.town.other_unit, cast->other_holder.role_row};
    EXPECT_OK(log_id_text(ids[text.data[1] == 'g' ? 0 : text.data[1] == 'o' ? 1 : 2], cast->scene.town.arena, &id));
    return id;
}

static Values asked_of(Cast *cast, const Procedure *procedure, const char *asks)
{
    Values values = {.kind = kind_of(procedure->asks)};
    Str left = str_from_c(asks ? asks : ""), one = STR_NONE, name = STR_NONE;
    char field[64];

    while (left.length > 0) {
        left = str_cut(left, '|', &one);
        one = str_cut(one, '=', &name);
        snprintf(field, sizeof field, "%.*s", STR_ARGS(name));
        log_set(&values, field, value_of(cast, one));
    }
    return values;
}

/* ---- one step ---- */

/* As the page of it was: what it answers, and the log as its holder sees it. */
static void carry_out(Cast *cast, const Step *step, Buf *buf)
{
    Scene *scene = &cast->scene;
    Actor *actor = acting(cast, step->who);
    Opening opening = step->who == 'h' || step->who == 'n' || step->who == 'g' ? OPENING_NONE : OPENING_SUPERVISION;
    Deed deed = {.service = &scene->town.service, .actor = actor, .log = scene->log, .here = actor->answer, .away = actor->answer,
                 .opening = opening, .scratch = scene->town.arena};
    ProcedureAsked shown = {0};
    Why why = WHY_UNDECIDED;
    Row row;

    EXPECT_OK(procedure_from_str(str_from_c(step->act), &deed.procedure));
    const ProcedureWish wish = {.log = scene->log, .procedure = deed.procedure, .opening = opening};
    Err asking = procedure_ask(&(LogReader){&scene->town.service, actor, scene->town.arena}, &wish, &shown);
    if (!is_ok(asking))
        fprintf(stderr, "%s by %c is not offered\n", step->act, step->who);
    EXPECT_OK(asking);
    deed.about = shown.about;
    const Values asked = asked_of(cast, deed.procedure, step->asks);
    deed.asked = deed.procedure->asks != KIND_NONE ? &asked : NULL;
    costs_begin(&row, &scene->town.service, scene->town.store);
    Err done = procedure_carry_out(&deed, &why);
    if (!is_ok(done))
        fprintf(stderr, "%s: why %d\n", step->act, (int)why);
    EXPECT_OK(done);
    if (step->name)
        costs_end(&row, &scene->town.service, scene->town.store, step->name, buf);
}

static void by_itself(Cast *cast, const Step *step, Buf *buf)
{
    Town *town = &cast->scene.town;
    Actor *actor = acting(cast, step->who);
    RoleEnd end = {.role_row = cast->scene.holder.role_row, .takes = true};
    Row row;

    costs_begin(&row, &town->service, town->store);
    if (strcmp(step->act, "offer") == 0)
        EXPECT_OK(baton_offer(&town->service, actor, cast->scene.log, cast->next.role_row));
    else if (strcmp(step->act, "role_end") == 0)
        EXPECT_OK(people_role_end(&town->service, actor, &end));
    else if (strcmp(step->act, "appoint") == 0)
        EXPECT_OK(holder_appoint(&town->service, actor, cast->scene.log, cast->next.role_row));
    else if (strcmp(step->act, "staff_confirm") == 0)
        EXPECT_OK(staff_confirm(actor));
    else
        EXPECT_OK(people_unit_close(&town->service, actor, &(UnitClosing){town->unit, town->other_unit}));
    if (step->name)
        costs_end(&row, &town->service, town->store, step->name, buf);
}

/* The key agent gives no grant for a day to come: another life begins when the first did. */
static void another(Cast *cast)
{
    Scene *scene = &cast->scene;
    Why why;

    scene->town.now = cast->begun;
    scene->log = town_create(&scene->town, acting(cast, 'h'));
    EXPECT_OK(log_open_current(&(LogReader){&scene->town.service, acting(cast, 'h'), scene->town.arena}, scene->log, OPENING_NONE, &why,
                               &scene->view));
    for (uint32_t i = 0; i < scene->view.people_count; i++)
        if (scene->view.people[i].role == ROLE_GUARDIAN)
            scene->guardian = town_actor(&scene->town, scene->view.people[i].person, ROLE_GUARDIAN, (Id){0});
}

static void take(Cast *cast, const Step *step, Buf *buf)
{
    static const char *const own[] = {"offer", "role_end", "appoint", "staff_confirm", "unit_close"};

    cast->scene.town.now += STEP_MS;
    if (strcmp(step->act, "pass") == 0) {
        cast->scene.town.now += 100 * DAY_MS;
        return;
    }
    if (strcmp(step->act, "another") == 0) {
        another(cast);
        return;
    }
    for (size_t i = 0; i < COUNT_OF(own); i++) {
        if (strcmp(step->act, own[i]) != 0)
            continue;
        by_itself(cast, step, buf);
        return;
    }
    carry_out(cast, step, buf);
}

void count_acts(Buf *buf)
{
    Cast cast = {.scene.town.driver = costs_driver()};
    Town *town = &cast.scene.town;

    set_scene(&cast.scene);
    cast.begun = town->now;
    cast.next = town_staff(town, STR("Neste Holder"), ROLE_RELAY_HOLDER, town->unit);
    cast.manager = town_staff(town, STR("Leder Ledersen"), ROLE_ORG_MANAGER, town->unit);
    cast.other_manager = town_staff(town, STR("Annen Leder"), ROLE_ORG_MANAGER, town->other_unit);
    cast.other_holder = town_staff(town, STR("Tredje Holder"), ROLE_RELAY_HOLDER, town->other_unit);
    cast.second_admin = town_staff(town, STR("Kaare Kommune"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    another(&cast);
    for (size_t i = 0; i < COUNT_OF(steps); i++)
        take(&cast, &steps[i], buf);
    town_end(town);
}
