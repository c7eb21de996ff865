/* The fields of each kind of entry, made from the lists of kinds.h.
 * Must not hold a field of its own.
 * Called by fields, values, service, web, api. */
#include "domain/kinds.h"

#include <assert.h>

#define F(key, id_, name_, ...) {.id = (id_), .name = (name_), __VA_ARGS__},
#define X(name, number, code, act, title, section)                             \
    static const Field fields_##name[] = {FIELDS_OF_##name(F)};                  \
    static_assert(COUNT_OF(fields_##name) <= FIELDS_MAX, "fits Values");
KINDS(X)
#undef X
#undef F

static const Kind kinds[KIND_LIMIT] = {
#define X(name, number, code_, act_, title_, section_)                                                              \
    [KIND_##name] = {.id = KIND_##name, .code = (code_), .fields = fields_##name, .count = COUNT_OF(fields_##name), \
                     .act = ACT_##act_, .title = (title_), .section = SECTION_##section_},
    KINDS(X)
#undef X
};

const Kind *kind_of(unsigned id)
{
    return id > KIND_NONE && id < KIND_LIMIT ? &kinds[id] : NULL;
}

Err kind_from_str(Str code, const Kind **ret_kind)
{
    for (unsigned id = 1; id < KIND_LIMIT; id++) {
        if (!str_equal(code, str_from_c(kinds[id].code)))
            continue;
        *ret_kind = &kinds[id];
        return ok();
    }
    return fail(E_MALFORMED);
}

int kind_find(const Kind *kind, Str name)
{
    for (int i = 0; i < kind->count; i++)
        if (str_equal(name, str_from_c(kind->fields[i].name)))
            return i;
    return -1;
}
