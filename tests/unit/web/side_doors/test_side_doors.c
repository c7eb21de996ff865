/* The side doors: every address of one log, asked by everybody in every state, answers what the policy says, and where that is
 * no, it answers as for a log that is not there. Addresses come from the table of routes, rights from policy_decide; how each
 * asker stands to the log is written here, and not learnt from the service that is tested.
 * Must not list addresses: a new row of the table is asked too.
 * Run by meson test. */
#include "support/test.h"

#include <stdio.h>

#include "base/calendar.h"
#include "domain/policy/policy.h"
#include "domain/procedures.h"
#include "service/acts/actor.h"
#include "service/acts/child.h"
#include "service/acts/draft.h"
#include "service/acts/entry.h"
#include "service/log/refs.h"
#include "service/log/task.h"
#include "service/people/staff.h"
#include "service/reading/open.h"
#include "support/browser.h"
#include "web/call/route.h"

#define ABSENT "0123456789abcdef0123456789abcdef"

/* Everybody who may come, and how they stand to the log. */
typedef struct Asker {
    const char *name;
    Role role; /* ROLE_NONE: no session */
    Relation relation;
    Flags flags;
    Str cookie, token;
} Asker;

static const Asker everybody[] = {
    {"Klok Elv", ROLE_RELAY_HOLDER, RELATION_PARTICIPANT, 0, {0}, {0}},
    {"Annen Elv", ROLE_RELAY_HOLDER, RELATION_NONE, 0, {0}, {0}},
    {"Innenfor Lind", ROLE_ACTOR, RELATION_PARTICIPANT, 0, {0}, {0}},
    {"Utenfor Lind", ROLE_ACTOR, RELATION_NONE, 0, {0}, {0}},
    {"Tidligere Lind", ROLE_ACTOR, RELATION_FORMER, 0, {0}, {0}},
    {"Varm Bjørk", ROLE_GUARDIAN, RELATION_PARTICIPANT, 0, {0}, {0}},
    {"Blid Bjørk", ROLE_CHILD, RELATION_PARTICIPANT, FLAG_LET_IN | FLAG_KNOWS, {0}, {0}},
    {"Stille Fjell", ROLE_ORG_MANAGER, RELATION_UNIT, 0, {0}, {0}},
    {"Fjern Fjell", ROLE_ORG_MANAGER, RELATION_NONE, 0, {0}, {0}},
    {"Kari Kommune", ROLE_MUNICIPALITY_ADMIN, RELATION_MUNICIPALITY, 0, {0}, {0}},
    {"nobody", ROLE_NONE, RELATION_NONE, 0, {0}, {0}},
};

/* What the log is when it is asked for. */
typedef struct Stand {
    const char *name;
    State state;
    Flags flags;      /* stored in its row */
    int64_t days;     /* that pass before; the consent ends after 200 */
    Flags follow;     /* what follows from them */
} Stand;

typedef struct Case {
    Browser browser;
    Asker askers[COUNT_OF(everybody)];
    const Stand *stand;
    char log[ID_TEXT + 1], consent[ID_TEXT + 1], guardian[ID_TEXT + 1], actor[ID_TEXT + 1], outside[ID_TEXT + 1];
    char note[ID_TEXT + 1], measure[ID_TEXT + 1], meeting[ID_TEXT + 1];
    Str today, in_time; /* and a day on which a consent may end */
    unsigned asked, refused, wrong, told;
} Case;

/* One address with its placeholders filled in, and what is sent there. */
typedef struct Door {
    const Route *route;
    const char *word;
    const Kind *kind;           /* whose fields it takes; NULL: none */
    const Procedure *procedure;
    Act act;
    unsigned number;            /* among those of the same row */
} Door;

/* ---- the log, and who comes ---- */

static Str day(Case *it, int days)
{
    Buf text = buf_new(it->browser.arena, 16);
    int64_t now = 0;
    Str iso = STR_NONE;

    EXPECT_OK(world_now(&it->browser.fixture.world, &now));
    buf_add_day(&text, oslo_day(now) + days);
    EXPECT_OK(buf_done(&text, &iso));
    return iso;
}

static const char *c_text(Case *it, Str text)
{
    char *copy = NULL;

    EXPECT_OK(str_to_c(it->browser.arena, text, &copy));
    return copy;
}

static void open_log(Case *it, const Actor *holder, LogView *view)
{
    Id log;
    Why why;

    EXPECT_OK(id_from_text(str_from_c(it->log), &log));
    EXPECT_OK(log_open(&(LogReader){&it->browser.fixture.service, holder, it->browser.arena}, log, OPENING_NONE, &why, view));
}

static void people_come(Case *it)
{
    Browser *browser = &it->browser;
    Actor admin = browser_become_named(browser, ROLE_MUNICIPALITY_ADMIN, NULL);
    Actor manager = browser_become_named(browser, ROLE_ORG_MANAGER, "Stille Fjell");

    browser_appoint(browser, &admin, ROLE_ORG_MANAGER, browser->other_unit, "Fjern Fjell");
    browser_appoint(browser, &manager, ROLE_RELAY_HOLDER, browser->unit, "Annen Elv");
    browser_appoint(browser, &manager, ROLE_ACTOR, browser->unit, "Innenfor Lind");
    browser_appoint(browser, &manager, ROLE_ACTOR, browser->unit, "Utenfor Lind");
    browser_appoint(browser, &manager, ROLE_ACTOR, browser->unit, "Tidligere Lind");
}

static void log_begins(Case *it)
{
    Browser *browser = &it->browser;
    const char *today = c_text(it, it->today);

    (void)browser_become_named(browser, ROLE_RELAY_HOLDER, "Klok Elv");
    browser_get(browser, "/ny");
    browser_post(browser, "/ny/information", NULL);
    browser_post(browser, "/ny/consent", "required_persons", "1", "valid_to", c_text(it, day(it, 200)), NULL);
    browser_post(browser, "/ny/consent", "answer", "1", "method", "1", "given_on", today, "witness", "", NULL);
    browser_post(browser, "/ny/child", "name", "Blid Bjørk", "national_id", "14851650181", "birth_date", "14.05.2016", NULL);
    browser_post(browser, "/ny/guardian", "name", "Varm Bjørk", "relationship", "1", "responsibility", "1", NULL);
    browser_upload(browser, "/ny/create", STR("%PDF-1.7 invented\n%%EOF\n"), NULL);
    EXPECT(browser->status == 303);
    browser_get(browser, "/mine");
    size_t at = browser_finds(browser, "/logg/");
    snprintf(it->log, sizeof it->log, "%.*s", ID_TEXT, browser->page.data + at + strlen("/logg/"));
}

static void write_entry(Case *it, const Actor *holder, Values *values, char *ret_entry)
{
    Id log, entry;

    EXPECT_OK(id_from_text(str_from_c(it->log), &log));
    EXPECT_OK(log_entry_add(&it->browser.fixture.service, holder, log, values, &entry));
    id_to_text(entry, ret_entry);
}

static void entries_come(Case *it, const Actor *holder)
{
    Values note = {.kind = kind_of(KIND_NOTE)}, measure = {.kind = kind_of(KIND_MEASURE)}, meeting = {.kind = kind_of(KIND_MEETING)};
    char own[ID_TEXT + 1];
    LogView view = {0};
    Str time = STR_NONE;

    open_log(it, holder, &view);
    for (uint32_t i = 0; i < view.people_count; i++)
        id_to_text(view.people[i].participant, view.people[i].role == ROLE_GUARDIAN ? it->guardian : own);
    id_to_text(view.consents[0].id, it->consent);
    values_put(&note, NOTE_KIND, STR("1"));
    values_put(&note, NOTE_TEXT, STR("Leser sakte"));
    write_entry(it, holder, &note, it->note);
    values_put(&measure, MEASURE_CATEGORY, STR("10"));
    values_put(&measure, MEASURE_ARENA, STR("1"));
    values_put(&measure, MEASURE_DESCRIPTION, STR("Leser sammen"));
    values_put(&measure, MEASURE_RESPONSIBLE, str_from_c(own));
    values_put(&measure, MEASURE_DEADLINE, day(it, 30));
    values_put(&measure, MEASURE_STATE, STR("1"));
    write_entry(it, holder, &measure, it->measure);
    EXPECT_OK(str_format(it->browser.arena, &time, "%.*sT10:00", STR_ARGS(it->today)));
    values_put(&meeting, MEETING_TIME, time);
    write_entry(it, holder, &meeting, it->meeting);
}

/* The one who is inside, the one who was, the one outside, and the child. */
static void team_comes(Case *it, const Actor *holder)
{
    Service *service = &it->browser.fixture.service;
    Actor manager = browser_become_named(&it->browser, ROLE_ORG_MANAGER, "Stille Fjell");
    StaffRoles staff = {0};
    GuardianCode code;
    Id log, participant;

    EXPECT_OK(id_from_text(str_from_c(it->log), &log));
    EXPECT_OK(people_staff(service, &manager, it->browser.unit, it->browser.arena, &staff));
    for (uint32_t i = 0; i < staff.count; i++) {
        const StaffRole *role = &staff.items[i];
        if (str_equal(role->name, STR("Utenfor Lind")))
            id_to_text(role->role_row, it->outside);
        if (!str_equal(role->name, STR("Innenfor Lind")) && !str_equal(role->name, STR("Tidligere Lind")))
            continue;
        EXPECT_OK(log_actor_add(service, holder, log, role->role_row, &participant));
        if (str_equal(role->name, STR("Tidligere Lind")))
            EXPECT_OK(log_participant_end(service, holder, log, participant));
        else
            id_to_text(participant, it->actor);
    }
    EXPECT_OK(log_child_let_in(service, holder, log, it->browser.arena, &code));
}

static Err stands_as(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    const Stand *stand = self;

    (void)scratch;
    (void)entered;
    change->log.state = (uint8_t)stand->state;
    change->log.flags |= stand->flags;
    return ok();
}

/* What a protected log must not tell a guardian or an actor, and the name of the school, which a guardian must not be told. */
#define ADDRESS_CANARY "Lonnveien 77"
#define PHONE_CANARY "90000077"
#define SCHOOL "Solbakken skole"

/* The address stands in two versions of the child, the older from before it was protected, and in a note that the holder has
 * begun and not sent. */
static void address_comes(Case *it, const Actor *holder)
{
    static const char *const protections[] = {"1", "2"};
    Service *service = &it->browser.fixture.service;
    LogView view = {0};

    for (size_t i = 0; i < COUNT_OF(protections); i++) {
        open_log(it, holder, &view);
        for (uint32_t k = 0; k < view.entry_count; k++) {
            const LogEntry *child = &view.entries[k];
            if (child->values.kind->id != KIND_CHILD)
                continue;
            Values values = child->values;
            values_put(&values, CHILD_ADDRESS, STR(ADDRESS_CANARY));
            values_put(&values, CHILD_PHONE, STR(PHONE_CANARY));
            values_put(&values, CHILD_PROTECTION, str_from_c(protections[i]));
            EXPECT_OK(log_entry_correct(service, holder, &(EntryVersion){view.summary.id, child->entry, child->version}, &values));
        }
    }
    EXPECT_OK(log_draft_keep(service, holder, &(DraftOf){.log = view.summary.id, .kind = KIND_NOTE}, STR("text=De bor i " ADDRESS_CANARY),
                             it->browser.arena));
}

/* The row is changed under a new head, as an act would. */
static void log_changes(Case *it, const Actor *holder)
{
    Stand stand = *it->stand;
    LogTask task = {.wish = {.act = ACT_NOTE_WRITE, .purpose = PURPOSE_WRITE}, .prepare = stands_as, .self = &stand};
    Why why;

    EXPECT_OK(id_from_text(str_from_c(it->log), &task.wish.log));
    EXPECT_OK(log_carry_out(&it->browser.fixture.service, holder, &task, &why));
    fixture_advance(&it->browser.fixture, stand.days * 86400000);
}

static void sign_in_all(Case *it)
{
    Browser *browser = &it->browser;

    for (size_t i = 0; i < COUNT_OF(everybody); i++) {
        Asker *asker = &it->askers[i];
        *asker = everybody[i];
        browser_forget(browser);
        if (asker->role == ROLE_NONE)
            continue;
        (void)browser_become_named(browser, asker->role, asker->name);
        asker->cookie = browser->cookie;
        browser_get(browser, "/rolle");
        asker->token = browser_hidden(browser, "form_token");
        EXPECT(asker->token.length > 0);
    }
}

static void case_begin(Case *it, const Stand *stand)
{
    it->stand = stand;
    it->browser.fixture.in_memory = true;
    browser_begin(&it->browser);
    it->today = day(it, 0);
    it->in_time = day(it, 100);
    people_come(it);
    log_begins(it);
    Actor holder = browser_become_named(&it->browser, ROLE_RELAY_HOLDER, "Klok Elv");
    entries_come(it, &holder);
    team_comes(it, &holder);
    if (stand->follow & FLAG_ADDRESS_PROTECTED)
        address_comes(it, &holder);
    log_changes(it, &holder);
    sign_in_all(it);
}

static void case_end(Case *it)
{
    browser_end(&it->browser);
}

/* ---- what is sent ---- */

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
    case FIELD_UNIT:
    case FIELD_HASH:
        break;
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
    if (door->act == ACT_GUARDIAN_END)
        return it->guardian;
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

static void ask(Case *it, const Door *door, const Asker *asker, const char *log)
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

/* ---- what is expected ---- */

static Ask ask_of(const Case *it, const Asker *asker, Act act)
{
    /* The consent, and the paper it was given on, are the guardian's own. */
    Flags own = act == ACT_CONSENT_DOCUMENT_READ && asker->role == ROLE_GUARDIAN ? FLAG_OWN : 0u;
    Flags flags = it->stand->flags | it->stand->follow | asker->flags | FLAG_GUARDIANS_WRITE | own;
    bool consented = !(flags & FLAG_CONSENT_INVALID);
    /* An actor is inside by the consent that names the unit. */
    bool left = !consented && asker->role == ROLE_ACTOR && asker->relation == RELATION_PARTICIPANT;

    return (Ask){.act = act, .role = asker->role, .relation = left ? RELATION_FORMER : asker->relation,
                 .state = it->stand->state, .flags = flags | (consented ? FLAG_IN_CONSENT : 0u)};
}

static bool is_yes(Why why)
{
    return why == WHY_ALLOWED || why == WHY_ASK_REASON;
}

/* Whoever answers for a measure evaluates it; whether they do shows when it is sent. */
static Why decide(const Case *it, const Asker *asker, const Door *door)
{
    Why why = policy_decide(ask_of(it, asker, door->act));

    if (is_yes(why) || door->act != ACT_EVALUATION_WRITE || door->route->method != METHOD_GET)
        return why;
    Ask own = ask_of(it, asker, ACT_OWN_EVALUATION_WRITE);
    own.flags |= FLAG_OWN;
    return policy_decide(own);
}

/* The log's own page shows the stub to those who may see no more. */
static bool shows_stub(const Door *door, Why why)
{
    return why == WHY_STUB && door->act == ACT_LOG_READ && door->route->method == METHOD_GET &&
           (strcmp(door->route->path, "/logg/{id}") == 0 || door->route->api);
}

/* Whoever reads the log with a reason is asked for it before anything else is looked at; it is no secret to them. */
static bool is_asked_why(const Case *it, const Asker *asker)
{
    bool asked = it->browser.status == 422 || browser_sees(&it->browser, "Hvorfor trenger du å åpne loggen?");

    return asked && policy_decide(ask_of(it, asker, ACT_LOG_READ)) == WHY_ASK_REASON;
}

/* Nor is it that a log is held to those who would read it, or its stub, if it were not. */
static bool is_told_of_hold(const Case *it, const Asker *asker, const Door *door)
{
    return it->browser.status == 503 && (it->stand->flags & FLAG_HOLD) &&
           (policy_may_tell_hold(ask_of(it, asker, door->act)) || policy_may_tell_hold(ask_of(it, asker, ACT_LOG_READ)));
}

/* A change that is refused is no absent page to whoever reads the log now: the reason, and what was typed (rules: web 5). Forms of
 * acts say why the log is looked into. */
static bool is_told_why_not(const Case *it, const Asker *asker, const Door *door)
{
    Ask reads = ask_of(it, asker, ACT_LOG_READ);

    if (door->procedure && !door->route->api && reads.opening == OPENING_NONE)
        reads.opening = OPENING_COMPLAINT;
    return door->route->method != METHOD_GET && policy_decide(reads) == WHY_ALLOWED;
}

/* ---- the same, byte for byte, but for what differs each time ---- */

typedef struct Answer {
    int status;
    Str page, location, given;
} Answer;

/* Whether an id of this case begins a text. */
static bool is_own_id(const Case *it, Str text)
{
    const char *const ids[] = {it->log, it->consent, it->guardian, it->actor, it->outside, it->note, it->measure, it->meeting};

    for (size_t i = 0; i < COUNT_OF(ids); i++)
        if (str_starts(text, str_from_c(ids[i])))
            return true;
    return false;
}

/* How much of a text is of no account: a token after its name, an id after a slash or a quotation mark. */
static size_t differs_each_time(const Case *it, Str text, size_t at)
{
    const Str token = STR("value=\"");
    char before = at > 0 ? text.data[at - 1] : '\0';

    if (before == '/' || before == '"')
        return is_own_id(it, str_slice(text, at, SIZE_MAX)) ? ID_TEXT : 0;
    if (text.data[at] != 'v' || !str_starts(str_slice(text, at, SIZE_MAX), token) || at < sizeof "form_token\" " - 1)
        return 0;
    bool is_token = str_starts(str_slice(text, at - (sizeof "form_token\" " - 1), SIZE_MAX), STR("form_token\" "));
    return is_token ? str_find(text, '"', at + token.length) - at : 0;
}

/* Tokens are left out, and each id of this case stands as the absent one. */
static Str plain(Case *it, Str text)
{
    Buf out = buf_new(it->browser.arena, text.length * 2 + 64);
    size_t from = 0;
    Str done = STR_NONE;

    for (size_t at = 0; at < text.length; at++) {
        size_t skip = differs_each_time(it, text, at);
        if (skip == 0)
            continue;
        buf_add(&out, str_slice(text, from, at));
        buf_add(&out, STR(ABSENT));
        at += skip - 1;
        from = at + 1;
    }
    buf_add(&out, str_slice(text, from, SIZE_MAX));
    EXPECT_OK(buf_done(&out, &done));
    return done;
}

static Answer answer(Case *it)
{
    const Browser *browser = &it->browser;

    return (Answer){.status = browser->status, .page = plain(it, browser->page), .location = plain(it, browser->location),
                    .given = browser->given};
}

static bool same(const Answer *a, const Answer *b)
{
    return a->status == b->status && str_equal(a->page, b->page) && str_equal(a->location, b->location) &&
           str_equal(a->given, b->given);
}

static void tell(Case *it, const Door *door, const Asker *asker, const char *what)
{
    it->wrong++;
    print_error("%s, %s: %s %s (%s): %s\n", it->stand->name, asker->name, door->route->method == METHOD_GET ? "GET" : "send",
                door->route->path, door->word, what);
}

/* How an absent log is answered does not depend on the state of another: it is asked once for all states, but of nobody, to whom
 * what was typed is given back. Texts as plain makes them, kept until the end of the process. */
typedef struct Absent {
    bool known;
    Answer answer;
} Absent;
#define WORDS_MAX 64
static_assert(KIND_LIMIT <= WORDS_MAX && PROCEDURE_COUNT <= WORDS_MAX, "room for each word");
static Absent absents[128][WORDS_MAX][COUNT_OF(everybody)];
static Arena *absent_texts;

static const Answer *absent_answer(Case *it, const Door *door, const Asker *asker)
{
    Absent *absent = &absents[door->route - routes][door->number][asker - it->askers];

    if (absent->known && asker->role != ROLE_NONE)
        return &absent->answer;
    ask(it, door, asker, ABSENT);
    const Answer got = answer(it);
    absent->known = true;
    absent->answer.status = got.status;
    EXPECT_OK(str_copy(absent_texts, got.page, &absent->answer.page));
    EXPECT_OK(str_copy(absent_texts, got.location, &absent->answer.location));
    EXPECT_OK(str_copy(absent_texts, got.given, &absent->answer.given));
    return &absent->answer;
}

/* Known, but no access: whoever takes part, or did, in a log that they cannot read now (rules: access 10). */
#define SHUT_HEADING "Du har ikke tilgang til denne loggen"
static bool knows_it_is_shut(const Case *it, const Asker *asker)
{
    const Ask reading = ask_of(it, asker, ACT_LOG_READ);

    return !is_yes(policy_decide(reading)) && policy_may_tell(reading);
}

static bool page_holds(const Case *it, Str words)
{
    const Str *page = &it->browser.page;

    for (size_t at = 0; at + words.length <= page->length; at++)
        if (str_starts(str_slice(*page, at, SIZE_MAX), words))
            return true;
    return false;
}

/* Where the child lives is told to no guardian and no actor, by whatever page, document or list. */
static void expect_protected(Case *it, const Door *door, const Asker *asker)
{
    bool guardian = asker->role == ROLE_GUARDIAN;

    it->told += asker->role == ROLE_RELAY_HOLDER && page_holds(it, STR(ADDRESS_CANARY));
    if (!(it->stand->follow & FLAG_ADDRESS_PROTECTED) || (!guardian && asker->role != ROLE_ACTOR))
        return;
    if (page_holds(it, STR(ADDRESS_CANARY)) || page_holds(it, STR(PHONE_CANARY)))
        tell(it, door, asker, "tells a protected address");
    if (guardian && page_holds(it, STR(SCHOOL)))
        tell(it, door, asker, "tells the school of a protected child");
}

static int64_t newest_line(Case *it)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Store *store = NULL;
    int64_t seq = 0;
    Hash hash;

    EXPECT_OK(store_of(it->browser.fixture.service.stores, it->browser.fixture.tenant, &store));
    EXPECT_OK(store_read(store, &tx));
    EXPECT_OK(store_audit_head(tx, &seq, &hash));
    return seq;
}

/* A line says what was done: a page that is looked at does nothing. */
static void expect_only_looked(Case *it, const Door *door, const Asker *asker, int64_t before)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Store *store = NULL;
    AuditRows rows = {0};

    EXPECT_OK(store_of(it->browser.fixture.service.stores, it->browser.fixture.tenant, &store));
    EXPECT_OK(store_read(store, &tx));
    EXPECT_OK(store_audit_all(tx, 0, 20, it->browser.arena, &rows));
    for (uint32_t i = 0; i < rows.count && rows.items[i].seq > before; i++)
        if (rows.items[i].line.outcome == AUDIT_ALLOWED && act_effect((Act)rows.items[i].line.act) != LOOK)
            tell(it, door, asker, act_code((Act)rows.items[i].line.act));
}

/* ---- every door ---- */

static void try_door(Case *it, const Door *door, const Asker *asker)
{
    Why why = decide(it, asker, door);
    bool looks = door->route->method == METHOD_GET;

    /* What is allowed and sent would change the log for whoever comes after. */
    if (!looks && is_yes(why))
        return;
    bool watched = looks && it->stand->state == STATE_ACTIVE && it->stand->flags == 0 && it->stand->days == 0;
    int64_t before = watched ? newest_line(it) : 0;
    ask(it, door, asker, it->log);
    if (watched)
        expect_only_looked(it, door, asker, before);
    expect_protected(it, door, asker);
    Answer there = answer(it);
    if (why == WHY_ALLOWED || shows_stub(door, why)) {
        if (there.status != 200 && there.status != 303)
            tell(it, door, asker, "is allowed and not shown");
        return;
    }
    if (why == WHY_ASK_REASON || is_asked_why(it, asker) || is_told_of_hold(it, asker, door))
        return;
    it->refused++;
    if (is_told_why_not(it, asker, door)) {
        if (there.status != 403 && there.status != 422)
            tell(it, door, asker, "is refused without a word to a reader");
        return;
    }
    /* A reason is taken from whoever may give one, before the log is looked at. */
    bool leads_on = there.location.length > 0 && same(&there, absent_answer(it, door, asker));
    if (knows_it_is_shut(it, asker) && !leads_on) {
        if (there.status != 404 || !page_holds(it, STR(SHUT_HEADING)))
            tell(it, door, asker, "is refused, and they are not told that the log is shut");
    } else if (!same(&there, absent_answer(it, door, asker)))
        tell(it, door, asker, "differs from that of an absent log");
    else if (there.status != 404 && asker->role != ROLE_NONE && there.location.length == 0)
        tell(it, door, asker, "is refused before the policy is asked");
}

static void try_words(Case *it, const Route *route, const Asker *asker)
{
    bool of_entry = strstr(strstr(route->path, "{id}") + 1, "{id}") != NULL;
    ProcedureForm form;
    Door door = {.route = route, .word = "note", .act = route->act};

    if (route->act_from == ACT_FROM_PROCEDURE)
        for (unsigned i = 0; procedure_at(i); i++) {
            door.number = i;
            door.procedure = procedure_at(i);
            procedure_form(door.procedure, &form);
            door.word = act_code(door.act = door.procedure->act);
            door.kind = &form.kind;
            if (of_entry == (door.procedure->of != KIND_NONE))
                try_door(it, &door, asker);
        }
    else if (route->act_from == ACT_FROM_KIND)
        for (unsigned i = 1; i < KIND_LIMIT; i++) {
            if (!kind_of(i) || !log_is_written(i))
                continue;
            door = (Door){.route = route, .word = kind_of(i)->code, .kind = kind_of(i), .act = kind_of(i)->act,
                          .number = i};
            try_door(it, &door, asker);
        }
    else {
        door.kind = route->entry_fields ? kind_of(KIND_NOTE) : NULL;
        try_door(it, &door, asker);
    }
}

static bool is_of_a_log(const Route *route)
{
    Str path = str_from_c(route->path);

    return str_starts(path, STR("/logg/{id}")) || str_starts(path, STR("/api/v1/logs/{id}"));
}

static void try_everything(const Stand *stand)
{
    AUTO(case_end) Case it = {0};

    if (!absent_texts)
        EXPECT_OK(arena_new((size_t)64 << 20, &absent_texts));
    case_begin(&it, stand);
    EXPECT(route_count <= COUNT_OF(absents));
    for (size_t i = 0; i < route_count; i++)
        for (size_t k = 0; k < COUNT_OF(everybody) && is_of_a_log(&routes[i]); k++)
            try_words(&it, &routes[i], &it.askers[k]);
    print_message("# %u asked, %u refused, %u wrong\n", it.asked, it.refused, it.wrong);
    EXPECT(it.wrong == 0);
    EXPECT((it.told > 0) == ((stand->follow & FLAG_ADDRESS_PROTECTED) != 0));
}

/* Whether anybody may do it, or would be told why not, about a log in some state. A unit's request for a log is about none, and
 * its other row about a guardian's stub has no address yet. */
static bool is_about_a_log(Act act)
{
    if (act == ACT_BLIND_REQUEST)
        return false;
    for (unsigned role = ROLE_NONE + 1; role < ROLE_COUNT; role++)
        for (unsigned state = STATE_ACTIVE; state < STATE_COUNT; state++) {
            Why why = policy_decide((Ask){.act = act, .role = (Role)role, .state = (State)state});
            if (why != WHY_ROLE && why != WHY_STATE && why != WHY_UNDECIDED)
                return true;
        }
    return false;
}

TEST(an_address_that_stands_elsewhere_is_no_act_on_a_log)
{
    EXPECT(is_about_a_log(ACT_LOG_READ) && !is_about_a_log(ACT_UNITS_MANAGE));
    for (size_t i = 0; i < route_count; i++)
        EXPECT(is_of_a_log(&routes[i]) || (routes[i].act_from == ACT_FROM_ROW && !is_about_a_log(routes[i].act)));
}

/* ---- addresses of no log ---- */

/* How somebody stands to their own unit and municipality, and to the logs that are their own. */
static Relation at_home(const Asker *asker, Act act)
{
    if (act == ACT_LOG_LIST || act == ACT_SEARCH)
        return policy_log_relation(asker->role);
    bool works = asker->role == ROLE_ORG_MANAGER || asker->role == ROLE_RELAY_HOLDER || asker->role == ROLE_ACTOR;

    return asker->role == ROLE_MUNICIPALITY_ADMIN ? RELATION_MUNICIPALITY : works ? RELATION_UNIT : RELATION_NONE;
}

/* What is refused is not there; an address that leads to whatever log it names, as to one that is absent, tells nothing. */
static void try_elsewhere(Case *it, const Route *route, const Asker *asker)
{
    const Door door = {.route = route, .word = "child", .act = route->act, .kind = route->entry_fields ? kind_of(KIND_CHILD) : NULL};
    const Ask asked = {.act = route->act, .role = asker->role, .relation = at_home(asker, route->act), .flags = FLAG_IN_CONSENT};
    int absent = asker->role != ROLE_NONE ? 404 : route->api ? 401 : 403;

    if (is_yes(policy_decide(asked)))
        return;
    ask(it, &door, asker, it->log);
    const Answer there = answer(it);
    it->refused++;
    if (there.status == absent)
        return;
    ask(it, &door, asker, ABSENT);
    const Answer elsewhere = answer(it);
    if (!strstr(route->path, "{id}") || !same(&there, &elsewhere))
        tell(it, &door, asker, "is refused and answered");
}

TEST(what_is_about_no_log_is_absent_to_whom_the_policy_refuses_it)
{
    const Stand stand = {"active", STATE_ACTIVE, 0, 0, 0};
    AUTO(case_end) Case it = {0};

    case_begin(&it, &stand);
    for (size_t i = 0; i < route_count; i++)
        for (size_t k = 0; k < COUNT_OF(everybody) && !is_of_a_log(&routes[i]) && routes[i].access == ACCESS_ROLE; k++)
            try_elsewhere(&it, &routes[i], &it.askers[k]);
    print_message("# %u asked, %u refused, %u wrong\n", it.asked, it.refused, it.wrong);
    EXPECT(it.wrong == 0);
}

#define STATE_TEST(sentence, ...) \
    TEST(sentence) { try_everything(&(Stand){__VA_ARGS__}); }

STATE_TEST(an_active_log_has_no_side_door, "active", STATE_ACTIVE, 0, 0, 0)
STATE_TEST(a_log_with_a_protected_address_has_none_and_tells_no_guardian_or_actor_where_the_child_is, "protected", STATE_ACTIVE, 0, 0,
           FLAG_ADDRESS_PROTECTED)
STATE_TEST(a_restricted_log_has_none, "restricted", STATE_ACTIVE, FLAG_RESTRICTED, 0, 0)
STATE_TEST(a_held_log_has_none, "held", STATE_ACTIVE, FLAG_HOLD, 0, 0)
STATE_TEST(a_log_whose_consent_has_run_out_has_none, "run out", STATE_ACTIVE, 0, 201, FLAG_CONSENT_INVALID)
STATE_TEST(a_passive_log_has_none, "passive", STATE_PASSIVE, 0, 0, 0)
STATE_TEST(a_log_that_has_moved_has_none, "moved", STATE_PASSIVE, FLAG_MOVED, 0, 0)
STATE_TEST(a_log_that_was_a_mistake_has_none, "mistake", STATE_PASSIVE, FLAG_MISTAKE, 0, 0)
STATE_TEST(a_passive_log_that_is_held_has_none, "held, passive", STATE_PASSIVE, FLAG_HOLD, 0, 0)
STATE_TEST(a_held_log_whose_deletion_is_ordered_has_none, "held, ordered", STATE_DELETION_ORDERED, FLAG_HOLD, 0, 0)
STATE_TEST(a_log_whose_deletion_is_ordered_has_none, "ordered", STATE_DELETION_ORDERED, 0, 0, 0)
STATE_TEST(a_deleted_log_has_none, "deleted", STATE_DELETED, 0, 0, 0)

RUN_TESTS("side_doors")
