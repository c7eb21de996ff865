/* The side doors: every address of one log, asked by everybody in every state, answers what the policy says, and where that is
 * no, it answers as for a log that is not there. Addresses come from the table of routes, rights from policy_decide; how each
 * asker stands to the log is written here, and not learnt from the service that is tested.
 * Must not list addresses: a new row of the table is asked too.
 * Run by meson test. */
#include "side_doors.h"

/* Whether anybody may do it, or would be told why not, about a log in some state. A unit's request for a log is about none, and
 * its other row, about a guardian's stub, is a procedure. */
static bool is_about_a_log(Act act)
{
    if (act == ACT_BLIND_REQUEST)
        return false;
    for (unsigned role = ROLE_NONE + 1; role < ROLE_COUNT; role++)
        for (unsigned state = STATE_ACTIVE; state < STATE_COUNT; state++) {
            Why why = policy_decide((Ask){.act = act, .role = (Role)role, .state = (State)state});
            if (why != WHY_ROLE && why != WHY_STATE && why != WHY_UNDECIDED)
                return true;
        }
    return false;
}

TEST(an_address_that_stands_elsewhere_is_no_act_on_a_log)
{
    EXPECT(is_about_a_log(ACT_LOG_READ) && !is_about_a_log(ACT_UNITS_MANAGE));
    for (size_t i = 0; i < route_count; i++)
        EXPECT(is_of_a_log(&routes[i]) || (routes[i].act_from == ACT_FROM_ROW && !is_about_a_log(routes[i].act)));
}

/* ---- addresses of no log ---- */

/* How somebody stands to their own unit and municipality, and to the logs that are their own. */
static Relation at_home(const Asker *asker, Act act)
{
    if (act == ACT_LOG_LIST || act == ACT_SEARCH)
        return policy_log_relation(asker->role);
    bool works = asker->role == ROLE_ORG_MANAGER || asker->role == ROLE_RELAY_HOLDER || asker->role == ROLE_ACTOR;

    return asker->role == ROLE_MUNICIPALITY_ADMIN ? RELATION_MUNICIPALITY : works ? RELATION_UNIT : RELATION_NONE;
}

/* What is refused is not there; an address that leads to whatever log it names, as to one that is absent, tells nothing. */
static void try_elsewhere(Case *it, const Route *route, const Asker *asker)
{
    const Door door = {.route = route, .word = "child", .act = route->act, .kind = route->entry_fields ? kind_of(KIND_CHILD) : NULL};
    const Ask asked = {.act = route->act, .role = asker->role, .relation = at_home(asker, route->act), .flags = FLAG_IN_CONSENT};
    int absent = asker->role != ROLE_NONE ? 404 : route->api ? 401 : 403;

    if (is_yes(policy_decide(asked)))
        return;
    door_ask(it, &door, asker, it->log);
    const Answer there = answer(it);
    it->refused++;
    if (there.status == absent)
        return;
    door_ask(it, &door, asker, ABSENT);
    const Answer elsewhere = answer(it);
    if (!strstr(route->path, "{id}") || !same(&there, &elsewhere))
        tell(it, &door, asker, "is refused and answered");
}

TEST(what_is_about_no_log_is_absent_to_whom_the_policy_refuses_it)
{
    const Stand stand = {.name = "active", .state = STATE_ACTIVE};
    AUTO(case_end) Case it = {0};

    case_begin(&it, &stand);
    for (size_t i = 0; i < route_count; i++)
        for (size_t k = 0; k < EVERYBODY && !is_of_a_log(&routes[i]) && routes[i].access == ACCESS_ROLE; k++)
            try_elsewhere(&it, &routes[i], &it.askers[k]);
    print_message("# %u asked, %u refused, %u wrong\n", it.asked, it.refused, it.wrong);
    EXPECT(it.wrong == 0);
}

STATE_TEST(an_active_log_has_no_side_door, "active", STATE_ACTIVE, 0, 0, 0, ACT_NONE)
STATE_TEST(a_log_with_a_protected_address_has_none_and_tells_no_guardian_or_actor_where_the_child_is, "protected", STATE_ACTIVE, 0, 0,
           FLAG_ADDRESS_PROTECTED, ACT_NONE)
STATE_TEST(a_restricted_log_has_none, "restricted", STATE_ACTIVE, FLAG_RESTRICTED, 0, 0, ACT_NONE)
STATE_TEST(a_held_log_has_none, "held", STATE_ACTIVE, FLAG_HOLD, 0, 0, ACT_NONE)
STATE_TEST(a_log_whose_consent_has_run_out_has_none, "run out", STATE_ACTIVE, 0, 201, FLAG_CONSENT_INVALID, ACT_NONE)
STATE_TEST(a_passive_log_has_none, "passive", STATE_PASSIVE, 0, 0, 0, ACT_NONE)
STATE_TEST(a_log_that_has_moved_has_none, "moved", STATE_PASSIVE, FLAG_MOVED, 0, 0, ACT_NONE)
STATE_TEST(a_log_that_was_a_mistake_has_none, "mistake", STATE_PASSIVE, FLAG_MISTAKE, 0, 0, ACT_NONE)
STATE_TEST(a_passive_log_that_is_held_has_none, "held, passive", STATE_PASSIVE, FLAG_HOLD, 0, 0, ACT_NONE)
STATE_TEST(a_held_log_whose_deletion_is_ordered_has_none, "held, ordered", STATE_DELETION_ORDERED, FLAG_HOLD, 0, 0, ACT_NONE)
STATE_TEST(a_log_whose_deletion_is_ordered_has_none, "ordered", STATE_DELETION_ORDERED, 0, 0, 0, ACT_NONE)
STATE_TEST(a_deleted_log_has_none, "deleted", STATE_DELETED, 0, 0, 0, ACT_NONE)

RUN_TESTS("side_doors")
