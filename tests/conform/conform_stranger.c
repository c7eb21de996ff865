/* Whoever can write the database, but has no key: one row of each table that gives power is inserted, changed, copied and deleted
 * under an open database, and then used.
 * Must not know whether it runs on SQLite or on PostgreSQL.
 * Run by tests/conform/meson.build on both. */
#include "conform/by_hand.h"
#include "conform/conform.h"

#include "store/ending/deletion.h"
#include "store/inbox.h"
#include "store/report/orders.h"
#include "store/request/crossing.h"
#include "store/request/transfer.h"
#include "store/volatile.h"

#define OTHER "2222222222222222222222222222222a"
#define NO_RIGHTS "0000000000000000000000000000000000000000000000000000000000000000"

/* The rows of one municipality, and the host's own. */
typedef struct Rows {
    Id unit, person, role, inbox, account, scope, invitation, invited, deletion, transfer, crossing;
    Hash code, session, form;
    Work w;   /* a log, for the draft */
    DraftRow draft;
} Rows;

static Rows rows_new(void)
{
    Rows rows = {.unit = new_id(), .person = new_id(), .role = new_id(), .inbox = new_id(), .account = new_id(), .scope = new_id(), .invitation = new_id(), .invited = new_id(), .deletion = new_id(), .transfer = new_id(), .crossing = new_id(), .code = new_hash(),
                 .session = new_hash(), .form = new_hash()};
    return rows;
}

static SessionRow session_row(const Rows *rows)
{
    return (SessionRow){.token_hash = rows->session, .person = rows->person, .role_row = rows->role, .role = 3, .unit = rows->unit,
                        .grant = new_id(), .created_at = NOW, .touched_at = NOW, .ends_at = NOW + 100, .form_secret = STR("form")};
}

WORK(write_rows)
{
    Rows *rows = context_;
    const AuditLine line = line_of(rows->person);
    const UnitRow unit = {.id = rows->unit, .kind = 1, .sealed = STR("sealed"), .version = 1};
    const PersonRow person = {.id = rows->person, .login_index = STR("0123456789abcdef"), .state = 1, .sealed = STR("sealed"),
                              .secret = STR("secret"), .version = 1, .created_at = NOW};
    const RoleRow role = {.id = rows->role, .person = rows->person, .role = 3, .unit = rows->unit, .from_at = NOW, .to_at = NOW + 9};
    const EnrolmentRow enrolment = {.code_hash = rows->code, .person = rows->person, .expires_at = NOW + 9};
    const InboxRow inbox = {.id = rows->inbox, .person = rows->person, .event = 5, .object = rows->unit, .at = NOW, .mailed = true};
    const MunicipalityRow municipality = {.id = rows->unit, .number = STR("0301"), .name = STR("Nord"), .state = 1, .version = 1};
    const SessionRow session = session_row(rows);
    const FormKeyRow form = {.hash = rows->form, .content = rows->session, .at = NOW, .answer_location = STR("/logg/1"), .status = 303};
    const ScopeKeyRow scope = {.scope = rows->scope, .kind = 2, .epoch = 1, .wrapped = STR("wrapped"), .blind_index = STR("fedcba9876543210"),
                               .version = 1};
    const BackoffRow wait = {.key = rows->account, .failures = 3, .until_at = NOW + 9};

    const InvitationRow invitation = {.id = rows->invitation, .maker = rows->person, .role_row = rows->role, .unit = rows->unit,
                                      .required = 1, .made_at = NOW, .expires_at = NOW + 9, .version = 1};
    const InvitedRow invited = {.id = rows->invited, .invitation = rows->invitation, .person = rows->person, .maker = rows->person,
                                .expires_at = NOW + 9};

    const DeletionRow deletion = {.id = rows->deletion, .log = rows->w.log.id, .log_no = rows->w.no, .display = 10000001, .unit = rows->unit,
                                  .scenario = 1, .ground = 1, .archive = 2, .ordered_by = rows->person, .ordered_at = NOW, .version = 1};

    const CertificateRow certificate = {.id = rows->deletion, .log = rows->w.log.id, .body = STR("certificate"), .version = 1};

    TRY(store_deletion_insert(tx, &deletion));
    TRY(store_certificate_insert(tx, &certificate));
    TRY(store_invitation_insert(tx, &invitation));
    TRY(store_invited_insert(tx, &invited));
    TRY(store_setting_put(tx, STR("colour"), STR("blue"), 0));
    TRY(store_unit_insert(tx, &unit));
    TRY(store_person_insert(tx, &person));
    TRY(store_role_insert(tx, &role));
    TRY(store_enrolment_insert(tx, &enrolment));
    TRY(store_inbox_insert(tx, &inbox));
    TRY(store_municipality_insert(tx, &municipality));
    TRY(store_session_insert(tx, &session));
    TRY(store_form_claim(tx, &form));
    TRY(store_backoff_put(tx, &wait));
    TRY(store_scope_insert(tx, &scope));
    JobRow job;
    TRY(store_job_take(tx, &(JobTake){.name = STR("life"), .runner = rows->account, .now = NOW, .until_at = NOW + 9}, &job));
    TRY(store_job_give(tx, &job, NOW, 0));
    rows->draft = (DraftRow){.id = new_id(), .log_no = rows->w.no, .person = rows->person, .kind = 4, .at = NOW, .sealed = STR("sealed")};
    TRY(store_draft_put(tx, &rows->draft, &rows->draft.id));
    TRY(store_transfer_insert(tx, &(TransferRow){.id = rows->transfer, .log = rows->account, .from = rows->unit, .to = rows->person,
                                                 .step = 1, .proposed_by = rows->person, .proposed_at = NOW, .version = 1}));
    TRY(store_crossing_insert(tx, &(CrossingRow){.id = rows->crossing, .way = 2, .other = rows->person, .unit = rows->unit, .step = 3,
                                                 .proposed_at = NOW, .place = STR("elsewhere"), .version = 1}));
    TRY(store_partner_put(tx, &(PartnerRow){.id = rows->crossing, .card = STR("card"), .known_at = NOW, .known_by = rows->person}));
    TRY(store_silence_put(tx, &(SilenceRow){.person = rows->person, .notices = 8}));
    TRY(store_report_order_put(tx, &(ReportOrderRow){.id = rows->account, .log = rows->w.log.id, .person = rows->person, .language = 1,
                                                     .ordered_at = NOW}));
    return store_audit(tx, &line);
}

/* ---- the uses of each row, which a stranger's row must not pass ---- */

typedef Err Use(Tx *tx, const Rows *rows, Arena *keep);

static Err use_setting(Tx *tx, const Rows *rows, Arena *keep)
{
    SettingRows settings;
    (void)rows;
    return store_settings(tx, keep, &settings);
}

static Err use_unit(Tx *tx, const Rows *rows, Arena *keep)
{
    UnitRows units;
    (void)rows;
    return store_units(tx, keep, &units);
}

static Err use_person(Tx *tx, const Rows *rows, Arena *keep)
{
    PersonRows persons;
    (void)rows;
    return store_persons(tx, (Id){{0}}, 10, keep, &persons);
}

static Err use_role(Tx *tx, const Rows *rows, Arena *keep)
{
    RoleRows roles;
    return store_roles_of_person(tx, rows->person, keep, &roles);
}

static Err use_enrolment(Tx *tx, const Rows *rows, Arena *keep)
{
    EnrolmentRow row;
    Hash planted;

    (void)keep;
    TRY(store_enrolment_by_code(tx, &rows->code, &row));
    memset(planted.bytes, 0x77, sizeof planted.bytes);
    Err found = store_enrolment_by_code(tx, &planted, &row);
    return found.id == E_NOT_FOUND ? ok() : found;
}

static Err use_inbox(Tx *tx, const Rows *rows, Arena *keep)
{
    InboxRows inbox;
    return store_inbox(tx, &(InboxPage){.person = rows->person, .max = 10}, keep, &inbox);
}

static Err use_deletion(Tx *tx, const Rows *rows, Arena *keep)
{
    DeletionRows waiting;
    DeletionRow row;

    TRY(store_deletions_waiting(tx, &(DeletionPage){.max = 10}, keep, &waiting));
    return store_deletion_of_log(tx, rows->w.no, &row);
}

static Err use_certificate(Tx *tx, const Rows *rows, Arena *keep)
{
    CertificateRow row;
    Id other;

    TRY(id_from_text(STR(OTHER), &other));
    Err read = store_certificate(tx, other, keep, &row);
    return read.id == E_NOT_FOUND ? store_certificate(tx, rows->deletion, keep, &row) : read;
}

static Err use_municipality(Tx *tx, const Rows *rows, Arena *keep)
{
    MunicipalityRows municipalities;
    (void)rows;
    return store_municipalities(tx, keep, &municipalities);
}

static Err use_session(Tx *tx, const Rows *rows, Arena *keep)
{
    SessionRows sessions;
    RoleRow role;
    SessionRow row;

    TRY(store_session_with_role(tx, &rows->session, keep, &row, &role));
    return store_sessions_of_person(tx, rows->person, keep, &sessions);
}

static Err use_form(Tx *tx, const Rows *rows, Arena *keep)
{
    FormKeyRow row;
    Hash planted;

    TRY(store_form_by_hash(tx, &rows->form, keep, &row));
    memset(planted.bytes, 0x77, sizeof planted.bytes);
    Err found = store_form_by_hash(tx, &planted, keep, &row);
    return found.id == E_NOT_FOUND ? ok() : found;
}

static Err use_draft(Tx *tx, const Rows *rows, Arena *keep)
{
    const Permit permit = permit_of(rows->person, rows->w.log.id);
    DraftRows drafts;
    return store_drafts(tx, &permit, keep, &drafts);
}

static Err use_backoff(Tx *tx, const Rows *rows, Arena *keep)
{
    BackoffRow row;
    Id planted;

    (void)keep;
    TRY(store_backoff(tx, rows->account, &row));
    memset(planted.bytes, 0x77, sizeof planted.bytes);
    return store_backoff(tx, planted, &row);
}

/* Who is found by an index: by that of the row, and by one that only the stranger has written. */
static Err use_scope(Tx *tx, const Rows *rows, Arena *keep)
{
    ScopeKeyRows scopes = {0};

    (void)rows;
    const ScopeIndex index = index_at(STR("fedcba9876543210")), other = index_at(STR("wwwwwwwwwwwwwwww"));
    TRY(store_scopes_by_index(tx, &index, keep, &scopes));
    return store_scopes_by_index(tx, &other, keep, &scopes);
}

static Err use_transfer(Tx *tx, const Rows *rows, Arena *keep)
{
    TransferRows made = {0};

    return store_transfers_of_log(tx, rows->account, keep, &made);
}

static Err use_crossing(Tx *tx, const Rows *rows, Arena *keep)
{
    CrossingRows made = {0};

    return store_crossings_to_unit(tx, (CrossingsWish){rows->unit, 2, 0}, keep, &made);
}

static Err use_partner(Tx *tx, const Rows *rows, Arena *keep)
{
    PartnerRows made = {0};

    (void)rows;
    return store_partners(tx, keep, &made);
}

static Err use_invitation(Tx *tx, const Rows *rows, Arena *keep)
{
    InvitationRows made = {0};

    return store_invitations_of_person(tx, rows->person, keep, &made);
}

static Err use_invited(Tx *tx, const Rows *rows, Arena *keep)
{
    InvitedRows asked = {0};

    return store_invited_of_person(tx, rows->person, keep, &asked);
}

static Err use_job(Tx *tx, const Rows *rows, Arena *keep)
{
    JobRow row;

    (void)rows;
    TRY(store_job(tx, STR("life"), keep, &row));
    return store_job(tx, STR("other"), keep, &row);
}

static Err use_silence(Tx *tx, const Rows *rows, Arena *keep)
{
    SilenceRow row;
    Id planted;

    (void)keep;
    TRY(store_silence(tx, rows->person, &row));
    memset(planted.bytes, 0x77, sizeof planted.bytes);
    return store_silence(tx, planted, &row);
}

static Err use_outbox(Tx *tx, const Rows *rows, Arena *keep)
{
    OutboxRows mails;

    (void)rows;
    return store_outbox(tx, 10, keep, &mails);
}

static Err use_report_order(Tx *tx, const Rows *rows, Arena *keep)
{
    ReportOrderRows orders;

    (void)rows;
    return store_report_orders_waiting(tx, 10, keep, &orders);
}

/* ---- what the stranger does ---- */

/* {..} are bytes in hexadecimal; {*} any row's own key is left to SQL. */
typedef struct Tampering {
    const char *table;
    Use *use;
    const char *changed;  /* one column, SET ... */
    const char *copied;   /* the columns of a copy: its key is another, the rest is the row's own, proof and all */
    const char *planted;  /* the columns of a row of the stranger's own, without its proof */
} Tampering;

static const Tampering tamperings[] = {
    {"transfer", use_transfer, "step=3",
     "{" OTHER "},log,from_unit,to_unit,units,step,proposed_by,proposed_at,on_at,ended_by,ended_at,segment,hash,version",
     "{" OTHER "},(SELECT log FROM transfer),(SELECT id FROM unit),(SELECT id FROM unit),{},3,(SELECT id FROM person),1,1,"
     "{00000000000000000000000000000000},0,0,{7777777777777777777777777777777777777777777777777777777777777777},1"},
    {"crossing", use_crossing, "step=4",
     "{" OTHER "},way,other,log,unit,step,proposed_at,on_at,place,decided_by,holder,taken_by,taken_at,hash,done,sealed,version",
     "{" OTHER "},2,(SELECT id FROM person),{00000000000000000000000000000000},(SELECT id FROM unit),3,1795478400001,1,'elsewhere',"
     "{00000000000000000000000000000000},{00000000000000000000000000000000},{00000000000000000000000000000000},0,"
     "{7777777777777777777777777777777777777777777777777777777777777777},{},{},1"},
    {"partner", use_partner, "known_at=1", "{" OTHER "},card,known_at,known_by,version", "{" OTHER "},{63617264},1,(SELECT id FROM person),1"},
    {"silence", use_silence, "notices=16", "{77777777777777777777777777777777},notices", "{77777777777777777777777777777777},8"},
    {"outbox", use_outbox, "template=6", "{" OTHER "},person,template,at", "{" OTHER "},(SELECT id FROM person),5,1"},
    {"report_order", use_report_order, "language=2",
     "{" OTHER "},{" OTHER "},session,person,language,ordered_at,tries,phase,done,total,failed",
     "{" OTHER "},{" OTHER "},{7777777777777777777777777777777777777777777777777777777777777777},(SELECT id FROM person),1,1,0,0,0,0,0"},
    {"job", use_job, "done_to=0", "'other',done_to,runner,until_at", "'other',1,{" OTHER "},0"},
    {"invitation", use_invitation, "required=2",
     "{" OTHER "},maker,role_row,unit,log,units,required,made_at,expires_at,sealed,version",
     "{" OTHER "},(SELECT id FROM person),(SELECT id FROM role),(SELECT id FROM unit),{00000000000000000000000000000000},{},1,1,"
     "1895479400000,{},1"},
    {"invited", use_invited, "said_at=1", "{" OTHER "},invitation,person,maker,said_at,expires_at",
     "{" OTHER "},(SELECT id FROM invitation),(SELECT id FROM person),{" OTHER "},0,1895479400000"},
    {"deletion", use_deletion, "approved_at=1",
     "{" OTHER "},log,log_no+1,display,unit,scenario,ground,archive,report,report_hash,requested_by,ordered_by,ordered_at,approved_by,"
     "approved_at,stopped_by,stopped_at,purge_at,purged_at,confirmed_at,pause_ms,version",
     "{" OTHER "},{" OTHER "},77,10000002,(SELECT id FROM unit),1,1,2,{00000000000000000000000000000000},{" NO_RIGHTS "},"
     "{00000000000000000000000000000000},(SELECT id FROM person),1,{00000000000000000000000000000000},0,"
     "{00000000000000000000000000000000},0,0,0,0,0,1"},
    {"certificate", use_certificate, "paused_ms=7", "{" OTHER "},log,paused_at,paused_ms,told,removed,body,signature,version",
     "{" OTHER "},{" OTHER "},0,0,0,{},{00},{},1"},
    {"setting", use_setting, "value={726564}", "'other',value,version", "'other',{726564},1"},
    {"unit", use_unit, "kind=2", "{" OTHER "},kind,parent,sealed,version,closed_at",
     "{" OTHER "},1,{00000000000000000000000000000000},{00},1,0"},
    {"person", use_person, "state=2", "{" OTHER "},NULL,state,sealed,secret,version,created_at,last_totp_step,rights",
     "{" OTHER "},NULL,1,{00},{00},1,1,0,{" NO_RIGHTS "}"},
    {"role", use_role, "to_at=0", "{" OTHER "},person,role,unit,from_at,to_at,appointed_by",
     "{" OTHER "},(SELECT id FROM person),1,{00000000000000000000000000000000},1,0,{00000000000000000000000000000000}"},
    {"enrolment", use_enrolment, "expires_at=expires_at+1",
     "{7777777777777777777777777777777777777777777777777777777777777777},person,expires_at,used_at",
     "{7777777777777777777777777777777777777777777777777777777777777777},(SELECT id FROM person),1795479400000,0"},
    {"inbox", use_inbox, "event=6", "{" OTHER "},person,event,object,at,read_at,due,done_at",
     "{" OTHER "},(SELECT id FROM person),5,{" OTHER "},1,0,0,0"},
    {"municipality", use_municipality, "state=2", "{" OTHER "},'0302',name,state,created_at,version", "{" OTHER "},'0302','Sør',1,1,1"},
    {"session", use_session, "role=2",
     "{7777777777777777777777777777777777777777777777777777777777777777},person,role_row,role,unit,grant_id,created_at,touched_at,"
     "ends_at,form_secret,wizard_key,proved_at",
     "{7777777777777777777777777777777777777777777777777777777777777777},(SELECT id FROM person),(SELECT id FROM role),3,"
     "(SELECT id FROM unit),{" OTHER "},1,1,1895479400000,{00},{},1"},
    {"form_key", use_form, "answer_location='/logg/2'",
     "{7777777777777777777777777777777777777777777777777777777777777777},session,at,answer_location,status",
     "{7777777777777777777777777777777777777777777777777777777777777777},(SELECT token_hash FROM session),1,'//example.invalid',303"},
    {"draft", use_draft, "at=at+1", "{" OTHER "},log_no,person,5,entry,at,sealed",
     "{" OTHER "},1,(SELECT id FROM person),5,{00000000000000000000000000000000},1,{00}"},
    {"scope_key", use_scope, "blind_index={77777777777777777777777777777777}",
     "{" OTHER "},kind,epoch,wrapped,blind_index,inner_index,version",
     "{" OTHER "},2,1,{00},{77777777777777777777777777777777},{},1"},
    {"backoff", use_backoff, "failures=0,until_at=0", "{77777777777777777777777777777777},failures,until_at",
     "{77777777777777777777777777777777},0,0"},
};

typedef struct Findings {
    const char *table;
    uint32_t of_table, of_rights, others;
} Findings;

static void count_finding(void *self, const Finding *finding)
{
    Findings *findings = self;
    bool of_rights = finding->kind == FINDING_RIGHTS_DIFFER;
    bool is_it = !of_rights && finding->table && strcmp(finding->table, findings->table) == 0;

    findings->of_table += is_it;
    findings->of_rights += of_rights;
    findings->others += !is_it && !of_rights;
}

static Findings verified(const Place *place, const char *table)
{
    Findings findings = {.table = table};
    const VerifyWatch watch = {.self = &findings, .found = count_finding};
    VerifyResult result = {0};

    EXPECT_OK(store_verify(place->store, &watch, &result));
    EXPECT(result.findings == findings.of_table + findings.of_rights + findings.others);
    return findings;
}

static Err used(const Place *place, const Tampering *tampering, const Rows *rows)
{
    TEST_ARENA(keep);
    Tx *tx = NULL;

    EXPECT_OK(store_read(place->store, &tx));
    Err found = tampering->use(tx, rows, keep);
    store_read_end(tx);
    return found;
}

/* A municipality with one row of each table. */
static Place town(Rows *rows)
{
    Place place = place_new(NULL);

    *rows = rows_new();
    made_log(&place, &rows->w);
    EXPECT_OK(store_write(place.store, write_rows, rows));
    return place;
}

static void expect_refused(const char *what, const Tampering *tampering, const char *sql)
{
    Rows rows;
    AUTO(place_remove) Place place = town(&rows);

    EXPECT_OK(used(&place, tampering, &rows));
    EXPECT(verified(&place, tampering->table).of_table == 0);
    by_hand(&place, sql);
    Err refused = used(&place, tampering, &rows);
    Findings findings = verified(&place, tampering->table);
    if (refused.id != E_FORGED || findings.of_table == 0 || findings.others > 0)
        print_error("%s of %s: %s, %u findings of it, %u others\n", what, tampering->table, err_name(refused.id), findings.of_table,
                    findings.others);
    EXPECT(refused.id == E_FORGED);
    EXPECT(findings.of_table > 0 && findings.others == 0);
}

TEST(a_row_that_a_stranger_changed_is_refused_when_it_is_used_and_found)
{
    char sql[512];

    for (size_t i = 0; i < COUNT_OF(tamperings); i++) {
        snprintf(sql, sizeof sql, "UPDATE %s SET %s", tamperings[i].table, tamperings[i].changed);
        expect_refused("a change", &tamperings[i], sql);
    }
}

TEST(a_row_that_a_stranger_inserted_is_refused_when_it_is_used_and_found)
{
    char sql[1024];

    for (size_t i = 0; i < COUNT_OF(tamperings); i++) {
        snprintf(sql, sizeof sql, "INSERT INTO %s SELECT %s,{%064d}", tamperings[i].table, tamperings[i].planted, 0);
        expect_refused("a planted row", &tamperings[i], sql);
    }
}

TEST(a_row_that_a_stranger_copied_with_its_proof_is_refused_when_it_is_used_and_found)
{
    char sql[1024];

    for (size_t i = 0; i < COUNT_OF(tamperings); i++) {
        snprintf(sql, sizeof sql, "INSERT INTO %s SELECT %s,proof FROM %s", tamperings[i].table, tamperings[i].copied, tamperings[i].table);
        expect_refused("a copy", &tamperings[i], sql);
    }
}

TEST(a_row_that_a_stranger_deleted_is_found_unless_it_may_be_lost)
{
    for (size_t i = 0; i < COUNT_OF(tamperings); i++) {
        const Tampering *tampering = &tamperings[i];
        bool may_be_lost = tampering->use == use_session || tampering->use == use_form || tampering->use == use_draft ||
                           tampering->use == use_backoff || tampering->use == use_job || tampering->use == use_invitation ||
                           tampering->use == use_invited || tampering->use == use_silence || tampering->use == use_outbox ||
                           tampering->use == use_report_order;
        char sql[64];
        Rows rows;
        AUTO(place_remove) Place place = town(&rows);

        snprintf(sql, sizeof sql, "DELETE FROM %s", tampering->table);
        by_hand(&place, sql);
        Findings findings = verified(&place, tampering->table);
        EXPECT(findings.of_table == (may_be_lost ? 0 : 1) && findings.others == 0);
        EXPECT(findings.of_rights == (tampering->use == use_role ? 1 : 0));
    }
}

/* ---- a right that is missing, a former one, one too many: each row for itself is one of ours ---- */

static Err use_rights(Tx *tx, const Rows *rows, Arena *keep)
{
    PersonRights rights;
    return store_rights(tx, rows->person, keep, &rights);
}

static Id place_of(const Rows *rows)
{
    Id place = rows->role;

    place.bytes[0] ^= 1;
    return place;
}

WORK(let_in)
{
    Rows *rows = context_;
    const AuditLine line = line_of(rows->person);
    const ParticipantRow row = {.id = place_of(rows), .log_no = rows->w.no, .person = rows->person, .role = 4, .from_at = NOW,
                                .sealed = STR("sealed"), .version = 1};

    TRY(store_participant_insert(tx, &row));
    return store_audit(tx, &line);
}

WORK(put_out)
{
    Rows *rows = context_;
    const AuditLine line = line_of(rows->person);
    const ParticipantRow row = {.id = place_of(rows), .to_at = NOW + 5, .sealed = STR("sealed"), .version = 1};

    TRY(store_participant_update(tx, &row));
    return store_audit(tx, &line);
}

WORK(end_role_now)
{
    TEST_ARENA(keep);
    Rows *rows = context_;
    const AuditLine line = line_of(rows->person);
    GrantRows ended;

    TRY(store_role_end(tx, rows->role, NOW + 5, keep, &ended));
    EXPECT(ended.count == 1);
    return store_audit(tx, &line);
}

WORK(delete_log)
{
    Rows *rows = context_;
    const AuditLine line = line_of(rows->person);
    PurgeCounts counts;

    TRY(purge_of(tx, rows->w.no, &counts));
    return store_audit(tx, &line);
}

static void expect_rights(const char *before, const char *sql, enum err_id wanted)
{
    Rows rows;
    AUTO(place_remove) Place place = town(&rows);
    const Tampering asked = {.use = use_rights};

    EXPECT_OK(store_write(place.store, let_in, &rows));
    EXPECT_OK(used(&place, &asked, &rows));
    if (strcmp(before, "ended") == 0) {
        EXPECT_OK(store_write(place.store, end_role_now, &rows));
        EXPECT_OK(store_write(place.store, put_out, &rows));
        EXPECT_OK(used(&place, &asked, &rows));
    } else if (strcmp(before, "deleted") == 0) {
        EXPECT_OK(store_write(place.store, delete_log, &rows));
        EXPECT_OK(used(&place, &asked, &rows));
    }
    if (sql)
        by_hand(&place, sql);
    EXPECT_ERR(used(&place, &asked, &rows), wanted);
    EXPECT((verified(&place, "person").of_rights == 1) == (wanted == E_FORGED));
}

TEST(the_rights_of_a_person_are_those_that_were_given_and_ended_and_no_others)
{
    static const char *const before[] = {"given", "ended", "deleted"};

    for (size_t i = 0; i < COUNT_OF(before); i++)
        expect_rights(before[i], NULL, E_OK);
}

TEST(a_right_that_is_missing_or_one_too_many_is_refused_when_rights_are_asked_for_and_found)
{
    static const char *const cases[] = {
        "DELETE FROM role",
        "DELETE FROM participant",
        "UPDATE participant SET let_in=1-let_in",
        "INSERT INTO participant SELECT {" OTHER "},log_no,person,role,service,unit,from_at,to_at,let_in,version,sealed FROM participant",
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++)
        expect_rights("given", cases[i], E_FORGED);
}

TEST(a_right_that_ended_is_refused_when_its_former_row_is_put_back)
{
    expect_rights("ended", "UPDATE participant SET to_at=0,version=1", E_FORGED);
}

/* The former row, as the stranger kept it. */
TEST(a_role_that_ended_is_refused_when_it_is_put_back_with_the_proof_it_had)
{
    Rows rows;
    AUTO(place_remove) Place place = town(&rows);
    const Tampering asked = {.use = use_rights};

    by_hand(&place, "CREATE TABLE counter_kept AS SELECT * FROM role");
    EXPECT_OK(store_write(place.store, end_role_now, &rows));
    by_hand(&place, "DELETE FROM role;INSERT INTO role SELECT * FROM counter_kept;DROP TABLE counter_kept");
    EXPECT_ERR(used(&place, &asked, &rows), E_FORGED);
    EXPECT(verified(&place, "role").of_rights == 1);
}

/* ---- whoever uses a stranger's row does not make it ours ---- */

WORK(end_role)
{
    TEST_ARENA(keep);
    Rows *rows = context_;
    const AuditLine line = line_of(rows->person);
    GrantRows ended;

    TRY(store_role_end(tx, rows->role, NOW + 5, keep, &ended));
    return store_audit(tx, &line);
}

WORK(use_code)
{
    Rows *rows = context_;
    const AuditLine line = line_of(rows->person);

    TRY(store_enrolment_use(tx, &rows->code, NOW));
    return store_audit(tx, &line);
}

WORK(use_totp)
{
    Rows *rows = context_;
    const AuditLine line = line_of(rows->person);

    TRY(store_person_totp_used(tx, rows->person, 77));
    return store_audit(tx, &line);
}

WORK(put_setting)
{
    Rows *rows = context_;
    const AuditLine line = line_of(rows->person);

    TRY(store_setting_put(tx, STR("colour"), STR("green"), 1));
    return store_audit(tx, &line);
}

WORK(touch_session)
{
    Rows *rows = context_;
    return store_session_touch(tx, &rows->session, NOW + 5);
}

TEST(what_would_change_a_strangers_row_is_refused_and_the_row_is_found_afterwards_as_before)
{
    static const struct {
        const char *table, *sql;
        Err (*work)(Tx *tx, void *context);
    } cases[] = {
        {"role", "UPDATE role SET role=1", end_role},
        {"enrolment", "UPDATE enrolment SET person={" OTHER "}", use_code},
        {"person", "UPDATE person SET state=2", use_totp},
        {"setting", "UPDATE setting SET value={726564}", put_setting},
        {"session", "UPDATE session SET ends_at=ends_at+1", touch_session},
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Rows rows;
        AUTO(place_remove) Place place = town(&rows);

        by_hand(&place, cases[i].sql);
        EXPECT_ERR(store_write(place.store, cases[i].work, &rows), E_FORGED);
        Findings findings = verified(&place, cases[i].table);
        EXPECT(findings.of_table == 1 && findings.others == 0);
    }
}

/* Who has this program too, and chains a line for each row, as we do; but not the key. */
static Err strangers_proof(void *self, Id tenant, const Hash *digest, Hash *ret_proof)
{
    (void)self, (void)tenant;
    *ret_proof = *digest;
    return ok();
}

WORK(give_role)
{
    Rows *rows = context_;
    const RoleRow role = {.id = new_id(), .person = rows->person, .role = 1, .from_at = NOW};
    const AuditLine line = line_of(rows->person);

    TRY(store_role_insert(tx, &role));
    return store_audit(tx, &line);
}

WORK(add_unit)
{
    Rows *rows = context_;
    const UnitRow unit = {.id = new_id(), .kind = 1, .sealed = STR("sealed"), .version = 1};
    const AuditLine line = line_of(rows->person);

    TRY(store_unit_insert(tx, &unit));
    return store_audit(tx, &line);
}

/* A right is not even given: the person's row is none of theirs. */
TEST(a_row_with_a_line_in_the_chain_but_without_our_proof_is_refused_and_found)
{
    Rows rows;
    AUTO(place_remove) Place place = town(&rows);
    StoresOptions options = place_options(&place);

    stores_close(place.stores);
    place.stores = NULL;
    options.prover = (Prover){.prove = strangers_proof};
    EXPECT_OK(stores_open(&options, &place.stores));
    EXPECT_OK(store_of(place.stores, place.tenant, &place.store));
    EXPECT_ERR(store_write(place.store, give_role, &rows), E_FORGED);
    EXPECT_OK(store_write(place.store, add_unit, &rows));
    place_reopen(&place);
    EXPECT_ERR(used(&place, &(Tampering){.use = use_unit}, &rows), E_FORGED);
    Findings findings = verified(&place, "unit");
    EXPECT(findings.of_table == 1 && findings.others == 1); /* and the line */
}

RUN_TESTS("conform_stranger")
