/* A guardian who has lost the responsibility leaves a log; with a real database and a real key agent.
 * Must not hold data of anybody.
 * Run by meson test. */
#include <dirent.h>

#include "domain/lifecycle.h"
#include "service/acts/create.h"
#include "service/acts/entry.h"
#include "service/acts/guardian_end.h"
#include "service/acts/procedure.h"
#include "service/log/enter.h"
#include "service/reading/open.h"
#include "service/settings.h"
#include "support/answers.h"

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
    return log_open(&(LogReader){&town->service, actor, town->arena}, log, OPENING_NONE, ret_why, ret_view);
}

static Id log_of_two(Town *town, const Actor *holder)
{
    CreatedLog created;
    NewGuardian guardians[2];
    TownLog made;

    town_log(town, &made);
    guardians[0] = guardians[1] = made.guardian;
    log_set(&guardians[0].values, "name", STR("Forst Kanarifugl"));
    log_set(&guardians[0].values, "national_id", MOTHER);
    log_set(&guardians[0].values, "phone", STR("99 99 99 99"));
    log_set(&guardians[0].values, "email", STR("forst@example.invalid"));
    log_set(&guardians[1].values, "name", STR("Andre Kanarifugl"));
    made.log.guardians = guardians;
    made.log.guardian_count = 2;
    EXPECT_OK(log_create(&town->service, holder, &made.log, town->arena, &created));
    return created.log;
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

static LogRow row_of(Town *town, Id log)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    LogRow row = {0};

    EXPECT_OK(store_read(town->store, &tx));
    EXPECT_OK(store_log_by_id(tx, log, &row));
    return row;
}

static void set_to(Town *town, Setting setting, int value)
{
    Actor admin = town_staff(town, STR("Kari Kommune"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    Settings seen = {0}, wanted;

    EXPECT_OK(settings_read(&town->service, &admin, &seen));
    wanted = seen;
    wanted.values[setting] = value;
    EXPECT_OK(settings_change(&town->service, &admin, &seen, &wanted));
}

static void give_grace(Town *town, int days)
{
    set_to(town, SETTING_CONSENT_GRACE, days);
}

static void give_inactivity(Town *town, int months)
{
    set_to(town, SETTING_INACTIVITY, months);
}

TEST(where_there_is_a_grace_the_log_is_shut_for_its_days_when_a_guardian_leaves_and_then_passive)
{
    SCENE(scene);
    LogView view = {0};
    Why why;

    give_grace(&town, 14);
    EXPECT_OK(open_log(&town, &scene.holder, scene.log, &why, &view));
    EXPECT(!person_of(&view, "Forst Kanarifugl")->closes && person_of(&view, "Forst Kanarifugl")->pauses);
    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, scene.log, first_of(&scene)));
    EXPECT_ERR(open_log(&town, &scene.first, scene.log, &why, &view), E_FORBIDDEN);
    EXPECT(row_of(&town, scene.log).wake_on == oslo_time(oslo_day(town.now) + 14, 0));
    for (int turn = 0; turn < 2; turn++) {
        bool grace = turn == 0;
        EXPECT_OK(open_log(&town, &scene.second, scene.log, &why, &view));
        EXPECT(view.summary.stub && view.summary.state == STATE_PASSIVE && view.summary.renewing == grace);
        EXPECT(is_ok(open_log(&town, &scene.holder, scene.log, &why, &view)) == grace);
        scene.holder.now = scene.second.now = town.now + 14 * DAY_MS;
    }
}

TEST(a_log_in_which_a_claim_waits_wakes_for_it_when_a_guardian_leaves_with_a_longer_grace)
{
    SCENE(scene);
    Values claim = {.kind = kind_of(KIND_CLAIM)};
    Deed deed = {.service = &town.service, .actor = &scene.second, .log = scene.log, .asked = &claim};
    Why why;

    give_grace(&town, 30);
    EXPECT_OK(procedure_from_str(STR("claim_file"), &deed.procedure));
    EXPECT_OK(procedure_carry_out(&deed, &why));
    const int64_t due = row_of(&town, scene.log).wake_on;
    scene.holder.now = town.now + 20 * DAY_MS;
    EXPECT(due > scene.holder.now && due < town.now + 32 * DAY_MS);
    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, scene.log, first_of(&scene)));
    EXPECT(row_of(&town, scene.log).wake_on == due);
}

TEST(a_guardian_who_leaves_is_no_activity_and_the_log_wakes_when_it_is_quiet)
{
    SCENE(scene);

    give_grace(&town, 30);
    give_inactivity(&town, 1);
    scene.holder.now = town.now + 20 * DAY_MS;
    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, scene.log, first_of(&scene)));
    EXPECT(row_of(&town, scene.log).wake_on < town.now + 32 * DAY_MS);
}

TEST(whoever_leaves_reads_nothing_from_then_on_and_the_log_is_passive_in_the_same_transaction)
{
    SCENE(scene);
    LogView view = {0};
    Why why;

    EXPECT(person_of(&scene.view, "Forst Kanarifugl")->closes);
    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, scene.log, first_of(&scene)));
    EXPECT_ERR(open_log(&town, &scene.first, scene.log, &why, &view), E_FORBIDDEN);
    EXPECT_ERR(open_log(&town, &scene.holder, scene.log, &why, &view), E_FORBIDDEN);
    EXPECT_OK(open_log(&town, &scene.second, scene.log, &why, &view));
    EXPECT(why == WHY_STUB && view.summary.stub && view.summary.state == STATE_PASSIVE);
    EXPECT_STR(view.summary.unit_name, "Solsikke skole");
    const LogRow row = row_of(&town, scene.log);
    EXPECT(row.passive_at == town.now && row.looked_to == town.now);
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

    EXPECT_OK(open_log(&town, &scene.holder, scene.log, &why, &view));
    EXPECT(view.consent_good && view.consent_required == 2 && view.consented_count > 0);
    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, scene.log, first_of(&scene)));
    EXPECT_OK(open_log(&town, &scene.manager, scene.log, &why, &view));
    EXPECT(view.consent_count == 2 && view.consent_required == 2);
    EXPECT(!view.consent_good && view.consented_count == 0);
    for (uint32_t i = 0; i < view.consent_count; i++) {
        left += view.consents[i].left;
        EXPECT((view.consents[i].worth == CONSENT_LEFT) == view.consents[i].left);
        EXPECT(view.consents[i].left == id_equal(view.consents[i].participant, first_of(&scene)));
        EXPECT(!view.consents[i].withdrawn);
    }
    EXPECT(left == 1);
}

/* ---- raw bytes ---- */

static bool file_holds(const char *path, Str bytes)
{
    static char content[(size_t)8 << 20];
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(content, 1, sizeof content, file) : 0;

    if (file)
        fclose(file);
    EXPECT(length < sizeof content);
    for (size_t at = 0; at + bytes.length <= length; at++)
        if (memcmp(content + at, bytes.data, bytes.length) == 0)
            return true;
    return false;
}

/* Whether these bytes lie in any file of the municipalities' databases. */
static bool lies_somewhere(const Town *town, Str bytes)
{
    const struct dirent *entry;
    char folder[128], path[512];
    bool found = false;
    unsigned files = 0;

    snprintf(folder, sizeof folder, "%s/municipality", town->folder);
    DIR *open = opendir(folder);
    EXPECT(open != NULL && bytes.length >= 16);
    while (open && (entry = readdir(open))) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        found = found || (entry->d_name[0] != '.' && file_holds(path, bytes));
        files += entry->d_name[0] != '.';
    }
    closedir(open);
    EXPECT(files >= 2); /* the database and its write-ahead log */
    return found;
}

/* What must be gone: the sealed row with the phone number, and the key of the account. */
typedef struct Remains {
    Str row, key;
} Remains;

static Remains remains_of_first(Town *town, const Scene *scene, const Actor *reader)
{
    const LogWish wish = {.log = scene->log, .act = ACT_LOG_READ, .purpose = PURPOSE_READ};
    AUTO(log_entered_wipe) LogEntered entered = {0};
    AUTO(store_read_endp) Tx *tx = NULL;
    Remains remains = {0};
    ScopeKeyRow scope;
    Why why;

    EXPECT_OK(log_enter(&(LogReader){&town->service, reader, town->arena}, &wish, &why, &entered));
    for (uint32_t i = 0; i < entered.content.participants.count; i++)
        if (id_equal(entered.content.participants.items[i].id, first_of(scene)))
            remains.row = entered.content.participants.items[i].sealed;
    EXPECT_OK(store_read(town->store, &tx));
    EXPECT_OK(store_scope(tx, scene->first.person, town->arena, &scope));
    remains.key = scope.wrapped;
    return remains;
}

TEST(what_is_erased_lies_in_no_file_of_the_database_any_more)
{
    SCENE(scene);
    Remains remains = remains_of_first(&town, &scene, &scene.holder);

    EXPECT(lies_somewhere(&town, remains.row));
    EXPECT(lies_somewhere(&town, remains.key));
    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, scene.log, first_of(&scene)));
    EXPECT(!lies_somewhere(&town, remains.row));
    EXPECT(!lies_somewhere(&town, remains.key));
}

TEST(a_long_reading_holds_nobody_up_and_what_it_keeps_goes_the_next_time)
{
    SCENE(scene);
    Remains remains = remains_of_first(&town, &scene, &scene.holder);
    int64_t before, after;
    Tx *reading = NULL;
    LogRow log;

    EXPECT_OK(store_read(town.store, &reading));
    EXPECT_OK(store_log_by_id(reading, scene.log, &log));
    EXPECT_OK(world_now(&town.agent.world, &before));
    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, scene.log, first_of(&scene)));
    EXPECT_OK(world_now(&town.agent.world, &after));
    EXPECT(after - before < 4000);
    EXPECT(lies_somewhere(&town, remains.row));
    EXPECT(stores_purge_waiting(town.service.stores) == 1);
    EXPECT(lies_somewhere(&town, remains.row));
    store_read_end(reading);
    EXPECT(stores_purge_waiting(town.service.stores) == 0);
    EXPECT(!lies_somewhere(&town, remains.row) && !lies_somewhere(&town, remains.key));
}

/* ---- the account ---- */

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

TEST(an_account_goes_though_its_owner_worked_here_once_and_stays_while_they_do_or_will)
{
    SCENE(scene);
    Id second = person_of(&scene.view, "Andre Kanarifugl")->participant;
    RoleRow former = {.id = town_id(&town), .person = scene.first.person, .role = ROLE_ACTOR, .unit = town.other_unit,
                      .from_at = town.now - 2 * DAY_MS, .to_at = town.now - DAY_MS, .appointed_by = scene.manager.person};
    RoleRow later = former;

    town_put(&town, put_role, &former);
    later.id = town_id(&town);
    later.person = scene.second.person;
    later.from_at = town.now + DAY_MS;
    later.to_at = 0;
    town_put(&town, put_role, &later);
    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, scene.log, first_of(&scene)));
    EXPECT(!account_is_there(&town, scene.first.person));
    EXPECT_OK(log_guardian_end(&town.service, &scene.manager, scene.log, second));
    EXPECT(account_is_there(&town, scene.second.person));
}

/* ---- a log that must be kept ---- */

static void carry_out(Town *town, const Scene *scene, const char *act, KindId kind)
{
    Actor admin = town_staff(town, STR("Kari Kommune"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    Values asked = {.kind = kind_of(kind)};
    Deed deed = {.service = &town->service, .actor = &admin, .log = scene->log, .asked = &asked, .opening = OPENING_COMPLAINT};
    Why why;

    log_set(&asked, "reason", STR("Tingretten har bedt om det."));
    admin.request = town_id(town);
    EXPECT_OK(procedure_from_str(str_from_c(act), &deed.procedure));
    deed.about = answered_by(town, &admin, deed.procedure, scene->log);
    EXPECT_OK(procedure_carry_out(&deed, &why));
}

static Str contact_of(Town *town, const Scene *scene, const char *field)
{
    LogView view = {0};
    Why why;

    EXPECT_OK(open_log(town, &scene->manager, scene->log, &why, &view));
    return values_get(&person_of(&view, "Forst Kanarifugl")->contact, field);
}

TEST(from_a_log_that_must_be_kept_a_guardian_leaves_at_once_and_nothing_is_erased)
{
    SCENE(scene);
    LogView view = {0};
    Why why;

    carry_out(&town, &scene, "legal_hold_set", KIND_LEGAL_HOLD);
    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, scene.log, first_of(&scene)));
    EXPECT_ERR(open_log(&town, &scene.first, scene.log, &why, &view), E_FORBIDDEN);
    EXPECT_STR(contact_of(&town, &scene, "email"), "forst@example.invalid");
    EXPECT(contact_of(&town, &scene, "phone").length > 0);
    EXPECT(account_is_there(&town, scene.first.person));
}

TEST(when_a_log_need_not_be_kept_any_more_it_is_erased_how_former_guardians_were_reached_and_lies_in_no_file)
{
    SCENE(scene);
    carry_out(&town, &scene, "legal_hold_set", KIND_LEGAL_HOLD);
    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, scene.log, first_of(&scene)));
    Remains remains = remains_of_first(&town, &scene, &scene.manager);
    EXPECT(lies_somewhere(&town, remains.row) && lies_somewhere(&town, remains.key));
    carry_out(&town, &scene, "legal_hold_lift", KIND_LEGAL_HOLD_END);
    EXPECT(contact_of(&town, &scene, "email").length == 0 && contact_of(&town, &scene, "phone").length == 0);
    EXPECT(!account_is_there(&town, scene.first.person) && account_is_there(&town, scene.second.person));
    EXPECT(!lies_somewhere(&town, remains.row) && !lies_somewhere(&town, remains.key));
}

TEST(whoever_left_a_log_that_must_be_kept_keeps_their_account_when_they_leave_another)
{
    SCENE(scene);
    Id other = log_of_two(&town, &scene.holder);
    LogView view = {0};
    Why why;

    EXPECT_OK(open_log(&town, &scene.holder, other, &why, &view));
    carry_out(&town, &scene, "legal_hold_set", KIND_LEGAL_HOLD);
    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, scene.log, first_of(&scene)));
    EXPECT_OK(log_guardian_end(&town.service, &scene.holder, other, person_of(&view, "Forst Kanarifugl")->participant));
    EXPECT(account_is_there(&town, scene.first.person));
    carry_out(&town, &scene, "legal_hold_lift", KIND_LEGAL_HOLD_END);
    EXPECT(!account_is_there(&town, scene.first.person));
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
