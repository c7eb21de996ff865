/* The heads of all databases: read, signed by the agent, stored beside their lines.
 * Must not sign two heads of one database at once: the later of them would look like an older database.
 * Called by signing in, by municipality_new, and by serve's thread. */
#include "service/heads.h"

#include <string.h>
#include <threads.h>

#include "service/municipality.h"

#define DATABASES 1024
#define HEADS_CAP ((size_t)256 << 10)
#define SHOW_ARENA ((size_t)64 << 10)
#define LIST_ARENA ((size_t)1 << 20)

/* What was shown last of one database. */
typedef struct Shown {
    Id tenant;
    bool used, good;
    uint64_t size;
    Hash root;
    uint64_t commits; /* of this process, when it was read last */
} Shown;

struct Heads {
    Arena *arena; /* holds this struct and all below */
    mtx_t lock;   /* of the list; held while one database is read and signed */
    Shown *shown;
};

Err heads_new(Heads **ret_heads)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Heads *heads = NULL;

    TRY(arena_new(HEADS_CAP, &arena));
    TRY(ARENA_NEW(arena, Heads, 1, &heads));
    TRY(ARENA_NEW(arena, Shown, DATABASES, &heads->shown));
    if (mtx_init(&heads->lock, mtx_plain) != thrd_success)
        return fail(E_NO_MEMORY);
    heads->arena = TAKE(arena);
    *ret_heads = heads;
    return ok();
}

void heads_free(Heads *heads)
{
    if (!heads)
        return;
    mtx_destroy(&heads->lock);
    arena_free(heads->arena);
}

void heads_freep(Heads **heads)
{
    heads_free(TAKE(*heads));
}

static Err find(Heads *heads, Id tenant, Shown **ret_shown)
{
    for (size_t i = 0; i < DATABASES; i++) {
        Shown *shown = &heads->shown[i];
        if (!shown->used)
            *shown = (Shown){.tenant = tenant, .used = true};
        if (!id_equal(shown->tenant, tenant))
            continue;
        *ret_shown = shown;
        return ok();
    }
    return fail(E_TOO_LARGE);
}

static Err database_of(Service *service, Id tenant, Store **ret_store)
{
    if (!id_is_none(tenant))
        return store_of(service->stores, tenant, ret_store);
    *ret_store = store_host(service->stores);
    return ok();
}

static Err read_head(Store *store, Arena *keep, StoreHead *ret_head)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_record(store));
    TRY(store_read(store, &tx));
    return store_head(tx, keep, ret_head);
}

static Err insert(Tx *tx, void *context)
{
    return store_head_signature_insert(tx, context);
}

/* Signed first: what the agent has not seen must not stand in the database as seen. */
static Err sign(Service *service, Store *store, const StoreHead *head, Shown *shown)
{
    uint8_t signature[SIGNATURE_BYTES] = {0};
    AuditHead message = {.tenant = shown->tenant, .database = shown->tenant, .size = head->size};
    HeadSignatureRow row = {.seq = head->seq, .hash = head->hash, .covers = head->covers,
                            .signature = str_from_bytes(signature, sizeof signature)};

    memcpy(message.root, head->root.bytes, sizeof message.root);
    TRY(world_now(service->world, &message.at));
    row.at = message.at;
    TRY(keys_sign_head(service->keys, &message, signature));
    shown->good = true;
    shown->size = head->size;
    shown->root = head->root;
    return store_write(store, insert, &row);
}

/* Read and signed while no other server of the same database does: of two heads the later would look like an older database. */
static Err show(Service *service, Shown *shown)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(store_read_endp) Tx *alone = NULL;
    Store *store = NULL;
    StoreHead head;

    TRY(database_of(service, shown->tenant, &store));
    uint64_t commits = store_commits(store);
    if (shown->good && shown->commits == commits)
        return ok();
    TRY(arena_new(SHOW_ARENA, &arena));
    TRY(store_read_alone(store, &alone));
    TRY(read_head(store, arena, &head));
    shown->commits = commits;
    bool same = head.size == shown->size && memcmp(head.root.bytes, shown->root.bytes, HASH_BYTES) == 0;
    if (shown->good && same)
        return ok();
    shown->good = false;
    if (head.size > 0)
        return sign(service, store, &head, shown);
    return ok();
}

/* A database that was shown before is shown again only when `again`. */
static Err show_locked(Service *service, Id tenant, bool again)
{
    Shown *shown = NULL;

    TRY(find(service->heads, tenant, &shown));
    return shown->good && !again ? ok() : show(service, shown);
}

static Err show_when(Service *service, Id tenant, bool again)
{
    mtx_lock(&service->heads->lock);
    Err result = show_locked(service, tenant, again);
    mtx_unlock(&service->heads->lock);
    return result;
}

Err heads_show(Service *service, Id tenant)
{
    return show_when(service, tenant, true);
}

Err heads_show_all(Service *service, HeadFailed *failed, void *self)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Municipalities all = {0};
    const Id host = {{0}};

    TRY(arena_new(LIST_ARENA, &arena));
    Err first = heads_show(service, host);
    if (!is_ok(first))
        failed(self, host, first);
    TRY(municipality_list(service, arena, &all));
    for (size_t i = 0; i < all.count; i++) {
        Err shown = heads_show(service, all.items[i].tenant);
        if (!is_ok(shown))
            failed(self, all.items[i].tenant, shown);
        if (is_ok(first))
            first = shown;
    }
    return first;
}

/* The agent was restarted: it wants to see the databases again. */
static Err show_anew(Service *service, Id tenant)
{
    Shown *shown = NULL;

    mtx_lock(&service->heads->lock);
    Err result = find(service->heads, tenant, &shown);
    if (is_ok(result)) {
        shown->good = false;
        result = show(service, shown);
    }
    mtx_unlock(&service->heads->lock);
    return result;
}

Err heads_grant(Service *service, GrantWish wish, Id *ret_grant)
{
    const Id host = {{0}};

    if (!service->heads)
        return keys_grant_new(service->keys, wish, ret_grant);
    TRY(show_when(service, host, false));
    TRY(show_when(service, wish.tenant, false));
    Err granted = keys_grant_new(service->keys, wish, ret_grant);
    if (granted.id != E_FORGED)
        return granted;
    TRY(show_anew(service, host));
    TRY(show_anew(service, wish.tenant));
    return keys_grant_new(service->keys, wish, ret_grant);
}
