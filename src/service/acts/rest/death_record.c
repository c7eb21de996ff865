/* A death is recorded: from then on lists and stubs, which see no entry, know by the header that no consent is to be renewed.
 * Must not close the log: its clocks do.
 * Called by service/acts/procedure. Rule: clocks 12. */
#include "service/log/change.h"
#include "service/log/deed.h"

Err deed_death_record(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    Values *header = NULL;

    TRY(log_header_to_change(entered, deed->scratch, change, &header));
    values_put(header, HEADER_DIED, VALUE_YES);
    return ok();
}
