/* The baton on its way from one holder to another, with a real database and a real key agent.
 * Must not hold data of anybody.
 * Run by meson test. */
#include <sqlite3.h>

#include "domain/clocks.h"
#include "domain/period.h"
#include "service/acts/actor.h"
#include "service/acts/baton/offer.h"
#include "service/acts/candidates.h"
#include "service/acts/procedure.h"
#include "service/reading/list.h"
#include "service/reading/offers.h"
#include "service/reading/open.h"
#include "support/log_fixture.h"

/* A log that two units may take part in, its holder, and the one who is to take over. */
typedef struct Scene {
    Actor holder, next;
    Id log;
} Scene;

#define TOWN(name)                       \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

static Scene a_scene(Town *town)
{
    Scene scene = {.holder = town_staff(town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town->unit),
                   .next = town_staff(town, STR("Neste Holder"), ROLE_RELAY_HOLDER, town->other_unit)};
    CreatedLog created = {0};
    TownLog made;

    town_log(town, &made);
    made.log.units = &town->other_unit;
    made.log.unit_count = 1;
    EXPECT_OK(log_create(&town->service, &scene.holder, &made.log, town->arena, &created));
    scene.log = created.log;
    return scene;
}

static Err answer(Town *town, Actor *actor, Id log, const char *act)
{
    Deed deed = {.service = &town->service, .actor = actor, .log = log};
    Why why;

    actor->request = town_id(town);
    EXPECT_OK(procedure_from_str(str_from_c(act), &deed.procedure));
    return procedure_carry_out(&deed, &why);
}

static Err offer(Town *town, Actor *actor, Id log, const Actor *to)
{
    actor->request = town_id(town);
    return baton_offer(&town->service, actor, log, to->role_row);
}

static Err opens(Town *town, Actor *actor, Id log, LogView *ret_view)
{
    Why why;

    actor->request = town_id(town);
    return log_open(&(LogReader){&town->service, actor, town->arena}, log, OPENING_NONE, &why, ret_view);
}

static uint32_t offers_to(Town *town, Actor *actor)
{
    const BatonOffer *offers = NULL;
    uint32_t count = 0;

    actor->request = town_id(town);
    EXPECT_OK(baton_offers(&(LogReader){&town->service, actor, town->arena}, &offers, &count));
    return count;
}

TEST(the_baton_stays_where_it_is_until_the_other_has_taken_it)
{
    TOWN(town);
    Scene scene = a_scene(&town);
    LogView view = {0};

    EXPECT_OK(offer(&town, &scene.holder, scene.log, &scene.next));
    EXPECT_ERR(opens(&town, &scene.next, scene.log, &view), E_NOT_FOUND);
    EXPECT_OK(opens(&town, &scene.holder, scene.log, &view));
    EXPECT_STR(view.offer.name, "Neste Holder");
    EXPECT(view.people_count == 2);
    EXPECT(offers_to(&town, &scene.next) == 1);
    EXPECT_OK(answer(&town, &scene.next, scene.log, "baton_accept"));
    EXPECT_OK(opens(&town, &scene.next, scene.log, &view));
    EXPECT(id_equal(view.summary.unit, town.other_unit) && id_is_none(view.offer.participant));
    EXPECT_ERR(opens(&town, &scene.holder, scene.log, &view), E_FORBIDDEN);
    EXPECT(offers_to(&town, &scene.next) == 0);
}

TEST(whoever_is_offered_the_baton_does_not_learn_whose_log_it_is_before_they_take_it)
{
    TOWN(town);
    Scene scene = a_scene(&town);
    LogSummaries logs = {0};
    const BatonOffer *offers = NULL;
    uint32_t count = 0;

    EXPECT_OK(offer(&town, &scene.holder, scene.log, &scene.next));
    scene.next.request = town_id(&town);
    EXPECT_OK(log_list(&town.service, &scene.next, town.arena, &logs));
    EXPECT(logs.count == 0);
    scene.next.request = town_id(&town);
    EXPECT_OK(baton_offers(&(LogReader){&town.service, &scene.next, town.arena}, &offers, &count));
    EXPECT(count == 1 && id_equal(offers[0].log, scene.log));
    EXPECT_STR(offers[0].holder_name, "Stafett Holder");
    EXPECT_STR(offers[0].unit_name, "Solsikke skole");
}

TEST(nobody_but_whoever_was_offered_the_baton_takes_or_declines_it)
{
    TOWN(town);
    Scene scene = a_scene(&town);
    Actor other = town_staff(&town, STR("Annen Holder"), ROLE_RELAY_HOLDER, town.other_unit);
    Actor elsewhere = scene.next;

    elsewhere.unit = town.unit;
    EXPECT_ERR(answer(&town, &scene.next, scene.log, "baton_accept"), E_NOT_FOUND);
    EXPECT_OK(offer(&town, &scene.holder, scene.log, &scene.next));
    EXPECT_ERR(answer(&town, &other, scene.log, "baton_accept"), E_NOT_FOUND);
    EXPECT_ERR(answer(&town, &other, scene.log, "baton_decline"), E_NOT_FOUND);
    EXPECT_ERR(answer(&town, &elsewhere, scene.log, "baton_accept"), E_NOT_FOUND);
    EXPECT_ERR(answer(&town, &other, scene.log, "baton_withdraw"), E_NOT_FOUND);
}

TEST(what_was_declined_or_taken_back_is_not_taken_afterwards)
{
    TOWN(town);
    Scene scene = a_scene(&town);

    EXPECT_OK(offer(&town, &scene.holder, scene.log, &scene.next));
    EXPECT_OK(answer(&town, &scene.next, scene.log, "baton_decline"));
    EXPECT_ERR(answer(&town, &scene.next, scene.log, "baton_accept"), E_NOT_FOUND);
    EXPECT_OK(offer(&town, &scene.holder, scene.log, &scene.next));
    EXPECT_OK(answer(&town, &scene.holder, scene.log, "baton_withdraw"));
    EXPECT_ERR(answer(&town, &scene.next, scene.log, "baton_accept"), E_NOT_FOUND);
    EXPECT_ERR(answer(&town, &scene.holder, scene.log, "baton_withdraw"), E_INVALID);
}

TEST(an_offer_that_was_answered_is_over_for_a_request_that_began_before_too)
{
    TOWN(town);
    Scene scene = a_scene(&town);

    EXPECT_OK(offer(&town, &scene.holder, scene.log, &scene.next));
    scene.holder.now = town.now + 50;
    EXPECT_OK(answer(&town, &scene.holder, scene.log, "baton_withdraw"));
    scene.next.now = town.now + 49;
    EXPECT_ERR(answer(&town, &scene.next, scene.log, "baton_accept"), E_NOT_FOUND);
}

TEST(an_offer_stands_for_fourteen_whole_days_and_no_longer)
{
    TOWN(town);
    Scene scene = a_scene(&town);

    EXPECT_OK(offer(&town, &scene.holder, scene.log, &scene.next));
    const int64_t end = clock_due(CLOCK_BATON_END, town.now, NULL);
    scene.next.now = end;
    EXPECT_ERR(answer(&town, &scene.next, scene.log, "baton_accept"), E_NOT_FOUND);
    EXPECT(offers_to(&town, &scene.next) == 0);
    scene.next.now = end - 1;
    EXPECT(offers_to(&town, &scene.next) == 1);
    EXPECT_OK(answer(&town, &scene.next, scene.log, "baton_accept"));
}

TEST(there_is_one_offer_at_a_time_and_none_to_the_holder_or_to_somebody_who_holds_no_batons)
{
    TOWN(town);
    Scene scene = a_scene(&town);
    Actor teacher = town_staff(&town, STR("Larer Laresen"), ROLE_ACTOR, town.unit);

    EXPECT_ERR(offer(&town, &scene.holder, scene.log, &scene.holder), E_INVALID);
    EXPECT_ERR(offer(&town, &scene.holder, scene.log, &teacher), E_INVALID);
    EXPECT_OK(offer(&town, &scene.holder, scene.log, &scene.next));
    EXPECT_ERR(offer(&town, &scene.holder, scene.log, &scene.next), E_INVALID);
}

TEST(a_unit_that_the_consents_do_not_name_is_offered_no_baton)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor outside = town_staff(&town, STR("Utenfor"), ROLE_RELAY_HOLDER, town.other_unit);
    Id log = town_create(&town, &holder);
    LogCandidates candidates;

    EXPECT_ERR(offer(&town, &holder, log, &outside), E_INVALID);
    holder.request = town_id(&town);
    EXPECT_OK(log_candidates(&(LogReader){&town.service, &holder, town.arena}, log, ACT_PARTICIPANT_ADD, &candidates));
    EXPECT(candidates.holders.count == 0);
}

/* Whoever can write the database plants an offer to this person. */
static void plants_an_offer(Town *town, Id person, Id unit)
{
    char path[200], tenant[ID_TEXT + 1], to[ID_TEXT + 1], of[ID_TEXT + 1], text[1024];
    sqlite3 *database = NULL;

    id_to_text(town->tenant, tenant);
    id_to_text(person, to);
    id_to_text(unit, of);
    const Period offered = period_offered(town->now + 86400000);
    snprintf(path, sizeof path, "%s/municipality/%s.db", town->folder, tenant);
    snprintf(text, sizeof text,
             "INSERT INTO participant(id,log_no,person,role,service,unit,from_at,to_at,let_in,version,sealed) SELECT "
             "randomblob(16),log_no,x'%s',role,service,x'%s',%lld,%lld,let_in,version,sealed FROM participant WHERE role=3",
             to, of, (long long)offered.from_at, (long long)offered.to_at);
    EXPECT(sqlite3_open(path, &database) == SQLITE_OK);
    sqlite3_busy_timeout(database, 5000);
    EXPECT(sqlite3_exec(database, text, NULL, NULL, NULL) == SQLITE_OK && sqlite3_changes(database) == 1);
    sqlite3_close(database);
}

TEST(an_offer_that_somebody_planted_is_shown_to_nobody_and_its_log_is_held)
{
    TOWN(town);
    Scene scene = a_scene(&town);
    LogView view = {0};

    plants_an_offer(&town, scene.next.person, scene.next.unit);
    EXPECT(offers_to(&town, &scene.next) == 0);
    EXPECT_ERR(opens(&town, &scene.holder, scene.log, &view), E_HELD);
    EXPECT(offers_to(&town, &scene.next) == 0);
}

TEST(an_offer_of_a_log_that_has_become_passive_is_only_declined)
{
    TOWN(town);
    Scene scene = a_scene(&town);
    Values reason = {.kind = kind_of(KIND_CLOSING)};
    Deed closes = {.service = &town.service, .actor = &scene.holder, .log = scene.log, .asked = &reason};
    const BatonOffer *offers = NULL;
    uint32_t count = 0;
    Why why;

    EXPECT_OK(offer(&town, &scene.holder, scene.log, &scene.next));
    EXPECT_OK(baton_offers(&(LogReader){&town.service, &scene.next, town.arena}, &offers, &count));
    EXPECT(count == 1 && !offers[0].only_declined);
    values_put(&reason, CLOSING_REASON, STR("1"));
    scene.holder.request = town_id(&town);
    EXPECT_OK(procedure_from_str(STR("log_close"), &closes.procedure));
    EXPECT_OK(procedure_carry_out(&closes, &why));
    scene.next.request = town_id(&town);
    EXPECT_OK(baton_offers(&(LogReader){&town.service, &scene.next, town.arena}, &offers, &count));
    EXPECT(count == 1 && offers[0].only_declined);
    EXPECT_ERR(answer(&town, &scene.next, scene.log, "baton_accept"), E_NOT_FOUND);
    EXPECT_OK(answer(&town, &scene.next, scene.log, "baton_decline"));
    EXPECT(offers_to(&town, &scene.next) == 0);
}

RUN_TESTS("baton")
