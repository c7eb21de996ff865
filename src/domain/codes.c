/* Code lists as constant tables.
 * Must not change a number that was ever released.
 * Called by fields, pages, import, statistics. */
#include "domain/codes.h"

#define C(name, number) (number),
#define X(name, number, key, LIST) static const uint16_t items_##name[] = {LIST(C)};
CODE_LISTS(X)
#undef X
#undef C

static const Codes lists[CODES_COUNT] = {
    [CODES_NONE] = {.key = "none"},
#define X(name, number, text, LIST) [CODES_##name] = {.key = text, .items = items_##name, .count = COUNT_OF(items_##name)},
    CODE_LISTS(X)
#undef X
};

Codes codes_of(CodeList list)
{
    return lists[(unsigned)list < CODES_COUNT ? list : CODES_NONE];
}

bool code_known(CodeList list, uint16_t code)
{
    Codes codes = codes_of(list);
    for (uint32_t i = 0; i < codes.count; i++)
        if (codes.items[i] == code)
            return true;
    return false;
}

Err code_from_str(CodeList list, Str text, uint16_t *ret_code)
{
    int64_t number;
    if ((text.length && text.data[0] == '0') || !is_ok(num_parse(text, 1, UINT16_MAX, &number)) ||
        !code_known(list, (uint16_t)number))
        return fail(E_MALFORMED);
    *ret_code = (uint16_t)number;
    return ok();
}
