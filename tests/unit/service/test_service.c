/* A refusal has its line, and a form is carried out once; the store here only remembers what it was asked.
 * Must not stand for the real store: the conformance suite and the scenarios do.
 * Run by meson test. */
#include "support/test.h"

#include "service/service.h"

typedef struct Seen {
    AuditLine line;
    FormKeyRow claim;
    int lines, claims, works;
    enum err_id line_error, claim_error;
} Seen;

/* The Store and the Tx that the functions below are given are this. */
Err store_write(Store *store, Err (*work)(Tx *tx, void *context), void *context)
{
    return work((Tx *)store, context);
}

Err store_audit(Tx *tx, const AuditLine *line)
{
    Seen *seen = (Seen *)tx;
    if (seen->line_error != E_OK)
        return fail(seen->line_error);
    seen->line = *line;
    seen->lines++;
    return ok();
}

Err store_form_claim(Tx *tx, const FormKeyRow *row)
{
    Seen *seen = (Seen *)tx;
    seen->claim = *row;
    seen->claims++;
    return seen->claim_error == E_OK ? ok() : fail(seen->claim_error);
}

static Err count_work(Tx *tx, void *context)
{
    (void)context;
    ((Seen *)tx)->works++;
    return ok();
}

static Actor actor_over(Seen *seen)
{
    return (Actor){.store = (Store *)seen, .person.bytes[0] = 1, .role = ROLE_ACTOR, .unit.bytes[0] = 2, .now = 77,
                   .request.bytes[0] = 3};
}

TEST(a_refusal_is_forbidden_and_leaves_one_line_that_says_who_what_and_why)
{
    Seen seen = {0};
    Actor actor = actor_over(&seen);
    Id log = {.bytes = {9}};

    EXPECT_ERR(service_refuse(&actor, ACT_LOG_READ, OBJECT_LOG, log, WHY_NO_RELATION), E_FORBIDDEN);
    EXPECT(seen.lines == 1);
    EXPECT(seen.line.outcome == AUDIT_REFUSED);
    EXPECT(seen.line.reason == WHY_NO_RELATION);
    EXPECT(seen.line.act == ACT_LOG_READ);
    EXPECT(seen.line.object_kind == OBJECT_LOG);
    EXPECT(seen.line.role == ROLE_ACTOR);
    EXPECT(seen.line.at == 77);
    EXPECT(id_equal(seen.line.object, log));
    EXPECT(id_equal(seen.line.person, actor.person));
    EXPECT(id_equal(seen.line.unit, actor.unit));
    EXPECT(id_equal(seen.line.request, actor.request));
}

TEST(a_refusal_whose_line_cannot_be_written_tells_that_error_instead)
{
    Seen seen = {.line_error = E_DISK_FULL};
    Actor actor = actor_over(&seen);

    EXPECT_ERR(service_refuse(&actor, ACT_LOG_READ, OBJECT_LOG, (Id){0}, WHY_ROLE), E_DISK_FULL);
}

TEST(a_form_that_was_sent_before_does_no_work)
{
    Seen seen = {.claim_error = E_REPLAYED};
    Actor actor = actor_over(&seen);

    actor.has_form = true;
    EXPECT_ERR(service_write(&actor, count_work, NULL), E_REPLAYED);
    EXPECT(seen.works == 0);
}

TEST(a_new_form_is_claimed_and_its_work_done)
{
    Seen seen = {0};
    Actor actor = actor_over(&seen);

    actor.has_form = true;
    EXPECT_OK(service_write(&actor, count_work, NULL));
    EXPECT(seen.claims == 1);
    EXPECT(seen.works == 1);
    EXPECT(seen.claim.at == 77 && seen.claim.answer_location.length == 0 && seen.claim.status == 0);
}

TEST(where_the_first_answer_leads_is_stored_with_the_claim)
{
    Seen seen = {0};
    Actor actor = actor_over(&seen);

    actor.has_form = true;
    actor.answer = (FormAnswer){.location = STR("/logg/1"), .status = 303};
    EXPECT_OK(service_write(&actor, count_work, NULL));
    EXPECT_STR(seen.claim.answer_location, "/logg/1");
    EXPECT(seen.claim.status == 303);
}

TEST(a_request_without_a_form_claims_none)
{
    Seen seen = {0};
    Actor actor = actor_over(&seen);

    EXPECT_OK(service_write(&actor, count_work, NULL));
    EXPECT(seen.claims == 0);
    EXPECT(seen.works == 1);
}

RUN_TESTS("service")
