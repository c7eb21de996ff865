/* Checks a publication against the facts it was made of, without a word from whoever made it.
 * Must not believe what was masked, nor why. It shares with freeze where numbers stand (star), which are asked of (lines, deep,
 * contributors) and how far a certificate must go (work): a mistake in those is found by the attacker of tests/cube, and not here.
 * Called by freeze before anything is given out, by service and by an auditor's command at any time. */
#ifndef CUBE_VERIFY_H
#define CUBE_VERIFY_H

#include "cube/cube.h"

/* What does not hold: name, number, text for the operator. */
#define CUBE_FAULTS(X)                                                                                \
    X(NONE, 0, "everything holds")                                                                    \
    X(NUMBER, 1, "a shown number is not what the facts give")                                         \
    X(RULE, 2, "a number is shown that the two rules mask")                                           \
    X(LINE, 3, "what is masked on a line beside a shown total is too little")                         \
    X(CERTIFICATE, 4, "a certificate contradicts a shown number, or is no possible data set")         \
    X(UNCERTIFIED, 5, "a sensitive number has no certificate that makes it nothing, or enough")       \
    X(DEEP, 6, "shown numbers together leave no way for a number below them to be nothing")           \
    X(LEDGER, 7, "a number that was shown before is not shown as it was")                             \
    X(SHOWN, 8, "what pages read is not what the ledger says")                                        \
    X(PAIR, 9, "the ledger and the certificates do not belong together")
#define X(name, number, text) CUBE_FAULT_##name = (number),
typedef enum CubeFault { CUBE_FAULTS(X) } CubeFault;
#undef X

/* Text of a fault; a constant. */
const char *cube_fault_text(CubeFault fault);

typedef struct CubeVerdict {
    CubeFault fault;       /* the first that was found */
    uint32_t numbers;      /* shown and compared with the facts */
    uint32_t sensitive;    /* numbers that must have certificates */
    uint32_t certificates; /* alternative data sets that were recomputed */
    uint32_t deep;         /* numbers below those on offer that had to be made nothing by one of them */
} CubeVerdict;

/* facts: those the publication was made of. before: the ledger of the publication before it, or empty.
 * Errors: E_RANGE (facts), E_MALFORMED, E_TRUNCATED (what is stored), E_NO_MEMORY. A publication that does not hold is no error:
 * *ret_verdict says so. */
MUST_USE Err cube_verify(const CubeFacts *facts, const CubePublication *publication, Str before, Arena *scratch,
                         CubeVerdict *ret_verdict);

#endif
