/* The negative control of crash_load.py: a stafettlogg whose readings are answered before their line is written.
 * Must never be linked into anything but this control.
 * Takes the place of log_read_line at link time (--wrap). */
#include <stdlib.h>
#include <unistd.h>

#include "service/log/entered.h"
#include "sys/thread.h"

#define LATE_US 100000

/* prototypes of --wrap */
Err __wrap_log_read_line(const Actor *actor, const LogEntered *entered, Arena *scratch, uint32_t amount);

typedef struct Late {
    Store *store;
    AuditLine line;
} Late;

static Err write_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

static void *write_late(void *argument)
{
    Late *late = argument;

    usleep(LATE_US);
    Err written = store_write(late->store, write_line, &late->line);
    (void)written;
    free(late);
    return NULL;
}

Err __wrap_log_read_line(const Actor *actor, const LogEntered *entered, Arena *scratch, uint32_t amount)
{
    Late *late = calloc(1, sizeof *late);
    Thread thread;

    (void)scratch;
    if (!late)
        return fail(E_NO_MEMORY);
    *late = (Late){.store = actor->store, .line = service_line(actor, entered->wish.act, OBJECT_LOG, entered->wish.log)};
    late->line.amount = amount;
    late->line.head = entered->content.log.head;
    TRY(thread_start(&thread, write_late, late));
    pthread_detach(thread);
    return ok();
}
