/* Years of invented lives, carried out by the services and compared with what a model says that was written apart from them
 * (tests/model/life.py): state, reason, flags, readers, and who is told what on which day.
 * Must not know a rule: it only carries out and compares.
 * Called by meson test, with a few logs for two years, and by make soak with more (TRAVEL="--logs 200 --days 1826 --seed 7"). */
#include "place.h"

#include "domain/notices.h"
#include "service/acts/child.h"
#include "service/acts/entry.h"
#include "service/acts/procedure.h"
#include "service/log/enter.h"
#include "service/reading/open.h"

#define LOGS_MAX 256
#define GUARDIANS 2
#define LINE_MAX 256
#define WORDS 6
#define NOON 720
#define ROLES_TOLD 4
#define WRITTEN_MAX 256

/* One log as the trace last said it is. */
typedef struct Life {
    Id log, participants[GUARDIANS];
    Actor guardian; /* the first */
    Actor child;
    Day birth;
    int guardians;
    char state[16], reason[32], flags[64], readers[32];
    uint32_t told[NOTICE_COUNT][ROLES_TOLD]; /* how often something is told, to each */
    struct Dated {
        Id entry;
        char what[16]; /* "FO 2027-03-01" */
    } written[WRITTEN_MAX]; /* measures and meetings by the model's number */
    int written_count;
    Id holder;   /* participation */
} Life;

typedef struct Travel {
    Place place;
    Life lives[LOGS_MAX];
    bool knows[NOTICE_COUNT]; /* what the model knows how to tell */
    int line;
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

static Err called_off(Travel *travel, const Life *life)
{
    Values asked = {.kind = kind_of(KIND_TRANSFER_END)};
    AUTO(store_read_endp) Tx *tx = NULL;
    EntryRow proposal = {0};
    Deed deed = {.service = &travel->place.town.service, .actor = &travel->place.manager, .log = life->log, .asked = &asked};
    LogRow row = row_of(&travel->place, life->log);
    Why why;

    EXPECT_OK(store_read(travel->place.town.store, &tx));
    EXPECT_OK(store_entry_last(tx, row.no, KIND_TRANSFER, travel->place.town.arena, &proposal.id));
    store_read_endp(&tx);
    deed.about = proposal.id;
    deed.actor->request = town_id(&travel->place.town);
    EXPECT_OK(procedure_from_str(STR("transfer_cancel"), &deed.procedure));
    return procedure_carry_out(&deed, &why);
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
    return carry_out(travel, &place->manager, life, "mistake_mark", NULL);
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
    for (int i = 0; i < life->guardians; i++)
        life->participants[i] = view.people[1 + i].participant;
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
    char flags[64] = "-", readers[32] = "-";
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

/* Of what the model knows, each was told as often as it says, and nothing more. */
static void compare_told(Travel *travel, const Life *life)
{
    for (NoticeId notice = NOTICE_NONE + 1; notice < NOTICE_COUNT; notice++) {
        for (size_t i = 0; i < ROLES_TOLD && travel->knows[notice]; i++) {
            uint32_t count = told_to(&travel->place, person_of(travel, life, i), notice, life->log, 0);
            if (count != life->told[notice][i])
                fprintf(stderr, "%s was told %s %u times, by the model %u\n", told_roles[i], notice_code(notice), count,
                        life->told[notice][i]);
            EXPECT(count == life->told[notice][i]);
        }
    }
}

/* ---- the trace ---- */

static void set(Travel *travel, const char *name, int32_t value)
{
    for (Setting setting = 0; setting < SETTING_COUNT; setting++)
        if (strcmp(setting_rule(setting).code, name) == 0 && setting_rule(setting).initial != value)
            place_set(&travel->place, setting, value);
}

/* Each night on the way does its work; then it is noon of the day. */
static void go_on(Travel *travel, Day *day, Day to)
{
    Place *place = &travel->place;

    for (; *day < to; ++*day) {
        const JobOrder order = {.job = JOB_LIFE, .tenant = place->town.tenant};
        enum JobEnd end = JOB_NOT_DUE;
        JobCounts counts = {0};
        go_to(place, *day + 1, 0);
        EXPECT_OK(job_run(&place->town.service, &order, &end, &counts));
        EXPECT(end == JOB_DONE && counts.failed == 0);
    }
    if (oslo_time(to, NOON) > place->town.now)
        place_at(place, oslo_time(to, NOON));
}

static void follow(Travel *travel, char *words[WORDS], Day *day)
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
    Day to = day_of_word(words[2]);
    *day = *day == 0 ? to : *day;
    go_on(travel, day, to);
    if (strcmp(words[0], "log") == 0)
        begin(travel, life, words);
    else if (strcmp(words[0], "told") == 0 || strcmp(words[0], "said") == 0)
        told(travel, life, words, words[0][0] == 't');
    else if (strcmp(words[0], "after") == 0)
        after(travel, life, words);
    else {
        Err done = event(travel, life, words[3], words[4]);
        if (!is_ok(done))
            fprintf(stderr, "line %d of the trace: %s was refused: %s at %s:%d\n", travel->line, words[3],
                    err_name(done.id), done.file, done.line);
        EXPECT_OK(done);
    }
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
    Day day = 0;

    place_begin(&travel->place);
    while (fgets(line, sizeof line, trace)) {
        travel->line++;
        cut(line, words);
        follow(travel, words, &day);
    }
    EXPECT(pclose(trace) == 0 && travel->line > 100);
    for (int i = 0; i < LOGS_MAX; i++)
        if (travel->lives[i].guardians > 0)
            compare_told(travel, &travel->lives[i]);
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
    travel_through("--logs 12 --days 760 --seed 1");
    travel_through("--logs 12 --days 760 --seed 2");
}

RUN_TESTS("time travel")
