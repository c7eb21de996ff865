/* What stays of attentions and measures as facts: when they begin, change, go, and what a log leaves when it ends.
 * Must not hold data of anybody.
 * Called by meson test. Rules: statistics 1-4. */
#include "../jobs/lives.h"

#include "domain/statistics/calendar.h"
#include "keys/statistics.h"
#include "service/statistics/kept.h"
#include "store/ending/deletion.h"
#include "store/ending/purge.h"

#define FACTS_MAX_HERE 50
#define HOUR_MS (INT64_C(60) * 60 * 1000)

/* ---- entries ---- */

static Values attention(Place *place, const char *category)
{
    Values values = {.kind = kind_of(KIND_ATTENTION)};

    log_set(&values, "category", str_from_c(category));
    log_set(&values, "severity", STR("2"));
    log_set(&values, "date", town_day(&place->town, -1));
    log_set(&values, "description", STR("Trekker seg unna i friminuttene"));
    return values;
}

static Id written(Place *place, Id log, const Values *values)
{
    Id entry = {0};

    place->holder.request = town_id(&place->town);
    EXPECT_OK(log_entry_add(&place->town.service, &place->holder, log, values, &entry));
    return entry;
}

static void corrected(Place *place, Id log, Id entry, const Values *values, uint32_t version)
{
    place->holder.request = town_id(&place->town);
    EXPECT_OK(log_entry_correct(&place->town.service, &place->holder, &(EntryVersion){log, entry, version}, values));
}

static void removed(Place *place, Id log, Id entry, uint32_t version)
{
    place->holder.request = town_id(&place->town);
    EXPECT_OK(log_entry_remove(&place->town.service, &place->holder, &(EntryVersion){log, entry, version}, STR("Feil barn")));
}

static Id holder_in(Place *place, Id log)
{
    LogView view = {0};
    Why why;

    EXPECT_OK(log_open(&(LogReader){&place->town.service, &place->holder, place->town.arena}, log, OPENING_NONE, &why, &view));
    for (uint32_t i = 0; i < view.people_count; i++)
        if (view.people[i].role == ROLE_RELAY_HOLDER)
            return view.people[i].participant;
    return (Id){0};
}

static Id measured(Place *place, Id log, Id about)
{
    Values values = {.kind = kind_of(KIND_MEASURE)};
    Str who, of;

    EXPECT_OK(log_id_text(holder_in(place, log), place->town.arena, &who));
    EXPECT_OK(log_id_text(about, place->town.arena, &of));
    log_set(&values, "category", STR("21"));
    log_set(&values, "arena", STR("3"));
    log_set(&values, "description", STR("Fast lekegruppe"));
    log_set(&values, "diagnosis", STR("Hemmelig diagnose"));
    log_set(&values, "responsible", who);
    log_set(&values, "start", town_day(&place->town, -3));
    log_set(&values, "deadline", town_day(&place->town, 30));
    log_set(&values, "state", STR("2"));
    log_set(&values, "attention", of);
    return written(place, log, &values);
}

static Values evaluation(Place *place, Id measure, const char *outcome)
{
    Values values = {.kind = kind_of(KIND_EVALUATION)};
    Str of;

    EXPECT_OK(log_id_text(measure, place->town.arena, &of));
    log_set(&values, "measure", of);
    log_set(&values, "outcome", str_from_c(outcome));
    log_set(&values, "date", town_day(&place->town, 0));
    return values;
}

static Id evaluated(Place *place, Id log, Id measure, const char *outcome)
{
    const Values values = evaluation(place, measure, outcome);

    return written(place, log, &values);
}

/* ---- facts ---- */

typedef struct Kept {
    FactRow rows[FACTS_MAX_HERE];
    Fact facts[FACTS_MAX_HERE];
    uint32_t count;
} Kept;

static Id grant_of_nobody(Place *place)
{
    Id grant;

    EXPECT_OK(keys_grant_new(place->town.agent.keys, (GrantWish){.tenant = place->town.tenant, .ends_at = place->town.now + HOUR_MS}, &grant));
    return grant;
}

/* All that have entered by now, opened. */
static Kept entered(Place *place)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    FactRows rows = {0};
    Kept kept = {0};

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_facts_entered(tx, &(FactPage){.last = UINT16_MAX, .max = FACTS_MAX_HERE}, place->town.arena, &rows));
    for (uint32_t i = 0; i < rows.count; i++) {
        uint8_t plain[1][FACT_BYTES];
        size_t bad = 0;
        const SealedFacts sealed = {.grant = grant_of_nobody(place), .tenant = place->town.tenant, .found = &rows.items[i].found,
                                    .sealed = &rows.items[i].sealed, .count = 1};
        EXPECT_OK(keys_facts_open(place->town.agent.keys, &sealed, plain, &bad));
        kept.rows[i] = rows.items[i];
        EXPECT_OK(fact_decode(plain[0], &kept.facts[i]));
    }
    kept.count = rows.count;
    return kept;
}

static const Fact *of_family(const Kept *kept, FactFamily family)
{
    for (uint32_t i = 0; i < kept->count; i++)
        if (kept->facts[i].family == family)
            return &kept->facts[i];
    return NULL;
}

/* ---- attentions ---- */

TEST(an_attention_is_a_fact_from_its_first_version_on)
{
    PLACE(p);
    const Id log = any_log(&p, 300);
    const Values values = attention(&p, "22");
    Day day = 0;

    written(&p, log, &values);
    const Kept kept = entered(&p);
    EXPECT(kept.count == 1 && kept.rows[0].period == quarter_of(today(&p)) && !kept.rows[0].waits);
    const Fact *fact = &kept.facts[0];
    EXPECT(fact->family == FACT_OF_ATTENTION && fact->category == 22 && fact->grade == 2 && id_equal(fact->unit, p.town.unit));
    EXPECT(values_day(&values, ATTENTION_DATE, &day) && fact->from == day && fact->to == 0);
    EXPECT(fact->actor_count == 1 && id_equal(fact->actors[0].person, p.holder.person));
}

TEST(a_note_is_none)
{
    PLACE(p);
    const Id log = any_log(&p, 300);
    Values values = {.kind = kind_of(KIND_NOTE)};

    log_set(&values, "note_kind", STR("1"));
    log_set(&values, "text", STR("Fin dag"));
    written(&p, log, &values);
    EXPECT(entered(&p).count == 0);
}

TEST(a_correction_takes_the_place_of_what_stood_there_and_a_removal_takes_it_away)
{
    PLACE(p);
    const Id log = any_log(&p, 300);
    const Values first = attention(&p, "22"), second = attention(&p, "50");
    const Id entry = written(&p, log, &first);

    corrected(&p, log, entry, &second, 1);
    const Kept kept = entered(&p);
    EXPECT(kept.count == 1 && kept.facts[0].category == 50);
    removed(&p, log, entry, 2);
    EXPECT(entered(&p).count == 0);
}

TEST(two_logs_have_two_tags_and_one_log_has_one)
{
    PLACE(p);
    const Id one = any_log(&p, 300), other = any_log(&p, 300);
    const Values values = attention(&p, "22");

    written(&p, one, &values);
    written(&p, one, &values);
    written(&p, other, &values);
    const Kept kept = entered(&p);
    uint32_t same = 0;
    EXPECT(kept.count == 3);
    for (uint32_t i = 0; i < 3; i++)
        for (uint32_t j = i + 1; j < 3; j++)
            same += memcmp(kept.facts[i].tag, kept.facts[j].tag, FACT_TAG_BYTES) == 0;
    EXPECT(same == 1);
}

/* ---- measures ---- */

TEST(a_measure_waits_until_an_outcome_closes_it)
{
    PLACE(p);
    const Id log = any_log(&p, 300);
    const Values values = attention(&p, "22");
    const Id measure = measured(&p, log, written(&p, log, &values));

    EXPECT(entered(&p).count == 1);
    evaluated(&p, log, measure, "2");
    EXPECT(entered(&p).count == 1);
    evaluated(&p, log, measure, "3");
    const Kept kept = entered(&p);
    const Fact *fact = of_family(&kept, FACT_OF_MEASURE);
    EXPECT(kept.count == 2 && fact != NULL);
    EXPECT(fact->category == 21 && fact->grade == 3 && fact->attention == 22 && fact->on == today(&p));
    EXPECT(fact->from != 0 && fact->to != 0 && fact->actor_count == 1 && id_equal(fact->actors[0].person, p.holder.person));
}

TEST(what_does_not_close_a_measure_changes_nothing_of_one_that_is_closed)
{
    PLACE(p);
    const Id log = any_log(&p, 300);
    const Values values = attention(&p, "22");
    const Id measure = measured(&p, log, written(&p, log, &values));

    evaluated(&p, log, measure, "1");
    evaluated(&p, log, measure, "6");
    const Kept kept = entered(&p);
    EXPECT(kept.count == 2 && of_family(&kept, FACT_OF_MEASURE)->grade == 1);
}

TEST(an_evaluation_that_is_corrected_or_removed_opens_the_measure_again)
{
    PLACE(p);
    const Id log = any_log(&p, 300);
    const Values values = attention(&p, "22");
    const Id measure = measured(&p, log, written(&p, log, &values)), said = evaluated(&p, log, measure, "1");
    const Values open = evaluation(&p, measure, "4"), closed = evaluation(&p, measure, "5");

    EXPECT(entered(&p).count == 2);
    corrected(&p, log, said, &open, 1);
    EXPECT(entered(&p).count == 1);
    corrected(&p, log, said, &closed, 2);
    const Kept kept = entered(&p);
    EXPECT(kept.count == 2 && of_family(&kept, FACT_OF_MEASURE)->grade == 5);
    removed(&p, log, said, 3);
    EXPECT(entered(&p).count == 1);
}

TEST(a_measure_has_the_category_that_its_attention_has_now)
{
    PLACE(p);
    const Id log = any_log(&p, 300);
    const Values first = attention(&p, "22"), second = attention(&p, "50");
    const Id entry = written(&p, log, &first);

    evaluated(&p, log, measured(&p, log, entry), "1");
    corrected(&p, log, entry, &second, 1);
    const Kept kept = entered(&p);
    EXPECT(kept.count == 2 && of_family(&kept, FACT_OF_MEASURE)->attention == 50 && of_family(&kept, FACT_OF_MEASURE)->grade == 1);
}

/* ---- what nobody learns ---- */

TEST(a_grant_of_a_person_opens_none_and_what_stands_elsewhere_does_not_open)
{
    PLACE(p);
    const Id log = any_log(&p, 300);
    const Values values = attention(&p, "22");
    uint8_t plain[1][FACT_BYTES];
    size_t bad = 1;

    written(&p, log, &values);
    const Kept kept = entered(&p);
    Id found = kept.rows[0].found;
    SealedFacts sealed = {.grant = p.holder.grant, .tenant = p.town.tenant, .found = &found, .sealed = &kept.rows[0].sealed, .count = 1};
    EXPECT_ERR(keys_facts_open(p.town.agent.keys, &sealed, plain, &bad), E_RANGE);
    sealed.grant = grant_of_nobody(&p);
    found.bytes[0] ^= 1;
    EXPECT_ERR(keys_facts_open(p.town.agent.keys, &sealed, plain, &bad), E_FORGED);
    EXPECT(bad == 0);
}

TEST(no_text_and_no_id_of_the_log_or_the_entry_stands_in_a_fact_and_no_line_tells_of_one)
{
    PLACE(p);
    const Id log = any_log(&p, 300);
    const Values values = attention(&p, "22");
    const Id entry = written(&p, log, &values);
    const Kept kept = entered(&p);
    const AuditRows lines = town_lines(&p.town, log);
    Values plain_note = {.kind = kind_of(KIND_NOTE)};
    uint8_t plain[FACT_PLAIN_BYTES];

    fact_encode(&kept.facts[0], plain);
    EXPECT(!memmem(plain, sizeof plain, "Trekker", 7) && !memmem(plain, sizeof plain, log.bytes, ID_BYTES));
    EXPECT(!memmem(plain, sizeof plain, entry.bytes, ID_BYTES) && kept.rows[0].sealed.length == FACT_SEALED_BYTES);
    log_set(&plain_note, "note_kind", STR("1"));
    log_set(&plain_note, "text", STR("Fin dag"));
    written(&p, log, &plain_note);
    const AuditRows both = town_lines(&p.town, log);
    EXPECT(both.count > lines.count && both.items[both.count - 1].changes == lines.items[lines.count - 1].changes);
    EXPECT(town_lines(&p.town, kept.rows[0].id).count == 0 && town_lines(&p.town, kept.rows[0].found).count == 0);
}

/* ---- how a log ends ---- */

typedef struct Ordering {
    DeletionRow row;
} Ordering;

static Err put_order(Tx *tx, void *context)
{
    Ordering *ordering = context;
    LogRow log;

    TRY(store_log_by_id(tx, ordering->row.log, &log));
    log.state = STATE_DELETION_ORDERED;
    ordering->row.log_no = log.no;
    ordering->row.display = log.display;
    TRY(store_log_update(tx, &log));
    TRY(store_log_head_put(tx, log.no, &(Hash){{1}}));
    return store_deletion_insert(tx, &ordering->row);
}

/* Ordered, approved, and carried out two hours later; what its certificate says of facts. */
static uint32_t purged(Place *place, Id log)
{
    Ordering ordering = {.row = {.id = town_id(&place->town), .log = log, .unit = place->town.unit, .scenario = 1, .archive = 2, .ground = 1,
                                 .ordered_by = place->admin.person, .ordered_at = place->town.now, .approved_by = place->manager.person,
                                 .approved_at = place->town.now, .purge_at = place->town.now + HOUR_MS, .version = 1}};
    const JobOrder order = {.job = JOB_DELETION, .tenant = place->town.tenant, .at_once = true};
    enum JobEnd end = JOB_NOT_DUE;
    JobCounts counts = {0};
    CertificateRow row = {0};
    Tx *tx = NULL;
    const char *at;

    town_put(&place->town, put_order, &ordering);
    place_at(place, place->town.now + 2 * HOUR_MS);
    EXPECT_OK(job_run(&place->town.service, &order, &end, &counts));
    EXPECT(end == JOB_DONE && counts.changed == 1);
    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_certificate(tx, ordering.row.id, place->town.arena, &row));
    store_read_end(tx);
    at = memmem(row.body.data, row.body.length, "\"facts\":", 8);
    EXPECT(at != NULL);
    return (uint32_t)atoi(at + 8);
}

TEST(when_its_log_is_purged_a_measure_enters_with_what_was_said_of_it_last)
{
    PLACE(p);
    const Id log = any_log(&p, 300);
    const Values values = attention(&p, "22");
    const Id about = written(&p, log, &values);

    evaluated(&p, log, measured(&p, log, about), "2");
    measured(&p, log, about);
    EXPECT(entered(&p).count == 1);
    EXPECT(purged(&p, log) == 3);
    const Kept kept = entered(&p);
    uint32_t some = 0, never = 0;
    EXPECT(kept.count == 3);
    for (uint32_t i = 0; i < kept.count; i++) {
        some += kept.facts[i].family == FACT_OF_MEASURE && kept.facts[i].grade == 2;
        never += kept.facts[i].family == FACT_OF_MEASURE && kept.facts[i].grade == 0;
    }
    EXPECT(some == 1 && never == 1);
}

static Err withdraw(Place *place, Id log)
{
    Values asked = {.kind = kind_of(KIND_WITHDRAWAL)};
    Deed deed = {.service = &place->town.service, .actor = &place->manager, .log = log, .opening = OPENING_SUPERVISION,
                 .asked = &asked};
    LogView view = {0};
    Str giver = STR_NONE;
    Why why;

    EXPECT_OK(log_open(&(LogReader){&place->town.service, &place->holder, place->town.arena}, log, OPENING_NONE, &why, &view));
    for (uint32_t i = 0; i < view.people_count; i++)
        if (view.people[i].role == ROLE_GUARDIAN)
            EXPECT_OK(log_id_text(view.people[i].participant, place->town.arena, &giver));
    values_put(&asked, WITHDRAWAL_GIVER, giver);
    values_put(&asked, WITHDRAWAL_ON, town_day(&place->town, 0));
    values_put(&asked, WITHDRAWAL_METHOD, STR("2"));
    values_put(&asked, WITHDRAWAL_OF, STR("1"));
    EXPECT_OK(procedure_from_str(STR("withdrawal_record"), &deed.procedure));
    place->manager.request = town_id(&place->town);
    return procedure_carry_out(&deed, &why);
}

TEST(after_a_withdrawal_a_log_feeds_no_more_and_what_was_recorded_stays)
{
    PLACE(p);
    const Id log = any_log(&p, 300);
    const Values values = attention(&p, "22");
    const Id about = written(&p, log, &values);

    evaluated(&p, log, measured(&p, log, about), "1");
    measured(&p, log, about);
    EXPECT_OK(withdraw(&p, log));
    EXPECT(purged(&p, log) == 2);
    EXPECT(entered(&p).count == 2);
}

TEST(a_log_that_was_made_by_mistake_leaves_none)
{
    PLACE(p);
    const Id log = any_log(&p, 300), other = any_log(&p, 300);
    const Values values = attention(&p, "22");
    Deed deed = {.service = &p.town.service, .actor = &p.manager, .log = log, .opening = OPENING_SUPERVISION};
    Why why;

    evaluated(&p, log, measured(&p, log, written(&p, log, &values)), "1");
    written(&p, other, &values);
    EXPECT(entered(&p).count == 3);
    EXPECT_OK(procedure_from_str(STR("mistake_mark"), &deed.procedure));
    p.manager.request = town_id(&p.town);
    EXPECT_OK(procedure_carry_out(&deed, &why));
    EXPECT(entered(&p).count == 1);
    EXPECT(purged(&p, log) == 0);
    EXPECT(entered(&p).count == 1);
}

RUN_TESTS("facts")
