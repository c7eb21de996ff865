/* Fuzz target: whatever was typed, what is kept is UTF-8, is kept unchanged when it comes in again, and shows something or is empty;
 * so is what every field makes of it.
 * Must not need anything but base and domain/fields.
 * Built by `make fuzz`; its corpus is replayed by the tests. */
#include <stdlib.h>

#include "base/clean.h"
#include "domain/fields.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void clean_twice(Arena *arena, Str raw, bool lines)
{
    CleanFault fault = CLEAN_FINE, again = CLEAN_FINE;
    Str once = STR_NONE, twice = STR_NONE;

    if (!is_ok(text_clean(raw, lines, arena, &fault, &once)))
        abort();
    if (fault != CLEAN_FINE)
        return;
    if (!utf8_valid(once) || !is_ok(text_clean(once, lines, arena, &again, &twice)) || again != CLEAN_FINE || !str_equal(once, twice))
        abort();
    if (!lines && str_find(once, '\n', 0) < once.length)
        abort();
}

static void forms(Arena *arena, Str raw)
{
    Str folded = STR_NONE, bare = STR_NONE;

    if (!utf8_valid(raw))
        return;
    if (!is_ok(text_fold(raw, arena, &folded)) || !utf8_valid(folded) || !is_ok(text_bare(raw, arena, &bare)) || !utf8_valid(bare))
        abort();
}

/* What a field took it takes again, and leaves as it is. */
static void check_twice(Arena *arena, const Field *field, Str raw)
{
    Fault fault = FAULT_FINE, again = FAULT_FINE;
    Str once = STR_NONE, twice = STR_NONE;

    if (!is_ok(field_check(field, raw, arena, &fault, &once)))
        abort();
    if (fault == FAULT_FINE && (!is_ok(field_check(field, once, arena, &again, &twice)) || again != FAULT_FINE || !str_equal(once, twice)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const FieldKey fields[] = {NOTE_TEXT, CHILD_NAME, CHILD_NATIONAL_ID, CHILD_BIRTH_DATE, CHILD_PHONE, CHILD_EMAIL, RESOURCE_LINK,
                                      MEETING_TIME, ORGANISATION_NUMBER, CONSENT_REQUIRED_PERSONS};
    Str raw = str_from_bytes(bytes, length);
    AUTO(arena_freep) Arena *arena = NULL;

    if (length > 4096 || !is_ok(arena_new((size_t)16 << 20, &arena)))
        return 0;
    clean_twice(arena, raw, true);
    clean_twice(arena, raw, false);
    forms(arena, raw);
    for (size_t i = 0; i < COUNT_OF(fields); i++)
        check_twice(arena, field_at(fields[i]), raw);
    return 0;
}
