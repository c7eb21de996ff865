/* One log whose rows are put back as they were, head and all, while the rest of the database goes on.
 * Must not hold data of anybody.
 * Run by meson test. */
#include <sqlite3.h>

#include "service/acts/child.h"
#include "service/acts/entry.h"
#include "service/reading/open.h"
#include "support/log_fixture.h"

#define TOWN(name)                       \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

/* Whoever can write the database, with a file of their own beside it. */
static void by_hand(Town *town, const char *sql)
{
    char path[200], attach[320], tenant[ID_TEXT + 1];
    sqlite3 *database = NULL;

    id_to_text(town->tenant, tenant);
    snprintf(path, sizeof path, "%s/municipality/%s.db", town->folder, tenant);
    snprintf(attach, sizeof attach, "ATTACH '%s/kept.db' AS kept", town->folder);
    EXPECT(sqlite3_open(path, &database) == SQLITE_OK);
    sqlite3_busy_timeout(database, 5000);
    EXPECT(sqlite3_exec(database, attach, NULL, NULL, NULL) == SQLITE_OK);
    EXPECT(sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(database);
}

#define KEEP(table) "CREATE TABLE kept." #table " AS SELECT * FROM main." #table ";"
#define PUT_BACK(table) "DELETE FROM main." #table ";INSERT INTO main." #table " SELECT * FROM kept." #table ";"
#define OF_A_LOG(X) X(log) X(entry) X(participant) X(consent) X(consent_unit) X(document)

static Err open_log(Town *town, const Actor *actor, Id log, LogView *ret_view)
{
    Why why;
    return log_open(&(LogReader){&town->service, actor, town->arena}, log, OPENING_NONE, &why, ret_view);
}

static Err add_note(Town *town, const Actor *holder, Id log, const char *text)
{
    Values values = {.kind = kind_of(KIND_NOTE)};
    Id entry;

    log_set(&values, "note_kind", STR("1"));
    log_set(&values, "text", str_from_c(text));
    return log_entry_add(&town->service, holder, log, &values, &entry);
}

TEST(a_log_put_back_by_its_rows_is_held_for_its_holder_and_for_whoever_was_put_out_since)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    GuardianCode code;
    LogView view = {0};

    EXPECT_OK(log_child_let_in(&town.service, &holder, log, town.arena, &code));
    EXPECT_OK(open_log(&town, &holder, log, &view));
    Actor child = town_actor(&town, view.people[2].person, ROLE_CHILD, (Id){0});
    by_hand(&town, OF_A_LOG(KEEP));
    EXPECT_OK(add_note(&town, &holder, log, "Det som skulle bort."));
    EXPECT_OK(log_child_keep_out(&town.service, &holder, log, STR("Ro.")));
    EXPECT_ERR(open_log(&town, &child, log, &view), E_FORBIDDEN);
    EXPECT_OK(open_log(&town, &holder, log, &view));
    by_hand(&town, OF_A_LOG(PUT_BACK));
    EXPECT_ERR(open_log(&town, &child, log, &view), E_FORGED);
    EXPECT_ERR(open_log(&town, &holder, log, &view), E_HELD);
    EXPECT_ERR(add_note(&town, &holder, log, "Videre."), E_HELD);
}

TEST(nothing_is_written_into_a_log_that_was_put_back)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    LogView view = {0};

    by_hand(&town, OF_A_LOG(KEEP));
    EXPECT_OK(add_note(&town, &holder, log, "Det som skulle bort."));
    by_hand(&town, OF_A_LOG(PUT_BACK));
    EXPECT_ERR(add_note(&town, &holder, log, "Videre."), E_FORGED);
    EXPECT_ERR(open_log(&town, &holder, log, &view), E_HELD);
}

RUN_TESTS("put_back")
