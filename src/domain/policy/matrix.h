/* The read/write matrix (rules: access 2): which row holds for a log, and what each column may do in it.
 * Must not know acts: policy.c asks it for needs.
 * Called by policy.c and policy_print.c only. */
#ifndef DOMAIN_MATRIX_H
#define DOMAIN_MATRIX_H

#include "domain/roles.h"
#include "domain/states.h"

/* What a cell grants, and under which condition. */
enum cell_bit {
    CELL_READ = 1,           /* content */
    CELL_WRITE = 2,          /* every kind of entry */
    CELL_NOTE = 4,           /* notes */
    CELL_EVALUATE_OWN = 8,   /* evaluation of own measures */
    CELL_STUB = 16,          /* that the log exists, the unit, how to ask */
    CELL_CONSENT = 32,       /* renew or give consent */
    CELL_COPY = 64,          /* an own copy, while it is offered */
    CELL_DATE = 128,         /* the coming deletion date beside the stub */
    CELL_DECISION = 256,     /* the decision page of a deletion */
    CELL_REPORT = 512,       /* the archive report */
    CELL_IF_ASKED = 1024,    /* only with an opening reason: the asterisk */
    CELL_IF_LET_IN = 2048,   /* only when the child is let in */
    CELL_IF_APPROVER = 4096, /* only for the order's second person */
    CELL_IF_KNOWS = 8192,    /* only when the child has been told of the log */
    CELL_CORRECT = 16384,    /* corrections of what others have written, but for notes */
};
typedef uint16_t Cell;

/* The columns of the matrix. */
#define COLUMNS(X)      \
    X(KA, "KA")         \
    X(EL, "EL")         \
    X(SH, "SH")         \
    X(AK, "AK")         \
    X(FO, "FO")         \
    X(BA, "BA")         \
    X(OPS, "PO SO ARK") \
    X(DL, "DL")         \
    X(SUP, "SUP")

#define X(name, title) COLUMN_##name,
enum column { COLUMNS(X) COLUMN_COUNT };
#undef X

typedef struct MatrixRow {
    const char *name;
    uint8_t states;    /* set of 1 << STATE_x */
    Flags set, clear;  /* flags that must be, and must not be */
    uint8_t shut;      /* WHY_x that an empty cell of this row answers */
    Cell cells[COLUMN_COUNT];
} MatrixRow;

/* Where a reason is asked whatever row decides: reading by a column, when state and flags fit. */
typedef struct MatrixStar {
    const char *name;
    uint16_t columns;  /* set of 1 << COLUMN_x */
    uint8_t states;
    Flags set, clear;
} MatrixStar;

/* The first row that fits; the last row fits nothing in particular and is empty. Never NULL. */
const MatrixRow *matrix_row(State state, Flags flags);
/* Row number index, or NULL past the end. */
const MatrixRow *matrix_at(unsigned index);
const MatrixStar *matrix_star_at(unsigned index);
/* The column of a role; COLUMN_COUNT for roles that have none (they never see content). */
enum column matrix_column(Role role);
/* The cell for a role in the row that fits, with the reason that is asked whatever row that is; 0 without a column. */
Cell matrix_cell(State state, Flags flags, Role role);

#endif
