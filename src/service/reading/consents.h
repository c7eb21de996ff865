/* The history of a log's consents: everything that was given, and what was withdrawn, which only grows.
 * Must not leave out what counts no longer.
 * Called by web and api. Rules: consent 5, 22. */
#ifndef SERVICE_READING_CONSENTS_H
#define SERVICE_READING_CONSENTS_H

#include "service/log/reader.h"
#include "service/log/view.h"

/* What was given: its consent, and by name the units that it named then; some may have been withdrawn. */
typedef struct ConsentGivenView {
    const LogConsent *consent;
    const Str *unit_names; /* empty where the reader may not know them */
    uint32_t unit_count;
} ConsentGivenView;

typedef struct WithdrawalView {
    const LogEntry *entry; /* who recorded it, and when */
    Str giver_name;
    Str unit_name;         /* of one service; empty: the whole, or a name that the reader may not know */
} WithdrawalView;

/* A unit that a consent names was closed, and another came in its place. */
typedef struct UnitClosedView {
    Str name, into_name;
    int64_t at;
    bool named; /* everybody who must has said yes to the other, as it stands now */
} UnitClosedView;

typedef struct LogConsentHistory {
    LogView log;
    const ConsentGivenView *given;  /* in the order of the log */
    const WithdrawalView *withdrawals;
    uint32_t withdrawal_count;
    const UnitClosedView *closed;   /* none where the reader may not know units */
    uint32_t closed_count;
} LogConsentHistory;

/* Errors: as log_open; E_FORBIDDEN where that shows a stub. */
MUST_USE Err log_consent_history(const LogReader *reader, Id log, Opening reason, Why *ret_why, LogConsentHistory *ret_history);

#endif
