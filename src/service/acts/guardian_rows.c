/* Guardians and participants on their way into a log: account, participation, consent; sealed, not yet written.
 * Must not write anything outside the work that it is given.
 * Called by create.c, guardian.c, actor.c and child.c. */
#include "service/acts/guardian_rows.h"

#include "domain/consent.h"
#include "domain/input/numbers.h"
#include "domain/lifecycle.h"

#define DAY_ROOM 16
#define HASH_TEXT (2 * HASH_BYTES)
#define UNITS_TEXT_MAX ((size_t)(LOG_UNITS_MAX + 1) * (ID_TEXT + 1))

Err log_id_text(Id id, Arena *keep, Str *ret_text)
{
    char text[ID_TEXT + 1];

    id_to_text(id, text);
    return str_copy(keep, str_from_c(text), ret_text);
}

Err log_day_text(Day day, Arena *keep, Str *ret_text)
{
    Buf buf = buf_new(keep, DAY_ROOM);

    buf_add_day(&buf, day);
    return buf_done(&buf, ret_text);
}

Err log_participant_seal(const LogKeys *keys, Str name, Arena *keep, ParticipantRow *row)
{
    const LogPlace place = {SEAL_TABLE_PARTICIPANT, SEAL_COLUMN_BODY, row->id, row->version};
    Values values = {.kind = kind_of(KIND_PARTICIPANT)};
    Str person, unit = STR_NONE, from;

    TRY(log_id_text(row->person, keep, &person));
    TRY(log_day_text(oslo_day(row->from_at), keep, &from));
    if (!id_is_none(row->unit))
        TRY(log_id_text(row->unit, keep, &unit));
    values_put(&values, PARTICIPANT_PERSON, person);
    values_put(&values, PARTICIPANT_NAME, name);
    values_put(&values, PARTICIPANT_UNIT, unit);
    values_put(&values, PARTICIPANT_FROM_ON, from);
    return log_seal(keys, place, &values, keep, &row->sealed);
}

/* The sealed part is bound to the version, so it is sealed again for the one that the update makes. */
Err log_participant_over(const LogKeys *keys, const ParticipantRow *row, int64_t now, Arena *keep, ParticipantRow *ret_row)
{
    LogPlace place = {SEAL_TABLE_PARTICIPANT, SEAL_COLUMN_BODY, row->id, row->version};
    ParticipantRow over = *row;
    Values values;

    TRY(log_unseal(keys, (LogSealed){place, KIND_PARTICIPANT, row->sealed}, keep, &values));
    place.version++;
    over.to_at = now;
    TRY(log_seal(keys, place, &values, keep, &over.sealed));
    *ret_row = over;
    return ok();
}

Err log_place_end(const LogKeys *keys, const ParticipantRow *row, int64_t now, Arena *keep, PlaceEnd *ret_end)
{
    ret_end->former = row;
    return log_participant_over(keys, row, now, keep, &ret_end->over);
}

Err log_named_units(Tx *tx, const NamedUnits *named, Arena *keep, IdList *ret_units)
{
    Id *units = NULL;
    uint32_t count = 0;

    if (named->others.count > LOG_UNITS_MAX)
        return fail(E_INVALID);
    TRY(ARENA_NEW(keep, Id, (size_t)named->others.count + 1, &units));
    units[count++] = named->own;
    for (uint32_t i = 0; i < named->others.count; i++) {
        UnitRow row = {0};
        if (id_equal(named->others.ids[i], named->own))
            continue;
        Err found = store_unit_by_id(tx, named->others.ids[i], keep, &row);
        bool closed = is_ok(found) && row.closed_at != 0;
        if (closed && named->drop_closed)
            continue;
        if (found.id == E_NOT_FOUND || closed)
            return fail(E_INVALID);
        TRY(found);
        units[count++] = named->others.ids[i];
    }
    *ret_units = (IdList){units, count};
    return ok();
}

static Err seal_guardian(const LogFamily *family, const NewGuardian *guardian, Arena *keep, ParticipantRow *row)
{
    const LogPlace place = {SEAL_TABLE_PARTICIPANT, SEAL_COLUMN_BODY, row->id, row->version};

    return log_seal(family->keys, place, &guardian->values, keep, &row->sealed);
}

static Err units_text(const LogFamily *family, Arena *keep, Str *ret_text)
{
    Buf buf = buf_new(keep, UNITS_TEXT_MAX);

    for (uint32_t i = 0; i < family->unit_count; i++) {
        if (i > 0)
            buf_add_char(&buf, '\n');
        buf_add_id(&buf, family->units[i]);
    }
    return buf_done(&buf, ret_text);
}

static Err seal_consent(const LogFamily *family, const NewGuardian *guardian, Arena *keep, ConsentRow *row)
{
    const LogPlace place = {SEAL_TABLE_CONSENT, SEAL_COLUMN_BODY, row->id, row->version};
    Values values = guardian->consent;
    Str given_by, units;

    TRY(log_id_text(row->participant, keep, &given_by));
    TRY(units_text(family, keep, &units));
    values_put(&values, CONSENT_GIVEN_BY, given_by);
    values_put(&values, CONSENT_UNITS, units);
    values_put(&values, CONSENT_DOCUMENT_HASH, guardian->paper.length > 0 ? guardian->paper : family->document_hash);
    return log_seal(family->keys, place, &values, keep, &row->sealed);
}

Err log_guardian_consent(Service *service, const LogFamily *family, const NewGuardian *guardian, Arena *keep, LogGuardian *made)
{
    unsigned method = values_code(&guardian->consent, CONSENT_METHOD);
    ConsentGiven given;

    if (!consent_from_values(&guardian->consent, &given) || method == CODE_NONE || !consent_within(&given, family->consent_months))
        return fail(E_INVALID);
    made->consent = (ConsentRow){
        .participant = made->participant.id,
        .method = (uint8_t)method,
        .given_at = given.given_at,
        .valid_to = given.ends_at,
        .version = 1,
    };
    TRY(world_id(service->world, &made->consent.id));
    for (uint32_t i = 0; i < family->unit_count; i++) {
        made->units[i] = (ConsentUnitRow){.consent = made->consent.id, .unit = family->units[i]};
        TRY(world_id(service->world, &made->units[i].id));
    }
    made->unit_count = family->unit_count;
    return seal_consent(family, guardian, keep, &made->consent);
}

Err log_guardian_make(Service *service, const LogFamily *family, const NewGuardian *guardian, Arena *keep,
                      LogGuardian *ret_guardian)
{
    Str number = values_at(&guardian->values, GUARDIAN_NATIONAL_ID);
    Str name = values_at(&guardian->values, GUARDIAN_NAME);
    const Giver giver = {.actor = family->actor, .log_no = family->log_no};
    LogGuardian made = {0};

    if (guardian->values.kind->id != KIND_GUARDIAN || guardian->consent.kind->id != KIND_CONSENT || name.length == 0 ||
        family->unit_count > LOG_UNITS_MAX + 1)
        return fail(E_INVALID);
    if (number.length > 0)
        TRY(national_accept(number, service->mode));
    if (id_is_none(guardian->account))
        TRY(family_account(service, &giver, (FamilyWish){.kind = KIND_GUARDIAN, .name = name, .national_id = number}, keep, &made.account));
    else
        TRY(family_account_kept(&giver, guardian->account, keep, &made.account));
    made.participant = (ParticipantRow){
        .person = made.account.person, .role = ROLE_GUARDIAN, .from_at = family->actor->now, .let_in = true, .version = 1};
    TRY(world_id(service->world, &made.participant.id));
    TRY(seal_guardian(family, guardian, keep, &made.participant));
    TRY(log_guardian_consent(service, family, guardian, keep, &made));
    *ret_guardian = made;
    return ok();
}

Err log_paper_make(Service *service, const LogKeys *keys, const NewDocument *document, Arena *keep, LogPaper *ret_paper)
{
    Buf text = buf_new(keep, HASH_TEXT);
    LogPaper paper = {0};
    Hash hash;

    *ret_paper = paper;
    if (document->bytes.length == 0)
        return ok();
    TRY(crypto_sha256(keys->crypto, &document->bytes, 1, hash.bytes));
    buf_add_hex(&text, str_from_bytes(hash.bytes, HASH_BYTES));
    TRY(buf_done(&text, &paper.hash));
    TRY(world_id(service->world, &paper.row.id));
    paper.row.media = document->media;
    TRY(log_seal_document(keys, paper.row.id, document->bytes, keep, &paper.row.sealed));
    *ret_paper = paper;
    return ok();
}

Err log_paper_put(Tx *tx, int64_t log_no, const LogPaper *paper)
{
    DocumentRow row = paper->row;

    row.log_no = log_no;
    return row.sealed.length > 0 ? store_document_insert(tx, &row) : ok();
}

Err log_guardian_put(Tx *tx, const Giver *giver, const LogGuardian *guardian, Arena *scratch)
{
    ParticipantRow participant = guardian->participant;
    ConsentRow consent = guardian->consent;

    participant.log_no = giver->log_no;
    consent.log_no = giver->log_no;
    TRY(family_place_put(tx, &guardian->account, giver, &participant, scratch));
    return store_consent_insert(tx, &consent, guardian->units, guardian->unit_count);
}
