/* Units or staff of a municipality from a file, where the databases are open: in serve, or in the command itself.
 * Must not store a part of a file.
 * Called through the table of control acts. */
#ifndef CLI_CONTROL_IMPORT_H
#define CLI_CONTROL_IMPORT_H

#include "cli/control/doing.h"

/* CONTROL_IMPORT. Errors: E_INVALID when the file has faults: they are told in out. */
MUST_USE Err control_import(const Doing *doing);

#endif
