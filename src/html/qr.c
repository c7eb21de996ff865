/* Draws the modules that libqrencode computes as one SVG path.
 * Must not keep the modules: they are wiped as soon as they are drawn.
 * Called by web/enrol. */
#include "html/qr.h"

#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#define QUIET 4 /* empty modules around the code, as ISO 18004 asks */
#define SVG_MAX ((size_t)256 << 10)

/* The library's own copies are out of reach; what it hands over is wiped. */
static void code_freep(QRcode **code)
{
    if (!*code)
        return;
    explicit_bzero((*code)->data, (size_t)(*code)->width * (size_t)(*code)->width);
    QRcode_free(*code);
    *code = NULL;
}

/* Neighbours in a row become one rectangle: a tenth of the bytes. */
static void add_row(Html *html, const QRcode *code, int y)
{
    const unsigned char *row = code->data + (size_t)y * (size_t)code->width;

    for (int x = 0; x < code->width; x++) {
        int first = x;
        while (x < code->width && row[x] & 1)
            x++;
        if (x == first)
            continue;
        html_raw(html, STR("M"));
        html_number(html, first + QUIET);
        html_raw(html, STR(" "));
        html_number(html, y + QUIET);
        html_raw(html, STR("h"));
        html_number(html, x - first);
        html_raw(html, STR("v1H"));
        html_number(html, first + QUIET);
    }
}

static void add_size(Html *html, int size)
{
    html_number(html, size);
    html_raw(html, STR(" "));
    html_number(html, size);
}

Err qr_svg(Arena *keep, Str text, Str label, Markup *ret_svg)
{
    AUTO(code_freep) QRcode *code = NULL;
    Html html = html_new(keep, SVG_MAX);
    char *terminated = NULL;

    if (text.length > QR_TEXT_MAX)
        return fail(E_TOO_LARGE);
    TRY(str_to_c(keep, text, &terminated));
    code = QRcode_encodeString8bit(terminated, 0, QR_ECLEVEL_M);
    if (!code)
        return fail(E_NO_MEMORY);

    int size = code->width + 2 * QUIET;
    html_raw(&html, STR("<svg class=\"sl-qr\" role=\"img\" shape-rendering=\"crispEdges\" aria-label=\""));
    html_text(&html, label);
    html_raw(&html, STR("\" width=\"200\" height=\"200\" viewBox=\"0 0 "));
    add_size(&html, size);
    html_raw(&html, STR("\"><path fill=\"#fff\" d=\"M0 0h"));
    html_number(&html, size);
    html_raw(&html, STR("v"));
    html_number(&html, size);
    html_raw(&html, STR("H0\"/><path fill=\"#000\" d=\""));
    for (int y = 0; y < code->width; y++)
        add_row(&html, code, y);
    html_raw(&html, STR("\"/></svg>"));
    return html_done(&html, &ret_svg->text);
}
