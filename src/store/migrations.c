/* The schema, step by step. The same tables stand in the host's database and in each municipality's.
 * Must not be edited after a release: add a step at the end, and tests/conform/schema_N.sql, what the program before it wrote.
 * Read by migrate.c.
 *
 * Whole numbers are BIGINT, booleans 0 or 1, times UTC milliseconds, ids 16 random bytes; 0 and zeros mean "none".
 * No sealed column is ever indexed. */
#include "store/migrate.h"

#include "base/err.h"

#define ID_COLUMN(name) name " {BLOB} NOT NULL CHECK(length(" name ")=16)"
#define HASH_COLUMN(name) name " {BLOB} NOT NULL CHECK(length(" name ")=32)"
#define NUMBER(name) name " BIGINT NOT NULL"
#define BYTES(name) name " {BLOB} NOT NULL"
#define TRUTH(name) name " BIGINT NOT NULL CHECK(" name " IN (0,1))"
#define LOG_COLUMN "log_no BIGINT NOT NULL REFERENCES log(no)"

static const char step_1[] =
    "CREATE TABLE setting(name TEXT PRIMARY KEY," BYTES("value") "," NUMBER("version") ");"
    "CREATE TABLE unit(" ID_COLUMN("id") " PRIMARY KEY," NUMBER("kind") "," ID_COLUMN("parent") "," BYTES("sealed") ","
    NUMBER("version") "," NUMBER("closed_at") ");"
    "CREATE TABLE person(" ID_COLUMN("id") " PRIMARY KEY,login_index {BLOB} UNIQUE CHECK(length(login_index)=16),"
    NUMBER("state") "," BYTES("sealed") "," BYTES("secret") "," NUMBER("version") "," NUMBER("created_at") ","
    NUMBER("last_totp_step") ");"
    "CREATE TABLE role(" ID_COLUMN("id") " PRIMARY KEY," ID_COLUMN("person") "," NUMBER("role") "," ID_COLUMN("unit") ","
    NUMBER("from_at") "," NUMBER("to_at") "," ID_COLUMN("appointed_by") ");"
    "CREATE INDEX role_person ON role(person);"
    "CREATE INDEX role_unit ON role(unit);"
    "CREATE INDEX role_role ON role(role);"
    "CREATE TABLE enrolment(" HASH_COLUMN("code_hash") " PRIMARY KEY," ID_COLUMN("person") "," NUMBER("expires_at") ","
    NUMBER("used_at") ");"
    "CREATE INDEX enrolment_person ON enrolment(person);"
    "CREATE TABLE session(" HASH_COLUMN("token_hash") " PRIMARY KEY," ID_COLUMN("person") "," ID_COLUMN("role_row") ","
    NUMBER("role") "," ID_COLUMN("unit") "," ID_COLUMN("grant_id") "," NUMBER("created_at") "," NUMBER("touched_at") ","
    NUMBER("ends_at") "," BYTES("form_secret") "," BYTES("wizard_key") ");"
    "CREATE INDEX session_person ON session(person);"
    "CREATE INDEX session_ends ON session(ends_at);"
    "CREATE TABLE form_key(" HASH_COLUMN("hash") " PRIMARY KEY," HASH_COLUMN("session") "," NUMBER("at")
    ",answer_location TEXT NOT NULL," NUMBER("status") ");"
    "CREATE INDEX form_key_at ON form_key(at);"
    "CREATE TABLE backoff(" ID_COLUMN("account") " PRIMARY KEY," NUMBER("failures") "," NUMBER("until_at") ");"
    "CREATE TABLE counter(name TEXT PRIMARY KEY," NUMBER("value") ");"
    "CREATE TABLE scope_key(" ID_COLUMN("scope") " PRIMARY KEY," NUMBER("kind") "," NUMBER("epoch") "," BYTES("wrapped") ","
    BYTES("blind_index") "," BYTES("inner_index") "," NUMBER("version") ");"
    "CREATE INDEX scope_key_index ON scope_key(blind_index) WHERE length(blind_index)>0;"
    "CREATE TABLE log(no {ID} PRIMARY KEY," ID_COLUMN("id") " UNIQUE," NUMBER("display") " UNIQUE," NUMBER("state") ","
    NUMBER("flags") "," ID_COLUMN("unit") "," ID_COLUMN("holder") "," NUMBER("access_version") "," NUMBER("created_at") ","
    NUMBER("last_activity_at") "," NUMBER("next_seq") "," NUMBER("wake_on") "," NUMBER("closed_reason") ","
    NUMBER("header_version") "," BYTES("header") "," HASH_COLUMN("head") ");"
    "CREATE INDEX log_holder ON log(holder);"
    "CREATE INDEX log_unit ON log(unit,last_activity_at,no);"
    "CREATE INDEX log_wake ON log(wake_on) WHERE wake_on>0;"
    "CREATE TABLE entry(no {ID} PRIMARY KEY," ID_COLUMN("id") " UNIQUE," LOG_COLUMN "," NUMBER("kind") ","
    ID_COLUMN("entry") "," NUMBER("version") "," ID_COLUMN("supersedes") "," ID_COLUMN("author") "," NUMBER("author_role") ","
    ID_COLUMN("author_unit") "," NUMBER("at") "," NUMBER("due") "," TRUTH("removed") "," BYTES("sealed")
    ",UNIQUE(entry,version));"
    "CREATE TABLE participant(" ID_COLUMN("id") " PRIMARY KEY," LOG_COLUMN "," ID_COLUMN("person") "," NUMBER("role") ","
    NUMBER("service") "," ID_COLUMN("unit") "," NUMBER("from_at") "," NUMBER("to_at") "," TRUTH("let_in") ","
    NUMBER("version") "," BYTES("sealed") ");"
    "CREATE INDEX participant_log ON participant(log_no);"
    "CREATE INDEX participant_person ON participant(person);"
    "CREATE TABLE consent(" ID_COLUMN("id") " PRIMARY KEY," LOG_COLUMN "," ID_COLUMN("participant") "," NUMBER("method") ","
    NUMBER("given_at") "," NUMBER("valid_to") "," NUMBER("withdrawn_at") "," NUMBER("version") "," BYTES("sealed") ");"
    "CREATE INDEX consent_log ON consent(log_no);"
    "CREATE TABLE consent_unit(" ID_COLUMN("id") " PRIMARY KEY," LOG_COLUMN
    ",consent {BLOB} NOT NULL REFERENCES consent(id)," ID_COLUMN("unit") ");"
    "CREATE INDEX consent_unit_log ON consent_unit(log_no);"
    "CREATE INDEX consent_unit_consent ON consent_unit(consent);"
    "CREATE TABLE document(" ID_COLUMN("id") " PRIMARY KEY," LOG_COLUMN "," NUMBER("media") "," HASH_COLUMN("sha256") ","
    NUMBER("size") "," BYTES("sealed") ");"
    "CREATE INDEX document_log ON document(log_no);"
    "CREATE TABLE draft(" ID_COLUMN("id") " PRIMARY KEY," LOG_COLUMN "," ID_COLUMN("person") "," NUMBER("kind") ","
    ID_COLUMN("entry") "," NUMBER("at") "," BYTES("sealed") ",UNIQUE(log_no,person,kind,entry));"
    "CREATE INDEX draft_person ON draft(person);"
    "CREATE TABLE inbox(" ID_COLUMN("id") " PRIMARY KEY," ID_COLUMN("person") "," NUMBER("event") "," ID_COLUMN("object") ","
    NUMBER("at") "," NUMBER("read_at") ");"
    "CREATE INDEX inbox_person ON inbox(person,at,id);"
    "CREATE TABLE municipality(" ID_COLUMN("id") " PRIMARY KEY,number TEXT NOT NULL UNIQUE,name TEXT NOT NULL,"
    NUMBER("state") "," NUMBER("created_at") "," NUMBER("version") ");"
    "CREATE TABLE audit(seq {ID} PRIMARY KEY," NUMBER("at") "," ID_COLUMN("request") "," ID_COLUMN("person") ","
    NUMBER("role") "," ID_COLUMN("unit") "," NUMBER("act") "," NUMBER("object_kind") "," ID_COLUMN("object") ","
    NUMBER("outcome") "," NUMBER("reason") "," NUMBER("amount") "," HASH_COLUMN("head") "," NUMBER("change_count") ","
    HASH_COLUMN("previous") "," HASH_COLUMN("hash") "," BYTES("changes") ");"
    "CREATE INDEX audit_object ON audit(object,seq);"
    "CREATE INDEX audit_person ON audit(person,seq);"
    "CREATE INDEX audit_request ON audit(request);"
    "CREATE TABLE head_signature(seq BIGINT PRIMARY KEY," HASH_COLUMN("hash") "," NUMBER("at") "," BYTES("signature") ");";

/* Heads that say which chains they cover. No landed program ever stored one without. */
static const char step_2[] =
    "DROP TABLE head_signature;"
    "CREATE TABLE head_signature(seq BIGINT PRIMARY KEY," HASH_COLUMN("hash") "," NUMBER("at") "," BYTES("signature") ","
    BYTES("covers") ");";

/* When a session's person last proved who they are (rules: sign-in 14). Sessions of before have to prove it anew. */
static const char step_3[] = "ALTER TABLE session ADD COLUMN proved_at BIGINT NOT NULL DEFAULT 0;";

/* How a person stands to a log is read from the indexes alone: a list asks it of each log, and where there are many logs each row
 * lies on a page of its own. */
static const char step_4[] =
    "DROP INDEX participant_log;"
    "CREATE INDEX participant_log ON participant(log_no,person,to_at,from_at,id,role,service,unit,let_in,version);"
    "DROP INDEX participant_person;"
    "CREATE INDEX participant_person ON participant(person,log_no,from_at,to_at);"
    "DROP INDEX consent_log;"
    "CREATE INDEX consent_log ON consent(log_no,id,participant,method,given_at,valid_to,withdrawn_at,version);"
    "DROP INDEX consent_unit_log;"
    "CREATE INDEX consent_unit_log ON consent_unit(log_no,id,consent,unit);";

/* What was written last in a log is found by one look into an index: its head is that of the log (rules: keys 4).
 * So is how an account was taken into use, among all sign-ins of its person: 94 is ACT_ENROL.
 * Rows that give power carry a proof, and so does every line; those that stand there get theirs in the same transaction, and each
 * person what their rights add up to. */
/* The digest of a row leaves it out while it is 0. */
#define LATE_COLUMN(table, name) "ALTER TABLE " table " ADD COLUMN " name " BIGINT NOT NULL DEFAULT 0;"
#define PROOF_COLUMN(table) "ALTER TABLE " table " ADD COLUMN proof {BLOB} NOT NULL DEFAULT '';"
static const char step_5[] =
    "CREATE INDEX audit_changed ON audit(object,seq) WHERE change_count>0;"
    "CREATE INDEX audit_enrolled ON audit(object,outcome,seq) WHERE act=94;"
    LATE_COLUMN("log", "passive_at") LATE_COLUMN("log", "looked_to")
    LATE_COLUMN("inbox", "due") LATE_COLUMN("inbox", "done_at")
    "ALTER TABLE person ADD COLUMN rights {BLOB} NOT NULL DEFAULT '';"
    PROOF_COLUMN("setting") PROOF_COLUMN("unit") PROOF_COLUMN("person") PROOF_COLUMN("role") PROOF_COLUMN("enrolment")
    PROOF_COLUMN("inbox") PROOF_COLUMN("municipality") PROOF_COLUMN("session") PROOF_COLUMN("form_key")
    PROOF_COLUMN("draft") PROOF_COLUMN("backoff") PROOF_COLUMN("log") PROOF_COLUMN("scope_key")
    PROOF_COLUMN("audit")
    "CREATE UNIQUE INDEX inbox_once ON inbox(person,event,object,due) WHERE due<>0;"
    "CREATE INDEX inbox_unread ON inbox(person) WHERE read_at=0;"
    "CREATE INDEX inbox_event ON inbox(person,event,at,id);"
    "CREATE INDEX entry_lived ON entry(no,kind,at) WHERE kind IN (20,21,22,23,27,28);"
    "CREATE TABLE job(name TEXT PRIMARY KEY," NUMBER("done_to") "," ID_COLUMN("runner") "," NUMBER("until_at") ","
    HASH_COLUMN("proof") ");"
    "DROP INDEX log_wake;"
    "CREATE INDEX log_wake ON log(wake_on,no) WHERE wake_on>0;";

/* What was added later. */
static const char step_6[] =
    "CREATE TABLE blind_request(" ID_COLUMN("id") " PRIMARY KEY," ID_COLUMN("person") "," ID_COLUMN("unit") "," NUMBER("reason") ","
    NUMBER("at") "," ID_COLUMN("log") "," NUMBER("told_at") "," HASH_COLUMN("proof") ");"
    "CREATE INDEX blind_request_unit ON blind_request(unit,at);"
    "CREATE INDEX blind_request_person ON blind_request(person,at);"
    "CREATE INDEX blind_request_untold ON blind_request(at) WHERE told_at=0;"
    /* who is asked for a consent before there is a log */
    "CREATE TABLE invitation(" ID_COLUMN("id") " PRIMARY KEY," ID_COLUMN("maker") "," ID_COLUMN("role_row") "," ID_COLUMN("unit") ","
    ID_COLUMN("log") "," BYTES("units") "," NUMBER("required") "," NUMBER("made_at") "," NUMBER("expires_at") "," BYTES("sealed") "," NUMBER("version") ","
    HASH_COLUMN("proof") ");"
    "CREATE INDEX invitation_maker ON invitation(maker);"
    "CREATE INDEX invitation_expires ON invitation(expires_at);"
    "CREATE TABLE invited(" ID_COLUMN("id") " PRIMARY KEY," ID_COLUMN("invitation") "," ID_COLUMN("person") "," ID_COLUMN("maker") ","
    NUMBER("said_at") "," NUMBER("expires_at") "," HASH_COLUMN("proof") ");"
    "CREATE INDEX invited_invitation ON invited(invitation);"
    "CREATE INDEX invited_person ON invited(person);"
    "CREATE INDEX invited_maker ON invited(maker);"
    /* of passive logs those that have been so for longest come first */
    "CREATE INDEX log_passive ON log(passive_at,no) WHERE state=2;"
    /* what people want to be told, and what is to be mailed to them */
    "CREATE TABLE silence(" ID_COLUMN("person") " PRIMARY KEY," NUMBER("notices") "," HASH_COLUMN("proof") ");"
    "CREATE TABLE outbox(" ID_COLUMN("id") " PRIMARY KEY," ID_COLUMN("person") "," NUMBER("template") "," NUMBER("at") ","
    HASH_COLUMN("proof") ");"
    "CREATE INDEX outbox_person ON outbox(person);"
    "CREATE INDEX outbox_at ON outbox(at);";

/* What became of logs at their end. */
static const char step_7[] =
    "CREATE INDEX scope_key_epoch ON scope_key(epoch,blind_index,scope);"
    /* no reference to the log: the row outlives what it is about */
    "CREATE TABLE deletion(" ID_COLUMN("id") " PRIMARY KEY," ID_COLUMN("log") "," NUMBER("log_no") "," NUMBER("display") ","
    ID_COLUMN("unit") "," NUMBER("scenario") "," NUMBER("ground") "," NUMBER("archive") "," ID_COLUMN("report") ","
    HASH_COLUMN("report_hash") "," ID_COLUMN("requested_by") "," ID_COLUMN("ordered_by") "," NUMBER("ordered_at") ","
    ID_COLUMN("approved_by") "," NUMBER("approved_at") "," ID_COLUMN("stopped_by") "," NUMBER("stopped_at") ","
    NUMBER("purge_at") "," NUMBER("purged_at") "," NUMBER("confirmed_at") "," NUMBER("pause_ms") "," NUMBER("version") ","
    HASH_COLUMN("proof") ");"
    "CREATE UNIQUE INDEX deletion_open ON deletion(log_no) WHERE stopped_at=0;"
    "CREATE INDEX deletion_waits ON deletion(ordered_at,id) WHERE stopped_at=0 AND purged_at=0;"
    "CREATE INDEX deletion_due ON deletion(purge_at,id) WHERE approved_at<>0 AND stopped_at=0 AND purged_at=0;"
    "CREATE INDEX deletion_done ON deletion(purged_at,id) WHERE purged_at<>0;"
    /* logs on their way to another unit */
    "CREATE TABLE transfer(" ID_COLUMN("id") " PRIMARY KEY," ID_COLUMN("log") "," ID_COLUMN("from_unit") "," ID_COLUMN("to_unit") ","
    BYTES("units") "," NUMBER("step") "," ID_COLUMN("proposed_by") "," NUMBER("proposed_at") "," NUMBER("on_at") ","
    ID_COLUMN("ended_by") "," NUMBER("ended_at") "," NUMBER("segment") "," HASH_COLUMN("hash") "," NUMBER("version") ","
    HASH_COLUMN("proof") ");"
    "CREATE INDEX transfer_log ON transfer(log);"
    "CREATE INDEX transfer_to ON transfer(to_unit,proposed_at);"
    "CREATE INDEX transfer_from ON transfer(from_unit,ended_at);"
    "CREATE INDEX deletion_unconfirmed ON deletion(purged_at,id) WHERE purged_at<>0 AND confirmed_at=0;"
    "CREATE TABLE certificate(" ID_COLUMN("id") " PRIMARY KEY," ID_COLUMN("log") "," NUMBER("paused_at") "," NUMBER("paused_ms") ","
    NUMBER("told") "," BYTES("removed") "," BYTES("body") "," BYTES("signature") "," NUMBER("version") "," HASH_COLUMN("proof") ");"
    /* a log is purged without looking through everybody's inbox */
    "CREATE INDEX inbox_object ON inbox(object);"
    /* an archive report, and its bytes, sealed a piece at a time: what is in no chain is held by the hash in the report's row */
    "CREATE TABLE report(" ID_COLUMN("id") " PRIMARY KEY," ID_COLUMN("log") "," NUMBER("log_no") "," ID_COLUMN("made_by") ","
    NUMBER("made_role") "," NUMBER("made_at") "," HASH_COLUMN("content") "," HASH_COLUMN("sha256") "," NUMBER("size") ","
    NUMBER("parts") "," NUMBER("destroy_on") "," HASH_COLUMN("proof") ");"
    "CREATE INDEX report_log ON report(log,made_at);"
    "CREATE INDEX report_destroy ON report(destroy_on,id) WHERE destroy_on>0;"
    "CREATE TABLE report_part(" ID_COLUMN("report") "," NUMBER("part") "," NUMBER("at") "," BYTES("sealed") ",PRIMARY KEY(report,part));"
    "CREATE INDEX report_part_at ON report_part(at);";

/* Rows that shall lie in the order of their key, and in that alone. */
#define BY_KEY "){BY KEY};"

/* Statistics: facts before their publication and after it, and what was published; what is made by a job, and how far it is; what the
 * sealed bytes of a report are, so that they are held without opening them. */
static const char step_8[] =
    "CREATE TABLE fact(" ID_COLUMN("id") " PRIMARY KEY," ID_COLUMN("found") " UNIQUE," NUMBER("period") "," NUMBER("family") ","
    TRUTH("waits") "," BYTES("sealed") "," HASH_COLUMN("proof") BY_KEY
    "CREATE TABLE frozen_fact(" ID_COLUMN("id") " PRIMARY KEY," NUMBER("publication") "," NUMBER("family") "," NUMBER("period") ","
    ID_COLUMN("unit") "," NUMBER("category") "," NUMBER("grade") "," NUMBER("attention") "," NUMBER("from_day") "," NUMBER("to_day") ","
    NUMBER("on_day") "," BYTES("actors") BY_KEY
    "CREATE TABLE publication(" ID_COLUMN("id") " PRIMARY KEY," NUMBER("number") " UNIQUE," NUMBER("first") "," NUMBER("period") ","
    NUMBER("published_at") ","
    NUMBER("facts") "," BYTES("units") "," BYTES("lists") "," HASH_COLUMN("frozen") "," HASH_COLUMN("shown") "," HASH_COLUMN("ledger") ","
    HASH_COLUMN("certificates") "," HASH_COLUMN("proof") ");"
    /* what pages read, and what the freeze and its verification read */
    "CREATE TABLE publication_shown(" ID_COLUMN("id") " PRIMARY KEY," ID_COLUMN("publication") "," NUMBER("kind") "," NUMBER("part") ","
    BYTES("bytes") "," HASH_COLUMN("proof") ");"
    "CREATE INDEX publication_shown_of ON publication_shown(publication,kind,part);"
    "CREATE TABLE publication_secret(" ID_COLUMN("id") " PRIMARY KEY," ID_COLUMN("publication") "," NUMBER("kind") "," NUMBER("part") ","
    BYTES("bytes") "," HASH_COLUMN("proof") ");"
    "CREATE INDEX publication_secret_of ON publication_secret(publication,kind,part);"
    "CREATE TABLE report_order(" ID_COLUMN("id") " PRIMARY KEY," ID_COLUMN("log") "," HASH_COLUMN("session") "," ID_COLUMN("person") ","
    NUMBER("language") "," NUMBER("ordered_at") "," NUMBER("tries") "," NUMBER("phase") "," NUMBER("done") "," NUMBER("total") ","
    NUMBER("failed") "," HASH_COLUMN("proof") ");"
    "ALTER TABLE report ADD COLUMN sealed_sha256 {BLOB} CHECK(length(sealed_sha256)=32);"
    "CREATE UNIQUE INDEX report_order_log ON report_order(log);"
    "CREATE INDEX report_order_waits ON report_order(ordered_at,id) WHERE failed=0;"
    /* what goes to another municipality */
    "CREATE TABLE crossing(" ID_COLUMN("id") " PRIMARY KEY," NUMBER("way") "," ID_COLUMN("other") "," ID_COLUMN("log") ","
    ID_COLUMN("unit") "," NUMBER("step") "," NUMBER("proposed_at") "," NUMBER("on_at") ",place TEXT NOT NULL," ID_COLUMN("decided_by") ","
    ID_COLUMN("holder") "," ID_COLUMN("taken_by") "," NUMBER("taken_at") "," HASH_COLUMN("hash") "," BYTES("done") ","
    BYTES("sealed") "," NUMBER("version") "," HASH_COLUMN("proof") ");"
    "CREATE INDEX crossing_open ON crossing(way,step,proposed_at,id);"
    "CREATE INDEX crossing_unit ON crossing(unit,way,proposed_at);"
    "CREATE INDEX crossing_log ON crossing(log);"
    "CREATE TABLE partner(" ID_COLUMN("id") " PRIMARY KEY," BYTES("card") "," NUMBER("known_at") "," ID_COLUMN("known_by") ","
    NUMBER("version") "," HASH_COLUMN("proof") ");";

const Migration store_migrations[] = {
    {.sql = step_1},
    {.sql = step_2},
    {.sql = step_3},
    {.sql = step_4},
    {.sql = step_5, .proves = true},
    {.sql = step_6},
    {.sql = step_7},
    {.sql = step_8},
};
const uint32_t store_migration_count = COUNT_OF(store_migrations);
