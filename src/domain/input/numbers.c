/* Check digits and kinds of Norwegian numbers.
 * Must not store, print or derive anything from them but the masked form.
 * Called by service, import, pages. */
#include "domain/input/numbers.h"

static bool is_digits(Str text, size_t length)
{
    bool good = text.length == length;
    for (size_t i = 0; good && i < length; i++)
        good = text.data[i] >= '0' && text.data[i] <= '9';
    return good;
}

static unsigned weigh(Str digits, const uint8_t weights[], size_t count)
{
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (unsigned)(digits.data[i] - '0') * weights[i];
    return sum;
}

static unsigned two_digits(Str digits, size_t at)
{
    return (unsigned)(digits.data[at] - '0') * 10 + (unsigned)(digits.data[at + 1] - '0');
}

bool national_checksum(Str digits)
{
    static const uint8_t first[] = {3, 7, 6, 1, 8, 9, 4, 5, 2, 1};
    static const uint8_t second[] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
    return is_digits(digits, 11) && weigh(digits, first, 10) % 11 <= 3 && weigh(digits, second, 11) % 11 == 0;
}

bool national_is_d(Str digits)
{
    return is_digits(digits, 11) && digits.data[0] >= '4';
}

enum NationalKind national_kind(Str digits)
{
    if (!is_digits(digits, 11))
        return NATIONAL_NONE;
    unsigned day = two_digits(digits, 0);
    unsigned month = two_digits(digits, 2);
    day -= day > 40 ? 40 : 0;
    if (day < 1 || day > 31)
        return NATIONAL_NONE;
    if (month >= 1 && month <= 12)
        return NATIONAL_REAL;
    if (month >= 41 && month <= 52)
        return NATIONAL_AMBIGUOUS;
    return (month >= 66 && month <= 77) || (month >= 81 && month <= 92) ? NATIONAL_TEST : NATIONAL_NONE;
}

Err national_accept(Str digits, Mode mode)
{
    enum NationalKind kind = national_kind(digits);
    if (kind == NATIONAL_NONE || !national_checksum(digits))
        return fail(E_MALFORMED);
    bool wanted = mode == MODE_PRODUCTION                       ? kind == NATIONAL_REAL
                  : mode == MODE_DEMO || mode == MODE_TEST ? kind == NATIONAL_TEST
                                                                : false;
    return wanted ? ok() : fail(E_MODE);
}

void buf_add_national_masked(Buf *buf, Str digits)
{
    if (!is_digits(digits, 11))
        return;
    buf_add(buf, str_slice(digits, 0, 6));
    buf_add(buf, STR(" •••••"));
}

bool organisation_number_valid(Str digits)
{
    static const uint8_t weights[] = {3, 2, 7, 6, 5, 4, 3, 2};
    if (!is_digits(digits, 9))
        return false;
    unsigned check = (11 - weigh(digits, weights, 8) % 11) % 11;
    return check == (unsigned)(digits.data[8] - '0');
}
