/* The list of statements as a table.
 * Must not be changed at run time.
 * Read by the drivers and the tests. */
#include "store/statements.h"

#define X(id, parameters_, columns_, sql_) \
    [SQL_##id] = {.name = #id, .parameters = "" parameters_, .columns = "" columns_, .sql = sql_},
const Statement statements[SQL_COUNT] = {STATEMENTS};
#undef X
