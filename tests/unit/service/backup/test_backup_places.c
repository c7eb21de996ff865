/* The register of places: what it takes, and that nothing outside Norway gets in.
 * Must not look at a disk.
 * Called by meson test. */
#include "support/test.h"

#include "service/backup/fed.h"
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

TEST(a_place_may_be_a_program_that_takes_backups_elsewhere)
{
    TEST_ARENA(arena);
    BackupPlaces places;
    uint32_t line = 0;

    EXPECT_OK(read(arena, "NO /srv/backup One\nNO command:/usr/local/bin/away Arkivhuset AS, Bergen\n", &places, &line));
    EXPECT(places.count == 1 && places.command_count == 1 && strcmp(places.commands[0].path, "/usr/local/bin/away") == 0);
    EXPECT_STR(places.commands[0].keeper, "Arkivhuset AS, Bergen");
    EXPECT_ERR(read(arena, "NO command:away One", &places, &line), E_MALFORMED);
    EXPECT_ERR(read(arena, "NO command: One", &places, &line), E_MALFORMED);
    EXPECT_ERR(read(arena, "SE command:/a One", &places, &line), E_FORBIDDEN);
    EXPECT_ERR(read(arena, "NO command:/a One\nNO command:/a Two", &places, &line), E_DUPLICATE);
    EXPECT_ERR(read(arena, "NO command:/a A\nNO command:/b B\nNO command:/c C\nNO command:/d D\nNO command:/e E", &places, &line), E_TOO_LARGE);
    EXPECT_OK(read(arena, "NO /a A\nNO /b B\nNO /c C\nNO /d D\nNO command:/e E", &places, &line));
    EXPECT(places.count == 4 && places.command_count == 1);
}

/* ---- what such a place was given ---- */

#define HOUR_MS INT64_C(3600000)
#define DAY_AND_TWO (26 * HOUR_MS)

static BackupFeeds feeds_of(Arena *arena, const char *text)
{
    BackupFeeds feeds = {.count = 9};

    EXPECT_OK(backup_feeds_read(str_from_c(text), arena, &feeds));
    return feeds;
}

TEST(what_a_place_was_given_is_written_and_read_back_and_of_places_that_are_none_any_more_it_is_forgotten)
{
    static const char kept[] = "1795478400000 20261124T0000Z-a.backup /bin/one\n1795478400001 20261124T0000Z-a.backup /bin/the two\n";
    TEST_ARENA(arena);
    BackupPlaces places;
    uint32_t line = 0;
    Str text;

    BackupFeeds feeds = feeds_of(arena, kept);
    EXPECT(feeds.count == 2 && backup_fed_last(&feeds, "/bin/one")->at == INT64_C(1795478400000) && !backup_fed_last(&feeds, "/bin/other"));
    EXPECT_OK(backup_feeds_write(&feeds, arena, &text));
    EXPECT_STR(text, kept);
    EXPECT_OK(read(arena, "NO /a A\nNO command:/bin/one One\nNO command:/bin/new New", &places, &line));
    backup_feeds_put(&feeds, &places, &(BackupFed){.at = 7, .name = "n.backup", .program = places.commands[1].path});
    EXPECT_OK(backup_feeds_write(&feeds, arena, &text));
    EXPECT_STR(text, "1795478400000 20261124T0000Z-a.backup /bin/one\n7 n.backup /bin/new\n");
    EXPECT(feeds_of(arena, "").count == 0);
}

TEST(what_was_not_written_so_is_refused)
{
    static const char *const wrong[] = {"x a.backup /a", "0 a.backup /a", "1  /a", "1 a.backup a", "1 a.backup", "\n",
                                        "1 a /a\n1 a /b\n1 a /c\n1 a /d\n1 a /e\n"};
    TEST_ARENA(arena);
    BackupFeeds feeds;

    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        EXPECT_ERR(backup_feeds_read(str_from_c(wrong[i]), arena, &feeds), E_MALFORMED);
}

TEST(a_place_is_late_when_it_was_never_given_one_or_none_for_a_day_and_two_hours)
{
    TEST_ARENA(arena);
    BackupPlaces places;
    uint32_t line = 0;
    const int64_t at = INT64_C(1795478400000);

    EXPECT_OK(read(arena, "NO /a A\nNO command:/bin/one One\nNO command:/bin/new New", &places, &line));
    const BackupFeeds feeds = feeds_of(arena, "1795478400000 a.backup /bin/one\n1 a.backup /bin/other\n");
    EXPECT(backup_feeds_late(&feeds, &places, at + DAY_AND_TWO) == 1);
    EXPECT(backup_feeds_late(&feeds, &places, at + DAY_AND_TWO + 1) == 2);
    EXPECT_OK(read(arena, "NO /a A\n", &places, &line));
    EXPECT(backup_feeds_late(&feeds, &places, at) == 0);
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
