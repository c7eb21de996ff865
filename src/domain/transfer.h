/* A log goes to another unit: the steps of it, who must have said yes, and how long the former unit reads its part.
 * Must not know rows, persons or a clock.
 * Used by service. Rules: transfer 1-3, 7. */
#ifndef DOMAIN_TRANSFER_H
#define DOMAIN_TRANSFER_H

#include "domain/acts.h"
#include "domain/consent.h"

/* How far it has come; the numbers stand in rows for ever. */
enum TransferStep {
    TRANSFER_PROPOSED = 1,
    TRANSFER_AGREED,    /* everybody who must has said yes to it */
    TRANSFER_DECIDED,   /* and what is archived of it is decided: now the unit that is asked is told of it */
    TRANSFER_ACCEPTED,  /* the log is that unit's */
    TRANSFER_CALLED_OFF,
    TRANSFER_ACCEPTED_PASSIVE, /* the same of a passive log, which its holder and actors did not read any more, and do not now */
    TRANSFER_SENT,             /* a log was made of it in another municipality, and this one rests */
    TRANSFER_SENT_PASSIVE,     /* the same of a passive log */
};

/* Between municipalities a row in each of the two databases says how far it has come (rules: transfer 6). */
enum CrossingWay { CROSSING_GOES = 1, CROSSING_COMES };
enum CrossingStep {
    CROSSING_PROPOSED = 1,
    CROSSING_READY,  /* decided: what goes is sealed, and the other is to be asked */
    CROSSING_ASKED,  /* it was */
    CROSSING_LEFT,   /* the log is given up: the other makes its own of what is sealed */
    CROSSING_DROPPED, /* called off, or over: the other is to be told */
    CROSSING_OPEN,   /* all before this one go on */
    CROSSING_DONE = CROSSING_OPEN,
    CROSSING_OFF,    /* and nothing came of it */
};
/* The log went to another municipality by it. */
bool transfer_is_sent(unsigned step);
/* A unit of another municipality that was asked may answer still. */
bool crossing_waits(unsigned step, int64_t proposed_at, int64_t now);

/* An act that hangs on a transfer that waits: who asks about one is answered by what stands of it. */
bool transfer_is_step(Act act);
/* It waits for the next step: neither done nor called off, nor over by its days. */
bool transfer_waits(unsigned step, int64_t proposed_at, int64_t now);
/* The log is the other unit's by it. */
bool transfer_is_done(unsigned step);
/* Whether the former unit still reads what it wrote. */
bool transfer_is_read(int64_t done_at, const Settings *settings, int64_t now);
/* What may be done with a part that one's unit has given away: it is looked at, and no more. */
bool transfer_leaves(Act act);

/* Somebody has said yes to one transfer. */
typedef struct TransferYes {
    Id giver;   /* their participation in the log */
    int64_t at; /* when it was recorded */
} TransferYes;
typedef struct TransferYeses {
    const TransferYes *items;
    uint32_t count;
} TransferYeses;

/* Somebody is one of those who must say yes: a consent of theirs stands, whatever its days are. */
bool transfer_asks(const Consents *consents, Id giver, int64_t now);
/* Whether they have, and not withdrawn since. */
bool transfer_has_yes(const Consents *consents, TransferYeses yeses, Id giver);
/* Of the family that was asked nobody has left since it was proposed, or taken back a consent and not given it again. */
bool transfer_stands(const Consents *consents, int64_t proposed_at, int64_t now);
/* When a consent was last given or taken back. */
int64_t transfer_said_at(const Consents *consents);
/* Everybody who must consent has said yes. */
bool transfer_agreed(const Consents *consents, TransferYeses yeses, int64_t now);

#endif
