/* The order in which a publication is made: what is bound, what the rules let stand, what lines ask for, certificates; then all is
 * verified before anybody gets it.
 * Must not give out what does not verify.
 * Called by service. */
#include <string.h>

#include "crypto/hash.h"
#include "cube/contributors.h"
#include "cube/deep.h"
#include "cube/encode.h"
#include "cube/floor.h"
#include "cube/freeze.h"
#include "cube/lines.h"
#include "cube/past.h"
#include "cube/thin.h"
#include "cube/verify.h"

#define TELL_EVERY 64 /* numbers: each may ask for a long search */

typedef struct Freeze {
    const CubeFreeze *order;
    Work work;
    Search *search;
    Lines lines;
    Past past;
    uint32_t dropped;
} Freeze;

static Err tell(const Freeze *freeze, uint32_t thousandths)
{
    const CubeProgress *progress = &freeze->order->progress;

    return progress->told ? progress->told(progress->self, thousandths) : ok();
}

/* ---- Certificates for everything ---- */

/* Coarse before fine, so that the dear numbers choose first whose masks they share: the whole, totals, then what is finest. */
static bool is_in_round(const Star *star, Place place, unsigned round)
{
    bool whole = place.side == CUBE_WHOLE, total = place.category == star->categories;

    return round == (whole ? 0u : total ? 1u : star_is_span(star, place.period) ? 2u : 3u);
}

static bool is_open(const Work *work, uint32_t cell)
{
    return work->flags[cell] & CELL_SENSITIVE && !work_is_certified(work, cell);
}

static Err certify_cells(Freeze *freeze)
{
    const Work *work = &freeze->work;
    uint32_t cells = star_cells(&work->star);

    for (unsigned round = 0; round < 4; round++)
        for (uint32_t cell = 0; cell < cells; cell++) {
            if (is_open(work, cell) && is_in_round(&work->star, star_cell_place(&work->star, cell), round))
                TRY(search_certify(freeze->search, cell));
            if (cell % TELL_EVERY == 0)
                TRY(tell(freeze, 300 + 100 * round + (uint32_t)(100 * (uint64_t)cell / cells)));
        }
    return ok();
}

/* Numbers below those on offer. *ret_open: some could not be certified. */
static Err certify_deep(Freeze *freeze, bool *ret_open)
{
    Work *work = &freeze->work;
    Deeps deeps;

    *ret_open = false;
    TRY(deep_find(work, work->arena, &deeps));
    for (uint32_t i = 0; i < deeps.count; i++) {
        bool certified;
        TRY(deep_certify(freeze->search, &deeps.items[i], &certified));
        if (!certified)
            TRY(past_reuse_deep(&freeze->past, &freeze->search->trial, &deeps.items[i], &certified));
        *ret_open = *ret_open || !certified;
        if (i % TELL_EVERY == 0)
            TRY(tell(freeze, 700));
    }
    return ok();
}

/* A decoy that cannot be certified is none: nothing is lost with it. */
static void give_up_decoys(Work *work)
{
    for (uint32_t cell = 0; cell < star_cells(&work->star); cell++)
        if (work->flags[cell] & CELL_DECOY && is_open(work, cell)) {
            work->flags[cell] &= (uint8_t) ~(CELL_SENSITIVE | CELL_DECOY);
            work->flags[cell] |= CELL_LOOSE;
        }
}

static bool has_open_cells(const Work *work)
{
    bool told[2 * CUBE_YEARS_MAX] = {false};

    work_find_told(work, told);
    for (uint32_t cell = 0; cell < star_cells(&work->star); cell++) {
        uint32_t period = star_cell_place(&work->star, cell).period;
        if (is_open(work, cell) && (told[period] || !star_is_span(&work->star, period)))
            return true;
    }
    return false;
}

static Err certify(Freeze *freeze, bool *ret_open)
{
    uint32_t masked;

    lines_mend(&freeze->work, freeze->lines, &masked);
    TRY(past_reuse(&freeze->past, &freeze->search->trial, 0));
    TRY(certify_cells(freeze));
    if (has_open_cells(&freeze->work))
        TRY(past_reuse(&freeze->past, &freeze->search->trial, TRIAL_BOUND));
    give_up_decoys(&freeze->work);
    TRY(certify_deep(freeze, ret_open));
    lines_mend(&freeze->work, freeze->lines, &masked);
    *ret_open = *ret_open || has_open_cells(&freeze->work);
    return ok();
}

/* What cannot be certified is not shown: the finest breakdown is given up first, and in the end all of them. */
static Err certify_or_drop(Freeze *freeze)
{
    bool open, any;

    TRY(certify(freeze, &open));
    for (uint32_t view = 0; view < FLOOR_VIEWS && open; view++) {
        floor_drop(&freeze->work, view, &any);
        if (!any)
            continue;
        freeze->dropped++;
        TRY(certify(freeze, &open));
    }
    return ok();
}

/* ---- What comes in and goes out ---- */

static Err begin(const CubeFreeze *order, Arena *scratch, Freeze *ret_freeze)
{
    Freeze freeze = {.order = order};

    TRY(work_new(&order->facts, &order->options, scratch, &freeze.work));
    TRY(tell(&freeze, 100));
    TRY(past_read(order->ledger, order->certificates, &freeze.work, &freeze.past));
    TRY(contributors_count(&freeze.work));
    TRY(lines_find(&freeze.work.star, scratch, &freeze.lines));
    *ret_freeze = freeze;
    return ok();
}

/* Spans of which something is, or may be, shown. */
static void find_spans(Work *work)
{
    const Star *star = &work->star;

    for (uint32_t period = star->years; period < star->periods; period++) {
        bool live = false;
        for (uint32_t cell = 0; cell < star_cells(star) && !live; cell++)
            live = work_shows(work, cell) && star_cell_place(star, cell).period == period;
        if (live)
            work->spans[work->span_count++] = period;
    }
}

static Err encode(const Freeze *freeze, Arena *keep, CubePublication *ret_publication)
{
    uint8_t hash[HASH_BYTES];

    TRY(numbers_encode(&freeze->work, NUMBERS_LEDGER, freeze->past.hash, keep, &ret_publication->ledger));
    TRY(sha256(ret_publication->ledger, hash));
    TRY(numbers_encode(&freeze->work, NUMBERS_SHOWN, hash, keep, &ret_publication->shown));
    return secrets_encode(&freeze->work, hash, keep, &ret_publication->certificates);
}

static CubeFigures figures(const Freeze *freeze)
{
    const Work *work = &freeze->work;
    CubeFigures result = {.certificates = work->certificates.count, .dropped = freeze->dropped};

    for (uint32_t cell = 0; cell < star_cells(&work->star); cell++) {
        result.offered += (work->flags[cell] & CELL_OFFERED) != 0;
        result.shown += work_shows(work, cell) && work->flags[cell] & CELL_OFFERED;
        result.sensitive += (work->flags[cell] & CELL_SENSITIVE) != 0;
    }
    return result;
}

Err cube_freeze(const CubeFreeze *order, Arena *scratch, Arena *keep, CubePublication *ret_publication, CubeFigures *ret_figures)
{
    CubePublication publication;
    CubeVerdict verdict;
    Freeze freeze;
    Dice dice = dice_new(order->seed);

    TRY(begin(order, scratch, &freeze));
    TRY(tell(&freeze, 200));
    TRY(floor_lay(&freeze.work, freeze.past.last, &dice));
    find_spans(&freeze.work);
    TRY(search_new(&freeze.work, &freeze.search));
    TRY(certify_or_drop(&freeze));
    TRY(tell(&freeze, 750));
    TRY(certificates_thin(&freeze.search->trial));
    TRY(lines_loosen(&freeze.work, freeze.lines));
    TRY(encode(&freeze, keep, &publication));
    TRY(tell(&freeze, 800));
    TRY(cube_verify(&order->facts, &publication, order->ledger, scratch, &verdict));
    if (verdict.fault != CUBE_FAULT_NONE)
        return fail(E_INTERNAL);
    TRY(tell(&freeze, 1000));
    *ret_publication = publication;
    *ret_figures = figures(&freeze);
    return ok();
}
