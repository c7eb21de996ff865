/* The consents of a log, from its rows, as what domain/consent.h decides on.
 * Must not decide.
 * Called by the rooms log, reading and acts. */
#ifndef SERVICE_LOG_CONSENTS_H
#define SERVICE_LOG_CONSENTS_H

#include "domain/consent.h"
#include "store/store.h"

/* The same order as the rows. people: whoever takes part; needed are those with an end. Errors: E_NO_MEMORY. */
MUST_USE Err log_consents(const ConsentRows *rows, const ConsentUnitRows *units, const ParticipantRows *people, Arena *keep,
                          Consents *ret_consents);

/* Of a log whose content is not read. Errors: E_NO_MEMORY. */
MUST_USE Err log_consents_standing(const LogStanding *standing, Arena *keep, Consents *ret_consents);

#endif
