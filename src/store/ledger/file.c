/* The ledger's file and its second place: opened, checked, added to.
 * Must not change a line that stands.
 * Called by stores.c, writer.c, heads.c, verify.c and catch_up.c. */
#include "store/ledger/file.h"

#include <stdlib.h>
#include <string.h>

#include "sys/file.h"
#include "sys/log.h"

#define PATH_BYTES 512
#define CHUNK_LINES 1024
#define CHUNK_BYTES ((size_t)CHUNK_LINES * LEDGER_LINE_BYTES)
#define CHUNK_ARENA (CHUNK_BYTES + 4096)
#define TORN_MAX ((uint64_t)64 << 10) /* what one write can have left unsynced at a cut; more is no cut */
#define WAITING_MAX 1000000
#define POINTS 8

/* The newest lines of one database. */
typedef struct Point {
    int64_t chain;
    Hash hash;
} Point;

typedef struct Tenant {
    Id id;
    Point points[POINTS]; /* a ring */
    uint64_t count;
} Tenant;

struct Ledger {
    char paths[LEDGER_PLACES][PATH_BYTES];
    uint32_t places;
    bool reading;
    Mutex lock;
    Sha256 *sha;
    uint64_t seq;         /* of the newest line, and its hash */
    Hash hash;
    Tenant *tenants;
    uint32_t tenant_count, tenant_room;
    LedgerLine *waiting;
    uint32_t waiting_count, waiting_room;
};

/* ---- what stands ---- */

static Tenant *tenant_of(const Ledger *ledger, Id id)
{
    for (uint32_t i = 0; i < ledger->tenant_count; i++)
        if (id_equal(ledger->tenants[i].id, id))
            return &ledger->tenants[i];
    return NULL;
}

static Err tenant_add(Ledger *ledger, Id id, Tenant **ret_tenant)
{
    if (ledger->tenant_count == ledger->tenant_room) {
        const uint32_t room = ledger->tenant_room ? 2 * ledger->tenant_room : 16;
        Tenant *grown = realloc(ledger->tenants, room * sizeof *grown);
        if (!grown)
            return fail(E_NO_MEMORY);
        ledger->tenants = grown;
        ledger->tenant_room = room;
    }
    *ret_tenant = &ledger->tenants[ledger->tenant_count++];
    **ret_tenant = (Tenant){.id = id};
    return ok();
}

static Err note(Ledger *ledger, const LedgerLine *line)
{
    Tenant *tenant = tenant_of(ledger, line->tenant);

    if (!tenant)
        TRY(tenant_add(ledger, line->tenant, &tenant));
    tenant->points[tenant->count++ % POINTS] = (Point){line->chain, line->hash};
    ledger->seq = line->seq;
    ledger->hash = line->hash;
    return ok();
}

/* ---- reading a file ---- */

typedef struct Scan {
    Sha256 *sha;
    uint64_t seq;  /* good lines so far, and the hash of the last */
    Hash hash;
    uint64_t mark; /* the hash that this line has is kept */
    Hash marked;
    bool bad;      /* a whole line follows that is none */
    const LedgerWatch *watch;
} Scan;

static Err take(Scan *scan, Str bytes, bool *ret_good)
{
    LedgerLine line;
    Err read = ledger_line_follow(scan->sha, &scan->hash, scan->seq + 1, bytes, &line);

    *ret_good = is_ok(read);
    if (read.id == E_FORGED)
        return ok();
    TRY(read);
    scan->seq = line.seq;
    scan->hash = line.hash;
    if (scan->seq == scan->mark)
        scan->marked = line.hash;
    return scan->watch ? scan->watch->line(scan->watch->self, &line) : ok();
}

/* The good lines that follow, up to the first that is none. */
static Err scan_on(Scan *scan, const char *path)
{
    AUTO(arena_freep) Arena *arena = NULL;
    bool good = true;
    Str chunk;

    TRY(arena_new(CHUNK_ARENA, &arena));
    do {
        const size_t start = arena_mark(arena);
        Err read = file_read_part(path, (FilePart){scan->seq * LEDGER_LINE_BYTES, CHUNK_BYTES}, arena, &chunk);
        if (read.id == E_NOT_FOUND)
            return ok(); /* a process that only reads came before the first line */
        TRY(read);
        for (size_t at = 0; good && at + LEDGER_LINE_BYTES <= chunk.length; at += LEDGER_LINE_BYTES)
            TRY(take(scan, str_slice(chunk, at, at + LEDGER_LINE_BYTES), &good));
        arena_rewind(arena, start);
    } while (good && chunk.length == CHUNK_BYTES);
    scan->bad = !good;
    return ok();
}

static Err scan_begin(Sha256 *sha, Scan *ret_scan)
{
    *ret_scan = (Scan){.sha = sha};
    return ledger_start(sha, &ret_scan->hash);
}

/* How much of a file is good. What a cut left behind the last line was never answered for, and goes; more than that was not left
 * by a cut. */
static Err measure(Ledger *ledger, const char *path, uint64_t mark, Scan *ret_scan)
{
    uint64_t length = 0;

    TRY(scan_begin(ledger->sha, ret_scan));
    ret_scan->mark = mark;
    TRY(scan_on(ret_scan, path));
    if (ledger->reading)
        return ok();
    TRY(file_length(path, &length));
    const uint64_t good = ret_scan->seq * LEDGER_LINE_BYTES;
    if (length == good)
        return ok();
    if (length - good > TORN_MAX)
        return fail(E_FORGED);
    LOG(LOG_LEVEL_WARNING, "ledger-end-cut", log_number("bytes", (int64_t)(length - good)));
    return file_cut(path, good);
}

static Err make_if_none(const char *path)
{
    uint64_t length = 0;
    Err found = file_length(path, &length);

    return found.id == E_NOT_FOUND ? file_write(path, STR_NONE, 0600) : found;
}

static Err copy_on(const char *from, const char *to, uint64_t at, uint64_t end)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str chunk;

    TRY(arena_new(CHUNK_ARENA, &arena));
    while (at < end) {
        const size_t start = arena_mark(arena);
        const uint64_t left = end - at;
        TRY(file_read_part(from, (FilePart){at, left < CHUNK_BYTES ? (size_t)left : CHUNK_BYTES}, arena, &chunk));
        if (chunk.length == 0)
            return fail(E_IO);
        TRY(file_append(to, chunk));
        at += chunk.length;
        arena_rewind(arena, start);
    }
    return ok();
}

/* Two places must have gone the same way as far as both go. */
static Err make_same(Ledger *ledger)
{
    Scan first, second;

    TRY(measure(ledger, ledger->paths[1], 0, &second));
    TRY(measure(ledger, ledger->paths[0], second.seq, &first));
    if (first.seq < second.seq) {
        TRY(measure(ledger, ledger->paths[1], first.seq, &second));
        if (first.seq > 0 && memcmp(second.marked.bytes, first.hash.bytes, HASH_BYTES) != 0)
            return fail(E_FORGED);
        return copy_on(ledger->paths[1], ledger->paths[0], first.seq * LEDGER_LINE_BYTES, second.seq * LEDGER_LINE_BYTES);
    }
    if (second.seq > 0 && memcmp(first.marked.bytes, second.hash.bytes, HASH_BYTES) != 0)
        return fail(E_FORGED);
    return copy_on(ledger->paths[0], ledger->paths[1], second.seq * LEDGER_LINE_BYTES, first.seq * LEDGER_LINE_BYTES);
}

static Err note_line(void *self, const LedgerLine *line)
{
    return note(self, line);
}

/* What was added since it was read last. */
static Err read_on(Ledger *ledger)
{
    const LedgerWatch watch = {ledger, note_line};
    Scan scan = {.sha = ledger->sha, .seq = ledger->seq, .hash = ledger->hash, .watch = &watch};

    return scan_on(&scan, ledger->paths[0]);
}

static Err open_places(Ledger *ledger)
{
    Scan scan;

    if (!ledger->reading)
        for (uint32_t i = 0; i < ledger->places; i++)
            TRY(make_if_none(ledger->paths[i]));
    if (ledger->places > 1 && !ledger->reading)
        TRY(make_same(ledger));
    else
        TRY(measure(ledger, ledger->paths[0], 0, &scan));
    TRY(ledger_start(ledger->sha, &ledger->hash));
    return read_on(ledger);
}

Err ledger_open(const LedgerPlaces *places, bool reading, Ledger **ret_ledger)
{
    Ledger *ledger = calloc(1, sizeof *ledger);

    if (!ledger)
        return fail(E_NO_MEMORY);
    mutex_init(&ledger->lock);
    ledger->reading = reading;
    Err error = sha256_new(&ledger->sha);
    for (uint32_t i = 0; i < LEDGER_PLACES && is_ok(error) && places->paths[i]; i++) {
        const size_t length = strlen(places->paths[i]);
        if (length >= PATH_BYTES) {
            error = fail(E_TOO_LARGE);
            break;
        }
        memcpy(ledger->paths[ledger->places++], places->paths[i], length + 1);
    }
    if (is_ok(error))
        error = ledger->places > 0 ? open_places(ledger) : fail(E_RANGE);
    if (!is_ok(error)) {
        ledger_free(ledger);
        return error;
    }
    *ret_ledger = ledger;
    return ok();
}

void ledger_free(Ledger *ledger)
{
    if (!ledger)
        return;
    mutex_done(&ledger->lock);
    sha256_free(ledger->sha);
    free(ledger->tenants);
    free(ledger->waiting);
    free(ledger);
}

/* ---- writing ---- */

uint32_t ledger_mark(const Ledger *ledger)
{
    return ledger->waiting_count;
}

Err ledger_add(Ledger *ledger, const LedgerLine *line)
{
    if (ledger->waiting_count >= WAITING_MAX)
        return fail(E_TOO_LARGE);
    if (ledger->waiting_count == ledger->waiting_room) {
        const uint32_t room = ledger->waiting_room ? 2 * ledger->waiting_room : 64;
        LedgerLine *grown = realloc(ledger->waiting, room * sizeof *grown);
        if (!grown)
            return fail(E_NO_MEMORY);
        ledger->waiting = grown;
        ledger->waiting_room = room;
    }
    ledger->waiting[ledger->waiting_count++] = *line;
    return ok();
}

void ledger_drop(Ledger *ledger, uint32_t mark)
{
    ledger->waiting_count = mark;
}

void ledger_hold(Ledger *ledger)
{
    mutex_lock(&ledger->lock);
}

void ledger_let_go(Ledger *ledger)
{
    mutex_unlock(&ledger->lock);
}

static Err append(Ledger *ledger, Str bytes)
{
    const uint64_t end = ledger->seq * LEDGER_LINE_BYTES;

    for (uint32_t i = 0; i < ledger->places; i++) {
        Err added = file_append(ledger->paths[i], bytes);
        if (is_ok(added))
            continue;
        /* What is half there goes; where even that fails the next start does it. */
        for (uint32_t j = 0; j <= i; j++) {
            Err cut = file_cut(ledger->paths[j], end);
            (void)cut;
        }
        return added;
    }
    return ok();
}

static Err write_waiting(Ledger *ledger)
{
    AUTO(arena_freep) Arena *arena = NULL;
    const size_t length = (size_t)ledger->waiting_count * LEDGER_LINE_BYTES;
    uint64_t seq = ledger->seq;
    Hash hash = ledger->hash;
    char *bytes = NULL;

    TRY(arena_new(length + 4096, &arena));
    TRY(ARENA_NEW(arena, char, length, &bytes));
    for (uint32_t i = 0; i < ledger->waiting_count; i++) {
        ledger->waiting[i].seq = ++seq;
        TRY(ledger_line_write(ledger->sha, &hash, &ledger->waiting[i], (uint8_t *)bytes + (size_t)i * LEDGER_LINE_BYTES));
        hash = ledger->waiting[i].hash;
    }
    TRY(append(ledger, (Str){bytes, length}));
    for (uint32_t i = 0; i < ledger->waiting_count; i++)
        TRY(note(ledger, &ledger->waiting[i]));
    return ok();
}

Err ledger_write(Ledger *ledger)
{
    if (ledger->waiting_count == 0)
        return ok();
    Err written = ledger->reading ? fail(E_INTERNAL) : write_waiting(ledger);
    ledger->waiting_count = 0;
    return written;
}

/* ---- asking ---- */

int64_t ledger_stands(Ledger *ledger, Id tenant, uint16_t writer)
{
    int64_t stands = 0;

    mutex_lock(&ledger->lock);
    const Tenant *found = tenant_of(ledger, tenant);
    for (uint64_t i = 0; found && i < POINTS && i < found->count && stands == 0; i++) {
        const Point *point = &found->points[(found->count - 1 - i) % POINTS];
        if (point->chain >> 40 == writer)
            stands = point->chain;
    }
    mutex_unlock(&ledger->lock);
    return stands;
}

typedef struct Looking {
    Id tenant;
    int64_t chain;
    Hash hash;
} Looking;

static Err look(void *self, const LedgerLine *line)
{
    Looking *looking = self;

    if (id_equal(line->tenant, looking->tenant) && line->chain <= looking->chain)
        looking->hash = line->hash;
    return ok();
}

/* Held. */
static Err head_of(Ledger *ledger, Looking *looking)
{
    if (ledger->reading)
        TRY(read_on(ledger));
    const Tenant *found = tenant_of(ledger, looking->tenant);
    for (uint64_t i = 0; found && i < POINTS && i < found->count; i++) {
        const Point *point = &found->points[(found->count - 1 - i) % POINTS];
        if (point->chain > looking->chain)
            continue;
        looking->hash = point->hash;
        return ok();
    }
    return !found || found->count <= POINTS ? ok() : ledger_each(ledger, &(LedgerWatch){looking, look});
}

Err ledger_head(Ledger *ledger, Id tenant, int64_t chain, Hash *ret_hash)
{
    Looking looking = {.tenant = tenant, .chain = chain};

    mutex_lock(&ledger->lock);
    Err found = head_of(ledger, &looking);
    mutex_unlock(&ledger->lock);
    TRY(found);
    *ret_hash = looking.hash;
    return ok();
}

Err ledger_each(const Ledger *ledger, const LedgerWatch *watch)
{
    AUTO(sha256_freep) Sha256 *sha = NULL;
    Scan scan;

    TRY(sha256_new(&sha));
    TRY(scan_begin(sha, &scan));
    scan.watch = watch;
    TRY(scan_on(&scan, ledger->paths[0]));
    return scan.bad ? fail(E_FORGED) : ok();
}
