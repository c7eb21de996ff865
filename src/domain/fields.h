/* The field table: each kind of entry is described once. Form, validation, JSON, sealed encoding and history follow.
 * Must not reuse an id of a kind or a field: sealed rows name them.
 * Used by service, web, api, report. */
#ifndef DOMAIN_FIELDS_H
#define DOMAIN_FIELDS_H

#include "base/calendar.h"
#include "base/id.h"
#include "domain/acts.h"
#include "domain/codes.h"
#include "domain/kinds.h"

/* What stands in a field of FIELD_YES_NO, and is sent by a form that asks for one of two. */
#define VALUE_YES STR("1")
#define VALUE_NO STR("0")

enum FieldType {
    FIELD_TEXT, FIELD_LONG, FIELD_DATE, FIELD_DATETIME, FIELD_CODE, FIELD_YES_NO, FIELD_ENTRY, FIELD_PERSON, FIELD_NUMBER,
    FIELD_LINK, FIELD_EMAIL, FIELD_PHONE, FIELD_NATIONAL_ID, FIELD_ORGANISATION_NUMBER, FIELD_UNIT, FIELD_HASH,
};

/* Zero is spi: a field that nobody classified is sensitive. */
enum FieldClass { CLASS_SPI = 0, CLASS_PII, CLASS_PUBLIC, CLASS_SYSTEM };

/* What a new form shows before anything is typed. */
enum FieldStart { START_EMPTY = 0, START_TODAY, START_FIRST /* of its codes */ };

typedef struct Field {
    uint8_t id;       /* stable, unique in its kind, 1..255 */
    const char *name; /* form and JSON name; the label's key is "field.<kind>.<name>" */
    enum FieldType type;
    uint16_t maximum; /* code points; for numbers the largest value; for lists the number of items */
    bool required, multiple, fact;
    uint8_t refers; /* of an entry: the KindId that it must be of; 0: any */
    bool present;   /* of a person: they must take part now */
    enum FieldClass class;
    CodeList codes;
    enum FieldStart start;
} Field;

#define X(name, number, code, act, title, section) KIND_##name = (number),
enum KindId { KIND_NONE = 0, KINDS(X) KIND_LIMIT };
#undef X
typedef enum KindId KindId;

#define FIELDS_MAX 16

/* MEASURE_DEADLINE and the like: the kind, and the field's position in it. */
#define F(key, ...) key,
#define X(name, number, code, act, title, section) name##_BEFORE = ((number) << 8) - 1, FIELDS_OF_##name(F)
enum FieldKey { FIELD_NONE = 0, KINDS(X) };
#undef X
#undef F
typedef enum FieldKey FieldKey;

/* Where an entry stands on a log's page. */
enum Section { SECTION_NONE, SECTION_BAND, SECTION_ATTENTIONS, SECTION_GOALS, SECTION_MEETINGS, SECTION_NOTES, SECTION_RESOURCES,
               SECTION_HISTORY };

typedef struct Kind {
    KindId id;
    const char *code;
    const Field *fields; /* by ascending id */
    uint8_t count;       /* 1..FIELDS_MAX */
    Act act;             /* that writes it; ACT_NONE: nobody writes it as an entry */
    FieldKey title;      /* FIELD_NONE: it is named by its kind */
    enum Section section;
} Kind;

/* The kind of a number; NULL when there is none. */
const Kind *kind_of(unsigned id);
/* The kind of a code ("attention"). Errors: E_MALFORMED. */
MUST_USE Err kind_from_str(Str code, const Kind **ret_kind);
/* Position of a field by name, or -1. */
int kind_find(const Kind *kind, Str name);

/* One entry in memory: canonical text by position in the kind's table; lists separated by '\n'. */
typedef struct Values {
    const Kind *kind;
    Str text[FIELDS_MAX];
} Values;

/* The field of a key. */
static inline const Field *field_at(FieldKey key)
{
    return &kind_of((unsigned)key >> 8)->fields[key & 0xFF];
}

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
/* A measure that is planned or running. */
bool measure_goes_on(const Values *values);
/* The day in a field. False when absent, of another kind, or no day. */
bool values_day(const Values *values, FieldKey key, Day *ret_day);

/* The text of a field whose name comes from outside; empty when absent or unknown. Everybody else has a key. */
Str values_get(const Values *values, const char *name);

/* What is wrong with a field: name, message key. Zero is nothing. */
#define FIELD_FAULTS(X)                          \
    X(FINE, "fault.fine")                        \
    X(MISSING, "fault.missing")                  \
    X(TOO_LONG, "fault.too_long")                \
    X(TOO_MANY, "fault.too_many")                \
    X(BAD_UTF8, "fault.bad_utf8")                \
    X(BAD_CHARACTER, "fault.bad_character")      \
    X(BAD_CODE, "fault.bad_code")                \
    X(BAD_DATE, "fault.bad_date")                \
    X(BAD_TIME, "fault.bad_time")                \
    X(BAD_NUMBER, "fault.bad_number")            \
    X(BAD_LINK, "fault.bad_link")                \
    X(BAD_EMAIL, "fault.bad_email")              \
    X(BAD_PHONE, "fault.bad_phone")              \
    X(BAD_REFERENCE, "fault.bad_reference")

#define X(name, key) FAULT_##name,
enum Fault { FIELD_FAULTS(X) FAULT_COUNT };
#undef X
typedef enum Fault Fault;
const char *fault_key(Fault fault);

/* Makes raw canonical in keep: trimmed, line ends LF, dates ISO (day_parse), yes/no as "1"/"0". National ids and
 * organisation numbers are checked for eleven and nine digits only; numbers.h decides the rest, which needs the mode.
 * *ret_fault is FAULT_FINE exactly when *ret_text was set. Errors: E_NO_MEMORY. */
MUST_USE Err field_check(const Field *field, Str raw, Arena *keep, Fault *ret_fault, Str *ret_text);

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
