/* Works, snapshots, walls between databases, the chain of lines, and the list of statements.
 * Must not know whether it runs on SQLite or on PostgreSQL.
 * Run by tests/conform/meson.build on both. */
#include "conform/conform.h"

#include "store/store.h"

/* ---- the writer's rules ---- */

WORK(change_without_line)
{
    CONTEXT;
    return store_setting_put(tx, STR("colour"), w->text, 0);
}

TEST(a_work_that_changes_a_row_without_a_line_is_undone)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.text = STR("blue")};
    SettingRow row;
    Tx *tx = NULL;

    EXPECT_ERR(store_write(place.store, change_without_line, &w), E_INTERNAL);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_setting(tx, STR("colour"), keep, &row), E_NOT_FOUND);
    store_read_end(tx);
}

WORK(put_setting)
{
    CONTEXT;
    const AuditLine line = line_of(w->id);
    TRY(store_setting_put(tx, STR("colour"), w->text, w->number));
    TRY(store_audit(tx, &line));
    return w->error == E_OK ? ok() : fail(w->error);
}

TEST(a_work_that_fails_leaves_nothing_and_its_error_is_returned)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.text = STR("blue"), .error = E_RANGE};
    SettingRow row;
    AuditRows lines;
    Tx *tx = NULL;

    EXPECT_ERR(store_write(place.store, put_setting, &w), E_RANGE);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_setting(tx, STR("colour"), keep, &row), E_NOT_FOUND);
    EXPECT_OK(store_audit_all(tx, 0, 10, keep, &lines));
    EXPECT(lines.count == 0);
    store_read_end(tx);
}

TEST(a_setting_is_put_once_per_version_and_survives_a_restart)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.text = STR("blue")};
    SettingRow row;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, put_setting, &w));
    EXPECT_ERR(store_write(place.store, put_setting, &w), E_STALE);
    w.number = 1;
    w.text = STR("green");
    EXPECT_OK(store_write(place.store, put_setting, &w));
    EXPECT_ERR(store_write(place.store, put_setting, &w), E_STALE);
    place_reopen(&place);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_setting(tx, STR("colour"), keep, &row));
    EXPECT_STR(row.value, "green");
    EXPECT(row.version == 2);
    store_read_end(tx);
}

TEST(a_snapshot_cannot_be_written_to)
{
    PLACE(place);
    Tx *tx = NULL;
    const AuditLine line = line_of(new_id());

    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_setting_put(tx, STR("colour"), STR("red"), 0), E_INTERNAL);
    EXPECT_ERR(store_audit(tx, &line), E_INTERNAL);
    store_read_end(tx);
}

TEST(a_snapshot_does_not_see_what_is_written_after_it_began)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.text = STR("blue")};
    SettingRow row;
    Tx *tx = NULL;

    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_setting(tx, STR("colour"), keep, &row), E_NOT_FOUND);
    EXPECT_OK(store_write(place.store, put_setting, &w));
    EXPECT_ERR(store_setting(tx, STR("colour"), keep, &row), E_NOT_FOUND);
    store_read_end(tx);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_setting(tx, STR("colour"), keep, &row));
    store_read_end(tx);
}

TEST(a_snapshot_that_was_ended_cannot_end_the_next_one_on_its_connection)
{
    PLACE(place);
    TEST_ARENA(keep);
    SettingRow row;
    Tx *first = NULL;
    Tx *next = NULL;

    EXPECT_OK(store_read(place.store, &first));
    store_read_endp(&first);
    EXPECT_OK(store_read(place.store, &next));
    store_read_endp(&first);
    EXPECT_ERR(store_setting(next, STR("colour"), keep, &row), E_NOT_FOUND);
    EXPECT_OK(store_read(place.store, &first));
    EXPECT(first != next);
    store_read_endp(&first);
    store_read_endp(&next);
}

TEST(a_municipality_that_was_never_made_is_not_found_and_none_is_made_twice)
{
    PLACE(place);
    Store *store = NULL;

    EXPECT_ERR(store_of(place.stores, new_id(), &store), E_NOT_FOUND);
    EXPECT_ERR(store_of(place.stores, (Id){{0}}, &store), E_NOT_FOUND);
    EXPECT_ERR(stores_create(place.stores, place.tenant), E_DUPLICATE);
}

TEST(whoever_names_made_up_municipalities_leaves_nothing_in_memory)
{
    PLACE(place);
    StoreFigures before = {0};
    StoreFigures after = {0};
    Store *store = NULL;

    stores_figures(place.stores, &before);
    for (int i = 0; i < 200; i++)
        EXPECT_ERR(store_of(place.stores, new_id(), &store), E_NOT_FOUND);
    stores_figures(place.stores, &after);
    EXPECT(after.databases_known == before.databases_known);
}

WORK(ask_for_a_stranger)
{
    CONTEXT;
    Store *store = NULL;

    (void)tx;
    w->error = store_of(w->stores, new_id(), &store).id;
    return ok();
}

/* On the writer's own thread: whatever waited for the writer would wait for ever. */
TEST(whoever_names_a_made_up_municipality_does_not_wait_for_the_writer)
{
    PLACE(place);
    Work w = {.stores = place.stores};

    EXPECT_OK(store_write(place.store, ask_for_a_stranger, &w));
    EXPECT(w.error == E_NOT_FOUND);
}

TEST(what_one_municipality_writes_no_other_sees)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.text = STR("blue")};
    SettingRow row;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, put_setting, &w));
    EXPECT_OK(store_read(store_host(place.stores), &tx));
    EXPECT_ERR(store_setting(tx, STR("colour"), keep, &row), E_NOT_FOUND);
    store_read_end(tx);
}

/* ---- the chain ---- */

TEST(lines_are_numbered_without_a_gap_and_hang_on_each_other)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.text = STR("blue")};
    AuditRows lines;
    int64_t seq;
    Hash head;
    bool known;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, put_setting, &w));
    EXPECT_ERR(store_write(place.store, put_setting, &w), E_STALE);
    w.number = 1;
    EXPECT_OK(store_write(place.store, put_setting, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_audit_all(tx, 0, 10, keep, &lines));
    EXPECT(lines.count == 2 && lines.items[0].seq == 2 && lines.items[1].seq == 1);
    EXPECT(lines.items[0].changes == 1);
    EXPECT(memcmp(lines.items[0].previous.bytes, lines.items[1].hash.bytes, HASH_BYTES) == 0);
    EXPECT_OK(store_audit_head(tx, &seq, &head));
    EXPECT(seq == 2 && memcmp(head.bytes, lines.items[0].hash.bytes, HASH_BYTES) == 0);
    EXPECT_OK(store_request_known(tx, lines.items[0].line.request, &known));
    EXPECT(known);
    EXPECT_OK(store_request_known(tx, new_id(), &known));
    EXPECT(!known);
    store_read_end(tx);
}

WORK(only_lines)
{
    CONTEXT;
    for (uint16_t act = 1; act <= 5; act++) {
        AuditLine line = line_of(w->id);
        line.act = act;
        line.person = w->other;
        TRY(store_audit(tx, &line));
    }
    return ok();
}

TEST(the_lines_about_an_object_come_newest_first_in_pages_of_the_acts_wanted)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id()};
    const ActSet acts = {.bits = {1u << 2 | 1u << 4}};
    AuditRows lines;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, only_lines, &w));
    EXPECT_OK(store_write(place.store, only_lines, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_audit_of_object(tx, &(AuditPage){.of = w.id, .acts = &acts, .max = 3}, keep, &lines));
    EXPECT(lines.count == 3 && lines.items[0].seq == 9 && lines.items[1].seq == 7 && lines.items[2].seq == 4);
    EXPECT_OK(store_audit_of_object(tx, &(AuditPage){.of = w.id, .acts = &acts, .before_seq = 4, .max = 3}, keep, &lines));
    EXPECT(lines.count == 1 && lines.items[0].seq == 2);
    EXPECT_OK(store_audit_of_object(tx, &(AuditPage){.of = new_id(), .acts = &acts, .max = 3}, keep, &lines));
    EXPECT(lines.count == 0);
    EXPECT_OK(store_audit_of_person(tx, &(AuditPage){.of = w.other, .before_seq = 3, .max = 10}, keep, &lines));
    EXPECT(lines.count == 2);
    EXPECT_ERR(store_audit_all(tx, 0, 501, keep, &lines), E_RANGE);
    store_read_end(tx);
}

WORK(enrolled)
{
    CONTEXT;
    AuditLine line = line_of(w->id);
    line.act = ACT_ENROL;
    line.reason = (uint16_t)w->number;
    return store_audit(tx, &line);
}

WORK(refused_enrolment)
{
    CONTEXT;
    AuditLine line = line_of(w->id);

    line.act = ACT_ENROL;
    line.outcome = AUDIT_REFUSED;
    line.reason = (uint16_t)w->number;
    return store_audit(tx, &line);
}

TEST(how_an_account_was_taken_into_use_is_found_among_all_that_its_person_did)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id()};
    AuditRows lines;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, enrolled, &w));
    EXPECT_OK(store_write(place.store, only_lines, &w));
    w.number = 1;
    EXPECT_OK(store_write(place.store, enrolled, &w));
    for (w.number = 2; w.number <= 3; w.number++)
        EXPECT_OK(store_write(place.store, refused_enrolment, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_audit_enrolments(tx, w.id, keep, &lines));
    EXPECT(lines.count == 2 && lines.items[0].line.outcome == AUDIT_REFUSED && lines.items[1].line.outcome == AUDIT_ALLOWED);
    EXPECT(lines.items[0].line.reason == 3 && lines.items[1].line.reason == 1);
    EXPECT_OK(store_audit_enrolments(tx, new_id(), keep, &lines));
    EXPECT(lines.count == 0);
    store_read_end(tx);
}

/* ---- several questions at once ---- */

static Link *link_of(const Place *place, enum link_use use)
{
    char tenant[ID_TEXT + 1];
    Link *link = NULL;

    id_to_text(place->tenant, tenant);
    EXPECT_OK(place->driver->connect(str_from_c(place->server ? place->server : place->folder), tenant, use, &link));
    return link;
}

TEST(questions_that_are_asked_at_once_are_answered_in_their_order)
{
    PLACE(place);
    Work w = {.text = STR("blue")};
    const Driver *driver = place.driver;
    const Value name = {.type = VALUE_TEXT, .bytes = STR("colour")};
    Value columns[COLUMNS_MAX];
    bool row = false;

    EXPECT_OK(store_write(place.store, put_setting, &w));
    Link *link = link_of(&place, LINK_READS);
    EXPECT_OK(driver->begin(link));
    EXPECT_OK(driver->queue(link, SQL_AUDIT_COUNT, NULL));
    EXPECT_OK(driver->queue(link, SQL_TRACK_SETTING, &name));
    EXPECT_OK(driver->queue(link, SQL_AUDIT_COUNT, NULL));
    EXPECT_OK(driver->next(link));
    EXPECT_OK(driver->step(link, columns, &row));
    EXPECT(row && columns[0].number == 1);
    EXPECT_OK(driver->step(link, columns, &row));
    EXPECT(!row);
    EXPECT_OK(driver->next(link));
    EXPECT_OK(driver->step(link, columns, &row));
    EXPECT(row && str_equal(columns[1].bytes, STR("blue")));
    driver->close(link);
}

TEST(a_snapshot_that_was_told_its_last_question_answers_it_and_the_next_one_is_whole)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.text = STR("blue")};
    SettingRow row;
    Tx *tx = NULL;

    EXPECT_OK(store_read(place.store, &tx));
    store_read_last(tx);
    EXPECT_ERR(store_setting(tx, STR("colour"), keep, &row), E_NOT_FOUND);
    store_read_endp(&tx);
    EXPECT_OK(store_write(place.store, put_setting, &w));
    EXPECT_OK(store_read(place.store, &tx));
    store_read_last(tx);
    EXPECT_OK(store_setting(tx, STR("colour"), keep, &row));
    EXPECT_OK(store_setting(tx, STR("colour"), keep, &row));
    store_read_endp(&tx);
    w.number = 1;
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_setting(tx, STR("colour"), keep, &row));
    EXPECT_OK(store_write(place.store, put_setting, &w));
    EXPECT_OK(store_setting(tx, STR("colour"), keep, &row));
    EXPECT(row.version == 1);
    store_read_endp(&tx);
}

TEST(a_question_whose_answer_is_dropped_does_not_answer_the_next_one)
{
    PLACE(place);
    const Driver *driver = place.driver;
    const Value name = {.type = VALUE_TEXT, .bytes = STR("colour")};
    Value columns[COLUMNS_MAX];
    bool row = false;

    Link *link = link_of(&place, LINK_READS);
    EXPECT_OK(driver->begin(link));
    EXPECT_OK(driver->queue(link, SQL_AUDIT_COUNT, NULL));
    EXPECT_OK(driver->queue(link, SQL_AUDIT_COUNT, NULL));
    EXPECT_OK(driver->next(link));
    driver->finish(link);
    EXPECT_ERR(driver->next(link), E_INTERNAL);
    EXPECT_OK(driver->query(link, SQL_TRACK_SETTING, &name));
    EXPECT_OK(driver->step(link, columns, &row));
    EXPECT(!row);
    driver->close(link);
}

/* ---- every statement ---- */

TEST(no_statement_uses_a_parameter_that_its_list_does_not_type)
{
    for (uint32_t i = 0; i < SQL_COUNT; i++) {
        char next[32];
        snprintf(next, sizeof next, "$%zu", strlen(statements[i].parameters) + 1);
        EXPECT(!strstr(statements[i].sql, next));
    }
}

RUN_TESTS("conform_work")
