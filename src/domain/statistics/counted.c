/* Codes by their places.
 * Must not move a code that has a place.
 * Used by service/statistics, figures, web and api. */
#include "domain/statistics/counted.h"

#include "base/buf.h"

typedef struct ListRow {
    CodeList codes;
    bool unstated;
} ListRow;

static const ListRow rows[COUNTED_COUNT] = {
#define X(name, list, may) [COUNTED_##name] = {.codes = list, .unstated = may},
    COUNTED_LISTS(X)
#undef X
};

CodeList counted_codes(CountedList list)
{
    return (unsigned)list < COUNTED_COUNT ? rows[list].codes : CODES_NONE;
}

static bool has(const CountedCodes *places, uint16_t code)
{
    for (uint32_t i = 0; i < places->count; i++)
        if (places->codes[i] == code)
            return true;
    return false;
}

static Err add(CountedCodes *places, uint16_t code)
{
    if (has(places, code))
        return ok();
    if (places->count == COUNTED_MAX)
        return fail(E_RANGE);
    places->codes[places->count++] = code;
    return ok();
}

Err counted_grow(const Counted *former, const Codes *today, Counted *ret_counted)
{
    Counted grown = *former;

    for (unsigned list = COUNTED_NOTHING + 1; list < COUNTED_COUNT; list++) {
        const Codes codes = today ? today[list] : codes_of(rows[list].codes);
        for (uint32_t i = 0; i < codes.count; i++)
            TRY(add(&grown.lists[list], codes.items[i]));
        if (rows[list].unstated)
            TRY(add(&grown.lists[list], 0));
    }
    *ret_counted = grown;
    return ok();
}

Err counted_place(const Counted *counted, CountedList list, uint16_t code, uint8_t *ret_place)
{
    const CountedCodes *places = &counted->lists[list];

    for (uint32_t i = 0; i < places->count; i++)
        if (places->codes[i] == code) {
            *ret_place = (uint8_t)i;
            return ok();
        }
    return fail(E_NOT_FOUND);
}

Err counted_encode(const Counted *counted, Arena *keep, Str *ret_bytes)
{
    Buf buf = buf_new(keep, (size_t)COUNTED_COUNT * 2 * (COUNTED_MAX + 1));

    for (unsigned list = COUNTED_NOTHING + 1; list < COUNTED_COUNT; list++) {
        buf_add_u16(&buf, counted->lists[list].count);
        for (uint32_t i = 0; i < counted->lists[list].count; i++)
            buf_add_u16(&buf, counted->lists[list].codes[i]);
    }
    return buf_done(&buf, ret_bytes);
}

Err counted_decode(Str bytes, Counted *ret_counted)
{
    Cursor cursor = cursor_new(bytes);
    Counted counted = {0};

    for (unsigned list = COUNTED_NOTHING + 1; list < COUNTED_COUNT; list++) {
        const uint16_t count = cursor_u16(&cursor);
        if (count > COUNTED_MAX)
            return fail(E_MALFORMED);
        for (uint32_t i = 0; i < count; i++) {
            const uint16_t code = cursor_u16(&cursor);
            if (has(&counted.lists[list], code))
                return fail(E_MALFORMED);
            counted.lists[list].codes[counted.lists[list].count++] = code;
        }
    }
    if (!is_ok(cursor_done(&cursor)))
        return fail(E_MALFORMED);
    *ret_counted = counted;
    return ok();
}
