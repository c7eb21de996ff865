/* Fuzz target: the encoding that gets sealed is read exactly as it would be written, and bytes that nobody sealed never open.
 * The first byte chooses which of the two.
 * Built by `make fuzz`; its corpus is replayed by the tests. */
#include <stdlib.h>

#include "crypto/crypto.h"
#include "domain/fields.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void read_values(Str sealed, Arena *arena)
{
    Buf buf = buf_new(arena, sealed.length);
    Str again = STR_NONE;
    Values values;

    if (!is_ok(values_decode(sealed, &values)))
        return;
    values_encode(&buf, &values);
    if (!is_ok(buf_done(&buf, &again)) || !str_equal(sealed, again))
        abort();
}

static Err no_randomness(void *self, void *ret_bytes, size_t length)
{
    (void)self, (void)ret_bytes, (void)length;
    return fail(E_IO);
}

static Crypto *opener(void)
{
    static const World world = {.random = no_randomness};
    static Crypto *crypto;

    if (!crypto && !is_ok(crypto_new(&world, &crypto)))
        abort();
    return crypto;
}

static void open_forged(Str sealed, Arena *arena)
{
    static const SealContext context = {.mode = MODE_TEST, .tenant = {{1}}, .table = SEAL_TABLE_ENTRY, .column = SEAL_COLUMN_BODY,
                                        .row = {{2}}, .version = 3, .scope = {{4}}};
    static const Key key = {{9, 8, 7}};
    uint32_t generation;
    uint8_t tag[16];
    Str plain = STR_NONE;

    if (is_ok(crypto_open(opener(), &(Sealing){.key = &key, .context = context}, sealed, arena, &plain)))
        abort();
    Err named = sealed_generation(sealed, &generation);
    Err tagged = sealed_tag(sealed, tag);
    if (is_ok(named) && !is_ok(tagged))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    AUTO(arena_freep) Arena *arena = NULL;

    if (length < 1 || length > 65536 || !is_ok(arena_new((size_t)1 << 20, &arena)))
        return 0;
    Str rest = str_from_bytes(bytes + 1, length - 1);
    if (bytes[0] & 1)
        open_forged(rest, arena);
    else
        read_values(rest, arena);
    return 0;
}
