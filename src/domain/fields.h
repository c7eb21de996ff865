/* The field table: each kind of entry is described once. Form, validation, JSON, sealed encoding and history follow.
 * Must not reuse an id of a kind or a field: sealed rows name them.
 * Used by service, web, api, report. */
#ifndef DOMAIN_FIELDS_H
#define DOMAIN_FIELDS_H

#include "base/id.h"
#include "domain/codes.h"

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
    enum FieldClass class;
    CodeList codes;
    enum FieldStart start;
} Field;

#define KINDS(X)                              \
    X(ATTENTION, 1, "attention")              \
    X(GOAL, 2, "goal")                        \
    X(MEASURE, 3, "measure")                  \
    X(EVALUATION, 4, "evaluation")            \
    X(MEETING, 5, "meeting")                  \
    X(NOTE, 6, "note")                        \
    X(RESOURCE, 7, "resource")                \
    X(LEVEL, 8, "level")                      \
    X(CONSENT, 9, "consent")                  \
    X(PARTICIPANT, 10, "participant")         \
    X(CHILD, 11, "child")                     \
    X(GUARDIAN, 12, "guardian")               \
    X(STAFF_PERSON, 13, "staff_person")       \
    X(ORGANISATION, 14, "organisation")       \
    X(HEADER, 15, "header")

#define X(name, number, code) KIND_##name = (number),
enum KindId { KIND_NONE = 0, KINDS(X) KIND_LIMIT };
#undef X
typedef enum KindId KindId;

#define FIELDS_MAX 16
#define REASON_MAX 300 /* code points: why something was taken away, or somebody kept out */

typedef struct Kind {
    KindId id;
    const char *code;
    const Field *fields; /* by ascending id */
    uint8_t count;       /* 1..FIELDS_MAX */
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

/* The text of a field by name; empty when absent or unknown. */
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
