/* A guardian who has lost the responsibility leaves a log; with a real database and a real key agent.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "support/log_fixture.h"

#define TOWN(name)                       \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

#define MOTHER STR("03818510046")

/* A log with two guardians, both of whom have said yes. */
typedef struct Scene {
    Actor holder, manager;
    Id log;
    LogView view;     /* as the holder saw it */
    Actor first, second;
} Scene;

static Err open_log(Town *town, const Actor *actor, Id log, Why *ret_why, LogView *ret_view)
{
    return log_open(&town->service, actor, log, OPENING_NONE, town->arena, ret_why, ret_view);
}

static Id log_of_two(Town *town, const Actor *holder)
{
    const GuardianCode *codes;
    NewGuardian guardians[2];
    TownLog made;
    Id log = {0};

    town_log(town, &made);
    guardians[0] = guardians[1] = made.guardian;
    log_set(&guardians[0].values, "name", STR("Forst Kanarifugl"));
    log_set(&guardians[0].values, "national_id", MOTHER);
    log_set(&guardians[0].values, "phone", STR("99 99 99 99"));
    log_set(&guardians[0].values, "email", STR("forst@example.invalid"));
    log_set(&guardians[1].values, "name", STR("Andre Kanarifugl"));
    made.log.guardians = guardians;
    made.log.guardian_count = 2;
    EXPECT_OK(log_create(&town->service, holder, &made.log, town->arena, &log, &codes));
    return log;
}

static const LogPerson *person_of(const LogView *view, const char *name)
{
    for (uint32_t i = 0; i < view->people_count; i++)
        if (str_equal(view->people[i].name, str_from_c(name)))
            return &view->people[i];
    return NULL;
}

static void scene_begin(Town *town, Scene *scene)
{
    Why why;

    scene->holder = town_staff(town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town->unit);
    scene->manager = town_staff(town, STR("Enhet Leder"), ROLE_ORG_MANAGER, town->unit);
    scene->log = log_of_two(town, &scene->holder);
    EXPECT_OK(open_log(town, &scene->holder, scene->log, &why, &scene->view));
    scene->first = town_actor(town, person_of(&scene->view, "Forst Kanarifugl")->person, ROLE_GUARDIAN, (Id){0});
    scene->second = town_actor(town, person_of(&scene->view, "Andre Kanarifugl")->person, ROLE_GUARDIAN, (Id){0});
}

#define SCENE(name)       \
    TOWN(town);           \
    Scene name = {0};     \
    scene_begin(&town, &name)

static Id first_of(const Scene *scene)
{
    return person_of(&scene->view, "Forst Kanarifugl")->participant;
}

static bool account_is_there(Town *town, Id person)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    PersonRow row = {0};
    ScopeKeyRow scope = {0};

    EXPECT_OK(store_read(town->store, &tx));
    bool there = is_ok(store_person_by_id(tx, person, town->arena, &row));
    EXPECT(there == is_ok(store_scope(tx, person, town->arena, &scope)));
    return there;
}

TEST(nobody_but_the_holder_ends_a_guardians_participation_and_only_that_of_a_guardian)
{
    SCENE(scene);
    Actor stranger = town_staff(&town, STR("Fremmed Fugl"), ROLE_RELAY_HOLDER, town.other_unit);
    Id holder = person_of(&scene.view, "Stafett Holder")->participant;
    LogView view = {0};
    Why why;

    EXPECT_ERR(log_guardian_end(&town.service, &stranger, scene.log, first_of(&scene)), E_NOT_FOUND);
    EXPECT_ERR(log_guardian_end(&town.service, &scene.second, scene.log, first_of(&scene)), E_FORBIDDEN);
    EXPECT_ERR(log_guardian_end(&town.service, &scene.holder, scene.log, holder), E_INVALID);
    EXPECT_ERR(log_guardian_end(&town.service, &scene.holder, scene.log, town_id(&town)), E_INVALID);
    EXPECT_OK(open_log(&town, &scene.first, scene.log, &why, &view));
    EXPECT(view.summary.state == STATE_ACTIVE);
}

TEST(whoever_leaves_reads_nothing_from_then_on_and_the_log_is_passive_in_the_same_transaction)
{
    SCENE(scene);
    LogView view = {0};
    LogRow row = {0};
    Why why;

    EXPECT(person_of(&scene.view, "Forst Kanarifugl")->closes);
    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, scene.log, first_of(&scene)));
    EXPECT_ERR(open_log(&town, &scene.first, scene.log, &why, &view), E_FORBIDDEN);
    EXPECT_ERR(open_log(&town, &scene.holder, scene.log, &why, &view), E_FORBIDDEN);
    EXPECT_OK(open_log(&town, &scene.second, scene.log, &why, &view));
    EXPECT(why == WHY_STUB && view.summary.stub && view.summary.state == STATE_PASSIVE);
    EXPECT(view.summary.unit_name.length == 0); /* the address may be protected: no stub tells a guardian the school */
    {
        AUTO(store_read_endp) Tx *tx = NULL;
        EXPECT_OK(store_read(town.store, &tx));
        EXPECT_OK(store_log_by_id(tx, scene.log, &row));
    }
    EXPECT(row.closed_reason == CLOSING_RESPONSIBILITY_CHANGED && row.wake_on > 0 && row.wake_on <= town.now + 31 * DAY_MS);
    AuditRows lines = town_lines(&town, scene.log);
    bool ended = false, closed = false;
    for (uint32_t i = 0; i < lines.count; i++) {
        ended = ended || (lines.items[i].line.act == ACT_GUARDIAN_END && lines.items[i].line.outcome == AUDIT_ALLOWED);
        closed = closed || (lines.items[i].line.act == ACT_LOG_CLOSE && lines.items[i].line.outcome == AUDIT_ALLOWED);
    }
    EXPECT(ended && closed);
}

TEST(what_a_former_guardian_wrote_stays_and_how_they_were_reached_does_not)
{
    SCENE(scene);
    Values note = {.kind = kind_of(KIND_NOTE)};
    LogView view = {0};
    Id entry;
    Why why;

    log_set(&note, "note_kind", STR("1"));
    log_set(&note, "text", STR("Gikk fint hjemme."));
    EXPECT_OK(log_entry_add(&town.service, &scene.first, scene.log, &note, &entry));
    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, scene.log, first_of(&scene)));
    EXPECT_OK(open_log(&town, &scene.manager, scene.log, &why, &view));
    const LogPerson *former = person_of(&view, "Forst Kanarifugl");
    EXPECT(former && former->to_at != 0);
    EXPECT(values_get(&former->contact, "phone").length == 0 && values_get(&former->contact, "email").length == 0);
    EXPECT_STR(values_get(&former->contact, "relationship"), "1");
    EXPECT_STR(values_get(&view.entries[1].values, "text"), "Gikk fint hjemme.");
    EXPECT_STR(view.entries[1].author_name, "Forst Kanarifugl");
    EXPECT(view.entries[1].author_former);
}

TEST(the_consent_of_a_former_guardian_counts_no_longer_and_is_not_said_to_be_withdrawn_by_them)
{
    SCENE(scene);
    uint32_t left = 0;
    LogView view = {0};
    Why why;

    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, scene.log, first_of(&scene)));
    EXPECT_OK(open_log(&town, &scene.manager, scene.log, &why, &view));
    EXPECT(view.consent_count == 2);
    for (uint32_t i = 0; i < view.consent_count; i++) {
        left += view.consents[i].left;
        EXPECT(view.consents[i].left == id_equal(view.consents[i].participant, first_of(&scene)));
        EXPECT(!view.consents[i].withdrawn);
    }
    EXPECT(left == 1);
}

TEST(an_account_goes_with_its_last_participation_and_stays_while_another_log_is_open)
{
    SCENE(scene);
    Id other = log_of_two(&town, &scene.holder);
    LogView view = {0};
    Why why;

    EXPECT_OK(open_log(&town, &scene.holder, other, &why, &view));
    EXPECT(id_equal(person_of(&view, "Forst Kanarifugl")->person, scene.first.person));
    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, scene.log, first_of(&scene)));
    EXPECT(account_is_there(&town, scene.first.person));
    LogView still = {0};
    EXPECT_OK(open_log(&town, &scene.first, other, &why, &still));
    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, other, person_of(&view, "Forst Kanarifugl")->participant));
    EXPECT(!account_is_there(&town, scene.first.person));
    EXPECT(account_is_there(&town, scene.second.person));
}

TEST(in_a_passive_log_the_manager_ends_another_participation_and_it_stays_passive)
{
    SCENE(scene);
    Id second = person_of(&scene.view, "Andre Kanarifugl")->participant;
    LogView view = {0};
    Why why;

    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, scene.log, first_of(&scene)));
    EXPECT_ERR(log_guardian_end(&town.service, &scene.manager, scene.log, first_of(&scene)), E_STALE);
    EXPECT_OK(log_guardian_end(&town.service, &scene.manager, scene.log, second));
    EXPECT_OK(open_log(&town, &scene.manager, scene.log, &why, &view));
    EXPECT(view.summary.state == STATE_PASSIVE && person_of(&view, "Andre Kanarifugl")->to_at != 0);
    EXPECT(!person_of(&view, "Andre Kanarifugl")->closes);
    EXPECT_ERR(open_log(&town, &scene.second, scene.log, &why, &view), E_FORBIDDEN);
}

RUN_TESTS("log guardian end")
