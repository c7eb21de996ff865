/* multipart/form-data: parts between delimiters, each with a disposition and perhaps a type.
 * Must not search for anything that could be a delimiter, only for the delimiter itself; must not use a file name.
 * Called by form.c. Source: RFC 7578, RFC 2046 5.1, and what browsers send. */
#include "gateway/multipart.h"

#include <string.h>
#include <strings.h>

#define PART_HEAD_MAX 2048

typedef struct PartHead {
    Str name;
    Str media_type;
    bool has_disposition;
    bool has_file_name;
    bool is_file_named; /* the file name is not empty */
} PartHead;

static bool starts_in_any_case(Str text, Str prefix)
{
    return text.length >= prefix.length && strncasecmp(text.data, prefix.data, prefix.length) == 0;
}

/* Index of needle at or after from, or text.length. */
static size_t find_text(Str text, Str needle, size_t from)
{
    const char *found = from < text.length ? memmem(text.data + from, text.length - from, needle.data, needle.length) : NULL;

    return found ? (size_t)(found - text.data) : text.length;
}

/* A quoted value at the start of *rest, which moves behind it. Browsers escape a quote as %22, so none stands inside. */
static Err read_quoted(Str *rest, Str *ret_value)
{
    size_t end = str_find(*rest, '"', 1);

    if (!str_starts(*rest, STR("\"")) || end == rest->length)
        return fail(E_MALFORMED);
    *ret_value = str_slice(*rest, 1, end);
    *rest = str_slice(*rest, end + 1, rest->length);
    return ok();
}

/* form-data; name="..." and perhaps ; filename="..." - in this order, as every browser writes it. */
static Err read_disposition(Str value, PartHead *head)
{
    Str start = STR("form-data; name=");
    Str middle = STR("; filename=");
    Str rest = str_slice(value, start.length, value.length);
    Str file_name = STR_NONE;

    if (head->has_disposition || !str_starts(value, start))
        return fail(E_MALFORMED);
    head->has_disposition = true;
    TRY(read_quoted(&rest, &head->name));
    if (rest.length == 0)
        return ok();
    if (!str_starts(rest, middle))
        return fail(E_MALFORMED);
    rest = str_slice(rest, middle.length, rest.length);
    TRY(read_quoted(&rest, &file_name));
    if (rest.length > 0 || !utf8_valid(file_name))
        return fail(E_MALFORMED);
    head->has_file_name = true;
    head->is_file_named = file_name.length > 0;
    return ok();
}

/* type "/" subtype of plain characters; at most 127. Parameters are refused: browsers send none here. */
static Err read_media_type(Str value, PartHead *head)
{
    size_t slashes = 0;

    for (size_t i = 0; i < value.length; i++) {
        char c = value.data[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!is_plain && str_find(STR("/.+-_"), c, 0) == 5)
            return fail(E_MALFORMED);
        slashes += c == '/';
    }
    if (head->media_type.length > 0 || value.length < 3 || value.length > 127 || slashes != 1)
        return fail(E_MALFORMED);
    head->media_type = value;
    return ok();
}

static Err read_part_head(Str text, PartHead *ret_head)
{
    PartHead head = {0};
    Str disposition = STR("Content-Disposition: ");
    Str type = STR("Content-Type: ");

    for (size_t at = 0; at < text.length;) {
        size_t end = find_text(text, STR("\r\n"), at);
        Str line = str_slice(text, at, end);
        if (starts_in_any_case(line, disposition))
            TRY(read_disposition(str_slice(line, disposition.length, line.length), &head));
        else if (starts_in_any_case(line, type))
            TRY(read_media_type(str_slice(line, type.length, line.length), &head));
        else
            return fail(E_MALFORMED);
        at = end + 2;
    }
    if (!head.has_disposition || (head.media_type.length > 0 && !head.has_file_name))
        return fail(E_MALFORMED);
    *ret_head = head;
    return ok();
}

/* part: what stands between two delimiters, head and content. */
static Err read_part(FormReader *reader, Str part)
{
    PartHead head;
    Str blank = STR("\r\n\r\n");
    size_t head_end = find_text(str_slice(part, 0, PART_HEAD_MAX), blank, 0);
    Str content = str_slice(part, head_end + blank.length, part.length);

    if (head_end + blank.length > part.length)
        return fail(E_MALFORMED);
    TRY(read_part_head(str_slice(part, 0, head_end), &head));
    if (head.has_file_name && !head.is_file_named && content.length == 0)
        return ok(); /* nothing was chosen */
    return form_add(reader, (FormField){
                                .name = head.name,
                                .value = content,
                                .is_file = head.has_file_name,
                                .media_type = head.media_type,
                            });
}

Err multipart_read(FormReader *reader, Str body, Str boundary)
{
    Str delimiter = STR_NONE;
    size_t parts = 0;

    TRY(str_format(reader->arena, &delimiter, "\r\n--%.*s", STR_ARGS(boundary)));
    Str first = str_slice(delimiter, 2, delimiter.length);
    if (!str_starts(body, first))
        return fail(E_MALFORMED);
    for (size_t at = first.length;;) {
        Str rest = str_slice(body, at, body.length);
        if (str_equal(rest, STR("--\r\n")))
            return ok();
        size_t end = find_text(rest, delimiter, 2);
        if (!str_starts(rest, STR("\r\n")) || end == rest.length)
            return fail(E_MALFORMED);
        if (++parts > FORM_FIELDS_MAX)
            return fail(E_TOO_LARGE);
        TRY(read_part(reader, str_slice(rest, 2, end)));
        at += end + delimiter.length;
    }
}
