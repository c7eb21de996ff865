/* What is known of a long log makes a save cheaper and believes nothing: forged rows first.
 * Must not hold data of anybody.
 * Run by meson test. */
#include <sqlite3.h>

#include "service/acts/entry.h"
#include "service/log/known.h"
#include "service/log/task.h"
#include "service/reading/open.h"
#include "support/counting.h"
#include "support/log_fixture.h"

#define LONG 150

static void known_town_end(Town *town)
{
    known_free(town->service.known);
    town_end(town);
}

#define TOWN(name)                                                  \
    AUTO(known_town_end) Town name = {.driver = counting_driver()}; \
    town_begin(&name);                                              \
    EXPECT_OK(known_new(&name.service.known))

static Values note(Str text)
{
    Values values = {.kind = kind_of(KIND_NOTE)};
    values_put(&values, NOTE_KIND, STR("1"));
    values_put(&values, NOTE_TEXT, text);
    return values;
}

static void write_note(Town *town, Actor *holder, Id log, Str text)
{
    Values values = note(text);
    Id entry;

    holder->request = town_id(town);
    EXPECT_OK(log_entry_add(&town->service, holder, log, &values, &entry));
}

/* Many notes in one work. */
typedef struct Bulk {
    Town *town;
    const Actor *holder;
    EntryRow rows[LONG];
} Bulk;

static Err seal_all(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    const Values values = note(STR("Gikk fint."));
    Bulk *bulk = self;

    (void)change;
    for (uint32_t i = 0; i < LONG; i++) {
        EntryRow *row = &bulk->rows[i];
        *row = (EntryRow){.log_no = entered->content.log.no, .id = town_id(bulk->town), .version = 1, .kind = KIND_NOTE,
                          .author = bulk->holder->person, .author_role = (uint8_t)bulk->holder->role, .at = bulk->holder->now};
        row->entry = row->id;
        EXPECT_OK(log_seal(&entered->keys, (LogPlace){SEAL_TABLE_ENTRY, SEAL_COLUMN_BODY, row->id, 1}, &values, scratch,
                           &row->sealed));
    }
    return ok();
}

static Err append_all(Tx *tx, void *self)
{
    Bulk *bulk = self;
    Err appended = ok();
    int64_t no;

    for (uint32_t i = 0; i < LONG && is_ok(appended); i++)
        appended = store_entry_append(tx, &bulk->rows[i], &no);
    return appended;
}

static Id long_log(Town *town, const Actor *holder)
{
    Bulk bulk = {.town = town, .holder = holder};
    Id log = town_create(town, holder);
    const LogTask task = {.wish = {.log = log, .act = ACT_NOTE_WRITE, .purpose = PURPOSE_WRITE}, .prepare = seal_all,
                          .put = append_all, .self = &bulk};
    Why why;

    EXPECT_OK(log_carry_out(&town->service, holder, &task, &why));
    return log;
}

static Err open_log(Town *town, Actor *actor, Id log, LogView *ret_view)
{
    Why why;

    actor->request = town_id(town);
    return log_open(&(LogReader){&town->service, actor, town->arena}, log, OPENING_NONE, &why, ret_view);
}

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

TEST(an_entry_that_was_changed_behind_our_back_is_not_made_good_by_a_save_that_knew_it_before)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = long_log(&town, &holder);
    LogView view = {0};

    EXPECT_OK(open_log(&town, &holder, log, &view));
    by_hand(&town, "UPDATE entry SET at=at-1 WHERE no=(SELECT no FROM entry ORDER BY no LIMIT 1 OFFSET 40)");
    write_note(&town, &holder, log, STR("Etterpå."));
    EXPECT_ERR(open_log(&town, &holder, log, &view), E_FORGED);
    EXPECT_ERR(open_log(&town, &holder, log, &view), E_HELD);
}

TEST(an_entry_that_was_added_behind_our_back_stops_the_save_and_closes_the_log)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = long_log(&town, &holder), entry;
    Values values = note(STR("Etterpå."));
    LogView view = {0};

    EXPECT_OK(open_log(&town, &holder, log, &view));
    by_hand(&town, "INSERT INTO entry(id,no,log_no,kind,entry,version,supersedes,author,author_role,author_unit,at,due,removed,sealed) "
                   "SELECT randomblob(16),no+1,log_no,kind,randomblob(16),version,supersedes,author,author_role,author_unit,at,due,"
                   "removed,sealed FROM entry ORDER BY no DESC LIMIT 1");
    EXPECT_ERR(log_entry_add(&town.service, &holder, log, &values, &entry), E_FORGED);
    EXPECT_ERR(open_log(&town, &holder, log, &view), E_HELD);
}

TEST(the_form_of_a_note_opens_no_entry_and_closes_a_log_to_which_one_was_added_behind_our_back)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = long_log(&town, &holder);
    const LogReader reader = {&town.service, &holder, town.arena};
    LogView view = {0};
    Why why;

    EXPECT_OK(open_log(&town, &holder, log, &view));
    holder.request = town_id(&town);
    EXPECT_OK(log_open_to_add(&reader, log, kind_of(KIND_NOTE), &why, &view));
    EXPECT(why == WHY_ALLOWED);
    EXPECT(view.entry_count == 0);
    EXPECT(view.people_count > 0);
    EXPECT(view.summary.child_name.length > 0);
    by_hand(&town, "INSERT INTO entry(id,no,log_no,kind,entry,version,supersedes,author,author_role,author_unit,at,due,removed,sealed) "
                   "SELECT randomblob(16),no+1,log_no,kind,randomblob(16),version,supersedes,author,author_role,author_unit,at,due,"
                   "removed,sealed FROM entry ORDER BY no DESC LIMIT 1");
    EXPECT_ERR(log_open_to_add(&reader, log, kind_of(KIND_NOTE), &why, &view), E_FORGED);
    EXPECT_ERR(open_log(&town, &holder, log, &view), E_HELD);
}

TEST(a_participation_that_was_changed_behind_our_back_stops_the_save_and_closes_the_log)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = long_log(&town, &holder), entry;
    Values values = note(STR("Etterpå."));
    LogView view = {0};

    EXPECT_OK(open_log(&town, &holder, log, &view));
    by_hand(&town, "UPDATE participant SET from_at=from_at-1");
    EXPECT_ERR(log_entry_add(&town.service, &holder, log, &values, &entry), E_FORGED);
    EXPECT_ERR(open_log(&town, &holder, log, &view), E_HELD);
}

TEST(what_is_saved_in_a_known_log_is_read_as_it_was_written_whoever_else_wrote_in_between)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = long_log(&town, &holder);
    Service other = town.service;
    Values values = note(STR("Fra en annen prosess."));
    LogView view = {0};
    Id entry;

    EXPECT_OK(open_log(&town, &holder, log, &view));
    other.known = NULL;
    for (int i = 0; i < 40; i++) {
        write_note(&town, &holder, log, STR("Herfra."));
        holder.request = town_id(&town);
        if (i % 7 == 0)
            EXPECT_OK(log_entry_add(&other, &holder, log, &values, &entry));
    }
    EXPECT_OK(open_log(&town, &holder, log, &view));
    EXPECT(view.entry_count == 1 + LONG + 40 + 6);
}

TEST(a_save_in_a_known_log_asks_for_the_entries_after_those_that_are_known_only)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = long_log(&town, &holder);
    LogView view = {0};
    Cost cost;

    EXPECT_OK(open_log(&town, &holder, log, &view));
    cost_begin(&cost, town.service.keys);
    write_note(&town, &holder, log, STR("Etterpå."));
    cost_end(&cost, town.service.keys);
    EXPECT(cost.statements[SQL_ENTRIES_OF_LOG] == 0 && cost.statements[SQL_ENTRIES_OF_LOG_AFTER] == 2);
}

TEST(what_was_got_of_a_known_log_stands_while_others_save_and_each_save_is_known_to_the_next)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = long_log(&town, &holder);
    LogContent before, after;
    LogView view = {0};

    EXPECT_OK(open_log(&town, &holder, log, &view));
    KnownLog *held = known_get(town.service.known, log, &before);
    EXPECT(held && before.entries.count == 1 + LONG);
    write_note(&town, &holder, log, STR("Den første."));
    write_note(&town, &holder, log, STR("Den andre."));
    KnownLog *grown = known_get(town.service.known, log, &after);
    EXPECT(grown == held && after.entries.count == 1 + LONG + 2 && after.rows == before.rows + 2);
    EXPECT(before.entries.count == 1 + LONG && before.marks.entries.count == 1 + LONG);
    EXPECT(memcmp(&before.marks.log, &after.marks.log, sizeof after.marks.log) != 0);
    known_drop(town.service.known, log);
    known_release(grown);
    EXPECT(before.entries.items[LONG].kind == KIND_NOTE);
    known_release(held);
    EXPECT(!known_get(town.service.known, log, &after));
}

TEST(a_known_log_grows_beyond_its_room_and_is_read_as_it_was_written)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = long_log(&town, &holder);
    LogContent content;
    LogView view = {0};

    EXPECT_OK(open_log(&town, &holder, log, &view));
    for (int i = 0; i < 230; i++)
        write_note(&town, &holder, log, STR("Herfra."));
    KnownLog *held = known_get(town.service.known, log, &content);
    EXPECT(held && content.entries.count == 1 + LONG + 230);
    known_release(held);
    EXPECT_OK(open_log(&town, &holder, log, &view));
    EXPECT(view.entry_count == 1 + LONG + 230);
}

static void write_entry(Town *town, Actor *holder, Id log, const Values *values)
{
    Id entry;

    holder->request = town_id(town);
    EXPECT_OK(log_entry_add(&town->service, holder, log, values, &entry));
}

TEST(the_step_after_a_meeting_that_is_over_is_found_though_its_text_was_not_known)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Values meeting = {.kind = kind_of(KIND_MEETING)}, measure = {.kind = kind_of(KIND_MEASURE)};
    Id log = long_log(&town, &holder);
    LogView view = {0};
    Str time;

    EXPECT_OK(str_format(town.arena, &time, "%.*sT10:00", STR_ARGS(town_day(&town, 1))));
    values_put(&meeting, MEETING_TIME, time);
    values_put(&meeting, MEETING_AGENDA, STR("Møtes"));
    values_put(&measure, MEASURE_STATE, STR("1"));
    values_put(&measure, MEASURE_DEADLINE, town_day(&town, 30));
    values_put(&measure, MEASURE_DESCRIPTION, STR("Lese høyt"));
    write_entry(&town, &holder, log, &meeting);
    write_entry(&town, &holder, log, &measure);
    for (int i = 0; i < 20; i++)
        write_note(&town, &holder, log, STR("Herfra."));
    EXPECT_OK(open_log(&town, &holder, log, &view));
    EXPECT_STR(view.summary.next_step, "Møtes");
    holder.now += 3 * DAY_MS;
    write_note(&town, &holder, log, STR("Etterpå."));
    EXPECT_OK(open_log(&town, &holder, log, &view));
    EXPECT_STR(view.summary.next_step, "Lese høyt");
}

RUN_TESTS("known logs")
