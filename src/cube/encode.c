/* The three kinds of bytes.
 * Must not repair.
 * Used by freeze, verify and answer. */
#include <string.h>

#include "cube/encode.h"

#define FORMAT 1
#define SECRETS_HEAD 42 /* "SLCERT" | format u8 | zeros 3 | ledger 32 */

uint32_t numbers_periods(const Star *star, NumbersKind kind)
{
    return kind == NUMBERS_LEDGER ? star->periods : star->years + 1;
}

uint32_t numbers_period(const Star *star, NumbersKind kind, uint32_t place)
{
    if (kind == NUMBERS_LEDGER || place < star->years)
        return place;
    return star_span(star, star->closed > 0 ? star->closed - 1 : 0);
}

static void add_head(Buf *buf, const CubeDims *dims, NumbersKind kind, const uint8_t *before)
{
    buf_add(buf, STR("SLCUBE"));
    buf_add_u8(buf, FORMAT);
    buf_add_u8(buf, (uint8_t)kind);
    buf_add_u8(buf, (uint8_t)dims->family);
    buf_add_u16(buf, dims->organisations);
    buf_add_u8(buf, dims->categories);
    buf_add_u8(buf, dims->levels);
    buf_add_u8(buf, dims->attentions);
    buf_add_u16(buf, dims->first);
    buf_add_u16(buf, dims->last);
    buf_add_u8(buf, 0);
    buf_add_bytes(buf, before, HASH_BYTES);
}

/* What a page may show is also what is on offer now; a ledger has what was on offer once. */
static uint32_t number_of(const Work *work, NumbersKind kind, Place place)
{
    uint32_t cell = star_cell(&work->star, place);
    bool there = kind == NUMBERS_LEDGER || star_offers(&work->star, place);

    return there && work_shows(work, cell) ? work->numbers[cell] : MASKED;
}

Err numbers_encode(const Work *work, NumbersKind kind, const uint8_t before[static HASH_BYTES], Arena *keep, Str *ret_bytes)
{
    const Star *star = &work->star;
    Buf buf = buf_new(keep, NUMBERS_HEAD + 4 * (size_t)star_cells(star) + 4 * (size_t)star->categories * 8192);

    buf_reserve(&buf, NUMBERS_HEAD + 4 * (size_t)star_cells(star));
    add_head(&buf, &star->dims, kind, before);
    for (CubeSide side = CUBE_WHOLE; side < CUBE_SIDES; side++)
        for (uint32_t value = 0; value < star->values[side]; value++)
            for (uint32_t i = 0; i < numbers_periods(star, kind); i++)
                for (uint32_t category = 0; category <= star->categories; category++)
                    buf_add_u32(&buf, number_of(work, kind, (Place){side, value, numbers_period(star, kind, i), category}));
    return buf_done(&buf, ret_bytes);
}

Err numbers_decode(Str bytes, NumbersKind kind, Numbers *ret_numbers)
{
    Cursor cursor = cursor_new(bytes);
    Numbers numbers = {0};
    Star star;

    bool head = str_equal(cursor_bytes(&cursor, 6), STR("SLCUBE"));
    head = cursor_u8(&cursor) == FORMAT && head;
    head = cursor_u8(&cursor) == kind && head;
    numbers.dims.family = (CubeFamily)cursor_u8(&cursor);
    numbers.dims.organisations = cursor_u16(&cursor);
    numbers.dims.categories = cursor_u8(&cursor);
    numbers.dims.levels = cursor_u8(&cursor);
    numbers.dims.attentions = cursor_u8(&cursor);
    numbers.dims.first = cursor_u16(&cursor);
    numbers.dims.last = cursor_u16(&cursor);
    head = cursor_u8(&cursor) == 0 && head;
    cursor_copy(&cursor, numbers.before, HASH_BYTES);
    if (cursor.failed)
        return fail(E_TRUNCATED);
    if (!head || !is_ok(star_new(&numbers.dims, &star)))
        return fail(E_MALFORMED);
    size_t values = star_cells(&star) / star.periods / (star.categories + 1);
    numbers.numbers = cursor_bytes(&cursor, 4 * values * numbers_periods(&star, kind) * (star.categories + 1));
    TRY(cursor_done(&cursor));
    *ret_numbers = numbers;
    return ok();
}

uint32_t numbers_at(const Numbers *numbers, size_t place)
{
    Cursor cursor = {.bytes = numbers->numbers, .at = 4 * place};

    return cursor_u32(&cursor);
}

Err secrets_encode(const Work *work, const uint8_t ledger[static HASH_BYTES], Arena *keep, Str *ret_bytes)
{
    size_t room = SECRETS_HEAD + star_cells(&work->star) + 4;

    for (uint32_t i = 0; i < work->certificates.count; i++)
        room += 4 + 8 * (size_t)work->certificates.items[i].count;
    Buf buf = buf_new(keep, room);
    buf_reserve(&buf, room);
    buf_add(&buf, STR("SLCERT"));
    buf_add_u8(&buf, FORMAT);
    buf_add_zeros(&buf, 3);
    buf_add_bytes(&buf, ledger, HASH_BYTES);
    buf_add_bytes(&buf, work->logs, star_cells(&work->star));
    buf_add_u32(&buf, work->certificates.count);
    for (uint32_t i = 0; i < work->certificates.count; i++) {
        const Certificate *certificate = &work->certificates.items[i];
        buf_add_u32(&buf, certificate->count);
        for (uint32_t k = 0; k < certificate->count; k++) {
            buf_add_u32(&buf, certificate->changes[k].entry);
            buf_add_u32(&buf, (uint32_t)certificate->changes[k].more);
        }
    }
    return buf_done(&buf, ret_bytes);
}

/* Entries of one certificate, each once, in rising order or not: as they were found. */
static Err read_certificate(Cursor *cursor, const Star *star, Arena *keep, Certificate *ret_certificate)
{
    uint32_t count = cursor_u32(cursor);
    Change *changes;

    if (count > (cursor->bytes.length - cursor->at) / 8)
        return fail(E_TRUNCATED);
    TRY(ARENA_NEW(keep, Change, count, &changes));
    for (uint32_t i = 0; i < count; i++) {
        changes[i].entry = cursor_u32(cursor);
        changes[i].more = (int32_t)cursor_u32(cursor);
        if (changes[i].entry >= star_entries(star))
            return fail(E_MALFORMED);
    }
    *ret_certificate = (Certificate){changes, count};
    return ok();
}

Err secrets_decode(Str bytes, const Star *star, Arena *keep, Secrets *ret_secrets)
{
    Cursor cursor = cursor_new(bytes);
    Secrets secrets = {0};

    bool head = str_equal(cursor_bytes(&cursor, 6), STR("SLCERT"));
    head = cursor_u8(&cursor) == FORMAT && head;
    head = cursor_u16(&cursor) == 0 && cursor_u8(&cursor) == 0 && head;
    cursor_copy(&cursor, secrets.ledger, HASH_BYTES);
    secrets.logs = cursor_bytes(&cursor, star_cells(star));
    uint32_t count = cursor_u32(&cursor);
    if (cursor.failed || count > (bytes.length - cursor.at) / 4)
        return fail(E_TRUNCATED);
    for (size_t i = 0; i < secrets.logs.length; i++)
        head = (uint8_t)secrets.logs.data[i] <= LOGS_ENOUGH && head;
    if (!head)
        return fail(E_MALFORMED);
    for (uint32_t i = 0; i < count; i++) {
        Certificate certificate;
        TRY(read_certificate(&cursor, star, keep, &certificate));
        TRY(certificates_add(&secrets.certificates, certificate, keep));
    }
    TRY(cursor_done(&cursor));
    *ret_secrets = secrets;
    return ok();
}
