/* Carries out a row of the table of procedures, whichever it is.
 * Must not know a procedure by name: what each does stands in its own file (service/log/deed.h).
 * Called by web and api. */
#ifndef SERVICE_ACTS_PROCEDURE_H
#define SERVICE_ACTS_PROCEDURE_H

#include "service/log/deed.h"
#include "service/log/reader.h"

/* Which procedure about which log; the reason of whoever needs one to read it. */
typedef struct ProcedureWish {
    const Procedure *procedure;
    Id log;
    Opening opening;
} ProcedureWish;

/* Somebody whose consent a log has, from plain columns. */
typedef struct ProcedureGiver {
    Id participant;
    Id consent;   /* the newest */
    Day given_on;
    bool own;     /* the actor's */
    bool asked;   /* a child that has not consented yet: consent is none */
} ProcedureGiver;

/* What is known of a log before the form of a procedure about it is shown. */
typedef struct ProcedureAsked {
    bool asks_reason;  /* the actor must give one to do it */
    bool reads;        /* the actor reads the log now, for the reason of the wish */
    uint32_t display;  /* the log's public number */
    Id unit;           /* that has the log */
    bool instead;      /* the other answer, where the row names one, may be given too */
    bool consents;     /* there is a consent of the actor's that they could withdraw */
    TransferRow transfer; /* that waits for this act; zeros: none does, or it is another act */
    bool names_units;  /* the actor may be told which units take part */
    Id about;          /* the newest entry of the kind that the row answers; none where there is none */
    /* of a row about a consent only: */
    const ProcedureGiver *givers; /* who take part and whose consent there is to withdraw, or to give again */
    uint32_t giver_count;
    IdList units;      /* that their consents name, each once; none for whoever may not be told where the child is */
    IdList own_units;  /* that the actor's does */
} ProcedureAsked;

/* Before the form of a procedure about a log is shown. Nothing of the log is opened but, for the family, its header: whether they
 * may hangs on the child's age. So there is no line but a refusal's. Errors: E_NOT_FOUND, E_FORBIDDEN, E_HELD as log_open. */
MUST_USE Err procedure_ask(const LogReader *reader, const ProcedureWish *wish, ProcedureAsked *ret_asked);

/* Whether all that is missing for it is a reason: for whoever was asked for one when they opened the log. No line: the opening
 * has its own. */
MUST_USE Err procedure_wants_reason(const Actor *actor, const Procedure *procedure, Id log, bool *ret_reason);

/* Carries it out with its line, in one transaction. *ret_why: WHY_ASK_REASON when E_REASON means that deed->opening is
 * missing. Errors: as log_open; E_INVALID when what was asked does not fit the log; E_STALE when the entry went on meanwhile, or
 * another is the newest of what the row answers;
 * E_PROVE where the act asks for a code anew; E_REPLAYED. */
MUST_USE Err procedure_carry_out(Deed *deed, Why *ret_why);

#endif
