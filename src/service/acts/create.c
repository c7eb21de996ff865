/* Creates a log after consent: key, log, child, holder, guardians, consents and document, in one transaction.
 * Must not let anything of child or guardians meet the disk before every check has passed.
 * Called by web and api. Rules: consent 1-6, sign-in 1, reading-and-writing 9, 10. */
#include "service/acts/create.h"

#include <string.h>

#include "domain/child.h"
#include "domain/consent.h"
#include "domain/input/media.h"
#include "domain/input/numbers.h"
#include "domain/lifecycle.h"
#include "domain/signin.h"
#include "service/acts/child.h"
#include "service/acts/child_details.h"
#include "service/log/change.h"
#include "service/log/header.h"
#include "service/people/office.h"
#include "service/session/wizard_state.h"

#define GUARDIANS_MAX 4
#define MONTHS_MOST 12 /* a consent that comes keeps its last day, whatever the setting is here */
#define DISPLAY_DRAWS 8
#define DISPLAY_FIRST 10000000u
#define DISPLAY_COUNT 90000000u

/* Everything that the work writes. */
typedef struct Creation {
    const Actor *actor;
    const NewLog *asked;
    Arena *keep;
    Ask ask;
    Why why;
    Settings settings;
    ConsentGiven given[GUARDIANS_MAX + 1];
    Consents consents;           /* of the guardians, in their order; then the child's own, where it has said yes */
    uint16_t service_code;       /* of the holder's unit */
    IdList units;
    LogKeys keys;
    LogRow log;
    uint32_t displays[DISPLAY_DRAWS];
    ScopeKeyRow scope;
    WrappedKey wrapped;          /* the log's key */
    EntryRow child;
    ParticipantRow holder;
    LogGuardian guardians[GUARDIANS_MAX];
    LogGuardian young;           /* the child's place, without being let in, and its consent; of no person where it was not asked */
    LogPaper paper;
    LogFound found;              /* by that number */
} Creation;

static void creation_wipe(Creation *creation)
{
    log_keys_wipe(&creation->keys);
}

/* ---- may it be created? ---- */

/* Each is of somebody else, who has no id yet. */
static Err consents_of(Creation *creation)
{
    const NewLog *asked = creation->asked;

    if (asked->guardian_count < 1 || asked->guardian_count > GUARDIANS_MAX)
        return fail(E_INVALID);
    creation->consents = (Consents){.items = creation->given, .count = asked->guardian_count};
    for (uint32_t i = 0; i < asked->guardian_count; i++) {
        const Values *values = &asked->guardians[i].consent;
        int64_t persons = 0;
        if (!consent_from_values(values, &creation->given[i]))
            return fail(E_INVALID);
        creation->given[i].giver = (Id){{(uint8_t)(i + 1)}};
        if (is_ok(num_parse(values_at(values, CONSENT_REQUIRED_PERSONS), 1, GUARDIANS_MAX, &persons)) &&
            persons > creation->consents.required)
            creation->consents.required = (uint32_t)persons;
    }
    return ok();
}

static Err decide(Tx *tx, Creation *creation)
{
    Permit permit;

    /* What comes was taken by whoever might, before it was given up where it was: it is not lost because they have left since. */
    if (creation->asked && creation->asked->comes)
        creation->ask.relation = RELATION_UNIT;
    else /* In the unit that the log will belong to. */
        TRY(office_relation(tx, creation->actor, &creation->ask.relation));
    creation->why = policy_permit(creation->ask, (Subject){.person = creation->actor->person}, &permit);
    return ok();
}

/* The own unit's kind stands in the log's row. */
static Err check_units(Tx *tx, Creation *creation)
{
    const NamedUnits named = {.own = creation->actor->unit, .others = {creation->asked->units, creation->asked->unit_count}};
    UnitRow unit = {0};

    Err found = store_unit_by_id(tx, named.own, creation->keep, &unit);
    bool closed = is_ok(found) && unit.closed_at != 0 && !creation->asked->comes;
    if (found.id == E_NOT_FOUND || closed)
        return fail(E_INVALID);
    TRY(found);
    creation->service_code = unit.kind;
    return log_named_units(tx, &named, creation->keep, &creation->units);
}

static Err check(Creation *creation)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(creation->actor->store, &tx));
    TRY(settings_now(tx, creation->keep, &creation->settings));
    TRY(decide(tx, creation));
    return creation->why == WHY_ALLOWED ? check_units(tx, creation) : ok();
}

Err log_create_may(const Actor *actor)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Creation creation = {.actor = actor, .ask = {.act = ACT_LOG_CREATE, .role = actor->role, .flags = FLAG_IN_CONSENT}};

    TRY(store_read(actor->store, &tx));
    TRY(decide(tx, &creation));
    store_read_endp(&tx);
    return creation.why == WHY_ALLOWED ? ok() : service_refuse(actor, ACT_LOG_CREATE, OBJECT_NONE, (Id){0}, creation.why);
}

static bool child_has_age(const Creation *creation)
{
    const int years = creation->settings.values[SETTING_CONSENT_AGE];
    Day birth;

    return values_day(&creation->asked->child, CHILD_BIRTH_DATE, &birth) &&
           consent_age_flags(birth, oslo_day(creation->actor->now), years) != 0;
}

/* Whoever has the age says yes too, and may have had the birthday since the family answered in the app; nobody younger is asked. */
static Err check_young(Creation *creation)
{
    const NewLog *asked = creation->asked;
    const bool said = asked->young.kind != NULL, people_asked = asked->in_app || asked->wizard.length > 0;
    ConsentGiven given = {0};

    if (!said)
        return people_asked && child_has_age(creation) ? fail(E_REFUSED) : ok();
    if (asked->young.kind->id != KIND_CONSENT || !child_has_age(creation) || !consent_from_values(&asked->young, &given) ||
        !dates_good(&asked->young, (Written){.today = oslo_day(creation->actor->now)}))
        return fail(E_INVALID);
    given.child = true;
    given.giver = (Id){{UINT8_MAX}};
    creation->given[creation->consents.count++] = given;
    return ok();
}

/* What came was checked where it was written, and its days may be over. */
static bool days_good(const NewLog *asked, const Values *values, Written written)
{
    return asked->comes || dates_good(values, written);
}

static Err check_people(const Service *service, const NewLog *asked, int64_t now)
{
    const Written written = {.today = oslo_day(now)};
    Str child = values_at(&asked->child, CHILD_NATIONAL_ID);

    if (asked->child.kind->id != KIND_CHILD || asked->document.bytes.length > DOCUMENT_BYTES_MAX)
        return fail(E_INVALID);
    if (!days_good(asked, &asked->child, written) || (!asked->comes && child_faults(&asked->child) != 0))
        return fail(E_INVALID);
    if (child.length > 0)
        TRY(national_accept(child, service->mode));
    for (uint32_t i = 0; i < asked->guardian_count; i++) {
        Str number = values_at(&asked->guardians[i].values, GUARDIAN_NATIONAL_ID);
        if ((number.length > 0 && str_equal(number, child)) || !days_good(asked, &asked->guardians[i].consent, written))
            return fail(E_INVALID);
        for (uint32_t j = 0; j < i; j++)
            if (number.length > 0 && str_equal(number, values_at(&asked->guardians[j].values, GUARDIAN_NATIONAL_ID)))
                return fail(E_INVALID);
    }
    return ok();
}

Err log_comes_judge(const Service *service, const NewLog *log, int64_t now)
{
    Creation creation = {.asked = log};

    TRY(consents_of(&creation));
    TRY(check_people(service, log, now));
    for (uint32_t i = 0; i < log->guardian_count; i++) {
        const NewGuardian *guardian = &log->guardians[i];
        Str number = values_at(&guardian->values, GUARDIAN_NATIONAL_ID);
        if (guardian->values.kind->id != KIND_GUARDIAN || values_at(&guardian->values, GUARDIAN_NAME).length == 0 ||
            values_code(&guardian->consent, CONSENT_METHOD) == CODE_NONE || !consent_within(&creation.given[i], MONTHS_MOST))
            return fail(E_INVALID);
        if (number.length > 0)
            TRY(national_accept(number, service->mode));
    }
    return ok();
}

/* ---- sealing ---- */

static Err make_key(Service *service, Creation *creation)
{
    const Actor *actor = creation->actor;
    AUTO(key_wipe) Key key = {0};
    Str bytes = STR_NONE, index = STR_NONE;

    TRY(service_makes(service, actor, &creation->log.id));
    TRY(keys_scope_new(service->keys, actor_key(actor, PURPOSE_WRITE, SCOPE_LOG, creation->log.id),
                       indexed_by(INDEX_NATIONAL_ID, values_at(&creation->asked->child, CHILD_NATIONAL_ID)), &creation->wrapped, &key));
    TRY(str_copy(creation->keep, str_from_bytes(creation->wrapped.bytes, sizeof creation->wrapped.bytes), &bytes));
    if (creation->wrapped.has_index)
        TRY(str_copy(creation->keep, str_from_bytes(creation->wrapped.index, sizeof creation->wrapped.index), &index));
    creation->scope = (ScopeKeyRow){.scope = creation->log.id, .kind = SCOPE_LOG, .epoch = creation->wrapped.epoch, .wrapped = bytes,
                                    .blind_index = index, .version = 1};
    return log_keys_derive(&(LogOf){.crypto = keys_crypto(service->keys), .mode = service->mode,
                           .tenant = actor->tenant, .log = creation->log.id}, &key, &creation->keys);
}

static Id holder_of(const Creation *creation)
{
    return creation->asked->comes ? creation->asked->comes->holder : creation->actor->person;
}

static Err seal_log(Service *service, Creation *creation)
{
    const LogOpened child = {.values = creation->asked->child};
    const LogPlace place = {SEAL_TABLE_LOG, SEAL_COLUMN_HEADER, creation->log.id, 1};
    const Actor *actor = creation->actor;
    Values header;

    for (size_t i = 0; i < DISPLAY_DRAWS; i++) {
        uint32_t draw = 0;
        TRY(world_random(service->world, &draw, sizeof draw));
        creation->displays[i] = DISPLAY_FIRST + draw % DISPLAY_COUNT;
    }
    TRY(log_header_make(&child, 1, oslo_day(actor->now), creation->keep, &header));
    creation->log.state = STATE_ACTIVE;
    creation->log.unit = actor->unit;
    creation->log.holder = holder_of(creation);
    if (creation->asked->comes && creation->asked->comes->state == STATE_PASSIVE)
        log_row_close(&creation->log, (enum Closing)creation->asked->comes->closed_reason, actor->now);
    creation->log.access_version = 1;
    creation->log.created_at = actor->now;
    creation->log.last_activity_at = actor->now;
    creation->log.header_version = 1;
    return log_seal(&creation->keys, place, &header, creation->keep, &creation->log.header);
}

static Err seal_child(Service *service, Creation *creation)
{
    const Actor *actor = creation->actor;
    EntryRow *row = &creation->child;

    TRY(world_id(service->world, &row->id));
    row->kind = KIND_CHILD;
    row->entry = row->id;
    row->version = 1;
    row->author = actor->person;
    row->author_role = (uint8_t)actor->role;
    row->author_unit = actor->unit;
    row->at = actor->now;
    return log_seal(&creation->keys, (LogPlace){SEAL_TABLE_ENTRY, SEAL_COLUMN_BODY, row->id, 1}, &creation->asked->child,
                    creation->keep, &row->sealed);
}

static Err seal_holder(Service *service, Creation *creation)
{
    const Actor *actor = creation->actor;
    Str name;

    TRY(person_name(service, actor, holder_of(creation), creation->keep, &name));
    creation->holder = (ParticipantRow){.person = holder_of(creation),
                                        .role = ROLE_RELAY_HOLDER,
                                        .service = creation->service_code,
                                        .unit = actor->unit,
                                        .from_at = actor->now,
                                        .version = 1};
    TRY(world_id(service->world, &creation->holder.id));
    return log_participant_seal(&creation->keys, name, creation->keep, &creation->holder);
}

static Err seal_young(Service *service, Creation *creation, const LogFamily *family)
{
    const ChildOf of = {.keys = &creation->keys, .child = &creation->asked->child};
    const NewGuardian given = {.consent = creation->asked->young};
    ChildPlace place = {0};

    TRY(log_child_place(service, creation->actor, &of, creation->keep, &place));
    creation->young.account = place.account;
    creation->young.participant = place.row;
    return log_guardian_consent(service, family, &given, creation->keep, &creation->young);
}

static Err seal_guardians(Service *service, Creation *creation)
{
    const LogFamily family = {.actor = creation->actor,
                              .keys = &creation->keys,
                              .consent_months = creation->asked->comes ? MONTHS_MOST : (unsigned)creation->settings.values[SETTING_CONSENT_LIFETIME],
                              .units = creation->units.ids,
                              .unit_count = creation->units.count,
                              .document_hash = creation->paper.hash};

    for (uint32_t i = 0; i < creation->asked->guardian_count; i++)
        TRY(log_guardian_make(service, &family, &creation->asked->guardians[i], creation->keep, &creation->guardians[i]));
    if (creation->asked->young.kind)
        TRY(seal_young(service, creation, &family));
    return log_found_make(service, creation->log.id, &creation->wrapped, &creation->found);
}

static Err seal_all(Service *service, Creation *creation)
{
    TRY(make_key(service, creation));
    TRY(seal_log(service, creation));
    TRY(seal_child(service, creation));
    TRY(seal_holder(service, creation));
    TRY(log_paper_make(service, &creation->keys, &creation->asked->document, creation->keep, &creation->paper));
    if (creation->asked->comes)
        TRY(creation->asked->comes->seal(creation->asked->self, &creation->keys, creation->keep));
    return seal_guardians(service, creation);
}

/* ---- the one transaction ---- */

static Err put_log(Tx *tx, Creation *creation)
{
    Err err = fail(E_DUPLICATE);

    for (size_t i = 0; i < DISPLAY_DRAWS && err.id == E_DUPLICATE; i++) {
        creation->log.display = creation->displays[i];
        err = store_log_insert(tx, &creation->log, &creation->log.no);
    }
    return err;
}

static Err put_content(Tx *tx, Creation *creation)
{
    int64_t log_no = creation->log.no, entry_no = 0;
    const Giver giver = {.actor = creation->actor, .log_no = log_no};

    creation->holder.log_no = log_no;
    creation->child.log_no = log_no;
    TRY(store_entry_append(tx, &creation->child, &entry_no));
    TRY(store_participant_insert(tx, &creation->holder));
    for (uint32_t i = 0; i < creation->asked->guardian_count; i++)
        TRY(log_guardian_put(tx, &giver, &creation->guardians[i], creation->keep));
    if (creation->asked->young.kind)
        TRY(log_guardian_put(tx, &giver, &creation->young, creation->keep));
    return log_paper_put(tx, log_no, &creation->paper);
}

static Err create_work(Tx *tx, void *context)
{
    Creation *creation = context;
    AuditLine line = service_line(creation->actor, creation->ask.act, OBJECT_LOG, creation->log.id);
    uint32_t rows = 0;
    Hash digest;

    TRY(decide(tx, creation));
    if (creation->why != WHY_ALLOWED)
        return fail(E_FORBIDDEN);
    if (creation->asked->wizard.length > 0)
        TRY(wizard_use(tx, creation->actor, creation->asked->wizard, creation->keep));
    TRY(store_scope_insert(tx, &creation->scope));
    TRY(put_log(tx, creation));
    TRY(put_content(tx, creation));
    if (creation->asked->comes)
        *creation->asked->comes->ret_no = creation->log.no;
    if (creation->asked->put)
        TRY(creation->asked->put(tx, creation->asked->self));
    TRY(log_tell_of_double(tx, creation->actor, &creation->found, creation->keep));
    TRY(store_log_digest(tx, creation->log.no, &digest, &rows));
    TRY(log_head(&creation->keys, &digest, rows, &line.head));
    TRY(store_log_head_put(tx, creation->log.no, &line.head));
    return store_audit(tx, &line);
}

static Err codes_of_new(const Creation *creation, Arena *keep, const GuardianCode **ret_codes)
{
    GuardianCode *codes = NULL;

    TRY(ARENA_NEW(keep, GuardianCode, creation->asked->guardian_count, &codes));
    for (uint32_t i = 0; i < creation->asked->guardian_count; i++) {
        codes[i].name = values_at(&creation->asked->guardians[i].values, GUARDIAN_NAME);
        memcpy(codes[i].code, creation->guardians[i].account.code.text, sizeof codes[i].code);
    }
    *ret_codes = codes;
    return ok();
}

Err log_create(Service *service, const Actor *actor, const NewLog *log, Arena *keep, CreatedLog *ret_created)
{
    AUTO(creation_wipe) Creation creation = {.actor = actor, .asked = log, .keep = keep};
    const GuardianCode *codes = NULL;

    creation.ask = (Ask){.act = log->comes ? ACT_TRANSFER_ARRIVE : ACT_LOG_CREATE, .role = actor->role, .flags = FLAG_IN_CONSENT};
    TRY(check(&creation));
    if (creation.why != WHY_ALLOWED)
        return service_refuse(actor, ACT_LOG_CREATE, OBJECT_NONE, (Id){0}, creation.why);
    TRY(consents_of(&creation));
    if (!log->comes && consents_flags(&creation.consents, actor->now, 0) != 0)
        return fail(E_INVALID);
    TRY(check_people(service, log, actor->now));
    TRY(check_young(&creation));
    const LogRow begun = {.state = log->comes ? log->comes->state : STATE_ACTIVE, .created_at = actor->now, .passive_at = actor->now,
                          .closed_reason = log->comes ? log->comes->closed_reason : CLOSING_NONE};
    const ClockWatch watch = log_clocks(&creation.settings, &begun, &creation.consents, &log->child, actor->now);
    creation.log.looked_to = actor->now;
    creation.log.wake_on = clocks_wake(&watch, actor->now);
    TRY(seal_all(service, &creation));
    TRY(codes_of_new(&creation, keep, &codes));
    Err done = service_write(actor, create_work, &creation);
    if (done.id == E_FORBIDDEN)
        return service_refuse(actor, ACT_LOG_CREATE, OBJECT_NONE, (Id){0}, creation.why);
    TRY(done);
    *ret_created = (CreatedLog){creation.log.id, codes};
    return ok();
}
