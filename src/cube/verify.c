/* Every promise of a publication, checked one after the other. What is shared with freeze stands in verify.h.
 * Must not stop at what looks right: every number and every certificate is recomputed.
 * Called by freeze and service. */
#include <string.h>

#include "crypto/hash.h"
#include "cube/contributors.h"
#include "cube/deep.h"
#include "cube/encode.h"
#include "cube/lines.h"
#include "cube/verify.h"

const char *cube_fault_text(CubeFault fault)
{
    static const char *const texts[] = {
#define X(name, number, text) [CUBE_FAULT_##name] = text,
        CUBE_FAULTS(X)
#undef X
    };

    return fault < sizeof texts / sizeof *texts ? texts[fault] : texts[CUBE_FAULT_NONE];
}

typedef struct Check {
    Work work;     /* counted anew; shown is what the ledger shows */
    Numbers shown, ledger;
    Secrets secrets;
    Str before;
    const CubePublication *publication;
    int32_t *more;   /* of each cell, what a certificate changes */
    int32_t *odds;   /* of each side, year and category: what does not add up to the whole */
    CubeVerdict verdict;
} Check;

typedef Err Asked(Check *check, bool *ret_holds);

/* ---- What was written is what the facts give ---- */

static Err is_a_pair(Check *check, bool *ret_holds)
{
    uint8_t hash[HASH_BYTES];

    TRY(sha256(check->publication->ledger, hash));
    *ret_holds = memcmp(hash, check->secrets.ledger, HASH_BYTES) == 0 && memcmp(hash, check->shown.before, HASH_BYTES) == 0;
    return ok();
}

static Err numbers_are_true(Check *check, bool *ret_holds)
{
    Work *work = &check->work;

    for (uint32_t cell = 0; cell < star_cells(&work->star); cell++) {
        uint32_t number = numbers_at(&check->ledger, cell);
        if (number == MASKED)
            continue;
        work->flags[cell] |= CELL_SHOWN;
        check->verdict.numbers++;
        if (number != work->numbers[cell])
            return ok();
    }
    *ret_holds = true;
    return ok();
}

static Err pages_read_the_ledger(Check *check, bool *ret_holds)
{
    const Star *star = &check->work.star;
    size_t at = 0;

    for (CubeSide side = CUBE_WHOLE; side < CUBE_SIDES; side++)
        for (uint32_t value = 0; value < star->values[side]; value++)
            for (uint32_t i = 0; i <= star->years; i++)
                for (uint32_t category = 0; category <= star->categories; category++) {
                    Place place = {side, value, numbers_period(star, NUMBERS_SHOWN, i), category};
                    uint32_t ledger = star_offers(star, place) ? numbers_at(&check->ledger, star_cell(star, place)) : MASKED;
                    if (numbers_at(&check->shown, at++) != ledger)
                        return ok();
                }
    *ret_holds = true;
    return ok();
}

static Place grown(const Star *old, const Star *new, Place place)
{
    place.period = star_is_span(old, place.period) ? star_span(new, star_last_year(old, place.period)) : place.period;
    place.category = place.category == old->categories ? new->categories : place.category;
    return place;
}

static bool still_shows(const Check *check, const Star *old, const Numbers *before)
{
    const Star *star = &check->work.star;

    for (CubeSide side = CUBE_WHOLE; side < CUBE_SIDES; side++)
        if (old->values[side] > star->values[side] || old->categories > star->categories || old->years > star->years)
            return false;
    for (uint32_t cell = 0; cell < star_cells(old); cell++) {
        uint32_t number = numbers_at(before, cell);
        if (number != MASKED && numbers_at(&check->ledger, star_cell(star, grown(old, star, star_cell_place(old, cell)))) != number)
            return false;
    }
    return true;
}

static Err what_was_shown_is_shown(Check *check, bool *ret_holds)
{
    static const uint8_t none[HASH_BYTES];
    uint8_t hash[HASH_BYTES];
    Numbers before;
    Star old;

    if (check->before.length == 0) {
        *ret_holds = memcmp(check->ledger.before, none, HASH_BYTES) == 0;
        return ok();
    }
    TRY(sha256(check->before, hash));
    TRY(numbers_decode(check->before, NUMBERS_LEDGER, &before));
    TRY(star_new(&before.dims, &old));
    *ret_holds = memcmp(hash, check->ledger.before, HASH_BYTES) == 0 && old.dims.first == check->work.star.dims.first &&
                 still_shows(check, &old, &before);
    return ok();
}

/* ---- The two rules, and who is behind a number ---- */

static bool row_obeys(const Work *work, uint32_t first, uint32_t step, uint32_t count, uint32_t total)
{
    uint32_t counts[CUBE_VALUES_MAX], shown[CUBE_VALUES_MAX], all;

    for (uint32_t i = 0; i < count; i++)
        counts[i] = work->numbers[first + i * step];
    suppress((Distribution){counts, count, work->numbers[total]}, shown, &all);
    for (uint32_t i = 0; i < count; i++)
        if (shown[i] == MASKED && work_shows(work, first + i * step))
            return false;
    return all != MASKED || !work_shows(work, total);
}

static bool values_obey(const Work *work, CubeSide side)
{
    const Star *star = &work->star;

    for (uint32_t period = 0; period < star->periods; period++)
        for (uint32_t category = 0; category <= star->categories; category++) {
            uint32_t total = star_cell(star, (Place){CUBE_WHOLE, 0, period, category});
            uint32_t first = star_cell(star, (Place){side, 0, period, category});
            if (star->values[side] && work->numbers[total] >= FEWEST_REGISTRATIONS &&
                !row_obeys(work, first, star->periods * (star->categories + 1), star->values[side], total))
                return false;
        }
    return true;
}

static Err rules_are_obeyed(Check *check, bool *ret_holds)
{
    const Work *work = &check->work;
    uint32_t width = work->star.categories + 1;

    for (uint32_t cell = 0; cell < star_cells(&work->star); cell += width)
        if (!row_obeys(work, cell, 1, width - 1, cell + width - 1))
            return ok();
    *ret_holds = values_obey(work, CUBE_LEVEL) && values_obey(work, CUBE_ATTENTION);
    return ok();
}

/* ---- Lines ---- */

static bool line_holds(const Work *work, const Line *line)
{
    uint64_t masked = 0;
    uint32_t members = 0, largest = 0;

    for (uint32_t i = 0; i < line->count; i++) {
        uint32_t cell = line->first + i * line->step;
        if (!work_shows(work, cell)) {
            masked += work->numbers[cell];
            members++;
        } else if (work->numbers[cell] > largest) {
            largest = work->numbers[cell];
        }
    }
    return !work_shows(work, line->total) || masked == 0 || largest == 0 ||
           (masked >= line->enough && !(line->categories && members == 1));
}

static Err lines_hold(Check *check, bool *ret_holds)
{
    Lines lines;

    TRY(lines_find(&check->work.star, check->work.arena, &lines));
    for (uint32_t i = 0; i < lines.count; i++)
        if (!line_holds(&check->work, &lines.items[i]))
            return ok();
    *ret_holds = true;
    return ok();
}

/* ---- Certificates ---- */

static uint32_t odds_place(const Star *star, CubeSide side, Place place)
{
    return ((uint32_t)side * star->years + place.period) * star->categories + place.category;
}

static void apply(Check *check, const Certificate *certificate, int32_t sign)
{
    const Star *star = &check->work.star;
    uint32_t cells[STAR_PARTS];

    for (uint32_t i = 0; i < certificate->count; i++) {
        const Change *change = &certificate->changes[i];
        Place place = star_entry_place(star, change->entry);
        uint32_t parts = star_parts(star, change->entry, cells);
        check->work.entries[change->entry] += sign * change->more;
        for (uint32_t k = 0; k < parts; k++)
            check->more[cells[k]] += sign * change->more;
        for (CubeSide side = CUBE_ORGANISATION; side < CUBE_SIDES; side++)
            if (place.side == CUBE_WHOLE && star->values[side])
                check->odds[odds_place(star, side, place)] -= sign * change->more;
        if (place.side != CUBE_WHOLE)
            check->odds[odds_place(star, place.side, place)] += sign * change->more;
    }
}

/* Whole numbers, none below zero, in quarters that are published, the same on each side; and every shown number as it is. */
static bool is_possible(const Check *check, const Certificate *certificate)
{
    const Work *work = &check->work;
    const Star *star = &work->star;
    uint32_t cells[STAR_PARTS];

    for (uint32_t i = 0; i < certificate->count; i++) {
        const Change *change = &certificate->changes[i];
        Place place = star_entry_place(star, change->entry);
        uint32_t parts = star_parts(star, change->entry, cells);
        if (work->entries[change->entry] < 0 || !star_exists(star, place.side, place.value, place.period))
            return false;
        for (uint32_t k = 0; k < parts; k++)
            if (check->more[cells[k]] != 0 && work_shows(work, cells[k]))
                return false;
        for (CubeSide side = CUBE_ORGANISATION; side < CUBE_SIDES; side++)
            if (check->odds[odds_place(star, side, place)] != 0)
                return false;
    }
    return true;
}

static void learn(Check *check, const Certificate *certificate)
{
    Work *work = &check->work;
    uint32_t cells[STAR_PARTS];

    for (uint32_t i = 0; i < certificate->count; i++) {
        uint32_t parts = star_parts(&work->star, certificate->changes[i].entry, cells);
        for (uint32_t k = 0; k < parts; k++) {
            uint32_t number = work->numbers[cells[k]] + (uint32_t)check->more[cells[k]];
            if (number < work->lowest[cells[k]])
                work->lowest[cells[k]] = number;
            if (number > work->highest[cells[k]])
                work->highest[cells[k]] = number;
        }
    }
}

static Err certificates_are_possible(Check *check, bool *ret_holds)
{
    const Star *star = &check->work.star;

    TRY(ARENA_NEW(check->work.arena, int32_t, star_cells(star), &check->more));
    TRY(ARENA_NEW(check->work.arena, int32_t, CUBE_SIDES * (size_t)star->years * star->categories, &check->odds));
    for (uint32_t i = 0; i < check->secrets.certificates.count; i++) {
        const Certificate *certificate = &check->secrets.certificates.items[i];
        apply(check, certificate, 1);
        bool possible = is_possible(check, certificate);
        learn(check, certificate);
        apply(check, certificate, -1);
        if (!possible)
            return ok();
        check->verdict.certificates++;
    }
    *ret_holds = true;
    return ok();
}

/* What can be asked for; and of the sums of years those of which something is shown, now or since they were asked for. */
static bool must_be_certified(const Star *star, Place place, const bool *told)
{
    return star_is_span(star, place.period) ? told[place.period] && place.side != CUBE_QUARTER : star_offers(star, place);
}

static Err sensitive_is_certified(Check *check, bool *ret_holds)
{
    const Work *work = &check->work;
    bool told[2 * CUBE_YEARS_MAX] = {false};

    work_find_told(work, told);
    for (uint32_t cell = 0; cell < star_cells(&work->star); cell++) {
        Place place = star_cell_place(&work->star, cell);
        uint32_t number = work->numbers[cell], enough = star_enough(&work->star, place);
        if (number == 0 || (number >= enough && !contributors_are_few(work, cell)) || !must_be_certified(&work->star, place, told))
            continue;
        check->verdict.sensitive++;
        if (work_shows(work, cell) || work->lowest[cell] > 0 || work->highest[cell] < enough)
            return ok();
    }
    *ret_holds = true;
    return ok();
}

static Err deep_is_certified(Check *check, bool *ret_holds)
{
    Work *work = &check->work;
    Deeps deeps;

    TRY(deep_find(work, work->arena, &deeps));
    for (uint32_t i = 0; i < deeps.count; i++) {
        bool nothing = false;
        for (uint32_t k = 0; k < check->secrets.certificates.count && !nothing; k++)
            nothing = deep_is_nothing(&work->star, work->entries, &deeps.items[i], &check->secrets.certificates.items[k]);
        check->verdict.deep++;
        if (!nothing)
            return ok();
    }
    *ret_holds = true;
    return ok();
}

static const struct {
    Asked *asked;
    CubeFault fault;
} QUESTIONS[] = {
    {is_a_pair, CUBE_FAULT_PAIR},           {numbers_are_true, CUBE_FAULT_NUMBER},
    {pages_read_the_ledger, CUBE_FAULT_SHOWN}, {what_was_shown_is_shown, CUBE_FAULT_LEDGER},
    {rules_are_obeyed, CUBE_FAULT_RULE},    {lines_hold, CUBE_FAULT_LINE},
    {certificates_are_possible, CUBE_FAULT_CERTIFICATE}, {sensitive_is_certified, CUBE_FAULT_UNCERTIFIED},
    {deep_is_certified, CUBE_FAULT_DEEP},
};

static bool same_lists(const CubeDims *a, const CubeDims *b)
{
    return a->family == b->family && a->organisations == b->organisations && a->categories == b->categories &&
           a->levels == b->levels && a->attentions == b->attentions && a->first == b->first && a->last == b->last;
}

Err cube_verify(const CubeFacts *facts, const CubePublication *publication, Str before, Arena *scratch, CubeVerdict *ret_verdict)
{
    Check check = {.publication = publication, .before = before};

    TRY(work_new(facts, &CUBE_OPTIONS, scratch, &check.work));
    TRY(numbers_decode(publication->shown, NUMBERS_SHOWN, &check.shown));
    TRY(numbers_decode(publication->ledger, NUMBERS_LEDGER, &check.ledger));
    if (!same_lists(&check.shown.dims, &facts->dims) || !same_lists(&check.ledger.dims, &facts->dims)) {
        *ret_verdict = (CubeVerdict){.fault = CUBE_FAULT_PAIR};
        return ok();
    }
    TRY(secrets_decode(publication->certificates, &check.work.star, scratch, &check.secrets));
    memcpy(check.work.logs, check.secrets.logs.data, check.secrets.logs.length);
    for (size_t i = 0; i < COUNT_OF(QUESTIONS) && check.verdict.fault == CUBE_FAULT_NONE; i++) {
        bool holds = false;
        TRY(QUESTIONS[i].asked(&check, &holds));
        if (!holds)
            check.verdict.fault = QUESTIONS[i].fault;
    }
    *ret_verdict = check.verdict;
    return ok();
}
