#include "support/test.h"

#include "base/clean.h"

#define DIAERESIS_A "A\xCC\x8A" /* A and a combining ring, as a Mac writes Å in file names */
#define NBSP "\xC2\xA0"
#define ZERO_WIDTH "\xE2\x80\x8B"
#define TURN_RIGHT_TO_LEFT "\xE2\x80\xAE"

static Str cleaned(Arena *arena, bool lines, const char *raw)
{
    CleanFault fault = CLEAN_CONTROL;
    Str text = STR("untouched");

    EXPECT_OK(text_clean(str_from_c(raw), lines, arena, &fault, &text));
    EXPECT(fault == CLEAN_FINE);
    return text;
}

static CleanFault fault_of(Arena *arena, Str raw)
{
    CleanFault fault = CLEAN_FINE;
    Str text = STR("untouched");

    EXPECT_OK(text_clean(raw, true, arena, &fault, &text));
    EXPECT((fault == CLEAN_FINE) != str_equal(text, STR("untouched")));
    return fault;
}

TEST(a_text_that_turns_the_words_beside_it_round_is_refused)
{
    static const char *const turning[] = {"\xE2\x80\xAA", "\xE2\x80\xAB", "\xE2\x80\xAC", "\xE2\x80\xAD", TURN_RIGHT_TO_LEFT,
                                          "\xE2\x81\xA6", "\xE2\x81\xA7", "\xE2\x81\xA8", "\xE2\x81\xA9"};
    TEST_ARENA(arena);

    for (size_t i = 0; i < COUNT_OF(turning); i++) {
        Str text = STR_NONE;
        EXPECT_OK(str_format(arena, &text, "Kari %s Nordmann", turning[i]));
        EXPECT(fault_of(arena, text) == CLEAN_DIRECTION);
    }
}

TEST(a_control_character_without_a_meaning_and_bytes_that_are_no_text_are_refused)
{
    TEST_ARENA(arena);

    EXPECT(fault_of(arena, STR("a\x01")) == CLEAN_CONTROL);
    EXPECT(fault_of(arena, STR("a\x7F")) == CLEAN_CONTROL);
    EXPECT(fault_of(arena, STR("a\xC2\x9B")) == CLEAN_CONTROL);
    EXPECT(fault_of(arena, STR("a\xFF")) == CLEAN_BAD_UTF8);
    EXPECT(fault_of(arena, STR("a\0b")) == CLEAN_BAD_UTF8);
}

TEST(a_text_that_shows_nothing_is_empty)
{
    static const char *const nothing[] = {"", " ", "\t\r\n", NBSP, ZERO_WIDTH, NBSP ZERO_WIDTH " ", "\xEF\xBB\xBF", "\xC2\xAD",
                                          "\xE2\x81\xA0", "\xE3\x85\xA4", "\xE2\xA0\x80", "\xE2\x80\x8D", "\xEF\xB8\x8F",
                                          "\xE2\x80\x8E", "\xCD\x8F", "\xE2\x80\xA8", "\xEF\xBF\xBC", "\xE3\x80\x80", "\xCC\x81",
                                          "\xEF\xBF\xB9\xEF\xBF\xBB", "\xF0\x9D\x85\x99", "\xF0\x93\x91\x81", "\xF0\x93\x91\x82"};
    TEST_ARENA(arena);

    for (size_t i = 0; i < COUNT_OF(nothing); i++)
        EXPECT(cleaned(arena, true, nothing[i]).length == 0);
}

TEST(every_line_break_that_a_program_writes_is_one)
{
    TEST_ARENA(arena);

    EXPECT_STR(cleaned(arena, true, "a\r\nb\rc\vd\fe\xC2\x85"
                                    "f\xE2\x80\xA8g\xE2\x80\xA9h"),
               "a\nb\nc\nd\ne\nf\ng\nh");
    EXPECT_STR(cleaned(arena, true, "a\r\n\r\nb"), "a\n\nb");
    EXPECT_STR(cleaned(arena, false, "Kari\vNordmann\tHansen"), "Kari Nordmann Hansen");
    EXPECT_STR(cleaned(arena, true, "a\tb"), "a\tb");
}

TEST(what_shows_nothing_is_left_out_and_every_space_is_a_space)
{
    TEST_ARENA(arena);

    EXPECT_STR(cleaned(arena, false, NBSP " Kari" NBSP "Nord" ZERO_WIDTH "mann\xC2\xAD " ZERO_WIDTH), "Kari Nordmann");
    EXPECT_STR(cleaned(arena, false, "974\xE2\x80\xAF" "760"), "974 760");
}

TEST(a_text_is_kept_in_the_composed_form)
{
    TEST_ARENA(arena);

    EXPECT_STR(cleaned(arena, false, DIAERESIS_A "se"), "\xC3\x85se");
    EXPECT_STR(cleaned(arena, false, "N" ZERO_WIDTH DIAERESIS_A), "N\xC3\x85");
    EXPECT_STR(cleaned(arena, false, "A" ZERO_WIDTH "\xCC\x8A"), "\xC3\x85");
}

static Str composed(Arena *arena, uint32_t first, uint32_t second, const char *behind)
{
    Buf buf = buf_new(arena, 32);
    Str text = STR_NONE, done = STR_NONE;

    buf_add_utf8(&buf, first);
    buf_add_utf8(&buf, second);
    buf_add(&buf, str_from_c(behind));
    EXPECT_OK(buf_done(&buf, &text));
    EXPECT_OK(text_nfc(text, arena, &done));
    return done;
}

/* What is only looked at is what Unicode composes: a letter of Japan behind it makes the difference. */
TEST(a_text_below_the_first_joining_mark_is_composed_already)
{
    static const uint32_t firsts[] = {'A', 'e', 0xE5, 0x1EA, 0x292};
    TEST_ARENA(arena);

    for (uint32_t point = 1; point < 0x300; point++)
        for (size_t i = 0; i < COUNT_OF(firsts); i++) {
            size_t mark = arena_mark(arena);
            Str looked_at = composed(arena, firsts[i], point, ""), made = composed(arena, firsts[i], point, "\xE3\x81\x82");
            EXPECT(made.length == looked_at.length + 3 && str_equal(str_slice(made, 0, looked_at.length), looked_at));
            arena_rewind(arena, mark);
        }
}

TEST(what_shapes_letters_and_pictures_stays_inside_a_text)
{
    TEST_ARENA(arena);
    static const char family[] = "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7", heart[] = "\xE2\x9D\xA4\xEF\xB8\x8F",
                      persian[] = "\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE";

    EXPECT_STR(cleaned(arena, false, family), family);
    EXPECT_STR(cleaned(arena, false, heart), heart);
    EXPECT_STR(cleaned(arena, false, persian), persian);
}

TEST(a_clean_text_is_clean)
{
    static const char *const texts[] = {"Kari", DIAERESIS_A NBSP "b\v\vc", "\xE2\x80\x8D" "a\xCC\x81\xCC\xA3", "x\xCC\x8A y"};
    TEST_ARENA(arena);

    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        Str once = cleaned(arena, true, texts[i]), twice = STR_NONE;
        CleanFault fault = CLEAN_CONTROL;
        EXPECT_OK(text_clean(once, true, arena, &fault, &twice));
        EXPECT(fault == CLEAN_FINE && str_equal(once, twice));
    }
}

static bool same(Arena *arena, const char *a, const char *b)
{
    bool result = false;
    EXPECT_OK(text_reads_same(str_from_c(a), str_from_c(b), arena, &result));
    return result;
}

TEST(what_people_read_as_different_is_compared_as_different)
{
    TEST_ARENA(arena);

    EXPECT(!same(arena, "Ås", "As") && !same(arena, "Kari N", "KariN") && !same(arena, "", "a"));
}

TEST(what_people_read_as_the_same_is_compared_as_the_same)
{
    TEST_ARENA(arena);

    EXPECT(same(arena, "kari.n", "Kari.N") && same(arena, DIAERESIS_A "S", "ås") && same(arena, "STRASSE", "straße"));
    EXPECT(same(arena, " Solsikken" NBSP " barnehage", "solsikken barnehage\n") && same(arena, "o" ZERO_WIDTH "la", "ola"));
    EXPECT(same(arena, "\xEF\xBD\x8B\xEF\xBD\x81", "ka") && same(arena, "\xEF\xAC\x81n", "fin") && same(arena, ZERO_WIDTH, ""));
}

TEST(a_code_is_read_by_its_characters_however_it_was_typed)
{
    TEST_ARENA(arena);
    static const char *const typed[] = {"290816", "290 816", " 290" NBSP "816\n", "290-816", "290\xE2\x80\x93" "816",
                                        "\xEF\xBC\x92\xEF\xBC\x99\xEF\xBC\x90\xEF\xBC\x98\xEF\xBC\x91\xEF\xBC\x96",
                                        "\xD9\xA2\xD9\xA9\xD9\xA0\xD9\xA8\xD9\xA1\xD9\xA6", "\xE0\xA5\xA8\xE0\xA5\xAF\xE0\xA5\xA6" "816",
                                        TURN_RIGHT_TO_LEFT "290816"};

    for (size_t i = 0; i < COUNT_OF(typed); i++) {
        Str bare = STR_NONE;
        EXPECT_OK(text_bare(str_from_c(typed[i]), arena, &bare));
        EXPECT_STR(bare, "290816");
    }
}

TEST(bytes_that_are_no_text_have_no_form)
{
    TEST_ARENA(arena);
    Str text = STR("untouched");

    EXPECT_ERR(text_nfc(STR("\xFF"), arena, &text), E_BAD_UTF8);
    EXPECT_ERR(text_fold(STR("\xFF"), arena, &text), E_BAD_UTF8);
    EXPECT_ERR(text_bare(STR("a\0b"), arena, &text), E_BAD_UTF8);
    EXPECT_STR(text, "untouched");
}

TEST(what_does_not_fit_is_told_for_every_size_of_memory)
{
    char raw[600];

    memset(raw, 'a', sizeof raw);
    memcpy(raw, DIAERESIS_A NBSP, 5);
    for (size_t room = 1024; room <= 16384; room += 128) {
        AUTO(arena_freep) Arena *arena = NULL;
        CleanFault fault = CLEAN_FINE;
        Str text = STR_NONE, folded = STR_NONE, bare = STR_NONE;
        EXPECT_OK(arena_new(room, &arena));
        Err got = text_clean(str_from_bytes(raw, sizeof raw), true, arena, &fault, &text);
        got = is_ok(got) ? text_fold(text, arena, &folded) : got;
        got = is_ok(got) ? text_bare(text, arena, &bare) : got;
        EXPECT(is_ok(got) || got.id == E_NO_MEMORY);
    }
}

RUN_TESTS("clean")
