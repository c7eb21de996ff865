/* A transfer as the entries of its log tell it: what was proposed, who has said yes since, and what was decided.
 * Must not change anything: what a step makes is put by its deed's work.
 * Called by the deeds of this room. Rules: transfer 1-3. */
#ifndef SERVICE_ACTS_TRANSFER_HANDSHAKE_H
#define SERVICE_ACTS_TRANSFER_HANDSHAKE_H

#include "domain/transfer.h"
#include "service/log/deed.h"
#include "store/request/crossing.h"
#include "store/request/transfer.h"

/* What somebody has said yes to, and when it was recorded. */
typedef struct HandshakeYes {
    Id giver;
    Values values; /* KIND_TRANSFER_YES */
} HandshakeYes;

typedef struct Handshake {
    TransferRow row;          /* of the store, bound to the entry that proposes it */
    Values proposed;          /* KIND_TRANSFER */
    HandshakeYes *said;       /* since, in the order of writing */
    TransferYes *yes;         /* the same for the domain, with room for one more */
    TransferYeses yeses;      /* of these */
    bool agreed;              /* all who must have said yes */
    bool decided;             /* and nothing in the log is newer than what was decided of it */
} Handshake;

/* Errors: E_INVALID when none waits; E_FORGED when the row and the entries tell two stories. */
MUST_USE Err handshake_read(const Deed *deed, const LogEntered *entered, Handshake *ret_handshake);

/* Nothing in the log was written or said after this decision, and nobody of its family is newer; equal time is enough. */
bool handshake_is_newest(const LogEntered *entered, const EntryRow *decision);

/* What a step puts, beside the entry that is kept of it. */
typedef struct HandshakeStep {
    TransferRow row;
    CrossingRow crossing; /* of one that goes to another municipality and is called off; zeros: none */
    InboxRows told;
} HandshakeStep;
/* The row goes on in this change, as it stands in step, which lives in the deed's scratch. */
MUST_USE Err handshake_goes_on(const Deed *deed, const HandshakeStep *step, LogChange *change);
/* The managers of the unit that is asked are told, once they are. */
MUST_USE Err handshake_tell_unit(const Deed *deed, Id unit, InboxRows *ret_rows);
/* The units of a row as ids, the receiving one first. */
MUST_USE Err handshake_units(const TransferRow *row, Arena *keep, IdList *ret_units);

#endif
