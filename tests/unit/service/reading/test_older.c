/* A long log: its page shows what is current, and the pages of each section the rest; together they are all of it.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "service/log/task.h"
#include "service/reading/older.h"
#include "service/reading/open.h"
#include "support/log_fixture.h"

#define TOWN(name)                  \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

/* Many entries in one work: a test of long logs should not be long itself. */
typedef struct Bulk {
    Town *town;
    const Actor *holder;
    Values *values;
    EntryRow *rows;
    uint32_t count;
} Bulk;

static Err seal_all(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    Bulk *bulk = self;

    (void)change;
    for (uint32_t i = 0; i < bulk->count; i++) {
        EntryRow *row = &bulk->rows[i];
        *row = (EntryRow){.log_no = entered->content.log.no, .id = town_id(bulk->town), .version = 1,
                          .kind = (uint16_t)bulk->values[i].kind->id, .author = bulk->holder->person,
                          .author_role = (uint8_t)bulk->holder->role, .at = bulk->holder->now};
        row->entry = row->id;
        const LogPlace place = {SEAL_TABLE_ENTRY, SEAL_COLUMN_BODY, row->id, 1};
        EXPECT_OK(log_seal(&entered->keys, place, &bulk->values[i], scratch, &row->sealed));
    }
    return ok();
}

static Err append_all(Tx *tx, void *self)
{
    Bulk *bulk = self;
    Err appended = ok();
    int64_t no;

    for (uint32_t i = 0; i < bulk->count && is_ok(appended); i++)
        appended = store_entry_append(tx, &bulk->rows[i], &no);
    return appended;
}

static void write_all(Bulk *bulk, Id log)
{
    const LogTask task = {.wish = {.log = log, .act = ACT_NOTE_WRITE, .purpose = PURPOSE_WRITE}, .prepare = seal_all,
                          .put = append_all, .self = bulk};
    Why why;

    EXPECT_OK(ARENA_NEW(bulk->town->arena, EntryRow, bulk->count, &bulk->rows));
    EXPECT_OK(log_carry_out(&bulk->town->service, bulk->holder, &task, &why));
}

static Values entry_of(KindId kind, FieldKey a, Str a_text, FieldKey b, Str b_text)
{
    Values values = {.kind = kind_of(kind)};

    values_put(&values, a, a_text);
    if (b != FIELD_NONE)
        values_put(&values, b, b_text);
    return values;
}

#define NOTES 130

/* Notes, measures in every state, and meetings of last year and the next. */
static Id long_log(Town *town, const Actor *holder)
{
    static Values values[NOTES + 40];
    Bulk bulk = {.town = town, .holder = holder, .values = values};
    Id log = town_create(town, holder);

    for (uint32_t i = 0; i < NOTES; i++)
        values[bulk.count++] = entry_of(KIND_NOTE, NOTE_KIND, STR("1"), NOTE_TEXT, STR("Gikk fint."));
    for (uint32_t i = 0; i < 20; i++)
        values[bulk.count++] = entry_of(KIND_MEASURE, MEASURE_STATE, i == 0 ? STR("1") : STR("3"), MEASURE_DEADLINE, town_day(town, 30));
    for (uint32_t i = 0; i < 20; i++) {
        Str day = town_day(town, i == 0 ? 10 : -(int)i), time;
        EXPECT_OK(str_format(town->arena, &time, "%.*sT10:00", STR_ARGS(day)));
        values[bulk.count++] = entry_of(KIND_MEETING, MEETING_TIME, time, FIELD_NONE, STR_NONE);
    }
    write_all(&bulk, log);
    return log;
}

static LogView current(Town *town, const Actor *actor, Id log)
{
    const LogReader reader = {&town->service, actor, town->arena};
    LogView view = {0};
    Why why;
    EXPECT_OK(log_open_current(&reader, log, OPENING_NONE, &why, &view));
    return view;
}

static Id guardian_of(Town *town, const Actor *holder, Id log)
{
    const LogReader reader = {&town->service, holder, town->arena};
    LogView view = {0};
    Id guardian = {0};
    Why why;

    EXPECT_OK(log_open(&reader, log, OPENING_NONE, &why, &view));
    for (uint32_t i = 0; i < view.people_count; i++)
        if (view.people[i].role == ROLE_GUARDIAN)
            guardian = view.people[i].person;
    EXPECT(!id_is_none(guardian));
    return guardian;
}

static uint32_t count_of(const LogView *view, KindId kind)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < view->entry_count; i++)
        count += view->entries[i].values.kind->id == kind;
    return count;
}

TEST(a_stranger_reads_no_older_page_of_a_log)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor stranger = town_staff(&town, STR("Fremmed Fugl"), ROLE_RELAY_HOLDER, town.other_unit);
    const LogOlderWish wish = {.log = town_create(&town, &holder), .section = SECTION_NOTES};
    LogOlder older;

    EXPECT_ERR(log_older(&(LogReader){&town.service, &stranger, town.arena}, &wish, &older), E_NOT_FOUND);
}

TEST(a_guardian_who_sees_the_stub_of_a_log_reads_no_older_page_and_a_line_says_so)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    const LogOlderWish wish = {.log = town_create(&town, &holder), .section = SECTION_NOTES};
    Actor guardian = town_actor(&town, guardian_of(&town, &holder, wish.log), ROLE_GUARDIAN, (Id){0});
    LogOlder older;

    guardian.now += 366 * DAY_MS; /* the consent has ended */
    EXPECT_ERR(log_older(&(LogReader){&town.service, &guardian, town.arena}, &wish, &older), E_FORBIDDEN);
    AuditLine line = town_lines(&town, wish.log).items[0].line;
    EXPECT(line.act == ACT_LOG_READ && line.outcome == AUDIT_REFUSED && line.reason == WHY_STUB);
}

TEST(a_short_log_is_shown_whole)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Values values[] = {entry_of(KIND_NOTE, NOTE_KIND, STR("1"), NOTE_TEXT, STR("Gikk fint.")),
                       entry_of(KIND_MEASURE, MEASURE_STATE, STR("3"), FIELD_NONE, STR_NONE)};
    Bulk bulk = {.town = &town, .holder = &holder, .values = values, .count = COUNT_OF(values)};
    Id log = town_create(&town, &holder);

    write_all(&bulk, log);
    LogView view = current(&town, &holder, log);
    EXPECT(view.entry_count == 3);
    for (unsigned i = 0; i < SECTION_COUNT; i++)
        EXPECT(view.folded[i] == 0);
}

TEST(the_page_of_a_long_log_shows_what_is_to_be_done_and_the_newest_of_the_rest)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    LogView view = current(&town, &holder, long_log(&town, &holder));

    EXPECT(count_of(&view, KIND_CHILD) == 1);
    EXPECT(count_of(&view, KIND_NOTE) == 10 && view.folded[SECTION_NOTES] == NOTES - 10);
    EXPECT(count_of(&view, KIND_MEASURE) == 6 && view.folded[SECTION_GOALS] == 14);
    EXPECT(count_of(&view, KIND_MEETING) == 6 && view.folded[SECTION_MEETINGS] == 14);
    uint32_t planned = 0;
    for (uint32_t i = 0; i < view.entry_count; i++)
        planned += values_code(&view.entries[i].values, MEASURE_STATE) == MEASURE_STATE_PLANNED;
    EXPECT(planned == 1);
}

/* The entries of a section that are shown on none of its pages or on two. */
static void expect_each_once(Town *town, const Actor *holder, Id log, enum Section section, uint32_t folded)
{
    LogOlderWish wish = {.log = log, .section = section};
    const LogEntry *last = NULL;
    uint32_t count = 0, pages = 0;

    do {
        LogOlder older;
        EXPECT_OK(log_older(&(LogReader){&town->service, holder, town->arena}, &wish, &older));
        for (uint32_t i = 0; i < older.count; i++) {
            EXPECT(older.items[i]->author_name.length > 0);
            EXPECT(!last || !id_equal(last->entry, older.items[i]->entry));
            last = older.items[i];
        }
        count += older.count;
        wish.before = older.next;
    } while (wish.before > 0 && ++pages < 20);
    EXPECT(count == folded);
}

TEST(what_the_page_of_a_long_log_does_not_show_stands_once_on_the_pages_of_its_section)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = long_log(&town, &holder);
    LogView view = current(&town, &holder, log);

    expect_each_once(&town, &holder, log, SECTION_NOTES, view.folded[SECTION_NOTES]);
    expect_each_once(&town, &holder, log, SECTION_GOALS, view.folded[SECTION_GOALS]);
    expect_each_once(&town, &holder, log, SECTION_MEETINGS, view.folded[SECTION_MEETINGS]);
    expect_each_once(&town, &holder, log, SECTION_RESOURCES, 0);
}

TEST(an_older_page_is_one_line_that_says_that_the_log_was_read)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    const LogOlderWish wish = {.log = town_create(&town, &holder), .section = SECTION_NOTES};
    uint32_t before = town_lines(&town, wish.log).count;
    LogOlder older;

    EXPECT_OK(log_older(&(LogReader){&town.service, &holder, town.arena}, &wish, &older));
    AuditRows lines = town_lines(&town, wish.log);
    EXPECT(older.count == 0 && older.next == 0);
    EXPECT(lines.count == before + 1 && lines.items[0].line.act == ACT_LOG_READ);
}

RUN_TESTS("older entries")
