/* What two installations tell each other about a log on its way, beside the parcel itself: who they are, that a unit is asked, and what
 * became of it. Signed; nothing of a log. Pure.
 * Must not believe anything: whose signature it should be is the service's to know.
 * Used by service/crossing, cli and fuzzing. Rule: transfer 6. Format: docs/formats.md. */
#ifndef PARCEL_LETTER_H
#define PARCEL_LETTER_H

#include "parcel/parcel.h"

#define CARD_UNITS_MAX 2000
#define CARD_TEXT_MAX 400
#define FINGERPRINT_BYTES 16

typedef struct CardUnit {
    Id id;
    Str name;
} CardUnit;

/* A municipality as another installation knows it. */
typedef struct Card {
    Mode mode;
    Id municipality;
    int64_t made_at;
    uint8_t sender[PUBLIC_KEY_BYTES];    /* Ed25519: signs its letters and parcels */
    uint8_t recipient[PUBLIC_KEY_BYTES]; /* X25519: what goes to it is sealed to this */
    Str number, name;
    CardUnit *units;                     /* those that are open */
    uint32_t unit_count;
    SignedDocument document;             /* as read */
    uint8_t signature[SIGNATURE_BYTES];
} Card;

/* What is signed. Errors: E_TOO_LARGE, E_NO_MEMORY. */
MUST_USE Err card_write(const Card *card, Arena *keep, Str *ret_body);
/* Errors: E_MALFORMED. */
MUST_USE Err card_read(Str file, Arena *keep, Card *ret_card);
/* What two persons read to each other: of the municipality's id and both keys. */
MUST_USE Err card_fingerprint(const Card *card, uint8_t ret_bytes[static FINGERPRINT_BYTES]);

/* The numbers stand in files. */
typedef enum LetterKind { LETTER_ASKS = 1, LETTER_TAKES, LETTER_REFUSES, LETTER_DROPS, LETTER_ARRIVED } LetterKind;

typedef struct Letter {
    Mode mode;
    LetterKind kind;
    Id transfer, from, to, unit;
    int64_t proposed_at, on_at, made_at;
    Id holder, taken_by;                 /* of LETTER_TAKES: role rows of who wrote it */
    uint8_t sender[PUBLIC_KEY_BYTES];
    Str place;                           /* of LETTER_ASKS: the unit that has it, and its municipality */
    SignedDocument document;             /* as read */
    uint8_t signature[SIGNATURE_BYTES];
} Letter;
MUST_USE Err letter_write(const Letter *letter, Arena *keep, Str *ret_body);
/* Errors: E_MALFORMED. Texts are views into file. */
MUST_USE Err letter_read(Str file, Letter *ret_letter);

/* Which of the three a file is, by its first bytes. */
typedef enum PostKind { POST_NONE = 0, POST_CARD, POST_LETTER, POST_PARCEL } PostKind;
PostKind post_kind(Str file);

#endif
