/* A reader that walks once over the bytes, one row at a time.
 * Must not guess beyond encoding and separator: what is ambiguous is a fault with its place.
 * Called by service/import. */
#include "domain/input/csv.h"

#define X(name, text) [CSV_##name] = (text),
static const char *const fault_texts[] = {CSV_FAULTS(X)};
#undef X

/* Windows-1252 0x80..0x9F; zero is not a character. The rest equals Latin-1. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

const char *csv_fault_text(CsvFault fault)
{
    return (unsigned)fault < CSV_FAULT_COUNT ? fault_texts[fault] : fault_texts[CSV_BAD_CHARACTER];
}

/* The separator that stands more often in the first line, outside quotation marks. */
static char find_separator(Str text)
{
    size_t semicolons = 0;
    size_t commas = 0;
    bool quoted = false;

    for (size_t at = 0; at < text.length; at++) {
        char c = text.data[at];
        if (c == '"')
            quoted = !quoted;
        if (!quoted && c == '\n')
            break;
        semicolons += !quoted && c == ';';
        commas += !quoted && c == ',';
    }
    return commas > semicolons ? ',' : ';';
}

static bool at_end(const Csv *csv)
{
    return csv->at >= csv->text.length;
}

/* At a line end (CR LF or LF) or the end of the file. */
static bool at_line_end(const Csv *csv)
{
    if (at_end(csv) || csv->text.data[csv->at] == '\n')
        return true;
    return csv->text.data[csv->at] == '\r' && csv->at + 1 < csv->text.length && csv->text.data[csv->at + 1] == '\n';
}

static void skip_line_end(Csv *csv)
{
    if (at_end(csv))
        return;
    csv->at += csv->text.data[csv->at] == '\r' ? 2 : 1;
    csv->line++;
}

/* "sep=;" on a line of its own. */
static CsvFault read_separator(Csv *csv)
{
    const Str mark = STR("sep=");

    if (!str_same_letters(str_slice(csv->text, 0, mark.length), mark)) {
        csv->separator = find_separator(csv->text);
        return CSV_FINE;
    }
    Str rest = str_slice(csv->text, mark.length, csv->text.length);
    bool known = rest.length > 0 && (rest.data[0] == ';' || rest.data[0] == ',' || rest.data[0] == '\t');
    csv->at = mark.length + 1;
    if (!known || !at_line_end(csv))
        return CSV_SEPARATOR;
    csv->separator = rest.data[0];
    skip_line_end(csv);
    return CSV_FINE;
}

CsvFault csv_open(Str bytes, Csv *ret_csv)
{
    const Str mark = STR("\xEF\xBB\xBF");
    bool marked = str_starts(bytes, mark);
    Csv csv = {.text = bytes, .line = 1};

    if (bytes.length > CSV_BYTES_MAX)
        return CSV_TOO_LARGE;
    if (str_starts(bytes, STR("\xFF\xFE")) || str_starts(bytes, STR("\xFE\xFF")))
        return CSV_UTF_16;
    if (marked)
        csv.text = str_slice(bytes, mark.length, bytes.length);
    if (str_trim(csv.text).length == 0)
        return CSV_EMPTY;
    csv.windows_1252 = !utf8_valid(csv.text);
    if (marked && csv.windows_1252)
        return CSV_BAD_CHARACTER;
    CsvFault fault = read_separator(&csv);
    if (fault == CSV_FINE)
        *ret_csv = csv;
    return fault;
}

/* A letter of UTF-8 among bytes of Windows-1252, where it would be read as two odd signs: "Ã¥". */
static bool is_mixed(const Csv *csv)
{
    unsigned char byte = (unsigned char)csv->text.data[csv->at];
    unsigned char next = csv->at + 1 < csv->text.length ? (unsigned char)csv->text.data[csv->at + 1] : 0;

    return csv->windows_1252 && (byte == 0xC3 || byte == 0xC2) && next >= 0x80 && next <= 0xBF;
}

/* One character of a cell as UTF-8. The line breaks of word processors (VT, FF) are left to the cleaning rule. */
static CsvFault add_character(const Csv *csv, Buf *cell, char c)
{
    unsigned byte = (unsigned char)c;
    unsigned code = byte;

    if ((byte < 0x20 && !(byte >= '\t' && byte <= '\f')) || byte == 0x7F)
        return CSV_BAD_CHARACTER;
    if (byte < 0x80 || !csv->windows_1252) {
        buf_add_char(cell, c);
        return CSV_FINE;
    }
    if (is_mixed(csv))
        return CSV_MIXED;
    if (byte < 0xA0)
        code = windows_1252[byte - 0x80];
    if (code == 0)
        return CSV_BAD_CHARACTER;
    buf_add_utf8(cell, code);
    return CSV_FINE;
}

/* The part between quotation marks; csv stands behind the first one. */
static CsvFault read_quoted(Csv *csv, Buf *cell)
{
    size_t begin = csv->at;

    for (; !at_end(csv); csv->at++) {
        char c = csv->text.data[csv->at];
        if (csv->at - begin > CSV_CELL_MAX)
            return CSV_CELL_TOO_LONG;
        if (c == '"') {
            bool doubled = csv->at + 1 < csv->text.length && csv->text.data[csv->at + 1] == '"';
            csv->at += doubled ? 1 : 0;
            if (!doubled) {
                csv->at++;
                return CSV_FINE;
            }
        }
        if (c == '\r' && at_line_end(csv))
            continue;
        if (c == '\n')
            csv->line++;
        CsvFault fault = add_character(csv, cell, c);
        if (fault != CSV_FINE)
            return fault;
    }
    return CSV_OPEN_QUOTE;
}

static CsvFault read_plain(Csv *csv, Buf *cell)
{
    size_t begin = csv->at;

    for (; !at_line_end(csv) && csv->text.data[csv->at] != csv->separator; csv->at++) {
        char c = csv->text.data[csv->at];
        if (csv->at - begin > CSV_CELL_MAX)
            return CSV_CELL_TOO_LONG;
        if (c == '"')
            return CSV_STRAY_QUOTE;
        CsvFault fault = add_character(csv, cell, c);
        if (fault != CSV_FINE)
            return fault;
    }
    return CSV_FINE;
}

/* Reads one cell up to its separator or line end. */
static Err read_cell(Csv *csv, Arena *keep, Str *ret_cell, CsvFault *ret_fault)
{
    Buf cell = buf_new(keep, (size_t)CSV_CELL_MAX * 3 + 3);
    Str content = STR_NONE;
    bool quoted = !at_end(csv) && csv->text.data[csv->at] == '"';

    csv->at += quoted ? 1 : 0;
    CsvFault fault = quoted ? read_quoted(csv, &cell) : read_plain(csv, &cell);
    if (fault == CSV_FINE && !at_line_end(csv) && csv->text.data[csv->at] != csv->separator)
        fault = CSV_STRAY_QUOTE;
    TRY(buf_done(&cell, &content));
    *ret_cell = quoted ? content : str_trim(content);
    *ret_fault = fault;
    return ok();
}

static void set_fault(CsvRow *row, CsvFault fault, uint32_t line, uint32_t column)
{
    row->fault = fault;
    row->fault_line = line;
    row->fault_column = column;
}

/* To the end of the line in which a fault was found. */
static void skip_rest(Csv *csv)
{
    while (!at_line_end(csv))
        csv->at++;
    skip_line_end(csv);
}

static Err read_row(Csv *csv, Arena *keep, CsvRow *row)
{
    for (;;) {
        Str cell = STR_NONE;
        CsvFault fault = CSV_FINE;
        uint32_t line = csv->line;

        TRY(read_cell(csv, keep, &cell, &fault));
        if (fault == CSV_FINE && row->count == CSV_COLUMNS_MAX)
            fault = CSV_TOO_MANY_CELLS;
        if (fault != CSV_FINE) {
            /* An open quotation mark has swallowed the rest of the file; the fault stands where it began. */
            set_fault(row, fault, fault == CSV_OPEN_QUOTE ? line : csv->line, row->count + 1);
            skip_rest(csv);
            return ok();
        }
        row->cells[row->count++] = cell;
        if (at_line_end(csv))
            break;
        csv->at++;
    }
    skip_line_end(csv);
    return ok();
}

static bool is_blank(const CsvRow *row)
{
    for (uint32_t i = 0; i < row->count; i++)
        if (row->cells[i].length > 0)
            return false;
    return row->fault == CSV_FINE;
}

static void check_width(Csv *csv, CsvRow *row)
{
    if (row->fault != CSV_FINE)
        return;
    if (csv->columns == 0)
        csv->columns = row->count;
    if (row->count < csv->columns)
        set_fault(row, CSV_TOO_FEW_CELLS, row->line, row->count + 1);
    if (row->count > csv->columns)
        set_fault(row, CSV_TOO_MANY_CELLS, row->line, csv->columns + 1);
}

Err csv_next(Csv *csv, Arena *keep, CsvRow *ret_row, bool *ret_more)
{
    while (!at_end(csv)) {
        CsvRow row = {.line = csv->line};
        size_t mark = arena_mark(keep);

        if (csv->line > CSV_LINES_MAX) {
            csv->at = csv->text.length;
            set_fault(&row, CSV_TOO_LARGE, csv->line, 1);
        } else {
            TRY(read_row(csv, keep, &row));
        }
        if (is_blank(&row)) {
            arena_rewind(keep, mark);
            continue;
        }
        check_width(csv, &row);
        *ret_row = row;
        *ret_more = true;
        return ok();
    }
    *ret_more = false;
    return ok();
}
