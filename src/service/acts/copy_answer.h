/* What somebody of the family did with the copy that they are offered before a deletion: it stands in the log's life.
 * Must not be asked where none is offered.
 * Called by copy.c and by the deed that waives one. Rule: deletion 1. */
#ifndef SERVICE_ACTS_COPY_ANSWER_H
#define SERVICE_ACTS_COPY_ANSWER_H

#include "service/log/deed.h"

/* answer: COPY_TAKEN or COPY_WAIVED. The deletion waits no longer when everybody who is offered one has answered. */
MUST_USE Err copy_answer(const Deed *deed, const LogEntered *entered, unsigned answer, LogChange *change);

#endif
