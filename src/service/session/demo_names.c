/* A hashed table of some hundred people; beyond them, the first of a row of slots makes room.
 * Must not grow.
 * Called by demo.c. */
#include "service/session/demo_names.h"

#include <string.h>
#include <threads.h>

#define SLOTS 1024
#define NAME_ROOM 120

typedef struct DemoName {
    Id person;
    uint32_t version;
    uint32_t length;
    char text[NAME_ROOM];
} DemoName;

struct DemoNames {
    mtx_t opening;
    mtx_t lock; /* of what follows */
    DemoName slots[SLOTS];
};

Err demo_names_new(Arena *keep, DemoNames **ret_names)
{
    DemoNames *names = NULL;

    TRY(ARENA_NEW(keep, DemoNames, 1, &names));
    if (mtx_init(&names->lock, mtx_plain) != thrd_success || mtx_init(&names->opening, mtx_plain) != thrd_success)
        return fail(E_NO_MEMORY);
    *ret_names = names;
    return ok();
}

void demo_names_done(DemoNames *names)
{
    mtx_destroy(&names->lock);
    mtx_destroy(&names->opening);
}

void demo_names_begin(DemoNames *names)
{
    mtx_lock(&names->opening);
}

void demo_names_end(DemoNames *names)
{
    mtx_unlock(&names->opening);
}

/* Under the lock: the person's slot, or a free one, or the first. */
static DemoName *slot_of(DemoNames *names, Id person)
{
    size_t first = (size_t)(person.bytes[ID_BYTES - 2] << 8 | person.bytes[ID_BYTES - 1]);

    for (size_t i = 0; i < SLOTS; i++) {
        DemoName *slot = &names->slots[(first + i) % SLOTS];
        if (slot->length == 0 || id_equal(slot->person, person))
            return slot;
    }
    return &names->slots[first % SLOTS];
}

Err demo_names_find(DemoNames *names, const PersonRow *person, Arena *keep, Str *ret_name)
{
    Str name = STR_NONE;
    Err found = ok();

    mtx_lock(&names->lock);
    const DemoName *slot = slot_of(names, person->id);
    if (id_equal(slot->person, person->id) && slot->version == person->version)
        found = str_copy(keep, str_from_bytes(slot->text, slot->length), &name);
    mtx_unlock(&names->lock);
    TRY(found);
    *ret_name = name;
    return ok();
}

void demo_names_put(DemoNames *names, const PersonRow *person, Str name)
{
    if (name.length == 0 || name.length > NAME_ROOM)
        return;
    mtx_lock(&names->lock);
    DemoName *slot = slot_of(names, person->id);
    *slot = (DemoName){.person = person->id, .version = person->version, .length = (uint32_t)name.length};
    memcpy(slot->text, name.data, name.length);
    mtx_unlock(&names->lock);
}
