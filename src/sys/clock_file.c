/* One line: the milliseconds by which the time was moved; with a minus before it the clock begins so long ago.
 * Must not move a clock back that has told a time.
 * Called by keyd and cli, in mode test. */
#include "sys/clock_file.h"

#include "base/arena.h"
#include "sys/file.h"

#define TEXT_MAX 32
#define SCRATCH ((size_t)1 << 12)

Err clock_file_read(const char *path, Clock *clock)
{
    AUTO(arena_freep) Arena *arena = NULL;
    int64_t kept = 0, moved = atomic_load(&clock->offset_ms);
    Str text, line;

    TRY(arena_new(SCRATCH, &arena));
    Err read = file_read(path, TEXT_MAX, arena, &text);
    if (read.id == E_NOT_FOUND)
        return ok();
    TRY(read);
    str_cut(text, '\n', &line);
    if (str_starts(line, STR("-"))) {
        TRY(num_parse(str_slice(line, 1, SIZE_MAX), 0, INT64_MAX, &kept));
        return moved == 0 ? clock_begin_ago(clock, kept) : ok();
    }
    TRY(num_parse(line, 0, INT64_MAX, &kept));
    return kept > moved ? clock_advance(clock, kept - moved) : ok();
}

Err clock_file_write(const char *path, const Clock *clock)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str text;

    TRY(arena_new(SCRATCH, &arena));
    TRY(str_format(arena, &text, "%lld\n", (long long)atomic_load(&clock->offset_ms)));
    return file_write(path, text, 0600);
}
