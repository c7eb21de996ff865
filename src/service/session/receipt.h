/* What the page after a form shows once: one-time codes to hand over in person, and who they are for. The form's answer
 * is a redirect; the codes wait for it in this process's memory.
 * Must not be stored or logged, shown twice, or shown to another session.
 * Called by web: receipt_put before the redirect, receipt_take on the page that it leads to. Rule: sign-in 3. */
#ifndef SERVICE_SESSION_RECEIPT_H
#define SERVICE_SESSION_RECEIPT_H

#include "service/service.h"

#define RECEIPT_CODES_MAX 8

typedef struct ReceiptCode {
    Str name;
    Str code; /* empty: this person has an account already */
} ReceiptCode;

typedef struct Receipt {
    const ReceiptCode *items; /* at most RECEIPT_CODES_MAX */
    uint32_t count;           /* 0 = nothing to show */
} Receipt;

/* about: the log that the page is about, none for pages about the municipality. A receipt that nobody takes is gone after
 * ten minutes; a newer one of the same session about the same takes its place.
 * Errors: E_TOO_LARGE, E_NO_MEMORY. */
MUST_USE Err receipt_put(Service *service, const Actor *actor, Id about, const Receipt *receipt, Arena *scratch);

/* Takes it; *ret_receipt lives in keep and is empty when there is none. Errors: E_NO_MEMORY. */
MUST_USE Err receipt_take(Service *service, const Actor *actor, Id about, Arena *keep, Receipt *ret_receipt);

#endif
