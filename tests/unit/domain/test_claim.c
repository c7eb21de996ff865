/* What a decision about a claim needs, and what it sets.
 * Run by meson test. */
#include "support/test.h"

#include "domain/claim.h"

static Values decided(unsigned decision, unsigned ground)
{
    Values values = {.kind = kind_of(KIND_DECISION)};

    values_put(&values, DECISION_DECISION, code_text(decision));
    values_put(&values, DECISION_GROUND, ground ? code_text(ground) : STR_NONE);
    return values;
}

static bool fits(Claim claim, unsigned decision, unsigned ground)
{
    const Values values = decided(decision, ground);

    return claim_decision_fits(&claim, &values);
}

static Flags sets(Claim claim, unsigned decision)
{
    const Values values = decided(decision, CODE_NONE);

    return claim_decision_flags(&claim, &values);
}

TEST(nothing_but_a_refusal_has_a_ground_and_no_refusal_is_without)
{
    const Claim guardian = {.supported = true};

    EXPECT(!fits(guardian, DECISION_REFUSED, CODE_NONE) && !fits(guardian, CODE_NONE, CODE_NONE));
    for (unsigned decision = DECISION_CORRECTED; decision <= DECISION_DELETION; decision++) {
        EXPECT(!fits(guardian, decision, GROUND_DUTY));
        EXPECT(fits(guardian, decision, CODE_NONE));
    }
    EXPECT(fits(guardian, DECISION_REFUSED, GROUND_BEST_FOR_CHILD));
}

TEST(an_adult_is_refused_on_the_grounds_of_the_law_alone_and_needs_nobodys_support)
{
    const Claim adult = {.adult = true}, child = {.child = true}, guardian = {0};

    EXPECT(!fits(adult, DECISION_REFUSED, GROUND_BEST_FOR_CHILD) && fits(adult, DECISION_REFUSED, GROUND_LEGAL_CLAIM));
    EXPECT(!fits(child, DECISION_DELETION, CODE_NONE) && !fits(guardian, DECISION_DELETION, CODE_NONE));
    EXPECT(fits(adult, DECISION_DELETION, CODE_NONE));
}

TEST(a_decision_sets_what_the_rules_of_a_deletion_ask_for)
{
    const Claim adult = {.adult = true}, child = {.child = true, .supported = true}, guardian = {.supported = true};

    EXPECT(sets(guardian, DECISION_REFUSED) == 0 && sets(guardian, DECISION_CORRECTED) == 0);
    EXPECT(sets(adult, DECISION_REFUSED) == FLAG_RESTRICTED && sets(guardian, DECISION_RESTRICTED) == FLAG_RESTRICTED);
    EXPECT(sets(adult, DECISION_DELETION) == ((Flags)FLAG_SUPPORTED | (Flags)FLAG_ASKED));
    EXPECT(sets(guardian, DECISION_DELETION) == ((Flags)FLAG_SUPPORTED | (Flags)FLAG_COPY_AWAITED));
    EXPECT(sets(child, DECISION_DELETION) == ((Flags)FLAG_SUPPORTED | (Flags)FLAG_ASKED | (Flags)FLAG_COPY_AWAITED));
}

TEST(whatever_does_not_go_on_to_a_deletion_takes_back_what_had_opened_one)
{
    const Flags opened = (Flags)FLAG_SUPPORTED | (Flags)FLAG_ASKED | (Flags)FLAG_COPY_AWAITED;
    const unsigned others[] = {DECISION_REFUSED, DECISION_CORRECTED, DECISION_RESTRICTED};
    const Values goes_on = decided(DECISION_DELETION, CODE_NONE);

    for (size_t i = 0; i < COUNT_OF(others); i++) {
        const Values values = decided(others[i], others[i] == DECISION_REFUSED ? GROUND_DUTY : CODE_NONE);
        EXPECT(claim_decision_lifts(&values) == opened);
    }
    EXPECT(claim_decision_lifts(&goes_on) == 0);
}

RUN_TESTS("claim")
