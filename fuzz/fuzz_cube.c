/* Fuzz target: what stands in a publication of statistics is read exactly as it would be written, or refused; and whatever the shown
 * bytes are, every question has an answer or is not on offer. The first byte chooses: shown numbers, a ledger, certificates.
 * Must not need facts.
 * Built by `make fuzz`; its corpus is replayed by the tests. */
#include <stdlib.h>
#include <string.h>

#include "cube/answer.h"
#include "cube/encode.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#define ROWS CUBE_ORGANISATIONS_MAX

static void ask(const CubeShown *shown, CubeQuestion question)
{
    static uint32_t rows[ROWS];
    CubeAnswer answer;
    uint32_t count = cube_rows(shown, &question);

    if (count > ROWS || is_ok(cube_answer(shown, &question, rows, &answer)) != (count > 0))
        abort();
}

static void read_shown(Str bytes, Arena *arena)
{
    static const uint16_t some[] = {0, 1, 63, CUBE_ALL, CUBE_EACH};
    CubeShown shown;

    (void)arena;
    if (!is_ok(cube_shown_open(bytes, &shown)))
        return;
    for (CubeSide side = CUBE_WHOLE; side <= CUBE_SIDES; side++)
        for (size_t i = 0; i < COUNT_OF(some); i++)
            for (size_t k = 0; k < COUNT_OF(some); k++)
                for (size_t m = 0; m < COUNT_OF(some); m++) {
                    uint16_t year = some[m] < 64 ? (uint16_t)(cube_first_year(&shown) + some[m]) : some[m];
                    ask(&shown, (CubeQuestion){some[i], year, side, some[k]});
                }
}

static void read_ledger(Str bytes, Arena *arena)
{
    Numbers numbers;
    Star star;

    (void)arena;
    if (!is_ok(numbers_decode(bytes, NUMBERS_LEDGER, &numbers)))
        return;
    if (!is_ok(star_new(&numbers.dims, &star)) || numbers.numbers.length != 4 * (size_t)star_cells(&star))
        abort();
}

/* Of one organisation with one category, one severity and one year. */
static void read_secrets(Str bytes, Arena *arena)
{
    static const CubeDims dims = {CUBE_ATTENTIONS, 1, 1, 1, 0, 2026 * 4, 2026 * 4 + 3};
    Work work = {0};
    Secrets secrets;
    Str again;

    if (!is_ok(star_new(&dims, &work.star)) || !is_ok(secrets_decode(bytes, &work.star, arena, &secrets)))
        return;
    if (!is_ok(ARENA_NEW(arena, uint8_t, star_cells(&work.star), &work.logs)))
        return;
    memcpy(work.logs, secrets.logs.data, secrets.logs.length);
    work.certificates = secrets.certificates;
    if (!is_ok(secrets_encode(&work, secrets.ledger, arena, &again)) || !str_equal(bytes, again))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static void (*const targets[])(Str bytes, Arena *arena) = {read_shown, read_ledger, read_secrets};
    AUTO(arena_freep) Arena *arena = NULL;

    if (length < 1 || length > 65536 || !is_ok(arena_new((size_t)4 << 20, &arena)))
        return 0;
    targets[bytes[0] % COUNT_OF(targets)](str_from_bytes(bytes + 1, length - 1), arena);
    return 0;
}
