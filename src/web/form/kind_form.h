/* Forms that follow from the field table: one short form for any kind of entry, checked by the same table.
 * Must not know a kind by name.
 * Used by the pages of all rooms. */
#ifndef WEB_FORM_KIND_FORM_H
#define WEB_FORM_KIND_FORM_H

#include "domain/fields.h"
#include "pages/views.h"
#include "web/form/inputs.h"

/* What a reference may name: entries and people of this log, units of the municipality. */
typedef struct Choices {
    Options entries[KIND_LIMIT]; /* by kind: for FIELD_ENTRY fields named after a kind */
    Options people;
    Options units;
} Choices;

/* Adds a field for each row of the kind's table that people fill in; not one that offers a choice among nothing.
 * start: canonical values to show where nothing was typed (NULL: none). */
MUST_USE Err kind_inputs(Inputs *inputs, const Kind *kind, const Choices *choices, const Values *start);

/* What a new form of this kind shows: today, or the first of a list of codes, where the table says so. */
MUST_USE Err kind_start(Call *call, const Kind *kind, Values *ret_start);

/* Reads and checks what was posted. Every fault stands at its field in inputs; *ret_good is true when there is none.
 * National ids and organisation numbers are checked for the installation's mode as well. */
MUST_USE Err kind_read(Inputs *inputs, const Kind *kind, Values *ret_values, bool *ret_good);

/* The same for some of the kind's fields only, ended by FIELD_NONE; NULL: all. The others stay as they are in *values,
 * whose kind must be set. *good is made false by a fault and never true. */
MUST_USE Err kind_inputs_some(Inputs *inputs, const Kind *kind, const FieldKey *keys, const Choices *choices,
                              const Values *start);
MUST_USE Err kind_read_some(Inputs *inputs, const FieldKey *keys, Values *values, bool *good);

/* Puts the text of a fault at a field, for checks that need more than one field or the clock. */
MUST_USE Err kind_fault(Inputs *inputs, FieldKey key, Fault fault);

#endif
