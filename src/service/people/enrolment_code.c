/* One-time codes for the first sign-in: made, hashed, and read as people type them.
 * Must not keep a code: only its hash is stored.
 * Called by the other parts of people, by session and by the import. Rule: sign-in 3. */
#include "service/people/enrolment_code.h"

#include <string.h>

#include "domain/clocks.h"

#define CODE_GROUP 4

Err enrolment_code_read(Str typed, Arena *scratch, Id *ret_code)
{
    Str bytes = STR_NONE;
    Err read = base32_decode(scratch, str_trim(typed), &bytes);

    if (is_ok(read))
        read = id_from_bytes(bytes, ret_code);
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
