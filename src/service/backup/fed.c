/* Receipts of places that are commands. Pure.
 * Must not look whether a backup is there.
 * Called by cli. */
#include "service/backup/fed.h"

#include <string.h>

static Err read_line(Str line, Arena *keep, BackupFed *ret_fed)
{
    BackupFed fed = {0};
    Str at, name;

    line = str_cut(line, ' ', &at);
    line = str_cut(line, ' ', &name);
    if (!is_ok(num_parse(at, 1, INT64_MAX, &fed.at)) || name.length == 0 || name.length >= BACKUP_NAME || line.length < 2 ||
        line.data[0] != '/')
        return fail(E_MALFORMED);
    memcpy(fed.name, name.data, name.length);
    TRY(str_to_c(keep, line, &fed.program));
    *ret_fed = fed;
    return ok();
}

Err backup_feeds_read(Str text, Arena *keep, BackupFeeds *ret_feeds)
{
    BackupFeeds feeds = {.count = 0};

    while (text.length > 0) {
        Str line;
        text = str_cut(text, '\n', &line);
        if (feeds.count == BACKUP_PLACES_MAX)
            return fail(E_MALFORMED);
        TRY(read_line(line, keep, &feeds.items[feeds.count]));
        feeds.count++;
    }
    *ret_feeds = feeds;
    return ok();
}

Err backup_feeds_write(const BackupFeeds *feeds, Arena *keep, Str *ret_text)
{
    Buf buf = buf_new(keep, BACKUP_FED_BYTES);

    for (uint32_t i = 0; i < feeds->count; i++)
        buf_format(&buf, "%lld %s %s\n", (long long)feeds->items[i].at, feeds->items[i].name, feeds->items[i].program);
    return buf_done(&buf, ret_text);
}

const BackupFed *backup_fed_last(const BackupFeeds *feeds, const char *program)
{
    for (uint32_t i = 0; i < feeds->count; i++)
        if (strcmp(feeds->items[i].program, program) == 0)
            return &feeds->items[i];
    return NULL;
}

void backup_feeds_put(BackupFeeds *feeds, const BackupPlaces *places, const BackupFed *fed)
{
    BackupFeeds kept = {.count = 0};

    for (uint32_t i = 0; i < places->command_count; i++) {
        const char *program = places->commands[i].path;
        const BackupFed *last = strcmp(program, fed->program) == 0 ? fed : backup_fed_last(feeds, program);
        if (last)
            kept.items[kept.count++] = *last;
    }
    *feeds = kept;
}

uint32_t backup_feeds_late(const BackupFeeds *feeds, const BackupPlaces *places, int64_t now)
{
    uint32_t late = 0;

    for (uint32_t i = 0; i < places->command_count; i++) {
        const BackupFed *last = backup_fed_last(feeds, places->commands[i].path);
        late += !last || now - last->at > BACKUP_LATE_MS;
    }
    return late;
}
