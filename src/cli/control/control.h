/* Acts of an operator that change an installation: carried out by the serve that runs over the data folder, or, when none
 * runs, by the command itself. The same code either way (rules: reading-and-writing 6).
 * Must not take a passphrase, a key or a person's secret: what is asked for travels in the clear between two processes of
 * one user.
 * Used by serve and by the commands. */
#ifndef CLI_CONTROL_CONTROL_H
#define CLI_CONTROL_CONTROL_H

#include "cli/control/installation.h"

/* name, number (in messages), texts that come with it */
#define CONTROL_ACTS(X)                                                                     \
    X(MUNICIPALITY_ADD, 1, 4)  /* number, name, the administrator's name and e-mail */      \
    X(MUNICIPALITY_LIST, 2, 0)                                                              \
    X(CLOCK_ADVANCE, 3, 1)     /* milliseconds; mode test only */                           \
    X(IMPORT, 4, 4)            /* municipality's number, "units" or "staff", "dry" or "store", the file as base64url */ \
    X(VERIFIED, 5, 2)          /* the municipality's id, or empty for all; number of findings */   \
    X(SEED, 6, 3)              /* the municipality's number and name, the order (cli/control/seed_order.h); demo and test only */ \
    X(JOBS, 7, 3)              /* "list" or "run", the job, "dry" or nothing */            \
    X(EPOCH, 8, 1)             /* a municipality's number, or "host" */ \
    X(BACKUP, 9, 0)            /* makes one, now */ \
    X(UNIT, 10, 4)             /* municipality's number, "list" or "close", the unit and the one that follows it, by their ids */ \
    X(STATISTICS, 11, 2)       /* the municipality's number; up to which quarter, or nothing: what is due */ \
    X(TRANSFER, 12, 4)         /* card, trust, list, export or import; the municipality's number; fingerprint or transfer; a file as base64url */

#define X(name, number, texts) CONTROL_##name = (number),
enum ControlAct { CONTROL_ACTS(X) };
#undef X

#define CONTROL_TEXTS_MAX 4
#define CONTROL_BYTES_MAX ((size_t)32 << 20) /* a whole log may come as a file */

typedef struct ControlRequest {
    enum ControlAct act;
    Str texts[CONTROL_TEXTS_MAX];
} ControlRequest;

/* Has it carried out and writes what it says to stdout, also what it says of a failure, and how far it is to stderr. The
 * Unix user who asks stands in the audit lines. Errors: those of the act; E_NO_AGENT; E_BUSY when serve runs and does not
 * answer, or another command works here. */
MUST_USE Err control_ask(const Place *place, const ControlRequest *request);

/* The same, only when serve runs over the data folder; else *ret_running is false and nothing was done. */
MUST_USE Err control_ask_running(const Place *place, const ControlRequest *request, bool *ret_running);

/* Who hears of an act that is being carried out. */
typedef struct ControlHearer {
    Buf *out;         /* what the operator shall read at its end */
    void *self;
    /* How far it is, in words, at once; STR_NONE: nothing to say, only whether to go on. Errors: E_STOPPED when nobody hears. */
    Err (*tell)(void *self, Str words);
} ControlHearer;

/* Carries one out here, for a Unix user.
 * Errors: those of the act; E_MALFORMED for an act that is none. */
MUST_USE Err control_perform(Installation *installation, int64_t user, const ControlRequest *request, Arena *arena,
                             const ControlHearer *hearer);

/* How many texts come with an act. Errors: E_MALFORMED for an act that is none. */
MUST_USE Err control_text_count(uint8_t act, uint8_t *ret_count);

#endif
