/* An invented municipality is frozen, and all its pages are written down for the attacker.
 * Must not help the attacker with anything that is on no page.
 * Run by cube_attack.py.
 *
 * usage: dump_cube FAMILY ORGANISATIONS YEARS FACTS SEED HOW FOLDER
 *        FAMILY attentions|measures; HOW cube: the newest publication; two: every year a publication, all of them read together;
 *        rules: what the two agreed rules would show without a cube; rounded: nothing below five, the rest rounded to fives.
 *        Writes pages.json and truth.json, and says last how many of the numbers above 0 were read, of how many. */
#include <stdlib.h>
#include <string.h>

#include "cube/dump.h"
#include "cube/freeze.h"
#include "cube/town.h"

static Arena *arena(void)
{
    Arena *made = NULL;

    if (!is_ok(arena_new((size_t)1 << 30, &made)))
        abort();
    return made;
}

static FILE *open_in(const char *folder, const char *name)
{
    char path[4096];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "w");
    if (!file)
        abort();
    return file;
}

/* Facts of the quarters up to last; those of earlier publications have lost their tags. */
static size_t facts_until(const CubeFact *all, size_t count, uint16_t last, uint16_t published, CubeFact *ret_facts)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        if (all[i].quarter > last)
            continue;
        ret_facts[kept] = all[i];
        if (all[i].quarter <= published)
            memset(ret_facts[kept].tag, 0, sizeof ret_facts[kept].tag);
        kept++;
    }
    return kept;
}

/* The publication lives in keep, which has the one before it, too. */
static void freeze_and_read(const Town *town, const CubeFacts *facts, Arena *keep, CubePublication *publication, Reads *reads)
{
    uint16_t last = facts->dims.last;
    bool first = publication->ledger.length == 0;
    CubeFact *until = calloc(town->facts, sizeof *until);
    CubeFreeze freeze = {.facts = {town->dims, until, 0}, .options = CUBE_OPTIONS, .ledger = publication->ledger,
                         .certificates = publication->certificates, .seed = {(uint8_t)town->seed, 77}};
    AUTO(arena_freep) Arena *scratch = arena();
    CubeFigures figures;
    CubeShown shown;

    freeze.facts.count = facts_until(facts->facts, facts->count, last, first ? 0 : (uint16_t)(last - 4), until);
    freeze.facts.dims.last = last;
    Err e = cube_freeze(&freeze, scratch, keep, publication, &figures);
    if (!is_ok(e) || !is_ok(cube_shown_open(publication->shown, &shown))) {
        fprintf(stderr, "freeze: %s at %s:%u\n", err_name(e.id), e.file, e.line);
        exit(2);
    }
    printf("%u of %u shown, %u sensitive, %u certificates, %u breakdowns dropped\n", figures.shown, figures.offered, figures.sensitive,
           figures.certificates, figures.dropped);
    dump_pages(&shown, reads);
    free(until);
}

static uint32_t *count(const Town *town, const CubeFact *facts, const Star *star)
{
    CubeFacts all = {town->dims, facts, town->facts};
    int32_t *entries = calloc(star_entries(star), sizeof *entries);
    uint32_t *numbers = calloc(star_cells(star), sizeof *numbers);

    if (!entries || !numbers || !is_ok(star_count(star, &all, entries)))
        abort();
    star_sum(star, entries, numbers);
    free(entries);
    return numbers;
}

/* What was read of an earlier, smaller cube, as places of the last one. */
static void move(const Star *from, const Star *to, Reads *reads, size_t begin)
{
    for (size_t i = begin; i < reads->count; i++)
        if (star_is_span(from, reads->items[i].place.period))
            reads->items[i].place.period = star_span(to, star_last_year(from, reads->items[i].place.period));
}

int main(int argc, char **argv)
{
    if (argc != 8)
        return 2;
    Town town = (strcmp(argv[1], "measures") == 0 ? town_measures : town_attentions)((uint16_t)atoi(argv[2]), (uint16_t)atoi(argv[3]),
        (size_t)atol(argv[4]), (uint64_t)atol(argv[5]));
    bool every_year = strcmp(argv[6], "two") == 0;
    CubeFact *facts = town_facts(&town);
    AUTO(arena_freep) Arena *keep = arena();
    CubePublication publication = {0};
    Reads reads = {0};
    Star star;

    if (!is_ok(star_new(&town.dims, &star)))
        return 2;
    uint32_t *numbers = count(&town, facts, &star), shown, all;
    if (strcmp(argv[6], "rules") == 0)
        dump_rules_alone(&star, numbers, &reads);
    else if (strcmp(argv[6], "rounded") == 0)
        dump_rounded(&star, numbers, &reads);
    else
        for (uint16_t last = every_year ? town.dims.first + 3 : town.dims.last; last <= town.dims.last; last += 4) {
            CubeDims dims = town.dims;
            size_t begin = reads.count;
            Star then;
            dims.last = last;
            freeze_and_read(&town, &(CubeFacts){dims, facts, town.facts}, keep, &publication, &reads);
            if (is_ok(star_new(&dims, &then)))
                move(&then, &star, &reads, begin);
        }
    FILE *pages = open_in(argv[7], "pages.json"), *truth = open_in(argv[7], "truth.json");
    dump_knowledge(&star, &reads, pages);
    dump_truth(&(CubeFacts){town.dims, facts, town.facts}, truth);
    fclose(pages);
    fclose(truth);
    dump_share(&star, numbers, &reads, &shown, &all);
    printf("%u %u\n", shown, all);
    free(reads.items);
    free(numbers);
    free(facts);
    return 0;
}
