/* Whoever can write the database, and has this program too, but no key: rows are put back as they stood once, with the proofs they
 * had then, and a line is added to the chain that says so.
 * Must not know whether it runs on SQLite or on PostgreSQL.
 * Run by tests/conform/meson.build on both. */
#include "conform/by_hand.h"
#include "conform/conform.h"

#include "domain/acts.h"
#include "store/audit.h"
#include "store/logs.h"
#include "store/volatile.h"

SHAPE(audit, AUDIT_LINE, AuditRow);

/* ---- a line of the stranger's own ---- */

static Link *link_by_hand(const Place *place)
{
    char database[ID_TEXT + 1];
    Link *link = NULL;

    id_to_text(place->tenant, database);
    EXPECT_OK(place->driver->connect(str_from_c(place->server ? place->server : place->folder), database, LINK_WRITES, &link));
    return link;
}

/* What the line says was changed: one row, as it stands. */
typedef struct Said {
    enum table table;
    Value key;
} Said;

static Str changes_of(const Place *place, Link *link, const Said *said, Arena *keep)
{
    AUTO(sha256_freep) Sha256 *sha = NULL;
    Buf buf = buf_new(keep, CHANGE_BYTES + 1);
    Value columns[COLUMNS_MAX];
    Str changes = STR_NONE;
    bool row = false;
    Hash digest;
    Id key;

    EXPECT_OK(sha256_new(&sha));
    EXPECT_OK(place->driver->query(link, SQL_TRACK(said->table), &said->key));
    EXPECT_OK(place->driver->step(link, columns, &row));
    EXPECT(row);
    EXPECT_OK(row_digest(sha, said->table, columns, table_columns(said->table), &digest));
    EXPECT_OK(change_key(&said->key, &key));
    place->driver->finish(link);
    buf_add_u8(&buf, (uint8_t)said->table);
    buf_add(&buf, id_bytes(&key));
    buf_add_bytes(&buf, digest.bytes, DIGEST_BYTES);
    EXPECT_OK(buf_done(&buf, &changes));
    return changes;
}

/* The newest line; its proof is what the stranger has to copy. */
static ChainHead newest_line(const Place *place, Link *link, Hash *ret_proof)
{
    const Value range[] = {{.type = VALUE_NUMBER, .number = 0}, {.type = VALUE_NUMBER, .number = INT64_MAX}};
    Value columns[COLUMNS_MAX];
    ChainHead head = {0};
    bool row = false;

    EXPECT_OK(place->driver->query(link, SQL_AUDIT_LAST, range));
    EXPECT_OK(place->driver->step(link, columns, &row));
    EXPECT(row && columns[1].bytes.length == HASH_BYTES);
    head.seq = columns[0].number;
    memcpy(head.hash.bytes, columns[1].bytes.data, HASH_BYTES);
    place->driver->finish(link);
    const Value before[] = {{.type = VALUE_NUMBER, .number = head.seq - 1}, {.type = VALUE_NUMBER, .number = 1}};
    EXPECT_OK(place->driver->query(link, SQL_AUDIT_CHAIN, before));
    EXPECT_OK(place->driver->step(link, columns, &row));
    if (columns[AT_PROOF].type == VALUE_BYTES && columns[AT_PROOF].bytes.length == HASH_BYTES)
        memcpy(ret_proof->bytes, columns[AT_PROOF].bytes.data, HASH_BYTES);
    place->driver->finish(link);
    return head;
}

/* Chained as we do it, with the proof of the line before. */
static void forge_line(const Place *place, const AuditLine *line, const Said *said)
{
    AUTO(sha256_freep) Sha256 *sha = NULL;
    TEST_ARENA(keep);
    Value values[COLUMNS_MAX], columns[COLUMNS_MAX];
    Link *link = link_by_hand(place);
    Str changes = STR_NONE;
    Hash proof = {{0}};
    bool row = false;

    EXPECT_OK(sha256_new(&sha));
    EXPECT_OK(place->driver->begin(link));
    const ChainHead head = newest_line(place, link, &proof);
    if (said)
        changes = changes_of(place, link, said, keep);
    AuditRow forged = {.seq = head.seq + 1, .line = *line, .changes = said ? 1 : 0, .previous = head.hash};
    EXPECT_OK(audit_line_hash(sha, &forged, changes, &forged.hash));
    row_to_values(&shape_audit, &forged, values);
    values[AT_CHANGES] = value_bytes(changes);
    values[AT_PROOF] = value_hash(&proof);
    EXPECT_OK(place->driver->query(link, SQL_AUDIT_INSERT, values));
    EXPECT_OK(place->driver->step(link, columns, &row));
    EXPECT_OK(place->driver->commit(link));
    place->driver->close(link);
}

/* ---- what verify tells ---- */

typedef struct Findings {
    uint32_t lines, rights, others;
} Findings;

static void count_finding(void *self, const Finding *finding)
{
    Findings *findings = self;
    bool is_line = strcmp(finding_name(finding->kind), "LINE_UNPROVEN") == 0;
    bool is_right = finding->kind == FINDING_RIGHTS_DIFFER;

    findings->lines += is_line;
    findings->rights += is_right;
    findings->others += !is_line && !is_right;
    if (!is_line && !is_right)
        print_error("%s %s line %lld\n", finding_name(finding->kind), finding->table ? finding->table : "", (long long)finding->seq);
}

static Findings verified(const Place *place)
{
    Findings findings = {0};
    const VerifyWatch watch = {.self = &findings, .found = count_finding};
    VerifyResult result = {0};

    EXPECT_OK(store_verify(place->store, &watch, &result));
    return findings;
}

static void expect_one_line_found(const Place *place)
{
    Findings findings = verified(place);
    EXPECT(findings.lines == 1 && findings.others == 0 && findings.rights == 0);
}

#define KEEP(table) "CREATE TABLE kept_" table " AS SELECT * FROM " table ";"
#define DROP(table) "DROP TABLE kept_" table ";"
#define PUT_BACK(table) "DELETE FROM " table ";INSERT INTO " table " SELECT * FROM kept_" table ";" DROP(table)

/* ---- an ended role ---- */

typedef struct Staff {
    Id person, role, unit;
    Hash session;
} Staff;

WORK(appoint)
{
    const Staff *staff = context_;
    const PersonRow person = {.id = staff->person, .login_index = STR("0123456789abcdef"), .state = 1, .sealed = STR("sealed"),
                              .secret = STR("leaked"), .version = 1, .created_at = NOW};
    const RoleRow role = {.id = staff->role, .person = staff->person, .role = 3, .unit = staff->unit, .from_at = NOW - 9};
    const SessionRow session = {.token_hash = staff->session, .person = staff->person, .role_row = staff->role, .role = 3,
                                .unit = staff->unit, .grant = new_id(), .created_at = NOW, .touched_at = NOW, .ends_at = NOW + 100,
                                .form_secret = STR("form")};
    const AuditLine line = line_of(staff->person);

    TRY(store_person_insert(tx, &person));
    TRY(store_role_insert(tx, &role));
    TRY(store_session_insert(tx, &session));
    return store_audit(tx, &line);
}

WORK(end_role)
{
    const Staff *staff = context_;
    const AuditLine line = line_of(staff->role);
    GrantRows ended = {0};
    TEST_ARENA(keep);

    TRY(store_role_end(tx, staff->role, NOW, keep, &ended));
    return store_audit(tx, &line);
}

/* Every way in which a role is read. */
static void expect_role(const Place *place, const Staff *staff, enum err_id expected)
{
    TEST_ARENA(keep);
    RoleRows roles;
    SessionRow session;
    RoleRow role;
    Tx *tx = NULL;

    EXPECT_OK(store_read(place->store, &tx));
    const Err reads[] = {
        store_role_by_id(tx, staff->role, &role),
        store_roles_of_person(tx, staff->person, keep, &roles),
        store_roles_of_unit(tx, staff->unit, keep, &roles),
        store_roles_held(tx, 3, NOW + 1, keep, &roles),
        store_session_with_role(tx, &staff->session, keep, &session, &role),
    };
    store_read_end(tx);
    for (size_t i = 0; i < COUNT_OF(reads); i++) {
        if (reads[i].id != expected)
            print_error("reading %zu of a role: %s\n", i, err_name(reads[i].id));
        EXPECT(reads[i].id == expected);
    }
}

static Place with_role_ended(Staff *staff)
{
    Place place = place_new(NULL);

    *staff = (Staff){.person = new_id(), .role = new_id(), .unit = new_id(), .session = new_hash()};
    EXPECT_OK(store_write(place.store, appoint, staff));
    expect_role(&place, staff, E_OK);
    by_hand(&place, KEEP("role"));
    by_hand(&place, KEEP("session"));
    EXPECT_OK(store_write(place.store, end_role, staff));
    by_hand(&place, PUT_BACK("session")); /* it ended with the role */
    expect_role(&place, staff, E_OK);
    return place;
}

TEST(a_role_that_ended_and_is_put_back_with_its_proof_is_refused_wherever_it_is_read)
{
    Staff staff;
    AUTO(place_remove) Place place = with_role_ended(&staff);

    by_hand(&place, PUT_BACK("role"));
    expect_role(&place, &staff, E_FORGED);
}

TEST(a_role_put_back_with_a_line_that_says_so_is_refused_and_the_line_found)
{
    Staff staff;
    AUTO(place_remove) Place place = with_role_ended(&staff);
    AuditLine line = line_of(staff.role);

    by_hand(&place, PUT_BACK("role"));
    line.at = NOW + 5;
    forge_line(&place, &line, &(Said){TABLE_ROLE, value_id(&staff.role)});
    expect_role(&place, &staff, E_FORGED);
    Findings findings = verified(&place);
    EXPECT(findings.lines == 1 && findings.rights == 1 && findings.others == 0); /* whose rights they are not any more */
}

/* ---- the credentials of before ---- */

WORK(enrol_anew)
{
    const Staff *staff = context_;
    const PersonRow person = {.id = staff->person, .login_index = STR("0123456789abcdef"), .state = 1, .sealed = STR("sealed"),
                              .secret = STR("new"), .version = 1};
    AuditLine line = line_of(staff->person);

    line.act = ACT_ENROL;
    TRY(store_person_update(tx, &person));
    return store_audit(tx, &line);
}

WORK(sign_in)
{
    const Staff *staff = context_;
    const AuditLine line = line_of(staff->person);

    TRY(store_person_totp_used(tx, staff->person, 77));
    return store_audit(tx, &line);
}

static void expect_person(const Place *place, const Staff *staff, enum err_id expected)
{
    TEST_ARENA(keep);
    PersonRow person;
    Tx *tx = NULL;

    EXPECT_OK(store_read(place->store, &tx));
    EXPECT_ERR(store_person_by_id(tx, staff->person, keep, &person), expected);
    EXPECT_ERR(store_person_by_login(tx, STR("0123456789abcdef"), keep, &person), expected);
    store_read_end(tx);
}

TEST(an_account_put_back_with_the_password_of_before_lets_nobody_in)
{
    Staff staff = {.person = new_id(), .role = new_id(), .unit = new_id(), .session = new_hash()};
    PLACE(place);

    EXPECT_OK(store_write(place.store, appoint, &staff));
    by_hand(&place, KEEP("person"));
    EXPECT_OK(store_write(place.store, enrol_anew, &staff));
    EXPECT_OK(store_write(place.store, sign_in, &staff));
    expect_person(&place, &staff, E_OK);
    by_hand(&place, PUT_BACK("person"));
    expect_person(&place, &staff, E_FORGED);
    forge_line(&place, &(AuditLine){.at = NOW, .request = new_id(), .act = 7, .object = staff.person, .outcome = AUDIT_ALLOWED},
               &(Said){TABLE_PERSON, value_id(&staff.person)});
    expect_person(&place, &staff, E_FORGED);
    expect_one_line_found(&place);
}

/* ---- a whole log ---- */

WORK(first_head)
{
    CONTEXT;
    AuditLine line = line_of(w->log.id);

    line.head = w->hash;
    TRY(store_log_insert(tx, &w->log, &w->no));
    w->log.no = w->no;
    TRY(store_log_head_put(tx, w->no, &w->hash));
    return store_audit(tx, &line);
}

WORK(add_note)
{
    CONTEXT;
    AuditLine line = line_of(w->log.id);

    w->entry = entry_row(w->log.no, STR("what was to go"));
    line.head = w->hash;
    TRY(store_entry_append(tx, &w->entry, &w->no));
    TRY(store_log_head_put(tx, w->log.no, &w->hash));
    return store_audit(tx, &line);
}

#define LOG_PUT_BACK                                                                                                 \
    "DELETE FROM entry;UPDATE log SET (last_activity_at,next_seq,access_version,header_version,header,head,proof)="  \
    "(SELECT last_activity_at,next_seq,access_version,header_version,header,head,proof FROM kept_log);" DROP("log")

static bool is_forged(const Place *place, const Work *w)
{
    TEST_ARENA(keep);
    LogStanding standing = {0};
    Tx *tx = NULL;

    EXPECT_OK(store_read(place->store, &tx));
    EXPECT_OK(store_log_standing(tx, &(StandingWish){w->log.id, new_id(), NOW}, keep, &standing));
    store_read_end(tx);
    return standing.forged;
}

/* A log with a note, put back to what it was before the note; the hash is its head of that time. */
static Place with_log_put_back(Work *w)
{
    Place place = place_new(NULL);

    *w = (Work){.log = log_row(), .hash = new_hash()};
    const Hash former = w->hash;
    EXPECT_OK(store_write(place.store, first_head, w));
    by_hand(&place, KEEP("log"));
    w->hash = new_hash();
    EXPECT_OK(store_write(place.store, add_note, w));
    EXPECT(!is_forged(&place, w));
    by_hand(&place, LOG_PUT_BACK);
    w->hash = former;
    return place;
}

TEST(a_log_put_back_with_its_former_head_shows_nothing)
{
    Work w;
    AUTO(place_remove) Place place = with_log_put_back(&w);

    EXPECT(is_forged(&place, &w));
}

static void forge_head(const Place *place, const Work *w)
{
    AuditLine line = line_of(w->log.id);

    line.head = w->hash;
    forge_line(place, &line, &(Said){TABLE_LOG, value_id(&w->log.id)});
}

TEST(a_log_put_back_with_a_line_that_names_its_former_head_shows_nothing_and_the_line_is_found)
{
    Work w;
    AUTO(place_remove) Place place = with_log_put_back(&w);

    forge_head(&place, &w);
    EXPECT(is_forged(&place, &w));
    /* The note is missing as well: the line spoke of the log's own row only. */
    Findings findings = verified(&place);
    EXPECT(findings.lines == 1 && findings.others == 1);
}

WORK(hold)
{
    CONTEXT;
    const AuditLine line = line_of(w->log.id);
    LogRow log;

    TRY(store_log_by_id(tx, w->log.id, &log));
    TRY(store_log_hold(tx, &log, FLAG_HOLD));
    return store_audit(tx, &line);
}

TEST(holding_a_log_whose_newest_line_is_forged_does_not_bring_its_row_into_the_chain)
{
    TEST_ARENA(keep);
    Work w;
    AUTO(place_remove) Place place = with_log_put_back(&w);
    AuditRows lines;
    Tx *tx = NULL;

    forge_head(&place, &w);
    EXPECT_OK(store_write(place.store, hold, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_audit_all(tx, 0, 1, keep, &lines));
    EXPECT(lines.count == 1 && lines.items[0].changes == 0);
    store_read_end(tx);
}

/* ---- how an account was taken into use, and what stands there already ---- */

TEST(a_forged_line_about_an_enrolment_is_not_believed)
{
    TEST_ARENA(keep);
    Staff staff = {.person = new_id(), .role = new_id(), .unit = new_id(), .session = new_hash()};
    PLACE(place);
    AuditLine line = line_of(staff.person);
    AuditRows lines;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, appoint, &staff));
    EXPECT_OK(store_write(place.store, enrol_anew, &staff));
    line.act = ACT_ENROL;
    line.at = 1; /* long before any code was made */
    forge_line(&place, &line, NULL);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_audit_enrolments(tx, staff.person, keep, &lines), E_FORGED);
    store_read_end(tx);
    expect_one_line_found(&place);
}

TEST(a_forged_line_does_not_say_that_a_request_was_carried_out)
{
    Staff staff = {.person = new_id(), .role = new_id(), .unit = new_id(), .session = new_hash()};
    PLACE(place);
    const AuditLine line = line_of(new_id());
    bool known = true;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, appoint, &staff));
    forge_line(&place, &line, NULL);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_request_known(tx, line.request, &known));
    store_read_end(tx);
    EXPECT(!known);
    expect_one_line_found(&place);
}

/* Lines that we write after a forged one do not make it ours. */
TEST(a_forged_line_is_found_however_much_was_written_after_it)
{
    Staff staff = {.person = new_id(), .role = new_id(), .unit = new_id(), .session = new_hash()};
    PLACE(place);
    const AuditLine line = line_of(new_id());

    EXPECT_OK(store_write(place.store, appoint, &staff));
    forge_line(&place, &line, NULL);
    EXPECT_OK(store_write(place.store, sign_in, &staff));
    EXPECT_OK(store_write(place.store, end_role, &staff));
    expect_one_line_found(&place);
}

/* ---- the end of the chain ---- */

/* As the owner of the database does it, past what keeps lines there. */
static void cut_off(const Place *place, const char *lines)
{
    char sql[200];

    if (place->driver->audit_open)
        by_hand(place, place->driver->audit_open);
    snprintf(sql, sizeof sql, "DELETE FROM audit WHERE seq>(SELECT MAX(seq)-%s FROM audit)", lines);
    by_hand(place, sql);
}

WORK(refused_work)
{
    const Staff *staff = context_;
    const AuditLine line = line_of(staff->person);

    TRY(store_audit(tx, &line));
    return fail(E_STALE);
}

TEST(lines_cut_off_before_anybody_signed_them_are_missed_by_whoever_wrote_them)
{
    Staff staff;
    AUTO(place_remove) Place place = with_role_ended(&staff);

    EXPECT_ERR(store_write(place.store, refused_work, &staff), E_STALE);
    by_hand(&place, PUT_BACK("role"));
    cut_off(&place, "1");
    expect_role(&place, &staff, E_OK); /* the database says nothing else */
    EXPECT_ERR(store_write(place.store, sign_in, &staff), E_FORGED);
    EXPECT_ERR(store_write(place.store, sign_in, &staff), E_FORGED);
}

TEST(lines_cut_off_and_replaced_by_more_are_missed_too)
{
    Staff staff;
    AUTO(place_remove) Place place = with_role_ended(&staff);
    const AuditLine line = line_of(new_id());

    cut_off(&place, "1");
    for (int i = 0; i < 3; i++)
        forge_line(&place, &line, NULL);
    EXPECT_ERR(store_write(place.store, sign_in, &staff), E_FORGED);
}

TEST(a_work_that_was_undone_and_a_new_start_of_the_service_are_no_cut)
{
    Staff staff = {.person = new_id(), .role = new_id(), .unit = new_id(), .session = new_hash()};
    PLACE(place);

    EXPECT_OK(store_write(place.store, appoint, &staff));
    EXPECT_ERR(store_write(place.store, refused_work, &staff), E_STALE);
    EXPECT_OK(store_write(place.store, sign_in, &staff));
    place_reopen(&place);
    EXPECT_OK(store_write(place.store, end_role, &staff));
    EXPECT(verified(&place).lines == 0);
}

RUN_TESTS("conform_put_back")
