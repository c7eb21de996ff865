/* What the forms about a transfer offer, and what their pages show of it.
 * Must not show a unit to whoever may not be told where the child is, nor anything of the log.
 * Called by act.c. */
#include "web/act/transfer_fields.h"

#include <string.h>

#include "domain/clocks.h"
#include "service/acts/transfer/crossing.h"
#include "service/acts/transfer/transfers.h"
#include "service/people/elsewhere.h"
#include "service/people/unit_names.h"
#include "service/people/units.h"
#include "web/call/answer.h"
#include "web/call/words.h"
#include "web/form/unit_options.h"

static Err holder_options(Call *call, Options *ret_options)
{
    OptionView *items = NULL;
    LogPeople people = {0};

    TRY(transfer_holders(call->service, &call->actor, call->arena, &people));
    TRY(ARENA_NEW(call->arena, OptionView, (size_t)people.count + 1, &items));
    for (uint32_t i = 0; i < people.count; i++) {
        Buf id = buf_new(call->arena, ID_TEXT);
        buf_add_id(&id, people.items[i].participant);
        TRY(buf_done(&id, &items[i].value));
        items[i].label = people.items[i].name;
    }
    *ret_options = (Options){.items = items, .count = people.count};
    return ok();
}

/* The family has no list of them; their names are public. */
static Err units_by_name(Call *call, Units *ret_units)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    UnitsFound rows = {0};

    TRY(store_read(call->actor.store, &tx));
    TRY(unit_rows_read(tx, call->arena, &rows));
    store_read_endp(&tx);
    return unit_rows_open(call->service, &call->actor, &rows, call->arena, ret_units);
}

/* Those of the municipality that was chosen; none before one is, nor of one that there is not. */
static Err units_elsewhere(Call *call, Options *ret_options)
{
    Elsewhere elsewhere = {0};
    Str number = call_field(call, field_at(TRANSFER_MUNICIPALITY)->name);

    if (number.length == 0)
        return ok();
    Err found = elsewhere_units(call->service, &call->actor, number, call->arena, &elsewhere);
    if (found.id == E_NOT_FOUND)
        return ok();
    TRY(found);
    return unit_options(call, &elsewhere.units, (Id){0}, ret_options);
}

Err transfer_municipalities(const Procedure *procedure, Inputs *inputs)
{
    Call *call = inputs->call;
    Municipalities list = {0}, known = {0};
    OptionView *items = NULL;
    size_t count = 0;

    if (procedure->act != ACT_TRANSFER_SEND)
        return ok();
    TRY(municipality_list(call->service, call->arena, &list));
    TRY(elsewhere_known(&call->actor, call->arena, &known));
    TRY(ARENA_NEW(call->arena, OptionView, (size_t)list.count + known.count + 1, &items));
    for (uint32_t i = 0; i < list.count; i++)
        if (!id_equal(list.items[i].tenant, call->tenant))
            items[count++] = (OptionView){.value = list.items[i].number, .label = list.items[i].name};
    for (uint32_t i = 0; i < known.count; i++)
        items[count++] = (OptionView){.value = known.items[i].number, .label = known.items[i].name};
    for (size_t i = 0; i < inputs->count; i++) {
        FieldView field = inputs->fields[i];
        if (!str_equal(field.id, str_from_c(field_at(TRANSFER_MUNICIPALITY)->name)))
            continue;
        for (size_t k = 0; k < count; k++)
            items[k].chosen = str_equal(items[k].value, field.value);
        field.type = INPUT_SELECT;
        field.options = (Options){.items = items, .count = count};
        field.optional = false;
        /* Where it goes is asked first: the units that can be chosen follow from it. */
        memmove(&inputs->fields[1], inputs->fields, i * sizeof field);
        inputs->fields[0] = field;
    }
    return ok();
}

Err transfer_choices(Call *call, const Procedure *procedure, const ProcedureAsked *asked, Choices *choices)
{
    Units units = {0};

    if (procedure->asks == KIND_TRANSFER_TAKING)
        return holder_options(call, &choices->people);
    if (procedure->asks != KIND_TRANSFER)
        return ok();
    if (procedure->act == ACT_TRANSFER_SEND)
        return units_elsewhere(call, &choices->units);
    TRY(role_is_family(call->actor.role) ? units_by_name(call, &units)
                                         : people_units(call->service, &call->actor, call->arena, &units));
    return unit_options(call, &units, asked->unit, &choices->units);
}

/* ---- what is proposed ---- */

#define ROWS_MOST 5

static void add_text(Rows *rows, RowView *items, Str term, Str text)
{
    if (text.length > 0)
        items[rows->count++] = (RowView){.term = term, .text = text};
}

static void add_day(Rows *rows, RowView *items, Str term, Day day)
{
    items[rows->count++] = (RowView){.term = term, .day = day};
}

/* The receiving unit, the one that has the log, and the others in one line. A unit that is none of ours: the log crosses. */
static Err unit_words(Call *call, const TransferRow *row, Str ret_words[static 3], bool *ret_crosses)
{
    const uint32_t others = (uint32_t)(row->units.length / ID_BYTES);
    Buf line = buf_new(call->arena, 16384);
    Id *ids = NULL;
    Str *names = NULL;

    TRY(ARENA_NEW(call->arena, Id, (size_t)others + 2, &ids));
    TRY(ARENA_NEW(call->arena, Str, (size_t)others + 2, &names));
    ids[0] = row->to;
    ids[1] = row->from;
    if (others > 0)
        memcpy(&ids[2], row->units.data, others * sizeof *ids);
    TRY(people_unit_names(call->service, &call->actor, (IdList){ids, others + 2}, call->arena, names));
    for (uint32_t i = 2; i < others + 2; i++) {
        buf_add(&line, line.length > 0 && names[i].length > 0 ? STR(", ") : STR_NONE);
        buf_add(&line, names[i]);
    }
    *ret_crosses = names[0].length == 0;
    if (*ret_crosses)
        TRY(crossing_place(&call->actor, row->id, call->arena, &names[0]));
    ret_words[0] = names[0];
    ret_words[1] = names[1];
    return buf_done(&line, &ret_words[2]);
}

Err transfer_shown(Call *call, const Procedure *procedure, const ProcedureAsked *asked, PageEntry *page)
{
    const TransferRow *row = &asked->transfer;
    RowView *items = NULL;
    Str units[3] = {0};
    Rows rows = {0};
    bool crosses = false;

    if (id_is_none(row->id))
        return ok();
    TRY(ARENA_NEW(call->arena, RowView, ROWS_MOST, &items));
    if (asked->names_units)
        TRY(unit_words(call, row, units, &crosses));
    if (crosses && procedure->act == ACT_TRANSFER_DECIDE)
        page->lead = call_text(call, MSG_ACT_TRANSFER_DECIDE_LEAD_CROSSING);
    add_text(&rows, items, call_text(call, MSG_TRANSFER_TO), units[0]);
    add_text(&rows, items, call_text(call, MSG_TRANSFER_FROM), units[1]);
    add_text(&rows, items, call_text(call, MSG_TRANSFER_BESIDES), units[2]);
    add_day(&rows, items, call_text(call, MSG_TRANSFER_ON), oslo_day(row->on_at));
    add_day(&rows, items, call_text(call, MSG_TRANSFER_UNTIL), clock_day(CLOCK_TRANSFER_END, oslo_day(row->proposed_at), NULL) - 1);
    rows.items = items;
    page->answered = call_text(call, MSG_TRANSFER_PROPOSED);
    page->answered_at = (Moment){row->proposed_at};
    page->answered_rows = rows;
    return ok();
}
