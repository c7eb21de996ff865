#include "support/test.h"

#include "domain/settings.h"

TEST(every_setting_begins_inside_its_own_range)
{
    Settings settings = settings_default();
    for (unsigned i = 0; i < SETTING_COUNT; i++) {
        SettingRule rule = setting_rule((Setting)i);
        EXPECT(settings.values[i] >= rule.minimum && settings.values[i] <= rule.maximum);
    }
}

TEST(every_setting_refuses_what_is_just_outside_its_range_and_takes_its_ends)
{
    TEST_ARENA(arena);
    for (unsigned i = 0; i < SETTING_COUNT; i++) {
        SettingRule rule = setting_rule((Setting)i);
        Settings settings = settings_default();
        Str text = STR_NONE;

        EXPECT_OK(str_format(arena, &text, "%d", rule.maximum + 1));
        EXPECT_ERR(setting_set(&settings, (Setting)i, text), E_RANGE);
        EXPECT_OK(str_format(arena, &text, "%d", rule.minimum - 1));
        EXPECT_ERR(setting_set(&settings, (Setting)i, text), E_RANGE);
        EXPECT(settings.values[i] == rule.initial);
        EXPECT_OK(str_format(arena, &text, "%d", rule.minimum));
        EXPECT_OK(setting_set(&settings, (Setting)i, text));
        EXPECT_OK(str_format(arena, &text, "%d", rule.maximum));
        EXPECT_OK(setting_set(&settings, (Setting)i, text));
    }
}

TEST(the_highest_age_is_eighteen_or_twenty_three_and_nothing_between)
{
    Settings settings = settings_default();

    EXPECT_ERR(setting_set(&settings, SETTING_HIGHEST_AGE, STR("20")), E_RANGE);
    EXPECT_OK(setting_set(&settings, SETTING_HIGHEST_AGE, STR("23")));
    EXPECT(settings.values[SETTING_HIGHEST_AGE] == 23);
}

TEST(statistics_are_published_each_quarter_half_year_or_year)
{
    Settings settings = settings_default();

    EXPECT(settings.values[SETTING_PUBLICATION] == 2);
    EXPECT_ERR(setting_set(&settings, SETTING_PUBLICATION, STR("3")), E_RANGE);
    EXPECT_OK(setting_set(&settings, SETTING_PUBLICATION, STR("4")));
}

TEST(a_setting_is_found_by_its_code_and_by_nothing_else)
{
    Setting found = SETTING_PRINT;

    EXPECT_ERR(setting_from_str(STR("no_such_setting"), &found), E_NOT_FOUND);
    for (unsigned i = 0; i < SETTING_COUNT; i++) {
        EXPECT_OK(setting_from_str(str_from_c(setting_rule((Setting)i).code), &found));
        EXPECT(found == (Setting)i);
    }
}

TEST(a_number_outside_the_list_is_no_setting)
{
    Settings settings = settings_default();

    EXPECT_ERR(setting_set(&settings, SETTING_COUNT, STR("1")), E_RANGE);
    EXPECT(setting_rule(SETTING_COUNT).code[0] == '\0');
}

RUN_TESTS("settings")
