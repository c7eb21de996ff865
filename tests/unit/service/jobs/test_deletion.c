/* A deletion that was ordered and approved: purged when it is due, recorded when the keys have turned, confirmed when the last backup has
 * died; and nothing of it opens any more.
 * Must not leave a process behind.
 * Called by meson test. Rules: deletion 7, 9, 11. */
#include "lives.h"

#include "keys/epochs.h"
#include "service/ending/certificate.h"
#include "service/ending/purge.h"
#include "service/log/enter.h"
#include "service/log/keys.h"
#include "store/report/reports.h"

#define HOUR_MS (INT64_C(60) * 60 * 1000)
#define DUE_MS (HOUR_MS + 60000) /* then it is due, and the keys of the municipality were made more than an hour ago */

/* ---- orders ---- */

typedef struct Ordering {
    DeletionRow row;
    uint64_t flags;
} Ordering;

static Err put_order(Tx *tx, void *context)
{
    Ordering *ordering = context;
    LogRow log;

    TRY(store_log_by_id(tx, ordering->row.log, &log));
    log.state = STATE_DELETION_ORDERED;
    log.flags |= ordering->flags;
    ordering->row.log_no = log.no;
    ordering->row.display = log.display;
    TRY(store_log_update(tx, &log));
    TRY(store_log_head_put(tx, log.no, &(Hash){{1}}));
    return store_deletion_insert(tx, &ordering->row);
}

/* Approved now, and due in an hour. */
static DeletionRow order_now(Place *place, Id log)
{
    Ordering ordering = {.row = {.id = town_id(&place->town), .log = log, .unit = place->town.unit, .scenario = 1, .archive = 2, .ground = 1,
                                 .ordered_by = place->admin.person, .ordered_at = place->town.now, .approved_by = place->manager.person,
                                 .approved_at = place->town.now, .purge_at = place->town.now + HOUR_MS, .version = 1}};

    town_put(&place->town, put_order, &ordering);
    return ordering.row;
}

typedef struct Flagging {
    Id log;
    uint64_t set, lift;
} Flagging;

static Err put_flags(Tx *tx, void *context)
{
    const Flagging *flagging = context;
    LogRow log;

    TRY(store_log_by_id(tx, flagging->log, &log));
    log.flags = (log.flags | flagging->set) & ~flagging->lift;
    return store_log_update(tx, &log);
}

static Err put_stop(Tx *tx, void *context)
{
    DeletionRow row;

    TRY(store_deletion_by_id(tx, *(const Id *)context, &row));
    row.stopped_at = row.approved_at + 1;
    return store_deletion_update(tx, &row);
}

static JobCounts run_deletion(Place *place, enum JobEnd wanted)
{
    const JobOrder order = {.job = JOB_DELETION, .tenant = place->town.tenant};
    enum JobEnd end = JOB_NOT_DUE;
    JobCounts counts = {0};

    EXPECT_OK(job_run(&place->town.service, &order, &end, &counts));
    EXPECT(end == wanted);
    return counts;
}

static DeletionRow deletion_of(Place *place, Id id)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    DeletionRow row = {0};

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_deletion_by_id(tx, id, &row));
    return row;
}

static CertificateRow certificate_of(Place *place, Id id)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    CertificateRow row = {0};

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_certificate(tx, id, place->town.arena, &row));
    return row;
}

static uint32_t epoch_of(Place *place)
{
    Epochs epochs = {0};

    EXPECT_OK(keys_epoch(place->town.agent.keys, place->town.tenant, &epochs));
    return epochs.present;
}

/* ---- what a copy of the disk from before holds ---- */

typedef struct Copy {
    ScopeKeyRow scope;
} Copy;

static Copy copy_of(Place *place, Id log)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Copy copy = {0};

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_scope(tx, log, place->town.arena, &copy.scope));
    return copy;
}

/* Whoever has the copy, and all that production can open. */
static Err open_copy(Place *place, const Copy *copy)
{
    AUTO(key_wipe) Key key = {0};

    town_grant(&place->town, &place->holder);
    return keys_unwrap(place->town.agent.keys, actor_key(&place->holder, PURPOSE_READ, SCOPE_LOG, copy->scope.scope), copy->scope.wrapped, &key);
}

/* ---- tests ---- */

TEST(nothing_is_purged_before_it_is_due_nor_what_was_stopped)
{
    PLACE(p);
    Id log = any_log(&p, 300), stopped = any_log(&p, 300);
    DeletionRow order = order_now(&p, log), other = order_now(&p, stopped);
    int64_t begun = p.town.now;

    town_put(&p.town, put_stop, &other.id);
    place_at(&p, begun + HOUR_MS - 60000);
    run_deletion(&p, JOB_DONE);
    EXPECT(row_of(&p, log).state == STATE_DELETION_ORDERED);
    place_at(&p, begun + HOUR_MS + 60000);
    EXPECT(run_deletion(&p, JOB_DONE).changed == 1);
    EXPECT(row_of(&p, log).state == STATE_DELETED && row_of(&p, stopped).state == STATE_DELETION_ORDERED);
    EXPECT(deletion_of(&p, order.id).purged_at >= begun + HOUR_MS && deletion_of(&p, other.id).purged_at == 0);
}

TEST(a_purged_log_leaves_its_row_alone_and_a_certificate_that_stands_without_us)
{
    PLACE(p);
    Id log = any_log(&p, 300);
    Copy copy = copy_of(&p, log);
    LogRow before = row_of(&p, log);
    DeletionRow order = order_now(&p, log);
    uint32_t epoch = epoch_of(&p);
    CertificateRead read;
    KeysStatus status;
    Str file;

    EXPECT_OK(open_copy(&p, &copy));
    place_at(&p, p.town.now + DUE_MS);
    EXPECT(run_deletion(&p, JOB_DONE).changed == 1);
    LogRow after = row_of(&p, log);
    EXPECT(after.state == STATE_DELETED && after.no == before.no && after.display == before.display && id_equal(after.unit, before.unit));
    EXPECT(id_is_none(after.holder) && after.header.length == 0 && after.wake_on == 0);
    EXPECT(epoch_of(&p) == epoch + 1);
    EXPECT(lines_of(&p, log, ACT_LOG_PURGE) == 1 && lines_of(&p, order.id, ACT_PURGE_RECORD) == 1);
    CertificateRow certificate = certificate_of(&p, order.id);
    EXPECT_OK(certificate_file(&certificate, p.town.arena, &file));
    EXPECT_OK(keys_status(p.town.agent.keys, &status));
    EXPECT_OK(certificate_verify(file, status.head_public, &read));
    EXPECT(id_equal(read.log, log) && id_equal(read.tenant, p.town.tenant) && !read.complete);
    EXPECT(memmem(file.data, file.length, "Kanarifugl", 10) == NULL);
}

TEST(what_was_deleted_opens_with_no_key_that_production_has_left_and_before_the_turn_of_the_keys_it_would)
{
    PLACE(p);
    Id log = any_log(&p, 300);
    Copy copy = copy_of(&p, log);
    DeletionRow order = order_now(&p, log);
    enum PurgeEnd end = PURGE_NOT_DUE;

    place_at(&p, p.town.now + DUE_MS);
    /* The control: the rows are gone, and the keys have not turned. */
    const PurgeOrder half = {.service = &p.town.service, .store = p.town.store, .tenant = p.town.tenant, .deletion = order.id,
                             .request = town_id(&p.town), .now = p.town.now, .keep = p.town.arena};
    EXPECT_OK(purge_log(&half, &end));
    EXPECT(end == PURGE_DONE && row_of(&p, log).state == STATE_DELETED);
    EXPECT_OK(open_copy(&p, &copy));
    EXPECT(deletion_of(&p, order.id).purged_at == 0);
    EXPECT(run_deletion(&p, JOB_DONE).changed == 1);
    EXPECT(!is_ok(open_copy(&p, &copy)));
    EXPECT(deletion_of(&p, order.id).purged_at != 0);
}

TEST(the_keys_turn_once_an_hour_for_all_that_was_deleted_in_it_and_none_waits_for_others_until_the_alarm)
{
    PLACE(p);
    Id first = any_log(&p, 300), second = any_log(&p, 300);
    DeletionRow one = order_now(&p, first);
    int64_t begun = p.town.now;

    place_at(&p, begun + DUE_MS);
    run_deletion(&p, JOB_DONE);
    uint32_t epoch = epoch_of(&p);
    EXPECT(deletion_of(&p, one.id).purged_at != 0);
    p.town.now = begun; /* approved with the first, and due ten minutes after it */
    DeletionRow two = order_now(&p, second);
    place_at(&p, begun + HOUR_MS + 600000);
    run_deletion(&p, JOB_DONE);
    EXPECT(row_of(&p, second).state == STATE_DELETED && deletion_of(&p, two.id).purged_at == 0 && epoch_of(&p) == epoch);
    place_at(&p, begun + 2 * HOUR_MS + 120000);
    run_deletion(&p, JOB_DONE);
    EXPECT(deletion_of(&p, two.id).purged_at != 0 && epoch_of(&p) == epoch + 1);
}

TEST(while_the_keys_cannot_turn_it_is_not_recorded_and_goes_on_when_they_can)
{
    PLACE(p);
    Id log = any_log(&p, 300);
    DeletionRow order = order_now(&p, log);
    const JobOrder job = {.job = JOB_DELETION, .tenant = p.town.tenant, .at_once = true};
    enum PurgeEnd end = PURGE_NOT_DUE;
    enum JobEnd ended = JOB_DONE;
    JobCounts counts;

    place_at(&p, p.town.now + DUE_MS);
    const PurgeOrder half = {.service = &p.town.service, .store = p.town.store, .tenant = p.town.tenant, .deletion = order.id,
                             .request = town_id(&p.town), .now = p.town.now, .keep = p.town.arena};
    EXPECT_OK(purge_log(&half, &end));
    test_agent_kill(&p.town.agent);
    EXPECT(!is_ok(job_run(&p.town.service, &job, &ended, &counts)));
    test_agent_restart(&p.town.agent);
    test_agent_unseal(&p.town.agent);
    EXPECT_OK(keys_clock_advance(p.town.agent.keys, p.later));
    EXPECT(deletion_of(&p, order.id).purged_at == 0);
    EXPECT_OK(job_run(&p.town.service, &job, &ended, &counts));
    EXPECT(deletion_of(&p, order.id).purged_at != 0);
}

TEST(a_hold_makes_it_wait_and_the_certificate_says_for_how_long)
{
    PLACE(p);
    Id log = any_log(&p, 300);
    DeletionRow order = order_now(&p, log);
    int64_t begun = p.town.now;

    town_put(&p.town, put_flags, &(Flagging){.log = log, .set = FLAG_LEGAL_HOLD});
    place_at(&p, begun + HOUR_MS);
    EXPECT(run_deletion(&p, JOB_DONE).changed == 0);
    EXPECT(row_of(&p, log).state == STATE_DELETION_ORDERED && lines_of(&p, order.id, ACT_PURGE_WAIT) == 1);
    place_at(&p, begun + 3 * HOUR_MS);
    run_deletion(&p, JOB_DONE);
    EXPECT(lines_of(&p, order.id, ACT_PURGE_WAIT) == 1);
    town_put(&p.town, put_flags, &(Flagging){.log = log, .lift = FLAG_LEGAL_HOLD});
    place_at(&p, begun + 4 * HOUR_MS);
    EXPECT(run_deletion(&p, JOB_DONE).changed == 1);
    int64_t paused = deletion_of(&p, order.id).pause_ms;
    EXPECT(paused >= 3 * HOUR_MS - 60000 && paused <= 3 * HOUR_MS + 60000);
}

/* The same order, with a line about the log that carries its head, as an act leaves it. */
static Err order_as_an_act(Tx *tx, void *context)
{
    const Ordering *ordering = context;
    const AuditLine line = {.at = ordering->row.ordered_at, .request = ordering->row.id, .act = ACT_DELETION_ORDER, .outcome = AUDIT_ALLOWED,
                            .object_kind = OBJECT_LOG, .object = ordering->row.log, .head = (Hash){{1}}};

    TRY(put_order(tx, context));
    return store_audit(tx, &line);
}

/* Whether its rows are what the newest line about it says: else it is called forged, and opens for nobody. */
static bool stands(Place *place, Id log)
{
    const LogWish wish = {.log = log, .act = ACT_DELETION_STOP, .opening = OPENING_SUPERVISION};
    AUTO(store_read_endp) Tx *tx = NULL;
    LogDecision decision = {0};

    EXPECT_OK(store_read(place->town.store, &tx));
    Err asked = log_decide(tx, &place->manager, &wish, place->town.arena, &decision);
    EXPECT(is_ok(asked) || asked.id == E_FORGED);
    return is_ok(asked);
}

TEST(while_a_purge_waits_and_when_it_is_late_the_log_stands_so_that_a_hold_can_be_lifted_and_the_order_stopped)
{
    PLACE(p);
    Id log = any_log(&p, 300);
    Ordering ordering = {.row = {.id = town_id(&p.town), .log = log, .unit = p.town.unit, .scenario = 1, .archive = 2, .ground = 1,
                                 .ordered_by = p.admin.person, .ordered_at = p.town.now, .approved_by = p.manager.person,
                                 .approved_at = p.town.now, .purge_at = p.town.now + HOUR_MS, .version = 1},
                         .flags = FLAG_LEGAL_HOLD};
    PurgeOrder look = {.service = &p.town.service, .store = p.town.store, .tenant = p.town.tenant, .deletion = ordering.row.id,
                       .request = town_id(&p.town), .now = p.town.now + 20 * HOUR_MS, .keep = p.town.arena};

    EXPECT_OK(store_write(p.town.store, order_as_an_act, &ordering));
    EXPECT(stands(&p, log));
    EXPECT_OK(purge_tell_late(&look));
    EXPECT(stands(&p, log));
    place_at(&p, p.town.now + DUE_MS);
    run_deletion(&p, JOB_DONE);
    EXPECT(lines_of(&p, ordering.row.id, ACT_PURGE_LATE) == 1 && lines_of(&p, ordering.row.id, ACT_PURGE_WAIT) == 1);
    EXPECT(stands(&p, log));
}

TEST(what_is_not_purged_after_twenty_hours_is_told_once_and_after_twenty_four_once_more)
{
    PLACE(p);
    Id log = any_log(&p, 300);
    DeletionRow order = order_now(&p, log);
    int64_t begun = p.town.now;
    const PurgeOrder look = {.service = &p.town.service, .store = p.town.store, .tenant = p.town.tenant, .deletion = order.id,
                             .request = town_id(&p.town), .keep = p.town.arena};
    static const struct {
        int hours;
        uint32_t told;
    } steps[] = {{19, 0}, {20, 1}, {21, 1}, {24, 2}, {30, 2}};

    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        PurgeOrder now = look;
        now.now = begun + steps[i].hours * HOUR_MS;
        EXPECT_OK(purge_tell_late(&now));
        EXPECT(lines_of(&p, order.id, ACT_PURGE_LATE) == steps[i].told);
        EXPECT(told(&p, p.admin.person, NOTICE_PURGE_LATE) == steps[i].told && told(&p, p.manager.person, NOTICE_PURGE_LATE) == 0);
    }
}

TEST(the_last_backup_has_died_on_the_day_after_thirty_and_the_certificate_says_so_then)
{
    PLACE(p);
    Id log = any_log(&p, 300);
    DeletionRow order = order_now(&p, log);
    CertificateRead read;
    KeysStatus status;
    Str file;

    place_at(&p, p.town.now + DUE_MS);
    run_deletion(&p, JOB_DONE);
    Day purged = oslo_day(deletion_of(&p, order.id).purged_at);
    place_at(&p, oslo_time(purged + 31, 0) - 60000);
    run_deletion(&p, JOB_DONE);
    EXPECT(deletion_of(&p, order.id).confirmed_at == 0);
    place_at(&p, oslo_time(purged + 31, 1));
    EXPECT(run_deletion(&p, JOB_DONE).changed == 1);
    EXPECT(deletion_of(&p, order.id).confirmed_at != 0 && lines_of(&p, order.id, ACT_PURGE_CONFIRM) == 1);
    CertificateRow certificate = certificate_of(&p, order.id);
    EXPECT_OK(certificate_file(&certificate, p.town.arena, &file));
    EXPECT_OK(keys_status(p.town.agent.keys, &status));
    EXPECT_OK(certificate_verify(file, status.head_public, &read));
    EXPECT(read.complete);
}

TEST(a_certificate_with_another_word_or_of_another_installation_is_refused)
{
    PLACE(p);
    Id log = any_log(&p, 300);
    DeletionRow order = order_now(&p, log);
    CertificateRead read;
    KeysStatus status;
    Str file, changed;

    place_at(&p, p.town.now + DUE_MS);
    run_deletion(&p, JOB_DONE);
    CertificateRow certificate = certificate_of(&p, order.id);
    EXPECT_OK(certificate_file(&certificate, p.town.arena, &file));
    EXPECT_OK(keys_status(p.town.agent.keys, &status));
    for (size_t at = 0; at < file.length; at += 7) {
        EXPECT_OK(str_copy(p.town.arena, file, &changed));
        ((char *)(uintptr_t)changed.data)[at] ^= 1;
        EXPECT(!is_ok(certificate_verify(changed, status.head_public, &read)));
    }
    EXPECT_ERR(certificate_verify(str_slice(file, 0, file.length - 1), status.head_public, &read), E_MALFORMED);
    status.head_public[0] ^= 1;
    EXPECT(!is_ok(certificate_verify(file, status.head_public, &read)));
}

static Err put_report(Tx *tx, void *row) { return store_report_insert(tx, row); }

static Id report_of(Place *place, Id log)
{
    ReportRow row = {.id = town_id(&place->town), .log = log, .made_by = place->admin.person, .made_at = place->town.now, .size = 7, .parts = 1};

    row.log_no = row_of(place, log).no;
    town_put(&place->town, put_report, &row);
    return row.id;
}

static ReportRows reports_of(Place *place, Id log)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    ReportRows rows = {0};

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_reports_of_log(tx, log, place->town.arena, &rows));
    return rows;
}

static Err name_report(Tx *tx, void *context)
{
    const DeletionRow *named = context;
    DeletionRow row;

    TRY(store_deletion_by_id(tx, named->id, &row));
    row.archive = ARCHIVE_REPORT;
    row.report = named->report;
    return store_deletion_update(tx, &row);
}

TEST(the_report_that_was_archived_is_kept_for_twelve_months_from_t1_and_every_other_goes_with_the_log)
{
    PLACE(p);
    Id log = any_log(&p, 300), former = report_of(&p, log), archived = report_of(&p, log);
    DeletionRow order = order_now(&p, log);

    order.report = archived;
    town_put(&p.town, name_report, &order);
    place_at(&p, p.town.now + DUE_MS);
    EXPECT(run_deletion(&p, JOB_DONE).changed == 1);
    ReportRows left = reports_of(&p, log);
    EXPECT(left.count == 1 && id_equal(left.items[0].id, archived) && !id_equal(left.items[0].id, former));
    EXPECT(left.items[0].destroy_on == clock_due(CLOCK_REPORT_END, deletion_of(&p, order.id).purged_at, NULL));
}

static bool there_is(Place *place, Id person)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    PersonRow row;

    EXPECT_OK(store_read(place->town.store, &tx));
    Err found = store_person_by_id(tx, person, place->town.arena, &row);
    EXPECT(is_ok(found) || found.id == E_NOT_FOUND);
    return is_ok(found);
}

static ParticipantRows people_of(Place *place, Id log)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    ParticipantRows rows = {0};

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_places_of_log(tx, row_of(place, log).no, place->town.arena, &rows));
    return rows;
}

TEST(the_accounts_of_a_family_that_had_nothing_else_go_with_their_keys_and_staff_stay)
{
    PLACE(p);
    Id log = any_log(&p, 300);
    ParticipantRows people = people_of(&p, log);
    DeletionRow order = order_now(&p, log);
    uint32_t family = 0;

    place_at(&p, p.town.now + DUE_MS);
    run_deletion(&p, JOB_DONE);
    for (uint32_t i = 0; i < people.count; i++) {
        if (people.items[i].role != ROLE_GUARDIAN)
            continue;
        family++;
        EXPECT(!there_is(&p, people.items[i].person));
        AUTO(store_read_endp) Tx *tx = NULL;
        ScopeKeyRow key;
        EXPECT_OK(store_read(p.town.store, &tx));
        EXPECT_ERR(store_scope(tx, people.items[i].person, p.town.arena, &key), E_NOT_FOUND);
    }
    EXPECT(family > 0 && there_is(&p, p.holder.person) && there_is(&p, p.admin.person));
    Cursor removed = cursor_new(certificate_of(&p, order.id).removed);
    uint32_t counts[PURGED_KINDS];
    for (size_t i = 0; i < PURGED_KINDS; i++)
        counts[i] = cursor_u32(&removed);
    EXPECT(counts[PURGED_ACCOUNTS] == family && counts[PURGED_PARTICIPANTS] == people.count && counts[PURGED_KEYS] == family + 1);
}

/* An act as somebody carries it out, just signed in; about: the kind of entry that it answers. */
static void acts(Place *place, Actor *actor, Id log, const char *name, const Values *asked, KindId about)
{
    Deed deed = {.service = &place->town.service, .actor = actor, .log = log, .asked = asked, .opening = OPENING_SUPERVISION};
    const int64_t no = row_of(place, log).no;
    AUTO(store_read_endp) Tx *tx = NULL;
    Why why;

    actor->proved_at = place->town.now;
    actor->request = town_id(&place->town);
    town_grant(&place->town, actor);
    EXPECT_OK(store_read(place->town.store, &tx));
    if (about != KIND_NONE)
        EXPECT_OK(store_entry_last(tx, no, (uint16_t)about, place->town.arena, &deed.about));
    store_read_endp(&tx);
    EXPECT_OK(procedure_from_str(str_from_c(name), &deed.procedure));
    EXPECT_OK(procedure_carry_out(&deed, &why));
}

/* between: what is done to the ordered log after something has fallen due. */
static void stopped_after_something_fell_due(void (*between)(Place *place, Id log))
{
    PLACE(p);
    Id log = any_log(&p, 300);
    const Day due = day_add_months(today(&p), 1);
    Values closing = {.kind = kind_of(KIND_CLOSING)}, decision = {.kind = kind_of(KIND_ARCHIVE_DECISION)},
           order = {.kind = kind_of(KIND_DELETION_ORDER)}, stop = {.kind = kind_of(KIND_DELETION_STOP)};
    int64_t told_at = 0;

    values_put(&closing, CLOSING_REASON, STR("1"));
    acts(&p, &p.holder, log, "log_close", &closing, KIND_NONE);
    go_to(&p, due - 1, 0);
    run_life(&p, JOB_DONE);
    values_put(&decision, ARCHIVE_DECISION_ARCHIVE, STR("2"));
    values_put(&decision, ARCHIVE_DECISION_GROUND, STR("1"));
    acts(&p, &p.admin, log, "archive_decide", &decision, KIND_NONE);
    acts(&p, &p.admin, log, "deletion_order", &order, KIND_NONE);
    go_to(&p, due, 0);
    run_life(&p, JOB_DONE);
    EXPECT(told_of(&p, p.manager.person, NOTICE_PASSIVE_FOR_1, &told_at) == 0);
    between(&p, log);
    values_put(&stop, DELETION_STOP_REASON, STR("Den skal ikke slettes likevel."));
    acts(&p, &p.admin, log, "deletion_stop", &stop, KIND_DELETION_ORDER);
    go_to(&p, due + 1, 0);
    run_life(&p, JOB_DONE);
    EXPECT(told_of(&p, p.manager.person, NOTICE_PASSIVE_FOR_1, &told_at) == 1 && told_at == oslo_time(due, 0));
    go_to(&p, due + 2, 0);
    run_life(&p, JOB_DONE);
    EXPECT(told_of(&p, p.manager.person, NOTICE_PASSIVE_FOR_1, &told_at) == 1);
}

static void nothing(Place *place, Id log)
{
    (void)place;
    (void)log;
}

static void a_hold_and_its_end(Place *place, Id log)
{
    Values hold = {.kind = kind_of(KIND_LEGAL_HOLD)}, lift = {.kind = kind_of(KIND_LEGAL_HOLD_END)};

    values_put(&hold, LEGAL_HOLD_REASON, STR("En sak i retten."));
    values_put(&lift, LEGAL_HOLD_END_REASON, STR("Saken er over."));
    acts(place, &place->admin, log, "legal_hold_set", &hold, KIND_NONE);
    acts(place, &place->admin, log, "legal_hold_lift", &lift, KIND_LEGAL_HOLD);
}

TEST(what_fell_due_of_a_log_while_its_deletion_was_ordered_is_told_in_the_night_after_the_stop)
{
    stopped_after_something_fell_due(nothing);
}

TEST(so_it_is_where_a_hold_was_set_and_lifted_meanwhile)
{
    stopped_after_something_fell_due(a_hold_and_its_end);
}

TEST(looked_at_only_it_is_told_how_many_are_due_and_how_many_of_them_wait)
{
    PLACE(p);
    const Id first = any_log(&p, 300), second = any_log(&p, 300);
    const JobOrder dry = {.job = JOB_DELETION, .tenant = p.town.tenant, .at_once = true, .dry = true};
    enum JobEnd end = JOB_NOT_DUE;
    JobCounts counts = {0};

    order_now(&p, first);
    EXPECT_OK(job_run(&p.town.service, &dry, &end, &counts));
    EXPECT(counts.looked == 0 && counts.changed == 0);
    order_now(&p, second);
    place_at(&p, p.town.now + DUE_MS);
    town_put(&p.town, put_flags, &(Flagging){.log = second, .set = FLAG_LEGAL_HOLD});
    EXPECT_OK(job_run(&p.town.service, &dry, &end, &counts));
    EXPECT(counts.looked == 2 && counts.changed == 1);
    EXPECT(row_of(&p, first).state == STATE_DELETION_ORDERED);
}

RUN_TESTS("deletion")
