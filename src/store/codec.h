/* Rows as structs from and to the values of a database, by lists of fields.
 * Must not know any SQL.
 * Used by the verbs of store. */
#ifndef STORE_CODEC_H
#define STORE_CODEC_H

#include <stddef.h>

#include "store/driver.h"

enum field_type {
    FIELD_ID, FIELD_HASH, FIELD_HASH_LATE, FIELD_BLOB, FIELD_BLOB_NULL, FIELD_TEXT,
    FIELD_I64, FIELD_I64_LATE, FIELD_U63, FIELD_U32, FIELD_U16, FIELD_U8, FIELD_BOOL,
};

typedef struct Field {
    enum field_type type;
    size_t offset;
} Field;

typedef struct Shape {
    const Field *fields;
    uint32_t count;
    size_t size;   /* of the struct */
    bool proven;       /* the column behind the last is the proof of the row */
    enum table table;  /* of a proven one */
    /* Whether what the chain says, which stands behind the proof, is of a newer row than this one; NULL: it is not asked. */
    bool (*outdated)(const void *row, const Value *beside);
} Shape;

#define FIELD_OF(Row, type_, field, column) {.type = FIELD_##type_, .offset = offsetof(Row, field)},
/* SHAPE(person, PERSON, PersonRow) defines `static const Shape shape_person`. */
#define SHAPE(name, LIST, Row)                                       \
    static const Field fields_##name[] = {LIST(FIELD_OF, FIELD_OF)}; \
    static const Shape shape_##name = {.fields = fields_##name, .count = COUNT_OF(fields_##name), .size = sizeof(Row)}

/* The same of a table whose rows carry a proof: whoever reads one by this shape gets it only when the proof is good, and
 * whoever writes one writes it with a new proof. PROVEN_SHAPE(person, PERSON, PersonRow). */
#define PROVEN_SHAPE(name, LIST, Row)                                                                                             \
    static const Field fields_##name[] = {LIST(FIELD_OF, FIELD_OF)};                                                              \
    static const Shape shape_##name = {.fields = fields_##name, .count = COUNT_OF(fields_##name), .size = sizeof(Row), .proven = true, \
                                       .table = TABLE_##LIST}

/* The same, read by a statement that says what the chain has of the row: one that was put back with the proof it had then is refused
 * as a stranger's. */
#define NEWEST_SHAPE(name, LIST, Row, outdated_)                                                                                  \
    static const Field fields_##name[] = {LIST(FIELD_OF, FIELD_OF)};                                                              \
    static const Shape shape_##name = {.fields = fields_##name, .count = COUNT_OF(fields_##name), .size = sizeof(Row), .proven = true, \
                                       .table = TABLE_##LIST, .outdated = (outdated_)}

/* Values of a row, which they point into. */
void row_to_values(const Shape *shape, const void *row, Value *ret_values);
/* A row out of columns; text and bytes are copied to keep (NULL: the shape has none).
 * Errors: E_FORGED for a value outside its type: our own writes cannot make it. */
MUST_USE Err row_from_values(const Shape *shape, const Value *columns, Arena *keep, void *ret_row);

Value value_number(int64_t number);
Value value_id(const Id *id);
Value value_hash(const Hash *hash);
Value value_bytes(Str bytes);
Value value_text(Str text);

#endif
