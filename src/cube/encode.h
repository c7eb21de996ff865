/* Shown numbers, ledger and certificates as bytes (docs/formats.md).
 * Must not take bytes that it would not have written itself.
 * Used by freeze, verify and answer. */
#ifndef CUBE_ENCODE_H
#define CUBE_ENCODE_H

#include "cube/work.h"

/* SHOWN: the closed years and all of them together. LEDGER: every period of which something was ever shown. */
typedef enum NumbersKind { NUMBERS_SHOWN = 1, NUMBERS_LEDGER = 2 } NumbersKind;

/* Numbers, each as a big-endian u32, a mask as MASKED: side after side, value after value, period after period, category after
 * category, the total last. */
typedef struct Numbers {
    CubeDims dims;
    uint8_t before[HASH_BYTES]; /* of a ledger: hash of the one before it, or zeros; of shown numbers: hash of their ledger */
    Str numbers;
} Numbers;

#define NUMBERS_HEAD 51 /* "SLCUBE" | format u8 | kind u8 | family u8 | sizes and quarters 9, zero u8 | before 32 */

/* Periods of each value in a file of this kind. */
uint32_t numbers_periods(const Star *star, NumbersKind kind);
/* The period of the star that stands at a place of the file. */
uint32_t numbers_period(const Star *star, NumbersKind kind, uint32_t place);

/* What is shown in the work: of a ledger with all that is bound. Errors: E_NO_MEMORY. */
MUST_USE Err numbers_encode(const Work *work, NumbersKind kind, const uint8_t before[static HASH_BYTES], Arena *keep, Str *ret_bytes);
/* *ret_numbers.numbers is a view. Errors: E_MALFORMED, E_TRUNCATED. */
MUST_USE Err numbers_decode(Str bytes, NumbersKind kind, Numbers *ret_numbers);
uint32_t numbers_at(const Numbers *numbers, size_t place);

/* What is secret of a publication. */
typedef struct Secrets {
    uint8_t ledger[HASH_BYTES]; /* of the ledger that they belong to */
    Str logs;                   /* of each cell, up to five: LOGS_ENOUGH */
    Certificates certificates;
} Secrets;

/* Errors: E_NO_MEMORY. */
MUST_USE Err secrets_encode(const Work *work, const uint8_t ledger[static HASH_BYTES], Arena *keep, Str *ret_bytes);
/* Of a ledger with these dimensions. Entries are numbered as there. Errors: E_MALFORMED, E_TRUNCATED, E_NO_MEMORY. */
MUST_USE Err secrets_decode(Str bytes, const Star *star, Arena *keep, Secrets *ret_secrets);

#endif
