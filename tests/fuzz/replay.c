/* Gives every file named on the command line to a fuzz target: what was found once is looked at in every test run.
 * Must not invent input.
 * Called by meson test, linked with one fuzz target. */
#include <stdio.h>
#include <stdlib.h>

#include "sys/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        AUTO(arena_freep) Arena *arena = NULL;
        Str content = STR_NONE;
        if (!is_ok(arena_new((size_t)1 << 20, &arena)) || !is_ok(file_read(argv[i], 1 << 18, arena, &content))) {
            fprintf(stderr, "cannot read %s\n", argv[i]);
            return 1;
        }
        LLVMFuzzerTestOneInput((const uint8_t *)content.data, content.length);
    }
    printf("%d inputs\n", argc - 1);
    return argc > 1 ? 0 : 1;
}
