/* Heads of audits that the key agent signs and remembers, also where it is killed in the middle of writing.
 * Must not leave a process behind.
 * Called by meson test. */
#include "asking.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "keyd/accept.h"

static AuditHead head_of(uint64_t size, uint8_t root)
{
    return (AuditHead){.tenant = host, .database = {{5}}, .size = size, .root = {root}, .at = 1};
}

static Err sign(TestAgent *a, uint64_t size, uint8_t root)
{
    AuditHead head = head_of(size, root);
    uint8_t signature[SIGNATURE_BYTES];
    return keys_sign_head(a->keys, &head, signature);
}

TEST(a_head_is_signed_so_that_the_public_key_of_the_agent_verifies_it)
{
    UNSEALED(a);
    KeysStatus status = {0};
    AuditHead head = head_of(10, 1);
    uint8_t signature[SIGNATURE_BYTES], bytes[AUDIT_HEAD_BYTES];
    EXPECT_OK(keys_status(a.keys, &status));
    EXPECT_OK(keys_sign_head(a.keys, &head, signature));
    audit_head_encode(&head, bytes);
    EXPECT_OK(signature_verify(status.head_public, str_from_bytes(bytes, sizeof bytes), signature));
}

TEST(an_older_database_gets_no_signature_and_no_grant_even_after_a_restart)
{
    UNSEALED(a);
    KeysStatus status = {0};
    Id grant = {0};
    EXPECT_OK(sign(&a, 10, 1));
    EXPECT_OK(sign(&a, 10, 1));
    EXPECT_ERR(sign(&a, 10, 2), E_FORGED);
    test_agent_kill(&a);
    test_agent_restart(&a);
    test_agent_unseal(&a);
    EXPECT_ERR(sign(&a, 9, 1), E_FORGED);
    EXPECT_OK(keys_status(a.keys, &status));
    EXPECT_ERR(keys_grant_new(a.keys, (GrantWish){.person = somebody, .role = HOLDER, .ends_at = status.now + 1000}, &grant), E_FORGED);
    EXPECT_OK(sign(&a, 11, 1));
    EXPECT_OK(keys_grant_new(a.keys, (GrantWish){.person = somebody, .role = HOLDER, .ends_at = status.now + 1000}, &grant));
}

#define AT_ONCE UINT64_C(4000000)

TEST(a_head_that_no_database_grows_to_is_refused_and_the_right_one_is_signed_afterwards)
{
    UNSEALED(a);
    KeysStatus status = {0};
    Id grant = {0};

    EXPECT_OK(sign(&a, 10, 1));
    EXPECT_ERR(sign(&a, UINT64_MAX, 1), E_RANGE);
    EXPECT_ERR(sign(&a, 10 + 2 * AT_ONCE, 1), E_RANGE);
    EXPECT_OK(sign(&a, 11, 1));
    /* However often it is tried: what may be grown at once is counted from the first head since unsealing. */
    EXPECT_OK(sign(&a, AT_ONCE, 1));
    EXPECT_ERR(sign(&a, 10 + 2 * AT_ONCE, 1), E_RANGE);
    EXPECT_OK(keys_status(a.keys, &status));
    EXPECT_OK(keys_grant_new(a.keys, (GrantWish){.person = somebody, .role = HOLDER, .ends_at = status.now + 1000}, &grant));
}

/* What the custodians do afterwards; the agent is stopped. */
static Err accept(TestAgent *a, uint64_t size, size_t first, size_t second, size_t count)
{
    CustodianShares given[CUSTODIANS_MAX] = {a->shares[first], a->shares[second]};
    const Acceptance acceptance = {.given = given, .given_count = count, .head = head_of(size, 3)};
    AuditHead former = {0};
    return keys_accept_head(a->crypto, &a->options.places, &acceptance, &former);
}

TEST(two_custodians_accept_the_head_of_a_database_that_one_forged_message_had_closed)
{
    UNSEALED(a);
    KeysStatus status = {0};
    Id grant = {0};

    EXPECT_OK(sign(&a, 10, 1));
    EXPECT_OK(sign(&a, 3000000, 2)); /* forged: the database has twelve lines */
    EXPECT_ERR(sign(&a, 12, 3), E_FORGED);
    test_agent_kill(&a);
    EXPECT_ERR(accept(&a, 12, 0, 0, 1), E_RANGE);
    EXPECT_ERR(accept(&a, 12, 0, 0, 2), E_SAME_CUSTODIAN);
    EXPECT_ERR(accept(&a, 0, 0, 1, 2), E_RANGE);
    EXPECT_OK(accept(&a, 12, 0, 1, 2));
    test_agent_restart(&a);
    test_agent_unseal(&a);
    EXPECT_ERR(sign(&a, 11, 1), E_FORGED);
    EXPECT_ERR(sign(&a, 12, 2), E_FORGED);
    EXPECT_OK(sign(&a, 12, 3));
    EXPECT_OK(sign(&a, 13, 4));
    EXPECT_OK(keys_status(a.keys, &status));
    EXPECT_OK(keys_grant_new(a.keys, (GrantWish){.person = somebody, .role = HOLDER, .ends_at = status.now + 1000}, &grant));
}

TEST(a_lost_mirror_is_made_anew_by_the_running_agent)
{
    UNSEALED(a);
    EXPECT(unlink(a.mirror) == 0);
    EXPECT_OK(sign(&a, 10, 1));
    EXPECT(access(a.mirror, F_OK) == 0);
    EXPECT(unlink(a.key_file) == 0);
    test_agent_kill(&a);
    test_agent_restart(&a);
    test_agent_unseal(&a);
    EXPECT(access(a.key_file, F_OK) == 0);
    EXPECT_ERR(sign(&a, 9, 1), E_FORGED);
}

#define KILLS 20

/* Signs heads as fast as it can, and notes each one that was acknowledged. */
static _Noreturn void sign_for_ever(TestAgent *a, volatile uint64_t *acknowledged)
{
    for (uint64_t size = *acknowledged + 1;; size++) {
        if (!is_ok(sign(a, size, 1)))
            _exit(0);
        *acknowledged = size;
    }
}

TEST(twenty_kills_in_the_middle_of_writing_lose_neither_keys_nor_an_acknowledged_head)
{
    UNSEALED(a);
    volatile uint64_t *acknowledged =
        mmap(NULL, sizeof *acknowledged, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    EXPECT(acknowledged != MAP_FAILED);
    for (int round = 0; round < KILLS; round++) {
        pid_t client = fork();
        if (client == 0)
            sign_for_ever(&a, acknowledged);
        const uint64_t before = *acknowledged;
        for (int wait = 0; wait < 5000 && *acknowledged == before; wait++)
            usleep(1000);
        EXPECT(*acknowledged > before);
        usleep((unsigned)(round * 331 % 3000));
        test_agent_kill(&a);
        waitpid(client, NULL, 0);
        test_agent_restart(&a);
        test_agent_unseal(&a);
        if (*acknowledged > 1)
            EXPECT_ERR(sign(&a, *acknowledged - 1, 1), E_FORGED);
        ++*acknowledged; /* one more may have been written without an answer */
        EXPECT_OK(sign(&a, *acknowledged, 1));
    }
    munmap((void *)(uintptr_t)acknowledged, sizeof *acknowledged);
}

RUN_TESTS("agent_heads")
