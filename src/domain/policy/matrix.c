/* The read/write matrix (rules: access 2) as a table: the first row that fits a log's state and flags decides.
 * Must not be read by anything but policy: it knows neither relations nor acts.
 * Called by policy.c and policy_print.c. */
#include "domain/policy/matrix.h"

#include "domain/policy/policy.h"

#define S(state) (1u << STATE_##state)
#define F(flag) ((Flags)FLAG_##flag)
#define LIVING (S(ACTIVE) | S(PASSIVE))
#define EVERY (LIVING | S(DELETION_ORDERED) | S(DELETED))

/* The words of the matrix. R implies that the header, the history and the consent may be seen. */
#define R_ CELL_READ
#define R_ASK (CELL_READ | CELL_IF_ASKED)
#define RW (CELL_READ | CELL_WRITE | CELL_CORRECT | CELL_NOTE | CELL_EVALUATE_OWN | CELL_CONSENT)
#define R_CORRECT_ASK (CELL_READ | CELL_CORRECT | CELL_IF_ASKED)
#define R_NOTES (CELL_READ | CELL_NOTE | CELL_CONSENT)
#define R_NOTES_OWN (CELL_READ | CELL_NOTE | CELL_EVALUATE_OWN)
#define R_NOTES_LET_IN (CELL_READ | CELL_NOTE | CELL_CONSENT | CELL_IF_LET_IN)
#define R_LET_IN (CELL_READ | CELL_IF_LET_IN)
#define STUB CELL_STUB
#define STUB_COPY (CELL_STUB | CELL_COPY)
#define STUB_DATE (CELL_STUB | CELL_DATE)
#define STUB_CONSENT (CELL_STUB | CELL_CONSENT)
#define KNOWS CELL_IF_KNOWS
#define DECISION CELL_DECISION
#define DECISION_APPROVER (CELL_DECISION | CELL_IF_APPROVER)

static const MatrixRow matrix[] = {
    /* Closed by an incident, or held: nobody, until two persons reopen. */
    {.name = "hold", .states = EVERY, .set = F(HOLD), .shut = WHY_HOLD},

    {.name = "deleted, report kept", .states = S(DELETED), .set = F(REPORT_KEPT), .shut = WHY_STATE,
     .cells = {[COLUMN_KA] = CELL_REPORT}},
    {.name = "deleted", .states = S(DELETED), .shut = WHY_STATE},

    {.name = "deletion_ordered, processing stopped", .states = S(DELETION_ORDERED), .set = F(PROCESSING_STOPPED),
     .shut = WHY_PROCESSING_STOPPED, .cells = {[COLUMN_KA] = DECISION}},
    {.name = "processing stopped (frozen)", .states = LIVING, .set = F(PROCESSING_STOPPED),
     .shut = WHY_PROCESSING_STOPPED, .cells = {[COLUMN_KA] = R_}},

    {.name = "deletion_ordered, of_age", .states = S(DELETION_ORDERED), .set = F(OF_AGE), .shut = WHY_STATE,
     .cells = {[COLUMN_KA] = DECISION, [COLUMN_EL] = DECISION_APPROVER, [COLUMN_BA] = STUB_DATE}},
    {.name = "deletion_ordered", .states = S(DELETION_ORDERED), .shut = WHY_STATE,
     .cells = {[COLUMN_KA] = DECISION, [COLUMN_EL] = DECISION_APPROVER, [COLUMN_FO] = STUB_DATE,
               [COLUMN_BA] = STUB_DATE | KNOWS}},

    /* Guardians lose all access at 18, whatever else holds (rules: access 16). */
    {.name = "restricted, of_age", .states = LIVING, .set = F(RESTRICTED) | F(OF_AGE), .shut = WHY_RESTRICTED,
     .cells = {[COLUMN_KA] = R_, [COLUMN_EL] = R_, [COLUMN_BA] = STUB}},
    {.name = "restricted", .states = LIVING, .set = F(RESTRICTED), .shut = WHY_RESTRICTED,
     .cells = {[COLUMN_KA] = R_, [COLUMN_EL] = R_, [COLUMN_FO] = STUB, [COLUMN_BA] = STUB | KNOWS}},

    {.name = "active, of_age, own consent", .states = S(ACTIVE), .set = F(OF_AGE) | F(OWN_CONSENT),
     .clear = F(CONSENT_INVALID) | F(FROZEN_SEGMENT), .shut = WHY_OF_AGE,
     .cells = {[COLUMN_KA] = R_ASK, [COLUMN_EL] = R_ASK, [COLUMN_SH] = RW, [COLUMN_AK] = R_NOTES_OWN,
               [COLUMN_BA] = R_NOTES, [COLUMN_OPS] = R_ASK, [COLUMN_DL] = R_CORRECT_ASK, [COLUMN_SUP] = R_}},
    {.name = "segment at the recipient, of_age, own consent", .states = S(ACTIVE),
     .set = F(OF_AGE) | F(OWN_CONSENT) | F(FROZEN_SEGMENT), .clear = F(CONSENT_INVALID) | F(DECLARANT_SIDE), .shut = WHY_OF_AGE,
     .cells = {[COLUMN_KA] = R_ASK, [COLUMN_EL] = R_ASK, [COLUMN_SH] = R_, [COLUMN_AK] = R_, [COLUMN_BA] = R_,
               [COLUMN_OPS] = R_ASK, [COLUMN_DL] = R_ASK}},
    /* Active too: the flag follows from the date, the state from the job that runs at 00:00. */
    {.name = "passive, of_age", .states = LIVING, .set = F(OF_AGE), .shut = WHY_OF_AGE,
     .cells = {[COLUMN_KA] = R_, [COLUMN_EL] = R_, [COLUMN_BA] = STUB_COPY, [COLUMN_OPS] = R_ASK,
               [COLUMN_DL] = R_ASK}},

    /* The declarant's own copy is what it was when it was handed over, whatever becomes of consents and state. */
    {.name = "segment at the declarant, first months", .states = LIVING,
     .set = F(FROZEN_SEGMENT) | F(DECLARANT_SIDE) | F(FORMER_UNIT_OPEN), .shut = WHY_FROZEN_SEGMENT,
     .cells = {[COLUMN_KA] = R_, [COLUMN_EL] = R_, [COLUMN_SH] = R_, [COLUMN_AK] = R_, [COLUMN_FO] = R_,
               [COLUMN_BA] = R_LET_IN, [COLUMN_OPS] = R_ASK, [COLUMN_DL] = R_ASK}},
    {.name = "segment at the declarant, later", .states = LIVING,
     .set = F(FROZEN_SEGMENT) | F(DECLARANT_SIDE), .shut = WHY_FORMER,
     .cells = {[COLUMN_KA] = R_, [COLUMN_EL] = R_, [COLUMN_FO] = R_, [COLUMN_BA] = R_LET_IN, [COLUMN_OPS] = R_ASK,
               [COLUMN_DL] = R_ASK}},

    {.name = "active, consent_invalid, in the grace", .states = S(ACTIVE), .set = F(CONSENT_INVALID) | F(IN_GRACE),
     .shut = WHY_CONSENT_INVALID,
     .cells = {[COLUMN_KA] = R_ASK, [COLUMN_EL] = R_ASK, [COLUMN_SH] = STUB_CONSENT, [COLUMN_FO] = STUB_CONSENT,
               [COLUMN_BA] = STUB_CONSENT | KNOWS, [COLUMN_OPS] = R_ASK, [COLUMN_DL] = R_ASK}},
    /* At the recipient a segment follows the log, and each has the stricter of both rows. */
    {.name = "segment at the recipient, consent_invalid", .states = LIVING, .set = F(FROZEN_SEGMENT) | F(CONSENT_INVALID),
     .shut = WHY_CONSENT_INVALID,
     .cells = {[COLUMN_KA] = R_ASK, [COLUMN_EL] = R_ASK, [COLUMN_FO] = STUB_COPY, [COLUMN_BA] = STUB_COPY | KNOWS,
               [COLUMN_OPS] = R_ASK, [COLUMN_DL] = R_ASK}},
    /* Without grace it is passive in the same transaction; nobody slips through in between. */
    {.name = "active or passive, consent_invalid", .states = LIVING, .set = F(CONSENT_INVALID),
     .shut = WHY_CONSENT_INVALID,
     .cells = {[COLUMN_KA] = R_, [COLUMN_EL] = R_, [COLUMN_FO] = STUB_COPY, [COLUMN_BA] = STUB_COPY | KNOWS,
               [COLUMN_OPS] = R_ASK, [COLUMN_DL] = R_ASK, [COLUMN_SUP] = R_}},

    {.name = "segment at the recipient, passive", .states = S(PASSIVE), .set = F(FROZEN_SEGMENT), .shut = WHY_FROZEN_SEGMENT,
     .cells = {[COLUMN_KA] = R_ASK, [COLUMN_EL] = R_ASK, [COLUMN_FO] = STUB_COPY, [COLUMN_BA] = STUB_COPY | KNOWS,
               [COLUMN_OPS] = R_ASK, [COLUMN_DL] = R_ASK}},
    {.name = "segment at the recipient, active", .states = S(ACTIVE), .set = F(FROZEN_SEGMENT),
     .shut = WHY_FROZEN_SEGMENT,
     .cells = {[COLUMN_KA] = R_ASK, [COLUMN_EL] = R_ASK, [COLUMN_SH] = R_, [COLUMN_AK] = R_, [COLUMN_FO] = R_,
               [COLUMN_BA] = R_LET_IN, [COLUMN_OPS] = R_ASK, [COLUMN_DL] = R_ASK}},

    {.name = "passive", .states = S(PASSIVE), .shut = WHY_STATE,
     .cells = {[COLUMN_KA] = R_, [COLUMN_EL] = R_, [COLUMN_FO] = STUB_COPY, [COLUMN_BA] = STUB_COPY | KNOWS,
               [COLUMN_OPS] = R_ASK, [COLUMN_DL] = R_ASK, [COLUMN_SUP] = R_}},
    {.name = "active", .states = S(ACTIVE), .shut = WHY_STATE,
     .cells = {[COLUMN_KA] = R_ASK, [COLUMN_EL] = R_ASK, [COLUMN_SH] = RW, [COLUMN_AK] = R_NOTES_OWN,
               [COLUMN_FO] = R_NOTES, [COLUMN_BA] = R_NOTES_LET_IN, [COLUMN_OPS] = R_ASK, [COLUMN_DL] = R_CORRECT_ASK,
               [COLUMN_SUP] = R_}},

    /* The sentinel: no log at all. */
    {.name = "none", .states = 0xFF, .shut = WHY_STATE},
};

/* A reason that an active log, or a segment that came from elsewhere, asks for is not waived because another flag is set too
 * (rules: access 3). */
#define OFFICE (1u << COLUMN_KA | 1u << COLUMN_EL)
static const MatrixStar stars[] = {
    {.name = "what is active", .columns = OFFICE, .states = S(ACTIVE), .clear = F(FROZEN_SEGMENT)},
    {.name = "a segment at the recipient", .columns = OFFICE, .states = LIVING, .set = F(FROZEN_SEGMENT), .clear = F(DECLARANT_SIDE)},
};

static const uint8_t columns[ROLE_COUNT] = {
    [ROLE_NONE] = COLUMN_COUNT,
    [ROLE_MUNICIPALITY_ADMIN] = COLUMN_KA,
    [ROLE_ORG_MANAGER] = COLUMN_EL,
    [ROLE_RELAY_HOLDER] = COLUMN_SH,
    [ROLE_ACTOR] = COLUMN_AK,
    [ROLE_GUARDIAN] = COLUMN_FO,
    [ROLE_CHILD] = COLUMN_BA,
    [ROLE_PRODUCT_OWNER] = COLUMN_OPS,
    [ROLE_SYSTEM_OWNER] = COLUMN_OPS,
    [ROLE_ARCHITECT] = COLUMN_OPS,
    [ROLE_OPERATION_MANAGER] = COLUMN_DL,
    [ROLE_SUPPORT] = COLUMN_SUP,
    [ROLE_HOSTING_OPERATOR] = COLUMN_COUNT,
    [ROLE_SECURITY_OFFICER] = COLUMN_COUNT,
    [ROLE_AUDITOR] = COLUMN_COUNT,
    [ROLE_CUSTODIAN] = COLUMN_COUNT,
};

const MatrixRow *matrix_row(State state, Flags flags)
{
    const MatrixRow *row = matrix;
    while (!(row->states & 1u << state) || (flags & row->set) != row->set || (flags & row->clear) != 0)
        row++;
    return row;
}

const MatrixRow *matrix_at(unsigned index)
{
    return index < COUNT_OF(matrix) ? &matrix[index] : NULL;
}

const MatrixStar *matrix_star_at(unsigned index)
{
    return index < COUNT_OF(stars) ? &stars[index] : NULL;
}

static bool asks(const MatrixStar *star, State state, Flags flags, enum column column)
{
    return (star->columns & 1u << column) && (star->states & 1u << state) && (flags & star->set) == star->set &&
           (flags & star->clear) == 0;
}

enum column matrix_column(Role role)
{
    return (enum column)columns[role];
}

Cell matrix_cell(State state, Flags flags, Role role)
{
    enum column column = matrix_column(role);
    Cell cell = column == COLUMN_COUNT ? 0 : matrix_row(state, flags)->cells[column];

    for (size_t i = 0; i < COUNT_OF(stars) && (cell & CELL_READ); i++)
        if (asks(&stars[i], state, flags, column))
            cell |= CELL_IF_ASKED;
    return cell;
}
