/* The newest version of each entry.
 * Must not touch the disk.
 * Run by meson test. */
#include "support/test.h"

#include "service/log/newest.h"

#define MANY 500

static Id id_of(uint32_t number)
{
    return (Id){.bytes = {(uint8_t)number, (uint8_t)(number >> 8), 1}};
}

TEST(a_version_of_an_entry_that_was_never_begun_is_forged)
{
    TEST_ARENA(arena);
    EntryRow rows[] = {{.entry = {{1}}, .version = 2}};
    LogNewest newest;

    EXPECT_ERR(log_newest_make(&(EntryRows){rows, 1}, arena, &newest), E_FORGED);
}

TEST(a_log_without_entries_has_none)
{
    TEST_ARENA(arena);
    LogNewest newest;

    EXPECT_OK(log_newest_make(&(EntryRows){0}, arena, &newest));
    EXPECT(newest.count == 0 && log_newest_find(&newest, (Id){{1}}) == NULL);
}

TEST(each_entry_stands_once_in_the_order_of_its_first_version_with_its_newest)
{
    static EntryRow rows[2 * MANY];
    TEST_ARENA(arena);
    LogNewest newest;

    for (uint32_t i = 0; i < MANY; i++) {
        rows[i] = (EntryRow){.entry = id_of(i), .version = 1};
        rows[MANY + i] = (EntryRow){.entry = id_of(MANY - 1 - i), .version = 2};
    }
    EXPECT_OK(log_newest_make(&(EntryRows){rows, 2 * MANY - 7}, arena, &newest));
    EXPECT(newest.count == MANY);
    for (uint32_t i = 0; i < MANY; i++) {
        const LogVersions *entry = log_newest_find(&newest, id_of(i));
        EXPECT(entry == &newest.items[i] && entry->first == &rows[i]);
        EXPECT(entry->newest == (i < 7 ? &rows[i] : &rows[2 * MANY - 1 - i]));
    }
    EXPECT(log_newest_find(&newest, id_of(MANY)) == NULL);
}

RUN_TESTS("newest versions")
