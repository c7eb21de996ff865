#include "support/golden.h"

#include "domain/lifecycle.h"
#include "domain/policy/policy.h"
#include "domain/policy/policy_print.h"

#define decide(...) policy_decide((Ask){__VA_ARGS__})

static Relation right_relation(Role role)
{
    if (role == ROLE_MUNICIPALITY_ADMIN)
        return RELATION_MUNICIPALITY;
    if (role == ROLE_ORG_MANAGER)
        return RELATION_UNIT;
    if (role == ROLE_SUPPORT)
        return RELATION_GRANTED;
    return role_is_operator(role) ? RELATION_AUTHORISED : RELATION_PARTICIPANT;
}

TEST(moved_transfer_and_claim_do_not_change_who_reads)
{
    for (Role role = 1; role < ROLE_COUNT; role++)
        for (State state = 1; state < STATE_COUNT; state++)
            EXPECT(decide(.act = ACT_LOG_READ, .role = role, .relation = right_relation(role), .state = state) ==
                   decide(.act = ACT_LOG_READ, .role = role, .relation = right_relation(role), .state = state,
                          .flags = FLAG_MOVED | FLAG_TRANSFER_PENDING | FLAG_CLAIM_OPEN));
}

TEST(an_empty_question_is_refused)
{
    EXPECT(policy_decide((Ask){0}) == WHY_UNDECIDED);
    EXPECT(decide(.act = ACT_COUNT, .role = ROLE_ACTOR) == WHY_UNDECIDED);
    EXPECT(decide(.act = ACT_LOG_READ, .role = ROLE_COUNT) == WHY_UNDECIDED);
    EXPECT(decide(.act = ACT_LOG_READ, .role = ROLE_ACTOR, .state = STATE_COUNT) == WHY_UNDECIDED);
    EXPECT(decide(.act = ACT_LOG_READ, .role = ROLE_ACTOR, .relation = RELATION_COUNT) == WHY_UNDECIDED);
}

TEST(nobody_without_a_relation_or_with_an_ended_one_may_do_anything_to_a_log)
{
    for (Act act = 1; act < ACT_COUNT; act++)
        for (Role role = 1; role < ROLE_COUNT; role++)
            for (State state = 1; state < STATE_COUNT; state++)
                for (Relation relation = RELATION_NONE; relation <= RELATION_FORMER; relation++) {
                    if (relation == RELATION_PARTICIPANT)
                        continue;
                    Why why = decide(.act = act, .role = role, .relation = relation, .state = state,
                                     .flags = (Flags)~(FLAG_HOLD | FLAG_PROCESSING_STOPPED), .opening = OPENING_INCIDENT);
                    EXPECT(why != WHY_ALLOWED && why != WHY_ASK_REASON && why != WHY_STUB);
                }
}

TEST(only_a_relay_holder_writes_every_kind_of_entry)
{
    for (Act act = ACT_ATTENTION_WRITE; act <= ACT_EVALUATION_WRITE; act++)
        for (Role role = 1; role < ROLE_COUNT; role++) {
            Why why = decide(.act = act, .role = role, .relation = right_relation(role), .state = STATE_ACTIVE,
                             .flags = FLAG_LET_IN | FLAG_GUARDIANS_WRITE | FLAG_OWN);
            EXPECT((why == WHY_ALLOWED) == (role == ROLE_RELAY_HOLDER));
            EXPECT(why == WHY_ALLOWED || why == WHY_ROLE);
        }
}

TEST(an_actor_may_evaluate_own_measures_only)
{
    Ask ask = {.act = ACT_OWN_EVALUATION_WRITE, .role = ROLE_ACTOR, .relation = RELATION_PARTICIPANT, .state = STATE_ACTIVE};
    EXPECT(policy_decide(ask) == WHY_NOT_OWN);
    ask.flags = FLAG_OWN;
    EXPECT(policy_decide(ask) == WHY_ALLOWED);
}

TEST(a_child_asks_by_itself_from_the_age_at_which_it_consents)
{
    Ask ask = {.act = ACT_CLAIM_FILE, .role = ROLE_CHILD, .relation = RELATION_PARTICIPANT, .state = STATE_ACTIVE};
    const Day birth = 18000;

    ask.flags = (Flags)FLAG_LET_IN | consent_age_flags(birth, day_of_age(birth, 15) - 1, 15);
    EXPECT(policy_decide(ask) != WHY_ALLOWED && policy_decide(ask) != WHY_STUB);
    ask.flags = (Flags)FLAG_LET_IN | consent_age_flags(birth, day_of_age(birth, 15), 15);
    EXPECT(policy_decide(ask) == WHY_ALLOWED);
    ask.flags |= FLAG_OF_AGE | FLAG_OWN_CONSENT;
    EXPECT(policy_decide(ask) == WHY_ALLOWED);
}

TEST(nobody_approves_their_own_deletion_order_and_a_manager_only_without_another_administrator)
{
    Ask ask = {.act = ACT_DELETION_APPROVE, .role = ROLE_MUNICIPALITY_ADMIN, .relation = RELATION_MUNICIPALITY,
               .state = STATE_DELETION_ORDERED, .flags = (Flags)FLAG_APPROVAL_AWAITED | FLAG_SELF};
    EXPECT(policy_decide(ask) == WHY_OWN_REQUEST);
    ask.flags = FLAG_APPROVAL_AWAITED;
    EXPECT(policy_decide(ask) == WHY_ALLOWED);
    ask.role = ROLE_ORG_MANAGER;
    ask.relation = RELATION_UNIT;
    EXPECT(policy_decide(ask) == WHY_NOT_APPROVER);
    ask.flags = (Flags)FLAG_APPROVAL_AWAITED | FLAG_APPROVER | FLAG_OTHER_ADMIN;
    EXPECT(policy_decide(ask) == WHY_NOT_APPROVER);
    ask.flags = (Flags)FLAG_APPROVAL_AWAITED | FLAG_APPROVER;
    EXPECT(policy_decide(ask) == WHY_ALLOWED);
    ask.flags = FLAG_APPROVER;
    EXPECT(policy_decide(ask) == WHY_STATE);
}

TEST(an_open_claim_or_a_missing_report_blocks_a_deletion_order)
{
    Ask ask = {.act = ACT_DELETION_ORDER, .role = ROLE_MUNICIPALITY_ADMIN, .relation = RELATION_MUNICIPALITY,
               .state = STATE_PASSIVE, .flags = FLAG_SUPPORTED | FLAG_REPORT_READY | FLAG_CLAIM_OPEN};
    EXPECT(policy_decide(ask) == WHY_CLAIM_OPEN);
    ask.flags = FLAG_SUPPORTED;
    EXPECT(policy_decide(ask) == WHY_NO_REPORT);
    ask.flags = FLAG_SUPPORTED | FLAG_REPORT_READY | FLAG_HOLD;
    EXPECT(policy_decide(ask) == WHY_HOLD);
    ask.flags = FLAG_SUPPORTED | FLAG_REPORT_READY;
    EXPECT(policy_decide(ask) == WHY_ALLOWED);
}

TEST(statistics_reports_exports_and_prints_are_never_open_to_operators)
{
    static const Act acts[] = {ACT_STATISTICS_READ, ACT_ARCHIVE_REPORT_READ, ACT_EXPORT_OWN, ACT_EXPORT_REQUEST,
                               ACT_EXPORT_APPROVE, ACT_PRINT};
    for (size_t i = 0; i < COUNT_OF(acts); i++)
        for (Role role = ROLE_PRODUCT_OWNER; role <= ROLE_HOSTING_OPERATOR; role++)
            EXPECT(decide(.act = acts[i], .role = role, .relation = right_relation(role), .state = STATE_ACTIVE,
                          .flags = FLAG_PRINT_ON) == WHY_ROLE);
}

TEST(a_reason_must_be_one_that_the_role_may_give)
{
    Ask ask = {.act = ACT_LOG_READ, .role = ROLE_ORG_MANAGER, .relation = RELATION_UNIT, .state = STATE_ACTIVE};
    EXPECT(policy_decide(ask) == WHY_ASK_REASON);
    ask.opening = OPENING_TECHNICAL_FAULT;
    EXPECT(policy_decide(ask) == WHY_ASK_REASON);
    ask.opening = OPENING_LIMIT;
    EXPECT(policy_decide(ask) == WHY_ASK_REASON);
    ask.opening = OPENING_SUPERVISION;
    EXPECT(policy_decide(ask) == WHY_ALLOWED);
}

TEST(a_permit_is_made_by_a_yes_only)
{
    Ask ask = {.act = ACT_LOG_READ, .role = ROLE_ACTOR, .relation = RELATION_FORMER, .state = STATE_ACTIVE};
    Subject subject = {.log = {.bytes = {1}}, .access_version = 7};
    Permit permit = {0};
    EXPECT(policy_permit(ask, subject, &permit) == WHY_FORMER);
    EXPECT(!permit_is_made(&permit));
    ask.relation = RELATION_PARTICIPANT;
    EXPECT(policy_permit(ask, subject, &permit) == WHY_ALLOWED);
    EXPECT(permit_is_for(&permit, ACT_LOG_READ, subject.log) && permit.access_version == 7);
    EXPECT(!permit_is_for(&permit, ACT_NOTE_WRITE, subject.log) && !permit_is_for(&permit, ACT_LOG_READ, (Id){0}));
}

TEST(a_refused_person_is_told_only_when_they_know_of_the_log)
{
    EXPECT(!policy_may_tell((Ask){.role = ROLE_ACTOR}));
    EXPECT(!policy_may_tell((Ask){.role = ROLE_ARCHITECT, .relation = RELATION_AUTHORISED}));
    EXPECT(!policy_may_tell((Ask){.role = ROLE_CHILD, .relation = RELATION_PARTICIPANT, .state = STATE_ACTIVE}));
    EXPECT(policy_may_tell((Ask){.role = ROLE_ACTOR, .relation = RELATION_FORMER}));
}

TEST(a_hold_is_told_to_those_who_would_see_the_log_or_its_stub_without_it_and_to_nobody_else)
{
    Ask ask = {.act = ACT_LOG_READ, .role = ROLE_ACTOR, .relation = RELATION_PARTICIPANT, .state = STATE_PASSIVE, .flags = FLAG_HOLD};

    EXPECT(!policy_may_tell_hold(ask));
    ask.relation = RELATION_NONE;
    ask.state = STATE_ACTIVE;
    EXPECT(!policy_may_tell_hold(ask));
    ask.relation = RELATION_PARTICIPANT;
    EXPECT(policy_may_tell_hold(ask));
    ask.role = ROLE_GUARDIAN;
    ask.state = STATE_PASSIVE;
    EXPECT(policy_may_tell_hold(ask));
    ask.flags |= FLAG_OF_AGE;
    EXPECT(!policy_may_tell_hold(ask));
    ask.role = ROLE_MUNICIPALITY_ADMIN;
    ask.relation = RELATION_MUNICIPALITY;
    EXPECT(policy_may_tell_hold(ask));
}

TEST(the_printed_policy_is_the_golden_file)
{
    TEST_ARENA(arena);
    Buf buf = buf_new(arena, GOLDEN_MAX);
    Str text;
    policy_print(&buf);
    EXPECT_OK(buf_done(&buf, &text));
    golden_expect("tests/golden/policy.txt", text);
}

RUN_TESTS("policy")
