/* stafettlogg statistics freeze | verify | show | dump MUNICIPALITY: publishes what is due; checks every publication again from its
 * facts; tells which there are; prints every number that pages may show.
 * Must not print a fact, a ledger or a certificate.
 * Called from the table of commands. */
#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "cli/command/place.h"
#include "cli/control/control.h"
#include "cli/statistics/dump.h"
#include "service/municipality.h"
#include "service/prover.h"
#include "service/statistics/verify.h"

#define SCRATCH ((size_t)1 << 20)

enum { OPTION_TO = 256 };

static const struct argp_option options[] = {
    {.name = "to", .key = OPTION_TO, .arg = "YYYYQN", .doc = "freeze: up to this quarter, which is over (mode test and demo only)"},
    {0},
};

typedef struct Wish {
    Place place;
    const char *act, *number;
    char to[8]; /* a quarter's number, or empty */
} Wish;

/* "2026Q2" as year * 4 + 1. */
static bool read_quarter(const char *text, char ret_number[static 8])
{
    int64_t year = 0, quarter = 0;
    const Str whole = str_from_c(text);

    if (whole.length != 6 || text[4] != 'Q' || !is_ok(num_parse(str_slice(whole, 0, 4), 1900, 2999, &year)) ||
        !is_ok(num_parse(str_slice(whole, 5, 6), 1, 4, &quarter)))
        return false;
    snprintf(ret_number, 8, "%d", (int)(year * 4 + quarter - 1));
    return true;
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    Wish *wish = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &wish->place;
        return 0;
    case OPTION_TO:
        if (!read_quarter(text, wish->to))
            argp_error(state, "--to takes a quarter as 2026Q2");
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 1)
            argp_error(state, "one municipality at a time");
        *(state->arg_num == 0 ? &wish->act : &wish->number) = text;
        return 0;
    case ARGP_KEY_END:
        if (!wish->number)
            argp_error(state, "say: freeze, verify, show or dump, and which MUNICIPALITY");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* ---- verify ---- */

static void tell_finding(void *self, const StatisticsFinding *finding)
{
    static const char *const families[] = {"", ", attentions", ", measures"};

    printf("%s publication %u%s: %s\n", (const char *)self, finding->number, families[finding->family],
           finding->fault ? cube_fault_text(finding->fault) : "its facts or its bytes are not those that were published");
}

static Err verify(const Wish *wish, Store *store)
{
    const StatisticsVerify order = {.store = store, .self = (void *)(uintptr_t)wish->number, .found = tell_finding};
    VerifyCounts counts = {0};

    TRY(statistics_verify(&order, &counts));
    fprintf(stderr, "%s: %u publications, %llu shown numbers compared, %llu that must not be found out, %llu certificates recomputed, "
                    "%u findings\n", wish->number, counts.publications, (unsigned long long)counts.numbers,
            (unsigned long long)counts.sensitive, (unsigned long long)counts.certificates, counts.findings);
    return counts.findings > 0 ? fail(E_FORGED) : ok();
}

/* ---- show ---- */

static void print_day(Day day)
{
    const Date date = date_from_day(day);

    printf("%04d-%02u-%02u", date.year, date.month, date.day);
}

static void print_hash(const Hash *hash)
{
    for (size_t i = 0; i < HASH_BYTES; i++)
        printf("%02x", hash->bytes[i]);
}

static Err show(const Wish *wish, Store *store, Arena *arena)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    PublicationRows rows = {0};

    TRY(store_read(store, &tx));
    TRY(store_publications(tx, arena, &rows));
    if (rows.count == 0)
        printf("%s: nothing is published\n", wish->number);
    for (uint32_t i = 0; i < rows.count; i++) {
        const PublicationRow *row = &rows.items[i];
        printf("%s publication %u, ", wish->number, row->number);
        print_day(oslo_day(row->published_at));
        printf(", up to %u Q%u, shown ", row->period / 4u, row->period % 4u + 1);
        print_hash(&row->shown);
        printf("\n");
    }
    return ok();
}

/* ---- the command ---- */

static Err read_only(const Wish *wish, const Tools *tools)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(keys_closep) Keys *keys = NULL;
    AUTO(stores_closep) Stores *stores = NULL;
    StoresOptions place = place_stores(&wish->place, &tools->world);
    Municipality municipality;
    KeysStatus status;
    Store *store = NULL;

    TRY(arena_new(SCRATCH, &arena));
    TRY(keys_open(&(KeysOptions){.socket = wish->place.keyd, .crypto = tools->crypto, .connections = 1}, &keys));
    place.prover = service_prover(keys);
    TRY(about("key agent", wish->place.keyd, keys_status(keys, &status)));
    if (status.sealed)
        return fail(E_SEALED);
    TRY(about("a database in", wish->place.data, stores_open_reading(&place, &stores)));
    Service service = {.stores = stores, .keys = keys, .world = &tools->world, .mode = status.mode};
    TRY(about("municipality", wish->number, municipality_by_number(&service, str_from_c(wish->number), arena, &municipality)));
    TRY(store_of(stores, municipality.tenant, &store));
    if (strcmp(wish->act, "verify") == 0)
        return verify(wish, store);
    return strcmp(wish->act, "dump") == 0 ? statistics_dump(store, stdout) : show(wish, store, arena);
}

static Err freeze(const Wish *wish)
{
    const ControlRequest request = {.act = CONTROL_STATISTICS, .texts = {str_from_c(wish->number), str_from_c(wish->to)}};
    const Err frozen = control_ask(&wish->place, &request);

    if (command_has_told())
        return frozen;
    if (frozen.id == E_FORGED)
        return told(frozen, "municipality %s: facts or an earlier publication are not what was written; nothing was published", wish->number);
    if (frozen.id == E_RANGE)
        return told(frozen, "municipality %s: that quarter is not over; nothing was published", wish->number);
    if (frozen.id == E_INTERNAL)
        return told(frozen, "municipality %s: no set of numbers could be certified that may be shown; nothing was published, try again",
                    wish->number);
    return about("municipality", wish->number, frozen);
}

static bool is_one_of(const char *act, const char *const *acts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(act, acts[i]) == 0)
            return true;
    return false;
}

Err command_statistics(int argc, char **argv)
{
    static const char *const reading[] = {"verify", "show", "dump"};
    static const struct argp argp = {.options = options, .children = place_children,
                                     .parser = parse,
                                     .args_doc = "freeze|verify|show|dump MUNICIPALITY",
                                     .doc = "Publishes the statistics of a municipality that are due, checks every publication again, tells "
                                            "which there are, or prints every number that is shown."};
    AUTO(tools_close) Tools tools = {0};
    Wish wish = {.place.keyd = KEYD_SOCKET};

    argp_parse(&argp, argc, argv, 0, NULL, &wish);
    if (strcmp(wish.act, "freeze") == 0)
        return freeze(&wish);
    if (!is_one_of(wish.act, reading, COUNT_OF(reading)))
        return told(fail(E_USAGE), "say freeze, verify, show or dump");
    TRY(tools_open(&tools));
    return read_only(&wish, &tools);
}
