/* A ZIP file of stored parts (APPNOTE 6.3.10): the few records of the format that nobody needs a library for.
 * Must not believe a length: a file is read as it would have been written, and anything else is refused.
 * Called by package. Why not a library: docs/decisions/0019. */
#include "report/archive.h"

#include <string.h>

#include "base/calendar.h"

#define LOCAL 0x04034b50u
#define CENTRAL 0x02014b50u
#define END 0x06054b50u
#define HEAD_BYTES ((size_t)30)
#define CENTRAL_BYTES ((size_t)46)
#define END_BYTES ((size_t)22)
#define VERSION 20       /* of the format that is needed: 2.0 */
#define MADE_BY 0x0314   /* on Unix, so that the rights below count */
#define RIGHTS 0x81800000u /* a plain file, for its owner only */
#define NAMES_ARE_UTF8 0x0800

static void add16(Buf *buf, uint32_t number)
{
    buf_add_u8(buf, (uint8_t)number);
    buf_add_u8(buf, (uint8_t)(number >> 8));
}

static void add32(Buf *buf, uint32_t number)
{
    add16(buf, number & 0xFFFF);
    add16(buf, number >> 16);
}

/* CRC-32 of ISO 3309, four bits at a time. It finds a torn file; whether one was changed SHA-256 tells. */
static uint32_t crc32_of(Str bytes)
{
    static const uint32_t table[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
                                       0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
    uint32_t crc = 0xFFFFFFFF;

    for (size_t i = 0; i < bytes.length; i++) {
        crc ^= (uint8_t)bytes.data[i];
        crc = table[crc & 15] ^ crc >> 4;
        crc = table[crc & 15] ^ crc >> 4;
    }
    return ~crc;
}

/* A part as both of its records tell it. */
typedef struct Record {
    Str name;
    uint32_t crc, size, at;
    uint32_t time;   /* date << 16 | time, as DOS had them */
} Record;

static void add_common(Buf *buf, const Record *record)
{
    add16(buf, VERSION);
    add16(buf, NAMES_ARE_UTF8);
    add16(buf, 0);
    add32(buf, record->time);
    add32(buf, record->crc);
    add32(buf, record->size);
    add32(buf, record->size);
    add16(buf, (uint32_t)record->name.length);
    add16(buf, 0);
}

static void add_head(Buf *buf, const Record *record)
{
    add32(buf, LOCAL);
    add_common(buf, record);
    buf_add(buf, record->name);
}

static void add_central(Buf *buf, const Record *record)
{
    add32(buf, CENTRAL);
    add16(buf, MADE_BY);
    add_common(buf, record);
    buf_add_zeros(buf, 6);
    add32(buf, RIGHTS);
    add32(buf, record->at);
    buf_add(buf, record->name);
}

static Err write_end(const Record *records, uint32_t count, uint32_t at, Arena *keep, Str *ret_end)
{
    Buf buf = buf_new(keep, count * (CENTRAL_BYTES + ARCHIVE_NAME_MAX) + END_BYTES);

    for (uint32_t i = 0; i < count; i++)
        add_central(&buf, &records[i]);
    uint32_t size = (uint32_t)buf.length;
    add32(&buf, END);
    add32(&buf, 0);
    add16(&buf, count);
    add16(&buf, count);
    add32(&buf, size);
    add32(&buf, at);
    add16(&buf, 0);
    return buf_done(&buf, ret_end);
}

static Err write_head(const Record *record, Arena *keep, Str *ret_head)
{
    Buf buf = buf_new(keep, HEAD_BYTES + ARCHIVE_NAME_MAX);

    add_head(&buf, record);
    return buf_done(&buf, ret_head);
}

static bool is_name(Str name)
{
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'))
            return false;
    }
    return name.length > 0 && name.length <= ARCHIVE_NAME_MAX && name.data[0] != '.';
}

/* The time of Norway, since a record has no zone; 1980 is the first year that it can tell. */
static uint32_t dos_time(int64_t ms)
{
    Date date = date_from_day(oslo_day(ms));
    unsigned minute = oslo_minute(ms);
    uint32_t year = date.year < 1980 ? 0 : (uint32_t)date.year - 1980;

    return (year << 9 | date.month << 5 | date.day) << 16 | minute / 60 << 11 | minute % 60 << 5;
}

static Err place(const ArchivePart *part, uint32_t at, uint32_t time, Record *ret_record, uint32_t *ret_next)
{
    uint64_t next = (uint64_t)at + HEAD_BYTES + part->name.length + part->bytes.length;

    if (!is_name(part->name))
        return fail(E_RANGE);
    if (next > UINT32_MAX)
        return fail(E_TOO_LARGE);
    *ret_record = (Record){.name = part->name, .crc = crc32_of(part->bytes), .size = (uint32_t)part->bytes.length, .at = at, .time = time};
    *ret_next = (uint32_t)next;
    return ok();
}

Err archive_write(const ArchiveParts *parts, int64_t made_at, Arena *keep, Str **ret_pieces)
{
    Record *records = NULL;
    Str *pieces = NULL;
    uint32_t at = 0;

    if (parts->count > ARCHIVE_PARTS_MAX)
        return fail(E_TOO_LARGE);
    TRY(ARENA_NEW(keep, Record, (size_t)parts->count + 1, &records));
    TRY(ARENA_NEW(keep, Str, (size_t)2 * parts->count + 1, &pieces));
    for (uint32_t i = 0; i < parts->count; i++) {
        TRY(place(&parts->items[i], at, dos_time(made_at), &records[i], &at));
        TRY(write_head(&records[i], keep, &pieces[2 * i]));
        pieces[2 * i + 1] = parts->items[i].bytes;
    }
    TRY(write_end(records, parts->count, at, keep, &pieces[2 * parts->count]));
    *ret_pieces = pieces;
    return ok();
}

/* ---- reading ---- */

static uint32_t number_at(Str file, size_t at, unsigned width)
{
    uint32_t number = 0;

    for (unsigned i = width; i > 0 && at + width <= file.length; i--)
        number = number << 8 | (uint8_t)file.data[at + i - 1];
    return number;
}

/* The part whose head stands at `at`, when it is one. */
static Err read_part(Str file, size_t at, Arena *keep, Record *ret_record, Str *ret_bytes)
{
    Record record = {.time = number_at(file, at + 10, 4), .crc = number_at(file, at + 14, 4), .size = number_at(file, at + 18, 4),
                     .at = (uint32_t)at};
    size_t begin = at + HEAD_BYTES + number_at(file, at + 26, 2);
    Str head = STR_NONE;

    if (begin > file.length || record.size > file.length - begin)
        return fail(E_MALFORMED);
    record.name = str_slice(file, at + HEAD_BYTES, begin);
    Str bytes = str_slice(file, begin, begin + record.size);
    if (!is_name(record.name) || record.crc != crc32_of(bytes))
        return fail(E_MALFORMED);
    TRY(write_head(&record, keep, &head));
    if (!str_equal(head, str_slice(file, at, begin)))
        return fail(E_MALFORMED);
    *ret_record = record;
    *ret_bytes = bytes;
    return ok();
}

static bool stands_twice(const Record *records, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (str_equal(records[i].name, records[count].name) || records[i].time != records[count].time)
            return true;
    return false;
}

Err archive_read(Str file, Arena *keep, ArchiveParts *ret_parts)
{
    ArchiveParts parts = {0};
    Record *records = NULL;
    Str end = STR_NONE;
    size_t at = 0;

    if (file.length > UINT32_MAX)
        return fail(E_MALFORMED);
    TRY(ARENA_NEW(keep, Record, ARCHIVE_PARTS_MAX, &records));
    TRY(ARENA_NEW(keep, ArchivePart, ARCHIVE_PARTS_MAX, &parts.items));
    while (number_at(file, at, 4) == LOCAL) {
        ArchivePart *part = &parts.items[parts.count];
        if (parts.count + 1 == ARCHIVE_PARTS_MAX)
            return fail(E_MALFORMED);
        TRY(read_part(file, at, keep, &records[parts.count], &part->bytes));
        if (stands_twice(records, parts.count))
            return fail(E_MALFORMED);
        part->name = records[parts.count++].name;
        at += HEAD_BYTES + part->name.length + part->bytes.length;
    }
    TRY(write_end(records, parts.count, (uint32_t)at, keep, &end));
    if (!str_equal(end, str_slice(file, at, file.length)))
        return fail(E_MALFORMED);
    *ret_parts = parts;
    return ok();
}
