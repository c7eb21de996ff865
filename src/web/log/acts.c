/* Links to procedures, from the table and from what the reader may do.
 * Must not know a procedure by name.
 * Called by sections.c and page.c. */
#include "web/log/acts.h"

#include "domain/procedures.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/words.h"
#include "web/form/reason.h"
#include "web/log/words.h"

static Err link_to(const Call *call, const LogView *log, const LogEntry *entry, const Procedure *procedure, LinkView *link)
{
    const char *code = act_code(procedure->act);
    Str prefix = STR_NONE;
    char *key = NULL;

    TRY(str_format(call->arena, &prefix, "act.%s", code));
    TRY(str_to_c(call->arena, prefix, &key));
    TRY(word_of(call, key, "heading", &link->text));
    if (entry)
        TRY(entry_title(call, entry, &link->hidden));
    TRY(act_url(call, log->summary.id, entry ? entry->entry : (Id){0}, code, &link->url));
    /* Whoever gave a reason to read the log has it with them. */
    Opening reason = reason_given(call, call_query(call, REASON_FIELD));
    if (reason == OPENING_NONE)
        return ok();
    return url_format(call->arena, &link->url, "%.*s?" REASON_FIELD "=%s", STR_ARGS(link->url.text), opening_code(reason));
}

/* What is taken away by decision is the family's; what a log has had done to it is not offered again. */
static bool fits(const LogView *log, const LogEntry *entry, const Procedure *procedure)
{
    return entry ? !procedure->removes || role_is_family(entry->first_role)
                 : !(log->flags & procedure->sets) && (log->flags & procedure->lifts) == procedure->lifts &&
                       log->is[procedure->when];
}

Err act_links(const Call *call, const LogView *log, const LogEntry *entry, Links *ret_links)
{
    KindId of = entry ? entry->values.kind->id : KIND_NONE;
    LinkView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(call->arena, LinkView, PROCEDURE_COUNT, &items));
    for (unsigned i = 0; i < PROCEDURE_COUNT && !(entry && entry->removed); i++)
        if (procedure_at(i)->of == of && log_may(log, procedure_at(i)->act) && fits(log, entry, procedure_at(i)))
            TRY(link_to(call, log, entry, procedure_at(i), &items[count++]));
    *ret_links = (Links){.items = items, .count = count};
    return ok();
}
