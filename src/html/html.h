/* The escaping writer: pages are written through these functions, and text from people cannot become markup.
 * Must not know pages, users or languages beyond their number.
 * Called by the functions that tools/templates.py makes of pages/, and by tests. */
#ifndef HTML_HTML_H
#define HTML_HTML_H

#include "base/id.h"

/* A page that grows. Not a Buf by type, so that nobody appends unescaped text by mistake. */
typedef struct Html {
    Buf bytes;
    /* Which texts to use; an `enum language`. */
    uint8_t language;
    /* Bit n: the symbol n of the icon table is used and must be written once at the end of the page. */
    uint64_t icons;
} Html;

/* Finished markup made by our own code (never from outside): the only type that `{{{field}}}` writes as it is. */
typedef struct Markup {
    Str text;
} Markup;

/* An address for href, src or action. Only html_url writes it; what it refuses becomes "#". */
typedef struct Url {
    Str text;
} Url;

#define URL(literal) ((Url){STR(literal)})

/* An empty page in arena, at most maximum bytes. */
Html html_new(Arena *arena, size_t maximum);

/* The page. Errors: as buf_done. */
MUST_USE Err html_done(const Html *html, Str *ret_page);

/* Constant markup from a template. */
void html_raw(Html *html, Str markup);
/* Finished markup. */
void html_markup(Html *html, Markup markup);
/* Text between tags or inside a quoted attribute: & < > " ' become references, other control characters than
 * tab and line feed become U+FFFD, and so does each byte that is not part of well-formed UTF-8. */
void html_text(Html *html, Str text);
void html_number(Html *html, int64_t number);
void html_id(Html *html, Id id);
/* One segment of a path or one value of a query, percent-encoded (RFC 3986: all but unreserved characters). */
void html_path_segment(Html *html, Str text);
/* An address: local ("/..." but not "//" or "/\", "?...", "#..."), https:, tel:, mailto: or otpauth:. Otherwise "#". */
void html_url(Html *html, Url url);
/* True for what html_url writes. */
bool url_is_allowed(Url url);

/* printf-made local address, each argument already safe (ids, numbers, constants). Lives in keep.
 * Errors: E_NO_MEMORY, E_TOO_LARGE past 511 bytes. */
MUST_USE Err url_format(Arena *keep, Url *ret_url, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
