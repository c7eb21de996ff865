/* Fuzz target: a parcel from another municipality, what stands in one, a card and a letter of another installation. What is taken has its
 * parts inside the file, and all but the parcel, which is sealed, are written again as they were read.
 * The first byte chooses which. Built by `make fuzz`; its corpus is replayed by the tests. */
#include <stdlib.h>

#include "parcel/content.h"
#include "parcel/letter.h"
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

static void expect_signed(Str file, Str body)
{
    if (!str_equal(str_slice(file, 0, file.length - SIGNATURE_BYTES), body))
        abort();
}

static void read_card(Str file, Arena *arena)
{
    Card card;
    Str body;

    if (!is_ok(card_read(file, arena, &card)))
        return;
    if (!is_ok(card_write(&card, arena, &body)))
        abort();
    expect_signed(file, body);
}

static void read_letter(Str file, Arena *arena)
{
    Letter letter;
    Str body;

    if (!is_ok(letter_read(file, &letter)))
        return;
    if (!is_ok(letter_write(&letter, arena, &body)))
        abort();
    expect_signed(file, body);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    AUTO(arena_freep) Arena *arena = NULL;

    if (length < 1 || length > 65536 || !is_ok(arena_new((size_t)4 << 20, &arena)))
        return 0;
    const Str rest = str_from_bytes(bytes + 1, length - 1);
    switch (bytes[0] & 3) {
    case 0:
        read_parcel(rest);
        break;
    case 1:
        read_content(rest, arena);
        break;
    case 2:
        read_card(rest, arena);
        break;
    default:
        read_letter(rest, arena);
    }
    return 0;
}
