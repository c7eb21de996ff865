/* Epochs through a running agent, killed where it hurts; keys of backups and their days; what custodians open together.
 * Must not open a key file behind the agent's back but to restore.
 * Called by meson test. */
#include "asking.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/calendar.h"
#include "keyd/join.h"
#include "keyd/recover.h"
#include "keyd/sealed.h"
#include "keys/backups.h"
#include "keys/documents.h"
#include "keys/epochs.h"

#define DAY ((int64_t)86400000)

static const Id the_log = {{5}};

static Str bytes_of(const WrappedKey *wrapped)
{
    return str_from_bytes(wrapped->bytes, WRAPPED_BYTES);
}

static int64_t now_of(TestAgent *a)
{
    KeysStatus status = {0};
    EXPECT_OK(keys_status(a->keys, &status));
    return status.now;
}

/* 00:00 in Norway of the day so many days from now. */
static int64_t midnight_in(int64_t now, int days)
{
    return oslo_time(oslo_day(now) + days, 0);
}

static Err done_with(TestAgent *a, uint32_t present)
{
    return keys_epoch_done(a->keys, host, present, midnight_in(now_of(a), 31));
}

static void scope_of(TestAgent *a, Id grant, Id log, WrappedKey *ret_wrapped, Key *ret_key)
{
    EXPECT_OK(keys_scope_new(a->keys, use_of(grant, host, PURPOSE_WRITE, log), indexed_by(INDEX_NATIONAL_ID, STR("12345678901")),
                             ret_wrapped, ret_key));
}

static Err opens(TestAgent *a, Id grant, const WrappedKey *wrapped, Key *ret_key)
{
    return keys_unwrap(a->keys, use_of(grant, host, PURPOSE_READ, the_log), bytes_of(wrapped), ret_key);
}

static WrappedKey rewrapped(TestAgent *a, const WrappedKey *wrapped)
{
    RewrapItem item = {.kind = SCOPE_LOG, .scope = the_log, .wrapped = bytes_of(wrapped)};
    size_t bad = 0;
    EXPECT_OK(keys_rewrap_many(a->keys, host, &item, 1, &bad));
    return item.renewed;
}

TEST(while_an_epoch_is_turned_both_open_and_when_it_is_done_the_former_does_not)
{
    UNSEALED(a);
    const Id grant = grant_of(&a, somebody);
    WrappedKey before, after;
    Epochs epochs = {0};
    BlindIndex index = {0};
    Key made, key = {0};
    scope_of(&a, grant, the_log, &before, &made);
    EXPECT_OK(keys_epoch(a.keys, host, &epochs));
    EXPECT(epochs.present == 1 && epochs.former == 0);
    EXPECT_OK(keys_epoch_turn(a.keys, host, &epochs));
    EXPECT(epochs.present == 2 && epochs.former == 1 && epochs.turned_at > 0);
    after = rewrapped(&a, &before);
    EXPECT(after.epoch == 2 && memcmp(after.index, before.index, INDEX_BYTES) != 0 && memcmp(after.former, before.index, INDEX_BYTES) == 0);
    EXPECT_OK(opens(&a, grant, &before, &key));
    EXPECT_OK(opens(&a, grant, &after, &key));
    EXPECT(crypto_equal(&key, &made, sizeof key));
    EXPECT_OK(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), &index));
    EXPECT(memcmp(index.present, after.index, INDEX_BYTES) == 0 && memcmp(index.former, before.index, INDEX_BYTES) == 0);
    EXPECT_ERR(done_with(&a, 1), E_RANGE);
    EXPECT_ERR(keys_epoch_done(a.keys, host, 2, now_of(&a) + 29 * DAY), E_RANGE);
    EXPECT_ERR(keys_epoch_done(a.keys, host, 2, now_of(&a) + 33 * DAY), E_RANGE);
    EXPECT_OK(done_with(&a, 2));
    EXPECT_OK(done_with(&a, 2));
    EXPECT_ERR(opens(&a, grant, &before, &key), E_BUSY);
    EXPECT_OK(opens(&a, grant, &after, &key));
    EXPECT_OK(keys_blind_index(a.keys, look_up(grant, host, PURPOSE_READ, INDEX_NATIONAL_ID), STR("12345678901"), &index));
    EXPECT(memcmp(index.former, after.index, INDEX_BYTES) == 0);
    EXPECT_ERR(keys_epoch_turn(a.keys, (Id){{44}}, &epochs), E_NOT_FOUND);
}

TEST(a_turn_that_was_begun_is_found_begun_also_by_an_agent_that_was_killed)
{
    UNSEALED(a);
    WrappedKey before, after;
    Epochs first = {0}, again = {0};
    Key made, key = {0};
    scope_of(&a, grant_of(&a, somebody), the_log, &before, &made);
    EXPECT_OK(keys_epoch_turn(a.keys, host, &first));
    test_agent_kill(&a);
    test_agent_restart(&a);
    test_agent_unseal(&a);
    EXPECT_OK(keys_epoch_turn(a.keys, host, &again));
    EXPECT(again.present == first.present && again.former == first.former && again.turned_at == first.turned_at);
    after = rewrapped(&a, &before);
    EXPECT_OK(done_with(&a, again.present));
    test_agent_kill(&a);
    test_agent_restart(&a);
    test_agent_unseal(&a);
    EXPECT_OK(keys_epoch(a.keys, host, &again));
    EXPECT(again.present == 2 && again.former == 0);
    const Id grant = grant_of(&a, somebody);
    EXPECT_ERR(opens(&a, grant, &before, &key), E_BUSY);
    EXPECT_OK(opens(&a, grant, &after, &key));
    EXPECT(crypto_equal(&key, &made, sizeof key));
}

TEST(of_many_that_are_wrapped_anew_the_first_that_does_not_open_is_named_and_none_is_given)
{
    UNSEALED(a);
    const Id grant = grant_of(&a, somebody);
    static WrappedKey wrapped[REWRAP_MAX];
    static RewrapItem items[REWRAP_MAX];
    Epochs epochs = {0};
    size_t bad = 0;
    Key key;
    for (size_t i = 0; i < REWRAP_MAX; i++) {
        items[i] = (RewrapItem){.kind = SCOPE_LOG, .scope = {{1, (uint8_t)i}}};
        scope_of(&a, grant, items[i].scope, &wrapped[i], &key);
        items[i].wrapped = bytes_of(&wrapped[i]);
    }
    EXPECT_OK(keys_epoch_turn(a.keys, host, &epochs));
    EXPECT_OK(keys_rewrap_many(a.keys, host, items, REWRAP_MAX, &bad));
    for (size_t i = 0; i < REWRAP_MAX; i++)
        EXPECT(items[i].renewed.epoch == 2);
    wrapped[200].bytes[50] ^= 1;
    EXPECT_ERR(keys_rewrap_many(a.keys, host, items, REWRAP_MAX, &bad), E_FORGED);
    EXPECT(bad == 200);
    wrapped[200].bytes[50] ^= 1;
    items[255].kind = SCOPE_PERSON;
    EXPECT_ERR(keys_rewrap_many(a.keys, host, items, REWRAP_MAX, &bad), E_FORGED);
    EXPECT(bad == 255);
}

static uint64_t events(TestAgent *a, JournalEvent event, Id subject)
{
    JournalRecord records[JOURNAL_RECORDS];
    uint32_t count = 0;
    uint64_t found = 0, after = 0;
    do {
        EXPECT_OK(keys_journal(a->keys, after, records, &count));
        for (uint32_t i = 0; i < count; i++)
            found += records[i].event == event && id_equal(records[i].subject, subject);
        after = count > 0 ? records[count - 1].seq : after;
    } while (count == JOURNAL_RECORDS);
    return found;
}

static Err restored(TestAgent *a, const WrappedKey *wrapped, int64_t now, WrappedKey *ret_renewed)
{
    AUTO(recovery_closep) Recovery *recovery = NULL;
    EXPECT_OK(recovery_open(a->crypto, &a->options.places, a->shares, 2, &recovery));
    const RecoveredScope scope = {.tenant = host, .kind = SCOPE_LOG, .scope = the_log, .wrapped = bytes_of(wrapped)};
    return recovery_rewrap(recovery, &scope, now, ret_renewed);
}

TEST(a_former_epoch_opens_for_two_custodians_on_its_thirtieth_day_and_for_nobody_on_the_day_after)
{
    UNSEALED(a);
    WrappedKey before, renewed;
    Epochs epochs = {0};
    Key made, key = {0};
    scope_of(&a, grant_of(&a, somebody), the_log, &before, &made);
    EXPECT_OK(keys_epoch_turn(a.keys, host, &epochs));
    const int64_t done = now_of(&a);
    EXPECT_OK(done_with(&a, epochs.present));
    EXPECT(events(&a, JOURNAL_EPOCH_TURNED, host) == 1 && events(&a, JOURNAL_EPOCH_DONE, host) == 1);
    EXPECT_OK(keys_clock_advance(a.keys, midnight_in(done, 31) - now_of(&a) - 60000));
    (void)now_of(&a);
    EXPECT_OK(restored(&a, &before, midnight_in(done, 31) - 1, &renewed));
    const Id grant = grant_of(&a, somebody);
    EXPECT_OK(opens(&a, grant, &renewed, &key));
    EXPECT(crypto_equal(&key, &made, sizeof key));
    /* The agent is late: its time is over all the same. */
    EXPECT_ERR(restored(&a, &before, midnight_in(done, 31), &renewed), E_NOT_FOUND);
    EXPECT_OK(keys_clock_advance(a.keys, 60000));
    (void)now_of(&a);
    EXPECT(events(&a, JOURNAL_KEY_DESTROYED, host) == 1);
    EXPECT_ERR(restored(&a, &before, done, &renewed), E_NOT_FOUND);
}

TEST(a_backup_opens_for_two_custodians_until_its_day_and_the_agent_destroys_its_key_by_itself)
{
    UNSEALED(a);
    AUTO(recovery_closep) Recovery *recovery = NULL;
    const Id backup = {{9}}, other = {{10}};
    const int64_t now = now_of(&a);
    BackupKeys page = {0};
    Key made = {0}, opened = {0};
    EXPECT_ERR(keys_backup_new(a.keys, backup, now - 1, &made), E_RANGE);
    EXPECT_ERR(keys_backup_new(a.keys, backup, now + 801 * DAY, &made), E_RANGE);
    EXPECT_OK(keys_backup_new(a.keys, backup, now + 30 * DAY, &made));
    EXPECT_OK(keys_backup_new(a.keys, other, now + 395 * DAY, &opened));
    EXPECT_ERR(keys_backup_new(a.keys, backup, now + 30 * DAY, &made), E_DUPLICATE);
    EXPECT_OK(keys_backup_list(a.keys, 0, &page));
    EXPECT(page.count == 2 && page.next == 0 && id_equal(page.items[0].backup, backup) && page.items[0].destroy_at == now + 30 * DAY);
    EXPECT_OK(recovery_open(a.crypto, &a.options.places, a.shares, 2, &recovery));
    EXPECT_OK(recovery_backup_key(recovery, backup, now, &opened));
    EXPECT(crypto_equal(&opened, &made, sizeof made));
    EXPECT_ERR(recovery_backup_key(recovery, backup, now + 30 * DAY, &opened), E_NOT_FOUND);
    recovery_closep(&recovery);
    /* A sealed agent destroys nothing; unsealed it makes up for it at once. */
    EXPECT_OK(keys_clock_advance(a.keys, 30 * DAY));
    (void)now_of(&a);
    test_agent_kill(&a);
    test_agent_restart(&a);
    test_agent_unseal(&a);
    (void)now_of(&a);
    EXPECT_OK(keys_backup_list(a.keys, 0, &page));
    EXPECT(page.count == 1 && id_equal(page.items[0].backup, other));
    EXPECT(events(&a, JOURNAL_BACKUP_KEY, backup) == 1 && events(&a, JOURNAL_KEY_DESTROYED, backup) == 1);
    EXPECT_OK(recovery_open(a.crypto, &a.options.places, a.shares, 2, &recovery));
    EXPECT_ERR(recovery_backup_key(recovery, backup, now, &opened), E_NOT_FOUND);
}

TEST(one_custodian_alone_recovers_nothing)
{
    UNSEALED(a);
    AUTO(recovery_closep) Recovery *recovery = NULL;
    CustodianShares twice[2] = {a.shares[0], a.shares[0]};
    EXPECT_ERR(recovery_open(a.crypto, &a.options.places, a.shares, 1, &recovery), E_RANGE);
    EXPECT_ERR(recovery_open(a.crypto, &a.options.places, twice, 2, &recovery), E_SAME_CUSTODIAN);
}

/* As if so many had been turned within a month: epochs that were, to the agent that starts afterwards. */
static void keep_former(TestAgent *a, uint32_t count)
{
    AUTO(root_keys_wipe) RootKeys root = {0};
    const Joining joining = {.given = a->shares, .count = 2};
    KeyFile *file = calloc(1, sizeof *file);
    size_t spoilt = 0;

    EXPECT(file != NULL);
    test_agent_kill(a);
    EXPECT_OK(key_file_read(&a->options.places, file, &spoilt));
    EXPECT_OK(root_join(a->crypto, file, &joining, &root));
    for (uint32_t i = 0; i < count; i++) {
        const SealedFor what = {.kind = SEALED_EPOCH, .id = host, .epoch = 1000 + i, .made_at = 1, .destroy_at = INT64_MAX};
        EXPECT_OK(sealed_put(a->crypto, file, &what, &(Key){{1}}));
    }
    EXPECT_OK(key_file_write(a->crypto, &root, &a->options.places, file));
    free(file);
    test_agent_restart(a);
    test_agent_unseal(a);
}

TEST(more_turns_than_a_month_has_room_for_are_refused_and_nothing_is_lost)
{
    UNSEALED(a);
    WrappedKey wrapped;
    Epochs epochs = {0};
    Key made, key = {0};
    scope_of(&a, grant_of(&a, somebody), the_log, &wrapped, &made);
    keep_former(&a, 799);
    EXPECT_OK(keys_epoch_turn(a.keys, host, &epochs));
    wrapped = rewrapped(&a, &wrapped);
    EXPECT_OK(done_with(&a, epochs.present));
    EXPECT_ERR(keys_epoch_turn(a.keys, host, &epochs), E_BUDGET);
    EXPECT_OK(keys_epoch(a.keys, host, &epochs));
    EXPECT(epochs.present == 2 && epochs.former == 0);
    EXPECT_OK(opens(&a, grant_of(&a, somebody), &wrapped, &key));
    EXPECT(crypto_equal(&key, &made, sizeof key));
}

TEST(a_turn_that_not_every_copy_can_be_told_of_is_not_begun)
{
    UNSEALED(a);
    Epochs epochs = {0};
    EXPECT(unlink(a.mirror) == 0 && mkdir(a.mirror, 0700) == 0);
    EXPECT(!is_ok(keys_epoch_turn(a.keys, host, &epochs)));
    EXPECT_OK(keys_epoch(a.keys, host, &epochs));
    EXPECT(epochs.present == 1 && epochs.former == 0);
    EXPECT(rmdir(a.mirror) == 0);
    EXPECT_OK(keys_epoch_turn(a.keys, host, &epochs));
    EXPECT(epochs.present == 2 && epochs.former == 1);
}

TEST(a_document_is_signed_for_its_kind_and_municipality_and_checked_without_the_agent)
{
    UNSEALED(a);
    SignedDocument document = {.tenant = host, .kind = DOCUMENT_CERTIFICATE, .sha256 = {1, 2, 3}};
    uint8_t signature[SIGNATURE_BYTES];
    KeysStatus status = {0};
    EXPECT_OK(keys_status(a.keys, &status));
    EXPECT_OK(keys_sign_document(a.keys, &document, signature));
    EXPECT_OK(document_signature_check(status.head_public, &document, signature));
    document.kind = DOCUMENT_REPORT;
    EXPECT_ERR(document_signature_check(status.head_public, &document, signature), E_FORGED);
    document.kind = DOCUMENT_CERTIFICATE;
    document.sha256[31] ^= 1;
    EXPECT_ERR(document_signature_check(status.head_public, &document, signature), E_FORGED);
    document.kind = (DocumentKind)5;
    EXPECT_ERR(keys_sign_document(a.keys, &document, signature), E_RANGE);
    document = (SignedDocument){.tenant = {{44}}, .kind = DOCUMENT_REPORT};
    EXPECT_ERR(keys_sign_document(a.keys, &document, signature), E_NOT_FOUND);
}

RUN_TESTS("epochs")
