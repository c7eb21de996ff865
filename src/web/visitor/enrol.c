/* First sign-in: a one-time code becomes an account. Two pages; the code travels from one to the other in the form only.
 * Must not tell a used, old or unknown code apart, nor keep a password or the authenticator's secret.
 * Called through the table of routes. Rule: sign-in 3. */
#include "web/visitor/enrol.h"

#include "gateway/gateway.h"
#include "html/qr.h"
#include "pages/templates.h"
#include "service/session/enrol.h"
#include "service/session/sign_in.h"
#include "web/call/answer.h"
#include "web/call/cookie.h"
#include "web/call/layout.h"
#include "web/form/inputs.h"

#define SECRET_GROUP 4
#define OTPAUTH_MAX ((size_t)400)

/* ---- first page: the code ---- */

/* fault: what is wrong with the code; empty on the way in. */
static Err show_code(Call *call, int status, Str fault)
{
    PageEnrol view = {.layout = call_layout(call, call_text(call, MSG_ENROL_HEADING), "")};
    Html html = call_html(call);
    Inputs inputs;
    Url action;

    TRY(inputs_new(call, 1, &inputs));
    FieldView *code = inputs_add(&inputs, "enrolment", INPUT_TEXT, call_text(call, MSG_ENROL_CODE));
    code->help = call_text(call, MSG_ENROL_CODE_HELP);
    if (fault.length > 0)
        inputs_fault(&inputs, "enrolment", fault);
    TRY(url_format(call->arena, &action, "/k/%.*s/ny", STR_ARGS(call->number)));
    TRY(inputs_form(&inputs, action, call_text(call, MSG_WEB_GO_ON), &view.form));
    TRY(url_format(call->arena, &view.form.cancel, "/k/%.*s", STR_ARGS(call->number)));
    view.layout.has_errors = fault.length > 0;
    page_enrol(&html, &view);
    return call_page(call, status, &html);
}

Err enrol_page(Call *call)
{
    if (call->signed_in)
        return call_redirect(call, STR("/"));
    return show_code(call, 200, STR_NONE);
}

/* ---- second page: user name, password, authenticator ---- */

/* "ABCD EFGH ...": easier to type. */
static Err in_groups(Arena *keep, Str text, Str *ret_text)
{
    Buf groups = buf_new(keep, 2 * text.length);

    for (size_t i = 0; i < text.length; i += SECRET_GROUP) {
        if (i)
            buf_add_char(&groups, ' ');
        buf_add(&groups, str_slice(text, i, i + SECRET_GROUP));
    }
    return buf_done(&groups, ret_text);
}

/* What authenticator apps read: the issuer is shown above the code, with the municipality beside it. */
static Err otpauth_address(Call *call, Str secret, Url *ret_url)
{
    Html address = html_new(call->arena, OTPAUTH_MAX);

    html_raw(&address, STR("otpauth://totp/Stafettlogg:"));
    html_path_segment(&address, call->municipality);
    html_raw(&address, STR("?secret="));
    html_path_segment(&address, secret);
    html_raw(&address, STR("&issuer=Stafettlogg"));
    return html_done(&address, &ret_url->text);
}

static Err show_secret(Call *call, const EnrolmentStart *start, PageEnrolSecret *view)
{
    Buf text = buf_new(call->arena, 64);
    Str secret = STR_NONE;

    buf_add_base32(&text, str_from_bytes(start->totp_secret, sizeof start->totp_secret));
    TRY(buf_done(&text, &secret));
    TRY(in_groups(call->arena, secret, &view->secret));
    TRY(otpauth_address(call, secret, &view->otpauth));
    return qr_svg(call->arena, view->otpauth.text, call_text(call, MSG_ENROL_QR), &view->qr);
}

/* fault: the field that was refused, empty on the way in. */
static Err show_account(Call *call, int status, const EnrolmentStart *start, Str fault, Str message)
{
    PageEnrolSecret view = {.layout = call_layout(call, call_text(call, MSG_ENROL_ACCOUNT), "")};
    Html html = call_html(call);
    Inputs inputs;
    Url action;

    TRY(inputs_new(call, 4, &inputs));
    inputs_add(&inputs, "enrolment", INPUT_HIDDEN, STR_NONE);
    FieldView *user_name = inputs_add(&inputs, "user_name", INPUT_USER_NAME, call_text(call, MSG_WEB_USER_NAME));
    user_name->help = call_text(call, MSG_ENROL_USER_NAME_HELP);
    if (user_name->value.length == 0 && status == 200)
        user_name->value = start->user_name_hint;
    FieldView *password = inputs_add(&inputs, "password", INPUT_NEW_PASSWORD, call_text(call, MSG_WEB_PASSWORD));
    password->help = call_text(call, MSG_ENROL_PASSWORD_HELP);
    inputs_add(&inputs, "code", INPUT_ONE_TIME_CODE, call_text(call, MSG_WEB_CODE));
    if (fault.length) {
        char *name = NULL;
        TRY(str_to_c(call->arena, fault, &name));
        inputs_fault(&inputs, name, message);
    }
    TRY(url_format(call->arena, &action, "/k/%.*s/ny/konto", STR_ARGS(call->number)));
    TRY(inputs_form(&inputs, action, call_text(call, MSG_ENROL_CREATE), &view.form));
    TRY(show_secret(call, start, &view));
    view.layout.has_errors = fault.length > 0;
    page_enrol_secret(&html, &view);
    return call_page(call, status, &html);
}

/* A code that is none, from somebody who may try again for a while. */
static Err refuse_code(Call *call)
{
    TRY(session_enrolment_failed(call->service, call->request->headers[HEADER_X_REAL_IP]));
    return show_code(call, 422, call_text(call, MSG_ENROL_CODE_REFUSED));
}

static Err ask_to_wait(Call *call)
{
    Str fault = STR_NONE;

    TRY(call_enrolment_wait(call, &fault));
    return show_code(call, 429, fault);
}

Err enrol_send(Call *call)
{
    EnrolmentStart start = {0};

    Err may = session_enrolment_may_try(call->service, call->request->headers[HEADER_X_REAL_IP]);
    if (may.id == E_BUSY)
        return ask_to_wait(call);
    TRY(may);
    Err begun = session_enrolment_begin(call->service, call->tenant, call_field(call, "enrolment"), call->arena, &start);

    if (begun.id == E_NOT_FOUND)
        return refuse_code(call);
    TRY(begun);
    return show_account(call, 200, &start, STR_NONE, STR_NONE);
}

/* ---- the account ---- */

typedef struct FieldFault {
    const char *field;
    enum msg text;
} FieldFault;

static const FieldFault faults[] = {
    {.field = "user_name", .text = MSG_ENROL_USER_NAME_FAULT},
    {.field = "password", .text = MSG_ENROL_PASSWORD_FAULT},
    {.field = "code", .text = MSG_ENROL_TOTP_FAULT},
};

static Err refuse_field(Call *call, Str field)
{
    EnrolmentStart start = {0};

    if (str_equal(field, STR("enrolment")))
        return show_code(call, 422, call_text(call, MSG_ENROL_CODE_MORE));
    for (size_t i = 0; i < COUNT_OF(faults); i++) {
        if (!str_equal(field, str_from_c(faults[i].field)))
            continue;
        TRY(session_enrolment_begin(call->service, call->tenant, call_field(call, "enrolment"), call->arena, &start));
        return show_account(call, 422, &start, field, call_text(call, faults[i].text));
    }
    return fail(E_INTERNAL);
}

static Err refuse_taken(Call *call, Str field)
{
    EnrolmentStart start = {0};

    if (str_equal(field, STR("enrolment")))
        return show_code(call, 422, call_text(call, MSG_ENROL_CODE_KNOWN));
    TRY(session_enrolment_begin(call->service, call->tenant, call_field(call, "enrolment"), call->arena, &start));
    return show_account(call, 422, &start, STR("user_name"), call_text(call, MSG_ENROL_USER_NAME_TAKEN));
}

/* The browser in which an account was made is familiar to it. */
static Err done(Call *call)
{
    const SignIn typed = {.user_name = call_field(call, "user_name"), .familiar = cookie_familiar(call->request)};
    Str familiar = STR_NONE, next = STR_NONE;

    TRY(session_familiar(call->service, call->tenant, &typed, call->arena, &familiar));
    TRY(cookie_familiar_set(call, familiar));
    TRY(str_format(call->arena, &next, "/k/%.*s/klar", STR_ARGS(call->number)));
    return call_redirect(call, next);
}

Err enrol_account_send(Call *call)
{
    Str field = STR_NONE;
    const Enrolling typed = {call_field(call, "enrolment"), call_field(call, "user_name"), call_field(call, "password"),
                             call_field(call, "code")};

    Err may = session_enrolment_may_try(call->service, call->request->headers[HEADER_X_REAL_IP]);
    if (may.id == E_BUSY)
        return ask_to_wait(call);
    TRY(may);
    Err enrolled = session_enrol(call->service, call->tenant, &typed, &field);

    if (enrolled.id == E_NOT_FOUND)
        return refuse_code(call);
    if (enrolled.id == E_INVALID)
        return refuse_field(call, field);
    if (enrolled.id == E_DUPLICATE)
        return refuse_taken(call, field);
    TRY(enrolled);
    return done(call);
}
