/* The copy that the family of a log is offered before its deletion.
 * Must not open anything but the header.
 * Called by enter and the acts. */
#include "service/log/copy.h"

#include "domain/lifecycle.h"
#include "domain/period.h"
#include "service/log/rows.h"

#define DAY_ROOM 16

/* An offer of somebody's stands in the header; that of an adult follows from the birth alone. */
static bool asks_header(const LogEntered *entered)
{
    Act act = entered->wish.act;

    return (entered->content.log.flags & FLAG_COPY_AWAITED) || act == ACT_EXPORT_OWN || act == ACT_COPY_WAIVE;
}

Err log_copy_open(LogEntered *entered, int64_t now, Arena *keep)
{
    const LogRow *log = &entered->content.log;
    Values header = entered->child;

    if (asks_header(entered))
        TRY(log_header_open(entered, keep, &header));
    entered->copy = copy_offer(&header, log->state == STATE_PASSIVE ? log->passive_at : 0, oslo_day(now));
    return ok();
}

/* Nobody was offered one yet where the manager has not spoken about the holder's wish: it is awaited all the same. */
Flags log_copy_flags(const LogEntered *entered, int64_t now)
{
    const CopyOffer *offer = &entered->copy;
    const LogRow *log = &entered->content.log;
    Flags open = copy_flags(offer, oslo_day(now));
    bool offered = open || (!offer->adult && !offer->offered_on);

    if (offer->adult)
        offered = offered && log->state == STATE_PASSIVE && !(log->flags & FLAG_ASKED) && !log_copy_settled(entered, (Id){0}, now);
    else
        offered = offered && (log->flags & FLAG_COPY_AWAITED);
    /* Nobody is owed a copy of what is there by mistake. */
    return open | (offered && !(log->flags & FLAG_MISTAKE) ? FLAG_COPY_AWAITED : 0);
}

bool log_copy_answered(const LogEntered *entered, Id person)
{
    Day from = copy_from(&entered->copy);

    for (uint32_t i = 0; i < entered->newest.count; i++) {
        const EntryRow *row = entered->newest.items[i].first;
        if (row->kind == KIND_COPY && id_equal(row->author, person) && oslo_day(row->at) >= from)
            return true;
    }
    return false;
}

/* Old enough to answer for itself. */
static bool is_old(const LogEntered *entered, Day today)
{
    Day birth;

    return values_day(&entered->child, CHILD_BIRTH_DATE, &birth) &&
           consent_age_flags(birth, today, entered->settings.values[SETTING_CONSENT_AGE]);
}

static bool is_offered(const LogEntered *entered, const ParticipantRow *row, int64_t now)
{
    if (row->role == ROLE_CHILD)
        return entered->copy.adult || (row->let_in && is_old(entered, oslo_day(now)));
    return row->role == ROLE_GUARDIAN && !entered->copy.adult && period_in_force(PERIOD_OF(row), now);
}

bool log_copy_settled(const LogEntered *entered, Id person, int64_t now)
{
    bool any = false;

    for (uint32_t i = 0; i < entered->content.participants.count; i++) {
        const ParticipantRow *row = &entered->content.participants.items[i];
        if (!is_offered(entered, row, now))
            continue;
        any = true;
        if (!id_equal(row->person, person) && !log_copy_answered(entered, row->person))
            return false;
    }
    return any;
}

Err log_change_copy(const LogEntered *entered, Day offered_on, Arena *keep, LogChange *change)
{
    Buf day = buf_new(keep, DAY_ROOM);
    Values *header = NULL;
    Str text = STR_NONE;

    TRY(log_header_to_change(entered, keep, change, &header));
    if (offered_on)
        buf_add_day(&day, offered_on);
    TRY(buf_done(&day, &text));
    values_put(header, HEADER_COPY_OFFERED_ON, text);
    return ok();
}
