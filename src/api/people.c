/* What is answered to whoever lets somebody of a family in: a code that is told once.
 * Must not say whose account it is.
 * Called by web's handlers under /api/. */
#include "api/people.h"

#include "api/out.h"
#include "api/write.h"

Err write_code(Id log, Str code, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    out_id(&out, "id", log);
    out_text(&out, "code", code);
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}
