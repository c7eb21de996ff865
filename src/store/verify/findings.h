/* What a verification may find.
 * Must not hold anything of a row but its key.
 * Used by verify.h and by whoever tells of findings. */
#ifndef STORE_VERIFY_FINDINGS_H
#define STORE_VERIFY_FINDINGS_H

#include "base/id.h"

#define FINDINGS(X)                                                                      \
    X(LINE_CHANGED, "an audit line was changed")                                         \
    X(LINE_MISSING, "audit lines are missing, or stand in another order")                \
    X(LINE_UNPROVEN, "an audit line does not carry the proof that this service gives its lines") \
    X(CHAIN_CUT, "the chain ends before a head that was signed")                         \
    X(HEAD_FORGED, "a signed head does not match its line, or its signature is wrong")   \
    X(DATABASE_OLD, "the database is older than the newest head the key agent knows")     \
    X(CHAIN_FORKED, "the chain went another way than the one the key agent knows")        \
    X(ROW_CHANGED, "a row is not what was written")                                      \
    X(ROW_ROLLED_BACK, "a row is an older version of itself")                            \
    X(ROW_MISSING, "a row is gone that was never deleted")                               \
    X(ROW_EXTRA, "a row exists that was never written, or was deleted")                  \
    X(SEALED_FORGED, "a sealed value does not open in its place")                        \
    X(DOCUMENT_CHANGED, "a document's bytes are not those that were stored")               \
    X(INDEX_CHOSEN, "an account can be found by what its bearer typed when they enrolled") \
    X(ROW_UNPROVEN, "a row does not carry the proof that this service gives its rows")     \
    X(LEDGER_CUT, "the ledger ends before a head that was signed, or went another way")         \
    X(LEDGER_CHANGED, "a line of the ledger was changed")                                       \
    X(LEDGER_LACKS, "something has ended that the ledger does not tell of")                       \
    X(REPORT_CHANGED, "the bytes of an archive report are not those that were stored")          \
    X(RIGHTS_DIFFER, "a person has other roles or other places in logs than were given to them")

#define X(name, text) FINDING_##name,
enum finding_kind { FINDINGS(X) FINDING_COUNT };
#undef X

typedef struct Finding {
    enum finding_kind kind;
    const char *table;    /* a constant; NULL when it is about lines */
    Id row;               /* key of the row: its id, or the first half of its hash */
    int64_t seq;          /* the line concerned, or 0 */
} Finding;

/* Name ("ROW_CHANGED") and text for operators. Constants. */
const char *finding_name(enum finding_kind kind);
const char *finding_text(enum finding_kind kind);

#endif
