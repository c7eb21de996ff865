/* A snapshot told that its last question comes next.
 * Must not be told when more than one follows.
 * Called by service. */
#ifndef STORE_LAST_H
#define STORE_LAST_H

#include "store/store.h"

/* What is asked next is the snapshot's last question, and ends it: the database is spared an errand. Whatever is asked after
 * that sees a later moment. */
void store_read_last(Tx *tx);

#endif
