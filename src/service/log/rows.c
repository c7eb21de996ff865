/* The rows of a log as what people read: entries, people, consents, summary.
 * Must not be called before the log's head was found good.
 * Called by the rooms log, reading and acts. */
#include "service/log/rows.h"

#include "base/calendar.h"
#include "crypto/crypto.h"
#include "domain/consent.h"
#include "domain/fields.h"
#include "domain/lifecycle.h"
#include "domain/period.h"
#include "domain/policy/policy.h"
#include "service/log/ask.h"
#include "service/log/header.h"
#include "service/log/refs.h"
#include "store/rows.h"

bool log_shows_address(const LogEntered *entered)
{
    Ask ask = entered->ask;

    ask.act = ACT_ADDRESS_READ;
    return policy_decide(ask) == WHY_ALLOWED;
}

void log_hide_address(Values *values)
{
    static const FieldKey keys[] = {CHILD_ADDRESS, CHILD_PHONE, CHILD_EMAIL, GUARDIAN_PHONE, GUARDIAN_EMAIL};

    for (size_t i = 0; i < COUNT_OF(keys); i++)
        values_put(values, keys[i], STR_NONE);
}

/* A unit of another municipality, by its name. */
static bool names_place(const Field *field)
{
    return field == field_at(TRANSFER_PLACE) || field == field_at(TRANSFER_MUNICIPALITY) || field == field_at(TRANSFER_DONE_PLACE) ||
           field == field_at(TRANSFER_CAME_PLACE);
}

void log_hide_units(Values *values)
{
    for (uint8_t i = 0; values->kind && i < values->kind->count; i++)
        if (values->kind->fields[i].type == FIELD_UNIT || names_place(&values->kind->fields[i]))
            values->text[i] = STR_NONE;
}

Err log_header_open(const LogEntered *entered, Arena *keep, Values *ret_header)
{
    const LogRow *log = &entered->content.log;
    const LogPlace place = {SEAL_TABLE_LOG, SEAL_COLUMN_HEADER, log->id, log->header_version};

    return log_unseal(&entered->keys, (LogSealed){place, KIND_HEADER, log->header}, keep, ret_header);
}

Err log_open_entry(const LogKeys *keys, const EntryRow *row, Arena *keep, LogEntry *ret_entry)
{
    const LogPlace place = {SEAL_TABLE_ENTRY, SEAL_COLUMN_BODY, row->id, row->version};
    const Kind *kind = kind_of(row->kind);
    LogEntry entry = {.id = row->id, .entry = row->entry, .version = row->version, .author = row->author,
                      .author_unit = row->author_unit, .at = row->at, .removed = row->removed};

    if (!kind || !is_ok(role_from_u8(row->author_role, &entry.author_role)))
        return fail(E_FORGED);
    /* A removal holds its reason, as the text of a note. */
    TRY(log_unseal(keys, (LogSealed){place, row->removed ? KIND_NOTE : kind->id, row->sealed}, keep, &entry.values));
    if (row->removed) {
        entry.reason = values_at(&entry.values, NOTE_TEXT);
        entry.values = (Values){.kind = kind};
    }
    *ret_entry = entry;
    return ok();
}

static void name_person(Id person, LogPeople people, Str *name, bool *former)
{
    *former = true;
    for (uint32_t i = 0; i < people.count; i++) {
        if (!id_equal(people.items[i].person, person))
            continue;
        if (name->length == 0)
            *name = people.items[i].name;
        if (!people.items[i].former)
            *former = false;
    }
}

Err log_name_author(LogEntry *entry, const EntryRow *first, LogPeople people)
{
    entry->first_author = first->author;
    entry->first_at = first->at;
    name_person(entry->author, people, &entry->author_name, &entry->author_former);
    name_person(entry->first_author, people, &entry->first_name, &entry->first_former);
    return is_ok(role_from_u8(first->author_role, &entry->first_role)) ? ok() : fail(E_FORGED);
}

/* Whose part in the log is over: of the holder also when their role in its unit has ended (rules: rest 9). */
static int64_t over_at(const LogEntered *entered, const ParticipantRow *row)
{
    bool holds = row->role == ROLE_RELAY_HOLDER && id_equal(row->person, entered->content.log.holder) && !period_has_end(PERIOD_OF(row));

    return holds ? entered->standing.unheld_since : row->to_at;
}

static bool is_over(const LogEntered *entered, const ParticipantRow *row, int64_t now)
{
    return period_has_ended((Period){row->from_at, over_at(entered, row)}, now);
}

static Err open_person(const LogEntered *entered, const ParticipantRow *row, int64_t now, Arena *keep, LogPerson *person)
{
    const LogPlace place = {SEAL_TABLE_PARTICIPANT, SEAL_COLUMN_BODY, row->id, row->version};
    KindId kind = row->role == ROLE_GUARDIAN ? KIND_GUARDIAN : KIND_PARTICIPANT;
    Values values;

    *person = (LogPerson){.participant = row->id, .person = row->person, .unit = row->unit, .from_at = row->from_at,
                          .former = is_over(entered, row, now), .outside = row->role == ROLE_CHILD && !row->let_in};
    person->to_at = person->former ? over_at(entered, row) : 0;
    if (!is_ok(role_from_u8(row->role, &person->role)))
        return fail(E_FORGED);
    TRY(log_unseal(&entered->keys, (LogSealed){place, kind, row->sealed}, keep, &values));
    person->name = values_at(&values, kind == KIND_GUARDIAN ? GUARDIAN_NAME : PARTICIPANT_NAME);
    if (kind != KIND_GUARDIAN)
        return ok();
    person->contact = values;
    values_put(&person->contact, GUARDIAN_NATIONAL_ID, STR_NONE);
    person->closes = log_closes_with(entered, row->id);
    person->pauses = log_rests_on(entered, row->id) && !person->closes;
    if (!log_shows_address(entered))
        log_hide_address(&person->contact);
    return ok();
}

Err log_open_people(const LogEntered *entered, int64_t now, Arena *keep, LogPerson **ret_people, uint32_t *ret_count)
{
    const ParticipantRows *rows = &entered->content.participants;
    LogPerson *people = NULL;
    uint32_t count = 0;

    TRY(ARENA_NEW(keep, LogPerson, rows->count + 1, &people));
    for (unsigned turn = 0; turn < 2 * ROLE_COUNT; turn++) {
        bool former = turn >= ROLE_COUNT;
        for (uint32_t i = 0; i < rows->count; i++) {
            const ParticipantRow *row = &rows->items[i];
            if (!period_is_offer(PERIOD_OF(row)) && is_over(entered, row, now) == former && row->role == turn % ROLE_COUNT)
                TRY(open_person(entered, row, now, keep, &people[count++]));
        }
    }
    *ret_people = people;
    *ret_count = count;
    return ok();
}

Err log_open_offer(const LogEntered *entered, int64_t now, Arena *keep, LogPerson *ret_person)
{
    for (uint32_t i = 0; i < entered->content.participants.count; i++) {
        const ParticipantRow *row = &entered->content.participants.items[i];
        if (!period_is_offered(PERIOD_OF(row), now))
            continue;
        TRY(open_person(entered, row, now, keep, ret_person));
        ret_person->to_at = row->to_at;
        return ok();
    }
    return ok();
}

static Err units_of(const LogEntered *entered, Id consent, Arena *keep, LogConsent *made)
{
    const ConsentUnitRows *rows = &entered->content.consent_units;
    Id *units = NULL;

    TRY(ARENA_NEW(keep, Id, rows->count + 1, &units));
    for (uint32_t i = 0; i < rows->count; i++)
        if (id_equal(rows->items[i].consent, consent))
            units[made->unit_count++] = rows->items[i].unit;
    made->units = units;
    return ok();
}

static Err open_consent(const LogEntered *entered, uint32_t at, LogPeople people, Arena *keep, LogConsent *consent)
{
    const ConsentRow *row = &entered->content.consents.items[at];
    const LogPlace place = {SEAL_TABLE_CONSENT, SEAL_COLUMN_BODY, row->id, row->version};

    *consent = (LogConsent){.id = row->id, .participant = row->participant, .given_at = row->given_at,
                            .withdrawn = entered->consents.items[at].withdrawn};
    TRY(log_unseal(&entered->keys, (LogSealed){place, KIND_CONSENT, row->sealed}, keep, &consent->values));
    consent->has_document = values_at(&consent->values, CONSENT_DOCUMENT_HASH).length > 0;
    for (uint32_t i = 0; i < people.count; i++)
        if (id_equal(people.items[i].participant, row->participant)) {
            consent->guardian_name = people.items[i].name;
            consent->left = people.items[i].former;
        }
    return units_of(entered, row->id, keep, consent);
}

Err log_open_consents(const LogEntered *entered, LogPeople people, Arena *keep, LogConsent **ret_consents,
                      uint32_t *ret_count)
{
    const ConsentRows *rows = &entered->content.consents;
    LogConsent *consents = NULL;

    TRY(ARENA_NEW(keep, LogConsent, rows->count + 1, &consents));
    for (uint32_t i = 0; i < rows->count; i++)
        TRY(open_consent(entered, i, people, keep, &consents[i]));
    *ret_consents = consents;
    *ret_count = rows->count;
    return ok();
}

void log_summary_today(LogSummary *summary, Flags flags)
{
    const Flags grace = FLAG_CONSENT_INVALID | FLAG_IN_GRACE;

    summary->state = lifecycle_today(summary->state, flags);
    summary->renewing = summary->state == STATE_ACTIVE && (flags & grace) == grace;
    summary->restricted = (flags & FLAG_RESTRICTED) != 0;
    /* Shut is not active, whatever the row says. */
    if (summary->renewing && summary->stub)
        summary->state = STATE_PASSIVE;
}

/* Gave this consent, standing to the log as they do now. */
static bool gave(const LogEntered *entered, const Actor *actor, Id participant)
{
    for (uint32_t i = 0; i < entered->standing.own.count; i++) {
        const ParticipantRow *own = &entered->standing.own.items[i];
        if (id_equal(own->id, participant))
            return id_equal(own->person, actor->person) && own->role == actor->role;
    }
    return false;
}

bool log_owns_document(const LogEntered *entered, const Actor *actor, const LogConsent *consents, uint32_t at)
{
    Str paper = values_at(&consents[at].values, CONSENT_DOCUMENT_HASH);
    bool protected = entered->ask.flags & FLAG_ADDRESS_PROTECTED;

    for (uint32_t i = 0; i < entered->content.consents.count && protected; i++)
        if (str_equal(values_at(&consents[i].values, CONSENT_DOCUMENT_HASH), paper) &&
            !gave(entered, actor, consents[i].participant))
            return false;
    return gave(entered, actor, consents[at].participant);
}

Err log_summary(const LogRow *log, const Values *header, Role relation, LogSummary *ret_summary)
{
    LogSummary summary = {.id = log->id, .display = log->display, .stub = !header, .relation = relation,
                          .unit = log->unit};
    Day due;

    TRY(log_state(log, &summary.state));
    if (header) {
        summary.child_name = values_at(header, HEADER_CHILD_NAME);
        summary.next_step = values_at(header, HEADER_NEXT_STEP);
        summary.level = (uint8_t)values_code(header, HEADER_LEVEL);
        summary.died = log_header_died(header);
        if (values_day(header, HEADER_NEXT_DUE, &due))
            summary.next_due = due;
    }
    *ret_summary = summary;
    return ok();
}

bool log_closes_with(const LogEntered *entered, Id participant)
{
    return log_rests_on(entered, participant) && entered->settings.values[SETTING_CONSENT_GRACE] == 0;
}

bool log_rests_on(const LogEntered *entered, Id participant)
{
    return entered->content.log.state == STATE_ACTIVE && consents_rest_on(&entered->consents, participant);
}

const ParticipantRow *log_child_row(const LogEntered *entered)
{
    const ParticipantRow *former = NULL;

    for (uint32_t i = 0; i < entered->content.participants.count; i++) {
        const ParticipantRow *row = &entered->content.participants.items[i];
        if (row->role != ROLE_CHILD)
            continue;
        if (!period_has_end(PERIOD_OF(row)))
            return row;
        former = row;
    }
    return former;
}
