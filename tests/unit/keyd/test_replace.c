/* A custodian is lost and replaced by the two others: what opens afterwards, and what does not any more.
 * Must not leave a process behind. */
#include "support/test.h"

#include <stdlib.h>

#include "keyd/recover.h"
#include "keyd/replace.h"
#include "keys/backups.h"
#include "support/agent.h"

#define LOST 1 /* the second of three */

/* An unsealed agent with a municipality, one log's key in it and a head; then stopped. */
typedef struct Before {
    TestAgent agent;
    Id tenant, log, grant;
    WrappedKey wrapped;
    Key key;
    Replaced *replaced;
} Before;

static void before_end(Before *b)
{
    if (b->replaced)
        replaced_wipe(b->replaced);
    free(b->replaced);
    test_agent_stop(&b->agent);
}

static void grant(Before *b)
{
    KeysStatus status = {0};
    EXPECT_OK(keys_status(b->agent.keys, &status));
    const GrantWish wish = {.tenant = b->tenant, .person = {{7}}, .role = 3, .ends_at = status.now + 3600000};
    EXPECT_OK(keys_grant_new(b->agent.keys, wish, &b->grant));
}

static KeyUse use_of(const Before *b)
{
    return (KeyUse){.grant = b->grant, .tenant = b->tenant, .kind = SCOPE_LOG, .scope = b->log, .purpose = PURPOSE_READ};
}

static void before_begin(Before *b)
{
    *b = (Before){.tenant = {{4}}, .log = {{5}}, .replaced = calloc(1, sizeof *b->replaced)};
    EXPECT(b->replaced != NULL);
    test_agent_start(&b->agent);
    EXPECT_OK(keys_municipality_new(b->agent.keys, b->tenant));
    grant(b);
    EXPECT_OK(keys_scope_new(b->agent.keys, use_of(b), (IndexedBy){0}, &b->wrapped, &b->key));
    test_agent_kill(&b->agent);
}
#define BEFORE(b)                    \
    AUTO(before_end) Before b = {0}; \
    before_begin(&b)

static Err replace(Before *b, size_t first, size_t second, size_t count)
{
    CustodianShares given[CUSTODIANS_MAX] = {b->agent.shares[first], b->agent.shares[second]};
    const Replacement replacement = {.lost = LOST + 1, .name = "Nora Ny", .given = given, .given_count = count};
    return keys_replace(b->agent.crypto, &b->agent.options.places, &replacement, b->replaced);
}

static void replace_and_write(Before *b)
{
    EXPECT_OK(replace(b, 0, 2, 2));
    EXPECT_OK(key_file_write(b->agent.crypto, &b->replaced->keys, &b->agent.options.places, &b->replaced->file));
    test_agent_restart(&b->agent);
}

static Err give(Before *b, const CustodianShares *shares, KeysStatus *ret_status)
{
    return keys_unseal_share(b->agent.keys, shares->custodian, shares->root, ret_status);
}

TEST(the_lost_share_helps_nobody_to_replace_its_custodian)
{
    BEFORE(b);
    EXPECT_ERR(replace(&b, 0, LOST, 2), E_WRONG_SHARE);
    EXPECT(b.replaced->file.custodian_count == 0);
}

TEST(one_custodian_alone_replaces_nobody)
{
    BEFORE(b);
    EXPECT_ERR(replace(&b, 0, 0, 1), E_RANGE);
    EXPECT_ERR(replace(&b, 0, 0, 2), E_SAME_CUSTODIAN);
}

TEST(a_share_of_another_installation_replaces_nobody)
{
    BEFORE(a);
    BEFORE(b);
    a.agent.shares[2] = b.agent.shares[2];
    EXPECT_ERR(replace(&a, 0, 2, 2), E_WRONG_SHARE);
}

TEST(no_former_share_opens_anything_afterwards)
{
    BEFORE(b);
    KeysStatus status = {0};
    replace_and_write(&b);
    for (size_t i = 0; i < 3; i++)
        EXPECT_ERR(give(&b, &b.agent.shares[i], &status), E_WRONG_SHARE);
    EXPECT_OK(keys_status(b.agent.keys, &status));
    EXPECT(status.sealed && status.shares_given == 0);
}

TEST(two_of_the_new_shares_open_it_and_existing_keys_still_open)
{
    for (size_t left_out = 0; left_out < 3; left_out++) {
        BEFORE(b);
        KeysStatus status = {0};
        Key read = {0};
        replace_and_write(&b);
        EXPECT_OK(give(&b, &b.replaced->shares[(left_out + 1) % 3], &status));
        EXPECT(status.sealed);
        EXPECT_OK(give(&b, &b.replaced->shares[(left_out + 2) % 3], &status));
        EXPECT(!status.sealed && status.municipalities == 2 && status.custodians == 3 && status.threshold == 2);
        grant(&b);
        EXPECT_OK(keys_unwrap(b.agent.keys, use_of(&b), str_from_bytes(b.wrapped.bytes, WRAPPED_BYTES), &read));
        EXPECT(crypto_equal(&read, &b.key, sizeof read));
    }
}

TEST(a_new_recovery_key_opens_the_keys_of_backups_that_the_former_one_opened)
{
    BEFORE(b);
    AUTO(recovery_closep) Recovery *recovery = NULL;
    const Id backup = {{9}};
    KeysStatus status = {0};
    Key made = {0}, opened = {0};
    test_agent_restart(&b.agent);
    test_agent_unseal(&b.agent);
    EXPECT_OK(keys_status(b.agent.keys, &status));
    EXPECT_OK(keys_backup_new(b.agent.keys, backup, status.now + 60000, &made));
    test_agent_kill(&b.agent);
    EXPECT_OK(replace(&b, 0, 2, 2));
    EXPECT_OK(key_file_write(b.agent.crypto, &b.replaced->keys, &b.agent.options.places, &b.replaced->file));
    EXPECT_ERR(recovery_open(b.agent.crypto, &b.agent.options.places, b.agent.shares, 2, &recovery), E_WRONG_SHARE);
    EXPECT_OK(recovery_open(b.agent.crypto, &b.agent.options.places, b.replaced->shares, 2, &recovery));
    EXPECT_OK(recovery_backup_key(recovery, backup, status.now, &opened));
    EXPECT(crypto_equal(&opened, &made, sizeof made));
}

TEST(the_others_keep_their_names_and_the_lost_one_is_gone)
{
    BEFORE(b);
    EXPECT_OK(replace(&b, 0, 2, 2));
    const KeyFile *file = &b.replaced->file;
    EXPECT(id_equal(file->custodians[0].id, b.agent.shares[0].custodian));
    EXPECT(id_equal(file->custodians[2].id, b.agent.shares[2].custodian));
    EXPECT(!id_equal(file->custodians[LOST].id, b.agent.shares[LOST].custodian));
    EXPECT(str_equal(str_from_bytes(file->custodians[LOST].name, file->custodians[LOST].name_length), STR("Nora Ny")));
}

TEST(beside_a_running_agent_the_key_file_is_not_to_be_had)
{
    BEFORE(b);
    int lock = -1;
    test_agent_restart(&b.agent);
    EXPECT_ERR(key_file_lock(&b.agent.options.places, &lock), E_BUSY);
}

RUN_TESTS("replace")
