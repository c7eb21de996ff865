/* The settings of a municipality: one row each with type, default and range (rules: data 16).
 * Must not be read from anywhere: service gives the stored texts and gets values back.
 * Used by service, web, the command line. Only KA changes them; old and new value are audited. */
#ifndef DOMAIN_SETTINGS_H
#define DOMAIN_SETTINGS_H

#include "base/str.h"

/* name, number (in audit lines for ever), code in storage and forms (label "setting.<code>"), default, minimum, maximum. Yes/no: 0 and 1. */
#define SETTINGS(X)                                              \
    X(CONSENT_AGE, 0, "consent_age_years", 16, 15, 16)           \
    X(HIGHEST_AGE, 1, "highest_age_years", 18, 18, 23)           \
    X(CONSENT_LIFETIME, 2, "consent_lifetime_months", 12, 1, 12) \
    X(CONSENT_GRACE, 3, "consent_grace_days", 0, 0, 30)          \
    X(INACTIVITY, 4, "inactivity_months", 3, 1, 12)              \
    X(LONGEST_PASSIVE, 5, "longest_passive_months", 12, 1, 12)   \
    X(DELETION_DELAY, 6, "deletion_delay_hours", 0, 0, 24)       \
    X(SECOND_APPROVER, 7, "second_approver", 1, 0, 1)            \
    X(GUARDIANS_WRITE, 8, "guardians_write", 1, 0, 1)            \
    X(GUARDIANS_SEE_NAMES, 9, "guardians_see_names", 1, 0, 1)    \
    X(COARSE_FACTS, 10, "coarse_facts", 0, 0, 1)                 \
    X(DIAGNOSIS_FIELD, 11, "diagnosis_field", 1, 0, 1)           \
    X(PRINT, 12, "print", 0, 0, 1)                               \
    X(FORMER_UNIT, 13, "former_unit_months", 3, 0, 12)           \
    X(IDLE_STAFF, 14, "idle_staff_minutes", 15, 5, 30)           \
    X(IDLE_FAMILY, 15, "idle_family_minutes", 30, 5, 60)         \
    X(CHILD_DECIDES, 16, "child_decides", 0, 0, 1) /* alone, from the age of consent */ \
    X(PUBLICATION, 17, "publication_quarters", 2, 1, 4) /* how often statistics are published; not 3 */

#define X(name, number, code, initial, minimum, maximum) SETTING_##name = (number),
enum Setting { SETTINGS(X) SETTING_COUNT };
#undef X
typedef enum Setting Setting;

typedef struct SettingRule {
    const char *code;
    int32_t initial;
    int32_t minimum;
    int32_t maximum;
} SettingRule;

/* All values of one municipality at one moment. */
typedef struct Settings {
    int32_t values[SETTING_COUNT];
} Settings;

SettingRule setting_rule(Setting setting);
/* Errors: E_NOT_FOUND. */
MUST_USE Err setting_from_str(Str code, Setting *ret_setting);

Settings settings_default(void);
/* Puts a stored or typed text in. Highest age is 18 or 23 and nothing between; statistics come each quarter, half-year or year.
 * Errors: E_MALFORMED, E_RANGE; *settings is untouched. */
MUST_USE Err setting_set(Settings *settings, Setting setting, Str text);

#endif
