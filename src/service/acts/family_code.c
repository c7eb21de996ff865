/* A new enrolment code for somebody of a log's family.
 * Must not make one that opens more than this log.
 * Called by web and api. Rules: sign-in 1, 3. */
#include "service/acts/family_code.h"

#include <string.h>

#include "domain/period.h"
#include "service/log/task.h"

typedef struct Recoding {
    Service *service;
    const Actor *actor;
    Id participant;
    Arena *keep;
    Id person;
    Str name;
    EnrolmentCode code;
    EnrolmentRow enrolment;
} Recoding;

/* Whoever holds a code becomes that person: it must open nothing that this holder does not see already. */
static Err opens_only_this_log(const Recoding *work, int64_t log_no, Arena *scratch)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    ParticipantRows own = {0};
    RoleRows roles = {0};

    TRY(store_read(work->actor->store, &tx));
    TRY(store_participations(tx, work->person, scratch, &own));
    for (uint32_t i = 0; i < own.count; i++)
        if (own.items[i].log_no != log_no && !period_has_end(PERIOD_OF(&own.items[i])))
            return fail(E_INVALID);
    TRY(store_roles_of_person(tx, work->person, scratch, &roles));
    for (uint32_t i = 0; i < roles.count; i++)
        if (!period_has_ended(PERIOD_OF(&roles.items[i]), work->actor->now))
            return fail(E_INVALID);
    return ok();
}

static Err find_family(Recoding *work, const LogEntered *entered)
{
    for (uint32_t i = 0; i < entered->content.participants.count; i++) {
        const ParticipantRow *row = &entered->content.participants.items[i];
        if (!id_equal(row->id, work->participant))
            continue;
        work->person = row->person;
        return role_is_family((Role)row->role) && !period_has_end(PERIOD_OF(row)) ? ok() : fail(E_INVALID);
    }
    return fail(E_INVALID);
}

static Err prepare_code(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    Recoding *work = self;

    (void)change;
    TRY(find_family(work, entered));
    TRY(opens_only_this_log(work, entered->content.log.no, scratch));
    TRY(service_proved(work->actor, ACT_GUARDIAN_ADD));
    TRY(person_name(work->service, work->actor, work->person, work->keep, &work->name));
    return enrolment_code_new(work->service, (EnrolmentWish){work->person, work->actor->now}, scratch, &work->code,
                              &work->enrolment);
}

static Err put_code(Tx *tx, void *self)
{
    Recoding *work = self;

    TRY(store_enrolments_delete_of_person(tx, work->person));
    return store_enrolment_insert(tx, &work->enrolment);
}

Err log_family_code(Service *service, const Actor *actor, LogPart part, Arena *keep, GuardianCode *ret_code)
{
    Recoding work = {.service = service, .actor = actor, .participant = part.participant, .keep = keep};
    const LogTask task = {.wish = {.log = part.log, .act = ACT_GUARDIAN_ADD, .purpose = PURPOSE_WRITE},
                          .prepare = prepare_code, .put = put_code, .self = &work};
    Why why;

    TRY(log_carry_out(service, actor, &task, &why));
    *ret_code = (GuardianCode){.name = work.name};
    memcpy(ret_code->code, work.code.text, sizeof ret_code->code);
    return ok();
}
