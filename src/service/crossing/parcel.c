/* What a log leaves behind, out of one municipality and into another.
 * Must not believe a parcel before its signature is found good.
 * Called by crossings.c. */
#include "service/crossing/parcel.h"

#include <string.h>

#include "keys/documents.h"
#include "keys/pairs.h"
#include "keys/parcels.h"
#include "parcel/letter.h"
#include "service/acts/transfer/crossing.h"
#include "service/seal.h"

Err crossing_content(Service *service, const Actor *nobody, const CrossingRow *row, Arena *keep, Str *ret_content)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    AUTO(key_wipe) Key key = {0};
    ScopeKeyRow scope = {0};

    TRY(store_read(nobody->store, &tx));
    TRY(store_scope(tx, row->id, keep, &scope));
    store_read_endp(&tx);
    TRY(keys_unwrap(service->keys, actor_key(nobody, PURPOSE_TRANSFER, SCOPE_TRANSFER, row->id), scope.wrapped, &key));
    const OpenScope open = {service, nobody->tenant, &key};
    return scoped_open(&open, CROSSING_PLACE(row->id), row->sealed, keep, ret_content);
}

/* Of a municipality of this installation its agent tells it, of another its card. */
static Err recipient_of(Service *service, const Actor *nobody, Id other, Arena *keep, uint8_t ret_public[static PUBLIC_KEY_BYTES])
{
    AUTO(store_read_endp) Tx *tx = NULL;
    PartnerRow partner = {0};
    Card card;

    Err here = keys_pair_public(service->keys, other, PAIR_TRANSFER, ret_public);
    if (here.id != E_NOT_FOUND)
        return here;
    TRY(store_read(nobody->store, &tx));
    TRY(store_partner(tx, other, keep, &partner));
    TRY(card_read(partner.card, keep, &card));
    memcpy(ret_public, card.recipient, PUBLIC_KEY_BYTES);
    return ok();
}

Err crossing_pack(Service *service, const Actor *nobody, const CrossingRow *row, Arena *keep, Str *ret_file)
{
    ParcelHead head = {.mode = service->mode, .transfer = row->id, .from = nobody->tenant, .to = row->other, .unit = row->unit,
                       .made_at = nobody->now};
    uint8_t signature[SIGNATURE_BYTES];
    Str content = STR_NONE, body = STR_NONE;
    SignedDocument document;
    KeysStatus status;

    TRY(crossing_content(service, nobody, row, keep, &content));
    TRY(keys_status(service->keys, &status));
    memcpy(head.sender, status.head_public, PUBLIC_KEY_BYTES);
    TRY(recipient_of(service, nobody, row->other, keep, head.recipient));
    TRY(parcel_close(keys_crypto(service->keys), &head, content, keep, &body));
    TRY(parcel_document(&head, body, &document));
    TRY(keys_sign_document(service->keys, &document, signature));
    return parcel_finish(body, signature, keep, ret_file);
}

static Err check(Service *service, const Actor *taker, const ParcelExpected *expected, const Parcel *parcel)
{
    const ParcelHead *head = &parcel->head;
    uint8_t own[PUBLIC_KEY_BYTES];

    if (memcmp(head->sender, expected->sender, PUBLIC_KEY_BYTES) != 0)
        return fail(E_FORGED);
    TRY(document_signature_check(expected->sender, &parcel->document, parcel->signature));
    if (head->mode != service->mode)
        return fail(E_MODE);
    TRY(keys_pair_public(service->keys, taker->tenant, PAIR_TRANSFER, own));
    bool ours = id_equal(head->to, taker->tenant) && memcmp(head->recipient, own, PUBLIC_KEY_BYTES) == 0;
    bool asked = id_equal(head->transfer, expected->transfer) && id_equal(head->from, expected->from) &&
                 id_equal(head->unit, expected->unit);
    return ours && asked ? ok() : fail(E_INVALID);
}

Err crossing_unpack(Service *service, const Actor *taker, const ParcelExpected *expected, Arena *keep, Str *ret_content)
{
    AUTO(key_wipe) Key key = {0};
    Parcel parcel;

    TRY(parcel_read(expected->file, &parcel));
    TRY(check(service, taker, expected, &parcel));
    const ParcelUse use = {.grant = taker->grant, .tenant = taker->tenant, .transfer = parcel.head.transfer, .head = parcel.associated,
                           .box = parcel.box};
    TRY(keys_parcel_open(service->keys, &use, &key));
    return parcel_open(keys_crypto(service->keys), &parcel, &key, keep, ret_content);
}
