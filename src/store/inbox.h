/* Inboxes: what people are told, as codes and objects.
 * Must not hold a name or a text.
 * Called by service. Rules: clocks 17. */
#ifndef STORE_INBOX_H
#define STORE_INBOX_H

#include "store/store.h"

/* With a mail beside it where the notice wants one. */
MUST_USE Err store_inbox_insert(Tx *tx, const InboxRow *row);
/* Many, those that say the same of the same in one statement as far as they stand beside each other. What a person has been told once is
 * not put again; *ret_new is how many were put, where ret_new is not NULL. Mails as above. */
MUST_USE Err store_inbox_tell(Tx *tx, const InboxRows *rows, uint32_t *ret_new);
/* Newest first. */
typedef struct InboxPage {
    Id person;
    int64_t without;          /* set of 1 << notice: those are left out */
    const InboxRow *before;   /* the last row of the page before, or NULL */
    uint32_t max;
} InboxPage;
MUST_USE Err store_inbox(Tx *tx, const InboxPage *page, Arena *keep, InboxRows *ret_rows);
/* What asks for something to be done, newest first; where it was told of one object several times, that of the latest day alone. */
MUST_USE Err store_inbox_tasks(Tx *tx, const InboxPage *page, Arena *keep, InboxRows *ret_rows);
/* Of the logs that a person's tasks between two rows of their inbox are about: the entries on which clocks hang, in the order of
 * writing, with log_no, kind and time alone. No head is checked: they decide nothing but what is shown of a task. */
MUST_USE Err store_inbox_lived(Tx *tx, const InboxRow *newest, const InboxRow *oldest, Arena *keep, EntryRows *ret_rows);
MUST_USE Err store_inbox_unread(Tx *tx, Id person, int64_t without, uint32_t *ret_count);
/* All of a person's that are unread, at most 600 at once; *ret_count is how many. */
MUST_USE Err store_inbox_read_all(Tx *tx, Id person, int64_t now, uint32_t *ret_count);

/* ---- what is not wanted, and what is mailed ---- */

/* Of no notices for whoever has chosen nothing. Errors: E_FORGED. */
MUST_USE Err store_silence(Tx *tx, Id person, SilenceRow *ret_row);
MUST_USE Err store_silence_put(Tx *tx, const SilenceRow *row);
/* The oldest, at most max (1..1000). */
MUST_USE Err store_outbox(Tx *tx, uint32_t max, Arena *keep, OutboxRows *ret_rows);
/* Whoever has read what they were told needs no mail. */
MUST_USE Err store_outbox_delete_of_person(Tx *tx, Id person);

#endif
