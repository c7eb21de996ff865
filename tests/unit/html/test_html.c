#include "support/test.h"

#include "html/html.h"

static Str escaped(Arena *arena, Str text)
{
    Html html = html_new(arena, 4096);
    Str page = STR("not done");

    html_text(&html, text);
    EXPECT_OK(html_done(&html, &page));
    return page;
}

static Str address(Arena *arena, const char *text)
{
    Html html = html_new(arena, 4096);
    Str page = STR("not done");

    html_url(&html, (Url){str_from_c(text)});
    EXPECT_OK(html_done(&html, &page));
    return page;
}

TEST(text_cannot_open_a_tag_or_end_an_attribute)
{
    TEST_ARENA(arena);

    EXPECT_STR(escaped(arena, STR("<script>alert('x' & \"y\")</script>")),
               "&lt;script&gt;alert(&#39;x&#39; &amp; &quot;y&quot;)&lt;/script&gt;");
}

TEST(no_ascii_character_that_means_something_passes_as_it_is)
{
    TEST_ARENA(arena);

    for (int c = 0; c < 128; c++) {
        char text[1] = {(char)c};
        Str out = escaped(arena, str_from_bytes(text, 1));
        for (size_t i = 0; i < out.length; i++)
            EXPECT(strchr("<>\"'", out.data[i]) == NULL);
        EXPECT((c == '&') == str_equal(out, STR("&amp;")));
    }
}

TEST(norwegian_and_sami_text_passes_as_it_is)
{
    TEST_ARENA(arena);

    EXPECT_STR(escaped(arena, STR("Blåbær på Čáhcesuolu 🙂\n")), "Blåbær på Čáhcesuolu 🙂\n");
}

TEST(control_characters_and_broken_utf8_become_the_replacement_character)
{
    TEST_ARENA(arena);

    EXPECT_STR(escaped(arena, (Str){.data = "a\0b", .length = 3}), "a\xEF\xBF\xBD"
                                                                   "b");
    EXPECT_STR(escaped(arena, STR("\x1b[2J")), "\xEF\xBF\xBD[2J");
    EXPECT_STR(escaped(arena, STR("\xC0\xBC")), "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_STR(escaped(arena, STR("\xE2\x82")), "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_STR(escaped(arena, STR("a\r\nb")), "a&#13;\nb");
}

TEST(an_address_to_another_host_or_a_script_becomes_a_hash)
{
    TEST_ARENA(arena);
    static const char *const refused[] = {"", "javascript:alert(1)", "JAVASCRIPT:alert(1)", "//evil.example/", "/\\evil.example/",
                                          "http://example.org/", "data:text/html,x", "/a b", "/a\nb", "/\t/evil.example", "mine",
                                          " /x", "vbscript:x", "/bl\xC3\xA5"};

    for (size_t i = 0; i < COUNT_OF(refused); i++)
        EXPECT_STR(address(arena, refused[i]), "#");
}

TEST(a_local_or_allowed_address_is_written_and_escaped)
{
    TEST_ARENA(arena);

    EXPECT_STR(address(arena, "/"), "/");
    EXPECT_STR(address(arena, "/logg/00ff?a=1&b=2"), "/logg/00ff?a=1&amp;b=2");
    EXPECT_STR(address(arena, "#notater"), "#notater");
    EXPECT_STR(address(arena, "https://example.org/"), "https://example.org/");
    EXPECT_STR(address(arena, "tel:116111"), "tel:116111");
}

TEST(a_path_segment_cannot_leave_its_place)
{
    TEST_ARENA(arena);
    Html html = html_new(arena, 4096);
    Str page;

    html_path_segment(&html, STR("../a b?c#d&\"å"));
    EXPECT_OK(html_done(&html, &page));
    EXPECT_STR(page, "..%2Fa%20b%3Fc%23d%26%22%C3%A5");
}

TEST(a_page_larger_than_its_maximum_is_an_error)
{
    TEST_ARENA(arena);
    Html html = html_new(arena, 4);
    Str page = STR("untouched");

    html_text(&html, STR("<"));
    html_text(&html, STR("<"));
    EXPECT_ERR(html_done(&html, &page), E_TOO_LARGE);
    EXPECT_STR(page, "untouched");
}

TEST(an_address_too_long_to_be_ours_is_refused)
{
    TEST_ARENA(arena);
    Url url = URL("/untouched");

    EXPECT_ERR(url_format(arena, &url, "/%0600d", 1), E_TOO_LARGE);
    EXPECT_STR(url.text, "/untouched");
    EXPECT_OK(url_format(arena, &url, "/logg/%d", 7));
    EXPECT_STR(url.text, "/logg/7");
}

RUN_TESTS("html")
