/* The life of logs under a clock that stands until it is moved: what falls due is carried out once, in the order of its dates, whatever
 * was missed.
 * Must not leave a process behind.
 * Called by meson test. */
#include "lives.h"

#include "service/acts/child.h"

/* ---- what is carried out ---- */

TEST(nothing_that_is_not_due_is_looked_at_and_a_run_is_one_line)
{
    PLACE(p);
    Id log = any_log(&p, 364);

    JobCounts counts = run_life(&p, JOB_DONE);
    EXPECT(counts.looked == 0 && lines_of(&p, log, ACT_CLOCK_RUN) == 0);
    EXPECT(lines_of(&p, (Id){0}, ACT_JOB_RUN) == 1);
    run_life(&p, JOB_NOT_DUE);
    EXPECT(lines_of(&p, (Id){0}, ACT_JOB_RUN) == 1);
}

TEST(a_run_that_an_operator_asked_for_names_their_unix_user_and_one_of_the_clock_nobody)
{
    PLACE(p);
    JobOrder order = {.job = JOB_LIFE, .tenant = p.town.tenant, .at_once = true};
    JobCounts counts = {0};
    enum JobEnd end;

    EXPECT_OK(job_run(&p.town.service, &order, &end, &counts));
    EXPECT(runs_of(&p, (Id){0}) == 1);
    order.by = user_identity(4711);
    EXPECT_OK(job_run(&p.town.service, &order, &end, &counts));
    EXPECT(runs_of(&p, order.by) == 1 && runs_of(&p, (Id){0}) == 1);
}

TEST(the_end_of_a_consent_is_told_three_times_and_the_day_after_the_last_the_log_is_passive)
{
    static const struct {
        int days;
        NoticeId notice;
    } tells[] = {{60, NOTICE_CONSENT_ENDS_IN_60}, {30, NOTICE_CONSENT_ENDS_IN_30}, {7, NOTICE_CONSENT_ENDS_IN_7}};
    PLACE(p);
    Day first = today(&p);
    Id log = any_log(&p, 80);

    for (size_t i = 0; i < COUNT_OF(tells); i++) {
        go_to(&p, first, 80 - tells[i].days - 1);
        run_life(&p, JOB_DONE);
        EXPECT(told(&p, p.holder.person, tells[i].notice) == 0);
        go_to(&p, first, 80 - tells[i].days);
        run_life(&p, JOB_DONE);
        EXPECT(told(&p, p.holder.person, tells[i].notice) == 1 && told(&p, p.manager.person, tells[i].notice) == 0);
    }
    go_to(&p, first, 80);
    run_life(&p, JOB_DONE);
    EXPECT(row_of(&p, log).state == STATE_ACTIVE);
    go_to(&p, first, 81);
    run_life(&p, JOB_DONE);
    const LogRow row = row_of(&p, log);
    EXPECT(row.state == STATE_PASSIVE && row.closed_reason == CLOSING_CONSENT_EXPIRED);
    EXPECT(row.passive_at == oslo_time(first + 81, 0) && row.looked_to == row.passive_at);
    EXPECT(row.wake_on == oslo_time(day_add_months(first + 81, 1), 0) || row.wake_on == oslo_time(first + 81 + 30, 0));
    EXPECT(told(&p, p.manager.person, NOTICE_CONSENT_OVER) == 1 && told(&p, p.admin.person, NOTICE_CONSENT_OVER) == 1);
    EXPECT(lines_of(&p, log, ACT_LOG_CLOSE) == 1);
}

TEST(on_the_eighteenth_birthday_the_log_is_passive_for_that_reason_and_the_consent_that_ends_that_day_is_told_beside_it)
{
    PLACE(p);
    Day first = today(&p);
    Date born = date_from_day(first + 40);
    Str text = STR_NONE;

    born.year -= 18;
    EXPECT_OK(log_day_text(day_from_date(born), p.town.arena, &text));
    Id log = log_of(&p, text, town_day(&p.town, 39));
    go_to(&p, first, 39);
    run_life(&p, JOB_DONE);
    EXPECT(row_of(&p, log).state == STATE_ACTIVE);
    go_to(&p, first, 40);
    run_life(&p, JOB_DONE);
    const LogRow row = row_of(&p, log);
    EXPECT(row.state == STATE_PASSIVE && row.closed_reason == CLOSING_OF_AGE && row.passive_at == oslo_time(first + 40, 0));
    EXPECT(told(&p, p.manager.person, NOTICE_OF_AGE) == 1 && told(&p, p.manager.person, NOTICE_CONSENT_OVER) == 1);
    EXPECT(told(&p, p.holder.person, NOTICE_OF_AGE_IN_30) == 1 && told(&p, p.holder.person, NOTICE_OF_AGE_IN_90) == 0);
}

TEST(what_was_missed_for_half_a_year_is_made_up_in_the_order_of_its_dates_and_once)
{
    PLACE(p);
    Day first = today(&p);
    Id log = any_log(&p, 80);
    int64_t due = 0;

    go_to(&p, first, 180);
    JobCounts counts = run_life(&p, JOB_DONE);
    EXPECT(counts.looked == 1 && counts.changed == 1);
    EXPECT(told_of(&p, p.holder.person, NOTICE_CONSENT_ENDS_IN_60, &due) == 1 && due == oslo_time(first + 20, 0));
    EXPECT(told_of(&p, p.holder.person, NOTICE_CONSENT_ENDS_IN_7, &due) == 1 && due == oslo_time(first + 73, 0));
    EXPECT(told_of(&p, p.manager.person, NOTICE_PASSIVE_FOR_1, &due) == 1 && due == oslo_time(day_add_months(first + 81, 1), 0));
    EXPECT(told_of(&p, p.manager.person, NOTICE_PASSIVE_FOR_3, &due) == 1 && due == oslo_time(day_add_months(first + 81, 3), 0));
    EXPECT(told(&p, p.manager.person, NOTICE_PASSIVE_FOR_6) == 0 && told(&p, p.manager.person, NOTICE_QUIET) == 0);
    EXPECT(row_of(&p, log).passive_at == oslo_time(first + 81, 0));
    const JobOrder again = {.job = JOB_LIFE, .tenant = p.town.tenant, .at_once = true};
    enum JobEnd end;
    EXPECT_OK(job_run(&p.town.service, &again, &end, &counts));
    EXPECT(counts.changed == 0 && lines_of(&p, log, ACT_CLOCK_RUN) == 1);
}

TEST(a_quiet_log_is_asked_about_after_three_months_and_listed_after_six_and_an_act_begins_anew)
{
    PLACE(p);
    Day first = today(&p);
    Id log = any_log(&p, 364);
    int64_t due = 0;

    go_to(&p, day_add_months(first, 3), 0);
    run_life(&p, JOB_DONE);
    EXPECT(told_of(&p, p.manager.person, NOTICE_QUIET, &due) == 1 && due == oslo_time(day_add_months(first, 3), 0));
    EXPECT(told(&p, p.holder.person, NOTICE_QUIET) == 1 && told(&p, p.admin.person, NOTICE_QUIET) == 0);
    go_to(&p, day_add_months(first, 6), 0);
    run_life(&p, JOB_DONE);
    EXPECT(told(&p, p.admin.person, NOTICE_QUIET_LISTED) == 1 && row_of(&p, log).state == STATE_ACTIVE);
}

/* How many tasks of a kind wait for the holder, and of which day the newest is. */
static uint32_t waiting(Place *place, NoticeId notice, int64_t *ret_due)
{
    InboxItems items = {0};
    uint32_t count = 0;

    EXPECT_OK(inbox_read(&(LogReader){&place->town.service, &place->holder, place->town.arena}, (InboxBefore){0}, &items));
    for (uint32_t i = 0; i < items.count; i++) {
        if (items.items[i].notice != notice || !items.items[i].waits)
            continue;
        count++;
        *ret_due = items.items[i].due;
    }
    return count;
}

static void as_admin(Place *place, Id log, const char *act, const Values *asked)
{
    Deed deed = {.service = &place->town.service, .actor = &place->admin, .log = log, .asked = asked, .opening = OPENING_COMPLAINT};
    Why why;

    town_grant(&place->town, &place->admin);
    place->admin.request = town_id(&place->town);
    EXPECT_OK(procedure_from_str(str_from_c(act), &deed.procedure));
    deed.about = answered_by(&place->town, &place->admin, deed.procedure, log);
    EXPECT_OK(procedure_carry_out(&deed, &why));
}

TEST(a_confirmation_ends_the_task_that_asked_for_it_and_the_next_one_waits)
{
    PLACE(p);
    Day first = today(&p);
    Id log = any_log(&p, 364);
    Values asked = {.kind = kind_of(KIND_CONFIRMATION)};
    int64_t due = 0;
    Why why;

    go_to(&p, day_add_months(first, 3), 0);
    run_life(&p, JOB_DONE);
    EXPECT(waiting(&p, NOTICE_QUIET, &due) == 1);
    values_put(&asked, CONFIRMATION_REASON, STR("Vi avventer."));
    p.holder.request = town_id(&p.town);
    Deed deed = {.service = &p.town.service, .actor = &p.holder, .log = log, .asked = &asked};
    EXPECT_OK(procedure_from_str(STR("activity_confirm"), &deed.procedure));
    EXPECT_OK(procedure_carry_out(&deed, &why));
    EXPECT(waiting(&p, NOTICE_QUIET, &due) == 0);
    const Day next = day_add_months(day_add_months(first, 3), 3);
    go_to(&p, next, 0);
    run_life(&p, JOB_DONE);
    EXPECT(waiting(&p, NOTICE_QUIET, &due) == 1 && due == oslo_time(next, 0));
}

TEST(of_several_reminders_of_one_consent_the_latest_waits_for_all)
{
    PLACE(p);
    Day first = today(&p);
    InboxItems items = {0};

    any_log(&p, 80);
    go_to(&p, first + 74, 0);
    run_life(&p, JOB_DONE);
    EXPECT(told(&p, p.holder.person, NOTICE_CONSENT_ENDS_IN_60) == 1 && told(&p, p.holder.person, NOTICE_CONSENT_ENDS_IN_7) == 1);
    EXPECT_OK(inbox_waiting(&(LogReader){&p.town.service, &p.holder, p.town.arena}, &items));
    EXPECT(items.count == 1 && items.items[0].notice == NOTICE_CONSENT_ENDS_IN_7);
}

TEST(while_a_log_rested_nothing_fell_due_and_the_task_that_comes_later_waits)
{
    PLACE(p);
    Day first = today(&p);
    Id log = any_log(&p, 364);
    Values asked = {.kind = kind_of(KIND_RESTRICTION)}, lifted = {.kind = kind_of(KIND_RESTRICTION_END)};
    int64_t due = 0;

    values_put(&asked, RESTRICTION_ASKED_BY, STR("1"));
    values_put(&asked, RESTRICTION_REASON, STR("Opplysningene er bestridt."));
    go_to(&p, first, 10);
    as_admin(&p, log, "restrict", &asked);
    go_to(&p, first, 20);
    values_put(&lifted, RESTRICTION_END_TOLD_ON, town_day(&p.town, 0));
    values_put(&lifted, RESTRICTION_END_REASON, STR("De stemmer."));
    as_admin(&p, log, "restrict_lift", &lifted);
    go_to(&p, day_add_months(first, 4), 0);
    run_life(&p, JOB_DONE);
    EXPECT(told(&p, p.holder.person, NOTICE_QUIET) == 1);
    EXPECT(waiting(&p, NOTICE_QUIET, &due) == 1 && due > oslo_time(day_add_months(first, 3), 0));
}

/* ---- dates that move ---- */

/* So many years before a day that lies so many days after the first. */
static Str born(Place *place, Day first, int days, int years)
{
    Date date = date_from_day(first + days);
    Str text = STR_NONE;

    date.year -= years;
    EXPECT_OK(log_day_text(day_from_date(date), place->town.arena, &text));
    return text;
}

static void correct_birth(Place *place, Id log, Str birth_date)
{
    LogView view = {0};
    Why why;

    place->holder.request = town_id(&place->town);
    EXPECT_OK(log_open(&(LogReader){&place->town.service, &place->holder, place->town.arena}, log, OPENING_NONE, &why, &view));
    Values child = view.child;
    log_set(&child, "birth_date", birth_date);
    log_set(&child, "national_id", STR_NONE);
    place->holder.request = town_id(&place->town);
    EXPECT_OK(log_entry_correct(&place->town.service, &place->holder, &(EntryVersion){log, view.entries[0].entry, 1}, &child));
}

TEST(a_corrected_birth_date_works_at_once_and_tells_nothing_of_days_that_have_passed)
{
    PLACE(p);
    Day first = today(&p);
    Id log = any_log(&p, 364);

    go_to(&p, first, 10);
    run_life(&p, JOB_DONE);
    correct_birth(&p, log, born(&p, first, 15, 18)); /* 18 in five days: 90 and 30 days before have passed */
    go_to(&p, first, 11);
    run_life(&p, JOB_DONE);
    EXPECT(told(&p, p.manager.person, NOTICE_OF_AGE_IN_90) == 0 && told(&p, p.manager.person, NOTICE_OF_AGE_IN_30) == 0);
    EXPECT(told(&p, p.holder.person, NOTICE_CONSENT_AGE_IN_7) == 0 && row_of(&p, log).state == STATE_ACTIVE);
    go_to(&p, first, 15);
    run_life(&p, JOB_DONE);
    EXPECT(row_of(&p, log).closed_reason == CLOSING_OF_AGE && told(&p, p.manager.person, NOTICE_OF_AGE) == 1);
}

TEST(in_a_grace_the_end_of_the_consent_is_told_and_after_its_last_day_the_log_is_passive)
{
    PLACE(p);
    Day first = today(&p);

    place_set(&p, SETTING_CONSENT_GRACE, 14);
    Id log = any_log(&p, 20);
    go_to(&p, first, 21);
    run_life(&p, JOB_DONE);
    EXPECT(row_of(&p, log).state == STATE_ACTIVE && told(&p, p.manager.person, NOTICE_CONSENT_GRACE) == 1);
    EXPECT(told(&p, p.manager.person, NOTICE_CONSENT_OVER) == 0);
    go_to(&p, first, 35);
    run_life(&p, JOB_DONE);
    EXPECT(row_of(&p, log).state == STATE_PASSIVE && row_of(&p, log).passive_at == oslo_time(first + 35, 0));
    EXPECT(told(&p, p.manager.person, NOTICE_CONSENT_OVER) == 1);
}

TEST(a_log_that_should_have_been_passive_before_is_so_from_the_next_look_on_and_that_is_told)
{
    PLACE(p);
    Day first = today(&p);

    place_set(&p, SETTING_CONSENT_GRACE, 14);
    Id log = any_log(&p, 20);
    go_to(&p, first, 22);
    run_life(&p, JOB_DONE);
    place_set(&p, SETTING_CONSENT_GRACE, 0); /* its last day has passed by now */
    go_to(&p, first, 35);
    run_life(&p, JOB_DONE);
    EXPECT(row_of(&p, log).state == STATE_PASSIVE && row_of(&p, log).closed_reason == CLOSING_CONSENT_EXPIRED);
    EXPECT(row_of(&p, log).passive_at == oslo_time(first + 35, 0) && told(&p, p.manager.person, NOTICE_CONSENT_OVER) == 1);
}

static void carry_out_as(Place *place, Actor *actor, const char *procedure, Id log, const Values *asked)
{
    Deed deed = {.service = &place->town.service, .actor = actor, .log = log, .opening = OPENING_SUPERVISION, .asked = asked};
    Why why;

    actor->request = town_id(&place->town);
    EXPECT_OK(procedure_from_str(str_from_c(procedure), &deed.procedure));
    EXPECT_OK(procedure_carry_out(&deed, &why));
}

static void carry_out(Place *place, const char *procedure, Id log, const Values *asked)
{
    carry_out_as(place, &place->manager, procedure, log, asked);
}

TEST(a_passive_log_is_reminded_of_from_the_day_it_became_so_whatever_is_changed_in_it_since)
{
    PLACE(p);
    Day first = today(&p);
    Id log = any_log(&p, 364);
    Values asked = {.kind = kind_of(KIND_CLOSING)};
    int64_t due = 0;

    values_put(&asked, CLOSING_REASON, STR("1"));
    carry_out(&p, "log_close", log, &asked);
    EXPECT(row_of(&p, log).passive_at == p.manager.now);
    go_to(&p, first, 20);
    carry_out(&p, "moved_record", log, NULL);
    EXPECT(row_of(&p, log).wake_on == oslo_time(day_add_months(first, 1), 0));
    go_to(&p, day_add_months(first, 1), 0);
    run_life(&p, JOB_DONE);
    EXPECT(told_of(&p, p.manager.person, NOTICE_PASSIVE_FOR_1, &due) == 1 && due == oslo_time(day_add_months(first, 1), 0));
}

static void prolong(Place *place, Id log)
{
    Values asked = {.kind = kind_of(KIND_PROLONGING)};

    values_put(&asked, PROLONGING_REASON, STR("Saken ankes."));
    town_grant(&place->town, &place->admin);
    carry_out_as(place, &place->admin, "passive_prolong", log, &asked);
}

TEST(a_passive_log_that_is_prolonged_is_asked_about_when_that_time_is_over_and_not_before)
{
    PLACE(p);
    Day first = today(&p);
    Id log = any_log(&p, 364);
    Values asked = {.kind = kind_of(KIND_CLOSING)};
    int64_t due = 0;

    values_put(&asked, CLOSING_REASON, STR("1"));
    carry_out(&p, "log_close", log, &asked);
    go_to(&p, day_add_months(first, 6), 0);
    prolong(&p, log);
    go_to(&p, day_add_months(first, 12), 1);
    run_life(&p, JOB_DONE);
    EXPECT(told(&p, p.admin.person, NOTICE_PASSIVE_END) == 0);
    go_to(&p, day_add_months(first, 18), 0);
    run_life(&p, JOB_DONE);
    EXPECT(told(&p, p.admin.person, NOTICE_PASSIVE_END) == 0);
    EXPECT(told_of(&p, p.admin.person, NOTICE_PROLONGED_END, &due) == 1 && due == oslo_time(day_add_months(first, 18), 0));
}

TEST(a_death_that_is_recorded_runs_on_whatever_is_written_closed_or_opened_again_after_it)
{
    PLACE(p);
    Day first = today(&p);
    Id log = any_log(&p, 364), entry;
    Values death = {.kind = kind_of(KIND_DEATH)}, note = {.kind = kind_of(KIND_NOTE)}, closing = {.kind = kind_of(KIND_CLOSING)};

    values_put(&death, DEATH_DIED_ON, town_day(&p.town, -2));
    carry_out(&p, "death_record", log, &death);
    EXPECT(row_of(&p, log).wake_on == oslo_time(first + 30, 0));
    go_to(&p, first, 5);
    values_put(&note, NOTE_TEXT, STR("Vi var hos familien."));
    p.holder.request = town_id(&p.town);
    EXPECT_OK(log_entry_add(&p.town.service, &p.holder, log, &note, &entry));
    EXPECT(row_of(&p, log).wake_on == oslo_time(first + 30, 0));
    values_put(&closing, CLOSING_REASON, STR("1"));
    carry_out(&p, "log_close", log, &closing);
    EXPECT(row_of(&p, log).wake_on == oslo_time(first + 30, 0));
    carry_out(&p, "log_reopen", log, NULL);
    EXPECT(row_of(&p, log).wake_on == oslo_time(first + 30, 0));
}

TEST(after_a_death_nobody_is_asked_to_renew_a_consent_or_about_a_quiet_log_and_the_log_is_shut_in_time)
{
    PLACE(p);
    Day first = today(&p);
    Id log = any_log(&p, 200);
    Values death = {.kind = kind_of(KIND_DEATH)};

    values_put(&death, DEATH_DIED_ON, town_day(&p.town, -2));
    carry_out(&p, "death_record", log, &death);
    go_to(&p, first + 201, 1);
    run_life(&p, JOB_DONE);
    EXPECT(row_of(&p, log).state == STATE_PASSIVE);
    for (unsigned notice = NOTICE_CONSENT_ENDS_IN_60; notice <= NOTICE_CONSENT_GRACE; notice++)
        EXPECT(told(&p, p.holder.person, notice) == 0 && told(&p, p.manager.person, notice) == 0);
    EXPECT(told(&p, p.holder.person, NOTICE_QUIET) == 0 && told(&p, p.admin.person, NOTICE_QUIET_LISTED) == 0);
    EXPECT(told(&p, p.manager.person, NOTICE_CONSENT_OVER) == 1);
}

static void child_says(Place *place, Actor *child, Id log, const char *act, Str valid_to)
{
    Deed deed = {.service = &place->town.service, .actor = child, .log = log};
    Values asked = {.kind = kind_of(KIND_RENEWAL)};
    Why why;

    child->now = child->proved_at = place->town.now;
    child->request = town_id(&place->town);
    town_grant(&place->town, child);
    values_put(&asked, RENEWAL_VALID_TO, valid_to);
    deed.asked = &asked;
    EXPECT_OK(procedure_from_str(str_from_c(act), &deed.procedure));
    EXPECT_OK(procedure_carry_out(&deed, &why));
}

static Actor child_of(Place *place, Id log)
{
    LogView view = {0};
    GuardianCode code;
    Why why;

    place->holder.request = town_id(&place->town);
    place->holder.proved_at = place->town.now;
    EXPECT_OK(log_child_let_in(&place->town.service, &place->holder, log, place->town.arena, &code));
    place->holder.request = town_id(&place->town);
    EXPECT_OK(log_open(&(LogReader){&place->town.service, &place->holder, place->town.arena}, log, OPENING_NONE, &why, &view));
    for (uint32_t i = 0; i < view.people_count; i++)
        if (view.people[i].role == ROLE_CHILD)
            return town_actor(&place->town, view.people[i].person, ROLE_CHILD, (Id){0});
    EXPECT(false);
    return place->holder;
}

/* Up to then the guardian's consent ended first, and was told of; with the birthday the young person's own is the one that counts, whose
 * sixtieth day before its end has passed without being one. */
TEST(on_the_eighteenth_birthday_nothing_is_told_of_a_day_before_it_that_the_own_consent_alone_would_have_had)
{
    PLACE(p);
    const Day birthday = today(&p) + 40;
    Str born;

    EXPECT_OK(log_day_text(day_add_months(birthday, -12 * 18), p.town.arena, &born));
    Id log = log_of(&p, born, town_day(&p.town, 85));
    Actor child = child_of(&p, log);
    child_says(&p, &child, log, "consent_give", town_day(&p.town, 97));
    for (int day = 1; day <= 40; day++) {
        go_to(&p, birthday - 40, day);
        run_life(&p, JOB_DONE);
    }
    EXPECT(row_of(&p, log).state == STATE_PASSIVE && row_of(&p, log).closed_reason == CLOSING_OF_AGE);
    EXPECT(told(&p, p.holder.person, NOTICE_CONSENT_ENDS_IN_60) == 1);
}

RUN_TESTS("life")
