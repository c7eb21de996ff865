/* verify over a real log: everything opens in its place, and a value that was put elsewhere with a proper line does not.
 * Must not tamper behind the store's back: tests/unit/store/test_verify.c and tests/release/verify_commands.py do. */
#include "service/municipality/verify.h"
#include "support/log_fixture.h"

typedef struct Told {
    uint32_t count;
    Finding last;
} Told;

static void tell(void *self, const Finding *finding)
{
    Told *told = self;
    *told = (Told){.count = told->count + 1, .last = *finding};
}

static Told verify(Town *town)
{
    Told told = {0};
    const VerifyTo to = {.self = &told, .found = tell};
    VerifyResult result;
    EXPECT_OK(verify_database(&town->service, town->tenant, &to, &result));
    EXPECT(result.findings == told.count);
    return told;
}

#define TOWN(name)                  \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

TEST(every_sealed_value_of_a_log_opens_in_its_place)
{
    TOWN(t);
    Actor holder = town_staff(&t, STR("Hanna Holder"), ROLE_RELAY_HOLDER, t.unit);
    town_create(&t, &holder);
    EXPECT(verify(&t).count == 0);
}

typedef struct Moved {
    EntryRow row;
    AuditLine line;
} Moved;

static Err put_moved(Tx *tx, void *context)
{
    Moved *moved = context;
    int64_t no;
    TRY(store_entry_append(tx, &moved->row, &no));
    return store_audit(tx, &moved->line);
}

TEST(a_sealed_value_put_into_another_row_is_found_although_the_chain_agrees)
{
    TOWN(t);
    Actor holder = town_staff(&t, STR("Hanna Holder"), ROLE_RELAY_HOLDER, t.unit);
    Id log = town_create(&t, &holder);
    AUTO(store_read_endp) Tx *tx = NULL;
    LogContent content;
    Permit permit = {0};

    EXPECT(policy_permit((Ask){.role = ROLE_RELAY_HOLDER, .act = ACT_LOG_READ, .relation = RELATION_PARTICIPANT, .state = STATE_ACTIVE},
                         (Subject){.person = holder.person, .log = log, .access_version = 1}, &permit) == WHY_ALLOWED);
    EXPECT_OK(store_read(t.store, &tx));
    EXPECT_OK(store_log_content(tx, &permit, t.arena, &content));
    store_read_endp(&tx);
    tx = NULL;
    Moved moved = {.row = content.entries.items[0], .line = {.at = t.now, .request = town_id(&t), .act = ACT_SETTINGS_WRITE,
                                                             .outcome = AUDIT_ALLOWED}};
    moved.row.id = moved.row.entry = town_id(&t);
    EXPECT_OK(store_write(t.store, put_moved, &moved));
    Told told = verify(&t);
    EXPECT(told.count == 1 && told.last.kind == FINDING_SEALED_FORGED && strcmp(told.last.table, "entry") == 0);
    EXPECT(id_equal(told.last.row, moved.row.id));
}

TEST(a_sealed_agent_verifies_nothing)
{
    TOWN(t);
    Told told = {0};
    const VerifyTo to = {.self = &told, .found = tell};
    VerifyResult result;
    EXPECT_OK(keys_seal(t.service.keys));
    EXPECT_ERR(verify_database(&t.service, t.tenant, &to, &result), E_SEALED);
}

TEST(databases_opened_for_reading_verify_beside_the_writer_and_write_nothing)
{
    TOWN(t);
    const StoresOptions options = {.driver = sqlite_driver(), .place = str_from_c(t.folder), .world = &t.agent.world,
                                   .prover = service_prover(t.agent.keys)};
    Stores *reading = NULL;
    Store *store = NULL;
    Moved moved = {.line = {.at = t.now, .request = town_id(&t), .act = ACT_SETTINGS_WRITE, .outcome = AUDIT_ALLOWED}};

    EXPECT_OK(stores_open_reading(&options, &reading));
    EXPECT_OK(store_of(reading, t.tenant, &store));
    EXPECT_ERR(store_write(store, put_moved, &moved), E_INTERNAL);
    EXPECT_ERR(stores_create(reading, town_id(&t)), E_INTERNAL);
    EXPECT_ERR(store_of(reading, town_id(&t), &store), E_NOT_FOUND);
    stores_close(reading);
    EXPECT(verify(&t).count == 0);
}

RUN_TESTS("verify")
