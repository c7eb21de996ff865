/* Facts made of entries.
 * Must not take a text, nor tell a log by anything but its tag.
 * Called by service/acts. Rules: statistics 1, 2, 4. */
#include "service/statistics/facts.h"

#include <string.h>

#include "base/calendar.h"
#include "domain/statistics/calendar.h"
#include "keys/pairs.h"
#include "keys/statistics.h"

/* The labels keep a tag and what an entry is found by apart. */
#define FOUND_LABEL STR("entry")
#define TAG_LABEL STR("log tag")

typedef struct Making {
    const LogReader *reader;
    const LogEntered *entered;
    const FactWritten *written;
    FactDeeds deeds;
} Making;

/* ---- keys ---- */

Err fact_found(const Crypto *crypto, const Key *key, Id entry, Id *ret_found)
{
    const Str parts[] = {FOUND_LABEL, str_from_bytes(entry.bytes, ID_BYTES)};
    uint8_t mac[HASH_BYTES];

    TRY(crypto_hmac(crypto, key, parts, COUNT_OF(parts), mac));
    memcpy(ret_found->bytes, mac, ID_BYTES);
    return ok();
}

static Err tag_of(const LogKeys *keys, uint8_t ret_tag[static FACT_TAG_BYTES])
{
    const Str part = TAG_LABEL;
    uint8_t mac[HASH_BYTES];

    TRY(crypto_hmac(keys->crypto, &keys->fact, &part, 1, mac));
    memcpy(ret_tag, mac, FACT_TAG_BYTES);
    return ok();
}

/* ---- entries ---- */

/* As it stands after this act; false when it is removed, or there is none. */
static Err open_entry(const Making *making, Id entry, Values *ret_values, bool *ret_there)
{
    const FactWritten *written = making->written;
    const LogVersions *versions = log_newest_find(&making->entered->newest, entry);

    *ret_there = false;
    if (id_equal(entry, written->row->entry)) {
        *ret_there = !written->row->removed;
        *ret_values = *written->values;
        return ok();
    }
    if (!versions || versions->newest->removed)
        return ok();
    *ret_there = true;
    return written->open(written->self, versions->newest, ret_values);
}

static bool refers(const Values *values, FieldKey key, Id *ret_entry)
{
    return is_ok(id_from_text(values_at(values, key), ret_entry)) && !id_is_none(*ret_entry);
}

/* The attention of a measure: its own, or that of its goal. */
static Err attention_of(const Making *making, const Values *measure, Id *ret_entry)
{
    Values goal;
    bool there = false;
    Id entry;

    *ret_entry = (Id){0};
    if (refers(measure, MEASURE_ATTENTION, ret_entry) || !refers(measure, MEASURE_GOAL, &entry))
        return ok();
    TRY(open_entry(making, entry, &goal, &there));
    if (there && !refers(&goal, GOAL_ATTENTION, ret_entry))
        *ret_entry = (Id){0};
    return ok();
}

/* Puts over what was said last about the measure: of those that close it the last, else the last of all. */
static void take_evaluation(const Values *evaluation, Fact *fact)
{
    if (fact_outcome_closes(values_code(evaluation, EVALUATION_OUTCOME)) || !fact_outcome_closes(fact->grade))
        fact_take(evaluation, fact);
}

static Err take_evaluations(const Making *making, Id measure, Fact *fact)
{
    const LogNewest *newest = &making->entered->newest;

    for (uint32_t i = 0; i < newest->count; i++) {
        Values values;
        bool there = false;
        Id of;
        if (newest->items[i].first->kind != KIND_EVALUATION)
            continue;
        TRY(open_entry(making, newest->items[i].first->entry, &values, &there));
        if (there && refers(&values, EVALUATION_MEASURE, &of) && id_equal(of, measure))
            take_evaluation(&values, fact);
    }
    return ok();
}

/* ---- actors ---- */

static void add_actor(uint16_t service, Id person, Fact *fact)
{
    if (fact->actor_count < FACT_ACTORS_MAX)
        fact->actors[fact->actor_count++] = (FactActor){.service = service, .person = person};
}

/* Whoever holds the log, as the kind of service that they take part for. */
static void add_holder(const Making *making, Fact *fact)
{
    const LogRow *log = &making->entered->content.log;
    const ParticipantRows *people = &making->entered->content.participants;
    uint16_t service = 0;

    for (uint32_t i = 0; i < people->count; i++)
        if (id_equal(people->items[i].person, log->holder) && people->items[i].service != 0)
            service = people->items[i].service;
    if (!id_is_none(log->holder))
        add_actor(service, log->holder, fact);
}

static void add_responsible(const Making *making, const Values *values, Fact *fact)
{
    const ParticipantRows *people = &making->entered->content.participants;
    Str text = values_at(values, fact_actors_of(values->kind->id));

    while (text.length > 0) {
        Str item;
        Id id;
        text = str_cut(text, '\n', &item);
        if (!is_ok(id_from_text(item, &id)))
            continue;
        for (uint32_t i = 0; i < people->count; i++)
            if (id_equal(people->items[i].id, id))
                add_actor(people->items[i].service, people->items[i].person, fact);
    }
}

/* ---- deeds ---- */

static Err seal(const Making *making, Id found, const Fact *fact, Str *ret_sealed)
{
    const LogKeys *keys = &making->entered->keys;
    const FactPlace place = {.mode = keys->mode, .tenant = keys->tenant, .found = found};
    uint8_t public_key[32];
    uint8_t plain[FACT_PLAIN_BYTES];
    uint8_t *sealed = NULL;

    TRY(keys_pair_public(making->reader->service->keys, keys->tenant, PAIR_STATISTICS, public_key));
    TRY(ARENA_NEW(making->reader->keep, uint8_t, FACT_SEALED_BYTES, &sealed));
    fact_encode(fact, plain);
    Err done = fact_seal(keys->crypto, public_key, place, plain, sealed);
    crypto_wipe(plain, sizeof plain);
    TRY(done);
    *ret_sealed = str_from_bytes(sealed, FACT_SEALED_BYTES);
    return ok();
}

/* fact: NULL where it goes. */
static Err add_deed(Making *making, Id entry, enum FactWhat what, Fact *fact)
{
    FactDeed *deed = &making->deeds.items[making->deeds.count];

    if (making->deeds.count == making->deeds.room)
        return fail(E_INTERNAL);
    *deed = (FactDeed){.what = what};
    TRY(world_id(making->reader->service->world, &deed->id));
    TRY(fact_found(making->entered->keys.crypto, &making->entered->keys.fact, entry, &deed->found));
    if (fact) {
        fact->unit = making->entered->content.log.unit;
        TRY(tag_of(&making->entered->keys, fact->tag));
        TRY(seal(making, deed->found, fact, &deed->sealed));
        deed->family = fact->family;
    }
    making->deeds.count++;
    return ok();
}

static Err measure_fact(const Making *making, const Values *measure, Fact *ret_fact)
{
    Fact fact = {.family = FACT_OF_MEASURE};
    Values attention;
    bool there = false;
    Id entry;

    fact_take(measure, &fact);
    add_responsible(making, measure, &fact);
    TRY(attention_of(making, measure, &entry));
    if (!id_is_none(entry)) {
        TRY(open_entry(making, entry, &attention, &there));
        if (there)
            fact.attention = (uint16_t)values_code(&attention, ATTENTION_CATEGORY);
    }
    *ret_fact = fact;
    return ok();
}

/* A measure as it stands, with all that was said of it. */
static Err again(Making *making, Id entry, bool evaluated)
{
    Values values;
    bool there = false;
    Fact fact;

    TRY(open_entry(making, entry, &values, &there));
    if (!there || values.kind->id != KIND_MEASURE)
        return ok();
    TRY(measure_fact(making, &values, &fact));
    TRY(take_evaluations(making, entry, &fact));
    const bool closed = fact_outcome_closes(fact.grade);
    const enum FactWhat what = !evaluated ? FACT_CHANGES : closed ? FACT_CLOSES : FACT_OPENS;
    return add_deed(making, entry, what, &fact);
}

/* A measure's attention, or its goal. */
static Err hangs_on(const Making *making, const Values *measure, Id entry, bool *ret_hangs)
{
    Id goal, attention;

    *ret_hangs = refers(measure, MEASURE_GOAL, &goal) && id_equal(goal, entry);
    TRY(attention_of(making, measure, &attention));
    *ret_hangs = *ret_hangs || id_equal(attention, entry);
    return ok();
}

/* Every measure that hangs on what was corrected. */
static Err again_all(Making *making)
{
    const LogNewest *newest = &making->entered->newest;

    for (uint32_t i = 0; i < newest->count; i++) {
        const Id entry = newest->items[i].first->entry;
        Values values;
        bool there = false, hangs = false;
        if (newest->items[i].first->kind != KIND_MEASURE)
            continue;
        TRY(open_entry(making, entry, &values, &there));
        if (there)
            TRY(hangs_on(making, &values, making->written->row->entry, &hangs));
        if (hangs)
            TRY(again(making, entry, false));
    }
    return ok();
}

/* ---- by kind ---- */

static Err attention_written(Making *making)
{
    const EntryRow *row = making->written->row;
    Fact fact = {.family = FACT_OF_ATTENTION};

    if (row->removed)
        return add_deed(making, row->entry, FACT_GOES, NULL);
    fact_take(making->written->values, &fact);
    add_holder(making, &fact);
    TRY(add_deed(making, row->entry, row->version == 1 ? FACT_BEGINS : FACT_CHANGES, &fact));
    return row->version == 1 ? ok() : again_all(making);
}

static Err measure_written(Making *making)
{
    const EntryRow *row = making->written->row;
    Fact fact;

    if (row->removed)
        return add_deed(making, row->entry, FACT_GOES, NULL);
    if (row->version > 1)
        return again(making, row->entry, false);
    TRY(measure_fact(making, making->written->values, &fact));
    return add_deed(making, row->entry, FACT_BEGINS, &fact);
}

/* What a new one says stands over what was said before, which need not be opened for it. */
static Err evaluated_first(Making *making, Id measure)
{
    const Values *evaluation = making->written->values;
    Values values;
    bool there = false;
    Fact fact;

    TRY(open_entry(making, measure, &values, &there));
    if (!there || values.kind->id != KIND_MEASURE)
        return ok();
    TRY(measure_fact(making, &values, &fact));
    fact_take(evaluation, &fact);
    return add_deed(making, measure, fact_outcome_closes(fact.grade) ? FACT_CLOSES : FACT_WAITS, &fact);
}

/* A correction may name another measure than before. */
static Err evaluation_written(Making *making)
{
    const FactWritten *written = making->written;
    const LogVersions *before = log_newest_find(&making->entered->newest, written->row->entry);
    Values former;
    Id now = {0}, then = {0};

    if (written->row->version == 1)
        return refers(written->values, EVALUATION_MEASURE, &now) ? evaluated_first(making, now) : ok();
    if (before && !before->newest->removed) {
        TRY(written->open(written->self, before->newest, &former));
        if (refers(&former, EVALUATION_MEASURE, &then))
            TRY(again(making, then, true));
    }
    if (written->row->removed || !refers(written->values, EVALUATION_MEASURE, &now) || id_equal(now, then))
        return ok();
    return again(making, now, true);
}

static bool feeds(const LogEntered *entered)
{
    return !(entered->ask.flags & ((Flags)FLAG_CONSENT_INVALID | (Flags)FLAG_MISTAKE));
}

static Err written(Making *making)
{
    switch (making->written->row->kind) {
    case KIND_ATTENTION:
        return attention_written(making);
    case KIND_MEASURE:
        return measure_written(making);
    case KIND_EVALUATION:
        return evaluation_written(making);
    case KIND_GOAL:
        return making->written->row->version > 1 ? again_all(making) : ok();
    default:
        return ok();
    }
}

Err statistics_fact_of(const LogReader *reader, const LogEntered *entered, const FactWritten *entry, FactDeeds *ret_deeds)
{
    Making making = {.reader = reader, .entered = entered, .written = entry};
    const Kind *kind = kind_of(entry->row->kind);

    *ret_deeds = (FactDeeds){0};
    if (!kind || (!feeds(entered) && !entry->row->removed))
        return ok();
    making.deeds.room = entered->newest.count + 2;
    making.deeds.quarter = quarter_of(oslo_day(reader->actor->now));
    if (kind->id != KIND_ATTENTION && kind->id != KIND_MEASURE && kind->id != KIND_EVALUATION && kind->id != KIND_GOAL)
        return ok();
    TRY(ARENA_NEW(reader->keep, FactDeed, making.deeds.room, &making.deeds.items));
    TRY(written(&making));
    *ret_deeds = making.deeds;
    return ok();
}
