/* Drafts inside a log: what somebody has typed and not sent, kept for them alone until it is sent or old.
 * Must not write an audit line (a draft is not yet content), nor open anything else of the log: the key agent gives the
 * draft sub-key only.
 * Called by web. Rule: web 2. */
#include "service/acts/draft.h"

#include "domain/clocks.h"
#include "domain/policy/matrix.h"
#include "service/log/enter.h"

#define DRAFT_VERSION 1 /* a draft is replaced, not corrected */

/* One draft on its way. Declare it AUTO(draft_wipe). */
typedef struct Draft {
    const Actor *actor;
    LogWish wish;
    int64_t log_no;
    ScopeKeyRow scope;
    bool found;
    uint32_t count; /* of this person's drafts in the log */
    DraftRow row;   /* as it stands; its id is kept when it is replaced */
    Key key;
} Draft;

static void draft_wipe(Draft *draft)
{
    crypto_wipe(&draft->key, sizeof draft->key);
}

static bool is_of(const DraftRow *row, const DraftOf *of)
{
    return row->kind == (uint16_t)of->kind && id_equal(row->entry, of->entry);
}

/* Decides, and finds the row. *ret_why WHY_ALLOWED: the rest is filled. */
static Err read_rows(const DraftOf *of, Draft *draft, Arena *keep, Why *ret_why, Ask *ret_ask)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    DraftRows rows = {0};
    LogDecision decision;

    TRY(store_read(draft->actor->store, &tx));
    TRY(log_decide(tx, draft->actor, &draft->wish, keep, &decision));
    *ret_ask = decision.ask;
    *ret_why = decision.why;
    draft->log_no = decision.standing.log.no;
    if (*ret_why != WHY_ALLOWED)
        return ok();
    TRY(store_drafts(tx, &decision.permit, keep, &rows));
    draft->count = rows.count;
    for (uint32_t i = 0; i < rows.count && !draft->found; i++) {
        draft->found = is_of(&rows.items[i], of);
        draft->row = rows.items[i];
    }
    return store_scope(tx, of->log, keep, &draft->scope);
}

static Err enter(const DraftOf *of, Draft *draft, Arena *keep)
{
    Why why = WHY_UNDECIDED;
    Ask ask = {0};

    draft->wish = (LogWish){.log = of->log, .act = ACT_DRAFT, .purpose = PURPOSE_DRAFT};
    TRY(read_rows(of, draft, keep, &why, &ask));
    return why == WHY_ALLOWED ? ok() : log_refuse(draft->actor, &draft->wish, why, &ask);
}

static Err open_key(Service *service, Draft *draft)
{
    return keys_unwrap(service->keys, actor_key(draft->actor, PURPOSE_DRAFT, SCOPE_LOG, draft->wish.log), draft->scope.wrapped,
                       &draft->key);
}

static Sealing sealing_of(const Service *service, const Draft *draft)
{
    const SealContext context = {
        .mode = service->mode,
        .tenant = draft->actor->tenant,
        .table = SEAL_TABLE_DRAFT,
        .column = SEAL_COLUMN_BODY,
        .row = draft->row.id,
        .version = DRAFT_VERSION,
        .scope = draft->wish.log,
    };

    return (Sealing){.key = &draft->key, .context = context, .padding = PAD_TEXT};
}

/* ---- keeping ---- */

/* The text is bound to the row's id. When another window was first, the row has that one's: nothing is changed. */
static Err put_work(Tx *tx, void *context)
{
    const Draft *draft = context;
    Id id = {0};

    TRY(store_draft_put(tx, &draft->row, &id));
    return id_equal(id, draft->row.id) ? ok() : fail(E_STALE);
}

Err log_draft_keep(Service *service, const Actor *actor, const DraftOf *of, Str text, Arena *scratch)
{
    AUTO(draft_wipe) Draft draft = {.actor = actor};

    if (text.length > LOG_DRAFT_MAX)
        return fail(E_TOO_LARGE);
    TRY(enter(of, &draft, scratch));
    /* Which entry a draft is about is anybody's word, and no line counts drafts. */
    if (!draft.found && draft.count >= LOG_DRAFTS_EACH)
        return fail(E_TOO_LARGE);
    TRY(open_key(service, &draft));
    if (!draft.found)
        TRY(world_id(service->world, &draft.row.id));
    draft.row = (DraftRow){.id = draft.row.id, .log_no = draft.log_no, .person = actor->person,
                           .kind = (uint16_t)of->kind, .entry = of->entry, .at = actor->now};
    const Sealing sealing = sealing_of(service, &draft);
    TRY(crypto_seal(keys_crypto(service->keys), &sealing, text, scratch, &draft.row.sealed));
    return store_write(actor->store, put_work, &draft);
}

/* ---- finding and forgetting ---- */

static Err delete_work(Tx *tx, void *context)
{
    const Draft *draft = context;

    return store_draft_delete(tx, draft->row.log_no, draft->row.person, draft->row.kind, draft->row.entry);
}

static bool is_old(const Draft *draft)
{
    return draft->actor->now >= clock_due(CLOCK_DRAFT_END, draft->row.at, NULL);
}

Err log_draft_find(const LogReader *reader, const DraftOf *of, Str *ret_text, int64_t *ret_at)
{
    AUTO(draft_wipe) Draft draft = {.actor = reader->actor};
    Str text = STR_NONE;

    TRY(enter(of, &draft, reader->keep));
    if (draft.found && is_old(&draft)) {
        TRY(store_write(reader->actor->store, delete_work, &draft));
        draft.found = false;
    }
    if (!draft.found) {
        *ret_text = STR_NONE;
        return ok();
    }
    TRY(open_key(reader->service, &draft));
    const Sealing sealing = sealing_of(reader->service, &draft);
    /* A draft that was tampered with is no reason to close the log: it is no part of it. */
    if (!is_ok(crypto_open(keys_crypto(reader->service->keys), &sealing, draft.row.sealed, reader->keep, &text)))
        text = STR_NONE;
    *ret_text = text;
    *ret_at = draft.row.at;
    return ok();
}
