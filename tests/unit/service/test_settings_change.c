/* Settings are changed by the administrator only, each with its old and new value in the audit.
 * Must not reach into the database but through the service.
 * Run by meson test. */
#include "domain/settings.h"
#include "service/settings.h"
#include "support/log_fixture.h"

#define TOWN(name)                  \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

TEST(nobody_but_the_administrator_reads_or_changes_settings)
{
    TOWN(town);
    static const Role others[] = {ROLE_RELAY_HOLDER, ROLE_ACTOR, ROLE_GUARDIAN, ROLE_CHILD};
    Settings settings = settings_default();
    Settings wanted = settings;

    wanted.values[SETTING_PRINT] = 1;
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        Actor actor = town_actor(&town, town_id(&town), others[i], town.unit);
        EXPECT_ERR(settings_read(&town.service, &actor, &settings), E_FORBIDDEN);
        EXPECT_ERR(settings_change(&town.service, &actor, &settings, &wanted), E_FORBIDDEN);
    }
    Actor manager = town_actor(&town, town_id(&town), ROLE_ORG_MANAGER, town.unit);
    EXPECT_ERR(settings_change(&town.service, &manager, &settings, &wanted), E_FORBIDDEN);
}

TEST(a_changed_setting_is_read_back_and_its_line_holds_the_old_and_the_new_value)
{
    TOWN(town);
    Actor admin = town_staff(&town, STR("Kari Kommune"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    Settings seen = {0}, wanted, after = {0};

    EXPECT_OK(settings_read(&town.service, &admin, &seen));
    EXPECT(seen.values[SETTING_INACTIVITY] == 3);
    wanted = seen;
    wanted.values[SETTING_INACTIVITY] = 6;
    wanted.values[SETTING_PRINT] = 1;
    EXPECT_OK(settings_change(&town.service, &admin, &seen, &wanted));
    EXPECT_OK(settings_read(&town.service, &admin, &after));
    EXPECT(after.values[SETTING_INACTIVITY] == 6 && after.values[SETTING_PRINT] == 1);

    AuditRows rows = town_lines(&town, settings_line_object(SETTING_INACTIVITY, 3, 6));
    EXPECT(rows.count == 1 && rows.items[0].line.act == ACT_SETTINGS_WRITE);
    EXPECT(town_lines(&town, settings_line_object(SETTING_PRINT, 0, 1)).count == 1);
}

TEST(a_setting_that_somebody_changed_meanwhile_is_not_overwritten)
{
    TOWN(town);
    Actor admin = town_staff(&town, STR("Kari Kommune"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    Settings seen = {0}, first, second;

    EXPECT_OK(settings_read(&town.service, &admin, &seen));
    first = second = seen;
    first.values[SETTING_INACTIVITY] = 6;
    second.values[SETTING_INACTIVITY] = 9;
    second.values[SETTING_PRINT] = 1;
    EXPECT_OK(settings_change(&town.service, &admin, &seen, &first));
    EXPECT_ERR(settings_change(&town.service, &admin, &seen, &second), E_STALE);
    EXPECT_OK(settings_read(&town.service, &admin, &seen));
    EXPECT(seen.values[SETTING_INACTIVITY] == 6 && seen.values[SETTING_PRINT] == 0);
}

RUN_TESTS("settings of a municipality")
