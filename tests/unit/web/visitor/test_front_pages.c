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

TEST(whoever_sent_too_much_reads_in_three_languages_what_may_be_sent_and_how_to_go_on)
{
    static const char *const told[] = {"ingenting er lagret", "Gå tilbake i nettleseren", "ingenting er lagra", "Gå tilbake i nettlesaren",
                                       "nothing is stored", "Go back in the browser", "10 MB", "To the front page"};
    TEST_ARENA(arena);
    FrontPage pages[FRONT_PAGES];
    uint32_t of_size = 0;

    EXPECT_OK(front_pages(arena, pages));
    for (size_t i = 0; i < FRONT_PAGES; i++) {
        EXPECT(pages[i].html.length <= 2048);
        if (pages[i].status != 413)
            continue;
        of_size++;
        for (size_t j = 0; j < COUNT_OF(told); j++)
            EXPECT(holds(pages[i].html, str_from_c(told[j])));
    }
    EXPECT(of_size == 1);
}

RUN_TESTS("front pages")
