/* Whose the words of an entry are: a note is changed by its author alone, and who wrote it stays when another removes it.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "service/acts/actor.h"
#include "service/acts/entry.h"
#include "service/log/refused.h"
#include "service/reading/history.h"
#include "service/reading/open.h"
#include "support/log_fixture.h"

#define TOWN(name)                  \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

typedef struct Case {
    Actor holder, teacher, guardian;
    Id log;
} Case;

static LogView view_of(Town *town, const Case *here, const Actor *actor)
{
    LogView view = {0};
    Why why;

    EXPECT_OK(log_open(&(LogReader){&town->service, actor, town->arena}, here->log, OPENING_NONE, &why, &view));
    return view;
}

static Case a_case(Town *town)
{
    Case made = {.holder = town_staff(town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town->unit),
                 .teacher = town_staff(town, STR("Larer Laresen"), ROLE_ACTOR, town->unit)};
    Id participant;

    made.log = town_create(town, &made.holder);
    EXPECT_OK(log_actor_add(&town->service, &made.holder, made.log, made.teacher.role_row, &participant));
    LogView view = view_of(town, &made, &made.holder);
    for (uint32_t i = 0; i < view.people_count; i++)
        if (view.people[i].role == ROLE_GUARDIAN)
            made.guardian = town_actor(town, view.people[i].person, ROLE_GUARDIAN, (Id){0});
    return made;
}

static Values note(const char *text)
{
    Values values = {.kind = kind_of(KIND_NOTE)};

    values_put(&values, NOTE_KIND, code_text(NOTE_KIND_NOTE));
    values_put(&values, NOTE_TEXT, str_from_c(text));
    return values;
}

static Id written(Town *town, const Case *here, const Actor *author)
{
    const Values values = note("Leser sakte");
    Id entry = {0};

    EXPECT_OK(log_entry_add(&town->service, author, here->log, &values, &entry));
    return entry;
}

static const LogEntry *seen_by(const LogView *view, Id entry)
{
    for (uint32_t i = 0; i < view->entry_count; i++)
        if (id_equal(view->entries[i].entry, entry))
            return &view->entries[i];
    return NULL;
}

static Err corrects(Town *town, const Case *here, const Actor *actor, Id entry, uint32_t version)
{
    const Values values = note("Leser fort");

    return log_entry_correct(&town->service, actor, &(EntryVersion){here->log, entry, version}, &values);
}

static Err removes(Town *town, const Case *here, const Actor *actor, Id entry, uint32_t version)
{
    return log_entry_remove(&town->service, actor, &(EntryVersion){here->log, entry, version}, STR("Skrevet i feil logg"));
}

static void time_passes(Town *town, Case *here)
{
    Actor *everybody[] = {&here->holder, &here->teacher, &here->guardian};

    town->now += DAY_MS;
    for (size_t i = 0; i < COUNT_OF(everybody); i++)
        everybody[i]->now = town->now;
}

TEST(the_words_of_a_note_are_changed_by_its_author_and_by_nobody_else)
{
    TOWN(town);
    const Case here = a_case(&town);
    const Actor *const everybody[] = {&here.holder, &here.teacher, &here.guardian};

    for (size_t author = 0; author < COUNT_OF(everybody); author++) {
        Id entry = written(&town, &here, everybody[author]);
        for (size_t other = 0; other < COUNT_OF(everybody); other++) {
            LogView view = view_of(&town, &here, everybody[other]);
            EXPECT(seen_by(&view, entry)->may_correct == (other == author));
            if (other != author)
                EXPECT_ERR(corrects(&town, &here, everybody[other], entry, 1), E_FORBIDDEN);
        }
        EXPECT_OK(corrects(&town, &here, everybody[author], entry, 1));
    }
}

TEST(a_note_of_the_family_is_removed_by_its_author_and_by_no_holder)
{
    TOWN(town);
    const Case here = a_case(&town);
    Id of_guardian = written(&town, &here, &here.guardian), of_teacher = written(&town, &here, &here.teacher);
    LogView view = view_of(&town, &here, &here.holder);

    EXPECT(!seen_by(&view, of_guardian)->may_remove && seen_by(&view, of_teacher)->may_remove);
    EXPECT_ERR(removes(&town, &here, &here.holder, of_guardian, 1), E_FORBIDDEN);
    EXPECT_ERR(removes(&town, &here, &here.guardian, of_teacher, 1), E_FORBIDDEN);
    EXPECT_OK(removes(&town, &here, &here.guardian, of_guardian, 1));
}

TEST(who_wrote_a_note_and_when_stays_beside_who_removed_it_and_why)
{
    TOWN(town);
    Case here = a_case(&town);
    Id entry = written(&town, &here, &here.teacher);
    int64_t at = town.now;
    LogHistory history;

    time_passes(&town, &here);
    EXPECT_OK(removes(&town, &here, &here.holder, entry, 1));
    LogView view = view_of(&town, &here, &here.guardian);
    const LogEntry *seen = seen_by(&view, entry);
    EXPECT(seen->removed && seen->first_at == at && seen->at == town.now && seen->first_role == ROLE_ACTOR);
    EXPECT_STR(seen->first_name, "Larer Laresen");
    EXPECT_STR(seen->author_name, "Stafett Holder");
    EXPECT_STR(seen->reason, "Skrevet i feil logg");
    EXPECT_OK(log_entry_history(&(LogReader){&town.service, &here.guardian, town.arena}, here.log, entry, &history));
    EXPECT(history.count == 2);
    for (uint32_t i = 0; i < history.count; i++)
        EXPECT_STR(history.versions[i].first_name, "Larer Laresen");
}

TEST(a_holder_whose_correction_of_anothers_note_is_refused_is_told_that_it_is_not_theirs)
{
    TOWN(town);
    const Case here = a_case(&town);
    const Refused refused = {here.log, written(&town, &here, &here.teacher), ACT_ENTRY_CORRECT};
    Why why;

    EXPECT_OK(log_why_refused(&(LogReader){&town.service, &here.holder, town.arena}, &refused, &why));
    EXPECT(why == WHY_NOT_OWN);
}

RUN_TESTS("words_of_others")
