/* The certificate of a deletion as a file: as it was signed, and in words as PDF with the signed text at its end.
 * Must not name anybody: roles, ids, times and numbers.
 * Called through the table of routes. */
#ifndef WEB_ENDING_CERTIFICATE_FILE_H
#define WEB_ENDING_CERTIFICATE_FILE_H

#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err certificate_json(Call *call);
MUST_USE Err certificate_pdf(Call *call);

#endif
