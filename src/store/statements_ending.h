/* The statements about the end of logs: orders, purges and certificates. Part of statements.h, which has the rules.
 * Must not be included by anybody else.
 * Included by statements.h. */
#ifndef STORE_STATEMENTS_ENDING_H
#define STORE_STATEMENTS_ENDING_H

/* What becomes of logs at their end. */
#define STATEMENTS_PURGE                                                                                         \
    PUT(CERTIFICATE_INSERT, "certificate", CERTIFICATE_PROVEN, PLACES_10, CERTIFICATE_PROVEN)                    \
    REPLACE(CERTIFICATE_REPLACE, "certificate", CERTIFICATE_PROVEN, PLACES_10, "id")                             \
    X(DELETIONS_UNCONFIRMED, "ii", LETTERS(DELETION_PROVEN),                                                     \
      PICK(DELETION_PROVEN, "deletion") "WHERE purged_at<>0 AND purged_at<=$2 AND confirmed_at=0 ORDER BY purged_at,id LIMIT $1") \
    X(DELETIONS_UNSIGNED, "i", LETTERS(DELETION_PROVEN),                                                         \
      PICK(DELETION_PROVEN, "deletion") "WHERE purged_at<>0 AND confirmed_at=0 AND EXISTS (SELECT 1 FROM certificate " \
      "WHERE certificate.id=deletion.id AND length(certificate.signature)=0) ORDER BY purged_at,id LIMIT $1")    \
    X(LOG_BURY, "iiibb", "b",                                                                                    \
      "UPDATE log SET state=$3,flags=0,holder=$4,wake_on=0,closed_reason=0,passive_at=0,looked_to=0,header=$5,"  \
      "header_version=0,access_version=access_version+1 WHERE no=$1 AND state=$2 RETURNING id")                  \
    X(INBOX_DELETE_OF_LOG, "b", "b", "DELETE FROM inbox WHERE object=$1 RETURNING id")                           \
    X(OUTBOX_DELETE_OF_LOG, "b", "b", "DELETE FROM outbox WHERE id IN (SELECT id FROM inbox WHERE object=$1) RETURNING id") \
    X(BLIND_OF_LOG, "b", LETTERS(BLIND_REQUEST_PROVEN), PICK(BLIND_REQUEST_PROVEN, "blind_request") "WHERE log=$1 ORDER BY id") \
    X(INVITATIONS_COUNT_OF_LOG, "b", "i", "SELECT CAST(COUNT(*) AS BIGINT) FROM invitation WHERE log=$1")

#define STATEMENTS_ENDING                                                                                        \
    PUT(DELETION_INSERT, "deletion", DELETION_PROVEN, PLACES_23, DELETION_PROVEN)                                \
    REPLACE(DELETION_REPLACE, "deletion", DELETION_PROVEN, PLACES_23, "id")                                      \
    X(DELETION_BY_ID, "b", LETTERS(DELETION_PROVEN), PICK(DELETION_PROVEN, "deletion") "WHERE id=$1")            \
    X(DELETION_OF_LOG, "i", LETTERS(DELETION_PROVEN), PICK(DELETION_PROVEN, "deletion") "WHERE log_no=$1 AND stopped_at=0") \
    X(DELETIONS_WAITING, "iib", LETTERS(DELETION_PROVEN),                                                        \
      PICK(DELETION_PROVEN, "deletion") "WHERE stopped_at=0 AND purged_at=0 AND (ordered_at,id)>($2,$3) "        \
      "ORDER BY ordered_at,id LIMIT $1")                                                                         \
    X(DELETIONS_WAITING_OF_UNIT, "iibb", LETTERS(DELETION_PROVEN),                                               \
      PICK(DELETION_PROVEN, "deletion") "WHERE stopped_at=0 AND purged_at=0 AND (ordered_at,id)>($2,$3) AND "    \
      "log_no IN (SELECT no FROM log WHERE unit=$4) ORDER BY ordered_at,id LIMIT $1")                            \
    X(DELETIONS_DUE, "iib", LETTERS(DELETION_PROVEN),                                                            \
      PICK(DELETION_PROVEN, "deletion") "WHERE approved_at<>0 AND stopped_at=0 AND purged_at=0 AND purge_at<=$2 " \
      "AND id>$3 ORDER BY id LIMIT $1")                                                                          \
    X(DELETIONS_DONE, "iib", LETTERS(DELETION_PROVEN),                                                           \
      PICK(DELETION_PROVEN, "deletion") "WHERE purged_at<>0 AND (purged_at,id)<($2,$3) "                         \
      "ORDER BY purged_at DESC,id DESC LIMIT $1")

#endif
