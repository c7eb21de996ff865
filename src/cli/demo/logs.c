/* Carries out the demo's logs: consent, log, participants, then entry by entry as the one who would have written it.
 * Must not know what is said in them (demo_texts.c), nor hold a key.
 * Called by demo.c. */
#include <stdio.h>
#include <string.h>

#include "cli/command/typed.h"
#include "cli/demo/logs.h"
#include "cli/demo/town.h"
#include "domain/input/media.h"
#include "service/acts/actor.h"
#include "service/acts/create.h"
#include "service/acts/entry.h"
#include "service/reading/open.h"

#define FIELD_ROOM 6000
#define WEEK 7

/* A letter of the tables: who it is, besides the holder and the guardians. */
static const struct {
    char letter;
    enum DemoPerson person;
    Role role;
    enum DemoUnit unit;
} cast[] = {
    {.letter = 'v', .person = DEMO_VIND, .role = ROLE_ACTOR, .unit = DEMO_SCHOOL_HEALTH},
    {.letter = 's', .person = DEMO_SJO, .role = ROLE_ACTOR, .unit = DEMO_PPT},
    {.letter = 'm', .person = DEMO_MYR, .role = ROLE_ACTOR, .unit = DEMO_SCHOOL},
    {.letter = 'k', .person = DEMO_SKOG, .role = ROLE_ACTOR, .unit = DEMO_FAMILY_CENTRE},
    {.letter = 'a', .person = DEMO_ADMIN, .role = ROLE_MUNICIPALITY_ADMIN},
    {.letter = 'd', .person = DEMO_SECOND_ADMIN, .role = ROLE_MUNICIPALITY_ADMIN},
};

/* The consent names units by letters too. */
static const struct {
    char letter;
    enum DemoUnit unit;
} unit_letters[] = {
    {.letter = 'h', .unit = DEMO_SCHOOL_HEALTH},
    {.letter = 'p', .unit = DEMO_PPT},
    {.letter = 'f', .unit = DEMO_FAMILY_CENTRE},
    {.letter = 's', .unit = DEMO_SCHOOL},
};

/* The smallest file that is a PDF: what somebody would have scanned. */
static const char document[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                               "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                               "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
                               "trailer<</Root 1 0 R>>\n%%EOF\n";

static enum DemoUnit unit_of_holder(const DemoLog *text)
{
    return text->holder == DEMO_HAVN ? DEMO_KINDERGARTEN : DEMO_SCHOOL;
}

Err demo_who(const DemoMaking *making, char letter, enum DemoPerson *ret_person, Role *ret_role, enum DemoUnit *ret_unit)
{
    if (letter == 'h') {
        *ret_person = making->text->holder;
        *ret_role = ROLE_RELAY_HOLDER;
        *ret_unit = unit_of_holder(making->text);
        return ok();
    }
    if (letter == 'b') {
        *ret_person = DEMO_CHILD;
        *ret_role = ROLE_CHILD;
        *ret_unit = DEMO_NO_UNIT;
        return ok();
    }
    if (letter == 'g' || letter == 'f') {
        *ret_person = letter == 'g' ? DEMO_GUARDIAN_1 : DEMO_GUARDIAN_2;
        *ret_role = ROLE_GUARDIAN;
        *ret_unit = DEMO_NO_UNIT;
        return ok();
    }
    for (size_t i = 0; i < COUNT_OF(cast); i++) {
        if (cast[i].letter != letter)
            continue;
        *ret_person = cast[i].person;
        *ret_role = cast[i].role;
        *ret_unit = cast[i].unit;
        return ok();
    }
    return fail(E_INTERNAL);
}

/* ---- values of the tables ---- */

/* Nothing in a kindergarten or school falls on a week-end: Saturday was Friday, Sunday will be Monday. */
static Day work_day(Day day)
{
    unsigned weekday = day_weekday(day);

    return day + (weekday == 5 ? -1 : weekday == 6 ? 1 : 0);
}

static Err add_day(const DemoMaking *making, Str typed, Buf *out)
{
    Str days = STR_NONE;
    Str time = str_cut(typed, 'T', &days);
    int64_t offset = 0;
    bool back = str_starts(days, STR("-"));

    TRY(num_parse(str_slice(days, 1, SIZE_MAX), 0, 20000, &offset));
    buf_add_day(out, work_day(making->today + (Day)(back ? -offset : offset)));
    if (time.length > 0)
        buf_format(out, "T%.*s", STR_ARGS(time));
    return ok();
}

static Err add_named(const DemoMaking *making, Str name, Buf *out)
{
    for (unsigned i = making->name_count; i > 0; i--) {
        if (!str_equal(name, str_from_c(making->names[i - 1])))
            continue;
        buf_add_id(out, making->named[i - 1]);
        return ok();
    }
    return fail(E_INTERNAL);
}

static Err add_people(const DemoMaking *making, Str letters, Buf *out)
{
    enum DemoPerson person;
    Role role;
    enum DemoUnit unit;

    for (size_t i = 0; i < letters.length; i++) {
        TRY(demo_who(making, letters.data[i], &person, &role, &unit));
        if (i > 0)
            buf_add_char(out, '\n');
        buf_add_id(out, making->participants[person]);
    }
    return ok();
}

static Err add_units(const DemoMaking *making, Str letters, Buf *out)
{
    bool first = true;

    for (size_t i = 0; i < COUNT_OF(unit_letters); i++) {
        if (str_find(letters, unit_letters[i].letter, 0) == letters.length)
            continue;
        if (!first)
            buf_add_char(out, '\n');
        buf_add_id(out, making->demo->units[unit_letters[i].unit]);
        first = false;
    }
    return ok();
}

static Err expand(const DemoMaking *making, Str value, Str *ret_text)
{
    Buf out = buf_new(making->demo->scratch, FIELD_ROOM);
    Str rest = str_slice(value, 1, SIZE_MAX);

    if (str_starts(value, STR("@")))
        TRY(add_day(making, rest, &out));
    else if (str_starts(value, STR("#")))
        TRY(add_named(making, rest, &out));
    else if (str_starts(value, STR("&")))
        TRY(add_people(making, rest, &out));
    else if (str_starts(value, STR("%")))
        TRY(add_units(making, rest, &out));
    else
        buf_add(&out, value);
    return buf_done(&out, ret_text);
}

/* "name=value|name=value" */
Err demo_read_fields(const DemoMaking *making, KindId kind, const char *fields, Values *ret_values)
{
    Str rest = str_from_c(fields);

    *ret_values = (Values){.kind = kind_of(kind)};
    while (rest.length > 0) {
        Str field, name, text;
        rest = str_cut(rest, '|', &field);
        Str value = str_cut(field, '=', &name);
        int at = kind_find(ret_values->kind, name);
        if (at < 0)
            return fail(E_INTERNAL);
        TRY(expand(making, value, &text));
        TRY(typed_take(ret_values, field_key(ret_values->kind, (unsigned)at), text, making->demo->scratch));
    }
    return ok();
}

/* ---- making a log ---- */

static unsigned guardian_count(const DemoLog *text)
{
    return text->guardians[1] ? 2 : 1;
}

static Err read_guardians(const DemoMaking *making, NewGuardian guardians[static 2])
{
    const DemoLog *text = making->text;

    for (unsigned i = 0; i < guardian_count(text); i++) {
        TRY(demo_read_fields(making, KIND_GUARDIAN, text->guardians[i], &guardians[i].values));
        TRY(demo_read_fields(making, KIND_CONSENT, text->consent, &guardians[i].consent));
        TRY(typed_take(&guardians[i].consent, CONSENT_REQUIRED_PERSONS, code_text(guardian_count(text)), making->demo->scratch));
    }
    return ok();
}

static uint32_t consented_units(const DemoMaking *making, Id units[static COUNT_OF(unit_letters)])
{
    uint32_t count = 0;

    for (size_t i = 0; i < COUNT_OF(unit_letters); i++)
        if (strchr(making->text->units, unit_letters[i].letter))
            units[count++] = making->demo->units[unit_letters[i].unit];
    return count;
}

static Err create(DemoMaking *making, const Actor *holder)
{
    Demo *demo = making->demo;
    NewGuardian guardians[2] = {0};
    Id units[COUNT_OF(unit_letters)];
    CreatedLog created;
    NewLog log = {.guardians = guardians, .guardian_count = guardian_count(making->text), .units = units};

    TRY(demo_read_fields(making, KIND_CHILD, making->text->child, &log.child));
    TRY(read_guardians(making, guardians));
    log.unit_count = consented_units(making, units);
    if (making->text->has_document)
        log.document = (NewDocument){.bytes = str_from_c(document), .media = MEDIA_PDF};
    TRY(log_create(demo->service, holder, &log, demo->scratch, &created));
    making->log = created.log;
    for (uint32_t i = 0; i < log.guardian_count; i++) {
        char *name = NULL;
        TRY(str_to_c(demo->scratch, created.codes[i].name, &name));
        /* One that was made long before the demo is shown is over by then. */
        if (created.codes[i].code[0] && demo->days_left == 0)
            TRY(demo_say(demo, "codes", {"name", name}, {"user_name", ""}, {"code", created.codes[i].code}));
    }
    return ok();
}

static Err let_in(DemoMaking *making, const Actor **holder)
{
    enum DemoPerson person;
    Role role;
    enum DemoUnit unit;
    Id row, participant;

    for (const char *letter = making->text->actors; *letter; letter++) {
        TRY(demo_who(making, *letter, &person, &role, &unit));
        TRY(demo_role_row(making->demo, person, role, unit, &row));
        TRY(demo_act(making->demo, making->text->holder, ROLE_RELAY_HOLDER, unit_of_holder(making->text), holder));
        TRY(log_actor_add(making->demo->service, *holder, making->log, row, &participant));
    }
    return ok();
}

/* Which of the two guardians of the table this name is. */
static Err guardian_of(const DemoMaking *making, Str name, enum DemoPerson *ret_guardian)
{
    for (unsigned i = 0; i < guardian_count(making->text); i++) {
        Str field;
        str_cut(str_from_c(making->text->guardians[i]), '|', &field);
        if (!str_equal(str_slice(field, strlen("name="), SIZE_MAX), name))
            continue;
        *ret_guardian = (enum DemoPerson)(DEMO_GUARDIAN_1 + i);
        return ok();
    }
    return fail(E_INTERNAL);
}

static Err know_guardian(DemoMaking *making, const LogPerson *who)
{
    Demo *demo = making->demo;
    enum DemoPerson guardian;
    char *name = NULL;

    TRY(guardian_of(making, who->name, &guardian));
    demo->people[guardian].person = who->person;
    if (id_equal(making->participants[guardian], who->participant))
        return ok();
    making->participants[guardian] = who->participant;
    TRY(str_to_c(demo->scratch, who->name, &name));
    return demo_say(demo, "people", {"name", name}, {"role", role_code(who->role)}, {"unit", ""},
                    {"id", demo_id(demo, who->person)}, {"log", making->text->key});
}

static Err know_child(DemoMaking *making, const LogPerson *who)
{
    Demo *demo = making->demo;
    char *name = NULL;

    demo->people[DEMO_CHILD].person = who->person;
    making->participants[DEMO_CHILD] = who->participant;
    TRY(str_to_c(demo->scratch, who->name, &name));
    return demo_say(demo, "people", {"name", name}, {"role", role_code(who->role)}, {"unit", ""},
                    {"id", demo_id(demo, who->person)}, {"log", making->text->key});
}

static Err know_participant(DemoMaking *making, const LogPerson *who)
{
    if (who->role == ROLE_GUARDIAN)
        return know_guardian(making, who);
    if (who->role == ROLE_CHILD)
        return know_child(making, who);
    for (int i = 0; i < DEMO_STAFF_COUNT; i++)
        if (id_equal(making->demo->people[i].person, who->person))
            making->participants[i] = who->participant;
    return ok();
}

static Err know_participants(DemoMaking *making, const Actor *holder, LogView *ret_view)
{
    enum Why why;

    TRY(log_open(&(LogReader){making->demo->service, holder, making->demo->scratch},
                 making->log, OPENING_NONE, &why, ret_view));
    for (uint32_t i = 0; i < ret_view->people_count; i++)
        TRY(know_participant(making, &ret_view->people[i]));
    return ok();
}

static Err write_entry(DemoMaking *making, const DemoEntry *entry)
{
    Demo *demo = making->demo;
    size_t mark = arena_mark(demo->scratch);
    enum DemoPerson person;
    enum DemoUnit unit;
    Role role;
    Values values;
    const Actor *actor = NULL;
    Id written;

    TRY(demo_who(making, entry->who, &person, &role, &unit));
    TRY(demo_read_fields(making, entry->kind, entry->fields, &values));
    TRY(demo_act(demo, person, role, unit, &actor));
    TRY(log_entry_add(demo->service, actor, making->log, &values, &written));
    if (entry->name && making->name_count == DEMO_NAMES_MAX)
        return fail(E_INTERNAL);
    if (entry->name) {
        making->names[making->name_count] = entry->name;
        making->named[making->name_count++] = written;
    }
    arena_rewind(demo->scratch, mark);
    return ok();
}

static Err tell_entry(const DemoMaking *making, unsigned number, Err written)
{
    if (!is_ok(written))
        fprintf(stderr, "Entry %u of the log %s was not written.\n", number + 1, making->text->key);
    return written;
}

static Err write_entries(DemoMaking *making)
{
    unsigned rounds = making->text->rounds ? making->text->rounds : 1;

    for (unsigned round = 0; round < rounds; round++) {
        making->name_count = 0;
        making->today = making->demo->today - (Day)(WEEK * (rounds - 1 - round));
        for (unsigned i = 0; i < making->text->count; i++)
            TRY(tell_entry(making, i, write_entry(making, &making->text->entries[i])));
    }
    return ok();
}

static Err say_log(const DemoMaking *making, const LogView *view)
{
    Demo *demo = making->demo;
    unsigned rounds = making->text->rounds ? making->text->rounds : 1;
    char entries[16], display[16];
    char *child = NULL;

    snprintf(entries, sizeof entries, "%u", making->text->count * rounds);
    snprintf(display, sizeof display, "%u", view->summary.display);
    TRY(str_to_c(demo->scratch, view->summary.child_name, &child));
    return demo_say(demo, "logs", {"key", making->text->key}, {"id", demo_id(demo, making->log)}, {"display", display},
                    {"child", child}, {"holder", demo_id(demo, demo->people[making->text->holder].person)},
                    {"entries", entries});
}

Err demo_know_participants(DemoMaking *making)
{
    const Actor *holder = NULL;
    LogView view = {0};

    TRY(demo_act(making->demo, making->text->holder, ROLE_RELAY_HOLDER, unit_of_holder(making->text), &holder));
    return know_participants(making, holder, &view);
}

Err demo_make_log(DemoMaking *making)
{
    Demo *demo = making->demo;
    const DemoLog *text = making->text;
    const Actor *holder = NULL;
    LogView view = {0};

    making->today = demo->today;
    TRY(demo_act(demo, text->holder, ROLE_RELAY_HOLDER, unit_of_holder(text), &holder));
    TRY(create(making, holder));
    TRY(let_in(making, &holder));
    TRY(demo_act(demo, text->holder, ROLE_RELAY_HOLDER, unit_of_holder(text), &holder));
    TRY(know_participants(making, holder, &view));
    TRY(write_entries(making));
    TRY(say_log(making, &view));
    TRY(demo_leave(demo, DEMO_GUARDIAN_1));
    return demo_leave(demo, DEMO_GUARDIAN_2);
}

Err demo_make_logs(Demo *demo)
{
    for (unsigned i = 0; i < demo_log_count; i++) {
        size_t mark = arena_mark(demo->scratch);
        DemoMaking making = {.demo = demo, .text = &demo_logs[i]};
        Err made = demo_make_log(&making);
        if (!is_ok(made)) {
            fprintf(stderr, "The log %s was not made (%s:%u).\n", demo_logs[i].key, made.file, made.line);
            return made;
        }
        arena_rewind(demo->scratch, mark);
    }
    return ok();
}
