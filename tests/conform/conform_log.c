/* A log with everything in it: rows behind permits, corrections, deletion, verification.
 * Must not know whether it runs on SQLite or on PostgreSQL.
 * Run by tests/conform/meson.build on both. */
#include "conform/log_works.h"

#include "store/beside.h"
#include "store/request/crossing.h"
#include "store/request/transfer.h"

TEST(no_permit_no_rows)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {0};
    Permit made_by_hand = {0};
    EntryRows entries;
    LogContent content;
    LogRows logs;
    Tx *tx = NULL;

    made_log(&place, &w);
    made_by_hand.log = w.log.id;
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_entries(tx, NULL, keep, &entries), E_FORBIDDEN);
    EXPECT_ERR(store_entries(tx, &made_by_hand, keep, &entries), E_FORBIDDEN);
    EXPECT_ERR(store_log_content(tx, &made_by_hand, keep, &content), E_FORBIDDEN);
    EXPECT_ERR(store_logs_of_person(tx, &made_by_hand, &(LogPage){.now = NOW, .max = 10}, keep, &logs), E_FORBIDDEN);
    store_read_end(tx);
}

TEST(a_permit_for_one_log_opens_no_entry_of_another)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {0}, other = {0};
    EntryRow row;
    Tx *tx = NULL;

    w.entry = entry_row(made_log(&place, &w), STR("text"));
    made_log(&place, &other);
    EXPECT_OK(store_write(place.store, add_entry, &w));
    EXPECT_OK(store_read(place.store, &tx));
    Permit right = permit_of(new_id(), w.log.id), wrong = permit_of(new_id(), other.log.id);
    EXPECT_ERR(store_entry_by_id(tx, &wrong, w.entry.id, keep, &row), E_NOT_FOUND);
    EXPECT_OK(store_entry_by_id(tx, &right, w.entry.id, keep, &row));
    EXPECT_STR(row.sealed, "text");
    store_read_end(tx);
}

/* An entry, its correction, and another one. */
static void three_rows(int64_t no, EntryRow ret_rows[static 3])
{
    ret_rows[0] = entry_row(no, STR("first"));
    ret_rows[1] = entry_row(no, STR("second"));
    ret_rows[2] = entry_row(no, STR("third"));
    ret_rows[1].entry = ret_rows[1].supersedes = ret_rows[0].id;
    ret_rows[1].version = 2;
}

WORK(add_three)
{
    CONTEXT;
    const AuditLine line = line_of(w->log.id);
    EntryRow rows[3];

    three_rows(w->no, rows);
    rows[2].log_no += w->number;
    TRY(store_entries_append(tx, rows, 3));
    return store_audit(tx, &line);
}

TEST(several_rows_at_once_stand_one_after_another_and_of_two_logs_none_stands)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {0};
    EntryRows rows;
    Tx *tx = NULL;

    int64_t no = w.no = made_log(&place, &w);
    w.number = 1;
    EXPECT_ERR(store_write(place.store, add_three, &w), E_INTERNAL);
    w.number = 0;
    EXPECT_OK(store_write(place.store, add_three, &w));
    w.entry = entry_row(no, STR("fourth"));
    EXPECT_OK(store_write(place.store, add_entry, &w));
    EXPECT_OK(store_read(place.store, &tx));
    Permit permit = permit_of(new_id(), w.log.id);
    EXPECT_OK(store_entries(tx, &permit, keep, &rows));
    EXPECT(rows.count == 4);
    for (uint32_t i = 0; i < rows.count; i++)
        EXPECT(rows.items[i].no == (no << 24 | (i + 1)));
    EXPECT_STR(rows.items[1].sealed, "second");
    EXPECT(rows.items[1].version == 2 && id_equal(rows.items[1].entry, rows.items[0].id));
    store_read_end(tx);
}

TEST(a_correction_follows_the_newest_version_and_the_second_of_two_is_stale)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {0};
    EntryRows versions;
    Tx *tx = NULL;

    int64_t no = made_log(&place, &w);
    w.entry = entry_row(no, STR("first"));
    EXPECT_OK(store_write(place.store, add_entry, &w));
    EXPECT(w.no == (no << 24 | 1));
    Id first = w.entry.id;
    w.entry = entry_row(no, STR("second"));
    w.entry.entry = first;
    w.entry.version = 2;
    w.entry.supersedes = first;
    EXPECT_OK(store_write(place.store, add_entry, &w));
    w.entry.id = new_id();
    EXPECT_ERR(store_write(place.store, add_entry, &w), E_STALE);
    EXPECT_OK(store_read(place.store, &tx));
    Permit permit = permit_of(new_id(), w.log.id);
    EXPECT_OK(store_entry_versions(tx, &permit, first, keep, &versions));
    EXPECT(versions.count == 2 && versions.items[1].version == 2);
    EXPECT_STR(versions.items[1].sealed, "second");
    store_read_end(tx);
}

WORK(change_log)
{
    CONTEXT;
    const AuditLine line = line_of(w->log.id);
    TRY(store_log_update(tx, &w->log));
    const LogWritten written = {.no = w->log.no, .last_activity_at = NOW + 7, .wake_on = NOW + 8, .looked_to = NOW + 6, .header = STR("new header"),
                                .header_version = w->log.header_version};
    LogAfter after;
    TRY(store_log_written(tx, &written, &after));
    w->hash = after.digest;
    w->number = after.rows;
    return store_audit(tx, &line);
}

TEST(a_log_changed_by_somebody_else_is_stale)
{
    PLACE(place);
    Work w = {0};
    LogRow row;
    Tx *tx = NULL;

    made_log(&place, &w);
    w.log.state = 2;
    w.log.passive_at = NOW + 5;
    EXPECT_OK(store_write(place.store, change_log, &w));
    EXPECT_ERR(store_write(place.store, change_log, &w), E_STALE);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_log_by_id(tx, w.log.id, &row));
    EXPECT(row.access_version == 2 && row.state == 2 && row.header_version == 2 && row.wake_on == NOW + 8);
    EXPECT(row.passive_at == NOW + 5 && row.looked_to == NOW + 6);
    EXPECT(row.header.length == 0);
    store_read_end(tx);
}

TEST(a_flag_beyond_the_thirty_second_is_stored_and_read_as_it_is)
{
    PLACE(place);
    Work w = {0};
    LogRow row;
    Tx *tx = NULL;

    made_log(&place, &w);
    w.log.flags = UINT64_C(1) << 62 | UINT64_C(1) << 32 | 1;
    EXPECT_OK(store_write(place.store, change_log, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_log_by_id(tx, w.log.id, &row));
    EXPECT(row.flags == w.log.flags);
    store_read_end(tx);
}

static uint32_t waking(Tx *tx, WakingPage page, Arena *keep, LogRow *ret_last)
{
    LogRows rows = {0};

    EXPECT_OK(store_logs_waking(tx, &page, keep, &rows));
    if (rows.count > 0)
        *ret_last = rows.items[rows.count - 1];
    return rows.count;
}

TEST(logs_that_are_due_are_told_in_the_order_of_their_days_and_no_others)
{
    PLACE(place);
    TEST_ARENA(keep);
    const int64_t days[] = {NOW + 3, NOW + 1, NOW + 2, NOW + 1, 0};
    LogRow last = {0};
    Tx *tx = NULL;
    Work w[COUNT_OF(days)];

    for (size_t i = 0; i < COUNT_OF(days); i++) {
        w[i] = (Work){.log = log_row()};
        w[i].log.wake_on = days[i];
        EXPECT_OK(store_write(place.store, make_log, &w[i]));
    }
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT(waking(tx, (WakingPage){.day = NOW, .max = 10}, keep, &last) == 0);
    EXPECT(waking(tx, (WakingPage){.day = NOW + 2, .max = 10}, keep, &last) == 3 && id_equal(last.id, w[2].log.id));
    EXPECT(waking(tx, (WakingPage){.day = NOW + 9, .max = 2}, keep, &last) == 2 && id_equal(last.id, w[3].log.id));
    WakingPage next = {.day = NOW + 9, .after_wake = last.wake_on, .after_no = last.no, .max = 10};
    EXPECT(waking(tx, next, keep, &last) == 2 && id_equal(last.id, w[0].log.id));
    store_read_end(tx);
}

TEST(a_display_number_in_use_may_be_drawn_again)
{
    PLACE(place);
    Work w = {0}, other = {0};

    made_log(&place, &w);
    other.log = log_row();
    other.log.display = w.log.display;
    EXPECT_ERR(store_write(place.store, make_log, &other), E_DUPLICATE);
    other.log.display++;
    EXPECT_OK(store_write(place.store, make_log, &other));
}

WORK(add_units)
{
    CONTEXT;
    const ConsentRow consent = {.id = new_id(), .log_no = w->log.no, .participant = new_id(), .method = 1, .sealed = STR("consent"),
                                .version = 1};
    const UnitRow unit = {.id = w->id, .kind = 2, .sealed = STR("unit"), .version = 1};
    const UnitRow elsewhere = {.id = new_id(), .kind = 2, .sealed = STR("elsewhere"), .version = 1};
    const ConsentUnitRow named[] = {{.id = new_id(), .unit = w->id}, {.id = new_id(), .unit = new_id()}};
    const AuditLine line = line_of(w->log.id);

    TRY(store_unit_insert(tx, &unit));
    TRY(store_unit_insert(tx, &elsewhere));
    TRY(store_consent_insert(tx, &consent, named, 2));
    return store_audit(tx, &line);
}

TEST(beside_a_log_stand_its_units_and_who_was_there_last_for_whoever_has_a_permit)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id()};
    LogBesideWish wish = {.scope = new_id(), .seen_max = 1};
    Permit made_by_hand = {0};
    LogBesideRows rows;
    Tx *tx = NULL;

    made_log(&place, &w);
    EXPECT_OK(store_write(place.store, add_units, &w));
    made_by_hand.log = w.log.id;
    const Permit permit = permit_of(new_id(), w.log.id);
    wish.seen.bits[line_of(w.log.id).act / 64] = UINT64_C(1) << (line_of(w.log.id).act % 64);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_log_beside(tx, &made_by_hand, &wish, keep, &rows), E_FORBIDDEN);
    EXPECT_OK(store_log_beside(tx, &permit, &wish, keep, &rows));
    EXPECT(rows.units.units.count == 1 && id_equal(rows.units.units.items[0].id, w.id));
    EXPECT(id_is_none(rows.units.scope.scope) && rows.drafts == 0);
    EXPECT(rows.seen.count == 1 && rows.seen.items[0].seq == 2);
    wish.seen.bits[0] = wish.seen.bits[1] = 0;
    EXPECT_OK(store_log_beside(tx, &permit, &wish, keep, &rows));
    EXPECT(rows.seen.count == 0);
    store_read_end(tx);
}

TEST(a_person_finds_their_own_logs_only_newest_first_and_in_pages)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .text = STR("%PDF")}, held = {0}, foreign = {0};
    LogRows logs;
    Tx *tx = NULL;

    made_log(&place, &w);
    EXPECT_OK(store_write(place.store, add_people, &w));
    held.log = log_row();
    held.log.holder = w.id;
    held.log.last_activity_at = NOW + 1;
    EXPECT_OK(store_write(place.store, make_log, &held));
    made_log(&place, &foreign);
    EXPECT_OK(store_read(place.store, &tx));
    Permit permit = permit_of(w.id, w.log.id);
    EXPECT_OK(store_logs_of_person(tx, &permit, &(LogPage){.now = NOW + 1, .max = 10}, keep, &logs));
    EXPECT(logs.count == 2 && id_equal(logs.items[0].id, held.log.id) && id_equal(logs.items[1].id, w.log.id));
    EXPECT_STR(logs.items[0].header, "sealed header");
    EXPECT_OK(store_logs_of_person(tx, &permit, &(LogPage){.now = NOW + 1, .before = &logs.items[0], .max = 10}, keep, &logs));
    EXPECT(logs.count == 1 && id_equal(logs.items[0].id, w.log.id));
    EXPECT_OK(store_logs_of_person(tx, &permit, &(LogPage){.now = NOW + 100, .max = 10}, keep, &logs));
    EXPECT(logs.count == 1 && id_equal(logs.items[0].id, held.log.id));
    EXPECT_OK(store_logs_of_unit(tx, &permit, &(LogPage){.unit = foreign.log.unit, .max = 10}, keep, &logs));
    EXPECT(logs.count == 1);
    uint32_t counts[8];
    EXPECT_OK(store_logs_count(tx, (Id){{0}}, counts));
    EXPECT(counts[1] == 3);
    store_read_end(tx);
}

WORK(delete_log)
{
    CONTEXT;
    const AuditLine line = line_of(w->log.id);
    PurgeCounts counts = {0};
    TRY(purge_of(tx, w->log.no, &counts));
    w->number = counts.of[PURGED_ENTRIES] + counts.of[PURGED_PARTICIPANTS] + counts.of[PURGED_CONSENTS] + counts.of[PURGED_DOCUMENTS];
    return store_audit(tx, &line);
}

TEST(a_deleted_log_leaves_its_number_and_its_unit_alone_and_the_number_is_not_given_again)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .text = STR("%PDF")}, next = {0};
    LogRow row;
    ParticipantRows rows;
    Tx *tx = NULL;

    int64_t no = made_log(&place, &w);
    w.entry = entry_row(no, STR("text"));
    EXPECT_OK(store_write(place.store, add_entry, &w));
    EXPECT_OK(store_write(place.store, add_people, &w));
    EXPECT_OK(store_write(place.store, delete_log, &w));
    EXPECT(w.number == 4);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_log_by_id(tx, w.log.id, &row));
    EXPECT(row.state == STATE_DELETED && row.flags == 0 && id_is_none(row.holder) && row.wake_on == 0 && id_equal(row.unit, w.log.unit));
    EXPECT_OK(store_participations(tx, w.id, keep, &rows));
    EXPECT(rows.count == 0);
    store_read_end(tx);
    EXPECT(made_log(&place, &next) == no + 1);
    EXPECT_OK(store_purge_remains(place.store));
}

static void no_finding(void *self, const Finding *finding)
{
    (void)self;
    print_error("found %s in %s\n", finding_name(finding->kind), finding->table ? finding->table : "-");
}

TEST(a_database_that_only_the_store_wrote_verifies)
{
    PLACE(place);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .text = STR("%PDF")}, gone = w;
    const VerifyWatch watch = {.found = no_finding};
    VerifyResult result;

    gone.id = new_id(), gone.other = new_id(), gone.third = new_id();
    w.entry = entry_row(made_log(&place, &w), STR("text"));
    EXPECT_OK(store_write(place.store, add_entry, &w));
    EXPECT_OK(store_write(place.store, add_people, &w));
    made_log(&place, &gone);
    EXPECT_OK(store_write(place.store, add_people, &gone));
    EXPECT_OK(store_write(place.store, delete_log, &gone));
    EXPECT_OK(store_verify(place.store, &watch, &result));
    EXPECT(result.findings == 0 && result.lines == 6 && result.rows == 8);
}

/* ---- on its way to another unit ---- */

typedef struct Moving {
    Work *w;
    TransferRow row;
} Moving;

static TransferRow transfer_of(const Work *w, Id from, Id to)
{
    return (TransferRow){.id = new_id(), .log = w->log.id, .from = from, .to = to, .units = STR("0123456789abcdef"), .step = 1,
                         .proposed_by = new_id(), .proposed_at = NOW, .on_at = NOW, .version = 1};
}

WORK(propose)
{
    const Moving *moving = context_;
    const AuditLine line = line_of(moving->row.log);

    TRY(store_transfer_insert(tx, &moving->row));
    return store_audit(tx, &line);
}

WORK(goes_on)
{
    const Moving *moving = context_;
    const AuditLine line = line_of(moving->row.log);

    TRY(store_transfer_update(tx, &moving->row));
    return store_audit(tx, &line);
}

TEST(a_transfer_is_found_by_its_log_and_by_both_units_goes_on_once_from_each_version_and_goes_with_its_log)
{
    PLACE(place);
    TEST_ARENA(keep);
    const Id from = new_id(), to = new_id();
    const VerifyWatch watch = {.found = no_finding};
    VerifyResult result;
    TransferRows rows;
    Work w = {0};
    Tx *tx = NULL;

    made_log(&place, &w);
    Moving moving = {&w, transfer_of(&w, from, to)};
    EXPECT_OK(store_write(place.store, propose, &moving));
    moving.row.step = 4;
    moving.row.ended_at = NOW + 5;
    EXPECT_OK(store_write(place.store, goes_on, &moving));
    EXPECT_ERR(store_write(place.store, goes_on, &moving), E_STALE);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_transfers_of_log(tx, w.log.id, keep, &rows));
    EXPECT(rows.count == 1 && rows.items[0].step == 4 && rows.items[0].version == 2 && rows.items[0].units.length == ID_BYTES);
    EXPECT_OK(store_transfers_to_unit(tx, to, NOW - 1, keep, &rows));
    EXPECT(rows.count == 1);
    EXPECT_OK(store_transfers_to_unit(tx, to, NOW, keep, &rows));
    EXPECT(rows.count == 0);
    EXPECT_OK(store_transfers_from_unit(tx, from, NOW, keep, &rows));
    EXPECT(rows.count == 1);
    EXPECT_OK(store_transfers_from_unit(tx, to, 0, keep, &rows));
    EXPECT(rows.count == 0);
    store_read_end(tx);
    EXPECT_OK(store_write(place.store, delete_log, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_transfers_of_log(tx, w.log.id, keep, &rows));
    EXPECT(rows.count == 0);
    store_read_end(tx);
    EXPECT_OK(store_verify(place.store, &watch, &result));
    EXPECT(result.findings == 0);
}

WORK(cross)
{
    const CrossingRow *row = context_;
    const AuditLine line = line_of(row->id);

    TRY(row->version > 1 ? store_crossing_update(tx, &(CrossingRow){.id = row->id, .way = row->way, .other = row->other, .log = row->log,
                                                                    .unit = row->unit, .step = row->step, .proposed_at = row->proposed_at,
                                                                    .place = row->place, .sealed = row->sealed, .version = row->version - 1})
                         : store_crossing_insert(tx, row));
    return store_audit(tx, &line);
}

TEST(a_crossing_is_found_while_it_is_open_by_its_unit_goes_on_once_from_each_version_and_goes_with_its_log)
{
    PLACE(place);
    TEST_ARENA(keep);
    CrossingRow row = {.id = new_id(), .way = 1, .other = new_id(), .unit = new_id(), .step = 1, .proposed_at = NOW,
                       .place = STR("Regnbuen barnehage, Sørvær"), .sealed = STR("sealed"), .version = 1}, found;
    CrossingRows rows;
    CrossingIds ids;
    Work w = {0};
    Tx *tx = NULL;

    made_log(&place, &w);
    row.log = w.log.id;
    EXPECT_OK(store_write(place.store, cross, &row));
    EXPECT_ERR(store_write(place.store, cross, &row), E_DUPLICATE);
    row.step = 4;
    row.version = 2;
    EXPECT_OK(store_write(place.store, cross, &row));
    EXPECT_ERR(store_write(place.store, cross, &row), E_STALE);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_crossing(tx, row.id, keep, &found));
    EXPECT(found.step == 4 && found.version == 2 && str_equal(found.place, row.place) && str_equal(found.sealed, row.sealed));
    EXPECT_ERR(store_crossing(tx, new_id(), keep, &found), E_NOT_FOUND);
    EXPECT_OK(store_crossings_open(tx, 1, 5, keep, &ids));
    EXPECT(ids.count == 1 && id_equal(ids.items[0].id, row.id));
    EXPECT_OK(store_crossings_open(tx, 1, 4, keep, &ids));
    EXPECT(ids.count == 0);
    EXPECT_OK(store_crossings_open(tx, 2, 5, keep, &ids));
    EXPECT(ids.count == 0);
    EXPECT_OK(store_crossings_to_unit(tx, (CrossingsWish){row.unit, 1, NOW - 1}, keep, &rows));
    EXPECT(rows.count == 1);
    EXPECT_OK(store_crossings_to_unit(tx, (CrossingsWish){row.unit, 2, NOW - 1}, keep, &rows));
    EXPECT(rows.count == 0);
    store_read_end(tx);
    EXPECT_OK(store_write(place.store, delete_log, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_crossing(tx, row.id, keep, &found), E_NOT_FOUND);
    store_read_end(tx);
}

WORK(know)
{
    const PartnerRow *row = context_;
    const AuditLine line = line_of(row->id);

    TRY(store_partner_put(tx, row));
    return store_audit(tx, &line);
}

TEST(a_municipality_of_another_installation_is_known_by_its_newest_card)
{
    PLACE(place);
    TEST_ARENA(keep);
    PartnerRow row = {.id = new_id(), .card = STR("card"), .known_at = NOW, .known_by = new_id()}, found;
    PartnerRows rows;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, know, &row));
    row.card = STR("newer");
    EXPECT_OK(store_write(place.store, know, &row));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_partner(tx, row.id, keep, &found));
    EXPECT(str_equal(found.card, STR("newer")) && found.version == 2);
    EXPECT_OK(store_partners(tx, keep, &rows));
    EXPECT(rows.count == 1);
    EXPECT_ERR(store_partner(tx, new_id(), keep, &found), E_NOT_FOUND);
    store_read_end(tx);
}

RUN_TESTS("conform_log")
