/* What a decision about a log stands on, in one question; store.h has the rules.
 * Must not read anything sealed.
 * Called by service. */
#ifndef STORE_LOGS_H
#define STORE_LOGS_H

#include "store/store.h"

/* How somebody stands to a log at a moment. Errors: E_NOT_FOUND. */
typedef struct StandingWish {
    Id log, person;
    int64_t now;
} StandingWish;
MUST_USE Err store_log_standing(Tx *tx, const StandingWish *wish, Arena *keep, LogStanding *ret_standing);

/* What a decision stands on. An absent log leaves zeros in its place, after the same statements. */
typedef struct LogGround {
    SettingRows settings;
    LogStanding standing;
} LogGround;
MUST_USE Err store_log_ground(Tx *tx, const StandingWish *wish, Arena *keep, LogGround *ret_ground);
/* The same of a log about which it is known how the person stands to it, as long as access_version has not moved: its plain
 * row and the settings. */
MUST_USE Err store_log_now(Tx *tx, Id log, Arena *keep, SettingRows *ret_settings, LogRow *ret_log);
/* The row of the permit's log with its header, and its key's, in one question. Errors: E_FORGED when the log stands there without its key. */
MUST_USE Err store_log_header(Tx *tx, const Permit *permit, Arena *keep, LogRow *ret_log, ScopeKeyRow *ret_scope);

/* Whether how people stand to a log is what was written last, by its proof; nobody is called. */
MUST_USE Err store_log_proven(Tx *tx, Id log, bool *ret_proven);

#endif
