/* Deletions that were carried out.
 * Must not tell whom a log was about.
 * Called by web and api. */
#include "service/ending/certificates.h"

#include "domain/deletion.h"
#include "service/log/enter.h"
#include "service/people/account.h"
#include "service/people/unit_names.h"
#include "store/ending/deletion.h"

static Why may_list(const Actor *actor)
{
    return policy_decide((Ask){.act = ACT_AUDIT_READ, .role = actor->role, .relation = policy_log_relation(actor->role)});
}

static CertificateItem item_of(const DeletionRow *row)
{
    return (CertificateItem){.row = *row, .last_on = deletion_last_day(row->purged_at)};
}

static Err write_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

/* ---- all ---- */

static Err read_page(const Actor *actor, DeletionBehind behind, Arena *keep, DeletionRows *ret_rows)
{
    const DeletionPage page = {.at = behind.at, .id = behind.id, .max = DELETIONS_PAGE + 1};
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    return store_deletions_done(tx, &page, keep, ret_rows);
}

static Err name_units(Service *service, const Actor *actor, CertificateItem *items, uint32_t count, Arena *keep)
{
    Id *units = NULL;
    Str *names = NULL;

    TRY(ARENA_NEW(keep, Id, (size_t)count + 1, &units));
    TRY(ARENA_NEW(keep, Str, (size_t)count + 1, &names));
    for (uint32_t i = 0; i < count; i++)
        units[i] = items[i].row.unit;
    TRY(people_unit_names(service, actor, (IdList){units, count}, keep, names));
    for (uint32_t i = 0; i < count; i++)
        items[i].unit_name = names[i];
    return ok();
}

Err certificates_list(Service *service, const Actor *actor, DeletionBehind behind, Arena *keep, CertificateItems *ret_items)
{
    AuditLine line = service_line(actor, ACT_AUDIT_READ, OBJECT_NONE, (Id){0});
    CertificateItem *items = NULL;
    DeletionRows rows = {0};
    Why why = may_list(actor);

    if (why != WHY_ALLOWED)
        return service_refuse(actor, ACT_AUDIT_READ, OBJECT_NONE, (Id){0}, why);
    TRY(read_page(actor, behind, keep, &rows));
    const bool more = rows.count > DELETIONS_PAGE;
    rows.count -= more;
    TRY(ARENA_NEW(keep, CertificateItem, (size_t)rows.count + 1, &items));
    for (uint32_t i = 0; i < rows.count; i++)
        items[i] = item_of(&rows.items[i]);
    line.amount = rows.count;
    TRY(store_write(actor->store, write_line, &line));
    TRY(name_units(service, actor, items, rows.count, keep));
    *ret_items = (CertificateItems){.items = items, .count = rows.count, .more = more};
    return ok();
}

/* ---- one ---- */

static Err read_one(const Actor *actor, const LogWish *wish, Arena *keep, LogDecision *ret_decision, Certificate *ret_certificate)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    TRY(log_decide(tx, actor, wish, keep, ret_decision));
    if (ret_decision->why != WHY_ALLOWED)
        return ok();
    TRY(store_deletion_of_log(tx, ret_decision->standing.log.no, &ret_certificate->deletion));
    TRY(certificate_read_lines(tx, keep, ret_certificate));
    Err made = store_certificate(tx, ret_certificate->deletion.id, keep, &ret_certificate->row);
    return made.id == E_NOT_FOUND ? ok() : made;
}

/* Where the municipality asks for one person, who ordered approved. */
static Err take(const Certificate *certificate, Arena *keep, CertificateView *view)
{
    Cursor removed = cursor_new(certificate->row.removed);

    view->item = item_of(&certificate->deletion);
    view->ordered_as = (Role)certificate->ordered_role;
    view->approved_as = (Role)(certificate->approved_role ? certificate->approved_role : certificate->ordered_role);
    for (size_t i = 0; i < PURGED_KINDS && certificate->row.removed.length > 0; i++)
        view->removed[i] = cursor_u32(&removed);
    view->facts = certificate->row.removed.length == REMOVED_BYTES ? cursor_u32(&removed) : 0;
    return certificate->row.body.length > 0 ? certificate_file(&certificate->row, keep, &view->file) : ok();
}

/* The agent opens no account to an auditor. */
static Err name_people(Service *service, const Actor *actor, Arena *keep, CertificateView *view)
{
    const Id persons[] = {view->item.row.ordered_by, view->item.row.approved_by};
    Str names[COUNT_OF(persons)] = {STR_NONE, STR_NONE};

    if (actor->role == ROLE_MUNICIPALITY_ADMIN)
        TRY(people_names(service, actor, (IdList){persons, COUNT_OF(persons)}, keep, names));
    view->ordered_by = names[0];
    view->approved_by = names[1];
    return ok();
}

Err certificate_open(Service *service, const Actor *actor, Id log, Arena *keep, CertificateView *ret_view)
{
    const LogWish wish = {.log = log, .act = ACT_CERTIFICATE_READ};
    AuditLine line = service_line(actor, ACT_CERTIFICATE_READ, OBJECT_LOG, log);
    LogDecision decision = {0};
    Certificate certificate = {0};
    CertificateView view = {0};

    TRY(read_one(actor, &wish, keep, &decision, &certificate));
    if (decision.why != WHY_ALLOWED)
        return log_refuse(actor, &wish, decision.why, &decision.ask);
    TRY(store_write(actor->store, write_line, &line));
    TRY(take(&certificate, keep, &view));
    TRY(name_units(service, actor, &view.item, 1, keep));
    TRY(name_people(service, actor, keep, &view));
    *ret_view = view;
    return ok();
}

bool certificate_is_there(const Actor *actor, Id log, Arena *keep)
{
    const LogWish wish = {.log = log, .act = ACT_CERTIFICATE_READ, .silent = true};
    Certificate certificate = {0};
    LogDecision decision = {0};

    return is_ok(read_one(actor, &wish, keep, &decision, &certificate)) && decision.why == WHY_ALLOWED;
}
