/* The settings of a municipality: read and changed by its administrator, in force at everybody's next request.
 * Must not know what a setting means: domain/settings.h says which there are.
 * Called by web and cli. Rule: data 16. */
#ifndef SERVICE_SETTINGS_H
#define SERVICE_SETTINGS_H

#include "domain/settings.h"
#include "service/service.h"

/* One line. Errors: E_FORBIDDEN. */
MUST_USE Err settings_read(Service *service, const Actor *actor, Settings *ret_settings);
/* Puts wanted in the place of seen. Only what differs between the two is written, each with a line of its own that says
 * which setting, its old and its new value (settings_line_object). Nothing differs: nothing is written.
 * Errors: E_FORBIDDEN; E_STALE when somebody has changed one of these since it was seen. */
MUST_USE Err settings_change(Service *service, const Actor *actor, const Settings *seen, const Settings *wanted);
/* What a line of a changed setting is about (OBJECT_SETTING): setting, old and new value, 4 bytes each, big-endian, then
 * zeros (docs/formats.md). */
Id settings_line_object(Setting setting, int32_t before, int32_t after);

/* The municipality's settings as they stand in this snapshot or work. Errors: E_RANGE for a stored text that no rule allows. */
MUST_USE Err settings_now(Tx *tx, Arena *scratch, Settings *ret_settings);
/* The same from rows that were read with something else. */
MUST_USE Err settings_from(const SettingRows *rows, Settings *ret_settings);
/* How many months a consent may hold here: a setting of the municipality, 1..12. */
MUST_USE Err log_consent_months(const Actor *actor, Arena *scratch, unsigned *ret_months);
/* From which age a child is asked for its own consent. */
MUST_USE Err log_consent_age(const Actor *actor, Arena *scratch, int *ret_years);

#endif
