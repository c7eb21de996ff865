/* Looks things up in a report.
 * Must not change it.
 * Called by the rest of this folder. */
#include "report/report.h"

Str report_name_of(const ReportPerson *person)
{
    return values_at(&person->values, person->values.kind->id == KIND_GUARDIAN ? GUARDIAN_NAME : PARTICIPANT_NAME);
}

static Str name_among(const ReportNames *names, Id id)
{
    for (uint32_t i = 0; i < names->count; i++)
        if (id_equal(names->items[i].id, id))
            return names->items[i].name;
    return STR_NONE;
}

Str report_person_name(const Report *report, Id person)
{
    for (uint32_t i = 0; i < report->people.count; i++)
        if (id_equal(report->people.items[i].person, person))
            return report_name_of(&report->people.items[i]);
    return name_among(&report->names, person);
}

const ReportPerson *report_person(const Report *report, Id participant)
{
    for (uint32_t i = 0; i < report->people.count; i++)
        if (id_equal(report->people.items[i].id, participant))
            return &report->people.items[i];
    return NULL;
}

Str report_unit_name(const Report *report, Id unit)
{
    return name_among(&report->units, unit);
}

const ReportEntry *report_child(const Report *report)
{
    const ReportEntry *child = NULL;

    for (uint32_t i = 0; i < report->entries.count; i++)
        if (report->entries.items[i].values.kind->id == KIND_CHILD)
            child = &report->entries.items[i];
    return child;
}
