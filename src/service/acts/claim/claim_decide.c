/* A claim is decided: refused on a ground, or the log is corrected, rests, or goes on to its deletion.
 * Must not delete anything, nor go on to a deletion that the manager does not support unless the adult asked.
 * Called by service/acts/procedure. Rule: scenarios 2, 3. */
#include "base/calendar.h"
#include "service/acts/claim/claim.h"
#include "service/log/copy.h"
#include "service/log/keep.h"

/* The decision that a log rests is the beginning of its rest, which stands in the log as any other. */
static Err begin_rest(const Deed *deed, const LogEntered *entered, Role claimant, LogChange *change)
{
    Values rest = {.kind = kind_of(KIND_RESTRICTION)};

    values_put(&rest, RESTRICTION_ASKED_BY, code_text(claimant == ROLE_CHILD ? ASKED_BY_CHILD : ASKED_BY_GUARDIAN));
    values_put(&rest, RESTRICTION_REASON, values_at(deed->asked, DECISION_REASON));
    change->also = ACT_RESTRICT;
    return log_keep(deed, entered, &rest, change);
}

Err deed_claim_decide(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    Role claimant = ROLE_NONE;
    Claim claim;

    TRY(claim_read(deed, entered, &claim, &claimant));
    if (!claim_decision_fits(&claim, deed->asked))
        return fail(E_INVALID);
    Flags sets = claim_decision_flags(&claim, deed->asked);
    Flags set = sets & ~change->log.flags;
    log_change_flags(entered, deed->actor, set, claim_decision_lifts(deed->asked), change);
    if (set & FLAG_RESTRICTED)
        TRY(begin_rest(deed, entered, claimant, change));
    change->tells = sets & FLAG_COPY_AWAITED ? NOTICE_COPY_OFFERED : NOTICE_NONE;
    TRY(log_change_copy(entered, sets & FLAG_COPY_AWAITED ? oslo_day(deed->actor->now) : 0, deed->scratch, change));
    return claim_header(deed, entered, 0, values_code(deed->asked, DECISION_DECISION), change);
}
