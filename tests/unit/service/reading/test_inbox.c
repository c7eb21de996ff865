/* Inboxes: what is told to whom, under which name, and when a task is done; with a real database and a real key agent.
 * Must not hold data of anybody.
 * Called by meson test. */
#include "support/log_fixture.h"

#include <sqlite3.h>

#include "domain/notices.h"
#include "service/acts/entry.h"
#include "service/acts/guardian_end.h"
#include "service/acts/procedure.h"
#include "service/people/silence.h"
#include "service/reading/inbox.h"
#include "service/reading/open.h"
#include "store/inbox.h"

#define TOWN(name)                  \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

static Err put_notice(Tx *tx, void *row)
{
    return store_inbox_insert(tx, row);
}

static void tell(Town *town, const Actor *to, NoticeId notice, Id log, int64_t due)
{
    InboxRow row = {.id = town_id(town), .person = to->person, .event = (uint16_t)notice, .object = log, .at = town->now, .due = due};

    town_put(town, put_notice, &row);
}

static InboxItems inbox_of(Town *town, const Actor *actor)
{
    InboxItems items = {0};

    EXPECT_OK(inbox_read(&(LogReader){&town->service, actor, town->arena}, (InboxBefore){0}, &items));
    return items;
}

/* When the log is asked about for being quiet. */
static int64_t quiet_from(const Town *town)
{
    return oslo_time(day_add_months(oslo_day(town->now), 3), 0);
}

TEST(the_holder_sees_whom_a_notice_is_about_and_a_stranger_neither_name_nor_number)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor stranger = town_staff(&town, STR("Kollega"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);

    tell(&town, &holder, NOTICE_QUIET, log, quiet_from(&town));
    tell(&town, &stranger, NOTICE_QUIET, log, quiet_from(&town)); /* whoever was told and has no part in it any more */
    InboxItems own = inbox_of(&town, &holder), others = inbox_of(&town, &stranger);
    EXPECT(own.count == 1 && own.unread == 1 && id_equal(own.items[0].log, log) && own.items[0].display != 0);
    EXPECT_STR(own.items[0].child_name, "Canary Kanarifugl");
    EXPECT(others.count == 1 && id_is_none(others.items[0].log) && others.items[0].display == 0);
    EXPECT(others.items[0].child_name.length == 0 && others.items[0].task && !others.items[0].waits);
}

TEST(an_administrator_sees_the_number_of_the_log_and_no_name)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor admin = town_staff(&town, STR("Kari Kommune"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    Id log = town_create(&town, &holder);

    tell(&town, &admin, NOTICE_QUIET_LISTED, log, quiet_from(&town));
    InboxItems items = inbox_of(&town, &admin);
    EXPECT(items.count == 1 && id_equal(items.items[0].log, log) && items.items[0].display != 0);
    EXPECT(items.items[0].child_name.length == 0);
}

TEST(an_administrator_reads_of_a_passive_log_too_without_its_header)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor admin = town_staff(&town, STR("Kari Kommune"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    Deed deed = {.service = &town.service, .actor = &holder, .log = town_create(&town, &holder)};
    Values asked = {.kind = kind_of(KIND_CLOSING)};
    Why why;

    values_put(&asked, CLOSING_REASON, STR("1"));
    deed.asked = &asked;
    holder.request = town_id(&town);
    EXPECT_OK(procedure_from_str(STR("log_close"), &deed.procedure));
    EXPECT_OK(procedure_carry_out(&deed, &why));
    tell(&town, &admin, NOTICE_PASSIVE_END, deed.log, oslo_time(day_add_months(oslo_day(town.now), 12), 0));
    InboxItems items = inbox_of(&town, &admin);
    EXPECT(items.count == 1 && id_equal(items.items[0].log, deed.log) && items.items[0].child_name.length == 0);
}

TEST(a_guardian_of_an_adult_sees_the_number_of_the_log_and_no_name_and_nothing_waits_for_them)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    CreatedLog created = {0};
    TownLog made;
    LogView view = {0};
    Why why;

    town_log(&town, &made);
    log_set(&made.log.child, "birth_date", town_day(&town, -6570)); /* 18 in a few days */
    EXPECT_OK(log_create(&town.service, &holder, &made.log, town.arena, &created));
    EXPECT_OK(log_open(&(LogReader){&town.service, &holder, town.arena}, created.log, OPENING_NONE, &why, &view));
    Id guardian = {{0}};
    for (uint32_t i = 0; i < view.people_count; i++)
        if (view.people[i].role == ROLE_GUARDIAN)
            guardian = view.people[i].person;
    Actor actor = town_actor(&town, guardian, ROLE_GUARDIAN, (Id){0});
    tell(&town, &actor, NOTICE_CONSENT_ENDS_IN_30, created.log, town.now);
    InboxItems items = inbox_of(&town, &actor);
    EXPECT(items.count == 1 && items.items[0].child_name.length > 0);
    actor.now += 30 * DAY_MS;
    items = inbox_of(&town, &actor);
    EXPECT(items.count == 1 && items.items[0].child_name.length == 0);
    EXPECT(id_equal(items.items[0].log, created.log) && items.items[0].display != 0 && !items.items[0].waits);
}

TEST(a_task_waits_until_its_cause_is_gone_and_reading_it_ends_nothing)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);

    tell(&town, &holder, NOTICE_QUIET, log, quiet_from(&town));
    tell(&town, &holder, NOTICE_QUIET, log, quiet_from(&town) - DAY_MS); /* of an activity that was not the last */
    InboxItems items = inbox_of(&town, &holder);
    EXPECT(items.count == 2 && items.items[0].task && items.items[0].waits + items.items[1].waits == 1);
    holder.request = town_id(&town);
    EXPECT_OK(inbox_mark(&holder));
    items = inbox_of(&town, &holder);
    EXPECT(items.unread == 0 && !items.items[0].unread && items.items[0].waits + items.items[1].waits == 1);
    holder.request = town_id(&town);
    EXPECT_OK(inbox_mark(&holder));
}

/* Behind the service's back, in the log of this id. */
static void spoil(Town *town, const char *change, Id log)
{
    char id[ID_TEXT + 1], tenant[ID_TEXT + 1], path[160], sql[240];
    sqlite3 *database = NULL;

    id_to_text(log, id);
    id_to_text(town->tenant, tenant);
    snprintf(path, sizeof path, "%s/municipality/%s.db", town->folder, tenant);
    snprintf(sql, sizeof sql, "%s=x'%s'", change, id);
    EXPECT(sqlite3_open(path, &database) == SQLITE_OK);
    EXPECT(sqlite3_exec(database, "PRAGMA foreign_keys=OFF", NULL, NULL, NULL) == SQLITE_OK);
    EXPECT(sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK);
    EXPECT(sqlite3_changes(database) == 1);
    sqlite3_close(database);
}

TEST(a_forged_header_or_key_closes_its_log_and_leaves_the_rest_of_the_inbox)
{
    static const char *const changes[] = {
        "UPDATE log SET header=zeroblob(length(header)) WHERE id",
        "UPDATE scope_key SET wrapped=zeroblob(length(wrapped)) WHERE scope",
        "DELETE FROM scope_key WHERE scope",
    };
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id good = town_create(&town, &holder);

    tell(&town, &holder, NOTICE_QUIET, good, quiet_from(&town));
    for (uint32_t i = 0; i < COUNT_OF(changes); i++) {
        Id bad = town_create(&town, &holder);
        tell(&town, &holder, NOTICE_QUIET, bad, quiet_from(&town));
        spoil(&town, changes[i], bad);
        InboxItems items = inbox_of(&town, &holder);
        EXPECT(items.count == i + 2 && items.held == 1);
        for (uint32_t k = 0; k < items.count; k++)
            EXPECT((items.items[k].child_name.length > 0) == id_equal(items.items[k].log, good));
        EXPECT(inbox_of(&town, &holder).held == 0);
    }
}

TEST(a_long_inbox_is_read_a_page_at_a_time)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    InboxItems items = {0};

    for (int i = 1; i <= INBOX_PAGE + 3; i++)
        tell(&town, &holder, NOTICE_PASSIVE_FOR_1, log, town.now - i * DAY_MS);
    items = inbox_of(&town, &holder);
    EXPECT(items.count == INBOX_PAGE && items.more && items.unread == INBOX_PAGE + 3);
    const InboxBefore before = {items.items[INBOX_PAGE - 1].at, items.items[INBOX_PAGE - 1].id};
    EXPECT_OK(inbox_read(&(LogReader){&town.service, &holder, town.arena}, before, &items));
    EXPECT(items.count == 3 && !items.more);
}

TEST(a_task_waits_behind_however_much_news)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    InboxItems items = {0};

    town.now -= DAY_MS;
    tell(&town, &holder, NOTICE_QUIET, log, quiet_from(&town) - DAY_MS); /* done */
    town.now += DAY_MS;
    tell(&town, &holder, NOTICE_QUIET, log, quiet_from(&town));
    town.now++;
    for (int i = 1; i <= INBOX_PAGE + 3; i++)
        tell(&town, &holder, NOTICE_PASSIVE_FOR_1, log, town.now - i * DAY_MS);
    EXPECT_OK(inbox_waiting(&(LogReader){&town.service, &holder, town.arena}, &items));
    EXPECT(items.count == 1 && items.items[0].notice == NOTICE_QUIET && items.items[0].waits && items.items[0].child_name.length > 0);
    EXPECT(items.unread == INBOX_PAGE + 5 && !items.more);
}

TEST(every_task_of_the_table_is_looked_for)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    AUTO(store_read_endp) Tx *tx = NULL;
    InboxRows rows = {0};
    uint32_t tasks = 0;

    for (uint16_t id = NOTICE_NONE + 1; id < NOTICE_COUNT; id++) {
        if (notice_code((NoticeId)id)[0] == '\0') /* a number that nothing has yet */
            continue;
        Notice notice;
        EXPECT_OK(notice_of(id, &notice));
        tasks += notice.kind == NOTICE_TASK;
        tell(&town, &holder, (NoticeId)id, log, town.now);
    }
    EXPECT_OK(store_read(town.store, &tx));
    EXPECT_OK(store_inbox_tasks(tx, &(InboxPage){.person = holder.person, .max = 100}, town.arena, &rows));
    EXPECT(rows.count == tasks);
    for (uint32_t i = 0; i < rows.count; i++) {
        Notice notice;
        EXPECT_OK(notice_of(rows.items[i].event, &notice));
        EXPECT(notice.kind == NOTICE_TASK);
    }
}

static Err choose(Town *town, Actor *actor, int64_t silenced)
{
    actor->request = town_id(town);
    return silence_choose(actor, silenced);
}

TEST(whoever_does_not_want_a_notice_is_not_shown_it_nor_counted_it_and_what_must_be_told_is_told)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor other = town_staff(&town, STR("Kollega"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    InboxItems waiting = {0};

    tell(&town, &holder, NOTICE_NEW_NOTE, log, 0);
    tell(&town, &holder, NOTICE_QUIET, log, quiet_from(&town));
    tell(&town, &other, NOTICE_NEW_NOTE, log, 0);
    EXPECT(inbox_of(&town, &holder).count == 2);
    EXPECT_ERR(choose(&town, &holder, NOTICE_BIT(NOTICE_NEW_NOTE) | NOTICE_BIT(NOTICE_QUIET)), E_INVALID);
    EXPECT_OK(choose(&town, &holder, NOTICE_BIT(NOTICE_NEW_NOTE)));
    InboxItems items = inbox_of(&town, &holder);
    EXPECT(items.count == 1 && items.unread == 1 && items.items[0].notice == NOTICE_QUIET);
    EXPECT(items.silenced == NOTICE_BIT(NOTICE_NEW_NOTE) && inbox_of(&town, &other).count == 1);
    EXPECT_OK(inbox_waiting(&(LogReader){&town.service, &holder, town.arena}, &waiting));
    EXPECT(waiting.count == 1 && waiting.unread == 1);
    EXPECT_OK(choose(&town, &holder, 0));
    EXPECT(inbox_of(&town, &holder).count == 2);
}

static uint32_t mails(Town *town)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    OutboxRows rows = {0};

    EXPECT_OK(store_read(town->store, &tx));
    EXPECT_OK(store_outbox(tx, 100, town->arena, &rows));
    return rows.count;
}

TEST(beside_what_must_be_told_lies_a_mail_until_it_is_read_and_beside_the_rest_none)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor manager = town_staff(&town, STR("Enhet Leder"), ROLE_ORG_MANAGER, town.unit);
    Values note = {.kind = kind_of(KIND_NOTE)}, asked = {.kind = kind_of(KIND_CLOSING)};
    Deed deed = {.service = &town.service, .actor = &holder, .log = town_create(&town, &holder), .asked = &asked};
    Id entry;
    Why why;

    log_set(&note, "text", STR("Det gikk fint."));
    holder.request = town_id(&town);
    EXPECT_OK(log_entry_add(&town.service, &holder, deed.log, &note, &entry));
    EXPECT(mails(&town) == 0);
    values_put(&asked, CLOSING_REASON, STR("1"));
    holder.request = town_id(&town);
    EXPECT_OK(procedure_from_str(STR("log_close"), &deed.procedure));
    EXPECT_OK(procedure_carry_out(&deed, &why));
    EXPECT(mails(&town) == 2); /* the manager and the guardian */
    manager.request = town_id(&town);
    EXPECT_OK(inbox_mark(&manager));
    EXPECT(mails(&town) == 1);
}

TEST(nobody_reads_the_inbox_of_another)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor manager = town_staff(&town, STR("Enhet Leder"), ROLE_ORG_MANAGER, town.unit);
    Id log = town_create(&town, &holder);

    tell(&town, &holder, NOTICE_QUIET, log, quiet_from(&town));
    InboxItems items = inbox_of(&town, &manager);
    EXPECT(items.count == 0 && items.unread == 0);
    EXPECT_OK(inbox_mark(&manager));
    EXPECT(inbox_of(&town, &holder).unread == 1);
}

RUN_TESTS("inbox")
