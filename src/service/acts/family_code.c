/* A new enrolment code for somebody of a log's family.
 * Must not make one that is worth more than what this holder sees already, nor tell whether the account opens more.
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
    Arena *scratch;
    int64_t log_no;
    Id person;
    Str name;
    EnrolmentCode code;
    EnrolmentRow enrolment;
} Recoding;

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
    work->scratch = scratch;
    work->log_no = entered->content.log.no;
    TRY(find_family(work, entered));
    TRY(service_proved(work->actor, ACT_GUARDIAN_ADD));
    TRY(person_name(work->service, work->actor, work->person, work->keep, &work->name));
    return enrolment_code_new(work->service, (EnrolmentWish){work->person, work->actor->now}, scratch, &work->code,
                              &work->enrolment);
}

static Err put_code(Tx *tx, void *self)
{
    Recoding *work = self;

    return enrolment_code_put(tx, &(Giver){work->actor, work->log_no}, &work->code, &work->enrolment, work->scratch);
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
