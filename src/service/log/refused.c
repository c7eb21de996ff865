/* Why an act on a log was refused, for somebody who reads that log now.
 * Must not tell anybody else, nor write a line: the refusal has its own.
 * Called by web when a change was refused. Rule: web 5. */
#include "service/log/refused.h"

#include "service/log/enter.h"
#include "service/log/refs.h"
#include "service/log/stub.h"
#include "service/people/unit_names.h"

/* The act as it was asked about then: one's own entry, or anybody's. */
static Why decide(const LogReader *reader, const LogEntered *entered, const Refused *refused)
{
    const LogVersions *entry = log_newest_find(&entered->newest, refused->entry);
    Ask ask = entered->ask;

    if (entry && entry->newest->removed)
        return WHY_ALLOWED;
    bool own = entry && log_is_author(entry, reader->actor);
    ask.act = entry ? log_change_act(entry, refused->act, own) : refused->act;
    ask.flags |= own ? FLAG_OWN : 0u;
    return policy_decide(ask);
}

Err log_why_refused(const LogReader *reader, const Refused *refused, Why *ret_why)
{
    const LogWish reading = {.log = refused->log, .act = ACT_LOG_READ, .purpose = PURPOSE_READ, .adds = true, .silent = true};
    AUTO(log_entered_wipe) LogEntered entered = {0};
    Why why;

    TRY(log_enter(reader, &reading, &why, &entered));
    *ret_why = decide(reader, &entered, refused);
    return ok();
}

static Err decide_reading(const LogReader *reader, Id log, LogDecision *ret_decision)
{
    const LogWish wish = {.log = log, .act = ACT_LOG_READ, .silent = true};
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(reader->actor->store, &tx));
    return log_decide(tx, reader->actor, &wish, reader->keep, ret_decision);
}

/* Whether it is the child's age that keeps somebody out who takes part by plain columns: the guardians of an adult. */
static Err shut_by_age(const LogReader *reader, Id log, bool *ret_shut)
{
    const LogWish wish = {.log = log, .act = ACT_HEADER_READ, .silent = true};
    LogStub stub;

    Err opened = log_by_header(reader, &wish, &stub);
    if (opened.id != E_FORBIDDEN)
        return opened;
    *ret_shut = true;
    return ok();
}

Err log_is_shut(const LogReader *reader, Id log, Shut *ret_shut)
{
    const Actor *actor = reader->actor;
    LogDecision decision;
    Shut shut = {0};

    TRY(decide_reading(reader, log, &decision));
    shut.told = decision.why != WHY_ALLOWED && decision.why != WHY_ASK_REASON && !id_is_none(decision.standing.log.id) &&
                policy_may_tell(decision.ask);
    if (decision.why == WHY_ALLOWED && actor->role == ROLE_GUARDIAN)
        TRY(shut_by_age(reader, log, &shut.told));
    if (shut.told && !role_is_family(actor->role))
        TRY(people_unit_names(reader->service, actor, (IdList){&decision.standing.log.unit, 1}, reader->keep, &shut.unit_name));
    *ret_shut = shut;
    return ok();
}
