/* A log need not be kept any more: what would have been erased while it had to be is erased now.
 * Must not touch anybody who takes part.
 * Called by service/acts/procedure. Rules: states 8, access 28. */
#include "domain/period.h"
#include "service/acts/contact.h"
#include "service/log/deed.h"

/* The guardians who have left. */
typedef struct Lifting {
    ParticipantRow *rows;
    uint32_t count;
    ContactGone gone;
} Lifting;

static Err put(Tx *tx, void *self)
{
    Lifting *lifting = self;

    for (uint32_t i = 0; i < lifting->count; i++) {
        lifting->gone.person = lifting->rows[i].person;
        lifting->gone.participant = lifting->rows[i].id;
        TRY(contact_account_delete(tx, &lifting->gone));
        TRY(store_participant_update(tx, &lifting->rows[i]));
    }
    return ok();
}

Err deed_legal_hold_lift(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    const ParticipantRows *people = &entered->content.participants;
    const int64_t now = deed->actor->now;
    Lifting *lifting = NULL;

    TRY(ARENA_NEW(deed->scratch, Lifting, 1, &lifting));
    *lifting = (Lifting){.gone = {.log_no = entered->content.log.no, .now = now, .scratch = deed->scratch}};
    TRY(ARENA_NEW(deed->scratch, ParticipantRow, (size_t)people->count + 1, &lifting->rows));
    for (uint32_t i = 0; i < people->count; i++) {
        const ParticipantRow *row = &people->items[i];
        if (row->role != ROLE_GUARDIAN || !period_has_ended(PERIOD_OF(row), now))
            continue;
        lifting->rows[lifting->count] = *row;
        TRY(contact_seal(entered, false, deed->scratch, &lifting->rows[lifting->count++]));
    }
    change->put = put;
    change->self = lifting;
    change->erases = lifting->count > 0;
    return ok();
}
