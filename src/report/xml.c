/* The escaping writer of XML 1.0.
 * Must not write a text but through add_escaped.
 * Called by message. */
#include "report/xml.h"

Xml xml_new(Arena *keep, size_t maximum)
{
    Xml xml = {.buf = buf_new(keep, maximum)};

    buf_add(&xml.buf, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
    return xml;
}

static void new_line(Xml *xml)
{
    buf_add_char(&xml->buf, '\n');
    for (unsigned i = 0; i < xml->depth; i++)
        buf_add(&xml->buf, STR("  "));
}

/* Char of XML 1.0, production 2: everything else has no form at all. */
static bool is_char(uint32_t point)
{
    return point == '\t' || point == '\n' || point == '\r' || (point >= ' ' && point != 0xFFFE && point != 0xFFFF);
}

static void add_point(Buf *buf, uint32_t point)
{
    if (point == '&')
        buf_add(buf, STR("&amp;"));
    else if (point == '<')
        buf_add(buf, STR("&lt;"));
    else if (point == '>')
        buf_add(buf, STR("&gt;"));
    else if (point == '\r')
        buf_add(buf, STR("&#13;"));
    else
        buf_add_utf8(buf, is_char(point) ? point : 0xFFFD);
}

void xml_begin(Xml *xml, const char *name)
{
    new_line(xml);
    buf_format(&xml->buf, "<%s>", name);
    xml->depth++;
}

void xml_end(Xml *xml, const char *name)
{
    xml->depth--;
    new_line(xml);
    buf_format(&xml->buf, "</%s>", name);
}

void xml_text(Xml *xml, const char *name, Str text)
{
    new_line(xml);
    buf_format(&xml->buf, "<%s>", name);
    for (size_t at = 0; at < text.length;)
        add_point(&xml->buf, utf8_next(text, &at));
    buf_format(&xml->buf, "</%s>", name);
}

void xml_text_if(Xml *xml, const char *name, Str text)
{
    if (text.length > 0)
        xml_text(xml, name, text);
}

void xml_number(Xml *xml, const char *name, int64_t number)
{
    new_line(xml);
    buf_format(&xml->buf, "<%s>%lld</%s>", name, (long long)number, name);
}
