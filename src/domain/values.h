/* One entry in memory, by fields: read and written by key, encoded to be sealed, shown as JSON.
 * Must not check what somebody typed: fields.h does.
 * Used by service, web, api, report. */
#ifndef DOMAIN_VALUES_H
#define DOMAIN_VALUES_H

#include "base/buf.h"
#include "base/calendar.h"
#include "domain/kinds.h"

/* One entry in memory: canonical text by position in the kind's table; lists separated by '\n'. */
typedef struct Values {
    const Kind *kind;
    Str text[FIELDS_MAX];
} Values;

/* The text of a field; empty when absent, and for values of another kind. Costs an index, no search. */
static inline Str values_at(const Values *values, FieldKey key)
{
    return (unsigned)values->kind->id == (unsigned)key >> 8 ? values->text[key & 0xFF] : STR_NONE;
}

/* Puts a text in its place; does nothing with values of another kind. */
void values_put(Values *values, FieldKey key, Str text);
/* The same with a day, as canonical text in keep. Errors: E_NO_MEMORY. */
MUST_USE Err values_put_day(Values *values, FieldKey key, Day day, Arena *keep);
/* The code in a field, and a yes; CODE_NONE and no when absent, of another kind, or no code of the field's list. */
unsigned values_code(const Values *values, FieldKey key);
bool values_yes(const Values *values, FieldKey key);
/* The day in a field. False when absent, of another kind, or no day. */
bool values_day(const Values *values, FieldKey key, Day *ret_day);

/* ---- what of a log still lies ahead (rules: web 23) ---- */

/* Whether a measure is planned or under way. values: of KIND_MEASURE. */
bool measure_goes_on(const Values *measure);

/* Whether a meeting has not begun at `now` (UTC ms). values: of KIND_MEETING; one without a time is over. */
bool meeting_is_coming(const Values *meeting, int64_t now);

/* Whether a meeting is on that day of Norway or a later one: for what is kept and not looked at by the minute. */
bool meeting_is_on_or_after(const Values *meeting, Day day);

/* The text of a field whose name comes from outside; empty when absent or unknown. Everybody else has a key. */
Str values_get(const Values *values, const char *name);

/* The plaintext that gets sealed: u16 kind, u8 count, then per non-empty field by ascending id u8 id, u32 length,
 * bytes. Big-endian. */
void values_encode(Buf *buf, const Values *values);
/* Reads exactly that; texts are views into bytes. Errors: E_MALFORMED, E_TRUNCATED; *ret_values untouched. */
MUST_USE Err values_decode(Str bytes, Values *ret_values);
/* Positions (1 << position) that differ between two values of one kind. */
uint32_t values_diff(const Values *before, const Values *after);
/* {"kind":"note","text":"..."}: empty fields are left out, lists are arrays. */
void values_json(Buf *buf, const Values *values);

#endif
