/* What a log has lived when it is asked for: its state and flags, and what was done in it by those who may.
 * Must not do anything that a service would refuse.
 * Called by askers.c. */
#include "side_doors.h"

#include "service/acts/baton/offer.h"
#include "service/acts/draft.h"
#include "service/acts/entry.h"
#include "service/acts/procedure.h"
#include "service/log/task.h"
#include "service/reading/open.h"
#include "store/ending/deletion.h"
#include "store/ending/purge.h"

/* What stands beside a log that is to be deleted, or was: somebody else than those who ask has ordered it. */
static Err order_stands(Tx *tx, void *self)
{
    const DeletionRow *order = self;
    const CertificateRow row = {.id = order->id, .log = order->log, .body = STR("{}"), .signature = STR("00"), .version = 1};

    TRY(store_deletion_insert(tx, order));
    return order->purged_at != 0 ? store_certificate_insert(tx, &row) : ok();
}

static Err order_comes(const LogEntered *entered, int64_t now, Arena *scratch, LogChange *change)
{
    const LogRow *log = &entered->content.log;
    DeletionRow *row = NULL;

    TRY(ARENA_NEW(scratch, DeletionRow, 1, &row));
    *row = (DeletionRow){.id = log->id, .log = log->id, .log_no = log->no, .display = log->display, .unit = log->unit, .scenario = 6,
                         .archive = 2, .ground = 1, .ordered_by = log->id, .ordered_at = now, .version = 1};
    if (change->log.state == STATE_DELETED)
        row->approved_at = row->purge_at = row->purged_at = now;
    change->put = order_stands;
    change->self = row;
    return ok();
}

static Err stands_as(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    const Stand *stand = self;

    change->log.state = (uint8_t)stand->state;
    change->log.flags |= stand->flags;
    bool ends = stand->state == STATE_DELETION_ORDERED || stand->state == STATE_DELETED;
    return ends ? order_comes(entered, entered->content.log.last_activity_at, scratch, change) : ok();
}

/* The address stands in two versions of the child, the older from before it was protected, and in a note that the holder has
 * begun and not sent. */
static void address_comes(Case *it, const Actor *holder)
{
    static const char *const protections[] = {"1", "2"};
    Service *service = &it->browser.fixture.service;
    LogView view = {0};

    for (size_t i = 0; i < COUNT_OF(protections); i++) {
        case_open(it, holder, &view);
        for (uint32_t k = 0; k < view.entry_count; k++) {
            const LogEntry *child = &view.entries[k];
            if (child->values.kind->id != KIND_CHILD)
                continue;
            Values values = child->values;
            values_put(&values, CHILD_ADDRESS, STR(ADDRESS_CANARY));
            values_put(&values, CHILD_PHONE, STR(PHONE_CANARY));
            values_put(&values, CHILD_PROTECTION, str_from_c(protections[i]));
            EXPECT_OK(log_entry_correct(service, holder, &(EntryVersion){view.summary.id, child->entry, child->version}, &values));
        }
    }
    EXPECT_OK(log_draft_keep(service, holder, &(DraftOf){.log = view.summary.id, .kind = KIND_NOTE}, STR("text=De bor i " ADDRESS_CANARY),
                             it->browser.arena));
}

/* The row is changed under a new head, as an act would. */
static void log_changes(Case *it, const Actor *holder)
{
    Stand stand = *it->stand;
    LogTask task = {.wish = {.act = ACT_NOTE_WRITE, .purpose = PURPOSE_WRITE}, .prepare = stands_as, .self = &stand};
    Why why;

    EXPECT_OK(id_from_text(str_from_c(it->log), &task.wish.log));
    EXPECT_OK(log_carry_out(&it->browser.fixture.service, holder, &task, &why));
    fixture_advance(&it->browser.fixture, stand.days * 86400000);
}

/* ---- what was done in it ---- */

/* Acts that one form carries out: by whom, in which state already, and the fields that its form wants. */
static const struct Lived {
    Act act;
    Role role;
    const char *name;
    bool after; /* once the log is in the state of the case */
    struct {
        FieldKey field;
        const char *value;
    } fields[2];
} lived[] = {
    {ACT_CLAIM_FILE, ROLE_GUARDIAN, "Varm Bjørk", false, {{CLAIM_REASON, "Vi ønsker den ikke"}}},
    {ACT_PASSIVE_PROLONG, ROLE_MUNICIPALITY_ADMIN, "Kari Kommune", true, {{PROLONGING_REASON, "Saken ankes"}}},
    {ACT_CONSENT_WITHDRAW, ROLE_GUARDIAN, "Varm Bjørk", true, {{WITHDRAWAL_OF, "1"}}},
};

static void carry_out(Case *it, const struct Lived *row)
{
    Actor actor = browser_become_named(&it->browser, row->role, row->name);
    Values asked;
    Deed deed = {.service = &it->browser.fixture.service, .actor = &actor, .asked = &asked, .scratch = it->browser.arena};
    Why why = WHY_UNDECIDED;

    EXPECT_OK(id_from_text(str_from_c(it->log), &deed.log));
    EXPECT_OK(procedure_from_str(str_from_c(act_code(row->act)), &deed.procedure));
    asked = (Values){.kind = kind_of(deed.procedure->asks)};
    for (size_t i = 0; i < COUNT_OF(row->fields) && row->fields[i].value; i++)
        values_put(&asked, row->fields[i].field, str_from_c(row->fields[i].value));
    EXPECT_OK(procedure_carry_out(&deed, &why));
}

static void was_done(Case *it, bool after)
{
    for (size_t i = 0; i < COUNT_OF(lived); i++)
        if (lived[i].act == it->stand->done && lived[i].after == after)
            carry_out(it, &lived[i]);
}

static void baton_is_offered(Case *it, const Actor *holder)
{
    Id log, row;

    EXPECT_OK(id_from_text(str_from_c(it->log), &log));
    EXPECT_OK(id_from_text(str_from_c(it->next), &row));
    EXPECT_OK(baton_offer(&it->browser.fixture.service, holder, log, row));
}

void case_lives(Case *it, const Actor *holder)
{
    if (it->stand->follow & FLAG_ADDRESS_PROTECTED)
        address_comes(it, holder);
    if (it->stand->done == ACT_BATON_OFFER)
        baton_is_offered(it, holder);
    was_done(it, false);
    log_changes(it, holder);
    was_done(it, true);
}

Relation relation_now(const Case *it, const Asker *asker)
{
    bool offered = it->stand->done == ACT_BATON_OFFER && strcmp(asker->name, "Annen Elv") == 0;

    return offered ? RELATION_OFFERED : asker->relation;
}
