/* An older copy of a database that is put back: nobody signs in, whoever was signed in is out, verify names it.
 * Must put files back as somebody with root would, behind the store's back. */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "service/heads.h"
#include "service/prover.h"
#include "service/session/sign_in.h"
#include "store/sqlite/sqlite.h"
#include "support/fixture.h"
#include "store/verify/verify.h"

#define TOWN(name)                                \
    AUTO(fixture_end) Fixture name = {0};         \
    AUTO(heads_freep) Heads *name##_heads = NULL; \
    fixture_begin(&name);                         \
    EXPECT_OK(heads_new(&name##_heads));          \
    name.service.heads = name##_heads;            \
    fixture_enrol(&name)

/* Puts a copy of the databases from one folder of the installation to another, and nothing else stays there. */
static void copy(Fixture *f, const char *from, const char *to)
{
    char command[6 * TEST_PATH];
    snprintf(command, sizeof command, "cd %s && rm -rf %s && cp -a %s %s", f->folder, to, from, to);
    stores_closep(&f->service.stores);
    f->service.stores = NULL;
    EXPECT(system(command) == 0);
}

/* The databases are opened by a new process: it remembers nothing of what was shown. */
static void open_again(Fixture *f, Heads **heads)
{
    const StoresOptions options = {.driver = sqlite_driver(), .world = &f->world, .place = str_from_c(f->folder),
                                   .prover = service_prover(f->agent.keys)};

    heads_freep(heads);
    EXPECT_OK(heads_new(heads));
    f->service.heads = *heads;
    EXPECT_OK(stores_open(&options, &f->service.stores));
}

static void copy_away(Fixture *f, Heads **heads, const char *name)
{
    copy(f, "municipality", name);
    open_again(f, heads);
}

static void put_back(Fixture *f, Heads **heads, const char *name)
{
    copy(f, name, "municipality");
    open_again(f, heads);
}

static Err sign_in(Fixture *f, SessionToken *ret_token)
{
    Str code = fixture_totp(f, str_from_c(f->code.text), 1);
    Err signed_in = session_sign_in(&f->service, f->tenant, &(SignIn){FIXTURE_USER_NAME, FIXTURE_PASSWORD, code,
                                    STR_NONE, STR_NONE}, ret_token);

    fixture_advance(f, 60000); /* the next code is another one */
    return signed_in;
}

typedef struct Told {
    uint32_t count;
    Id tenant;
    Err error;
    enum finding_kind finding;
} Told;

static void tell_failure(void *self, Id tenant, Err error)
{
    Told *told = self;
    *told = (Told){.count = told->count + 1, .tenant = tenant, .error = error};
}

static void tell_finding(void *self, const Finding *finding)
{
    Told *told = self;
    *told = (Told){.count = told->count + 1, .finding = finding->kind};
}

static Told show_all(Fixture *f)
{
    Told told = {0};
    Err first = heads_show_all(&f->service, tell_failure, &told);
    EXPECT(is_ok(first) == (told.count == 0));
    return told;
}

static Told verify(Fixture *f)
{
    Told told = {0};
    VerifyWatch watch = {.self = &told, .found = tell_finding};
    AuditHead known = {0};
    VerifyResult result;
    Store *store = NULL;

    EXPECT_OK(keys_head_newest(f->service.keys, f->tenant, &known));
    watch.known_size = known.size;
    memcpy(watch.known_root.bytes, known.root, HASH_BYTES);
    EXPECT_OK(store_of(f->service.stores, f->tenant, &store));
    EXPECT_OK(store_verify(store, &watch, &result));
    return told;
}

TEST(heads_are_signed_when_lines_were_written_and_not_again)
{
    TOWN(f);
    SessionToken token;
    AuditHead first = {0}, second = {0}, third = {0};
    EXPECT(show_all(&f).count == 0);
    EXPECT_OK(keys_head_newest(f.service.keys, f.tenant, &first));
    EXPECT(first.size > 0);
    EXPECT(show_all(&f).count == 0);
    EXPECT_OK(keys_head_newest(f.service.keys, f.tenant, &second));
    EXPECT(second.size == first.size && second.at == first.at);
    EXPECT_OK(sign_in(&f, &token));
    EXPECT(show_all(&f).count == 0);
    EXPECT_OK(keys_head_newest(f.service.keys, f.tenant, &third));
    EXPECT(third.size > first.size);
    EXPECT(verify(&f).count == 0);
}

TEST(an_older_copy_put_back_lets_nobody_sign_in_and_verify_names_it)
{
    TOWN(f);
    SessionToken token;
    EXPECT_OK(sign_in(&f, &token));
    copy_away(&f, &f_heads, "older");
    EXPECT_OK(sign_in(&f, &token));
    EXPECT(show_all(&f).count == 0);
    put_back(&f, &f_heads, "older");
    EXPECT_ERR(sign_in(&f, &token), E_FORGED);
    EXPECT_ERR(sign_in(&f, &token), E_FORGED);
    Told told = verify(&f);
    EXPECT(told.count == 1 && told.finding == FINDING_DATABASE_OLD);
    told = show_all(&f);
    EXPECT(told.count == 1 && told.error.id == E_FORGED && id_equal(told.tenant, f.tenant));
}

TEST(whoever_was_signed_in_is_out_when_an_older_copy_is_put_back)
{
    TOWN(f);
    SessionToken token;
    KeysStatus status = {0};
    EXPECT(show_all(&f).count == 0);
    copy_away(&f, &f_heads, "older");
    EXPECT_OK(sign_in(&f, &token));
    EXPECT(show_all(&f).count == 0);
    EXPECT_OK(keys_status(f.service.keys, &status));
    EXPECT(status.grants > 0);
    put_back(&f, &f_heads, "older");
    EXPECT(show_all(&f).count == 1);
    EXPECT_OK(keys_status(f.service.keys, &status));
    EXPECT(status.grants == 0);
}

TEST(the_right_database_put_back_again_is_signed_in_to_as_before)
{
    TOWN(f);
    SessionToken token;
    copy_away(&f, &f_heads, "older");
    EXPECT_OK(sign_in(&f, &token));
    EXPECT(show_all(&f).count == 0);
    copy_away(&f, &f_heads, "right");
    put_back(&f, &f_heads, "older");
    EXPECT_ERR(sign_in(&f, &token), E_FORGED);
    put_back(&f, &f_heads, "right");
    EXPECT_OK(sign_in(&f, &token));
    EXPECT(verify(&f).count == 0);
}

TEST(an_agent_that_was_restarted_is_shown_the_databases_before_its_first_grant)
{
    TOWN(f);
    SessionToken token;
    EXPECT_OK(sign_in(&f, &token));
    EXPECT(show_all(&f).count == 0);
    test_agent_kill(&f.agent);
    test_agent_restart(&f.agent);
    test_agent_unseal(&f.agent);
    EXPECT_OK(keys_clock_advance(f.service.keys, f.later));
    EXPECT_OK(sign_in(&f, &token));
}

RUN_TESTS("heads")
