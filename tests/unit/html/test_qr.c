#include "support/test.h"

#include "html/qr.h"

TEST(a_text_that_is_too_long_or_holds_a_nul_is_refused)
{
    TEST_ARENA(arena);
    char text[QR_TEXT_MAX + 1];
    Markup svg = {STR("untouched")};

    for (size_t i = 0; i < sizeof text; i++)
        text[i] = 'a';
    EXPECT_ERR(qr_svg(arena, str_from_bytes(text, sizeof text), STR("kode"), &svg), E_TOO_LARGE);
    EXPECT_ERR(qr_svg(arena, STR("a\0b"), STR("kode"), &svg), E_BAD_UTF8);
    EXPECT_STR(svg.text, "untouched");
}

TEST(the_longest_text_has_a_code)
{
    TEST_ARENA(arena);
    char text[QR_TEXT_MAX];
    Markup svg = {STR_NONE};

    for (size_t i = 0; i < sizeof text; i++)
        text[i] = 'a';
    EXPECT_OK(qr_svg(arena, str_from_bytes(text, sizeof text), STR("kode"), &svg));
    EXPECT(svg.text.length > 0);
}

/* Version 1 has 21 modules a side, and four empty ones around; its first row begins with the finder: seven dark. */
TEST(a_code_has_its_quiet_zone_and_begins_with_the_finder_pattern)
{
    TEST_ARENA(arena);
    Markup svg = {STR_NONE};
    Str start = STR("<svg class=\"sl-qr\" role=\"img\" shape-rendering=\"crispEdges\" aria-label=\"kode\" width=\"200\" "
                    "height=\"200\" viewBox=\"0 0 29 29\"><path fill=\"#fff\" d=\"M0 0h29v29H0\"/>"
                    "<path fill=\"#000\" d=\"M4 4h7v1H4");

    EXPECT_OK(qr_svg(arena, STR("a"), STR("kode"), &svg));
    EXPECT(str_starts(svg.text, start));
}

TEST(the_label_cannot_become_markup)
{
    TEST_ARENA(arena);
    Markup svg = {STR_NONE};

    EXPECT_OK(qr_svg(arena, STR("a"), STR("\"><script>"), &svg));
    EXPECT(str_starts(svg.text, STR("<svg class=\"sl-qr\" role=\"img\" shape-rendering=\"crispEdges\" "
                                    "aria-label=\"&quot;&gt;&lt;script&gt;\" ")));
}

RUN_TESTS("qr")
