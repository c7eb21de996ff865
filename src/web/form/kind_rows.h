/* The values of an entry as rows of a page: the labels of its form, and what was written in words.
 * Must not know a kind by name.
 * Used by history, the page of two who wrote at once, and the wizard's check page. */
#ifndef WEB_FORM_KIND_ROWS_H
#define WEB_FORM_KIND_ROWS_H

#include "pages/views.h"
#include "web/form/kind_form.h"

/* The label of a field. */
MUST_USE Err field_label(const Call *call, const Kind *kind, const Field *field, Str *ret_label);

/* A row for each field that is not empty. References are named by the label that they have in choices (NULL: left out). */
MUST_USE Err kind_rows(const Call *call, const Values *values, const Choices *choices, Rows *ret_rows);

#endif
