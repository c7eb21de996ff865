/* Holder or manager confirm that a quiet log stays open: its clock of inactivity starts anew.
 * Must not be done a third time in a row: then somebody writes in it, or it is set passive.
 * Called by service/acts/procedure. Rule: rest 1. */
#include "service/log/deed.h"
#include "service/log/lived.h"

Err deed_activity_confirm(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    (void)deed;
    (void)change;
    return log_quiet(entered).confirmed < CONFIRMED_MOST ? ok() : fail(E_INVALID);
}
