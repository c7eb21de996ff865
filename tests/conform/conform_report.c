/* Archive reports: their rows, their bytes in parts, and how they end.
 * Must not know whether it runs on SQLite or on PostgreSQL.
 * Run by tests/conform/meson.build on both. */
#include "conform/by_hand.h"
#include "conform/conform.h"

#include "store/report/orders.h"
#include "store/report/reports.h"

/* A report of one log, with its key, in parts. */
typedef struct Made {
    ReportRow row;
    int64_t at;
    int64_t destroy_on;
    uint32_t count;
    ReportRows rows;
    Arena *keep;
} Made;

static Made made_new(Id log)
{
    return (Made){.row = {.id = new_id(), .log = log, .log_no = 7, .made_by = new_id(), .made_role = 1, .made_at = NOW, .content = new_hash(),
                          .sha256 = new_hash(), .size = 11, .parts = 2}, .at = NOW};
}

WORK(put_parts)
{
    const Made *made = context_;

    TRY(store_report_part_insert(tx, &(ReportPart){made->row.id, 0, made->at, STR("sealed one")}));
    return store_report_part_insert(tx, &(ReportPart){made->row.id, 1, made->at, STR("sealed two")});
}

WORK(put_row)
{
    const Made *made = context_;
    const AuditLine line = line_of(made->row.made_by);
    const ScopeKeyRow scope = {.scope = made->row.id, .kind = 5, .epoch = 1, .wrapped = STR("wrapped"), .version = 1};

    TRY(store_scope_insert(tx, &scope));
    TRY(store_report_insert(tx, &made->row));
    return store_audit(tx, &line);
}

WORK(put_row_without_a_line)
{
    const Made *made = context_;

    return store_report_insert(tx, &made->row);
}

WORK(end_row)
{
    const Made *made = context_;
    const AuditLine line = line_of(made->row.made_by);

    TRY(store_report_ends(tx, made->row.log, made->row.id, made->destroy_on));
    return store_audit(tx, &line);
}

WORK(remove_over)
{
    Made *made = context_;
    const AuditLine line = line_of(made->row.made_by);

    TRY(store_reports_delete_over(tx, made->at, &made->count));
    return made->count > 0 ? store_audit(tx, &line) : ok();
}

WORK(remove_lost)
{
    Made *made = context_;

    return store_report_parts_delete_lost(tx, made->at, &made->count);
}

static void made_here(Place *place, Made *made)
{
    EXPECT_OK(store_write(place->store, put_parts, made));
    EXPECT_OK(store_write(place->store, put_row, made));
}

static uint32_t reports_of(Place *place, Id log, Arena *keep, ReportRows *rows)
{
    Tx *tx = NULL;

    EXPECT_OK(store_read(place->store, &tx));
    EXPECT_OK(store_reports_of_log(tx, log, keep, rows));
    store_read_end(tx);
    return rows->count;
}

static Err part_of(Place *place, Id report, uint32_t part, Arena *keep, Str *sealed)
{
    Tx *tx = NULL;

    EXPECT_OK(store_read(place->store, &tx));
    Err read = store_report_part(tx, report, part, keep, sealed);
    store_read_end(tx);
    return read;
}

TEST(a_report_stands_in_the_chain_and_its_parts_need_no_line)
{
    PLACE(place);
    Made made = made_new(new_id());

    EXPECT_ERR(store_write(place.store, put_row_without_a_line, &made), E_INTERNAL);
    EXPECT_OK(store_write(place.store, put_parts, &made));
    EXPECT_ERR(store_write(place.store, put_parts, &made), E_DUPLICATE);
}

TEST(a_report_is_read_as_it_was_put_with_its_parts_in_their_places)
{
    PLACE(place);
    TEST_ARENA(keep);
    Made made = made_new(new_id());
    ReportRows rows = {0};
    Str sealed;

    EXPECT(reports_of(&place, made.row.log, keep, &rows) == 0);
    made_here(&place, &made);
    EXPECT(reports_of(&place, made.row.log, keep, &rows) == 1);
    EXPECT(id_equal(rows.items[0].id, made.row.id) && rows.items[0].size == 11 && rows.items[0].parts == 2 && rows.items[0].destroy_on == 0);
    EXPECT(memcmp(rows.items[0].content.bytes, made.row.content.bytes, HASH_BYTES) == 0);
    EXPECT_OK(part_of(&place, made.row.id, 0, keep, &sealed));
    EXPECT_STR(sealed, "sealed one");
    EXPECT_OK(part_of(&place, made.row.id, 1, keep, &sealed));
    EXPECT_STR(sealed, "sealed two");
    EXPECT_ERR(part_of(&place, made.row.id, 2, keep, &sealed), E_NOT_FOUND);
}

TEST(a_report_gets_its_end_once_and_is_kept_until_then)
{
    PLACE(place);
    TEST_ARENA(keep);
    Made made = made_new(new_id()), other = made_new(new_id());
    ReportRows rows = {0};
    Tx *tx = NULL;
    Str sealed;

    made_here(&place, &made);
    made.destroy_on = NOW + 100;
    other.row.log = made.row.log;
    EXPECT_ERR(store_write(place.store, end_row, &other), E_NOT_FOUND);
    EXPECT_OK(store_write(place.store, end_row, &made));
    EXPECT_ERR(store_write(place.store, end_row, &made), E_STALE);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_reports_kept(tx, 10, keep, &rows));
    store_read_end(tx);
    EXPECT(rows.count == 1 && rows.items[0].destroy_on == NOW + 100);
    made.at = NOW + 99;
    EXPECT_OK(store_write(place.store, remove_over, &made));
    EXPECT(made.count == 0 && reports_of(&place, made.row.log, keep, &rows) == 1);
    made.at = NOW + 100;
    EXPECT_OK(store_write(place.store, remove_over, &made));
    EXPECT(made.count == 1 && reports_of(&place, made.row.log, keep, &rows) == 0);
    EXPECT_ERR(part_of(&place, made.row.id, 0, keep, &sealed), E_NOT_FOUND);
}

TEST(the_key_of_a_report_goes_with_it)
{
    PLACE(place);
    TEST_ARENA(keep);
    Made made = made_new(new_id());
    ScopeKeyRow scope;
    Tx *tx = NULL;

    made_here(&place, &made);
    made.destroy_on = NOW;
    EXPECT_OK(store_write(place.store, end_row, &made));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_scope(tx, made.row.id, keep, &scope));
    store_read_end(tx);
    EXPECT_OK(store_write(place.store, remove_over, &made));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_scope(tx, made.row.id, keep, &scope), E_NOT_FOUND);
    store_read_end(tx);
}

TEST(parts_that_no_row_names_are_removed_when_they_are_old_and_no_others)
{
    PLACE(place);
    TEST_ARENA(keep);
    Made named = made_new(new_id()), lost = made_new(new_id());
    Str sealed;

    made_here(&place, &named);
    lost.at = NOW + 5;
    EXPECT_OK(store_write(place.store, put_parts, &lost));
    lost.at = NOW + 4;
    EXPECT_OK(store_write(place.store, remove_lost, &lost));
    EXPECT(lost.count == 0);
    lost.at = NOW + 5;
    EXPECT_OK(store_write(place.store, remove_lost, &lost));
    EXPECT(lost.count == 2);
    EXPECT_OK(part_of(&place, named.row.id, 1, keep, &sealed));
    EXPECT_ERR(part_of(&place, lost.row.id, 0, keep, &sealed), E_NOT_FOUND);
}

TEST(a_report_that_somebody_else_wrote_is_refused)
{
    PLACE(place);
    TEST_ARENA(keep);
    Made made = made_new(new_id());
    ReportRows rows;
    Tx *tx = NULL;

    made_here(&place, &made);
    by_hand(&place, "UPDATE report SET destroy_on=1");
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_reports_of_log(tx, made.row.log, keep, &rows), E_FORGED);
    store_read_end(tx);
}

/* ---- verified ---- */

static void tell_finding(void *self, const Finding *finding)
{
    ((uint32_t *)self)[finding->kind]++;
}

/* How many findings there are of this kind, and none of another. */
static uint32_t found_of(Place *place, enum finding_kind kind)
{
    uint32_t counts[FINDING_COUNT] = {0};
    const VerifyWatch watch = {.self = counts, .found = tell_finding};
    VerifyResult result;

    EXPECT_OK(store_verify(place->store, &watch, &result));
    EXPECT(result.findings == counts[kind]);
    return counts[kind];
}

static Made stored_whole(Place *place)
{
    static const char sealed[] = "sealed onesealed two";
    Made made = made_new(new_id());

    EXPECT_OK(sha256(str_from_bytes(sealed, sizeof sealed - 1), made.row.sealed_sha256.bytes));
    made_here(place, &made);
    return made;
}

TEST(a_report_whose_parts_are_what_was_stored_is_verified_and_one_of_before_by_their_number)
{
    PLACE(place);
    Made made = stored_whole(&place), former = made_new(new_id());

    (void)made;
    made_here(&place, &former);
    EXPECT(found_of(&place, FINDING_REPORT_CHANGED) == 0);
    by_hand(&place, "DELETE FROM report_part WHERE part=1");
    EXPECT(found_of(&place, FINDING_REPORT_CHANGED) == 2);
}

TEST(one_byte_of_a_part_that_was_changed_is_found_and_so_is_a_part_that_is_gone_too_many_or_elsewhere)
{
    static const char *const tamperings[] = {
        "UPDATE report_part SET sealed={7365616c6564206f6e66} WHERE part=0", /* "sealed onf" */
        "DELETE FROM report_part WHERE part=0",
        "INSERT INTO report_part(report,part,at,sealed) SELECT report,2,at,sealed FROM report_part WHERE part=1",
        "UPDATE report_part SET part=7 WHERE part=1",
        "UPDATE report_part SET part=CASE part WHEN 0 THEN 8 ELSE 0 END",
    };

    for (size_t i = 0; i < COUNT_OF(tamperings); i++) {
        PLACE(place);
        Made made = stored_whole(&place);

        (void)made;
        EXPECT(found_of(&place, FINDING_REPORT_CHANGED) == 0);
        by_hand(&place, tamperings[i]);
        EXPECT(found_of(&place, FINDING_REPORT_CHANGED) == 1);
    }
}

/* ---- those that are ordered ---- */

typedef struct Ordered {
    ReportOrderRow row;
    int64_t at;
    uint32_t count;
    ReportOrderRows rows;
    ReportOrderRow read;
    Arena *keep;
} Ordered;

static Ordered ordered_new(Id log, int64_t at)
{
    return (Ordered){.row = {.id = new_id(), .log = log, .session = new_hash(), .person = new_id(), .language = 1, .ordered_at = at}};
}

WORK(put_order)
{
    return store_report_order_put(tx, &((const Ordered *)context_)->row);
}

WORK(update_order)
{
    return store_report_order_update(tx, &((const Ordered *)context_)->row);
}

WORK(end_order)
{
    return store_report_order_end(tx, &((const Ordered *)context_)->row);
}

WORK(purge_order)
{
    return store_report_order_delete_of_log(tx, ((const Ordered *)context_)->row.log);
}

WORK(remove_orders_over)
{
    Ordered *ordered = context_;

    return store_report_orders_delete_over(tx, ordered->at, &ordered->count);
}

static uint32_t orders_waiting(Place *place, Ordered *ordered)
{
    Tx *tx = NULL;

    EXPECT_OK(store_read(place->store, &tx));
    EXPECT_ERR(store_report_orders_waiting(tx, 0, ordered->keep, &ordered->rows), E_RANGE);
    EXPECT_OK(store_report_orders_waiting(tx, 10, ordered->keep, &ordered->rows));
    EXPECT_OK(store_report_order_of_log(tx, ordered->row.log, ordered->keep, &ordered->read));
    store_read_end(tx);
    return ordered->rows.count;
}

TEST(a_report_is_ordered_once_until_it_is_made_or_has_failed)
{
    PLACE(place);
    TEST_ARENA(keep);
    Ordered first = ordered_new(new_id(), NOW), again = ordered_new(first.row.log, NOW + 1), other = ordered_new(new_id(), NOW - 1);

    first.keep = keep;
    EXPECT(orders_waiting(&place, &first) == 0 && id_is_none(first.read.id));
    EXPECT_OK(store_write(place.store, put_order, &first));
    EXPECT_ERR(store_write(place.store, put_order, &again), E_DUPLICATE);
    EXPECT_OK(store_write(place.store, put_order, &other));
    EXPECT(orders_waiting(&place, &first) == 2 && id_equal(first.rows.items[0].id, other.row.id) && id_equal(first.read.id, first.row.id));
    first.row.failed = 5;
    EXPECT_OK(store_write(place.store, update_order, &first));
    EXPECT(orders_waiting(&place, &first) == 1 && first.read.failed == 5);
    EXPECT_OK(store_write(place.store, put_order, &again));
    EXPECT(orders_waiting(&place, &first) == 2 && id_equal(first.read.id, again.row.id) && first.read.failed == 0);
    EXPECT_ERR(store_write(place.store, update_order, &first), E_STALE);
    EXPECT_ERR(store_write(place.store, end_order, &first), E_STALE);
    EXPECT_OK(store_write(place.store, end_order, &again));
    EXPECT_ERR(store_write(place.store, end_order, &again), E_STALE);
    EXPECT(orders_waiting(&place, &first) == 1 && id_is_none(first.read.id));
}

TEST(an_order_says_how_far_it_is_and_ends_with_its_log_and_after_a_time)
{
    PLACE(place);
    TEST_ARENA(keep);
    Ordered first = ordered_new(new_id(), NOW), old = ordered_new(new_id(), NOW - 9);

    first.keep = keep;
    EXPECT_OK(store_write(place.store, put_order, &first));
    EXPECT_OK(store_write(place.store, put_order, &old));
    first.row.phase = 1;
    first.row.done = 50;
    first.row.total = 3000;
    first.row.tries = 2;
    EXPECT_OK(store_write(place.store, update_order, &first));
    EXPECT(orders_waiting(&place, &first) == 2 && first.read.phase == 1 && first.read.done == 50 && first.read.total == 3000);
    EXPECT(first.read.tries == 2 && id_equal(first.read.person, first.row.person));
    EXPECT(memcmp(first.read.session.bytes, first.row.session.bytes, HASH_BYTES) == 0);
    old.at = NOW - 9;
    EXPECT_OK(store_write(place.store, remove_orders_over, &old));
    EXPECT(old.count == 1 && orders_waiting(&place, &first) == 1);
    EXPECT_OK(store_write(place.store, purge_order, &first));
    EXPECT_OK(store_write(place.store, purge_order, &first));
    EXPECT(orders_waiting(&place, &first) == 0);
}

RUN_TESTS("archive reports")
