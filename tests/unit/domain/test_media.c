#include "support/test.h"

#include "domain/media.h"

TEST(a_document_is_refused_unless_its_first_bytes_are_those_of_a_kind_that_is_taken_in)
{
    static const char *const bad[] = {"", "%PDF", " %PDF-1.7", "GIF89a", "PK\x03\x04", "<html>", "\xFF\xD8", "\x89PNG\r\n"};

    for (size_t i = 0; i < COUNT_OF(bad); i++)
        EXPECT(media_of(str_from_c(bad[i])) == MEDIA_NONE);
    EXPECT(media_of(STR("%PDF-1.7\n")) == MEDIA_PDF);
    EXPECT(media_of(STR("\xFF\xD8\xFF\xE0")) == MEDIA_JPEG);
    EXPECT(media_of(STR("\x89PNG\r\n\x1A\n\0")) == MEDIA_PNG);
}

TEST(a_stored_number_that_is_no_kind_is_given_out_as_bytes_only)
{
    EXPECT(str_equal(str_from_c(media_type(0)), STR("application/octet-stream")));
    EXPECT(str_equal(str_from_c(media_type(4)), STR("application/octet-stream")));
    EXPECT(str_equal(str_from_c(media_ending(200)), STR("bin")));
    EXPECT(str_equal(str_from_c(media_type(MEDIA_PDF)), STR("application/pdf")));
    EXPECT(str_equal(str_from_c(media_ending(MEDIA_PNG)), STR("png")));
}

RUN_TESTS("media")
