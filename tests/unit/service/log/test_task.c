/* The loop that changes logs, under acts made up here: refused, overtaken, tried again, a state changed with its line.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "domain/settings.h"
#include "store/content.h"
#include "service/log/task.h"
#include "service/reading/open.h"
#include "service/settings.h"
#include "support/log_fixture.h"

#define TOWN(name)                       \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

/* An act that something else happens to while it is being prepared. */
typedef struct Made {
    Town *town;
    void (*meanwhile)(struct Made *made);
    Id log;
    unsigned prepared, put;
    unsigned stale;    /* how often put finds that something outside the log has moved on */
    uint8_t state;     /* the log's from now on; 0: it stays */
} Made;

static Err prepare(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    Made *made = self;

    (void)scratch;
    (void)entered;
    made->prepared++;
    if (made->meanwhile && made->prepared == 1)
        made->meanwhile(made);
    if (made->state)
        change->log.state = made->state;
    change->also = made->state ? ACT_LOG_CLOSE : ACT_NONE;
    return ok();
}

static Err put(Tx *tx, void *self)
{
    Made *made = self;

    (void)tx;
    return (Err){.id = made->put++ < made->stale ? E_STALE : E_OK};
}

static Err carry_out(Town *town, const Actor *actor, Act act, Made *made)
{
    const LogTask task = {.wish = {.log = made->log, .act = act, .purpose = PURPOSE_WRITE}, .prepare = prepare, .put = put,
                          .self = made};
    Why why;

    made->town = town;
    return log_carry_out(&town->service, actor, &task, &why);
}

static Actor guardian_of(Town *town, const Actor *holder, Id log)
{
    LogView view = {0};
    Why why;
    EXPECT_OK(log_open(&(LogReader){&town->service, holder, town->arena}, log, OPENING_NONE, &why, &view));
    return town_actor(town, view.people[1].person, ROLE_GUARDIAN, (Id){0});
}

static void forbid_guardians(Made *made)
{
    Actor admin = town_staff(made->town, STR("Kari Kommune"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    Settings seen = {0}, wanted;

    EXPECT_OK(settings_read(&made->town->service, &admin, &seen));
    wanted = seen;
    wanted.values[SETTING_GUARDIANS_WRITE] = 0;
    EXPECT_OK(settings_change(&made->town->service, &admin, &seen, &wanted));
}

TEST(what_a_setting_forbids_meanwhile_is_refused_with_its_line_and_not_written)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Made made = {.meanwhile = forbid_guardians, .log = town_create(&town, &holder)};
    Actor guardian = guardian_of(&town, &holder, made.log);

    EXPECT_ERR(carry_out(&town, &guardian, ACT_NOTE_WRITE, &made), E_FORBIDDEN);
    EXPECT(made.prepared == 1 && made.put == 0);
    const AuditLine newest = town_lines(&town, made.log).items[0].line;
    EXPECT(newest.outcome == AUDIT_REFUSED && newest.reason == WHY_SETTING_OFF && newest.act == ACT_NOTE_WRITE);
}

/* Without a new head, as somebody who has the database and not the keys. */
static Err touch(Tx *tx, void *context)
{
    const Made *made = context;
    LogRow log;

    TRY(store_log_by_id(tx, made->log, &log));
    const LogWritten written = {.no = log.no, .last_activity_at = log.last_activity_at + 1, .wake_on = log.wake_on};
    LogAfter after;

    return store_log_written(tx, &written, &after);
}

static void forge(Made *made)
{
    town_put(made->town, touch, made);
}

TEST(a_log_whose_rows_were_changed_while_the_act_was_prepared_gets_no_new_head)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Made made = {.meanwhile = forge, .log = town_create(&town, &holder)};

    EXPECT_ERR(carry_out(&town, &holder, ACT_NOTE_WRITE, &made), E_FORGED);
    EXPECT(made.prepared == 1 && made.put == 0);
}

TEST(what_moves_on_outside_the_log_is_tried_again_and_not_for_ever)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Made twice = {.stale = 2, .log = town_create(&town, &holder)}, always = {.stale = UINT32_MAX, .log = twice.log};

    EXPECT_OK(carry_out(&town, &holder, ACT_NOTE_WRITE, &twice));
    EXPECT(twice.prepared == 3 && twice.put == 3);
    EXPECT_ERR(carry_out(&town, &holder, ACT_NOTE_WRITE, &always), E_BUSY);
    EXPECT(always.put == LOG_TRIES);
}

TEST(a_state_that_an_act_changes_is_stored_with_the_line_of_what_follows)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Made made = {.state = STATE_PASSIVE, .log = town_create(&town, &holder)};
    AUTO(store_read_endp) Tx *tx = NULL;
    LogRow row = {0};

    EXPECT_OK(carry_out(&town, &holder, ACT_NOTE_WRITE, &made));
    AuditRows lines = town_lines(&town, made.log);
    EXPECT(lines.items[0].line.act == ACT_LOG_CLOSE && lines.items[1].line.act == ACT_NOTE_WRITE);
    EXPECT_OK(store_read(town.store, &tx));
    EXPECT_OK(store_log_by_id(tx, made.log, &row));
    EXPECT(row.state == STATE_PASSIVE && row.last_activity_at == town.now);
}

RUN_TESTS("log task")
