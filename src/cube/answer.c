/* From a question to the place of its numbers in the shown bytes.
 * Must not give a number that is not there, nor one of a category that was chosen and has fewer than five.
 * Called by service and web. */
#include "cube/answer.h"
#include "cube/encode.h"

Err cube_shown_open(Str bytes, CubeShown *ret_shown)
{
    Numbers numbers;

    TRY(numbers_decode(bytes, NUMBERS_SHOWN, &numbers));
    *ret_shown = (CubeShown){.dims = numbers.dims, .numbers = numbers.numbers};
    return ok();
}

static Star star_of(const CubeShown *shown)
{
    Star star = {0};

    (void)!is_ok(star_new(&shown->dims, &star)); /* it was sound when it was opened */
    return star;
}

uint16_t cube_first_year(const CubeShown *shown)
{
    return shown->dims.first / 4;
}

uint32_t cube_closed_years(const CubeShown *shown)
{
    return star_of(shown).closed;
}

/* ---- What is on offer ---- */

typedef struct Asked {
    Star star;
    CubeQuestion question;
    uint32_t year; /* position; or CUBE_ALL, CUBE_EACH */
} Asked;

static bool is_position(uint16_t number, uint32_t count)
{
    return number == CUBE_EACH || number < count;
}

static bool is_year(const Asked *asked)
{
    uint32_t closed = asked->star.closed;

    return asked->year == CUBE_ALL || asked->year == CUBE_EACH ? closed > 0 : asked->year < closed;
}

/* Of a year that is not over there are quarters; and all quarters are a row. */
static bool is_quarter(const Asked *asked)
{
    if (asked->year == CUBE_ALL)
        return asked->question.value == CUBE_EACH;
    return asked->year < asked->star.years;
}

static bool is_offered(const Asked *asked)
{
    const CubeQuestion *q = &asked->question;
    int each = (q->category == CUBE_EACH) + (q->year == CUBE_EACH) + (q->value == CUBE_EACH);

    if (each > 1 || (unsigned)q->side >= CUBE_SIDES || !asked->star.values[q->side])
        return false;
    if (q->category != CUBE_ALL && !is_position(q->category, asked->star.categories))
        return false;
    if (q->side == CUBE_WHOLE)
        return q->value == CUBE_ALL && is_year(asked);
    return is_position(q->value, asked->star.values[q->side]) && (q->side == CUBE_QUARTER ? is_quarter(asked) : is_year(asked));
}

static bool ask(const CubeShown *shown, const CubeQuestion *question, Asked *ret_asked)
{
    Asked asked = {.star = star_of(shown), .question = *question, .year = question->year};

    if (question->year != CUBE_ALL && question->year != CUBE_EACH) {
        if (question->year < cube_first_year(shown))
            return false;
        asked.year = (uint32_t)question->year - cube_first_year(shown);
    }
    *ret_asked = asked;
    return is_offered(&asked);
}

static bool is_series(const Asked *asked)
{
    return asked->question.side == CUBE_QUARTER && asked->year == CUBE_ALL;
}

static uint32_t rows_of(const Asked *asked)
{
    const CubeQuestion *q = &asked->question;

    if (is_series(asked))
        return (uint32_t)(asked->star.dims.last - asked->star.dims.first + 1);
    if (q->category == CUBE_EACH)
        return asked->star.categories;
    if (q->year == CUBE_EACH)
        return asked->star.closed;
    return q->value == CUBE_EACH ? asked->star.values[q->side] : 1;
}

uint32_t cube_rows(const CubeShown *shown, const CubeQuestion *question)
{
    Asked asked;

    return ask(shown, question, &asked) ? rows_of(&asked) : 0;
}

/* ---- Numbers ---- */

/* Where it stands: period is a year, or years for all of them. */
static uint32_t read(const CubeShown *shown, const Star *star, Place place)
{
    size_t before = star->cell_at[place.side] / star->periods / (star->categories + 1);
    size_t at = ((before + place.value) * (star->years + 1) + place.period) * (star->categories + 1) + place.category;
    Cursor cursor = {.bytes = shown->numbers, .at = 4 * at};

    return cursor_u32(&cursor);
}

static Place first_place(const Asked *asked)
{
    const CubeQuestion *q = &asked->question;

    return (Place){q->side, q->value == CUBE_EACH || q->value == CUBE_ALL ? 0 : q->value,
                   asked->year == CUBE_EACH ? 0 : asked->year == CUBE_ALL ? asked->star.years : asked->year,
                   q->category == CUBE_ALL ? asked->star.categories : q->category == CUBE_EACH ? 0 : q->category};
}

static Place row_place(const Asked *asked, uint32_t row)
{
    Place place = first_place(asked);

    if (is_series(asked)) {
        uint32_t quarter = asked->star.dims.first % 4u + row;
        place.period = quarter / 4;
        place.value = quarter % 4;
    } else if (asked->question.category == CUBE_EACH) {
        place.category = row;
    } else if (asked->year == CUBE_EACH) {
        place.period = row;
    } else if (asked->question.value == CUBE_EACH) {
        place.value = row;
    }
    return place;
}

static Place total_place(const Asked *asked)
{
    Place place = first_place(asked);

    if (asked->question.category == CUBE_EACH)
        place.category = asked->star.categories;
    else if (asked->year == CUBE_EACH)
        place.period = asked->star.years;
    else if (asked->question.value == CUBE_EACH)
        place.side = CUBE_WHOLE;
    return place;
}

static bool is_few(uint32_t number)
{
    return number == MASKED || number < FEWEST_REGISTRATIONS;
}

/* A category that was chosen is a filter of its own. Whether it has five is known of its total, or of what is shown of it. */
static void mask_chosen(const Asked *asked, uint32_t *rows, CubeAnswer *answer)
{
    bool each_is_a_filter = asked->question.value != CUBE_EACH || is_series(asked);
    uint64_t shown = 0;

    for (uint32_t i = 0; i < answer->rows; i++)
        shown += rows[i] == MASKED ? 0 : rows[i];
    bool few = answer->total == MASKED ? shown < FEWEST_REGISTRATIONS : is_few(answer->total);
    for (uint32_t i = 0; i < answer->rows; i++)
        if (each_is_a_filter ? is_few(rows[i]) : few)
            rows[i] = MASKED;
    if (is_few(answer->total))
        answer->total = MASKED;
}

Err cube_answer(const CubeShown *shown, const CubeQuestion *question, uint32_t *ret_rows, CubeAnswer *ret_answer)
{
    Asked asked;

    if (!ask(shown, question, &asked))
        return fail(E_RANGE);
    CubeAnswer answer = {.rows = rows_of(&asked), .parts = rows_of(&asked) > 1 && !is_series(&asked)};
    for (uint32_t row = 0; row < answer.rows; row++)
        ret_rows[row] = read(shown, &asked.star, row_place(&asked, row));
    answer.total = is_series(&asked) ? MASKED : read(shown, &asked.star, total_place(&asked));
    if (question->category != CUBE_ALL && question->category != CUBE_EACH)
        mask_chosen(&asked, ret_rows, &answer);
    *ret_answer = answer;
    return ok();
}
