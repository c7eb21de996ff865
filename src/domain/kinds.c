/* The fields of each kind of entry (spec 5), by ascending id.
 * Must not reuse an id. An entry without .class is spi.
 * Read through fields.h. */
#include <assert.h>

#include "domain/fields.h"

static const Field attention_fields[] = {
    {.id = 1, .name = "category", .type = FIELD_CODE, .required = true, .fact = true, .codes = CODES_ATTENTION},
    {.id = 2, .name = "severity", .type = FIELD_CODE, .required = true, .fact = true, .codes = CODES_SEVERITY},
    {.id = 3, .name = "date", .type = FIELD_DATE, .required = true, .fact = true, .start = START_TODAY},
    {.id = 4, .name = "description", .type = FIELD_LONG, .maximum = 600, .required = true},
    {.id = 5, .name = "discussed_leader", .type = FIELD_YES_NO},
    {.id = 6, .name = "discussed_leader_on", .type = FIELD_DATE},
    {.id = 7, .name = "discussed_guardians", .type = FIELD_YES_NO},
    {.id = 8, .name = "discussed_guardians_on", .type = FIELD_DATE},
    {.id = 9, .name = "discussed_child", .type = FIELD_YES_NO},
    {.id = 10, .name = "discussed_child_on", .type = FIELD_DATE},
};
static_assert(COUNT_OF(attention_fields) <= FIELDS_MAX, "fits Values");

static const Field goal_fields[] = {
    {.id = 1, .name = "text", .type = FIELD_LONG, .maximum = 400, .required = true},
    {.id = 2, .name = "attention", .type = FIELD_ENTRY},
    {.id = 3, .name = "target_date", .type = FIELD_DATE},
};
static_assert(COUNT_OF(goal_fields) <= FIELDS_MAX, "fits Values");

static const Field measure_fields[] = {
    {.id = 1, .name = "category", .type = FIELD_CODE, .required = true, .fact = true, .codes = CODES_MEASURE},
    {.id = 2, .name = "arena", .type = FIELD_CODE, .required = true, .codes = CODES_ARENA},
    {.id = 3, .name = "description", .type = FIELD_LONG, .maximum = 600, .required = true},
    {.id = 4, .name = "diagnosis", .type = FIELD_TEXT, .maximum = 200},
    {.id = 5, .name = "responsible", .type = FIELD_PERSON, .maximum = 20, .required = true, .multiple = true},
    {.id = 6, .name = "others", .type = FIELD_PERSON, .maximum = 20, .multiple = true},
    {.id = 7, .name = "start", .type = FIELD_DATE, .fact = true},
    {.id = 8, .name = "deadline", .type = FIELD_DATE, .required = true, .fact = true},
    {.id = 9, .name = "state", .type = FIELD_CODE, .required = true, .codes = CODES_MEASURE_STATE, .start = START_FIRST},
    {.id = 10, .name = "goal", .type = FIELD_ENTRY},
    {.id = 11, .name = "attention", .type = FIELD_ENTRY},
};
static_assert(COUNT_OF(measure_fields) <= FIELDS_MAX, "fits Values");

static const Field evaluation_fields[] = {
    {.id = 1, .name = "measure", .type = FIELD_ENTRY, .required = true},
    {.id = 2, .name = "outcome", .type = FIELD_CODE, .required = true, .fact = true, .codes = CODES_OUTCOME},
    {.id = 3, .name = "date", .type = FIELD_DATE, .required = true, .fact = true, .start = START_TODAY},
    {.id = 4, .name = "text", .type = FIELD_LONG, .maximum = 600},
};
static_assert(COUNT_OF(evaluation_fields) <= FIELDS_MAX, "fits Values");

static const Field meeting_fields[] = {
    {.id = 1, .name = "time", .type = FIELD_DATETIME, .required = true},
    {.id = 2, .name = "place", .type = FIELD_TEXT, .maximum = 120},
    {.id = 3, .name = "participants", .type = FIELD_PERSON, .maximum = 40, .multiple = true},
    {.id = 4, .name = "agenda", .type = FIELD_LONG, .maximum = 600},
    {.id = 5, .name = "summary", .type = FIELD_LONG, .maximum = 4000},
};
static_assert(COUNT_OF(meeting_fields) <= FIELDS_MAX, "fits Values");

static const Field note_fields[] = {
    {.id = 1, .name = "note_kind", .type = FIELD_CODE, .required = true, .codes = CODES_NOTE_KIND,
     .start = START_FIRST},
    {.id = 2, .name = "text", .type = FIELD_LONG, .maximum = 2000, .required = true},
    {.id = 3, .name = "entry", .type = FIELD_ENTRY},
};
static_assert(COUNT_OF(note_fields) <= FIELDS_MAX, "fits Values");

static const Field resource_fields[] = {
    {.id = 1, .name = "title", .type = FIELD_TEXT, .maximum = 120, .required = true},
    {.id = 2, .name = "link", .type = FIELD_LINK, .maximum = 400, .required = true},
    {.id = 3, .name = "text", .type = FIELD_LONG, .maximum = 300},
};
static_assert(COUNT_OF(resource_fields) <= FIELDS_MAX, "fits Values");

static const Field level_fields[] = {
    {.id = 1, .name = "level", .type = FIELD_CODE, .required = true, .fact = true, .codes = CODES_LEVEL},
    {.id = 2, .name = "reason", .type = FIELD_LONG, .maximum = 300, .required = true},
    {.id = 3, .name = "date", .type = FIELD_DATE, .required = true, .start = START_TODAY},
};
static_assert(COUNT_OF(level_fields) <= FIELDS_MAX, "fits Values");

static const Field consent_fields[] = {
    {.id = 1, .name = "required_persons", .type = FIELD_NUMBER, .maximum = 4, .required = true},
    {.id = 2, .name = "given_by", .type = FIELD_PERSON},
    {.id = 3, .name = "given_on", .type = FIELD_DATE, .required = true},
    {.id = 4, .name = "method", .type = FIELD_CODE, .required = true, .codes = CODES_CONSENT_METHOD},
    {.id = 5, .name = "witness", .type = FIELD_TEXT, .maximum = 120, .class = CLASS_PII},
    {.id = 6, .name = "units", .type = FIELD_UNIT, .maximum = 60, .multiple = true},
    {.id = 7, .name = "text_version", .type = FIELD_TEXT, .maximum = 40, .class = CLASS_PUBLIC},
    {.id = 8, .name = "document_hash", .type = FIELD_HASH, .class = CLASS_SYSTEM},
    {.id = 9, .name = "valid_from", .type = FIELD_DATE, .required = true},
    {.id = 10, .name = "valid_to", .type = FIELD_DATE, .required = true},
    {.id = 11, .name = "withdrawn_on", .type = FIELD_DATE},
    {.id = 12, .name = "withdrawn_by", .type = FIELD_PERSON},
};
static_assert(COUNT_OF(consent_fields) <= FIELDS_MAX, "fits Values");

static const Field participant_fields[] = {
    {.id = 1, .name = "person", .type = FIELD_PERSON, .required = true},
    {.id = 2, .name = "name", .type = FIELD_TEXT, .maximum = 120, .required = true, .class = CLASS_PII},
    {.id = 3, .name = "service", .type = FIELD_CODE, .codes = CODES_SERVICE},
    {.id = 4, .name = "unit", .type = FIELD_UNIT},
    {.id = 5, .name = "from_on", .type = FIELD_DATE, .required = true},
    {.id = 6, .name = "to_on", .type = FIELD_DATE},
    {.id = 7, .name = "reason", .type = FIELD_TEXT, .maximum = REASON_MAX}, /* why a child of consent age is kept out */
};
static_assert(COUNT_OF(participant_fields) <= FIELDS_MAX, "fits Values");

static const Field child_fields[] = {
    {.id = 1, .name = "name", .type = FIELD_TEXT, .maximum = 120, .required = true, .class = CLASS_PII},
    {.id = 2, .name = "national_id", .type = FIELD_NATIONAL_ID, .class = CLASS_PII},
    {.id = 3, .name = "birth_date", .type = FIELD_DATE, .class = CLASS_PII},
    {.id = 4, .name = "living", .type = FIELD_CODE, .codes = CODES_LIVING},
    {.id = 5, .name = "address", .type = FIELD_TEXT, .maximum = 200, .class = CLASS_PII},
    {.id = 6, .name = "phone", .type = FIELD_PHONE, .maximum = 30, .class = CLASS_PII},
    {.id = 7, .name = "email", .type = FIELD_EMAIL, .maximum = 254, .class = CLASS_PII},
    {.id = 8, .name = "protection", .type = FIELD_CODE, .codes = CODES_PROTECTION},
    {.id = 9, .name = "languages", .type = FIELD_TEXT, .maximum = 120, .class = CLASS_PII},
};
static_assert(COUNT_OF(child_fields) <= FIELDS_MAX, "fits Values");

static const Field guardian_fields[] = {
    {.id = 1, .name = "name", .type = FIELD_TEXT, .maximum = 120, .required = true, .class = CLASS_PII},
    {.id = 2, .name = "national_id", .type = FIELD_NATIONAL_ID, .class = CLASS_PII},
    {.id = 3, .name = "phone", .type = FIELD_PHONE, .maximum = 30, .class = CLASS_PII},
    {.id = 4, .name = "email", .type = FIELD_EMAIL, .maximum = 254, .class = CLASS_PII},
    {.id = 5, .name = "relationship", .type = FIELD_CODE, .required = true, .codes = CODES_RELATIONSHIP},
    {.id = 6, .name = "responsibility", .type = FIELD_CODE, .required = true, .codes = CODES_RESPONSIBILITY},
    {.id = 7, .name = "language", .type = FIELD_TEXT, .maximum = 60, .class = CLASS_PII},
};
static_assert(COUNT_OF(guardian_fields) <= FIELDS_MAX, "fits Values");

/* An account is found by its e-mail: no longer than what the key agent makes an index of (wire/wire.h). */
static const Field staff_person_fields[] = {
    {.id = 1, .name = "name", .type = FIELD_TEXT, .maximum = 120, .required = true, .class = CLASS_PII},
    {.id = 2, .name = "email", .type = FIELD_EMAIL, .maximum = 128, .required = true, .class = CLASS_PII},
    {.id = 3, .name = "phone", .type = FIELD_PHONE, .maximum = 30, .class = CLASS_PII},
    {.id = 4, .name = "unit", .type = FIELD_UNIT, .class = CLASS_PII},
    {.id = 5, .name = "confidentiality_on", .type = FIELD_DATE, .class = CLASS_PII},
    {.id = 6, .name = "instruction_on", .type = FIELD_DATE, .class = CLASS_PII},
};
static_assert(COUNT_OF(staff_person_fields) <= FIELDS_MAX, "fits Values");

static const Field organisation_fields[] = {
    {.id = 1, .name = "name", .type = FIELD_TEXT, .maximum = 120, .required = true, .class = CLASS_PUBLIC},
    {.id = 2, .name = "organisation_number", .type = FIELD_ORGANISATION_NUMBER, .class = CLASS_PUBLIC},
    {.id = 3, .name = "service", .type = FIELD_CODE, .required = true, .class = CLASS_PUBLIC, .codes = CODES_SERVICE},
    {.id = 4, .name = "address", .type = FIELD_TEXT, .maximum = 200, .class = CLASS_PUBLIC},
    {.id = 5, .name = "phone", .type = FIELD_PHONE, .maximum = 30, .class = CLASS_PUBLIC},
    {.id = 6, .name = "email", .type = FIELD_EMAIL, .maximum = 254, .class = CLASS_PUBLIC},
};
static_assert(COUNT_OF(organisation_fields) <= FIELDS_MAX, "fits Values");

static const Field header_fields[] = {
    {.id = 1, .name = "child_name", .type = FIELD_TEXT, .maximum = 120, .required = true, .class = CLASS_PII},
    {.id = 2, .name = "level", .type = FIELD_CODE, .codes = CODES_LEVEL},
    {.id = 3, .name = "next_step", .type = FIELD_TEXT, .maximum = 200},
    {.id = 4, .name = "next_due", .type = FIELD_DATE},
    {.id = 5, .name = "birth_date", .type = FIELD_DATE, .class = CLASS_PII}, /* for the rule of age; never shown in a list */
};
static_assert(COUNT_OF(header_fields) <= FIELDS_MAX, "fits Values");

static const Kind kinds[KIND_LIMIT] = {
    [KIND_ATTENTION] = {KIND_ATTENTION, "attention", attention_fields, COUNT_OF(attention_fields)},
    [KIND_GOAL] = {KIND_GOAL, "goal", goal_fields, COUNT_OF(goal_fields)},
    [KIND_MEASURE] = {KIND_MEASURE, "measure", measure_fields, COUNT_OF(measure_fields)},
    [KIND_EVALUATION] = {KIND_EVALUATION, "evaluation", evaluation_fields, COUNT_OF(evaluation_fields)},
    [KIND_MEETING] = {KIND_MEETING, "meeting", meeting_fields, COUNT_OF(meeting_fields)},
    [KIND_NOTE] = {KIND_NOTE, "note", note_fields, COUNT_OF(note_fields)},
    [KIND_RESOURCE] = {KIND_RESOURCE, "resource", resource_fields, COUNT_OF(resource_fields)},
    [KIND_LEVEL] = {KIND_LEVEL, "level", level_fields, COUNT_OF(level_fields)},
    [KIND_CONSENT] = {KIND_CONSENT, "consent", consent_fields, COUNT_OF(consent_fields)},
    [KIND_PARTICIPANT] = {KIND_PARTICIPANT, "participant", participant_fields, COUNT_OF(participant_fields)},
    [KIND_CHILD] = {KIND_CHILD, "child", child_fields, COUNT_OF(child_fields)},
    [KIND_GUARDIAN] = {KIND_GUARDIAN, "guardian", guardian_fields, COUNT_OF(guardian_fields)},
    [KIND_STAFF_PERSON] = {KIND_STAFF_PERSON, "staff_person", staff_person_fields, COUNT_OF(staff_person_fields)},
    [KIND_ORGANISATION] = {KIND_ORGANISATION, "organisation", organisation_fields, COUNT_OF(organisation_fields)},
    [KIND_HEADER] = {KIND_HEADER, "header", header_fields, COUNT_OF(header_fields)},
};

const Kind *kind_of(unsigned id)
{
    return id > KIND_NONE && id < KIND_LIMIT ? &kinds[id] : NULL;
}

Err kind_from_str(Str code, const Kind **ret_kind)
{
    for (unsigned id = 1; id < KIND_LIMIT; id++) {
        if (!str_equal(code, str_from_c(kinds[id].code)))
            continue;
        *ret_kind = &kinds[id];
        return ok();
    }
    return fail(E_MALFORMED);
}

int kind_find(const Kind *kind, Str name)
{
    for (int i = 0; i < kind->count; i++)
        if (str_equal(name, str_from_c(kind->fields[i].name)))
            return i;
    return -1;
}

Str values_get(const Values *values, const char *name)
{
    int at = kind_find(values->kind, str_from_c(name));
    return at < 0 ? STR_NONE : values->text[at];
}
