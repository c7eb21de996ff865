/* Pages into sums. The smallest cells are numbered by organisation, quarter, level, attention and category.
 * Must not know how a cube is frozen.
 * Used by dump_cube and the tests. */
#include <stdlib.h>
#include <string.h>

#include "cube/dump.h"

static void add_read(Reads *reads, Read read)
{
    if (reads->count == reads->room) {
        reads->room = reads->room ? 2 * reads->room : 1024;
        reads->items = realloc(reads->items, reads->room * sizeof *reads->items);
        if (!reads->items)
            abort();
    }
    reads->items[reads->count++] = read;
}

static void add(Reads *reads, Place place, uint32_t number)
{
    if (number != MASKED)
        add_read(reads, (Read){place, number, number, true});
}

/* ---- Every question ---- */

static Star star_of(const CubeShown *shown)
{
    Star star;

    if (!is_ok(star_new(&shown->dims, &star)))
        abort();
    return star;
}

static uint32_t period_of(const Star *star, uint16_t year)
{
    return year == CUBE_ALL ? star_span(star, star->closed - 1) : year - star->dims.first / 4u;
}

/* Where the number of the question stands that has a position for each of its lists. */
static Place place_of(const Star *star, const CubeQuestion *q)
{
    return (Place){q->side, q->value == CUBE_ALL ? 0 : q->value, period_of(star, q->year),
                   q->category == CUBE_ALL ? star->categories : q->category};
}

/* The question that row `row` answers. */
static CubeQuestion row_question(const CubeShown *shown, CubeQuestion q, uint32_t row)
{
    if (q.category == CUBE_EACH) {
        q.category = (uint16_t)row;
    } else if (q.year == CUBE_EACH) {
        q.year = (uint16_t)(cube_first_year(shown) + row);
    } else if (q.side == CUBE_QUARTER && q.year == CUBE_ALL) {
        q.year = (uint16_t)((shown->dims.first + row) / 4);
        q.value = (uint16_t)((shown->dims.first + row) % 4);
    } else if (q.value == CUBE_EACH) {
        q.value = (uint16_t)row;
    }
    return q;
}

static void ask(const CubeShown *shown, CubeQuestion q, Reads *reads)
{
    Star star = star_of(shown);
    uint32_t rows[CUBE_ORGANISATIONS_MAX];
    CubeQuestion total = q;
    CubeAnswer answer;

    if (cube_rows(shown, &q) == 0)
        return;
    if (!is_ok(cube_answer(shown, &q, rows, &answer)))
        abort();
    for (uint32_t row = 0; row < answer.rows; row++) {
        CubeQuestion of_row = row_question(shown, q, row);
        add(reads, place_of(&star, &of_row), rows[row]);
    }
    total.category = q.category == CUBE_EACH ? CUBE_ALL : q.category;
    total.year = q.year == CUBE_EACH ? CUBE_ALL : q.year;
    if (q.value == CUBE_EACH) {
        total.side = CUBE_WHOLE;
        total.value = CUBE_ALL;
    }
    if (answer.total != MASKED)
        add(reads, place_of(&star, &total), answer.total);
}

/* All values of a list, then all together, then each. */
static uint16_t choice(uint32_t i, uint32_t count)
{
    return i < count ? (uint16_t)i : i == count ? CUBE_ALL : CUBE_EACH;
}

void dump_pages(const CubeShown *shown, Reads *reads)
{
    Star star = star_of(shown);

    for (CubeSide side = CUBE_WHOLE; side < CUBE_SIDES; side++)
        for (uint32_t v = 0; v <= star.values[side] + 1 && star.values[side]; v++)
            for (uint32_t y = 0; y <= star.years + 1; y++)
                for (uint32_t c = 0; c <= star.categories + 1; c++) {
                    uint16_t year = choice(y, star.years);
                    ask(shown, (CubeQuestion){choice(c, star.categories),
                        y < star.years ? (uint16_t)(year + cube_first_year(shown)) : year, side,
                        side == CUBE_WHOLE ? CUBE_ALL : choice(v, star.values[side])}, reads);
                }
}

void dump_rules_alone(const Star *star, const uint32_t *numbers, Reads *reads)
{
    uint32_t width = star->categories + 1, shown[CUBE_VALUES_MAX], total;

    for (uint32_t cell = 0; cell < star_cells(star); cell += width) {
        Place place = star_cell_place(star, cell);
        if (!star_offers(star, place))
            continue;
        suppress((Distribution){numbers + cell, star->categories, numbers[cell + star->categories]}, shown, &total);
        for (uint32_t i = 0; i < width; i++) {
            uint32_t number = i == star->categories ? total : shown[i];
            place.category = i;
            if (number == MASKED && i < star->categories && numbers[cell + i] >= FEWEST_REGISTRATIONS)
                number = numbers[cell + i]; /* by choosing the category */
            add(reads, place, number);
        }
    }
}

void dump_rounded(const Star *star, const uint32_t *numbers, Reads *reads)
{
    for (uint32_t cell = 0; cell < star_cells(star); cell++) {
        Place place = star_cell_place(star, cell);
        uint32_t number = numbers[cell], rounded = (number + 2) / 5 * 5;
        if (star_offers(star, place) && number < FEWEST_REGISTRATIONS)
            add_read(reads, (Read){place, 0, FEWEST_REGISTRATIONS - 1, false});
        else if (star_offers(star, place))
            add_read(reads, (Read){place, rounded - 2 < FEWEST_REGISTRATIONS ? FEWEST_REGISTRATIONS : rounded - 2, rounded + 2, true});
    }
}

void dump_share(const Star *star, const uint32_t *numbers, const Reads *reads, uint32_t *ret_shown, uint32_t *ret_all)
{
    bool *read = calloc(star_cells(star), sizeof *read);
    uint32_t shown = 0, all = 0;

    if (!read)
        abort();
    for (size_t i = 0; i < reads->count; i++)
        if (reads->items[i].shown)
            read[star_cell(star, reads->items[i].place)] = true;
    for (uint32_t cell = 0; cell < star_cells(star); cell++) {
        bool counts = numbers[cell] > 0 && star_offers(star, star_cell_place(star, cell));
        all += counts;
        shown += counts && read[cell];
    }
    free(read);
    *ret_shown = shown;
    *ret_all = all;
}

/* ---- Sums of the smallest cells ---- */

/* UINT32_MAX: all. */
typedef struct Sum {
    uint32_t organisation, quarter, year, last_year, level, attention, category;
} Sum;

static Sum sum_of(const Star *star, Place place)
{
    Sum sum = {UINT32_MAX, UINT32_MAX, place.period, place.period, UINT32_MAX, UINT32_MAX,
               place.category == star->categories ? UINT32_MAX : place.category};

    if (star_is_span(star, place.period)) {
        sum.year = 0;
        sum.last_year = star_last_year(star, place.period);
    }
    if (place.side == CUBE_ORGANISATION)
        sum.organisation = place.value;
    if (place.side == CUBE_QUARTER)
        sum.quarter = place.value;
    if (place.side == CUBE_LEVEL)
        sum.level = place.value;
    if (place.side == CUBE_ATTENTION)
        sum.attention = place.value;
    return sum;
}

static uint32_t first(uint32_t chosen)
{
    return chosen == UINT32_MAX ? 0 : chosen;
}

static uint32_t behind(uint32_t chosen, uint32_t count)
{
    return chosen == UINT32_MAX ? count : chosen + 1;
}

static uint32_t attentions(const Star *star)
{
    return star->dims.attentions ? star->dims.attentions : 1;
}

static uint32_t number_of(const Star *star, uint32_t o, uint32_t q, uint32_t l, uint32_t a, uint32_t c)
{
    return (((o * 4 * star->years + q) * star->dims.levels + l) * attentions(star) + a) * star->categories + c;
}

static uint32_t number_of_fact(const Star *star, const CubeFact *f)
{
    return number_of(star, f->organisation, f->quarter - star->dims.first / 4u * 4, f->level, f->attention, f->category);
}

static void print_members(const Star *star, const Sum *s, FILE *out)
{
    const char *between = "";

    for (uint32_t o = first(s->organisation); o < behind(s->organisation, star->dims.organisations); o++)
        for (uint32_t y = s->year; y <= s->last_year; y++)
            for (uint32_t q = first(s->quarter); q < behind(s->quarter, 4); q++)
                for (uint32_t l = first(s->level); l < behind(s->level, star->dims.levels); l++)
                    for (uint32_t a = first(s->attention); a < behind(s->attention, attentions(star)); a++)
                        for (uint32_t c = first(s->category); c < behind(s->category, star->categories); c++) {
                            if (y * 4 + q < star->dims.first % 4u || y * 4 + q > (uint32_t)(star->dims.last - star->dims.first / 4 * 4))
                                continue;
                            fprintf(out, "%s%u", between, number_of(star, o, y * 4 + q, l, a, c));
                            between = ",";
                        }
}

void dump_knowledge(const Star *star, const Reads *reads, FILE *out)
{
    uint32_t *known = malloc(star_cells(star) * sizeof *known);
    const char *between = "";

    if (!known)
        abort();
    memset(known, 0xFF, star_cells(star) * sizeof *known);
    fputs("[\n", out);
    for (size_t i = 0; i < reads->count; i++) {
        uint32_t cell = star_cell(star, reads->items[i].place);
        if (known[cell] != MASKED && known[cell] != reads->items[i].least)
            abort(); /* two pages that contradict each other */
        if (known[cell] == MASKED) {
            Sum sum = sum_of(star, reads->items[i].place);
            fprintf(out, "%s{\"cells\":[", between);
            print_members(star, &sum, out);
            if (reads->items[i].least == reads->items[i].most)
                fprintf(out, "],\"value\":%u}", reads->items[i].least);
            else
                fprintf(out, "],\"min\":%u,\"max\":%u}", reads->items[i].least, reads->items[i].most);
            between = ",\n";
        }
        known[cell] = reads->items[i].least;
    }
    fputs("\n]\n", out);
    free(known);
}

/* ---- The truth: every sum over any of the lists, as fine as the smallest cells ---- */

typedef struct Truth {
    const Star *star;
    uint32_t *smallest;
    FILE *out;
    const char *between;
} Truth;

static uint32_t add_up(const Truth *truth, const Sum *s)
{
    const Star *star = truth->star;
    uint32_t number = 0;

    for (uint32_t o = first(s->organisation); o < behind(s->organisation, star->dims.organisations); o++)
        for (uint32_t y = s->year; y <= s->last_year; y++)
            for (uint32_t q = first(s->quarter); q < behind(s->quarter, 4); q++)
                for (uint32_t l = first(s->level); l < behind(s->level, star->dims.levels); l++)
                    for (uint32_t a = first(s->attention); a < behind(s->attention, attentions(star)); a++)
                        for (uint32_t c = first(s->category); c < behind(s->category, star->categories); c++)
                            number += truth->smallest[number_of(star, o, y * 4 + q, l, a, c)];
    return number;
}

static void print_target(Truth *truth, const Sum *s)
{
    bool filter = s->category == UINT32_MAX;
    uint32_t number = add_up(truth, s);

    if (number == 0 || number >= (filter ? FEWEST_REGISTRATIONS : FEWEST_ANSWERS))
        return;
    fprintf(truth->out, "%s{\"name\":\"o%d y%d-%d q%d l%d a%d c%d\",\"kind\":\"%s\",\"cells\":[", truth->between, (int)s->organisation,
            (int)s->year, (int)s->last_year, (int)s->quarter, (int)s->level, (int)s->attention, (int)s->category,
            filter ? "filter" : "cell");
    print_members(truth->star, s, truth->out);
    fputs("]}", truth->out);
    truth->between = ",\n";
}

/* A number of the list, or behind the last one all of them. */
static uint32_t one_or_all(uint32_t i, uint32_t count)
{
    return i == count ? UINT32_MAX : i;
}

static void print_targets_of(Truth *truth, uint32_t year, uint32_t last_year)
{
    const Star *star = truth->star;
    uint32_t quarters = year == last_year ? 4 : 0, kinds = attentions(star) == 1 ? 0 : attentions(star);

    for (uint32_t o = 0; o <= star->dims.organisations; o++)
        for (uint32_t q = 0; q <= quarters; q++)
            for (uint32_t l = 0; l <= star->dims.levels; l++)
                for (uint32_t a = 0; a <= kinds; a++)
                    for (uint32_t c = 0; c <= star->categories; c++)
                        print_target(truth, &(Sum){one_or_all(o, star->dims.organisations), one_or_all(q, quarters), year, last_year,
                            one_or_all(l, star->dims.levels), one_or_all(a, kinds), one_or_all(c, star->categories)});
}

/* The facts of one child that follow one another: of the smallest cells how many each has. */
static void print_child(const Star *star, const CubeFact *facts, size_t count, FILE *out)
{
    const char *between = "";

    fputs("{", out);
    for (size_t i = 0; i < count; i++) {
        uint32_t same = 0;
        bool first_of_cell = true;
        for (size_t k = 0; k < count; k++) {
            bool equal = number_of_fact(star, &facts[i]) == number_of_fact(star, &facts[k]);
            same += equal;
            first_of_cell = first_of_cell && !(equal && k < i);
        }
        if (first_of_cell) {
            fprintf(out, "%s\"%u\":%u", between, number_of_fact(star, &facts[i]), same);
            between = ",";
        }
    }
    fputs("}", out);
}

#define CHILDREN 40

static void print_children(const Star *star, const CubeFacts *facts, FILE *out)
{
    size_t end, children = 0;

    for (size_t i = 0; i < facts->count && children < CHILDREN; i = end, children++) {
        for (end = i + 1; end < facts->count && memcmp(facts->facts[end].tag, facts->facts[i].tag, CUBE_TAG_BYTES) == 0;)
            end++;
        fputs(children ? ",\n" : "", out);
        print_child(star, &facts->facts[i], end - i, out);
    }
}

void dump_truth(const CubeFacts *facts, FILE *out)
{
    Star star;
    if (!is_ok(star_new(&facts->dims, &star)))
        abort();
    uint32_t smallest = star.dims.organisations * 4u * star.years * star.dims.levels * attentions(&star) * star.categories;
    Truth truth = {&star, calloc(smallest, sizeof *truth.smallest), out, ""};

    if (!truth.smallest)
        abort();
    for (size_t i = 0; i < facts->count; i++)
        truth.smallest[number_of_fact(&star, &facts->facts[i])]++;
    fputs("{\"cells\":{", out);
    for (uint32_t i = 0; i < smallest; i++)
        fprintf(out, "%s\"%u\":%u", i ? "," : "", i, truth.smallest[i]);
    fputs("},\n\"targets\":[\n", out);
    for (uint32_t year = 0; year < star.years; year++)
        print_targets_of(&truth, year, year);
    if (star.closed > 1)
        print_targets_of(&truth, 0, star.closed - 1);
    fputs("\n],\n\"children\":[\n", out);
    print_children(&star, facts, out);
    fputs("\n]}\n", out);
    free(truth.smallest);
}
