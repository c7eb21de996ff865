/* A guardian who joins a log that lives.
 * Must not store anything about a guardian whose consent does not hold.
 * Called by web and api. Rules: consent 1, 5-7, sign-in 1, 3. */
#include "service/acts/guardian.h"

#include <string.h>

#include "domain/consent.h"
#include "domain/input/media.h"
#include "domain/input/numbers.h"
#include "domain/lifecycle.h"
#include "domain/period.h"
#include "service/log/consents.h"
#include "service/log/task.h"

#define GUARDIANS_MAX 4

typedef struct Joining {
    Service *service;
    const Actor *actor;
    const JoiningGuardian *asked;
    Arena *scratch;
    int64_t log_no;
    IdList units;
    LogPaper paper;
    LogGuardian made;
} Joining;

/* With it the log may wake earlier: the consent that ends first may be this one. */
static Err consent_holds(const Joining *joining, const LogEntered *entered, LogRow *log)
{
    const int64_t now = joining->actor->now;
    ConsentGiven given;

    if (!consent_from_values(&joining->asked->guardian.consent, &given) ||
        !dates_good(&joining->asked->guardian.consent, (Written){.today = oslo_day(now)}))
        return fail(E_INVALID);
    const Consents own = {.items = &given, .count = 1};
    if (consents_flags(&own, now, 0) != 0)
        return fail(E_INVALID);
    const ClockWatch watch = log_clocks(&entered->settings, log, &own, &entered->child, now);
    int64_t wake = clocks_wake(&watch, now);
    log->wake_on = wake < log->wake_on ? wake : log->wake_on;
    return ok();
}

static Err collect_units(Joining *joining)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    const NamedUnits named = {.own = joining->actor->unit, .others = {joining->asked->units, joining->asked->unit_count}};

    TRY(store_read(joining->actor->store, &tx));
    return log_named_units(tx, &named, joining->scratch, &joining->units);
}

/* Whether it is the same human who takes part, or took part before: their number stays when they leave. */
static Err is_same(const Joining *joining, const LogEntered *entered, const ParticipantRow *row, bool *ret_same)
{
    const LogPlace place = {SEAL_TABLE_PARTICIPANT, SEAL_COLUMN_BODY, row->id, row->version};
    Str number = values_at(&joining->asked->guardian.values, GUARDIAN_NATIONAL_ID);
    Values values;

    *ret_same = false;
    if (row->role != ROLE_GUARDIAN || number.length == 0)
        return ok();
    TRY(log_unseal(&entered->keys, (LogSealed){place, KIND_GUARDIAN, row->sealed}, joining->scratch, &values));
    *ret_same = str_equal(values_at(&values, GUARDIAN_NATIONAL_ID), number);
    return ok();
}

/* What they said last counts, also where they said it before they left and came back. */
static Err said_no_other(const Joining *joining, const LogEntered *entered)
{
    Consents consents = entered->consents;
    ConsentGiven given;
    bool same = false;

    if (!consent_from_values(&joining->asked->guardian.consent, &given))
        return fail(E_INVALID);
    TRY(log_consents_taken(entered, joining->scratch, &consents));
    for (uint32_t i = 0; i < entered->content.participants.count; i++) {
        const ParticipantRow *row = &entered->content.participants.items[i];
        TRY(is_same(joining, entered, row, &same));
        if (same && consents_given_at(&consents, row->id, given.given_at) == 0)
            return fail(E_INVALID);
    }
    return ok();
}

static Err check_person(const Joining *joining, const LogEntered *entered)
{
    Str number = values_at(&joining->asked->guardian.values, GUARDIAN_NATIONAL_ID);
    uint32_t guardians = 0;

    for (uint32_t i = 0; i < entered->content.participants.count; i++)
        guardians += entered->content.participants.items[i].role == ROLE_GUARDIAN &&
                     !period_has_end(PERIOD_OF(&entered->content.participants.items[i]));
    if (guardians >= GUARDIANS_MAX || joining->asked->document.bytes.length > DOCUMENT_BYTES_MAX)
        return fail(E_INVALID);
    if (joining->asked->child && !consent_same_child(joining->asked->child, &entered->child))
        return fail(E_RANGE);
    return number.length > 0 && str_equal(number, values_at(&entered->child, CHILD_NATIONAL_ID)) ? fail(E_INVALID) : ok();
}

/* By their account or by their number: no account is found by what somebody typed in the app. */
static Err takes_part(const Joining *joining, const LogEntered *entered)
{
    bool same = false;

    for (uint32_t i = 0; i < entered->content.participants.count; i++) {
        const ParticipantRow *row = &entered->content.participants.items[i];
        if (period_has_end(PERIOD_OF(row)) || !role_is_family((Role)row->role))
            continue;
        TRY(is_same(joining, entered, row, &same));
        if (same || id_equal(row->person, joining->made.account.person))
            return fail(E_INVALID);
    }
    return ok();
}

/* What was said in the app could not say how many consent to this log: its own number was not told. */
static Err consent_beside(const Joining *joining, const LogEntered *entered, Arena *scratch, NewGuardian *guardian)
{
    uint32_t persons = consents_required(&entered->consents, joining->actor->now) + 1;
    Str count = STR_NONE;

    if (!joining->asked->child)
        return ok();
    TRY(str_format(scratch, &count, "%u", persons < GUARDIANS_MAX ? persons : GUARDIANS_MAX));
    values_put(&guardian->consent, CONSENT_REQUIRED_PERSONS, count);
    return ok();
}

static Err prepare_guardian(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    Joining *joining = self;
    LogFamily family = {.actor = joining->actor, .keys = &entered->keys,
                        .consent_months = (unsigned)entered->settings.values[SETTING_CONSENT_LIFETIME]};

    NewGuardian guardian = joining->asked->guardian;

    joining->scratch = scratch;
    joining->log_no = entered->content.log.no;
    TRY(consent_holds(joining, entered, &change->log));
    TRY(collect_units(joining));
    TRY(check_person(joining, entered));
    TRY(said_no_other(joining, entered));
    TRY(log_paper_make(joining->service, &entered->keys, &joining->asked->document, scratch, &joining->paper));
    family.document_hash = joining->paper.hash;
    family.units = joining->units.ids;
    family.unit_count = joining->units.count;
    family.log_no = joining->log_no;
    TRY(consent_beside(joining, entered, scratch, &guardian));
    TRY(log_guardian_make(joining->service, &family, &guardian, scratch, &joining->made));
    change->tells = NOTICE_CONSENT_GIVEN;
    return takes_part(joining, entered);
}

static Err put_guardian(Tx *tx, void *self)
{
    Joining *joining = self;

    TRY(log_guardian_put(tx, &(Giver){joining->actor, joining->log_no}, &joining->made, joining->scratch));
    TRY(log_paper_put(tx, joining->log_no, &joining->paper));
    return joining->asked->put ? joining->asked->put(tx, joining->asked->self) : ok();
}

Err log_guardian_add(Service *service, const Actor *actor, Id log, const JoiningGuardian *joining, GuardianCode *ret_code)
{
    Joining work = {.service = service, .actor = actor, .asked = joining};
    const LogTask task = {.wish = {.log = log, .act = ACT_GUARDIAN_ADD, .purpose = PURPOSE_WRITE},
                          .prepare = prepare_guardian, .put = put_guardian, .self = &work};
    GuardianCode code = {.name = values_at(&joining->guardian.values, GUARDIAN_NAME)};
    Why why;

    TRY(log_carry_out(service, actor, &task, &why));
    memcpy(code.code, work.made.account.code.text, sizeof code.code);
    *ret_code = code;
    return ok();
}
