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
#include "service/log/task.h"

#define GUARDIANS_MAX 4

typedef struct Joining {
    Service *service;
    const Actor *actor;
    const JoiningGuardian *asked;
    Arena *scratch;
    int64_t log_no;
    Id units[LOG_UNITS_MAX + 1];
    uint32_t unit_count;
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

/* The holder's own unit always takes part; the others must be there. */
static Err collect_units(Joining *joining)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    const JoiningGuardian *asked = joining->asked;

    if (asked->unit_count > LOG_UNITS_MAX)
        return fail(E_INVALID);
    joining->units[0] = joining->actor->unit;
    joining->unit_count = 1;
    TRY(store_read(joining->actor->store, &tx));
    for (uint32_t i = 0; i < asked->unit_count; i++) {
        UnitRow row = {0};
        if (id_equal(asked->units[i], joining->actor->unit))
            continue;
        Err found = store_unit_by_id(tx, asked->units[i], joining->scratch, &row);
        if (found.id == E_NOT_FOUND || (is_ok(found) && row.closed_at != 0))
            return fail(E_INVALID);
        TRY(found);
        joining->units[joining->unit_count++] = asked->units[i];
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
    return number.length > 0 && str_equal(number, values_at(&entered->child, CHILD_NATIONAL_ID)) ? fail(E_INVALID) : ok();
}

static Err takes_part(const Joining *joining, const LogEntered *entered)
{
    for (uint32_t i = 0; i < entered->content.participants.count; i++) {
        const ParticipantRow *row = &entered->content.participants.items[i];
        if (!period_has_end(PERIOD_OF(row)) && role_is_family((Role)row->role) &&
            id_equal(row->person, joining->made.account.person))
            return fail(E_INVALID);
    }
    return ok();
}

static Err prepare_guardian(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    Joining *joining = self;
    LogFamily family = {.actor = joining->actor, .keys = &entered->keys, .units = joining->units,
                        .consent_months = (unsigned)entered->settings.values[SETTING_CONSENT_LIFETIME]};

    joining->scratch = scratch;
    joining->log_no = entered->content.log.no;
    TRY(consent_holds(joining, entered, &change->log));
    TRY(collect_units(joining));
    TRY(check_person(joining, entered));
    TRY(log_paper_make(joining->service, &entered->keys, &joining->asked->document, scratch, &joining->paper));
    family.document_hash = joining->paper.hash;
    family.unit_count = joining->unit_count;
    family.log_no = joining->log_no;
    TRY(log_guardian_make(joining->service, &family, &joining->asked->guardian, scratch, &joining->made));
    return takes_part(joining, entered);
}

static Err put_guardian(Tx *tx, void *self)
{
    Joining *joining = self;

    TRY(log_guardian_put(tx, &(Giver){joining->actor, joining->log_no}, &joining->made, joining->scratch));
    return log_paper_put(tx, joining->log_no, &joining->paper);
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
