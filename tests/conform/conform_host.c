/* Keys, inbox, units and municipalities.
 * Must not know whether it runs on SQLite or on PostgreSQL.
 * Run by tests/conform/meson.build on both. */
#include "conform/conform.h"
#include "store/moving/scopes.h"
#include "store/inbox.h"

WORK(rewrap)
{
    CONTEXT;
    const ScopeKeyRow row = {.scope = w->id, .kind = 1, .epoch = 1 + w->number, .wrapped = STR("wrapped"),
                             .blind_index = w->text, .version = w->number};
    const AuditLine line = line_of(w->id);
    TRY(w->number == 0 ? store_scope_insert(tx, &row) : store_scope_update(tx, &row));
    return store_audit(tx, &line);
}

TEST(a_key_is_rewrapped_once_per_version_and_found_by_its_blind_index)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .text = STR("fedcba9876543210")}, twin = {.id = new_id(), .text = STR("fedcba9876543210")};
    ScopeKeyRows rows;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, rewrap, &w));
    EXPECT_OK(store_write(place.store, rewrap, &twin));
    EXPECT_OK(store_read(place.store, &tx));
    const ScopeIndex index = index_at(w.text);
    EXPECT_OK(store_scopes_by_index(tx, &index, keep, &rows));
    EXPECT(rows.count == 2);
    EXPECT_OK(store_scopes_older(tx, 2, 10, keep, &rows));
    EXPECT(rows.count == 2);
    EXPECT_OK(store_scopes_older(tx, 1, 10, keep, &rows));
    EXPECT(rows.count == 0);
    store_read_end(tx);
}

WORK(no_older)
{
    CONTEXT;
    const AuditLine line = line_of(w->id);
    TRY(store_epoch_least(tx, w->number));
    return store_audit(tx, &line);
}

TEST(once_an_epoch_has_begun_no_key_comes_in_that_was_wrapped_before_it)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work old = {.id = new_id(), .text = STR("")}, least = {.id = new_id(), .number = 3}, back = {.id = new_id(), .number = 2};
    Work late = {.id = new_id(), .text = STR("")};
    int64_t left = 0;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, rewrap, &old));
    EXPECT_OK(store_write(place.store, no_older, &least));
    EXPECT_OK(store_write(place.store, no_older, &back)); /* never taken back */
    EXPECT_ERR(store_write(place.store, rewrap, &late), E_BUSY);
    old.number = 1;
    EXPECT_ERR(store_write(place.store, rewrap, &old), E_BUSY);
    old.number = 2;
    EXPECT_ERR(store_write(place.store, rewrap, &old), E_STALE); /* of epoch 3, but not what was read */
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_scopes_older_count(tx, 3, &left));
    EXPECT(left == 1);
    store_read_end(tx);
}

TEST(keys_that_are_found_by_one_text_are_read_beside_each_other_and_not_parted)
{
    PLACE(place);
    TEST_ARENA(keep);
    static const char *const texts[] = {"cccccccccccccccc", "aaaaaaaaaaaaaaaa", "", "bbbbbbbbbbbbbbbb", "aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb"};
    static const uint32_t page[] = {[2] = 1, [3] = 1, [4] = 3, [5] = 3, [6] = 5, [7] = 6};
    ScopeKeyRows rows;
    Tx *tx = NULL;

    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        Work w = {.id = new_id(), .text = str_from_c(texts[i])};
        EXPECT_OK(store_write(place.store, rewrap, &w));
    }
    EXPECT_OK(store_read(place.store, &tx));
    for (uint32_t max = 2; max < COUNT_OF(page); max++) {
        EXPECT_OK(store_scopes_older(tx, 2, max, keep, &rows));
        EXPECT(rows.count == page[max]);
    }
    store_read_end(tx);
}

WORK(destroy)
{
    CONTEXT;
    const AuditLine line = line_of(w->id);
    TRY(store_scope_delete(tx, w->id));
    return store_audit(tx, &line);
}

WORK(turned)
{
    CONTEXT;
    const AuditLine line = line_of(w->id);
    TRY(store_epoch_turned(tx, w->number));
    return store_audit(tx, &line);
}

static void expect_destroyed(const Place *place, int64_t count, int64_t turned_to)
{
    EpochDestroyed destroyed = {0};
    Tx *tx = NULL;

    EXPECT_OK(store_read(place->store, &tx));
    EXPECT_OK(store_epoch_destroyed(tx, &destroyed));
    EXPECT(destroyed.count == count && destroyed.turned == turned_to);
    store_read_end(tx);
}

TEST(a_key_that_is_erased_is_counted_until_an_epoch_was_turned_after_it)
{
    PLACE(place);
    Work one = {.id = new_id(), .text = STR("")}, begun = {.id = new_id(), .number = 1};

    expect_destroyed(&place, 0, 0);
    EXPECT_OK(store_write(place.store, rewrap, &one));
    expect_destroyed(&place, 0, 0);
    EXPECT_OK(store_write(place.store, destroy, &one));
    EXPECT_ERR(store_write(place.store, destroy, &one), E_NOT_FOUND);
    expect_destroyed(&place, 1, 0);
    EXPECT_OK(store_write(place.store, turned, &begun));
    expect_destroyed(&place, 1, 1);
}

WORK(post)
{
    CONTEXT;
    const AuditLine line = line_of(w->id);
    InboxRow row = {.id = w->other, .person = w->id, .event = 5, .object = new_id(), .at = NOW};
    uint32_t read = 0;

    if (w->number == 0)
        TRY(store_inbox_insert(tx, &row));
    else
        TRY(store_inbox_read_all(tx, w->id, NOW + w->number, &read));
    w->no = read;
    return store_audit(tx, &line);
}

TEST(a_message_is_read_by_its_person_only_and_keeps_the_first_time)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id()};
    InboxRows rows;
    uint32_t unread;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, post, &w));
    Work foreign = {.id = new_id(), .other = w.other, .number = 1};
    EXPECT_OK(store_write(place.store, post, &foreign));
    EXPECT(foreign.no == 0);
    for (w.number = 1; w.number <= 2; w.number++) {
        EXPECT_OK(store_write(place.store, post, &w));
        EXPECT(w.no == (w.number == 1));
    }
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_inbox(tx, &(InboxPage){.person = w.id, .max = 10}, keep, &rows));
    EXPECT(rows.count == 1 && rows.items[0].read_at == NOW + 1);
    EXPECT_OK(store_inbox(tx, &(InboxPage){.person = w.id, .before = &rows.items[0], .max = 10}, keep, &rows));
    EXPECT(rows.count == 0);
    EXPECT_OK(store_inbox_unread(tx, w.id, 0, &unread));
    EXPECT(unread == 0);
    store_read_end(tx);
}

/* Of a day for which it fell due; 0: an act told it. */
WORK(tell)
{
    CONTEXT;
    const AuditLine line = line_of(w->id);
    const InboxRow row = {.id = new_id(), .person = w->id, .event = 5, .object = w->other, .at = NOW, .due = w->no};
    Err put = store_inbox_insert(tx, &row);

    w->number += put.id == E_DUPLICATE;
    if (put.id != E_DUPLICATE)
        TRY(put);
    return store_audit(tx, &line);
}

WORK(read_all)
{
    CONTEXT;
    const AuditLine line = line_of(w->id);
    TRY(store_inbox_read_all(tx, w->id, NOW + 1, &w->number));
    return store_audit(tx, &line);
}

TEST(one_person_is_told_of_one_day_once_and_has_read_all_at_once)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id(), .no = NOW + 5};
    InboxRows rows;
    Tx *tx = NULL;

    for (int i = 0; i < 2; i++)
        EXPECT_OK(store_write(place.store, tell, &w));
    EXPECT(w.number == 1);
    w.no = NOW + 6;
    EXPECT_OK(store_write(place.store, tell, &w));
    w.no = 0; /* acts tell as often as they happen */
    for (int i = 0; i < 2; i++)
        EXPECT_OK(store_write(place.store, tell, &w));
    EXPECT(w.number == 1);
    EXPECT_OK(store_write(place.store, read_all, &w));
    EXPECT(w.number == 4);
    EXPECT_OK(store_write(place.store, read_all, &w));
    EXPECT(w.number == 0);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_inbox(tx, &(InboxPage){.person = w.id, .max = 10}, keep, &rows));
    EXPECT(rows.count == 4);
    for (uint32_t i = 0; i < rows.count; i++)
        EXPECT(rows.items[i].read_at == NOW + 1);
    store_read_end(tx);
}

static void no_finding(void *self, const Finding *finding)
{
    (void)self;
    print_error("found %s in %s\n", finding_name(finding->kind), finding->table ? finding->table : "-");
}

/* The same of the same to more people than one statement takes, with one who has been told before, and one thing besides. */
WORK(tell_many)
{
    CONTEXT;
    const AuditLine line = line_of(w->id);
    InboxRow rows[40];
    uint32_t put = 0;

    for (uint32_t i = 0; i < COUNT_OF(rows); i++)
        rows[i] = (InboxRow){.id = new_id(), .person = i == 7 ? w->id : new_id(), .event = i == 39 ? 6 : 5, .object = w->other, .at = NOW,
                             .due = w->no};
    TRY(store_inbox_tell(tx, &(InboxRows){rows, COUNT_OF(rows)}, &put));
    w->number = put;
    return store_audit(tx, &line);
}

TEST(many_are_told_at_once_and_whoever_was_told_before_is_not_told_again)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id(), .no = NOW + 5};
    VerifyResult result;
    AuditRows lines;
    InboxRows rows;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, tell, &w));
    EXPECT_OK(store_write(place.store, tell_many, &w));
    EXPECT(w.number == 39);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_inbox(tx, &(InboxPage){.person = w.id, .max = 10}, keep, &rows));
    EXPECT(rows.count == 1 && rows.items[0].due == w.no && rows.items[0].event == 5);
    EXPECT_OK(store_audit_all(tx, 0, 10, keep, &lines));
    EXPECT(lines.count == 2 && lines.items[0].changes == 39);
    store_read_end(tx);
    EXPECT_OK(store_verify(place.store, &(VerifyWatch){.found = no_finding}, &result));
    EXPECT(result.findings == 0);
}

/* News of many days for one person. */
WORK(tell_days)
{
    CONTEXT;
    const AuditLine line = line_of(w->id);

    for (int64_t day = 1; day <= 45; day++) {
        const InboxRow row = {.id = new_id(), .person = w->id, .event = 22, .object = w->other, .at = NOW, .due = NOW + day};
        TRY(store_inbox_insert(tx, &row));
    }
    return store_audit(tx, &line);
}

TEST(many_are_read_at_once_and_once)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id()};
    VerifyResult result;
    AuditRows lines;
    InboxRows rows;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, tell_days, &w));
    EXPECT_OK(store_write(place.store, read_all, &w));
    EXPECT(w.number == 45);
    EXPECT_OK(store_write(place.store, read_all, &w));
    EXPECT(w.number == 0);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_inbox(tx, &(InboxPage){.person = w.id, .max = 100}, keep, &rows));
    EXPECT(rows.count == 45);
    for (uint32_t i = 0; i < rows.count; i++)
        EXPECT(rows.items[i].read_at == NOW + 1);
    EXPECT_OK(store_audit_all(tx, 0, 10, keep, &lines));
    EXPECT(lines.count == 3 && lines.items[1].changes == 45);
    store_read_end(tx);
    EXPECT_OK(store_verify(place.store, &(VerifyWatch){.found = no_finding}, &result));
    EXPECT(result.findings == 0);
}

WORK(want_less)
{
    CONTEXT;
    const AuditLine line = line_of(w->id);
    const InboxRow mailed = {.id = new_id(), .person = w->id, .event = 5, .object = w->other, .at = NOW, .due = w->no, .mailed = true};
    InboxRow again = mailed;

    again.id = new_id();
    TRY(store_silence_put(tx, &(SilenceRow){.person = w->id, .notices = INT64_C(1) << 5}));
    TRY(store_silence_put(tx, &(SilenceRow){.person = w->id, .notices = INT64_C(1) << 40 | INT64_C(1) << 5}));
    TRY(store_inbox_insert(tx, &mailed));
    TRY(store_inbox_tell(tx, &(InboxRows){.items = (InboxRow[]){again}, .count = 1}, NULL));
    return store_audit(tx, &line);
}

WORK(read_mail)
{
    CONTEXT;
    const AuditLine line = line_of(w->id);
    TRY(store_outbox_delete_of_person(tx, w->id));
    return store_audit(tx, &line);
}

TEST(what_a_person_does_not_want_is_left_out_and_a_mail_stands_beside_a_notice_until_it_is_read)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id(), .no = NOW + 5};
    SilenceRow silence;
    OutboxRows mails;
    InboxRows rows;
    uint32_t unread = 0;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, want_less, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_silence(tx, w.id, &silence));
    EXPECT(silence.notices == (INT64_C(1) << 40 | INT64_C(1) << 5));
    EXPECT_OK(store_inbox(tx, &(InboxPage){.person = w.id, .max = 10}, keep, &rows));
    EXPECT(rows.count == 1);
    EXPECT_OK(store_inbox(tx, &(InboxPage){.person = w.id, .without = silence.notices, .max = 10}, keep, &rows));
    EXPECT(rows.count == 0);
    EXPECT_OK(store_inbox_tasks(tx, &(InboxPage){.person = w.id, .without = silence.notices, .max = 10}, keep, &rows));
    EXPECT(rows.count == 0);
    EXPECT_OK(store_inbox_unread(tx, w.id, silence.notices, &unread));
    EXPECT(unread == 0);
    EXPECT_OK(store_inbox_unread(tx, w.id, INT64_C(1) << 6, &unread));
    EXPECT(unread == 1);
    EXPECT_OK(store_outbox(tx, 10, keep, &mails));
    EXPECT(mails.count == 1 && mails.items[0].template == 5); /* whoever was told once is mailed once */
    EXPECT_OK(store_silence(tx, w.other, &silence));
    EXPECT(silence.notices == 0);
    store_read_end(tx);
    EXPECT_OK(store_write(place.store, read_mail, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_outbox(tx, 10, keep, &mails));
    EXPECT(mails.count == 0);
    store_read_end(tx);
}

/* A confirmation and a note in a log, and what its person is told of it: a task twice, and news. */
WORK(live)
{
    CONTEXT;
    const AuditLine line = line_of(w->log.id);
    const InboxRow told[] = {
        {.id = new_id(), .person = w->id, .event = 19, .object = w->log.id, .at = NOW, .due = NOW},
        {.id = new_id(), .person = w->id, .event = 19, .object = w->log.id, .at = NOW + 1, .due = NOW + 1},
        {.id = new_id(), .person = w->id, .event = 22, .object = w->log.id, .at = NOW + 2, .due = NOW + 2},
    };

    for (uint16_t kind = 20; kind > 0; kind = kind == 20 ? 6 : 0) {
        EntryRow entry = {.id = new_id(), .log_no = w->no, .kind = kind, .version = 1, .author = w->id, .at = NOW + kind, .sealed = STR("sealed")};
        int64_t no;
        entry.entry = entry.id;
        TRY(store_entry_append(tx, &entry, &no));
    }
    for (size_t i = 0; i < COUNT_OF(told); i++)
        TRY(store_inbox_insert(tx, &told[i]));
    return store_audit(tx, &line);
}

TEST(tasks_are_found_among_news_with_what_their_logs_lived)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id()};
    InboxRows rows;
    EntryRows lived;
    Tx *tx = NULL;

    made_log(&place, &w);
    EXPECT_OK(store_write(place.store, live, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_inbox_tasks(tx, &(InboxPage){.person = w.id, .max = 10}, keep, &rows));
    EXPECT(rows.count == 1 && rows.items[0].event == 19 && rows.items[0].due == NOW + 1);
    EXPECT_OK(store_inbox_lived(tx, &rows.items[0], &rows.items[0], keep, &lived));
    EXPECT(lived.count == 1 && lived.items[0].log_no == w.no && lived.items[0].kind == 20 && lived.items[0].at == NOW + 20);
    EXPECT_OK(store_inbox(tx, &(InboxPage){.person = w.id, .max = 1}, keep, &rows));
    EXPECT_OK(store_inbox_lived(tx, &rows.items[0], &rows.items[0], keep, &lived));
    EXPECT(lived.count == 0);
    store_read_end(tx);
}

WORK(make_municipality)
{
    CONTEXT;
    const MunicipalityRow row = {.id = w->id, .number = w->text, .name = STR("Prøvekommune"), .state = 1, .created_at = NOW, .version = 1};
    const UnitRow unit = {.id = w->id, .kind = 2, .sealed = STR("unit"), .version = 1};
    const AuditLine line = line_of(w->id);
    TRY(store_municipality_insert(tx, &row));
    TRY(store_unit_insert(tx, &unit));
    TRY(store_unit_update(tx, &unit));
    return store_audit(tx, &line);
}

TEST(a_municipality_is_found_by_number_and_a_number_is_used_once)
{
    PLACE(place);
    TEST_ARENA(keep);
    char number[5];
    snprintf(number, sizeof number, "%04u", (unsigned)(new_id().bytes[0] << 8 | new_id().bytes[0]) % 10000);
    Work w = {.id = new_id(), .text = str_from_c(number)}, twin = {.id = new_id(), .text = str_from_c(number)};
    MunicipalityRow row;
    UnitRow unit;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, make_municipality, &w));
    EXPECT_ERR(store_write(place.store, make_municipality, &twin), E_DUPLICATE);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_municipality_by_number(tx, w.text, keep, &row));
    EXPECT_STR(row.name, "Prøvekommune");
    EXPECT_OK(store_unit_by_id(tx, w.id, keep, &unit));
    EXPECT(unit.version == 2);
    store_read_end(tx);
}

RUN_TESTS("conform_host")
