/* A share for each of some hundred sessions; who takes another's slot begins anew.
 * Must not grow.
 * Called by web. */
#include "service/session/files.h"

#include <string.h>
#include <threads.h>

#include "domain/share.h"

#define SLOTS 1024

typedef struct FileShare {
    Hash session;
    Share share;
} FileShare;

struct Files {
    mtx_t lock; /* of what follows */
    uint32_t opened;
    FileShare slots[SLOTS];
};

Err files_new(Arena *keep, Files **ret_files)
{
    Files *files = NULL;

    TRY(ARENA_NEW(keep, Files, 1, &files));
    if (mtx_init(&files->lock, mtx_plain) != thrd_success)
        return fail(E_NO_MEMORY);
    *ret_files = files;
    return ok();
}

void files_done(Files *files)
{
    mtx_destroy(&files->lock);
}

Err files_begin(Files *files, const Hash *session, int64_t now)
{
    mtx_lock(&files->lock);
    FileShare *slot = &files->slots[(session->bytes[0] << 8 | session->bytes[1]) % SLOTS];
    if (memcmp(slot->session.bytes, session->bytes, HASH_BYTES) != 0)
        *slot = (FileShare){.session = *session};
    bool given = files->opened < FILES_AT_ONCE && share_take(&slot->share, FILES_MAX, FILES_MS, now);
    files->opened += given;
    mtx_unlock(&files->lock);
    return given ? ok() : fail(E_BUSY);
}

void files_end(Files *files)
{
    mtx_lock(&files->lock);
    files->opened--;
    mtx_unlock(&files->lock);
}
