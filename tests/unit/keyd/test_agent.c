/* The key agent as a process: sealed, unsealed, grants, ceilings, restarts and torn files.
 * Must not leave a process behind.
 * Called by meson test. */
#include "support/test.h"

#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

#include "keyd/accept.h"
#include "keyd/agent.h"
#include "support/agent.h"
#include "sys/file.h"
#include "sys/socket.h"

#define GRANT_HOURS 8
#define COMMAND 0 /* no role: an import, say */
#define HOLDER 3 /* the role of domain/roles.h that makes logs and opens them */

#define SEALED(a)                                 \
    AUTO(test_agent_stop) TestAgent a = {0};      \
    __attribute__((unused)) KeysStatus status = {0}; \
    test_agent_start_sealed(&a)

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

#define UNSEALED(a)                          \
    AUTO(test_agent_stop) TestAgent a = {0}; \
    test_agent_start(&a)

static const Id host = {{0}}, somebody = {{7}}, nobody = {{0}};

static KeyUse use_of(Id grant, Id tenant, Purpose purpose, Id log)
{
    return (KeyUse){.grant = grant, .tenant = tenant, .kind = SCOPE_LOG, .scope = log, .purpose = purpose};
}

static IndexUse look_up(Id grant, Id tenant, Purpose purpose, IndexKind kind)
{
    return (IndexUse){.grant = grant, .tenant = tenant, .kind = kind, .purpose = purpose};
}

static Id grant_in(TestAgent *a, Id person, uint8_t role)
{
    KeysStatus status = {0};
    Id grant = {0};
    EXPECT_OK(keys_status(a->keys, &status));
    EXPECT_OK(keys_grant_new(a->keys, (GrantWish){.person = person, .role = role, .ends_at = status.now + GRANT_HOURS * 3600000}, &grant));
    return grant;
}

static Id grant_of(TestAgent *a, Id person)
{
    return grant_in(a, person, HOLDER);
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

TEST(a_key_is_given_to_its_grant_only_and_only_in_its_own_place)
{
    UNSEALED(a);
    WrappedKey wrapped = {0};
    Key made = {0}, read = {0}, header = {0}, derived = {0};
    const Id log = {{1}}, other = {{2}};
    Id grant = grant_of(&a, somebody);
    EXPECT_OK(keys_scope_new(a.keys, use_of(grant, host, PURPOSE_READ, log), (IndexedBy){0}, &wrapped, &made));
    Str bytes = str_from_bytes(wrapped.bytes, WRAPPED_BYTES);
    EXPECT_ERR(keys_unwrap(a.keys, use_of(nobody, host, PURPOSE_READ, log), bytes, &read), E_NO_GRANT);
    EXPECT_ERR(keys_unwrap(a.keys, use_of(nobody, host, PURPOSE_SIGN_IN, log), bytes, &read), E_NO_GRANT);
    EXPECT_ERR(keys_unwrap(a.keys, use_of(grant, host, PURPOSE_READ, other), bytes, &read), E_FORGED);
    EXPECT_ERR(keys_unwrap(a.keys, use_of(grant, (Id){{9}}, PURPOSE_READ, log), bytes, &read), E_NOT_FOUND);
    EXPECT_OK(keys_unwrap(a.keys, use_of(grant, host, PURPOSE_READ, log), bytes, &read));
    EXPECT(crypto_equal(&made, &read, sizeof made));
    EXPECT_OK(keys_unwrap(a.keys, use_of(grant, host, PURPOSE_HEADER, log), bytes, &header));
    EXPECT_OK(crypto_derive(a.crypto, &made, LABEL_HEADER, &derived));
    EXPECT(crypto_equal(&header, &derived, sizeof header));
    EXPECT_OK(keys_grant_end(a.keys, grant));
    EXPECT_ERR(keys_unwrap(a.keys, use_of(grant, host, PURPOSE_READ, log), bytes, &read), E_NO_GRANT);
}

/* What a page asks for: its log, and the register for the names of units. */
typedef struct Two {
    Id grant;
    KeyUse uses[2];
    WrappedKey wrapped[2];
    Str bytes[2];
    Key made[2];
} Two;

static void two_scopes(TestAgent *a, Two *ret_two)
{
    static const ScopeKind kinds[] = {SCOPE_LOG, SCOPE_REGISTER};

    *ret_two = (Two){.grant = grant_of(a, somebody)};
    for (size_t i = 0; i < 2; i++) {
        KeyUse *use = &ret_two->uses[i];
        *use = (KeyUse){.grant = ret_two->grant, .tenant = host, .kind = kinds[i], .scope = {{(uint8_t)(i + 1)}},
                        .purpose = PURPOSE_READ};
        EXPECT_OK(keys_scope_new(a->keys, *use, (IndexedBy){0}, &ret_two->wrapped[i], &ret_two->made[i]));
        ret_two->bytes[i] = str_from_bytes(ret_two->wrapped[i].bytes, WRAPPED_BYTES);
    }
}

TEST(of_several_scopes_in_one_question_none_is_given_when_one_was_wrapped_elsewhere)
{
    UNSEALED(a);
    Two two;
    Key read[2] = {0};
    two_scopes(&a, &two);
    two.uses[1].scope = (Id){{9}};
    EXPECT_ERR(keys_unwrap_many(a.keys, two.uses, two.bytes, 2, read), E_FORGED);
    two.uses[1].grant = nobody;
    EXPECT_ERR(keys_unwrap_many(a.keys, two.uses, two.bytes, 2, read), E_RANGE);
    two.uses[1].grant = two.grant;
    two.uses[1].tenant = (Id){{9}};
    EXPECT_ERR(keys_unwrap_many(a.keys, two.uses, two.bytes, 2, read), E_RANGE);
    EXPECT_ERR(keys_unwrap_many(a.keys, two.uses, two.bytes, 0, read), E_RANGE);
    EXPECT_ERR(keys_unwrap_many(a.keys, two.uses, two.bytes, UNWRAP_MAX + 1, read), E_RANGE);
    EXPECT(crypto_equal(&read[0], &(Key){0}, sizeof read[0]));
}

TEST(several_scopes_of_one_grant_are_opened_by_one_question)
{
    UNSEALED(a);
    Two two;
    Key read[2] = {0};
    two_scopes(&a, &two);
    uint64_t before = keys_messages(a.keys);
    EXPECT_OK(keys_unwrap_many(a.keys, two.uses, two.bytes, 2, read));
    EXPECT(keys_messages(a.keys) == before + 1);
    EXPECT(crypto_equal(two.made, read, sizeof read));
}

TEST(several_scopes_in_one_question_are_counted_as_if_each_had_been_asked_for_alone)
{
    AUTO(test_agent_stop) TestAgent a = {.options = {.ceilings = {{.name = STR("read-grant-minute"), .ceiling = 1},
                                                                  {.name = STR("write-grant-minute"), .ceiling = 1}},
                                                     .ceiling_count = 2}};
    Two two;
    Key read[2] = {0};
    WrappedKey wrapped;
    Key made;
    test_agent_start(&a);
    two_scopes(&a, &two);
    EXPECT_OK(keys_unwrap_many(a.keys, two.uses, two.bytes, 2, read));
    EXPECT_OK(keys_unwrap_many(a.keys, two.uses, two.bytes, 2, read)); /* the same log is one, the register is not counted */
    two.uses[1] = use_of(two.grant, host, PURPOSE_READ, (Id){{3}});
    EXPECT_OK(keys_scope_new(a.keys, two.uses[1], (IndexedBy){0}, &wrapped, &made));
    two.bytes[1] = str_from_bytes(wrapped.bytes, WRAPPED_BYTES);
    EXPECT_ERR(keys_unwrap_many(a.keys, two.uses, two.bytes, 2, read), E_BUDGET);
    two.uses[1].purpose = PURPOSE_WRITE; /* another ceiling */
    EXPECT_OK(keys_unwrap_many(a.keys, two.uses, two.bytes, 2, read));
}

TEST(a_list_that_is_shown_again_spends_no_log_twice_and_one_log_more_than_may_be_gives_no_header)
{
    AUTO(test_agent_stop) TestAgent a = {.options = {.ceilings = {{.name = STR("header-municipality-hour"), .ceiling = 3}},
                                                     .ceiling_count = 1}};
    WrappedKey wrapped[4];
    Id logs[4];
    Str bytes[4];
    Key keys[4] = {0}, made;
    size_t bad = SIZE_MAX;
    test_agent_start(&a);
    const Id grant = grant_of(&a, somebody);
    for (uint8_t i = 0; i < 4; i++) {
        logs[i] = (Id){{(uint8_t)(i + 1)}};
        EXPECT_OK(keys_scope_new(a.keys, use_of(grant, host, PURPOSE_WRITE, logs[i]), (IndexedBy){0}, &wrapped[i], &made));
        bytes[i] = str_from_bytes(wrapped[i].bytes, WRAPPED_BYTES);
    }
    HeaderKeys list = {.grant = grant, .tenant = host, .scopes = logs, .wrapped = bytes, .count = 3};
    EXPECT_OK(keys_unwrap_headers(a.keys, list, keys, &bad));
    EXPECT_OK(keys_unwrap_headers(a.keys, list, keys, &bad));
    memset(keys, 0, sizeof keys);
    list.count = 4;
    EXPECT_ERR(keys_unwrap_headers(a.keys, list, keys, &bad), E_BUDGET);
    EXPECT(crypto_equal(&keys[0], &(Key){0}, sizeof keys[0]) && crypto_equal(&keys[3], &(Key){0}, sizeof keys[3]));
}

TEST(a_grant_lasts_eight_hours_at_most_and_then_ends)
{
    UNSEALED(a);
    KeysStatus status = {0};
    Id grant = {0};
    EXPECT_OK(keys_status(a.keys, &status));
    EXPECT_ERR(keys_grant_new(a.keys, (GrantWish){.person = somebody, .role = HOLDER, .ends_at = status.now - 1}, &grant), E_RANGE);
    EXPECT_ERR(keys_grant_new(a.keys, (GrantWish){.person = somebody, .role = HOLDER, .ends_at = status.now + 9 * 3600000}, &grant), E_RANGE);
    grant = grant_of(&a, somebody);
    uint8_t index[INDEX_BYTES];
    EXPECT_OK(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), index));
    for (int quarter = 0; quarter < 4 * GRANT_HOURS; quarter++) {
        EXPECT_OK(keys_grant_touch(a.keys, grant, host));
        EXPECT_OK(keys_clock_advance(a.keys, 900000));
    }
    EXPECT_ERR(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), index), E_NO_GRANT);
}

TEST(the_twenty_first_look_up_of_an_hour_is_refused_and_the_next_hour_allows_it)
{
    UNSEALED(a);
    uint8_t index[INDEX_BYTES];
    Id grant = grant_of(&a, somebody);
    for (int i = 0; i < 20; i++)
        EXPECT_OK(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), index));
    EXPECT_ERR(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), index), E_BUDGET);
    Id again = grant_of(&a, somebody); /* a new grant is no way around it */
    EXPECT_ERR(keys_blind_index(a.keys, look_up(again, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), index), E_BUDGET);
    EXPECT_OK(keys_clock_advance(a.keys, 3600000));
    again = grant_of(&a, somebody);
    EXPECT_OK(keys_blind_index(a.keys, look_up(again, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), index));
}

TEST(a_user_name_never_becomes_what_a_scope_is_found_by_and_a_kind_is_never_guessed)
{
    UNSEALED(a);
    const Id grant = grant_of(&a, somebody), one = {{7}};
    const KeyUse person = {.grant = grant, .tenant = host, .kind = SCOPE_PERSON, .scope = one};
    const KeyUse of_log = {.grant = grant, .tenant = host, .kind = SCOPE_LOG, .scope = one};
    const KeyUse of_register = {.grant = grant, .tenant = host, .kind = SCOPE_REGISTER, .scope = one};
    const IndexedBy number = {INDEX_NATIONAL_ID, STR("12345678901")}, email = {INDEX_EMAIL, STR("kari@example.invalid")};
    WrappedKey made, wrapped;
    Key key;

    EXPECT_ERR(keys_scope_new(a.keys, person, (IndexedBy){INDEX_USER_NAME, STR("kari")}, &wrapped, &key), E_RANGE);
    EXPECT_ERR(keys_scope_new(a.keys, person, (IndexedBy){INDEX_EMAIL, STR("12345678901")}, &wrapped, &key), E_RANGE);
    EXPECT_ERR(keys_scope_new(a.keys, person, (IndexedBy){INDEX_NATIONAL_ID, STR("kari")}, &wrapped, &key), E_RANGE);
    EXPECT_ERR(keys_scope_new(a.keys, person, (IndexedBy){INDEX_NONE, STR("kari")}, &wrapped, &key), E_RANGE);
    EXPECT_ERR(keys_scope_new(a.keys, of_log, email, &wrapped, &key), E_RANGE);
    EXPECT_ERR(keys_scope_new(a.keys, of_register, number, &wrapped, &key), E_RANGE);
    EXPECT_OK(keys_scope_new(a.keys, person, number, &made, &key));
    Str bytes = str_from_bytes(made.bytes, WRAPPED_BYTES);
    EXPECT_ERR(keys_scope_index(a.keys, person, bytes, (IndexedBy){INDEX_USER_NAME, STR("kari")}, &wrapped), E_RANGE);
    EXPECT_OK(keys_scope_index(a.keys, person, bytes, email, &wrapped));
    EXPECT(memcmp(made.index, wrapped.index, INDEX_BYTES) != 0);
}

TEST(a_number_is_not_looked_up_as_a_name_and_a_name_not_without_signing_in)
{
    UNSEALED(a);
    const Id grant = grant_of(&a, somebody);
    const Str number = STR("12345678901");
    uint8_t name[INDEX_BYTES], email[INDEX_BYTES];

    EXPECT_ERR(keys_blind_index(a.keys, look_up(nobody, host, PURPOSE_SIGN_IN, INDEX_USER_NAME), number, name), E_RANGE);
    EXPECT_ERR(keys_blind_index(a.keys, look_up(nobody, host, PURPOSE_SIGN_IN, INDEX_NATIONAL_ID), number, name), E_RANGE);
    EXPECT_ERR(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_USER_NAME), STR("kari"), name), E_RANGE);
    EXPECT_ERR(keys_blind_index(a.keys, look_up(nobody, host, PURPOSE_READ, INDEX_EMAIL), STR("kari"), name), E_NO_GRANT);
    /* Neither may be the other's: they are found in one place. */
    EXPECT_OK(keys_blind_index(a.keys, look_up(nobody, host, PURPOSE_SIGN_IN, INDEX_USER_NAME), STR("k@x.invalid"), name));
    EXPECT_OK(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_EMAIL), STR("k@x.invalid"), email));
    EXPECT(memcmp(name, email, INDEX_BYTES) == 0);
}

TEST(an_import_opens_persons_and_no_log)
{
    UNSEALED(a);
    const Id grant = grant_in(&a, somebody, COMMAND), one = {{7}};
    const KeyUse person = {.grant = grant, .tenant = host, .kind = SCOPE_PERSON, .scope = one, .purpose = PURPOSE_IMPORT};
    const KeyUse of_log = {.grant = grant, .tenant = host, .kind = SCOPE_LOG, .scope = one, .purpose = PURPOSE_IMPORT};
    WrappedKey wrapped;
    Key made, key;

    EXPECT_OK(keys_scope_new(a.keys, of_log, (IndexedBy){0}, &wrapped, &made));
    EXPECT_ERR(keys_unwrap(a.keys, of_log, str_from_bytes(wrapped.bytes, WRAPPED_BYTES), &key), E_RANGE);
    EXPECT_OK(keys_scope_new(a.keys, person, (IndexedBy){0}, &wrapped, &made));
    EXPECT_OK(keys_unwrap(a.keys, person, str_from_bytes(wrapped.bytes, WRAPPED_BYTES), &key));
    EXPECT(memcmp(made.bytes, key.bytes, KEY_BYTES) == 0);
}

TEST(a_client_that_restarts_needs_no_unsealing_and_keeps_its_grants)
{
    UNSEALED(a);
    uint8_t index[INDEX_BYTES];
    Id grant = grant_of(&a, somebody);
    keys_closep(&a.keys);
    EXPECT_OK(keys_open(&(KeysOptions){.socket = a.socket, .crypto = a.crypto}, &a.keys));
    EXPECT_OK(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), index));
}

TEST(an_agent_that_restarts_is_sealed_and_knows_no_grant_of_before)
{
    UNSEALED(a);
    uint8_t index[INDEX_BYTES];
    Id grant = grant_of(&a, somebody);
    test_agent_kill(&a);
    test_agent_restart(&a);
    EXPECT_ERR(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), index), E_SEALED);
    test_agent_unseal(&a);
    EXPECT_ERR(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), index), E_NO_GRANT);
}

TEST(a_grant_opens_what_its_role_has_a_use_for)
{
    static const struct {
        uint8_t role;
        Purpose purpose;
        enum err_id answer;
    } cases[] = {
        {HOLDER, PURPOSE_READ, E_OK}, {HOLDER, PURPOSE_DRAFT, E_OK}, {1, PURPOSE_READ, E_OK}, {1, PURPOSE_DRAFT, E_RANGE},
        {1, PURPOSE_HEADER, E_RANGE}, {7, PURPOSE_READ, E_RANGE},    {0, PURPOSE_READ, E_RANGE}, {200, PURPOSE_READ, E_RANGE},
    };
    UNSEALED(a);
    Two two;
    Key key = {0};
    KeysStatus status = {0};
    two_scopes(&a, &two);
    EXPECT_OK(keys_status(a.keys, &status));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const GrantWish wish = {.person = {{(uint8_t)(20 + i)}}, .role = cases[i].role, .ends_at = status.now + 60000};
        Id grant;
        EXPECT_OK(keys_grant_new(a.keys, wish, &grant));
        Err given = keys_unwrap(a.keys, use_of(grant, host, cases[i].purpose, two.uses[0].scope), two.bytes[0], &key);
        EXPECT(given.id == cases[i].answer);
    }
}

/* A job opens the header and the head, and neither is the key of an entry: that is derived from the whole. */
TEST(a_job_gets_the_header_and_the_head_of_a_log_and_a_person_without_a_role_gets_neither)
{
    static const struct {
        Purpose purpose;
        KeyLabel label;
    } cases[] = {{PURPOSE_JOB, LABEL_HEAD}, {PURPOSE_JOB_HEADER, LABEL_HEADER}};
    UNSEALED(a);
    Two two;
    Key whole = {0}, key = {0}, wanted = {0};
    KeysStatus status = {0};
    Id of_nobody, of_person;
    two_scopes(&a, &two);
    EXPECT_OK(keys_status(a.keys, &status));
    EXPECT_OK(keys_grant_new(a.keys, (GrantWish){.ends_at = status.now + 60000}, &of_nobody));
    EXPECT_OK(keys_grant_new(a.keys, (GrantWish){.person = {{1}}, .ends_at = status.now + 60000}, &of_person));
    EXPECT_OK(keys_unwrap(a.keys, two.uses[0], two.bytes[0], &whole));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const Id log = two.uses[0].scope;
        EXPECT_ERR(keys_unwrap(a.keys, use_of(of_person, host, cases[i].purpose, log), two.bytes[0], &key), E_RANGE);
        EXPECT_ERR(keys_unwrap(a.keys, use_of(two.grant, host, cases[i].purpose, log), two.bytes[0], &key), E_RANGE);
        EXPECT_OK(keys_unwrap(a.keys, use_of(of_nobody, host, cases[i].purpose, log), two.bytes[0], &key));
        EXPECT_OK(crypto_derive(a.crypto, &whole, cases[i].label, &wanted));
        EXPECT(crypto_equal(&key, &wanted, sizeof key));
    }
}

TEST(a_grant_that_was_idle_too_long_opens_drafts_only)
{
    UNSEALED(a);
    Two two;
    Key key = {0};
    two_scopes(&a, &two);
    EXPECT_OK(keys_clock_advance(a.keys, 960000));
    EXPECT_ERR(keys_unwrap(a.keys, two.uses[0], two.bytes[0], &key), E_NO_GRANT);
    EXPECT_ERR(keys_grant_touch(a.keys, two.grant, host), E_NO_GRANT);
    two.uses[0].purpose = PURPOSE_DRAFT;
    EXPECT_OK(keys_unwrap(a.keys, two.uses[0], two.bytes[0], &key));
    two.uses[0].purpose = PURPOSE_READ;
    EXPECT_ERR(keys_unwrap(a.keys, two.uses[0], two.bytes[0], &key), E_NO_GRANT);
}

TEST(an_agent_that_was_sealed_after_it_had_written_opens_again)
{
    UNSEALED(a);
    Two two;
    two_scopes(&a, &two);
    EXPECT_OK(keys_municipality_new(a.keys, (Id){{4}}));
    EXPECT_OK(keys_seal(a.keys));
    test_agent_unseal(&a);
    EXPECT_ERR(keys_municipality_new(a.keys, (Id){{4}}), E_DUPLICATE);
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

TEST(a_new_municipality_has_keys_of_its_own_that_survive_a_restart)
{
    UNSEALED(a);
    const Id tenant = {{4}};
    uint8_t before[INDEX_BYTES], after[INDEX_BYTES], of_host[INDEX_BYTES];
    EXPECT_OK(keys_municipality_new(a.keys, tenant));
    EXPECT_ERR(keys_municipality_new(a.keys, tenant), E_DUPLICATE);
    EXPECT_OK(keys_blind_index(a.keys, look_up(nobody, tenant, PURPOSE_SIGN_IN, INDEX_USER_NAME), STR("kari"), before));
    test_agent_kill(&a);
    test_agent_restart(&a);
    test_agent_unseal(&a);
    EXPECT_OK(keys_blind_index(a.keys, look_up(nobody, tenant, PURPOSE_SIGN_IN, INDEX_USER_NAME), STR("kari"), after));
    EXPECT_OK(keys_blind_index(a.keys, look_up(nobody, host, PURPOSE_SIGN_IN, INDEX_USER_NAME), STR("kari"), of_host));
    EXPECT(memcmp(before, after, INDEX_BYTES) == 0 && memcmp(before, of_host, INDEX_BYTES) != 0);
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

RUN_TESTS("agent")
