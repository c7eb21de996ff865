/* Fuzz target: a package of an archive report. What is taken has the very parts that its list tells, and data that are written
 * again as they were read.
 * Built by `make fuzz`; its corpus is replayed by the tests. */
#include <stdlib.h>

#include "report/package.h"
#include "report/read.h"
#include "report/write.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* The data alone too: few files get past the hashes of the package. */
static void read_data(Str data, Arena *arena)
{
    Report report;
    Str again;

    if (!is_ok(report_read(data, arena, &report)))
        return;
    if (!is_ok(report_write(&report, arena, &again)) || !str_equal(data, again))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str file = str_from_bytes(bytes, length), wrong = STR_NONE;
    PackageRead read;

    if (length > 65536 || !is_ok(arena_new((size_t)64 << 20, &arena)))
        return 0;
    if (is_ok(package_read(file, arena, &read, &wrong)) && read.parts.count < 5)
        abort();
    read_data(file, arena);
    return 0;
}
