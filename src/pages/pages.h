/* Writing a page: what generated page functions need beside html/, and small helpers for whoever fills a view.
 * Must not know requests.
 * Called by generated functions and by web. */
#ifndef PAGES_PAGES_H
#define PAGES_PAGES_H

#include "pages/templates.h"
#include "pages/views.h"

/* An empty page in arena, at most 1 MiB, in this language. */
Html page_new(Arena *arena, enum language language);

/* "Rolig Vind" -> "RV": the first letters of the first and the last word. Errors: E_NO_MEMORY. */
MUST_USE Err pages_initials(Arena *keep, Str name, Str *ret_initials);

/* The licences of the packages that the assets were made from. */
Licences pages_licences(void);

/* ---- for generated functions ---- */

/* A message, filled in and escaped. */
void html_message(Html *html, enum msg id, const MsgArgument *arguments, size_t count);
/* <time datetime="...">...</time>; nothing for zero. */
void html_day(Html *html, Day day);
void html_weekday(Html *html, Day day);
void html_moment(Html *html, Moment moment);
/* A reference to an icon's symbol, which html_icons writes at the end of the page. Nothing for ICON_NONE. */
void html_icon(Html *html, enum icon icon);
void html_icons(Html *html);

#endif
