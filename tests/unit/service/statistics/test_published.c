/* What is published: who finds what was changed in it, and who reads it.
 * Must not hold data of anybody.
 * Called by meson test. Rules: statistics 7, 11, 13. */
#include "publishing.h"

#include <sqlite3.h>

static void by_hand(Place *place, const char *sql)
{
    char path[256], id[ID_TEXT + 1];
    sqlite3 *database = NULL;

    id_to_text(place->town.tenant, id);
    snprintf(path, sizeof path, "%s/municipality/%s.db", place->town.folder, id);
    EXPECT(sqlite3_open(path, &database) == SQLITE_OK);
    EXPECT(sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(database);
}

/* ---- what was changed ---- */

TEST(a_published_fact_that_was_changed_is_found_and_nothing_is_published_on_top_of_it)
{
    PLACE(p);
    FreezeCounts counts = {0};
    enum FreezeEnd end;

    put_many(&p);
    place_at(&p, p.town.now + HALF_YEAR_MS);
    EXPECT(freeze(&p, &counts) == FREEZE_PUBLISHED && verified(&p).findings == 0);
    by_hand(&p, "UPDATE frozen_fact SET category=30 WHERE id=(SELECT id FROM frozen_fact WHERE category=22 LIMIT 1)");
    EXPECT(verified(&p).findings == 1);
    put_many(&p);
    place_at(&p, p.town.now + HALF_YEAR_MS);
    const FreezeOrder order = order_of(&p);
    EXPECT_ERR(statistics_freeze(&order, &end, &counts), E_FORGED);
}

TEST(a_fact_that_is_put_back_after_its_publication_is_not_published_again)
{
    PLACE(p);
    FreezeCounts counts = {0};
    enum FreezeEnd end;

    put_many(&p);
    by_hand(&p, "CREATE TABLE former AS SELECT * FROM fact");
    place_at(&p, p.town.now + HALF_YEAR_MS);
    EXPECT(freeze(&p, &counts) == FREEZE_PUBLISHED && sealed_facts(&p) == 0);
    by_hand(&p, "INSERT INTO fact SELECT * FROM former LIMIT 1; DROP TABLE former");
    place_at(&p, p.town.now + HALF_YEAR_MS);
    const FreezeOrder order = order_of(&p);
    EXPECT_ERR(statistics_freeze(&order, &end, &counts), E_FORGED);
    EXPECT(frozen_facts(&p).count == 160 && verified(&p).findings == 0);
}

TEST(a_shown_number_or_a_certificate_that_was_changed_is_found_and_not_read)
{
    static const char *const changes[] = {"UPDATE publication_shown SET bytes=bytes||x'00'",
                                          "UPDATE publication_secret SET bytes=bytes||x'00' WHERE kind=3"};

    for (size_t i = 0; i < COUNT_OF(changes); i++) {
        PLACE(p);
        FreezeCounts counts = {0};
        StatisticsRead read;
        put_many(&p);
        place_at(&p, p.town.now + HALF_YEAR_MS);
        EXPECT(freeze(&p, &counts) == FREEZE_PUBLISHED);
        by_hand(&p, changes[i]);
        EXPECT(verified(&p).findings == 1);
        town_grant(&p.town, &p.admin);
        p.admin.request = town_id(&p.town);
        Err seen = statistics_read(&p.town.service, &p.admin, p.town.arena, &read);
        EXPECT(i == 0 ? seen.id == E_FORGED : is_ok(seen));
    }
}

/* ---- who reads ---- */

TEST(an_administrator_and_a_manager_read_it_with_a_line_and_nobody_else)
{
    PLACE(p);
    FreezeCounts counts = {0};
    StatisticsRead read;
    PublicationRow row;

    town_grant(&p.town, &p.admin);
    EXPECT_ERR(statistics_read(&p.town.service, &p.holder, p.town.arena, &read), E_FORBIDDEN);
    EXPECT_OK(statistics_read(&p.town.service, &p.admin, p.town.arena, &read));
    EXPECT(!read.published && read.next_on > today(&p));
    put_many(&p);
    place_at(&p, p.town.now + HALF_YEAR_MS);
    EXPECT(freeze(&p, &counts) == FREEZE_PUBLISHED);
    town_grant(&p.town, &p.admin);
    p.admin.request = town_id(&p.town);
    EXPECT_OK(statistics_read(&p.town.service, &p.admin, p.town.arena, &read));
    EXPECT(read.published && read.number == 1 && read.own == -1 && read.unit_count == 2 && read.next_on > today(&p));
    EXPECT(read.cubes[0].dims.family == CUBE_ATTENTIONS && read.cubes[1].dims.family == CUBE_MEASURES);
    p.manager.request = town_id(&p.town);
    EXPECT_OK(statistics_read(&p.town.service, &p.manager, p.town.arena, &read));
    EXPECT(read.own >= 0 && id_equal(read.units[read.own].id, p.town.unit) && str_equal(read.units[read.own].name, STR("Solsikke skole")));
    shown_bytes(&p, &row);
    EXPECT(lines_of(&p, row.id, ACT_STATISTICS_READ) == 2);
}

RUN_TESTS("published")
