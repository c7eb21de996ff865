/* Fuzz target: a document that is taken is text in UTF-8 without NUL, and the same again when it is written and read once
 * more. The first byte chooses the kind.
 * Built by `make fuzz`; its corpus is replayed by the tests. */
#include <stdlib.h>

#include "api/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void expect_sound(const ApiDocument *document, Arena *arena)
{
    Buf json = buf_new(arena, (size_t)1 << 20);
    ApiDocument again;
    Str body = STR_NONE;

    for (uint8_t i = 0; i < document->values.kind->count; i++)
        if (!utf8_valid(document->values.text[i]))
            abort();
    if (!document->good)
        return;
    values_json(&json, &document->values);
    if (!is_ok(buf_done(&json, &body)) || !is_ok(api_read(body, document->values.kind, arena, &again)))
        abort();
    if (!again.good || values_diff(&document->values, &again.values) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    AUTO(arena_freep) Arena *arena = NULL;
    ApiDocument document;

    if (length == 0 || length > 65536 || !is_ok(arena_new((size_t)16 << 20, &arena)))
        return 0;
    const Kind *kind = kind_of(1 + bytes[0] % (KIND_LIMIT - 1));
    if (is_ok(api_read(str_from_bytes(bytes + 1, length - 1), kind, arena, &document)))
        expect_sound(&document, arena);
    return 0;
}
