/* Runs a fuzz target on every file of a corpus: what the fuzzer once found stays found.
 * Must not need clang's fuzzer.
 * Run by meson: replay_NAME FOLDER. */
#include <dirent.h>
#include <stdio.h>

#include "base/str.h"
#include "sys/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static Err replay(const char *folder, const char *name)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str path = STR_NONE;
    Str content = STR_NONE;

    TRY(arena_new((size_t)4 << 20, &arena));
    TRY(str_format(arena, &path, "%s/%s", folder, name));
    TRY(file_read(path.data, (size_t)1 << 20, arena, &content));
    LLVMFuzzerTestOneInput((const uint8_t *)content.data, content.length);
    return ok();
}

int main(int count, char **arguments)
{
    DIR *folder = count == 2 ? opendir(arguments[1]) : NULL;
    int files = 0;

    if (!folder)
        return 2;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        if (entry->d_name[0] == '.')
            continue;
        if (!is_ok(replay(arguments[1], entry->d_name)))
            return 3;
        files++;
    }
    closedir(folder);
    printf("%d inputs, nothing found\n", files);
    return files > 0 ? 0 : 4;
}
