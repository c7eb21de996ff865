/* Ends things in a database with a ledger until it is killed at its n-th call that changes a file; or tells whether both agree.
 * Must acknowledge after store_write has returned.
 *
 * usage: crash_ledger write FOLDER TENANT N     prints the id of each log that is gone; killed at the n-th call, or 0: never, and then
 *                                               how many calls there were on standard error
 *        crash_ledger check FOLDER TENANT       prints each log that is gone in both; exit 1 where they differ */
#include "crash/killed_at.h"

#include "support/stores.h"

#include "domain/states.h"
#include "store/ending/purge.h"
#include "store/ledger/file.h"

#define LOGS 3

typedef struct Ending {
    LogRow log;
    int64_t no;
    uint32_t step;
} Ending;

static Err make(Tx *tx, void *context)
{
    Ending *ending = context;
    const AuditLine line = line_of(ending->log.id);
    const ScopeKeyRow key = {.scope = ending->log.id, .kind = 1, .epoch = 1, .wrapped = STR("wrapped")};
    const DocumentRow document = {.id = new_id(), .media = 1, .sealed = STR("document")};
    DocumentRow row = document;

    TRY(store_log_insert(tx, &ending->log, &ending->no));
    row.log_no = ending->no;
    TRY(store_document_insert(tx, &row));
    TRY(store_scope_insert(tx, &key));
    return store_audit(tx, &line);
}

static Err end(Tx *tx, void *context)
{
    Ending *ending = context;
    const AuditLine line = line_of(ending->log.id);
    PurgeCounts counts;
    LogRow row;

    TRY(store_log_by_no(tx, ending->no, &row));
    TRY(store_log_purge(tx, &row, &counts));
    return store_audit(tx, &line);
}

static int write_all(Store *store)
{
    for (int i = 0; i < LOGS; i++) {
        Ending ending = {.log = log_row()};
        char text[ID_TEXT + 2];
        ending.log.display += (uint32_t)(getpid() % 10000) * 1000;
        id_to_text(ending.log.id, text);
        strcat(text, "\n");
        if (!is_ok(store_write(store, make, &ending)) || !is_ok(store_write(store, end, &ending)))
            return 3;
        if (write(STDOUT_FILENO, text, strlen(text)) != (ssize_t)strlen(text))
            return 2;
    }
    return 0;
}

typedef struct Checking {
    Id tenant;
    Tx *tx;
    int differs;
} Checking;

/* Never recorded and undeleted. */
static Err is_gone(void *self, const LedgerLine *line)
{
    Checking *checking = self;
    char text[ID_TEXT + 1];
    LogRow row;

    if (!id_equal(line->tenant, checking->tenant) || line->kind != LEDGER_LOG_GONE)
        return ok();
    checking->differs += !is_ok(store_log_by_id(checking->tx, line->object, &row)) || row.state != STATE_DELETED;
    id_to_text(line->object, text);
    printf("%s\n", text);
    return ok();
}

static void tell_finding(void *self, const Finding *finding)
{
    (void)self;
    fprintf(stderr, "%s %s line %lld\n", finding_name(finding->kind), finding->table ? finding->table : "", (long long)finding->seq);
}

static int check(Store *store, Id tenant, const char *path)
{
    Checking checking = {.tenant = tenant};
    const VerifyWatch watch = {.found = tell_finding};
    Ledger *ledger = NULL;
    VerifyResult result;

    if (!is_ok(store_record(store)) || !is_ok(store_verify(store, &watch, &result)) || result.findings > 0)
        return 2;
    if (!is_ok(ledger_open(&(LedgerPlaces){{path, NULL}}, true, &ledger)) || !is_ok(store_read(store, &checking.tx)))
        return 2;
    if (!is_ok(ledger_each(ledger, &(LedgerWatch){&checking, is_gone})))
        return 2;
    store_read_end(checking.tx);
    ledger_free(ledger);
    return checking.differs > 0;
}

int main(int argc, char **argv)
{
    Stores *stores = NULL;
    Store *store = NULL;
    char ledger[2][512];
    Id tenant;

    if (argc < 4 || !is_ok(id_from_text(str_from_c(argv[3]), &tenant)))
        return 64;
    for (int i = 0; i < 2; i++)
        snprintf(ledger[i], sizeof ledger[i], "%s/ledger%d", argv[2], i);
    const StoresOptions options = {.driver = sqlite_driver(), .place = str_from_c(argv[2]), .world = &test_world,
                                   .ledger = {ledger[0], ledger[1]}, .prover = test_prover};
    if (!is_ok(stores_open(&options, &stores)))
        return 2;
    Err made = stores_create(stores, tenant);
    if ((!is_ok(made) && made.id != E_DUPLICATE) || !is_ok(store_of(stores, tenant, &store)))
        return 2;
    killed_at = argc > 4 ? atol(argv[4]) : 0;
    killed_counts = 1;
    int code = strcmp(argv[1], "check") == 0 ? check(store, tenant, ledger[0]) : write_all(store);
    killed_counts = 0;
    if (strcmp(argv[1], "check") != 0)
        fprintf(stderr, "%ld\n", (long)killed_calls);
    stores_close(stores);
    return code;
}
