/* The purge of a log: all of its rows go but its own, which is left as a tombstone; and the certificate's row, which tells of it.
 * Must not say when or whether a log may be purged.
 * Used by service/ending and service/jobs. Rules: deletion 9, 11. */
#ifndef STORE_ENDING_PURGE_H
#define STORE_ENDING_PURGE_H

#include "store/store.h"

/* What is removed, in the order of the certificate. */
#define PURGE_KINDS(X)                                                                                        \
    X(ENTRIES, "entries") X(PARTICIPANTS, "participants") X(CONSENTS, "consents") X(CONSENT_UNITS, "consent_units") \
    X(DOCUMENTS, "documents") X(DRAFTS, "drafts") X(NOTICES, "notices") X(MAILS, "mails") X(REQUESTS, "requests")  \
    X(TRANSFERS, "transfers") X(REPORTS, "reports") X(INVITATIONS, "invitations") X(ACCOUNTS, "accounts") X(KEYS, "keys")
#define X(name, code) PURGED_##name,
enum purge_kind { PURGE_KINDS(X) PURGED_KINDS };
#undef X

typedef struct PurgeCounts {
    uint32_t of[PURGED_KINDS];
} PurgeCounts;

/* In a work whose line is about the log, with no head: entries, people, consents, documents, drafts, what was told of it and is mailed,
 * requests that met it (they stay, as if they had met nothing), invitations to it, and its key. Left is the row: number, unit, state
 * deleted. The accounts of the people stay: they are the caller's. Errors: E_STALE when its state
 * is not the one that was read. */
MUST_USE Err store_log_purge(Tx *tx, const LogRow *log, PurgeCounts *ret_counts);

/* What a certificate's row keeps of them. */
MUST_USE Err purge_counts_bytes(const PurgeCounts *counts, Arena *keep, Str *ret_bytes);

/* Everybody in a log, plain columns; no permit: nothing is opened. */
MUST_USE Err store_places_of_log(Tx *tx, int64_t log_no, Arena *keep, ParticipantRows *ret_rows);

/* ---- certificates ---- */

/* Errors: E_DUPLICATE. */
MUST_USE Err store_certificate_insert(Tx *tx, const CertificateRow *row);
/* The row as it was read and changed since; version counts up. Errors: E_STALE. */
MUST_USE Err store_certificate_update(Tx *tx, const CertificateRow *row);
/* By the id of its order. Errors: E_NOT_FOUND, E_FORGED. */
MUST_USE Err store_certificate(Tx *tx, Id deletion, Arena *keep, CertificateRow *ret_row);
/* Orders that were carried out before a time and whose certificate is not complete yet, the oldest first. */
MUST_USE Err store_deletions_unconfirmed(Tx *tx, int64_t before, uint32_t max, Arena *keep, DeletionRows *ret_rows);

/* Orders that were carried out and whose certificate is not signed, as a restore leaves them, the oldest first. */
MUST_USE Err store_deletions_unsigned(Tx *tx, uint32_t max, Arena *keep, DeletionRows *ret_rows);

#endif
