/* Asks the shown bytes everything that is on offer.
 * Must not compute a number.
 * Called by statistics.c. */
#include "cli/statistics/dump.h"

#include "cube/answer.h"
#include "service/statistics/frozen.h"

#define ARENA_MAX ((size_t)1 << 30)

static const char *const sides[CUBE_SIDES] = {
    [CUBE_WHOLE] = "whole", [CUBE_ORGANISATION] = "organisation", [CUBE_QUARTER] = "quarter", [CUBE_LEVEL] = "level", [CUBE_ATTENTION] = "attention"};

typedef struct Dump {
    FILE *to;
    const CubeShown *shown;
    uint32_t *rows;
    uint32_t room;
} Dump;

static void print_number(FILE *to, uint32_t number)
{
    if (number == MASKED)
        fprintf(to, "null");
    else
        fprintf(to, "%u", number);
}

static void print_place(FILE *to, const char *name, unsigned value)
{
    if (value == CUBE_ALL)
        fprintf(to, "\"%s\":null,", name);
    else
        fprintf(to, "\"%s\":%u,", name, value);
}

static Err ask(const Dump *dump, const CubeQuestion *question)
{
    const uint32_t count = cube_rows(dump->shown, question);
    CubeAnswer answer;

    if (count == 0 || count > dump->room)
        return ok();
    Err answered = cube_answer(dump->shown, question, dump->rows, &answer);
    if (answered.id == E_RANGE)
        return ok();
    TRY(answered);
    fprintf(dump->to, "{\"family\":%u,", (unsigned)dump->shown->dims.family);
    print_place(dump->to, "category", question->category);
    print_place(dump->to, "year", question->year);
    fprintf(dump->to, "\"side\":\"%s\",\"rows\":[", sides[question->side]);
    for (uint32_t i = 0; i < answer.rows; i++) {
        fprintf(dump->to, "%s", i > 0 ? "," : "");
        print_number(dump->to, dump->rows[i]);
    }
    fprintf(dump->to, "],\"total\":");
    print_number(dump->to, answer.total);
    fprintf(dump->to, "}\n");
    return ok();
}

static Err ask_sides(const Dump *dump, uint16_t category, uint16_t year)
{
    for (unsigned side = CUBE_WHOLE; side < CUBE_SIDES; side++) {
        const CubeQuestion question = {.category = category, .year = year, .side = (CubeSide)side,
                                       .value = side == CUBE_WHOLE ? CUBE_ALL : CUBE_EACH};
        TRY(ask(dump, &question));
    }
    return ok();
}

static Err ask_years(const Dump *dump, uint16_t category)
{
    const CubeDims *dims = &dump->shown->dims;

    TRY(ask_sides(dump, category, CUBE_ALL));
    for (unsigned year = dims->first / 4; year <= dims->last / 4u; year++)
        TRY(ask_sides(dump, category, (uint16_t)year));
    return ok();
}

static Err dump_family(const CubeShown *shown, Arena *arena, FILE *to)
{
    Dump dump = {.to = to, .shown = shown, .room = CUBE_ORGANISATIONS_MAX + 4 * CUBE_YEARS_MAX};

    TRY(ARENA_NEW(arena, uint32_t, dump.room, &dump.rows));
    TRY(ask_years(&dump, CUBE_ALL));
    for (uint16_t category = 0; category < shown->dims.categories; category++)
        TRY(ask_years(&dump, category));
    return ok();
}

Err statistics_dump(Store *store, FILE *to)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(store_read_endp) Tx *tx = NULL;
    PublicationRow row;
    CubeShown shown;
    Str bytes, parts[FAMILIES];

    TRY(arena_new(ARENA_MAX, &arena));
    TRY(store_read(store, &tx));
    TRY(store_publication_newest(tx, arena, &row));
    TRY(store_publication_shown(tx, &row, arena, &bytes));
    TRY(parts_split(bytes, parts));
    for (size_t i = 0; i < FAMILIES; i++) {
        TRY(cube_shown_open(parts[i], &shown));
        TRY(dump_family(&shown, arena, to));
    }
    return ok();
}
