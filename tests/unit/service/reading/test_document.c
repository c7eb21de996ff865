/* Whose the paper is that a consent was given on.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "service/reading/document.h"

#include "service/acts/actor.h"
#include "service/acts/child.h"
#include "service/acts/entry.h"
#include "service/acts/guardian.h"
#include "service/reading/open.h"
#include "support/log_fixture.h"

#define TOWN(name)                  \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

#define FIRST_PAPER "%PDF-1.7 forste"
#define SECOND_PAPER "%PDF-1.7 andre"

/* A log of two guardians, who signed one paper together or one each. */
typedef struct Family {
    Actor holder, teacher, first, second, child;
    Id log, first_consent, second_consent;
} Family;

static LogView view_of(Town *town, const Actor *actor, Id log)
{
    LogView view = {0};
    Why why;

    EXPECT_OK(log_open(&(LogReader){&town->service, actor, town->arena}, log, OPENING_NONE, &why, &view));
    return view;
}

static Actor guardian_of(Town *town, const LogView *view, Str name)
{
    for (uint32_t i = 0; i < view->people_count; i++)
        if (str_equal(view->people[i].name, name))
            return town_actor(town, view->people[i].person, view->people[i].role, (Id){0});
    return (Actor){0};
}

static Id consent_of(const LogView *view, Str name)
{
    for (uint32_t i = 0; i < view->consent_count; i++)
        if (str_equal(view->consents[i].guardian_name, name))
            return view->consents[i].id;
    return (Id){0};
}

static Family family(Town *town, bool one_paper, Str protection)
{
    Family made = {.holder = town_staff(town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town->unit),
                   .teacher = town_staff(town, STR("Larer Laresen"), ROLE_ACTOR, town->unit)};
    JoiningGuardian joining = {0};
    GuardianCode code;
    CreatedLog created;
    TownLog asked;
    Id participant;

    town_log(town, &asked);
    log_set(&asked.guardian.values, "name", STR("Forste Kanarifugl"));
    log_set(&asked.log.child, "protection", protection);
    asked.log.document = (NewDocument){.bytes = STR(FIRST_PAPER), .media = 1};
    EXPECT_OK(log_create(&town->service, &made.holder, &asked.log, town->arena, &created));
    made.log = created.log;
    joining.guardian = asked.guardian;
    log_set(&joining.guardian.values, "name", STR("Andre Kanarifugl"));
    joining.document = (NewDocument){.bytes = one_paper ? STR(FIRST_PAPER) : STR(SECOND_PAPER), .media = 1};
    EXPECT_OK(log_guardian_add(&town->service, &made.holder, made.log, &joining, &code));
    EXPECT_OK(log_actor_add(&town->service, &made.holder, made.log, made.teacher.role_row, &participant));
    EXPECT_OK(log_child_let_in(&town->service, &made.holder, made.log, town->arena, &code));
    const LogView view = view_of(town, &made.holder, made.log);
    made.first = guardian_of(town, &view, STR("Forste Kanarifugl"));
    made.second = guardian_of(town, &view, STR("Andre Kanarifugl"));
    made.child = guardian_of(town, &view, STR("Canary Kanarifugl"));
    made.first_consent = consent_of(&view, STR("Forste Kanarifugl"));
    made.second_consent = consent_of(&view, STR("Andre Kanarifugl"));
    return made;
}

/* The page's link and the reading itself say the same. */
static bool reads(Town *town, const Family *family, const Actor *actor, Id consent)
{
    const LogView view = view_of(town, actor, family->log);
    Str bytes = STR_NONE;
    uint8_t media = 0;
    bool linked = false;
    Err read = log_document_read(&(LogReader){&town->service, actor, town->arena}, family->log, consent, &bytes, &media);

    for (uint32_t i = 0; i < view.consent_count; i++)
        linked = linked || (id_equal(view.consents[i].id, consent) && view.consents[i].may_document);
    EXPECT(linked == is_ok(read));
    EXPECT(is_ok(read) ? bytes.length > 0 : read.id == E_FORBIDDEN && bytes.length == 0);
    return is_ok(read);
}

TEST(a_guardian_reads_the_paper_of_their_own_consent_and_not_that_of_the_other_guardian)
{
    for (int protection = 1; protection <= 3; protection++) {
        TOWN(town);
        const Family made = family(&town, false, protection == 1 ? STR("1") : protection == 2 ? STR("2") : STR("3"));
        EXPECT(!reads(&town, &made, &made.second, made.first_consent));
        EXPECT(!reads(&town, &made, &made.first, made.second_consent));
        EXPECT(!reads(&town, &made, &made.teacher, made.first_consent) && !reads(&town, &made, &made.child, made.first_consent));
        EXPECT(reads(&town, &made, &made.first, made.first_consent) && reads(&town, &made, &made.second, made.second_consent));
        EXPECT(reads(&town, &made, &made.holder, made.first_consent) && reads(&town, &made, &made.holder, made.second_consent));
    }
}

/* One file with the forms of both: each would read the address of the other. */
TEST(a_paper_of_two_guardians_is_read_by_both_and_by_neither_when_the_address_is_protected)
{
    for (int protection = 1; protection <= 3; protection++) {
        TOWN(town);
        const Family made = family(&town, true, protection == 1 ? STR("1") : protection == 2 ? STR("2") : STR("3"));
        EXPECT(reads(&town, &made, &made.first, made.first_consent) == (protection == 1));
        EXPECT(reads(&town, &made, &made.second, made.second_consent) == (protection == 1));
        EXPECT(!reads(&town, &made, &made.second, made.first_consent));
        EXPECT(reads(&town, &made, &made.holder, made.first_consent));
    }
}

RUN_TESTS("log_document")
