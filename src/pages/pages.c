/* Messages, dates and icons in a page.
 * Must not write unescaped text: icons and time tags are constants of ours.
 * Called by generated page functions. */
#include "pages/pages.h"

#include "pages/assets.h"

/* A log that is as full as it may be (service/acts/entry.c) still fits. */
#define PAGE_MAXIMUM ((size_t)16 << 20)

Html page_new(Arena *arena, enum language language)
{
    Html html = html_new(arena, PAGE_MAXIMUM);

    html.language = (uint8_t)language;
    return html;
}

static Str first_letter(Str word)
{
    size_t end = 0;

    if (word.length == 0 || !utf8_valid(word))
        return STR_NONE;
    utf8_next(word, &end);
    return str_slice(word, 0, end);
}

Err pages_initials(Arena *keep, Str name, Str *ret_initials)
{
    Str first = str_trim(name);
    Str last = STR_NONE;

    for (size_t i = first.length; i > 0 && last.length == 0; i--)
        if (first.data[i - 1] == ' ')
            last = str_slice(first, i, first.length);
    return str_format(keep, ret_initials, "%.*s%.*s", STR_ARGS(first_letter(first)), STR_ARGS(first_letter(last)));
}

/* Escapes what was written to scratch. The scratch lives in the page's arena and is short. */
static void add_escaped(Html *html, const Buf *scratch)
{
    Str text;

    if (is_ok(buf_done(scratch, &text)))
        html_text(html, text);
    else
        html->bytes.overflow = true;
}

void html_message(Html *html, enum msg id, const MsgArgument *arguments, size_t count)
{
    enum language language = (enum language)html->language;

    if (count == 0) {
        html_text(html, msg(language, id));
        return;
    }
    Buf scratch = buf_new(html->bytes.arena, PAGE_MAXIMUM);
    msg_write(&scratch, language, id, arguments, count);
    add_escaped(html, &scratch);
}

static void day_with(Html *html, Day day, void (*write)(Buf *, enum language, Day))
{
    if (day <= 0)
        return;
    html_raw(html, STR("<time datetime=\""));
    buf_add_day(&html->bytes, day);
    html_raw(html, STR("\">"));
    write(&html->bytes, (enum language)html->language, day);
    html_raw(html, STR("</time>"));
}

void html_day(Html *html, Day day)
{
    day_with(html, day, text_day);
}

void html_weekday(Html *html, Day day)
{
    day_with(html, day, text_weekday);
}

void html_moment(Html *html, Moment moment)
{
    if (moment.ms == 0)
        return;
    html_raw(html, STR("<time datetime=\""));
    text_moment_iso(&html->bytes, moment);
    html_raw(html, STR("\">"));
    text_moment(&html->bytes, (enum language)html->language, moment);
    html_raw(html, STR("</time>"));
}

void html_icon(Html *html, enum icon icon)
{
    if (icon <= ICON_NONE || icon >= ICON_COUNT)
        return;
    html->icons |= UINT64_C(1) << icon;
    html_raw(html, STR("<svg class=\"sl-i\" aria-hidden=\"true\"><use href=\"#i-"));
    html_raw(html, icon_files[icon]);
    html_raw(html, STR("\"/></svg>"));
}

/* External sprites are blocked by older browsers under default-src 'none', so each page carries what it uses. */
void html_icons(Html *html)
{
    if (html->icons == 0)
        return;
    html_raw(html, STR("<svg width=\"0\" height=\"0\" class=\"sl-sr\" aria-hidden=\"true\">"));
    for (unsigned i = 1; i < ICON_COUNT; i++)
        if (html->icons >> i & 1)
            html_raw(html, icon_symbols[i]);
    html_raw(html, STR("</svg>"));
}

Licences pages_licences(void)
{
    return asset_licences;
}
