/* Sessions, form keys, drafts, waits: what needs no line.
 * Must not know whether it runs on SQLite or on PostgreSQL.
 * Run by tests/conform/meson.build on both. */
#include "conform/conform.h"

#include "store/over.h"
#include "store/volatile.h"

WORK(make_session)
{
    CONTEXT;
    const SessionRow row = {.token_hash = w->hash, .person = w->id, .role_row = w->other, .role = 2, .grant = w->third,
                            .created_at = NOW, .touched_at = NOW, .ends_at = NOW + 100, .form_secret = STR("form")};
    TRY(store_session_insert(tx, &row));
    TRY(store_session_wizard(tx, &w->hash, STR("wizard")));
    return store_session_touch(tx, &w->hash, NOW + 50);
}

WORK(end_sessions)
{
    CONTEXT;
    return store_sessions_delete_over(tx, w->no, &w->number);
}

WORK(take_session)
{
    CONTEXT;
    return store_session_take(tx, &w->hash);
}

TEST(a_session_that_goes_on_as_another_is_taken_once)
{
    PLACE(place);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .hash = new_hash()};

    EXPECT_ERR(store_write(place.store, take_session, &w), E_NOT_FOUND);
    EXPECT_OK(store_write(place.store, make_session, &w));
    EXPECT_OK(store_write(place.store, take_session, &w));
    EXPECT_ERR(store_write(place.store, take_session, &w), E_NOT_FOUND);
}

TEST(a_session_needs_no_line_is_touched_and_ends)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .other = new_id(), .third = new_id(), .hash = new_hash(), .no = NOW + 99};
    SessionRow row;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, make_session, &w));
    EXPECT_ERR(store_write(place.store, make_session, &w), E_DUPLICATE);
    EXPECT_OK(store_write(place.store, end_sessions, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_session_by_token(tx, &w.hash, keep, &row));
    EXPECT(row.touched_at == NOW + 50 && id_equal(row.grant, w.third));
    EXPECT_STR(row.wizard_key, "wizard");
    EXPECT_STR(row.form_secret, "form");
    store_read_end(tx);
    w.no = NOW + 100;
    EXPECT_OK(store_write(place.store, end_sessions, &w));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_ERR(store_session_by_token(tx, &w.hash, keep, &row), E_NOT_FOUND);
    store_read_end(tx);
}

WORK(claim_form)
{
    CONTEXT;
    const FormKeyRow row = {.hash = w->hash, .content = {{1}}, .at = NOW};
    TRY(store_form_claim(tx, &row));
    return store_form_answer(tx, &w->hash, STR("/logg/1"), 303);
}

WORK(claim_with_answer)
{
    CONTEXT;
    const FormKeyRow row = {.hash = w->hash, .content = {{1}}, .at = NOW, .answer_location = STR("/logg/1"), .status = 303};
    return store_form_claim(tx, &row);
}

static void expect_claimed(Place *place, Err (*claim)(Tx *tx, void *context))
{
    TEST_ARENA(keep);
    Work w = {.hash = new_hash()};
    FormKeyRow row;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place->store, claim, &w));
    EXPECT_ERR(store_write(place->store, claim_form, &w), E_REPLAYED);
    EXPECT_OK(store_read(place->store, &tx));
    EXPECT_OK(store_form_by_hash(tx, &w.hash, keep, &row));
    EXPECT_STR(row.answer_location, "/logg/1");
    EXPECT(row.status == 303);
    store_read_end(tx);
}

TEST(a_form_is_claimed_once_and_its_first_answer_is_found)
{
    PLACE(place);
    expect_claimed(&place, claim_form);
}

TEST(the_answer_of_a_form_is_found_that_was_claimed_together_with_it)
{
    PLACE(place);
    expect_claimed(&place, claim_with_answer);
}

WORK(put_draft)
{
    CONTEXT;
    const DraftRow row = {.id = new_id(), .log_no = w->no, .person = w->id, .kind = 4, .at = NOW, .sealed = w->text};
    const BackoffRow wait = {.key = w->id, .failures = 3, .until_at = NOW + 9};
    TRY(store_backoff_put(tx, &wait));
    return store_draft_put(tx, &row, &w->other);
}

TEST(the_newest_draft_replaces_the_former_and_is_its_writers_own)
{
    PLACE(place);
    TEST_ARENA(keep);
    Work w = {.id = new_id(), .text = STR("first")};
    DraftRows drafts;
    BackoffRow wait;
    Tx *tx = NULL;

    made_log(&place, &w);
    EXPECT_OK(store_write(place.store, put_draft, &w));
    Id first = w.other;
    w.text = STR("second");
    EXPECT_OK(store_write(place.store, put_draft, &w));
    EXPECT(id_equal(first, w.other));
    EXPECT_OK(store_read(place.store, &tx));
    Permit own = permit_of(w.id, w.log.id), foreign = permit_of(new_id(), w.log.id);
    EXPECT_OK(store_drafts(tx, &foreign, keep, &drafts));
    EXPECT(drafts.count == 0);
    EXPECT_OK(store_drafts(tx, &own, keep, &drafts));
    EXPECT(drafts.count == 1);
    EXPECT_STR(drafts.items[0].sealed, "second");
    EXPECT_OK(store_backoff(tx, w.id, &wait));
    EXPECT(wait.failures == 3);
    EXPECT_OK(store_backoff(tx, new_id(), &wait));
    EXPECT(wait.failures == 0 && wait.until_at == 0);
    store_read_end(tx);
}

WORK(make_all)
{
    CONTEXT;
    const SessionRow session = {.token_hash = w->hash, .person = w->id, .created_at = NOW, .touched_at = NOW,
                                .ends_at = NOW, .form_secret = STR("form")};
    const FormKeyRow form = {.hash = w->hash, .content = {{1}}, .at = NOW};
    const EnrolmentRow code = {.code_hash = w->hash, .person = w->id, .expires_at = NOW};
    const AuditLine line = line_of(new_id());

    TRY(store_audit(tx, &line));
    TRY(store_session_insert(tx, &session));
    TRY(store_form_claim(tx, &form));
    TRY(store_enrolment_insert(tx, &code));
    return put_draft(tx, w);
}

typedef Err Remove(Tx *tx, int64_t at, uint32_t *ret_count);

typedef struct Removal {
    Remove *remove;
    int64_t at;
    uint32_t count;
} Removal;

static Err carry_out(Tx *tx, void *context)
{
    Removal *removal = context;
    const AuditLine line = line_of(new_id());

    TRY(removal->remove(tx, removal->at, &removal->count));
    return removal->count > 0 ? store_audit(tx, &line) : ok();
}

/* What ends at `at` is there a millisecond before, and gone then; what nobody removes stays. */
static void expect_over(Place *place, Remove *remove, int64_t at)
{
    Removal early = {remove, at - 1, 0}, late = {remove, at, 0}, again = {remove, at, 0};

    EXPECT_OK(store_write(place->store, carry_out, &early));
    EXPECT(early.count == 0);
    EXPECT_OK(store_write(place->store, carry_out, &late));
    EXPECT(late.count == 1);
    EXPECT_OK(store_write(place->store, carry_out, &again));
    EXPECT(again.count == 0);
}

TEST(what_is_over_is_removed_and_counted_and_nothing_before_its_time)
{
    PLACE(place);
    Work w = {.id = new_id(), .hash = new_hash(), .text = STR("draft")};

    made_log(&place, &w);
    EXPECT_OK(store_write(place.store, make_all, &w));
    expect_over(&place, store_sessions_delete_over, NOW);
    expect_over(&place, store_forms_delete_over, NOW);
    expect_over(&place, store_waits_delete_over, NOW + 9);
    expect_over(&place, store_drafts_delete_over, NOW);
    expect_over(&place, store_codes_delete_over, NOW);
}

WORK(use_code)
{
    CONTEXT;
    const EnrolmentRow code = {.code_hash = w->hash, .person = w->id, .expires_at = NOW + 1000};
    const AuditLine line = line_of(new_id());

    TRY(store_audit(tx, &line));
    if (!w->number++)
        return store_enrolment_insert(tx, &code);
    return store_enrolment_use(tx, &w->hash, NOW + 5);
}

TEST(a_code_that_was_used_is_removed_and_one_that_still_waits_is_not)
{
    PLACE(place);
    Work w = {.id = new_id(), .hash = new_hash()};
    Removal unused = {store_codes_delete_used, NOW + 100, 0};

    EXPECT_OK(store_write(place.store, use_code, &w));
    EXPECT_OK(store_write(place.store, carry_out, &unused));
    EXPECT(unused.count == 0);
    EXPECT_OK(store_write(place.store, use_code, &w));
    expect_over(&place, store_codes_delete_used, NOW + 5);
}

/* ---- jobs ---- */

typedef struct JobWork {
    JobTake take;
    JobRow row;
    int64_t done_to, until_at;
} JobWork;

static Err take_job(Tx *tx, void *context)
{
    JobWork *work = context;
    return store_job_take(tx, &work->take, &work->row);
}

static Err give_job(Tx *tx, void *context)
{
    JobWork *work = context;
    return store_job_give(tx, &work->row, work->done_to, work->until_at);
}

TEST(a_job_is_in_one_hand_until_it_is_given_back_or_its_time_is_over)
{
    PLACE(place);
    TEST_ARENA(keep);
    JobWork mine = {.take = {.name = STR("life"), .runner = new_id(), .now = NOW, .until_at = NOW + 100}, .done_to = NOW};
    JobWork other = {.take = {.name = STR("life"), .runner = new_id(), .now = NOW + 99, .until_at = NOW + 300}};
    JobRow row = {0};
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, take_job, &mine));
    EXPECT_ERR(store_write(place.store, take_job, &other), E_BUSY);
    EXPECT_OK(store_write(place.store, take_job, &mine)); /* for longer */
    other.take.now = NOW + 100;
    EXPECT_OK(store_write(place.store, take_job, &other));
    EXPECT_ERR(store_write(place.store, give_job, &mine), E_STALE);
    other.done_to = NOW + 5;
    other.until_at = NOW + 200;
    EXPECT_OK(store_write(place.store, give_job, &other));
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_job(tx, STR("life"), keep, &row));
    EXPECT(row.done_to == NOW + 5 && row.until_at == NOW + 200 && id_is_none(row.runner));
    store_read_end(tx);
    mine.take.now = NOW + 199;
    EXPECT_ERR(store_write(place.store, take_job, &mine), E_BUSY); /* not to be tried yet */
    mine.take.at_once = other.take.at_once = true;
    mine.take.until_at = NOW + 250;
    EXPECT_OK(store_write(place.store, take_job, &mine));
    EXPECT_ERR(store_write(place.store, take_job, &other), E_BUSY); /* in hand */
    mine.until_at = NOW + 200;
    mine.done_to = NOW + 5;
    EXPECT_OK(store_write(place.store, give_job, &mine));
    mine.take.at_once = false;
    mine.take.now = NOW + 200;
    EXPECT_OK(store_write(place.store, take_job, &mine));
    EXPECT(mine.row.done_to == NOW + 5);
}

TEST(a_job_that_was_never_taken_is_done_to_no_moment)
{
    PLACE(place);
    TEST_ARENA(keep);
    JobRow row = {.done_to = 1};
    Tx *tx = NULL;

    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_job(tx, STR("never"), keep, &row));
    EXPECT(row.done_to == 0 && row.until_at == 0);
    store_read_end(tx);
}

/* ---- consents that are asked for before there is a log ---- */

typedef struct Asking {
    InvitationRow invitation;
    InvitedRow invited;
    PersonRow person;   /* made for it: no role, no place in a log */
    RoleRow role;       /* of whoever asks */
    ScopeKeyRow keys[2];
    Arena *keep;
} Asking;

static Asking asking_new(Arena *keep)
{
    const Id invitation = new_id(), person = new_id(), maker = new_id(), role = new_id();

    return (Asking){
        .invitation = {.id = invitation, .maker = maker, .role_row = role, .unit = new_id(), .units = STR("0123456789abcdef"),
                       .required = 2, .made_at = NOW, .expires_at = NOW + 9, .version = 1},
        .invited = {.id = new_id(), .invitation = invitation, .person = person, .maker = maker, .expires_at = NOW + 9},
        .person = {.id = person, .state = 1, .sealed = STR("sealed"), .secret = STR(""), .version = 1, .created_at = NOW},
        .role = {.id = role, .person = maker, .role = 4, .from_at = NOW},
        .keys = {{.scope = person, .kind = 2, .epoch = 1, .wrapped = STR("wrapped"), .version = 1},
                 {.scope = invitation, .kind = 4, .epoch = 1, .wrapped = STR("wrapped"), .version = 1}},
        .keep = keep,
    };
}

static Err ask(Tx *tx, void *context)
{
    Asking *asking = context;
    const AuditLine line = line_of(asking->invitation.id);

    TRY(store_role_insert(tx, &asking->role));
    TRY(store_person_insert(tx, &asking->person));
    for (size_t i = 0; i < COUNT_OF(asking->keys); i++)
        TRY(store_scope_insert(tx, &asking->keys[i]));
    TRY(store_invitation_insert(tx, &asking->invitation));
    TRY(store_invited_insert(tx, &asking->invited));
    return store_audit(tx, &line);
}

static Err ask_again(Tx *tx, void *context)
{
    const Asking *asking = context;
    InvitedRow again = asking->invited;

    again.id = new_id();
    return store_invited_insert(tx, &again);
}

static Err answer(Tx *tx, void *context)
{
    Asking *asking = context;

    TRY(store_invitation_seal(tx, &asking->invitation));
    return store_invited_update(tx, &asking->invited);
}

static Err end(Tx *tx, void *context)
{
    const Asking *asking = context;
    const AuditLine line = line_of(asking->invitation.id);

    TRY(store_invitation_end(tx, asking->invitation.id));
    return store_audit(tx, &line);
}

static Err use(Tx *tx, void *context)
{
    const Asking *asking = context;
    const AuditLine line = line_of(asking->invitation.id);

    TRY(store_invitation_used(tx, asking->invitation.id));
    return store_audit(tx, &line);
}

/* Which of its rows are there: the invitation, who is asked, its key, the account, the account's key. */
static void expect_there(const Place *place, const Asking *asking, bool asked, bool account)
{
    InvitationRow row;
    InvitationRows rows;
    InvitedRows invited;
    PersonRow person;
    ScopeKeyRow scope;
    Tx *tx = NULL;

    EXPECT_OK(store_read(place->store, &tx));
    EXPECT(is_ok(store_invitation_by_id(tx, asking->invitation.id, asking->keep, &row)) == asked);
    EXPECT_OK(store_invitations_of_person(tx, asking->invitation.maker, asking->keep, &rows));
    EXPECT(rows.count == asked);
    EXPECT_OK(store_invited_of(tx, asking->invitation.id, asking->keep, &invited));
    EXPECT(invited.count == asked);
    EXPECT_OK(store_invited_of_maker(tx, asking->invitation.maker, asking->keep, &invited));
    EXPECT(invited.count == asked);
    EXPECT_OK(store_invited_of_person(tx, asking->person.id, asking->keep, &invited));
    EXPECT(invited.count == asked);
    EXPECT(is_ok(store_scope(tx, asking->invitation.id, asking->keep, &scope)) == asked);
    EXPECT(is_ok(store_person_by_id(tx, asking->person.id, asking->keep, &person)) == account);
    EXPECT(is_ok(store_scope(tx, asking->person.id, asking->keep, &scope)) == account);
    store_read_end(tx);
}

TEST(an_invitation_that_ends_takes_its_key_and_the_account_that_was_made_for_it)
{
    PLACE(place);
    TEST_ARENA(keep);
    Asking asking = asking_new(keep);

    EXPECT_OK(store_write(place.store, ask, &asking));
    EXPECT_ERR(store_write(place.store, ask_again, &asking), E_DUPLICATE);
    expect_there(&place, &asking, true, true);
    EXPECT_OK(store_write(place.store, end, &asking));
    expect_there(&place, &asking, false, false);
    EXPECT_ERR(store_write(place.store, end, &asking), E_NOT_FOUND);
    EXPECT_OK(store_purge_remains(place.store));
}

TEST(an_invitation_that_became_a_log_leaves_the_account)
{
    PLACE(place);
    TEST_ARENA(keep);
    Asking asking = asking_new(keep);

    EXPECT_OK(store_write(place.store, ask, &asking));
    EXPECT_OK(store_write(place.store, use, &asking));
    expect_there(&place, &asking, false, true);
}

static Err ask_of_another(Tx *tx, void *context)
{
    Asking *other = context;
    const AuditLine line = line_of(other->invitation.id);

    TRY(store_scope_insert(tx, &other->keys[1]));
    TRY(store_invitation_insert(tx, &other->invitation));
    TRY(store_invited_insert(tx, &other->invited));
    return store_audit(tx, &line);
}

TEST(an_account_that_is_asked_for_something_else_stays)
{
    PLACE(place);
    TEST_ARENA(keep);
    Asking asking = asking_new(keep), other = asking_new(keep);

    other.invited.person = asking.person.id;
    EXPECT_OK(store_write(place.store, ask, &asking));
    EXPECT_OK(store_write(place.store, ask_of_another, &other));
    EXPECT_OK(store_write(place.store, end, &asking));
    Tx *tx = NULL;
    PersonRow person;
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_person_by_id(tx, asking.person.id, keep, &person));
    store_read_end(tx);
    EXPECT_OK(store_write(place.store, end, &other));
    expect_there(&place, &asking, false, false);
}

TEST(of_two_who_answer_at_once_the_second_is_stale)
{
    PLACE(place);
    TEST_ARENA(keep);
    Asking asking = asking_new(keep);
    InvitationRow row;
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, ask, &asking));
    asking.invitation.sealed = STR("the first");
    asking.invited.said_at = NOW;
    EXPECT_OK(store_write(place.store, answer, &asking));
    asking.invitation.sealed = STR("the second");
    EXPECT_ERR(store_write(place.store, answer, &asking), E_STALE);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_invitation_by_id(tx, asking.invitation.id, keep, &row));
    EXPECT_STR(row.sealed, "the first");
    EXPECT(row.version == 2);
    store_read_end(tx);
}

TEST(an_invitation_ends_by_itself_with_all_that_hangs_on_it)
{
    PLACE(place);
    TEST_ARENA(keep);
    Asking asking = asking_new(keep);

    EXPECT_OK(store_write(place.store, ask, &asking));
    expect_over(&place, store_invitations_delete_over, NOW + 9);
    expect_there(&place, &asking, false, false);
}

static Err end_role_of_asker(Tx *tx, void *context)
{
    const Asking *asking = context;
    const AuditLine line = line_of(asking->role.id);
    GrantRows grants;

    TRY(store_role_end(tx, asking->role.id, NOW + 4, asking->keep, &grants));
    return store_audit(tx, &line);
}

TEST(an_invitation_ends_with_the_role_of_whoever_asked)
{
    PLACE(place);
    TEST_ARENA(keep);
    Asking asking = asking_new(keep);

    EXPECT_OK(store_write(place.store, ask, &asking));
    EXPECT_OK(store_write(place.store, end_role_of_asker, &asking));
    expect_over(&place, store_invitations_delete_over, NOW + 4);
    expect_there(&place, &asking, false, false);
}

RUN_TESTS("conform_volatile")
