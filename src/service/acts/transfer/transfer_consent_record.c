/* Holder or manager record that somebody said yes to a transfer, on paper or before a witness.
 * Must not take one without the other.
 * Called by service/acts/procedure. Rules: transfer 1, 3. */
#include "domain/input/media.h"
#include "service/acts/transfer/transfer_yes.h"

Err deed_transfer_consent_record(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    const unsigned method = values_code(deed->asked, RENEWAL_METHOD);
    const NewDocument document = {.bytes = deed->document, .media = deed->media};
    Values values = {.kind = kind_of(KIND_TRANSFER_YES)};

    bool witnessed = method != RECORDED_ORAL || values_at(deed->asked, RENEWAL_WITNESS).length > 0;
    bool is_signed = method != RECORDED_PAPER || (document.bytes.length > 0 && document.bytes.length <= DOCUMENT_BYTES_MAX);
    if (!witnessed || !is_signed)
        return fail(E_INVALID);
    values_put(&values, TRANSFER_YES_GIVER, values_at(deed->asked, RENEWAL_GIVER));
    values_put(&values, TRANSFER_YES_GIVEN_ON, values_at(deed->asked, RENEWAL_GIVEN_ON));
    values_put(&values, TRANSFER_YES_METHOD, code_text(method == RECORDED_ORAL ? CONSENT_METHOD_ORAL : CONSENT_METHOD_PAPER));
    values_put(&values, TRANSFER_YES_WITNESS, values_at(deed->asked, RENEWAL_WITNESS));
    return transfer_yes(deed, entered, &values, &document, change);
}
