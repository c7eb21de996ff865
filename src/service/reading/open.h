/* Opens a log for one person: everything that they may read, once its line is durable; or the stub.
 * Must not hand anything out before log_read_line has said yes.
 * Called by web and api. Rules: access 2, 6, 9, keys 4, reading-and-writing 2. */
#ifndef SERVICE_READING_OPEN_H
#define SERVICE_READING_OPEN_H

#include "service/log/reader.h"
#include "service/log/view.h"
#include "service/reading/pick.h"

/* Opens a log. reason: OPENING_NONE unless the policy asks for one (KA, EL, operators).
 * Errors: E_NOT_FOUND absent, or the caller may not know; E_FORBIDDEN with *ret_view untouched never differs outside;
 * E_REASON when a reason is needed (*ret_why says WHY_ASK_REASON); E_FORGED the log was closed because a row does not
 * match its head; E_HELD it is closed still; E_BUDGET. With WHY_STUB in *ret_why only the summary is filled. */
MUST_USE Err log_open(const LogReader *reader, Id log, enum Opening reason, enum Why *ret_why, LogView *ret_view);
/* The same for a page: of the entries those that are current, and how many are not (LogView.folded; service/reading/older.h).
 * The work grows with what is shown, and not with what was written. */
MUST_USE Err log_open_current(const LogReader *reader, Id log, enum Opening reason, enum Why *ret_why, LogView *ret_view);
/* The same for the form of a new entry of this kind: of the entries those that it offers to refer to. Where it offers none, a
 * long log is not read whole (docs/decisions/0012). */
MUST_USE Err log_open_to_add(const LogReader *reader, Id log, const Kind *kind, enum Why *ret_why, LogView *ret_view);

/* For the other files of this room: a log read for one page, with the entries that pick chooses. */
typedef struct LogLook {
    LogReader reader;
    LogWish wish;      /* what its line says */
    Err (*pick)(LogPick *pick, void *self);
    void *self;
    bool beside;       /* what pick has opened and not shown stands in the view too */
    /* NULL, or of what leaves as a copy: writes its durable line. Whoever may take it need not read the log. */
    Err (*take)(void *self, const LogEntered *entered);
} LogLook;
LogWish log_look_wish(Id log, enum Opening reason);
/* Whoever may do the wished act, but not read the log, is refused. Errors: as log_open, and E_FORBIDDEN where that shows a stub. */
MUST_USE Err log_look(const LogLook *look, enum Why *ret_why, LogView *ret_view);

#endif
