/* Logs that go to a municipality of another installation: by files that an operator carries.
 * Must not believe a file before sender, signature and recipient are found to be what they should.
 * Called by cli/control. */
#include "service/crossing/post.h"

#include <string.h>

#include "domain/clocks.h"
#include "keys/documents.h"
#include "keys/pairs.h"
#include "service/crossing/arrive.h"
#include "service/crossing/leave.h"
#include "service/crossing/parcel.h"
#include "service/crossing/steps.h"
#include "service/people/elsewhere.h"

#define POST_ARENA ((size_t)256 << 20)

/* ---- cards ---- */

static Err units_of(const Post *post, Arena *keep, Card *card)
{
    Actor nobody = {0};
    Units units = {0};

    TRY(elsewhere_enter(post->service, post->tenant, post->now, &nobody));
    Err read = elsewhere_own(post->service, &nobody, keep, &units);
    elsewhere_leave(post->service, &nobody);
    TRY(read);
    TRY(ARENA_NEW(keep, CardUnit, (size_t)units.count + 1, &card->units));
    for (uint32_t i = 0; i < units.count; i++)
        if (!units.items[i].closed)
            card->units[card->unit_count++] = (CardUnit){units.items[i].id, units.items[i].name};
    return ok();
}

static Err sign(const Post *post, Str body, Arena *keep, Str *ret_file)
{
    SignedDocument document = {.tenant = post->tenant, .kind = DOCUMENT_TRANSFER};
    uint8_t signature[SIGNATURE_BYTES];

    TRY(sha256(body, document.sha256));
    TRY(keys_sign_document(post->service->keys, &document, signature));
    return parcel_finish(body, signature, keep, ret_file);
}

static Err own_sender(const Post *post, uint8_t ret_sender[static PUBLIC_KEY_BYTES])
{
    KeysStatus status;

    TRY(keys_status(post->service->keys, &status));
    memcpy(ret_sender, status.head_public, PUBLIC_KEY_BYTES);
    return ok();
}

Err post_card(const Post *post, Arena *keep, Str *ret_file, uint8_t ret_fingerprint[static FINGERPRINT_BYTES])
{
    Card card = {.mode = post->service->mode, .municipality = post->tenant, .made_at = post->now};
    Municipality municipality;
    Str body = STR_NONE;

    TRY(municipality_by_id(post->service, post->tenant, keep, &municipality));
    card.number = municipality.number;
    card.name = municipality.name;
    TRY(own_sender(post, card.sender));
    TRY(keys_pair_public(post->service->keys, post->tenant, PAIR_TRANSFER, card.recipient));
    TRY(units_of(post, keep, &card));
    TRY(card_write(&card, keep, &body));
    TRY(card_fingerprint(&card, ret_fingerprint));
    return sign(post, body, keep, ret_file);
}

typedef struct Trusting {
    PartnerRow row;
    AuditLine line;
} Trusting;

static Err trust_work(Tx *tx, void *context)
{
    Trusting *trusting = context;

    TRY(store_partner_put(tx, &trusting->row));
    return store_audit(tx, &trusting->line);
}

static Err is_elsewhere(const Post *post, Id municipality, Arena *keep)
{
    Municipality here;

    Err found = municipality_by_id(post->service, municipality, keep, &here);
    return found.id == E_NOT_FOUND ? ok() : is_ok(found) ? fail(E_INVALID) : found;
}

/* As it is read to each other: digits alone count. */
static bool same_fingerprint(Str typed, const uint8_t fingerprint[static FINGERPRINT_BYTES], Arena *keep)
{
    Buf digits = buf_new(keep, 2 * FINGERPRINT_BYTES), wanted = buf_new(keep, 2 * FINGERPRINT_BYTES);
    Str given = STR_NONE, expected = STR_NONE;

    for (size_t i = 0; i < typed.length; i++)
        if (typed.data[i] != ' ' && typed.data[i] != '-')
            buf_add_char(&digits, typed.data[i] >= 'A' && typed.data[i] <= 'F' ? (char)(typed.data[i] + 32) : typed.data[i]);
    buf_add_hex(&wanted, str_from_bytes(fingerprint, FINGERPRINT_BYTES));
    return is_ok(buf_done(&digits, &given)) && is_ok(buf_done(&wanted, &expected)) && str_equal(given, expected);
}

Err post_trust(const Post *post, Str file, Str fingerprint, Arena *keep, Card *ret_card)
{
    Actor nobody = {.tenant = post->tenant, .person = post->by, .now = post->now};
    uint8_t own[FINGERPRINT_BYTES];
    Trusting trusting;

    TRY(card_read(file, keep, ret_card));
    if (ret_card->mode != post->service->mode)
        return fail(E_MODE);
    TRY(document_signature_check(ret_card->sender, &ret_card->document, ret_card->signature));
    TRY(card_fingerprint(ret_card, own));
    if (!same_fingerprint(fingerprint, own, keep))
        return fail(E_FORGED);
    TRY(is_elsewhere(post, ret_card->municipality, keep));
    TRY(store_of(post->service->stores, post->tenant, &nobody.store));
    TRY(world_id(post->service->world, &nobody.request));
    trusting = (Trusting){.row = {.id = ret_card->municipality, .card = file, .known_at = post->now, .known_by = post->by},
                          .line = service_line(&nobody, ACT_TRANSFER_TRUST, OBJECT_NONE, ret_card->municipality)};
    return store_write(nobody.store, trust_work, &trusting);
}

/* Errors: E_FORBIDDEN: nobody has brought it. */
static Err card_of(Store *store, Id municipality, Arena *keep, Card *ret_card)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    PartnerRow row = {0};

    TRY(store_read(store, &tx));
    Err found = store_partner(tx, municipality, keep, &row);
    if (found.id == E_NOT_FOUND)
        return fail(E_FORBIDDEN);
    TRY(found);
    return card_read(row.card, keep, ret_card);
}

/* ---- what is due ---- */

static bool is_over(const CrossingRow *row, int64_t now)
{
    return now >= clock_due(CLOCK_TRANSFER_END, row->proposed_at, NULL);
}

/* What the other is to know next, by how far this is. */
static PostKind due_of(const CrossingRow *row, int64_t now, LetterKind *ret_letter)
{
    const bool goes = row->way == CROSSING_GOES;

    if (goes && (row->step == CROSSING_READY || row->step == CROSSING_ASKED) && !is_over(row, now))
        return *ret_letter = LETTER_ASKS, POST_LETTER;
    if (goes && row->step == CROSSING_LEFT)
        return POST_PARCEL;
    if (row->step == CROSSING_DROPPED)
        return *ret_letter = goes ? LETTER_DROPS : LETTER_REFUSES, POST_LETTER;
    if (!goes && row->step == CROSSING_LEFT)
        return *ret_letter = LETTER_TAKES, POST_LETTER;
    if (!goes && row->step == CROSSING_DONE)
        return *ret_letter = LETTER_ARRIVED, POST_LETTER;
    return POST_NONE;
}

/* Those of one way, up to those that have come. */
static Err add_due(const Post *post, Store *store, uint8_t way, Arena *keep, PostItems *list)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    CrossingIds ids = {0};

    TRY(store_read(store, &tx));
    TRY(store_crossings_open(tx, way, way == CROSSING_COMES ? CROSSING_OFF : CROSSING_OPEN, keep, &ids));
    store_read_endp(&tx);
    PostItem *items = NULL;
    TRY(ARENA_NEW(keep, PostItem, (size_t)list->count + ids.count + 1, &items));
    for (uint32_t i = 0; i < list->count; i++)
        items[i] = list->items[i];
    list->items = items;
    for (uint32_t i = 0; i < ids.count; i++) {
        CrossingRow row;
        Card card;
        PostItem item = {.transfer = ids.items[i].id};
        TRY(crossing_read(store, item.transfer, keep, &row));
        item.kind = due_of(&row, post->now, &item.letter);
        if (item.kind == POST_NONE || !is_ok(is_elsewhere(post, row.other, keep)) || !is_ok(card_of(store, row.other, keep, &card)))
            continue;
        TRY(str_format(keep, &item.to, "%.*s %.*s", STR_ARGS(card.number), STR_ARGS(card.name)));
        items[list->count++] = item;
    }
    return ok();
}

Err post_due(const Post *post, Arena *keep, PostItems *ret_items)
{
    PostItems list = {0};
    Store *store = NULL;

    TRY(store_of(post->service->stores, post->tenant, &store));
    TRY(add_due(post, store, CROSSING_GOES, keep, &list));
    TRY(add_due(post, store, CROSSING_COMES, keep, &list));
    *ret_items = list;
    return ok();
}

/* ---- out ---- */

/* place: of the unit that asks; empty in every other. */
static Err write_letter(const Post *post, const CrossingRow *row, const Letter *what, Arena *keep, Str *ret_file)
{
    Letter letter = {.mode = post->service->mode, .kind = what->kind, .transfer = row->id, .from = post->tenant, .to = row->other,
                     .unit = row->unit, .proposed_at = row->proposed_at, .on_at = row->on_at, .made_at = post->now, .place = what->place};
    Str body = STR_NONE;

    if (what->kind == LETTER_TAKES) {
        letter.holder = row->holder;
        letter.taken_by = row->taken_by;
    }
    TRY(own_sender(post, letter.sender));
    TRY(letter_write(&letter, keep, &body));
    return sign(post, body, keep, ret_file);
}

static Err export_as(const Post *post, const Actor *nobody, CrossingRow *row, Arena *keep, Str *ret_file)
{
    Letter letter = {.kind = LETTER_ASKS};
    const PostKind kind = due_of(row, post->now, &letter.kind);

    if (kind == POST_NONE)
        return fail(E_NOT_FOUND);
    if (kind == POST_PARCEL)
        return crossing_pack(post->service, nobody, row, keep, ret_file);
    if (letter.kind == LETTER_ASKS)
        TRY(crossing_place_of(post->service, nobody, row->log, keep, &letter.place));
    TRY(write_letter(post, row, &letter, keep, ret_file));
    return letter.kind == LETTER_ASKS && row->step == CROSSING_READY ? crossing_step(nobody, row, CROSSING_ASKED) : ok();
}

Err post_export(const Post *post, Id transfer, Arena *keep, Str *ret_file)
{
    Actor nobody = {0};
    CrossingRow row;

    TRY(elsewhere_enter(post->service, post->tenant, post->now, &nobody));
    nobody.person = post->by;
    Err done = crossing_read(nobody.store, transfer, keep, &row);
    if (is_ok(done) && (id_is_none(row.id) || !is_ok(is_elsewhere(post, row.other, keep))))
        done = fail(E_NOT_FOUND);
    if (is_ok(done))
        done = export_as(post, &nobody, &row, keep, ret_file);
    elsewhere_leave(post->service, &nobody);
    return done;
}

/* ---- in ---- */

typedef struct Taking {
    const Post *post;
    Arena *keep;
    Actor nobody;
    Card card;       /* the sender's */
    CrossingRow row; /* here; zeros: there is none */
} Taking;

static Err is_from(Taking *taking, Id from, const uint8_t sender[static PUBLIC_KEY_BYTES], Mode mode)
{
    TRY(card_of(taking->nobody.store, from, taking->keep, &taking->card));
    if (memcmp(sender, taking->card.sender, PUBLIC_KEY_BYTES) != 0)
        return fail(E_FORGED);
    return mode == taking->post->service->mode ? ok() : fail(E_MODE);
}

/* A unit of another municipality asks; twice is once. */
static Err take_asks(Taking *taking, const Letter *letter)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    CrossingRow row = {.id = letter->transfer, .way = CROSSING_COMES, .other = letter->from, .unit = letter->unit, .step = CROSSING_ASKED,
                       .proposed_at = letter->proposed_at, .on_at = letter->on_at, .place = letter->place, .version = 1};
    CrossingPut put = {.row = &row, .is_new = true};
    UnitRow unit = {0};

    if (!id_is_none(taking->row.id))
        return fail(taking->row.step <= CROSSING_LEFT ? E_REPLAYED : E_STALE);
    if (is_over(&row, taking->post->now) || letter->proposed_at > taking->post->now || letter->place.length == 0)
        return fail(E_STALE);
    TRY(store_read(taking->nobody.store, &tx));
    Err found = store_unit_by_id(tx, letter->unit, taking->keep, &unit);
    store_read_endp(&tx);
    if (found.id == E_NOT_FOUND || (is_ok(found) && unit.closed_at != 0))
        return fail(E_INVALID);
    TRY(found);
    TRY(crossing_managers(taking->post->service, &taking->nobody, &row, taking->keep, &put.told));
    return crossing_put(&taking->nobody, &put);
}

static Err take_answer(Taking *taking, const Letter *letter)
{
    Service *service = taking->post->service;

    if (taking->row.step == CROSSING_LEFT && letter->kind == LETTER_TAKES)
        return fail(E_REPLAYED);
    if (letter->kind == LETTER_ARRIVED)
        return taking->row.step == CROSSING_LEFT ? crossing_step(&taking->nobody, &taking->row, CROSSING_DONE)
                                                 : fail(taking->row.step == CROSSING_DONE ? E_REPLAYED : E_STALE);
    Err done = letter->kind == LETTER_TAKES
                   ? crossing_leave(service, &taking->nobody, &taking->row, (CrossingTaker){letter->taken_by, letter->holder})
                   : crossing_stay(service, &taking->nobody, &taking->row);
    if (done.id == E_INVALID)
        return fail(E_STALE);
    TRY(done);
    if (letter->kind == LETTER_TAKES)
        return ok();
    /* Whoever said no need not be told that nothing comes of it. */
    TRY(crossing_read(taking->nobody.store, taking->row.id, taking->keep, &taking->row));
    return crossing_step(&taking->nobody, &taking->row, CROSSING_OFF);
}

static Err take_letter(Taking *taking, Str file, PostTaken *ret_taken)
{
    Letter letter;

    TRY(letter_read(file, &letter));
    TRY(is_from(taking, letter.from, letter.sender, letter.mode));
    TRY(document_signature_check(taking->card.sender, &letter.document, letter.signature));
    TRY(crossing_read(taking->nobody.store, letter.transfer, taking->keep, &taking->row));
    const CrossingRow *row = &taking->row;
    const uint8_t way = letter.kind == LETTER_ASKS || letter.kind == LETTER_DROPS ? CROSSING_COMES : CROSSING_GOES;
    bool known = !id_is_none(row->id);
    bool same = known && id_equal(row->other, letter.from) && id_equal(row->unit, letter.unit) && row->way == way &&
                row->proposed_at == letter.proposed_at;
    if (!id_equal(letter.to, taking->post->tenant) || (known ? !same : letter.kind != LETTER_ASKS))
        return fail(E_INVALID);
    *ret_taken = (PostTaken){POST_LETTER, letter.kind, letter.transfer};
    if (letter.kind == LETTER_ASKS)
        return take_asks(taking, &letter);
    if (letter.kind != LETTER_DROPS)
        return take_answer(taking, &letter);
    if (row->step != CROSSING_ASKED && row->step != CROSSING_LEFT)
        return fail(row->step == CROSSING_OFF ? E_REPLAYED : E_STALE);
    return crossing_step(&taking->nobody, &taking->row, CROSSING_OFF);
}

static Err land(Taking *taking, const ParcelExpected *expected, const Actor *taker)
{
    CrossingRow left = taking->row;
    Arriving arriving = {.row = &taking->row, .left = &left};
    Str content = STR_NONE;
    CrossingPart part;
    Id log;

    TRY(crossing_holder(&taking->nobody, &taking->row, &arriving.holder));
    TRY(crossing_unpack(taking->post->service, taker, expected, taking->keep, &content));
    TRY(crossing_part_read(content, NULL, taking->keep, &part));
    memcpy(left.hash.bytes, part.report.made.content.bytes, HASH_BYTES);
    arriving.part = &part;
    return crossing_arrive(taking->post->service, taker, &arriving, &log);
}

static Err take_parcel(Taking *taking, Str file, PostTaken *ret_taken)
{
    Actor taker = {0};
    Parcel parcel;

    TRY(parcel_read(file, &parcel));
    TRY(is_from(taking, parcel.head.from, parcel.head.sender, parcel.head.mode));
    TRY(crossing_read(taking->nobody.store, parcel.head.transfer, taking->keep, &taking->row));
    if (id_is_none(taking->row.id) || taking->row.way != CROSSING_COMES || !id_equal(parcel.head.to, taking->post->tenant))
        return fail(E_INVALID);
    if (taking->row.step != CROSSING_LEFT)
        return fail(taking->row.step == CROSSING_DONE ? E_REPLAYED : E_STALE);
    *ret_taken = (PostTaken){.kind = POST_PARCEL, .transfer = taking->row.id};
    const ParcelExpected expected = {.file = file, .transfer = taking->row.id, .from = taking->row.other, .unit = taking->row.unit,
                                     .sender = taking->card.sender};
    TRY(crossing_taker(taking->post->service, &taking->nobody, &taking->row, &taker));
    Err landed = land(taking, &expected, &taker);
    elsewhere_leave(taking->post->service, &taker);
    return landed;
}

Err post_import(const Post *post, Str file, PostTaken *ret_taken)
{
    AUTO(arena_freep) Arena *keep = NULL;
    Taking taking = {.post = post};
    Err done = fail(E_MALFORMED);

    TRY(arena_new(POST_ARENA, &keep));
    taking.keep = keep;
    TRY(elsewhere_enter(post->service, post->tenant, post->now, &taking.nobody));
    taking.nobody.person = post->by;
    if (post_kind(file) == POST_LETTER)
        done = take_letter(&taking, file, ret_taken);
    if (post_kind(file) == POST_PARCEL)
        done = take_parcel(&taking, file, ret_taken);
    elsewhere_leave(post->service, &taking.nobody);
    return done;
}
