/* Fuzz target: bytes that are taken for what was typed in the wizard are exactly what would be written for it.
 * Must not need a key: sealing is tested elsewhere.
 * Built by `make fuzz`; its corpus is replayed by the tests. */
#include <stdlib.h>

#include "web/form/typed.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str sent = str_from_bytes(bytes, length);
    Str again = STR_NONE;
    Typed typed = {0};

    if (length > 65536 || !is_ok(arena_new((size_t)1 << 20, &arena)) || !is_ok(typed_decode(sent, &typed)))
        return 0;
    Buf buf = buf_new(arena, length);
    typed_encode(&buf, &typed);
    if (!is_ok(buf_done(&buf, &again)) || !str_equal(sent, again))
        abort();
    return 0;
}
