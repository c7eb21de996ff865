/* What the databases prove their rows with: the key agent's row keys.
 * Must not be left out where databases are opened: a row without a proof opens nothing.
 * Used by cli and by tests, for stores_open. */
#ifndef SERVICE_PROVER_H
#define SERVICE_PROVER_H

#include "keys/keys.h"
#include "store/store.h"

/* keys must outlive the Stores. */
Prover service_prover(Keys *keys);

#endif
