/* A backup of a real installation: what it says of itself, until when it opens, what it leaves behind and what it takes away.
 * Must not restore one: tests/scenario/backup.py does.
 * Called by meson test. */
#include "support/test.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/calendar.h"
#include "service/backup/make.h"
#include "support/fixture.h"
#include "sys/file.h"
#include "sys/file_stream.h"

#define DAY INT64_C(86400000)

typedef struct Shelf {
    Fixture f;
    char folders[2][TEST_PATH];
    BackupPlaces places;
    uint64_t told;
    bool stop;
} Shelf;

static void shelf_begin(Shelf *shelf)
{
    fixture_begin(&shelf->f);
    for (uint32_t i = 0; i < 2; i++) {
        snprintf(shelf->folders[i], TEST_PATH, "/tmp/stafettlogg-shelf-XXXXXX");
        if (!mkdtemp(shelf->folders[i]))
            abort();
        shelf->places.items[i] = (BackupPlace){.country = STR("NO"), .path = shelf->folders[i], .keeper = STR("One")};
    }
    shelf->places.count = 2;
}

static void shelf_end(Shelf *shelf)
{
    for (uint32_t i = 0; i < 2; i++) {
        AUTO(arena_freep) Arena *arena = test_arena();
        FolderNames names = {0};
        char path[TEST_PATH + 256];
        Err read = folder_names(shelf->folders[i], arena, &names);
        for (size_t at = 0; is_ok(read) && at < names.count; at++) {
            snprintf(path, sizeof path, "%s/%.*s", shelf->folders[i], STR_ARGS(names.items[at]));
            unlink(path);
        }
        rmdir(shelf->folders[i]);
    }
    fixture_end(&shelf->f);
}

#define SHELF(name)                     \
    AUTO(shelf_end) Shelf name = {0};   \
    shelf_begin(&name)

static Err progress(void *self, uint64_t done, uint64_t total)
{
    Shelf *shelf = self;

    (void)total;
    shelf->told = done;
    return shelf->stop ? fail(E_STOPPED) : ok();
}

static Err make(Shelf *shelf, BackupMade *ret_made)
{
    const BackupProgress tell = {.self = shelf, .tell = progress};

    return backup_make(&shelf->f.service, &(BackupOrder){.places = &shelf->places, .progress = &tell}, ret_made);
}

static void path_of(const Shelf *shelf, uint32_t place, const char *name, char ret_path[static PATH_MAX])
{
    snprintf(ret_path, PATH_MAX, "%s/%s", shelf->folders[place], name);
}

static bool is_there(const Shelf *shelf, uint32_t place, const char *name)
{
    char path[PATH_MAX];

    path_of(shelf, place, name, path);
    return access(path, F_OK) == 0;
}

static AuditLine newest_line(Shelf *shelf)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    AuditRows rows = {0};

    EXPECT_OK(store_read(store_host(shelf->f.service.stores), &tx));
    EXPECT_OK(store_audit_all(tx, 0, 1, shelf->f.arena, &rows));
    EXPECT(rows.count == 1);
    return rows.items[0].line;
}

TEST(a_backup_opens_through_the_thirtieth_day_and_dies_at_the_midnight_after_it)
{
    SHELF(s);
    BackupMade made;

    EXPECT_OK(make(&s, &made));
    const Day day = oslo_day(made.trailer.made_at);
    EXPECT(made.trailer.destroy_after == oslo_time(day + 31, 0));
    EXPECT(made.databases == 2 && made.places == 2 && made.rows > 0 && is_ok(made.failed));
}

TEST(both_places_hold_what_was_signed_and_the_host_has_a_line_of_it)
{
    SHELF(s);
    uint8_t head_public[32];
    BackupTrailer trailer;
    BackupSigner signer;
    BackupMade made;
    const BackupProgress tell = {.self = &s, .tell = progress};

    EXPECT_OK(make(&s, &made));
    EXPECT_OK(backup_signer(&s.f.service, head_public, &signer));
    for (uint32_t i = 0; i < 2; i++) {
        char path[PATH_MAX];
        path_of(&s, i, made.name, path);
        EXPECT_OK(backup_check(&signer, path, &tell, &trailer));
        EXPECT(id_equal(trailer.id, made.trailer.id));
    }
    const AuditLine line = newest_line(&s);
    EXPECT(line.act == ACT_BACKUP_MAKE && line.outcome == AUDIT_ALLOWED && line.amount == 2 && id_equal(line.object, made.trailer.id));
    head_public[0] ^= 1;
    char path[PATH_MAX];
    path_of(&s, 0, made.name, path);
    EXPECT_ERR(backup_look(&signer, path, &trailer), E_FORGED);
}

TEST(a_backup_that_is_stopped_leaves_nothing_in_any_place_and_a_line_that_says_so)
{
    SHELF(s);
    BackupMade made;
    FolderNames names;

    s.stop = true;
    Err stopped = make(&s, &made);
    if (is_ok(stopped)) /* smaller than what is told of */
        return;
    EXPECT(stopped.id == E_STOPPED);
    EXPECT_OK(folder_names(s.folders[0], s.f.arena, &names));
    EXPECT(names.count == 1); /* the lock */
    EXPECT(newest_line(&s).outcome == AUDIT_FAILED);
}

TEST(without_a_place_and_while_another_one_is_made_there_is_none)
{
    SHELF(s);
    AUTO(fd_closep) int lock = -1;
    char path[PATH_MAX];
    BackupMade made;

    path_of(&s, 0, "lock", path);
    EXPECT_OK(file_lock(path, &lock));
    EXPECT_ERR(make(&s, &made), E_BUSY);
    s.places.count = 0;
    EXPECT_ERR(make(&s, &made), E_NOT_FOUND);
}

TEST(a_place_that_is_away_is_told_and_the_other_one_takes_it)
{
    SHELF(s);
    BackupMade made;

    s.places.items[1].path = (char[]){"/nowhere/at/all"};
    EXPECT_OK(make(&s, &made));
    EXPECT(made.places == 1 && made.failed.id == E_NOT_FOUND && is_there(&s, 0, made.name));
    s.places.items[0].path = s.places.items[1].path;
    EXPECT_ERR(make(&s, &made), E_NOT_FOUND);
}

TEST(only_ours_whose_key_has_died_are_removed)
{
    SHELF(s);
    BackupMade first, second;
    char path[PATH_MAX];

    EXPECT_OK(make(&s, &first));
    path_of(&s, 0, "20200101T0000Z-strange.backup", path);
    EXPECT_OK(file_write(path, STR("somebody else's"), 0600));
    path_of(&s, 1, "20200101T0000Z-strange.backup.part", path);
    EXPECT_OK(file_write(path, STR("cut off"), 0600));
    fixture_advance(&s.f, first.trailer.destroy_after - first.trailer.made_at - 3600000);
    EXPECT_OK(make(&s, &second));
    EXPECT(second.removed == 0 && is_there(&s, 0, first.name));
    EXPECT(!is_there(&s, 1, "20200101T0000Z-strange.backup.part"));
    fixture_advance(&s.f, 2 * 3600000);
    EXPECT_OK(make(&s, &second));
    EXPECT(second.removed == 2 && !is_there(&s, 0, first.name) && !is_there(&s, 1, first.name));
    EXPECT(is_there(&s, 0, "20200101T0000Z-strange.backup"));
}

TEST(one_is_made_since_a_time_when_the_first_place_has_it)
{
    SHELF(s);
    BackupMade made;
    bool there = true;

    EXPECT_OK(backup_made_since(&s.f.service, &s.places, 0, &there));
    EXPECT(!there);
    EXPECT_OK(make(&s, &made));
    EXPECT_OK(backup_made_since(&s.f.service, &s.places, made.trailer.made_at, &there));
    EXPECT(there);
    EXPECT_OK(backup_made_since(&s.f.service, &s.places, made.trailer.made_at + 1, &there));
    EXPECT(!there);
}

RUN_TESTS("backup_make")
