/* Writes acknowledged works until it is killed, or tells what is stored. tests/crash/crash.py kills and compares.
 * Must acknowledge after store_write has returned; `early` acknowledges before, which the comparison must notice.
 *
 * usage: crash_store write|early FOLDER ROUND     prints one line for each acknowledged work
 *        crash_store check FOLDER                  prints what is stored, one a line; exit 1 when it does not verify */
#include "support/stores.h"

#include <pthread.h>

#define THREADS 16

typedef struct Hand {
    pthread_t thread;
    Store *store;
    const char *round;
    uint32_t number;
    bool early;
} Hand;

static Err write_one(Tx *tx, void *context)
{
    const AuditLine line = line_of(new_id());
    TRY(store_setting_put(tx, str_from_c(context), STR("value"), 0));
    return store_audit(tx, &line);
}

/* One write, so that a line is never torn: it is shorter than PIPE_BUF. */
static void acknowledge(const char *name)
{
    char line[80];
    int length = snprintf(line, sizeof line, "%s\n", name);
    if (write(STDOUT_FILENO, line, (size_t)length) != length)
        _exit(2);
}

static void *hand_run(void *argument)
{
    const Hand *hand = argument;
    char name[64];

    for (uint32_t i = 0;; i++) {
        snprintf(name, sizeof name, "r%s-%u-%u", hand->round, hand->number, i);
        if (hand->early)
            acknowledge(name);
        if (!is_ok(store_write(hand->store, write_one, name)))
            _exit(3);
        if (!hand->early)
            acknowledge(name);
    }
    return NULL;
}

static void tell_finding(void *self, const Finding *finding)
{
    (void)self;
    fprintf(stderr, "%s %s line %lld\n", finding_name(finding->kind), finding->table ? finding->table : "",
            (long long)finding->seq);
}

static int check(Store *store)
{
    AUTO(arena_freep) Arena *keep = test_arena();
    const VerifyWatch watch = {.found = tell_finding};
    VerifyResult result;
    SettingRows rows;
    Tx *tx = NULL;

    if (!is_ok(store_verify(store, &watch, &result)) || !is_ok(store_read(store, &tx)))
        return 2;
    if (!is_ok(store_settings(tx, keep, &rows)))
        return 2;
    for (uint32_t i = 0; i < rows.count; i++)
        printf("%.*s\n", STR_ARGS(rows.items[i].name));
    store_read_end(tx);
    return result.findings > 0 || result.lines != rows.count;
}

int main(int argc, char **argv)
{
    static Hand hands[THREADS];
    Stores *stores = NULL;

    if (argc < 3)
        return 64;
    const StoresOptions options = {.driver = sqlite_driver(), .place = str_from_c(argv[2]), .world = &test_world,
                                   .prover = test_prover};
    if (!is_ok(stores_open(&options, &stores)))
        return 2;
    if (strcmp(argv[1], "check") == 0) {
        int code = check(store_host(stores));
        stores_close(stores);
        return code;
    }
    for (uint32_t i = 0; i < THREADS && argc > 3; i++) {
        hands[i] = (Hand){.store = store_host(stores), .round = argv[3], .number = i, .early = strcmp(argv[1], "early") == 0};
        if (pthread_create(&hands[i].thread, NULL, hand_run, &hands[i]) != 0)
            return 2;
    }
    for (;;)
        pause();
}
