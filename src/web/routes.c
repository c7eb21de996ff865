/* Every address that the server answers, in one table.
 * Must not hold a rule: who may do what with a log is domain/policy.
 * Read by call/route.c. */
#include "api/read.h"
#include "web/act/act.h"
#include "web/api/handlers.h"
#include "web/call/language.h"
#include "web/log/document.h"
#include "web/log/draft.h"
#include "web/log/entry.h"
#include "web/log/guardian.h"
#include "web/log/guardian_end.h"
#include "web/log/history.h"
#include "web/log/mine.h"
#include "web/log/older.h"
#include "web/log/page.h"
#include "web/log/participants.h"
#include "web/log/reason.h"
#include "web/log/seen.h"
#include "web/municipality/appoint.h"
#include "web/municipality/settings_page.h"
#include "web/municipality/staff.h"
#include "web/municipality/units.h"
#include "web/visitor/enrol.h"
#include "web/visitor/visitor.h"
#include "web/wizard/check.h"

#define FIELDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define GUARDIAN_FIELDS                                                                                     \
    "given_on", "method", "witness", "valid_to", "units", "document", "name", "national_id", "phone", "email", \
        "relationship", "responsibility", "language"
#define API(...) (&(const ApiRoute){__VA_ARGS__})
#define NO_FIELDS ((const char *const[]){NULL})

const Route routes[] = {
    /* visitors */
    {.method = METHOD_GET, .path = "/", .access = ACCESS_PUBLIC, .handle = visitor_front},
    {.method = METHOD_GET, .path = "/k/{number}", .access = ACCESS_PUBLIC, .handle = visitor_sign_in},
    {.method = METHOD_POST, .path = "/k/{number}", .access = ACCESS_PUBLIC, .handle = visitor_sign_in_send,
     .fields = FIELDS("user_name", "password", "code")},
    {.method = METHOD_POST, .path = "/k/{number}/demo", .access = ACCESS_PUBLIC, .handle = visitor_demo_send,
     .fields = FIELDS("person")},
    {.method = METHOD_GET, .path = "/k/{number}/klar", .access = ACCESS_PUBLIC, .handle = visitor_enrolled},
    {.method = METHOD_GET, .path = "/rolle", .access = ACCESS_SESSION, .handle = visitor_roles},
    {.method = METHOD_POST, .path = "/rolle", .access = ACCESS_SESSION, .handle = visitor_roles_send,
     .fields = FIELDS("role")},
    {.method = METHOD_POST, .path = "/logg-ut", .access = ACCESS_SESSION, .handle = visitor_sign_out_send,
     .fields = NO_FIELDS},
    {.method = METHOD_GET, .path = "/logget-ut", .access = ACCESS_PUBLIC, .handle = visitor_signed_out},
    {.method = METHOD_POST, .path = "/hold-okt", .access = ACCESS_ROLE, .handle = visitor_keep_send, .fields = NO_FIELDS},
    {.method = METHOD_GET, .path = "/om/lisenser", .access = ACCESS_PUBLIC, .handle = visitor_licences},
    {.method = METHOD_GET, .path = "/om/tilgjengelighet", .access = ACCESS_PUBLIC, .handle = visitor_accessibility},
    {.method = METHOD_GET, .path = "/om/personvern", .access = ACCESS_PUBLIC, .handle = visitor_privacy},
    {.method = METHOD_POST, .path = "/sprak", .access = ACCESS_PUBLIC, .handle = language_send,
     .fields = FIELDS("language", "back")},

    /* first sign-in */
    {.method = METHOD_GET, .path = "/k/{number}/ny", .access = ACCESS_PUBLIC, .handle = enrol_page},
    {.method = METHOD_POST, .path = "/k/{number}/ny", .access = ACCESS_PUBLIC, .handle = enrol_send,
     .fields = FIELDS("enrolment")},
    {.method = METHOD_POST, .path = "/k/{number}/ny/konto", .access = ACCESS_PUBLIC, .handle = enrol_account_send,
     .fields = FIELDS("enrolment", "user_name", "password", "code")},

    /* my logs */
    {.method = METHOD_GET, .path = "/mine", .access = ACCESS_ROLE, .handle = mine_page},
    {.method = METHOD_POST, .path = "/finn", .access = ACCESS_ROLE, .handle = mine_find_send, .fields = FIELDS("number")},

    /* a new log; the word is a kind of entry and thereby names the fields */
    {.method = METHOD_GET, .path = "/ny", .access = ACCESS_ROLE, .handle = wizard_information},
    {.method = METHOD_GET, .path = "/ny/avbrutt", .access = ACCESS_ROLE, .handle = wizard_denied_page},
    {.method = METHOD_GET, .path = "/ny/klar/{id}", .access = ACCESS_ROLE, .handle = wizard_receipt},
    {.method = METHOD_POST, .path = "/ny/information", .access = ACCESS_ROLE, .handle = wizard_information_send,
     .fields = FIELDS("state", "change")},
    {.method = METHOD_POST, .path = "/ny/create", .access = ACCESS_ROLE, .handle = wizard_create_send,
     .fields = FIELDS("state", "change", "document"), .body_mib = 10},
    {.method = METHOD_POST, .path = "/ny/{word}", .access = ACCESS_ROLE, .handle = wizard_step_send,
     .fields = FIELDS("state", "change", "number", "answer"), .entry_fields = true},

    /* one log */
    {.method = METHOD_GET, .path = "/logg/{id}", .access = ACCESS_ROLE, .handle = log_page},
    {.method = METHOD_POST, .path = "/logg/{id}/grunn", .access = ACCESS_ROLE, .handle = log_reason_send,
     .fields = FIELDS("grunn")},
    {.method = METHOD_POST, .path = "/logg/{id}/nummer", .access = ACCESS_ROLE, .handle = log_number_send,
     .fields = NO_FIELDS},
    {.method = METHOD_GET, .path = "/logg/{id}/samtykke/{id}", .access = ACCESS_ROLE, .handle = log_document, .file_mib = 10},
    {.method = METHOD_GET, .path = "/logg/{id}/eldre/{word}", .access = ACCESS_ROLE, .handle = log_older_page},
    {.method = METHOD_GET, .path = "/logg/{id}/sett", .access = ACCESS_ROLE, .handle = log_seen_page},

    /* entries of a log; the last word names the kind and thereby the fields */
    {.method = METHOD_GET, .path = "/logg/{id}/ny/{word}", .access = ACCESS_ROLE, .handle = entry_new},
    {.method = METHOD_POST, .path = "/logg/{id}/ny/{word}", .access = ACCESS_ROLE, .handle = entry_new_send,
     .fields = NO_FIELDS, .entry_fields = true},
    {.method = METHOD_POST, .path = "/logg/{id}/utkast/{word}", .access = ACCESS_ROLE, .handle = draft_send,
     .fields = NO_FIELDS, .entry_fields = true},
    {.method = METHOD_POST, .path = "/logg/{id}/utkast/{id}/{word}", .access = ACCESS_ROLE, .handle = draft_send,
     .fields = FIELDS("version"), .entry_fields = true},
    {.method = METHOD_GET, .path = "/logg/{id}/rett/{id}", .access = ACCESS_ROLE, .handle = entry_correct},
    {.method = METHOD_POST, .path = "/logg/{id}/rett/{id}/{word}", .access = ACCESS_ROLE, .handle = entry_correct_send,
     .fields = FIELDS("version"), .entry_fields = true},
    {.method = METHOD_POST, .path = "/logg/{id}/fjern/{id}", .access = ACCESS_ROLE, .handle = entry_remove_send,
     .fields = FIELDS("removal_reason", "version")},
    {.method = METHOD_GET, .path = "/logg/{id}/historikk/{id}", .access = ACCESS_ROLE, .handle = entry_history},

    /* acts that one form carries out; the word is the act */
    {.method = METHOD_GET, .path = "/logg/{id}/handling/{word}", .access = ACCESS_ROLE, .handle = act_page},
    {.method = METHOD_POST, .path = "/logg/{id}/handling/{word}", .access = ACCESS_ROLE, .handle = act_send,
     .fields = FIELDS(REASON_FIELD), .procedure = true},
    {.method = METHOD_GET, .path = "/logg/{id}/handling/{id}/{word}", .access = ACCESS_ROLE, .handle = act_page},
    {.method = METHOD_POST, .path = "/logg/{id}/handling/{id}/{word}", .access = ACCESS_ROLE, .handle = act_send,
     .fields = FIELDS("version"), .procedure = true},

    /* who takes part in a log */
    {.method = METHOD_GET, .path = "/logg/{id}/deltakere", .access = ACCESS_ROLE, .handle = participants_page},
    {.method = METHOD_POST, .path = "/logg/{id}/deltakere", .access = ACCESS_ROLE, .handle = participants_add_send,
     .fields = FIELDS("role_row")},
    {.method = METHOD_POST, .path = "/logg/{id}/deltakere/ut", .access = ACCESS_ROLE, .handle = participants_end_send,
     .fields = FIELDS("participant")},
    {.method = METHOD_POST, .path = "/logg/{id}/deltakere/kode", .access = ACCESS_ROLE, .handle = participants_code_send,
     .may_prove = true, .fields = FIELDS("participant")},
    {.method = METHOD_POST, .path = "/logg/{id}/deltakere/barn", .access = ACCESS_ROLE, .handle = participants_child_send,
     .may_prove = true, .fields = NO_FIELDS},
    {.method = METHOD_POST, .path = "/logg/{id}/deltakere/barn_ut", .access = ACCESS_ROLE,
     .handle = participants_child_out_send, .fields = FIELDS("reason")},
    {.method = METHOD_GET, .path = "/logg/{id}/deltakere/foresatt", .access = ACCESS_ROLE, .handle = guardian_page},
    {.method = METHOD_POST, .path = "/logg/{id}/deltakere/foresatt", .access = ACCESS_ROLE, .handle = guardian_send,
     .fields = FIELDS(GUARDIAN_FIELDS), .body_mib = 10},

    {.method = METHOD_GET, .path = "/logg/{id}/deltakere/slutt/{id}", .access = ACCESS_ROLE, .handle = guardian_end_page},
    {.method = METHOD_POST, .path = "/logg/{id}/deltakere/slutt/{id}", .access = ACCESS_ROLE, .handle = guardian_end_send,
     .fields = NO_FIELDS},

    /* units, staff, settings */
    {.method = METHOD_GET, .path = "/ansatte", .access = ACCESS_ROLE, .handle = staff_page},
    {.method = METHOD_POST, .path = "/ansatte", .access = ACCESS_ROLE, .handle = staff_appoint_send, .may_prove = true,
     .fields = FIELDS(APPOINT_FIELDS)},
    {.method = METHOD_POST, .path = "/ansatte/avslutt", .access = ACCESS_ROLE, .handle = staff_end_send, .may_prove = true,
     .fields = FIELDS("role_row")},
    {.method = METHOD_POST, .path = "/ansatte/kode", .access = ACCESS_ROLE, .handle = staff_code_send, .may_prove = true,
     .fields = FIELDS("role_row")},
    {.method = METHOD_GET, .path = "/enheter", .access = ACCESS_ROLE, .handle = units_page},
    {.method = METHOD_GET, .path = "/enheter/ny", .access = ACCESS_ROLE, .handle = units_new},
    {.method = METHOD_POST, .path = "/enheter/ny", .access = ACCESS_ROLE, .handle = units_new_send,
     .fields = FIELDS("name", "organisation_number", "service", "address", "phone", "email")},
    {.method = METHOD_GET, .path = "/enheter/leder", .access = ACCESS_ROLE, .handle = units_manager},
    {.method = METHOD_POST, .path = "/enheter/leder", .access = ACCESS_ROLE, .handle = units_manager_send, .may_prove = true,
     .fields = FIELDS(APPOINT_FIELDS)},
    {.method = METHOD_GET, .path = "/enheter/{id}", .access = ACCESS_ROLE, .handle = units_staff_page},
    {.method = METHOD_GET, .path = "/innstillinger", .access = ACCESS_ROLE, .handle = settings_page},
    {.method = METHOD_POST, .path = "/innstillinger", .access = ACCESS_ROLE, .handle = settings_send,
     .fields = FIELDS(SETTINGS_FIELDS)},

    /* the same for programs; rows of one address stand beside each other */
    {.method = METHOD_GET, .path = "/api/v1/session", .access = ACCESS_SESSION, .handle = api_session,
     .api = API(.name = "session", .summary = "Who is signed in, and a token for one change.", .answer = API_SESSION)},
    {.method = METHOD_GET, .path = "/api/v1/logs", .access = ACCESS_ROLE, .handle = api_logs,
     .api = API(.name = "logs", .summary = "One's own logs.", .answer = API_LOGS)},
    {.method = METHOD_GET, .path = "/api/v1/logs/{id}", .access = ACCESS_ROLE, .handle = api_log,
     .api = API(.name = "log", .summary = "One log, or its stub.", .query = "reason", .answer = API_LOG)},
    {.method = METHOD_GET, .path = "/api/v1/logs/{id}/seen", .access = ACCESS_ROLE, .handle = api_seen,
     .api = API(.name = "seen", .summary = "Who has seen the log, the newest first.", .query = "before", .answer = API_SEEN)},
    {.method = METHOD_GET, .path = "/api/v1/logs/{id}/entries/{id}", .access = ACCESS_ROLE, .handle = api_entry,
     .api = API(.name = "entry", .summary = "All versions of an entry; ETag names the newest.", .answer = API_HISTORY)},
    {.method = METHOD_POST, .path = "/api/v1/logs/{id}/entries/{word}", .access = ACCESS_ROLE, .handle = api_entry_add,
     .entry_fields = true, .api = API(.name = "add", .summary = "A new entry.", .answer = API_WRITTEN)},
    {.method = METHOD_PUT, .path = "/api/v1/logs/{id}/entries/{id}/{word}", .access = ACCESS_ROLE,
     .handle = api_entry_correct, .entry_fields = true,
     .api = API(.name = "correct", .summary = "A correction: the next version of an entry.", .answer = API_WRITTEN,
                .versioned = true)},
    {.method = METHOD_POST, .path = "/api/v1/logs/{id}/entries/{id}/removal", .access = ACCESS_ROLE,
     .handle = api_entry_remove,
     .api = API(.name = "remove", .summary = "A removal, with its reason.", .answer = API_WRITTEN, .takes = &api_removal,
                .versioned = true)},
    {.method = METHOD_POST, .path = "/api/v1/logs/{id}/acts/{word}", .access = ACCESS_ROLE, .handle = api_act, .procedure = true,
     .api = API(.name = "act", .summary = "An act about the log.", .query = "reason", .answer = API_WRITTEN)},
    {.method = METHOD_POST, .path = "/api/v1/logs/{id}/entries/{id}/acts/{word}", .access = ACCESS_ROLE, .handle = api_act,
     .procedure = true,
     .api = API(.name = "go_on", .summary = "An entry goes on in its next version, and nothing in it was wrong.",
                .answer = API_WRITTEN, .versioned = true)},
};
const size_t route_count = COUNT_OF(routes);
