/* Opens a whole log for its archive report.
 * Must not leave out a row.
 * Called by make.c. */
#include "service/report/gather.h"

#include <string.h>

#include "service/log/rows.h"
#include "service/municipality.h"
#include "service/people/account.h"
#include "service/people/unit_names.h"
#include "service/report/content.h"

#define DOCUMENT_ARENA ((size_t)64 << 20)
#define TELL_EVERY 50 /* entries */

typedef struct Gathering {
    const LogReader *reader;
    LogEntered *entered;
    const ReportHearer *hearer;
    Report *report;
    Str *documents;
    Id *persons;      /* who is named by their account */
    Id *units;
    uint32_t person_count, unit_count;
    uint32_t person_room, unit_room;
} Gathering;

/* So many entries and documents of all are opened. */
static Err tell(const LogEntered *entered, const ReportHearer *hearer, uint32_t opened)
{
    return report_tell(hearer, REPORT_PHASE_READING, opened, entered->content.entries.count + entered->content.documents.count);
}

/* Each once; there is room for all that can come. */
static void add_once(Id *ids, uint32_t *count, uint32_t room, Id id)
{
    if (id_is_none(id) || *count == room || id_is_among((IdList){ids, *count}, id))
        return;
    ids[(*count)++] = id;
}

static void add_unit(Gathering *gathering, Id unit)
{
    add_once(gathering->units, &gathering->unit_count, gathering->unit_room, unit);
}

static Err gather_entry(const LogEntered *entered, const EntryRow *row, Arena *keep, ReportEntry *made)
{
    LogEntry entry;

    TRY(log_open_entry(&entered->keys, row, keep, &entry));
    *made = (ReportEntry){.id = row->id, .entry = row->entry, .supersedes = row->supersedes, .version = row->version,
                          .author = row->author, .author_role = entry.author_role, .author_unit = row->author_unit, .at = row->at,
                          .due = row->due, .removed = row->removed, .reason = entry.reason, .values = entry.values};
    return ok();
}

Err report_entries_open(const LogEntered *entered, const ReportHearer *hearer, Arena *keep, ReportEntries *ret_entries)
{
    const EntryRows *rows = &entered->content.entries;
    ReportEntries made = {.count = rows->count};

    TRY(ARENA_NEW(keep, ReportEntry, (size_t)rows->count + 1, &made.items));
    for (uint32_t i = 0; i < rows->count; i++) {
        if (i % TELL_EVERY == 0)
            TRY(tell(entered, hearer, i));
        TRY(gather_entry(entered, &rows->items[i], keep, &made.items[i]));
    }
    *ret_entries = made;
    return ok();
}

static Err gather_entries(Gathering *gathering)
{
    ReportEntries *made = &gathering->report->entries;

    TRY(report_entries_open(gathering->entered, gathering->hearer, gathering->reader->keep, made));
    for (uint32_t i = 0; i < made->count; i++)
        add_unit(gathering, made->items[i].author_unit);
    return ok();
}

static Err gather_people(Gathering *gathering)
{
    const ParticipantRows *rows = &gathering->entered->content.participants;
    ReportPeople *made = &gathering->report->people;

    TRY(ARENA_NEW(gathering->reader->keep, ReportPerson, (size_t)rows->count + 1, &made->items));
    for (uint32_t i = 0; i < rows->count; i++) {
        const ParticipantRow *row = &rows->items[i];
        const LogPlace place = {SEAL_TABLE_PARTICIPANT, SEAL_COLUMN_BODY, row->id, row->version};
        KindId kind = row->role == ROLE_GUARDIAN ? KIND_GUARDIAN : KIND_PARTICIPANT;
        ReportPerson *person = &made->items[i];
        *person = (ReportPerson){.id = row->id, .person = row->person, .service = row->service, .unit = row->unit,
                                 .from_at = row->from_at, .to_at = row->to_at, .let_in = row->let_in, .version = row->version};
        if (!is_ok(role_from_u8(row->role, &person->role)))
            return fail(E_FORGED);
        TRY(log_unseal(&gathering->entered->keys, (LogSealed){place, kind, row->sealed}, gathering->reader->keep, &person->values));
        add_unit(gathering, row->unit);
    }
    made->count = rows->count;
    return ok();
}

static Err units_of(Gathering *gathering, Id consent, IdList *ret_units)
{
    const ConsentUnitRows *rows = &gathering->entered->content.consent_units;
    Id *units = NULL;
    uint32_t count = 0;

    TRY(ARENA_NEW(gathering->reader->keep, Id, (size_t)rows->count + 1, &units));
    for (uint32_t i = 0; i < rows->count; i++)
        if (id_equal(rows->items[i].consent, consent))
            units[count++] = rows->items[i].unit;
    *ret_units = (IdList){units, count};
    return ok();
}

/* Those that it named when it was given: the rows of those that were withdrawn are gone. */
static void add_named(Gathering *gathering, Str units)
{
    while (units.length > 0) {
        Str item;
        Id unit;
        units = str_cut(units, '\n', &item);
        if (is_ok(id_from_text(item, &unit)))
            add_unit(gathering, unit);
    }
}

static Err gather_consents(Gathering *gathering)
{
    const ConsentRows *rows = &gathering->entered->content.consents;
    ReportConsents *made = &gathering->report->consents;

    TRY(ARENA_NEW(gathering->reader->keep, ReportConsent, (size_t)rows->count + 1, &made->items));
    for (uint32_t i = 0; i < rows->count; i++) {
        const ConsentRow *row = &rows->items[i];
        const LogPlace place = {SEAL_TABLE_CONSENT, SEAL_COLUMN_BODY, row->id, row->version};
        ReportConsent *consent = &made->items[i];
        *consent = (ReportConsent){.id = row->id, .participant = row->participant, .method = row->method, .given_at = row->given_at,
                                   .valid_to = row->valid_to, .withdrawn_at = row->withdrawn_at, .version = row->version};
        TRY(log_unseal(&gathering->entered->keys, (LogSealed){place, KIND_CONSENT, row->sealed}, gathering->reader->keep,
                       &consent->values));
        TRY(units_of(gathering, row->id, &consent->units));
        add_named(gathering, values_at(&consent->values, CONSENT_UNITS));
    }
    made->count = rows->count;
    for (uint32_t i = 0; i < gathering->entered->content.consent_units.count; i++)
        add_unit(gathering, gathering->entered->content.consent_units.items[i].unit);
    return ok();
}

/* ---- documents ---- */

/* A consent names its paper by the hash of the file. */
static Err tie(Gathering *gathering, Id document, Str bytes)
{
    Buf text = buf_new(gathering->reader->keep, (size_t)2 * HASH_BYTES);
    Str hex = STR_NONE;
    uint8_t hash[HASH_BYTES];

    TRY(sha256(bytes, hash));
    buf_add_hex(&text, str_from_bytes(hash, HASH_BYTES));
    TRY(buf_done(&text, &hex));
    for (uint32_t i = 0; i < gathering->report->consents.count; i++) {
        ReportConsent *consent = &gathering->report->consents.items[i];
        if (str_equal(values_at(&consent->values, CONSENT_DOCUMENT_HASH), hex))
            consent->document = document;
    }
    return ok();
}

static Err open_document(Gathering *gathering, Tx *tx, Arena *scratch, uint32_t at)
{
    LogEntered *entered = gathering->entered;
    DocumentRow row = {0};
    Str bytes = STR_NONE;

    TRY(store_document(tx, &entered->permit, entered->content.documents.items[at].id, scratch, &row));
    TRY(log_unseal_document(&entered->keys, row.id, row.sealed, scratch, &bytes));
    TRY(str_copy(gathering->reader->keep, bytes, &gathering->documents[at]));
    gathering->report->documents.items[at] = (ReportDocument){.id = row.id, .media = row.media};
    return tie(gathering, row.id, gathering->documents[at]);
}

static Err gather_documents(Gathering *gathering)
{
    const DocumentRows *rows = &gathering->entered->content.documents;
    ReportDocuments *made = &gathering->report->documents;
    AUTO(arena_freep) Arena *scratch = NULL;
    AUTO(store_read_endp) Tx *tx = NULL;
    size_t total = 0;

    TRY(ARENA_NEW(gathering->reader->keep, ReportDocument, (size_t)rows->count + 1, &made->items));
    TRY(ARENA_NEW(gathering->reader->keep, Str, (size_t)rows->count + 1, &gathering->documents));
    TRY(arena_new(DOCUMENT_ARENA, &scratch));
    TRY(store_read(gathering->reader->actor->store, &tx));
    for (uint32_t i = 0; i < rows->count; i++) {
        size_t mark = arena_mark(scratch);
        TRY(tell(gathering->entered, gathering->hearer, gathering->entered->content.entries.count + i));
        TRY(open_document(gathering, tx, scratch, i));
        arena_rewind(scratch, mark);
        total += gathering->documents[i].length;
        if (total > REPORT_DOCUMENTS_MAX)
            return fail(E_TOO_LARGE);
    }
    made->count = rows->count;
    return ok();
}

/* ---- names ---- */

static bool takes_part(const Report *report, Id person)
{
    for (uint32_t i = 0; i < report->people.count; i++)
        if (id_equal(report->people.items[i].person, person))
            return true;
    return false;
}

static Err named(Gathering *gathering, IdList ids, const Str *names, ReportNames *ret_names)
{
    ReportNames made = {0};

    TRY(ARENA_NEW(gathering->reader->keep, ReportName, (size_t)ids.count + 1, &made.items));
    for (uint32_t i = 0; i < ids.count; i++)
        if (names[i].length > 0)
            made.items[made.count++] = (ReportName){ids.ids[i], names[i]};
    *ret_names = made;
    return ok();
}

/* Administrators and managers who did something with the log stand in no row of its people. */
static Err gather_names(Gathering *gathering)
{
    const LogReader *reader = gathering->reader;
    Report *report = gathering->report;
    Str *names = NULL;

    for (uint32_t i = 0; i < report->entries.count; i++)
        if (!takes_part(report, report->entries.items[i].author))
            add_once(gathering->persons, &gathering->person_count, gathering->person_room, report->entries.items[i].author);
    add_once(gathering->persons, &gathering->person_count, gathering->person_room, reader->actor->person);
    const IdList persons = {gathering->persons, gathering->person_count}, units = {gathering->units, gathering->unit_count};
    TRY(ARENA_NEW(reader->keep, Str, (size_t)persons.count + units.count + 1, &names));
    TRY(people_names(reader->service, reader->actor, persons, reader->keep, names));
    TRY(named(gathering, persons, names, &report->names));
    report->made.name = persons.count > 0 ? report_person_name(report, reader->actor->person) : STR_NONE;
    TRY(people_unit_names(reader->service, reader->actor, units, reader->keep, names));
    return named(gathering, units, names, &report->units);
}

static Err gather_log(Gathering *gathering)
{
    const LogReader *reader = gathering->reader;
    const LogRow *log = &gathering->entered->content.log;
    Report *report = gathering->report;
    Municipality municipality;
    Hash content;

    TRY(municipality_by_id(reader->service, reader->actor->tenant, reader->keep, &municipality));
    TRY(report_content(&gathering->entered->content, &content));
    report->format = REPORT_FORMAT;
    report->municipality = (ReportMunicipality){.id = municipality.tenant, .number = municipality.number, .name = municipality.name};
    report->log = (ReportLog){.id = log->id, .number = log->display, .flags = log->flags, .created_at = log->created_at,
                              .last_activity_at = log->last_activity_at, .passive_at = log->passive_at,
                              .closed_reason = log->closed_reason, .unit = log->unit, .holder = log->holder};
    report->made = (ReportMade){.at = reader->actor->now, .by = reader->actor->person, .role = reader->actor->role};
    memcpy(report->made.content.bytes, content.bytes, HASH_BYTES);
    add_unit(gathering, log->unit);
    return state_from_u8(log->state, &report->log.state);
}

Err report_gather(const LogReader *reader, LogEntered *entered, const ReportHearer *hearer, Gathered *ret_gathered)
{
    const LogContent *content = &entered->content;
    Report report = {0};
    Gathering gathering = {.reader = reader, .entered = entered, .hearer = hearer, .report = &report,
                           .person_room = content->entries.count + 1};

    gathering.unit_room = content->entries.count + content->participants.count + content->consents.count * 60 +
                          content->consent_units.count + 1;
    TRY(ARENA_NEW(reader->keep, Id, gathering.person_room, &gathering.persons));
    TRY(ARENA_NEW(reader->keep, Id, gathering.unit_room, &gathering.units));
    TRY(log_keys_for_many(&entered->keys));
    TRY(gather_log(&gathering));
    TRY(gather_entries(&gathering));
    TRY(gather_people(&gathering));
    TRY(gather_consents(&gathering));
    TRY(gather_documents(&gathering));
    TRY(gather_names(&gathering));
    *ret_gathered = (Gathered){.report = report, .documents = gathering.documents};
    return ok();
}
