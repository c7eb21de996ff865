/* A municipality goes from one epoch to the next: what lives is read and found before, during and after; nothing is left behind.
 * Must not leave a process behind.
 * Called by meson test. */
#include "lives.h"

#include "keys/epochs.h"
#include "service/jobs/epoch.h"
#include "service/municipality/verify.h"
#include "service/people/found.h"
#include "service/seal.h"
#include "store/moving/scopes.h"

#define CHILD "05110899999" /* a test number */

static JobCounts run_epoch(Place *place, enum JobEnd wanted)
{
    const JobOrder order = {.job = JOB_EPOCH, .tenant = place->town.tenant};
    enum JobEnd end = JOB_NOT_DUE;
    JobCounts counts = {0};

    EXPECT_OK(job_run(&place->town.service, &order, &end, &counts));
    EXPECT(end == wanted);
    return counts;
}

static Epochs epochs_of(Place *place)
{
    Epochs epochs = {0};

    EXPECT_OK(keys_epoch(place->town.agent.keys, place->town.tenant, &epochs));
    return epochs;
}

static int64_t left_of(Place *place, uint32_t epoch)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    int64_t left = 0;

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_scopes_older_count(tx, epoch, &left));
    return left;
}

static void expect_opens(Place *place, Id log)
{
    LogView view;
    Why why;

    place->holder.request = town_id(&place->town);
    EXPECT_OK(log_open(&(LogReader){&place->town.service, &place->holder, place->town.arena}, log, OPENING_NONE, &why, &view));
}

static void tell_finding(void *self, const Finding *finding)
{
    (void)self;
    print_error("%s %s\n", finding_name(finding->kind), finding->table ? finding->table : "");
}

static void expect_verifies(Place *place)
{
    const VerifyTo to = {.found = tell_finding};
    VerifyResult result = {0};

    EXPECT_OK(verify_database(&place->town.service, place->town.tenant, &to, &result));
    EXPECT(result.findings == 0);
}

/* A scope that is found by a number and a person that nobody is. */
static ScopeKeyRow new_scope(Place *place, ScopeKind kind, Str number)
{
    Key key;
    WrappedKey wrapped;
    Str bytes, index = STR_NONE;
    const Id id = town_id(&place->town);

    EXPECT_OK(keys_scope_new(place->town.agent.keys, actor_key(&place->holder, PURPOSE_WRITE, kind, id), indexed_by(INDEX_NATIONAL_ID, number),
                             &wrapped, &key));
    ScopeKeyRow row = scope_row(kind, id, &wrapped, 1);
    EXPECT_OK(str_copy(place->town.arena, row.wrapped, &bytes));
    if (row.blind_index.length > 0)
        EXPECT_OK(str_copy(place->town.arena, row.blind_index, &index));
    row.wrapped = bytes;
    row.blind_index = index;
    return row;
}

static uint32_t found_by(Place *place, Str number)
{
    const IndexUse use = {.grant = place->holder.grant, .tenant = place->town.tenant, .kind = INDEX_NATIONAL_ID, .purpose = PURPOSE_READ};
    AUTO(store_read_endp) Tx *tx = NULL;
    BlindIndex index = {0};
    ScopeKeyRows rows = {0};

    EXPECT_OK(keys_blind_index(place->town.agent.keys, use, number, &index));
    const ScopeIndex where = scope_index_of(&index);
    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_scopes_by_index(tx, &where, place->town.arena, &rows));
    return rows.count;
}

static Err erase(Tx *tx, void *row)
{
    return store_scope_delete(tx, ((const ScopeKeyRow *)row)->scope);
}

static void destroy_one(Place *place)
{
    ScopeKeyRow row = new_scope(place, SCOPE_PERSON, STR_NONE);

    town_put(&place->town, put_scope, &row);
    town_put(&place->town, erase, &row);
}

TEST(a_night_in_which_nothing_was_destroyed_turns_nothing_and_one_after_it_turns)
{
    PLACE(p);
    const Day first = today(&p);
    Id log = any_log(&p, 364);

    EXPECT(run_epoch(&p, JOB_DONE).changed == 0 && epochs_of(&p).present == 1);
    destroy_one(&p);
    go_to(&p, first, 1);
    EXPECT(run_epoch(&p, JOB_DONE).changed > 0);
    EXPECT(epochs_of(&p).present == 2 && epochs_of(&p).former == 0 && left_of(&p, 2) == 0);
    EXPECT(lines_of(&p, (Id){0}, ACT_EPOCH_REWRAP) == 1 && lines_of(&p, (Id){0}, ACT_EPOCH_DONE) == 1);
    expect_opens(&p, log);
    expect_verifies(&p);
    go_to(&p, first, 2);
    run_epoch(&p, JOB_DONE);
    EXPECT(epochs_of(&p).present == 2);
}

TEST(a_month_without_anything_destroyed_turns_it_too)
{
    PLACE(p);
    const Day first = today(&p);

    run_epoch(&p, JOB_DONE);
    go_to(&p, first, 29);
    run_epoch(&p, JOB_DONE);
    EXPECT(epochs_of(&p).present == 1);
    go_to(&p, first, 30);
    run_epoch(&p, JOB_DONE);
    EXPECT(epochs_of(&p).present == 2);
}

/* ---- cut in the middle ---- */

typedef struct Cut {
    Place *place;
    Id log;
    uint32_t after; /* so many steps */
} Cut;

static Err cut(void *self, uint32_t wrapped)
{
    Cut *at = self;

    (void)wrapped;
    expect_opens(at->place, at->log);
    EXPECT(found_by(at->place, STR(CHILD)) == 600);
    return at->after-- > 1 ? ok() : (Err){.id = E_STOPPED};
}

static Err put_many(Tx *tx, void *rows)
{
    const ScopeKeyRow *row = rows;

    for (size_t i = 0; i < 100; i++)
        TRY(store_scope_insert(tx, &row[i]));
    return ok();
}

TEST(while_keys_are_wrapped_anew_all_is_read_and_found_and_a_turn_that_was_cut_goes_on)
{
    PLACE(p);
    static ScopeKeyRow rows[100];
    Id log = any_log(&p, 364);
    Cut at = {.place = &p, .log = log};
    EpochOrder order = {.tenant = p.town.tenant, .self = &at, .tell = cut};
    uint32_t wrapped = 0;

    for (size_t batch = 0; batch < 6; batch++) {
        for (size_t i = 0; i < COUNT_OF(rows); i++)
            rows[i] = new_scope(&p, SCOPE_LOG, STR(CHILD));
        town_put(&p.town, put_many, rows);
    }
    for (uint32_t steps = 1; steps <= 2; steps++) {
        at.after = steps;
        EXPECT_ERR(epoch_turn(&p.town.service, &order, &wrapped), E_STOPPED);
        EXPECT(epochs_of(&p).present == 2 && epochs_of(&p).former == 1);
        expect_opens(&p, log);
    }
    test_agent_kill(&p.town.agent);
    test_agent_restart(&p.town.agent);
    test_agent_unseal(&p.town.agent);
    town_grant(&p.town, &p.holder);
    order.tell = NULL;
    EXPECT_OK(epoch_turn(&p.town.service, &order, &wrapped));
    /* The one that was cut, and one for what was destroyed since it began. */
    EXPECT(epochs_of(&p).present == 3 && epochs_of(&p).former == 0 && left_of(&p, 3) == 0);
    expect_opens(&p, log);
    EXPECT(found_by(&p, STR(CHILD)) == 600);
    expect_verifies(&p);
}

TEST(a_key_that_was_wrapped_before_the_turn_does_not_come_in_behind_it)
{
    PLACE(p);
    ScopeKeyRow late = new_scope(&p, SCOPE_PERSON, STR_NONE);
    const EpochOrder order = {.tenant = p.town.tenant};
    uint32_t wrapped = 0;

    EXPECT_OK(epoch_turn(&p.town.service, &order, &wrapped));
    EXPECT_ERR(store_write(p.town.store, put_scope, &late), E_BUSY);
    EXPECT(left_of(&p, 2) == 0);
}

/* ---- a row that is not what was written ---- */

static Err spoil(Tx *tx, void *context)
{
    return store_scope_update(tx, context);
}

TEST(a_key_that_does_not_open_keeps_the_former_epoch_until_it_is_seen_to)
{
    PLACE(p);
    ScopeKeyRow row = new_scope(&p, SCOPE_PERSON, STR_NONE);
    const EpochOrder order = {.tenant = p.town.tenant};
    const Str whole = row.wrapped;
    char spoilt[WRAPPED_BYTES];
    uint32_t wrapped = 0;

    town_put(&p.town, put_scope, &row);
    memcpy(spoilt, whole.data, sizeof spoilt);
    spoilt[60] ^= 1;
    row.wrapped = str_from_bytes(spoilt, sizeof spoilt);
    town_put(&p.town, spoil, &row);
    EXPECT_ERR(epoch_turn(&p.town.service, &order, &wrapped), E_FORGED);
    EXPECT(epochs_of(&p).former == 1);
    EXPECT_ERR(epoch_turn(&p.town.service, &order, &wrapped), E_FORGED);
    town_put(&p.town, erase, &row);
    EXPECT_OK(epoch_turn(&p.town.service, &order, &wrapped));
    EXPECT(epochs_of(&p).former == 0 && left_of(&p, epochs_of(&p).present) == 0);
}

static uint32_t findings_of(Place *place)
{
    VerifyResult result = {0};

    EXPECT_OK(verify_database(&place->town.service, place->town.tenant, &(VerifyTo){.found = tell_finding}, &result));
    return (uint32_t)result.findings;
}

TEST(a_key_of_an_epoch_that_is_over_is_named_where_it_is_put_back_and_opens_nothing)
{
    PLACE(p);
    AUTO(store_read_endp) Tx *tx = NULL;
    const Id log = any_log(&p, 364);
    const EpochOrder order = {.tenant = p.town.tenant};
    ScopeKeyRow before = {0}, now = {0};
    LogView view;
    Why why;
    uint32_t wrapped = 0;

    EXPECT_OK(store_read(p.town.store, &tx));
    EXPECT_OK(store_scope(tx, log, p.town.arena, &before));
    store_read_endp(&tx);
    EXPECT_OK(epoch_turn(&p.town.service, &order, &wrapped));
    EXPECT(findings_of(&p) == 0);
    EXPECT_OK(store_read(p.town.store, &tx));
    EXPECT_OK(store_scope(tx, log, p.town.arena, &now));
    store_read_endp(&tx);
    tx = NULL;
    now.wrapped = before.wrapped;
    town_put(&p.town, spoil, &now);
    EXPECT(findings_of(&p) > 0);
    p.holder.request = town_id(&p.town);
    EXPECT_ERR(log_open(&(LogReader){&p.town.service, &p.holder, p.town.arena}, log, OPENING_NONE, &why, &view), E_BUSY);
}

RUN_TESTS("epoch")
