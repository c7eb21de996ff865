/* The data of a report, read back by the tables it was written by.
 * Must not repair: what it reads is written once more, and must be the same.
 * Called by package. */
#include "report/read.h"

#include <string.h>

#include "base/json_in.h"
#include "report/moment.h"
#include "report/shape.h"
#include "report/write.h"

#define PUT(place, value) memcpy((place), &(value), sizeof(value))

static Err read_object(JsonIn *in, const Shape *shape, char *place);

/* Where as many items as there are find room: the list grows by half its length. */
typedef struct Growing {
    char *items;
    uint32_t count, room;
} Growing;

static Err room_for_one(JsonIn *in, size_t size, Growing *list)
{
    void *items = NULL;
    uint32_t room = list->room + list->room / 2 + 8;

    if (list->count < list->room)
        return ok();
    TRY(arena_alloc(in->keep, room, size, &items));
    if (list->count > 0)
        memcpy(items, list->items, list->count * size);
    list->items = items;
    list->room = room;
    return ok();
}

static Err read_list(JsonIn *in, const Shape *shape, Growing *list)
{
    TRY(json_expect(in, '['));
    if (json_comes(in, ']'))
        return ok();
    do {
        TRY(room_for_one(in, shape->size, list));
        TRY(read_object(in, shape, list->items + list->count * shape->size));
        list->count++;
    } while (json_comes(in, ','));
    return json_expect(in, ']');
}

static Err read_id(JsonIn *in, char *place)
{
    Str text = STR_NONE;
    Id id = {0};

    if (json_null(in))
        return ok();
    TRY(json_text(in, &text));
    TRY(id_from_text(text, &id));
    PUT(place, id);
    return ok();
}

static Err read_ids(JsonIn *in, char *place)
{
    Growing list = {0};

    TRY(json_expect(in, '['));
    if (!json_comes(in, ']')) {
        do {
            TRY(room_for_one(in, sizeof(Id), &list));
            TRY(read_id(in, list.items + list.count++ * sizeof(Id)));
        } while (json_comes(in, ','));
        TRY(json_expect(in, ']'));
    }
    IdList ids = {.ids = (const Id *)(const void *)list.items, .count = list.count};
    PUT(place, ids);
    return ok();
}

static Err read_moment(JsonIn *in, char *place)
{
    Str text = STR_NONE;
    int64_t ms = 0;

    if (json_null(in))
        return ok();
    TRY(json_text(in, &text));
    TRY(moment_read(text, &ms));
    PUT(place, ms);
    return ok();
}

static Err read_hash(JsonIn *in, char *place)
{
    Str text = STR_NONE, bytes = STR_NONE;

    TRY(json_text(in, &text));
    TRY(hex_decode(in->keep, text, &bytes));
    if (bytes.length != HASH_BYTES)
        return fail(E_MALFORMED);
    memcpy(place, bytes.data, HASH_BYTES);
    return ok();
}

static Err read_flag(JsonIn *in, Flags *flags)
{
    Str code = STR_NONE;

    TRY(json_text(in, &code));
    for (unsigned bit = 0; bit < FLAG_COUNT; bit++)
        if (str_equal(code, str_from_c(flag_code((enum flag_bit)bit)))) {
            *flags |= FLAG_AT(bit);
            return ok();
        }
    return fail(E_MALFORMED);
}

static Err read_flags(JsonIn *in, char *place)
{
    Flags flags = 0;

    TRY(json_expect(in, '['));
    if (!json_comes(in, ']')) {
        do {
            TRY(read_flag(in, &flags));
        } while (json_comes(in, ','));
        TRY(json_expect(in, ']'));
    }
    PUT(place, flags);
    return ok();
}

/* ---- values of an entry ---- */

/* The items of a list, joined by line breaks as fields hold them. */
static Err read_items(JsonIn *in, Str *ret_text)
{
    Buf joined = buf_new(in->keep, in->text.length);
    Str item = STR_NONE;

    TRY(json_expect(in, '['));
    do {
        TRY(json_text(in, &item));
        buf_add(&joined, joined.length > 0 ? STR("\n") : STR_NONE);
        buf_add(&joined, item);
    } while (json_comes(in, ','));
    TRY(json_expect(in, ']'));
    return buf_done(&joined, ret_text);
}

static Err read_field(JsonIn *in, Values *values)
{
    Str name = STR_NONE;

    TRY(json_text(in, &name));
    TRY(json_expect(in, ':'));
    int at = kind_find(values->kind, name);
    if (at < 0)
        return fail(E_MALFORMED);
    return values->kind->fields[at].multiple ? read_items(in, &values->text[at]) : json_text(in, &values->text[at]);
}

static Err read_values(JsonIn *in, char *place)
{
    Values values = {0};
    Str name = STR_NONE;

    TRY(json_expect(in, '{'));
    TRY(json_text(in, &name));
    TRY(json_expect(in, ':'));
    if (!str_equal(name, STR("kind")))
        return fail(E_MALFORMED);
    TRY(json_text(in, &name));
    TRY(kind_from_str(name, &values.kind));
    while (json_comes(in, ','))
        TRY(read_field(in, &values));
    PUT(place, values);
    return json_expect(in, '}');
}

/* ---- by the tables ---- */

static Err read_word(JsonIn *in, enum member_type type, char *place)
{
    Str text = STR_NONE;
    enum State state;
    Role role;

    TRY(json_text(in, &text));
    if (type == MEMBER_TEXT) {
        PUT(place, text);
        return ok();
    }
    if (type == MEMBER_STATE) {
        TRY(state_from_str(text, &state));
        PUT(place, state);
        return ok();
    }
    TRY(role_from_str(text, &role));
    PUT(place, role);
    return ok();
}

static Err read_any_list(JsonIn *in, const Shape *shape, char *place)
{
    Growing list = {0};
    ReportNames made = {0};

    TRY(read_list(in, shape, &list));
    memcpy(&made.items, &list.items, sizeof list.items);
    made.count = list.count;
    PUT(place, made);
    return ok();
}

static Err read_number(JsonIn *in, char *place)
{
    int64_t number = 0;

    TRY(json_number(in, &number));
    PUT(place, number);
    return ok();
}

static Err read_yes_no(JsonIn *in, char *place)
{
    bool yes = false;

    TRY(json_yes_no(in, &yes));
    PUT(place, yes);
    return ok();
}

static Err read_member(JsonIn *in, const Member *member, char *place)
{
    switch (member->type) {
    case MEMBER_TEXT:
    case MEMBER_ROLE:
    case MEMBER_STATE:
        return read_word(in, member->type, place);
    case MEMBER_ID:
        return read_id(in, place);
    case MEMBER_IDS:
        return read_ids(in, place);
    case MEMBER_NUMBER:
        return read_number(in, place);
    case MEMBER_MOMENT:
        return read_moment(in, place);
    case MEMBER_YES_NO:
        return read_yes_no(in, place);
    case MEMBER_HASH:
        return read_hash(in, place);
    case MEMBER_FLAGS:
        return read_flags(in, place);
    case MEMBER_VALUES:
        return read_values(in, place);
    case MEMBER_OBJECT:
        return read_object(in, member->shape, place);
    case MEMBER_LIST:
        return read_any_list(in, member->shape, place);
    }
    return fail(E_INTERNAL);
}

static Err read_object(JsonIn *in, const Shape *shape, char *place)
{
    for (size_t i = 0; i < shape->count; i++) {
        Str name = STR_NONE;
        TRY(json_expect(in, i == 0 ? '{' : ','));
        TRY(json_text(in, &name));
        TRY(json_expect(in, ':'));
        if (!str_equal(name, str_from_c(shape->members[i].name)))
            return fail(E_MALFORMED);
        TRY(read_member(in, &shape->members[i], place + shape->members[i].at));
    }
    return json_expect(in, '}');
}

/* Which kinds stand where is no matter of the tables. */
static bool is_sound(const Report *report)
{
    bool good = str_equal(report->format, REPORT_FORMAT);

    for (uint32_t i = 0; i < report->people.count; i++) {
        KindId kind = report->people.items[i].values.kind->id;
        good = good && (kind == KIND_GUARDIAN || kind == KIND_PARTICIPANT);
    }
    for (uint32_t i = 0; i < report->consents.count; i++)
        good = good && report->consents.items[i].values.kind->id == KIND_CONSENT;
    return good;
}

Err report_read(Str data, Arena *keep, Report *ret_report)
{
    JsonIn in = {.text = data, .keep = keep};
    Report report = {0};
    Str again = STR_NONE;

    if (!utf8_valid(data))
        return fail(E_BAD_UTF8);
    TRY(read_object(&in, &report_shape, (char *)&report));
    if (!is_sound(&report))
        return fail(E_MALFORMED);
    size_t mark = arena_mark(keep);
    TRY(report_write(&report, keep, &again));
    bool same = str_equal(again, data);
    arena_rewind(keep, mark);
    if (!same)
        return fail(E_MALFORMED);
    *ret_report = report;
    return ok();
}
