/* The statements about places in a log that change together, and about the sums of the rights of several people, for the one list of
 * statements.h.
 * Must not be included elsewhere: it is read by the macros of that file.
 * Included by statements.h. */
#ifndef STORE_STATEMENTS_PLACES_H
#define STORE_STATEMENTS_PLACES_H

/* Of each place its id, its end from now on, its sealed part, its version and its end until now. Ids that are empty are no rows. */
#define ENDS_LETTERS "bibii" "bibii" "bibii" "bibii" "bibii" "bibii" "bibii" "bibii"
#define ENDS_PLACES                                                                                               \
    "($1,$2,$3,$4,$5),($6,$7,$8,$9,$10),($11,$12,$13,$14,$15),($16,$17,$18,$19,$20),($21,$22,$23,$24,$25),"       \
    "($26,$27,$28,$29,$30),($31,$32,$33,$34,$35),($36,$37,$38,$39,$40)"

/* Of each person the id, the sum of their rights and the proof. */
#define SUMS_LETTERS "bbbbbbbbbbbbbbbbbbbbbbbb"
#define SUMS_PLACES                                                                                               \
    "($1,$2,$3),($4,$5,$6),($7,$8,$9),($10,$11,$12),($13,$14,$15),($16,$17,$18),($19,$20,$21),($22,$23,$24)"

#define STATEMENTS_PLACES                                                                                        \
    X(PARTICIPANTS_END, ENDS_LETTERS, LETTERS(PARTICIPANT),                                                      \
      "UPDATE participant SET to_at=column2,sealed=column3,version=version+1 FROM (VALUES " ENDS_PLACES ") ended " \
      "WHERE id=column1 AND version=column4 AND to_at=column5 RETURNING " NAMES(PARTICIPANT))                    \
    X(PERSONS_AMONG, "bbbbbbbb", LETTERS(PERSON_PROVEN),                                                         \
      PICK(PERSON_PROVEN, "person") "WHERE id IN (" PLACES_8 ")")                                                \
    X(PERSONS_RIGHTS, SUMS_LETTERS, "",                                                                          \
      "UPDATE person SET rights=column2,proof=column3 FROM (VALUES " SUMS_PLACES ") moved WHERE id=column1")

#endif
