#include "support/test.h"

#include <limits.h>

#include "base/calendar.h"
#include "base/id.h"

TEST(an_arena_refuses_to_grow_past_its_cap)
{
    AUTO(arena_freep) Arena *arena = NULL;
    char *memory = NULL;

    EXPECT_OK(arena_new(4096, &arena));
    EXPECT_OK(ARENA_NEW(arena, char, 4000, &memory));
    EXPECT_ERR(ARENA_NEW(arena, char, 4000, &memory), E_NO_MEMORY);
    EXPECT_ERR(arena_alloc(arena, SIZE_MAX, 16, (void **)&memory), E_NO_MEMORY);
}

TEST(what_an_arena_gives_again_after_a_rewind_is_zero)
{
    TEST_ARENA(arena);
    size_t mark = arena_mark(arena);
    char *first = NULL;
    char *again = NULL;

    EXPECT_OK(ARENA_NEW(arena, char, 64, &first));
    memset(first, 'x', 64);
    arena_rewind(arena, mark);
    EXPECT(arena_used(arena) == 0);
    EXPECT_OK(ARENA_NEW(arena, char, 64, &again));
    for (size_t i = 0; i < 64; i++)
        EXPECT(again[i] == 0);
}

TEST(a_rewind_over_several_blocks_keeps_what_was_before_the_mark)
{
    TEST_ARENA(arena);
    char *kept = NULL;
    char *dropped = NULL;

    EXPECT_OK(ARENA_NEW(arena, char, 100, &kept));
    kept[0] = 'k';
    size_t mark = arena_mark(arena);
    for (int i = 0; i < 10; i++)
        EXPECT_OK(ARENA_NEW(arena, char, 3000, &dropped));
    arena_rewind(arena, mark);
    EXPECT(arena_used(arena) == mark && kept[0] == 'k');
}

TEST(an_arena_that_is_used_again_gives_zeros_and_has_its_new_cap)
{
    AUTO(arena_freep) Arena *arena = NULL;
    char *memory = NULL;

    EXPECT_OK(arena_new((size_t)2 << 20, &arena));
    for (size_t size = 1000; size < ((size_t)1 << 20); size *= 4) {
        EXPECT_OK(arena_alloc_bytes(arena, size, &memory));
        memset(memory, 'x', size);
    }
    arena_again(arena, 100000);
    EXPECT(arena_used(arena) == 0);
    EXPECT_ERR(ARENA_NEW(arena, char, 100001, &memory), E_NO_MEMORY);
    EXPECT_OK(ARENA_NEW(arena, char, 100000, &memory));
    for (size_t i = 0; i < 100000; i++)
        EXPECT(memory[i] == 0);
    EXPECT_ERR(ARENA_NEW(arena, char, 1, &memory), E_NO_MEMORY);
}

TEST(what_an_arena_held_is_wiped_before_it_is_used_again)
{
    TEST_ARENA(arena);
    char *first = NULL, *again = NULL;

    EXPECT_OK(arena_alloc_bytes(arena, 3000, &first));
    memset(first, 'x', 3000);
    arena_again(arena, 100000);
    EXPECT_OK(arena_alloc_bytes(arena, 3000, &again));
#if !defined(__SANITIZE_ADDRESS__)
    EXPECT(again == first);
    for (size_t i = 0; i < 3000; i++)
        EXPECT(again[i] == 0);
#endif
}

TEST(a_buffer_remembers_that_it_overflowed)
{
    TEST_ARENA(arena);
    Buf buf = buf_new(arena, 8);
    Str content = STR("untouched");

    buf_add(&buf, STR("12345678"));
    EXPECT_OK(buf_done(&buf, &content));
    EXPECT_STR(content, "12345678");
    buf_add_char(&buf, '9');
    EXPECT_ERR(buf_done(&buf, &content), E_TOO_LARGE);
    EXPECT_STR(content, "12345678");
}

TEST(a_cursor_tells_bytes_that_are_missing_and_bytes_left_over)
{
    Cursor cursor = cursor_new(STR("\x01\x02\x03"));

    EXPECT(cursor_u16(&cursor) == 0x0102);
    EXPECT_ERR(cursor_done(&cursor), E_MALFORMED);
    EXPECT(cursor_u16(&cursor) == 0);
    EXPECT_ERR(cursor_done(&cursor), E_TRUNCATED);
}

TEST(numbers_are_written_to_their_last_digit)
{
    static const int64_t numbers[] = {0, 7, -1, 1234567890, INT64_MAX, INT64_MIN};
    TEST_ARENA(arena);
    Buf buf = buf_new(arena, 256);
    Str text;

    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        buf_add_i64(&buf, numbers[i]);
        buf_add_char(&buf, ' ');
    }
    buf_add_digits(&buf, 7, 2);
    buf_add_digits(&buf, 0, 1);
    buf_add_digits(&buf, UINT_MAX, 10);
    EXPECT_OK(buf_done(&buf, &text));
    EXPECT_STR(text, "0 7 -1 1234567890 9223372036854775807 -9223372036854775808 0704294967295");
}

TEST(what_is_formatted_is_whole_wherever_its_room_ends)
{
    for (size_t before = 0; before < 300; before++) {
        TEST_ARENA(arena);
        Buf buf = buf_new(arena, 1000);
        Str text;

        for (size_t i = 0; i < before; i++)
            buf_add_char(&buf, 'x');
        buf_format(&buf, "%s-%d", "abc", 42);
        buf_add_char(&buf, '!');
        EXPECT_OK(buf_done(&buf, &text));
        EXPECT_STR(str_slice(text, before, text.length), "abc-42!");
    }
}

TEST(a_nul_or_a_broken_letter_is_found_wherever_it_stands)
{
    char text[24];

    for (size_t length = 1; length <= sizeof text; length++)
        for (size_t at = 0; at < length; at++) {
            memset(text, 'a', sizeof text);
            EXPECT(utf8_valid(str_from_bytes(text, length)));
            text[at] = 0;
            EXPECT(!utf8_valid(str_from_bytes(text, length)));
            text[at] = (char)0xE5;
            EXPECT(!utf8_valid(str_from_bytes(text, length)));
            text[at] = 0x7F;
            EXPECT(utf8_valid(str_from_bytes(text, length)));
        }
}

TEST(numbers_are_read_within_their_range_only)
{
    int64_t number = 7;

    EXPECT_ERR(num_parse(STR(""), 0, 9, &number), E_MALFORMED);
    EXPECT_ERR(num_parse(STR("-"), -9, 9, &number), E_MALFORMED);
    EXPECT_ERR(num_parse(STR("+1"), 0, 9, &number), E_MALFORMED);
    EXPECT_ERR(num_parse(STR("1 "), 0, 9, &number), E_MALFORMED);
    EXPECT_ERR(num_parse(STR("10"), 0, 9, &number), E_RANGE);
    EXPECT_ERR(num_parse(STR("9223372036854775808"), INT64_MIN, INT64_MAX, &number), E_RANGE);
    EXPECT(number == 7);
    EXPECT_OK(num_parse(STR("-9223372036854775808"), INT64_MIN, INT64_MAX, &number));
    EXPECT(number == INT64_MIN);
}

TEST(utf8_that_is_overlong_a_surrogate_cut_or_nul_is_refused)
{
    EXPECT(utf8_valid(STR("Blåbær Šárka \xF0\x9F\x98\x80")));
    EXPECT(!utf8_valid(STR("\xC0\xAF")));
    EXPECT(!utf8_valid(STR("\xED\xA0\x80")));
    EXPECT(!utf8_valid(STR("\xF4\x90\x80\x80")));
    EXPECT(!utf8_valid(STR("\xE2\x82")));
    EXPECT(!utf8_valid(STR("a\0b")));
}

TEST(each_length_of_code_point_is_read_as_it_was_written)
{
    static const uint32_t points[] = {1, 'a', 0x7F, 0x80, 0xF8, 0x7FF, 0x800, 0x20AC, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF};
    TEST_ARENA(arena);

    for (size_t i = 0; i < COUNT_OF(points); i++) {
        Buf written = buf_new(arena, 4);
        Str text = STR_NONE;
        size_t at = 0;
        buf_add_utf8(&written, points[i]);
        EXPECT_OK(buf_done(&written, &text));
        EXPECT(utf8_valid(text) && utf8_next(text, &at) == points[i] && at == text.length);
    }
}

TEST(utf8_is_counted_and_read_by_code_point)
{
    Str text = STR("aø€\xF0\x9F\x98\x80");
    size_t at = 0;

    EXPECT(utf8_length(text) == 4);
    EXPECT(utf8_next(text, &at) == 'a');
    EXPECT(utf8_next(text, &at) == 0xF8);
    EXPECT(utf8_next(text, &at) == 0x20AC);
    EXPECT(utf8_next(text, &at) == 0x1F600);
    EXPECT(at == text.length);
}

TEST(an_id_survives_its_text_and_no_other_spelling_is_taken)
{
    Id id = {.bytes = {0x00, 0x01, 0xAB, 0xFF}};
    Id back = {0};
    char text[ID_TEXT + 1];

    id_to_text(id, text);
    EXPECT_OK(id_from_text(str_from_c(text), &back));
    EXPECT(id_equal(id, back));
    EXPECT_ERR(id_from_text(STR("0001ABff000000000000000000000000"), &back), E_MALFORMED);
    EXPECT_ERR(id_from_text(STR("0001abff"), &back), E_MALFORMED);
}

/* RFC 4648, section 10. */
TEST(base32_and_base64url_agree_with_the_vectors_of_rfc_4648)
{
    static const struct { const char *plain, *base32, *base64; } vectors[] = {
        {"", "", ""}, {"f", "MY", "Zg"}, {"fo", "MZXQ", "Zm8"}, {"foo", "MZXW6", "Zm9v"},
        {"foob", "MZXW6YQ", "Zm9vYg"}, {"fooba", "MZXW6YTB", "Zm9vYmE"}, {"foobar", "MZXW6YTBOI", "Zm9vYmFy"},
    };
    TEST_ARENA(arena);
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        Buf base32 = buf_new(arena, 100);
        Buf base64 = buf_new(arena, 100);
        Str text = STR_NONE;

        buf_add_base32(&base32, str_from_c(vectors[i].plain));
        EXPECT_OK(buf_done(&base32, &text));
        EXPECT_STR(text, vectors[i].base32);
        EXPECT_OK(base32_decode(arena, text, &text));
        EXPECT_STR(text, vectors[i].plain);
        buf_add_base64url(&base64, str_from_c(vectors[i].plain));
        EXPECT_OK(buf_done(&base64, &text));
        EXPECT_STR(text, vectors[i].base64);
        EXPECT_OK(base64url_decode(arena, text, &text));
        EXPECT_STR(text, vectors[i].plain);
    }
}

TEST(base64url_refuses_padding_and_stray_bits)
{
    TEST_ARENA(arena);
    Str bytes = STR_NONE;

    EXPECT_ERR(base64url_decode(arena, STR("Zg=="), &bytes), E_MALFORMED);
    EXPECT_ERR(base64url_decode(arena, STR("Zh"), &bytes), E_MALFORMED);
    EXPECT_ERR(base64url_decode(arena, STR("Z"), &bytes), E_MALFORMED);
    EXPECT_ERR(base64url_decode(arena, STR("Z+"), &bytes), E_MALFORMED);
}

TEST(months_between_two_days_are_whole_ones)
{
    const Day end = day_from_date((Date){.year = 2026, .month = 1, .day = 31});

    EXPECT(day_months_since(end, end) == 0 && day_months_since(end, end - 1) == 0);
    EXPECT(day_months_since(end, end + 27) == 0 && day_months_since(end, end + 28) == 1);
    EXPECT(day_months_since(end, day_from_date((Date){.year = 2027, .month = 1, .day = 30})) == 11);
}

RUN_TESTS("base")
