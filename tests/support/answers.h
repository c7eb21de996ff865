/* What there is to answer in a log, as the form of an act shows it.
 * Must be included by tests of service only.
 * Used where an act answers an entry: a claim that is decided, a hold that is lifted. */
#ifndef TESTS_ANSWERS_H
#define TESTS_ANSWERS_H

#include "service/acts/procedure.h"
#include "support/log_fixture.h"

/* The id of the newest, as a form that is opened now carries it; none for an act that answers nothing. */
static inline Id answered_by(Town *town, Actor *actor, const Procedure *procedure, Id log)
{
    const ProcedureWish wish = {.procedure = procedure, .log = log};
    ProcedureAsked asked;

    if (procedure->about == KIND_NONE)
        return (Id){0};
    EXPECT_OK(procedure_ask(&(LogReader){&town->service, actor, town->arena}, &wish, &asked));
    return asked.about;
}

#endif
