/* One log entered for one act: permitted, its key here, its head good.
 * Must not outlive its request: the keys in it die with the scope.
 * Used by the rooms log, reading and acts. Rules: access 1, 2, keys 4. */
#ifndef SERVICE_LOG_ENTERED_H
#define SERVICE_LOG_ENTERED_H

#include "domain/clocks.h"
#include "domain/consent.h"
#include "domain/copy.h"
#include "domain/fields.h"
#include "domain/policy/policy.h"
#include "service/log/keys.h"
#include "service/log/newest.h"
#include "service/people/unit_names.h"
#include "service/settings.h"
#include "store/store.h"

/* What a caller wants with a log. */
typedef struct LogWish {
    Id log;
    Act act;
    Opening opening;
    Purpose purpose;   /* what the key is asked for */
    Flags flags;       /* what only the caller knows: FLAG_OWN and the like */
    Id unit;           /* FLAG_IN_CONSENT is about this unit; none: the actor's own */
    bool aged;         /* flags say what the child's entry or the header tells; before that a child is asked about as old enough,
                        * and the family as while a copy is offered */
    Day birth;         /* of the child, when it is aged; 0: not known */
    bool page;         /* with what a page shows beside the log */
    bool adds;         /* nothing but the child's text is opened of what stands there: a long log need not be read whole */
    bool silent;       /* nobody asked for this act: a refusal leaves no line */
    bool by_clock;     /* nobody asks: a job looks at what is due (log_enter_due) */
    bool by_reading;   /* entered as for ACT_LOG_READ: what stands there tells what act is asked about (log_enter_as) */
} LogWish;

/* What the policy was asked about a log, from which rows, and what it said. */
typedef struct LogDecision {
    Settings settings;
    LogStanding standing;  /* zeros: the log is absent */
    bool stands_in;        /* nobody holds it, and whoever asks is the manager who stands in, or an administrator */
    Flags order;           /* of a log whose deletion is ordered: log_order_flags */
    Ask ask;
    Permit permit;         /* made when why is WHY_ALLOWED */
    Why why;
} LogDecision;

/* What a page shows beside the log, from the same snapshot. */
typedef struct LogBeside {
    UnitNames units;   /* of the log, its people and its consents; not opened */
    AuditRows seen;    /* the newest openings before this one */
    uint32_t drafts;   /* of the caller */
} LogBeside;

/* One log read for one act: permitted, its key here, its head good. Nothing of it has been shown yet: its line is missing.
 * Declare it AUTO(log_entered_wipe). */
typedef struct LogEntered {
    LogWish wish;      /* with the flags that the content gave (FLAG_OF_AGE) */
    Settings settings;
    LogStanding standing;
    bool stands_in;    /* as in LogDecision */
    Flags order;       /* the same */
    Ask ask;
    Permit permit;
    LogContent content;
    Known *known;      /* where this log may be known, or NULL */
    struct KnownLog *held; /* of its entries most were known and are shared, without their texts; NULL: they were all read */
    LogNewest newest;  /* of the content's entries */
    Consents consents; /* of the content, in its order */
    LogBeside beside;  /* when it was wished for */
    Values child;      /* newest KIND_CHILD */
    CopyOffer copy;    /* that the family is offered before a deletion, as far as somebody asks about it */
    const TransferRow *left; /* of a unit that has given the log away: by what, and the content is its part alone; NULL: it is whole */
    ClockDates dates;  /* of its header, where something is to be changed or carried out */
    LogKeys keys;
} LogEntered;

#endif
