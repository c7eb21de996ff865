/* What is sent and answered about a consent before there is a log: flat documents, as a program sends them.
 * Must not say who of a family has answered.
 * Called by web's handlers under /api/. */
#include "api/invited.h"

#include <assert.h>

#include "api/out.h"
#include "api/write.h"
#include "domain/period.h"

static const Field wish_fields[] = {
    {.id = 1, .name = "persons", .type = FIELD_NUMBER, .maximum = INVITED_MAX, .required = true},
    {.id = 2, .name = "units", .type = FIELD_UNIT, .maximum = 60, .multiple = true},
};

static const Field code_fields[] = {{.id = 1, .name = "code", .type = FIELD_TEXT, .maximum = 60, .required = true}};

/* What a yes asks for: all of the child and of the guardian as their kinds have it, and until when. Numbers as those fields have them,
 * behind one another. */
#define GUARDIAN_FROM 20
#define UNTIL 40

#define X(key, number, field, ...) {.id = (number), .name = "child_" field, __VA_ARGS__},
#define Y(key, number, field, ...) {.id = GUARDIAN_FROM + (number), .name = (field), __VA_ARGS__},
static const Field yes_fields[] = {
    FIELDS_OF_CHILD(X) FIELDS_OF_GUARDIAN(Y)
    {.id = UNTIL, .name = "valid_to", .type = FIELD_DATE, .required = true, .days = DAYS_COMING},
};
#undef Y
#undef X
#define X(key, ...) key,
static const FieldKey yes_keys[] = {FIELDS_OF_CHILD(X) FIELDS_OF_GUARDIAN(X) CONSENT_VALID_TO};
#undef X
static_assert(COUNT_OF(yes_fields) == COUNT_OF(yes_keys) && COUNT_OF(yes_fields) <= FIELDS_MAX, "fits Values");

const Kind api_invitation = {.code = "invitation_wish", .fields = wish_fields, .count = COUNT_OF(wish_fields)};
const Kind api_invitation_code = {.code = "invitation_code", .fields = code_fields, .count = COUNT_OF(code_fields)};
const Kind api_invitation_yes = {.code = "invitation_yes", .fields = yes_fields, .count = COUNT_OF(yes_fields)};

unsigned api_yes_at(FieldKey key)
{
    unsigned at = 0;

    while (at + 1 < COUNT_OF(yes_keys) && yes_keys[at] != key)
        at++;
    return at;
}

void api_yes_of(const Values *sent, InvitedYes *ret_yes)
{
    Values consent = {.kind = kind_of(KIND_CONSENT)};
    Day until = 0;

    *ret_yes = (InvitedYes){.child.kind = kind_of(KIND_CHILD), .guardian.kind = kind_of(KIND_GUARDIAN)};
    for (size_t i = 0; i < COUNT_OF(yes_keys); i++) {
        values_put(&ret_yes->child, yes_keys[i], sent->text[i]);
        values_put(&ret_yes->guardian, yes_keys[i], sent->text[i]);
        values_put(&consent, yes_keys[i], sent->text[i]);
    }
    if (values_day(&consent, CONSENT_VALID_TO, &until))
        ret_yes->until = until;
}

static void add_units(Out *out, const Str *units, uint32_t count)
{
    out_begin(out, "units", '[');
    for (uint32_t i = 0; i < count; i++)
        out_text(out, NULL, units[i]);
    out_end(out, ']');
}

Err write_invitations(const InvitationStates *states, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    out_begin(&out, "invitations", '[');
    for (uint32_t i = 0; i < states->count; i++) {
        const InvitationState *state = &states->items[i];
        out_begin(&out, NULL, '{');
        out_id(&out, "id", state->id);
        out_moment(&out, "made_at", state->made_at);
        out_day(&out, "until", period_last_day(state->expires_at));
        out_number(&out, "persons", state->persons);
        out_yes_no(&out, "complete", state->complete);
        if (!id_is_none(state->log))
            out_id(&out, "log", state->log);
        add_units(&out, state->units, state->unit_count);
        out_end(&out, '}');
    }
    out_end(&out, ']');
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}

Err write_invitation_made(const InvitationMade *made, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    out_id(&out, "id", made->id);
    out_begin(&out, "codes", '[');
    for (uint32_t i = 0; i < made->count; i++)
        out_text(&out, NULL, str_from_c(made->codes[i].text));
    out_end(&out, ']');
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}

Err write_questions(const InvitedStates *states, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    out_begin(&out, "questions", '[');
    for (uint32_t i = 0; i < states->count; i++) {
        const InvitedState *state = &states->items[i];
        out_begin(&out, NULL, '{');
        out_id(&out, "id", state->invitation);
        out_day(&out, "until", period_last_day(state->expires_at));
        out_number(&out, "persons", state->persons);
        out_yes_no(&out, "said", state->said);
        add_units(&out, state->units, state->unit_count);
        out_end(&out, '}');
    }
    out_end(&out, ']');
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}
