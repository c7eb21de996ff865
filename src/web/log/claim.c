/* What pages tell of a claim that the log be deleted.
 * Must not tell who asked, nor why: that stands in the log.
 * Called by page.c. */
#include "web/log/claim.h"

#include "domain/clocks.h"
#include "web/call/answer.h"
#include "web/call/words.h"

#define LINES 3

static Err countdown(Call *call, Day claimed_on, Str *ret_text)
{
    Day due = clock_day(CLOCK_CLAIM_DECIDED, claimed_on, NULL), today = oslo_day(call->actor.now);
    const MsgArgument arguments[] = {{.name = STR("day"), .type = ARGUMENT_DAY, .number = due},
                                     {.name = STR("n"), .type = ARGUMENT_NUMBER, .number = due - today}};
    Buf words = buf_new(call->arena, 1024);

    msg_write(&words, call->language, due >= today ? MSG_CLAIM_OPEN : MSG_CLAIM_LATE, arguments, COUNT_OF(arguments));
    return buf_done(&words, ret_text);
}

/* To whoever may order the deletion: what it waits for still. */
static Err waits_for(Call *call, const LogView *log, Str *line)
{
    Ask ask = log->ask;
    enum msg why = MSG_WHY_STATE;

    ask.act = ACT_DELETION_ORDER;
    if (log->summary.state != STATE_PASSIVE || log->summary.stub || !log_may(log, ACT_ARCHIVE_DECIDE))
        return ok();
    Why answer = policy_decide(ask);
    if (answer == WHY_ALLOWED || answer == WHY_ROLE || !msg_find(str_from_c(why_key(answer)), &why))
        return ok();
    return message_with(call, MSG_DECISION_BEFORE, "why", call_text(call, why), line);
}

/* Whoever works in the log reads the decision where it stands; it is told to the family above all else. */
Err claim_words(Call *call, const LogView *log, Paragraphs *ret_lines)
{
    bool told = log->decision != CODE_NONE && role_is_family(call->actor.role);
    Str *lines = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(call->arena, Str, LINES, &lines));
    for (size_t i = 0; i < LINES; i++)
        lines[i] = STR_NONE;
    if (log->claimed_on) {
        TRY(countdown(call, log->claimed_on, &lines[count++]));
    } else if (told) {
        TRY(code_word(call, CODES_DECISION, code_text(log->decision), &lines[count++]));
        if (log->decision == DECISION_REFUSED)
            lines[count++] = call_text(call, MSG_CLAIM_COMPLAIN);
    }
    TRY(waits_for(call, log, &lines[count]));
    count += lines[count].length > 0;
    *ret_lines = (Paragraphs){.items = lines, .count = count};
    return ok();
}
