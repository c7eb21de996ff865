/* A guardian who comes later says yes in the app, and is taken into the log by whoever asked them.
 * Must not take in somebody who wrote of another child.
 * Called by web and api. Rules: consent 3, 5-7, sign-in 1. */
#include "service/acts/invitation/invitation_join.h"

#include "service/acts/contact.h"
#include "service/acts/guardian.h"
#include "service/acts/invitation/answered.h"
#include "service/acts/invitation/invitation.h"
#include "service/log/enter.h"

Err invitation_may_join(Service *service, const Actor *actor, Id log, Arena *scratch)
{
    const LogWish wish = {.log = log, .act = ACT_GUARDIAN_ADD, .purpose = PURPOSE_READ, .adds = true};
    AUTO(log_entered_wipe) LogEntered entered = {0};
    Why why;

    TRY(log_enter(&(LogReader){service, actor, scratch}, &wish, &why, &entered));
    return policy_names_units(ROLE_GUARDIAN, entered.ask.flags) ? ok() : fail(E_INVALID);
}

Err invitation_join(Service *service, const Actor *actor, Id invitation, Arena *keep, Id *ret_log)
{
    Answered *answered = NULL;
    GuardianCode code = {0};
    IdList units = {0};

    TRY(ARENA_NEW(keep, Answered, 1, &answered));
    *answered = (Answered){.service = service, .actor = actor, .keep = keep};
    TRY(invitation_may(actor));
    TRY(answered_read(answered, invitation));
    if (id_is_none(answered->row.log))
        return fail(E_NOT_FOUND);
    TRY(invitation_units(&answered->row, keep, &units));
    const PendingConsent *one = &answered->pending.items[0];
    const JoiningGuardian joining = {
        .guardian = {.values = one->guardian, .consent = one->consent, .account = one->person}, .units = units.ids,
        .unit_count = units.count, .child = &one->child, .put = answered_put, .self = answered};
    TRY(log_guardian_add(service, actor, answered->row.log, &joining, &code));
    contact_purge(actor->store);
    *ret_log = answered->row.log;
    return ok();
}
