/* The data of a report, written by its tables.
 * Must not know a member by name.
 * Called by package. */
#include "report/write.h"

#include <string.h>

#include "base/json_out.h"
#include "report/moment.h"
#include "report/shape.h"

/* What stands at a place is copied out: the tables know no types of C. */
#define AT(Type, place)                            \
    ({                                             \
        Type at_value;                             \
        memcpy(&at_value, (place), sizeof(Type));  \
        at_value;                                  \
    })

static void write_object(Out *out, const char *name, const Shape *shape, const char *place);

static void write_ids(Out *out, const char *name, IdList ids)
{
    out_begin(out, name, '[');
    for (uint32_t i = 0; i < ids.count; i++)
        out_id(out, NULL, ids.ids[i]);
    out_end(out, ']');
}

static void write_flags(Out *out, const char *name, Flags flags)
{
    out_begin(out, name, '[');
    for (unsigned bit = 0; bit < FLAG_COUNT; bit++)
        if (flags & FLAG_AT(bit))
            out_text(out, NULL, str_from_c(flag_code((enum flag_bit)bit)));
    out_end(out, ']');
}

static void write_hash(Out *out, const char *name, ReportHash hash)
{
    Buf *buf = out_value(out, name);

    buf_add_char(buf, '"');
    buf_add_hex(buf, str_from_bytes(hash.bytes, HASH_BYTES));
    buf_add_char(buf, '"');
}

static void write_moment(Out *out, const char *name, int64_t ms)
{
    Buf *buf = out_value(out, name);

    if (ms == 0)
        buf_add(buf, STR("null"));
    else
        buf_format(buf, "\"%s\"", moment_text(ms).text);
}

static void write_id(Out *out, const char *name, Id id)
{
    if (id_is_none(id))
        buf_add(out_value(out, name), STR("null"));
    else
        out_id(out, name, id);
}

/* A list as the struct of any list has it. */
typedef struct AnyList {
    const char *items;
    uint32_t count;
} AnyList;

static void write_list(Out *out, const char *name, const Shape *shape, AnyList list)
{
    out_begin(out, name, '[');
    for (uint32_t i = 0; i < list.count; i++)
        write_object(out, NULL, shape, list.items + i * shape->size);
    out_end(out, ']');
}

static void write_member(Out *out, const Member *member, const char *place)
{
    const char *name = member->name;

    switch (member->type) {
    case MEMBER_TEXT:
        return out_text(out, name, AT(Str, place));
    case MEMBER_ID:
        return write_id(out, name, AT(Id, place));
    case MEMBER_IDS:
        return write_ids(out, name, AT(IdList, place));
    case MEMBER_NUMBER:
        return out_number(out, name, AT(int64_t, place));
    case MEMBER_MOMENT:
        return write_moment(out, name, AT(int64_t, place));
    case MEMBER_YES_NO:
        return out_yes_no(out, name, AT(bool, place));
    case MEMBER_HASH:
        return write_hash(out, name, AT(ReportHash, place));
    case MEMBER_ROLE:
        return out_text(out, name, str_from_c(role_code(AT(Role, place))));
    case MEMBER_STATE:
        return out_text(out, name, str_from_c(state_code(AT(enum State, place))));
    case MEMBER_FLAGS:
        return write_flags(out, name, AT(Flags, place));
    case MEMBER_VALUES: {
        const Values values = AT(Values, place);
        return values_json(out_value(out, name), &values);
    }
    case MEMBER_OBJECT:
        return write_object(out, name, member->shape, place);
    case MEMBER_LIST:
        return write_list(out, name, member->shape, AT(AnyList, place));
    }
}

static void write_object(Out *out, const char *name, const Shape *shape, const char *place)
{
    out_begin(out, name, '{');
    for (size_t i = 0; i < shape->count; i++)
        write_member(out, &shape->members[i], place + shape->members[i].at);
    out_end(out, '}');
}

Err report_write(const Report *report, Arena *keep, Str *ret_data)
{
    Out out = out_new(keep, REPORT_DATA_MAX);

    out.indented = true;
    write_object(&out, NULL, &report_shape, (const char *)report);
    buf_add_char(&out.buf, '\n');
    return buf_done(&out.buf, ret_data);
}
