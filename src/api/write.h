/* What services give, as JSON: what the page of the same role shows, and no more.
 * Must not decide who sees what: everything in a LogView may be shown to its reader, but for the child's national id, whose
 * reading is an act of its own.
 * Used by web's handlers under /api/. The shapes stand in api/shapes.c, and a scenario holds each answer to them. */
#ifndef API_WRITE_H
#define API_WRITE_H

#include "api/out.h"
#include "domain/roles.h"
#include "service/log/view.h"
#include "service/reading/consents.h"
#include "service/acts/transfer/blind.h"
#include "service/acts/transfer/transfers.h"
#include "service/reading/inbox.h"
#include "service/reading/seen.h"
#include "text/text.h"

#define API_ANSWER_MAX ((size_t)16 << 20)

/* Who asks, for whoever writes a client. */
typedef struct ApiSession {
    Str municipality; /* its name */
    Str number;       /* "0301" */
    Role role;        /* ROLE_NONE until one is chosen */
    Str language;     /* "nb" */
    Str form_token;   /* for one change */
} ApiSession;

/* The public number of a log, as everywhere. */
void write_number(Out *out, uint32_t display);
/* Each is one document of at most API_ANSWER_MAX bytes in keep. Errors: E_TOO_LARGE, E_NO_MEMORY. */
MUST_USE Err write_session(const ApiSession *session, Arena *keep, Str *ret_body);
MUST_USE Err write_logs(const LogSummaries *logs, Arena *keep, Str *ret_body);
/* The log; its stub when the summary says so. */
MUST_USE Err write_log(const LogView *log, Arena *keep, Str *ret_body);
/* A copy of the log as it was at a moment. */
MUST_USE Err write_copy(const LogView *log, int64_t made_at, Arena *keep, Str *ret_body);
MUST_USE Err write_consents(const LogConsentHistory *history, Arena *keep, Str *ret_body);
MUST_USE Err write_seen(const LogSeen *seen, Arena *keep, Str *ret_body);
MUST_USE Err write_blind(const BlindLists *lists, Arena *keep, Str *ret_body);
MUST_USE Err write_transfers(const TransferLists *lists, Arena *keep, Str *ret_body);
/* before: what asks for the next page, or nothing. */
MUST_USE Err write_passive(const LogSummaries *logs, Str before, Arena *keep, Str *ret_body);
MUST_USE Err write_inbox(const InboxItems *items, Str before, Arena *keep, Str *ret_body);
MUST_USE Err write_history(const LogEntry *versions, uint32_t count, Arena *keep, Str *ret_body);
/* What was written: its entry. */
MUST_USE Err write_written(Id entry, Arena *keep, Str *ret_body);

/* One version of an entry inside another document. */
void write_entry(Out *out, const char *name, const LogEntry *entry);

#endif
