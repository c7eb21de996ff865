/* Reads the table of settings.
 * Must not hold a value of any municipality.
 * Called by service, web and the command line. */
#include "domain/settings.h"

#define X(name, number, code_, initial_, minimum_, maximum_) \
    [SETTING_##name] = {.code = code_, .initial = initial_, .minimum = minimum_, .maximum = maximum_},
static const SettingRule rules[SETTING_COUNT] = {SETTINGS(X)};
#undef X

SettingRule setting_rule(Setting setting)
{
    return setting < SETTING_COUNT ? rules[setting] : (SettingRule){.code = ""};
}

Err setting_from_str(Str code, Setting *ret_setting)
{
    for (unsigned i = 0; i < SETTING_COUNT; i++) {
        if (str_equal(code, str_from_c(rules[i].code))) {
            *ret_setting = (Setting)i;
            return ok();
        }
    }
    return fail(E_NOT_FOUND);
}

Settings settings_default(void)
{
    Settings settings;
    for (unsigned i = 0; i < SETTING_COUNT; i++)
        settings.values[i] = rules[i].initial;
    return settings;
}

Err setting_set(Settings *settings, Setting setting, Str text)
{
    int64_t value;

    if (setting >= SETTING_COUNT)
        return fail(E_RANGE);
    TRY(num_parse(text, rules[setting].minimum, rules[setting].maximum, &value));
    if (setting == SETTING_HIGHEST_AGE && value != 18 && value != 23)
        return fail(E_RANGE);
    if (setting == SETTING_PUBLICATION && value == 3)
        return fail(E_RANGE);
    settings->values[setting] = (int32_t)value;
    return ok();
}
