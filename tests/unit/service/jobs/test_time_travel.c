/* Years of invented lives, carried out by the services and compared with what a model says that was written apart from them
 * (tests/model/life.py): state, reason, flags, readers, and who is told what on which day; and how a log ends: what is refused, when it
 * is purged and what is left of it, when its last backup has died and its report is gone.
 * Must not know a rule: it only carries out and compares.
 * Called by meson test, with a few logs for two years, and by make soak with more (TRAVEL="--logs 200 --days 7305 --seed 7"). */
#include "place.h"

#include "domain/notices.h"
#include "service/acts/child.h"
#include "service/acts/entry.h"
#include "service/acts/procedure.h"
#include "keys/epochs.h"
#include "store/ending/deletion.h"
#include "store/ending/purge.h"
#include "store/report/reports.h"
#include "support/answers.h"
#include "service/log/enter.h"
#include "service/reading/open.h"

#define LOGS_MAX 256
#define GUARDIANS 2
#define LINE_MAX 256
#define WORDS 6
#define NOON 720
#define ROLES_TOLD 4
#define WRITTEN_MAX 256
#define MINUTE_MS ((int64_t)60000)
#define SLACK_MS (10 * MINUTE_MS) /* how long the work of a moment may take here */

/* One log as the trace last said it is. */
typedef struct Life {
    Id log, participants[GUARDIANS], people[GUARDIANS];
    Actor guardian; /* the first */
    Actor child;
    Day birth;
    int guardians;
    char state[24], reason[32], flags[96], readers[32];
    uint32_t told[NOTICE_COUNT][ROLES_TOLD]; /* how often something is told, to each */
    struct Dated {
        Id entry;
        char what[16]; /* "FO 2027-03-01" */
    } written[WRITTEN_MAX]; /* measures and meetings by the model's number */
    int written_count;
    Id holder;   /* participation */
    int64_t no;
    bool deleted;
    DeletionRow ended;
} Life;

typedef struct Travel {
    Place place;
    Life lives[LOGS_MAX];
    bool knows[NOTICE_COUNT]; /* what the model knows how to tell */
    int line;
    Day day;     /* the last one whose night has done its work */
    uint32_t epoch; /* of the keys, before what is due next */
    uint32_t purged, waited, confirmed, forgotten, refused;
} Travel;

/* What is read beside the one that the program has. */
static void same(const Travel *travel, const char *what, const char *model, const char *program)
{
    if (strcmp(model, program) != 0)
        fprintf(stderr, "line %d of the trace: %s is %s by the model, and %s\n", travel->line, what, model, program);
    EXPECT(strcmp(model, program) == 0);
}

static Day day_of_word(const char *word)
{
    Day day = 0;

    EXPECT_OK(day_parse(str_from_c(word), &day));
    return day;
}

/* ---- what people do ---- */

static Err carry_out(Travel *travel, Actor *actor, const Life *life, const char *act, const Values *asked)
{
    Deed deed = {.service = &travel->place.town.service, .actor = actor, .log = life->log, .opening = OPENING_SUPERVISION,
                 .asked = asked};
    Why why;

    actor->request = town_id(&travel->place.town);
    EXPECT_OK(procedure_from_str(str_from_c(act), &deed.procedure));
    return procedure_carry_out(&deed, &why);
}

static Err note(Travel *travel, const Life *life)
{
    Values values = {.kind = kind_of(KIND_NOTE)};
    Actor *holder = &travel->place.holder;
    Id entry;

    log_set(&values, "text", STR("Vi fortsetter."));
    holder->request = town_id(&travel->place.town);
    return log_entry_add(&travel->place.town.service, holder, life->log, &values, &entry);
}

static Err closed(Travel *travel, const Life *life, const char *reason)
{
    static const struct {
        const char *word, *code;
    } reasons[] = {{"goal_reached", "1"}, {"wish", "2"}, {"plan_takes_over", "3"}, {"no_activity", "7"}};
    Values asked = {.kind = kind_of(KIND_CLOSING)};

    for (size_t i = 0; i < COUNT_OF(reasons); i++)
        if (strcmp(reasons[i].word, reason) == 0)
            values_put(&asked, CLOSING_REASON, str_from_c(reasons[i].code));
    return carry_out(travel, &travel->place.holder, life, "log_close", &asked);
}

static Err renewed(Travel *travel, const Life *life, const char *until)
{
    for (int i = 0; i < life->guardians; i++) {
        Values asked = {.kind = kind_of(KIND_RENEWAL)};
        Str giver;
        EXPECT_OK(log_id_text(life->participants[i], travel->place.town.arena, &giver));
        values_put(&asked, RENEWAL_GIVER, giver);
        values_put(&asked, RENEWAL_GIVEN_ON, town_day(&travel->place.town, 0));
        values_put(&asked, RENEWAL_METHOD, STR("3"));
        values_put(&asked, RENEWAL_WITNESS, STR("Vitne Vitnesen"));
        values_put(&asked, RENEWAL_VALID_TO, str_from_c(until));
        TRY(carry_out(travel, &travel->place.holder, life, "consent_record", &asked));
    }
    return ok();
}

static Err withdrawn(Travel *travel, const Life *life, int guardian)
{
    Values asked = {.kind = kind_of(KIND_WITHDRAWAL)};
    Str giver;

    EXPECT_OK(log_id_text(life->participants[guardian], travel->place.town.arena, &giver));
    values_put(&asked, WITHDRAWAL_GIVER, giver);
    values_put(&asked, WITHDRAWAL_ON, town_day(&travel->place.town, 0));
    values_put(&asked, WITHDRAWAL_METHOD, STR("2"));
    values_put(&asked, WITHDRAWAL_OF, STR("1"));
    return carry_out(travel, &travel->place.manager, life, "withdrawal_record", &asked);
}

static Err answered(Travel *travel, Life *life, const char *until)
{
    Values asked = {.kind = kind_of(KIND_RENEWAL)};

    life->child.now = travel->place.town.now;
    town_grant(&travel->place.town, &life->child);
    values_put(&asked, RENEWAL_VALID_TO, str_from_c(until));
    return carry_out(travel, &life->child, life, "consent_give", &asked);
}

static Err taken_back(Travel *travel, Life *life)
{
    Values asked = {.kind = kind_of(KIND_WITHDRAWAL)};

    life->child.now = travel->place.town.now;
    town_grant(&travel->place.town, &life->child);
    values_put(&asked, WITHDRAWAL_OF, STR("1"));
    return carry_out(travel, &life->child, life, "consent_withdraw", &asked);
}

static Err confirmed(Travel *travel, const Life *life)
{
    Values asked = {.kind = kind_of(KIND_CONFIRMATION)};

    values_put(&asked, CONFIRMATION_REASON, STR("Vi venter på svar."));
    return carry_out(travel, &travel->place.holder, life, "activity_confirm", &asked);
}

/* To the unit beside it, where nobody is asked for anything. */
static Err proposed(Travel *travel, const Life *life)
{
    Values asked = {.kind = kind_of(KIND_TRANSFER)};
    Str unit;

    EXPECT_OK(log_id_text(travel->place.town.other_unit, travel->place.town.arena, &unit));
    values_put(&asked, TRANSFER_UNIT, unit);
    values_put(&asked, TRANSFER_ON, town_day(&travel->place.town, 14));
    return carry_out(travel, &travel->place.manager, life, "transfer_propose", &asked);
}

/* An act that answers the newest entry of a kind. */
static Err answers(Travel *travel, Actor *actor, const Life *life, const char *act, const Values *asked, KindId about)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Deed deed = {.service = &travel->place.town.service, .actor = actor, .log = life->log, .asked = asked, .opening = OPENING_SUPERVISION};
    Why why;

    EXPECT_OK(store_read(travel->place.town.store, &tx));
    EXPECT_OK(store_entry_last(tx, life->no, (uint16_t)about, travel->place.town.arena, &deed.about));
    store_read_endp(&tx);
    actor->request = town_id(&travel->place.town);
    EXPECT_OK(procedure_from_str(str_from_c(act), &deed.procedure));
    return procedure_carry_out(&deed, &why);
}

static Err called_off(Travel *travel, const Life *life)
{
    Values asked = {.kind = kind_of(KIND_TRANSFER_END)};

    return answers(travel, &travel->place.manager, life, "transfer_cancel", &asked, KIND_TRANSFER);
}

/* ---- how it ends ---- */

/* An administrator acts with a code that was just given. */
static Actor *with_code(Travel *travel, bool admin)
{
    Actor *actor = admin ? &travel->place.admin : &travel->place.manager;

    actor->proved_at = travel->place.town.now;
    town_grant(&travel->place.town, actor);
    return actor;
}

static Err reported(Travel *travel, const Life *life)
{
    Values wish = {.kind = kind_of(KIND_REPORT_WISH)};

    values_put(&wish, REPORT_WISH_LANGUAGE, STR("1"));
    return carry_out(travel, with_code(travel, false), life, "archive_report_make", &wish);
}

static Err decided(Travel *travel, const Life *life, const char *what)
{
    Values asked = {.kind = kind_of(KIND_ARCHIVE_DECISION)};

    values_put(&asked, ARCHIVE_DECISION_ARCHIVE, strcmp(what, "report") == 0 ? STR("1") : what[0] == 'n' ? STR("2") : STR("3"));
    if (what[0] == 'n')
        values_put(&asked, ARCHIVE_DECISION_GROUND, STR("1"));
    return carry_out(travel, with_code(travel, true), life, "archive_decide", &asked);
}

static Err ordered(Travel *travel, const Life *life)
{
    Values asked = {.kind = kind_of(KIND_DELETION_ORDER)};

    return carry_out(travel, with_code(travel, true), life, "deletion_order", &asked);
}

static Err stopped(Travel *travel, const Life *life, bool admin)
{
    Values asked = {.kind = kind_of(KIND_DELETION_STOP)};

    values_put(&asked, DELETION_STOP_REASON, STR("Den skal ikke slettes likevel."));
    return answers(travel, with_code(travel, admin), life, "deletion_stop", &asked, KIND_DELETION_ORDER);
}

static Err held(Travel *travel, const Life *life, bool set)
{
    Values asked = {.kind = kind_of(set ? KIND_LEGAL_HOLD : KIND_LEGAL_HOLD_END)};

    values_put(&asked, set ? LEGAL_HOLD_REASON : LEGAL_HOLD_END_REASON, STR("En sak i retten."));
    if (set)
        return carry_out(travel, with_code(travel, true), life, "legal_hold_set", &asked);
    return answers(travel, with_code(travel, true), life, "legal_hold_lift", &asked, KIND_LEGAL_HOLD);
}

static Err waived(Travel *travel, Life *life)
{
    life->child.now = travel->place.town.now;
    town_grant(&travel->place.town, &life->child);
    return carry_out(travel, &life->child, life, "copy_waive", NULL);
}

static bool is(const char *name, const char *other)
{
    return strcmp(name, other) == 0;
}

static Err ends(Travel *travel, Life *life, const char *name, const char *argument)
{
    if (is(name, "report"))
        return reported(travel, life);
    if (is(name, "decide"))
        return decided(travel, life, argument);
    if (is(name, "waive"))
        return waived(travel, life);
    if (is(name, "order"))
        return ordered(travel, life);
    if (is(name, "approve"))
        return answers(travel, with_code(travel, argument[0] == 'K'), life, "deletion_approve", NULL, KIND_DELETION_ORDER);
    if (is(name, "stop"))
        return stopped(travel, life, argument[0] == 'K');
    if (is(name, "hold") || is(name, "lift"))
        return held(travel, life, name[0] == 'h');
    return (Err){.id = E_NOT_FOUND, .line = __LINE__, .file = __FILE__};
}

/* ---- measures and meetings ---- */

static Values dated(Travel *travel, const Life *life, bool meeting, const char *what)
{
    Values values = {.kind = kind_of(meeting ? KIND_MEETING : KIND_MEASURE)};
    Arena *arena = travel->place.town.arena;
    Str who = STR_NONE, day = STR_NONE, time = STR_NONE;

    EXPECT_OK(log_id_text(what[0] == 'S' ? life->holder : life->participants[0], arena, &who));
    EXPECT_OK(str_copy(arena, str_from_c(what + 3), &day));
    if (meeting) {
        EXPECT_OK(str_format(arena, &time, "%.*sT12:00", STR_ARGS(day)));
        values_put(&values, MEETING_TIME, time);
        values_put(&values, MEETING_PARTICIPANTS, who);
        return values;
    }
    log_set(&values, "category", STR("1"));
    log_set(&values, "arena", STR("1"));
    log_set(&values, "description", STR("Lese sammen"));
    log_set(&values, "responsible", who);
    log_set(&values, "deadline", day);
    log_set(&values, "state", STR("1"));
    return values;
}

static Err written(Travel *travel, Life *life, bool meeting, const char *what)
{
    Actor *holder = &travel->place.holder;
    const Values values = dated(travel, life, meeting, what);

    EXPECT(life->written_count + 1 < WRITTEN_MAX);
    struct Dated *one = &life->written[++life->written_count];
    snprintf(one->what, sizeof one->what, "%s", what);
    holder->request = town_id(&travel->place.town);
    return log_entry_add(&travel->place.town.service, holder, life->log, &values, &one->entry);
}

/* A measure ends, or a meeting gets its minutes. */
static Err seen_to(Travel *travel, const Life *life, bool meeting, int number)
{
    Actor *holder = &travel->place.holder;
    const struct Dated *one = &life->written[number];
    Values values = dated(travel, life, meeting, one->what);

    values_put(&values, MEASURE_STATE, code_text(MEASURE_STATE_DONE));
    values_put(&values, MEETING_SUMMARY, STR("Vi ble enige."));
    holder->request = town_id(&travel->place.town);
    return log_entry_correct(&travel->place.town.service, holder, &(EntryVersion){life->log, one->entry, 1}, &values);
}

static Err event(Travel *travel, Life *life, const char *name, const char *argument)
{
    Place *place = &travel->place;

    if (strcmp(name, "measure") == 0 || strcmp(name, "meeting") == 0)
        return written(travel, life, name[2] == 'e', argument);
    if (strcmp(name, "done") == 0 || strcmp(name, "minutes") == 0)
        return seen_to(travel, life, name[0] == 'm', atoi(argument));
    if (strcmp(name, "note") == 0)
        return note(travel, life);
    if (strcmp(name, "close") == 0)
        return closed(travel, life, argument);
    if (strcmp(name, "renew") == 0)
        return renewed(travel, life, argument);
    if (strcmp(name, "withdraw") == 0)
        return withdrawn(travel, life, atoi(argument));
    if (strcmp(name, "answer") == 0)
        return answered(travel, life, argument);
    if (strcmp(name, "take_back") == 0)
        return taken_back(travel, life);
    if (strcmp(name, "confirm") == 0)
        return confirmed(travel, life);
    if (strcmp(name, "moved") == 0)
        return carry_out(travel, &place->holder, life, "moved_record", NULL);
    if (strcmp(name, "propose") == 0)
        return proposed(travel, life);
    if (strcmp(name, "call_off") == 0)
        return called_off(travel, life);
    if (strcmp(name, "reopen") == 0)
        return carry_out(travel, &place->manager, life, "log_reopen", NULL);
    if (strcmp(name, "mistake") == 0)
        return carry_out(travel, &place->manager, life, "mistake_mark", NULL);
    return ends(travel, life, name, argument);
}

/* The child has been let in, so that it may answer when it has the age. */
static void child_comes(Travel *travel, Life *life)
{
    Place *place = &travel->place;
    const LogReader reader = {&place->town.service, &place->holder, place->town.arena};
    LogView view = {0};
    GuardianCode code;
    Why why;

    place->holder.request = town_id(&place->town);
    place->holder.proved_at = place->town.now;
    EXPECT_OK(log_child_let_in(&place->town.service, &place->holder, life->log, place->town.arena, &code));
    place->holder.request = town_id(&place->town);
    EXPECT_OK(log_open(&reader, life->log, OPENING_NONE, &why, &view));
    for (uint32_t i = 0; i < view.people_count; i++)
        if (view.people[i].role == ROLE_CHILD)
            life->child = town_actor(&place->town, view.people[i].person, ROLE_CHILD, (Id){0});
}

static void begin(Travel *travel, Life *life, char *words[WORDS])
{
    Place *place = &travel->place;
    NewGuardian guardians[GUARDIANS] = {0};
    CreatedLog created = {0};
    LogView view = {0};
    TownLog made;
    Why why;

    town_log(&place->town, &made);
    log_set(&made.log.child, "birth_date", str_from_c(words[3]));
    life->guardians = atoi(words[4]);
    log_set(&made.guardian.consent, "required_persons", life->guardians == 1 ? STR("1") : STR("2"));
    log_set(&made.guardian.consent, "valid_to", str_from_c(words[5]));
    for (int i = 0; i < life->guardians; i++)
        guardians[i] = made.guardian;
    made.log.guardians = guardians;
    made.log.guardian_count = (uint32_t)life->guardians;
    place->holder.request = town_id(&place->town);
    EXPECT_OK(log_create(&place->town.service, &place->holder, &made.log, place->town.arena, &created));
    life->log = created.log;
    place->holder.request = town_id(&place->town);
    const LogReader reader = {&place->town.service, &place->holder, place->town.arena};
    EXPECT_OK(log_open(&reader, life->log, OPENING_NONE, &why, &view));
    for (int i = 0; i < life->guardians; i++) {
        life->participants[i] = view.people[1 + i].participant;
        life->people[i] = view.people[1 + i].person;
    }
    life->no = row_of(place, life->log).no;
    life->holder = view.people[0].participant;
    EXPECT(view.people[0].role == ROLE_RELAY_HOLDER);
    life->guardian = (Actor){.tenant = place->town.tenant, .store = place->town.store, .person = view.people[1].person,
                             .role = ROLE_GUARDIAN};
    life->birth = day_of_word(words[3]);
    child_comes(travel, life);
}

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

static void after(Travel *travel, Life *life, char *words[WORDS])
{
    char *list = words[5];

    snprintf(life->state, sizeof life->state, "%s", words[3]);
    snprintf(life->reason, sizeof life->reason, "%s", words[4]);
    snprintf(life->readers, sizeof life->readers, "%s", strchr(list, ' ') + 1);
    *strchr(list, ' ') = 0;
    snprintf(life->flags, sizeof life->flags, "%s", list);
    compare(travel, life);
}

static NoticeId notice_by_code(const char *code)
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
static void told(Travel *travel, Life *life, char *words[WORDS], bool by_clock)
{
    const NoticeId notice = notice_by_code(words[3]);
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
static void compare_told(Travel *travel, const Life *life)
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
static void compare_gone(Travel *travel, const Life *life)
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
    compare_told(travel, life);
}

static DeletionRow order_of(Travel *travel, const Life *life)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    DeletionRow row = {0};

    EXPECT_OK(store_read(travel->place.town.store, &tx));
    EXPECT_OK(life->deleted ? store_deletion_by_id(tx, life->ended.id, &row) : store_deletion_of_log(tx, life->no, &row));
    return row;
}

static uint32_t reports_of(Travel *travel, const Life *life)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    ReportRows rows = {0};
    TEST_ARENA(arena);

    EXPECT_OK(store_read(travel->place.town.store, &tx));
    EXPECT_OK(store_reports_of_log(tx, life->log, arena, &rows));
    return rows.count;
}

/* ---- the trace ---- */

static void set(Travel *travel, const char *name, int32_t value)
{
    for (Setting setting = 0; setting < SETTING_COUNT; setting++)
        if (strcmp(setting_rule(setting).code, name) == 0 && setting_rule(setting).initial != value)
            place_set(&travel->place, setting, value);
}

/* Whether it was due. */
static bool run(Travel *travel, JobId job)
{
    const JobOrder order = {.job = job, .tenant = travel->place.town.tenant};
    enum JobEnd end = JOB_NOT_DUE;
    JobCounts counts = {0};

    EXPECT_OK(job_run(&travel->place.town.service, &order, &end, &counts));
    EXPECT(counts.failed == 0 && (end == JOB_DONE || end == JOB_AGAIN || end == JOB_NOT_DUE));
    return end != JOB_NOT_DUE;
}

/* To that moment, where it is not later already. */
static void no_earlier(Place *place, int64_t wanted)
{
    int64_t now = 0;

    EXPECT_OK(moved_now(place, &now));
    if (wanted > now)
        place_at(place, wanted);
}

/* Each night on the way does its work. */
static void nights(Travel *travel, int64_t to)
{
    static const JobId jobs[] = {JOB_LIFE, JOB_OVER, JOB_EPOCH, JOB_DELETION};

    for (; oslo_time(travel->day + 1, 1) <= to; travel->day++) {
        no_earlier(&travel->place, oslo_time(travel->day + 1, 1));
        for (size_t i = 0; i < COUNT_OF(jobs); i++)
            run(travel, jobs[i]);
    }
}

static uint32_t epoch_of(Travel *travel)
{
    Epochs epochs = {0};

    EXPECT_OK(keys_epoch(travel->place.town.agent.keys, travel->place.town.tenant, &epochs));
    return epochs.present;
}

/* Then it is noon of the day, and what is done each minute was done. */
static void go_on(Travel *travel, Day to)
{
    int64_t noon = oslo_time(to, NOON);

    nights(travel, noon);
    if (noon <= travel->place.town.now)
        return;
    no_earlier(&travel->place, noon);
    run(travel, JOB_DELETION);
    travel->epoch = epoch_of(travel);
}

/* "2027-03-01T11:00", in UTC. */
static int64_t moment_of(const char *text)
{
    char day[11];

    snprintf(day, sizeof day, "%.10s", text);
    return (int64_t)(day_of_word(day) - DAY_1970) * DAY_MS + (atoi(text + 11) * 60 + atoi(text + 14)) * MINUTE_MS;
}

/* A minute before it is due nothing has been purged, though the job looked. */
static void soon(Travel *travel, const Life *life, int64_t moment)
{
    nights(travel, moment - MINUTE_MS);
    no_earlier(&travel->place, moment - MINUTE_MS);
    run(travel, JOB_DELETION);
    EXPECT(row_of(&travel->place, life->log).state == STATE_DELETION_ORDERED && order_of(travel, life).purged_at == 0);
    compare_told(travel, life);
    travel->epoch = epoch_of(travel);
}

/* The job looks at that moment; where it has in this minute already, before what was done in it, a minute later. */
static void look(Travel *travel, int64_t moment)
{
    no_earlier(&travel->place, moment);
    if (run(travel, JOB_DELETION))
        return;
    place_at(&travel->place, travel->place.town.now + MINUTE_MS);
    EXPECT(run(travel, JOB_DELETION));
}

static void waits(Travel *travel, const Life *life, int64_t moment)
{
    travel->waited++;
    look(travel, moment);
    EXPECT(row_of(&travel->place, life->log).state == STATE_DELETION_ORDERED && order_of(travel, life).purged_at == 0);
}

/* T1: the rows are gone at that moment, and it is recorded when the keys have turned. */
static void purge(Travel *travel, Life *life, char *words[WORDS])
{
    static const char *const archives[] = {"-", "report", "none", "mistake"};
    const int64_t moment = moment_of(words[2]);
    const int64_t pause = atoi(words[4]) * MINUTE_MS;
    const DeletionRow order = order_of(travel, life);

    EXPECT(order.archive < COUNT_OF(archives) && is(archives[order.archive], words[3]));
    look(travel, moment);
    life->deleted = true;
    travel->purged++;
    life->ended = order;
    compare_gone(travel, life);
    if (order_of(travel, life).purged_at == 0) {
        no_earlier(&travel->place, moment + 60 * MINUTE_MS);
        run(travel, JOB_DELETION);
    }
    life->ended = order_of(travel, life);
    if (life->ended.purged_at < moment || life->ended.purged_at > moment_of(words[5]) + SLACK_MS)
        fprintf(stderr, "line %d of the trace: T1 is %lld minutes after the moment\n", travel->line,
                (long long)((life->ended.purged_at - moment) / MINUTE_MS));
    EXPECT(life->ended.purged_at >= moment && life->ended.purged_at <= moment_of(words[5]) + SLACK_MS);
    EXPECT(llabs(life->ended.pause_ms - pause) <= SLACK_MS);
    EXPECT(epoch_of(travel) > travel->epoch);
    EXPECT(reports_of(travel, life) == (is(words[3], "report") ? 1 : 0) && life->ended.confirmed_at == 0);
}

/* T2: at the first moment of that day, and never before. */
static void confirmed_on(Travel *travel, const Life *life, Day day)
{
    const int64_t at = order_of(travel, life).confirmed_at, from = oslo_time(day, 0);

    if (at < from || at > from + SLACK_MS)
        fprintf(stderr, "line %d of the trace: T2 was confirmed at %lld, by the model at %lld\n", travel->line, (long long)at, (long long)from);
    EXPECT(at >= from && at <= from + SLACK_MS);
    travel->confirmed++;
}

static void compare_report(Travel *travel, const Life *life, uint32_t wanted)
{
    uint32_t count = reports_of(travel, life);

    if (count != wanted)
        fprintf(stderr, "line %d of the trace: of the deleted log %u reports are kept, by the model %u\n", travel->line, count, wanted);
    EXPECT(count == wanted);
    travel->forgotten += wanted == 0 ? 1 : 0;
}

/* What the model says of a log that ends; false: the line says something else. */
static bool ending(Travel *travel, Life *life, char *words[WORDS])
{
    if (is(words[0], "soon"))
        soon(travel, life, moment_of(words[2]));
    else if (is(words[0], "waits"))
        waits(travel, life, moment_of(words[2]));
    else if (is(words[0], "purge"))
        purge(travel, life, words);
    else
        return false;
    return true;
}

/* Nothing of the log is another because of what was tried. */
static void refused(Travel *travel, Life *life, char *words[WORDS])
{
    const LogRow before = row_of(&travel->place, life->log);
    Err done = event(travel, life, words[3], words[4]);
    const LogRow after = row_of(&travel->place, life->log);

    if (is_ok(done))
        fprintf(stderr, "line %d of the trace: %s was taken, and by the model it is refused\n", travel->line, words[3]);
    EXPECT(!is_ok(done));
    EXPECT(after.state == before.state && after.flags == before.flags && memcmp(&after.head, &before.head, sizeof after.head) == 0);
    travel->refused++;
}

static void acted(Travel *travel, Life *life, char *words[WORDS])
{
    Err done = event(travel, life, words[3], words[4]);

    if (!is_ok(done))
        fprintf(stderr, "line %d of the trace: %s was refused: %s at %s:%d\n", travel->line, words[3], err_name(done.id), done.file, done.line);
    EXPECT_OK(done);
}

/* What is so on a day, at noon. */
static void on_a_day(Travel *travel, Life *life, char *words[WORDS])
{
    const Day day = day_of_word(words[2]);

    travel->day = travel->day == 0 ? day : travel->day;
    go_on(travel, day);
    if (is(words[0], "log"))
        begin(travel, life, words);
    else if (is(words[0], "told") || is(words[0], "said"))
        told(travel, life, words, words[0][0] == 't');
    else if (is(words[0], "after"))
        after(travel, life, words);
    else if (is(words[0], "refused"))
        refused(travel, life, words);
    else if (is(words[0], "confirmed"))
        confirmed_on(travel, life, day);
    else if (is(words[0], "kept") || is(words[0], "forgotten"))
        compare_report(travel, life, words[0][0] == 'k' ? 1 : 0);
    else if (is(words[0], "event"))
        acted(travel, life, words);
    else
        EXPECT(is(words[0], "day"));
}

static void follow(Travel *travel, char *words[WORDS])
{
    Life *life = NULL;

    if (strcmp(words[0], "setting") == 0) {
        set(travel, words[1], atoi(words[2]));
        return;
    }
    if (strcmp(words[0], "notice") == 0) {
        EXPECT(notice_by_code(words[1]) != NOTICE_NONE);
        travel->knows[notice_by_code(words[1])] = true;
        return;
    }
    EXPECT(atoi(words[1]) < LOGS_MAX);
    life = &travel->lives[atoi(words[1])];
    if (!ending(travel, life, words))
        on_a_day(travel, life, words);
}

/* The last word is the rest of the line. */
static void cut(char *line, char *words[WORDS])
{
    static char nothing[] = "";
    char *rest = line;

    line[strcspn(line, "\n")] = 0;
    for (size_t i = 0; i < WORDS; i++) {
        words[i] = rest ? rest : nothing;
        rest = rest ? strchr(rest, ' ') : NULL;
        if (rest && i + 1 < WORDS)
            *rest++ = 0;
    }
}

static FILE *trace_of(const char *chosen)
{
    char command[LINE_MAX];

    snprintf(command, sizeof command, "python3 tests/model/life.py trace %s", chosen);
    FILE *trace = popen(command, "r");
    EXPECT(trace != NULL);
    return trace;
}

static void travel_through(const char *chosen)
{
    Travel *travel = calloc(1, sizeof *travel);
    FILE *trace = trace_of(chosen);
    char line[LINE_MAX], *words[WORDS];

    place_begin(&travel->place);
    while (fgets(line, sizeof line, trace)) {
        travel->line++;
        cut(line, words);
        follow(travel, words);
    }
    EXPECT(pclose(trace) == 0 && travel->line > 100);
    for (int i = 0; i < LOGS_MAX; i++)
        if (travel->lives[i].guardians > 0)
            compare_told(travel, &travel->lives[i]);
    if (getenv("TRAVEL"))
        fprintf(stderr, "%d lines: %u logs purged, %u had waited, %u last backups, %u reports gone, %u refused\n", travel->line,
                travel->purged, travel->waited, travel->confirmed, travel->forgotten, travel->refused);
    place_end(&travel->place);
    free(travel);
}

TEST(two_years_of_invented_lives_go_as_a_model_says_that_was_written_apart)
{
    const char *more = getenv("TRAVEL");

    if (more) {
        travel_through(more);
        return;
    }
    travel_through("--logs 12 --days 760 --seed 40");
    travel_through("--logs 12 --days 760 --seed 102");
}

RUN_TESTS("time travel")
