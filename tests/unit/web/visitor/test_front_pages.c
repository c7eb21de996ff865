/* What the front says by itself: each of its statuses has a page that people can read.
 * Must not start nginx.
 * Run by meson test. */
#include "support/test.h"

#include "web/visitor/front_pages.h"

static bool holds(Str text, Str needle)
{
    for (size_t i = 0; i + needle.length <= text.length; i++)
        if (str_starts(str_slice(text, i, SIZE_MAX), needle))
            return true;
    return false;
}

TEST(no_status_of_the_front_falls_back_to_plain_text)
{
    TEST_ARENA(arena);
    FrontPage pages[FRONT_PAGES];
    Buf out = buf_new(arena, (size_t)1 << 20);
    Str text = STR_NONE;
    FrontOptions options = {.address = "127.0.0.1", .port = 8443, .certificate = "/c", .key = "/k", .socket_path = "/s",
                            .folder = "/f", .asset_root = "/a", .pages = pages, .page_count = FRONT_PAGES};

    EXPECT_OK(front_pages(arena, pages));
    EXPECT_OK(front_write(&options, &out));
    EXPECT_OK(buf_done(&out, &text));
    EXPECT(holds(text, STR("default_type text/html; return 503")));
    EXPECT(!holds(text, STR("default_type text/plain; return")));
    for (size_t i = 0; i < FRONT_PAGES; i++) {
        Str line = STR_NONE;
        EXPECT_OK(str_format(arena, &line, "default_type text/html; return %d ", pages[i].status));
        EXPECT(holds(text, line));
    }
}

RUN_TESTS("front pages")
