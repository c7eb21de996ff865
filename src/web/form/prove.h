/* A code anew before a form is carried out that gives or takes rights (rules: sign-in 14).
 * Must not lose what was typed, nor send a code back.
 * Used by web.c. */
#ifndef WEB_FORM_PROVE_H
#define WEB_FORM_PROVE_H

#include "base/err.h"
#include "web/call/call.h"

/* The field of the code; a route that may ask for it takes it beside its own. */
#define PROVE_FIELD "proof_code"

/* Takes a code that was posted with a form: the session goes on under a new id, and the form in the same request.
 * Errors: E_PROVE for a wrong code; those of session_prove. */
MUST_USE Err prove_posted(Call *call);

/* The page that asks: for the code, with the form behind it. */
MUST_USE Err prove_page(Call *call);

#endif
