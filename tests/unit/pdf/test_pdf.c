#include "support/test.h"

#include "pdf/pdf.h"

#define MAXIMUM ((size_t)8 << 20)

static const PdfAbout plain = {
    .title = {"Rapport", 7}, .language = {"nb", 2}, .label = {"Sensitivt", 9}, .made = {"Klok Elv", 8},
    .page = {"Side", 4}, .of = {"av", 2}};

/* A document that is open and has its first heading. */
static Pdf *begun(Arena *arena, size_t maximum)
{
    Pdf *pdf = NULL;
    EXPECT_OK(pdf_open(&plain, maximum, arena, &pdf));
    pdf_heading(pdf, 1, STR("Rapport"));
    return pdf;
}

static size_t count_of(Str bytes, Str what)
{
    size_t count = 0;
    for (size_t at = 0; at + what.length <= bytes.length; at++)
        count += memcmp(bytes.data + at, what.data, what.length) == 0;
    return count;
}

TEST(a_document_that_lacks_a_title_a_label_or_a_language_is_not_begun)
{
    TEST_ARENA(arena);
    Pdf *pdf = NULL;
    PdfAbout about = plain;

    about.title = STR("");
    EXPECT_ERR(pdf_open(&about, MAXIMUM, arena, &pdf), E_INVALID);
    about = plain;
    about.label = STR("");
    EXPECT_ERR(pdf_open(&about, MAXIMUM, arena, &pdf), E_INVALID);
    about = plain;
    about.language = STR("norsk (bokmål)");
    EXPECT_ERR(pdf_open(&about, MAXIMUM, arena, &pdf), E_INVALID);
    about = plain;
    about.made = STR("\xFF");
    EXPECT_ERR(pdf_open(&about, MAXIMUM, arena, &pdf), E_BAD_UTF8);
    EXPECT(pdf == NULL);
}

TEST(a_document_without_a_heading_is_not_finished)
{
    TEST_ARENA(arena);
    AUTO(pdf_freep) Pdf *pdf = NULL;
    Str bytes = STR("untouched");

    EXPECT_OK(pdf_open(&plain, MAXIMUM, arena, &pdf));
    pdf_paragraph(pdf, STR("Uten overskrift"));
    EXPECT_ERR(pdf_finish(pdf, &bytes), E_INTERNAL);
    EXPECT_STR(bytes, "untouched");
}

TEST(a_heading_that_leaves_out_a_level_is_refused)
{
    TEST_ARENA(arena);
    AUTO(pdf_freep) Pdf *pdf = begun(arena, MAXIMUM);
    Str bytes = STR_NONE;

    pdf_heading(pdf, 3, STR("For dypt"));
    EXPECT_ERR(pdf_finish(pdf, &bytes), E_RANGE);
}

TEST(an_empty_heading_is_printed_as_a_dash)
{
    TEST_ARENA(arena);
    Str bytes[2] = {STR_NONE, STR_NONE};
    const Str said[] = {STR(""), STR("–")};

    for (size_t i = 0; i < COUNT_OF(said); i++) {
        AUTO(pdf_freep) Pdf *pdf = begun(arena, MAXIMUM);
        pdf_heading(pdf, 2, said[i]);
        EXPECT_OK(pdf_finish(pdf, &bytes[i]));
    }
    EXPECT(str_equal(bytes[0], bytes[1]));
}

TEST(the_first_error_is_kept_and_told_at_the_end)
{
    TEST_ARENA(arena);
    AUTO(pdf_freep) Pdf *pdf = begun(arena, MAXIMUM);
    Str bytes = STR_NONE;

    pdf_paragraph(pdf, STR("bl\xE5"));
    pdf_heading(pdf, 3, STR("For dypt"));
    pdf_table_row(pdf, (const Str[]){STR("en")});
    EXPECT_ERR(pdf_finish(pdf, &bytes), E_BAD_UTF8);
}

TEST(a_table_takes_rows_only_and_has_to_end)
{
    TEST_ARENA(arena);
    const PdfColumn column = {.head = STR("Navn"), .share = 1};
    Str bytes = STR_NONE;

    AUTO(pdf_freep) Pdf *outside = begun(arena, MAXIMUM);
    pdf_table_row(outside, (const Str[]){STR("en")});
    EXPECT_ERR(pdf_finish(outside, &bytes), E_INTERNAL);

    AUTO(pdf_freep) Pdf *within = begun(arena, MAXIMUM);
    pdf_table_begin(within, &column, 1);
    pdf_paragraph(within, STR("midt i"));
    pdf_table_end(within);
    EXPECT_ERR(pdf_finish(within, &bytes), E_INTERNAL);

    AUTO(pdf_freep) Pdf *open = begun(arena, MAXIMUM);
    pdf_table_begin(open, &column, 1);
    EXPECT_ERR(pdf_finish(open, &bytes), E_INTERNAL);
}

TEST(a_table_has_one_to_eight_columns_of_some_width)
{
    TEST_ARENA(arena);
    PdfColumn columns[PDF_COLUMNS_MAX + 1];
    Str bytes = STR_NONE;

    for (size_t i = 0; i < COUNT_OF(columns); i++)
        columns[i] = (PdfColumn){.head = STR("Navn"), .share = i == 1 ? 0 : 1};
    const size_t counts[] = {0, 2, PDF_COLUMNS_MAX + 1};
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        AUTO(pdf_freep) Pdf *pdf = begun(arena, MAXIMUM);
        pdf_table_begin(pdf, columns, counts[i]);
        EXPECT_ERR(pdf_finish(pdf, &bytes), E_RANGE);
    }
}

TEST(a_document_over_its_maximum_is_refused)
{
    TEST_ARENA(arena);
    AUTO(pdf_freep) Pdf *pdf = begun(arena, 4096);
    Str bytes = STR_NONE;

    EXPECT_ERR(pdf_finish(pdf, &bytes), E_TOO_LARGE);
}

TEST(a_document_is_finished_once)
{
    TEST_ARENA(arena);
    AUTO(pdf_freep) Pdf *pdf = begun(arena, MAXIMUM);
    Str bytes = STR_NONE;

    EXPECT_OK(pdf_finish(pdf, &bytes));
    EXPECT(str_starts(bytes, STR("%PDF-1.7\n")) && str_ends(bytes, STR("%%EOF\n")));
    EXPECT_ERR(pdf_finish(pdf, &bytes), E_INTERNAL);
}

TEST(the_same_words_give_the_same_bytes_and_others_another_id)
{
    TEST_ARENA(arena);
    Str bytes[3] = {STR_NONE, STR_NONE, STR_NONE};
    const Str said[] = {STR("Blid Bjørk"), STR("Blid Bjørk"), STR("Blid Bjork")};

    for (size_t i = 0; i < 3; i++) {
        AUTO(pdf_freep) Pdf *pdf = begun(arena, MAXIMUM);
        pdf_paragraph(pdf, said[i]);
        EXPECT_OK(pdf_finish(pdf, &bytes[i]));
    }
    EXPECT(str_equal(bytes[0], bytes[1]));
    EXPECT(!str_equal(bytes[1], bytes[2]));
}

/* Whatever a table is made of, its rows stand on as many pages as they need. */
TEST(a_row_that_is_longer_than_a_page_goes_on_over_the_next_ones)
{
    TEST_ARENA(arena);
    AUTO(pdf_freep) Pdf *pdf = begun(arena, MAXIMUM);
    const PdfColumn columns[] = {{.head = STR("Nr."), .share = 1, .names_row = true}, {.head = STR("Hva"), .share = 1}};
    Buf text = buf_new(arena, MAXIMUM);
    Str bytes = STR_NONE, words = STR_NONE;

    for (unsigned i = 0; i < 400; i++)
        buf_format(&text, "linje %u\n", i);
    EXPECT_OK(buf_done(&text, &words));
    pdf_table_begin(pdf, columns, COUNT_OF(columns));
    pdf_table_row(pdf, (const Str[]){STR("1"), words});
    pdf_table_end(pdf);
    EXPECT_OK(pdf_finish(pdf, &bytes));
    /* Each page has two streams; fonts, profile, metadata and packs are some twenty more. */
    EXPECT(count_of(bytes, STR("endstream")) > 20);
}

TEST(a_heading_may_go_up_by_any_number_of_levels)
{
    TEST_ARENA(arena);
    AUTO(pdf_freep) Pdf *pdf = begun(arena, MAXIMUM);
    Str bytes = STR_NONE;

    pdf_heading(pdf, 2, STR("To"));
    pdf_heading(pdf, 3, STR("Tre"));
    pdf_heading(pdf, 1, STR("En"));
    EXPECT_OK(pdf_finish(pdf, &bytes));
}

/* Every text goes through the same lines: what shows nothing, what no font has, a word wider than the page. */
TEST(no_text_in_utf_8_is_too_odd_to_be_printed)
{
    TEST_ARENA(arena);
    AUTO(pdf_freep) Pdf *pdf = begun(arena, MAXIMUM);
    const Str odd[] = {STR("\xF0\x9F\x98\x80"), STR("\x01\x02\t\x7F"), STR("\xE2\x80\x8D\xE2\x80\x8D"), STR("\xCC\x81"),
                       STR("\xEE\x80\x80"), STR("\xEF\xBF\xBF"), STR("\n\n\n"), STR(" "), STR("\xE2\x80\xAE" "abc"),
                       STR("\xD8\xA7\xCC\x81\xE2\x80\x8C" "x\xD7\xB0"), STR("\xEC\x83\x88\xEB\xB2\xBD")};
    char wide[3000];
    Str bytes = STR_NONE;

    memset(wide, 'W', sizeof wide);
    for (size_t i = 0; i < COUNT_OF(odd); i++) {
        pdf_heading(pdf, 2, odd[i]);
        pdf_paragraph(pdf, odd[i]);
        pdf_pairs(pdf, &(PdfPair){odd[i], odd[i]}, 1);
    }
    pdf_paragraph(pdf, str_from_bytes(wide, sizeof wide));
    EXPECT_OK(pdf_finish(pdf, &bytes));
}

/* Up to the end of the second plane; behind it are only Chinese characters and tags. */
TEST(every_point_of_unicode_is_printed_behind_a_letter)
{
    for (uint32_t first = 1; first < 0x20000; first += 0x2000) {
        TEST_ARENA(arena);
        AUTO(pdf_freep) Pdf *pdf = begun(arena, MAXIMUM);
        Buf all = buf_new(arena, MAXIMUM);
        Str text = STR_NONE, bytes = STR_NONE;

        for (uint32_t point = first; point < first + 0x2000; point++) {
            buf_add_char(&all, 'x');
            if (point < 0xD800 || point > 0xDFFF)
                buf_add_utf8(&all, point);
        }
        EXPECT_OK(buf_done(&all, &text));
        pdf_paragraph(pdf, text);
        EXPECT_OK(pdf_finish(pdf, &bytes));
    }
}

TEST(memory_that_ends_is_told_and_nothing_else)
{
    for (size_t cap = (size_t)16 << 10; cap < (size_t)1 << 20; cap += (size_t)48 << 10) {
        AUTO(arena_freep) Arena *arena = NULL;
        AUTO(pdf_freep) Pdf *pdf = NULL;
        Str bytes = STR_NONE;
        EXPECT_OK(arena_new(cap, &arena));
        Err err = pdf_open(&plain, MAXIMUM, arena, &pdf);
        if (is_ok(err)) {
            pdf_heading(pdf, 1, STR("Rapport"));
            pdf_paragraph(pdf, STR("Blid Bjørk"));
            err = pdf_finish(pdf, &bytes);
        }
        EXPECT(is_ok(err) || err.id == E_NO_MEMORY);
    }
}

RUN_TESTS("pdf")
