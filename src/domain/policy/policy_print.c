/* The whole matrix and all acts as readable text: a change of rights is a readable diff of tests/golden/policy.txt; and the
 * same tables as Markdown, for docs/rules.
 * Must print the tables that policy.c reads, not a copy.
 * Called by the command `policy` and the golden test. */
#include "domain/policy/policy_print.h"

#include "domain/policy/matrix.h"
#include "domain/policy/policy.h"
#include "domain/policy/rules.h"
#include "domain/signin.h"
#include "domain/tables.h"

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
    WORD(CELL_IF_APPROVER, "if-approver"), WORD(CELL_IF_KNOWS, "if-knows"),
    WORD(CELL_CORRECT, "corrections"),
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
        if (!(flags & FLAG_AT(bit)))
            continue;
        buf_format(buf, "%s%s", first ? word : ",", flag_code((enum flag_bit)bit));
        first = false;
    }
}

static void print_states(Buf *buf, unsigned states)
{
    bool first = true;
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        if (!(states & 1u << state))
            continue;
        buf_format(buf, "%s%s", first ? "" : " ", state == STATE_NONE ? "no-log" : state_code((State)state));
        first = false;
    }
}

static const char *const titles[] = {
#define X(name, title) [COLUMN_##name] = title,
    COLUMNS(X)
#undef X
};

/* Everything that must hold, and what must be absent too: "the first that fits" can be replayed from the print. */
static void print_when(Buf *buf, unsigned states, Flags set, Flags clear)
{
    print_states(buf, states);
    print_flags(buf, "; with ", set);
    print_flags(buf, "; without ", clear);
}

static void print_columns(Buf *buf, unsigned columns)
{
    for (unsigned column = 0; column < COLUMN_COUNT; column++)
        if (columns & 1u << column)
            buf_format(buf, " %s", titles[column]);
}

static void print_matrix(Buf *buf)
{
    buf_add(buf, STR("MATRIX (the first row that fits decides)\n"));
    for (unsigned i = 0; matrix_at(i); i++) {
        const MatrixRow *row = matrix_at(i);
        buf_format(buf, "\n%s\n  when: ", row->name);
        print_when(buf, row->states, row->set, row->clear);
        buf_add_char(buf, '\n');
        for (unsigned column = 0; column < COLUMN_COUNT; column++) {
            buf_format(buf, "  %-10s ", titles[column]);
            print_cell(buf, row->cells[column]);
            buf_add_char(buf, '\n');
        }
    }
}

static void print_star(Buf *buf, const MatrixStar *star)
{
    buf_format(buf, "  %s, by", star->name);
    print_columns(buf, star->columns);
    buf_add(buf, STR(" | in "));
    print_when(buf, star->states, star->set, star->clear);
    buf_add_char(buf, '\n');
}

static void print_stars(Buf *buf)
{
    buf_add(buf, STR("\nREAD WITH A REASON (whatever row decides)\n\n"));
    for (unsigned i = 0; matrix_star_at(i); i++)
        print_star(buf, matrix_star_at(i));
}

/* The relation that is meant where an act about a log names none. */
static void print_standing(Buf *buf)
{
    buf_add(buf, STR("\nHOW ONE STANDS TO A LOG (where an act names nothing else)\n\n"));
    for (unsigned role = 1; role < ROLE_COUNT; role++)
        buf_format(buf, "  %-5s %s\n", role_short((Role)role), relation_code(policy_log_relation((Role)role)));
    buf_format(buf, "  A manager who is %s has the rows of SH as %s beside their own.\n", relation_code(RELATION_STANDING_IN),
               relation_code(RELATION_PARTICIPANT));
}

static const char *const effects[] = {[LOOK] = "looks", [CHANGE] = "changes", [LEAVE] = "leaves"};

static void print_openings(Buf *buf, const char *word, unsigned openings)
{
    bool first = true;
    for (unsigned opening = 1; opening < OPENING_LIMIT; opening++) {
        if (!(openings & 1u << opening))
            continue;
        buf_format(buf, "%s%s", first ? word : " ", opening_code((Opening)opening));
        first = false;
    }
}

static void print_rule(Buf *buf, const Rule *rule)
{
    buf_format(buf, "%-22s", act_code(rule->act));
    for (unsigned role = 1; role < ROLE_COUNT; role++)
        if (rule->roles & 1u << role)
            buf_format(buf, " %s", role_short((Role)role));
    buf_add(buf, STR(" | in "));
    print_states(buf, rule->states);
    if (rule->relations == RULE_ANYONE)
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
    print_openings(buf, " | *reason ", rule->openings);
    buf_format(buf, "%s%s%s | %s\n", rule->ask ? " | *reason always" : "", rule->even_stopped ? " | even when stopped" : "",
               rule->even_held ? " | even when held" : "", effects[act_effect(rule->act)]);
}

void policy_print(Buf *buf)
{
    print_matrix(buf);
    print_stars(buf);
    print_standing(buf);
    buf_add(buf, STR("\nACTS (refused where no line allows; what changes or leaves, only while the municipality is not stopped and the log "
                     "not held, unless a line says or needs it)\n\n"));
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

/* ---- the same as Markdown ---- */

static void print_roles(Buf *buf, uint32_t roles)
{
    bool first = true;
    for (unsigned role = 1; role < ROLE_COUNT; role++) {
        if (!(roles & 1u << role))
            continue;
        buf_format(buf, "%s%s", first ? "" : " ", role_short((Role)role));
        first = false;
    }
}

static void matrix_table(Buf *buf)
{
    buf_add(buf, STR("| | row | in |"));
    for (unsigned column = 0; column < COLUMN_COUNT; column++)
        buf_format(buf, " %s |", titles[column]);
    buf_add(buf, STR("\n|--:|---|---|"));
    for (unsigned column = 0; column < COLUMN_COUNT; column++)
        buf_add(buf, STR("---|"));
    for (unsigned i = 0; matrix_at(i); i++) {
        buf_format(buf, "\n| %u | %s | ", i + 1, matrix_at(i)->name);
        print_when(buf, matrix_at(i)->states, matrix_at(i)->set, matrix_at(i)->clear);
        for (unsigned column = 0; column < COLUMN_COUNT; column++) {
            buf_add(buf, STR(" | "));
            print_cell(buf, matrix_at(i)->cells[column]);
        }
        buf_add(buf, STR(" |"));
    }
    buf_add_char(buf, '\n');
}

static void print_relations(Buf *buf, uint32_t relations)
{
    bool first = true;
    if (relations == RULE_ANYONE)
        buf_add(buf, STR("anyone"));
    for (unsigned relation = 0; relation < RELATION_COUNT && relations != RULE_ANYONE; relation++) {
        if (!(relations & 1u << relation))
            continue;
        buf_format(buf, "%s%s", first ? "" : " ", relation_code((Relation)relation));
        first = false;
    }
}

static void print_also(Buf *buf, const Rule *rule)
{
    const char *also[] = {
        rule->ask ? "reason always" : NULL,
        signin_must_prove(rule->act, 0, SIGNIN_PROOF_MS) ? "fresh code" : NULL,
        rule->even_stopped ? "even when stopped" : NULL,
        rule->even_held ? "even when held" : NULL,
        rule->openings & 1u << OPENING_INCIDENT ? "reason: incident" : NULL,
    };
    bool first = true;
    for (size_t i = 0; i < COUNT_OF(also); i++) {
        if (!also[i])
            continue;
        buf_format(buf, "%s%s", first ? "" : ", ", also[i]);
        first = false;
    }
}

static void act_row(Buf *buf, const Rule *rule)
{
    buf_format(buf, "| %s | ", act_code(rule->act));
    print_roles(buf, rule->roles);
    buf_add(buf, STR(" | "));
    print_states(buf, rule->states);
    buf_add(buf, STR(" | "));
    print_relations(buf, rule->relations);
    buf_add(buf, STR(" | "));
    if (rule->need)
        print_cell(buf, rule->need);
    buf_add(buf, STR(" | "));
    print_flags(buf, "", rule->set);
    buf_add(buf, STR(" | "));
    print_flags(buf, "", rule->clear);
    buf_add(buf, STR(" | "));
    print_also(buf, rule);
    buf_add(buf, STR(" |\n"));
}

static void star_table(Buf *buf)
{
    buf_add(buf, STR("| what | read with a reason by | in |\n|---|---|---|\n"));
    for (unsigned i = 0; matrix_star_at(i); i++) {
        const MatrixStar *star = matrix_star_at(i);
        buf_format(buf, "| %s |", star->name);
        print_columns(buf, star->columns);
        buf_add(buf, STR(" | "));
        print_when(buf, star->states, star->set, star->clear);
        buf_add(buf, STR(" |\n"));
    }
}

static void act_table(Buf *buf)
{
    buf_add(buf, STR("| act | who | in | standing as | needs one of | only with | never with | and |\n"
                     "|---|---|---|---|---|---|---|---|\n"));
    for (size_t i = 0; i < rule_count; i++)
        act_row(buf, &rules[i]);
}

static void opening_table(Buf *buf)
{
    buf_add(buf, STR("| reason | who may give it |\n|---|---|\n"));
    for (unsigned opening = 1; opening < OPENING_LIMIT; opening++) {
        uint32_t roles = 0;
        for (unsigned role = 1; role < ROLE_COUNT; role++)
            if (policy_openings((Role)role) & 1u << opening)
                roles |= 1u << role;
        buf_format(buf, "| %s | ", opening_code((Opening)opening));
        print_roles(buf, roles);
        buf_add(buf, STR(" |\n"));
    }
}

static void role_table(Buf *buf)
{
    buf_add(buf, STR("| role | short | belongs to | column of the matrix |\n|---|---|---|---|\n"));
    for (unsigned role = 1; role < ROLE_COUNT; role++) {
        enum column column = matrix_column((Role)role);
        buf_format(buf, "| %s | %s | %s | %s |\n", role_code((Role)role), role_short((Role)role),
                   role_is_family((Role)role) ? "family" : role_is_operator((Role)role) ? "operators" : "municipality",
                   column == COLUMN_COUNT ? "-" : titles[column]);
    }
}

/* The acts that a flag opens or stops, each once. */
static void print_acts(Buf *buf, Flags flag, bool open)
{
    Act before = ACT_NONE;
    for (size_t i = 0; i < rule_count; i++) {
        if (!((open ? rules[i].set : rules[i].clear) & flag) || rules[i].act == before)
            continue;
        buf_format(buf, "%s%s", before == ACT_NONE ? "" : " ", act_code(rules[i].act));
        before = rules[i].act;
    }
}

static void flag_table(Buf *buf)
{
    buf_add(buf, STR("| flag | rows of the matrix that it chooses | acts that need it | acts that it stops |\n|---|---|---|---|\n"));
    for (unsigned bit = 0; bit < FLAG_COUNT; bit++) {
        buf_format(buf, "| %s |", flag_code((enum flag_bit)bit));
        for (unsigned i = 0; matrix_at(i); i++)
            if ((matrix_at(i)->set | matrix_at(i)->clear) & FLAG_AT(bit))
                buf_format(buf, " %u", i + 1);
        buf_add(buf, STR(" | "));
        print_acts(buf, FLAG_AT(bit), true);
        buf_add(buf, STR(" | "));
        print_acts(buf, FLAG_AT(bit), false);
        buf_add(buf, STR(" |\n"));
    }
}

const DomainTable policy_tables[] = {
    {"matrix", "who may read and write in which state", matrix_table},
    {"stars", "what is read with a reason, whatever row decides", star_table},
    {"acts", "every act with its conditions", act_table},
    {"openings", "the reasons that are given for opening a log", opening_table},
    {"roles", "the roles", role_table},
    {"flags", "what each flag chooses, opens and stops", flag_table},
};
const size_t policy_table_count = COUNT_OF(policy_tables);
