/* The content of a log: its digest, and what a consent that is withdrawn changes.
 * Must not know whether it runs on SQLite or on PostgreSQL.
 * Run by tests/conform/meson.build on both. */
#include "conform/log_works.h"

TEST(the_digest_of_a_log_is_the_same_when_written_and_when_read_and_its_head_is_not_in_it)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .text = STR("%PDF")};
    LogContent content;
    DocumentRow document;
    Tx *tx = NULL;

    w.entry = entry_row(made_log(&place, &w), STR("text"));
    EXPECT_OK(store_write(place.store, add_entry, &w));
    EXPECT_OK(store_write(place.store, add_people, &w));
    EXPECT_OK(store_read(place.store, &tx));
    Permit permit = permit_of(w.id, w.log.id);
    EXPECT_OK(store_log_content(tx, &permit, keep, &content));
    EXPECT(memcmp(content.digest.bytes, w.hash.bytes, HASH_BYTES) == 0);
    EXPECT(memcmp(content.log.head.bytes, w.hash.bytes, HASH_BYTES) == 0);
    EXPECT(content.rows == w.number && content.rows == 7);
    EXPECT(content.entries.count == 1 && content.participants.count == 1 && content.consents.count == 1);
    EXPECT(content.consent_units.count == 2 && content.documents.count == 1);
    EXPECT(content.documents.items[0].size == 4 && content.documents.items[0].sealed.length == 0);
    EXPECT_OK(store_document(tx, &permit, content.documents.items[0].id, keep, &document));
    EXPECT_STR(document.sealed, "%PDF");
    store_read_end(tx);
}

/* The content was read before; entries are added, and the log's own row and a participant change. */
WORK(add_and_digest)
{
    CONTEXT;
    const LogWritten written = {.no = w->log.no, .last_activity_at = NOW + 9, .wake_on = NOW + 10, .known = w->known};
    SettingRows settings;
    LogAfter after;
    const AuditLine line = line_of(w->log.id);
    const ParticipantRow participant = {.id = new_id(), .log_no = w->log.no, .person = w->id, .role = 4, .from_at = NOW,
                                        .sealed = STR("sealed"), .version = 1};
    TRY(store_log_check(tx, w->known, w->keep, &settings));
    for (int i = 0; i < 100; i++) {
        w->entry = entry_row(w->log.no, STR("added"));
        TRY(store_entry_append(tx, &w->entry, &w->no));
    }
    TRY(store_participant_insert(tx, &participant));
    TRY(store_log_written(tx, &written, &after));
    TRY(store_log_digest(tx, w->log.no, &w->hash, &w->number));
    EXPECT(after.rows == w->number && after.rows == w->known->rows + 101);
    EXPECT(memcmp(after.digest.bytes, w->hash.bytes, HASH_BYTES) == 0);
    return store_audit(tx, &line);
}

static void read_content(const Place *place, const Work *w, Arena *keep, LogContent *ret_content)
{
    Permit permit = permit_of(w->id, w->log.id);
    Tx *tx = NULL;

    EXPECT_OK(store_read(place->store, &tx));
    EXPECT_OK(store_log_content(tx, &permit, keep, ret_content));
    store_read_end(tx);
}

TEST(a_digest_that_goes_on_from_known_entries_is_that_of_the_whole_log)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .text = STR("%PDF")};
    LogContent content;

    made_log(&place, &w);
    EXPECT_OK(store_write(place.store, add_people, &w));
    w.known = &content;
    w.keep = keep;
    for (uint32_t times = 0; times < 3; times++) {
        read_content(&place, &w, keep, &content);
        EXPECT(content.entries.count == 100 * times);
        EXPECT_OK(store_write(place.store, add_and_digest, &w));
    }
}

/* Only an entry is added: what was read of people, consents and documents goes on too. */
WORK(add_one_and_digest)
{
    CONTEXT;
    const LogWritten written = {.no = w->log.no, .last_activity_at = NOW + 9, .wake_on = NOW + 10, .known = w->known, .keep = w->keep};
    const AuditLine line = line_of(w->log.id);
    SettingRows settings;
    LogAfter after;
    Hash whole;

    TRY(store_log_check(tx, w->known, w->keep, &settings));
    w->entry = entry_row(w->log.no, STR("added"));
    TRY(store_entry_append(tx, &w->entry, &w->no));
    TRY(store_log_written(tx, &written, &after));
    EXPECT(after.added.count == 1 && id_equal(after.added.items[0].id, w->entry.id) && after.marks.entries.count == 1);
    TRY(store_log_digest(tx, w->log.no, &whole, &w->number));
    EXPECT(after.rows == w->number && after.rows == w->known->rows + 1);
    EXPECT(memcmp(after.digest.bytes, whole.bytes, HASH_BYTES) == 0);
    return store_audit(tx, &line);
}

/* As somebody who goes on from what they read before another entry was there. */
WORK(write_as_read_before)
{
    CONTEXT;
    const LogWritten written = {.no = w->log.no, .last_activity_at = NOW + 11, .wake_on = NOW + 12, .known = w->known};
    const AuditLine line = line_of(w->log.id);
    LogAfter after;

    TRY(store_log_written(tx, &written, &after));
    return store_audit(tx, &line);
}

TEST(a_digest_that_goes_on_from_people_and_consents_too_is_that_of_the_whole_log_and_takes_no_foreign_entry_in)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .text = STR("%PDF")};
    LogContent content;

    made_log(&place, &w);
    EXPECT_OK(store_write(place.store, add_people, &w));
    w.keep = keep;
    for (int times = 0; times < 2; times++) {
        read_content(&place, &w, keep, &content);
        w.known = &content;
        EXPECT_OK(store_write(place.store, add_one_and_digest, &w));
    }
    /* One entry is known to them; the second is a foreign one. */
    EXPECT_ERR(store_write(place.store, write_as_read_before, &w), E_STALE);
}

WORK(withdraw)
{
    CONTEXT;
    const AuditLine line = line_of(w->log.id);
    TRY(store_consent_withdraw(tx, w->third, NOW + 3));
    return store_audit(tx, &line);
}

TEST(access_version_grows_with_participants_and_consents_and_a_standing_shows_them_without_content)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .text = STR("%PDF")};
    LogStanding standing;
    Tx *tx = NULL;

    made_log(&place, &w);
    EXPECT_OK(store_write(place.store, add_people, &w));
    EXPECT_OK(store_write(place.store, withdraw, &w));
    EXPECT_ERR(store_write(place.store, withdraw, &w), E_STALE);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_log_standing(tx, &(StandingWish){w.log.id, w.id, NOW}, keep, &standing));
    EXPECT(standing.log.access_version == 3);
    EXPECT(standing.own.count == 1 && standing.own.items[0].sealed.length == 0);
    EXPECT(standing.consents.count == 1 && standing.consents.items[0].withdrawn_at == NOW + 3);
    EXPECT(standing.consents.items[0].sealed.length == 0 && standing.consent_units.count == 2);
    EXPECT_OK(store_log_standing(tx, &(StandingWish){w.log.id, new_id(), NOW}, keep, &standing));
    EXPECT(standing.own.count == 0);
    EXPECT(standing.gone.count == 1 && id_equal(standing.gone.items[0].id, w.other) && standing.gone.items[0].sealed.length == 0);
    store_read_end(tx);
}

WORK(withdraw_unit)
{
    CONTEXT;
    const AuditLine line = line_of(w->log.id);
    TRY(store_consent_unit_withdraw(tx, w->entry.id));
    return store_audit(tx, &line);
}

TEST(a_unit_that_a_consent_names_no_more_is_gone_once_and_the_consent_is_as_it_was_given)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .text = STR("%PDF")};
    LogContent content;

    made_log(&place, &w);
    EXPECT_OK(store_write(place.store, add_people, &w));
    read_content(&place, &w, keep, &content);
    w.entry.id = content.consent_units.items[0].id;
    const Id stays = content.consent_units.items[1].id;
    EXPECT_OK(store_write(place.store, withdraw_unit, &w));
    EXPECT_ERR(store_write(place.store, withdraw_unit, &w), E_STALE);
    read_content(&place, &w, keep, &content);
    EXPECT(content.consent_units.count == 1 && id_equal(content.consent_units.items[0].id, stays));
    EXPECT(content.consents.items[0].version == 1 && content.consents.items[0].withdrawn_at == 0);
    EXPECT(str_equal(content.consents.items[0].sealed, STR("consent")));
}

WORK(withdraw_held)
{
    CONTEXT;
    const AuditLine line = line_of(w->log.id);
    LogRow log;

    TRY(store_log_by_id(tx, w->log.id, &log));
    log.state = 2;
    log.closed_reason = 5;
    TRY(store_log_withdraw_held(tx, &log, w->third, NOW + 3));
    return store_audit(tx, &line);
}

TEST(a_consent_of_a_held_log_is_withdrawn_once_and_the_head_stays_what_it_was)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .text = STR("%PDF")};
    LogContent content;

    made_log(&place, &w);
    EXPECT_OK(store_write(place.store, add_people, &w));
    read_content(&place, &w, keep, &content);
    const Hash head = content.log.head;
    EXPECT_OK(store_write(place.store, withdraw_held, &w));
    EXPECT_ERR(store_write(place.store, withdraw_held, &w), E_STALE);
    read_content(&place, &w, keep, &content);
    EXPECT(content.log.state == 2 && content.log.closed_reason == 5 && content.consents.items[0].withdrawn_at == NOW + 3);
    EXPECT(memcmp(content.log.head.bytes, head.bytes, HASH_BYTES) == 0);
    w.third = new_id();
    EXPECT_ERR(store_write(place.store, withdraw_held, &w), E_STALE);
}

WORK(add_first)
{
    CONTEXT;
    const PersonRow person = {.id = w->third, .state = 1, .sealed = STR("sealed"), .version = 1, .created_at = NOW};
    const ParticipantRow participant = {.id = w->other, .log_no = w->log.no, .person = w->third, .role = 4, .from_at = NOW,
                                        .sealed = STR("sealed"), .version = 1};
    const AuditLine line = line_of(w->log.id);
    TRY(store_participant_insert_first(tx, &person, &participant));
    TRY(store_log_digest(tx, w->log.no, &w->hash, &w->number));
    TRY(store_log_head_put(tx, w->log.no, &w->hash));
    return store_audit(tx, &line);
}

TEST(an_account_that_comes_with_its_first_place_has_that_right_and_no_other)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id()};
    PersonRights rights;
    Tx *tx = NULL;

    made_log(&place, &w);
    EXPECT_OK(store_write(place.store, add_first, &w));
    EXPECT_ERR(store_write(place.store, add_first, &w), E_DUPLICATE);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_rights(tx, w.third, keep, &rights));
    EXPECT(rights.roles.count == 0 && rights.places.count == 1);
    EXPECT(id_equal(rights.places.items[0].id, w.other));
    store_read_end(tx);
}

RUN_TESTS("conform_content")
