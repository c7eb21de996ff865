/* The API: the same services as the pages, with documents instead of forms.
 * Must not decide anything, nor show what no page shows.
 * Called through the table of routes. */
#include "web/api/handlers.h"

#include "api/ending.h"
#include "api/write.h"
#include "gateway/gateway.h"
#include "service/acts/copy.h"
#include "service/acts/entry.h"
#include "service/acts/procedure.h"
#include "service/acts/transfer/blind.h"
#include "service/acts/transfer/transfers.h"
#include "service/log/refs.h"
#include "service/people/silence.h"
#include "service/reading/consents.h"
#include "service/reading/history.h"
#include "service/reading/open.h"
#include "service/reading/seen.h"
#include "service/session/form_token.h"
#include "web/api/answer.h"
#include "web/api/sent.h"
#include "web/call/answer.h"
#include "web/ending/certificates.h"
#include "web/ending/deletions.h"
#include "web/form/posted.h"
#include "web/form/reason.h"
#include "web/log/inbox.h"
#include "web/log/layout.h"
#include "web/log/mine.h"
#include "web/log/words.h"
#include "web/rest/passive.h"

/* ---- reading ---- */

Err api_session(Call *call)
{
    ApiSession session = {
        .municipality = call->municipality,
        .number = call->number,
        .role = call->actor.role,
        .language = language_tag(call->language),
    };
    Str body = STR_NONE;

    TRY(form_token_new(call->service, call->form_secret, call->arena, &session.form_token));
    TRY(write_session(&session, call->arena, &body));
    return api_answer(call, body);
}

Err api_logs(Call *call)
{
    LogSummaries logs = {0};
    Str body = STR_NONE;

    TRY(mine_list(call, &logs));
    TRY(write_logs(&logs, call->arena, &body));
    return api_answer(call, body);
}

/* GET /api/v1/passive[?before=...] */
Err api_passive(Call *call)
{
    LogSummaries logs = {0};
    Str before = STR_NONE, body = STR_NONE;

    TRY(passive_list(call, &logs));
    TRY(passive_next(call, &logs, &before));
    TRY(write_passive(&logs, before, call->arena, &body));
    return api_answer(call, body);
}

/* GET /api/v1/deletions[?before=...] */
Err api_deletions(Call *call)
{
    DeletionItems items = {0};
    Str before = STR_NONE, body = STR_NONE;

    TRY(deletions_list(call, &items));
    TRY(deletions_next(call, &items, &before));
    TRY(write_deletions(&items, before, call->arena, &body));
    return api_answer(call, body);
}

/* GET /api/v1/certificates[?before=...] */
Err api_certificates(Call *call)
{
    CertificateItems items = {0};
    Str before = STR_NONE, body = STR_NONE;

    TRY(certificates_shown(call, &items));
    TRY(certificates_next(call, &items, &before));
    TRY(write_certificates(&items, before, call->arena, &body));
    return api_answer(call, body);
}

/* GET /api/v1/inbox[?before=...] */
Err api_inbox(Call *call)
{
    InboxItems items = {0};
    Str before = STR_NONE, body = STR_NONE;

    TRY(inbox_list(call, &items));
    TRY(inbox_next(call, &items, &before));
    TRY(write_inbox(&items, before, call->arena, &body));
    return api_answer(call, body);
}

/* GET /api/v1/logs/{id}[?reason=...] */
Err api_log(Call *call)
{
    Opening reason = call->actor.reason;
    Why why = WHY_UNDECIDED;
    Str body = STR_NONE;
    LogView log = {0};
    Err opened = log_open(&(LogReader){call->service, &call->actor, call->arena}, call->ids[0], reason, &why, &log);

    TRY(opened);
    TRY(write_log(&log, call->arena, &body));
    return api_answer(call, body);
}

/* GET /api/v1/logs/{id}/seen[?before=line][&reason=...] */
Err api_seen(Call *call)
{
    LogSeenWish wish = {.log = call->ids[0], .reason = call->actor.reason};
    Str text = call_query(call, "before");
    Why why = WHY_UNDECIDED;
    Str body = STR_NONE;
    LogSeen seen = {0};
    int64_t before = 0;

    if (text.length > 0 && !is_ok(num_parse(text, 1, INT64_MAX, &before)))
        return fail(E_MALFORMED);
    wish.before = (uint64_t)before;
    Err read = log_seen(&(LogReader){call->service, &call->actor, call->arena}, &wish, &why, &seen);
    TRY(read);
    TRY(write_seen(&seen, call->arena, &body));
    return api_answer(call, body);
}

/* GET /api/v1/logs/{id}/consents[?reason=...] */
Err api_consents(Call *call)
{
    LogConsentHistory history = {0};
    Why why = WHY_UNDECIDED;
    Str body = STR_NONE;

    TRY(log_consent_history(&(LogReader){call->service, &call->actor, call->arena}, call->ids[0], call->actor.reason, &why, &history));
    TRY(write_consents(&history, call->arena, &body));
    return api_answer(call, body);
}

/* POST /api/v1/logs/{id}/copy */
Err api_copy(Call *call)
{
    Str body = STR_NONE;
    LogView copy = {0};

    TRY(log_copy_take(&(LogReader){call->service, &call->actor, call->arena}, call->ids[0], &copy));
    TRY(write_copy(&copy, call->actor.now, call->arena, &body));
    return api_answer(call, body);
}

Err api_entry(Call *call)
{
    Str body = STR_NONE, tag = STR_NONE;
    LogHistory history;

    TRY(log_entry_history(&(LogReader){call->service, &call->actor, call->arena}, call->ids[0], call->ids[1], &history));
    TRY(write_history(history.versions, history.count, call->arena, &body));
    TRY(str_format(call->arena, &tag, "\"%u\"", history.versions[0].version));
    response_header(call->response, "ETag", tag);
    return api_answer(call, body);
}

/* ---- writing ---- */

/* The kind that the address names: others do not exist here. */
static Err kind_of_address(const Call *call, const Kind **ret_kind)
{
    const Kind *kind = NULL;

    if (!is_ok(kind_from_str(call->word, &kind)) || !log_is_written(kind->id))
        return fail(E_NOT_FOUND);
    *ret_kind = kind;
    return ok();
}

/* What a service did not take of a document without faults: a reference to something outside this log, as far as there
 * is one. */
static Err tell_invalid(Call *call, ApiDocument *document)
{
    LogView log = {0};

    TRY(log_of_address(call, &log));
    int at = foreign_reference(&log, &document->values);
    if (at >= 0)
        document->faults[at] = FAULT_BAD_REFERENCE;
    return sent_faults(call, document);
}

/* What the entry that an act goes on has besides may be what does not fit: a day before its start. */
static Err tell_act_invalid(Call *call, const Deed *deed, ApiDocument *document)
{
    LogView log = {0};

    TRY(log_of_address(call, &log));
    const LogEntry *entry = find_entry(&log, deed->entry);
    FieldKey early = entry && deed->asked && entry->values.kind->id == deed->procedure->of
        ? procedure_too_early(deed->procedure, deed->asked, &entry->values, oslo_day(call->actor.now)) : FIELD_NONE;
    int at = early == FIELD_NONE ? foreign_reference(&log, &document->values)
                                 : kind_find(document->values.kind, str_from_c(field_at(early)->name));
    if (at >= 0)
        document->faults[at] = early == FIELD_NONE ? FAULT_BAD_REFERENCE : FAULT_DATE_ORDER;
    return sent_faults(call, document);
}

/* What does not fit the log as it stands may be one field of what was asked. */
static Err tell_deed_invalid(Call *call, const Deed *deed, ApiDocument *document)
{
    int at = deed->wrong == FIELD_NONE ? -1 : kind_find(document->values.kind, str_from_c(field_at(deed->wrong)->name));

    if (at < 0)
        return api_problem(call, &(Problem){.status = 422});
    document->faults[at] = deed->fault;
    return sent_faults(call, document);
}

/* Somebody else was first: what stands there now, to those who may read the log. */
static Err tell_stale(Call *call)
{
    LogView log = {0};

    TRY(log_of_address(call, &log));
    const LogEntry *newest = find_entry(&log, call->ids[1]);
    if (!newest)
        return fail(E_NOT_FOUND);
    const Problem problem = {.status = 412, .newest = newest};
    return api_problem(call, &problem);
}

Err api_entry_add(Call *call)
{
    const Kind *kind = NULL;
    ApiDocument document;
    Id entry;

    TRY(kind_of_address(call, &kind));
    TRY(sent_read(call, kind, false, &document));
    if (!document.good)
        return sent_faults(call, &document);
    TRY(world_id(call->service->world, &call->actor.makes));
    TRY(api_leads_to(call, 201, call->actor.makes));
    Err added = log_entry_add(call->service, &call->actor, call->ids[0], &document.values, &entry);
    if (added.id == E_INVALID)
        return tell_invalid(call, &document);
    TRY(added);
    return api_written(call, entry);
}

/* How a change of one version ended. */
static Err tell_changed(Call *call, ApiDocument *document, Err done)
{
    if (done.id == E_INVALID)
        return tell_invalid(call, document);
    if (done.id == E_STALE)
        return posted_before(call) ? fail(E_REPLAYED) : tell_stale(call);
    TRY(done);
    return api_written(call, call->ids[1]);
}

Err api_entry_correct(Call *call)
{
    const Kind *kind = NULL;
    ApiDocument document;
    uint32_t version;

    TRY(kind_of_address(call, &kind));
    TRY(api_version(call, &version));
    TRY(sent_read(call, kind, true, &document));
    if (!document.good)
        return sent_faults(call, &document);
    TRY(api_leads_to(call, 200, call->ids[1]));
    const EntryVersion of = {call->ids[0], call->ids[1], version};
    return tell_changed(call, &document, log_entry_correct(call->service, &call->actor, &of, &document.values));
}

Err api_entry_remove(Call *call)
{
    ApiDocument document;
    uint32_t version;

    TRY(api_version(call, &version));
    TRY(api_read(call->request->body, &api_removal, call->arena, &document));
    if (!document.good)
        return sent_faults(call, &document);
    TRY(api_leads_to(call, 200, call->ids[1]));
    const EntryVersion of = {call->ids[0], call->ids[1], version};
    return tell_changed(call, &document, log_entry_remove(call->service, &call->actor, &of, values_get(&document.values, "reason")));
}

/* ---- requests for logs that a unit does not know of ---- */

Err api_blind_requests(Call *call)
{
    BlindLists lists = {0};
    Str body = STR_NONE;

    TRY(blind_requests(call->service, &call->actor, call->arena, &lists));
    TRY(write_blind(&lists, call->arena, &body));
    return api_answer(call, body);
}

Err api_transfers(Call *call)
{
    TransferLists lists = {0};
    Str body = STR_NONE;

    TRY(transfers_list(call->service, &call->actor, call->arena, &lists));
    TRY(write_transfers(&lists, call->arena, &body));
    return api_answer(call, body);
}

Err api_blind_request(Call *call)
{
    ApiDocument document;
    bool too_many = false;

    TRY(blind_sends(&call->actor));
    TRY(sent_read(call, kind_of(KIND_BLIND_REQUEST), false, &document));
    if (!document.good)
        return sent_faults(call, &document);
    TRY(world_id(call->service->world, &call->actor.makes));
    TRY(api_leads_to_list(call, "/api/v1/blind-requests", call->actor.makes));
    Err sent = blind_request_send(call->service, &call->actor, &document.values, &too_many);
    if (sent.id == E_INVALID) {
        document.faults[0] = FAULT_BAD_NUMBER;
        return sent_faults(call, &document);
    }
    TRY(sent);
    if (too_many)
        return api_problem(call, &(Problem){.status = 429, .refusal = call_text(call, MSG_BLIND_TOO_MANY)});
    return api_written(call, call->actor.makes);
}

/* ---- what one wants to be told ---- */

/* A code that is none, or of what must be told, is a fault of its field. */
static Err silenced_after(Call *call, ApiDocument *document, int64_t *ret_silenced)
{
    NoticeId notice = NOTICE_NONE;
    int64_t silenced = 0;

    if (!is_ok(notice_from_str(values_get(&document->values, "notice"), &notice)) || notices_silenced(NOTICE_BIT(notice)) == 0) {
        document->good = false;
        document->faults[0] = FAULT_BAD_CODE;
        return ok();
    }
    TRY(silence_read(&call->actor, &silenced));
    bool yes = str_equal(values_get(&document->values, "silenced"), VALUE_YES);
    *ret_silenced = yes ? silenced | NOTICE_BIT(notice) : silenced & ~NOTICE_BIT(notice);
    return ok();
}

/* PUT /api/v1/inbox/silenced */
Err api_silence(Call *call)
{
    ApiDocument document;
    int64_t silenced = 0;

    TRY(api_read(call->request->body, &api_silenced, call->arena, &document));
    if (document.good)
        TRY(silenced_after(call, &document, &silenced));
    if (!document.good)
        return sent_faults(call, &document);
    call->actor.answer = (FormAnswer){.location = STR("/api/v1/inbox"), .status = 200};
    TRY(silence_choose(&call->actor, silenced));
    return api_inbox(call);
}

/* ---- acts that one form carries out ---- */

static Err act_document(Call *call, Deed *deed, ProcedureForm *form, ApiDocument *document)
{
    bool of_entry = !id_is_none(call->ids[1]);

    TRY(procedure_from_str(call->word, &deed->procedure));
    if ((deed->procedure->of != KIND_NONE) != of_entry)
        return fail(E_NOT_FOUND);
    if (of_entry)
        TRY(api_version(call, &deed->version));
    procedure_form(deed->procedure, form);
    return sent_read(call, &form->kind, true, document);
}

Err api_act(Call *call)
{
    Deed deed = {.service = call->service, .actor = &call->actor, .log = call->ids[0], .entry = call->ids[1],
                 .opening = log_reason_said(call)};
    ApiDocument document;
    ProcedureForm form;
    Why why = WHY_UNDECIDED;

    TRY(act_document(call, &deed, &form, &document));
    if (!document.good)
        return sent_faults(call, &document);
    const Values asked = procedure_read(&document.values);
    deed.asked = asked.kind ? &asked : NULL;
    if (deed.procedure->about != KIND_NONE)
        TRY(id_from_text(values_get(&document.values, FIELD_ABOUT), &deed.about));
    TRY(deed.procedure->of != KIND_NONE ? api_leads_to(call, 200, call->ids[1]) : api_leads_to_log(call));
    deed.here = deed.away = deed.later = call->actor.answer;
    deed.later.status = 202; /* accepted: a job does it */
    Err done = procedure_carry_out(&deed, &why);
    if (deed.procedure->of != KIND_NONE && done.id == E_INVALID)
        return tell_act_invalid(call, &deed, &document);
    if (deed.procedure->of != KIND_NONE)
        return tell_changed(call, &document, done);
    if (done.id == E_INVALID)
        return tell_deed_invalid(call, &deed, &document);
    if (done.id == E_STALE && !posted_before(call))
        return api_problem(call, &(Problem){.status = 409});
    TRY(done);
    return api_acted(call);
}
