/* Rows and lines changed behind the store's back, as somebody with root would: store_verify names each.
 * Must tamper by SQLite itself, never through the store. */
#include "support/stores.h"

#include <sqlite3.h>

typedef struct Found {
    Finding items[64];
    uint32_t count;
    uint64_t told;
    bool signatures_good;
} Found;

static void keep_finding(void *self, const Finding *finding)
{
    Found *found = self;
    if (found->count < COUNT_OF(found->items))
        found->items[found->count++] = *finding;
}

static void keep_progress(void *self, uint64_t done, uint64_t total)
{
    Found *found = self;
    EXPECT(done >= found->told && total > 0);
    found->told = done;
}

static bool signature_good(void *self, const HeadSignatureRow *row, uint64_t size, const Hash *root)
{
    (void)row, (void)size, (void)root;
    return ((Found *)self)->signatures_good;
}

/* The example: two logs; the first has entries in two versions, a participant, a consent, a document, a head; a key. */
typedef struct Example {
    Place place;
    LogRow log, other;
    Id entry, corrected, participant, document;
    StoreHead head; /* as it was signed */
} Example;

static Err write_example(Tx *tx, void *context)
{
    Example *e = context;
    const AuditLine line = line_of(e->log.id);
    EntryRow entry;
    int64_t no;

    e->participant = new_id();
    e->document = new_id();
    TRY(store_setting_put(tx, STR("colour"), STR("blue"), 0));
    TRY(store_log_insert(tx, &e->other, &no));
    TRY(store_log_insert(tx, &e->log, &no));
    entry = entry_row(no, STR("first"));
    e->entry = entry.id;
    TRY(store_entry_append(tx, &entry, &no));
    const ParticipantRow participant = {.id = e->participant, .log_no = entry.log_no, .person = new_id(), .role = 4,
                                        .from_at = NOW, .sealed = STR("p"), .version = 1};
    const DocumentRow document = {.id = e->document, .log_no = entry.log_no, .media = 1, .sealed = STR("%PDF")};
    TRY(store_participant_insert(tx, &participant));
    TRY(store_document_insert(tx, &document));
    e->log.no = entry.log_no;
    return store_audit(tx, &line);
}

static Err change_setting(Tx *tx, void *context)
{
    const Example *e = context;
    const AuditLine line = line_of(e->log.id);
    EntryRow entry = entry_row(e->log.no, STR("second"));
    int64_t no;

    entry.entry = e->entry;
    entry.version = 2;
    entry.supersedes = e->entry;
    TRY(store_setting_put(tx, STR("colour"), STR("green"), 1));
    TRY(store_entry_append(tx, &entry, &no));
    return store_audit(tx, &line);
}

static Err sign_head(Tx *tx, void *context)
{
    Example *e = context;
    AUTO(arena_freep) Arena *keep = NULL;
    StoreHead now = {0};

    TRY(arena_new(4096, &keep));
    TRY(store_head(tx, keep, &now));
    e->head = now;
    e->head.covers = STR_NONE;
    const HeadSignatureRow head = {.seq = now.seq, .hash = now.hash, .at = NOW, .signature = STR("signed by the agent"),
                                   .covers = now.covers};
    return store_head_signature_insert(tx, &head);
}

static Example example_new(void)
{
    Example e = {.place = place_new(sqlite_driver()), .log = log_row(), .other = log_row()};

    EXPECT_OK(store_write(e.place.store, write_example, &e));
    EXPECT_OK(store_write(e.place.store, change_setting, &e));
    EXPECT_OK(store_write(e.place.store, sign_head, &e));
    return e;
}

static void example_done(Example *e)
{
    place_remove(&e->place);
}
#define EXAMPLE(name) AUTO(example_done) Example name = example_new()

static sqlite3 *open_by_hand(const Example *e)
{
    char path[160], tenant[ID_TEXT + 1];
    sqlite3 *database = NULL;

    id_to_text(e->place.tenant, tenant);
    snprintf(path, sizeof path, "%s/municipality/%s.db", e->place.folder, tenant);
    EXPECT(sqlite3_open(path, &database) == SQLITE_OK);
    return database;
}

/* The store may stand open. */
static void plant(Example *e, const char *sql)
{
    sqlite3 *database = open_by_hand(e);

    EXPECT(sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(database);
}

static void tamper(Example *e, const char *sql)
{
    stores_close(e->place.stores);
    e->place.stores = NULL;
    sqlite3 *database = open_by_hand(e);
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK)
        print_error("%s\n", sqlite3_errmsg(database));
    EXPECT(sqlite3_changes(database) > 0);
    sqlite3_close(database);
    place_open(&e->place);
}

static Found verify(Example *e, VerifyResult *ret_result)
{
    Found found = {.signatures_good = true};
    const VerifyWatch watch = {.self = &found, .progress = keep_progress, .found = keep_finding, .head_good = signature_good};
    VerifyResult result = {0};

    EXPECT_OK(store_verify(e->place.store, &watch, &result));
    EXPECT(result.findings == found.count && found.told > 0);
    if (ret_result)
        *ret_result = result;
    return found;
}

static bool has(const Found *found, enum finding_kind kind, const char *table)
{
    for (uint32_t i = 0; i < found->count; i++)
        if (found->items[i].kind == kind && (!table || (found->items[i].table && strcmp(found->items[i].table, table) == 0)))
            return true;
    for (uint32_t i = 0; i < found->count; i++)
        print_error("found %s %s\n", finding_name(found->items[i].kind), found->items[i].table ? found->items[i].table : "-");
    return false;
}

/* Tampers, and expects exactly one finding. */
static void expect_one(const char *sql, enum finding_kind kind, const char *table)
{
    EXAMPLE(e);
    tamper(&e, sql);
    Found found = verify(&e, NULL);
    EXPECT(has(&found, kind, table));
    EXPECT(found.count == 1);
}

TEST(an_untouched_database_has_no_finding)
{
    EXAMPLE(e);
    VerifyResult result;
    Found found = verify(&e, &result);
    EXPECT(found.count == 0);
    EXPECT(result.lines == 2 && result.heads == 1 && result.rows == 7);
}

TEST(a_flipped_byte_of_a_sealed_value_is_found)
{
    expect_one("UPDATE entry SET sealed=x'66697274' WHERE version=1", FINDING_ROW_CHANGED, "entry");
}

TEST(a_changed_plain_column_is_found)
{
    expect_one("UPDATE participant SET to_at=5", FINDING_ROW_CHANGED, "participant");
}

TEST(a_row_put_back_to_its_older_version_is_named_as_such)
{
    expect_one("UPDATE setting SET value=CAST('blue' AS BLOB),version=1", FINDING_ROW_ROLLED_BACK, "setting");
}

TEST(two_swapped_sealed_values_are_found_both)
{
    EXAMPLE(e);
    tamper(&e, "UPDATE entry SET sealed=CAST(CASE version WHEN 1 THEN 'second' ELSE 'first' END AS BLOB)");
    Found found = verify(&e, NULL);
    EXPECT(found.count == 2 && has(&found, FINDING_ROW_CHANGED, "entry"));
}

TEST(a_deleted_row_is_found)
{
    expect_one("DELETE FROM entry WHERE version=2", FINDING_ROW_MISSING, "entry");
}

TEST(a_row_that_was_never_written_is_found)
{
    expect_one("INSERT INTO setting VALUES('planted',x'00',1,zeroblob(32))", FINDING_ROW_EXTRA, "setting");
}

/* As programs did that found an account by the user name its bearer had chosen. */
static Err index_chosen(Tx *tx, void *context)
{
    ScopeKeyRow scope = *(const ScopeKeyRow *)context;
    AuditLine line = line_of(scope.scope);

    line.act = scope.blind_index.length > 0 ? ACT_ENROL : ACT_GUARDIAN_ADD;
    TRY(scope.blind_index.length > 0 ? store_scope_update(tx, &scope) : store_scope_insert(tx, &scope));
    return store_audit(tx, &line);
}

TEST(an_account_that_is_found_by_what_its_bearer_typed_at_enrolment_is_told)
{
    EXAMPLE(e);
    ScopeKeyRow scope = {.scope = new_id(), .kind = 2, .epoch = 1, .wrapped = STR("wrapped"), .version = 1};

    EXPECT_OK(store_write(e.place.store, index_chosen, &scope));
    EXPECT(verify(&e, NULL).count == 0);
    scope.blind_index = STR("0123456789abcdef");
    EXPECT_OK(store_write(e.place.store, index_chosen, &scope));
    Found found = verify(&e, NULL);
    EXPECT(has(&found, FINDING_INDEX_CHOSEN, "scope_key"));
    EXPECT(found.count == 1 && id_equal(found.items[0].row, scope.scope));
}

TEST(changed_bytes_of_a_document_are_found)
{
    expect_one("UPDATE document SET sealed=x'00'", FINDING_DOCUMENT_CHANGED, "document");
}

TEST(a_changed_line_is_found)
{
    expect_one("UPDATE audit SET person=x'00000000000000000000000000000000' WHERE seq=1", FINDING_LINE_CHANGED, NULL);
}

TEST(a_line_in_order_without_our_proof_is_found)
{
    expect_one("UPDATE audit SET proof=zeroblob(32) WHERE seq=1", FINDING_LINE_UNPROVEN, NULL);
}

TEST(a_line_with_the_proof_of_another_is_found)
{
    expect_one("UPDATE audit SET proof=(SELECT proof FROM audit WHERE seq=1) WHERE seq=2", FINDING_LINE_UNPROVEN, NULL);
}

TEST(a_deleted_line_in_the_middle_is_found)
{
    EXAMPLE(e);
    tamper(&e, "DELETE FROM audit WHERE seq=1");
    Found found = verify(&e, NULL);
    EXPECT(has(&found, FINDING_LINE_MISSING, NULL));
}

TEST(two_lines_in_another_order_are_found)
{
    EXAMPLE(e);
    tamper(&e, "UPDATE audit SET seq=9 WHERE seq=1;UPDATE audit SET seq=1 WHERE seq=2;"
               "UPDATE audit SET seq=2 WHERE seq=9");
    Found found = verify(&e, NULL);
    EXPECT(has(&found, FINDING_LINE_CHANGED, NULL));
}

TEST(a_chain_cut_before_a_signed_head_is_found)
{
    EXAMPLE(e);
    tamper(&e, "DELETE FROM audit WHERE seq=2");
    Found found = verify(&e, NULL);
    EXPECT(has(&found, FINDING_CHAIN_CUT, NULL));
}

TEST(a_head_that_the_agent_did_not_sign_is_found)
{
    EXAMPLE(e);
    Found found = {.signatures_good = false};
    const VerifyWatch watch = {.self = &found, .found = keep_finding, .head_good = signature_good};
    VerifyResult result;
    EXPECT_OK(store_verify(e.place.store, &watch, &result));
    EXPECT(has(&found, FINDING_HEAD_FORGED, NULL));
}

TEST(a_signed_head_with_another_hash_is_found)
{
    expect_one("UPDATE head_signature SET hash=zeroblob(32)", FINDING_HEAD_FORGED, NULL);
}

static Found verify_against(Example *e, uint64_t size, const Hash *root)
{
    Found found = {.signatures_good = true};
    const VerifyWatch watch = {.self = &found, .found = keep_finding, .known_size = size, .known_root = *root};
    VerifyResult result;
    EXPECT_OK(store_verify(e->place.store, &watch, &result));
    return found;
}

TEST(a_database_that_ends_before_the_newest_known_head_is_older)
{
    EXAMPLE(e);
    Found found = verify_against(&e, e.head.size + 1, &e.head.root);
    EXPECT(found.count == 1 && has(&found, FINDING_DATABASE_OLD, NULL));
}

TEST(a_chain_that_does_not_pass_the_newest_known_head_went_another_way)
{
    EXAMPLE(e);
    const Hash other = new_hash();
    Found found = verify_against(&e, e.head.size, &other);
    EXPECT(found.count == 1 && has(&found, FINDING_CHAIN_FORKED, NULL));
}

TEST(a_known_head_is_met_also_when_its_row_was_lost)
{
    EXAMPLE(e);
    EXPECT(verify_against(&e, e.head.size, &e.head.root).count == 0);
    tamper(&e, "DELETE FROM head_signature");
    EXPECT(verify_against(&e, e.head.size, &e.head.root).count == 0);
}

TEST(a_line_that_does_not_decode_is_a_finding_and_not_an_error)
{
    EXAMPLE(e);
    tamper(&e, "UPDATE audit SET act=70000 WHERE seq=1");
    Found found = verify(&e, NULL);
    EXPECT(has(&found, FINDING_LINE_CHANGED, NULL));
}

TEST(a_changed_document_is_refused_to_its_reader)
{
    EXAMPLE(e);
    TEST_ARENA(keep);
    DocumentRow row;
    Permit permit = {0};
    Tx *tx = NULL;

    tamper(&e, "UPDATE document SET sealed=x'00'");
    EXPECT(policy_permit((Ask){.role = ROLE_RELAY_HOLDER, .act = ACT_LOG_READ, .relation = RELATION_PARTICIPANT,
                               .state = STATE_ACTIVE},
                         (Subject){.person = new_id(), .log = e.log.id, .access_version = 1}, &permit) == WHY_ALLOWED);
    EXPECT_OK(store_read(e.place.store, &tx));
    EXPECT_ERR(store_document(tx, &permit, e.document, keep, &row), E_FORGED);
    store_read_end(tx);
}

TEST(a_schema_newer_than_this_program_is_refused)
{
    EXAMPLE(e);
    Store *store = NULL;

    stores_close(e.place.stores);
    e.place.stores = NULL;
    plant(&e, "INSERT INTO schema_version VALUES(1000,zeroblob(32),0)");
    const StoresOptions options = place_options(&e.place);
    EXPECT_OK(stores_open(&options, &e.place.stores));
    EXPECT_ERR(store_of(e.place.stores, e.place.tenant, &store), E_SCHEMA);
}

/* ---- what somebody planted in the schema ---- */

static Err put_shade(Tx *tx, void *context)
{
    const Example *e = context;
    const AuditLine line = line_of(e->log.id);

    TRY(store_setting_put(tx, STR("shade"), STR("dark"), 0));
    return store_audit(tx, &line);
}

static Err shade_of(const Example *e, Arena *keep, Str *ret_shade)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    SettingRows settings;

    TRY(store_read(e->place.store, &tx));
    TRY(store_settings(tx, keep, &settings));
    for (uint32_t i = 0; i < settings.count; i++)
        if (str_equal(settings.items[i].name, STR("shade")))
            *ret_shade = settings.items[i].value;
    return ok();
}

TEST(a_trigger_that_somebody_planted_changes_nothing_that_we_write)
{
    EXAMPLE(e);
    TEST_ARENA(keep);
    Str shade = STR_NONE;

    plant(&e, "CREATE TRIGGER planted AFTER INSERT ON setting BEGIN UPDATE setting SET value=x'00' WHERE name=NEW.name; END");
    EXPECT_OK(store_write(e.place.store, put_shade, &e));
    EXPECT_OK(shade_of(&e, keep, &shade));
    EXPECT_STR(shade, "dark");
    EXPECT(verify(&e, NULL).count == 0);
}

TEST(a_view_that_somebody_put_in_the_place_of_a_table_is_not_read)
{
    EXAMPLE(e);
    TEST_ARENA(keep);
    Str shade = STR_NONE;

    plant(&e, "ALTER TABLE setting RENAME TO aside;"
              "CREATE VIEW setting AS SELECT 'shade' AS name,x'00' AS value,1 AS version");
    EXPECT(!is_ok(shade_of(&e, keep, &shade)) && shade.length == 0);
}

TEST(a_database_with_a_trigger_or_a_view_is_not_opened)
{
    static const char *const planted[] = {"CREATE TRIGGER planted AFTER INSERT ON entry BEGIN SELECT 1; END",
                                          "CREATE VIEW planted AS SELECT 1"};

    for (size_t i = 0; i < COUNT_OF(planted); i++) {
        EXAMPLE(e);
        Store *store = NULL;
        stores_close(e.place.stores);
        e.place.stores = NULL;
        plant(&e, planted[i]);
        const StoresOptions options = place_options(&e.place);
        EXPECT_OK(stores_open(&options, &e.place.stores));
        EXPECT_ERR(store_of(e.place.stores, e.place.tenant, &store), E_SCHEMA);
    }
}

RUN_TESTS("store_verify")
