/* Prints the lists whose numbers stand in rows, audit lines, sealed values and messages: a moved row is a readable diff.
 * Must print what the lists say, not a copy.
 * Called by policy.c and the golden test. */
#include "cli/numbers.h"

#include "crypto/crypto.h"
#include "domain/acts.h"
#include "domain/evidence.h"
#include "domain/fields.h"
#include "domain/input/media.h"
#include "domain/jobs.h"
#include "domain/lifecycle.h"
#include "domain/notices.h"
#include "domain/policy/policy.h"
#include "domain/settings.h"
#include "domain/states.h"
#include "store/rows.h"
#include "store/tables.h"
#include "wire/wire.h"

typedef struct Numbered {
    unsigned number;
    const char *name;
} Numbered;

#define ROW(prefix, name) {prefix##name, #name},

#define X(name, ...) ROW(ACT_, name)
static const Numbered acts[] = {ACTS(X)};
#undef X
#define X(name, ...) ROW(OPENING_, name)
static const Numbered openings[] = {OPENINGS(X)};
#undef X
#define X(name, ...) ROW(ROLE_, name)
static const Numbered roles[] = {ROLES(X)};
#undef X
#define X(name, ...) ROW(STATE_, name)
static const Numbered states[] = {STATES(X)};
#undef X
#define X(name, ...) ROW(FLAG_BIT_, name)
static const Numbered flags[] = {FLAGS(X)};
#undef X
#define X(name, ...) ROW(SETTING_, name)
static const Numbered settings[] = {SETTINGS(X)};
#undef X
#define X(name, ...) ROW(EVENT_, name)
static const Numbered events[] = {EVENTS(X)};
#undef X
#define X(name, ...) ROW(CLOSING_, name)
static const Numbered closings[] = {CLOSINGS(X)};
#undef X
#define X(name, ...) ROW(WHY_, name)
static const Numbered whys[] = {WHYS(X)};
#undef X
#define X(name, ...) ROW(RELATION_, name)
static const Numbered relations[] = {RELATIONS(X)};
#undef X
#define X(name, ...) ROW(E_, name)
static const Numbered errors[] = {ERRS(X)};
#undef X
#define X(name, ...) ROW(MEDIA_, name)
static const Numbered medias[] = {MEDIAS(X)};
#undef X
#define X(name, ...) ROW(OBJECT_, name)
static const Numbered objects[] = {AUDIT_OBJECTS(X)};
#undef X
#define X(name, ...) ROW(NOTICE_, name)
static const Numbered notices[] = {NOTICES(X)};
#undef X
#define X(name, ...) ROW(JOB_, name)
static const Numbered jobs[] = {JOBS(X)};
#undef X
#define X(name, ...) ROW(TABLE_, name)
static const Numbered tables[] = {TRACKED(X) PROVEN_ALONE(X)};
#undef X
#define X(name, ...) ROW(SEAL_TABLE_, name)
static const Numbered seal_tables[] = {SEAL_TABLES(X)};
#undef X
#define X(name, ...) ROW(SEAL_COLUMN_, name)
static const Numbered seal_columns[] = {SEAL_COLUMNS(X)};
#undef X
#define X(name, ...) ROW(PURPOSE_, name)
static const Numbered purposes[] = {PURPOSES(X)};
#undef X
#define X(name, ...) ROW(JOURNAL_, name)
static const Numbered journal[] = {JOURNAL_EVENTS(X)};
#undef X
#define X(name, ...) ROW(MESSAGE_, name)
static const Numbered messages[] = {MESSAGES(X)};
#undef X

/* Lists that are too short for a macro of their own. */
static const Numbered outcomes[] = {ROW(AUDIT_, ALLOWED) ROW(AUDIT_, REFUSED) ROW(AUDIT_, FAILED)};
static const Numbered modes[] = {ROW(MODE_, PRODUCTION) ROW(MODE_, DEMO) ROW(MODE_, TEST)};
static const Numbered scopes[] = {ROW(SCOPE_, LOG) ROW(SCOPE_, PERSON) ROW(SCOPE_, REGISTER)};
static const Numbered indexes[] = {ROW(INDEX_, NATIONAL_ID) ROW(INDEX_, USER_NAME)};
static const Numbered paddings[] = {ROW(PAD_, TEXT) ROW(PAD_, DOCUMENT)};

static const struct {
    const char *title;
    const Numbered *rows;
    size_t count;
} lists[] = {
    {"acts", acts, COUNT_OF(acts)},
    {"opening reasons", openings, COUNT_OF(openings)},
    {"roles", roles, COUNT_OF(roles)},
    {"states", states, COUNT_OF(states)},
    {"flags (bits)", flags, COUNT_OF(flags)},
    {"settings", settings, COUNT_OF(settings)},
    {"lifecycle events", events, COUNT_OF(events)},
    {"closing reasons", closings, COUNT_OF(closings)},
    {"answers of the policy", whys, COUNT_OF(whys)},
    {"relations", relations, COUNT_OF(relations)},
    {"errors", errors, COUNT_OF(errors)},
    {"documents", medias, COUNT_OF(medias)},
    {"objects of audit lines", objects, COUNT_OF(objects)},
    {"outcomes of audit lines", outcomes, COUNT_OF(outcomes)},
    {"notices", notices, COUNT_OF(notices)},
    {"jobs", jobs, COUNT_OF(jobs)},
    {"tables of the chain", tables, COUNT_OF(tables)},
    {"tables of sealed values", seal_tables, COUNT_OF(seal_tables)},
    {"columns of sealed values", seal_columns, COUNT_OF(seal_columns)},
    {"padding of sealed values", paddings, COUNT_OF(paddings)},
    {"modes", modes, COUNT_OF(modes)},
    {"key scopes", scopes, COUNT_OF(scopes)},
    {"blind indexes", indexes, COUNT_OF(indexes)},
    {"purposes of keys", purposes, COUNT_OF(purposes)},
    {"events of the key agent's journal", journal, COUNT_OF(journal)},
    {"messages to the key agent", messages, COUNT_OF(messages)},
};

static void print_kinds(Buf *buf)
{
    buf_add(buf, STR("\nkinds and their fields\n"));
    for (unsigned id = KIND_NONE + 1; id < KIND_LIMIT; id++) {
        const Kind *kind = kind_of(id);
        buf_format(buf, "%4u %s\n", id, kind->code);
        for (unsigned i = 0; i < kind->count; i++)
            buf_format(buf, "    %4u %s\n", kind->fields[i].id, kind->fields[i].name);
    }
}

static void print_codes(Buf *buf)
{
#define C(name, number) {(number), #name},
#define X(name, number, key, LIST) LIST(C) {0, NULL},
    static const Numbered codes[] = {CODE_LISTS(X)};
#undef X
#undef C
    unsigned list = CODES_NONE + 1;

    buf_add(buf, STR("\ncode lists\n"));
    for (size_t i = 0; i < COUNT_OF(codes); i++) {
        if (i == 0 || !codes[i - 1].name)
            buf_format(buf, "%4u %s\n", list, codes_of((CodeList)list).key);
        if (codes[i].name)
            buf_format(buf, "    %4u %s\n", codes[i].number, codes[i].name);
        list += !codes[i].name;
    }
}

void numbers_print(Buf *buf)
{
    buf_add(buf, STR("NUMBERS (each stands somewhere for ever: none is changed, and none is used again)\n"));
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        buf_format(buf, "\n%s\n", lists[i].title);
        for (size_t k = 0; k < lists[i].count; k++)
            buf_format(buf, "%4u %s\n", lists[i].rows[k].number, lists[i].rows[k].name);
    }
    print_kinds(buf);
    print_codes(buf);
}
