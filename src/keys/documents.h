/* Documents that are signed by the key agent, and checked anywhere without it: certificates, reports, backups, transfers.
 * Must not say who made a document: the agent signs the hash that it is given.
 * Used by service, cli (verify commands) and tests. Format: docs/formats.md. */
#ifndef KEYS_DOCUMENTS_H
#define KEYS_DOCUMENTS_H

#include "keys/keys.h"

/* Errors also: E_RANGE (no such kind). */
MUST_USE Err keys_sign_document(Keys *keys, const SignedDocument *document, uint8_t ret_signature[static SIGNATURE_BYTES]);
/* public_key: KeysStatus.head_public of the installation that signed. Errors: E_FORGED. */
MUST_USE Err document_signature_check(const uint8_t public_key[static 32], const SignedDocument *document,
                                      const uint8_t signature[static SIGNATURE_BYTES]);

#endif
