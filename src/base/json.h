/* One JSON string, escaped as RFC 8259 asks; also safe inside HTML, because '<', '>' and '&' are escaped too.
 * Must not write anything but strings: structure is the caller's.
 * Used by domain (values) and api. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"

/* Appends text with its quotes. text must be valid UTF-8. */
static inline void buf_add_json(Buf *buf, Str text)
{
    buf_add_char(buf, '"');
    for (size_t at = 0; at < text.length; at++) {
        unsigned char c = (unsigned char)text.data[at];
        if (c == '"' || c == '\\')
            buf_format(buf, "\\%c", c);
        else if (c == '\n')
            buf_add(buf, STR("\\n"));
        else if (c < 0x20 || c == 0x7F || c == '<' || c == '>' || c == '&')
            buf_format(buf, "\\u%04x", c);
        else
            buf_add_char(buf, (char)c);
    }
    buf_add_char(buf, '"');
}

#endif
