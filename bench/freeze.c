/* How long a publication takes and an answer out of it: half the facts are attentions, half measures, frozen at the same time in two
 * threads as on two cores, each in memory of its own.
 * Must not know a real municipality: the facts are invented.
 * Run by bench/bench.py, or by hand: bench_freeze ORGANISATIONS YEARS FACTS; prints one line of JSON. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

#include "cube/answer.h"
#include "cube/freeze.h"
#include "cube/town.h"
#include "cube/verify.h"

#define ANSWERS 20000

typedef struct Half {
    pthread_t thread;
    Town town;
    CubeFact *facts;
    Arena *scratch, *keep;
    CubePublication publication;
    CubeFigures figures;
    double verified_s;
} Half;

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static void need(Err err, const char *what)
{
    if (is_ok(err))
        return;
    fprintf(stderr, "%s: %s\n", what, err_name(err.id));
    exit(1);
}

static void *freeze(void *self)
{
    Half *half = self;
    CubeFreeze order = {.facts = {half->town.dims, half->facts, half->town.facts}, .options = CUBE_OPTIONS, .seed = {1}};

    need(cube_freeze(&order, half->scratch, half->keep, &half->publication, &half->figures), "freeze");
    return NULL;
}

static void make(Half *half, Town town)
{
    half->town = town;
    half->facts = town_facts(&town);
    need(arena_new((size_t)1 << 30, &half->scratch), "memory");
    need(arena_new((size_t)1 << 30, &half->keep), "memory");
}

/* As an auditor does, with nothing but what is stored. */
static void verify(Half *half)
{
    CubeFacts facts = {half->town.dims, half->facts, half->town.facts};
    double begun = now();
    CubeVerdict verdict;

    arena_again(half->scratch, (size_t)1 << 30);
    need(cube_verify(&facts, &half->publication, STR_NONE, half->scratch, &verdict), "verify");
    if (verdict.fault != CUBE_FAULT_NONE)
        exit(1);
    half->verified_s = now() - begun;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Microseconds that 99 of 100 answers take at most, opening the bytes with each. */
static double answer_p99(const Half *half)
{
    static double times[ANSWERS];
    static uint32_t rows[CUBE_ORGANISATIONS_MAX];

    for (int i = 0; i < ANSWERS; i++) {
        uint16_t category = i % 3 ? CUBE_EACH : CUBE_ALL, year = i % 2 ? CUBE_ALL : half->town.dims.first / 4;
        uint16_t organisation = (uint16_t)(i % 3 ? i % half->town.dims.organisations : CUBE_EACH);
        CubeQuestion question = {category, year, CUBE_ORGANISATION, organisation};
        CubeAnswer answer;
        CubeShown shown;
        double begun = now();
        need(cube_shown_open(half->publication.shown, &shown), "open");
        need(cube_answer(&shown, &question, rows, &answer), "answer");
        times[i] = (now() - begun) * 1e6;
    }
    qsort(times, ANSWERS, sizeof *times, compare);
    return times[ANSWERS * 99 / 100];
}

int main(int argc, char **argv)
{
    static Half halves[2];
    struct rusage used;

    if (argc != 4)
        return 2;
    uint16_t organisations = (uint16_t)atoi(argv[1]), years = (uint16_t)atoi(argv[2]);
    Town attentions = town_attentions(organisations, years, (size_t)atol(argv[3]) / 2, 1);
    Town measures = town_measures(organisations, years, (size_t)atol(argv[3]) / 2, 2);
    attentions.dims.categories = 20; /* as many as the lists of a real one have */
    measures.dims.categories = 15;
    measures.dims.levels = 7;
    measures.dims.attentions = 21;
    make(&halves[0], attentions);
    make(&halves[1], measures);
    getrusage(RUSAGE_SELF, &used);
    double made = seconds(used.ru_utime) + seconds(used.ru_stime), begun = now();
    for (int i = 0; i < 2; i++)
        if (pthread_create(&halves[i].thread, NULL, freeze, &halves[i]) != 0)
            return 1;
    for (int i = 0; i < 2; i++)
        pthread_join(halves[i].thread, NULL);
    double frozen = now() - begun;
    getrusage(RUSAGE_SELF, &used);
    double spent = seconds(used.ru_utime) + seconds(used.ru_stime) - made;
    for (int i = 0; i < 2; i++)
        verify(&halves[i]);
    getrusage(RUSAGE_SELF, &used);
    printf("{\"seconds\": %.4f, \"cpu\": %.4f, \"verify\": %.4f, \"mib\": %ld, \"answer_us\": %.1f, \"offered\": %u, \"shown\": %u, \"certificates\": %u}\n",
           frozen, spent, halves[0].verified_s + halves[1].verified_s, used.ru_maxrss / 1024, answer_p99(&halves[0]),
           halves[0].figures.offered + halves[1].figures.offered, halves[0].figures.shown + halves[1].figures.shown,
           halves[0].figures.certificates + halves[1].figures.certificates);
    return 0;
}
