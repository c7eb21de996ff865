/* What every use case needs: the databases, the keys, the world, and who is acting.
 * One public function of this folder = one permit, one transaction, one audit line, in that order:
 *   1 read a snapshot and ask the policy; 2 unwrap what the permit covers; 3 open or seal;
 *   4 write the line (and the change, if any) in one durable work, where the policy is asked again; 5 return.
 * Must not know HTTP, HTML or a database driver.
 * Called by web, api, jobs and cli. */
#ifndef SERVICE_SERVICE_H
#define SERVICE_SERVICE_H

#include "base/mode.h"
#include "base/world.h"
#include "domain/evidence.h"
#include "domain/fields.h"
#include "domain/policy/permit.h"
#include "domain/policy/policy.h"
#include "keys/scopes.h"
#include "store/store.h"

typedef struct Sessions Sessions; /* service/session/memory.h: what signing in needs besides the databases */

typedef struct Known Known;       /* service/log/known.h: what is kept of long logs */
typedef struct Heads Heads;       /* service/heads.h: what the key agent was shown of each database */
typedef struct Days Days;         /* service/jobs/day.h: who makes a day pass, for whoever tries the product */

/* Whose job makes the archive reports of long logs, beside the pages. */
typedef struct ReportMaker {
    uint32_t entries;              /* of logs with more entries than these */
    void (*ordered)(void *self);   /* one is; by any thread */
    void *self;
} ReportMaker;

typedef struct Service {
    Stores *stores;
    Keys *keys;
    const World *world;
    enum Mode mode;
    Sessions *sessions;
    Known *known;  /* NULL: long logs are read whole for each save */
    Heads *heads;  /* NULL: grants are asked for without showing heads (tests of single services) */
    const ReportMaker *reports; /* NULL: archive reports are made at once, however long the log */
    Days *days;    /* NULL, always in production: days pass by themselves only */
} Service;

/* The first answer of a form (rules: reading-and-writing 11). */
typedef struct FormAnswer {
    Str location;     /* a local address; empty: it was carried out, its answer was lost */
    uint16_t status;
} FormAnswer;

/* Who acts in this request, in one chosen role. Made by session_resume, and by the control socket for commands. */
typedef struct Actor {
    Id tenant;
    Store *store;
    Id person;
    Id role_row;   /* the row of the table role that gives the right; none for guardians, children and commands */
    enum Role role;
    Id unit;       /* the unit the role is held in; none for municipality-wide roles */
    Id grant;      /* the key agent's grant of this session */
    Hash session;  /* SHA-256 of the session's token */
    uint8_t form_secret[HASH_BYTES]; /* of the session: what the tokens of its forms are made with */
    Id request;    /* this request's id: stands in its audit line, unique */
    int64_t now;   /* UTC ms, read once for the request */
    int64_t proved_at; /* when the person last gave a code */
    bool has_form;
    Hash form;     /* SHA-256 of the form's token: the key under which a repeated form is found */
    Hash content;  /* of what was in it, and where it was sent: a repetition is the same in both */
    FormAnswer answer; /* what its repetition is told, when that is known before the act: stored with what the act changes */
    Id makes;      /* the id of what the act makes, when the answer names it; none: any */
    Id looks_into; /* the log for which this session has given a reason, and it; none: no reason was given */
    Opening reason;
    bool drafts;   /* it was typed where drafts are kept: what is written ends the draft of it */
} Actor;

/* A scope's key under the actor's grant; and, before there is a grant, the key of whoever signs in. */
KeyUse actor_key(const Actor *actor, Purpose purpose, ScopeKind kind, Id scope);
KeyUse sign_in_key(Id tenant, Id person);
/* A look-up by user name, before there is a grant. */
IndexUse sign_in_index(Id tenant);

/* store_write for a use case. Claims the request's form key first, in the same work, with its answer, so that a form that is
 * sent twice changes nothing twice. Errors: work's; E_REPLAYED for a form that was carried out before (web gives its first answer,
 * or says that another content was not saved);
 * those of store_write. */
MUST_USE Err service_write(const Actor *actor, Err (*work)(Tx *tx, void *context), void *context);

/* The id of what this request makes. */
MUST_USE Err service_makes(const Service *service, const Actor *actor, Id *ret_id);

/* Fills a line with who, when and which request; outcome AUDIT_ALLOWED. */
AuditLine service_line(const Actor *actor, enum Act act, enum AuditObject kind, Id object);

/* Whether an act that the policy allows goes on now, or asks for a code first (rules: sign-in 14). Errors: E_PROVE. */
MUST_USE Err service_proved(const Actor *actor, enum Act act);

/* Writes one durable line that a ceiling of the key agent stopped this person: an alarm for those who read the audit. untold: how
 * often it did since the last such line. */
MUST_USE Err service_budget_reached(const Actor *actor, uint32_t untold);

/* Writes one durable line that says `why` an act was refused, and returns the Err for it:
 * E_FORBIDDEN, which looks like E_NOT_FOUND from outside (rules: access 6: that a log exists is itself sensitive).
 * When the line cannot be written its error is returned instead. */
MUST_USE Err service_refuse(const Actor *actor, enum Act act, enum AuditObject kind, Id object, enum Why why);

#endif
