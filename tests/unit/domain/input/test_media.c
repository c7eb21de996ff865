#include "support/test.h"

#include "domain/input/media.h"

TEST(a_document_is_refused_unless_its_first_bytes_are_those_of_a_kind_that_is_taken_in)
{
    static const char *const bad[] = {"", "%PDF", " %PDF-1.7", "GIF89a", "PK\x03\x04", "<html>", "\xFF\xD8", "\x89PNG\r\n"};

    for (size_t i = 0; i < COUNT_OF(bad); i++)
        EXPECT(media_of(str_from_c(bad[i])) == MEDIA_NONE);
    EXPECT(media_of(STR("%PDF-1.7\n")) == MEDIA_PDF);
    EXPECT(media_of(STR("\xFF\xD8\xFF\xE0")) == MEDIA_JPEG);
    EXPECT(media_of(STR("\x89PNG\r\n\x1A\n\0")) == MEDIA_PNG);
}

TEST(a_pdf_behind_a_mark_of_utf_8_is_one)
{
    EXPECT(media_of(STR("\xEF\xBB\xBF%PDF-1.7\n")) == MEDIA_PDF);
    EXPECT(media_of(STR("\xEF\xBB\xBF\xFF\xD8\xFF")) == MEDIA_NONE);
}

#define JPEG "\xFF\xD8\xFF\xE0\0\4ab\xFF\xC0\0\x0B\10\0\1\0\1\1\1\x11\0\xFF\xDA\0\4cdxyz"
#define PNG "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\1\0\0\0\1\10\0\0\0\0crc1\0\0\0\2IDATabcrc2"

TEST(a_file_that_ends_too_early_is_not_whole)
{
    const Str jpeg = STR(JPEG "\xFF\xD9"), png = STR(PNG "\0\0\0\0IENDcrc3");

    EXPECT(media_is_whole(MEDIA_JPEG, jpeg) && media_is_whole(MEDIA_PNG, png));
    EXPECT(media_is_whole(MEDIA_JPEG, STR(JPEG "\xFF\xD9 and what a telephone leaves behind it")));
    for (size_t cut = 0; cut < jpeg.length; cut++)
        EXPECT(!media_is_whole(MEDIA_JPEG, str_slice(jpeg, 0, cut)));
    for (size_t cut = 0; cut < png.length; cut++)
        EXPECT(!media_is_whole(MEDIA_PNG, str_slice(png, 0, cut)));
    EXPECT(!media_is_whole(MEDIA_PDF, STR("%PDF-1.7\n<script>")) && !media_is_whole(MEDIA_NONE, jpeg));
    EXPECT(media_is_whole(MEDIA_PDF, STR("\xEF\xBB\xBF%PDF-1.7\n%%EOF\n")));
}

TEST(a_length_beyond_the_file_and_a_picture_without_a_size_are_refused)
{
    EXPECT(!media_is_whole(MEDIA_PNG, STR("\x89PNG\r\n\x1A\n\xFF\xFF\xFF\xFFIHDR\0\0\0\1\0\0\0\1")));
    EXPECT(!media_is_whole(MEDIA_PNG, STR("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\0\0\0\0\1\10\0\0\0\0crc1\0\0\0\0IENDcrc3")));
    EXPECT(!media_is_whole(MEDIA_JPEG, STR("\xFF\xD8\xFF\xE0\0\0ab\xFF\xD9")));
    EXPECT(!media_is_whole(MEDIA_JPEG, STR("\xFF\xD8\xFF\xDA\0\4cd\xFF\xD9")));
}

TEST(a_stored_number_that_is_no_kind_is_given_out_as_bytes_only)
{
    EXPECT(str_equal(str_from_c(media_type(0)), STR("application/octet-stream")));
    EXPECT(str_equal(str_from_c(media_type(5)), STR("application/octet-stream")));
    EXPECT(str_equal(str_from_c(media_ending(200)), STR("bin")));
    EXPECT(str_equal(str_from_c(media_type(MEDIA_PDF)), STR("application/pdf")));
    EXPECT(str_equal(str_from_c(media_ending(MEDIA_PNG)), STR("png")));
}

RUN_TESTS("media")
