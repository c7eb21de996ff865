/* Fuzz target: whatever the bytes are, what the escaper writes holds no character that could end its place.
 * Must not need anything but base and html.
 * Built by `make fuzz`; its corpus is replayed by the tests. */
#include <stdlib.h>
#include <string.h>

#include "html/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void expect_harmless(Str page)
{
    if (!utf8_valid(page))
        abort();
    for (size_t i = 0; i < page.length; i++)
        if (strchr("<>\"'\r", page.data[i]))
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str text = str_from_bytes(bytes, length);
    Str page;

    if (length > 4096 || !is_ok(arena_new((size_t)1 << 20, &arena)))
        return 0;
    Html html = html_new(arena, (size_t)256 << 10);
    html_text(&html, text);
    html_path_segment(&html, text);
    html_url(&html, (Url){text});
    if (is_ok(html_done(&html, &page)))
        expect_harmless(page);
    return 0;
}
