/* A consent is given again: renewed, wider or narrower. What was given before stays; the newest of each person counts.
 * Must not open a passive log again, nor let anybody in whom the consent names anew.
 * Called by the two acts of this room that take one. Rules: consent 5-7, 9, 19. */
#include "service/acts/consent/renewal.h"

#include "domain/input/media.h"
#include "domain/period.h"
#include "service/acts/child.h"
#include "service/acts/consent/people_out.h"
#include "service/log/consents.h"
#include "service/log/rows.h"

#define PERSONS_ROOM 8

/* What the work puts. */
typedef struct Renewing {
    LogGuardian made; /* its consent and units */
    LogPaper paper;
    PeopleOut out;
    const Actor *actor;
    bool gives_child; /* the child does, or a guardian */
    ChildPlace child; /* of one that was never let in; else of no person */
    Arena *scratch;
} Renewing;

Err renewal_units(const Deed *deed, Str text, IdList *ret_units)
{
    Id *ids = NULL;
    uint32_t count = 0;

    TRY(ARENA_NEW(deed->scratch, Id, LOG_UNITS_MAX + 1, &ids));
    while (text.length > 0) {
        Str unit = STR_NONE;
        text = str_cut(text, '\n', &unit);
        if (count >= LOG_UNITS_MAX || !is_ok(id_from_text(unit, &ids[count++])))
            return fail(E_INVALID);
    }
    *ret_units = (IdList){ids, count};
    return ok();
}

/* ---- what is good ---- */

/* The child, who was never let in. */
static bool is_outside(const LogEntered *entered, Id giver)
{
    return id_equal(giver, entered->content.log.id) && !log_child_row(entered);
}

static bool takes_part(const LogEntered *entered, Id giver, int64_t now)
{
    for (uint32_t i = 0; i < entered->content.participants.count; i++) {
        const ParticipantRow *row = &entered->content.participants.items[i];
        if (id_equal(row->id, giver))
            return row->role == ROLE_CHILD || (row->role == ROLE_GUARDIAN && period_in_force(PERIOD_OF(row), now));
    }
    return is_outside(entered, giver);
}

/* The same for every door: the days, the longest, the witness, the paper (domain/consent.h). */
static Err check(const Deed *deed, const LogEntered *entered, const Renewal *renewal)
{
    unsigned months = (unsigned)entered->settings.values[SETTING_CONSENT_LIFETIME];
    bool witnessed = renewal->method != CONSENT_METHOD_ORAL || renewal->witness.length > 0;
    bool signed_ = renewal->method != CONSENT_METHOD_PAPER || renewal->document.bytes.length > 0;

    if (!witnessed || !signed_ || renewal->document.bytes.length > DOCUMENT_BYTES_MAX)
        return fail(E_INVALID);
    if (renewal->until < renewal->given_on || consent_days(renewal->given_on, renewal->until, oslo_day(deed->actor->now), months) != 0)
        return fail(E_INVALID);
    return takes_part(entered, renewal->giver, deed->actor->now) ? ok() : fail(E_INVALID);
}

static bool is_child(const LogEntered *entered, Id giver)
{
    const ParticipantRows *people = &entered->content.participants;

    for (uint32_t i = 0; i < people->count; i++)
        if (id_equal(people->items[i].id, giver))
            return people->items[i].role == ROLE_CHILD;
    return is_outside(entered, giver);
}

/* A young person answers in the days before the birthday or later, and what is said then holds on the birthday. */
static Err check_child(const LogEntered *entered, const Renewal *renewal, LogChange *change)
{
    const Day from = entered->consents.child_from;

    if (!is_child(entered, renewal->giver))
        return ok();
    if (!(entered->ask.flags & FLAG_CONSENT_NEAR))
        return fail(E_INVALID);
    if (renewal->until >= from)
        return ok();
    change->wrong = RENEWAL_VALID_TO;
    change->fault = FAULT_BEFORE_AGE;
    return fail(E_INVALID);
}

/* The unit that has the log always takes part; the others must be there. */
static Err collect_units(const Deed *deed, const LogEntered *entered, const Renewal *renewal, IdList *ret_units)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    const NamedUnits named = {.own = entered->content.log.unit, .others = renewal->units, .drop_closed = renewal->as_before};

    TRY(store_read(deed->actor->store, &tx));
    return log_named_units(tx, &named, deed->scratch, ret_units);
}

/* Of today it is this moment: after what was withdrawn today before it. */
static Err given_at(const Deed *deed, const LogEntered *entered, const Renewal *renewal, int64_t *ret_at, LogChange *change)
{
    const int64_t now = deed->actor->now;
    Consents consents = entered->consents;

    TRY(log_consents_taken(entered, deed->scratch, &consents));
    *ret_at = consents_given_at(&consents, renewal->giver, renewal->given_on == oslo_day(now) ? now : *ret_at);
    if (*ret_at != 0)
        return ok();
    change->wrong = RENEWAL_GIVEN_ON;
    change->fault = FAULT_SAID_LATER;
    return fail(E_INVALID);
}

/* ---- the consent ---- */

static Err words_of(const Deed *deed, const LogEntered *entered, const Renewal *renewal, Values *ret_values)
{
    Day until = consent_last_day(renewal->given_on, renewal->until, (unsigned)entered->settings.values[SETTING_CONSENT_LIFETIME]);
    Values values = {.kind = kind_of(KIND_CONSENT)};
    Buf persons = buf_new(deed->scratch, PERSONS_ROOM);
    Str given = STR_NONE, from = STR_NONE, last = STR_NONE, count = STR_NONE;
    bool early = is_child(entered, renewal->giver) && renewal->given_on < entered->consents.child_from;

    TRY(log_day_text(early ? entered->consents.child_from : renewal->given_on, deed->scratch, &from));
    TRY(log_day_text(renewal->given_on, deed->scratch, &given));
    TRY(log_day_text(until, deed->scratch, &last));
    buf_add_i64(&persons, consents_required(&entered->consents, deed->actor->now));
    TRY(buf_done(&persons, &count));
    values_put(&values, CONSENT_REQUIRED_PERSONS, count);
    values_put(&values, CONSENT_GIVEN_ON, given);
    values_put(&values, CONSENT_METHOD, code_text(renewal->method));
    values_put(&values, CONSENT_WITNESS, renewal->witness);
    values_put(&values, CONSENT_TEXT_VERSION, STR(CONSENT_TEXT_EDITION));
    values_put(&values, CONSENT_VALID_FROM, from);
    values_put(&values, CONSENT_VALID_TO, last);
    *ret_values = values;
    return ok();
}

static Err make_consent(const Deed *deed, const LogEntered *entered, const Renewal *renewal, IdList units, Renewing *work)
{
    LogFamily family = {.actor = deed->actor, .keys = &entered->keys, .units = units.ids, .unit_count = units.count,
                        .consent_months = (unsigned)entered->settings.values[SETTING_CONSENT_LIFETIME],
                        .log_no = entered->content.log.no};
    NewGuardian given = {0};

    TRY(log_paper_make(deed->service, &entered->keys, &renewal->document, deed->scratch, &work->paper));
    family.document_hash = work->paper.hash;
    TRY(words_of(deed, entered, renewal, &given.consent));
    work->made.participant.id = renewal->giver;
    if (is_outside(entered, renewal->giver)) {
        TRY(log_child_place_in(deed->service, deed->actor, entered, deed->scratch, &work->child));
        work->made.participant.id = work->child.row.id;
    }
    TRY(log_guardian_consent(deed->service, &family, &given, deed->scratch, &work->made));
    work->made.consent.log_no = entered->content.log.no;
    return ok();
}

/* ---- what becomes of the log ---- */

/* Whom this person's consent named until now, and does not any more. */
static Err people_out_of(const Deed *deed, const LogEntered *entered, Id giver, IdList units, PeopleOut *ret_out)
{
    const Consents *consents = &entered->consents;
    Id *dropped = NULL;
    uint32_t count = 0;

    TRY(ARENA_NEW(deed->scratch, Id, (size_t)consents->unit_count + 1, &dropped));
    for (uint32_t i = 0; i < consents->count; i++)
        for (uint32_t k = 0; k < consents->unit_count && consents_stands(consents, i, deed->actor->now); k++)
            if (id_equal(consents->items[i].giver, giver) && id_equal(consents->units[k].consent, consents->items[i].id) &&
                !id_is_among(units, consents->units[k].unit))
                dropped[count++] = consents->units[k].unit;
    return people_out_make(deed, entered, (IdList){dropped, count}, ret_out);
}

/* The clocks of an active log go by the consents as they are from now on, and giving one is activity. A passive log stays what it
 * is: its manager opens it. */
static Err becomes(const Deed *deed, const LogEntered *entered, const Renewing *work, LogChange *change)
{
    const ConsentRow *row = &work->made.consent;
    Consents after = entered->consents;
    ConsentGiven *items = NULL;

    if (entered->content.log.state != STATE_ACTIVE) {
        change->log.wake_on = entered->content.log.wake_on;
        return ok();
    }
    TRY(ARENA_NEW(deed->scratch, ConsentGiven, (size_t)after.count + 1, &items));
    for (uint32_t i = 0; i < after.count; i++)
        items[i] = after.items[i];
    items[after.count++] = (ConsentGiven){.id = row->id, .giver = row->participant, .given_at = row->given_at, .ends_at = row->valid_to,
                                          .child = work->gives_child};
    after.items = items;
    log_change_consents(entered, deed->actor, &after, change);
    return ok();
}

static bool has_given(const LogEntered *entered, Id giver)
{
    for (uint32_t i = 0; i < entered->consents.count; i++)
        if (id_equal(entered->consents.items[i].giver, giver))
            return true;
    return false;
}

static Err put(Tx *tx, void *self)
{
    Renewing *work = self;

    if (!id_is_none(work->child.row.id))
        TRY(log_child_place_put(tx, work->actor, &work->child, work->scratch));
    TRY(store_consent_insert(tx, &work->made.consent, work->made.units, work->made.unit_count));
    TRY(log_paper_put(tx, work->made.consent.log_no, &work->paper));
    return people_out_put(tx, &work->out);
}

Err renewal_make(const Deed *deed, const LogEntered *entered, const Renewal *renewal, LogChange *change)
{
    Renewing *work = NULL;
    IdList units = {0};

    TRY(check(deed, entered, renewal));
    TRY(check_child(entered, renewal, change));
    TRY(collect_units(deed, entered, renewal, &units));
    TRY(ARENA_NEW(deed->scratch, Renewing, 1, &work));
    *work = (Renewing){.actor = deed->actor, .gives_child = is_child(entered, renewal->giver), .scratch = deed->scratch};
    TRY(make_consent(deed, entered, renewal, units, work));
    TRY(given_at(deed, entered, renewal, &work->made.consent.given_at, change));
    TRY(people_out_of(deed, entered, renewal->giver, units, &work->out));
    change->put = put;
    change->self = work;
    change->tells = has_given(entered, renewal->giver) ? NOTICE_CONSENT_RENEWED : NOTICE_CONSENT_GIVEN;
    return becomes(deed, entered, work, change);
}
