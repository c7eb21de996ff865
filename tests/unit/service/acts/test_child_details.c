/* What a log says about the child is corrected; with a real database and a real key agent.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "domain/notices.h"
#include "service/acts/child.h"
#include "service/acts/child_details.h"
#include "service/acts/create.h"
#include "service/acts/entry.h"
#include "service/reading/history.h"
#include "service/reading/list.h"
#include "service/reading/number.h"
#include "service/reading/open.h"
#include "store/inbox.h"
#include "support/log_fixture.h"

#define CHILD_NUMBER STR("14851650181")
#define OTHER_NUMBER STR("03818510046")
#define REAL_NUMBER STR("02013299997")

#define TOWN(name)                       \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

static LogView view_of(Town *town, const Actor *actor, Id log)
{
    LogView view = {0};
    Why why;

    EXPECT_OK(log_open(&(LogReader){&town->service, actor, town->arena}, log, OPENING_NONE, &why, &view));
    return view;
}

static Actor holder_of(Town *town)
{
    return town_staff(town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town->unit);
}

/* A log about a child with a number; the guardian has another one, or none. */
static Id numbered(Town *town, const Actor *holder, Str child, Str guardian)
{
    CreatedLog created;
    TownLog made;

    town_log(town, &made);
    log_set(&made.log.child, "national_id", child);
    log_set(&made.log.child, "address", STR("Skogveien 1"));
    log_set(&made.guardian.values, "national_id", guardian);
    EXPECT_OK(log_create(&town->service, holder, &made.log, town->arena, &created));
    return created.log;
}

/* What a form holds when it was opened: everything but the number. */
static Values form_of(const LogView *view)
{
    Values values = view->child;

    log_set(&values, "national_id", STR_NONE);
    return values;
}

static Err correct(Town *town, const Actor *actor, const LogView *view, const Values *values)
{
    const LogEntry *child = &view->entries[0];

    return log_entry_correct(&town->service, actor, &(EntryVersion){view->summary.id, child->entry, child->version}, values);
}

/* Whether the log is found by this number. */
static bool is_found_by(Town *town, const Actor *actor, Id log, Str number)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    const IndexUse use = {.grant = actor->grant, .tenant = actor->tenant, .kind = INDEX_NATIONAL_ID, .purpose = PURPOSE_READ};
    BlindIndex index = {0};
    ScopeKeyRows rows = {0};
    bool found = false;

    EXPECT_OK(keys_blind_index(town->service.keys, use, number, &index));
    EXPECT_OK(store_read(town->store, &tx));
    const ScopeIndex where = scope_index_of(&index);
    EXPECT_OK(store_scopes_by_index(tx, &where, town->arena, &rows));
    for (uint32_t i = 0; i < rows.count; i++)
        found = found || id_equal(rows.items[i].scope, log);
    return found;
}

TEST(nobody_but_the_holder_corrects_what_stands_about_the_child)
{
    TOWN(town);
    Actor holder = holder_of(&town);
    Actor stranger = town_staff(&town, STR("Fremmed Fugl"), ROLE_RELAY_HOLDER, town.other_unit);
    LogView view = view_of(&town, &holder, town_create(&town, &holder));
    Actor guardian = town_actor(&town, view.people[1].person, ROLE_GUARDIAN, (Id){0});
    Values values = form_of(&view);

    EXPECT_ERR(correct(&town, &stranger, &view, &values), E_NOT_FOUND);
    EXPECT_ERR(correct(&town, &guardian, &view, &values), E_FORBIDDEN);
    EXPECT(!view_of(&town, &guardian, view.summary.id).entries[0].may_correct);
    EXPECT(view.entries[0].may_correct && !view.entries[0].may_remove);
    EXPECT(view_of(&town, &holder, view.summary.id).entries[0].version == 1);
    EXPECT(town_lines(&town, view.summary.id).items[0].line.act != ACT_CHILD_WRITE);
}

TEST(a_number_that_is_none_real_or_of_a_guardian_is_refused_and_so_is_a_child_without_a_name)
{
    TOWN(town);
    Actor holder = holder_of(&town);
    LogView view = view_of(&town, &holder, numbered(&town, &holder, CHILD_NUMBER, OTHER_NUMBER));
    Values values = form_of(&view);

    log_set(&values, "national_id", STR("14851650182"));
    EXPECT_ERR(correct(&town, &holder, &view, &values), E_MALFORMED);
    log_set(&values, "national_id", REAL_NUMBER);
    EXPECT_ERR(correct(&town, &holder, &view, &values), E_MODE);
    log_set(&values, "national_id", OTHER_NUMBER);
    EXPECT_ERR(correct(&town, &holder, &view, &values), E_INVALID);
    values = form_of(&view);
    log_set(&values, "name", STR_NONE);
    EXPECT_ERR(correct(&town, &holder, &view, &values), E_INVALID);
    view = view_of(&town, &holder, view.summary.id);
    EXPECT(view.entries[0].version == 1);
    EXPECT_STR(values_get(&view.child, "national_id"), "14851650181");
}

TEST(a_number_by_which_the_child_was_let_in_is_not_replaced)
{
    TOWN(town);
    Actor holder = holder_of(&town);
    Id log = numbered(&town, &holder, CHILD_NUMBER, STR_NONE);
    GuardianCode code;

    EXPECT_OK(log_child_let_in(&town.service, &holder, log, town.arena, &code));
    LogView view = view_of(&town, &holder, log);
    Values values = form_of(&view);
    log_set(&values, "national_id", OTHER_NUMBER);
    EXPECT_ERR(correct(&town, &holder, &view, &values), E_INVALID);
    EXPECT(view.number_fixed && is_found_by(&town, &holder, log, CHILD_NUMBER));
    log_set(&values, "national_id", CHILD_NUMBER);
    log_set(&values, "name", STR("Ny Kanarifugl"));
    EXPECT_OK(correct(&town, &holder, &view, &values));
    view = view_of(&town, &holder, log);
    EXPECT(view.people[2].role == ROLE_CHILD);
    EXPECT_STR(view.people[2].name, "Ny Kanarifugl");
}

TEST(the_later_of_two_corrections_of_a_child_is_stale)
{
    TOWN(town);
    Actor holder = holder_of(&town);
    LogView view = view_of(&town, &holder, numbered(&town, &holder, CHILD_NUMBER, STR_NONE));
    Values values = form_of(&view);

    EXPECT_OK(correct(&town, &holder, &view, &values));
    log_set(&values, "national_id", OTHER_NUMBER);
    EXPECT_ERR(correct(&town, &holder, &view, &values), E_STALE);
    EXPECT(!is_found_by(&town, &holder, view.summary.id, OTHER_NUMBER));
}

TEST(a_name_that_was_wrong_stands_right_in_the_list_and_the_number_is_kept_when_none_is_typed)
{
    TOWN(town);
    Actor holder = holder_of(&town);
    LogView view = view_of(&town, &holder, numbered(&town, &holder, CHILD_NUMBER, STR_NONE));
    Values values = form_of(&view);
    LogSummaries logs = {0};
    Str number = STR_NONE;

    log_set(&values, "name", STR("Ny Kanarifugl"));
    log_set(&values, "languages", STR("nordsamisk"));
    EXPECT_OK(correct(&town, &holder, &view, &values));
    EXPECT(town_lines(&town, view.summary.id).items[0].line.act == ACT_CHILD_WRITE);
    EXPECT_OK(log_list(&town.service, &holder, town.arena, &logs));
    EXPECT_STR(logs.items[0].child_name, "Ny Kanarifugl");
    EXPECT_OK(log_number_read(&town.service, &holder, view.summary.id, town.arena, &number));
    EXPECT_STR(number, "14851650181");
    EXPECT(is_found_by(&town, &holder, view.summary.id, CHILD_NUMBER));
    view = view_of(&town, &holder, view.summary.id);
    EXPECT(view.entry_count == 1 && view.entries[0].version == 2);
    EXPECT_STR(values_get(&view.child, "languages"), "nordsamisk");
}

TEST(a_log_is_found_by_the_number_that_was_corrected_and_no_longer_by_the_wrong_one)
{
    TOWN(town);
    Actor holder = holder_of(&town);
    Id log = numbered(&town, &holder, CHILD_NUMBER, STR_NONE);
    LogView view = view_of(&town, &holder, log);
    Values values = form_of(&view);
    Str number = STR_NONE;

    log_set(&values, "national_id", OTHER_NUMBER);
    EXPECT_OK(correct(&town, &holder, &view, &values));
    EXPECT(is_found_by(&town, &holder, log, OTHER_NUMBER) && !is_found_by(&town, &holder, log, CHILD_NUMBER));
    EXPECT_OK(log_number_read(&town.service, &holder, log, town.arena, &number));
    EXPECT_STR(number, "03818510046");
    view = view_of(&town, &holder, log);
    values = form_of(&view);
    log_set(&values, "national_id", CHILD_NUMBER);
    EXPECT_OK(correct(&town, &holder, &view, &values));
    EXPECT(is_found_by(&town, &holder, log, CHILD_NUMBER));
}

/* A world in which the log's key is wrapped anew while somebody asks for ids: after its row was read. */
typedef struct Turning {
    Town *town;
    Id log;
    bool turned;
} Turning;

static Err turn_epoch(Tx *tx, void *context)
{
    Turning *turning = context;
    AuditLine line = {.at = turning->town->now, .request = turning->log, .act = ACT_SETTINGS_WRITE, .outcome = AUDIT_ALLOWED};
    ScopeKeyRow row = {0};

    TRY(store_scope(tx, turning->log, turning->town->arena, &row));
    TRY(store_scope_update(tx, &row));
    return store_audit(tx, &line);
}

static Err turning_random(void *self, void *ret_bytes, size_t length)
{
    Turning *turning = self;

    if (!turning->turned) {
        turning->turned = true;
        TRY(store_write(turning->town->store, turn_epoch, turning));
    }
    return world_random(&turning->town->agent.world, ret_bytes, length);
}

static Err turning_now(void *self, int64_t *ret_now)
{
    const Turning *turning = self;

    return world_now(&turning->town->agent.world, ret_now);
}

TEST(a_number_is_corrected_though_the_key_of_the_log_was_wrapped_anew_meanwhile)
{
    TOWN(town);
    Actor holder = holder_of(&town);
    LogView view = view_of(&town, &holder, numbered(&town, &holder, CHILD_NUMBER, STR_NONE));
    Turning turning = {.town = &town, .log = view.summary.id};
    const World world = {.self = &turning, .now = turning_now, .random = turning_random};
    Values values = form_of(&view);

    log_set(&values, "national_id", OTHER_NUMBER);
    town.service.world = &world;
    EXPECT_OK(correct(&town, &holder, &view, &values));
    town.service.world = &town.agent.world;
    EXPECT(turning.turned && is_found_by(&town, &holder, view.summary.id, OTHER_NUMBER));
    EXPECT(view_of(&town, &holder, view.summary.id).entries[0].version == 2);
}

TEST(a_number_that_another_log_has_is_told_to_the_administrators_and_to_nobody_else)
{
    TOWN(town);
    Actor holder = holder_of(&town);
    Actor admin = town_staff(&town, STR("Kommune Admin"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    AUTO(store_read_endp) Tx *tx = NULL;
    InboxRows rows = {0};

    (void)numbered(&town, &holder, CHILD_NUMBER, STR_NONE);
    LogView view = view_of(&town, &holder, numbered(&town, &holder, STR_NONE, STR_NONE));
    Values values = form_of(&view);
    log_set(&values, "national_id", CHILD_NUMBER);
    EXPECT_OK(correct(&town, &holder, &view, &values));
    EXPECT_OK(store_read(town.store, &tx));
    EXPECT_OK(store_inbox(tx, &(InboxPage){.person = admin.person, .max = 10}, town.arena, &rows));
    EXPECT(rows.count == 1 && rows.items[0].event == NOTICE_POSSIBLE_DOUBLE && id_equal(rows.items[0].object, view.summary.id));
    EXPECT_OK(store_inbox(tx, &(InboxPage){.person = holder.person, .max = 10}, town.arena, &rows));
    EXPECT(rows.count == 0);
}

TEST(an_address_that_becomes_protected_is_hidden_from_the_guardian_at_once_and_in_the_history_too)
{
    TOWN(town);
    Actor holder = holder_of(&town);
    LogView view = view_of(&town, &holder, numbered(&town, &holder, CHILD_NUMBER, STR_NONE));
    Actor guardian = town_actor(&town, view.people[1].person, ROLE_GUARDIAN, (Id){0});
    Values values = form_of(&view);
    LogHistory history;

    LogView before = view_of(&town, &guardian, view.summary.id);
    EXPECT_STR(values_get(&before.child, "address"), "Skogveien 1");
    EXPECT(before.summary.unit_name.length > 0);
    log_set(&values, "protection", STR("2"));
    EXPECT_OK(correct(&town, &holder, &view, &values));
    LogView after = view_of(&town, &guardian, view.summary.id);
    EXPECT(values_get(&after.child, "address").length == 0 && after.summary.unit_name.length == 0);
    EXPECT_OK(log_entry_history(&(LogReader){&town.service, &guardian, town.arena},
                                view.summary.id, view.entries[0].entry, &history));
    EXPECT(history.count == 2);
    for (uint32_t i = 0; i < history.count; i++)
        EXPECT(values_get(&history.versions[i].values, "address").length == 0);
    view = view_of(&town, &holder, view.summary.id);
    EXPECT_STR(values_get(&view.child, "address"), "Skogveien 1");
}

RUN_TESTS("log details")
