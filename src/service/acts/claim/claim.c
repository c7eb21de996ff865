/* What stands in a log of a claim, for its deeds.
 * Must not be asked before the log is entered.
 * Called by the files of this room. */
#include "service/acts/claim/claim.h"

#include "service/log/change.h"
#include "service/log/lived.h"
#include "service/log/rows.h"

#define DAY_ROOM 16

/* Whether the newest opinion since the claim was filed is for it. */
static Err read_support(const Deed *deed, const LogEntered *entered, const EntryRow *claim, bool *ret_supported)
{
    const EntryRow *opinion = log_lived_last(entered, KIND_OPINION);
    LogEntry entry;

    *ret_supported = false;
    if (!opinion || opinion->at < claim->at)
        return ok();
    TRY(log_open_entry(&entered->keys, opinion, deed->scratch, &entry));
    *ret_supported = values_code(&entry.values, OPINION_OPINION) == OPINION_FOR;
    return ok();
}

Err claim_read(const Deed *deed, const LogEntered *entered, Claim *ret_claim, Role *ret_claimant)
{
    const EntryRow *row = log_lived_last(entered, KIND_CLAIM);

    if (!row)
        return fail(E_INVALID);
    if (!is_ok(role_from_u8(row->author_role, ret_claimant)))
        return fail(E_FORGED);
    bool child = *ret_claimant == ROLE_CHILD, adult = child && (entered->ask.flags & FLAG_OF_AGE);
    *ret_claim = (Claim){.adult = adult, .child = child && !adult};
    return read_support(deed, entered, row, &ret_claim->supported);
}

Err claim_header(const Deed *deed, const LogEntered *entered, Day claimed_on, unsigned decision, LogChange *change)
{
    Buf day = buf_new(deed->scratch, DAY_ROOM);
    Values *header = NULL;
    Str text = STR_NONE;

    TRY(log_header_to_change(entered, deed->scratch, change, &header));
    if (claimed_on)
        buf_add_day(&day, claimed_on);
    TRY(buf_done(&day, &text));
    values_put(header, HEADER_CLAIMED_ON, text);
    values_put(header, HEADER_DECISION, decision ? code_text(decision) : STR_NONE);
    return ok();
}
