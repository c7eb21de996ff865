/* How a seeded log begins, and who comes later: child, holder, guardians and their consents, actors; and how it is closed.
 * Must not write to a database.
 * Called by the story. */
#include "service/seed/begin.h"

#include "domain/consent.h"
#include "domain/input/numbers.h"
#include "domain/lifecycle.h"
#include "service/seed/words.h"

#define DISPLAY_FIRST 10000000u
#define DISPLAY_COUNT 90000000u
#define NUMBER_DIGITS 11
#define TEST_MONTH 80     /* what a test number adds to its month */
#define ONE_NUMBER_IN 8   /* the key agent makes only so many indexes a day; a child's number may be left out */
#define CONSENT_SHORTER 10

/* ---- the child ---- */

/* A synthetic number of somebody born that day: the first check digits that hold. */
static Err test_number(SeedMaking *making, Str *ret_number)
{
    Date born = date_from_day(making->birth);
    Str text = STR_NONE;

    for (;;) {
        uint32_t individual = seed_below(&making->random, 1000);
        for (unsigned check = 0; check < 100; check++) {
            size_t mark = arena_mark(making->keep);
            TRY(str_format(making->keep, &text, "%02u%02u%02u%03u%02u", born.day, born.month + TEST_MONTH,
                           (unsigned)born.year % 100, individual, check));
            if (text.length == NUMBER_DIGITS && national_checksum(text)) {
                *ret_number = text;
                return national_accept(text, making->service.mode);
            }
            arena_rewind(making->keep, mark);
        }
    }
}

static Err child_values(SeedMaking *making, Str family, Values *ret_values)
{
    static const uint16_t living[] = {1, 1, 1, 2, 2, 3, 4, 5};
    static const char *const languages[] = {"norsk", "norsk", "norsk, arabisk", "polsk", "norsk, tegnspråk"};
    Values child = {.kind = kind_of(KIND_CHILD)};
    Str number;

    TRY(seed_name(&making->random, family, making->keep, &making->log->child));
    TRY(seed_put(making, &child, CHILD_NAME, making->log->child));
    TRY(seed_put_day(making, &child, CHILD_BIRTH_DATE, making->birth));
    TRY(seed_put_code(making, &child, CHILD_LIVING, seed_one_of(&making->random, living)));
    TRY(seed_put(making, &child, CHILD_LANGUAGES, str_from_c(seed_one_of(&making->random, languages))));
    TRY(seed_put_code(making, &child, CHILD_PROTECTION, PROTECTION_NONE));
    if (seed_below(&making->random, ONE_NUMBER_IN) == 0) {
        TRY(test_number(making, &number));
        TRY(seed_put(making, &child, CHILD_NATIONAL_ID, number));
    }
    *ret_values = child;
    return ok();
}

static Err make_key(SeedMaking *making, const Values *child)
{
    const SeedTown *town = making->town;
    SeedLog *log = making->log;
    const Actor holder = {.tenant = town->tenant, .grant = town->grant};
    AUTO(key_wipe) Key key = {0};
    WrappedKey wrapped;
    Str bytes, index = STR_NONE;

    TRY(world_id(making->service.world, &log->log.id));
    TRY(keys_scope_new(making->service.keys, actor_key(&holder, PURPOSE_WRITE, SCOPE_LOG, log->log.id),
                       indexed_by(INDEX_NATIONAL_ID, values_at(child, CHILD_NATIONAL_ID)), &wrapped, &key));
    TRY(str_copy(making->keep, str_from_bytes(wrapped.bytes, sizeof wrapped.bytes), &bytes));
    if (wrapped.has_index)
        TRY(str_copy(making->keep, str_from_bytes(wrapped.index, sizeof wrapped.index), &index));
    log->scope = (ScopeKeyRow){.scope = log->log.id, .kind = SCOPE_LOG, .epoch = wrapped.epoch, .wrapped = bytes,
                               .blind_index = index, .version = 1};
    log->found = (LogFound){.log = log->log.id};
    if (index.length > 0)
        TRY(log_found_make(&making->service, log->log.id, &wrapped, &log->found));
    return log_keys_derive(&(LogOf){.crypto = keys_crypto(making->service.keys), .mode = making->service.mode,
                           .tenant = town->tenant, .log = log->log.id}, &key, &log->keys);
}

static Err add_child(SeedMaking *making, const Actor *holder, const Values *child)
{
    SeedLog *log = making->log;
    EntryRow *row = &log->entries[0];

    *row = (EntryRow){.kind = KIND_CHILD, .version = 1, .author = holder->person, .author_role = (uint8_t)holder->role,
                      .author_unit = holder->unit, .at = making->now};
    TRY(world_id(making->service.world, &row->id));
    row->entry = row->id;
    log->opened[0] = (LogOpened){.values = *child};
    log->entry_count = log->opened_count = 1;
    return log_seal(&log->keys, (LogPlace){SEAL_TABLE_ENTRY, SEAL_COLUMN_BODY, row->id, 1}, child, making->keep, &row->sealed);
}

/* ---- people ---- */

static Err add_staff(SeedMaking *making, const SeedStaff *staff, Role role)
{
    SeedLog *log = making->log;
    ParticipantRow *row = &log->people[log->people_count];

    if (log->people_count == SEED_PEOPLE_MAX)
        return fail(E_INTERNAL);
    *row = (ParticipantRow){.person = staff->person, .role = (uint8_t)role, .unit = staff->unit, .from_at = making->now, .version = 1};
    if (role == ROLE_RELAY_HOLDER)
        row->service = staff->service;
    TRY(world_id(making->service.world, &row->id));
    log->people_count++;
    return log_participant_seal(&log->keys, staff->name, making->keep, row);
}

static Err guardian_values(SeedMaking *making, Str family, uint32_t n, Values *ret_values)
{
    Values guardian = {.kind = kind_of(KIND_GUARDIAN)};
    Str text;

    TRY(seed_name(&making->random, family, making->keep, &text));
    TRY(seed_put(making, &guardian, GUARDIAN_NAME, text));
    TRY(str_format(making->keep, &text, "%08u", 90000000u + seed_below(&making->random, 9999999)));
    TRY(seed_put(making, &guardian, GUARDIAN_PHONE, text));
    TRY(seed_put_code(making, &guardian, GUARDIAN_RELATIONSHIP, (uint16_t)(n + 1)));
    TRY(seed_put_code(making, &guardian, GUARDIAN_RESPONSIBILITY, RESPONSIBILITY_YES));
    *ret_values = guardian;
    return ok();
}

static unsigned months_of(const SeedMaking *making)
{
    return (unsigned)making->town->settings.values[SETTING_CONSENT_LIFETIME];
}

/* Given orally before a witness, on the day in hand, for as long as the municipality allows or a little less. */
static Err consent_values(SeedMaking *making, uint32_t required, Values *ret_values)
{
    Values consent = {.kind = kind_of(KIND_CONSENT)};
    Day today = oslo_day(making->now);
    Day end = consent_longest(today, months_of(making)) - (Day)seed_below(&making->random, CONSENT_SHORTER);
    Str witness;

    TRY(seed_name(&making->random, seed_family(&making->random), making->keep, &witness));
    TRY(seed_put_code(making, &consent, CONSENT_REQUIRED_PERSONS, (uint16_t)required));
    TRY(seed_put_code(making, &consent, CONSENT_METHOD, CONSENT_METHOD_ORAL));
    TRY(seed_put(making, &consent, CONSENT_WITNESS, witness));
    TRY(seed_put(making, &consent, CONSENT_TEXT_VERSION, STR("1")));
    TRY(seed_put_day(making, &consent, CONSENT_GIVEN_ON, today));
    TRY(seed_put_day(making, &consent, CONSENT_VALID_FROM, today));
    TRY(seed_put_day(making, &consent, CONSENT_VALID_TO, end));
    *ret_values = consent;
    return ok();
}

static LogFamily family_of(const SeedMaking *making)
{
    return (LogFamily){.keys = &making->log->keys,
                       .units = making->units,
                       .unit_count = making->unit_count,
                       .consent_months = months_of(making)};
}

/* The rows of the standing are plain: what the policy is asked with. */
static void stand(SeedMaking *making, const LogGuardian *guardian, uint32_t n)
{
    LogStanding *standing = &making->standing;
    Day end = period_last_day(guardian->consent.valid_to);

    standing->consents.items[standing->consents.count++] = guardian->consent;
    for (uint32_t i = 0; i < guardian->unit_count; i++)
        standing->consent_units.items[standing->consent_units.count++] = guardian->units[i];
    making->consent_to = n == 0 || end < making->consent_to ? end : making->consent_to;
}

static Err add_guardian(SeedMaking *making, const Actor *holder, Str family, uint32_t n, uint32_t required)
{
    LogFamily log_family = family_of(making);
    SeedLog *log = making->log;
    LogGuardian *made = &log->guardians[n];
    NewGuardian guardian = {0};

    log_family.actor = holder;
    TRY(guardian_values(making, family, n, &guardian.values));
    log->guardian_name = n == 0 ? values_at(&guardian.values, GUARDIAN_NAME) : log->guardian_name;
    TRY(consent_values(making, required, &guardian.consent));
    TRY(log_guardian_make(&making->service, &log_family, &guardian, making->keep, made));
    log->people[log->people_count++] = made->participant;
    log->guardian_count++;
    stand(making, made, n);
    return ok();
}

static void name_units(SeedMaking *making, const SeedBeginning *beginning)
{
    making->units[making->unit_count++] = making->holder->unit;
    for (uint32_t i = 0; i < beginning->actor_count; i++) {
        bool named = false;
        for (uint32_t j = 0; j < making->unit_count; j++)
            named = named || id_equal(making->units[j], beginning->actors[i]->unit);
        if (!named)
            making->units[making->unit_count++] = beginning->actors[i]->unit;
    }
}

/* ---- the acts ---- */

static Err may_create(const SeedMaking *making)
{
    const Ask ask = {.act = ACT_LOG_CREATE, .role = ROLE_RELAY_HOLDER, .relation = RELATION_UNIT, .flags = FLAG_IN_CONSENT};

    return making->now >= oslo_time(seed_plan_start(making->town->plan), 0) && policy_decide(ask) == WHY_ALLOWED
               ? ok() : fail(E_FORBIDDEN);
}

static void set_log(SeedMaking *making)
{
    LogRow *row = &making->log->log;

    row->display = DISPLAY_FIRST + seed_below(&making->random, DISPLAY_COUNT);
    row->state = STATE_ACTIVE;
    row->unit = making->holder->unit;
    row->holder = making->holder->person;
    row->access_version = 1;
    row->created_at = making->now;
    row->header_version = 1;
}

Err seed_begin(SeedMaking *making, const SeedBeginning *beginning)
{
    Str family = seed_family(&making->random);
    Values child;

    TRY(may_create(making));
    name_units(making, beginning);
    TRY(child_values(making, family, &child));
    TRY(make_key(making, &child));
    set_log(making);
    TRY(add_staff(making, making->holder, ROLE_RELAY_HOLDER));
    making->standing.log = making->log->log;
    Actor holder = seed_actor(making, 0);
    TRY(add_child(making, &holder, &child));
    for (uint32_t n = 0; n < beginning->guardians; n++)
        TRY(add_guardian(making, &holder, family, n, beginning->guardians));
    return seed_line(making, &holder, ACT_LOG_CREATE);
}

Err seed_let_in(SeedMaking *making, const SeedStaff *actor)
{
    const SeedAct act = {.act = ACT_PARTICIPANT_ADD, .unit = actor->unit};
    Actor holder;

    TRY(seed_act(making, &act, &holder));
    return add_staff(making, actor, ROLE_ACTOR);
}

static Err renew_one(SeedMaking *making, uint32_t n)
{
    const LogFamily family = family_of(making);
    SeedLog *log = making->log;
    NewGuardian guardian = {.values.kind = kind_of(KIND_GUARDIAN)};
    LogGuardian *made = NULL;

    if (log->renewal_count == SEED_RENEWALS_MAX)
        return fail(E_INTERNAL);
    TRY(ARENA_NEW(making->keep, LogGuardian, 1, &made));
    made->participant = log->guardians[n].participant;
    TRY(consent_values(making, log->guardian_count, &guardian.consent));
    TRY(log_guardian_consent(&making->service, &family, &guardian, making->keep, made));
    log->renewals[log->renewal_count++] = made;
    stand(making, made, n);
    return ok();
}

Err seed_renew(SeedMaking *making)
{
    const SeedAct act = {.act = ACT_CONSENT_RECORD};
    Actor holder;

    TRY(seed_act(making, &act, &holder));
    for (uint32_t n = 0; n < making->log->guardian_count; n++)
        TRY(renew_one(making, n));
    return ok();
}

Err seed_close(SeedMaking *making)
{
    const SeedAct act = {.act = ACT_LOG_CLOSE};
    State next = lifecycle_next(STATE_ACTIVE, EVENT_CLOSE);
    Actor holder;

    TRY(seed_act(making, &act, &holder));
    making->log->log.state = (uint8_t)next;
    making->log->log.closed_reason = CLOSING_GOAL_REACHED;
    making->log->log.passive_at = making->now;
    making->standing.log = making->log->log;
    return ok();
}
