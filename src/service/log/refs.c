/* What an entry may refer to: entries and participants of the same log, and nothing else in the world.
 * Must not read the database, nor tell whether a foreign id exists: every bad reference gets one answer.
 * Called by the other parts of the log service, inside each write. */
#include "service/log/refs.h"

#include "domain/acts.h"
#include "domain/fields.h"
#include "domain/period.h"
#include "store/rows.h"

const EntryRow *log_newest(const EntryRows *entries, Id entry)
{
    const EntryRow *newest = NULL;

    for (uint32_t i = 0; i < entries->count; i++) {
        const EntryRow *row = &entries->items[i];
        if (id_equal(row->entry, entry) && (!newest || row->version > newest->version))
            newest = row;
    }
    return newest;
}

static Err check_entry(const Field *field, Id id, const LogTargets *targets)
{
    const EntryRow *row = log_newest(&targets->entries, id);

    if (!row || row->removed)
        return fail(E_INVALID);
    return field->refers && row->kind != field->refers ? fail(E_INVALID) : ok();
}

static Err check_participant(const Field *field, Id id, const LogTargets *targets)
{
    for (uint32_t i = 0; i < targets->participants.count; i++) {
        const ParticipantRow *row = &targets->participants.items[i];
        bool runs = period_in_force(PERIOD_OF(row), targets->now);
        if (id_equal(row->id, id))
            return runs || !field->present ? ok() : fail(E_INVALID);
    }
    return fail(E_INVALID);
}

static Err check_field(const Field *field, Str text, const LogTargets *targets)
{
    while (text.length > 0) {
        Str item;
        Id id;
        text = str_cut(text, '\n', &item);
        if (!is_ok(id_from_text(item, &id)))
            return fail(E_INVALID);
        if (field->type == FIELD_ENTRY)
            TRY(check_entry(field, id, targets));
        else
            TRY(check_participant(field, id, targets));
    }
    return ok();
}

Err log_refs_check(const Values *values, const LogTargets *targets)
{
    for (unsigned i = 0; i < values->kind->count; i++) {
        const Field *field = &values->kind->fields[i];
        if (field->type == FIELD_ENTRY || field->type == FIELD_PERSON)
            TRY(check_field(field, values->text[i], targets));
    }
    return ok();
}

Act log_write_act(KindId kind, bool answers)
{
    if (kind == KIND_EVALUATION && answers)
        return ACT_OWN_EVALUATION_WRITE;
    return kind_of(kind) ? kind_of(kind)->act : ACT_NONE;
}

Act log_change_act(const LogVersions *entry, Act act, bool own)
{
    bool family = entry->first->author_role == ROLE_GUARDIAN || entry->first->author_role == ROLE_CHILD;

    if (act != ACT_ENTRY_CORRECT && act != ACT_ENTRY_REMOVE)
        return act;
    if (entry->first->kind == KIND_CHILD)
        return log_write_act(KIND_CHILD, false);
    if (entry->first->kind != KIND_NOTE)
        return act;
    if (act == ACT_ENTRY_CORRECT)
        return ACT_NOTE_CORRECT;
    return family && !own ? ACT_FAMILY_NOTE_REMOVE : act;
}

bool log_is_written(KindId kind)
{
    /* The child is written when the log is created; from then on it is corrected. */
    return kind != KIND_CHILD && log_write_act(kind, false) != ACT_NONE;
}

bool log_may_write(const LogView *view, KindId kind)
{
    return log_is_written(kind) && (log_may(view, log_write_act(kind, false)) || log_may(view, log_write_act(kind, true)));
}

bool log_answers_for(const Values *measure, Id participant)
{
    Str text = values_at(measure, MEASURE_RESPONSIBLE);

    while (text.length > 0) {
        Str item;
        Id id;
        text = str_cut(text, '\n', &item);
        if (is_ok(id_from_text(item, &id)) && id_equal(id, participant))
            return true;
    }
    return false;
}
