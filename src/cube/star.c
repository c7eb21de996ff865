/* The layout of a cube, and the facts counted into it.
 * Must not take a fact that the dimensions do not hold.
 * Used inside cube. */
#include "cube/star.h"

static bool are_sound(const CubeDims *d)
{
    bool measures = d->family == CUBE_MEASURES;

    return (measures || d->family == CUBE_ATTENTIONS) && d->organisations >= 1 && d->organisations <= CUBE_ORGANISATIONS_MAX &&
           d->categories >= 1 && d->categories <= CUBE_VALUES_MAX && d->levels >= 1 && d->levels <= CUBE_VALUES_MAX &&
           (measures ? d->attentions >= 1 && d->attentions <= CUBE_VALUES_MAX : d->attentions == 0) && d->first <= d->last &&
           d->last / 4 - d->first / 4 < CUBE_YEARS_MAX;
}

Err star_new(const CubeDims *dims, Star *ret_star)
{
    if (!are_sound(dims))
        return fail(E_RANGE);
    Star star = {.dims = *dims, .categories = dims->categories,
                 .values = {[CUBE_WHOLE] = 1, [CUBE_ORGANISATION] = dims->organisations, [CUBE_QUARTER] = 4,
                            [CUBE_LEVEL] = dims->levels, [CUBE_ATTENTION] = dims->attentions}};
    star.years = (uint32_t)(dims->last / 4 - dims->first / 4 + 1);
    star.closed = dims->last % 4 == 3 ? star.years : star.years - 1;
    star.periods = 2 * star.years - 1;
    for (CubeSide side = CUBE_WHOLE; side < CUBE_SIDES; side++) {
        star.cell_at[side + 1] = star.cell_at[side] + star.values[side] * star.periods * (star.categories + 1);
        star.entry_at[side + 1] = star.entry_at[side] + star.values[side] * star.years * star.categories;
    }
    *ret_star = star;
    return ok();
}

uint32_t star_cells(const Star *star)
{
    return star->cell_at[CUBE_SIDES];
}

uint32_t star_entries(const Star *star)
{
    return star->entry_at[CUBE_SIDES];
}

uint32_t star_cell(const Star *star, Place place)
{
    return star->cell_at[place.side] + (place.value * star->periods + place.period) * (star->categories + 1) + place.category;
}

uint32_t star_entry(const Star *star, Place place)
{
    return star->entry_at[place.side] + (place.value * star->years + place.period) * star->categories + place.category;
}

static CubeSide side_of(const uint32_t *begins, uint32_t index)
{
    CubeSide side = CUBE_WHOLE;

    while (index >= begins[side + 1])
        side++;
    return side;
}

Place star_cell_place(const Star *star, uint32_t cell)
{
    CubeSide side = side_of(star->cell_at, cell);
    uint32_t within = cell - star->cell_at[side], width = star->categories + 1;

    return (Place){side, within / width / star->periods, within / width % star->periods, within % width};
}

Place star_entry_place(const Star *star, uint32_t entry)
{
    CubeSide side = side_of(star->entry_at, entry);
    uint32_t within = entry - star->entry_at[side], width = star->categories;

    return (Place){side, within / width / star->years, within / width % star->years, within % width};
}

uint32_t star_span(const Star *star, uint32_t year)
{
    return year == 0 ? 0 : star->years + year - 1;
}

bool star_is_span(const Star *star, uint32_t period)
{
    return period >= star->years;
}

uint32_t star_last_year(const Star *star, uint32_t period)
{
    return star_is_span(star, period) ? period - star->years + 1 : period;
}

bool star_holds(const Star *star, uint32_t period, uint32_t year)
{
    return star_is_span(star, period) ? year <= star_last_year(star, period) : year == period;
}

bool star_exists(const Star *star, CubeSide side, uint32_t value, uint32_t year)
{
    uint32_t quarter = (star->dims.first / 4u + year) * 4 + value;

    return side != CUBE_QUARTER || (quarter >= star->dims.first && quarter <= star->dims.last);
}

bool star_offers(const Star *star, Place place)
{
    if (place.side == CUBE_QUARTER)
        return !star_is_span(star, place.period) && star_exists(star, CUBE_QUARTER, place.value, place.period);
    if (star_is_span(star, place.period))
        return star_last_year(star, place.period) + 1 == star->closed;
    return place.period < star->closed;
}

uint32_t star_enough(const Star *star, Place place)
{
    return place.category == star->categories ? FEWEST_REGISTRATIONS : FEWEST_ANSWERS;
}

uint32_t star_value(const CubeFact *fact, CubeSide side)
{
    switch (side) {
    case CUBE_ORGANISATION:
        return fact->organisation;
    case CUBE_QUARTER:
        return fact->quarter % 4;
    case CUBE_LEVEL:
        return fact->level;
    case CUBE_ATTENTION:
        return fact->attention;
    case CUBE_WHOLE:
    case CUBE_SIDES:
        break;
    }
    return 0;
}

static bool is_inside(const CubeDims *d, const CubeFact *fact)
{
    return fact->quarter >= d->first && fact->quarter <= d->last && fact->organisation < d->organisations &&
           fact->category < d->categories && fact->level < d->levels && fact->attention < (d->attentions ? d->attentions : 1);
}

Err star_count(const Star *star, const CubeFacts *facts, int32_t *entries)
{
    for (size_t i = 0; i < facts->count; i++) {
        const CubeFact *fact = &facts->facts[i];
        if (!is_inside(&star->dims, fact))
            return fail(E_RANGE);
        uint32_t year = fact->quarter / 4u - star->dims.first / 4u;
        for (CubeSide side = CUBE_WHOLE; side < CUBE_SIDES; side++)
            if (star->values[side])
                entries[star_entry(star, (Place){side, star_value(fact, side), year, fact->category})]++;
    }
    return ok();
}

/* The periods that hold the year: itself, and the spans that end with it or later. */
uint32_t star_parts(const Star *star, uint32_t entry, uint32_t *ret_cells)
{
    Place place = star_entry_place(star, entry), total = place;
    uint32_t year = place.period, parts = 0;

    total.category = star->categories;
    for (uint32_t period = year; period < star->periods; period++) {
        if (!star_holds(star, period, year))
            continue;
        place.period = total.period = period;
        ret_cells[parts++] = star_cell(star, place);
        ret_cells[parts++] = star_cell(star, total);
    }
    return parts;
}

void star_sum(const Star *star, const int32_t *entries, uint32_t *ret_numbers)
{
    uint32_t cells[STAR_PARTS];

    for (uint32_t cell = 0; cell < star_cells(star); cell++)
        ret_numbers[cell] = 0;
    for (uint32_t entry = 0; entry < star_entries(star); entry++) {
        uint32_t parts = entries[entry] ? star_parts(star, entry, cells) : 0;
        for (uint32_t i = 0; i < parts; i++)
            ret_numbers[cells[i]] += (uint32_t)entries[entry];
    }
}
