/* Which entries of a log are opened and shown: all of them, what is current, or a page of what is not.
 * Must not leave an entry out of both: what is not current stands on the pages of its section.
 * Called by open.c. */
#ifndef SERVICE_READING_PICK_H
#define SERVICE_READING_PICK_H

#include "service/log/entered.h"
#include "service/log/view.h"

/* Positions are those of entered->newest. */
typedef struct LogPick {
    const LogEntered *entered;
    int64_t now;
    Arena *keep;
    LogEntry **opened;  /* by position, without the author's name; NULL: not opened */
    bool *shown;        /* by position */
} LogPick;

MUST_USE Err log_pick_new(const LogEntered *entered, int64_t now, Arena *keep, LogPick *ret_pick);
MUST_USE Err log_pick_all(LogPick *pick);
/* The child; the newest attentions, notes, resources and levels; measures that are planned or running and the last that were
 * finished, with their goals, the attentions of those, and their newest evaluations; the newest goals; meetings to come and the
 * last that were held. Opens measures, evaluations and meetings to find out, and of the rest what it shows. */
MUST_USE Err log_pick_current(LogPick *pick);
/* Of what log_pick_current has not shown in a section the newest before a position (0: from the newest), at most max; shows
 * those and nothing else. *ret_next: where the next page begins, 0 for none. */
MUST_USE Err log_pick_older(LogPick *pick, enum Section section, uint32_t before, uint32_t max, uint32_t *ret_next);
/* One entry. */
MUST_USE Err log_pick_show(LogPick *pick, uint32_t at);
/* What these values, or all shown entries, refer to is opened, and not shown. */
MUST_USE Err log_pick_referred(LogPick *pick, const Values *values);
MUST_USE Err log_pick_references(LogPick *pick);
/* How many entries of each section are not shown. */
void log_pick_count_folded(const LogPick *pick, uint32_t ret_folded[static SECTION_COUNT]);

#endif
