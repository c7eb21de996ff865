/* Reads the register of places. Pure.
 * Must not look whether a place is there.
 * Called by cli. */
#include "service/backup/places.h"

#include <string.h>

/* Where personal data may lie. */
static const char *const countries[] = {"NO"};

static bool is_country(Str text)
{
    return text.length == 2 && text.data[0] >= 'A' && text.data[0] <= 'Z' && text.data[1] >= 'A' && text.data[1] <= 'Z';
}

static bool is_allowed(Str country)
{
    for (size_t i = 0; i < COUNT_OF(countries); i++)
        if (str_equal(country, str_from_c(countries[i])))
            return true;
    return false;
}

static bool stands_there(const BackupPlace *items, uint32_t count, Str path)
{
    for (uint32_t i = 0; i < count; i++)
        if (str_equal(path, str_from_c(items[i].path)))
            return true;
    return false;
}

/* Where a folder, or a program, comes next. */
static Err next_place(BackupPlaces *places, bool command, BackupPlace **ret_items, uint32_t **ret_count)
{
    *ret_items = command ? places->commands : places->items;
    *ret_count = command ? &places->command_count : &places->count;
    return **ret_count == BACKUP_PLACES_MAX ? fail(E_TOO_LARGE) : ok();
}

static Err read_place(Str line, Arena *keep, BackupPlaces *places)
{
    BackupPlace *items = NULL, read = {.path = NULL}, *place = &read;
    uint32_t *count = NULL;
    Str path;

    if (!utf8_valid(line))
        return fail(E_BAD_UTF8);
    line = str_trim(str_cut(line, ' ', &place->country));
    place->keeper = str_trim(str_cut(line, ' ', &path));
    const bool command = str_starts(path, STR(BACKUP_PLACE_COMMAND));
    if (command)
        path = str_slice(path, sizeof BACKUP_PLACE_COMMAND - 1, path.length);
    if (!is_country(place->country) || path.length < 2 || path.data[0] != '/' || place->keeper.length == 0)
        return fail(E_MALFORMED);
    if (!is_allowed(place->country))
        return fail(E_FORBIDDEN);
    TRY(next_place(places, command, &items, &count));
    if (stands_there(items, *count, path))
        return fail(E_DUPLICATE);
    TRY(str_to_c(keep, path, &place->path));
    items[(*count)++] = *place;
    return ok();
}

Err backup_places_read(Str text, Arena *keep, BackupPlaces *ret_places, uint32_t *ret_line)
{
    BackupPlaces places = {.count = 0};

    for (*ret_line = 1; text.length > 0; ++*ret_line) {
        Str line;
        text = str_cut(text, '\n', &line);
        line = str_trim(line);
        if (line.length == 0 || line.data[0] == '#')
            continue;
        TRY(read_place(line, keep, &places));
    }
    *ret_places = places;
    return ok();
}
