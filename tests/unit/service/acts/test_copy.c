/* The family's own copy as the service gives it: the deletion waits until everybody who is offered one has answered.
 * Must not hold data of anybody.
 * Run by meson test. */
#include <stdio.h>

#include "base/calendar.h"
#include "service/acts/copy.h"
#include "service/acts/create.h"
#include "service/acts/procedure.h"
#include "service/reading/open.h"
#include "support/answers.h"

#define TOWN(name)                       \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

static Err carry_out(Town *town, Actor *actor, const char *act, Deed deed)
{
    Why why;

    deed.service = &town->service;
    deed.actor = actor;
    EXPECT_OK(procedure_from_str(str_from_c(act), &deed.procedure));
    return procedure_carry_out(&deed, &why);
}

static Flags stored(Town *town, const Actor *manager, Id log)
{
    LogView view = {0};
    Why why;

    EXPECT_OK(log_open(&(LogReader){&town->service, manager, town->arena}, log, OPENING_CLOSING, &why, &view));
    return view.flags;
}

static Actor as_guardian(Town *town, const Actor *holder, Id log)
{
    LogView view;
    Why why;

    EXPECT_OK(log_open(&(LogReader){&town->service, holder, town->arena}, log, OPENING_NONE, &why, &view));
    for (uint32_t i = 0; i < view.people_count; i++)
        if (view.people[i].role == ROLE_GUARDIAN)
            return town_actor(town, view.people[i].person, ROLE_GUARDIAN, (Id){0});
    EXPECT(false);
    return *holder;
}

static void asks_for_deletion(Town *town, Actor *holder, Actor *manager, Id log)
{
    Values wish = {.kind = kind_of(KIND_DELETION_WISH)}, support = {.kind = kind_of(KIND_SUPPORT)};
    const Procedure *procedure;

    values_put(&wish, DELETION_WISH_CLOSING, STR("1"));
    values_put(&wish, DELETION_WISH_REASON, STR("Ferdig."));
    EXPECT_OK(carry_out(town, holder, "deletion_ask", (Deed){.log = log, .asked = &wish}));
    values_put(&support, SUPPORT_OPINION, STR("1"));
    values_put(&support, SUPPORT_REASON, STR("Enig."));
    EXPECT_OK(procedure_from_str(STR("deletion_support"), &procedure));
    Id about = answered_by(town, manager, procedure, log);
    EXPECT_OK(carry_out(town, manager, "deletion_support", (Deed){.log = log, .asked = &support, .about = about}));
}

TEST(the_deletion_waits_for_the_only_guardian_until_they_have_answered)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor manager = town_staff(&town, STR("Enhet Leder"), ROLE_ORG_MANAGER, town.unit);
    Id log = town_create(&town, &holder);
    Actor guardian = as_guardian(&town, &holder, log);

    EXPECT_ERR(carry_out(&town, &guardian, "copy_waive", (Deed){.log = log}), E_FORBIDDEN);
    asks_for_deletion(&town, &holder, &manager, log);
    EXPECT(stored(&town, &manager, log) & FLAG_COPY_AWAITED);
    EXPECT_OK(carry_out(&town, &guardian, "copy_waive", (Deed){.log = log}));
    EXPECT(!(stored(&town, &manager, log) & FLAG_COPY_AWAITED));
    EXPECT_ERR(carry_out(&town, &guardian, "copy_waive", (Deed){.log = log}), E_INVALID);
}

TEST(a_copy_that_is_taken_is_an_answer_and_holds_what_stands_in_the_log_without_the_number)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor manager = town_staff(&town, STR("Enhet Leder"), ROLE_ORG_MANAGER, town.unit);
    Id log = town_create(&town, &holder);
    Actor guardian = as_guardian(&town, &holder, log);
    const LogReader reader = {&town.service, &guardian, town.arena};
    LogView copy = {0};

    asks_for_deletion(&town, &holder, &manager, log);
    EXPECT_OK(log_copy_take(&reader, log, &copy));
    EXPECT(copy.entry_count > 2 && values_at(&copy.child, CHILD_NAME).length > 0);
    EXPECT(!(stored(&town, &manager, log) & FLAG_COPY_AWAITED));
    uint32_t before = copy.entry_count;
    EXPECT_OK(log_copy_take(&reader, log, &copy));
    EXPECT(copy.entry_count == before + 1);
    EXPECT_OK(log_copy_take(&reader, log, &copy));
    EXPECT(copy.entry_count == before + 1);
}

static bool is_awaited(Town *town, Actor admin, Id log, int days)
{
    LogView view = {0};
    Why why;

    admin.now += days * INT64_C(86400000);
    EXPECT_OK(log_open(&(LogReader){&town->service, &admin, town->arena}, log, OPENING_CLOSING, &why, &view));
    return (view.ask.flags & FLAG_COPY_AWAITED) != 0;
}

TEST(where_the_adult_has_no_account_the_deletion_waits_for_the_whole_fourteen_days)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor admin = town_staff(&town, STR("Kommune Admin"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    Date born = date_from_day(oslo_day(town.now) + 1);
    Values closing = {.kind = kind_of(KIND_CLOSING)};
    CreatedLog created = {0};
    char birth[40];
    TownLog made;

    town_log(&town, &made);
    snprintf(birth, sizeof birth, "%04d-%02u-%02u", born.year - 18, born.month, born.day);
    log_set(&made.log.child, "birth_date", str_from_c(birth));
    holder.request = town_id(&town);
    EXPECT_OK(log_create(&town.service, &holder, &made.log, town.arena, &created));
    values_put(&closing, CLOSING_REASON, STR("1"));
    holder.request = town_id(&town);
    EXPECT_OK(carry_out(&town, &holder, "log_close", (Deed){.log = created.log, .asked = &closing}));
    EXPECT(!is_awaited(&town, admin, created.log, 0));
    EXPECT(is_awaited(&town, admin, created.log, 1));
    EXPECT(is_awaited(&town, admin, created.log, 14));
    EXPECT(!is_awaited(&town, admin, created.log, 15));
}

TEST(whoever_works_with_a_log_takes_no_copy_of_it)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    CopyAsked asked;
    LogView copy;

    EXPECT_ERR(log_copy_ask(&(LogReader){&town.service, &holder, town.arena}, log, &asked), E_FORBIDDEN);
    EXPECT_ERR(log_copy_take(&(LogReader){&town.service, &holder, town.arena}, log, &copy), E_FORBIDDEN);
}

RUN_TESTS("own_copy")
