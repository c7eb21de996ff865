/* A driver that kills its process before its n-th call, so that a test sees what a cut at every place leaves behind.
 * Must be used in a child of the test: there is one for a process.
 * Included by conform_schema.c. */
#ifndef TESTS_KILLING_H
#define TESTS_KILLING_H

#include <signal.h>
#include <unistd.h>

#include "store/driver.h"

static struct {
    const Driver *real;
    uint32_t calls_left;
    int tell; /* where begin is told, or -1 */
} killing;

static void one_call(void)
{
    if (killing.calls_left-- == 0)
        raise(SIGKILL);
}

static Err killing_script(Link *link, const char *sql)
{
    one_call();
    return killing.real->script(link, sql);
}

static Err killing_begin(Link *link)
{
    one_call();
    if (killing.tell >= 0 && write(killing.tell, "b", 1) != 1)
        return fail(E_IO);
    return killing.real->begin(link);
}

static Err killing_query(Link *link, enum sql id, const Value *parameters)
{
    one_call();
    return killing.real->query(link, id, parameters);
}

static Err killing_next(Link *link)
{
    one_call();
    return killing.real->next(link);
}

static Err killing_post(Link *link, enum sql id, const Value *parameters)
{
    one_call();
    return killing.real->post(link, id, parameters);
}

static Err killing_step(Link *link, Value *columns, bool *ret_row)
{
    one_call();
    return killing.real->step(link, columns, ret_row);
}

static Err killing_commit(Link *link)
{
    one_call();
    return killing.real->commit(link);
}

static Err killing_seal(Link *link)
{
    one_call();
    return killing.real->seal_schema(link);
}

static Driver killing_driver(const Driver *real)
{
    Driver driver = *real;
    driver.script = killing_script;
    driver.begin = killing_begin;
    driver.query = killing_query;
    driver.next = killing_next;
    driver.post = killing_post;
    driver.step = killing_step;
    driver.commit = killing_commit;
    driver.seal_schema = killing_seal;
    return driver;
}

#endif
