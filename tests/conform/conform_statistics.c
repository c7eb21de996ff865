/* Facts before and after their publication, and publications with their parts.
 * Must not know whether it runs on SQLite or on PostgreSQL.
 * Run by tests/conform/meson.build on both. */
#include "conform/by_hand.h"
#include "conform/conform.h"

#include "store/statistics/facts.h"
#include "store/statistics/publications.h"

#define QUARTER 8104 /* the first of 2026 */

typedef struct Some {
    FactRow fact;
    Id found[FACTS_AT_ONCE];
    uint32_t count;
    uint16_t last;
    PublicationRow publication;
    PublicationPartRow part;
    FrozenFactRow frozen;
    const char *bytes;
} Some;

static FactRow fact_row(uint16_t period, bool waits)
{
    return (FactRow){.id = new_id(), .found = new_id(), .period = waits ? 0 : period, .family = waits ? 2 : 1, .waits = waits,
                     .sealed = STR("sealed fact")};
}

/* What a work owes is a line; a fact owes none, and its work has the line of the entry. */
static AuditLine some_line(void)
{
    return line_of(new_id());
}

WORK(put_fact)
{
    Some *some = context_;
    const AuditLine line = some_line();

    TRY(store_fact_insert(tx, &some->fact));
    return store_audit(tx, &line);
}

WORK(change_fact)
{
    Some *some = context_;

    return store_fact_replace(tx, &some->fact);
}

WORK(forget_facts)
{
    Some *some = context_;

    return store_facts_delete(tx, some->found, 2, &some->count);
}

WORK(end_facts)
{
    Some *some = context_;

    return store_facts_delete_entered(tx, some->last, &some->count);
}

static uint32_t entered(Place *place, uint16_t last, Arena *keep, FactRows *rows)
{
    Tx *tx = NULL;
    int64_t count = 0;

    EXPECT_OK(store_read(place->store, &tx));
    EXPECT_OK(store_facts_entered(tx, &(FactPage){.last = last, .max = 1000}, keep, rows));
    EXPECT_OK(store_facts_count(tx, last, &count));
    store_read_end(tx);
    EXPECT(count == rows->count);
    return rows->count;
}

TEST(a_fact_is_found_by_what_it_was_put_under_and_by_nothing_else)
{
    PLACE(place);
    TEST_ARENA(keep);
    Some some = {.fact = fact_row(QUARTER, false)};
    FactRow row;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, put_fact, &some));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_fact(tx, some.fact.found, keep, &row));
    EXPECT(id_equal(row.id, some.fact.id) && row.period == QUARTER && !row.waits && row.family == 1);
    EXPECT_STR(row.sealed, "sealed fact");
    EXPECT_ERR(store_fact(tx, some.fact.id, keep, &row), E_NOT_FOUND);
    store_read_end(tx);
    some.fact.id = new_id();
    EXPECT_ERR(store_write(place.store, put_fact, &some), E_DUPLICATE);
}

TEST(what_waits_has_not_entered_and_what_entered_later_is_not_read)
{
    PLACE(place);
    TEST_ARENA(keep);
    Some waits = {.fact = fact_row(QUARTER, true)}, now = {.fact = fact_row(QUARTER, false)}, later = {.fact = fact_row(QUARTER + 1, false)};
    FactRows rows = {0};

    EXPECT_OK(store_write(place.store, put_fact, &waits));
    EXPECT_OK(store_write(place.store, put_fact, &now));
    EXPECT_OK(store_write(place.store, put_fact, &later));
    EXPECT(entered(&place, QUARTER - 1, keep, &rows) == 0);
    EXPECT(entered(&place, QUARTER, keep, &rows) == 1 && id_equal(rows.items[0].id, now.fact.id));
    EXPECT(entered(&place, QUARTER + 1, keep, &rows) == 2);
    waits.fact.waits = false;
    waits.fact.period = QUARTER;
    EXPECT_OK(store_write(place.store, change_fact, &waits));
    EXPECT(entered(&place, QUARTER, keep, &rows) == 2);
    later.fact.id = new_id();
    EXPECT_ERR(store_write(place.store, change_fact, &later), E_STALE);
}

TEST(facts_go_by_what_they_are_found_by_and_by_their_publication)
{
    PLACE(place);
    TEST_ARENA(keep);
    Some one = {.fact = fact_row(QUARTER, false)}, other = {.fact = fact_row(QUARTER, false)}, third = {.fact = fact_row(QUARTER + 1, false)};
    FactRows rows = {0};

    EXPECT_OK(store_write(place.store, put_fact, &one));
    EXPECT_OK(store_write(place.store, put_fact, &other));
    EXPECT_OK(store_write(place.store, put_fact, &third));
    one.found[0] = one.fact.found;
    one.found[1] = new_id();
    EXPECT_OK(store_write(place.store, forget_facts, &one));
    EXPECT(one.count == 1 && entered(&place, QUARTER + 1, keep, &rows) == 2);
    one.last = QUARTER;
    EXPECT_OK(store_write(place.store, end_facts, &one));
    EXPECT(one.count == 1 && entered(&place, QUARTER + 1, keep, &rows) == 1 && id_equal(rows.items[0].id, third.fact.id));
}

WORK(stir_facts)
{
    Some *some = context_;

    return store_facts_stir(tx, some->fact.id, 2, &some->count, &some->fact.id);
}

TEST(facts_that_are_written_anew_are_the_same_and_no_line_tells_of_it)
{
    PLACE(place);
    TEST_ARENA(keep);
    Some some = {0};
    FactRows rows = {0};
    uint32_t pages = 0;

    for (int i = 0; i < 5; i++) {
        Some one = {.fact = fact_row(QUARTER, i == 4)};
        EXPECT_OK(store_write(place.store, put_fact, &one));
    }
    do {
        EXPECT_OK(store_write(place.store, stir_facts, &some));
        pages++;
    } while (some.count == 2);
    EXPECT(pages == 3 && some.count == 1 && entered(&place, QUARTER, keep, &rows) == 4);
}

TEST(a_fact_that_somebody_else_wrote_is_refused)
{
    PLACE(place);
    TEST_ARENA(keep);
    Some some = {.fact = fact_row(QUARTER, false)};
    FactRow row;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, put_fact, &some));
    by_hand(&place, "UPDATE fact SET period=1");
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_fact(tx, some.fact.found, keep, &row), E_FORGED);
    store_read_end(tx);
}

/* ---- of a log ---- */

WORK(put_entries)
{
    CONTEXT;
    static const uint16_t kinds[] = {1, 3, 4, 6};
    const AuditLine line = line_of(w->log.id);

    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        EntryRow row = entry_row(w->log.no, STR("sealed"));
        row.kind = kinds[i];
        if (i == 0)
            w->id = row.entry;
        if (i == 1)
            w->other = row.entry;
        TRY(store_entry_append(tx, &row, &w->no));
    }
    return store_audit(tx, &line);
}

WORK(remove_entry)
{
    CONTEXT;
    const AuditLine line = line_of(w->log.id);
    EntryRow row = entry_row(w->log.no, STR("why"));

    row.kind = 1;
    row.entry = row.supersedes = w->id;
    row.version = 2;
    row.removed = true;
    TRY(store_entry_append(tx, &row, &w->no));
    return store_audit(tx, &line);
}

static FactEntryRows entries_of(Place *place, int64_t log, Arena *keep)
{
    FactEntryRows rows = {0};
    Tx *tx = NULL;

    EXPECT_OK(store_read(place->store, &tx));
    EXPECT_OK(store_fact_entries(tx, log, keep, &rows));
    store_read_end(tx);
    return rows;
}

TEST(attentions_and_measures_that_stand_may_be_facts_and_nothing_else)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {0};

    EXPECT(made_log(&place, &w) > 0);
    EXPECT_OK(store_write(place.store, put_entries, &w));
    FactEntryRows rows = entries_of(&place, w.log.no, keep);
    EXPECT(rows.count == 2 && id_equal(rows.items[0].entry, w.id) && rows.items[0].kind == 1 && id_equal(rows.items[1].entry, w.other));
    EXPECT_OK(store_write(place.store, remove_entry, &w));
    rows = entries_of(&place, w.log.no, keep);
    EXPECT(rows.count == 1 && id_equal(rows.items[0].entry, w.other));
}

/* ---- publications ---- */

static void sha_of(const char *bytes, Hash *hash)
{
    EXPECT_OK(sha256(str_from_c(bytes), hash->bytes));
}

static Some published(uint32_t number)
{
    Some some = {.publication = {.id = new_id(), .number = number, .period = QUARTER, .published_at = NOW, .facts = 7, .units = STR("0123456789abcdef"),
                                 .lists = STR("lists"), .frozen = new_hash()}};

    sha_of("shown one, shown two", &some.publication.shown);
    sha_of("ledger", &some.publication.ledger);
    sha_of("certificates", &some.publication.certificates);
    return some;
}

static Err put_part(Tx *tx, const Some *some, PublicationPart kind, uint32_t part, const char *bytes)
{
    const PublicationPartRow row = {.id = new_id(), .publication = some->publication.id, .kind = (uint8_t)kind, .part = part,
                                    .bytes = str_from_c(bytes)};

    return store_publication_part_insert(tx, &row);
}

WORK(put_publication)
{
    Some *some = context_;
    const AuditLine line = some_line();

    TRY(store_publication_insert(tx, &some->publication));
    TRY(put_part(tx, some, PUBLICATION_SHOWN, 0, "shown one, "));
    TRY(put_part(tx, some, PUBLICATION_SHOWN, 1, "shown two"));
    TRY(put_part(tx, some, PUBLICATION_LEDGER, 0, "ledger"));
    TRY(put_part(tx, some, PUBLICATION_CERTIFICATES, 0, "certificates"));
    return store_audit(tx, &line);
}

WORK(put_publication_without_a_line)
{
    Some *some = context_;

    return store_publication_insert(tx, &some->publication);
}

static Err newest(Place *place, Arena *keep, PublicationRow *row, Str *shown)
{
    Tx *tx = NULL;

    EXPECT_OK(store_read(place->store, &tx));
    Err read = store_publication_newest(tx, keep, row);
    if (is_ok(read))
        read = store_publication_shown(tx, row, keep, shown);
    store_read_end(tx);
    return read;
}

TEST(the_newest_publication_is_read_with_what_it_shows)
{
    PLACE(place);
    TEST_ARENA(keep);
    Some first = published(1), second = published(2);
    PublicationRow row;
    Str shown;

    EXPECT_ERR(newest(&place, keep, &row, &shown), E_NOT_FOUND);
    EXPECT_ERR(store_write(place.store, put_publication_without_a_line, &first), E_INTERNAL);
    EXPECT_OK(store_write(place.store, put_publication, &first));
    EXPECT_OK(store_write(place.store, put_publication, &second));
    EXPECT_OK(newest(&place, keep, &row, &shown));
    EXPECT(row.number == 2 && row.period == QUARTER && row.facts == 7);
    EXPECT(str_equal(row.units, STR("0123456789abcdef")) && str_equal(row.lists, STR("lists")));
    EXPECT_STR(shown, "shown one, shown two");
    second.publication.id = new_id();
    EXPECT_ERR(store_write(place.store, put_publication_without_a_line, &second), E_DUPLICATE);
}

TEST(what_stands_behind_a_publication_is_read_apart)
{
    PLACE(place);
    TEST_ARENA(keep);
    Some some = published(1);
    Tx *tx = NULL;
    Str bytes;

    EXPECT_OK(store_write(place.store, put_publication, &some));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_publication_secret(tx, &some.publication, PUBLICATION_LEDGER, keep, &bytes));
    EXPECT_STR(bytes, "ledger");
    EXPECT_OK(store_publication_secret(tx, &some.publication, PUBLICATION_CERTIFICATES, keep, &bytes));
    EXPECT_STR(bytes, "certificates");
    EXPECT_ERR(store_publication_secret(tx, &some.publication, PUBLICATION_SHOWN, keep, &bytes), E_RANGE);
    store_read_end(tx);
}

TEST(a_publication_or_a_part_of_it_that_somebody_changed_is_not_read)
{
    static const char *const changes[] = {"UPDATE publication_shown SET part=7 WHERE part=1", "UPDATE publication SET facts=8", "UPDATE publication SET lists=units"};
    TEST_ARENA(keep);

    for (size_t i = 0; i < COUNT_OF(changes); i++) {
        PLACE(place);
        Some some = published(1);
        PublicationRow row;
        Str shown;
        EXPECT_OK(store_write(place.store, put_publication, &some));
        by_hand(&place, changes[i]);
        EXPECT_ERR(newest(&place, keep, &row, &shown), E_FORGED);
    }
}

TEST(a_part_that_is_missing_is_noticed)
{
    PLACE(place);
    TEST_ARENA(keep);
    Some some = published(1);
    PublicationRow row;
    Str shown;

    EXPECT_OK(store_write(place.store, put_publication, &some));
    by_hand(&place, "DELETE FROM publication_shown WHERE part=1");
    EXPECT_ERR(newest(&place, keep, &row, &shown), E_FORGED);
}

/* ---- frozen facts ---- */

WORK(put_frozen)
{
    Some *some = context_;
    const AuditLine line = some_line();

    for (uint32_t i = 0; i < 3; i++) {
        FrozenFactRow row = {.id = {{(uint8_t)(9 - i)}}, .publication = 1, .family = 2, .period = QUARTER, .unit = new_id(), .category = 21,
                             .grade = 3, .attention = 22, .from = -5, .to = 7, .actors = STR("actors")};
        some->frozen = row;
        TRY(store_frozen_insert(tx, &row));
    }
    return store_audit(tx, &line);
}

TEST(frozen_facts_are_read_in_the_order_of_their_ids_and_in_pages)
{
    PLACE(place);
    TEST_ARENA(keep);
    Some some = {0};
    FrozenFactRows rows = {0};
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, put_frozen, &some));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_frozen(tx, (Id){0}, 2, keep, &rows));
    EXPECT(rows.count == 2 && rows.items[0].id.bytes[0] == 7 && rows.items[1].id.bytes[0] == 8);
    EXPECT_OK(store_frozen(tx, rows.items[1].id, 2, keep, &rows));
    EXPECT(rows.count == 1 && rows.items[0].category == 21 && rows.items[0].from == -5 && rows.items[0].to == 7 && rows.items[0].on == 0);
    EXPECT_STR(rows.items[0].actors, "actors");
    store_read_end(tx);
}

RUN_TESTS("statistics")
