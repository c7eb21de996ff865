/* National ids and organisation numbers (rules: data 11-13): checksum, kind and mode are three questions.
 * Must not derive birth date, sex or century: from 2032 a number does not tell them.
 * Used by service, import, pages (masking). */
#ifndef DOMAIN_NUMBERS_H
#define DOMAIN_NUMBERS_H

#include "base/buf.h"
#include "base/mode.h"

enum NationalKind {
    NATIONAL_NONE = 0,  /* not a number of a known form */
    NATIONAL_REAL,      /* national id or D-number */
    NATIONAL_AMBIGUOUS, /* month + 40: an H-number or an agency's test number; accepted in no mode */
    NATIONAL_TEST,      /* month + 65 or + 80 */
};

/* Eleven digits whose two check digits hold, by today's rule or that of 2032 (first remainder 0..3). */
bool national_checksum(Str digits);
/* The kind by day and month only; the checksum is not looked at. */
enum NationalKind national_kind(Str digits);
/* True when the day is raised by 40. */
bool national_is_d(Str digits);
/* Errors: E_MALFORMED (form or checksum), E_MODE (a real number in demo or test, a test number in production). */
MUST_USE Err national_accept(Str digits, Mode mode);
/* "148516 •••••": the first six and five bullets; nothing for anything but eleven digits. */
void buf_add_national_masked(Buf *buf, Str digits);

/* Nine digits whose check digit holds. */
bool organisation_number_valid(Str digits);

#endif
