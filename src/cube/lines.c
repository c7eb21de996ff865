/* Lines of cells, and the masks that they need.
 * Must not mask what is bound: it was shown before, and the line held then.
 * Used by freeze; verify takes the lines and judges them itself. */
#include "cube/lines.h"

/* The categories of each value and period. */
static void add_categories(const Star *star, Lines *lines)
{
    uint32_t width = star->categories + 1;

    for (uint32_t cell = 0; cell < star_cells(star); cell += width)
        lines->items[lines->count++] = (Line){cell, 1, star->categories, cell + star->categories, true, FEWEST_REGISTRATIONS};
}

/* The values of a side, of each category and period. */
static void add_values(const Star *star, CubeSide side, Lines *lines)
{
    for (uint32_t period = 0; period < star->periods && star->values[side]; period++)
        for (uint32_t category = 0; category <= star->categories; category++) {
            Place total = {CUBE_WHOLE, 0, period, category};
            lines->items[lines->count++] = (Line){star_cell(star, (Place){side, 0, period, category}),
                star->periods * (star->categories + 1), star->values[side], star_cell(star, total), false, star_enough(star, total)};
        }
}

/* The years of a span, of each value and category. A quarter has no spans. */
static void add_years(const Star *star, CubeSide side, Lines *lines)
{
    for (uint32_t value = 0; value < star->values[side] && side != CUBE_QUARTER; value++)
        for (uint32_t period = star->years; period < star->periods; period++)
            for (uint32_t category = 0; category <= star->categories; category++) {
                Place total = {side, value, period, category};
                lines->items[lines->count++] = (Line){star_cell(star, (Place){side, value, 0, category}), star->categories + 1,
                    star_last_year(star, period) + 1, star_cell(star, total), false, star_enough(star, total)};
            }
}

Err lines_find(const Star *star, Arena *keep, Lines *ret_lines)
{
    Lines lines = {0};

    /* Each cell is the total of at most two lines and of a line for each side. */
    TRY(ARENA_NEW(keep, Line, 2 * (size_t)star_cells(star) + CUBE_SIDES * (size_t)star->periods * (star->categories + 1),
                  &lines.items));
    add_categories(star, &lines);
    for (CubeSide side = CUBE_ORGANISATION; side < CUBE_SIDES; side++)
        add_values(star, side, &lines);
    for (CubeSide side = CUBE_WHOLE; side < CUBE_SIDES; side++)
        add_years(star, side, &lines);
    *ret_lines = lines;
    return ok();
}

typedef struct Tally {
    uint64_t sum;        /* of what is masked */
    uint32_t masked;     /* members */
    uint32_t next;       /* the shown member that is masked next; or total when there is none */
    bool positive;       /* something above 0 is shown */
} Tally;

static Tally tally(const Work *work, const Line *line)
{
    Tally result = {.next = line->total};

    for (uint32_t i = 0, cell = line->first; i < line->count; i++, cell += line->step) {
        uint32_t number = work->numbers[cell];
        if (!work_shows(work, cell)) {
            result.sum += number;
            result.masked++;
            continue;
        }
        result.positive = result.positive || number > 0;
        if (number == 0 || work->flags[cell] & CELL_BOUND)
            continue;
        uint32_t best = result.next == line->total ? UINT32_MAX : work->numbers[result.next];
        if (number < best || (number == best && work->price[cell] < work->price[result.next]))
            result.next = cell;
    }
    return result;
}

static bool masks_too_little(const Line *line, const Tally *t)
{
    return t->sum > 0 && t->positive && (t->sum < line->enough || (line->categories && t->masked == 1));
}

static uint32_t mend(Work *work, const Line *line)
{
    uint32_t masked = 0;

    while (work_shows(work, line->total)) {
        Tally t = tally(work, line);
        if (!masks_too_little(line, &t) || work->flags[t.next] & CELL_BOUND)
            break;
        work_mask_loosely(work, t.next);
        masked++;
    }
    return masked;
}

void lines_mend(Work *work, Lines lines, uint32_t *ret_masked)
{
    uint32_t masked = 0, before;

    do {
        before = masked;
        for (uint32_t i = 0; i < lines.count; i++)
            masked += mend(work, &lines.items[i]);
    } while (masked > before);
    *ret_masked = masked;
}

/* ---- Masks that nothing needs any more ---- */

/* The lines of each cell, as lists one behind the other. */
typedef struct Index {
    uint32_t *begins;
    uint32_t *lines;
} Index;

static bool may_count(const Work *work, const Line *line)
{
    uint32_t period = star_cell_place(&work->star, line->total).period;

    for (uint32_t i = 0; i < work->span_count; i++)
        if (work->spans[i] == period)
            return true;
    return !star_is_span(&work->star, period);
}

/* Calls for each cell of each line that may count. */
static void each_cell(const Work *work, Lines lines, const Index *index, void (*met)(const Index *index, uint32_t cell, uint32_t line))
{
    for (uint32_t i = 0; i < lines.count; i++) {
        const Line *line = &lines.items[i];
        if (!may_count(work, line))
            continue;
        for (uint32_t k = 0; k < line->count; k++)
            met(index, line->first + k * line->step, i);
        met(index, line->total, i);
    }
}

static void count_line(const Index *index, uint32_t cell, uint32_t line)
{
    (void)line;
    index->begins[cell + 1]++;
}

/* begins[cell] moves on to where the next cell begins; it is put back afterwards. */
static void add_line(const Index *index, uint32_t cell, uint32_t line)
{
    index->lines[index->begins[cell]++] = line;
}

static Err make_index(const Work *work, Lines lines, Index *ret_index)
{
    uint32_t cells = star_cells(&work->star);
    Index index = {0};

    TRY(ARENA_NEW(work->arena, uint32_t, cells + 1, &index.begins));
    each_cell(work, lines, &index, count_line);
    for (uint32_t cell = 0; cell < cells; cell++)
        index.begins[cell + 1] += index.begins[cell];
    TRY(ARENA_NEW(work->arena, uint32_t, index.begins[cells], &index.lines));
    each_cell(work, lines, &index, add_line);
    for (uint32_t cell = cells; cell > 0; cell--)
        index.begins[cell] = index.begins[cell - 1];
    index.begins[0] = 0;
    *ret_index = index;
    return ok();
}

static bool all_hold(const Work *work, Lines lines, const Index *index, uint32_t cell)
{
    for (uint32_t i = index->begins[cell]; i < index->begins[cell + 1]; i++) {
        const Line *line = &lines.items[index->lines[i]];
        Tally t = tally(work, line);
        if (work_shows(work, line->total) && masks_too_little(line, &t))
            return false;
    }
    return true;
}

Err lines_loosen(Work *work, Lines lines)
{
    Index index;

    TRY(make_index(work, lines, &index));
    for (uint32_t cell = 0; cell < star_cells(&work->star); cell++) {
        if (!(work->flags[cell] & CELL_LOOSE))
            continue;
        work->flags[cell] |= CELL_SHOWN;
        if (!all_hold(work, lines, &index, cell))
            work->flags[cell] &= (uint8_t)~CELL_SHOWN;
    }
    return ok();
}
