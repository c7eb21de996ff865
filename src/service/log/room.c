/* How much may be written in a log.
 * Must not refuse a removal: taking away is always possible.
 * Called by whatever writes an entry. */
#include "service/log/room.h"

/* A log is opened whole, and what was written stays: so nobody may write so much that it cannot be opened any more. Sealed
 * bytes of all versions, and for each as many as its frame on the page takes; an ordinary entry has a few hundred. What the
 * holder needs cannot be used up by others. */
#define FRAME_BYTES ((size_t)256)
#define LOG_BYTES_MAX ((size_t)8 << 20)
#define OTHERS_BYTES_MAX ((size_t)4 << 20)
#define AUTHOR_BYTES_MAX ((size_t)1 << 20)

Err log_room(const LogEntered *entered, const Actor *actor, const EntryRow *row)
{
    const EntryRows *rows = &entered->content.entries;
    size_t total = FRAME_BYTES + row->sealed.length, own = total;
    bool holder = actor->role == ROLE_RELAY_HOLDER;

    for (uint32_t i = 0; i < rows->count; i++) {
        size_t bytes = FRAME_BYTES + rows->items[i].sealed.length;
        total += bytes;
        own += id_equal(rows->items[i].author, actor->person) ? bytes : 0;
    }
    bool fits = total <= (holder ? LOG_BYTES_MAX : OTHERS_BYTES_MAX) && (holder || own <= AUTHOR_BYTES_MAX);
    return fits || row->removed ? ok() : fail(E_TOO_LARGE);
}
