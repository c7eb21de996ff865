/* One-time codes for signing in the first time, or anew: made, stored with what they are worth, and read as people type them.
 * Must not keep a code: only hashes are stored.
 * Called by the other parts of people, by acts, session and the import. Rule: sign-in 3.
 *
 * A code has one row by which it is found, and one for each right that it is worth: SHA-256 of the code, or of code and right. */
#include "service/people/enrolment_code.h"

#include <string.h>

#include "base/clean.h"
#include "crypto/crypto.h"
#include "domain/clocks.h"
#include "domain/period.h"

#define CODE_GROUP 4
#define CODE_DIGITS ((size_t)26)
#define TYPED_MAX ((size_t)1024) /* bytes: all codes, with whatever stands between their letters */

/* A code has no 0, 1 and 8: whoever reads one has taken a letter for it. */
static char letter_of(char c)
{
    return (char)(c == '0' ? 'O' : c == '1' ? 'I' : c == '8' ? 'B' : c);
}

static Err read_one(Str digits, Arena *scratch, Id *ret_secret)
{
    char letters[CODE_DIGITS];
    Str bytes = STR_NONE;

    for (size_t i = 0; i < CODE_DIGITS; i++)
        letters[i] = letter_of(digits.data[i]);
    Err decoded = base32_decode(scratch, str_from_bytes(letters, sizeof letters), &bytes);
    crypto_wipe(letters, sizeof letters);
    TRY(decoded);
    return id_from_bytes(bytes, ret_secret);
}

static Err read_all(Str typed, Arena *scratch, EnrolmentCodes *codes)
{
    Str bare = STR_NONE;

    if (typed.length > TYPED_MAX)
        return fail(E_MALFORMED);
    TRY(text_bare(typed, scratch, &bare));
    if (bare.length == 0 || bare.length % CODE_DIGITS != 0 || bare.length / CODE_DIGITS > ENROLMENT_CODES_MAX)
        return fail(E_MALFORMED);
    for (size_t at = 0; at < bare.length; at += CODE_DIGITS)
        TRY(read_one(str_slice(bare, at, at + CODE_DIGITS), scratch, &codes->secrets[codes->count++]));
    return ok();
}

Err enrolment_codes_read(Str typed, Arena *scratch, EnrolmentCodes *ret_codes)
{
    EnrolmentCodes codes = {.count = 0};
    Err read = read_all(typed, scratch, &codes);

    if (!is_ok(read))
        return read.id == E_NO_MEMORY ? read : fail(E_NOT_FOUND);
    *ret_codes = codes;
    return ok();
}

Err enrolment_code_hash(Id secret, Hash *ret_hash)
{
    return sha256(id_bytes(&secret), ret_hash->bytes);
}

static Err worth_hash(Id secret, Id right, Hash *ret_hash)
{
    uint8_t both[2 * ID_BYTES];

    memcpy(both, secret.bytes, ID_BYTES);
    memcpy(both + ID_BYTES, right.bytes, ID_BYTES);
    return sha256(str_from_bytes(both, sizeof both), ret_hash->bytes);
}

Err enrolment_code_new(Service *service, EnrolmentWish wish, Arena *scratch, EnrolmentCode *ret_code, EnrolmentRow *ret_row)
{
    EnrolmentRow row = {.person = wish.person, .expires_at = clock_due(CLOCK_CODE_END, wish.now, NULL)};
    EnrolmentCode code = {0};
    Buf buf = buf_new(scratch, sizeof code.text);
    Str text = STR_NONE;
    size_t at = 0;

    TRY(world_id(service->world, &code.secret));
    TRY(enrolment_code_hash(code.secret, &row.code_hash));
    buf_add_base32(&buf, id_bytes(&code.secret));
    TRY(buf_done(&buf, &text));
    for (size_t i = 0; i < text.length && at + 2 < sizeof code.text; i++) {
        if (i > 0 && i % CODE_GROUP == 0)
            code.text[at++] = '-';
        code.text[at++] = text.data[i];
    }
    *ret_code = code;
    *ret_row = row;
    return ok();
}

static Err worth_row(const EnrolmentCode *code, const EnrolmentRow *row, Id right, EnrolmentRow *ret_row)
{
    *ret_row = *row;
    return worth_hash(code->secret, right, &ret_row->code_hash);
}

Err enrolment_code_put_first(Tx *tx, const EnrolmentCode *code, const EnrolmentRow *row, Id right)
{
    EnrolmentRow worth;

    TRY(worth_row(code, row, right, &worth));
    return store_enrolment_insert_both(tx, row, &worth);
}

Err enrolment_code_put(Tx *tx, const Giver *giver, const EnrolmentCode *code, const EnrolmentRow *row, Arena *scratch)
{
    Rights rights = {0};

    TRY(rights_to_give(tx, giver, row->person, scratch, &rights));
    if (rights.all)
        TRY(store_enrolments_delete_of_person(tx, row->person));
    if (rights.count == 0)
        return store_enrolment_insert(tx, row);
    for (uint32_t i = 0; i < rights.count; i++) {
        EnrolmentRow worth;
        TRY(worth_row(code, row, rights.items[i].id, &worth));
        TRY(i == 0 ? store_enrolment_insert_both(tx, row, &worth) : store_enrolment_insert(tx, &worth));
    }
    return ok();
}

static Err is_worth(Tx *tx, const EnrolmentCodes *codes, Id right, int64_t now, bool *ret_worth)
{
    *ret_worth = false;
    for (uint32_t i = 0; i < codes->count && !*ret_worth; i++) {
        EnrolmentRow row = {0};
        Hash hash;
        TRY(worth_hash(codes->secrets[i], right, &hash));
        Err found = store_enrolment_by_code(tx, &hash, &row);
        if (found.id == E_NOT_FOUND)
            continue;
        TRY(found);
        *ret_worth = row.used_at == 0 && !period_has_ended((Period){.to_at = row.expires_at}, now);
    }
    return ok();
}

Err enrolment_codes_worth(Tx *tx, const EnrolmentCodes *codes, const Rights *rights, int64_t now, uint32_t *ret_count)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < rights->count; i++) {
        bool worth = false;
        TRY(is_worth(tx, codes, rights->items[i].id, now, &worth));
        count += worth;
    }
    *ret_count = count;
    return ok();
}
