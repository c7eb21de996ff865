/* What a log leaves behind, out of one municipality and into another: as a signed parcel, sealed to the one that takes it.
 * Must not believe a parcel that is not what its row says, nor one of another sender.
 * Called by the other files of this room. Rule: transfer 6. */
#ifndef SERVICE_CROSSING_PARCEL_H
#define SERVICE_CROSSING_PARCEL_H

#include "parcel/parcel.h"
#include "service/service.h"
#include "store/request/crossing.h"

/* What is sealed of a log that is decided, as it will go. nobody: serve's own actor there. Errors: those of keys and store; E_FORGED. */
MUST_USE Err crossing_content(Service *service, const Actor *nobody, const CrossingRow *row, Arena *keep, Str *ret_content);
/* The parcel of a log that was given up, as a file. nobody: serve's own actor there. Errors: the same. */
MUST_USE Err crossing_pack(Service *service, const Actor *nobody, const CrossingRow *row, Arena *keep, Str *ret_file);

/* A parcel, and what is expected of it. */
typedef struct ParcelExpected {
    Str file;
    Id transfer, from, unit;
    const uint8_t *sender; /* Ed25519 of the installation that may have signed it */
} ParcelExpected;
/* Opened and checked: the signature, who it is from and for, the mode, and that it is what was asked for. taker: under whose grant.
 * Errors: E_FORGED (changed, or not signed by that sender), E_MODE, E_INVALID (another recipient, unit or transfer), E_MALFORMED. */
MUST_USE Err crossing_unpack(Service *service, const Actor *taker, const ParcelExpected *expected, Arena *keep, Str *ret_content);

#endif
