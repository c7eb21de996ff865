/* What is shown of a log by itself: the child's number, and the documents of consents.
 * Must not name a person in a file's name.
 * Called through the table of routes. */
#include "web/log/document.h"

#include "domain/input/media.h"
#include "gateway/gateway.h"
#include "pages/templates.h"
#include "service/reading/document.h"
#include "service/reading/number.h"
#include "service/session/files.h"
#include "service/session/memory.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/layout.h"

/* Text for the script of the log page, a page of its own for everybody else. */
Err log_number_send(Call *call)
{
    PageNumber page = {.layout = call_layout(call, call_text(call, MSG_LOG_NUMBER), "")};
    Html html = call_html(call);

    TRY(log_number_read(call->service, &call->actor, call->ids[0], call->arena, &page.number));
    if (str_equal(call->request->headers[HEADER_ACCEPT], STR("text/plain")))
        return call_bytes(call, STR("text/plain; charset=utf-8"), page.number);
    TRY(log_url(call, call->ids[0], "", &page.back));
    page.layout.sensitive = true;
    page_number(&html, &page);
    return call_page(call, 200, &html);
}

/* Opening one takes a thread for a while: few are opened at once, and the others are asked to come back. */
static Err read_document(Call *call, Str *ret_bytes, uint8_t *ret_media)
{
    Files *files = sessions_files(call->service->sessions);
    const LogReader reader = {call->service, &call->actor, call->arena};

    TRY(files_begin(files, &call->actor.session, call->actor.now));
    Err read = log_document_read(&reader, call->ids[0], call->ids[1], ret_bytes, ret_media);
    files_end(files);
    return read;
}

/* The file is named by the document's place, never by a person. */
Err log_document(Call *call)
{
    Str bytes = STR_NONE, disposition = STR_NONE;
    uint8_t media = 0;

    TRY(read_document(call, &bytes, &media));
    TRY(str_format(call->arena, &disposition, "attachment; filename=\"samtykke.%s\"", media_ending(media)));
    response_header(call->response, "Content-Disposition", disposition);
    return call_bytes(call, str_from_c(media_type(media)), bytes);
}
