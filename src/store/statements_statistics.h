/* The statements about facts and publications, for the one list of statements.h.
 * Must not be included elsewhere: it is read by the macros of that file.
 * Included by statements.h. */
#ifndef STORE_STATEMENTS_STATISTICS_H
#define STORE_STATEMENTS_STATISTICS_H

#define FOUND_LETTERS "bbbbbbbbbbbbbbbbbbbb"
#define FOUND_PLACES "($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20)"

#define STATEMENTS_STATISTICS                                                                                    \
    ADD(FACT_INSERT, "fact", FACT_PROVEN, PLACES_7, "id", "b")                                                   \
    REPLACE(FACT_REPLACE, "fact", FACT_PROVEN, PLACES_7, "id")                                                   \
    X(FACT_BY_FOUND, "b", LETTERS(FACT_PROVEN), PICK(FACT_PROVEN, "fact") "WHERE found=$1")                      \
    X(FACTS_BY_FOUND, FOUND_LETTERS, LETTERS(FACT_PROVEN), PICK(FACT_PROVEN, "fact") "WHERE found IN " FOUND_PLACES " ORDER BY id") \
    X(FACTS_DELETE, FOUND_LETTERS, "b", "DELETE FROM fact WHERE found IN " FOUND_PLACES " RETURNING id")         \
    X(FACT_ENTRIES, "i", LETTERS(FACT_ENTRY),                                                                    \
      PICK(FACT_ENTRY, "entry") "e WHERE log_no=$1 AND kind IN (1,3) AND removed=0 AND NOT EXISTS "             \
      "(SELECT 1 FROM entry n WHERE n.entry=e.entry AND n.version>e.version) ORDER BY no")                       \
    X(FACTS_WITHDRAWN, "i", "i",                                                                                 \
      "SELECT CAST(COUNT(*) AS BIGINT) FROM consent c WHERE log_no=$1 AND withdrawn_at<>0 AND NOT EXISTS "       \
      "(SELECT 1 FROM consent n WHERE n.log_no=c.log_no AND n.participant=c.participant AND n.withdrawn_at=0 "   \
      "AND n.given_at>=c.given_at)")                                                                             \
    X(FACTS_ENTERED, "ibi", LETTERS(FACT_PROVEN),                                                                \
      PICK(FACT_PROVEN, "fact") "WHERE waits=0 AND period<=$1 AND id>$2 ORDER BY id LIMIT $3")                   \
    X(FACTS_COUNT, "i", "i", "SELECT CAST(COUNT(*) AS BIGINT) FROM fact WHERE waits=0 AND period<=$1")           \
    X(FACTS_DELETE_ENTERED, "i", "b", "DELETE FROM fact WHERE waits=0 AND period<=$1 RETURNING id")              \
    X(FROZEN_INSERT, LETTERS(FROZEN_FACT), "",                                                                   \
      "INSERT INTO frozen_fact(" NAMES(FROZEN_FACT) ") VALUES (" PLACES_12 ")")                                  \
    X(FROZEN, "bi", LETTERS(FROZEN_FACT), PICK(FROZEN_FACT, "frozen_fact") "WHERE id>$1 ORDER BY id LIMIT $2")   \
    PUT(PUBLICATION_INSERT, "publication", PUBLICATION_PROVEN, PLACES_13, PUBLICATION_PROVEN)                    \
    X(PUBLICATIONS, "", LETTERS(PUBLICATION_PROVEN), PICK(PUBLICATION_PROVEN, "publication") "ORDER BY number")  \
    X(PUBLICATION_NEWEST, "", LETTERS(PUBLICATION_PROVEN),                                                       \
      PICK(PUBLICATION_PROVEN, "publication") "ORDER BY number DESC LIMIT 1")                                    \
    PUT(SHOWN_INSERT, "publication_shown", PUBLICATION_SHOWN_PROVEN, PLACES_6, PUBLICATION_SHOWN_PROVEN)         \
    PUT(SECRET_INSERT, "publication_secret", PUBLICATION_SECRET_PROVEN, PLACES_6, PUBLICATION_SECRET_PROVEN)     \
    X(SHOWN_PARTS, "bi", LETTERS(PUBLICATION_SHOWN_PROVEN),                                                      \
      PICK(PUBLICATION_SHOWN_PROVEN, "publication_shown") "WHERE publication=$1 AND kind=$2 ORDER BY part")      \
    X(SECRET_PARTS, "bi", LETTERS(PUBLICATION_SECRET_PROVEN),                                                    \
      PICK(PUBLICATION_SECRET_PROVEN, "publication_secret") "WHERE publication=$1 AND kind=$2 ORDER BY part")

#endif
