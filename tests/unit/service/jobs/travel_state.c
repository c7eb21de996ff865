/* What is so in a log of time travel, compared with what the model says.
 * Must not know a rule: it only compares.
 * Called by test_time_travel.c. */
#include "travel.h"

#include "store/ending/purge.h"
#include "store/report/reports.h"
#include "service/log/enter.h"

/* ---- what is so afterwards ---- */

/* Whether the reason that an administrator and a manager give lets them read, and the others without one. */
static Flags reads(const Life *life, const Actor *actor, bool *ret_reads)
{
    const bool gives = actor->role == ROLE_MUNICIPALITY_ADMIN || actor->role == ROLE_ORG_MANAGER;
    const LogWish wish = {.log = life->log, .act = ACT_LOG_READ, .opening = gives ? OPENING_SUPERVISION : OPENING_NONE,
                          .aged = true, .birth = life->birth};
    AUTO(store_read_endp) Tx *tx = NULL;
    LogDecision decision = {0};
    TEST_ARENA(arena);

    EXPECT_OK(store_read(actor->store, &tx));
    EXPECT_OK(log_decide(tx, actor, &wish, arena, &decision));
    *ret_reads = decision.why == WHY_ALLOWED;
    return decision.ask.flags;
}

static void add(char *list, const char *word)
{
    if (strcmp(list, "-") == 0)
        list[0] = 0;
    if (list[0])
        strcat(list, ",");
    strcat(list, word);
}

static void compare(Travel *travel, Life *life)
{
    static const char *const reasons[] = {
        [CLOSING_NONE] = "-", [CLOSING_GOAL_REACHED] = "goal_reached", [CLOSING_WISH] = "wish",
        [CLOSING_PLAN_TAKES_OVER] = "plan_takes_over", [CLOSING_NO_ACTIVITY] = "no_activity",
        [CLOSING_CONSENT_WITHDRAWN] = "consent_withdrawn", [CLOSING_CONSENT_EXPIRED] = "consent_expired",
        [CLOSING_OF_AGE] = "of_age", [CLOSING_MISTAKE] = "mistake", [CLOSING_CONSENT_AGE] = "consent_age"};
    Place *place = &travel->place;
    const LogRow row = row_of(place, life->log);
    Actor *actors[] = {&place->manager, &life->guardian, &place->admin, &place->holder};
    static const char *const names[] = {"EL", "FO", "KA", "SH"};
    char flags[96] = "-", readers[32] = "-";
    Flags known = 0;

    life->guardian.now = place->town.now;
    for (size_t i = 0; i < COUNT_OF(actors); i++) {
        bool may = false;
        known |= reads(life, actors[i], &may);
        if (may)
            add(readers, names[i]);
    }
    if (known & FLAG_CONSENT_INVALID)
        add(flags, "consent_invalid");
    if (known & FLAG_IN_GRACE)
        add(flags, "in_grace");
    if (row.flags & FLAG_LEGAL_HOLD)
        add(flags, "legal_hold");
    if (row.flags & FLAG_MISTAKE)
        add(flags, "mistake");
    if (row.flags & FLAG_MOVED)
        add(flags, "moved");
    if (known & FLAG_OF_AGE)
        add(flags, "of_age");
    if (row.flags & FLAG_TRANSFER_PENDING)
        add(flags, "transfer_pending");
    same(travel, "the state", life->state, state_code((State)row.state));
    same(travel, "the reason", life->reason, reasons[row.closed_reason]);
    same(travel, "what is true of it", life->flags, flags);
    same(travel, "who reads it", life->readers, readers);
}

void travel_compare(Travel *travel, Life *life, char *words[WORDS])
{
    char *list = words[5];

    snprintf(life->state, sizeof life->state, "%s", words[3]);
    snprintf(life->reason, sizeof life->reason, "%s", words[4]);
    snprintf(life->readers, sizeof life->readers, "%s", strchr(list, ' ') + 1);
    *strchr(list, ' ') = 0;
    snprintf(life->flags, sizeof life->flags, "%s", list);
    compare(travel, life);
}

NoticeId travel_notice(const char *code)
{
    for (NoticeId notice = NOTICE_NONE + 1; notice < NOTICE_COUNT; notice++)
        if (strcmp(notice_code(notice), code) == 0)
            return notice;
    return NOTICE_NONE;
}

/* due 0: on any day, and then all of the inbox is looked at. */
static uint32_t told_to(Place *place, Id person, NoticeId notice, Id log, int64_t due)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    InboxRow last = {0};
    InboxRows rows = {0};
    uint32_t count = 0;

    EXPECT_OK(store_read(place->town.store, &tx));
    do {
        TEST_ARENA(arena);
        EXPECT_OK(store_inbox(tx, &(InboxPage){.person = person, .before = id_is_none(last.id) ? NULL : &last, .max = 500}, arena, &rows));
        for (uint32_t i = 0; i < rows.count; i++)
            count += rows.items[i].event == notice && id_equal(rows.items[i].object, log) && (due == 0 || rows.items[i].due == due);
        if (rows.count > 0)
            last = rows.items[rows.count - 1];
    } while (due == 0 && rows.count == 500);
    return count;
}

/* The people who may be told, in the order in which the model's roles stand in a Life. */
static const char *const told_roles[ROLES_TOLD] = {"EL", "FO", "KA", "SH"};

static Id person_of(const Travel *travel, const Life *life, size_t role)
{
    const Id persons[ROLES_TOLD] = {travel->place.manager.person, life->guardian.person, travel->place.admin.person,
                                    travel->place.holder.person};

    return persons[role];
}

/* by_clock: on that day, and looked for at once; what an act tells is counted in the end. */
void travel_told(Travel *travel, Life *life, char *words[WORDS], bool by_clock)
{
    const NoticeId notice = travel_notice(words[3]);
    const int64_t due = oslo_time(day_of_word(words[2]), 0);

    EXPECT(notice != NOTICE_NONE);
    for (size_t i = 0; i < ROLES_TOLD; i++) {
        uint32_t wanted = strstr(words[4], told_roles[i]) ? 1 : 0;
        uint32_t got = by_clock ? told_to(&travel->place, person_of(travel, life, i), notice, life->log, due) : wanted;
        if (got != wanted)
            fprintf(stderr, "line %d of the trace: %s is told %s %u times, by the model %u\n", travel->line, told_roles[i], words[3],
                    got, wanted);
        EXPECT(got == wanted);
        life->told[notice][i] += wanted;
    }
}

/* Everything that a person was told of a log, in one walk. */
static void count_told(Place *place, Id person, Id log, uint32_t counts[NOTICE_COUNT])
{
    AUTO(store_read_endp) Tx *tx = NULL;
    InboxRow last = {0};
    InboxRows rows = {0};

    EXPECT_OK(store_read(place->town.store, &tx));
    do {
        TEST_ARENA(arena);
        EXPECT_OK(store_inbox(tx, &(InboxPage){.person = person, .before = id_is_none(last.id) ? NULL : &last, .max = 500}, arena, &rows));
        for (uint32_t i = 0; i < rows.count; i++)
            counts[rows.items[i].event] += id_equal(rows.items[i].object, log) ? 1 : 0;
        if (rows.count > 0)
            last = rows.items[rows.count - 1];
    } while (rows.count == 500);
}

/* Of what the model knows, each was told as often as it says, and nothing more; of a log that is gone nothing is left. */
void travel_compare_told(Travel *travel, const Life *life)
{
    for (size_t i = 0; i < ROLES_TOLD; i++) {
        uint32_t counts[NOTICE_COUNT] = {0};
        count_told(&travel->place, person_of(travel, life, i), life->log, counts);
        for (NoticeId notice = NOTICE_NONE + 1; notice < NOTICE_COUNT; notice++) {
            uint32_t wanted = life->deleted ? 0 : life->told[notice][i];
            if (!life->deleted && !travel->knows[notice])
                continue;
            if (counts[notice] != wanted)
                fprintf(stderr, "line %d of the trace: %s was told %s %u times, by the model %u\n", travel->line, told_roles[i],
                        notice_code(notice), counts[notice], wanted);
            EXPECT(counts[notice] == wanted);
        }
    }
}

/* ---- what is left ---- */

static bool there_is(Tx *tx, Id person)
{
    TEST_ARENA(arena);
    PersonRow row;
    Err found = store_person_by_id(tx, person, arena, &row);

    EXPECT(is_ok(found) || found.id == E_NOT_FOUND);
    return is_ok(found);
}

/* The row of its number, and nothing of anybody. */
void travel_compare_gone(Travel *travel, const Life *life)
{
    const LogRow row = row_of(&travel->place, life->log);
    AUTO(store_read_endp) Tx *tx = NULL;
    TEST_ARENA(arena);
    ParticipantRows people = {0};
    ScopeKeyRow key;
    Id entry;

    if (row.state != STATE_DELETED)
        fprintf(stderr, "line %d of the trace: it is not purged, but %s\n", travel->line, state_code((State)row.state));
    EXPECT(row.state == STATE_DELETED && row.no == life->no && id_is_none(row.holder) && row.header.length == 0 && row.wake_on == 0);
    EXPECT_OK(store_read(travel->place.town.store, &tx));
    EXPECT_OK(store_places_of_log(tx, life->no, arena, &people));
    EXPECT(people.count == 0);
    for (KindId kind = KIND_NONE + 1; kind < KIND_LIMIT; kind++)
        EXPECT_ERR(store_entry_last(tx, life->no, (uint16_t)kind, arena, &entry), E_NOT_FOUND);
    EXPECT_ERR(store_scope(tx, life->log, arena, &key), E_NOT_FOUND);
    for (int i = 0; i < life->guardians; i++) {
        EXPECT(!there_is(tx, life->people[i]));
        EXPECT_ERR(store_scope(tx, life->people[i], arena, &key), E_NOT_FOUND);
    }
    EXPECT(!there_is(tx, life->child.person));
    EXPECT(there_is(tx, travel->place.holder.person) && there_is(tx, travel->place.manager.person));
    store_read_endp(&tx);
    for (size_t i = 0; i < ROLES_TOLD; i++) {
        bool may = true;
        const Actor *actors[] = {&travel->place.manager, &life->guardian, &travel->place.admin, &travel->place.holder};
        (void)reads(life, actors[i], &may);
        EXPECT(!may);
    }
    travel_compare_told(travel, life);
}

DeletionRow travel_order(Travel *travel, const Life *life)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    DeletionRow row = {0};

    EXPECT_OK(store_read(travel->place.town.store, &tx));
    EXPECT_OK(life->deleted ? store_deletion_by_id(tx, life->ended.id, &row) : store_deletion_of_log(tx, life->no, &row));
    return row;
}

uint32_t travel_reports(Travel *travel, const Life *life)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    ReportRows rows = {0};
    TEST_ARENA(arena);

    EXPECT_OK(store_read(travel->place.town.store, &tx));
    EXPECT_OK(store_reports_of_log(tx, life->log, arena, &rows));
    return rows.count;
}
