/* What is expected of an answer: what the policy says, and the same bytes as for a log that is not there.
 * Must not ask the service what somebody may.
 * Called by doors.c and the tests. */
#include "side_doors.h"

Ask ask_of(const Case *it, const Asker *asker, Act act)
{
    /* The consent, and the paper it was given on, are the guardian's own. */
    Flags own = act == ACT_CONSENT_DOCUMENT_READ && asker->role == ROLE_GUARDIAN ? FLAG_OWN : 0u;
    Flags flags = it->stand->flags | it->stand->follow | asker->flags | FLAG_GUARDIANS_WRITE | own;
    bool consented = !(flags & FLAG_CONSENT_INVALID);
    /* An actor is inside by the consent that names the unit. */
    bool left = !consented && asker->role == ROLE_ACTOR && asker->relation == RELATION_PARTICIPANT;

    return (Ask){.act = act, .role = asker->role, .relation = left ? RELATION_FORMER : relation_now(it, asker),
                 .state = it->stand->state, .flags = flags | (consented ? FLAG_IN_CONSENT : 0u)};
}

bool is_yes(Why why)
{
    return why == WHY_ALLOWED || why == WHY_ASK_REASON;
}

/* Whoever answers for a measure evaluates it; whether they do shows when it is sent. */
Why decide(const Case *it, const Asker *asker, const Door *door)
{
    Why why = policy_decide(ask_of(it, asker, door->act));

    if (it->opened != ACT_NONE && asker->role == it->opened_to)
        return WHY_STATE;
    if (is_yes(why) || door->act != ACT_EVALUATION_WRITE || door->route->method != METHOD_GET)
        return why;
    Ask own = ask_of(it, asker, ACT_OWN_EVALUATION_WRITE);
    own.flags |= FLAG_OWN;
    return policy_decide(own);
}

/* The log's own page shows the stub to those who may see no more. */
bool shows_stub(const Door *door, Why why)
{
    return (why == WHY_STUB || why == WHY_DECISION_ONLY) && door->act == ACT_LOG_READ && door->route->method == METHOD_GET &&
           (strcmp(door->route->path, "/logg/{id}") == 0 || door->route->api);
}

/* Of a deleted log it leads whoever may read that to its certificate. */
bool leads_to_certificate(const Case *it, const Asker *asker, const Door *door)
{
    return strcmp(door->route->path, "/logg/{id}") == 0 && policy_decide(ask_of(it, asker, ACT_CERTIFICATE_READ)) == WHY_ALLOWED;
}

/* Whoever reads the log with a reason is asked for it before anything else is looked at; it is no secret to them. */
bool is_asked_why(const Case *it, const Asker *asker)
{
    bool asked = it->browser.status == 422 || browser_sees(&it->browser, "Hvorfor trenger du å åpne loggen?");

    return asked && policy_decide(ask_of(it, asker, ACT_LOG_READ)) == WHY_ASK_REASON;
}

/* Nor is it that a log is held to those who would read it, or its stub, if it were not. */
bool is_told_of_hold(const Case *it, const Asker *asker, const Door *door)
{
    return it->browser.status == 503 && (it->stand->flags & FLAG_HOLD) &&
           (policy_may_tell_hold(ask_of(it, asker, door->act)) || policy_may_tell_hold(ask_of(it, asker, ACT_LOG_READ)));
}

/* A change that is refused is no absent page to whoever reads the log now: the reason, and what was typed (rules: web 5). Forms of
 * acts say why the log is looked into. */
bool is_told_why_not(const Case *it, const Asker *asker, const Door *door)
{
    Ask reads = ask_of(it, asker, ACT_LOG_READ);

    if (door->procedure && !door->route->api && reads.opening == OPENING_NONE)
        reads.opening = OPENING_COMPLAINT;
    return door->route->method != METHOD_GET && policy_decide(reads) == WHY_ALLOWED;
}

/* ---- the same, byte for byte, but for what differs each time ---- */

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

Answer answer(Case *it)
{
    const Browser *browser = &it->browser;

    return (Answer){.status = browser->status, .page = plain(it, browser->page), .location = plain(it, browser->location),
                    .given = browser->given};
}

bool same(const Answer *a, const Answer *b)
{
    return a->status == b->status && str_equal(a->page, b->page) && str_equal(a->location, b->location) &&
           str_equal(a->given, b->given);
}

void tell(Case *it, const Door *door, const Asker *asker, const char *what)
{
    it->wrong++;
    if (it->opened == ACT_NONE)
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
static Absent absents[256][WORDS_MAX][EVERYBODY];
static Arena *absent_texts; /* made when the first is kept */

const Answer *absent_answer(Case *it, const Door *door, const Asker *asker)
{
    Absent *absent = &absents[door->route - routes][door->number][asker - it->askers];

    if (absent->known && asker->role != ROLE_NONE)
        return &absent->answer;
    EXPECT(route_count <= COUNT_OF(absents));
    if (!absent_texts)
        EXPECT_OK(arena_new((size_t)64 << 20, &absent_texts));
    door_ask(it, door, asker, ABSENT);
    const Answer got = answer(it);
    absent->known = true;
    absent->answer.status = got.status;
    EXPECT_OK(str_copy(absent_texts, got.page, &absent->answer.page));
    EXPECT_OK(str_copy(absent_texts, got.location, &absent->answer.location));
    EXPECT_OK(str_copy(absent_texts, got.given, &absent->answer.given));
    return &absent->answer;
}

bool knows_it_is_shut(const Case *it, const Asker *asker)
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

bool says_it_is_shut(const Case *it)
{
    return it->browser.status == 404 && page_holds(it, STR("Du har ikke tilgang til denne loggen"));
}

/* Where the child lives is told to no guardian and no actor, by whatever page, document or list. */
void expect_protected(Case *it, const Door *door, const Asker *asker)
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

int64_t newest_line(Case *it)
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
void expect_only_looked(Case *it, const Door *door, const Asker *asker, int64_t before)
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

