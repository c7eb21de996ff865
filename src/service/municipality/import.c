/* One import: reads the file, prepares everything, stores it in one transaction with one line.
 * Must not store anything when there is one fault.
 * Called by cli. */
#include "service/municipality/import.h"

#include "service/heads.h"
#include "service/municipality/import_rows.h"
#include "service/seal.h"

#define GRANT_MS ((int64_t)10 * 60 * 1000)

static Err read_file(Import *import)
{
    const Intake *intake = &import->intake;

    TRY(intake_read(import->order->form, import->order->file, oslo_day(import->actor.now), import->keep, &import->intake));
    TRY(ARENA_NEW(import->keep, IntakeFault, INTAKE_FAULTS_MAX, &import->faults));
    for (uint32_t i = 0; i < intake->fault_count; i++)
        import->faults[i] = intake->faults[i];
    import->fault_count = intake->fault_count;
    import->faults_in_all = intake->faults_in_all;
    return ok();
}

/* ---- storing ---- */

/* When all roles are there: each ends the codes of before. */
static Err put_codes(Tx *tx, const Import *import)
{
    const Giver giver = {.actor = &import->actor};

    for (uint32_t i = 0; i < import->person_count; i++) {
        const ImportPerson *person = &import->persons[i];
        size_t mark = arena_mark(import->keep);
        if (import_hands_over(person))
            TRY(enrolment_code_put(tx, &giver, &person->code, &person->enrolment, import->keep));
        arena_rewind(import->keep, mark);
    }
    return ok();
}

/* One that was given meanwhile is no fault of the file. */
static Err put_role(Tx *tx, const Import *import, const RoleRow *role)
{
    size_t mark = arena_mark(import->keep);
    Err is_new = role_is_new(tx, role, import->keep);

    arena_rewind(import->keep, mark);
    if (is_new.id == E_RANGE)
        return fail(E_STALE);
    TRY(is_new);
    return store_role_insert(tx, role);
}

static Err store_all(Tx *tx, void *context)
{
    const Import *import = context;
    AuditLine line = service_line(&import->actor, ACT_IMPORT, OBJECT_MUNICIPALITY, import->actor.tenant);

    line.amount = import->new_unit_count + import->role_count;
    TRY(units_still_read(tx, &import->unit_rows, import->keep));
    TRY(store_audit(tx, &line));
    for (uint32_t i = 0; i < import->new_unit_count; i++)
        TRY(store_unit_insert(tx, &import->new_units[i]));
    for (uint32_t i = 0; i < import->person_count; i++) {
        const ImportPerson *person = &import->persons[i];
        TRY(persons_still_found(tx, &person->found, person->known ? &person->row : NULL, import->keep));
        if (person->known)
            continue;
        TRY(store_scope_insert(tx, &person->scope));
        TRY(store_person_insert(tx, &person->row));
    }
    for (uint32_t i = 0; i < import->role_count; i++)
        TRY(put_role(tx, import, &import->roles[i]));
    return put_codes(tx, import);
}

static Err carry_out(Import *import)
{
    bool staff = import->order->form == INTAKE_STAFF;

    TRY(register_key(import->service, &import->actor, import->keep, &import->scope_key));
    TRY(staff ? import_staff(import) : import_units(import));
    if (import->faults_in_all > 0 || import->order->dry_run)
        return ok();
    return import->new_unit_count + import->role_count > 0 ? store_write(import->actor.store, store_all, import) : ok();
}

static Err with_grant(Import *import)
{
    Actor *actor = &import->actor;

    TRY(heads_grant(import->service, (GrantWish){.tenant = actor->tenant, .ends_at = actor->now + GRANT_MS}, &actor->grant));
    Err done = carry_out(import);
    key_wipe(&import->scope_key);
    Err ended = keys_grant_end(import->service->keys, actor->grant);
    return is_ok(done) ? ended : done;
}

/* ---- the report ---- */

static Err report_persons(const Import *import, ImportReport *report)
{
    ImportedPerson *persons = NULL;

    TRY(ARENA_NEW(import->keep, ImportedPerson, (size_t)import->person_count + 1, &persons));
    for (uint32_t i = 0; i < import->person_count; i++) {
        const ImportPerson *person = &import->persons[i];
        if (!import_hands_over(person))
            continue;
        persons[report->person_count++] = (ImportedPerson){
            .id = person->id,
            .name = values_at(person->values, STAFF_PERSON_NAME),
            .email = person->email,
            .code = import->order->dry_run ? (EnrolmentCode){.text = ""} : person->code,
        };
    }
    report->persons = persons;
    return ok();
}

static Err make_report(const Import *import, ImportReport *ret_report)
{
    ImportReport report = {
        .faults = import->faults,
        .fault_count = import->fault_count,
        .faults_in_all = import->faults_in_all,
    };

    if (import->faults_in_all == 0) {
        report.units_new = import->new_unit_count;
        report.units_known = import->known_unit_count;
        report.roles_new = import->role_count;
        report.roles_known = import->known_role_count;
        TRY(report_persons(import, &report));
    }
    *ret_report = report;
    return ok();
}

Err import_file(Service *service, const ImportOrder *order, Arena *keep, ImportReport *ret_report)
{
    Import import = {.service = service, .order = order, .keep = keep,
                     .actor = {.tenant = order->tenant, .person = order->by}};

    TRY(store_of(service->stores, order->tenant, &import.actor.store));
    TRY(world_now(service->world, &import.actor.now));
    TRY(world_id(service->world, &import.actor.request));
    TRY(read_file(&import));
    if (import.faults_in_all == 0)
        TRY(with_grant(&import));
    return make_report(&import, ret_report);
}
