/* A log on its way: who takes part, what time it is there, and what the policy says of each act.
 * Must not write to a database.
 * Used by the acts of the room seed. */
#ifndef SERVICE_SEED_MAKING_H
#define SERVICE_SEED_MAKING_H

#include "domain/policy/policy.h"
#include "service/seed/log.h"
#include "service/seed/random.h"
#include "service/seed/town.h"

typedef struct SeedMaking {
    const SeedTown *town;
    Service service;              /* the town's, with the log's own world */
    SeedWorld world;
    SeedRandom random;
    Arena *keep;
    SeedLog *log;
    const SeedStaff *holder;
    int64_t now;                  /* the time of the act in hand: it never goes back */
    Day birth;
    Day consent_to;               /* last day on which all consents hold */
    Id units[1 + SEED_ACTORS_MAX]; /* that the consents name */
    uint32_t unit_count;
    LogStanding standing;         /* plain columns, as they stand at that time */
    uint32_t entries_room, lines_room;
} SeedMaking;

/* An act of one of log->people (by place) at the time in hand. unit: whose consent is asked about, none: the actor's own. */
typedef struct SeedAct {
    Act act;
    uint32_t who;
    Id unit;
    Flags flags;
} SeedAct;

/* Decides it as the services would, and adds its line. *ret_actor acts then. Errors: E_FORBIDDEN when the policy says no. */
MUST_USE Err seed_act(SeedMaking *making, const SeedAct *act, Actor *ret_actor);
/* Whoever acts in the log, without any act. */
Actor seed_actor(const SeedMaking *making, uint32_t who);
/* The line of an act that was decided elsewhere. Errors: E_INTERNAL when there is no room. */
MUST_USE Err seed_line(SeedMaking *making, const Actor *actor, Act act);
/* Puts the canonical form of a text into the field of that name. Errors: E_INVALID for a text that no form would take. */
MUST_USE Err seed_put(SeedMaking *making, Values *values, FieldKey key, Str text);
MUST_USE Err seed_put_day(SeedMaking *making, Values *values, FieldKey key, Day day);
MUST_USE Err seed_put_code(SeedMaking *making, Values *values, FieldKey key, uint16_t code);
MUST_USE Err seed_put_id(SeedMaking *making, Values *values, FieldKey key, Id id);
/* Moves the time on to a working hour of a day, or by a minute where it is there already. */
void seed_move(SeedMaking *making, Day day);

#endif
