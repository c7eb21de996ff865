/* Sealing, hashing, sharing, one-time codes and passwords: vectors of the standards, and every refusal.
 * Must not touch the network or the disk.
 * Called by meson test. */
#include "support/test.h"
#include "support/world.h"

#include "crypto/password.h"
#include "crypto/shamir.h"
#include "crypto/totp.h"

typedef struct Fixture {
    TestWorld test;
    World world;
    Crypto *crypto;
} Fixture;

static void fixture_done(Fixture *f)
{
    crypto_free(f->crypto);
}

#define FIXTURE(f)                                                                        \
    AUTO(fixture_done) Fixture f = {0};                                                   \
    f.world = test_world(&f.test);                                                       \
    EXPECT_OK(crypto_new(&f.world, &f.crypto))

static const SealContext here = {.mode = MODE_TEST,
                                 .tenant = {{1}},
                                 .table = SEAL_TABLE_ENTRY,
                                 .column = SEAL_COLUMN_BODY,
                                 .row = {{2}},
                                 .version = 3,
                                 .scope = {{4}}};
static const Key a_key = {{9, 8, 7}};

TEST(a_sealed_value_opens_under_its_key_at_its_place)
{
    FIXTURE(f);
    TEST_ARENA(arena);
    for (size_t length = 0; length < 3000; length += 61) {
        char text[3000];
        Str sealed, plain;
        memset(text, 'x', sizeof text);
        EXPECT_OK(crypto_seal(f.crypto, &(Sealing){.key = &a_key, .context = here, .padding = PAD_TEXT}, str_from_bytes(text, length), arena, &sealed));
        EXPECT(sealed.length == sealed_size(PAD_TEXT, length));
        EXPECT_OK(crypto_open(f.crypto, &(Sealing){.key = &a_key, .context = here}, sealed, arena, &plain));
        EXPECT(str_equal(plain, str_from_bytes(text, length)));
    }
}

TEST(a_sealed_value_with_any_bit_flipped_does_not_open)
{
    FIXTURE(f);
    TEST_ARENA(arena);
    Str sealed, plain;
    EXPECT_OK(crypto_seal(f.crypto, &(Sealing){.key = &a_key, .context = here, .padding = PAD_TEXT, .generation = 7}, STR("hemmelig"), arena, &sealed));
    for (size_t bit = 0; bit < sealed.length * 8; bit++) {
        char copy[256];
        memcpy(copy, sealed.data, sealed.length);
        copy[bit / 8] = (char)(copy[bit / 8] ^ 1 << bit % 8);
        EXPECT(!is_ok(crypto_open(f.crypto, &(Sealing){.key = &a_key, .context = here}, str_from_bytes(copy, sealed.length), arena, &plain)));
    }
    for (size_t length = 0; length < sealed.length; length++)
        EXPECT(!is_ok(crypto_open(f.crypto, &(Sealing){.key = &a_key, .context = here}, str_slice(sealed, 0, length), arena, &plain)));
}

TEST(a_sealed_value_does_not_open_anywhere_else)
{
    FIXTURE(f);
    TEST_ARENA(arena);
    Str sealed, plain;
    EXPECT_OK(crypto_seal(f.crypto, &(Sealing){.key = &a_key, .context = here, .padding = PAD_TEXT}, STR("hemmelig"), arena, &sealed));
    SealContext others[] = {here, here, here, here, here, here, here};
    others[0].mode = MODE_DEMO;
    others[1].tenant.bytes[15] = 1;
    others[2].table = SEAL_TABLE_DRAFT;
    others[3].column = SEAL_COLUMN_NAME;
    others[4].row.bytes[0] = 0;
    others[5].version = 4;
    others[6].scope.bytes[3] = 1;
    for (size_t i = 0; i < COUNT_OF(others); i++)
        EXPECT_ERR(crypto_open(f.crypto, &(Sealing){.key = &a_key, .context = others[i]}, sealed, arena, &plain), E_FORGED);
    EXPECT_ERR(crypto_open(f.crypto, &(Sealing){.key = &(Key){{1}}, .context = here}, sealed, arena, &plain), E_FORGED);
}

TEST(the_same_text_sealed_under_a_repeated_random_number_at_another_place_has_another_nonce)
{
    FIXTURE(f);
    TEST_ARENA(arena);
    SealContext there = here;
    Str one, two;
    there.version = 4;
    f.test.counter = 0;
    EXPECT_OK(crypto_seal(f.crypto, &(Sealing){.key = &a_key, .context = here, .padding = PAD_TEXT}, STR("a"), arena, &one));
    f.test.counter = 0;
    EXPECT_OK(crypto_seal(f.crypto, &(Sealing){.key = &a_key, .context = there, .padding = PAD_TEXT}, STR("a"), arena, &two));
    EXPECT(memcmp(one.data + 5, two.data + 5, 12) != 0);
}

TEST(sizes_show_only_their_class)
{
    EXPECT(sealed_size(PAD_TEXT, 0) == 64 + 33);
    EXPECT(sealed_size(PAD_TEXT, 60) == 64 + 33);
    EXPECT(sealed_size(PAD_TEXT, 61) == 128 + 33);
    EXPECT(sealed_size(PAD_TEXT, 1020) == 1024 + 33);
    EXPECT(sealed_size(PAD_TEXT, 1021) == 1280 + 33);
    EXPECT(sealed_size(PAD_TEXT, 16380) == 16384 + 33);
    EXPECT(sealed_size(PAD_TEXT, 16381) == 20480 + 33);
    EXPECT(sealed_size(PAD_DOCUMENT, 1) == 65536 + 33);
}

TEST(sha256_hmac_and_hkdf_follow_their_vectors)
{
    FIXTURE(f);
    TEST_ARENA(arena);
    uint8_t out[HASH_BYTES];
    Str wanted;
    EXPECT_OK(sha256(STR("abc"), out));
    EXPECT_OK(hex_decode(arena, STR("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), &wanted));
    EXPECT(crypto_equal(out, wanted.data, HASH_BYTES));
    Key key;
    memset(key.bytes, 0x0b, KEY_BYTES);
    /* Computed with Python's hmac module: key 32 x 0b, "Hi There"; and info "stafettlogg/1/header" | 01. */
    const Str parts[] = {STR("Hi "), STR("There")};
    EXPECT_OK(crypto_hmac(f.crypto, &key, parts, 2, out));
    EXPECT_OK(hex_decode(arena, STR("198a607eb44bfbc69903a0f1cf2bbdc5ba0aa3f3d9ae3c1c7a3b1696a0b68cf7"), &wanted));
    EXPECT(crypto_equal(out, wanted.data, HASH_BYTES));
    Key sub_key;
    EXPECT_OK(crypto_derive(f.crypto, &key, LABEL_HEADER, &sub_key));
    EXPECT_OK(hex_decode(arena, STR("2e23241213a421d1950ad5cbe9336f46516238d8e0db9531528472b6e797a8c9"), &wanted));
    EXPECT(crypto_equal(sub_key.bytes, wanted.data, KEY_BYTES));
}

TEST(an_opener_opens_what_its_key_sealed_and_after_a_forged_value_the_next_one)
{
    FIXTURE(f);
    TEST_ARENA(arena);
    AUTO(opener_freep) Opener *opener = NULL;
    Sealing sealing = {.key = &a_key, .context = here, .padding = PAD_TEXT};
    Str sealed, forged, plain;

    EXPECT_OK(crypto_seal(f.crypto, &sealing, STR("fugl"), arena, &sealed));
    char *bytes = NULL;
    EXPECT_OK(ARENA_NEW(arena, char, sealed.length, &bytes));
    memcpy(bytes, sealed.data, sealed.length);
    bytes[sealed.length - 1] ^= 1;
    forged = str_from_bytes(bytes, sealed.length);
    EXPECT_OK(opener_new(f.crypto, &a_key, &opener));
    sealing.opener = opener;
    for (int turn = 0; turn < 3; turn++) {
        EXPECT_ERR(crypto_open(f.crypto, &sealing, forged, arena, &plain), E_FORGED);
        EXPECT_OK(crypto_open(f.crypto, &sealing, sealed, arena, &plain));
        EXPECT(str_equal(plain, STR("fugl")));
    }
    sealing.context.version++;
    EXPECT_ERR(crypto_open(f.crypto, &sealing, sealed, arena, &plain), E_FORGED);
}

/* Computed with Python's hmac module: around the borders of the hash's blocks, where a MAC that is made wrongly differs. */
TEST(a_mac_follows_its_vectors_at_every_border_of_a_block)
{
    static const struct {
        size_t length;
        const char *mac;
    } vectors[] = {
        {0, "d38b42096d80f45f826b44a9d5607de72496a415d3f4a1a8c88e3bb9da8dc1cb"},
        {1, "9b4c8120a4823a95f47cde17a244f4507244ee6e3957d1fab9fa29b44d3829b7"},
        {55, "9235b85841ac5de56a138513d19d968ab03ad560f109cc50d0ca1d45ea975649"},
        {56, "3ac6771ba5e54c927e77a53bbaa207fd4f833b983ba5f46f6ba247209d8f0051"},
        {63, "9eca4516cc94e7c95c497f0754a2608d66568f6d2cb825ee522fd2a35c5709bd"},
        {64, "eb032e147af63d45556887f946cae6c41b085e6ae9baa2849752531455b95aed"},
        {65, "d3479b8b8e2feb5781ffa330c617c48c6fe950c5d5f0d43e637eb432e32ecd38"},
        {119, "2921825f2e03a19a3cb88d627dc379adc8c6f3ea1f1c89e7e8fbfebdeaa81589"},
        {120, "3a8f7ffaea211851016d60c83e59df1c60586d648b491cb3a842af1c40f717eb"},
        {128, "5b2f9aee20efabe1333308b8ef25d3f8fc8ff9365915e545b10cf67e1e92a735"},
        {300, "92648457e6608756995203367d034f9adfe8c1cfb08508e8017bb315c052e69a"},
    };
    FIXTURE(f);
    TEST_ARENA(arena);
    uint8_t text[300], out[HASH_BYTES];
    Str wanted;
    Key key;

    for (size_t i = 0; i < KEY_BYTES; i++)
        key.bytes[i] = (uint8_t)i;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (uint8_t)(7 * i + 1);
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        size_t half = vectors[i].length / 2;
        const Str parts[] = {str_from_bytes(text, half), str_from_bytes(text + half, vectors[i].length - half)};
        EXPECT_OK(crypto_hmac(f.crypto, &key, parts, COUNT_OF(parts), out));
        EXPECT_OK(hex_decode(arena, str_from_c(vectors[i].mac), &wanted));
        EXPECT(crypto_equal(out, wanted.data, HASH_BYTES));
    }
}

TEST(no_two_labels_share_a_sub_key)
{
    FIXTURE(f);
    Key keys[LABEL_COUNT];
    for (int i = 0; i < LABEL_COUNT; i++) {
        EXPECT_OK(crypto_derive(f.crypto, &a_key, (KeyLabel)i, &keys[i]));
        for (int j = 0; j < i; j++)
            EXPECT(!crypto_equal(&keys[i], &keys[j], sizeof(Key)));
    }
}

TEST(a_signature_fits_its_message_and_key_only)
{
    uint8_t public_key[32], other[32], signature[SIGNATURE_BYTES];
    EXPECT_OK(signature_public(&a_key, public_key));
    EXPECT_OK(signature_public(&(Key){{1}}, other));
    EXPECT_OK(signature_make(&a_key, STR("head"), signature));
    EXPECT_ERR(signature_verify(public_key, STR("heat"), signature), E_FORGED);
    EXPECT_ERR(signature_verify(other, STR("head"), signature), E_FORGED);
    EXPECT_OK(signature_verify(public_key, STR("head"), signature));
    signature[0] ^= 1;
    EXPECT_ERR(signature_verify(public_key, STR("head"), signature), E_FORGED);
}

TEST(a_box_opens_with_the_private_half_at_its_place_only)
{
    FIXTURE(f);
    uint8_t public_key[32], box[5 + BOX_OVERHEAD], plain[5];
    EXPECT_OK(box_public(&a_key, public_key));
    EXPECT_OK(box_seal(f.crypto, public_key, STR("epoch 1"), STR("abcde"), box));
    EXPECT_ERR(box_open(f.crypto, &a_key, STR("epoch 2"), str_from_bytes(box, sizeof box), plain), E_FORGED);
    EXPECT_ERR(box_open(f.crypto, &(Key){{1}}, STR("epoch 1"), str_from_bytes(box, sizeof box), plain), E_FORGED);
    EXPECT_OK(box_open(f.crypto, &a_key, STR("epoch 1"), str_from_bytes(box, sizeof box), plain));
    EXPECT(memcmp(plain, "abcde", 5) == 0);
}

TEST(every_threshold_subset_joins_to_the_key_and_every_smaller_one_is_refused)
{
    FIXTURE(f);
    for (uint8_t count = 1; count <= SHARES_MAX; count++)
        for (uint8_t threshold = 1; threshold <= count; threshold++) {
            Share all[SHARES_MAX];
            EXPECT_OK(shamir_split(f.crypto, &a_key, (ShareSet){.id = {{5}}, .threshold = threshold, .count = count}, all));
            for (unsigned subset = 1; subset < 1u << count; subset++) {
                Share some[SHARES_MAX];
                size_t n = 0;
                Key key;
                for (unsigned s = 0; s < count; s++)
                    if (subset >> s & 1)
                        some[n++] = all[s];
                if (n != threshold) {
                    EXPECT_ERR(shamir_join(some, n, &key), E_WRONG_SHARE);
                    continue;
                }
                EXPECT_OK(shamir_join(some, n, &key));
                EXPECT(crypto_equal(&key, &a_key, sizeof key));
            }
        }
}

TEST(a_share_of_another_set_or_twice_the_same_is_refused)
{
    FIXTURE(f);
    Share all[SHARES_MAX];
    Key key;
    EXPECT_OK(shamir_split(f.crypto, &a_key, (ShareSet){.id = {{5}}, .threshold = 2, .count = 3}, all));
    EXPECT_ERR(shamir_join((Share[]){all[0], all[0]}, 2, &key), E_WRONG_SHARE);
    all[1].set.bytes[0] = 6;
    EXPECT_ERR(shamir_join(all, 2, &key), E_WRONG_SHARE);
}

TEST(an_encoded_share_with_any_bit_flipped_is_refused)
{
    FIXTURE(f);
    Share all[SHARES_MAX], back;
    uint8_t bytes[SHARE_BYTES];
    EXPECT_OK(shamir_split(f.crypto, &a_key, (ShareSet){.id = {{5}}, .threshold = 2, .count = 3}, all));
    EXPECT_OK(share_encode(&all[1], bytes));
    for (size_t bit = 0; bit < SHARE_BYTES * 8; bit++) {
        bytes[bit / 8] = (uint8_t)(bytes[bit / 8] ^ 1u << bit % 8);
        EXPECT_ERR(share_decode(str_from_bytes(bytes, SHARE_BYTES), &back), E_WRONG_SHARE);
        bytes[bit / 8] = (uint8_t)(bytes[bit / 8] ^ 1u << bit % 8);
    }
    EXPECT_OK(share_decode(str_from_bytes(bytes, SHARE_BYTES), &back));
    EXPECT(back.index == 2 && back.threshold == 2 && memcmp(back.value, all[1].value, KEY_BYTES) == 0);
}

TEST(one_time_codes_follow_rfc_6238)
{
    static const struct {
        int64_t seconds;
        const char *code;
    } vectors[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
                   {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
    const uint8_t *secret = (const uint8_t *)"12345678901234567890";
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        int64_t step = 0;
        EXPECT_OK(totp_check(secret, str_from_c(vectors[i].code), vectors[i].seconds * 1000, &step));
        EXPECT(step == vectors[i].seconds / 30);
    }
}

TEST(a_one_time_code_lives_one_step_early_or_late_and_no_longer)
{
    const uint8_t *secret = (const uint8_t *)"12345678901234567890";
    int64_t step = 0;
    EXPECT_ERR(totp_check(secret, STR("287082"), (59 + 61) * 1000, &step), E_NO_SESSION);
    EXPECT_ERR(totp_check(secret, STR("28708"), 59000, &step), E_MALFORMED);
    EXPECT_ERR(totp_check(secret, STR("28708x"), 59000, &step), E_MALFORMED);
    EXPECT_OK(totp_check(secret, STR("287082"), (59 + 30) * 1000, &step));
    EXPECT(step == 1);
    EXPECT_OK(totp_check(secret, STR("287082"), 29000, &step));
    EXPECT(step == 1);
}

TEST(a_password_fits_its_hash_only_and_a_decoy_fits_none)
{
    FIXTURE(f);
    AUTO(passwords_freep) Passwords *passwords = NULL;
    PasswordHash hash, decoy;
    EXPECT_OK(passwords_new(f.crypto, &passwords));
    EXPECT_ERR(password_hash(passwords, STR("for kort"), &hash), E_RANGE);
    EXPECT_ERR(password_hash(passwords, STR("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), &hash), E_BAD_UTF8);
    EXPECT_OK(password_hash(passwords, STR("en lang og god setning"), &hash));
    EXPECT_ERR(password_verify(passwords, STR("en lang og god setninG"), &hash), E_NO_SESSION);
    EXPECT_OK(password_verify(passwords, STR("en lang og god setning"), &hash));
    EXPECT_OK(password_decoy(passwords, &decoy));
    EXPECT_ERR(password_verify(passwords, STR("en lang og god setning"), &decoy), E_NO_SESSION);
    EXPECT(!password_outdated(&hash));
    hash.bytes[0] = 2;
    EXPECT_ERR(password_verify(passwords, STR("en lang og god setning"), &hash), E_MALFORMED);
}

TEST(a_one_time_code_is_right_however_an_app_shows_it_and_a_keyboard_writes_it)
{
    static const char *const typed[] = {"287 082", " 287082\n", "287-082", "287\xC2\xA0" "082",
                                        "\xD9\xA2\xD9\xA8\xD9\xA7\xD9\xA0\xD9\xA8\xD9\xA2"};
    const uint8_t *secret = (const uint8_t *)"12345678901234567890";
    char endless[4096];

    for (size_t i = 0; i < COUNT_OF(typed); i++) {
        int64_t step = 0;
        EXPECT_OK(totp_check(secret, str_from_c(typed[i]), 59000, &step));
        EXPECT(step == 1);
    }
    memset(endless, ' ', sizeof endless);
    int64_t untouched = 7;
    EXPECT_ERR(totp_check(secret, str_from_bytes(endless, sizeof endless), 59000, &untouched), E_MALFORMED);
    EXPECT_ERR(totp_check(secret, STR("287082\xFF"), 59000, &untouched), E_MALFORMED);
    EXPECT(untouched == 7);
}

#define COMPOSED STR("en l\xC3\xA5ng og god setning")
#define DECOMPOSED STR("en la\xCC\x8Ang og god setning")

TEST(a_password_fits_its_hash_whichever_keyboard_it_is_typed_on)
{
    FIXTURE(f);
    AUTO(passwords_freep) Passwords *passwords = NULL;
    PasswordHash hash;

    EXPECT_OK(passwords_new(f.crypto, &passwords));
    EXPECT_OK(password_hash(passwords, COMPOSED, &hash));
    EXPECT_ERR(password_verify(passwords, STR("en lang og god setning"), &hash), E_NO_SESSION);
    EXPECT_OK(password_verify(passwords, DECOMPOSED, &hash));
    EXPECT_OK(password_verify(passwords, COMPOSED, &hash));
}

TEST(a_hash_that_was_made_of_decomposed_letters_still_fits_both)
{
    /* DECOMPOSED, hashed byte by byte as was done before letters were composed. */
    static const PasswordHash former = {{
        0x01, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e,
        0x0f, 0x9b, 0x2e, 0x57, 0x20, 0x6b, 0x73, 0xd8, 0x02, 0x0c, 0x52, 0xcb, 0xa7, 0x34, 0x34, 0x76, 0x1b, 0x3c, 0x6b, 0x89, 0xeb, 0x2d, 0x2b, 0xc4,
        0x4d, 0x47, 0x01, 0xfb, 0xe7, 0x79, 0x9f, 0xe3, 0xb2,
    }};
    FIXTURE(f);
    AUTO(passwords_freep) Passwords *passwords = NULL;

    EXPECT_OK(passwords_new(f.crypto, &passwords));
    EXPECT_ERR(password_verify(passwords, STR("en lang og god setning"), &former), E_NO_SESSION);
    EXPECT_OK(password_verify(passwords, COMPOSED, &former));
    EXPECT_OK(password_verify(passwords, DECOMPOSED, &former));
}

RUN_TESTS("crypto")
