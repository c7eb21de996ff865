/* What people type into a field, made canonical or refused with a reason.
 * Must not look at other fields, at the mode or at the clock.
 * Used by service, web, api, import. */
#ifndef DOMAIN_FIELDS_H
#define DOMAIN_FIELDS_H

#include "base/id.h"
#include "domain/values.h"

/* What is wrong with a field: name, message key. Zero is nothing. */
#define FIELD_FAULTS(X)                          \
    X(FINE, "fault.fine")                        \
    X(MISSING, "fault.missing")                  \
    X(TOO_LONG, "fault.too_long")                \
    X(TOO_MANY, "fault.too_many")                \
    X(BAD_UTF8, "fault.bad_utf8")                \
    X(BAD_CHARACTER, "fault.bad_character")      \
    X(BAD_DIRECTION, "fault.bad_direction")      \
    X(BAD_CODE, "fault.bad_code")                \
    X(BAD_DATE, "fault.bad_date")                \
    X(BAD_TIME, "fault.bad_time")                \
    X(DATE_TO_COME, "fault.date_to_come")        \
    X(DATE_GONE, "fault.date_gone")              \
    X(DATE_OF_AGE, "fault.date_of_age")          \
    X(DATE_ORDER, "fault.date_order")            \
    X(DATE_YEAR, "fault.date_year")              \
    X(BAD_NUMBER, "fault.bad_number")            \
    X(BAD_LINK, "fault.bad_link")                \
    X(LINK_NAME, "fault.link_name")              \
    X(BAD_EMAIL, "fault.bad_email")              \
    X(BAD_PHONE, "fault.bad_phone")              \
    X(BAD_REFERENCE, "fault.bad_reference")       \
    X(TAKEN, "fault.taken")                      \
    X(SAID_LATER, "fault.said_later")            \
    X(NO_CONSENT, "fault.no_consent")            \
    X(BEFORE_AGE, "fault.before_age")            \
    X(NO_REPORT, "fault.no_report")

#define X(name, key) FAULT_##name,
enum Fault { FIELD_FAULTS(X) FAULT_COUNT };
#undef X
typedef enum Fault Fault;
const char *fault_key(Fault fault);

/* Makes raw canonical in keep: cleaned (base/clean.h), dates ISO (day_parse), yes/no as "1"/"0", numbers and
 * addresses as pasted.h has them. National ids and organisation numbers are checked for eleven and nine digits only; input/numbers.h
 * decides the rest, which needs the mode.
 * *ret_fault is FAULT_FINE exactly when *ret_text was set. Errors: E_NO_MEMORY. */
MUST_USE Err field_check(const Field *field, Str raw, Arena *keep, Fault *ret_fault, Str *ret_text);

/* What a day of the field may be, in English ("today or before, not before start"); empty when any. For documents and rules. */
void field_days_words(Buf *buf, const Field *field);

/* The day on which something is written, and whether it is a correction of what stands. */
typedef struct Written {
    Day today;
    bool again;
} Written;

/* Every day among canonical values, by the columns days and not_before of the table: puts the fault of each that may not be there
 * into faults, by position, where none stands yet. True when all of them may. The one rule for forms, documents and services. */
bool dates_check(const Values *values, Written written, Fault faults[static FIELDS_MAX]);
/* The same when only the answer is wanted. */
bool dates_good(const Values *values, Written written);
/* A day of such a year that it can be meant: within 120 years back and so many ahead. */
bool day_likely(Day day, Day today, int years_ahead);
#define ENTRY_YEARS_AHEAD 30
#define ROLE_YEARS_AHEAD 100 /* people write 31.12.2099 for "no end is known" */

#define REASON_ARENA ((size_t)64 << 10) /* holds whatever reason_take makes */

/* Why something was taken away or somebody kept out: at most REASON_MAX characters, and not nothing. */
extern const Field field_reason;
/* The reason as it is kept, for the services that take one. Empty where nothing that shows was typed; whether one must be given is
 * the caller's to say. Errors: E_INVALID (what field_check refuses), E_NO_MEMORY. */
MUST_USE Err reason_take(Str raw, Arena *keep, Str *ret_reason);

#endif
