/* The look-up in the table of routes (web/routes.c).
 * Must not look at anything but method and path.
 * Called by web.c for each request, by the front's configuration for the body limits, and where an address is given back. */
#include "web/call/route.h"

#include "domain/kinds.h"
#include "domain/procedures.h"

static bool is_word(Str text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_')
            return false;
    }
    return text.length > 0 && text.length <= 32;
}

static bool is_number(Str text)
{
    int64_t number;
    return text.length == 4 && is_ok(num_parse(text, 0, 9999, &number));
}

typedef struct Found {
    Id ids[ROUTE_IDS];
    size_t id_count;
    Str word;
} Found;

static bool segment_matches(Str pattern, Str segment, Found *found)
{
    if (str_equal(pattern, STR("{id}")))
        return found->id_count < ROUTE_IDS && is_ok(id_from_text(segment, &found->ids[found->id_count++]));
    if (str_equal(pattern, STR("{word}")) || str_equal(pattern, STR("{number}"))) {
        found->word = segment;
        return pattern.length == 6 ? is_word(segment) : is_number(segment);
    }
    return str_equal(pattern, segment);
}

static bool path_matches(Str pattern, Str path, Found *found)
{
    *found = (Found){0};
    while (pattern.length && path.length) {
        Str part;
        Str segment;
        pattern = str_cut(pattern, '/', &part);
        bool more = str_find(path, '/', 0) < path.length;
        path = str_cut(path, '/', &segment);
        if (!segment_matches(part, segment, found))
            return false;
        /* "/mine/" is not "/mine". */
        if (more && path.length == 0)
            return false;
    }
    return pattern.length == 0 && path.length == 0;
}

Err route_find(enum method method, Str path, const Route **ret_route, Id ret_ids[static ROUTE_IDS], Str *ret_word)
{
    if (method == METHOD_HEAD)
        method = METHOD_GET;
    if (!str_starts(path, STR("/")))
        return fail(E_NOT_FOUND);
    for (size_t i = 0; i < route_count; i++) {
        Found found = {0};
        if (routes[i].method != method)
            continue;
        if (!path_matches(str_slice(str_from_c(routes[i].path), 1, SIZE_MAX), str_slice(path, 1, SIZE_MAX), &found))
            continue;
        *ret_route = &routes[i];
        for (size_t k = 0; k < ROUTE_IDS; k++)
            ret_ids[k] = found.ids[k];
        *ret_word = found.word;
        return ok();
    }
    return fail(E_NOT_FOUND);
}

Act route_act(const Route *route, Str word)
{
    const Procedure *procedure = NULL;
    const Kind *kind = NULL;

    if (route->act_from == ACT_FROM_ROW)
        return route->act;
    if (route->act_from == ACT_FROM_KIND)
        return is_ok(kind_from_str(word, &kind)) ? kind->act : ACT_NONE;
    return is_ok(procedure_from_str(word, &procedure)) ? procedure->act : ACT_NONE;
}

static const Route *find_quietly(enum method method, Str path)
{
    const Route *route = NULL;
    Id ids[ROUTE_IDS];
    Str word;

    return is_ok(route_find(method, path, &route, ids, &word)) ? route : NULL;
}

size_t route_body_limit(enum method method, Str path)
{
    const Route *route = find_quietly(method, path);

    return (size_t)(route && route->body_mib ? route->body_mib : 1) << 20;
}

size_t route_file_limit(enum method method, Str path)
{
    const Route *route = find_quietly(method, path);

    return (size_t)(route ? route->file_mib : 0) << 20;
}
