/* The statements about archive reports, for the one list of statements.h.
 * Must not be included elsewhere: it is read by the macros of that file.
 * Included by statements.h. */
#ifndef STORE_STATEMENTS_REPORT_H
#define STORE_STATEMENTS_REPORT_H

#define STATEMENTS_REPORT                                                                                        \
    PUT(REPORT_INSERT, "report", REPORT_PROVEN, PLACES_13, REPORT_PROVEN)                                        \
    REPLACE(REPORT_REPLACE, "report", REPORT_PROVEN, PLACES_13, "id")                                       \
    X(REPORTS_OF_LOG, "b", LETTERS(REPORT_PROVEN), PICK(REPORT_PROVEN, "report") "WHERE log=$1 ORDER BY made_at DESC,id LIMIT 100") \
    X(REPORTS_KEPT, "i", LETTERS(REPORT_PROVEN),                                                                 \
      PICK(REPORT_PROVEN, "report") "WHERE destroy_on>0 ORDER BY destroy_on,id LIMIT $1")                        \
    X(REPORTS_OVER, "i", LETTERS(REPORT_PROVEN),                                                                 \
      PICK(REPORT_PROVEN, "report") "WHERE destroy_on>0 AND destroy_on<=$1 ORDER BY destroy_on,id LIMIT 100")    \
    X(REPORT_DELETE, "b", "b", "DELETE FROM report WHERE id=$1 RETURNING id")                                    \
    X(REPORT_PART_INSERT, "biib", "i",                                                                           \
      "INSERT INTO report_part(report,part,at,sealed) VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING RETURNING part") \
    X(REPORT_PART, "bi", "b", "SELECT sealed FROM report_part WHERE report=$1 AND part=$2")                      \
    X(REPORT_PARTS_COUNT, "b", "i", "SELECT CAST(COUNT(*) AS BIGINT) FROM report_part WHERE report=$1")          \
    X(REPORT_PARTS_DELETE, "b", "i", "DELETE FROM report_part WHERE report=$1 RETURNING part")                   \
    X(REPORT_PARTS_DELETE_LOST, "i", "i",                                                                        \
      "DELETE FROM report_part WHERE at<=$1 AND NOT EXISTS (SELECT 1 FROM report WHERE report.id=report_part.report) RETURNING part") \
    ADD(REPORT_ORDER_INSERT, "report_order", REPORT_ORDER_PROVEN, PLACES_12, "id", "b")                          \
    REPLACE(REPORT_ORDER_REPLACE, "report_order", REPORT_ORDER_PROVEN, PLACES_12, "id")                          \
    X(REPORT_ORDER_OF_LOG, "b", LETTERS(REPORT_ORDER_PROVEN), PICK(REPORT_ORDER_PROVEN, "report_order") "WHERE log=$1") \
    X(REPORT_ORDERS_WAITING, "i", LETTERS(REPORT_ORDER_PROVEN),                                                  \
      PICK(REPORT_ORDER_PROVEN, "report_order") "WHERE failed=0 ORDER BY ordered_at,id LIMIT $1")                \
    X(REPORT_ORDER_DELETE_OF_LOG, "b", "b", "DELETE FROM report_order WHERE log=$1 RETURNING id")                \
    X(REPORT_ORDERS_DELETE_OVER, "i", "b", "DELETE FROM report_order WHERE ordered_at<=$1 RETURNING id")

#endif
