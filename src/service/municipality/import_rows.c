/* The rows of a file as rows of the database: units by name, people by e-mail, roles by both.
 * Must not store anything.
 * Called by import.c. */
#include "service/municipality/import_rows.h"

#include "base/clean.h"
#include "domain/input/intake.h"
#include "domain/period.h"
#include "domain/policy/matrix.h"
#include "domain/signin.h"
#include "service/people/person.h"
#include "service/seal.h"

#define ROLE_ROOM 256 /* periods beside one for each row */

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
    import->unit_rows = rows;
    import->units = (Units){.items = units, .count = rows.count};
    TRY(ARENA_NEW(import->keep, Str, (size_t)rows.count + 1, &import->unit_keys));
    for (uint32_t i = 0; i < rows.count; i++)
        TRY(text_fold(units[i].name, import->keep, &import->unit_keys[i]));
    return ok();
}

/* By the name as people read it, or the number; one that is open before one that is closed. -1 when there is none. */
static int find_unit(const Import *import, Str key, Str number)
{
    int found = -1;

    for (uint32_t i = 0; i < import->units.count; i++) {
        const Unit *unit = &import->units.items[i];
        bool is_it = str_equal(import->unit_keys[i], key) || (number.length > 0 && str_equal(unit->number, number));
        if (is_it && (found < 0 || import->units.items[found].closed))
            found = (int)i;
    }
    return found;
}

/* Adds a fault of a row. */
static void add_fault(Import *import, const IntakeRow *row, uint32_t column, const char *header, const char *allowed)
{
    import->faults_in_all++;
    if (import->fault_count < INTAKE_FAULTS_MAX)
        import->faults[import->fault_count++] =
            (IntakeFault){.line = row->line, .column = column, .header = header, .allowed = allowed};
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
        int known = find_unit(import, row->name_key, values_at(&row->values, ORGANISATION_NUMBER));
        if (known < 0)
            TRY(new_unit(import, row));
        else if (!str_equal(import->unit_keys[known], row->name_key))
            add_fault(import, row, row->column, "organisasjonsnummer", "a number that no other unit here has");
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
static Err find_known(const Import *import, ImportPerson *person)
{
    const PersonWanted wanted = {.service = import->service, .actor = &import->actor, .by = {INDEX_EMAIL, person->email},
                                 .purpose = PURPOSE_IMPORT, .keep = import->keep};
    const ScopeIndex index = scope_index_beside(&person->wrapped);
    const PersonRow *known = NULL;

    TRY(persons_find_at(&wanted, &index, &person->found));
    Err meant = persons_meant(&person->found, values_at(person->values, STAFF_PERSON_NAME), import->keep, &known);
    person->elses = meant.id == E_DUPLICATE;
    if (!person->elses)
        TRY(meant);
    person->known = known != NULL;
    if (known) {
        person->row = *known;
        person->id = known->id;
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
    TRY(find_known(import, person));
    if (person->elses)
        return ok();
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

static bool is_alike(const RoleRow *a, const RoleRow *b)
{
    return a->role == b->role && id_equal(a->unit, b->unit) && id_equal(a->person, b->person);
}

static Err put_piece(Import *import, const RoleRow *wish, Period period, ImportPerson *person)
{
    if (period_has_ended(period, import->actor.now))
        return ok();
    if (import->role_count == import->role_room)
        return fail(E_TOO_LARGE);
    RoleRow *role = &import->roles[import->role_count++];
    *role = *wish;
    role->from_at = period.from_at;
    role->to_at = period.to_at;
    person->roles++;
    return world_id(import->service->world, &role->id);
}

/* What is not held already, however many periods that leaves: a role that ends is not "here already" for the time after it. */
static Err add_pieces(Import *import, const RoleRow *wish, const RoleRows *here, ImportPerson *person)
{
    Period *held = NULL, gap;
    uint32_t count = 0;

    TRY(ARENA_NEW(import->keep, Period, 2 * (size_t)here->count + 2, &held));
    for (uint32_t i = 0; i < here->count; i++)
        if (is_alike(&here->items[i], wish))
            held[count++] = PERIOD_OF(&here->items[i]);
    /* Between so many periods lie one gap more at most. */
    for (uint32_t i = 0; i <= here->count && period_gap(held, count, PERIOD_OF(wish), &gap); i++) {
        TRY(put_piece(import, wish, gap, person));
        held[count++] = gap;
    }
    return ok();
}

/* The same role on the same day, asked for by the unit's name in one row and by its number in another. */
static bool asked_before(const Import *import, const RoleRow *wish)
{
    for (uint32_t i = 0; i < import->wish_count; i++)
        if (is_alike(&import->wishes[i], wish) && period_overlaps(PERIOD_OF(&import->wishes[i]), PERIOD_OF(wish)))
            return true;
    return false;
}

static Err read_roles(const Import *import, Id person, RoleRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(import->actor.store, &tx));
    return store_roles_of_person(tx, person, import->keep, ret_rows);
}

static Err add_role(Import *import, const IntakeRow *row, const Unit *unit)
{
    RoleRow wish = role_of(import, row, unit);
    ImportPerson *person = NULL;
    RoleRows here = {0};

    TRY(person_of(import, row, &person));
    if (person->elses) {
        add_fault(import, row, row->email_column, "e-post", "the e-mail of this person: it belongs to somebody of another name here");
        return ok();
    }
    wish.person = person->id;
    if (asked_before(import, &wish)) {
        add_fault(import, row, 1, "", "each role of a person in a unit once for each day");
        return ok();
    }
    import->wishes[import->wish_count++] = wish;
    size_t mark = arena_mark(import->keep);
    uint32_t before = import->role_count;
    if (person->known)
        TRY(read_roles(import, person->id, &here));
    TRY(add_pieces(import, &wish, &here, person));
    arena_rewind(import->keep, mark);
    import->known_role_count += import->role_count == before;
    return ok();
}

static Err unit_of(Import *import, const IntakeRow *row, const Unit **ret_unit)
{
    Str number = STR_NONE;

    TRY(text_bare(row->unit, import->keep, &number));
    int found = find_unit(import, row->unit_key, number);
    *ret_unit = found < 0 ? NULL : &import->units.items[found];
    return ok();
}

Err import_staff(Import *import)
{
    size_t rows = (size_t)import->intake.row_count + 1;

    TRY(load_units(import));
    TRY(ARENA_NEW(import->keep, ImportPerson, rows, &import->persons));
    import->role_room = (uint32_t)(2 * rows + ROLE_ROOM);
    TRY(ARENA_NEW(import->keep, RoleRow, import->role_room, &import->roles));
    TRY(ARENA_NEW(import->keep, RoleRow, rows, &import->wishes));
    for (uint32_t i = 0; i < import->intake.row_count; i++) {
        const IntakeRow *row = &import->intake.rows[i];
        const Unit *unit = NULL;
        TRY(unit_of(import, row, &unit));
        uint32_t before = import->faults_in_all;
        if (!unit || unit->closed)
            add_fault(import, row, row->column, "enhet", "the name or organisation number of a unit that is here and open");
        else if (row->has_to && period_end_of(row->to) <= import->actor.now)
            add_fault(import, row, row->to_column, "til", "a last day that has not passed");
        import->people_wait = import->people_wait || import->faults_in_all > before;
        if (unit && !import->people_wait)
            TRY(add_role(import, row, unit));
    }
    return ok();
}

bool import_hands_over(const ImportPerson *person)
{
    return person->roles > 0 && person->row.login_index.length == 0;
}
