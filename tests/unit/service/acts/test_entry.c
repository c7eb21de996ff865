/* Entries are written, corrected, removed; with a real database and a real key agent.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "service/acts/entry.h"
#include "service/acts/guardian_rows.h"
#include "service/reading/history.h"
#include "service/reading/open.h"
#include "support/log_fixture.h"

#define TOWN(name)                       \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

static Values note(Str text)
{
    Values values = {.kind = kind_of(KIND_NOTE)};
    log_set(&values, "note_kind", STR("1"));
    log_set(&values, "text", text);
    return values;
}

static LogView view_of(Town *town, const Actor *actor, Id log)
{
    LogView view = {0};
    Why why;
    EXPECT_OK(log_open(&(LogReader){&town->service, actor, town->arena}, log, OPENING_NONE, &why, &view));
    return view;
}

static Actor guardian_of(Town *town, const Actor *holder, Id log)
{
    LogView view = view_of(town, holder, log);
    return town_actor(town, view.people[1].person, ROLE_GUARDIAN, (Id){0});
}

TEST(a_stranger_writes_nothing_in_a_log)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor stranger = town_staff(&town, STR("Fremmed Fugl"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder), entry;
    Values values = note(STR("Her var jeg."));

    EXPECT_ERR(log_entry_add(&town.service, &stranger, log, &values, &entry), E_NOT_FOUND);
    EXPECT(view_of(&town, &holder, log).entry_count == 1);
}

TEST(a_guardian_may_not_write_a_level_nor_correct_what_another_wrote)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder), entry;
    Actor guardian = guardian_of(&town, &holder, log);
    Values values = note(STR("Fra skolen.")), level = {.kind = kind_of(KIND_LEVEL)};

    EXPECT_ERR(log_entry_add(&town.service, &guardian, log, &level, &entry), E_FORBIDDEN);
    EXPECT_OK(log_entry_add(&town.service, &holder, log, &values, &entry));
    EXPECT_ERR(log_entry_correct(&town.service, &guardian, &(EntryVersion){log, entry, 1}, &values), E_FORBIDDEN);
    EXPECT_ERR(log_entry_remove(&town.service, &guardian, &(EntryVersion){log, entry, 1}, STR("feil")), E_FORBIDDEN);
}

TEST(nobody_writes_so_much_that_a_log_cannot_be_opened_or_gone_on_with)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder), entry;
    Actor guardian = guardian_of(&town, &holder, log);
    char signs[8000];
    unsigned written = 0;
    Err added = ok();

    for (size_t i = 0; i < sizeof signs; i += 4)
        memcpy(signs + i, "\xF0\x9D\x84\x9E", 4);
    Values long_note = note(str_from_bytes(signs, sizeof signs)), one_more = note(STR("Vi går videre."));
    for (; is_ok(added) && written < 600; written++) {
        added = log_entry_add(&town.service, &guardian, log, &long_note, &entry);
        EXPECT(is_ok(added) || added.id == E_TOO_LARGE);
    }
    EXPECT(written > 50 && written < 600);
    EXPECT_OK(log_entry_add(&town.service, &holder, log, &one_more, &entry));
    EXPECT(view_of(&town, &holder, log).entry_count == written + 1);
}

TEST(a_note_of_a_guardian_is_read_by_the_holder)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder), entry;
    Actor guardian = guardian_of(&town, &holder, log);
    Values values = note(STR("Gikk fint hjemme."));

    EXPECT_OK(log_entry_add(&town.service, &guardian, log, &values, &entry));
    LogView view = view_of(&town, &holder, log);
    EXPECT(view.entry_count == 2);
    EXPECT_STR(values_get(&view.entries[1].values, "text"), "Gikk fint hjemme.");
    EXPECT_STR(view.entries[1].author_name, "Guard Kanarifugl");
    EXPECT(id_equal(view.entries[1].entry, entry));
}

TEST(an_entry_may_not_refer_outside_its_log)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder), other = town_create(&town, &holder), entry;
    Values values = note(STR("Om en annen."));
    Str text;

    EXPECT_OK(log_id_text(view_of(&town, &holder, other).entries[0].entry, town.arena, &text));
    log_set(&values, "entry", text);
    EXPECT_ERR(log_entry_add(&town.service, &holder, log, &values, &entry), E_INVALID);
}

TEST(the_later_of_two_corrections_of_one_version_is_stale)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder), entry;
    Values values = note(STR("Forst.")), second = note(STR("Rettet."));
    LogHistory history;

    EXPECT_OK(log_entry_add(&town.service, &holder, log, &values, &entry));
    EXPECT_OK(log_entry_correct(&town.service, &holder, &(EntryVersion){log, entry, 1}, &second));
    EXPECT_ERR(log_entry_correct(&town.service, &holder, &(EntryVersion){log, entry, 1}, &values), E_STALE);
    EXPECT_OK(log_entry_history(&(LogReader){&town.service, &holder, town.arena}, log, entry, &history));
    EXPECT(history.count == 2 && history.versions[0].version == 2);
    EXPECT_STR(values_get(&history.versions[0].values, "text"), "Rettet.");
    EXPECT_STR(values_get(&history.versions[1].values, "text"), "Forst.");
}

TEST(a_removed_entry_shows_its_reason_and_its_text_stands_in_the_history_only)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder), entry;
    Values values = note(STR("Feil barn."));

    EXPECT_OK(log_entry_add(&town.service, &holder, log, &values, &entry));
    EXPECT_ERR(log_entry_remove(&town.service, &holder, &(EntryVersion){log, entry, 1}, STR("\xC2\xA0\xE2\x80\x8B")), E_INVALID);
    EXPECT_ERR(log_entry_remove(&town.service, &holder, &(EntryVersion){log, entry, 1}, STR("a\xE2\x80\xAE")), E_INVALID);
    EXPECT_OK(log_entry_remove(&town.service, &holder, &(EntryVersion){log, entry, 1}, STR("gjaldt et annet barn\xC2\xA0")));
    LogView view = view_of(&town, &holder, log);
    EXPECT(view.entries[1].removed && view.entries[1].values.kind->id == KIND_NOTE);
    EXPECT_STR(view.entries[1].reason, "gjaldt et annet barn");
    EXPECT(values_get(&view.entries[1].values, "text").length == 0);
    EXPECT_ERR(log_entry_correct(&town.service, &holder, &(EntryVersion){log, entry, 2}, &values), E_STALE);
    EXPECT_ERR(log_entry_remove(&town.service, &holder, &(EntryVersion){log, view.entries[0].entry, 1}, STR("nei")), E_INVALID);
}

TEST(a_level_stands_in_the_header_after_it_was_written_and_again_before_after_it_was_removed)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder), entry;
    Values level = {.kind = kind_of(KIND_LEVEL)};

    log_set(&level, "level", STR("2"));
    log_set(&level, "reason", STR("flere tiltak"));
    log_set(&level, "date", town_day(&town, 0));
    EXPECT(view_of(&town, &holder, log).summary.level == 0);
    EXPECT_OK(log_entry_add(&town.service, &holder, log, &level, &entry));
    EXPECT(view_of(&town, &holder, log).summary.level == 2);
    EXPECT_OK(log_entry_remove(&town.service, &holder, &(EntryVersion){log, entry, 1}, STR("feil")));
    EXPECT(view_of(&town, &holder, log).summary.level == 0);
}

TEST(a_form_that_is_sent_twice_writes_once)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder), entry;
    Values values = note(STR("En gang."));

    holder.has_form = true;
    holder.form.bytes[0] = 7;
    EXPECT_OK(log_entry_add(&town.service, &holder, log, &values, &entry));
    EXPECT_ERR(log_entry_add(&town.service, &holder, log, &values, &entry), E_REPLAYED);
    EXPECT(view_of(&town, &holder, log).entry_count == 2);
}

TEST(what_is_written_renews_the_head_that_its_line_holds)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder), entry;
    Values values = note(STR("Nytt hode."));

    EXPECT_OK(log_entry_add(&town.service, &holder, log, &values, &entry));
    AuditRows lines = town_lines(&town, log);
    EXPECT(lines.count == 2);
    EXPECT(lines.items[0].line.act == ACT_NOTE_WRITE && lines.items[1].line.act == ACT_LOG_CREATE);
    EXPECT(memcmp(lines.items[0].line.head.bytes, lines.items[1].line.head.bytes, HASH_BYTES) != 0);
}

RUN_TESTS("log_entry")
