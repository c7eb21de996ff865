/* Makes backups where the databases are open: in serve, or in the command itself.
 * Must not go on with a register that is wrong in one line.
 * Called through the table of control acts, and by serve's thread. */
#include "cli/control/backup.h"

#include <limits.h>
#include <stdio.h>

#include "base/calendar.h"
#include "service/jobs/jobs.h"
#include "sys/file.h"

#define TELL_MS 1000
#define KEEP ((size_t)64 << 10)

/* ---- the register ---- */

Err backup_places_load(const char *data, Arena *keep, BackupPlaces *ret_places)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/" BACKUP_PLACES_FILE, data);
    uint32_t line = 0;
    Str text = STR_NONE;

    if (length < 0 || (size_t)length >= sizeof path)
        return fail(E_TOO_LARGE);
    *ret_places = (BackupPlaces){.count = 0};
    Err read = file_read(path, BACKUP_PLACES_BYTES, keep, &text);
    if (read.id == E_NOT_FOUND)
        return ok();
    TRY(about("register of places", path, read));
    Err good = backup_places_read(text, keep, ret_places, &line);
    if (good.id == E_FORBIDDEN)
        return told(good, "%s, line %u: a backup may lie in Norway (NO) only", path, line);
    return is_ok(good) ? good : told(good, "%s, line %u: say country, folder (or " BACKUP_PLACE_COMMAND
                                           "/PROGRAM) and who runs it: NO /srv/backup Who runs it", path, line);
}

/* ---- what places that are commands were given ---- */

static Err fed_path(const char *data, char ret_path[static PATH_MAX])
{
    int length = snprintf(ret_path, PATH_MAX, "%s/" BACKUP_FED_FILE, data);

    return length < 0 || length >= PATH_MAX ? fail(E_TOO_LARGE) : ok();
}

Err backup_feeds_load(const char *data, Arena *keep, BackupFeeds *ret_feeds)
{
    char path[PATH_MAX];
    Str text = STR_NONE;

    TRY(fed_path(data, path));
    *ret_feeds = (BackupFeeds){.count = 0};
    Err found = file_read(path, BACKUP_FED_BYTES, keep, &text);
    if (found.id == E_NOT_FOUND)
        return ok();
    TRY(about("file", path, found));
    return about("file", path, backup_feeds_read(text, keep, ret_feeds));
}

Err backup_feeds_store(const char *data, const BackupFeeds *feeds, Arena *scratch)
{
    char path[PATH_MAX];
    Str text = STR_NONE;

    TRY(fed_path(data, path));
    TRY(backup_feeds_write(feeds, scratch, &text));
    return about("file", path, file_write(path, text, 0600));
}

Err backup_unfed(const Service *service, const char *data, uint32_t *ret_late)
{
    AUTO(arena_freep) Arena *arena = NULL;
    BackupPlaces places;
    BackupFeeds feeds;
    int64_t now = 0;

    TRY(arena_new(KEEP, &arena));
    TRY(backup_places_load(data, arena, &places));
    TRY(backup_feeds_load(data, arena, &feeds));
    TRY(world_now(service->world, &now));
    *ret_late = backup_feeds_late(&feeds, &places, now);
    return ok();
}

static Err ledger_path(const char *data, char ret_path[static PATH_MAX])
{
    int length = snprintf(ret_path, PATH_MAX, "%s/ledger", data);

    return length < 0 || length >= PATH_MAX ? fail(E_TOO_LARGE) : ok();
}

/* ---- how far it is ---- */

static void add_left(Buf *buf, int64_t left_ms)
{
    int64_t seconds = (left_ms + 999) / 1000;

    if (seconds < 120)
        buf_format(buf, ", about %lld seconds left", (long long)seconds);
    else
        buf_format(buf, ", about %lld minutes left", (long long)((seconds + 59) / 60));
}

Err backup_progress_words(const BackupFar *far, Arena *keep, Str *ret_words)
{
    const unsigned shift = far->of ? 0 : 20;
    const uint64_t total = far->total > far->done ? far->total : far->done;
    Buf buf = buf_new(keep, 256);

    buf_format(&buf, "%llu", (unsigned long long)(far->done >> shift));
    if (far->total > 0)
        buf_format(&buf, " of %llu", (unsigned long long)(total >> shift));
    buf_format(&buf, " %s", far->of ? far->of : "MB");
    if (far->total > far->done && far->done > 0)
        add_left(&buf, (int64_t)((double)far->took_ms * (double)(total - far->done) / (double)far->done));
    buf_add_char(&buf, '\n');
    return buf_done(&buf, ret_words);
}

typedef struct Telling {
    const ControlHearer *hearer;
    const World *world;
    int64_t began, told;
} Telling;

static Err tell(void *self, uint64_t done, uint64_t total)
{
    Telling *telling = self;
    AUTO(arena_freep) Arena *arena = NULL;
    int64_t now = 0;
    Str words;

    TRY(world_now(telling->world, &now));
    if (now - telling->told < TELL_MS)
        return telling->hearer->tell(telling->hearer->self, STR_NONE);
    telling->told = now;
    TRY(arena_new(4096, &arena));
    TRY(backup_progress_words(&(BackupFar){.done = done, .total = total, .took_ms = now - telling->began}, arena, &words));
    return telling->hearer->tell(telling->hearer->self, words);
}

/* ---- making one ---- */

static void say(const BackupMade *made, const BackupPlaces *places, Buf *out)
{
    buf_format(out, "backup %s\n", made->name);
    buf_format(out, "%u databases, %llu rows, %llu bytes, in %u of %u places\n", made->databases, (unsigned long long)made->rows,
               (unsigned long long)made->trailer.size + BACKUP_TRAILER_BYTES, made->places, places->count);
    buf_add(out, STR("opens until "));
    buf_add_datetime(out, oslo_day(made->trailer.destroy_after), oslo_minute(made->trailer.destroy_after));
    buf_add_char(out, '\n');
    if (made->removed > 0)
        buf_format(out, "%u files removed whose keys have died\n", made->removed);
    if (made->places < places->count)
        buf_format(out, "one place or more did not take it: %s\n", err_text(made->failed.id));
}

Err control_backup(const Doing *doing)
{
    Service *service = &doing->installation->service;
    Telling telling = {.hearer = doing->hearer, .world = service->world};
    const BackupProgress progress = {.self = &telling, .tell = tell};
    char ledger[PATH_MAX];
    BackupPlaces places;
    BackupMade made;

    TRY(backup_places_load(doing->installation->data, doing->arena, &places));
    TRY(ledger_path(doing->installation->data, ledger));
    TRY(world_now(service->world, &telling.began));
    telling.told = telling.began;
    const BackupOrder order = {.places = &places, .ledger = ledger, .by = doing->by, .progress = &progress};
    TRY(backup_make(service, &order, &made));
    say(&made, &places, doing->out);
    return made.places < places.count ? made.failed : ok();
}

Err backup_daily(Service *service, const char *data, const BackupProgress *progress, bool *ret_made)
{
    AUTO(arena_freep) Arena *arena = NULL;
    char ledger[PATH_MAX];
    BackupPlaces places;
    BackupMade made;
    int64_t now = 0;
    bool done = false;

    *ret_made = false;
    TRY(arena_new(KEEP, &arena));
    TRY(backup_places_load(data, arena, &places));
    if (places.count == 0)
        return ok();
    TRY(ledger_path(data, ledger));
    TRY(world_now(service->world, &now));
    const BackupOrder order = {.places = &places, .ledger = ledger, .since = job_due(JOB_EACH_DAY, now), .progress = progress};
    TRY(backup_made_since(service, &places, order.since, &done));
    if (done)
        return ok();
    Err result = backup_make(service, &order, &made);
    if (result.id == E_DUPLICATE)
        return ok();
    TRY(result);
    *ret_made = true;
    return made.places < places.count ? made.failed : ok();
}
