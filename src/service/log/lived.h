/* What the entries of a log tell about its own life: since when it is quiet, and which clocks run because of them.
 * Must not open anything: kind and time stand beside what is sealed.
 * Called by whatever reckons when a rule must look at the log. */
#ifndef SERVICE_LOG_LIVED_H
#define SERVICE_LOG_LIVED_H

#include "domain/clocks.h"
#include "domain/lifecycle.h"
#include "domain/procedures.h"
#include "service/log/entered.h"

/* As the log stands, before the act for which it was entered. */
Quiet log_quiet(const LogEntered *entered);
/* Whether a procedure's circumstance is so. Holder and manager are not asked about a quiet log while it rests. */
bool log_is(const LogEntered *entered, enum When when, int64_t now);
/* Its holder has asked for the deletion, since it was last in use. */
bool log_is_wished_away(const LogEntered *entered);
/* The newest entry of a kind that an act has written, or NULL. */
const EntryRow *log_lived_last(const LogEntered *entered, KindId kind);
/* The clocks that run because of what happened, and of what happens now: KIND_NONE, or the kind of entry that is written. */
void log_lives(const LogEntered *entered, KindId now_written, int64_t now, ClockWatch *watch);

#endif
