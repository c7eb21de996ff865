/* What those have typed who said yes before there is a log, as one sealed value under the invitation's own key.
 * Must not be opened for anybody who has not said yes, but to compare or to make the log.
 * Called by the other files of this room. Rules: consent 3, scenarios 12.
 *
 * count u8, then of each: person 16, and child, guardian and consent as length u32 and encoded values. */
#include "service/acts/invitation/pending.h"

#include "domain/consent.h"

#define PLAIN_MAX ((size_t)48 << 10)

static ScopedPlace place_of(RowVersion invitation)
{
    return (ScopedPlace){.table = SEAL_TABLE_INVITATION, .column = SEAL_COLUMN_BODY, .label = LABEL_DATA, .row = invitation.row,
                         .scope = invitation.row, .version = invitation.version};
}

static Err add_values(Buf *buf, const Values *values, Arena *scratch)
{
    Str plain = STR_NONE;

    TRY(scoped_encode(values, scratch, &plain));
    buf_add_u32(buf, (uint32_t)plain.length);
    buf_add(buf, plain);
    return ok();
}

Err pending_seal(const OpenScope *scope, RowVersion invitation, const Pending *pending, Arena *keep, Str *ret_sealed)
{
    Buf buf = buf_new(keep, PLAIN_MAX);
    Str plain = STR_NONE;

    buf_add_u8(&buf, (uint8_t)pending->count);
    for (uint32_t i = 0; i < pending->count; i++) {
        const PendingConsent *one = &pending->items[i];
        buf_add_bytes(&buf, one->person.bytes, ID_BYTES);
        TRY(add_values(&buf, &one->child, keep));
        TRY(add_values(&buf, &one->guardian, keep));
        TRY(add_values(&buf, &one->consent, keep));
    }
    TRY(buf_done(&buf, &plain));
    return scoped_seal(scope, place_of(invitation), plain, keep, ret_sealed);
}

static Err read_values(Cursor *cursor, KindId kind, Values *ret_values)
{
    Str plain = cursor_bytes(cursor, cursor_u32(cursor));
    Values values;

    if (cursor->failed)
        return fail(E_FORGED);
    TRY(scoped_forged_unless_ours(values_decode(plain, &values)));
    if (values.kind->id != kind)
        return fail(E_FORGED);
    *ret_values = values;
    return ok();
}

static Err read_one(Cursor *cursor, PendingConsent *ret_one)
{
    cursor_copy(cursor, ret_one->person.bytes, ID_BYTES);
    TRY(read_values(cursor, KIND_CHILD, &ret_one->child));
    TRY(read_values(cursor, KIND_GUARDIAN, &ret_one->guardian));
    return read_values(cursor, KIND_CONSENT, &ret_one->consent);
}

Err pending_open(const OpenScope *scope, const InvitationRow *row, Arena *keep, Pending *ret_pending)
{
    Str plain = STR_NONE;

    TRY(scoped_open(scope, place_of((RowVersion){row->id, row->version}), row->sealed, keep, &plain));
    Cursor cursor = cursor_new(plain);
    ret_pending->count = cursor_u8(&cursor);
    if (cursor.failed || ret_pending->count > INVITED_MAX)
        return fail(E_FORGED);
    for (uint32_t i = 0; i < ret_pending->count; i++)
        TRY(read_one(&cursor, &ret_pending->items[i]));
    return scoped_forged_unless_ours(cursor_done(&cursor));
}

bool pending_fits(const Pending *pending, const PendingConsent *another)
{
    Str number = values_at(&another->guardian, GUARDIAN_NATIONAL_ID), name = values_at(&another->guardian, GUARDIAN_NAME);

    for (uint32_t i = 0; i < pending->count; i++) {
        const PendingConsent *one = &pending->items[i];
        Str other = values_at(&one->guardian, GUARDIAN_NATIONAL_ID);
        bool same = number.length > 0 && other.length > 0 ? str_equal(number, other)
                                                          : str_equal(name, values_at(&one->guardian, GUARDIAN_NAME));
        if (same || id_equal(one->person, another->person) || !consent_same_child(&one->child, &another->child))
            return false;
    }
    return true;
}
