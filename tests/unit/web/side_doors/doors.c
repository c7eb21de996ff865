/* Every address of one log, asked as everybody: a new row of the table of routes is asked too.
 * Must not list addresses.
 * Called by the tests of this folder. */
#include "side_doors.h"

#include "service/log/refs.h"

static void try_door(Case *it, const Door *door, const Asker *asker)
{
    if (it->opened != ACT_NONE && (door->act != it->opened || door->route->method != METHOD_GET))
        return;
    Why why = decide(it, asker, door);
    bool looks = door->route->method == METHOD_GET;

    /* What is allowed and sent would change the log for whoever comes after. */
    if (!looks && is_yes(why))
        return;
    bool watched = looks && it->stand->state == STATE_ACTIVE && it->stand->flags == 0 && it->stand->days == 0;
    int64_t before = watched ? newest_line(it) : 0;
    door_ask(it, door, asker, it->log);
    if (watched)
        expect_only_looked(it, door, asker, before);
    expect_protected(it, door, asker);
    Answer there = answer(it);
    if (why == WHY_ALLOWED || shows_stub(door, why) || leads_to_certificate(it, asker, door)) {
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
        if (!says_it_is_shut(it))
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

bool is_of_a_log(const Route *route)
{
    Str path = str_from_c(route->path);

    return str_starts(path, STR("/logg/{id}")) || str_starts(path, STR("/api/v1/logs/{id}"));
}

void try_routes(Case *it)
{
    for (size_t i = 0; i < route_count; i++)
        for (size_t k = 0; k < EVERYBODY && is_of_a_log(&routes[i]); k++)
            try_words(it, &routes[i], &it->askers[k]);
}

void try_everything(const Stand *stand)
{
    AUTO(case_end) Case it = {0};

    case_begin(&it, stand);
    try_routes(&it);
    print_message("# %u asked, %u refused, %u wrong\n", it.asked, it.refused, it.wrong);
    EXPECT(it.wrong == 0);
    EXPECT((it.told > 0) == ((stand->follow & FLAG_ADDRESS_PROTECTED) != 0));
}
