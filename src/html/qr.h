/* A text as a QR code, drawn as SVG.
 * Must not store or send the text: it is a secret of the reader's.
 * Used by web/enrol. */
#ifndef HTML_QR_H
#define HTML_QR_H

#include "html/html.h"

#define QR_TEXT_MAX 512

/* Black on white with its quiet zone, also where the page is dark. label is read aloud instead; it is escaped.
 * Errors: E_TOO_LARGE (text over QR_TEXT_MAX bytes), E_BAD_UTF8 (a NUL in it), E_NO_MEMORY. */
MUST_USE Err qr_svg(Arena *keep, Str text, Str label, Markup *ret_svg);

#endif
