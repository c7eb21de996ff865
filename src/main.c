/* The one program of stafettlogg: a door to its commands.
 * Must not hold anything but that.
 * Called by the operating system. */
#include "cli/cli.h"

int main(int argc, char **argv)
{
    return cli_main(argc, argv);
}
