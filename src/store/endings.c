/* What ended, out of a changed row.
 * Must not hold a name of anything that is not in the tables.
 * Called by audit.c and catch_up.c. */
#include "store/endings.h"

#include "domain/states.h"

/* When a row makes a line. */
enum rule_when { WHEN_GONE, WHEN_NOT_ZERO, WHEN_MARKED };

typedef struct Rule {
    enum table table;
    enum rule_when when;
    uint8_t kind;
    uint8_t column; /* its number in the list of the table, of WHEN_NOT_ZERO */
} Rule;

#define AT_LOG_STATE 3
#define AT_LOG_FLAGS 4
#define AT_LOG_CLOSED 12
#define AT_LOG_PASSIVE 14
#define AT_PARTICIPANT_TO 7
#define AT_ROLE_TO 5
#define AT_DELETION_PURGED 18
#define AT_DELETION_CONFIRMED 19
#define AT_CONSENT_WITHDRAWN 6
#define FLAGS_MASK ((INT64_C(1) << 48) - 1)

static const Rule rules[] = {
    {TABLE_LOG, WHEN_GONE, LEDGER_LOG_GONE, 0},
    {TABLE_LOG, WHEN_MARKED, LEDGER_LOG_STATE, 0},
    {TABLE_LOG, WHEN_MARKED, LEDGER_LOG_PASSIVE, 0},
    {TABLE_CONSENT, WHEN_NOT_ZERO, LEDGER_CONSENT_WITHDRAWN, AT_CONSENT_WITHDRAWN},
    {TABLE_CONSENT_UNIT, WHEN_GONE, LEDGER_CONSENT_UNIT_GONE, 0},
    {TABLE_PARTICIPANT, WHEN_NOT_ZERO, LEDGER_PARTICIPANT_ENDED, AT_PARTICIPANT_TO},
    {TABLE_ROLE, WHEN_NOT_ZERO, LEDGER_ROLE_ENDED, AT_ROLE_TO},
    {TABLE_PERSON, WHEN_GONE, LEDGER_PERSON_GONE, 0},
    {TABLE_DOCUMENT, WHEN_GONE, LEDGER_DOCUMENT_GONE, 0},
    {TABLE_SCOPE_KEY, WHEN_GONE, LEDGER_KEY_GONE, 0},
    {TABLE_REPORT, WHEN_GONE, LEDGER_REPORT_GONE, 0},
    {TABLE_DELETION, WHEN_NOT_ZERO, LEDGER_DELETION_DONE, AT_DELETION_PURGED},
    {TABLE_DELETION, WHEN_NOT_ZERO, LEDGER_DELETION_CONFIRMED, AT_DELETION_CONFIRMED},
};

static bool applies(const Rule *rule, const Value *columns, bool marked)
{
    switch (rule->when) {
    case WHEN_GONE:
        return !columns;
    case WHEN_NOT_ZERO:
        return columns && columns[rule->column].number != 0;
    case WHEN_MARKED:
        return columns && marked && (rule->kind == LEDGER_LOG_STATE || columns[AT_LOG_STATE].number != STATE_DELETED);
    }
    return false;
}

/* A log that was purged keeps its row, and is gone all the same. */
static LedgerFact fact_of_log(uint8_t kind, const Value *columns)
{
    const int64_t state = columns[AT_LOG_STATE].number;

    if (kind == LEDGER_LOG_PASSIVE)
        return (LedgerFact){kind, columns[AT_LOG_PASSIVE].number};
    if (state == STATE_DELETED)
        return (LedgerFact){LEDGER_LOG_GONE, 0};
    return (LedgerFact){kind, state << 56 | columns[AT_LOG_CLOSED].number << 48 | (columns[AT_LOG_FLAGS].number & FLAGS_MASK)};
}

static LedgerFact fact_of(const Rule *rule, const Value *columns)
{
    if (rule->when == WHEN_GONE)
        return (LedgerFact){rule->kind, 0};
    return rule->table == TABLE_LOG ? fact_of_log(rule->kind, columns) : (LedgerFact){rule->kind, columns[rule->column].number};
}

LedgerFacts ledger_facts(enum table table, const Value *columns, bool marked)
{
    LedgerFacts facts = {0};

    for (size_t i = 0; i < COUNT_OF(rules); i++)
        if (rules[i].table == table && applies(&rules[i], columns, marked) && facts.count < LEDGER_FACTS_MAX)
            facts.items[facts.count++] = fact_of(&rules[i], columns);
    return facts;
}

bool ledger_tells(enum table table)
{
    for (size_t i = 0; i < COUNT_OF(rules); i++)
        if (rules[i].table == table)
            return true;
    return false;
}
