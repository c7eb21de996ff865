/* The bytes under the chain, held fast: computed beside the program, by docs/formats.md alone.
 * Must fail when a format changes; then every database would stop verifying. */
#include "support/stores.h"

#include "store/tx.h"

static Id id_full_of(uint8_t byte)
{
    Id id;
    memset(id.bytes, byte, sizeof id.bytes);
    return id;
}

static Hash hash_full_of(uint8_t byte)
{
    Hash hash;
    memset(hash.bytes, byte, sizeof hash.bytes);
    return hash;
}

static void expect_hash(const Hash *hash, const char *expected)
{
    TEST_ARENA(keep);
    Buf text = buf_new(keep, 64);
    Str hex;
    buf_add_hex(&text, str_from_bytes(hash->bytes, HASH_BYTES));
    EXPECT_OK(buf_done(&text, &hex));
    EXPECT_STR(hex, expected);
}

TEST(the_hash_of_a_line_is_that_of_its_documented_bytes)
{
    AUTO(sha256_freep) Sha256 *sha = NULL;
    char changes[CHANGE_BYTES];
    Hash hash;
    const AuditRow row = {
        .seq = 2,
        .line = {.at = NOW, .request = id_full_of(1), .person = id_full_of(2), .role = 3, .unit = id_full_of(4), .act = 7,
                 .object_kind = 1, .object = id_full_of(5), .outcome = AUDIT_ALLOWED, .reason = 9, .amount = 11,
                 .head = hash_full_of(6)},
        .changes = 1,
        .previous = hash_full_of(8),
    };

    changes[0] = TABLE_LOG;
    memset(changes + 1, 5, ID_BYTES);
    memset(changes + 1 + ID_BYTES, 7, DIGEST_BYTES);
    EXPECT_OK(sha256_new(&sha));
    EXPECT_OK(audit_line_hash(sha, &row, str_from_bytes(changes, sizeof changes), &hash));
    expect_hash(&hash, "ce61a1e4d1b8ec141b018ecedc33bf68bdbbbf9c5b742012aca809ede1d2c5af");
}

TEST(a_chain_starts_with_the_name_of_its_database_and_writer)
{
    Hash hash;
    EXPECT_OK(audit_chain_start("host", 0, &hash));
    expect_hash(&hash, "8c7b6f93a7de8d886ea060defb393a5dda2a5e6e761c8cd448fb600bd88d34eb");
}

TEST(the_digest_of_a_row_is_that_of_its_documented_bytes)
{
    AUTO(sha256_freep) Sha256 *sha = NULL;
    const Value columns[] = {value_text(STR("colour")), value_bytes(STR("blue")), value_number(1)};
    Hash hash;

    EXPECT_OK(sha256_new(&sha));
    EXPECT_OK(row_digest(sha, TABLE_SETTING, columns, COUNT_OF(columns), &hash));
    expect_hash(&hash, "abbbd94cfd5137732e1493d525520027afa34e8fdddc6b347096872f36d93e45");
}

RUN_TESTS("store_format")
