/* PostgreSQL as a driver: a schema per database, named host and m_<tenant>.
 * Must not be included outside main, cli and tests.
 * Chosen in main. */
#ifndef STORE_POSTGRES_POSTGRES_H
#define STORE_POSTGRES_POSTGRES_H

#include "store/driver.h"

/* The place is a libpq connection string, which may name several hosts (target_session_attrs=read-write). */
const Driver *postgres_driver(void);

#endif
