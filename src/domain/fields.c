/* What people type, made canonical or refused with a reason.
 * Must not look at other fields, at the mode or at the clock.
 * Called by forms, API, import. */
#include "domain/fields.h"

#include "base/calendar.h"
#include "base/clean.h"
#include "domain/lifecycle.h"
#include "domain/pasted.h"

#define REASON_BYTES_MAX (16 * REASON_MAX) /* as typed; what is longer than that is no reason */

const Field field_reason = {.id = 1, .name = "reason", .type = FIELD_LONG, .maximum = REASON_MAX, .required = true};

const char *fault_key(Fault fault)
{
    static const char *const keys[] = {
#define X(name, key) key,
        FIELD_FAULTS(X)
#undef X
    };
    return keys[(unsigned)fault < FAULT_COUNT ? fault : FAULT_FINE];
}

static Fault fault_of(CleanFault fault)
{
    switch (fault) {
    case CLEAN_FINE:
        return FAULT_FINE;
    case CLEAN_BAD_UTF8:
        return FAULT_BAD_UTF8;
    case CLEAN_CONTROL:
        return FAULT_BAD_CHARACTER;
    case CLEAN_DIRECTION:
        return FAULT_BAD_DIRECTION;
    }
    return FAULT_BAD_CHARACTER;
}

static Fault check_item(const Field *field, Str text)
{
    Id id;
    uint16_t code;
    int64_t number;
    switch (field->type) {
    case FIELD_CODE:
        return is_ok(code_from_str(field->codes, text, &code)) ? FAULT_FINE : FAULT_BAD_CODE;
    case FIELD_YES_NO:
        return str_equal(text, VALUE_YES) || str_equal(text, VALUE_NO) ? FAULT_FINE : FAULT_BAD_CODE;
    case FIELD_ENTRY:
    case FIELD_PERSON:
    case FIELD_UNIT:
        return is_ok(id_from_text(text, &id)) ? FAULT_FINE : FAULT_BAD_REFERENCE;
    case FIELD_NUMBER:
        return is_ok(num_parse(text, 0, field->maximum, &number)) ? FAULT_FINE : FAULT_BAD_NUMBER;
    case FIELD_HASH:
        return text.length == 64 ? FAULT_FINE : FAULT_BAD_REFERENCE;
    case FIELD_TEXT:
    case FIELD_LONG:
    case FIELD_DATE:
    case FIELD_DATETIME:
    case FIELD_LINK:
    case FIELD_EMAIL:
    case FIELD_PHONE:
    case FIELD_NATIONAL_ID:
    case FIELD_ORGANISATION_NUMBER:
        return FAULT_FINE; /* said already, or nothing to say */
    }
    return FAULT_BAD_CODE;
}

static Fault check_items(const Field *field, Str text)
{
    if (!field->multiple)
        return check_item(field, text);
    unsigned count = 0;
    while (text.length) {
        Str item;
        text = str_cut(text, '\n', &item);
        if (++count > field->maximum)
            return FAULT_TOO_MANY;
        Fault fault = check_item(field, item);
        if (fault != FAULT_FINE)
            return fault;
    }
    return FAULT_FINE;
}

/* Dates and times of day are stored as ISO 8601, however they were typed. */
static Err check_date(const Field *field, Str text, Arena *keep, Fault *ret_fault, Str *ret_text)
{
    Buf iso = buf_new(keep, 32);
    unsigned minute = 0;
    Day day;

    if (field->type == FIELD_DATE) {
        *ret_fault = is_ok(day_parse(text, &day)) ? FAULT_FINE : FAULT_BAD_DATE;
        if (*ret_fault == FAULT_FINE)
            buf_add_day(&iso, day);
    } else {
        *ret_fault = is_ok(datetime_parse(text, &day, &minute)) ? FAULT_FINE : FAULT_BAD_TIME;
        if (*ret_fault == FAULT_FINE)
            buf_add_datetime(&iso, day, minute);
    }
    return buf_done(&iso, ret_text);
}

static bool is_counted(const Field *field)
{
    return field->maximum && !field->multiple && field->type != FIELD_NUMBER;
}

/* In characters, as people count; an address in bytes, as those who carry it do. */
static size_t length_of(const Field *field, Str text)
{
    return field->type == FIELD_EMAIL ? text.length : utf8_length(text);
}

/* The text that a field takes, before its length and its form as a date, a code or a list are looked at. */
static Err read_text(const Field *field, Str raw, Arena *keep, Fault *ret_fault, Str *ret_text)
{
    CleanFault cleaned = CLEAN_FINE;

    if (is_pasted(field) && utf8_valid(raw))
        return pasted_read(field, raw, keep, ret_fault, ret_text);
    TRY(text_clean(raw, field->type == FIELD_LONG || field->multiple, keep, &cleaned, ret_text));
    *ret_fault = fault_of(cleaned);
    return ok();
}

Err field_check(const Field *field, Str raw, Arena *keep, Fault *ret_fault, Str *ret_text)
{
    Fault fault = FAULT_FINE;
    Str text = STR_NONE;

    TRY(read_text(field, raw, keep, &fault, &text));
    if (fault == FAULT_FINE && text.length == 0)
        fault = field->required ? FAULT_MISSING : FAULT_FINE;
    else if (fault == FAULT_FINE && is_counted(field) && length_of(field, text) > field->maximum)
        fault = FAULT_TOO_LONG;
    else if (fault == FAULT_FINE && (field->type == FIELD_DATE || field->type == FIELD_DATETIME))
        TRY(check_date(field, text, keep, &fault, &text));
    else if (fault == FAULT_FINE)
        fault = check_items(field, text);
    *ret_fault = fault;
    if (fault == FAULT_FINE)
        *ret_text = text;
    return ok();
}

/* ---- days ---- */

#define YEARS_BACK 120

bool day_likely(Day day, Day today, int years_ahead)
{
    return day >= day_add_months(today, -12 * YEARS_BACK) && day <= day_add_months(today, 12 * years_ahead);
}

static bool day_in(const Values *values, unsigned at, Day *ret_day)
{
    const Field *field = &values->kind->fields[at];
    unsigned minute;

    if (field->type == FIELD_DATE)
        return is_ok(day_parse(values->text[at], ret_day));
    return field->type == FIELD_DATETIME && is_ok(datetime_parse(values->text[at], ret_day, &minute));
}

static Fault fault_of_day(const Field *field, Day day, Written written)
{
    bool past = field->days == DAYS_PAST || field->days == DAYS_OF_MINOR;

    if (past && day > written.today)
        return FAULT_DATE_TO_COME;
    if (field->days == DAYS_OF_MINOR && (age_flags(day, written.today) & FLAG_OF_AGE))
        return FAULT_DATE_OF_AGE;
    if (field->days == DAYS_COMING && day < written.today && !written.again)
        return FAULT_DATE_GONE;
    return day_likely(day, written.today, ENTRY_YEARS_AHEAD) ? FAULT_FINE : FAULT_DATE_YEAR;
}

/* The other day is found by its name: the form of an act has some of the kind's fields only. */
static bool is_before_other(const Values *values, const Field *field, Day day)
{
    Day other;

    if (!field->not_before)
        return false;
    int at = kind_find(values->kind, str_from_c(field_at((FieldKey)field->not_before)->name));
    return at >= 0 && day_in(values, (unsigned)at, &other) && day < other;
}

bool dates_check(const Values *values, Written written, Fault faults[static FIELDS_MAX])
{
    bool good = true;
    Day day;

    for (unsigned i = 0; i < values->kind->count; i++) {
        const Field *field = &values->kind->fields[i];
        if (faults[i] != FAULT_FINE || !day_in(values, i, &day))
            continue;
        faults[i] = fault_of_day(field, day, written);
        if (faults[i] == FAULT_FINE && is_before_other(values, field, day))
            faults[i] = FAULT_DATE_ORDER;
        good = good && faults[i] == FAULT_FINE;
    }
    return good;
}

void field_days_words(Buf *buf, const Field *field)
{
    static const char *const days[] = {
        [DAYS_ANY] = "", [DAYS_PAST] = "today or before", [DAYS_COMING] = "today or later", [DAYS_OF_MINOR] = "today or before, under 18",
    };

    buf_add(buf, str_from_c(days[field->days]));
    if (field->not_before)
        buf_format(buf, "%snot before %s", field->days ? ", " : "", field_at((FieldKey)field->not_before)->name);
}

bool dates_good(const Values *values, Written written)
{
    Fault faults[FIELDS_MAX] = {FAULT_FINE};

    return dates_check(values, written, faults);
}

/* ---- reasons ---- */

Err reason_take(Str raw, Arena *keep, Str *ret_reason)
{
    Fault fault = FAULT_FINE;
    Str reason = STR_NONE;

    if (raw.length > REASON_BYTES_MAX)
        return fail(E_INVALID);
    TRY(field_check(&field_reason, raw, keep, &fault, &reason));
    if (fault != FAULT_FINE && fault != FAULT_MISSING)
        return fail(E_INVALID);
    *ret_reason = reason;
    return ok();
}
