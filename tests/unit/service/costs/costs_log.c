/* What a log costs: its pages, what is written in it, who is let in and out, and what stands around it.
 * Must not measure time.
 * Called by test_costs.c. */
#include "costs.h"

#include "domain/settings.h"
#include "service/acts/copy.h"
#include "service/acts/actor.h"
#include "service/acts/candidates.h"
#include "service/acts/child.h"
#include "service/acts/draft.h"
#include "service/acts/entry.h"
#include "service/acts/family_code.h"
#include "service/acts/guardian.h"
#include "service/acts/guardian_end.h"
#include "service/acts/procedure.h"
#include "service/reading/consents.h"
#include "service/log/refused.h"
#include "service/people/appoint.h"
#include "service/people/code.h"
#include "service/people/overview.h"
#include "service/people/staff.h"
#include "service/people/units.h"
#include "service/reading/document.h"
#include "service/reading/find.h"
#include "service/reading/history.h"
#include "service/reading/list.h"
#include "service/reading/number.h"
#include "service/reading/older.h"
#include "service/reading/seen.h"
#include "service/session/memory.h"
#include "service/settings.h"

static void look(Scene *scene, const Actor *actor)
{
    Why why;
    const LogReader reader = {&scene->town.service, actor, scene->town.arena};
    EXPECT_OK(log_open_current(&reader, scene->log, OPENING_NONE, &why, &scene->view));
}

static Id participant_of(Scene *scene, Role role)
{
    for (uint32_t i = 0; i < scene->view.people_count; i++)
        if (scene->view.people[i].role == role && scene->view.people[i].to_at == 0)
            return scene->view.people[i].participant;
    return (Id){0};
}

static Values note(Str text)
{
    Values values = {.kind = kind_of(KIND_NOTE)};
    log_set(&values, "note_kind", STR("1"));
    log_set(&values, "text", text);
    return values;
}

static void run_create(Scene *scene)
{
    scene->log = town_create(&scene->town, &scene->holder);
}

static void run_page(Scene *scene)
{
    look(scene, &scene->holder);
}

static void run_page_of_guardian(Scene *scene)
{
    look(scene, &scene->guardian);
}

static void run_absent(Scene *scene)
{
    LogView view;
    Why why;
    EXPECT_ERR(log_open(&(LogReader){&scene->town.service, &scene->teacher, scene->town.arena},
                        scene->log, OPENING_NONE, &why, &view),
               E_NOT_FOUND);
}

static void run_list(Scene *scene)
{
    LogSummaries logs = {0};
    EXPECT_OK(log_list(&scene->town.service, &scene->holder, scene->town.arena, &logs));
}

static void run_find(Scene *scene)
{
    Id log;
    EXPECT_OK(log_find(&(LogReader){&scene->town.service, &scene->admin, scene->town.arena}, scene->view.summary.display, &log));
}

static void run_seen(Scene *scene)
{
    LogSeen seen = {0};
    Why why;
    EXPECT_OK(log_seen(&(LogReader){&scene->town.service, &scene->holder, scene->town.arena}, &(LogSeenWish){.log = scene->log}, &why, &seen));
}

static void run_number(Scene *scene)
{
    Str number;
    EXPECT_OK(log_number_read(&scene->town.service, &scene->holder, scene->log, scene->town.arena, &number));
}

static void run_note(Scene *scene)
{
    Values values = note(STR("Gikk fint."));
    EXPECT_OK(log_entry_add(&scene->town.service, &scene->holder, scene->log, &values, &scene->entry));
}

static void run_note_of_guardian(Scene *scene)
{
    Values values = note(STR("Hjemme."));
    Id entry;
    EXPECT_OK(log_entry_add(&scene->town.service, &scene->guardian, scene->log, &values, &entry));
}

/* A note that is refused, and the question whether the writer may be told why. */
static void refuse_note(Scene *scene, Id log)
{
    const LogReader reader = {&scene->town.service, &scene->teacher, scene->town.arena};
    Values values = note(STR("Herfra."));
    Id entry;
    Why why;

    EXPECT_ERR(log_entry_add(reader.service, reader.actor, log, &values, &entry), E_NOT_FOUND);
    EXPECT_ERR(log_why_refused(&reader, &(Refused){.log = log, .act = ACT_NOTE_WRITE}, &why), E_NOT_FOUND);
}

static void run_note_forbidden(Scene *scene)
{
    refuse_note(scene, scene->log);
}

static void run_note_absent(Scene *scene)
{
    refuse_note(scene, (Id){.bytes = {1}});
}

static void run_correction(Scene *scene)
{
    Values values = note(STR("Gikk meget fint."));
    EXPECT_OK(log_entry_correct(&scene->town.service, &scene->holder, &(EntryVersion){scene->log, scene->entry, 1}, &values));
}

static void run_history(Scene *scene)
{
    LogHistory history;
    EXPECT_OK(log_entry_history(&(LogReader){&scene->town.service, &scene->holder, scene->town.arena},
                                scene->log, scene->entry, &history));
}

static void run_older(Scene *scene)
{
    const LogOlderWish wish = {.log = scene->log, .section = SECTION_NOTES};
    LogOlder older;
    EXPECT_OK(log_older(&(LogReader){&scene->town.service, &scene->holder, scene->town.arena}, &wish, &older));
}

static void run_removal(Scene *scene)
{
    EXPECT_OK(log_entry_remove(&scene->town.service, &scene->holder, &(EntryVersion){scene->log, scene->entry, 2},
                               STR("feil barn")));
}

static void run_child(Scene *scene)
{
    Values child = scene->view.child;
    log_set(&child, "name", STR("Canary Kanari"));
    log_set(&child, "national_id", STR_NONE);
    EXPECT_OK(log_entry_correct(&scene->town.service, &scene->holder, &(EntryVersion){scene->log, scene->view.entries[0].entry, 1},
                                &child));
}

static void run_measure(Scene *scene)
{
    Values values = {.kind = kind_of(KIND_MEASURE)};
    values_put(&values, MEASURE_STATE, STR("1"));
    values_put(&values, MEASURE_DEADLINE, town_day(&scene->town, 30));
    EXPECT_OK(log_entry_add(&scene->town.service, &scene->holder, scene->log, &values, &scene->measure));
}

static void run_progress(Scene *scene)
{
    Values asked = {.kind = kind_of(KIND_MEASURE)};
    Deed deed = {.service = &scene->town.service, .actor = &scene->holder, .log = scene->log, .entry = scene->measure, .version = 1,
                 .asked = &asked, .here = scene->holder.answer};
    Why why;

    values_put(&asked, MEASURE_STATE, STR("3"));
    values_put(&asked, MEASURE_DEADLINE, town_day(&scene->town, 30));
    EXPECT_OK(procedure_from_str(STR("measure_progress"), &deed.procedure));
    EXPECT_OK(procedure_carry_out(&deed, &why));
}

static void run_candidates(Scene *scene)
{
    LogCandidates candidates;
    EXPECT_OK(log_candidates(&(LogReader){&scene->town.service, &scene->holder, scene->town.arena}, scene->log, ACT_PARTICIPANT_ADD, &candidates));
}

static void run_actor_in(Scene *scene)
{
    EXPECT_OK(log_actor_add(&scene->town.service, &scene->holder, scene->log, scene->teacher.role_row, &scene->participant));
}

static void run_actor_out(Scene *scene)
{
    EXPECT_OK(log_participant_end(&scene->town.service, &scene->holder, scene->log, scene->participant));
}

static void run_child_in(Scene *scene)
{
    GuardianCode code;
    EXPECT_OK(log_child_let_in(&scene->town.service, &scene->holder, scene->log, scene->town.arena, &code));
}

static void run_child_out(Scene *scene)
{
    EXPECT_OK(log_child_keep_out(&scene->town.service, &scene->holder, scene->log, STR("ikke nå")));
}

static void run_family_code(Scene *scene)
{
    GuardianCode code;
    EXPECT_OK(log_family_code(&scene->town.service, &scene->holder, (LogPart){scene->log, participant_of(scene,
                              ROLE_GUARDIAN)}, scene->town.arena, &code));
}

static void run_guardian_in(Scene *scene)
{
    GuardianCode code;
    TownLog made;

    town_log(&scene->town, &made);
    log_set(&made.guardian.values, "name", STR("Andre Kanarifugl"));
    const JoiningGuardian joining = {.guardian = made.guardian, .document = {.bytes = STR("%PDF-1.7 samtykke"), .media = 1}};
    EXPECT_OK(log_guardian_add(&scene->town.service, &scene->holder, scene->log, &joining, &code));
}

static void run_document(Scene *scene)
{
    uint8_t media;
    Str bytes;

    look(scene, &scene->holder);
    for (uint32_t i = 0; i < scene->view.consent_count; i++)
        if (scene->view.consents[i].has_document)
            EXPECT_OK(log_document_read(&(LogReader){&scene->town.service, &scene->holder, scene->town.arena},
                                        scene->log, scene->view.consents[i].id, &bytes, &media));
}

/* Of two guardians always the same one: ids are drawn, and the one who came later has less to leave. */
static void run_guardian_out(Scene *scene)
{
    Id leaves = {0};

    for (uint32_t i = 0; i < scene->view.people_count; i++)
        if (scene->view.people[i].role == ROLE_GUARDIAN && id_equal(scene->view.people[i].person, scene->guardian.person))
            leaves = scene->view.people[i].participant;
    EXPECT_OK(log_guardian_end(&scene->town.service, &scene->holder, scene->log, leaves));
}

static const DraftOf *draft_of(const Scene *scene)
{
    static DraftOf of;
    of = (DraftOf){.log = scene->log, .kind = KIND_NOTE};
    return &of;
}

static void run_draft_keep(Scene *scene)
{
    EXPECT_OK(log_draft_keep(&scene->town.service, &scene->holder, draft_of(scene), STR("text=Halv"), scene->town.arena));
}

static void run_moved(Scene *scene)
{
    Deed deed = {.service = &scene->town.service, .actor = &scene->holder, .log = scene->log, .here = scene->holder.answer};
    Why why;

    EXPECT_OK(procedure_from_str(STR("moved_record"), &deed.procedure));
    EXPECT_OK(procedure_carry_out(&deed, &why));
}

/* What was asked for is kept in the log. */
static void run_kept(Scene *scene)
{
    Values asked = {.kind = kind_of(KIND_LEGAL_HOLD)};
    Deed deed = {.service = &scene->town.service, .actor = &scene->admin, .log = scene->log, .here = scene->admin.answer,
                 .opening = OPENING_COMPLAINT, .asked = &asked};
    Why why;

    values_put(&asked, LEGAL_HOLD_REASON, STR("Tingretten ber om loggen."));
    EXPECT_OK(procedure_from_str(STR("legal_hold_set"), &deed.procedure));
    EXPECT_OK(procedure_carry_out(&deed, &why));
}

static void run_claim(Scene *scene)
{
    Values asked = {.kind = kind_of(KIND_CLAIM)};
    Deed deed = {.service = &scene->town.service, .actor = &scene->guardian, .log = scene->log, .here = scene->guardian.answer,
                 .asked = &asked};
    Why why;

    EXPECT_OK(procedure_from_str(STR("claim_file"), &deed.procedure));
    EXPECT_OK(procedure_carry_out(&deed, &why));
}

/* A form of its own for each. */
static void as_form(Scene *scene, Actor *actor, bool form)
{
    actor->has_form = form;
    actor->drafts = form;
    actor->answer = (FormAnswer){.location = STR("/logg"), .status = 303};
    EXPECT_OK(world_random(scene->town.service.world, actor->form.bytes, sizeof actor->form.bytes));
    EXPECT_OK(world_id(scene->town.service.world, &actor->request));
}

static void carry_out(Scene *scene, const char *act, Id log, Actor *actor, const Values *asked)
{
    Deed deed = {.service = &scene->town.service, .actor = actor, .log = log, .asked = asked, .here = actor->answer};
    Why why;

    EXPECT_OK(procedure_from_str(str_from_c(act), &deed.procedure));
    EXPECT_OK(procedure_carry_out(&deed, &why));
}

static void run_consents(Scene *scene)
{
    LogConsentHistory history;
    Why why;

    EXPECT_OK(log_consent_history(&(LogReader){&scene->town.service, &scene->holder, scene->town.arena}, scene->log, OPENING_NONE, &why,
                                  &history));
}

static void run_copy(Scene *scene)
{
    LogView copy;

    EXPECT_OK(log_copy_take(&(LogReader){&scene->town.service, &scene->guardian, scene->town.arena}, scene->log, &copy));
}

static void run_give(Scene *scene)
{
    Values asked = {.kind = kind_of(KIND_RENEWAL)};

    values_put(&asked, RENEWAL_VALID_TO, town_day(&scene->town, 300));
    as_form(scene, &scene->parent, true);
    carry_out(scene, "consent_give", scene->elsewhere, &scene->parent, &asked);
}

static void run_withdraw(Scene *scene)
{
    Values asked = {.kind = kind_of(KIND_WITHDRAWAL)};

    values_put(&asked, WITHDRAWAL_OF, STR("1"));
    as_form(scene, &scene->parent, true);
    carry_out(scene, "consent_withdraw", scene->elsewhere, &scene->parent, &asked);
}

/* The same form withdraws the consent of whoever asks. */
static void run_claim_and_withdraw(Scene *scene)
{
    Values asked = {.kind = kind_of(KIND_CLAIM)};

    values_put(&asked, CLAIM_WITHDRAWN, VALUE_YES);
    as_form(scene, &scene->parent, true);
    carry_out(scene, "claim_file", scene->elsewhere, &scene->parent, &asked);
}

static void run_withdraw_form(Scene *scene)
{
    ProcedureWish wish = {.log = scene->elsewhere};
    ProcedureAsked asked;

    EXPECT_OK(procedure_from_str(STR("consent_withdraw"), &wish.procedure));
    EXPECT_OK(procedure_ask(&(LogReader){&scene->town.service, &scene->parent, scene->town.arena}, &wish, &asked));
}

static void run_draft_find(Scene *scene)
{
    int64_t at;
    Str text;
    EXPECT_OK(log_draft_find(&(LogReader){&scene->town.service, &scene->holder, scene->town.arena},
                             draft_of(scene), &text, &at));
}

static void run_units(Scene *scene)
{
    Units units;
    EXPECT_OK(people_units(&scene->town.service, &scene->admin, scene->town.arena, &units));
}

static void run_staff(Scene *scene)
{
    StaffRoles staff;
    EXPECT_OK(people_staff(&scene->town.service, &scene->admin, (Id){0}, scene->town.arena, &staff));
}

static void run_overview(Scene *scene)
{
    StaffRoles managers;
    Units units;
    EXPECT_OK(people_overview(&scene->town.service, &scene->admin, scene->town.arena, &units, &managers));
}

static void run_settings(Scene *scene)
{
    Settings settings;
    EXPECT_OK(settings_read(&scene->town.service, &scene->admin, &settings));
}

static void run_setting(Scene *scene)
{
    Settings seen = settings_default(), wanted = seen;
    wanted.values[SETTING_INACTIVITY] = 6;
    EXPECT_OK(settings_change(&scene->town.service, &scene->admin, &seen, &wanted));
}

/* In this order: each finds what those before it have left. */
static const struct {
    const char *name;
    void (*run)(Scene *scene);
    bool form;    /* sent as a form: its key is claimed, its answer kept */
} in_a_log[] = {
    {"create a log", run_create, true},
    {"page of a log", run_page, false},
    {"page of a log, guardian", run_page_of_guardian, false},
    {"page, absent or forbidden", run_absent, false},
    {"list of logs", run_list, false},
    {"a log by its number", run_find, false},
    {"who has seen", run_seen, false},
    {"national id", run_number, false},
    {"note", run_note, true},
    {"note of a guardian", run_note_of_guardian, true},
    {"note, forbidden", run_note_forbidden, false},
    {"note, absent", run_note_absent, false},
    {"correction", run_correction, true},
    {"history of an entry", run_history, false},
    {"older notes", run_older, false},
    {"removal", run_removal, true},
    {"child corrected", run_child, true},
    {"measure", run_measure, true},
    {"measure goes on", run_progress, true},
    {"who can be let in", run_candidates, false},
    {"actor let in", run_actor_in, true},
    {"actor ends", run_actor_out, true},
    {"child let in", run_child_in, true},
    {"child kept out", run_child_out, true},
    {"code for the family", run_family_code, true},
    {"guardian joins", run_guardian_in, true},
    {"document, after a page", run_document, false},
    {"draft kept", run_draft_keep, false},
    {"draft found", run_draft_find, false},
    {"a move recorded", run_moved, true},
    {"deletion asked for", run_claim, true},
    {"own copy", run_copy, false},
    {"history of consents", run_consents, false},
    {"consent given again", run_give, true},
    {"withdrawing, before the form", run_withdraw_form, false},
    {"consent withdrawn", run_withdraw, true},
    {"guardian ends", run_guardian_out, true},
    {"a log that must be kept", run_kept, true},
    {"units", run_units, false},
    {"staff", run_staff, false},
    {"units and their managers", run_overview, false},
    {"settings", run_settings, false},
    {"a setting changed", run_setting, true},
};

void set_scene(Scene *scene)
{
    town_begin(&scene->town);
    scene->holder = town_staff(&scene->town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, scene->town.unit);
    scene->teacher = town_staff(&scene->town, STR("Larer Laresen"), ROLE_ACTOR, scene->town.unit);
    scene->admin = town_staff(&scene->town, STR("Kari Kommune"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    /* A log before, for the guardian and for what is read once only. */
    Actor other = town_staff(&scene->town, STR("Annen Holder"), ROLE_RELAY_HOLDER, scene->town.other_unit);
    scene->log = scene->elsewhere = town_create(&scene->town, &other);
    look(scene, &other);
    scene->parent = town_actor(&scene->town, scene->view.people[1].person, ROLE_GUARDIAN, (Id){0});
    scene->log = town_create(&scene->town, &scene->holder);
    look(scene, &scene->holder);
}

void count_log(Buf *buf)
{
    Scene scene = {.town.driver = costs_driver()};

    set_scene(&scene);
    for (size_t i = 0; i < COUNT_OF(in_a_log); i++) {
        Row row;
        as_form(&scene, &scene.holder, in_a_log[i].form);
        as_form(&scene, &scene.guardian, in_a_log[i].form);
        as_form(&scene, &scene.admin, in_a_log[i].form);
        costs_begin(&row, &scene.town.service, scene.town.store);
        in_a_log[i].run(&scene);
        costs_end(&row, &scene.town.service, scene.town.store, in_a_log[i].name, buf);
        if (i == 1)
            scene.guardian = town_actor(&scene.town, scene.view.people[1].person, ROLE_GUARDIAN, (Id){0});
    }
    town_end(&scene.town);
}

/* In a log whose consent holds still. */
void count_claim(Buf *buf)
{
    Scene scene = {.town.driver = costs_driver()};
    Row row;

    set_scene(&scene);
    costs_begin(&row, &scene.town.service, scene.town.store);
    run_claim_and_withdraw(&scene);
    costs_end(&row, &scene.town.service, scene.town.store, "deletion asked, withdrawing", buf);
    town_end(&scene.town);
}
