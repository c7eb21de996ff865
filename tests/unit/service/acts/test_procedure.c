/* Procedures as the service carries them out: what a door forgot to ask for is refused here too.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "service/acts/entry.h"
#include "service/acts/procedure.h"
#include "service/reading/open.h"
#include "support/answers.h"

#define TOWN(name)                       \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

static Err carry_out(Town *town, Actor *actor, const char *act, Deed deed)
{
    Why why;

    deed.service = &town->service;
    deed.actor = actor;
    EXPECT_OK(procedure_from_str(str_from_c(act), &deed.procedure));
    return procedure_carry_out(&deed, &why);
}

static Id shown(Town *town, Actor *actor, const char *act, Id log)
{
    const Procedure *procedure;

    EXPECT_OK(procedure_from_str(str_from_c(act), &procedure));
    return answered_by(town, actor, procedure, log);
}

TEST(a_log_is_not_closed_without_a_reason)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    Values asked = {.kind = kind_of(KIND_CLOSING)};

    EXPECT_ERR(carry_out(&town, &holder, "log_close", (Deed){.log = log, .asked = &asked}), E_INVALID);
    values_put(&asked, CLOSING_REASON, STR("1"));
    EXPECT_OK(carry_out(&town, &holder, "log_close", (Deed){.log = log, .asked = &asked}));
}

TEST(minutes_that_say_nothing_are_no_minutes)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder), meeting;
    Values values = {.kind = kind_of(KIND_MEETING)}, asked = {.kind = kind_of(KIND_MEETING)};

    values_put(&values, MEETING_TIME, STR("2026-11-20T14:00"));
    EXPECT_OK(log_entry_add(&town.service, &holder, log, &values, &meeting));
    const Deed minutes = {.log = log, .entry = meeting, .version = 1, .asked = &asked};
    EXPECT_ERR(carry_out(&town, &holder, "minutes_write", minutes), E_INVALID);
    values_put(&asked, MEETING_SUMMARY, STR("Vi fortsetter."));
    EXPECT_OK(carry_out(&town, &holder, "minutes_write", minutes));
}

TEST(a_measure_that_goes_on_is_not_due_before_the_start_that_its_form_does_not_ask_for)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder), measure;
    Values values = {.kind = kind_of(KIND_MEASURE)}, asked = {.kind = kind_of(KIND_MEASURE)};

    values_put(&values, MEASURE_START, town_day(&town, -30));
    values_put(&values, MEASURE_DEADLINE, town_day(&town, 30));
    EXPECT_OK(log_entry_add(&town.service, &holder, log, &values, &measure));
    const Deed progress = {.log = log, .entry = measure, .version = 1, .asked = &asked};
    values_put(&asked, MEASURE_STATE, STR("2"));
    values_put(&asked, MEASURE_DEADLINE, town_day(&town, -31));
    EXPECT_ERR(carry_out(&town, &holder, "measure_progress", progress), E_INVALID);
    values_put(&asked, MEASURE_DEADLINE, town_day(&town, -30));
    EXPECT_OK(carry_out(&town, &holder, "measure_progress", progress));
}

/* The account of the log's guardian, as a guardian or in another role that the same person holds. */
static Actor as_guardian(Town *town, const Actor *holder, Id log, Role role)
{
    LogView view;
    Why why;

    EXPECT_OK(log_open(&(LogReader){&town->service, holder, town->arena}, log, OPENING_NONE, &why, &view));
    for (uint32_t i = 0; i < view.people_count; i++)
        if (view.people[i].role == ROLE_GUARDIAN)
            return town_actor(town, view.people[i].person, role, (Id){0});
    EXPECT(false);
    return *holder;
}

TEST(whoever_asked_for_the_deletion_does_not_decide_about_it_in_another_role)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor other = town_staff(&town, STR("Annen Admin"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    Id log = town_create(&town, &holder);
    Actor guardian = as_guardian(&town, &holder, log, ROLE_GUARDIAN), admin = as_guardian(&town, &holder, log, ROLE_MUNICIPALITY_ADMIN);
    Values claim = {.kind = kind_of(KIND_CLAIM)}, decision = {.kind = kind_of(KIND_DECISION)};
    Deed decides = {.log = log, .asked = &decision, .opening = OPENING_FAMILY_REQUEST};

    EXPECT_OK(carry_out(&town, &guardian, "claim_file", (Deed){.log = log, .asked = &claim}));
    values_put(&decision, DECISION_DECISION, STR("2"));
    values_put(&decision, DECISION_REASON, STR("Rettet."));
    EXPECT_ERR(carry_out(&town, &admin, "claim_decide", decides), E_FORBIDDEN);
    decides.about = shown(&town, &other, "claim_decide", log);
    EXPECT_OK(carry_out(&town, &other, "claim_decide", decides));
}

TEST(what_an_act_keeps_is_refused_without_what_its_kind_asks_for)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor admin = town_staff(&town, STR("Kommune Admin"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    Id log = town_create(&town, &holder);
    Values rest = {.kind = kind_of(KIND_RESTRICTION)}, end = {.kind = kind_of(KIND_RESTRICTION_END)};
    const Deed rests = {.log = log, .asked = &rest, .opening = OPENING_FAMILY_REQUEST};
    Deed ends = {.log = log, .asked = &end, .opening = OPENING_FAMILY_REQUEST};

    values_put(&rest, RESTRICTION_REASON, STR("Uenighet"));
    EXPECT_ERR(carry_out(&town, &admin, "restrict", rests), E_INVALID);
    values_put(&rest, RESTRICTION_ASKED_BY, STR("2"));
    EXPECT_OK(carry_out(&town, &admin, "restrict", rests));
    EXPECT_ERR(carry_out(&town, &admin, "restrict", rests), E_FORBIDDEN);
    ends.about = shown(&town, &admin, "restrict_lift", log);
    values_put(&end, RESTRICTION_END_REASON, STR("Enige"));
    values_put(&end, RESTRICTION_END_TOLD_ON, town_day(&town, 1));
    EXPECT_ERR(carry_out(&town, &admin, "restrict_lift", ends), E_INVALID);
    values_put(&end, RESTRICTION_END_TOLD_ON, town_day(&town, 0));
    EXPECT_OK(carry_out(&town, &admin, "restrict_lift", ends));
}

static void keeps_once_more(Town *town, Actor *admin, Id log, Id *ret_about)
{
    Values hold = {.kind = kind_of(KIND_LEGAL_HOLD)};

    values_put(&hold, LEGAL_HOLD_REASON, STR("Tingretten har bedt om loggen."));
    EXPECT_OK(carry_out(town, admin, "legal_hold_set", (Deed){.log = log, .asked = &hold, .opening = OPENING_COMPLAINT}));
    *ret_about = shown(town, admin, "legal_hold_lift", log);
}

TEST(the_managers_answer_to_the_holder_is_no_opinion_on_a_claim_of_the_family)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor manager = town_staff(&town, STR("Enhet Leder"), ROLE_ORG_MANAGER, town.unit);
    Actor admin = town_staff(&town, STR("Kommune Admin"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    Id log = town_create(&town, &holder);
    Actor guardian = as_guardian(&town, &holder, log, ROLE_GUARDIAN);
    Values wish = {.kind = kind_of(KIND_DELETION_WISH)}, claim = {.kind = kind_of(KIND_CLAIM)};
    Values decision = {.kind = kind_of(KIND_DECISION)}, spoken[2] = {{0}};
    const char *const acts[] = {"deletion_support", "claim_opinion"};
    const enum err_id answers[] = {E_INVALID, E_OK};

    values_put(&wish, DELETION_WISH_CLOSING, STR("1"));
    values_put(&wish, DELETION_WISH_REASON, STR("Ferdig."));
    EXPECT_OK(carry_out(&town, &holder, "deletion_ask", (Deed){.log = log, .asked = &wish}));
    EXPECT_OK(carry_out(&town, &guardian, "claim_file", (Deed){.log = log, .asked = &claim}));
    values_put(&decision, DECISION_DECISION, code_text(DECISION_DELETION));
    values_put(&decision, DECISION_REASON, STR("Enige."));
    for (unsigned i = 0; i < 2; i++) {
        const Procedure *procedure;
        EXPECT_OK(procedure_from_str(str_from_c(acts[i]), &procedure));
        spoken[i].kind = kind_of(procedure->asks);
        log_set(&spoken[i], "opinion", code_text(OPINION_FOR));
        log_set(&spoken[i], "reason", STR("Enig."));
        const Deed says = {.log = log, .asked = &spoken[i], .opening = OPENING_FAMILY_REQUEST,
                           .about = shown(&town, &manager, acts[i], log)};
        EXPECT_OK(carry_out(&town, &manager, acts[i], says));
        const Deed decides = {.log = log, .asked = &decision, .opening = OPENING_FAMILY_REQUEST,
                              .about = shown(&town, &admin, "claim_decide", log)};
        EXPECT(carry_out(&town, &admin, "claim_decide", decides).id == answers[i]);
    }
}

TEST(what_an_act_answers_is_the_newest_as_it_was_shown_or_nothing_is_done)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor admin = town_staff(&town, STR("Kommune Admin"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    Id log = town_create(&town, &holder), first, second;
    Values end = {.kind = kind_of(KIND_LEGAL_HOLD_END)};
    Deed lifts = {.log = log, .asked = &end, .opening = OPENING_COMPLAINT};

    values_put(&end, LEGAL_HOLD_END_REASON, STR("Saken er over."));
    keeps_once_more(&town, &admin, log, &first);
    EXPECT_ERR(carry_out(&town, &admin, "legal_hold_lift", lifts), E_STALE);
    lifts.about = first;
    EXPECT_OK(carry_out(&town, &admin, "legal_hold_lift", lifts));
    keeps_once_more(&town, &admin, log, &second);
    EXPECT(!id_is_none(first) && !id_is_none(second) && !id_equal(first, second));
    EXPECT_ERR(carry_out(&town, &admin, "legal_hold_lift", lifts), E_STALE);
    lifts.about = second;
    EXPECT_OK(carry_out(&town, &admin, "legal_hold_lift", lifts));
}

RUN_TESTS("procedure")
