/* Facts: taken from entries by the field table, written down in one size.
 * Must not look at a field that the table does not name.
 * Called by service/statistics. */
#include "domain/statistics/facts.h"

#include <assert.h>
#include <string.h>

#include "domain/codes.h"

#define FORMAT 1
#define HEAD_BYTES (1 + 1 + ID_BYTES + 3 * 2 + 3 * 4 + FACT_TAG_BYTES + 1)
#define ACTOR_BYTES (2 + ID_BYTES)

static_assert(HEAD_BYTES + FACT_ACTORS_MAX * ACTOR_BYTES <= FACT_PLAIN_BYTES, "docs/formats.md");

/* ---- from an entry ---- */

static void take_day(const Values *values, FieldKey key, Day *day)
{
    Day read;

    *day = values_day(values, key, &read) ? read : 0;
}

static void take_field(const Values *values, FieldKey key, Fact *fact)
{
    switch (field_at(key)->fact) {
    case FACT_CATEGORY:
        fact->category = (uint16_t)values_code(values, key);
        return;
    case FACT_GRADE:
        fact->grade = (uint16_t)values_code(values, key);
        return;
    case FACT_FROM:
        take_day(values, key, &fact->from);
        return;
    case FACT_TO:
        take_day(values, key, &fact->to);
        return;
    case FACT_ON:
        take_day(values, key, &fact->on);
        return;
    case FACT_ACTORS:
    case FACT_NOTHING:
        return;
    }
}

void fact_take(const Values *values, Fact *fact)
{
    for (unsigned at = 0; at < values->kind->count; at++)
        take_field(values, field_key(values->kind, at), fact);
}

FieldKey fact_actors_of(KindId kind)
{
    const Kind *of = kind_of(kind);

    for (unsigned at = 0; at < of->count; at++)
        if (of->fields[at].fact == FACT_ACTORS)
            return field_key(of, at);
    return FIELD_NONE;
}

bool fact_outcome_closes(unsigned outcome)
{
    return outcome == OUTCOME_WANTED || outcome == OUTCOME_NOT_WANTED || outcome == OUTCOME_NOT_CARRIED_OUT;
}

/* ---- in one size ---- */

static uint8_t *put(uint8_t *to, uint64_t number, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        to[i] = (uint8_t)(number >> 8 * (bytes - 1 - i));
    return to + bytes;
}

static uint8_t *put_bytes(uint8_t *to, const uint8_t *from, size_t length)
{
    memcpy(to, from, length);
    return to + length;
}

void fact_encode(const Fact *fact, uint8_t ret_bytes[static FACT_PLAIN_BYTES])
{
    uint8_t *to = ret_bytes;

    memset(ret_bytes, 0, FACT_PLAIN_BYTES);
    to = put(to, FORMAT, 1);
    to = put(to, (uint8_t)fact->family, 1);
    to = put_bytes(to, fact->unit.bytes, ID_BYTES);
    to = put(to, fact->category, 2);
    to = put(to, fact->grade, 2);
    to = put(to, fact->attention, 2);
    to = put(to, (uint32_t)fact->from, 4);
    to = put(to, (uint32_t)fact->to, 4);
    to = put(to, (uint32_t)fact->on, 4);
    to = put_bytes(to, fact->tag, FACT_TAG_BYTES);
    to = put(to, fact->actor_count, 1);
    for (uint32_t i = 0; i < fact->actor_count && i < FACT_ACTORS_MAX; i++) {
        to = put(to, fact->actors[i].service, 2);
        to = put_bytes(to, fact->actors[i].person.bytes, ID_BYTES);
    }
}

static bool is_zero(Cursor *cursor, size_t length)
{
    const Str rest = cursor_bytes(cursor, length);

    for (size_t i = 0; i < rest.length; i++)
        if (rest.data[i] != 0)
            return false;
    return true;
}

Err fact_decode(const uint8_t bytes[static FACT_PLAIN_BYTES], Fact *ret_fact)
{
    Cursor cursor = cursor_new(str_from_bytes(bytes, FACT_PLAIN_BYTES));
    Fact fact = {0};

    const unsigned format = cursor_u8(&cursor);
    const unsigned family = cursor_u8(&cursor);
    cursor_copy(&cursor, fact.unit.bytes, ID_BYTES);
    fact.category = cursor_u16(&cursor);
    fact.grade = cursor_u16(&cursor);
    fact.attention = cursor_u16(&cursor);
    fact.from = (Day)cursor_u32(&cursor);
    fact.to = (Day)cursor_u32(&cursor);
    fact.on = (Day)cursor_u32(&cursor);
    cursor_copy(&cursor, fact.tag, FACT_TAG_BYTES);
    fact.actor_count = cursor_u8(&cursor);
    if (format != FORMAT || family < FACT_OF_ATTENTION || family > FACT_OF_MEASURE || fact.actor_count > FACT_ACTORS_MAX)
        return fail(E_MALFORMED);
    fact.family = (FactFamily)family;
    for (uint32_t i = 0; i < fact.actor_count; i++) {
        fact.actors[i].service = cursor_u16(&cursor);
        cursor_copy(&cursor, fact.actors[i].person.bytes, ID_BYTES);
    }
    if (!is_zero(&cursor, FACT_PLAIN_BYTES - HEAD_BYTES - (size_t)fact.actor_count * ACTOR_BYTES))
        return fail(E_MALFORMED);
    TRY(cursor_done(&cursor));
    *ret_fact = fact;
    return ok();
}
