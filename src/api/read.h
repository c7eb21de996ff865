/* A document that somebody sent, read by the field table: one object, a text for each field, a list of texts where a field
 * may hold several.
 * Must not repair or guess; must not know what a value means beyond its own field.
 * Used by web's handlers under /api/, tests and fuzzing. */
#ifndef API_READ_H
#define API_READ_H

#include "domain/fields.h"

/* What a document said, and what is wrong with each field. */
typedef struct ApiDocument {
    Values values;              /* canonical, where faults say FAULT_FINE */
    Fault faults[FIELDS_MAX];   /* by position in the kind's table */
    bool good;                  /* nothing is wrong */
} ApiDocument;

/* The body of a removal: one field, "reason". */
extern const Kind api_removal;
/* Which role; how a role ends; which unit follows another; why a child is kept out; and a document that says nothing. */
extern const Kind api_role, api_ending, api_following, api_keeping_out, api_nothing;
/* The code of a notice, and whether one does not want to be told it. */
extern const Kind api_silenced;
/* All of them. */
extern const Kind *const api_bodies[];
extern const size_t api_body_count;

/* Whether people fill in this field; the others are no fields here. */
bool api_is_asked(const Field *field);

/* Reads body as a document of this kind. "kind" may stand in it, and must then name the kind: so what was given as the
 * values of an entry can be sent back as it is.
 * Everything lives in keep. *ret_document is untouched on failure; a wrong value is no failure, but a fault.
 * Errors: E_MALFORMED (not JSON, not one object, a field that is unknown or comes twice, a value of another type);
 * E_BAD_UTF8 (that, or a NUL); E_NO_MEMORY. */
MUST_USE Err api_read(Str body, const Kind *kind, Arena *keep, ApiDocument *ret_document);

#endif
