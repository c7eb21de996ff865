/* Reads comma- or semicolon-separated files as spreadsheets write them (RFC 4180, with what Excel makes of it).
 * Must not know what the columns mean, nor keep the file: the caller's bytes outlive the reader.
 * Called by service/import. */
#ifndef DOMAIN_CSV_H
#define DOMAIN_CSV_H

#include "base/buf.h"

#define CSV_BYTES_MAX ((size_t)64 << 20)
#define CSV_COLUMNS_MAX 32
#define CSV_CELL_MAX 4096 /* bytes as they stand in the file */
#define CSV_LINES_MAX 200000

/* What is wrong with a file or a row: name, text for the person who made the file. Zero is nothing. */
#define CSV_FAULTS(X)                                                                                                    \
    X(FINE, "fine")                                                                                                      \
    X(EMPTY, "the file is empty; the first line must name the columns")                                                  \
    X(TOO_LARGE, "the file is larger than 64 MiB or longer than 200000 lines; divide it")                                \
    X(BAD_CHARACTER, "a character that is neither UTF-8 nor Windows-1252 text, or a line end of old systems; save the file as CSV UTF-8") \
    X(CELL_TOO_LONG, "the cell is longer than 4096 bytes")                                                               \
    X(STRAY_QUOTE, "a quotation mark inside a cell: put the whole cell in quotation marks and double it")                \
    X(OPEN_QUOTE, "the quotation mark that begins this cell is never closed")                                            \
    X(TOO_FEW_CELLS, "fewer cells than the first line has columns; a cell with a line break stands in quotation marks")  \
    X(TOO_MANY_CELLS, "more cells than the first line has columns (at most 32); a cell with a separator stands in quotation marks") \
    X(MIXED, "letters in UTF-8 here, and in Windows-1252 elsewhere in the file; save the whole file as UTF-8")           \
    X(UTF_16, "the file is UTF-16; save it as CSV UTF-8")                                                                \
    X(SEPARATOR, "after \"sep=\" stands a semicolon, a comma or a tab")

#define X(name, text) CSV_##name,
enum CsvFault { CSV_FAULTS(X) CSV_FAULT_COUNT };
#undef X
typedef enum CsvFault CsvFault;

const char *csv_fault_text(CsvFault fault);

/* A place in the file, as a spreadsheet shows it: line 1.. and column (cell) 1.. */
typedef struct CsvRow {
    uint32_t line;               /* the line in which the row begins */
    uint32_t count;              /* cells */
    Str cells[CSV_COLUMNS_MAX];  /* UTF-8, trimmed of spaces unless quoted */
    CsvFault fault;              /* CSV_FINE, or what is wrong; then the cells are not to be used */
    uint32_t fault_line;
    uint32_t fault_column;
} CsvRow;

typedef struct Csv {
    Str text;
    size_t at;
    uint32_t line;
    uint32_t columns; /* of the header row, 0 before it was read */
    char separator;   /* ';' or ',', or what "sep=" says */
    bool windows_1252;
} Csv;

/* Finds out encoding and separator. UTF-8 when the bytes are (with or without BOM), else Windows-1252; a first line "sep=;", as
 * spreadsheets write it, names the separator and is no row.
 * *ret_csv is ready when the answer is CSV_FINE. */
CsvFault csv_open(Str bytes, Csv *ret_csv);

/* The next row that is not blank; the first one names the columns. A row with a fault is told, and the reader goes on
 * with the line after it, so that all faults of a file can be listed. Cells live in keep.
 * *ret_more is false at the end of the file; then *ret_row is untouched. Errors: E_NO_MEMORY. */
MUST_USE Err csv_next(Csv *csv, Arena *keep, CsvRow *ret_row, bool *ret_more);

#endif
