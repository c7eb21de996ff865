/* The side doors of a log by what was done in it: offered, quiet, claimed, prolonged, withdrawn. And a control: one cell that is opened.
 * Must not know an address.
 * Run by meson test. */
#include "side_doors.h"

STATE_TEST(a_log_whose_baton_is_offered_has_none, "offered", STATE_ACTIVE, 0, 0, 0, ACT_BATON_OFFER)
STATE_TEST(a_quiet_log_has_none, "quiet", STATE_ACTIVE, 0, 120, 0, ACT_NONE)
STATE_TEST(a_log_whose_deletion_is_asked_for_has_none, "claimed", STATE_ACTIVE, FLAG_CLAIM_OPEN, 0, 0, ACT_CLAIM_FILE)
STATE_TEST(a_passive_log_whose_deletion_is_asked_for_has_none, "claimed, passive", STATE_PASSIVE, FLAG_CLAIM_OPEN, 0, 0, ACT_CLAIM_FILE)
STATE_TEST(a_passive_log_that_is_restricted_has_none, "restricted, passive", STATE_PASSIVE, FLAG_RESTRICTED, 0, 0, ACT_NONE)
STATE_TEST(a_passive_log_that_is_prolonged_has_none, "prolonged", STATE_PASSIVE, 0, 0, 0, ACT_PASSIVE_PROLONG)
STATE_TEST(a_log_whose_consent_is_withdrawn_has_none, "withdrawn", STATE_PASSIVE, 0, 0, FLAG_CONSENT_INVALID, ACT_CONSENT_WITHDRAW)

/* ---- control ---- */

/* A cell of the matrix that is open where none should be is found, at each of its doors. */
static void expect_found(const Stand *stand, Act act, Role role)
{
    AUTO(case_end) Case it = {.opened = act, .opened_to = role};

    case_begin(&it, stand);
    try_routes(&it);
    EXPECT(it.wrong > 0);
}

TEST(one_cell_that_is_opened_is_found)
{
    const Stand active = {.name = "active", .state = STATE_ACTIVE};
    const Stand offered = {.name = "offered", .state = STATE_ACTIVE, .done = ACT_BATON_OFFER};
    const Stand prolonged = {.name = "prolonged", .state = STATE_PASSIVE, .done = ACT_PASSIVE_PROLONG};

    expect_found(&active, ACT_LOG_READ, ROLE_ACTOR);
    expect_found(&offered, ACT_BATON_ACCEPT, ROLE_RELAY_HOLDER);
    expect_found(&prolonged, ACT_PASSIVE_PROLONG, ROLE_MUNICIPALITY_ADMIN);
}

RUN_TESTS("side_doors_lived")
