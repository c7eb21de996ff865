/* Fuzz target: texts of bytes that are taken (base32, base64url, hexadecimal, ids) have one meaning, which survives being written
 * and read again; a one-time code that is taken has six digits.
 * Must not need anything but base and crypto.
 * Built by `make fuzz`; its corpus is replayed by the tests. */
#include <stdlib.h>

#include "base/id.h"
#include "crypto/totp.h"

#define START INT64_C(1795478400000)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

typedef Err (*Decode)(Arena *keep, Str text, Str *ret_bytes);

static void there_and_back(Decode decode, void (*add)(Buf *buf, Str bytes), Str text, bool exact, Arena *arena)
{
    Str meant = STR_NONE, written = STR_NONE, again = STR_NONE;
    Buf buf = buf_new(arena, (size_t)4 << 20);

    if (!is_ok(decode(arena, text, &meant)))
        return;
    add(&buf, meant);
    if (!is_ok(buf_done(&buf, &written)) || !is_ok(decode(arena, written, &again)) || !str_equal(meant, again))
        abort();
    /* Where only one spelling is taken, it is this one. */
    if (exact && !str_equal(text, written))
        abort();
}

static void take_code(Str text)
{
    static const uint8_t secret[TOTP_SECRET_BYTES] = {1, 2, 3};
    int64_t step = 0;

    if (!is_ok(totp_check(secret, text, START, &step)))
        return;
    if (text.length != 6 || step < START / TOTP_STEP_MS - 1 || step > START / TOTP_STEP_MS + 1)
        abort();
}

static void take_id(Str text)
{
    char again[ID_TEXT + 1];
    Id id;

    if (!is_ok(id_from_text(text, &id)))
        return;
    id_to_text(id, again);
    if (!str_equal(text, str_from_c(again)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str text = str_from_bytes(bytes, length);

    if (length > 65536 || !is_ok(arena_new((size_t)8 << 20, &arena)))
        return 0;
    there_and_back(base32_decode, buf_add_base32, text, false, arena);
    there_and_back(base64url_decode, buf_add_base64url, text, true, arena);
    there_and_back(hex_decode, buf_add_hex, text, true, arena);
    take_id(text);
    take_code(text);
    return 0;
}
