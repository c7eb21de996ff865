/* A publication on its way: read, opened, frozen, put.
 * Must not leave a seed, a tag or a sealed fact behind; must not write anything before all of it is verified.
 * Called by service/jobs and cli. */
#include "service/statistics/freeze.h"

#include <assert.h>
#include <string.h>

#include "base/calendar.h"
#include "cube/verify.h"
#include "domain/statistics/calendar.h"
#include "service/heads.h"
#include "service/settings.h"
#include "service/statistics/opening.h"

#define GRANT_MS (INT64_C(8) * 60 * 60 * 1000)
#define FREEZE_ARENA ((size_t)1 << 30)
#define TRIES 3
#define THOUSAND 1000
#define OPENED_TO 300 /* of a thousand: how far it is when all facts are open */
#define FAMILY_TAKES 350 /* and of each family then */

static_assert(OPENED_TO + FAMILIES * FAMILY_TAKES == THOUSAND, "nothing is left");

typedef struct Freezing {
    const FreezeOrder *order;
    Arena *keep;
    uint16_t last, founded, former_last;
    Settings settings;
    PublicationRow former; /* number 0: there is none */
    UnitRows units;
    Counted counted;       /* of the one before, then of this one */
    FrozenFacts facts;
    uint32_t old_count;
    Hash seen;
    uint8_t seed[CUBE_SEED_BYTES];
    Str ledger[FAMILIES], certificates[FAMILIES]; /* of the one before */
    CubePublication made[FAMILIES];
    PublicationRow row;
    uint64_t frozen_to;    /* thousandths that were told while the cube works */
    Str shown_bytes, ledger_bytes, certificate_bytes;
    FreezeCounts counts;
} Freezing;

static void freezing_wipe(Freezing *freezing)
{
    crypto_wipe(freezing->seed, sizeof freezing->seed);
}

/* ---- read ---- */

static Err read_former(Tx *tx, Freezing *freezing)
{
    Str joined = STR_NONE;

    Err found = store_publication_newest(tx, freezing->keep, &freezing->former);
    if (found.id == E_NOT_FOUND)
        return ok();
    TRY(found);
    TRY(store_publication_secret(tx, &freezing->former, PUBLICATION_LEDGER, freezing->keep, &joined));
    TRY(parts_split(joined, freezing->ledger));
    TRY(store_publication_secret(tx, &freezing->former, PUBLICATION_CERTIFICATES, freezing->keep, &joined));
    TRY(parts_split(joined, freezing->certificates));
    TRY(counted_decode(freezing->former.lists, &freezing->counted));
    return frozen_read(tx, freezing->keep, &freezing->facts);
}

/* That there is a first publication, and from which year on it counts, follows from when the municipality was founded, and never from
 * there being a fact. */
static Err read_founded(Freezing *freezing)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    MunicipalityRow row;

    TRY(store_read(store_host(freezing->order->service->stores), &tx));
    TRY(store_municipality_by_id(tx, freezing->order->tenant, freezing->keep, &row));
    freezing->founded = quarter_of(oslo_day(row.created_at));
    return ok();
}

static uint16_t last_of(const FreezeOrder *order, const Settings *settings)
{
    return order->last ? order->last : publication_last_of(oslo_day(order->now), (unsigned)settings->values[SETTING_PUBLICATION]);
}

static Err read_all(Freezing *freezing)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Hash frozen;

    TRY(store_read(freezing->order->store, &tx));
    TRY(settings_now(tx, freezing->keep, &freezing->settings));
    freezing->last = last_of(freezing->order, &freezing->settings);
    TRY(store_units(tx, freezing->keep, &freezing->units));
    TRY(read_former(tx, freezing));
    freezing->old_count = freezing->facts.count;
    freezing->former_last = freezing->former.period;
    if (freezing->former.number == 0)
        return ok();
    TRY(frozen_hash(&freezing->facts, freezing->former.number, &frozen));
    return memcmp(&frozen, &freezing->former.frozen, sizeof frozen) == 0 ? ok() : fail(E_FORGED);
}

/* By the calendar nothing is published of the time before the municipality was founded. */
static bool is_due(const Freezing *freezing)
{
    if (freezing->former.number > 0)
        return freezing->former.period < freezing->last;
    return freezing->order->last != 0 || freezing->last >= freezing->founded;
}

/* ---- opened ---- */

static Err tell_opened(void *self, uint64_t done, uint64_t of)
{
    const FreezeOrder *order = self;

    return order->tell ? order->tell(order->self, of == 0 ? OPENED_TO : done * OPENED_TO / of, THOUSAND) : ok();
}

static Err open_all(Freezing *freezing)
{
    const FreezeOrder *order = freezing->order;
    FactsOpening opening = {.service = order->service, .store = order->store, .tenant = order->tenant, .last = freezing->last,
                            .former = freezing->former_last, .number = freezing->former.number + 1,
                            .coarse = freezing->settings.values[SETTING_COARSE_FACTS] != 0, .self = (void *)(uintptr_t)order,
                            .tell = tell_opened};

    TRY(heads_grant(order->service, (GrantWish){.tenant = order->tenant, .ends_at = order->now + GRANT_MS}, &opening.grant));
    Err opened = facts_open(&opening, freezing->keep, &freezing->facts, &freezing->seen);
    Err ended = keys_grant_end(order->service->keys, opening.grant);
    (void)ended; /* it ends by itself */
    TRY(opened);
    return frozen_sort(&freezing->facts);
}

/* ---- frozen ---- */

static Err verify_family(const Freezing *freezing, const CubeFacts *facts, size_t at)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    CubeVerdict verdict = {0};

    TRY(arena_new(FREEZE_ARENA, &scratch));
    TRY(cube_verify(facts, &freezing->made[at], freezing->ledger[at], scratch, &verdict));
    return verdict.fault == CUBE_FAULT_NONE ? ok() : fail(E_INTERNAL);
}

typedef struct FamilyTelling {
    Freezing *freezing;
    uint64_t from;
} FamilyTelling;

/* A cube may fall back; nobody hears that. */
static Err tell_frozen(void *self, uint32_t thousandths)
{
    const FamilyTelling *telling = self;
    const FreezeOrder *order = telling->freezing->order;
    const uint64_t now = telling->from + (uint64_t)thousandths * FAMILY_TAKES / THOUSAND;

    if (now > telling->freezing->frozen_to)
        telling->freezing->frozen_to = now < THOUSAND ? now : THOUSAND - 1;
    return order->tell ? order->tell(order->self, telling->freezing->frozen_to, THOUSAND) : ok();
}

static Err freeze_family(Freezing *freezing, CubeFamily family)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    const size_t at = (size_t)family - 1;
    const FrozenWish wish = {.family = family, .number = freezing->row.number, .first = freezing->row.first, .last = freezing->last,
                             .units = freezing->row.units, .counted = &freezing->counted};
    FamilyTelling telling = {.freezing = freezing, .from = OPENED_TO + at * FAMILY_TAKES};
    CubeFreeze freeze = {.options = CUBE_OPTIONS, .ledger = freezing->ledger[at], .certificates = freezing->certificates[at],
                         .progress = {.self = &telling, .told = tell_frozen}};
    CubeFigures figures = {0};

    TRY(arena_new(FREEZE_ARENA, &scratch));
    TRY(frozen_cube(&freezing->facts, &wish, freezing->keep, &freeze.facts));
    memcpy(freeze.seed, freezing->seed, sizeof freeze.seed);
    freeze.seed[0] ^= (uint8_t)family;
    Err frozen = cube_freeze(&freeze, scratch, freezing->keep, &freezing->made[at], &figures);
    crypto_wipe(freeze.seed, sizeof freeze.seed);
    TRY(frozen);
    freezing->counts.offered += figures.offered;
    freezing->counts.shown += figures.shown;
    freezing->counts.dropped += figures.dropped;
    return verify_family(freezing, &freeze.facts, at);
}

static Err hash_parts(Freezing *freezing)
{
    PublicationRow *row = &freezing->row;

    TRY(parts_join(freezing->made[0].shown, freezing->made[1].shown, freezing->keep, &freezing->shown_bytes));
    TRY(parts_join(freezing->made[0].ledger, freezing->made[1].ledger, freezing->keep, &freezing->ledger_bytes));
    TRY(parts_join(freezing->made[0].certificates, freezing->made[1].certificates, freezing->keep, &freezing->certificate_bytes));
    TRY(sha256(freezing->shown_bytes, row->shown.bytes));
    TRY(sha256(freezing->ledger_bytes, row->ledger.bytes));
    TRY(sha256(freezing->certificate_bytes, row->certificates.bytes));
    return frozen_hash(&freezing->facts, row->number, &row->frozen);
}

/* Whole years: of invented facts some may be older than their municipality. */
static uint16_t first_of(const Freezing *freezing)
{
    if (freezing->former.number > 0)
        return freezing->former.first;
    const uint16_t oldest = frozen_first(&freezing->facts, freezing->last);
    return (uint16_t)((oldest < freezing->founded ? oldest : freezing->founded) / 4 * 4);
}

static Err freeze_all(Freezing *freezing)
{
    const FreezeOrder *order = freezing->order;
    PublicationRow *row = &freezing->row;

    *row = (PublicationRow){.number = freezing->former.number + 1, .first = first_of(freezing), .period = freezing->last, .published_at = order->now,
                            .facts = freezing->facts.count - freezing->old_count};
    TRY(world_id(order->service->world, &row->id));
    TRY(frozen_units(freezing->former.units, &freezing->units, &freezing->facts, freezing->keep, &row->units));
    TRY(counted_grow(&freezing->counted, order->lists, &freezing->counted));
    TRY(counted_encode(&freezing->counted, freezing->keep, &row->lists));
    if (order->seed)
        memcpy(freezing->seed, order->seed, sizeof freezing->seed);
    else
        TRY(world_random(order->service->world, freezing->seed, sizeof freezing->seed));
    TRY(freeze_family(freezing, CUBE_ATTENTIONS));
    TRY(freeze_family(freezing, CUBE_MEASURES));
    crypto_wipe(freezing->seed, sizeof freezing->seed);
    return hash_parts(freezing);
}

/* ---- put ---- */

static Err put_part(Tx *tx, const Freezing *freezing, PublicationPart part, Str bytes)
{
    const World *world = freezing->order->service->world;
    uint32_t number = 0;

    for (size_t at = 0; at < bytes.length || number == 0; at += PUBLICATION_PART_BYTES) {
        PublicationPartRow row = {.publication = freezing->row.id, .kind = (uint8_t)part, .part = number++,
                                  .bytes = str_slice(bytes, at, at + PUBLICATION_PART_BYTES)};
        TRY(world_id(world, &row.id));
        TRY(store_publication_part_insert(tx, &row));
    }
    return ok();
}

/* What was read must be what stands there: a removal, a correction or another publication may have come between. */
static Err check_unchanged(Tx *tx, const Freezing *freezing)
{
    PublicationRow newest = {0};
    Hash seen;

    Err found = store_publication_newest(tx, freezing->keep, &newest);
    if (found.id != E_NOT_FOUND)
        TRY(found);
    TRY(facts_seen(tx, freezing->last, &seen));
    return newest.number == freezing->former.number && memcmp(&seen, &freezing->seen, sizeof seen) == 0 ? ok() : fail(E_STALE);
}

/* An act of the municipality: no person, no role; who asked is the Unix user. It says which publication, and not how much is in it. */
static Err put_line(Tx *tx, const Freezing *freezing)
{
    const FreezeOrder *order = freezing->order;
    const AuditLine line = {.at = order->now, .request = order->request, .person = order->by, .act = ACT_STATISTICS_PUBLISH,
                            .object_kind = OBJECT_PUBLICATION, .object = freezing->row.id, .outcome = AUDIT_ALLOWED,
                            .amount = freezing->row.number, .head = freezing->row.shown};

    return store_audit(tx, &line);
}

static Err publish_work(Tx *tx, void *context)
{
    const Freezing *freezing = context;
    uint32_t gone = 0;

    TRY(check_unchanged(tx, freezing));
    for (uint32_t i = 0; i < freezing->facts.count; i++)
        if (freezing->facts.items[i].publication == freezing->row.number)
            TRY(store_frozen_insert(tx, &freezing->facts.items[i]));
    TRY(store_facts_delete_entered(tx, freezing->last, &gone));
    TRY(put_part(tx, freezing, PUBLICATION_SHOWN, freezing->shown_bytes));
    TRY(put_part(tx, freezing, PUBLICATION_LEDGER, freezing->ledger_bytes));
    TRY(put_part(tx, freezing, PUBLICATION_CERTIFICATES, freezing->certificate_bytes));
    TRY(store_publication_insert(tx, &freezing->row));
    return put_line(tx, freezing);
}

/* ---- the way of one ---- */

static Err try_once(const FreezeOrder *order, enum FreezeEnd *ret_end, FreezeCounts *ret_counts)
{
    AUTO(arena_freep) Arena *keep = NULL;
    AUTO(freezing_wipe) Freezing freezing = {.order = order};

    TRY(arena_new(FREEZE_ARENA, &keep));
    freezing.keep = keep;
    TRY(read_founded(&freezing));
    TRY(read_all(&freezing));
    *ret_end = FREEZE_NOT_DUE;
    if (!is_due(&freezing))
        return ok();
    TRY(open_all(&freezing));
    TRY(freeze_all(&freezing));
    TRY(store_write(order->store, publish_work, &freezing));
    freezing.counts.number = freezing.row.number;
    freezing.counts.facts = (uint32_t)freezing.row.facts;
    *ret_counts = freezing.counts;
    *ret_end = FREEZE_PUBLISHED;
    return ok();
}

Err statistics_freeze(const FreezeOrder *order, enum FreezeEnd *ret_end, FreezeCounts *ret_counts)
{
    Err done = ok();

    if (order->last > quarter_over(oslo_day(order->now)))
        return fail(E_RANGE);
    for (int i = 0; i < TRIES; i++) {
        done = try_once(order, ret_end, ret_counts);
        if (done.id != E_STALE)
            break;
    }
    TRY(done);
    if (*ret_end == FREEZE_PUBLISHED) {
        Err purged = store_purge_remains(order->store);
        (void)purged; /* a long read holds it: serve's thread does it within a minute */
    }
    if (order->tell) {
        Err told = order->tell(order->self, THOUSAND, THOUSAND);
        (void)told; /* nothing is left that could be stopped */
    }
    return ok();
}
