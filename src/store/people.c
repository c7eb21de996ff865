/* Settings, units, persons, roles, enrolments, and the host's municipalities.
 * Must not open anything sealed.
 * Called by service. */
#include "domain/period.h"
#include "domain/roles.h"
#include "store/audit.h"
#include "store/rights.h"

PROVEN_SHAPE(setting, SETTING, SettingRow);
PROVEN_SHAPE(unit, UNIT, UnitRow);
PROVEN_SHAPE(person, PERSON, PersonRow);
NEWEST_SHAPE(newest_person, PERSON, PersonRow, person_is_outdated);
PROVEN_SHAPE(role, ROLE, RoleRow);
NEWEST_SHAPE(newest_role, ROLE, RoleRow, role_is_outdated);
PROVEN_SHAPE(enrolment, ENROLMENT, EnrolmentRow);
PROVEN_SHAPE(municipality, MUNICIPALITY, MunicipalityRow);

#define LIST_MAX 1000
#define VALUE_MAX ((size_t)64 << 10)

static Err max_ok(uint32_t max)
{
    return max >= 1 && max <= LIST_MAX ? ok() : fail(E_RANGE);
}

/* A row that is about to be changed: its proof is good, or it stays as it is. Errors: E_STALE when it is not there. */
static Err to_change(Tx *tx, Question question, const Shape *shape, void *ret_row)
{
    if (!tx->writing)
        return fail(E_INTERNAL);
    Err read = tx_row(tx, question, shape, tx->scratch, ret_row);
    return read.id == E_NOT_FOUND ? fail(E_STALE) : read;
}

/* ---- settings ---- */

Err store_setting(Tx *tx, Str name, Arena *keep, SettingRow *ret_row)
{
    const Value parameter = value_text(name);
    return tx_row(tx, ASKS(SQL_TRACK_SETTING, &parameter), &shape_setting, keep, ret_row);
}

Err store_settings(Tx *tx, Arena *keep, SettingRows *ret_rows)
{
    return TX_ROWS(tx, SQL_SETTINGS, NULL, &shape_setting, keep, ret_rows);
}

Err store_setting_put(Tx *tx, Str name, Str value, uint32_t version)
{
    const Value key = value_text(name);
    SettingRow row = {.name = name, .value = value, .version = 1};

    if (name.length < 1 || name.length > 64 || value.length > VALUE_MAX)
        return fail(E_RANGE);
    if (version == 0) {
        Err added = tx_insert(tx, SQL_SETTING_INSERT, &shape_setting, &row, TABLE_SETTING);
        return added.id == E_DUPLICATE ? fail(E_STALE) : added;
    }
    TRY(to_change(tx, ASKS(SQL_TRACK_SETTING, &key), &shape_setting, &row));
    if (row.version != version)
        return fail(E_STALE);
    row.value = value;
    row.version++;
    return tx_replace(tx, SQL_SETTING_REPLACE, &shape_setting, &row);
}

/* ---- units ---- */

Err store_unit_insert(Tx *tx, const UnitRow *row)
{
    return tx_insert(tx, SQL_UNIT_INSERT, &shape_unit, row, TABLE_UNIT);
}

Err store_unit_update(Tx *tx, const UnitRow *row)
{
    const Value key = value_id(&row->id);
    UnitRow made;

    TRY(to_change(tx, ASKS(SQL_TRACK_UNIT, &key), &shape_unit, &made));
    if (made.version != row->version)
        return fail(E_STALE);
    made = *row;
    made.version++;
    return tx_replace(tx, SQL_UNIT_REPLACE, &shape_unit, &made);
}

Err store_unit_by_id(Tx *tx, Id id, Arena *keep, UnitRow *ret_row)
{
    const Value parameter = value_id(&id);
    return tx_row(tx, ASKS(SQL_TRACK_UNIT, &parameter), &shape_unit, keep, ret_row);
}

Err store_units(Tx *tx, Arena *keep, UnitRows *ret_rows)
{
    return TX_ROWS(tx, SQL_UNITS, NULL, &shape_unit, keep, ret_rows);
}

/* ---- persons ---- */

static Err login_free(Tx *tx, const PersonRow *row)
{
    const Value parameters[] = {value_bytes(row->login_index), value_id(&row->id)};
    int64_t others = 0;

    if (row->login_index.length == 0)
        return ok();
    if (row->login_index.length != ID_BYTES)
        return fail(E_RANGE);
    TRY(tx_number(tx, SQL_PERSON_LOGIN_TAKEN, parameters, &others));
    return others == 0 ? ok() : fail(E_DUPLICATE);
}

Err store_person_insert(Tx *tx, const PersonRow *row)
{
    PersonRow made = *row;

    made.rights = (Hash){{0}};
    TRY(login_free(tx, row));
    return tx_insert(tx, SQL_PERSON_INSERT, &shape_person, &made, TABLE_PERSON);
}

Err store_person_update(Tx *tx, const PersonRow *row)
{
    const Value key = value_id(&row->id);
    PersonRow made;

    TRY(login_free(tx, row));
    TRY(to_change(tx, ASKS(SQL_PERSON_BY_ID, &key), &shape_newest_person, &made));
    if (made.version != row->version)
        return fail(E_STALE);
    made.login_index = row->login_index;
    made.state = row->state;
    made.sealed = row->sealed;
    made.secret = row->secret;
    made.version++;
    return tx_replace(tx, SQL_PERSON_REPLACE, &shape_person, &made);
}

static Err delete_roles(Tx *tx, Id person, const RoleRows *known)
{
    RoleRows roles = {0};

    if (known)
        roles = *known;
    else
        TRY(store_roles_of_person(tx, person, tx->scratch, &roles));
    for (uint32_t i = 0; i < roles.count; i++) {
        const Value key = value_id(&roles.items[i].id);
        TRY(tx_change_row(tx, ASKS(SQL_ROLE_DELETE, &key), E_INTERNAL, TABLE_ROLE, key));
    }
    return ok();
}

Err store_person_delete(Tx *tx, Id id, const RoleRows *roles)
{
    const Value person = value_id(&id);
    uint32_t count = 0;
    bool any;

    TRY(tx_delete(tx, ASKS(SQL_PERSON_DELETE, &person), TABLE_PERSON, &count));
    if (count == 0)
        return fail(E_NOT_FOUND);
    TRY(delete_roles(tx, id, roles));
    TRY(tx_delete(tx, ASKS(SQL_ENROLMENTS_DELETE_OF_PERSON, &person), TABLE_ENROLMENT, &count));
    TRY(tx_delete(tx, ASKS(SQL_INBOX_DELETE_OF_PERSON, &person), TABLE_INBOX, &count));
    TRY(tx_change(tx, SQL_DRAFTS_DELETE_OF_PERSON, &person, &any, NULL));
    TRY(tx_change(tx, SQL_SILENCE_DELETE, &person, &any, NULL));
    TRY(tx_delete_plain(tx, ASKS(SQL_OUTBOX_DELETE_OF_PERSON, &person), &count));
    return store_sessions_delete_of_person(tx, id);
}

Err store_person_by_id(Tx *tx, Id id, Arena *keep, PersonRow *ret_row)
{
    const Value parameter = value_id(&id);
    return tx_row(tx, ASKS(SQL_PERSON_BY_ID, &parameter), &shape_newest_person, keep, ret_row);
}

Err store_person_by_login(Tx *tx, Str login_index, Arena *keep, PersonRow *ret_row)
{
    const Value parameter = value_bytes(login_index);
    return tx_row(tx, ASKS(SQL_PERSON_BY_LOGIN, &parameter), &shape_newest_person, keep, ret_row);
}

Err store_persons_of_unit(Tx *tx, Id unit, int64_t now, Arena *keep, PersonRows *ret_rows)
{
    const Value parameters[] = {value_id(&unit), value_number(now)};
    return TX_ROWS(tx, SQL_PERSONS_OF_UNIT, parameters, &shape_person, keep, ret_rows);
}

Err store_persons(Tx *tx, Id after, uint32_t max, Arena *keep, PersonRows *ret_rows)
{
    const Value parameters[] = {value_id(&after), value_number(max)};

    TRY(max_ok(max));
    return TX_ROWS(tx, SQL_PAGE_PERSON, parameters, &shape_person, keep, ret_rows);
}

Err store_person_totp_used(Tx *tx, Id id, int64_t step)
{
    const Value key = value_id(&id);
    PersonRow row;

    Err read = to_change(tx, ASKS(SQL_PERSON_BY_ID, &key), &shape_newest_person, &row);
    if (read.id == E_STALE || (is_ok(read) && row.last_totp_step >= step))
        return fail(E_REPLAYED);
    TRY(read);
    row.last_totp_step = step;
    return tx_replace(tx, SQL_PERSON_REPLACE, &shape_person, &row);
}

/* ---- roles ---- */

Err store_role_insert(Tx *tx, const RoleRow *row)
{
    TRY(tx_insert(tx, SQL_ROLE_INSERT, &shape_role, row, TABLE_ROLE));
    TRY(rights_move(tx, ONE_RIGHT(.person = row->person, .table = TABLE_ROLE, .now = row)));
    return store_enrolments_delete_of_person(tx, row->person);
}

Err store_role_end(Tx *tx, Id id, int64_t to_at, Arena *keep, GrantRows *ret_grants)
{
    const Value key = value_id(&id);
    RoleRow row, ended;

    TRY(to_change(tx, ASKS(SQL_ROLE_BY_ID, &key), &shape_newest_role, &row));
    if (period_has_ended(PERIOD_OF(&row), to_at))
        return fail(E_STALE);
    ended = row;
    ended.to_at = to_at;
    TRY(tx_replace(tx, SQL_ROLE_REPLACE, &shape_role, &ended));
    TRY(rights_move(tx, ONE_RIGHT(.person = row.person, .table = TABLE_ROLE, .former = &row, .now = &ended)));
    const Value parameters[] = {value_id(&row.person), key};
    return TX_ROWS(tx, SQL_SESSIONS_DELETE_OF_ROLE, parameters, &tx_id_shape, keep, ret_grants);
}

Err store_role_by_id(Tx *tx, Id id, RoleRow *ret_row)
{
    const Value parameter = value_id(&id);
    return tx_row(tx, ASKS(SQL_ROLE_BY_ID, &parameter), &shape_newest_role, NULL, ret_row);
}

Err store_roles_of_person(Tx *tx, Id person, Arena *keep, RoleRows *ret_rows)
{
    const Value parameter = value_id(&person);
    return TX_ROWS(tx, SQL_ROLES_OF_PERSON, &parameter, &shape_newest_role, keep, ret_rows);
}

Err store_roles_of_unit(Tx *tx, Id unit, Arena *keep, RoleRows *ret_rows)
{
    const Value parameter = value_id(&unit);
    return TX_ROWS(tx, SQL_ROLES_OF_UNIT, &parameter, &shape_newest_role, keep, ret_rows);
}

Err store_roles_held(Tx *tx, uint8_t role, int64_t now, Arena *keep, RoleRows *ret_rows)
{
    const Value parameters[] = {value_number(role), value_number(now)};
    return TX_ROWS(tx, SQL_ROLES_HELD, parameters, &shape_newest_role, keep, ret_rows);
}

Err store_roles_over_log(Tx *tx, Id unit, int64_t now, Arena *keep, RoleRows *ret_rows)
{
    const Value parameters[] = {value_number(ROLE_MUNICIPALITY_ADMIN), value_id(&unit), value_number(ROLE_ORG_MANAGER), value_number(now)};
    return TX_ROWS(tx, SQL_ROLES_OVER_LOG, parameters, &shape_newest_role, keep, ret_rows);
}

/* ---- enrolment ---- */

Err store_enrolment_insert(Tx *tx, const EnrolmentRow *row)
{
    return tx_insert(tx, SQL_ENROLMENT_INSERT, &shape_enrolment, row, TABLE_ENROLMENT);
}

static Err code_put(void *self, const Value *columns)
{
    return tx_touch_told(self, TABLE_ENROLMENT, columns);
}

Err store_enrolment_insert_both(Tx *tx, const EnrolmentRow *code, const EnrolmentRow *worth)
{
    const RowWatch watch = {.self = tx, .row = code_put};
    Value values[2 * COLUMNS_MAX];
    Hash proofs[2];
    uint32_t count = 0;
    void *none = NULL;
    const TxAsk ask = {.id = SQL_ENROLMENT_INSERT_BOTH, .parameters = values, .watch = &watch, .ret_items = &none, .ret_count = &count};

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(tx_values(tx, &shape_enrolment, code, &proofs[0], values));
    TRY(tx_values(tx, &shape_enrolment, worth, &proofs[1], values + shape_enrolment.count + 1));
    TRY(tx_rows(tx, &ask, NULL));
    return count == 2 ? ok() : fail(E_DUPLICATE);
}

Err store_enrolment_by_code(Tx *tx, const Hash *code_hash, EnrolmentRow *ret_row)
{
    const Value parameter = value_hash(code_hash);
    return tx_row(tx, ASKS(SQL_TRACK_ENROLMENT, &parameter), &shape_enrolment, NULL, ret_row);
}

Err store_enrolment_use(Tx *tx, const Hash *code_hash, int64_t now)
{
    const Value key = value_hash(code_hash);
    EnrolmentRow row;

    Err read = to_change(tx, ASKS(SQL_TRACK_ENROLMENT, &key), &shape_enrolment, &row);
    if (read.id == E_STALE || (is_ok(read) && row.used_at != 0))
        return fail(E_REPLAYED);
    TRY(read);
    row.used_at = now;
    return tx_replace(tx, SQL_ENROLMENT_REPLACE, &shape_enrolment, &row);
}

Err store_enrolments_delete_of_person(Tx *tx, Id person)
{
    const Value parameter = value_id(&person);
    uint32_t count = 0;

    return tx_delete(tx, ASKS(SQL_ENROLMENTS_DELETE_OF_PERSON, &parameter), TABLE_ENROLMENT, &count);
}

/* ---- municipalities ---- */

static Err number_free(Tx *tx, const MunicipalityRow *row)
{
    const Value parameters[] = {value_text(row->number), value_id(&row->id)};
    int64_t others = 0;

    TRY(tx_number(tx, SQL_MUNICIPALITY_NUMBER_TAKEN, parameters, &others));
    return others == 0 ? ok() : fail(E_DUPLICATE);
}

Err store_municipality_insert(Tx *tx, const MunicipalityRow *row)
{
    return tx_insert(tx, SQL_MUNICIPALITY_INSERT, &shape_municipality, row, TABLE_MUNICIPALITY);
}

Err store_municipality_update(Tx *tx, const MunicipalityRow *row)
{
    const Value key = value_id(&row->id);
    MunicipalityRow made;

    TRY(number_free(tx, row));
    TRY(to_change(tx, ASKS(SQL_TRACK_MUNICIPALITY, &key), &shape_municipality, &made));
    if (made.version != row->version)
        return fail(E_STALE);
    made.number = row->number;
    made.name = row->name;
    made.state = row->state;
    made.version++;
    return tx_replace(tx, SQL_MUNICIPALITY_REPLACE, &shape_municipality, &made);
}

Err store_municipality_by_id(Tx *tx, Id id, Arena *keep, MunicipalityRow *ret_row)
{
    const Value parameter = value_id(&id);
    return tx_row(tx, ASKS(SQL_TRACK_MUNICIPALITY, &parameter), &shape_municipality, keep, ret_row);
}

Err store_municipality_by_number(Tx *tx, Str number, Arena *keep, MunicipalityRow *ret_row)
{
    const Value parameter = value_text(number);
    return tx_row(tx, ASKS(SQL_MUNICIPALITY_BY_NUMBER, &parameter), &shape_municipality, keep, ret_row);
}

Err store_municipalities(Tx *tx, Arena *keep, MunicipalityRows *ret_rows)
{
    return TX_ROWS(tx, SQL_MUNICIPALITIES, NULL, &shape_municipality, keep, ret_rows);
}
