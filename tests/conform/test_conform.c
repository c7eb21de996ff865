/* Every verb of the store, on the database that the environment names: SQLite, or PostgreSQL.
 * Must not know which one it is.
 * Run by tests/conform/meson.build twice. */
#include "support/stores.h"

/* One work given as a block of code: WRITE(place, context, { ... }) runs on the writer's thread. */
typedef struct Work {
    Id id, other, third;
    LogRow log;
    EntryRow entry;
    Hash hash;
    Str text;
    int64_t no;
    uint32_t number;
    enum err_id error;
    Arena *keep;
} Work;

#define WORK(name) static Err name(Tx *tx, void *context_)
#define CONTEXT Work *w = context_

static Permit permit_of(Id person, Id log)
{
    Permit permit = {0};
    Why why = policy_permit((Ask){.role = ROLE_RELAY_HOLDER, .act = ACT_LOG_READ, .relation = RELATION_PARTICIPANT, .state = STATE_ACTIVE},
                            (Subject){.person = person, .log = log, .access_version = 1}, &permit);
    EXPECT(why == WHY_ALLOWED);
    return permit;
}

WORK(make_log)
{
    CONTEXT;
    const AuditLine line = line_of(w->log.id);
    TRY(store_log_insert(tx, &w->log, &w->no));
    w->log.no = w->no;
    return store_audit(tx, &line);
}

static int64_t made_log(Place *place, Work *w)
{
    w->log = log_row();
    EXPECT_OK(store_write(place->store, make_log, w));
    return w->no;
}

/* ---- the writer's rules ---- */

WORK(change_without_line)
{
    CONTEXT;
    return store_setting_put(tx, STR("colour"), w->text, 0);
}

TEST(a_work_that_changes_a_row_without_a_line_is_undone)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.text = STR("blue")};
    SettingRow row;
    Tx *tx = NULL;

    EXPECT_ERR(store_write(place.store, change_without_line, &w), E_INTERNAL);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_setting(tx, STR("colour"), keep, &row), E_NOT_FOUND);
    store_read_end(tx);
}

WORK(put_setting)
{
    CONTEXT;
    const AuditLine line = line_of(w->id);
    TRY(store_setting_put(tx, STR("colour"), w->text, w->number));
    TRY(store_audit(tx, &line));
    return w->error == E_OK ? ok() : fail(w->error);
}

TEST(a_work_that_fails_leaves_nothing_and_its_error_is_returned)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.text = STR("blue"), .error = E_RANGE};
    SettingRow row;
    AuditRows lines;
    Tx *tx = NULL;

    EXPECT_ERR(store_write(place.store, put_setting, &w), E_RANGE);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_setting(tx, STR("colour"), keep, &row), E_NOT_FOUND);
    EXPECT_OK(store_audit_all(tx, 0, 10, keep, &lines));
    EXPECT(lines.count == 0);
    store_read_end(tx);
}

TEST(a_setting_is_put_once_per_version_and_survives_a_restart)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.text = STR("blue")};
    SettingRow row;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, put_setting, &w));
    EXPECT_ERR(store_write(place.store, put_setting, &w), E_STALE);
    w.number = 1;
    w.text = STR("green");
    EXPECT_OK(store_write(place.store, put_setting, &w));
    EXPECT_ERR(store_write(place.store, put_setting, &w), E_STALE);
    place_reopen(&place);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_setting(tx, STR("colour"), keep, &row));
    EXPECT_STR(row.value, "green");
    EXPECT(row.version == 2);
    store_read_end(tx);
}

TEST(a_snapshot_cannot_be_written_to)
{
    PLACE(place);
    Tx *tx = NULL;
    const AuditLine line = line_of(new_id());

    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_setting_put(tx, STR("colour"), STR("red"), 0), E_INTERNAL);
    EXPECT_ERR(store_audit(tx, &line), E_INTERNAL);
    store_read_end(tx);
}

TEST(a_snapshot_does_not_see_what_is_written_after_it_began)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.text = STR("blue")};
    SettingRow row;
    Tx *tx = NULL;

    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_setting(tx, STR("colour"), keep, &row), E_NOT_FOUND);
    EXPECT_OK(store_write(place.store, put_setting, &w));
    EXPECT_ERR(store_setting(tx, STR("colour"), keep, &row), E_NOT_FOUND);
    store_read_end(tx);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_setting(tx, STR("colour"), keep, &row));
    store_read_end(tx);
}

TEST(a_snapshot_that_was_ended_cannot_end_the_next_one_on_its_connection)
{
    PLACE(place);
    TEST_ARENA(keep);
    SettingRow row;
    Tx *first = NULL;
    Tx *next = NULL;

    EXPECT_OK(store_read(place.store, &first));
    store_read_endp(&first);
    EXPECT_OK(store_read(place.store, &next));
    store_read_endp(&first);
    EXPECT_ERR(store_setting(next, STR("colour"), keep, &row), E_NOT_FOUND);
    EXPECT_OK(store_read(place.store, &first));
    EXPECT(first != next);
    store_read_endp(&first);
    store_read_endp(&next);
}

TEST(a_municipality_that_was_never_made_is_not_found_and_none_is_made_twice)
{
    PLACE(place);
    Store *store = NULL;

    EXPECT_ERR(store_of(place.stores, new_id(), &store), E_NOT_FOUND);
    EXPECT_ERR(store_of(place.stores, (Id){{0}}, &store), E_NOT_FOUND);
    EXPECT_ERR(stores_create(place.stores, place.tenant), E_DUPLICATE);
}

TEST(what_one_municipality_writes_no_other_sees)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.text = STR("blue")};
    SettingRow row;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, put_setting, &w));
    EXPECT_OK(store_read(store_host(place.stores), &tx));
    EXPECT_ERR(store_setting(tx, STR("colour"), keep, &row), E_NOT_FOUND);
    store_read_end(tx);
}

/* ---- the chain ---- */

TEST(lines_are_numbered_without_a_gap_and_hang_on_each_other)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.text = STR("blue")};
    AuditRows lines;
    int64_t seq;
    Hash head;
    bool known;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, put_setting, &w));
    EXPECT_ERR(store_write(place.store, put_setting, &w), E_STALE);
    w.number = 1;
    EXPECT_OK(store_write(place.store, put_setting, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_audit_all(tx, 0, 10, keep, &lines));
    EXPECT(lines.count == 2 && lines.items[0].seq == 2 && lines.items[1].seq == 1);
    EXPECT(lines.items[0].changes == 1);
    EXPECT(memcmp(lines.items[0].previous.bytes, lines.items[1].hash.bytes, HASH_BYTES) == 0);
    EXPECT_OK(store_audit_head(tx, &seq, &head));
    EXPECT(seq == 2 && memcmp(head.bytes, lines.items[0].hash.bytes, HASH_BYTES) == 0);
    EXPECT_OK(store_request_known(tx, lines.items[0].line.request, &known));
    EXPECT(known);
    EXPECT_OK(store_request_known(tx, new_id(), &known));
    EXPECT(!known);
    store_read_end(tx);
}

WORK(only_lines)
{
    CONTEXT;
    for (uint16_t act = 1; act <= 5; act++) {
        AuditLine line = line_of(w->id);
        line.act = act;
        line.person = w->other;
        TRY(store_audit(tx, &line));
    }
    return ok();
}

TEST(the_lines_about_an_object_come_newest_first_in_pages_of_the_acts_wanted)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id()};
    const ActSet acts = {.bits = {1u << 2 | 1u << 4}};
    AuditRows lines;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, only_lines, &w));
    EXPECT_OK(store_write(place.store, only_lines, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_audit_of_object(tx, w.id, &acts, 0, 3, keep, &lines));
    EXPECT(lines.count == 3 && lines.items[0].seq == 9 && lines.items[1].seq == 7 && lines.items[2].seq == 4);
    EXPECT_OK(store_audit_of_object(tx, w.id, &acts, 4, 3, keep, &lines));
    EXPECT(lines.count == 1 && lines.items[0].seq == 2);
    EXPECT_OK(store_audit_of_object(tx, new_id(), &acts, 0, 3, keep, &lines));
    EXPECT(lines.count == 0);
    EXPECT_OK(store_audit_of_person(tx, w.other, 3, 10, keep, &lines));
    EXPECT(lines.count == 2);
    EXPECT_ERR(store_audit_all(tx, 0, 501, keep, &lines), E_RANGE);
    store_read_end(tx);
}

/* ---- people ---- */

WORK(make_person)
{
    CONTEXT;
    const PersonRow person = {.id = w->id, .login_index = w->text, .state = 1, .sealed = STR("sealed"), .secret = STR("secret"),
                              .version = 1, .created_at = NOW};
    const RoleRow role = {.id = w->other, .person = w->id, .role = 3, .unit = w->third, .from_at = NOW};
    const AuditLine line = line_of(w->id);
    TRY(store_person_insert(tx, &person));
    TRY(store_role_insert(tx, &role));
    return store_audit(tx, &line);
}

WORK(totp_step)
{
    CONTEXT;
    const AuditLine line = line_of(w->id);
    TRY(store_person_totp_used(tx, w->id, w->no));
    return store_audit(tx, &line);
}

TEST(a_person_is_found_by_login_and_by_unit_and_a_login_is_used_once)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .text = STR("0123456789abcdef")};
    Work twin = {.id = new_id(), .other = new_id(), .third = new_id(), .text = STR("0123456789abcdef")};
    Work nameless = {.id = new_id(), .other = new_id(), .third = new_id()};
    PersonRow person;
    PersonRows persons;
    RoleRows roles;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, make_person, &w));
    EXPECT_ERR(store_write(place.store, make_person, &twin), E_DUPLICATE);
    EXPECT_OK(store_write(place.store, make_person, &nameless));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_person_by_login(tx, w.text, keep, &person));
    EXPECT(id_equal(person.id, w.id) && person.created_at == NOW);
    EXPECT_STR(person.secret, "secret");
    EXPECT_OK(store_person_by_id(tx, nameless.id, keep, &person));
    EXPECT(person.login_index.length == 0);
    EXPECT_OK(store_persons_of_unit(tx, w.third, NOW, keep, &persons));
    EXPECT(persons.count == 1);
    EXPECT_OK(store_persons_of_unit(tx, w.third, NOW - 1, keep, &persons));
    EXPECT(persons.count == 0);
    EXPECT_OK(store_persons(tx, (Id){{0}}, 10, keep, &persons));
    EXPECT(persons.count == 2);
    EXPECT_OK(store_roles_held(tx, 3, NOW, keep, &roles));
    EXPECT(roles.count == 2);
    store_read_end(tx);
}

TEST(a_totp_step_is_accepted_once)
{
    PLACE(place);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .no = 100};

    EXPECT_OK(store_write(place.store, make_person, &w));
    EXPECT_OK(store_write(place.store, totp_step, &w));
    EXPECT_ERR(store_write(place.store, totp_step, &w), E_REPLAYED);
    w.no = 99;
    EXPECT_ERR(store_write(place.store, totp_step, &w), E_REPLAYED);
    w.no = 101;
    EXPECT_OK(store_write(place.store, totp_step, &w));
}

WORK(enrol_and_use)
{
    CONTEXT;
    const EnrolmentRow row = {.code_hash = w->hash, .person = w->id, .expires_at = NOW + 1};
    const AuditLine line = line_of(w->id);
    if (w->number == 0)
        TRY(store_enrolment_insert(tx, &row));
    else
        TRY(store_enrolment_use(tx, &w->hash, NOW));
    return store_audit(tx, &line);
}

TEST(an_enrolment_code_is_used_once)
{
    PLACE(place);
    Work w = {.id = new_id(), .hash = new_hash()};
    EnrolmentRow row;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, enrol_and_use, &w));
    w.number = 1;
    EXPECT_OK(store_write(place.store, enrol_and_use, &w));
    EXPECT_ERR(store_write(place.store, enrol_and_use, &w), E_REPLAYED);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_enrolment_by_code(tx, &w.hash, &row));
    EXPECT(row.used_at == NOW && id_equal(row.person, w.id));
    store_read_end(tx);
}

WORK(end_role)
{
    CONTEXT;
    const AuditLine line = line_of(w->id);
    TRY(store_role_end(tx, w->other, NOW + 5));
    return store_audit(tx, &line);
}

WORK(delete_person)
{
    CONTEXT;
    const AuditLine line = line_of(w->id);
    TRY(store_person_delete(tx, w->id));
    return store_audit(tx, &line);
}

TEST(a_role_ends_once_and_an_account_goes_with_all_that_is_its_own)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id()};
    RoleRow role;
    PersonRow person;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, make_person, &w));
    EXPECT_OK(store_write(place.store, end_role, &w));
    EXPECT_ERR(store_write(place.store, end_role, &w), E_STALE);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_role_by_id(tx, w.other, &role));
    EXPECT(role.to_at == NOW + 5);
    store_read_end(tx);
    EXPECT_OK(store_write(place.store, delete_person, &w));
    EXPECT_ERR(store_write(place.store, delete_person, &w), E_NOT_FOUND);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_role_by_id(tx, w.other, &role), E_NOT_FOUND);
    EXPECT_ERR(store_person_by_id(tx, w.id, keep, &person), E_NOT_FOUND);
    store_read_end(tx);
}

/* ---- volatile rows ---- */

WORK(make_session)
{
    CONTEXT;
    const SessionRow row = {.token_hash = w->hash, .person = w->id, .role_row = w->other, .role = 2, .grant = w->third,
                            .created_at = NOW, .touched_at = NOW, .ends_at = NOW + 100, .form_secret = STR("form")};
    TRY(store_session_insert(tx, &row));
    TRY(store_session_wizard(tx, &w->hash, STR("wizard")));
    return store_session_touch(tx, &w->hash, NOW + 50);
}

WORK(end_sessions)
{
    CONTEXT;
    return store_sessions_delete_ended(tx, w->no);
}

TEST(a_session_needs_no_line_is_touched_and_ends)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .hash = new_hash(), .no = NOW + 99};
    SessionRow row;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, make_session, &w));
    EXPECT_ERR(store_write(place.store, make_session, &w), E_DUPLICATE);
    EXPECT_OK(store_write(place.store, end_sessions, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_session_by_token(tx, &w.hash, keep, &row));
    EXPECT(row.touched_at == NOW + 50 && id_equal(row.grant, w.third));
    EXPECT_STR(row.wizard_key, "wizard");
    EXPECT_STR(row.form_secret, "form");
    store_read_end(tx);
    w.no = NOW + 100;
    EXPECT_OK(store_write(place.store, end_sessions, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_session_by_token(tx, &w.hash, keep, &row), E_NOT_FOUND);
    store_read_end(tx);
}

WORK(claim_form)
{
    CONTEXT;
    const Hash session = {{1}};
    TRY(store_form_claim(tx, &w->hash, &session, NOW));
    return store_form_answer(tx, &w->hash, STR("/logg/1"), 303);
}

TEST(a_form_is_claimed_once_and_its_first_answer_is_found)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.hash = new_hash()};
    FormKeyRow row;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, claim_form, &w));
    EXPECT_ERR(store_write(place.store, claim_form, &w), E_REPLAYED);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_form_by_hash(tx, &w.hash, keep, &row));
    EXPECT_STR(row.answer_location, "/logg/1");
    EXPECT(row.status == 303);
    store_read_end(tx);
}

WORK(put_draft)
{
    CONTEXT;
    const DraftRow row = {.id = new_id(), .log_no = w->no, .person = w->id, .kind = 4, .at = NOW, .sealed = w->text};
    const BackoffRow wait = {.key = w->id, .failures = 3, .until_at = NOW + 9};
    TRY(store_backoff_put(tx, &wait));
    return store_draft_put(tx, &row, &w->other);
}

TEST(the_newest_draft_replaces_the_former_and_is_its_writers_own)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .text = STR("first")};
    DraftRows drafts;
    BackoffRow wait;
    Tx *tx = NULL;

    made_log(&place, &w);
    EXPECT_OK(store_write(place.store, put_draft, &w));
    Id first = w.other;
    w.text = STR("second");
    EXPECT_OK(store_write(place.store, put_draft, &w));
    EXPECT(id_equal(first, w.other));
    EXPECT_OK(store_read(place.store, &tx));
    Permit own = permit_of(w.id, w.log.id), foreign = permit_of(new_id(), w.log.id);
    EXPECT_OK(store_drafts(tx, &foreign, keep, &drafts));
    EXPECT(drafts.count == 0);
    EXPECT_OK(store_drafts(tx, &own, keep, &drafts));
    EXPECT(drafts.count == 1);
    EXPECT_STR(drafts.items[0].sealed, "second");
    EXPECT_OK(store_backoff(tx, w.id, &wait));
    EXPECT(wait.failures == 3);
    EXPECT_OK(store_backoff(tx, new_id(), &wait));
    EXPECT(wait.failures == 0 && wait.until_at == 0);
    store_read_end(tx);
}

/* ---- logs ---- */

WORK(add_entry)
{
    CONTEXT;
    const AuditLine line = line_of(w->log.id);
    TRY(store_entry_append(tx, &w->entry, &w->no));
    return store_audit(tx, &line);
}

TEST(no_permit_no_rows)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {0};
    Permit made_by_hand = {0};
    EntryRows entries;
    LogContent content;
    LogRows logs;
    Tx *tx = NULL;

    made_log(&place, &w);
    made_by_hand.log = w.log.id;
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_entries(tx, NULL, keep, &entries), E_FORBIDDEN);
    EXPECT_ERR(store_entries(tx, &made_by_hand, keep, &entries), E_FORBIDDEN);
    EXPECT_ERR(store_log_content(tx, &made_by_hand, keep, &content), E_FORBIDDEN);
    EXPECT_ERR(store_logs_of_person(tx, &made_by_hand, NOW, NULL, 10, keep, &logs), E_FORBIDDEN);
    store_read_end(tx);
}

TEST(a_permit_for_one_log_opens_no_entry_of_another)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {0}, other = {0};
    EntryRow row;
    Tx *tx = NULL;

    w.entry = entry_row(made_log(&place, &w), STR("text"));
    made_log(&place, &other);
    EXPECT_OK(store_write(place.store, add_entry, &w));
    EXPECT_OK(store_read(place.store, &tx));
    Permit right = permit_of(new_id(), w.log.id), wrong = permit_of(new_id(), other.log.id);
    EXPECT_ERR(store_entry_by_id(tx, &wrong, w.entry.id, keep, &row), E_NOT_FOUND);
    EXPECT_OK(store_entry_by_id(tx, &right, w.entry.id, keep, &row));
    EXPECT_STR(row.sealed, "text");
    store_read_end(tx);
}

TEST(a_correction_follows_the_newest_version_and_the_second_of_two_is_stale)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {0};
    EntryRows versions;
    Tx *tx = NULL;

    int64_t no = made_log(&place, &w);
    w.entry = entry_row(no, STR("first"));
    EXPECT_OK(store_write(place.store, add_entry, &w));
    EXPECT(w.no == (no << 24 | 1));
    Id first = w.entry.id;
    w.entry = entry_row(no, STR("second"));
    w.entry.entry = first;
    w.entry.version = 2;
    w.entry.supersedes = first;
    EXPECT_OK(store_write(place.store, add_entry, &w));
    w.entry.id = new_id();
    EXPECT_ERR(store_write(place.store, add_entry, &w), E_STALE);
    EXPECT_OK(store_read(place.store, &tx));
    Permit permit = permit_of(new_id(), w.log.id);
    EXPECT_OK(store_entry_versions(tx, &permit, first, keep, &versions));
    EXPECT(versions.count == 2 && versions.items[1].version == 2);
    EXPECT_STR(versions.items[1].sealed, "second");
    store_read_end(tx);
}

WORK(change_log)
{
    CONTEXT;
    const AuditLine line = line_of(w->log.id);
    TRY(store_log_update(tx, &w->log));
    TRY(store_log_header_put(tx, w->log.no, STR("new header"), w->log.header_version));
    TRY(store_log_touch(tx, w->log.no, NOW + 7, NOW + 8));
    return store_audit(tx, &line);
}

TEST(a_log_changed_by_somebody_else_is_stale)
{
    PLACE(place);
    Work w = {0};
    LogRow row;
    Tx *tx = NULL;

    made_log(&place, &w);
    w.log.state = 2;
    EXPECT_OK(store_write(place.store, change_log, &w));
    EXPECT_ERR(store_write(place.store, change_log, &w), E_STALE);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_log_by_id(tx, w.log.id, &row));
    EXPECT(row.access_version == 2 && row.state == 2 && row.header_version == 2 && row.wake_on == NOW + 8);
    EXPECT(row.header.length == 0);
    store_read_end(tx);
}

TEST(a_display_number_in_use_may_be_drawn_again)
{
    PLACE(place);
    Work w = {0}, other = {0};

    made_log(&place, &w);
    other.log = log_row();
    other.log.display = w.log.display;
    EXPECT_ERR(store_write(place.store, make_log, &other), E_DUPLICATE);
    other.log.display++;
    EXPECT_OK(store_write(place.store, make_log, &other));
}

WORK(add_people)
{
    CONTEXT;
    const ParticipantRow participant = {.id = w->other, .log_no = w->log.no, .person = w->id, .role = 4, .from_at = NOW,
                                        .to_at = NOW + 100, .sealed = STR("sealed"), .version = 1};
    const ConsentRow consent = {.id = w->third, .log_no = w->log.no, .participant = w->other, .method = 1, .given_at = NOW,
                                .valid_to = NOW + 1000, .sealed = STR("consent"), .version = 1};
    const ConsentUnitRow units[] = {{.id = new_id(), .unit = new_id()}, {.id = new_id(), .unit = new_id()}};
    const DocumentRow document = {.id = new_id(), .log_no = w->log.no, .media = 1, .sealed = w->text};
    const AuditLine line = line_of(w->log.id);
    TRY(store_participant_insert(tx, &participant));
    TRY(store_consent_insert(tx, &consent, units, 2));
    TRY(store_document_insert(tx, &document));
    TRY(store_log_digest(tx, w->log.no, &w->hash, &w->number));
    TRY(store_log_head_put(tx, w->log.no, &w->hash));
    return store_audit(tx, &line);
}

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
    EXPECT_OK(store_log_standing(tx, w.log.id, w.id, keep, &standing));
    EXPECT(standing.log.access_version == 4);
    EXPECT(standing.own.count == 1 && standing.own.items[0].sealed.length == 0);
    EXPECT(standing.consents.count == 1 && standing.consents.items[0].withdrawn_at == NOW + 3);
    EXPECT(standing.consents.items[0].sealed.length == 0 && standing.consent_units.count == 2);
    EXPECT_OK(store_log_standing(tx, w.log.id, new_id(), keep, &standing));
    EXPECT(standing.own.count == 0);
    store_read_end(tx);
}

TEST(a_person_finds_their_own_logs_only_newest_first_and_in_pages)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .text = STR("%PDF")}, held = {0}, foreign = {0};
    LogRows logs;
    Tx *tx = NULL;

    made_log(&place, &w);
    EXPECT_OK(store_write(place.store, add_people, &w));
    held.log = log_row();
    held.log.holder = w.id;
    held.log.last_activity_at = NOW + 1;
    EXPECT_OK(store_write(place.store, make_log, &held));
    made_log(&place, &foreign);
    EXPECT_OK(store_read(place.store, &tx));
    Permit permit = permit_of(w.id, w.log.id);
    EXPECT_OK(store_logs_of_person(tx, &permit, NOW + 1, NULL, 10, keep, &logs));
    EXPECT(logs.count == 2 && id_equal(logs.items[0].id, held.log.id) && id_equal(logs.items[1].id, w.log.id));
    EXPECT_STR(logs.items[0].header, "sealed header");
    EXPECT_OK(store_logs_of_person(tx, &permit, NOW + 1, &logs.items[0], 10, keep, &logs));
    EXPECT(logs.count == 1 && id_equal(logs.items[0].id, w.log.id));
    EXPECT_OK(store_logs_of_person(tx, &permit, NOW + 100, NULL, 10, keep, &logs));
    EXPECT(logs.count == 1 && id_equal(logs.items[0].id, held.log.id));
    EXPECT_OK(store_logs_of_unit(tx, &permit, foreign.log.unit, NULL, 10, keep, &logs));
    EXPECT(logs.count == 1);
    uint32_t counts[8];
    EXPECT_OK(store_logs_count(tx, (Id){{0}}, counts));
    EXPECT(counts[1] == 3);
    store_read_end(tx);
}

WORK(delete_log)
{
    CONTEXT;
    const AuditLine line = line_of(w->log.id);
    LogCounts counts = {0};
    TRY(store_log_delete(tx, w->log.no, &counts));
    w->number = counts.entries + counts.participants + counts.consents + counts.documents;
    return store_audit(tx, &line);
}

TEST(a_deleted_log_leaves_nothing_and_its_number_is_not_given_again)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .text = STR("%PDF")}, next = {0};
    LogRow row;
    ParticipantRows rows;
    Tx *tx = NULL;

    int64_t no = made_log(&place, &w);
    w.entry = entry_row(no, STR("text"));
    EXPECT_OK(store_write(place.store, add_entry, &w));
    EXPECT_OK(store_write(place.store, add_people, &w));
    EXPECT_OK(store_write(place.store, delete_log, &w));
    EXPECT(w.number == 4);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_log_by_id(tx, w.log.id, &row), E_NOT_FOUND);
    EXPECT_OK(store_participations(tx, w.id, keep, &rows));
    EXPECT(rows.count == 0);
    store_read_end(tx);
    EXPECT(made_log(&place, &next) == no + 1);
    EXPECT_OK(store_purge_remains(place.store));
}

static void no_finding(void *self, const Finding *finding)
{
    (void)self;
    print_error("found %s in %s\n", finding_name(finding->kind), finding->table ? finding->table : "-");
}

TEST(a_database_that_only_the_store_wrote_verifies)
{
    PLACE(place);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .text = STR("%PDF")}, gone = w;
    const VerifyWatch watch = {.found = no_finding};
    VerifyResult result;

    gone.id = new_id(), gone.other = new_id(), gone.third = new_id();
    w.entry = entry_row(made_log(&place, &w), STR("text"));
    EXPECT_OK(store_write(place.store, add_entry, &w));
    EXPECT_OK(store_write(place.store, add_people, &w));
    made_log(&place, &gone);
    EXPECT_OK(store_write(place.store, add_people, &gone));
    EXPECT_OK(store_write(place.store, delete_log, &gone));
    EXPECT_OK(store_verify(place.store, &watch, &result));
    EXPECT(result.findings == 0 && result.lines == 6 && result.rows == 7);
}

WORK(rewrap)
{
    CONTEXT;
    const ScopeKeyRow row = {.scope = w->id, .kind = 1, .epoch = 1 + w->number, .wrapped = STR("wrapped"),
                             .blind_index = w->text, .version = w->number};
    const AuditLine line = line_of(w->id);
    TRY(w->number == 0 ? store_scope_insert(tx, &row) : store_scope_update(tx, &row));
    return store_audit(tx, &line);
}

TEST(a_key_is_rewrapped_once_per_version_and_found_by_its_blind_index)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .text = STR("fedcba9876543210")}, twin = {.id = new_id(), .text = STR("fedcba9876543210")};
    ScopeKeyRows rows;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, rewrap, &w));
    EXPECT_OK(store_write(place.store, rewrap, &twin));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_scopes_by_index(tx, w.text, keep, &rows));
    EXPECT(rows.count == 2);
    EXPECT_OK(store_scopes_older(tx, 2, (Id){{0}}, 10, keep, &rows));
    EXPECT(rows.count == 2);
    EXPECT_OK(store_scopes_older(tx, 1, (Id){{0}}, 10, keep, &rows));
    EXPECT(rows.count == 0);
    store_read_end(tx);
}

WORK(post)
{
    CONTEXT;
    const AuditLine line = line_of(w->id);
    InboxRow row = {.id = w->other, .person = w->id, .event = 5, .object = new_id(), .at = NOW};
    if (w->number == 0)
        TRY(store_inbox_insert(tx, &row));
    else
        TRY(store_inbox_read(tx, w->other, w->id, NOW + w->number));
    return store_audit(tx, &line);
}

TEST(a_message_is_read_by_its_person_only_and_keeps_the_first_time)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id()};
    InboxRows rows;
    uint32_t unread;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, post, &w));
    Work foreign = {.id = new_id(), .other = w.other, .number = 1};
    EXPECT_ERR(store_write(place.store, post, &foreign), E_NOT_FOUND);
    for (w.number = 1; w.number <= 2; w.number++)
        EXPECT_OK(store_write(place.store, post, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_inbox(tx, w.id, NULL, 10, keep, &rows));
    EXPECT(rows.count == 1 && rows.items[0].read_at == NOW + 1);
    EXPECT_OK(store_inbox(tx, w.id, &rows.items[0], 10, keep, &rows));
    EXPECT(rows.count == 0);
    EXPECT_OK(store_inbox_unread(tx, w.id, &unread));
    EXPECT(unread == 0);
    store_read_end(tx);
}

WORK(make_municipality)
{
    CONTEXT;
    const MunicipalityRow row = {.id = w->id, .number = w->text, .name = STR("Prøvekommune"), .state = 1, .created_at = NOW, .version = 1};
    const UnitRow unit = {.id = w->id, .kind = 2, .sealed = STR("unit"), .version = 1};
    const AuditLine line = line_of(w->id);
    TRY(store_municipality_insert(tx, &row));
    TRY(store_unit_insert(tx, &unit));
    TRY(store_unit_update(tx, &unit));
    return store_audit(tx, &line);
}

TEST(a_municipality_is_found_by_number_and_a_number_is_used_once)
{
    PLACE(place);
    TEST_ARENA(keep);
    char number[5];
    snprintf(number, sizeof number, "%04u", (unsigned)(new_id().bytes[0] << 8 | new_id().bytes[0]) % 10000);
    Work w = {.id = new_id(), .text = str_from_c(number)}, twin = {.id = new_id(), .text = str_from_c(number)};
    MunicipalityRow row;
    UnitRow unit;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, make_municipality, &w));
    EXPECT_ERR(store_write(place.store, make_municipality, &twin), E_DUPLICATE);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_municipality_by_number(tx, w.text, keep, &row));
    EXPECT_STR(row.name, "Prøvekommune");
    EXPECT_OK(store_unit_by_id(tx, w.id, keep, &unit));
    EXPECT(unit.version == 2);
    store_read_end(tx);
}

/* ---- every statement ---- */

TEST(no_statement_uses_a_parameter_that_its_list_does_not_type)
{
    for (uint32_t i = 0; i < SQL_COUNT; i++) {
        char next[32];
        snprintf(next, sizeof next, "$%zu", strlen(statements[i].parameters) + 1);
        EXPECT(!strstr(statements[i].sql, next));
    }
}

RUN_TESTS("conform")
