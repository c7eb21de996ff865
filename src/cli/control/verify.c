/* stafettlogg verify: is everything in the databases as it was written?
 * Must not open a database for writing, or print content: findings name tables, row ids and lines.
 * Called from the table of commands. */
#include <argp.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/command/place.h"
#include "cli/control/control.h"
#include "service/municipality.h"
#include "service/municipality/verify.h"
#include "service/prover.h"

#define SCRATCH ((size_t)1 << 20)
#define TELL_EVERY_MS 1000

static const struct argp_option options[] = {
    {.name = "municipality", .key = 'm', .arg = "NNNN", .doc = "this municipality only (default: the host's database and all)"},
    {.name = "other-ledger", .key = 'O', .arg = "FILE",
     .doc = "the ledger of another server of the same PostgreSQL databases; may be given several times"},
    {0},
};

typedef struct Wish {
    Place place;
    const char *municipality;
    const char *others[LEDGERS_OTHER_MAX];
    OtherLedgers ledgers;
} Wish;

static error_t parse(int key, char *text, struct argp_state *state)
{
    Wish *wish = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &wish->place;
        return 0;
    case 'm':
        wish->municipality = text;
        return 0;
    case 'O':
        if (wish->ledgers.count == LEDGERS_OTHER_MAX)
            argp_error(state, "at most %d ledgers of other servers", LEDGERS_OTHER_MAX);
        wish->others[wish->ledgers.count++] = text;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "no arguments are expected");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* One database on its way through verify. */
typedef struct Telling {
    Str name; /* "host", or the municipality's number */
    int64_t told_at;
    bool terminal;
} Telling;

static void tell_progress(void *self, uint64_t done, uint64_t total)
{
    Telling *telling = self;
    int64_t now = clock_monotonic_ms();

    if (now - telling->told_at < TELL_EVERY_MS)
        return;
    telling->told_at = now;
    fprintf(stderr, "%.*s: %llu of %llu lines and rows%s", STR_ARGS(telling->name), (unsigned long long)done,
            (unsigned long long)total, telling->terminal ? "\r" : "\n");
}

static void tell_finding(void *self, const Finding *finding)
{
    const Telling *telling = self;
    char row[ID_TEXT + 1];

    printf("%.*s %s", STR_ARGS(telling->name), finding_name(finding->kind));
    if (finding->table) {
        id_to_text(finding->row, row);
        printf(" %s %s", finding->table, row);
    }
    if (finding->seq)
        printf(" line %lld", (long long)finding->seq);
    printf(": %s\n", finding_text(finding->kind));
}

/* What custodians accept when they take this database for the newest: stafettlogg custodian accept-head. */
static void tell_head(Id tenant, Str name, const VerifyResult *result)
{
    char id[ID_TEXT + 1];

    id_to_text(tenant, id);
    fprintf(stderr, "%.*s: head %s %llu ", STR_ARGS(name), id, (unsigned long long)result->size);
    for (size_t i = 0; i < sizeof result->root.bytes; i++)
        fprintf(stderr, "%02x", result->root.bytes[i]);
    fputc('\n', stderr);
}

static Err verify_one(Service *service, const Wish *wish, Id tenant, Str name, uint64_t *findings)
{
    Telling telling = {.name = name, .told_at = clock_monotonic_ms(), .terminal = isatty(STDERR_FILENO)};
    const VerifyTo to = {.self = &telling, .progress = tell_progress, .found = tell_finding, .others = wish->ledgers};
    VerifyResult result = {0};

    TRY(verify_database(service, tenant, &to, &result));
    fprintf(stderr, "%.*s: %llu lines, %llu rows, %llu signed heads, %llu findings\n", STR_ARGS(name),
            (unsigned long long)result.lines, (unsigned long long)result.rows, (unsigned long long)result.heads,
            (unsigned long long)result.findings);
    tell_head(tenant, name, &result);
    *findings += result.findings;
    return ok();
}

/* A municipality without its database: the row that names it stands in the host's. */
static Err verify_municipality(Service *service, const Wish *wish, const Municipality *municipality, uint64_t *findings)
{
    Err verified = verify_one(service, wish, municipality->tenant, municipality->number, findings);

    if (verified.id != E_NOT_FOUND)
        return verified;
    printf("%.*s DATABASE_MISSING: there is no such database, or the key agent does not know it\n",
           STR_ARGS(municipality->number));
    (*findings)++;
    return ok();
}

static Err verify_all(Service *service, const Wish *wish, Arena *arena, Id *ret_tenant, uint64_t *findings)
{
    Municipalities all = {0};
    Municipality one;

    if (wish->municipality) {
        TRY(about("municipality", wish->municipality,
                  municipality_by_number(service, str_from_c(wish->municipality), arena, &one)));
        *ret_tenant = one.tenant;
        return verify_municipality(service, wish, &one, findings);
    }
    TRY(verify_one(service, wish, (Id){0}, STR("host"), findings));
    TRY(municipality_list(service, arena, &all));
    for (uint32_t i = 0; i < all.count; i++)
        TRY(verify_municipality(service, wish, &all.items[i], findings));
    return ok();
}

/* A running serve writes the result into the host's audit. Without one nothing is written: whoever opens a database that
 * was tampered with to write in it spoils the trace. */
static Err record(const Wish *wish, Id tenant, uint64_t findings, Arena *arena)
{
    ControlRequest request = {.act = CONTROL_VERIFIED};
    Buf id = buf_new(arena, ID_TEXT);
    bool running = false;

    if (!id_is_none(tenant))
        buf_add_id(&id, tenant);
    TRY(buf_done(&id, &request.texts[0]));
    TRY(str_format(arena, &request.texts[1], "%llu", (unsigned long long)(findings < UINT32_MAX ? findings : UINT32_MAX)));
    return control_ask_running(&wish->place, &request, &running);
}

static Err open_others(Wish *wish, Ledger **ledgers)
{
    for (uint32_t i = 0; i < wish->ledgers.count; i++) {
        TRY(about("ledger", wish->others[i], ledger_open(&(LedgerPlaces){.paths = {wish->others[i]}}, true, &ledgers[i])));
        wish->ledgers.items[i] = ledgers[i];
    }
    return ok();
}

static Err run(const Wish *wish, const Tools *tools)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(keys_closep) Keys *keys = NULL;
    AUTO(stores_closep) Stores *stores = NULL;
    StoresOptions place = place_stores(&wish->place, &tools->world);
    KeysStatus status;
    uint64_t findings = 0;
    Id tenant = {{0}};

    TRY(arena_new(SCRATCH, &arena));
    TRY(keys_open(&(KeysOptions){.socket = wish->place.keyd, .crypto = tools->crypto, .connections = 1}, &keys));
    place.prover = service_prover(keys);
    TRY(about("key agent", wish->place.keyd, keys_status(keys, &status)));
    if (status.sealed)
        return fail(E_SEALED);
    TRY(about("a database in", wish->place.data, stores_open_reading(&place, &stores)));
    Service service = {.stores = stores, .keys = keys, .world = &tools->world, .mode = status.mode};
    TRY(verify_all(&service, wish, arena, &tenant, &findings));
    fflush(stdout);
    Err recorded = record(wish, tenant, findings, arena);
    if (!is_ok(recorded))
        fprintf(stderr, "The result could not be written into the audit: %s\n", err_text(recorded.id));
    return findings ? fail(E_FORGED) : ok();
}

Err command_verify(int argc, char **argv)
{
    static const struct argp argp = {.options = options, .children = place_children,
                                     .parser = parse,
                                     .doc = "Compares every row and audit line with what was written, and names each that "
                                            "is not. Changes nothing; serve may run."};
    Wish wish = {.place.keyd = KEYD_SOCKET};
    Tools tools;

    argp_parse(&argp, argc, argv, 0, NULL, &wish);
    TRY(tools_open(&tools));
    Ledger *ledgers[LEDGERS_OTHER_MAX] = {0};
    Err result = open_others(&wish, ledgers);
    if (is_ok(result))
        result = run(&wish, &tools);
    for (uint32_t i = 0; i < LEDGERS_OTHER_MAX; i++)
        ledger_free(ledgers[i]);
    tools_close(&tools);
    return result;
}
