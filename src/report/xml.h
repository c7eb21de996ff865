/* The escaping writer of XML: elements are opened, closed and filled through these functions, and text cannot become markup.
 * Must not know what a document is about.
 * Used by message. */
#ifndef REPORT_XML_H
#define REPORT_XML_H

#include "base/buf.h"

typedef struct Xml {
    Buf buf;
    unsigned depth;
} Xml;

/* A document of at most maximum bytes in keep; take it with buf_done(&xml.buf, ...). */
Xml xml_new(Arena *keep, size_t maximum);
/* An element that holds others; attributes, of our own code, stand in `name` too ("mappe xmlns='...'"). */
void xml_begin(Xml *xml, const char *name);
void xml_end(Xml *xml, const char *name);
/* An element that holds text. What XML cannot hold becomes U+FFFD. text is valid UTF-8. */
void xml_text(Xml *xml, const char *name, Str text);
/* The same, left out when it is empty. */
void xml_text_if(Xml *xml, const char *name, Str text);
void xml_number(Xml *xml, const char *name, int64_t number);

#endif
