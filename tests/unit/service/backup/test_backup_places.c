/* The register of places: what it takes, and that nothing outside Norway gets in.
 * Must not look at a disk.
 * Called by meson test. */
#include "support/test.h"

#include "service/backup/places.h"

static Err read(Arena *arena, const char *text, BackupPlaces *ret_places, uint32_t *ret_line)
{
    return backup_places_read(str_from_c(text), arena, ret_places, ret_line);
}

TEST(a_place_has_a_country_a_folder_and_somebody_who_runs_it)
{
    TEST_ARENA(arena);
    BackupPlaces places;
    uint32_t line = 0;

    EXPECT_OK(read(arena, "# where they lie\n\nNO /srv/backup  Sentralen IKS, Oslo \n  NO /mnt/two Arkivhuset\r\n", &places, &line));
    EXPECT(places.count == 2);
    EXPECT(strcmp(places.items[0].path, "/srv/backup") == 0 && strcmp(places.items[1].path, "/mnt/two") == 0);
    EXPECT_STR(places.items[0].keeper, "Sentralen IKS, Oslo");
    EXPECT_STR(places.items[1].keeper, "Arkivhuset");
    EXPECT_OK(read(arena, "", &places, &line));
    EXPECT(places.count == 0);
}

TEST(a_place_outside_norway_is_refused_by_its_line)
{
    static const char *const others[] = {"SE", "DK", "DE", "US", "GB", "SJ"};
    TEST_ARENA(arena);
    BackupPlaces places = {.count = 7};

    for (size_t i = 0; i < COUNT_OF(others); i++) {
        uint32_t line = 0;
        Str text;
        EXPECT_OK(str_format(arena, &text, "NO /a One\n\n%s /b Two\n", others[i]));
        EXPECT_ERR(backup_places_read(text, arena, &places, &line), E_FORBIDDEN);
        EXPECT(line == 3 && places.count == 7);
    }
}

TEST(whatever_is_not_a_place_is_refused)
{
    static const struct {
        const char *text;
        enum err_id error;
    } wrong[] = {
        {"no /a One", E_MALFORMED},   {"NOR /a One", E_MALFORMED}, {"NO a One", E_MALFORMED},      {"NO / One", E_MALFORMED},
        {"NO /a", E_MALFORMED},       {"/a One", E_MALFORMED},     {"NO\t/a\tOne", E_MALFORMED},   {"NO /a \xff", E_BAD_UTF8},
        {"NO /a One\nNO /a Two", E_DUPLICATE},
        {"NO /a A\nNO /b B\nNO /c C\nNO /d D\nNO /e E", E_TOO_LARGE},
    };
    TEST_ARENA(arena);
    BackupPlaces places;
    uint32_t line;

    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        EXPECT_ERR(read(arena, wrong[i].text, &places, &line), wrong[i].error);
}

RUN_TESTS("backup_places")
