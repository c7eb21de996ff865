/* Somebody who must consent says yes to one transfer; when all have, its manager decides.
 * Must not take the yes of somebody whose consent does not stand.
 * Called by the two acts of this room that take one. */
#include "service/acts/transfer/transfer_yes.h"

#include "service/log/keep.h"

typedef struct Saying {
    TransferRow row;
    bool agreed;  /* by this yes */
    int64_t log_no;
    LogPaper paper;
} Saying;

static Err put(Tx *tx, void *self)
{
    const Saying *saying = self;

    TRY(log_paper_put(tx, saying->log_no, &saying->paper));
    return saying->agreed ? store_transfer_update(tx, &saying->row) : ok();
}

Err transfer_yes(const Deed *deed, const LogEntered *entered, Values *values, const NewDocument *document, LogChange *change)
{
    const int64_t now = deed->actor->now;
    Handshake handshake;
    Saying *saying = NULL;
    Id giver;

    TRY(handshake_read(deed, entered, &handshake));
    TRY(id_from_text(values_at(values, TRANSFER_YES_GIVER), &giver));
    if (!transfer_asks(&entered->consents, giver, now) || transfer_has_yes(&entered->consents, handshake.yeses, giver))
        return fail(E_INVALID);
    TRY(ARENA_NEW(deed->scratch, Saying, 1, &saying));
    *saying = (Saying){.row = handshake.row, .log_no = entered->content.log.no};
    TRY(log_paper_make(deed->service, &entered->keys, document, deed->scratch, &saying->paper));
    values_put(values, TRANSFER_YES_DOCUMENT_HASH, saying->paper.hash);
    handshake.yes[handshake.yeses.count++] = (TransferYes){.giver = giver, .at = now};
    saying->agreed = transfer_agreed(&entered->consents, handshake.yeses, now);
    saying->row.step = saying->agreed ? TRANSFER_AGREED : saying->row.step;
    change->put = put;
    change->self = saying;
    change->quiet = true;
    return log_keep(deed, entered, values, change);
}
