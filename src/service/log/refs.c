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

/* A field that is named after a kind ("measure") refers to that kind; any other ("entry") to every kind. */
static Err check_entry(const Field *field, Id id, const LogTargets *targets)
{
    const EntryRow *row = log_newest(&targets->entries, id);
    const Kind *wanted = NULL;

    if (!row || row->removed)
        return fail(E_INVALID);
    if (is_ok(kind_from_str(str_from_c(field->name), &wanted)) && row->kind != wanted->id)
        return fail(E_INVALID);
    return ok();
}

static Err check_participant(const Field *field, Id id, const LogTargets *targets)
{
    bool now = str_equal(str_from_c(field->name), STR("responsible"));

    for (uint32_t i = 0; i < targets->participants.count; i++) {
        const ParticipantRow *row = &targets->participants.items[i];
        bool runs = period_in_force(PERIOD_OF(row), targets->now);
        if (id_equal(row->id, id))
            return runs || !now ? ok() : fail(E_INVALID);
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

static const Act write_acts[KIND_LIMIT] = {
    [KIND_ATTENTION] = ACT_ATTENTION_WRITE,
    [KIND_GOAL] = ACT_GOAL_WRITE,
    [KIND_MEASURE] = ACT_MEASURE_WRITE,
    [KIND_EVALUATION] = ACT_EVALUATION_WRITE,
    [KIND_MEETING] = ACT_MEETING_WRITE,
    [KIND_NOTE] = ACT_NOTE_WRITE,
    [KIND_RESOURCE] = ACT_RESOURCE_WRITE,
    [KIND_LEVEL] = ACT_LEVEL_WRITE,
    [KIND_CHILD] = ACT_CHILD_WRITE,
};

Act log_write_act(KindId kind, bool answers)
{
    if (kind >= KIND_LIMIT)
        return ACT_NONE;
    return kind == KIND_EVALUATION && answers ? ACT_OWN_EVALUATION_WRITE : write_acts[kind];
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
    Str text = values_get(measure, "responsible");

    while (text.length > 0) {
        Str item;
        Id id;
        text = str_cut(text, '\n', &item);
        if (is_ok(id_from_text(item, &id)) && id_equal(id, participant))
            return true;
    }
    return false;
}
