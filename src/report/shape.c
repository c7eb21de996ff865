/* What stands in the data of a report, as tables.
 * Must hold no code.
 * Called by write and read. */
#include "report/shape.h"

#define M(Struct, type, field) {#field, MEMBER_##type, offsetof(Struct, field), NULL}
#define OBJECT(Struct, field, inner) {#field, MEMBER_OBJECT, offsetof(Struct, field), &inner}
#define LIST(Struct, field, inner) {#field, MEMBER_LIST, offsetof(Struct, field), &inner}
#define SHAPE(Struct, list) {.members = (list), .count = COUNT_OF(list), .size = sizeof(Struct)}

static const Member made_members[] = {
    M(ReportMade, ID, report),   M(ReportMade, MOMENT, at),     M(ReportMade, ID, by),        M(ReportMade, TEXT, name),
    M(ReportMade, ROLE, role),   M(ReportMade, TEXT, language), M(ReportMade, HASH, content),
};
static const Shape made = SHAPE(ReportMade, made_members);

static const Member municipality_members[] = {
    M(ReportMunicipality, ID, id), M(ReportMunicipality, TEXT, number), M(ReportMunicipality, TEXT, name),
};
static const Shape municipality = SHAPE(ReportMunicipality, municipality_members);

static const Member log_members[] = {
    M(ReportLog, ID, id),                M(ReportLog, NUMBER, number),        M(ReportLog, STATE, state),
    M(ReportLog, FLAGS, flags),          M(ReportLog, MOMENT, created_at),    M(ReportLog, MOMENT, last_activity_at),
    M(ReportLog, MOMENT, passive_at),    M(ReportLog, NUMBER, closed_reason), M(ReportLog, ID, unit),
    M(ReportLog, ID, holder),
};
static const Shape log_shape = SHAPE(ReportLog, log_members);

static const Member person_members[] = {
    M(ReportPerson, ID, id),          M(ReportPerson, ID, person),      M(ReportPerson, ROLE, role),
    M(ReportPerson, NUMBER, service), M(ReportPerson, ID, unit),        M(ReportPerson, MOMENT, from_at),
    M(ReportPerson, MOMENT, to_at),   M(ReportPerson, YES_NO, let_in),  M(ReportPerson, NUMBER, version),
    M(ReportPerson, VALUES, values),
};
static const Shape person = SHAPE(ReportPerson, person_members);

static const Member consent_members[] = {
    M(ReportConsent, ID, id),             M(ReportConsent, ID, participant),      M(ReportConsent, NUMBER, method),
    M(ReportConsent, MOMENT, given_at),   M(ReportConsent, MOMENT, valid_to),     M(ReportConsent, MOMENT, withdrawn_at),
    M(ReportConsent, NUMBER, version),    M(ReportConsent, IDS, units),           M(ReportConsent, ID, document),
    M(ReportConsent, VALUES, values),
};
static const Shape consent = SHAPE(ReportConsent, consent_members);

static const Member entry_members[] = {
    M(ReportEntry, ID, id),           M(ReportEntry, ID, entry),          M(ReportEntry, ID, supersedes),
    M(ReportEntry, NUMBER, version),  M(ReportEntry, ID, author),         M(ReportEntry, ROLE, author_role),
    M(ReportEntry, ID, author_unit),  M(ReportEntry, MOMENT, at),         M(ReportEntry, MOMENT, due),
    M(ReportEntry, YES_NO, removed),  M(ReportEntry, TEXT, reason),       M(ReportEntry, VALUES, values),
};
static const Shape entry = SHAPE(ReportEntry, entry_members);

static const Member document_members[] = {
    M(ReportDocument, ID, id),       M(ReportDocument, NUMBER, media), M(ReportDocument, NUMBER, size),
    M(ReportDocument, HASH, sha256), M(ReportDocument, TEXT, file),
};
static const Shape document = SHAPE(ReportDocument, document_members);

static const Member name_members[] = {M(ReportName, ID, id), M(ReportName, TEXT, name)};
static const Shape name = SHAPE(ReportName, name_members);

static const Member report_members[] = {
    M(Report, TEXT, format),
    OBJECT(Report, made, made),
    OBJECT(Report, municipality, municipality),
    OBJECT(Report, log, log_shape),
    LIST(Report, people, person),
    LIST(Report, consents, consent),
    LIST(Report, entries, entry),
    LIST(Report, documents, document),
    LIST(Report, units, name),
    LIST(Report, names, name),
};
const Shape report_shape = SHAPE(Report, report_members);
