/* What the rights of each person add up to: moved with each right, and compared wherever rights decide.
 * Must not look at the other rights of a person when one moves: what a stranger did to them would come under the sum.
 * Called by the verbs of roles and participants, by verify.c and proofs.c. */
#include "store/rights.h"

#include "store/alarm.h"
#include "store/audit.h"

PROVEN_SHAPE(person, PERSON, PersonRow);
NEWEST_SHAPE(newest_person, PERSON, PersonRow, person_is_outdated);
PROVEN_SHAPE(role, ROLE, RoleRow);
NEWEST_SHAPE(newest_role, ROLE, RoleRow, role_is_outdated);
SHAPE(participant_plain, PARTICIPANT_PLAIN, ParticipantRow);

#define PAGE 200
#define COUNT_ONE(Row, type, field, column) +1

/* Apart from the proof of the same row, which stands where everybody can read it. */
static Err right_mac(const RightsAdding *adding, enum table table, const Value *columns, Hash *ret_mac)
{
    static const uint32_t counted[TABLE_COUNT] = {[TABLE_ROLE] = 0 ROLE(COUNT_ONE, COUNT_ONE),
                                                  [TABLE_PARTICIPANT] = 0 PARTICIPANT_PLAIN(COUNT_ONE, COUNT_ONE)};
    Hash row, digest;

    TRY(row_digest(adding->sha, table, columns, counted[table], &row));
    TRY(sha256_add(adding->sha, STR("stafettlogg right")));
    TRY(sha256_add(adding->sha, str_from_bytes(row.bytes, HASH_BYTES)));
    TRY(sha256_done(adding->sha, digest.bytes));
    return adding->of->prover.prove(adding->of->prover.self, adding->of->tenant, &digest, ret_mac);
}

static void sum_add(Hash *sum, const Hash *mac)
{
    unsigned carry = 0;

    for (size_t i = HASH_BYTES; i-- > 0; carry >>= 8) {
        carry += (unsigned)sum->bytes[i] + mac->bytes[i];
        sum->bytes[i] = (uint8_t)carry;
    }
}

static void sum_take(Hash *sum, const Hash *mac)
{
    Hash negative;

    for (size_t i = 0; i < HASH_BYTES; i++)
        negative.bytes[i] = (uint8_t)~mac->bytes[i];
    sum_add(sum, &negative);
    sum_add(sum, &(Hash){.bytes[HASH_BYTES - 1] = 1});
}

Err rights_add(RightsAdding *adding, enum table table, const Value *columns)
{
    Hash mac;

    TRY(right_mac(adding, table, columns, &mac));
    sum_add(&adding->sum, &mac);
    return ok();
}

/* ---- in a transaction ---- */

static RowsOf rows_of(const Tx *tx)
{
    return (RowsOf){.prover = store_prover(tx->store), .tenant = store_tenant(tx->store)};
}

static Err move_right(RightsAdding *adding, const RightMove *move)
{
    const Shape *shape = move->table == TABLE_ROLE ? &shape_role : &shape_participant_plain;
    Value values[COLUMNS_MAX];
    Hash mac;

    if (move->former) {
        row_to_values(shape, move->former, values);
        TRY(right_mac(adding, move->table, values, &mac));
        sum_take(&adding->sum, &mac);
    }
    if (!move->now)
        return ok();
    row_to_values(shape, move->now, values);
    return rights_add(adding, move->table, values);
}

Err rights_first(Tx *tx, const RightMove *move, Hash *ret_sum)
{
    const RowsOf of = rows_of(tx);
    RightsAdding adding = {.of = &of, .sha = tx->sha};

    TRY(move_right(&adding, move));
    *ret_sum = adding.sum;
    return ok();
}

#define SUMS_AT_ONCE 8 /* as the statements have places */

/* The people of one statement, each once. */
typedef struct Moving {
    Id persons[SUMS_AT_ONCE];
    uint32_t count;
    Value places[3 * SUMS_AT_ONCE];
    Hash proofs[SUMS_AT_ONCE];
} Moving;

static Err move_person(Tx *tx, PersonRow *row, const RightMoves *moves, Hash *proof, Value *places)
{
    const RowsOf of = rows_of(tx);
    RightsAdding adding = {.of = &of, .sha = tx->sha, .sum = row->rights};
    Value values[COLUMNS_MAX];

    for (uint32_t i = 0; i < moves->count; i++)
        if (id_equal(moves->items[i].person, row->id))
            TRY(move_right(&adding, &moves->items[i]));
    row->rights = adding.sum;
    TRY(tx_values(tx, &shape_person, row, proof, values));
    places[0] = value_id(&row->id);
    places[1] = value_hash(&row->rights);
    places[2] = value_hash(proof);
    return ok();
}

/* Of the rows nothing else is written, and the chain has not got it: nobody waits, and nothing is touched. */
static Err move_some(Tx *tx, const RightMoves *moves, Moving *moving)
{
    Value asked[SUMS_AT_ONCE];
    struct {
        PersonRow *items;
        uint32_t count;
    } rows = {0};

    for (uint32_t i = 0; i < SUMS_AT_ONCE; i++)
        asked[i] = value_id(&moving->persons[i < moving->count ? i : 0]);
    TRY(TX_ROWS(tx, SQL_PERSONS_AMONG, asked, &shape_person, tx->scratch, &rows));
    if (rows.count > moving->count)
        return fail(E_INTERNAL);
    for (uint32_t i = 0; i < COUNT_OF(moving->places); i++)
        moving->places[i] = value_bytes(STR_NONE);
    for (uint32_t i = 0; i < rows.count; i++)
        TRY(move_person(tx, &rows.items[i], moves, &moving->proofs[i], &moving->places[3 * i]));
    return rows.count > 0 ? tx_post(tx, SQL_PERSONS_RIGHTS, moving->places) : ok();
}

static bool is_first_of(const RightMoves *moves, uint32_t index)
{
    for (uint32_t i = 0; i < index; i++)
        if (id_equal(moves->items[i].person, moves->items[index].person))
            return false;
    return true;
}

Err rights_move(Tx *tx, RightMoves moves)
{
    Moving moving = {0};

    if (!tx->writing)
        return fail(E_INTERNAL);
    for (uint32_t i = 0; i < moves.count; i++) {
        if (is_first_of(&moves, i))
            moving.persons[moving.count++] = moves.items[i].person;
        if (moving.count < SUMS_AT_ONCE && i + 1 < moves.count)
            continue;
        if (moving.count > 0)
            TRY(move_some(tx, &moves, &moving));
        moving.count = 0;
    }
    return ok();
}

static Err role_row(void *self, const Value *columns)
{
    return rights_add(self, TABLE_ROLE, columns);
}

static Err place_row(void *self, const Value *columns)
{
    return rights_add(self, TABLE_PARTICIPANT, columns);
}

/* Where somebody acts on the rights, each row is the newest too; verify asks whether those that stand there add up. */
typedef struct Reading {
    const Shape *person, *role;
    Id of;
} Reading;

/* *ret_agree: the rows add up to what the person's own row says. */
static Err read_rights(Tx *tx, const Reading *reading, Arena *keep, PersonRights *ret_rights, bool *ret_agree)
{
    const Value key = value_id(&reading->of);
    const RowsOf of = rows_of(tx);
    RightsAdding adding = {.of = &of, .sha = tx->sha};
    const RowWatch role = {.self = &adding, .row = role_row}, place = {.self = &adding, .row = place_row};
    struct {
        PersonRow *items;
        uint32_t count;
    } persons = {0};
    TxAsk asks[] = {
        TX_ASK(SQL_PERSON_BY_ID, &key, reading->person, &persons),
        TX_ASK(SQL_ROLES_OF_PERSON, &key, reading->role, &ret_rights->roles),
        TX_ASK(SQL_PARTICIPATIONS, &key, &shape_participant_plain, &ret_rights->places),
    };

    asks[1].watch = &role;
    asks[2].watch = &place;
    TRY(tx_ask_all(tx, asks, COUNT_OF(asks), keep));
    if (persons.count != 1)
        return fail(E_NOT_FOUND);
    *ret_agree = crypto_equal(persons.items[0].rights.bytes, adding.sum.bytes, HASH_BYTES);
    return ok();
}

Err store_rights(Tx *tx, Id person, Arena *keep, PersonRights *ret_rights)
{
    const Reading reading = {.person = &shape_newest_person, .role = &shape_newest_role, .of = person};
    PersonRights rights = {0};
    bool agree = false;

    TRY(read_rights(tx, &reading, keep, &rights, &agree));
    if (!agree) {
        alarm_row(store_tenant(tx->store), table_name(TABLE_PERSON), person);
        return fail(E_FORGED);
    }
    *ret_rights = rights;
    return ok();
}

Err rights_end_of_log(Tx *tx, int64_t no)
{
    const Value parameter = value_number(no);
    ParticipantRows places = {0};
    RightMove *moves = NULL;

    TRY(TX_ROWS(tx, SQL_PLACES_OF_LOG, &parameter, &shape_participant_plain, tx->scratch, &places));
    TRY(ARENA_NEW(tx->scratch, RightMove, (size_t)places.count + 1, &moves));
    for (uint32_t i = 0; i < places.count; i++)
        moves[i] = (RightMove){.person = places.items[i].person, .table = TABLE_PARTICIPANT, .former = &places.items[i]};
    return rights_move(tx, (RightMoves){moves, places.count});
}

static Err check_person(Tx *tx, const RightsWatch *watch, Id person, Arena *scratch)
{
    const Reading reading = {.person = &shape_person, .role = &shape_role, .of = person};
    PersonRights rights = {0};
    bool agree = true;
    Err read = read_rights(tx, &reading, scratch, &rights, &agree);

    if (read.id != E_FORGED)
        TRY(read);
    if (!agree)
        watch->differs(watch->self, &person);
    return ok();
}

Err rights_check(Tx *tx, const RightsWatch *watch, Arena *scratch)
{
    Id after = {{0}};
    struct {
        TxKey *items;
        uint32_t count;
    } persons = {0};

    do {
        const Value parameters[] = {value_id(&after), value_number(PAGE)};
        size_t mark = arena_mark(scratch);
        TRY(TX_ROWS(tx, SQL_PAGE_PERSON, parameters, &tx_id_shape, scratch, &persons));
        for (uint32_t i = 0; i < persons.count; i++) {
            after = persons.items[i].id;
            TRY(check_person(tx, watch, after, scratch));
        }
        arena_rewind(scratch, mark);
    } while (persons.count > 0);
    return ok();
}
