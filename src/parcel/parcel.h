/* The parcel in which a log goes to another municipality: signed by the sender, sealed to the recipient. Pure.
 * Must not open or believe anything: who may have sent it, and whether it was here before, is the service's to ask.
 * Used by service/crossing, cli and fuzzing. Rule: transfer 6. Format: docs/formats.md. */
#ifndef PARCEL_PARCEL_H
#define PARCEL_PARCEL_H

#include "crypto/crypto.h"
#include "wire/wire.h"

#define PUBLIC_KEY_BYTES 32
#define PARCEL_CONTENT_MAX ((size_t)96 << 20)

/* What stands in clear: ids, a time and public keys, and nothing of a log. */
typedef struct ParcelHead {
    Mode mode;
    Id transfer;
    Id from, to;   /* municipalities */
    Id unit;       /* that takes it */
    int64_t made_at;
    uint8_t sender[PUBLIC_KEY_BYTES];    /* Ed25519: of the installation that signs */
    uint8_t recipient[PUBLIC_KEY_BYTES]; /* X25519: of the municipality that it is sealed to */
} ParcelHead;

/* Seals content under a key of its own, and that to the recipient. ret_body is what is signed. Errors: E_TOO_LARGE, those of crypto. */
MUST_USE Err parcel_close(const Crypto *crypto, const ParcelHead *head, Str content, Arena *keep, Str *ret_body);
/* What the sender's agent signs: the hash of the body, for the municipality that sends. Errors: E_CRYPTO. */
MUST_USE Err parcel_document(const ParcelHead *head, Str body, SignedDocument *ret_document);
MUST_USE Err parcel_finish(Str body, const uint8_t signature[static SIGNATURE_BYTES], Arena *keep, Str *ret_file);

/* A parcel as it was read: views into the file. */
typedef struct Parcel {
    ParcelHead head;
    Str associated; /* the head as it stands in the file: box and content are bound to it */
    Str box;        /* PARCEL_BOX_BYTES: the content's key, sealed to the recipient */
    Str sealed;     /* the content */
    SignedDocument document;
    uint8_t signature[SIGNATURE_BYTES]; /* not checked here: the caller knows whose it should be */
} Parcel;
/* Errors: E_MALFORMED for what is no parcel, byte for byte. */
MUST_USE Err parcel_read(Str file, Parcel *ret_parcel);
/* Errors: E_FORGED. ret_content lives in keep. */
MUST_USE Err parcel_open(const Crypto *crypto, const Parcel *parcel, const Key *key, Arena *keep, Str *ret_content);

#endif
