/* Drives web's handler as the gateway would, with requests that a browser would send.
 * Must not know what a page means.
 * Called by tests of web. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "service/people/appoint.h"
#include "service/people/units.h"
#include "service/session/demo.h"
#include "service/session/roles.h"
#include "support/browser.h"
#include "web/web.h"

#define PAGE_MAX ((size_t)16 << 20)
#define ANSWER_ARENA ((size_t)64 << 20)
#define BOUNDARY "----stafettlogg-test"

static void need(Err err, const char *what)
{
    if (is_ok(err))
        return;
    fprintf(stderr, "browser: %s: %s (%s:%u)\n", what, err_name(err.id), err.file, err.line);
    abort();
}

/* ---- the municipality ---- */

/* name: NULL for the first who has the role. */
static Actor actor_of(Browser *browser, Role role, const char *name, SessionToken *ret_token)
{
    Fixture *fixture = &browser->fixture;
    const DemoChoice *people = NULL;
    RoleChoices roles = {0};
    SessionToken first;
    uint32_t count = 0;
    Actor actor = {0};

    need(session_demo_people(&fixture->service, fixture->tenant, fixture->arena, &people, &count), "people");
    for (uint32_t i = 0; i < count; i++) {
        if (people[i].role != role || (name && !str_equal(people[i].name, str_from_c(name))))
            continue;
        need(session_sign_in_demo(&fixture->service, fixture->tenant, people[i].person, &first), "signing in");
        need(session_roles(&fixture->service, fixture->tenant, &first, fixture->arena, &roles), "roles");
        for (uint32_t k = 0; k < roles.count; k++)
            if (roles.items[k].role == role)
                need(session_choose(&fixture->service, fixture->tenant, &first, &roles.items[k], ret_token), "role");
        need(session_resume(&fixture->service, fixture->tenant, ret_token, &actor), "session");
        return actor;
    }
    need(fail(E_NOT_FOUND), "nobody has this role");
    return actor;
}

static Id new_unit(Browser *browser, const Actor *actor, Str name, Str kind)
{
    Values values = {.kind = kind_of(KIND_ORGANISATION)};
    Id unit = {0};

    values.text[kind_find(values.kind, STR("name"))] = name;
    values.text[kind_find(values.kind, STR("service"))] = kind;
    need(people_unit_add(&browser->fixture.service, actor, &values, &unit, &(FieldKey){FIELD_NONE}), "unit");
    return unit;
}

void browser_appoint(Browser *browser, const Actor *actor, Role role, Id unit, const char *name)
{
    Values values = {.kind = kind_of(KIND_STAFF_PERSON)};
    Appointment appointment = {.person = &values, .role = role, .unit = unit, .from_at = actor->now};
    EnrolmentCode code;
    Str email = STR_NONE;
    Id person;

    need(str_format(browser->fixture.arena, &email, "%.*s@example.invalid", (int)strcspn(name, " "), name), "e-mail");
    values.text[kind_find(values.kind, STR("name"))] = str_from_c(name);
    values.text[kind_find(values.kind, STR("email"))] = email;
    need(people_appoint(&browser->fixture.service, actor, &appointment, &person, &code), "appointment");
}

void browser_begin(Browser *browser)
{
    SessionToken token;
    WebOptions options = {.service = &browser->fixture.service, .origin = BROWSER_ORIGIN};

    fixture_begin(&browser->fixture);
    need(arena_new(ANSWER_ARENA, &browser->arena), "arena");
    need(web_new(&options, &browser->web), "web");
    Actor admin = actor_of(browser, ROLE_MUNICIPALITY_ADMIN, NULL, &token);
    browser->unit = new_unit(browser, &admin, STR("Solbakken skole"), STR("2"));
    browser->other_unit = new_unit(browser, &admin, STR("Helsestasjonen"), STR("5"));
    browser_appoint(browser, &admin, ROLE_ORG_MANAGER, browser->unit, "Stille Fjell");
    Actor manager = actor_of(browser, ROLE_ORG_MANAGER, NULL, &token);
    browser_appoint(browser, &manager, ROLE_RELAY_HOLDER, browser->unit, "Klok Elv");
}

void browser_end(Browser *browser)
{
    web_free(browser->web);
    arena_freep(&browser->arena);
    fixture_end(&browser->fixture);
}

void browser_become(Browser *browser, Role role)
{
    (void)browser_become_named(browser, role, NULL);
}

Actor browser_become_named(Browser *browser, Role role, const char *name)
{
    SessionToken token;
    Buf text = buf_new(browser->arena, 512);
    Actor actor = actor_of(browser, role, name, &token);

    buf_add(&text, STR("__Host-stafettlogg="));
    buf_add_id(&text, browser->fixture.tenant);
    buf_add_char(&text, '.');
    buf_add_base64url(&text, str_from_bytes(token.bytes, sizeof token.bytes));
    need(buf_done(&text, &browser->cookie), "cookie");
    return actor;
}

void browser_forget(Browser *browser)
{
    browser->cookie = STR_NONE;
}

/* ---- asking ---- */

void browser_send(Browser *browser, const BrowserRequest *asked)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Response response = {0};

    need(arena_new(ANSWER_ARENA, &arena), "arena");
    Request request = {.method = asked->method, .body = asked->body, .arena = arena};
    request.query = str_cut(asked->path, '?', &request.path);
    request.headers[HEADER_COOKIE] = browser->cookie;
    request.headers[HEADER_ORIGIN] = BROWSER_ORIGIN;
    request.headers[HEADER_SEC_FETCH_SITE] = STR("same-origin");
    request.headers[HEADER_CONTENT_TYPE] = asked->type;
    request.headers[HEADER_FORM_TOKEN] = asked->token;
    request.headers[HEADER_IF_MATCH] = asked->version;
    GatewayHandler handler = web_handler(browser->web);
    handler.handle(handler.self, &request, &response);

    browser->status = response.status;
    browser->location = browser->given = STR_NONE;
    browser->told_to_retry = false;
    need(str_copy(browser->arena, response.body, &browser->page), "page");
    need(str_copy(browser->arena, request.path, &browser->path), "path");
    for (size_t i = 0; i < response.header_count; i++) {
        const ResponseHeader *header = &response.headers[i];
        if (strcmp(header->name, "Location") == 0)
            need(str_copy(browser->arena, header->value, &browser->location), "location");
        if (strcmp(header->name, "Retry-After") == 0)
            browser->told_to_retry = true;
        if (strcmp(header->name, "Set-Cookie") == 0)
            need(str_copy(browser->arena, header->value, &browser->given), "cookie");
    }
}

void browser_get(Browser *browser, const char *path)
{
    browser_send(browser, &(BrowserRequest){.method = METHOD_GET, .path = str_from_c(path)});
}

void browser_follow(Browser *browser)
{
    char *path = NULL;

    if (browser->status != 303)
        need(fail(E_INTERNAL), "this is no redirect");
    /* The place on a page is no part of the address that is asked for. */
    Str page = str_slice(browser->location, 0, str_find(browser->location, '#', 0));
    need(str_to_c(browser->arena, page, &path), "location");
    browser_get(browser, path);
}

/* ---- forms ---- */

static size_t find_text(Str page, const char *text)
{
    size_t length = strlen(text);

    for (size_t i = 0; i + length <= page.length; i++)
        if (memcmp(page.data + i, text, length) == 0)
            return i;
    return page.length;
}

size_t browser_finds(const Browser *browser, const char *text)
{
    return find_text(browser->page, text);
}

bool browser_sees(const Browser *browser, const char *text)
{
    return browser_finds(browser, text) < browser->page.length;
}

Str browser_hidden(const Browser *browser, const char *name)
{
    char start[128];

    snprintf(start, sizeof start, "<input type=\"hidden\" name=\"%s\" value=\"", name);
    size_t from = find_text(browser->page, start) + strlen(start);
    return from > browser->page.length ? STR_NONE : str_slice(browser->page, from, str_find(browser->page, '"', from));
}

static const char *const hidden[] = {"form_token", "state", "number", "enrolment", "version"};

static void add_encoded(Buf *body, const char *name, Str value)
{
    buf_format(body, "%s%s=", body->length ? "&" : "", name);
    for (size_t i = 0; i < value.length; i++)
        buf_format(body, "%%%02X", (unsigned char)value.data[i]);
}

static bool is_given(const char *name, va_list given)
{
    va_list list;
    bool found = false;

    va_copy(list, given);
    for (const char *other = va_arg(list, const char *); other && !found; other = va_arg(list, const char *)) {
        found = strcmp(other, name) == 0;
        (void)va_arg(list, const char *);
    }
    va_end(list);
    return found;
}

void browser_post(Browser *browser, const char *path, ...)
{
    Buf body = buf_new(browser->arena, PAGE_MAX);
    Str bytes;
    va_list given;

    va_start(given, path);
    for (size_t i = 0; i < COUNT_OF(hidden); i++) {
        Str value = browser_hidden(browser, hidden[i]);
        if (value.length > 0 && !is_given(hidden[i], given))
            add_encoded(&body, hidden[i], value);
    }
    for (const char *name = va_arg(given, const char *); name; name = va_arg(given, const char *))
        add_encoded(&body, name, str_from_c(va_arg(given, const char *)));
    va_end(given);
    need(buf_done(&body, &bytes), "body");
    browser_send(browser, &(BrowserRequest){.method = METHOD_POST, .path = str_from_c(path), .body = bytes,
                                            .type = STR("application/x-www-form-urlencoded")});
}

static void add_part(Buf *body, const char *name, const char *file, Str value)
{
    buf_format(body, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n", name, file);
    if (file[0])
        buf_add(body, STR("Content-Type: application/octet-stream\r\n"));
    buf_add(body, STR("\r\n"));
    buf_add(body, value);
    buf_add(body, STR("\r\n"));
}

void browser_upload(Browser *browser, const char *path, Str file, ...)
{
    Buf body = buf_new(browser->arena, PAGE_MAX);
    Str bytes;
    va_list given;

    va_start(given, file);
    for (size_t i = 0; i < COUNT_OF(hidden); i++) {
        Str value = browser_hidden(browser, hidden[i]);
        if (value.length > 0)
            add_part(&body, hidden[i], "", value);
    }
    for (const char *name = va_arg(given, const char *); name; name = va_arg(given, const char *))
        add_part(&body, name, "", str_from_c(va_arg(given, const char *)));
    va_end(given);
    if (file.data)
        add_part(&body, "document", "; filename=\"skjema.pdf\"", file);
    buf_add(&body, STR("--" BOUNDARY "--\r\n"));
    need(buf_done(&body, &bytes), "body");
    browser_send(browser, &(BrowserRequest){.method = METHOD_POST, .path = str_from_c(path), .body = bytes,
                                            .type = STR("multipart/form-data; boundary=" BOUNDARY)});
}

void browser_keep(const Browser *browser, const char *name)
{
    const char *folder = getenv("STAFETTLOGG_PAGES");
    char path[512];

    if (!folder)
        return;
    snprintf(path, sizeof path, "%s/%s.html", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(browser->page.data, 1, browser->page.length, file) != browser->page.length || fclose(file) != 0)
        need(fail(E_IO), "keeping a page");
}
