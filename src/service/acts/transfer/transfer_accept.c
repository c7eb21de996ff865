/* The manager of the unit that is asked takes the log and appoints its holder: the log is theirs, its people and consents with it,
 * in one transaction.
 * Must not be half done: all of it is one work, under one head.
 * Called by service/acts/procedure. Rules: transfer 1, 3, 4, 5. */
#include "domain/period.h"
#include "service/acts/actor.h"
#include "service/acts/baton/offered.h"
#include "service/acts/consent/people_out.h"
#include "service/acts/guardian_rows.h"
#include "service/acts/transfer/handshake.h"
#include "service/log/keep.h"
#include "service/log/segment.h"
#include "store/inbox.h"

/* A consent may hold for twelve months at most, whatever the setting was shortened to since it was given: it keeps its last day. */
#define MONTHS_MOST 12

/* What the work puts. */
typedef struct Taking {
    TransferRow row;
    BatonPassing passing;
    PeopleOut out;
    LogGuardian *consents;
    uint32_t consent_count;
    InboxRows told;
} Taking;

static Err put(Tx *tx, void *self)
{
    const Taking *taking = self;

    TRY(store_transfer_update(tx, &taking->row));
    TRY(baton_put(tx, &taking->passing));
    TRY(people_out_put(tx, &taking->out));
    for (uint32_t i = 0; i < taking->consent_count; i++)
        TRY(store_consent_insert(tx, &taking->consents[i].consent, taking->consents[i].units, taking->consents[i].unit_count));
    return store_inbox_tell(tx, &taking->told, NULL);
}

/* ---- the consents ---- */

static Err words_of(const Deed *deed, const LogEntered *entered, const HandshakeYes *said, Day last, Values *ret_values)
{
    Values values = {.kind = kind_of(KIND_CONSENT)};
    Buf persons = buf_new(deed->scratch, 8);
    Str until = STR_NONE, count = STR_NONE;

    TRY(log_day_text(last, deed->scratch, &until));
    buf_add_i64(&persons, consents_required(&entered->consents, deed->actor->now));
    TRY(buf_done(&persons, &count));
    values_put(&values, CONSENT_REQUIRED_PERSONS, count);
    values_put(&values, CONSENT_GIVEN_ON, values_at(&said->values, TRANSFER_YES_GIVEN_ON));
    values_put(&values, CONSENT_METHOD, values_at(&said->values, TRANSFER_YES_METHOD));
    values_put(&values, CONSENT_WITNESS, values_at(&said->values, TRANSFER_YES_WITNESS));
    values_put(&values, CONSENT_TEXT_VERSION, STR(CONSENT_TEXT_EDITION));
    values_put(&values, CONSENT_VALID_FROM, values_at(&said->values, TRANSFER_YES_GIVEN_ON));
    values_put(&values, CONSENT_VALID_TO, until);
    *ret_values = values;
    return ok();
}

typedef struct Renewing {
    const Deed *deed;
    const LogEntered *entered;
    IdList units;
} Renewing;

/* From now on it names the new unit and those of the proposal, and holds as long as the one before. */
static Err renew(const Renewing *renewing, const ConsentGiven *before, const HandshakeYes *said, LogGuardian *made)
{
    const LogEntered *entered = renewing->entered;
    const Deed *deed = renewing->deed;
    const IdList units = renewing->units;
    const LogFamily family = {.actor = deed->actor, .keys = &entered->keys, .units = units.ids, .unit_count = units.count,
                              .consent_months = MONTHS_MOST, .log_no = entered->content.log.no,
                              .document_hash = values_at(&said->values, TRANSFER_YES_DOCUMENT_HASH)};
    NewGuardian given = {0};

    TRY(words_of(deed, entered, said, period_last_day(before->ends_at), &given.consent));
    made->participant.id = before->giver;
    TRY(log_guardian_consent(deed->service, &family, &given, deed->scratch, made));
    made->consent.log_no = entered->content.log.no;
    made->consent.given_at = deed->actor->now;
    made->consent.valid_to = before->ends_at;
    return ok();
}

static const HandshakeYes *said_by(const Handshake *handshake, Id giver)
{
    for (uint32_t i = handshake->yeses.count; i-- > 0;)
        if (id_equal(handshake->said[i].giver, giver))
            return &handshake->said[i];
    return NULL;
}

/* One that is over stays over: a passive log goes on its way without any. */
static Err renew_all(const Deed *deed, const LogEntered *entered, const Handshake *handshake, IdList units, Taking *taking)
{
    const Renewing renewing = {deed, entered, units};
    const Consents *consents = &entered->consents;

    TRY(ARENA_NEW(deed->scratch, LogGuardian, (size_t)consents->count + 1, &taking->consents));
    for (uint32_t i = 0; i < consents->count; i++) {
        const ConsentGiven *before = &consents->items[i];
        const HandshakeYes *said = said_by(handshake, before->giver);
        if (!said || consents_worth(consents, i, deed->actor->now) != CONSENT_COUNTS)
            continue;
        TRY(renew(&renewing, before, said, &taking->consents[taking->consent_count++]));
    }
    return ok();
}

/* ---- the people ---- */

/* Whoever is of a unit that the consents do not name any more, the former one among them. */
static Err people_out(const Deed *deed, const LogEntered *entered, IdList units, Taking *taking)
{
    const ParticipantRows *people = &entered->content.participants;
    Id *dropped = NULL;
    uint32_t count = 0;

    TRY(ARENA_NEW(deed->scratch, Id, (size_t)people->count + 1, &dropped));
    for (uint32_t i = 0; i < people->count; i++)
        if (people->items[i].role == ROLE_ACTOR && !id_is_among(units, people->items[i].unit))
            dropped[count++] = people->items[i].unit;
    return people_out_make(deed, entered, (IdList){dropped, count}, &taking->out);
}

static Err appoint(const Deed *deed, const LogEntered *entered, LogChange *change, Taking *taking)
{
    const LogReader reader = {deed->service, deed->actor, deed->scratch};
    RoleRow role = {0};
    Id role_row;
    Str name;

    if (!is_ok(id_from_text(values_at(deed->asked, TRANSFER_TAKING_HOLDER), &role_row)))
        return fail(E_INVALID);
    TRY(staff_role(deed->actor, role_row, ROLE_RELAY_HOLDER, &role));
    if (!id_equal(role.unit, taking->row.to))
        return fail(E_INVALID);
    TRY(person_name(deed->service, deed->actor, role.person, deed->scratch, &name));
    const BatonTo to = {.service = deed->service, .now = deed->actor->now, .person = role.person, .unit = role.unit, .name = name};
    TRY(baton_pass(&to, entered, deed->scratch, &taking->passing));
    TRY(baton_told(&reader, entered, role.unit, &taking->told));
    TRY(baton_tell(deed->service, &to, entered, deed->scratch, &taking->told));
    change->log.holder = role.person;
    change->log.unit = role.unit;
    return ok();
}

/* ---- the part that is left ---- */

static Err done_words(const Deed *deed, const TransferRow *row, Values *ret_values)
{
    Values values = {.kind = kind_of(KIND_TRANSFER_DONE)};
    Buf hash = buf_new(deed->scratch, 2 * HASH_BYTES);
    Str from = STR_NONE, to = STR_NONE, text = STR_NONE;

    TRY(log_id_text(row->from, deed->scratch, &from));
    TRY(log_id_text(row->to, deed->scratch, &to));
    buf_add_hex(&hash, str_from_bytes(row->hash.bytes, HASH_BYTES));
    TRY(buf_done(&hash, &text));
    values_put(&values, TRANSFER_DONE_FROM, from);
    values_put(&values, TRANSFER_DONE_TO, to);
    values_put(&values, TRANSFER_DONE_HASH, text);
    *ret_values = values;
    return ok();
}

/* Everything that stands there now, and the entry that is kept of this ends it. */
static Err end_part(const Deed *deed, const LogEntered *entered, TransferRow *row)
{
    row->step = entered->content.log.state == STATE_ACTIVE ? TRANSFER_ACCEPTED : TRANSFER_ACCEPTED_PASSIVE;
    row->from = entered->content.log.unit;
    row->ended_by = deed->actor->person;
    row->ended_at = deed->actor->now;
    row->segment = log_segment_end(&entered->content.log);
    return log_segment_hash(&entered->content, entered->content.entries.count, &row->hash);
}

Err deed_transfer_accept(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    Taking *taking = NULL;
    Handshake handshake;
    IdList units = {0};
    Values done;

    TRY(handshake_read(deed, entered, &handshake));
    if (!handshake.decided || !id_equal(handshake.row.to, deed->actor->unit))
        return fail(E_INVALID);
    TRY(ARENA_NEW(deed->scratch, Taking, 1, &taking));
    *taking = (Taking){.row = handshake.row};
    TRY(handshake_units(&handshake.row, deed->scratch, &units));
    TRY(appoint(deed, entered, change, taking));
    TRY(people_out(deed, entered, units, taking));
    TRY(renew_all(deed, entered, &handshake, units, taking));
    TRY(end_part(deed, entered, &taking->row));
    TRY(done_words(deed, &taking->row, &done));
    change->put = put;
    change->self = taking;
    return log_keep(deed, entered, &done, change);
}
