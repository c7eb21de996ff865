/* Whether the bytes of a document, or of an archive report, are those that its row was written with.
 * Must not open them.
 * Used by verify.c. */
#ifndef STORE_VERIFY_BYTES_CHECK_H
#define STORE_VERIFY_BYTES_CHECK_H

#include "store/tx.h"

/* Against the hash in its row. *ret_same is true where the row is gone: that is another finding. */
MUST_USE Err document_check(Tx *tx, const Id *document, bool *ret_same);
/* The same of a report, whose bytes stand in parts. One that was made before its row told of them must have as many parts as it says.
 * *ret_same is true where the row is gone, or not ours. */
MUST_USE Err report_check(Tx *tx, const Id *report, bool *ret_same);

#endif
