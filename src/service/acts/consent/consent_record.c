/* The holder or the manager records a consent that was given again, on paper or by word.
 * Must not take one whose paper or witness is missing.
 * Called by service/acts/procedure. Rules: consent 5, 7, 9. */
#include "service/acts/consent/renewal.h"

#include <assert.h>

static_assert((int)RECORDED_PAPER == (int)CONSENT_METHOD_PAPER && (int)RECORDED_ORAL == (int)CONSENT_METHOD_ORAL,
              "how people are told is what is stored");

Err deed_consent_record(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    Renewal renewal = {.method = values_code(deed->asked, RENEWAL_METHOD), .witness = values_at(deed->asked, RENEWAL_WITNESS),
                       .document = {.bytes = deed->document, .media = deed->media}};

    if (!is_ok(id_from_text(values_at(deed->asked, RENEWAL_GIVER), &renewal.giver)) ||
        !values_day(deed->asked, RENEWAL_GIVEN_ON, &renewal.given_on) || !values_day(deed->asked, RENEWAL_VALID_TO, &renewal.until))
        return fail(E_INVALID);
    TRY(renewal_units(deed, values_at(deed->asked, RENEWAL_UNITS), &renewal.units));
    return renewal_make(deed, entered, &renewal, change);
}
