/* The CSV reader: encodings, separators, quotes, limits, and the place of every fault.
 * Must not test what columns mean.
 * Run by meson test. */
#include "support/test.h"

#include "domain/input/csv.h"

/* The nth row (0 is the header) of a file. */
static CsvRow row_of(Arena *arena, Str file, int number)
{
    Csv csv = {0};
    CsvRow row = {0};
    bool more = false;

    EXPECT(csv_open(file, &csv) == CSV_FINE);
    for (int i = 0; i <= number; i++) {
        EXPECT_OK(csv_next(&csv, arena, &row, &more));
        EXPECT(more);
    }
    return row;
}

static uint32_t rows_in(Arena *arena, Str file)
{
    Csv csv = {0};
    CsvRow row = {0};
    bool more = true;
    uint32_t count = 0;

    EXPECT(csv_open(file, &csv) == CSV_FINE);
    while (more) {
        EXPECT_OK(csv_next(&csv, arena, &row, &more));
        count += more;
    }
    return count;
}

TEST(an_empty_file_is_refused)
{
    Csv csv = {0};
    EXPECT(csv_open(STR(""), &csv) == CSV_EMPTY);
    EXPECT(csv_open(STR("\xEF\xBB\xBF\r\n"), &csv) == CSV_EMPTY);
}

TEST(a_file_with_a_utf8_mark_that_is_not_utf8_is_refused)
{
    Csv csv = {0};
    EXPECT(csv_open(STR("\xEF\xBB\xBFnavn\n\xF8\n"), &csv) == CSV_BAD_CHARACTER);
}

TEST(a_quotation_mark_inside_a_plain_cell_is_a_fault_with_its_place)
{
    TEST_ARENA(arena);
    CsvRow row = row_of(arena, STR("a;b\n1;x\"y\n2;z\n"), 1);
    EXPECT(row.fault == CSV_STRAY_QUOTE);
    EXPECT(row.fault_line == 2);
    EXPECT(row.fault_column == 2);
}

TEST(reading_goes_on_behind_a_faulty_line)
{
    TEST_ARENA(arena);
    CsvRow row = row_of(arena, STR("a;b\n1;x\"y\n2;z\n"), 2);
    EXPECT(row.fault == CSV_FINE);
    EXPECT(row.line == 3);
    EXPECT_STR(row.cells[1], "z");
}

TEST(text_behind_a_closing_quotation_mark_is_a_fault)
{
    TEST_ARENA(arena);
    EXPECT(row_of(arena, STR("a;b\n\"1\"x;2\n"), 1).fault == CSV_STRAY_QUOTE);
}

TEST(a_quotation_mark_that_is_never_closed_is_told_where_it_began)
{
    TEST_ARENA(arena);
    CsvRow row = row_of(arena, STR("a;b\n1;\"x\ny\nz\n"), 1);
    EXPECT(row.fault == CSV_OPEN_QUOTE);
    EXPECT(row.fault_line == 2);
    EXPECT(row.fault_column == 2);
    EXPECT(rows_in(arena, STR("a;b\n1;\"x\ny\nz\n")) == 2);
}

TEST(a_row_with_fewer_or_more_cells_than_the_header_is_a_fault)
{
    TEST_ARENA(arena);
    EXPECT(row_of(arena, STR("a;b\n1\n"), 1).fault == CSV_TOO_FEW_CELLS);
    CsvRow row = row_of(arena, STR("a;b\n1;2;3\n"), 1);
    EXPECT(row.fault == CSV_TOO_MANY_CELLS);
    EXPECT(row.fault_column == 3);
}

TEST(more_than_32_columns_are_a_fault)
{
    TEST_ARENA(arena);
    CsvRow row = row_of(arena, STR(";;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;x\n"), 0);
    EXPECT(row.fault == CSV_TOO_MANY_CELLS);
}

TEST(a_cell_over_its_limit_is_a_fault_and_one_at_its_limit_is_not)
{
    TEST_ARENA(arena);
    static char file[CSV_CELL_MAX + 16];
    memset(file, 'x', sizeof file);
    memcpy(file, "a\n", 2);
    EXPECT(row_of(arena, str_from_bytes(file, CSV_CELL_MAX + 2), 1).fault == CSV_FINE);
    EXPECT(row_of(arena, str_from_bytes(file, sizeof file), 1).fault == CSV_CELL_TOO_LONG);
}

TEST(a_nul_a_control_character_and_a_lone_carriage_return_are_faults)
{
    TEST_ARENA(arena);
    EXPECT(row_of(arena, STR("a\nx\0y\n"), 1).fault == CSV_BAD_CHARACTER);
    EXPECT(row_of(arena, STR("a\nx\x1By\n"), 1).fault == CSV_BAD_CHARACTER);
    EXPECT(row_of(arena, STR("a\nx\ry\n"), 1).fault == CSV_BAD_CHARACTER);
}

TEST(a_byte_that_windows_1252_leaves_undefined_is_a_fault)
{
    TEST_ARENA(arena);
    EXPECT(row_of(arena, STR("navn\nB\x81\xF8\n"), 1).fault == CSV_BAD_CHARACTER);
}

TEST(utf8_and_windows_1252_give_the_same_cells)
{
    TEST_ARENA(arena);
    EXPECT_STR(row_of(arena, STR("navn\nB\xC3\xB8 \xE2\x82\xAC\n"), 1).cells[0], "B\xC3\xB8 \xE2\x82\xAC");
    EXPECT_STR(row_of(arena, STR("navn\nB\xF8 \x80\n"), 1).cells[0], "B\xC3\xB8 \xE2\x82\xAC");
}

TEST(the_utf8_mark_is_not_part_of_the_first_column)
{
    TEST_ARENA(arena);
    EXPECT_STR(row_of(arena, STR("\xEF\xBB\xBFnavn;b\n"), 0).cells[0], "navn");
}

TEST(the_separator_is_the_one_that_the_header_uses)
{
    TEST_ARENA(arena);
    EXPECT_STR(row_of(arena, STR("a,b\n1;2,3\n"), 1).cells[0], "1;2");
    EXPECT_STR(row_of(arena, STR("a;b\n1,2;3\n"), 1).cells[0], "1,2");
    EXPECT_STR(row_of(arena, STR("\"a,b,c\";d\n1;2\n"), 1).cells[1], "2");
}

TEST(quoted_cells_hold_separators_doubled_marks_and_line_breaks)
{
    TEST_ARENA(arena);
    CsvRow row = row_of(arena, STR("a;b\r\n\"x;\"\"y\"\"\r\nz\";\" 2 \"\r\n3;4\r\n"), 1);
    EXPECT(row.fault == CSV_FINE);
    EXPECT_STR(row.cells[0], "x;\"y\"\nz");
    EXPECT_STR(row.cells[1], " 2 ");
}

TEST(lines_are_counted_through_quoted_line_breaks)
{
    TEST_ARENA(arena);
    EXPECT(row_of(arena, STR("a;b\r\n\"x\r\nz\";2\r\n3;4"), 2).line == 4);
}

TEST(blank_lines_and_lines_of_separators_are_passed_over)
{
    TEST_ARENA(arena);
    EXPECT(rows_in(arena, STR("\n\na;b\n;\n\n1;2\n\n")) == 2);
}

TEST(a_last_line_without_a_line_end_is_read)
{
    TEST_ARENA(arena);
    EXPECT_STR(row_of(arena, STR("a;b\n1;2"), 1).cells[1], "2");
}

TEST(an_empty_last_cell_counts)
{
    TEST_ARENA(arena);
    CsvRow row = row_of(arena, STR("a;b\n1;\n"), 1);
    EXPECT(row.fault == CSV_FINE);
    EXPECT(row.count == 2);
}

TEST(an_arena_that_is_full_is_an_error_and_leaves_the_row_untouched)
{
    AUTO(arena_freep) Arena *small = NULL;
    Csv csv = {0};
    CsvRow row = {.line = 77};
    bool more = false;
    static char file[4000];

    memset(file, 'x', sizeof file);
    EXPECT_OK(arena_new(1024, &small));
    EXPECT(csv_open(str_from_bytes(file, sizeof file), &csv) == CSV_FINE);
    EXPECT_ERR(csv_next(&csv, small, &row, &more), E_NO_MEMORY);
    EXPECT(row.line == 77);
}

TEST(every_fault_has_a_text)
{
    for (unsigned fault = 0; fault < CSV_FAULT_COUNT; fault++)
        EXPECT(csv_fault_text((CsvFault)fault)[0] != '\0');
}

/* ---- as programs leave them ---- */

static CsvRow row_number(Arena *arena, const char *file, unsigned number)
{
    CsvRow row = {0};
    bool more = true;
    Csv csv;

    EXPECT(csv_open(str_from_c(file), &csv) == CSV_FINE);
    for (unsigned i = 0; i < number; i++)
        EXPECT_OK(csv_next(&csv, arena, &row, &more));
    EXPECT(more);
    return row;
}

TEST(two_encodings_in_one_file_are_told_where_the_second_stands)
{
    TEST_ARENA(arena);
    CsvRow row = row_number(arena, "navn;e\nBl\xE5;1\nGr\xC3\xB8nn;2\n", 3);

    EXPECT(row.fault == CSV_MIXED && row.fault_line == 3 && row.fault_column == 1);
}

TEST(a_file_of_utf_16_is_told_as_one)
{
    Csv csv;

    EXPECT(csv_open(STR("\xFF\xFEn\0a\0"), &csv) == CSV_UTF_16);
    EXPECT(csv_open(STR("\xFE\xFF\0n\0a"), &csv) == CSV_UTF_16);
}

TEST(a_first_line_that_names_the_separator_is_no_row)
{
    TEST_ARENA(arena);
    Csv csv;
    CsvRow row = row_number(arena, "sep=;\r\nnavn;a,b,c\r\n", 1);

    EXPECT(row.fault == CSV_FINE && row.count == 2 && row.line == 2);
    EXPECT_STR(row.cells[1], "a,b,c");
    row = row_number(arena, "\xEF\xBB\xBFSEP=\t\nnavn\tby\n", 1);
    EXPECT(row.count == 2);
    EXPECT(csv_open(STR("sep=x\nnavn\n"), &csv) == CSV_SEPARATOR);
}

TEST(a_line_break_of_a_word_processor_stays_inside_its_cell)
{
    TEST_ARENA(arena);
    CsvRow row = row_number(arena, "navn;by\r\n\"Kari\r\nNordmann\";a\vb\r\n", 2);

    EXPECT(row.fault == CSV_FINE && row.count == 2);
    EXPECT_STR(row.cells[0], "Kari\nNordmann");
    EXPECT_STR(row.cells[1], "a\vb");
}

TEST(a_cell_that_a_line_break_has_cut_is_told_with_what_to_do)
{
    TEST_ARENA(arena);
    CsvRow row = row_number(arena, "navn;by\nKari\nNordmann;Oslo\n", 2);

    EXPECT(row.fault == CSV_TOO_FEW_CELLS && row.fault_line == 2);
    EXPECT(strstr(csv_fault_text(CSV_TOO_FEW_CELLS), "line break") != NULL);
}

RUN_TESTS("csv")
