/* What the key agent gives whom: scopes to a grant, by its role and as long as it lasts, and indexes.
 * Must not leave a process behind.
 * Called by meson test. */
#include "asking.h"

#define COMMAND 0 /* no role: an import, say */

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
    BlindIndex index = {0};
    EXPECT_OK(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), &index));
    for (int quarter = 0; quarter < 4 * GRANT_HOURS; quarter++) {
        EXPECT_OK(keys_grant_touch(a.keys, grant, host));
        EXPECT_OK(keys_clock_advance(a.keys, 900000));
    }
    EXPECT_ERR(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), &index), E_NO_GRANT);
}

TEST(the_twenty_first_look_up_of_an_hour_is_refused_and_the_next_hour_allows_it)
{
    UNSEALED(a);
    BlindIndex index = {0};
    Id grant = grant_of(&a, somebody);
    for (int i = 0; i < 20; i++)
        EXPECT_OK(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), &index));
    EXPECT_ERR(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), &index), E_BUDGET);
    Id again = grant_of(&a, somebody); /* a new grant is no way around it */
    EXPECT_ERR(keys_blind_index(a.keys, look_up(again, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), &index), E_BUDGET);
    EXPECT_OK(keys_clock_advance(a.keys, 3600000));
    again = grant_of(&a, somebody);
    EXPECT_OK(keys_blind_index(a.keys, look_up(again, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), &index));
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
    BlindIndex name = {0}, email = {0};

    EXPECT_ERR(keys_blind_index(a.keys, look_up(nobody, host, PURPOSE_SIGN_IN, INDEX_USER_NAME), number, &name), E_RANGE);
    EXPECT_ERR(keys_blind_index(a.keys, look_up(nobody, host, PURPOSE_SIGN_IN, INDEX_NATIONAL_ID), number, &name), E_RANGE);
    EXPECT_ERR(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_USER_NAME), STR("kari"), &name), E_RANGE);
    EXPECT_ERR(keys_blind_index(a.keys, look_up(nobody, host, PURPOSE_READ, INDEX_EMAIL), STR("kari"), &name), E_NO_GRANT);
    /* Neither may be the other's: they are found in one place. */
    EXPECT_OK(keys_blind_index(a.keys, look_up(nobody, host, PURPOSE_SIGN_IN, INDEX_USER_NAME), STR("k@x.invalid"), &name));
    EXPECT_OK(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_EMAIL), STR("k@x.invalid"), &email));
    EXPECT(memcmp(name.present, email.present, INDEX_BYTES) == 0);
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
    BlindIndex index = {0};
    Id grant = grant_of(&a, somebody);
    keys_closep(&a.keys);
    EXPECT_OK(keys_open(&(KeysOptions){.socket = a.socket, .crypto = a.crypto}, &a.keys));
    EXPECT_OK(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), &index));
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
    } cases[] = {{PURPOSE_JOB, LABEL_HEAD}, {PURPOSE_JOB_HEADER, LABEL_HEADER}, {PURPOSE_FOLLOW, LABEL_HEAD},
                 {PURPOSE_FOLLOW_HEADER, LABEL_HEADER}, {PURPOSE_JOB_FACT, LABEL_FACT}};
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

TEST(a_new_municipality_has_keys_of_its_own_that_survive_a_restart)
{
    UNSEALED(a);
    const Id tenant = {{4}};
    BlindIndex before = {0}, after = {0}, of_host = {0};
    EXPECT_OK(keys_municipality_new(a.keys, tenant));
    EXPECT_ERR(keys_municipality_new(a.keys, tenant), E_DUPLICATE);
    EXPECT_OK(keys_blind_index(a.keys, look_up(nobody, tenant, PURPOSE_SIGN_IN, INDEX_USER_NAME), STR("kari"), &before));
    test_agent_kill(&a);
    test_agent_restart(&a);
    test_agent_unseal(&a);
    EXPECT_OK(keys_blind_index(a.keys, look_up(nobody, tenant, PURPOSE_SIGN_IN, INDEX_USER_NAME), STR("kari"), &after));
    EXPECT_OK(keys_blind_index(a.keys, look_up(nobody, host, PURPOSE_SIGN_IN, INDEX_USER_NAME), STR("kari"), &of_host));
    EXPECT(memcmp(&before, &after, sizeof before) == 0 && memcmp(before.name, of_host.name, INDEX_BYTES) != 0);
}

RUN_TESTS("agent_keys")
