/* What somebody wants to be told, of what need not be.
 * Must not silence what law or agreement ask for, nor anything for anybody else.
 * Called by web and api. */
#include "service/people/silence.h"

#include "domain/policy/policy.h"
#include "store/inbox.h"

static Err may(const Actor *actor, Act act)
{
    Why why = policy_decide((Ask){.act = act, .role = actor->role});

    return why == WHY_ALLOWED ? ok() : service_refuse(actor, act, OBJECT_NONE, (Id){0}, why);
}

Err silence_read(const Actor *actor, int64_t *ret_silenced)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    SilenceRow row = {0};

    TRY(may(actor, ACT_INBOX_READ));
    TRY(store_read(actor->store, &tx));
    TRY(store_silence(tx, actor->person, &row));
    *ret_silenced = notices_silenced(row.notices);
    return ok();
}

typedef struct Choosing {
    const Actor *actor;
    SilenceRow row;
} Choosing;

static Err choose(Tx *tx, void *context)
{
    const Choosing *choosing = context;
    const AuditLine line = service_line(choosing->actor, ACT_NOTICES_CHOOSE, OBJECT_NONE, (Id){0});
    SilenceRow before = {0};

    TRY(store_silence(tx, choosing->actor->person, &before));
    if (before.notices == choosing->row.notices)
        return ok();
    TRY(store_silence_put(tx, &choosing->row));
    return store_audit(tx, &line);
}

Err silence_choose(const Actor *actor, int64_t silenced)
{
    Choosing choosing = {.actor = actor, .row = {.person = actor->person, .notices = silenced}};

    TRY(may(actor, ACT_NOTICES_CHOOSE));
    if (notices_silenced(silenced) != silenced)
        return fail(E_INVALID);
    return service_write(actor, choose, &choosing);
}
