/* Writes objects one after the other: streams as they come, small ones together in squeezed packs of a hundred.
 * Must not write anything that differs between two runs: the file's id is the hash of what stands before it.
 * Called by the other files of pdf. */
#include "pdf/objects.h"

#include <string.h>

#define PACK 100
#define OBJECTS_MAX ((uint32_t)4 << 20)
#define PACKED_MAX ((size_t)64 << 20)

/* ---- zlib takes its memory, once, from the arena ---- */

static void *take_memory(void *arena, unsigned count, unsigned size)
{
    void *memory = NULL;
    return is_ok(arena_alloc(arena, count, size, &memory)) ? memory : NULL;
}

static void give_memory(void *arena, void *memory)
{
    (void)arena;
    (void)memory;
}

Err pdf_objects_open(PdfObjects *objects, size_t maximum, Arena *keep)
{
    *objects = (PdfObjects){.keep = keep, .count = 1, .err = ok()};
    objects->file = buf_new(keep, maximum);
    objects->squeezed = buf_new(keep, maximum);
    objects->packed = buf_new(keep, PACKED_MAX);
    objects->packed_index = buf_new(keep, PACKED_MAX);
    objects->deflate.zalloc = take_memory;
    objects->deflate.zfree = give_memory;
    objects->deflate.opaque = keep;
    if (deflateInit(&objects->deflate, 6) != Z_OK)
        return fail(E_NO_MEMORY);
    TRY(sha256_new(&objects->sha256));
    /* The second line says that the file is not text. */
    buf_add(&objects->file, STR("%PDF-1.7\n%\xC3\xA6\xC3\xB8\xC3\xA5\xC3\x86\n"));
    return ok();
}

void pdf_objects_done(PdfObjects *objects)
{
    sha256_freep(&objects->sha256);
}

static void keep_error(PdfObjects *objects, Err err)
{
    if (is_ok(objects->err))
        objects->err = err;
}

static Err make_places(PdfObjects *objects)
{
    uint32_t room = objects->room ? objects->room * 2 : 1024;
    uint64_t *places = NULL;

    if (objects->count < objects->room)
        return ok();
    if (objects->count >= OBJECTS_MAX)
        return fail(E_TOO_LARGE);
    TRY(ARENA_NEW(objects->keep, uint64_t, room, &places));
    if (objects->room)
        memcpy(places, objects->places, objects->count * sizeof *places);
    objects->places = places;
    objects->room = room;
    return ok();
}

uint32_t pdf_object_new(PdfObjects *objects)
{
    if (!is_ok(objects->err))
        return 0;
    Err made = make_places(objects);
    if (!is_ok(made)) {
        keep_error(objects, made);
        return 0;
    }
    return objects->count++;
}

/* A place: 1 for the file or 2 for a pack, where in the file or which pack, and its turn there. */
static uint64_t place(unsigned kind, uint64_t where, unsigned turn)
{
    return (uint64_t)kind << 56 | where << 16 | turn;
}

/* ---- streams ---- */

static Err squeeze(PdfObjects *objects, Str bytes, int flush)
{
    char chunk[16 << 10];
    z_stream *deflater = &objects->deflate;
    int said = Z_OK;

    if (bytes.length > UINT32_MAX)
        return fail(E_TOO_LARGE);
    deflater->next_in = (Bytef *)(uintptr_t)bytes.data;
    deflater->avail_in = (unsigned)bytes.length;
    do {
        deflater->next_out = (Bytef *)chunk;
        deflater->avail_out = sizeof chunk;
        said = deflate(deflater, flush);
        if (said == Z_STREAM_ERROR)
            return fail(E_INTERNAL);
        buf_add_bytes(&objects->squeezed, chunk, sizeof chunk - deflater->avail_out);
    } while (deflater->avail_out == 0);
    explicit_bzero(chunk, sizeof chunk);
    return ok();
}

/* Into objects->squeezed. */
static Err squeeze_all(PdfObjects *objects, const Str *parts, size_t count)
{
    objects->squeezed.length = 0;
    if (deflateReset(&objects->deflate) != Z_OK)
        return fail(E_INTERNAL);
    for (size_t i = 0; i < count; i++)
        TRY(squeeze(objects, parts[i], i + 1 == count ? Z_FINISH : Z_NO_FLUSH));
    return ok();
}

/* What was added since is hashed, so that nothing is read a second time. */
static void hash_more(PdfObjects *objects)
{
    Str more = {.data = objects->file.data + objects->hashed, .length = objects->file.length - objects->hashed};
    if (objects->file.overflow)
        return;
    keep_error(objects, sha256_add(objects->sha256, more));
    objects->hashed = objects->file.length;
}

static void add_stream(PdfObjects *objects, uint32_t number, Str entries, Str bytes)
{
    Buf *file = &objects->file;

    objects->places[number] = place(1, file->length, 0);
    buf_format(file, "%u 0 obj\n<<", number);
    buf_add(file, entries);
    buf_format(file, "/Length %zu>>\nstream\n", bytes.length);
    buf_add(file, bytes);
    buf_add(file, STR("\nendstream\nendobj\n"));
    hash_more(objects);
}

void pdf_stream_put_plain(PdfObjects *objects, uint32_t number, Str entries, Str bytes)
{
    if (is_ok(objects->err))
        add_stream(objects, number, entries, bytes);
}

static void add_squeezed(PdfObjects *objects, uint32_t number, Str entries)
{
    Str bytes = STR_NONE;
    Buf all = buf_new(objects->keep, 1024);

    buf_add(&all, entries);
    buf_add(&all, STR("/Filter/FlateDecode"));
    Err done = buf_done(&objects->squeezed, &bytes);
    keep_error(objects, done);
    if (is_ok(done))
        keep_error(objects, buf_done(&all, &entries));
    if (is_ok(objects->err))
        add_stream(objects, number, entries, bytes);
}

void pdf_stream_put(PdfObjects *objects, uint32_t number, Str entries, Str bytes)
{
    if (!is_ok(objects->err))
        return;
    keep_error(objects, squeeze_all(objects, &bytes, 1));
    if (is_ok(objects->err))
        add_squeezed(objects, number, entries);
}

/* ---- packs ---- */

static void put_pack(PdfObjects *objects)
{
    Str parts[2] = {STR_NONE, STR_NONE};
    Buf entries = buf_new(objects->keep, 128);
    Str text = STR_NONE;

    if (objects->packed_count == 0 || !is_ok(objects->err))
        return;
    keep_error(objects, buf_done(&objects->packed_index, &parts[0]));
    keep_error(objects, buf_done(&objects->packed, &parts[1]));
    buf_format(&entries, "/Type/ObjStm/N %u/First %zu", objects->packed_count, parts[0].length);
    keep_error(objects, buf_done(&entries, &text));
    if (!is_ok(objects->err))
        return;
    keep_error(objects, squeeze_all(objects, parts, 2));
    if (is_ok(objects->err))
        add_squeezed(objects, objects->packed_number, text);
    objects->packed.length = 0;
    objects->packed_index.length = 0;
    objects->packed_count = 0;
}

void pdf_object_put(PdfObjects *objects, uint32_t number, Str body)
{
    if (!is_ok(objects->err))
        return;
    if (objects->packed_count == 0)
        objects->packed_number = pdf_object_new(objects);
    if (!is_ok(objects->err))
        return;
    objects->places[number] = place(2, objects->packed_number, objects->packed_count++);
    buf_format(&objects->packed_index, "%u %zu ", number, objects->packed.length);
    buf_add(&objects->packed, body);
    buf_add_char(&objects->packed, '\n');
    if (objects->packed_count == PACK)
        put_pack(objects);
}

/* ---- the end ---- */

static void add_place(Buf *rows, uint64_t where)
{
    unsigned kind = (unsigned)(where >> 56);

    buf_add_u8(rows, (uint8_t)kind);
    buf_add_u8(rows, (uint8_t)(where >> 48));
    buf_add_u32(rows, (uint32_t)(where >> 16));
    buf_add_u16(rows, (uint16_t)where);
}

static void add_hex(Buf *buf, const uint8_t *bytes, size_t length)
{
    buf_add_char(buf, '<');
    for (size_t i = 0; i < length; i++)
        buf_format(buf, "%02X", bytes[i]);
    buf_add_char(buf, '>');
}

/* The table of places is a stream as well, and names itself; nothing is hashed from here on. */
static Err put_places(PdfObjects *objects, uint32_t catalog, uint32_t info)
{
    uint8_t hash[HASH_BYTES];
    Buf rows = buf_new(objects->keep, (size_t)8 * (OBJECTS_MAX + 2));
    Buf entries = buf_new(objects->keep, 1024);
    Str text = STR_NONE, table = STR_NONE;
    uint32_t number = pdf_object_new(objects);

    TRY(objects->err);
    TRY(sha256_done(objects->sha256, hash));
    objects->places[number] = place(1, objects->file.length, 0);
    buf_add_bytes(&rows, "\0\0\0\0\0\0\xFF\xFF", 8);
    for (uint32_t i = 1; i < objects->count; i++)
        add_place(&rows, objects->places[i]);
    buf_format(&entries, "/Type/XRef/Size %u/W[1 5 2]/Root %u 0 R/Info %u 0 R/ID[", objects->count, catalog, info);
    add_hex(&entries, hash, sizeof hash);
    add_hex(&entries, hash, sizeof hash);
    buf_add_char(&entries, ']');
    TRY(buf_done(&entries, &text));
    TRY(buf_done(&rows, &table));
    TRY(squeeze_all(objects, &table, 1));
    add_squeezed(objects, number, text);
    buf_format(&objects->file, "startxref\n%zu\n%%%%EOF\n", (size_t)(objects->places[number] >> 16 & 0xFFFFFFFFFF));
    return objects->err;
}

Err pdf_objects_finish(PdfObjects *objects, uint32_t catalog, uint32_t info, Str *ret_file)
{
    put_pack(objects);
    TRY(objects->err);
    TRY(put_places(objects, catalog, info));
    return buf_done(&objects->file, ret_file);
}

/* ---- texts ---- */

void pdf_add_utf16(Buf *buf, uint32_t point)
{
    if (point < 0x10000)
        buf_format(buf, "%04X", point);
    else
        buf_format(buf, "%04X%04X", 0xD7C0 + (point >> 10), 0xDC00 + (point & 0x3FF));
}

void pdf_add_points(Buf *buf, const uint32_t *points, size_t count)
{
    buf_add(buf, STR("<FEFF"));
    for (size_t i = 0; i < count; i++)
        pdf_add_utf16(buf, points[i]);
    buf_add_char(buf, '>');
}

void pdf_add_text(Buf *buf, Str text)
{
    buf_add(buf, STR("<FEFF"));
    for (size_t at = 0; at < text.length;)
        pdf_add_utf16(buf, utf8_next(text, &at));
    buf_add_char(buf, '>');
}
