/* Another guardian, the child let in and kept out, new codes for the family, and who could be let in.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "domain/signin.h"
#include "service/acts/actor.h"
#include "service/acts/candidates.h"
#include "service/acts/child.h"
#include "service/acts/create.h"
#include "service/acts/family_code.h"
#include "service/acts/guardian.h"
#include "service/reading/document.h"
#include "service/reading/open.h"
#include "support/log_fixture.h"

#define TOWN(name)                  \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

/* A log with its holder, and an actor of the same unit who takes no part in it. */
typedef struct Case {
    Actor holder, teacher;
    Id log;
} Case;

static Case a_case(Town *town)
{
    Case made = {.holder = town_staff(town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town->unit),
                 .teacher = town_staff(town, STR("Larer Laresen"), ROLE_ACTOR, town->unit)};

    made.log = town_create(town, &made.holder);
    return made;
}

static JoiningGuardian second_guardian(Town *town)
{
    TownLog made;

    town_log(town, &made);
    log_set(&made.guardian.values, "name", STR("Andre Kanarifugl"));
    return (JoiningGuardian){.guardian = made.guardian};
}

static LogView open_log(Town *town, const Actor *actor, Id log)
{
    LogView view = {0};
    Why why;

    EXPECT_OK(log_open(&(LogReader){&town->service, actor, town->arena}, log, OPENING_NONE, &why, &view));
    return view;
}

static Id participant_of(const LogView *view, Role role)
{
    for (uint32_t i = 0; i < view->people_count; i++)
        if (view->people[i].role == role && view->people[i].to_at == 0)
            return view->people[i].participant;
    return (Id){0};
}

/* ---- another guardian ---- */

TEST(nobody_but_the_holder_adds_a_guardian)
{
    TOWN(town);
    Case here = a_case(&town);
    JoiningGuardian joining = second_guardian(&town);
    GuardianCode code;
    Id participant;

    EXPECT_ERR(log_guardian_add(&town.service, &here.teacher, here.log, &joining, &code), E_NOT_FOUND);
    EXPECT_OK(log_actor_add(&town.service, &here.holder, here.log, here.teacher.role_row, &participant));
    EXPECT_ERR(log_guardian_add(&town.service, &here.teacher, here.log, &joining, &code), E_FORBIDDEN);
}

TEST(a_guardian_whose_consent_does_not_hold_is_not_added)
{
    TOWN(town);
    Case here = a_case(&town);
    JoiningGuardian expired = second_guardian(&town);
    JoiningGuardian tomorrow = second_guardian(&town);
    JoiningGuardian nowhere = second_guardian(&town);
    Id unit = town_id(&town);
    GuardianCode code;

    log_set(&expired.guardian.consent, "given_on", town_day(&town, -400));
    log_set(&expired.guardian.consent, "valid_to", town_day(&town, -1));
    EXPECT_ERR(log_guardian_add(&town.service, &here.holder, here.log, &expired, &code), E_INVALID);
    log_set(&tomorrow.guardian.consent, "given_on", town_day(&town, 1));
    EXPECT_ERR(log_guardian_add(&town.service, &here.holder, here.log, &tomorrow, &code), E_INVALID);
    nowhere.units = &unit;
    nowhere.unit_count = 1;
    EXPECT_ERR(log_guardian_add(&town.service, &here.holder, here.log, &nowhere, &code), E_INVALID);
    LogView view = open_log(&town, &here.holder, here.log);
    EXPECT(view.people_count == 2 && view.consent_count == 1);
}

TEST(a_fifth_guardian_is_refused)
{
    TOWN(town);
    Case here = a_case(&town);
    GuardianCode code;

    for (int i = 0; i < 3; i++) {
        JoiningGuardian joining = second_guardian(&town);
        EXPECT_OK(log_guardian_add(&town.service, &here.holder, here.log, &joining, &code));
    }
    JoiningGuardian joining = second_guardian(&town);
    EXPECT_ERR(log_guardian_add(&town.service, &here.holder, here.log, &joining, &code), E_INVALID);
}

TEST(a_second_guardian_takes_part_with_a_consent_a_document_and_a_code)
{
    TOWN(town);
    Case here = a_case(&town);
    JoiningGuardian joining = second_guardian(&town);
    GuardianCode code = {0};
    uint8_t media = 0;
    Str bytes = STR_NONE;

    joining.document = (NewDocument){.bytes = STR("%PDF-1.7 samtykke to"), .media = 1};
    EXPECT_OK(log_guardian_add(&town.service, &here.holder, here.log, &joining, &code));
    EXPECT_STR(code.name, "Andre Kanarifugl");
    EXPECT(code.code[0] != '\0');
    LogView view = open_log(&town, &here.holder, here.log);
    EXPECT(view.people_count == 3 && view.consent_count == 2);
    for (uint32_t i = 0; i < view.consent_count; i++) {
        EXPECT(view.consents[i].unit_count == 1);
        if (view.consents[i].has_document)
            EXPECT_OK(log_document_read(&(LogReader){&town.service, &here.holder, town.arena},
                                        here.log, view.consents[i].id, &bytes, &media));
    }
    EXPECT_STR(bytes, "%PDF-1.7 samtykke to");
}

TEST(a_unit_that_the_second_guardian_does_not_name_is_out)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor nurse = town_staff(&town, STR("Helse Soster"), ROLE_ACTOR, town.other_unit);
    JoiningGuardian joining = second_guardian(&town);
    LogCandidates candidates;
    CreatedLog created;
    GuardianCode code;
    TownLog made;

    town_log(&town, &made);
    made.log.units = &town.other_unit;
    made.log.unit_count = 1;
    EXPECT_OK(log_create(&town.service, &holder, &made.log, town.arena, &created));
    EXPECT_OK(log_candidates(&(LogReader){&town.service, &holder, town.arena}, created.log, ACT_PARTICIPANT_ADD, &candidates));
    EXPECT(candidates.actors.count == 1 && id_equal(candidates.actors.items[0].participant, nurse.role_row));
    EXPECT_OK(log_guardian_add(&town.service, &holder, created.log, &joining, &code));
    EXPECT_OK(log_candidates(&(LogReader){&town.service, &holder, town.arena}, created.log, ACT_PARTICIPANT_ADD, &candidates));
    EXPECT(candidates.actors.count == 0);
}

/* ---- who could be let in ---- */

TEST(candidates_are_shown_to_the_holder_only_and_not_those_who_take_part)
{
    TOWN(town);
    Case here = a_case(&town);
    Actor outside = town_staff(&town, STR("Utenfor"), ROLE_ACTOR, town.other_unit);
    LogCandidates candidates;
    Id participant;

    EXPECT_ERR(log_candidates(&(LogReader){&town.service, &outside, town.arena}, here.log, ACT_PARTICIPANT_ADD, &candidates), E_NOT_FOUND);
    EXPECT_OK(log_candidates(&(LogReader){&town.service, &here.holder, town.arena}, here.log, ACT_PARTICIPANT_ADD, &candidates));
    EXPECT(candidates.actors.count == 1);
    EXPECT_STR(candidates.actors.items[0].name, "Larer Laresen");
    EXPECT_STR(candidates.actors.items[0].unit_name, "Solsikke skole");
    EXPECT_OK(log_actor_add(&town.service, &here.holder, here.log, candidates.actors.items[0].participant, &participant));
    EXPECT_OK(log_candidates(&(LogReader){&town.service, &here.holder, town.arena}, here.log, ACT_PARTICIPANT_ADD, &candidates));
    EXPECT(candidates.actors.count == 0);
}

/* ---- the child ---- */

TEST(nobody_but_the_holder_lets_the_child_in_or_keeps_it_out)
{
    TOWN(town);
    Case here = a_case(&town);
    GuardianCode code;
    Id participant;

    EXPECT_OK(log_actor_add(&town.service, &here.holder, here.log, here.teacher.role_row, &participant));
    EXPECT_ERR(log_child_let_in(&town.service, &here.teacher, here.log, town.arena, &code), E_FORBIDDEN);
    EXPECT_ERR(log_child_keep_out(&town.service, &here.holder, here.log, STR_NONE), E_STALE);
    EXPECT_OK(log_child_let_in(&town.service, &here.holder, here.log, town.arena, &code));
    EXPECT_ERR(log_child_let_in(&town.service, &here.holder, here.log, town.arena, &code), E_INVALID);
    EXPECT_ERR(log_child_keep_out(&town.service, &here.teacher, here.log, STR_NONE), E_FORBIDDEN);
}

static Actor child_of(Town *town, const LogView *view)
{
    for (uint32_t i = 0; i < view->people_count; i++)
        if (view->people[i].role == ROLE_CHILD)
            return town_actor(town, view->people[i].person, ROLE_CHILD, (Id){0});
    EXPECT(false && "the child takes part");
    return (Actor){0};
}

TEST(a_child_who_is_let_in_reads_the_log_until_it_is_kept_out_and_keeps_its_account)
{
    TOWN(town);
    Case here = a_case(&town);
    GuardianCode code = {0};
    LogView view = {0};
    Why why;

    EXPECT_OK(log_child_let_in(&town.service, &here.holder, here.log, town.arena, &code));
    EXPECT(code.code[0] != '\0');
    view = open_log(&town, &here.holder, here.log);
    Actor child = child_of(&town, &view);
    EXPECT(open_log(&town, &child, here.log).people_count == 3);
    EXPECT_OK(log_child_keep_out(&town.service, &here.holder, here.log, STR_NONE));
    EXPECT(!is_ok(log_open(&(LogReader){&town.service, &child, town.arena}, here.log, OPENING_NONE, &why, &view)));
    EXPECT_OK(log_child_let_in(&town.service, &here.holder, here.log, town.arena, &code));
    EXPECT(code.code[0] != '\0'); /* nobody has enrolled in it */
    EXPECT(open_log(&town, &child, here.log).people_count == 4);
}

TEST(a_child_of_consent_age_is_kept_out_with_a_reason_only)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    CreatedLog created;
    GuardianCode code;
    TownLog made;

    town_log(&town, &made);
    log_set(&made.log.child, "birth_date", town_day(&town, -6000));
    EXPECT_OK(log_create(&town.service, &holder, &made.log, town.arena, &created));
    EXPECT_OK(log_child_let_in(&town.service, &holder, created.log, town.arena, &code));
    EXPECT_ERR(log_child_keep_out(&town.service, &holder, created.log, STR("  ")), E_INVALID);
    EXPECT_ERR(log_child_keep_out(&town.service, &holder, created.log, STR("\xC2\xA0\xE2\x80\x8B")), E_INVALID);
    EXPECT_ERR(log_child_keep_out(&town.service, &holder, created.log, STR("Etter \xE2\x80\xAE" "avtale.")), E_INVALID);
    EXPECT_OK(log_child_keep_out(&town.service, &holder, created.log, STR("Ungdommen ba om det selv.")));
}

/* ---- new codes ---- */

TEST(a_new_code_is_given_by_the_holder_to_family_of_this_log_only)
{
    TOWN(town);
    Case here = a_case(&town);
    LogView view = open_log(&town, &here.holder, here.log);
    GuardianCode code = {0};
    Id guardian = participant_of(&view, ROLE_GUARDIAN);
    Id own = participant_of(&view, ROLE_RELAY_HOLDER);

    EXPECT_ERR(log_family_code(&town.service, &here.teacher, (LogPart){here.log, guardian}, town.arena, &code),
                               E_NOT_FOUND);
    EXPECT_ERR(log_family_code(&town.service, &here.holder, (LogPart){here.log, own}, town.arena, &code), E_INVALID);
    EXPECT_ERR(log_family_code(&town.service, &here.holder, (LogPart){here.log, town_id(&town)}, town.arena, &code),
                               E_INVALID);
    EXPECT_OK(log_family_code(&town.service, &here.holder, (LogPart){here.log, guardian}, town.arena, &code));
    EXPECT_STR(code.name, "Guard Kanarifugl");
    EXPECT(code.code[0] != '\0');
}

TEST(a_holders_code_for_an_account_that_opens_more_is_worth_this_log_alone_and_looks_as_any_other)
{
    TOWN(town);
    Case here = a_case(&town);
    LogView view = open_log(&town, &here.holder, here.log);
    AUTO(store_read_endp) Tx *tx = NULL;
    Id guardian = participant_of(&view, ROLE_GUARDIAN);
    EnrolmentCodes codes;
    GuardianCode code;
    Rights rights;
    uint32_t worth = 0;
    Id person = {0};

    for (uint32_t i = 0; i < view.people_count; i++)
        if (id_equal(view.people[i].participant, guardian))
            person = view.people[i].person;
    RoleRow role = {.id = town_id(&town), .person = person, .role = ROLE_ACTOR, .unit = town.other_unit,
                    .from_at = town.now, .appointed_by = here.holder.person};
    town_put(&town, put_role, &role);
    EXPECT_OK(log_family_code(&town.service, &here.holder, (LogPart){here.log, guardian}, town.arena, &code));
    EXPECT_OK(enrolment_codes_read(str_from_c(code.code), town.arena, &codes));
    EXPECT_OK(store_read(town.store, &tx));
    EXPECT_OK(rights_of(tx, person, town.now, town.arena, &rights));
    EXPECT_OK(enrolment_codes_worth(tx, &codes, &rights, town.now, &worth));
    EXPECT(rights.count == 2 && worth == 1);
}

/* ---- a code anew before one is handed out ---- */

TEST(whoever_signed_in_ten_minutes_ago_hands_out_no_code_of_the_family_without_one_of_their_own)
{
    TOWN(town);
    Case here = a_case(&town);
    LogView view = open_log(&town, &here.holder, here.log);
    Id guardian = participant_of(&view, ROLE_GUARDIAN);
    Actor long_here = here.holder, stranger = here.teacher;
    GuardianCode code;

    long_here.proved_at = town.now - SIGNIN_PROOF_MS;
    stranger.proved_at = town.now - SIGNIN_PROOF_MS;
    EXPECT_ERR(log_family_code(&town.service, &stranger, (LogPart){here.log, guardian}, town.arena, &code), E_NOT_FOUND);
    EXPECT_ERR(log_child_let_in(&town.service, &stranger, here.log, town.arena, &code), E_NOT_FOUND);
    EXPECT_ERR(log_family_code(&town.service, &long_here, (LogPart){here.log, guardian}, town.arena, &code), E_PROVE);
    EXPECT_ERR(log_child_let_in(&town.service, &long_here, here.log, town.arena, &code), E_PROVE);
    view = open_log(&town, &here.holder, here.log);
    EXPECT(id_is_none(participant_of(&view, ROLE_CHILD)));
    long_here.proved_at++;
    EXPECT_OK(log_family_code(&town.service, &long_here, (LogPart){here.log, guardian}, town.arena, &code));
    EXPECT_OK(log_child_let_in(&town.service, &long_here, here.log, town.arena, &code));
}

TEST(a_guardian_joins_and_an_actor_is_let_in_without_a_code_anew)
{
    TOWN(town);
    Case here = a_case(&town);
    JoiningGuardian joining = second_guardian(&town);
    GuardianCode code;
    Id participant;

    here.holder.proved_at = town.now - SIGNIN_PROOF_MS;
    EXPECT_OK(log_guardian_add(&town.service, &here.holder, here.log, &joining, &code));
    EXPECT_OK(log_actor_add(&town.service, &here.holder, here.log, here.teacher.role_row, &participant));
}

RUN_TESTS("log_guardian")
