/* Publications checked again.
 * Must not stop at the first finding.
 * Called by cli. */
#include "service/statistics/verify.h"

#include <string.h>

#include "service/statistics/frozen.h"

#define VERIFY_ARENA ((size_t)1 << 30)

/* One publication, and the one before it. */
typedef struct Checking {
    const StatisticsVerify *verify;
    VerifyCounts *counts;
    const PublicationRow *row;
    const FrozenFacts *facts;
    Counted counted;
    Str shown[FAMILIES], ledger[FAMILIES], certificates[FAMILIES], before[FAMILIES];
} Checking;

static void found(const Checking *checking, CubeFamily family, CubeFault fault)
{
    const StatisticsFinding finding = {.number = checking->row->number, .family = family, .fault = fault};

    checking->counts->findings++;
    if (checking->verify->found)
        checking->verify->found(checking->verify->self, &finding);
}

/* Bytes that are not those that were published are a finding, and no error. */
static bool is_finding(Err err)
{
    return err.id == E_FORGED || err.id == E_MALFORMED || err.id == E_TRUNCATED || err.id == E_RANGE;
}

static Err read_parts(Tx *tx, Checking *checking, Arena *keep)
{
    Str joined = STR_NONE;

    TRY(store_publication_shown(tx, checking->row, keep, &joined));
    TRY(parts_split(joined, checking->shown));
    TRY(store_publication_secret(tx, checking->row, PUBLICATION_LEDGER, keep, &joined));
    TRY(parts_split(joined, checking->ledger));
    TRY(store_publication_secret(tx, checking->row, PUBLICATION_CERTIFICATES, keep, &joined));
    return parts_split(joined, checking->certificates);
}

static Err check_family(const Checking *checking, CubeFamily family)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    const size_t at = (size_t)family - 1;
    const FrozenWish wish = {.family = family, .number = checking->row->number, .first = checking->row->first, .last = checking->row->period,
                             .units = checking->row->units, .counted = &checking->counted};
    const CubePublication publication = {.shown = checking->shown[at], .ledger = checking->ledger[at],
                                         .certificates = checking->certificates[at]};
    CubeVerdict verdict = {0};
    CubeFacts facts;

    TRY(arena_new(VERIFY_ARENA, &scratch));
    TRY(frozen_cube(checking->facts, &wish, scratch, &facts));
    TRY(cube_verify(&facts, &publication, checking->before[at], scratch, &verdict));
    checking->counts->numbers += verdict.numbers;
    checking->counts->sensitive += verdict.sensitive;
    checking->counts->certificates += verdict.certificates;
    if (verdict.fault != CUBE_FAULT_NONE)
        found(checking, family, verdict.fault);
    return ok();
}

static Err check_facts(const Checking *checking)
{
    Hash now;

    TRY(frozen_hash(checking->facts, checking->row->number, &now));
    return memcmp(&now, &checking->row->frozen, sizeof now) == 0 ? ok() : fail(E_FORGED);
}

static Err check_one(Tx *tx, Checking *checking, Arena *keep)
{
    TRY(read_parts(tx, checking, keep));
    TRY(counted_decode(checking->row->lists, &checking->counted));
    TRY(check_facts(checking));
    TRY(check_family(checking, CUBE_ATTENTIONS));
    return check_family(checking, CUBE_MEASURES);
}

static Err check_all(Tx *tx, Checking *checking, const PublicationRows *rows, Arena *keep)
{
    for (uint32_t i = 0; i < rows->count; i++) {
        checking->row = &rows->items[i];
        checking->counts->publications++;
        Err checked = rows->items[i].number == i + 1 ? check_one(tx, checking, keep) : fail(E_FORGED);
        if (is_finding(checked))
            found(checking, (CubeFamily)0, CUBE_FAULT_NONE);
        else
            TRY(checked);
        memcpy(checking->before, checking->ledger, sizeof checking->before);
    }
    return ok();
}

Err statistics_verify(const StatisticsVerify *verify, VerifyCounts *ret_counts)
{
    AUTO(arena_freep) Arena *keep = NULL;
    AUTO(store_read_endp) Tx *tx = NULL;
    FrozenFacts facts = {0};
    PublicationRows rows = {0};
    VerifyCounts counts = {0};
    Checking checking = {.verify = verify, .counts = &counts, .facts = &facts};

    TRY(arena_new(VERIFY_ARENA, &keep));
    TRY(store_read(verify->store, &tx));
    TRY(store_publications(tx, keep, &rows));
    TRY(frozen_read(tx, keep, &facts));
    TRY(check_all(tx, &checking, &rows, keep));
    *ret_counts = counts;
    return ok();
}
