/* Every statement that this program runs on its data, once: id, parameter types, column types, SQL.
 * Must not hold a value: parameters are $1.., texts are constants. Both databases read the same text ($n works in both).
 * Included by tx.c, and for the ids by the verbs.
 *
 * Types: i whole number, b bytes, B bytes or NULL, t text. */
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H

#include "store/statements_ending.h"
#include "store/statements_places.h"
#include "store/statements_report.h"
#include "store/statements_statistics.h"
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
#define PLACES_18 PLACES_17 ",$18"
#define PLACES_19 PLACES_18 ",$19"
#define PLACES_20 PLACES_19 ",$20"
#define PLACES_21 PLACES_20 ",$21"
#define PLACES_22 PLACES_21 ",$22"
#define PLACES_23 PLACES_22 ",$23"

/* An insert that tells by an empty answer that a unique value exists: no statement fails on data. */
#define ADD(ID, table, LIST, places, key, key_type)                                                             \
    X(ID, LETTERS(LIST), key_type, "INSERT INTO " table "(" NAMES(LIST) ") VALUES (" places ") ON CONFLICT DO NOTHING " \
                              "RETURNING " key)
/* The same of a tracked row, which comes back whole: its digest is known then (tx_touch_told). TOLD: its columns in the chain and its
 * proof. */
#define PUT(ID, table, LIST, places, TOLD)                                                                      \
    X(ID, LETTERS(LIST), LETTERS(TOLD), "INSERT INTO " table "(" NAMES(LIST) ") VALUES (" places ") ON CONFLICT DO NOTHING " \
                              "RETURNING " NAMES(TOLD))
#define PICK(LIST, table) "SELECT " NAMES(LIST) " FROM " table " "

/* With what the chain says beside the row: when a role was ended, which a line about it alone does; how often an account was taken into
 * use (94: ACT_ENROL). */
#define PICK_ROLE                                                                                                \
    "SELECT " NAMES(ROLE_PROVEN) ",COALESCE((SELECT MIN(at) FROM audit WHERE object=role.id AND change_count>0),0) FROM role "
#define PICK_PERSON                                                                                              \
    "SELECT " NAMES(PERSON_PROVEN) ",(SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE object=person.id AND act=94 AND outcome=1) " \
    "FROM person "

/* Reads one tracked row for its digest, and pages of the table for verification. */
#define TRACK(name, number, table, LIST, PROVEN, key, key_type)                                              \
    X(TRACK_##name, key_type, LETTERS(PROVEN), PICK(PROVEN, table) "WHERE " key "=$1")                           \
    X(PAGE_##name, key_type "i", LETTERS(PROVEN), PICK(PROVEN, table) "WHERE " key ">$1 ORDER BY " key " LIMIT $2")

/* A whole row in the place of the one with its key, which comes back whole as from PUT: what was proven is read, changed and proven
 * anew. */
#define REPLACE(ID, table, LIST, places, key) \
    X(ID, LETTERS(LIST), LETTERS(LIST), "UPDATE " table " SET (" NAMES(LIST) ")=(" places ") WHERE " key "=$1 RETURNING " NAMES(LIST))

/* The same of those that stand in no chain, and a proof put in by itself when a database is brought forward. */
#define PROOF_PAGE(name, number, table, LIST, PROVEN, key, key_type) \
    X(PAGE_##name, key_type "i", LETTERS(PROVEN), PICK(PROVEN, table) "WHERE " key ">$1 ORDER BY " key " LIMIT $2")

#define PROOF(name, table, key, key_type) \
    X(PROOF_##name, key_type "b", "", "UPDATE " table " SET proof=$2 WHERE " key "=$1")

/* The kinds of entries on which clocks of a log hang: confirmation, restriction and its end, claim, prolonging, death. */
#define IS_LIVED "kind IN (20,21,22,23,27,28)"

/* The notices that are tasks (domain/notices.h; test_inbox.c holds it to that table). */
#define IS_TASK "event IN (1,4,5,6,7,12,13,14,15,18,19,20,21,26,27,30,32,42,43,45,47,48,54,55,60)"

/* One thing told to several people: of each a row's id, the person and the proof. Ids that are empty are no rows. */
#define TOLD_LETTERS "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define TOLD_PLACES                                                                                               \
    "($5,$6,$7),($8,$9,$10),($11,$12,$13),($14,$15,$16),($17,$18,$19),($20,$21,$22),($23,$24,$25),($26,$27,$28)," \
    "($29,$30,$31),($32,$33,$34),($35,$36,$37),($38,$39,$40)"
/* The roles of whoever holds the log in the unit that owns it: 3 is ROLE_RELAY_HOLDER. */
#define OF_THE_HOLDER "FROM role r WHERE r.person=log.holder AND r.unit=log.unit AND r.role=3 "

#define MAIL_PLACES                                                                                               \
    "($3,$4,$5),($6,$7,$8),($9,$10,$11),($12,$13,$14),($15,$16,$17),($18,$19,$20),($21,$22,$23),($24,$25,$26),"   \
    "($27,$28,$29),($30,$31,$32),($33,$34,$35),($36,$37,$38)"

/* Rows that are read now: of each its id, and its proof from then on. */
#define READ_LETTERS "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define READ_PLACES                                                                                               \
    "($2,$3),($4,$5),($6,$7),($8,$9),($10,$11),($12,$13),($14,$15),($16,$17),($18,$19),($20,$21),($22,$23),"      \
    "($24,$25),($26,$27),($28,$29),($30,$31),($32,$33),($34,$35),($36,$37),($38,$39)"

/* The notice is none of a set, which follows and is closed by whoever asks. */
#define IS_TOLD "0=((CAST(1 AS BIGINT)<<CAST(event AS INTEGER)) & "

/* The number of the log $1; 0, which has no rows, when there is none: what hangs on it is looked for all the same. */
#define LOG_OF_ID "COALESCE((SELECT no FROM log WHERE id=$1),0)"

#define STATEMENTS_PEOPLE                                                                                        \
    PUT(SETTING_INSERT, "setting", SETTING_PROVEN, PLACES_4, SETTING_PROVEN)                                     \
    REPLACE(SETTING_REPLACE, "setting", SETTING_PROVEN, PLACES_4, "name")                                        \
    X(SETTINGS, "", LETTERS(SETTING_PROVEN), PICK(SETTING_PROVEN, "setting") "ORDER BY name")                    \
    PUT(UNIT_INSERT, "unit", UNIT_PROVEN, PLACES_7, UNIT_PROVEN)                                                 \
    REPLACE(UNIT_REPLACE, "unit", UNIT_PROVEN, PLACES_7, "id")                                                   \
    X(UNITS, "", LETTERS(UNIT_PROVEN), PICK(UNIT_PROVEN, "unit") "ORDER BY id")                                  \
    X(UNITS_OF_LOG, "b", LETTERS(UNIT_PROVEN),                                                                   \
      PICK(UNIT_PROVEN, "unit") "WHERE id IN (SELECT unit FROM log WHERE id=$1 UNION ALL SELECT unit FROM participant " \
                         "WHERE log_no=" LOG_OF_ID " UNION ALL SELECT unit FROM consent_unit WHERE log_no=" LOG_OF_ID " UNION ALL SELECT from_unit FROM transfer WHERE " \
                         "log=$1 UNION ALL SELECT to_unit FROM transfer WHERE log=$1) "                          \
                         "ORDER BY id")                                                                          \
    PUT(PERSON_INSERT, "person", PERSON_PROVEN, PLACES_10, PERSON_PROVEN)                                        \
    X(PERSON_LOGIN_TAKEN, "bb", "i",                                                                             \
      "SELECT CAST(COUNT(*) AS BIGINT) FROM person WHERE login_index=$1 AND id<>$2")                             \
    REPLACE(PERSON_REPLACE, "person", PERSON_PROVEN, PLACES_10, "id")                                            \
    X(PERSON_RIGHTS, "bbb", "", "UPDATE person SET rights=$2,proof=$3 WHERE id=$1")                              \
    X(PERSON_DELETE, "b", "b", "DELETE FROM person WHERE id=$1 RETURNING id")                                    \
    X(PERSON_BY_LOGIN, "b", LETTERS(PERSON_PROVEN) "i", PICK_PERSON "WHERE login_index=$1")                      \
    X(PERSON_BY_ID, "b", LETTERS(PERSON_PROVEN) "i", PICK_PERSON "WHERE id=$1")                                  \
    X(PERSONS_OF_UNIT, "bi", LETTERS(PERSON_PROVEN),                                                             \
      PICK(PERSON_PROVEN, "person") "WHERE id IN (SELECT person FROM role WHERE unit=$1 AND from_at<=$2 AND "    \
                             "(to_at=0 OR to_at>$2)) ORDER BY id")                                               \
    PUT(ROLE_INSERT, "role", ROLE_PROVEN, PLACES_8, ROLE_PROVEN)                                                 \
    REPLACE(ROLE_REPLACE, "role", ROLE_PROVEN, PLACES_8, "id")                                                   \
    X(ROLE_BY_ID, "b", LETTERS(ROLE_PROVEN) "i", PICK_ROLE "WHERE id=$1")                                        \
    X(ROLES_OF_PERSON, "b", LETTERS(ROLE_PROVEN) "i", PICK_ROLE "WHERE person=$1 ORDER BY from_at,id")           \
    X(ROLES_OF_UNIT, "b", LETTERS(ROLE_PROVEN) "i", PICK_ROLE "WHERE unit=$1 ORDER BY from_at,id")               \
    X(ROLES_HELD, "ii", LETTERS(ROLE_PROVEN) "i",                                                                \
      PICK_ROLE "WHERE role=$1 AND from_at<=$2 AND (to_at=0 OR to_at>$2) ORDER BY from_at,id")   \
    X(ROLES_OVER_LOG, "ibii", LETTERS(ROLE_PROVEN) "i",                                                          \
      PICK_ROLE "WHERE (role=$1 OR unit=$2 AND role=$3) AND from_at<=$4 AND (to_at=0 OR to_at>$4) "              \
      "ORDER BY from_at,id")                                                                                     \
    X(ROLE_DELETE, "b", "b", "DELETE FROM role WHERE id=$1 RETURNING id")                                        \
    PUT(ENROLMENT_INSERT, "enrolment", ENROLMENT_PROVEN, PLACES_5, ENROLMENT_PROVEN)                             \
    X(ENROLMENT_INSERT_BOTH, LETTERS(ENROLMENT_PROVEN) LETTERS(ENROLMENT_PROVEN), LETTERS(ENROLMENT_PROVEN),     \
      "INSERT INTO enrolment(" NAMES(ENROLMENT_PROVEN) ") VALUES (" PLACES_5 "),($6,$7,$8,$9,$10) "              \
      "ON CONFLICT DO NOTHING RETURNING " NAMES(ENROLMENT_PROVEN))                                               \
    REPLACE(ENROLMENT_REPLACE, "enrolment", ENROLMENT_PROVEN, PLACES_5, "code_hash")                             \
    X(ENROLMENTS_DELETE_OF_PERSON, "b", "b", "DELETE FROM enrolment WHERE person=$1 RETURNING code_hash")        \
    X(ENROLMENT_DELETE, "b", "b", "DELETE FROM enrolment WHERE code_hash=$1 RETURNING code_hash")                \
    PUT(MUNICIPALITY_INSERT, "municipality", MUNICIPALITY_PROVEN, PLACES_7, MUNICIPALITY_PROVEN)                 \
    X(MUNICIPALITY_NUMBER_TAKEN, "tb", "i",                                                                      \
      "SELECT CAST(COUNT(*) AS BIGINT) FROM municipality WHERE number=$1 AND id<>$2")                            \
    REPLACE(MUNICIPALITY_REPLACE, "municipality", MUNICIPALITY_PROVEN, PLACES_7, "id")                           \
    X(MUNICIPALITY_BY_NUMBER, "t", LETTERS(MUNICIPALITY_PROVEN), PICK(MUNICIPALITY_PROVEN, "municipality") "WHERE number=$1") \
    X(MUNICIPALITIES, "", LETTERS(MUNICIPALITY_PROVEN), PICK(MUNICIPALITY_PROVEN, "municipality") "ORDER BY name,id")

#define STATEMENTS_VOLATILE                                                                                      \
    ADD(SESSION_INSERT, "session", SESSION_PROVEN, PLACES_13, "token_hash", "b")                                 \
    X(SESSION_BY_TOKEN, "b", LETTERS(SESSION_PROVEN), PICK(SESSION_PROVEN, "session") "WHERE token_hash=$1")     \
    X(SESSION_ROLE, "b", LETTERS(ROLE_PROVEN) "i",                                                               \
      PICK_ROLE "WHERE id=(SELECT role_row FROM session WHERE token_hash=$1)")                   \
    X(SESSIONS_OF_PERSON, "b", LETTERS(SESSION_PROVEN), PICK(SESSION_PROVEN, "session") "WHERE person=$1 ORDER BY created_at,token_hash") \
    REPLACE(SESSION_REPLACE, "session", SESSION_PROVEN, PLACES_13, "token_hash")                                 \
    X(SESSION_DELETE, "b", "b", "DELETE FROM session WHERE token_hash=$1 RETURNING token_hash")                  \
    X(SESSIONS_DELETE_OF_PERSON, "b", "", "DELETE FROM session WHERE person=$1")                                 \
    X(SESSIONS_DELETE_OF_ROLE, "bb", "b", "DELETE FROM session WHERE person=$1 AND role_row=$2 RETURNING grant_id") \
    ADD(FORM_INSERT, "form_key", FORM_KEY_PROVEN, PLACES_6, "hash", "b")                                         \
    REPLACE(FORM_REPLACE, "form_key", FORM_KEY_PROVEN, PLACES_6, "hash")                                         \
    X(FORM_BY_HASH, "b", LETTERS(FORM_KEY_PROVEN), PICK(FORM_KEY_PROVEN, "form_key") "WHERE hash=$1")            \
    X(DRAFT_PUT, LETTERS(DRAFT_PROVEN), "b",                                                                     \
      "INSERT INTO draft(" NAMES(DRAFT_PROVEN) ") VALUES (" PLACES_8 ") ON CONFLICT (log_no,person,kind,entry) " \
      "DO UPDATE SET at=excluded.at,sealed=excluded.sealed,proof=excluded.proof RETURNING id")                   \
    X(DRAFTS, "bb", LETTERS(DRAFT_PROVEN),                                                                       \
      PICK(DRAFT_PROVEN, "draft") "WHERE log_no=(SELECT no FROM log WHERE id=$1) AND person=$2 ORDER BY at,id")  \
    X(DRAFT_OF, "ibib", LETTERS(DRAFT_PROVEN),                                                                   \
      PICK(DRAFT_PROVEN, "draft") "WHERE log_no=$1 AND person=$2 AND kind=$3 AND entry=$4")                      \
    X(DRAFTS_COUNT, "bb", "i",                                                                                   \
      "SELECT count(*) FROM draft WHERE log_no=(SELECT no FROM log WHERE id=$1) AND person=$2")                  \
    X(DRAFT_DELETE, "ibib", "", "DELETE FROM draft WHERE log_no=$1 AND person=$2 AND kind=$3 AND entry=$4")      \
    X(DRAFTS_DELETE_OF_PERSON, "b", "", "DELETE FROM draft WHERE person=$1")                                     \
    X(DRAFTS_DELETE_OF_LOG, "i", "b", "DELETE FROM draft WHERE log_no=$1 RETURNING id")                          \
    X(BACKOFF_BY_KEY, "b", LETTERS(BACKOFF_PROVEN), PICK(BACKOFF_PROVEN, "backoff") "WHERE account=$1")          \
    X(BACKOFF_PUT, LETTERS(BACKOFF_PROVEN), "b",                                                                 \
      "INSERT INTO backoff(" NAMES(BACKOFF_PROVEN) ") VALUES (" PLACES_4 ") ON CONFLICT (account) DO UPDATE SET " \
      "failures=excluded.failures,until_at=excluded.until_at,proof=excluded.proof RETURNING account")            \
    X(BACKOFF_DELETE, "b", "", "DELETE FROM backoff WHERE account=$1")                                           \
    ADD(INVITATION_INSERT, "invitation", INVITATION_PROVEN, PLACES_12, "id", "b")                                \
    REPLACE(INVITATION_REPLACE, "invitation", INVITATION_PROVEN, PLACES_12, "id")                                \
    X(INVITATION_BY_ID, "b", LETTERS(INVITATION_PROVEN), PICK(INVITATION_PROVEN, "invitation") "WHERE id=$1")    \
    X(INVITATIONS_OF_PERSON, "b", LETTERS(INVITATION_PROVEN),                                                    \
      PICK(INVITATION_PROVEN, "invitation") "WHERE maker=$1 ORDER BY made_at DESC,id LIMIT 100")                 \
    X(INVITATIONS_OF_LOG, "b", "b", "SELECT id FROM invitation WHERE log=$1 ORDER BY id LIMIT 1000")              \
    X(INVITATION_DELETE, "b", "b", "DELETE FROM invitation WHERE id=$1 RETURNING id")                            \
    ADD(INVITED_INSERT, "invited", INVITED_PROVEN, PLACES_7, "id", "b")                                          \
    REPLACE(INVITED_REPLACE, "invited", INVITED_PROVEN, PLACES_7, "id")                                          \
    X(INVITED_OF_PERSON, "b", LETTERS(INVITED_PROVEN),                                                           \
      PICK(INVITED_PROVEN, "invited") "WHERE person=$1 ORDER BY expires_at,id LIMIT 100")                        \
    X(INVITED_OF_INVITATION, "b", LETTERS(INVITED_PROVEN),                                                       \
      PICK(INVITED_PROVEN, "invited") "WHERE invitation=$1 ORDER BY said_at,id")                                 \
    X(INVITED_OF_MAKER, "b", LETTERS(INVITED_PROVEN),                                                            \
      PICK(INVITED_PROVEN, "invited") "WHERE maker=$1 ORDER BY invitation,id LIMIT 400")                         \
    X(INVITED_DELETE, "b", "b", "DELETE FROM invited WHERE invitation=$1 RETURNING id")                          \
    ADD(JOB_INSERT, "job", JOB_PROVEN, PLACES_5, "name", "t")                                                    \
    X(JOB_BY_NAME, "t", LETTERS(JOB_PROVEN), PICK(JOB_PROVEN, "job") "WHERE name=$1")                            \
    X(JOB_REPLACE, LETTERS(JOB_PROVEN) "ibi", "t",                                                               \
      "UPDATE job SET (" NAMES(JOB_PROVEN) ")=(" PLACES_5 ") WHERE name=$1 AND done_to=$6 AND runner=$7 AND until_at=$8 " \
      "RETURNING name")

#define STATEMENTS_REQUEST                                                                                       \
    ADD(BLIND_INSERT, "blind_request", BLIND_REQUEST_PROVEN, PLACES_8, "id", "b")                                \
    REPLACE(BLIND_REPLACE, "blind_request", BLIND_REQUEST_PROVEN, PLACES_8, "id")                                \
    X(BLIND_OF_PERSON_SINCE, "bi", "i", "SELECT CAST(COUNT(*) AS BIGINT) FROM blind_request WHERE person=$1 AND at>$2") \
    X(BLIND_OF_UNIT_SINCE, "bi", "i", "SELECT CAST(COUNT(*) AS BIGINT) FROM blind_request WHERE unit=$1 AND at>$2") \
    X(BLIND_LOG, "bbii", "b",                                                                                    \
      "SELECT log.id FROM scope_key JOIN log ON log.id=scope_key.scope WHERE scope_key.blind_index IN ($1,$2) " \
      "AND length(scope_key.blind_index)>0 AND log.state IN ($3,$4) " \
      "ORDER BY log.no DESC LIMIT 1")                                                                            \
    X(BLIND_SENT, "bi", LETTERS(BLIND_REQUEST_PROVEN),                                                           \
      PICK(BLIND_REQUEST_PROVEN, "blind_request") "WHERE unit=$1 ORDER BY at DESC,id LIMIT $2")                  \
    X(BLIND_RECEIVED, "bii", LETTERS(BLIND_REQUEST_PROVEN),                                                      \
      PICK(BLIND_REQUEST_PROVEN, "blind_request") "WHERE at>$2 AND EXISTS (SELECT 1 FROM log WHERE log.unit=$1 AND (" \
      "log.id=blind_request.log OR log.id IN (SELECT same.scope FROM scope_key met JOIN scope_key same ON same.blind_index=met.blind_index "                \
      "AND length(same.blind_index)>0 WHERE met.scope=blind_request.log))) ORDER BY at DESC,id LIMIT $3") \
    X(BLIND_SCOPES, "i", LETTERS(SCOPE_KEY_PROVEN),                                                              \
      PICK(SCOPE_KEY_PROVEN, "scope_key") "WHERE length(blind_index)>0 AND blind_index IN (SELECT met.blind_index FROM scope_key met " \
      "JOIN blind_request ON blind_request.log=met.scope WHERE blind_request.at>$1) ORDER BY scope")             \
    X(BLIND_LOGS, "iii", LETTERS(LOG_PLAIN),                                                                     \
      PICK(LOG_PLAIN, "log") "WHERE state IN ($2,$3) AND id IN (SELECT same.scope FROM blind_request JOIN scope_key met ON " \
      "met.scope=blind_request.log JOIN scope_key same ON same.blind_index=met.blind_index AND length(same.blind_index)>0 " \
      "WHERE blind_request.at>$1) ORDER BY no")                                                                  \
    X(BLIND_FOUND, "ii", LETTERS(BLIND_REQUEST_PROVEN),                                                          \
      PICK(BLIND_REQUEST_PROVEN, "blind_request") "WHERE at>$1 AND EXISTS (SELECT 1 FROM log WHERE log.id=blind_request.log) " \
      "ORDER BY at DESC,id LIMIT $2")                                                                            \
    X(BLIND_UNTOLD, "i", LETTERS(BLIND_REQUEST_PROVEN),                                                          \
      PICK(BLIND_REQUEST_PROVEN, "blind_request") "WHERE told_at=0 ORDER BY at,id LIMIT $1")

#define STATEMENTS_TRANSFER                                                                                      \
    PUT(TRANSFER_INSERT, "transfer", TRANSFER_PROVEN, PLACES_15, TRANSFER_PROVEN)                                \
    REPLACE(TRANSFER_REPLACE, "transfer", TRANSFER_PROVEN, PLACES_15, "id")                                     \
    X(TRANSFERS_OF_LOG, "b", LETTERS(TRANSFER_PROVEN),                                                           \
      PICK(TRANSFER_PROVEN, "transfer") "WHERE log=$1 ORDER BY proposed_at DESC,id LIMIT 1000")                  \
    X(TRANSFERS_TO_UNIT, "bi", LETTERS(TRANSFER_PROVEN),                                                         \
      PICK(TRANSFER_PROVEN, "transfer") "WHERE to_unit=$1 AND proposed_at>$2 ORDER BY proposed_at DESC,id LIMIT 100") \
    X(TRANSFERS_FROM_UNIT, "bi", LETTERS(TRANSFER_PROVEN),                                                       \
      PICK(TRANSFER_PROVEN, "transfer") "WHERE from_unit=$1 AND ended_at>$2 ORDER BY ended_at DESC,id LIMIT 100") \
    X(TRANSFERS_DELETE_OF_LOG, "i", "b",                                                                         \
      "DELETE FROM transfer WHERE log=(SELECT id FROM log WHERE no=$1) RETURNING id")

#define STATEMENTS_CROSSING                                                                                      \
    PUT(CROSSING_INSERT, "crossing", CROSSING_PROVEN, PLACES_18, CROSSING_PROVEN)                                \
    REPLACE(CROSSING_REPLACE, "crossing", CROSSING_PROVEN, PLACES_18, "id")                                     \
    X(CROSSINGS_OPEN, "ii", "b",                                                                                 \
      "SELECT id FROM crossing WHERE way=$1 AND step<$2 ORDER BY proposed_at,id LIMIT 1000")                     \
    X(CROSSINGS_TO_UNIT, "bii", LETTERS(CROSSING_PROVEN),                                                        \
      PICK(CROSSING_PROVEN, "crossing") "WHERE unit=$1 AND way=$2 AND proposed_at>$3 ORDER BY proposed_at DESC,id LIMIT 100") \
    X(CROSSINGS_OF_LOG, "i", "b",                                                                                \
      "SELECT id FROM crossing WHERE log=(SELECT id FROM log WHERE no=$1) ORDER BY id")                          \
    X(CROSSING_DELETE, "b", "b", "DELETE FROM crossing WHERE id=$1 RETURNING id")                                \
    PUT(PARTNER_INSERT, "partner", PARTNER_PROVEN, PLACES_6, PARTNER_PROVEN)                                     \
    REPLACE(PARTNER_REPLACE, "partner", PARTNER_PROVEN, PLACES_6, "id")                                          \
    X(PARTNERS, "", LETTERS(PARTNER_PROVEN), PICK(PARTNER_PROVEN, "partner") "ORDER BY id LIMIT 400")

#define STATEMENTS_OVER                                                                                          \
    X(SESSIONS_DELETE_OVER, "i", "b", "DELETE FROM session WHERE ends_at<=$1 RETURNING token_hash")              \
    X(FORMS_DELETE_OVER, "i", "b", "DELETE FROM form_key WHERE at<=$1 RETURNING hash")                           \
    X(ENROLMENTS_USED, "i", "b", "SELECT code_hash FROM enrolment WHERE used_at>0 AND used_at<=$1 ORDER BY code_hash LIMIT 1000") \
    X(ENROLMENTS_OVER, "i", "b", "SELECT code_hash FROM enrolment WHERE expires_at<=$1 ORDER BY code_hash LIMIT 1000") \
    X(INVITATIONS_OVER, "i", "b",                                                                                \
      "SELECT id FROM invitation WHERE expires_at<=$1 OR NOT EXISTS (SELECT 1 FROM role WHERE role.id=invitation.role_row " \
      "AND (role.to_at=0 OR role.to_at>$1)) ORDER BY id LIMIT 1000")                                             \
    X(BACKOFFS_DELETE_OVER, "i", "b", "DELETE FROM backoff WHERE until_at<=$1 RETURNING account")                \
    X(DRAFTS_DELETE_OVER, "i", "b", "DELETE FROM draft WHERE at<=$1 RETURNING id")                              \
    X(BLIND_DELETE_OVER, "i", "b", "DELETE FROM blind_request WHERE at<=$1 RETURNING id")

/* What a counter stands at, 0 where there is none; and made to stand no lower than that. */
#define COUNTER(id, name) \
    X(id, "", "i", "SELECT CAST(COALESCE(MAX(value),0) AS BIGINT) FROM counter WHERE name='" name "'")
#define COUNTER_RAISE(id, name)                                                                                  \
    X(id, "i", "i",                                                                                              \
      "INSERT INTO counter(name,value) VALUES ('" name "',$1) ON CONFLICT (name) DO UPDATE SET value=CASE WHEN " \
      "counter.value<$1 THEN $1 ELSE counter.value END RETURNING value")

#define LOG_PAGE "ORDER BY last_activity_at DESC,no DESC LIMIT "
#define STATEMENTS_LOG                                                                                           \
    PUT(SCOPE_INSERT, "scope_key", SCOPE_KEY_PROVEN, PLACES_8, SCOPE_KEY_PROVEN)                                 \
    X(SCOPES_BY_INDEX, "bb", LETTERS(SCOPE_KEY_PROVEN),                                                          \
      PICK(SCOPE_KEY_PROVEN, "scope_key") "WHERE blind_index IN ($1,$2) AND length(blind_index)>0 ORDER BY scope")  \
    REPLACE(SCOPE_REPLACE, "scope_key", SCOPE_KEY_PROVEN, PLACES_8, "scope")                                     \
    X(SCOPE_DELETE, "b", "b", "DELETE FROM scope_key WHERE scope=$1 RETURNING scope")                            \
    X(SCOPES_OLDER, "ii", LETTERS(SCOPE_KEY_PROVEN),                                                             \
      PICK(SCOPE_KEY_PROVEN, "scope_key") "WHERE epoch<$1 ORDER BY epoch,blind_index,scope LIMIT $2")            \
    X(SCOPES_OLDER_COUNT, "i", "i", "SELECT CAST(COUNT(*) AS BIGINT) FROM scope_key WHERE epoch<$1")             \
    COUNTER(EPOCH_LEAST, "epoch")                                                                                \
    COUNTER_RAISE(EPOCH_RAISE, "epoch")                                                                          \
    COUNTER(EPOCH_DESTROYED, "destroyed")                                                                        \
    COUNTER(EPOCH_TURNED, "turned")                                                                              \
    COUNTER_RAISE(EPOCH_TURNED_RAISE, "turned")                                                                  \
    X(EPOCH_DESTROY, "", "i",                                                                                    \
      "INSERT INTO counter(name,value) VALUES ('destroyed',1) ON CONFLICT (name) DO UPDATE SET value=counter.value+1 " \
      "RETURNING value")                                                                                         \
    X(LOG_NUMBER, "", "i",                                                                                       \
      "INSERT INTO counter(name,value) VALUES ('log',1) ON CONFLICT (name) DO UPDATE SET value=counter.value+1 " \
      "RETURNING value")                                                                                         \
    PUT(LOG_INSERT, "log", LOG, PLACES_18, LOG)                                                                  \
    X(LOG_BY_ID, "b", LETTERS(LOG_PLAIN) "b", "SELECT " NAMES(LOG_PLAIN) ",proof FROM log WHERE id=$1")          \
    X(LOG_STANDING, "bi", LETTERS(LOG_PLAIN) "bb" LETTERS(AUDIT_PROVEN) "i",                                     \
      "SELECT " LOG_PLAIN(NAME_IN_LOG, NAME_IN_LOG) "log.proof,log.head" AUDIT_PROVEN(NAME_IN_LINE, NAME_IN_LINE) \
      ",CASE WHEN EXISTS (SELECT 1 " OF_THE_HOLDER "AND r.from_at<=$2 AND (r.to_at=0 OR r.to_at>$2)) THEN 0 "    \
      "ELSE COALESCE((SELECT MAX(r.to_at) " OF_THE_HOLDER "AND r.to_at<>0 AND r.to_at<=$2),(SELECT MAX(r.to_at) FROM role r " \
      "WHERE r.person=log.holder AND r.role=3 AND r.to_at<>0 AND r.to_at<=$2),0) END FROM log LEFT JOIN audit line ON line.seq=(SELECT a.seq FROM audit a WHERE a.object=log.id AND a.change_count>0 " \
      "ORDER BY a.seq DESC LIMIT 1) WHERE log.id=$1")                                                            \
    X(LOG_CHANGED, "b", LETTERS(AUDIT_PROVEN),                                                                   \
      PICK(AUDIT_PROVEN, "audit") "WHERE object=$1 AND change_count>0 ORDER BY seq DESC LIMIT 1")                \
    X(LOG_PROOF, "ib", "", "UPDATE log SET proof=$2 WHERE no=$1")                                                \
    X(LOG_BY_DISPLAY, "i", LETTERS(LOG_PLAIN), PICK(LOG_PLAIN, "log") "WHERE display=$1")                        \
    X(LOG_BY_NO, "i", LETTERS(LOG_PLAIN), PICK(LOG_PLAIN, "log") "WHERE no=$1")                                  \
    X(LOG_BY_NO_FULL, "i", LETTERS(LOG), PICK(LOG, "log") "WHERE no=$1")                                         \
    X(LOG_UPDATE, "iiibbiiii", "b",                                                                              \
      "UPDATE log SET state=$2,flags=$3,unit=$4,holder=$5,wake_on=$6,closed_reason=$7,passive_at=$9,"            \
      "access_version=access_version+1 WHERE no=$1 AND access_version=$8 RETURNING id")                          \
    X(LOG_ACCESS, "i", "b", "UPDATE log SET access_version=access_version+1 WHERE no=$1 RETURNING id")           \
    X(LOG_WRITTEN, "iiibii", LETTERS(LOG),                                                                                \
      "UPDATE log SET last_activity_at=$2,wake_on=$3,looked_to=$6,header=CASE WHEN $5>0 THEN $4 ELSE header END,"             \
      "header_version=header_version+CASE WHEN $5>0 THEN 1 ELSE 0 END "                                          \
      "WHERE no=$1 AND ($5=0 OR header_version=$5) RETURNING " NAMES(LOG))                                       \
    X(LOG_HEAD, "ib", LETTERS(LOG), "UPDATE log SET head=$2 WHERE no=$1 RETURNING " NAMES(LOG))                  \
    X(LOG_HEAD_AND_PROOF, "ibb", LETTERS(LOG), "UPDATE log SET head=$2,proof=$3 WHERE no=$1 RETURNING " NAMES(LOG)) \
    X(LOG_SEQUENCE, "i", "bi", "UPDATE log SET next_seq=next_seq+1 WHERE no=$1 AND next_seq<16777216 RETURNING id,next_seq-1") \
    X(LOG_SEQUENCES, "ii", "bi",                                                                                 \
      "UPDATE log SET next_seq=next_seq+$2 WHERE no=$1 AND next_seq+$2<=16777216 RETURNING id,next_seq-$2")      \
    X(LOGS_OF_PERSON, "biiiii", LETTERS(LOG),                                                                    \
      PICK(LOG, "log") "WHERE no IN (SELECT log_no FROM participant WHERE person=$1 AND from_at<=$2 AND "        \
                       "(to_at=0 OR to_at>$6) UNION SELECT no FROM log WHERE holder=$1) AND "                    \
                       "(last_activity_at,no)<($3,$4) " LOG_PAGE "$5")                                           \
    X(LOGS_OF_UNIT, "biii", LETTERS(LOG),                                                                        \
      PICK(LOG, "log") "WHERE unit=$1 AND state<4 AND (last_activity_at,no)<($2,$3) " LOG_PAGE "$4")             \
    X(LOGS_PASSIVE, "iii", LETTERS(LOG),                                                                         \
      PICK(LOG, "log") "WHERE state=2 AND (passive_at,no)>($1,$2) ORDER BY passive_at,no LIMIT $3")              \
    X(LOGS_PASSIVE_OF_UNIT, "iiib", LETTERS(LOG),                                                                \
      PICK(LOG, "log") "WHERE unit=$4 AND state=2 AND (passive_at,no)>($1,$2) ORDER BY passive_at,no LIMIT $3")  \
    X(LOG_LIVED, "ii", LETTERS(ENTRY_LIVED),                                                                     \
      PICK(ENTRY_LIVED, "entry") "WHERE no>=$1 AND no<$2 AND " IS_LIVED " ORDER BY no")                          \
    X(LOGS_WAKING, "iiii", LETTERS(LOG_PLAIN),                                                                    \
      PICK(LOG_PLAIN, "log") "WHERE wake_on>0 AND wake_on<=$1 AND (wake_on,no)>($2,$3) ORDER BY wake_on,no LIMIT $4") \
    X(LOGS_UNHELD, "iii", LETTERS(LOG_PLAIN),                                                                    \
      PICK(LOG_PLAIN, "log") "WHERE no>$2 AND no IN (SELECT l.no FROM role e JOIN log l ON l.holder=e.person " \
      "WHERE e.role=3 AND e.to_at<>0 AND e.to_at<=$1 AND l.state=1 AND NOT EXISTS (SELECT 1 FROM role r WHERE "  \
      "r.person=l.holder AND r.unit=l.unit AND r.role=3 AND r.from_at<=$1 AND (r.to_at=0 OR r.to_at>$1))) "      \
      "ORDER BY no LIMIT $3")                                                                                    \
    X(LOGS_HELD_BY, "bb", "i", "SELECT CAST(COUNT(*) AS BIGINT) FROM log WHERE holder=$1 AND unit=$2 AND state=1") \
    X(LOGS_NAMING_UNIT, "bii", LETTERS(LOG_PLAIN),                                                               \
      PICK(LOG_PLAIN, "log") "WHERE no>$2 AND state<4 AND no IN (SELECT no FROM log WHERE unit=$1 UNION "        \
      "SELECT log_no FROM participant WHERE unit=$1 UNION SELECT log_no FROM consent_unit WHERE unit=$1) "       \
      "ORDER BY no LIMIT $3")                                                                                    \
    X(UNIT_IS_EMPTY, "bi", "i",                                                                                  \
      "SELECT CAST(CASE WHEN EXISTS (SELECT 1 FROM log WHERE unit=$1 AND state<4) OR EXISTS (SELECT 1 FROM role WHERE " \
      "unit=$1 AND (to_at=0 OR to_at>$2)) THEN 0 ELSE 1 END AS BIGINT)")                                         \
    X(LOGS_COUNT, "", "ii", "SELECT state,CAST(COUNT(*) AS BIGINT) FROM log GROUP BY state ORDER BY state")      \
    X(LOGS_COUNT_OF_UNIT, "b", "ii",                                                                             \
      "SELECT state,CAST(COUNT(*) AS BIGINT) FROM log WHERE unit=$1 GROUP BY state ORDER BY state")

#define STATEMENTS_CONTENT                                                                                       \
    X(ENTRY_INSERT, LETTERS(ENTRY), LETTERS(ENTRY),                                                              \
      "INSERT INTO entry(" NAMES(ENTRY) ") SELECT $1,$3*16777216+next_seq-1,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,"   \
      "$13,$14 FROM log WHERE no=$3 ON CONFLICT DO NOTHING RETURNING " NAMES(ENTRY))                             \
    X(ENTRY_ADD, LETTERS(ENTRY), "", "INSERT INTO entry(" NAMES(ENTRY) ") VALUES (" PLACES_14 ")")               \
    X(ENTRY_NEWEST, "ib", "bii",                                                                                 \
      "SELECT id,version,kind FROM entry WHERE log_no=$1 AND entry=$2 ORDER BY version DESC LIMIT 1")            \
    X(ENTRIES_OF_LOG, "i", LETTERS(ENTRY), PICK(ENTRY, "entry") "WHERE no>=$1*16777216 AND no<($1+1)*16777216 ORDER BY no") \
    X(ENTRIES_OF_LOG_AFTER, "ii", LETTERS(ENTRY), PICK(ENTRY, "entry") "WHERE no>$2 AND no<($1+1)*16777216 ORDER BY no") \
    X(ENTRY_LAST, "ii", LETTERS(ENTRY),                                                                          \
      PICK(ENTRY, "entry") "WHERE no>=$1*16777216 AND no<($1+1)*16777216 AND kind=$2 AND version=1 ORDER BY no DESC LIMIT 1") \
    X(ENTRY_IN_LOG, "bb", LETTERS(ENTRY),                                                                        \
      PICK(ENTRY, "entry") "WHERE id=$1 AND log_no=(SELECT no FROM log WHERE id=$2)")                            \
    X(ENTRY_VERSIONS, "bb", LETTERS(ENTRY),                                                                      \
      PICK(ENTRY, "entry") "WHERE entry=$1 AND log_no=(SELECT no FROM log WHERE id=$2) ORDER BY version")        \
    X(ENTRY_DELETE, "b", "b", "DELETE FROM entry WHERE id=$1 RETURNING id")                                      \
    PUT(PARTICIPANT_INSERT, "participant", PARTICIPANT, PLACES_11, PARTICIPANT)                                  \
    X(PARTICIPANT_UPDATE, "biibi", LETTERS(PARTICIPANT),                                                         \
      "UPDATE participant SET to_at=$2,let_in=$3,sealed=$4,version=version+1 WHERE id=$1 AND version=$5 "        \
      "RETURNING " NAMES(PARTICIPANT))                                                                           \
    X(PARTICIPANT_MOVE, "bb", "i", "UPDATE participant SET unit=$2 WHERE id=$1 RETURNING log_no")                 \
    X(PARTICIPANT_END, "bi", "i", "UPDATE participant SET to_at=$2 WHERE id=$1 RETURNING log_no")                 \
    X(PARTICIPANTS_OF_LOG, "i", LETTERS(PARTICIPANT), PICK(PARTICIPANT, "participant") "WHERE log_no=$1 ORDER BY id") \
    X(PARTICIPANTS_STANDING, "b", LETTERS(PARTICIPANT_PLAIN),                                                    \
      PICK(PARTICIPANT_PLAIN, "participant") "WHERE log_no=" LOG_OF_ID " ORDER BY from_at,id")                   \
    X(PLACES_OF_LOG, "i", LETTERS(PARTICIPANT_PLAIN), PICK(PARTICIPANT_PLAIN, "participant") "WHERE log_no=$1 ORDER BY id") \
    X(PARTICIPANT_BY_ID, "b", LETTERS(PARTICIPANT_PLAIN), PICK(PARTICIPANT_PLAIN, "participant") "WHERE id=$1")  \
    X(PARTICIPATIONS, "b", LETTERS(PARTICIPANT_PLAIN),                                                           \
      PICK(PARTICIPANT_PLAIN, "participant") "WHERE person=$1 ORDER BY from_at,id")                              \
    X(PARTICIPANT_DELETE, "b", "b", "DELETE FROM participant WHERE id=$1 RETURNING id")                          \
    PUT(CONSENT_INSERT, "consent", CONSENT, PLACES_9, CONSENT)                                                   \
    X(CONSENT_WITHDRAW, "bi", "i",                                                                               \
      "UPDATE consent SET withdrawn_at=$2 WHERE id=$1 AND withdrawn_at=0 RETURNING log_no")                      \
    X(CONSENTS_OF_LOG, "i", LETTERS(CONSENT), PICK(CONSENT, "consent") "WHERE log_no=$1 ORDER BY id")            \
    X(CONSENTS_STANDING, "b", LETTERS(CONSENT_PLAIN),                                                            \
      PICK(CONSENT_PLAIN, "consent") "WHERE log_no=" LOG_OF_ID " ORDER BY id")                                   \
    X(CONSENT_DELETE, "b", "b", "DELETE FROM consent WHERE id=$1 RETURNING id")                                  \
    PUT(CONSENT_UNIT_INSERT, "consent_unit", CONSENT_UNIT, PLACES_4, CONSENT_UNIT)                               \
    X(CONSENT_UNIT_DELETE, "b", "i", "DELETE FROM consent_unit WHERE id=$1 RETURNING log_no")                    \
    X(CONSENT_UNIT_MOVE, "bb", "i", "UPDATE consent_unit SET unit=$2 WHERE id=$1 RETURNING log_no")               \
    X(CONSENT_UNITS_OF_LOG, "i", LETTERS(CONSENT_UNIT), PICK(CONSENT_UNIT, "consent_unit") "WHERE log_no=$1 ORDER BY id") \
    X(CONSENT_UNITS_STANDING, "b", LETTERS(CONSENT_UNIT),                                                        \
      PICK(CONSENT_UNIT, "consent_unit") "WHERE log_no=" LOG_OF_ID " ORDER BY id")                               \
    PUT(DOCUMENT_INSERT, "document", DOCUMENT, PLACES_6, DOCUMENT_PLAIN)                                         \
    X(DOCUMENTS_OF_LOG, "i", LETTERS(DOCUMENT_PLAIN), PICK(DOCUMENT_PLAIN, "document") "WHERE log_no=$1 ORDER BY id") \
    X(DOCUMENT_IN_LOG, "bb", LETTERS(DOCUMENT),                                                                  \
      PICK(DOCUMENT, "document") "WHERE id=$1 AND log_no=(SELECT no FROM log WHERE id=$2)")                      \
    X(DOCUMENT_BYTES, "b", "bb", "SELECT sha256,sealed FROM document WHERE id=$1")                               \
    X(DOCUMENT_DELETE, "b", "b", "DELETE FROM document WHERE id=$1 RETURNING id")                                \
    PUT(INBOX_INSERT, "inbox", INBOX_PROVEN, PLACES_9, INBOX_PROVEN)                                             \
    X(INBOX_TELL, "ibii" TOLD_LETTERS, LETTERS(INBOX_PROVEN),                                                    \
      "INSERT INTO inbox(" NAMES(INBOX_PROVEN) ") SELECT column1,column2,$1,$2,$3,0,$4,0,column3 FROM (VALUES "  \
      TOLD_PLACES ") told WHERE length(column1)>0 ON CONFLICT DO NOTHING RETURNING " NAMES(INBOX_PROVEN))         \
    X(INBOX_OF_PERSON, "bibii", LETTERS(INBOX_PROVEN),                                                           \
      PICK(INBOX_PROVEN, "inbox") "WHERE person=$1 AND (at,id)<($2,$3) AND " IS_TOLD "$5) ORDER BY at DESC,id DESC LIMIT $4") \
    X(INBOX_TASKS, "bii", LETTERS(INBOX_PROVEN),                                                                 \
      PICK(INBOX_PROVEN, "inbox") "WHERE person=$1 AND " IS_TASK " AND " IS_TOLD "$3) AND NOT EXISTS (SELECT 1 FROM inbox later WHERE " \
      "later.person=inbox.person AND later.event=inbox.event AND later.object=inbox.object AND later.due>inbox.due " \
      "AND later.due<>0) ORDER BY +at DESC,id DESC LIMIT $2")                                                    \
    X(INBOX_LIVED, "bibib", LETTERS(ENTRY_LIVED),                                                                \
      "SELECT log.no,entry.kind,entry.at FROM (SELECT DISTINCT object FROM inbox WHERE person=$1 AND "           \
      "(at,id)<=($2,$3) AND (at,id)>=($4,$5) AND " IS_TASK ") told CROSS JOIN log CROSS JOIN entry WHERE "       \
      "log.id=told.object AND entry.no>=log.no*16777216 AND entry.no<(log.no+1)*16777216 AND entry." IS_LIVED " " \
      "ORDER BY entry.no")                                                                                       \
    X(INBOX_UNREAD, "bi", "i", "SELECT CAST(COUNT(*) AS BIGINT) FROM inbox WHERE person=$1 AND read_at=0 AND " IS_TOLD "$2)") \
    X(INBOX_UNREAD_ROWS, "b", LETTERS(INBOX_PROVEN), PICK(INBOX_PROVEN, "inbox") "WHERE person=$1 AND read_at=0 ORDER BY id LIMIT 600") \
    X(INBOX_READ, "i" READ_LETTERS, LETTERS(INBOX_PROVEN),                                                       \
      "UPDATE inbox SET read_at=$1,proof=column2 FROM (VALUES " READ_PLACES ") seen WHERE id=column1 RETURNING " NAMES(INBOX_PROVEN)) \
    X(INBOX_DELETE_OF_PERSON, "b", "b", "DELETE FROM inbox WHERE person=$1 RETURNING id")                        \
    X(SILENCE_OF_PERSON, "b", LETTERS(SILENCE_PROVEN), PICK(SILENCE_PROVEN, "silence") "WHERE person=$1")        \
    X(SILENCE_PUT, LETTERS(SILENCE_PROVEN), "b",                                                                 \
      "INSERT INTO silence(" NAMES(SILENCE_PROVEN) ") VALUES (" PLACES_3 ") ON CONFLICT (person) DO UPDATE SET " \
      "notices=excluded.notices,proof=excluded.proof RETURNING person")                                          \
    X(SILENCE_DELETE, "b", "b", "DELETE FROM silence WHERE person=$1 RETURNING person")                          \
    X(OUTBOX_PUT, "ii" TOLD_LETTERS, "b",                                                                        \
      "INSERT INTO outbox(" NAMES(OUTBOX_PROVEN) ") SELECT column1,column2,$1,$2,column3 FROM (VALUES "          \
      MAIL_PLACES ") told WHERE EXISTS (SELECT 1 FROM inbox WHERE inbox.id=column1) ON CONFLICT DO NOTHING RETURNING id")                          \
    X(OUTBOX_WAITING, "i", LETTERS(OUTBOX_PROVEN), PICK(OUTBOX_PROVEN, "outbox") "ORDER BY at,id LIMIT $1")      \
    X(OUTBOX_DELETE_OF_PERSON, "b", "b", "DELETE FROM outbox WHERE person=$1 RETURNING id")                      \
    X(OUTBOX_DELETE_OVER, "i", "b", "DELETE FROM outbox WHERE at<=$1 RETURNING id")

#define AUDIT_PAGE "ORDER BY seq DESC LIMIT "
#define STATEMENTS_EVIDENCE                                                                                      \
    X(AUDIT_INSERT, LETTERS(AUDIT_PROVEN), "", "INSERT INTO audit(" NAMES(AUDIT_PROVEN) ") VALUES (" PLACES_18 ")") \
    X(AUDIT_LAST, "ii", "ib", "SELECT seq,hash FROM audit WHERE seq>=$1 AND seq<$2 ORDER BY seq DESC LIMIT 1")   \
    X(AUDIT_REQUEST, "b", LETTERS(AUDIT_PROVEN), PICK(AUDIT_PROVEN, "audit") "WHERE request=$1")                 \
    X(AUDIT_OF_OBJECT, "bii", LETTERS(AUDIT_LINE),                                                               \
      PICK(AUDIT_LINE, "audit") "WHERE object=$1 AND seq<$2 " AUDIT_PAGE "$3")                                   \
    X(AUDIT_SEEN, "bii", LETTERS(AUDIT_LINE),                                                                    \
      PICK(AUDIT_LINE, "audit") "WHERE object=$1 AND seq<$2 AND outcome=1 " AUDIT_PAGE "$3")                     \
    X(AUDIT_ENROLMENTS, "b", LETTERS(AUDIT_PROVEN),                                                              \
      PICK(AUDIT_PROVEN, "audit")                                                                                \
      "WHERE seq IN ((SELECT MAX(seq) FROM audit WHERE object=$1 AND act=94 AND outcome=1),"                     \
      "(SELECT MAX(seq) FROM audit WHERE object=$1 AND act=94 AND outcome=2)) ORDER BY seq DESC")                \
    X(AUDIT_OF_PERSON, "bii", LETTERS(AUDIT_LINE),                                                               \
      PICK(AUDIT_LINE, "audit") "WHERE person=$1 AND seq<$2 " AUDIT_PAGE "$3")                                   \
    X(AUDIT_ALL, "ii", LETTERS(AUDIT_LINE), PICK(AUDIT_LINE, "audit") "WHERE seq<$1 " AUDIT_PAGE "$2")           \
    X(AUDIT_CHAIN, "ii", LETTERS(AUDIT_PROVEN), PICK(AUDIT_PROVEN, "audit") "WHERE seq>$1 ORDER BY seq LIMIT $2") \
    X(AUDIT_HASHES, "ii", "ib", "SELECT seq,hash FROM audit WHERE seq>$1 ORDER BY seq LIMIT $2")                 \
    X(AUDIT_PROOF, "ib", "", "UPDATE audit SET proof=$2 WHERE seq=$1")                                           \
    X(AUDIT_COUNT, "", "i", "SELECT CAST(COUNT(*) AS BIGINT) FROM audit")                                        \
    X(HEAD_INSERT, LETTERS(HEAD_SIGNATURE), "",                                                                  \
      "INSERT INTO head_signature(" NAMES(HEAD_SIGNATURE) ") VALUES (" PLACES_5 ") ON CONFLICT DO NOTHING")      \
    X(HEAD_NEWEST, "", LETTERS(HEAD_SIGNATURE), PICK(HEAD_SIGNATURE, "head_signature") "ORDER BY seq DESC LIMIT 1") \
    X(HEADS, "ii", LETTERS(HEAD_SIGNATURE), PICK(HEAD_SIGNATURE, "head_signature") "WHERE seq>$1 ORDER BY seq LIMIT $2") \
    PROOF(SETTING, "setting", "name", "t") PROOF(UNIT, "unit", "id", "b")                                       \
    PROOF(ROLE, "role", "id", "b") PROOF(ENROLMENT, "enrolment", "code_hash", "b") PROOF(INBOX, "inbox", "id", "b") \
    PROOF(SCOPE_KEY, "scope_key", "scope", "b")                                                                  \
    PROOF(MUNICIPALITY, "municipality", "id", "b") PROOF(SESSION, "session", "token_hash", "b")                  \
    PROOF(FORM_KEY, "form_key", "hash", "b") PROOF(DRAFT, "draft", "id", "b") PROOF(BACKOFF, "backoff", "account", "b") \
    X(SCHEMA_STEPS, "", "ib", "SELECT n,sha256 FROM schema_version ORDER BY n")                                  \
    X(SCHEMA_STEP, "ibi", "", "INSERT INTO schema_version(n,sha256,at) VALUES ($1,$2,$3)")

#define STATEMENTS                                                                                               \
    TRACKED(TRACK) PROVEN_ALONE(PROOF_PAGE) STATEMENTS_PEOPLE STATEMENTS_VOLATILE STATEMENTS_REQUEST STATEMENTS_TRANSFER STATEMENTS_CROSSING STATEMENTS_PLACES STATEMENTS_REPORT STATEMENTS_STATISTICS STATEMENTS_OVER STATEMENTS_LOG STATEMENTS_CONTENT \
    STATEMENTS_ENDING STATEMENTS_PURGE STATEMENTS_EVIDENCE

#define X(id, parameters, columns, sql) SQL_##id,
enum sql { STATEMENTS SQL_COUNT };
#undef X

/* Two statements per tracked table, in the order of enum table. */
#define SQL_TRACK(table) ((enum sql)(SQL_TRACK_SETTING + 2 * (unsigned)(table)))
#define SQL_PAGE(table)                                                                              \
    ((enum sql)((table) < TABLE_COUNT ? SQL_PAGE_SETTING + 2 * (unsigned)(table)                                 \
                                      : SQL_PAGE_SESSION + (unsigned)(table) - (unsigned)TABLE_SESSION))

typedef struct Statement {
    const char *name;
    const char *parameters;
    const char *columns;
    const char *sql;
} Statement;
extern const Statement statements[SQL_COUNT];

#endif
