/* The end of the wizard: everything once more, the document, and the one POST that stores something.
 * Must not create a log while a page before is not filled in rightly.
 * Called by wizard.c and through the table of routes. */
#include "web/wizard/check.h"

#include "pages/templates.h"
#include "service/acts/create.h"
#include "service/session/form_token.h"
#include "service/session/receipt.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/layout.h"
#include "web/form/document_form.h"
#include "web/form/kind_rows.h"
#include "web/wizard/pages.h"

#define GROUPS_MAX (3 + 2 * WIZARD_PERSONS_MAX)

/* ---- what was typed, in rows ---- */

typedef struct Groups {
    CheckGroup items[GROUPS_MAX];
    size_t count;
} Groups;

/* The scope as it will stand in the log: with the holder's own unit, which takes part in any case. */
static Err whole_scope(const Wizard *wizard, Values *ret_scope)
{
    Str others = values_at(&wizard->scope, CONSENT_UNITS), all = STR_NONE;

    *ret_scope = wizard->scope;
    TRY(str_format(wizard->call->arena, &all, "%.*s%s%.*s", STR_ARGS(wizard->own_unit.value), others.length ? "\n" : "",
                   STR_ARGS(others)));
    values_put(ret_scope, CONSENT_UNITS, all);
    return ok();
}

static Err all_units(const Wizard *wizard, Options *ret_units)
{
    OptionView *items = NULL;

    TRY(ARENA_NEW(wizard->call->arena, OptionView, wizard->units.count + 1, &items));
    items[0] = wizard->own_unit;
    for (size_t i = 0; i < wizard->units.count; i++)
        items[i + 1] = wizard->units.items[i];
    *ret_units = (Options){.items = items, .count = wizard->units.count + 1};
    return ok();
}

static Err add_group(Wizard *wizard, Groups *groups, Place place, Str heading, const Values *values)
{
    Call *call = wizard->call;
    Choices choices = {0};
    RowView *rows = NULL;
    Rows shown = {0};

    TRY(all_units(wizard, &choices.units));
    TRY(kind_rows(call, values, &choices, &shown));
    TRY(ARENA_NEW(call->arena, RowView, shown.count, &rows));
    for (size_t i = 0; i < shown.count; i++)
        rows[i] = shown.items[i];
    if (shown.count > 0) {
        rows[0].change = (ChangeView){.text = call_text(call, MSG_WIZARD_CHANGE), .hidden = heading};
        TRY(place_text(call->arena, place, &rows[0].change.step));
    }
    groups->items[groups->count++] = (CheckGroup){.heading = heading, .rows = {.items = rows, .count = shown.count}};
    return ok();
}

static Err heading_of(const Wizard *wizard, enum msg id, unsigned number, Str *ret_text)
{
    const MsgArgument arguments[] = {
        {.name = STR("number"), .type = ARGUMENT_NUMBER, .number = number},
        {.name = STR("count"), .type = ARGUMENT_NUMBER, .number = wizard->persons},
    };
    Buf text = buf_new(wizard->call->arena, 256);

    msg_write(&text, wizard->call->language, id, arguments, COUNT_OF(arguments));
    return buf_done(&text, ret_text);
}

/* What stands on the page of scope already is not said again for each person. */
static Values own_part(const Values *consent)
{
    Values part = *consent;
    static const FieldKey common[] = {CONSENT_REQUIRED_PERSONS, CONSENT_TEXT_VERSION, CONSENT_VALID_FROM};

    for (size_t i = 0; i < COUNT_OF(common); i++)
        values_put(&part, common[i], STR_NONE);
    return part;
}

static Err collect_groups(Wizard *wizard, Groups *groups)
{
    Call *call = wizard->call;
    Values scope;

    TRY(whole_scope(wizard, &scope));
    TRY(add_group(wizard, groups, (Place){.step = WIZARD_SCOPE}, call_text(call, MSG_WIZARD_SCOPE_GROUP), &scope));
    for (uint32_t i = 1; i <= wizard->persons; i++) {
        Values consent = own_part(&wizard->consents[i - 1]);
        Str heading = STR_NONE;
        TRY(heading_of(wizard, MSG_WIZARD_CONSENT, i, &heading));
        TRY(add_group(wizard, groups, (Place){WIZARD_CONSENT, (uint8_t)i}, heading, &consent));
    }
    TRY(add_group(wizard, groups, (Place){.step = WIZARD_CHILD}, call_text(call, MSG_ENTRY_KIND_CHILD), &wizard->child));
    if (wizard->asks_child) {
        const Values young = own_part(&wizard->young);
        TRY(add_group(wizard, groups, (Place){.step = WIZARD_YOUNG}, call_text(call, MSG_WIZARD_YOUNG_GROUP), &young));
    }
    for (uint32_t i = 1; i <= wizard->persons; i++) {
        Str heading = STR_NONE;
        TRY(heading_of(wizard, MSG_WIZARD_GUARDIAN, i, &heading));
        TRY(add_group(wizard, groups, (Place){WIZARD_GUARDIAN, (uint8_t)i}, heading, &wizard->guardians[i - 1]));
    }
    return ok();
}

/* ---- the page ---- */

static bool needs_document(const Wizard *wizard)
{
    for (uint32_t i = 0; i < wizard->persons; i++)
        if (values_code(&wizard->consents[i], CONSENT_METHOD) == CONSENT_METHOD_PAPER)
            return true;
    return wizard->asks_child && values_code(&wizard->young, CONSENT_METHOD) == CONSENT_METHOD_PAPER;
}

Err wizard_check_show(Wizard *wizard, int status, const char *fault, Str message)
{
    Call *call = wizard->call;
    PageCheck view = {.layout = call_layout(call, call_text(call, MSG_WIZARD_CHECK), "/ny")};
    Html html = call_html(call);
    Groups groups = {0};
    Inputs inputs;

    TRY(collect_groups(wizard, &groups));
    TRY(inputs_new(call, 2, &inputs));
    if (needs_document(wizard))
        document_input(&inputs);
    TRY(wizard_state_field(wizard, &inputs));
    if (message.length > 0)
        inputs_fault(&inputs, fault ? fault : "", message);
    TRY(inputs_form(&inputs, URL("/ny/create"), call_text(call, MSG_WIZARD_CREATE), &view.form));
    TRY(wizard_previous_button(wizard, (Place){.step = WIZARD_CHECK}, &view.form.previous));
    view.form.stop = wizard_stop_button(call);
    view.groups = (CheckGroups){.items = groups.items, .count = groups.count};
    view.layout.sensitive = true;
    view.layout.has_errors = message.length > 0;
    page_check(&html, &view);
    return call_page(call, status, &html);
}

/* ---- creating ---- */

/* MSG_COUNT when the document is good, or none is needed. */
static enum msg document_fault(const Wizard *wizard, NewDocument *ret_document)
{
    return needs_document(wizard) ? document_read(&wizard->posted, ret_document) : MSG_COUNT;
}

static Err units_of(const Wizard *wizard, const Id **ret_units, uint32_t *ret_count)
{
    Str text = values_at(&wizard->scope, CONSENT_UNITS);
    Id *units = NULL;
    uint32_t count = 0;

    TRY(ARENA_NEW(wizard->call->arena, Id, wizard->units.count, &units));
    while (text.length > 0 && count < wizard->units.count) {
        Str unit = STR_NONE;
        text = str_cut(text, '\n', &unit);
        TRY(id_from_text(unit, &units[count++]));
    }
    *ret_units = units;
    *ret_count = count;
    return ok();
}

/* The codes wait for the page that the redirect leads to; nothing of the wizard is left. */
static Err finish(Call *call, const CreatedLog *made, uint32_t count)
{
    ReceiptCode items[WIZARD_PERSONS_MAX];
    const Receipt receipt = {.items = items, .count = count};

    for (uint32_t i = 0; i < count; i++)
        items[i] = (ReceiptCode){.name = made->codes[i].name, .code = str_from_c(made->codes[i].code)};
    TRY(receipt_put(call->service, &call->actor, made->log, &receipt, call->arena));
    return call_lead_on(call);
}

static Err leads_to_receipt(Call *call)
{
    char id[ID_TEXT + 1];
    Url url;

    TRY(world_id(call->service->world, &call->actor.makes));
    id_to_text(call->actor.makes, id);
    TRY(url_format(call->arena, &url, "/ny/klar/%s", id));
    call_leads_to(call, url.text);
    return ok();
}

static Err create(Wizard *wizard, const NewDocument *document)
{
    Call *call = wizard->call;
    NewGuardian guardians[WIZARD_PERSONS_MAX];
    NewLog log = {.child = wizard->child, .guardians = guardians, .guardian_count = wizard->persons, .document = *document,
                  .wizard = wizard->key};
    CreatedLog made;

    for (uint32_t i = 0; i < wizard->persons; i++)
        guardians[i] = (NewGuardian){.values = wizard->guardians[i], .consent = wizard->consents[i]};
    if (wizard->asks_child)
        log.young = wizard->young;
    TRY(units_of(wizard, &log.units, &log.unit_count));
    TRY(leads_to_receipt(call));
    Err created = log_create(call->service, &call->actor, &log, call->arena, &made);
    if (created.id == E_INVALID)
        return wizard_check_show(wizard, 422, NULL, call_text(call, MSG_WIZARD_REFUSED));
    TRY(created);
    return finish(call, &made, wizard->persons);
}

/* Sent again after the log was made: it leads to the log, and not to "nothing is stored". */
static Err answer_over(Call *call)
{
    FormAnswer first;

    if (!is_ok(form_first_answer(&call->actor, call->arena, &first)))
        return wizard_over(call);
    return call_redirect(call, first.location.length > 0 ? first.location : STR("/mine"));
}

static Err create_send(Wizard *wizard)
{
    Str asked = call_field(wizard->call, "change");
    NewDocument document = {0};
    Place open = {0};

    if (asked.length > 0)
        return wizard_go_to(wizard, asked);
    TRY(wizard_first_open(wizard, &open));
    if (open.step != WIZARD_CHECK)
        return wizard_show(wizard, open, 422);
    enum msg fault = document_fault(wizard, &document);
    if (fault != MSG_COUNT)
        return wizard_check_show(wizard, 422, "document", call_text(wizard->call, fault));
    return create(wizard, &document);
}

Err wizard_create_send(Call *call)
{
    Wizard wizard;
    Err resumed = wizard_resume(call, &wizard);

    if (wizard_is_over(call, resumed))
        return answer_over(call);
    TRY(resumed);
    return wizard_answered(&wizard, create_send(&wizard));
}

/* ---- created ---- */

/* Seen again, the codes are gone: then this is the log's page. */
Err wizard_receipt(Call *call)
{
    PageReceipt view = {.layout = call_layout(call, call_text(call, MSG_RECEIPT_HEADING), "/ny"), .mine = URL("/mine")};
    Html html = call_html(call);
    Receipt receipt = {0};
    CodeView *shown = NULL;
    size_t count = 0;

    TRY(log_url(call, call->ids[0], "", &view.log));
    TRY(receipt_take(call->service, &call->actor, call->ids[0], call->arena, &receipt));
    if (receipt.count == 0)
        return call_redirect(call, view.log.text);
    TRY(ARENA_NEW(call->arena, CodeView, receipt.count, &shown));
    for (uint32_t i = 0; i < receipt.count; i++)
        if (receipt.items[i].code.length > 0)
            shown[count++] = (CodeView){.name = receipt.items[i].name, .code = receipt.items[i].code};
    view.codes = (CodeViews){.items = shown, .count = count};
    view.layout.sensitive = true;
    page_receipt(&html, &view);
    return call_page(call, 200, &html);
}
