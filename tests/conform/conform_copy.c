/* A copy of a database, taken while it serves, and a new database filled with it.
 * Must not know whether it runs on SQLite or on PostgreSQL.
 * Run by tests/conform/meson.build on both. */
#include "conform/conform.h"

#include "store/copy/copy.h"
#include "store/copy/rows.h"
#include "store/report/orders.h"

#define RECORDS_MAX 4000

/* What a copy was made of, kept. */
typedef struct Kept {
    Arena *arena;
    CopyHead head;
    struct {
        bool table;
        Str bytes;
    } records[RECORDS_MAX];
    uint32_t count;
    uint32_t rows;
    void (*meanwhile)(void *self); /* something else happens after the first record */
    void *self;
} Kept;

static Err keep_head(void *self, const CopyHead *head)
{
    Kept *kept = self;

    kept->head = *head;
    return ok();
}

static Err keep(Kept *kept, bool table, Str bytes)
{
    if (kept->count == RECORDS_MAX)
        return fail(E_TOO_LARGE);
    if (kept->count == 1 && kept->meanwhile)
        kept->meanwhile(kept->self);
    kept->records[kept->count].table = table;
    kept->rows += !table;
    return str_copy(kept->arena, bytes, &kept->records[kept->count++].bytes);
}

static Err keep_table(void *self, Str table)
{
    return keep(self, true, table);
}

static Err keep_row(void *self, Str row)
{
    return keep(self, false, row);
}

static void copy(Place *place, Kept *kept)
{
    const CopyTo to = {.self = kept, .head = keep_head, .table = keep_table, .row = keep_row};

    EXPECT_OK(store_copy(place->store, &to));
}

static Err fill_records(const Kept *kept, Filling *filling)
{
    for (uint32_t i = 0; i < kept->count; i++)
        TRY(kept->records[i].table ? filling_table(filling, kept->records[i].bytes) : filling_row(filling, kept->records[i].bytes));
    return filling_done(filling);
}

/* Under another tenant's name where both stand on one server. */
static Err fill(const StoresOptions *options, const Kept *kept)
{
    AUTO(filling_freep) Filling *filling = NULL;

    TRY(filling_new(options, &kept->head, &filling));
    return fill_records(kept, filling);
}

static void write_log(void *self)
{
    Place *place = self;
    Work w = {.id = new_id()};

    made_log(place, &w);
}

static bool same(const Kept *a, const Kept *b)
{
    bool equal = a->count == b->count && a->head.size == b->head.size &&
                 memcmp(a->head.root.bytes, b->head.root.bytes, sizeof a->head.root.bytes) == 0;

    for (uint32_t i = 0; equal && i < a->count; i++)
        equal = a->records[i].table == b->records[i].table && str_equal(a->records[i].bytes, b->records[i].bytes);
    return equal;
}

/* What is filled is a database in which the program goes on: the same bytes come out of it again. */
static void copy_there_and_back(const Driver *to_driver)
{
    PLACE(place);
    TEST_ARENA(arena);
    Kept *kept = calloc(1, sizeof *kept), *again = calloc(1, sizeof *again);
    AUTO(place_remove) Place other = place_empty(to_driver);
    const StoresOptions options = place_options(&other);

    EXPECT(kept && again);
    for (int i = 0; i < 5; i++)
        write_log(&place);
    kept->arena = again->arena = arena;
    copy(&place, kept);
    EXPECT(id_equal(kept->head.tenant, place.tenant) && kept->head.size == 5);
    kept->head.tenant = other.tenant;
    EXPECT_OK(fill(&options, kept));
    place_open(&other);
    copy(&other, again);
    EXPECT(same(kept, again));
    free(kept);
    free(again);
}

TEST(a_database_filled_with_a_copy_gives_the_same_copy_again)
{
    copy_there_and_back(NULL);
}

TEST(a_copy_moves_to_sqlite_whichever_database_it_comes_from)
{
    copy_there_and_back(sqlite_driver());
}

TEST(what_is_written_while_a_copy_is_made_is_not_in_it_and_the_writer_does_not_wait)
{
    PLACE(place);
    TEST_ARENA(arena);
    Kept *kept = calloc(1, sizeof *kept), *later = calloc(1, sizeof *later);

    EXPECT(kept && later);
    kept->arena = later->arena = arena;
    write_log(&place);
    kept->meanwhile = write_log;
    kept->self = &place;
    copy(&place, kept);
    copy(&place, later);
    EXPECT(kept->head.size == 1 && later->head.size == 2);
    EXPECT(later->rows > kept->rows);
    free(kept);
    free(later);
}

WORK(begin_session)
{
    CONTEXT;
    const SessionRow row = {.token_hash = w->hash, .person = w->id, .role_row = new_id(), .role = 1, .unit = new_id(), .grant = new_id(),
                            .created_at = NOW, .touched_at = NOW, .ends_at = NOW + 1, .form_secret = STR("secret")};
    TRY(store_session_insert(tx, &row));
    return store_report_order_put(tx, &(ReportOrderRow){.id = w->id, .log = new_id(), .session = w->hash, .person = w->id, .language = 1,
                                                        .ordered_at = NOW});
}

TEST(sessions_and_what_is_ordered_in_one_stay_behind)
{
    PLACE(place);
    TEST_ARENA(arena);
    Kept *without = calloc(1, sizeof *without), *with = calloc(1, sizeof *with);
    Work w = {.id = new_id(), .hash = new_hash()};

    EXPECT(without && with);
    without->arena = with->arena = arena;
    copy(&place, without);
    EXPECT_OK(store_write(place.store, begin_session, &w));
    copy(&place, with);
    EXPECT(same(without, with));
    free(without);
    free(with);
}

static Err refuse_row(void *self, Str row)
{
    (void)self, (void)row;
    return fail(E_DISK_FULL);
}

TEST(whoever_takes_a_copy_can_end_it)
{
    PLACE(place);
    TEST_ARENA(arena);
    Kept *kept = calloc(1, sizeof *kept);
    const CopyTo to = {.self = kept, .head = keep_head, .table = keep_table, .row = refuse_row};

    EXPECT(kept != NULL);
    kept->arena = arena;
    write_log(&place);
    EXPECT_ERR(store_copy(place.store, &to), E_DISK_FULL);
    write_log(&place);
    free(kept);
}

TEST(a_copy_of_a_schema_that_this_program_does_not_know_is_refused)
{
    AUTO(place_remove) Place place = place_empty(NULL);
    const StoresOptions options = place_options(&place);
    AUTO(filling_freep) Filling *filling = NULL;
    CopyHead head = {.tenant = place.tenant, .steps = 1};

    EXPECT_ERR(filling_new(&options, &head, &filling), E_SCHEMA);
    head.steps = 10000;
    EXPECT_ERR(filling_new(&options, &head, &filling), E_SCHEMA);
}

static Str table_bytes(Arena *arena, const char *name, const char *column)
{
    CopyTable table = {.count = 0};
    Str bytes = STR_NONE;

    EXPECT_OK(copy_name(str_from_c(name), table.name));
    EXPECT_OK(copy_table_add(&table, str_from_c(column)));
    EXPECT_OK(copy_table_encode(&table, arena, &bytes));
    return bytes;
}

TEST(a_table_or_a_column_that_is_not_there_is_refused)
{
    static const struct {
        const char *table, *column;
    } wrong[] = {{"nothing", "id"}, {"unit", "nothing"}, {"session", "token_hash"}};
    PLACE(place);
    TEST_ARENA(arena);
    Kept *kept = calloc(1, sizeof *kept);

    EXPECT(kept != NULL);
    kept->arena = arena;
    copy(&place, kept);
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        AUTO(place_remove) Place other = place_empty(NULL);
        const StoresOptions options = place_options(&other);
        AUTO(filling_freep) Filling *filling = NULL;
        kept->head.tenant = other.tenant;
        EXPECT_OK(filling_new(&options, &kept->head, &filling));
        EXPECT_ERR(filling_table(filling, table_bytes(arena, wrong[i].table, wrong[i].column)), E_MALFORMED);
    }
    free(kept);
}

TEST(a_name_that_is_more_than_a_name_is_refused)
{
    static const char *const names[] = {"", "Unit", "a b", "a\"", "1a", "a;drop", "a_very_long_name_that_no_table_of_this_program_will_ever_have"};
    char name[DATABASE_NAME];

    for (size_t i = 0; i < COUNT_OF(names); i++)
        EXPECT_ERR(copy_name(str_from_c(names[i]), name), E_INVALID);
}

TEST(tables_and_rows_have_their_documented_bytes)
{
    static const uint8_t table[] = {0x04, 0x75, 0x6e, 0x69, 0x74, 0x02, 0x02, 0x69, 0x64, 0x04, 0x6b, 0x69, 0x6e, 0x64};
    static const uint8_t row[] = {0x02, 0, 0, 0, 2, 'a', 'b', 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0, 0x03, 0, 0, 0, 0};
    const Value values[] = {{.type = VALUE_BYTES, .bytes = STR("ab")}, {.type = VALUE_NUMBER, .number = -2}, {.type = VALUE_NULL},
                            {.type = VALUE_TEXT}};
    TEST_ARENA(arena);
    CopyTable read;
    Value back[COLUMNS_MAX];
    Str bytes;

    EXPECT_OK(copy_table_decode(str_from_bytes(table, sizeof table), &read));
    EXPECT_OK(copy_table_encode(&read, arena, &bytes));
    EXPECT(str_equal(bytes, str_from_bytes(table, sizeof table)));
    EXPECT_OK(copy_row_encode(values, 4, arena, &bytes));
    EXPECT(str_equal(bytes, str_from_bytes(row, sizeof row)));
    EXPECT_OK(copy_row_decode(bytes, 4, back));
    EXPECT(back[1].number == -2 && back[2].type == VALUE_NULL && str_equal(back[0].bytes, STR("ab")));
    EXPECT_ERR(copy_row_decode(bytes, 3, back), E_MALFORMED);
    EXPECT_ERR(copy_row_decode(bytes, 5, back), E_TRUNCATED);
}

RUN_TESTS("copy")
