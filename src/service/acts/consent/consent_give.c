/* A guardian gives their consent again, or a young person theirs, in the app, after a strong sign-in.
 * Must not name a unit that nobody has said yes to before: who else may take part is proposed by the holder.
 * Called by service/acts/procedure. Rules: consent 5, 7, 9, access 21. */
#include "service/acts/consent/own_part.h"
#include "service/acts/consent/renewal.h"

/* Named by a consent of the log, of whomever. */
static bool is_known(const LogEntered *entered, Id unit)
{
    for (uint32_t i = 0; i < entered->consents.unit_count; i++)
        if (id_equal(entered->consents.units[i].unit, unit))
            return true;
    return id_equal(unit, entered->content.log.unit);
}

/* Whoever is told no unit, since it would say where the child is, says yes to those of before. */
static Err units_as_before(const Deed *deed, const LogEntered *entered, Renewal *renewal)
{
    const Consents *consents = &entered->consents;
    Id *units = NULL;

    TRY(ARENA_NEW(deed->scratch, Id, (size_t)consents->unit_count + 1, &units));
    for (uint32_t i = 0; i < consents->count; i++) {
        enum ConsentWorth worth = consents_worth(consents, i, deed->actor->now);
        for (uint32_t k = 0; k < consents->unit_count && worth != CONSENT_REPLACED; k++)
            if (id_equal(consents->items[i].giver, renewal->giver) && id_equal(consents->units[k].consent, consents->items[i].id))
                units[renewal->units.count++] = consents->units[k].unit;
    }
    renewal->units.ids = units;
    renewal->as_before = true;
    return ok();
}

Err deed_consent_give(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    bool hidden = !policy_names_units(deed->actor->role, entered->ask.flags);
    Renewal renewal = {.method = CONSENT_METHOD_IN_APP, .given_on = oslo_day(deed->actor->now)};

    if (!values_day(deed->asked, RENEWAL_VALID_TO, &renewal.until))
        return fail(E_INVALID);
    TRY(own_part(deed, entered, &renewal.giver));
    if (hidden) {
        TRY(units_as_before(deed, entered, &renewal));
        return renewal_make(deed, entered, &renewal, change);
    }
    TRY(renewal_units(deed, values_at(deed->asked, RENEWAL_UNITS), &renewal.units));
    for (uint32_t i = 0; i < renewal.units.count; i++)
        if (!is_known(entered, renewal.units.ids[i]))
            return fail(E_INVALID);
    return renewal_make(deed, entered, &renewal, change);
}
