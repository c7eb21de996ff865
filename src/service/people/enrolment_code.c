/* One-time codes for the first sign-in: made, hashed, and read as people type them.
 * Must not keep a code: only its hash is stored.
 * Called by the other parts of people, by session and by the import. Rule: sign-in 3. */
#include "service/people/enrolment_code.h"

#include <string.h>

#include "base/clean.h"
#include "crypto/crypto.h"
#include "domain/clocks.h"

#define CODE_GROUP 4
#define TYPED_MAX 256 /* bytes: 26 letters, with whatever stands between them */

/* A code has no 0, 1 and 8: whoever reads one has taken a letter for it. */
static char letter_of(char c)
{
    return (char)(c == '0' ? 'O' : c == '1' ? 'I' : c == '8' ? 'B' : c);
}

static Err read_code(Str typed, Arena *scratch, Id *ret_code)
{
    char letters[TYPED_MAX];
    Str bare = STR_NONE, bytes = STR_NONE;

    if (typed.length > TYPED_MAX)
        return fail(E_MALFORMED);
    TRY(text_bare(typed, scratch, &bare));
    if (bare.length > sizeof letters)
        return fail(E_MALFORMED);
    for (size_t i = 0; i < bare.length; i++)
        letters[i] = letter_of(bare.data[i]);
    Err decoded = base32_decode(scratch, str_from_bytes(letters, bare.length), &bytes);
    crypto_wipe(letters, sizeof letters);
    TRY(decoded);
    return id_from_bytes(bytes, ret_code);
}

Err enrolment_code_read(Str typed, Arena *scratch, Id *ret_code)
{
    Err read = read_code(typed, scratch, ret_code);

    return is_ok(read) || read.id == E_NO_MEMORY ? read : fail(E_NOT_FOUND);
}

Err enrolment_code_hash(Id code, Hash *ret_hash)
{
    return sha256(id_bytes(&code), ret_hash->bytes);
}

Err enrolment_code_new(Service *service, EnrolmentWish wish, Arena *scratch, EnrolmentCode *ret_code, EnrolmentRow *ret_row)
{
    EnrolmentRow row = {.person = wish.person, .expires_at = clock_due(CLOCK_CODE_END, wish.now, NULL)};
    EnrolmentCode code = {0};
    Buf buf = buf_new(scratch, sizeof code.text);
    Str text = STR_NONE;
    size_t at = 0;
    Id secret;

    TRY(world_id(service->world, &secret));
    TRY(enrolment_code_hash(secret, &row.code_hash));
    buf_add_base32(&buf, id_bytes(&secret));
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
