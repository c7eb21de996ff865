/* The whole matrix and all acts as readable text: a change of rights is a readable diff of tests/golden/policy.txt.
 * Must print the tables that policy.c reads, not a copy.
 * Called by the command `policy print` and the golden test. */
#include "domain/matrix.h"
#include "domain/policy.h"
#include "domain/rules.h"

#define WORD(bit, text) {bit, text}
static const struct {
    Cell bit;
    const char *text;
} words[] = {
    WORD(CELL_READ, "read"),           WORD(CELL_WRITE, "write"),
    WORD(CELL_NOTE, "notes"),          WORD(CELL_EVALUATE_OWN, "own-evaluation"),
    WORD(CELL_STUB, "stub"),           WORD(CELL_CONSENT, "consent"),
    WORD(CELL_COPY, "offered-copy"),   WORD(CELL_DATE, "date"),
    WORD(CELL_DECISION, "decision"),   WORD(CELL_REPORT, "report"),
    WORD(CELL_IF_ASKED, "*reason"),    WORD(CELL_IF_LET_IN, "if-let-in"),
    WORD(CELL_IF_APPROVER, "if-approver"),
};

static void print_cell(Buf *buf, Cell cell)
{
    if (cell == 0)
        buf_add_char(buf, '-');
    bool first = true;
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (!(cell & words[i].bit))
            continue;
        buf_format(buf, "%s%s", first ? "" : "+", words[i].text);
        first = false;
    }
}

static void print_flags(Buf *buf, const char *word, Flags flags)
{
    bool first = true;
    for (unsigned bit = 0; bit < FLAG_COUNT; bit++) {
        if (!(flags & 1u << bit))
            continue;
        buf_format(buf, "%s%s", first ? word : ",", flag_code((enum flag_bit)bit));
        first = false;
    }
}

static void print_matrix(Buf *buf)
{
    static const char *const titles[] = {
#define X(name, title) [COLUMN_##name] = title,
        COLUMNS(X)
#undef X
    };
    buf_add(buf, STR("MATRIX (the first row that fits decides)\n"));
    for (unsigned i = 0; matrix_at(i); i++) {
        const MatrixRow *row = matrix_at(i);
        buf_format(buf, "\n%s\n", row->name);
        for (unsigned column = 0; column < COLUMN_COUNT; column++) {
            buf_format(buf, "  %-10s ", titles[column]);
            print_cell(buf, row->cells[column]);
            buf_add_char(buf, '\n');
        }
    }
}

static void print_rule(Buf *buf, const Rule *rule)
{
    buf_format(buf, "%-22s", act_code(rule->act));
    for (unsigned role = 1; role < ROLE_COUNT; role++)
        if (rule->roles & 1u << role)
            buf_format(buf, " %s", role_short((Role)role));
    buf_add(buf, STR(" | in"));
    for (unsigned state = 0; state < STATE_COUNT; state++)
        if (rule->states & 1u << state)
            buf_format(buf, " %s", state == STATE_NONE ? "no-log" : state_code((State)state));
    if (rule->relations == 0xFF)
        buf_add(buf, STR(" | anyone"));
    else if (rule->relations) {
        buf_add(buf, STR(" | as"));
        for (unsigned relation = 0; relation < RELATION_COUNT; relation++)
            if (rule->relations & 1u << relation)
                buf_format(buf, " %s", relation_code((Relation)relation));
    }
    if (rule->need) {
        buf_add(buf, STR(" | needs any of "));
        print_cell(buf, rule->need);
    }
    print_flags(buf, " | only ", rule->set);
    print_flags(buf, " | never ", rule->clear);
    buf_format(buf, "%s%s\n", rule->ask ? " | *reason always" : "", rule->even_stopped ? " | even when stopped" : "");
}

void policy_print(Buf *buf)
{
    print_matrix(buf);
    buf_add(buf, STR("\nACTS (refused where no line allows)\n\n"));
    for (size_t i = 0; i < rule_count; i++)
        print_rule(buf, &rules[i]);
    buf_add(buf, STR("\nOPENING REASONS\n\n"));
    for (unsigned role = 1; role < ROLE_COUNT; role++) {
        if (!policy_openings((Role)role))
            continue;
        buf_format(buf, "%-5s", role_short((Role)role));
        for (unsigned opening = 1; opening < OPENING_LIMIT; opening++)
            if (policy_openings((Role)role) & 1u << opening)
                buf_format(buf, " %s", opening_code((Opening)opening));
        buf_add_char(buf, '\n');
    }
}
