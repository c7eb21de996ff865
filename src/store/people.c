/* Settings, units, persons, roles, enrolments, inbox, and the host's municipalities.
 * Must not open anything sealed.
 * Called by service. */
#include "store/tx.h"

SHAPE(setting, SETTING, SettingRow);
SHAPE(unit, UNIT, UnitRow);
SHAPE(person, PERSON, PersonRow);
SHAPE(role, ROLE, RoleRow);
SHAPE(enrolment, ENROLMENT, EnrolmentRow);
SHAPE(inbox, INBOX, InboxRow);
SHAPE(municipality, MUNICIPALITY, MunicipalityRow);

#define LIST_MAX 1000
#define VALUE_MAX ((size_t)64 << 10)

static Err max_ok(uint32_t max)
{
    return max >= 1 && max <= LIST_MAX ? ok() : fail(E_RANGE);
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
    if (name.length < 1 || name.length > 64 || value.length > VALUE_MAX)
        return fail(E_RANGE);
    const Value added[] = {value_text(name), value_bytes(value), value_number(1)};
    const Value changed[] = {value_text(name), value_bytes(value), value_number(version)};
    if (version == 0)
        return tx_change_row(tx, ASKS(SQL_SETTING_INSERT, added), E_STALE, TABLE_SETTING, value_text(name));
    return tx_change_row(tx, ASKS(SQL_SETTING_UPDATE, changed), E_STALE, TABLE_SETTING, value_text(name));
}

/* ---- units ---- */

Err store_unit_insert(Tx *tx, const UnitRow *row)
{
    return tx_insert(tx, SQL_UNIT_INSERT, &shape_unit, row, TABLE_UNIT);
}

Err store_unit_update(Tx *tx, const UnitRow *row)
{
    Value values[COLUMNS_MAX];

    row_to_values(&shape_unit, row, values);
    return tx_change_row(tx, ASKS(SQL_UNIT_UPDATE, values), E_STALE, TABLE_UNIT, values[0]);
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
    TRY(login_free(tx, row));
    return tx_insert(tx, SQL_PERSON_INSERT, &shape_person, row, TABLE_PERSON);
}

Err store_person_update(Tx *tx, const PersonRow *row)
{
    const Value parameters[] = {
        value_id(&row->id), value_bytes_or_null(row->login_index), value_number(row->state),
        value_bytes(row->sealed), value_bytes(row->secret), value_number(row->version),
    };

    TRY(login_free(tx, row));
    return tx_change_row(tx, ASKS(SQL_PERSON_UPDATE, parameters), E_STALE, TABLE_PERSON, value_id(&row->id));
}

static Err delete_roles(Tx *tx, Id person)
{
    RoleRows roles;

    TRY(store_roles_of_person(tx, person, tx->scratch, &roles));
    for (uint32_t i = 0; i < roles.count; i++) {
        const Value key = value_id(&roles.items[i].id);
        TRY(tx_change_row(tx, ASKS(SQL_ROLE_DELETE, &key), E_INTERNAL, TABLE_ROLE, key));
    }
    return ok();
}

Err store_person_delete(Tx *tx, Id id)
{
    const Value person = value_id(&id);
    uint32_t count;
    bool any;

    TRY(tx_change_row(tx, ASKS(SQL_PERSON_DELETE, &person), E_NOT_FOUND, TABLE_PERSON, person));
    TRY(delete_roles(tx, id));
    TRY(tx_delete_each(tx, ASKS(SQL_ENROLMENTS_OF_PERSON, &person), SQL_ENROLMENT_DELETE, TABLE_ENROLMENT, &count));
    TRY(tx_delete_each(tx, ASKS(SQL_INBOX_IDS_OF_PERSON, &person), SQL_INBOX_DELETE, TABLE_INBOX, &count));
    TRY(tx_change(tx, SQL_DRAFTS_DELETE_OF_PERSON, &person, &any, NULL));
    return store_sessions_delete_of_person(tx, id);
}

Err store_person_by_id(Tx *tx, Id id, Arena *keep, PersonRow *ret_row)
{
    const Value parameter = value_id(&id);
    return tx_row(tx, ASKS(SQL_TRACK_PERSON, &parameter), &shape_person, keep, ret_row);
}

Err store_person_by_login(Tx *tx, Str login_index, Arena *keep, PersonRow *ret_row)
{
    const Value parameter = value_bytes(login_index);
    return tx_row(tx, ASKS(SQL_PERSON_BY_LOGIN, &parameter), &shape_person, keep, ret_row);
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
    const Value parameters[] = {value_id(&id), value_number(step)};
    return tx_change_row(tx, ASKS(SQL_PERSON_TOTP, parameters), E_REPLAYED, TABLE_PERSON, value_id(&id));
}

/* ---- roles ---- */

Err store_role_insert(Tx *tx, const RoleRow *row)
{
    TRY(tx_insert(tx, SQL_ROLE_INSERT, &shape_role, row, TABLE_ROLE));
    return store_enrolments_delete_of_person(tx, row->person);
}

Err store_role_end(Tx *tx, Id id, int64_t to_at)
{
    const Value parameters[] = {value_id(&id), value_number(to_at)};
    return tx_change_row(tx, ASKS(SQL_ROLE_END, parameters), E_STALE, TABLE_ROLE, value_id(&id));
}

Err store_role_by_id(Tx *tx, Id id, RoleRow *ret_row)
{
    const Value parameter = value_id(&id);
    return tx_row(tx, ASKS(SQL_TRACK_ROLE, &parameter), &shape_role, NULL, ret_row);
}

Err store_roles_of_person(Tx *tx, Id person, Arena *keep, RoleRows *ret_rows)
{
    const Value parameter = value_id(&person);
    return TX_ROWS(tx, SQL_ROLES_OF_PERSON, &parameter, &shape_role, keep, ret_rows);
}

Err store_roles_of_unit(Tx *tx, Id unit, Arena *keep, RoleRows *ret_rows)
{
    const Value parameter = value_id(&unit);
    return TX_ROWS(tx, SQL_ROLES_OF_UNIT, &parameter, &shape_role, keep, ret_rows);
}

Err store_roles_held(Tx *tx, uint8_t role, int64_t now, Arena *keep, RoleRows *ret_rows)
{
    const Value parameters[] = {value_number(role), value_number(now)};
    return TX_ROWS(tx, SQL_ROLES_HELD, parameters, &shape_role, keep, ret_rows);
}

/* ---- enrolment ---- */

Err store_enrolment_insert(Tx *tx, const EnrolmentRow *row)
{
    return tx_insert(tx, SQL_ENROLMENT_INSERT, &shape_enrolment, row, TABLE_ENROLMENT);
}

Err store_enrolment_by_code(Tx *tx, const Hash *code_hash, EnrolmentRow *ret_row)
{
    const Value parameter = value_hash(code_hash);
    return tx_row(tx, ASKS(SQL_TRACK_ENROLMENT, &parameter), &shape_enrolment, NULL, ret_row);
}

Err store_enrolment_use(Tx *tx, const Hash *code_hash, int64_t now)
{
    const Value parameters[] = {value_hash(code_hash), value_number(now)};
    return tx_change_row(tx, ASKS(SQL_ENROLMENT_USE, parameters), E_REPLAYED, TABLE_ENROLMENT, value_hash(code_hash));
}

Err store_enrolments_delete_of_person(Tx *tx, Id person)
{
    const Value parameter = value_id(&person);
    uint32_t count = 0;

    return tx_delete_each(tx, ASKS(SQL_ENROLMENTS_OF_PERSON, &parameter), SQL_ENROLMENT_DELETE, TABLE_ENROLMENT, &count);
}

/* ---- inbox ---- */

Err store_inbox_insert(Tx *tx, const InboxRow *row)
{
    return tx_insert(tx, SQL_INBOX_INSERT, &shape_inbox, row, TABLE_INBOX);
}

Err store_inbox(Tx *tx, const InboxPage *page, Arena *keep, InboxRows *ret_rows)
{
    const InboxRow *before = page->before;
    const Id last = before ? before->id : (Id){{0}};
    const Value parameters[] = {value_id(&page->person), value_number(before ? before->at : INT64_MAX), value_id(&last),
                                value_number(page->max)};

    TRY(max_ok(page->max));
    return TX_ROWS(tx, SQL_INBOX_OF_PERSON, parameters, &shape_inbox, keep, ret_rows);
}

Err store_inbox_unread(Tx *tx, Id person, uint32_t *ret_count)
{
    const Value parameter = value_id(&person);
    int64_t count = 0;

    TRY(tx_number(tx, SQL_INBOX_UNREAD, &parameter, &count));
    *ret_count = (uint32_t)count;
    return ok();
}

Err store_inbox_read(Tx *tx, Id id, Id person, int64_t now)
{
    const Value parameters[] = {value_id(&id), value_id(&person), value_number(now)};
    return tx_change_row(tx, ASKS(SQL_INBOX_READ, parameters), E_NOT_FOUND, TABLE_INBOX, value_id(&id));
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
    const Value parameters[] = {value_id(&row->id), value_text(row->number), value_text(row->name),
                                value_number(row->state), value_number(row->version)};

    TRY(number_free(tx, row));
    return tx_change_row(tx, ASKS(SQL_MUNICIPALITY_UPDATE, parameters), E_STALE, TABLE_MUNICIPALITY, value_id(&row->id));
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
