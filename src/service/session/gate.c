/* Waits of addresses and accounts, browsers that are familiar, and the shares of strangers: tables of fixed size, keyed by hashes.
 * Must not grow with the number of those who try; a new entry takes the place of the one in its slot.
 * Called by sign_in.c and enrol.c. */
#include "service/session/gate.h"

#include <string.h>
#include <threads.h>

#include "crypto/hash.h"
#include "domain/share.h"
#include "domain/signin.h"

#define ADDRESSES 4096
#define NAMES 4096
#define FAMILIAR 8192
#define TENANTS 1024 /* as many as the host's list holds */
#define FORGET_MS ((int64_t)24 * 60 * 60 * 1000)
#define DAY_MS FORGET_MS
#define FAMILIAR_MS (SIGNIN_FAMILIAR_DAYS * DAY_MS)
#define TOKEN_MAC 16
#define TOKEN_BYTES (2 + TOKEN_MAC) /* the day, and what only we could make of it */
#define TOKEN_TEXT (TOKEN_BYTES / 3 * 4)

/* Somebody's failures, and when the last was. */
typedef struct Failures {
    Id key;
    uint32_t failures;
    uint32_t lately; /* those within the hour, none forgiven */
    int64_t at;
    int64_t back_at; /* found no place, and was asked to come back then */
} Failures;

typedef struct NameWait {
    Id key;
    int64_t until;
} NameWait;

typedef struct Strangers {
    Id tenant;
    bool used;
    Share fresh_minute, fresh_hour, worn_minute, worn_hour;
    Share lines;
    uint32_t untold;
    int64_t told_at;
} Strangers;

struct Gate {
    const Crypto *crypto;
    Key process;  /* of what this process alone remembers */
    Key familiar;
    mtx_t lock;   /* of what follows */
    Failures *addresses;
    Failures *familiars; /* by tenant, name and place: an address, or a browser with a token */
    NameWait *names;
    Strangers *strangers;
    uint32_t inside[GUEST_COUNT];
};

Err gate_new(const Crypto *crypto, Arena *keep, Gate **ret_gate)
{
    Gate *gate = NULL;

    TRY(ARENA_NEW(keep, Gate, 1, &gate));
    TRY(ARENA_NEW(keep, Failures, ADDRESSES, &gate->addresses));
    TRY(ARENA_NEW(keep, Failures, FAMILIAR, &gate->familiars));
    TRY(ARENA_NEW(keep, NameWait, NAMES, &gate->names));
    TRY(ARENA_NEW(keep, Strangers, TENANTS, &gate->strangers));
    gate->crypto = crypto;
    TRY(crypto_key_new(crypto, &gate->process));
    TRY(crypto_key_new(crypto, &gate->familiar));
    if (mtx_init(&gate->lock, mtx_plain) != thrd_success)
        return fail(E_NO_MEMORY);
    *ret_gate = gate;
    return ok();
}

void gate_done(Gate *gate)
{
    mtx_destroy(&gate->lock);
}

void gate_keep(Gate *gate, const Key *familiar)
{
    gate->familiar = *familiar;
}

/* ---- slots ---- */

/* The parts begin with a word of their own, so that a name and an address never give the same. */
static Err key_of(const Gate *gate, Str use, const Visit *visit, Str place, uint8_t ret_hash[static HASH_BYTES])
{
    uint8_t length[2] = {(uint8_t)(visit->user_name.length >> 8), (uint8_t)visit->user_name.length};
    const Str parts[] = {use, id_bytes(&visit->tenant), str_from_bytes(length, sizeof length), visit->user_name, place};

    return crypto_hmac(gate->crypto, &gate->process, parts, COUNT_OF(parts), ret_hash);
}

static size_t slot_number(const uint8_t hash[static HASH_BYTES], size_t slots)
{
    return (((size_t)hash[ID_BYTES] << 8) | hash[ID_BYTES + 1]) % slots;
}

static Err find_address(Gate *gate, Str address, Id *ret_key, Failures **ret_slot)
{
    char group[SIGNIN_GROUP_TEXT];
    uint8_t hash[HASH_BYTES];

    signin_address_group(address, group);
    TRY(key_of(gate, STR("address:"), &(Visit){0}, str_from_c(group), hash));
    memcpy(ret_key->bytes, hash, ID_BYTES);
    *ret_slot = &gate->addresses[slot_number(hash, ADDRESSES)];
    return ok();
}

static Err find_name(Gate *gate, const Visit *visit, Id *ret_key, NameWait **ret_slot)
{
    uint8_t hash[HASH_BYTES];

    TRY(key_of(gate, STR("name:"), visit, STR_NONE, hash));
    memcpy(ret_key->bytes, hash, ID_BYTES);
    *ret_slot = &gate->names[slot_number(hash, NAMES)];
    return ok();
}

static Err find_familiar(Gate *gate, const Visit *visit, Str place, Id *ret_key, Failures **ret_slot)
{
    uint8_t hash[HASH_BYTES];

    TRY(key_of(gate, STR("familiar:"), visit, place, hash));
    memcpy(ret_key->bytes, hash, ID_BYTES);
    *ret_slot = &gate->familiars[slot_number(hash, FAMILIAR)];
    return ok();
}

/* Under the lock; so are all below that take a slot. */
static bool remembered(const Failures *slot, Id key, int64_t now, int64_t how_long)
{
    return id_equal(slot->key, key) && now - slot->at < how_long;
}

static Strangers *strangers_of(Gate *gate, Id tenant)
{
    size_t at = 0;

    while (at + 1 < TENANTS && gate->strangers[at].used && !id_equal(gate->strangers[at].tenant, tenant))
        at++;
    gate->strangers[at].tenant = tenant;
    gate->strangers[at].used = true;
    return &gate->strangers[at];
}

/* ---- addresses ---- */

/* Failures that have not been forgiven yet. */
static uint32_t failures_left(const Failures *slot, int64_t now)
{
    int64_t forgiven = now > slot->at ? (now - slot->at) / ADDRESS_FORGIVE_MS : 0;

    return slot->failures > forgiven ? slot->failures - (uint32_t)forgiven : 0;
}

static void count_address(Failures *slot, Id key, int64_t now)
{
    bool known = remembered(slot, key, now, FORGET_MS);
    uint32_t before = known ? failures_left(slot, now) : 0;
    uint32_t lately = known && now - slot->at < SIGNIN_HOUR_MS ? slot->lately : 0;

    *slot = (Failures){.key = key, .failures = before < UINT32_MAX ? before + 1 : before,
                       .lately = lately < UINT32_MAX ? lately + 1 : lately, .at = now, .back_at = known ? slot->back_at : 0};
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t address_until(const Failures *slot, Id key, int64_t now)
{
    if (!remembered(slot, key, now, FORGET_MS))
        return now;
    return later(slot->back_at, slot->failures > 0 ? slot->at + signin_address_wait(slot->failures) : now);
}

static void ask_back(Failures *slot, Id key, int64_t now)
{
    if (!remembered(slot, key, now, FORGET_MS))
        *slot = (Failures){.key = key, .at = now};
    slot->back_at = now + SIGNIN_BACK_MS;
}

static bool is_worn(const Failures *slot, Id key, int64_t now)
{
    return remembered(slot, key, now, SIGNIN_HOUR_MS) && slot->lately > SIGNIN_FRESH_FAILURES;
}

Err gate_address_until(Gate *gate, Str address, int64_t now, int64_t *ret_until)
{
    Failures *slot = NULL;
    Id key = {0};
    int64_t until = now;

    if (address.length > 0) {
        TRY(find_address(gate, address, &key, &slot));
        mtx_lock(&gate->lock);
        until = address_until(slot, key, now);
        mtx_unlock(&gate->lock);
    }
    *ret_until = until;
    return ok();
}

Err gate_address_failed(Gate *gate, Str address, int64_t now)
{
    Failures *slot = NULL;
    Id key = {0};

    if (address.length == 0)
        return ok();
    TRY(find_address(gate, address, &key, &slot));
    mtx_lock(&gate->lock);
    count_address(slot, key, now);
    mtx_unlock(&gate->lock);
    return ok();
}

/* ---- browsers ---- */

/* What stands in a browser that signed in on this day. */
static Err make_token(const Gate *gate, const Visit *visit, uint16_t day, uint8_t ret_token[static TOKEN_BYTES])
{
    uint8_t mac[HASH_BYTES];
    uint8_t head[2] = {(uint8_t)(day >> 8), (uint8_t)day};
    const Str parts[] = {STR("familiar:"), id_bytes(&visit->tenant), str_from_bytes(head, sizeof head), visit->user_name};

    TRY(crypto_hmac(gate->crypto, &gate->familiar, parts, COUNT_OF(parts), mac));
    memcpy(ret_token, head, sizeof head);
    memcpy(ret_token + sizeof head, mac, TOKEN_MAC);
    return ok();
}

/* Whether this text is a token of this name that is not too old. */
static Err is_token(const Gate *gate, const Visit *visit, Str text, bool *ret_is)
{
    AUTO(arena_freep) Arena *arena = NULL;
    uint8_t wanted[TOKEN_BYTES];
    Str bytes = STR_NONE;

    *ret_is = false;
    if (text.length != TOKEN_TEXT)
        return ok();
    TRY(arena_new(1024, &arena));
    if (!is_ok(base64url_decode(arena, text, &bytes)) || bytes.length != TOKEN_BYTES)
        return ok();
    uint16_t day = (uint16_t)((uint8_t)bytes.data[0] << 8 | (uint8_t)bytes.data[1]);
    int64_t age = visit->now / DAY_MS - day;
    TRY(make_token(gate, visit, day, wanted));
    *ret_is = crypto_equal(wanted, bytes.data, TOKEN_BYTES) && age >= -1 && age <= SIGNIN_FAMILIAR_DAYS;
    return ok();
}

static Err has_token(const Gate *gate, const Visit *visit, bool *ret_has)
{
    Str rest = visit->familiar;
    bool has = false;

    for (int i = 0; i < GATE_TOKENS && rest.length > 0 && !has; i++) {
        Str text = STR_NONE;
        rest = str_cut(rest, '.', &text);
        TRY(is_token(gate, visit, text, &has));
    }
    *ret_has = has;
    return ok();
}

Err gate_token(Gate *gate, const Visit *visit, Arena *keep, Str *ret_familiar)
{
    uint8_t token[TOKEN_BYTES];
    Buf text = buf_new(keep, GATE_TOKENS * (TOKEN_TEXT + 1));
    Str rest = visit->familiar;

    TRY(make_token(gate, visit, (uint16_t)(visit->now / DAY_MS), token));
    buf_add_base64url(&text, str_from_bytes(token, sizeof token));
    for (int i = 0, kept = 1; i < GATE_TOKENS && kept < GATE_TOKENS && rest.length > 0; i++) {
        bool own = false;
        Str former = STR_NONE;
        rest = str_cut(rest, '.', &former);
        TRY(is_token(gate, visit, former, &own));
        if (own || former.length != TOKEN_TEXT)
            continue;
        buf_add_char(&text, '.');
        buf_add(&text, former);
        kept++;
    }
    return buf_done(&text, ret_familiar);
}

/* ---- entering ---- */

/* Where a visit finds what is remembered of it. */
typedef struct Found {
    Id address, name, familiar;
    Failures *at_address, *at_familiar;
    NameWait *at_name;
    bool is_familiar;
} Found;

/* A browser with a token is a place of its own; without one its address is. */
static Err find(Gate *gate, const Visit *visit, Found *found)
{
    char group[SIGNIN_GROUP_TEXT];
    bool has = false;

    signin_address_group(visit->address, group);
    TRY(has_token(gate, visit, &has));
    TRY(find_address(gate, visit->address, &found->address, &found->at_address));
    TRY(find_name(gate, visit, &found->name, &found->at_name));
    TRY(find_familiar(gate, visit, has ? STR("token") : str_from_c(group), &found->familiar, &found->at_familiar));
    mtx_lock(&gate->lock);
    found->is_familiar = has || remembered(found->at_familiar, found->familiar, visit->now, FAMILIAR_MS);
    mtx_unlock(&gate->lock);
    return ok();
}

static int64_t share_until(Strangers *strangers, bool worn, int64_t now)
{
    return worn ? later(share_free_at(&strangers->worn_minute, SIGNIN_WORN_MINUTE, SIGNIN_MINUTE_MS, now),
                        share_free_at(&strangers->worn_hour, SIGNIN_WORN_HOUR, SIGNIN_HOUR_MS, now))
                : later(share_free_at(&strangers->fresh_minute, SIGNIN_FRESH_MINUTE, SIGNIN_MINUTE_MS, now),
                        share_free_at(&strangers->fresh_hour, SIGNIN_FRESH_HOUR, SIGNIN_HOUR_MS, now));
}

static bool take_share(Strangers *strangers, bool worn, int64_t now)
{
    if (share_until(strangers, worn, now) > now)
        return false;
    return worn ? share_take(&strangers->worn_minute, SIGNIN_WORN_MINUTE, SIGNIN_MINUTE_MS, now) &&
                      share_take(&strangers->worn_hour, SIGNIN_WORN_HOUR, SIGNIN_HOUR_MS, now)
                : share_take(&strangers->fresh_minute, SIGNIN_FRESH_MINUTE, SIGNIN_MINUTE_MS, now) &&
                      share_take(&strangers->fresh_hour, SIGNIN_FRESH_HOUR, SIGNIN_HOUR_MS, now);
}

/* Under the lock: what their own failures, and those of their name, make them wait. */
static int64_t failures_until(const Visit *visit, const Found *found)
{
    int64_t until = visit->now;

    if (found->is_familiar && remembered(found->at_familiar, found->familiar, visit->now, FAMILIAR_MS))
        return later(until, found->at_familiar->at + signin_wait(found->at_familiar->failures));
    if (found->is_familiar)
        return until;
    if (visit->address.length > 0)
        until = later(until, address_until(found->at_address, found->address, visit->now));
    return id_equal(found->at_name->key, found->name) ? later(until, found->at_name->until) : until;
}

/* Under the lock. */
static Guest guest_of(const Visit *visit, const Found *found)
{
    if (found->is_familiar)
        return GUEST_FAMILIAR;
    return is_worn(found->at_address, found->address, visit->now) ? GUEST_WORN : GUEST_FRESH;
}

Err gate_until(Gate *gate, const Visit *visit, int64_t *ret_until)
{
    Found found = {0};

    TRY(find(gate, visit, &found));
    mtx_lock(&gate->lock);
    int64_t until = failures_until(visit, &found);
    if (!found.is_familiar)
        until = later(until, share_until(strangers_of(gate, visit->tenant), guest_of(visit, &found) == GUEST_WORN, visit->now));
    mtx_unlock(&gate->lock);
    *ret_until = until;
    return ok();
}

static bool has_place(const Gate *gate, Guest guest)
{
    if (guest == GUEST_FAMILIAR)
        return gate->inside[GUEST_FAMILIAR] < SIGNIN_FAMILIAR_AT_ONCE;
    return gate->inside[GUEST_FRESH] + gate->inside[GUEST_WORN] < SIGNIN_STRANGERS_AT_ONCE &&
           (guest == GUEST_FRESH || gate->inside[GUEST_WORN] < SIGNIN_WORN_AT_ONCE);
}

/* Under the lock. Whoever tries while they wait is counted; whoever comes when the strangers' share or places are taken is not. */
static bool enter(Gate *gate, const Visit *visit, const Found *found, Guest guest)
{
    const bool has_address = visit->address.length > 0 && guest != GUEST_FAMILIAR;
    const bool waits = failures_until(visit, found) > visit->now;
    const bool placed = has_place(gate, guest);

    if (waits && has_address)
        count_address(found->at_address, found->address, visit->now);
    else if (!placed && has_address)
        ask_back(found->at_address, found->address, visit->now);
    if (waits || !placed)
        return false;
    return guest == GUEST_FAMILIAR || take_share(strangers_of(gate, visit->tenant), guest == GUEST_WORN, visit->now);
}

Err gate_enter(Gate *gate, const Visit *visit, Guest *ret_guest)
{
    Found found = {0};

    TRY(find(gate, visit, &found));
    mtx_lock(&gate->lock);
    Guest guest = guest_of(visit, &found);
    bool in = enter(gate, visit, &found, guest);
    gate->inside[guest] += in;
    mtx_unlock(&gate->lock);
    if (!in)
        return fail(E_BUSY);
    *ret_guest = guest;
    return ok();
}

void gate_leave(Gate *gate, Guest guest)
{
    mtx_lock(&gate->lock);
    if (gate->inside[guest] > 0)
        gate->inside[guest]--;
    mtx_unlock(&gate->lock);
}

/* Under the lock. */
static void count_familiar(Failures *slot, Id key, int64_t now)
{
    uint32_t before = remembered(slot, key, now, FAMILIAR_MS) ? slot->failures : 0;

    *slot = (Failures){.key = key, .failures = before < UINT32_MAX ? before + 1 : before, .at = now};
}

Err gate_failed(Gate *gate, const Visit *visit, Guest guest, int64_t until)
{
    const bool familiar = guest == GUEST_FAMILIAR;
    Found found = {0};

    TRY(find(gate, visit, &found));
    mtx_lock(&gate->lock);
    if (familiar)
        count_familiar(found.at_familiar, found.familiar, visit->now);
    else if (until > visit->now)
        *found.at_name = (NameWait){.key = found.name, .until = until};
    if (!familiar && visit->address.length > 0)
        count_address(found.at_address, found.address, visit->now);
    mtx_unlock(&gate->lock);
    return ok();
}

Err gate_passed(Gate *gate, const Visit *visit)
{
    Found found = {0};

    TRY(find(gate, visit, &found));
    mtx_lock(&gate->lock);
    *found.at_familiar = (Failures){.key = found.familiar, .at = visit->now};
    if (id_equal(found.at_name->key, found.name))
        *found.at_name = (NameWait){0};
    mtx_unlock(&gate->lock);
    return ok();
}

/* ---- what is told ---- */

bool gate_tells(Gate *gate, Id tenant, int64_t now, uint32_t *ret_untold)
{
    mtx_lock(&gate->lock);
    Strangers *strangers = strangers_of(gate, tenant);
    bool tells = share_take(&strangers->lines, SIGNIN_LINES_HOUR, SIGNIN_HOUR_MS, now) ||
                 now - strangers->told_at >= GATE_TELL_MS || now < strangers->told_at;
    if (tells) {
        *ret_untold = strangers->untold;
        strangers->untold = 0;
        strangers->told_at = now;
    } else {
        strangers->untold++;
    }
    mtx_unlock(&gate->lock);
    return tells;
}
