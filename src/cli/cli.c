/* Finds the command and tells how it ended.
 * Must not know what a command does.
 * Called by main. */
#include "cli/cli.h"

#include <argp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/command/command.h"

typedef struct Command {
    const char *name;
    const char *help;
    CommandRun *run;
    bool ends_at_once; /* gave its rights away: exit handlers (a leak checker's among them) could not run */
} Command;

static const Command commands[] = {
    {.name = "backup", .help = "make a backup, list them, or check one", .run = command_backup, .ends_at_once = true},
    {.name = "certificate", .help = "tell whether the certificate of a deletion is signed", .run = command_certificate},
    {.name = "clock", .help = "move the time forward (mode test only)", .run = command_clock},
    {.name = "custodian", .help = "list who holds a share, replace one who is lost", .run = command_custodian, .ends_at_once = true},
    {.name = "demo", .help = "fill an installation with a made-up municipality", .run = command_demo},
    {.name = "epoch", .help = "give a municipality a new epoch of its keys at once", .run = command_epoch},
    {.name = "front", .help = "write the configuration of the front (nginx)", .run = command_front},
    {.name = "import", .help = "units or staff of a municipality from a file", .run = command_import},
    {.name = "init", .help = "make the keys of a new installation", .run = command_init, .ends_at_once = true},
    {.name = "jobs", .help = "what the service does by itself; run one of it at once", .run = command_jobs},
    {.name = "keyd", .help = "run the key agent (sealed at first)", .run = command_keyd, .ends_at_once = true},
    {.name = "keyd-status", .help = "tell the state of the key agent", .run = command_keyd_status},
    {.name = "municipality", .help = "add a municipality, or list them", .run = command_municipality},
    {.name = "openapi", .help = "print the description of the API", .run = command_openapi},
    {.name = "policy", .help = "print a table of the rules", .run = command_policy},
    {.name = "report", .help = "tell whether an archive report is what was signed", .run = command_report},
    {.name = "restore", .help = "make an installation out of a backup", .run = command_restore, .ends_at_once = true},
    {.name = "seed", .help = "make a municipality of invented people, for measuring", .run = command_seed},
    {.name = "serve", .help = "serve the pages and the API behind the front", .run = command_serve},
    {.name = "statistics", .help = "publish statistics that are due, check or print them", .run = command_statistics},
    {.name = "transfer", .help = "carry logs to a municipality of another installation, by files", .run = command_transfer},
    {.name = "unit", .help = "list the units of a municipality, or close one", .run = command_unit},
    {.name = "unseal", .help = "give a custodian's share to the key agent", .run = command_unseal, .ends_at_once = true},
    {.name = "verify", .help = "tell whether everything is as it was written", .run = command_verify},
};

static void usage(FILE *to)
{
    fprintf(to, "usage: stafettlogg COMMAND [OPTION...]\n\nA shared, consent-based record about a child.\n\n");
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        fprintf(to, "  %-14s %s\n", commands[i].name, commands[i].help);
    fprintf(to, "\n'stafettlogg COMMAND --help' tells the options of a command, 'man stafettlogg-COMMAND' more.\n");
}

static int run(const Command *command, int argc, char **argv)
{
    char name[64];
    snprintf(name, sizeof name, "stafettlogg %s", command->name);
    argv[0] = name;
    argp_err_exit_status = err_exit(E_USAGE);
    command_begins(command->name);
    Err ended = command->run(argc, argv);
    if (!is_ok(ended) && !command_has_told())
        fprintf(stderr, "stafettlogg %s: %s\n", command->name, err_text(ended.id));
    if (command->ends_at_once) {
        fflush(stdout);
        _exit(err_exit(ended.id));
    }
    return err_exit(ended.id);
}

int cli_main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";
    if (strcmp(name, "--help") == 0 || strcmp(name, "help") == 0) {
        usage(stdout);
        return 0;
    }
    if (strcmp(name, "--version") == 0) {
        printf("stafettlogg %s\n", STAFETTLOGG_VERSION);
        return 0;
    }
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        if (strcmp(name, commands[i].name) == 0)
            return run(&commands[i], argc - 1, argv + 1);
    if (name[0])
        fprintf(stderr, "stafettlogg: there is no command of that name; these are:\n\n");
    usage(stderr);
    return err_exit(E_USAGE);
}
