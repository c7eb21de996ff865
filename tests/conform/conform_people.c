/* Persons, roles, enrolment.
 * Must not know whether it runs on SQLite or on PostgreSQL.
 * Run by tests/conform/meson.build on both. */
#include "conform/conform.h"

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

WORK(hold_role)
{
    CONTEXT;
    const RoleRow role = {.id = new_id(), .person = w->id, .role = (uint8_t)w->no, .unit = w->third, .from_at = NOW};
    const AuditLine line = line_of(w->id);
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

TEST(over_a_log_are_the_managers_of_its_unit_and_the_administrators_and_nobody_else)
{
    PLACE(place);
    TEST_ARENA(keep);
    const uint8_t all[] = {ROLE_RELAY_HOLDER, ROLE_ACTOR, ROLE_ORG_MANAGER, ROLE_MUNICIPALITY_ADMIN};
    const Id unit = new_id(), elsewhere = new_id();
    RoleRows roles;
    Tx *tx = NULL;

    for (size_t i = 0; i < 2 * COUNT_OF(all); i++) {
        Work w = {.id = new_id(), .other = new_id(), .third = i < COUNT_OF(all) ? unit : elsewhere, .no = all[i % COUNT_OF(all)]};
        EXPECT_OK(store_write(place.store, make_person, &w));
        EXPECT_OK(store_write(place.store, hold_role, &w));
    }
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_roles_over_log(tx, unit, NOW, keep, &roles));
    for (uint32_t i = 0; i < roles.count; i++)
        EXPECT(roles.items[i].role == ROLE_MUNICIPALITY_ADMIN ||
               (roles.items[i].role == ROLE_ORG_MANAGER && id_equal(roles.items[i].unit, unit)));
    EXPECT(roles.count == 3);
    EXPECT_OK(store_roles_over_log(tx, unit, NOW - 1, keep, &roles));
    EXPECT(roles.count == 0);
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

WORK(enrol_with_worth)
{
    CONTEXT;
    const EnrolmentRow row = {.code_hash = w->hash, .person = w->id, .expires_at = NOW + 1};
    EnrolmentRow worth = row;
    const AuditLine line = line_of(w->id);
    worth.code_hash.bytes[0] ^= 1;
    TRY(store_enrolment_insert_both(tx, &row, &worth));
    return store_audit(tx, &line);
}

TEST(a_code_and_what_it_is_worth_are_put_together_or_not_at_all)
{
    PLACE(place);
    Work w = {.id = new_id(), .hash = new_hash()};
    Work half = {.id = new_id(), .hash = w.hash};
    EnrolmentRow row;
    Tx *tx = NULL;

    half.hash.bytes[0] ^= 1;
    EXPECT_OK(store_write(place.store, enrol_and_use, &half));
    EXPECT_ERR(store_write(place.store, enrol_with_worth, &w), E_DUPLICATE);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_enrolment_by_code(tx, &w.hash, &row), E_NOT_FOUND);
    store_read_end(tx);
    w.hash = new_hash();
    EXPECT_OK(store_write(place.store, enrol_with_worth, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_enrolment_by_code(tx, &w.hash, &row));
    w.hash.bytes[0] ^= 1;
    EXPECT_OK(store_enrolment_by_code(tx, &w.hash, &row));
    store_read_end(tx);
}

WORK(give_role)
{
    CONTEXT;
    const RoleRow role = {.id = w->other, .person = w->id, .role = 3, .unit = w->third, .from_at = NOW};
    const AuditLine line = line_of(w->id);
    TRY(store_role_insert(tx, &role));
    return store_audit(tx, &line);
}

TEST(a_new_right_ends_the_open_codes_of_its_person_and_of_nobody_else)
{
    PLACE(place);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .hash = new_hash()};
    Work neighbour = {.id = new_id(), .hash = new_hash()};
    EnrolmentRow row;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, enrol_and_use, &w));
    EXPECT_OK(store_write(place.store, enrol_and_use, &neighbour));
    EXPECT_OK(store_write(place.store, give_role, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_enrolment_by_code(tx, &w.hash, &row), E_NOT_FOUND);
    EXPECT_OK(store_enrolment_by_code(tx, &neighbour.hash, &row));
    store_read_end(tx);
}

WORK(end_role)
{
    TEST_ARENA(keep);
    CONTEXT;
    const AuditLine line = line_of(w->id);
    GrantRows ended;
    TRY(store_role_end(tx, w->other, NOW + 5, keep, &ended));
    return store_audit(tx, &line);
}

WORK(delete_person)
{
    CONTEXT;
    const AuditLine line = line_of(w->id);
    TRY(store_person_delete(tx, w->id, NULL));
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

RUN_TESTS("conform_people")
