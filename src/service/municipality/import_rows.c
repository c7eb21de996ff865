/* The rows of a file as rows of the database: units by name, people by e-mail, roles by both.
 * Must not store anything.
 * Called by import.c. */
#include "service/municipality/import_rows.h"

#include "domain/intake.h"
#include "domain/matrix.h"
#include "domain/period.h"
#include "domain/signin.h"
#include "service/people/person.h"
#include "service/seal.h"

/* ---- units ---- */

static Err load_units(Import *import)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    UnitRows rows = {0};
    Unit *units = NULL;

    TRY(store_read(import->actor.store, &tx));
    TRY(store_units(tx, import->keep, &rows));
    TRY(ARENA_NEW(import->keep, Unit, (size_t)rows.count + 1, &units));
    for (uint32_t i = 0; i < rows.count; i++) {
        Values values;
        TRY(unit_open(&(OpenScope){import->service, import->actor.tenant, &import->scope_key},
                      &rows.items[i], import->keep, &values));
        units[i] = (Unit){.id = rows.items[i].id, .name = values_at(&values, ORGANISATION_NAME),
                          .number = values_at(&values, ORGANISATION_NUMBER), .closed = rows.items[i].closed_at != 0};
    }
    import->units = (Units){.items = units, .count = rows.count};
    return ok();
}

static const Unit *find_unit(const Import *import, Str name, Str number)
{
    for (uint32_t i = 0; i < import->units.count; i++) {
        const Unit *unit = &import->units.items[i];
        if (str_equal(unit->name, name) || (number.length > 0 && str_equal(unit->number, number)))
            return unit;
    }
    return NULL;
}

static Err new_unit(Import *import, const IntakeRow *row)
{
    UnitRow *unit = &import->new_units[import->new_unit_count];
    int64_t kind = 0;

    TRY(num_parse(values_at(&row->values, ORGANISATION_SERVICE), 0, UINT8_MAX, &kind));
    *unit = (UnitRow){.kind = (uint8_t)kind, .version = 1};
    TRY(world_id(import->service->world, &unit->id));
    TRY(unit_seal(&(OpenScope){import->service, import->actor.tenant, &import->scope_key}, (RowVersion){unit->id, 1},
                  &row->values, import->keep, &unit->sealed));
    import->new_unit_count++;
    return ok();
}

Err import_units(Import *import)
{
    TRY(load_units(import));
    TRY(ARENA_NEW(import->keep, UnitRow, (size_t)import->intake.row_count + 1, &import->new_units));
    for (uint32_t i = 0; i < import->intake.row_count; i++) {
        const IntakeRow *row = &import->intake.rows[i];
        const Unit *known =
            find_unit(import, values_at(&row->values, ORGANISATION_NAME), values_at(&row->values, ORGANISATION_NUMBER));
        if (!known)
            TRY(new_unit(import, row));
        else if (!str_equal(known->name, values_at(&row->values, ORGANISATION_NAME)))
            import_fault(import, row, row->column, "organisasjonsnummer", "a number that no other unit here has");
        else
            import->known_unit_count++;
    }
    return ok();
}

/* ---- people ---- */

static ImportPerson *find_typed(const Import *import, Str email)
{
    for (uint32_t i = 0; i < import->person_count; i++)
        if (str_equal(import->persons[i].email, email))
            return &import->persons[i];
    return NULL;
}

/* Somebody who is here with this e-mail, if any: as the page finds them (service/people/found). */
static Err find_known(const Import *import, Str index, ImportPerson *person)
{
    const PersonWanted wanted = {.service = import->service, .actor = &import->actor, .by = {INDEX_EMAIL, person->email},
                                 .purpose = PURPOSE_IMPORT, .keep = import->keep};

    TRY(persons_find_at(&wanted, index, &person->found));
    person->known = person->found.count > 0;
    if (person->known) {
        person->row = person->found.items[0];
        person->id = person->row.id;
    }
    return ok();
}

static Err new_person(Import *import, Id id, const Key *key, ImportPerson *person)
{
    person->id = id;
    person->scope = scope_row(SCOPE_PERSON, id, &person->wrapped, 1);
    person->row = (PersonRow){.id = id, .version = 1, .created_at = import->actor.now};
    return person_seal(&(OpenScope){import->service, import->actor.tenant, key}, (RowVersion){id, 1}, person->values, import->keep,
                       &person->row.sealed);
}

/* A key is made before it is known whether it is needed: its index tells who is here, without a look-up of each e-mail,
 * which would stand in the way of those who sign in. */
static Err add_person(Import *import, Str email, const Values *values, ImportPerson *person)
{
    AUTO(key_wipe) Key key = {0};
    const Actor *actor = &import->actor;
    Id id;

    *person = (ImportPerson){.email = email, .values = values};
    TRY(world_id(import->service->world, &id));
    TRY(keys_scope_new(import->service->keys, actor_key(actor, PURPOSE_WRITE, SCOPE_PERSON, id),
                       (IndexedBy){INDEX_EMAIL, email}, &person->wrapped, &key));
    TRY(find_known(import, str_from_bytes(person->wrapped.index, INDEX_BYTES), person));
    if (!person->known)
        TRY(new_person(import, id, &key, person));
    if (person->row.login_index.length > 0)
        return ok();
    return enrolment_code_new(import->service, (EnrolmentWish){person->id, actor->now}, import->keep, &person->code,
                              &person->enrolment);
}

static Err person_of(Import *import, const IntakeRow *row, ImportPerson **ret_person)
{
    Str email = STR_NONE;

    TRY(people_user_name(values_at(&row->values, STAFF_PERSON_EMAIL), import->keep, &email));
    *ret_person = find_typed(import, email);
    if (*ret_person)
        return ok();
    *ret_person = &import->persons[import->person_count++];
    return add_person(import, email, &row->values, *ret_person);
}

/* ---- roles ---- */

static Err has_role(const Import *import, const RoleRow *role, bool *ret_has)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    RoleRows rows = {0};
    size_t mark = arena_mark(import->keep);

    TRY(store_read(import->actor.store, &tx));
    TRY(store_roles_of_person(tx, role->person, import->keep, &rows));
    *ret_has = false;
    for (uint32_t i = 0; i < rows.count; i++) {
        const RoleRow *row = &rows.items[i];
        bool over = period_has_ended(PERIOD_OF(row), import->actor.now);
        *ret_has = *ret_has || (!over && row->role == role->role && id_equal(row->unit, role->unit));
    }
    arena_rewind(import->keep, mark);
    return ok();
}

/* The first day counts from its beginning, the last to its end. */
static RoleRow role_of(const Import *import, const IntakeRow *row, const Unit *unit)
{
    return (RoleRow){
        .role = (uint8_t)row->role,
        .unit = unit->id,
        .from_at = row->has_from ? oslo_time(row->from, 0) : import->actor.now,
        .to_at = row->has_to ? period_end_of(row->to) : 0,
        .appointed_by = import->actor.person,
    };
}

static Err add_role(Import *import, const IntakeRow *row, const Unit *unit)
{
    RoleRow role = role_of(import, row, unit);
    ImportPerson *person = NULL;
    bool has = false;

    TRY(person_of(import, row, &person));
    role.person = person->id;
    if (person->known)
        TRY(has_role(import, &role, &has));
    if (has) {
        import->known_role_count++;
        return ok();
    }
    TRY(world_id(import->service->world, &role.id));
    import->roles[import->role_count++] = role;
    person->roles++;
    return ok();
}

Err import_staff(Import *import)
{
    size_t rows = (size_t)import->intake.row_count + 1;

    TRY(load_units(import));
    TRY(ARENA_NEW(import->keep, ImportPerson, rows, &import->persons));
    TRY(ARENA_NEW(import->keep, RoleRow, rows, &import->roles));
    for (uint32_t i = 0; i < import->intake.row_count; i++) {
        const IntakeRow *row = &import->intake.rows[i];
        const Unit *unit = find_unit(import, row->unit, row->unit);
        if (!unit || unit->closed)
            import_fault(import, row, row->column, "enhet", "the name or organisation number of a unit that is here and open");
        else if (row->has_to && period_end_of(row->to) <= import->actor.now)
            import_fault(import, row, row->to_column, "til", "a last day that has not passed");
        else if (import->faults_in_all == 0)
            TRY(add_role(import, row, unit));
    }
    return ok();
}

bool import_hands_over(const ImportPerson *person)
{
    return person->roles > 0 && person->row.login_index.length == 0;
}

void import_fault(Import *import, const IntakeRow *row, uint32_t column, const char *header, const char *allowed)
{
    import->faults_in_all++;
    if (import->fault_count < INTAKE_FAULTS_MAX)
        import->faults[import->fault_count++] =
            (IntakeFault){.line = row->line, .column = column, .header = header, .allowed = allowed};
}
