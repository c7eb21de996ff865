/* The key agent's acts in the host's audit: all of them, each once, also those from before it was killed.
 * Must not leave a process behind. */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "service/municipality/journal.h"
#include "support/fixture.h"

#define TOWN(name)                        \
    AUTO(fixture_end) Fixture name = {0}; \
    fixture_begin(&name)

static AuditRows key_acts(Fixture *f)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    AuditRows rows = {0}, found = {0};

    EXPECT_OK(store_read(store_host(f->service.stores), &tx));
    EXPECT_OK(store_audit_all(tx, 0, 500, f->arena, &rows));
    found.items = rows.items;
    for (uint32_t i = 0; i < rows.count; i++)
        if (rows.items[i].line.act == ACT_KEY_ACT)
            found.items[found.count++] = rows.items[i];
    return found;
}

TEST(unsealing_stands_in_the_hosts_audit_by_the_custodians_who_did_it)
{
    TOWN(f);
    uint32_t taken = 0;
    EXPECT_OK(journal_take_in(&f.service, &taken));
    AuditRows rows = key_acts(&f); /* newest first */
    EXPECT(taken == 4 && rows.count == 4);
    EXPECT(rows.items[0].line.reason == JOURNAL_UNSEALED && rows.items[3].line.reason == JOURNAL_STARTED);
    EXPECT(rows.items[2].line.reason == JOURNAL_SHARE && rows.items[2].line.role == ROLE_CUSTODIAN);
    EXPECT(id_equal(rows.items[2].line.person, f.agent.shares[0].custodian));
    EXPECT(rows.items[2].line.outcome == AUDIT_ALLOWED);
}

TEST(what_was_taken_in_is_not_taken_in_again)
{
    TOWN(f);
    uint32_t taken = 0;
    EXPECT_OK(journal_take_in(&f.service, &taken));
    EXPECT_OK(journal_take_in(&f.service, &taken));
    EXPECT(taken == 0 && key_acts(&f).count == 4);
}

TEST(a_refused_share_of_before_a_kill_stands_there_and_a_journal_that_is_told_twice_stands_once)
{
    TOWN(f);
    char command[3 * TEST_PATH];
    KeysStatus status;
    uint32_t taken = 0;

    test_agent_kill(&f.agent);
    test_agent_restart(&f.agent);
    EXPECT_OK(test_agent_share(&f.agent, 1, &status));
    EXPECT_ERR(test_agent_share(&f.agent, 1, &status), E_SAME_CUSTODIAN);
    test_agent_kill(&f.agent);
    snprintf(command, sizeof command, "cp %s.journal %s.kept", f.agent.key_file, f.agent.key_file);
    EXPECT(system(command) == 0);
    test_agent_restart(&f.agent);
    EXPECT_ERR(journal_take_in(&f.service, &taken), E_SEALED);
    test_agent_unseal(&f.agent);
    EXPECT_OK(journal_take_in(&f.service, &taken));
    EXPECT(taken == 4 + 3 + 4);

    /* The agent forgot that it was told: as after a cut between the durable lines and the agent's file. */
    test_agent_kill(&f.agent);
    snprintf(command, sizeof command, "mv %s.kept %s.journal", f.agent.key_file, f.agent.key_file);
    EXPECT(system(command) == 0);
    test_agent_restart(&f.agent);
    test_agent_unseal(&f.agent);
    EXPECT_OK(journal_take_in(&f.service, &taken));
    EXPECT(taken == 4 + 3 + 4 && key_acts(&f).count == 4 + 3 + 4 + 4);
    AuditRows rows = key_acts(&f);
    uint32_t refused = 0;
    for (uint32_t i = 0; i < rows.count; i++)
        refused += rows.items[i].line.outcome == AUDIT_FAILED;
    EXPECT(refused == 1);
}

RUN_TESTS("key_journal")
