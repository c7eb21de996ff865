/* What is sealed in a log opens in its own place only, and the head notices every change.
 * Must not touch the disk.
 * Called by meson test. */
#include "support/test.h"

#include "crypto/crypto.h"
#include "domain/fields.h"
#include "domain/policy/matrix.h"
#include "service/log/keys.h"
#include "store/rows.h"
#include "support/world.h"

typedef struct Fixture {
    TestWorld test;
    World world;
    Crypto *crypto;
    LogKeys keys;
} Fixture;

static void fixture_done(Fixture *f)
{
    log_keys_wipe(&f->keys);
    crypto_free(f->crypto);
}

static const Id tenant_a = {{1}}, tenant_b = {{2}}, log_a = {{3}}, log_b = {{4}};
static const Key scope_key = {{9, 8, 7}};
static const LogPlace here = {.table = SEAL_TABLE_ENTRY, .column = SEAL_COLUMN_BODY, .row = {{5}}, .version = 2};

#define FIXTURE(f)                                                            \
    AUTO(fixture_done) Fixture f = {0};                                       \
    f.world = test_world(&f.test);                                           \
    EXPECT_OK(crypto_new(&f.world, &f.crypto));                               \
    EXPECT_OK(log_keys_derive(&(LogOf){f.crypto, MODE_TEST, tenant_a, log_a}, &scope_key, &f.keys))

static Values a_note(void)
{
    Values values = {.kind = kind_of(KIND_NOTE)};
    values.text[0] = STR("1");
    values.text[1] = STR("Gikk fint i dag.");
    return values;
}

static Str sealed_note(const Fixture *f, LogPlace place, Arena *arena)
{
    Values note = a_note();
    Str sealed = STR_NONE;
    EXPECT_OK(log_seal(&f->keys, place, &note, arena, &sealed));
    return sealed;
}

TEST(an_entry_opens_in_the_place_it_was_sealed_for)
{
    FIXTURE(f);
    TEST_ARENA(arena);
    Values opened = {0};
    EXPECT_OK(log_unseal(&f.keys, (LogSealed){here, KIND_NOTE, sealed_note(&f, here, arena)}, arena, &opened));
    EXPECT_STR(values_get(&opened, "text"), "Gikk fint i dag.");
}

TEST(the_text_of_an_entry_stands_nowhere_in_what_is_sealed)
{
    FIXTURE(f);
    TEST_ARENA(arena);
    Str sealed = sealed_note(&f, here, arena);
    EXPECT(memmem(sealed.data, sealed.length, "Gikk", 4) == NULL);
    /* Control: the search finds it where it is plain. */
    Values note = a_note();
    Buf buf = buf_new(arena, 4096);
    Str plain = STR_NONE;
    values_encode(&buf, &note);
    EXPECT_OK(buf_done(&buf, &plain));
    EXPECT(memmem(plain.data, plain.length, "Gikk", 4) != NULL);
}

TEST(an_entry_moved_to_another_row_version_table_or_column_is_forged)
{
    FIXTURE(f);
    TEST_ARENA(arena);
    Str sealed = sealed_note(&f, here, arena);
    LogPlace row = here, version = here, table = here, column = here;
    Values opened = {0};
    row.row = (Id){{6}};
    version.version = 1;
    table.table = SEAL_TABLE_PARTICIPANT;
    column.column = SEAL_COLUMN_HEADER;
    EXPECT_ERR(log_unseal(&f.keys, (LogSealed){row, KIND_NOTE, sealed}, arena, &opened), E_FORGED);
    EXPECT_ERR(log_unseal(&f.keys, (LogSealed){version, KIND_NOTE, sealed}, arena, &opened), E_FORGED);
    EXPECT_ERR(log_unseal(&f.keys, (LogSealed){table, KIND_NOTE, sealed}, arena, &opened), E_FORGED);
    EXPECT_ERR(log_unseal(&f.keys, (LogSealed){column, KIND_NOTE, sealed}, arena, &opened), E_FORGED);
    EXPECT(opened.kind == NULL);
}

TEST(an_entry_of_another_municipality_log_or_mode_is_forged)
{
    FIXTURE(f);
    TEST_ARENA(arena);
    Str sealed = sealed_note(&f, here, arena);
    AUTO(log_keys_wipe) LogKeys tenant = {0};
    AUTO(log_keys_wipe) LogKeys log = {0};
    AUTO(log_keys_wipe) LogKeys mode = {0};
    Values opened = {0};
    EXPECT_OK(log_keys_derive(&(LogOf){.crypto = f.crypto, .mode = MODE_TEST, .tenant = tenant_b, .log = log_a},
                              &scope_key, &tenant));
    EXPECT_OK(log_keys_derive(&(LogOf){.crypto = f.crypto, .mode = MODE_TEST, .tenant = tenant_a, .log = log_b},
                              &scope_key, &log));
    EXPECT_OK(log_keys_derive(&(LogOf){.crypto = f.crypto, .mode = MODE_DEMO, .tenant = tenant_a, .log = log_a},
                              &scope_key, &mode));
    EXPECT_ERR(log_unseal(&tenant, (LogSealed){here, KIND_NOTE, sealed}, arena, &opened), E_FORGED);
    EXPECT_ERR(log_unseal(&log, (LogSealed){here, KIND_NOTE, sealed}, arena, &opened), E_FORGED);
    EXPECT_ERR(log_unseal(&mode, (LogSealed){here, KIND_NOTE, sealed}, arena, &opened), E_FORGED);
}

TEST(an_entry_of_another_kind_than_its_row_says_is_forged)
{
    FIXTURE(f);
    TEST_ARENA(arena);
    Values opened = {0};
    EXPECT_ERR(log_unseal(&f.keys, (LogSealed){here, KIND_GOAL, sealed_note(&f, here, arena)}, arena, &opened), E_FORGED);
}

TEST(every_flipped_or_missing_byte_of_an_entry_is_forged)
{
    FIXTURE(f);
    TEST_ARENA(arena);
    Str sealed = sealed_note(&f, here, arena);
    char bytes[256];
    Values opened = {0};
    EXPECT(sealed.length <= sizeof bytes);
    for (size_t i = 0; i < sealed.length; i++) {
        memcpy(bytes, sealed.data, sealed.length);
        bytes[i] ^= 1;
        EXPECT_ERR(log_unseal(&f.keys, (LogSealed){here, KIND_NOTE, str_from_bytes(bytes, sealed.length)}, arena,
                              &opened), E_FORGED);
        EXPECT_ERR(log_unseal(&f.keys, (LogSealed){here, KIND_NOTE, str_slice(sealed, 0, i)}, arena, &opened), E_FORGED);
    }
}

TEST(a_document_opens_under_its_own_row_only)
{
    FIXTURE(f);
    TEST_ARENA(arena);
    Str sealed = STR_NONE, opened = STR_NONE;
    EXPECT_OK(log_seal_document(&f.keys, here.row, STR("%PDF-1.7"), arena, &sealed));
    EXPECT_ERR(log_unseal_document(&f.keys, (Id){{6}}, sealed, arena, &opened), E_FORGED);
    EXPECT_OK(log_unseal_document(&f.keys, here.row, sealed, arena, &opened));
    EXPECT_STR(opened, "%PDF-1.7");
}

TEST(a_head_notices_another_digest_count_log_or_key)
{
    FIXTURE(f);
    const Hash digest = {{1, 2, 3}}, other = {{1, 2, 4}};
    const Key other_scope = {{9, 8, 6}};
    AUTO(log_keys_wipe) LogKeys log = {0};
    AUTO(log_keys_wipe) LogKeys key = {0};
    Hash head;
    EXPECT_OK(log_keys_derive(&(LogOf){.crypto = f.crypto, .mode = MODE_TEST, .tenant = tenant_a, .log = log_b},
                              &scope_key, &log));
    EXPECT_OK(log_keys_derive(&(LogOf){.crypto = f.crypto, .mode = MODE_TEST, .tenant = tenant_a, .log = log_a},
                              &other_scope, &key));
    EXPECT_OK(log_head(&f.keys, &digest, 60, &head));
    EXPECT_ERR(log_head_check(&f.keys, &other, 60, &head), E_FORGED);
    EXPECT_ERR(log_head_check(&f.keys, &digest, 59, &head), E_FORGED);
    EXPECT_ERR(log_head_check(&log, &digest, 60, &head), E_FORGED);
    EXPECT_ERR(log_head_check(&key, &digest, 60, &head), E_FORGED);
    EXPECT_OK(log_head_check(&f.keys, &digest, 60, &head));
}

RUN_TESTS("log_seal")
