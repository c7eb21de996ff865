/* How much may be written in a log.
 * Must not refuse a removal, nor what the family asks for: both are always possible.
 * Called by whatever writes an entry. */
#include "service/log/room.h"

/* A log is opened whole, and what was written stays: so nobody may write so much that it cannot be opened any more. Sealed
 * bytes of all versions, and for each as many as its frame on the page takes; an ordinary entry has a few hundred. What the
 * holder needs cannot be used up by others, and what is said of the log itself has room of its own: no claim, opinion or
 * decision is refused because the log is full. What the family asks for is never refused for lack of room: it is one claim at a
 * time. */
#define FRAME_BYTES ((size_t)256)
#define LOG_BYTES_MAX ((size_t)8 << 20)
#define OTHERS_BYTES_MAX ((size_t)4 << 20)
#define LIFE_BYTES_MAX ((size_t)4 << 20)
#define AUTHOR_BYTES_MAX ((size_t)1 << 20)

static bool is_of_life(const EntryRow *row)
{
    const Kind *kind = kind_of(row->kind);

    return kind && kind->section == SECTION_LIFE;
}

Err log_room(const LogEntered *entered, const Actor *actor, const EntryRow *row)
{
    const EntryRows *rows = &entered->content.entries;
    size_t total = FRAME_BYTES + row->sealed.length, own = total;
    bool life = is_of_life(row), holder = (actor->role == ROLE_RELAY_HOLDER || entered->stands_in) && !life;
    static const size_t most[] = {[false] = OTHERS_BYTES_MAX, [true] = LIFE_BYTES_MAX};
    const size_t others = most[life];

    for (uint32_t i = 0; i < rows->count; i++) {
        size_t bytes = is_of_life(&rows->items[i]) == life ? FRAME_BYTES + rows->items[i].sealed.length : 0;
        total += bytes;
        own += id_equal(rows->items[i].author, actor->person) ? bytes : 0;
    }
    bool right = life && role_is_family(actor->role);
    bool fits = total <= (holder ? LOG_BYTES_MAX : others) && (holder || own <= AUTHOR_BYTES_MAX);
    return fits || right || row->removed ? ok() : fail(E_TOO_LARGE);
}
