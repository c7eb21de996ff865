/* Every statement that this program runs on its data, once: id, parameter types, column types, SQL.
 * Must not hold a value: parameters are $1.., texts are constants. Both databases read the same text ($n works in both).
 * Included by statements.c, and for the ids by the verbs.
 *
 * Types: i whole number, b bytes, B bytes or NULL, t text. */
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H

#include "store/tables.h"

#define PLACES_3 "$1,$2,$3"
#define PLACES_4 PLACES_3 ",$4"
#define PLACES_5 PLACES_4 ",$5"
#define PLACES_6 PLACES_5 ",$6"
#define PLACES_7 PLACES_6 ",$7"
#define PLACES_8 PLACES_7 ",$8"
#define PLACES_9 PLACES_8 ",$9"
#define PLACES_10 PLACES_9 ",$10"
#define PLACES_11 PLACES_10 ",$11"
#define PLACES_12 PLACES_11 ",$12"
#define PLACES_13 PLACES_12 ",$13"
#define PLACES_14 PLACES_13 ",$14"
#define PLACES_15 PLACES_14 ",$15"
#define PLACES_16 PLACES_15 ",$16"
#define PLACES_17 PLACES_16 ",$17"

/* An insert that tells by an empty answer that a unique value exists: no statement fails on data. */
#define ADD(ID, table, LIST, places, key)                                                                       \
    X(ID, LETTERS(LIST), "b", "INSERT INTO " table "(" NAMES(LIST) ") VALUES (" places ") ON CONFLICT DO NOTHING " \
                              "RETURNING " key)
#define PICK(LIST, table) "SELECT " NAMES(LIST) " FROM " table " "

/* Reads one tracked row for its digest, and pages of the table for verification. */
#define TRACK(name, number, table, LIST, key, key_type)                                                      \
    X(TRACK_##name, key_type, LETTERS(LIST), PICK(LIST, table) "WHERE " key "=$1")                    \
    X(PAGE_##name, key_type "i", LETTERS(LIST), PICK(LIST, table) "WHERE " key ">$1 ORDER BY " key " LIMIT $2")

/* The number of the log $1; 0, which has no rows, when there is none: what hangs on it is looked for all the same. */
#define LOG_OF_ID "COALESCE((SELECT no FROM log WHERE id=$1),0)"

#define STATEMENTS_PEOPLE                                                                                        \
    X(SETTING_INSERT, LETTERS(SETTING), "t",                                                                     \
      "INSERT INTO setting(" NAMES(SETTING) ") VALUES (" PLACES_3 ") ON CONFLICT DO NOTHING RETURNING name")     \
    X(SETTING_UPDATE, "tbi", "t",                                                                                \
      "UPDATE setting SET value=$2,version=version+1 WHERE name=$1 AND version=$3 RETURNING name")               \
    X(SETTINGS, "", LETTERS(SETTING), PICK(SETTING, "setting") "ORDER BY name")                                  \
    ADD(UNIT_INSERT, "unit", UNIT, PLACES_6, "id")                                                               \
    X(UNIT_UPDATE, "bibbii", "b",                                                                                \
      "UPDATE unit SET kind=$2,parent=$3,sealed=$4,version=version+1,closed_at=$6 WHERE id=$1 AND version=$5 "   \
      "RETURNING id")                                                                                            \
    X(UNITS, "", LETTERS(UNIT), PICK(UNIT, "unit") "ORDER BY id")                                                \
    X(UNITS_OF_LOG, "b", LETTERS(UNIT),                                                                          \
      PICK(UNIT, "unit") "WHERE id IN (SELECT unit FROM log WHERE id=$1 UNION SELECT unit FROM participant "     \
                         "WHERE log_no=" LOG_OF_ID " UNION SELECT unit FROM consent_unit WHERE log_no=" LOG_OF_ID ") " \
                         "ORDER BY id")                                                                          \
    ADD(PERSON_INSERT, "person", PERSON, PLACES_8, "id")                                                         \
    X(PERSON_LOGIN_TAKEN, "bb", "i",                                                                             \
      "SELECT CAST(COUNT(*) AS BIGINT) FROM person WHERE login_index=$1 AND id<>$2")                             \
    X(PERSON_UPDATE, "bBibbi", "b",                                                                              \
      "UPDATE person SET login_index=$2,state=$3,sealed=$4,secret=$5,version=version+1 WHERE id=$1 AND "         \
      "version=$6 RETURNING id")                                                                                 \
    X(PERSON_DELETE, "b", "b", "DELETE FROM person WHERE id=$1 RETURNING id")                                    \
    X(PERSON_BY_LOGIN, "b", LETTERS(PERSON), PICK(PERSON, "person") "WHERE login_index=$1")                      \
    X(PERSONS_OF_UNIT, "bi", LETTERS(PERSON),                                                                    \
      PICK(PERSON, "person") "WHERE id IN (SELECT person FROM role WHERE unit=$1 AND from_at<=$2 AND "           \
                             "(to_at=0 OR to_at>$2)) ORDER BY id")                                               \
    X(PERSON_TOTP, "bi", "b", "UPDATE person SET last_totp_step=$2 WHERE id=$1 AND last_totp_step<$2 RETURNING id") \
    ADD(ROLE_INSERT, "role", ROLE, PLACES_7, "id")                                                               \
    X(ROLE_END, "bi", "b", "UPDATE role SET to_at=$2 WHERE id=$1 AND (to_at=0 OR to_at>$2) RETURNING id")        \
    X(ROLES_OF_PERSON, "b", LETTERS(ROLE), PICK(ROLE, "role") "WHERE person=$1 ORDER BY from_at,id")             \
    X(ROLES_OF_UNIT, "b", LETTERS(ROLE), PICK(ROLE, "role") "WHERE unit=$1 ORDER BY from_at,id")                 \
    X(ROLES_HELD, "ii", LETTERS(ROLE),                                                                           \
      PICK(ROLE, "role") "WHERE role=$1 AND from_at<=$2 AND (to_at=0 OR to_at>$2) ORDER BY from_at,id")          \
    X(ROLE_DELETE, "b", "b", "DELETE FROM role WHERE id=$1 RETURNING id")                                        \
    ADD(ENROLMENT_INSERT, "enrolment", ENROLMENT, PLACES_4, "code_hash")                                         \
    X(ENROLMENT_USE, "bi", "b", "UPDATE enrolment SET used_at=$2 WHERE code_hash=$1 AND used_at=0 RETURNING code_hash") \
    X(ENROLMENTS_OF_PERSON, "b", "b", "SELECT code_hash FROM enrolment WHERE person=$1")                         \
    X(ENROLMENT_DELETE, "b", "b", "DELETE FROM enrolment WHERE code_hash=$1 RETURNING code_hash")                \
    ADD(MUNICIPALITY_INSERT, "municipality", MUNICIPALITY, PLACES_6, "id")                                       \
    X(MUNICIPALITY_NUMBER_TAKEN, "tb", "i",                                                                      \
      "SELECT CAST(COUNT(*) AS BIGINT) FROM municipality WHERE number=$1 AND id<>$2")                            \
    X(MUNICIPALITY_UPDATE, "bttii", "b",                                                                         \
      "UPDATE municipality SET number=$2,name=$3,state=$4,version=version+1 WHERE id=$1 AND version=$5 RETURNING id") \
    X(MUNICIPALITY_BY_NUMBER, "t", LETTERS(MUNICIPALITY), PICK(MUNICIPALITY, "municipality") "WHERE number=$1")  \
    X(MUNICIPALITIES, "", LETTERS(MUNICIPALITY), PICK(MUNICIPALITY, "municipality") "ORDER BY name,id")

#define STATEMENTS_VOLATILE                                                                                      \
    ADD(SESSION_INSERT, "session", SESSION, PLACES_12, "token_hash")                                             \
    X(SESSION_BY_TOKEN, "b", LETTERS(SESSION), PICK(SESSION, "session") "WHERE token_hash=$1")                   \
    X(SESSION_ROLE, "b", LETTERS(ROLE),                                                                          \
      PICK(ROLE, "role") "WHERE id=(SELECT role_row FROM session WHERE token_hash=$1)")                          \
    X(SESSIONS_OF_PERSON, "b", LETTERS(SESSION), PICK(SESSION, "session") "WHERE person=$1 ORDER BY created_at,token_hash") \
    X(SESSION_TOUCH, "bi", "b",                                                                                  \
      "UPDATE session SET touched_at=CASE WHEN touched_at<$2 THEN $2 ELSE touched_at END WHERE token_hash=$1 "   \
      "RETURNING token_hash")                                                                                    \
    X(SESSION_WIZARD, "bb", "b", "UPDATE session SET wizard_key=$2 WHERE token_hash=$1 RETURNING token_hash")    \
    X(SESSION_DELETE, "b", "b", "DELETE FROM session WHERE token_hash=$1 RETURNING token_hash")                  \
    X(SESSIONS_DELETE_OF_PERSON, "b", "", "DELETE FROM session WHERE person=$1")                                 \
    ADD(FORM_INSERT, "form_key", FORM_KEY, PLACES_5, "hash")                                                     \
    X(FORM_ANSWER, "bti", "b", "UPDATE form_key SET answer_location=$2,status=$3 WHERE hash=$1 RETURNING hash")  \
    X(FORM_BY_HASH, "b", LETTERS(FORM_KEY), PICK(FORM_KEY, "form_key") "WHERE hash=$1")                          \
    X(DRAFT_PUT, LETTERS(DRAFT), "b",                                                                            \
      "INSERT INTO draft(" NAMES(DRAFT) ") VALUES (" PLACES_7 ") ON CONFLICT (log_no,person,kind,entry) "        \
      "DO UPDATE SET at=excluded.at,sealed=excluded.sealed RETURNING id")                                        \
    X(DRAFTS, "bb", LETTERS(DRAFT),                                                                              \
      PICK(DRAFT, "draft") "WHERE log_no=(SELECT no FROM log WHERE id=$1) AND person=$2 ORDER BY at,id")         \
    X(DRAFTS_COUNT, "bb", "i",                                                                                   \
      "SELECT count(*) FROM draft WHERE log_no=(SELECT no FROM log WHERE id=$1) AND person=$2")                  \
    X(DRAFT_DELETE, "ibib", "", "DELETE FROM draft WHERE log_no=$1 AND person=$2 AND kind=$3 AND entry=$4")      \
    X(DRAFTS_DELETE_OF_PERSON, "b", "", "DELETE FROM draft WHERE person=$1")                                     \
    X(DRAFTS_DELETE_OF_LOG, "i", "b", "DELETE FROM draft WHERE log_no=$1 RETURNING id")                          \
    X(BACKOFF_BY_KEY, "b", LETTERS(BACKOFF), PICK(BACKOFF, "backoff") "WHERE account=$1")                        \
    X(BACKOFF_PUT, LETTERS(BACKOFF), "b",                                                                        \
      "INSERT INTO backoff(" NAMES(BACKOFF) ") VALUES (" PLACES_3 ") ON CONFLICT (account) DO UPDATE SET "       \
      "failures=excluded.failures,until_at=excluded.until_at RETURNING account")                                 \
    X(BACKOFF_DELETE, "b", "", "DELETE FROM backoff WHERE account=$1")

#define STATEMENTS_OVER                                                                                          \
    X(SESSIONS_DELETE_OVER, "i", "b", "DELETE FROM session WHERE ends_at<=$1 RETURNING token_hash")              \
    X(FORMS_DELETE_OVER, "i", "b", "DELETE FROM form_key WHERE at<=$1 RETURNING hash")                           \
    X(ENROLMENTS_USED, "i", "b", "SELECT code_hash FROM enrolment WHERE used_at>0 AND used_at<=$1 ORDER BY code_hash LIMIT 1000")\
    X(ENROLMENTS_OVER, "i", "b", "SELECT code_hash FROM enrolment WHERE expires_at<=$1 ORDER BY code_hash LIMIT 1000")\
    X(BACKOFFS_DELETE_OVER, "i", "b", "DELETE FROM backoff WHERE until_at<=$1 RETURNING account")                \
    X(DRAFTS_DELETE_OVER, "i", "b", "DELETE FROM draft WHERE at<=$1 RETURNING id")

#define LOG_PAGE "ORDER BY last_activity_at DESC,no DESC LIMIT "
#define STATEMENTS_LOG                                                                                           \
    ADD(SCOPE_INSERT, "scope_key", SCOPE_KEY, PLACES_7, "scope")                                                 \
    X(SCOPES_BY_INDEX, "b", LETTERS(SCOPE_KEY), PICK(SCOPE_KEY, "scope_key") "WHERE blind_index=$1 ORDER BY scope") \
    X(SCOPE_UPDATE, "bibbbi", "b",                                                                               \
      "UPDATE scope_key SET epoch=$2,wrapped=$3,blind_index=$4,inner_index=$5,version=version+1 WHERE scope=$1 " \
      "AND version=$6 RETURNING scope")                                                                          \
    X(SCOPE_DELETE, "b", "b", "DELETE FROM scope_key WHERE scope=$1 RETURNING scope")                            \
    X(SCOPES_OLDER, "ibi", LETTERS(SCOPE_KEY),                                                                   \
      PICK(SCOPE_KEY, "scope_key") "WHERE epoch<$1 AND scope>$2 ORDER BY scope LIMIT $3")                        \
    X(LOG_NUMBER, "", "i",                                                                                       \
      "INSERT INTO counter(name,value) VALUES ('log',1) ON CONFLICT (name) DO UPDATE SET value=counter.value+1 " \
      "RETURNING value")                                                                                         \
    ADD(LOG_INSERT, "log", LOG, PLACES_16, "id")                                                                 \
    X(LOG_BY_ID, "b", LETTERS(LOG_PLAIN), PICK(LOG_PLAIN, "log") "WHERE id=$1")                                  \
    X(LOG_BY_DISPLAY, "i", LETTERS(LOG_PLAIN), PICK(LOG_PLAIN, "log") "WHERE display=$1")                        \
    X(LOG_BY_NO, "i", LETTERS(LOG_PLAIN), PICK(LOG_PLAIN, "log") "WHERE no=$1")                                  \
    X(LOG_BY_NO_FULL, "i", LETTERS(LOG_WRITTEN),                                                                 \
      "SELECT " NAMES(LOG) ",(SELECT a.head FROM audit a WHERE a.object=log.id AND a.change_count>0 "            \
      "ORDER BY a.seq DESC LIMIT 1) FROM log WHERE no=$1")                                                       \
    X(LOG_UPDATE, "iiibbiii", "b",                                                                               \
      "UPDATE log SET state=$2,flags=$3,unit=$4,holder=$5,wake_on=$6,closed_reason=$7,"                          \
      "access_version=access_version+1 WHERE no=$1 AND access_version=$8 RETURNING id")                          \
    X(LOG_ACCESS, "i", "b", "UPDATE log SET access_version=access_version+1 WHERE no=$1 RETURNING id")           \
    X(LOG_WRITTEN, "iiibi", "b",                                                                                 \
      "UPDATE log SET last_activity_at=$2,wake_on=$3,header=CASE WHEN $5>0 THEN $4 ELSE header END,"             \
      "header_version=header_version+CASE WHEN $5>0 THEN 1 ELSE 0 END "                                          \
      "WHERE no=$1 AND ($5=0 OR header_version=$5) RETURNING id")                                                \
    X(LOG_HEAD, "ib", "b", "UPDATE log SET head=$2 WHERE no=$1 RETURNING id")                                    \
    X(LOG_SEQUENCE, "i", "bi", "UPDATE log SET next_seq=next_seq+1 WHERE no=$1 AND next_seq<16777216 RETURNING id,next_seq-1") \
    X(LOG_SEQUENCES, "ii", "bi",                                                                                 \
      "UPDATE log SET next_seq=next_seq+$2 WHERE no=$1 AND next_seq+$2<=16777216 RETURNING id,next_seq-$2")      \
    X(LOG_DELETE, "i", "b", "DELETE FROM log WHERE no=$1 RETURNING id")                                          \
    X(LOGS_OF_PERSON, "biiii", LETTERS(LOG),                                                                     \
      PICK(LOG, "log") "WHERE no IN (SELECT log_no FROM participant WHERE person=$1 AND from_at<=$2 AND "        \
                       "(to_at=0 OR to_at>$2) UNION SELECT no FROM log WHERE holder=$1) AND "                    \
                       "(last_activity_at,no)<($3,$4) " LOG_PAGE "$5")                                           \
    X(LOGS_OF_UNIT, "biii", LETTERS(LOG),                                                                        \
      PICK(LOG, "log") "WHERE unit=$1 AND (last_activity_at,no)<($2,$3) " LOG_PAGE "$4")                         \
    X(LOGS_WAKING, "iii", LETTERS(LOG_PLAIN),                                                                    \
      PICK(LOG_PLAIN, "log") "WHERE wake_on>0 AND wake_on<=$1 AND no>$2 ORDER BY no LIMIT $3")                   \
    X(LOGS_COUNT, "", "ii", "SELECT state,CAST(COUNT(*) AS BIGINT) FROM log GROUP BY state ORDER BY state")      \
    X(LOGS_COUNT_OF_UNIT, "b", "ii",                                                                             \
      "SELECT state,CAST(COUNT(*) AS BIGINT) FROM log WHERE unit=$1 GROUP BY state ORDER BY state")

#define STATEMENTS_CONTENT                                                                                       \
    X(ENTRY_INSERT, LETTERS(ENTRY), "bi",                                                                        \
      "INSERT INTO entry(" NAMES(ENTRY) ") SELECT $1,$3*16777216+next_seq-1,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,"   \
      "$13,$14 FROM log WHERE no=$3 ON CONFLICT DO NOTHING RETURNING id,no")                                     \
    X(ENTRY_ADD, LETTERS(ENTRY), "", "INSERT INTO entry(" NAMES(ENTRY) ") VALUES (" PLACES_14 ")")               \
    X(ENTRY_NEWEST, "ib", "bii",                                                                                 \
      "SELECT id,version,kind FROM entry WHERE log_no=$1 AND entry=$2 ORDER BY version DESC LIMIT 1")            \
    X(ENTRIES_OF_LOG, "i", LETTERS(ENTRY), PICK(ENTRY, "entry") "WHERE no>=$1*16777216 AND no<($1+1)*16777216 ORDER BY no") \
    X(ENTRIES_OF_LOG_AFTER, "ii", LETTERS(ENTRY), PICK(ENTRY, "entry") "WHERE no>$2 AND no<($1+1)*16777216 ORDER BY no") \
    X(ENTRY_IN_LOG, "bb", LETTERS(ENTRY),                                                                        \
      PICK(ENTRY, "entry") "WHERE id=$1 AND log_no=(SELECT no FROM log WHERE id=$2)")                            \
    X(ENTRY_VERSIONS, "bb", LETTERS(ENTRY),                                                                      \
      PICK(ENTRY, "entry") "WHERE entry=$1 AND log_no=(SELECT no FROM log WHERE id=$2) ORDER BY version")        \
    X(ENTRY_DELETE, "b", "b", "DELETE FROM entry WHERE id=$1 RETURNING id")                                      \
    ADD(PARTICIPANT_INSERT, "participant", PARTICIPANT, PLACES_11, "id")                                         \
    X(PARTICIPANT_UPDATE, "biibi", "i",                                                                          \
      "UPDATE participant SET to_at=$2,let_in=$3,sealed=$4,version=version+1 WHERE id=$1 AND version=$5 "        \
      "RETURNING log_no")                                                                                        \
    X(PARTICIPANTS_OF_LOG, "i", LETTERS(PARTICIPANT), PICK(PARTICIPANT, "participant") "WHERE log_no=$1 ORDER BY id") \
    X(PARTICIPANTS_STANDING, "bb", LETTERS(PARTICIPANT_PLAIN),                                                   \
      PICK(PARTICIPANT_PLAIN, "participant") "WHERE log_no=" LOG_OF_ID " AND (person=$2 OR to_at<>0) "           \
                                             "ORDER BY from_at,id")                                              \
    X(PARTICIPATIONS, "b", LETTERS(PARTICIPANT_PLAIN),                                                           \
      PICK(PARTICIPANT_PLAIN, "participant") "WHERE person=$1 ORDER BY from_at,id")                              \
    X(PARTICIPANT_DELETE, "b", "b", "DELETE FROM participant WHERE id=$1 RETURNING id")                          \
    ADD(CONSENT_INSERT, "consent", CONSENT, PLACES_9, "id")                                                      \
    X(CONSENT_WITHDRAW, "bi", "i",                                                                               \
      "UPDATE consent SET withdrawn_at=$2,version=version+1 WHERE id=$1 AND withdrawn_at=0 RETURNING log_no")    \
    X(CONSENTS_OF_LOG, "i", LETTERS(CONSENT), PICK(CONSENT, "consent") "WHERE log_no=$1 ORDER BY id")            \
    X(CONSENTS_STANDING, "b", LETTERS(CONSENT_PLAIN),                                                            \
      PICK(CONSENT_PLAIN, "consent") "WHERE log_no=" LOG_OF_ID " ORDER BY id")                                   \
    X(CONSENT_DELETE, "b", "b", "DELETE FROM consent WHERE id=$1 RETURNING id")                                  \
    ADD(CONSENT_UNIT_INSERT, "consent_unit", CONSENT_UNIT, PLACES_4, "id")                                       \
    X(CONSENT_UNIT_DELETE, "b", "i", "DELETE FROM consent_unit WHERE id=$1 RETURNING log_no")                    \
    X(CONSENT_UNITS_OF_LOG, "i", LETTERS(CONSENT_UNIT), PICK(CONSENT_UNIT, "consent_unit") "WHERE log_no=$1 ORDER BY id") \
    X(CONSENT_UNITS_STANDING, "b", LETTERS(CONSENT_UNIT),                                                        \
      PICK(CONSENT_UNIT, "consent_unit") "WHERE log_no=" LOG_OF_ID " ORDER BY id")                               \
    ADD(DOCUMENT_INSERT, "document", DOCUMENT, PLACES_6, "id")                                                   \
    X(DOCUMENTS_OF_LOG, "i", LETTERS(DOCUMENT_PLAIN), PICK(DOCUMENT_PLAIN, "document") "WHERE log_no=$1 ORDER BY id") \
    X(DOCUMENT_IN_LOG, "bb", LETTERS(DOCUMENT),                                                                  \
      PICK(DOCUMENT, "document") "WHERE id=$1 AND log_no=(SELECT no FROM log WHERE id=$2)")                      \
    X(DOCUMENT_BYTES, "b", "bb", "SELECT sha256,sealed FROM document WHERE id=$1")                               \
    X(DOCUMENT_DELETE, "b", "b", "DELETE FROM document WHERE id=$1 RETURNING id")                                \
    ADD(INBOX_INSERT, "inbox", INBOX, PLACES_6, "id")                                                            \
    X(INBOX_OF_PERSON, "bibi", LETTERS(INBOX),                                                                   \
      PICK(INBOX, "inbox") "WHERE person=$1 AND (at,id)<($2,$3) ORDER BY at DESC,id DESC LIMIT $4")              \
    X(INBOX_UNREAD, "b", "i", "SELECT CAST(COUNT(*) AS BIGINT) FROM inbox WHERE person=$1 AND read_at=0")        \
    X(INBOX_IDS_OF_PERSON, "b", "b", "SELECT id FROM inbox WHERE person=$1")                                     \
    X(INBOX_READ, "bbi", "b",                                                                                    \
      "UPDATE inbox SET read_at=CASE WHEN read_at=0 THEN $3 ELSE read_at END WHERE id=$1 AND person=$2 RETURNING id") \
    X(INBOX_DELETE, "b", "b", "DELETE FROM inbox WHERE id=$1 RETURNING id")

#define AUDIT_PAGE "ORDER BY seq DESC LIMIT "
#define STATEMENTS_EVIDENCE                                                                                      \
    X(AUDIT_INSERT, LETTERS(AUDIT_LINE) "b", "",                                                                 \
      "INSERT INTO audit(" NAMES(AUDIT_LINE) ",changes) VALUES (" PLACES_17 ")")                                 \
    X(AUDIT_LAST, "ii", "ib", "SELECT seq,hash FROM audit WHERE seq>=$1 AND seq<$2 ORDER BY seq DESC LIMIT 1")   \
    X(AUDIT_REQUEST, "b", "i", "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE request=$1")                    \
    X(AUDIT_OF_OBJECT, "bii", LETTERS(AUDIT_LINE),                                                               \
      PICK(AUDIT_LINE, "audit") "WHERE object=$1 AND seq<$2 " AUDIT_PAGE "$3")                                   \
    X(AUDIT_SEEN, "bii", LETTERS(AUDIT_LINE),                                                                    \
      PICK(AUDIT_LINE, "audit") "WHERE object=$1 AND seq<$2 AND outcome=1 " AUDIT_PAGE "$3")                     \
    X(AUDIT_OF_PERSON, "bii", LETTERS(AUDIT_LINE),                                                               \
      PICK(AUDIT_LINE, "audit") "WHERE person=$1 AND seq<$2 " AUDIT_PAGE "$3")                                   \
    X(AUDIT_ALL, "ii", LETTERS(AUDIT_LINE), PICK(AUDIT_LINE, "audit") "WHERE seq<$1 " AUDIT_PAGE "$2")           \
    X(AUDIT_CHAIN, "ii", LETTERS(AUDIT_LINE) "b",                                                                \
      "SELECT " NAMES(AUDIT_LINE) ",changes FROM audit WHERE seq>$1 ORDER BY seq LIMIT $2")                      \
    X(AUDIT_COUNT, "", "i", "SELECT CAST(COUNT(*) AS BIGINT) FROM audit")                                        \
    X(HEAD_INSERT, LETTERS(HEAD_SIGNATURE), "",                                                                  \
      "INSERT INTO head_signature(" NAMES(HEAD_SIGNATURE) ") VALUES (" PLACES_5 ") ON CONFLICT DO NOTHING")      \
    X(HEAD_NEWEST, "", LETTERS(HEAD_SIGNATURE), PICK(HEAD_SIGNATURE, "head_signature") "ORDER BY seq DESC LIMIT 1") \
    X(HEADS, "ii", LETTERS(HEAD_SIGNATURE), PICK(HEAD_SIGNATURE, "head_signature") "WHERE seq>$1 ORDER BY seq LIMIT $2") \
    X(SCHEMA_STEPS, "", "ib", "SELECT n,sha256 FROM schema_version ORDER BY n")                                  \
    X(SCHEMA_STEP, "ibi", "", "INSERT INTO schema_version(n,sha256,at) VALUES ($1,$2,$3)")

#define STATEMENTS                                                                                               \
    TRACKED(TRACK) STATEMENTS_PEOPLE STATEMENTS_VOLATILE STATEMENTS_OVER STATEMENTS_LOG STATEMENTS_CONTENT STATEMENTS_EVIDENCE

#define X(id, parameters, columns, sql) SQL_##id,
enum sql { STATEMENTS SQL_COUNT };
#undef X

/* Two statements per tracked table, in the order of enum table. */
#define SQL_TRACK(table) ((enum sql)(SQL_TRACK_SETTING + 2 * (unsigned)(table)))
#define SQL_PAGE(table) ((enum sql)(SQL_PAGE_SETTING + 2 * (unsigned)(table)))

typedef struct Statement {
    const char *name;
    const char *parameters;
    const char *columns;
    const char *sql;
} Statement;
extern const Statement statements[SQL_COUNT];

#endif
