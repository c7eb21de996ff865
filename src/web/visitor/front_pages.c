/* One small page for each status that the front answers by itself.
 * Must not hold what nginx would read as a variable.
 * Called by cli/front when the configuration is written. */
#include "web/visitor/front_pages.h"

#include "pages/pages.h"
#include "text/text.h"

static const struct {
    int status;
    enum msg heading;
    enum msg text;
} front_texts[FRONT_PAGES] = {
    {.status = 400, .heading = MSG_WEB_BAD_REQUEST_HEADING, .text = MSG_WEB_BAD_REQUEST_TEXT},
    {.status = 404, .heading = MSG_WEB_NOT_FOUND_HEADING, .text = MSG_WEB_NOT_FOUND_TEXT},
    {.status = 408, .heading = MSG_WEB_SLOW_HEADING, .text = MSG_WEB_SLOW_TEXT},
    {.status = 413, .heading = MSG_WEB_TOO_LARGE_HEADING, .text = MSG_WEB_TOO_LARGE_FRONT},
    {.status = 429, .heading = MSG_WEB_BUSY_HEADING, .text = MSG_WEB_BUSY_TEXT},
    {.status = 503, .heading = MSG_WEB_CLOSED_HEADING, .text = MSG_WEB_CLOSED_TEXT},
};

Err front_pages(Arena *arena, FrontPage ret_pages[static FRONT_PAGES])
{
    for (size_t i = 0; i < FRONT_PAGES; i++) {
        enum msg text = front_texts[i].text;
        Html html = page_new(arena, LANGUAGE_NB);
        PageFront view = {
            .heading = msg(LANGUAGE_NB, front_texts[i].heading),
            .text = msg(LANGUAGE_NB, text),
            .nynorsk = msg(LANGUAGE_NN, text),
            .english = msg(LANGUAGE_EN, text),
            .to_start_nynorsk = msg(LANGUAGE_NN, MSG_WEB_TO_START),
            .to_start_english = msg(LANGUAGE_EN, MSG_WEB_TO_START),
        };
        page_front(&html, &view);
        ret_pages[i].status = front_texts[i].status;
        TRY(html_done(&html, &ret_pages[i].html));
    }
    return ok();
}
