/* SQLite as a driver: a file per database in one folder.
 * Must not be included outside main, cli and tests.
 * Chosen in main. */
#ifndef STORE_SQLITE_SQLITE_H
#define STORE_SQLITE_SQLITE_H

#include "store/driver.h"

/* host.db and municipality/<tenant>.db in a data folder that exists and is ours alone. */
const Driver *sqlite_driver(void);

#endif
