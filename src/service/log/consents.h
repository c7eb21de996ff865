/* The consents of a log, from its rows, as what domain/consent.h decides on.
 * Must not decide.
 * Called by the rooms log, reading and acts. */
#ifndef SERVICE_LOG_CONSENTS_H
#define SERVICE_LOG_CONSENTS_H

#include "domain/consent.h"
#include "service/log/entered.h"

/* The same order as the rows. people: whoever takes part; needed are those with an end, and the child, whose participations are one
 * giver, who never leaves. Whose yes is needed is not known yet. Errors: E_NO_MEMORY. */
MUST_USE Err log_consents(const ConsentRows *rows, const ConsentUnitRows *units, const ParticipantRows *people, Arena *keep,
                          Consents *ret_consents);

/* And what has been taken back, which stands in its entries. Errors: E_FORGED, E_NO_MEMORY. */
MUST_USE Err log_consents_taken(const LogEntered *entered, Arena *keep, Consents *consents);

/* Now it is, by the child's entry. */
void log_consents_age(Consents *consents, const Values *child, const LogRow *log, const Settings *settings, int64_t now);

/* Of a log whose content is not read. Errors: E_NO_MEMORY. */
MUST_USE Err log_consents_standing(const LogStanding *standing, Arena *keep, Consents *ret_consents);

#endif
