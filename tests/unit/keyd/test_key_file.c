/* The key file: its bytes, its proof, its copies; share files and distinct custodians.
 * Must not need a running agent.
 * Called by meson test. */
#include "support/test.h"
#include "support/world.h"

#include <stdio.h>
#include <unistd.h>

#include "keyd/agent.h"
#include "keyd/join.h"
#include "keyd/sealed.h"
#include "keyd/share_file.h"
#include "sys/file.h"

typedef struct Fixture {
    TestWorld test;
    World world;
    Crypto *crypto;
    Arena *arena;
    char folder[64], first[96], second[96];
    KeyFilePlaces places;
    CustodianShares shares[CUSTODIANS_MAX];
    KeyFile file;
    RootKeys keys;
} Fixture;

static void fixture_done(Fixture *f)
{
    unlink(f->first);
    unlink(f->second);
    rmdir(f->folder);
    arena_free(f->arena);
    crypto_free(f->crypto);
}

static void fixture_make(Fixture *f)
{
    const MakeOptions make = {.mode = MODE_TEST, .custodians = 3, .threshold = 2};
    Share shares[2];
    Key root;
    size_t spoilt = 0;

    f->test.now = 1000000;
    f->world = test_world(&f->test);
    EXPECT_OK(crypto_new(&f->world, &f->crypto));
    EXPECT_OK(arena_new((size_t)64 << 20, &f->arena));
    snprintf(f->folder, sizeof f->folder, "/tmp/stafettlogg-keys-XXXXXX");
    EXPECT(mkdtemp(f->folder) != NULL);
    snprintf(f->first, sizeof f->first, "%s/a", f->folder);
    snprintf(f->second, sizeof f->second, "%s/b", f->folder);
    f->places = (KeyFilePlaces){.paths = {f->first, f->second}, .count = 2};
    EXPECT_OK(keys_make(f->crypto, &make, &f->places, f->shares));
    EXPECT_OK(key_file_read(&f->places, &f->file, &spoilt));
    EXPECT(spoilt == 0);
    for (size_t i = 0; i < 2; i++)
        EXPECT_OK(share_decode(str_from_bytes(f->shares[i].root, SHARE_BYTES), &shares[i]));
    EXPECT_OK(shamir_join(shares, 2, &root));
    EXPECT_OK(root_keys_derive(f->crypto, &root, &f->keys));
}

#define FIXTURE(f)                          \
    AUTO(fixture_done) Fixture f = {0};     \
    fixture_make(&f)

static Str encoded(Fixture *f)
{
    Str bytes = STR_NONE;
    EXPECT_OK(key_file_encode(f->crypto, &f->keys, &f->file, f->arena, &bytes));
    return bytes;
}

TEST(the_bytes_of_a_key_file_are_those_of_the_format)
{
    FIXTURE(f);
    Str bytes = encoded(&f);
    EXPECT(bytes.length == 162 + 3 * 114 + 324 + 64);
    EXPECT(memcmp(bytes.data, "SLKEYS\x03\x03\x02\x03\x00\x01\x00\x00\x00\x00\x00\x00\x00\x01", 20) == 0);
    EXPECT(memcmp(bytes.data + 20, f.file.set.bytes, ID_BYTES) == 0);
    EXPECT(memcmp(bytes.data + 36, f.file.head_public, 32) == 0);
    EXPECT(memcmp(bytes.data + 68, f.file.recovery_public, 32) == 0);
    EXPECT(memcmp(bytes.data + 162, f.file.custodians[0].id.bytes, ID_BYTES) == 0);
    EXPECT(memcmp(bytes.data + 160, "\0\0", 2) == 0);
    EXPECT(memcmp(bytes.data + 162 + 49, "\x0b" "custodian 1", 12) == 0);
}

TEST(a_sealed_key_stands_behind_the_municipalities_in_bytes_of_its_own)
{
    FIXTURE(f);
    const SealedFor what = {.kind = SEALED_BACKUP, .id = {{9, 9}}, .made_at = 0x0102, .destroy_at = 0x0304};
    const Key key = {{1, 2, 3}};
    EXPECT_OK(sealed_put(f.crypto, &f.file, &what, &key));
    Str bytes = encoded(&f);
    const char *row = bytes.data + 162 + 3 * 114 + 324;
    EXPECT(bytes.length == 162 + 3 * 114 + 324 + 130 + 64 && memcmp(bytes.data + 160, "\0\1", 2) == 0);
    EXPECT(memcmp(row, "\x02\x09\x09\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 21) == 0);
    EXPECT(memcmp(row + 21, "\0\0\0\0\0\0\1\2\0\0\0\0\0\0\3\4\1", 17) == 0);
    EXPECT(memcmp(row + 37, f.file.sealed[0].box, SEALED_BOX_BYTES) == 0);
}

static void join_recovery(Fixture *f, Key *ret_recovery)
{
    const Joining joining = {.given = f->shares, .count = 2};
    EXPECT_OK(recovery_join(&f->file, &joining, ret_recovery));
}

TEST(a_sealed_key_opens_for_the_recovery_key_at_its_own_place_only)
{
    FIXTURE(f);
    const SealedFor what = {.kind = SEALED_EPOCH, .id = {{4}}, .epoch = 7, .made_at = 1};
    const Key key = {{1, 2, 3}};
    Key recovery = {0}, opened = {0};
    join_recovery(&f, &recovery);
    EXPECT_OK(sealed_put(f.crypto, &f.file, &what, &key));
    EXPECT_ERR(sealed_put(f.crypto, &f.file, &what, &key), E_DUPLICATE);
    SealedKey *sealed = sealed_find(&f.file, SEALED_EPOCH, what.id, 7);
    EXPECT(sealed != NULL && !sealed_find(&f.file, SEALED_EPOCH, what.id, 8) && !sealed_find(&f.file, SEALED_BACKUP, what.id, 7));
    EXPECT_OK(sealed_open(f.crypto, MODE_TEST, &recovery, sealed, &opened));
    EXPECT(crypto_equal(&opened, &key, sizeof key));
    EXPECT_ERR(sealed_open(f.crypto, MODE_DEMO, &recovery, sealed, &opened), E_FORGED);
    EXPECT_ERR(sealed_open(f.crypto, MODE_TEST, &key, sealed, &opened), E_FORGED);
    sealed->epoch = 8;
    EXPECT_ERR(sealed_open(f.crypto, MODE_TEST, &recovery, sealed, &opened), E_FORGED);
}

TEST(the_place_of_a_destroyed_key_is_written_over_and_used_again)
{
    FIXTURE(f);
    SealedFor what = {.kind = SEALED_BACKUP, .made_at = 1};
    const Key key = {{1, 2, 3}};
    size_t spoilt = 0;
    for (uint8_t i = 1; i <= 3; i++) {
        what.id = (Id){{i}};
        what.destroy_at = 1000 * i;
        EXPECT_OK(sealed_put(f.crypto, &f.file, &what, &key));
    }
    EXPECT(sealed_next(&f.file) == 1000 && sealed_count(&f.file, SEALED_BACKUP, NULL) == 3);
    *sealed_find(&f.file, SEALED_BACKUP, (Id){{3}}, 0) = (SealedKey){0};
    EXPECT_OK(key_file_write(f.crypto, &f.keys, &f.places, &f.file));
    EXPECT_OK(key_file_read(&f.places, &f.file, &spoilt));
    EXPECT_OK(key_file_verify(f.crypto, &f.keys, &f.file));
    EXPECT(f.file.sealed_places == 3 && f.file.sealed[2].kind == SEALED_NONE && sealed_count(&f.file, SEALED_BACKUP, NULL) == 2);
    what.id = (Id){{4}};
    EXPECT_OK(sealed_put(f.crypto, &f.file, &what, &key));
    EXPECT(f.file.sealed_places == 3 && id_equal(f.file.sealed[2].id, what.id));
}

TEST(a_key_file_has_room_for_every_municipality_and_each_of_its_thirty_days)
{
    FIXTURE(f);
    Municipality made;
    EXPECT(SEALED_KEYS_MAX >= 357 * 31 + 1000);
    for (uint16_t i = 1; i < MUNICIPALITIES_MAX; i++) {
        EXPECT_OK(municipality_make(f.crypto, MODE_TEST, (Id){{8, (uint8_t)(i >> 8), (uint8_t)i}}, &made));
        EXPECT_OK(key_file_put_municipality(f.crypto, &f.keys, &f.file, &made));
    }
    f.file.sealed_places = SEALED_KEYS_MAX;
    for (size_t i = 0; i < SEALED_KEYS_MAX; i++)
        f.file.sealed[i].kind = SEALED_EPOCH;
    EXPECT(encoded(&f).length <= KEY_FILE_MAX);
    const SealedFor what = {.kind = SEALED_BACKUP, .id = {{1}}};
    EXPECT_ERR(sealed_put(f.crypto, &f.file, &what, &(Key){{1}}), E_TOO_LARGE);
}

TEST(a_key_file_with_any_byte_changed_is_not_whole)
{
    FIXTURE(f);
    Str bytes = encoded(&f);
    char *data = NULL;
    KeyFile *read = NULL;
    EXPECT_OK(ARENA_NEW(f.arena, char, bytes.length, &data));
    EXPECT_OK(ARENA_NEW(f.arena, KeyFile, 1, &read));
    memcpy(data, bytes.data, bytes.length);
    for (size_t at = 0; at < bytes.length; at++) {
        data[at] = (char)(data[at] ^ 1);
        EXPECT(!is_ok(key_file_decode((Str){.data = data, .length = bytes.length}, read)));
        data[at] = (char)(data[at] ^ 1);
    }
    for (size_t length = 0; length < bytes.length; length++)
        EXPECT(!is_ok(key_file_decode((Str){.data = data, .length = length}, read)));
    EXPECT_OK(key_file_decode(bytes, read));
}

TEST(a_key_file_that_someone_else_wrote_is_not_proven)
{
    FIXTURE(f);
    EXPECT_OK(key_file_verify(f.crypto, &f.keys, &f.file));
    f.file.threshold = 1;
    EXPECT_ERR(key_file_verify(f.crypto, &f.keys, &f.file), E_FORGED);
    f.file.threshold = 2;
    f.file.mode = MODE_PRODUCTION;
    EXPECT_ERR(key_file_verify(f.crypto, &f.keys, &f.file), E_FORGED);
    f.file.mode = MODE_TEST;
    f.file.custodians[0].share_hash[0] ^= 1;
    EXPECT_ERR(key_file_verify(f.crypto, &f.keys, &f.file), E_FORGED);
    f.file.custodians[0].share_hash[0] ^= 1;
    f.keys.file.bytes[0] ^= 1;
    EXPECT_ERR(key_file_verify(f.crypto, &f.keys, &f.file), E_FORGED);
}

/* The only row as formats before wrote it: three keys in it, and at its end less. */
static void add_row_before(Fixture *f, uint8_t format, Buf *buf)
{
    const KeyFileMunicipality *row = &f->file.municipalities[0];
    uint8_t associated[22] = {1, MODE_TEST}, wrapped[3 * KEY_BYTES + WRAP_OVERHEAD];
    Municipality host;
    EXPECT_OK(key_file_get_municipality(f->crypto, &f->keys, &f->file, 0, &host));
    const Key plain[3] = {host.key, host.permanent_index, host.epoch_index};
    associated[21] = (uint8_t)row->epoch;
    EXPECT_OK(crypto_wrap(f->crypto, &f->keys.store, str_from_bytes(associated, sizeof associated), str_from_bytes(plain, sizeof plain),
                          wrapped));
    buf_add_bytes(buf, row->tenant.bytes, ID_BYTES);
    buf_add_u32(buf, row->epoch);
    buf_add_bytes(buf, wrapped, sizeof wrapped);
    buf_add_zeros(buf, 64); /* no head was shown */
    if (format == 2)
        buf_add_bytes(buf, "\0\0\0\7\0\0\1\x2c", 8);
}

/* The file as formats before wrote it. */
static Str encoded_before(Fixture *f, uint8_t format)
{
    const size_t before_places = 160, before_rows = 162 + 3 * 114;
    uint8_t mac[HASH_BYTES], checksum[HASH_BYTES];
    Buf buf = buf_new(f->arena, KEY_FILE_MAX);
    Str now = encoded(f), content;

    buf_add(&buf, str_slice(now, 0, 6));
    buf_add_u8(&buf, format);
    buf_add(&buf, str_slice(now, 7, before_places));
    buf_add(&buf, str_slice(now, before_places + 2, before_rows));
    add_row_before(f, format, &buf);
    EXPECT_OK(buf_done(&buf, &content));
    EXPECT_OK(crypto_hmac(f->crypto, &f->keys.file, &content, 1, mac));
    buf_add_bytes(&buf, mac, sizeof mac);
    EXPECT_OK(buf_done(&buf, &content));
    EXPECT_OK(sha256(content, checksum));
    buf_add_bytes(&buf, checksum, sizeof checksum);
    EXPECT_OK(buf_done(&buf, &content));
    return content;
}

TEST(a_key_file_of_a_format_before_is_proven_and_written_in_the_new_one_with_what_it_had)
{
    for (uint8_t format = 1; format <= 2; format++) {
        FIXTURE(f);
        Municipality before, read;
        size_t spoilt = 0;
        EXPECT_OK(key_file_get_municipality(f.crypto, &f.keys, &f.file, 0, &before));
        EXPECT_OK(file_overwrite(f.first, encoded_before(&f, format)));
        EXPECT(unlink(f.second) == 0);
        EXPECT_OK(key_file_read(&f.places, &f.file, &spoilt));
        EXPECT(f.file.format == format && f.file.municipalities[0].made.logs == (format == 2 ? 7u : 0u));
        EXPECT_OK(key_file_verify(f.crypto, &f.keys, &f.file));
        f.file.municipalities[0].made.persons = 300;
        EXPECT_OK(key_file_write(f.crypto, &f.keys, &f.places, &f.file));
        EXPECT_OK(key_file_read(&f.places, &f.file, &spoilt));
        EXPECT_OK(key_file_verify(f.crypto, &f.keys, &f.file));
        EXPECT(f.file.format == 3 && f.file.municipalities[0].made.persons == 300);
        EXPECT_OK(key_file_get_municipality(f.crypto, &f.keys, &f.file, 0, &read));
        EXPECT(crypto_equal(&read.key, &before.key, sizeof read.key) && read.former_epoch == 0);
        /* Whoever signed in by a name before still does, whichever epoch comes. */
        EXPECT(crypto_equal(&read.name_index, &before.epoch_index, sizeof read.key));
    }
}

TEST(a_municipalitys_key_opens_in_its_own_row_only)
{
    FIXTURE(f);
    Municipality made, read;
    EXPECT_OK(municipality_make(f.crypto, MODE_TEST, (Id){{8}}, &made));
    EXPECT_OK(key_file_put_municipality(f.crypto, &f.keys, &f.file, &made));
    EXPECT_OK(key_file_get_municipality(f.crypto, &f.keys, &f.file, 1, &read));
    EXPECT(crypto_equal(&read.key, &made.key, sizeof made.key));
    memcpy(f.file.municipalities[1].wrapped, f.file.municipalities[0].wrapped, MUNICIPALITY_WRAPPED_BYTES);
    EXPECT_ERR(key_file_get_municipality(f.crypto, &f.keys, &f.file, 1, &read), E_FORGED);
}

/* What a power cut in the middle of an overwrite leaves: new bytes, then old ones. */
static void tear(Fixture *f, const char *path, size_t at)
{
    Str old;
    KeyFile *next = NULL;
    Str fresh;
    EXPECT_OK(file_read(path, KEY_FILE_MAX, f->arena, &old));
    EXPECT_OK(ARENA_NEW(f->arena, KeyFile, 1, &next));
    *next = f->file;
    next->sequence++;
    EXPECT_OK(key_file_encode(f->crypto, &f->keys, next, f->arena, &fresh));
    Buf mixed = buf_new(f->arena, KEY_FILE_MAX);
    Str content;
    buf_add(&mixed, str_slice(fresh, 0, at));
    buf_add(&mixed, str_slice(old, at, old.length));
    EXPECT_OK(buf_done(&mixed, &content));
    EXPECT_OK(file_overwrite(path, content));
}

TEST(a_torn_copy_is_passed_over_and_written_anew_before_the_whole_one)
{
    FIXTURE(f);
    for (int turn = 0; turn < 4; turn++) {
        size_t mark = arena_mark(f.arena);
        size_t spoilt = 0;
        tear(&f, turn % 2 ? f.second : f.first, 100 + (size_t)turn * 100);
        EXPECT_OK(key_file_read(&f.places, &f.file, &spoilt));
        EXPECT(spoilt == 1 && f.file.sequence == (uint64_t)turn + 1);
        EXPECT_OK(key_file_write(f.crypto, &f.keys, &f.places, &f.file));
        EXPECT_OK(key_file_read(&f.places, &f.file, &spoilt));
        EXPECT(spoilt == 0 && f.file.sequence == (uint64_t)turn + 2);
        EXPECT_OK(key_file_verify(f.crypto, &f.keys, &f.file));
        arena_rewind(f.arena, mark);
    }
}

TEST(without_a_whole_copy_the_agent_does_not_start)
{
    FIXTURE(f);
    size_t spoilt;
    tear(&f, f.first, 200);
    tear(&f, f.second, 300);
    EXPECT_ERR(key_file_read(&f.places, &f.file, &spoilt), E_MALFORMED);
    unlink(f.first);
    unlink(f.second);
    EXPECT_ERR(key_file_read(&f.places, &f.file, &spoilt), E_NOT_FOUND);
}

TEST(the_last_whole_copy_stays_when_the_other_cannot_be_written)
{
    FIXTURE(f);
    size_t spoilt;
    f.places.paths[0] = "/nowhere/key-file";
    EXPECT(!is_ok(key_file_write(f.crypto, &f.keys, &f.places, &f.file)));
    EXPECT_OK(key_file_read(&f.places, &f.file, &spoilt));
    EXPECT(spoilt == 1 && f.file.sequence == 1);
}

TEST(existing_keys_are_never_overwritten_by_new_ones)
{
    FIXTURE(f);
    const MakeOptions make = {.mode = MODE_TEST, .custodians = 3, .threshold = 2};
    EXPECT_ERR(keys_make(f.crypto, &make, &f.places, f.shares), E_DUPLICATE);
}

TEST(production_keys_need_two_custodians_and_two_copies)
{
    FIXTURE(f);
    MakeOptions make = {.mode = MODE_PRODUCTION, .custodians = 3, .threshold = 1};
    EXPECT_ERR(keys_make(f.crypto, &make, &f.places, f.shares), E_MODE);
    make.threshold = 2;
    f.places.count = 1;
    EXPECT_ERR(keys_make(f.crypto, &make, &f.places, f.shares), E_MODE);
}

TEST(a_share_file_opens_with_its_own_passphrase_only)
{
    FIXTURE(f);
    AUTO(passwords_freep) Passwords *passwords = NULL;
    uint8_t bytes[SHARE_FILE_BYTES];
    CustodianShares read;
    const Str file = str_from_bytes(bytes, sizeof bytes);
    EXPECT_OK(passwords_new(f.crypto, &passwords));
    EXPECT_ERR(share_file_encode(f.crypto, passwords, STR("too short"), &f.shares[0], bytes), E_RANGE);
    EXPECT_OK(share_file_encode(f.crypto, passwords, STR("a long enough one"), &f.shares[0], bytes));
    EXPECT_ERR(share_file_decode(f.crypto, passwords, STR("another long one"), file, &read), E_WRONG_SHARE);
    EXPECT_OK(share_file_decode(f.crypto, passwords, STR("a long enough one"), file, &read));
    EXPECT(memcmp(read.root, f.shares[0].root, SHARE_BYTES) == 0);
    bytes[9] ^= 1;
    EXPECT_ERR(share_file_decode(f.crypto, passwords, STR("a long enough one"), file, &read), E_WRONG_SHARE);
    EXPECT_ERR(share_file_decode(f.crypto, passwords, STR("a long enough one"), STR("?"), &read), E_MALFORMED);
}

TEST(a_share_file_opens_whichever_keyboard_its_passphrase_is_typed_on)
{
    /* Sealed under the decomposed letters, as was done before they were composed. */
    static const uint8_t former[SHARE_FILE_BYTES] = {
        0x53, 0x4c, 0x53, 0x48, 0x41, 0x52, 0x45, 0x01, 0x03, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e,
        0x0f, 0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9d, 0x9e, 0x9f, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x78, 0x0c, 0xbf, 0x8a, 0x48, 0x39, 0x0a, 0x52, 0xe2, 0x59, 0xd3, 0x36, 0xbe, 0x69, 0x4d, 0xc0,
        0xf6, 0x68, 0x04, 0xe3, 0x6e, 0x31, 0x81, 0xf2, 0x64, 0xf9, 0xac, 0x9b, 0xad, 0x41, 0x95, 0xc2, 0x14, 0x1b, 0xde, 0x1a, 0xee, 0xe2, 0x34, 0x31,
        0xd0, 0x43, 0x0c, 0xf1, 0x60, 0x03, 0xa7, 0x57, 0x46, 0x51, 0xb1, 0xd6, 0x1b, 0xc6, 0x81, 0x93, 0xb6, 0x53, 0x9e, 0x4e, 0x4c, 0x35, 0xc5, 0xf5,
        0x7e, 0x91, 0x0e, 0xc1, 0xe8, 0x41, 0xb8, 0xdc, 0x4a, 0xa8, 0x43, 0x7b, 0x0a, 0xb7, 0xda, 0x54, 0xa6, 0xdc, 0x7d, 0x5b, 0x65, 0x07, 0x1c, 0xd0,
        0xfe, 0x12, 0x4f, 0xa8, 0x58, 0x60, 0x53, 0x21, 0x10, 0xfa, 0x15, 0x27, 0xfa, 0x34, 0x75, 0xd8, 0xcf, 0xfa, 0xa2, 0x0e, 0x04, 0xc0, 0xd1, 0xe3,
        0xf0, 0x1f, 0xec, 0xee, 0x91, 0xa9, 0xf1, 0xb6, 0xeb, 0x28, 0x8f, 0x81, 0xf6, 0x97, 0x6c, 0x43, 0x82, 0x2f, 0xbb, 0x63, 0x56, 0x09, 0x3d, 0xe8,
        0x64, 0x42, 0xcf, 0x6d, 0x1a, 0x33, 0xf4, 0x53,
    };
    const Str composed = STR("a l\xC3\xA5ng enough one"), decomposed = STR("a la\xCC\x8Ang enough one");
    FIXTURE(f);
    AUTO(passwords_freep) Passwords *passwords = NULL;
    uint8_t bytes[SHARE_FILE_BYTES];
    CustodianShares read;

    EXPECT_OK(passwords_new(f.crypto, &passwords));
    EXPECT_OK(share_file_encode(f.crypto, passwords, decomposed, &f.shares[0], bytes));
    EXPECT_ERR(share_file_decode(f.crypto, passwords, STR("a lang enough one"), str_from_bytes(bytes, sizeof bytes), &read),
               E_WRONG_SHARE);
    EXPECT_OK(share_file_decode(f.crypto, passwords, composed, str_from_bytes(bytes, sizeof bytes), &read));
    EXPECT_OK(share_file_decode(f.crypto, passwords, decomposed, str_from_bytes(former, sizeof former), &read));
    EXPECT_OK(share_file_decode(f.crypto, passwords, composed, str_from_bytes(former, sizeof former), &read));
}

static enum err_id give(Fixture *f, Agent *agent, Id custodian, const uint8_t *share)
{
    Buf packet = buf_new(f->arena, 128);
    AgentAnswer answer;
    Str bytes;
    wire_begin(&packet, MESSAGE_UNSEAL_SHARE, E_OK);
    buf_add_bytes(&packet, custodian.bytes, ID_BYTES);
    buf_add_bytes(&packet, share, SHARE_BYTES);
    EXPECT_OK(buf_done(&packet, &bytes));
    EXPECT_OK(agent_answer(agent, bytes, f->arena, &answer));
    return answer.error.id;
}

TEST(one_custodian_with_two_shares_does_not_count_as_two)
{
    FIXTURE(f);
    AUTO(agent_freep) Agent *agent = NULL;
    const AgentOptions options = {.crypto = f.crypto, .world = &f.world, .places = f.places};
    f.file.custodians[1].id = f.file.custodians[0].id;
    EXPECT_OK(key_file_write(f.crypto, &f.keys, &f.places, &f.file));
    EXPECT_OK(agent_new(&options, &agent));
    EXPECT(give(&f, agent, f.shares[0].custodian, f.shares[0].root) == E_OK);
    EXPECT(give(&f, agent, f.shares[0].custodian, f.shares[1].root) == E_SAME_CUSTODIAN);
    EXPECT(agent_is_sealed(agent));
    EXPECT(give(&f, agent, f.shares[2].custodian, f.shares[2].root) == E_OK);
    EXPECT(!agent_is_sealed(agent));
}

TEST(a_ceiling_is_not_to_be_set_in_production_and_a_mode_cannot_be_changed)
{
    FIXTURE(f);
    AUTO(agent_freep) Agent *agent = NULL;
    AgentOptions options = {.crypto = f.crypto, .world = &f.world, .places = f.places};
    f.file.mode = MODE_PRODUCTION;
    EXPECT_OK(key_file_write(f.crypto, &f.keys, &f.places, &f.file));
    EXPECT_OK(agent_new(&options, &agent));
    EXPECT_ERR(agent_set_ceiling(agent, STR("read-grant-hour"), 1000), E_MODE);
    EXPECT(give(&f, agent, f.shares[0].custodian, f.shares[0].root) == E_OK);
    EXPECT(give(&f, agent, f.shares[1].custodian, f.shares[1].root) == E_FORGED);
    EXPECT(agent_is_sealed(agent));
}

RUN_TESTS("key_file")
