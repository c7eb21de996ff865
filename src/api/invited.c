/* What is sent and answered about a consent before there is a log: flat documents, as a program sends them.
 * Must not say who of a family has answered.
 * Called by web's handlers under /api/. */
#include "api/invited.h"

#include "api/out.h"
#include "api/write.h"
#include "domain/period.h"

static const Field wish_fields[] = {
    {.id = 1, .name = "persons", .type = FIELD_NUMBER, .maximum = INVITED_MAX, .required = true},
    {.id = 2, .name = "units", .type = FIELD_UNIT, .maximum = 60, .multiple = true},
};

static const Field code_fields[] = {{.id = 1, .name = "code", .type = FIELD_TEXT, .maximum = 60, .required = true}};

/* A field of the yes, and where it is kept. */
#define YES_FIELDS(X)                                                                                     \
    X(CHILD, CHILD_NAME, 1, "child_name", .type = FIELD_TEXT, .maximum = 120, .required = true)           \
    X(CHILD, CHILD_NATIONAL_ID, 2, "child_national_id", .type = FIELD_NATIONAL_ID)                        \
    X(CHILD, CHILD_BIRTH_DATE, 3, "child_birth_date", .type = FIELD_DATE, .days = DAYS_OF_MINOR)          \
    X(CHILD, CHILD_LIVING, 4, "child_living", .type = FIELD_CODE, .codes = CODES_LIVING)                  \
    X(CHILD, CHILD_ADDRESS, 5, "child_address", .type = FIELD_TEXT, .maximum = 200)                       \
    X(CHILD, CHILD_PROTECTION, 6, "child_protection", .type = FIELD_CODE, .codes = CODES_PROTECTION)      \
    X(CHILD, CHILD_LANGUAGES, 7, "child_languages", .type = FIELD_TEXT, .maximum = 120)                   \
    X(GUARDIAN, GUARDIAN_NAME, 8, "name", .type = FIELD_TEXT, .maximum = 120, .required = true)           \
    X(GUARDIAN, GUARDIAN_NATIONAL_ID, 9, "national_id", .type = FIELD_NATIONAL_ID)                        \
    X(GUARDIAN, GUARDIAN_PHONE, 10, "phone", .type = FIELD_PHONE, .maximum = 30)                          \
    X(GUARDIAN, GUARDIAN_EMAIL, 11, "email", .type = FIELD_EMAIL, .maximum = 254)                         \
    X(GUARDIAN, GUARDIAN_RELATIONSHIP, 12, "relationship", .type = FIELD_CODE, .required = true,          \
      .codes = CODES_RELATIONSHIP)                                                                        \
    X(GUARDIAN, GUARDIAN_RESPONSIBILITY, 13, "responsibility", .type = FIELD_CODE, .required = true,      \
      .codes = CODES_RESPONSIBILITY)                                                                      \
    X(GUARDIAN, GUARDIAN_LANGUAGE, 14, "language", .type = FIELD_TEXT, .maximum = 60)                     \
    X(CONSENT, CONSENT_VALID_TO, 15, "valid_to", .type = FIELD_DATE, .required = true, .days = DAYS_COMING)

#define X(kind, key, number, field, ...) {.id = (number), .name = (field), __VA_ARGS__},
static const Field yes_fields[] = {YES_FIELDS(X)};
#undef X
#define X(kind, key, number, field, ...) key,
static const FieldKey yes_keys[] = {YES_FIELDS(X)};
#undef X

const Kind api_invitation = {.code = "invitation_wish", .fields = wish_fields, .count = COUNT_OF(wish_fields)};
const Kind api_invitation_code = {.code = "invitation_code", .fields = code_fields, .count = COUNT_OF(code_fields)};
const Kind api_invitation_yes = {.code = "invitation_yes", .fields = yes_fields, .count = COUNT_OF(yes_fields)};

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
