/* A log as one reader sees it: what list, page and API show.
 * Must not hold what the reader may not see.
 * Filled by service/reading; used by web and api. */
#ifndef SERVICE_LOG_VIEW_H
#define SERVICE_LOG_VIEW_H

#include "domain/clocks.h"
#include "domain/consent.h"
#include "domain/fields.h"
#include "domain/policy/permit.h"
#include "domain/policy/policy.h"
#include "domain/procedures.h"
#include "domain/states.h"
#include "domain/transfer.h"
#include "store/store.h"

typedef struct LogSummary {
    Id id;
    uint32_t display;     /* 8 digits, the log's public number */
    enum State state;     /* as it is today in a list and a stub; as it is stored in a log that was opened */
    Str child_name;       /* from the header; empty when the caller may see the stub only */
    uint8_t level;        /* 1..3, 0 = none yet */
    Str next_step;        /* short text of the next measure or meeting, may be empty */
    Day next_due;         /* 0 when nothing is due */
    bool stub;
    bool shut;            /* of a list: the caller took part and has no access; no more than that is told */
    bool renewing;        /* in the grace: shut until consent is renewed */
    bool died;            /* a death is recorded: nobody renews it any more */
    bool restricted;
    int64_t passive_since; /* of the list of passive logs; 0: it is not, or that list was not asked for */
    enum ClockId next;    /* what falls due next in it, and when; CLOCK_NONE: nothing does */
    int64_t next_at;
    bool unheld;          /* active, and the manager stands in for its holder */
    enum Role relation;   /* as what the caller takes part */
    Id unit;              /* responsible */
    Str unit_name;
} LogSummary;

typedef struct LogSummaries {
    const LogSummary *items;
    uint32_t count;
    bool more;     /* of the list of passive logs: others follow */
    int64_t last_no; /* the number of the last row, behind which they do */
    uint32_t held; /* logs that were closed while listing, because a header was not what was written: an alarm is due */
} LogSummaries;

typedef struct LogPerson {
    Id participant;
    Id person;
    enum Role role;
    Str name;
    Id unit;       /* none for family */
    Str unit_name;
    int64_t from_at;
    int64_t to_at;  /* 0: they take part now */
    bool former;    /* they do not */
    bool outside;   /* a child that was never let in, and stands here for what it has said */
    Values contact; /* of a guardian: KIND_GUARDIAN without the national id, and without what the caller may not see of
                     * how they are reached; no kind for everybody else */
    bool closes;    /* the log does, when they leave: it is active and rests on their consent */
    bool pauses;    /* instead: the municipality has a grace, in which the log is shut until consent is renewed */
} LogPerson;

typedef struct LogPeople {
    const LogPerson *items;
    uint32_t count;
} LogPeople;

typedef struct LogEntry {
    Id id;            /* this version */
    Id entry;         /* the first version: the entry's name in URLs */
    uint32_t version;
    Values values;    /* opened; values.kind tells which entry it is. Empty when removed */
    Id author;
    enum Role author_role;
    Str author_name;
    Id author_unit;
    bool author_former;
    Id first_author;  /* who wrote the entry; author, where another changed or removed it, is who did that */
    enum Role first_role;
    Str first_name;
    bool first_former;
    int64_t first_at;
    int64_t at;
    bool removed;
    Str reason;       /* why it was removed */
    bool may_correct; /* by the caller; of log_open only, and decided again on use */
    bool may_remove;
    bool may_evaluate; /* a measure */
    bool frozen;      /* it stands in a part that was given away: nobody changes it */
} LogEntry;

typedef struct LogConsent {
    Id id;
    Id participant;   /* who gave it */
    int64_t given_at; /* by which the newest of theirs is found */
    enum ConsentWorth worth; /* of log_open only */
    bool left;        /* they do not take part any more: it counts no longer, and was not withdrawn by them */
    Str guardian_name;
    Values values;
    const Id *units;
    const Str *unit_names; /* one for each */
    uint32_t unit_count;
    bool has_document;
    bool may_document; /* the caller may read it; of log_open only, and decided again on use */
    bool withdrawn;
} LogConsent;

/* One opening of a log: everything that one person did there in one role and for one reason within half an hour. */
typedef struct Seen {
    int64_t at;      /* when it began */
    Id person;
    Str name;
    enum Role role;
    Id unit;
    enum Act act;    /* the first of what they did */
    ActSet acts;     /* all of it */
    enum Opening reason;
    bool anew;       /* by an account that was taken into use anew not long before; told in the whole list only */
} Seen;

/* Somebody of the family asks that the deletion be stopped. */
typedef struct StopWish {
    enum Role role;
    int64_t at;
    Str reason;  /* may be empty */
} StopWish;

/* The order to delete a log, which shuts it. Of a stub the two times alone. */
typedef struct LogOrder {
    int64_t ordered_at;     /* 0: none stands */
    int64_t approved_at;    /* T0; 0: it waits for somebody's approval */
    int64_t purge_at;       /* when the purge begins; 0 before T0 */
    int64_t purge_latest;   /* and when it is done at the latest */
    DeletionRow row;
    Str reason;             /* what whoever ordered it has written, may be empty */
    Str ordered_by, approved_by; /* their names */
    bool by_reader, asked_by_reader; /* whoever looks has ordered it, or asked for it */
    bool unapproved;        /* it waits, and nobody is there who may approve it */
    const StopWish *wishes;
    uint32_t wish_count;
    uint32_t counts[KIND_LIMIT]; /* entries of each kind that the log has */
    uint32_t facts;              /* that stay of it as statistics */
} LogOrder;

typedef struct LogView {
    LogSummary summary;
    Permit permit;
    Flags flags;                  /* stored in its row */
    Day claimed_on;               /* somebody has asked that the log be deleted, and nobody has decided yet; 0: nobody */
    unsigned decision;            /* DECISION_x of the last claim; CODE_NONE: none, or not yet */
    Day copy_end;                 /* of a stub: the first day on which a copy is offered no longer; 0: none is */
    LogOrder order;               /* of a stub, and of the page of a deletion */
    bool is[WHEN_COUNT];          /* what its entries tell, for the procedures that hang on it; of a log that was opened */
    Values child;                 /* national id masked by the caller: domain/input/numbers.h; without the address where the
                                   * caller may not see it */
    bool number_fixed;            /* the child was let in once, by the number: it stays */
    const LogEntry *entries;      /* newest version of each, oldest entry first; of log_open_current only what is current */
    uint32_t entry_count;
    uint32_t folded[SECTION_COUNT]; /* how many of each section are not among them */
    const LogPerson *people;      /* present participants first, then former */
    uint32_t people_count;
    int64_t unheld_since;         /* the holder's role has ended: the manager stands in; 0: somebody holds it. Of a log that was opened */
    const Id *stand_in_ids;       /* persons; none where the unit has no manager */
    const Str *stand_ins;         /* their names */
    uint32_t stand_in_count;
    LogPerson offer;              /* to whom the baton is offered, until to_at; no participant: to nobody */
    const LogConsent *consents;
    uint32_t consent_count;
    uint32_t consent_required;    /* persons who must consent */
    bool consent_good;            /* everybody who must has consented, today */
    const Id *consented_units;    /* named by everybody who must */
    const Str *consented_names;   /* one for each; empty where the caller may not see it */
    uint32_t consented_count;
    Ask ask;                      /* by which log_may answers */
    bool protected;               /* of a stub: the child's address is, or may be, so the unit is named to no guardian */
    bool has_drafts;              /* the caller has typed something here and not sent it */
    const TransferRow *left;      /* by which the caller's unit gave the log away: this is its part; NULL: it is the whole log */
    bool came;                /* its first part came from another municipality (service/crossing/part.h) */
    const Id *known_units;        /* of the log, its people, consents and transfers, where the caller may be told them */
    const Str *known_names;       /* one for each */
    uint32_t known_count;
    const Seen *seen;             /* the newest openings, newest first; empty when the caller may not see them */
    uint32_t seen_count;
} LogView;

/* What the caller may do here now, on their own entries where the right is only to those (for buttons; decided again on use).
 * Asked when it is wanted: a page wants a few dozen of all the acts. */
static inline bool log_may(const LogView *view, enum Act act)
{
    Ask ask = view->ask;

    ask.act = act;
    return (!view->left || transfer_leaves(act)) && policy_decide(ask) == WHY_ALLOWED;
}

/* Whether the caller may appoint a holder for a log that nobody holds: the act is its own reason. */
static inline bool log_may_appoint(const LogView *view)
{
    Ask ask = view->ask;

    ask.act = ACT_HOLDER_APPOINT;
    ask.opening = OPENING_HOLDER_REPLACEMENT;
    return view->unheld_since != 0 && policy_decide(ask) == WHY_ALLOWED;
}

#endif
