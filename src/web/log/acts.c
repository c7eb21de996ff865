/* Links to procedures, from the table and from what the reader may do.
 * Must not know a procedure by name.
 * Called by sections.c and page.c. */
#include "web/log/acts.h"

#include "domain/deletion.h"
#include "domain/procedures.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/words.h"
#include "web/form/reason.h"
#include "web/log/words.h"

static Err link_to(const Call *call, const LogView *log, const LogEntry *entry, const Procedure *procedure, LinkView *link)
{
    const char *code = act_code(procedure->act);
    const Str prefix[] = {STR("act."), str_from_c(code)};
    Str key = STR_NONE;

    TRY(str_join(call->arena, prefix, COUNT_OF(prefix), &key));
    TRY(word_of(call, key.data, "heading", &link->text));
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
    return entry ? !entry->frozen && (!procedure->removes || role_is_family(entry->first_role))
                 : !(log->flags & procedure->sets) && (log->flags & procedure->lifts) == procedure->lifts &&
                       log->is[procedure->when];
}

static bool may(const LogView *log, Act act, ActsKnown *known)
{
    const uint64_t bit = UINT64_C(1) << (act % 64);
    const unsigned word = act / 64;

    if (!(known->asked.bits[word] & bit)) {
        known->asked.bits[word] |= bit;
        known->allowed.bits[word] |= log_may(log, act) ? bit : 0;
    }
    return known->allowed.bits[word] & bit;
}

/* Which procedures are looked through: about an entry or, NULL, the log; and those that `wanted` says yes to. */
typedef struct Offer {
    const LogEntry *entry;
    bool (*wanted)(const Procedure *procedure);
    ActsKnown *known;
} Offer;

static Err links_of(const Call *call, const LogView *log, const Offer *offer, Links *ret_links)
{
    const LogEntry *entry = offer->entry;
    KindId of = entry ? entry->values.kind->id : KIND_NONE;
    const Procedure *offered[PROCEDURE_COUNT];
    LinkView *items = NULL;
    size_t count = 0;

    for (unsigned i = 0; i < PROCEDURE_COUNT && !(entry && entry->removed); i++) {
        const Procedure *procedure = procedure_at(i);
        if (procedure->of == of && offer->wanted(procedure) && may(log, procedure->act, offer->known) && fits(log, entry, procedure))
            offered[count++] = procedure;
    }
    TRY(ARENA_NEW(call->arena, LinkView, count, &items));
    for (size_t i = 0; i < count; i++)
        TRY(link_to(call, log, entry, offered[i], &items[i]));
    *ret_links = (Links){.items = items, .count = count};
    return ok();
}

static bool of_any(const Procedure *procedure)
{
    (void)procedure;
    return true;
}

/* What answers a transfer that is proposed: whoever is asked finds it first. */
static bool of_transfer(const Procedure *procedure)
{
    return procedure->about == KIND_TRANSFER;
}

/* What a log that rests needs before it can be deleted, beside what is said of that. */
static bool of_ending(const Procedure *procedure)
{
    return !procedure->transfers && (kind_is_of_ending(procedure->asks) || procedure->asks == KIND_REPORT_WISH);
}

static bool of_consent(const Procedure *procedure)
{
    return procedure->of_consent && !of_transfer(procedure);
}

static bool of_the_rest(const Procedure *procedure)
{
    return !procedure->of_consent && !of_transfer(procedure) && !of_ending(procedure);
}

Err act_links(const Call *call, const LogView *log, const LogEntry *entry, ActsKnown *known, Links *ret_links)
{
    return links_of(call, log, &(Offer){entry, of_any, known}, ret_links);
}

Err act_links_by_place(const Call *call, const LogView *log, PageLog *page)
{
    ActsKnown known = {0};

    TRY(links_of(call, log, &(Offer){NULL, of_transfer, &known}, &page->transfer_acts));
    TRY(links_of(call, log, &(Offer){NULL, of_ending, &known}, &page->end_acts));
    TRY(links_of(call, log, &(Offer){NULL, of_consent, &known}, &page->consent_acts));
    return links_of(call, log, &(Offer){NULL, of_the_rest, &known}, &page->acts);
}
