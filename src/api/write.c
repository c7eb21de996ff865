/* Sessions, lists, logs, histories as documents.
 * Must not write an id of a person or a unit, nor the child's number: no page shows them.
 * Called by web's handlers under /api/. */
#include "api/write.h"

#include "api/ending.h"

#include "domain/log_number.h"
#include "domain/roles.h"
#include "domain/states.h"
#include "service/log/refs.h"
#include "service/reading/seen.h"
#include "text/text.h"

Err write_session(const ApiSession *session, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    out_text(&out, "municipality", session->municipality);
    out_text(&out, "number", session->number);
    if (session->role != ROLE_NONE)
        out_text(&out, "role", str_from_c(role_code(session->role)));
    out_text(&out, "language", session->language);
    out_text(&out, "form_token", session->form_token);
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}

/* ---- summaries ---- */

void write_number(Out *out, uint32_t display)
{
    Str text = STR_NONE;

    if (!is_ok(log_number_text(display, out->buf.arena, &text)))
        out->buf.overflow = out->buf.no_memory = true;
    out_text(out, "number", text);
}

/* What the line of a list tells; the caller has opened the object. */
static void add_summary(Out *out, const LogSummary *log)
{
    out_id(out, "id", log->id);
    write_number(out, log->display);
    out_text(out, "state", str_from_c(log->shut ? "closed" : state_code(log->state)));
    out_yes_no(out, "stub", log->stub);
    out_text_if(out, "unit", log->unit_name);
    if (log->stub)
        return;
    out_text_if(out, "child_name", log->child_name);
    if (log->level > 0)
        out_number(out, "level", log->level);
    out_text_if(out, "next_step", log->next_step);
    if (log->next_due > 0)
        out_day(out, "next_due", log->next_due);
}

Err write_logs(const LogSummaries *logs, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    out_begin(&out, "logs", '[');
    for (uint32_t i = 0; i < logs->count; i++) {
        out_begin(&out, NULL, '{');
        add_summary(&out, &logs->items[i]);
        out_text(&out, "relation", str_from_c(role_code(logs->items[i].relation)));
        out_end(&out, '}');
    }
    out_end(&out, ']');
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}

/* ---- entries ---- */

static void add_person(Out *out, const char *name, const LogEntry *entry, bool first)
{
    out_begin(out, name, '{');
    out_text_if(out, "name", first ? entry->first_name : entry->author_name);
    out_text(out, "role", str_from_c(role_code(first ? entry->first_role : entry->author_role)));
    out_yes_no(out, "former", first ? entry->first_former : entry->author_former);
    out_end(out, '}');
}

/* Who wrote the entry is named first on every version; beside them who wrote this one, where that is another or a removal. */
static void add_author(Out *out, const LogEntry *entry)
{
    bool other = !id_equal(entry->first_author, entry->author) || entry->first_role != entry->author_role;

    add_person(out, "author", entry, true);
    if (entry->version > 1)
        out_moment(out, "written_at", entry->first_at);
    if (other || entry->removed)
        add_person(out, "changed_by", entry, false);
}

static void add_rights(Out *out, const LogEntry *entry)
{
    static const char *const names[] = {"correct", "remove", "evaluate"};
    const bool may[] = {entry->may_correct, entry->may_remove, entry->may_evaluate};

    out_begin(out, "may", '[');
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (may[i])
            out_text(out, NULL, str_from_c(names[i]));
    out_end(out, ']');
}

/* The caller has opened the object. */
static void add_entry(Out *out, const LogEntry *entry)
{
    out_id(out, "id", entry->entry);
    out_text(out, "kind", str_from_c(entry->values.kind->code));
    out_number(out, "version", entry->version);
    out_moment(out, "at", entry->at);
    add_author(out, entry);
    out_yes_no(out, "removed", entry->removed);
    if (entry->removed)
        out_text_if(out, "reason", entry->reason);
    else
        out_values(out, "values", &entry->values);
}

void write_entry(Out *out, const char *name, const LogEntry *entry)
{
    out_begin(out, name, '{');
    add_entry(out, entry);
    out_end(out, '}');
}

Err write_history(const LogEntry *versions, uint32_t count, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    out_begin(&out, "versions", '[');
    for (uint32_t i = 0; i < count; i++)
        write_entry(&out, NULL, &versions[i]);
    out_end(&out, ']');
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}

Err write_written(Id entry, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    out_id(&out, "id", entry);
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}

/* ---- the parts of a log ---- */

/* The child stands beside the entries: it is an entry too, but one that has a form of its own. */
static void add_entries(Out *out, const LogView *log)
{
    out_begin(out, "entries", '[');
    for (uint32_t i = 0; i < log->entry_count; i++) {
        const LogEntry *entry = &log->entries[i];
        if (entry->values.kind->id == KIND_CHILD)
            continue;
        out_begin(out, NULL, '{');
        add_entry(out, entry);
        add_rights(out, entry);
        out_end(out, '}');
    }
    out_end(out, ']');
}

static void add_contact(Out *out, const Values *contact)
{
    static const FieldKey shown[] = {GUARDIAN_RELATIONSHIP, GUARDIAN_PHONE, GUARDIAN_EMAIL};

    for (size_t i = 0; contact->kind && i < COUNT_OF(shown); i++)
        out_text_if(out, field_at(shown[i])->name, values_at(contact, shown[i]));
}

static void add_people(Out *out, const LogView *log)
{
    out_begin(out, "people", '[');
    for (uint32_t i = 0; i < log->people_count; i++) {
        const LogPerson *person = &log->people[i];
        if (person->outside)
            continue;
        out_begin(out, NULL, '{');
        out_id(out, "participant", person->participant);
        out_text(out, "role", str_from_c(role_code(person->role)));
        out_text_if(out, "name", person->name);
        out_text_if(out, "unit", person->unit_name);
        out_moment(out, "from", person->from_at);
        out_moment_if(out, "to", person->to_at);
        /* The page shows how to reach those who take part now. */
        if (!person->former)
            add_contact(out, &person->contact);
        out_end(out, '}');
    }
    out_end(out, ']');
}

/* Names only, and none where the reader may not know them: the view has them empty then. */
static void add_units(Out *out, const char *name, const Str *names, uint32_t count)
{
    out_begin(out, name, '[');
    for (uint32_t i = 0; i < count; i++)
        if (names[i].length > 0)
            out_text(out, NULL, names[i]);
    out_end(out, ']');
}

static void add_consent(Out *out, const LogConsent *consent)
{
    static const FieldKey shown[] = {CONSENT_GIVEN_ON, CONSENT_METHOD, CONSENT_VALID_TO};

    out_text_if(out, "guardian", consent->guardian_name);
    for (size_t k = 0; k < COUNT_OF(shown); k++)
        out_text_if(out, field_at(shown[k])->name, values_at(&consent->values, shown[k]));
    out_yes_no(out, "withdrawn", consent->withdrawn);
    out_yes_no(out, "left", consent->left);
    add_units(out, "units", consent->unit_names, consent->unit_count);
}

static void add_consents(Out *out, const LogView *log)
{
    out_begin(out, "consents", '[');
    for (uint32_t i = 0; i < log->consent_count; i++) {
        out_begin(out, NULL, '{');
        add_consent(out, &log->consents[i]);
        out_end(out, '}');
    }
    out_end(out, ']');
}

static void add_writable(Out *out, const LogView *log)
{
    out_begin(out, "may_write", '[');
    for (unsigned kind = KIND_NONE + 1; kind < KIND_LIMIT; kind++)
        if (log_may_write(log, (KindId)kind))
            out_text(out, NULL, str_from_c(kind_of(kind)->code));
    out_end(out, ']');
}

static void add_acts(Out *out, const ActSet *acts)
{
    out_begin(out, "acts", '[');
    for (unsigned act = ACT_NONE + 1; act < ACT_COUNT; act++)
        if (acts->bits[act / 64] >> (act % 64) & 1)
            out_text(out, NULL, str_from_c(act_code((Act)act)));
    out_end(out, ']');
}

static void add_seen(Out *out, const Seen *seen, uint32_t count)
{
    out_begin(out, "seen", '[');
    for (uint32_t i = 0; i < count; i++) {
        out_begin(out, NULL, '{');
        out_moment(out, "at", seen[i].at);
        out_text_if(out, "name", seen[i].name);
        out_text(out, "role", str_from_c(role_code(seen[i].role)));
        out_text(out, "act", str_from_c(act_code(seen[i].act)));
        add_acts(out, &seen[i].acts);
        if (seen[i].reason != OPENING_NONE)
            out_text(out, "reason", str_from_c(opening_code(seen[i].reason)));
        if (seen[i].anew)
            out_yes_no(out, "anew", true);
        out_end(out, '}');
    }
    out_end(out, ']');
}

Err write_log(const LogView *log, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    add_summary(&out, &log->summary);
    write_order(&out, &log->order);
    if (!log->summary.stub) {
        out_values(&out, "child", &log->child);
        add_people(&out, log);
        add_consents(&out, log);
        add_entries(&out, log);
        add_writable(&out, log);
        add_seen(&out, log->seen, log->seen_count);
    }
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}

/* Whoever takes a copy may read no more than their stub: what they may do there is told by other documents. */
Err write_copy(const LogView *log, int64_t made_at, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    out_moment(&out, "made_at", made_at);
    add_summary(&out, &log->summary);
    out_values(&out, "child", &log->child);
    add_people(&out, log);
    add_consents(&out, log);
    out_begin(&out, "entries", '[');
    for (uint32_t i = 0; i < log->entry_count; i++)
        if (log->entries[i].values.kind->id != KIND_CHILD)
            write_entry(&out, NULL, &log->entries[i]);
    out_end(&out, ']');
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}

static void add_given(Out *out, const ConsentGivenView *given)
{
    out_begin(out, NULL, '{');
    add_consent(out, given->consent);
    out_yes_no(out, "good", given->consent->worth == CONSENT_COUNTS);
    add_units(out, "named", given->unit_names, given->unit_count);
    out_end(out, '}');
}

static void add_withdrawal(Out *out, const WithdrawalView *withdrawal)
{
    static const FieldKey shown[] = {WITHDRAWAL_ON, WITHDRAWAL_METHOD, WITHDRAWAL_OF};
    const LogEntry *entry = withdrawal->entry;

    out_begin(out, NULL, '{');
    out_moment(out, "at", entry->at);
    out_text_if(out, "guardian", withdrawal->giver_name);
    for (size_t k = 0; k < COUNT_OF(shown); k++)
        out_text_if(out, field_at(shown[k])->name, values_at(&entry->values, shown[k]));
    out_text_if(out, "unit", withdrawal->unit_name);
    out_text_if(out, "by", entry->first_name);
    out_text(out, "role", str_from_c(role_code(entry->first_role)));
    out_end(out, '}');
}

Err write_consents(const LogConsentHistory *history, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    out_begin(&out, "given", '[');
    for (uint32_t i = 0; i < history->log.consent_count; i++)
        add_given(&out, &history->given[i]);
    out_end(&out, ']');
    out_begin(&out, "withdrawals", '[');
    for (uint32_t i = 0; i < history->withdrawal_count; i++)
        add_withdrawal(&out, &history->withdrawals[i]);
    out_end(&out, ']');
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}

Err write_seen(const LogSeen *seen, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    add_seen(&out, seen->items, seen->count);
    if (seen->before > 0)
        out_number(&out, "before", (int64_t)seen->before);
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}

/* ---- notices ---- */

static void add_notice(Out *out, const InboxItem *item)
{
    out_begin(out, NULL, '{');
    out_id(out, "id", item->id);
    out_text(out, "notice", str_from_c(notice_code(item->notice)));
    out_yes_no(out, "task", item->task);
    out_yes_no(out, "waits", item->waits);
    out_yes_no(out, "unread", item->unread);
    out_moment(out, "at", item->at);
    out_moment_if(out, "due", item->due);
    if (!id_is_none(item->log))
        out_id(out, "log", item->log);
    out_text_if(out, "child_name", item->child_name);
    out_end(out, '}');
}

static void add_passive(Out *out, const LogSummary *log)
{
    out_begin(out, NULL, '{');
    out_id(out, "id", log->id);
    write_number(out, log->display);
    out_text_if(out, "unit", log->unit_name);
    out_text_if(out, "child_name", log->child_name);
    out_day(out, "passive_since", oslo_day(log->passive_since));
    if (log->next != CLOCK_NONE) {
        out_text(out, "next", str_from_c(clock_code(log->next)));
        out_day(out, "next_on", oslo_day(log->next_at));
    }
    out_end(out, '}');
}

Err write_passive(const LogSummaries *logs, Str before, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    out_begin(&out, "logs", '[');
    for (uint32_t i = 0; i < logs->count; i++)
        add_passive(&out, &logs->items[i]);
    out_end(&out, ']');
    out_text_if(&out, "before", before);
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}

static void add_silenced(Out *out, int64_t silenced)
{
    out_begin(out, "silenced", '[');
    for (unsigned id = NOTICE_NONE + 1; id < NOTICE_COUNT; id++)
        if (silenced & NOTICE_BIT(id))
            out_text(out, NULL, str_from_c(notice_code((NoticeId)id)));
    out_end(out, ']');
}

Err write_inbox(const InboxItems *items, Str before, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    out_begin(&out, "notices", '[');
    for (uint32_t i = 0; i < items->count; i++)
        add_notice(&out, &items->items[i]);
    out_end(&out, ']');
    out_number(&out, "unread", items->unread);
    add_silenced(&out, items->silenced);
    out_text_if(&out, "before", before);
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}

/* ---- requests for logs that a unit does not know of ---- */

static void add_blind(Out *out, const char *name, const BlindItems *list)
{
    out_begin(out, name, '[');
    for (uint32_t i = 0; i < list->count; i++) {
        const BlindItem *item = &list->items[i];
        out_begin(out, NULL, '{');
        out_moment(out, "at", item->at);
        out_day(out, "closes_on", item->closes_on);
        out_yes_no(out, "open", item->open);
        out_text(out, "reason", item->code);
        out_text(out, "unit", item->unit);
        if (!id_is_none(item->log))
            out_id(out, "log", item->log);
        out_end(out, '}');
    }
    out_end(out, ']');
}

Err write_blind(const BlindLists *lists, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    add_blind(&out, "sent", &lists->sent);
    add_blind(&out, "met", &lists->met);
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}

/* ---- logs that go to another unit ---- */

static void add_transfers(Out *out, const char *name, const TransferItems *list)
{
    out_begin(out, name, '[');
    for (uint32_t i = 0; i < list->count; i++) {
        const TransferItem *item = &list->items[i];
        out_begin(out, NULL, '{');
        out_id(out, item->elsewhere ? "transfer" : "log", item->log);
        out_text(out, "unit", item->unit_name);
        out_moment(out, "at", item->at);
        out_day(out, "on", item->on);
        out_day(out, "until", item->until);
        if (item->display != 0)
            out_number(out, "number", item->display);
        out_end(out, '}');
    }
    out_end(out, ']');
}

Err write_transfers(const TransferLists *lists, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    add_transfers(&out, "asked", &lists->asked);
    add_transfers(&out, "left", &lists->left);
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}
