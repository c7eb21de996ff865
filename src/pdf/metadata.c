/* XMP as ISO 19005-2 asks for it, and an sRGB profile of our own making (IEC 61966-2-1, by the numbers of ICC.1:2004).
 * Must not say more of the document than its caller did.
 * Called by pdf/pdf.c. */
#include "pdf/metadata.h"

#include "base/calendar.h"

#define XMP_MAX ((size_t)64 << 10)
#define PRODUCER "stafettlogg"

/* "2026-11-30T23:12:05Z", or without the signs between as the older dictionary has it. */
static void add_time(Buf *buf, int64_t utc_ms, bool plain)
{
    int64_t seconds = utc_ms / 1000;
    Date date = date_from_day((Day)(DAY_1970 + seconds / 86400));
    unsigned of_day = (unsigned)(seconds % 86400);

    buf_format(buf, plain ? "D:%04d%02u%02u%02u%02u%02uZ" : "%04d-%02u-%02uT%02u:%02u:%02uZ", date.year, date.month, date.day,
               of_day / 3600, of_day / 60 % 60, of_day % 60);
}

static void add_escaped(Buf *buf, Str text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == '&')
            buf_add(buf, STR("&amp;"));
        else if (c == '<')
            buf_add(buf, STR("&lt;"));
        else if (c == '>')
            buf_add(buf, STR("&gt;"));
        else
            buf_add_char(buf, (unsigned char)c < 0x20 ? ' ' : c);
    }
}

/* PDF/A knows the words of PDF/UA only when the file explains them itself (ISO 19005-2, 6.6.2.3). */
static const char explains[] =
    "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name>\n"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n";

static void add_claims(Buf *xmp, const PdfAbout *about)
{
    buf_add(xmp, STR("<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                     " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                     " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
                     "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n<pdfuaid:part>1</pdfuaid:part>\n"
                     "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">"));
    add_escaped(xmp, about->title);
    buf_add(xmp, STR("</rdf:li></rdf:Alt></dc:title>\n<dc:language><rdf:Bag><rdf:li>"));
    add_escaped(xmp, about->language);
    buf_add(xmp, STR("</rdf:li></rdf:Bag></dc:language>\n<pdf:Producer>" PRODUCER "</pdf:Producer>\n"));
    if (about->made_at > 0) {
        buf_add(xmp, STR("<xmp:CreateDate>"));
        add_time(xmp, about->made_at, false);
        buf_add(xmp, STR("</xmp:CreateDate>\n"));
    }
    buf_add(xmp, STR("</rdf:Description>\n"));
}

uint32_t pdf_metadata_put(Pdf *pdf)
{
    uint32_t number = pdf_object_new(&pdf->objects);
    Buf xmp = buf_new(pdf->scratch, XMP_MAX);
    Str text = STR_NONE;

    buf_add(&xmp, STR("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"));
    add_claims(&xmp, &pdf->about);
    buf_add(&xmp, str_from_c(explains));
    buf_add(&xmp, STR("</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"));
    if (pdf_keep(pdf, buf_done(&xmp, &text)))
        pdf_stream_put_plain(&pdf->objects, number, STR("/Type/Metadata/Subtype/XML"), text);
    return number;
}

uint32_t pdf_info_put(Pdf *pdf)
{
    uint32_t number = pdf_object_new(&pdf->objects);
    Buf info = buf_new(pdf->scratch, XMP_MAX);
    Str text = STR_NONE;

    buf_add(&info, STR("<</Title"));
    pdf_add_text(&info, pdf->about.title);
    buf_add(&info, STR("/Producer(" PRODUCER ")"));
    if (pdf->about.made_at > 0) {
        buf_add(&info, STR("/CreationDate("));
        add_time(&info, pdf->about.made_at, true);
        buf_add_char(&info, ')');
    }
    buf_add(&info, STR(">>"));
    if (pdf_keep(pdf, buf_done(&info, &text)))
        pdf_object_put(&pdf->objects, number, text);
    return number;
}

/* ---- the profile ---- */

typedef struct Tag {
    const char *names; /* four letters each: red, green and blue have one curve */
    uint32_t offset, length;
} Tag;

enum { TAG_DESCRIPTION, TAG_COPYRIGHT, TAG_WHITE, TAG_ADAPTATION, TAG_RED, TAG_GREEN, TAG_BLUE, TAG_CURVE, TAG_COUNT };

static void add_words(Buf *buf, const uint32_t *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_add_u32(buf, words[i]);
}

static void add_mluc(Buf *buf, Str text)
{
    buf_add(buf, STR("mluc\0\0\0\0\0\0\0\1\0\0\0\14enUS"));
    buf_add_u32(buf, (uint32_t)text.length * 2);
    buf_add_u32(buf, 28);
    for (size_t i = 0; i < text.length; i++)
        buf_add_u16(buf, (unsigned char)text.data[i]);
}

static void add_xyz(Buf *buf, const uint32_t xyz[static 3])
{
    buf_add(buf, STR("XYZ \0\0\0\0"));
    add_words(buf, xyz, 3);
}

static void add_tag(Buf *buf, unsigned tag)
{
    /* Numbers with sixteen bits behind the point. */
    static const uint32_t white[] = {0xF6D6, 0x10000, 0xD32D};
    static const uint32_t colours[][3] = {{0x6FA2, 0x38F5, 0x0390}, {0x6299, 0xB785, 0x18DA}, {0x24A0, 0x0F84, 0xB6CF}};
    static const uint32_t adaptation[] = {0x10C42, 0x5DE, 0xFFFFF326, 0x793, 0xFD90, 0xFFFFFBA1, 0xFFFFFDA2, 0x3DC, 0xC06E};
    static const uint32_t curve[] = {0x26666, 0xF2A7, 0xD59, 0x13D0, 0xA5B};

    if (tag == TAG_DESCRIPTION) {
        add_mluc(buf, STR("sRGB IEC61966-2.1"));
    } else if (tag == TAG_COPYRIGHT) {
        add_mluc(buf, STR("No copyright, use freely"));
    } else if (tag == TAG_WHITE) {
        add_xyz(buf, white);
    } else if (tag == TAG_ADAPTATION) {
        buf_add(buf, STR("sf32\0\0\0\0"));
        add_words(buf, adaptation, COUNT_OF(adaptation));
    } else if (tag == TAG_CURVE) {
        buf_add(buf, STR("para\0\0\0\0\0\3\0\0"));
        add_words(buf, curve, COUNT_OF(curve));
    } else {
        add_xyz(buf, colours[tag - TAG_RED]);
    }
}

/* Header (128 bytes), table of tags, tags. */
static Err make_profile(Arena *keep, Str *ret_profile)
{
    Tag tags[TAG_COUNT] = {{"desc", 0, 0}, {"cprt", 0, 0}, {"wtpt", 0, 0}, {"chad", 0, 0},
                           {"rXYZ", 0, 0}, {"gXYZ", 0, 0}, {"bXYZ", 0, 0}, {"rTRCgTRCbTRC", 0, 0}};
    Buf data = buf_new(keep, 4096), profile = buf_new(keep, 4096);
    uint32_t names = TAG_COUNT + 2;
    Str bytes = STR_NONE;

    for (unsigned i = 0; i < TAG_COUNT; i++) {
        tags[i].offset = 128 + 4 + 12 * names + (uint32_t)data.length;
        add_tag(&data, i);
        tags[i].length = 128 + 4 + 12 * names + (uint32_t)data.length - tags[i].offset;
        buf_add_zeros(&data, (size_t)-data.length & 3);
    }
    TRY(buf_done(&data, &bytes));
    buf_add_u32(&profile, 128 + 4 + 12 * names + (uint32_t)bytes.length);
    buf_add(&profile, STR("\0\0\0\0\4\x20\0\0mntrRGB XYZ \7\xEA\0\1\0\1\0\0\0\0\0\0acsp"));
    buf_add_zeros(&profile, 28);
    add_words(&profile, (const uint32_t[]){0xF6D6, 0x10000, 0xD32D}, 3);
    buf_add_zeros(&profile, 48);
    buf_add_u32(&profile, names);
    for (unsigned i = 0; i < TAG_COUNT; i++)
        for (const char *name = tags[i].names; *name; name += 4) {
            buf_add_bytes(&profile, name, 4);
            buf_add_u32(&profile, tags[i].offset);
            buf_add_u32(&profile, tags[i].length);
        }
    buf_add(&profile, bytes);
    return buf_done(&profile, ret_profile);
}

uint32_t pdf_intent_put(Pdf *pdf)
{
    uint32_t number = pdf_object_new(&pdf->objects), stream = pdf_object_new(&pdf->objects);
    Buf intent = buf_new(pdf->scratch, 512);
    Str profile = STR_NONE, text = STR_NONE;

    if (!pdf_keep(pdf, make_profile(pdf->scratch, &profile)))
        return 0;
    pdf_stream_put(&pdf->objects, stream, STR("/N 3"), profile);
    buf_format(&intent, "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
                        "/RegistryName(http://www.color.org)/DestOutputProfile %u 0 R>>", stream);
    if (pdf_keep(pdf, buf_done(&intent, &text)))
        pdf_object_put(&pdf->objects, number, text);
    return number;
}
