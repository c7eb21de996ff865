/* Fuzz target: a parcel from another municipality, and what stands in one. What is taken has its parts inside the file, and a content
 * is written again as it was read.
 * The first byte chooses which. Built by `make fuzz`; its corpus is replayed by the tests. */
#include <stdlib.h>

#include "parcel/content.h"
#include "parcel/parcel.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void read_parcel(Str file)
{
    Parcel parcel;

    if (!is_ok(parcel_read(file, &parcel)))
        return;
    size_t parts = parcel.associated.length + parcel.box.length + 8 + parcel.sealed.length + SIGNATURE_BYTES;
    if (parts != file.length || parcel.box.length != PARCEL_BOX_BYTES || parcel.head.made_at <= 0)
        abort();
}

static void read_content(Str bytes, Arena *arena)
{
    ParcelContent content;
    Str again;

    if (!is_ok(parcel_content_read(bytes, &content)))
        return;
    if (!is_ok(parcel_content_write(&content, arena, &again)) || !str_equal(bytes, again))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    AUTO(arena_freep) Arena *arena = NULL;

    if (length < 1 || length > 65536 || !is_ok(arena_new((size_t)4 << 20, &arena)))
        return 0;
    if (bytes[0] & 1)
        read_content(str_from_bytes(bytes + 1, length - 1), arena);
    else
        read_parcel(str_from_bytes(bytes + 1, length - 1));
    return 0;
}
