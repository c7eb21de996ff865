/* Fuzz target: whatever the bytes are, every row's cells are UTF-8 within their limits, and every fault has a place.
 * Must not need anything but base and domain/csv.
 * Built by `make fuzz`; its corpus is replayed by the tests. */
#include <stdlib.h>

#include "domain/input/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void expect_sound(const Csv *csv, const CsvRow *row)
{
    if (row->fault != CSV_FINE) {
        if (row->fault >= CSV_FAULT_COUNT || row->fault_line < row->line || row->fault_column == 0)
            abort();
        return;
    }
    if (row->count != csv->columns || row->count > CSV_COLUMNS_MAX)
        abort();
    for (uint32_t i = 0; i < row->count; i++)
        if (!utf8_valid(row->cells[i]) || row->cells[i].length > (size_t)CSV_CELL_MAX * 3 + 3)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Csv csv = {0};
    CsvRow row = {0};
    bool more = true;

    if (length > 65536 || !is_ok(arena_new((size_t)16 << 20, &arena)))
        return 0;
    if (csv_open(str_from_bytes(bytes, length), &csv) != CSV_FINE)
        return 0;
    while (more) {
        size_t mark = arena_mark(arena);
        if (!is_ok(csv_next(&csv, arena, &row, &more)))
            abort();
        if (more)
            expect_sound(&csv, &row);
        arena_rewind(arena, mark);
    }
    return 0;
}
