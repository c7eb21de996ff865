/* What people do in the invented lives of time travel: each by the service that a page asks.
 * Must not know a rule: it only carries out.
 * Called by test_time_travel.c. */
#include "travel.h"

#include "service/acts/child.h"
#include "service/acts/entry.h"
#include "support/answers.h"
#include "service/reading/open.h"

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

bool travel_is(const char *name, const char *other)
{
    return strcmp(name, other) == 0;
}

static Err ends(Travel *travel, Life *life, const char *name, const char *argument)
{
    if (travel_is(name, "report"))
        return reported(travel, life);
    if (travel_is(name, "decide"))
        return decided(travel, life, argument);
    if (travel_is(name, "waive"))
        return waived(travel, life);
    if (travel_is(name, "order"))
        return ordered(travel, life);
    if (travel_is(name, "approve"))
        return answers(travel, with_code(travel, argument[0] == 'K'), life, "deletion_approve", NULL, KIND_DELETION_ORDER);
    if (travel_is(name, "stop"))
        return stopped(travel, life, argument[0] == 'K');
    if (travel_is(name, "hold") || travel_is(name, "lift"))
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

Err travel_act(Travel *travel, Life *life, const char *name, const char *argument)
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

void travel_begin(Travel *travel, Life *life, char *words[WORDS])
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
