/* A log is created, and opened by those who may; with a real database and a real key agent.
 * Must not hold data of anybody.
 * Run by meson test. */
#include <sqlite3.h>

#include "service/acts/entry.h"
#include "service/acts/actor.h"
#include "service/acts/child.h"
#include "service/acts/create.h"
#include "service/reading/find.h"
#include "service/reading/list.h"
#include "service/reading/open.h"
#include "support/counting.h"
#include "support/log_fixture.h"
#include "store/verify/verify.h"

#define TOWN(name)                       \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

static Err open_log(Town *town, const Actor *actor, Id log, Why *ret_why, LogView *ret_view)
{
    return log_open(&(LogReader){&town->service, actor, town->arena}, log, OPENING_NONE, ret_why, ret_view);
}

/* What somebody with the file can do: one statement of SQL, behind our back. */
static void by_hand(Town *town, const char *sql)
{
    char path[200], tenant[ID_TEXT + 1];
    sqlite3 *database = NULL;

    id_to_text(town->tenant, tenant);
    snprintf(path, sizeof path, "%s/municipality/%s.db", town->folder, tenant);
    EXPECT(sqlite3_open(path, &database) == SQLITE_OK);
    sqlite3_busy_timeout(database, 5000);
    EXPECT(sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK);
    EXPECT(sqlite3_changes(database) > 0);
    sqlite3_close(database);
}

TEST(a_page_of_a_log_costs_one_snapshot_one_commit_and_one_question_to_the_key_agent)
{
    AUTO(town_end) Town town = {.driver = counting_driver()};
    town_begin(&town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    LogView view = {0};
    Cost cost;
    Why why;

    cost_begin(&cost, town.service.keys);
    EXPECT_OK(open_log(&town, &holder, log, &why, &view));
    cost_end(&cost, town.service.keys);
    EXPECT(cost.transactions == 2);
    EXPECT(cost.messages == 1);
}

static bool is_held(const Town *town, Id log)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    LogRow row = {0};

    EXPECT_OK(store_read(town->store, &tx));
    EXPECT_OK(store_log_by_id(tx, log, &row));
    return row.flags & FLAG_HOLD;
}

TEST(a_key_of_the_register_that_is_not_what_was_written_closes_no_log)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    LogView view = {0};
    Why why;

    by_hand(&town, "UPDATE scope_key SET wrapped=zeroblob(length(wrapped)) WHERE kind=3");
    EXPECT_ERR(open_log(&town, &holder, log, &why, &view), E_FORGED);
    EXPECT(!is_held(&town, log));
    by_hand(&town, "UPDATE scope_key SET wrapped=zeroblob(length(wrapped)) WHERE kind=1");
    EXPECT_ERR(open_log(&town, &holder, log, &why, &view), E_FORGED);
    EXPECT(is_held(&town, log));
}

TEST(whoever_opens_a_log_stands_first_among_those_who_have_seen_it)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    LogView first = {0}, second = {0};
    Why why;

    EXPECT_OK(open_log(&town, &holder, log, &why, &first));
    EXPECT(first.seen_count == 1 && id_equal(first.seen[0].person, holder.person));
    EXPECT_STR(first.seen[0].name, "Stafett Holder");
    holder.now += 60000;
    holder.request = town_id(&town);
    EXPECT_OK(open_log(&town, &holder, log, &why, &second));
    EXPECT(second.seen_count == 1 && second.seen[0].at == first.seen[0].at); /* the same opening */
    holder.now += 1740000;
    holder.request = town_id(&town);
    EXPECT_OK(open_log(&town, &holder, log, &why, &second));
    EXPECT(second.seen_count == 2 && second.seen[0].at == holder.now && second.seen[1].at == first.seen[0].at);
}

TEST(a_log_is_not_created_by_a_role_that_is_not_in_force)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    CreatedLog created;
    TownLog made;

    town_log(&town, &made);
    holder.role_row = town_id(&town);
    EXPECT_ERR(log_create(&town.service, &holder, &made.log, town.arena, &created), E_FORBIDDEN);
}

TEST(a_log_is_not_created_without_a_valid_consent_of_each_guardian)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    CreatedLog created;
    TownLog made;

    town_log(&town, &made);
    log_set(&made.guardian.consent, "valid_to", town_day(&town, -1));
    EXPECT_ERR(log_create(&town.service, &holder, &made.log, town.arena, &created), E_INVALID);
    town_log(&town, &made);
    log_set(&made.guardian.consent, "valid_to", town_day(&town, 367));
    EXPECT_ERR(log_create(&town.service, &holder, &made.log, town.arena, &created), E_INVALID);
    town_log(&town, &made);
    log_set(&made.guardian.consent, "required_persons", STR("2"));
    EXPECT_ERR(log_create(&town.service, &holder, &made.log, town.arena, &created), E_INVALID);
}

/* Where the child lives, as one who takes part reads it. */
static Str address_seen_by(Town *town, const Actor *actor, Id log)
{
    LogView view = {0};
    Why why;

    EXPECT_OK(open_log(town, actor, log, &why, &view));
    return values_get(&view.child, "address");
}

/* The address was written before it had to be hidden: a new log takes none that is protected. */
static void protect(Town *town, Actor *holder, Id log, Str protection)
{
    LogView view = {0};
    Why why;

    holder->request = town_id(town);
    EXPECT_OK(open_log(town, holder, log, &why, &view));
    Values values = view.child;
    log_set(&values, "national_id", STR_NONE);
    log_set(&values, "protection", protection);
    holder->request = town_id(town);
    EXPECT_OK(log_entry_correct(&town->service, holder, &(EntryVersion){log, view.entries[0].entry, view.entries[0].version}, &values));
}

TEST(a_protected_address_is_shown_to_the_holder_and_not_to_an_actor_and_another_one_to_both)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor actor = town_staff(&town, STR("Aktiv Aktor"), ROLE_ACTOR, town.unit);
    CreatedLog created;
    TownLog made;

    for (int protection = 1; protection <= 3; protection++) {
        Id participant;
        town_log(&town, &made);
        log_set(&made.log.child, "address", STR("Solbakken 1"));
        holder.request = town_id(&town);
        EXPECT_OK(log_create(&town.service, &holder, &made.log, town.arena, &created));
        if (protection > 1)
            protect(&town, &holder, created.log, protection == 2 ? STR("2") : STR("3"));
        holder.request = town_id(&town);
        EXPECT_OK(log_actor_add(&town.service, &holder, created.log, actor.role_row, &participant));
        holder.request = actor.request = town_id(&town);
        EXPECT(address_seen_by(&town, &holder, created.log).length > 0);
        actor.request = town_id(&town);
        EXPECT((address_seen_by(&town, &actor, created.log).length > 0) == (protection == 1));
    }
}

TEST(a_guardian_of_a_protected_child_is_not_told_the_school)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    CreatedLog created;
    LogSummaries logs = {0};
    TownLog made;
    LogView view;
    Why why;

    for (int protection = 2; protection >= 1; protection--) {
        town_log(&town, &made);
        log_set(&made.log.child, "protection", protection == 1 ? STR("1") : STR("2"));
        holder.request = town_id(&town);
        EXPECT_OK(log_create(&town.service, &holder, &made.log, town.arena, &created));
        EXPECT_OK(open_log(&town, &holder, created.log, &why, &view));
        EXPECT(view.summary.unit_name.length > 0);
        Actor guardian = town_actor(&town, view.people[1].person, ROLE_GUARDIAN, (Id){0});
        EXPECT_OK(open_log(&town, &guardian, created.log, &why, &view));
        EXPECT((view.summary.unit_name.length > 0) == (protection == 1));
        EXPECT((view.people[0].unit_name.length > 0) == (protection == 1));
        EXPECT((view.consents[0].unit_names[0].length > 0) == (protection == 1));
        EXPECT_OK(log_list(&town.service, &guardian, town.arena, &logs));
        EXPECT(logs.count == 1 && logs.items[0].unit_name.length == 0);
    }
}

TEST(an_actor_of_another_unit_is_told_with_whom_they_work_and_not_where_a_protected_child_lives)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor actor = town_staff(&town, STR("Aktiv Aktor"), ROLE_ACTOR, town.other_unit);
    CreatedLog created;
    Id participant;
    TownLog made;
    LogView view;
    Why why;

    town_log(&town, &made);
    log_set(&made.log.child, "address", STR("Solbakken 1"));
    made.log.units = &town.other_unit;
    made.log.unit_count = 1;
    holder.request = town_id(&town);
    EXPECT_OK(log_create(&town.service, &holder, &made.log, town.arena, &created));
    protect(&town, &holder, created.log, STR("3"));
    holder.request = town_id(&town);
    EXPECT_OK(log_actor_add(&town.service, &holder, created.log, actor.role_row, &participant));
    actor.request = town_id(&town);
    EXPECT_OK(open_log(&town, &actor, created.log, &why, &view));
    EXPECT(view.summary.unit_name.length > 0);
    EXPECT(values_get(&view.child, "address").length == 0);
}

TEST(an_absent_and_a_forbidden_log_are_answered_alike_with_one_line_each)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor stranger = town_staff(&town, STR("Fremmed Fugl"), ROLE_RELAY_HOLDER, town.other_unit);
    Id log = town_create(&town, &holder), absent = town_id(&town);
    uint32_t before = town_lines(&town, log).count;
    LogView view = {0};
    Why why;

    EXPECT_ERR(open_log(&town, &stranger, log, &why, &view), E_NOT_FOUND);
    EXPECT(why == WHY_NO_RELATION);
    EXPECT_ERR(open_log(&town, &stranger, absent, &why, &view), E_NOT_FOUND);
    EXPECT(why == WHY_NO_RELATION);
    EXPECT(view.entry_count == 0 && view.summary.child_name.length == 0);
    EXPECT(town_lines(&town, log).count == before + 1);
    EXPECT(town_lines(&town, absent).count == 1);
    EXPECT(town_lines(&town, absent).items[0].line.outcome == AUDIT_REFUSED);
}

TEST(the_holder_opens_the_log_that_they_created)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    LogView view = {0};
    Why why;

    EXPECT_OK(open_log(&town, &holder, log, &why, &view));
    EXPECT_STR(view.summary.child_name, "Canary Kanarifugl");
    EXPECT(view.people_count == 2 && view.consent_count == 1 && view.entry_count == 1);
    EXPECT_STR(view.people[0].name, "Stafett Holder");
    EXPECT_STR(view.consents[0].guardian_name, "Guard Kanarifugl");
    EXPECT_STR(view.entries[0].author_name, "Stafett Holder");
    EXPECT(log_may(&view, ACT_MEASURE_WRITE) && !log_may(&view, ACT_DELETION_ORDER));
    EXPECT(view.summary.display >= 10000000 && view.summary.display <= 99999999);
    EXPECT(town_lines(&town, log).items[0].line.act == ACT_LOG_READ);
}

TEST(a_guardian_opens_the_log_with_the_account_that_its_creation_made)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    LogView view = {0};
    Why why;

    EXPECT_OK(open_log(&town, &holder, log, &why, &view));
    Actor guardian = town_actor(&town, view.people[1].person, ROLE_GUARDIAN, (Id){0});
    EXPECT_OK(open_log(&town, &guardian, log, &why, &view));
    EXPECT(log_may(&view, ACT_NOTE_WRITE) && !log_may(&view, ACT_MEASURE_WRITE));
}

TEST(an_administrator_gives_a_reason_first)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor admin = town_staff(&town, STR("Kommune Admin"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    Id log = town_create(&town, &holder);
    LogView view = {0};
    Why why;

    EXPECT_ERR(open_log(&town, &admin, log, &why, &view), E_REASON);
    EXPECT(why == WHY_ASK_REASON);
    EXPECT_OK(log_open(&(LogReader){&town.service, &admin, town.arena}, log, OPENING_SUPERVISION, &why, &view));
    EXPECT(town_lines(&town, log).items[0].line.reason == OPENING_SUPERVISION);
}

TEST(a_log_does_not_exist_in_another_municipality)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    LogView view = {0};
    Why why;

    town_municipality(&town);
    Actor admin = town_staff(&town, STR("Annen Kommune"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    EXPECT_ERR(log_open(&(LogReader){&town.service, &admin, town.arena}, log, OPENING_SUPERVISION, &why, &view), E_NOT_FOUND);
    /* Nor for somebody who brings their grant of one municipality to the database of the other. */
    holder.store = town.store;
    EXPECT_ERR(open_log(&town, &holder, log, &why, &view), E_NOT_FOUND);
}

/* Each is done behind our back to a log that was good. */
static const char *const tampering[] = {
    "UPDATE entry SET sealed = zeroblob(length(sealed))",
    "UPDATE entry SET author_role = author_role + 1",
    "UPDATE consent SET valid_to = valid_to + 1",
    "UPDATE log SET header = zeroblob(length(header))",
    "UPDATE log SET head = zeroblob(32)",
    "UPDATE participant SET sealed = (SELECT sealed FROM entry LIMIT 1)",
    "DELETE FROM consent_unit",
};

TEST(a_log_whose_rows_were_changed_behind_our_back_is_held_and_opens_for_nobody)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);

    for (size_t i = 0; i < COUNT_OF(tampering); i++) {
        LogView view = {0};
        Why why;
        Id log = town_create(&town, &holder);
        EXPECT_OK(open_log(&town, &holder, log, &why, &view));
        by_hand(&town, tampering[i]);
        view = (LogView){0};
        Err forged = open_log(&town, &holder, log, &why, &view);
        if (forged.id != E_FORGED)
            print_error("not seen: %s (E_%s, %s)\n", tampering[i], err_name(forged.id), why_name(why));
        EXPECT(view.entry_count == 0 && view.summary.child_name.length == 0);
        EXPECT(forged.id == E_FORGED);
        EXPECT_ERR(open_log(&town, &holder, log, &why, &view), E_HELD);
        EXPECT(why == WHY_HOLD);
    }
}

TEST(a_held_log_is_absent_for_strangers_and_closed_each_time_for_those_who_know_of_it)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor stranger = town_staff(&town, STR("Fremmed Fugl"), ROLE_RELAY_HOLDER, town.other_unit);
    Actor admin = town_staff(&town, STR("Kommune Admin"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    Id log = town_create(&town, &holder), found;
    LogSummaries logs = {0};
    GuardianCode code;
    LogView view = {0};
    Why why;

    EXPECT_OK(log_child_let_in(&town.service, &holder, log, town.arena, &code));
    EXPECT_OK(open_log(&town, &holder, log, &why, &view));
    Actor guardian = town_actor(&town, view.people[1].person, ROLE_GUARDIAN, (Id){0});
    Actor child = town_actor(&town, view.people[2].person, ROLE_CHILD, (Id){0});
    EXPECT_OK(log_child_keep_out(&town.service, &holder, log, STR("Ro.")));
    by_hand(&town, "UPDATE entry SET author_role = author_role + 1");
    EXPECT_ERR(open_log(&town, &guardian, log, &why, &view), E_FORGED);
    EXPECT_ERR(open_log(&town, &stranger, log, &why, &view), E_NOT_FOUND);
    EXPECT_ERR(open_log(&town, &child, log, &why, &view), E_FORBIDDEN);
    EXPECT_ERR(log_find(&(LogReader){&town.service, &stranger, town.arena}, view.summary.display, &found), E_NOT_FOUND);
    for (int i = 0; i < 2; i++) {
        EXPECT_ERR(open_log(&town, &guardian, log, &why, &view), E_HELD);
        EXPECT_ERR(open_log(&town, &holder, log, &why, &view), E_HELD);
        EXPECT_ERR(open_log(&town, &admin, log, &why, &view), E_HELD);
    }
    EXPECT_OK(log_find(&(LogReader){&town.service, &admin, town.arena}, view.summary.display, &found));
    EXPECT_OK(log_list(&town.service, &holder, town.arena, &logs));
    EXPECT(logs.count == 1 && logs.items[0].stub && logs.items[0].child_name.length == 0);
}

TEST(a_forged_header_closes_its_log_and_leaves_the_others_in_the_list)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id good = town_create(&town, &holder), bad = town_create(&town, &holder);
    char sql[200], id[ID_TEXT + 1];
    LogSummaries logs = {0};

    id_to_text(bad, id);
    snprintf(sql, sizeof sql, "UPDATE log SET header=(SELECT header FROM log WHERE id<>x'%s') WHERE id=x'%s'", id, id);
    by_hand(&town, sql);
    EXPECT_OK(log_list(&town.service, &holder, town.arena, &logs));
    EXPECT(logs.count == 2 && logs.held == 1);
    for (uint32_t i = 0; i < logs.count; i++)
        EXPECT(logs.items[i].stub == id_equal(logs.items[i].id, bad) && logs.items[i].stub != id_equal(logs.items[i].id, good));
    EXPECT_OK(log_list(&town.service, &holder, town.arena, &logs));
    EXPECT(logs.count == 2 && logs.held == 0);
}

TEST(a_forged_key_closes_its_log_and_leaves_the_others_in_the_list)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id bad = town_create(&town, &holder);
    char sql[200], id[ID_TEXT + 1];
    LogSummaries logs = {0};

    (void)town_create(&town, &holder);
    id_to_text(bad, id);
    snprintf(sql, sizeof sql, "UPDATE scope_key SET wrapped=zeroblob(length(wrapped)) WHERE scope=x'%s'", id);
    by_hand(&town, sql);
    EXPECT_OK(log_list(&town.service, &holder, town.arena, &logs));
    EXPECT(logs.count == 2 && logs.held == 1);
}

/* True when some file of the data folder holds the text. */
static bool on_disk(const Town *town, const char *text)
{
    char command[200];
    snprintf(command, sizeof command, "grep -rqaF '%s' %s", text, town->folder);
    return system(command) == 0;
}

TEST(nothing_of_a_child_or_guardian_stands_in_the_clear_and_a_creation_that_fails_leaves_no_byte)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    CreatedLog created;
    TownLog made;

    town_log(&town, &made);
    log_set(&made.guardian.consent, "valid_to", town_day(&town, -1));
    EXPECT_ERR(log_create(&town.service, &holder, &made.log, town.arena, &created), E_INVALID);
    (void)town_create(&town, &holder);
    EXPECT(!on_disk(&town, "Kanarifugl"));
    EXPECT(on_disk(&town, "CREATE TABLE"));
}

static void keep_finding(void *self, const Finding *finding)
{
    *(Finding *)self = *finding;
}

TEST(verification_names_the_table_of_a_row_that_was_changed_behind_our_back)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Finding finding = {0};
    const VerifyWatch watch = {.self = &finding, .found = keep_finding};
    VerifyResult result = {0};

    (void)town_create(&town, &holder);
    EXPECT_OK(store_verify(town.store, &watch, &result));
    EXPECT(result.findings == 0);
    by_hand(&town, "UPDATE entry SET sealed = zeroblob(length(sealed))");
    EXPECT_OK(store_verify(town.store, &watch, &result));
    EXPECT(result.findings == 1);
    EXPECT_STR(str_from_c(finding.table), "entry");
}

RUN_TESTS("log_open")
