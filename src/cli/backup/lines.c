/* Gathers what each ledger has that the copy lacks, and lays it together by time.
 * Must not carry anything out.
 * Called by replay.c and tests. */
#include "cli/backup/lines.h"

#define WRITER_SHIFT 40
#define LEDGERS_MAX (LEDGERS_OTHER_MAX + 1) /* the copy's own is the first */

typedef struct Gathering {
    const CopyState *copy;
    LedgerLines *into; /* items NULL: they are counted only */
    uint32_t room;
    bool own;
} Gathering;

static bool same_writer(int64_t a, int64_t b)
{
    return a >> WRITER_SHIFT == b >> WRITER_SHIFT;
}

/* What the copy has of its own chain it has; a municipality that was founded after the backup is not there. */
static bool is_new(const Gathering *gathering, const LedgerLine *line)
{
    const CopyState *copy = gathering->copy;

    if (gathering->own && line->seq <= copy->own)
        return false;
    for (uint32_t i = 0; i < copy->count; i++)
        if (id_equal(copy->databases[i].tenant, line->tenant))
            return !same_writer(line->chain, copy->databases[i].newest) || line->chain > copy->databases[i].newest;
    return false;
}

/* Of another server's ledger nobody noted how much of it the copy has. Where it says that the chain went back, by a restore before this
 * backup was made, what stood behind that number was carried out in what was backed up. */
static void forget_former(const Gathering *gathering, const LedgerLine *stands)
{
    if (gathering->own || stands->at > gathering->copy->made_at)
        return;
    for (uint32_t i = 0; i < gathering->into->count; i++) {
        LedgerLine *line = &gathering->into->items[i];
        if (id_equal(line->tenant, stands->tenant) && same_writer(line->chain, stands->chain) && line->chain > stands->chain)
            line->kind = LEDGER_NONE;
    }
}

static Err take_line(void *self, const LedgerLine *line)
{
    const Gathering *gathering = self;
    LedgerLines *into = gathering->into;

    if (into->items && line->kind == LEDGER_STANDS)
        forget_former(gathering, line);
    if (!is_new(gathering, line))
        return ok();
    if (into->items && into->count == gathering->room)
        return fail(E_BUSY); /* a server goes on writing it */
    if (into->items)
        into->items[into->count] = *line;
    into->count++;
    return ok();
}

/* Counted first: there may be many. */
static Err gather(Gathering *gathering, const Ledger *ledger, Arena *keep)
{
    const LedgerWatch watch = {.self = gathering, .line = take_line};

    TRY(ledger_each(ledger, &watch));
    gathering->room = gathering->into->count;
    TRY(ARENA_NEW(keep, LedgerLine, gathering->room + 1, &gathering->into->items));
    gathering->into->count = 0;
    return ledger_each(ledger, &watch);
}

/* Of equal times that of the first ledger. */
static LedgerLine *earliest(const LedgerLines *sources, uint32_t *at, uint32_t count)
{
    uint32_t found = count;

    for (uint32_t i = 0; i < count; i++)
        if (at[i] < sources[i].count && (found == count || sources[i].items[at[i]].at < sources[found].items[at[found]].at))
            found = i;
    return found == count ? NULL : &sources[found].items[at[found]++];
}

Err lines_gather(const CopyState *copy, const Ledger *own, const OtherLedgers *others, Arena *keep, LedgerLines *ret_lines)
{
    LedgerLines sources[LEDGERS_MAX] = {{0}}, lines = {0};
    uint32_t at[LEDGERS_MAX] = {0}, count = others->count + 1, room = 0;

    for (uint32_t i = 0; i < count; i++) {
        Gathering gathering = {.copy = copy, .into = &sources[i], .own = i == 0};
        TRY(gather(&gathering, i == 0 ? own : others->items[i - 1], keep));
        room += sources[i].count;
    }
    TRY(ARENA_NEW(keep, LedgerLine, room + 1, &lines.items));
    for (const LedgerLine *line; (line = earliest(sources, at, count)) != NULL;)
        if (line->kind != LEDGER_NONE)
            lines.items[lines.count++] = *line;
    *ret_lines = lines;
    return ok();
}
