/* Plain columns by which the policy decides, written by somebody else: a list opens no header by them, and nobody gets in.
 * Must not hold data of anybody.
 * Run by meson test. */
#include <sqlite3.h>

#include "service/reading/list.h"
#include "service/reading/open.h"
#include "support/log_fixture.h"
#include "store/verify/verify.h"

#define TOWN(name)                       \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

/* Whoever can write the database; {person} in sql is somebody whom they choose. */
static void by_hand(Town *town, const char *sql, Id person)
{
    char path[200], tenant[ID_TEXT + 1], id[ID_TEXT + 1], text[1024];
    const char *place = strstr(sql, "{person}");
    sqlite3 *database = NULL;

    id_to_text(town->tenant, tenant);
    id_to_text(person, id);
    snprintf(path, sizeof path, "%s/municipality/%s.db", town->folder, tenant);
    if (place)
        snprintf(text, sizeof text, "%.*sx'%s'%s", (int)(place - sql), sql, id, place + strlen("{person}"));
    else
        snprintf(text, sizeof text, "%s", sql);
    EXPECT(sqlite3_open(path, &database) == SQLITE_OK);
    sqlite3_busy_timeout(database, 5000);
    EXPECT(sqlite3_exec(database, text, NULL, NULL, NULL) == SQLITE_OK);
    EXPECT(sqlite3_changes(database) > 0);
    sqlite3_close(database);
}

typedef struct Findings {
    const char *table;
    uint32_t of_table;
} Findings;

static void count_finding(void *self, const Finding *finding)
{
    Findings *findings = self;
    findings->of_table += finding->table && strcmp(finding->table, findings->table) == 0;
}

static uint32_t found(const Town *town, const char *table)
{
    Findings findings = {.table = table};
    const VerifyWatch watch = {.self = &findings, .found = count_finding};
    VerifyResult result = {0};

    EXPECT_OK(store_verify(town->store, &watch, &result));
    return findings.of_table;
}

/* What a stranger would see a log by. */
static const struct {
    const char *table, *sql;
} plants[] = {
    {"participant", "INSERT INTO participant(id,log_no,person,role,service,unit,from_at,to_at,let_in,version,sealed) SELECT "
                    "randomblob(16),log_no,{person},role,service,unit,from_at,to_at,let_in,version,sealed FROM participant WHERE role=3"},
    {"participant", "UPDATE participant SET person={person} WHERE role=3"},
    {"log", "UPDATE log SET holder={person}"},
    {"log", "UPDATE log SET holder={person},proof=zeroblob(32)"},
};

TEST(a_list_shows_a_stranger_nothing_of_a_log_that_they_planted_themselves_into)
{
    for (size_t i = 0; i < COUNT_OF(plants); i++) {
        TOWN(town);
        Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
        Actor stranger = town_staff(&town, STR("Fremmed Fugl"), ROLE_RELAY_HOLDER, town.unit);
        Id log = town_create(&town, &holder);
        LogSummaries logs = {0};
        LogView view = {0};
        Why why;

        by_hand(&town, plants[i].sql, stranger.person);
        EXPECT_OK(log_list(&town.service, &stranger, town.arena, &logs));
        for (uint32_t at = 0; at < logs.count; at++)
            EXPECT(logs.items[at].child_name.length == 0);
        if (logs.held != 1)
            print_error("%s: %u logs, %u held\n", plants[i].sql, logs.count, logs.held);
        EXPECT(logs.held == 1);
        Err opened = log_open(&(LogReader){&town.service, &stranger, town.arena}, log, OPENING_NONE, &why, &view);
        EXPECT(!is_ok(opened) && view.entry_count == 0);
        EXPECT(found(&town, plants[i].table) > 0);
    }
}

/* What would open a log, or show it, that is closed. */
static const struct {
    const char *table, *sql;
} changes[] = {
    {"consent", "UPDATE consent SET valid_to=valid_to+1"},
    {"consent", "DELETE FROM consent_unit;DELETE FROM consent"},
    {"consent_unit", "INSERT INTO consent_unit SELECT randomblob(16),log_no,consent,{person} FROM consent_unit LIMIT 1"},
    {"participant", "DELETE FROM participant WHERE role=5"},
    {"log", "UPDATE log SET state=2"},
    {"log", "UPDATE log SET state=200"},
    {"scope_key", "DELETE FROM scope_key WHERE scope IN (SELECT id FROM log)"},
    {"log", "UPDATE log SET unit={person}"},
};

TEST(a_list_shows_a_log_whose_standing_somebody_changed_as_a_held_one)
{
    for (size_t i = 0; i < COUNT_OF(changes); i++) {
        TOWN(town);
        Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
        Id log = town_create(&town, &holder);
        LogSummaries logs = {0};
        LogView view = {0};
        Why why;

        by_hand(&town, changes[i].sql, town.other_unit);
        EXPECT_OK(log_list(&town.service, &holder, town.arena, &logs));
        for (uint32_t at = 0; at < logs.count; at++)
            EXPECT(logs.items[at].child_name.length == 0);
        if (logs.held != 1)
            print_error("%s: %u logs, %u held\n", changes[i].sql, logs.count, logs.held);
        EXPECT(logs.held == 1);
        Err opened = log_open(&(LogReader){&town.service, &holder, town.arena}, log, OPENING_NONE, &why, &view);
        EXPECT(!is_ok(opened) && view.entry_count == 0);
        EXPECT(found(&town, changes[i].table) > 0);
    }
}

TEST(whoever_opens_a_log_with_a_changed_row_holds_it_and_the_row_is_found_afterwards)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    LogView view = {0};
    Why why;

    by_hand(&town, "UPDATE log SET created_at=created_at+1", town.unit);
    EXPECT_ERR(log_open(&(LogReader){&town.service, &holder, town.arena}, log, OPENING_NONE, &why, &view), E_FORGED);
    EXPECT_ERR(log_open(&(LogReader){&town.service, &holder, town.arena}, log, OPENING_NONE, &why, &view), E_HELD);
    uint32_t findings = found(&town, "log");
    if (findings != 1)
        print_error("%u findings\n", findings);
    EXPECT(findings == 1);
}

RUN_TESTS("log_standing")
