/* A snapshot told that its last question comes next.
 * Must not be told when more than one follows.
 * Called by service. */
#include "store/last.h"

#include "store/tx.h"

void store_read_last(Tx *tx)
{
    if (tx->driver->last && !tx->writing)
        tx->driver->last(tx->link);
}
