/* Two who decide by the same rows at the same moment: what the second has read is no longer so when its work runs, and it is told.
 * Must not know whether it runs on SQLite or on PostgreSQL.
 * Run by tests/conform/meson.build on both. */
#include "conform/conform.h"

#include "service/people/found.h"
#include "service/people/rights.h"
#include "service/people/units.h"

#define INDEX STR("0123456789abcdef")

/* What both have read, and what each writes. */
typedef struct Twice {
    Id person, unit;
    UnitRows units;
    PersonsFound found;
    RoleRow role;
    Arena *keep;
} Twice;

static Twice twice_new(Arena *keep)
{
    Twice twice = {.person = new_id(), .unit = new_id(), .keep = keep};

    twice.role = (RoleRow){.person = twice.person, .role = 2, .unit = twice.unit, .from_at = NOW};
    twice.found.index = index_at(INDEX);
    return twice;
}

WORK(add_unit)
{
    Twice *twice = context_;
    const AuditLine line = line_of(twice->unit);
    const UnitRow unit = {.id = new_id(), .kind = 1, .sealed = STR("sealed"), .version = 1};

    TRY(units_still_read(tx, &twice->units, twice->keep));
    TRY(store_unit_insert(tx, &unit));
    return store_audit(tx, &line);
}

WORK(change_unit)
{
    Twice *twice = context_;
    const AuditLine line = line_of(twice->unit);

    TRY(units_still_read(tx, &twice->units, twice->keep));
    TRY(store_unit_update(tx, &twice->units.items[0]));
    return store_audit(tx, &line);
}

WORK(add_person)
{
    Twice *twice = context_;
    const AuditLine line = line_of(twice->person);
    const PersonRow person = {.id = new_id(), .state = 1, .sealed = STR("sealed"), .version = 1, .created_at = NOW};
    const ScopeKeyRow scope = {.scope = person.id, .kind = SCOPE_PERSON, .epoch = 1, .wrapped = STR("wrapped"), .blind_index = INDEX,
                               .version = 1};

    TRY(persons_still_found(tx, &twice->found, NULL, twice->keep));
    TRY(store_scope_insert(tx, &scope));
    TRY(store_person_insert(tx, &person));
    return store_audit(tx, &line);
}

WORK(give_role)
{
    Twice *twice = context_;
    const AuditLine line = line_of(twice->person);

    twice->role.id = new_id();
    TRY(role_is_new(tx, &twice->role, twice->keep));
    TRY(store_role_insert(tx, &twice->role));
    return store_audit(tx, &line);
}

static void read_units(Place *place, Twice *twice)
{
    Tx *tx = NULL;

    EXPECT_OK(store_read(place->store, &tx));
    EXPECT_OK(store_units(tx, twice->keep, &twice->units));
    store_read_end(tx);
}

static uint64_t lines_of(Place *place)
{
    TEST_ARENA(keep);
    AuditRows lines = {0};
    Tx *tx = NULL;

    EXPECT_OK(store_read(place->store, &tx));
    EXPECT_OK(store_audit_all(tx, 0, 500, keep, &lines));
    store_read_end(tx);
    return lines.count;
}

TEST(of_two_who_read_the_same_units_and_add_one_the_second_reads_them_anew)
{
    PLACE(place);
    TEST_ARENA(keep);
    Twice first = twice_new(keep), second = twice_new(keep);

    read_units(&place, &first);
    read_units(&place, &second);
    EXPECT_OK(store_write(place.store, add_unit, &first));
    EXPECT_ERR(store_write(place.store, add_unit, &second), E_STALE);
    EXPECT(lines_of(&place) == 1);
    read_units(&place, &second);
    EXPECT(second.units.count == 1);
    EXPECT_OK(store_write(place.store, add_unit, &second));
}

TEST(a_unit_whose_name_was_changed_meanwhile_is_read_anew)
{
    PLACE(place);
    TEST_ARENA(keep);
    Twice first = twice_new(keep), second = twice_new(keep);

    read_units(&place, &first);
    EXPECT_OK(store_write(place.store, add_unit, &first));
    read_units(&place, &first);
    read_units(&place, &second);
    EXPECT_OK(store_write(place.store, change_unit, &first));
    EXPECT_ERR(store_write(place.store, add_unit, &second), E_STALE);
}

TEST(of_two_who_found_nobody_by_an_e_mail_and_make_an_account_the_second_looks_again)
{
    PLACE(place);
    TEST_ARENA(keep);
    Twice first = twice_new(keep), second = twice_new(keep);
    ScopeKeyRows scopes = {0};
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, add_person, &first));
    EXPECT_ERR(store_write(place.store, add_person, &second), E_STALE);
    EXPECT_OK(store_read(place.store, &tx));
    const ScopeIndex index = index_at(INDEX);
    EXPECT_OK(store_scopes_by_index(tx, &index, keep, &scopes));
    store_read_end(tx);
    EXPECT(scopes.count == 1 && lines_of(&place) == 1);
}

TEST(of_two_who_give_the_same_role_for_a_part_of_the_same_time_the_second_is_refused)
{
    static const struct {
        int64_t from_at, to_at;
        enum err_id wanted;
    } cases[] = {
        {NOW - 10, NOW, E_OK},     /* it ends as the first begins */
        {NOW - 10, NOW + 1, E_RANGE}, {NOW + 5, NOW + 6, E_RANGE}, {NOW - 10, 0, E_RANGE},
        {NOW + 9, 0, E_OK},        /* it begins as the first ends */
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        PLACE(place);
        TEST_ARENA(keep);
        Twice first = twice_new(keep), second = first;

        first.role.to_at = NOW + 9;
        second.role.from_at = cases[i].from_at;
        second.role.to_at = cases[i].to_at;
        EXPECT_OK(store_write(place.store, give_role, &first));
        EXPECT_ERR(store_write(place.store, give_role, &second), cases[i].wanted);
        second.role.unit = new_id();
        EXPECT_OK(store_write(place.store, give_role, &second));
    }
}

RUN_TESTS("conform_twice")
