/* Ids of municipalities, read from the host's database when one is asked for that is not among them.
 * Must not let a stranger decide how often it is read, or how much is kept.
 * Called by make.c. */
#include "service/session/host_list.h"

#include <threads.h>

#include "service/municipality.h"

#define MUNICIPALITIES_MAX 1024
#define READ_ARENA ((size_t)1 << 20)

struct HostList {
    mtx_t reading;   /* one reads, the others wait for what it finds */
    int64_t read_at;
    bool was_read;
    mtx_t lock;      /* of what follows */
    uint32_t count;
    Id ids[MUNICIPALITIES_MAX];
};

Err host_list_new(Arena *keep, HostList **ret_list)
{
    HostList *list = NULL;

    TRY(ARENA_NEW(keep, HostList, 1, &list));
    if (mtx_init(&list->reading, mtx_plain) != thrd_success || mtx_init(&list->lock, mtx_plain) != thrd_success)
        return fail(E_NO_MEMORY);
    *ret_list = list;
    return ok();
}

void host_list_done(HostList *list)
{
    mtx_destroy(&list->reading);
    mtx_destroy(&list->lock);
}

static bool has(HostList *list, Id tenant)
{
    bool found = false;

    mtx_lock(&list->lock);
    for (uint32_t i = 0; i < list->count && !found; i++)
        found = id_equal(list->ids[i], tenant);
    mtx_unlock(&list->lock);
    return found;
}

static Err read_list(Service *service, HostList *list)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Municipalities all = {0};

    TRY(arena_new(READ_ARENA, &arena));
    TRY(municipality_list(service, arena, &all));
    if (all.count > MUNICIPALITIES_MAX)
        return fail(E_TOO_LARGE);
    mtx_lock(&list->lock);
    list->count = all.count;
    for (uint32_t i = 0; i < all.count; i++)
        list->ids[i] = all.items[i].tenant;
    mtx_unlock(&list->lock);
    return ok();
}

/* With the mutex of reading. A clock that was set back makes the list old, not young. */
static Err read_when_old(Service *service, HostList *list)
{
    int64_t now = 0;

    TRY(world_now(service->world, &now));
    if (list->was_read && now >= list->read_at && now - list->read_at < HOST_LIST_MS)
        return ok();
    TRY(read_list(service, list));
    list->was_read = true;
    list->read_at = now;
    return ok();
}

Err host_list_has(Service *service, HostList *list, Id tenant)
{
    if (has(list, tenant))
        return ok();
    mtx_lock(&list->reading);
    Err read = has(list, tenant) ? ok() : read_when_old(service, list);
    mtx_unlock(&list->reading);
    TRY(read);
    return has(list, tenant) ? ok() : fail(E_NOT_FOUND);
}
