/* Signatures of documents: asked for, and checked.
 * Must not need the agent to check one.
 * Called from service, cli. */
#include "keys/documents.h"

#include "keys/call.h"

Err keys_sign_document(Keys *keys, const SignedDocument *document, uint8_t ret_signature[static SIGNATURE_BYTES])
{
    CALL(call, MESSAGE_SIGN_DOCUMENT);
    call_add_id(&call, document->tenant);
    buf_add_u8(&call.request, (uint8_t)document->kind);
    buf_add_bytes(&call.request, document->sha256, sizeof document->sha256);
    TRY(call_ask(keys, &call, &body));
    cursor_copy(&body, ret_signature, SIGNATURE_BYTES);
    return ok();
}

Err document_signature_check(const uint8_t public_key[static 32], const SignedDocument *document,
                             const uint8_t signature[static SIGNATURE_BYTES])
{
    uint8_t message[DOCUMENT_BYTES];

    signed_document_encode(document, message);
    return signature_verify(public_key, str_from_bytes(message, sizeof message), signature);
}
