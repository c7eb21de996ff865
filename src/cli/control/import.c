/* stafettlogg import units|staff: what a spreadsheet says becomes units, people and roles.
 * Must not decide what a file may say, nor repeat a cell of it in a fault.
 * Called from the table of commands; the act itself also by serve's control thread. Rule: docs/import.md. */
#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "cli/control/import.h"
#include "domain/policy/matrix.h"
#include "gateway/gateway.h"
#include "service/municipality.h"
#include "service/municipality/import.h"
#include "sys/file.h"

#define FILE_MAX ((size_t)1 << 20)
#define SCRATCH ((size_t)8 << 20)
#define IMPORT_ARENA ((size_t)128 << 20)

/* ---- the act ---- */

static void tell_faults(const ImportReport *report, Buf *out)
{
    for (uint32_t i = 0; i < report->fault_count; i++) {
        const IntakeFault *fault = &report->faults[i];
        buf_format(out, "line %u, column %u%s%s: %s\n", fault->line, fault->column, fault->header[0] ? ", " : "",
                   fault->header, fault->allowed);
    }
    if (report->faults_in_all > report->fault_count)
        buf_format(out, "... and %u more\n", report->faults_in_all - report->fault_count);
    buf_format(out, "%u faults; nothing is stored\n", report->faults_in_all);
}

static void tell_done(const ImportReport *report, const ImportOrder *order, Buf *out)
{
    if (order->form == INTAKE_UNITS)
        buf_format(out, "units new %u, here already %u\n", report->units_new, report->units_known);
    else
        buf_format(out, "roles new %u, here already %u; people new %u\n", report->roles_new, report->roles_known,
                   report->person_count);
    for (uint32_t i = 0; i < report->person_count && !order->dry_run; i++) {
        const ImportedPerson *person = &report->persons[i];
        buf_format(out, "enrolment-code %s %.*s, %.*s\n", person->code.text, STR_ARGS(person->name), STR_ARGS(person->email));
    }
    if (order->dry_run)
        buf_add(out, STR("dry run; nothing is stored\n"));
}

static Err order_of(const Doing *doing, Arena *arena, ImportOrder *ret_order)
{
    Municipality municipality;
    ImportOrder order = {.by = doing->by, .dry_run = str_equal(doing->texts[2], STR("dry"))};

    if (str_equal(doing->texts[1], STR("staff")))
        order.form = INTAKE_STAFF;
    else if (str_equal(doing->texts[1], STR("units")))
        order.form = INTAKE_UNITS;
    else
        return fail(E_MALFORMED);
    TRY(municipality_by_number(&doing->installation->service, doing->texts[0], arena, &municipality));
    TRY(base64url_decode(arena, doing->texts[3], &order.file));
    order.tenant = municipality.tenant;
    *ret_order = order;
    return ok();
}

Err control_import(const Doing *doing)
{
    AUTO(arena_freep) Arena *arena = NULL;
    ImportReport report = {0};
    ImportOrder order;

    TRY(arena_new(IMPORT_ARENA, &arena));
    TRY(order_of(doing, arena, &order));
    TRY(import_file(&doing->installation->service, &order, arena, &report));
    if (report.faults_in_all > 0) {
        tell_faults(&report, doing->out);
        return fail(E_INVALID);
    }
    tell_done(&report, &order, doing->out);
    return ok();
}

/* ---- the command ---- */

enum { OPTION_DRY_RUN = 256 };

static const struct argp_option options[] = {
    {.name = "municipality", .key = 'm', .arg = "NNNN", .doc = "the municipality's number"},
    {.name = "dry-run", .key = OPTION_DRY_RUN, .doc = "check everything, store nothing"},
    {0},
};

typedef struct Wish {
    Place place;
    const char *form;
    const char *file;
    const char *municipality;
    bool dry_run;
} Wish;

static void check_complete(const Wish *wish, struct argp_state *state)
{
    if (!wish->form || (strcmp(wish->form, "units") != 0 && strcmp(wish->form, "staff") != 0))
        argp_error(state, "say units or staff");
    if (!wish->file || !wish->municipality)
        argp_error(state, "say which file, and --municipality");
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    Wish *wish = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &wish->place;
        return 0;
    case 'm':
        wish->municipality = text;
        return 0;
    case OPTION_DRY_RUN:
        wish->dry_run = true;
        return 0;
    case ARGP_KEY_ARG:
        if (wish->file)
            argp_error(state, "one file at a time");
        *(wish->form ? &wish->file : &wish->form) = text;
        return 0;
    case ARGP_KEY_END:
        check_complete(wish, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static Err run(const Wish *wish)
{
    AUTO(arena_freep) Arena *arena = NULL;
    ControlRequest request = {.act = CONTROL_IMPORT,
                              .texts = {str_from_c(wish->municipality), str_from_c(wish->form),
                                        wish->dry_run ? STR("dry") : STR("store")}};
    Str content = STR_NONE;

    TRY(arena_new(SCRATCH, &arena));
    TRY(about("file", wish->file, file_read(wish->file, FILE_MAX, arena, &content)));
    Buf text = buf_new(arena, CONTROL_BYTES_MAX);
    buf_add_base64url(&text, content);
    TRY(buf_done(&text, &request.texts[3]));
    return about("municipality", wish->municipality, control_ask(&wish->place, &request));
}

Err command_import(int argc, char **argv)
{
    static const struct argp argp = {.options = options, .children = place_children,
                                     .parser = parse,
                                     .args_doc = "units|staff FILE",
                                     .doc = "Reads units or staff of a municipality from a CSV file: all of it, or, when "
                                            "there is one fault, nothing. New people's one-time codes are shown once."};
    Wish wish = {.place.keyd = KEYD_SOCKET};

    argp_parse(&argp, argc, argv, 0, NULL, &wish);
    return run(&wish);
}
