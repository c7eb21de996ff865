/* JSON on its way out: names and values are appended, commas and indentation come by themselves.
 * Must not be used to take something back: nothing that was written is looked at again but its last byte.
 * Used by api and report. */
#ifndef BASE_JSON_OUT_H
#define BASE_JSON_OUT_H

#include "base/calendar.h"
#include "base/id.h"

typedef struct Out {
    Buf buf;
    bool indented;  /* for people and diffs; else one line */
    unsigned depth;
} Out;

/* An empty document in keep of at most maximum bytes; take it with buf_done(&out.buf, ...). */
Out out_new(Arena *keep, size_t maximum);

/* '{' or '['; a name before it (NULL inside a list and for the whole). */
void out_begin(Out *out, const char *name, char bracket);
/* '}' or ']'. */
void out_end(Out *out, char bracket);

/* One value; name NULL inside a list. Text must be UTF-8. */
void out_text(Out *out, const char *name, Str text);
void out_number(Out *out, const char *name, int64_t number);
void out_yes_no(Out *out, const char *name, bool yes);
void out_id(Out *out, const char *name, Id id);
/* "2026-11-21" */
void out_day(Out *out, const char *name, Day day);
/* "2026-11-21T13:05:09Z" of UTC milliseconds. */
void out_moment(Out *out, const char *name, int64_t ms);

/* The same, left out when there is nothing to tell. */
void out_text_if(Out *out, const char *name, Str text);
void out_moment_if(Out *out, const char *name, int64_t ms);

/* What comes next is written by the caller, as one value of JSON. */
Buf *out_value(Out *out, const char *name);

#endif
