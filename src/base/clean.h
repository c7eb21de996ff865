/* The one cleaning rule for every text that comes in, and the forms in which texts are compared (docs/decisions/0016).
 * Must not know of fields, forms or files: whoever takes a text in calls this, and nobody cleans in a way of their own.
 * Used by domain (fields, signing in, import), crypto (passwords), service, commands. */
#ifndef BASE_CLEAN_H
#define BASE_CLEAN_H

#include "base/str.h"

typedef enum CleanFault {
    CLEAN_FINE,
    CLEAN_BAD_UTF8,
    CLEAN_CONTROL,   /* a control character that means nothing in a text */
    CLEAN_DIRECTION, /* turns the words beside it round (U+202A..E, U+2066..9) */
} CleanFault;

/* A text as it is kept: NFC; each line break that a program writes (CR LF, CR, VT, FF, NEL, U+2028, U+2029) is LF when lines
 * are wanted, else a space; every kind of space is a space; what shows nothing is left out, and at both ends spaces too; a text
 * without a character that shows is empty. *ret_text is set exactly when *ret_fault is CLEAN_FINE. Errors: E_NO_MEMORY. */
MUST_USE Err text_clean(Str raw, bool lines, Arena *keep, CleanFault *ret_fault, Str *ret_text);

/* NFC and nothing else: what a person knows by heart, and may have typed on a keyboard that composes otherwise.
 * Errors: E_BAD_UTF8, E_NO_MEMORY. */
MUST_USE Err text_nfc(Str text, Arena *keep, Str *ret_text);
/* The decomposed form of the same text, as some keyboards write it: only to try what was hashed before text_nfc was. */
MUST_USE Err text_nfd(Str text, Arena *keep, Str *ret_text);

/* As people read it, for comparing and for indexes: NFKC, case folded, without what shows nothing, each run of spaces and line
 * breaks as one space, none at the ends. Errors: E_BAD_UTF8, E_NO_MEMORY. */
MUST_USE Err text_fold(Str text, Arena *keep, Str *ret_folded);
/* Both read the same. */
MUST_USE Err text_reads_same(Str a, Str b, Arena *scratch, bool *ret_same);

/* What is copied, read aloud or typed by its characters only (codes, numbers): NFKC, digits of every script as 0..9, without
 * spaces, dashes and what shows nothing. Case is kept. Errors: E_BAD_UTF8, E_NO_MEMORY. */
MUST_USE Err text_bare(Str text, Arena *keep, Str *ret_bare);

#endif
