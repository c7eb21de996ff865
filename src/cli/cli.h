/* The program as it is typed: one table of commands.
 * Must not decide what services decide: a command reads its arguments and calls them.
 * Used by main.c. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

/* Runs the command that argv[1] names; returns the exit code (docs/man). */
int cli_main(int argc, char **argv);

#endif
