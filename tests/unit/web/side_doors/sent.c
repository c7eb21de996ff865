/* What is sent to an address: its placeholders filled in, and all that its row wants.
 * Must not know what is answered.
 * Called by doors.c and expected.c. */
#include "side_doors.h"

static Str value_of(Case *it, const char *name)
{
    const struct {
        const char *name, *value;
    } values[] = {{"role_row", it->outside}, {"participant", it->actor}, {"reason", "Fordi"}, {"removal_reason", "Feil"},
                  {"grunn", "complaint"}, {"version", "1"}, {"method", "3"}, {"witness", "Rolig Vind"}, {"name", "Ny Bjørk"},
                  {"relationship", "1"}, {"responsibility", "1"}, {"required_persons", "1"}, {"enrolment", "ABCD"}, {"state", "x"}};

    if (strcmp(name, "given_on") == 0)
        return it->today;
    if (strcmp(name, "valid_to") == 0)
        return it->in_time;
    for (size_t i = 0; i < COUNT_OF(values); i++)
        if (strcmp(values[i].name, name) == 0)
            return str_from_c(values[i].value);
    return STR_NONE;
}

static Str first_code(Case *it, CodeList list)
{
    uint16_t code = 0;
    Str text = STR_NONE;

    while (!code_known(list, code) && code < UINT16_MAX)
        code++;
    EXPECT_OK(str_format(it->browser.arena, &text, "%u", (unsigned)code));
    return text;
}

static Str unit_text(Case *it)
{
    char id[ID_TEXT + 1];
    Str text = STR_NONE;

    id_to_text(it->browser.unit, id);
    EXPECT_OK(str_format(it->browser.arena, &text, "%s", id));
    return text;
}

static Str field_value(Case *it, const Field *field)
{
    Str time = STR_NONE;

    switch (field->type) {
    case FIELD_CODE:
        return first_code(it, field->codes);
    case FIELD_NUMBER:
    case FIELD_YES_NO:
        return STR("1");
    case FIELD_DATE:
        return it->today;
    case FIELD_DATETIME:
        EXPECT_OK(str_format(it->browser.arena, &time, "%.*sT10:00", STR_ARGS(it->today)));
        return time;
    case FIELD_ENTRY:
        return str_from_c(it->measure);
    case FIELD_PERSON:
        return str_from_c(it->actor);
    case FIELD_LINK:
        return STR("https://example.invalid/");
    case FIELD_TEXT:
    case FIELD_LONG:
    case FIELD_EMAIL:
    case FIELD_PHONE:
    case FIELD_NATIONAL_ID:
    case FIELD_ORGANISATION_NUMBER:
    case FIELD_HASH:
        break;
    /* That has the log: whoever may propose a transfer is told that it is there already. */
    case FIELD_UNIT:
        return unit_text(it);
    }
    return STR("Tekst");
}

static void add_pair(Buf *body, const char *name, Str value)
{
    buf_format(body, "%s%s=", body->length ? "&" : "", name);
    for (size_t i = 0; i < value.length; i++)
        buf_format(body, "%%%02X", (unsigned char)value.data[i]);
}

static Str form_of(Case *it, const Door *door, const Asker *asker)
{
    Buf body = buf_new(it->browser.arena, 1 << 16);
    Str bytes = STR_NONE;

    add_pair(&body, "form_token", asker->token);
    for (const char *const *field = door->route->fields; field && *field; field++)
        if (value_of(it, *field).length > 0)
            add_pair(&body, *field, value_of(it, *field));
    for (uint8_t i = 0; door->kind && i < door->kind->count; i++)
        if (door->kind->fields[i].required)
            add_pair(&body, door->kind->fields[i].name, field_value(it, &door->kind->fields[i]));
    EXPECT_OK(buf_done(&body, &bytes));
    return bytes;
}

static Str document_of(Case *it, const Door *door)
{
    const Kind *kind = door->route->api->takes ? door->route->api->takes : door->kind;
    Buf body = buf_new(it->browser.arena, 1 << 16);
    const char *comma = "";
    Str bytes = STR_NONE;

    buf_add(&body, STR("{"));
    for (uint8_t i = 0; kind && i < kind->count; i++) {
        const Field *field = &kind->fields[i];
        if (!field->required)
            continue;
        buf_format(&body, field->multiple ? "%s\"%s\":[\"%.*s\"]" : "%s\"%s\":\"%.*s\"", comma, field->name,
                   STR_ARGS(field_value(it, field)));
        comma = ",";
    }
    buf_add(&body, STR("}"));
    EXPECT_OK(buf_done(&body, &bytes));
    return bytes;
}

/* What a second {id} names, by what the address is about. */
static const char *second_id(const Case *it, const Door *door)
{
    if (door->act == ACT_CONSENT_DOCUMENT_READ)
        return it->consent;
    if (door->act == ACT_GUARDIAN_END || door->act == ACT_GUARDIAN_ADD)
        return it->guardian;
    if (door->act == ACT_PARTICIPANT_END)
        return it->actor;
    if (door->procedure)
        return door->procedure->of == KIND_MEETING ? it->meeting : door->procedure->of == KIND_NOTE ? it->note : it->measure;
    return it->note;
}

static Str path_of(Case *it, const Door *door, const char *log)
{
    Buf path = buf_new(it->browser.arena, 512);
    unsigned ids = 0;
    Str text = STR_NONE;

    for (const char *at = door->route->path; *at;) {
        if (str_starts(str_from_c(at), STR("{id}"))) {
            buf_add(&path, str_from_c(ids++ == 0 ? log : second_id(it, door)));
            at += strlen("{id}");
        } else if (str_starts(str_from_c(at), STR("{word}"))) {
            buf_add(&path, str_from_c(door->word));
            at += strlen("{word}");
        } else {
            buf_add_char(&path, *at++);
        }
    }
    EXPECT_OK(buf_done(&path, &text));
    return text;
}

void door_ask(Case *it, const Door *door, const Asker *asker, const char *log)
{
    BrowserRequest asked = {.method = door->route->method, .path = path_of(it, door, log)};

    if (asked.method != METHOD_GET) {
        bool api = door->route->api != NULL;
        asked.body = api ? document_of(it, door) : form_of(it, door, asker);
        asked.type = api ? STR("application/json") : STR("application/x-www-form-urlencoded");
        asked.token = asker->token;
        asked.version = api && door->route->api->versioned ? STR("\"1\"") : STR_NONE;
    }
    it->browser.cookie = asker->cookie;
    browser_send(&it->browser, &asked);
    it->asked++;
}

