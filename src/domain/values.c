/* Entries as bytes to be sealed, as JSON, and compared.
 * Must decode only what it would have encoded itself.
 * Called by service, api, report. */
#include "domain/values.h"

#include "base/json.h"

#define DAY_ROOM 16

void values_encode(Buf *buf, const Values *values)
{
    uint8_t count = 0;
    for (unsigned i = 0; i < values->kind->count; i++)
        count = (uint8_t)(count + (values->text[i].length > 0));
    buf_add_u16(buf, (uint16_t)values->kind->id);
    buf_add_u8(buf, count);
    for (unsigned i = 0; i < values->kind->count; i++) {
        if (values->text[i].length == 0)
            continue;
        buf_add_u8(buf, values->kind->fields[i].id);
        buf_add_u32(buf, (uint32_t)values->text[i].length);
        buf_add(buf, values->text[i]);
    }
}

Str values_get(const Values *values, const char *name)
{
    int at = kind_find(values->kind, str_from_c(name));
    return at < 0 ? STR_NONE : values->text[at];
}

void values_put(Values *values, FieldKey key, Str text)
{
    if ((unsigned)values->kind->id == (unsigned)key >> 8)
        values->text[key & 0xFF] = text;
}

Err values_put_day(Values *values, FieldKey key, Day day, Arena *keep)
{
    Buf text = buf_new(keep, DAY_ROOM);
    Str iso = STR_NONE;

    buf_add_day(&text, day);
    TRY(buf_done(&text, &iso));
    values_put(values, key, iso);
    return ok();
}

unsigned values_code(const Values *values, FieldKey key)
{
    uint16_t code = CODE_NONE;

    return is_ok(code_from_str(field_at(key)->codes, values_at(values, key), &code)) ? code : CODE_NONE;
}

bool values_yes(const Values *values, FieldKey key)
{
    return str_equal(values_at(values, key), VALUE_YES);
}

bool values_day(const Values *values, FieldKey key, Day *ret_day)
{
    return is_ok(day_parse(values_at(values, key), ret_day));
}

static int find_id(const Kind *kind, uint8_t id)
{
    for (int i = 0; i < kind->count; i++)
        if (kind->fields[i].id == id)
            return i;
    return -1;
}

Err values_decode(Str bytes, Values *ret_values)
{
    Cursor cursor = cursor_new(bytes);
    Values values = {.kind = kind_of(cursor_u16(&cursor))};
    uint8_t count = cursor_u8(&cursor);
    if (cursor.failed)
        return fail(E_TRUNCATED);
    if (!values.kind)
        return fail(E_MALFORMED);

    int last = -1;
    for (uint8_t i = 0; i < count; i++) {
        int at = find_id(values.kind, cursor_u8(&cursor));
        Str text = cursor_bytes(&cursor, cursor_u32(&cursor));
        if (cursor.failed)
            return fail(E_TRUNCATED);
        if (at <= last || text.length == 0 || !utf8_valid(text))
            return fail(E_MALFORMED);
        values.text[at] = text;
        last = at;
    }
    TRY(cursor_done(&cursor));
    *ret_values = values;
    return ok();
}

uint32_t values_diff(const Values *before, const Values *after)
{
    uint32_t set = 0;
    for (unsigned i = 0; i < after->kind->count; i++)
        if (!str_equal(before->text[i], after->text[i]))
            set |= 1u << i;
    return set;
}

static void add_list(Buf *buf, Str text)
{
    buf_add_char(buf, '[');
    for (bool first = true; text.length; first = false) {
        Str item;
        text = str_cut(text, '\n', &item);
        if (!first)
            buf_add_char(buf, ',');
        buf_add_json(buf, item);
    }
    buf_add_char(buf, ']');
}

void values_json(Buf *buf, const Values *values)
{
    buf_add(buf, STR("{\"kind\":"));
    buf_add_json(buf, str_from_c(values->kind->code));
    for (unsigned i = 0; i < values->kind->count; i++) {
        if (values->text[i].length == 0)
            continue;
        buf_add_char(buf, ',');
        buf_add_json(buf, str_from_c(values->kind->fields[i].name));
        buf_add_char(buf, ':');
        if (values->kind->fields[i].multiple)
            add_list(buf, values->text[i]);
        else
            buf_add_json(buf, values->text[i]);
    }
    buf_add_char(buf, '}');
}

/* ---- what lies ahead ---- */

bool measure_goes_on(const Values *measure)
{
    unsigned state = values_code(measure, MEASURE_STATE);

    return state == MEASURE_STATE_PLANNED || state == MEASURE_STATE_RUNNING;
}

bool meeting_is_coming(const Values *meeting, int64_t now)
{
    unsigned minute = 0;
    Day day = 0;

    return is_ok(datetime_parse(values_at(meeting, MEETING_TIME), &day, &minute)) && oslo_time(day, minute) >= now;
}

bool meeting_is_on_or_after(const Values *meeting, Day from)
{
    unsigned minute = 0;
    Day day = 0;

    return is_ok(datetime_parse(values_at(meeting, MEETING_TIME), &day, &minute)) && day >= from;
}
