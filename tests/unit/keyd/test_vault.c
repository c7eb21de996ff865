/* Scope keys and blind indexes of one municipality.
 * Must not need a socket.
 * Called by meson test. */
#include "support/test.h"

#include "keyd/vault.h"

static Err counted(void *self, void *ret_bytes, size_t length)
{
    uint8_t *counter = self;
    for (size_t i = 0; i < length; i++)
        ((uint8_t *)ret_bytes)[i] = (*counter)++;
    (*counter) = (uint8_t)(*counter + 7);
    return ok();
}

typedef struct Fixture {
    uint8_t counter;
    World world;
    Crypto *crypto;
    Municipality here, there;
    Scope scope;
    WrappedKey wrapped;
} Fixture;

static const Id the_log = {{3}};

#define PLACE(m, k, i) ((ScopePlace){.municipality = &(m), .kind = (k), .id = (i)})

static void fixture_done(Fixture *f)
{
    crypto_free(f->crypto);
}

#define FIXTURE(f)                                                                                              \
    AUTO(fixture_done) Fixture f = {0};                                                                         \
    f.world = (World){.self = &f.counter, .random = counted};                                                   \
    EXPECT_OK(crypto_new(&f.world, &f.crypto));                                                                 \
    EXPECT_OK(municipality_make(f.crypto, MODE_TEST, (Id){{1}}, &f.here));                                      \
    EXPECT_OK(municipality_make(f.crypto, MODE_TEST, (Id){{2}}, &f.there));                                     \
    EXPECT_OK(scope_make(f.crypto, &f.here, ((IndexedBy){INDEX_NATIONAL_ID, STR("12345678901")}), &f.scope));     \
    EXPECT_OK(scope_wrap(f.crypto, &PLACE(f.here, SCOPE_LOG, the_log), &f.scope, &f.wrapped));                         \
    __attribute__((unused)) const Str wrapped = str_from_bytes(f.wrapped.bytes, WRAPPED_BYTES)

TEST(a_wrapped_key_opens_at_no_other_place)
{
    FIXTURE(f);
    Scope scope;
    EXPECT_ERR(scope_open(f.crypto, &PLACE(f.there, SCOPE_LOG, the_log), wrapped, &scope), E_FORGED);
    EXPECT_ERR(scope_open(f.crypto, &PLACE(f.here, SCOPE_PERSON, the_log), wrapped, &scope), E_FORGED);
    EXPECT_ERR(scope_open(f.crypto, &PLACE(f.here, SCOPE_LOG, (Id){{4}}), wrapped, &scope), E_FORGED);
    f.here.epoch = 2;
    EXPECT_ERR(scope_open(f.crypto, &PLACE(f.here, SCOPE_LOG, the_log), wrapped, &scope), E_STALE);
    f.here.epoch = 1;
    f.here.mode = MODE_PRODUCTION;
    EXPECT_ERR(scope_open(f.crypto, &PLACE(f.here, SCOPE_LOG, the_log), wrapped, &scope), E_FORGED);
}

TEST(a_wrapped_key_opens_at_its_own_place)
{
    FIXTURE(f);
    Scope scope;
    EXPECT_OK(scope_open(f.crypto, &PLACE(f.here, SCOPE_LOG, the_log), wrapped, &scope));
    EXPECT(crypto_equal(&scope.key, &f.scope.key, sizeof(Key)) && scope.has_inner);
}

TEST(a_wrapped_key_with_any_bit_flipped_does_not_open)
{
    FIXTURE(f);
    Scope scope;
    for (size_t bit = 0; bit < WRAPPED_BYTES * 8; bit++) {
        f.wrapped.bytes[bit / 8] = (uint8_t)(f.wrapped.bytes[bit / 8] ^ 1u << bit % 8);
        EXPECT(!is_ok(scope_open(f.crypto, &PLACE(f.here, SCOPE_LOG, the_log), wrapped, &scope)));
        f.wrapped.bytes[bit / 8] = (uint8_t)(f.wrapped.bytes[bit / 8] ^ 1u << bit % 8);
    }
}

TEST(a_number_is_found_by_its_index_in_its_own_municipality_only)
{
    FIXTURE(f);
    BlindIndex index = {0};
    EXPECT_OK(municipality_index(f.crypto, &f.there, (IndexedBy){INDEX_NATIONAL_ID, STR("12345678901")}, &index));
    EXPECT(memcmp(index.present, f.wrapped.index, INDEX_BYTES) != 0);
    EXPECT_OK(municipality_index(f.crypto, &f.here, (IndexedBy){INDEX_USER_NAME, STR("12345678901")}, &index));
    EXPECT(memcmp(index.present, f.wrapped.index, INDEX_BYTES) != 0);
    EXPECT_OK(municipality_index(f.crypto, &f.here, (IndexedBy){INDEX_NATIONAL_ID, STR("12345678901")}, &index));
    EXPECT(memcmp(index.present, f.wrapped.index, INDEX_BYTES) == 0);
}

TEST(while_an_epoch_is_turned_both_open_and_a_text_is_found_at_both_places)
{
    FIXTURE(f);
    const IndexedBy number = {INDEX_NATIONAL_ID, STR("12345678901")}, name = {INDEX_USER_NAME, STR("kari")};
    Scope scope, renewed;
    WrappedKey again;
    BlindIndex index = {0}, before = {0};
    EXPECT_OK(municipality_index(f.crypto, &f.here, name, &before));
    EXPECT_OK(municipality_turn(f.crypto, 5000, &f.here));
    EXPECT_ERR(municipality_turn(f.crypto, 6000, &f.here), E_DUPLICATE);
    EXPECT(f.here.epoch == 2 && f.here.former_epoch == 1 && f.here.turned_at == 5000);
    EXPECT_OK(scope_open(f.crypto, &PLACE(f.here, SCOPE_LOG, the_log), wrapped, &scope));
    EXPECT_OK(scope_wrap(f.crypto, &PLACE(f.here, SCOPE_LOG, the_log), &scope, &again));
    EXPECT_OK(scope_open(f.crypto, &PLACE(f.here, SCOPE_LOG, the_log), str_from_bytes(again.bytes, WRAPPED_BYTES), &renewed));
    EXPECT(crypto_equal(&renewed.key, &f.scope.key, sizeof(Key)));
    EXPECT_OK(municipality_index(f.crypto, &f.here, number, &index));
    EXPECT(again.epoch == 2 && memcmp(index.present, again.index, INDEX_BYTES) == 0);
    EXPECT(memcmp(index.former, f.wrapped.index, INDEX_BYTES) == 0 && memcmp(again.former, f.wrapped.index, INDEX_BYTES) == 0);
    EXPECT(memcmp(index.present, index.former, INDEX_BYTES) != 0);
    EXPECT_OK(municipality_index(f.crypto, &f.here, name, &index));
    EXPECT(memcmp(index.name, before.name, INDEX_BYTES) == 0 && memcmp(index.present, before.present, INDEX_BYTES) != 0);
}

TEST(when_an_epoch_is_over_nothing_of_it_opens_or_is_found)
{
    FIXTURE(f);
    Scope scope;
    BlindIndex index = {0};
    EXPECT_OK(municipality_turn(f.crypto, 5000, &f.here));
    municipality_turned(&f.here);
    EXPECT(f.here.former_epoch == 0 && crypto_equal(&f.here.former_key, &(Key){0}, sizeof(Key)) &&
           crypto_equal(&f.here.former_index, &(Key){0}, sizeof(Key)));
    EXPECT_ERR(scope_open(f.crypto, &PLACE(f.here, SCOPE_LOG, the_log), wrapped, &scope), E_STALE);
    EXPECT_OK(municipality_index(f.crypto, &f.here, (IndexedBy){INDEX_NATIONAL_ID, STR("12345678901")}, &index));
    EXPECT(memcmp(index.present, f.wrapped.index, INDEX_BYTES) != 0 && memcmp(index.present, index.former, INDEX_BYTES) == 0);
}

TEST(a_list_gets_the_header_sub_key_and_never_the_whole_key)
{
    FIXTURE(f);
    Key got, header;
    EXPECT_ERR(scope_key_for(f.crypto, &f.scope, PURPOSE_IMPORT, &got), E_RANGE);
    EXPECT_ERR(scope_key_for(f.crypto, &f.scope, (Purpose)99, &got), E_RANGE);
    EXPECT_OK(crypto_derive(f.crypto, &f.scope.key, LABEL_HEADER, &header));
    EXPECT_OK(scope_key_for(f.crypto, &f.scope, PURPOSE_HEADER, &got));
    EXPECT(crypto_equal(&got, &header, sizeof got));
    EXPECT_OK(scope_key_for(f.crypto, &f.scope, PURPOSE_READ, &got));
    EXPECT(crypto_equal(&got, &f.scope.key, sizeof got));
}

RUN_TESTS("vault")
