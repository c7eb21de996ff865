/* Logs that go to a municipality of another installation: by files that an operator carries. Each says what the other is to know next,
 * is signed by the installation that wrote it, and is believed by nobody who has not compared its card.
 * Must not open a connection, nor take a file twice.
 * Called by cli/control. Rule: transfer 6. */
#ifndef SERVICE_CROSSING_POST_H
#define SERVICE_CROSSING_POST_H

#include "parcel/letter.h"
#include "service/service.h"
#include "store/request/crossing.h"

/* Which municipality, and which operator. */
typedef struct Post {
    Service *service;
    Id tenant;
    Id by;        /* the Unix user who asks */
    int64_t now;
} Post;

/* The card of one's own municipality, signed. */
MUST_USE Err post_card(const Post *post, Arena *keep, Str *ret_file, uint8_t ret_fingerprint[static FINGERPRINT_BYTES]);
/* Another's card is believed from now on: it says so itself, and its fingerprint is what the operator was told by somebody there.
 * Errors: E_MALFORMED, E_MODE, E_FORGED (changed, or another fingerprint), E_INVALID (one's own, or of this installation). */
MUST_USE Err post_trust(const Post *post, Str file, Str fingerprint, Arena *keep, Card *ret_card);

/* What is to be carried next. */
typedef struct PostItem {
    Id transfer;
    PostKind kind;
    LetterKind letter;
    Str to;       /* the other municipality's number and name */
} PostItem;
typedef struct PostItems {
    PostItem *items;
    uint32_t count;
} PostItems;
MUST_USE Err post_due(const Post *post, Arena *keep, PostItems *ret_items);
/* The file for one of them; the same may be asked for again. Errors: E_NOT_FOUND: nothing is due of it. */
MUST_USE Err post_export(const Post *post, Id transfer, Arena *keep, Str *ret_file);

/* A letter or a parcel, as far as it is new. Errors: E_MALFORMED; E_MODE; E_FORBIDDEN (from a municipality whose card nobody has brought);
 * E_FORGED (changed, or signed by another); E_INVALID (for another municipality, unit or transfer); E_REPLAYED (it was taken in before);
 * E_STALE (it does not fit how far this is: called off, over, or something was written since it was decided). */
typedef struct PostTaken {
    PostKind kind;
    LetterKind letter;
    Id transfer;
} PostTaken;
MUST_USE Err post_import(const Post *post, Str file, PostTaken *ret_taken);

#endif
