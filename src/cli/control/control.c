/* What an operator's acts do, and the way from a command to whoever does them.
 * Must not do anything that service does not decide.
 * Called by commands, and by serve's control thread. */
#include "cli/control/control.h"

#include <stdio.h>

#include "base/calendar.h"
#include "cli/command/typed.h"
#include "cli/control/backup.h"
#include "cli/control/control_thread.h"
#include "cli/control/epoch.h"
#include "cli/control/import.h"
#include "cli/control/jobs.h"
#include "cli/control/seed_act.h"
#include "cli/control/statistics.h"
#include "cli/control/unit.h"
#include "cli/control/transfer.h"
#include "service/municipality.h"
#include "service/municipality/founding.h"
#include "service/municipality/verify.h"
#include "sys/file.h"
#include "sys/poller.h"
#include "sys/socket.h"
#include "sys/user.h"

#define ARENA_BYTES ((size_t)192 << 20)
#define ANSWER_MS 60000
#define CONNECT_MS 5000
#define ADVANCE_MAX_MS (INT64_C(400) * 366 * 86400000)

static Err municipality_add(const Doing *doing)
{
    Values person = {.kind = kind_of(KIND_STAFF_PERSON)};
    NewMunicipality municipality = {
        .number = doing->texts[0], .name = doing->texts[1], .person = &person, .by = doing->by};
    EnrolmentCode code;
    Id tenant;

    TRY(typed_take(&person, STAFF_PERSON_NAME, doing->texts[2], doing->arena));
    TRY(typed_take(&person, STAFF_PERSON_EMAIL, doing->texts[3], doing->arena));
    TRY(municipality_create(&doing->installation->service, &municipality, &tenant, &code));
    buf_format(doing->out, "municipality %.*s\nid ", STR_ARGS(doing->texts[0]));
    buf_add_id(doing->out, tenant);
    buf_format(doing->out, "\nenrolment-code %s\n", code.text);
    return ok();
}

static Err municipality_tell(const Doing *doing)
{
    Municipalities all = {0};

    TRY(municipality_list(&doing->installation->service, doing->arena, &all));
    for (uint32_t i = 0; i < all.count; i++)
        buf_format(doing->out, "%.*s %.*s\n", STR_ARGS(all.items[i].number), STR_ARGS(all.items[i].name));
    return ok();
}

static Err clock_forward(const Doing *doing)
{
    int64_t by = 0, now = 0;
    Buf *out = doing->out;

    TRY(num_parse(doing->texts[0], 1, ADVANCE_MAX_MS, &by));
    TRY(installation_advance(doing->installation, by));
    TRY(world_now(&doing->installation->tools.world, &now));
    buf_add(out, STR("now "));
    buf_add_datetime(out, oslo_day(now), oslo_minute(now));
    buf_add_char(out, '\n');
    return ok();
}

/* The result of a verification, for whoever reads the host's audit. */
static Err verified(const Doing *doing)
{
    Id tenant = {{0}};
    int64_t findings = 0;

    if (doing->texts[0].length > 0)
        TRY(id_from_text(doing->texts[0], &tenant));
    TRY(num_parse(doing->texts[1], 0, UINT32_MAX, &findings));
    return verify_record(&doing->installation->service, doing->by, tenant, (uint32_t)findings);
}

#define X(name, number, texts) [CONTROL_##name] = (texts),
static const uint8_t text_counts[] = {CONTROL_ACTS(X)};
#undef X

static Err (*const acts[])(const Doing *doing) = {
    [CONTROL_MUNICIPALITY_ADD] = municipality_add,
    [CONTROL_MUNICIPALITY_LIST] = municipality_tell,
    [CONTROL_CLOCK_ADVANCE] = clock_forward,
    [CONTROL_IMPORT] = control_import,
    [CONTROL_VERIFIED] = verified,
    [CONTROL_SEED] = control_seed,
    [CONTROL_JOBS] = control_jobs,
    [CONTROL_EPOCH] = control_epoch,
    [CONTROL_BACKUP] = control_backup,
    [CONTROL_UNIT] = control_unit,
    [CONTROL_STATISTICS] = control_statistics,
    [CONTROL_TRANSFER] = control_transfer,
};

Err control_text_count(uint8_t act, uint8_t *ret_count)
{
    if (act >= COUNT_OF(acts) || !acts[act])
        return fail(E_MALFORMED);
    *ret_count = text_counts[act];
    return ok();
}

Err control_perform(Installation *installation, int64_t user, const ControlRequest *request, Arena *arena,
                    const ControlHearer *hearer)
{
    const Doing doing = {.installation = installation,
                         .by = user_identity(user),
                         .texts = request->texts,
                         .arena = arena,
                         .out = hearer->out,
                         .hearer = hearer};
    uint8_t count = 0;

    TRY(control_text_count((uint8_t)request->act, &count));
    return acts[request->act](&doing);
}

/* ---- asking ---- */

static Err print(Str text)
{
    if (text.length == 0)
        return ok();
    return fwrite(text.data, 1, text.length, stdout) == text.length && fflush(stdout) == 0 ? ok() : fail(E_IO);
}

static Err show(Str words)
{
    return fwrite(words.data, 1, words.length, stderr) == words.length ? ok() : fail(E_IO);
}

/* Ctrl-C ends an act that says how far it is at its next word, with everything stored whole. */
static Err tell_here(void *self, Str words)
{
    const int *poller = self;
    void *tag = NULL;
    size_t stops = 0;

    TRY(poller_wait(*poller, &tag, 1, 0, &stops));
    if (stops > 0)
        return fail(E_STOPPED);
    return words.length > 0 ? show(words) : ok();
}

static Err watch_stops(int *ret_stops, int *ret_poller)
{
    TRY(stop_signals_open(ret_stops));
    TRY(poller_open(ret_poller));
    return poller_watch(*ret_poller, *ret_stops, ret_stops);
}

static Err ask_here(const Place *place, const ControlRequest *request, Arena *arena)
{
    AUTO(installation_close) Installation installation = INSTALLATION_NONE;
    AUTO(fd_closep) int stops = -1;
    AUTO(fd_closep) int poller = -1;
    Buf out = buf_new(arena, CONTROL_BYTES_MAX);
    const ControlHearer hearer = {.out = &out, .self = &poller, .tell = tell_here};
    Str text = STR_NONE;

    if (request->act == CONTROL_SEED || request->act >= CONTROL_JOBS)
        TRY(watch_stops(&stops, &poller));
    TRY(installation_open(place, &installation));
    Err performed = control_perform(&installation, user_own(), request, arena, &hearer);
    TRY(buf_done(&out, &text));
    TRY(print(text));
    return performed;
}

/* The error of a name: numbers may differ between versions, names do not. */
static Err error_of(Str name)
{
    for (unsigned id = 0; id < E_COUNT; id++)
        if (str_equal(name, str_from_c(err_name((enum err_id)id))))
            return id == E_OK ? ok() : fail((enum err_id)id);
    return fail(E_MALFORMED);
}

static Err ask_serve(int fd, const ControlRequest *request, Arena *arena)
{
    ControlMessage message = {.number = (uint8_t)request->act}, answer;

    TRY(control_text_count(message.number, &message.count));
    for (uint8_t i = 0; i < message.count; i++)
        message.texts[i] = request->texts[i];
    TRY(control_send(fd, &message, arena));
    size_t mark = arena_mark(arena);
    TRY(control_receive(fd, arena, &answer));
    while (answer.number == CONTROL_TOLD && answer.count == 1) {
        TRY(show(answer.texts[0]));
        arena_rewind(arena, mark);
        TRY(control_receive(fd, arena, &answer));
    }
    if (answer.number != CONTROL_ANSWER || answer.count != 2)
        return fail(E_MALFORMED);
    TRY(print(answer.texts[1]));
    return error_of(answer.texts[0]);
}

Err control_ask_running(const Place *place, const ControlRequest *request, bool *ret_running)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(fd_closep) int fd = -1;
    char path[108];

    TRY(arena_new(ARENA_BYTES, &arena));
    TRY(control_path(place->data, path, sizeof path));
    Err connected = socket_connect(path, SOCKET_STREAM, CONNECT_MS, &fd);
    *ret_running = connected.id != E_NOT_FOUND;
    if (!*ret_running)
        return ok();
    TRY(about("socket of the running serve", path, connected));
    return ask_serve(fd, request, arena);
}

Err control_ask(const Place *place, const ControlRequest *request)
{
    AUTO(arena_freep) Arena *arena = NULL;
    bool running = false;

    TRY(control_ask_running(place, request, &running));
    if (running)
        return ok();
    TRY(arena_new(ARENA_BYTES, &arena));
    return ask_here(place, request, arena);
}
