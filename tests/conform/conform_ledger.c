/* What ends in a database stands in the ledger before anybody is answered, and after a cut.
 * Must not know whether it runs on SQLite or on PostgreSQL.
 * Run by tests/conform/meson.build on both. Rule: deletion 10. */
#include "conform/log_works.h"

#include <sys/stat.h>

#include "store/ledger/file.h"
#include "store/store.h"

/* ---- a place with a ledger ---- */

typedef struct Kept {
    Place place;
    char folder[64];
} Kept;

static void kept_remove(Kept *kept)
{
    place_remove(&kept->place);
    rmdir(kept->folder);
}

static void name_ledgers(Kept *kept)
{
    for (int i = 0; i < 2; i++)
        snprintf(kept->place.ledger[i], sizeof kept->place.ledger[i], "%s/ledger%d", kept->folder, i);
}

/* later: the database is there before its ledger. */
static Kept kept_new(bool later)
{
    Kept kept = {.place = place_new(NULL), .folder = "/tmp/stafettlogg-test-XXXXXX"};

    if (!mkdtemp(kept.folder))
        abort();
    if (later)
        return kept;
    name_ledgers(&kept);
    place_reopen(&kept.place);
    return kept;
}
#define KEPT(name) AUTO(kept_remove) Kept name = kept_new(false)

/* ---- what stands in it ---- */

#define SEEN_MAX 64

typedef struct Seen {
    Id tenant;
    LedgerLine lines[SEEN_MAX];
    uint32_t count;
} Seen;

static Err see(void *self, const LedgerLine *line)
{
    Seen *seen = self;

    if (id_equal(line->tenant, seen->tenant) && line->kind != LEDGER_STANDS && seen->count < SEEN_MAX)
        seen->lines[seen->count++] = *line;
    return ok();
}

static Seen seen_in(const Kept *kept)
{
    const LedgerPlaces places = {{kept->place.ledger[0], NULL}};
    Seen seen = {.tenant = kept->place.tenant};
    Ledger *ledger = NULL;

    EXPECT_OK(ledger_open(&places, true, &ledger));
    EXPECT_OK(ledger_each(ledger, &(LedgerWatch){&seen, see}));
    ledger_free(ledger);
    return seen;
}

static const LedgerLine *line_about(const Seen *seen, enum ledger_kind kind, Id object)
{
    for (uint32_t i = seen->count; i > 0; i--)
        if (seen->lines[i - 1].kind == kind && id_equal(seen->lines[i - 1].object, object))
            return &seen->lines[i - 1];
    return NULL;
}

/* ---- works ---- */

WORK(add_key)
{
    CONTEXT;
    const ScopeKeyRow row = {.scope = w->log.id, .kind = 1, .epoch = 1, .wrapped = STR("wrapped")};
    const AuditLine line = line_of(w->log.id);
    TRY(store_scope_insert(tx, &row));
    return store_audit(tx, &line);
}

WORK(close_log)
{
    CONTEXT;
    const AuditLine line = line_of(w->log.id);
    LogRow row;
    TRY(store_log_by_id(tx, w->log.id, &row));
    row.state = STATE_PASSIVE;
    row.closed_reason = 3;
    row.passive_at = NOW + 5;
    row.flags |= FLAG_RESTRICTED;
    TRY(store_log_update(tx, &row));
    TRY(store_log_head_put(tx, row.no, &w->hash));
    TRY(store_audit(tx, &line));
    return w->error == E_OK ? ok() : fail(w->error);
}

WORK(withdraw)
{
    CONTEXT;
    const AuditLine line = line_of(w->log.id);
    TRY(store_consent_withdraw(tx, w->third, NOW + 7));
    return store_audit(tx, &line);
}

WORK(delete_log)
{
    CONTEXT;
    const AuditLine line = line_of(w->log.id);
    PurgeCounts counts;
    TRY(purge_of(tx, w->log.no, &counts));
    return store_audit(tx, &line);
}

static Err host_line(Tx *tx, void *line)
{
    const ScopeKeyRow row = {.scope = new_id(), .kind = 2, .epoch = 1, .wrapped = STR("wrapped")};
    TRY(store_scope_insert(tx, &row));
    TRY(store_scope_delete(tx, row.scope));
    return store_audit(tx, line);
}

/* A log with people, a consent, a document and a key. */
static Work lived(Kept *kept)
{
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .text = STR("document")};

    made_log(&kept->place, &w);
    EXPECT_OK(store_write(kept->place.store, add_people, &w));
    EXPECT_OK(store_write(kept->place.store, add_key, &w));
    return w;
}

/* ---- tests ---- */

TEST(what_lives_makes_no_line_and_what_ends_makes_one_with_its_time)
{
    KEPT(kept);
    Work w = lived(&kept);
    Seen seen = seen_in(&kept);

    EXPECT(seen.count == 1 && line_about(&seen, LEDGER_PARTICIPANT_ENDED, w.other)->value == NOW + 100);
    w.entry = entry_row(w.log.no, STR("sealed"));
    EXPECT_OK(store_write(kept.place.store, add_entry, &w));
    seen = seen_in(&kept);
    EXPECT(seen.count == 1);
    EXPECT_OK(store_write(kept.place.store, close_log, &w));
    EXPECT_OK(store_write(kept.place.store, withdraw, &w));
    seen = seen_in(&kept);
    const LedgerLine *state = line_about(&seen, LEDGER_LOG_STATE, w.log.id);
    EXPECT(state && state->value == ((int64_t)STATE_PASSIVE << 56 | INT64_C(3) << 48 | (int64_t)FLAG_RESTRICTED));
    EXPECT(line_about(&seen, LEDGER_LOG_PASSIVE, w.log.id)->value == NOW + 5);
    EXPECT(line_about(&seen, LEDGER_CONSENT_WITHDRAWN, w.third)->value == NOW + 7);
}

TEST(a_deleted_log_its_document_and_its_key_each_make_a_line)
{
    KEPT(kept);
    Work w = lived(&kept);

    EXPECT_OK(store_write(kept.place.store, delete_log, &w));
    Seen seen = seen_in(&kept);
    EXPECT(line_about(&seen, LEDGER_LOG_GONE, w.log.id) != NULL);
    EXPECT(line_about(&seen, LEDGER_KEY_GONE, w.log.id) != NULL);
    uint32_t documents = 0;
    for (uint32_t i = 0; i < seen.count; i++)
        documents += seen.lines[i].kind == LEDGER_DOCUMENT_GONE;
    EXPECT(documents == 1);
}

TEST(a_work_that_was_undone_leaves_no_line)
{
    KEPT(kept);
    Work w = lived(&kept);
    const uint32_t before = seen_in(&kept).count;

    w.error = E_RANGE;
    EXPECT_ERR(store_write(kept.place.store, close_log, &w), E_RANGE);
    EXPECT(seen_in(&kept).count == before);
}

/* A process that was killed between the commit and the file's write leaves this. */
static void cut_lines(const Kept *kept, uint32_t lines)
{
    struct stat about;

    for (int i = 0; i < 2; i++) {
        EXPECT(stat(kept->place.ledger[i], &about) == 0);
        EXPECT(truncate(kept->place.ledger[i], about.st_size - (off_t)lines * LEDGER_LINE_BYTES) == 0);
    }
}

static void head_of(Kept *kept, StoreHead *ret_head)
{
    TEST_ARENA(keep);
    Tx *tx = NULL;

    EXPECT_OK(store_record(kept->place.store));
    EXPECT_OK(store_read(kept->place.store, &tx));
    EXPECT_OK(store_head(tx, keep, ret_head));
    store_read_end(tx);
}

TEST(what_was_committed_and_not_written_into_the_ledger_is_added_at_the_next_start_under_a_new_line_of_the_chain)
{
    KEPT(kept);
    Work w = lived(&kept);
    StoreHead before, after;

    EXPECT_OK(store_write(kept.place.store, delete_log, &w));
    const uint32_t whole = seen_in(&kept).count;
    head_of(&kept, &before);
    stores_close(kept.place.stores);
    kept.place.stores = NULL;
    cut_lines(&kept, whole - 1);
    EXPECT(seen_in(&kept).count == 1);
    place_open(&kept.place);
    head_of(&kept, &after);
    Seen seen = seen_in(&kept);
    EXPECT(seen.count == whole);
    EXPECT(line_about(&seen, LEDGER_LOG_GONE, w.log.id)->at == NOW);
    EXPECT(after.size == before.size + 1);
    place_reopen(&kept.place);
    head_of(&kept, &before);
    EXPECT(before.size == after.size && memcmp(&before.root, &after.root, HASH_BYTES) == 0);
}

TEST(a_database_from_before_there_was_a_ledger_gets_all_of_its_past)
{
    AUTO(kept_remove) Kept kept = kept_new(true);
    Work gone = lived(&kept), lives = lived(&kept), passive = lived(&kept);

    EXPECT_OK(store_write(kept.place.store, delete_log, &gone));
    EXPECT_OK(store_write(kept.place.store, close_log, &passive));
    name_ledgers(&kept);
    place_reopen(&kept.place);
    EXPECT_OK(store_record(kept.place.store));
    Seen seen = seen_in(&kept);
    EXPECT(line_about(&seen, LEDGER_LOG_GONE, gone.log.id) != NULL);
    EXPECT(line_about(&seen, LEDGER_LOG_STATE, passive.log.id) != NULL);
    EXPECT(line_about(&seen, LEDGER_LOG_STATE, lives.log.id) == NULL);
}

static void ledger_in_head(Kept *kept, uint8_t ret_hash[static HASH_BYTES])
{
    TEST_ARENA(keep);
    StoreHead head;
    Tx *tx = NULL;

    EXPECT_OK(store_record(kept->place.store));
    EXPECT_OK(store_read(kept->place.store, &tx));
    EXPECT_OK(store_head(tx, keep, &head));
    store_read_end(tx);
    memcpy(ret_hash, head.covers.data + head.covers.length - HASH_BYTES, HASH_BYTES);
}

TEST(the_head_of_a_database_covers_its_lines_in_the_ledger_and_nobody_elses)
{
    KEPT(kept);
    Work w = lived(&kept);
    uint8_t before[HASH_BYTES], after[HASH_BYTES];
    AuditLine line = line_of(w.log.id);

    ledger_in_head(&kept, before);
    EXPECT_OK(store_write(store_host(kept.place.stores), host_line, &line));
    ledger_in_head(&kept, after);
    EXPECT(memcmp(before, after, HASH_BYTES) == 0);
    EXPECT_OK(store_write(kept.place.store, close_log, &w));
    ledger_in_head(&kept, after);
    EXPECT(memcmp(before, after, HASH_BYTES) != 0);
}

/* ---- verification ---- */

typedef struct Told {
    uint32_t count;
    enum finding_kind kind;
} Told;

static void tell(void *self, const Finding *finding)
{
    Told *told = self;
    *told = (Told){.count = told->count + 1, .kind = finding->kind};
}

static Told verified(const Kept *kept)
{
    Told told = {0};
    const VerifyWatch watch = {.self = &told, .found = tell};
    VerifyResult result;

    EXPECT_OK(store_verify(kept->place.store, &watch, &result));
    return told;
}

static void verify_finds(Kept *kept, enum finding_kind kind)
{
    const Told told = verified(kept);
    EXPECT(told.count == 1 && told.kind == kind);
}

static Err sign_head(Tx *tx, void *row)
{
    return store_head_signature_insert(tx, row);
}

/* The head as it is now, stored as if it had been signed. */
static void sign_now(Kept *kept)
{
    AUTO(arena_freep) Arena *keep = test_arena();
    HeadSignatureRow row = {.at = NOW, .signature = STR("signed")};
    StoreHead head;
    Tx *tx = NULL;

    EXPECT_OK(store_record(kept->place.store));
    EXPECT_OK(store_read(kept->place.store, &tx));
    EXPECT_OK(store_head(tx, keep, &head));
    store_read_end(tx);
    row.seq = head.seq;
    row.hash = head.hash;
    row.covers = head.covers;
    EXPECT_OK(store_write(kept->place.store, sign_head, &row));
}

TEST(verification_finds_a_ledger_that_was_cut_changed_or_exchanged)
{
    KEPT(kept);
    Work w = lived(&kept);

    EXPECT_OK(store_write(kept.place.store, delete_log, &w));
    sign_now(&kept);
    EXPECT(verified(&kept).count == 0);
    stores_close(kept.place.stores);
    kept.place.stores = NULL;
    cut_lines(&kept, 1);
    place_open(&kept.place);
    verify_finds(&kept, FINDING_LEDGER_CUT);
}

TEST(verification_finds_what_is_gone_and_stands_in_no_line)
{
    KEPT(kept);
    Work w = lived(&kept), last = lived(&kept);
    uint8_t bytes[LEDGER_LINE_BYTES];

    EXPECT_OK(store_write(kept.place.store, delete_log, &w));
    EXPECT_OK(store_write(kept.place.store, close_log, &last));
    stores_close(kept.place.stores);
    kept.place.stores = NULL;
    /* Somebody who can write the file makes one that leaves the log out. */
    AUTO(sha256_freep) Sha256 *sha = NULL;
    Seen seen = seen_in(&kept);
    Hash at;
    EXPECT_OK(sha256_new(&sha));
    EXPECT_OK(ledger_start(sha, &at));
    unlink(kept.place.ledger[1]);
    FILE *file = fopen(kept.place.ledger[0], "w");
    EXPECT(file != NULL);
    uint64_t seq = 0;
    for (uint32_t i = 0; i < seen.count; i++) {
        if (id_equal(seen.lines[i].object, w.log.id) && seen.lines[i].kind == LEDGER_LOG_GONE)
            continue;
        seen.lines[i].seq = ++seq;
        EXPECT_OK(ledger_line_write(sha, &at, &seen.lines[i], bytes));
        at = seen.lines[i].hash;
        EXPECT(fwrite(bytes, 1, sizeof bytes, file) == sizeof bytes);
    }
    fclose(file);
    place_open(&kept.place);
    verify_finds(&kept, FINDING_LEDGER_LACKS);
}

RUN_TESTS("conform_ledger")
