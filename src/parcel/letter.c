/* What two installations tell each other about a log on its way, beside the parcel itself. Pure.
 * Must not take a byte that it would not have written.
 * Called by service/crossing, cli and fuzzing. */
#include "parcel/letter.h"

#include <string.h>

#define CARD_MAGIC STR("stafettlogg-card-1\n")
#define LETTER_MAGIC STR("stafettlogg-letter-1\n")
#define PARCEL_MAGIC STR("stafettlogg-parcel-1\n")
#define FILE_MAX ((size_t)2 << 20)

PostKind post_kind(Str file)
{
    if (str_starts(file, CARD_MAGIC))
        return POST_CARD;
    if (str_starts(file, LETTER_MAGIC))
        return POST_LETTER;
    return str_starts(file, PARCEL_MAGIC) ? POST_PARCEL : POST_NONE;
}

static void add_id(Buf *buf, Id id)
{
    buf_add_bytes(buf, id.bytes, ID_BYTES);
}

static void add_text(Buf *buf, Str text)
{
    buf_add_u16(buf, (uint16_t)text.length);
    buf_add(buf, text);
}

static Id read_id(Cursor *cursor)
{
    Id id = {{0}};

    cursor_copy(cursor, id.bytes, ID_BYTES);
    return id;
}

/* Of one line, as people read it: it is shown. */
static Str read_text(Cursor *cursor)
{
    const uint16_t length = cursor_u16(cursor);
    const Str text = length <= CARD_TEXT_MAX ? cursor_bytes(cursor, length) : STR_NONE;

    if (length > CARD_TEXT_MAX || !utf8_valid(text))
        cursor->failed = true;
    for (size_t i = 0; i < text.length; i++)
        if ((uint8_t)text.data[i] < ' ' || text.data[i] == 127)
            cursor->failed = true;
    return text;
}

static bool is_mode(uint8_t mode)
{
    return mode == MODE_PRODUCTION || mode == MODE_DEMO || mode == MODE_TEST;
}

/* The signature is the last; what is signed is all before it. */
static Err read_end(Cursor *cursor, Str file, Id from, SignedDocument *ret_document, uint8_t *ret_signature)
{
    const size_t at = cursor->at;

    cursor_copy(cursor, ret_signature, SIGNATURE_BYTES);
    if (!is_ok(cursor_done(cursor)))
        return fail(E_MALFORMED);
    *ret_document = (SignedDocument){.tenant = from, .kind = DOCUMENT_TRANSFER};
    return sha256(str_slice(file, 0, at), ret_document->sha256);
}

/* ---- cards ---- */

Err card_write(const Card *card, Arena *keep, Str *ret_body)
{
    Buf buf = buf_new(keep, FILE_MAX);

    if (card->unit_count > CARD_UNITS_MAX)
        return fail(E_TOO_LARGE);
    buf_add(&buf, CARD_MAGIC);
    buf_add_u8(&buf, (uint8_t)card->mode);
    add_id(&buf, card->municipality);
    buf_add_u64(&buf, (uint64_t)card->made_at);
    buf_add_bytes(&buf, card->sender, PUBLIC_KEY_BYTES);
    buf_add_bytes(&buf, card->recipient, PUBLIC_KEY_BYTES);
    add_text(&buf, card->number);
    add_text(&buf, card->name);
    buf_add_u16(&buf, (uint16_t)card->unit_count);
    for (uint32_t i = 0; i < card->unit_count; i++) {
        add_id(&buf, card->units[i].id);
        add_text(&buf, card->units[i].name);
    }
    return buf_done(&buf, ret_body);
}

static Err read_units(Cursor *cursor, Arena *keep, Card *card)
{
    card->unit_count = cursor_u16(cursor);
    if (cursor->failed || card->unit_count > CARD_UNITS_MAX)
        return fail(E_MALFORMED);
    TRY(ARENA_NEW(keep, CardUnit, (size_t)card->unit_count + 1, &card->units));
    for (uint32_t i = 0; i < card->unit_count; i++) {
        card->units[i].id = read_id(cursor);
        card->units[i].name = read_text(cursor);
    }
    return ok();
}

Err card_read(Str file, Arena *keep, Card *ret_card)
{
    Cursor cursor = cursor_new(file);
    Card card = {0};

    const Str magic = cursor_bytes(&cursor, CARD_MAGIC.length);
    const uint8_t mode = cursor_u8(&cursor);
    card.mode = (Mode)mode;
    card.municipality = read_id(&cursor);
    card.made_at = (int64_t)cursor_u64(&cursor);
    cursor_copy(&cursor, card.sender, PUBLIC_KEY_BYTES);
    cursor_copy(&cursor, card.recipient, PUBLIC_KEY_BYTES);
    card.number = read_text(&cursor);
    card.name = read_text(&cursor);
    if (cursor.failed || !str_equal(magic, CARD_MAGIC) || !is_mode(mode) || card.number.length != 4 || card.name.length == 0)
        return fail(E_MALFORMED);
    TRY(read_units(&cursor, keep, &card));
    TRY(read_end(&cursor, file, card.municipality, &card.document, card.signature));
    *ret_card = card;
    return ok();
}

Err card_fingerprint(const Card *card, uint8_t ret_bytes[static FINGERPRINT_BYTES])
{
    uint8_t all[ID_BYTES + 2 * PUBLIC_KEY_BYTES], hash[HASH_BYTES];

    memcpy(all, card->municipality.bytes, ID_BYTES);
    memcpy(all + ID_BYTES, card->sender, PUBLIC_KEY_BYTES);
    memcpy(all + ID_BYTES + PUBLIC_KEY_BYTES, card->recipient, PUBLIC_KEY_BYTES);
    TRY(sha256(str_from_bytes(all, sizeof all), hash));
    memcpy(ret_bytes, hash, FINGERPRINT_BYTES);
    return ok();
}

/* ---- letters ---- */

Err letter_write(const Letter *letter, Arena *keep, Str *ret_body)
{
    Buf buf = buf_new(keep, FILE_MAX);

    buf_add(&buf, LETTER_MAGIC);
    buf_add_u8(&buf, (uint8_t)letter->mode);
    buf_add_u8(&buf, (uint8_t)letter->kind);
    add_id(&buf, letter->transfer);
    add_id(&buf, letter->from);
    add_id(&buf, letter->to);
    add_id(&buf, letter->unit);
    buf_add_u64(&buf, (uint64_t)letter->proposed_at);
    buf_add_u64(&buf, (uint64_t)letter->on_at);
    buf_add_u64(&buf, (uint64_t)letter->made_at);
    add_id(&buf, letter->holder);
    add_id(&buf, letter->taken_by);
    buf_add_bytes(&buf, letter->sender, PUBLIC_KEY_BYTES);
    add_text(&buf, letter->place);
    return buf_done(&buf, ret_body);
}

Err letter_read(Str file, Letter *ret_letter)
{
    Cursor cursor = cursor_new(file);
    Letter letter = {0};

    const Str magic = cursor_bytes(&cursor, LETTER_MAGIC.length);
    const uint8_t mode = cursor_u8(&cursor), kind = cursor_u8(&cursor);
    letter.mode = (Mode)mode;
    letter.kind = (LetterKind)kind;
    letter.transfer = read_id(&cursor);
    letter.from = read_id(&cursor);
    letter.to = read_id(&cursor);
    letter.unit = read_id(&cursor);
    letter.proposed_at = (int64_t)cursor_u64(&cursor);
    letter.on_at = (int64_t)cursor_u64(&cursor);
    letter.made_at = (int64_t)cursor_u64(&cursor);
    letter.holder = read_id(&cursor);
    letter.taken_by = read_id(&cursor);
    cursor_copy(&cursor, letter.sender, PUBLIC_KEY_BYTES);
    letter.place = read_text(&cursor);
    bool known = is_mode(mode) && kind >= LETTER_ASKS && kind <= LETTER_ARRIVED;
    if (cursor.failed || !str_equal(magic, LETTER_MAGIC) || !known || letter.proposed_at <= 0 || letter.on_at <= 0 || letter.made_at <= 0)
        return fail(E_MALFORMED);
    TRY(read_end(&cursor, file, letter.from, &letter.document, letter.signature));
    *ret_letter = letter;
    return ok();
}
