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

static Err read_place(Str line, Arena *keep, BackupPlaces *places)
{
    BackupPlace *place = &places->items[places->count];
    Str path;

    if (!utf8_valid(line))
        return fail(E_BAD_UTF8);
    line = str_trim(str_cut(line, ' ', &place->country));
    place->keeper = str_trim(str_cut(line, ' ', &path));
    if (!is_country(place->country) || path.length < 2 || path.data[0] != '/' || place->keeper.length == 0)
        return fail(E_MALFORMED);
    if (!is_allowed(place->country))
        return fail(E_FORBIDDEN);
    for (uint32_t i = 0; i < places->count; i++)
        if (str_equal(path, str_from_c(places->items[i].path)))
            return fail(E_DUPLICATE);
    return str_to_c(keep, path, &place->path);
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
        if (places.count == BACKUP_PLACES_MAX)
            return fail(E_TOO_LARGE);
        TRY(read_place(line, keep, &places));
        places.count++;
    }
    *ret_places = places;
    return ok();
}
