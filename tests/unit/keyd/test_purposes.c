/* Purposes against the roles of the domain: who may use which is who has an act that needs it.
 * Must not be looked at by the agent: it includes nothing of the domain.
 * Called by meson test. */
#include "support/test.h"

#include "domain/policy/rules.h"
#include "domain/roles.h"
#include "domain/signin.h"
#include "keyd/purposes.h"

/* Every role that some rule of these acts names. */
static uint32_t roles_of(const Act *acts, size_t count)
{
    uint32_t roles = 0;

    for (size_t at = 0; at < rule_count; at++)
        for (size_t i = 0; i < count; i++)
            if (rules[at].act == acts[i])
                roles |= rules[at].roles;
    return roles;
}

static uint32_t opening(Purpose purpose, ScopeKind kind)
{
    uint32_t roles = 0;
    Spend act;

    for (uint8_t role = 0; role < ROLE_COUNT; role++)
        if (is_ok(purpose_opens(purpose, kind, role, &act)))
            roles |= 1u << role;
    return roles;
}

/* Persons of the processor get no log: their grants by the municipality are not built. */
static uint32_t without_operators(uint32_t roles)
{
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        if (role_is_operator((Role)role))
            roles &= ~(1u << role);
    return roles;
}

#define ROLES_OF(...) without_operators(roles_of((const Act[]){__VA_ARGS__}, COUNT_OF(((const Act[]){__VA_ARGS__}))))

TEST(a_log_is_opened_by_the_roles_that_read_one)
{
    EXPECT(opening(PURPOSE_READ, SCOPE_LOG) == ROLES_OF(ACT_LOG_READ));
    EXPECT((opening(PURPOSE_WRITE, SCOPE_LOG) & ~opening(PURPOSE_READ, SCOPE_LOG)) == 0);
}

/* And by a manager, who has a holder's rights while they stand in for one. */
TEST(a_draft_is_opened_by_the_roles_that_write_one)
{
    EXPECT(opening(PURPOSE_DRAFT, SCOPE_LOG) == (ROLES_OF(ACT_DRAFT) | 1u << ROLE_ORG_MANAGER));
}

TEST(headers_are_opened_by_the_roles_that_have_a_list)
{
    EXPECT(opening(PURPOSE_HEADER, SCOPE_LOG) == (ROLES_OF(ACT_LOG_LIST) & ~(1u << ROLE_MUNICIPALITY_ADMIN)));
}

TEST(keys_of_persons_are_for_those_who_are_told_names)
{
    EXPECT(opening(PURPOSE_READ, SCOPE_PERSON) == ROLES_OF(ACT_ACCESS_LIST_READ, ACT_LOG_READ));
    EXPECT(opening(PURPOSE_WRITE, SCOPE_PERSON) == 0);
}

TEST(what_waits_for_a_log_is_opened_by_those_who_answer_and_by_whoever_makes_the_log)
{
    EXPECT(opening(PURPOSE_WRITE, SCOPE_PENDING) == ROLES_OF(ACT_INVITATION_ANSWER, ACT_INVITATION_MAKE));
    EXPECT(opening(PURPOSE_READ, SCOPE_PENDING) == 0 && opening(PURPOSE_HEADER, SCOPE_PENDING) == 0);
    EXPECT(opening(PURPOSE_JOB, SCOPE_PENDING) == 0 && opening(PURPOSE_IMPORT, SCOPE_PENDING) == 0);
    EXPECT_OK(purpose_makes(SCOPE_PENDING, ROLE_GUARDIAN, MODE_PRODUCTION));
    EXPECT_ERR(purpose_makes(SCOPE_PENDING, ROLE_RELAY_HOLDER, MODE_PRODUCTION), E_RANGE);
    EXPECT_ERR(purpose_makes(SCOPE_PENDING, ROLE_NONE, MODE_DEMO), E_RANGE);
}

TEST(a_purpose_that_is_not_built_opens_nothing)
{
    static const Purpose unused[] = {PURPOSE_SIGN_IN, (Purpose)0, (Purpose)99};

    for (size_t i = 0; i < COUNT_OF(unused); i++)
        for (int kind = 0; kind <= SCOPE_TRANSFER + 1; kind++)
            EXPECT(opening(unused[i], (ScopeKind)kind) == 0);
}

/* Its making and its reading are told apart by the service. */
TEST(an_archive_report_is_opened_by_an_administrator_and_a_manager_and_by_no_other_purpose)
{
    const uint32_t both = 1u << ROLE_MUNICIPALITY_ADMIN | 1u << ROLE_ORG_MANAGER;

    for (unsigned purpose = 0; purpose < 16; purpose++)
        EXPECT(opening((Purpose)purpose, SCOPE_REPORT) == (purpose == PURPOSE_REPORT ? both : 0));
    for (int kind = 0; kind < SCOPE_REPORT; kind++)
        EXPECT(opening(PURPOSE_REPORT, (ScopeKind)kind) == 0);
    for (uint8_t role = 0; role < ROLE_COUNT; role++)
        EXPECT(is_ok(purpose_makes(SCOPE_REPORT, role, MODE_PRODUCTION)) == ((both >> role & 1) == 1));
}

/* Whoever decides seals what goes; nobody's grant hands it over; whoever takes it opens the parcel that comes and makes its log. */
TEST(what_goes_to_another_municipality_is_sealed_by_a_manager_and_handed_over_by_serve)
{
    const uint32_t manager = 1u << ROLE_ORG_MANAGER;

    for (unsigned purpose = 0; purpose < 16; purpose++)
        EXPECT(opening((Purpose)purpose, SCOPE_TRANSFER) == (purpose == PURPOSE_TRANSFER ? manager | 1u << ROLE_NONE : 0));
    for (int kind = 0; kind < SCOPE_TRANSFER; kind++)
        EXPECT(opening(PURPOSE_TRANSFER, (ScopeKind)kind) == 0);
    for (uint8_t role = 0; role < ROLE_COUNT; role++) {
        EXPECT(is_ok(purpose_makes(SCOPE_TRANSFER, role, MODE_PRODUCTION)) == (role == ROLE_ORG_MANAGER));
        EXPECT(is_ok(purpose_opens_parcel(role)) == (role == ROLE_ORG_MANAGER));
    }
    EXPECT_OK(purpose_makes(SCOPE_LOG, ROLE_ORG_MANAGER, MODE_PRODUCTION));
}

TEST(a_job_opens_logs_alone_and_no_person_does_what_a_job_does)
{
    static const Purpose jobs[] = {PURPOSE_JOB, PURPOSE_JOB_HEADER, PURPOSE_JOB_FACT};

    for (size_t i = 0; i < COUNT_OF(jobs); i++) {
        EXPECT(purpose_is_nobodys(jobs[i]));
        EXPECT(opening(jobs[i], SCOPE_LOG) == 1u << ROLE_NONE);
        EXPECT(opening(jobs[i], SCOPE_PERSON) == 0 && opening(jobs[i], SCOPE_REGISTER) == 0);
    }
    EXPECT(!purpose_is_nobodys(PURPOSE_READ) && !purpose_is_nobodys(PURPOSE_IMPORT));
}

TEST(only_who_registers_looks_up_a_national_id_and_no_import_does)
{
    Spend act = SPEND_NONE;
    for (uint8_t role = 0; role < ROLE_COUNT; role++) {
        const bool registers = role == ROLE_MUNICIPALITY_ADMIN || role == ROLE_ORG_MANAGER || role == ROLE_RELAY_HOLDER;
        EXPECT(is_ok(purpose_looks_up(PURPOSE_READ, INDEX_NATIONAL_ID, role, &act)) == registers);
        EXPECT(is_ok(purpose_looks_up(PURPOSE_READ, INDEX_EMAIL, role, &act)) == registers);
        EXPECT_ERR(purpose_looks_up(PURPOSE_IMPORT, INDEX_NATIONAL_ID, role, &act), E_RANGE);
        EXPECT_ERR(purpose_looks_up(PURPOSE_READ, INDEX_USER_NAME, role, &act), E_RANGE);
    }
    EXPECT_OK(purpose_looks_up(PURPOSE_READ, INDEX_NATIONAL_ID, ROLE_RELAY_HOLDER, &act));
    EXPECT(act == SPEND_NATIONAL_ID);
}

TEST(an_import_is_a_command_without_a_role_and_opens_persons_only)
{
    EXPECT(opening(PURPOSE_IMPORT, SCOPE_PERSON) == 1u << ROLE_NONE);
    EXPECT(opening(PURPOSE_IMPORT, SCOPE_LOG) == 0);
    EXPECT(opening(PURPOSE_IMPORT, SCOPE_REGISTER) == 0);
}

TEST(a_log_is_made_by_a_holder_and_of_invented_children_by_a_command_outside_production)
{
    EXPECT_OK(purpose_makes(SCOPE_LOG, ROLE_RELAY_HOLDER, MODE_PRODUCTION));
    EXPECT_ERR(purpose_makes(SCOPE_LOG, ROLE_ACTOR, MODE_PRODUCTION), E_RANGE);
    EXPECT_ERR(purpose_makes(SCOPE_LOG, ROLE_NONE, MODE_PRODUCTION), E_RANGE);
    EXPECT_OK(purpose_makes(SCOPE_LOG, ROLE_NONE, MODE_DEMO));
    EXPECT_ERR(purpose_makes((ScopeKind)0, ROLE_RELAY_HOLDER, MODE_DEMO), E_RANGE);
    EXPECT_ERR(purpose_makes(SCOPE_LOG, 255, MODE_DEMO), E_RANGE);
}

TEST(only_guardians_and_children_are_family)
{
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        EXPECT(role_of_family((uint8_t)role) == role_is_family((Role)role));
}

static uint32_t fixed_ceiling(Str name)
{
    static const struct {
        const char *name;
        uint32_t least, most;
    } rows[] = {
#define X(name, acts, per, window, distinct, least, thousandths, of, most) {name, least, most},
        CEILINGS(X)
#undef X
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (str_equal(name, str_from_c(rows[i].name)) && rows[i].least == rows[i].most)
            return rows[i].most;
    return 0;
}

/* An attempt is a look-up and a key, and strangers may know the names of as many people as they like. */
TEST(strangers_alone_reach_no_ceiling_of_signing_in)
{
    const uint32_t minute = SIGNIN_FRESH_MINUTE + SIGNIN_WORN_MINUTE, hour = SIGNIN_FRESH_HOUR + SIGNIN_WORN_HOUR;

    EXPECT(2 * minute < fixed_ceiling(STR("sign-in-municipality-minute")));
    EXPECT(2 * hour < fixed_ceiling(STR("sign-in-municipality-hour")));
    EXPECT(hour < fixed_ceiling(STR("sign-in-opened-municipality-hour")));
}

TEST(no_ceiling_of_signing_in_is_a_share_of_the_municipality_or_lasts_a_day)
{
    static const struct {
        uint32_t acts;
        ShareOf of;
        int64_t window;
    } rows[] = {
#define X(name, acts, per, window, distinct, least, thousandths, of, most) {acts, of, window},
        CEILINGS(X)
#undef X
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (rows[i].acts & SPENDS(SIGN_IN))
            EXPECT(rows[i].of == OF_NOTHING && rows[i].window <= HOUR_MS);
}

RUN_TESTS("purposes")
