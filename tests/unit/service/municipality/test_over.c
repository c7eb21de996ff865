/* Rows that end by themselves, on a clock that stands until it is moved: each goes when its time is over, and none before.
 * Must not leave a process behind. */
#include "support/test.h"

#include "domain/clocks.h"
#include "service/municipality/over.h"
#include "service/session/session.h"
#include "service/session/sign_in.h"
#include "store/store.h"
#include "support/fixture.h"

#define FIXTURE(name)                     \
    AUTO(fixture_end) Fixture name = {0}; \
    fixture_begin(&name)

#define HOUR INT64_C(3600000)
#define DAY (24 * HOUR)

static Store *store_of_town(Fixture *f)
{
    Store *store = NULL;

    EXPECT_OK(store_of(f->service.stores, f->tenant, &store));
    return store;
}

static OverCounts removed(Fixture *f)
{
    OverCounts counts = {0};

    EXPECT_OK(over_remove(&f->service, f->tenant, (Id){0}, &counts));
    return counts;
}

static void sign_in(Fixture *f, int64_t steps, SessionToken *ret_token)
{
    Str code = fixture_totp(f, str_from_c(f->code.text), steps);

    EXPECT_OK(session_sign_in(&f->service, f->tenant, &(SignIn){FIXTURE_USER_NAME, FIXTURE_PASSWORD, code, STR("192.0.2.1"), STR_NONE},
                              ret_token));
}

TEST(a_session_goes_when_its_eight_hours_are_over_and_no_sooner)
{
    FIXTURE(f);
    SessionToken token;
    Actor actor;

    fixture_enrol(&f);
    sign_in(&f, 0, &token);
    EXPECT(removed(&f).of[KEEPING_SESSION] == 0);
    EXPECT_OK(session_resume(&f.service, f.tenant, &token, &actor));
    fixture_advance(&f, 7 * HOUR);
    EXPECT(removed(&f).of[KEEPING_SESSION] == 0);
    fixture_advance(&f, HOUR);
    EXPECT(removed(&f).of[KEEPING_SESSION] >= 1);
    EXPECT(removed(&f).of[KEEPING_SESSION] == 0);
}

static uint32_t lines_of(Fixture *f, Act act, uint32_t *ret_amount)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    AuditRows rows = {0};
    uint32_t count = 0;

    *ret_amount = 0;
    EXPECT_OK(store_read(store_of_town(f), &tx));
    EXPECT_OK(store_audit_all(tx, 0, 500, f->arena, &rows));
    for (uint32_t i = 0; i < rows.count; i++)
        if (rows.items[i].line.act == act) {
            count++;
            *ret_amount += rows.items[i].line.amount;
        }
    return count;
}

TEST(a_code_that_nobody_used_goes_after_fourteen_days_and_leaves_one_line_with_the_number)
{
    FIXTURE(f);
    uint32_t amount = 0;

    fixture_advance(&f, 14 * DAY - HOUR);
    EXPECT(removed(&f).of[KEEPING_CODE] == 0);
    EXPECT(lines_of(&f, ACT_CODES_REMOVE, &amount) == 0);
    fixture_advance(&f, HOUR);
    const uint32_t codes = removed(&f).of[KEEPING_CODE]; /* the code, and what it is worth */
    EXPECT(codes > 0);
    EXPECT(lines_of(&f, ACT_CODES_REMOVE, &amount) == 1 && amount == codes);
    EXPECT(removed(&f).of[KEEPING_CODE] == 0);
    EXPECT(lines_of(&f, ACT_CODES_REMOVE, &amount) == 1);
}

TEST(of_a_code_that_was_used_nothing_is_left_two_weeks_later)
{
    FIXTURE(f);
    OverCounts again;

    fixture_enrol(&f);
    fixture_advance(&f, 15 * DAY);
    (void)removed(&f);
    again = removed(&f);
    EXPECT(again.of[KEEPING_CODE] == 0 && again.of[KEEPING_CODE_USED] == 0);
}

TEST(a_draft_goes_when_its_clock_says_that_it_is_forgotten)
{
    const int64_t now = INT64_C(1795266000000);

    EXPECT(clock_due(CLOCK_DRAFT_END, keeping_over(KEEPING_DRAFT, now), NULL) == now);
}

/* A form's key and a wait, as a request leaves them. */
static Err leave(Tx *tx, void *context)
{
    const Fixture *f = context;
    const int64_t now = f->began + f->later;
    const FormKeyRow form = {.hash = {{7}}, .content = {{1}}, .at = now};
    const BackoffRow wait = {.key = {{9}}, .failures = 6, .until_at = now + 4000};

    TRY(store_form_claim(tx, &form));
    return store_backoff_put(tx, &wait);
}

TEST(a_form_key_and_a_wait_go_after_a_day)
{
    FIXTURE(f);

    EXPECT_OK(store_write(store_of_town(&f), leave, &f));
    fixture_advance(&f, DAY - HOUR);
    OverCounts early = removed(&f);
    EXPECT(early.of[KEEPING_FORM_KEY] == 0 && early.of[KEEPING_WAIT] == 0);
    fixture_advance(&f, HOUR + 5000);
    OverCounts late = removed(&f);
    EXPECT(late.of[KEEPING_FORM_KEY] == 1 && late.of[KEEPING_WAIT] == 1);
}

TEST(a_run_over_all_databases_tells_how_many_rows_went_and_a_second_finds_nothing)
{
    FIXTURE(f);
    uint32_t rows = 0, failed = 1;

    EXPECT_OK(store_write(store_of_town(&f), leave, &f));
    EXPECT_OK(store_write(store_host(f.service.stores), leave, &f));
    fixture_advance(&f, 15 * DAY);
    EXPECT_OK(over_remove_all(&f.service, &rows, &failed));
    EXPECT(rows >= 5 && failed == 0); /* two of each, and the administrator's code */
    EXPECT_OK(over_remove_all(&f.service, &rows, &failed));
    EXPECT(rows == 0 && failed == 0);
}

RUN_TESTS("over")
