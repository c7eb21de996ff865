/* Drafts against a real database and a real key agent: refusals first.
 * Run by meson test. */
#include "domain/clocks.h"
#include "service/acts/draft.h"
#include "service/acts/entry.h"
#include "support/log_fixture.h"

#define TOWN(name)                  \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

#define NOTE(log_id) (&(DraftOf){.log = (log_id), .kind = KIND_NOTE})

static Str kept(Town *town, const Actor *actor, const DraftOf *of)
{
    Str text = STR("not asked");
    int64_t at = 0;

    EXPECT_OK(log_draft_find(&(LogReader){&town->service, actor, town->arena}, of, &text, &at));
    return text;
}

static Err keep(Town *town, const Actor *actor, const DraftOf *of, Str text)
{
    return log_draft_keep(&town->service, actor, of, text, town->arena);
}

/* The form whose draft was kept. */
static Err send_note(Town *town, const Actor *actor, Id log)
{
    Values values = {.kind = kind_of(KIND_NOTE)};
    Actor typing = *actor;
    Id entry;

    typing.drafts = true;
    log_set(&values, "note_kind", STR("1"));
    log_set(&values, "text", STR("Helt."));
    return log_entry_add(&town->service, &typing, log, &values, &entry);
}

TEST(a_stranger_keeps_no_draft_in_a_log_and_learns_nothing_of_it)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Klok Elv"), ROLE_RELAY_HOLDER, town.unit);
    Actor stranger = town_staff(&town, STR("Fjern Hage"), ROLE_RELAY_HOLDER, town.other_unit);
    Id log = town_create(&town, &holder);
    Str text = STR_NONE;
    int64_t at = 0;

    EXPECT_ERR(keep(&town, &stranger, NOTE(log), STR("x")), E_NOT_FOUND);
    EXPECT_ERR(keep(&town, &stranger, NOTE(town_id(&town)), STR("x")), E_NOT_FOUND);
    EXPECT_ERR(log_draft_find(&(LogReader){&town.service, &stranger, town.arena}, NOTE(log), &text, &at), E_NOT_FOUND);
    EXPECT_OK(keep(&town, &holder, NOTE(log), STR("halv")));
    EXPECT_ERR(send_note(&town, &stranger, log), E_NOT_FOUND);
    EXPECT_STR(kept(&town, &holder, NOTE(log)), "halv");
}

TEST(a_text_that_is_too_long_is_refused_and_the_former_one_stays)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Klok Elv"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    static char text[LOG_DRAFT_MAX + 1];

    EXPECT_OK(keep(&town, &holder, NOTE(log), STR("halv")));
    EXPECT_ERR(keep(&town, &holder, NOTE(log), str_from_bytes(text, sizeof text)), E_TOO_LARGE);
    EXPECT_STR(kept(&town, &holder, NOTE(log)), "halv");
}

TEST(nobody_fills_the_disk_with_drafts_of_entries_that_do_not_exist)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Klok Elv"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    Err kept_one = ok();
    int made = 0;

    for (; is_ok(kept_one) && made < 200; made++) {
        const DraftOf of = {.log = log, .kind = KIND_NOTE, .entry = town_id(&town)};
        kept_one = keep(&town, &holder, &of, STR("halv"));
        EXPECT(is_ok(kept_one) || kept_one.id == E_TOO_LARGE);
    }
    EXPECT(made == LOG_DRAFTS_EACH + 1);
}

TEST(a_draft_is_its_authors_own_and_the_newest_takes_the_place_of_the_former)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Klok Elv"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);

    EXPECT(kept(&town, &holder, NOTE(log)).length == 0);
    EXPECT_OK(keep(&town, &holder, NOTE(log), STR("halv")));
    EXPECT_OK(keep(&town, &holder, NOTE(log), STR("halvferdig")));
    EXPECT_STR(kept(&town, &holder, NOTE(log)), "halvferdig");
}

TEST(drafts_of_another_kind_or_entry_are_apart)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Klok Elv"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    const DraftOf goal = {.log = log, .kind = KIND_GOAL};
    const DraftOf correction = {.log = log, .kind = KIND_NOTE, .entry = town_id(&town)};

    EXPECT_OK(keep(&town, &holder, NOTE(log), STR("et notat")));
    EXPECT_OK(keep(&town, &holder, &correction, STR("en retting")));
    EXPECT(kept(&town, &holder, &goal).length == 0);
    EXPECT_STR(kept(&town, &holder, NOTE(log)), "et notat");
    EXPECT_OK(send_note(&town, &holder, log));
    EXPECT_OK(send_note(&town, &holder, log));
    EXPECT(kept(&town, &holder, NOTE(log)).length == 0);
    EXPECT_STR(kept(&town, &holder, &correction), "en retting");
}

TEST(a_draft_of_two_weeks_ago_is_not_shown_any_more)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Klok Elv"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);

    EXPECT_OK(keep(&town, &holder, NOTE(log), STR("halv")));
    holder.now = clock_due(CLOCK_DRAFT_END, holder.now, NULL) - 1;
    EXPECT_STR(kept(&town, &holder, NOTE(log)), "halv");
    holder.now += 1;
    EXPECT(kept(&town, &holder, NOTE(log)).length == 0);
    holder.now -= DAY_MS; /* and it is gone, not only hidden */
    EXPECT(kept(&town, &holder, NOTE(log)).length == 0);
}

TEST(a_draft_leaves_no_line)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Klok Elv"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    uint32_t before = town_lines(&town, log).count;

    EXPECT_OK(keep(&town, &holder, NOTE(log), STR("halv")));
    EXPECT_STR(kept(&town, &holder, NOTE(log)), "halv");
    EXPECT(town_lines(&town, log).count == before);
    EXPECT_OK(send_note(&town, &holder, log));
    EXPECT(town_lines(&town, log).count == before + 1);
}

TEST(what_is_written_where_no_drafts_are_kept_ends_none)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Klok Elv"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder), entry;
    Values values = {.kind = kind_of(KIND_NOTE)};

    log_set(&values, "note_kind", STR("1"));
    log_set(&values, "text", STR("Fra et annet system."));
    EXPECT_OK(keep(&town, &holder, NOTE(log), STR("halv")));
    EXPECT_OK(log_entry_add(&town.service, &holder, log, &values, &entry));
    EXPECT_STR(kept(&town, &holder, NOTE(log)), "halv");
}

RUN_TESTS("log_draft")
