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

Str code_text(unsigned code)
{
    static const char numbers[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                                  "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                                  "8081828384858687888990919293949596979899";

    if (code > 99)
        return STR_NONE;
    return code < 10 ? str_from_bytes(numbers + 2 * code + 1, 1) : str_from_bytes(numbers + 2 * code, 2);
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
