/* A person's values and credentials, sealed and opened in their own places; and the form in which sign-in names are looked up.
 * Must not read or write the database, nor keep a key.
 * Called by the rooms people, session and municipality. Rules: keys 3, 4, sign-in 1. */

#include "service/people/person.h"

#include <string.h>

#include "crypto/password.h"
#include "crypto/totp.h"
#include "domain/policy/matrix.h"
#include "domain/signin.h"
#include "service/seal.h"

#define TYPED_MAX (8 * INDEX_TEXT_MAX) /* whatever is longer folds to no name */

Err people_user_name(Str typed, Arena *keep, Str *ret_name)
{
    Str name = STR_NONE;

    if (typed.length > TYPED_MAX)
        return fail(E_INVALID);
    TRY(signin_name(typed, keep, &name));
    if (name.length > INDEX_TEXT_MAX)
        return fail(E_INVALID);
    *ret_name = name;
    return ok();
}

void credentials_wipe(Credentials *credentials)
{
    crypto_wipe(credentials, sizeof *credentials);
}

static ScopedPlace person_place(RowVersion person)
{
    return (ScopedPlace){.table = SEAL_TABLE_PERSON, .column = SEAL_COLUMN_NAME, .label = LABEL_DATA, .row = person.row,
                   .scope = person.row, .version = person.version};
}

static ScopedPlace secret_place(RowVersion person)
{
    return (ScopedPlace){.table = SEAL_TABLE_PERSON, .column = SEAL_COLUMN_CREDENTIALS, .label = LABEL_SECRET, .row = person.row,
                   .scope = person.row, .version = person.version};
}

Err person_seal(const OpenScope *scope, RowVersion person, const Values *values, Arena *keep, Str *ret_sealed)
{
    Str plain = STR_NONE;

    TRY(scoped_encode(values, keep, &plain));
    return scoped_seal(scope, person_place(person), plain, keep, ret_sealed);
}

Err person_seal_secret(const OpenScope *scope, RowVersion person, const Credentials *credentials, Arena *keep, Str *ret_sealed)
{
    Buf buf = buf_new(keep, sizeof *credentials);
    Str plain = STR_NONE;

    buf_add_bytes(&buf, credentials->password.bytes, PASSWORD_BYTES);
    buf_add_bytes(&buf, credentials->totp_secret, TOTP_SECRET_BYTES);
    TRY(buf_done(&buf, &plain));
    return scoped_seal(scope, secret_place(person), plain, keep, ret_sealed);
}

Err person_open(const OpenScope *scope, const PersonRow *row, Arena *keep, Values *ret_values)
{
    Str plain = STR_NONE;
    Values values;

    TRY(scoped_open(scope, person_place((RowVersion){row->id, row->version}), row->sealed, keep, &plain));
    TRY(scoped_forged_unless_ours(values_decode(plain, &values)));
    if (values.kind->id != KIND_STAFF_PERSON && values.kind->id != KIND_GUARDIAN && values.kind->id != KIND_CHILD)
        return fail(E_FORGED);
    *ret_values = values;
    return ok();
}

Err person_open_secret(const OpenScope *scope, const PersonRow *row, Arena *keep, Credentials *ret_credentials)
{
    Str plain = STR_NONE;

    TRY(scoped_open(scope, secret_place((RowVersion){row->id, row->version}), row->secret, keep, &plain));
    if (plain.length != PASSWORD_BYTES + TOTP_SECRET_BYTES)
        return fail(E_FORGED);
    memcpy(ret_credentials->password.bytes, plain.data, PASSWORD_BYTES);
    memcpy(ret_credentials->totp_secret, plain.data + PASSWORD_BYTES, TOTP_SECRET_BYTES);
    return ok();
}
