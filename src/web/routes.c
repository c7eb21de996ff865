/* Every address that the server answers, in one table.
 * Must not hold a rule: who may do what with a log is domain/policy.
 * Read by call/route.c. */
#include "api/invited.h"
#include "api/read.h"
#include "web/act/act.h"
#include "web/act/proved.h"
#include "web/api/crossings.h"
#include "web/api/handlers.h"
#include "web/api/invitations.h"
#include "web/api/people.h"
#include "web/api/reports.h"
#include "web/api/staff.h"
#include "web/api/statistics.h"
#include "web/call/language.h"
#include "web/ending/certificate_file.h"
#include "web/ending/certificates.h"
#include "web/ending/deletions.h"
#include "web/form/mood.h"
#include "web/form/reason.h"
#include "web/invitation/invitations.h"
#include "web/invitation/invited.h"
#include "web/invitation/joining.h"
#include "web/log/consents.h"
#include "web/log/copy.h"
#include "web/log/crossing.h"
#include "web/log/document.h"
#include "web/log/draft.h"
#include "web/log/entry.h"
#include "web/log/guardian.h"
#include "web/log/guardian_end.h"
#include "web/log/history.h"
#include "web/log/inbox.h"
#include "web/log/mine.h"
#include "web/log/older.h"
#include "web/log/page.h"
#include "web/log/participants.h"
#include "web/log/seen.h"
#include "web/log/transfers.h"
#include "web/municipality/appoint.h"
#include "web/municipality/blind.h"
#include "web/municipality/settings_page.h"
#include "web/municipality/staff.h"
#include "web/municipality/units.h"
#include "web/report/report.h"
#include "web/rest/passive.h"
#include "web/rest/quiet.h"
#include "web/statistics/asked.h"
#include "web/statistics/csv.h"
#include "web/statistics/statistics.h"
#include "web/visitor/enrol.h"
#include "web/visitor/visitor.h"
#include "web/wizard/check.h"

/* What somebody does here in their role: an act, or that of the kind or procedure that {word} names. */
#define DOES(name) .access = ACCESS_ROLE, .act = ACT_##name
#define DOES_BY_KIND .access = ACCESS_ROLE, .act_from = ACT_FROM_KIND
#define DOES_BY_PROCEDURE .access = ACCESS_ROLE, .act_from = ACT_FROM_PROCEDURE
#define FIELDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define GUARDIAN_FIELDS                                                                                     \
    "given_on", "method", "witness", "valid_to", "units", "document", "name", "national_id", "phone", "email", \
        "relationship", "responsibility", "language"
#define API(...) (&(const ApiRoute){__VA_ARGS__})
#define NO_FIELDS ((const char *const[]){NULL})

const Route routes[] = {
    /* visitors */
    {.method = METHOD_GET, .path = "/", .access = ACCESS_PUBLIC, .handle = visitor_front},
    {.method = METHOD_GET, .path = "/k/{number}", .access = ACCESS_PUBLIC, .act = ACT_SIGN_IN,
     .handle = visitor_sign_in},
    {.method = METHOD_POST, .path = "/k/{number}", .access = ACCESS_PUBLIC, .act = ACT_SIGN_IN,
     .handle = visitor_sign_in_send, .fields = FIELDS("user_name", "password", "code")},
    {.method = METHOD_POST, .path = "/k/{number}/demo", .access = ACCESS_PUBLIC, .act = ACT_SIGN_IN,
     .handle = visitor_demo_send, .fields = FIELDS("person")},
    {.method = METHOD_GET, .path = "/k/{number}/dag", .access = ACCESS_PUBLIC, .handle = visitor_day},
    {.method = METHOD_POST, .path = "/k/{number}/dag", .access = ACCESS_PUBLIC, .handle = visitor_day_send, .fields = NO_FIELDS},
    {.method = METHOD_GET, .path = "/k/{number}/klar", .access = ACCESS_PUBLIC, .handle = visitor_enrolled},
    {.method = METHOD_GET, .path = "/rolle", .access = ACCESS_SESSION, .act = ACT_ROLE_CHOOSE, .handle = visitor_roles},
    {.method = METHOD_POST, .path = "/rolle", .access = ACCESS_SESSION, .act = ACT_ROLE_CHOOSE,
     .handle = visitor_roles_send, .fields = FIELDS("role")},
    {.method = METHOD_POST, .path = "/logg-ut", .access = ACCESS_SESSION, .act = ACT_SIGN_OUT,
     .handle = visitor_sign_out_send, .fields = NO_FIELDS},
    {.method = METHOD_GET, .path = "/logget-ut", .access = ACCESS_PUBLIC, .handle = visitor_signed_out},
    {.method = METHOD_POST, .path = "/hold-okt", DOES(ROLE_CHOOSE), .handle = visitor_keep_send, .fields = NO_FIELDS},
    {.method = METHOD_GET, .path = "/om/lisenser", .access = ACCESS_PUBLIC, .handle = visitor_licences},
    {.method = METHOD_GET, .path = "/om/tilgjengelighet", .access = ACCESS_PUBLIC, .handle = visitor_accessibility},
    {.method = METHOD_GET, .path = "/om/personvern", .access = ACCESS_PUBLIC, .handle = visitor_privacy},
    {.method = METHOD_POST, .path = "/sprak", .access = ACCESS_PUBLIC, .handle = language_send,
     .fields = FIELDS("language", "back")},

    /* first sign-in */
    {.method = METHOD_GET, .path = "/k/{number}/ny", .access = ACCESS_PUBLIC, .act = ACT_ENROL, .handle = enrol_page},
    {.method = METHOD_POST, .path = "/k/{number}/ny", .access = ACCESS_PUBLIC, .act = ACT_ENROL, .handle = enrol_send,
     .fields = FIELDS("enrolment")},
    {.method = METHOD_POST, .path = "/k/{number}/ny/konto", .access = ACCESS_PUBLIC, .act = ACT_ENROL,
     .handle = enrol_account_send, .fields = FIELDS("enrolment", "user_name", "password", "code")},

    /* my logs */
    {.method = METHOD_GET, .path = "/mine", DOES(LOG_LIST), .handle = mine_page},
    {.method = METHOD_POST, .path = "/finn", DOES(SEARCH), .handle = mine_find_send, .fields = FIELDS("number")},

    {.method = METHOD_GET, .path = "/passive", DOES(LOG_LIST), .handle = passive_page},
    {.method = METHOD_GET, .path = "/stille", DOES(INBOX_READ), .handle = quiet_page},
    {.method = METHOD_GET, .path = "/sletting", DOES(LOG_LIST), .handle = deletions_page},
    {.method = METHOD_GET, .path = "/attester", DOES(AUDIT_READ), .handle = certificates_page},

    /* notices */
    {.method = METHOD_GET, .path = "/varsler", DOES(INBOX_READ), .handle = inbox_page},
    {.method = METHOD_POST, .path = "/varsler/valg", DOES(NOTICES_CHOOSE), .handle = inbox_choose_send, .fields = FIELDS("told")},
    {.method = METHOD_POST, .path = "/varsler/lest", DOES(INBOX_READ), .handle = inbox_mark_send, .fields = NO_FIELDS},

    /* a new log; the word is a kind of entry and thereby names the fields */
    {.method = METHOD_GET, .path = "/ny", DOES(LOG_CREATE), .handle = wizard_information},
    {.method = METHOD_GET, .path = "/ny/avbrutt", DOES(LOG_CREATE), .handle = wizard_denied_page},
    {.method = METHOD_GET, .path = "/ny/klar/{id}", DOES(LOG_CREATE), .handle = wizard_receipt},
    {.method = METHOD_POST, .path = "/ny/information", DOES(LOG_CREATE), .handle = wizard_information_send,
     .fields = FIELDS("state", "change")},
    {.method = METHOD_POST, .path = "/ny/create", DOES(LOG_CREATE), .handle = wizard_create_send,
     .fields = FIELDS("state", "change", "document"), .body_mib = 16},
    {.method = METHOD_POST, .path = "/ny/{word}", DOES(LOG_CREATE), .handle = wizard_step_send,
     .fields = FIELDS("state", "change", "number", "answer"), .entry_fields = true},

    /* a consent before there is a log: the holder's side, then the family's */
    {.method = METHOD_GET, .path = "/invitasjoner", DOES(INVITATION_MAKE), .handle = invitations_page},
    {.method = METHOD_GET, .path = "/invitasjoner/ny", DOES(INVITATION_MAKE), .handle = invitations_new},
    {.method = METHOD_POST, .path = "/invitasjoner/ny", DOES(INVITATION_MAKE), .handle = invitations_new_send,
     .fields = FIELDS("required_persons", "units")},
    {.method = METHOD_GET, .path = "/invitasjoner/slutt/{id}", DOES(INVITATION_END), .handle = invitations_end},
    {.method = METHOD_POST, .path = "/invitasjoner/slutt/{id}", DOES(INVITATION_END), .handle = invitations_end_send,
     .fields = NO_FIELDS},
    {.method = METHOD_POST, .path = "/invitasjoner/logg/{id}", DOES(LOG_CREATE), .handle = invitations_log_send, .fields = NO_FIELDS},
    {.method = METHOD_POST, .path = "/invitasjoner/inn/{id}", DOES(INVITATION_MAKE), .handle = invitations_join_send, .fields = NO_FIELDS},
    {.method = METHOD_GET, .path = "/invitasjon", DOES(INVITATION_TAKE), .handle = invited_code_page},
    {.method = METHOD_POST, .path = "/invitasjon", DOES(INVITATION_TAKE), .handle = invited_code_send, .fields = FIELDS("enrolment")},
    {.method = METHOD_GET, .path = "/invitasjon/takk", .access = ACCESS_PUBLIC, .handle = invited_over_page},
    {.method = METHOD_GET, .path = "/invitasjon/{id}", DOES(INVITATION_ANSWER), .handle = invited_page},
    {.method = METHOD_GET, .path = "/invitasjon/{id}/nei", DOES(INVITATION_DENY), .handle = invited_no_page},
    {.method = METHOD_POST, .path = "/invitasjon/{id}/nei", DOES(INVITATION_DENY), .handle = invited_no_send, .fields = NO_FIELDS},
    {.method = METHOD_POST, .path = "/invitasjon/{id}/{word}", DOES(INVITATION_ANSWER), .handle = invited_step_send,
     .fields = FIELDS("state", "valid_to"), .entry_fields = true},

    /* one log */
    {.method = METHOD_GET, .path = "/logg/{id}", DOES(LOG_READ), .handle = log_page},
    {.method = METHOD_POST, .path = "/logg/{id}/grunn", DOES(LOG_READ), .handle = log_reason_send,
     .fields = FIELDS(REASON_FIELD, REASON_NEXT)},
    {.method = METHOD_POST, .path = "/logg/{id}/nummer", DOES(NUMBER_READ_FULL), .handle = log_number_send,
     .fields = NO_FIELDS},
    {.method = METHOD_GET, .path = "/logg/{id}/del", DOES(LOG_READ), .handle = part_page},
    {.method = METHOD_GET, .path = "/logg/{id}/samtykke", DOES(CONSENT_READ), .handle = log_consents_page},
    {.method = METHOD_GET, .path = "/logg/{id}/samtykke/{id}", DOES(CONSENT_DOCUMENT_READ),
     .handle = log_document, .file_mib = 16},
    {.method = METHOD_GET, .path = "/logg/{id}/kopi", DOES(EXPORT_OWN), .handle = log_copy_page},
    {.method = METHOD_POST, .path = "/logg/{id}/kopi", DOES(EXPORT_OWN), .handle = log_copy_send, .may_prove = true,
     .fields = FIELDS("format"), .file_mib = 16},
    {.method = METHOD_GET, .path = "/logg/{id}/rapport", DOES(ARCHIVE_REPORT_READ), .handle = log_report_page},
    {.method = METHOD_POST, .path = "/logg/{id}/rapport", DOES(ARCHIVE_REPORT_READ), .handle = log_report_send, .may_prove = true,
     .fields = NO_FIELDS, .file_mib = 48},
    {.method = METHOD_GET, .path = "/logg/{id}/rapport/lages", DOES(ARCHIVE_REPORT_MAKE), .handle = log_report_order_page},
    {.method = METHOD_GET, .path = "/rapporter", DOES(ARCHIVE_REPORTS_LIST), .handle = reports_page},
    {.method = METHOD_GET, .path = "/logg/{id}/eldre/{word}", DOES(LOG_READ), .handle = log_older_page},
    {.method = METHOD_GET, .path = "/logg/{id}/attest", DOES(CERTIFICATE_READ), .handle = certificate_page},
    {.method = METHOD_GET, .path = "/logg/{id}/attest/json", DOES(CERTIFICATE_READ), .handle = certificate_json, .file_mib = 1},
    {.method = METHOD_GET, .path = "/logg/{id}/attest/pdf", DOES(CERTIFICATE_READ), .handle = certificate_pdf, .file_mib = 4},
    {.method = METHOD_GET, .path = "/logg/{id}/sett", DOES(ACCESS_LIST_READ), .handle = log_seen_page},

    /* entries of a log; the last word names the kind and thereby the fields */
    {.method = METHOD_GET, .path = "/logg/{id}/ny/{word}", DOES_BY_KIND, .handle = entry_new},
    {.method = METHOD_POST, .path = "/logg/{id}/ny/{word}", DOES_BY_KIND, .handle = entry_new_send,
     .fields = FIELDS(MOOD_FIELD), .entry_fields = true},
    {.method = METHOD_POST, .path = "/logg/{id}/utkast/{word}", DOES(DRAFT), .handle = draft_send,
     .fields = FIELDS(MOOD_FIELD), .entry_fields = true},
    {.method = METHOD_POST, .path = "/logg/{id}/utkast/{id}/{word}", DOES(DRAFT), .handle = draft_send,
     .fields = FIELDS("version"), .entry_fields = true},
    {.method = METHOD_GET, .path = "/logg/{id}/rett/{id}", DOES(ENTRY_CORRECT), .handle = entry_correct},
    {.method = METHOD_POST, .path = "/logg/{id}/rett/{id}/{word}", DOES(ENTRY_CORRECT), .handle = entry_correct_send,
     .fields = FIELDS("version"), .entry_fields = true},
    {.method = METHOD_POST, .path = "/logg/{id}/fjern/{id}", DOES(ENTRY_REMOVE), .handle = entry_remove_send,
     .fields = FIELDS("removal_reason", "version")},
    {.method = METHOD_GET, .path = "/logg/{id}/historikk/{id}", DOES(HISTORY_READ), .handle = entry_history},

    /* acts that one form carries out; the word is the act */
    {.method = METHOD_GET, .path = "/logg/{id}/handling/{word}", DOES_BY_PROCEDURE, .handle = act_page},
    {.method = METHOD_POST, .path = "/logg/{id}/handling/{word}", DOES_BY_PROCEDURE, .handle = act_send,
     .fields = FIELDS(REASON_FIELD, "document"), .procedure = true, .body_mib = 16},
    /* the same of those that ask for a code anew, which hold no file */
    {.method = METHOD_GET, .path = "/logg/{id}/bekreft/deletion_order", DOES(DELETION_ORDER), .handle = act_proved_page},
    {.method = METHOD_POST, .path = "/logg/{id}/bekreft/deletion_order", DOES(DELETION_ORDER), .handle = act_proved_send,
     .may_prove = true, .fields = FIELDS("reason")},
    {.method = METHOD_GET, .path = "/logg/{id}/bekreft/deletion_approve", DOES(DELETION_APPROVE), .handle = act_proved_page},
    {.method = METHOD_POST, .path = "/logg/{id}/bekreft/deletion_approve", DOES(DELETION_APPROVE), .handle = act_proved_send,
     .may_prove = true, .fields = FIELDS("about")},
    {.method = METHOD_GET, .path = "/logg/{id}/handling/{id}/{word}", DOES_BY_PROCEDURE, .handle = act_page},
    {.method = METHOD_POST, .path = "/logg/{id}/handling/{id}/{word}", DOES_BY_PROCEDURE, .handle = act_send,
     .fields = FIELDS("version", REASON_FIELD), .procedure = true},

    /* who takes part in a log */
    {.method = METHOD_GET, .path = "/logg/{id}/deltakere", DOES(LOG_READ), .handle = participants_page},
    {.method = METHOD_POST, .path = "/logg/{id}/deltakere", DOES(PARTICIPANT_ADD), .handle = participants_add_send,
     .fields = FIELDS("role_row")},
    {.method = METHOD_POST, .path = "/logg/{id}/deltakere/ut", DOES(PARTICIPANT_END), .handle = participants_end_send,
     .fields = FIELDS("participant")},
    {.method = METHOD_POST, .path = "/logg/{id}/deltakere/stafettpinne", DOES(BATON_OFFER), .handle = participants_baton_send,
     .fields = FIELDS("holder")},
    {.method = METHOD_POST, .path = "/logg/{id}/deltakere/stafettholder", DOES(HOLDER_APPOINT), .handle = participants_appoint_send,
     .fields = FIELDS("holder")},
    {.method = METHOD_POST, .path = "/logg/{id}/deltakere/kode", DOES(GUARDIAN_ADD), .handle = participants_code_send,
     .may_prove = true, .fields = FIELDS("participant")},
    {.method = METHOD_POST, .path = "/logg/{id}/deltakere/barn", DOES(CHILD_LET_IN), .handle = participants_child_send,
     .may_prove = true, .fields = NO_FIELDS},
    {.method = METHOD_POST, .path = "/logg/{id}/deltakere/barn_ut", DOES(CHILD_KEEP_OUT),
     .handle = participants_child_out_send, .fields = FIELDS("reason")},
    {.method = METHOD_GET, .path = "/logg/{id}/deltakere/foresatt", DOES(GUARDIAN_ADD), .handle = guardian_page},
    {.method = METHOD_POST, .path = "/logg/{id}/deltakere/foresatt", DOES(GUARDIAN_ADD), .handle = guardian_send,
     .fields = FIELDS(GUARDIAN_FIELDS), .body_mib = 16},
    {.method = METHOD_GET, .path = "/logg/{id}/deltakere/invitasjon", DOES(GUARDIAN_ADD), .handle = joining_page},
    {.method = METHOD_POST, .path = "/logg/{id}/deltakere/invitasjon", DOES(GUARDIAN_ADD), .handle = joining_send, .fields = NO_FIELDS},

    {.method = METHOD_GET, .path = "/logg/{id}/deltakere/slutt/{id}", DOES(GUARDIAN_END), .handle = guardian_end_page},
    {.method = METHOD_POST, .path = "/logg/{id}/deltakere/slutt/{id}", DOES(GUARDIAN_END), .handle = guardian_end_send,
     .fields = NO_FIELDS},

    /* units, staff, settings */
    {.method = METHOD_GET, .path = "/ansatte", DOES(STAFF_LIST_READ), .handle = staff_page},
    {.method = METHOD_POST, .path = "/ansatte", DOES(STAFF_APPOINT), .handle = staff_appoint_send, .may_prove = true,
     .fields = FIELDS(APPOINT_FIELDS)},
    {.method = METHOD_POST, .path = "/ansatte/avslutt", DOES(STAFF_APPOINT),
     .handle = staff_end_send, .may_prove = true, .fields = FIELDS("role_row", "takes")},
    {.method = METHOD_POST, .path = "/ansatte/kode", DOES(STAFF_APPOINT), .handle = staff_code_send, .may_prove = true,
     .fields = FIELDS("role_row")},
    {.method = METHOD_GET, .path = "/enheter", DOES(REGISTER_READ), .handle = units_page},
    {.method = METHOD_GET, .path = "/enheter/ny", DOES(UNITS_MANAGE), .handle = units_new},
    {.method = METHOD_POST, .path = "/enheter/ny", DOES(UNITS_MANAGE), .handle = units_new_send,
     .fields = FIELDS("name", "organisation_number", "service", "address", "phone", "email")},
    {.method = METHOD_GET, .path = "/enheter/leder", DOES(STAFF_APPOINT_MANAGER), .handle = units_manager},
    {.method = METHOD_POST, .path = "/enheter/leder", DOES(STAFF_APPOINT_MANAGER),
     .handle = units_manager_send, .may_prove = true, .fields = FIELDS(APPOINT_FIELDS)},
    {.method = METHOD_POST, .path = "/enheter/bekreft", DOES(STAFF_LIST_CONFIRM), .handle = units_confirm_send, .fields = NO_FIELDS},
    {.method = METHOD_GET, .path = "/enheter/{id}", DOES(STAFF_LIST_READ), .handle = units_staff_page},
    {.method = METHOD_GET, .path = "/enheter/{id}/lukk", DOES(UNIT_CLOSE), .handle = units_close},
    {.method = METHOD_POST, .path = "/enheter/{id}/lukk", DOES(UNIT_CLOSE), .handle = units_close_send, .may_prove = true,
     .fields = FIELDS("into")},
    {.method = METHOD_GET, .path = "/overforinger", DOES(LOG_LIST), .handle = transfers_page},
    {.method = METHOD_GET, .path = "/overforinger/{id}", DOES(TRANSFER_TAKE), .handle = crossing_page},
    {.method = METHOD_POST, .path = "/overforinger/{id}", DOES(TRANSFER_TAKE), .handle = crossing_send, .fields = FIELDS("holder")},
    {.method = METHOD_GET, .path = "/overforinger/{id}/nei", DOES(TRANSFER_REFUSE), .handle = crossing_no_page},
    {.method = METHOD_POST, .path = "/overforinger/{id}/nei", DOES(TRANSFER_REFUSE), .handle = crossing_no_send, .fields = NO_FIELDS},
    {.method = METHOD_GET, .path = "/foresporsler", DOES(BLIND_REQUESTS_READ), .handle = blind_page},
    {.method = METHOD_POST, .path = "/foresporsler", DOES(BLIND_REQUEST), .handle = blind_send,
     .fields = FIELDS("national_id", "reason")},
    {.method = METHOD_GET, .path = "/innstillinger", DOES(SETTINGS_READ), .handle = settings_page},
    {.method = METHOD_POST, .path = "/innstillinger", DOES(SETTINGS_WRITE), .handle = settings_send,
     .fields = FIELDS(SETTINGS_FIELDS)},

    /* statistics */
    {.method = METHOD_GET, .path = STATISTICS_PAGE, DOES(STATISTICS_READ), .handle = statistics_page},
    {.method = METHOD_GET, .path = STATISTICS_CSV, DOES(STATISTICS_READ), .handle = statistics_csv, .file_mib = 4},

    /* the same for programs; rows of one address stand beside each other */
    {.method = METHOD_GET, .path = "/api/v1/session", .access = ACCESS_SESSION, .handle = api_session,
     .api = API(.name = "session", .summary = "Who is signed in, and a token for one change.", .answer = API_SESSION)},
    {.method = METHOD_GET, .path = "/api/v1/logs", DOES(LOG_LIST), .handle = api_logs,
     .api = API(.name = "logs", .summary = "One's own logs.", .answer = API_LOGS)},
    {.method = METHOD_GET, .path = "/api/v1/passive", DOES(LOG_LIST), .handle = api_passive,
     .api = API(.name = "passive", .summary = "The passive logs of a manager's unit, or of the municipality; the oldest first.",
                .query = "before", .answer = API_PASSIVE)},
    {.method = METHOD_GET, .path = "/api/v1/deletions", DOES(LOG_LIST), .handle = api_deletions,
     .api = API(.name = "deletions", .summary = "Deletions that are ordered: those that wait for somebody, and those that are approved.",
                .query = "before", .answer = API_DELETIONS)},
    {.method = METHOD_GET, .path = "/api/v1/certificates", DOES(AUDIT_READ), .handle = api_certificates,
     .api = API(.name = "certificates", .summary = "Deletions that were carried out, the newest first.", .query = "before",
                .answer = API_CERTIFICATES)},
    {.method = METHOD_GET, .path = "/api/v1/inbox", DOES(INBOX_READ), .handle = api_inbox,
     .api = API(.name = "inbox", .summary = "What one has been told, the newest first.", .query = "before", .answer = API_INBOX)},
    {.method = METHOD_GET, .path = "/api/v1/blind-requests", DOES(BLIND_REQUESTS_READ), .handle = api_blind_requests,
     .api = API(.name = "blind_requests", .summary = "Requests for logs that a unit does not know of: sent, and those that met a log of one's own.",
                .answer = API_BLIND_REQUESTS)},
    {.method = METHOD_POST, .path = "/api/v1/blind-requests", DOES(BLIND_REQUEST), .handle = api_blind_request,
     .api = API(.name = "blind_request", .summary = "Asks for a log by the child's number; the answer is the same whether there is one.",
                .answer = API_WRITTEN, .takes_kind = KIND_BLIND_REQUEST)},
    {.method = METHOD_GET, .path = "/api/v1/transfers", DOES(LOG_LIST), .handle = api_transfers,
     .api = API(.name = "transfers", .summary = "Logs on their way to one's unit, and those that it has given away and reads still.",
                .answer = API_TRANSFERS)},
    {.method = METHOD_POST, .path = "/api/v1/transfers/{id}/acceptance", DOES(TRANSFER_TAKE), .handle = api_crossing_take,
     .api = API(.name = "transfer_take", .summary = "A log of another municipality is taken, and its holder appointed by the row of their role.",
                .answer = API_WRITTEN, .takes = &api_role)},
    {.method = METHOD_POST, .path = "/api/v1/transfers/{id}/refusal", DOES(TRANSFER_REFUSE), .handle = api_crossing_refuse,
     .api = API(.name = "transfer_refuse", .summary = "It is not taken, and stays where it is.", .answer = API_WRITTEN,
                .takes = &api_nothing)},
    {.method = METHOD_PUT, .path = "/api/v1/inbox/silenced", DOES(NOTICES_CHOOSE), .handle = api_silence,
     .api = API(.name = "silence", .summary = "One notice is not wanted from now on, or is again.", .answer = API_INBOX,
                .takes = &api_silenced)},
    {.method = METHOD_GET, .path = "/api/v1/invitations", DOES(INVITATION_MAKE), .handle = api_invitations,
     .api = API(.name = "invitations", .summary = "Those that one has asked to consent, before there is a log or to join one.",
                .answer = API_INVITATIONS)},
    {.method = METHOD_POST, .path = "/api/v1/invitations", DOES(INVITATION_MAKE), .handle = api_invitation_make,
     .api = API(.name = "invite", .summary = "Asks a family to consent before there is a log.", .answer = API_INVITATION_MADE,
                .takes = &api_invitation)},
    {.method = METHOD_POST, .path = "/api/v1/invitations/{id}/end", DOES(INVITATION_END), .handle = api_invitation_end,
     .api = API(.name = "invitation_end", .summary = "Takes an invitation back; nothing of it stays.", .answer = API_WRITTEN,
                .takes = &api_nothing)},
    {.method = METHOD_POST, .path = "/api/v1/invitations/{id}/log", DOES(LOG_CREATE), .handle = api_invitation_log,
     .api = API(.name = "invitation_log", .summary = "The log to which all have said yes.", .answer = API_WRITTEN, .takes = &api_nothing)},
    {.method = METHOD_POST, .path = "/api/v1/invitations/{id}/guardian", DOES(INVITATION_MAKE), .handle = api_invitation_guardian,
     .api = API(.name = "invitation_guardian", .summary = "Lets a guardian who has said yes into the log.", .answer = API_WRITTEN,
                .takes = &api_nothing)},
    {.method = METHOD_GET, .path = "/api/v1/questions", DOES(INVITATION_ANSWER), .handle = api_questions,
     .api = API(.name = "questions", .summary = "What one is asked to consent to.", .answer = API_QUESTIONS)},
    {.method = METHOD_POST, .path = "/api/v1/questions", DOES(INVITATION_TAKE), .handle = api_question_take,
     .api = API(.name = "question_take", .summary = "Takes the code of an invitation.", .answer = API_WRITTEN,
                .takes = &api_invitation_code)},
    {.method = METHOD_POST, .path = "/api/v1/questions/{id}/yes", DOES(INVITATION_ANSWER), .handle = api_question_yes,
     .api = API(.name = "question_yes", .summary = "Yes, about this child, by oneself.", .answer = API_WRITTEN,
                .takes = &api_invitation_yes)},
    {.method = METHOD_POST, .path = "/api/v1/questions/{id}/no", DOES(INVITATION_DENY), .handle = api_question_no,
     .api = API(.name = "question_no", .summary = "No, or a yes taken back: nothing of it stays.", .answer = API_WRITTEN,
                .takes = &api_nothing)},
    {.method = METHOD_GET, .path = STATISTICS_API, DOES(STATISTICS_READ), .handle = api_statistics,
     .api = API(.name = "statistics", .summary = "The figures of the newest publication that answer a question, masked as everywhere.",
                .queries = FIELDS(ASKED_VIEW, ASKED_CATEGORY, ASKED_PERIOD, ASKED_BY), .answer = API_STATISTICS)},
    {.method = METHOD_GET, .path = "/api/v1/logs/{id}", DOES(LOG_READ), .handle = api_log,
     .api = API(.name = "log", .summary = "One log, or its stub.", .query = "reason", .answer = API_LOG)},
    {.method = METHOD_GET, .path = "/api/v1/logs/{id}/seen", DOES(ACCESS_LIST_READ), .handle = api_seen,
     .api = API(.name = "seen", .summary = "Who has seen the log, the newest first.", .query = "before", .query_too = "reason", .answer = API_SEEN)},
    {.method = METHOD_GET, .path = "/api/v1/archive-reports", DOES(ARCHIVE_REPORTS_LIST), .handle = api_reports,
     .api = API(.name = "archive_reports", .summary = "The archive reports of logs that are deleted.", .answer = API_ARCHIVE_REPORTS)},
    {.method = METHOD_GET, .path = "/api/v1/logs/{id}/reports", DOES(ARCHIVE_REPORT_READ), .handle = api_log_reports,
     .api = API(.name = "archive_report", .summary = "The archive report of the log, if there is one; the file is downloaded from its page.",
                .query = "reason", .answer = API_ARCHIVE_REPORTS)},
    {.method = METHOD_GET, .path = "/api/v1/logs/{id}/consents", DOES(CONSENT_READ), .handle = api_consents,
     .api = API(.name = "consents", .summary = "The history of the log's consents, which only grows.", .query = "reason", .answer = API_CONSENTS)},
    {.method = METHOD_POST, .path = "/api/v1/logs/{id}/copy", DOES(EXPORT_OWN), .handle = api_copy, .fields = NO_FIELDS,
     .api = API(.name = "copy", .summary = "One's own copy of the log, which stands in the list of who has seen it.", .answer = API_COPY)},
    {.method = METHOD_POST, .path = "/api/v1/logs/{id}/invitations", DOES(GUARDIAN_ADD), .handle = api_invitation_of_log,
     .api = API(.name = "invite_guardian", .summary = "Asks another guardian of the log to consent.", .answer = API_INVITATION_MADE,
                .takes = &api_nothing)},
    {.method = METHOD_GET, .path = "/api/v1/logs/{id}/entries/{id}", DOES(HISTORY_READ), .handle = api_entry,
     .api = API(.name = "entry", .summary = "All versions of an entry; ETag names the newest.", .answer = API_HISTORY)},
    {.method = METHOD_POST, .path = "/api/v1/logs/{id}/entries/{word}", DOES_BY_KIND, .handle = api_entry_add,
     .entry_fields = true, .api = API(.name = "add", .summary = "A new entry.", .answer = API_WRITTEN)},
    {.method = METHOD_PUT, .path = "/api/v1/logs/{id}/entries/{id}/{word}", DOES(ENTRY_CORRECT),
     .handle = api_entry_correct, .entry_fields = true,
     .api = API(.name = "correct", .summary = "A correction: the next version of an entry.", .answer = API_WRITTEN,
                .versioned = true)},
    {.method = METHOD_POST, .path = "/api/v1/logs/{id}/entries/{id}/removal", DOES(ENTRY_REMOVE),
     .handle = api_entry_remove,
     .api = API(.name = "remove", .summary = "A removal, with its reason.", .answer = API_WRITTEN, .takes = &api_removal,
                .versioned = true)},
    {.method = METHOD_POST, .path = "/api/v1/logs/{id}/baton", DOES(BATON_OFFER), .handle = api_baton_offer,
     .api = API(.name = "baton", .summary = "The baton is offered to whoever bears a role; accepted, declined and withdrawn it is by acts.",
                .answer = API_WRITTEN, .takes = &api_role)},
    {.method = METHOD_POST, .path = "/api/v1/logs/{id}/holder", DOES(HOLDER_APPOINT), .handle = api_holder_appoint,
     .api = API(.name = "holder", .summary = "A holder for a log that nobody holds.", .answer = API_WRITTEN, .takes = &api_role)},
    {.method = METHOD_POST, .path = "/api/v1/logs/{id}/people", DOES(PARTICIPANT_ADD), .handle = api_actor_add,
     .api = API(.name = "actor_add", .summary = "Whoever bears a role of a unit that the consents name takes part.",
                .answer = API_WRITTEN, .takes = &api_role)},
    {.method = METHOD_POST, .path = "/api/v1/logs/{id}/people/{id}/end", DOES(PARTICIPANT_END), .handle = api_actor_end,
     .api = API(.name = "actor_end", .summary = "An actor takes part no longer.", .answer = API_WRITTEN, .takes = &api_nothing)},
    {.method = METHOD_POST, .path = "/api/v1/logs/{id}/people/{id}/code", DOES(GUARDIAN_ADD), .handle = api_family_code,
     .api = API(.name = "family_code", .summary = "A new one-time code for somebody of the family.", .answer = API_CODE,
                .takes = &api_nothing)},
    {.method = METHOD_POST, .path = "/api/v1/logs/{id}/guardians/{id}/end", DOES(GUARDIAN_END), .handle = api_guardian_end,
     .api = API(.name = "guardian_end", .summary = "A guardian leaves, and their consent with them; a log that rests on it closes.",
                .answer = API_WRITTEN, .takes = &api_nothing)},
    {.method = METHOD_POST, .path = "/api/v1/logs/{id}/child/in", DOES(CHILD_LET_IN), .handle = api_child_let_in,
     .api = API(.name = "child_let_in", .summary = "The child is let in.", .answer = API_CODE, .takes = &api_nothing)},
    {.method = METHOD_POST, .path = "/api/v1/logs/{id}/child/out", DOES(CHILD_KEEP_OUT), .handle = api_child_keep_out,
     .api = API(.name = "child_keep_out", .summary = "The child is kept out; from the age of consent for a reason.",
                .answer = API_WRITTEN, .takes = &api_keeping_out)},
    {.method = METHOD_POST, .path = "/api/v1/roles/{id}/end", DOES(STAFF_APPOINT), .handle = api_role_end,
     .api = API(.name = "role_end", .summary = "A role ends; one that carries batons only for whoever takes them.", .answer = API_WRITTEN,
                .takes = &api_ending)},
    {.method = METHOD_POST, .path = "/api/v1/units/{id}/close", DOES(UNIT_CLOSE), .handle = api_unit_close,
     .api = API(.name = "unit_close", .summary = "A unit is closed; its logs and people go to another.", .answer = API_WRITTEN,
                .takes = &api_following)},
    {.method = METHOD_POST, .path = "/api/v1/staff-list/{id}/confirmation", DOES(STAFF_LIST_CONFIRM), .handle = api_staff_confirm,
     .api = API(.name = "staff_confirm", .summary = "The list of staff of the municipality (its id) is confirmed.", .answer = API_WRITTEN,
                .takes = &api_nothing)},
    {.method = METHOD_POST, .path = "/api/v1/logs/{id}/acts/{word}", DOES_BY_PROCEDURE,
     .handle = api_act, .procedure = true,
     .api = API(.name = "act", .summary = "An act about the log.", .query = "reason", .answer = API_WRITTEN)},
    {.method = METHOD_POST, .path = "/api/v1/logs/{id}/entries/{id}/acts/{word}", DOES_BY_PROCEDURE, .handle = api_act,
     .procedure = true,
     .api = API(.name = "go_on", .summary = "An entry goes on in its next version, and nothing in it was wrong.",
                .answer = API_WRITTEN, .versioned = true)},
};
const size_t route_count = COUNT_OF(routes);
