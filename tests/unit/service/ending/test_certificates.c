/* Deletions that were carried out, as administrators and auditors find them; with a real database and a real key agent.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "domain/deletion.h"
#include "service/log/task.h"
#include "service/ending/certificates.h"
#include "store/ending/deletion.h"
#include "support/log_fixture.h"

#define TOWN(name)                       \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

typedef struct Putting {
    const Actor *actor;
    DeletionRow row;
} Putting;

static Err put(Tx *tx, void *context)
{
    const Putting *putting = context;
    const AuditLine line = service_line(putting->actor, ACT_DELETION_ORDER, OBJECT_NONE, (Id){0});

    TRY(store_deletion_insert(tx, &putting->row));
    return store_audit(tx, &line);
}

/* An order that was approved, and carried out a moment ago. */
static DeletionRow ordered_row(Town *town, const Actor *admin, Id log, int64_t log_no)
{
    return (DeletionRow){.id = town_id(town), .log = log, .log_no = log_no, .display = 10000001, .unit = town->unit,
                         .scenario = CAUSE_OF_AGE, .archive = ARCHIVE_NONE, .ground = ARCHIVE_GROUND_PLAN, .ordered_by = admin->person,
                         .ordered_at = admin->now - DAY_MS, .approved_by = town_id(town), .approved_at = admin->now - DAY_MS,
                         .purge_at = admin->now - DAY_MS, .purged_at = admin->now - 1, .version = 1};
}

/* The same of a log that is not there, carried out then, or not yet. */
static DeletionRow ordered(Town *town, const Actor *admin, int64_t purged_at)
{
    Putting putting = {.actor = admin, .row = ordered_row(town, admin, town_id(town), 1000 + purged_at % 997)};

    putting.row.purged_at = purged_at;
    EXPECT_OK(store_write(admin->store, put, &putting));
    return putting.row;
}

TEST(what_was_carried_out_is_listed_for_an_administrator_and_an_auditor_the_newest_first_and_for_nobody_else)
{
    static const Role others[] = {ROLE_ORG_MANAGER, ROLE_RELAY_HOLDER, ROLE_ACTOR, ROLE_GUARDIAN, ROLE_CHILD, ROLE_CUSTODIAN};
    TOWN(town);
    Actor admin = town_staff(&town, STR("Kari"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    Actor auditor = town_actor(&town, admin.person, ROLE_AUDITOR, (Id){0});
    CertificateItems items = {0};

    const DeletionRow first = ordered(&town, &admin, admin.now - DAY_MS), second = ordered(&town, &admin, admin.now - 1);
    (void)ordered(&town, &admin, 0);
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        Actor other = town_actor(&town, town_id(&town), others[i], town.unit);
        EXPECT_ERR(certificates_list(&town.service, &other, (DeletionBehind){0}, town.arena, &items), E_FORBIDDEN);
    }
    const Actor *const readers[] = {&admin, &auditor};
    for (size_t i = 0; i < COUNT_OF(readers); i++) {
        EXPECT_OK(certificates_list(&town.service, readers[i], (DeletionBehind){0}, town.arena, &items));
        EXPECT(items.count == 2 && !items.more && id_equal(items.items[0].row.id, second.id));
        EXPECT(items.items[0].last_on == deletion_last_day(second.purged_at));
        EXPECT_OK(certificates_list(&town.service, readers[i], (DeletionBehind){second.purged_at, second.id}, town.arena, &items));
        EXPECT(items.count == 1 && id_equal(items.items[0].row.id, first.id));
    }
}

static Err become_deleted(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    (void)entered;
    (void)scratch;
    change->log.state = STATE_DELETED;
    *(int64_t *)self = entered->content.log.no;
    return ok();
}

TEST(that_of_a_deleted_log_names_who_ordered_to_an_administrator_and_nothing_is_told_of_one_that_lives)
{
    TOWN(town);
    Actor admin = town_staff(&town, STR("Kari"), ROLE_MUNICIPALITY_ADMIN, (Id){0}), holder = town_staff(&town, STR("Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor auditor = town_actor(&town, admin.person, ROLE_AUDITOR, (Id){0}), manager = town_actor(&town, town_id(&town), ROLE_ORG_MANAGER, town.unit);
    CertificateView view = {0};
    int64_t no = 0;
    Why why;

    const Id log = town_create(&town, &holder);
    LogTask task = {.wish = {.log = log, .act = ACT_NOTE_WRITE, .purpose = PURPOSE_WRITE}, .prepare = become_deleted, .self = &no};
    EXPECT_ERR(certificate_open(&town.service, &admin, log, town.arena, &view), E_FORBIDDEN);
    EXPECT_ERR(certificate_open(&town.service, &auditor, log, town.arena, &view), E_NOT_FOUND);
    EXPECT_OK(log_carry_out(&town.service, &holder, &task, &why));
    Putting putting = {.actor = &admin, .row = ordered_row(&town, &admin, log, no)};
    EXPECT_OK(store_write(admin.store, put, &putting));
    EXPECT_OK(certificate_open(&town.service, &admin, log, town.arena, &view));
    EXPECT_STR(view.ordered_by, "Kari");
    EXPECT(certificate_is_there(&admin, log, town.arena) && !certificate_is_there(&manager, log, town.arena));
    EXPECT_OK(certificate_open(&town.service, &auditor, log, town.arena, &view));
    EXPECT(view.ordered_by.length == 0);
    EXPECT_ERR(certificate_open(&town.service, &manager, log, town.arena, &view), E_NOT_FOUND);
}

RUN_TESTS("certificates")
