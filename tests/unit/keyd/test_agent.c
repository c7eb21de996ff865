/* The key agent as a process: sealed, unsealed, restarted, its mode and its time, and what is no message.
 * Must not leave a process behind.
 * Called by meson test. */
#include "asking.h"

#include <stdio.h>
#include <sys/wait.h>

#include "keyd/agent.h"
#include "sys/file.h"
#include "sys/socket.h"

TEST(one_share_leaves_it_sealed)
{
    SEALED(a);
    EXPECT_OK(test_agent_share(&a, 0, &status));
    EXPECT(status.sealed && status.shares_given == 1 && status.threshold == 2 && status.mode == MODE_TEST);
}

TEST(the_same_share_twice_is_refused_and_leaves_it_sealed)
{
    SEALED(a);
    EXPECT_OK(test_agent_share(&a, 0, &status));
    EXPECT_ERR(test_agent_share(&a, 0, &status), E_SAME_CUSTODIAN);
    EXPECT_OK(keys_status(a.keys, &status));
    EXPECT(status.sealed && status.shares_given == 1);
}

TEST(another_custodians_share_under_the_own_name_is_refused)
{
    SEALED(a);
    EXPECT_ERR(keys_unseal_share(a.keys, a.shares[0].custodian, a.shares[1].root, &status), E_WRONG_SHARE);
    EXPECT_OK(test_agent_share(&a, 0, &status));
    EXPECT_ERR(keys_unseal_share(a.keys, a.shares[0].custodian, a.shares[1].root, &status), E_SAME_CUSTODIAN);
    EXPECT_OK(keys_status(a.keys, &status));
    EXPECT(status.sealed);
}

TEST(two_distinct_custodians_unseal_it)
{
    SEALED(a);
    EXPECT_OK(test_agent_share(&a, 1, &status));
    EXPECT_OK(test_agent_share(&a, 2, &status));
    EXPECT(!status.sealed && status.municipalities == 1);
}

TEST(an_incomplete_set_of_shares_is_forgotten_after_ten_minutes)
{
    SEALED(a);
    EXPECT_OK(test_agent_share(&a, 0, &status));
    EXPECT_OK(keys_clock_advance(a.keys, SHARES_WINDOW_MS - 5000));
    EXPECT_OK(keys_status(a.keys, &status));
    EXPECT(status.shares_given == 1);
    EXPECT_OK(keys_clock_advance(a.keys, 5000));
    EXPECT_OK(test_agent_share(&a, 1, &status));
    EXPECT(status.sealed && status.shares_given == 1);
}

/* Sends a packet of zeros behind its header; *ret_error is what the reply tells, E_COUNT when the connection was ended. */
static void send_raw(const TestAgent *a, uint8_t version, uint8_t type, size_t length, enum err_id *ret_error)
{
    static char packet[WIRE_PACKET_MAX + 100];
    size_t got = 0;
    AUTO(fd_closep) int fd = -1;

    memset(packet, 0, sizeof packet);
    packet[0] = (char)version;
    packet[1] = (char)type;
    EXPECT_OK(socket_connect(a->socket, SOCKET_PACKET, 2000, &fd));
    EXPECT_OK(socket_send_packet(fd, str_from_bytes(packet, length), 2000));
    EXPECT_OK(socket_receive_packet(fd, packet, sizeof packet, 5000, &got));
    *ret_error = got ? (enum err_id)packet[2] : E_COUNT;
}

TEST(a_sealed_agent_answers_nothing_but_status_unsealing_and_the_clock_of_tests)
{
    SEALED(a);
    for (unsigned type = 1; wire_request_size((uint8_t)type); type++) {
        enum err_id error;
        bool open = type == MESSAGE_STATUS || type == MESSAGE_UNSEAL_SHARE || type == MESSAGE_SEAL ||
                    type == MESSAGE_CLOCK_ADVANCE;
        send_raw(&a, WIRE_VERSION, (uint8_t)type, wire_request_size((uint8_t)type), &error);
        EXPECT((error == E_SEALED) == !open);
    }
}

TEST(whatever_is_not_a_message_ends_the_connection)
{
    UNSEALED(a);
    enum err_id error;
    size_t size = wire_request_size(MESSAGE_GRANT_NEW);
    send_raw(&a, WIRE_VERSION, 99, 20, &error);
    EXPECT(error == E_COUNT);
    send_raw(&a, WIRE_VERSION + 1, MESSAGE_STATUS, 4, &error);
    EXPECT(error == E_COUNT);
    send_raw(&a, WIRE_VERSION, MESSAGE_GRANT_NEW, size - 1, &error);
    EXPECT(error == E_COUNT);
    send_raw(&a, WIRE_VERSION, MESSAGE_GRANT_NEW, size + 1, &error);
    EXPECT(error == E_COUNT);
    send_raw(&a, WIRE_VERSION, MESSAGE_CHECK, WIRE_PACKET_MAX + 50, &error);
    EXPECT(error == E_COUNT);
    send_raw(&a, WIRE_VERSION, MESSAGE_STATUS, wire_request_size(MESSAGE_STATUS), &error);
    EXPECT(error == E_OK);
}

TEST(an_agent_that_restarts_is_sealed_and_knows_no_grant_of_before)
{
    UNSEALED(a);
    BlindIndex index = {0};
    Id grant = grant_of(&a, somebody);
    test_agent_kill(&a);
    test_agent_restart(&a);
    EXPECT_ERR(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), &index), E_SEALED);
    test_agent_unseal(&a);
    EXPECT_ERR(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), &index), E_NO_GRANT);
}

TEST(one_person_may_seal_it)
{
    UNSEALED(a);
    Id grant = grant_of(&a, somebody);
    EXPECT_OK(keys_seal(a.keys));
    EXPECT_ERR(keys_grant_end(a.keys, grant), E_SEALED);
}

TEST(keys_of_test_mode_are_refused_where_production_is_asked_for)
{
    UNSEALED(a);
    int how = 0;
    test_agent_kill(&a);
    a.options.mode = MODE_PRODUCTION;
    test_agent_restart(&a);
    EXPECT(waitpid(a.process, &how, 0) == a.process && WIFEXITED(how) && WEXITSTATUS(how) == err_exit(E_MODE));
    a.process = 0;
}

#define DAY_MS INT64_C(86400000)

static int64_t agent_time(TestAgent *agent)
{
    KeysStatus status = {0};

    EXPECT_OK(keys_status(agent->keys, &status));
    return status.now;
}

TEST(in_demo_mode_the_time_is_not_moved_neither_by_asking_nor_by_a_file_beside_the_keys)
{
    AUTO(test_agent_stop) TestAgent a = {.mode = MODE_DEMO};
    char path[TEST_PATH + 8];

    test_agent_start(&a);
    EXPECT_ERR(keys_clock_advance(a.keys, DAY_MS), E_MODE);
    int64_t before = agent_time(&a);
    test_agent_kill(&a);
    snprintf(path, sizeof path, "%s.clock", a.key_file);
    EXPECT_OK(file_write(path, STR("864000000\n"), 0600));
    test_agent_restart(&a);
    EXPECT(agent_time(&a) < before + DAY_MS);
}

TEST(the_moved_time_of_a_test_outlives_the_agent_and_goes_on_forward)
{
    UNSEALED(a);
    int64_t before = agent_time(&a);

    EXPECT_OK(keys_clock_advance(a.keys, 30 * DAY_MS));
    test_agent_kill(&a);
    test_agent_restart(&a);
    EXPECT(agent_time(&a) >= before + 30 * DAY_MS && agent_time(&a) < before + 31 * DAY_MS);
    EXPECT_OK(keys_clock_advance(a.keys, DAY_MS));
    test_agent_kill(&a);
    test_agent_restart(&a);
    EXPECT(agent_time(&a) >= before + 31 * DAY_MS);
}

RUN_TESTS("agent")
